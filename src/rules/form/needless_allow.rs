//! An `@allow` that hides nothing. It is found by the policy, which alone knows what was hidden.

use crate::diagnostic::{Code, Family, Severity, Shown};

/// `needless-allow`
pub static CODE: Code = Code {
    name: "needless-allow",
    summary: "an `@allow` hides no finding",
    family: Family::Form,
    severity: Severity::Advice,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: include_str!("needless_allow.md"),
};
