//! Softeners, and what each of them governs. "As appropriate" may cut back the duty, choose between two bodies, or stand with a detail that
//! nobody would miss; only the first is an escape, so a rule asks this module and not the lexicon.

use super::Treaty;
use super::clean::Words;
use super::norm::{BearerClass, Norm};
use crate::lexicon::{Class, Hit};

/// How much of a duty a softener takes back, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// "as appropriate", "where appropriate": whether it fits.
    Fit,
    /// "if possible", "where feasible", "as a rule": whether at all.
    Chance,
    /// "to the extent possible", "in a position to do so": how far.
    Extent,
    /// "endeavour to", "every effort": only to try.
    Effort,
}

/// A softener that cuts back the duty of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hedge {
    /// Its words.
    pub words: Words,
    /// How much it takes back.
    pub strength: Strength,
    /// It asks for the most and names no least: "the fullest possible".
    pub maximises: bool,
}

/// The softeners on the duty of a norm's sentence, as they stand in it.
pub fn on_duty<'t>(treaty: &'t Treaty<'_>, norm: &'t Norm) -> impl Iterator<Item = Hedge> + use<'t> {
    let sentence = norm.sentence_words(treaty);
    let hits = treaty.hits_in(sentence);
    hits.iter().filter(move |hit| hit.is(Class::Hedge) && !is_none(hits, hit)).filter_map(move |hit| {
        let words = Words::new(hit.start, hit.end);
        let shown = treaty.lower(words);
        let around = Around::new(treaty, norm, sentence, words);
        around.is_on_duty(shown).then(|| Hedge { words, strength: strength(shown), maximises: maximises(shown) })
    })
}

/// Words that look like a hedge and are none, or are part of a time.
fn is_none(hits: &[Hit], hedge: &Hit) -> bool {
    hits.iter().any(|hit| (hit.is(Class::NoHedge) || hit.is(Class::VagueTime)) && hit.start <= hedge.start && hedge.end <= hit.end)
}

fn strength(words: &str) -> Strength {
    let any = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if any(&["effort", "endeavo", "strive", "seek to", "utmost", "consider"]) {
        Strength::Effort
    } else if maximises(words) {
        Strength::Chance
    } else if any(&[
        "extent",
        "far as",
        "so far",
        "fullest",
        "widest",
        "position",
        "capabilit",
        "able",
        "ability",
        "degree",
        "deem",
        "see fit",
    ]) {
        Strength::Extent
    } else if any(&["possible", "feasible", "practicable", "rule", "principle"]) {
        Strength::Chance
    } else {
        Strength::Fit
    }
}

fn maximises(words: &str) -> bool {
    ["fullest possible", "widest possible", "greatest possible", "as widely", "as fully"].iter().any(|most| words.contains(most))
}

/// A softener in its sentence.
struct Around<'t> {
    /// The duty is only to try, by its modal.
    tries: bool,
    /// It stands on a point, behind the point's first words.
    inside_point: bool,
    /// It stands in front of the modal.
    ahead_of_modal: bool,
    /// It stands where the modal's verb stands.
    at_verb: bool,
    /// No Party is named for who owes it.
    nobody: bool,
    before: &'t str,
    after: &'t str,
}

impl<'t> Around<'t> {
    /// Bytes looked at before and behind it: no clause that decides what it governs is longer.
    const BEFORE: u32 = 160;
    const AFTER: u32 = 60;

    fn new(treaty: &'t Treaty<'_>, norm: &Norm, sentence: Words, words: Words) -> Self {
        let from = sentence.start.max(words.start.saturating_sub(Self::BEFORE));
        let until = sentence.end.min(words.end + Self::AFTER).max(words.end);
        Self {
            tries: norm.tries,
            inside_point: norm.parent.is_some() && words.start > sentence.start + 4,
            ahead_of_modal: norm.parent.is_none() && words.start < norm.modal.start,
            at_verb: words.start < norm.reach.start + 4,
            nobody: matches!(norm.bearer.class, BearerClass::None | BearerClass::Other),
            before: treaty.lower(Words::new(from, words.start)),
            after: treaty.lower(Words::new(words.end, until)),
        }
    }

