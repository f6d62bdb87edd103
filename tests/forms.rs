//! The forms that forges and dashboards read: one page with all of them in `tests/forms.txt` (`UPDATE=1 cargo test` rewrites it), each read
//! back by a reader that is not ours, and SARIF held against the official schema.

use serde_json::Value;
use std::path::Path;
use treatylint::diagnostic::{Problem, Report};
use treatylint::options::Options;
use treatylint::render::{Closing, Format, Look, Tally, renderer};
use treatylint::source::Source;

const DRAFT: &str = "\
treaty \"Pact on <Networks> & 'Cables'\"
party ATL: Atlantis
party BOR: Borea

mechanism: traffic monitoring
  confidance: 60%

Article 1
1. Each Party shall refrain from hostile activity \u{2014} of any kind \u{1f310} \u{2014} and inform the others promptly.
2. The [ATL: shall] [BOR: should] rule of Article 9 applies.
";

/// What a form shows of a file with findings, one without, and one that could not be read.
fn show(format: Format) -> String {
    let mut out = Vec::new();
    let mut tally = Tally::default();
    let mut renderer = renderer(format, Look::default(), Closing::default());
    for report in [
        check("a draft, 100%.tdl", DRAFT),
        check("clean.tdl", "treaty \"Note\"\n  excerpt: yes\n\nArticle 1\nThe seat is Port Meridian.\n"),
    ] {
        tally.add(&report);
        renderer.report(&report, &mut out).unwrap();
    }
    let problem = Problem { path: "gone.tdl".to_owned(), message: "no such file or directory".to_owned() };
    renderer.finish(&tally, &[problem], &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn check(path: &str, text: &str) -> Report {
    treatylint::check(Source::new(path, text.as_bytes().to_vec()), &|_: &str| Err("none".to_owned()), &Options::default())
}

fn json(format: Format) -> Value {
    serde_json::from_str(&show(format)).unwrap()
}

#[test]
fn every_form_is_as_its_page_shows() {
    let mut page = String::new();
    for format in [Format::GitHub, Format::Checkstyle, Format::JUnit, Format::GitLab, Format::RdJson, Format::Sarif] {
        page += &format!("=== {format:?} ===\n{}\n", show(format));
    }
    // Rules' pages have tests of their own, and the version changes with each release.
    let mut short: String = page.lines().filter(|line| !line.contains("\"markdown\": ")).map(|line| format!("{line}\n")).collect();
    short = short.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &short).unwrap();
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(known == short, "tests/forms.txt differs; UPDATE=1 cargo test rewrites it. Now it would be:\n{short}");
}

#[test]
fn sarif_is_what_the_official_schema_asks_for() {
    validate(&json(Format::Sarif));
}

fn validate(log: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/schema/sarif-schema-2.1.0.json");
    let Ok(schema) = std::fs::read_to_string(&path) else {
        println!("skipped: the official schema is not here");
        return;
    };
    // One pattern of the published schema, that of a language's name, has a bracket that nothing opens; validators refuse it.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema = jsonschema::validator_for(&serde_json::from_str::<Value>(&schema).unwrap()).unwrap();
    schema.validate(log).unwrap_or_else(|error| panic!("{error} at {}", error.instance_path()));
}

#[test]
fn sarif_keeps_book_of_what_is_allowed_and_of_what_was_there_before() {
    let draft = "treaty \"Pact\"\n  excerpt: yes\n\nArticle 1\n\n1. Each Party shall report promptly.\n   @allow vague-time: settled in the second round\n2. Each Party shall endeavour to attend.\n3. Each Party shall refrain from hostile activity.\n";
    let mut report = check("draft.tdl", draft);
    let known = treatylint::fingerprint::of(&report).into_iter().take(1).map(|print| (print, String::new())).collect();
    assert_eq!(treatylint::baseline::take_out(&mut report, &known), 1);
    let (mut out, mut tally, mut renderer) = (Vec::new(), Tally::default(), renderer(Format::Sarif, Look::default(), Closing::default()));
    tally.add(&report);
    renderer.report(&report, &mut out).unwrap();
    renderer.finish(&tally, &[], &mut out).unwrap();
    let log: Value = serde_json::from_slice(&out).unwrap();
    validate(&log);
    let states: Vec<String> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| format!("{} {} {}", result["ruleId"], result["baselineState"], result["suppressions"][0]["justification"]))
        .collect();
    assert!(states.contains(&"\"vague-time\" null \"settled in the second round\"".to_owned()), "{states:#?}");
    assert_eq!(states.iter().filter(|state| state.contains("\"unchanged\" null")).count(), 1, "{states:#?}");
    assert!(states.iter().any(|state| state == "\"vague-term\" \"new\" null"), "{states:#?}");
}

