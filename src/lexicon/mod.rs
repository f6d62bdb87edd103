//! Domain words as data: the TOML files beside this one, each class with what it means, some entries with their source.
//!
//! All words of all classes are found in one pass by an automaton that is built with the crate. This layer knows words and not norms: that
//! "reasonable" stands beside "level" is for others to see.

use daachorse::DoubleArrayAhoCorasick;
use std::collections::BTreeMap;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

static AUTOMATON: LazyLock<DoubleArrayAhoCorasick<u32>> = LazyLock::new(|| {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
    // The bytes were serialised by build.rs with the same version of the same crate.
    DoubleArrayAhoCorasick::deserialize(bytes).expect("the embedded automaton is whole").0
});

/// A set of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Classes(u128);

impl Classes {
    /// The set of these.
    #[must_use]
    pub const fn of(classes: &[Class]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < classes.len() {
            bits |= 1 << classes[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// The numbers of the classes in it, from the lowest.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            (bits != 0).then(|| {
                let lowest = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                lowest
            })
        })
    }

    /// Whether a class is in it.
    #[must_use]
    pub fn has(self, class: Class) -> bool {
        self.0 >> class as u8 & 1 == 1
    }

    /// Whether the two share a class.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A word of the lexicons in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub classes: Classes,
    pattern: u32,
}

impl Hit {
    /// Whether it is in a class.
    #[must_use]
    pub fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// Whether it is more than a place where a modal, a reference or a qualifier may begin.
    #[must_use]
    pub fn is_word(&self) -> bool {
        const ANCHORS: Classes = Classes::of(&[Class::ModalAnchor, Class::ReferenceAnchor, Class::QualifierAnchor]);
        self.classes.0 & !ANCHORS.0 != 0
    }

    /// Where the entry comes from, if it says so.
    #[must_use]
    pub fn source(&self) -> Option<&'static str> {
        SOURCES.binary_search_by_key(&self.pattern, |(pattern, _)| *pattern).ok().map(|at| SOURCES[at].1)
    }
}

/// The words of a house beside the built-in ones, and its phrases that are no words of any class.
pub struct House {
    automaton: DoubleArrayAhoCorasick<u32>,
    classes: Vec<u128>,
}

impl House {
    /// The bit of allowed phrases: no class has it.
    const ALLOWED: u128 = 1 << (u128::BITS - 1);

    /// Gathers words by the names of their classes, and allowed phrases; none where there are no words at all. A name that is no class's is
    /// passed over.
    #[must_use]
    pub fn new<'w>(words: impl IntoIterator<Item = (&'w str, &'w str)>, allowed: impl IntoIterator<Item = &'w str>) -> Option<Self> {
        let mut patterns: BTreeMap<Vec<u8>, u128> = BTreeMap::new();
        let listed = words.into_iter().filter_map(|(class, words)| {
            let (class, ..) = Class::ALL.iter().find(|(_, name, _)| *name == class)?;
            Some((words, 1 << *class as u8))
        });
        for (words, bit) in listed.chain(allowed.into_iter().map(|words| (words, Self::ALLOWED))) {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let normal: Vec<u8> = words.bytes().map(normal).collect();
            if normal.iter().any(|byte| *byte != b' ') {
                *patterns.entry([b" ".as_slice(), &normal].concat()).or_default() |= bit;
            }
        }
        let classes: Vec<u128> = patterns.values().copied().collect();
        let automaton = DoubleArrayAhoCorasick::with_values(patterns.into_keys().enumerate().map(|(id, words)| (words, id as u32))).ok()?;
        (!classes.is_empty()).then_some(Self { automaton, classes })
    }

    /// Adds its words to what was found in a text from `first` on, and takes out what stands in an allowed phrase.
    fn find(&self, buffer: &[u8], base: u32, hits: &mut Vec<Hit>, first: usize) {
        const ANCHORS: Classes = Classes::of(&[Class::ModalAnchor, Class::ReferenceAnchor, Class::QualifierAnchor]);
        let mut allowed: Vec<(u32, u32)> = Vec::new();
        let whole = |found: &daachorse::Match<u32>| !buffer.get(found.end()).is_some_and(u8::is_ascii_alphanumeric);
        for found in self.automaton.find_overlapping_iter(buffer).filter(whole) {
            let (start, end) = (base + found.start() as u32, base + found.end() as u32 - 1);
            let classes = self.classes[found.value() as usize];
            if classes & Self::ALLOWED != 0 {
                allowed.push((start, end));
            }
            hits.push(Hit { start, end, classes: Classes(classes & !Self::ALLOWED), pattern: u32::MAX });
        }
        allowed.sort_unstable();
        for hit in &mut hits[first..] {
            let at = allowed.partition_point(|(start, _)| *start <= hit.start);
            if allowed[..at].iter().rev().take(8).any(|(_, end)| hit.end <= *end) {
                hit.classes.0 &= ANCHORS.0;
            }
        }
    }
}

