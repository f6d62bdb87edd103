//! The report of an earlier run, kept beside the texts that it was made of. It counts only where the program, the options and every text are
//! the same; the texts are compared themselves, so no hash can take one for another.

use crate::check::Library;
use crate::diagnostic::{Diagnostic, Fix, Hidden, Label, NotJudged, Report, Severity};
use crate::rules;
use crate::source::{FileId, Source, Sources};
use serde::{Deserialize, Serialize};

/// What stands in front of the texts.
#[derive(Serialize, Deserialize)]
struct Head {
    /// The program and the options, in words.
    stamp: String,
    /// Paths and lengths in bytes of the texts that follow: the draft's, then those of the files that it uses.
    texts: Vec<(String, usize)>,
    findings: Vec<Finding>,
    allowed: usize,
    /// Findings that an `@allow` hides, with its reason.
    hidden: Vec<(Finding, Option<String>)>,
    clauses: usize,
    not_judged: Vec<NotJudged>,
}

/// A diagnostic with the name of its code.
#[derive(Serialize, Deserialize)]
struct Finding {
    code: String,
    severity: Severity,
    message: String,
    locator: String,
    labels: Vec<Label>,
    notes: Vec<String>,
    help: Option<String>,
    fixes: Vec<Fix>,
    clause: Option<String>,
    reading: Option<String>,
    uncertain: bool,
}

/// What is kept of a report, as bytes. `stamp` tells program and options apart from all others. `None` for a report that says something of
/// the disk and not of the texts: a file that could not be used, bytes that are no UTF-8.
#[must_use]
pub fn write(report: &Report, stamp: &str) -> Option<Vec<u8>> {
    let sources: Vec<&Source> = report.sources.iter().map(|(_, source)| source).collect();
    if sources.iter().any(|source| source.first_bad_byte().is_some()) {
        return None;
    }
    let findings = report.diagnostics.iter().map(Finding::of);
    let hidden = report.hidden.iter().map(|hidden| (Finding::of(&hidden.diagnostic), hidden.reason.clone()));
    let head = Head {
        stamp: stamp.to_owned(),
        texts: sources.iter().map(|source| (source.path.clone(), source.text().len())).collect(),
        findings: findings.collect(),
        allowed: report.allowed,
        hidden: hidden.collect(),
        clauses: report.clauses,
        not_judged: report.not_judged.clone(),
    };
    let mut bytes = serde_json::to_vec(&head).ok()?;
    bytes.push(b'\n');
    sources.iter().for_each(|source| bytes.extend_from_slice(source.text().as_bytes()));
    Some(bytes)
}

/// The report that was kept, if it is one of this program, these options, this text, and files that are still as they were; else the text
/// back.
pub fn read(bytes: &[u8], stamp: &str, source: Source, library: &Library<'_>) -> Result<Report, Source> {
    match restore(bytes, stamp, &source, library) {
        Some((used, head)) => {
            let mut sources = Sources::default();
            sources.add(source);
            for used in used {
                sources.add(used);
            }
            let Head { findings, allowed, hidden, clauses, not_judged, .. } = head;
            let hide = |(found, reason): (Finding, Option<String>)| Some(Hidden { diagnostic: found.diagnostic()?, reason });
            match (findings.into_iter().map(Finding::diagnostic).collect(), hidden.into_iter().map(hide).collect()) {
                (Some(diagnostics), Some(hidden)) => {
                    Ok(Report { sources, diagnostics, allowed, hidden, compared: false, clauses, not_judged })
                }
                _ => Err(sources.into_first()),
            }
        }
        None => Err(source),
    }
}

