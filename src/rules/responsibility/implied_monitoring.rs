//! To prevent what travels in private networks, a State has to watch them.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::clean::Words;
use crate::rules::once::Once;

/// `implied-monitoring`
pub static CODE: Code = Code {
    name: "implied-monitoring",
    summary: "a duty can only be kept by watching private networks",
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
    for duty in facts.territorial.iter().filter(|duty| duty.cyber && !duty.tells) {
        let answers = duty.norm.mode == crate::model::norm::Mode::Answerability && !duty.is_diligent(treaty);
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
