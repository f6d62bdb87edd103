//! The tree of a draft: plain data with spans. It borrows nothing and copies no text; whatever a file holds has a tree.

use crate::source::Span;
use std::ops::Range;

/// Index of a [`Unit`] in [`Tree::units`]. The root, the treaty itself, is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub u32);

impl UnitId {
    /// The treaty as a whole.
    pub const ROOT: Self = Self(0);

    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a unit of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// The whole.
    Treaty,
    /// Whatever stands above the title: symbols, dates, languages.
    Masthead,
    /// The treaty's own title lines.
    Title,
    /// From the first words of the parties to "have agreed as follows".
    Preamble,
    /// One paragraph of the preamble.
    Recital,
    /// `Part`, `Title`, `Chapter`, `Section`.
    Division,
    /// `Annex`, `Schedule`, `Appendix`.
    Annex,
    /// `Article`, `Rule`, `Regulation`.
    Article,
    /// A paragraph, numbered or not.
    Paragraph,
    /// A point of a list that a chapeau opens.
    Point,
    /// Flush text after points; belongs to the unit that opened the list.
    Tail,
    /// `Option A:` and what stands under it.
    Choice,
    /// Text of another instrument in quotation marks.
    Quote,
    /// A row of a table.
    Row,
    /// A footnote's text.
    Footnote,
    /// "In witness whereof" to the signatures.
    Testimonium,
}

/// The shape that a number stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `1.`
    Dot,
    /// `1)`
    Paren,
    /// `(1)`
    Both,
    /// `1.1`
    Decimal,
    /// `1` and white space
    Bare,
    /// `-`, `•`
    Dash,
    /// In a heading.
    Heading,
}

/// The signs that a number is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// 1, 2, 3
    Digit,
    /// a, b, c
    Lower,
    /// A, B, C
    Upper,
    /// i, ii, iii
    RomanLower,
    /// I, II, III
    RomanUpper,
    /// One, First
    Word,
    /// None: a dash
    None,
}

/// A number as the reader took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ordinal {
    /// Its shape.
    pub shape: Shape,
    /// Its signs.
    pub alphabet: Alphabet,
    /// Its value, from 1.
    pub value: u32,
    /// 0, or 2 for `bis`, 3 for `ter`, or 100 + n for a letter suffix (`5A`).
    pub suffix: u8,
    /// As written, without brackets and full stops.
    pub span: Span,
}

impl Ordinal {
    /// Whether this one comes right after `other` in one list.
    #[must_use]
    pub fn follows(&self, other: &Self) -> bool {
        if self.alphabet != other.alphabet {
            return false;
        }
        if self.value == other.value {
            return self.suffix > other.suffix;
        }
        self.value == other.value + 1 && self.suffix == 0
    }

    /// Whether it opens a list.
    #[must_use]
    pub fn opens(&self) -> bool {
        self.value == 1 && self.suffix == 0
    }
}

/// A piece of the treaty's structure.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// What it stands in; the root's is itself.
    pub parent: UnitId,
    /// Its number, if it has one.
    pub ordinal: Option<Ordinal>,
    /// The heading's words or the mark, with brackets before it; for an unmarked unit empty, where its text begins.
    pub head: Span,
    /// Title lines: range in [`Tree::fragments`].
    pub title: Range<u32>,
    /// Its own text: range in [`Tree::fragments`], one span a line.
    pub text: Range<u32>,
    /// One past the last unit inside it (units stand in document order).
    pub until: u32,
}

/// A closed class of declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeclarationKind {
    /// The instrument.
    Treaty,
    /// A party.
    Party,
    /// A class of parties.
    Group,
    /// An organ.
    Body,
    /// A way to see compliance.
    Mechanism,
    /// Facts about a party.
    Profile,
    /// A reservation or declaration by a party.
    Reservation,
    /// Shared declarations.
    Use,
}

impl DeclarationKind {
    /// The word that opens it.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Treaty => "treaty",
            Self::Party => "party",
            Self::Group => "group",
            Self::Body => "body",
            Self::Mechanism => "mechanism",
            Self::Profile => "profile",
            Self::Reservation => "reservation",
            Self::Use => "use",
        }
    }
}

/// A field of a declaration.
#[derive(Clone, Debug)]
pub struct Field {
    /// Which field it is; the nearest one where the name is misspelt.
    pub key: &'static str,
    /// Its name as written.
    pub name: Span,
    /// Its value, one span a line.
    pub value: Vec<Span>,
}

/// A declaration with its fields.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// What it declares.
    pub kind: DeclarationKind,
    /// Its first line.
    pub span: Span,
    /// The short name, where it has one.
    pub id: Option<Span>,
    /// The name, title, path or provision.
    pub name: Option<Span>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// Notes that stand under it.
    pub notes: Vec<u32>,
}

/// What an annotation belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The whole file.
    File,
    /// A declaration, by its index.
    Declaration(u32),
    /// A unit of the text.
    Unit(UnitId),
}

/// An `@name: value` line with those that carry it on.
#[derive(Clone, Debug)]
pub struct Note {
    /// The whole line from `@`.
    pub span: Span,
    /// The name: `verified by`, `allow`.
    pub name: Span,
    /// The annotation that this name is or, misspelt, means; empty if it is none.
    pub key: &'static str,
    /// For `@allow` and `@expect` the rule.
    pub rule: Option<Span>,
    /// The value or reason, one span a line.
    pub value: Vec<Span>,
    /// What it belongs to.
    pub owner: Owner,
}

