//! Checkstyle's XML, which Jenkins, reviewdog and many a dashboard read: a `file` for each draft, an `error` for each finding.
//!
//! The form is that of Checkstyle's own `XMLLogger`, version 8.

use super::{in_one, xml};
use crate::diagnostic::{Problem, Report, Severity};
use crate::render::{Render, Tally};
use std::io::{self, Write};

/// Checkstyle's XML.
#[derive(Default)]
pub struct Checkstyle {
    begun: bool,
}

impl Checkstyle {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<checkstyle version=\"8.0\">")?;
        }
        Ok(())
    }
}

impl Render for Checkstyle {
    fn report(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        writeln!(out, "  <file name=\"{}\">", xml(&report.source().path))?;
        for diagnostic in &report.diagnostics {
            let severity = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "info",
            };
            let primary = diagnostic.primary();
            let place = report.sources.get(primary.file).place(primary.span.start);
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"treatylint.{}\"/>",
                place.line,
                place.column,
                xml(&format!("{}: {}", diagnostic.locator, in_one(diagnostic, "; "))),
                diagnostic.code.name
            )?;
        }
        writeln!(out, "  </file>")
    }

    fn finish(&mut self, _: &Tally, problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        for problem in problems {
            writeln!(
                out,
                "  <file name=\"{}\">\n    <error line=\"1\" severity=\"error\" message=\"{}\" source=\"treatylint\"/>\n  </file>",
                xml(&problem.path),
                xml(&format!("cannot lint: {}", problem.message))
            )?;
        }
        writeln!(out, "</checkstyle>")
    }
}
