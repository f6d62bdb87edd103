//! The mechanism sees only after use, and the clause guards against a first blow.

use crate::analysis::Facts;
use crate::analysis::coverage::mechanisms;
use crate::diagnostic::{Code, Diagnostics, Family, Severity};
use crate::model::declared::Sees;
use crate::model::norm::{Mode, Visibility};
use crate::rules::once::Once;

/// `after-the-fact`
pub static CODE: Code = Code {
    name: "after-the-fact",
    summary: "the mechanism sees only after use, and the ban guards against a first blow",
    family: Family::Verification,
    severity: Severity::Warning,
    hurdles: &["H31"],
    since: "0.1.0",
    page: include_str!("after_the_fact.md"),
};

/// Asks each duty and ban on a Party for the earliest mechanism that sees it, by declared facts alone.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let declared = &treaty.declared.mechanisms;
    let mut once = Once::default();
    if declared.is_empty() {
        return;
    }
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.obliges() && !norm.act(treaty).is_empty()) {
        let seen = mechanisms(treaty, norm);
        if seen.is_empty() || norm.visibility(treaty) == Visibility::Evident || !once.first(norm.unit, "", 0) {
            continue;
        }
        let best = seen.iter().filter_map(|at| declared[*at].sees.as_ref().map(|value| (value.value, *at))).min_by_key(|(value, _)| *value);
        let Some((_, at)) = best.filter(|(best, _)| *best == Sees::After) else { continue };
        if norm.mode != Mode::Prohibition {
            continue;
        }
        let mechanism = &declared[at];
        let act = norm.act(treaty);
        let where_declared = mechanism.sees.as_ref().map_or(mechanism.span, |value| value.span);
        out.push(
            facts
                .on_norm(&CODE, norm, act, format!("`{}` sees a breach of {} only once it has happened", mechanism.name, treaty.locator(norm.unit)))
                .here("the first blow is struck before anybody sees it")
                .label_in(mechanism.file, where_declared, "after use")
                .note("where the first move counts, an answer that comes after it deters little")
                .help("add a mechanism that sees the means before they are used: declarations, inspection of listed systems, bans on placing code"),
        );
    }
}
