//! What a State answers for: duties over acts of harm that cross its border or use its territory (Goldsmith 2011, Part IV).

use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{Mode, Norm};

/// A duty or answerability over acts of harm from, in or through a territory.
#[derive(Clone, Copy, Debug)]
pub struct Territorial<'t> {
    /// The norm.
    pub norm: &'t Norm,
    /// "from its territory".
    pub territory: Words,
    /// The act of harm.
    pub act: Words,
    /// Whether the act goes through networks.
    pub cyber: bool,
    /// Whether the State only has to tell of it.
    pub tells: bool,
}

/// What may stand before the words of a territory.
const LINKS: [&str; 15] = [
    "ensure that",
    "allow",
    "permit",
    "use of",
    "transits",
    "transiting",
    "from within",
    "originating in",
    "originating from",
    "emanating from",
    "from",
    "through",
    "within",
    "in",
    "under",
];

/// The territorial duties of a treaty, in the order of the text, each unit once.
#[must_use]
pub fn duties<'t>(treaty: &'t Treaty<'_>) -> Vec<Territorial<'t>> {
    let mut last = None;
    treaty
        .norms
        .iter()
        .filter(|norm| norm.is_gated(treaty))
        .filter_map(move |norm| {
            let found = territorial(treaty, norm)?;
            let first = last != Some((norm.unit, norm.reading));
            last = Some((norm.unit, norm.reading));
            first.then_some(found)
        })
        .collect()
}

fn territorial<'t>(treaty: &Treaty<'_>, norm: &'t Norm) -> Option<Territorial<'t>> {
    if !matches!(norm.mode, Mode::Obligation | Mode::Prohibition | Mode::Answerability) || norm.is_condition() || !norm.binds_a_party() {
        return None;
    }
    // The border of the clause: an act that stands in another clause has nothing to do with this territory. "A Party from whose territory an
    // attack has come is responsible for it" says in front of the modal for what it answers.
    let start = if norm.mode == Mode::Answerability { norm.bearer.words.start.min(norm.reach.start) } else { norm.reach.start };
    let clause = Words::new(start, norm.reach.end);
    if !treaty.any_of(clause, &[Class::Territory]) {
        return None;
    }
    let territory = territory(treaty, clause)?;
    let act = harm(treaty, clause, territory)?;
    let head = treaty.lower(norm.reach).trim_start();
    // "Ensure that providers report attacks": a result that is wanted, and none that is prevented.
    if head.starts_with("ensure") && ![" no ", " not ", "prevent"].iter().any(|word| head.contains(word)) {
        return None;
    }
    let tells = ["notify", "report", "inform"].iter().any(|verb| head.starts_with(verb));
    let about_acts = norm.mode == Mode::Answerability
        || tells
        || [
            "prevent",
            "ensure",
            "stop",
            "prohibit",
            "not allow",
            "allow",
            "permit",
            "tolerate",
            "take ",
            "suppress",
            "control",
            "refrain",
            "knowingly",
            "halt",
            "block",
            "disconnect",
            "end ",
        ]
        .iter()
        .any(|verb| {
            head.starts_with(verb)
                || head.starts_with(&format!("to {verb}"))
                || head[..head.floor_char_boundary(90)].contains(&format!(" {verb}"))
        });
    // Arms are a thing: only keeping somebody from having them is about an act.
    let thing = !treaty.any_of(clause, &[Class::CyberAttack, Class::VagueAct, Class::AmbiguousAct, Class::Implant, Class::Breach])
        && !treaty.lower(act).contains("attack");
    let kept_from = ["prevent", "prohibit", "suppress"].iter().any(|verb| head[..head.floor_char_boundary(90)].contains(verb));
    if thing && !kept_from {
        return None;
    }
    let reached = treaty.lower(clause);
    let cyber = treaty.any_of(clause, &[Class::CyberAttack, Class::Implant])
        || ["network", "cyber", "computer", "information", "code", "botnet"].iter().any(|word| reached.contains(word));
    about_acts.then_some(Territorial { norm, territory, act, cyber, tells })
}

