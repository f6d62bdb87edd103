//! The road from text to findings, and the policy: read, build the model, ask the rules, set levels, take out what is allowed, sort.

mod permits;

use crate::analysis::{Facts, MOST_PARTIES};
use crate::diagnostic::{Applicability, Diagnostic, Diagnostics, Family, Hidden, NotJudged, Report, Severity};
use crate::model::Treaty;
use crate::model::norm::Mode;
use crate::options::{Options, Persona};
use crate::rules::{RULES, SWALLOWS, form, language};
use crate::source::{FileId, Source, Sources, Span};
use crate::suggest::nearest;
use crate::syntax::tree::{DeclarationKind, Mistake, Owner, Tree};
use crate::{rules, syntax};
use permits::{Permit, Permits};
use std::collections::HashMap;

/// Where `use "path"` finds its text: from a path as written, relative to the file that uses it, to bytes or the reason why not.
pub type Library<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + Sync + 'a;

/// Lints one file.
#[must_use]
pub fn check(source: Source, library: &Library<'_>, options: &Options) -> Report {
    let mut tree = syntax::read(source.text());
    let shared = load_shared(&source, &mut tree, library, options);
    let treaty = Treaty::build_with(&source, &tree, &shared, options);
    let facts = Facts::new(&treaty, options);
    let mut found = Diagnostics::default();
    tell_mistakes(&treaty, &mut found);
    tell_unknown_parties(&treaty, options, &mut found);
    for rule in RULES {
        if options.level(rule.code, rule.code.severity.max(Severity::Error)).is_some() || expects(&treaty) {
            (rule.check)(&facts, &mut found);
        }
    }
    let list = unite_readings(&treaty, found.into_vec());
    let list = swallow(list);
    let list = soften(&treaty, list);
    let (list, mut hidden) = allow(&treaty, list, options);
    let allowed = hidden.len();
    hidden.retain_mut(|hidden| is_shown(&mut hidden.diagnostic, options));
    let list = level(list, options);
    let not_judged = not_judged(&facts);
    drop(facts);
    let clauses = count_clauses(&list);
    let mut sources = Sources::default();
    drop(treaty);
    sources.add(source);
    for (used, _) in shared {
        sources.add(used);
    }
    Report { sources, diagnostics: sorted(list), allowed, hidden, compared: false, clauses, not_judged }
}

/// Files that use one another are followed this deep.
const DEEPEST_USE: usize = 16;

/// Reads the files that a draft uses, and those that they use. What can't be had is told at the draft's own `use` line.
fn load_shared(source: &Source, tree: &mut Tree, library: &Library<'_>, options: &Options) -> Vec<(Source, Tree)> {
    let mut shared: Vec<(Source, Tree)> = Vec::new();
    let mut mistakes = Vec::new();
    // What every draft uses is told, if it can't be had, where the text is named.
    let every = options.uses.iter().map(|path| (path.clone(), Span::default()));
    for (path, span) in uses(source, tree).chain(every) {
        let mut open = vec![(path, 0, None::<String>)];
        while let Some((path, depth, by)) = open.pop() {
            let shown = by.map_or_else(|| format!("`{path}`"), |by| format!("`{path}`, which `{by}` uses,"));
            if path == source.path || depth > DEEPEST_USE {
                mistakes.push(
                    Mistake::new(
                        "undeclared-name",
                        span,
                        "these files use one another in a circle",
                        format!("`{path}` comes back to this draft"),
                    )
                    .help("keep shared declarations in a file that uses no draft"),
                );
                continue;
            }
            if shared.iter().any(|(known, _)| known.path == path) {
                continue;
            }
            match library(&path) {
                Ok(bytes) if bytes.len() < Source::LIMIT => {
                    let used = Source::new(path.as_str(), bytes);
                    let read = syntax::read(used.text());
                    open.extend(uses(&used, &read).map(|(next, _)| (beside(&path, &next), depth + 1, Some(path.clone()))));
                    shared.push((used, read));
                }
                Ok(_) => mistakes.push(Mistake::new("undeclared-name", span, format!("{shown} is too large to be used"), "4 GiB or more")),
                Err(reason) => mistakes.push(
                    Mistake::new("undeclared-name", span, format!("{shown} cannot be read"), reason)
                        .help("give the path relative to the file that names it"),
                ),
            }
        }
    }
    tree.mistakes.append(&mut mistakes);
    shared
}

