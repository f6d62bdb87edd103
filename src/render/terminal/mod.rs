//! The picture in a terminal and the narrated form, through miette.
//!
//! miette gets an [`Excerpt`] and answers its own questions from that; what it cannot draw is told on one line instead.

mod sketch;

use super::boxes::{Stroke, apart, boxes, labels, placed};
use super::excerpt::{Excerpt, MOST_LABELS};
use super::plain::Plain;
use super::{Closing, Look, Render, Tally, summary, words};
use crate::diagnostic::{Diagnostic, Problem, Report, Severity};
use crate::source::{FileId, Places, Sources};
use miette::{GraphicalReportHandler, GraphicalTheme, NarratableReportHandler, ThemeCharacters, ThemeStyles};
use sketch::{Chain, Sketch};
use std::fmt;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The columns of a picture that are none of the text's: the line's number, a bar, and the hook before a label's words.
const MARGIN: usize = 14;
/// The columns that a label's words have at least.
const ROOM: usize = 26;

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
        Self { picture: Some(handler), look, ..Self::narrated(look, closing) }
    }

    /// Sentences.
    pub(super) fn narrated(look: Look, closing: Closing) -> Self {
        // Who listens has no use for wrapped lines.
        Self { picture: None, look: Look { width: usize::MAX, ..look }, closing, fallback: Plain::short(look, closing) }
    }

    fn draw(&self, together: &[Diagnostic], sources: &Sources, walks: &mut [Places<'_>]) -> Result<String, fmt::Error> {
        let mut out = String::new();
        let first = &together[0];
        let file = first.primary().file;
        let labels = labels(together);
        let excerpt = self.excerpt(file, labels.iter().map(|(span, _)| *span), sources, walks);
        let strokes = placed(labels, &excerpt);
        let place = excerpt.marks.first().map(|mark| format!("{}:{}:{}", excerpt.path, mark.place.line, mark.place.column));
        let mut strokes = if self.picture.is_some() { apart(strokes, &excerpt) } else { strokes };
        if self.picture.is_some() {
            self.wrap(&mut strokes, &excerpt);
        }
        let mut sketch = Sketch::new(self.picture.is_some(), excerpt, strokes, first.severity);
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
        match place {
            Some(place) if self.picture.is_none() => words::remark("", "at", &[place], self.look, &mut out),
            _ => {}
        }
        words::all_remarks(together, if self.picture.is_some() { "  " } else { "" }, self.look, &mut out);
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
            let mut sketch = Sketch::new(self.picture.is_some(), excerpt, vec![stroke], Severity::Advice);
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
        let (columns, room) = if self.picture.is_some() { (self.look.width.clamp(60, 500) - MARGIN, ROOM) } else { (500, 0) };
        let mut excerpt = Excerpt::new(sources.get(file), &mut walks[file.0 as usize], spans, columns, room);
        if self.picture.is_none() {
            // miette's narrator counts a tab as no column at all.
            excerpt.text = excerpt.text.replace('\t', " ");
        }
        excerpt
    }

    /// Breaks the words of labels where the terminal ends: miette wraps messages and no labels.
    fn wrap(&self, strokes: &mut [Stroke], excerpt: &Excerpt) {
        let is_tall = |stroke: &&Stroke| excerpt.line_at(stroke.range.start) != excerpt.line_at(stroke.range.end);
        // Each label over several lines has a bar of its own at the margin.
        let width = self.look.width.clamp(60, 500) - MARGIN - strokes.iter().filter(is_tall).count().min(10);
        for stroke in strokes {
            let (first, last) = (excerpt.line_at(stroke.range.start), excerpt.line_at(stroke.range.end));
            let column = |offset: usize| {
                let line = excerpt.lines.get(first).map_or(0, |line| line.range.start);
                excerpt.text.get(line..offset).map_or(0, |before| before.chars().count())
            };
            // Of a label over several lines the words stand at the margin.
            let middle = if first == last { (column(stroke.range.start) + column(stroke.range.end)) / 2 } else { 0 };
            let lines: Vec<String> =
                stroke.text.lines().flat_map(|line| words::wrapped(line, width.saturating_sub(middle).max(ROOM))).collect();
            stroke.text = lines.join("\n");
        }
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
        summary::close(tally, self.closing, self.look.width.saturating_sub(2), out)
    }
}
