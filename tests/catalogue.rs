//! The catalogue of codes is whole: names, pages, hurdles and lists agree with one another and with the folders.

use std::collections::BTreeSet;
use std::path::Path;
use treatylint::diagnostic::Family;
use treatylint::rules;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn names_are_unique_and_kebab_case() {
    let mut seen = BTreeSet::new();
    for code in rules::codes() {
        assert!(seen.insert(code.name), "{} stands twice", code.name);
        assert!(code.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", code.name);
        assert!(!code.summary.ends_with('.') && !code.summary.is_empty(), "{}: a summary has no full stop", code.name);
    }
}

#[test]
fn every_page_is_titled_and_says_what_it_must() {
    for code in rules::codes() {
        assert!(code.page.starts_with(&format!("# {}\n", code.name)), "{}: the page's title is the rule's name", code.name);
        let mut sections = vec!["## What it does", "## When it is fine"];
        if code.family != Family::Language {
            sections.extend(["## Why it matters", "## How treaties have solved it", "## Examples", "## Options"]);
        }
        for section in sections {
            assert!(code.page.contains(section), "{}: the page lacks {section}", code.name);
        }
    }
}

#[test]
fn hurdles_are_cited_on_the_page_of_the_rule_that_names_them() {
    for code in rules::codes() {
        for hurdle in code.hurdles {
            let number: u32 = hurdle[1..].parse().unwrap_or(0);
            assert!((1..=35).contains(&number), "{}: {hurdle}", code.name);
        }
        if let Some(first) = code.hurdles.first() {
            assert!(code.page.contains(first), "{}: its page does not cite {first}", code.name);
        }
    }
}

#[test]
fn every_rule_has_its_two_files() {
    for code in rules::codes() {
        let folder = root().join("src/rules").join(code.family.word().replace('-', "_"));
        let stem = code.name.replace('-', "_");
        assert!(folder.join(format!("{stem}.md")).is_file(), "{}: no page", code.name);
        let alone = code.family == Family::Language || folder.join(format!("{stem}.rs")).is_file();
        assert!(alone, "{}: no rule beside its page", code.name);
    }
}

#[test]
fn what_swallows_and_what_is_swallowed_are_rules() {
    for (winner, loser) in rules::SWALLOWS {
        assert!(rules::code(winner).is_some(), "{winner}");
        assert!(rules::code(loser).is_some(), "{loser}");
    }
}

/// Closed classes of words stand in the sentence grammar, open ones in the lexicons; no word is in both.
#[test]
fn no_word_is_both_in_the_grammar_and_in_a_lexicon() {
    let grammar = std::fs::read_to_string(root().join("grammar/sentence.pest")).unwrap();
    let mut closed = BTreeSet::new();
    for rule in ["modal_first", "qualifier_first", "reference_first"] {
        let start = grammar.find(&format!("\n{rule} ")).unwrap();
        let body = &grammar[start..start + grammar[start..].find('}').unwrap()];
        closed.extend(body.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    for file in ["vagueness", "escape", "acts", "verification", "parties"] {
        let text = std::fs::read_to_string(root().join(format!("src/lexicon/{file}.toml"))).unwrap();
        let listed: BTreeSet<String> = text.lines().filter(|line| line.contains('"') && !line.starts_with("about") && !line.starts_with("inflect")).flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect();
        let both: Vec<&String> = listed.intersection(&closed).filter(|word| !SHARED.contains(&word.as_str())).collect();
        assert!(both.is_empty(), "{file}.toml and the sentence grammar both have {both:?}");
    }
}

/// A purpose's first words open a qualifier, and are themselves the test that a rule asks for.
const SHARED: &[&str] = &["for the purpose of", "for the purposes of", "with the intent", "with intent", "with the intention"];
