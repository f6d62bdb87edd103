//! The words that stand for the model's closed sets.

use crate::model::declared::{Attribution, Sees, Stage};
use crate::model::norm::{Role, Visibility};
use crate::model::reference::Outcome;
use crate::syntax::parse::ExceptionKind;
use crate::syntax::tree::{BracketKind, UnitKind};

pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "draft",
        Stage::Negotiation => "negotiation",
        Stage::Adopted => "adopted",
        Stage::InForce => "in force",
    }
}

pub(super) fn attribution(attribution: Attribution) -> &'static str {
    match attribution {
        Attribution::Machine => "machine",
        Attribution::Person => "person",
        Attribution::State => "state",
    }
}

pub(super) fn sees(sees: Sees) -> &'static str {
    match sees {
        Sees::Before => "before use",
        Sees::During => "during use",
        Sees::After => "after use",
    }
}

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Whole => "whole",
        Role::Act => "act",
        Role::Condition => "condition",
    }
}

pub(super) fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Covert => "covert",
        Visibility::Evident => "evident",
        Visibility::Open => "open",
        Visibility::Unknown => "unknown",
    }
}

pub(super) fn exception(kind: ExceptionKind) -> &'static str {
    match kind {
        ExceptionKind::Carved => "carved out",
        ExceptionKind::Without => "without prejudice",
        ExceptionKind::Override => "overrides",
        ExceptionKind::Yields => "yields",
    }
}

pub(super) fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Found(_) => "found",
        Outcome::Foreign => "foreign",
        Outcome::Dangling(_) => "dangling",
        Outcome::Open => "open",
    }
}

pub(super) fn bracket(kind: BracketKind) -> &'static str {
    match kind {
        BracketKind::Contested => "contested",
        BracketKind::Blank => "blank",
        BracketKind::Editorial => "editorial",
        BracketKind::Literal => "literal",
        BracketKind::Footnote => "footnote",
    }
}

pub(super) fn unit(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Treaty => "treaty",
        UnitKind::Masthead => "masthead",
        UnitKind::Title => "title",
        UnitKind::Preamble => "preamble",
        UnitKind::Recital => "recital",
        UnitKind::Division => "division",
        UnitKind::Annex => "annex",
        UnitKind::Article => "article",
        UnitKind::Paragraph => "paragraph",
        UnitKind::Point => "point",
        UnitKind::Tail => "tail",
        UnitKind::Choice => "option",
        UnitKind::Quote => "quotation",
        UnitKind::Row => "row",
        UnitKind::Footnote => "footnote",
        UnitKind::Testimonium => "testimonium",
    }
}
