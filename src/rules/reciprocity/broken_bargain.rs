//! `@in return for` points nowhere, or at a clause that does not bind the other side.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::declared::PartyId;
use crate::model::norm::{BearerClass, Norm};
use crate::source::Span;
use crate::syntax::tree::{Owner, UnitId};

/// `broken-bargain`
pub static CODE: Code = Code {
    name: "broken-bargain",
    summary: "what a clause is given in return for is not there, or does not bind the other side",
    family: Family::Reciprocity,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H20"],
    since: "0.1.0",
    page: include_str!("broken_bargain.md"),
};

/// Asks each `@in return for` what it points at.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for note in treaty.tree.notes.iter().filter(|note| note.key == "in return for") {
        let (Owner::Unit(unit), [first, ..]) = (note.owner, note.value.as_slice()) else { continue };
        let value = treaty.note_value(note);
        let targets = treaty.resolve(&value, unit);
        let span = note.value.iter().fold(*first, |whole, line| whole.to(*line));
        if targets.is_empty() {
            out.push(finding(facts, unit, span, format!("`{value}` names no clause of this treaty"), "nothing is given in return"));
            continue;
        }
        let returned: Vec<&Norm> = targets.iter().flat_map(|target| under(facts, *target)).filter(|norm| norm.obliges()).collect();
        if returned.is_empty() {
            out.push(finding(facts, unit, span, format!("{value} binds nobody to anything"), "a clause without a duty or a ban"));
            continue;
        }
        if let Some(giver) = giver(facts, unit)
            && returned.iter().all(|norm| norm.bearer.class == BearerClass::Named && norm.bearer.party == Some(giver))
        {
            out.push(finding(facts, unit, span, format!("{value} binds only the party that gives"), "the other side gives nothing here"));
        }
    }
}

fn finding(facts: &Facts<'_, '_>, unit: UnitId, span: Span, what: String, here: &str) -> crate::diagnostic::Diagnostic {
    let given = facts.treaty.norms_of(unit).first().map(|norm| facts.treaty.span(norm.act(facts.treaty)));
    facts
        .on_unit(&CODE, unit, span, what)
        .here(here)
        .label_if(given, || "given here".to_owned())
        .help("point at a clause that binds the other side to something, or take the line out")
}

fn under<'t>(facts: &Facts<'t, '_>, unit: UnitId) -> Vec<&'t Norm> {
    let treaty = facts.treaty;
    let until = treaty.tree.unit(unit).until;
    (unit.0..until).flat_map(|at| treaty.norms_of(UnitId(at))).collect()
}

/// The one party that the clause binds.
fn giver(facts: &Facts<'_, '_>, unit: UnitId) -> Option<PartyId> {
    facts
        .treaty
        .norms_of(unit)
        .iter()
        .find(|norm| norm.obliges())
        .filter(|norm| norm.bearer.class == BearerClass::Named)
        .and_then(|norm| norm.bearer.party)
}
