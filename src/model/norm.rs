//! Norms: who is bound to what. Two thirds of the sentences with "shall" bind no State (of 55,925 measured, 32 % bind a Party or its
//! authority), so every rule of the hurdles asks [`Norm::is_gated`] first.

use super::Treaty;
use super::clause::{self, Clause};
use super::clean::Words;
use super::declared::PartyId;
use super::place::Place;
use super::sentence::SentenceId;
use super::vocabulary::Name;
use crate::lexicon::{Class, Classes};
pub use crate::syntax::parse::Mode;
use crate::syntax::parse::{ExceptionKind, PieceKind};
use crate::syntax::tree::{UnitId, UnitKind};
use std::cell::OnceCell;

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
}

/// Finds all norms, in the order of the sentences.
#[must_use]
pub fn find_all(treaty: &Treaty<'_>) -> Vec<Norm> {
    let mut finder = Finder { treaty, norms: Vec::new(), carriers: vec![None; treaty.tree.units.len()], last_bearer: None };
    for index in 0..treaty.sentences.len() {
        finder.sentence(SentenceId(index as u32));
    }
    finder.norms
}

/// Norms of one sentence that are told apart. No sentence of a treaty comes near it; a hostile one must not make every question about its
/// norms one about all of it.
const MOST_NORMS: usize = 24;

