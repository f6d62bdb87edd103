//! A banned thing that is defined by its tool alone, by its effect alone or by its target alone.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::Mode;
use crate::model::term::Term;
use crate::model::vocabulary::Name;
use crate::rules::once::Once;
use crate::syntax::tree::{UnitId, UnitKind};

/// `half-defined-ban`
pub static CODE: Code = Code {
    name: "half-defined-ban",
    summary: "what is banned is defined by tool alone, by effect alone or by target alone",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H11", "H12", "H13"],
    since: "0.1.0",
    page: include_str!("half_defined_ban.md"),
};

/// Asks the definition of each banned thing, with the ban around it, which sides it has.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (_, ban) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.mode == Mode::Prohibition && !norm.is_condition()) {
        let banned = treaty.names_in(ban.reach).iter().find_map(|hit| match hit.name {
            Name::Term(term) => Some(treaty.term(term)).filter(|term| is_of_arms(treaty, term)),
            _ => None,
        });
        let Some(term) = banned else { continue };
        let Some(definiens) = term.near(3000).filter(|words| !is_closed(treaty, term, *words)) else { continue };
        let sides = Sides::of(treaty, definiens)
            .and(Sides::of(treaty, ban.reach))
            .and(Sides::noted(treaty, term.unit))
            .and(Sides::noted(treaty, ban.unit));
        let Some((has, missing, help)) = sides.alone() else { continue };
        if !once.first(term.unit, &term.name, 0) {
            continue;
        }
        let shown = treaty.quote(term.words);
        out.push(
            facts
                .finding(
                    &CODE,
                    term.sentence,
                    term.words,
                    format!("`{shown}` is banned and defined by its {has} alone: nothing says {missing}"),
                )
                .here(format!("defined by {has} alone"))
                .label(treaty.span(ban.act(treaty)), "the ban that uses it")
                .help(help),
        );
    }
}

/// A thing of security: a weapon, code, an attack. Its name or its definition says so.
fn is_of_arms(treaty: &Treaty<'_>, term: &Term) -> bool {
    const SECURITY: [Class; 5] = [Class::Arms, Class::CyberAttack, Class::Implant, Class::VagueAct, Class::AmbiguousAct];
    treaty.any_of(term.words, &SECURITY) || term.definiens.is_some_and(|words| treaty.any_of(words, &[Class::Implant, Class::CyberAttack]))
}

/// A schedule, a figure or a list settles what is meant.
fn is_closed(treaty: &Treaty<'_>, term: &Term, definiens: Words) -> bool {
    let lower = treaty.lower(definiens);
    let points = treaty.tree.children(term.unit).filter(|child| treaty.tree.unit(*child).kind == UnitKind::Point).count();
    // "Conventional arms limited by the Treaty means battle tanks, ...": made of other terms, it is as closed as they are.
    let derived = treaty
        .names_in(Words::new(definiens.start, definiens.end.min(definiens.start + 60)))
        .iter()
        .any(|hit| matches!(hit.name, Name::Term(other) if treaty.term(other).sentence != term.sentence));
    derived
        || treaty.has_limit(definiens)
        || points >= 2
        || ["listed in", "specified in", "set out in", "schedule", "annex"].iter().any(|list| lower.contains(list))
}

/// Which sides of a thing words name.
#[derive(Clone, Copy, Default)]
struct Sides {
    means: bool,
    effect: bool,
    target: bool,
}

impl Sides {
    fn of(treaty: &Treaty<'_>, words: Words) -> Self {
        const MEANS: [&str; 20] = [
            "software",
            "code",
            "tool",
            "method",
            "technique",
            "by means of",
            "through a computer",
            "through a network",
            "computer network",
            "program",
            "device",
            "electromagnetic",
            "traffic",
            "virus",
            "munition",
            "projectile",
            "information technology",
            "technologies",
            "equipment",
            "by the use of",
        ];
        const EFFECT: [&str; 12] =
            ["destroy", "destruction", "alter", "deny", "denial", "disrupt", "damage", "death", "injur", "kill", "suppress", "incapacitat"];
        const TARGET: [&str; 22] = [
            "against",
            "in a system of",
            "system of another",
            "of another party",
            "users of",
            "persons",
            "a person",
            "civilian",
            "population",
            "hospital",
            "infrastructure",
            "bank",
            "data in",
            "data or",
            "territory of",
            "armed forces of",
            "another state",
            "other state",
            "aimed at",
            "networks of",
            "systems of",
            "directed at",
        ];
        let lower = treaty.lower(words);
        let has = |list: &[&str]| list.iter().any(|word| lower.contains(word));
        Self { means: has(&MEANS), effect: has(&EFFECT), target: has(&TARGET) }
    }

    /// What the annotations of a unit supply.
    fn noted(treaty: &Treaty<'_>, unit: UnitId) -> Self {
        let noted = |name| treaty.note_named(unit, name).is_some();
        let all = noted("threshold");
        Self { means: all || noted("means"), effect: all || noted("effect"), target: all || noted("target") }
    }

    fn and(self, other: Self) -> Self {
        Self { means: self.means || other.means, effect: self.effect || other.effect, target: self.target || other.target }
    }

    /// The one side that is there, what is missing, and what to do about it.
    fn alone(self) -> Option<(&'static str, &'static str, &'static str)> {
        match (self.means, self.effect, self.target) {
            (true, false, false) => Some((
                "means",
                "what it does, or to what",
                "add the effect and the target, or list the means in a schedule that a simple procedure keeps up to date",
            )),
            (false, true, false) => Some((
                "effect",
                "by what means, or against what",
                "add the means and the target, or a threshold that the effect has to reach",
            )),
            (false, false, true) => Some(("target", "what may not be done to it", "add the effect that is banned, and the means")),
            _ => None,
        }
    }
}
