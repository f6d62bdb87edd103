//! Definitions that come back to themselves.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::term::{Term, TermId};
use crate::model::vocabulary::Name;
use std::collections::HashSet;

/// `circular-definition`
pub static CODE: Code = Code {
    name: "circular-definition",
    summary: "definitions come back to themselves",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H1"],
    since: "0.1.0",
    page: include_str!("circular_definition.md"),
};

/// Follows each definition to the terms that it is made of, and those to theirs.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut told: HashSet<TermId> = HashSet::new();
    for index in 0..treaty.terms.len() {
        let start = TermId(index as u32);
        let Some(path) = way_back(treaty, start) else { continue };
        if path.iter().any(|(term, _)| told.contains(term)) {
            continue;
        }
        told.extend(path.iter().map(|(term, _)| *term));
        let term = treaty.term(start);
        let names: Vec<String> = path.iter().map(|(term, _)| format!("`{}`", treaty.quote(treaty.term(*term).words))).collect();
        let message = match names.as_slice() {
            [one] => format!("the definition of {one} rests on {one} itself"),
            _ => format!("the definitions of {} rest on one another", names.join(" and ")),
        };
        let mut found = facts.finding(&CODE, term.sentence, path[0].1, message).here("comes back to where it began");
        found = found.label(treaty.span(term.words), "defined here");
        for (_, words) in &path[1..] {
            found = found.label(treaty.span(*words), "and back again");
        }
        out.push(found.help("define one of them by act, effect, target or number"));
    }
}

/// The terms on the way from a term back to itself, each with the words that lead on; at most three steps.
fn way_back(treaty: &Treaty<'_>, start: TermId) -> Option<Vec<(TermId, Words)>> {
    if let Some(words) = rests_on_itself(treaty, start) {
        return Some(vec![(start, words)]);
    }
    for (second, to_second) in genus(treaty, start).filter(|(second, _)| *second != start) {
        for (third, to_third) in genus(treaty, second) {
            if third == start {
                return Some(vec![(start, to_second), (second, to_third)]);
            }
            if third == second {
                continue;
            }
            if let Some((_, back)) = genus(treaty, third).find(|(end, _)| *end == start) {
                return Some(vec![(start, to_second), (second, to_third), (third, back)]);
            }
        }
    }
    None
}

/// The terms that a definition rests on: those in its first words, which say what kind of thing it is. Further on a term only stands in
/// relation to it ("a Party to the dispute").
fn genus(treaty: &Treaty<'_>, term: TermId) -> impl Iterator<Item = (TermId, Words)> {
    let head = head(treaty, treaty.term(term));
    treaty
        .names_in(head.unwrap_or(Words::new(0, 0)))
        .iter()
        .filter_map(|hit| match hit.name {
            Name::Term(other) => Some((other, hit.words)),
            _ => None,
        })
        .take(4)
}

/// "'Commission' means the Commission on ..." names a thing and defines nothing that anybody would quarrel over; an act or a weapon that is
/// defined by its own name is another matter.
fn rests_on_itself(treaty: &Treaty<'_>, start: TermId) -> Option<Words> {
    const CARRIES: [Class; 4] = [Class::TermOfArt, Class::VagueAct, Class::CyberAttack, Class::Arms];
    let term = treaty.term(start);
    if !treaty.any_of(term.words, &CARRIES) {
        return None;
    }
    genus(treaty, start).find(|(other, words)| *other == start && words.start > term.words.end).map(|(_, words)| words)
}

/// The first words of a definiens, up to what qualifies them.
fn head(treaty: &Treaty<'_>, term: &Term) -> Option<Words> {
    let definiens = term.near(300)?;
    let lower = treaty.lower(definiens);
    let length: usize = lower.split_inclusive(' ').take(9).map(str::len).sum();
    let stop = [
        ",",
        ";",
        ".",
        " which ",
        " that ",
        " whose ",
        " where ",
        " as defined",
        " of this",
        " under ",
        " referred",
        " to this",
        " to which",
        " established",
    ]
    .iter()
    .filter(|stop| lower.contains(**stop))
    .filter_map(|stop| lower.find(stop))
    .min()
    .unwrap_or(length);
    Some(Words::new(definiens.start, definiens.start + stop.min(length) as u32))
}
