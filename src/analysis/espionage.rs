//! The tree of questions on spying and attack, asked of one norm from the top; the first yes speaks.

use crate::analysis::Facts;
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::model::term::Term;
use crate::model::vocabulary::Name;

/// What a norm has to be told, with the words that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    /// The act's definition, or the ban itself, joins getting in and doing harm.
    Conflation {
        /// Words of access.
        access: Words,
        /// Words of harm.
        harm: Words,
    },
    /// The act is one that spying and attacking share, and nothing says which is meant.
    Ambiguous(Words),
    /// Code put in place beforehand, and no test what it is for.
    Implant(Words),
}

/// The branch of a ban or duty; `None` where spying and attack are told apart or do not come up.
#[must_use]
pub fn branch(facts: &Facts<'_, '_>, norm: &Norm) -> Option<Branch> {
    let treaty = facts.treaty;
    if norm.mode != Mode::Prohibition || norm.is_condition() || is_settled(treaty, norm) {
        return None;
    }
    if let Some((access, harm)) = joined(treaty, norm.reach) {
        return Some(Branch::Conflation { access, harm });
    }
    for term in terms_in(treaty, norm) {
        let Some(definiens) = term.definiens.filter(|_| !is_settled_term(treaty, term)) else { continue };
        if let Some((access, harm)) = joined(treaty, definiens) {
            return Some(Branch::Conflation { access, harm });
        }
    }
    let effect = treaty.any_of(norm.reach, &[Class::Harm, Class::HarmNoun]);
    if !effect && let Some(words) = undefined(treaty, norm, Class::AmbiguousAct).or_else(|| undefined(treaty, norm, Class::AmbiguousVerb)) {
        return Some(Branch::Ambiguous(words));
    }
    undefined(treaty, norm, Class::Implant).map(Branch::Implant)
}

/// Access and harm in the same words.
fn joined(treaty: &Treaty<'_>, words: Words) -> Option<(Words, Words)> {
    let access = treaty.words_of(words, Class::Access).next().or_else(|| treaty.words_of(words, Class::AccessNoun).next())?;
    let harm = treaty
        .words_of(words, Class::Harm)
        .chain(treaty.words_of(words, Class::HarmNoun))
        .find(|harm| harm.end <= access.start || harm.start >= access.end)?;
    let lower = treaty.lower(words);
    let networks =
        ["computer", "network", "data", "system", "cyber", "information", "software", "code"].iter().any(|word| lower.contains(word));
    // "denies access to data" is harm, whatever the word "access" is.
    (networks && !treaty.lower(Words::new(access.start.saturating_sub(8), access.start)).contains("den")).then_some((access, harm))
}

/// The first words of a class that no definition tells apart.
fn undefined(treaty: &Treaty<'_>, norm: &Norm, class: Class) -> Option<Words> {
    treaty.words_of(norm.reach, class).find(|words| {
        let defined = treaty.names_in(Words::new(words.start.saturating_sub(30), words.end)).iter().any(|hit| match hit.name {
            Name::Term(term) => hit.words.end > words.start && is_settled_term(treaty, treaty.term(term)),
            _ => false,
        });
        // "Interfere in the internal affairs": an old ban, and none on networks.
        let behind = treaty.lower(Words::new(words.end, norm.reach.end.min(words.end + 30).max(words.end)));
        !defined && !behind.contains("affairs")
    })
}

/// The defined terms that a norm uses.
pub fn terms_in<'t>(treaty: &'t Treaty<'_>, norm: &Norm) -> impl Iterator<Item = &'t Term> {
    treaty.names_in(norm.reach).iter().filter_map(|hit| match hit.name {
        Name::Term(term) => Some(treaty.term(term)),
        _ => None,
    })
}

/// Spying is banned too, or purpose is declared not to matter, or an annotation says what tells them apart.
#[must_use]
pub fn is_settled(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let article = treaty.words_under(treaty.article_of(norm.unit));
    let purpose_free = treaty.any_of(norm.sentence_words(treaty), &[Class::ToldApart])
        || article.is_some_and(|words| treaty.any_of(words, &[Class::ToldApart]));
    purpose_free
        || treaty.note_named(norm.unit, "told apart by").is_some()
        || terms_in(treaty, norm).any(|term| {
            treaty.note_named(term.unit, "told apart by").is_some()
                || term.definiens.is_some_and(|definiens| treaty.any_of(definiens, &[Class::ToldApart]))
        })
}

fn is_settled_term(treaty: &Treaty<'_>, term: &Term) -> bool {
    treaty.note_named(term.unit, "told apart by").is_some()
        || treaty.note_named(term.unit, "excludes").is_some()
        || term.definiens.is_some_and(|words| {
            let harm = treaty.any_of(words, &[Class::Harm, Class::HarmNoun]);
            let access = treaty.any_of(words, &[Class::Access, Class::AccessNoun]);
            harm && !access
        })
}

/// Whether a norm bans attack: by its words or by the terms that it uses.
#[must_use]
pub fn bans_attack(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let by_words = || {
        treaty.any_of(norm.reach, &[Class::CyberAttack, Class::Implant])
            || treaty.any_of(norm.reach, &[Class::Harm]) && treaty.is_harm_to_systems(norm.reach)
    };
    let by_terms = || treaty.names_in(norm.reach).iter().any(|hit| treaty.is_term_of_attack(hit.name));
    norm.mode == Mode::Prohibition && !norm.is_condition() && norm.binds_a_party() && (by_words() || by_terms())
}
