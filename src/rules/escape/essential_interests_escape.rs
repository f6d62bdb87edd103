//! Sovereignty, security, public order: an interest that only its holder can weigh is a ground to refuse.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::sentence::SentenceId;
use crate::syntax::parse::PieceKind;

/// `essential-interests-escape`
pub static CODE: Code = Code {
    name: "essential-interests-escape",
    summary: "sovereignty, security or other essential interests are a ground to refuse",
    family: Family::Escape,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H3"],
    since: "0.1.0",
    page: include_str!("essential_interests_escape.md"),
};

/// Asks each exception and each condition of a refusal for interests that only their holder weighs.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    for (index, sentence) in treaty.sentences.iter().enumerate().filter(|(_, sentence)| sentence.is_operative(treaty)) {
        let id = SentenceId(index as u32);
        let Some(ground) = ground(treaty, sentence.words) else { continue };
        if exempt(treaty, sentence.words) || !excuses(facts, id, ground) {
            continue;
        }
        let shown = treaty.quote(ground);
        let judge = treaty.words_of(sentence.words, Class::SelfJudging).next();
        let duty = duty_undone(facts, id);
        // "If it considers that ..." is beyond anybody's check; "where that is essential for its security" can be disputed, but not measured.
        let reach = if judge.is_some() { "that nobody else can check" } else { "and nothing says what it covers" };
        out.push(
            facts
                .finding(&CODE, id, ground, format!("{} makes `{shown}` a way out {reach}", treaty.locator(sentence.unit)))
                .here("whoever is bound can always plead this")
                .label_if(judge.map(|words| treaty.span(words)), || "and it judges this itself".to_owned())
                .label_if(duty.map(|words| treaty.span(words)), || "the duty that it undoes".to_owned())
                .help(format!(
                    "list the cases that `{shown}` stands for, let somebody else decide, or ask for reasons and partial performance"
                )),
        );
    }
}

/// From the first to the last interest that follows a word of prejudice.
pub fn ground(treaty: &Treaty<'_>, sentence: Words) -> Option<Words> {
    let hits = treaty.hits_in(sentence);
    let first = hits.iter().enumerate().find_map(|(at, hit)| {
        if !hit.is(Class::Ground) {
            return None;
        }
        let before = hits[..at].iter().rev().take_while(|other| other.end + 70 > hit.start);
        let led = before.into_iter().any(|other| other.is(Class::Prejudice) && other.end <= hit.start);
        led.then_some(at)
    })?;
    let mut end = hits[first].end;
    for hit in hits[first + 1..].iter().filter(|hit| hit.is(Class::Ground)) {
        if hit.start > end + 30 {
            break;
        }
        end = end.max(hit.end);
    }
    let start = hits[first].start;
    // "social security", "security measures", "security of supply" and the like are no interest of the State in this sense.
    let lone = treaty.lower(Words::new(start, end)) == "security";
    let before = treaty.lower(Words::new(start.saturating_sub(30), start));
    let behind = treaty.lower(Words::new(end, sentence.end.min(end + 20)));
    let other = lone && !(before.trim_end().ends_with("its") || before.trim_end().ends_with("their") || before.ends_with("national "))
        || behind.trim_start().starts_with("council")
        // "The pursuit of public policy objectives": what a regulator wants, and no ground to refuse.
        || treaty.lower(Words::new(start, end)) == "public policy" && behind.trim_start().starts_with("objective")
        || before.ends_with("social ");
    (!other).then_some(Words::new(start, end))
}

/// A right to leave, limits on human rights, and territory are other matters.
fn exempt(treaty: &Treaty<'_>, words: Words) -> bool {
    let lower = treaty.lower(words);
    treaty.any_of(words, &[Class::Withdrawal])
        || lower.contains("in a democratic society")
        || lower.contains("territory under its sovereignty")
        || lower.contains("under the sovereignty")
        || lower.contains("prescribed by law")
        || lower.contains("provided by law")
        // Whom a State tries for acts against it.
        || lower.contains("offences relating to its security")
}

/// The interest stands in an exception, in what a duty depends on, or among the grounds of a refusal.
fn excuses(facts: &Facts<'_, '_>, id: SentenceId, ground: Words) -> bool {
    let treaty = facts.treaty;
    let sentence = treaty.sentence(id);
    let before = Words::new(sentence.words.start, ground.start);
    let excepted = treaty.pieces_in(before).iter().any(|piece| matches!(piece.kind, PieceKind::Exception(_)));
    let extent = ["to the extent that", "in so far as", "insofar as"].iter().any(|link| treaty.lower(before).contains(link));
    let refuses = |words: Words| treaty.any_of(words, &[Class::Refusal, Class::RefusalNoun]);
    let norm = treaty.norm_of(id);
    let chapeau = norm.and_then(|norm| norm.parent).map(|parent| treaty.norm(parent).sentence_words(treaty));
    excepted || extent || refuses(sentence.words) || chapeau.is_some_and(refuses)
}

/// The duty in the same article that the excuse undoes.
fn duty_undone(facts: &Facts<'_, '_>, id: SentenceId) -> Option<Words> {
    let treaty = facts.treaty;
    let article = treaty.article_of(treaty.sentence(id).unit);
    treaty
        .norms_under(article)
        .iter()
        .find(|norm| {
            norm.obliges() && norm.sentence != id && (norm.is_gated(treaty) || norm.place == crate::model::place::Place::Operative)
        })
        .map(|norm| norm.act(treaty))
        .filter(|act| !act.is_empty())
}
