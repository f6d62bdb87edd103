//! GitLab's code quality report: one array, which a merge request shows as new and mended findings.
//!
//! Laid down in GitLab's documentation, "Code Quality: implement a custom tool", a subset of the Code Climate form.

use super::in_one;
use crate::diagnostic::{Problem, Report, Severity};
use crate::fingerprint;
use crate::render::{Render, Tally};
use serde_json::{Value, json};
use std::io::{self, Write};

/// A code quality report.
#[derive(Default)]
pub struct GitLab {
    entries: Vec<Value>,
}

impl Render for GitLab {
    fn report(&mut self, report: &Report, _: &mut dyn Write) -> io::Result<()> {
        for (diagnostic, fingerprint) in report.diagnostics.iter().zip(fingerprint::of(report)) {
            let primary = diagnostic.primary();
            let source = report.sources.get(primary.file);
            let severity = match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Advice => "info",
            };
            self.entries.push(json!({
                "type": "issue",
                "description": format!("{}: {}", diagnostic.locator, in_one(diagnostic, "; ")),
                "check_name": diagnostic.code.name,
                "categories": ["Clarity"],
                "fingerprint": fingerprint,
                "severity": severity,
                "location": {
                    "path": source.path.as_str(),
                    "lines": { "begin": source.place(primary.span.start).line, "end": source.place(primary.span.end).line },
                },
            }));
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
        for problem in problems {
            self.entries.push(json!({
                "type": "issue",
                "description": format!("cannot lint: {}", problem.message),
                "check_name": "unreadable",
                "categories": ["Clarity"],
                "fingerprint": format!("unreadable {}", problem.path),
                "severity": "blocker",
                "location": { "path": problem.path.as_str(), "lines": { "begin": 1, "end": 1 } },
            }));
        }
        writeln!(out, "{:#}", Value::Array(std::mem::take(&mut self.entries)))
    }
}
