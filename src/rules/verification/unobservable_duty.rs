//! A ban on what nobody can see: intent, knowledge, doctrine, research, code on a disk.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::rules::once::Once;

/// `unobservable-duty`
pub static CODE: Code = Code {
    name: "unobservable-duty",
    summary: "intent, knowledge, doctrine, research or possession of code is banned",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H24", "H12"],
    since: "0.1.0",
    page: include_str!("unobservable_duty.md"),
};

/// Asks each ban whether what it bans can be seen by anybody at all.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.mode == Mode::Prohibition && !norm.is_condition()) {
        let Some((words, what)) = unobservable(treaty, norm) else { continue };
        if treaty.note_named(norm.unit, "verified by").is_some() || !once.first(treaty.article_of(norm.unit), treaty.lower(words), 0) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .on_norm(&CODE, norm, words, format!("{} bans {what}, which no inspection can see: `{shown}`", treaty.locator(norm.unit)))
                .here("leaves no trace that tells it from what stays allowed")
                .help("ban what shows: use, tests, deployment, code placed in named systems; declare the rest and let it be counted"),
        );
    }
}

/// The object of the ban, and what kind of thing it is.
fn unobservable(treaty: &Treaty<'_>, norm: &Norm) -> Option<(Words, &'static str)> {
    let act = norm.act(treaty);
    let near = Words::new(act.start, act.end.min(act.start + 60));
    let lower = treaty.lower(act);
    if let Some(words) = treaty.words_of(near, Class::Unobservable).next() {
        let head = treaty.lower(Words::new(act.start, words.start));
        // "To attack with the intent of ..." bans the attack.
        let is_object = !head.contains(" with ") && !head.contains(" of ") && head.split(' ').count() <= 6;
        return is_object.then_some((words, "what is in somebody's head or on a desk"));
    }
    let makes = ["develop", "possess", "research", "acquire", "stockpile", "produce", "retain", "design", "write"];
    let plain = lower.trim_start_matches("to ");
    let code = treaty.words_of(near, Class::Implant).chain(treaty.words_of(near, Class::CyberAttack)).next()?;
    let tool = ["weapon", "virus", "code", "software", "malware", "tool", "bomb"].iter().any(|tool| treaty.lower(code).contains(tool));
    (tool && makes.iter().any(|verb| plain.starts_with(verb))).then_some((Words::new(act.start, code.end), "having or making code"))
}
