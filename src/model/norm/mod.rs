//! Norms: who is bound to what. Two thirds of the sentences with "shall" bind no State (of 55,925 measured, 32 % bind a Party or its
//! authority), so every rule of the hurdles asks [`Norm::is_gated`] first.

mod bearer;
mod find;

use super::Treaty;
use super::clean::Words;
use super::declared::PartyId;
use super::place::Place;
use super::sentence::SentenceId;
use crate::lexicon::{Class, Classes};
pub use crate::syntax::parse::Mode;
use crate::syntax::parse::{ExceptionKind, PieceKind};
use crate::syntax::tree::UnitId;
use bearer::is_pronoun;
use std::cell::OnceCell;

pub use bearer::begins_noun_phrase;
pub use find::find_all;

/// Index of a [`Norm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NormId(pub u32);

impl NormId {
    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Who is bound, read from the grammar of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BearerClass {
    /// Each, every, any, no Party; the Parties.
    AllParties,
    /// A Party in a situation that anybody may come into: the requesting Party.
    OpenRole,
    /// Parties with a standing fact: nuclear-weapon States.
    ClosedClass,
    /// A declared party.
    Named,
    /// An authority of a Party: that Party.
    AuthorityOf,
    /// An organ.
    Organ,
    /// Persons, ships, goods of persons.
    Person,
    /// The text itself: what it shall do is an effect.
    Instrument,
    /// Something else.
    Other,
    /// Nobody is named: an agentless passive.
    None,
}

impl BearerClass {
    /// The word for it in the model's JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AllParties => "all parties",
            Self::OpenRole => "open role",
            Self::ClosedClass => "closed class",
            Self::Named => "named",
            Self::AuthorityOf => "authority",
            Self::Organ => "organ",
            Self::Person => "person",
            Self::Instrument => "instrument",
            Self::Other => "other",
            Self::None => "none",
        }
    }
}

/// Who is bound, with the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The class.
    pub class: BearerClass,
    /// The noun phrase; empty where none is there.
    pub words: Words,
    /// The party, if one is named.
    pub party: Option<PartyId>,
    /// The group, if one is named.
    pub group: Option<usize>,
}

/// What part a point plays for the norm that its chapeau opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A norm of its own.
    Whole,
    /// An act that the chapeau's modal governs.
    Act,
    /// A condition or case of the chapeau's norm.
    Condition,
}

/// Whether a breach shows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Nobody but the actor sees it.
    Covert,
    /// Whoever is owed notices.
    Evident,
    /// Anybody sees the act.
    Open,
    /// It cannot be told from the words: no finding hangs on it.
    Unknown,
}

/// One norm.
#[derive(Clone, Debug)]
pub struct Norm {
    /// The unit whose words it is of.
    pub unit: UnitId,
    /// The sentence.
    pub sentence: SentenceId,
    /// The deontic mode.
    pub mode: Mode,
    /// The duty is only to try: `shall endeavour to`.
    pub tries: bool,
    /// The modal.
    pub modal: Words,
    /// Who is bound.
    pub bearer: Bearer,
    /// The words that the modal governs, to the end of its clause.
    pub reach: Words,
    /// Where it stands.
    pub place: Place,
    /// The norm of the chapeau, for a point.
    pub parent: Option<NormId>,
    /// What part it plays there.
    pub role: Role,
    /// The reading that it belongs to; 0 is the base.
    pub reading: u32,
    /// What it governs, once a rule has asked: many do.
    act: OnceCell<Words>,
    /// The same of how its breach shows.
    visibility: OnceCell<Visibility>,
}

impl Norm {
    /// Whether it stands in an operative article or an annex.
    #[must_use]
    pub fn is_operative(&self) -> bool {
        matches!(self.place, Place::Operative | Place::Annex)
    }

    /// Whether its bearer is a Party under any name.
    #[must_use]
    pub fn binds_a_party(&self) -> bool {
        matches!(
            self.bearer.class,
            BearerClass::AllParties | BearerClass::OpenRole | BearerClass::ClosedClass | BearerClass::Named | BearerClass::AuthorityOf
        )
    }

    /// Whether its mode is a duty, a ban, a permission or answerability.
    #[must_use]
    pub fn is_deontic(&self) -> bool {
        matches!(self.mode, Mode::Obligation | Mode::Prohibition | Mode::Permission | Mode::Answerability)
    }