    fn is_on_duty(&self, words: &str) -> bool {
        if self.after.starts_with(" and in conformity") || self.after.starts_with(" to reach") {
            return false;
        }
        match words {
            "endeavour" | "endeavor" | "strive" | "seek to" => self.at_verb || self.tries,
            // "Guided by the endeavour to avoid": a thing, and nobody's duty.
            _ if words.starts_with("endeavo")
                && [" the", " an", " its", " their"].iter().any(|word| self.before.trim_end().ends_with(word)) =>
            {
                false
            }
            // "Shall be in a position to inspect" is what is owed; a hedge says "in a position to do so", or stands on the bearer.
            "in a position to" => self.ahead_of_modal,
            // What nobody in particular does as a rule is the rule of the thing: "As a rule, letters shall be in their language."
            "as a rule" | "in principle" => !self.nobody,
            _ if self.is_right_behind_the_modal() || maximises(words) => true,
            "if possible" | "where possible" if self.inside_point => false,
            _ if strength(words) == Strength::Fit && (self.chooses() || self.is_on_another_act()) => false,
            _ if strength(words) <= Strength::Chance => !self.is_on_a_detail(),
            _ => true,
        }
    }

    fn is_right_behind_the_modal(&self) -> bool {
        let before = self.before.trim_end_matches([' ', ',']);
        before.ends_with(" shall") || before.ends_with(" undertake") || before.ends_with(" undertakes")
    }

    /// "The Conference or the Council, as appropriate", "bilateral, regional or multilateral arrangements, as appropriate", "the weight or,
    /// as appropriate, the volume": it says which of two, and both are owed.
    fn chooses(&self) -> bool {
        let before = self.before.trim_end_matches([' ', ',']);
        if before.ends_with(" or") || before.ends_with(" and/or") || before.ends_with("(or") {
            return true;
        }
        // "Legislative, administrative or policy measures, as appropriate": whether any is fit is open too. "One or more uses" is a number.
        if ["measures", "steps", "action", " and"].iter().any(|word| before.ends_with(word)) {
            return false;
        }
        if self.after.trim_start_matches([' ', ',']).starts_with("either ") {
            return true;
        }
        let closes = self.after.trim_start().is_empty() || self.after.trim_start().starts_with([',', '.', ';', ':', ')']);
        let clause = last_clause(before);
        let near = &clause[clause.ceil_char_boundary(clause.len().saturating_sub(48))..];
        closes && near.contains(" or ") && !["one or more", "two or more", " to ", " shall "].iter().any(|other| near.contains(other))
    }

    /// "..., and where feasible, by electronic means", ", if possible by a doctor", "provided with the parents, where appropriate, shall be".
    fn is_on_a_detail(&self) -> bool {
        let before = self.before.trim_end();
        let after = self.after.trim_start();
        let behind = after.trim_start_matches([',', ' ']);
        let by_means = ["by ", "through ", "in ", "with ", "on ", "at ", "including ", "via "].iter().any(|word| behind.starts_with(word));
        if ["in collaboration,", "in cooperation,", "in co-operation,", "in consultation,", "in conjunction,"]
            .iter()
            .any(|with| before.ends_with(with))
        {
            return true;
        }
        let joined = before.ends_with(" and") || before.ends_with(" and,");
        let apposed = before.ends_with(',') && !after.starts_with(',');
        if by_means && (joined || apposed) && !self.ahead_of_modal {
            return true;
        }
        // In front of the modal, and not on the subject itself but on what is said of it.
        let clause = before.trim_end_matches(',');
        self.ahead_of_modal && before.ends_with(',') && clause.contains(", ") && after.starts_with(',')
    }

    /// "For consideration as appropriate", "under the authority, as appropriate, of the Conference": somebody else does that.
    fn is_on_another_act(&self) -> bool {
        let before = self.before.trim_end_matches([' ', ',']);
        let clause = last_clause(before);
        let other = ["for ", "for its ", "for their "].iter().any(|open| {
            clause.trim_start().strip_prefix(open).is_some_and(|noun| {
                let last = noun.rsplit(' ').next().unwrap_or_default();
                noun.split(' ').count() <= 2 && ["tion", "ment", "ance", "val", "view"].iter().any(|end| last.ends_with(end))
            })
        });
        other || before.ends_with(" authority") || before.ends_with(" guidance")
    }
}

/// What stands behind the last comma, semicolon or colon.
fn last_clause(text: &str) -> &str {
    text.rfind([',', ';', ':']).map_or(text, |at| &text[at + 1..])
}
