//! Writes `@allow RULE: reason` under the clauses where findings stand: an old text starts clean, and every exception has its reason in its
//! place.

use crate::diagnostic::{Diagnostic, Family, Report};
use crate::format::column_of_words;
use crate::options::Options;
use crate::source::{FileId, Source, Span};
use crate::syntax;
use crate::syntax::tree::{LineKind, Tree, UnitId};
use crate::targets::{self, Target};

/// A text with the annotations written in.
#[derive(Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The text.
    pub text: String,
    /// How many annotations were written.
    pub written: usize,
}

/// Writes an annotation for each finding of the linted file that an annotation can allow: one for each rule and clause. Mistakes of language
/// are to be mended and stay. `None` where there is nothing to write; `Err` with the place where an annotation would break the text apart.
pub fn write(report: &Report, reason: &str) -> Result<Option<Allowed>, String> {
    let source = report.source();
    let tree = syntax::read(source.text());
    let mut notes: Vec<(u32, String)> = report
        .diagnostics
        .iter()
        .filter(|found| found.code.family != Family::Language && found.primary().file == FileId(0))
        .map(|found| place(source, &tree, found))
        .map(|(at, indent, rule)| (at, format!("{indent}@allow {rule}: {reason}")))
        .collect();
    notes.sort();
    notes.dedup();
    if notes.is_empty() {
        return Ok(None);
    }
    let ending = if source.text().contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = String::with_capacity(source.text().len() + notes.len() * 80);
    let mut from = 0;
    for (at, note) in &notes {
        text += &source.text()[from..*at as usize];
        if !text.is_empty() && !text.ends_with('\n') {
            text += ending;
        }
        text += note;
        text += ending;
        from = *at as usize;
    }
    text += &source.text()[from..];
    let words =
        |text: &str| targets::compile(&Source::new(source.path.as_str(), text.as_bytes().to_vec()), Target::Text, &Options::default());
    if words(&text) != words(source.text()) {
        return Err("an annotation would break the text apart where it has to stand".to_owned());
    }
    Ok(Some(Allowed { text, written: notes.len() }))
}

/// The line that allows one finding, with its line ending, and the byte where it goes in; none for what no annotation can allow.
#[must_use]
pub fn line(source: &Source, found: &Diagnostic, reason: &str) -> Option<(u32, String)> {
    if found.code.family == Family::Language || found.primary().file != FileId(0) {
        return None;
    }
    let (at, indent, rule) = place(source, &syntax::read(source.text()), found);
    let ending = if source.text().contains("\r\n") { "\r\n" } else { "\n" };
    let open = at > 0 && !source.text()[..at as usize].ends_with('\n');
    Some((at, format!("{}{indent}@allow {rule}: {reason}{ending}", if open { ending } else { "" })))
}

/// Where the annotation for a finding goes, how far it is indented, and its rule.
fn place(source: &Source, tree: &Tree, found: &Diagnostic) -> (u32, String, &'static str) {
    let span = found.primary().span;
    let line = |at: u32| source.line_index(at.min(source.text().len() as u32));
    let behind = |line: usize| source.line_starts().get(line + 1).copied().unwrap_or(source.text().len() as u32);
    if found.locator == "treaty" || span.start < tree.text_start {
        // What the treaty as a whole is told is allowed above its text.
        let head = tree.lines.iter().take_while(|line| line.span.start < tree.text_start);
        let last = head.filter(|line| matches!(line.kind, LineKind::Declaration | LineKind::Note)).last();
        return (last.map_or(0, |last| last.span.end), String::new(), found.code.name);
    }
    let unit = tree.unit(unit_at(tree, span));
    // The last of the unit's own lines that no other unit has cut off from the finding.
    let next = tree.units.iter().skip(unit_at(tree, span).index() + 1).map(|next| next.head.start).find(|start| *start > span.start);
    let own = tree
        .text(unit)
        .iter()
        .chain(tree.title(unit))
        .filter(|piece| piece.start >= unit.head.start && next.is_none_or(|next| piece.start < next));
    let last = own.map(|piece| piece.end).chain([span.end, unit.head.end]).filter(|end| next.is_none_or(|next| *end <= next)).max();
    let last_line = line(last.unwrap_or(span.end).saturating_sub(1).max(span.start));
    let indent = column_of_words(source, tree, unit);
    (behind(last_line), " ".repeat(indent), found.code.name)
}

/// The innermost unit that a place stands in.
fn unit_at(tree: &Tree, span: Span) -> UnitId {
    UnitId(tree.units.partition_point(|unit| unit.head.start <= span.start).saturating_sub(1) as u32)
}
