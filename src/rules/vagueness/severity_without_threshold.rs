//! A word of degree decides whether a norm applies, and nothing says how much is enough.

use crate::analysis::Facts;
use crate::diagnostic::{Code, Diagnostics, Family, Severity, Shown};
use crate::lexicon::{Class, Hit};
use crate::model::Treaty;
use crate::model::clean::Words;
use crate::model::norm::{BearerClass, Mode, Norm};
use crate::model::place::Place;
use crate::model::sentence::SentenceId;
use crate::rules::once::Once;
use crate::syntax::tree::{UnitId, UnitKind};
use std::collections::HashSet;

/// `severity-without-threshold`
pub static CODE: Code = Code {
    name: "severity-without-threshold",
    summary: "a word such as \"serious\" decides whether a norm applies, with no threshold",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: Shown::Default,
    hurdles: &["H22", "H13"],
    since: "0.1.0",
    page: include_str!("severity_without_threshold.md"),
};

/// Asks each sentence with a norm or a definition for words of degree before an act, effect or damage.
pub fn check(facts: &Facts<'_, '_>, out: &mut Diagnostics) {
    let treaty = facts.treaty;
    let mut once = Once::default();
    let elsewhere = settled_elsewhere(treaty);
    let said_when = said_when(treaty);
    // "Grave breaches defined in the following Article" settles "such grave breaches" in the rest of its article.
    let mut settled = (UnitId::ROOT, Vec::new());
    for (index, sentence) in treaty.sentences.iter().enumerate() {
        let id = SentenceId(index as u32);
        let place = treaty.places[sentence.unit.index()];
        if !matches!(place, Place::Operative | Place::Annex | Place::Definitions)
            || sentence.pieces.is_empty() && place != Place::Definitions
        {
            continue;
        }
        let article = treaty.article_of(sentence.unit);
        if settled.0 != article {
            settled = (article, Vec::new());
        }
        let Some(words) = severity(treaty, sentence.words, &mut settled.1) else { continue };
        // "In principle aid should not be granted if it has a serious effect": a wish, which no figure would make a duty.
        if treaty.norm_of(id).is_some_and(|norm| norm.mode == Mode::Exhortation) {
            continue;
        }
        // A list of what may be considered, or of what is to be weighed: nothing is owed by it.
        let weighed = treaty.norm_of(id).and_then(|norm| Some((norm, treaty.norm(norm.parent?)))).is_some_and(|(norm, chapeau)| {
            let end = treaty.end_of_chapeau(norm);
            chapeau.mode == Mode::Permission && treaty.lower(chapeau.act(treaty)).starts_with("consider")
                || ["criteria", "taken into account", "into account", "factors"].iter().any(|weighing| end.contains(weighing))
        });
        if weighed
            || place != Place::Definitions && treaty.norm_of(id).is_none() && !treaty.defines(id)
            || said_when.contains(&(article, treaty.lower(words).split([' ', ',']).next().unwrap_or_default()))
        {
            continue;
        }
        let shown = treaty.quote(words);
        if elsewhere.contains(singular(treaty.lower(words))) || elsewhere.contains(&head(treaty.lower(words))) {
            continue;
        }
        // A defined term is judged at its definition.
        if treaty.names_in(Words::new(words.start.saturating_sub(30), words.end)).iter().any(|hit| hit.words.contains(words)) {
            continue;
        }
        let noted = ["threshold", "effect"].iter().any(|name| treaty.note_named(sentence.unit, name).is_some());
        if noted || !once.first(treaty.article_of(sentence.unit), treaty.lower(words), sentence.reading) {
            continue;
        }
        out.push(
            facts
                .finding(&CODE, id, words, format!("nothing says how much is enough for `{shown}` in {}", treaty.locator(sentence.unit)))
                .here(if treaty.norm_of(id).is_some_and(|norm| decided_by_organ(treaty, norm)) {
                    "no figure and no listed effect guides whoever decides"
                } else {
                    "no figure and no listed effect"
                })
                .help(format!("give `{shown}` a number (hours, persons, area, damage), a closed list of effects, or a body that decides")),
        );
    }
}

