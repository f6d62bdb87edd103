//! A State answers for acts from its territory, and nobody says who must show what.

use crate::analysis::Facts;
use crate::analysis::territory::settles_proof;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::clean::Words;
use crate::model::norm::Mode;
use crate::rules::once::Once;

/// `burden-of-proof-open`
pub static CODE: Code = Code {
    name: "burden-of-proof-open",
    summary: "a State answers for acts from its territory, and who must show what is open",
    family: Family::Responsibility,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H21", "H26"],
    since: "0.1.0",
    page: include_str!("burden_of_proof_open.md"),
};

/// Asks each clause by which a State answers for what comes from its territory for a burden, a presumption or a standard.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for duty in facts.territorial.iter().filter(|duty| !duty.tells && duty.norm.mode == Mode::Answerability && duty.norm.reading == 0) {
        if settles_proof(treaty, Words::new(0, treaty.clean.len())) {
            return;
        }
        if !once.first(treaty.article_of(duty.norm.unit), "", 0) {
            continue;
        }
        out.push(
            facts
                .on_norm(
                    &CODE,
                    duty.norm,
                    duty.norm.modal,
                    format!("{} makes a State answer and leaves open who must prove that it was the source", treaty.locator(duty.norm.unit)),
                )
                .here("answers, once who has shown what?")
                .label(treaty.span(duty.territory), "what would have to be shown")
                .help("put the burden on one side, or presume and let the State rebut: `presumed to originate there unless it shows otherwise`"),
        );
    }
}
