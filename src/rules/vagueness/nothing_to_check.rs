//! An article that binds nobody to anything that could be checked.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::norm::{Mode, Norm};
use crate::model::place::Place;
use crate::syntax::tree::{UnitId, UnitKind};

/// `nothing-to-check`
pub static CODE: Code = Code {
    name: "nothing-to-check",
    summary: "an article has no actor, act or object that can be checked",
    family: Family::Vagueness,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H16"],
    since: "0.1.0",
    page: include_str!("nothing_to_check.md"),
};

/// Asks each article whether any of its norms says something that could be kept or broken.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let articles = treaty
        .tree
        .ids()
        .filter(|id| treaty.tree.unit(*id).kind == UnitKind::Article && matches!(treaty.places[id.index()], Place::Operative));
    for article in articles {
        let until = treaty.tree.unit(article).until;
        let mut norms = (article.0..until).flat_map(|unit| treaty.norms_of(UnitId(unit))).filter(|norm| !norm.is_condition()).peekable();
        let Some(first) = norms.peek().copied() else { continue };
        let mut count = 0;
        let empty = norms.all(|norm| {
            count += 1;
            norm.place == Place::Operative && is_empty(treaty, norm)
        });
        let whole = treaty.words_under(article);
        if !empty || count > 6 || whole.is_none_or(|words| words.len() > 1500 || is_exempt(treaty, article, treaty.lower(words))) {
            continue;
        }
        let act = first.act(treaty);
        out.push(
            facts
                .on_norm(&CODE, first, act, format!("nothing in {} can be checked: no result, step, time or body", treaty.locator(article)))
                .here("kept or broken, who could tell?")
                .help("say who does what by when, or move the article to the preamble"),
        );
    }
}

/// Verbs that name no act.
const EMPTY: [&str; 39] = [
    "cooperate",
    "co-operate",
    "collaborate",
    "promote",
    "encourage",
    "strive",
    "seek",
    "endeavour",
    "endeavor",
    "continue negotiations",
    "pursue negotiations",
    "continue to",
    "consider",
    "support",
    "strengthen",
    "enhance",
    "foster",
    "develop friendly",
    "work together",
    "work towards",
    "contribute to",
    "recognise",
    "recognize",
    "take into account",
    "bear in mind",
    "pay due regard",
    "aim",
    "facilitate",
    "provide or support assistance",
    "intensify",
    "deepen",
    "explore",
    "take action",
    "condemn",
    "make every effort",
    "make efforts",
    "be guided",
    "attach",
    "act responsibly",
];

fn is_empty(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    if !matches!(norm.mode, Mode::Obligation | Mode::Exhortation | Mode::Permission | Mode::Future) || !norm.binds_a_party() {
        return false;
    }
    let act = treaty.lower(norm.act(treaty));
    let plain = act.trim_start_matches("to ").trim_start_matches("also ").trim_start_matches("further ");
    let sentence = norm.sentence_words(treaty);
    let lower = treaty.lower(sentence);
    let concrete = treaty.has_limit(sentence)
        || treaty.pieces_in(sentence).iter().any(|piece| matches!(piece.kind, crate::syntax::parse::PieceKind::Exception(_)))
        || [
            "request",
            "listed",
            "annex",
            "following",
            "secretariat",
            "conference",
            "commission",
            "committee",
            "council",
            "by means of",
            "through the",
            "adopt",
            "approve",
            "decide",
            "measures to",
            "such measures",
        ]
        .iter()
        .any(|word| lower.contains(word));
    let hangs_on = norm.parent.is_some() || lower.trim_end().ends_with(':');
    EMPTY.iter().any(|verb| plain.starts_with(verb)) && !concrete && !hangs_on
}

/// Articles of consultation and of purpose say what they are for.
fn is_exempt(treaty: &Treaty<'_>, article: UnitId, lower: &str) -> bool {
    let title: String = treaty.tree.title(treaty.tree.unit(article)).iter().map(|span| treaty.source.slice(*span).to_lowercase()).collect();
    ["purpose", "objective", "principle", "consultation", "scope", "general provision", "aim"].iter().any(|word| title.contains(word))
        || lower.contains("dispute")
        || lower.contains("consult one another")
        || lower.contains("purpose of this")
        || lower.contains("objective of this")
}
