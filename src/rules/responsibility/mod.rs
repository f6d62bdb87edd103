//! What a State answers for (Goldsmith 2011, Part IV). All five read the same territorial duties, and share a box.

pub mod absolute_prevention;
pub mod burden_of_proof_open;
pub mod implied_monitoring;
pub mod private_actors_unaddressed;
pub mod transit_unsettled;
