//! "Should" in an operative clause of a binding text: a wish where a duty was meant.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clause::{self, Clause};
use crate::model::clean::Words;
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::model::place::Place;
use crate::rules::once::Once;

/// `hortatory-operative`
pub static CODE: Code = Code {
    name: "hortatory-operative",
    summary: "\"should\" or \"are encouraged to\" in an operative clause of a binding text",
    family: Family::Escape,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H16"],
    since: "0.1.0",
    page: include_str!("hortatory_operative.md"),
};

/// Asks each operative clause whether its modal only wishes.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    // A declaration binds by nobody's leave but its own words, and says "should" because it wishes.
    if !treaty.declared.instrument.binding || treaty.declared.instrument.is_declaration() {
        return;
    }
    let mut once = Once::default();
    for (_, norm) in facts.norms().filter(|(_, norm)| norm.mode == Mode::Exhortation && norm.place == Place::Operative) {
        if norm.is_condition() || matches!(norm.bearer.class, BearerClass::Organ) || !once.first(norm.unit, "", norm.reading) {
            continue;
        }
        // A point says what its chapeau has said already.
        if norm.parent.is_some() {
            continue;
        }
        let before = treaty.lower(Words::new(norm.sentence_words(treaty).start, norm.modal.start));
        if is_reported(before) || is_in_condition(before) || clause::of_text(before) == Clause::Question || is_asked_above(treaty, norm) {
            continue;
        }
        let shown = treaty.quote(norm.modal);
        let locator = treaty.locator(norm.unit);
        // "[shall][should]": what is open is whether it binds.
        let open = beside_a_duty(treaty, norm);
        let message = if open {
            format!("`{shown}` in {locator} would bind nobody, and stands beside an alternative that binds")
        } else {
            format!("`{shown}` in {locator} binds nobody, in a text that binds")
        };
        out.push(
            facts
                .on_norm(&CODE, norm, norm.modal, message)
                .here(if open {
                    "taken, it makes a wish of the duty"
                } else {
                    "a wish, and nothing says what follows if it is not granted"
                })
                .label_if(Some(norm.act(treaty)).filter(|act| !act.is_empty()).map(|act| treaty.span(act)), || {
                    "what is wished for".to_owned()
                })
                .help(if open {
                    "settle on `shall` if it is owed; if it is not, move it to the preamble or say what it is a condition of"
                } else {
                    "write `shall` if it is owed; if it is not, move it to the preamble or say what it is a condition of"
                }),
        );
    }
}

/// Whether the same sentence obliges in the base reading.
fn beside_a_duty(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let base = treaty.readings[norm.reading as usize].of;
    norm.reading != 0 && base.is_some_and(|base| treaty.norms_of_sentence(base).iter().any(Norm::obliges))
}

/// A point of a question: "may decide whether: (a) the limits should be moved".
fn is_asked_above(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let above = treaty.tree.unit(norm.unit).parent;
    let last = treaty.sentences_of(above).next_back().map(|index| treaty.lower(treaty.sentences[index].words));
    last.is_some_and(|chapeau| {
        let chapeau = chapeau.trim_end_matches([':', ' ', '-', '–', '—']);
        // "Shall apply the following principles: (a) it should first ...": the chapeau binds to them.
        let principles = ["following principle", "following guideline", "following criteri"].iter().any(|noun| chapeau.contains(noun));
        principles || ["whether", "what", "how", "which"].iter().any(|word| chapeau.rsplit(' ').next() == Some(word))
    })
}

/// "If a third State should consider that ...", "Should a dispute arise, ...": a case that may come, and no wish.
fn is_in_condition(before: &str) -> bool {
    let clause = before.rsplit([';', ':']).next().unwrap_or_default();
    let opens = clause.trim().is_empty();
    let last = ["if ", "in case ", "in the event that ", "in the event of ", "when ", "where ", "whenever ", "unless ", "provided that "]
        .iter()
        .filter_map(|word| clause.rfind(word).filter(|at| *at == 0 || clause[..*at].ends_with([' ', ','])))
        .max();
    opens || last.is_some_and(|at| !clause[at..].contains(','))
}

/// "The Parties acknowledge that action should ...", "the reason he or she should not be ...": what somebody says, and no wish of the text.
fn is_reported(before: &str) -> bool {
    let clause = before.rsplit([',', ';']).next().unwrap_or_default();
    const SAYS: [&str; 14] = [
        "acknowledg",
        "recogni",
        "agree",
        "affirm",
        "emphasi",
        "not",
        "stress",
        "consider",
        "declare",
        "believe",
        "confirm",
        "state",
        "underlin",
        "accept",
    ];
    // "Where the Committee decides: (b) that the proposal should not proceed": a decision.
    if before.trim_start().starts_with("that ") {
        return true;
    }
    let said = clause
        .rfind(" that ")
        .is_some_and(|at| SAYS.iter().any(|verb| clause[..at].rsplit(' ').next().is_some_and(|word| word.starts_with(verb))));
    // "Shall bear in mind not only that ... should, but also that ... should": the duty is to bear it in mind.
    let borne =
        ["bear in mind", "take into account", "take into consideration", "give due regard"].iter().any(|duty| before.contains(duty));
    said || borne && clause.contains(" that ") || clause.contains("reason")
}
