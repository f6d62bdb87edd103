//! The rules: one file and one page each, a folder a family. This is the one readable list.

pub mod escape;
pub mod espionage_attack;
pub mod form;
pub mod hurdles;
pub mod language;
pub mod once;
pub mod reciprocity;
pub mod responsibility;
pub mod stability;
pub mod vagueness;
pub mod verification;

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics};

/// A rule: what it finds, and how it asks.
pub struct Rule {
    /// What it finds.
    pub code: &'static Code,
    /// Asks the facts and reports.
    pub check: fn(&Facts<'_, '_>, &mut Diagnostics),
}

const fn rule(code: &'static Code, check: fn(&Facts<'_, '_>, &mut Diagnostics)) -> Rule {
    Rule { code, check }
}

/// Every rule, family by family.
pub static RULES: &[Rule] = &[
    rule(&vagueness::vague_term::CODE, vagueness::vague_term::check),
    rule(&vagueness::vague_standard::CODE, vagueness::vague_standard::check),
    rule(&vagueness::severity_without_threshold::CODE, vagueness::severity_without_threshold::check),
    rule(&vagueness::vague_time::CODE, vagueness::vague_time::check),
    rule(&vagueness::undefined_term::CODE, vagueness::undefined_term::check),
    rule(&vagueness::vague_definition::CODE, vagueness::vague_definition::check),
    rule(&vagueness::unquantified_limit::CODE, vagueness::unquantified_limit::check),
    rule(&vagueness::open_ended_definition::CODE, vagueness::open_ended_definition::check),
    rule(&vagueness::circular_definition::CODE, vagueness::circular_definition::check),
    rule(&vagueness::half_defined_ban::CODE, vagueness::half_defined_ban::check),
    rule(&vagueness::dual_use_unsettled::CODE, vagueness::dual_use_unsettled::check),
    rule(&vagueness::nothing_to_check::CODE, vagueness::nothing_to_check::check),
    rule(&verification::unverified_obligation::CODE, verification::unverified_obligation::check),
    rule(&verification::attribution_gap::CODE, verification::attribution_gap::check),
    rule(&verification::low_confidence::CODE, verification::low_confidence::check),
    rule(&verification::after_the_fact::CODE, verification::after_the_fact::check),
    rule(&verification::powerless_body::CODE, verification::powerless_body::check),
    rule(&verification::self_reporting::CODE, verification::self_reporting::check),
    rule(&verification::undisclosable_evidence::CODE, verification::undisclosable_evidence::check),
    rule(&verification::unobservable_duty::CODE, verification::unobservable_duty::check),
    rule(&verification::unverifiable_transparency::CODE, verification::unverifiable_transparency::check),
    rule(&verification::no_consequence::CODE, verification::no_consequence::check),
    rule(&verification::intrusive_verification::CODE, verification::intrusive_verification::check),
    rule(&verification::no_standard_of_proof::CODE, verification::no_standard_of_proof::check),
    rule(&verification::sanction_without_end::CODE, verification::sanction_without_end::check),
    rule(&espionage_attack::espionage_attack_conflation::CODE, espionage_attack::espionage_attack_conflation::check),
    rule(&espionage_attack::ambiguous_act::CODE, espionage_attack::ambiguous_act::check),
    rule(&espionage_attack::untestable_carve_out::CODE, espionage_attack::untestable_carve_out::check),
    rule(&espionage_attack::implant_ambiguity::CODE, espionage_attack::implant_ambiguity::check),
    rule(&espionage_attack::espionage_unaddressed::CODE, espionage_attack::espionage_unaddressed::check),
    rule(&espionage_attack::intent_distinction::CODE, espionage_attack::intent_distinction::check),
    rule(&espionage_attack::content_as_threat::CODE, espionage_attack::content_as_threat::check),
    rule(&reciprocity::one_sided_obligation::CODE, reciprocity::one_sided_obligation::check),
    rule(&reciprocity::one_sided_carve_out::CODE, reciprocity::one_sided_carve_out::check),
    rule(&reciprocity::illusory_concession::CODE, reciprocity::illusory_concession::check),
    rule(&reciprocity::asymmetric_burden::CODE, reciprocity::asymmetric_burden::check),
    rule(&reciprocity::broken_bargain::CODE, reciprocity::broken_bargain::check),
    rule(&reciprocity::empty_handed_party::CODE, reciprocity::empty_handed_party::check),
    rule(&reciprocity::skewed_ledger::CODE, reciprocity::skewed_ledger::check),
    rule(&reciprocity::uneven_timing::CODE, reciprocity::uneven_timing::check),
    rule(&escape::essential_interests_escape::CODE, escape::essential_interests_escape::check),
    rule(&escape::self_judging_exception::CODE, escape::self_judging_exception::check),
    rule(&escape::hedged_obligation::CODE, escape::hedged_obligation::check),
    rule(&escape::national_law_deferral::CODE, escape::national_law_deferral::check),
    rule(&escape::exception_swallows_rule::CODE, escape::exception_swallows_rule::check),
    rule(&escape::hortatory_operative::CODE, escape::hortatory_operative::check),
    rule(&escape::unlimited_reservations::CODE, escape::unlimited_reservations::check),
    rule(&escape::easy_withdrawal::CODE, escape::easy_withdrawal::check),
    rule(&escape::reservation_not_permitted::CODE, escape::reservation_not_permitted::check),
    rule(&responsibility::transit_unsettled::CODE, responsibility::transit_unsettled::check),
    rule(&responsibility::absolute_prevention::CODE, responsibility::absolute_prevention::check),
    rule(&responsibility::burden_of_proof_open::CODE, responsibility::burden_of_proof_open::check),
    rule(&responsibility::private_actors_unaddressed::CODE, responsibility::private_actors_unaddressed::check),
    rule(&responsibility::implied_monitoring::CODE, responsibility::implied_monitoring::check),
    rule(&stability::unstable_promise::CODE, stability::unstable_promise::check),
    rule(&form::dangling_reference::CODE, form::dangling_reference::check),
    rule(&form::misnumbered::CODE, form::misnumbered::check),
    rule(&form::empty_article::CODE, form::empty_article::check),
    rule(&form::agentless_obligation::CODE, form::agentless_obligation::check),
    rule(&form::ambiguous_reference::CODE, form::ambiguous_reference::check),
    rule(&form::missing_final_clause::CODE, form::missing_final_clause::check),
    rule(&form::open_bracket::CODE, form::open_bracket::check),
    rule(&form::unused_declaration::CODE, form::unused_declaration::check),
    rule(&form::contradiction::CODE, form::contradiction::check),
    rule(&form::missing_deadline::CODE, form::missing_deadline::check),
    rule(&form::mixed_register::CODE, form::mixed_register::check),
    rule(&form::frozen_schedule::CODE, form::frozen_schedule::check),
    rule(&form::unused_definition::CODE, form::unused_definition::check),
    rule(&form::duplicate_definition::CODE, form::duplicate_definition::check),
    rule(&form::inconsistent_term::CODE, form::inconsistent_term::check),
];

