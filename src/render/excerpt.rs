//! The lines around some labels, ready to be drawn: few, not too long, without characters that a terminal would obey.
//!
//! Drawing libraries get this small text and never the file: what they cost does not grow with the file, and a column that they cannot
//! count to does not occur. This file knows sources and spans and no library.

use super::words::{clean, shown};
use crate::source::{Place, Places, Source, Span};
use std::ops::Range;

/// A label over more lines than this is drawn on its first line alone.
const TALLEST: usize = 12;
/// So many labels are drawn in one excerpt: with both ends of each kept, a line stays far below the 65535 columns that a format width can be.
pub(super) const MOST_LABELS: usize = 64;

/// One line that is shown.
#[derive(Debug)]
pub(super) struct Line {
    /// Its index in the file, from 0.
    pub index: usize,
    /// Its bytes in [`Excerpt::text`], without the line ending.
    pub range: Range<usize>,
}

/// Where a label lies.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Its bytes in [`Excerpt::text`].
    pub range: Range<usize>,
    /// Its beginning in the file.
    pub place: Place,
}

/// Some lines of one file with the labels on them.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The path, safe to show.
    pub path: String,
    /// The lines, each with `\n` at its end.
    pub text: String,
    /// Where they are, in rising order; lines that are not neighbours in the file may be neighbours here.
    pub lines: Vec<Line>,
    /// One for each span asked for, in that order.
    pub marks: Vec<Mark>,
}

/// A span brought to character boundaries, on lines that will be shown.
struct Target {
    span: Span,
    first: usize,
    last: usize,
}

impl Excerpt {
    /// The lines that `spans` lie on and one on either side, none drawn wider than about `columns` (labels' ends are always there). Of these
    /// `room` columns are to be free behind the middle of each label, where its words begin.
    pub(super) fn new(source: &Source, places: &mut Places<'_>, spans: impl Iterator<Item = Span>, columns: usize, room: usize) -> Self {
        let targets: Vec<Target> = spans.map(|span| Target::new(source, span)).collect();
        let marks = targets.iter().map(|target| Mark { range: 0..0, place: places.place(target.span.start) }).collect();
        let mut excerpt = Self { path: clean(&source.path).into_owned(), text: String::new(), lines: Vec::new(), marks };
        for index in indexes(source, &targets) {
            excerpt.add_line(source, index, &targets, columns, room);
        }
        excerpt
    }

    /// The position in [`Excerpt::lines`] of the line that holds a byte of the text.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.range.start <= offset).saturating_sub(1)
    }

    /// The file's line and column of a byte of the text.
    pub(super) fn place(&self, offset: usize) -> Place {
        let known = self.marks.iter().find(|mark| mark.range.start == offset);
        known.map_or_else(
            || {
                let line = &self.lines[self.line_at(offset)];
                let column = self.text.get(line.range.start..offset).map_or(0, |before| before.chars().count());
                Place { line: line.index as u32 + 1, column: column as u32 + 1 }
            },
            |mark| mark.place,
        )
    }

    fn add_line(&mut self, source: &Source, index: usize, targets: &[Target], columns: usize, room: usize) {
        let span = content(source, index);
        let line_start = self.text.len();
        let mut shown_to = span.start;
        for piece in pieces(source, span, index, targets, columns, room) {
            if piece.start > shown_to {
                self.text.push('…');
            }
            let start = self.text.len();
            self.text.extend(source.slice(piece).chars().map(shown));
            self.place_marks(source, index, targets, piece, start);
            shown_to = piece.end;
        }
        if shown_to < span.end {
            self.text.push('…');
        }
        self.lines.push(Line { index, range: line_start..self.text.len() });
        self.text.push('\n');
    }

    /// Writes down where the ends of the labels that lie in a piece have come to.
    fn place_marks(&mut self, source: &Source, index: usize, targets: &[Target], piece: Span, start: usize) {
        let place = |offset: u32| start + shown_len(source.slice(Span::new(piece.start, offset)));
        let within = |offset: u32| piece.start <= offset && offset <= piece.end;
        for (target, mark) in targets.iter().zip(&mut self.marks) {
            if target.first == index && within(target.span.start) {
                mark.range.start = place(target.span.start);
            }
            if target.last == index && within(target.span.end) {
                mark.range.end = place(target.span.end);
            }
        }
    }
}

impl Target {
    fn new(source: &Source, span: Span) -> Self {
        let text = source.text();
        let start = text.floor_char_boundary(span.start as usize) as u32;
        let end = (text.floor_char_boundary(span.end as usize) as u32).max(start);
        let first = source.line_index(start);
        let last = source.line_index(end.saturating_sub(1).max(start));
        let last = if last - first >= TALLEST { first } else { last };
        let (head, tail) = (content(source, first), content(source, last));
        let start = start.clamp(head.start, head.end);
        Self { span: Span::new(start, end.clamp(tail.start, tail.end).max(start)), first, last }
    }

