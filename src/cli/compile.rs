//! `treatylint compile`: prints what a draft compiles to.

use super::args::{Compile, To};
use super::files::{self, Entry};
use super::output::Output;
use super::{Failure, Status, pool};
use treatylint::options::Options;
use treatylint::targets::{Target, compile};

/// Compiles one draft.
pub fn run(arguments: &Compile) -> Result<Status, Failure> {
    let name = arguments.draft.to_string_lossy().into_owned();
    let entry = if name == "-" {
        Entry { shown: "<stdin>".to_owned(), path: None }
    } else {
        Entry { shown: name, path: Some(arguments.draft.clone()) }
    };
    let target = match arguments.to {
        To::Text => Target::Text,
        To::Json => Target::Json,
    };
    let read = || files::read(&entry).map(|source| compile(&source, target, &Options::default()));
    let compiled = pool::alone(read).map_err(Failure)?;
    let compiled = compiled.map_err(|problem| Failure(format!("cannot read {}: {}", problem.path, problem.message)))?;
    let mut output = Output::open(arguments.output.as_deref())?;
    output.write(|out| out.write_all(compiled.as_bytes()))?;
    output.close()?;
    Ok(Status::Clean)
}
