//! Who proposes what stands in a bracket: names of nobody who is declared, and what is nearly the names of who proposes.

use super::super::{self as model, Treaty};
use crate::source::Span;
use crate::suggest::nearest;
use crate::syntax::tree::{Bracket, Mistake};

/// A party in a bracket that is not declared is told only where the shape is certain.
pub(super) fn tell_owners(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    if treaty.declared.parties.is_empty() {
        return;
    }
    for bracket in &treaty.tree.brackets {
        let all = bracket.owners.into_iter().chain(bracket.slashes.iter().filter_map(|slash| slash.owners));
        let sides: Vec<&str> = all.clone().map(|owners| treaty.source.slice(owners)).collect();
        let names: Vec<(String, Span)> = all.zip(&sides).flat_map(|(owners, words)| names_with_places(words, owners.start)).collect();
        let says_so = sides.iter().any(|words| words.contains("propose") || words.contains("oppose"));
        let certain = says_so || names.iter().any(|(name, _)| treaty.declared.is_name(name));
        for (name, span) in names.iter().filter(|(name, _)| is_short_name(name) && !treaty.declared.is_name(name)) {
            let near = near_party(treaty, name);
            if certain || near.is_some() {
                mistakes.push(nobody(name, *span, near, "this bracket names nobody who is declared"));
            }
        }
        if bracket.closed && !tell_near_alternatives(treaty, bracket, mistakes) {
            tell_near_owners(treaty, bracket, mistakes);
        }
    }
}

/// Whether a name is in capitals and figures, as the short names of parties are.
pub(super) fn is_short_name(name: &str) -> bool {
    name.len() >= 2 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

/// A name that no party has, with the short name that it is near to.
pub(super) fn nobody(name: &str, span: Span, near: Option<&str>, here: &str) -> Mistake {
    let mistake = Mistake::new("undeclared-name", span, format!("no party `{name}` is declared"), here);
    match near {
        Some(near) => mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), span, near),
        None => mistake.help(format!("declare it above the text: `party {name}: Name`")),
    }
}

/// The declared short name that a name is near to.
pub(super) fn near_party<'t>(treaty: &'t Treaty<'_>, name: &str) -> Option<&'t str> {
    nearest(name, treaty.declared.parties.iter().map(|party| party.id.as_str()))
}

fn names_with_places(words: &str, base: u32) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    let mut at = 0;
    for part in words.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
        if part.starts_with(char::is_uppercase) {
            let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
            names.push((name.to_owned(), Span::new(base + at, base + at + name.len() as u32)));
        }
        at += part.len() as u32;
        at += words[at as usize..].chars().next().map_or(0, |c| c.len_utf8() as u32);
    }
    names
}

/// `[ATL shall / BOR should]`, `[ATL: shall/BOR:should]`, `[atl: shall | bor: should]`: alternatives, each with its names, and not all of them in
/// shape. Whether it was told.
fn tell_near_alternatives(treaty: &Treaty<'_>, bracket: &Bracket, mistakes: &mut Vec<Mistake>) -> bool {
    let span = Span::new(bracket.open.end, bracket.close.start);
    let inside = treaty.source.slice(span);
    if inside.len() > 2_000 || inside.contains(['[', '\n']) || !inside.contains(['/', '|', ';']) {
        return false;
    }
    let Some(alternatives) = alternatives(treaty, inside) else { return false };
    let written = alternatives.iter().map(|(names, text)| format!("{names}: {text}")).collect::<Vec<_>>().join(" / ");
    if alternatives.len() < 2 || written == inside.trim() || alternatives.iter().any(|(_, text)| text.is_empty()) {
        return false;
    }
    mistakes.push(
        Mistake::new("syntax", span, "this bracket does not say in shape who proposes which text", "these look like alternatives")
            .help(format!("write `[{}]`", model::quote(&written)))
            .fix("write names, a colon and the text, with ` / ` between", span, written),
    );
    true
}

/// Names and text of each alternative of a bracket, where each has names and what is behind them is no more than a sign away.
fn alternatives<'t>(treaty: &Treaty<'_>, inside: &'t str) -> Option<Vec<(String, &'t str)>> {
    let mut found: Vec<(String, &str)> = Vec::new();
    for (at, part) in parts(treaty, inside) {
        let part = part.trim();
        let (names, ids, rest) = match short_names(treaty, part) {
            Some((names, ids)) => (names.to_owned(), ids, &part[names.len()..]),
            // "atl: shall"
            None => {
                let (word, rest) = part.split_once(':')?;
                let name = word.trim().to_uppercase();
                short_names(treaty, &name).filter(|(names, _)| names.len() == name.len())?;
                (name.clone(), 1, rest)
            }
        };
        let text = rest.trim_start_matches([' ', ':', ',', ';']);
        // "ATL - sell / BOR - lend": which signs are the treaty's is for its author to say.
        if text.starts_with(['-', '–', '=']) {
            return None;
        }
        // "ATL Annex 3: text" is no attribution, and neither is what says "proposes".
        if text.contains(':') || ids == 1 && text.starts_with("and ") || at > 0 && text.is_empty() {
            return None;
        }
        found.push((names.replace(" +", ",").replace("; ", ", "), text));
    }
    Some(found)
}

