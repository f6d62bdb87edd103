//! Sentences: a unit's words, parted at full stops, each with its pieces and the words of the lexicons in it.

use super::Treaty;
use super::clean::{self, Taken, Words, base_choice};
use super::place::Place;
use super::readings::{self, Reading};
use crate::lexicon::{self, Class, Hit, House};
use crate::options::Options;
use crate::source::Span;
use crate::syntax::parse::{Anchor, SentenceReader};
use crate::syntax::tree::{UnitId, UnitKind};
use std::ops::Range;

/// Index of a [`Sentence`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId(pub u32);

impl SentenceId {
    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// The unit whose words it is of.
    pub unit: UnitId,
    /// Its words.
    pub words: Words,
    /// Its pieces, in [`Treaty::pieces`].
    pub pieces: Range<u32>,
    /// The reading that it belongs to; 0 is the base.
    pub reading: u32,
}

/// What a pass over the units reuses.
#[derive(Default)]
struct Scratch {
    anchors: Vec<Anchor>,
    hits: Vec<Hit>,
    normal: Vec<u8>,
    ends: Vec<u32>,
    reader: SentenceReader,
    /// Sentences before this one have their pieces.
    read: usize,
    /// Words beside the built-in ones.
    house: Option<House>,
}

impl Scratch {
    /// Reads the pieces of the sentences that wait for theirs.
    fn read(&mut self, treaty: &mut Treaty<'_>) {
        let mut piece = treaty.pieces.len();
        self.reader.read(&mut treaty.pieces);
        for sentence in &mut treaty.sentences[self.read..] {
            let first = piece;
            while treaty.pieces.get(piece).is_some_and(|piece| piece.start < sentence.words.end) {
                piece += 1;
            }
            sentence.pieces = first as u32..piece as u32;
        }
        self.read = treaty.sentences.len();
    }
}

/// Reads the sentences of all units, base reading first, then the others.
pub fn read_all(treaty: &mut Treaty<'_>, options: &Options) {
    let cuts = base_cuts(treaty);
    let words = options.words.iter().map(|(class, words)| (class.as_str(), words.as_str()));
    let house = House::new(words, options.allowed.iter().map(String::as_str));
    let mut scratch = Scratch { house, ..Scratch::default() };
    treaty.reserve();
    for id in treaty.tree.ids() {
        treaty.unit_sentences.push(treaty.sentences.len() as u32);
        let unit = treaty.tree.unit(id);
        if !is_read(unit.kind) || unit.text.is_empty() {
            continue;
        }
        let words = treaty.clean.push(treaty.source.text(), treaty.tree.text(unit), &cuts);
        read_words(treaty, id, words, 0, &mut scratch);
    }
    treaty.unit_sentences.push(treaty.sentences.len() as u32);
    if !treaty.tree.brackets.is_empty() {
        read_variants(treaty, options, &mut scratch);
    }
    scratch.read(treaty);
}

/// Rows are searched for numbers elsewhere; mastheads and titles hold no sentences.
fn is_read(kind: UnitKind) -> bool {
    !matches!(kind, UnitKind::Masthead | UnitKind::Title | UnitKind::Row | UnitKind::Footnote | UnitKind::Treaty)
}

fn base_cuts(treaty: &Treaty<'_>) -> Vec<Span> {
    let brackets = &treaty.tree.brackets;
    let mut cuts = Vec::new();
    for (index, bracket) in brackets.iter().enumerate() {
        let taken = if covers_units(treaty, index) { Taken::Alternative(0) } else { base_choice(brackets, index) };
        clean::cut_bracket(bracket, taken, readings::inner(treaty, bracket), &mut cuts);
    }
    clean::cut_tokens(treaty.tree, &mut cuts);
    clean::merge(&mut cuts);
    cuts
}

/// A bracket over whole units is read as text: whether it falls is a question for the treaty and not for a sentence.
fn covers_units(treaty: &Treaty<'_>, index: usize) -> bool {
    let bracket = &treaty.tree.brackets[index];
    let next = treaty.tree.units.partition_point(|unit| unit.head.start <= bracket.open.end);
    treaty.tree.units.get(next).is_some_and(|unit| unit.head.start < bracket.close.start) && bracket.set.is_none()
}

