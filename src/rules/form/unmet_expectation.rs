//! An `@expect` whose finding did not come. It is found by the policy, which alone knows what came.

use crate::diagnostic::{Code, Family, Severity, Shown};

/// `unmet-expectation`
pub static CODE: Code = Code {
    name: "unmet-expectation",
    summary: "an `@expect` names a finding that did not come",
    family: Family::Form,
    severity: Severity::Error,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: include_str!("unmet_expectation.md"),
};
