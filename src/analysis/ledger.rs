//! Who gives and who gets: for each party what it owes and what that is worth, what guards it, what it is free to do, what it lets be seen.
//!
//! Everything stands on the text and on declared profiles; there are no built-in facts on any State. Weights are few and in [`Weights`].

use crate::analysis::facts_of::{names_target, speaks_of};
use crate::analysis::{Facts, MOST_PARTIES};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::declared::{Members, PartyId, Profile, Runner};
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::model::{Ref, clean::Words};
use crate::syntax::tree::{Owner, UnitId};

/// What a concession counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Worth {
    /// It forgoes what it practises.
    Real,
    /// It forgoes what it does not do anyway.
    Illusory,
    /// No profile tells.
    Unknown,
}

impl Worth {
    /// The word for it in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Illusory => "illusory",
            Self::Unknown => "unknown",
        }
    }
}

/// How much an entry weighs. `counts` makes every entry weigh one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// A concession of something that the party practises; a gain in what it depends on.
    pub real: f32,
    /// One of which no profile tells.
    pub unknown: f32,
    /// One that costs nothing; a gain in what it hardly depends on.
    pub illusory: f32,
    /// What a softened duty weighs of a firm one.
    pub hedged: f32,
}

impl Weights {
    /// The weights that the ledger shows.
    pub const DEFAULT: Self = Self { real: 1.0, unknown: 0.5, illusory: 0.0, hedged: 0.5 };
    /// Counts alone.
    pub const COUNTS: Self = Self { real: 1.0, unknown: 1.0, illusory: 1.0, hedged: 1.0 };

    fn of(&self, entry: &Entry) -> f32 {
        let worth = match entry.worth {
            Worth::Real => self.real,
            Worth::Unknown => self.unknown,
            Worth::Illusory => self.illusory,
        };
        if entry.hedged { worth * self.hedged } else { worth }
    }
}

/// One line of a party's ledger.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The clause.
    pub unit: UnitId,
    /// The words of the act.
    pub words: Words,
    /// What it counts for.
    pub worth: Worth,
    /// Whether a softener stands on it.
    pub hedged: bool,
    /// The profile that tells, by index.
    pub profile: Option<usize>,
}

/// A bargain: what a clause is given in return for.
#[derive(Clone, Debug)]
pub struct Bargain {
    /// The clause that gives.
    pub unit: UnitId,
    /// What it points at, as written.
    pub returned: String,
    /// Whether that binds somebody else to something.
    pub holds: bool,
}

/// What one party gives and gets.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whose.
    pub party: PartyId,
    /// Duties and bans on it.
    pub gives: Vec<Entry>,
    /// Duties and bans on others that guard it.
    pub gets: Vec<Entry>,
    /// Permissions and carve-outs that it can use.
    pub free: Vec<Entry>,
    /// Verification that it lets happen.
    pub hosts: Vec<Entry>,
    /// Bargains of its clauses.
    pub bargains: Vec<Bargain>,
}

impl Account {
    /// The weights of what it gives, of what it gets, and the balance: what it gets less what it gives.
    #[must_use]
    pub fn balance(&self, weights: &Weights) -> (f32, f32, f32) {
        let sum = |entries: &[Entry]| entries.iter().fold(0.0, |sum, entry| sum + weights.of(entry));
        let (gives, gets) = (sum(&self.gives), sum(&self.gets));
        (gives, gets, gets - gives)
    }
}

/// The ledger of a treaty.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// One account a party, in the order of declaration.
    pub accounts: Vec<Account>,
    /// Whether profiles told what anything is worth; without them the ledger counts words alone.
    pub has_profiles: bool,
}

impl Ledger {
    /// Draws the ledger up for the parties declared, or for those that the options name.
    #[must_use]
    pub fn new(facts: &Facts<'_, '_>) -> Self {
        let treaty = facts.treaty;
        let parties = parties(facts);
        let norms: Vec<&Norm> = facts
            .norms()
            .filter(|(id, norm)| facts.is_gated(*id) || norm.is_operative() && norm.mode == Mode::Saving)
            .map(|(_, norm)| norm)
            .filter(|norm| norm.reading == 0 && !norm.is_condition() && !norm.act(treaty).is_empty())
            .collect();
        let mut ledger = Self { accounts: Vec::new(), has_profiles: !treaty.declared.profiles.is_empty() };
        for party in &parties {
            let mut account = Account {
                party: *party,
                gives: Vec::new(),
                gets: Vec::new(),
                free: Vec::new(),
                hosts: Vec::new(),
                bargains: bargains(treaty, *party),
            };
            for norm in &norms {
                enter(facts, &mut account, norm, &parties);
            }
            ledger.accounts.push(account);
        }
        ledger
    }
}

/// The parties that the ledger is for; at most [`MOST_PARTIES`].
#[must_use]
pub fn parties(facts: &Facts<'_, '_>) -> Vec<PartyId> {
    let declared = &facts.treaty.declared;
    let wanted = &facts.options.parties;
    let named: Vec<PartyId> = wanted.iter().filter_map(|name| declared.party(name)).collect();
    if named.is_empty() { (0..declared.parties.len().min(MOST_PARTIES) as u32).map(PartyId).collect() } else { named }
}

fn profile<'t>(treaty: &'t Treaty<'_>, party: PartyId) -> Option<(usize, &'t Profile)> {
    treaty.declared.profiles.iter().enumerate().find(|(_, profile)| profile.party == Some(party))
}

