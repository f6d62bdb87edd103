//! Words that every State reads its own way (Goldsmith 2011, Parts II and III).

pub mod circular_definition;
pub mod dual_use_unsettled;
pub mod half_defined_ban;
pub mod nothing_to_check;
pub mod open_ended_definition;
pub mod severity_without_threshold;
pub mod undefined_term;
pub mod unquantified_limit;
pub mod vague_definition;
pub mod vague_standard;
pub mod vague_term;
pub mod vague_time;
