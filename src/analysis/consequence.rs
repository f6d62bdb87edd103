//! What follows a breach: the strongest clause that answers one, from nothing over talk to a third party that decides.

use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::place::Place;
use crate::model::sentence::SentenceId;

/// How far the text goes when a duty is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Negotiation, consultation, means of their own choice.
    Talk,
    /// An organ may ask, invite or recommend.
    Request,
    /// An organ or the Security Council may receive a complaint or decide; countermeasures are allowed.
    Decision,
    /// A third party decides at the request of one side; rights are suspended; compensation is owed.
    Compulsory,
}

/// A clause that answers a breach.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The sentence.
    pub sentence: SentenceId,
    /// The words of the remedy.
    pub words: Words,
    /// How far it goes.
    pub strength: Strength,
}

/// The clause that goes farthest, the first of equals; `None` where nothing speaks of a breach or a dispute.
#[must_use]
pub fn strongest(treaty: &Treaty<'_>) -> Option<Answer> {
    let mut best: Option<Answer> = None;
    for (index, sentence) in treaty.sentences.iter().enumerate() {
        let place = treaty.places[sentence.unit.index()];
        if sentence.reading != 0 || !matches!(place, Place::Operative | Place::Final | Place::Annex) {
            continue;
        }
        // Who is told of a withdrawal answers no breach.
        let Some((words, strength)) = answer(treaty, sentence.words).filter(|_| !treaty.any_of(sentence.words, &[Class::Withdrawal]))
        else {
            continue;
        };
        if best.is_none_or(|best| best.strength < strength) {
            best = Some(Answer { sentence: SentenceId(index as u32), words, strength });
        }
        // Nothing goes farther.
        if strength == Strength::Compulsory {
            break;
        }
    }
    best
}

/// Words by which a dispute reaches a third party whether or not the other side agrees.
const COMPULSORY: [&str; 22] = [
    "at the request of",
    "shall be submitted",
    "shall be referred",
    "may be submitted",
    "may be referred",
    "may submit",
    "may refer",
    "either party",
    "any party to the dispute",
    "any one of those",
    "any of the parties to the dispute",
    "any one of them",
    "shall be settled",
    "shall be decided",
    "shall have jurisdiction",
    "jurisdiction of the court",
    "final judgment",
    "shall be binding",
    "shall apply",
    "may institute",
    "has recourse",
    "may bring",
];

/// Words by which it does so only if both agree.
const BY_CONSENT: [&str; 14] = [
    "as agreed",
    "if they agree",
    "by agreement",
    "with the consent",
    "mutual consent",
    "mutually agree",
    "may agree",
    "common accord",
    "common agreement",
    "upon agreement",
    "agree to submit",
    "recognizes as compulsory",
    "recognises as compulsory",
    "if the parties so agree",
];

fn answer(treaty: &Treaty<'_>, sentence: Words) -> Option<(Words, Strength)> {
    if !treaty.any_of(sentence, &[Class::Remedy, Class::Settlement, Class::Complaint]) {
        return None;
    }
    let remedy = treaty.words_of(sentence, Class::Remedy).next();
    let Some(remedy) = remedy else {
        let mut settlement = treaty.words_of(sentence, Class::Settlement);
        let first = settlement.next().or_else(|| treaty.words_of(sentence, Class::Complaint).next())?;
        let talk = settlement.last().filter(|last| last.start < first.end + 120).map_or(first, |last| first.to(last));
        return is_about_a_breach(treaty.lower(sentence)).then_some((talk, Strength::Talk));
    };
    let lower = treaty.lower(sentence);
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let third = has(&["court", "arbitra", "tribunal", "panel", "dispute settlement", "claims commission", "award"]);
    let consent = has(&BY_CONSENT);
    let stops = has(&["suspend", "expel", "expulsion", "restrict"])
        && has(&["rights", "privileges", "membership", "concessions", "operation", "application", "participation", "expel", "expulsion"]);
    let pays = has(&["compensat", "reparation"]) && has(&["shall", "liable"]) && !has(&["victim", "expropriat", "fund"]);
    let sanctions = has(&["sanction"]) && !has(&["penal", "criminal", "disciplinary", "administrative", "legislat", "offence", "domestic"]);
    // "The remedy for a breach is the termination of this Agreement": one side ends it alone.
    let ends = has(&["terminat", "revocation", "revoke"]) && has(&["breach", "violat", "fail"]) && !consent;
    let strength = if third && has(&COMPULSORY) && !consent || stops || pays || sanctions || ends {
        Strength::Compulsory
    } else if has(&[
        "security council",
        "countermeasure",
        "counter-measure",
        "collective measures",
        "communications",
        "compliance committee",
        "implementation committee",
        "committee of ministers",
        "redress",
        "non-compliance",
        "noncompliance",
    ]) || third && !consent
    {
        Strength::Decision
    } else if has(&["request", "recommend", "invite", "suggest"]) {
        Strength::Request
    } else if is_about_a_breach(lower) {
        Strength::Talk
    } else {
        return None;
    };
    Some((remedy, strength))
}

/// Talk answers a breach only where it is about one, or about a dispute.
fn is_about_a_breach(lower: &str) -> bool {
    ["dispute", "disagree", "difference", "complian", "complying", "breach", "violat", "interpretation", "objective of", "problems"]
        .iter()
        .any(|word| lower.contains(word))
}
