//! `treatylint brackets`: what is still open, article by article, who wants what, and which findings each alternative brings or takes away.

use super::Form;
use crate::analysis::Facts;
use crate::check::{findings, reads_variants};
use crate::model::Treaty;
use crate::model::readings::{self, Variable};
use crate::source::Span;
use crate::syntax::tree::{BracketKind, UnitId};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

/// The version of the JSON form.
pub const VERSION: u32 = 1;

/// What is open in a draft.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Report {
    /// Version of this form.
    pub version: u32,
    /// The file.
    pub path: String,
    /// How many brackets are open, sets of alternatives counted once.
    pub open: usize,
    /// How many of them stand in each article.
    pub articles: Vec<Count>,
    /// How many alternatives each party stands behind, or against.
    pub parties: Vec<Sides>,
    /// Each of them.
    pub brackets: Vec<Open>,
}

/// A number of brackets.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Count {
    /// The article.
    pub article: String,
    /// How many.
    pub open: usize,
}

/// What a party stands behind.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Sides {
    /// As written in the brackets.
    pub party: String,
    /// Alternatives that it proposes.
    pub proposes: usize,
    /// Alternatives that it opposes.
    pub opposes: usize,
}

/// One bracket, or one set of alternatives.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Open {
    /// Where it stands.
    pub clause: String,
    /// Line of the file, from 1.
    pub line: u32,
    /// `alternatives`, `contested` (it may stay or fall) or `blank`.
    pub kind: String,
    /// What may be taken.
    pub alternatives: Vec<Alternative>,
}

/// One way to read a bracket.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Alternative {
    /// Its words; empty where the text falls.
    pub words: String,
    /// Who proposes it.
    pub proposed_by: Vec<String>,
    /// Who is against it.
    pub opposed_by: Vec<String>,
    /// Findings that are there with it and not with the first.
    pub brings: Vec<String>,
    /// Findings that are there with the first and not with it.
    pub takes_away: Vec<String>,
}

/// Draws the report up.
#[must_use]
pub fn report(facts: &Facts<'_, '_>, path: &str) -> Report {
    let treaty = facts.treaty;
    let changes = changes(facts);
    let everything = Span::new(0, treaty.source.text().len() as u32);
    let brackets: Vec<Open> = readings::variables(treaty, everything).iter().map(|variable| open(treaty, variable, &changes)).collect();
    let mut articles: Vec<Count> = Vec::new();
    let mut parties: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for variable in readings::variables(treaty, everything) {
        let article = treaty.locator(treaty.article_of(unit_of(treaty, &variable)));
        match articles.iter_mut().find(|count| count.article == article) {
            Some(count) => count.open += 1,
            None => articles.push(Count { article, open: 1 }),
        }
    }
    for alternative in brackets.iter().flat_map(|open| &open.alternatives) {
        alternative.proposed_by.iter().for_each(|party| parties.entry(party.clone()).or_default().0 += 1);
        alternative.opposed_by.iter().for_each(|party| parties.entry(party.clone()).or_default().1 += 1);
    }
    let parties = parties.into_iter().map(|(party, (proposes, opposes))| Sides { party, proposes, opposes }).collect();
    Report { version: VERSION, path: path.to_owned(), open: brackets.len(), articles, parties, brackets }
}

/// What another reading of a bracket changes: the findings it brings and those it takes away, by the bracket and which of its readings.
type Changes = HashMap<(usize, usize), (HashSet<&'static str>, HashSet<&'static str>)>;

