//! Arms have to go, and nothing says by when.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::norm::{Mode, Norm};
use crate::rules::once::Once;

/// `missing-deadline`
pub static CODE: Code = Code {
    name: "missing-deadline",
    summary: "something has to be destroyed, reduced, removed or declared, with no time at all",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H11"],
    since: "0.1.0",
    page: include_str!("missing_deadline.md"),
};

const DONE_ONCE: [&str; 14] = [
    "destroy",
    "reduce",
    "remove",
    "dismantle",
    "eliminate",
    "scrap",
    "withdraw its",
    "withdraw all",
    "withdraw from the territory",
    "disarm",
    "declare all",
    "declare its",
    "convert",
    "bring its",
];

/// Asks each duty that is done once for a time, in its sentence or its article.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.mode == Mode::Obligation && !norm.is_condition()) {
        let act = treaty.lower(norm.act(treaty));
        let act = act.trim_start_matches("to ").trim_start_matches("also ");
        if !norm.binds_a_party()
            || !DONE_ONCE.iter().any(|verb| act.starts_with(verb))
            || !is_of_arms(treaty, norm)
            || is_timed(treaty, norm)
        {
            continue;
        }
        if once.first(treaty.article_of(norm.unit), "", 0) {
            out.push(
                facts
                    .on_norm(&CODE, norm, norm.act(treaty), format!("{} has to be done once and has no time", treaty.locator(norm.unit)))
                    .here("by when?")
                    .help("set a date or a number of months from entry into force, with steps between if it is long"),
            );
        }
    }
}

fn is_of_arms(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    treaty.any_of(norm.sentence_words(treaty), &[Class::Arms, Class::CyberAttack, Class::Implant])
}

/// A time stands in the sentence, its chapeau or its article, or the clause sends it elsewhere; a vague time is told by another rule.
fn is_timed(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let article = treaty.article_around(norm);
    let lower = treaty.lower(article);
    treaty.pieces_in(article).iter().any(|piece| piece.kind == crate::syntax::parse::PieceKind::Time)
        || treaty.any_of(norm.sentence_words(treaty), &[Class::VagueTime, Class::AtOnce])
        || [
            "deadline",
            "later than",
            "before ",
            "annually",
            "every year",
            "entry into force",
            "schedule for",
            "in accordance with",
            "timetable",
            "phase",
        ]
        .iter()
        .any(|time| lower.contains(time))
        || lower
            .bytes()
            .zip(lower.bytes().skip(1))
            .zip(lower.bytes().skip(2))
            .any(|((a, b), c)| matches!((a, b), (b'1', b'9') | (b'2', b'0')) && c.is_ascii_digit())
}