/// What a bracket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BracketKind {
    /// Text that may stay or fall.
    Contested,
    /// Nothing yet: `[X]`, `[...]`, `[date]`.
    Blank,
    /// A note to the reader, `[Note by the Chair: ...]`; never judged.
    Editorial,
    /// No negotiators' bracket: `[1986] ICJ`, `Benzo[a]pyrene`.
    Literal,
    /// A footnote's mark.
    Footnote,
}

/// A pair of brackets. Pairs may nest, cross paragraphs, and sit inside words.
#[derive(Clone, Debug)]
pub struct Bracket {
    /// The opening sign.
    pub open: Span,
    /// The closing sign; empty, where it was taken to close, if there is none.
    pub close: Span,
    /// What it is.
    pub kind: BracketKind,
    /// Whether the closing sign is really there.
    pub closed: bool,
    /// Where the text begins: after the names of who proposes.
    pub inner: u32,
    /// Who stands behind the first alternative, as written, colon and white space included.
    pub owners: Option<Span>,
    /// Alternatives parted by a slash with spaces: the slashes with what names who proposes the next one.
    pub slashes: Vec<Slash>,
    /// The set of alternatives that it is one of: `[shall][should]` share one; none if it stands alone.
    pub set: Option<u32>,
    /// Nesting depth, from 0.
    pub depth: u16,
}

/// What parts two alternatives in one bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slash {
    /// The slash and the names behind it.
    pub span: Span,
    /// Who stands behind the alternative that follows, as written.
    pub owners: Option<Span>,
}

/// A sign that the reader met inside a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `[`
    Open,
    /// `]`
    Close,
    /// `{...}`
    Brace,
    /// `\[`
    Escape,
    /// A comment at a line's end.
    Comment,
}

/// A sign inside a line, with its place.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where.
    pub span: Span,
    /// For `[`: the names behind it, if it has the shape of an attribution.
    pub owners: Option<Span>,
}

/// What a physical line turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// White space only.
    Blank,
    /// `//` to the end.
    Comment,
    /// A declaration or one of its fields.
    Declaration,
    /// An annotation.
    Note,
    /// A page number or a rule of dashes.
    Furniture,
    /// Treaty text of any kind.
    Text,
}

/// One physical line, its ending included: all lines together are the file.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: LineKind,
}

/// A mistake that the reader saw, in a drafter's words.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// Which of the language's codes it is.
    pub code: &'static str,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What is there.
    pub here: String,
    /// What to do.
    pub help: Option<String>,
    /// A second place.
    pub other: Option<(Span, String)>,
    /// A replacement that is certain: title, span, text, and whether it touches the treaty's words.
    pub fix: Option<(String, Span, String, bool)>,
}

impl Mistake {
    /// A mistake with a message and what is there.
    #[must_use]
    pub fn new(code: &'static str, span: Span, message: impl Into<String>, here: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), here: here.into(), help: None, other: None, fix: None }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A certain replacement outside the treaty's words.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some((title.into(), span, text.into(), false));
        self
    }

    /// Shows a second place.
    #[must_use]
    pub fn other(mut self, span: Span, message: impl Into<String>) -> Self {
        self.other = Some((span, message.into()));
        self
    }
}

/// A whole file, read.
#[derive(Debug, Default)]
pub struct Tree {
    /// Every line, in order, without gap or overlap.
    pub lines: Vec<Line>,
    /// Declarations above the text.
    pub declarations: Vec<Declaration>,
    /// The text's structure in document order; the first is the root.
    pub units: Vec<Unit>,
    /// Spans of titles and text, one a line.
    pub fragments: Vec<Span>,
    /// Annotations in order.
    pub notes: Vec<Note>,
    /// Comments in order.
    pub comments: Vec<Span>,
    /// Signs inside lines, in order.
    pub tokens: Vec<Token>,
    /// Pairs of brackets, by their opening.
    pub brackets: Vec<Bracket>,
    /// What went wrong.
    pub mistakes: Vec<Mistake>,
    /// Byte where the text begins.
    pub text_start: u32,
}

impl Tree {
    /// The unit of an id.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// The line spans of a unit's own text.
    #[must_use]
    pub fn text(&self, unit: &Unit) -> &[Span] {
        &self.fragments[unit.text.start as usize..unit.text.end as usize]
    }

    /// The line spans of a unit's title.
    #[must_use]
    pub fn title(&self, unit: &Unit) -> &[Span] {
        &self.fragments[unit.title.start as usize..unit.title.end as usize]
    }

    /// The ids of all units, in document order.
    pub fn ids(&self) -> impl Iterator<Item = UnitId> + use<> {
        (0..self.units.len() as u32).map(UnitId)
    }

    /// The units directly inside one.
    pub fn children(&self, id: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        let until = self.unit(id).until;
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            (next < until).then(|| {
                let child = UnitId(next);
                next = self.unit(child).until.max(next + 1);
                child
            })
        })
    }

    /// A unit and what it stands in, up to the root.
    pub fn ancestors(&self, id: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let id = next?;
            next = (id != UnitId::ROOT).then(|| self.unit(id).parent);
            Some(id)
        })
    }

    /// The tokens whose signs lie in a span.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let start = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = start + self.tokens[start..].partition_point(|token| token.span.start < span.end);
        &self.tokens[start..end]
    }
}
