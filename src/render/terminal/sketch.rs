//! What miette is asked to draw: a message, an excerpt and strokes on it, behind miette's own traits.

use crate::diagnostic::{Diagnostic, Severity};
use crate::render::boxes::Stroke;
use crate::render::excerpt::Excerpt;
use crate::render::words;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::fmt;

/// What miette is asked to draw.
#[derive(Debug)]
pub(super) struct Sketch {
    snippet: Snippet,
    pub(super) message: String,
    pub(super) code: Option<&'static str>,
    pub(super) more: Option<Chain>,
    severity: miette::Severity,
    labels: Vec<LabeledSpan>,
}

impl Sketch {
    /// A drawing without words yet; `picture` where it is not narrated.
    pub(super) fn new(picture: bool, excerpt: Excerpt, strokes: Vec<Stroke>, severity: Severity) -> Self {
        let severity = match severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        };
        let labels = strokes.into_iter().map(|Stroke { range, text, primary }| {
            let text = (!text.is_empty()).then_some(text);
            let new = if primary { LabeledSpan::new_primary_with_span } else { LabeledSpan::new_with_span };
            new(text, (range.start, range.len()))
        });
        Self { labels: labels.collect(), snippet: Snippet { excerpt, picture }, message: String::new(), code: None, more: None, severity }
    }
}

impl fmt::Display for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Sketch {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.more.as_ref().map(|more| more as _)
    }
}

impl miette::Diagnostic for Sketch {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.map(|code| Box::new(code) as _)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// The other findings of a box: miette lists an error's causes below its message.
#[derive(Debug)]
pub(super) struct Chain {
    message: String,
    next: Option<Box<Chain>>,
}

impl Chain {
    /// Their headlines; nothing where there are none.
    pub(super) fn new(findings: &[Diagnostic]) -> Option<Self> {
        findings.iter().rev().fold(None, |next, finding| Some(Self { message: words::headline(finding), next: next.map(Box::new) }))
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Chain {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.next.as_deref().map(|next| next as _)
    }
}

/// An excerpt as miette asks for it.
#[derive(Debug)]
struct Snippet {
    excerpt: Excerpt,
    /// The picture needs the last line's ending, or a label behind it is not drawn; the narrator, seeing it, reads out labels of later lines.
    picture: bool,
}

impl SourceCode for Snippet {
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let Excerpt { path, text, lines, .. } = &self.excerpt;
        let (from, to) = (self.excerpt.line_at(span.offset()), self.excerpt.line_at(span.offset() + span.len()));
        let index = |at: usize| lines.get(at).map(|line| line.index);
        let follows = |at: usize| matches!((index(at), index(at + 1)), (Some(this), Some(next)) if this + 1 == next);
        if !(from..to).all(follows) || lines.is_empty() {
            return Err(MietteError::OutOfBounds);
        }
        let first = (0..before).try_fold(from, |at, _| (at > 0 && follows(at - 1)).then(|| at - 1).ok_or(at)).unwrap_or_else(|at| at);
        let last = (0..after).try_fold(to, |at, _| follows(at).then(|| at + 1).ok_or(at)).unwrap_or_else(|at| at);
        // The narrator takes a label on a later line for one on an empty last line.
        let last = if !self.picture && last > to && lines[last].range.is_empty() { last - 1 } else { last };
        let column = if before + after == 0 { self.excerpt.place(span.offset()).column as usize - 1 } else { 0 };
        let bytes = lines[first].range.start..lines[last].range.end + usize::from(self.picture || lines[last].range.is_empty());
        let shown = SourceSpan::from((bytes.start, bytes.len()));
        let data = &text.as_bytes()[bytes];
        Ok(Box::new(MietteSpanContents::new_named(path.clone(), data, shown, lines[first].index, column, last - first + 1)))
    }
}
