//! What a newcomer runs once: `init`, `completions`, `man`.

use super::args::Arguments;
use super::files::{self, Entry};
use super::output::complain;
use super::{Failure, pool};
use clap::CommandFactory;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;
use treatylint::{config, propose};

const DRAFT: &str = include_str!("start/draft.tdl");
const SETTINGS: &str = include_str!("start/treatylint.toml");

/// Writes a starter draft and a configuration, each only where there is none.
pub fn init(folder: &Path) -> Result<(), Failure> {
    let failed = |path: &Path, error: std::io::Error| Failure(format!("cannot write {}: {}", path.display(), super::files::reason(&error)));
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for (name, text) in [("draft.tdl", DRAFT), (config::NAME, SETTINGS)] {
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).map_err(|error| failed(&path, error))?;
                complain(&format!("wrote {}", path.display()));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => complain(&format!("left {} as it is", path.display())),
            Err(error) => return Err(failed(&path, error)),
        }
    }
    complain(&format!("now try: treatylint {}", folder.join("draft.tdl").display()));
    Ok(())
}

/// Writes a draft beside a text: the text with a head that its own words suggest. An existing draft is left.
pub fn of_text(text: &Path) -> Result<(), Failure> {
    let entry = Entry { shown: text.display().to_string(), path: Some(text.to_owned()) };
    let proposed = pool::alone(|| files::read(&entry).map(|source| propose::draft(&source))).map_err(Failure)?;
    let proposed = proposed.map_err(|problem| Failure(format!("cannot read {}: {}", problem.path, problem.message)))?;
    let draft = text.with_extension("tdl");
    let written = OpenOptions::new().write(true).create_new(true).open(&draft).and_then(|mut file| file.write_all(proposed.as_bytes()));
    match written {
        Ok(()) => {
            complain(&format!("wrote {}: check what stands above its text, then run treatylint {}", draft.display(), draft.display()))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(Failure(format!("{} is there already; it is left as it is", draft.display())));
        }
        Err(error) => return Err(Failure(format!("cannot write {}: {}", draft.display(), files::reason(&error)))),
    }
    Ok(())
}

/// The completion script of a shell.
#[must_use]
pub fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "treatylint", &mut script);
    script
}

/// The manual page, in roff.
pub fn man() -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(Arguments::command()).render(&mut page);
    rendered.map(|()| page).map_err(|error| Failure(format!("cannot write the manual page: {error}")))
}
