//! `treatylint [check]`: finds the files, has them judged, mends them where asked, shows what was found.

use super::args::{Check, Form};
use super::cache::Cache;
use super::configuration::{Configuration, Policy};
use super::files::{self, Entry, Files};
use super::output::{Output, Reader, complain, set};
use super::progress::Progress;
use super::{Failure, Status, pool, since};
use std::num::NonZeroUsize;
use std::path::Path;
use treatylint::allow;
use treatylint::baseline::{self, Baseline, Known};
use treatylint::diagnostic::{Problem, Report};
use treatylint::fix;
use treatylint::render::{Closing, Format, Render, Tally, renderer};
use treatylint::source::Source;

/// Lints what the arguments name.
pub fn run(check: &Check) -> Result<Status, Failure> {
    let configuration = Configuration::of(check)?;
    let policy = Policy::new(check, &configuration)?;
    let include: Vec<String> = check.include.iter().chain(&configuration.settings.include).cloned().collect();
    let excluded = |path: &Path| configuration.excludes(path);
    let Files { entries, problems, empty } = files::find(&check.paths, &include, &excluded, check.stdin_filename.as_deref())?;
    check.since.as_deref().map_or(Ok(()), since::verify)?;
    let known = known(check, &configuration)?;
    let settled = known.clone();
    let cache = Cache::of(check, &configuration);
    let sinks = sinks(check)?;
    let told = sinks.first().is_some_and(|sink| !is_for_people(sink.format));
    let mut run = Run {
        check,
        sinks,
        told,
        tally: Tally::default(),
        problems: Vec::new(),
        known,
        counts: Counts::default(),
        end: Ok(Reader::There),
        progress: Progress::new(entries.len(), !check.quiet),
    };
    empty.iter().for_each(|path| complain(&format!("warning: no draft in {path} (looked for *.tdl; --include widens that)")));
    problems.into_iter().for_each(|problem| run.problem(problem));
    let jobs = check.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    if !entries.is_empty() {
        let court = Court { check, policy, baseline: &settled, cache: cache.as_ref() };
        let judged = |index: usize| court.judge(&entries[index]);
        let started = pool::run(entries.len(), jobs, judged, |index, judged| run.take(&entries[index], judged));
        started.map_err(|error| Failure(format!("cannot start a thread: {error}")))?;
    }
    run.finish(&configuration)
}

/// What became of one file.
struct Judged {
    report: Report,
    /// How many fixes were applied, or would be.
    fixed: usize,
    /// The text before them, where there were any.
    before: Option<String>,
    /// How many annotations were written.
    allowed: usize,
    /// Findings that were there at the revision asked for.
    known: Known,
}

/// What all files of a run are judged by.
struct Court<'a> {
    check: &'a Check,
    policy: Policy<'a>,
    /// What the baseline knows.
    baseline: &'a Known,
    cache: Option<&'a Cache>,
}

impl Court<'_> {
    /// Reads one file, has it judged, and mends it where that is asked for.
    fn judge(&self, entry: &Entry) -> Result<Judged, Problem> {
        let options = self.policy.of(&entry.shown).map_err(|message| Problem { path: entry.shown.clone(), message })?;
        let options = options.as_ref();
        let library = |path: &str| files::used(entry, path);
        let lint = |source: Source| treatylint::check(source, &library, options);
        let source = files::read(entry)?;
        let mut report = match self.cache.filter(|_| entry.path.is_some()) {
            Some(cache) => cache.check(entry, source, &library, options),
            None => lint(source),
        };
        let (mut fixed, mut before) = (0, None);
        // Bytes that are no UTF-8 would not come back as they were.
        if (self.check.fix || self.check.diff) && report.source().first_bad_byte().is_none() {
            for round in 0..fix::ROUNDS {
                let Some(mended) = fix::apply(&report, self.check.unsafe_fixes, round) else { break };
                before.get_or_insert_with(|| report.source().text().to_owned());
                fixed += mended.applied;
                report = lint(Source::new(entry.shown.as_str(), mended.text.into_bytes()));
            }
            if self.check.fix && before.is_some() {
                files::write(entry, report.source().text())?;
            }
        }
        let known = self.check.since.as_deref().map(|revision| since::known(revision, entry, options)).unwrap_or_default();
        let mut allowed = 0;
        if let Some(reason) = &self.check.add_allow {
            // What the baseline or the revision knows is settled there.
            for settled in [self.baseline, &known].into_iter().filter(|known| !known.is_empty()) {
                baseline::take_out(&mut report, settled);
            }
            if report.source().first_bad_byte().is_some() {
                return Err(Problem {
                    path: entry.shown.clone(),
                    message: "it is not UTF-8, so nothing can be written into it".to_owned(),
                });
            }
            let written = allow::write(&report, reason).map_err(|message| Problem { path: entry.shown.clone(), message })?;
            if let Some(written) = written {
                files::write(entry, &written.text)?;
                allowed = written.written;
                report = lint(Source::new(entry.shown.as_str(), written.text.into_bytes()));
            }
        }
        Ok(Judged { report, fixed, before, allowed, known })
    }
}

