//! A term that is defined and never used.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::place::Place;
use crate::model::term::{Term, TermId};
use crate::model::vocabulary::Name;
use std::collections::HashMap;

/// `unused-definition`
pub static CODE: Code = Code {
    name: "unused-definition",
    summary: "a term is defined and never used",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H1"],
    since: "0.1.0",
    page: include_str!("unused_definition.md"),
};

/// So many terms are looked for in other words at most, so that a text with thousands stays quick.
const MOST: usize = 200;

/// Asks each term of an article of definitions where else it stands.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.instrument.excerpt || treaty.terms.is_empty() {
        return;
    }
    let mut used = vec![false; treaty.terms.len()];
    for hit in &treaty.names {
        if let Name::Term(term) = hit.name
            && !used[term.index()]
        {
            used[term.index()] = !own_words(treaty, treaty.term(term)).contains(hit.words);
        }
    }
    let open: Vec<TermId> = (0..treaty.terms.len() as u32)
        .map(TermId)
        .filter(|id| {
            !used[id.index()]
                && treaty.places[treaty.term(*id).unit.index()] == Place::Definitions
                && treaty.term(*id).is_quoted(treaty)
                && treaty.term(*id).is_by_means(treaty)
                && !has_short_name(treaty, treaty.term(*id))
        })
        .collect();
    if open.is_empty() {
        return;
    }
    let stems = Stems::of(treaty.lower(Words::new(0, treaty.clean.len())));
    for term in open.into_iter().take(MOST).map(|id| treaty.term(id)).filter(|term| !stands_in_other_words(treaty, term, &stems)) {
        let shown = treaty.quote(term.words);
        out.push(
            facts
                .finding(&CODE, term.sentence, term.words, format!("`{shown}` is defined and never used"))
                .here("no clause uses this")
                .help("use the term where it is meant, or take the definition out"),
        );
    }
}

/// "Financial intelligence unit (hereinafter referred to as "FIU")": the text goes on with the short name.
fn has_short_name(treaty: &Treaty<'_>, term: &Term) -> bool {
    let behind = treaty.lower(Words::new(term.words.end, term.words.end + 40));
    ["hereinafter", "hereafter", "(\"", "(“"].iter().any(|opener| behind.contains(opener))
}

fn own_words(treaty: &Treaty<'_>, term: &Term) -> Words {
    term.definiens.map_or(term.words, |definiens| term.words.to(definiens)).to(treaty.sentence(term.sentence).words)
}

/// Whether all words of a term stand in the text more often than in its own definition: "to place" is used by "placed", "State-directed
/// person" by "persons directed by a State".
fn stands_in_other_words(treaty: &Treaty<'_>, term: &Term, all: &Stems<'_>) -> bool {
    let own = Stems::of(treaty.lower(own_words(treaty, term)));
    words(&term.name).filter(|word| word.len() > 2).map(stem).all(|stem| all.count(stem) > own.count(stem))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// How often each word stands in a text, whatever its form.
struct Stems<'t>(HashMap<&'t str, u32>);

impl<'t> Stems<'t> {
    fn of(text: &'t str) -> Self {
        let mut stems = HashMap::new();
        words(text).for_each(|word| *stems.entry(stem(word)).or_insert(0) += 1);
        Self(stems)
    }

    fn count(&self, stem: &str) -> u32 {
        self.0.get(stem).copied().unwrap_or(0)
    }
}

/// The first letters of a word: enough to know it again in another form.
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    word[..end].trim_end_matches('s')
}
