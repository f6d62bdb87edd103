//! Where text lives. A source is one file read whole; everything else borrows from it and speaks of it in byte spans.
//!
//! Lines, columns and UTF-16 units are worked out here and nowhere else. This layer knows nothing of treaties.

use std::sync::OnceLock;

/// Which of the run's files a span belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to, not including, byte `end`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// An empty span at a byte.
    #[must_use]
    pub fn at(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn touches(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether they share a byte or stand side by side, as a cursor stands at the words before and behind it.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// A place as people count: lines and columns from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1. Only LF and CRLF end lines.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values; a byte order mark does not count, a tab counts 1.
    pub column: u32,
}

/// One file's text and what is needed to find places in it.
#[derive(Debug)]
pub struct Source {
    /// The path as given, joined with `/`; `<stdin>` for unnamed standard input.
    pub path: String,
    text: String,
    first_bad_byte: Option<u32>,
    line_starts: OnceLock<Vec<u32>>,
}

/// Lines that end in a carriage return alone, as old text editors left them, end in a line feed.
fn with_line_feeds(text: String) -> String {
    let bytes = text.as_bytes();
    if memchr::memchr(b'\r', bytes).is_none() || memchr::memchr(b'\n', bytes).is_some() {
        return text;
    }
    text.replace('\r', "\n")
}

/// The byte that stands for one that was no UTF-8: U+001A SUBSTITUTE, one byte wide, so that every offset stays true.
pub const SUBSTITUTE: char = '\u{1a}';

impl Source {
    /// Reads text. Carriage returns of a file without line feeds are read as such, byte for byte. Never fails: a byte that is not UTF-8 becomes [`SUBSTITUTE`], and [`Source::first_bad_byte`] tells where the first was.
    ///
    /// # Panics
    /// Where the text is 4 GiB or more: callers turn such a file away first (see [`Source::LIMIT`]).
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        assert!(bytes.len() < Self::LIMIT, "a source is smaller than 4 GiB");
        let (text, first_bad_byte) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let first = error.utf8_error().valid_up_to() as u32;
                (substitute_bad_bytes(&error.into_bytes()), Some(first))
            }
        };
        let text = with_line_feeds(text);
        Self { path: path.into(), text, first_bad_byte, line_starts: OnceLock::new() }
    }

    /// Sources are smaller than this many bytes, so that a span fits two `u32`.
    pub const LIMIT: usize = u32::MAX as usize;

    /// The whole text; as many bytes as the file has.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text that a span covers. A span that fits no character boundary gives the empty text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Byte offset of the first byte that is not UTF-8.
    #[must_use]
    pub fn first_bad_byte(&self) -> Option<u32> {
        self.first_bad_byte
    }

    /// Length of the byte order mark: 0 or 3 bytes.
    #[must_use]
    pub fn bom(&self) -> u32 {
        if self.text.starts_with('\u{feff}') { 3 } else { 0 }
    }

    /// Byte offsets of the line starts, the first being 0.
    #[must_use]
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let mut starts = Vec::with_capacity(self.text.len() / 60 + 1);
            starts.push(0);
            starts.extend(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at as u32 + 1));
            starts
        })
    }

    /// Line of a byte, from 0.
    #[must_use]
    pub fn line_index(&self, offset: u32) -> usize {
        self.line_starts().partition_point(|start| *start <= offset) - 1
    }

    /// The bytes of line `index` (from 0) without its line ending; past the last line an empty span at the end.
    #[must_use]
    pub fn line_span(&self, index: usize) -> Span {
        let starts = self.line_starts();
        let Some(start) = starts.get(index).copied() else { return Span::at(self.text.len() as u32) };
        let mut end = starts.get(index + 1).map_or(self.text.len() as u32, |next| next - 1);
        if end > start && self.text.as_bytes()[end as usize - 1] == b'\r' {
            end -= 1;
        }
        Span::new(start, end)
    }

    /// Line and column of a byte offset.
    #[must_use]
    pub fn place(&self, offset: u32) -> Place {
        let offset = offset.min(self.text.len() as u32);
        let line = self.line_index(offset);
        let start = self.line_starts()[line];
        Place { line: line as u32 + 1, column: self.scalars(start, offset) + 1 }
    }

    /// Unicode scalar values from byte `start` to byte `end`, the byte order mark aside.
    fn scalars(&self, start: u32, end: u32) -> u32 {
        let bytes = &self.text.as_bytes()[start as usize..end as usize];
        let count = bytes.iter().filter(|byte| !is_continuation(**byte)).count() as u32;
        if start == 0 && self.bom() > 0 && end >= self.bom() { count - 1 } else { count }
    }

    /// Line (from 0) and column (from 0, in UTF-16 code units) of a byte offset: what editors' protocols count in.
    #[must_use]
    pub fn utf16(&self, offset: u32) -> (u32, u32) {
        let offset = offset.min(self.text.len() as u32);
        let line = self.line_index(offset);
        let before = self.slice(Span::new(self.line_starts()[line], offset));
        (line as u32, before.chars().map(char::len_utf16).sum::<usize>() as u32)
    }

    /// Places of many offsets in rising order, in one walk: a line of a megabyte with a thousand findings is read once.
    #[must_use]
    pub fn places(&self) -> Places<'_> {
        Places { source: self, line: usize::MAX, offset: 0, column: 0 }
    }
}

