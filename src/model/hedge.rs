//! Softeners, and what each of them governs. "As appropriate" may cut back the duty, choose between two bodies, or stand with a detail that
//! nobody would miss; only the first is an escape, so a rule asks this module and not the lexicon.

use super::Treaty;
use super::clause::{self, Clause};
use super::clean::Words;
use super::norm::{BearerClass, Mode, Norm, begins_noun_phrase};
use super::place::Place;
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
    /// Of two duties it is on the second alone: "shall inform the Commission and, where appropriate, warn the others".
    pub second: Option<Words>,
}

/// The softeners on the duty of a norm's sentence, as they stand in it.
pub fn on_duty<'t>(treaty: &'t Treaty<'_>, norm: &'t Norm) -> impl Iterator<Item = Hedge> + use<'t> {
    let sentence = norm.sentence_words(treaty);
    let hits = treaty.hits_in(sentence);
    let is_hedge = move |(at, hit): &(usize, &Hit)| hit.is(Class::Hedge) && !is_none(hits, *at);
    hits.iter().enumerate().filter(is_hedge).filter_map(move |(_, hit)| {
        let words = Words::new(hit.start, hit.end);
        let shown = treaty.lower(words);
        // "Shall inform the others and shall, where appropriate, consult": of two duties in a sentence it is on the one in whose clause it stands.
        let owner = treaty.norms_of_sentence(norm.sentence).iter().find(|norm| words.start < norm.reach.end).unwrap_or(norm);
        // "Should endeavour to": no duty, and so nothing to soften.
        if owner.mode == Mode::Exhortation || owner.mode == Mode::Definition {
            return None;
        }
        let around = Around::new(treaty, owner, sentence, words);
        around.is_on_duty(shown).then(|| {
            let strength = strength(shown);
            let second = if strength <= Strength::Chance { around.second_duty(words) } else { None };
            Hedge { words, strength, maximises: maximises(shown), second }
        })
    })
}

/// Words that look like a hedge and are none, or are part of a time.
fn is_none(hits: &[Hit], at: usize) -> bool {
    // No phrase of either kind has more words of the lexicon in it than this.
    const NEAR: usize = 12;
    let hedge = &hits[at];
    let near = &hits[at.saturating_sub(NEAR)..hits.len().min(at + NEAR)];
    near.iter().any(|hit| (hit.is(Class::NoHedge) || hit.is(Class::VagueTime)) && hit.start <= hedge.start && hedge.end <= hit.end)
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
    /// It stands on a point.
    on_point: bool,
    /// It stands in front of the modal.
    ahead_of_modal: bool,
    /// It stands where the modal's verb stands.
    at_verb: bool,
    /// No Party is named for who owes it.
    nobody: bool,
    /// It stands in an annex.
    in_annex: bool,
    /// It stands on a point of what a meeting of the Parties does.
    of_meeting: bool,
    /// The clause that it stands in.
    clause: Clause,
    /// From the modal, or from the beginning of the point, up to it.
    lead: &'t str,
    before: &'t str,
    after: &'t str,
}

impl<'t> Around<'t> {
    /// Bytes looked at before and behind it: no clause that decides what it governs is longer.
    const BEFORE: u32 = 160;
    const AFTER: u32 = 80;

    fn new(treaty: &'t Treaty<'_>, norm: &Norm, sentence: Words, words: Words) -> Self {
        let from = sentence.start.max(words.start.saturating_sub(Self::BEFORE));
        let until = sentence.end.min(words.end + Self::AFTER).max(words.end);
        let on_point = norm.parent.is_some();
        let ahead_of_modal = !on_point && words.start < norm.modal.start;
        let lead = if on_point || ahead_of_modal { sentence.start } else { norm.modal.end };
        Self {
            tries: norm.tries,
            on_point,
            ahead_of_modal,
            at_verb: words.start < norm.reach.start + 4,
            nobody: matches!(norm.bearer.class, BearerClass::None | BearerClass::Other),
            in_annex: norm.place == Place::Annex,
            of_meeting: norm.parent.is_some_and(|parent| is_of_a_meeting(treaty, treaty.norm(parent))),
            clause: clause::clause_of(treaty, norm, words),
            lead: treaty.lower(Words::new(lead.max(from).min(words.start), words.start)),
            before: treaty.lower(Words::new(from, words.start)),
            after: treaty.lower(Words::new(words.end, until)),
        }
    }

    fn is_on_duty(&self, words: &str) -> bool {
        if self.after.starts_with(" and in conformity") || self.after.starts_with(" to reach") || self.clause == Clause::Question {
            return false;
        }
        // "If all efforts at consensus have been exhausted": a case. "If appropriate" is no clause, for it opens none.
        if self.clause == Clause::Condition && strength(words) >= Strength::Extent {
            return false;
        }
        match words {
            "endeavour" | "endeavor" | "strive" | "seek to" => (self.at_verb || self.tries) && !(self.nobody && self.in_annex),
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
            _ if maximises(words) => true,
            _ if strength(words) <= Strength::Chance => !(self.of_meeting || self.nobody && self.in_annex) && self.governs_the_verb(words),
            _ => true,
        }
    }