/// Sentences, pieces and words of a unit whose words were just appended.
fn read_words(treaty: &mut Treaty<'_>, unit: UnitId, words: Words, reading: u32, scratch: &mut Scratch) {
    if words.is_empty() {
        return;
    }
    sentence_ends(treaty.clean.lower(words), &mut scratch.ends);
    treaty.clean.settle(words.start);
    find_words(treaty, words, scratch);
    let mut start = words.start;
    let mut anchor = 0;
    for end in &scratch.ends {
        let end = words.start + end;
        let sentence = Words::new(start, end);
        let first = anchor;
        while anchor < scratch.anchors.len() && scratch.anchors[anchor].0 < end {
            anchor += 1;
        }
        if anchor > first {
            scratch.reader.add(treaty.clean.lower(sentence), &scratch.anchors[first..anchor], start);
        }
        treaty.sentences.push(Sentence { unit, words: sentence, pieces: 0..0, reading });
        start = end + u32::from(treaty.clean.lower(Words::new(end, words.end)).starts_with(' '));
    }
    if scratch.reader.is_full() {
        scratch.read(treaty);
    }
}

/// One pass for the words of all lexicons; those where a piece may begin become anchors.
fn find_words(treaty: &mut Treaty<'_>, words: Words, scratch: &mut Scratch) {
    scratch.hits.clear();
    scratch.anchors.clear();
    let lower = treaty.clean.lower(words);
    lexicon::find_in(lower, words.start, scratch.house.as_ref(), &mut scratch.normal, &mut scratch.hits);
    for hit in &scratch.hits {
        let sign = match () {
            () if hit.is(Class::ModalAnchor) => Some(0),
            () if hit.is(Class::ReferenceAnchor) => Some(1),
            () if hit.is(Class::QualifierAnchor) => Some(2),
            () => None,
        };
        if let Some(sign) = sign
            && scratch.anchors.last().is_none_or(|(at, _)| *at < hit.start)
            && !goes_on_behind_hyphen(&lower[(hit.end - words.start) as usize..])
        {
            scratch.anchors.push((hit.start, sign));
        }
        if hit.is_word() {
            treaty.hits.push(*hit);
        }
    }
}

/// "By-laws" is not "by".
fn goes_on_behind_hyphen(rest: &str) -> bool {
    matches!(rest.as_bytes(), [b'-', next, ..] if next.is_ascii_alphabetic())
}

/// Where sentences end: byte offsets one past the full stop. The text still has its capitals.
fn sentence_ends(text: &str, ends: &mut Vec<u32>) {
    ends.clear();
    for at in memchr::memchr_iter(b'.', text.as_bytes()) {
        let after = &text[at + 1..];
        let after = after.trim_start_matches(['”', '"', ')', '’']);
        let Some(rest) = after.strip_prefix(' ') else { continue };
        let next = rest.trim_start_matches(['“', '"', '(', '[', '„', '«']).chars().next();
        if next.is_some_and(|c| c.is_uppercase()) && !is_abbreviation(&text[..at]) {
            ends.push((text.len() - rest.len() - 1) as u32);
        }
    }
    ends.push(text.len() as u32);
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit([' ', '(', '\u{a0}']).next().unwrap_or_default();
    let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    single
        || matches!(
            word,
            "No" | "Nos"
                | "Art"
                | "Arts"
                | "para"
                | "paras"
                | "e.g"
                | "i.e"
                | "cf"
                | "Cf"
                | "Mr"
                | "Mrs"
                | "Dr"
                | "St"
                | "vol"
                | "Vol"
                | "Doc"
                | "U.N"
                | "U.S"
                | "viz"
                | "approx"
                | "ca"
                | "sd"
        )
}

/// Every sentence with brackets, once more for each other alternative.
fn read_variants(treaty: &mut Treaty<'_>, options: &Options, scratch: &mut Scratch) {
    for index in 0..treaty.sentences.len() {
        let (unit, words) = (treaty.sentences[index].unit, treaty.sentences[index].words);
        let span = treaty.span(words);
        let lines = lines_in(treaty, unit, span);
        // Brackets at the very end close behind the last word.
        let reach = Span::new(lines.first().map_or(span.start, |line| line.start), lines.last().map_or(span.end, |line| line.end));
        let brackets: Vec<_> = readings::variables(treaty, reach)
            .into_iter()
            .take(options.readings)
            .filter(|variable| !variable.members.iter().any(|index| covers_units(treaty, *index)))
            .collect();
        if brackets.is_empty() {
            continue;
        }
        let variants: Vec<_> = brackets
            .iter()
            .flat_map(|variable| {
                let first = variable.members[0];
                variable.variants(treaty, options.readings).into_iter().enumerate().map(move |(nth, variant)| (first, nth, variant))
            })
            .take(options.readings)
            .collect();
        for (bracket, nth, variant) in variants {
            let words = push_variant(treaty, &lines, reach, &variant.taken);
            let reading = treaty.readings.len() as u32;
            let of = Some(SentenceId(index as u32));
            treaty.readings.push(Reading { words: variant.words, instead: variant.instead, of, bracket: Some(bracket), nth });
            read_words(treaty, unit, words, reading, scratch);
        }
    }
}

