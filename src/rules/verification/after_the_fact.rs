//! The mechanism sees only after use, and the clause guards against a first blow.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::declared::Sees;
use crate::model::norm::Mode;

/// `after-the-fact`
pub static CODE: Code = Code {
    name: "after-the-fact",
    summary: "the mechanism sees only after use, and the ban guards against a first blow",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H31"],
    since: "0.1.0",
    page: include_str!("after_the_fact.md"),
};

/// Asks each duty and ban on a Party for the earliest mechanism that sees it, by declared facts alone.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for (norm, seen) in facts.seen() {
        let best = seen.iter().filter_map(|mechanism| Some((mechanism.sees.as_ref()?, *mechanism))).min_by_key(|(sees, _)| sees.value);
        let Some((sees, mechanism)) = best.filter(|(best, _)| best.value == Sees::After) else { continue };
        if norm.mode != Mode::Prohibition {
            continue;
        }
        let act = norm.act(treaty);
        out.push(
            facts
                .on_norm(&CODE, norm, act, format!("`{}` sees a breach of {} only once it has happened", mechanism.name, treaty.locator(norm.unit)))
                .here("the first blow is struck before anybody sees it")
                .label_in(mechanism.file, sees.span, "after use")
                .note("where the first move counts, an answer that comes after it deters little")
                .help("add a mechanism that sees the means before they are used: declarations, inspection of listed systems, bans on placing code"),
        );
    }
}
