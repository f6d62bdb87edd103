//! Puts lines together. A line start does not show three facts that reading a treaty needs: whether the line above ended a clause, which
//! mark is expected next, and whether the text has begun. This state machine keeps them (tried on 44 MB of real treaties).

mod asides;
mod headings;
mod marks;
mod prose;

use super::brackets;
use super::heads::{self, Heads, Verdict};
use super::notes::{self, add_note, carry_note};
use super::parse::{self, HeadingKind, Kind, Mark, ReadLine, is_gap};
use super::tree::{
    Alphabet, DeclarationKind, Line, LineKind, Mistake, Note, Ordinal, Owner, Shape, Token, TokenKind, Tree, Unit, UnitId, UnitKind,
};
use super::words;
use crate::source::Span;
use crate::suggest::is_slip;
use std::collections::{HashMap, HashSet};

/// Lists and headings nest this deep at most; deeper marks are kept as siblings.
const DEEPEST: usize = 24;

/// Reads a file. Never fails: what was wrong is in [`Tree::mistakes`].
#[must_use]
pub fn read(text: &str) -> Tree {
    let mut tree = Tree::default();
    tree.units.push(Unit {
        kind: UnitKind::Treaty,
        parent: UnitId::ROOT,
        ordinal: None,
        head: Span::at(0),
        title: 0..0,
        text: 0..0,
        until: 1,
    });
    let first = read_head(text, &mut tree);
    heads::tell_empty_fields(&mut tree);
    let lines = read_lines(text, first, &mut tree);
    let mut machine = Machine::new(text, &lines, &mut tree);
    machine.run();
    brackets::pair(text, &mut tree);
    tree.mistakes.sort_by_key(|mistake| mistake.span.start);
    tree
}

/// The spans of the lines from byte `from` on: with and without the line ending.
fn line_spans(text: &str, from: u32) -> impl Iterator<Item = (Span, Span)> + '_ {
    let mut start = from as usize;
    let bytes = text.as_bytes();
    std::iter::from_fn(move || {
        if start >= bytes.len() {
            return None;
        }
        let next = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
        let mut end = next;
        if bytes[end - 1] == b'\n' {
            end -= 1;
            if end > start && bytes[end - 1] == b'\r' {
                end -= 1;
            }
        }
        let spans = (Span::new(start as u32, next as u32), Span::new(start as u32, end as u32));
        start = next;
        Some(spans)
    })
}

/// Reads the declarations; gives the byte where the text begins.
fn read_head(text: &str, tree: &mut Tree) -> u32 {
    let mut heads = Heads::default();
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    for (whole, content) in line_spans(text, 0) {
        let content = if content.start == 0 { Span::new(bom.min(content.end), content.end) } else { content };
        let (mut tokens, mut comments) = (Vec::new(), Vec::new());
        let line = parse::line(slice(text, content), content.start, true, &mut tokens, &mut comments);
        let kind = match &line.kind {
            Kind::Blank => LineKind::Blank,
            Kind::Comment(_) => LineKind::Comment,
            Kind::Note { .. } | Kind::CarriedNote(_) => LineKind::Note,
            _ => LineKind::Declaration,
        };
        match heads.line(text, content, line.kind, tree) {
            Verdict::TextBegins => {
                tree.text_start = whole.start;
                return whole.start;
            }
            Verdict::Taken => {
                tree.comments.append(&mut comments);
                tree.lines.push(Line { span: whole, kind });
            }
        }
    }
    tree.text_start = text.len() as u32;
    text.len() as u32
}

/// A line of the text, read.
struct TextLine {
    content: Span,
    line: ReadLine,
}

fn read_lines(text: &str, from: u32, tree: &mut Tree) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for (whole, content) in line_spans(text, from) {
        let content = if content.start == 0 && text.starts_with('\u{feff}') { Span::new(3, content.end) } else { content };
        let line = parse::line(slice(text, content), content.start, false, &mut tree.tokens, &mut tree.comments);
        let kind = match &line.kind {
            Kind::Blank => LineKind::Blank,
            Kind::Comment(_) => LineKind::Comment,
            Kind::Note { .. } | Kind::CarriedNote(_) => LineKind::Note,
            Kind::Furniture => LineKind::Furniture,
            Kind::Declaration { .. } => LineKind::Declaration,
            _ => LineKind::Text,
        };
        if kind == LineKind::Text {
            tree.mistakes.extend(notes::behind_text(text, content));
        }
        tree.lines.push(Line { span: whole, kind });
        lines.push(TextLine { content, line });
    }
    lines
}

/// Which part of the text the machine is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Region {
    /// Above the preamble: masthead and title.
    Front,
    /// In the preamble.
    Preamble,
    /// In the articles.
    Body,
    /// From "In witness whereof" on.
    Testimonium,
}

/// A unit that is still open, and the lists that its children are in.
#[derive(Debug)]
struct Open {
    unit: UnitId,
    /// The last number of the list that its children form.
    list: Option<Ordinal>,
    /// The last number in its first option: a mark that goes on from there stands outside the options.
    in_first_choice: Option<Ordinal>,
    /// The last number in the child that closed last: a count that runs on through lettered sections goes on from there.
    in_last_child: Option<Ordinal>,
}

