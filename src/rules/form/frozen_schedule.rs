//! A ban by list of means, and no way to keep the list up to date but a new treaty.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::Mode;

/// `frozen-schedule`
pub static CODE: Code = Code {
    name: "frozen-schedule",
    summary: "a ban by list of means has no simpler way to amend the list",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H12"],
    since: "0.1.0",
    page: include_str!("frozen_schedule.md"),
};

const LISTS: [&str; 8] = [
    "listed in annex",
    "listed in the annex",
    "listed in schedule",
    "listed in the schedule",
    "specified in annex",
    "specified in schedule",
    "set out in annex",
    "set out in schedule",
];

/// Asks a ban, or the definition of what it bans, for a list, and the treaty for how the list changes; speaks once.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security || treaty_amends_lists(facts.treaty) || facts.treaty.declared.instrument.excerpt {
        return;
    }
    let treaty = facts.treaty;
    for (_, ban) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.mode == Mode::Prohibition && !norm.is_condition()) {
        let Some(words) = listed(treaty, ban.reach).filter(|words| is_of_means(treaty, ban.reach, *words)) else { continue };
        out.push(
            facts
                .on_norm(&CODE, ban, words, format!("{} bans what a list names, and only a new treaty can change the list", treaty.locator(ban.unit)))
                .here("tools change form; this list does not")
                .label(treaty.span(ban.act(treaty)), "the ban that rests on it")
                .help("let an organ amend the list by a simpler procedure: a proposal, a time to object, entry into force without ratification"),
        );
        return;
    }
}

fn listed(treaty: &Treaty<'_>, words: Words) -> Option<Words> {
    let lower = treaty.lower(words);
    let (at, length) = LISTS.iter().filter_map(|list| lower.find(list).map(|at| (at, list.len()))).min()?;
    let start = words.start + at as u32;
    Some(Words::new(start, start + length as u32))
}

/// The list is one of tools and agents, and not of systems, places or persons that are protected.
fn is_of_means(treaty: &Treaty<'_>, reach: Words, list: Words) -> bool {
    let before = treaty.lower(Words::new(reach.start, list.start));
    [
        "weapon",
        "code",
        "software",
        "agent",
        "chemical",
        "tool",
        "technique",
        "munition",
        "missile",
        "device",
        "program",
        "malware",
        "substance",
    ]
    .iter()
    .any(|thing| before.contains(thing))
}

/// "Amendments to the Annexes": the treaty says how its lists change.
fn treaty_amends_lists(treaty: &Treaty<'_>) -> bool {
    treaty.sentences.iter().filter(|sentence| sentence.reading == 0).any(|sentence| {
        let lower = treaty.lower(sentence.words);
        ["annex", "schedule", "list"].iter().any(|list| lower.contains(list))
            && ["amend", "update", "adjust", "revise", "change", "modif", "add to", "review"].iter().any(|verb| lower.contains(verb))
    })
}
