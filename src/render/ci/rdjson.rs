//! Reviewdog's diagnostic form: one JSON object, with suggestions that a reviewer can commit.
//!
//! Laid down in reviewdog's `reviewdog.proto`: lines and columns from 1, columns in bytes of UTF-8.

use super::in_one;
use crate::diagnostic::{Applicability, Problem, Report, Severity};
use crate::render::{Render, Tally};
use crate::source::{Source, Span};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Reviewdog's form.
#[derive(Default)]
pub struct RdJson {
    entries: Vec<Value>,
}

impl Render for RdJson {
    fn report(&mut self, report: &Report, _: &mut dyn Write) -> io::Result<()> {
        for diagnostic in &report.diagnostics {
            let primary = diagnostic.primary();
            let source = report.sources.get(primary.file);
            let suggestions: Vec<Value> = diagnostic
                .fixes
                .iter()
                .filter(|fix| fix.applicability == Applicability::Safe)
                .flat_map(|fix| &fix.edits)
                .filter(|edit| edit.file == primary.file)
                .map(|edit| json!({ "range": range(source, edit.span), "text": edit.text.as_str() }))
                .collect();
            let related: Vec<Value> = diagnostic.labels[1..]
                .iter()
                .map(|label| json!({ "message": label.message.as_str(), "location": location(report.sources.get(label.file), label.span) }))
                .collect();
            self.entries.push(json!({
                "message": format!("{}: {}", diagnostic.locator, in_one(diagnostic, "\n")),
                "location": location(source, primary.span),
                "severity": match diagnostic.severity {
                    Severity::Error => "ERROR",
                    Severity::Warning => "WARNING",
                    Severity::Advice => "INFO",
                },
                "code": { "value": diagnostic.code.name },
                "suggestions": suggestions,
                "related_locations": related,
            }));
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
        for problem in problems {
            self.entries.push(json!({
                "message": format!("cannot lint: {}", problem.message),
                "location": { "path": problem.path.as_str() },
                "severity": "ERROR",
            }));
        }
        let diagnostics = std::mem::take(&mut self.entries);
        writeln!(out, "{:#}", json!({ "source": { "name": "treatylint" }, "diagnostics": diagnostics }))
    }
}

fn location(source: &Source, span: Span) -> Value {
    json!({ "path": source.path.as_str(), "range": range(source, span) })
}

fn range(source: &Source, span: Span) -> Value {
    json!({ "start": position(source, span.start), "end": position(source, span.end) })
}

fn position(source: &Source, offset: u32) -> Value {
    let line = source.line_index(offset);
    let start = source.line_span(line).start;
    json!({ "line": line + 1, "column": offset.saturating_sub(start) + 1 })
}
