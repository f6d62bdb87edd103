//! The canonical layout of a draft: declarations, annotations, white space, and the names of who proposes in brackets. The treaty's words,
//! comments and line breaks stay.

use crate::source::{Source, Span};
use crate::syntax;
use crate::syntax::tree::{Bracket, Declaration, LineKind, Note, Owner, Tree, Unit};

/// Columns that a field is indented by, and twice that for the further lines of its value.
const STEP: usize = 2;

/// A draft in canonical layout. What is written wrongly stays as it is written, to be mended by whoever knows what was meant; where the new
/// layout would be read otherwise than the old one, the whole text stays.
#[must_use]
pub fn format(source: &Source) -> String {
    let tree = syntax::read(source.text());
    let text = Formatter { source, tree: &tree, edits: Vec::new() }.format();
    let again = syntax::read(&text);
    if shape(source.text(), &tree) == shape(&text, &again) { text } else { source.text().to_owned() }
}

/// The column of the first word of a clause, behind its number: annotations stand under it.
pub(crate) fn column_of_words(source: &Source, tree: &Tree, unit: &Unit) -> usize {
    let line = source.line_index(unit.head.start);
    let start = source.line_starts()[line] as usize;
    let first = tree.text(unit).first().filter(|first| source.line_index(first.start) == line);
    let words = first.map_or(unit.head.start, |first| first.start) as usize;
    source.text()[start..words.max(start)].chars().count()
}

/// What a text is read as: its units with their words, its notes and declarations, all without white space.
fn shape(text: &str, tree: &Tree) -> Vec<String> {
    let squeezed = |spans: &[Span]| -> String {
        let of = |span: &Span| text[span.start as usize..span.end as usize].chars().filter(|c| !c.is_whitespace()).collect::<String>();
        spans.iter().map(of).collect()
    };
    let units = tree.units.iter().map(|unit| {
        format!("{:?} {:?} {} {}", unit.kind, unit.parent, squeezed(&[unit.head]), squeezed(tree.text(unit)) + &squeezed(tree.title(unit)))
    });
    let notes = tree.notes.iter().map(|note| format!("{:?} {} {}", note.owner, squeezed(&[note.name]), squeezed(&note.value)));
    let fields = tree.declarations.iter().flat_map(|declaration| &declaration.fields);
    let fields = fields.map(|field| format!("{} {}", field.key, squeezed(&field.value)));
    let names = tree.declarations.iter().map(|declaration| {
        format!("{:?} {}", declaration.kind, squeezed(&declaration.id.into_iter().chain(declaration.name).collect::<Vec<_>>()))
    });
    let brackets = tree.brackets.iter().map(|bracket| format!("{:?} {} {}", bracket.kind, bracket.closed, bracket.depth));
    units.chain(notes).chain(fields).chain(names).chain(brackets).collect()
}

struct Formatter<'t> {
    source: &'t Source,
    tree: &'t Tree,
    /// What is written in place of what, in order and without overlap.
    edits: Vec<(Span, String)>,
}

