//! Code put in place beforehand is banned, and no test says what it is for.

use crate::analysis::Facts;
use crate::analysis::espionage::{Branch, branch};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::rules::once::Once;

/// `implant-ambiguity`
pub static CODE: Code = Code {
    name: "implant-ambiguity",
    summary: "a ban on implants or logic bombs has no test that tells spying from attack before use",
    family: Family::EspionageAttack,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H30"],
    since: "0.1.0",
    page: include_str!("implant_ambiguity.md"),
};

/// Asks each ban for it, once an article.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.gated() {
        let Some(Branch::Implant(words)) = branch(facts, norm) else { continue };
        if !once.first(treaty.article_of(norm.unit), treaty.lower(words), norm.reading) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .on_norm(&CODE, norm, words, format!("nothing tells `{shown}` for attack from one for spying before it is used"))
                .here("the same code serves both until the day it acts")
                .note("what is found in a network shows its purpose only when it acts")
                .help(format!(
                    "ban the presence of `{shown}` whatever its purpose, or name a test that can be made before use: `@told apart by: ...`"
                )),
        );
    }
}