struct Finder<'t, 'a> {
    treaty: &'t Treaty<'a>,
    norms: Vec<Norm>,
    /// By unit: the norm that it hands down to its points, and what part they play.
    carriers: Vec<Option<(NormId, Role)>>,
    last_bearer: Option<Bearer>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, id: SentenceId) {
        let treaty = self.treaty;
        let sentence = treaty.sentence(id);
        let place = treaty.places[sentence.unit.index()];
        if matches!(place, Place::Outside | Place::Preamble | Place::Quoted) {
            return;
        }
        let first = self.norms.len();
        let lower = treaty.lower(sentence.words);
        let modals = self.main_modals(id);
        let mut from = sentence.words.start;
        for (at, modal) in modals.iter().enumerate().take(MOST_NORMS) {
            let end = modals.get(at + 1).map_or(sentence.words.end, |next| self.clause_start(modal.words.end, next.words.start));
            let mut subject = Words::new(from.min(modal.words.start), modal.words.start);
            // "Release is not excluded, but the requested Party shall": the clause before has a subject of its own.
            if let Some(but) = memchr::memmem::rfind(self.treaty.lower(subject).as_bytes(), b", but ") {
                subject.start += but as u32 + 2;
            }
            let bearer = self.bearer(id, subject, modal, first);
            self.norms.push(Norm {
                unit: sentence.unit,
                sentence: id,
                mode: modal.mode,
                tries: modal.tries,
                modal: modal.words,
                bearer,
                reach: Words::new(modal.words.end, end.max(modal.words.end)),
                place,
                parent: None,
                role: Role::Whole,
                reading: sentence.reading,
                act: OnceCell::new(),
            });
            self.last_bearer = Some(bearer);
            from = end;
        }
        if self.norms.len() == first {
            self.carried(id, place);
        }
        if sentence.reading == 0 && self.norms.len() > first {
            let role = role_of_points(lower, &self.norms[self.norms.len() - 1]);
            self.carriers[sentence.unit.index()] = Some((NormId(self.norms.len() as u32 - 1), role));
        }
    }

    /// A point without a modal of its own hangs on its chapeau's norm.
    fn carried(&mut self, id: SentenceId, place: Place) {
        let sentence = self.treaty.sentence(id);
        let unit = self.treaty.tree.unit(sentence.unit);
        if unit.kind != UnitKind::Point {
            return;
        }
        // Only a point's first sentence goes on with the chapeau.
        let is_first = self.treaty.sentences_of(sentence.unit).start == id.index() || sentence.reading != 0;
        let Some((parent, role)) = self.carriers[unit.parent.index()].filter(|_| is_first) else { return };
        let above = &self.norms[parent.index()];
        let norm = Norm {
            unit: sentence.unit,
            sentence: id,
            mode: above.mode,
            tries: above.tries,
            modal: above.modal,
            bearer: above.bearer,
            reach: sentence.words,
            place,
            parent: Some(parent),
            role: if above.role == Role::Condition { Role::Condition } else { role },
            reading: sentence.reading,
            act: OnceCell::new(),
        };
        let lower = self.treaty.lower(sentence.words).trim_start();
        // "not to ...", "refrain from ...": the point turns the duty into a ban.
        let turns = norm.mode == Mode::Obligation
            && (lower.starts_with("not to ") || lower.starts_with("refrain from") || lower.starts_with("never to "));
        self.norms.push(Norm { mode: if turns { Mode::Prohibition } else { norm.mode }, ..norm });
    }

    /// The modals that govern a clause of their own: no reported questions, no inverted conditions, no relative clauses.
    fn main_modals(&self, id: SentenceId) -> Vec<Modal> {
        let treaty = self.treaty;
        let sentence = treaty.sentence(id);
        let lower = treaty.lower(sentence.words);
        let base = sentence.words.start;
        let mut modals: Vec<Modal> = Vec::new();
        let mut saving = false;
        let last_modal = treaty
            .pieces_of(sentence)
            .iter()
            .rev()
            .find(|piece| matches!(piece.kind, PieceKind::Modal { mode: Mode::Obligation | Mode::Permission | Mode::Prohibition, .. }))
            .map_or(0, |piece| piece.start);
        for piece in treaty.pieces_of(sentence) {
            let PieceKind::Modal { mode, tries } = piece.kind else { continue };
            // Past the norms that are told apart nothing is asked, and no clause reaches farther back than this.
            if modals.len() > MOST_NORMS {
                break;
            }
            let until = (piece.start - base) as usize;
            let from = lower.ceil_char_boundary(until.saturating_sub(1200));
            let before = &lower[from..until];
            let after = &lower[(piece.end - base) as usize..];
            let word = &lower[(piece.start - base) as usize..(piece.end - base) as usize];
            if mode == Mode::Saving {
                saving |= before.trim().is_empty() || before.trim_end().ends_with(',');
                continue;
            }
            let words = Words::new(piece.start, piece.end);
            if let Some(last) = modals.last_mut()
                && piece.start <= last.words.end + 2
            {
                // "shall undertake to", "shall be obliged to": one modal.
                last.words = last.words.to(words);
                if mode == Mode::Prohibition {
                    last.mode = mode;
                }
                continue;
            }
            // "If it cannot comply with a condition, it shall say so": what can happen, and the norm comes after it.
            let in_condition = || {
                piece.start < last_modal
                    && clause::of_text(&before[before.ceil_char_boundary(before.len().saturating_sub(160))..]) == Clause::Condition
            };
            if !self.is_main(mode, word, before, after) || in_condition() {
                continue;
            }
            let mode = match mode {
                Mode::Future if treaty.declared.instrument.binding => continue,
                Mode::Future => Mode::Obligation,
                _ if saving => Mode::Saving,
                Mode::Obligation if begins_with_ban(before) => Mode::Prohibition,
                Mode::Permission if begins_with_ban(before) => Mode::Prohibition,
                mode => mode,
            };
            saving = false;
            modals.push(Modal { words, mode, tries });
        }
        modals
    }

    fn is_main(&self, mode: Mode, word: &str, before: &str, after: &str) -> bool {
        let before = before.trim_end();
        let last = before.rsplit(' ').next().unwrap_or_default();
        match mode {
            Mode::Definition | Mode::Performative => return false,
            // "cyber attacks are prohibited", and not "an activity prohibited to a State Party".
            Mode::Prohibition if matches!(word, "prohibited" | "forbidden" | "banned") => {
                return matches!(last, "is" | "are" | "be" | "hereby" | "strictly");
            }
            Mode::Constitution if word == "established" => return matches!(last, "is" | "are" | "hereby"),
            Mode::Obligation | Mode::Permission | Mode::Answerability | Mode::Exhortation
                if word.contains(" to") || word.ends_with("for") || word.starts_with("obliged") =>
            {
                let passive = word.starts_with("bound")
                    || word.starts_with("required")
                    || word.starts_with("obliged")
                    || word.starts_with("entitled")
                    || word.starts_with("encouraged")
                    || word.starts_with("invited")
                    || word.starts_with("urged")
                    || word.starts_with("responsible")
                    || word.starts_with("liable")
                    || word.starts_with("answerable");
                if passive && !matches!(last, "is" | "are" | "be" | "remain" | "remains" | "also" | "hereby" | "not" | "internationally") {
                    return false;
                }
            }
            _ => {}
        }
        // "Actions that a developed country Party should take": what somebody recommends.
        if mode == Mode::Exhortation && after_last(before, |_| true).rsplit_once(" that ").is_some_and(|(_, rest)| begins_noun_phrase(rest))
        {
            return false;
        }
        // "Representatives may also be invited to attend": the modal before it makes the norm.
        if mode == Mode::Exhortation && !word.starts_with("should") {
            let behind = before.strip_suffix(" be").map(|rest| rest.strip_suffix(" also").unwrap_or(rest));
            if behind.is_some_and(|rest| rest.ends_with(" may") || rest.ends_with(" shall")) {
                return false;
            }
        }
        if word.starts_with("may")
            && (after.trim_start().starts_with(|c: char| c.is_ascii_digit())
                || last.bytes().all(|byte| byte.is_ascii_digit()) && !last.is_empty())
        {
            return false;
        }
        // "The Parties recognise that the responses may not be definitive": what can happen, and neither a right nor a ban.
        if word.starts_with("may") && is_acknowledged(before) {
            return false;
        }
        // "Should a dispute arise", "and, should the case arise, give its views": a case that may come.
        if word.starts_with("should") && (before.is_empty() || before.ends_with(',') || is_inverted(after))
            || mode == Mode::Exhortation && before.contains(" whether ")
        {
            return false;
        }
        !in_relative_clause(before)
    }

    /// Where the clause of a later modal begins.
    fn clause_start(&self, from: u32, to: u32) -> u32 {
        let between = self.treaty.lower(Words::new(from, to));
        let joint = (0..between.len()).rev().find(|at| {
            let rest = &between.as_bytes()[*at..];
            // `, and `, `, but ` and `, or ` begin with `, `.
            rest.starts_with(b", ") || rest.starts_with(b"; ") || rest.starts_with(b" and ") || rest.starts_with(b" but ")
        });
        // The last joint that leaves a subject or nothing before the modal.
        joint.map_or(to, |at| from + at as u32)
    }

    // ── Bearers ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn bearer(&self, id: SentenceId, subject: Words, modal: &Modal, first: usize) -> Bearer {
        let phrase = self.noun_phrase(subject);
        // "A State is responsible for": the verb is no part of who is.
        let lower = self.treaty.lower(phrase);
        let copula = [" is", " are", " remains", " remain"].iter().find(|verb| lower.ends_with(**verb)).map_or(0, |verb| verb.len());
        let phrase = Words::new(phrase.start, phrase.end - copula as u32);
        let lower = self.treaty.lower(phrase);
        let nobody = Bearer { class: BearerClass::None, words: Words::new(subject.end, subject.end), party: None, group: None };
        if lower.is_empty() {
            // "... and may ...": the subject of the clause before.
            return match self.norms.get(first..).and_then(<[Norm]>::last) {
                Some(before) => before.bearer,
                None => nobody,
            };
        }
        if is_pronoun(lower) {
            let before = self.norms.get(first..).and_then(<[Norm]>::last).map(|norm| norm.bearer);
            let found = before.or_else(|| self.party_in_condition(id, phrase)).or(self.last_bearer);
            return Bearer { words: phrase, ..found.unwrap_or(nobody) };
        }
        let bearer = self.classify(phrase);
        let passive = self.treaty.lower(Words::new(modal.words.end, self.treaty.sentence(id).words.end)).trim_start().starts_with("be ");
        if bearer.class == BearerClass::Other && passive { Bearer { class: BearerClass::None, ..bearer } } else { bearer }
    }

    /// "If a Party is attacked, it shall ...": the Party of the condition.
    fn party_in_condition(&self, id: SentenceId, phrase: Words) -> Option<Bearer> {
        let start = self.treaty.sentence(id).words.start;
        let before = self.treaty.lower(Words::new(start, phrase.start));
        let party = ["party", "parties", "state"].iter().filter_map(|noun| before.find(noun)).min()?;
        Some(Bearer {
            class: BearerClass::OpenRole,
            words: Words::new(start + party as u32, start + party as u32 + 5),
            party: None,
            group: None,
        })
    }

    /// The subject's words up to what modifies it: less a condition before it.
    fn noun_phrase(&self, subject: Words) -> Words {
        let mut lower = self.treaty.lower(subject);
        let mut start = subject.start;
        let cut = |lower: &mut &str, start: &mut u32, by: usize| {
            *start += by as u32;
            *lower = &lower[by..];
        };
        loop {
            let before = lower.len();
            for joint in [
                " ",
                ",",
                ";",
                "and ",
                "but ",
                "or ",
                "accordingly, ",
                "however, ",
                "to this end, ",
                "to that end, ",
                "in addition, ",
                "further, ",
                "moreover, ",
                "(",
                "\"",
                "therefore, ",
                "thereafter, ",
                "in particular, ",
                "bis ",
                "ter ",
            ] {
                if begins_with_any(lower, &[joint]) {
                    cut(&mut lower, &mut start, joint.len());
                }
            }
            if lower.len() == before {
                break;
            }
        }
        let conditional = self
            .treaty
            .pieces_in(Words::new(start, start + 2))
            .iter()
            .any(|piece| piece.start == start && !matches!(piece.kind, PieceKind::Modal { .. } | PieceKind::Reference(_)));
        const ADVERBIALS: [&str; 28] = [
            "in ",
            "for ",
            "with ",
            "at ",
            "on ",
            "by ",
            "after ",
            "before ",
            "without ",
            "as ",
            "during ",
            "pending ",
            "under ",
            "pursuant ",
            "having ",
            "should ",
            "to ",
            "following ",
            "from ",
            "once ",
            "until ",
            "recalling ",
            "based ",
            "recognising ",
            "recognizing ",
            "noting ",
            "taking ",
            "acting ",
        ];
        if conditional || begins_with_any(lower, &ADVERBIALS) {
            // "Where a Party ..., it shall": the words after the last comma that leave a noun, else after the first.
            let commas: Vec<usize> = memchr::memmem::find_iter(lower.as_bytes(), ", ").collect();
            let fits = |at: &usize| begins_noun_phrase(&lower[at + 2..]);
            if let Some(at) = commas.iter().rev().find(|at| fits(at)).or(commas.last()) {
                cut(&mut lower, &mut start, at + 2);
            }
        }
        let trimmed = lower.trim_end_matches([' ', ',']);
        Words::new(start, start + trimmed.len() as u32)
    }

    fn classify(&self, phrase: Words) -> Bearer {
        let treaty = self.treaty;
        let lower = treaty.lower(phrase);
        let head = head_end(lower);
        let noun = &lower[..head];
        let rest = &lower[head..];
        let head_words = Words::new(phrase.start, phrase.start + head as u32);
        let bearer = |class: BearerClass| Bearer { class, words: head_words, party: None, group: None };
        for hit in treaty.names_in(head_words) {
            match hit.name {
                Name::Party(party) => return Bearer { class: BearerClass::Named, words: hit.words, party: Some(party), group: None },
                Name::Group(group) => {
                    let open = treaty.declared.groups[group].members == super::declared::Members::Any;
                    let class = if open { BearerClass::OpenRole } else { BearerClass::ClosedClass };
                    return Bearer { class, words: hit.words, party: None, group: Some(group) };
                }
                Name::Body(_) => return Bearer { class: BearerClass::Organ, words: hit.words, party: None, group: None },
                Name::Term(_) => {}
            }
        }
        // "Each developing country Party's contribution", "the powers of the Assembly": a thing of theirs.
        let possessive = |noun: &str| noun.ends_with("'s") || noun.ends_with('’') || noun.contains("'s ") || noun.contains("’s ");
        if possessive(noun) || noun.trim_end().ends_with("powers") && rest.starts_with(" of ") {
            return bearer(BearerClass::Other);
        }
        // "The Least Developed Countries Expert Group" is an organ with a status in its name.
        let is_organ = ["group", "committee", "fund"].iter().any(|organ| noun.trim_end().ends_with(organ));
        if let Some(hit) = treaty.words_of(head_words, Class::ClosedStatus).next().filter(|_| !is_organ) {
            // "Each of the developed country Parties", and not a clause that ran into them.
            let far = treaty.lower(Words::new(head_words.start, hit.start)).split_whitespace().count() > 3;
            let words = if far { Words::new(hit.start, head_words.end.max(hit.end)) } else { hit.to(head_words) };
            return Bearer { class: BearerClass::ClosedClass, words, party: None, group: None };
        }
        if is_party_noun(noun) {
            return bearer(if is_role(noun, rest) { BearerClass::OpenRole } else { BearerClass::AllParties });
        }
        if noun.contains("authorit") && !noun.contains("the authority") || noun.contains("court") && rest.contains("party") {
            return bearer(BearerClass::AuthorityOf);
        }
        // The last noun that the lexicon knows and that ends the phrase decides.
        let last = treaty.hits_in(head_words).iter().rev().find(|hit| {
            hit.classes.meets(Classes::of(&[Class::Organ, Class::Person, Class::Instrument])) && hit.end + 14 >= head_words.end
        });
        bearer(match last {
            Some(hit) if hit.is(Class::Organ) => BearerClass::Organ,
            Some(hit) if hit.is(Class::Person) => BearerClass::Person,
            Some(_) => BearerClass::Instrument,
            None => BearerClass::Other,
        })
    }
}

