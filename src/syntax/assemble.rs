//! Puts lines together. A line start does not show three facts that reading a treaty needs: whether the line above ended a clause, which
//! mark is expected next, and whether the text has begun. This state machine keeps them (tried on 44 MB of real treaties).

use super::brackets;
use super::heads::{Heads, Verdict, add_note, carry_note};
use super::parse::{self, HeadingKind, Kind, Mark, ReadLine, is_gap};
use super::tree::{Alphabet, Line, LineKind, Mistake, Note, Ordinal, Owner, Shape, Token, TokenKind, Tree, Unit, UnitId, UnitKind};
use super::words;
use crate::source::Span;
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
    late_fields: bool,
}

impl<'a> Machine<'a> {
    fn new(text: &'a str, lines: &'a [TextLine], tree: &'a mut Tree) -> Self {
        Self {
            line_is_paragraph: line_is_paragraph(text, lines),
            footnote_marks: footnote_marks(text, &tree.tokens),
            text,
            lines,
            tree,
            stack: vec![Open { unit: UnitId::ROOT, list: None, in_first_choice: None }],
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
                let note = Note { span: *span, name: *name, rule: *rule, value: value.iter().copied().collect(), owner };
                add_note(self.text, self.tree, note, *broken);
                self.note_above = Some(self.tree.notes.len() - 1);
                return;
            }
            Kind::CarriedNote(value) => {
                carry_note(content, *value, self.note_above, self.tree);
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
        self.stack.push(Open { unit: id, list: None, in_first_choice: None });
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

    // ── Headings ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    #[allow(clippy::too_many_arguments)]
    fn heading(&mut self, kind: HeadingKind, word: Span, head: Span, marks: &[Mark], about: bool, rest: Span, index: usize) -> bool {
        if !(self.ended || self.blank) || self.region == Region::Front && marks.is_empty() && !self.blank {
            return false;
        }
        let Some(unit_kind) = self.heading_kind(kind, about) else { return false };
        // "Article 13 / Annexes": a bare word right under a heading is its title.
        if unit_kind == UnitKind::Annex && marks.is_empty() && self.awaits_title.is_some() && !self.blank {
            return false;
        }
        let depth = match kind {
            HeadingKind::Annex => 0,
            HeadingKind::Division => self.division_depth(word),
            HeadingKind::Article => self.article_depth(),
        };
        self.pop_to(depth);
        let ordinal = self.heading_ordinal(unit_kind, marks);
        if let Some(ordinal) = ordinal {
            self.elders.insert(unit_kind, ordinal);
        }
        let id = self.push(unit_kind, ordinal, head);
        self.current = None;
        self.region = Region::Body;
        self.saw_heading = true;
        self.footnotes_below = false;
        self.awaits_title = Some(id);
        self.run_in(id, rest, index);
        true
    }

    fn heading_kind(&self, kind: HeadingKind, about: bool) -> Option<UnitKind> {
        Some(match kind {
            _ if about => UnitKind::Division,
            HeadingKind::Annex if self.region == Region::Front => return None,
            HeadingKind::Annex => UnitKind::Annex,
            HeadingKind::Division => UnitKind::Division,
            HeadingKind::Article => UnitKind::Article,
        })
    }

    /// Divisions nest in the order in which their words first came: `Part` around `Chapter` around `Section`, or the reverse.
    fn division_depth(&self, word: Span) -> usize {
        let same = |open: &Open| {
            let unit = self.tree.unit(open.unit);
            unit.kind == UnitKind::Division && self.slice(unit.head).trim_start_matches(['[', '#', ' ']).starts_with(self.slice(word))
        };
        if let Some(at) = self.stack.iter().position(same) {
            return at - 1;
        }
        let outer = |open: &Open| matches!(self.tree.unit(open.unit).kind, UnitKind::Treaty | UnitKind::Annex | UnitKind::Division);
        self.stack.iter().rposition(outer).unwrap_or(0).min(DEEPEST)
    }

    fn article_depth(&self) -> usize {
        let outer = |open: &Open| matches!(self.tree.unit(open.unit).kind, UnitKind::Treaty | UnitKind::Annex | UnitKind::Division);
        self.stack.iter().rposition(outer).unwrap_or(0)
    }

    /// The number of a heading, read as its elder sibling was: `C` is a letter after `B` and a hundred after nothing. Of several candidates
    /// the first that no earlier heading bears.
    fn heading_ordinal(&self, kind: UnitKind, marks: &[Mark]) -> Option<Ordinal> {
        let elder = self.elders.get(&kind).copied();
        let borne = |mark: &&Mark| elder.is_some_and(|elder| ordinals(mark).any(|ordinal| ordinal.alphabet == elder.alphabet && ordinal.value <= elder.value && ordinal.suffix == elder.suffix));
        let mark = marks.iter().find(|mark| marks.len() == 1 || !borne(mark)).or(marks.first())?;
        let ordinals: Vec<Ordinal> = ordinals(mark).collect();
        let follows = elder.and_then(|elder| ordinals.iter().find(|ordinal| ordinal.follows(&elder)).copied());
        let alike = || elder.and_then(|elder| ordinals.iter().find(|ordinal| ordinal.alphabet == elder.alphabet).copied());
        let small = || ordinals.iter().copied().min_by_key(|ordinal| ordinal.value);
        follows.or_else(alike).or_else(small)
    }

    /// What stands on the heading's own line behind its number: a title, a first mark, or text.
    fn run_in(&mut self, id: UnitId, rest: Span, index: usize) {
        let words = self.slice(rest);
        if words.is_empty() || words == "]" {
            return;
        }
        let (mut tokens, mut comments) = (Vec::new(), Vec::new());
        let inner = parse::line(words, rest.start, false, &mut tokens, &mut comments);
        if let Kind::Item { head, marks } = &inner.kind
            && marks.first().is_some_and(|mark| mark.shape != Shape::Bare && ordinals(mark).any(|ordinal| ordinal.opens()))
        {
            self.awaits_title = None;
            self.ended = true;
            if self.item(*head, marks, inner.rest, index) {
                return;
            }
        }
        if words::is_title(words) {
            self.add_title(id, rest);
            return;
        }
        // "Section 1. General. The Bank shall ...": a short title, a full stop, and then the text.
        let stop = words.match_indices(". ").map(|(at, _)| at).take(4).find(|at| {
            *at < 80 && words::is_title(&words[..*at]) && words[..*at].split(' ').count() <= 8
        });
        self.awaits_title = None;
        match stop {
            Some(at) if !words[..at].contains(" shall ") => {
                let at = at as u32;
                self.add_title(id, Span::new(rest.start, rest.start + at));
                self.start_paragraph(trimmed(self.text, Span::new(rest.start + at + 1, rest.end)));
            }
            _ => self.start_paragraph(rest),
        }
    }

    // ── Options, quotations, rows, footnotes, the end ──────────────────────────────────────────────────────────────────────────────

    fn choice(&mut self, head: Span, name: Span, rest: Span, index: usize) -> bool {
        if !(self.ended || self.blank) {
            return false;
        }
        self.awaits_title = None;
        let word = self.slice(name).split(is_gap).next().unwrap_or_default().to_owned();
        let series = self.stack.iter().rposition(|open| {
            let unit = self.tree.unit(open.unit);
            unit.kind == UnitKind::Choice && unit.ordinal.is_some_and(|ordinal| self.slice(ordinal.span).starts_with(&word))
        });
        let depth = match series {
            Some(at) => at - 1,
            None => {
                let top = self.stack.len() - 1;
                let unit = self.tree.unit(self.stack[top].unit);
                let words = self.tree.text(unit).last().map_or("", |span| self.slice(*span));
                let opens = matches!(unit.kind, UnitKind::Paragraph | UnitKind::Point) && !words.ends_with(['.', ';']) && top < DEEPEST;
                if opens { top } else { self.container() }
            }
        };
        self.pop_to(depth);
        let ordinal = Ordinal { shape: Shape::Heading, alphabet: Alphabet::None, value: 1, suffix: 0, span: name };
        self.push(UnitKind::Choice, Some(ordinal), head);
        if self.region != Region::Body {
            self.region = Region::Body;
        }
        if !rest.is_empty() {
            let id = self.current.unwrap_or(UnitId::ROOT);
            self.run_in_choice(id, rest, index);
        }
        true
    }

    fn run_in_choice(&mut self, id: UnitId, rest: Span, index: usize) {
        let (mut tokens, mut comments) = (Vec::new(), Vec::new());
        let inner = parse::line(self.slice(rest), rest.start, false, &mut tokens, &mut comments);
        if let Kind::Item { head, marks } = &inner.kind {
            self.ended = true;
            if self.item(*head, marks, inner.rest, index) {
                return;
            }
        }
        self.current = Some(id);
        self.add_text(rest);
    }

    fn testimonium(&mut self, content: Span, rest: Span) -> bool {
        if !(self.ended || self.blank) || matches!(self.region, Region::Front | Region::Preamble) {
            return false;
        }
        if self.region != Region::Testimonium {
            self.pop_to(0);
            self.push(UnitKind::Testimonium, None, Span::at(rest.start));
            self.region = Region::Testimonium;
            self.awaits_title = None;
        }
        self.add_text(trimmed(self.text, content));
        true
    }

    fn quotation(&mut self, content: Span, index: usize) -> bool {
        if !(self.ended || self.blank) || self.region != Region::Body || self.closes_quote(content) {
            return false;
        }
        // A quotation that never closes is a sign that went astray, and swallows nothing.
        let closes = self.lines[index + 1..].iter().take(400).any(|line| self.closes_quote(line.content));
        if !closes {
            return false;
        }
        self.awaits_title = None;
        if self.stack.last().is_some_and(|open| self.tree.unit(open.unit).kind == UnitKind::Quote) {
            let depth = self.stack.len() - 2;
            self.pop_to(depth);
        }
        self.push(UnitKind::Quote, None, Span::at(content.start));
        self.add_text(trimmed(self.text, content));
        self.in_quote = true;
        true
    }

    fn closes_quote(&self, content: Span) -> bool {
        let words = self.slice(content).trim_end_matches(|c| is_gap(c) || matches!(c, '.' | ';' | ','));
        words.ends_with(['”', '»']) || words.ends_with('"') && words.matches('"').count() % 2 == 1
    }

    fn row(&mut self, content: Span) {
        self.awaits_title = None;
        if self.stack.last().is_some_and(|open| self.tree.unit(open.unit).kind == UnitKind::Row) {
            self.current = self.stack.last().map(|open| open.unit);
        } else {
            let depth = self.container();
            self.pop_to(depth);
            self.push(UnitKind::Row, None, Span::at(content.start));
        }
        self.add_text(content);
        self.region = if self.region == Region::Front { Region::Front } else { self.region };
    }

    fn footnote(&mut self, content: Span) -> bool {
        let words = self.slice(content).trim_start_matches(is_gap);
        let marked = |mark: &str| self.footnote_marks.contains(mark);
        let bracketed = words.starts_with('[') && words.find(']').is_some_and(|end| end <= 4 && marked(&words[..=end]) && words[end + 1..].starts_with(is_gap));
        let raised = words.starts_with(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
        let below = self.footnotes_below && words.starts_with(|c: char| c.is_ascii_digit());
        if !(self.blank || self.ended) || !(bracketed || raised || below) {
            return false;
        }
        let depth = self.container();
        let open = self.stack.len() - 1;
        let last = self.tree.unit(self.stack[open].unit).kind;
        // A footnote interrupts no list: it stands inside whatever is open.
        let depth = if last == UnitKind::Footnote { open - 1 } else { open.max(depth) };
        self.pop_to(depth);
        self.push(UnitKind::Footnote, None, Span::at(content.start));
        self.add_text(trimmed(self.text, content));
        self.awaits_title = None;
        true
    }

    fn late_declaration(&mut self, content: Span, kind: &Kind) -> bool {
        if let Kind::Declaration { kind, id, name } = kind {
            let (kind, id, name) = (*kind, *id, *name);
            self.tree.mistakes.push(
                Mistake::new("late-declaration", content, format!("this `{}` stands below the text's first line", kind.keyword()), "declarations stand above the text")
                    .help("move it, with its fields, above the treaty's first line"),
            );
            self.tree.declarations.push(super::tree::Declaration { kind, span: content, id, name, fields: Vec::new(), notes: Vec::new() });
            self.late_fields = true;
            return true;
        }
        if self.late_fields && self.slice(content).starts_with(is_gap) {
            let (mut tokens, mut comments) = (Vec::new(), Vec::new());
            let line = parse::line(self.slice(content), content.start, true, &mut tokens, &mut comments);
            let mut heads = Heads::default();
            if matches!(line.kind, Kind::Field { .. }) && matches!(heads.line(self.text, content, line.kind, self.tree), Verdict::Taken) {
                return true;
            }
        }
        self.late_fields = false;
        false
    }

    // ── Marks ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn item(&mut self, head: Span, marks: &[Mark], rest: Span, index: usize) -> bool {
        if matches!(self.region, Region::Preamble | Region::Testimonium) && !self.mark_in_front(marks) {
            return false;
        }
        if self.region == Region::Front && !self.front_is_over() {
            return false;
        }
        if self.is_tab_row(head, rest) {
            self.row(head.to(rest));
            return true;
        }
        let mut placed = false;
        let mut start = head.start;
        for (at, mark) in marks.iter().enumerate() {
            let end = marks.get(at + 1).map_or(head.end, |next| next.span.start);
            let follows_mark = at > 0;
            let Some((depth, ordinal)) = self.place(mark, rest, follows_mark) else {
                if placed {
                    // The first mark stands; the rest of the line is its text.
                    self.add_text(Span::new(start, rest.end));
                    return true;
                }
                return false;
            };
            self.pop_to(depth);
            let kind = self.item_kind(depth);
            self.stack[depth].list = Some(ordinal);
            self.push(kind, Some(ordinal), Span::new(start, end));
            self.region = Region::Body;
            self.awaits_title = None;
            placed = true;
            self.ended = true;
            start = end;
        }
        // "2. Option 1: ...": the paragraph consists of options.
        if ["Option", "Alternative", "Variant"].iter().any(|word| self.slice(rest).starts_with(word)) {
            let (mut tokens, mut comments) = (Vec::new(), Vec::new());
            let inner = parse::line(self.slice(rest), rest.start, false, &mut tokens, &mut comments);
            if let Kind::Choice { head, name } = inner.kind
                && self.choice(head, name, inner.rest, index)
            {
                return true;
            }
        }
        self.add_text(rest);
        placed
    }

    /// In an annex a line with tabs between its words is a table's row, whatever it begins with.
    fn is_tab_row(&self, head: Span, rest: Span) -> bool {
        let in_annex = self.stack.iter().any(|open| self.tree.unit(open.unit).kind == UnitKind::Annex);
        in_annex && self.slice(rest).contains('\t') && !self.slice(head).contains('\t')
    }

    fn mark_in_front(&self, marks: &[Mark]) -> bool {
        self.region == Region::Preamble
            && self.blank
            && marks.first().is_some_and(|mark| mark.shape == Shape::Dot && ordinals(mark).any(|ordinal| ordinal.opens()))
            && words::ended(self.slice(self.last_line))
            && self.slice(self.last_line).trim_end().ends_with([':', '.'])
    }

    /// Marks above the preamble open the text only where something that is no masthead stands above them.
    fn front_is_over(&self) -> bool {
        self.tree.units.len() > 1 && (self.ended || self.blank)
    }

    fn item_kind(&self, depth: usize) -> UnitKind {
        let owner = self.tree.unit(self.stack[depth].unit);
        if is_container(owner.kind) { UnitKind::Paragraph } else { UnitKind::Point }
    }

    /// Where a mark belongs: the position on the stack of the unit whose list it is in, and how it is to be read. `None` if it is no mark.
    fn place(&self, mark: &Mark, rest: Span, follows_mark: bool) -> Option<(usize, Ordinal)> {
        let clear = self.ended || self.blank || follows_mark;
        let barrier = self.container();
        if mark.shape == Shape::Dash {
            return self.place_dash(mark, clear, barrier);
        }
        let floor = self.floor();
        let alike = |list: &Ordinal, ordinal: &Ordinal| list.shape == ordinal.shape && list.alphabet == ordinal.alphabet;
        let may_follow = clear || !(words::asks_for_number(self.slice(self.last_line)) || words::is_no_item(self.slice(rest)));
        if may_follow {
            let ready = clear || self.list_goes_on(rest);
            for strict in [true, false] {
                for depth in (floor..self.stack.len()).rev() {
                    let open = &self.stack[depth];
                    for list in [open.list, open.in_first_choice].into_iter().flatten() {
                        let fits = |ordinal: &Ordinal| ordinal.follows(&list) && (alike(&list, ordinal) || !strict && clear);
                        if let Some(ordinal) = ordinals(mark).find(fits)
                            && (ready || list.shape == ordinal.shape)
                            && ready
                        {
                            return Some((depth, ordinal));
                        }
                    }
                }
            }
        }
        if !clear {
            return None;
        }
        if let Some(ordinal) = ordinals(mark).find(Ordinal::opens) {
            return Some((self.opening_depth(&ordinal, barrier), ordinal));
        }
        self.place_out_of_order(mark, barrier)
    }

    /// Without a stop above, a mark counts only where its words could begin a point.
    fn list_goes_on(&self, rest: Span) -> bool {
        let above = self.slice(self.last_line).trim_end_matches(is_gap);
        above.ends_with([',']) || above.ends_with("and") || above.ends_with("or") || !self.slice(rest).is_empty() && !words::begins_small(above)
            || self.slice(rest).chars().next().is_some_and(|c| c.is_uppercase() || c.is_lowercase())
    }

    fn place_dash(&self, mark: &Mark, clear: bool, barrier: usize) -> Option<(usize, Ordinal)> {
        let ordinal = ordinals(mark).next()?;
        if !clear {
            return None;
        }
        for depth in (barrier..self.stack.len()).rev() {
            if let Some(list) = self.stack[depth].list
                && list.shape == Shape::Dash
            {
                return Some((depth, Ordinal { value: list.value + 1, ..ordinal }));
            }
        }
        Some((self.opening_depth(&ordinal, barrier), ordinal))
    }

    /// Where a list that begins here hangs: below the words above if they leave a chapeau open, else where its style was used before.
    fn opening_depth(&self, ordinal: &Ordinal, barrier: usize) -> usize {
        let top = self.stack.len() - 1;
        let unit = self.tree.unit(self.stack[top].unit);
        let chapeau = self.tree.text(unit).last().map(|span| self.slice(*span));
        let opens = chapeau.is_none_or(words::opens_points);
        if !opens || top >= DEEPEST {
            let same = |open: &Open| open.list.is_some_and(|list| list.shape == ordinal.shape && list.alphabet == ordinal.alphabet);
            if let Some(at) = self.stack[barrier..].iter().rposition(same) {
                return barrier + at;
            }
            let numbered = unit.ordinal.is_some();
            if !numbered && chapeau.is_some_and(|words| words.trim_end_matches(is_gap).ends_with('.')) && ordinal.alphabet == Alphabet::Digit {
                return barrier;
            }
        }
        if matches!(unit.kind, UnitKind::Tail | UnitKind::Footnote | UnitKind::Row | UnitKind::Quote | UnitKind::Recital) && !opens {
            return barrier;
        }
        top.min(DEEPEST)
    }

    /// A number that neither goes on nor begins: kept where its style is in use, or where nothing has been numbered yet.
    fn place_out_of_order(&self, mark: &Mark, barrier: usize) -> Option<(usize, Ordinal)> {
        if !self.blank && !self.line_is_paragraph {
            return None;
        }
        let mut readings: Vec<Ordinal> = ordinals(mark).collect();
        readings.sort_by_key(|ordinal| matches!(ordinal.alphabet, Alphabet::RomanLower | Alphabet::RomanUpper));
        for depth in (barrier..self.stack.len()).rev() {
            let Some(list) = self.stack[depth].list else { continue };
            let near = |ordinal: &&Ordinal| list.shape == ordinal.shape && list.alphabet == ordinal.alphabet && ordinal.value <= list.value + 12;
            if let Some(ordinal) = readings.iter().find(near) {
                return Some((depth, *ordinal));
            }
        }
        let first = readings.first().copied().filter(|ordinal| ordinal.value <= 60)?;
        let fresh = self.stack.len() - 1 == barrier && self.stack[barrier].list.is_none();
        (fresh && matches!(first.alphabet, Alphabet::Digit | Alphabet::Lower)).then_some((barrier, first))
    }

    // ── Words ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn prose(&mut self, content: Span, index: usize) {
        if content.is_empty() {
            return;
        }
        match self.region {
            Region::Front => return self.front(content),
            Region::Preamble => return self.recital(content),
            Region::Testimonium => {
                if self.current.is_none() {
                    self.push(UnitKind::Testimonium, None, Span::at(content.start));
                }
                return self.add_text(content);
            }
            Region::Body => {}
        }
        if let Some(id) = self.awaits_title {
            if self.takes_title(id, content, index) {
                return self.add_title(id, content);
            }
            self.awaits_title = None;
            self.ended = true;
        }
        if self.is_row(content) {
            return self.row(content);
        }
        if self.continues(content) {
            self.add_text(content);
        } else {
            self.new_paragraph(content);
        }
    }

    fn is_row(&self, content: Span) -> bool {
        let words = self.slice(content);
        words.contains('\t') && words.trim_matches(is_gap).contains('\t') && self.stack.iter().any(|open| self.tree.unit(open.unit).kind == UnitKind::Annex)
    }

    fn takes_title(&self, id: UnitId, content: Span, index: usize) -> bool {
        let unit = self.tree.unit(id);
        let words = self.slice(content);
        let so_far = unit.title.len();
        let placeholder = words.starts_with('[') && ["deleted", "to be ", "reserved", "placeholder", "tbd"].iter().any(|word| words[1..].to_lowercase().starts_with(word));
        if placeholder || self.blank && words.split(is_gap).count() > 14 {
            return false;
        }
        let of_annex = unit.kind == UnitKind::Annex && words.starts_with("to the ");
        if so_far >= 3 || !(words::is_title(words) || of_annex) || so_far > 0 && self.blank {
            return false;
        }
        let Some(next) = self.lines.get(index + 1) else { return true };
        let next_words = self.slice(next.content);
        let parts = !matches!(next.line.kind, Kind::Prose) || !words::begins_small(next_words);
        parts || words::is_title(&format!("{words} {next_words}"))
    }

    fn front(&mut self, content: Span) {
        let words = self.slice(content);
        if words::opens_preamble(words) && self.tree.units.len() > 1 || words.eq_ignore_ascii_case("preamble") || words::opens_preamble(words) && !words::is_title(words) {
            self.pop_to(0);
            self.push(UnitKind::Preamble, None, Span::at(content.start));
            self.region = Region::Preamble;
            return self.recital(content);
        }
        let has_title = self.tree.units.iter().any(|unit| unit.kind == UnitKind::Title);
        let kind = if words::names_instrument(words) && words::is_title(words) || has_title { UnitKind::Title } else { UnitKind::Masthead };
        let open = self.stack.last().map(|open| self.tree.unit(open.unit).kind);
        if has_title && !words::is_title(words) && self.blank && !words.starts_with('[') {
            // Prose below the title and no parties: the text has no preamble of the usual form.
            self.pop_to(0);
            self.push(UnitKind::Preamble, None, Span::at(content.start));
            self.region = Region::Preamble;
            return self.recital(content);
        }
        if open != Some(kind) {
            self.pop_to(0);
            self.push(kind, None, Span::at(content.start));
        }
        self.current = self.stack.last().map(|open| open.unit);
        self.add_text(content);
    }

    fn recital(&mut self, content: Span) {
        let words = self.slice(content);
        let bare = words.trim_matches(|c: char| !c.is_alphabetic());
        let closes = words::closes_preamble(words);
        if bare.eq_ignore_ascii_case("preamble") {
            let preamble = self.stack.iter().find(|open| self.tree.unit(open.unit).kind == UnitKind::Preamble);
            let id = preamble.map_or(UnitId::ROOT, |open| open.unit);
            self.add_title(id, content);
            self.current = None;
            return;
        }
        let starts_new = self.current.is_none() || self.blank || self.ended && !words::begins_small(words) || self.recital_begins(words);
        if starts_new {
            let depth = self.stack.iter().rposition(|open| self.tree.unit(open.unit).kind == UnitKind::Preamble).unwrap_or(0);
            self.pop_to(depth);
            self.push(UnitKind::Recital, None, Span::at(content.start));
        }
        self.add_text(content);
        if closes {
            self.pop_to(0);
            self.region = Region::Body;
        }
    }

    fn recital_begins(&self, words: &str) -> bool {
        let above = self.slice(self.last_line).trim_end_matches(is_gap);
        above.ends_with([',', ';']) && words.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a line without mark goes on with the unit above it.
    fn continues(&self, content: Span) -> bool {
        let Some(current) = self.current else { return false };
        let unit = self.tree.unit(current);
        if unit.text.is_empty() && !self.blank {
            return true;
        }
        let small = words::begins_small(self.slice(content));
        if self.blank {
            return !self.ended && small;
        }
        if self.line_is_paragraph {
            return !self.ended || small && !matches!(unit.kind, UnitKind::Point);
        }
        let stop = self.slice(self.last_line).trim_end_matches(is_gap).ends_with('.');
        !(unit.kind == UnitKind::Point && stop && !small)
    }

    fn new_paragraph(&mut self, content: Span) {
        let barrier = self.container();
        let small = words::begins_small(self.slice(content));
        match self.tail_owner(barrier, small) {
            Some(depth) => {
                self.pop_to(depth);
                self.push(UnitKind::Tail, None, Span::at(content.start));
                self.add_text(content);
            }
            None => {
                self.pop_to(barrier);
                self.start_paragraph(content);
            }
        }
    }

    /// The unit that flush text belongs to: what opened the list above, or the numbered paragraph above.
    fn tail_owner(&self, barrier: usize, small: bool) -> Option<usize> {
        let is_list = |depth: usize| self.stack[depth].list.is_some();
        let owners = (barrier + 1..self.stack.len()).filter(|depth| is_list(*depth));
        let owner = if small { owners.last() } else { owners.into_iter().next() };
        if owner.is_some() {
            return owner;
        }
        let top = self.stack.len() - 1;
        let numbered = |depth: &usize| self.tree.unit(self.stack[*depth].unit).ordinal.is_some();
        (barrier + 1..=top).find(numbered)
    }

    fn start_paragraph(&mut self, content: Span) {
        self.push(UnitKind::Paragraph, None, Span::at(content.start));
        self.add_text(content);
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
