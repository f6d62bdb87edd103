//! A declared reservation to what the treaty lets nobody reserve.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::declared::Reservation;
use crate::model::sentence::SentenceId;

/// `reservation-not-permitted`
pub static CODE: Code = Code {
    name: "reservation-not-permitted",
    summary: "a declared reservation is one that the treaty does not permit, or has no text",
    family: Family::Escape,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H2"],
    since: "0.1.0",
    page: include_str!("reservation_not_permitted.md"),
};

/// Asks each declared reservation what the reservations clause says of its provision.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if treaty.declared.reservations.is_empty() {
        return;
    }
    let clause = clause(treaty);
    for reservation in &treaty.declared.reservations {
        let named = provisions(&reservation.provision);
        let provision = &reservation.provision;
        let finding = |message: String, here: &str, help: String| {
            Diagnostic::new(&CODE, crate::source::FileId(0), reservation.span, message)
                .here(here)
                .help(help)
                .locator(locator(treaty, reservation))
        };
        if let Some(clause) = &clause
            && let Some(numbers) = named.iter().find(|numbers| !clause.permits(numbers))
        {
            out.push(
                finding(
                    format!("no reservation to {provision} is permitted"),
                    "reserved here",
                    format!("withdraw the reservation, or list {provision} in the reservations clause"),
                )
                .label(treaty.span(clause.nearest(numbers)), "what may be reserved"),
            );
            continue;
        }
        if !reservation.has_text {
            out.push(finding(
                format!("the reservation to {provision} has no text"),
                "what does it exclude or modify?",
                "add its words: `text: ...`; a reservation is made in writing (Vienna Convention on the Law of Treaties, Art. 23)"
                    .to_owned(),
            ));
        }
    }
}

fn locator(treaty: &Treaty<'_>, reservation: &Reservation) -> String {
    let party = reservation.party.target().and_then(|party| treaty.declared.parties.get(party.index()));
    format!("reservation {} {}", party.map_or("", |party| party.id.as_str()), reservation.provision)
}

/// What a treaty lets be reserved.
struct Clause {
    words: Words,
    /// The provisions that may be reserved, each with its words; `None` where all may.
    listed: Option<Vec<(Vec<String>, Words)>>,
}

impl Clause {
    /// A provision may be reserved if it is listed, or what it stands in is.
    fn permits(&self, provision: &[String]) -> bool {
        self.listed.as_ref().is_none_or(|listed| listed.iter().any(|(open, _)| provision.starts_with(open)))
    }

    /// The listed provision of the same article, else the clause.
    fn nearest(&self, provision: &[String]) -> Words {
        let listed = self.listed.iter().flatten().find(|(open, _)| open.first() == provision.first());
        listed.map_or(self.words, |(_, words)| *words)
    }
}

/// The numbers of a provision from the article down, "Article 9, paragraph 4" and "9(4)" alike; several for "Articles 4 and 6".
fn provisions(text: &str) -> Vec<Vec<String>> {
    let lower = text.to_lowercase();
    lower.split("article").filter(|part| !part.trim().is_empty()).flat_map(numbers_of).collect()
}

/// The numbers behind one "Article" or "Articles".
fn numbers_of(part: &str) -> Vec<Vec<String>> {
    let nested = part.contains("paragraph") || part.contains('(') || part.contains("point");
    let roman = |word: &str| word.chars().all(|c| "ivxl".contains(c));
    let numbers: Vec<String> = part
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() == 1 && *word != "s" || word.starts_with(|c: char| c.is_ascii_digit()) || !word.is_empty() && roman(word))
        .map(str::to_owned)
        .collect();
    match (numbers.is_empty(), nested) {
        (true, _) => Vec::new(),
        (false, true) => vec![numbers],
        (false, false) => numbers.into_iter().map(|number| vec![number]).collect(),
    }
}

/// "No reservation may be made", "reservations may be made to Articles 4 and 6 only", "avails itself of the reservations provided for in ...".
fn clause(treaty: &Treaty<'_>) -> Option<Clause> {
    let sentences =
        treaty.sentences.iter().enumerate().filter(|(_, sentence)| sentence.reading == 0 && sentence.is_operative_or_final(treaty));
    let mut found: Option<Clause> = None;
    for (index, sentence) in sentences {
        let lower = treaty.lower(sentence.words);
        let Some(at) = lower.find("reservation") else { continue };
        let closes = [
            "no reservation",
            "no other reservation",
            "not be subject to reservation",
            "reservations are not permitted",
            "may not be made",
            "shall not be permitted",
        ]
        .iter()
        .any(|words| lower.contains(words));
        let opens = ["may be made", "provided for in", "may make", "avails itself"].iter().any(|words| lower.contains(words));
        if !closes && !opens {
            continue;
        }
        let start = sentence.words.start + at as u32;
        let words = Words::new(start, start + "reservation".len() as u32);
        let id = SentenceId(index as u32);
        let from = treaty.references.partition_point(|reference| reference.sentence < id);
        let listed: Vec<(Vec<String>, Words)> = treaty.references[from..]
            .iter()
            .take_while(|reference| reference.sentence == id)
            .flat_map(|reference| provisions(treaty.lower(reference.words)).into_iter().map(|numbers| (numbers, reference.words)))
            .filter(|(numbers, _)| !numbers.is_empty())
            .collect();
        let clause = found.get_or_insert(Clause { words, listed: Some(Vec::new()) });
        if opens && !closes && listed.is_empty() {
            clause.listed = None;
        } else if let Some(all) = &mut clause.listed
            && opens
        {
            all.extend(listed);
        }
    }
    found
}
