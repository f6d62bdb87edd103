//! JSON, version 1: one object, or one object a line. Fields are added within a version and never renamed.

use super::{Render, Tally, words};
use crate::diagnostic::{Applicability, Diagnostic, Family, NotJudged, Problem, Report, Severity};
use crate::source::{self, FileId, Places, Sources};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};

/// The version of the form.
const VERSION: u32 = 1;

/// Everything that a run shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Output<'a> {
    /// The version of this form: 1.
    version: u32,
    /// What wrote it.
    tool: Tool,
    /// The findings: files in path order, in a file by position, then code.
    diagnostics: Vec<Finding<'a>>,
    /// Files that could not be read.
    problems: &'a [Problem],
    /// The counts.
    summary: Summary,
}

/// One line of the form of lines; the summary is the last.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Line<'a> {
    /// A finding.
    Diagnostic(Finding<'a>),
    /// A file that could not be read.
    Problem(&'a Problem),
    /// The counts.
    Summary(Summary),
}

#[derive(Debug, Serialize, JsonSchema)]
struct Tool {
    /// `treatylint`.
    name: &'static str,
    /// Its release.
    version: &'static str,
}

const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding<'a> {
    /// The file's path as given, joined with `/`.
    path: &'a str,
    /// The rule's name.
    code: &'a str,
    family: Family,
    severity: Severity,
    /// What is wrong, in one clause.
    message: &'a str,
    /// Where in the treaty: `Article 2(1)(b)`.
    locator: &'a str,
    /// The primary label's.
    span: Span,
    /// The words that the finding is about; the primary label first.
    labels: Vec<Label<'a>>,
    /// Why it matters here.
    notes: &'a [String],
    /// What to do.
    help: Option<&'a str>,
    /// Edits that mend it.
    fixes: Vec<Fix<'a>>,
    /// The claims of the essay that the rule speaks to.
    hurdles: &'a [&'a str],
    /// Findings that share this stand on one clause.
    clause: Option<&'a str>,
    /// The reading of the brackets that brings the finding, where not all do.
    reading: Option<&'a str>,
    /// Whether the linter had to guess.
    uncertain: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Label<'a> {
    path: &'a str,
    span: Span,
    /// What is there; may be empty for the primary label.
    message: &'a str,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Fix<'a> {
    /// What it does.
    title: &'a str,
    applicability: Applicability,
    /// Replacements that do not overlap.
    edits: Vec<Edit<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Edit<'a> {
    path: &'a str,
    /// What is replaced; empty to insert.
    span: Span,
    /// By what.
    text: &'a str,
}

/// A half-open range.
#[derive(Debug, Serialize, JsonSchema)]
struct Span {
    start: Place,
    /// The place after the last character.
    end: Place,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Place {
    /// Byte in the UTF-8 file, from 0.
    offset: u32,
    /// From 1; LF and CRLF end lines.
    line: u32,
    /// From 1, in Unicode scalar values; a byte order mark does not count.
    column: u32,
}

/// The counts of a run.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Summary {
    /// Files read.
    files: usize,
    error: usize,
    warning: usize,
    advice: usize,
    /// Findings that the drafters allowed.
    allowed: usize,
    /// Clauses that have a finding.
    clauses: usize,
    /// What the declarations do not let the linter judge.
    not_judged: Vec<NotJudged>,
}

impl From<&Tally> for Summary {
    fn from(tally: &Tally) -> Self {
        let [error, warning, advice] = [Severity::Error, Severity::Warning, Severity::Advice].map(|severity| tally.count(severity));
        let not_judged = tally.not_judged();
        Self { files: tally.files, error, warning, advice, allowed: tally.allowed, clauses: tally.clauses, not_judged }
    }
}

/// The adapter: `lines` or one object, of which the head may already be written.
pub(super) struct Json {
    lines: bool,
    written: usize,
    open: bool,
}

impl Json {
    /// One object, written as the findings come.
    pub(super) fn object() -> Self {
        Self { lines: false, written: 0, open: false }
    }

    /// One object a line.
    pub(super) fn lines() -> Self {
        Self { lines: true, written: 0, open: false }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.lines || std::mem::replace(&mut self.open, true) {
            return Ok(());
        }
        write!(out, "{{\"version\":{VERSION},\"tool\":")?;
        member(&TOOL, out)?;
        out.write_all(b",\"diagnostics\":[")
    }
}

impl Render for Json {
    fn report(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        let mut walks: Vec<Places<'_>> = report.sources.iter().map(|(_, source)| source.places()).collect();
        for diagnostic in &report.diagnostics {
            let finding = Finding::new(diagnostic, &report.sources, &mut walks);
            if self.lines {
                member(&Line::Diagnostic(finding), out)?;
                out.write_all(b"\n")?;
            } else {
                out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
                member(&finding, out)?;
            }
            self.written += 1;
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        if self.lines {
            for line in problems.iter().map(Line::Problem).chain([Line::Summary(tally.into())]) {
                member(&line, out)?;
                out.write_all(b"\n")?;
            }
            return Ok(());
        }
        out.write_all(if self.written == 0 { b"],\"problems\":" } else { b"\n],\"problems\":" })?;
        member(&problems, out)?;
        out.write_all(b",\"summary\":")?;
        member(&Summary::from(tally), out)?;
        out.write_all(b"}\n")
    }
}

/// Writes a value; what a terminal would obey is spelt as an escape, which says the same.
fn member(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string(value)?;
    let mut rest = json.as_str();
    // Such characters stand in strings alone, and all of them have four digits.
    while let Some((at, char)) = rest.char_indices().find(|(_, char)| !char.is_ascii_graphic() && words::shown(*char) != *char) {
        write!(out, "{}\\u{:04x}", &rest[..at], u32::from(char))?;
        rest = &rest[at + char.len_utf8()..];
    }
    out.write_all(rest.as_bytes())
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &'a Sources, walks: &mut [Places<'_>]) -> Self {
        let mut span = |file: FileId, span: source::Span| Span::new(&mut walks[file.0 as usize], span);
        let path = |file: FileId| sources.get(file).path.as_str();
        let labels: Vec<Label<'_>> = (diagnostic.labels.iter())
            .map(|label| Label { path: path(label.file), span: span(label.file, label.span), message: &label.message })
            .collect();
        let mut edits = |fix: &'a crate::diagnostic::Fix| {
            let edits = fix.edits.iter();
            edits.map(|edit| Edit { path: path(edit.file), span: span(edit.file, edit.span), text: &edit.text }).collect()
        };
        let fixes = diagnostic.fixes.iter();
        let fixes = fixes.map(|fix| Fix { title: &fix.title, applicability: fix.applicability, edits: edits(fix) }).collect();
        let primary = diagnostic.primary();
        Self {
            path: path(primary.file),
            code: diagnostic.code.name,
            family: diagnostic.code.family,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            locator: &diagnostic.locator,
            span: span(primary.file, primary.span),
            labels,
            notes: &diagnostic.notes,
            help: diagnostic.help.as_deref(),
            fixes,
            hurdles: diagnostic.code.hurdles,
            clause: diagnostic.clause.as_deref(),
            reading: diagnostic.reading.as_deref(),
            uncertain: diagnostic.uncertain,
        }
    }
}

impl Span {
    fn new(walk: &mut Places<'_>, span: source::Span) -> Self {
        Self { start: Place::new(walk, span.start), end: Place::new(walk, span.end) }
    }
}

impl Place {
    fn new(walk: &mut Places<'_>, offset: u32) -> Self {
        let source::Place { line, column } = walk.place(offset);
        Self { offset, line, column }
    }
}