struct Modal {
    words: Words,
    mode: Mode,
    tries: bool,
}

/// "The Parties acknowledge that ...": they see how things are.
fn is_acknowledged(before: &str) -> bool {
    let clause = before.rsplit([';', ':']).next().unwrap_or_default();
    let Some((said, _)) = clause.rsplit_once(" that ") else { return false };
    ["recogni", "acknowledg"].iter().any(|verb| said.rsplit(' ').next().is_some_and(|word| word.starts_with(verb)))
}

/// "Should the case arise", "should it be necessary": the subject stands behind the modal.
fn is_inverted(after: &str) -> bool {
    let mut words = after.split(' ').filter(|word| !word.is_empty());
    matches!(words.next(), Some("the" | "a" | "an" | "it" | "they" | "this" | "that" | "such" | "any" | "no" | "these" | "those" | "there"))
}

fn begins_with_ban(before: &str) -> bool {
    let clause = after_last(before, |at| before.as_bytes()[at] == b';').trim_start();
    let clause = after_last(clause, |at| clause.as_bytes()[at..].starts_with(b", ")).trim_start_matches(' ');
    clause.starts_with("no ") || clause.starts_with("neither ") || clause.starts_with("none of ")
}

/// What stands behind the last byte, a comma or semicolon, that fits.
fn after_last(text: &str, fits: impl Fn(usize) -> bool) -> &str {
    let last = memchr::memchr2_iter(b',', b';', text.as_bytes()).rev().find(|at| fits(*at));
    last.map_or(text, |at| &text[at + 1..])
}

