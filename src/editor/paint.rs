//! What each piece of a draft is, for colours, and which lines fold away.

use crate::model::Treaty;
use crate::model::vocabulary::Name;
use crate::source::Span;
use crate::syntax::tree::{BracketKind, LineKind, TokenKind, UnitKind};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// A declaration's keyword.
    Keyword,
    /// A field's name.
    Field,
    /// An annotation's name.
    Annotation,
    /// A heading.
    Heading,
    /// A declared name.
    Name,
    /// A defined term.
    Term,
    /// A modal that makes a norm.
    Modal,
    /// A bracket with the names of who proposes.
    Bracket,
    /// A comment.
    Comment,
}

/// A piece of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// Where.
    pub span: Span,
    /// What.
    pub tint: Tint,
}

/// The pieces of a draft that differ from plain text, in order and without overlap, none across a line's end.
#[must_use]
pub fn paint(treaty: &Treaty<'_>) -> Vec<Paint> {
    let (tree, source) = (treaty.tree, treaty.source);
    let mut all: Vec<Paint> = Vec::new();
    let mut add = |span: Span, tint: Tint| {
        // Line by line, without the white space at their ends.
        let mut start = span.start;
        for line in source.slice(span).split_inclusive('\n') {
            let words = line.trim_end_matches(['\r', '\n']);
            let blank = (words.len() - words.trim_start().len()) as u32;
            let end = start + words.len() as u32;
            if start + blank < end {
                all.push(Paint { span: Span::new(start + blank, end), tint });
            }
            start += line.len() as u32;
        }
    };
    for declaration in &tree.declarations {
        let start = declaration.span.start;
        add(Span::new(start, start + declaration.kind.keyword().len() as u32), Tint::Keyword);
        declaration.id.into_iter().for_each(|id| add(id, Tint::Name));
        declaration.fields.iter().for_each(|field| add(field.name, Tint::Field));
    }
    for note in &tree.notes {
        let name = note.rule.map_or(note.name, |rule| note.name.to(rule));
        add(Span::new(note.span.start.min(name.start), name.end), Tint::Annotation);
    }
    for unit in tree.units.iter().filter(|unit| matches!(unit.kind, UnitKind::Article | UnitKind::Annex | UnitKind::Division)) {
        add(unit.head, Tint::Heading);
        tree.title(unit).iter().for_each(|line| add(*line, Tint::Heading));
    }
    for bracket in tree.brackets.iter().filter(|bracket| matches!(bracket.kind, BracketKind::Contested | BracketKind::Blank)) {
        add(bracket.owners.map_or(bracket.open, |owners| bracket.open.to(owners)), Tint::Bracket);
        bracket.slashes.iter().for_each(|slash| add(slash.span, Tint::Bracket));
        add(bracket.close, Tint::Bracket);
    }
    for hit in &treaty.names {
        let tint = if matches!(hit.name, Name::Term(_)) { Tint::Term } else { Tint::Name };
        add(treaty.span(hit.words), tint);
    }
    for norm in treaty.norms.iter().filter(|norm| norm.reading == 0 && norm.parent.is_none()) {
        add(treaty.span(norm.modal), Tint::Modal);
    }
    for line in tree.lines.iter().filter(|line| line.kind == LineKind::Comment) {
        add(line.span, Tint::Comment);
    }
    for token in tree.tokens.iter().filter(|token| token.kind == TokenKind::Comment) {
        add(token.span, Tint::Comment);
    }
    // What stands first counts, and of two that begin together the longer one.
    all.sort_by_key(|paint| (paint.span.start, std::cmp::Reverse(paint.span.end)));
    let mut end = 0;
    all.retain(|paint| {
        let free = paint.span.start >= end;
        if free {
            end = paint.span.end;
        }
        free
    });
    all
}

/// Lines that fold under their first one: an article, a part, an annex, a declaration with its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The line that stays, from 0.
    pub first: usize,
    /// The last line that is hidden.
    pub last: usize,
}

/// The folds of a draft, in the order of their first lines.
#[must_use]
pub fn folds(treaty: &Treaty<'_>) -> Vec<Fold> {
    let (tree, source) = (treaty.tree, treaty.source);
    let text = source.text();
    let line = |at: u32| source.line_index(at);
    let mut folds = Vec::new();
    for declaration in &tree.declarations {
        let last = declaration.fields.iter().flat_map(|field| field.value.iter().chain([&field.name])).map(|span| span.end).max();
        folds.extend(last.map(|last| Fold { first: line(declaration.span.start), last: line(last.saturating_sub(1)) }));
    }
    for unit in tree.units.iter().filter(|unit| matches!(unit.kind, UnitKind::Article | UnitKind::Annex | UnitKind::Division)) {
        let until = tree.units.get(unit.until as usize).map_or(text.len() as u32, |next| next.head.start);
        let until = line(until.saturating_sub(1).max(unit.head.start));
        // Blank lines before the next heading stay in sight.
        let last = (line(unit.head.start)..=until).rev().find(|at| !source.slice(source.line_span(*at)).trim().is_empty());
        folds.extend(last.map(|last| Fold { first: line(unit.head.start), last }));
    }
    folds.retain(|fold| fold.last > fold.first);
    folds.sort_by_key(|fold| fold.first);
    folds
}
