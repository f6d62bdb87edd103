//! Locators: how a lawyer cites a place in this treaty.

use super::Treaty;
use crate::source::Span;
use crate::suggest::is_slip;
use crate::syntax::tree::{Shape, Unit, UnitId, UnitKind};

/// `Article 2(1)(b)`, `Article III bis`, `Article 9 para 2`, `Article 4, Option A`, `Annex A, Part B(3)`, `Preamble`.
#[must_use]
pub fn locator(treaty: &Treaty<'_>, id: UnitId) -> String {
    let mut path: Vec<UnitId> = treaty.tree.ancestors(id).collect();
    path.reverse();
    let mut words = String::new();
    let in_annex = path.iter().any(|id| treaty.tree.unit(*id).kind == UnitKind::Annex);
    let has_article = path.iter().any(|id| treaty.tree.unit(*id).kind == UnitKind::Article);
    for id in path {
        let unit = treaty.tree.unit(id);
        match unit.kind {
            UnitKind::Treaty => {}
            UnitKind::Masthead => return "masthead".to_owned(),
            UnitKind::Title => return "treaty".to_owned(),
            UnitKind::Preamble | UnitKind::Recital => return "Preamble".to_owned(),
            UnitKind::Testimonium => return "signatures".to_owned(),
            UnitKind::Annex => words = heading(treaty, unit),
            UnitKind::Division if in_annex && !words.is_empty() || !has_article && !is_numberless(unit) => {
                add(&mut words, &heading(treaty, unit))
            }
            UnitKind::Division => {}
            UnitKind::Article if in_annex && treaty.numbered().occurs_twice(id) => add(&mut words, &heading(treaty, unit)),
            UnitKind::Article => words = heading(treaty, unit),
            UnitKind::Choice => {
                let name = unit.ordinal.map_or(String::new(), |ordinal| treaty.source.slice(ordinal.span).to_owned());
                add(&mut words, &name);
            }
            UnitKind::Paragraph | UnitKind::Point => mark(treaty, id, unit, &mut words),
            UnitKind::Tail | UnitKind::Quote | UnitKind::Row | UnitKind::Footnote => {}
        }
    }
    if words.is_empty() { "treaty".to_owned() } else { words }
}

fn is_numberless(unit: &Unit) -> bool {
    unit.ordinal.is_none()
}

fn add(words: &mut String, more: &str) {
    if more.is_empty() {
        return;
    }
    if !words.is_empty() {
        words.push_str(", ");
    }
    words.push_str(more);
}

/// The heading's word and number, without brackets: `Article 3` of `Article [3] [4]`.
fn heading(treaty: &Treaty<'_>, unit: &Unit) -> String {
    let head = treaty.source.slice(unit.head);
    let word = head.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    let mut chars = word.chars();
    let word: String = chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect();
    // A misspelt heading is cited as what it means.
    const WORDS: [&str; 6] = ["Article", "Annex", "Chapter", "Section", "Appendix", "Schedule"];
    let meant = if WORDS.contains(&word.as_str()) { None } else { WORDS.into_iter().find(|meant| is_slip(&word, meant)) };
    let word = meant.map_or(word, str::to_owned);
    match unit.ordinal {
        Some(ordinal) => {
            let number = treaty.source.slice(ordinal.span).trim();
            let suffix = match ordinal.suffix {
                2..=8 if !number.contains(' ') => {
                    // `7 [bis]`: the suffix stands outside the number's own brackets.
                    [" bis", " ter", " quater", " quinquies", " sexies", " septies", " octies"][usize::from(ordinal.suffix) - 2]
                }
                _ => "",
            };
            let glued = number.to_lowercase().ends_with(suffix.trim()) && !suffix.is_empty();
            let number = if glued { number.to_owned() } else { format!("{number}{suffix}") };
            format!("{word} {}", lower_suffix(&number))
        }
        None => word,
    }
}

fn lower_suffix(number: &str) -> String {
    match number.split_once(' ') {
        Some((number, suffix)) => format!("{number} {}", suffix.to_lowercase()),
        None => number.to_owned(),
    }
}

fn mark(treaty: &Treaty<'_>, id: UnitId, unit: &Unit, words: &mut String) {
    match unit.ordinal {
        Some(ordinal) if ordinal.shape == Shape::Dash => {}
        Some(ordinal) => {
            let number = treaty.source.slice(ordinal.span).trim_matches(|c: char| !c.is_alphanumeric());
            if words.is_empty() {
                words.push_str("Paragraph ");
                words.push_str(number);
            } else {
                words.push('(');
                words.push_str(number);
                words.push(')');
            }
        }
        None if unit.kind == UnitKind::Paragraph => {
            // The n-th paragraph, where an article has several and none has a number.
            let unnumbered = |child: &UnitId| {
                let child = treaty.tree.unit(*child);
                child.kind == UnitKind::Paragraph && child.ordinal.is_none()
            };
            if words.is_empty() {
                let before = treaty.numbered().place_among_siblings(id);
                words.push_str(&format!("para {before}"));
                return;
            }
            let siblings = treaty.numbered().siblings(unit.parent);
            if siblings > 1 && unnumbered(&id) {
                words.push_str(&format!(" para {}", treaty.numbered().place_among_siblings(id)));
            }
        }
        None => {}
    }
}

/// The source's words of a heading, for a label.
#[must_use]
pub fn head_span(treaty: &Treaty<'_>, id: UnitId) -> Span {
    let unit = treaty.tree.unit(id);
    let words = treaty.source.slice(unit.head);
    let trimmed = words.trim_end().trim_end_matches(['.', ':', '-', '–', '—']).trim_end();
    Span::new(unit.head.start, unit.head.start + trimmed.len() as u32)
}
