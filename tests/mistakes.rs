//! Mistakes of drafters, one page: each draft of `tests/mistakes.txt` stands there with what treatylint says of it and what its safe fixes make
//! of it. `UPDATE=1 cargo test --test mistakes` rewrites what is said. A new mistake is a title and a draft; the rest writes itself.

use std::fmt::Write as _;
use std::path::Path;
use treatylint::diagnostic::{Applicability, Diagnostic, Family, Report};
use treatylint::options::Options;
use treatylint::source::Source;

/// Besides the family `language`: rules that a slip of form sets off.
const RULES: [&str; 6] = ["language", "dangling-reference", "needless-allow", "misnumbered", "open-bracket", "unused-declaration"];

struct Case<'a> {
    title: &'a str,
    draft: String,
    /// What the page says of it.
    said: String,
}

fn cases(page: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut is_draft = true;
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("=== ") {
            cases.push(Case { title, draft: String::new(), said: String::new() });
            is_draft = true;
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        is_draft &= line != "--- says";
        let part = if is_draft { &mut case.draft } else { &mut case.said };
        *part += line;
        part.push('\n');
    }
    for case in &mut cases {
        case.draft.truncate(case.draft.trim_end().len());
        case.draft.push('\n');
    }
    cases
}

fn check(text: &str) -> Report {
    let options = Options { select: RULES.map(str::to_owned).to_vec(), ..Options::default() };
    treatylint::check(Source::new("draft.tdl", text.as_bytes().to_vec()), &|_: &str| Err("no files here".to_owned()), &options)
}

/// `2:7 error[syntax] ...`, the marked words with what is said of them, help and fixes.
fn say(report: &Report, found: &Diagnostic) -> String {
    let source = report.source();
    let place = source.place(found.primary().span.start);
    let mut said = format!("{}:{} {}[{}] {}\n", place.line, place.column, found.severity.word(), found.code.name, found.message);
    for label in &found.labels {
        let words = source.slice(label.span).replace('\n', "⏎");
        let line = source.place(label.span.start).line;
        let at = if line == place.line { String::new() } else { format!(" (line {line})") };
        writeln!(said, "    `{words}`{at}: {}", label.message).unwrap();
    }
    if let Some(help) = &found.help {
        writeln!(said, "    help: {help}").unwrap();
    }
    for fix in &found.fixes {
        writeln!(said, "    {}: {}", if fix.applicability == Applicability::Safe { "fix" } else { "unsafe fix" }, fix.title).unwrap();
    }
    said
}

/// The text after all safe fixes, in as many rounds as they need.
fn mended(draft: &str) -> String {
    let mut text = draft.to_owned();
    for round in 0..treatylint::fix::ROUNDS {
        match treatylint::fix::apply(&check(&text), false, round) {
            Some(fixed) => text = fixed.text,
            None => break,
        }
    }
    text
}

fn show(draft: &str) -> String {
    let report = check(draft);
    let mut said = "\n--- says\n".to_owned();
    for found in &report.diagnostics {
        said += &say(&report, found);
    }
    let mended = mended(draft);
    if mended != draft {
        said += "--- after --fix\n";
        let old: Vec<&str> = draft.lines().collect();
        let new: Vec<&str> = mended.lines().collect();
        if old.len() == new.len() {
            for (old, new) in old.iter().zip(&new).filter(|(old, new)| old != new) {
                writeln!(said, "-{old}\n+{new}").unwrap();
            }
        } else {
            for line in new {
                writeln!(said, "|{line}").unwrap();
            }
        }
    }
    said.push('\n');
    said
}

#[test]
fn each_mistake_is_told_as_its_page_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes.txt");
    let page = std::fs::read_to_string(&path).unwrap();
    let mut new = page.split("=== ").next().unwrap_or_default().to_owned();
    let mut wrong = String::new();
    for case in cases(&page) {
        let said = show(&case.draft);
        write!(new, "=== {}\n{}{said}", case.title, case.draft).unwrap();
        if said.trim() != case.said.trim() {
            write!(wrong, "=== {}\n{}now {said}on the page {}\n", case.title, case.draft, case.said).unwrap();
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, new.trim_end().to_owned() + "\n\n").unwrap();
    } else {
        assert!(wrong.is_empty(), "{wrong}");
    }
}

/// What a safe fix leaves is no worse: none of the language's own findings is new, and nothing is left to fix.
#[test]
fn fixes_mend() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes.txt")).unwrap();
    for case in cases(&page) {
        let count = |text: &str| check(text).diagnostics.iter().filter(|found| found.code.family == Family::Language).count();
        let fixed = mended(&case.draft);
        assert!(count(&fixed) <= count(&case.draft), "{}: the fixes bring findings:\n{fixed}", case.title);
        assert!(treatylint::fix::apply(&check(&fixed), false, 1).is_none(), "{}: fixes without an end:\n{fixed}", case.title);
        assert!(fixed == case.draft || count(&fixed) < count(&case.draft), "{}: a fix mends nothing:\n{fixed}", case.title);
    }
}
