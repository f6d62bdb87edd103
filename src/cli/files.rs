//! Which files a run reads, and reading them.

use super::Failure;
use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use treatylint::diagnostic::Problem;
use treatylint::source::Source;

/// A file to read: where it is, and under which path it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The path that people see.
    pub shown: String,
    /// The path on disk; none for standard input.
    pub path: Option<PathBuf>,
}

/// What the arguments come to.
#[derive(Debug, Default)]
pub struct Files {
    /// Sorted by the bytes of the shown path, each once.
    pub entries: Vec<Entry>,
    /// What could not be walked.
    pub problems: Vec<Problem>,
    /// Directories in which nothing was found.
    pub empty: Vec<String>,
}

/// Finds the files that the arguments name.
pub fn find(
    paths: &[PathBuf],
    include: &[String],
    excluded: &dyn Fn(&Path) -> bool,
    stdin_filename: Option<&str>,
) -> Result<Files, Failure> {
    let globs = globs(include)?;
    let mut files = Files::default();
    if paths.is_empty() {
        files.walk(Path::new("."), &globs, excluded, true);
    }
    for path in paths {
        if path.as_os_str() == "-" {
            files.entries.push(Entry { shown: stdin_filename.unwrap_or("<stdin>").to_owned(), path: None });
        } else if path.is_dir() {
            files.walk(path, &globs, excluded, false);
        } else {
            files.entries.push(Entry { shown: shown(path), path: Some(path.clone()) });
        }
    }
    files.entries.sort();
    files.entries.dedup_by(|a, b| a.shown == b.shown);
    Ok(files)
}

impl Files {
    fn walk(&mut self, root: &Path, globs: &Override, excluded: &dyn Fn(&Path) -> bool, bare: bool) {
        let before = self.entries.len();
        for entry in WalkBuilder::new(root).require_git(false).build() {
            match entry {
                Err(error) => self.problems.push(Problem { path: shown(root), message: error.to_string() }),
                Ok(entry) => {
                    let path = if bare { entry.path().strip_prefix(".").unwrap_or(entry.path()) } else { entry.path() };
                    let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
                    let wanted = entry.file_type().is_some_and(|kind| kind.is_file()) && globs.matched(inside, false).is_whitelist();
                    if wanted && !excluded(entry.path()) {
                        self.entries.push(Entry { shown: shown(path), path: Some(entry.path().to_owned()) });
                    }
                }
            }
        }
        if self.entries.len() == before {
            self.empty.push(shown(root));
        }
    }
}

fn globs(include: &[String]) -> Result<Override, Failure> {
    // The empty root: globs match against paths below whatever directory is walked.
    let mut builder = OverrideBuilder::new("");
    for glob in std::iter::once("*.tdl").chain(include.iter().map(String::as_str)) {
        builder.add(glob).map_err(|error| Failure(format!("--include '{glob}': {error}")))?;
    }
    builder.build().map_err(|error| Failure(format!("--include: {error}")))
}

/// A path as people see it: as given, joined with `/`.
fn shown(path: &Path) -> String {
    if std::path::MAIN_SEPARATOR == '/' {
        return path.to_string_lossy().into_owned();
    }
    let parts: Vec<_> =
        path.components().filter(|part| *part != Component::RootDir).map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Reads a file, or standard input.
pub fn read(entry: &Entry) -> Result<Source, Problem> {
    let bytes = match &entry.path {
        Some(path) => bytes(path),
        None => limited(io::stdin().lock()),
    };
    bytes.map(|bytes| Source::new(entry.shown.as_str(), bytes)).map_err(|message| Problem { path: entry.shown.clone(), message })
}

/// Writes a mended text back: beside the file first and then in its place, so that nothing is lost half way. Standard
/// input has no place to be written back to.
pub fn write(entry: &Entry, text: &str) -> Result<(), Problem> {
    let problem = |message: String| Problem { path: entry.shown.clone(), message };
    let Some(path) = &entry.path else {
        return Err(problem("standard input cannot be mended in place; --diff shows the fixes".to_owned()));
    };
    // Through links, to the file itself.
    let path = std::fs::canonicalize(path).map_err(|error| problem(reason(&error)))?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = std::fs::write(&beside, text)
        .and_then(|()| std::fs::set_permissions(&beside, std::fs::metadata(&path)?.permissions()))
        .and_then(|()| std::fs::rename(&beside, &path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        problem(format!("cannot write: {}", reason(&error)))
    })
}

/// The bytes of a file that another one uses, by a path relative to that one.
pub fn used(user: &Entry, path: &str) -> Result<Vec<u8>, String> {
    bytes(&beside(user, path))
}

/// Where a file is that another one names by a path relative to itself.
pub fn beside(user: &Entry, path: &str) -> PathBuf {
    let folder = user.path.as_deref().unwrap_or(Path::new(&user.shown)).parent();
    folder.unwrap_or(Path::new("")).join(path)
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    if path.is_dir() {
        return Err("is a directory".to_owned());
    }
    limited(File::open(path).map_err(|error| reason(&error))?)
}

fn limited(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = reader.take(Source::LIMIT as u64).read_to_end(&mut bytes);
    read.map_err(|error| reason(&error))?;
    if bytes.len() >= Source::LIMIT { Err("larger than 4 GiB".to_owned()) } else { Ok(bytes) }
}

/// What went wrong, in words without numbers where it is a common thing.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or directory".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
