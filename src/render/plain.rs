//! Plain text through codespan-reporting: with excerpts, or one line a finding. The same everywhere, whatever the terminal.

use super::excerpt::{Excerpt, MOST_LABELS};
use super::{Closing, Look, Render, Tally, summary, words};
use crate::diagnostic::{Diagnostic, Problem, Report, Severity};
use crate::source::{FileId, Place, Places, Sources};
use codespan_reporting::diagnostic as shown;
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::termcolor::{Ansi, NoColor};
use codespan_reporting::term::{self, Chars, Config, DisplayStyle, Styles, StylesWriter};
use std::io::{self, Write};
use std::ops::Range;

/// Lines longer than this are shown in part.
const COLUMNS: usize = 200;

/// The adapter.
pub(super) struct Plain {
    config: Config,
    /// For one line a finding.
    line: Config,
    styles: Option<Styles>,
    closing: Closing,
    excerpts: bool,
}

impl Plain {
    /// Findings with excerpts.
    pub(super) fn rich(look: Look, closing: Closing) -> Self {
        Self { excerpts: true, ..Self::short(look, closing) }
    }

    /// One line a finding.
    pub(super) fn short(look: Look, closing: Closing) -> Self {
        let config = Config { chars: Chars::ascii(), ..Config::default() };
        let line = Config { display_style: DisplayStyle::Short, ..Config::default() };
        Self { config, line, styles: look.colour.then(Styles::default), closing, excerpts: false }
    }

    /// Shows one finding; what could not be drawn is still told on one line.
    pub(super) fn show(&self, diagnostic: &Diagnostic, sources: &Sources, walks: &mut [Places<'_>], out: &mut dyn Write) -> io::Result<()> {
        if self.excerpts {
            let (shown, files) = rich(diagnostic, sources, walks);
            let mut drawn = Vec::new();
            if self.emit(&files, &shown, &self.config, &mut drawn).is_ok() {
                return out.write_all(&drawn);
            }
        }
        let primary = diagnostic.primary();
        let path = words::clean(&sources.get(primary.file).path);
        let spot = Spot { path: &path, place: walks[primary.file.0 as usize].place(primary.span.start) };
        let shown = head(diagnostic).with_label(shown::Label::primary((), 0..0));
        self.emit(&spot, &shown, &self.line, out)
    }

    fn emit<'a, F: Files<'a>>(
        &self,
        files: &'a F,
        shown: &shown::Diagnostic<F::FileId>,
        config: &Config,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let written = match &self.styles {
            None => term::emit_to_write_style(&mut StylesWriter::new(NoColor::new(out), &Styles::no_color()), config, files, shown),
            Some(styles) => term::emit_to_write_style(&mut StylesWriter::new(Ansi::new(out), styles), config, files, shown),
        };
        written.map_err(|error| if let Error::Io(error) = error { error } else { io::Error::other(error) })
    }
}

impl Render for Plain {
    fn report(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let mut walks: Vec<Places<'_>> = report.sources.iter().map(|(_, source)| source.places()).collect();
        report.diagnostics.iter().try_for_each(|diagnostic| self.show(diagnostic, &report.sources, &mut walks, out))
    }

    fn finish(&mut self, tally: &Tally, _: &[Problem], out: &mut dyn Write) -> io::Result<()> {
        summary::close(tally, self.closing, usize::MAX, out)
    }
}

fn head<F>(diagnostic: &Diagnostic) -> shown::Diagnostic<F> {
    let severity = match diagnostic.severity {
        Severity::Error => shown::Severity::Error,
        Severity::Warning => shown::Severity::Warning,
        Severity::Advice => shown::Severity::Note,
    };
    shown::Diagnostic::new(severity).with_code(diagnostic.code.name).with_message(words::message(diagnostic))
}

/// A finding with one excerpt for each file that it speaks of.
fn rich(diagnostic: &Diagnostic, sources: &Sources, walks: &mut [Places<'_>]) -> (shown::Diagnostic<usize>, Excerpts) {
    let labels = &diagnostic.labels[..diagnostic.labels.len().min(MOST_LABELS)];
    let mut files: Vec<FileId> = Vec::new();
    labels.iter().for_each(|label| {
        if !files.contains(&label.file) {
            files.push(label.file)
        }
    });
    let mut shown = head(diagnostic);
    let mut excerpts = Vec::new();
    for (id, file) in files.into_iter().enumerate() {
        let here = labels.iter().enumerate().filter(|(_, label)| label.file == file);
        let spans = here.clone().map(|(_, label)| label.span);
        let excerpt = Excerpt::new(sources.get(file), &mut walks[file.0 as usize], spans, COLUMNS, 0);
        for ((index, label), mark) in here.zip(&excerpt.marks) {
            let style = if index == 0 { shown::LabelStyle::Primary } else { shown::LabelStyle::Secondary };
            shown.labels.push(shown::Label::new(style, id, mark.range.clone()).with_message(words::clean(&label.message)));
        }
        excerpts.push(excerpt);
    }
    shown.notes = words::remarks(diagnostic).into_iter().map(|(word, lines)| format!("{word}: {}", lines.join("\n"))).collect();
    (shown, Excerpts(excerpts))
}

/// Excerpts as codespan asks for them: by file, with the file's own line numbers.
struct Excerpts(Vec<Excerpt>);

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0.get(id).map(|excerpt| excerpt.path.as_str()).ok_or(Error::FileMissing)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0.get(id).map(|excerpt| excerpt.text.as_str()).ok_or(Error::FileMissing)
    }

    fn line_index(&'a self, id: usize, offset: usize) -> Result<usize, Error> {
        let excerpt = self.0.get(id).ok_or(Error::FileMissing)?;
        Ok(excerpt.lines[excerpt.line_at(offset)].index)
    }

    fn column_number(&'a self, id: usize, _: usize, offset: usize) -> Result<usize, Error> {
        Ok(self.0.get(id).ok_or(Error::FileMissing)?.place(offset).column as usize)
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        let lines = &self.0.get(id).ok_or(Error::FileMissing)?.lines;
        let found = lines.binary_search_by_key(&index, |line| line.index);
        found.map(|at| lines[at].range.clone()).map_err(|_| Error::LineTooLarge { given: index, max: lines.len() })
    }
}

/// One place that is already known.
struct Spot<'a> {
    path: &'a str,
    place: Place,
}

impl<'a> Files<'a> for Spot<'_> {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(self.path)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok("")
    }

    fn line_index(&'a self, (): (), _: usize) -> Result<usize, Error> {
        Ok(self.place.line as usize - 1)
    }

    fn line_range(&'a self, (): (), _: usize) -> Result<Range<usize>, Error> {
        Ok(0..0)
    }

    fn location(&'a self, (): (), _: usize) -> Result<Location, Error> {
        Ok(Location { line_number: self.place.line as usize, column_number: self.place.column as usize })
    }
}
