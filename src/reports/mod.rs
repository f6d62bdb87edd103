//! What a draft gives whom, and what is still open in it: reports on a whole text, each as text, Markdown and JSON.

pub mod brackets;
pub mod ledger;

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines for a terminal.
    Text,
    /// Headings and tables.
    Markdown,
    /// One JSON object.
    Json,
}
