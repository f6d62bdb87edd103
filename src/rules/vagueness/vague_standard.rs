//! A standard with nothing to measure it: "a reasonable level", "all necessary measures".

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::{Class, Hit};
use crate::model::Treaty;
use crate::model::clause::{self, Clause};
use crate::model::clean::Words;
use crate::model::hedge::{self, Strength};
use crate::model::norm::{BearerClass, Norm};
use crate::model::place::Place;
use crate::model::sentence::SentenceId;
use crate::model::vocabulary::Name;
use crate::syntax::parse::PieceKind;
use crate::syntax::tree::UnitKind;

/// `vague-standard`
pub static CODE: Code = Code {
    name: "vague-standard",
    summary: "a standard such as \"reasonable level\" has nothing to measure it",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H10", "H11"],
    since: "0.1.0",
    page: include_str!("vague_standard.md"),
};

/// Asks each norm for adjectives that set a standard before a noun that could be measured.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for (id, norm) in facts.norms().filter(|(_, norm)| norm.is_operative() && norm.is_deontic()) {
        let gated = facts.is_gated(id);
        let about_text = norm.obliges() && norm.bearer.class == BearerClass::Instrument;
        if !(gated || about_text) {
            continue;
        }
        let Some((words, measure)) = standard(treaty, norm, gated) else { continue };
        let shown = treaty.quote(words);
        let limit = treaty.words_of(norm.reach, Class::LimitVerb).next();
        let severity = if measure { Severity::Advice } else { Severity::Warning };
        let mut found = facts
            .on_norm(&CODE, norm, words, format!("nothing measures `{shown}` in {}", treaty.locator(norm.unit)))
            .severity(severity)
            .here(if norm.binds_a_party() {
                "each Party will measure this its own way"
            } else {
                "whoever applies this measures it its own way"
            })
            .label_if(limit.filter(|verb| !measure && verb.start < words.start).map(|verb| treaty.span(verb)), || {
                "this limit has no number".to_owned()
            })
            .help(if measure {
                format!("name the least that `{shown}` must hold, or the result that counts")
            } else {
                format!("put a number, a schedule or a decision by a named body in place of `{shown}`")
            });
        // "All appropriate measures" is an idiom of treaties on rights and trade, and half of the remarks on it were idle there.
        found.uncertain = measure && !is_about_arms(treaty, norm);
        out.push(found);
    }
}

/// A weapon or a tool of attack stands in the article, or the sentence speaks of attacks, networks and what they carry.
fn is_about_arms(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    const ARMS: [Class; 4] = [Class::Arms, Class::CyberAttack, Class::Implant, Class::AmbiguousAct];
    let sentence = treaty.lower(norm.sentence_words(treaty));
    treaty.words_under(treaty.article_of(norm.unit)).is_some_and(|words| treaty.any_of(words, &ARMS))
        || ["attack", "computer", "network", "traffic data", "specified data", "malicious"].iter().any(|word| sentence.contains(word))
}

/// The first unpinned standard in a norm, and whether it asks for measures only.
fn standard(treaty: &Treaty<'_>, norm: &Norm, gated: bool) -> Option<(Words, bool)> {
    if let Some(words) = treaty.words_of(norm.reach, Class::BareStandard).find(|words| is_measured_by(treaty, norm, *words)) {
        return Some((words, false));
    }
    if !gated {
        return None;
    }
    let hits = treaty.hits_in(norm.reach);
    for (at, hit) in hits.iter().enumerate().filter(|(_, hit)| hit.is(Class::Standard)) {
        let Some((noun, measure)) = noun_after(treaty, hit, &hits[at + 1..]) else { continue };
        if measure && (!norm.obliges() || is_settled_beside(treaty, norm, noun)) || opens_a_right(treaty, norm) {
            continue;
        }
        let words = Words::new(hit.start, noun.end);
        // "Within a reasonable period": `vague-time` tells it.
        if is_a_time(hits, words) || is_compound(treaty, norm, noun) {
            continue;
        }
        // "Only when other appropriate procedures are not available": what is compared, and not what is owed.
        if measure && matches!(clause::clause_of(treaty, norm, words), Clause::Condition | Clause::Relative | Clause::Question) {
            continue;
        }
        // "Adequate compensation for the injury suffered": the loss measures it, and a court.
        if treaty.lower(noun) == "compensation"
            && treaty.lower(Words::new(noun.end, norm.reach.end.min(noun.end + 40).max(noun.end))).starts_with(" for ")
        {
            continue;
        }
        // "Shall endeavour to do so at the appropriate level": the softener takes more. "Failed to take all reasonable measures": whose crime it is.
        let softened = hedge::on_duty(treaty, norm).any(|hedge| hedge.strength == Strength::Effort);
        if softened || norm.parent.is_some() && treaty.lower(norm.reach).trim_start().starts_with("failed to ") {
            continue;
        }
        // "Legal or other appropriate assistance", "commanders at the appropriate level", "the highest standards of competence": one of several
        // kinds, the one that is meant, what an office asks for.
        let ahead = treaty.lower(Words::new(words.start.saturating_sub(10).max(norm.reach.start).min(words.start), words.start));
        let lower = treaty.lower(words);
        let one_of_several = measure && ["or other ", "of other ", "by taking "].iter().any(|way| ahead.ends_with(way));
        let named = lower == "appropriate level" && ahead.ends_with("at the ");
        let office = ["highest standard", "highest level", "necessary resource"].iter().any(|idiom| lower.starts_with(idiom));
        if one_of_several || named || office {
            continue;
        }
        // "Whoever is without adequate resources": whom the duty is owed to, and not how much.
        let before = treaty.lower(Words::new(words.start.saturating_sub(12).max(norm.reach.start), words.start));
        if treaty.lower(noun).starts_with("resource") && before.contains("without ") {
            continue;
        }
        if !is_pinned(treaty, norm, words) {
            return Some((words, measure));
        }
    }
    None
}

