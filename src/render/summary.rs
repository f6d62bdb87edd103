//! The counts of a run and the lines that close its human forms.

use super::words::wrapped;
use crate::diagnostic::{Family, NotJudged, Report, Severity};
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Closing;

/// What a run found, file by file added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files that were read.
    pub files: usize,
    /// Findings that the drafters allowed.
    pub allowed: usize,
    /// Clauses that have a finding.
    pub clauses: usize,
    severities: [usize; 3],
    codes: BTreeMap<&'static str, usize>,
    /// By the number of the claim: 10 of H10.
    hurdles: BTreeMap<u32, usize>,
    not_judged: Vec<NotJudged>,
}

impl Tally {
    /// Counts one file's report.
    pub fn add(&mut self, report: &Report) {
        self.files += 1;
        self.allowed += report.allowed;
        self.clauses += report.clauses;
        for diagnostic in &report.diagnostics {
            self.severities[diagnostic.severity as usize] += 1;
            *self.codes.entry(diagnostic.code.name).or_default() += 1;
            for number in diagnostic.code.hurdles.iter().filter_map(|hurdle| hurdle.trim_start_matches('H').parse().ok()) {
                *self.hurdles.entry(number).or_default() += 1;
            }
        }
        for open in &report.not_judged {
            match self.not_judged.iter_mut().find(|known| known.family == open.family && known.needs == open.needs) {
                Some(known) => known.count += open.count,
                None => self.not_judged.push(open.clone()),
            }
        }
    }

    /// How many findings of a severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.severities[severity as usize]
    }

    /// The worst severity found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        [Severity::Error, Severity::Warning, Severity::Advice].into_iter().find(|severity| self.count(*severity) > 0)
    }

    /// What had to be left open, in the order of the families.
    #[must_use]
    pub fn not_judged(&self) -> Vec<NotJudged> {
        let mut open = self.not_judged.clone();
        let place = |family: Family| Family::ALL.iter().position(|known| *known == family);
        open.sort_by(|a, b| place(a.family).cmp(&place(b.family)).then_with(|| a.needs.cmp(&b.needs)));
        open
    }

    /// The counts of the codes, most first, equals by name.
    #[must_use]
    pub fn codes(&self) -> Vec<(&'static str, usize)> {
        let mut codes: Vec<_> = self.codes.iter().map(|(name, count)| (*name, *count)).collect();
        codes.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        codes
    }
}

/// Writes the closing lines of a human form, in lines of at most `width` characters.
pub(super) fn close(tally: &Tally, closing: Closing, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if closing.statistics {
        let codes = tally.codes();
        let width = codes.first().map_or(0, |(_, count)| count.to_string().len());
        for (name, count) in codes {
            writeln!(out, "{count:>width$}  {name}")?;
        }
        // A finding may speak to several claims of the essay, so these add up to more.
        let hurdles: Vec<String> = tally.hurdles.iter().map(|(number, count)| format!("H{number} {count}")).collect();
        if !hurdles.is_empty() {
            writeln!(out, "by hurdle: {}", hurdles.join(", "))?;
        }
    }
    if closing.summary {
        writeln!(out, "{}", counts(tally))?;
        for NotJudged { family, needs, count } in tally.not_judged() {
            let clauses = plural(count, "clause", "clauses");
            let line = format!("not judged: {} of {clauses}, for want of {}", family.word(), super::clean(&needs));
            writeln!(out, "{}", wrapped(&line, width).join("\n  "))?;
        }
    }
    Ok(())
}

fn counts(tally: &Tally) -> String {
    let kinds = [(Severity::Error, "error", "errors"), (Severity::Warning, "warning", "warnings"), (Severity::Advice, "advice", "advice")];
    let found: Vec<String> = kinds
        .into_iter()
        .filter(|(severity, ..)| tally.count(*severity) > 0)
        .map(|(severity, one, many)| plural(tally.count(severity), one, many))
        .collect();
    let mut line = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    if tally.clauses > 0 {
        line += &format!(" in {} of", plural(tally.clauses, "clause", "clauses"));
    } else {
        line += " in";
    }
    line += &format!(" {}", plural(tally.files, "file", "files"));
    if tally.allowed > 0 {
        line += &format!("; {} allowed", tally.allowed);
    }
    line
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
