//! To prevent what travels in private networks, a State has to watch them.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};
use crate::rules::once::Once;

/// `implied-monitoring`
pub static CODE: Code = Code {
    name: "implied-monitoring",
    summary: "a duty is to watch private networks, or can only be kept by watching them",
    family: Family::Responsibility,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H23"],
    since: "0.1.0",
    page: include_str!("implied_monitoring.md"),
};

/// Asks each absolute duty over acts through networks, and each answerability for them, what it takes to keep it.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (norm, words) in facts.gated().filter_map(|(_, norm)| Some((norm, watched(treaty, norm)?))) {
        if !once.first(treaty.article_of(norm.unit), "", norm.reading) {
            continue;
        }
        out.push(
            facts
                .on_norm(&CODE, norm, words, format!("{} makes each State watch what passes through networks", treaty.locator(norm.unit)))
                .here("private traffic is in it")
                .label_if(privacy(facts).map(|law| treaty.span(law)), || "this stands against it".to_owned())
                .help("say what may be looked at, by whom, under which court and how privacy is kept; or oblige each State to act on notice only"),
        );
    }
    for duty in facts.territorial.iter().filter(|duty| duty.cyber && !duty.tells) {
        let answers = duty.norm.mode == Mode::Answerability && !duty.is_diligent(treaty);
        if duty.absolute(treaty).is_none() && !answers || !once.first(treaty.article_of(duty.norm.unit), "", duty.norm.reading) {
            continue;
        }
        let profile = treaty.declared.profiles.iter().find(|profile| profile.controls.as_ref().is_some_and(|controls| !controls.value));
        let law = privacy(facts);
        let mut found = facts
            .on_norm(
                &CODE,
                duty.norm,
                duty.act,
                format!("{} can be kept only by watching what passes through private networks", treaty.locator(duty.norm.unit)),
            )
            .here("code shows itself to whoever looks into the traffic")
            .label_if(law.map(|law| treaty.span(law)), || "this stands against it".to_owned());
        if let Some((profile, controls)) = profile.and_then(|profile| Some((profile, profile.controls.as_ref()?))) {
            found = found.label_in(profile.file, controls.span, "and the networks are not in its hands, by this profile");
        }
        out.push(
            found.help(
                "say what a State may and must look at, under which court, and how privacy is kept; or oblige it to act on notice only",
            ),
        );
    }
}

/// "Shall watch the traffic": the duty to look, in so many words.
fn watched(treaty: &Treaty<'_>, norm: &Norm) -> Option<Words> {
    const WATCHES: [&str; 7] = ["watch", "monitor", "scan", "inspect", "filter", "examine", "intercept"];
    const TRAFFIC: [&str; 4] = ["traffic", "communications", "data flows", "packets"];
    if norm.mode != Mode::Obligation || !norm.binds_a_party() {
        return None;
    }
    let act = norm.act(treaty);
    let lower = treaty.lower(act);
    let verb = lower.split(' ').next().unwrap_or_default();
    if !WATCHES.contains(&verb) {
        return None;
    }
    let noun = TRAFFIC.iter().filter_map(|noun| lower.find(noun).map(|at| at + noun.len())).min().filter(|end| *end < 60)?;
    Some(Words::new(act.start, act.start + noun as u32))
}

/// A clause on privacy, or one that yields to domestic law.
fn privacy(facts: &Facts<'_, '_>) -> Option<Words> {
    let treaty = facts.treaty;
    treaty.sentences.iter().filter(|sentence| sentence.reading == 0 && sentence.is_operative(treaty)).find_map(|sentence| {
        let lower = treaty.lower(sentence.words);
        let privacy =
            ["privacy", "secrecy of communications", "personal data"].iter().find_map(|word| lower.find(word).map(|at| (at, word.len())));
        let words = privacy.map(|(at, length)| {
            let start = sentence.words.start + at as u32;
            Words::new(start, start + length as u32)
        });
        words.or_else(|| lower.contains("subject to").then(|| treaty.words_of(sentence.words, Class::DomesticLaw).next()).flatten())
    })
}
