//! A rule's page is its test: every `tdl` block is linted, `//~ rule` marks the lines that a finding must stand on, and nothing else may
//! be found. A block is read with its page's rule and the language's own findings; a `tdl all` block with every rule.

use std::collections::BTreeSet;
use treatylint::diagnostic::{Code, Family, Report};
use treatylint::options::Options;
use treatylint::rules;
use treatylint::source::Source;

struct Block<'a> {
    /// Line of the page where the block's text begins.
    line: usize,
    all: bool,
    text: Vec<&'a str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.trim_end()) {
            (None, "```tdl" | "```tdl all") => open = Some(Block { line: index + 2, all: line.contains("all"), text: Vec::new() }),
            (Some(_), "```") => blocks.extend(open.take()),
            (Some(block), _) => block.text.push(line),
            (None, _) => {}
        }
    }
    assert!(open.is_none(), "a block that never ends");
    blocks
}

/// Line (from 1) and rule of every mark: on its own line it speaks of the line below.
fn wanted(block: &Block<'_>) -> BTreeSet<(usize, String)> {
    let mut wanted = BTreeSet::new();
    for (index, line) in block.text.iter().enumerate() {
        let Some((before, names)) = line.split_once("//~ ") else { continue };
        let at = if before.trim().is_empty() { index + 2 } else { index + 1 };
        wanted.extend(names.split_whitespace().map(|name| (at, name.to_owned())));
    }
    wanted
}

fn linted(code: &Code, block: &Block<'_>) -> Report {
    let text = block.text.join("\n") + "\n";
    let mut options = Options::default();
    if !block.all {
        options.select = vec![code.name.to_owned(), Family::Language.word().to_owned()];
    }
    treatylint::check(Source::new("page.tdl", text.into_bytes()), &|_| Err("no files here".to_owned()), &options)
}

fn found(code: &Code, block: &Block<'_>) -> BTreeSet<(usize, String)> {
    let report = linted(code, block);
    let source = report.sources.get(treatylint::source::FileId(0));
    report.diagnostics.iter().map(|found| (source.place(found.primary().span.start).line as usize, found.code.name.to_owned())).collect()
}

#[test]
fn every_page_holds() {
    let mut wrong = String::new();
    for code in rules::codes() {
        for block in blocks(code.page) {
            let (wanted, found) = (wanted(&block), found(code, &block));
            for (line, name) in wanted.difference(&found) {
                wrong += &format!("{}:{}: `{name}` was not found: {}\n", code.name, block.line + line - 1, block.text[line - 1].trim());
            }
            for (line, name) in found.difference(&wanted) {
                wrong += &format!("{}:{}: `{name}` was found: {}\n", code.name, block.line + line - 1, block.text[line - 1].trim());
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_page_shows_what_is_found_and_what_is_not() {
    for code in rules::codes().filter(|code| !matches!(code.name, "not-utf8" | "too-deep")) {
        let blocks = blocks(code.page);
        let marked = |block: &&Block<'_>| wanted(block).iter().any(|(_, name)| name == code.name);
        assert!(blocks.iter().any(|block| marked(&block)), "{}: no block shows the finding", code.name);
        assert!(blocks.iter().any(|block| wanted(block).is_empty()), "{}: no block shows a good text", code.name);
    }
}

/// A message without what it quotes and without its numbers: "nothing measures `` in Article #".
fn skeleton(message: &str) -> String {
    let outside: Vec<&str> = message.split('`').step_by(2).collect();
    let words = outside.join("``");
    let words: Vec<&str> = words.split(' ').map(|word| if word.contains(|c: char| c.is_ascii_digit()) { "#" } else { word }).collect();
    words.join(" ")
}

#[test]
fn the_changelog_shows_messages_as_the_pages_print_them() {
    let mut printed: BTreeSet<(String, String)> = BTreeSet::new();
    for code in rules::codes() {
        for block in blocks(code.page) {
            let every = Block { all: true, line: block.line, text: block.text.clone() };
            let reports = [linted(code, &block), linted(code, &every)];
            printed.extend(
                reports.iter().flat_map(|report| &report.diagnostics).map(|found| (found.code.name.to_owned(), skeleton(&found.message))),
            );
        }
    }
    let changelog = include_str!("../CHANGELOG.md");
    let mut shown = 0;
    for line in changelog.lines().filter_map(|line| line.trim().split_once("]: ")) {
        let Some((_, name)) = line.0.split_once('[').filter(|(level, _)| matches!(*level, "error" | "warning" | "advice")) else {
            continue;
        };
        shown += 1;
        // Behind the message may stand the reading that it holds in.
        let message = line.1.split(" (where ").next().unwrap_or_default();
        assert!(printed.contains(&(name.to_owned(), skeleton(message))), "no page prints this: {name}: {message}");
    }
    assert!(shown > 50, "the changelog shows {shown} messages");
}
