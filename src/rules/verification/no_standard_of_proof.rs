//! A sanction for a breach, and nothing says who finds the breach, how surely, or who must show what.

use crate::analysis::Facts;
use crate::analysis::territory::settles_proof;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{BearerClass, Norm};
use crate::model::vocabulary::Name;
use crate::rules::once::Once;

/// `no-standard-of-proof`
pub static CODE: Code = Code {
    name: "no-standard-of-proof",
    summary: "a breach has a consequence, and nothing says who finds it, how surely, or who must show what",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H26", "H29"],
    since: "0.1.0",
    page: include_str!("no_standard_of_proof.md"),
};

/// Asks each clause by which something follows a breach for a finder, a standard or a burden.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.norms().filter(|(_, norm)| norm.reading == 0 && norm.is_operative() && norm.is_deontic()) {
        let sentence = norm.sentence_words(treaty);
        let Some(breach) = treaty.words_of(sentence, Class::Breach).find(|breach| is_trigger(treaty, sentence, *breach)) else { continue };
        let Some(sanction) = sanction(treaty, norm) else { continue };
        let article = treaty.article_of(norm.unit);
        if is_found_by_somebody(treaty, norm) || !once.first(article, "", 0) {
            continue;
        }
        out.push(
            facts
                .on_norm(
                    &CODE,
                    norm,
                    breach,
                    format!("{} lets a consequence follow a breach and leaves open who finds it and how surely", treaty.locator(norm.unit)),
                )
                .here("who says so, and on what proof?")
                .label(treaty.span(sanction), "what follows")
                .note("attribution is slow and uncertain; each side will be as sure as suits it")
                .help("name who finds the breach, the standard (clear and convincing evidence) and who bears the burden of proof"),
        );
    }
}

/// The breach is what the clause hangs on: "if a Party fails to", "a Party that has conducted", "in the event of a violation".
fn is_trigger(treaty: &Treaty<'_>, sentence: Words, breach: Words) -> bool {
    let before = treaty.lower(Words::new(sentence.start.max(breach.start.saturating_sub(90)), breach.start));
    let before = before.rsplit(['.', ';']).next().unwrap_or_default();
    let behind = treaty.lower(Words::new(breach.end, sentence.end.min(breach.end + 60)));
    // Masters, infringers and importers answer to a court.
    if !["party", "parties", "state", "government"].iter().any(|who| before.contains(who) || behind.contains(who)) {
        return false;
    }
    [
        "if ",
        "where ",
        "when ",
        "which ",
        "that ",
        "who ",
        "in case of",
        "in the case of",
        "in the event of",
        "whenever ",
        "against a",
        "for a ",
        "for the ",
    ]
    .iter()
    .any(|opener| before.starts_with(opener) || before.contains(&format!(" {opener}")))
}

const SANCTIONS: [&str; 20] = [
    "suspend",
    "expel",
    "disconnect",
    "cut off",
    "cut it off",
    "countermeasure",
    "counter-measure",
    "sanction",
    "compensat",
    "reparation",
    "consequences",
    "collective measures",
    "exclude",
    "deny",
    "withdraw",
    "block its",
    "retaliat",
    "respond in kind",
    "bear responsibility",
    "be responsible",
];

fn sanction(treaty: &Treaty<'_>, norm: &Norm) -> Option<Words> {
    let lower = treaty.lower(norm.reach.to(norm.modal));
    let base = norm.reach.start.min(norm.modal.start);
    let (at, length) = SANCTIONS.iter().filter_map(|word| lower.find(word).map(|at| (at, word.len()))).min()?;
    let start = base + at as u32;
    Some(Words::new(start, start + length as u32))
}

/// An organ or a court finds, or a standard or a burden is named, anywhere in the article.
fn is_found_by_somebody(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let words = treaty.article_around(norm);
    let body = treaty.names_in(words).iter().any(|hit| matches!(hit.name, Name::Body(_)));
    let organ = body || treaty.any_of(words, &[Class::Organ]);
    let lower = treaty.lower(words);
    let finds = ["finds", "found by", "determine", "decide", "decision", "judgment", "award", "conclude", "recommend", "establish"]
        .iter()
        .any(|verb| lower.contains(verb));
    norm.bearer.class == BearerClass::Organ || organ && finds || settles_proof(treaty, words)
}