fn uses(source: &Source, tree: &Tree) -> impl Iterator<Item = (String, Span)> + use<> {
    let found: Vec<(String, Span)> = tree
        .declarations
        .iter()
        .filter(|declaration| declaration.kind == DeclarationKind::Use)
        .filter_map(|declaration| declaration.name.map(|name| (source.slice(name).to_owned(), name)))
        .collect();
    found.into_iter()
}

/// A path as written in a used file, seen from the draft.
fn beside(path: &str, next: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) if !next.starts_with('/') => format!("{folder}/{next}"),
        _ => next.to_owned(),
    }
}

/// Asks the facts of one file something other than its findings.
pub fn ask<R>(source: &Source, library: &Library<'_>, options: &Options, question: impl FnOnce(&Facts<'_, '_>) -> R) -> R {
    let mut tree = syntax::read(source.text());
    let shared = load_shared(source, &mut tree, library, options);
    let treaty = Treaty::build_with(source, &tree, &shared, options);
    question(&Facts::new(&treaty, options))
}

/// What the rules find, in every reading, before the policy.
#[must_use]
pub fn findings(facts: &Facts<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Diagnostics::default();
    for rule in RULES.iter().filter(|rule| facts.options.level(rule.code, Severity::Error).is_some()) {
        (rule.check)(facts, &mut found);
    }
    found.into_vec().into_iter().filter(|found| !found.uncertain).collect()
}

fn expects(treaty: &Treaty<'_>) -> bool {
    treaty.tree.notes.iter().any(|note| note.key == "expect")
}

// ── The language's own findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn tell_mistakes(treaty: &Treaty<'_>, out: &mut Diagnostics) {
    if let Some(at) = treaty.source.first_bad_byte() {
        out.push(
            Diagnostic::new(&language::NOT_UTF8, FileId(0), Span::new(at, at + 1), "this file holds bytes that are not UTF-8")
                .here("the first such byte; each is read as one unknown sign")
                .help("save the file as UTF-8")
                .locator(locator_at(treaty, at)),
        );
    }
    for mistake in treaty.tree.mistakes.iter().chain(&treaty.mistakes) {
        out.push(of_mistake(treaty, mistake));
    }
    for note in &treaty.tree.notes {
        if let Some(rule) = note.rule
            && rules::code(treaty.source.slice(rule)).is_none()
        {
            out.push(unknown_rule(treaty, rule));
        }
    }
}

/// `--parties ATTL`: none of the parties that are asked for is one of this draft's.
fn tell_unknown_parties(treaty: &Treaty<'_>, options: &Options, out: &mut Diagnostics) {
    let declared = &treaty.declared;
    let known = |name: &String| declared.party(name).is_some();
    let Some(first) = options.parties.first().filter(|_| !declared.parties.is_empty() && !options.parties.iter().any(known)) else {
        return;
    };
    let near = crate::suggest::nearest(first, declared.parties.iter().map(|party| party.id.as_str()));
    let party = &declared.parties[0];
    let found = Diagnostic::new(
        &language::UNDECLARED_NAME,
        party.file,
        party.span,
        format!("this draft is to be judged for `{}`, and no such party is declared", options.parties.join(", ")),
    )
    .here("the parties are declared from here on")
    .locator(format!("party {}", party.id));
    out.push(match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help("name one of the declared parties, by its short name"),
    });
}