/// One form of output and where it goes.
struct Sink {
    format: Format,
    output: Output,
    renderer: Box<dyn Render>,
}

#[derive(Default)]
struct Counts {
    fixed: usize,
    files: usize,
    allowed: usize,
    old: usize,
}

/// A run under way.
struct Run<'a> {
    check: &'a Check,
    sinks: Vec<Sink>,
    /// Whether the first form of output tells of problems itself.
    told: bool,
    tally: Tally,
    problems: Vec<Problem>,
    /// What the baseline knows.
    known: Known,
    counts: Counts,
    end: Result<Reader, Failure>,
    progress: Progress,
}

impl Run<'_> {
    /// Shows one file's report; false where nobody wants more.
    fn take(&mut self, entry: &Entry, judged: Result<Result<Judged, Problem>, String>) -> bool {
        self.progress.clear();
        let judged = judged.unwrap_or_else(|message| Err(Problem { path: entry.shown.clone(), message }));
        match judged {
            Err(problem) => self.problem(problem),
            Ok(judged) => self.show(judged),
        }
        self.progress.step();
        matches!(self.end, Ok(Reader::There))
    }

    fn show(&mut self, judged: Judged) {
        let Judged { mut report, fixed, before, allowed, known } = judged;
        self.counts.fixed += fixed;
        self.counts.allowed += allowed;
        self.counts.files += usize::from(before.is_some());
        if self.check.diff {
            let Some(before) = before else { return };
            let path = &report.source().path;
            let text = similar::TextDiff::from_lines(before.as_str(), report.source().text());
            let text = text.unified_diff().header(path, path).to_string();
            self.end = self.sinks[0].output.write(|out| out.write_all(text.as_bytes()));
            return;
        }
        for known in [&self.known, &known] {
            if !known.is_empty() {
                self.counts.old += baseline::take_out(&mut report, known);
            }
        }
        self.tally.add(&report);
        for sink in &mut self.sinks {
            let Sink { output, renderer, .. } = sink;
            let written = output.write(|out| renderer.report(&report, out));
            if !matches!(written, Ok(Reader::There)) {
                self.end = written;
                return;
            }
        }
    }

    fn problem(&mut self, problem: Problem) {
        if !self.told {
            complain(&format!("error: cannot lint {}: {}", problem.path, problem.message));
        }
        self.problems.push(problem);
    }

    fn finish(self, configuration: &Configuration) -> Result<Status, Failure> {
        let Self { check, sinks, tally, problems, counts, end, mut progress, .. } = self;
        progress.clear();
        let mut there = end? == Reader::There;
        for Sink { mut output, mut renderer, .. } in sinks {
            there = there && (check.diff || output.write(|out| renderer.finish(&tally, &problems, out))? == Reader::There);
            if there {
                output.close()?;
            }
        }
        if !check.quiet {
            counts.tell(check);
        }
        let failed = if check.diff { counts.fixed > 0 && !check.exit_zero } else { configuration.fail_on(check).fails(tally.worst()) };
        let failed = failed && check.write_baseline.is_none();
        Ok(match (problems.is_empty(), failed) {
            (false, _) => Status::Failed,
            (true, true) => Status::Found,
            (true, false) => Status::Clean,
        })
    }
}