/// "A breach is serious if it ...": the articles that say themselves when a word of degree is met, each with the word.
fn said_when<'t>(treaty: &'t Treaty<'_>) -> HashSet<(UnitId, &'t str)> {
    let mut said = HashSet::new();
    for sentence in &treaty.sentences {
        for hit in treaty.hits_in(sentence.words).iter().filter(|hit| hit.is(Class::Severity)) {
            let before = treaty.lower(Words::new(hit.start.saturating_sub(4), hit.start));
            let behind = treaty.lower(Words::new(hit.end, hit.end + 7));
            let predicate = before.ends_with(" is ") || before.ends_with("are ");
            if predicate && [" if ", " where", " when "].iter().any(|case| behind.starts_with(case)) {
                said.insert((treaty.article_of(sentence.unit), treaty.lower(Words::new(hit.start, hit.end))));
            }
        }
    }
    said
}

/// Phrases that another clause settles: "acts described as grave breaches", or an article under the title "Serious violations".
fn settled_elsewhere(treaty: &Treaty<'_>) -> HashSet<String> {
    const CALLS: [&str; 5] = [" described as ", " regarded as ", " considered as ", " deemed to be ", " constitute "];
    let mut settled = HashSet::new();
    for (at, hit) in treaty.hits.iter().enumerate().filter(|(_, hit)| hit.is(Class::Severity)) {
        let before = treaty.lower(Words::new(hit.start.saturating_sub(16), hit.start));
        let Some(words) = qualified(treaty, hit, &treaty.hits[at + 1..]) else { continue };
        // "General guidance for identifying criteria to determine significant adverse impact is set forth in Appendix III".
        let by_criteria = || {
            let before = treaty.lower(Words::new(hit.start.saturating_sub(90), hit.start));
            let clause = before.rsplit(['.', ';', ':']).next().unwrap_or_default();
            ["criteria to determine ", "criteria for determining ", "criteria for the determination of "]
                .iter()
                .any(|way| clause.contains(way))
        };
        if CALLS.iter().any(|call| before.ends_with(call)) {
            settled.insert(singular(treaty.lower(words)).to_owned());
        }
        if by_criteria() {
            settled.insert(head(treaty.lower(words)));
        }
    }
    // An article under the title "Serious violations of this Protocol" lists them.
    for unit in treaty.tree.units.iter().filter(|unit| unit.kind == UnitKind::Article) {
        let Some(title) = treaty.tree.title(unit).first() else { continue };
        let mut words = treaty.source.slice(*title).split_whitespace();
        if let (Some(first), Some(second)) = (words.next(), words.next()) {
            settled.insert(singular(&format!("{first} {second}").to_lowercase()).to_owned());
        }
    }
    settled
}

/// "Significant adverse transboundary impact" as "significant ... impact": criteria for the one are criteria for the other.
fn head(words: &str) -> String {
    let mut parts = words.split(' ');
    let first = parts.next().unwrap_or_default();
    let last = parts.next_back().unwrap_or_default();
    format!("{first} ... {}", singular(last))
}

/// "grave breaches" as "grave breach".
fn singular(words: &str) -> &str {
    let hissing = ["ches", "shes", "sses"].iter().any(|end| words.ends_with(end));
    words.strip_suffix(if hissing { "es" } else { "s" }).unwrap_or(words)
}

/// "The Council shall issue orders to prevent serious harm": a body decides, though by no measure.
fn decided_by_organ(treaty: &Treaty<'_>, norm: &Norm) -> bool {
    norm.bearer.class == BearerClass::Organ || norm.parent.is_some_and(|parent| treaty.norm(parent).bearer.class == BearerClass::Organ)
}

/// So many settled phrases of an article are kept.
const MOST_SETTLED: usize = 16;

