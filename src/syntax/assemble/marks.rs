//! Marks: which list a number goes on with or opens, and where it hangs.

use super::*;

impl Machine<'_> {
    pub(super) fn item(&mut self, head: Span, marks: &[Mark], rest: Span, index: usize) -> bool {
        if matches!(self.region, Region::Preamble | Region::Testimonium) && !self.mark_in_front(marks) {
            return false;
        }
        if self.region == Region::Front && !self.front_is_over() && !(self.headless && words::binds(self.slice(rest))) {
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
            let Some((depth, ordinal)) = self.place(mark, rest, follows_mark, index) else {
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
    fn place(&self, mark: &Mark, rest: Span, follows_mark: bool, index: usize) -> Option<(usize, Ordinal)> {
        let clear = self.ended || self.blank || follows_mark || self.opens_under_open_words(mark, index);
        let barrier = self.container();
        if mark.shape == Shape::Dash {
            return self.place_dash(mark, clear, barrier);
        }
        let floor = self.floor();
        let alike = |list: &Ordinal, ordinal: &Ordinal| list.shape == ordinal.shape && list.alphabet == ordinal.alphabet;
        let may_follow = clear || !(words::asks_for_number(self.slice(self.last_line)) || words::is_no_item(self.slice(rest)));
        if may_follow {
            let ready = clear || self.list_goes_on(rest);
            // A list whose marks stand in this one's column first: "9." at the margin does not go on an indented list.
            let column = self.column(mark.span);
            for (strict, aligned) in [(true, true), (true, false), (false, false)] {
                for depth in (floor..self.stack.len()).rev() {
                    let open = &self.stack[depth];
                    for list in [open.list, open.in_first_choice].into_iter().flatten() {
                        if aligned && self.column(list.span) != column {
                            continue;
                        }
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
        if !clear && !words::ends_in_joint(self.slice(self.last_line)) {
            return None;
        }
        // "B. Immunities / 10. Each Party ...": the numbers of section A run on.
        for depth in (floor..self.stack.len() - 1).rev() {
            if let Some(list) = self.stack[depth].in_last_child
                && self.stack[depth + 1].list.is_none()
                && let Some(ordinal) = ordinals(mark).find(|ordinal| ordinal.follows(&list) && alike(&list, ordinal))
            {
                return Some((depth + 1, ordinal));
            }
        }
        if let Some(ordinal) = ordinals(mark).find(Ordinal::opens) {
            let indented = self.stack[barrier..].iter().rev().find_map(|open| open.list.filter(|list| alike(list, &ordinal)));
            if indented.is_some_and(|list| self.column(mark.span) > self.column(list.span) + 1) {
                return Some(((self.stack.len() - 1).min(DEEPEST), ordinal));
            }
            return Some((self.opening_depth(&ordinal, barrier), ordinal));
        }
        self.place_out_of_order(mark, barrier)
    }

    /// "Each Party shall / (a) sell grain; / (b) store it": words that end in no sign are a chapeau where a list goes on below its first mark.
    fn opens_under_open_words(&self, mark: &Mark, index: usize) -> bool {
        const FAR: usize = 12;
        let Some(first) = ordinals(mark).find(|ordinal| ordinal.opens()).filter(|_| mark.shape == Shape::Both) else { return false };
        if words::asks_for_number(self.slice(self.last_line)) {
            return false;
        }
        let below = self.lines[index + 1..].iter().take(FAR);
        below.take_while(|line| !matches!(line.line.kind, Kind::Heading { .. })).any(|line| match &line.line.kind {
            Kind::Item { marks, .. } => marks.first().is_some_and(|next| {
                next.shape == Shape::Both
                    && self.column(next.span) == self.column(mark.span)
                    && ordinals(next).any(|next| next.follows(&first) && next.alphabet == first.alphabet)
            }),
            _ => false,
        })
    }

    /// How far a mark stands from its line's beginning, in bytes.
    fn column(&self, span: Span) -> u32 {
        const FURTHEST: u32 = 80;
        let from = span.start.saturating_sub(FURTHEST) as usize;
        let before = &self.text.as_bytes()[from..span.start as usize];
        memchr::memrchr(b'\n', before).map_or(before.len(), |at| before.len() - at - 1) as u32
    }

    /// Without a stop above, a mark counts only where its words could begin a point.
    fn list_goes_on(&self, rest: Span) -> bool {
        let above = self.slice(self.last_line).trim_end_matches(is_gap);
        above.ends_with([','])
            || above.ends_with("and")
            || above.ends_with("or")
            || !self.slice(rest).is_empty() && !words::begins_small(above)
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
            if !numbered
                && chapeau.is_some_and(|words| words.trim_end_matches(is_gap).ends_with('.'))
                && ordinal.alphabet == Alphabet::Digit
            {
                return barrier;
            }
        }
        if matches!(unit.kind, UnitKind::Tail | UnitKind::Footnote | UnitKind::Row | UnitKind::Quote | UnitKind::Recital) && !opens {
            return barrier;
        }
        top.min(DEEPEST)
    }

    /// In a list without empty lines: a number at most two off, in its list's own column and shape, behind a clause that has ended.
    fn place_beside(&self, mark: &Mark, readings: &[Ordinal]) -> Option<(usize, Ordinal)> {
        let depth = (self.floor()..self.stack.len()).rev().find(|depth| self.stack[*depth].list.is_some())?;
        let list = self.stack[depth].list?;
        let near = |ordinal: &&Ordinal| {
            list.shape == ordinal.shape && list.alphabet == ordinal.alphabet && ordinal.value.abs_diff(list.value) <= 2
        };
        let found = readings.iter().find(near).filter(|_| self.column(list.span) == self.column(mark.span))?;
        Some((depth, *found))
    }

    /// A number that neither goes on nor begins: kept where its style is in use, or where nothing has been numbered yet.
    fn place_out_of_order(&self, mark: &Mark, barrier: usize) -> Option<(usize, Ordinal)> {
        let mut readings: Vec<Ordinal> = ordinals(mark).collect();
        readings.sort_by_key(|ordinal| matches!(ordinal.alphabet, Alphabet::RomanLower | Alphabet::RomanUpper));
        if !self.blank && !self.line_is_paragraph {
            return self.place_beside(mark, &readings);
        }
        // A small gap in a list further out is likelier than a step back in the nearest.
        let floor = self.floor();
        let gap = |depth: &usize| {
            let list = self.stack[*depth].list?;
            let ahead = |ordinal: &&Ordinal| {
                list.shape == ordinal.shape
                    && list.alphabet == ordinal.alphabet
                    && (list.value + 1..=list.value + 3).contains(&ordinal.value)
            };
            let found = readings.iter().find(ahead)?;
            Some((self.column(list.span) != self.column(mark.span), found.value - list.value, *found))
        };
        let ahead =
            (floor..self.stack.len()).rev().filter_map(|depth| gap(&depth).map(|(apart, gap, ordinal)| (apart, gap, depth, ordinal)));
        if let Some((.., depth, ordinal)) = ahead.min_by_key(|(apart, gap, ..)| (*apart, *gap)) {
            return Some((depth, ordinal));
        }
        for depth in (barrier..self.stack.len()).rev() {
            let Some(list) = self.stack[depth].list else { continue };
            let near =
                |ordinal: &&Ordinal| list.shape == ordinal.shape && list.alphabet == ordinal.alphabet && ordinal.value <= list.value + 12;
            if let Some(ordinal) = readings.iter().find(near) {
                return Some((depth, *ordinal));
            }
        }
        let first = readings.first().copied().filter(|ordinal| ordinal.value <= 60)?;
        let fresh = self.stack.len() - 1 == barrier && self.stack[barrier].list.is_none();
        (fresh && matches!(first.alphabet, Alphabet::Digit | Alphabet::Lower)).then_some((barrier, first))
    }
}
