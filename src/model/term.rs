//! Defined terms: what a name means here, and whether its definition pins it down.

use super::Treaty;
use super::clean::Words;
use super::norm::Mode;
use super::place::Place;
use super::sentence::SentenceId;
use crate::lexicon::Class;
use crate::syntax::parse::PieceKind;
use crate::syntax::tree::{UnitId, UnitKind};

/// Index of a [`Term`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

impl TermId {
    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A term with its definition.
#[derive(Clone, Debug)]
pub struct Term {
    /// The name in small letters, without quotation marks.
    pub name: String,
    /// The name where it is defined.
    pub words: Words,
    /// The unit that defines it.
    pub unit: UnitId,
    /// The sentence that defines it.
    pub sentence: SentenceId,
    /// What it means: the words behind "means" and the points below. `None` for a short name, `(hereinafter "the Office")`.
    pub definiens: Option<Words>,
}

const OPENING: [char; 6] = ['"', '“', '„', '«', '‘', '\''];
const CLOSING: [char; 5] = ['"', '”', '»', '’', '\''];

/// Finds the terms of a treaty, in the order of the text.
#[must_use]
pub fn find_all(treaty: &Treaty<'_>) -> Vec<Term> {
    let mut terms = Vec::new();
    for (index, sentence) in treaty.sentences.iter().enumerate() {
        if sentence.reading != 0 || matches!(treaty.places[sentence.unit.index()], Place::Quoted | Place::Outside) {
            continue;
        }
        let id = SentenceId(index as u32);
        let lower = treaty.lower(sentence.words);
        let quotes = may_quote(lower.as_bytes());
        if treaty.places[sentence.unit.index()] != Place::Preamble
            && let Some(term) = defined_in(treaty, id, lower, quotes)
        {
            // A paragraph may define a second term further down: what the first one means ends there.
            if let Some(before) = terms.iter_mut().rev().find(|before: &&mut Term| before.definiens.is_some())
                && let Some(definiens) = &mut before.definiens
                && definiens.start < sentence.words.start
            {
                definiens.end = definiens.end.min(sentence.words.start);
            }
            terms.push(term);
        }
        if quotes {
            short_names(treaty, id, lower, &mut terms);
        }
    }
    terms
}

/// `"X" means ...`, `the term "X" means ...`, `"X": ...`, and in an article of definitions `X means ...`.
fn defined_in(treaty: &Treaty<'_>, id: SentenceId, lower: &str, quotes: bool) -> Option<Term> {
    let sentence = treaty.sentence(id);
    let base = sentence.words.start;
    let means = treaty
        .pieces_of(sentence)
        .iter()
        .find(|piece| matches!(piece.kind, PieceKind::Modal { mode: Mode::Definition, .. }))
        .map(|piece| Words::new(piece.start, piece.end));
    let (name, after) = match if quotes { quoted(lower) } else { None } {
        Some((from, to)) if from < 120 => {
            let name = Words::new(base + from as u32, base + to as u32);
            let rest = lower[to..].trim_start_matches(CLOSING);
            let link = lower.len() - rest.len();
            (name, defining_link(rest, means, base + link as u32)?)
        }
        _ => {
            let means = means?;
            let definitions = treaty.places[sentence.unit.index()] == Place::Definitions;
            let subject = lower[..(means.start - base) as usize].trim_end();
            let bare = subject.trim_start_matches("the term ").trim_start_matches("the expression ");
            if !definitions || bare.is_empty() || bare.split(' ').count() > 6 || bare.contains(',') {
                return None;
            }
            let start = base + (subject.len() - bare.len()) as u32;
            (Words::new(start, start + bare.len() as u32), means.end)
        }
    };
    let text = treaty.lower(name).trim().to_owned();
    if text.is_empty() || text.len() > 120 {
        return None;
    }
    let end = definition_end(treaty, sentence.unit, sentence.words.end);
    Some(Term { name: text, words: name, unit: sentence.unit, sentence: id, definiens: Some(Words::new(after.min(end), end)) })
}

/// Where the definiens begins, if the words behind the name define it.
fn defining_link(rest: &str, means: Option<Words>, at: u32) -> Option<u32> {
    let trimmed = rest.trim_start();
    let skipped = (rest.len() - trimmed.len()) as u32;
    for link in [":", "–", "—", "- means", "- "] {
        if trimmed.starts_with(link) {
            return Some(at + skipped + link.len() as u32);
        }
    }
    if let Some(means) = means
        && means.start >= at
        && means.start - at < 160
    {
        return Some(means.end);
    }
    for link in [
        "is a ",
        "is an ",
        "is any ",
        "is the ",
        "are ",
        "refers to ",
        "refer to ",
        "shall have the meaning",
        "has the meaning",
        "does not mean",
        "denotes ",
        "comprises ",
    ] {
        if trimmed.starts_with(link) {
            return Some(at + skipped + link.len() as u32);
        }
    }
    None
}

/// Whether a quotation mark may be there: one of ASCII, or the first byte of the others.
fn may_quote(lower: &[u8]) -> bool {
    memchr::memchr3(b'"', b'\'', 0xe2, lower).is_some() || memchr::memchr(0xc2, lower).is_some()
}

/// The first words in quotation marks: from behind the opening mark to the closing one.
fn quoted(lower: &str) -> Option<(usize, usize)> {
    let open = lower.find(OPENING)?;
    let start = open + lower[open..].chars().next()?.len_utf8();
    // “contractor’s proceeds”: a mark of the other kind is an apostrophe.
    let single = lower[open..].starts_with(['‘', '\'']);
    let length = if single { lower[start..].find(CLOSING) } else { lower[start..].find(['"', '”', '»', '“']) }?;
    (length > 0).then_some((start, start + length))
}

/// A definition goes on over the points below its unit.
fn definition_end(treaty: &Treaty<'_>, unit: UnitId, end: u32) -> u32 {
    treaty.words_under(unit).map_or(end, |words| words.end.max(end))
}

/// `(hereinafter "X")`, `(the "X")`, `hereinafter referred to as "X"`.
fn short_names(treaty: &Treaty<'_>, id: SentenceId, lower: &str, terms: &mut Vec<Term>) {
    let sentence = treaty.sentence(id);
    for opener in ["hereinafter", "hereafter", "(the \"", "(the “", "(\"", "(“"] {
        for (at, _) in lower.match_indices(opener) {
            let from = if opener.starts_with('(') { at + opener.len() - opener.chars().next_back().map_or(0, char::len_utf8) } else { at };
            let rest = &lower[from..];
            let Some((start, end)) = quoted(rest).filter(|(start, end)| *start < 60 && end - start < 80) else { continue };
            let base = sentence.words.start + from as u32;
            let words = Words::new(base + start as u32, base + end as u32);
            let name = treaty.lower(words).trim().trim_start_matches("the ").to_owned();
            if !name.is_empty() && !terms.iter().rev().take(40).any(|term| term.words.contains(words)) {
                terms.push(Term { name, words, unit: sentence.unit, sentence: id, definiens: None });
            }
        }
    }
}

impl Term {
    /// The first bytes of its definition: enough to say what it is, however long the unit goes on.
    #[must_use]
    pub fn near(&self, bytes: u32) -> Option<Words> {
        self.definiens.map(|words| Words::new(words.start, words.end.min(words.start + bytes)))
    }

