//! Lines without a mark: title, recital, the next line of a paragraph, flush text.

use super::*;

impl Machine<'_> {
    pub(super) fn prose(&mut self, content: Span, index: usize) {
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
        words.contains('\t')
            && words.trim_matches(is_gap).contains('\t')
            && self.stack.iter().any(|open| self.tree.unit(open.unit).kind == UnitKind::Annex)
    }

    fn takes_title(&self, id: UnitId, content: Span, index: usize) -> bool {
        let unit = self.tree.unit(id);
        let words = self.slice(content);
        let so_far = unit.title.len();
        let placeholder = words.starts_with('[')
            && ["deleted", "to be ", "reserved", "placeholder", "tbd"].iter().any(|word| words[1..].to_lowercase().starts_with(word));
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
        if self.headless && words::binds(words) {
            // A text that has neither headings nor a preamble begins with its first clause.
            self.pop_to(0);
            self.region = Region::Body;
            return self.new_paragraph(content);
        }
        if words::opens_preamble(words) && self.tree.units.len() > 1
            || words::closes_preamble(words)
            || words.eq_ignore_ascii_case("preamble")
            || words::opens_preamble(words) && !words::is_title(words)
        {
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
        let mut owners = owners;
        let owner = if small { owners.next_back() } else { owners.next() };
        if owner.is_some() {
            return owner;
        }
        let top = self.stack.len() - 1;
        let numbered = |depth: &usize| self.tree.unit(self.stack[*depth].unit).ordinal.is_some();
        (barrier + 1..=top).find(numbered)
    }

    pub(super) fn start_paragraph(&mut self, content: Span) {
        self.push(UnitKind::Paragraph, None, Span::at(content.start));
        self.add_text(content);
    }
}
