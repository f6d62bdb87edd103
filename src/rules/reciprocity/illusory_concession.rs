//! A party forgoes what its profile says it does not do.

use crate::analysis::Facts;
use crate::analysis::facts_of::{party_name, source_words, speaks_of};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::declared::{Fact, PartyId, Profile};
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::syntax::tree::UnitId;
use std::collections::HashSet;

/// `illusory-concession`
pub static CODE: Code = Code {
    name: "illusory-concession",
    summary: "a party forgoes what its profile says it does not do anyway",
    family: Family::Reciprocity,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H19"],
    since: "0.1.0",
    page: include_str!("illusory_concession.md"),
};

/// Asks each ban which of those it binds give up nothing by it, by declared facts alone.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let profiles = facts.profiles();
    if profiles.len() < 2 {
        return;
    }
    let mut told: HashSet<(UnitId, PartyId)> = HashSet::new();
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.mode == Mode::Prohibition && !norm.is_condition()) {
        let idle: Vec<(PartyId, &Profile, &Fact)> = profiles
            .iter()
            .filter(|profile| is_bound(norm, profile) && !profile.practises.iter().any(|fact| speaks_of(treaty, fact, norm)))
            .filter_map(|profile| Some((profile.party?, *profile, profile.abstains.iter().find(|fact| speaks_of(treaty, fact, norm))?)))
            .filter(|(party, ..)| told.insert((norm.unit, *party)))
            .collect();
        let [(party, profile, _), others @ ..] = idle.as_slice() else { continue };
        let clause = treaty.locator(norm.unit);
        let (names, message) = if others.is_empty() {
            let name = party_name(treaty, *party).to_owned();
            let message = format!("{clause} costs {name} nothing: it does not do this, {}", source_words(profile));
            (name, message)
        } else {
            let names = names_in_words(idle.iter().map(|(party, ..)| party_name(treaty, *party)));
            let message = format!("{clause} costs {names} nothing: they do not do this, by their profiles");
            (names, message)
        };
        let does = if others.is_empty() { "does" } else { "do" };
        let mut found = facts
            .on_norm(&CODE, norm, norm.act(treaty), message)
            .here(format!("no concession of {names}"))
            .help(format!("name something that {names} {does} and would give up, or count this clause for nothing in the bargain"));
        for (party, profile, fact) in idle.iter().take(SHOWN) {
            let name = if others.is_empty() { "it" } else { party_name(treaty, *party) };
            found = found.label_in(profile.file, fact.span, format!("{name} abstains already"));
        }
        out.push(found);
    }
}

/// Of so many parties the names and profiles are shown; the others are counted.
const SHOWN: usize = 3;

/// `Atlantis, Boreas and 4 others`.
fn names_in_words<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let (shown, others) = names.split_at(names.len().min(SHOWN));
    match (others, shown) {
        ([], [head @ .., last]) if !head.is_empty() => format!("{} and {last}", head.join(", ")),
        ([], _) => shown.join(", "),
        ([_], _) => format!("{} and another", shown.join(", ")),
        (others, _) => format!("{} and {} others", shown.join(", "), others.len()),
    }
}

fn is_bound(norm: &Norm, profile: &Profile) -> bool {
    match norm.bearer.class {
        BearerClass::Named => norm.bearer.party == profile.party,
        BearerClass::AllParties | BearerClass::None | BearerClass::Other => true,
        _ => false,
    }
}
