//! Readings of brackets. A sentence with brackets is read once with all contested text in and the first of each set of alternatives, and
//! once more for every other alternative, the rest held. A finding then knows which alternative brings it or takes it away.

use super::Treaty;
use super::clean::{Taken, base_choice};
use crate::source::Span;
use crate::syntax::tree::{Bracket, BracketKind};

/// One way to read the brackets of a sentence.
#[derive(Clone, Debug)]
pub struct Reading {
    /// In words, with the bracket's own: "in CAL's text", "where `or transits` falls". Empty for the base.
    pub words: String,
    /// The same for what the base has instead.
    pub instead: String,
    /// The sentence in the base reading that this one replaces.
    pub of: Option<super::SentenceId>,
    /// The first bracket of the variable that is read otherwise, by index.
    pub bracket: Option<usize>,
    /// Which of the variable's readings other than the base it is, from 0.
    pub nth: usize,
}

impl Reading {
    /// Contested text in, first alternatives.
    #[must_use]
    pub fn base() -> Self {
        Self { words: String::new(), instead: String::new(), of: None, bracket: None, nth: 0 }
    }
}

/// A bracket, or a set of brackets, that can be read otherwise than in the base.
#[derive(Debug)]
pub struct Variable {
    /// The brackets that belong together.
    pub members: Vec<usize>,
}

/// What one reading takes of the brackets of a variable, with the words for it and for the base.
#[derive(Debug)]
pub struct Variant {
    /// By bracket.
    pub taken: Vec<(usize, Taken)>,
    /// See [`Reading::words`].
    pub words: String,
    /// See [`Reading::instead`].
    pub instead: String,
}

/// The variables in a span of the source: contested brackets that lie in it or open or close in it.
#[must_use]
pub fn variables(treaty: &Treaty<'_>, span: Span) -> Vec<Variable> {
    let brackets = &treaty.tree.brackets;
    let from = brackets.partition_point(|bracket| bracket.open.start < span.start);
    let mut variables: Vec<Variable> = Vec::new();
    let mut last_set = None;
    for (index, bracket) in brackets.iter().enumerate().skip(from).take_while(|(_, bracket)| bracket.open.start < span.end) {
        if !matches!(bracket.kind, BracketKind::Contested | BracketKind::Blank) || !bracket.closed {
            continue;
        }
        match (bracket.set, last_set) {
            (Some(set), Some((last, at))) if set == last => {
                let variable: &mut Variable = &mut variables[at];
                variable.members.push(index);
            }
            (set, _) => {
                last_set = set.map(|set| (set, variables.len()));
                variables.push(Variable { members: vec![index] });
            }
        }
    }
    variables
}

impl Variable {
    /// The readings other than the base, `most` of them at most.
    #[must_use]
    pub fn variants(&self, treaty: &Treaty<'_>, most: usize) -> Vec<Variant> {
        let brackets = &treaty.tree.brackets;
        if self.members.len() > 1 {
            return self.one_of(treaty, most);
        }
        let index = self.members[0];
        let bracket = &brackets[index];
        if !bracket.slashes.is_empty() {
            return alternatives(treaty, index, most);
        }
        if bracket.kind == BracketKind::Blank || base_choice(brackets, index) == Taken::None {
            return Vec::new();
        }
        let opposed = opposers(treaty, bracket);
        let stays = words_for(treaty, bracket, 0, "stays");
        let falls = match opposed {
            Some(names) => format!("in {names} text"),
            None => format!("where {} falls", shown(treaty, Span::new(inner(treaty, bracket), bracket.close.start))),
        };
        vec![Variant { taken: vec![(index, Taken::None)], words: falls, instead: stays }]
    }

    fn one_of(&self, treaty: &Treaty<'_>, most: usize) -> Vec<Variant> {
        let brackets = &treaty.tree.brackets;
        let first = self.members[0];
        let instead = words_for(treaty, &brackets[first], 0, "is taken");
        self.members[1..]
            .iter()
            .take(most)
            .map(|wanted| Variant {
                // The base takes the first; the others fall in the base already.
                taken: vec![(first, Taken::None), (*wanted, Taken::Alternative(0))],
                words: words_for(treaty, &brackets[*wanted], 0, "is taken"),
                instead: instead.clone(),
            })
            .collect()
    }
}