fn of_mistake(treaty: &Treaty<'_>, mistake: &Mistake) -> Diagnostic {
    let mut found = Diagnostic::new(language::code(mistake.code), FileId(0), mistake.span, &mistake.message)
        .here(&mistake.here)
        .locator(locator_at(treaty, mistake.span.start));
    if let Some((span, message)) = &mistake.other {
        found = found.label(*span, message);
    }
    if let Some(help) = &mistake.help {
        found = found.help(help);
    }
    if let Some((title, span, text, touches_treaty)) = &mistake.fix {
        let applicability = if *touches_treaty { Applicability::Unsafe } else { Applicability::Safe };
        found = found.fix(title, applicability, *span, text);
    }
    found
}

fn unknown_rule(treaty: &Treaty<'_>, rule: Span) -> Diagnostic {
    let written = treaty.source.slice(rule);
    let found = Diagnostic::new(&language::UNKNOWN_ANNOTATION, FileId(0), rule, format!("no rule is called `{written}`"))
        .here("this names no rule")
        .locator(locator_at(treaty, rule.start));
    match nearest(written, rules::codes().map(|code| code.name)) {
        Some(near) => found.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), Applicability::Safe, rule, near),
        None => found.help("`treatylint rules` lists them"),
    }
}

/// Where a byte stands: the unit whose words it is in, a declaration, or the treaty.
fn locator_at(treaty: &Treaty<'_>, at: u32) -> String {
    let tree = treaty.tree;
    if at < tree.text_start {
        let next = tree.notes.partition_point(|note| note.span.start <= at);
        let note = tree.notes[..next].last().filter(|note| at <= note.span.end);
        if note.is_some_and(|note| note.owner == Owner::File) {
            return "treaty".to_owned();
        }
        let declaration = tree.declarations.iter().rev().find(|declaration| declaration.span.start <= at);
        return declaration.map_or("treaty".to_owned(), |declaration| syntax::owner_words(treaty.source.text(), declaration));
    }
    let next = tree.units.partition_point(|unit| unit.head.start <= at);
    treaty.locator(crate::syntax::tree::UnitId(next.saturating_sub(1) as u32))
}

// ── Readings, boxes, levels ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Of a finding that several readings of a sentence bring, one is kept, and says which reading brings it where not all do.
fn unite_readings(treaty: &Treaty<'_>, list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if treaty.readings.len() == 1 {
        return list;
    }
    let mut variants: HashMap<u32, Vec<u32>> = HashMap::new();
    for (reading, known) in treaty.readings.iter().enumerate() {
        if let Some(of) = known.of {
            variants.entry(of.0).or_default().push(reading as u32);
        }
    }
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut readings: Vec<Vec<u32>> = Vec::new();
    let mut seen: HashMap<(&'static str, Span, u32), usize> = HashMap::new();
    for diagnostic in list {
        let Some(origin) = diagnostic.origin else {
            kept.push(diagnostic);
            readings.push(Vec::new());
            continue;
        };
        let key = (diagnostic.code.name, diagnostic.primary().span, origin.sentence);
        match seen.get(&key) {
            Some(at) => readings[*at].push(origin.reading),
            None => {
                seen.insert(key, kept.len());
                kept.push(diagnostic);
                readings.push(vec![origin.reading]);
            }
        }
    }
    for (diagnostic, brought_by) in kept.iter_mut().zip(&readings) {
        let Some(all) = diagnostic.origin.and_then(|origin| variants.get(&origin.sentence)) else { continue };
        // Rules that read the base alone say nothing of readings.
        if all.iter().all(|reading| !brought_by.contains(reading)) && !reads_variants(diagnostic.code.name) {
            continue;
        }
        diagnostic.reading = reading_words(treaty, all, brought_by);
    }
    kept
}

/// Whether a rule is asked in every reading; the others read the base alone.
#[must_use]
pub fn reads_variants(code: &str) -> bool {
    const OF_DEFINITIONS: [&str; 5] =
        ["dual-use-unsettled", "half-defined-ban", "open-ended-definition", "circular-definition", "nothing-to-check"];
    !OF_DEFINITIONS.contains(&code) && rules::code(code).is_some_and(|code| matches!(code.family, Family::Vagueness | Family::Escape))
}

