//! The picture in a terminal and the narrated form, through miette.
//!
//! miette gets an [`Excerpt`] and answers its own questions from that; what it cannot draw is told on one line instead.

use super::boxes::{Stroke, apart, boxes, labels, placed};
use super::excerpt::{Excerpt, MOST_LABELS};
use super::plain::Plain;
use super::{Closing, Look, Render, Tally, summary, words};
use crate::diagnostic::{Diagnostic, Problem, Report, Severity};
use crate::source::{FileId, Places, Sources};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, NarratableReportHandler, SourceCode, SourceSpan,
    SpanContents, ThemeCharacters, ThemeStyles,
};
use std::fmt;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The adapter.
pub(super) struct Terminal {
    /// None in the narrated form.
    picture: Option<GraphicalReportHandler>,
    look: Look,
    closing: Closing,
    fallback: Plain,
}

impl Terminal {
    /// Pictures.
    pub(super) fn picture(look: Look, closing: Closing) -> Self {
        let characters = if look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let styles = if look.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles });
        let handler = handler.with_width(look.width).without_syntax_highlighting();
        Self { picture: Some(handler), ..Self::narrated(look, closing) }
    }

    /// Sentences.
    pub(super) fn narrated(look: Look, closing: Closing) -> Self {
        Self { picture: None, look, closing, fallback: Plain::short(look, closing) }
    }

    fn draw(&self, together: &[Diagnostic], sources: &Sources, walks: &mut [Places<'_>]) -> Result<String, fmt::Error> {
        let mut out = String::new();
        let first = &together[0];
        let file = first.primary().file;
        let labels = labels(together);
        let excerpt = self.excerpt(file, labels.iter().map(|(span, _)| *span), sources, walks);
        let strokes = placed(labels, &excerpt);
        let place = excerpt.marks.first().map(|mark| format!("{}:{}:{}", excerpt.path, mark.place.line, mark.place.column));
        let mut sketch = Sketch::new(self, excerpt, strokes, first.severity);
        if self.picture.is_some() {
            sketch.message = words::headline(first);
            sketch.more = Chain::new(&together[1..]);
        } else {
            sketch.message = words::message(first).into_owned();
            sketch.code = Some(first.code.name);
        }
        self.sketch(&sketch, &mut out)?;
        for diagnostic in together {
            self.draw_elsewhere(diagnostic, file, sources, walks, &mut out)?;
        }
        match place.filter(|_| self.picture.is_none()) {
            Some(place) => words::remark("", "at", &[place], self.look, &mut out),
            None => words::blank(&mut out),
        }
        words::all_remarks(together, self.look, &mut out);
        out.push('\n');
        Ok(out)
    }

    /// Draws a finding's labels in files other than its own, since a miette snippet knows one file.
    fn draw_elsewhere(
        &self,
        finding: &Diagnostic,
        file: FileId,
        sources: &Sources,
        walks: &mut [Places<'_>],
        out: &mut String,
    ) -> fmt::Result {
        for label in finding.labels.iter().filter(|label| label.file != file).take(MOST_LABELS) {
            let excerpt = self.excerpt(label.file, [label.span].into_iter(), sources, walks);
            let stroke = Stroke { range: excerpt.marks[0].range.clone(), text: String::new(), primary: true };
            let mut sketch = Sketch::new(self, excerpt, vec![stroke], Severity::Advice);
            sketch.message = words::clean(&label.message).into_owned();
            self.sketch(&sketch, out)?;
        }
        Ok(())
    }

    fn excerpt(
        &self,
        file: FileId,
        spans: impl Iterator<Item = crate::source::Span>,
        sources: &Sources,
        walks: &mut [Places<'_>],
    ) -> Excerpt {
        let columns = if self.picture.is_some() { self.look.width.clamp(60, 500) - 10 } else { 500 };
        let mut excerpt = Excerpt::new(sources.get(file), &mut walks[file.0 as usize], spans, columns);
        if self.picture.is_none() {
            // miette's narrator counts a tab as no column at all.
            excerpt.text = excerpt.text.replace('\t', " ");
        }
        excerpt
    }

    fn sketch(&self, sketch: &Sketch, out: &mut String) -> fmt::Result {
        match &self.picture {
            Some(handler) => handler.render_report(out, sketch),
            None => NarratableReportHandler::new().render_report(out, sketch),
        }
    }
}

impl Render for Terminal {
    fn report(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let mut walks: Vec<Places<'_>> = report.sources.iter().map(|(_, source)| source.places()).collect();
        let boxes = if self.picture.is_some() { boxes(report) } else { report.diagnostics.chunks(1).collect() };
        for together in boxes {
            // miette has been seen to panic on odd input; a finding must not be lost by the way it is shown.
            match catch_unwind(AssertUnwindSafe(|| self.draw(together, &report.sources, &mut walks))) {
                Ok(Ok(drawn)) => out.write_all(drawn.as_bytes())?,
                _ => together.iter().try_for_each(|finding| self.fallback.show(finding, &report.sources, &mut walks, out))?,
            }
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, _: &[Problem], out: &mut dyn Write) -> io::Result<()> {
        summary::close(tally, self.closing, out)
    }
}

/// What miette is asked to draw.
#[derive(Debug)]
struct Sketch {
    snippet: Snippet,
    message: String,
    code: Option<&'static str>,
    more: Option<Chain>,
    severity: miette::Severity,
    labels: Vec<LabeledSpan>,
}

impl Sketch {
    fn new(terminal: &Terminal, excerpt: Excerpt, strokes: Vec<Stroke>, severity: Severity) -> Self {
        let picture = terminal.picture.is_some();
        let strokes = if picture { apart(strokes, &excerpt) } else { strokes };
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
struct Chain {
    message: String,
    next: Option<Box<Chain>>,
}

impl Chain {
    fn new(findings: &[Diagnostic]) -> Option<Self> {
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
        let column = if before + after == 0 { self.excerpt.place(span.offset()).column as usize - 1 } else { 0 };
        let bytes = lines[first].range.start..lines[last].range.end + usize::from(self.picture || lines[last].range.is_empty());
        let shown = SourceSpan::from((bytes.start, bytes.len()));
        let data = &text.as_bytes()[bytes];
        Ok(Box::new(MietteSpanContents::new_named(path.clone(), data, shown, lines[first].index, column, last - first + 1)))
    }
}
