//! Ways out of a duty (Goldsmith 2011, Part II).

pub mod essential_interests_escape;
pub mod hedged_obligation;
pub mod self_judging_exception;
