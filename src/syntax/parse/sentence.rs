//! Sentences: the pairs of the sentence grammar become modals, qualifiers, references and the like, each with its place.

use pest::Parser;
use pest::iterators::Pair;

mod sentences {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/sentence.pest"]
    pub struct Sentences;
}

/// The deontic mode that a modal sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A duty: `shall`, `undertakes to`.
    Obligation,
    /// A ban: `shall not`, `undertakes never to`.
    Prohibition,
    /// A liberty: `may`, `is entitled to`.
    Permission,
    /// A wish: `should`, `is encouraged to`.
    Exhortation,
    /// Future tense; a duty in a non-binding text only.
    Future,
    /// What a term means.
    Definition,
    /// What becomes of the text: `shall enter into force`.
    Effect,
    /// What a State answers for.
    Answerability,
    /// Who has to show what.
    Presumption,
    /// Done by saying it: `renounce`, `condemn`.
    Performative,
    /// What there shall be.
    Constitution,
    /// "Nothing in this Article shall ...".
    Saving,
}

impl Mode {
    /// The word for it in the model's JSON and in messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Obligation => "obligation",
            Self::Prohibition => "prohibition",
            Self::Permission => "permission",
            Self::Exhortation => "exhortation",
            Self::Future => "future",
            Self::Definition => "definition",
            Self::Effect => "effect",
            Self::Answerability => "answerability",
            Self::Presumption => "presumption",
            Self::Performative => "performative",
            Self::Constitution => "constitution",
            Self::Saving => "saving",
        }
    }
}

/// How an exception stands to its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExceptionKind {
    /// `except`, `unless`, `save`: a part is carved out.
    Carved,
    /// `without prejudice to`
    Without,
    /// `notwithstanding`: the norm wins.
    Override,
    /// `subject to`: the norm yields.
    Yields,
}

/// What stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A modal; `tries` where the duty is only to try.
    Modal { mode: Mode, tries: bool },
    /// An exception's first words.
    Exception(ExceptionKind),
    /// A condition's first words.
    Condition,
    /// A time with a number.
    Time,
    /// Another measure with a number.
    Measure,
    /// A purpose's first words.
    Purpose,
    /// `knowingly` and the like.
    Knowledge,
    /// A reference.
    Reference(RawReference),
}

/// A piece of a sentence with its place in the text that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// What kind of unit a step of a reference names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Article, Rule, Regulation.
    Article,
    /// Paragraph.
    Paragraph,
    /// Subparagraph, point, item.
    Point,
    /// Annex, Schedule, Appendix.
    Annex,
    /// Part, Chapter, Section.
    Division,
}

/// A number in a reference: its path, such as 3, 1, a.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPath {
    /// The numbers from the outermost in, in small letters and without brackets.
    pub parts: Vec<String>,
    /// The last of a range that begins with the number before.
    pub through: bool,
}

/// One step of a reference: `Articles 3 and 4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it names.
    pub level: Level,
    /// The word as written, less a plural's s: `schedule`.
    pub word: String,
    /// Which ones.
    pub numbers: Vec<NumberPath>,
}

/// A reference as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawReference {
    /// Its steps in the order of the text: `paragraph 4` of `Article 27`.
    pub steps: Vec<Step>,
    /// Whose article it is: nobody's named, this instrument's, or somebody's by these words.
    pub owner: RefOwner,
}

/// Whose unit a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefOwner {
    /// Nothing is said.
    Unsaid,
    /// "of this Convention", with the noun.
    Own(String),
    /// "of the Charter of the United Nations", with the words.
    Whose(String),
}

/// Where a piece may begin: byte offset and which of the three signs stands for it (0 modal, 1 reference, 2 qualifier).
pub type Anchor = (u32, u8);

/// Reads the pieces of sentences, many at a time: setting the parser up costs as much as a short sentence.
#[derive(Debug, Default)]
pub struct SentenceReader {
    /// The sentences with signs before their anchors.
    text: String,
    /// Where each run of bytes begins that stand together in what was given: in `text`, and there.
    runs: Vec<(u32, u32)>,
}

impl SentenceReader {
    /// So many bytes are worth a reading.
    const ENOUGH: usize = 1 << 15;

    /// Takes a sentence of small letters with single spaces. `anchors` are the places where a piece may begin; they and `base`, the
    /// sentence's own place, count in what the pieces are to point into.
    pub fn add(&mut self, lower: &str, anchors: &[Anchor], base: u32) {
        let mut from = 0;
        self.run(base);
        for (at, sign) in anchors {
            self.text.push_str(&lower[from..(at - base) as usize]);
            self.text.push(char::from(sign + 1));
            self.run(*at);
            from = (at - base) as usize;
        }
        self.text.push_str(&lower[from..]);
        self.text.push('\n');
    }

