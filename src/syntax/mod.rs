//! Text to tree. Reading never fails: any bytes give a tree, and what was wrong is told once, in its place.
//!
//! [`parse`] says what one line is and what a sentence holds (it alone knows pest), `assemble` puts lines together, `brackets` pairs
//! brackets, `heads` reads declarations and `notes` annotations. This layer knows the page and not the law.

mod assemble;
mod brackets;
mod expected;
mod heads;
mod notes;
pub mod parse;
pub mod tree;
mod words;

pub use assemble::read;
pub use heads::{KINDS, fields, in_words, owner_words, values};
pub use notes::NOTES;
