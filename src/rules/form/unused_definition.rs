//! A term that is defined and never used.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::place::Place;
use crate::model::term::{Term, TermId};
use crate::model::vocabulary::Name;
use std::collections::HashSet;

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

/// Asks each term of an article of definitions where else it stands.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.instrument.excerpt || treaty.terms.is_empty() {
        return;
    }
    let mut used: HashSet<TermId> = HashSet::new();
    for hit in &treaty.names {
        if let Name::Term(term) = hit.name
            && !own_words(treaty, treaty.term(term)).contains(hit.words)
        {
            used.insert(term);
        }
    }
    let open: Vec<TermId> = (0..treaty.terms.len() as u32)
        .map(TermId)
        .filter(|id| {
            !used.contains(id)
                && treaty.places[treaty.term(*id).unit.index()] == Place::Definitions
                && treaty.term(*id).is_quoted(treaty)
                && treaty.term(*id).is_by_means(treaty)
        })
        .collect();
    if open.is_empty() {
        return;
    }
    let stems = Stems::new(treaty);
    for term in open.into_iter().map(|id| treaty.term(id)).filter(|term| !stems.hold(treaty, term)) {
        let shown = treaty.quote(term.words);
        out.push(
            facts
                .finding(&CODE, term.sentence, term.words, format!("`{shown}` is defined and never used"))
                .here("no clause uses this")
                .help("use the term where it is meant, or take the definition out"),
        );
    }
}

fn own_words(treaty: &Treaty<'_>, term: &Term) -> Words {
    term.definiens.map_or(term.words, |definiens| term.words.to(definiens)).to(treaty.sentence(term.sentence).words)
}

/// How often each stem stands in the text: "to place" is used by "placed", "State-directed person" by "persons directed by a State".
struct Stems<'t> {
    count: std::collections::HashMap<&'t str, u32>,
}

impl<'t> Stems<'t> {
    fn new(treaty: &'t Treaty<'_>) -> Self {
        let mut count = std::collections::HashMap::new();
        for word in treaty.clean.lower(Words::new(0, treaty.clean.len())).split(|c: char| !c.is_alphanumeric()) {
            *count.entry(stem(word)).or_insert(0) += 1;
        }
        Self { count }
    }

    /// Whether all words of a term stand in the text more often than in its own definition.
    fn hold(&self, treaty: &Treaty<'_>, term: &Term) -> bool {
        let own = treaty.lower(own_words(treaty, term));
        let weighty: Vec<&str> = term.name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(stem).collect();
        weighty.iter().all(|word| {
            let here = own.split(|c: char| !c.is_alphanumeric()).filter(|other| stem(other) == *word).count() as u32;
            self.count.get(word).is_some_and(|count| *count > here)
        })
    }
}

/// The first letters of a word: enough to know it again in another form.
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    word[..end].trim_end_matches('s')
}
