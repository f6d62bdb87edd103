//! Attack is regulated, and the text is silent on espionage.

use crate::analysis::Facts;
use crate::analysis::espionage::{Branch, bans_attack, branch, is_settled};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::clean::Words;
use crate::model::sentence::SentenceId;
use crate::rules::espionage_attack::untestable_carve_out;

/// `espionage-unaddressed`
pub static CODE: Code = Code {
    name: "espionage-unaddressed",
    summary: "attack through networks is regulated and the text is silent on espionage",
    family: Family::EspionageAttack,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H15"],
    since: "0.1.0",
    page: include_str!("espionage_unaddressed.md"),
};

/// Asks the treaty once.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.instrument.excerpt {
        return;
    }
    let all = Words::new(0, treaty.clean.len());
    if treaty.any_of(all, &[Class::Espionage]) {
        return;
    }
    let ban = facts.gated().find(|(_, norm)| norm.reading == 0 && bans_attack(treaty, norm));
    let Some((_, ban)) = ban.filter(|(_, norm)| !is_settled(treaty, norm)) else { return };
    // Where the ban itself mixes the two, that is what is told.
    if matches!(branch(facts, ban), Some(Branch::Conflation { .. } | Branch::Ambiguous(_))) {
        return;
    }
    // Described and not named, it is addressed all the same.
    let described = |index: usize| untestable_carve_out::freed(facts, SentenceId(index as u32)).is_some();
    if treaty.sentences.iter().enumerate().any(|(index, sentence)| sentence.is_operative(treaty) && described(index)) {
        return;
    }
    out.push(
        facts
            .on_treaty(&CODE, "this treaty bans attack through networks and says nothing of espionage")
            .here("silent on espionage throughout")
            .label(treaty.span(ban.act(treaty)), "the ban that spying looks like")
            .note("every State that spies will want to know whether it may go on")
            .help("say whether access without harm is banned, allowed or left aside, and how it is told from preparing an attack"),
    );
}
