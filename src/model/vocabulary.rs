//! This treaty's own words: declared names and defined terms, found in its text in one pass. Case and number are forgiven.

use super::Treaty;
use super::clean::Words;
use super::declared::PartyId;
use super::term::TermId;
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use std::collections::BTreeMap;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// A party.
    Party(PartyId),
    /// A group, by index.
    Group(usize),
    /// A body, by index.
    Body(usize),
    /// A defined term.
    Term(TermId),
}

/// A name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameHit {
    /// Its words.
    pub words: Words,
    /// What it stands for.
    pub name: Name,
}

/// The names of a treaty.
pub struct Vocabulary {
    automaton: Option<DoubleArrayAhoCorasick<u32>>,
    names: Vec<Name>,
}

impl Vocabulary {
    /// Gathers the names. Of a name that is declared twice the first counts.
    #[must_use]
    pub fn build(treaty: &Treaty<'_>) -> Self {
        let mut patterns: BTreeMap<String, Name> = BTreeMap::new();
        let mut add = |words: &str, name: Name| {
            for form in forms(words) {
                patterns.entry(form).or_insert(name);
            }
        };
        let declared = &treaty.declared;
        for (index, party) in declared.parties.iter().enumerate() {
            for words in std::iter::once(&party.name).chain(&party.also) {
                add(words, Name::Party(PartyId(index as u32)));
            }
        }
        for (index, group) in declared.groups.iter().enumerate() {
            for words in std::iter::once(&group.named.name).chain(&group.named.also) {
                add(words, Name::Group(index));
            }
        }
        for (index, body) in declared.bodies.iter().enumerate() {
            for words in [&body.named.id, &body.named.name].into_iter().chain(&body.named.also) {
                add(words, Name::Body(index));
            }
        }
        for (index, term) in treaty.terms.iter().enumerate() {
            add(&term.name, Name::Term(TermId(index as u32)));
        }
        let names = patterns.values().copied().collect();
        let automaton = if patterns.is_empty() {
            None
        } else {
            // Its filter for likely places costs more to build than it spares in one text.
            DoubleArrayAhoCorasickBuilder::new()
                .use_prefilter(false)
                .build_with_values(patterns.into_keys().enumerate().map(|(index, words)| (words, index as u32)))
                .ok()
        };
        Self { automaton, names }
    }

    /// Finds the names in all sentences, by start; of names inside one another the longest counts.
    #[must_use]
    pub fn find_all(&self, treaty: &Treaty<'_>) -> Vec<NameHit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let all = treaty.clean.lower(Words::new(0, treaty.clean.len()));
        let bytes = all.as_bytes();
        let mut hits: Vec<NameHit> = Vec::new();
        for found in automaton.find_overlapping_iter(all) {
            let (start, end) = (found.start(), found.end());
            let word = |byte: u8| byte.is_ascii_alphanumeric();
            let free = start.checked_sub(1).is_none_or(|before| !word(bytes[before])) && bytes.get(end).is_none_or(|after| !word(*after));
            if !free {
                continue;
            }
            let words = Words::new(start as u32, end as u32);
            while hits.last().is_some_and(|last| words.contains(last.words) && words != last.words) {
                hits.pop();
            }
            if hits.last().is_none_or(|last| !last.words.contains(words)) {
                hits.push(NameHit { words, name: self.names[found.value() as usize] });
            }
        }
        hits.sort_unstable_by_key(|hit| hit.words);
        hits
    }
}

/// A name in small letters, in the singular and the plural.
fn forms(words: &str) -> Vec<String> {
    let name = words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_start_matches("the ").trim_matches(['[', ']']).to_owned();
    if name.len() < 2 {
        return Vec::new();
    }
    let mut forms = vec![name.clone()];
    if let Some(stem) = name.strip_suffix("ies") {
        forms.push(format!("{stem}y"));
    } else if let Some(stem) = name.strip_suffix('s')
        && !name.ends_with("ss")
    {
        forms.push(stem.to_owned());
    } else if let Some(stem) = name.strip_suffix('y') {
        forms.push(format!("{stem}ies"));
        forms.push(format!("{name}s"));
    } else {
        forms.push(format!("{name}s"));
    }
    // "To place" is used as "placed", "places", "placing".
    if let Some(verb) = name.strip_prefix("to ") {
        let stem = verb.trim_end_matches('e');
        forms.extend([verb.to_owned(), format!("{stem}ed"), format!("{stem}ing"), format!("{verb}s")]);
    }
    forms
}
