//! `treatylint explain` and `treatylint rules`, and which rule names there are.

use super::args::{ListFormat, When};
use super::output::Output;
use super::{Failure, Status};
use treatylint::diagnostic::Family;
use treatylint::render::catalogue;
use treatylint::rules::{code, codes};
use treatylint::suggest::nearest;

/// Sees that a rule of this name is there, or where `families` may stand too, a family or `all`.
pub fn known(name: &str, families: bool) -> Result<(), Failure> {
    let groups = || Family::ALL.iter().map(|family| family.word()).chain(["all"]).filter(|_| families);
    if code(name).is_some() || groups().any(|group| group == name) {
        return Ok(());
    }
    let kind = if families { "rule or family" } else { "rule" };
    let meant = nearest(name, codes().map(|code| code.name).chain(groups()));
    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    Err(Failure(format!("there is no {kind} `{name}`{meant}\n`treatylint rules` lists them all")))
}

/// Prints a rule's page.
pub fn explain(rule: &str, color: When) -> Result<Status, Failure> {
    known(rule, false)?;
    let page = code(rule).map_or("", |code| code.page);
    let mut output = Output::open(None)?;
    let page = if output.colour(color) { coloured(page) } else { page.trim_end().to_owned() + "\n" };
    output.write(|out| out.write_all(page.as_bytes()))?;
    output.close()?;
    Ok(Status::Clean)
}

/// Prints the list of rules.
pub fn rules(format: ListFormat) -> Result<Status, Failure> {
    let list = match format {
        ListFormat::Text => catalogue::text(&codes().collect::<Vec<_>>()),
        ListFormat::Markdown => catalogue::markdown(&codes().collect::<Vec<_>>()),
        ListFormat::Json => catalogue::json(&codes().collect::<Vec<_>>()),
    };
    let mut output = Output::open(None)?;
    output.write(|out| out.write_all(list.as_bytes()))?;
    output.close()?;
    Ok(Status::Clean)
}

/// Markdown with its headings bold and its blocks of draft dim.
fn coloured(page: &str) -> String {
    let mut text = String::new();
    let mut fenced = false;
    for line in page.trim_end().lines() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        let style = match (fenced || fence, line.starts_with('#')) {
            (true, _) => "\x1b[36m",
            (false, true) => "\x1b[1m",
            (false, false) => "",
        };
        let reset = if style.is_empty() { "" } else { "\x1b[0m" };
        text += &format!("{style}{line}{reset}\n");
    }
    text
}
