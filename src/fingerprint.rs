//! What a finding is known by from run to run: its rule, its place in the treaty and its words. No line counts, so an edit above does not
//! make an old finding a new one. An article put in above changes the place; then the words of the whole clause tell.

use crate::diagnostic::{Diagnostic, Report};
use crate::syntax;
use std::collections::HashMap;

/// The fingerprints of a report's findings, in their order: 32 hexadecimal digits each. Findings that are alike in rule, place and words
/// are told apart by counting them from the top.
#[must_use]
pub fn of(report: &Report) -> Vec<String> {
    of_all(report, report.diagnostics.iter())
}

/// The same for findings that a report shows or hides, in the order given.
#[must_use]
pub fn of_all<'d>(report: &Report, diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let one = |diagnostic: &Diagnostic| {
        let key = key(report, diagnostic);
        let nth = seen.entry(key.clone()).and_modify(|count| *count += 1).or_insert(0);
        hash(&format!("{key}\u{0}{nth}"))
    };
    diagnostics.map(one).collect()
}

/// What the findings of a report are known by once their clause has another number: path, rule, words, and the words of the clause, which
/// findings may have in common.
#[must_use]
pub fn of_clauses(report: &Report) -> Vec<String> {
    let source = report.source();
    let tree = syntax::read(source.text());
    let one = |diagnostic: &Diagnostic| {
        let span = diagnostic.primary().span;
        let unit = tree.units.partition_point(|unit| unit.head.start <= span.start).saturating_sub(1);
        let clause: Vec<&str> =
            tree.units.get(unit).map(|unit| tree.text(unit)).unwrap_or_default().iter().map(|line| source.slice(*line)).collect();
        hash(&[path(report, diagnostic), diagnostic.code.name, &evened(source.slice(span)), &evened(&clause.join(" "))].join("\u{0}"))
    };
    report.diagnostics.iter().map(one).collect()
}

/// Path, rule, locator and words, white space evened out.
fn key(report: &Report, diagnostic: &Diagnostic) -> String {
    let primary = diagnostic.primary();
    // "Article 9 para 2" counts paragraphs without a number, as a line number would; the words tell them apart.
    let locator = diagnostic.locator.split(" para ").next().unwrap_or_default();
    let words = evened(report.sources.get(primary.file).slice(primary.span));
    [path(report, diagnostic), diagnostic.code.name, locator, &words].join("\u{0}")
}

/// The path of a finding's file: `./draft.tdl` is `draft.tdl`.
fn path<'r>(report: &'r Report, diagnostic: &Diagnostic) -> &'r str {
    report.sources.get(diagnostic.primary().file).path.trim_start_matches("./")
}

fn evened(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn hash(text: &str) -> String {
    format!("{:016x}{:016x}", fnv(text, OFFSET), fnv(text, 0x6c62_272e_07bb_0142))
}

/// Where FNV-1a begins.
pub const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: the same on every machine and in every release, which the standard library's hash is not.
#[must_use]
pub fn fnv(text: &str, start: u64) -> u64 {
    text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::source::Source;

    fn fingerprints(text: &str) -> Vec<String> {
        let source = Source::new("draft.tdl", text.as_bytes().to_vec());
        of(&crate::check(source, &|_: &str| Err("none".to_owned()), &Options::default()))
    }

    #[test]
    fn an_edit_above_changes_no_fingerprint_and_one_on_the_words_does() {
        let clause = "Article 2\n\nEach Party shall inform the others promptly.\n";
        let short = format!("treaty \"Pact\"\n\nArticle 1\n\nThe Parties shall meet once a year.\n\n{clause}");
        let long = format!("treaty \"Pact\"\n\nArticle 1\n\nThe Parties shall meet once a year.\nThe meeting is public.\n\n{clause}");
        let last = |text: &str| fingerprints(text).last().cloned().expect("a finding on `promptly`");
        assert_eq!(last(&short), last(&long));
        assert_ne!(last(&short), last(&short.replace("promptly", "without delay")));
    }
}
