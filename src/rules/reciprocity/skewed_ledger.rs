//! The balance across the treaty is past a set ratio.

use crate::analysis::Facts;
use crate::analysis::facts_of::party_name;
use crate::analysis::ledger::{Ledger, Weights};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};

/// `skewed-ledger`
pub static CODE: Code = Code {
    name: "skewed-ledger",
    summary: "across the treaty one party gets far more for what it gives than another",
    family: Family::Reciprocity,
    severity: Severity::Warning,
    shown: Shown::Asked,
    hurdles: &["H9", "H7"],
    since: "0.1.0",
    page: include_str!("skewed_ledger.md"),
};

/// Asks the ledger for the party that does best and the one that does worst.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let profiles = facts.profiles();
    if profiles.len() < 2 {
        return;
    }
    let ledger = Ledger::new(facts);
    // What a party gets over what it gives; a little on both sides, so that nothing for nothing is one to one.
    let rate = |account: &crate::analysis::ledger::Account| {
        let (gives, gets, _) = account.balance(&Weights::DEFAULT);
        (gets + 0.5) / (gives + 0.5)
    };
    let with_profile = ledger.accounts.iter().filter(|account| profiles.iter().any(|profile| profile.party == Some(account.party)));
    let mut ranked: Vec<_> = with_profile.map(|account| (rate(account), account)).collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    let ([(low, worst), ..], [.., (high, best)]) = (ranked.as_slice(), ranked.as_slice()) else { return };
    if ranked.len() < 2 || high / low < facts.options.skew {
        return;
    }
    let (best_name, worst_name) = (party_name(treaty, best.party), party_name(treaty, worst.party));
    let figures = |account: &crate::analysis::ledger::Account| {
        let (gives, gets, _) = account.balance(&Weights::DEFAULT);
        format!("gives {gives:.1}, gets {gets:.1}")
    };
    out.push(
        facts
            .on_treaty(&CODE, format!("{best_name} gets {:.1} times as much for what it gives as {worst_name}", high / low))
            .here(format!("{best_name}: {}; {worst_name}: {}", figures(best), figures(worst)))
            .note("even where all gain, who gains more may rule the deal out")
            .help("`treatylint ledger` shows each line of it; add what the other side would want, or take a concession back"),
    );
}
