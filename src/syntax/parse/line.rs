//! Lines: the pairs of the layout grammar become kinds of line, marks and signs.

use crate::source::Span;
use crate::suggest::is_slip;
use crate::syntax::expected;
use crate::syntax::tree::{Alphabet, DeclarationKind, Shape, Token, TokenKind};
use pest::Parser;
use pest::iterators::Pair;

mod layout {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/layout.pest"]
    pub struct Layout;
}

pub(in crate::syntax) use layout::Rule as LayoutRule;
use layout::{Layout, Rule};

/// A mark or a heading's number with every way to read it: `(i)` is a letter and a roman number, and what stood before decides.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The shape that it stands in.
    pub shape: Shape,
    /// As written, without brackets and full stops.
    pub span: Span,
    /// Read as digits.
    pub digits: Option<u32>,
    /// Read as a letter, from 1.
    pub letter: Option<u32>,
    /// Read as a roman number.
    pub roman: Option<u32>,
    /// Read as a word: `One`.
    pub word: Option<u32>,
    /// In capitals.
    pub upper: bool,
    /// See [`crate::syntax::tree::Ordinal::suffix`].
    pub suffix: u8,
}

impl Mark {
    fn new(shape: Shape, span: Span) -> Self {
        Self { shape, span, digits: None, letter: None, roman: None, word: None, upper: false, suffix: 0 }
    }

    /// The alphabets and values that it can be read in, roman first.
    pub fn readings(&self) -> impl Iterator<Item = (Alphabet, u32)> {
        let (letter, roman) = if self.upper { (Alphabet::Upper, Alphabet::RomanUpper) } else { (Alphabet::Lower, Alphabet::RomanLower) };
        let dash = (self.shape == Shape::Dash).then_some((Alphabet::None, 1));
        [
            self.digits.map(|value| (Alphabet::Digit, value)),
            self.roman.map(|value| (roman, value)),
            self.letter.map(|value| (letter, value)),
            self.word.map(|value| (Alphabet::Word, value)),
            dash,
        ]
        .into_iter()
        .flatten()
    }
}

/// What kind of heading a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingKind {
    /// `Article`
    Article,
    /// `Part`, `Chapter`, ...
    Division,
    /// `Annex`, ...
    Annex,
}

