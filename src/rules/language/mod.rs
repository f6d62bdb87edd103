//! What the reader could not take as written. The reader and the model find these; here they get their codes and pages.

use crate::diagnostic::{Code, Family, Severity, Shown};

macro_rules! language {
    ($($constant:ident $name:literal $page:literal $severity:ident $summary:literal;)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: Code = Code {
                name: $name,
                summary: $summary,
                family: Family::Language,
                severity: Severity::$severity,
                shown: Shown::Default,
                hurdles: &[],
                since: "0.1.0",
                page: include_str!($page),
            };
        )*

        /// All codes of the family.
        pub static CODES: &[&Code] = &[$(&$constant),*];
    };
}

language! {
    SYNTAX "syntax" "syntax.md" Error "a line has not the shape of what it promises";
    UNKNOWN_DECLARATION "unknown-declaration" "unknown_declaration.md" Error "a declaration begins with a word that is none";
    UNKNOWN_FIELD "unknown-field" "unknown_field.md" Error "a declaration has no such field";
    UNKNOWN_VALUE "unknown-value" "unknown_value.md" Error "a field takes no such value";
    UNKNOWN_ANNOTATION "unknown-annotation" "unknown_annotation.md" Error "no annotation has this name";
    UNDECLARED_NAME "undeclared-name" "undeclared_name.md" Error "a party, body or mechanism is named that is not declared";
    DUPLICATE_NAME "duplicate-name" "duplicate_name.md" Error "a name is declared twice";
    DUPLICATE_FIELD "duplicate-field" "duplicate_field.md" Error "a declaration has one field twice";
    LATE_DECLARATION "late-declaration" "late_declaration.md" Error "a declaration stands below the text's first line";
    UNCLOSED_BRACKET "unclosed-bracket" "unclosed_bracket.md" Warning "a bracket is opened and never closed";
    STRAY_BRACKET "stray-bracket" "stray_bracket.md" Warning "a bracket is closed that was never opened";
    SLIPPED_HEADING "slipped-heading" "slipped_heading.md" Warning "a heading's word is misspelt";
    SENSELESS_VALUE "senseless-value" "senseless_value.md" Error "a confidence, duration or date makes no sense";
    IDLE_VALUE "idle-value" "idle_value.md" Advice "a profile's value names nothing in this treaty";
    NARROW_ANNOTATION "narrow-annotation" "narrow_annotation.md" Advice "an annotation speaks of the last point of a list only";
    NOT_UTF8 "not-utf8" "not_utf8.md" Error "the file holds bytes that are not UTF-8";
    TOO_DEEP "too-deep" "too_deep.md" Error "brackets are nested too deep";
}

/// The code of a mistake's name.
#[must_use]
pub fn code(name: &str) -> &'static Code {
    CODES.iter().copied().find(|code| code.name == name).unwrap_or(&SYNTAX)
}
