//! What only the whole treaty knows: which mechanism sees which norm, and who owes the like. Rules read it and never work it out themselves.

pub mod consequence;
pub mod coverage;
pub mod espionage;
pub mod facts_of;
pub mod ledger;
pub mod territory;

use crate::diagnostic::{Code, Diagnostic, Origin};
use crate::model::Ref;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::declared::{Mechanism, Profile, Runner};
use crate::model::norm::{Norm, NormId, Visibility};
use crate::model::sentence::SentenceId;
use crate::options::Options;
use crate::source::{FileId, Span};
use crate::syntax::tree::UnitId;
use coverage::Coverage;
use std::cell::OnceCell;

/// Parties are weighed against each other up to this many, more than there are States; `--parties` picks which.
pub const MOST_PARTIES: usize = 250;

/// Everything a rule may ask.
pub struct Facts<'t, 'a> {
    /// The treaty.
    pub treaty: &'t Treaty<'a>,
    /// Who sees what.
    pub coverage: Coverage,
    /// What the user set.
    pub options: &'t Options,
    /// Whether an act of security stands in an operative norm.
    pub security: bool,
    /// What States answer for, in texts on security.
    pub territorial: Vec<territory::Territorial<'t>>,
    /// Which norms the gate lets through, by norm: worked out once, for every rule asks.
    gate: Vec<bool>,
    /// See [`Facts::seen`].
    seen: OnceCell<Vec<Seen<'t>>>,
}

/// A norm with the declared mechanisms that see it.
pub type Seen<'t> = (&'t Norm, Vec<&'t Mechanism>);

impl<'t, 'a> Facts<'t, 'a> {
    /// Works the facts out.
    #[must_use]
    pub fn new(treaty: &'t Treaty<'a>, options: &'t Options) -> Self {
        let security = treaty.is_about_security();
        let gate = treaty.norms.iter().map(|norm| norm.is_gated(treaty)).collect();
        let territorial = if security { territory::duties(treaty) } else { Vec::new() };
        Self { treaty, coverage: Coverage::new(treaty, security), options, security, territorial, gate, seen: OnceCell::new() }
    }

    /// The norms that the gate lets through, with their ids.
    pub fn gated(&self) -> impl Iterator<Item = (NormId, &'t Norm)> + use<'_, 't, 'a> {
        self.norms().filter(|(id, _)| self.gate[id.index()])
    }

    /// Whether the gate lets a norm through.
    #[must_use]
    pub fn is_gated(&self, id: NormId) -> bool {
        self.gate[id.index()]
    }

    /// Duties and bans on a Party for which somebody has to be found out (no duty to notify or to pay), each with the declared mechanisms that
    /// see it; a unit is given once, and what no mechanism sees not at all.
    #[must_use]
    pub fn seen(&self) -> &[Seen<'t>] {
        self.seen.get_or_init(|| self.find_seen())
    }

    fn find_seen(&self) -> Vec<Seen<'t>> {
        let treaty = self.treaty;
        let declared = &treaty.declared.mechanisms;
        let mut seen: Vec<Seen<'t>> = Vec::new();
        if declared.is_empty() {
            return seen;
        }
        for (_, norm) in self.gated().filter(|(_, norm)| norm.reading == 0 && norm.obliges() && !norm.act(treaty).is_empty()) {
            let attributable = matches!(norm.visibility(treaty), Visibility::Covert | Visibility::Open);
            let mechanisms: Vec<&Mechanism> = coverage::mechanisms(treaty, norm)
                .into_iter()
                .map(|at| &declared[at])
                .filter(|mechanism| self.is_at_hand(mechanism))
                .collect();
            if attributable && !mechanisms.is_empty() && seen.last().is_none_or(|(last, _)| last.unit != norm.unit) {
                seen.push((norm, mechanisms));
            }
        }
        seen
    }

    /// The profiles, or those of the parties that the options name; at most [`MOST_PARTIES`].
    #[must_use]
    pub fn profiles(&self) -> Vec<&'t Profile> {
        let declared = &self.treaty.declared;
        let wanted: Vec<_> = self.options.parties.iter().filter_map(|name| declared.party(name)).collect();
        let asked = |profile: &&Profile| wanted.is_empty() || profile.party.is_some_and(|party| wanted.contains(&party));
        declared.profiles.iter().filter(asked).take(MOST_PARTIES).collect()
    }

    /// Whether a mechanism is run by a body, or by one of the parties that the options name.
    fn is_at_hand(&self, mechanism: &Mechanism) -> bool {
        let declared = &self.treaty.declared;
        let wanted: Vec<_> = self.options.parties.iter().filter_map(|name| declared.party(name)).collect();
        match mechanism.run_by {
            Ref::To(Runner::Party(party)) => wanted.is_empty() || wanted.contains(&party),
            _ => true,
        }
    }

    /// All norms with their ids.
    pub fn norms(&self) -> impl Iterator<Item = (NormId, &'t Norm)> + use<'t, 'a> {
        let treaty = self.treaty;
        treaty.norms.iter().enumerate().map(|(index, norm)| (NormId(index as u32), norm))
    }

    /// A finding on words of a sentence.
    #[must_use]
    pub fn finding(&self, code: &'static Code, sentence: SentenceId, words: Words, message: impl Into<String>) -> Diagnostic {
        let treaty = self.treaty;
        let found = treaty.sentence(sentence);
        let base = treaty.readings[found.reading as usize].of.unwrap_or(sentence);
        let locator = treaty.locator(found.unit);
        let first = treaty.sentences_of(found.unit).start as u32;
        let mut diagnostic = self.on_span(code, treaty.span(words), message);
        diagnostic.clause = Some(format!("{locator} s{}", base.0 - first.min(base.0) + 1));
        diagnostic.locator = locator;
        diagnostic.origin = Some(Origin { sentence: base.0, reading: found.reading });
        diagnostic
    }

    /// A finding on words of a norm.
    #[must_use]
    pub fn on_norm(&self, code: &'static Code, norm: &Norm, words: Words, message: impl Into<String>) -> Diagnostic {
        self.finding(code, norm.sentence, words, message)
    }

    /// A finding on a unit as a whole.
    #[must_use]
    pub fn on_unit(&self, code: &'static Code, unit: UnitId, span: Span, message: impl Into<String>) -> Diagnostic {
        self.on_span(code, span, message).locator(self.treaty.locator(unit))
    }

    /// A finding on the treaty as a whole.
    #[must_use]
    pub fn on_treaty(&self, code: &'static Code, message: impl Into<String>) -> Diagnostic {
        self.on_span(code, self.treaty.title_span(), message).locator("treaty")
    }

    fn on_span(&self, code: &'static Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, FileId(0), span, message)
    }
}
