//! treatylint: a linter for treaty drafts.
//!
//! In reading order: a [`source`] is text; [`mod@check`] turns it into [`diagnostic`]s by the [`rules`]; [`render`] shows them;
//! [`reports`] say what a draft gives whom and what is still open in it; [`targets`] turn it into other forms. Everything here is a function
//! of text: files, clock, environment and terminal belong to the program.

pub mod allow;
pub mod analysis;
pub mod baseline;
pub mod cache;
pub mod check;
pub mod config;
pub mod diagnostic;
pub mod editor;
pub mod fingerprint;
pub mod fix;
pub mod format;
pub mod lexicon;
pub mod model;
pub mod options;
pub mod propose;
pub mod render;
pub mod reports;
pub mod rules;
pub mod source;
pub mod suggest;
pub mod syntax;
pub mod targets;

pub use check::check;
