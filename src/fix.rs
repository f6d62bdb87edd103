//! Applies the edits that findings offer. Edits never overlap: of two that would, the one that stands first is applied, and the other finds
//! its turn when the text is checked again.

use crate::diagnostic::{Applicability, Edit, Report};
use crate::source::FileId;

/// A text after its fixes.
#[derive(Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
}

/// Applies to the linted file every fix that may be applied: the safe ones, and where `unsafe_too` those that change the treaty's words.
/// A fix with an edit in another file is left. `round` counts from 0: an allowance that the rounds before have mended is not taken out as
/// needless, for somebody wrote its reason. `None` where there was nothing to apply.
#[must_use]
pub fn apply(report: &Report, unsafe_too: bool, round: usize) -> Option<Fixed> {
    let mut fixes: Vec<&[Edit]> = report
        .diagnostics
        .iter()
        .filter(|diagnostic| round == 0 || diagnostic.code.name != crate::rules::form::needless_allow::CODE.name)
        // Of the ways to mend one finding the first is taken.
        .filter_map(|diagnostic| diagnostic.fixes.iter().find(|fix| unsafe_too || fix.applicability == Applicability::Safe))
        .filter(|fix| !fix.edits.is_empty() && fix.edits.iter().all(|edit| edit.file == FileId(0)))
        .map(|fix| fix.edits.as_slice())
        .collect();
    fixes.sort_by_key(|edits| edits.iter().map(|edit| (edit.span.start, edit.span.end)).min());
    let mut taken: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    let mut end = 0;
    let mut inserted = None;
    for edits in fixes {
        // Kept in order: an edit that begins before the last one ended would overlap, and so would a second one inserted at one place.
        let mut sorted: Vec<&Edit> = edits.iter().collect();
        sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let free = sorted[0].span.start >= end && (inserted != Some(sorted[0].span.start));
        if free {
            let last = sorted[sorted.len() - 1].span;
            end = last.end;
            inserted = Some(last.end);
            taken.extend(sorted);
            applied += 1;
        }
    }
    if applied == 0 {
        return None;
    }
    let source = report.source().text();
    let mut text = String::with_capacity(source.len() + 64);
    let mut from = 0;
    for edit in taken {
        text += &source[from..edit.span.start as usize];
        text += &edit.text;
        from = edit.span.end as usize;
    }
    text += &source[from..];
    Some(Fixed { text, applied })
}

/// How often a text is checked and mended at most: each round may show what the last one hid.
pub const ROUNDS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::source::Source;

    fn check(text: &str) -> Report {
        let source = Source::new("draft.tdl", text.as_bytes().to_vec());
        crate::check(source, &|_: &str| Err("none".to_owned()), &Options::default())
    }

    #[test]
    fn safe_fixes_are_applied_and_a_second_run_finds_nothing_to_do() {
        let draft = "treaty \"Pact\"\nmechanism: patrols\n  confidance: 60%\n  delai: 3 days\n\nArticle 1\n@alow vague-time: agreed\nEach Party shall report promptly.\n";
        let mut text = draft.to_owned();
        let mut applied = 0;
        while let Some(fixed) = apply(&check(&text), false, 0) {
            text = fixed.text;
            applied += fixed.applied;
            assert!(applied < 10, "fixes do not come to an end: {text}");
        }
        assert!(applied >= 2, "{text}");
        assert!(text.contains("  delay: 3 days\n"), "{text}");
        assert!(text.contains("@allow vague-time: agreed"), "{text}");
        assert!(apply(&check(&text), false, 0).is_none());
    }

    #[test]
    fn nothing_to_mend_is_no_new_text() {
        assert_eq!(apply(&check("treaty \"Pact\"\n\nArticle 1\nThe seat is Port Meridian.\n"), true, 0), None);
    }
}