/// A walk over rising offsets; see [`Source::places`]. Falling offsets are answered too; short steps back on one line cost as little.
#[derive(Debug)]
pub struct Places<'a> {
    source: &'a Source,
    line: usize,
    offset: u32,
    column: u32,
}

impl Places<'_> {
    /// Line and column of a byte offset.
    pub fn place(&mut self, offset: u32) -> Place {
        let offset = offset.min(self.source.text.len() as u32);
        let line = self.source.line_index(offset);
        let start = self.source.line_starts()[line];
        if line == self.line && offset < self.offset && self.offset - offset < offset - start {
            self.column -= self.source.scalars(offset, self.offset);
            self.offset = offset;
        } else if line != self.line || offset < self.offset {
            self.line = line;
            self.offset = start;
            self.column = 0;
        }
        self.column += self.source.scalars(self.offset, offset);
        self.offset = offset;
        Place { line: line as u32 + 1, column: self.column + 1 }
    }
}

/// The files of one run.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// The first file, if there is one; an empty one else.
    #[must_use]
    pub fn into_first(self) -> Source {
        self.files.into_iter().next().unwrap_or_else(|| Source::new("", Vec::new()))
    }

    /// Takes a source in and says how it is called from now on.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId(self.files.len() as u32 - 1)
    }

    /// The source of a file.
    #[must_use]
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// All sources with their names.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (FileId(index as u32), source))
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

fn substitute_bad_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| SUBSTITUTE));
    }
    text
}

/// A path as a relative reference of RFC 3986: what is no letter, digit or one of `-._~/` is written in percent.
#[must_use]
pub fn as_uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            uri += &format!("%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, needle: &str) -> (u32, u32) {
        let source = Source::new("t", text.into());
        let place = source.place(text.find(needle).unwrap() as u32);
        (place.line, place.column)
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(place("é è x", "x"), (1, 5));
        assert_eq!(place("a\r\n\té x", "x"), (2, 4));
        assert_eq!(place("𝔸x", "x"), (1, 2));
    }

    #[test]
    fn a_byte_order_mark_counts_in_offsets_and_not_in_columns() {
        assert_eq!(place("\u{feff}Article 1", "Article"), (1, 1));
        assert_eq!(place("\u{feff}\nArticle 1", "Article"), (2, 1));
    }

    #[test]
    fn a_walk_gives_the_same_places() {
        let text = "Ärt 1\nb\r\n\nçç dd\n";
        let source = Source::new("t", text.into());
        let mut walk = source.places();
        for (offset, _) in text.char_indices() {
            assert_eq!(walk.place(offset as u32), source.place(offset as u32));
        }
        assert_eq!(walk.place(0), source.place(0));
        let text = "\u{feff}Ärt 1 çç dd";
        let source = Source::new("t", text.into());
        let mut walk = source.places();
        for (offset, _) in text.char_indices().rev() {
            assert_eq!(walk.place(offset as u32), source.place(offset as u32));
        }
    }

    #[test]
    fn bad_bytes_keep_every_offset() {
        let source = Source::new("t", b"a\xff\xfe b \xe2\x82 c".to_vec());
        assert_eq!(source.first_bad_byte(), Some(1));
        assert_eq!(source.text().len(), 10);
        assert_eq!(source.text().find('c'), Some(9));
    }

    #[test]
    fn lines_end_with_lf_or_crlf_only() {
        let source = Source::new("t", "a\u{2028}b\rc\r\nd".into());
        assert_eq!(source.line_starts(), [0, 9]);
        assert_eq!(source.slice(source.line_span(0)), "a\u{2028}b\rc");
        assert_eq!(source.slice(source.line_span(1)), "d");
        assert_eq!(source.utf16(9), (1, 0));
    }
}
