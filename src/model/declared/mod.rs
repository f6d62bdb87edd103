//! What the declarations say: the instrument, parties, groups, bodies, mechanisms, profiles and reservations, their values checked and
//! their names resolved.

mod build;
mod owners;
mod tell;

use super::Ref;
use crate::source::{FileId, Span};
use std::collections::{HashMap, HashSet};

pub use tell::{is_reference, names_in_note, resolve_values};

/// Where a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stage {
    /// One side's paper.
    #[default]
    Draft,
    /// On the table, brackets and all.
    Negotiation,
    /// Agreed.
    Adopted,
    /// Binding.
    InForce,
}

/// What instruments between States are called.
pub const INSTRUMENTS: [&str; 8] = ["convention", "treaty", "agreement", "protocol", "charter", "statute", "covenant", "constitution"];

/// The instrument as declared.
#[derive(Debug)]
pub struct Instrument {
    /// Its name in `treaty "..."`.
    pub name: Option<Span>,
    /// Where it stands.
    pub stage: Stage,
    /// Whether it is to bind.
    pub binding: bool,
    /// A part of a treaty: missing parts are not missed.
    pub excerpt: bool,
    /// Its names and title in small letters.
    called: String,
}

impl Instrument {
    /// Whether it is what this noun names, `convention`: the first such noun in its title, for a protocol's title names the convention too.
    #[must_use]
    pub fn is_called(&self, noun: &str) -> bool {
        let nouns = INSTRUMENTS.iter().chain(&["code", "pact", "memorandum", "declaration"]);
        let first = nouns.filter_map(|noun| self.called.find(noun).map(|at| (at, *noun))).min();
        first.is_none_or(|(_, first)| first == noun)
    }
}

impl Instrument {
    /// Whether its title has this word.
    #[must_use]
    pub fn names(&self, word: &str) -> bool {
        self.called.contains(word)
    }

    /// Whether it is a declaration, a call or a set of principles by its title, and no treaty.
    #[must_use]
    pub fn is_declaration(&self) -> bool {
        let called = self.called.trim_start_matches("the ");
        let first = called.split(" on ").next().unwrap_or_default();
        ["declaration", "call", "principles", "guidelines", "code of conduct"].iter().any(|noun| first.split(' ').any(|word| word == *noun))
            && !first.contains("agreement")
            && !first.contains("convention")
            && !first.contains("treaty")
    }

    /// Whether its title names another instrument too: "Protocol to the Convention", "Agreement amending the Treaty".
    #[must_use]
    pub fn names_another(&self) -> bool {
        // "Protocol on ... (Protocol II)" is one of several to a convention.
        INSTRUMENTS.iter().chain(&["exchange of notes"]).filter(|noun| self.called.contains(**noun)).count() > 1
            || self.called.contains("(protocol ")
    }
}

/// A name that is none of theirs is compared with so many parties, for a draft may declare thousands and misspell as many.
const MOST_COMPARED: usize = 200;

/// A name with the others that the text uses for it.
#[derive(Clone, Debug)]
pub struct Named {
    /// The short name.
    pub id: String,
    /// The name.
    pub name: String,
    /// Other names.
    pub also: Vec<String>,
    /// The file that declares it.
    pub file: FileId,
    /// Where it is declared: its short name, else its name.
    pub span: Span,
}

/// Index of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(pub u32);

impl PartyId {
    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Who is in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Members {
    /// Whoever comes into the situation: `members: any`.
    Any,
    /// These and no others.
    Closed(Vec<PartyId>),
}

/// A class of parties.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its names.
    pub named: Named,
    /// Who is in it.
    pub members: Members,
}

/// An organ.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its names.
    pub named: Named,
    /// What it may do; empty where nothing is declared.
    pub powers: Vec<String>,
    /// The field, if it is there.
    pub powers_span: Option<Span>,
}

/// What a mechanism attributes an act to, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribution {
    /// A machine.
    Machine,
    /// A person.
    Person,
    /// A State.
    State,
}

/// When a mechanism sees an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sees {
    /// While it is being prepared.
    Before,
    /// While it is done.
    During,
    /// When it is done.
    After,
}