fn reading_words(treaty: &Treaty<'_>, all: &[u32], brought_by: &[u32]) -> Option<String> {
    let mut words: Vec<&str> = if brought_by.contains(&0) {
        all.iter()
            .filter(|reading| !brought_by.contains(reading))
            .map(|reading| treaty.readings[*reading as usize].instead.as_str())
            .collect()
    } else {
        brought_by.iter().map(|reading| treaty.readings[*reading as usize].words.as_str()).collect()
    };
    words.sort_unstable();
    words.dedup();
    words.truncate(3);
    let joint = if brought_by.contains(&0) { ", " } else { " or " };
    (!words.is_empty()).then(|| words.join(joint))
}

/// Takes out findings that another on the same words stands for.
fn swallow(list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut by_code: HashMap<&'static str, Vec<Span>> = HashMap::new();
    for diagnostic in &list {
        by_code.entry(diagnostic.code.name).or_default().push(diagnostic.primary().span);
    }
    for spans in by_code.values_mut() {
        spans.sort_unstable();
    }
    let stands_for = |winner: &str, span: Span| {
        by_code.get(winner).is_some_and(|spans| {
            let at = spans.partition_point(|other| other.end <= span.start);
            spans[at..].iter().take_while(|other| other.start < span.end).any(|other| other.touches(span))
        })
    };
    // Where two swallow each other the first in the list wins.
    let loses = |diagnostic: &Diagnostic| {
        let name = diagnostic.code.name;
        SWALLOWS.iter().enumerate().any(|(at, (winner, loser))| {
            let mutual = SWALLOWS[..at].iter().any(|(first, second)| first == loser && second == winner);
            *loser == name && !mutual && stands_for(winner, diagnostic.primary().span)
        })
    };
    let lost: Vec<bool> = list.iter().map(loses).collect();
    list.into_iter().zip(lost).filter(|(_, lost)| !lost).map(|(diagnostic, _)| diagnostic).collect()
}

/// In a text that does not bind, a hurdle is advice.
fn soften(treaty: &Treaty<'_>, mut list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if !treaty.declared.instrument.binding {
        for diagnostic in &mut list {
            if !matches!(diagnostic.code.family, Family::Language | Family::Form) && diagnostic.severity > Severity::Advice {
                diagnostic.severity = Severity::Advice;
                diagnostic.notes.push("the text does not bind, so this is advice".to_owned());
            }
        }
    }
    list
}

/// Takes out what the author allowed; tells of needless `@allow` and unmet `@expect`.
fn allow(treaty: &Treaty<'_>, list: Vec<Diagnostic>, options: &Options) -> (Vec<Diagnostic>, Vec<Hidden>) {
    let (mut allows, mut expects) = (Permits::new(treaty, "allow"), Permits::new(treaty, "expect"));
    if allows.all.is_empty() && expects.all.is_empty() {
        return (list, Vec::new());
    }
    let mut kept = Vec::with_capacity(list.len());
    let mut hidden = Vec::new();
    for diagnostic in list {
        expects.cover(&diagnostic);
        match allows.cover(&diagnostic) {
            Some(note) => hidden.push(Hidden { diagnostic, reason: Some(treaty.note_value(note)) }),
            None => kept.push(diagnostic),
        }
    }
    let runs = |permit: &&Permit<'_>| rules::code(permit.rule).is_some_and(|code| options.level(code, Severity::Error).is_some());
    // What is misspelt or lacks its reason has been told.
    let whole = |permit: &&Permit<'_>| treaty.source.slice(permit.note.name) == "allow" && !permit.note.value.is_empty();
    kept.extend(allows.all.iter().filter(|permit| !permit.used).filter(runs).filter(whole).map(|permit| needless(treaty, permit)));
    let known = |permit: &&Permit<'_>| rules::code(permit.rule).is_some();
    kept.extend(expects.all.iter().filter(|permit| !permit.used).filter(known).map(|permit| unmet(treaty, permit)));
    (kept, hidden)
}

