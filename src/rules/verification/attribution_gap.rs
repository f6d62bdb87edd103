//! The mechanism attributes an act to a machine or a person, and the duty binds a State.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::declared::Attribution;

/// `attribution-gap`
pub static CODE: Code = Code {
    name: "attribution-gap",
    summary: "the mechanism attributes to a machine or person, and the duty binds a State",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H25"],
    since: "0.1.0",
    page: include_str!("attribution_gap.md"),
};

/// Asks each duty and ban on a Party for the best attribution among the mechanisms that see it, by declared facts alone.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for (norm, seen) in facts.seen() {
        let best =
            seen.iter().filter_map(|mechanism| Some((mechanism.attributes_to.as_ref()?.value, *mechanism))).max_by_key(|(value, _)| *value);
        let Some((best, mechanism)) = best.filter(|(best, _)| *best < Attribution::State) else { continue };
        let to = if best == Attribution::Machine { "a machine" } else { "a person" };
        let act = norm.act(treaty);
        out.push(
            facts
                .on_norm(&CODE, norm, act, format!("{} binds a State, and `{}` attributes an act only to {to}", treaty.locator(norm.unit), mechanism.name))
                .here("a State answers for this")
                .label_in(mechanism.file, mechanism.span, format!("this stops at {to}"))
                .note("from the machine to the person and from the person to the State are two more steps, and acts are routed around each of them")
                .help("add a mechanism or a rule of attribution that reaches the State, or let a State answer for what comes from its territory"),
        );
    }
}