impl Formatter<'_> {
    fn format(mut self) -> String {
        self.declarations();
        self.notes();
        self.brackets();
        self.edits.sort_by_key(|(span, _)| (span.start, span.end));
        self.edits.dedup_by(|later, earlier| later.0.start < earlier.0.end);
        self.write()
    }

    /// Writes line after line: edits applied, trailing white space cut, blank lines one at a time, a line ending at the end.
    fn write(&self) -> String {
        let text = self.source.text();
        let crlf = text.matches("\r\n").count();
        let ending = if crlf * 2 > text.matches('\n').count() { "\r\n" } else { "\n" };
        let mut out = String::with_capacity(text.len() + 64);
        let mut edits = self.edits.iter().peekable();
        let mut blank = true;
        let mut above = LineKind::Blank;
        for line in &self.tree.lines {
            let mut words = String::new();
            let mut from = line.span.start;
            while let Some((span, new)) = edits.next_if(|(span, _)| span.start < line.span.end) {
                words += &text[from as usize..span.start.max(from) as usize];
                words += new;
                from = span.end.max(from);
            }
            if from < line.span.end {
                words += &text[from as usize..line.span.end as usize];
            }
            let words = words.trim_end_matches(['\n', '\r', ' ', '\t']);
            if words.trim().is_empty() {
                if !blank {
                    out += ending;
                }
                blank = true;
                continue;
            }
            // The text stands apart from what is declared above it.
            if above == LineKind::Declaration && line.kind == LineKind::Text && !blank {
                out += ending;
            }
            out += words;
            out += ending;
            blank = false;
            above = line.kind;
        }
        if blank && out.ends_with(ending) && !out.is_empty() {
            out.truncate(out.len() - ending.len());
        }
        out
    }

    fn slice(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    fn line_start(&self, at: u32) -> u32 {
        self.source.line_starts()[self.source.line_index(at)]
    }

    /// Whether a mistake was told on the line of a place: then nobody knows what was meant.
    fn is_mistaken(&self, at: u32) -> bool {
        let line = self.source.line_index(at);
        self.tree.mistakes.iter().any(|mistake| self.source.line_index(mistake.span.start) == line)
    }

    fn put(&mut self, span: Span, new: String) {
        if self.slice(span) != new {
            self.edits.push((span, new));
        }
    }

    fn declarations(&mut self) {
        let tree = self.tree;
        for declaration in &tree.declarations {
            if !self.is_mistaken(declaration.span.start) {
                self.head(declaration);
            }
            for field in &declaration.fields {
                if self.is_mistaken(field.name.start) {
                    continue;
                }
                let start = self.line_start(field.name.start);
                let (first, rest) = match field.value.split_first() {
                    Some((first, rest)) if self.line_start(first.start) == start => (Some(first), rest),
                    _ => (None, field.value.as_slice()),
                };
                let name = self.slice(field.name).to_owned();
                let until = first.map_or(field.name.end, |first| first.start);
                let colon = if first.is_some() { ": " } else { "" };
                self.put(Span::new(start, until), format!("{}{name}{colon}", " ".repeat(STEP)));
                for line in rest {
                    self.put(Span::new(self.line_start(line.start), line.start), " ".repeat(2 * STEP));
                }
            }
        }
    }

    /// `party ATL: Republic of Atlantis`, `treaty "Pact"`.
    fn head(&mut self, declaration: &Declaration) {
        let start = self.line_start(declaration.span.start);
        let Some(name) = declaration.name else { return };
        let written = self.slice(Span::new(start, name.start));
        let opens = written.ends_with('"');
        let mut new = declaration.kind.keyword().to_owned();
        if let Some(id) = declaration.id {
            new += " ";
            new += self.slice(id);
        }
        new += match (opens, written.contains(':')) {
            (true, _) => " \"",
            (false, true) => ": ",
            // The name of a profile is its short name.
            (false, false) => return,
        };
        self.put(Span::new(start, name.start), new);
    }

    fn notes(&mut self) {
        let tree = self.tree;
        for note in &tree.notes {
            if self.is_mistaken(note.span.start) {
                continue;
            }
            let indent = " ".repeat(match note.owner {
                Owner::File => 0,
                Owner::Declaration(_) => STEP,
                Owner::Unit(unit) => column_of_words(self.source, tree, tree.unit(unit)),
            });
            self.note(note, &indent);
        }
    }

    fn note(&mut self, note: &Note, indent: &str) {
        let start = self.line_start(note.span.start);
        let mut new = format!("{indent}@{}", self.slice(note.name));
        let mut until = note.name.end;
        if let Some(rule) = note.rule {
            new += " ";
            new += self.slice(rule);
            until = rule.end;
        }
        let (first, rest) = match note.value.split_first() {
            Some((first, rest)) if self.line_start(first.start) == start => (Some(first), rest),
            _ => (None, note.value.as_slice()),
        };
        if let Some(first) = first {
            new += ": ";
            until = first.start;
        }
        self.put(Span::new(start, until), new);
        for line in rest {
            self.put(Span::new(self.line_start(line.start), line.start), format!("{indent}@ "));
        }
    }

    /// `[ATL, BOR: shall / CAL: should]`
    fn brackets(&mut self) {
        let tree = self.tree;
        let owners =
            |bracket: &Bracket| bracket.owners.into_iter().chain(bracket.slashes.iter().filter_map(|slash| slash.owners)).collect();
        for span in tree.brackets.iter().flat_map(|bracket| -> Vec<Span> { owners(bracket) }) {
            let behind = self.source.text()[span.end as usize..].bytes().take_while(|byte| *byte == b' ').count() as u32;
            let span = Span::new(span.start, span.end + behind);
            let new = names(self.slice(span));
            self.put(span, new);
        }
    }
}

/// The names of who proposes, as they are written in canonical layout: white space between words, behind commas and semicolons and behind
/// the colon, and nowhere else.
fn names(written: &str) -> String {
    let mut new = String::with_capacity(written.len() + 4);
    for word in written.split_whitespace() {
        // A sign that stands apart belongs to the word before it.
        if !new.is_empty() && !word.starts_with([',', ';', ':']) {
            new.push(' ');
        }
        for (at, c) in word.char_indices() {
            new.push(c);
            if matches!(c, ',' | ';') && at + 1 < word.len() {
                new.push(' ');
            }
        }
    }
    if written.ends_with([' ', '\t', '\u{a0}']) || new.ends_with(':') && !written.ends_with(['\n', '\r']) {
        new.push(' ');
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(text: &str) -> String {
        format(&Source::new("draft.tdl", text.as_bytes().to_vec()))
    }

    #[test]
    fn a_draft_is_laid_out_and_a_second_time_changes_nothing() {
        let draft = "treaty   \"Pact\"   // the third round\n   stage:   draft\nparty ATL :Atlantis\n\n\n    also:  the Republic;\n\t     Atlantis \nArticle 1  \n\n\n1. Each Party [ATL,BOR:  shall / CAL: should] report.\n@note:Settled\n@   in spring.\n(a) It reports.   // twice\n\n\n";
        let wanted = "treaty \"Pact\"   // the third round\n  stage: draft\nparty ATL: Atlantis\n\n  also: the Republic;\n    Atlantis\n\nArticle 1\n\n1. Each Party [ATL, BOR: shall / CAL: should] report.\n   @note: Settled\n   @ in spring.\n(a) It reports.   // twice\n";
        assert_eq!(formatted(draft), wanted);
        assert_eq!(formatted(wanted), wanted);
    }

    #[test]
    fn what_is_written_wrongly_is_left() {
        let draft = "treaty \"Pact\"\n   confidance :  60%\n\nArticle 1\n @alow   vague-time:x\n";
        assert_eq!(formatted(draft), draft);
    }

    #[test]
    fn line_endings_are_those_of_most_lines_and_the_last_line_has_one() {
        assert_eq!(formatted("treaty \"Pact\"\r\n\r\nArticle 1\r\n\nThe seat."), "treaty \"Pact\"\r\n\r\nArticle 1\r\n\r\nThe seat.\r\n");
        assert_eq!(formatted(""), "");
    }
}
