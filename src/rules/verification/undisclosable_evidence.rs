//! Evidence that cannot be shown, and a consequence that needs showing it.

use crate::analysis::Facts;
use crate::analysis::consequence::{Strength, strongest};
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::clean::Words;
use crate::rules::once::Once;

/// `undisclosable-evidence`
pub static CODE: Code = Code {
    name: "undisclosable-evidence",
    summary: "proof rests on evidence that cannot be shown without losing its source",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H29"],
    since: "0.1.0",
    page: include_str!("undisclosable_evidence.md"),
};

/// Asks declared mechanisms whether what they see may be shown, and complaints what they have to show.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    by_mechanism(facts, out);
    if facts.security {
        by_complaint(facts, out);
    }
}

/// All that sees a duty is secret, and something has to be proved.
fn by_mechanism(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let answer = strongest(treaty).filter(|answer| answer.strength >= Strength::Decision);
    for (norm, seen) in facts.seen() {
        let secret = |mechanism: &&crate::model::declared::Mechanism| mechanism.secret.as_ref().is_some_and(|secret| secret.value);
        let noted = treaty.note_named(norm.unit, "consequence");
        if !seen.iter().all(secret) || noted.is_none() && answer.is_none() {
            continue;
        }
        let mechanism = seen[0];
        let span = mechanism.secret.as_ref().map_or(mechanism.span, |secret| secret.span);
        let shown = noted.map(|note| note.span).or_else(|| answer.map(|answer| treaty.span(answer.words)));
        out.push(
            facts
                .on_norm(
                    &CODE,
                    norm,
                    norm.act(treaty),
                    format!(
                        "a breach of {} can be seen but not shown: the evidence of `{}` is secret",
                        treaty.locator(norm.unit),
                        mechanism.name
                    ),
                )
                .here("proof of this would burn its source")
                .label_in(mechanism.file, span, "secret")
                .label_if(shown, || "here it would have to be shown".to_owned())
                .help("add a means whose evidence all may see, or let a trusted body see the secret and report its finding alone"),
        );
    }
}

/// "The complaint shall include all possible evidence": what one side knows by secret means has to lie on the table.
fn by_complaint(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if !is_seen_by_none_but_parties(facts) {
        return;
    }
    let mut once = Once::default();
    for (index, sentence) in
        treaty.sentences.iter().enumerate().filter(|(_, sentence)| sentence.reading == 0 && sentence.is_operative(treaty))
    {
        let lower = treaty.lower(sentence.words);
        let Some(words) = treaty.words_of(sentence.words, Class::EvidenceAsked).next().map(|asked| evidence(lower, sentence.words, asked))
        else {
            continue;
        };
        let complaint = treaty.any_of(sentence.words, &[Class::Complaint]) || lower.contains("accus") || lower.contains("allegation");
        let protected = lower.contains("confidential") || lower.contains("without disclosing") || lower.contains("source of the");
        let id = crate::model::sentence::SentenceId(index as u32);
        if !complaint || protected || !once.first(treaty.article_of(sentence.unit), "", 0) {
            continue;
        }
        out.push(
            facts
                .finding(
                    &CODE,
                    id,
                    words,
                    format!(
                        "{} asks for proof that comes from secret means, and gives no way to keep them secret",
                        treaty.locator(sentence.unit)
                    ),
                )
                .here("to show this is to show how it was got")
                .help("let a body receive it in confidence and publish its finding alone, or give it means of its own to see"),
        );
    }
}

/// "All possible evidence confirming its validity": from the words found to the end of their clause.
fn evidence(lower: &str, sentence: Words, asked: Words) -> Words {
    let behind = &lower[(asked.end - sentence.start) as usize..];
    let more = behind.find(['.', ',', ';']).unwrap_or(behind.len()).min(60);
    let more = if more == 60 { behind[..behind.floor_char_boundary(60)].rfind(' ').unwrap_or(0) } else { more };
    Words::new(asked.start, asked.end + more as u32)
}

/// No third party looks as of right: what a Party knows it knows by its own means.
fn is_seen_by_none_but_parties(facts: &Facts<'_, '_>) -> bool {
    !facts.coverage.seers.iter().any(|seer| seer.grade == crate::analysis::coverage::Grade::Right)
}
