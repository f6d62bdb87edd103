//! What an editor asks of a draft, in bytes and words and free of any protocol: what stands at a place, where it is declared, where else it
//! is said, what may be written here, what colours and folds the text.

mod complete;
mod paint;

pub use complete::{Candidate, CandidateKind, complete};
pub use paint::{Fold, Paint, Tint, folds, paint};

use crate::analysis::Facts;
use crate::diagnostic::Code;
use crate::model::Treaty;
use crate::model::declared::{PartyId, is_reference};
use crate::model::norm::Norm;
use crate::model::reference::Outcome;
use crate::model::term::TermId;
use crate::model::vocabulary::Name;
use crate::rules;
use crate::source::{FileId, Source, Sources, Span};
use crate::syntax;
use crate::syntax::tree::{Owner, Tree, UnitId};

/// Something with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A declared party.
    Party(PartyId),
    /// A declared group, by index.
    Group(usize),
    /// A declared body, by index.
    Body(usize),
    /// A declared mechanism, by index.
    Mechanism(usize),
    /// A defined term.
    Term(TermId),
    /// An article or a part of one.
    Unit(UnitId),
    /// A rule, in `@allow` and `@expect`.
    Rule(&'static Code),
}

/// A place where something is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The words, in the draft itself.
    pub span: Span,
    /// What they name.
    pub symbol: Symbol,
}

/// Every place of the draft where something is named, in the order of the text.
#[must_use]
pub fn occurrences(treaty: &Treaty<'_>) -> Vec<Occurrence> {
    let mut all: Vec<Occurrence> = Vec::new();
    let mut add = |span: Span, symbol: Symbol| all.push(Occurrence { span, symbol });
    for hit in &treaty.names {
        add(treaty.span(hit.words), of_name(hit.name));
    }
    for reference in &treaty.references {
        if let Outcome::Found(units) = &reference.outcome {
            units.iter().for_each(|unit| add(treaty.span(reference.words), Symbol::Unit(*unit)));
        }
    }
    let tree = treaty.tree;
    for note in &tree.notes {
        if let Some(code) = note.rule.and_then(|rule| rules::code(treaty.source.slice(rule))) {
            note.rule.into_iter().for_each(|rule| add(rule, Symbol::Rule(code)));
        }
        let from = if let Owner::Unit(unit) = note.owner { unit } else { UnitId(0) };
        for line in &note.value {
            named_in(treaty, *line, &mut add);
            referred_in(treaty, *line, from, &mut add);
        }
    }
    for declaration in &tree.declarations {
        declaration.id.into_iter().for_each(|id| named_in(treaty, id, &mut add));
        if let Some(at) = treaty.declared.mechanisms.iter().position(|mechanism| Some(mechanism.span) == declaration.name) {
            declaration.name.into_iter().for_each(|name| add(name, Symbol::Mechanism(at)));
        }
        declaration.fields.iter().flat_map(|field| &field.value).for_each(|line| named_in(treaty, *line, &mut add));
    }
    let owners =
        tree.brackets.iter().flat_map(|bracket| bracket.owners.into_iter().chain(bracket.slashes.iter().filter_map(|slash| slash.owners)));
    owners.for_each(|owners| named_in(treaty, owners, &mut add));
    all.sort_by_key(|occurrence| (occurrence.span.start, occurrence.span.end));
    all.dedup();
    all
}

fn of_name(name: Name) -> Symbol {
    match name {
        Name::Party(party) => Symbol::Party(party),
        Name::Group(group) => Symbol::Group(group),
        Name::Body(body) => Symbol::Body(body),
        Name::Term(term) => Symbol::Term(term),
    }
}

