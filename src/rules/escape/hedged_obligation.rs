//! A softener on a binding modal: whoever owes the duty measures it.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::hedge::{self, Hedge};
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::model::place::Place;

/// `hedged-obligation`
pub static CODE: Code = Code {
    name: "hedged-obligation",
    summary: "a softener on a binding duty lets whoever owes it measure it",
    family: Family::Escape,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H3"],
    since: "0.1.0",
    page: include_str!("hedged_obligation.md"),
};

/// Asks each sentence that obliges a Party for softeners; one sentence is told once, at the one that takes back most.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut last = None;
    let softened = |norm: &Norm| treaty.any_of(norm.sentence_words(treaty), &[Class::Hedge]);
    for (_, norm) in facts.norms().filter(|(_, norm)| softened(norm) && is_judged(treaty, norm)) {
        if last == Some(norm.sentence) {
            continue;
        }
        last = Some(norm.sentence);
        let hedges: Vec<Hedge> = hedge::on_duty(treaty, norm).collect();
        let Some(most) = hedges.iter().rev().max_by_key(|hedge| hedge.strength) else { continue };
        let shown = treaty.quote(most.words);
        let locator = treaty.locator(norm.unit);
        let message = if most.maximises {
            format!("`{shown}` asks for the most in {locator} and names no least: whoever owes it says what is possible")
        } else if let Some(second) = most.second {
            format!("`{shown}` leaves it to whoever owes {locator} whether to `{}`", treaty.quote(second))
        } else {
            format!("`{shown}` leaves it to whoever owes {locator} how far it goes")
        };
        let mut found = facts
            .on_norm(&CODE, norm, most.words, message)
            .here("softens the duty")
            .help(format!("say what is owed at the least in place of `{shown}`, or who decides what is possible"));
        for more in hedges.iter().filter(|hedge| hedge.words != most.words).take(3) {
            found = found.label(treaty.span(more.words), "and so does this");
        }
        out.push(found);
    }
}

/// A duty of a Party, or its right to what others owe; what a body or a text shall do is another's matter.
fn is_judged(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let carried = norm.parent.is_some() && !matches!(norm.bearer.class, BearerClass::Organ | BearerClass::Person);
    let bearer = norm.binds_a_party() || matches!(norm.bearer.class, BearerClass::None | BearerClass::Other) || carried;
    let right = norm.mode == Mode::Permission && norm.binds_a_party() && treaty.lower(norm.modal).contains("right");
    let task = treaty.lower(norm.bearer.words);
    let of_organ = || {
        ["functions of", "the functions", "tasks of", "the task", "the object of", "the role of", "terms of reference"]
            .iter()
            .any(|word| task.contains(word))
    };
    // "As far as possible the card shall measure 10 cm": a paper or a sign, and nobody's duty hangs on its looks.
    let of_a_paper = || {
        const PAPERS: [&str; 12] =
            ["card", "cards", "sign", "signs", "emblem", "letter", "letters", "label", "form", "forms", "map", "maps"];
        norm.bearer.class == BearerClass::Other && task.split(' ').any(|noun| PAPERS.contains(&noun))
    };
    (matches!(norm.place, Place::Operative | Place::Annex) || norm.place == Place::Final && norm.binds_a_party())
        && (norm.mode == Mode::Obligation || right)
        && bearer
        && !norm.is_condition()
        && !(treaty.defines(norm.sentence) || of_organ() || of_a_paper() || lists_contents(treaty, norm))
}

/// A point of a list of what a paper has to hold: "shall include the following: (h) the weight or, as appropriate, the volume".
fn lists_contents(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let chapeau = treaty.end_of_chapeau(norm);
    [
        "shall include",
        "shall contain",
        "shall specify",
        "shall indicate",
        "the following information",
        "following particulars",
        "shall state",
    ]
    .iter()
    .any(|verb| chapeau.contains(verb))
}
