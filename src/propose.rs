//! A head for a text that has none: the declarations that its own words suggest, for its author to check. What the text cannot say
//! (profiles, mechanisms) is left out.

use crate::model::Treaty;
use crate::model::norm::BearerClass;
use crate::options::Options;
use crate::source::Source;
use crate::syntax;
use crate::syntax::tree::UnitKind;
use std::collections::BTreeMap;

/// Bytes at the text's beginning in which parties are looked for: title, masthead and preamble.
const BEGINNING: usize = 8_000;
/// So many parties, bodies and terms are proposed at most.
const MOST: usize = 40;

/// The text of a draft: a proposed head, and the text as it is.
#[must_use]
pub fn draft(source: &Source) -> String {
    let tree = syntax::read(source.text());
    let treaty = Treaty::build(source, &tree, &Options::default());
    let mut head = format!("treaty \"{}\"\n", title(&treaty));
    let parties = parties(source.text());
    if !parties.is_empty() {
        head += "\n// Parties that the text names. Short names are yours to choose; add what each practises, abstains from and depends on as a `profile`.\n";
    }
    let mut taken: Vec<String> = Vec::new();
    for party in &parties {
        head += &format!("party {}: {}\n", short_name(&party.name, &mut taken), party.name);
        if !party.also.is_empty() {
            head += &format!("  also: {}\n", party.also.join("; "));
        }
    }
    let bodies = bodies(&treaty);
    if !bodies.is_empty() {
        head += "\n// Bodies that have tasks in the text. Say in `powers` what each may do.\n";
    }
    for body in &bodies {
        head += &format!("body {}: {body}\n", short_name(body, &mut taken));
    }
    let terms = terms(&treaty);
    if !terms.is_empty() {
        head += "\n// Terms that the text defines; they need no declaration.\n";
        terms.iter().for_each(|term| head += &format!("//   {term}\n"));
    }
    head += "\n";
    head + source.text().trim_start_matches('\u{feff}').trim_start_matches(['\n', '\r', ' '])
}

/// The text's first line of words, without quotation marks.
fn title(treaty: &Treaty<'_>) -> String {
    let tree = treaty.tree;
    let named = tree.units.iter().find(|unit| matches!(unit.kind, UnitKind::Title | UnitKind::Masthead));
    let lines = named.map(|unit| tree.text(unit)).unwrap_or_default();
    let first = lines.iter().map(|line| treaty.source.slice(*line).trim()).find(|line| line.chars().any(char::is_alphabetic));
    let first = first.or_else(|| treaty.source.text().lines().map(str::trim).find(|line| !line.is_empty())).unwrap_or("Untitled");
    let end = first.char_indices().nth(200).map_or(first.len(), |(at, _)| at);
    first[..end].replace(['"', '“', '”'], "'")
}

struct Party {
    name: String,
    also: Vec<String>,
}

/// States by what they call themselves: "the Government of Atlantis", "the Kingdom of Boreas (hereinafter "Boreas")".
fn parties(text: &str) -> Vec<Party> {
    const KINDS: [&str; 16] = [
        "Government of ",
        "Governments of ",
        "Kingdom of ",
        "Federal Republic of ",
        "People's Republic of ",
        "People’s Republic of ",
        "Republic of ",
        "Federation of ",
        "Principality of ",
        "Grand Duchy of ",
        "Commonwealth of ",
        "Sultanate of ",
        "State of ",
        "Union of ",
        "United States of ",
        "Confederation of ",
    ];
    let end = text.char_indices().nth(BEGINNING).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let text = ["have agreed", "agreed as follows", "Article 1", "ARTICLE 1", "Article I\n"]
        .iter()
        .filter_map(|stop| text.find(stop))
        .min()
        .map_or(text, |stop| &text[..stop]);
    let mut found: BTreeMap<usize, Party> = BTreeMap::new();
    for kind in KINDS {
        for (at, _) in text.match_indices(kind) {
            let is_government = kind.starts_with("Government");
            let start = if is_government { at + kind.len() } else { at };
            let name = name_at(&text[start..]);
            let name = name.strip_prefix("the ").unwrap_or(name);
            let name = name.split(['\n', '”', '“', '"', ',', ';', ':', '(']).next().unwrap_or_default().trim();
            if name.is_empty() || name.contains("Member States") {
                continue;
            }
            let behind = &text[start + text[start..].find(name).unwrap_or(0) + name.len()..];
            found.insert(start, Party { name: name.to_owned(), also: aliases(behind) });
        }
    }
    // "Republic of Boreas" inside "Federal Republic of Boreas", and the same State named again.
    let mut parties: Vec<Party> = Vec::new();
    for party in found.into_values() {
        match parties.iter_mut().find(|known| known.name.ends_with(&party.name) || party.name.ends_with(&known.name)) {
            Some(known) => {
                if party.name.len() > known.name.len() {
                    known.name = party.name;
                }
                known.also.extend(party.also);
                known.also.sort();
                known.also.dedup();
            }
            None => parties.push(party),
        }
    }
    for party in &mut parties {
        party.also.retain(|also| *also != party.name);
        party.also.dedup();
    }
    parties.truncate(MOST);
    parties
}

/// The words of a name: capitalised ones, and small ones that lead to a capitalised one.
fn name_at(text: &str) -> &str {
    let mut end = 0;
    let mut at = 0;
    let words: Vec<&str> = text.split_inclusive(' ').take(14).collect();
    for (index, word) in words.iter().enumerate() {
        let bare = word.trim_end_matches(' ');
        let core = bare.trim_end_matches([',', ';', ':', '.', ')', '\n']);
        let next = words.get(index + 1).map_or("", |next| next.trim());
        let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
        let joins = matches!(core, "of" | "the" | "for") && (capital(next) || next == "the")
            || core == "and" && capital(next) && !["Government", "Kingdom", "Republic", "State"].contains(&next);
        if !(capital(core) || joins) || bare.contains('\n') && !capital(core) || bare.contains('(') {
            break;
        }
        at += word.len();
        end = if capital(core) { at - word.len() + core.len() } else { end };
        if core.len() < bare.len() {
            break;
        }
    }
    &text[..end]
}

