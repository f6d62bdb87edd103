//! A term that is defined and never used.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::place::Place;
use crate::model::term::{Term, TermId};
use crate::model::vocabulary::Name;

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
    for term in open.into_iter().take(MOST).map(|id| treaty.term(id)).filter(|term| !stands_in_other_words(treaty, term)) {
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
fn stands_in_other_words(treaty: &Treaty<'_>, term: &Term) -> bool {
    let (all, own) = (treaty.lower(Words::new(0, treaty.clean.len())), treaty.lower(own_words(treaty, term)));
    let mut wanted = words(&term.name).filter(|word| word.len() > 2).map(stem);
    wanted.all(|wanted| words_of_stem(all, wanted).nth(words_of_stem(own, wanted).count()).is_some())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words of a text that are forms of one word.
fn words_of_stem<'t>(text: &'t str, wanted: &'t str) -> impl Iterator<Item = &'t str> {
    memchr::memmem::find_iter(text.as_bytes(), wanted.as_bytes())
        .filter(|at| text.is_char_boundary(*at) && !text[..*at].ends_with(char::is_alphanumeric))
        .filter_map(|at| words(&text[at..]).next().filter(|_| text[at..].starts_with(char::is_alphanumeric)))
        .filter(move |word| stem(word) == wanted)
}

/// The first letters of a word: enough to know it again in another form.
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    word[..end].trim_end_matches('s')
}