    /// Whether its name stands in quotation marks where it is defined.
    #[must_use]
    pub fn is_quoted(&self, treaty: &Treaty<'_>) -> bool {
        treaty.lower(Words::new(0, self.words.start)).ends_with(OPENING)
    }

    /// Whether it is defined by "means", and not by what it includes or does not.
    #[must_use]
    pub fn is_by_means(&self, treaty: &Treaty<'_>) -> bool {
        let link = self.definiens.map_or(self.words, |definiens| Words::new(self.words.end, definiens.start));
        link.start <= link.end
            && ["mean", "shall mean"].iter().any(|verb| treaty.lower(link).contains(verb))
            && !treaty.lower(link).contains("not mean")
    }

    /// Whether its definition can be applied: it has a number, a closed list, an annex, or an act with effect or target, or annotations
    /// supply as much.
    #[must_use]
    pub fn is_operational(&self, treaty: &Treaty<'_>) -> bool {
        let Some(definiens) = self.definiens else { return true };
        if ["threshold", "effect", "means", "target"].iter().any(|name| treaty.note_named(self.unit, name).is_some()) {
            return true;
        }
        let lower = treaty.lower(definiens);
        let vague = treaty.any_of(definiens, &[Class::VagueAct]);
        let numbered = treaty.has_limit(definiens) || lower.bytes().any(|byte| byte.is_ascii_digit());
        let listed = treaty.tree.children(self.unit).filter(|child| treaty.tree.unit(*child).kind == UnitKind::Point).count() >= 2;
        let act = treaty.any_of(definiens, &[Class::Harm, Class::HarmNoun, Class::Access, Class::AccessNoun, Class::WeaponAct]);
        !vague && (numbered || listed || act || lower.contains("listed in") || lower.contains("specified in") || lower.len() > 60)
    }
}

/// Whether words name a term, a known concept or a clause of this treaty, or are all words of its text; `stems` are those words without a
/// final s.
#[must_use]
pub fn is_known(treaty: &Treaty<'_>, words: &str, stems: &std::collections::HashSet<&str>) -> bool {
    if super::declared::is_reference(words) {
        return !treaty.resolve(words, UnitId::ROOT).is_empty();
    }
    let parts: Vec<&str> = words.split(" against ").collect();
    parts.iter().all(|part| {
        let part = part.trim();
        let stem = part.trim_end_matches('s');
        let term = treaty.terms.iter().any(|term| term.name.trim_end_matches('s') == stem);
        let mut hits = Vec::new();
        crate::lexicon::find(part, 0, &mut hits);
        let concept = hits.iter().any(|hit| hit.start == 0 && hit.end as usize == part.len());
        term || concept || part.split(|c: char| !c.is_alphanumeric()).all(|word| stems.contains(word.trim_end_matches('s')))
    })
}