/// What a line is, with the spans of its pieces.
#[derive(Debug)]
pub enum Kind {
    /// White space.
    Blank,
    /// `//` and its text.
    Comment(Span),
    /// A declaration in its strict shape.
    Declaration { kind: DeclarationKind, id: Option<Span>, name: Option<Span> },
    /// A declaration's field.
    Field { name: Span, value: Option<Span>, colon: u32 },
    /// An indented line without a colon.
    BareField(Span),
    /// A declaration's keyword in a line that is none.
    Broken(Span),
    /// The shape of a declaration behind an unknown word.
    Misspelt { word: Span, id: Option<Span>, name: Span },
    /// The shape of a field that is not indented.
    Unindented { name: Span, value: Span },
    /// `@name: value`
    Note { span: Span, name: Span, rule: Option<Span>, value: Option<Span>, broken: bool },
    /// `@ value`
    CarriedNote(Option<Span>),
    /// A page number.
    Furniture,
    /// A table's row.
    Row,
    /// A heading.
    Heading { kind: HeadingKind, word: Span, head: Span, marks: Vec<Mark>, about: bool },
    /// What may be a heading with a slip in its first word: `ARTCLE 5`.
    SlippedHeading { kind: HeadingKind, word: Span, head: Span, marks: Vec<Mark>, meant: &'static str },
    /// `Option A:`
    Choice { head: Span, name: Span },
    /// "In witness whereof".
    Testimonium,
    /// The beginning of a quoted text.
    Quotation,
    /// One or more marks.
    Item { head: Span, marks: Vec<Mark> },
    /// Anything else.
    Prose,
}

impl Kind {
    /// Whether the line belongs to the treaty's text.
    fn is_text(&self) -> bool {
        matches!(
            self,
            Self::Furniture
                | Self::Row
                | Self::Heading { .. }
                | Self::SlippedHeading { .. }
                | Self::Choice { .. }
                | Self::Testimonium
                | Self::Quotation
                | Self::Item { .. }
                | Self::Prose
        )
    }
}

/// A line, read.
#[derive(Debug)]
pub struct ReadLine {
    /// What it is.
    pub kind: Kind,
    /// What stands behind marks and heading, white space trimmed.
    pub rest: Span,
}

/// Reads one line of the file, given without its line ending; `base` is its first byte in the file, `head` whether it stands above the
/// text. Signs inside it are appended to `tokens`, comments to `comments`.
pub fn line(text: &str, base: u32, head: bool, tokens: &mut Vec<Token>, comments: &mut Vec<Span>) -> ReadLine {
    if text.is_empty() {
        return ReadLine { kind: Kind::Blank, rest: Span::at(base) };
    }
    let whole = text;
    let text = without_comment(text);
    let rule = if head { Rule::head_line } else { entry(text) };
    let mut first = &text[..piece(text)];
    let comments_before = comments.len();
    let mut reader = Reader { text: first, base, tokens, comments, rest: None };
    let mut kind = reader.read(rule);
    if first.len() < text.len() && !kind.is_text() {
        // A comment, an annotation or a declaration is one thing however long it is, and holds no signs that would cost much.
        reader.comments.truncate(comments_before);
        (first, reader.text) = (text, text);
        kind = reader.read(rule);
    }
    let rest = reader.rest.map_or(0, |rest| rest.start);
    let mut at = first.len();
    while at < text.len() {
        let next = &text[at..at + piece(&text[at..])];
        (reader.text, reader.base) = (next, base + at as u32);
        reader.signs_of(next);
        at += next.len();
    }
    let rest = trim(text, Span::new(rest, text.len() as u32));
    take_comment_and_escapes(whole, text, base, &kind, tokens, comments);
    ReadLine { kind, rest: Span::new(base + rest.start, base + rest.end) }
}

/// How many bytes of a line the grammar gets at once. pest keeps two tokens for each sign until a piece is read, some hundred bytes, so a
/// hostile line goes in by pieces, cut before a bracket or at a space; no line of a real treaty is as long.
fn piece(text: &str) -> usize {
    const LONGEST: usize = 64 << 10;
    if text.len() <= LONGEST {
        return text.len();
    }
    let whole = text.floor_char_boundary(LONGEST);
    let half = text.floor_char_boundary(LONGEST / 2);
    let last = |signs: &[char]| text[half..whole].rfind(signs).map(|at| half + at).filter(|at| !text[..*at].ends_with('\\'));
    last(&['[']).or_else(|| last(&[' '])).unwrap_or(whole)
}

/// The grammar's entry for a line of the text: where the first byte says much, the one that holds what can begin so.
fn entry(text: &str) -> Rule {
    match text.as_bytes().first() {
        Some(b'A'..=b'Z') => Rule::capital_line,
        Some(b'a'..=b'z') => Rule::small_line,
        Some(b'0'..=b'9') => Rule::digit_line,
        Some(b'(') => Rule::paren_line,
        _ => Rule::text_line,
    }
}

/// A line less the comment at its end: `//` after white space. A `//` that begins the line is the grammar's.
fn without_comment(text: &str) -> &str {
    for at in memchr::memchr_iter(b'/', text.as_bytes()) {
        let before = &text[..at];
        if text[at..].starts_with("//") && before.ends_with(is_gap) && !before.trim_start_matches(is_gap).is_empty() {
            return before.trim_end_matches(is_gap);
        }
    }
    text
}

fn take_comment_and_escapes(whole: &str, text: &str, base: u32, kind: &Kind, tokens: &mut Vec<Token>, comments: &mut Vec<Span>) {
    if text.len() < whole.len() {
        let at = base + text.len() as u32;
        let end = base + whole.len() as u32;
        let comment = whole[text.len()..].trim_start_matches(is_gap);
        comments.push(Span::new(end - comment.len() as u32, end));
        tokens.push(Token { kind: TokenKind::Comment, span: Span::new(at, end), owners: None });
    }
    if matches!(kind, Kind::Comment(_) | Kind::Note { .. }) || memchr::memchr(b'\\', text.as_bytes()).is_none() {
        return;
    }
    let before = tokens.len();
    for at in memchr::memchr_iter(b'\\', text.as_bytes()) {
        if text[at + 1..].starts_with('@') || text[at + 1..].starts_with("//") {
            let start = base + at as u32;
            tokens.push(Token { kind: TokenKind::Escape, span: Span::new(start, start + 2), owners: None });
        }
    }
    if tokens.len() > before {
        let line = tokens.iter().rposition(|token| token.span.start < base).map_or(0, |at| at + 1);
        tokens[line..].sort_by_key(|token| token.span.start);
    }
}

/// Where and why a line is no declaration.
#[derive(Debug, Default)]
pub struct Broken {
    /// The byte in the line where it broke.
    pub at: u32,
    /// What was expected there, in a drafter's words.
    pub wanted: String,
    /// A colon and nothing else would go on there.
    pub wants_colon: bool,
    /// Words in quotation marks would.
    pub wants_quotes: bool,
}

/// What a broken declaration lacks.
#[must_use]
pub fn why_no_declaration(text: &str) -> Broken {
    match Layout::parse(Rule::only_declaration, text) {
        Ok(_) => Broken { at: text.len() as u32, ..Broken::default() },
        Err(error) => {
            let at = match error.location {
                pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at as u32,
            };
            match error.variant {
                pest::error::ErrorVariant::ParsingError { positives, .. } => Broken {
                    at,
                    wanted: expected::list(&positives),
                    wants_colon: positives.iter().all(|rule| *rule == Rule::colon),
                    wants_quotes: positives.iter().any(|rule| matches!(rule, Rule::quoted | Rule::quoted_text)),
                },
                pest::error::ErrorVariant::CustomError { message } => Broken { at, wanted: message, ..Broken::default() },
            }
        }
    }
}

/// Length in bytes of the names of who proposes (`ATL, BOR: `) at the beginning of a text, if it begins with any.
#[must_use]
pub fn attribution(text: &str) -> Option<u32> {
    // No list of names is longer, and an unfit text is copied whole into pest's error.
    const LONGEST: usize = 300;
    let line = text.char_indices().take(LONGEST).find(|(_, c)| *c == '\n').map(|(end, _)| end);
    let end = line.or_else(|| text.char_indices().nth(LONGEST).map(|(end, _)| end)).unwrap_or(text.len());
    if !text.starts_with(char::is_uppercase) || !text[..end].contains(':') {
        return None;
    }
    let pairs = Layout::parse(Rule::attribution, &text[..end]).ok()?;
    Some(pairs.as_str().len() as u32)
}

/// White space as treaty texts have it: also no-break, thin and zero-width spaces.
#[must_use]
pub fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}')
}

