//! Pairs brackets and says what each is. Negotiators' brackets nest, cross paragraphs and articles, and sit inside words, so they are
//! tokens paired here by position, and no part of the grammar.

use super::parse::{self, is_gap};
use super::tree::{Bracket, BracketKind, Mistake, Slash, Token, TokenKind, Tree, UnitKind};
use crate::source::Span;

/// Brackets nested deeper than this are told once; real drafts reach 10.
const DEEPEST: usize = 100;

/// So many brackets that close nothing are told one by one; where there are more, the file is something else than a draft.
const MOST_STRAYS: usize = 50;

/// Pairs all brackets of a tree.
pub fn pair(text: &str, tree: &mut Tree) {
    let mut brackets: Vec<Bracket> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut too_deep, mut deeper) = (None, 0_usize);
    // The brackets that were open where they first got too deep.
    let mut pile: Vec<usize> = Vec::new();
    let (mut strays, mut last_stray) = (0_usize, None);
    let slashes = slashes(text, tree.text_start);
    let mut next_slash = 0;
    for token in &tree.tokens {
        while next_slash < slashes.len() && slashes[next_slash] < token.span.start {
            take_slash(text, slashes[next_slash], &open, &mut brackets);
            next_slash += 1;
        }
        match token.kind {
            TokenKind::Open if open.len() == DEEPEST => {
                if too_deep.is_none() {
                    too_deep = Some(token.span);
                    pile.clone_from(&open);
                }
                deeper += 1;
            }
            TokenKind::Close if deeper > 0 => deeper -= 1,
            TokenKind::Open => {
                open.push(brackets.len());
                brackets.push(opened(token, open.len() - 1));
            }
            TokenKind::Close => match open.pop() {
                Some(index) => {
                    brackets[index].close = token.span;
                    brackets[index].closed = true;
                }
                None => {
                    strays += 1;
                    match strays {
                        ..=MOST_STRAYS => tree.mistakes.push(stray(token.span)),
                        _ => last_stray = Some(token.span),
                    }
                }
            },
            TokenKind::Brace => hint_at_suffix(text, token, &mut tree.mistakes),
            TokenKind::Escape | TokenKind::Comment => {}
        }
    }
    for (at, index) in open.into_iter().enumerate() {
        // Of a pile that is too deep the outermost is told: the others are the same slip.
        let told = at == 0 || pile.binary_search(&index).is_err();
        close_where_it_must(text, tree, &mut brackets[index], told);
    }
    if let Some(span) = last_stray {
        tree.mistakes.push(Mistake { message: format!("this `]` closes nothing, the last of {strays} in this file"), ..stray(span) });
    }
    if let Some(span) = too_deep {
        tree.mistakes.push(
            Mistake::new("too-deep", span, format!("brackets are nested more than {DEEPEST} deep"), "what is deeper is kept as text")
                .help("close some of the brackets before this one"),
        );
    }
    let rows: Vec<Span> =
        tree.units.iter().filter(|unit| unit.kind == UnitKind::Row).flat_map(|unit| tree.text(unit).iter().copied()).collect();
    let notes: Vec<Span> = tree
        .units
        .iter()
        .filter(|unit| unit.kind == UnitKind::Footnote)
        .map(|unit| Span::new(unit.head.start, unit.head.start + 5))
        .collect();
    for bracket in &mut brackets {
        bracket.kind = classify(text, bracket, &rows, &notes);
    }
    footnotes_by_name(text, tree, &mut brackets);
    join_alternatives(text, &mut brackets);
    tree.brackets = brackets;
}

fn opened(token: &Token, depth: usize) -> Bracket {
    Bracket {
        open: token.span,
        close: Span::at(token.span.end),
        kind: BracketKind::Contested,
        closed: false,
        inner: token.owners.map_or(token.span.end, |owners| owners.end),
        owners: token.owners,
        slashes: Vec::new(),
        set: None,
        depth: depth.min(usize::from(u16::MAX)) as u16,
    }
}