impl Counts {
    /// Says on standard error what the findings do not show.
    fn tell(&self, check: &Check) {
        let fixes = if self.fixed == 1 { "fix" } else { "fixes" };
        let files = if self.files == 1 { "file" } else { "files" };
        if check.fix && self.fixed > 0 {
            complain(&format!("applied {} {fixes} in {} {files}", self.fixed, self.files));
        } else if check.diff {
            complain(&format!("would apply {} {fixes} in {} {files}", self.fixed, self.files));
        }
        if self.allowed > 0 {
            let lines = if self.allowed == 1 { "annotation" } else { "annotations" };
            complain(&format!("wrote {} {lines} `@allow`", self.allowed));
        }
        if self.old > 0 {
            let from = check.since.as_ref().map_or("in the baseline".to_owned(), |revision| format!("there at {revision}"));
            let findings = if self.old == 1 { "finding" } else { "findings" };
            let were = if self.old == 1 { "it was" } else { "they were" };
            complain(&format!("{} {findings} not shown: {were} {from}", self.old));
        }
    }
}

/// The forms of output: the first without a file goes to `--output` or standard output.
fn sinks(check: &Check) -> Result<Vec<Sink>, Failure> {
    let closing = Closing { summary: !check.quiet, statistics: check.statistics };
    let sink = |format: Option<Format>, output: Output| {
        let format = format.unwrap_or_else(|| default_format(&output));
        let renderer = renderer(format, output.look(check.color), closing);
        Sink { format, output, renderer }
    };
    let unfiled: Vec<&Form> = check.format.iter().filter(|form| form.file.is_none()).collect();
    if unfiled.len() > 1 {
        return Err(Failure("two forms of output for one place: give one of them a file, --format sarif=findings.sarif".to_owned()));
    }
    let mut sinks = vec![sink(unfiled.first().map(|form| form.format.into()), Output::open(check.output.as_deref())?)];
    for form in &check.format {
        if form.file.is_some() {
            sinks.push(sink(Some(form.format.into()), Output::open(form.file.as_deref())?));
        }
    }
    // The baseline is written at the end of a run like any other form.
    if let Some(path) = &check.write_baseline {
        sinks.push(Sink { format: Format::Json, output: Output::open(Some(path))?, renderer: Box::new(BaselineWriter::default()) });
    }
    Ok(sinks)
}

/// Gathers the findings of a run into a baseline.
#[derive(Default)]
struct BaselineWriter(Baseline);

impl Render for BaselineWriter {
    fn report(&mut self, report: &Report, _: &mut dyn std::io::Write) -> std::io::Result<()> {
        self.0.add(report);
        Ok(())
    }

    fn finish(&mut self, _: &Tally, _: &[Problem], out: &mut dyn std::io::Write) -> std::io::Result<()> {
        out.write_all(self.0.write().as_bytes())
    }
}

/// What the baseline knows that the command line or the configuration names.
fn known(check: &Check, configuration: &Configuration) -> Result<Known, Failure> {
    let set = || configuration.settings.baseline.as_deref().map(|path| configuration.beside(path));
    if check.write_baseline.is_some() {
        return Ok(Known::default());
    }
    let Some(path) = check.baseline.clone().or_else(set) else { return Ok(Known::default()) };
    let text = std::fs::read_to_string(&path).map_err(|error| files::reason(&error));
    let read = text.and_then(|text| Baseline::read(&text));
    read.map(|baseline| baseline.known()).map_err(|reason| Failure(format!("--baseline {}: {reason}", path.display())))
}

fn is_for_people(format: Format) -> bool {
    matches!(format, Format::Terminal | Format::Narrated | Format::Plain | Format::Short)
}

fn default_format(output: &Output) -> Format {
    match () {
        () if !output.terminal => Format::Plain,
        () if set("NO_GRAPHICS") => Format::Narrated,
        () => Format::Terminal,
    }
}