struct Machine<'a> {
    text: &'a str,
    lines: &'a [TextLine],
    tree: &'a mut Tree,
    stack: Vec<Open>,
    /// The unit that takes the next words.
    current: Option<UnitId>,
    /// The last unit whose words stand above: annotations belong to it.
    above: Option<UnitId>,
    region: Region,
    ended: bool,
    blank: bool,
    last_line: Span,
    awaits_title: Option<UnitId>,
    /// Publishers' HTML: almost every line ends a clause, so every line is a paragraph.
    line_is_paragraph: bool,
    in_quote: bool,
    footnotes_below: bool,
    note_above: Option<usize>,
    footnote_marks: HashSet<&'a str>,
    /// The last number of each kind of heading.
    elders: HashMap<UnitKind, Ordinal>,
    saw_heading: bool,
    /// No line of the text is a heading.
    headless: bool,
    late_fields: bool,
}

impl<'a> Machine<'a> {
    fn new(text: &'a str, lines: &'a [TextLine], tree: &'a mut Tree) -> Self {
        Self {
            line_is_paragraph: line_is_paragraph(text, lines),
            footnote_marks: footnote_marks(text, &tree.tokens),
            headless: !lines.iter().any(|line| matches!(line.line.kind, Kind::Heading { .. } | Kind::SlippedHeading { .. })),
            text,
            lines,
            tree,
            stack: vec![Open { unit: UnitId::ROOT, list: None, in_first_choice: None, in_last_child: None }],
            current: None,
            above: None,
            region: Region::Front,
            ended: true,
            blank: true,
            last_line: Span::at(0),
            awaits_title: None,
            elders: HashMap::new(),
            in_quote: false,
            footnotes_below: false,
            note_above: None,
            saw_heading: false,
            late_fields: false,
        }
    }

    fn run(&mut self) {
        for index in 0..self.lines.len() {
            self.line(index);
        }
        self.pop_to(0);
        let end = self.tree.units.len() as u32;
        self.tree.units[0].until = end;
        if self.region == Region::Preamble && !self.saw_heading {
            self.preamble_was_text();
        }
    }

    /// A text with neither headings nor "have agreed as follows" has no preamble: its paragraphs are operative.
    fn preamble_was_text(&mut self) {
        for unit in &mut self.tree.units {
            match unit.kind {
                UnitKind::Preamble => unit.kind = UnitKind::Division,
                UnitKind::Recital => unit.kind = UnitKind::Paragraph,
                _ => {}
            }
        }
    }

    fn line(&mut self, index: usize) {
        let lines = self.lines;
        let TextLine { content, line } = &lines[index];
        let (content, rest) = (*content, line.rest);
        match &line.kind {
            Kind::Blank => {
                self.blank = true;
                self.note_above = None;
                self.late_fields = false;
                return;
            }
            Kind::Comment(_) => return,
            Kind::Note { span, name, rule, value, broken } => {
                let owner = self.above.map_or(Owner::File, Owner::Unit);
                let note = Note { span: *span, name: *name, key: "", rule: *rule, value: value.iter().copied().collect(), owner };
                add_note(self.text, self.tree, note, *broken);
                self.note_above = Some(self.tree.notes.len() - 1);
                return;
            }
            Kind::CarriedNote(value) => {
                carry_note(self.text, content, *value, self.note_above, self.tree);
                return;
            }
            Kind::Furniture => {
                if self.slice(content).trim_matches(is_gap).starts_with("___") {
                    self.footnotes_below = true;
                }
                return;
            }
            _ => self.note_above = None,
        }
        if self.late_declaration(content, &line.kind) {
            return;
        }
        if self.in_quote {
            self.add_text(content);
            self.in_quote = !self.closes_quote(content);
            self.finish_line(content);
            return;
        }
        if self.footnote(content) {
            self.finish_line(content);
            return;
        }
        let taken = match &line.kind {
            Kind::Heading { kind, word, head, marks, about } => self.heading(*kind, *word, *head, marks, *about, rest, index),
            Kind::SlippedHeading { kind, word, head, marks, meant } => self.slipped_heading(*kind, *word, *head, marks, meant, rest, index),
            Kind::Choice { head, name } => self.choice(*head, *name, rest, index),
            Kind::Testimonium => self.testimonium(content, rest),
            Kind::Quotation => self.quotation(content, index),
            Kind::Item { head, marks } => self.item(*head, marks, rest, index),
            Kind::Row => {
                self.row(content);
                true
            }
            _ => false,
        };
        if !taken {
            self.prose(trimmed(self.text, self.without_comment(content)), index);
        }
        self.finish_line(content);
    }

    fn finish_line(&mut self, content: Span) {
        let words = self.slice(self.without_comment(content));
        self.ended = words::ended(words) || self.awaits_title.is_some();
        self.last_line = content;
        self.blank = false;
    }

