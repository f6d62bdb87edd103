//! With the declared confidence, delay and stakes, breaking the promise pays.
//!
//! The model is small and stated on the page: in each round a party that breaks the promise gains `gain` a day until the breach is answered,
//! `delay` days later, and is answered with the probability `confidence`, which costs it `loss`. Breaking pays if
//! gain × delay > loss × confidence.

use crate::analysis::Facts;
use crate::analysis::facts_of::party_name;
use crate::analysis::ledger::{binds, parties};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::model::declared::{Mechanism, Profile};

/// `unstable-promise`
pub static CODE: Code = Code {
    name: "unstable-promise",
    summary: "with the declared confidence, delay and stakes, breaking the promise pays",
    family: Family::Stability,
    severity: Severity::Warning,
    shown: Shown::Asked,
    hurdles: &["H27", "H26"],
    since: "0.1.0",
    page: include_str!("unstable_promise.md"),
};

/// The four inputs, each least and most.
#[derive(Clone, Copy, Debug)]
struct Inputs {
    /// A day.
    gain: (f32, f32),
    /// Days.
    delay: (f32, f32),
    /// Once.
    loss: (f32, f32),
    /// From 0 to 1.
    confidence: (f32, f32),
}

impl Inputs {
    /// What breaking brings less what it costs, in the worst and in the best case for whoever breaks.
    fn margin(&self) -> (f32, f32) {
        let low = self.gain.0 * self.delay.0 - self.loss.1 * self.confidence.1;
        let high = self.gain.1 * self.delay.1 - self.loss.0 * self.confidence.0;
        (low, high)
    }

    /// The input that has to move least, as a share of itself, for the promise to hold in every case, and the value that it has to reach.
    /// `None` where none of them can do it alone.
    fn flip(&self) -> Option<(&'static str, f32)> {
        let gained = self.gain.1 * self.delay.1;
        let risked = self.loss.0 * self.confidence.0;
        let candidates = [
            ("confidence", if self.loss.0 > 0.0 { gained / self.loss.0 } else { f32::INFINITY }, self.confidence.0, 1.0),
            ("delay", if self.gain.1 > 0.0 { risked / self.gain.1 } else { f32::INFINITY }, self.delay.1, f32::INFINITY),
            ("loss", if self.confidence.0 > 0.0 { gained / self.confidence.0 } else { f32::INFINITY }, self.loss.0, f32::INFINITY),
            ("gain", if self.delay.1 > 0.0 { risked / self.delay.1 } else { f32::INFINITY }, self.gain.1, f32::INFINITY),
        ];
        let change = |needed: f32, now: f32| if now > 0.0 { (needed / now).ln().abs() } else { f32::INFINITY };
        candidates
            .into_iter()
            .filter(|(_, needed, _, most)| needed.is_finite() && *needed > 0.0 && needed <= most)
            .min_by(|a, b| change(a.1, a.2).total_cmp(&change(b.1, b.2)))
            .map(|(name, needed, _, _)| (name, needed))
    }
}

/// Asks each duty that a declared mechanism sees whether each party with stakes does better by keeping it.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let wanted = parties(facts);
    for (norm, seen) in facts.seen() {
        for profile in treaty.declared.profiles.iter().filter(|profile| profile.party.is_some_and(|party| wanted.contains(&party))) {
            let Some(party) = profile.party.filter(|party| binds(treaty, norm, *party)) else { continue };
            // The mechanism that makes breaking least worth while is the one that counts.
            let best = seen.iter().filter_map(|mechanism| Some((inputs(profile, mechanism)?, *mechanism)));
            let Some((inputs, mechanism)) = best.min_by(|a, b| a.0.margin().1.total_cmp(&b.0.margin().1)) else { continue };
            let (low, high) = inputs.margin();
            if high <= 0.0 {
                continue;
            }
            let name = party_name(treaty, party);
            let pays = if low > 0.0 { "breaking" } else { "breaking may pay: " };
            let message = if low > 0.0 {
                format!("{pays} {} pays for {name}: {low:.1} to {high:.1} more than keeping it", treaty.locator(norm.unit))
            } else {
                format!("{pays}{name} stands between {low:.1} and {high:.1} if it breaks {}", treaty.locator(norm.unit))
            };
            let span = mechanism.confidence.as_ref().map_or(mechanism.span, |value| value.span);
            let help = match inputs.flip() {
                Some((input, needed)) => format!("the promise holds if the {input} were {}", shown(input, needed)),
                None => "none of the four inputs alone would make the promise hold".to_owned(),
            };
            out.push(
                facts
                    .on_norm(&CODE, norm, norm.act(treaty), message)
                    .here("the promise")
                    .label_in(mechanism.file, span, format!("seen so surely: {}", range(inputs.confidence, "confidence")))
                    .label_in(
                        profile.file,
                        profile.gain.as_ref().map_or(profile.span, |gain| gain.span),
                        format!("a day brings {}", range(inputs.gain, "gain")),
                    )
                    .label_in(
                        profile.file,
                        profile.loss.as_ref().map_or(profile.span, |loss| loss.span),
                        format!("an answer takes {}", range(inputs.loss, "loss")),
                    )
                    .note(format!(
                        "gain × delay ({}) against loss × confidence; all inputs are declared ones",
                        range(inputs.delay, "delay")
                    ))
                    .help(help),
            );
        }
    }
}

fn inputs(profile: &Profile, mechanism: &Mechanism) -> Option<Inputs> {
    let hours = mechanism.delay.as_ref()?.value;
    Some(Inputs {
        gain: profile.gain.as_ref()?.value,
        delay: (hours.0 / 24.0, hours.1 / 24.0),
        loss: profile.loss.as_ref()?.value,
        confidence: mechanism.confidence.as_ref()?.value,
    })
}

fn range((low, high): (f32, f32), input: &str) -> String {
    let (least, most) = (shown(input, low), shown(input, high));
    if least == most { least } else { format!("{least} to {most}") }
}

fn shown(input: &str, value: f32) -> String {
    match input {
        "confidence" => format!("{:.0} %", value * 100.0),
        "delay" => format!("{value:.1} days"),
        _ => format!("{value:.1}"),
    }
}
