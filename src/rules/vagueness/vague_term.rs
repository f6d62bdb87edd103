//! An act or purpose named by how it is felt carries a norm, and nothing pins it down.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::place::Place;
use crate::model::sentence::SentenceId;
use crate::model::term::Term;
use crate::model::vocabulary::Name;
use crate::rules::once::Once;

/// `vague-term`
pub static CODE: Code = Code {
    name: "vague-term",
    summary: "a vague act or purpose carries a norm and no definition pins it down",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H10", "H5"],
    since: "0.1.0",
    page: include_str!("vague_term.md"),
};

/// Asks each norm that binds a Party for acts named by how they are felt.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    in_definitions(facts, out);
    for (_, norm) in facts.gated() {
        for words in treaty.words_of(norm.reach, Class::VagueAct) {
            let term = definition(facts, words);
            if term.is_some_and(|term| term.is_operational(treaty)) || pinned_by_note(facts, norm.unit) {
                continue;
            }
            if !once.first(treaty.article_of(norm.unit), treaty.lower(words), norm.reading) {
                continue;
            }
            let shown = treaty.quote(words);
            let concrete = treaty.lower(norm.reach)[..(words.start - norm.reach.start) as usize].ends_with("any other ");
            let verb = if norm.obliges() { "carries the duty" } else { "decides what is allowed" };
            let mut found = facts
                .on_norm(&CODE, norm, words, format!("`{shown}` has no agreed meaning and {verb} in {}", treaty.locator(norm.unit)))
                .here("no definition pins this down")
                .label_if(term.and_then(|term| term.definiens).map(|definiens| treaty.span(definiens)), || {
                    "its definition rests on this".to_owned()
                })
                .help(format!("say by act, effect, target or number what `{shown}` is, or define it so"));
            if concrete {
                found = found.severity(Severity::Advice).note("a concrete case stands beside it; what it adds to that case is open");
            }
            out.push(found);
        }
    }
}

/// The same words in a definition.
fn in_definitions(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for (index, sentence) in treaty.sentences.iter().enumerate() {
        if treaty.places[sentence.unit.index()] != Place::Definitions {
            continue;
        }
        let own_name = |words: &crate::model::clean::Words| treaty.terms.iter().any(|term| term.name == treaty.lower(*words));
        let Some(words) = treaty.words_of(sentence.words, Class::VagueAct).find(|words| !own_name(words)) else { continue };
        let shown = treaty.quote(words);
        out.push(
            facts
                .finding(&CODE, SentenceId(index as u32), words, format!("`{shown}` has no agreed meaning and a definition rests on it"))
                .here("no definition pins this down")
                .help(format!("say by act, effect, target or number what `{shown}` is")),
        );
    }
}

fn definition<'t>(facts: &Facts<'t, '_>, words: crate::model::clean::Words) -> Option<&'t Term> {
    facts.treaty.names_in(words).iter().find_map(|hit| match hit.name {
        Name::Term(term) if hit.words.contains(words) => Some(facts.treaty.term(term)),
        _ => None,
    })
}

fn pinned_by_note(facts: &Facts<'_, '_>, unit: crate::syntax::tree::UnitId) -> bool {
    ["threshold", "effect", "means", "target"].iter().any(|name| facts.treaty.note_named(unit, name).is_some())
}
