//! A party, body, group or mechanism that is declared and that nothing speaks of.

use crate::analysis::{Facts, coverage};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Family, Severity, Shown};
use crate::model::declared::{Members, Named, PartyId, Runner};
use crate::model::vocabulary::Name;
use crate::model::{Ref, declared};
use crate::source::FileId;
use std::collections::HashSet;

/// `unused-declaration`
pub static CODE: Code = Code {
    name: "unused-declaration",
    summary: "a party, group, body or mechanism is declared and nothing speaks of it",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: include_str!("unused_declaration.md"),
};

/// Asks each declaration of this file who names it: the text, a bracket, a profile, a group, a mechanism or an annotation.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let declared = &treaty.declared;
    let named: HashSet<Name> = treaty.names.iter().map(|hit| hit.name).collect();
    let source = treaty.source.text();
    // Brackets and annotations name parties too, outside of any sentence.
    let text = &source[treaty.tree.text_start as usize..];
    let in_text = |named: &Named| {
        std::iter::once(&named.id)
            .chain(std::iter::once(&named.name))
            .chain(&named.also)
            .any(|name| !name.is_empty() && text.contains(name.as_str()))
    };
    // One without a name has been told.
    let own = |named: &&Named| named.file == FileId(0) && !named.id.is_empty();
    // A text with hundreds of parties names them in its clauses or not at all.
    const MOST: usize = 64;
    if declared.parties.len() + declared.groups.len() + declared.bodies.len() > MOST {
        return;
    }
    // The Parties of a text that names no one are those that are declared.
    let nobody_named = !declared.parties.iter().any(in_text);
    for (index, party) in declared.parties.iter().enumerate().filter(|(_, party)| own(party)) {
        let id = PartyId(index as u32);
        let elsewhere = declared.profiles.iter().any(|profile| profile.party == Some(id))
            || declared.groups.iter().any(|group| matches!(&group.members, Members::Closed(members) if members.contains(&id)))
            || declared.reservations.iter().any(|reservation| reservation.party == Ref::To(id))
            || declared.mechanisms.iter().any(|mechanism| mechanism.run_by == Ref::To(Runner::Party(id)));
        if !named.contains(&Name::Party(id)) && !elsewhere && !in_text(party) && !nobody_named {
            out.push(finding(party, "party"));
        }
    }
    for (index, group) in declared.groups.iter().enumerate().filter(|(_, group)| own(&&group.named)) {
        if !named.contains(&Name::Group(index)) && !in_text(&group.named) {
            out.push(finding(&group.named, "group"));
        }
    }
    // A misspelt name may have meant it: that was told.
    if treaty.mistakes.iter().any(|mistake| matches!(mistake.code, "undeclared-name" | "duplicate-name")) {
        return;
    }
    for (index, body) in declared.bodies.iter().enumerate().filter(|(_, body)| own(&&body.named)) {
        let runs = declared.mechanisms.iter().any(|mechanism| mechanism.run_by == Ref::To(Runner::Body(index)));
        if !named.contains(&Name::Body(index)) && !runs && !in_text(&body.named) {
            out.push(finding(&body.named, "body"));
        }
    }
    mechanisms(facts, out);
}

/// A mechanism that no `@verified by` names and that observes nothing that the text governs.
fn mechanisms(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.mechanisms.is_empty() {
        return;
    }
    let mut used: HashSet<usize> = HashSet::new();
    for note in treaty.tree.notes.iter().filter(|note| note.key == "verified by") {
        used.extend(declared::names_in_note(treaty.source, &note.value).iter().filter_map(|(name, _)| treaty.declared.mechanism(name)));
    }
    for (_, norm) in facts.norms().filter(|(_, norm)| norm.reading == 0 && norm.is_operative()) {
        used.extend(coverage::mechanisms(treaty, norm));
    }
    for (index, mechanism) in treaty.declared.mechanisms.iter().enumerate().filter(|(_, mechanism)| mechanism.file == FileId(0)) {
        if !used.contains(&index) {
            let found = Diagnostic::new(
                &CODE,
                mechanism.file,
                mechanism.span,
                format!("mechanism `{}` sees nothing that this text governs", mechanism.name),
            )
            .here("declared, and no clause is verified by it")
            .locator(format!("mechanism {}", mechanism.name))
            .help(format!(
                "write `@verified by: {}` under the clause that it sees, or name in `observes` what the clause governs",
                mechanism.name
            ));
            out.push(found);
        }
    }
}

fn finding(named: &Named, kind: &str) -> Diagnostic {
    let shown = if named.name.is_empty() { &named.id } else { &named.name };
    Diagnostic::new(&CODE, named.file, named.span, format!("{kind} `{shown}` is declared and nothing speaks of it"))
        .here("no clause, bracket, profile or mechanism names this")
        .locator(format!("{kind} {}", named.id))
        .help("take the declaration out, or add with `also:` the name that the text uses")
}
