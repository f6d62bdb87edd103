//! In what clause of its sentence some words stand. "If all efforts have failed" owes no effort, and "with a view to speedily restoring it"
//! sets no time for the duty: what stands beside a duty is not of it, so a rule asks this module and not how far words reach.

use super::Treaty;
use super::clean::Words;
use super::norm::Norm;

/// A kind of clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Clause {
    /// What the modal governs.
    Main,
    /// "If ...", "only when ...": when something is owed.
    Condition,
    /// "With a view to ...", "in order to ...": what it is owed for.
    Purpose,
    /// "... which ...", "... by whom ...": says more of a noun.
    Relative,
    /// "Whether ...", "what ... should be": a question, and what is asked is not said.
    Question,
}

/// The clause of some words of a norm's sentence: that of the last opener before them, unless a comma, a semicolon or the norm's modal has
/// closed it.
#[must_use]
pub fn clause_of(treaty: &Treaty<'_>, norm: &Norm, words: Words) -> Clause {
    let sentence = norm.sentence_words(treaty);
    let behind_modal = norm.parent.is_none() && norm.modal.end <= words.start;
    let from = if behind_modal { norm.modal.end } else { sentence.start };
    of_text(treaty.lower(Words::new(from.min(words.start), words.start)))
}

/// The clause that is open at the end of a text.
#[must_use]
pub fn of_text(before: &str) -> Clause {
    // What is put in between commas stands where its sentence stands: "which, where possible,".
    let before = before.trim_end_matches([' ', ',']);
    let closed = before.rfind([';', ':', ',']).map_or(0, |at| at + 1);
    let clause = &before[closed..];
    let mut found = Clause::Main;
    for (at, word) in words_of(clause) {
        let rest = &clause[at..];
        let kind = match word {
            "if" | "when" | "whenever" | "unless" | "until" | "provided" if word != "provided" || rest.starts_with("provided that ") => {
                Clause::Condition
            }
            // "The territory where they stand": of a place, and no condition.
            "where" => {
                if clause[..at].trim().is_empty() || clause[..at].ends_with("only ") {
                    Clause::Condition
                } else {
                    Clause::Relative
                }
            }
            "in" if ["in case ", "in the event ", "in cases where "].iter().any(|opener| rest.starts_with(opener)) => Clause::Condition,
            "in" if rest.starts_with("in order ") => Clause::Purpose,
            "with" if rest.starts_with("with a view to") || rest.starts_with("with the aim of") => Clause::Purpose,
            "for" if rest.starts_with("for the purpose") => Clause::Purpose,
            "so" if rest.starts_with("so as to ") => Clause::Purpose,
            "which" | "who" | "whose" | "whom" => Clause::Relative,
            // "Measures that can quickly end it"; "ensure that it is ended" is no more than a longer object.
            "that" if ["that can ", "that could ", "that may ", "that would "].iter().any(|opener| rest.starts_with(opener)) => {
                Clause::Relative
            }
            "whether" => Clause::Question,
            "what" | "how" if at > 0 => Clause::Question,
            _ => continue,
        };
        found = kind;
    }
    found
}

/// The words of a text with where they begin.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(' ').map(move |word| {
        let here = at;
        at += word.len() + 1;
        (here, word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_opener_that_is_still_open_decides() {
        assert_eq!(of_text("the committee shall vote. if all "), Clause::Condition);
        assert_eq!(of_text("if a party is asked, it shall make "), Clause::Main);
        assert_eq!(of_text("provide assistance with a view to "), Clause::Purpose);
        assert_eq!(of_text("burn waste in incinerators which, "), Clause::Relative);
        assert_eq!(of_text("maintain procedures only when other "), Clause::Condition);
        assert_eq!(of_text("the meeting may decide whether adjustments "), Clause::Question);
        assert_eq!(of_text("inform the states concerned "), Clause::Main);
    }
}
