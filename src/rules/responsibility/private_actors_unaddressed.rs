//! Private persons do the act, and the text reaches States only, or asks States to stop them with no standard of care.

use crate::analysis::Facts;
use crate::analysis::espionage::bans_attack;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::rules::once::Once;

/// `private-actors-unaddressed`
pub static CODE: Code = Code {
    name: "private-actors-unaddressed",
    summary: "private actors do the act, and the text reaches States alone or names no standard of care",
    family: Family::Responsibility,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H18"],
    since: "0.1.0",
    page: include_str!("private_actors_unaddressed.md"),
};

/// Asks duties over a territory how much care is owed over private persons, and bans whether private persons come up at all.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let mut once = Once::default();
    over_territory(facts, &mut once, out);
    help_to_states_only(facts, &mut once, out);
    states_only(facts, out);
}

/// "Shall prevent attacks from its territory", by whomever, with no word on knowledge or measures.
fn over_territory(facts: &Facts<'_, '_>, once: &mut Once, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for duty in facts.territorial.iter().filter(|duty| !duty.tells) {
        let sentence = duty.norm.sentence_words(treaty);
        let lower = treaty.lower(sentence);
        let own = ["its own", "by its armed forces", "its organs", "its armed forces", "by that party", "state-directed"]
            .iter()
            .any(|own| lower.contains(own));
        if own || duty.is_diligent(treaty) || !once.first(treaty.article_of(duty.norm.unit), "", duty.norm.reading) {
            continue;
        }
        let private = treaty.words_of(sentence, Class::PrivateActor).next();
        let words = private.unwrap_or(duty.act);
        out.push(
            facts
                .on_norm(
                    &CODE,
                    duty.norm,
                    words,
                    format!("{} does not say how much a State owes over private persons", treaty.locator(duty.norm.unit)),
                )
                .here(if private.is_some() {
                    "no standard of care goes with them"
                } else {
                    "by whom? its own forces, hackers it tolerates, anybody?"
                })
                .label(treaty.span(duty.territory), "everybody who is here")
                .help("name private persons, and the care that is owed: penal law, measures on notice, knowledge"),
        );
    }
}

/// "Not to assist any State, group of States or international organization": persons and groups may be helped.
fn help_to_states_only(facts: &Facts<'_, '_>, once: &mut Once, out: &mut Diagnostics) {
    const RECIPIENTS: [&str; 5] = [
        "any state, group of states",
        "any state or group of states",
        "any other state",
        "any non-nuclear-weapon state",
        "any state or international organi",
    ];
    let treaty = facts.treaty;
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.mode == Mode::Prohibition && !norm.is_condition()) {
        let lower = treaty.lower(norm.reach);
        let helps = ["assist", "encourage", "induce", "transfer", "support", "help"].iter().any(|verb| lower.contains(verb));
        let Some((at, length)) = RECIPIENTS.iter().find_map(|who| lower.find(who).map(|at| (at, who.len()))).filter(|_| helps) else {
            continue;
        };
        let behind = lower[at + length..].split(['.', ';', ',']).next().unwrap_or_default();
        let reaches = ["person", "anyone", "non-state", "entity", "anybody", "individual"].iter().any(|who| behind.contains(who));
        if reaches || !once.first(treaty.article_of(norm.unit), "help", 0) {
            continue;
        }
        let start = norm.reach.start + at as u32;
        let words = Words::new(start, start + length as u32);
        let shown = treaty.quote(words);
        out.push(
            facts
                .on_norm(
                    &CODE,
                    norm,
                    words,
                    format!("{} bars help to States and leaves help to private persons open", treaty.locator(norm.unit)),
                )
                .here("private persons and groups are not among them")
                .label(treaty.span(norm.act(treaty)), "what may not be done for them")
                .help(format!("write `anyone` or `any recipient whatsoever` in place of `{shown}`")),
        );
    }
}

/// A ban on attacks through networks that binds States, in a text in which private persons never come up.
fn states_only(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let all = Words::new(0, treaty.clean.len());
    let lower = treaty.lower(all);
    let addressed = treaty.any_of(all, &[Class::PrivateActor])
        || ["non-state", "on behalf of", "private", "natural person", "nationals", "any person", "individuals", "whoever"]
            .iter()
            .any(|who| lower.contains(who));
    if addressed || !facts.territorial.is_empty() {
        return;
    }
    let is_cyber = |norm: &&Norm| norm.reading == 0 && bans_attack(treaty, norm) && norm.binds_a_party() && is_act_of_anybody(treaty, norm);
    let Some((_, norm)) = facts.gated().find(|(_, norm)| is_cyber(norm)) else { return };
    out.push(
        facts
            .on_norm(
                &CODE,
                norm,
                norm.act(treaty),
                format!("{} binds States, and private persons who do the same come up nowhere", treaty.locator(norm.unit)),
            )
            .here("anybody with a machine can do this")
            .severity(Severity::Advice)
            .help("add what each Party owes over private persons on its territory, and with how much care"),
    );
}

/// An attack through networks takes no State; a fleet does.
fn is_act_of_anybody(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    treaty.any_of(norm.reach, &[Class::CyberAttack, Class::Implant])
}