fn trim(text: &str, span: Span) -> Span {
    let slice = &text[span.start as usize..span.end as usize];
    let start = span.start + (slice.len() - slice.trim_start_matches(is_gap).len()) as u32;
    let end = start.max(span.start + slice.trim_end_matches(is_gap).len() as u32);
    Span::new(start, end)
}

/// The words of headings that a misspelt one may mean. Short ones are left out: "Pact I" is no `Part I`.
const MEANT: [(HeadingKind, &str); 12] = [
    (HeadingKind::Article, "Article"),
    (HeadingKind::Article, "ARTICLE"),
    (HeadingKind::Annex, "Annex"),
    (HeadingKind::Annex, "ANNEX"),
    (HeadingKind::Annex, "Appendix"),
    (HeadingKind::Annex, "APPENDIX"),
    (HeadingKind::Annex, "Schedule"),
    (HeadingKind::Annex, "SCHEDULE"),
    (HeadingKind::Division, "Chapter"),
    (HeadingKind::Division, "CHAPTER"),
    (HeadingKind::Division, "Section"),
    (HeadingKind::Division, "SECTION"),
];

struct Reader<'a> {
    text: &'a str,
    base: u32,
    tokens: &'a mut Vec<Token>,
    comments: &'a mut Vec<Span>,
    rest: Option<Span>,
}

