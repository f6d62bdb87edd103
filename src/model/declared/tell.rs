//! What annotations, brackets and profiles name that is not there: told against the whole model.

use super::owners;
use crate::model::{Treaty, clean, term};
use crate::source::{Source, Span};
use crate::suggest::{is_slip, nearest};
use crate::syntax::tree::{Mistake, Owner, UnitId, UnitKind};

/// Resolves what the annotations name, and tells what names nothing: mechanisms, parties in brackets, values of profiles, provisions.
pub fn resolve_values(treaty: &mut Treaty<'_>) {
    let mut mistakes = Vec::new();
    tell_mechanisms(treaty, &mut mistakes);
    tell_clauses(treaty, &mut mistakes);
    tell_reservations(treaty, &mut mistakes);
    tell_noted_parties(treaty, &mut mistakes);
    owners::tell_owners(treaty, &mut mistakes);
    tell_idle_facts(treaty, &mut mistakes);
    tell_narrow(treaty, &mut mistakes);
    treaty.mistakes.append(&mut mistakes);
}

/// The names in a list annotation, with their places.
#[must_use]
pub fn names_in_note(source: &Source, lines: &[Span]) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    for line in lines {
        let mut at = line.start;
        for part in source.slice(*line).split(',') {
            let start = at + (part.len() - part.trim_start().len()) as u32;
            let words = part.trim();
            at += part.len() as u32 + 1;
            if !words.is_empty() {
                names.push((words.to_owned(), Span::new(start, start + words.len() as u32)));
            }
        }
    }
    names
}

fn tell_mechanisms(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    for note in treaty.tree.notes.iter().filter(|note| note.key == "verified by") {
        for (name, span) in names_in_note(treaty.source, &note.value) {
            if name.eq_ignore_ascii_case("none") || treaty.declared.mechanism(&name).is_some() || is_reference(&name) {
                continue;
            }
            let near = nearest(&name, treaty.declared.mechanisms.iter().map(|mechanism| mechanism.name.as_str()));
            let mut mistake = Mistake::new(
                "undeclared-name",
                span,
                format!("no mechanism `{name}` is declared"),
                "no declaration of a mechanism has this name",
            );
            mistake = match near {
                Some(near) => mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), span, near),
                None => mistake.help(format!("declare it above the text: `mechanism: {name}`")),
            };
            mistakes.push(mistake);
        }
    }
}

/// `reservation ATL: Article 88`: to a clause that is not there.
fn tell_reservations(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    let has_articles = treaty.tree.units.iter().any(|unit| unit.kind == UnitKind::Article);
    for reservation in treaty.declared.reservations.iter().filter(|_| has_articles && !treaty.declared.instrument.excerpt) {
        let provision = &reservation.provision;
        if is_reference(provision) && treaty.resolve(provision, UnitId::ROOT).is_empty() {
            mistakes.push(
                Mistake::new(
                    "undeclared-name",
                    reservation.span,
                    format!("`{provision}` names no clause of this treaty"),
                    "there is no such clause here",
                )
                .help("mend the number"),
            );
        }
    }
}

/// `@consequence: Article 88`: a clause that is not there. What a bargain points at is asked by `broken-bargain`, and a clause of another
/// instrument is not looked for.
fn tell_clauses(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    for note in &treaty.tree.notes {
        let Owner::Unit(unit) = note.owner else { continue };
        let [first, ..] = note.value.as_slice() else { continue };
        let name = note.key;
        let value = treaty.note_value(note);
        let clause = is_reference(&value);
        let asked = name == "consequence" || name == "verified by" && clause;
        let foreign = [" of the ", " to the "].iter().any(|owner| value.contains(owner));
        if !asked || foreign || clause && !treaty.resolve(&value, unit).is_empty() {
            continue;
        }
        let span = note.value.iter().fold(*first, |whole, line| whole.to(*line));
        mistakes.push(if clause {
            Mistake::new("undeclared-name", span, format!("`{value}` names no clause of this treaty"), "there is no such clause here")
                .help("mend the number, or name the instrument that it is of: `Article 41 of the Charter of the United Nations`")
        } else {
            Mistake::new("senseless-value", span, format!("`{value}` is no clause"), "a clause of the treaty is wanted here")
                .help("name the clause that says what follows: `@consequence: Article 3`")
        });
    }
}