/// What one may do is measured by nothing because nothing is owed. "Encourage the development of best practices" names them as a thing, and
/// "in line with best practices" measures by them.
fn is_measured_by(treaty: &Treaty<'_>, norm: &Norm, words: Words) -> bool {
    let before = treaty.lower(Words::new(norm.reach.start.max(words.start.saturating_sub(40)), words.start));
    // "The arrangements shall be designed to avoid hampering other activities": what an annex says of a thing.
    if !norm.binds_a_party() && norm.place == Place::Annex {
        return false;
    }
    let thing = treaty.lower(words).starts_with("best practice")
        && !["accord", "conform", "in line", "consistent", "follow", "apply", "meet", "with ", "comply", "reflect"]
            .iter()
            .any(|link| before.contains(link));
    let defined = treaty.names_in(words).iter().any(|name| matches!(name.name, Name::Term(_)));
    // "Shall have due regard for all legitimate interests": what is owed is the regard.
    let regarded = before.contains("due regard");
    norm.obliges() && !thing && !defined && !regarded
}

fn is_a_time(hits: &[Hit], words: Words) -> bool {
    hits.iter().take_while(|hit| hit.start < words.end).any(|hit| hit.is(Class::VagueTime) && hit.end > words.start)
}

/// "Effective stock assessment": the noun says only of what, and the thing itself is no quantity.
fn is_compound(treaty: &Treaty<'_>, norm: &Norm, noun: Words) -> bool {
    let behind = treaty.lower(Words::new(noun.end, norm.reach.end.min(noun.end + 30).max(noun.end)));
    let head = behind.strip_prefix(' ').and_then(|behind| behind.split(|c: char| !c.is_alphabetic()).next()).unwrap_or_default();
    ["ment", "ments", "tion", "tions"].iter().any(|end| head.ends_with(end))
}

/// The measurable noun that an adjective stands before: at once for measures, a few words on for what has a number.
fn noun_after(treaty: &Treaty<'_>, adjective: &Hit, after: &[Hit]) -> Option<(Words, bool)> {
    for hit in after.iter().take_while(|hit| hit.start < adjective.end + 45) {
        let between = treaty.lower(Words::new(adjective.end.min(hit.start), hit.start));
        if between.contains([',', '.', ';', ':', '(']) || hit.start < adjective.end {
            continue;
        }
        let noun = Words::new(hit.start, hit.end);
        if hit.is(Class::Measurable)
            && between.split(' ').count() <= 5
            && ![" of ", " to ", " for "].iter().any(|link| between.contains(link))
        {
            return Some((noun, false));
        }
        if hit.is(Class::MeasureNoun) && between.trim().is_empty() {
            return Some((noun, true));
        }
    }
    None
}

