//! A reference that may mean either of two clauses.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::reference::Outcome;
use crate::rules::once::Once;

/// `ambiguous-reference`
pub static CODE: Code = Code {
    name: "ambiguous-reference",
    summary: "a reference names two clauses of one number",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.2.0",
    page: include_str!("ambiguous_reference.md"),
};

/// Asks each reference to a single number how many clauses bear it.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for reference in &treaty.references {
        let Outcome::Found(units) = &reference.outcome else { continue };
        let sentence = treaty.sentence(reference.sentence);
        let words = treaty.lower(reference.words);
        let several = words.contains(" and ") || words.contains(" or ") || words.contains(',') || words.contains(" to ") || words.contains(['–', '-']) || words.contains("through");
        let [first, second, ..] = units.as_slice() else { continue };
        // Two drafts of one article side by side are told as `misnumbered`.
        let alike = treaty.tree.unit(*first).kind == treaty.tree.unit(*second).kind && treaty.locator(*first) == treaty.locator(*second);
        if several || sentence.reading != 0 || !alike || !once.first(sentence.unit, words, 0) {
            continue;
        }
        let shown = treaty.quote(reference.words);
        let head = |unit: crate::syntax::tree::UnitId| treaty.tree.unit(unit).head;
        out.push(
            facts
                .finding(&CODE, reference.sentence, reference.words, format!("`{shown}` may mean either of two clauses of that number"))
                .here("which of them?")
                .label(head(*first), "this one")
                .label(head(*second), "or this one")
                .help("give one of them a number of its own, or name the annex or part that is meant"),
        );
    }
}
