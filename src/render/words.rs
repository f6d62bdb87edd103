//! The words of a finding in the order in which the human forms show them, made safe for a terminal.

use super::Look;
use crate::diagnostic::{Applicability, Diagnostic};
use std::borrow::Cow;

/// What stands in for a character that a terminal would obey; one column wide.
const UNSHOWN: char = '\u{fffd}';

/// The character that is shown for one: itself, or [`UNSHOWN`] where it would steer the terminal or turn the reading direction.
pub(super) fn shown(char: char) -> char {
    match char {
        '\t' => char,
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => UNSHOWN,
        _ if char.is_control() => UNSHOWN,
        _ => char,
    }
}

/// Text on one line without a character that a terminal would obey.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) || text.chars().all(|char| char != '\t' && shown(char) == char) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|char| if char == '\t' { ' ' } else { shown(char) }).collect())
}

/// The message with the reading that brings it.
pub(super) fn message(diagnostic: &Diagnostic) -> Cow<'_, str> {
    match &diagnostic.reading {
        None => clean(&diagnostic.message),
        Some(reading) => format!("{} ({})", clean(&diagnostic.message), clean(reading)).into(),
    }
}

/// The message behind its severity and code, as compilers print it.
pub(super) fn headline(diagnostic: &Diagnostic) -> String {
    format!("{}[{}]: {}", diagnostic.severity.word(), diagnostic.code.name, message(diagnostic))
}

/// What follows the excerpt: a word that says what it is, and the text, a line each.
pub(super) fn remarks(diagnostic: &Diagnostic) -> Vec<(&'static str, Vec<String>)> {
    let lines = |text: &str| text.lines().map(|line| clean(line).into_owned()).collect::<Vec<_>>();
    let mut remarks = Vec::new();
    if !diagnostic.locator.is_empty() {
        remarks.push(("in", lines(&diagnostic.locator)));
    }
    remarks.extend(diagnostic.notes.iter().map(|note| ("note", lines(note))));
    if diagnostic.uncertain {
        remarks.push(("note", vec!["uncertain: the text can be read otherwise".to_owned()]));
    }
    remarks.extend(diagnostic.help.iter().map(|help| ("help", lines(help))));
    remarks.extend(diagnostic.fixes.iter().map(|fix| {
        let word = if fix.applicability == Applicability::Safe { "fix" } else { "fix (unsafe)" };
        (word, lines(&fix.title))
    }));
    remarks
}

/// Writes the remarks of findings that are drawn together, each under its rule's name where there are several.
pub(super) fn all_remarks(together: &[Diagnostic], indent: &str, look: Look, out: &mut String) {
    let mut told = Vec::new();
    let several = together.len() > 1;
    let under = if several { format!("{indent}  ") } else { indent.to_owned() };
    for diagnostic in together {
        let remarks: Vec<_> = remarks(diagnostic).into_iter().filter(|remark| !told.contains(remark)).collect();
        if told.is_empty() && !remarks.is_empty() && !indent.is_empty() {
            out.push('\n');
        }
        if several && !remarks.is_empty() {
            out.push_str(&format!("{indent}{}\n", diagnostic.code.name));
        }
        for (word, lines) in &remarks {
            remark(&under, word, lines, look, out);
        }
        told.extend(remarks);
    }
}

/// Writes one remark, wrapped, further lines under its first word.
pub(super) fn remark(indent: &str, word: &str, lines: &[String], look: Look, out: &mut String) {
    let hanging = indent.len() + word.len() + 2;
    let room = look.width.saturating_sub(hanging).max(30);
    let (on, off) = if look.colour { ("\x1b[36m", "\x1b[0m") } else { ("", "") };
    out.push_str(&format!("{indent}{on}{word}:{off} "));
    for (index, line) in lines.iter().flat_map(|line| wrapped(line, room)).enumerate() {
        if index > 0 {
            out.push_str(&" ".repeat(hanging));
        }
        out.push_str(&line);
        out.push('\n');
    }
    if lines.is_empty() {
        out.push('\n');
    }
}

/// A text in lines of at most `room` characters, broken at spaces.
pub(super) fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            lines.push(String::new());
            used = 0;
        }
        // Every line but a first empty one starts with a word, so a line is never missing.
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += length;
        }
    }
    lines
}
