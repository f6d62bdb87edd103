//! A reference that may mean either of two clauses.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::reference::Outcome;
use crate::rules::once::Once;
use crate::syntax::tree::UnitKind;

/// `ambiguous-reference`
pub static CODE: Code = Code {
    name: "ambiguous-reference",
    summary: "a reference names two clauses of one number",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Pedantic,
    hurdles: &[],
    since: "0.1.0",
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
        let several = words.contains(" and ")
            || words.contains(" or ")
            || words.contains(',')
            || words.contains(" to ")
            || words.contains(['–', '-'])
            || words.contains("through");
        let ([first], false) = (units.as_slice(), several) else { continue };
        let Some(second) = treaty.numbered().twin(*first) else { continue };
        // Parts and sections begin again in every annex, and paragraphs after every break; articles and annexes do not.
        let (one, other) = (treaty.tree.unit(*first), treaty.tree.unit(second));
        let alike = one.kind == other.kind && one.parent == other.parent && matches!(one.kind, UnitKind::Article | UnitKind::Annex);
        if sentence.reading != 0 || !alike || !once.first(sentence.unit, words, 0) {
            continue;
        }
        let shown = treaty.quote(reference.words);
        let head = |unit: crate::syntax::tree::UnitId| treaty.tree.unit(unit).head;
        out.push(
            facts
                .finding(&CODE, reference.sentence, reference.words, format!("`{shown}` may mean either of two clauses of that number"))
                .here("which of them?")
                .label(head(*first), "this one")
                .label(head(second), "or this one")
                .help("give one of them a number of its own, or name the annex or part that is meant"),
        );
    }
}