    /// The gate that rules of the hurdles ask first: an operative norm with a Party for its bearer, or an agentless one over an act of
    /// security.
    #[must_use]
    pub fn is_gated(&self, treaty: &Treaty<'_>) -> bool {
        self.is_operative()
            && self.is_deontic()
            && (self.binds_a_party()
                || matches!(self.bearer.class, BearerClass::None | BearerClass::Other)
                    && treaty.any_of(self.reach.to(self.bearer.words), &[Class::Arms, Class::CyberAttack, Class::Implant]))
    }

    /// Whether it is a duty or a ban.
    #[must_use]
    pub fn obliges(&self) -> bool {
        matches!(self.mode, Mode::Obligation | Mode::Prohibition)
    }

    /// Whether it says what a chapeau's point has to be true of, and no act of its own.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        self.role == Role::Condition
    }

    /// The first words that the modal governs: verb and object, for a message and a label.
    #[must_use]
    pub fn act(&self, treaty: &Treaty<'_>) -> Words {
        *self.act.get_or_init(|| self.find_act(treaty))
    }

    fn find_act(&self, treaty: &Treaty<'_>) -> Words {
        // "The use of such mines is prohibited": what is banned stands in front.
        let subject = self.bearer.words;
        let named = !subject.is_empty() && !is_pronoun(treaty.lower(subject)) && subject.start < self.modal.start;
        if named && self.parent.is_none() && matches!(treaty.lower(self.modal), "prohibited" | "forbidden" | "banned") {
            let front = treaty.lower(Words::new(subject.start, self.modal.start)).trim_end();
            let front =
                ["is", "are", "hereby", "strictly"].iter().fold(front, |front, word| front.strip_suffix(word).unwrap_or(front).trim_end());
            return Words::new(subject.start, subject.start + front.len() as u32);
        }
        let lower = treaty.lower(self.reach);
        let trimmed = behind_aside(lower.trim_start_matches([' ', ',', ':']));
        let start = self.reach.start + (lower.len() - trimmed.len()) as u32;
        let stop = act_end(trimmed);
        let words = trimmed[..stop].trim_end_matches(['.', ';', ':', ',', ' ']);
        Words::new(start, start + words.len() as u32)
    }

    /// Whether a breach of it shows itself: by its first verb, and for a light verb by the noun.
    #[must_use]
    pub fn visibility(&self, treaty: &Treaty<'_>) -> Visibility {
        *self.visibility.get_or_init(|| self.find_visibility(treaty))
    }

    fn find_visibility(&self, treaty: &Treaty<'_>) -> Visibility {
        const VERBS: Classes = Classes::of(&[
            Class::LightVerb,
            Class::EvidentAct,
            Class::CovertAct,
            Class::OpenAct,
            Class::WeaponAct,
            Class::Harm,
            Class::Access,
        ]);
        let near = Words::new(self.reach.start, self.reach.end.min(self.reach.start + 70));
        // "Be the responsibility of the Party that uses it", "be able to search", "contain the data used": what something is or holds.
        const STATES: [&str; 8] = ["be the ", "be a ", "be an ", "be able ", "be responsible", "contain ", "include ", "have "];
        let begins = treaty.lower(near).trim_start();
        if STATES.iter().any(|state| begins.starts_with(state)) {
            return Visibility::Unknown;
        }
        let Some(verb) = treaty.hits_in(near).iter().find(|hit| hit.classes.meets(VERBS)) else {
            // "refrain from hostile activity": the noun alone says what is banned.
            let noun = self.mode == Mode::Prohibition
                && treaty.any_of(
                    Words::new(near.start, near.end.min(near.start + 40)),
                    &[Class::VagueAct, Class::CyberAttack, Class::Espionage],
                );
            return if noun { Visibility::Covert } else { Visibility::Unknown };
        };
        if verb.is(Class::LightVerb) {
            let behind = Words::new(verb.end, self.reach.end.min(verb.end + 90));
            return if treaty.any_of(behind, &[Class::CovertNoun, Class::CyberAttack, Class::Espionage, Class::Implant]) {
                Visibility::Covert
            } else {
                Visibility::Unknown
            };
        }
        if verb.is(Class::OpenAct) {
            return Visibility::Open;
        }
        if verb.is(Class::EvidentAct) && !(verb.is(Class::Harm) || verb.is(Class::Access)) {
            return Visibility::Evident;
        }
        Visibility::Covert
    }

    /// Whether nobody but the actor sees a breach. A point whose chapeau has a verb of its own is as covert as that verb: "shall adopt
    /// legislation against: (a) the use of ..." is a duty to legislate.
    #[must_use]
    pub fn is_covert(&self, treaty: &Treaty<'_>) -> bool {
        let mut above = self.parent;
        for _ in 0..6 {
            let Some(chapeau) = above.map(|parent| treaty.norm(parent)) else { break };
            match chapeau.visibility(treaty) {
                Visibility::Evident | Visibility::Open => return false,
                Visibility::Unknown if !chapeau.act(treaty).is_empty() => return false,
                Visibility::Covert | Visibility::Unknown => above = chapeau.parent,
            }
        }
        self.visibility(treaty) == Visibility::Covert
    }

    /// What is carved out of it: the words from an exception's opener to the end of its clause.
    pub fn exceptions(&self, treaty: &Treaty<'_>) -> impl Iterator<Item = (ExceptionKind, Words)> {
        let end = self.reach.end;
        treaty
            .pieces_in(self.reach)
            .iter()
            .filter_map(move |piece| match piece.kind {
                PieceKind::Exception(kind) => Some((kind, Words::new(piece.start, end))),
                _ => None,
            })
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The sentence and, for a point, the chapeau's words.
    #[must_use]
    pub fn sentence_words(&self, treaty: &Treaty<'_>) -> Words {
        treaty.sentence(self.sentence).words
    }
}

