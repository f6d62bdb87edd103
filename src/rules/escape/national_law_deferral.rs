//! A duty that yields to the law of whoever owes it: each Party writes its own exception.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::model::sentence::SentenceId;
use crate::rules::once::Once;
use crate::syntax::parse::PieceKind;

/// `national-law-deferral`
pub static CODE: Code = Code {
    name: "national-law-deferral",
    summary: "a duty yields to the law of whoever owes it",
    family: Family::Escape,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H3", "H23"],
    since: "0.1.0",
    page: include_str!("national_law_deferral.md"),
};

/// Asks each duty whether its own law can undo it, or shapes what is owed.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    for (index, sentence) in treaty.sentences.iter().enumerate().filter(|(_, sentence)| sentence.is_operative(treaty)) {
        let id = SentenceId(index as u32);
        let norms =
            || treaty.norms[treaty.norms.partition_point(|norm| norm.sentence < id)..].iter().take_while(|norm| norm.sentence == id);
        let Some((link, yields)) = treaty.words_of(sentence.words, Class::DomesticLaw).find_map(|law| {
            let (link, yields) = link(treaty, sentence.words, law)?;
            let link = Words::new(link.start, whole_law(treaty, Words::new(law.start, link.end), sentence.words));
            // "The Parties recognise that replies may not be binding, unless their law provides so": how things are.
            let recognised = norms().next().is_none() && treaty.lower(sentence.words).contains("recogni");
            // "In accordance with its laws, take measures which it considers appropriate": its own judgment takes more.
            let judged = || treaty.any_of(sentence.words, &[Class::SelfJudging]);
            let told = if yields {
                !recognised && norms().all(may_yield)
            } else {
                !judged() && norms().any(|norm| is_shaped_by_law(treaty, norm, link))
            };
            told.then_some((link, yields))
        }) else {
            continue;
        };
        if !treaty.pieces_of(sentence).iter().any(|piece| matches!(piece.kind, PieceKind::Modal { .. }))
            || !once.first(sentence.unit, treaty.lower(link), sentence.reading)
        {
            continue;
        }
        let shown = treaty.quote(link);
        let locator = treaty.locator(sentence.unit);
        let found = if yields {
            facts
                .finding(&CODE, id, link, format!("{locator} yields to domestic law: `{shown}`"))
                .here("whoever is bound can change this law, or has it already")
        } else {
            facts
                .finding(&CODE, id, link, format!("domestic law decides how far {locator} goes: `{shown}`"))
                .here("each Party owes what its own law makes of it")
                .severity(Severity::Advice)
        };
        let undone = norms().find(|norm| norm.obliges() && norm.reach.contains(link)).map(|norm| treaty.span(norm.act(treaty)));
        out.push(
            found.label_if(undone.filter(|act| !act.touches(treaty.span(link))), || "the duty that it cuts back".to_owned()).help(
                "say which law may stand in the way, or oblige each Party to make its law fit: `each Party shall ensure that its law permits ...`",
            ),
        );
    }
}

/// A duty or ban, or an effect that stands for one; what somebody may do and what organs and persons owe does not yield in this sense.
fn may_yield(norm: &Norm) -> bool {
    !norm.is_condition()
        && !matches!(norm.bearer.class, BearerClass::Organ | BearerClass::Person)
        && !matches!(norm.mode, Mode::Permission | Mode::Saving | Mode::Exhortation | Mode::Constitution)
}

/// Links by which a duty yields.
const YIELDS: [&str; 30] = [
    "except in circumstances",
    "except as otherwise provided",
    "to the extent appropriate and consistent with",
    "to the extent permitted",
    "to the extent allowed",
    "to the extent possible under",
    "to the extent consistent with",
    "to the extent its",
    "to the extent that its",
    "to the extent that their",
    "to the extent compatible with",
    "to the extent that it is permitted",
    "insofar as",
    "in so far as",
    "if permitted",
    "where permitted",
    "as permitted",
    "when permitted",
    "except where",
    "except when",
    "except to the extent",
    "unless",
    "not contrary to",
    "not incompatible with",
    "not inconsistent with",
    "not prohibited by",
    "within the limits of",
    "within the limits imposed by",
    "conditions and safeguards provided for",
    "taking into account any",
];

/// Links by which law shapes what is owed.
const SHAPES: [&str; 11] = [
    "in accordance with",
    "consistent with",
    "in conformity with",
    "as provided by",
    "as provided for by",
    "pursuant to",
    "within the framework of",
    "to the extent provided",
    "determined by",
    "prescribed by",
    "and",
];

