//! A reference names a unit that this treaty does not have.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::reference::Outcome;

/// `dangling-reference`
pub static CODE: Code = Code {
    name: "dangling-reference",
    summary: "a reference names an article, paragraph or annex that is not there",
    family: Family::Form,
    severity: Severity::Error,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: include_str!("dangling_reference.md"),
};

/// Asks each reference what it names; those to other instruments are never dangling.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.instrument.excerpt {
        return;
    }
    for reference in &treaty.references {
        let Outcome::Dangling(number) = &reference.outcome else { continue };
        let shown = treaty.quote(reference.words);
        out.push(
            facts
                .finding(&CODE, reference.sentence, reference.words, format!("`{shown}` names nothing in this treaty"))
                .here(format!("there is no such number: {number}"))
                .help("mend the number, name the other instrument (\"of the ... Convention\"), or declare `excerpt: yes` if the rest is left out"),
        );
    }
}
