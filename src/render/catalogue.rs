//! The list of rules, as text, as a Markdown table and as JSON.

use crate::diagnostic::{Code, Family, Severity, Shown};
use serde::Serialize;

/// One rule as the JSON list tells it.
#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    family: Family,
    severity: Severity,
    shown: Shown,
    summary: &'a str,
    hurdles: &'a [&'a str],
    since: &'a str,
}

/// The rules by family, one a line.
#[must_use]
pub fn text(codes: &[&Code]) -> String {
    let width = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (family, codes) in families(codes) {
        if !text.is_empty() {
            text.push('\n');
        }
        text += &format!("{}\n", family.word());
        for code in codes {
            text += &format!("  {:width$}  {:7}  {}{}\n", code.name, code.severity.word(), code.summary, when_shown(code));
        }
    }
    text
}

/// One Markdown table.
#[must_use]
pub fn markdown(codes: &[&Code]) -> String {
    let mut text = "| rule | family | severity | what it finds |\n|---|---|---|---|\n".to_owned();
    for code in families(codes).flat_map(|(_, codes)| codes) {
        let summary = code.summary.replace('|', "\\|");
        text += &format!("| `{}` | {} | {} | {summary}{} |\n", code.name, code.family.word(), code.severity.word(), when_shown(code));
    }
    text
}

/// One JSON array.
#[must_use]
pub fn json(codes: &[&Code]) -> String {
    let entry = |code: &&Code| Entry {
        name: code.name,
        family: code.family,
        severity: code.severity,
        shown: code.shown,
        summary: code.summary,
        hurdles: code.hurdles,
        since: code.since,
    };
    let entries: Vec<serde_json::Value> = codes.iter().map(entry).map(|entry| serde_json::json!(entry)).collect();
    format!("{:#}\n", serde_json::Value::Array(entries))
}

/// The families that have rules, each with its rules in the order given.
fn families<'a>(codes: &'a [&'a Code]) -> impl Iterator<Item = (Family, Vec<&'a Code>)> {
    Family::ALL.into_iter().filter_map(|family| {
        let own: Vec<&Code> = codes.iter().copied().filter(|code| code.family == family).collect();
        (!own.is_empty()).then_some((family, own))
    })
}

/// For whom a rule is on, where that is not everybody.
fn when_shown(code: &Code) -> &'static str {
    match code.shown {
        Shown::Default => "",
        Shown::Pedantic => " (with `--persona pedantic`)",
        Shown::Asked => " (where it is asked for by name)",
    }
}