/// The bytes of all slashes that may part alternatives: with spaces, or between modals.
fn slashes(text: &str, from: u32) -> Vec<u32> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'/', &bytes[from as usize..])
        .map(|at| at + from as usize)
        .filter(|at| {
            let spaced = at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_whitespace())
                && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
            spaced || between_modals(text, *at)
        })
        .map(|at| at as u32)
        .collect()
}

fn between_modals(text: &str, at: usize) -> bool {
    const MODALS: [&str; 5] = ["shall", "should", "may", "will", "must"];
    let (before, after) = (&text[..at], &text[at + 1..]);
    MODALS.iter().any(|modal| before.ends_with(modal)) && MODALS.iter().any(|modal| after.starts_with(modal))
}

fn take_slash(text: &str, at: u32, open: &[usize], brackets: &mut [Bracket]) {
    let Some(bracket) = open.last().map(|index| &mut brackets[*index]) else { return };
    let near = (at as usize + 1024).min(text.len());
    let line_end = memchr::memchr(b'\n', &text.as_bytes()[at as usize..near]).map_or(near, |end| at as usize + end);
    let line_end = text.floor_char_boundary(line_end).max(at as usize + 1);
    let rest = first_chars(&text[at as usize + 1..line_end], 200);
    let skip = rest.len() - rest.trim_start_matches(is_gap).len();
    let from = at + 1 + skip as u32;
    let owners = parse::attribution(&rest[skip..]).map(|length| Span::new(from, from + length));
    let end = owners.map_or(from, |owners| owners.end);
    bracket.slashes.push(Slash { span: Span::new(at, end), owners });
}

fn stray(span: Span) -> Mistake {
    Mistake::new("stray-bracket", span, "this `]` closes nothing", "no bracket is open here")
        .help("take it out, or open the bracket that it should close; write `\\]` if it is no negotiators' bracket")
}

/// `[shall]{ATL}` is how some drafting tools write it.
fn hint_at_suffix(text: &str, token: &Token, mistakes: &mut Vec<Mistake>) {
    let names = &text[token.span.start as usize + 1..token.span.end as usize - 1];
    let after_bracket = text[..token.span.start as usize].ends_with(']');
    let looks = !names.is_empty() && names.len() <= 60 && names.chars().all(|c| c.is_ascii_uppercase() || matches!(c, ',' | ' ' | '/'));
    if after_bracket && looks {
        mistakes.push(
            Mistake::new("syntax", token.span, "names behind a bracket are not read", "who proposes stands inside the bracket")
                .help(format!("write `[{}: ...]`", names.trim())),
        );
    }
}

/// An unclosed bracket ends where its unit ends if it stands before a mark or heading, else at the paragraph's end.
fn close_where_it_must(text: &str, tree: &mut Tree, bracket: &mut Bracket, told: bool) {
    let at = bracket.open.start;
    let next = tree.units.partition_point(|unit| unit.head.start <= at);
    let unit = &tree.units[next.saturating_sub(1)];
    let last = if unit.head.contains(bracket.open) { unit.until as usize } else { next };
    let end = tree.units.get(last).map_or(text.len() as u32, |after| after.head.start.max(at + 1));
    let trimmed = text[..end as usize].trim_end().len().max(bracket.open.end as usize) as u32;
    bracket.close = Span::at(trimmed);
    if !told {
        return;
    }
    let mistake = Mistake::new("unclosed-bracket", bracket.open, "this bracket is never closed", "opened here")
        .help("write `]` where the contested text ends, or `\\[` if it is no negotiators' bracket");
    let swallowed = comment_behind(text, tree, at).filter(|comment| text[comment.start as usize..comment.end as usize].contains(']'));
    tree.mistakes.push(match swallowed {
        Some(comment) => mistake.other(comment, "a comment takes the rest of its line, and the `]` with it"),
        None => mistake.other(Span::at(trimmed), "taken to close here"),
    });
}

/// The comment at the end of the line that holds this place.
fn comment_behind(text: &str, tree: &Tree, at: u32) -> Option<Span> {
    let next = tree.comments.partition_point(|comment| comment.start < at);
    let comment = *tree.comments.get(next)?;
    (!text[at as usize..comment.start as usize].contains('\n')).then_some(comment)
}

