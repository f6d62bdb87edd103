//! Who gives and who gets (Goldsmith 2011, Parts III and IV).

pub mod asymmetric_burden;
pub mod broken_bargain;
pub mod empty_handed_party;
pub mod illusory_concession;
pub mod one_sided_carve_out;
pub mod one_sided_obligation;
pub mod skewed_ledger;
pub mod uneven_timing;
