//! An exception that reaches as far as the rule, or a deadline that can be moved for ever.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::rules::once::Once;
use crate::syntax::tree::UnitId;

/// `exception-swallows-rule`
pub static CODE: Code = Code {
    name: "exception-swallows-rule",
    summary: "an exception reaches everything that the rule does",
    family: Family::Escape,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H3"],
    since: "0.1.0",
    page: include_str!("exception_swallows_rule.md"),
};

/// Asks each duty whether its exception leaves anything of it, and each deadline whether it can be put off without end.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let mut once = Once::default();
    for (_, norm) in facts.norms().filter(|(_, norm)| norm.is_operative()) {
        let found = grounds_left_open(facts, norm).or_else(|| open_exception(facts, norm)).or_else(|| renewed_for_ever(facts, norm));
        if let Some(found) = found
            && once.first(norm.unit, &found.message, norm.reading)
        {
            out.push(found);
        }
    }
}

/// "... including the grounds on which the requested Party may refuse": somebody else's law supplies every ground.
fn grounds_left_open(facts: &Facts<'_, '_>, norm: &Norm) -> Option<Diagnostic> {
    let treaty = facts.treaty;
    if !norm.obliges() {
        return None;
    }
    let words = find(treaty, norm.sentence_words(treaty), &["including the grounds on which", "including the grounds for refus"])?;
    let end = treaty.sentence(norm.sentence).words.end.min(words.end + 50);
    let behind = treaty.lower(Words::new(words.end, end));
    let stop = behind.find("refuse").map_or(words.end, |at| words.end + at as u32 + 6);
    let words = Words::new(words.start, stop);
    Some(
        facts
            .on_norm(
                &CODE,
                norm,
                words,
                format!("what may undo {} is left to a law outside this treaty, without limit", treaty.locator(norm.unit)),
            )
            .here("every ground that this law knows is one")
            .help("list the grounds here and say that there are no others"),
    )
}

/// Openings by which anything is an exception.
const OPEN: [&str; 16] = [
    "circumstances so require",
    "circumstances otherwise require",
    "in exceptional circumstances",
    "in special circumstances",
    "in exceptional cases",
    "for any other reason",
    "for other reasons",
    "for any legitimate purpose",
    "for any lawful purpose",
    "for other legitimate purposes",
    "for other lawful purposes",
    "for legitimate reasons",
    "where it is necessary",
    "when it is necessary",
    "in case of necessity",
    "in cases of necessity",
];

/// An exception that names no case, or that repeats the ban's own act and object.
fn open_exception(facts: &Facts<'_, '_>, norm: &Norm) -> Option<Diagnostic> {
    let treaty = facts.treaty;
    if !norm.obliges() || !treaty.norms_of_sentence(norm.sentence).iter().any(|other| other.is_gated(treaty)) && norm.reading == 0 {
        return None;
    }
    for (_, exception) in norm.exceptions(treaty) {
        let lower = treaty.lower(exception);
        if !["except", "unless", "save", "other than", "with the exception"].iter().any(|opener| lower.starts_with(opener)) {
            continue;
        }
        let near = Words::new(exception.start, exception.end.min(exception.start + 120));
        let open = find(treaty, near, &OPEN).filter(|_| !treaty.has_limit(exception));
        let rule = treaty.lower(Words::new(norm.reach.start, exception.start));
        let repeats = || repeats(rule, lower).then(|| Words::new(exception.start, exception.start + clause_end(lower) as u32));
        let Some(words) = open.or_else(repeats) else { continue };
        return Some(
            facts
                .on_norm(
                    &CODE,
                    norm,
                    words,
                    if open.is_some() {
                        format!("nothing bounds the exception in {}: it may reach all that the rule does", treaty.locator(norm.unit))
                    } else {
                        format!("the exception in {} reaches all that the rule does", treaty.locator(norm.unit))
                    },
                )
                .here("this names no case that the rule does not")
                .label(treaty.span(norm.act(treaty)), "the rule")
                .help("name the cases, their number or how long each lasts, and who decides that one is there"),
        );
    }
    None
}

/// The exception holds every weighty word of the rule and adds no bound.
fn repeats(rule: &str, exception: &str) -> bool {
    let weighty = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphabetic())
            .filter(|word| word.len() > 4)
            .map(|word| word[..word.floor_char_boundary(6)].to_owned())
            .collect()
    };
    let owed = weighty(rule);
    let clause = &exception[..clause_end(exception)];
    let freed = weighty(clause);
    owed.len() >= 2 && owed.iter().all(|word| freed.contains(word)) && freed.len() <= owed.len() + 3
}

fn clause_end(text: &str) -> usize {
    text.find(['.', ';']).unwrap_or(text.len())
}

/// "May be renewed": without a number, the deadline of the same article never comes.
fn renewed_for_ever(facts: &Facts<'_, '_>, norm: &Norm) -> Option<Diagnostic> {
    let treaty = facts.treaty;
    if norm.mode != Mode::Permission {
        return None;
    }
    let lower = treaty.lower(norm.reach).trim_start();
    let renews = ["be renewed", "be extended", "be prolonged", "renew the extension", "extend the period", "extend the time"];
    if !renews.iter().any(|verb| lower.starts_with(verb)) {
        return None;
    }
    let sentence = treaty.lower(norm.sentence_words(treaty));
    let capped = treaty.has_limit(norm.sentence_words(treaty))
        || [
            "by agreement",
            "by mutual agreement",
            "with the consent",
            "once",
            "one further",
            "a further period",
            "no more than",
            "not exceed",
            "up to",
            "only ",
        ]
        .iter()
        .any(|cap| sentence.contains(cap));
    let deadline = deadline(treaty, treaty.article_of(norm.unit), norm)?;
    let of_deadline = ["extension", "period", "deadline", "time", "such a"].iter().any(|noun| sentence.contains(noun));
    (!capped && of_deadline).then(|| {
        facts
            .on_norm(
                &CODE,
                norm,
                norm.modal.to(norm.act(treaty)),
                format!("nothing caps how often {} lets the deadline be put off", treaty.locator(norm.unit)),
            )
            .here("again and again")
            .label(treaty.span(deadline), "the deadline that it moves")
            .help("say how often and how long, or who may refuse a further one")
    })
}

/// A time by which a Party has to do something, in the article.
fn deadline(treaty: &Treaty<'_>, article: UnitId, except: &Norm) -> Option<Words> {
    treaty
        .norms_under(article)
        .iter()
        .filter(|norm| norm.sentence != except.sentence && norm.obliges() && norm.binds_a_party())
        .find(|norm| treaty.has_latest_moment(norm.reach))
        .map(|norm| norm.act(treaty))
}

/// The first of some words in a stretch.
fn find(treaty: &Treaty<'_>, words: Words, needles: &[&str]) -> Option<Words> {
    let lower = treaty.lower(words);
    // Most stand nowhere, and `contains` knows it much sooner than `find`.
    let near = needles.iter().filter(|needle| lower.contains(**needle));
    near.filter_map(|needle| lower.find(needle).map(|at| (at, needle.len()))).min().map(|(at, length)| {
        let start = words.start + at as u32;
        Words::new(start, start + length as u32)
    })
}