/// From the words that tie the duty to the law to the law, and whether the duty yields to it.
fn link(treaty: &Treaty<'_>, sentence: Words, law: Words) -> Option<(Words, bool)> {
    const FAR: u32 = 110;
    let from = sentence.start.max(law.start.saturating_sub(FAR));
    let before = treaty.lower(Words::new(from, law.start));
    let clause = before.rfind(['.', ';']).map_or(0, |at| at + 1);
    let near = &before[clause..];
    if ["his or her competence", "notwithstanding", "regardless of", "irrespective of", "without prejudice to"]
        .iter()
        .any(|free| near.contains(free))
    {
        return None;
    }
    let start = |at: usize| from + (clause + at) as u32;
    let last = |link: &&str| if near.contains(*link) { near.rfind(*link) } else { None };
    let process = is_process(treaty, law, sentence);
    if let Some(at) = YIELDS.iter().filter_map(last).max()
        && near.len() - at < 70
        && !process
    {
        return Some((Words::new(start(at), law.end), true));
    }
    if let Some(at) = near.rfind("subject to")
        && near.len() - at < 60
        && !process
        && !["provision that", "this convention", "agreement", "treaty", "protocol", "review", "appeal"]
            .iter()
            .any(|other| near[at..].contains(other))
        && is_clause_subject_to(near, at)
    {
        return Some((Words::new(start(at), law.end), true));
    }
    // "where its domestic law so permits"
    let behind = treaty.lower(Words::new(law.end, sentence.end.min(law.end + 20))).trim_start();
    if ["permit", "so permit", "allow", "so allow"].iter().any(|verb| behind.starts_with(verb))
        && let Some(at) = ["where", "if", "when", "to the extent"].iter().filter_map(|link| near.rfind(link)).max()
        && near.len() - at < 24
    {
        let verb = behind.find(|c: char| !c.is_alphabetic() && c != ' ').unwrap_or(behind.len());
        let so = behind.strip_prefix("so ").map_or(0, |_| 3);
        let verb = behind[so..verb].split(' ').next().map_or(0, str::len) + so;
        // "Of its own motion if its law so permits, or at the request": the other way stays open.
        if behind[verb..].trim_start_matches([',', ' ']).starts_with("or ") {
            return None;
        }
        return Some((Words::new(start(at), law.end + 1 + verb as u32), true));
    }
    let at = SHAPES.iter().filter(|link| **link != "and" || near.contains("legislation")).filter_map(last).max()?;
    (near.len() - at < 24 && !process).then(|| (Words::new(start(at), law.end), false))
}

/// Where the words for the law end: "its constitutional principles and the basic concepts of its legal system".
fn whole_law(treaty: &Treaty<'_>, law: Words, sentence: Words) -> u32 {
    let mut end = law.end;
    if treaty.lower(Words::new(law.start, end)).ends_with("constitutional") {
        let behind = treaty.lower(Words::new(end, sentence.end));
        let noun = behind.strip_prefix(' ').unwrap_or_default();
        let length = noun.find(|c: char| !c.is_alphabetic()).unwrap_or(noun.len());
        end += if length > 0 { length as u32 + 1 } else { 0 };
    }
    let behind = treaty.lower(Words::new(end, sentence.end.min(end + 40).max(end)));
    end += [" and regulations", ", regulations and practices", ", regulations", " and practices"]
        .iter()
        .find(|more| behind.starts_with(**more))
        .map_or(0, |more| more.len() as u32);
    for more in treaty.words_of(Words::new(end, sentence.end.min(end + 40).max(end)), Class::DomesticLaw) {
        let between = treaty.lower(Words::new(end.min(more.start), more.start));
        if !between.starts_with(" and ") && !between.starts_with(" or ") || between.contains([',', '.', ';', ':']) {
            break;
        }
        end = more.end;
    }
    end
}

/// "In accordance with its constitutional processes" says how a State acts, and not whether it must.
fn is_process(treaty: &Treaty<'_>, law: Words, sentence: Words) -> bool {
    let behind = treaty.lower(Words::new(law.start, sentence.end.min(law.end + 24)));
    behind.starts_with("constitutional")
        && ["process", "procedure", "requirement", "method", "practice"].iter().any(|word| behind.contains(word))
}

/// "Subject to its law, ..." and "shall be subject to the conditions provided for by its law"; not "persons subject to its law".
fn is_clause_subject_to(near: &str, at: usize) -> bool {
    let ahead = near[..at].trim_end();
    let behind = &near[at..];
    ahead.is_empty()
        || ahead.ends_with([',', '('])
        || ahead.ends_with(" shall")
        || ["condition", "limitation", "requirement", "provision", "safeguard", "principle", "concept"]
            .iter()
            .any(|word| behind.contains(word))
}

/// The law shapes the duty itself: the words stand beside its verb or end its clause, and what is owed is no legislation.
fn is_shaped_by_law(treaty: &Treaty<'_>, norm: &Norm, link: Words) -> bool {
    const LEGISLATES: [&str; 18] = [
        "adopt",
        "establish",
        "enact",
        "legislat",
        "criminalis",
        "criminaliz",
        "license",
        "ratify",
        "designate",
        "make punishable",
        "ensure that",
        "prohibit",
        "punish",
        "prosecute",
        "provide for",
        "introduce",
        "consider",
        "implement",
    ];
    if norm.mode != Mode::Obligation || !norm.binds_a_party() || norm.is_condition() || !norm.reach.contains(link) {
        return false;
    }
    let act = treaty.lower(norm.act(treaty));
    let act = act.trim_start_matches(|c: char| !c.is_alphabetic());
    let plain = act.split(", ").find(|part| !part.starts_with("in accordance") && !part.starts_with("subject")).unwrap_or(act);
    if act.contains("legislative") || LEGISLATES.iter().any(|verb| act.starts_with(verb) || plain.starts_with(verb)) {
        return false;
    }
    let ahead = treaty.lower(Words::new(norm.reach.start, link.start)).trim_end();
    let last = ahead.rsplit(' ').next().unwrap_or_default();
    let beside = ahead.is_empty() || ahead.ends_with(',');
    let behind = treaty.lower(Words::new(link.end, norm.reach.end)).trim_start();
    let closes = behind.is_empty() || behind.starts_with(['.', ';', ',', ':']);
    beside || closes && !last.ends_with("ed") && !last.ends_with("en") && !last.ends_with("ing")
}
