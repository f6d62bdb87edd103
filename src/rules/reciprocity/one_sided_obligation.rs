//! A duty binds one party, or one closed class of parties, and no clause binds the others likewise.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::Class;
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{BearerClass, Norm};
use crate::rules::once::Once;
use crate::syntax::parse::PieceKind;
use crate::syntax::tree::UnitId;
use std::collections::HashSet;

/// `one-sided-obligation`
pub static CODE: Code = Code {
    name: "one-sided-obligation",
    summary: "a duty binds one party or one closed class, and nothing binds the others likewise",
    family: Family::Reciprocity,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H17"],
    since: "0.1.0",
    page: include_str!("one_sided_obligation.md"),
};

/// Asks each duty and ban on a named party or a closed class for its counterpart.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    if !facts.gated().any(|(_, norm)| is_one_sided(norm)) {
        return;
    }
    let owed = Owed::new(facts);
    // Asked once an article, for a long article has many norms.
    let mut priced: Option<(UnitId, bool)> = None;
    let mut once = Once::default();
    for (_, norm) in facts.gated().filter(|(_, norm)| norm.obliges() && !norm.is_condition()) {
        // "They shall": the clause before has told who.
        let pronoun = matches!(treaty.lower(norm.bearer.words), "they" | "it" | "these" | "the latter" | "the former" | "both");
        let article = treaty.article_of(norm.unit);
        if norm.bearer.class == BearerClass::ClosedClass && priced.is_none_or(|(of, _)| of != article) {
            priced = Some((article, is_priced(treaty, article)));
        }
        let is_priced = norm.bearer.class == BearerClass::ClosedClass && priced == Some((article, true));
        if !is_one_sided(norm)
            || pronoun
            || is_priced
            || is_no_burden(treaty, norm)
            || owed.by_others(treaty, norm)
            || !once.first(article, treaty.lower(norm.bearer.words), norm.reading)
        {
            continue;
        }
        let who = treaty.quote_within(whole(treaty, norm));
        let others = others(treaty, norm);
        out.push(
            facts
                .on_norm(&CODE, norm, norm.bearer.words, format!("{} binds {who} and nobody else", treaty.locator(norm.unit)))
                .here(format!("{others} nothing like it"))
                .label(treaty.span(norm.act(treaty)), "the duty that has no counterpart")
                .help(format!(
                    "bind the others to the same, or say what they give for it: `@in return for: ...` under the clause of {who}"
                )),
        );
    }
}

/// Who is bound, with the annex that lists them: "the Parties included in Annex II".
fn whole(treaty: &Treaty<'_>, norm: &Norm) -> Words {
    let words = norm.bearer.words;
    if !treaty.lower(words).ends_with("included") {
        return words;
    }
    let behind = Words::new(words.end, norm.modal.start.max(words.end).min(words.end + 40));
    let annex = treaty.pieces_in(behind).iter().find(|piece| matches!(piece.kind, PieceKind::Reference(_)));
    annex.map_or(words, |annex| Words::new(words.start, annex.end))
}

/// "The extent to which the others keep their commitments will depend on the effective implementation of these": the article names the price.
fn is_priced(treaty: &Treaty<'_>, article: UnitId) -> bool {
    treaty.words_under(article).is_some_and(|words| treaty.lower(words).contains(" depend on the effective implementation"))
}

/// "Shall receive support", "shall be elected for two years": what is theirs, or done to them.
fn is_no_burden(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    let act = treaty.lower(norm.act(treaty));
    ["receive ", "be ", "benefit ", "enjoy ", "have access"].iter().any(|verb| act.starts_with(verb))
}

fn is_one_sided(norm: &Norm) -> bool {
    matches!(norm.bearer.class, BearerClass::Named | BearerClass::ClosedClass)
}

/// The other parties by name where they are few.
fn others(treaty: &Treaty<'_>, norm: &Norm) -> String {
    let others: Vec<&str> = treaty
        .declared
        .parties
        .iter()
        .enumerate()
        .filter(|(index, _)| norm.bearer.class == BearerClass::Named && norm.bearer.party.is_none_or(|party| party.index() != *index))
        .map(|(_, party)| party.name.as_str())
        .collect();
    match others.as_slice() {
        [one] => format!("{one} owes"),
        [head @ .., last] if head.len() < 4 => format!("{} and {last} owe", head.join(", ")),
        _ => "the other Parties owe".to_owned(),
    }
}

/// The first verbs of all duties and bans, by who owes them.
struct Owed {
    verbs: HashSet<(String, bool, String)>,
    bearers: HashSet<String>,
}

impl Owed {
    fn new(facts: &Facts<'_, '_>) -> Self {
        let treaty = facts.treaty;
        let mut owed = Self { verbs: HashSet::new(), bearers: HashSet::new() };
        for (_, norm) in facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.obliges()) {
            let bearer = bearer_key(treaty, norm);
            owed.bearers.insert(bearer.clone());
            owed.verbs.insert((verb(treaty, norm), norm.mode == crate::model::norm::Mode::Prohibition, bearer));
        }
        owed
    }

    /// The same verb under the same mode for somebody else, words of reciprocity, or a named return.
    fn by_others(&self, treaty: &Treaty<'_>, norm: &Norm) -> bool {
        let (own, verb) = (bearer_key(treaty, norm), verb(treaty, norm));
        let ban = norm.mode == crate::model::norm::Mode::Prohibition;
        let same = self.bearers.iter().any(|bearer| *bearer != own && self.verbs.contains(&(verb.clone(), ban, bearer.clone())));
        let mutual = treaty.any_of(norm.sentence_words(treaty), &[Class::Reciprocal]);
        same || mutual || treaty.note_named(norm.unit, "in return for").is_some()
    }
}

fn bearer_key(treaty: &Treaty<'_>, norm: &Norm) -> String {
    match (norm.bearer.party, norm.bearer.group) {
        (Some(party), _) => format!("party {}", party.0),
        (_, Some(group)) => format!("group {group}"),
        _ if norm.bearer.class == BearerClass::ClosedClass => {
            treaty.lower(norm.bearer.words).trim_start_matches("each ").trim_start_matches("the ").trim_end_matches('s').to_owned()
        }
        _ => "all".to_owned(),
    }
}

/// The verb and the first words behind it: what is owed, roughly.
fn verb(treaty: &Treaty<'_>, norm: &Norm) -> String {
    let act = treaty.lower(norm.act(treaty));
    act.split(' ')
        .filter(|word| !matches!(*word, "to" | "not" | "also" | "its" | "the" | "a" | "an" | "any"))
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}
