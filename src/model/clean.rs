//! The words as they are read: what the eye skips is skipped. Wraps, soft hyphens, brackets of the reading at hand, annotations, footnote
//! marks and comments are out, white space is single, letters are small; a map leads back to the source.

use crate::source::Span;
use crate::syntax::parse::is_gap;
use crate::syntax::tree::{Bracket, BracketKind, TokenKind, Tree};

/// A half-open range of bytes in [`Clean`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Words {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Words {
    /// From byte to byte.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest range around both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The words of a treaty with the way back to the source.
#[derive(Debug, Default)]
pub struct Clean {
    lower: String,
    /// Where each run of bytes that stand together in the source begins: here, and there.
    runs: Vec<(u32, u32)>,
}

impl Clean {
    /// Words in small letters. A range that ends inside a letter, as "so many bytes behind it" may, is taken without that letter.
    #[must_use]
    pub fn lower(&self, words: Words) -> &str {
        let (start, end) = (words.start as usize, words.end as usize);
        self.lower.get(start..end).unwrap_or_else(|| {
            let (start, end) =
                (self.lower.ceil_char_boundary(start.min(self.lower.len())), self.lower.floor_char_boundary(end.min(self.lower.len())));
            self.lower.get(start..end).unwrap_or_default()
        })
    }

    /// Makes room for so many bytes of source.
    pub fn reserve(&mut self, length: usize) {
        self.lower.reserve(length);
        self.runs.reserve(length / 50);
    }

