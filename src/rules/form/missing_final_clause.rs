//! What every treaty has to settle at its end, and this one does not.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::syntax::tree::LineKind;

/// `missing-final-clause`
pub static CODE: Code = Code {
    name: "missing-final-clause",
    summary: "the text does not settle entry into force, reservations, withdrawal, amendment, disputes, languages or depositary",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H2", "H4"],
    since: "0.1.0",
    page: include_str!("missing_final_clause.md"),
};

/// A final clause: what it is called, and words of which one is in every text that has it.
const CLAUSES: [(&str, &[&str]); 7] = [
    ("entry into force", &["into force", "effective date", "become effective", "take effect", "binding upon signature"]),
    ("reservations", &["reservation"]),
    (
        "withdrawal or duration",
        &["withdraw", "denounce", "denunciation", "terminat", "unlimited duration", "remain in force", "remains in force", "expire"],
    ),
    ("amendment", &["amend", "revision", "revise", "modification of th", "modify th"]),
    (
        "disputes",
        &[
            "dispute",
            "disagreement",
            "differences",
            "interpretation or application",
            "difference of opinion",
            "arbitration",
            "question of compliance",
            "problems which may arise",
            "problems that may arise",
        ],
    ),
    (
        "authentic texts",
        &[
            "authentic",
            "equally valid",
            "in duplicate",
            "in a single copy",
            "in the english",
            "in english",
            "in two original",
            "done at",
            "done in",
        ],
    ),
    (
        "a depositary",
        &[
            "deposit",
            "archives of",
            "in duplicate",
            "secretary-general",
            "secretary general",
            "exchange of notes",
            "exchange of instruments",
            "instruments of ratification shall be exchanged",
        ],
    ),
];

/// Asks the whole text, articles, annexes and testimonium, for each of the clauses; tells of all that are missing in one finding.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let instrument = &treaty.declared.instrument;
    let owes = facts.gated().any(|(_, norm)| norm.reading == 0 && norm.obliges());
    if treaty.is_excerpt() || !instrument.binding || !owes {
        return;
    }
    let read = treaty.lower(Words::new(0, treaty.clean.len()));
    let tail = last_lines(treaty);
    // A treaty of two needs no depositary, for instruments are exchanged, and a reservation to it is a new offer.
    let bilateral = treaty.declared.parties.len() == 2 || is_between_two(treaty);
    // The statute of an organ that a charter has set up lives with the charter.
    if instrument.is_called("statute") && holds(read, "established by the charter") {
        return;
    }
    // A text that is a part of another has its final clauses there.
    let part = holds(read, "integral part of the")
        && ["this agreement", "the present agreement", "economy agreement", "this protocol", "the present protocol"].iter().any(|own| {
            ["shall form an integral part of the", "shall constitute an integral part of the", "shall be an integral part of the"]
                .iter()
                .any(|verb| holds(read, &format!("{own} {verb}")))
        });
    if part {
        return;
    }
    let missing: Vec<&str> = CLAUSES
        .iter()
        .filter(|(name, _)| !(bilateral && matches!(*name, "a depositary" | "reservations")))
        .filter(|(_, words)| !words.iter().any(|word| holds(read, word) || tail.contains(word)))
        .map(|(name, _)| *name)
        .collect();
    // A protocol has its convention's, by its title or by "Articles 22 and 44 of the Convention shall apply to this Protocol".
    let borrowed = ["mutatis mutandis, to this protocol", "mutatis mutandis to this protocol"].iter().any(|words| holds(read, words));
    if borrowed && instrument.is_called("protocol") {
        return;
    }
    if missing.is_empty() || instrument.names_another() && missing.len() > 2 {
        return;
    }
    let mut found = facts
        .on_treaty(&CODE, format!("the text does not settle {}", in_words(&missing)))
        .here("no clause speaks of these")
        .help("add the final clauses, or say that this is a part of a text: `excerpt: yes`");
    if missing.contains(&"reservations") {
        found = found.note("where a treaty is silent, any reservation is possible that its object and purpose bears (Vienna Convention on the Law of Treaties, Art. 19)");
    }
    out.push(found);
}

/// "Agreement between X and Y", by its declared title or its own first line.
fn is_between_two(treaty: &Treaty<'_>) -> bool {
    let line = treaty.tree.lines.iter().find(|line| line.kind == LineKind::Text).map_or("", |line| treaty.source.slice(line.span));
    [treaty.source.slice(treaty.title_span()), line].iter().any(|title| title.to_lowercase().contains(" between "))
}

/// Whether words stand in a text; for a whole treaty the vectorised search is many times as fast.
fn holds(text: &str, words: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), words.as_bytes()).is_some()
}

/// The text's last lines in small letters: the testimonium is no sentence of the model, and names languages and copies.
fn last_lines(treaty: &Treaty<'_>) -> String {
    const LAST: usize = 80;
    let lines = treaty.tree.lines.iter().rev();
    let of_text = |kind: &LineKind| !matches!(kind, LineKind::Declaration | LineKind::Note | LineKind::Comment | LineKind::Blank);
    lines.filter(|line| of_text(&line.kind)).take(LAST).map(|line| treaty.source.slice(line.span).to_lowercase() + "\n").collect()
}

fn in_words(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}
