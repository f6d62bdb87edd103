//! Numbers that repeat or skip within one list.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::locate::head_span;
use crate::model::place::Place;
use crate::syntax::tree::{Alphabet, Ordinal, Shape, Unit, UnitId, UnitKind};
use std::collections::{HashMap, HashSet};

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

/// A list whose numbers are not in order: its members, and each that is out of order with the one before it.
#[derive(Default)]
struct List {
    members: usize,
    elder: Option<(UnitId, Ordinal)>,
    faults: Vec<(UnitId, Ordinal, UnitId, Ordinal)>,
}

impl List {
    /// A list with many faults was torn, in drafting or on its way here: one word on it says more than one on each number.
    fn is_torn(&self) -> bool {
        self.faults.len() > 2 && self.faults.len() * 6 > self.members
    }
}

/// Asks each numbered unit whether it follows its elder; bracketed numbers are not settled and never judged.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.instrument.excerpt {
        return;
    }
    let mut lists: HashMap<(UnitId, UnitKind), List> = HashMap::new();
    let optional = optional(treaty);
    for id in treaty.tree.ids() {
        let unit = treaty.tree.unit(id);
        if optional.contains(&unit.parent) {
            continue;
        }
        // Numbers above the first article are a letter's or a table's, and their headings are no units.
        if treaty.places[id.index()] == Place::Outside {
            continue;
        }
        let Some(ordinal) = unit.ordinal.filter(|ordinal| is_judged(facts, unit, ordinal)) else { continue };
        let list = lists.entry((frame(facts, unit, id), unit.kind)).or_default();
        if treaty.source.slice(unit.head).contains('[') {
            list.elder = None;
            continue;
        }
        list.members += 1;
        if let Some((elder_id, elder)) = list.elder.replace((id, ordinal))
            && elder.shape == ordinal.shape
            && elder.alphabet == ordinal.alphabet
            && !ordinal.follows(&elder)
            && (!opens(unit, &ordinal) || is_twice(treaty, unit, treaty.tree.unit(elder_id)))
            && !is_left_out(treaty, unit, ordinal, elder)
            && !(unit.kind != UnitKind::Article && is_hidden(treaty, ordinal, elder))
        {
            list.faults.push((id, ordinal, elder_id, elder));
        }
    }
    let mut lists: Vec<List> = lists.into_values().filter(|list| !list.faults.is_empty()).collect();
    lists.sort_by_key(|list| list.faults[0].0.index());
    for list in lists {
        let shown = if list.is_torn() { 1 } else { list.faults.len() };
        for (id, ordinal, elder_id, elder) in &list.faults[..shown] {
            let kind = treaty.tree.unit(*id).kind;
            let (number, before) = (treaty.source.slice(ordinal.span), treaty.source.slice(elder.span));
            let what = if ordinal.value == elder.value && ordinal.suffix == elder.suffix {
                format!("the number {number} stands twice")
            } else {
                format!("the number {number} follows {before}")
            };
            let span = if kind == UnitKind::Article { head_span(treaty, *id) } else { ordinal.span };
            let mut found = facts
                .on_unit(&CODE, *id, span, what)
                .here("out of order")
                .label(treaty.tree.unit(*elder_id).ordinal.map_or(span, |ordinal| ordinal.span), "the number before it in this list")
                .help("number the list anew, and mend the references to what moves");
            if list.is_torn() {
                found = found.note(format!("{} of the {} numbers of this list are out of order", list.faults.len(), list.members));
            }
            out.push(found);
        }
    }
}

/// The units with options in them, at any depth, and the options with all that is in them: which number follows which depends on what is taken.
fn optional(treaty: &Treaty<'_>) -> HashSet<UnitId> {
    let mut units = HashSet::new();
    for id in treaty.tree.ids() {
        if treaty.tree.unit(id).kind == UnitKind::Choice {
            let around = treaty.tree.ancestors(id).skip(1).take_while(|id| treaty.tree.unit(*id).kind != UnitKind::Article);
            units.extend(around.filter(|id| matches!(treaty.tree.unit(*id).kind, UnitKind::Paragraph | UnitKind::Point)));
            units.insert(treaty.tree.unit(id).parent);
            units.extend((id.0..treaty.tree.unit(id).until).map(UnitId));
        }
    }
    units
}

/// Where the text itself says that something is left out (`. . .`), and in notes to the articles of a text, which bear the numbers of those
/// articles, numbers are skipped on purpose.
fn is_left_out(treaty: &Treaty<'_>, unit: &Unit, ordinal: Ordinal, elder: Ordinal) -> bool {
    let forward = ordinal.value > elder.value || ordinal.alphabet != elder.alphabet;
    if !forward || unit.kind != UnitKind::Article {
        return false;
    }
    let text = treaty.source.text();
    let before = text[..unit.head.start as usize].trim_end();
    let in_notes = unit.parent != UnitId::ROOT
        && treaty.tree.ancestors(unit.parent).any(|id| treaty.tree.unit(id).kind == UnitKind::Annex)
        && ordinal.value > elder.value + 1;
    before.ends_with("...") || before.ends_with(". . .") || before.ends_with('…') || in_notes
}

/// Article 1 right behind Article 1 of the body, in one spelling: "ARTICLE 1" of an act that adopts a text stands above the text's own.
fn is_twice(treaty: &Treaty<'_>, unit: &Unit, elder: &Unit) -> bool {
    let head = |unit: &Unit| treaty.source.slice(unit.head).trim();
    unit.kind == UnitKind::Article && unit.parent == elder.parent && head(unit) == head(elder) && unit.parent == UnitId::ROOT
}

/// The number left out begins a line that was not taken for a number, behind words that had not ended.
fn is_hidden(treaty: &Treaty<'_>, ordinal: Ordinal, elder: Ordinal) -> bool {
    if ordinal.value != elder.value + 2 || elder.span.end > ordinal.span.start {
        return false;
    }
    let number = (elder.value + 1).to_string();
    treaty.source.text()[elder.span.end as usize..ordinal.span.start as usize].lines().skip(1).any(|line| {
        let line = line.trim_start().trim_start_matches('(');
        line.strip_prefix(number.as_str()).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}

/// A list that begins anew, as in an annex, a protocol or a chapter without a heading of its own, is no fault.
fn opens(unit: &Unit, ordinal: &Ordinal) -> bool {
    let by_chapter = unit.kind == UnitKind::Article && ordinal.value > 1000;
    ordinal.opens() || by_chapter && ordinal.value % 1000 == 1
}

/// Numbers of a register (`436.1.1`) and bare figures in an annex, which are a table's more often than not, are not judged.
fn is_judged(facts: &Facts<'_, '_>, unit: &Unit, ordinal: &Ordinal) -> bool {
    let written = facts.treaty.source.slice(ordinal.span);
    match unit.kind {
        UnitKind::Article => ordinal.alphabet != Alphabet::None,
        UnitKind::Paragraph | UnitKind::Point => {
            !matches!(ordinal.shape, Shape::Dash | Shape::Bare) && ordinal.alphabet != Alphabet::None && !written.contains('.')
        }
        _ => false,
    }
}

/// Articles are numbered through the body or an annex; items within their unit.
fn frame(facts: &Facts<'_, '_>, unit: &Unit, id: UnitId) -> UnitId {
    if unit.kind == UnitKind::Article { facts.treaty.numbered().list_of(facts.treaty.tree, id) } else { unit.parent }
}
