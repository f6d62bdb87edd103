//! Reduce, limit, restrict: and no number says to what.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::syntax::parse::PieceKind;

/// `unquantified-limit`
pub static CODE: Code = Code {
    name: "unquantified-limit",
    summary: "a duty to reduce or limit has no number, schedule or list",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H11"],
    since: "0.1.0",
    page: include_str!("unquantified_limit.md"),
};

/// Asks each norm for limits without a figure.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for (_, norm) in facts.gated() {
        let Some(words) = loose_number(treaty, norm).or_else(|| bare_limit(treaty, norm)) else { continue };
        let shown = treaty.quote(words);
        out.push(
            facts
                .on_norm(&CODE, norm, words, format!("`{shown}` is a limit without a number"))
                .here("no figure, share, date or schedule says how far")
                .help(format!("say to how many, by how much or by which schedule: `{shown}` can't be counted")),
        );
    }
}

fn loose_number(treaty: &Treaty<'_>, norm: &Norm) -> Option<Words> {
    let words = treaty.words_of(norm.reach, Class::LooseNumber).next()?;
    let behind = Words::new(words.end, norm.reach.end.min(words.end + 80));
    (!treaty.has_limit(behind)).then_some(words)
}

/// The verb of limiting heads the norm, its object could be counted, and nothing counts it.
fn bare_limit(treaty: &Treaty<'_>, norm: &Norm) -> Option<Words> {
    if !norm.obliges() {
        return None;
    }
    let verb = treaty.words_of(norm.reach, Class::LimitVerb).next().filter(|verb| verb.start < norm.reach.start + 30)?;
    // "Shall, as far as possible, not restrict": what is not to be limited needs no figure.
    let before = treaty.lower(Words::new(norm.reach.start, verb.start));
    // "Treaty-limited equipment" is a kind of equipment.
    if before.trim_end().ends_with("not") || before.ends_with('-') || norm.mode == Mode::Prohibition {
        return None;
    }
    // "Within the limits of their resources" limits nothing by itself; "nor shall such agreements restrict" is a ban.
    let lower = treaty.lower(verb);
    let noun = matches!(lower, "limits" | "cuts" | "caps" | "limited" | "restricted") || before.trim_end().ends_with(" the");
    let nor = {
        let start = norm.sentence_words(treaty).start;
        treaty.lower(Words::new(start, norm.modal.start.max(start))).trim_start().starts_with("nor ")
    };
    if noun || nor || lower.ends_with("ed") && before.contains("have") {
        return None;
    }
    let object = Words::new(verb.end, norm.reach.end);
    let countable = treaty.any_of(object, &[Class::Arms, Class::Measurable]);
    let numbered = treaty.lower(object).bytes().any(|byte| byte.is_ascii_digit())
        || treaty.has_limit(object)
        || treaty.pieces_in(object).iter().any(|piece| matches!(piece.kind, PieceKind::Reference(_)))
        || [
            "so that",
            "such that",
            "per cent",
            "percent",
            "half",
            "one third",
            "schedule",
            "annex",
            "zero",
            "to two",
            "to three",
            "to ten",
        ]
        .iter()
        .any(|word| treaty.lower(object).contains(word));
    let standard = treaty.any_of(object, &[Class::Standard]) && treaty.any_of(object, &[Class::Measurable]);
    (countable && !numbered && !standard).then(|| Words::new(verb.start, norm.act(treaty).end.max(verb.end)))
}
