//! What is said is treated as what code does: harmful information beside harmful software.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::Norm;
use crate::model::sentence::SentenceId;
use crate::rules::once::Once;
use crate::syntax::tree::UnitKind;

/// `content-as-threat`
pub static CODE: Code = Code {
    name: "content-as-threat",
    summary: "what is said and what code does are under one ban or threat",
    family: Family::EspionageAttack,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H5"],
    since: "0.1.0",
    page: include_str!("content_as_threat.md"),
};

/// Asks bans, duties to counter and definitions of threats in texts on networks for content.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if !is_on_networks(treaty) {
        return;
    }
    let mut once = Once::default();
    for (index, sentence) in treaty.sentences.iter().enumerate() {
        let id = SentenceId(index as u32);
        let Some(words) = treaty.words_of(sentence.words, Class::Content).next() else { continue };
        let defines = treaty.terms.iter().any(|term| {
            term.definiens.is_some_and(|definiens| definiens.contains(words))
                || sentence.reading != 0 && treaty.readings[sentence.reading as usize].of == Some(term.sentence)
        }) && defines_a_threat(treaty, sentence.words);
        let governed = sentence.is_operative(treaty) && treaty.norm_of(id).is_some_and(|norm| counters(treaty, norm, words));
        // "The Parties hold that the following are main threats: (c) the spreading of ...": a list of threats defines them.
        let chapeau = treaty.tree.unit(sentence.unit).parent;
        let listed = treaty.tree.unit(sentence.unit).kind == UnitKind::Point
            && treaty.words_of_unit(chapeau).is_some_and(|words| treaty.lower(words).contains("threat"));
        if !(defines || governed || listed) || !once.first(treaty.article_of(sentence.unit), treaty.lower(words), sentence.reading) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .finding(&CODE, id, words, format!("`{shown}` makes what is said a threat beside what code does"))
                .here("content, not code")
                .note("States that protect speech and States that fear it read this clause as two different treaties")
                .help(format!("take `{shown}` out, or keep code and content in separate instruments")),
        );
    }
}

/// The text is about networks or information security, and not about trade or prisoners of war.
fn is_on_networks(treaty: &Treaty<'_>) -> bool {
    let all = Words::new(0, treaty.clean.len());
    if !treaty.any_of(all, &[Class::Content]) {
        return false;
    }
    let title = treaty.source.slice(treaty.title_span()).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word) || treaty.lower(all).contains(word));
    let on = has(&["information security", "information war"]);
    on || has(&["information weapon", "cyber", "computer network", "information space"]) && treaty.is_about_security()
}

/// The thing that is defined is a threat, a weapon or an attack.
fn defines_a_threat(treaty: &Treaty<'_>, sentence: Words) -> bool {
    let lower = treaty.lower(sentence);
    ["threat", "weapon", "war", "attack", "aggression", "crime", "operation", "terroris", "hostile", "dangerous", "harm"]
        .iter()
        .any(|word| lower.contains(word))
}

/// The norm bans content, or has the Parties counter it.
fn counters(treaty: &Treaty<'_>, norm: &Norm, words: Words) -> bool {
    let lower = treaty.lower(norm.reach.to(norm.modal));
    let stops = ["prevent", "counter", "combat", "suppress", "stop", "restrain", "curb", "block", "prohibit", "refrain", "not "]
        .iter()
        .any(|verb| lower.contains(verb));
    let own_speech = lower.contains("freedom of");
    norm.reach.contains(words) && norm.is_deontic() && (stops || norm.obliges()) && !own_speech
}