#[test]
fn sarif_points_at_the_words() {
    let log = json(Format::Sarif);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20draft%2C%20100%25.tdl");
        let region = &place["region"];
        let line = DRAFT.lines().nth(region["startLine"].as_u64().unwrap() as usize - 1).unwrap();
        let column = region["startColumn"].as_u64().unwrap() as usize - 1;
        let byte = region["byteOffset"].as_u64().unwrap() as usize;
        let length = region["byteLength"].as_u64().unwrap() as usize;
        let words = &DRAFT[byte..byte + length];
        let first: String = line.chars().skip(column).take(words.chars().count()).collect();
        assert_eq!(first, words, "column and byte name the same words, signs outside the basic plane before them or not");
    }
}

#[test]
fn xml_is_read_back_with_every_sign() {
    for format in [Format::Checkstyle, Format::JUnit] {
        let text = show(format);
        let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{format:?}: {error}\n{text}"));
        let found = document.descendants().filter(|node| matches!(node.tag_name().name(), "error" | "failure")).count();
        assert_eq!(found, check("draft.tdl", DRAFT).diagnostics.len() + 1, "{format:?}: a node for each finding and one for the problem");
        assert!(document.descendants().any(|node| node.attribute("name") == Some("a draft, 100%.tdl")));
    }
    let text = show(Format::JUnit);
    let document = roxmltree::Document::parse(&text).unwrap();
    let count = |name: &str| document.root_element().attribute(name).unwrap().parse::<usize>().unwrap();
    assert_eq!(count("tests"), document.descendants().filter(|node| node.has_tag_name("testcase")).count());
    assert_eq!(count("failures"), document.descendants().filter(|node| node.has_tag_name("failure")).count());
}

#[test]
fn annotations_escape_what_ends_a_field() {
    let text = show(Format::GitHub);
    for line in text.lines() {
        assert!(line.starts_with("::error ") || line.starts_with("::warning ") || line.starts_with("::notice "), "{line}");
        assert!(line.contains("file=a draft%2C 100%25.tdl,line=") || line.contains("file=gone.tdl"), "{line}");
    }
}

#[test]
fn gitlab_knows_findings_by_fingerprints_that_differ() {
    let report = json(Format::GitLab);
    let prints: Vec<&str> = report.as_array().unwrap().iter().map(|entry| entry["fingerprint"].as_str().unwrap()).collect();
    let mut unique = prints.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(prints.len(), unique.len());
    for entry in report.as_array().unwrap() {
        assert!(matches!(entry["severity"].as_str().unwrap(), "info" | "minor" | "major" | "critical" | "blocker"));
        assert!(entry["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn reviewdog_is_offered_the_safe_fix_in_bytes() {
    let report = json(Format::RdJson);
    let entry = report["diagnostics"].as_array().unwrap().iter().find(|entry| entry["code"]["value"] == "unknown-field").unwrap();
    assert_eq!(entry["suggestions"][0]["text"], "confidence");
    let start = &entry["suggestions"][0]["range"]["start"];
    assert_eq!((start["line"].as_u64(), start["column"].as_u64()), (Some(6), Some(3)));
}
