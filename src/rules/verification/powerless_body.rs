//! A body must verify, and has no power or access that reaches what it must see.

use crate::analysis::Facts;
use crate::analysis::coverage::Grade;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::declared::Runner;
use crate::model::norm::{Mode, Norm};
use crate::model::vocabulary::Name;
use crate::model::{Ref, clean::Words};
use crate::rules::once::Once;

/// `powerless-body`
pub static CODE: Code = Code {
    name: "powerless-body",
    summary: "a body must verify and has no power or access that reaches what it must see",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H28"],
    since: "0.1.0",
    page: include_str!("powerless_body.md"),
};

/// Asks each clause that sees whether it may look without leave, and each body that runs a mechanism for its powers.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut once = Once::default();
    let seen_as_of_right = facts.coverage.seers.iter().any(|seer| seer.grade == Grade::Right);
    for seer in &facts.coverage.seers {
        let sentence = treaty.sentence(seer.sentence);
        let article = treaty.article_of(sentence.unit);
        let found = match seer.grade {
            Grade::Consent => only_with_leave(facts, seer.sentence, seer.words, sentence.words),
            Grade::Complaint if !seen_as_of_right => finds_without_access(facts, seer.sentence, sentence.words),
            Grade::Right => run_by_powerless(facts, seer.sentence, sentence.words, seer.words),
            _ => None,
        };
        if let Some(found) = found
            && once.first(article, &found.message, 0)
        {
            out.push(found);
        }
    }
}

fn only_with_leave(facts: &Facts<'_, '_>, id: crate::model::sentence::SentenceId, seeing: Words, words: Words) -> Option<Diagnostic> {
    let treaty = facts.treaty;
    // "Structures utilised by another Party by agreement with the inspected Party": the leave is for that, and not for the look.
    let of_something_else = |leave: &Words| {
        let before = treaty.lower(Words::new(words.start.max(leave.start.saturating_sub(60)), leave.start));
        let other =
            ["utilis", "utiliz", "used by", "leased", "lent", "stationed", "provided", "submission", "reception", "transfer", "children"];
        other.iter().any(|verb| before.contains(verb))
    };
    let near = |leave: &Words| leave.start < seeing.end + 200 && seeing.start < leave.end + 120 && !of_something_else(leave);
    let leave = treaty.words_of(words, Class::Consent).find(near)?;
    // "With the agreement of the inspected Party, guards shall assist the team": the leave is for what the sentence says is done.
    const HELPS: [&str; 8] = ["assist", "inform", "facilitate", "designate", "notify", "receive", "lend", "reimburse"];
    let mut norms = treaty.norms_of_sentence(id).iter();
    let helps = norms.any(|norm| {
        // "Shall be deemed destroyed upon a visit by invitation": what counts as done, and nobody's power.
        matches!(norm.mode, Mode::Effect | Mode::Presumption)
            || norm.reach.end > leave.start && HELPS.iter().any(|verb| treaty.lower(norm.act(treaty)).starts_with(verb))
    });
    if treaty.lower(words).contains("extended") || helps {
        return None;
    }
    Some(
        facts
            .finding(
                &CODE,
                id,
                leave,
                format!("{} lets nobody look without the leave of whoever is looked at", treaty.locator(treaty.sentence(id).unit)),
            )
            .here("the inspected Party can say no")
            .help("let a refusal be overruled, or give the body a right of access with managed access for what must stay secret"),
    )
}

/// A committee that finds facts, an investigation that may be initiated: and no word of access.
fn finds_without_access(facts: &Facts<'_, '_>, id: crate::model::sentence::SentenceId, words: Words) -> Option<Diagnostic> {
    let treaty = facts.treaty;
    let body = treaty.words_of(words, Class::ExpertBody).next()?;
    let is_set_up = treaty.norms_of_sentence(id).iter().any(Norm::obliges);
    if !is_set_up || treaty.places[treaty.sentence(id).unit.index()] == crate::model::place::Place::Annex {
        return None;
    }
    let shown = treaty.quote(body);
    Some(
        facts
            .finding(&CODE, id, body, format!("`{shown}` has to find facts and has no right of access to sites, persons or records"))
            .here("no power to look is given here or elsewhere")
            .help(format!("say where `{shown}` may go, what it may see and how soon")),
    )
}

/// The clause gives a task of seeing to a declared body without powers.
fn run_by_powerless(facts: &Facts<'_, '_>, id: crate::model::sentence::SentenceId, words: Words, seeing: Words) -> Option<Diagnostic> {
    let treaty = facts.treaty;
    let body = treaty.names_in(words).iter().find_map(|hit| match hit.name {
        Name::Body(body) => Some(body),
        _ => None,
    })?;
    let declared = &treaty.declared.bodies[body];
    let runs =
        treaty.declared.mechanisms.iter().any(|mechanism| mechanism.run_by == Ref::To(Runner::Body(body)) && !mechanism.access.is_empty());
    // A body without a `powers` field is not known to be powerless, unless the text gives it the task and no means.
    let means = ["access", "inspect", "sampl", "visit", "sensors", "measure"].iter().any(|word| treaty.lower(words).contains(word));
    if !declared.powers.is_empty() || runs || means {
        return None;
    }
    let shown = treaty.quote(seeing);
    Some(
        facts
            .finding(&CODE, id, seeing, format!("{} must see to compliance and has no power to look", declared.named.name))
            .here(format!("`{shown}` is its task, and nothing says by what means"))
            .label_in(declared.named.file, declared.named.span, "declared without powers")
            .help("give it access, inspection or data in the text, and declare its `powers`"),
    )
}