fn in_relative_clause(before: &str) -> bool {
    let clause = after_last(before, |_| true);
    let words = || clause.rsplit(' ').filter(|word| !word.is_empty());
    // A relative pronoun, at most a few words, and the modal.
    let mut far = false;
    for (at, word) in words().take(5).enumerate() {
        if matches!(word, "which" | "who" | "whom" | "whether" | "whose" | "what" | "how")
            || at == 0 && matches!(word, "that" | "as" | "than")
        {
            return !has_verb_of_its_own(clause, word, at);
        }
        // "The State referred to in that article shall": it points back, and opens no clause.
        let points_back = (1..=2).contains(&at) && word == "that" && points_at_one(clause, at);
        far |= at < 4 && word == "that" && !points_back;
    }
    far && words().count() > 6
}

/// "That article", "that State Party": one thing, by its last noun; "that Parties" opens a clause.
fn points_at_one(clause: &str, words_behind: usize) -> bool {
    let mut behind = clause.rsplit(' ').filter(|word| !word.is_empty()).take(words_behind);
    let noun = behind.next().unwrap_or_default();
    let first = behind.last().unwrap_or(noun);
    !noun.ends_with('s') && !matches!(first, "the" | "a" | "an" | "it" | "each" | "any" | "every" | "no" | "they" | "such" | "all" | "this")
}

