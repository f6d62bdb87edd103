//! From tree to treaty: who is bound to what, by which words, and what they hang on. Building it never fails; whatever is missing is
//! [`Ref::Absent`], whatever was named and is not there is [`Ref::Broken`] and was told once.
//!
//! One noun a file, each data and the questions that a rule asks. This layer knows the treaty and no rule.

pub mod clause;
pub mod clean;
pub mod declared;
pub mod hedge;
pub mod locate;
pub mod norm;
pub mod place;
pub mod readings;
pub mod reference;
pub mod sentence;
pub mod term;
pub mod vocabulary;

use crate::lexicon::{Class, Hit};
use crate::options::Options;
use crate::source::{Source, Span};
use crate::syntax::parse::{Piece, PieceKind};
use crate::syntax::tree::{Mistake, Note, Owner, Tree, UnitId, UnitKind};
use clean::{Clean, Words};
use declared::Declared;
use norm::{Norm, NormId};
use place::Place;
use readings::Reading;
use reference::Reference;
use sentence::{Sentence, SentenceId};
use term::{Term, TermId};
use vocabulary::NameHit;

/// A name that points at something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ref<T> {
    /// It points at this.
    To(T),
    /// It names what is not there; that was told already.
    Broken,
    /// Nothing was named.
    Absent,
}

impl<T: Copy> Ref<T> {
    /// What it points at.
    #[must_use]
    pub fn target(self) -> Option<T> {
        match self {
            Self::To(target) => Some(target),
            Self::Broken | Self::Absent => None,
        }
    }
}

/// A resolved treaty.
#[derive(Debug)]
pub struct Treaty<'a> {
    /// The file.
    pub source: &'a Source,
    /// Its tree.
    pub tree: &'a Tree,
    /// Parties, groups, bodies, mechanisms, profiles, reservations and what the instrument is.
    pub declared: Declared,
    /// The words as they are read: small letters, single spaces, one reading of every bracket.
    pub clean: Clean,
    /// Where each unit stands, by unit.
    pub places: Vec<Place>,
    /// All sentences: first every unit's in the base reading, then those of other readings.
    pub sentences: Vec<Sentence>,
    /// What the sentences hold.
    pub pieces: Vec<Piece>,
    /// Words of the lexicons in them, by start.
    pub hits: Vec<Hit>,
    /// Declared names and defined terms in them, by start.
    pub names: Vec<NameHit>,
    /// Defined terms.
    pub terms: Vec<Term>,
    /// Norms.
    pub norms: Vec<Norm>,
    /// References, resolved.
    pub references: Vec<Reference>,
    /// The readings that a bracket's alternatives make; the first is the base.
    pub readings: Vec<Reading>,
    /// Mistakes that only the model could see.
    pub mistakes: Vec<Mistake>,
    /// First sentence of each unit, by unit, and one more.
    unit_sentences: Vec<u32>,
    /// Where words of each class begin, so that a question about a whole article costs no walk through it.
    by_class: Vec<Vec<u32>>,
    index: reference::Index,
    notes_by_unit: Vec<(u32, u32)>,
}

impl<'a> Treaty<'a> {
    /// Builds the model of a tree.
    #[must_use]
    pub fn build(source: &'a Source, tree: &'a Tree, options: &Options) -> Self {
        Self::build_with(source, tree, &[], options)
    }

