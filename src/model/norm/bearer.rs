//! Who is bound: the noun phrase before a modal, read as a class of parties, a body, a person or a thing.

use super::find::{Finder, Modal};
use super::{Bearer, BearerClass, Norm, begins_with_any};
use crate::lexicon::{Class, Classes};
use crate::model::clean::Words;
use crate::model::declared::Members;
use crate::model::sentence::SentenceId;
use crate::model::vocabulary::Name;
use crate::syntax::parse::PieceKind;

impl Finder<'_, '_> {
    pub(super) fn bearer(&self, id: SentenceId, subject: Words, modal: &Modal, first: usize) -> Bearer {
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
                    let open = treaty.declared.groups[group].members == Members::Any;
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

pub(super) fn is_pronoun(lower: &str) -> bool {
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
