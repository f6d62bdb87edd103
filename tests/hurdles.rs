//! `docs/hurdles.md` is made from the rules and the examples: every claim of the essay has a rule or an option that speaks to it and an
//! example that shows it. `UPDATE=1` rewrites the page.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use treatylint::options::Options;
use treatylint::rules::hurdles::HURDLES;
use treatylint::rules::{code, codes};
use treatylint::source::Source;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// By hurdle: the examples in which a rule of it speaks, each with how often. Rules that are shown only where they are asked for are.
fn shown() -> BTreeMap<&'static str, Vec<String>> {
    let asked = codes().filter(|code| code.shown != treatylint::diagnostic::Shown::Default).map(|code| code.name.to_owned());
    let levels = asked.map(|name| (name, treatylint::options::Level::On(treatylint::diagnostic::Severity::Advice))).collect();
    let options = Options { levels, ..Options::default() };
    let mut shown: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut files: Vec<_> =
        std::fs::read_dir(root().join("examples")).unwrap().filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "tdl"));
    files.sort();
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let library = |used: &str| std::fs::read(root().join("examples").join(used)).map_err(|error| error.to_string());
        let report = treatylint::check(Source::new(name.as_str(), std::fs::read(&path).unwrap()), &library, &options);
        for hurdle in report.diagnostics.iter().flat_map(|found| found.code.hurdles) {
            let examples = shown.entry(hurdle).or_default();
            if !examples.contains(&name) {
                examples.push(name.clone());
            }
        }
    }
    shown
}

fn page() -> String {
    let shown = shown();
    let mut page = "# The hurdles\n\nWhat Goldsmith 2011 says sinks such treaties, and what speaks to it here. This page is made from the rules and the examples\n(`UPDATE=1 cargo test --test hurdles`); `treatylint explain H7` prints a row of it.\n\n| | part | claim | rules | shown in |\n|---|---|---|---|---|\n".to_owned();
    for hurdle in HURDLES {
        let mut rules: Vec<String> = hurdle.rules().map(|code| format!("`{}`", code.name)).collect();
        rules.extend(hurdle.option.map(str::to_owned));
        let examples: Vec<String> =
            shown.get(hurdle.id).into_iter().flatten().take(3).map(|name| format!("[{name}](../examples/{name})")).collect();
        let _ = writeln!(page, "| {} | {} | {} | {} | {} |", hurdle.id, hurdle.part, hurdle.claim, rules.join(", "), examples.join(", "));
    }
    page
}

#[test]
fn every_hurdle_has_a_rule_or_an_option() {
    assert_eq!(HURDLES.len(), 35);
    for (index, hurdle) in HURDLES.iter().enumerate() {
        assert_eq!(hurdle.id, format!("H{}", index + 1));
        assert!(hurdle.rules().next().is_some() || hurdle.option.is_some(), "{}: {}", hurdle.id, hurdle.claim);
    }
}

#[test]
fn every_rule_cites_hurdles_that_there_are() {
    for code in codes() {
        for id in code.hurdles {
            assert!(HURDLES.iter().any(|hurdle| hurdle.id == *id), "{}: {id}", code.name);
        }
    }
    assert!(code("vague-term").is_some());
}

#[test]
fn the_page_of_the_hurdles_is_true() {
    let path = root().join("docs/hurdles.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == page, "docs/hurdles.md is not what the rules say; run with UPDATE=1");
}
