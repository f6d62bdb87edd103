//! How findings are shown: one adapter a file, each turning [`Report`]s into one form.
//!
//! This layer knows reports and layout. It judges nothing, orders nothing and opens no file; a report is shown and can then be dropped.

mod boxes;
pub mod catalogue;
mod ci;
mod excerpt;
mod json;
mod plain;
mod summary;
mod terminal;
mod words;

use crate::diagnostic::{Problem, Report};
use std::io::{self, Write};

pub use json::{Line, Output};
pub use summary::Tally;
pub use words::clean;

/// The forms in which findings can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pictures, for a terminal.
    Terminal,
    /// Sentences, for a screen reader.
    Narrated,
    /// Plain text with excerpts.
    Plain,
    /// One line a finding.
    Short,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub Actions.
    GitHub,
    /// GitLab's code quality report.
    GitLab,
    /// JUnit's XML.
    JUnit,
    /// Checkstyle's XML.
    Checkstyle,
    /// Reviewdog's JSON.
    RdJson,
}

/// What the place of showing can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether frames may be drawn with characters outside ASCII.
    pub unicode: bool,
    /// How many columns there are.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { colour: false, unicode: true, width: 100 }
    }
}

/// What is shown at the end of the human forms; the JSON forms always close with their summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// Whether the counts are shown.
    pub summary: bool,
    /// Whether the count of each code is shown.
    pub statistics: bool,
}

/// Shows reports one after another.
pub trait Render {
    /// Shows one file's findings.
    ///
    /// # Errors
    /// What the writer says.
    fn report(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()>;

    /// Shows what could not be read and how many findings there were.
    ///
    /// # Errors
    /// What the writer says.
    fn finish(&mut self, tally: &Tally, problems: &[Problem], out: &mut dyn Write) -> io::Result<()>;
}

/// The adapter for a form.
#[must_use]
pub fn renderer(format: Format, look: Look, closing: Closing) -> Box<dyn Render> {
    match format {
        Format::Terminal => Box::new(terminal::Terminal::picture(look, closing)),
        Format::Narrated => Box::new(terminal::Terminal::narrated(look, closing)),
        Format::Plain => Box::new(plain::Plain::rich(look, closing)),
        Format::Short => Box::new(plain::Plain::short(look, closing)),
        Format::Json => Box::new(json::Json::object()),
        Format::Jsonl => Box::new(json::Json::lines()),
        Format::Sarif => Box::new(ci::Sarif::default()),
        Format::GitHub => Box::new(ci::GitHub),
        Format::GitLab => Box::new(ci::GitLab::default()),
        Format::JUnit => Box::new(ci::JUnit::default()),
        Format::Checkstyle => Box::new(ci::Checkstyle::default()),
        Format::RdJson => Box::new(ci::RdJson::default()),
    }
}
