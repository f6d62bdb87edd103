//! The mechanism is not sure enough to act on.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};

/// `low-confidence`
pub static CODE: Code = Code {
    name: "low-confidence",
    summary: "the mechanism that sees a ban is less sure than the threshold",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H26", "H27"],
    since: "0.1.0",
    page: include_str!("low_confidence.md"),
};

/// Asks each duty and ban on a Party for the surest mechanism that sees it, by declared facts alone.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for (norm, seen) in facts.seen() {
        let best = seen
            .iter()
            .filter_map(|mechanism| Some((mechanism.confidence.as_ref()?, *mechanism)))
            .max_by(|a, b| a.0.value.0.total_cmp(&b.0.value.0));
        let Some((declared, mechanism)) = best.filter(|(best, _)| best.value.0 < facts.options.confidence) else { continue };
        let (low, high) = declared.value;
        let figure = if low < high { format!("{:.0} to {:.0} %", low * 100.0, high * 100.0) } else { format!("{:.0} %", low * 100.0) };
        let act = norm.act(treaty);
        out.push(
            facts
                .on_norm(
                    &CODE,
                    norm,
                    act,
                    format!(
                        "`{}` sees a breach of {} with {figure} confidence, below {:.0} %",
                        mechanism.name,
                        treaty.locator(norm.unit),
                        facts.options.confidence * 100.0
                    ),
                )
                .here("whether this was breached stays in doubt")
                .label_in(mechanism.file, declared.span, "its declared confidence")
                .note("nobody answers a breach that is this uncertain, and that invites it")
                .help("name the standard of proof, add a second mechanism, or say what may follow a finding of this confidence"),
        );
    }
}
