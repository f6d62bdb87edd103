//! The findings that a repository starts with: known by fingerprint, so that only new ones are shown.

use crate::check::count_clauses;
use crate::diagnostic::{Hidden, Report};
use crate::fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// The version of the form.
const VERSION: u32 = 1;

/// A baseline as it stands in its file. Everything beside the fingerprint is for the reader of a diff.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Baseline {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Entry {
    path: String,
    code: String,
    locator: String,
    fingerprint: String,
    /// What the finding is known by under another number.
    #[serde(default)]
    clause: String,
}

/// What findings are known by: their fingerprints, and those of their clauses.
#[derive(Clone, Debug, Default)]
pub struct Known {
    prints: HashSet<String>,
    /// Fingerprints by that of the clause.
    clauses: HashMap<String, Vec<String>>,
}

impl Known {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }
}

impl FromIterator<(String, String)> for Known {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        let mut known = Self::default();
        for (print, clause) in pairs {
            known.clauses.entry(clause).or_default().push(print.clone());
            known.prints.insert(print);
        }
        known
    }
}

impl Baseline {
    /// Reads one.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| format!("is no baseline: {error}"))?;
        if baseline.version == VERSION { Ok(baseline) } else { Err(format!("is of version {} and not {VERSION}", baseline.version)) }
    }

    /// Takes a report's findings in.
    pub fn add(&mut self, report: &Report) {
        self.version = VERSION;
        let prints = fingerprint::of(report).into_iter().zip(fingerprint::of_clauses(report));
        for (found, (fingerprint, clause)) in report.diagnostics.iter().zip(prints) {
            let path = report.sources.get(found.primary().file).path.clone();
            self.findings.push(Entry { path, code: found.code.name.to_owned(), locator: found.locator.clone(), fingerprint, clause });
        }
    }

    /// As it is written: sorted, one entry a line, so that two branches merge.
    #[must_use]
    pub fn write(&self) -> String {
        let mut known = self.findings.clone();
        known.sort();
        let lines: Vec<String> = known.iter().map(|known| format!("    {}", serde_json::json!(known))).collect();
        let list = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": {list}\n}}\n")
    }

    /// What its findings are known by.
    #[must_use]
    pub fn known(&self) -> Known {
        self.findings.iter().map(|entry| (entry.fingerprint.clone(), entry.clause.clone())).collect()
    }
}

/// What the findings of a report are known by.
#[must_use]
pub fn known(report: &Report) -> Known {
    fingerprint::of(report).into_iter().zip(fingerprint::of_clauses(report)).collect()
}

/// Takes out of a report what is known; how many that were. A finding whose place is new is known by its clause, where a known finding of that
/// clause is no longer in its old place.
pub fn take_out(report: &mut Report, known: &Known) -> usize {
    report.compared = true;
    let prints = fingerprint::of(report);
    let mut old: Vec<bool> = prints.iter().map(|print| known.prints.contains(print)).collect();
    if old.contains(&false) {
        let here: HashSet<&String> = prints.iter().collect();
        let mut gone: HashMap<&str, usize> = HashMap::new();
        for (clause, prints) in known.clauses.iter().filter(|(clause, _)| !clause.is_empty()) {
            gone.insert(clause, prints.iter().filter(|print| !here.contains(print)).count());
        }
        for (old, clause) in old.iter_mut().zip(fingerprint::of_clauses(report)).filter(|(old, _)| !**old) {
            if let Some(count) = gone.get_mut(clause.as_str()).filter(|count| **count > 0) {
                *count -= 1;
                *old = true;
            }
        }
    }
    let mut old = old.into_iter();
    let (taken, fresh): (Vec<_>, Vec<_>) = std::mem::take(&mut report.diagnostics).into_iter().partition(|_| old.next().unwrap_or(false));
    let count = taken.len();
    report.diagnostics = fresh;
    report.hidden.extend(taken.into_iter().map(|diagnostic| Hidden { diagnostic, reason: None }));
    report.clauses = count_clauses(&report.diagnostics);
    count
}
