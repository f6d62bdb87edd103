//! `treatylint [check]`: finds the files, has them judged, shows what was found.

use super::args::{Check, FailOn};
use super::files::{self, Entry, Files};
use super::output::{Output, Reader, complain, set};
use super::{Failure, Status, pages, pool};
use std::num::NonZeroUsize;
use treatylint::diagnostic::{Problem, Report};
use treatylint::options::Options;
use treatylint::render::{Closing, Format, Render, Tally, renderer};

/// Lints what the arguments name.
pub fn run(check: &Check) -> Result<Status, Failure> {
    let options = options(check)?;
    let Files { entries, problems, empty } = files::find(&check.paths, &check.include, check.stdin_filename.as_deref())?;
    let output = Output::open(check.output.as_deref())?;
    let format = format(check, &output);
    let closing = Closing { summary: !check.quiet, statistics: check.statistics };
    let renderer = renderer(format, output.look(check.color), closing);
    let told = matches!(format, Format::Json | Format::Jsonl);
    let mut run = Run { output, renderer, told, tally: Tally::default(), problems: Vec::new(), end: Ok(Reader::There) };
    empty.iter().for_each(|path| complain(&format!("warning: no draft in {path} (looked for *.tdl; --include widens that)")));
    problems.into_iter().for_each(|problem| run.problem(problem));
    let jobs = check.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    if !entries.is_empty() {
        let started =
            pool::run(entries.len(), jobs, |index| judge(&entries[index], &options), |index, judged| run.take(&entries[index], judged));
        started.map_err(|error| Failure(format!("cannot start a thread: {error}")))?;
    }
    run.finish(check.fail_on)
}

/// Reads one file and has it judged.
fn judge(entry: &Entry, options: &Options) -> Result<Report, Problem> {
    let source = files::read(entry)?;
    Ok(treatylint::check(source, &|path: &str| files::used(entry, path), options))
}

/// A run under way.
struct Run {
    output: Output,
    renderer: Box<dyn Render>,
    /// Whether the form of output tells of problems itself.
    told: bool,
    tally: Tally,
    problems: Vec<Problem>,
    end: Result<Reader, Failure>,
}

impl Run {
    /// Shows one file's report; false where nobody wants more.
    fn take(&mut self, entry: &Entry, judged: Result<Result<Report, Problem>, String>) -> bool {
        let judged = judged.unwrap_or_else(|message| Err(Problem { path: entry.shown.clone(), message }));
        match judged {
            Err(problem) => self.problem(problem),
            Ok(report) => {
                self.tally.add(&report);
                let Self { output, renderer, .. } = self;
                self.end = output.write(|out| renderer.report(&report, out));
            }
        }
        matches!(self.end, Ok(Reader::There))
    }

    fn problem(&mut self, problem: Problem) {
        if !self.told {
            complain(&format!("error: cannot lint {}: {}", problem.path, problem.message));
        }
        self.problems.push(problem);
    }

    fn finish(self, fail_on: FailOn) -> Result<Status, Failure> {
        let Self { mut output, mut renderer, tally, problems, end, .. } = self;
        if end? == Reader::There && output.write(|out| renderer.finish(&tally, &problems, out))? == Reader::There {
            output.close()?;
        }
        Ok(match (problems.is_empty(), fail_on.fails(tally.worst())) {
            (false, _) => Status::Failed,
            (true, true) => Status::Found,
            (true, false) => Status::Clean,
        })
    }
}

fn options(check: &Check) -> Result<Options, Failure> {
    let named = check.levels.iter().map(|(name, _)| name);
    check.select.iter().chain(&check.ignore).chain(named).try_for_each(|name| pages::known(name, true))?;
    let mut options = Options {
        select: check.select.clone(),
        ignore: check.ignore.clone(),
        levels: check.levels.clone(),
        persona: check.persona.into(),
        parties: check.parties.clone(),
        min_severity: check.min_severity.into(),
        ..Options::default()
    };
    if let Some(confidence) = check.confidence {
        options.confidence = confidence;
    }
    Ok(options)
}

fn format(check: &Check, output: &Output) -> Format {
    match check.format {
        Some(format) => format.into(),
        None if !output.terminal => Format::Plain,
        None if set("NO_GRAPHICS") => Format::Narrated,
        None => Format::Terminal,
    }
}
