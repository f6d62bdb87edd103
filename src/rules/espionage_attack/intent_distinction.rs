//! The line between what is banned and what is free is drawn by purpose or intent.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::model::place::Place;
use crate::model::sentence::SentenceId;
use crate::rules::once::Once;

/// `intent-distinction`
pub static CODE: Code = Code {
    name: "intent-distinction",
    summary: "what is banned and what is free differ by purpose or intent alone",
    family: Family::EspionageAttack,
    severity: Severity::Advice,
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
        if !sentence.is_operative(treaty) || sentence.reading != 0 || !draws_a_line(facts, id) {
            continue;
        }
        let Some(words) = purpose(treaty, sentence.words) else { continue };
        if is_tested(treaty, sentence.words, words) || !once.first(treaty.article_of(sentence.unit), "", 0) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .finding(&CODE, id, words, format!("only a purpose (`{shown}`) tells what is banned from what is free in {}", treaty.locator(sentence.unit)))
                .here("the same thing is lawful or not by what it is meant for")
                .help("add a test that can be made before use: type, quantity, place, configuration, or a declaration that can be inspected"),
        );
    }
}

/// A definition that a ban uses, a ban on a weapon or tool with its points, or a clause that frees the same thing for a purpose.
fn draws_a_line(facts: &Facts<'_, '_>, id: SentenceId) -> bool {
    let treaty = facts.treaty;
    let sentence = treaty.sentence(id);
    let norm = treaty.norms_of(sentence.unit).iter().find(|norm| norm.sentence == id);
    if treaty.places[sentence.unit.index()] == Place::Definitions || treaty.terms.binary_search_by_key(&id, |term| term.sentence).is_ok() {
        return treaty.any_of(sentence.words, &[Class::Harm, Class::HarmNoun, Class::Arms, Class::Access, Class::AccessNoun, Class::Implant]);
    }
    norm.is_some_and(|norm| bans_a_thing(treaty, norm))
}

fn bans_a_thing(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let chapeau = norm.parent.map(|parent| treaty.norm(parent).sentence_words(treaty));
    let arms = treaty.any_of(norm.sentence_words(treaty), &[Class::Arms, Class::WeaponAct, Class::Implant, Class::CyberAttack])
        || chapeau.is_some_and(|words| treaty.any_of(words, &[Class::Arms, Class::WeaponAct]));
    norm.mode == Mode::Prohibition && arms && norm.binds_a_party() && norm.place == Place::Operative
}

/// The purpose that draws the line; "for the purposes of this Article" is a manner of speaking.
fn purpose(treaty: &Treaty<'_>, sentence: Words) -> Option<Words> {
    treaty.words_of(sentence, Class::IntentTest).find(|words| {
        let behind = treaty.lower(Words::new(words.end, sentence.end.min(words.end + 30)));
        let speaking = treaty.lower(*words).starts_with("for the purpose") && ["this", "the present", "the convention", "article", "paragraph", "these"].iter().any(|noun| behind.trim_start().starts_with(noun));
        !speaking
    })
}

/// Purpose is declared not to matter, or a figure, list or object stands beside it.
fn is_tested(treaty: &Treaty<'_>, sentence: Words, words: Words) -> bool {
    let lower = treaty.lower(sentence);
    let objective = ["specifically designed", "types and quantities", "as long as", "for the purpose of destruction"].iter().any(|test| lower.contains(test));
    let _ = words;
    objective || treaty.any_of(sentence, &[Class::ToldApart]) || lower.bytes().any(|byte| byte.is_ascii_digit())
}
