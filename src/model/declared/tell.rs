//! What annotations, brackets and profiles name that is not there: told against the whole model.

use crate::model::{self, Treaty, clean, term};
use crate::source::{Source, Span};
use crate::suggest::nearest;
use crate::syntax::tree::{Bracket, Mistake, Owner, UnitId, UnitKind};

/// Resolves what the annotations name, and tells what names nothing: mechanisms, parties in brackets, values of profiles, provisions.
pub fn resolve_values(treaty: &mut Treaty<'_>) {
    let mut mistakes = Vec::new();
    tell_mechanisms(treaty, &mut mistakes);
    tell_clauses(treaty, &mut mistakes);
    tell_reservations(treaty, &mut mistakes);
    tell_noted_parties(treaty, &mut mistakes);
    tell_owners(treaty, &mut mistakes);
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
        for (name, span) in names_in_note(treaty.source, &note.value) {
            let capitals = name.len() >= 2 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
            if !capitals || treaty.declared.is_name(&name) {
                continue;
            }
            let mistake =
                Mistake::new("undeclared-name", span, format!("no party `{name}` is declared"), "this names nobody who is declared");
            mistakes.push(match near_party(treaty, &name) {
                Some(near) => mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), span, near),
                None => mistake.help(format!("declare it above the text: `party {name}: Name`")),
            });
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

/// A party in a bracket that is not declared is told only where the shape is certain.
fn tell_owners(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    if treaty.declared.parties.is_empty() {
        return;
    }
    for bracket in &treaty.tree.brackets {
        let all = bracket.owners.into_iter().chain(bracket.slashes.iter().filter_map(|slash| slash.owners));
        for owners in all {
            let words = treaty.source.slice(owners);
            let certain = words.contains("propose") || words.contains("oppose");
            let names: Vec<(String, Span)> = names_with_places(words, owners.start);
            let known = names.iter().filter(|(name, _)| treaty.declared.is_name(name)).count();
            for (name, span) in &names {
                let capitals = name.len() >= 2 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
                if treaty.declared.is_name(name) || !capitals || !(certain || known > 0 || near_party(treaty, name).is_some()) {
                    continue;
                }
                let mut mistake = Mistake::new(
                    "undeclared-name",
                    *span,
                    format!("no party `{name}` is declared"),
                    "this bracket names nobody who is declared",
                );
                mistake = match near_party(treaty, name) {
                    Some(near) => mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), *span, near),
                    None => mistake.help(format!("declare it above the text: `party {name}: Name`")),
                };
                mistakes.push(mistake);
            }
        }
        tell_near_owners(treaty, bracket, mistakes);
    }
}

fn near_party<'t>(treaty: &'t Treaty<'_>, name: &str) -> Option<&'t str> {
    nearest(name, treaty.declared.parties.iter().map(|party| party.id.as_str()))
}

fn names_with_places(words: &str, base: u32) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    let mut at = 0;
    for part in words.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
        if part.starts_with(char::is_uppercase) {
            let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
            names.push((name.to_owned(), Span::new(base + at, base + at + name.len() as u32)));
        }
        at += part.len() as u32;
        at += words[at as usize..].chars().next().map_or(0, |c| c.len_utf8() as u32);
    }
    names
}

/// `[ATL shall]`, `[ATL:shall]`, `[ATL propse: shall]`, `[Republic of Atlantis: shall]`: what is nearly the names of who proposes.
fn tell_near_owners(treaty: &Treaty<'_>, bracket: &Bracket, mistakes: &mut Vec<Mistake>) {
    if bracket.owners.is_some() || !bracket.closed {
        return;
    }
    let base = bracket.open.end;
    let inside = treaty.source.slice(Span::new(base, bracket.close.start));
    let Some((head, ids)) = short_names(treaty, inside) else {
        mistakes.extend(long_name(treaty, inside, base));
        return;
    };
    let span = Span::new(base, base + head.len() as u32);
    let rest = &inside[head.len()..];
    if rest.strip_prefix(':').is_some_and(|text| text.starts_with(char::is_alphanumeric)) {
        mistakes.push(
            Mistake::new(
                "syntax",
                span,
                format!("a space is missing behind `{head}:` in this bracket"),
                "this looks like who proposes the text",
            )
            .help(format!("write `[{head}: {}]`", model::quote(&rest[1..])))
            .fix("add the space", Span::at(span.end + 1), " "),
        );
        return;
    }
    let Some(text) = rest.strip_prefix(' ') else { return };
    if let Some((word, _)) = text.split_once(':') {
        let stance = nearest(word, STANCES).filter(|stance| *stance != word && !word.contains(' '));
        if let Some(stance) = stance {
            let here = Span::new(span.end + 1, span.end + 1 + word.len() as u32);
            mistakes.push(
                Mistake::new("syntax", here, format!("`{word}` says nothing of who proposes"), "a verb was expected here, or a colon")
                    .help(format!("did you mean `{stance}`?"))
                    .fix(format!("write `{stance}`"), here, stance),
            );
        }
        return;
    }
    if text.len() < 2 || ids == 1 && text.starts_with("and ") {
        return;
    }
    let mistake =
        Mistake::new("syntax", span, format!("a colon is missing after `{head}` in this bracket"), "this looks like who proposes the text");
    // "[ATL - shall / BOR - should]": which signs are the treaty's is for its author to say.
    mistakes.push(if text.starts_with(char::is_alphanumeric) {
        mistake.help(format!("write `[{head}: {}]`", model::quote(text))).fix("add the colon", Span::at(span.end), ":")
    } else {
        mistake.help(format!("write `[{head}: text]`, and of several alternatives `[{head}: shall / XYZ: should]`"))
    });
}

/// What a party does with the text of a bracket.
const STANCES: [&str; 8] = ["proposes", "propose", "opposes", "oppose", "reserves", "reserve", "supports", "support"];

/// The short names of declared parties at the beginning of a text, `ATL, BOR`, and how many there are.
fn short_names<'t>(treaty: &Treaty<'_>, inside: &'t str) -> Option<(&'t str, usize)> {
    let is_id = |word: &str| treaty.declared.party(word).is_some_and(|party| treaty.declared.parties[party.index()].id == word);
    let (mut end, mut ids, mut at) = (0, 0, 0);
    loop {
        let word = inside[at..].split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).next().unwrap_or_default();
        if !is_id(word) {
            break;
        }
        (end, ids) = (at + word.len(), ids + 1);
        let between = inside[end..].len() - inside[end..].trim_start_matches([',', ';', '/', '&', ' ']).len();
        at = end + between;
        if inside[at..].starts_with("and ") {
            at += 4;
        }
    }
    (ids > 0).then(|| (&inside[..end], ids))
}

/// `[Republic of Atlantis: shall]`: a party by its whole name.
fn long_name(treaty: &Treaty<'_>, inside: &str, base: u32) -> Option<Mistake> {
    let (name, _) = inside.split_once(": ")?;
    let party = treaty.declared.parties[treaty.declared.party(name)?.index()].id.as_str();
    let span = Span::new(base, base + name.len() as u32);
    let mistake =
        Mistake::new("syntax", span, format!("a bracket names `{name}` by its short name"), "this looks like who proposes the text");
    Some(mistake.help(format!("write `{party}`")).fix(format!("write `{party}`"), span, party))
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
