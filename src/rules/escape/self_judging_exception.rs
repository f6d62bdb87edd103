//! Whoever is bound decides whether it is bound.

use super::essential_interests_escape::ground;
use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::model::place::Place;
use crate::model::sentence::SentenceId;
use crate::syntax::parse::PieceKind;

/// `self-judging-exception`
pub static CODE: Code = Code {
    name: "self-judging-exception",
    summary: "the bound party decides whether or how far it is bound",
    family: Family::Escape,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H3"],
    since: "0.1.0",
    page: include_str!("self_judging_exception.md"),
};

/// Asks each excuse, and each duty whose object the bound party picks, who judges.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for (index, sentence) in treaty.sentences.iter().enumerate() {
        let id = SentenceId(index as u32);
        let place = treaty.places[sentence.unit.index()];
        if !matches!(place, Place::Operative | Place::Annex | Place::Final) {
            continue;
        }
        let Some(norm) = treaty.norm_of(id) else { continue };
        let Some(words) =
            treaty.words_of(sentence.words, Class::SelfJudging).find(|words| judges_itself(treaty, norm, sentence.words, *words))
        else {
            continue;
        };
        // The interests that it weighs are told with the escape that they make.
        if place != Place::Final && ground(treaty, sentence.words).is_some() && !treaty.any_of(sentence.words, &[Class::Withdrawal]) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .finding(
                    &CODE,
                    id,
                    words,
                    if picks_its_duty(treaty, norm, words, sentence.words.end) {
                        format!("in {} the bound Party itself decides what it owes (`{shown}`)", treaty.locator(sentence.unit))
                    } else {
                        format!("in {} the bound Party itself decides whether it is bound (`{shown}`)", treaty.locator(sentence.unit))
                    },
                )
                .here("nobody else judges this")
                .help("let a body or the other Party decide, or name facts in place of a belief"),
        );
    }
}

fn judges_itself(treaty: &Treaty<'_>, norm: &Norm, sentence: Words, words: Words) -> bool {
    let before = Words::new(sentence.start, words.start);
    let lower_before = treaty.lower(before);
    let near = &lower_before[lower_before.floor_char_boundary(lower_before.len().saturating_sub(60))..];
    if near.contains("requesting")
        || near.contains("complain")
        || near.contains("organization")
        || matches!(norm.bearer.class, BearerClass::Organ | BearerClass::Person)
    {
        return false;
    }
    // "With the authorization of the Conference suspend such obligations as it considers equivalent": somebody else has the last word.
    if lower_before.contains("authorization of the") || lower_before.contains("authorisation of the") {
        return false;
    }
    if norm.mode == Mode::Prohibition || lower_before.contains("shall not refuse") || lower_before.contains("because ") {
        return false;
    }
    let refuses = |words: Words| treaty.any_of(words, &[Class::Refusal, Class::RefusalNoun]);
    let chapeau = norm.parent.map(|parent| treaty.norm(parent).sentence_words(treaty));
    let excuse = norm.mode == Mode::Permission && (refuses(norm.reach) || chapeau.is_some_and(refuses))
        || norm.is_condition() && chapeau.is_some_and(refuses);
    // "Seek the services of experts and establish such bodies as they deem necessary": what a meeting of the Parties may do.
    let meets = norm.parent.is_some_and(|parent| {
        let chapeau = treaty.lower(treaty.norm(parent).sentence_words(treaty));
        ["meeting", "conference", "session", "assembly"].iter().any(|organ| chapeau.contains(organ))
    });
    if meets && treaty.lower(words).starts_with("they ") {
        return false;
    }
    // "Physicians may recommend that prisoners who are, in their opinion, unfit": whose opinion it is owes nothing. "Such advisers as it deems
    // necessary": whom one sends is one's own affair.
    let own = treaty.lower(words).starts_with("in its") || treaty.lower(words).starts_with("in their");
    if own && !norm.binds_a_party() && norm.parent.is_none()
        || ["advisers as ", "experts as ", "delegates as "].iter().any(|sent| near.ends_with(sent))
    {
        return false;
    }
    let carved = treaty
        .pieces_in(before)
        .iter()
        .any(|piece| matches!(piece.kind, PieceKind::Exception(kind) if kind == crate::syntax::parse::ExceptionKind::Carved));
    let leaves = treaty.any_of(sentence, &[Class::Withdrawal]) && treaty.lower(Words::new(words.end, sentence.end)).contains("events");
    let conditions =
        near.contains("subject to ") && treaty.lower(Words::new(words.start, sentence.end.min(words.end + 16))).contains("necessary");
    excuse || carved && norm.binds_a_party() || leaves || conditions || picks_its_duty(treaty, norm, words, sentence.end)
}

/// "any measures it considers necessary": the duty's object is whatever the bound party picks.
fn picks_its_duty(treaty: &Treaty<'_>, norm: &Norm, words: Words, end: u32) -> bool {
    let behind = treaty.lower(Words::new(words.start, end.min(words.end + 16)));
    let picks = ["necessary", "appropriate", "fit", "advisable", "desirable"].iter().any(|word| behind.contains(word));
    let optional = treaty.lower(Words::new(words.start.saturating_sub(4), words.start)).ends_with("if ");
    norm.mode == Mode::Obligation && norm.binds_a_party() && norm.reach.contains(words) && picks && !optional
}