/// The parts of a unit's lines that a sentence covers.
fn lines_in(treaty: &Treaty<'_>, unit: UnitId, span: Span) -> Vec<Span> {
    let unit = treaty.tree.unit(unit);
    let lines = treaty.tree.text(unit);
    let from = lines.partition_point(|line| line.end <= span.start);
    let mut inside: Vec<Span> = lines[from..].iter().copied().take_while(|line| line.start < span.end).collect();
    if let Some(first) = inside.first_mut() {
        first.start = first.start.max(opening_before(treaty, span.start));
    }
    if let Some(last) = inside.last_mut() {
        let closing = treaty.source.slice(Span::new(span.end.min(last.end), last.end));
        let signs = closing.len() - closing.trim_start_matches([']', ',', '.', ';']).len();
        last.end = last.end.min(span.end + signs as u32);
    }
    inside
}

/// Where the brackets begin that open right before a sentence's first word.
fn opening_before(treaty: &Treaty<'_>, start: u32) -> u32 {
    let brackets = &treaty.tree.brackets;
    let mut start = start;
    let mut next = brackets.partition_point(|bracket| bracket.open.start < start);
    while let Some(bracket) = next.checked_sub(1).and_then(|before| brackets.get(before)) {
        let inner = readings::inner(treaty, bracket);
        if inner > start || !treaty.source.slice(Span::new(inner, start)).trim().is_empty() {
            break;
        }
        start = bracket.open.start;
        next -= 1;
    }
    start
}

fn push_variant(treaty: &mut Treaty<'_>, lines: &[Span], reach: Span, taken: &[(usize, Taken)]) -> Words {
    let brackets = &treaty.tree.brackets;
    let mut cuts = Vec::new();
    let from = brackets.partition_point(|bracket| bracket.open.start < reach.start);
    for (index, bracket) in brackets.iter().enumerate().skip(from).take_while(|(_, bracket)| bracket.open.start < reach.end) {
        let own = taken.iter().find(|(at, _)| *at == index).map(|(_, taken)| *taken);
        let covering = covers_units(treaty, index);
        let choice = own.unwrap_or_else(|| if covering { Taken::Alternative(0) } else { base_choice(brackets, index) });
        clean::cut_bracket(bracket, choice, readings::inner(treaty, bracket), &mut cuts);
    }
    // Signs that close here what was opened before.
    let mut depth = 0_usize;
    for token in treaty.tree.tokens_in(reach) {
        match token.kind {
            crate::syntax::tree::TokenKind::Open => depth += 1,
            crate::syntax::tree::TokenKind::Close if depth == 0 => cuts.push(token.span),
            crate::syntax::tree::TokenKind::Close => depth -= 1,
            _ => {}
        }
    }
    for token in treaty.tree.tokens_in(reach) {
        match token.kind {
            crate::syntax::tree::TokenKind::Brace | crate::syntax::tree::TokenKind::Comment => cuts.push(token.span),
            crate::syntax::tree::TokenKind::Escape => cuts.push(Span::at(token.span.start).to(Span::at(token.span.start + 1))),
            _ => {}
        }
    }
    clean::merge(&mut cuts);
    treaty.clean.push(treaty.source.text(), lines, &cuts)
}

impl Sentence {
    /// Whether it stands where norms stand.
    #[must_use]
    pub fn is_operative(&self, treaty: &Treaty<'_>) -> bool {
        matches!(treaty.places[self.unit.index()], Place::Operative | Place::Annex | Place::Definitions)
    }

    /// The same, and the final clauses.
    #[must_use]
    pub fn is_operative_or_final(&self, treaty: &Treaty<'_>) -> bool {
        self.is_operative(treaty) || treaty.places[self.unit.index()] == Place::Final
    }
}
