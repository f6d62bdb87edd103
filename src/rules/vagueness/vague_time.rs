//! A duty in time, and no outer limit: "promptly", "without undue delay".

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clause::{self, Clause};
use crate::model::clean::Words;
use crate::model::hedge::{self, Strength};
use crate::model::norm::{BearerClass, Norm};
use crate::model::place::Place;
use crate::syntax::tree::UnitId;

/// `vague-time`
pub static CODE: Code = Code {
    name: "vague-time",
    summary: "a duty must be done \"promptly\" or the like, with no outer limit",
    family: Family::Vagueness,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H10"],
    since: "0.1.0",
    page: include_str!("vague_time.md"),
};

/// Asks each duty for a time without a limit; the same article is told once, with every place.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut last: Option<(UnitId, u32, crate::diagnostic::Diagnostic)> = None;
    for (_, norm) in facts.norms().filter(|(_, norm)| norm.obliges()) {
        let Some(words) = vague_time(treaty, norm).filter(|_| is_judged(treaty, norm)) else { continue };
        let article = treaty.article_of(norm.unit);
        if let Some((of, reading, found)) = &mut last {
            if *of == article && *reading == norm.reading {
                found.labels.push(crate::diagnostic::Label {
                    file: found.labels[0].file,
                    span: treaty.span(words),
                    message: "nor has this".to_owned(),
                });
                continue;
            }
            out.push(found.clone());
        }
        let shown = treaty.quote(words);
        let locator = treaty.locator(norm.unit);
        let found = if is_interval(treaty.lower(words)) {
            facts
                .on_norm(&CODE, norm, words, format!("`{shown}` names no interval for the duty in {locator}"))
                .here("how often?")
                .help(format!("say how often in place of `{shown}`: \"each year by 31 March\", \"at least every two years\""))
        } else {
            facts
                .on_norm(&CODE, norm, words, format!("`{shown}` sets no outer limit for the duty in {locator}"))
                .here("this time has no end")
                .help(format!(
                    "add to `{shown}` the latest moment that would still do: so many hours, days or months, or what it has to come before"
                ))
        };
        last = Some((article, norm.reading, found));
    }
    if let Some((_, _, found)) = last {
        out.push(found);
    }
}

/// A duty of a Party or an organ, but no routine of a depositary.
fn is_judged(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let bearer = norm.binds_a_party() || matches!(norm.bearer.class, BearerClass::Organ | BearerClass::None);
    let depositary = treaty.lower(norm.bearer.words).contains("deposit") || treaty.lower(norm.bearer.words).contains("secretary-general");
    let final_organ = norm.place == Place::Final && !norm.binds_a_party();
    norm.obliges()
        && bearer
        && !depositary
        && !final_organ
        && matches!(norm.place, Place::Operative | Place::Annex | Place::Final)
        && !norm.is_condition()
}

/// "Regularly", "at appropriate intervals": a rhythm, and not a moment.
fn is_interval(words: &str) -> bool {
    ["regular", "periodic", "interval"].iter().any(|rhythm| words.contains(rhythm))
}

/// "Every two years", "at each session": the rhythm has its beat.
fn has_rhythm(lower: &str) -> bool {
    ["every ", "each year", "annual", "yearly", "once a ", "once every", "session", "each meeting", "schedule", "calendar"]
        .iter()
        .any(|beat| lower.contains(beat))
}