/// Short names and mechanisms in a line of a declaration, an annotation or an attribution.
fn named_in(treaty: &Treaty<'_>, line: Span, add: &mut impl FnMut(Span, Symbol)) {
    let text = treaty.source.slice(line);
    let declared = &treaty.declared;
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !is_word(c)) {
        let name = word.trim_end_matches(|c: char| !is_word(c));
        let span = Span::new(line.start + at, line.start + at + name.len() as u32);
        at += word.len() as u32;
        if name.is_empty() {
            continue;
        }
        let party = declared.parties.iter().position(|party| party.id == name).map(|party| Symbol::Party(PartyId(party as u32)));
        let group = || declared.groups.iter().position(|group| group.named.id == name).map(Symbol::Group);
        let body = || declared.bodies.iter().position(|body| body.named.id == name).map(Symbol::Body);
        party.or_else(group).or_else(body).into_iter().for_each(|symbol| add(span, symbol));
    }
    let lower = text.to_lowercase();
    if lower.len() == text.len() {
        for (index, mechanism) in declared.mechanisms.iter().enumerate().filter(|(_, mechanism)| !mechanism.name.is_empty()) {
            for (at, name) in lower.match_indices(mechanism.name.as_str()) {
                let start = line.start + at as u32;
                add(Span::new(start, start + name.len() as u32), Symbol::Mechanism(index));
            }
        }
    }
}

/// Articles and the like in a line of an annotation, such as `Article 3(1), Annex A`.
fn referred_in(treaty: &Treaty<'_>, line: Span, from: UnitId, add: &mut impl FnMut(Span, Symbol)) {
    let mut at = line.start;
    for part in treaty.source.slice(line).split_inclusive(',') {
        let words = part.trim_end_matches(',').trim();
        let start = at + (part.len() - part.trim_start().len()) as u32;
        at += part.len() as u32;
        if is_reference(words) {
            let span = Span::new(start, start + words.len() as u32);
            treaty.resolve(words, from).into_iter().for_each(|unit| add(span, Symbol::Unit(unit)));
        }
    }
}

/// What is named at a byte: the shortest of the words that touch it, else the article or paragraph whose number stands there.
#[must_use]
pub fn symbol_at(treaty: &Treaty<'_>, occurrences: &[Occurrence], at: u32) -> Option<Occurrence> {
    let here = occurrences.iter().filter(|occurrence| occurrence.span.meets(Span::at(at))).min_by_key(|occurrence| occurrence.span.len());
    let numbered = || {
        let tree = treaty.tree;
        let on_number = |id: &UnitId| tree.unit(*id).ordinal.is_some() && tree.unit(*id).head.meets(Span::at(at));
        tree.ids().find(on_number).map(|id| Occurrence { span: tree.unit(id).head, symbol: Symbol::Unit(id) })
    };
    here.copied().or_else(numbered)
}

/// Where the same thing is named; of an article also where its paragraphs and points are.
pub fn uses<'o>(treaty: &Treaty<'_>, occurrences: &'o [Occurrence], symbol: Symbol) -> impl Iterator<Item = &'o Occurrence> {
    let inside = match symbol {
        Symbol::Unit(unit) => unit.0..treaty.tree.unit(unit).until,
        _ => 0..0,
    };
    occurrences.iter().filter(move |other| match other.symbol {
        Symbol::Unit(unit) => inside.contains(&unit.0),
        other => other == symbol,
    })
}

/// Where something is declared or defined; nothing for a rule.
#[must_use]
pub fn declaration_of(treaty: &Treaty<'_>, symbol: Symbol) -> Option<(FileId, Span)> {
    let declared = &treaty.declared;
    Some(match symbol {
        Symbol::Party(party) => (declared.parties[party.0 as usize].file, declared.parties[party.0 as usize].span),
        Symbol::Group(group) => (declared.groups[group].named.file, declared.groups[group].named.span),
        Symbol::Body(body) => (declared.bodies[body].named.file, declared.bodies[body].named.span),
        Symbol::Mechanism(mechanism) => (declared.mechanisms[mechanism].file, declared.mechanisms[mechanism].span),
        Symbol::Term(term) => (FileId(0), treaty.span(treaty.term(term).words)),
        Symbol::Unit(unit) => (FileId(0), treaty.tree.unit(unit).head),
        Symbol::Rule(_) => return None,
    })
}