fn restore(bytes: &[u8], stamp: &str, source: &Source, library: &Library<'_>) -> Option<(Vec<Source>, Head)> {
    let end = memchr::memchr(b'\n', bytes)?;
    let head: Head = serde_json::from_slice(&bytes[..end]).ok()?;
    let mut kept = &bytes[end + 1..];
    let whole: usize = head.texts.iter().map(|(_, length)| length).sum();
    if head.stamp != stamp || kept.len() != whole {
        return None;
    }
    let mut used = Vec::new();
    for (at, (path, length)) in head.texts.iter().enumerate() {
        let (text, rest) = kept.split_at(*length);
        kept = rest;
        if at == 0 {
            if *path != source.path || text != source.text().as_bytes() || source.first_bad_byte().is_some() {
                return None;
            }
            continue;
        }
        let now = library(path).ok().filter(|now| now == text)?;
        used.push(Source::new(path.as_str(), now));
    }
    // A place that is not in its text would bring a renderer down: then it is no file of ours.
    let lengths: Vec<usize> = head.texts.iter().map(|(_, length)| *length).collect();
    let fits = |file: FileId, end: u32| lengths.get(file.0 as usize).is_some_and(|length| end as usize <= *length);
    let sound = head.findings.iter().chain(head.hidden.iter().map(|(found, _)| found)).all(|found| {
        let edits = found.fixes.iter().flat_map(|fix| &fix.edits);
        !found.labels.is_empty()
            && found.labels.iter().all(|label| fits(label.file, label.span.end))
            && edits.into_iter().all(|edit| fits(edit.file, edit.span.end))
    });
    sound.then_some((used, head))
}

impl Finding {
    fn of(found: &Diagnostic) -> Self {
        Self {
            code: found.code.name.to_owned(),
            severity: found.severity,
            message: found.message.clone(),
            locator: found.locator.clone(),
            labels: found.labels.clone(),
            notes: found.notes.clone(),
            help: found.help.clone(),
            fixes: found.fixes.clone(),
            clause: found.clause.clone(),
            reading: found.reading.clone(),
            uncertain: found.uncertain,
        }
    }

    fn diagnostic(self) -> Option<Diagnostic> {
        let code = rules::code(&self.code)?;
        Some(Diagnostic {
            code,
            severity: self.severity,
            message: self.message,
            locator: self.locator,
            labels: self.labels,
            notes: self.notes,
            help: self.help,
            fixes: self.fixes,
            clause: self.clause,
            reading: self.reading,
            uncertain: self.uncertain,
            origin: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    const DRAFT: &str = "treaty \"Pact\"\nuse \"parties.tdl\"\n\nArticle 1\n\nAtlantis shall inform Caledonia promptly.\n";

    fn source(text: &str) -> Source {
        Source::new("draft.tdl", text.as_bytes().to_vec())
    }

    fn library(text: &'static str) -> impl Fn(&str) -> Result<Vec<u8>, String> {
        move |_| Ok(text.as_bytes().to_vec())
    }

    #[test]
    fn a_report_comes_back_as_it_was_and_only_for_the_same_texts() {
        let parties = library("party ATL: Atlantis\nparty CAL: Caledonia\n");
        let report = crate::check(source(DRAFT), &parties, &Options::default());
        assert!(!report.diagnostics.is_empty());
        let kept = write(&report, "0.1.0").expect("the texts are UTF-8");
        let again = read(&kept, "0.1.0", source(DRAFT), &parties).expect("nothing changed");
        let without_origin = |report: &Report| -> Vec<Diagnostic> {
            report.diagnostics.iter().cloned().map(|found| Diagnostic { origin: None, ..found }).collect()
        };
        assert_eq!(format!("{:?}", again.diagnostics), format!("{:?}", without_origin(&report)));
        assert!(read(&kept, "0.1.1", source(DRAFT), &parties).is_err());
        assert!(read(&kept, "0.1.0", source(&DRAFT.replace("promptly", "at once")), &parties).is_err());
        assert!(read(&kept, "0.1.0", source(DRAFT), &library("party ATL: Atlantis\n")).is_err());
        for end in 0..kept.len() {
            assert!(read(&kept[..end], "0.1.0", source(DRAFT), &parties).is_err());
        }
    }
}