/// "A Party which has chemical weapons shall ...": the relative clause has its verb already, and the modal is the main clause's.
fn has_verb_of_its_own(clause: &str, pronoun: &str, words_behind: usize) -> bool {
    if words_behind < 2 || !matches!(pronoun, "which" | "who") {
        return false;
    }
    let mut behind = clause.rsplit(' ').filter(|word| !word.is_empty()).take(words_behind);
    let last = behind.next().unwrap_or_default();
    let first = behind.last().unwrap_or_default();
    // "Who" is the subject of its clause, so what stands behind it is its verb: "a person who carries out cyber attacks should ...".
    if pronoun == "who" {
        return !matches!(last, "and" | "or" | "to" | "as" | "not" | "but" | "also" | "otherwise");
    }
    matches!(
        first,
        "has" | "have" | "had" | "is" | "are" | "was" | "were" | "does" | "do" | "did" | "attacks" | "receives" | "makes" | "becomes"
    ) && !matches!(last, "and" | "or" | "to" | "as" | "not" | "but")
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

fn is_pronoun(lower: &str) -> bool {
    matches!(lower, "it" | "they" | "he" | "she" | "the latter" | "the former" | "the same" | "each" | "both" | "neither" | "and it")
}

/// Whether words begin with an article, a pronoun or the like, and not with a verb.
#[must_use]
pub fn begins_noun_phrase(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    matches!(
        first,
        "it" | "they"
            | "the"
            | "a"
            | "an"
            | "each"
            | "every"
            | "any"
            | "all"
            | "no"
            | "that"
            | "such"
            | "this"
            | "these"
            | "those"
            | "either"
            | "neither"
            | "both"
            | "states"
            | "parties"
            | "one"
            | "its"
            | "he"
    )
}

/// Where the head of a noun phrase ends and what modifies it begins.
fn head_end(lower: &str) -> usize {
    const MODIFIERS: [&str; 35] = [
        "of ",
        "which ",
        "who ",
        "whose ",
        "that ",
        "in ",
        "to ",
        "for ",
        "under ",
        "with ",
        "from ",
        "referred ",
        "concerned",
        "having ",
        "on ",
        "at ",
        "by ",
        "making ",
        "receiving ",
        "not ",
        "(",
        "where ",
        "upon ",
        "within ",
        "against ",
        "between ",
        "as ",
        "participating in",
        "being ",
        "possessing ",
        "conducting ",
        "requesting ",
        "whether ",
        "listed",
        "other than ",
    ];
    let bytes = lower.as_bytes();
    memchr::memchr2_iter(b' ', b',', bytes)
        .find(|at| {
            *at > 0 && if bytes[*at] == b',' { bytes.get(at + 1) == Some(&b' ') } else { begins_with_any(&lower[at + 1..], &MODIFIERS) }
        })
        .unwrap_or(lower.len())
}

/// Whether a head noun is a Party or State, by whatever name treaties have for it.
fn is_party_noun(noun: &str) -> bool {
    let last = noun.trim_end().rsplit(' ').next().unwrap_or_default();
    matches!(
        last,
        "party"
            | "parties"
            | "signatories"
            | "signatory"
            | "participants"
            | "participant"
            | "states"
            | "state"
            | "governments"
            | "government"
            | "members"
            | "member"
            | "nations"
            | "countries"
            | "country"
            | "sides"
            | "side"
            | "powers"
    ) || noun.contains(" part")
        && ["contracting part", "states parties", "state part", "both parties"].iter().any(|party| noun.contains(party))
}

/// A participle before the noun or a relative behind it makes a role that anybody may come into.
fn is_role(noun: &str, rest: &str) -> bool {
    const STANDING: [&str; 22] = [
        "each",
        "every",
        "any",
        "a",
        "an",
        "all",
        "no",
        "neither",
        "either",
        "both",
        "the",
        "states",
        "state",
        "contracting",
        "high",
        "such",
        "that",
        "these",
        "those",
        "parties",
        "member",
        "two",
    ];
    let mut before: Vec<&str> = noun.split(' ').filter(|word| !word.is_empty()).collect();
    before.pop();
    let qualified = before.iter().any(|word| !STANDING.contains(word));
    let rest = rest.trim_start();
    let relative = [
        "which ",
        "whose ",
        "that ",
        "in whose",
        "in a position",
        "concerned",
        "having ",
        "making ",
        "receiving ",
        "on whose",
        "to which",
        "from which",
        "in which",
        "exercising",
        "conducting",
        "possessing",
        "requesting",
        "where ",
        "in the territory",
    ]
    .iter()
    .any(|word| rest.starts_with(word));
    qualified || relative
}

fn role_of_points(lower: &str, last: &Norm) -> Role {
    let tail = lower.trim_end().trim_end_matches([':', '—', '–', '-', ' ']);
    const CASES: [&str; 16] = [
        " if",
        " where",
        " when",
        " unless",
        " provided that",
        " only if",
        " except",
        " cases",
        " conditions",
        " circumstances",
        " following grounds",
        " such as",
        " may include",
        " could include",
        " on condition that",
        " in the event that",
    ];
    let case = CASES.iter().any(|case| tail.ends_with(case)) || tail.ends_with("the following conditions are met");
    if case || last.mode == Mode::Effect { Role::Condition } else { Role::Act }
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
