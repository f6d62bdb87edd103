//! The mechanism is not sure enough to act on.

use crate::analysis::Facts;
use crate::analysis::coverage::mechanisms;
use crate::diagnostic::{Code, Diagnostics, Family, Severity};
use crate::model::norm::Visibility;
use crate::rules::once::Once;

/// `low-confidence`
pub static CODE: Code = Code {
    name: "low-confidence",
    summary: "the mechanism that sees a ban is less sure than the threshold",
    family: Family::Verification,
    severity: Severity::Warning,
    hurdles: &["H26", "H27"],
    since: "0.1.0",
    page: include_str!("low_confidence.md"),
};

/// Asks each duty and ban on a Party for the surest mechanism that sees it, by declared facts alone.
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
        let best = seen.iter().filter_map(|at| declared[*at].confidence.as_ref().map(|value| (value.value, *at))).max_by(|a, b| a.0.0.total_cmp(&b.0.0));
        let Some(((low, high), at)) = best.filter(|((low, _), _)| *low < facts.options.confidence) else { continue };
        let mechanism = &declared[at];
        let figure = if low < high { format!("{:.0} to {:.0} %", low * 100.0, high * 100.0) } else { format!("{:.0} %", low * 100.0) };
        let act = norm.act(treaty);
        let where_declared = mechanism.confidence.as_ref().map_or(mechanism.span, |value| value.span);
        out.push(
            facts
                .on_norm(&CODE, norm, act, format!("`{}` sees a breach of {} with {figure} confidence, below {:.0} %", mechanism.name, treaty.locator(norm.unit), facts.options.confidence * 100.0))
                .here("whether this was breached stays in doubt")
                .label_in(mechanism.file, where_declared, "its declared confidence")
                .note("nobody answers a breach that is this uncertain, and that invites it")
                .help("name the standard of proof, add a second mechanism, or say what may follow a finding of this confidence"),
        );
    }
}
