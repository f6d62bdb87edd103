//! Numbers, references and the shape of the text.

pub mod agentless_obligation;
pub mod ambiguous_reference;
pub mod contradiction;
pub mod dangling_reference;
pub mod duplicate_definition;
pub mod empty_article;
pub mod frozen_schedule;
pub mod inconsistent_term;
pub mod misnumbered;
pub mod missing_deadline;
pub mod missing_final_clause;
pub mod mixed_register;
pub mod needless_allow;
pub mod open_bracket;
pub mod unmet_expectation;
pub mod unused_declaration;
pub mod unused_definition;