/// Whether a text begins with one of these. Most are told apart by their first byte, so that is asked first.
fn begins_with_any(text: &str, openers: &[&str]) -> bool {
    let first = text.as_bytes().first();
    openers.iter().any(|opener| opener.as_bytes().first() == first && text.starts_with(opener))
}

/// The byte at which the character of this number begins, if there are so many.
fn nth_char(text: &str, nth: usize) -> Option<usize> {
    match text.as_bytes().get(..nth) {
        Some(head) if head.is_ascii() => (text.len() > nth).then_some(nth),
        _ => text.char_indices().nth(nth).map(|(at, _)| at),
    }
}

/// What stands behind an aside between modal and verb: "should, if the climate allows, be made available".
fn behind_aside(words: &str) -> &str {
    const OPENERS: [&str; 23] = [
        "if ",
        "where ",
        "when ",
        "whenever ",
        "as ",
        "in accordance ",
        "in conformity ",
        "subject to ",
        "upon ",
        "on request",
        "at the request",
        "within ",
        "without prejudice ",
        "pursuant to ",
        "to the ",
        "so far ",
        "insofar ",
        "in so far ",
        "inter alia",
        "in particular",
        "for the purpose",
        "in its ",
        "with a view ",
    ];
    let mut rest = words;
    for _ in 0..3 {
        if !begins_with_any(rest, &OPENERS) {
            break;
        }
        let near = nth_char(rest, 140).unwrap_or(rest.len());
        let Some(end) = rest[..near].find(", ") else { break };
        rest = rest[end + 2..].trim_start();
    }
    rest
}

/// Where the verb and its object end: at the first of the words that qualify them, unless it comes at once, or where they grow long.
fn act_end(words: &str) -> usize {
    const STOPS: [&str; 8] = [", ", "; ", ": ", " except ", " unless ", " in accordance ", " provided ", " in order "];
    let limit = nth_char(words, 110).map_or(words.len(), |at| words[..at].rfind(' ').unwrap_or(at));
    let bytes = words.as_bytes();
    // A stop that came at once does not count later either.
    let mut spent = [false; STOPS.len()];
    let opens = |at: &usize| matches!(bytes[*at..], [b' ', b'e' | b'u' | b'i' | b'p', ..] | [b',' | b';' | b':', b' ', ..]);
    for at in (0..limit).filter(opens) {
        for (stop, spent) in STOPS.iter().zip(&mut spent) {
            if !*spent && bytes[at..].starts_with(stop.as_bytes()) {
                if at > 12 {
                    return at;
                }
                *spent = true;
            }
        }
    }
    limit
}