fn classify(text: &str, bracket: &Bracket, rows: &[Span], notes: &[Span]) -> BracketKind {
    let inside = text.get(bracket.open.end as usize..bracket.close.start as usize).unwrap_or_default();
    if notes.binary_search_by(|note| place(*note, bracket.open.start)).is_ok() && is_number(inside) {
        return BracketKind::Footnote;
    }
    if rows.binary_search_by(|row| place(*row, bracket.open.start)).is_ok() || is_literal(text, bracket, inside) {
        return BracketKind::Literal;
    }
    if is_editorial(inside) {
        return BracketKind::Editorial;
    }
    let whole = bracket.open.to(bracket.close);
    if is_number(inside) && inside.len() <= 3 && stands_as_footnote(text, whole) {
        return BracketKind::Footnote;
    }
    if is_blank(inside) { BracketKind::Blank } else { BracketKind::Contested }
}

fn place(span: Span, at: u32) -> std::cmp::Ordering {
    if span.end <= at {
        std::cmp::Ordering::Less
    } else if span.start > at {
        std::cmp::Ordering::Greater
    } else {
        std::cmp::Ordering::Equal
    }
}

fn is_number(inside: &str) -> bool {
    !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number in brackets is a footnote's mark where it is glued to the word before it and nothing is glued behind.
#[must_use]
pub fn stands_as_footnote(text: &str, whole: Span) -> bool {
    let before = text[..whole.start as usize].chars().next_back();
    let after = text[whole.end as usize..].chars().next();
    before.is_some_and(|c| c.is_alphabetic() || matches!(c, '.' | ',' | ';' | ')' | '"' | '”'))
        && after.is_none_or(|c| c.is_whitespace() || is_gap(c) || matches!(c, '.' | ',' | ';' | ':' | ']' | ')'))
}

/// `[1]` with a space before it is a footnote's mark where a footnote begins with the same one.
fn footnotes_by_name(text: &str, tree: &Tree, brackets: &mut [Bracket]) {
    let names: std::collections::HashSet<&str> = tree
        .units
        .iter()
        .filter(|unit| unit.kind == UnitKind::Footnote)
        .filter_map(|unit| {
            let words = text.get(unit.head.start as usize..)?.trim_start_matches(is_gap);
            words.starts_with('[').then(|| words.find(']').map(|end| &words[..=end])).flatten()
        })
        .collect();
    if names.is_empty() {
        return;
    }
    for bracket in brackets {
        let whole = bracket.open.to(bracket.close);
        if names.contains(&text[whole.start as usize..whole.end as usize]) {
            bracket.kind = BracketKind::Footnote;
        }
    }
}

fn is_literal(text: &str, bracket: &Bracket, inside: &str) -> bool {
    let before = text[..bracket.open.start as usize].chars().next_back();
    let after = &text[bracket.close.end as usize..];
    let next = after.chars().next();
    let year = inside.len() == 4 && is_number(inside) && after.trim_start_matches(is_gap).starts_with(|c: char| c.is_uppercase());
    let glued = before.is_some_and(char::is_alphanumeric)
        && next.is_some_and(char::is_alphabetic)
        && inside.len() <= 12
        && inside.chars().count() <= 3;
    let language = matches!(inside, "E" | "F" | "S" | "R" | "A" | "C" | "EN" | "FR")
        && text[..bracket.open.start as usize].trim_end_matches(is_gap).ends_with(|c: char| c.is_ascii_digit());
    let link = after.starts_with("(http")
        || after.starts_with("(/")
        || after.starts_with("(#")
        || inside == "source"
        || after.starts_with("[source]");
    year || glued || language || link || inside == "sic"
}

fn is_editorial(inside: &str) -> bool {
    const WORDS: [&str; 11] =
        ["note", "nb", "placeholder", "footnote", "chair's", "chair’s", "secretariat", "drafting", "deleted", "reserved", "editorial"];
    let word = first_chars(inside, 24).split(|c: char| is_gap(c) || matches!(c, ':' | '.' | ',' | ';' | ']')).next().unwrap_or_default();
    word.len() < 16 && WORDS.contains(&word.to_lowercase().as_str())
}

fn is_blank(inside: &str) -> bool {
    const WORDS: [&str; 14] = [
        "date",
        "number",
        "name",
        "place",
        "amount",
        "time",
        "to be completed",
        "to be determined",
        "to be decided",
        "to be agreed",
        "tbd",
        "tbc",
        "n",
        "year",
    ];
    let inside = inside.trim_matches(is_gap);
    if inside.len() > 40 {
        return false;
    }
    let dotted = inside.chars().all(|c| matches!(c, '.' | '…' | '_' | '-' | ' ' | '*' | '?'));
    let letters = inside.chars().all(|c| matches!(c, 'X' | 'x' | 'Y' | 'y' | 'N' | 'Z' | 'z' | '0'..='9' | '/'))
        && inside.chars().any(|c| c.is_alphabetic());
    dotted || letters || WORDS.iter().any(|word| inside.eq_ignore_ascii_case(word))
}

/// Brackets with nothing between them are alternatives; with one space between, only where their beginnings show it.
fn join_alternatives(text: &str, brackets: &mut [Bracket]) {
    let mut sets = 0;
    // By closing place, so that a bracket's left neighbour on the same depth is found in one step.
    let mut by_close: std::collections::HashMap<u32, usize> = std::collections::HashMap::new();
    for index in 0..brackets.len() {
        let at = brackets[index].open.start;
        let candidate = [at, at.wrapping_sub(1)].into_iter().find_map(|end| by_close.get(&end).copied());
        if let Some(left) = candidate
            && brackets[left].depth == brackets[index].depth
            && judged(&brackets[left])
            && judged(&brackets[index])
        {
            let gap = &text[brackets[left].close.end as usize..at as usize];
            if gap.is_empty() || gap == " " && alternatives_by_words(text, &brackets[left], &brackets[index]) {
                let set = brackets[left].set.unwrap_or_else(|| {
                    sets += 1;
                    sets - 1
                });
                brackets[left].set = Some(set);
                brackets[index].set = Some(set);
            }
        }
        by_close.insert(brackets[index].close.end, index);
    }
}

fn judged(bracket: &Bracket) -> bool {
    bracket.closed && matches!(bracket.kind, BracketKind::Contested | BracketKind::Blank)
}

fn alternatives_by_words(text: &str, left: &Bracket, right: &Bracket) -> bool {
    // Their beginnings show it.
    let words = |bracket: &Bracket| {
        let inside = text.get(bracket.inner as usize..bracket.close.start as usize).unwrap_or_default();
        first_chars(inside, 60).trim_start().to_lowercase()
    };
    let (left_words, right_words) = (words(left), words(right));
    if right_words.starts_with("and") || right_words.starts_with("or") || right_words.starts_with(',') {
        return false;
    }
    let modal = |words: &str| ["shall", "should", "may", "will", "must"].iter().any(|modal| words.starts_with(modal));
    let number = |words: &str| {
        words.starts_with(|c: char| c.is_ascii_digit())
            || ["one", "two", "three", "four", "five", "six", "twelve", "x "].iter().any(|number| words.starts_with(number))
    };
    // "[intelligence activities] [cyber espionage]" are two names for one place; "[Party] [shall]" and "[shall] [promptly]" are not.
    let like = |words: &str| words.len() < 40 && !modal(words) && !words.ends_with("ly") && words.split(' ').count() <= 2;
    let attributed = left.owners.is_some() && right.owners.is_some();
    let pair = |a: &str, b: &str| left_words == a && right_words == b;
    modal(&left_words) && modal(&right_words)
        || number(&left_words) && number(&right_words)
        || attributed
        || pair("each", "no")
        || like(&left_words) && like(&right_words) && left_words.split(' ').count() == right_words.split(' ').count()
}

/// The first characters of a text: brackets may be as long as the file, and are told by how they begin.
fn first_chars(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}
