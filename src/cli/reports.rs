//! `treatylint ledger` and `treatylint brackets`: reports on one draft.

use super::args::{Brackets, Ledger, OpenFailOn, ReportFormat};
use super::files::{self, Entry};
use super::output::Output;
use super::{Failure, Status, pool};
use std::path::Path;
use treatylint::check::ask;
use treatylint::options::Options;
use treatylint::reports::{Form, brackets, ledger};

/// Prints who gives and who gets.
pub fn ledger(arguments: &Ledger) -> Result<Status, Failure> {
    let options = Options { parties: arguments.parties.clone(), ..Options::default() };
    let wanted = arguments.parties.clone();
    let shown = on(&arguments.draft, |entry| {
        let source = files::read(entry)?;
        Ok(ask(&source, &|path: &str| files::used(entry, path), &options, |facts| {
            if let Some(stranger) = wanted.iter().find(|name| facts.treaty.declared.party(name).is_none()) {
                return Err(Failure(format!("no party `{stranger}` is declared in {}", entry.shown)));
            }
            Ok(ledger::show(&ledger::report(facts, &entry.shown, arguments.counts), form(arguments.format)))
        }))
    })??;
    print(&shown, arguments.output.as_deref())?;
    Ok(Status::Clean)
}

/// Prints what is still open.
pub fn brackets(arguments: &Brackets) -> Result<Status, Failure> {
    let options = Options::default();
    let (shown, open) = on(&arguments.draft, |entry| {
        let source = files::read(entry)?;
        Ok(ask(&source, &|path: &str| files::used(entry, path), &options, |facts| {
            let report = brackets::report(facts, &entry.shown);
            (brackets::show(&report, form(arguments.format)), report.open)
        }))
    })?;
    print(&shown, arguments.output.as_deref())?;
    let fails = arguments.fail_on == OpenFailOn::Open && open > 0;
    Ok(if fails { Status::Found } else { Status::Clean })
}

/// Asks something of one draft on a thread with room for a deep text.
fn on<R: Send>(draft: &Path, question: impl Fn(&Entry) -> Result<R, treatylint::diagnostic::Problem> + Sync) -> Result<R, Failure> {
    let name = draft.to_string_lossy().into_owned();
    let entry = if name == "-" {
        Entry { shown: "<stdin>".to_owned(), path: None }
    } else {
        Entry { shown: name, path: Some(draft.to_path_buf()) }
    };
    let answer = pool::alone(|| question(&entry)).map_err(Failure)?;
    answer.map_err(|problem| Failure(format!("cannot read {}: {}", problem.path, problem.message)))
}

fn print(text: &str, file: Option<&Path>) -> Result<(), Failure> {
    let mut output = Output::open(file)?;
    output.write(|out| out.write_all(text.as_bytes()))?;
    output.close()?;
    Ok(())
}

fn form(format: ReportFormat) -> Form {
    match format {
        ReportFormat::Text => Form::Text,
        ReportFormat::Markdown => Form::Markdown,
        ReportFormat::Json => Form::Json,
    }
}