fn vague_time(treaty: &Treaty<'_>, norm: &Norm) -> Option<Words> {
    let sentence = norm.sentence_words(treaty);
    let words = treaty
        .words_of(norm.reach, Class::VagueTime)
        .find(|words| !is_of_a_participle(treaty, norm, *words))
        .or_else(|| in_front(treaty, norm, sentence))?;
    let behind = treaty.lower(Words::new(words.end, norm.reach.end)).trim_start();
    if is_no_time_of_the_duty(treaty, norm, words)
        || treaty.has_latest_moment(sentence)
        || limited_in_words(treaty.lower(sentence))
        || is_set_by_somebody(behind)
    {
        return None;
    }
    // "Advance notice before the arrival of inspectors: (b) as promptly as possible": the chapeau says what it has to come before.
    let chapeau = treaty.end_of_chapeau(norm);
    let awaited = chapeau.contains(" before ") || chapeau.contains(" prior to ");
    // "In a timely and effective manner" says how, and not when.
    let manner = treaty.lower(words) == "timely" && behind.starts_with("and ") && behind.split(' ').nth(2) == Some("manner");
    // What a conference of the Parties does again and again it does at its sessions.
    let at_sessions = is_interval(treaty.lower(words)) && norm.bearer.class == BearerClass::Organ && bearer_meets(treaty, norm);
    if awaited || manner || at_sessions {
        return None;
    }
    // Whoever meets sets the rhythm together.
    let joint = || ["meet", "consult", "be convened"].iter().any(|verb| treaty.lower(norm.act(treaty)).contains(verb));
    if is_interval(treaty.lower(words)) && (joint() || has_rhythm(treaty.lower(sentence))) {
        return None;
    }
    // "Shall endeavour to inform promptly" is weaker in what it owes than in its time: `hedged-obligation` tells it.
    let own = if words.start < norm.modal.start { norm.reach } else { Words::new(norm.modal.start, words.start) };
    if norm.binds_a_party() && hedge::on_duty(treaty, norm).any(|hedge| hedge.strength == Strength::Effort && own.contains(hedge.words)) {
        return None;
    }
    let bearer = treaty.lower(norm.bearer.words);
    let clerk = bearer.contains("secretariat")
        || bearer.contains("registrar")
        || norm.bearer.class == BearerClass::Organ
            && ["meet", "be so organi"].iter().any(|verb| treaty.lower(norm.reach).trim_start().starts_with(verb));
    if clerk {
        return None;
    }
    // "With a view to speedily restoring it", "if he was not promptly told": no time of the duty itself.
    if words.start >= norm.reach.start && clause::clause_of(treaty, norm, words) != Clause::Main {
        return None;
    }
    // "To the extent practicable, without undue delay": the softener takes more, and `hedged-obligation` tells it.
    let own = Words::new(norm.bearer.words.start.min(norm.modal.start), norm.reach.end);
    if norm.binds_a_party()
        && norm.parent.is_none()
        && hedge::on_duty(treaty, norm).any(|hedge| {
            let right_before = hedge.words.end < words.start && hedge.words.end + 3 >= words.start;
            own.contains(hedge.words) && hedge.strength >= Strength::Chance && right_before
        })
    {
        return None;
    }
    let is_noun = treaty.lower(words) == "prompt" && behind.starts_with("implementation");
    // "A regularly constituted court": by the rules, and no rhythm.
    let by_rule =
        treaty.lower(words) == "regularly" && ["constituted", "established", "appointed"].iter().any(|verb| behind.starts_with(verb));
    (!is_noun && !by_rule).then_some(words)
}

/// "Co-operate towards their expeditious elimination" says how a thing should be, "shall be able to search expeditiously" what one can do, and
/// "the need to review it periodically" what is talked of. Beside "such action as it deems necessary" no time matters.
fn is_no_time_of_the_duty(treaty: &Treaty<'_>, norm: &Norm, words: Words) -> bool {
    let lower = treaty.lower(norm.reach).trim_start();
    // "Granted the power to examine regularly", "take into account the need for a timely flow".
    let power = norm.parent.is_some_and(|parent| treaty.lower(treaty.norm(parent).act(treaty)).contains("power"));
    let needed =
        treaty.lower(Words::new(words.start.saturating_sub(70).max(norm.reach.start).min(words.start), words.start)).contains(" the need ");
    // Who answers the telephone now: nothing turns on the hour.
    let housekeeping = lower.contains("contact details");
    let able = ["be able ", "have the power", "have power", "have the authority"].iter().any(|power| lower.starts_with(power));
    let talked_of = ["the need ", "the desirability ", "the importance ", "the possibility "].iter().any(|noun| lower.starts_with(noun));
    let adjective = matches!(treaty.lower(words), "expeditious" | "prompt" | "timely");
    let before = treaty.lower(Words::new(words.start.saturating_sub(24).max(norm.reach.start).min(words.start), words.start));
    let mut last = before.trim_end().rsplit(' ').skip_while(|word| matches!(*word, "the" | "a" | "their" | "its" | "such" | "any"));
    let of_a_noun = adjective
        && last.next().is_some_and(|word| matches!(word, "towards" | "toward" | "for" | "of" | "to" | "which" | "through" | "order"));
    let own_choice =
        treaty.words_of(norm.reach, Class::SelfJudging).any(|judged| judged.start < words.end + 60 && words.start < judged.end + 60);
    able || power || needed || housekeeping || talked_of || of_a_noun || own_choice
}

