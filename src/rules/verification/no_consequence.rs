//! A breach leads nowhere: no remedy, no settlement, no suspension.

use crate::analysis::Facts;
use crate::analysis::consequence::{Strength, strongest};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::norm::{Mode, Norm};

/// `no-consequence`
pub static CODE: Code = Code {
    name: "no-consequence",
    summary: "a breach leads nowhere: no remedy, settlement or suspension",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H4"],
    since: "0.1.0",
    page: include_str!("no_consequence.md"),
};

/// Asks a treaty with duties for the strongest clause that answers a breach; speaks once.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let noted = treaty.tree.notes.iter().any(|note| note.key == "consequence");
    if noted || !treaty.declared.instrument.binding {
        return;
    }
    let mut owed: Vec<&Norm> = facts
        .gated()
        .map(|(_, norm)| norm)
        .filter(|norm| norm.reading == 0 && norm.obliges() && norm.parent.is_none() && !norm.is_condition() && !norm.act(treaty).is_empty())
        .collect();
    if owed.is_empty() {
        return;
    }
    let best = strongest(treaty);
    if best.is_some_and(|best| best.strength > Strength::Request) {
        return;
    }
    // An extract's own clause on disputes is judged; without one, what follows a breach may stand in the rest.
    let on_disputes = best.is_some_and(|best| {
        let words = treaty.lower(treaty.sentence(best.sentence).words);
        ["dispute", "differen", "disagree"].iter().any(|word| words.contains(word))
    });
    if treaty.is_excerpt() && !on_disputes {
        return;
    }
    // What follows a breach of a protocol may stand in its convention.
    let elsewhere = match best {
        None => treaty.declared.instrument.names_another(),
        Some(best) => {
            let words = treaty.lower(treaty.sentence(best.sentence).words);
            words.contains("mutatis mutandis") || words.contains("article") && words.contains(" of the convention")
        }
    };
    owed.sort_by_key(|norm| weight(facts, norm));
    let mut found = match best {
        None => facts
            .on_treaty(&CODE, "nothing in this treaty answers a breach: no remedy, no settlement, no suspension")
            .here("whoever breaks it loses nothing by it"),
        Some(best) => {
            let (goes, here) = match best.strength {
                Strength::Talk => ("talk that both sides agree to", "the farthest that a breach leads"),
                _ => ("a request that may be refused", "the farthest that a breach leads"),
            };
            let shown = treaty.quote(best.words);
            facts
                .finding(&CODE, best.sentence, best.words, format!("a breach of this treaty leads to no more than {goes}: `{shown}`"))
                .here(here)
        }
    };
    for norm in owed.iter().take(3) {
        found = found.label(treaty.span(norm.act(treaty)), "nothing follows if this is not kept");
    }
    found.uncertain = elsewhere;
    out.push(found.help(
        "name what follows and who decides on it: a tribunal at the request of either side, suspension of rights, compensation, measures by an organ",
    ));
}

/// What hurts most when it is broken comes first: what nobody sees, then what the Parties owe one another, then other bans.
fn weight(facts: &Facts<'_, '_>, norm: &Norm) -> u8 {
    let words = facts.treaty.lower(norm.reach);
    if norm.mode == Mode::Prohibition && norm.is_covert(facts.treaty) {
        0
    } else if norm.mode == Mode::Obligation && (words.contains("one another") || words.contains("each other")) {
        1
    } else if norm.mode == Mode::Prohibition {
        2
    } else {
        3
    }
}
