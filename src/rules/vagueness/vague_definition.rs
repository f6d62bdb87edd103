//! A definition that leans on vague words defines nothing.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::sentence::SentenceId;
use crate::model::term::Term;
use crate::model::vocabulary::Name;

/// `vague-definition`
pub static CODE: Code = Code {
    name: "vague-definition",
    summary: "a definition leans on words that are vague themselves",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H1"],
    since: "0.1.0",
    page: include_str!("vague_definition.md"),
};

/// Asks each definition for words that leave open what it covers, in every reading of its sentence.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for term in treaty.terms.iter() {
        let Some(definiens) = term.definiens else { continue };
        report(facts, term, term.sentence, definiens, out);
    }
    for (index, sentence) in treaty.sentences.iter().enumerate().filter(|(_, sentence)| sentence.reading != 0) {
        let Some(base) = treaty.readings[sentence.reading as usize].of else { continue };
        let at = treaty.terms.partition_point(|term| term.sentence < base);
        if let Some(term) = treaty.terms.get(at).filter(|term| term.sentence == base && term.definiens.is_some()) {
            report(facts, term, SentenceId(index as u32), sentence.words, out);
        }
    }
}

/// "Generally recognized principles": what custom is, no Party settles for itself.
fn is_of_custom(treaty: &Treaty<'_>, words: Words, end: u32) -> bool {
    let behind = treaty.lower(Words::new(words.end, end.min(words.end + 14).max(words.end)));
    treaty.lower(words) == "generally" && ["recogni", "accept", "applicab"].iter().any(|custom| behind.trim_start().starts_with(custom))
}

/// "The adverse Party": whom one fights, and no degree.
fn is_the_adversary(treaty: &Treaty<'_>, words: Words, end: u32) -> bool {
    let behind = treaty.lower(Words::new(words.end, end.min(words.end + 12).max(words.end)));
    treaty.lower(words) == "adverse" && ["party", "parties", "power"].iter().any(|who| behind.trim_start().starts_with(who))
}

/// Words that are vague beside some words and plain beside others: "primarily designed" leaves open what a weapon is, "who primarily direct
/// the enterprise" only says more of a manager; "the most appropriate combination" has no measure, "the appropriate authority" is one of
/// several.
fn leaves_open(treaty: &Treaty<'_>, words: Words, definiens: Words) -> bool {
    let behind = treaty.lower(Words::new(words.end, definiens.end.min(words.end + 24).max(words.end))).trim_start();
    let before = treaty.lower(Words::new(definiens.start.max(words.start.saturating_sub(24)).min(words.start), words.start)).trim_end();
    let next = |starts: &[&str]| starts.iter().any(|start| behind.starts_with(start));
    match treaty.lower(words) {
        "primarily" | "principally" | "mainly" => {
            next(&["designed", "intended", "used", "made", "meant", "built", "to "])
                || ["designed", "intended", "used", "made", "meant", "built"].iter().any(|verb| before.ends_with(verb))
        }
        "appropriate" => before.ends_with("most") || next(&["measure", "level", "means", "step", "action", "standard"]),
        "unauthorised" | "unauthorized" => next(&["access", "activit", "interference", "intrusion", "act"]),
        "generally" => !before.ends_with("public") && !next(&["known"]),
        "psychological" => !next(&["and ", "or ", "health", "integrity", ","]) && !before.ends_with(','),
        "dangerous" => !next(&["due to", "because"]),
        "serious" if before.ends_with("more") || next(&["bodily injury", "injury to", "physical injury"]) => false,
        _ => !treaty.names_in(words).iter().any(|hit| matches!(hit.name, Name::Term(_))),
    }
}

fn report(facts: &Facts<'_, '_>, term: &Term, sentence: SentenceId, definiens: Words, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let noted = ["threshold", "effect", "target"].iter().any(|name| treaty.note_named(term.unit, name).is_some());
    let mut vague = treaty
        .words_of(definiens, Class::VagueDefiniens)
        .filter(|words| !is_pinned(treaty, *words, definiens.end))
        .filter(|words| !is_of_custom(treaty, *words, definiens.end) && !is_the_adversary(treaty, *words, definiens.end))
        .filter(|words| leaves_open(treaty, *words, definiens));
    let Some(first) = vague.next().filter(|_| !noted) else { return };
    let shown = treaty.quote(first);
    let mut found = facts
        .finding(
            &CODE,
            sentence,
            first,
            format!("the definition of `{}` rests on `{shown}`, which each Party reads its own way", treaty.quote(term.words)),
        )
        .here("vague itself")
        .label(treaty.span(term.words), "the term that it defines")
        .help(format!("replace `{shown}` by what can be counted, listed or observed"));
    for more in vague.take(4) {
        found = found.label(treaty.span(more), "and so does this");
    }
    out.push(found);
}

/// "significant damage of more than 1 million": a number right behind it pins it.
fn is_pinned(treaty: &Treaty<'_>, words: Words, end: u32) -> bool {
    let behind = Words::new(words.end, end.min(words.end + 60));
    treaty.has_measure(behind)
        || super::severity_without_threshold::counts(treaty.lower(behind))
        || treaty.lower(behind).contains("as specified in")
}