    /// Whether a word of fitness or chance is on the verb that is owed. It says so by where it stands: right behind the modal, in front of
    /// it, at the beginning of a point, right behind the verb or before a second one, or at the end of a short clause. Anywhere else it is on a
    /// detail of the object: "including, where appropriate, border controls", "the weight or, as appropriate, the volume".
    fn governs_the_verb(&self, words: &str) -> bool {
        if self.is_as_much_as(words) || self.chooses() || self.is_on_another_act() || self.clause != Clause::Main {
            return false;
        }
        // "If possible not later than 180 days": it takes the time back.
        if ["not later than", "no later than", "within "].iter().any(|limit| self.after.trim_start().starts_with(limit)) {
            return true;
        }
        if self.ahead_of_modal {
            return !self.is_on_a_detail();
        }
        let lead = self.lead.trim_start_matches([' ', ',']).trim_end_matches([' ', ',']);
        let between = lead.split(' ').filter(|word| !word.is_empty()).count();
        let joined = lead.ends_with(" and") || lead == "and";
        if joined {
            return self.is_before_a_verb();
        }
        if between == 0 {
            return !self.on_point || !begins_noun_phrase(self.behind());
        }
        let behind_verb = between <= 2 && !begins_noun_phrase(lead);
        let ends = self.behind().is_empty() || self.after.trim_start().starts_with(['.', ';', ':']) || self.after.starts_with(", and the ");
        let short = between <= 9 && !["including", "such as", " or "].iter().any(|part| lead.contains(part)) && !begins_noun_phrase(lead);
        // "Its exact location where appropriate": no comma parts it from what is to be told.
        let attached = self.on_point && !self.before.trim_end().ends_with(',') && between <= 45 && !lead.contains("including");
        behind_verb || ends && short || ends && attached
    }

    /// The verb and its object behind "and, where appropriate,", without its "to".
    fn second_duty(&self, words: Words) -> Option<Words> {
        let lead = self.lead.trim_end_matches([' ', ',']);
        let behind = self.after.trim_start_matches([' ', ',']);
        let infinitive = !behind.split(' ').next().unwrap_or_default().ends_with("ing");
        if !(infinitive && lead.ends_with(" and") && self.is_before_a_verb()) {
            return None;
        }
        let duty = behind.strip_prefix("to ").unwrap_or(behind);
        let start = words.end + (self.after.len() - duty.len()) as u32;
        let end = duty.find([',', ';', ':', '.', '(']).unwrap_or_else(|| duty.rfind(' ').unwrap_or(duty.len()));
        Some(Words::new(start, start + duty[..end].trim_end().len() as u32))
    }

    /// What comes behind it, less the comma.
    fn behind(&self) -> &str {
        self.after.trim_start_matches([' ', ',']).trim_end_matches(['.', ';', ':'])
    }

    /// "As large as appropriate", "as well as appropriate measures": the first "as" is of the words before it.
    fn is_as_much_as(&self, words: &str) -> bool {
        let mut before = self.before.rsplit(' ').filter(|word| !word.is_empty());
        words.starts_with("as ") && before.nth(1) == Some("as")
    }

    /// "And, where appropriate, detain the vessel" adds a verb; "and, where appropriate, sanctions" a thing.
    fn is_before_a_verb(&self) -> bool {
        let behind = self.behind();
        if behind.starts_with("to ") {
            return true;
        }
        let mut words = behind.split(' ');
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let leads_in = matches!(
            first,
            "by" | "through" | "in" | "with" | "on" | "at" | "from" | "to" | "for" | "of" | "under" | "via" | "within" | "including" | "as"
        );
        !begins_noun_phrase(behind)
            && !leads_in
            && !first.ends_with("ed")
            && first.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
            && matches!(
                second,
                "the"
                    | "a"
                    | "an"
                    | "its"
                    | "their"
                    | "such"
                    | "any"
                    | "all"
                    | "to"
                    | "each"
                    | "one"
                    | "for"
                    | "that"
                    | "these"
                    | "this"
                    | "those"
            )
    }

    /// "The Conference or the Council, as appropriate", "bilateral, regional or multilateral arrangements, as appropriate", "the weight or,
    /// as appropriate, the volume": it says which of two, and both are owed.
    fn chooses(&self) -> bool {
        let before = self.before.trim_end_matches([' ', ',']);
        if before.ends_with(" or") || before.ends_with(" and/or") || before.ends_with("(or") {
            return true;
        }
        if self.after.trim_start_matches([' ', ',']).starts_with("either ") {
            return true;
        }
        let closes = self.after.trim_start().is_empty() || self.after.trim_start().starts_with([',', '.', ';', ':', ')']);
        let clause = last_clause(before);
        let near = &clause[clause.ceil_char_boundary(clause.len().saturating_sub(48))..];
        closes && near.contains(" or ") && !["one or more", "two or more", " to ", " shall "].iter().any(|other| near.contains(other))
    }

    /// In front of the modal, and not on the subject itself but on what is said of it: "provided with the parents, where appropriate, shall
    /// be", "free of charge and, if possible, by a doctor, shall".
    fn is_on_a_detail(&self) -> bool {
        let before = self.before.trim_end();
        let after = self.after.trim_start();
        if [" and", " and,"].iter().any(|joint| before.ends_with(joint)) {
            return true;
        }
        let clause = before.trim_end_matches(',');
        before.ends_with(',') && clause.contains(", ") && after.starts_with(',')
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
        let with = ["in collaboration", "in cooperation", "in co-operation", "in consultation", "in conjunction"];
        other || before.ends_with(" authority") || before.ends_with(" guidance") || with.iter().any(|with| before.ends_with(with))
    }
}

/// "At their meetings the Parties shall: (a) prepare, where appropriate, protocols": the tasks of an organ, by its members' name.
fn is_of_a_meeting(treaty: &Treaty<'_>, chapeau: &Norm) -> bool {
    let lower = treaty.lower(chapeau.sentence_words(treaty));
    chapeau.bearer.class == BearerClass::Organ
        || ["at their meeting", "at its meeting", "the meeting", "at each session", "the conference"]
            .iter()
            .any(|organ| lower.contains(organ))
}

/// What stands behind the last comma, semicolon or colon.
fn last_clause(text: &str) -> &str {
    text.rfind([',', ';', ':']).map_or(text, |at| &text[at + 1..])
}