    /// Bytes so far.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.lower.len() as u32
    }

    /// Whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lower.is_empty()
    }

    /// Where words stand in the source: from the first byte of the first to the last byte of the last.
    #[must_use]
    pub fn span(&self, words: Words) -> Span {
        // A space may stand for a wide gap: what is at its start and its end is no place to end or begin.
        let lower = self.lower(words);
        let end = words.start + lower.trim_end_matches(' ').len() as u32;
        if end == words.start {
            return Span::at(self.there(words.start));
        }
        let start = self.there(words.end - lower.trim_start_matches(' ').len() as u32);
        Span::new(start, (self.there(end - 1) + 1).max(start))
    }

    /// The words with their capitals, on one line: what is read of the source, and nothing of what stands between.
    #[must_use]
    pub fn written(&self, source: &str, words: Words) -> String {
        let mut written = String::with_capacity(words.len() as usize);
        let mut run = self.runs.partition_point(|(here, _)| *here <= words.start).saturating_sub(1);
        let mut at = words.start;
        while at < words.end {
            let Some((here, there)) = self.runs.get(run) else { break };
            let end = self.runs.get(run + 1).map_or(words.end, |(next, _)| (*next).min(words.end));
            let lower = self.lower(Words::new(at, end.max(at)));
            let there = (there + (at - here)) as usize;
            // A run of a single space may stand for a line's end.
            let original = source.get(there..there + lower.len()).filter(|original| original.eq_ignore_ascii_case(lower));
            written.push_str(original.unwrap_or(lower));
            (at, run) = (end.max(at), run + 1);
        }
        written
    }

    fn there(&self, at: u32) -> u32 {
        let run = self.runs.partition_point(|(here, _)| *here <= at).saturating_sub(1);
        self.runs.get(run).map_or(0, |(here, there)| there + at.saturating_sub(*here))
    }

    /// Appends the text of lines less what is cut, with its capitals; [`Clean::settle`] makes them small. `cuts` are sorted and apart.
    pub fn push(&mut self, source: &str, lines: &[Span], cuts: &[Span]) -> Words {
        let start = self.len();
        let mut cut = lines.first().map_or(0, |first| cuts.partition_point(|cut| cut.end <= first.start));
        for line in lines {
            self.join_line(source, *line, start);
            let mut at = line.start;
            while at < line.end {
                while cut < cuts.len() && cuts[cut].end <= at {
                    cut += 1;
                }
                let next = cuts.get(cut).copied().filter(|cut| cut.start < line.end);
                let end = next.map_or(line.end, |cut| cut.start.max(at));
                self.push_run(source, Span::new(at, end), start);
                at = next.map_or(line.end, |cut| cut.end.max(at));
            }
        }
        while self.lower.len() > start as usize && self.lower.ends_with(' ') {
            self.lower.pop();
        }
        Words::new(start, self.len())
    }

    /// Parts the line from the one before it by a space, or joins a word that was parted by a hyphen.
    fn join_line(&mut self, source: &str, line: Span, start: u32) {
        if self.len() == start {
            return;
        }
        let begins_small = source[line.start as usize..line.end as usize].starts_with(|c: char| c.is_lowercase());
        let mut before = self.lower.chars().rev();
        if begins_small && before.next() == Some('-') && before.next().is_some_and(char::is_lowercase) {
            self.lower.pop();
        } else {
            // What parts them may be a wide gap: the last byte of it is no place to begin.
            self.space(source.floor_char_boundary((line.start as usize).saturating_sub(1)) as u32);
        }
    }

    fn space(&mut self, there: u32) {
        if !self.lower.is_empty() && !self.lower.ends_with(' ') {
            self.runs.push((self.len(), there));
            self.lower.push(' ');
        }
    }

    fn push_run(&mut self, source: &str, span: Span, start: u32) {
        let text = &source[span.start as usize..span.end as usize];
        let bytes = text.as_bytes();
        if is_clean(bytes) {
            self.flush(text, 0, bytes.len(), span.start);
            return;
        }
        let mut from = 0;
        let mut at = 0;
        while let Some(step) = bytes[at..].iter().position(|byte| MAY_BE_SKIPPED[usize::from(*byte)]) {
            at += step;
            let byte = bytes[at];
            let c = if byte < 0x80 { char::from(byte) } else { text[at..].chars().next().unwrap_or(' ') };
            let stays = match byte {
                // A space stays behind a word, but not behind another space.
                b' ' if at > from => bytes[at - 1] != b' ',
                b' ' => self.len() != start && !self.lower.ends_with(' '),
                0x80.. => !is_gap(c) && c != '\u{ad}',
                _ => false,
            };
            if !stays {
                self.flush(text, from, at, span.start);
                if c != '\u{ad}' && self.len() > start {
                    self.space(span.start + at as u32);
                }
                from = at + c.len_utf8();
            }
            at += c.len_utf8();
        }
        self.flush(text, from, bytes.len(), span.start);
    }

    fn flush(&mut self, text: &str, from: usize, to: usize, base: u32) {
        if from < to {
            self.runs.push((self.len(), base + from as u32));
            self.lower.push_str(&text[from..to]);
        }
    }

    /// Makes letters small from byte `from` on.
    pub fn settle(&mut self, from: u32) {
        // Only ASCII letters change, and they keep their width.
        if let Some(tail) = self.lower.get_mut(from as usize..) {
            tail.make_ascii_lowercase();
        }
    }
}

/// Whether nothing in a run is skipped: as most are, ASCII with single spaces.
fn is_clean(run: &[u8]) -> bool {
    !run.starts_with(b" ")
        && run.is_ascii()
        && memchr::memchr3(b'\t', b'\r', b'\n', run).is_none()
        && memchr::memmem::find(run, b"  ").is_none()
}

/// Bytes that the eye may skip, or that begin a sign which it may: white space, and the first bytes of the wide ones.
const MAY_BE_SKIPPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    const BYTES: [u8; 8] = [b' ', b'\t', b'\r', b'\n', 0xc2, 0xe2, 0xe3, 0xef];
    while at < BYTES.len() {
        table[BYTES[at] as usize] = true;
        at += 1;
    }
    table
};

/// Which alternative of a bracket is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The text of this alternative, from 0.
    Alternative(usize),
    /// Nothing.
    None,
}

