//! Numbers, references and the shape of the text.

pub mod dangling_reference;
pub mod empty_article;
pub mod misnumbered;
pub mod needless_allow;
pub mod unmet_expectation;