/// The Conference or Meeting of the Parties, and not a secretariat or a commission that sits all year.
fn bearer_meets(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let bearer = treaty.lower(norm.bearer.words);
    bearer.contains("conference of") || matches!(bearer.rsplit(' ').next(), Some("conference" | "meeting" | "assembly" | "they" | "it"))
}

/// "As soon as feasible, each Party shall": the time stands in front of who owes the duty.
fn in_front(treaty: &Treaty<'_>, norm: &Norm, sentence: Words) -> Option<Words> {
    if norm.parent.is_some() || norm.bearer.words.is_empty() || norm.bearer.words.start <= sentence.start {
        return None;
    }
    let front = Words::new(sentence.start, norm.bearer.words.start);
    let lower = treaty.lower(front).trim_start();
    let in_condition = ["if ", "where ", "when ", "unless ", "in the event ", "in case "].iter().any(|opener| lower.starts_with(opener));
    let at_its_end = |words: &Words| treaty.lower(Words::new(words.end, front.end)).trim() == ",";
    treaty.words_of(front, Class::VagueTime).find(|words| !in_condition && !treaty.lower(*words).starts_with("when ") && at_its_end(words))
}

/// "Shall consider information provided in a timely manner": the time is that of whoever provides.
fn is_of_a_participle(treaty: &Treaty<'_>, norm: &Norm, words: Words) -> bool {
    let before = treaty.lower(Words::new(norm.reach.start, words.start)).trim_end();
    let mut last = before.rsplit(' ');
    // "Have the data provided promptly" is the duty itself.
    let participle = matches!(last.next(), Some("provided" | "submitted" | "received" | "supplied" | "made")) && !before.contains("have ");
    participle && last.next().is_some_and(|word| !matches!(word, "be" | "been" | "is" | "are" | "and" | "or" | "not" | "fully" | ""))
}

/// "At regular intervals to be determined by the Conference": somebody sets the time.
fn is_set_by_somebody(behind: &str) -> bool {
    // "At periodic intervals and in a format to be decided by the Conference".
    if let Some((between, verb)) = behind.split_once("to be ")
        && between.len() < 40
        && ["decided by", "specified by", "determined by"].iter().any(|by| verb.starts_with(by))
    {
        return true;
    }
    // "As early as possible before their entry into force": an event ends it.
    if ["before their ", "before its ", "before the entry", "prior to "].iter().any(|event| behind.starts_with(event)) {
        return true;
    }
    let behind = behind.strip_prefix("to be ").unwrap_or(behind);
    ["determined", "decided", "fixed", "set", "established", "agreed", "specified"]
        .iter()
        .any(|verb| behind.strip_prefix(verb).is_some_and(|rest| rest.starts_with([' ', ','])))
}

fn limited_in_words(lower: &str) -> bool {
    [
        "not later than",
        "no later than",
        "in any event",
        "in any case",
        "at the latest",
        "within the time",
        "specified period",
        "within the period",
        "time limits",
        "not exceeding",
        "not exceed",
        "first session",
        "next session",
        "first meeting",
        "next meeting",
    ]
    .iter()
    .any(|limit| lower.contains(limit))
}