/// What is read of each bracket where nothing else is said: contested text stays, of alternatives the first.
#[must_use]
pub fn base_choice(brackets: &[Bracket], index: usize) -> Taken {
    let bracket = &brackets[index];
    match bracket.kind {
        BracketKind::Editorial | BracketKind::Footnote => Taken::None,
        BracketKind::Contested | BracketKind::Blank | BracketKind::Literal => match bracket.set {
            // Sets are numbered as they begin, and their members stand in order: the first is the one whose left neighbour is in no set or another.
            Some(set) if index > 0 && brackets[..index].iter().rev().take(64).any(|other| other.set == Some(set)) => Taken::None,
            _ => Taken::Alternative(0),
        },
    }
}

/// What a choice cuts from the source.
pub fn cut_bracket(bracket: &Bracket, taken: Taken, inner: u32, cuts: &mut Vec<Span>) {
    if bracket.kind == BracketKind::Literal {
        return;
    }
    if !bracket.closed {
        cuts.push(bracket.open);
        return;
    }
    let Taken::Alternative(wanted) = taken else {
        cuts.push(bracket.open.to(bracket.close));
        return;
    };
    // Where each alternative begins and ends.
    let mut from = inner;
    cuts.push(Span::new(bracket.open.start, inner));
    for (index, slash) in bracket.slashes.iter().enumerate() {
        if index != wanted {
            cuts.push(Span::new(from, slash.span.start));
        }
        cuts.push(slash.span);
        from = slash.span.end;
    }
    if wanted != bracket.slashes.len() {
        cuts.push(Span::new(from, bracket.close.start));
    }
    cuts.push(bracket.close);
}

/// What braces, escapes and comments cut.
pub fn cut_tokens(tree: &Tree, cuts: &mut Vec<Span>) {
    for token in &tree.tokens {
        match token.kind {
            TokenKind::Brace | TokenKind::Comment => cuts.push(token.span),
            TokenKind::Escape => cuts.push(Span::new(token.span.start, token.span.start + 1)),
            TokenKind::Open | TokenKind::Close => {}
        }
    }
}

/// Sorts cuts and makes one of those that touch.
pub fn merge(cuts: &mut Vec<Span>) {
    cuts.retain(|cut| !cut.is_empty());
    cuts.sort_unstable();
    let mut kept = 0;
    for at in 0..cuts.len() {
        if kept > 0 && cuts[kept - 1].end >= cuts[at].start {
            cuts[kept - 1].end = cuts[kept - 1].end.max(cuts[at].end);
        } else {
            cuts[kept] = cuts[at];
            kept += 1;
        }
    }
    cuts.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str], cuts: &[(u32, u32)]) -> (String, Clean, String) {
        let source = lines.join("\n");
        let mut at = 0;
        let spans: Vec<Span> = lines
            .iter()
            .map(|line| {
                let span = Span::new(at, at + line.len() as u32);
                at = span.end + 1;
                span
            })
            .collect();
        let mut clean = Clean::default();
        let cuts: Vec<Span> = cuts.iter().map(|(a, b)| Span::new(*a, *b)).collect();
        let words = clean.push(&source, &spans, &cuts);
        clean.settle(0);
        (clean.lower(words).to_owned(), clean, source)
    }

    #[test]
    fn words_are_joined_as_the_eye_joins_them() {
        assert_eq!(read(&["The inter-", "national  con\u{ad}trol", "of\u{a0}arms"], &[]).0, "the international control of arms");
        assert_eq!(read(&["[ATL: shall]  meet"], &[(0, 6), (11, 12)]).0, "shall meet");
    }

    #[test]
    fn every_word_leads_back() {
        let (lower, clean, source) = read(&["The inter-", "national  con\u{ad}trol", "of arms"], &[]);
        for word in ["arms", "of", "the"] {
            let at = lower.find(word).unwrap() as u32;
            let span = clean.span(Words::new(at, at + word.len() as u32));
            assert_eq!(source[span.start as usize..span.end as usize].to_lowercase(), word);
        }
    }
}
