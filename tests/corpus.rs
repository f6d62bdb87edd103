//! Real treaties, as public repositories hold them. They lie beside the project; where they are missing the tests say so and pass.

use std::path::{Path, PathBuf};
use treatylint::check;
use treatylint::diagnostic::{Family, Severity};
use treatylint::model::Treaty;
use treatylint::model::reference::Outcome;
use treatylint::options::Options;
use treatylint::source::Source;
use treatylint::syntax::{self, tree::UnitKind};
use treatylint::targets::{Target, compile};

fn texts() -> Vec<(String, Vec<u8>)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let mut files = Vec::new();
    gather(&shared.join("corpus"), &mut files);
    gather(&shared.join("gold"), &mut files);
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt" || extension == "tdl") && !path.to_string_lossy().contains("drafts/i-"));
    files.sort();
    if files.is_empty() {
        println!("skipped: the treaties are not here");
    }
    files.into_iter().map(|path| (path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap_or_default())).collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        if entry.path().is_dir() {
            gather(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}

/// A treaty that is already written is TDL as it stands, with one line on top.
fn with_head(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"treaty ") || bytes.starts_with(b"//") {
        return bytes.to_vec();
    }
    [b"treaty \"T\"\n\n".as_slice(), bytes].concat()
}

#[test]
fn no_real_treaty_has_a_mistake_of_language() {
    for (path, bytes) in texts() {
        let report = check(Source::new(path.as_str(), with_head(&bytes)), &|_| Err(String::new()), &Options::default());
        for found in report.diagnostics {
            assert!(found.code.family != Family::Language || found.severity < Severity::Error, "{path}: {} {}", found.code.name, found.message);
        }
    }
}

#[test]
fn the_text_of_a_real_treaty_comes_out_word_for_word() {
    for (path, bytes) in texts().into_iter().filter(|(path, _)| path.ends_with(".txt")) {
        let out = compile(&Source::new(path.as_str(), with_head(&bytes)), Target::Text, &Options::default());
        assert!(out.trim_start_matches('\n') == String::from_utf8_lossy(&bytes).trim_start_matches('\n'), "{path} changed");
    }
}

/// What is found in the structure, against plain counts of the text; run with `--nocapture` to see the table.
#[test]
fn structure_is_found() {
    let mut sums = [0_usize; 12];
    for (path, bytes) in texts().into_iter().filter(|(path, _)| path.ends_with(".txt")) {
        let source = Source::new(path.as_str(), with_head(&bytes));
        let tree = syntax::read(source.text());
        let treaty = Treaty::build(&source, &tree, &Options::default());
        let units = |kind: UnitKind| tree.units.iter().filter(|unit| unit.kind == kind).count();
        let plain = source.text().lines().filter(|line| is_article_line(line)).count();
        let outcome = |test: &dyn Fn(&Outcome) -> bool| treaty.references.iter().filter(|reference| test(&reference.outcome)).count();
        let modal = |words: &str| [" shall ", " must ", " may ", " undertakes to ", " undertake to "].iter().any(|modal| words.contains(modal));
        let sentences = treaty.sentences.iter().filter(|sentence| sentence.reading == 0 && sentence.is_operative(&treaty) && modal(treaty.lower(sentence.words)));
        let (with, without) = sentences.fold((0, 0), |(with, without), sentence| {
            let norm = treaty.norms_of(sentence.unit).iter().any(|norm| treaty.sentence(norm.sentence).words == sentence.words);
            if norm { (with + 1, without) } else { (with, without + 1) }
        });
        let figures = [
            plain,
            units(UnitKind::Article),
            tree.units.iter().filter(|unit| unit.kind == UnitKind::Article && !unit.title.is_empty()).count(),
            units(UnitKind::Paragraph),
            units(UnitKind::Point),
            treaty.terms.len(),
            outcome(&|outcome| matches!(outcome, Outcome::Found(_))),
            outcome(&|outcome| matches!(outcome, Outcome::Foreign)),
            outcome(&|outcome| matches!(outcome, Outcome::Dangling(_))),
            with,
            without,
            tree.brackets.iter().filter(|bracket| bracket.closed).count(),
        ];
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
    }
    println!(
        "article lines {} articles {} titles {} paragraphs {} points {} definitions {} references {} foreign {} dangling {} modal sentences with a norm {} without {} bracket pairs {}",
        sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8], sums[9], sums[10], sums[11]
    );
    if sums[0] > 0 {
        assert!(sums[1] * 100 >= sums[0] * 97, "articles: {} of {} lines", sums[1], sums[0]);
        assert!(sums[9] * 100 >= (sums[9] + sums[10]) * 95, "norms: {} of {}", sums[9], sums[9] + sums[10]);
    }
}

fn is_article_line(line: &str) -> bool {
    let line = line.trim();
    let Some(number) = line.strip_prefix("Article ").or_else(|| line.strip_prefix("ARTICLE ")) else { return false };
    number.len() <= 8 && number.chars().all(|c| c.is_ascii_digit() || "IVXLC. bister".contains(c))
}
