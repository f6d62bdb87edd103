//! A term of art carries a norm and is nowhere defined.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Family, Label, Severity, Shown};
use crate::lexicon::{Class, Hit};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::Norm;
use crate::model::vocabulary::Name;
use crate::rules::once::Once;

/// `undefined-term`
pub static CODE: Code = Code {
    name: "undefined-term",
    summary: "a term of art carries a norm and is nowhere defined",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H10", "H1"],
    since: "0.1.0",
    page: include_str!("undefined_term.md"),
};

/// So many clauses are shown beside the first that a term carries.
const MOST_PLACES: usize = 9;

/// So many terms are told once each; a text with more is told again of the rest.
const MOST_TERMS: usize = 64;

/// Asks each norm for known concepts, and for words in quotation marks, that no definition names.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    let mut told: Vec<(&str, usize)> = Vec::new();
    let mut found_all: Vec<Diagnostic> = Vec::new();
    for (_, norm) in facts.gated() {
        let concepts = treaty
            .hits_in(norm.reach)
            .iter()
            .filter(|hit| hit.is(Class::TermOfArt))
            .map(|hit| (Words::new(hit.start, hit.end), hit.source()));
        let quoted = quoted(treaty, norm).into_iter().map(|words| (words, None));
        for (words, source) in concepts.chain(quoted) {
            if is_defined(treaty, words) || told_by_another(treaty, norm, words) || pinned_here(treaty, norm, words) {
                continue;
            }
            let written = treaty.lower(words);
            if !once.first(treaty.article_of(norm.unit), written, norm.reading) {
                continue;
            }
            // One word on a term for the whole text, at the first clause that it carries, with the next ones beside it.
            if let Some((_, at)) = told.iter().find(|(term, _)| *term == written) {
                let first: &mut Diagnostic = &mut found_all[*at];
                if first.labels.len() < MOST_PLACES {
                    first.labels.push(Label {
                        file: first.labels[0].file,
                        span: treaty.span(words),
                        message: "and this clause".to_owned(),
                    });
                }
                continue;
            }
            let shown = treaty.quote(words);
            let mut found = facts
                .on_norm(&CODE, norm, words, format!("`{shown}` carries {} and is nowhere defined", treaty.locator(norm.unit)))
                .here("no definition in this text")
                .help(format!("define `{shown}` by means, effect and target, or name the instrument that does"));
            if let Some(source) = source {
                found = found.note(format!("a term that States have read in different ways: {source}"));
            }
            if told.len() < MOST_TERMS {
                told.push((written, found_all.len()));
            }
            found_all.push(found);
        }
    }
    found_all.into_iter().for_each(|found| out.push(found));
}

/// Words in quotation marks that are no longer than a term.
fn quoted(treaty: &Treaty<'_>, norm: &Norm) -> Vec<Words> {
    let lower = treaty.lower(norm.reach);
    let mut found = Vec::new();
    // A straight mark, or the first byte of a curly one.
    if memchr::memchr2(b'"', 0xe2, lower.as_bytes()).is_none() {
        return found;
    }
    let mut from = 0;
    while let Some(open) = lower[from..].find(['“', '"']) {
        let start = from + open + lower[from + open..].chars().next().map_or(1, char::len_utf8);
        let Some(length) = lower[start..].find(['”', '"']) else { break };
        if (3..60).contains(&length) && lower[start..start + length].split(' ').count() <= 5 && !lower[..start].contains("hereinafter") {
            // "With the notation "stored"": the word is mentioned, and carries nothing.
            let before = lower[..start].rsplit([',', ';', '.']).next().unwrap_or_default();
            let mentioned = [
                "word", "entry", "entries", "notation", "phrase", "letter", "mark", "indicat", "column", "label", "inscri", "heading",
                "entitled",
            ]
            .iter()
            .any(|noun| before.contains(noun));
            if mentioned {
                from = lower.ceil_char_boundary(start + length + 1);
                continue;
            }
            // "Designated as "to be removed"", "considered a "non-Partner"": a label on a thing.
            let labels = lower[start..].starts_with("to ")
                || [
                    "considered a ",
                    "considered as ",
                    "designated as ",
                    "referred to as ",
                    "referred to in this agreement as ",
                    "known as ",
                    "called ",
                ]
                .iter()
                .any(|verb| lower[..start].trim_end_matches(['“', '"', ' ']).ends_with(verb.trim_end()));
            if !labels {
                found.push(Words::new(norm.reach.start + start as u32, norm.reach.start + (start + length) as u32));
            }
        }
        from = lower.ceil_char_boundary(start + length + 1);
    }
    // Several in one clause are mentioned and not used: "expressions such as "kind", "type"".
    if found.len() > 1 {
        found.clear();
    }
    found
}

fn is_defined(treaty: &Treaty<'_>, words: Words) -> bool {
    let near = Words::new(words.start.saturating_sub(40), words.end);
    treaty.names_in(near).iter().any(|hit| matches!(hit.name, Name::Term(_)) && hit.words.end > words.start && hit.words.start < words.end)
}

/// A vague act and an ambiguous act have rules of their own.
fn told_by_another(treaty: &Treaty<'_>, norm: &Norm, words: Words) -> bool {
    let other = |hit: &&Hit| {
        (hit.is(Class::VagueAct) || hit.is(Class::AmbiguousAct) || hit.is(Class::Implant)) && hit.start < words.end && words.start < hit.end
    };
    treaty.hits_in(norm.reach).iter().any(|hit| other(&hit))
}

/// "as defined in", "within the meaning of", or annotations on the norm.
fn pinned_here(treaty: &Treaty<'_>, norm: &Norm, words: Words) -> bool {
    let behind = treaty.lower(Words::new(words.end, norm.reach.end.min(words.end + 60)));
    // "Without right of refusal" is no "without right".
    if treaty.lower(words).ends_with("right")
        && behind.strip_prefix(" of ").is_some_and(|of| ["refusal", "veto", "appeal"].iter().any(|word| of.starts_with(word)))
    {
        return true;
    }
    let sent = [
        "as defined in",
        "within the meaning of",
        "listed in",
        "specified in",
        "as described in",
        "set out in",
        "referred to in",
        "as referring to",
        "refers to",
        "means ",
    ]
    .iter()
    .any(|link| behind.contains(link));
    sent || ["effect", "means", "target", "threshold"].iter().filter(|name| treaty.note_named(norm.unit, name).is_some()).count() >= 2
}