/// The parts of a bracket between the signs that part alternatives: `/`, `|` and `;` in front of a declared short name and a colon or words.
fn parts<'t>(treaty: &Treaty<'_>, inside: &'t str) -> Vec<(usize, &'t str)> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, sign) in inside.match_indices(['/', '|', ';']) {
        let behind = inside[at + 1..].trim_start();
        let word = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let rest = behind[word.len()..].trim_start();
        let before = inside[from..at].trim();
        let spaced = inside[..at].ends_with(' ') && inside[at + 1..].starts_with(' ');
        // "The ATL/BOR border".
        let in_pair = before.rsplit(' ').next().is_some_and(|last| short_names(treaty, last).is_some_and(|(names, _)| names == last));
        let has_text = short_names(treaty, before).is_none_or(|(names, _)| names.len() < before.len());
        let named = short_names(treaty, word).is_some() || rest.starts_with(':') && short_names(treaty, &word.to_uppercase()).is_some();
        let is_part = rest.starts_with(':') || sign == "/" && spaced;
        if named && has_text && is_part && !in_pair {
            parts.push((from, &inside[from..at]));
            from = at + 1;
        }
    }
    parts.push((from, &inside[from..]));
    parts
}

/// `[ATL shall]`, `[ATL:shall]`, `[ATL propse: shall]`, `[Republic of Atlantis: shall]`: what is nearly the names of who proposes.
fn tell_near_owners(treaty: &Treaty<'_>, bracket: &Bracket, mistakes: &mut Vec<Mistake>) {
    if bracket.owners.is_some() {
        return;
    }
    let base = bracket.open.end;
    let inside = treaty.source.slice(Span::new(base, bracket.close.start));
    let Some((head, ids)) = short_names(treaty, inside) else {
        mistakes.extend(long_name(treaty, inside, base));
        return;
    };
    let span = Span::new(base, base + head.len() as u32);
    let rest = &inside[head.len()..];
    if rest.strip_prefix(':').is_some_and(|text| text.starts_with(char::is_alphanumeric)) {
        mistakes.push(
            Mistake::new(
                "syntax",
                span,
                format!("a space is missing behind `{head}:` in this bracket"),
                "this looks like who proposes the text",
            )
            .help(format!("write `[{head}: {}]`", model::quote(&rest[1..])))
            .fix("add the space", Span::at(span.end + 1), " "),
        );
        return;
    }
    let Some(text) = rest.strip_prefix(' ') else { return };
    if let Some((word, _)) = text.split_once(':') {
        let stance = nearest(word, STANCES).filter(|stance| *stance != word && !word.contains(' '));
        if let Some(stance) = stance {
            let here = Span::new(span.end + 1, span.end + 1 + word.len() as u32);
            mistakes.push(
                Mistake::new("syntax", here, format!("`{word}` says nothing of who proposes"), "a verb was expected here, or a colon")
                    .help(format!("did you mean `{stance}`?"))
                    .fix(format!("write `{stance}`"), here, stance),
            );
        }
        return;
    }
    // "ATL, BOR shall" proposes; "ATL/BOR relations" speaks of them.
    let first = text.split(' ').next().unwrap_or_default();
    let of_several = ids > 1 && !matches!(first, "shall" | "should" | "may" | "must" | "will" | "-");
    if text.len() < 2 || text.starts_with("and ") || of_several {
        return;
    }
    let mistake =
        Mistake::new("syntax", span, format!("a colon is missing after `{head}` in this bracket"), "this looks like who proposes the text");
    // "[ATL - shall / BOR - should]": which signs are the treaty's is for its author to say.
    mistakes.push(if text.starts_with(char::is_alphanumeric) {
        mistake.help(format!("write `[{head}: {}]`", model::quote(text))).fix("add the colon", Span::at(span.end), ":")
    } else {
        mistake.help(format!("write `[{head}: text]`, and of several alternatives `[{head}: shall / XYZ: should]`"))
    });
}

/// What a party does with the text of a bracket.
const STANCES: [&str; 8] = ["proposes", "propose", "opposes", "oppose", "reserves", "reserve", "supports", "support"];

/// The short names of declared parties at the beginning of a text, `ATL, BOR`, and how many there are.
fn short_names<'t>(treaty: &Treaty<'_>, inside: &'t str) -> Option<(&'t str, usize)> {
    let is_id = |word: &str| treaty.declared.party(word).is_some_and(|party| treaty.declared.parties[party.index()].id == word);
    let (mut end, mut ids, mut at) = (0, 0, 0);
    loop {
        let word = inside[at..].split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).next().unwrap_or_default();
        if word.is_empty() || !is_id(word) {
            break;
        }
        (end, ids) = (at + word.len(), ids + 1);
        let between = inside[end..].len() - inside[end..].trim_start_matches([',', ';', '/', '&', '+', ' ']).len();
        at = end + between;
        if inside[at..].starts_with("and ") {
            at += 4;
        }
    }
    (ids > 0).then(|| (&inside[..end], ids))
}

/// `[Republic of Atlantis: shall]`: a party by its whole name.
fn long_name(treaty: &Treaty<'_>, inside: &str, base: u32) -> Option<Mistake> {
    let (name, _) = inside.split_once(": ")?;
    let party = treaty.declared.parties[treaty.declared.party(name)?.index()].id.as_str();
    let span = Span::new(base, base + name.len() as u32);
    let mistake =
        Mistake::new("syntax", span, format!("a bracket names `{name}` by its short name"), "this looks like who proposes the text");
    Some(mistake.help(format!("write `{party}`")).fix(format!("write `{party}`"), span, party))
}
