//! A duty or ban in the passive that names nobody who owes it.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::norm::BearerClass;
use crate::rules::once::Once;

/// `agentless-obligation`
pub static CODE: Code = Code {
    name: "agentless-obligation",
    summary: "a duty or ban over an act of security names nobody who owes it",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Pedantic,
    hurdles: &["H16"],
    since: "0.1.0",
    page: include_str!("agentless_obligation.md"),
};

/// Asks each passive over an act of security for its agent.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.norms().filter(|(_, norm)| norm.reading == 0 && norm.is_operative() && norm.obliges() && !norm.is_condition()) {
        let passive = treaty.lower(norm.reach).trim_start().starts_with("be ") || treaty.lower(norm.modal).contains("prohibited");
        let agent = treaty.lower(norm.reach).contains(" by ");
        let security = treaty.any_of(norm.sentence_words(treaty), &[Class::Arms, Class::CyberAttack, Class::Implant]);
        if !matches!(norm.bearer.class, BearerClass::None | BearerClass::Other) || !passive || agent || !security || norm.parent.is_some() {
            continue;
        }
        if once.first(norm.unit, "", 0) {
            out.push(
                facts
                    .on_norm(&CODE, norm, norm.modal, format!("{} does not say who owes this", treaty.locator(norm.unit)))
                    .here("by whom?")
                    .help("name who is bound: `Each Party shall ...`, `No Party shall ...`"),
            );
        }
    }
}