/// What there is to say of something, as Markdown. `sources` has the files that the draft uses.
#[must_use]
pub fn describe(facts: &Facts<'_, '_>, sources: &Sources, symbol: Symbol) -> String {
    let treaty = facts.treaty;
    match symbol {
        Symbol::Rule(code) => code.page.to_owned(),
        Symbol::Term(term) => {
            let term = treaty.term(term);
            let place = treaty.locator(term.unit);
            match term.definiens {
                Some(words) => format!("**{}** means, by {place}:\n\n> {}\n", term.name, treaty.quote(words)),
                None => format!("**{}** is a short name that {place} gives.\n", term.name),
            }
        }
        Symbol::Unit(unit) => {
            let title: Vec<&str> = treaty.tree.title(treaty.tree.unit(unit)).iter().map(|line| treaty.source.slice(*line)).collect();
            let words = treaty.words_under(unit).map(|words| treaty.quote(words)).unwrap_or_default();
            format!("**{}** {}\n\n> {words}\n", treaty.locator(unit), title.join(" "))
        }
        _ => match declaration_of(treaty, symbol) {
            Some((FileId(0), span)) => format!("```tdl\n{}\n```\n", lines_of(treaty.source, treaty.tree, span)),
            Some((file, span)) => {
                let source = sources.get(file);
                format!("```tdl\n{}\n```\n\ndeclared in `{}`\n", lines_of(source, &syntax::read(source.text()), span), source.path)
            }
            None => String::new(),
        },
    }
}

/// The lines of a declaration with its fields, as written.
fn lines_of<'s>(source: &'s Source, tree: &Tree, name: Span) -> &'s str {
    let at = tree.declarations.partition_point(|declaration| declaration.span.start <= name.start).saturating_sub(1);
    let Some(declaration) = tree.declarations.get(at) else { return source.slice(name) };
    let last = declaration.fields.iter().flat_map(|field| field.value.iter().chain([&field.name])).map(|span| span.end).max();
    source.slice(Span::new(declaration.span.start, last.unwrap_or(declaration.span.end).max(declaration.span.end)))
}

/// The norm whose modal stands at a byte, in words: who is bound to what.
#[must_use]
pub fn norm_at(facts: &Facts<'_, '_>, at: u32) -> Option<(Span, String)> {
    let treaty = facts.treaty;
    let on_modal = |norm: &&Norm| norm.reading == 0 && norm.parent.is_none() && treaty.span(norm.modal).meets(Span::at(at));
    let norm = treaty.norms.iter().find(on_modal)?;
    let who = if norm.bearer.words.is_empty() { "nobody is named".to_owned() } else { treaty.quote(norm.bearer.words) };
    let mut text = format!("**{}** on {who} ({}): {}\n", norm.mode.word(), norm.bearer.class.word(), treaty.quote(norm.act(treaty)));
    if let Some(seer) = facts.coverage.by_text(treaty, norm) {
        text += &format!("\nseen by {}: `{}`\n", treaty.locator(treaty.sentence(seer.sentence).unit), treaty.quote(seer.words));
    }
    for hedge in crate::model::hedge::on_duty(treaty, norm) {
        text += &format!("\nsoftened by `{}`\n", treaty.quote(hedge.words));
    }
    Some((treaty.span(norm.modal), text))
}

