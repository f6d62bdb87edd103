//! What a finding is known by from run to run: its rule, its place in the treaty and its words. No line counts, so an edit above does not
//! make an old finding a new one.

use crate::diagnostic::{Diagnostic, Report};
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
        let text = format!("{key}\u{0}{nth}");
        format!("{:016x}{:016x}", fnv(&text, OFFSET), fnv(&text, 0x6c62_272e_07bb_0142))
    };
    diagnostics.map(one).collect()
}

/// Path, rule, locator and words, white space evened out.
fn key(report: &Report, diagnostic: &Diagnostic) -> String {
    let primary = diagnostic.primary();
    let source = report.sources.get(primary.file);
    // "Article 9 para 2" counts paragraphs without a number, as a line number would; the words tell them apart.
    let locator = diagnostic.locator.split(" para ").next().unwrap_or_default();
    let words: Vec<&str> = source.slice(primary.span).split_whitespace().collect();
    [source.path.as_str(), diagnostic.code.name, locator, &words.join(" ")].join("\u{0}")
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
