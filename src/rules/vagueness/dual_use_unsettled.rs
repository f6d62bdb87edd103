//! A class of targets that civil and military users share, and nothing says which way it falls.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::model::term::Term;
use crate::model::vocabulary::Name;
use crate::rules::once::Once;
use crate::syntax::tree::UnitId;

/// `dual-use-unsettled`
pub static CODE: Code = Code {
    name: "dual-use-unsettled",
    summary: "a class of targets leaves open how systems fall that armed forces use too",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H14"],
    since: "0.1.0",
    page: include_str!("dual_use_unsettled.md"),
};

/// Infrastructure that armed forces use as well.
const SHARED: [&str; 15] = [
    "civilian infrastructure",
    "critical infrastructure",
    "civilian network",
    "civilian target",
    "civilian system",
    "telecommunication",
    "power grid",
    "electric power",
    "satellite",
    "transport network",
    "essential service",
    "internet",
    "communications infrastructure",
    "energy infrastructure",
    "electricity network",
];

/// Words that say which way a shared system falls, or a closed register of systems.
const SETTLED: [&str; 16] = [
    "military",
    "armed forces",
    "dual",
    "exclusively",
    "solely",
    "whether or not",
    "does not qualify",
    "defence forces",
    "defense forces",
    "listed in",
    "registered",
    "register",
    "set out in annex",
    "specified in annex",
    "annex",
    "marked",
];

/// Asks each ban and duty over an attack for its target, and the target's definition for the armed forces.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut once = Once::default();
    let norms: Vec<&Norm> =
        facts.gated().map(|(_, norm)| norm).filter(|norm| norm.obliges() && !norm.is_condition() && is_of_attack(treaty, norm)).collect();
    for norm in &norms {
        let Some((words, term)) = target(treaty, norm) else { continue };
        let name = term.map_or_else(|| stem(treaty.lower(words)), |term| stem(&term.name));
        let defined = term.and_then(|term| term.definiens);
        let said = |words: Words| SETTLED.iter().any(|settled| treaty.lower(words).contains(settled));
        let noted = term.is_some_and(|term| treaty.note_named(term.unit, "excludes").is_some());
        if noted || defined.is_some_and(said) || said(norm.sentence_words(treaty)) || !once.first(UnitId::ROOT, &name, norm.reading) {
            continue;
        }
        let shown = treaty.quote(words);
        let message = format!("`{shown}` leaves open how systems fall that armed forces use too");
        let mut found = match term.filter(|_| norm.reading == 0) {
            Some(term) => facts
                .finding(&CODE, term.sentence, term.words, message)
                .here("the same cables carry both")
                .label(treaty.span(words), "the norm that turns on it"),
            None => facts.on_norm(&CODE, norm, words, message).here("the same cables carry both"),
        };
        for other in norms.iter().filter(|other| other.unit != norm.unit && other.reading == 0).take(40) {
            if let Some((again, _)) = target(treaty, other).filter(|(again, _)| stem(treaty.lower(*again)) == name)
                && found.labels.len() < 4
            {
                found = found.label(treaty.span(again), "and so does this");
            }
        }
        out.push(found.help(format!("say which way they fall (`{shown}` does not lose its protection because armed forces use it too), or keep a register of protected systems")));
    }
}

fn is_of_attack(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    treaty.any_of(norm.sentence_words(treaty), &[Class::CyberAttack, Class::Implant, Class::AmbiguousAct, Class::VagueAct, Class::Harm])
        && (norm.mode == Mode::Prohibition || treaty.any_of(norm.reach, &[Class::CyberAttack]))
}

/// The shared target that a norm names, and the term that it is, if it is one.
fn target<'t>(treaty: &'t Treaty<'_>, norm: &Norm) -> Option<(Words, Option<&'t Term>)> {
    let is_shared = |name: &str| SHARED.iter().any(|shared| name.contains(shared));
    for hit in treaty.names_in(norm.reach) {
        if let Name::Term(term) = hit.name
            && is_shared(&treaty.term(term).name)
        {
            return Some((hit.words, Some(treaty.term(term))));
        }
    }
    let lower = treaty.lower(norm.reach);
    let (at, length) = SHARED.iter().filter_map(|shared| lower.find(shared).map(|at| (at, shared.len()))).min()?;
    let start = norm.reach.start + at as u32;
    Some((Words::new(start, start + length as u32), None))
}

fn stem(name: &str) -> String {
    name.trim_end_matches('s').to_owned()
}