    /// Builds the model of a tree with the declarations of the files that it uses.
    #[must_use]
    pub fn build_with(source: &'a Source, tree: &'a Tree, shared: &[(Source, Tree)], options: &Options) -> Self {
        let mut mistakes = Vec::new();
        let files: Vec<(&Source, &Tree)> =
            std::iter::once((source, tree)).chain(shared.iter().map(|(source, tree)| (source, tree))).collect();
        let declared = Declared::build(&files, &mut mistakes);
        let places = place::of_units(source, tree);
        let mut notes_by_unit: Vec<(u32, u32)> = tree
            .notes
            .iter()
            .enumerate()
            .filter_map(|(index, note)| match note.owner {
                Owner::Unit(unit) => Some((unit.0, index as u32)),
                _ => None,
            })
            .collect();
        notes_by_unit.sort_unstable();
        let mut treaty = Self {
            source,
            tree,
            declared,
            clean: Clean::default(),
            places,
            sentences: Vec::new(),
            pieces: Vec::new(),
            hits: Vec::new(),
            names: Vec::new(),
            terms: Vec::new(),
            norms: Vec::new(),
            references: Vec::new(),
            readings: vec![Reading::base()],
            mistakes,
            unit_sentences: Vec::new(),
            by_class: vec![Vec::new(); u128::BITS as usize],
            index: reference::Index::build(source, tree),
            notes_by_unit,
        };
        sentence::read_all(&mut treaty, options);
        for hit in &treaty.hits {
            for class in hit.classes.iter() {
                treaty.by_class[class].push(hit.start);
            }
        }
        treaty.terms = term::find_all(&treaty);
        let vocabulary = vocabulary::Vocabulary::build(&treaty);
        treaty.names = vocabulary.find_all(&treaty);
        treaty.norms = norm::find_all(&treaty);
        place::refine(&mut treaty);
        treaty.references = reference::resolve_all(&treaty);
        declared::resolve_values(&mut treaty);
        treaty
    }

    /// Makes room for what a text of this length usually holds.
    fn reserve(&mut self) {
        let length = self.source.text().len();
        self.clean.reserve(length);
        self.sentences.reserve(length / 120);
        self.pieces.reserve(length / 80);
        self.hits.reserve(length / 24);
        self.unit_sentences.reserve(self.tree.units.len() + 1);
    }

    /// The sentences of a unit in the base reading.
    #[must_use]
    pub fn sentences_of(&self, unit: UnitId) -> std::ops::Range<usize> {
        self.unit_sentences[unit.index()] as usize..self.unit_sentences[unit.index() + 1] as usize
    }

    /// A sentence.
    #[must_use]
    pub fn sentence(&self, id: SentenceId) -> &Sentence {
        &self.sentences[id.index()]
    }

    /// The norms of a unit in the base reading.
    #[must_use]
    pub fn norms_of(&self, unit: UnitId) -> &[Norm] {
        // Those of the base reading stand in the order of the units, and those of the others behind them.
        let start = self.norms.partition_point(|norm| norm.reading == 0 && norm.unit < unit);
        first_of(&self.norms[start..], |norm| norm.reading == 0 && norm.unit == unit)
    }

    /// The norms of a unit and of all under it in the base reading, of very many the first ones: a question about the rest of an article
    /// is asked by each of its norms, and no article of a treaty has more.
    #[must_use]
    pub fn norms_under(&self, unit: UnitId) -> &[Norm] {
        const MOST: usize = 256;
        let until = self.tree.unit(unit).until;
        let base = self.norms.partition_point(|norm| norm.reading == 0);
        let start = self.norms[..base].partition_point(|norm| norm.unit < unit);
        let length = self.norms[start..base].partition_point(|norm| norm.unit.0 < until);
        &self.norms[start..start + length.min(MOST)]
    }

    /// The words of a norm's article, of a very long one those around the norm.
    #[must_use]
    pub fn article_around(&self, norm: &Norm) -> Words {
        const FAR: u32 = 30_000;
        let own = self.sentence(norm.sentence).words;
        let Some(all) = self.words_under(self.article_of(norm.unit)) else { return own };
        if own.start < all.start || all.end < own.end {
            return all;
        }
        Words::new(all.start.max(own.start.saturating_sub(FAR)), all.end.min(own.end + FAR))
    }

    /// The first norm of a sentence, in whatever reading. Norms stand in the order of their sentences.
    #[must_use]
    pub fn norm_of(&self, sentence: SentenceId) -> Option<&Norm> {
        let at = self.norms.partition_point(|norm| norm.sentence < sentence);
        self.norms.get(at).filter(|norm| norm.sentence == sentence)
    }

