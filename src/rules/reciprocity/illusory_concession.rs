//! A party forgoes what its profile says it does not do.

use crate::analysis::Facts;
use crate::analysis::facts_of::{party_name, source_words, speaks_of};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::declared::Profile;
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::rules::once::Once;

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
    let mut once = Once::default();
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.mode == Mode::Prohibition && !norm.is_condition()) {
        for profile in profiles.iter().filter(|profile| is_bound(norm, profile)) {
            let Some(fact) = profile.abstains.iter().find(|fact| speaks_of(treaty, fact, norm)) else { continue };
            let Some(party) = profile.party.filter(|_| !profile.practises.iter().any(|fact| speaks_of(treaty, fact, norm))) else {
                continue;
            };
            if !once.first(norm.unit, &party.0.to_string(), 0) {
                continue;
            }
            let name = party_name(treaty, party);
            out.push(
                facts
                    .on_norm(
                        &CODE,
                        norm,
                        norm.act(treaty),
                        format!("{} costs {name} nothing: it does not do this, {}", treaty.locator(norm.unit), source_words(profile)),
                    )
                    .here(format!("no concession of {name}"))
                    .label_in(profile.file, fact.span, "it abstains already")
                    .help(format!("name something that {name} does and would give up, or count this clause for nothing in the bargain")),
            );
        }
    }
}

fn is_bound(norm: &Norm, profile: &Profile) -> bool {
    match norm.bearer.class {
        BearerClass::Named => norm.bearer.party == profile.party,
        BearerClass::AllParties | BearerClass::None | BearerClass::Other => true,
        _ => false,
    }
}
