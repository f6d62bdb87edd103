//! The access that verification needs is what another clause withholds.

use crate::analysis::Facts;
use crate::analysis::coverage::Grade;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::sentence::SentenceId;
use crate::rules::once::Once;
use crate::syntax::tree::{UnitId, UnitKind};
use std::collections::HashSet;

/// `intrusive-verification`
pub static CODE: Code = Code {
    name: "intrusive-verification",
    summary: "the access that verification needs is what another clause withholds",
    family: Family::Verification,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H23", "H28"],
    since: "0.1.0",
    page: include_str!("intrusive_verification.md"),
};

/// Asks articles under which somebody looks for words that withhold what there is to see.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    if !facts.security {
        return;
    }
    let treaty = facts.treaty;
    let mut once = Once::default();
    let declared =
        treaty.declared.mechanisms.iter().find(|mechanism| mechanism.access.iter().any(|access| !access.value.contains("consent")));
    // Articles under which somebody looks; with a declared mechanism of access, all.
    let looks = |grade: Grade| grade >= Grade::Consent;
    let seers = facts.coverage.seers.iter().filter(|seer| looks(seer.grade));
    let looked: HashSet<UnitId> = seers.map(|seer| treaty.article_of(treaty.sentence(seer.sentence).unit)).collect();
    for (index, sentence) in
        treaty.sentences.iter().enumerate().filter(|(_, sentence)| sentence.reading == 0 && sentence.is_operative(treaty))
    {
        let article = treaty.article_of(sentence.unit);
        if declared.is_none() && !looked.contains(&article) {
            continue;
        }
        let lower = treaty.lower(sentence.words);
        let Some(words) = treaty.words_of(sentence.words, Class::Withheld).next() else { continue };
        let seer =
            facts.coverage.seers.iter().find(|seer| looks(seer.grade) && treaty.article_of(treaty.sentence(seer.sentence).unit) == article);
        if seer.is_none() && declared.is_none() || is_overruled(lower) || !once.first(sentence.unit, treaty.lower(words), 0) {
            continue;
        }
        // A body that keeps secrets withholds nothing from itself, and a heading withholds nothing.
        let withholds = treaty.norm_of(SentenceId(index as u32)).is_some_and(|norm| norm.binds_a_party() || norm.parent.is_some())
            || treaty.tree.unit(sentence.unit).kind == UnitKind::Point;
        if !withholds {
            continue;
        }
        let shown = treaty.quote(words);
        let mut found = facts
            .finding(
                &CODE,
                SentenceId(index as u32),
                words,
                format!("{} withholds what verification has to see: `{shown}`", treaty.locator(sentence.unit)),
            )
            .here("whoever is inspected says what falls under this")
            .label_if(seer.map(|seer| treaty.span(seer.words)), || "the access that it cuts back".to_owned())
            .help("say who decides what is protected, and oblige whoever withholds to show compliance by other means");
        if let (None, Some(mechanism)) = (seer, declared) {
            let span = mechanism.access.first().map_or(mechanism.span, |access| access.span);
            found = found.label_in(mechanism.file, span, "the access that it cuts back");
        }
        out.push(found);
    }
}

/// "Notwithstanding its laws on privacy": the access wins.
fn is_overruled(lower: &str) -> bool {
    ["notwithstanding", "shall not be invoked", "may not be invoked", "may not invoke", "regardless of", "shall not be used to conceal"]
        .iter()
        .any(|words| lower.contains(words))
}
