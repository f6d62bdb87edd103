//! The examples say in their first lines what they show; what is found in them is held here, one line a finding. `UPDATE=1` rewrites it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use treatylint::check;
use treatylint::diagnostic::{Family, Severity};
use treatylint::options::Options;
use treatylint::source::Source;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn drafts() -> Vec<(String, String)> {
    let mut drafts: Vec<(String, String)> = fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "tdl"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    drafts.sort();
    drafts
}

fn findings(name: &str, text: &str) -> Vec<treatylint::diagnostic::Diagnostic> {
    check(Source::new(name, text.as_bytes().to_vec()), &|path| fs::read(folder().join(path)).map_err(|error| error.to_string()), &Options::default()).diagnostics
}

#[test]
fn examples_show_what_they_say() {
    let mut shown = String::new();
    for (name, text) in drafts() {
        let _ = writeln!(shown, "{name}");
        for found in findings(&name, &text) {
            let words = text[found.primary().span.start as usize..found.primary().span.end as usize].split_whitespace().collect::<Vec<_>>().join(" ");
            let short: String = words.chars().take(60).collect();
            let reading = found.reading.map_or(String::new(), |reading| format!(" ({reading})"));
            let _ = writeln!(shown, "  {} | {} {} | {short}{reading}", found.locator, found.severity.word(), found.code.name);
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &shown).unwrap();
    }
    let held = fs::read_to_string(&path).unwrap_or_default();
    assert!(held == shown, "the findings in the examples changed; look at them, then run with UPDATE=1:\n{shown}");
}

#[test]
fn every_example_opens_with_what_it_shows_and_is_written_without_mistake() {
    for (name, text) in drafts() {
        assert!(text.starts_with("// "), "{name}: the first line says what it shows");
        for found in findings(&name, &text) {
            assert!(found.code.family != Family::Language || found.severity < Severity::Error, "{name}: {} {}", found.code.name, found.message);
        }
    }
}

/// A convention that is made as well as the subject allows lints nearly clean.
#[test]
fn a_well_made_convention_is_nearly_clean() {
    let text = fs::read_to_string(folder().join("listed-systems.tdl")).unwrap();
    let found = findings("listed-systems.tdl", &text);
    assert!(found.len() <= 2, "{:?}", found.iter().map(|found| (&found.locator, found.code.name)).collect::<Vec<_>>());
}
