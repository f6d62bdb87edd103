//! SARIF 2.1.0 (OASIS): the form of code scanning. Rules come with their pages, findings with related places, fixes, and a fingerprint by
//! which a dashboard knows them again.

use crate::diagnostic::{Code, Diagnostic, Edit, Label, Problem, Report, Severity};
use crate::fingerprint;
use crate::render::{Render, Tally};
use crate::source::{Source, Sources, Span, as_uri};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One SARIF run.
#[derive(Default)]
pub struct Sarif {
    rules: Vec<&'static Code>,
    known: BTreeMap<&'static str, usize>,
    results: Vec<Value>,
}

impl Render for Sarif {
    fn report(&mut self, report: &Report, _: &mut dyn Write) -> io::Result<()> {
        let shown = report.diagnostics.iter().map(|diagnostic| (diagnostic, None));
        let hidden = report.hidden.iter().map(|hidden| (&hidden.diagnostic, Some(&hidden.reason)));
        let all: Vec<_> = shown.chain(hidden).collect();
        for ((diagnostic, hidden), fingerprint) in all.iter().zip(fingerprint::of_all(report, all.iter().map(|(found, _)| *found))) {
            let rule = self.rule(diagnostic.code);
            let mut result = result(report, diagnostic, rule, &fingerprint);
            // An `@allow` suppresses with its reason; what the baseline knows is unchanged.
            if let Some(Some(reason)) = hidden {
                result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
            }
            match hidden {
                Some(None) => result["baselineState"] = json!("unchanged"),
                None if report.compared => result["baselineState"] = json!("new"),
                _ => {}
            }
            self.results.push(result);
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
        let notifications: Vec<Value> = problems
            .iter()
            .map(|problem| {
                json!({
                    "level": "error",
                    "message": { "text": format!("cannot lint {}: {}", problem.path, problem.message) },
                    "locations": [{ "physicalLocation": { "artifactLocation": { "uri": as_uri(&problem.path) } } }],
                })
            })
            .collect();
        let rules: Vec<Value> = self.rules.iter().map(|code| rule(code)).collect();
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "treatylint",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                // Columns count characters and not units of UTF-16.
                "columnKind": "unicodeCodePoints",
                "invocations": [{ "executionSuccessful": problems.is_empty(), "toolExecutionNotifications": notifications }],
                "results": std::mem::take(&mut self.results),
            }],
        });
        writeln!(out, "{log:#}")
    }
}

impl Sarif {
    /// The place of a rule in the list of those that found something.
    fn rule(&mut self, code: &'static Code) -> usize {
        *self.known.entry(code.name).or_insert_with(|| {
            self.rules.push(code);
            self.rules.len() - 1
        })
    }
}

fn rule(code: &Code) -> Value {
    let tags: Vec<&str> = std::iter::once(code.family.word()).chain(code.hurdles.iter().copied()).collect();
    let text = format!("{}. `treatylint explain {}` says more.", code.summary, code.name);
    let page = if code.page.is_empty() { text.as_str() } else { code.page };
    json!({
        "id": code.name,
        "shortDescription": { "text": code.summary },
        "fullDescription": { "text": code.summary },
        "help": { "text": text, "markdown": page },
        "defaultConfiguration": { "level": level(code.severity) },
        "properties": { "tags": tags },
    })
}

fn result(report: &Report, diagnostic: &Diagnostic, rule: usize, fingerprint: &str) -> Value {
    let primary = diagnostic.primary();
    let mut text = diagnostic.message.clone();
    if let Some(reading) = &diagnostic.reading {
        text += &format!(" (if {reading} is taken)");
    }
    if let Some(help) = &diagnostic.help {
        text += &format!(". {help}");
    }
    let mut location = physical(&report.sources, primary);
    location["logicalLocations"] = json!([{ "fullyQualifiedName": diagnostic.locator }]);
    let related: Vec<Value> = diagnostic.labels[1..]
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let mut place = physical(&report.sources, label);
            place["id"] = json!(at + 1);
            place["message"] = json!({ "text": label.message });
            place
        })
        .collect();
    let fixes: Vec<Value> = diagnostic
        .fixes
        .iter()
        .map(|fix| {
            let changes: Vec<Value> = fix.edits.iter().map(|edit| change(&report.sources, edit)).collect();
            json!({ "description": { "text": fix.title }, "artifactChanges": changes })
        })
        .collect();
    let mut result = json!({
        "ruleId": diagnostic.code.name,
        "ruleIndex": rule,
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": [location],
        "relatedLocations": related,
        "partialFingerprints": { "ruleLocatorWords/v1": fingerprint },
    });
    if !fixes.is_empty() {
        result["fixes"] = Value::Array(fixes);
    }
    result
}

fn change(sources: &Sources, edit: &Edit) -> Value {
    let source = sources.get(edit.file);
    json!({
        "artifactLocation": { "uri": as_uri(&source.path) },
        "replacements": [{ "deletedRegion": region(source, edit.span), "insertedContent": { "text": edit.text } }],
    })
}

fn physical(sources: &Sources, label: &Label) -> Value {
    let source = sources.get(label.file);
    json!({ "physicalLocation": { "artifactLocation": { "uri": as_uri(&source.path) }, "region": region(source, label.span) } })
}

fn region(source: &Source, span: Span) -> Value {
    let (start, end) = (source.place(span.start), source.place(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": span.start,
        "byteLength": span.len(),
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}
