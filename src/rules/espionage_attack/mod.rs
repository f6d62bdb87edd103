//! Spying and attack that can't be told apart (Goldsmith 2011, Parts III and V). One tree: [`crate::analysis::espionage::branch`] says which of the rules
//! speaks of a norm, so that one norm has one finding of this family.

pub mod ambiguous_act;
pub mod content_as_threat;
pub mod espionage_attack_conflation;
pub mod espionage_unaddressed;
pub mod implant_ambiguity;
pub mod intent_distinction;
pub mod untestable_carve_out;