/// The first unpinned word of degree with the noun that it qualifies.
fn severity<'t>(treaty: &'t Treaty<'_>, sentence: Words, settled: &mut Vec<&'t str>) -> Option<Words> {
    let hits = treaty.hits_in(sentence);
    if let Some(phrase) = hits.iter().find(|hit| hit.is(Class::SeverityPhrase) && !is_weighed(treaty, sentence, hit)) {
        return Some(Words::new(phrase.start, phrase.end));
    }
    for (at, hit) in hits.iter().enumerate().filter(|(_, hit)| hit.is(Class::Severity)) {
        if treaty.lower(Words::new(sentence.start, hit.start)).ends_with("most ") {
            continue;
        }
        let Some(words) = qualified(treaty, hit, &hits[at + 1..]).filter(|_| !is_weighed(treaty, sentence, hit)) else { continue };
        if is_injury_of_persons(treaty, sentence, words) {
            continue;
        }
        let behind = Words::new(words.end, sentence.end.min(words.end + 110));
        let numbered = treaty.has_measure(behind)
            || counts(treaty.lower(behind))
            || [" of the geneva", " under the law", " under its law", " under their law"]
                .iter()
                .any(|law| treaty.lower(behind).starts_with(law))
            || ["within the meaning of", "shall be those", "the following acts"].iter().any(|list| treaty.lower(behind).contains(list));
        if treaty.lower(behind).contains("defined in") {
            if settled.len() < MOST_SETTLED {
                settled.push(treaty.lower(words));
            }
            continue;
        }
        if !numbered && !settled.contains(&treaty.lower(words)) {
            return Some(words);
        }
    }
    None
}

/// "Death or serious bodily injury" is the harm that an offender does: every criminal court knows it, and no Party measures its duty by it.
fn is_injury_of_persons(treaty: &Treaty<'_>, sentence: Words, words: Words) -> bool {
    let lower = treaty.lower(words);
    let behind = treaty.lower(Words::new(words.end, sentence.end.min(words.end + 16).max(words.end)));
    let before = treaty.lower(Words::new(sentence.start.max(words.start.saturating_sub(16)).min(words.start), words.start));
    lower.ends_with("bodily injury")
        || lower == "serious injury"
            && (before.ends_with("death or ")
                || [" to body", " to health", " to civilians", " to persons", " of persons"].iter().any(|whom| behind.starts_with(whom)))
}

/// "Sanctions which take into account the grave nature of these offences": it guides how much, and decides nothing.
fn is_weighed(treaty: &Treaty<'_>, sentence: Words, hit: &Hit) -> bool {
    let before = treaty.lower(Words::new(sentence.start.max(hit.start.saturating_sub(80)), hit.start));
    const WEIGHS: [&str; 9] = [
        "into account",
        "having regard to",
        "due regard to",
        "commensurate with",
        "proportionate to",
        "reflect",
        "consistent with their",
        "bear in mind",
        "same manner as",
    ];
    WEIGHS.iter().any(|verb| before.contains(verb))
}

/// "widespread, long-lasting or severe effects": from the first word of degree to the noun.
fn qualified(treaty: &Treaty<'_>, first: &Hit, after: &[Hit]) -> Option<Words> {
    let mut end = first.end;
    for hit in after {
        let between = treaty.lower(Words::new(end.min(hit.start), hit.start));
        // "A violation is serious where it interrupts ...": it stands behind its noun, and the measure behind it.
        let predicate = ["where ", "if ", "when "].iter().any(|word| between.trim_start().starts_with(word));
        // "Substantially equivalent effects": how like, and not how much.
        let compared = between.trim_start().starts_with("equivalent") || between.trim_start().starts_with("similar");
        if predicate || compared || between.contains(['.', ';', ':', '(']) || between.split(' ').count() > 5 {
            return None;
        }
        if hit.is(Class::Severity) && (between.contains(',') || between.contains(" or ") || between.contains(" and ")) {
            end = hit.end;
            continue;
        }
        if (hit.is(Class::Damage) || hit.is(Class::CyberAttack) || hit.is(Class::HarmNoun) || hit.is(Class::Harm))
            && !between.contains(" of ")
            && !between.contains(',')
            && !between.contains(" to ")
        {
            return Some(Words::new(first.start, hit.end));
        }
    }
    None
}

/// "of more than 1 million" counts damage; "for more than one hour" says only how long it lasts.
pub fn counts(words: &str) -> bool {
    words.match_indices("more than ").any(|(at, _)| !words[..at].ends_with("for "))
}