    fn run(&mut self, there: u32) {
        self.runs.push((self.text.len() as u32, there));
    }

    /// Whether it is time to call [`SentenceReader::read`].
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.text.len() >= Self::ENOUGH
    }

    /// Appends the pieces of all sentences taken, in order, and forgets the sentences.
    pub fn read(&mut self, pieces: &mut Vec<Piece>) {
        // The grammar takes any text: between signs everything, after a sign nothing if need be.
        if let Ok(pairs) = sentences::Sentences::parse(sentences::Rule::sentences, &self.text) {
            let mut run = 0;
            for pair in pairs {
                let span = pair.as_span();
                let Some(kind) = piece_kind(pair) else { continue };
                let start = self.there(span.start(), &mut run);
                pieces.push(Piece { kind, start, end: self.there(span.end(), &mut run) });
            }
        }
        self.text.clear();
        self.runs.clear();
    }

    /// Where a byte of `text` stands in what was given; `run` walks along, for pieces come in order.
    fn there(&self, at: usize, run: &mut usize) -> u32 {
        let at = at as u32;
        while self.runs.get(*run + 1).is_some_and(|(here, _)| *here <= at) {
            *run += 1;
        }
        self.runs.get(*run).map_or(0, |(here, there)| there + (at - here))
    }
}

fn piece_kind(pair: Pair<'_, sentences::Rule>) -> Option<PieceKind> {
    use sentences::Rule as S;
    if pair.as_rule() == S::reference {
        return Some(PieceKind::Reference(raw_reference(pair)));
    }
    let modal = |mode| PieceKind::Modal { mode, tries: false };
    Some(match pair.into_inner().next()?.as_rule() {
        S::duty => modal(Mode::Obligation),
        S::trying => PieceKind::Modal { mode: Mode::Obligation, tries: true },
        S::ban => modal(Mode::Prohibition),
        S::permission => modal(Mode::Permission),
        S::wish => modal(Mode::Exhortation),
        S::future => modal(Mode::Future),
        S::definition => modal(Mode::Definition),
        S::effect => modal(Mode::Effect),
        S::answer => modal(Mode::Answerability),
        S::presumption => modal(Mode::Presumption),
        S::performative => modal(Mode::Performative),
        S::constitution => modal(Mode::Constitution),
        S::saving => modal(Mode::Saving),
        S::carved => PieceKind::Exception(ExceptionKind::Carved),
        S::without => PieceKind::Exception(ExceptionKind::Without),
        S::r#override => PieceKind::Exception(ExceptionKind::Override),
        S::yields => PieceKind::Exception(ExceptionKind::Yields),
        S::time => PieceKind::Time,
        S::measure => PieceKind::Measure,
        S::purpose => PieceKind::Purpose,
        S::knowledge => PieceKind::Knowledge,
        S::condition => PieceKind::Condition,
        _ => return None,
    })
}

fn raw_reference(pair: Pair<'_, sentences::Rule>) -> RawReference {
    use sentences::Rule as S;
    let mut reference = RawReference { steps: Vec::new(), owner: RefOwner::Unsaid };
    for part in pair.into_inner() {
        match part.as_rule() {
            S::step => reference.steps.extend(step(part)),
            S::owner => {
                let Some(inner) = part.into_inner().next() else { continue };
                let words = inner.as_str().to_owned();
                reference.owner = if inner.as_rule() == S::own { RefOwner::Own(words) } else { RefOwner::Whose(words) };
            }
            _ => {}
        }
    }
    reference
}

fn step(pair: Pair<'_, sentences::Rule>) -> Option<Step> {
    use sentences::Rule as S;
    let mut inner = pair.into_inner();
    let word = inner.next()?.as_str();
    let word = word.trim_end_matches('s').trim_end_matches('e').to_owned();
    let level = match word.as_bytes() {
        [b'a', b'r', ..] | [b'r', ..] => Level::Article,
        [b'p', b'a', b'r', b'a', ..] => Level::Paragraph,
        [b'a', ..] => Level::Annex,
        [b's', b'c', ..] => Level::Annex,
        [b's', b'u', ..] | [b'p', b'o', ..] | [b'i', ..] => Level::Point,
        _ => Level::Division,
    };
    let mut numbers = Vec::new();
    let mut through = false;
    for part in inner.next()?.into_inner() {
        match part.as_rule() {
            S::number_joint => through = part.into_inner().any(|joint| joint.as_rule() == S::range),
            S::one_number => {
                let clean = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
                let parts = part.into_inner().map(|part| clean(part.as_str())).collect();
                numbers.push(NumberPath { parts, through });
                through = false;
            }
            _ => {}
        }
    }
    Some(Step { level, word, numbers })
}