fn needless(treaty: &Treaty<'_>, permit: &Permit<'_>) -> Diagnostic {
    let span = permit.note.value.iter().fold(permit.note.span, |whole, line| whole.to(*line));
    Diagnostic::new(&form::needless_allow::CODE, FileId(0), permit.note.span, format!("this `@allow` hides no `{}`", permit.rule))
        .here("nothing here is found that it could allow")
        .help("take the line out")
        .fix("take the line out", Applicability::Safe, whole_lines(treaty.source, span), "")
        .locator(locator_at(treaty, permit.note.span.start))
}

fn unmet(treaty: &Treaty<'_>, permit: &Permit<'_>) -> Diagnostic {
    Diagnostic::new(&form::unmet_expectation::CODE, FileId(0), permit.note.span, format!("no `{}` is found here", permit.rule))
        .here("the finding was expected here")
        .help("mend the text so that it shows what it is to show, or take the line out")
        .locator(locator_at(treaty, permit.note.span.start))
}

/// The lines of a span with their endings.
fn whole_lines(source: &Source, span: Span) -> Span {
    let first = source.line_index(span.start);
    let last = source.line_index(span.end.saturating_sub(1).max(span.start));
    let end = source.line_starts().get(last + 1).copied().unwrap_or(source.text().len() as u32);
    Span::new(source.line_starts()[first], end)
}

fn level(mut list: Vec<Diagnostic>, options: &Options) -> Vec<Diagnostic> {
    list.retain_mut(|diagnostic| is_shown(diagnostic, options));
    list
}

/// Gives a finding the severity that the options have for it; whether it is wanted at all.
fn is_shown(diagnostic: &mut Diagnostic, options: &Options) -> bool {
    let wanted = !diagnostic.uncertain || options.persona == Persona::Auditor;
    match options.level(diagnostic.code, diagnostic.severity).filter(|_| wanted) {
        Some(severity) => {
            diagnostic.severity = severity;
            true
        }
        None => false,
    }
}

fn sorted(mut list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    list.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.primary().span.start, diagnostic.code.name, diagnostic.primary().span.end);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    list
}

/// On how many clauses the findings stand; declarations and the treaty as a whole are none.
pub(crate) fn count_clauses(list: &[Diagnostic]) -> usize {
    let is_declared = |place: &str| syntax::KINDS.iter().any(|kind| place.split([' ', ':']).next() == Some(kind.keyword()));
    let places = list.iter().map(|diagnostic| diagnostic.clause.as_deref().unwrap_or(&diagnostic.locator));
    let mut clauses: Vec<&str> = places.filter(|place| !is_declared(place)).collect();
    clauses.sort_unstable();
    clauses.dedup();
    clauses.len()
}

/// What stayed open for want of declared facts.
fn not_judged(facts: &Facts<'_, '_>) -> Vec<NotJudged> {
    let treaty = facts.treaty;
    let mut open = Vec::new();
    let bans = facts.gated().filter(|(_, norm)| norm.reading == 0 && norm.mode == Mode::Prohibition && !norm.is_condition()).count();
    if treaty.declared.profiles.len() < 2 && bans > 0 {
        open.push(NotJudged {
            family: Family::Reciprocity,
            needs: "profiles of at least two parties (what they practise, abstain from, depend on)".to_owned(),
            count: bans,
        });
    }
    if treaty.declared.profiles.len() > MOST_PARTIES && facts.options.parties.is_empty() && bans > 0 {
        open.push(NotJudged {
            family: Family::Reciprocity,
            needs: format!("a choice of parties (more than {MOST_PARTIES} are not weighed): name them with `--parties`"),
            count: bans,
        });
    }
    if treaty.declared.mechanisms.is_empty() && facts.security && bans > 0 {
        open.push(NotJudged {
            family: Family::Verification,
            needs: "mechanisms (to what they attribute, how surely, how soon)".to_owned(),
            count: bans,
        });
    }
    open
}
