//! An article's heading with no text under it.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::locate::head_span;
use crate::syntax::tree::UnitKind;

/// `empty-article`
pub static CODE: Code = Code {
    name: "empty-article",
    summary: "an article has a heading and no text",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: include_str!("empty_article.md"),
};

/// Asks each article for words under its heading.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for id in treaty.tree.ids().filter(|id| treaty.tree.unit(*id).kind == UnitKind::Article) {
        let unit = treaty.tree.unit(id);
        let words = (id.0..unit.until).any(|at| !treaty.tree.units[at as usize].text.is_empty());
        // The clause before the signatures may stand under the last heading: "Authentic texts".
        let signed = treaty.tree.units.get(unit.until as usize).is_some_and(|next| next.kind == UnitKind::Testimonium);
        if !words && !signed {
            out.push(
                facts
                    .on_unit(&CODE, id, head_span(treaty, id), format!("{} has no text", treaty.locator(id)))
                    .here("nothing stands under this heading")
                    .help("write its text, or `[Deleted]` or `[to be completed]` to keep the number"),
            );
        }
    }
}