    /// All norms of a sentence, in the order of their modals.
    #[must_use]
    pub fn norms_of_sentence(&self, sentence: SentenceId) -> &[Norm] {
        let start = self.norms.partition_point(|norm| norm.sentence < sentence);
        let end = start + self.norms[start..].partition_point(|norm| norm.sentence == sentence);
        &self.norms[start..end]
    }

    /// A norm.
    #[must_use]
    pub fn norm(&self, id: NormId) -> &Norm {
        &self.norms[id.index()]
    }

    /// Whether a term is defined in the sentence.
    #[must_use]
    pub fn defines(&self, sentence: SentenceId) -> bool {
        self.terms.binary_search_by_key(&sentence, |term| term.sentence).is_ok()
    }

    /// The last words (at most 200 bytes, lower case) of the chapeau that a point's norm hangs on, empty without one: what its points
    /// are is said at its end, and a long chapeau under many points stays cheap.
    #[must_use]
    pub fn end_of_chapeau(&self, norm: &Norm) -> &str {
        const LONGEST: u32 = 200;
        norm.parent.map_or("", |parent| {
            let words = self.norm(parent).sentence_words(self);
            self.lower(Words::new(words.start.max(words.end.saturating_sub(LONGEST)), words.end))
        })
    }

    /// A term.
    #[must_use]
    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[id.index()]
    }

    /// Words in small letters.
    #[must_use]
    pub fn lower(&self, words: Words) -> &str {
        self.clean.lower(words)
    }

    /// Where words stand in the file.
    #[must_use]
    pub fn span(&self, words: Words) -> Span {
        self.clean.span(words)
    }

    /// The text is a part of a longer one: it says so, its first article is the seventieth of its chapter, or it is an exchange of letters about
    /// another agreement. What it does not settle may stand in the rest.
    #[must_use]
    pub fn is_excerpt(&self) -> bool {
        let first = self.tree.units.iter().filter(|unit| unit.kind == UnitKind::Article).find_map(|unit| unit.ordinal);
        self.declared.instrument.excerpt || first.map_or_else(|| self.is_by_letters(), |ordinal| ordinal.value > 2)
    }

    /// "I have the honour to refer to the agreement between ...": an agreement in two letters.
    fn is_by_letters(&self) -> bool {
        self.sentences.iter().take(40).any(|sentence| self.lower(sentence.words).contains("i have the hono"))
    }

    /// Words as written, on one line, for a message; a long run is cut short. Of words that run across brackets it shows what the reading
    /// takes of them.
    #[must_use]
    pub fn quote(&self, words: Words) -> String {
        let slice = self.source.slice(self.span(words));
        if slice.contains(['[', ']', '{']) { quote(&self.clean.written(self.source.text(), words)) } else { quote(slice) }
    }

    /// [`Treaty::quote`] as it stands within a sentence of a message, its article in lower case: "the developed country Parties".
    #[must_use]
    pub fn quote_within(&self, words: Words) -> String {
        let phrase = self.quote(words);
        let article = ["The ", "Each ", "Any ", "A ", "An ", "All ", "Every "].iter().any(|word| phrase.starts_with(word));
        if article { phrase[..1].to_lowercase() + &phrase[1..] } else { phrase }
    }

    /// Words of the lexicons that begin in these words.
    #[must_use]
    pub fn hits_in(&self, words: Words) -> &[Hit] {
        beginning_in(&self.hits, words, |hit| hit.start)
    }

    /// Words of one class that begin in these words.
    pub fn words_of(&self, words: Words, class: Class) -> impl Iterator<Item = Words> + '_ {
        self.hits_in(words).iter().filter(move |hit| hit.is(class)).map(|hit| Words::new(hit.start, hit.end))
    }

    /// Whether any word of one of these classes begins in these words.
    #[must_use]
    pub fn any_of(&self, words: Words, classes: &[Class]) -> bool {
        classes.iter().any(|class| {
            let starts = &self.by_class[*class as usize];
            starts.get(starts.partition_point(|start| *start < words.start)).is_some_and(|start| *start < words.end)
        })
    }

    /// Declared names and terms that begin in these words.
    #[must_use]
    pub fn names_in(&self, words: Words) -> &[NameHit] {
        beginning_in(&self.names, words, |hit| hit.words.start)
    }

    /// The pieces of a sentence.
    #[must_use]
    pub fn pieces_of(&self, sentence: &Sentence) -> &[Piece] {
        &self.pieces[sentence.pieces.start as usize..sentence.pieces.end as usize]
    }

    /// The pieces that begin in these words.
    #[must_use]
    pub fn pieces_in(&self, words: Words) -> &[Piece] {
        beginning_in(&self.pieces, words, |piece| piece.start)
    }

    /// Whether the words hold a time or measure with a number.
    #[must_use]
    pub fn has_limit(&self, words: Words) -> bool {
        self.pieces_in(words).iter().any(|piece| matches!(piece.kind, PieceKind::Time | PieceKind::Measure))
    }

    /// Whether the words hold a measure with a number that is no time.
    #[must_use]
    pub fn has_measure(&self, words: Words) -> bool {
        self.pieces_in(words).iter().any(|piece| piece.kind == PieceKind::Measure)
    }

    /// Whether the words hold a latest moment: a time with a number that is no minimum.
    #[must_use]
    pub fn has_latest_moment(&self, words: Words) -> bool {
        self.pieces_in(words).iter().any(|piece| {
            let opener = self.lower(Words::new(piece.start, piece.end));
            piece.kind == PieceKind::Time
                && !["at least", "not less than", "for a period", "upon", "at most"].iter().any(|least| opener.starts_with(least))
        })
    }

    /// The annotations of a unit.
    pub fn notes_of(&self, unit: UnitId) -> impl Iterator<Item = &'a Note> + '_ {
        let start = self.notes_by_unit.partition_point(|(at, _)| *at < unit.0);
        self.notes_by_unit[start..].iter().take_while(move |(at, _)| *at == unit.0).map(|(_, note)| &self.tree.notes[*note as usize])
    }

    /// The value of an annotation, its lines joined.
    #[must_use]
    pub fn note_value(&self, note: &Note) -> String {
        note.value.iter().map(|span| self.source.slice(*span)).collect::<Vec<_>>().join(" ")
    }

    /// The annotation of this name on a unit or on what it stands in, up to its article.
    #[must_use]
    pub fn note_named(&self, unit: UnitId, name: &str) -> Option<&'a Note> {
        for id in self.tree.ancestors(unit) {
            if let Some(note) = self.notes_of(id).find(|note| note.key == name) {
                return Some(note);
            }
            if self.tree.unit(id).kind == UnitKind::Article {
                return None;
            }
        }
        None
    }

    /// The units that a reference in these words, read from a unit, names.
    #[must_use]
    pub fn resolve(&self, text: &str, from: UnitId) -> Vec<UnitId> {
        reference::resolve_text(self, text, from)
    }

    /// The index of numbered units.
    #[must_use]
    pub fn numbered(&self) -> &reference::Index {
        &self.index
    }

    /// Where a unit stands in the treaty.
    #[must_use]
    pub fn locator(&self, unit: UnitId) -> String {
        locate::locator(self, unit)
    }

    /// The words that stand for the whole treaty: its title in the text, else its name, else the first word.
    #[must_use]
    pub fn title_span(&self) -> Span {
        if let Some(title) = self.tree.units.iter().find(|unit| unit.kind == UnitKind::Title)
            && let [first, ..] = self.tree.text(title)
        {
            return *first;
        }
        if let Some(name) = self.declared.instrument.name {
            return name;
        }
        let text = self.source.text();
        let start = text.find(|c: char| c.is_alphanumeric()).unwrap_or(0);
        let length = text[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - start);
        Span::new(start as u32, (start + length) as u32)
    }

    /// Whether the text is about security: an act of attack, of arms or of spying stands in an operative norm, or harm to another's systems is
    /// banned.
    #[must_use]
    pub fn is_about_security(&self) -> bool {
        self.norms.iter().filter(|norm| norm.reading == 0 && norm.is_operative()).any(|norm| {
            self.any_of(norm.reach, &[Class::Arms, Class::CyberAttack, Class::Implant, Class::VagueAct])
                || norm.mode == norm::Mode::Prohibition && norm.binds_a_party() && self.is_harm_to_systems(norm.reach)
                || self.names_in(norm.reach).iter().any(|hit| self.is_term_of_attack(hit.name))
        })
    }

    /// Whether a name is a term whose definition is an attack by code: "cyber action means the use of a network to delete data".
    #[must_use]
    pub fn is_term_of_attack(&self, name: vocabulary::Name) -> bool {
        let vocabulary::Name::Term(term) = name else { return false };
        let defined = self.term(term);
        let act = ["attack", "action", "operation", "activity", "weapon", "intrusion", "interference"]
            .iter()
            .any(|noun| defined.name.contains(noun));
        act && defined.definiens.is_some_and(|definiens| self.is_harm_to_systems(definiens))
    }

    /// Whether words speak of harm to, or getting into, machines and what they hold: "alter data in a computer system", "place a program".
    #[must_use]
    pub fn is_harm_to_systems(&self, words: Words) -> bool {
        const ACTS: [Class; 4] = [Class::Harm, Class::HarmNoun, Class::Access, Class::AccessNoun];
        let systems = |lower: &str| {
            ["computer", "network", "firmware", "software", "program in", "programs in", "data in", "listed system", "foreign code"]
                .iter()
                .any(|thing| lower.contains(thing))
        };
        let lower = self.lower(words);
        let places = ["place ", "install", "insert", "embed", "plant "].iter().any(|verb| lower.contains(verb));
        (self.any_of(words, &ACTS) || places) && systems(lower)
    }

    /// The article that a unit stands in, or the annex, or the unit itself.
    #[must_use]
    pub fn article_of(&self, unit: UnitId) -> UnitId {
        self.tree
            .ancestors(unit)
            .find(|id| matches!(self.tree.unit(*id).kind, UnitKind::Article | UnitKind::Annex))
            .or_else(|| self.tree.ancestors(unit).find(|id| self.tree.unit(*id).parent == UnitId::ROOT))
            .unwrap_or(unit)
    }

    /// From the first to the last word of the sentences of a unit in the base reading.
    #[must_use]
    pub fn words_of_unit(&self, unit: UnitId) -> Option<Words> {
        let range = self.sentences_of(unit);
        let first = self.sentences.get(range.start).filter(|_| !range.is_empty())?;
        Some(Words::new(first.words.start, self.sentences[range.end - 1].words.end))
    }

    /// From the first to the last word of a unit and all under it, in the base reading.
    #[must_use]
    pub fn words_under(&self, unit: UnitId) -> Option<Words> {
        let until = self.tree.unit(unit).until as usize;
        let (from, to) = (self.unit_sentences[unit.index()] as usize, self.unit_sentences[until] as usize);
        (from < to).then(|| Words::new(self.sentences[from].words.start, self.sentences[to - 1].words.end))
    }
}

/// What begins in these words, of things that are sorted by where they begin.
fn beginning_in<T>(sorted: &[T], words: Words, start: impl Fn(&T) -> u32) -> &[T] {
    let from = sorted.partition_point(|one| start(one) < words.start);
    first_of(&sorted[from..], |one| start(one) < words.end)
}

/// Those at the front that fit. They are few as a rule, so where they end is looked for near by first.
fn first_of<T>(sorted: &[T], fits: impl Fn(&T) -> bool) -> &[T] {
    let mut near = 4;
    while sorted.get(near).is_some_and(&fits) {
        near *= 4;
    }
    let near = &sorted[..sorted.len().min(near)];
    &near[..near.partition_point(fits)]
}

/// Source text on one line, cut short where it is long.
#[must_use]
pub fn quote(text: &str) -> String {
    const LONGEST: usize = 90;
    let mut line = String::new();
    for word in text.split_whitespace().filter(|word| !word.starts_with('@')) {
        if !line.is_empty() {
            line.push(' ');
        }
        if line.chars().count() + word.chars().count() > LONGEST {
            line.push('…');
            break;
        }
        line.push_str(word);
    }
    line
}
