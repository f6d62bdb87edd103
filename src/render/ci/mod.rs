//! Forms that forges, dashboards and editors' plug-ins read. None of them is ours: each file names where its form is laid down.

mod checkstyle;
mod github;
mod gitlab;
mod junit;
mod rdjson;
mod sarif;

pub use checkstyle::Checkstyle;
pub use github::GitHub;
pub use gitlab::GitLab;
pub use junit::JUnit;
pub use rdjson::RdJson;
pub use sarif::Sarif;

use crate::diagnostic::Diagnostic;

/// What is wrong, in which reading, and what to do: for forms that have one field for all of it.
fn in_one(diagnostic: &Diagnostic, joint: &str) -> String {
    let mut text = diagnostic.message.clone();
    if let Some(reading) = &diagnostic.reading {
        text += &format!(" (if {reading} is taken)");
    }
    for note in &diagnostic.notes {
        text += joint;
        text += note;
    }
    if let Some(help) = &diagnostic.help {
        text += &format!("{joint}help: {help}");
    }
    text
}

/// Text for an attribute or an element of XML 1.0: the five signs escaped, characters that XML cannot hold taken out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&apos;",
            '\n' => out += "&#10;",
            '\t' => out += "&#9;",
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
