//! A definition or a ban whose list never closes.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::Mode;
use crate::model::sentence::SentenceId;
use crate::rules::once::Once;

/// `open-ended-definition`
pub static CODE: Code = Code {
    name: "open-ended-definition",
    summary: "a definition or a ban has a list that never closes",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H1"],
    since: "0.1.0",
    page: include_str!("open_ended_definition.md"),
};

/// Asks each definition and each ban on a Party for words that leave its list open.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for term in &treaty.terms {
        let Some(words) = term.near(NEAR).and_then(|definiens| open(treaty, definiens)) else { continue };
        if once.first(term.unit, treaty.lower(words), 0) {
            report(facts, term.sentence, words, format!("the definition of `{}`", treaty.quote(term.words)), out);
        }
    }
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.mode == Mode::Prohibition && facts.security && !norm.is_condition()) {
        // What a peaceful purpose lifts out of a ban is told by `intent-distinction`.
        let Some(words) = open(treaty, norm.reach).filter(|words| !treaty.lower(*words).contains("purposes")) else { continue };
        if once.first(norm.unit, treaty.lower(words), norm.reading) {
            report(facts, norm.sentence, words, format!("the ban in {}", treaty.locator(norm.unit)), out);
        }
    }
}

fn report(facts: &Facts<'_, '_>, sentence: SentenceId, words: Words, what: String, out: &mut Diagnostics) {
    let shown = facts.treaty.quote(words);
    out.push(
        facts
            .finding(&CODE, sentence, words, format!("`{shown}` leaves {what} open at its end"))
            .here("what else belongs here, each Party decides")
            .help(format!("close the list, or put a test in place of `{shown}` (effect, quantity) that new cases have to meet")),
    );
}

/// A definition is read so far, in bytes.
const NEAR: u32 = 3000;

/// Words that leave a list open whatever stands around them.
const OPEN: [&str; 15] = [
    "including but not limited to",
    "including, but not limited to",
    "but not limited to",
    "etc.",
    "et cetera",
    "and so on",
    "and the like",
    "or the like",
    "or other similar acts",
    "and other similar acts",
    "and similar acts",
    "or similar acts",
    "or other peaceful purposes",
    "or any other similar",
    "or any other means",
];

fn open(treaty: &Treaty<'_>, words: Words) -> Option<Words> {
    let lower = treaty.lower(words);
    let (at, length) = OPEN
        .iter()
        .filter(|open| lower.contains(**open))
        .filter_map(|open| {
            let at = lower.find(open)?;
            // "or similar data by which ...": what follows is a test.
            let behind = &lower[at + open.len()..];
            let clause = behind.split([',', ';', '.']).next().unwrap_or_default();
            let tested = [" which ", " that ", " capable ", " listed", " specified", " defined"].iter().any(|test| clause.contains(test));
            (!tested).then_some((at, open.len()))
        })
        .min()?;
    let start = words.start + at as u32;
    Some(Words::new(start, start + length as u32))
}