/// A value with where it stands.
#[derive(Clone, Debug)]
pub struct Value<T> {
    /// What it says.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// Who runs a mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// A body, by index.
    Body(usize),
    /// A party.
    Party(PartyId),
}

/// A way to see compliance.
#[derive(Clone, Debug)]
pub struct Mechanism {
    /// Its name in small letters.
    pub name: String,
    /// The file that declares it.
    pub file: FileId,
    /// Where it is declared.
    pub span: Span,
    /// Who runs it.
    pub run_by: Ref<Runner>,
    /// What it sees, in small letters.
    pub observes: Vec<Value<String>>,
    /// To what it attributes an act.
    pub attributes_to: Option<Value<Attribution>>,
    /// How sure it is: lower and upper share, from 0 to 1.
    pub confidence: Option<Value<(f32, f32)>>,
    /// How long it takes: shortest and longest, in hours.
    pub delay: Option<Value<(f32, f32)>>,
    /// When it sees.
    pub sees: Option<Value<Sees>>,
    /// Whether its evidence is secret.
    pub secret: Option<Value<bool>>,
    /// Where it may go, in small letters.
    pub access: Vec<Value<String>>,
}

/// What a profile says of one act or target.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The act or target, in small letters.
    pub words: String,
    /// Where it stands.
    pub span: Span,
    /// `(little)` is false.
    pub much: bool,
}

/// Facts about a party.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Whose.
    pub party: Option<PartyId>,
    /// The file that declares it.
    pub file: FileId,
    /// Acts that it does.
    pub practises: Vec<Fact>,
    /// Acts that it does not do.
    pub abstains: Vec<Fact>,
    /// Targets that it depends on.
    pub depends: Vec<Fact>,
    /// What a day of a breach that nobody answers brings it: least and most, in a unit that all profiles share.
    pub gain: Option<Value<(f32, f32)>>,
    /// What an answer to a breach takes from it, in the same unit.
    pub loss: Option<Value<(f32, f32)>>,
    /// Whether the networks on its territory are in its hands: false for `none` and `little`.
    pub controls: Option<Value<bool>>,
    /// Where the facts come from.
    pub source: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A reservation or declaration by a party.
#[derive(Clone, Debug)]
pub struct Reservation {
    /// Whose.
    pub party: Ref<PartyId>,
    /// The provision as written.
    pub provision: String,
    /// Where it is declared.
    pub span: Span,
    /// Whether it has a text.
    pub has_text: bool,
}

/// All declarations.
#[derive(Debug)]
pub struct Declared {
    /// The instrument.
    pub instrument: Instrument,
    /// Parties.
    pub parties: Vec<Named>,
    /// Groups.
    pub groups: Vec<Group>,
    /// Bodies.
    pub bodies: Vec<Body>,
    /// Mechanisms.
    pub mechanisms: Vec<Mechanism>,
    /// Profiles.
    pub profiles: Vec<Profile>,
    /// Reservations.
    pub reservations: Vec<Reservation>,
    names: Names,
}

/// The declarations by name: a draft may have thousands. The first of two that share a name has it.
#[derive(Debug, Default)]
struct Names {
    parties: HashMap<String, PartyId>,
    groups: HashSet<String>,
    bodies: HashMap<String, usize>,
    /// In small letters.
    mechanisms: HashMap<String, usize>,
}

impl Named {
    /// Short name, name and other names.
    fn all(&self) -> impl Iterator<Item = &String> {
        [&self.id, &self.name].into_iter().chain(&self.also)
    }
}

impl Declared {
    /// Whether a word is the short name or a name of a party, group or body.
    #[must_use]
    pub fn is_name(&self, word: &str) -> bool {
        self.names.parties.contains_key(word) || self.names.groups.contains(word) || self.names.bodies.contains_key(word)
    }

    /// The party of a short name or name.
    #[must_use]
    pub fn party(&self, word: &str) -> Option<PartyId> {
        self.names.parties.get(word.trim()).copied()
    }

    /// The mechanism of a name.
    #[must_use]
    pub fn mechanism(&self, name: &str) -> Option<usize> {
        self.names.mechanisms.get(&name.trim().to_lowercase()).copied()
    }
}
