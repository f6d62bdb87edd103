//! What is drawn together: findings on one clause share a picture, and underlines on one line keep out of each other's way.
//!
//! This file knows findings and ranges and no library.

use super::excerpt::{Excerpt, MOST_LABELS};
use super::words;
use crate::diagnostic::{Diagnostic, Report};
use std::borrow::Cow;
use std::ops::Range;

/// Findings further apart than this many lines are drawn one after another even on one clause.
const NEIGHBOURHOOD: u32 = 24;
/// So many findings share a picture at most.
const MOST_FINDINGS: usize = 8;

/// The findings of a report, those on one clause together.
pub(super) fn boxes(report: &Report) -> Vec<&[Diagnostic]> {
    let mut boxes = Vec::new();
    let mut rest = report.diagnostics.as_slice();
    while let Some(first) = rest.first() {
        let line = |diagnostic: &Diagnostic| report.sources.get(diagnostic.primary().file).line_index(diagnostic.primary().span.start);
        let head = line(first);
        let fits = |other: &&Diagnostic| {
            other.clause.is_some()
                && other.clause == first.clause
                && other.primary().file == first.primary().file
                && line(other).abs_diff(head) <= NEIGHBOURHOOD as usize
        };
        let more = rest[1..].iter().take(MOST_FINDINGS - 1).take_while(fits).count();
        let (together, after) = rest.split_at(1 + more);
        boxes.push(together);
        rest = after;
    }
    boxes
}

/// An underline with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stroke {
    /// The bytes of the excerpt that it underlines.
    pub range: Range<usize>,
    /// What it says; may be empty.
    pub text: String,
    /// Whether a finding is about these words.
    pub primary: bool,
}

/// The labels of a box that lie in its first finding's file, as strokes yet to be placed; in a box of several, each primary one names its rule.
pub(super) fn labels(together: &[Diagnostic]) -> Vec<(crate::source::Span, Stroke)> {
    let file = together[0].primary().file;
    let several = together.len() > 1;
    let mut labels = Vec::new();
    for diagnostic in together {
        for (index, label) in diagnostic.labels.iter().enumerate().filter(|(_, label)| label.file == file) {
            let text = words::clean(&label.message);
            let text: Cow<'_, str> = match (several && index == 0, text.is_empty()) {
                (true, true) => diagnostic.code.name.into(),
                (true, false) => format!("{}: {text}", diagnostic.code.name).into(),
                (false, _) => text,
            };
            let label = (label.span, Stroke { range: 0..0, text: text.into_owned(), primary: index == 0 });
            if labels.len() < MOST_LABELS && !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    labels
}

/// The strokes with the places that the excerpt gave them.
pub(super) fn placed(labels: Vec<(crate::source::Span, Stroke)>, excerpt: &Excerpt) -> Vec<Stroke> {
    labels.into_iter().zip(&excerpt.marks).map(|((_, stroke), mark)| Stroke { range: mark.range.clone(), ..stroke }).collect()
}

/// Strokes on one line that do not overlap: equal ones become one that says both, the longer one gives way where two share words.
pub(super) fn apart(strokes: Vec<Stroke>, excerpt: &Excerpt) -> Vec<Stroke> {
    let tall = |stroke: &Stroke| excerpt.line_at(stroke.range.start) != excerpt.line_at(stroke.range.end);
    let (mut apart, mut waiting): (Vec<Stroke>, Vec<Stroke>) = strokes.into_iter().partition(tall);
    let done = apart.len();
    // Taken from the end, so the first in the text stands last.
    let order = |stroke: &Stroke| std::cmp::Reverse((stroke.range.start, stroke.range.end));
    waiting.sort_by_key(order);
    while let Some(mut next) = waiting.pop() {
        let Some(last) = apart[done..].last_mut().filter(|last| next.range.start < last.range.end) else {
            apart.push(next);
            continue;
        };
        if next.range == last.range {
            let lines = [std::mem::take(&mut last.text), next.text];
            last.text = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
            last.primary |= next.primary;
        } else if next.range.start > last.range.start {
            last.range.end = next.range.start;
            apart.push(next);
        } else {
            next.range.start = last.range.end;
            waiting.push(next);
            waiting.sort_by_key(order);
        }
    }
    apart
}