/// `(hereinafter also "Atlantis")` right behind a name.
fn aliases(behind: &str) -> Vec<String> {
    let near = &behind[..behind.char_indices().nth(120).map_or(behind.len(), |(at, _)| at)];
    let near = near.trim_start_matches([',', ' ']);
    if !(near.starts_with("(here") || near.starts_with("here")) {
        return Vec::new();
    }
    let close = near.find([')', ';']).unwrap_or(near.len());
    let mut names = near[..close].split(['“', '”', '"']).skip(1).step_by(2);
    names.by_ref().filter(|name| name.starts_with(|c: char| c.is_uppercase())).map(str::to_owned).collect()
}

/// What the text defines, each once. "This means" and "does not mean" define nothing.
fn terms<'t>(treaty: &'t Treaty<'_>) -> Vec<&'t str> {
    let mut terms: Vec<&str> = Vec::new();
    for term in treaty.terms.iter().filter(|term| term.definiens.is_some()) {
        let name = term.name.as_str();
        let is_name = !matches!(name, "this" | "that" | "these" | "it" | "which") && !name.ends_with(" not");
        if is_name && !terms.contains(&name) && terms.len() < MOST {
            terms.push(name);
        }
    }
    terms
}

/// Organs that owe or may do something, as the text writes them, by how often they do.
fn bodies(treaty: &Treaty<'_>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for norm in treaty.norms.iter().filter(|norm| norm.reading == 0 && norm.parent.is_none() && norm.bearer.class == BearerClass::Organ) {
        let span = treaty.span(norm.bearer.words);
        let words = treaty.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = words.strip_prefix("The ").or_else(|| words.strip_prefix("the ")).unwrap_or(&words);
        // Pronouns, and plurals such as "Inspectors", are no names.
        let bare =
            matches!(name, "It" | "They" | "He" | "She" | "Both" | "Neither" | "All") || name.ends_with('s') && !name.ends_with("ss");
        let proper = !bare
            && !name.contains("- ")
            && name.starts_with(|c: char| c.is_uppercase())
            && name.len() < 60
            && !name.contains([',', '(', '[', '"']);
        if proper && !["Such ", "Each ", "Any ", "No ", "This ", "An ", "A "].iter().any(|article| name.starts_with(article)) {
            *counts.entry(name.to_owned()).or_default() += 1;
        }
    }
    let mut bodies: Vec<(String, usize)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    bodies.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    bodies.truncate(12);
    bodies.into_iter().map(|(name, _)| name).collect()
}

/// Three letters, or the initials of a long name; a number where they are taken.
fn short_name(name: &str, taken: &mut Vec<String>) -> String {
    let weighty = name.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_uppercase()));
    let last = weighty.clone().next_back().unwrap_or(name);
    let initials: String = weighty.clone().filter_map(|word| word.chars().next()).collect();
    let base: String = if weighty.count() > 2 && initials.is_ascii() {
        initials
    } else {
        last.chars().filter(char::is_ascii_alphabetic).take(3).collect::<String>().to_uppercase()
    };
    let base = if base.is_empty() { "P".to_owned() } else { base };
    let mut own = base.clone();
    let mut number = 2;
    while taken.contains(&own) {
        own = format!("{base}{number}");
        number += 1;
    }
    taken.push(own.clone());
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_is_proposed_once_and_without_the_sign_behind_its_name() {
        let text = "Agreement between Atlantis and the Republic of Boreas\n\nAtlantis and the Republic of Boreas:\nDesiring peace,\n\nhave agreed as follows:\n\nArticle 1\n\nThey meet.\n";
        let draft = draft(&Source::new("a.txt", text.as_bytes().to_vec()));
        assert_eq!(draft.lines().filter(|line| line.starts_with("party ")).collect::<Vec<_>>(), ["party BOR: Republic of Boreas"]);
    }

    #[test]
    fn a_text_gets_a_head_of_its_own_words() {
        let text = "Agreement between the Government of the Republic of Atlantis and the Government of the Kingdom of Boreas on networks\n\nThe Government of the Republic of Atlantis (hereinafter \"Atlantis\") and the Government of the Kingdom of Boreas,\n\nhave agreed as follows:\n\nArticle 1\n\n\"Incident\" means an act that stops a network.\n\nArticle 2\n\n1. The Joint Commission shall meet once a year.\n2. The Joint Commission shall report to the Parties.\n";
        let draft = draft(&Source::new("a.txt", text.as_bytes().to_vec()));
        let (head, rest) = draft.split_once("\nAgreement between").unwrap();
        assert_eq!(
            head.lines().filter(|line| !line.starts_with("//") && !line.is_empty()).collect::<Vec<_>>(),
            [
                "treaty \"Agreement between the Government of the Republic of Atlantis and the Government of the Kingdom of Boreas on networks\"",
                "party ATL: Republic of Atlantis",
                "  also: Atlantis",
                "party BOR: Kingdom of Boreas",
                "body COM: Joint Commission",
            ]
        );
        assert!(head.contains("//   incident\n"), "{head}");
        assert_eq!(format!("Agreement between{rest}"), text);
        let report = crate::check(Source::new("a.tdl", draft.into_bytes()), &|_| Err(String::new()), &Options::default());
        assert!(report.diagnostics.iter().all(|found| found.severity < crate::diagnostic::Severity::Error), "{:?}", report.diagnostics);
    }
}
