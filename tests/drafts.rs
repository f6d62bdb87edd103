//! Drafts written for the purpose, each with what a lawyer wants found and what would make one angry. They lie beside the project; where
//! they are missing the test says so and passes.
//!
//! Lines of an `.expected` file: `LOCATION | RULE | WORDS | H | WHY`; `!` before those that must stay silent, `?` before those that may come.
//! Rules that don't exist yet are pending and listed.

use std::path::Path;
use treatylint::diagnostic::Diagnostic;
use treatylint::options::Options;
use treatylint::source::{FileId, Source, Sources};
use treatylint::{check, rules};

/// Wanted findings that the model does not see yet, each with the reason.
const NOT_YET: &[(&str, &str, &str)] = &[
    // "[X] days [24 hours][a reasonable time]": the blank before the alternatives is read as one more limit.
    ("f-bracketed-draft", "Article 2(2)", "vague-time"),
    // "[shall] [should endeavour to]": the second alternative is a wish and no duty, which another rule will tell.
    ("f-bracketed-draft", "Article 5(1)", "hedged-obligation"),
    // "[at any time [after [] years]] by giving [six][twelve] months['] notice": half a year's notice is not short.
    ("f-bracketed-draft", "Article 8", "easy-withdrawal"),
    // "No Party shall disseminate ... The Parties shall co-operate to this end": the article holds a ban, so there is something to check.
    ("f-bracketed-draft", "Article 3", "nothing-to-check"),
    // Options are read side by side: the other option's sensors see what this one leaves to a report.
    ("f-bracketed-draft", "Article 4, Option B", "self-reporting"),
];

/// Rules that were renamed since the drafts were marked.
fn today(name: &str) -> &str {
    match name.trim_start_matches("NEW:") {
        "vague-severity" => "severity-without-threshold",
        "self-judging" => "self-judging-exception",
        "one-dimensional-ban" => "half-defined-ban",
        "dual-use-target" => "dual-use-unsettled",
        "origin-or-transit" => "transit-unsettled",
        "private-actors" => "private-actors-unaddressed",
        "generality" => "nothing-to-check",
        other => {
            // The names of today are their own.
            other
        }
    }
}

struct Line<'a> {
    sign: char,
    location: &'a str,
    rule: &'a str,
    words: &'a str,
}

fn lines(expected: &str) -> Vec<Line<'_>> {
    expected
        .lines()
        .filter(|line| !line.starts_with('#') && line.contains('|'))
        .map(|line| {
            let sign = line.chars().next().filter(|c| matches!(c, '!' | '?')).unwrap_or(' ');
            let mut parts = line.trim_start_matches(['!', '?']).split('|').map(str::trim);
            let mut next = || parts.next().unwrap_or_default();
            Line { sign, location: next(), rule: next(), words: next() }
        })
        .collect()
}

fn touches(source: &Source, found: &Diagnostic, words: &str) -> bool {
    if words.is_empty() || words == "-" {
        return true;
    }
    let text = source.text();
    let mut at = text.match_indices(words).map(|(at, _)| at as u32).peekable();
    at.peek().is_none() || at.any(|at| found.labels.iter().any(|label| label.span.start < at + words.len() as u32 && at < label.span.end))
}

#[test]
fn drafts_are_read_as_a_lawyer_reads_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/drafts");
    if !folder.is_dir() {
        println!("skipped: the marked drafts are not here");
        return;
    }
    let mut wrong = String::new();
    let mut pending = std::collections::BTreeSet::new();
    let mut names: Vec<_> = folder
        .read_dir()
        .unwrap()
        .filter_map(|entry| entry.ok())
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "tdl"))
        .collect();
    names.sort();
    for path in names {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let expected = std::fs::read_to_string(path.with_extension("expected")).unwrap();
        let report = check(Source::new("draft.tdl", std::fs::read(&path).unwrap()), &|_| Err(String::new()), &Options::default());
        let sources: &Sources = &report.sources;
        let source = sources.get(FileId(0));
        for line in lines(&expected) {
            let rule = today(line.rule);
            if rules::code(rule).is_none() && rule != "syntax" {
                pending.insert(rule.to_owned());
                continue;
            }
            let fits = |found: &&Diagnostic| {
                let language =
                    rule == "syntax" && found.code.family.word() == "language" && found.severity == treatylint::diagnostic::Severity::Error;
                (found.code.name == rule || language) && touches(source, found, line.words)
            };
            let here = |found: &&Diagnostic| {
                line.location == "treaty"
                    || found.locator == line.location
                    || found.locator.starts_with(&format!("{}(", line.location))
                    || line.location.starts_with(&found.locator)
            };
            let found = report.diagnostics.iter().find(|found| fits(found) && here(found));
            let known_gap = NOT_YET.contains(&(stem.as_str(), line.location, rule));
            match (line.sign, found) {
                ('!', Some(found)) => {
                    wrong += &format!("{stem}: {} must be silent on {} `{}`: {}\n", line.location, rule, line.words, found.message)
                }
                (' ', None) if !known_gap => wrong += &format!("{stem}: {} misses {} on `{}`\n", line.location, rule, line.words),
                _ => {}
            }
        }
    }
    println!("pending, for rules that do not exist yet: {pending:?}");
    assert!(wrong.is_empty(), "\n{wrong}");
}
