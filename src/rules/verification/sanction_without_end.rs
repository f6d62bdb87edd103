//! A sanction with no end and no review.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::clean::Words;
use crate::rules::once::Once;

/// `sanction-without-end`
pub static CODE: Code = Code {
    name: "sanction-without-end",
    summary: "a sanction for a breach has no end and no review",
    family: Family::Verification,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H27"],
    since: "0.1.0",
    page: include_str!("sanction_without_end.md"),
};

const SANCTIONS: [&str; 9] =
    ["suspend the rights", "disconnect", "cut off", "cut it off", "exile", "exclude", "expel", "impose sanctions", "block all traffic"];
const ENDS: [&str; 16] = [
    "until",
    "as long as",
    "so long as",
    "for a period",
    "temporar",
    "review",
    "lift",
    "restore",
    "reconnect",
    "redress",
    "terminate",
    "days",
    "months",
    "once it",
    "ceases",
    "cease to",
];

/// Asks each sanction on a State for the time or the event that ends it.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.norms().filter(|(_, norm)| norm.reading == 0 && norm.is_operative() && norm.is_deontic()) {
        let article = treaty.article_around(norm);
        if !treaty.any_of(article, &[Class::Breach]) {
            continue;
        }
        let lower = treaty.lower(norm.reach);
        let sanctions = SANCTIONS.iter().filter(|word| lower.contains(**word));
        let Some((at, length)) = sanctions.filter_map(|word| lower.find(word).map(|at| (at, word.len()))).min() else { continue };
        let words = treaty.lower(article);
        // "An alien may be expelled": whom the sanction falls on stands in front.
        let falls_on_a_person = lower[..at].trim_end().ends_with("be")
            && !["party", "parties", "state", "states", "government", "member", "members"]
                .iter()
                .any(|who| treaty.lower(norm.bearer.words).split(' ').take(3).any(|word| word == *who));
        let on_a_state = !falls_on_a_person
            && ["party", "parties", "state", "government"].iter().any(|who| treaty.lower(norm.sentence_words(treaty)).contains(who));
        if !on_a_state || ENDS.iter().any(|end| words.contains(end)) || !once.first(treaty.article_of(norm.unit), "", 0) {
            continue;
        }
        let start = norm.reach.start + at as u32;
        let words = Words::new(start, start + length as u32);
        out.push(
            facts
                .on_norm(&CODE, norm, words, format!("the sanction in {} has no end and no review", treaty.locator(norm.unit)))
                .here("for how long, and who ends it?")
                .note("a State that cannot earn its way back has nothing left to lose")
                .help("say what ends it (the breach is mended, so many days) and who decides"),
        );
    }
}
