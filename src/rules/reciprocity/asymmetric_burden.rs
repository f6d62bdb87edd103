//! The same words for all, and only some practise the act or depend on the target.

use crate::analysis::Facts;
use crate::analysis::facts_of::{names_target, party_name, speaks_of};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::Treaty;
use crate::model::declared::Profile;
use crate::model::norm::BearerClass;
use crate::rules::once::Once;

/// `asymmetric-burden`
pub static CODE: Code = Code {
    name: "asymmetric-burden",
    summary: "the same words bind all, and only some practise the act or depend on what it guards",
    family: Family::Reciprocity,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H7"],
    since: "0.1.0",
    page: include_str!("asymmetric_burden.md"),
};

/// Asks each duty and ban on all Parties whom it costs and whom it serves, by declared facts alone.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let profiles = facts.profiles();
    if profiles.len() < 2 {
        return;
    }
    let mut once = Once::default();
    for (_, norm) in facts
        .gated()
        .filter(|(_, norm)| norm.reading == 0 && norm.obliges() && !norm.is_condition() && norm.bearer.class == BearerClass::AllParties)
    {
        // The price is named; whether it holds is asked by `broken-bargain`.
        if treaty.note_named(norm.unit, "in return for").is_some() {
            continue;
        }
        // A duty to legislate costs nobody the act that it punishes.
        if ["offence", "crime", "punish"].iter().any(|law| treaty.lower(norm.act(treaty)).contains(law)) {
            continue;
        }
        let pays = |profile: &&Profile| profile.practises.iter().any(|fact| speaks_of(treaty, fact, norm));
        let gains = |profile: &&Profile| profile.depends.iter().any(|fact| fact.much && names_target(treaty, fact, norm));
        let abstains = |profile: &&Profile| profile.abstains.iter().any(|fact| speaks_of(treaty, fact, norm));
        let payers: Vec<_> = profiles.iter().copied().filter(pays).collect();
        let gainers: Vec<_> = profiles.iter().copied().filter(|profile| (gains(profile) || abstains(profile)) && !pays(profile)).collect();
        if payers.is_empty() || gainers.is_empty() || norm.act(treaty).is_empty() || !once.first(norm.unit, "", 0) {
            continue;
        }
        let (payer, gainer) = (names(treaty, &payers), names(treaty, &gainers));
        out.push(
            facts
                .on_norm(
                    &CODE,
                    norm,
                    norm.act(treaty),
                    format!("{} costs {payer} what it does, and costs {gainer} nothing", treaty.locator(norm.unit)),
                )
                .here("the same words, and not the same burden")
                .label_in(payers[0].file, payers[0].span, format!("{payer}: practises this"))
                .label_in(gainers[0].file, gainers[0].span, format!("{gainer}: depends on the target or abstains already"))
                .help(format!(
                    "say what {payer} gets for it: `@in return for: ...`, or balance it by a clause that costs {gainer} something"
                )),
        );
    }
}

fn names(treaty: &Treaty<'_>, profiles: &[&Profile]) -> String {
    profiles.iter().filter_map(|profile| profile.party).map(|party| party_name(treaty, party)).collect::<Vec<_>>().join(" and ")
}
