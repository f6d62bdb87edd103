//! JUnit's XML, which most test dashboards read: a suite for each draft, a failed case for each finding, one passed case where there is none.
//!
//! The form is that of the `junit-10.xsd` that Jenkins publishes; advice is a failure too, for the form has nothing milder.

use super::{in_one, xml};
use crate::diagnostic::{Problem, Report};
use crate::render::{Render, Tally};
use std::io::{self, Write};

/// JUnit's XML. The whole is counted on its first line, so suites are kept until the end.
#[derive(Default)]
pub struct JUnit {
    suites: String,
    tests: usize,
    failures: usize,
}

impl Render for JUnit {
    fn report(&mut self, report: &Report, _: &mut dyn Write) -> io::Result<()> {
        let path = xml(&report.source().path);
        let failures = report.diagnostics.len();
        let tests = failures.max(1);
        self.tests += tests;
        self.failures += failures;
        self.suites += &format!("  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n");
        if failures == 0 {
            self.suites += &format!("    <testcase name=\"no findings\" classname=\"{path}\"/>\n");
        }
        for diagnostic in &report.diagnostics {
            let primary = diagnostic.primary();
            let source = report.sources.get(primary.file);
            let place = source.place(primary.span.start);
            self.suites += &format!(
                "    <testcase name=\"{} in {} ({}:{})\" classname=\"{path}\">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
                diagnostic.code.name,
                xml(&diagnostic.locator),
                place.line,
                place.column,
                diagnostic.severity.word(),
                xml(&diagnostic.message),
                xml(&format!("{}:{}:{}: {}", source.path, place.line, place.column, in_one(diagnostic, "\n")))
            );
        }
        self.suites += "  </testsuite>\n";
        Ok(())
    }

    fn finish(&mut self, _: &Tally, problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
        for problem in problems {
            let path = xml(&problem.path);
            self.tests += 1;
            self.suites += &format!(
                "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase name=\"read\" classname=\"{path}\">\n      <error message=\"{}\"/>\n    </testcase>\n  </testsuite>\n",
                xml(&problem.message)
            );
        }
        writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
        writeln!(
            out,
            "<testsuites name=\"treatylint\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
            self.tests,
            self.failures,
            problems.len()
        )?;
        writeln!(out, "{}</testsuites>", std::mem::take(&mut self.suites))
    }
}
