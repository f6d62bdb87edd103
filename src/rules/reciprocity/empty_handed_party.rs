//! A party whose ledger shows concessions and no gains.

use crate::analysis::Facts;
use crate::analysis::facts_of::{party_name, source_words};
use crate::analysis::ledger::{Ledger, Worth};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};

/// `empty-handed-party`
pub static CODE: Code = Code {
    name: "empty-handed-party",
    summary: "a party gives something real and gets nothing that it needs",
    family: Family::Reciprocity,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H6", "H20"],
    since: "0.1.0",
    page: include_str!("empty_handed_party.md"),
};

/// Asks the ledger of each party with a profile for something real on the side of what it gets.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let profiles = facts.profiles();
    if profiles.len() < 2 {
        return;
    }
    let ledger = Ledger::new(facts);
    for account in &ledger.accounts {
        let Some(profile) = profiles.iter().find(|profile| profile.party == Some(account.party)) else { continue };
        let Some(given) = account.gives.iter().find(|entry| entry.worth == Worth::Real) else { continue };
        // What guards something that no profile speaks of may still be a gain: only declared dependence tells.
        let told = !profile.depends.is_empty();
        let gains = account.gets.iter().any(|entry| entry.worth == Worth::Real);
        let bargain = account.bargains.iter().any(|bargain| bargain.holds);
        if gains || bargain || !told || account.gets.iter().any(|entry| entry.worth == Worth::Unknown && is_other_matter(facts, entry)) {
            continue;
        }
        let name = party_name(treaty, account.party);
        out.push(
            facts
                .on_unit(
                    &CODE,
                    given.unit,
                    treaty.span(given.words),
                    format!("{name} gives up something real in {} and gets nothing that it needs", treaty.locator(given.unit)),
                )
                .here(format!("{name} does this today, {}", source_words(profile)))
                .label_in(profile.file, profile.depends[0].span, "it hardly depends on this")
                .help(format!("add what {name} would want from the others and bind them to it, `@in return for` this clause")),
        );
    }
}

/// A duty on others that turns on none of the declared acts and targets may be worth something: money, inspectors, assistance.
fn is_other_matter(facts: &Facts<'_, '_>, entry: &crate::analysis::ledger::Entry) -> bool {
    let norms = facts.treaty.norms_of(entry.unit);
    !norms.iter().any(|norm| norm.mode == crate::model::norm::Mode::Prohibition)
        && norms.iter().any(|norm| {
            norm.binds_a_party()
                && ["pay", "provide", "assist", "transfer", "supply", "finance", "open"]
                    .iter()
                    .any(|verb| facts.treaty.lower(norm.act(facts.treaty)).starts_with(verb))
        })
}