/// The edits that give something another name: spans of the draft and their new words. `Err` says why it cannot be renamed here.
pub fn rename(treaty: &Treaty<'_>, occurrences: &[Occurrence], symbol: Symbol, new: &str) -> Result<Vec<(Span, String)>, String> {
    let new = new.trim();
    let is_short_name = new.starts_with(|c: char| c.is_uppercase()) && new.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    match symbol {
        Symbol::Unit(_) | Symbol::Rule(_) => return Err("a number or a rule has no name that could be changed here".to_owned()),
        Symbol::Party(_) | Symbol::Group(_) | Symbol::Body(_) if !is_short_name => {
            return Err("a short name begins with a capital and goes on with letters, digits, _ and -".to_owned());
        }
        _ if new.is_empty() || new.contains(['\n', '\r', ',', ';', ':']) => {
            return Err("a name stands on one line, without , ; and :".to_owned());
        }
        _ => {}
    }
    if declaration_of(treaty, symbol).is_none_or(|(file, _)| file != FileId(0)) {
        return Err("it is declared in another file; rename it there".to_owned());
    }
    let old = old_name(treaty, symbol);
    let mut edits = Vec::new();
    for occurrence in occurrences.iter().filter(|occurrence| occurrence.symbol == symbol) {
        let written = treaty.source.slice(occurrence.span);
        match symbol {
            // The long names of a party in the text are its own, and stay.
            Symbol::Party(_) | Symbol::Group(_) | Symbol::Body(_) if written == old => edits.push((occurrence.span, new.to_owned())),
            Symbol::Party(_) | Symbol::Group(_) | Symbol::Body(_) => {}
            _ => {
                let capital = written.starts_with(char::is_uppercase) && !matches!(symbol, Symbol::Mechanism(_));
                let Some(words) = inflected(written, &old, new) else {
                    let line = treaty.source.line_index(occurrence.span.start) + 1;
                    let words = crate::model::quote(written);
                    return Err(format!("line {line} has the name as `{words}`; change that place by hand first"));
                };
                edits.push((occurrence.span, laid_out(written, if capital { capitalised(&words) } else { words })));
            }
        }
    }
    if edits.is_empty() { Err(format!("`{old}` is nowhere written out")) } else { Ok(edits) }
}

/// A new name in the form that the old one has here: its singular or plural, and what follows it inside the word. White space counts as one
/// space. `None` where the old name stands in a form that cannot be told.
fn inflected(written: &str, old: &str, new: &str) -> Option<String> {
    let written = written.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(rest) = written.strip_prefix(old) {
        // "attacks" of "attack", but "policies" of "policy" is no "policyies".
        return if rest == "s" { Some(plural(new)) } else { Some(new.to_owned() + rest) };
    }
    if written == plural(old) {
        return Some(plural(new));
    }
    (plural(&written) == old).then(|| singular(new))
}

fn plural(name: &str) -> String {
    let consonant = |stem: &str| stem.ends_with(|c: char| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'));
    match name.strip_suffix('y').filter(|stem| consonant(stem)) {
        Some(stem) => format!("{stem}ies"),
        None if name.ends_with(['s', 'x']) || name.ends_with("ch") || name.ends_with("sh") => format!("{name}es"),
        None => format!("{name}s"),
    }
}

fn singular(name: &str) -> String {
    match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(name).to_owned(),
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Words with the line breaks, as far as they go, of those in whose place they come.
fn laid_out(written: &str, words: String) -> String {
    let mut gaps = written.split(|c: char| !c.is_whitespace()).filter(|gap| !gap.is_empty());
    words
        .split(' ')
        .enumerate()
        .fold(String::new(), |all, (at, word)| if at == 0 { word.to_owned() } else { all + gaps.next().unwrap_or(" ") + word })
}

/// The name that is changed: the short one of what has one, else the name in small letters.
fn old_name(treaty: &Treaty<'_>, symbol: Symbol) -> String {
    let declared = &treaty.declared;
    match symbol {
        Symbol::Party(party) => declared.parties[party.0 as usize].id.clone(),
        Symbol::Group(group) => declared.groups[group].named.id.clone(),
        Symbol::Body(body) => declared.bodies[body].named.id.clone(),
        Symbol::Mechanism(mechanism) => declared.mechanisms[mechanism].name.clone(),
        Symbol::Term(term) => treaty.term(term).name.clone(),
        Symbol::Unit(_) | Symbol::Rule(_) => String::new(),
    }
}
