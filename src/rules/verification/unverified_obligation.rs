//! Covert conduct is banned or limited, and nothing in the treaty sees it.

use crate::analysis::Facts;
use crate::analysis::coverage::{self, Grade};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::declared;
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::syntax::tree::UnitId;

/// `unverified-obligation`
pub static CODE: Code = Code {
    name: "unverified-obligation",
    summary: "covert conduct is banned or limited and nothing in the treaty sees it",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H24"],
    since: "0.1.0",
    page: include_str!("unverified_obligation.md"),
};

/// Asks each covert ban, limit or duty who sees it; those of one article are told together.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut open: Option<(UnitId, crate::diagnostic::Diagnostic)> = None;
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && is_covert_duty(facts, norm)) {
        if facts.coverage.grade(treaty, norm) > Grade::Complaint || names_what_is_not_there(treaty, norm) {
            continue;
        }
        let article = treaty.article_of(norm.unit);
        let act = norm.act(treaty);
        if let Some((of, found)) = &mut open {
            if *of == article {
                if found.labels.len() < 8 {
                    found.labels.push(crate::diagnostic::Label {
                        file: found.labels[0].file,
                        span: treaty.span(act),
                        message: "nor this".to_owned(),
                    });
                }
                continue;
            }
            out.push(found.clone());
        }
        open = Some((article, finding(facts, norm)));
    }
    if let Some((_, found)) = open {
        out.push(found);
    }
}

/// `@verified by` with a name that nobody bears: that was told, and what was meant may well see it.
fn names_what_is_not_there(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    coverage::verification_note(treaty, norm).is_some_and(|note| {
        declared::names_in_note(treaty.source, &note.value).iter().any(|(name, _)| {
            !name.eq_ignore_ascii_case("none") && treaty.declared.mechanism(name).is_none() && !declared::is_reference(name)
        })
    })
}

/// A ban, a limit or a duty whose breach nobody but the actor sees; helping others to it is a side of the same ban.
fn is_covert_duty(facts: &Facts<'_, '_>, norm: &Norm) -> bool {
    let treaty = facts.treaty;
    if !norm.obliges() || norm.is_condition() || !norm.is_covert(treaty) || !touches_security(facts, norm) {
        return false;
    }
    // "The records shall be retained", "the lists shall be kept": what a thing is to be, and no ban or limit on an act.
    if norm.mode == Mode::Obligation && matches!(norm.bearer.class, BearerClass::None | BearerClass::Other) && norm.parent.is_none() {
        return false;
    }
    let words = treaty.lower(norm.act(treaty));
    let help = ["assist", "encourage", "induce", "help", "aid"].iter().any(|verb| words.trim_start_matches("to ").starts_with(verb));
    // To make an act a crime shows itself, whatever the act.
    let law = ["offence", "crime", "criminal", "punish"].iter().any(|law| words.contains(law)) && norm.mode == Mode::Obligation;
    !help && !law && !words.is_empty()
}

/// A weapon, an attack or the like stands in the clause, or in the words around it in its article.
fn touches_security(facts: &Facts<'_, '_>, norm: &Norm) -> bool {
    let treaty = facts.treaty;
    const SECURITY: [Class; 6] =
        [Class::Arms, Class::CyberAttack, Class::Implant, Class::VagueAct, Class::AmbiguousAct, Class::SharedTarget];
    if norm.mode == Mode::Prohibition && treaty.is_harm_to_systems(norm.reach) {
        return true;
    }
    let around = norm.parent.map(|parent| treaty.norm(parent).sentence_words(treaty));
    treaty.any_of(norm.sentence_words(treaty), &SECURITY)
        || around.is_some_and(|words| treaty.any_of(words, &SECURITY))
        || treaty.words_under(treaty.article_of(norm.unit)).is_some_and(|words| treaty.any_of(words, &[Class::Arms]))
}

fn finding(facts: &Facts<'_, '_>, norm: &Norm) -> crate::diagnostic::Diagnostic {
    let treaty = facts.treaty;
    let act = norm.act(treaty);
    let seer = facts.coverage.by_text(treaty, norm);
    let locator = treaty.locator(norm.unit);
    let message = match seer {
        Some(_) => format!("only a complaint after the fact reaches a breach of {locator}"),
        None => format!("nothing in this treaty sees whether {locator} is kept"),
    };
    facts
        .on_norm(&CODE, norm, act, message)
        .here("a breach of this shows only to whoever commits it")
        .label_if(seer.map(|seer| treaty.span(seer.words)), || "this comes after the fact and sees nothing by itself".to_owned())
        .note("a security treaty stands or falls with its verification")
        .help("say who may look at what, and when (declarations, inspection, measurement), or name the mechanism: `@verified by: ...`")
}