fn changes(facts: &Facts<'_, '_>) -> Changes {
    let treaty = facts.treaty;
    let mut by_sentence: HashMap<u32, Vec<(&'static str, u32, Span)>> = HashMap::new();
    for found in findings(facts) {
        if let Some(origin) = found.origin {
            by_sentence.entry(origin.sentence).or_default().push((found.code.name, origin.reading, found.primary().span));
        }
    }
    let mut changes = Changes::new();
    for (index, reading) in treaty.readings.iter().enumerate() {
        let (Some(of), Some(bracket)) = (reading.of, reading.bracket) else { continue };
        let found = by_sentence.get(&of.0).map_or(&[][..], Vec::as_slice);
        let (brings, takes) = changes.entry((bracket, reading.nth)).or_default();
        let here: HashSet<&str> = found.iter().filter(|(_, at, _)| *at == index as u32).map(|(code, ..)| *code).collect();
        let base: HashSet<&str> = found.iter().filter(|(_, at, _)| *at == 0).map(|(code, ..)| *code).collect();
        for (code, at, _) in found {
            if *at == index as u32 && !base.contains(code) {
                brings.insert(code);
            }
            // A rule that reads the base alone says nothing of other readings.
            if *at == 0 && !here.contains(code) && (reads_variants(code) || found.iter().any(|(other, at, _)| other == code && *at != 0)) {
                takes.insert(code);
            }
        }
    }
    changes
}

fn unit_of(treaty: &Treaty<'_>, variable: &Variable) -> UnitId {
    let at = treaty.tree.brackets[variable.members[0]].open.start;
    UnitId(treaty.tree.units.partition_point(|unit| unit.head.start <= at).saturating_sub(1) as u32)
}

fn open(treaty: &Treaty<'_>, variable: &Variable, changes: &Changes) -> Open {
    let brackets = &treaty.tree.brackets;
    let first = variable.members[0];
    let bracket = &brackets[first];
    let alternative = |member: usize, nth: usize, reading: Option<usize>| {
        let (proposed_by, opposed_by) = readings::sides(treaty, &brackets[member], nth);
        let words = crate::model::quote(treaty.source.slice(readings::alternative(treaty, &brackets[member], nth)));
        with_changes(
            Alternative { words, proposed_by, opposed_by, brings: Vec::new(), takes_away: Vec::new() },
            reading.and_then(|nth| changes.get(&(first, nth))),
        )
    };
    let (kind, alternatives) = if variable.members.len() > 1 {
        let of = |(at, member): (usize, &usize)| alternative(*member, 0, at.checked_sub(1));
        ("alternatives", variable.members.iter().enumerate().map(of).collect())
    } else if !bracket.slashes.is_empty() {
        ("alternatives", (0..=bracket.slashes.len()).map(|at| alternative(first, at, at.checked_sub(1))).collect())
    } else if bracket.kind == BracketKind::Blank {
        ("blank", vec![alternative(first, 0, None)])
    } else {
        let falls = Alternative {
            words: String::new(),
            proposed_by: Vec::new(),
            opposed_by: Vec::new(),
            brings: Vec::new(),
            takes_away: Vec::new(),
        };
        ("contested", vec![alternative(first, 0, None), with_changes(falls, changes.get(&(first, 0)))])
    };
    Open {
        clause: treaty.locator(unit_of(treaty, variable)),
        line: treaty.source.place(bracket.open.start).line,
        kind: kind.to_owned(),
        alternatives,
    }
}

fn with_changes(mut alternative: Alternative, changes: Option<&(HashSet<&'static str>, HashSet<&'static str>)>) -> Alternative {
    if let Some((brings, takes)) = changes {
        let sorted = |codes: &HashSet<&'static str>| {
            let mut names: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
            names.sort_unstable();
            names
        };
        alternative.brings = sorted(brings);
        alternative.takes_away = sorted(takes);
    }
    alternative
}

/// The report in a form.
#[must_use]
pub fn show(report: &Report, form: Form) -> String {
    match form {
        Form::Text => text(report),
        Form::Markdown => markdown(report),
        Form::Json => format!("{:#}\n", serde_json::json!(report)),
    }
}

/// "`shall` (ATL, BOR; against it CAL): brings hedged-obligation".
fn words(alternative: &Alternative) -> String {
    let mut line = if alternative.words.is_empty() { "falls".to_owned() } else { format!("`{}`", alternative.words) };
    let mut sides = Vec::new();
    if !alternative.proposed_by.is_empty() {
        sides.push(alternative.proposed_by.join(", "));
    }
    if !alternative.opposed_by.is_empty() {
        sides.push(format!("against it {}", alternative.opposed_by.join(", ")));
    }
    if !sides.is_empty() {
        let _ = write!(line, " ({})", sides.join("; "));
    }
    let mut changes = Vec::new();
    if !alternative.brings.is_empty() {
        changes.push(format!("brings {}", alternative.brings.join(", ")));
    }
    if !alternative.takes_away.is_empty() {
        changes.push(format!("takes away {}", alternative.takes_away.join(", ")));
    }
    if !changes.is_empty() {
        let _ = write!(line, ": {}", changes.join("; "));
    }
    line
}

fn text(report: &Report) -> String {
    let mut out = String::new();
    for open in &report.brackets {
        let _ = writeln!(out, "{}:{}: {}: {}", report.path, open.line, open.clause, open.kind);
        for alternative in &open.alternatives {
            let _ = writeln!(out, "    {}", words(alternative));
        }
    }
    if report.open > 0 {
        out.push('\n');
        let width = report.articles.iter().map(|count| count.article.chars().count()).max().unwrap_or(0);
        for count in &report.articles {
            let _ = writeln!(out, "{:width$}  {:4} open", count.article, count.open);
        }
        for sides in &report.parties {
            let _ = writeln!(out, "{}: proposes {}, opposes {}", sides.party, sides.proposes, sides.opposes);
        }
    }
    let _ = writeln!(out, "{} open in {} articles of {}", report.open, report.articles.len(), report.path);
    out
}

fn markdown(report: &Report) -> String {
    let mut out = format!("# What is open in {}\n\n{} brackets in {} articles.\n", report.path, report.open, report.articles.len());
    let _ = writeln!(out, "\n| article | open |\n|---|--:|");
    for count in &report.articles {
        let _ = writeln!(out, "| {} | {} |", count.article, count.open);
    }
    if !report.parties.is_empty() {
        let _ = writeln!(out, "\n| party | proposes | opposes |\n|---|--:|--:|");
        for sides in &report.parties {
            let _ = writeln!(out, "| {} | {} | {} |", sides.party, sides.proposes, sides.opposes);
        }
    }
    let _ = writeln!(out, "\n| clause | line | what may be taken |\n|---|--:|---|");
    for open in &report.brackets {
        let all: Vec<String> = open.alternatives.iter().map(|alternative| words(alternative).replace('|', "\\|")).collect();
        let _ = writeln!(out, "| {} | {} | {} |", open.clause, open.line, all.join("<br>"));
    }
    out
}
