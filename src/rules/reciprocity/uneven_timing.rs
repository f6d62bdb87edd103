//! The same duty, on other dates or for another span.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::syntax::parse::PieceKind;
use std::collections::HashMap;

/// `uneven-timing`
pub static CODE: Code = Code {
    name: "uneven-timing",
    summary: "the same duty binds two sides on different dates or for different spans",
    family: Family::Reciprocity,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H9", "H17"],
    since: "0.1.0",
    page: include_str!("uneven_timing.md"),
};

/// Asks the duties of named parties and closed classes for like duties of others with another time.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut first: HashMap<(String, bool), (&Norm, Words)> = HashMap::new();
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.obliges() && !norm.is_condition()) {
        if !matches!(norm.bearer.class, BearerClass::Named | BearerClass::ClosedClass) {
            continue;
        }
        let (Some(time), Some(act)) = (time(treaty, norm), act(treaty, norm)) else { continue };
        let key = (act, norm.mode == Mode::Prohibition);
        let Some((other, others)) = first.get(&key) else {
            first.insert(key, (norm, time));
            continue;
        };
        let same_bearer = treaty.lower(other.bearer.words) == treaty.lower(norm.bearer.words);
        if same_bearer || treaty.lower(*others) == treaty.lower(time) {
            continue;
        }
        let (who, whom) = (treaty.quote(norm.bearer.words), treaty.quote(other.bearer.words));
        out.push(
            facts
                .on_norm(&CODE, norm, time, format!("{who} and {whom} owe the same and not at the same time"))
                .here(format!("{who}: {}", treaty.quote(time)))
                .label(treaty.span(*others), format!("{whom}: {}", treaty.quote(*others)))
                .help("give both the same time, or steps in which each goes on only when the other has gone before"),
        );
    }
}

/// The time of a duty with its number and unit.
fn time(treaty: &Treaty<'_>, norm: &Norm) -> Option<Words> {
    let piece = treaty.pieces_in(norm.sentence_words(treaty)).iter().find(|piece| piece.kind == PieceKind::Time)?;
    Some(Words::new(piece.start, piece.end))
}

/// The verb and the object, without what belongs to the bearer and without the time.
fn act(treaty: &Treaty<'_>, norm: &Norm) -> Option<String> {
    let words = treaty.lower(norm.act(treaty));
    let stop = ["within", "by ", "not later", "no later", "before", "for a period", "at the latest"]
        .iter()
        .filter_map(|time| words.find(time))
        .min();
    let head = &words[..stop.unwrap_or(words.len())];
    let weighty: Vec<&str> = head
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !matches!(*word, "" | "to" | "not" | "a" | "an" | "the" | "its" | "their" | "all" | "any" | "of" | "also"))
        .take(4)
        .collect();
    (weighty.len() >= 2).then(|| weighty.join(" "))
}
