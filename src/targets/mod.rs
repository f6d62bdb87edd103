//! What a draft compiles to, one file each.

use crate::options::Options;
use crate::source::Source;

/// A form that a draft compiles to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The treaty alone, word for word.
    Text,
    /// The whole model.
    Json,
}

/// Compiles a draft. Never fails: whatever could be read is there.
#[must_use]
pub fn compile(source: Source, target: Target, options: &Options) -> String {
    let _ = (source, target, options);
    String::new()
}
