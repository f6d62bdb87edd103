//! A reference names a unit that this treaty does not have.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Family, Label, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::reference::{Outcome, Reference};
use std::collections::{HashMap, HashSet};

/// `dangling-reference`
pub static CODE: Code = Code {
    name: "dangling-reference",
    summary: "a reference names an article, paragraph or annex that is not there",
    family: Family::Form,
    severity: Severity::Error,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: include_str!("dangling_reference.md"),
};

/// Asks each reference what it names; those to other instruments are never dangling.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.instrument.excerpt {
        return;
    }
    let headings = run_in_headings(treaty);
    let mut annexes: HashMap<&str, Diagnostic> = HashMap::new();
    for reference in &treaty.references {
        let Outcome::Dangling(number) = &reference.outcome else { continue };
        if headings.contains(number.as_str()) || is_heading(treaty, reference) {
            continue;
        }
        let shown = treaty.quote(reference.words);
        let place = number_of(treaty, reference, number);
        let message = if place == reference.words {
            format!("`{shown}` names nothing in this treaty")
        } else {
            format!("`{}` in `{shown}` names nothing in this treaty", treaty.quote(place))
        };
        let found = facts.finding(&CODE, reference.sentence, place, message).here(format!("there is no such number: {number}")).help(
            "mend the number, name the other instrument (\"of the ... Convention\"), or declare `excerpt: yes` if the rest is left out",
        );
        let words = treaty.lower(reference.words);
        if !["annex", "schedule", "appendix"].iter().any(|noun| words.starts_with(noun)) {
            out.push(found);
            continue;
        }
        // An annex that is not there is one fault, however often it is cited.
        match annexes.get_mut(words) {
            Some(first) if first.labels.len() < 4 => {
                let file = first.labels[0].file;
                first.labels.push(Label { file, span: treaty.span(reference.words), message: "and here".to_owned() });
            }
            Some(_) => {}
            None => {
                annexes.insert(words, found);
            }
        }
    }
    let mut annexes: Vec<Diagnostic> = annexes.into_values().collect();
    annexes.sort_by_key(|found| found.primary().span);
    annexes.into_iter().for_each(|found| out.push(found));
}

/// Of "Articles 1, 2 and 9" the number that is not there; of a single one the whole reference.
fn number_of(treaty: &Treaty<'_>, reference: &Reference, number: &str) -> Words {
    let lower = treaty.lower(reference.words);
    let noun = lower.split(' ').next().unwrap_or_default();
    if !noun.ends_with('s') {
        return reference.words;
    }
    let is_whole = |at: usize| {
        let beside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '.');
        beside(lower[..at].chars().next_back()) && beside(lower[at + number.len()..].chars().next())
    };
    let at = lower.match_indices(number).map(|(at, _)| at).find(|at| *at > noun.len() && is_whole(*at));
    at.map_or(reference.words, |at| {
        let start = reference.words.start + at as u32;
        Words::new(start, start + number.len() as u32)
    })
}

/// Numbers of articles whose heading stands inside a line, as pasted text often has it: the article is there, though the reader could not see
/// where it begins.
fn run_in_headings<'t>(treaty: &'t Treaty<'_>) -> HashSet<&'t str> {
    treaty
        .references
        .iter()
        .filter(|reference| is_heading(treaty, reference))
        .filter_map(|reference| match &reference.outcome {
            Outcome::Dangling(number) => Some(number.as_str()),
            _ => None,
        })
        .collect()
}

/// "ARTICLE 14 ...", or "Article XII Restrictions ..." where a sentence begins.
fn is_heading(treaty: &Treaty<'_>, reference: &Reference) -> bool {
    let written = treaty.source.slice(treaty.span(reference.words));
    let opens = treaty.sentence(reference.sentence).words.start + 1 >= reference.words.start;
    let capitals = written.split(' ').next().is_some_and(|word| word.len() > 3 && word.chars().all(char::is_uppercase));
    capitals || opens && written.starts_with("Article")
}
