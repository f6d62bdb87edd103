//! `treatylint fmt`: lays drafts out anew.

use super::args::Fmt;
use super::configuration::Configuration;
use super::files::{self, Entry, Files};
use super::output::{Output, Reader, complain};
use super::{Failure, Status, pool};
use std::num::NonZeroUsize;
use std::path::Path;
use treatylint::diagnostic::Problem;
use treatylint::format::format;

/// What became of one file.
struct Laid {
    before: String,
    after: String,
}

/// Formats what the arguments name: in place, or from standard input to standard output.
pub fn run(arguments: &Fmt) -> Result<Status, Failure> {
    let configuration =
        Configuration::nearest(arguments.paths.first().filter(|path| path.as_os_str() != "-").map_or(Path::new("."), |path| path))?;
    let excluded = |path: &Path| configuration.excludes(path);
    let Files { entries, problems, empty } =
        files::find(&arguments.paths, &configuration.settings.include, &excluded, arguments.stdin_filename.as_deref())?;
    empty.iter().for_each(|path| complain(&format!("warning: no draft in {path}")));
    let mut run = Run { arguments, output: Output::open(None)?, changed: 0, problems: 0, there: true };
    problems.iter().for_each(|problem| run.problem(problem));
    let jobs = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    if !entries.is_empty() {
        pool::run(entries.len(), jobs, |index| lay(&entries[index], arguments), |index, laid| run.take(&entries[index], laid))
            .map_err(|error| Failure(format!("cannot start a thread: {error}")))?;
    }
    run.finish(entries.len())
}

fn lay(entry: &Entry, arguments: &Fmt) -> Result<Laid, Problem> {
    let source = files::read(entry)?;
    if source.first_bad_byte().is_some() {
        return Err(Problem { path: entry.shown.clone(), message: "it is not UTF-8".to_owned() });
    }
    let after = format(&source);
    let writes = !(arguments.check || arguments.diff) && entry.path.is_some();
    if writes && after != source.text() {
        files::write(entry, &after)?;
    }
    Ok(Laid { before: source.text().to_owned(), after })
}

struct Run<'a> {
    arguments: &'a Fmt,
    output: Output,
    changed: usize,
    problems: usize,
    there: bool,
}

impl Run<'_> {
    fn problem(&mut self, problem: &Problem) {
        complain(&format!("error: cannot format {}: {}", problem.path, problem.message));
        self.problems += 1;
    }

    /// Tells of one file; false where nobody reads on.
    fn take(&mut self, entry: &Entry, laid: Result<Result<Laid, Problem>, String>) -> bool {
        let laid = match laid.unwrap_or_else(|message| Err(Problem { path: entry.shown.clone(), message })) {
            Ok(laid) => laid,
            Err(problem) => {
                self.problem(&problem);
                return true;
            }
        };
        let Laid { before, after } = laid;
        self.changed += usize::from(before != after);
        let shown = match () {
            () if self.arguments.diff && before != after => {
                let diff = similar::TextDiff::from_lines(before.as_str(), after.as_str());
                diff.unified_diff().header(&entry.shown, &entry.shown).to_string()
            }
            () if self.arguments.check && before != after => format!("would reformat {}\n", entry.shown),
            () if entry.path.is_none() && !(self.arguments.check || self.arguments.diff) => after,
            () => return true,
        };
        self.there = matches!(self.output.write(|out| out.write_all(shown.as_bytes())), Ok(Reader::There));
        self.there
    }

    fn finish(self, files: usize) -> Result<Status, Failure> {
        if self.there {
            self.output.close()?;
        }
        let only_told = self.arguments.check || self.arguments.diff;
        let plural = |count: usize| if count == 1 { "file" } else { "files" };
        let verb = if only_told { "would be reformatted" } else { "reformatted" };
        let rest = files - self.changed - self.problems.min(files - self.changed);
        complain(&format!("{} {} {verb}, {rest} {} as they should be", self.changed, plural(self.changed), plural(rest)));
        Ok(match (self.problems, only_told && self.changed > 0) {
            (1.., _) => Status::Failed,
            (0, true) => Status::Found,
            (0, false) => Status::Clean,
        })
    }
}