/// Codes that the policy itself finds, after the rules.
pub static OF_POLICY: &[&Code] = &[&form::needless_allow::CODE, &form::unmet_expectation::CODE];

/// What swallows what: of two findings that touch the same words, the first takes the place of the second, so that a clause gets one box
/// and no echo.
pub static SWALLOWS: &[(&str, &str)] = &[
    ("vague-standard", "unquantified-limit"),
    ("vague-standard", "hedged-obligation"),
    ("vague-term", "undefined-term"),
    ("vague-term", "ambiguous-act"),
    ("vague-definition", "vague-term"),
    ("vague-definition", "severity-without-threshold"),
    ("severity-without-threshold", "vague-definition"),
    ("essential-interests-escape", "self-judging-exception"),
    ("implant-ambiguity", "undefined-term"),
    ("ambiguous-act", "undefined-term"),
    ("espionage-attack-conflation", "intent-distinction"),
    ("unobservable-duty", "unverified-obligation"),
    ("half-defined-ban", "vague-definition"),
    ("half-defined-ban", "intent-distinction"),
    ("intent-distinction", "open-ended-definition"),
    ("content-as-threat", "vague-term"),
    ("easy-withdrawal", "self-judging-exception"),
];

/// Every code that a run can show: the language's, the rules', the policy's.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    language::CODES.iter().copied().chain(RULES.iter().map(|rule| rule.code)).chain(OF_POLICY.iter().copied())
}

/// The code of a name.
#[must_use]
pub fn code(name: &str) -> Option<&'static Code> {
    codes().find(|code| code.name == name)
}
