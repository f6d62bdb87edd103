//! Small tests on the words of one line: does it look like a title, did it end a clause, does it open a preamble. The measures behind them
//! are from 1,575 treaties: "no final stop, no modal, at most 30 words, begins with a capital" finds 99 % of titles.

use super::parse::is_gap;
use crate::suggest::is_slip;

/// Whether a line can be a title by its words.
#[must_use]
pub fn is_title(line: &str) -> bool {
    let line = line.trim_matches(is_gap);
    if line.is_empty() || line.len() > 300 {
        return false;
    }
    let Some(first) = line.chars().find(|c| c.is_alphanumeric()) else { return false };
    if !first.is_uppercase() && !first.is_ascii_digit() && !line.starts_with(['(', '-', '–', '[']) {
        return false;
    }
    if first.is_ascii_digit() && !line.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let bare = line.trim_end_matches(['*', ']', ')', '"', '”']);
    if bare.ends_with([';', ':', ',']) || bare.ends_with('.') && !ends_in_abbreviation(bare) {
        return false;
    }
    let mut words = 0;
    for word in line.split(is_gap).filter(|word| !word.is_empty()) {
        words += 1;
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if words > 30 || matches!(word, "shall" | "must" | "means" | "may" | "undertakes" | "undertake") {
            return false;
        }
    }
    true
}

fn ends_in_abbreviation(line: &str) -> bool {
    ["etc.", "No.", "Inc.", "Ltd.", "II.", "I."].iter().any(|end| line.ends_with(end))
}

/// Whether a line ended a clause, so that a heading or an opening mark may follow.
#[must_use]
pub fn ended(line: &str) -> bool {
    line.trim_end_matches(is_gap).ends_with(['.', ';', ':', ']', '”', '"', '»', '—', '*', '!', '?', '…', '}'])
}

/// Whether a line leaves its chapeau open, so that marked lines below are its points.
#[must_use]
pub fn opens_points(line: &str) -> bool {
    let line = line.trim_end_matches(|c| is_gap(c) || c == '[');
    line.ends_with([':', '—', '–']) || line.ends_with(" -") || line.ends_with(":-") || line.ends_with(" which") || line.ends_with(" to")
}

/// Whether the line's first letter is a small one.
#[must_use]
pub fn begins_small(line: &str) -> bool {
    line.chars().find(|c| !is_gap(*c) && !matches!(c, '[' | '(' | '"' | '“')).is_some_and(char::is_lowercase)
}

/// Whether an unended line above lets no mark follow: it ends in a word that asks for a number.
#[must_use]
pub fn asks_for_number(line: &str) -> bool {
    let line = line.trim_end_matches(is_gap);
    let mut words = line.rsplit(is_gap);
    let last = words.next().unwrap_or_default();
    if matches!(last, "and" | "or") {
        let before = words.next().unwrap_or_default();
        let core = before.trim_matches(|c: char| !c.is_alphanumeric());
        return !before.ends_with([';', ',']) && (core.chars().any(|c| c.is_ascii_digit()) || core.chars().count() <= 2);
    }
    let last = last.trim_start_matches(|c: char| !c.is_alphabetic());
    matches!(
        last.to_ascii_lowercase().as_str(),
        "article"
            | "articles"
            | "paragraph"
            | "paragraphs"
            | "subparagraph"
            | "subparagraphs"
            | "sub-paragraph"
            | "sub-paragraphs"
            | "annex"
            | "annexes"
            | "part"
            | "section"
            | "sections"
            | "chapter"
            | "rule"
            | "regulation"
            | "no."
            | "nos."
            | "of"
            | "to"
            | "than"
            | "within"
            | "by"
            | "the"
            | "under"
            | "point"
            | "points"
            | "item"
            | "schedule"
            | "in"
            | "least"
    )
}

/// Whether the words behind a mark show that it was no mark: "of this Article", "June".
#[must_use]
pub fn is_no_item(rest: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let first = rest.split(is_gap).next().unwrap_or_default().trim_matches(|c: char| !c.is_alphabetic());
    matches!(first, "of" | "and" | "or" | "to" | "above" | "shall") || MONTHS.contains(&first)
}

