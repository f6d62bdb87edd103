//! The treaty alone, word for word: the source less declarations, annotations and comments.

use crate::source::{Source, Span};
use crate::syntax::tree::{LineKind, TokenKind, Tree};

/// The bytes of the treaty. Declarations go with the blank lines after them; `\[ \] \@ \//` lose the backslash; nothing is added.
#[must_use]
pub fn text(source: &Source, tree: &Tree) -> String {
    let text = source.text();
    let mut out = String::with_capacity(text.len());
    let after_head = tree.lines.iter().rposition(|line| line.kind == LineKind::Declaration && line.span.end <= tree.text_start);
    let mut in_head = after_head.is_some();
    for (index, line) in tree.lines.iter().enumerate() {
        if after_head.is_some_and(|last| index <= last) || matches!(line.kind, LineKind::Declaration | LineKind::Note | LineKind::Comment) {
            continue;
        }
        if in_head && line.kind == LineKind::Blank {
            continue;
        }
        in_head = false;
        push_line(text, line.span, tree, &mut out);
    }
    out
}

/// One line less its comment and the backslashes of its escapes.
fn push_line(text: &str, line: Span, tree: &Tree, out: &mut String) {
    let mut from = line.start;
    for token in tree.tokens_in(line) {
        match token.kind {
            TokenKind::Escape => {
                out.push_str(&text[from as usize..token.span.start as usize]);
                from = token.span.start + 1;
            }
            TokenKind::Comment => {
                out.push_str(text[from as usize..token.span.start as usize].trim_end_matches([' ', '\t']));
                from = token.span.end;
            }
            _ => {}
        }
    }
    out.push_str(&text[from as usize..line.end as usize]);
}
