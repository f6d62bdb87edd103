//! Reservations, declarations and optional elements by which each Party narrows what it owes.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::model::place::Place;
use crate::rules::once::Once;
use crate::syntax::parse::PieceKind;

/// `unlimited-reservations`
pub static CODE: Code = Code {
    name: "unlimited-reservations",
    summary: "each Party may narrow an operative clause by reservation, declaration or an element of its own",
    family: Family::Escape,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H2"],
    since: "0.1.0",
    page: include_str!("unlimited_reservations.md"),
};

/// Asks each permission and each reservations clause whether a Party can write its own duty.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.norms().filter(|(_, norm)| !matches!(norm.place, Place::Definitions)) {
        let Some((words, kind)) = narrowed(treaty, norm) else { continue };
        if !once.first(norm.unit, treaty.lower(words), norm.reading) {
            continue;
        }
        let locator = treaty.locator(norm.unit);
        let (message, here, help) = match kind {
            Kind::Element => (
                format!("{locator} lets each Party add elements of its own, and so narrow what all owe"),
                "each Party may ask for more before it owes anything",
                "make the element part of the common text or take it out; if it has to stay, ask that its use be notified and reviewed",
            ),
            Kind::Reservation => (
                format!("{locator} opens an operative clause to reservations"),
                "what is reserved here, the others owe and this Party does not",
                "bar reservations to it, or let them end after a stated time unless they are renewed",
            ),
            Kind::OptOut => (
                format!("{locator} lets each Party declare itself not bound{}", by_what(treaty, norm, words)),
                match (is_answered(treaty, norm), is_on_joining(treaty, norm)) {
                    (true, _) => "by its word alone, though the others are then not bound towards it",
                    (false, true) => "by its word alone when it joins, and without giving anything for it",
                    (false, false) => "at will, and without giving anything for it",
                },
                if is_answered(treaty, norm) {
                    "take the opt-out away, or let it end after a stated time unless it is renewed"
                } else {
                    "take the opt-out away, or let it work against whoever makes it as well (reciprocity of reservations)"
                },
            ),
        };
        let of = reserved_of(treaty, norm, kind);
        let part = kind == Kind::OptOut && by_what(treaty, norm, words).contains("paragraph");
        let severity = if part { Severity::Advice } else { CODE.severity };
        out.push(
            facts
                .on_norm(&CODE, norm, words, message)
                .severity(severity)
                .here(here)
                .label_if(of, || "the duty that it narrows".to_owned())
                .help(help),
        );
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Element,
    Reservation,
    OptOut,
}

