//! The findings that a repository starts with: known by fingerprint, so that only new ones are shown.

use crate::check::count_clauses;
use crate::diagnostic::{Hidden, Report};
use crate::fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The version of the form.
const VERSION: u32 = 1;

/// A baseline as it stands in its file. Everything beside the fingerprint is for the reader of a diff.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Baseline {
    version: u32,
    findings: Vec<Known>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Known {
    path: String,
    code: String,
    locator: String,
    fingerprint: String,
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
        for (found, fingerprint) in report.diagnostics.iter().zip(fingerprint::of(report)) {
            let path = report.sources.get(found.primary().file).path.clone();
            self.findings.push(Known { path, code: found.code.name.to_owned(), locator: found.locator.clone(), fingerprint });
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

    /// The fingerprints.
    #[must_use]
    pub fn fingerprints(&self) -> HashSet<String> {
        self.findings.iter().map(|known| known.fingerprint.clone()).collect()
    }
}

/// Takes out of a report what is known; how many that were.
pub fn take_out(report: &mut Report, known: &HashSet<String>) -> usize {
    report.compared = true;
    let mut old = fingerprint::of(report).into_iter().map(|fingerprint| known.contains(&fingerprint));
    let (taken, fresh): (Vec<_>, Vec<_>) = std::mem::take(&mut report.diagnostics).into_iter().partition(|_| old.next().unwrap_or(false));
    let count = taken.len();
    report.diagnostics = fresh;
    report.hidden.extend(taken.into_iter().map(|diagnostic| Hidden { diagnostic, reason: None }));
    report.clauses = count_clauses(&report.diagnostics);
    count
}
