//! Layers look one way: a file may import what stands above it in this list, and nothing below. Only one file knows pest, and each renderer's
//! library is named in its adapter alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up; `lib.rs` and `main.rs` stand outside.
const LAYERS: [&str; 23] = [
    "source",
    "diagnostic",
    "suggest",
    "options",
    "syntax",
    "lexicon",
    "model",
    "analysis",
    "rules",
    "check",
    "cache",
    "config",
    "fingerprint",
    "baseline",
    "fix",
    "render",
    "reports",
    "targets",
    "format",
    "allow",
    "editor",
    "propose",
    "cli",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// `syntax/tree.rs` as a layer and a path for messages.
fn layer(path: &Path) -> (Option<usize>, String) {
    let inside = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    let first = inside.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
    (LAYERS.iter().position(|layer| *layer == first), inside)
}

#[test]
fn layers_look_one_way() {
    let mut wrong = Vec::new();
    for path in sources(&root()) {
        let (Some(own), shown) = layer(&path) else { continue };
        let text = fs::read_to_string(&path).unwrap();
        for (at, name) in LAYERS.iter().enumerate().skip(own + 1) {
            let imports = [format!("crate::{name}::"), format!("treatylint::{name}::"), format!("use crate::{name};")];
            if imports.iter().any(|import| text.contains(import.as_str())) {
                wrong.push(format!("{shown} looks down at {name} (layer {at})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_has_a_layer_and_opens_with_what_it_is_for() {
    for path in sources(&root()) {
        let (layer, shown) = layer(&path);
        assert!(layer.is_some() || matches!(shown.as_str(), "lib.rs" | "main.rs"), "{shown} is in no layer");
        assert!(fs::read_to_string(&path).unwrap().starts_with("//! "), "{shown} does not say what it is for");
    }
}

#[test]
fn libraries_are_named_in_one_place() {
    for (library, home) in
        [("pest::", "syntax/parse/"), ("miette::", "render/terminal"), ("codespan_reporting::", "render/plain.rs"), ("clap::", "cli/")]
    {
        for path in sources(&root()) {
            let (_, shown) = layer(&path);
            let text = fs::read_to_string(&path).unwrap();
            let named = text.lines().any(|line| {
                !line.trim_start().starts_with("//") && line.split(library).skip(1).count() > 0 && !line.contains("pest_derive::")
            });
            assert!(!named || shown.starts_with(home), "{shown} names {library}");
        }
    }
}

/// The core is a function of text: files, clock, environment and threads belong to the program.
#[test]
fn the_core_is_pure() {
    for path in sources(&root()) {
        let (_, shown) = layer(&path);
        if shown.starts_with("cli/") || shown == "main.rs" {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for impure in ["std::fs", "std::env", "std::time", "std::thread", "std::net", "std::process"] {
            assert!(!text.contains(impure), "{shown} uses {impure}");
        }
    }
}

/// What each rule of a grammar names.
fn rules(grammar: &str) -> BTreeMap<String, BTreeSet<String>> {
    let lines = grammar.lines().filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n").replace("\\\"", "");
    let mut rules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut rule = String::new();
    for line in lines.split('"').step_by(2).collect::<Vec<_>>().join(" ").lines() {
        let body = match line.split_once('=') {
            Some((name, body)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                rule = name.trim().to_owned();
                body
            }
            _ => line,
        };
        let named = body.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        rules.entry(rule.clone()).or_default().extend(named.map(str::to_owned));
    }
    rules
}

#[test]
fn no_rule_of_a_grammar_comes_back_to_itself() {
    for path in ["grammar/layout.pest", "grammar/sentence.pest"] {
        let mut left = rules(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap());
        assert!(left.len() > 50, "{path}");
        // Take out rules that name none which is left, until nothing changes.
        loop {
            let known: BTreeSet<String> = left.keys().cloned().collect();
            left.retain(|_, named| named.iter().any(|name| known.contains(name)));
            if left.len() == known.len() {
                break;
            }
        }
        assert!(left.is_empty(), "{path} is read without a guard of the stack, and these rules nest: {:?}", left.keys());
    }
}
