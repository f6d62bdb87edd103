//! Words of a treaty in a text that does not bind, or words of a declaration in one that does.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::Mode;
use crate::model::place::Place;
use crate::model::sentence::{Sentence, SentenceId};
use crate::syntax::parse::PieceKind;

/// `mixed-register`
pub static CODE: Code = Code {
    name: "mixed-register",
    summary: "words that bind in a text that does not, or the reverse",
    family: Family::Form,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H34"],
    since: "0.1.0",
    page: include_str!("mixed_register.md"),
};

/// Asks the modals of the articles which register they are of; speaks once.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let binding = treaty.declared.instrument.binding;
    let mut wrong: Vec<(SentenceId, Words)> = Vec::new();
    let mut right = 0;
    for (index, sentence) in treaty.sentences.iter().enumerate().filter(|(_, sentence)| sentence.reading == 0) {
        // Final clauses of a binding text say "will" of the depositary and the like.
        let asked = match treaty.places[sentence.unit.index()] {
            Place::Operative => true,
            Place::Final => !binding,
            _ => false,
        };
        if !asked {
            continue;
        }
        match register(treaty, sentence) {
            Some((words, binds)) if binds != binding => wrong.push((SentenceId(index as u32), words)),
            Some(_) => right += 1,
            None => {}
        }
    }
    // A text all in "will" is one of the other kind, whatever was declared; one "will" among shalls is a slip.
    let [(first, words), others @ ..] = wrong.as_slice() else { return };
    if binding && right == 0 {
        return;
    }
    let shown = treaty.quote(*words);
    let message = if binding {
        format!("`{shown}` promises nothing in a text that binds by `shall`")
    } else {
        format!("`{shown}` binds, and the text is declared not to")
    };
    let mut found =
        facts.finding(&CODE, *first, *words, message).here(if binding { "a word of declarations" } else { "a word of treaties" });
    for (_, words) in others.iter().take(3) {
        found = found.label(treaty.span(*words), "and here");
    }
    if others.len() > 3 {
        found = found.note(format!("and in {} more sentences", others.len() - 3));
    }
    let help = if binding {
        "write `shall` where it is owed; courts and Parties will argue over the difference"
    } else {
        "write `will` or `should`, and `come into effect`; or declare `binding: yes`"
    };
    // "Will" is an old way to bind in the treaties of some States: whether it slipped in is a guess.
    found.uncertain = binding;
    out.push(found.help(help));
}

/// The first modal of a Party in a sentence, and whether it is one that binds.
fn register(treaty: &Treaty<'_>, sentence: &Sentence) -> Option<(Words, bool)> {
    let lower = treaty.lower(sentence.words);
    for piece in treaty.pieces_of(sentence) {
        let PieceKind::Modal { mode, .. } = piece.kind else { continue };
        if !matches!(mode, Mode::Obligation | Mode::Prohibition | Mode::Future) {
            continue;
        }
        let words = Words::new(piece.start, piece.end);
        let until = (piece.start - sentence.words.start) as usize;
        let from = lower.ceil_char_boundary(until.saturating_sub(160));
        let before = &lower[from..until];
        let subject = before.rsplit([',', ';']).next().unwrap_or_default().trim();
        let party = [
            "party",
            "parties",
            "states",
            "state",
            "participants",
            "participating states",
            "governments",
            "signatories",
            "side",
            "sides",
            "they",
        ]
        .iter()
        .any(|who| subject.ends_with(who));
        if !party || subject.split(' ').count() > 7 || subject.split(' ').any(|word| matches!(word, "which" | "that" | "whether")) {
            continue;
        }
        return match mode {
            Mode::Obligation | Mode::Prohibition if !treaty.lower(words).starts_with("will") => Some((words, true)),
            Mode::Future => Some((words, false)),
            _ => None,
        };
    }
    None
}
