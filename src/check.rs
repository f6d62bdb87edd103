//! The road from text to findings, and the policy: read, build the model, ask the rules, set levels, take out what is allowed, sort.

use crate::diagnostic::{Diagnostics, Report};
use crate::options::Options;
use crate::source::{Source, Sources};

/// Where `use "path"` finds its text: from a path as written, relative to the file that uses it, to bytes or the reason why not.
pub type Library<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + Sync + 'a;

/// Lints one file.
#[must_use]
pub fn check(source: Source, library: &Library<'_>, options: &Options) -> Report {
    let _ = (library, options);
    let mut sources = Sources::default();
    sources.add(source);
    Report { sources, diagnostics: Diagnostics::default().into_vec(), allowed: 0, clauses: 0, not_judged: Vec::new() }
}