fn alternatives(treaty: &Treaty<'_>, index: usize, most: usize) -> Vec<Variant> {
    let bracket = &treaty.tree.brackets[index];
    (1..=bracket.slashes.len().min(most))
        .map(|wanted| Variant {
            taken: vec![(index, Taken::Alternative(wanted))],
            words: words_for(treaty, bracket, wanted, "is taken"),
            instead: words_for(treaty, bracket, 0, "is taken"),
        })
        .collect()
}

/// Where the text of a bracket begins: behind the names of who proposes, if they are names.
#[must_use]
pub fn inner(treaty: &Treaty<'_>, bracket: &Bracket) -> u32 {
    match bracket.owners {
        Some(owners) if are_names(treaty, owners) => bracket.inner,
        _ => bracket.open.end,
    }
}

/// Names of who proposes are declared, or written in capitals.
#[must_use]
pub fn are_names(treaty: &Treaty<'_>, owners: Span) -> bool {
    let words = treaty.source.slice(owners);
    words
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| word.starts_with(char::is_uppercase))
        .all(|word| word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) || treaty.declared.is_name(word))
}

fn words_for(treaty: &Treaty<'_>, bracket: &Bracket, alternative: usize, what: &str) -> String {
    let (owners, start) = match alternative {
        0 => (bracket.owners.filter(|owners| are_names(treaty, *owners)), inner(treaty, bracket)),
        _ => bracket.slashes.get(alternative - 1).map_or((None, bracket.inner), |slash| (slash.owners, slash.span.end)),
    };
    if let Some(owners) = owners {
        return format!("in {} text", possessive(&proposers(treaty.source.slice(owners))));
    }
    let end = bracket.slashes.get(alternative).map_or(bracket.close.start, |slash| slash.span.start);
    format!("where {} {what}", shown(treaty, Span::new(start.min(end), end)))
}

fn shown(treaty: &Treaty<'_>, span: Span) -> String {
    let words = super::quote(treaty.source.slice(span));
    let short: String = words.chars().take(40).collect();
    if short.len() < words.len() { format!("`{short}…`") } else { format!("`{words}`") }
}

/// The names before `oppose`, all of them where nobody is said to propose.
fn proposers(owners: &str) -> Vec<String> {
    owners
        .trim_end_matches([':', ' '])
        .split(';')
        .filter(|side| !side.contains("oppose") && !side.contains("reserve"))
        .flat_map(names)
        .collect()
}

/// Who stands behind an alternative of a bracket and who against it, as written; both may be empty.
#[must_use]
pub fn sides(treaty: &Treaty<'_>, bracket: &Bracket, alternative: usize) -> (Vec<String>, Vec<String>) {
    let owners = match alternative {
        0 => bracket.owners.filter(|owners| are_names(treaty, *owners)),
        _ => bracket.slashes.get(alternative - 1).and_then(|slash| slash.owners),
    };
    let Some(owners) = owners else { return (Vec::new(), Vec::new()) };
    let words = treaty.source.slice(owners);
    let against = words.trim_end_matches([':', ' ']).split(';').filter(|side| side.contains("oppose")).flat_map(names).collect();
    (proposers(words), against)
}

/// The words of an alternative of a bracket.
#[must_use]
pub fn alternative(treaty: &Treaty<'_>, bracket: &Bracket, alternative: usize) -> Span {
    let start = match alternative {
        0 => inner(treaty, bracket),
        _ => bracket.slashes.get(alternative - 1).map_or(bracket.inner, |slash| slash.span.end),
    };
    let end = bracket.slashes.get(alternative).map_or(bracket.close.start, |slash| slash.span.start);
    Span::new(start.min(end), end)
}

fn opposers(treaty: &Treaty<'_>, bracket: &Bracket) -> Option<String> {
    let owners = bracket.owners.filter(|owners| are_names(treaty, *owners))?;
    let against: Vec<String> = treaty
        .source
        .slice(owners)
        .trim_end_matches([':', ' '])
        .split(';')
        .filter(|side| side.contains("oppose"))
        .flat_map(names)
        .collect();
    (!against.is_empty()).then(|| possessive(&against))
}

fn names(side: &str) -> impl Iterator<Item = String> + '_ {
    side.split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned())
}

fn possessive(names: &[String]) -> String {
    let with: Vec<String> = names.iter().map(|name| format!("{name}'s")).collect();
    match with.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}
