//! What an editor asks of a draft, in bytes and words and free of any protocol: what stands at a place, where it is declared, where else it
//! is said, what may be written here, what colours and folds the text.

mod complete;
mod paint;

pub use complete::{Candidate, CandidateKind, complete};
pub use paint::{Fold, Paint, Tint, folds, paint};

use crate::analysis::Facts;
use crate::diagnostic::Code;
use crate::model::Treaty;
use crate::model::declared::PartyId;
use crate::model::norm::Norm;
use crate::model::reference::Outcome;
use crate::model::term::TermId;
use crate::model::vocabulary::Name;
use crate::rules;
use crate::source::{FileId, Span};
use crate::syntax::tree::UnitId;

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
        if let Outcome::Found(units) = &reference.outcome
            && let Some(unit) = units.first()
        {
            add(treaty.span(reference.words), Symbol::Unit(*unit));
        }
    }
    let tree = treaty.tree;
    for note in &tree.notes {
        if let Some(code) = note.rule.and_then(|rule| rules::code(treaty.source.slice(rule))) {
            note.rule.into_iter().for_each(|rule| add(rule, Symbol::Rule(code)));
        }
        note.value.iter().for_each(|line| named_in(treaty, *line, &mut add));
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
        let party = declared.parties.iter().position(|party| party.id == name).map(|party| Symbol::Party(PartyId(party as u16)));
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

/// What is named at a byte: the shortest of the words that touch it.
#[must_use]
pub fn symbol_at(occurrences: &[Occurrence], at: u32) -> Option<Occurrence> {
    occurrences.iter().filter(|occurrence| occurrence.span.meets(Span::at(at))).min_by_key(|occurrence| occurrence.span.len()).copied()
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

/// What there is to say of something, as Markdown.
#[must_use]
pub fn describe(facts: &Facts<'_, '_>, symbol: Symbol) -> String {
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
            Some((FileId(0), span)) => format!("```tdl\n{}\n```\n", lines_of(treaty, span)),
            _ => "declared in a file that this draft uses\n".to_owned(),
        },
    }
}

/// The lines of a declaration with its fields, as written.
fn lines_of<'s>(treaty: &'s Treaty<'_>, name: Span) -> &'s str {
    let tree = treaty.tree;
    let at = tree.declarations.partition_point(|declaration| declaration.span.start <= name.start).saturating_sub(1);
    let Some(declaration) = tree.declarations.get(at) else { return treaty.source.slice(name) };
    let last = declaration.fields.iter().flat_map(|field| field.value.iter().chain([&field.name])).map(|span| span.end).max();
    treaty.source.slice(Span::new(declaration.span.start, last.unwrap_or(declaration.span.end).max(declaration.span.end)))
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
    let edits = occurrences.iter().filter(|occurrence| occurrence.symbol == symbol).filter_map(|occurrence| {
        let written = treaty.source.slice(occurrence.span);
        let rest = match symbol {
            // The long names of a party in the text are its own, and stay.
            Symbol::Party(_) | Symbol::Group(_) | Symbol::Body(_) => (written == old).then_some(""),
            _ => written.get(..old.len()).filter(|start| start.to_lowercase() == old).map(|_| &written[old.len()..]),
        }?;
        let mut words = new.to_owned();
        if written.starts_with(char::is_uppercase) && !matches!(symbol, Symbol::Mechanism(_)) {
            let mut letters = words.chars();
            words = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        }
        Some((occurrence.span, words + rest))
    });
    let edits: Vec<_> = edits.collect();
    if edits.is_empty() { Err(format!("`{old}` is nowhere written out")) } else { Ok(edits) }
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
