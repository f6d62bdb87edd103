//! Leaving costs nothing: short notice or none, at any time, or for events that the leaving Party judges itself.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::rules::once::Once;

/// `easy-withdrawal`
pub static CODE: Code = Code {
    name: "easy-withdrawal",
    summary: "a Party may leave on short notice or none, at will",
    family: Family::Escape,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H4"],
    since: "0.1.0",
    page: include_str!("easy_withdrawal.md"),
};

/// Asks each right to leave how long it takes, against the notice that the options call short, and who judges the reason.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.norms().filter(|(_, norm)| norm.mode == Mode::Permission && leaves(treaty, norm)) {
        let article = treaty.article_of(norm.unit);
        if !once.first(article, "", norm.reading) {
            continue;
        }
        let whole = treaty.words_under(article).unwrap_or(norm.reach);
        let words = if norm.reading == 0 { whole } else { norm.sentence_words(treaty) };
        let notice = notice(treaty, words);
        let sentence = norm.sentence_words(treaty);
        let judged = treaty.words_of(sentence, Class::SelfJudging).next();
        let short = notice.is_none_or(|(days, _)| days <= facts.options.notice as f32);
        if !short || treaty.lower(words).contains("armed conflict") {
            continue;
        }
        let at_will = ["at any time", "in exercising its national sovereignty"].iter().find_map(|words| {
            let at = treaty.lower(sentence).find(words)?;
            let start = sentence.start + at as u32;
            Some(Words::new(start, start + words.len() as u32))
        });
        let primary = norm.modal.to(norm.act(treaty));
        let primary = at_will.map_or(primary, |at| if at.start < primary.start { primary } else { primary.to(at) });
        let message = match notice {
            None => format!("{} lets a Party leave at once", treaty.locator(norm.unit)),
            Some((_, time)) => format!("{} lets a Party leave within {}", treaty.locator(norm.unit), treaty.quote(time)),
        };
        let mut found = facts.on_norm(&CODE, norm, primary, message).here("free to go, whatever it has on its hands");
        found = found.label_if(notice.map(|(_, time)| treaty.span(time)), || "the whole notice".to_owned());
        found = found.label_if(judged.map(|words| treaty.span(words)), || "and it judges the reason itself".to_owned());
        out.push(
            found.help(
                "ask for six or twelve months' notice with reasons, and keep the duties alive for what happened or was acquired before",
            ),
        );
    }
}

/// A Party may denounce the treaty or withdraw from it; not from an organ, a request or a consent.
fn leaves(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let reach = treaty.lower(norm.reach);
    let head = &reach[..reach.floor_char_boundary(90)];
    let verb =
        [" denounce", "withdraw from", "to withdraw", " withdraw", "terminate its participation"].iter().any(|verb| head.contains(verb));
    if !verb {
        return false;
    }
    let what = [
        "this convention",
        "this treaty",
        "this agreement",
        "this protocol",
        "the present convention",
        "the present treaty",
        "the convention",
        "the treaty",
        "the agreement",
        "the protocol",
        "this pact",
        "the pact",
        "this charter",
        "this memorandum",
        "the present",
    ]
    .iter()
    .any(|what| reach[..reach.floor_char_boundary(160)].contains(what));
    let other = [
        "withdraw its",
        "withdraw a ",
        "withdraw the",
        "withdraw any",
        "withdraw from the meeting",
        "withdraw such",
        "free to withdraw",
        "in respect of",
        "with respect to",
    ]
    .iter()
    .any(|other| reach.contains(other));
    (norm.binds_a_party() || treaty.lower(norm.bearer.words).contains("state")) && what && !other
}

/// The longest time in the clause, in days, with its words: how long leaving takes. "Twelve months", "90 days", "three (3) months".
fn notice(treaty: &Treaty<'_>, words: Words) -> Option<(f32, Words)> {
    let lower = treaty.lower(words);
    let mut longest: Option<(f32, Words)> = None;
    let mut counted: Option<(f32, usize)> = None;
    let mut next = 0;
    for part in lower.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let (at, word) = (next, part.trim_end_matches(|c: char| !c.is_alphanumeric()));
        next += part.len();
        if word.is_empty() {
            continue;
        }
        if let Some(number) = number(word) {
            // "twelve (12) months": the first number opens the words.
            let opens = counted.filter(|(same, _)| *same == number).map_or(at, |(_, opens)| opens);
            counted = Some((number, opens));
            continue;
        }
        let days = match word.trim_end_matches('s') {
            "calendar" | "full" => continue,
            "day" => 1.0,
            "week" => 7.0,
            "month" => 30.4,
            "year" => 365.0,
            _ => 0.0,
        };
        if let Some((number, opens)) = counted.take().filter(|_| days > 0.0)
            && longest.is_none_or(|(known, _)| known < number * days)
        {
            longest = Some((number * days, Words::new(words.start + opens as u32, words.start + (at + word.len()) as u32)));
        }
    }
    longest
}

fn number(word: &str) -> Option<f32> {
    const WORDS: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match word {
        "thirty" => Some(30.0),
        "sixty" => Some(60.0),
        "ninety" => Some(90.0),
        "eighteen" => Some(18.0),
        _ => word.parse().ok().or_else(|| WORDS.iter().position(|known| *known == word).map(|at| at as f32)),
    }
}