impl Reader<'_> {
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.base + span.start() as u32, self.base + span.end() as u32)
    }

    fn read(&mut self, rule: Rule) -> Kind {
        match Layout::parse(rule, self.text) {
            Ok(mut pairs) => pairs.next().map_or(Kind::Prose, |pair| self.kind(pair)),
            // The last alternative of both entries takes any characters; should pest stop for another reason the line is plain text.
            Err(_) => Kind::Prose,
        }
    }

    fn kind(&mut self, pair: Pair<'_, Rule>) -> Kind {
        match pair.as_rule() {
            Rule::head_line | Rule::text_line | Rule::text_shape => self.inner(pair).map_or(Kind::Prose, |inner| self.kind(inner)),
            Rule::blank => Kind::Blank,
            Rule::comment => {
                let span = pair.into_inner().next().map_or(Span::at(self.base), |text| self.span(&text));
                self.comments.push(span);
                Kind::Comment(span)
            }
            Rule::declaration | Rule::late_declaration => self.inner(pair).map_or(Kind::Prose, |inner| self.declaration(inner)),
            Rule::field => self.field(pair),
            Rule::bare_field => self.value(pair).map_or(Kind::Blank, Kind::BareField),
            Rule::near_declaration => self.inner(pair).map_or(Kind::Prose, |inner| self.near(inner)),
            Rule::note => self.note(pair),
            Rule::carried_note => Kind::CarriedNote(self.inner(pair).map(|value| self.span(&value))),
            Rule::furniture | Rule::running_head => Kind::Furniture,
            Rule::row => {
                self.parts(pair);
                Kind::Row
            }
            Rule::heading => self.heading(pair),
            Rule::slipped_heading => self.slipped_heading(pair),
            Rule::slipped_number | Rule::slipped_small => self.slipped_number(pair),
            Rule::choice => self.choice(pair),
            Rule::testimonium => {
                self.parts(pair);
                self.rest = None;
                Kind::Testimonium
            }
            Rule::quotation => {
                self.parts(pair);
                self.rest = None;
                Kind::Quotation
            }
            Rule::item => self.item(pair),
            _ => {
                self.part(pair);
                Kind::Prose
            }
        }
    }

    fn inner<'i>(&self, pair: Pair<'i, Rule>) -> Option<Pair<'i, Rule>> {
        pair.into_inner().next()
    }

    fn declaration(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let kind = match pair.as_rule() {
            Rule::treaty => DeclarationKind::Treaty,
            Rule::party => DeclarationKind::Party,
            Rule::group => DeclarationKind::Group,
            Rule::body => DeclarationKind::Body,
            Rule::mechanism => DeclarationKind::Mechanism,
            Rule::profile => DeclarationKind::Profile,
            Rule::reservation => DeclarationKind::Reservation,
            _ => DeclarationKind::Use,
        };
        let (mut id, mut name) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::id => id = Some(self.span(&part)),
                Rule::value => name = Some(self.span(&part)),
                Rule::quoted => name = self.inner(part).map(|text| self.span(&text)),
                _ => {}
            }
        }
        Kind::Declaration { kind, id, name }
    }

    fn field(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let (mut name, mut value, mut colon) = (Span::at(self.base), None, self.base);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::field_name => name = self.span(&part),
                Rule::colon => colon = self.span(&part).start,
                Rule::value => value = Some(self.span(&part)),
                _ => {}
            }
        }
        Kind::Field { name, value, colon }
    }

    fn value(&mut self, pair: Pair<'_, Rule>) -> Option<Span> {
        let mut value = None;
        for part in pair.into_inner() {
            if part.as_rule() == Rule::value {
                value = Some(self.span(&part));
            }
        }
        value
    }

    fn near(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let rule = pair.as_rule();
        let whole = self.span(&pair);
        let (mut word, mut id, mut rest) = (Span::at(whole.start), None, Span::at(whole.end));
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::keyword | Rule::first_word | Rule::lower_name => word = self.span(&part),
                Rule::id => id = Some(self.span(&part)),
                Rule::rest => rest = self.span(&part),
                _ => {}
            }
        }
        match rule {
            Rule::broken_declaration => Kind::Broken(word),
            Rule::misspelt_declaration => Kind::Misspelt { word, id, name: rest },
            _ => Kind::Unindented { name: word, value: rest },
        }
    }

    fn note(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let whole = self.span(&pair);
        let lead = self.text.len() - self.text.trim_start_matches(is_gap).len();
        let span = Span::new(self.base + lead as u32, whole.end);
        let Some(form) = self.inner(pair) else { return Kind::Prose };
        let broken = form.as_rule() == Rule::broken_note;
        let (mut name, mut rule, mut value) = (Span::new((span.start + 1).min(span.end), span.end), None, None);
        for part in form.into_inner() {
            match part.as_rule() {
                Rule::note_verb | Rule::note_name => name = self.span(&part),
                Rule::rule_name => rule = Some(self.span(&part)),
                Rule::note_value => value = Some(self.span(&part)),
                _ => {}
            }
        }
        Kind::Note { span, name, rule, value, broken }
    }

    /// Takes in the brackets and comments of plain text.
    fn signs_of(&mut self, text: &str) {
        if let Ok(mut pairs) = Layout::parse(Rule::insides, text)
            && let Some(pair) = pairs.next()
        {
            self.part(pair);
        }
    }

    /// Takes in brackets and comments of whatever is inside.
    fn parts(&mut self, pair: Pair<'_, Rule>) {
        for part in pair.into_inner() {
            self.part(part);
        }
    }

    fn part(&mut self, part: Pair<'_, Rule>) {
        match part.as_rule() {
            Rule::insides => {
                self.rest = Some(Span::new(part.as_span().start() as u32, self.text.len() as u32));
                for sign in part.into_inner() {
                    self.sign(sign);
                }
            }
            Rule::lead => part.into_inner().for_each(|sign| self.sign(sign)),
            _ => {}
        }
    }

    fn sign(&mut self, pair: Pair<'_, Rule>) {
        let span = self.span(&pair);
        let escaped = self.text.as_bytes().get((span.start - self.base).wrapping_sub(1) as usize) == Some(&b'\\');
        let (kind, owners) = match pair.as_rule() {
            Rule::open | Rule::close if escaped => {
                self.tokens.push(Token { kind: TokenKind::Escape, span: Span::new(span.start - 1, span.start + 1), owners: None });
                return;
            }
            Rule::open => (TokenKind::Open, self.inner(pair).map(|names| self.span(&names))),
            Rule::close => (TokenKind::Close, None),
            Rule::brace => (TokenKind::Brace, None),
            _ => return,
        };
        let span = if kind == TokenKind::Open { Span::new(span.start, span.start + 1) } else { span };
        self.tokens.push(Token { kind, span, owners });
    }

    fn heading(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let whole = self.span(&pair);
        let mut found = None;
        for part in pair.into_inner() {
            let kind = match part.as_rule() {
                Rule::article => HeadingKind::Article,
                Rule::division => HeadingKind::Division,
                Rule::annex => HeadingKind::Annex,
                _ => {
                    self.part(part);
                    continue;
                }
            };
            let (mut word, mut marks, mut about) = (Span::at(whole.start), Vec::new(), false);
            for piece in part.into_inner() {
                match piece.as_rule() {
                    Rule::article_word | Rule::division_word | Rule::annex_word if !about => word = self.span(&piece),
                    Rule::about_word => {
                        word = self.span(&piece);
                        about = true;
                    }
                    Rule::number_group => marks = self.number_group(piece),
                    _ => self.part(piece),
                }
            }
            found = Some((kind, word, marks, about));
        }
        let Some((kind, word, marks, about)) = found else { return Kind::Prose };
        let end = self.rest.map_or(whole.end, |rest| self.base + rest.start);
        Kind::Heading { kind, word, head: Span::new(whole.start, end), marks, about }
    }

    fn slipped_heading(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let whole = self.span(&pair);
        let before = self.tokens.len();
        let (mut word, mut marks) = (None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::slipped_word => word = Some(part),
                Rule::number_group => marks = self.number_group(part),
                _ => self.part(part),
            }
        }
        let Some(word) = word else { return Kind::Prose };
        let loud = word.as_str().bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
        let meant = MEANT.into_iter().find(|(_, meant)| loud == meant.ends_with(char::is_uppercase) && is_slip(word.as_str(), meant));
        match meant {
            Some((kind, meant)) => {
                let end = self.rest.map_or(whole.end, |rest| self.base + rest.start);
                Kind::SlippedHeading { kind, word: self.span(&word), head: Span::new(whole.start, end), marks, meant }
            }
            None => {
                self.tokens.truncate(before);
                self.rest = None;
                self.signs_of(self.text);
                Kind::Prose
            }
        }
    }

    /// `Article2`: the heading's word is right, and how its number follows is not.
    fn slipped_number(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let whole = self.span(&pair);
        let (mut word, mut mark) = (whole, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::slipped_article | Rule::slipped_word_small => word = self.span(&part),
                Rule::number => mark = Some(self.mark(Shape::Heading, part)),
                _ => {}
            }
        }
        let loud = self.text.trim_start_matches(is_gap).starts_with("AR");
        let meant = if loud { "ARTICLE " } else { "Article " };
        Kind::SlippedHeading { kind: HeadingKind::Article, word, head: whole, marks: mark.into_iter().collect(), meant }
    }

    /// The candidates for a heading's number: `[3] [4]` has two; `7 [bis]` is one.
    fn number_group(&mut self, pair: Pair<'_, Rule>) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for part in pair.into_inner() {
            let Some(number) = part.into_inner().find(|inner| matches!(inner.as_rule(), Rule::number | Rule::suffix)) else { continue };
            match marks.last_mut() {
                Some(mark) if number.as_rule() == Rule::suffix => mark.suffix = suffix(number.as_str()),
                _ => marks.push(self.mark(Shape::Heading, number)),
            }
        }
        marks
    }

    fn choice(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let whole = self.span(&pair);
        let mut name: Option<Span> = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::choice_word | Rule::choice_id => {
                    let span = self.span(&part);
                    name = Some(name.map_or(span, |name| name.to(span)));
                }
                _ => self.part(part),
            }
        }
        let end = self.rest.map_or(whole.end, |rest| self.base + rest.start);
        Kind::Choice { head: Span::new(whole.start, end), name: name.unwrap_or(whole) }
    }

    fn item(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let whole = self.span(&pair);
        let mut marks = Vec::with_capacity(1);
        for part in pair.into_inner() {
            let shape = match part.as_rule() {
                Rule::decimal => Shape::Decimal,
                Rule::both => Shape::Both,
                Rule::number_dot | Rule::letter_dot => Shape::Dot,
                Rule::number_paren | Rule::after_paren => Shape::Paren,
                Rule::bare_number | Rule::bare_letter => Shape::Bare,
                Rule::bullet => Shape::Dash,
                _ => {
                    self.part(part);
                    continue;
                }
            };
            marks.push(self.mark(shape, part));
        }
        let end = self.rest.map_or(whole.end, |rest| self.base + rest.start);
        Kind::Item { head: Span::new(whole.start, end), marks }
    }

    fn mark(&self, shape: Shape, pair: Pair<'_, Rule>) -> Mark {
        let mut mark = Mark::new(shape, self.span(&pair));
        let mut span: Option<Span> = None;
        for part in pair.into_inner() {
            let text = part.as_str();
            let here = self.span(&part);
            span = Some(span.map_or(here, |span| span.to(here)));
            match part.as_rule() {
                Rule::digits | Rule::item_number => read_digits(text, &mut mark),
                Rule::decimal_number => mark.digits = text.rsplit('.').next().and_then(|last| last.parse().ok()),
                Rule::roman_number | Rule::item_roman | Rule::capital | Rule::item_letter => {
                    mark.upper = text.starts_with(|c: char| c.is_ascii_uppercase());
                    mark.roman = roman(text);
                    mark.letter = letter(text);
                }
                Rule::number_word => mark.word = number_word(text),
                Rule::suffix => mark.suffix = suffix(text),
                _ => {}
            }
        }
        mark.span = span.unwrap_or(mark.span);
        mark
    }
}

