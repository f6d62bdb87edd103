//! An act is banned that spying and attacking have in common.

use crate::analysis::Facts;
use crate::analysis::espionage::{Branch, branch};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::rules::once::Once;

/// `ambiguous-act`
pub static CODE: Code = Code {
    name: "ambiguous-act",
    summary: "the banned act is one that spying and attacking have in common",
    family: Family::EspionageAttack,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H15", "H30"],
    since: "0.1.0",
    page: include_str!("ambiguous_act.md"),
};

/// Asks each ban for it, once an article.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.gated() {
        let Some(Branch::Ambiguous(words)) = branch(facts, norm) else { continue };
        if !once.first(treaty.article_of(norm.unit), treaty.lower(words), norm.reading) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .on_norm(&CODE, norm, words, format!("nothing tells whether `{shown}` means spying, attack or both"))
                .here("a spy and an attacker both do this")
                .note("States that spy on one another will each read the ban their own way")
                .help(format!("define `{shown}` by its effect, or say that it is banned whatever its purpose")),
        );
    }
}
