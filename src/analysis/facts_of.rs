//! Which declared facts speak of which norm: "practises: cyber attack against banks" and a ban on cyber attacks against banks.

use crate::model::Treaty;
use crate::model::declared::{Fact, PartyId, Profile, is_reference};
use crate::model::norm::Norm;
use crate::syntax::tree::UnitId;

/// Whether a profile's value speaks of what a norm governs: it names the clause, or its act, and its target if it has one, stand in the
/// norm's words. Number is forgiven.
#[must_use]
pub fn speaks_of(treaty: &Treaty<'_>, fact: &Fact, norm: &Norm) -> bool {
    if is_reference(&fact.words) {
        return treaty.resolve(&fact.words, UnitId::ROOT).iter().any(|unit| treaty.tree.ancestors(norm.unit).any(|around| around == *unit));
    }
    let words = treaty.lower(norm.reach);
    let mut parts = fact.words.split(" against ");
    parts.all(|part| holds(words, part))
}

/// Whether a target that a profile names stands in a norm's words.
#[must_use]
pub fn names_target(treaty: &Treaty<'_>, fact: &Fact, norm: &Norm) -> bool {
    holds(treaty.lower(norm.reach), &fact.words)
}

fn holds(words: &str, phrase: &str) -> bool {
    let stem = phrase.trim().trim_end_matches('s');
    let stem = stem.strip_suffix("ie").unwrap_or(stem).trim_end_matches('y');
    !stem.is_empty() && words.match_indices(stem).any(|(at, _)| at == 0 || !words.as_bytes()[at - 1].is_ascii_alphanumeric())
}

/// The party's own name for a message.
#[must_use]
pub fn party_name<'t>(treaty: &'t Treaty<'_>, party: PartyId) -> &'t str {
    treaty.declared.parties.get(party.index()).map_or("", |party| if party.name.is_empty() { &party.id } else { &party.name })
}

/// "according to White Paper, 2025", or that no source is given.
#[must_use]
pub fn source_words(profile: &Profile) -> String {
    match &profile.source {
        Some(source) => format!("by its profile ({source})"),
        None => "by its profile".to_owned(),
    }
}
