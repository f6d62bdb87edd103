//! The line between what is banned and what is free is drawn by purpose or intent.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::model::place::Place;
use crate::model::sentence::SentenceId;
use crate::model::vocabulary::Name;
use crate::rules::once::Once;

/// `intent-distinction`
pub static CODE: Code = Code {
    name: "intent-distinction",
    summary: "what is banned and what is free differ by purpose or intent alone",
    family: Family::EspionageAttack,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H30"],
    since: "0.1.0",
    page: include_str!("intent_distinction.md"),
};

/// Asks the definitions and bans of arms, codes and tools for a line that only a purpose draws.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (index, sentence) in treaty.sentences.iter().enumerate() {
        let id = SentenceId(index as u32);
        if !sentence.is_operative(treaty) || sentence.reading != 0 {
            continue;
        }
        let Some(words) = purpose(treaty, sentence.words).filter(|_| draws_a_line(facts, id)) else { continue };
        if is_tested(treaty, sentence.words) || !once.first(place_of(facts, id), "", 0) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .finding(
                    &CODE,
                    id,
                    words,
                    format!("only a purpose (`{shown}`) tells what is banned from what is free in {}", treaty.locator(sentence.unit)),
                )
                .here("the same thing is lawful or not by what it is meant for")
                .help(
                    "add a test that can be made before use: type, quantity, place, configuration, or a declaration that can be inspected",
                ),
        );
    }
}

/// A definition is told on its own, a ban once an article.
fn place_of(facts: &Facts<'_, '_>, id: SentenceId) -> crate::syntax::tree::UnitId {
    let unit = facts.treaty.sentence(id).unit;
    if facts.treaty.places[unit.index()] == Place::Definitions || facts.treaty.defines(id) { unit } else { facts.treaty.article_of(unit) }
}

/// A definition that a ban uses, a ban on a weapon or tool with its points, or a clause that frees the same thing for a purpose.
fn draws_a_line(facts: &Facts<'_, '_>, id: SentenceId) -> bool {
    let treaty = facts.treaty;
    let of_measures =
        ["measures aimed at", "used exclusively for"].iter().any(|other| treaty.lower(treaty.sentence(id).words).contains(other));
    if of_measures {
        return false;
    }
    let sentence = treaty.sentence(id);
    let norm = treaty.norm_of(id);
    if treaty.places[sentence.unit.index()] == Place::Definitions || treaty.defines(id) {
        let of_purposes = treaty
            .terms
            .iter()
            .any(|term| term.name.contains("purpose") && treaty.tree.ancestors(sentence.unit).any(|unit| unit == term.unit));
        return !of_purposes && names_a_thing(treaty, id);
    }
    norm.is_some_and(|norm| facts.security && (bans_a_thing(treaty, norm) || frees_a_use(treaty, norm)))
}

/// The definition of a weapon, a tool or an attack. "Recording means an operation to obtain, for the purpose of registration, ..." is drawn by
/// a purpose too, and nobody bans recording.
fn names_a_thing(treaty: &Treaty<'_>, id: SentenceId) -> bool {
    const THINGS: [Class; 7] =
        [Class::Harm, Class::HarmNoun, Class::Arms, Class::Access, Class::AccessNoun, Class::Implant, Class::CyberAttack];
    let words = treaty.sentence(id).words;
    let first = treaty.terms.partition_point(|term| term.sentence < id);
    let mut terms = treaty.terms[first..].iter().take_while(|term| term.sentence == id).peekable();
    if terms.peek().is_none() {
        return treaty.any_of(words, &THINGS);
    }
    let tool =
        |name: &str| ["device", "tool", "software", "program", "code", "weapon", "munition"].iter().any(|thing| name.contains(thing));
    terms.any(|term| treaty.any_of(term.words, &THINGS) || tool(&term.name)) && treaty.any_of(words, &THINGS)
}

/// "The provisions of this Convention shall not hinder the use of ... for peaceful purposes."
fn frees_a_use(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let verb = treaty.lower(norm.act(treaty));
    norm.mode == Mode::Prohibition
        && norm.bearer.class == BearerClass::Instrument
        && ["hinder", "affect", "prejudice", "prevent", "impede"].iter().any(|start| verb.starts_with(start))
        && norm.place == Place::Operative
}

/// The chapeaux above a point, from the nearest one.
fn chapeaux<'t>(treaty: &'t Treaty<'_>, norm: &Norm) -> impl Iterator<Item = &'t Norm> {
    let mut next = norm.parent;
    std::iter::from_fn(move || {
        let above = treaty.norm(next?);
        next = above.parent;
        Some(above)
    })
    .take(6)
}

fn bans_a_thing(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let made_crime = |norm: &Norm| treaty.lower(norm.sentence_words(treaty)).contains("as criminal offence");
    if made_crime(norm) || chapeaux(treaty, norm).any(made_crime) {
        // A crime may well turn on intent; a tool that spies, testers and criminals share may not.
        let tool = ["device", "tool", "software", "program"].iter().any(|thing| treaty.lower(norm.sentence_words(treaty)).contains(thing));
        return norm.mode == Mode::Obligation && norm.place == Place::Operative && tool;
    }
    let chapeau = norm.parent.map(|parent| treaty.norm(parent).sentence_words(treaty));
    let arms = treaty.any_of(norm.sentence_words(treaty), &[Class::Arms, Class::WeaponAct, Class::Implant, Class::CyberAttack])
        || chapeau.is_some_and(|words| treaty.any_of(words, &[Class::Arms, Class::WeaponAct]));
    // "No new production facility": what it is the definition says, and there a test is asked for.
    let defined = norm.parent.is_none() && treaty.names_in(norm.reach).iter().any(|hit| matches!(hit.name, Name::Term(_)));
    norm.mode == Mode::Prohibition && arms && !defined && norm.binds_a_party() && norm.place == Place::Operative
}

/// The purpose that draws the line; "for the purposes of this Article" is a manner of speaking.
fn purpose(treaty: &Treaty<'_>, sentence: Words) -> Option<Words> {
    treaty.words_of(sentence, Class::IntentTest).find(|words| {
        let behind = treaty.lower(Words::new(words.end, sentence.end.min(words.end + 30)));
        let speaking = treaty.lower(*words).starts_with("for the purpose")
            && ["this", "the present", "the convention", "article", "paragraph", "these"]
                .iter()
                .any(|noun| behind.trim_start().starts_with(noun));
        !speaking
    })
}

/// Purpose is declared not to matter, or a figure, list or object stands beside it.
fn is_tested(treaty: &Treaty<'_>, sentence: Words) -> bool {
    let lower = treaty.lower(sentence);
    let objective = ["specifically designed", "types and quantities", "as long as", "for the purpose of destruction"]
        .iter()
        .any(|test| lower.contains(test));
    objective || treaty.any_of(sentence, &[Class::ToldApart]) || lower.bytes().any(|byte| byte.is_ascii_digit())
}
