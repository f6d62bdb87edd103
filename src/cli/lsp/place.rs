//! Positions and URIs: what the protocol calls a place, and what the linter calls one.

use super::super::args::Check;
use super::super::configuration::{Configuration, Unusable};
use super::super::files::Entry;
use super::Server;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use treatylint::options::Options;
use treatylint::source::{Source, Span, as_uri};

impl Server<'_> {
    pub fn range(&self, source: &Source, span: Span) -> Value {
        json!({ "start": self.position(source, span.start), "end": self.position(source, span.end) })
    }

    fn position(&self, source: &Source, offset: u32) -> Value {
        let (line, character) = self.line_and_column(source, offset);
        json!({ "line": line, "character": character })
    }

    /// Line and column of a byte, from 0, in the units agreed on.
    pub fn line_and_column(&self, source: &Source, offset: u32) -> (usize, usize) {
        let line = source.line_index(offset);
        let start = source.line_span(line).start;
        (line, self.length(source.slice(Span::new(start, offset.max(start)))))
    }

    /// How long words are in the units agreed on.
    pub fn length(&self, words: &str) -> usize {
        if self.utf8 { words.len() } else { words.encode_utf16().count() }
    }

    /// The byte at a position; one behind its line's end is the line's end.
    pub fn offset(&self, source: &Source, position: &Value) -> Option<u32> {
        let line = usize::try_from(position.get("line")?.as_u64()?).ok()?;
        let wanted = usize::try_from(position.get("character")?.as_u64()?).ok()?;
        if line >= source.line_starts().len() {
            return Some(source.text().len() as u32);
        }
        let span = source.line_span(line);
        let mut units = 0;
        for (at, c) in source.slice(span).char_indices() {
            if units >= wanted {
                return Some(span.start + at as u32);
            }
            units += if self.utf8 { c.len_utf8() } else { c.len_utf16() };
        }
        Some(span.end)
    }
}

/// The file behind a URI: for what a draft uses, and for the configuration that holds for it.
pub fn entry(uri: &str) -> Entry {
    let path = path(uri);
    Entry { shown: path.as_ref().map_or(uri.to_owned(), |path| path.display().to_string()), path }
}

/// The options that hold for a text, by the configuration nearest to it.
pub fn options(uri: &str) -> Result<Options, Unusable> {
    let Some(path) = path(uri) else { return Ok(Options::default()) };
    let configuration = Configuration::nearest(&path)?;
    // The names on the command line are what can be wrong here, and there are none.
    let options = configuration.options(&Check::nothing_said()).unwrap_or_default();
    Ok(configuration.options_for(&path.display().to_string(), &options).unwrap_or(options))
}

/// The path of a `file:` URI, percent signs undone.
fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let mut bytes = Vec::with_capacity(rest.len());
    let mut raw = rest.bytes();
    while let Some(byte) = raw.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [raw.next()?, raw.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    let path = String::from_utf8(bytes).ok()?;
    // "/c:/drafts" on Windows.
    let drive = path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if drive { &path[1..] } else { path.as_str() }))
}

/// The URI of a file.
pub fn uri_of_path(path: &Path) -> String {
    let path = path.display().to_string().replace('\\', "/");
    format!("file://{}{}", if path.starts_with('/') { "" } else { "/" }, as_uri(&path))
}

/// The URI of a file that a draft uses, by its path from the draft's own folder.
pub fn uri_of(draft: &str, path: &str) -> String {
    if path.starts_with('/') {
        return format!("file://{}", as_uri(path));
    }
    let folder = draft.rfind('/').map_or("", |slash| &draft[..=slash]);
    format!("{folder}{}", as_uri(path))
}