/// Whether a norm binds a party.
#[must_use]
pub fn binds(treaty: &Treaty<'_>, norm: &Norm, party: PartyId) -> bool {
    match norm.bearer.class {
        BearerClass::Named | BearerClass::AuthorityOf if norm.bearer.party.is_some() => norm.bearer.party == Some(party),
        BearerClass::Named | BearerClass::ClosedClass => match norm.bearer.group.map(|group| &treaty.declared.groups[group].members) {
            Some(Members::Closed(members)) => members.contains(&party),
            Some(Members::Any) => true,
            None => false,
        },
        BearerClass::AllParties | BearerClass::OpenRole | BearerClass::None | BearerClass::Other | BearerClass::AuthorityOf => true,
        _ => false,
    }
}

/// Puts a norm on the pages of an account on which it belongs.
fn enter(facts: &Facts<'_, '_>, account: &mut Account, norm: &Norm, parties: &[PartyId]) {
    let treaty = facts.treaty;
    let words = norm.act(treaty);
    let hedged = norm.tries || treaty.any_of(norm.sentence_words(treaty), &[Class::Hedge]);
    let own = profile(treaty, account.party);
    let entry = |worth, profile| Entry { unit: norm.unit, words, worth, hedged, profile };
    let bound = binds(treaty, norm, account.party);
    if norm.obliges() || norm.mode == Mode::Answerability {
        let seen = treaty.any_of(norm.reach, &[Class::Seeing]) && norm.mode == Mode::Obligation;
        if bound {
            let worth = worth_of_giving(treaty, own, norm);
            account.gives.push(entry(worth, own.map(|(index, _)| index)));
            if seen {
                account.hosts.push(entry(Worth::Unknown, None));
            }
        }
        if parties.iter().any(|other| *other != account.party && binds(treaty, norm, *other)) {
            let worth = worth_of_getting(treaty, own, norm);
            account.gets.push(entry(worth, own.map(|(index, _)| index)));
        }
    } else if norm.mode == Mode::Permission && bound && norm.bearer.class != BearerClass::OpenRole {
        account.free.push(entry(Worth::Unknown, None));
    }
    hosted(treaty, account, norm, bound);
    freed(treaty, account, norm, own);
}

/// A concession is real if the party practises what it forgoes, illusory if it abstains from it; a duty that is no ban is taken as it stands.
fn worth_of_giving(treaty: &Treaty<'_>, own: Option<(usize, &Profile)>, norm: &Norm) -> Worth {
    let Some((_, profile)) = own else { return Worth::Unknown };
    if profile.practises.iter().any(|fact| speaks_of(treaty, fact, norm)) {
        Worth::Real
    } else if norm.mode == Mode::Prohibition && profile.abstains.iter().any(|fact| speaks_of(treaty, fact, norm)) {
        Worth::Illusory
    } else {
        Worth::Unknown
    }
}

/// A ban on others guards what the party depends on.
fn worth_of_getting(treaty: &Treaty<'_>, own: Option<(usize, &Profile)>, norm: &Norm) -> Worth {
    let Some((_, profile)) = own else { return Worth::Unknown };
    match profile.depends.iter().find(|fact| names_target(treaty, fact, norm)) {
        Some(fact) if fact.much => Worth::Real,
        Some(_) => Worth::Illusory,
        None => Worth::Unknown,
    }
}

/// A declared mechanism with access looks at whoever is bound.
fn hosted(treaty: &Treaty<'_>, account: &mut Account, norm: &Norm, bound: bool) {
    if !bound || !norm.obliges() {
        return;
    }
    let looks = crate::analysis::coverage::mechanisms(treaty, norm).into_iter().any(|at| {
        let mechanism = &treaty.declared.mechanisms[at];
        !mechanism.access.is_empty() && mechanism.run_by != Ref::To(Runner::Party(account.party))
    });
    if looks && !is_entered(&account.hosts, norm.unit) {
        account.hosts.push(Entry { unit: norm.unit, words: norm.act(treaty), worth: Worth::Unknown, hedged: false, profile: None });
    }
}

/// Whether a clause stands on a page already. Norms come in the order of the text, so it stands at the end.
fn is_entered(page: &[Entry], unit: UnitId) -> bool {
    page.iter().rev().take_while(|entry| entry.unit >= unit).any(|entry| entry.unit == unit)
}

/// A saving clause or an effect that leaves an act free which the party practises.
fn freed(treaty: &Treaty<'_>, account: &mut Account, norm: &Norm, own: Option<(usize, &Profile)>) {
    if !matches!(norm.mode, Mode::Saving | Mode::Permission) {
        return;
    }
    let Some((index, profile)) = own else { return };
    let practised = profile.practises.iter().any(|fact| fact.much && speaks_of(treaty, fact, norm));
    if practised && !is_entered(&account.free, norm.unit) {
        account.free.push(Entry { unit: norm.unit, words: norm.act(treaty), worth: Worth::Real, hedged: false, profile: Some(index) });
    }
}

/// The `@in return for` lines on clauses that bind a party.
fn bargains(treaty: &Treaty<'_>, party: PartyId) -> Vec<Bargain> {
    let notes = treaty.tree.notes.iter().filter(|note| note.key == "in return for");
    notes
        .filter_map(|note| {
            let Owner::Unit(unit) = note.owner else { return None };
            if !treaty.norms_of(unit).iter().any(|norm| norm.obliges() && binds(treaty, norm, party)) {
                return None;
            }
            let returned = treaty.note_value(note);
            let owed_by_others = |norm: &Norm| {
                norm.obliges()
                    && (0..treaty.declared.parties.len() as u32).map(PartyId).any(|other| other != party && binds(treaty, norm, other))
            };
            let holds = treaty.resolve(&returned, unit).iter().any(|target| {
                (target.0..treaty.tree.unit(*target).until).flat_map(|unit| treaty.norms_of(UnitId(unit))).any(owed_by_others)
            });
            Some(Bargain { unit, returned, holds })
        })
        .collect()
}
