//! A permission, exception or exclusion serves some parties only.

use crate::analysis::Facts;
use crate::analysis::facts_of::{party_name, speaks_of};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::declared::Profile;
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::rules::once::Once;
use crate::syntax::tree::UnitId;

/// `one-sided-carve-out`
pub static CODE: Code = Code {
    name: "one-sided-carve-out",
    summary: "a permission or exception serves some parties only",
    family: Family::Reciprocity,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H8", "H17"],
    since: "0.1.0",
    page: include_str!("one_sided_carve_out.md"),
};

/// Asks each permission and saving clause who holds it, and by the profiles who can use it.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    let open = open_to_all(facts);
    for (_, norm) in facts.norms().filter(|(_, norm)| {
        norm.is_operative() && matches!(norm.mode, Mode::Permission | Mode::Saving | Mode::Effect) && !norm.is_condition()
    }) {
        let named = norm.mode == Mode::Permission && matches!(norm.bearer.class, BearerClass::Named | BearerClass::ClosedClass);
        if named
            && !treaty.any_of(norm.sentence_words(treaty), &[Class::Reciprocal])
            && !held_by_others(facts, norm)
            && open.binary_search(&treaty.article_of(norm.unit)).is_err()
        {
            // A point says what its chapeau has said already.
            if norm.parent.is_none() && !is_no_favour(treaty, norm) && once.first(norm.unit, "", norm.reading) {
                let who = treaty.quote_within(whole(treaty, norm));
                out.push(
                    facts
                        .on_norm(&CODE, norm, norm.bearer.words, format!("only {who} may do what {} allows", treaty.locator(norm.unit)))
                        .here("the others hold no such permission")
                        .label(treaty.span(norm.act(treaty)), "what is allowed")
                        .help("open the permission to all Parties, or say what the others get for it"),
                );
            }
            continue;
        }
        let Some((words, some, none)) = practised_by_some(facts, norm) else { continue };
        if once.first(norm.unit, treaty.lower(words), norm.reading) {
            let shown = treaty.quote(words);
            out.push(
                facts
                    .on_norm(
                        &CODE,
                        norm,
                        words,
                        format!("leaving `{shown}` free serves {} and not {}", names(treaty, &some), names(treaty, &none)),
                    )
                    .here("free for all, practised by some")
                    .label_in(some[0].file, some[0].span, "who practises it, by this profile")
                    .help("say what those who don't practise it get in return, or narrow what stays free"),
            );
        }
    }
}

/// Who holds the permission, with what comes before the modal: "a developing country Party or a Party with an economy in transition".
fn whole(treaty: &Treaty<'_>, norm: &Norm) -> Words {
    let words = norm.bearer.words;
    if words.end >= norm.modal.start {
        return words;
    }
    let behind = treaty.lower(Words::new(words.end, norm.modal.start));
    let phrase = behind.find([',', ';', '(']).map_or(behind, |at| &behind[..at]).trim_end();
    Words::new(words.start, words.end + phrase.len() as u32)
}

/// "The developed country Parties may also provide funds", "may, on a voluntary basis, propose projects": whoever may give holds no privilege.
fn is_no_favour(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let act = treaty.lower(norm.act(treaty));
    let act = act.trim_start_matches("also ");
    let voluntary = treaty.lower(norm.reach).contains("voluntary");
    let verb = act.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    voluntary || ["provide", "contribute", "offer", "assist", "support", "transfer"].contains(&verb)
}

/// In the same clause others may do the same.
fn held_by_others(facts: &Facts<'_, '_>, norm: &Norm) -> bool {
    let treaty = facts.treaty;
    treaty
        .norms_under(norm.unit)
        .iter()
        .any(|other| other.mode == Mode::Permission && other.bearer.words != norm.bearer.words && other.binds_a_party())
}

/// The articles in which something is permitted to every Party, in their order: what a class may do there is its part of that.
fn open_to_all(facts: &Facts<'_, '_>) -> Vec<UnitId> {
    let permitted = facts.norms().filter(|(_, norm)| norm.mode == Mode::Permission && norm.bearer.class == BearerClass::AllParties);
    let mut articles: Vec<UnitId> = permitted.map(|(_, norm)| facts.treaty.article_of(norm.unit)).collect();
    articles.sort_unstable();
    articles.dedup();
    articles
}

/// The freed act, the profiles that practise it and those that don't; both sides must be declared.
fn practised_by_some<'f>(facts: &Facts<'f, '_>, norm: &Norm) -> Option<(Words, Vec<&'f Profile>, Vec<&'f Profile>)> {
    let treaty = facts.treaty;
    let profiles = facts.profiles();
    let spied = treaty.words_of(norm.sentence_words(treaty), Class::Espionage).next();
    let practises = |profile: &&Profile| match spied {
        Some(words) => {
            let core = treaty.lower(words).trim_end_matches('s').trim_start_matches("cyber ").to_owned();
            profile.practises.iter().any(|fact| fact.much && fact.words.contains(&core))
        }
        None => profile.practises.iter().any(|fact| fact.much && speaks_of(treaty, fact, norm)),
    };
    let (some, none): (Vec<_>, Vec<_>) = profiles.into_iter().partition(practises);
    let words = spied.unwrap_or_else(|| norm.act(treaty));
    (!some.is_empty() && !none.is_empty() && !words.is_empty()).then_some((words, some, none))
}

fn names(treaty: &Treaty<'_>, profiles: &[&Profile]) -> String {
    let names: Vec<&str> = profiles.iter().filter_map(|profile| profile.party).map(|party| party_name(treaty, party)).collect();
    names.join(" and ")
}
