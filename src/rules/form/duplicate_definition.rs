//! A term that is defined twice for the same text.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::term::Term;
use crate::syntax::tree::UnitId;
use std::collections::HashMap;

/// `duplicate-definition`
pub static CODE: Code = Code {
    name: "duplicate-definition",
    summary: "a term is defined twice for the same text",
    family: Family::Form,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H1"],
    since: "0.1.0",
    page: include_str!("duplicate_definition.md"),
};

/// Asks the terms of one article for two of a name.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut known: HashMap<(UnitId, &str), &Term> = HashMap::new();
    for term in treaty.terms.iter().filter(|term| term.definiens.is_some() && term.is_quoted(treaty) && term.is_by_means(treaty)) {
        // "'Period of inspection', for the purposes of Article IX, means ...": a term of that article.
        let link = term.definiens.map_or("", |definiens| treaty.lower(Words::new(term.words.end, definiens.start.max(term.words.end))));
        // "For metals that are not traded there, 'processed metals' means ...": a case that its sentence opens with.
        let sentence = treaty.sentence(term.sentence).words;
        let front = treaty.lower(Words::new(sentence.start, term.words.start)).trim_end_matches(|c: char| !c.is_alphanumeric() && c != ',');
        if link.contains("for the purpose") || front.len() > 12 && front.ends_with(',') {
            continue;
        }
        match known.get(&(scope(treaty, term), term.name.as_str())) {
            None => {
                known.insert((scope(treaty, term), term.name.as_str()), term);
            }
            Some(first) if first.sentence != term.sentence => {
                let shown = treaty.quote(term.words);
                out.push(
                    facts
                        .finding(&CODE, term.sentence, term.words, format!("`{shown}` is defined twice"))
                        .here("defined again")
                        .label(treaty.span(first.words), "defined here first")
                        .help("keep one definition, or give the second thing a name of its own"),
                );
            }
            Some(_) => {}
        }
    }
}

/// An article or annex has its own terms; a paragraph that says "for the purposes of this paragraph" too.
fn scope(treaty: &Treaty<'_>, term: &Term) -> UnitId {
    let local = treaty.tree.ancestors(term.unit).find(|unit| {
        treaty.words_of_unit(*unit).is_some_and(|words| {
            let lower = treaty.lower(words);
            let near = &lower[..lower.char_indices().nth(120).map_or(lower.len(), |(at, _)| at)];
            // "If the contractor engages in mining only: ...": a case of its own.
            let case = lower.trim_end().ends_with(':')
                && (lower.starts_with("if ") || lower.starts_with("where ") || lower.starts_with("in the case of "));
            case || ["this paragraph", "this section", "this sub", "the present paragraph", "this part", "this chapter", "this table"]
                .iter()
                .any(|what| near.contains(what))
        })
    });
    local.unwrap_or_else(|| treaty.article_of(term.unit))
}