/// The measures are named where they are owed: in the points below, in the next sentence, or by the state of things that they must bring
/// about. A softener on the duty is the greater weakness, and `hedged-obligation` tells it.
fn is_settled_beside(treaty: &Treaty<'_>, norm: &Norm, measures: Words) -> bool {
    let behind = treaty.lower(Words::new(measures.end, norm.reach.end)).trim_start();
    let of_doing = ["measures", "steps", "action", "arrangements", "procedures", "legislation"].contains(&treaty.lower(measures));
    let named = of_doing && names_a_result(behind);
    let opens_a_list = behind.trim_end().ends_with(':') || behind.trim_end() == "to";
    let listed = opens_a_list && treaty.tree.children(norm.unit).any(|child| treaty.tree.unit(child).kind == UnitKind::Point);
    let softened = hedge::on_duty(treaty, norm).next().is_some();
    named || listed || softened || next_sentence_names_them(treaty, norm)
}

/// "Appropriate measures to enable the transfer" are those that enable it: the result measures them. "To prevent", "to protect", "to promote"
/// name a direction and no result.
fn names_a_result(behind: &str) -> bool {
    const DIRECTIONS: [&str; 26] = [
        "prevent",
        "eliminate",
        "suppress",
        "repress",
        "protect",
        "promote",
        "facilitate",
        "encourage",
        "improve",
        "reduce",
        "minimi",
        "combat",
        "counter",
        "develop",
        "strengthen",
        "enhance",
        "preserve",
        "safeguard",
        "assist",
        "support",
        "address",
        "disseminate",
        "control",
        "modify",
        "avoid",
        "limit",
    ];
    let purpose = ["so as to ", "in order to ", "to "].iter().find_map(|link| behind.strip_prefix(link));
    purpose.is_some_and(|verb| {
        let verb = verb.trim_start_matches("prohibit and ");
        !DIRECTIONS.iter().any(|direction| verb.starts_with(direction))
    })
}

/// "Such measures shall include ...", "They shall in particular ensure ...".
fn next_sentence_names_them(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let next = SentenceId(norm.sentence.0 + 1);
    if !treaty.sentences_of(norm.unit).contains(&next.index()) {
        return false;
    }
    let words = treaty.sentence(next).words;
    let words = treaty.lower(Words::new(words.start, words.end.min(words.start + 90))).trim_start();
    let names =
        ["shall include", "shall in particular", "shall, in particular", "in particular,", "shall ensure in particular", "shall consist"];
    ["such ", "these ", "the measures", "the steps", "they ", "it ", "those "].iter().any(|word| words.starts_with(word))
        && names.iter().any(|verb| words.contains(verb))
}

/// "Finds the reply insufficient", "in good faith": standards that open a right of the other side.
fn opens_a_right(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    treaty.lower(norm.bearer.words).contains("requesting")
}

/// A number, a list, a reference or a body that decides pins it.
fn is_pinned(treaty: &Treaty<'_>, norm: &Norm, words: Words) -> bool {
    let behind = Words::new(words.end, norm.reach.end.min(words.end + 120));
    let lower = treaty.lower(behind);
    let numbered = treaty.has_limit(behind)
        || lower.trim_start_matches([',', ' ']).starts_with("which is ")
        || lower.bytes().take(40).any(|byte| byte.is_ascii_digit());
    let sent_away = [
        "as defined",
        "as specified",
        "as set out",
        "as set forth",
        "specified in",
        "listed in",
        "set out in",
        "referred to in",
        "laid down in",
        "as determined by",
        "agreed by the",
        "to implement",
        ", including",
        ", in particular",
        ":",
    ]
    .iter()
    .any(|link| lower.starts_with(link) || lower.trim_start_matches([' ', ',']).starts_with(link.trim_start_matches([' ', ','])));
    let referenced =
        treaty.pieces_in(behind).iter().any(|piece| matches!(piece.kind, PieceKind::Reference(_)) && piece.start < words.end + 60);
    let noted = ["threshold", "means"].iter().any(|name| treaty.note_named(norm.unit, name).is_some());
    let least = lower.contains("at least the following") || lower.contains("responsible at least");
    // "A sufficient number to replace the regular members": the purpose measures it.
    let shown = treaty.lower(words);
    let by_purpose = shown.starts_with("necessary quantit")
        || (shown.starts_with("sufficient") || shown == "necessary information") && lower.trim_start().starts_with("to ")
        || shown.starts_with("sufficient") && lower[..lower.floor_char_boundary(60)].contains(" to enable ")
        || lower.trim_start().starts_with("at least equal")
        || lower.trim_start().starts_with("enabling ");
    numbered || least || by_purpose || sent_away || referenced || noted
}