/// Finds all words of all lexicons in a text of small letters; `base` is added to the offsets. Of words inside one another the longest
/// counts, class by class. Appends to `hits`, by start.
pub fn find(lower: &str, base: u32, hits: &mut Vec<Hit>) {
    find_in(lower, base, None, &mut Vec::new(), hits);
}

/// The same with the words of a house too, and a buffer that many calls share.
pub fn find_in(lower: &str, base: u32, house: Option<&House>, buffer: &mut Vec<u8>, hits: &mut Vec<Hit>) {
    // Patterns begin with a space, so the buffer does: what is found starts where the word does in `lower`, and ends one too late.
    buffer.clear();
    buffer.push(b' ');
    buffer.extend(lower.bytes().map(normal));
    let first = hits.len();
    for found in AUTOMATON.find_overlapping_iter(buffer.as_slice()) {
        if buffer.get(found.end()).is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let (start, end) = (found.start(), found.end() - 1);
        let pattern = found.value();
        hits.push(Hit { start: base + start as u32, end: base + end as u32, classes: Classes(CLASSES[pattern as usize]), pattern });
    }
    if let Some(house) = house {
        house.find(buffer, base, hits, first);
    }
    keep_longest(hits, first);
}

/// Small ASCII letters and digits stay, every other byte is a space: so are hyphens and curly quotes. No word of the lexicons has others.
fn normal(byte: u8) -> u8 {
    if byte.is_ascii_lowercase() | byte.is_ascii_digit() { byte } else { b' ' }
}

/// Takes from each hit the classes that a longer one around it has too.
fn keep_longest(hits: &mut Vec<Hit>, first: usize) {
    hits[first..].sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut kept = first;
    for at in first..hits.len() {
        let mut hit = hits[at];
        for around in hits[first..kept].iter().rev().take(8) {
            if around.start <= hit.start && hit.end <= around.end {
                hit.classes.0 &= !around.classes.0;
            }
        }
        if hit.classes.0 != 0 {
            hits[kept] = hit;
            kept += 1;
        }
    }
    hits.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, class: Class) -> Vec<&str> {
        let mut hits = Vec::new();
        find(text, 0, &mut hits);
        hits.iter().filter(|hit| hit.is(class)).map(|hit| &text[hit.start as usize..hit.end as usize]).collect()
    }

    #[test]
    fn the_longest_word_of_a_class_counts() {
        assert_eq!(words("as far as is practicable and appropriate", Class::Hedge), ["as far as is practicable and appropriate"]);
        assert_eq!(words("hostile activities and an act", Class::VagueAct), ["hostile activities"]);
    }

    #[test]
    fn words_stand_on_their_own() {
        assert_eq!(words("unreasonably", Class::Standard), [""; 0]);
        assert_eq!(words("long-lasting effects", Class::Severity), ["long-lasting"]);
        assert_eq!(words("“without delay”", Class::VagueTime), ["without delay"]);
    }

    #[test]
    fn a_house_adds_words_and_takes_phrases_out() {
        let house = House::new([("vague-act", "grey-zone activity")], ["reasonable level of force", "Without  delay"]).unwrap();
        let mut hits = Vec::new();
        let text = "grey zone activity at a reasonable level of force, without delay, and a reasonable level";
        find_in(text, 0, Some(&house), &mut Vec::new(), &mut hits);
        let of = |class: Class| -> Vec<&str> {
            hits.iter().filter(|hit| hit.is(class)).map(|hit| &text[hit.start as usize..hit.end as usize]).collect()
        };
        assert_eq!(of(Class::VagueAct), ["grey zone activity"]);
        assert_eq!(of(Class::Standard), ["reasonable"]);
        assert!(of(Class::VagueTime).is_empty());
        assert!(House::new([], []).is_none());
    }

    #[test]
    fn an_entry_knows_where_it_comes_from() {
        let mut hits = Vec::new();
        find("an information weapon", 0, &mut hits);
        assert!(hits.iter().any(|hit| hit.source().is_some_and(|source| source.contains("SCO"))));
    }
}