/// `@binds: ATLL`: a short name that nobody has. Other words are roles of the text (`the requesting Party`) and taken as they are.
fn tell_noted_parties(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    if treaty.declared.parties.is_empty() {
        return;
    }
    for note in treaty.tree.notes.iter().filter(|note| matches!(note.key, "binds" | "benefits" | "proposed by")) {
        let names = names_in_note(treaty.source, &note.value);
        for (name, span) in names.into_iter().filter(|(name, _)| !treaty.declared.is_name(name)) {
            // "Atlants" is a slip for a name; "the requesting Party" is none.
            let mut known = treaty.declared.parties.iter().take(super::MOST_COMPARED);
            let slip = known.find(|party| party.all().take(8).any(|known| is_slip(&name, known)));
            if slip.is_none() && !owners::is_short_name(&name) {
                continue;
            }
            let near = slip.map(|party| party.id.as_str()).or_else(|| owners::near_party(treaty, &name));
            mistakes.push(owners::nobody(&name, span, near, "this names nobody who is declared"));
        }
    }
}

/// Whether the words are a reference: an annotation may name a clause in place of a mechanism.
#[must_use]
pub fn is_reference(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["article", "art. ", "paragraph", "annex", "section", "part", "chapter", "rule", "schedule"]
        .iter()
        .any(|level| lower.starts_with(level))
}

/// A profile's value that names no term, known concept or clause of this treaty tells nothing.
fn tell_idle_facts(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    if treaty.declared.profiles.is_empty() {
        return;
    }
    let all = treaty.clean.lower(clean::Words::new(0, treaty.clean.len()));
    let stems: std::collections::HashSet<&str> = all.split(|c: char| !c.is_alphanumeric()).map(|word| word.trim_end_matches('s')).collect();
    for profile in &treaty.declared.profiles {
        for fact in profile.practises.iter().chain(&profile.abstains).chain(&profile.depends) {
            if !fact.words.is_empty() && !term::is_known(treaty, &fact.words, &stems) {
                mistakes.push(
                    Mistake::new(
                        "idle-value",
                        fact.span,
                        format!("`{}` names nothing in this treaty", fact.words),
                        "no term, known concept or clause here is called so",
                    )
                    .help("use the words of a defined term, or name the clause: `Article 3(1)`"),
                );
            }
        }
    }
}

/// An annotation under the last of several norms in a list, where the others have none, speaks of that one only.
fn tell_narrow(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    for note in &treaty.tree.notes {
        let Owner::Unit(unit) = note.owner else { continue };
        let name = note.key;
        if !matches!(name, "verified by" | "consequence" | "in return for") || treaty.tree.unit(unit).kind != UnitKind::Point {
            continue;
        }
        let parent = treaty.tree.unit(unit).parent;
        let points: Vec<UnitId> = treaty.tree.children(parent).filter(|child| treaty.tree.unit(*child).kind == UnitKind::Point).collect();
        let noted = |point: &UnitId| treaty.notes_of(*point).any(|other| other.key == name);
        let norms = |point: &UnitId| !treaty.norms_of(*point).is_empty();
        if points.len() > 1 && points.last() == Some(&unit) && points[..points.len() - 1].iter().all(|point| !noted(point) && norms(point))
        {
            let point = treaty.tree.unit(unit).ordinal.map_or(String::new(), |ordinal| treaty.source.slice(ordinal.span).to_owned());
            mistakes.push(
                Mistake::new(
                    "narrow-annotation",
                    note.span,
                    format!("this `@{name}` speaks of point ({point}) only"),
                    "the other points of the list have no such annotation",
                )
                .help("write it under the words that open the list if it speaks of all points"),
            );
        }
    }
}
