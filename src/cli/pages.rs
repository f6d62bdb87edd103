//! `treatylint explain` and `treatylint rules`, and which rule names there are.

use super::args::{ListFormat, When};
use super::output::Output;
use super::{Failure, Status};
use treatylint::diagnostic::Family;
use treatylint::render::catalogue;
use treatylint::rules::hurdles::{Hurdle, hurdle_of};
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

/// Prints a rule's page, or what the essay claims where `rule` is a hurdle such as `H7`.
pub fn explain(rule: &str, color: When) -> Result<Status, Failure> {
    let page = match hurdle_of(rule) {
        Some(hurdle) => hurdle_page(hurdle),
        None => {
            known(rule, false)?;
            code(rule).map_or(String::new(), |code| code.page.to_owned())
        }
    };
    let page = page.as_str();
    let mut output = Output::open(None)?;
    let page = if output.colour(color) { coloured(page) } else { page.trim_end().to_owned() + "\n" };
    output.write(|out| out.write_all(page.as_bytes()))?;
    output.close()?;
    Ok(Status::Clean)
}

/// What the essay claims, and the rules that speak to it.
fn hurdle_page(hurdle: &Hurdle) -> String {
    let mut page = format!("# {}\n\nGoldsmith 2011, Part {}: {}.\n", hurdle.id, hurdle.part, hurdle.claim);
    let rules: Vec<String> = hurdle.rules().map(|code| format!("- {}: {}", code.name, code.summary)).collect();
    if !rules.is_empty() {
        page += &format!("\nRules:\n\n{}\n", rules.join("\n"));
    }
    if let Some(option) = hurdle.option {
        page += &format!("\nOption: {option}.\n");
    }
    page
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
