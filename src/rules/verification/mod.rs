//! Who sees compliance, how surely and when (Goldsmith 2011, Part V).

pub mod after_the_fact;
pub mod attribution_gap;
pub mod intrusive_verification;
pub mod low_confidence;
pub mod no_consequence;
pub mod no_standard_of_proof;
pub mod powerless_body;
pub mod sanction_without_end;
pub mod self_reporting;
pub mod undisclosable_evidence;
pub mod unobservable_duty;
pub mod unverifiable_transparency;
pub mod unverified_obligation;
