//! The same bearer has to do and may not do one thing.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::norm::{Mode, Norm};
use std::collections::HashMap;

/// `contradiction`
pub static CODE: Code = Code {
    name: "contradiction",
    summary: "the same party has to do and may not do one thing",
    family: Family::Form,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: include_str!("contradiction.md"),
};

/// Asks each duty for a ban on the same act and object, and each ban for a permission, of the same bearer; neither with an exception.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut bans: HashMap<(String, String), &Norm> = HashMap::new();
    let plain = |norm: &Norm| norm.reading == 0 && !norm.is_condition() && !is_conditional(treaty, norm);
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.mode == Mode::Prohibition && plain(norm)) {
        if let Some(act) = act(treaty, norm) {
            bans.entry((bearer(treaty, norm), act)).or_insert(norm);
        }
    }
    if bans.is_empty() {
        return;
    }
    for (_, norm) in facts.gated().filter(|(_, norm)| matches!(norm.mode, Mode::Obligation | Mode::Permission) && plain(norm)) {
        let Some(ban) = act(treaty, norm).and_then(|act| bans.get(&(bearer(treaty, norm), act))) else { continue };
        if ban.sentence == norm.sentence {
            continue;
        }
        let verb = if norm.mode == Mode::Obligation { "has to be done" } else { "is allowed" };
        out.push(
            facts
                .on_norm(
                    &CODE,
                    norm,
                    norm.act(treaty),
                    format!("what {verb} in {} is banned in {}", treaty.locator(norm.unit), treaty.locator(ban.unit)),
                )
                .here(verb)
                .label(treaty.span(ban.act(treaty)), "banned here")
                .help("say which goes before the other: `except as provided in ...`, or take one out"),
        );
    }
}

/// An exception, a condition or a time parts the two.
fn is_conditional(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    use crate::syntax::parse::PieceKind;
    treaty
        .pieces_in(norm.sentence_words(treaty))
        .iter()
        .any(|piece| matches!(piece.kind, PieceKind::Exception(_) | PieceKind::Condition | PieceKind::Time))
        || norm.parent.is_some()
}

/// The act with its object, in three weighty words or more.
fn act(treaty: &Treaty<'_>, norm: &Norm) -> Option<String> {
    let words = treaty.lower(norm.act(treaty));
    // "Shall be eligible for re-election": what is true of one office and not of another.
    if words.starts_with("be eligible") || words.starts_with("be re-elected") {
        return None;
    }
    let weighty: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !matches!(*word, "" | "to" | "not" | "a" | "an" | "the" | "any" | "all" | "its" | "their" | "of" | "also" | "such"))
        .map(|word| word.trim_end_matches('s'))
        .collect();
    (weighty.len() >= 3).then(|| weighty.join(" "))
}

fn bearer(treaty: &Treaty<'_>, norm: &Norm) -> String {
    match (norm.bearer.party, norm.bearer.group) {
        (Some(party), _) => format!("party {}", party.0),
        (_, Some(group)) => format!("group {group}"),
        _ => {
            let words = treaty.lower(norm.bearer.words);
            words
                .split(' ')
                .filter(|word| !matches!(*word, "each" | "every" | "no" | "neither" | "any" | "a" | "the" | "all" | "state" | "states"))
                .map(|word| word.trim_end_matches("ies").trim_end_matches('y'))
                .collect::<Vec<_>>()
                .join(" ")
        }
    }
}
