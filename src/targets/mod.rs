//! What a draft compiles to, one file each.

pub mod json;
mod text;

use crate::options::Options;
use crate::source::Source;
use crate::syntax;

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
pub fn compile(source: &Source, target: Target, options: &Options) -> String {
    let tree = syntax::read(source.text());
    match target {
        Target::Text => text::text(source, &tree),
        Target::Json => json::json(source, &tree, options),
    }
}