fn read_digits(text: &str, mark: &mut Mark) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    mark.digits = text[..end].parse().ok();
    let (text, added) = text.split_once('-').unwrap_or((text, ""));
    if let Some(c) = added.chars().next() {
        mark.suffix = 100 + (c.to_ascii_lowercase() as u8).saturating_sub(b'a');
    }
    if let Some((chapter, number)) = text.split_once('.') {
        // `Article 14.2` comes after `Article 14.1`.
        mark.digits = chapter.parse::<u32>().ok().zip(number.parse::<u32>().ok()).map(|(chapter, number)| chapter * 1000 + number);
        return;
    }
    if let Some(c) = text[end..].chars().next() {
        mark.suffix = 100 + (c.to_ascii_lowercase() as u8).saturating_sub(b'a');
    }
}

fn letter(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let first = chars.next().filter(char::is_ascii_alphabetic)?.to_ascii_lowercase();
    let place = first as u32 - 'a' as u32 + 1;
    match chars.next() {
        None => Some(place),
        // `aa)` comes after `z)`.
        Some(second) if second.eq_ignore_ascii_case(&first) && chars.next().is_none() => Some(place + 26),
        Some(_) => None,
    }
}

fn roman(text: &str) -> Option<u32> {
    let value = |c: char| match c.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let mut total = 0;
    let mut last = 0;
    for c in text.chars().rev() {
        let here = value(c)?;
        if here < last {
            total -= here.min(total);
        } else {
            total += here;
            last = here;
        }
    }
    (total > 0).then_some(total)
}

