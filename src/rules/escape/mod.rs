//! Ways out of a duty (Goldsmith 2011, Part II).

pub mod easy_withdrawal;
pub mod essential_interests_escape;
pub mod exception_swallows_rule;
pub mod hedged_obligation;
pub mod hortatory_operative;
pub mod national_law_deferral;
pub mod reservation_not_permitted;
pub mod self_judging_exception;
pub mod unlimited_reservations;
