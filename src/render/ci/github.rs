//! Workflow commands of GitHub Actions: each finding becomes an annotation on the line of the change.
//!
//! Laid down in GitHub's "Workflow commands for GitHub Actions": `::warning file=...,line=...,col=...::message`.

use super::in_one;
use crate::diagnostic::{Problem, Report, Severity};
use crate::render::{Render, Tally};
use std::io::{self, Write};

/// Annotations.
pub struct GitHub;

impl Render for GitHub {
    fn report(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        for diagnostic in &report.diagnostics {
            let command = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "notice",
            };
            let primary = diagnostic.primary();
            let source = report.sources.get(primary.file);
            let (start, end) = (source.place(primary.span.start), source.place(primary.span.end));
            let title = format!("{} in {}", diagnostic.code.name, diagnostic.locator);
            // Columns count only where a finding stays on its line.
            let columns = if start.line == end.line { format!(",col={},endColumn={}", start.column, end.column) } else { String::new() };
            writeln!(
                out,
                "::{command} file={},line={},endLine={}{columns},title={}::{}",
                property(&source.path),
                start.line,
                end.line,
                property(&title),
                data(&in_one(diagnostic, "\n"))
            )?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
        for problem in problems {
            writeln!(out, "::error file={}::{}", property(&problem.path), data(&format!("cannot lint: {}", problem.message)))?;
        }
        Ok(())
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
