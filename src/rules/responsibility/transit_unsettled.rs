//! A duty over acts "from its territory" that does not say whether transit counts.

use crate::analysis::Facts;
use crate::analysis::territory::settles_transit;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::rules::once::Once;

/// `transit-unsettled`
pub static CODE: Code = Code {
    name: "transit-unsettled",
    summary: "a duty over acts \"from its territory\" leaves open whether transit counts",
    family: Family::Responsibility,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H21"],
    since: "0.1.0",
    page: include_str!("transit_unsettled.md"),
};

/// Asks each duty over attacks that cross a border whether the treaty says on which side transit falls.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    let mut settled = None;
    for duty in facts.territorial.iter().filter(|duty| duty.cyber) {
        // Another reading is asked whether its own words take away what the base settles.
        let says = |words: &str| {
            ["transit", "pass through", "passes through", "passing through", "routed"].iter().any(|word| words.contains(word))
        };
        let settled = *settled.get_or_insert_with(|| settles_transit(treaty));
        let own = treaty.lower(duty.norm.sentence_words(treaty));
        let open = if duty.norm.reading == 0 { !settled } else { settled && !says(own) && says(base_words(facts, duty.norm)) };
        if !open || !once.first(treaty.article_of(duty.norm.unit), "", duty.norm.reading) {
            continue;
        }
        let shown = treaty.quote(duty.territory);
        out.push(
            facts
                .on_norm(
                    &CODE,
                    duty.norm,
                    duty.territory,
                    format!(
                        "{} does not say whether an attack that only passes through counts as one `{shown}`",
                        treaty.locator(duty.norm.unit)
                    ),
                )
                .here("origin, route, or both?")
                .label(treaty.span(duty.act), "the act that a State answers for")
                .help(format!("say so: `{shown}, whether or not it originates there`, or `mere transit excepted`")),
        );
    }
}

/// The words of the same sentence in the base reading.
fn base_words<'t>(facts: &Facts<'t, '_>, norm: &crate::model::norm::Norm) -> &'t str {
    let treaty = facts.treaty;
    treaty.readings[norm.reading as usize].of.map_or("", |base| treaty.lower(treaty.sentence(base).words))
}