/// "From its territory".
fn territory(treaty: &Treaty<'_>, words: Words) -> Option<Words> {
    treaty.words_of(words, Class::Territory).find_map(|place| {
        let before = treaty.lower(Words::new(words.start, place.start)).trim_end();
        let link = LINKS.iter().find(|link| before.ends_with(**link))?;
        Some(Words::new(words.start + (before.len() - link.len()) as u32, place.end))
    })
}

/// Words of attack, of arms or of a breach near the territory.
fn harm(treaty: &Treaty<'_>, words: Words, territory: Words) -> Option<Words> {
    const HARM: [Class; 7] =
        [Class::CyberAttack, Class::Implant, Class::Arms, Class::VagueAct, Class::AmbiguousAct, Class::Breach, Class::CovertNoun];
    let near = Words::new(words.start.max(territory.start.saturating_sub(260)), words.end.min(territory.end + 160));
    HARM.iter().find_map(|class| {
        treaty.words_of(near, *class).find(|found| {
            // "use", "act" and the like are harm only with a word of attack or breach beside them.
            if *class == Class::Breach {
                let words = treaty.lower(*found);
                return words.contains("violat") || words.contains("breach");
            }
            *class != Class::CovertNoun
                || matches!(treaty.lower(*found).trim_end_matches('s'), "attack" | "operation" | "sabotage" | "intrusion" | "espionage")
        })
    })
}

impl Territorial<'_> {
    /// "Prevent", "ensure that no": a result is owed whatever it takes. The words that say so.
    #[must_use]
    pub fn absolute(&self, treaty: &Treaty<'_>) -> Option<Words> {
        let reach = self.norm.reach;
        let lower = treaty.lower(reach);
        let owed = [
            "ensure that no",
            "ensure that its territory is not",
            "ensure that their territory is not",
            "ensure that it does not",
            "prevent all",
            "prevent any",
            "prevent every",
            "prevent the",
            "prevent its territory",
            "prevent ",
            "stop all",
            "stop any",
            "stop every",
            "stop such",
            "not allow any",
            "not allow its",
            "not permit any",
            "not permit its",
            "ensure that",
        ];
        if self.norm.mode == Mode::Answerability {
            return None;
        }
        let at = owed
            .iter()
            .filter_map(|words| lower[..lower.floor_char_boundary(110)].find(words).map(|at| (at, words.trim_end().len())))
            .min()?;
        let start = reach.start + at.0 as u32;
        let modal_not = self.norm.mode == Mode::Prohibition;
        let found = Words::new(start, start + at.1 as u32);
        let strict = modal_not || !treaty.lower(Words::new(reach.start, start)).contains("measures");
        (strict && !self.is_diligent(treaty)).then_some(found)
    }

    /// Whether the clause says how much care is owed: knowledge, notice, feasible measures, a time after notice.
    #[must_use]
    pub fn is_diligent(&self, treaty: &Treaty<'_>) -> bool {
        let sentence = self.norm.sentence_words(treaty);
        treaty.any_of(sentence, &[Class::Diligence]) || treaty.has_limit(sentence) || treaty.lower(sentence).contains("knowingly")
    }
}

/// Whether the treaty says anywhere on which side transit falls.
#[must_use]
pub fn settles_transit(treaty: &Treaty<'_>) -> bool {
    let all = treaty.clean.lower(Words::new(0, treaty.clean.len()));
    [
        "transit",
        "pass through",
        "passes through",
        "passing through",
        "routed",
        "route ",
        "whether or not it originates",
        "whether it originates",
        "only originate",
        "relay",
    ]
    .iter()
    .any(|word| all.contains(word))
}

/// Whether words say who must show what, or how surely: a burden, a presumption, a standard.
#[must_use]
pub fn settles_proof(treaty: &Treaty<'_>, words: Words) -> bool {
    let lower = treaty.lower(words);
    treaty.any_of(words, &[Class::Proof]) || ["burden of proof", "burden of proving", "presumed"].iter().any(|proof| lower.contains(proof))
}
