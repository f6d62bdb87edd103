//! Where reports of earlier runs lie: a folder `.treatylint-cache` beside `treatylint.toml`, or where `--cache-dir` says. Nothing in it is
//! needed, and nothing that goes wrong with it stops a run.

use super::args::Check;
use super::configuration::Configuration;
use super::files::Entry;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;
use treatylint::cache;
use treatylint::check::Library;
use treatylint::diagnostic::Report;
use treatylint::fingerprint;
use treatylint::options::Options;
use treatylint::source::Source;

/// The folder's name beside a configuration.
const NAME: &str = ".treatylint-cache";

/// The folder, and what tells this program apart from every other build of it.
pub struct Cache {
    folder: PathBuf,
    program: String,
}

impl Cache {
    /// The cache of a run; none where a run asks for changes, or no place is named for it.
    pub fn of(check: &Check, configuration: &Configuration) -> Option<Self> {
        if check.no_cache || check.fix || check.diff || check.add_allow.is_some() {
            return None;
        }
        let beside = || configuration.path.as_deref().and_then(Path::parent).map(|folder| folder.join(NAME));
        let folder = check.cache_dir.clone().or_else(beside)?;
        let program = std::env::current_exe().and_then(fs::metadata).ok()?;
        let built = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self { folder, program: format!("{} {} {}", env!("CARGO_PKG_VERSION"), program.len(), built.as_nanos()) })
    }

    /// The report on a text: the one that is kept, or a new one, which is kept.
    pub fn check(&self, entry: &Entry, source: Source, library: &Library<'_>, options: &Options) -> Report {
        let stamp = format!("{} {options:?}", self.program);
        let file = self.folder.join(name(&entry.shown));
        let source = match fs::read(&file) {
            Err(_) => source,
            Ok(bytes) => match cache::read(&bytes, &stamp, source, library) {
                Ok(report) => return report,
                Err(source) => source,
            },
        };
        // A file that could not be used may be there the next time, and the text would be the same.
        let missed = AtomicBool::new(false);
        let watched = |path: &str| library(path).inspect_err(|_| missed.store(true, Ordering::Relaxed));
        let report = treatylint::check(source, &watched, options);
        if !missed.load(Ordering::Relaxed)
            && let Some(bytes) = cache::write(&report, &stamp)
        {
            self.keep(&file, &bytes);
        }
        report
    }

    /// Writes a file whole or not at all: two runs may write the same one.
    fn keep(&self, file: &Path, bytes: &[u8]) {
        if !self.folder.is_dir() && (fs::create_dir_all(&self.folder).is_err() || fs::write(self.folder.join(".gitignore"), "*\n").is_err())
        {
            return;
        }
        let beside = file.with_extension(format!("{}.tmp", std::process::id()));
        if fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, file)).is_err() {
            let _ = fs::remove_file(&beside);
        }
    }
}

/// One file a path. What it holds names the path too, so two paths of one name cost time and nothing else.
fn name(path: &str) -> String {
    format!("{:016x}", fingerprint::fnv(path, fingerprint::OFFSET))
}
