//! What interrupts the articles: options, quotations, rows, footnotes, the testimonium, declarations that come too late.

use super::*;

impl Machine<'_> {
    pub(super) fn choice(&mut self, head: Span, name: Span, rest: Span, index: usize) -> bool {
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

    pub(super) fn testimonium(&mut self, content: Span, rest: Span) -> bool {
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

    pub(super) fn quotation(&mut self, content: Span, index: usize) -> bool {
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

    pub(super) fn closes_quote(&self, content: Span) -> bool {
        let words = self.slice(content).trim_end_matches(|c| is_gap(c) || matches!(c, '.' | ';' | ','));
        words.ends_with(['”', '»']) || words.ends_with('"') && words.matches('"').count() % 2 == 1
    }

    pub(super) fn row(&mut self, content: Span) {
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

    pub(super) fn footnote(&mut self, content: Span) -> bool {
        let words = self.slice(content).trim_start_matches(is_gap);
        let marked = |mark: &str| self.footnote_marks.contains(mark);
        let bracketed = words.starts_with('[')
            && words.find(']').is_some_and(|end| end <= 4 && marked(&words[..=end]) && words[end + 1..].starts_with(is_gap));
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

    pub(super) fn late_declaration(&mut self, content: Span, kind: &Kind) -> bool {
        if let Kind::Declaration { kind, id, name } = kind {
            let (kind, id, name) = (*kind, *id, *name);
            // A second treaty is told as such.
            let second = kind == DeclarationKind::Treaty && self.tree.declarations.iter().any(|earlier| earlier.kind == kind);
            let late = (!second).then(|| {
                Mistake::new(
                    "late-declaration",
                    content,
                    format!("this `{}` stands below the text's first line", kind.keyword()),
                    "declarations stand above the text",
                )
                .other(self.first_line(), "the text begins here")
                .help("move it, with its fields, above the treaty's first line")
            });
            self.tree.mistakes.extend(late);
            self.tree.declarations.push(super::super::tree::Declaration {
                kind,
                span: content,
                id,
                name,
                fields: Vec::new(),
                notes: Vec::new(),
            });
            self.late_fields = true;
            return true;
        }
        if self.late_fields && self.slice(content).starts_with(is_gap) {
            let (mut tokens, mut comments) = (Vec::new(), Vec::new());
            let line = parse::line(self.slice(content), content.start, true, &mut tokens, &mut comments);
            let mut heads = Heads::default();
            if matches!(line.kind, Kind::Field { .. }) && matches!(heads.line(self.text, content, line.kind, self.tree), Verdict::Taken) {
                // It is no word of the treaty's, and so `--to text` leaves it out.
                let at = self.tree.lines.partition_point(|line| line.span.start < content.start);
                if let Some(line) = self.tree.lines.get_mut(at) {
                    line.kind = LineKind::Declaration;
                }
                return true;
            }
        }
        self.late_fields = false;
        false
    }

    /// The first line of the text that is not empty.
    fn first_line(&self) -> Span {
        let first = self.lines.iter().map(|line| trimmed(self.text, line.content)).find(|line| !line.is_empty());
        first.unwrap_or(Span::at(self.tree.text_start))
    }
}
