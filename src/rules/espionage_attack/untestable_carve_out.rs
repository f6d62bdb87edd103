//! Espionage is free where attack is banned, and no test tells them apart before use.

use crate::analysis::Facts;
use crate::analysis::espionage::{bans_attack, is_settled};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::clean::Words;
use crate::model::norm::Mode;
use crate::model::sentence::SentenceId;
use crate::rules::once::Once;

/// `untestable-carve-out`
pub static CODE: Code = Code {
    name: "untestable-carve-out",
    summary: "espionage is left free where attack is banned, and no test tells them apart before use",
    family: Family::EspionageAttack,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H8", "H15", "H30"],
    since: "0.1.0",
    page: include_str!("untestable_carve_out.md"),
};

/// Asks a treaty that bans attack for clauses and definitions that leave espionage free.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let Some((_, ban)) = facts.gated().find(|(_, norm)| norm.reading == 0 && bans_attack(treaty, norm) && !is_settled(treaty, norm)) else {
        return;
    };
    let mut once = Once::default();
    for (index, sentence) in treaty.sentences.iter().enumerate().filter(|(_, sentence)| sentence.is_operative(treaty)) {
        let id = SentenceId(index as u32);
        let Some(words) = freed(facts, id) else { continue };
        if !once.first(treaty.article_of(sentence.unit), "", sentence.reading) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .finding(&CODE, id, words, format!("`{shown}` stays free where {} bans attack, and nothing tells the two apart before use", treaty.locator(ban.unit)))
                .here("left free here")
                .label(treaty.span(ban.act(treaty)), "banned here")
                .note("the same access serves both; which it was shows only when it acts")
                .help("name a test that can be made before use (`@told apart by: ...`), or ban access to the same targets whatever its purpose"),
        );
    }
}

/// Words of espionage in a permission, a saving clause or an exclusion.
#[must_use]
pub fn freed(facts: &Facts<'_, '_>, id: SentenceId) -> Option<Words> {
    let treaty = facts.treaty;
    let sentence = treaty.sentence(id);
    // Spying by name, or what it does: to read, copy or get into what a machine holds, and no harm.
    let described = || {
        let harms = treaty.words_of(sentence.words, Class::Harm).any(|words| !treaty.lower(words).starts_with("attack"));
        let harmless = !harms && treaty.is_harm_to_systems(sentence.words);
        treaty.words_of(sentence.words, Class::Access).next().filter(|_| harmless)
    };
    let words = treaty.words_of(sentence.words, Class::Espionage).next().or_else(described)?;
    let norm = treaty.norm_of(id);
    let lower = treaty.lower(sentence.words);
    let frees = norm
        .is_some_and(|norm| matches!(norm.mode, Mode::Permission | Mode::Saving) || norm.mode == Mode::Effect && lower.contains(" not "));
    let excludes = [
        "does not include",
        "does not apply to",
        "do not apply to",
        "shall not apply to",
        "is not an attack",
        "is not a cyber attack",
        "are not attacks",
        "is no attack",
        "other than",
        "except ",
        "excluding",
        "is not prohibited",
        "are not prohibited",
        "not be considered",
        "without prejudice to",
        "remains free",
        "shall not affect",
    ]
    .iter()
    .any(|link| lower.contains(link));
    (frees || excludes).then_some(words)
}
