//! `--since REVISION`: what a file's findings were then, by git.

use super::Failure;
use super::files::Entry;
use std::path::Path;
use std::process::Command;
use treatylint::baseline::{self, Known};
use treatylint::options::Options;
use treatylint::source::Source;

/// Asks git whether it knows the revision.
pub fn verify(revision: &str) -> Result<(), Failure> {
    let asked = git(Path::new("."), &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")]);
    match asked {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(Failure(format!("--since {revision}: git knows no such revision here"))),
        Err(error) => Err(Failure(format!("--since {revision}: cannot run git: {error}"))),
    }
}

/// What a file's findings at a revision are known by; nothing of a file that was not there.
pub fn known(revision: &str, entry: &Entry, options: &Options) -> Known {
    let Some(path) = &entry.path else { return Known::default() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let show = |name: &Path| git(folder, &["show", "--end-of-options", &format!("{revision}:./{}", name.display())]).ok().flatten();
    let Some(bytes) = path.file_name().and_then(|name| show(Path::new(name))).filter(|bytes| bytes.len() < Source::LIMIT) else {
        return Known::default();
    };
    let library = |used: &str| show(Path::new(used)).ok_or_else(|| format!("is not in {revision}"));
    baseline::known(&treatylint::check(Source::new(entry.shown.as_str(), bytes), &library, options))
}

fn git(folder: &Path, arguments: &[&str]) -> std::io::Result<Option<Vec<u8>>> {
    let out = Command::new("git").arg("-C").arg(folder).args(arguments).output()?;
    Ok(out.status.success().then_some(out.stdout))
}
