//! Who sees compliance, how surely and when (Goldsmith 2011, Part V).

pub mod after_the_fact;
pub mod attribution_gap;
pub mod low_confidence;
pub mod powerless_body;
pub mod self_reporting;
pub mod unverified_obligation;
