//! "Shall prevent all", "shall ensure that no": a result is owed, however much care was taken.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::rules::once::Once;

/// `absolute-prevention`
pub static CODE: Code = Code {
    name: "absolute-prevention",
    summary: "a State has to prevent acts of harm whatever it takes, with no standard of care",
    family: Family::Responsibility,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H21"],
    since: "0.1.0",
    page: include_str!("absolute_prevention.md"),
};

/// Asks each duty to prevent how much care is owed.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for duty in facts.territorial.iter().filter(|duty| !duty.tells) {
        let Some(words) = duty.absolute(treaty) else { continue };
        if !once.first(treaty.article_of(duty.norm.unit), "", duty.norm.reading) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .on_norm(&CODE, duty.norm, words, format!("`{shown}` in {} owes a result that no State can promise", treaty.locator(duty.norm.unit)))
                .here("broken by the first attack that slips through")
                .label(treaty.span(duty.territory), "over all that happens here")
                .help("say how much care is owed: acts that it knows of, feasible measures, within 24 hours of a notice that names the machine"),
        );
    }
}
