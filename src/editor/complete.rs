//! What may be written at a place.

use crate::model::Treaty;
use crate::rules;
use crate::source::Span;
use crate::syntax::tree::{DeclarationKind, UnitId, UnitKind};
use crate::syntax::{KINDS, NOTES, fields, values};

/// What kind of thing is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateKind {
    /// A declaration's keyword or an annotation's name.
    Keyword,
    /// A field.
    Field,
    /// A value of a closed set.
    Value,
    /// A declared name.
    Name,
    /// A defined term.
    Term,
    /// An article.
    Article,
    /// A rule.
    Rule,
}

/// Words that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The words.
    pub words: String,
    /// What they are.
    pub kind: CandidateKind,
    /// What to say beside them.
    pub detail: String,
}

/// What may be written at a byte, and from which byte on it takes the place of what is there.
#[must_use]
pub fn complete(treaty: &Treaty<'_>, at: u32) -> (u32, Vec<Candidate>) {
    let source = treaty.source;
    let start = source.line_starts()[source.line_index(at)];
    let before = source.slice(Span::new(start, at));
    let line = before.trim_start();
    let word = at - before.len().saturating_sub(before.rfind(|c: char| !is_word(c)).map_or(0, |gap| gap + char_len(before, gap))) as u32;
    if let Some(note) = line.strip_prefix('@') {
        return annotation(treaty, at, note, word);
    }
    // A keyword that is half written is taken for the first word of the text.
    let opens = start <= treaty.tree.text_start && !before.is_empty() && before.chars().all(|c| c.is_ascii_lowercase());
    if at < treaty.tree.text_start || treaty.tree.units.len() < 2 || opens {
        return head(treaty, at, before, word);
    }
    // "Article 1", "paragraph 2 of Article": the numbers there are.
    if let Some(noun) = line.rfind("Article ").filter(|noun| line[noun + 8..].chars().all(|c| c.is_alphanumeric())) {
        let from = at - (line.len() - noun) as u32;
        return (from, articles(treaty));
    }
    let mut all: Vec<Candidate> = treaty.terms.iter().map(|term| term_of(treaty, term)).collect();
    all.extend(names(treaty, false));
    (word, all)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

fn candidate(words: &str, kind: CandidateKind, detail: &str) -> Candidate {
    Candidate { words: words.to_owned(), kind, detail: detail.to_owned() }
}

fn annotation(treaty: &Treaty<'_>, at: u32, note: &str, word: u32) -> (u32, Vec<Candidate>) {
    let rules = || rules::codes().map(|code| candidate(code.name, CandidateKind::Rule, code.summary)).collect();
    let (name, value) = match note.split_once(':') {
        Some((name, value)) => (name.trim(), Some(value)),
        None => (note, None),
    };
    match (name, value) {
        (name, None) if name.starts_with("allow ") || name.starts_with("expect ") => (word, rules()),
        (_, None) => (at - note.len() as u32, NOTES.iter().map(|name| candidate(name, CandidateKind::Keyword, "annotation")).collect()),
        ("verified by", Some(value)) => {
            let last = value.rsplit(',').next().unwrap_or_default().trim_start();
            let mut all = mechanisms(treaty);
            all.push(candidate("none", CandidateKind::Value, "it is known that nothing sees it"));
            (at - last.len() as u32, all)
        }
        ("consequence" | "in return for", Some(value)) => (at - value.trim_start().len() as u32, articles(treaty)),
        ("binds" | "benefits" | "proposed by", Some(_)) => (word, names(treaty, true)),
        _ => (word, Vec::new()),
    }
}

fn head(treaty: &Treaty<'_>, at: u32, before: &str, word: u32) -> (u32, Vec<Candidate>) {
    let above = treaty.tree.declarations.iter().rev().find(|declaration| declaration.span.start < at);
    if !before.starts_with([' ', '\t']) {
        let keywords = KINDS.iter().map(|kind| candidate(kind.keyword(), CandidateKind::Keyword, "declaration"));
        let profile = before.starts_with("profile ") || before.starts_with("reservation ");
        return (word, if profile { names(treaty, true) } else { keywords.collect() });
    }
    let Some(declaration) = above else { return (word, Vec::new()) };
    let line = before.trim_start();
    let Some((field, value)) = line.split_once(':') else {
        let known = fields(declaration.kind).iter().map(|field| candidate(field, CandidateKind::Field, declaration.kind.keyword()));
        return (at - line.len() as u32, known.collect());
    };
    let last = value.rsplit(',').next().unwrap_or_default().trim_start();
    let from = at - last.len() as u32;
    let all = match (declaration.kind, field.trim()) {
        (_, "members") => names(treaty, true),
        (DeclarationKind::Mechanism, "run by") => names(treaty, true),
        (_, field) => values(field).iter().map(|value| candidate(value, CandidateKind::Value, field)).collect(),
    };
    (from, all)
}

fn mechanisms(treaty: &Treaty<'_>) -> Vec<Candidate> {
    treaty.declared.mechanisms.iter().map(|mechanism| candidate(&mechanism.name, CandidateKind::Name, "mechanism")).collect()
}

/// Parties, groups and bodies: by their short names, or as the text says them.
fn names(treaty: &Treaty<'_>, short: bool) -> Vec<Candidate> {
    let declared = &treaty.declared;
    let parties = declared.parties.iter().map(|named| (named, "party"));
    let groups = declared.groups.iter().map(|group| (&group.named, "group"));
    let bodies = declared.bodies.iter().map(|body| (&body.named, "body"));
    let one = |(named, kind): (&crate::model::declared::Named, &str)| {
        let (words, other) = if short { (&named.id, &named.name) } else { (&named.name, &named.id) };
        candidate(words, CandidateKind::Name, &format!("{kind} {other}"))
    };
    parties.chain(groups).chain(bodies).map(one).collect()
}

fn term_of(treaty: &Treaty<'_>, term: &crate::model::term::Term) -> Candidate {
    let detail = format!("defined in {}", treaty.locator(term.unit));
    candidate(&term.name, CandidateKind::Term, &detail)
}

fn articles(treaty: &Treaty<'_>) -> Vec<Candidate> {
    let tree = treaty.tree;
    let is_article = |id: &UnitId| tree.unit(*id).kind == UnitKind::Article && tree.unit(*id).ordinal.is_some();
    let one = |id: UnitId| {
        let title: Vec<&str> = tree.title(tree.unit(id)).iter().map(|line| treaty.source.slice(*line)).collect();
        candidate(&treaty.locator(id), CandidateKind::Article, &title.join(" "))
    };
    tree.ids().filter(is_article).map(one).collect()
}
