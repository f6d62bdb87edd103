//! One concept under two names, or a defined term in another spelling.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::clean::Words;
use crate::model::term::Term;
use std::collections::HashMap;

/// `inconsistent-term`
pub static CODE: Code = Code {
    name: "inconsistent-term",
    summary: "a defined term is spelt otherwise, or two terms have one definition",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H1"],
    since: "0.1.0",
    page: include_str!("inconsistent_term.md"),
};

/// Spellings are looked for of so many terms at most, so that a text with thousands stays quick.
const MOST: usize = 24;

/// Asks definitions for their twins, and the text for spellings that part a term from its definition.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut known: HashMap<&str, &Term> = HashMap::new();
    for term in &treaty.terms {
        let Some(definiens) = term.definiens else { continue };
        let lower = treaty.lower(definiens).trim_matches(|c: char| !c.is_alphanumeric());
        if lower.len() < 25 {
            continue;
        }
        match known.get(lower) {
            Some(first) if first.name != term.name => out.push(
                facts
                    .finding(
                        &CODE,
                        term.sentence,
                        term.words,
                        format!("`{}` and `{}` have one definition", treaty.quote(first.words), treaty.quote(term.words)),
                    )
                    .here("the same thing under a second name")
                    .label(treaty.span(first.words), "the first name")
                    .help("keep one name for one thing, or say what tells them apart"),
            ),
            _ => {
                known.insert(lower, term);
            }
        }
    }
    let terms = treaty.terms.iter().filter(|term| term.definiens.is_some() && term.name.len() >= 8);
    terms.take(MOST).for_each(|term| tell_spelling(facts, term, out));
}

/// "Cyber-attack" where "cyber attack" is defined: the first place of each other spelling.
fn tell_spelling(facts: &Facts<'_, '_>, term: &Term, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let all = treaty.lower(Words::new(0, treaty.clean.len()));
    for other in spellings(&term.name) {
        if treaty.terms.iter().any(|term| term.name == other) {
            continue;
        }
        let found = memchr::memmem::find_iter(all.as_bytes(), other.as_bytes()).find(|at| {
            let edge = |byte: Option<&u8>| !byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
            edge(all.as_bytes().get(at.wrapping_sub(1)))
                && (edge(all.as_bytes().get(at + other.len())) || all[at + other.len()..].starts_with('s'))
        });
        let Some(at) = found else { continue };
        let words = Words::new(at as u32, (at + other.len()) as u32);
        let sentence = treaty.sentences.partition_point(|sentence| sentence.words.end <= words.start);
        let Some(sentence) = treaty.sentences.get(sentence).filter(|sentence| sentence.words.contains(words) && sentence.reading == 0)
        else {
            continue;
        };
        let id =
            crate::model::sentence::SentenceId(treaty.sentences.partition_point(|known| known.words.end <= sentence.words.start) as u32);
        out.push(
            facts
                .finding(&CODE, id, words, format!("`{}` is defined, and `{}` is written", treaty.quote(term.words), treaty.quote(words)))
                .here("another spelling: is the same thing meant?")
                .label(treaty.span(term.words), "the spelling that is defined")
                .help(format!("write `{}`", treaty.quote(term.words))),
        );
    }
}

/// The other ways to join the words of a name.
fn spellings(name: &str) -> Vec<String> {
    if !name.is_ascii() || name.split([' ', '-']).count() != 2 {
        return Vec::new();
    }
    ["-", " ", ""].iter().map(|joint| name.replace([' ', '-'], joint)).filter(|other| other != name).collect()
}