fn number_word(text: &str) -> Option<u32> {
    const WORDS: [&[&str]; 12] = [
        &["one", "first"],
        &["two", "second"],
        &["three", "third"],
        &["four", "fourth"],
        &["five", "fifth"],
        &["six", "sixth"],
        &["seven"],
        &["eight"],
        &["nine"],
        &["ten"],
        &["eleven"],
        &["twelve"],
    ];
    WORDS.iter().position(|words| words.iter().any(|word| text.eq_ignore_ascii_case(word))).map(|at| at as u32 + 1)
}

fn suffix(text: &str) -> u8 {
    const WORDS: [&str; 7] = ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies"];
    WORDS.iter().position(|word| text.eq_ignore_ascii_case(word)).map_or(0, |at| at as u8 + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_whole() {
        let long = "[a] ".repeat(40_000);
        let read = |text: &str, head: bool| {
            let (mut tokens, mut comments) = (Vec::new(), Vec::new());
            let kind = line(text, 0, head, &mut tokens, &mut comments).kind;
            (kind, tokens.len(), comments.len())
        };
        assert!(matches!(read(&format!("// {long}"), false), (Kind::Comment(span), 0, 1) if span.end as usize > long.len()));
        assert!(
            matches!(read(&format!("  also: {long}"), true), (Kind::Field { value: Some(value), .. }, _, 0) if value.end as usize > long.len())
        );
        assert!(matches!(read(&format!("Each {long}"), false), (Kind::Prose, 80_000, 0)));
    }

    #[test]
    fn a_line_is_read_the_same_from_either_entry() {
        let lines = [
            "Article 5. Notice",
            "ARTICLE 3 [bis] [Use of force]",
            "Technical Annex",
            "ANNEX B",
            "Part II",
            "Ad Article 4",
            "ARTCLE 6",
            "A. The Parties",
            "I) The Parties",
            "Option A: no text",
            "In witness whereof, the undersigned",
            "Done at Geneva",
            "CCW/GGE.1    12",
            "Page 3 of 10",
            "12    CCW/GGE.1",
            "Ärger und Streit",
            "Each Party [ATL: shall / should] {of all} meet [",
            "1. (a) Each Party [shall] meet",
            "2   a   Each Party",
            "14.2 Each Party",
            "3",
            "1949, and that Convention]",
            "(a) the (b) other",
            "(aa) the other",
            "(xiv bis) the other",
            "(see Article 4)",
            "iv) the other",
            "b. the other",
            "en foi de quoi",
            "in witness whereof",
            "party ATL: Atlantis",
            "use of force [is banned]",
            "without delay",
        ];
        for line in lines {
            let pairs = |rule| {
                let pairs =
                    Layout::parse(rule, line).unwrap().flatten().map(|pair| (pair.as_rule(), pair.as_span().start(), pair.as_span().end()));
                pairs.filter(|(rule, ..)| !matches!(rule, Rule::text_line | Rule::text_shape)).collect::<Vec<_>>()
            };
            assert_eq!(pairs(entry(line)), pairs(Rule::text_line), "{line}");
        }
    }
}
