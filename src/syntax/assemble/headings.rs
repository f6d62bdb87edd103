//! Headings, and what stands on their own line: titles, first marks, text.

use super::*;

impl Machine<'_> {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn heading(
        &mut self,
        kind: HeadingKind,
        word: Span,
        head: Span,
        marks: &[Mark],
        about: bool,
        rest: Span,
        index: usize,
    ) -> bool {
        if !(self.ended || self.blank) || self.region == Region::Front && marks.is_empty() && !self.blank {
            return false;
        }
        if words::is_of_contents(self.slice(rest)) {
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

    /// A line that stands alone where a heading may stand, and names one but for a slip of the finger.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn slipped_heading(
        &mut self,
        kind: HeadingKind,
        word: Span,
        head: Span,
        marks: &[Mark],
        meant: &'static str,
        rest: Span,
        index: usize,
    ) -> bool {
        if !self.blank || self.awaits_title.is_some() || !self.heading(kind, word, head, marks, false, rest, index) {
            return false;
        }
        // Of "Article2" the word is right, and what is to be mended goes on to the number.
        let number = marks.first().filter(|_| meant.ends_with(' ')).map_or("", |mark| self.slice(mark.span));
        let word = if number.is_empty() { word } else { trimmed(self.text, head) };
        let written = self.slice(word);
        let mut mistake = Mistake::new("slipped-heading", word, format!("`{written}` is no heading"), "taken for a heading")
            .help(format!("did you mean `{meant}{number}`?"));
        mistake.fix = Some((format!("write `{meant}{number}`"), word, format!("{meant}{number}"), true));
        self.tree.mistakes.push(mistake);
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
            unit.kind == UnitKind::Division && same_word(self.slice(unit.head), self.slice(word))
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
        let borne = |mark: &&Mark| {
            elder.is_some_and(|elder| {
                ordinals(mark)
                    .any(|ordinal| ordinal.alphabet == elder.alphabet && ordinal.value <= elder.value && ordinal.suffix == elder.suffix)
            })
        };
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
        let stop = words
            .match_indices(". ")
            .map(|(at, _)| at)
            .take(4)
            .find(|at| *at < 80 && words::is_title(&words[..*at]) && words[..*at].split(' ').count() <= 8);
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
}

/// Whether two headings begin with one word, right or misspelt.
fn same_word(head: &str, word: &str) -> bool {
    let head = head.trim_start_matches(['[', '#', ' ']);
    head.starts_with(word) || head.split(is_gap).next().is_some_and(|first| is_slip(first, word) || is_slip(word, first))
}
