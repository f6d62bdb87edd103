//! Declarations and exchanges that nobody can check.

use crate::analysis::Facts;
use crate::analysis::coverage::Grade;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::rules::once::Once;

/// `unverifiable-transparency`
pub static CODE: Code = Code {
    name: "unverifiable-transparency",
    summary: "doctrine, intent or capability is declared or exchanged, and nobody can check it",
    family: Family::Verification,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &["H33"],
    since: "0.1.0",
    page: include_str!("unverifiable_transparency.md"),
};

const TELLS: [&str; 20] = [
    "exchange",
    "declare",
    "report",
    "inform",
    "make known",
    "publish",
    "share",
    "disclose",
    "explain",
    "communicate",
    "provide information",
    "furnish",
    "notify",
    "submit information",
    "make available",
    "make public",
    "describe",
    "provide",
    "present",
    "engage in an exchange",
];

const TOLD: [&str; 16] = [
    "doctrine",
    "strategy",
    "strategies",
    "capabilities",
    "capability",
    "intentions",
    "intention",
    "policies",
    "policy",
    "plans",
    "programmes of research",
    "force structure",
    "military budget",
    "military expenditure",
    "organisation of their",
    "organization of their",
];

/// Asks each duty to tell of what nobody sees for somebody who checks it.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (id, norm) in facts.norms().filter(|(_, norm)| norm.reading == 0 && norm.is_operative() && !norm.is_condition()) {
        let wish = norm.mode == Mode::Exhortation && norm.binds_a_party();
        if !(wish || norm.mode == Mode::Obligation && facts.is_gated(id)) || facts.coverage.grade(treaty, norm) > Grade::SelfReport {
            continue;
        }
        let Some(words) = told(treaty, norm) else { continue };
        if !once.first(treaty.article_of(norm.unit), "", 0) {
            continue;
        }
        let shown = treaty.quote(words);
        out.push(
            facts
                .on_norm(&CODE, norm, words, format!("nobody can check what {} has the Parties tell: `{shown}`", treaty.locator(norm.unit)))
                .here("true or false, it looks the same from outside")
                .note("without a check, a declaration builds no more trust than there was")
                .help("have them declare what can be counted or visited (sites, units, exercises), and let somebody visit"),
        );
    }
}

/// What is told, if the norm is one of telling and the text is about arms, attack or networks.
fn told(treaty: &Treaty<'_>, norm: &Norm) -> Option<Words> {
    let act = norm.act(treaty);
    let lower = treaty.lower(act);
    let plain = lower.trim_start_matches("to ").trim_start_matches("also ");
    if !TELLS.iter().any(|verb| plain.starts_with(verb)) {
        return None;
    }
    let (at, word) = TOLD.iter().filter_map(|word| lower.find(word).map(|at| (at, *word))).min()?;
    let article = treaty.article_around(norm);
    let about = treaty.any_of(article, &[Class::Arms, Class::CyberAttack, Class::Implant])
        || ["cyber", "military", "network", "weapon", "defence", "defense", "armed forces", "information security"]
            .iter()
            .any(|word| treaty.lower(article).contains(word));
    let start = act.start + at as u32;
    about.then(|| Words::new(start, start + word.len() as u32))
}