    fn points(&self, index: usize) -> impl Iterator<Item = u32> {
        let start = (self.first == index).then_some(self.span.start);
        let end = (self.last == index).then_some(self.span.end);
        start.into_iter().chain(end)
    }
}

/// The lines to show: those of the targets and their neighbours, but not the empty line after a final line ending.
fn indexes(source: &Source, targets: &[Target]) -> Vec<usize> {
    let lines = source.line_starts().len();
    let wanted = |target: &Target, index: usize| {
        (target.first..=target.last).contains(&index) || (index < lines && !(index + 1 == lines && content(source, index).is_empty()))
    };
    let around = |target: &Target| target.first.saturating_sub(1)..=target.last + 1;
    let mut indexes: Vec<usize> = targets.iter().flat_map(|target| around(target).filter(move |index| wanted(target, *index))).collect();
    indexes.sort_unstable();
    indexes.dedup();
    indexes
}

/// A line's bytes without its ending and without a byte order mark.
fn content(source: &Source, index: usize) -> Span {
    let span = source.line_span(index);
    Span::new(if span.start == 0 { source.bom().min(span.end) } else { span.start }, span.end)
}

/// The parts of a line that are shown: all of it, or as many columns on both sides of each point as fit.
fn pieces(source: &Source, line: Span, index: usize, targets: &[Target], columns: usize, room: usize) -> Vec<Span> {
    let points: Vec<u32> = targets.iter().flat_map(|target| target.points(index)).collect();
    let fits = |pieces: &[Span]| {
        let width = |to: u32| -> usize {
            let shown = pieces.iter().take_while(|piece| piece.start < to);
            shown
                .map(|piece| {
                    source.slice(Span::new(piece.start, piece.end.min(to))).chars().count() + usize::from(piece.start > line.start)
                })
                .sum()
        };
        let middle = |target: &Target| (width(target.span.start) + width(target.span.end)) / 2;
        let words = targets.iter().filter(|target| target.first == index && target.last == index).map(middle).max();
        width(line.end) <= columns && words.is_none_or(|middle| middle + room <= columns)
    };
    let whole = vec![line];
    // No character has more than four bytes: a line that is far too long is not counted for each finding on it.
    if line.len() as usize <= columns - room || line.len() as usize <= columns * 4 && fits(&whole) {
        return whole;
    }
    if points.is_empty() {
        return pieces_around(source, line, &[line.start], if room == 0 { columns / 4 } else { columns - 1 });
    }
    let shares = [1, 2, 3, 4, 6, 9, 14].map(|share| (columns * 3 / 4 / share).max(4));
    let mut around = shares.iter().map(|reach| pieces_around(source, line, &points, *reach));
    around.find(|pieces| fits(pieces)).unwrap_or_else(|| pieces_around(source, line, &points, shares[6]))
}

/// So many characters of a line on both sides of each point, in whole words.
fn pieces_around(source: &Source, line: Span, points: &[u32], reach: usize) -> Vec<Span> {
    let text = source.slice(line);
    let around = |point: u32| {
        let (before, after) = text.split_at((point - line.start) as usize);
        let back = before.char_indices().rev().take(reach).last().map_or(0, |(at, _)| before.len() - at);
        let forth = after.char_indices().nth(reach).map_or(after.len(), |(at, _)| at);
        let (back, forth) = (back - half_word_before(before, back), whole_words(after, forth));
        Span::new(point - back as u32, point + forth as u32)
    };
    let mut around: Vec<Span> = points.iter().map(|at| around(*at)).collect();
    around.sort_unstable();
    let mut pieces: Vec<Span> = Vec::new();
    for span in around {
        match pieces.last_mut() {
            Some(last) if span.start <= last.end => *last = last.to(span),
            _ => pieces.push(span),
        }
    }
    pieces
}

/// Of the last `back` bytes of a text, those of a first word that is not whole; none where no word begins in them.
fn half_word_before(text: &str, back: usize) -> usize {
    let start = text.len() - back;
    if start == 0 || text[..start].ends_with(' ') { 0 } else { text[start..].find(' ').map_or(0, |at| at + 1) }
}

/// How many of the first `forth` bytes of a text are left without a last word that is not whole; all where no word ends in them.
fn whole_words(text: &str, forth: usize) -> usize {
    if text[forth..].is_empty() || text[forth..].starts_with(' ') { forth } else { text[..forth].rfind(' ').unwrap_or(forth) }
}

/// How long a text is once it is safe to show.
fn shown_len(text: &str) -> usize {
    text.chars().map(|char| shown(char).len_utf8()).sum()
}