    /// The line less a comment at its end.
    fn without_comment(&self, content: Span) -> Span {
        if self.tree.comments.is_empty() {
            return content;
        }
        match self.tree.tokens_in(content).iter().find(|token| token.kind == TokenKind::Comment) {
            Some(token) => Span::new(content.start, token.span.start),
            None => content,
        }
    }

    fn slice(&self, span: Span) -> &'a str {
        slice(self.text, span)
    }

    // ── Units ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn push(&mut self, kind: UnitKind, ordinal: Option<Ordinal>, head: Span) -> UnitId {
        let parent = self.stack.last().map_or(UnitId::ROOT, |open| open.unit);
        let id = UnitId(self.tree.units.len() as u32);
        let at = self.tree.fragments.len() as u32;
        self.tree.units.push(Unit { kind, parent, ordinal, head, title: at..at, text: at..at, until: id.0 + 1 });
        self.stack.push(Open { unit: id, list: None, in_first_choice: None, in_last_child: None });
        self.current = Some(id);
        self.above = Some(id);
        id
    }

    /// Closes what is open above position `depth` of the stack.
    fn pop_to(&mut self, depth: usize) {
        while self.stack.len() > depth + 1 {
            let Some(open) = self.stack.pop() else { break };
            let end = self.tree.units.len() as u32;
            let unit = &mut self.tree.units[open.unit.index()];
            unit.until = end;
            if unit.kind == UnitKind::Choice
                && let Some(parent) = self.stack.last_mut()
                && parent.in_first_choice.is_none()
            {
                parent.in_first_choice = open.list;
            }
            if matches!(unit.kind, UnitKind::Paragraph | UnitKind::Division)
                && open.list.is_some()
                && let Some(parent) = self.stack.last_mut()
            {
                parent.in_last_child = open.list;
            }
        }
        self.current = None;
    }

    /// Position on the stack of the innermost unit that holds paragraphs.
    fn container(&self) -> usize {
        self.stack.iter().rposition(|open| is_container(self.tree.unit(open.unit).kind)).unwrap_or(0)
    }

    /// The same past options: their lists may be left for the list around them.
    fn floor(&self) -> usize {
        let holds = |open: &Open| {
            let kind = self.tree.unit(open.unit).kind;
            is_container(kind) && kind != UnitKind::Choice
        };
        self.stack.iter().rposition(holds).unwrap_or(0)
    }

    fn add_text(&mut self, span: Span) {
        let Some(id) = self.current else { return };
        if span.is_empty() {
            return;
        }
        let at = self.tree.fragments.len() as u32;
        let unit = &mut self.tree.units[id.index()];
        if unit.text.end != at {
            unit.text = at..at;
        }
        unit.text.end = at + 1;
        self.tree.fragments.push(span);
        self.above = Some(id);
    }

    fn add_title(&mut self, id: UnitId, span: Span) {
        let at = self.tree.fragments.len() as u32;
        let unit = &mut self.tree.units[id.index()];
        if unit.title.end != at {
            unit.title = at..at;
        }
        unit.title.end = at + 1;
        self.tree.fragments.push(span);
        let unit = &mut self.tree.units[id.index()];
        unit.text = at + 1..at + 1;
        self.above = Some(id);
    }
}

fn is_container(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::Treaty | UnitKind::Division | UnitKind::Annex | UnitKind::Article | UnitKind::Choice | UnitKind::Preamble)
}

/// The ways to read a mark as a number in a list.
fn ordinals(mark: &Mark) -> impl Iterator<Item = Ordinal> + '_ {
    mark.readings().map(|(alphabet, value)| Ordinal { shape: mark.shape, alphabet, value, suffix: mark.suffix, span: mark.span })
}

fn line_is_paragraph(text: &str, lines: &[TextLine]) -> bool {
    let (mut ended, mut all) = (0_usize, 0_usize);
    for line in lines {
        let words = slice(text, line.content);
        if matches!(line.line.kind, Kind::Prose | Kind::Item { .. }) && words.len() > 30 {
            all += 1;
            let words = words.trim_end_matches(is_gap);
            ended += usize::from(words::ended(words) || words.ends_with(',') || words.ends_with("and") || words.ends_with("or"));
        }
    }
    all > 0 && ended * 10 >= all * 8
}

/// The footnote marks of a text: `[1]` glued to a word or before a stop.
fn footnote_marks<'a>(text: &'a str, tokens: &[Token]) -> HashSet<&'a str> {
    let mut marks = HashSet::new();
    for pair in tokens.windows(2) {
        let (open, close) = (&pair[0], &pair[1]);
        if open.kind != TokenKind::Open || close.kind != TokenKind::Close || close.span.end - open.span.start > 5 {
            continue;
        }
        let whole = Span::new(open.span.start, close.span.end);
        let inside = &slice(text, whole)[1..whole.len() as usize - 1];
        let digits = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
        if digits && brackets::stands_as_footnote(text, whole) {
            marks.insert(slice(text, whole));
        }
    }
    marks
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = slice(text, span);
    let start = span.end - words.trim_start_matches(is_gap).len() as u32;
    let end = start.max(span.start + words.trim_end_matches(is_gap).len() as u32);
    Span::new(start, end)
}
