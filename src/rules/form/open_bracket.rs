//! Text that was adopted and still has brackets in it.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::declared::Stage;
use crate::source::Span;
use crate::syntax::tree::{BracketKind, UnitId};

/// `open-bracket`
pub static CODE: Code = Code {
    name: "open-bracket",
    summary: "a text that was adopted still has brackets",
    family: Family::Form,
    severity: Severity::Error,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: include_str!("open_bracket.md"),
};

/// Asks a text declared as adopted or in force for text that is not agreed.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.instrument.stage < Stage::Adopted {
        return;
    }
    for bracket in treaty
        .tree
        .brackets
        .iter()
        .filter(|bracket| bracket.depth == 0 && bracket.closed && matches!(bracket.kind, BracketKind::Contested | BracketKind::Blank))
    {
        let at = treaty.tree.units.partition_point(|unit| unit.head.start <= bracket.open.start).saturating_sub(1);
        let whole = Span::new(bracket.open.start, bracket.close.end);
        let shown = crate::model::quote(treaty.source.slice(whole));
        out.push(
            facts
                .on_unit(&CODE, UnitId(at as u32), whole, format!("this text was adopted and `{shown}` is still open"))
                .here("not agreed?")
                .help("take the brackets away with one of the readings, or set `stage: negotiation`"),
        );
    }
}