/// Whether a line names an instrument: "CONVENTION ON ...".
#[must_use]
pub fn names_instrument(line: &str) -> bool {
    const WORDS: [&str; 18] = [
        "convention",
        "treaty",
        "agreement",
        "protocol",
        "charter",
        "pact",
        "code",
        "statute",
        "covenant",
        "accord",
        "act",
        "declaration",
        "memorandum",
        "principles",
        "arrangement",
        "constitution",
        "articles",
        "document",
    ];
    line.split(|c: char| !c.is_alphabetic()).any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// Whether a line opens a preamble: its heading, the parties, or a recital's first word.
#[must_use]
pub fn opens_preamble(line: &str) -> bool {
    let line = line.trim_start_matches(|c| is_gap(c) || c == '[' || c == '#');
    let head: String = line.chars().take(60).collect::<String>().to_lowercase();
    const OPENERS: [&str; 19] = [
        "preamble",
        "the parties",
        "the states",
        "the [states",
        "the high contracting",
        "the contracting",
        "the governments",
        "the government of",
        "the member",
        "the signatory",
        "the undersigned",
        "the present",
        "we, ",
        "the republic of",
        "the kingdom of",
        "the union of",
        "the president of",
        "his majesty",
        "the heads of",
    ];
    OPENERS.iter().any(|opener| head.starts_with(opener))
        || line.ends_with(',') && line.split(is_gap).next().is_some_and(|word| word.trim_end_matches(',').to_lowercase().ends_with("ing"))
}

/// Whether a line holds a modal, as a clause does and no title.
#[must_use]
pub fn binds(line: &str) -> bool {
    const MODALS: [&str; 7] = ["shall", "must", "may", "undertake", "undertakes", "should", "agree"];
    // A whole text on one line is no clause.
    line.len() < 4000 && line.split(|c: char| !c.is_alphanumeric()).any(|word| MODALS.contains(&word))
}

/// Whether a heading's rest is a line of a table of contents: "Definitions ........ 4".
#[must_use]
pub fn is_of_contents(rest: &str) -> bool {
    let rest = rest.trim_end_matches(is_gap);
    let before = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let dots = before.trim_end_matches(is_gap);
    before.len() < rest.len() && ["...", ". . .", "…"].iter().any(|end| dots.ends_with(end))
}

/// Whether a line ends a point that is not the last: "...; and".
#[must_use]
pub fn ends_in_joint(line: &str) -> bool {
    let line = line.trim_end_matches(is_gap);
    line.ends_with("; and") || line.ends_with("; or")
}

/// Whether a line closes the preamble: "Have agreed as follows:".
#[must_use]
pub fn closes_preamble(line: &str) -> bool {
    if line.len() > 100_000 {
        return false;
    }
    let tail: String = line.to_lowercase();
    let tail = tail.trim_end_matches(|c: char| !c.is_alphanumeric());
    [
        "agreed as follows",
        "agree as follows",
        "agreed upon the following",
        "agreed on the following",
        "agreed to the following",
        "the following provisions",
        "agreed the following",
        "agreed upon the following articles",
        "agreed on the following provisions",
        "as follows",
        "agreed upon the following provisions",
        "proclaims",
        "have agreed",
        "hereby agree",
        "agreed to the present charter",
        "the following articles",
    ]
    .iter()
    .any(|end| tail.ends_with(end))
        || nearly_agrees(tail)
}

/// "HAVE AGREED AS FOLOWS": the formula with a slip in its last word.
fn nearly_agrees(tail: &str) -> bool {
    let mut words = tail.rsplit(is_gap);
    let last = words.next().unwrap_or_default();
    words.next() == Some("as") && is_slip(last, "follows") && words.next().is_some_and(|word| matches!(word, "agreed" | "agree"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_text_by_their_words() {
        for title in ["Definitions", "- Obligation to report", "(purpose)", "24/7 Network", "[Use of terms] [Definitions]", "USE OF TERMS"]
        {
            assert!(is_title(title), "{title}");
        }
        for text in ["The Parties shall meet.", "For the purposes of this Convention:", "no capital", "A Party may withdraw", ""] {
            assert!(!is_title(text), "{text}");
        }
    }

    #[test]
    fn a_reference_word_asks_for_a_number() {
        for line in ["provided for in paragraph", "under paragraphs 1 and", "pursuant to Article 3 (a) or", "in accordance with"] {
            assert_eq!(asks_for_number(line), line != "in accordance with", "{line}");
        }
        assert!(!asks_for_number("(a) a point of contact; and"));
        assert!(!asks_for_number("(a) the Office, or"));
    }
}
