//! Numbers that repeat or skip within one list.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::locate::head_span;
use crate::syntax::tree::{Alphabet, Ordinal, Shape, Unit, UnitId, UnitKind};
use std::collections::HashMap;

/// `misnumbered`
pub static CODE: Code = Code {
    name: "misnumbered",
    summary: "numbers repeat or skip within one list",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: include_str!("misnumbered.md"),
};

/// Asks each numbered unit whether it follows its elder; bracketed numbers are not settled and never judged.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.instrument.excerpt {
        return;
    }
    let mut elders: HashMap<(UnitId, UnitKind), (UnitId, Ordinal)> = HashMap::new();
    for id in treaty.tree.ids() {
        let unit = treaty.tree.unit(id);
        let Some(ordinal) = unit.ordinal.filter(|ordinal| is_judged(unit, ordinal)) else { continue };
        if treaty.source.slice(unit.head).contains('[') {
            elders.remove(&(frame(facts, unit, id), unit.kind));
            continue;
        }
        let elder = elders.insert((frame(facts, unit, id), unit.kind), (id, ordinal));
        let Some((elder_id, elder)) = elder else { continue };
        if elder.shape != ordinal.shape
            || elder.alphabet != ordinal.alphabet
            || ordinal.follows(&elder)
            || ordinal.opens() && !elder.opens() && unit.kind != UnitKind::Article
        {
            continue;
        }
        let (shown, before) = (treaty.source.slice(ordinal.span), treaty.source.slice(elder.span));
        let what = if ordinal.value == elder.value && ordinal.suffix == elder.suffix {
            format!("the number {shown} stands twice")
        } else {
            format!("the number {shown} follows {before}")
        };
        let span = if unit.kind == UnitKind::Article { head_span(treaty, id) } else { ordinal.span };
        out.push(
            facts
                .on_unit(&CODE, id, span, what)
                .here("out of order")
                .label(treaty.tree.unit(elder_id).ordinal.map_or(span, |ordinal| ordinal.span), "the number before it in this list")
                .help("number the list anew, and mend the references to what moves"),
        );
    }
}

fn is_judged(unit: &Unit, ordinal: &Ordinal) -> bool {
    matches!(unit.kind, UnitKind::Article | UnitKind::Paragraph | UnitKind::Point)
        && ordinal.shape != Shape::Dash
        && ordinal.alphabet != Alphabet::None
}

/// Articles are numbered through the body or an annex; items within their unit. `Article 14.1` begins a chapter's own list.
fn frame(facts: &Facts<'_, '_>, unit: &Unit, id: UnitId) -> UnitId {
    if unit.kind != UnitKind::Article {
        return unit.parent;
    }
    let tree = facts.treaty.tree;
    tree.ancestors(id).find(|id| matches!(tree.unit(*id).kind, UnitKind::Annex)).unwrap_or(UnitId::ROOT)
}
