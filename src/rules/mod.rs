//! The rules: one file and one page each, a folder a family. This is the one readable list.

use crate::diagnostic::Code;

/// Every code that a run can show, family by family.
pub static CODES: &[&Code] = &[];

/// The code of a name.
#[must_use]
pub fn code(name: &str) -> Option<&'static Code> {
    CODES.iter().copied().find(|code| code.name == name)
}
