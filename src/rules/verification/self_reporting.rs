//! The only check on a covert duty is the bound party's own report.

use crate::analysis::Facts;
use crate::analysis::coverage::{Grade, mechanisms};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::norm::Norm;
use crate::rules::once::Once;
use crate::source::{FileId, Span};

/// `self-reporting`
pub static CODE: Code = Code {
    name: "self-reporting",
    summary: "the only check on a covert duty is the bound party's own report",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H32"],
    since: "0.1.0",
    page: include_str!("self_reporting.md"),
};

/// Asks each covert duty whether anything but a report sees it; an article is told once.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.obliges() && !norm.is_condition()) {
        if !norm.is_covert(treaty) {
            continue;
        }
        let act = norm.act(treaty);
        if act.is_empty() || facts.coverage.grade(treaty, norm) != Grade::SelfReport {
            continue;
        }
        if !once.first(treaty.article_of(norm.unit), "", 0) {
            continue;
        }
        let Some((report, file, span)) = report(facts, norm) else { continue };
        out.push(
            facts
                .on_norm(&CODE, norm, act, format!("only the bound Party's own report ({report}) speaks of {}", treaty.locator(norm.unit)))
                .here("nobody but the reporter sees this")
                .label_in(file, span, "its own report is the only check")
                .help("let somebody else test the report: inspection, clarification as of right, or comparison with other sources"),
        );
    }
}

/// The report: a clause of the treaty, or a mechanism that the bound party runs itself.
fn report(facts: &Facts<'_, '_>, norm: &Norm) -> Option<(String, FileId, Span)> {
    let treaty = facts.treaty;
    if let Some(seer) = facts.coverage.by_text(treaty, norm).filter(|seer| seer.grade == Grade::SelfReport) {
        return Some((treaty.locator(treaty.sentence(seer.sentence).unit), FileId(0), treaty.span(seer.words)));
    }
    let mechanism = &treaty.declared.mechanisms[*mechanisms(treaty, norm).first()?];
    Some((mechanism.name.clone(), mechanism.file, mechanism.span))
}
