//! One ban covers both getting in and doing harm.

use crate::analysis::Facts;
use crate::analysis::espionage::{Branch, branch};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::rules::once::Once;

/// `espionage-attack-conflation`
pub static CODE: Code = Code {
    name: "espionage-attack-conflation",
    summary: "one ban covers both access, as spies need it, and harm",
    family: Family::EspionageAttack,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H15", "H30"],
    since: "0.1.0",
    page: include_str!("espionage_attack_conflation.md"),
};

/// Asks each ban, and the definitions that it uses, whether access and harm stand under one word.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0) {
        let Some(Branch::Conflation { access, harm }) = branch(facts, norm) else { continue };
        let in_norm = norm.reach.contains(access);
        let sentence = if in_norm { norm.sentence } else { sentence_of(facts, access) };
        let unit = treaty.sentence(sentence).unit;
        if !once.first(unit, "", 0) {
            continue;
        }
        let shown = (treaty.quote(access), treaty.quote(harm));
        let mut found = facts
            .finding(
                &CODE,
                sentence,
                access,
                format!("`{}` and `{}` stand under one ban, so that it reaches spying and attack alike", shown.0, shown.1),
            )
            .here("this is what a spy does too")
            .label(treaty.span(harm), "this is what an attacker does")
            .help(format!("ban `{}` by its effect alone, or say expressly that access is banned whatever its purpose", shown.1));
        if !in_norm {
            found = found.label(treaty.span(norm.act(treaty)), "the ban that uses it");
        }
        out.push(found);
    }
}

fn sentence_of(facts: &Facts<'_, '_>, words: crate::model::clean::Words) -> crate::model::sentence::SentenceId {
    let at = facts.treaty.sentences.partition_point(|sentence| sentence.words.end <= words.start);
    crate::model::sentence::SentenceId(at as u32)
}