/// The words by which a Party may narrow its duty.
fn narrowed(treaty: &Treaty<'_>, norm: &Norm) -> Option<(Words, Kind)> {
    let modal = treaty.lower(norm.modal);
    let reach = treaty.lower(norm.reach).trim_start();
    if norm.mode != Mode::Permission || norm.is_condition() || norm.parent.is_some() {
        return None;
    }
    let whole = || norm.modal.to(norm.act(treaty));
    // "A Party may require that the offence be committed with ...": an element of the offence.
    let party = norm.binds_a_party();
    if party
        && norm.place == Place::Operative
        && ["require that ", "require by law that ", "require as an element", "require, as"].iter().any(|verb| reach.starts_with(verb))
    {
        let of_offence = ["offence", "conduct", "committed", "criminal", "the act"].iter().any(|what| reach.contains(what));
        return of_offence.then(|| (whole(), Kind::Element));
    }
    let reserves = modal.contains("reserve the right") || modal.contains("reserves the right") || reach.starts_with("reserve the right");
    const LESS: [&str; 10] =
        ["not to", "to apply", "to require", "to refuse", "to limit", "to restrict", "to exclude", "to make", "to declare", "to not"];
    let reserved = reach.trim_start_matches("reserve the right").trim_start();
    // "Reserve the right to apply such internal measures": a power that all keep, unless it is to apply it to some cases only.
    let less = || LESS.iter().any(|less| reserved.starts_with(less)) && (!reserved.starts_with("to apply") || reserved.contains(" only "));
    if party && reserves && less() && norm.place != Place::Annex {
        return Some((whole(), Kind::Reservation));
    }
    // "Reservations may be made to Article 2", "any State may make reservations", "may declare that it avails itself of ...".
    let about = treaty.lower(Words::new(norm.sentence_words(treaty).start, norm.modal.start));
    let made = about.contains("reservation") && reach.starts_with("be made")
        || party
            && (reach.starts_with("make reservation")
                || reach.starts_with("make one or more reservation")
                || reach.starts_with("make a reservation")
                || reach.starts_with("enter reservation"));
    if made && !about.contains("no reservation") && !about.contains("no other reservation") {
        return Some((whole(), Kind::Reservation));
    }
    let declares = reach.starts_with("declare") || reach.contains("declare that it");
    if !declares {
        return None;
    }
    let lower = treaty.lower(norm.reach);
    let base = norm.reach.start;
    for (needle, kind) in [
        ("avails itself of the reservation", Kind::Reservation),
        ("avails itself of one or more of the reservation", Kind::Reservation),
        ("avails itself of the possibility of requiring additional elements", Kind::Element),
        ("the possibility of requiring additional elements", Kind::Element),
        ("does not consider itself bound", Kind::OptOut),
        ("not be bound", Kind::OptOut),
        ("will not apply", Kind::OptOut),
        ("shall not apply", Kind::OptOut),
        ("reserves the right", Kind::Reservation),
        ("reserve the right", Kind::Reservation),
    ] {
        if let Some(at) = lower.find(needle) {
            let start = base + at as u32;
            return Some((Words::new(start, start + needle.len() as u32), kind));
        }
    }
    None
}

/// " by subparagraph (1)(b) of article 1": what the opt-out is of, where a reference right behind it says so.
fn by_what(treaty: &Treaty<'_>, norm: &Norm, opt_out: Words) -> String {
    let reference = treaty
        .pieces_in(norm.reach)
        .iter()
        .find(|piece| matches!(piece.kind, PieceKind::Reference(_)) && piece.start >= opt_out.end && piece.start < opt_out.end + 30);
    reference.map_or_else(String::new, |piece| format!(" by {}", treaty.quote(Words::new(piece.start, piece.end))))
}

/// "The other Parties shall not be bound towards a Party that has made such a declaration": it works against whoever makes it too.
fn is_answered(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let words = treaty.lower(treaty.article_around(norm));
    [
        "other parties shall not be bound",
        "other contracting parties shall not be bound",
        "other states parties shall not be bound",
        "shall not be bound by that paragraph with respect to",
        "shall not be bound by the preceding paragraph with respect to",
        "shall not be bound by paragraph",
    ]
    .iter()
    .any(|answer| words.contains(answer))
        && ["such a reservation", "such a declaration", "made such", "such reservation", "such declaration"]
            .iter()
            .any(|made| words.contains(made))
}

/// The declaration can be made on joining alone, and is no way out later.
fn is_on_joining(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let sentence = treaty.lower(norm.sentence_words(treaty));
    let joins = ["at the time of", "at time of", "when depositing", "on depositing", "when signing", "upon signing", "when becoming"];
    joins.iter().any(|time| sentence.contains(time))
        && !["at any time", "at any other time", "subsequently"].iter().any(|later| sentence.contains(later))
}

/// What an element or a reservation in an operative article narrows: the first duty of its article.
fn reserved_of(treaty: &Treaty<'_>, norm: &Norm, kind: Kind) -> Option<crate::source::Span> {
    if kind == Kind::OptOut || norm.place != Place::Operative {
        return None;
    }
    let article = treaty.article_of(norm.unit);
    treaty
        .norms_under(article)
        .iter()
        .find(|other| other.obliges() && other.binds_a_party() && other.sentence != norm.sentence)
        .map(|other| treaty.span(other.act(treaty)))
}
