//! Finds the norms of each sentence: which of its modals govern a clause of their own, and what hangs on a chapeau.

use super::bearer::begins_noun_phrase;
use super::{Bearer, Mode, Norm, NormId, Role};
use crate::model::Treaty;
use crate::model::clause::{self, Clause};
use crate::model::clean::Words;
use crate::model::place::Place;
use crate::model::sentence::SentenceId;
use crate::syntax::parse::PieceKind;
use crate::syntax::tree::UnitKind;
use std::cell::OnceCell;

/// Finds all norms, in the order of the sentences.
#[must_use]
pub fn find_all(treaty: &Treaty<'_>) -> Vec<Norm> {
    let mut finder = Finder { treaty, norms: Vec::new(), carriers: vec![None; treaty.tree.units.len()], last_bearer: None };
    for index in 0..treaty.sentences.len() {
        finder.sentence(SentenceId(index as u32));
    }
    finder.norms
}

/// Norms of one sentence that are told apart. No sentence of a treaty comes near it; a hostile one must not make every question about its
/// norms one about all of it.
const MOST_NORMS: usize = 24;

pub(super) struct Finder<'t, 'a> {
    pub(super) treaty: &'t Treaty<'a>,
    pub(super) norms: Vec<Norm>,
    /// By unit: the norm that it hands down to its points, and what part they play.
    carriers: Vec<Option<(NormId, Role)>>,
    pub(super) last_bearer: Option<Bearer>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, id: SentenceId) {
        let treaty = self.treaty;
        let sentence = treaty.sentence(id);
        let place = treaty.places[sentence.unit.index()];
        if matches!(place, Place::Outside | Place::Preamble | Place::Quoted) {
            return;
        }
        let first = self.norms.len();
        let lower = treaty.lower(sentence.words);
        let modals = self.main_modals(id);
        let mut from = sentence.words.start;
        for (at, modal) in modals.iter().enumerate().take(MOST_NORMS) {
            let end = modals.get(at + 1).map_or(sentence.words.end, |next| self.clause_start(modal.words.end, next.words.start));
            let mut subject = Words::new(from.min(modal.words.start), modal.words.start);
            // "Release is not excluded, but the requested Party shall": the clause before has a subject of its own.
            if let Some(but) = memchr::memmem::rfind(self.treaty.lower(subject).as_bytes(), b", but ") {
                subject.start += but as u32 + 2;
            }
            let bearer = self.bearer(id, subject, modal, first);
            self.norms.push(Norm {
                unit: sentence.unit,
                sentence: id,
                mode: modal.mode,
                tries: modal.tries,
                modal: modal.words,
                bearer,
                reach: Words::new(modal.words.end, end.max(modal.words.end)),
                place,
                parent: None,
                role: Role::Whole,
                reading: sentence.reading,
                act: OnceCell::new(),
                visibility: OnceCell::new(),
            });
            self.last_bearer = Some(bearer);
            from = end;
        }
        if self.norms.len() == first {
            self.carried(id, place);
        }
        if sentence.reading == 0 && self.norms.len() > first {
            let role = role_of_points(lower, &self.norms[self.norms.len() - 1]);
            self.carriers[sentence.unit.index()] = Some((NormId(self.norms.len() as u32 - 1), role));
        }
    }

    /// A point without a modal of its own hangs on its chapeau's norm.
    fn carried(&mut self, id: SentenceId, place: Place) {
        let sentence = self.treaty.sentence(id);
        let unit = self.treaty.tree.unit(sentence.unit);
        if unit.kind != UnitKind::Point {
            return;
        }
        // Only a point's first sentence goes on with the chapeau.
        let is_first = self.treaty.sentences_of(sentence.unit).start == id.index() || sentence.reading != 0;
        let Some((parent, role)) = self.carriers[unit.parent.index()].filter(|_| is_first) else { return };
        let above = &self.norms[parent.index()];
        let norm = Norm {
            unit: sentence.unit,
            sentence: id,
            mode: above.mode,
            tries: above.tries,
            modal: above.modal,
            bearer: above.bearer,
            reach: sentence.words,
            place,
            parent: Some(parent),
            role: if above.role == Role::Condition { Role::Condition } else { role },
            reading: sentence.reading,
            act: OnceCell::new(),
            visibility: OnceCell::new(),
        };
        let lower = self.treaty.lower(sentence.words).trim_start();
        // "not to ...", "refrain from ...": the point turns the duty into a ban.
        let turns = norm.mode == Mode::Obligation
            && (lower.starts_with("not to ") || lower.starts_with("refrain from") || lower.starts_with("never to "));
        self.norms.push(Norm { mode: if turns { Mode::Prohibition } else { norm.mode }, ..norm });
    }

    /// The modals that govern a clause of their own: no reported questions, no inverted conditions, no relative clauses.
    fn main_modals(&self, id: SentenceId) -> Vec<Modal> {
        let treaty = self.treaty;
        let sentence = treaty.sentence(id);
        let lower = treaty.lower(sentence.words);
        let base = sentence.words.start;
        let mut modals: Vec<Modal> = Vec::new();
        let mut saving = false;
        let last_modal = treaty
            .pieces_of(sentence)
            .iter()
            .rev()
            .find(|piece| matches!(piece.kind, PieceKind::Modal { mode: Mode::Obligation | Mode::Permission | Mode::Prohibition, .. }))
            .map_or(0, |piece| piece.start);
        for piece in treaty.pieces_of(sentence) {
            let PieceKind::Modal { mode, tries } = piece.kind else { continue };
            // Past the norms that are told apart nothing is asked, and no clause reaches farther back than this.
            if modals.len() > MOST_NORMS {
                break;
            }
            let until = (piece.start - base) as usize;
            let from = lower.ceil_char_boundary(until.saturating_sub(1200));
            let before = &lower[from..until];
            let after = &lower[(piece.end - base) as usize..];
            let word = &lower[(piece.start - base) as usize..(piece.end - base) as usize];
            if mode == Mode::Saving {
                saving |= before.trim().is_empty() || before.trim_end().ends_with(',');
                continue;
            }
            let words = Words::new(piece.start, piece.end);
            if let Some(last) = modals.last_mut()
                && piece.start <= last.words.end + 2
            {
                // "shall undertake to", "shall be obliged to": one modal.
                last.words = last.words.to(words);
                if mode == Mode::Prohibition {
                    last.mode = mode;
                }
                continue;
            }
            // "If it cannot comply with a condition, it shall say so": what can happen, and the norm comes after it.
            let in_condition = || {
                piece.start < last_modal
                    && clause::of_text(&before[before.ceil_char_boundary(before.len().saturating_sub(160))..]) == Clause::Condition
            };
            if !self.is_main(mode, word, before, after) || in_condition() {
                continue;
            }
            let mode = match mode {
                Mode::Future if treaty.declared.instrument.binding => continue,
                Mode::Future => Mode::Obligation,
                _ if saving => Mode::Saving,
                Mode::Obligation if begins_with_ban(before) => Mode::Prohibition,
                Mode::Permission if begins_with_ban(before) => Mode::Prohibition,
                mode => mode,
            };
            saving = false;
            modals.push(Modal { words, mode, tries });
        }
        modals
    }

    fn is_main(&self, mode: Mode, word: &str, before: &str, after: &str) -> bool {
        let before = before.trim_end();
        let last = before.rsplit(' ').next().unwrap_or_default();
        match mode {
            Mode::Definition | Mode::Performative => return false,
            // "cyber attacks are prohibited", and not "an activity prohibited to a State Party".
            Mode::Prohibition if matches!(word, "prohibited" | "forbidden" | "banned") => {
                return matches!(last, "is" | "are" | "be" | "hereby" | "strictly");
            }
            Mode::Constitution if word == "established" => return matches!(last, "is" | "are" | "hereby"),
            Mode::Obligation | Mode::Permission | Mode::Answerability | Mode::Exhortation
                if word.contains(" to") || word.ends_with("for") || word.starts_with("obliged") =>
            {
                let passive = word.starts_with("bound")
                    || word.starts_with("required")
                    || word.starts_with("obliged")
                    || word.starts_with("entitled")
                    || word.starts_with("encouraged")
                    || word.starts_with("invited")
                    || word.starts_with("urged")
                    || word.starts_with("responsible")
                    || word.starts_with("liable")
                    || word.starts_with("answerable");
                if passive && !matches!(last, "is" | "are" | "be" | "remain" | "remains" | "also" | "hereby" | "not" | "internationally") {
                    return false;
                }
            }
            _ => {}
        }
        // "Actions that a developed country Party should take": what somebody recommends.
        if mode == Mode::Exhortation && after_last(before, |_| true).rsplit_once(" that ").is_some_and(|(_, rest)| begins_noun_phrase(rest))
        {
            return false;
        }
        // "Representatives may also be invited to attend": the modal before it makes the norm.
        if mode == Mode::Exhortation && !word.starts_with("should") {
            let behind = before.strip_suffix(" be").map(|rest| rest.strip_suffix(" also").unwrap_or(rest));
            if behind.is_some_and(|rest| rest.ends_with(" may") || rest.ends_with(" shall")) {
                return false;
            }
        }
        if word.starts_with("may")
            && (after.trim_start().starts_with(|c: char| c.is_ascii_digit())
                || last.bytes().all(|byte| byte.is_ascii_digit()) && !last.is_empty())
        {
            return false;
        }
        // "The Parties recognise that the responses may not be definitive": what can happen, and neither a right nor a ban.
        if word.starts_with("may") && is_acknowledged(before) {
            return false;
        }
        // "Should a dispute arise", "and, should the case arise, give its views": a case that may come.
        if word.starts_with("should") && (before.is_empty() || before.ends_with(',') || is_inverted(after))
            || mode == Mode::Exhortation && before.contains(" whether ")
        {
            return false;
        }
        !in_relative_clause(before)
    }

    /// Where the clause of a later modal begins.
    fn clause_start(&self, from: u32, to: u32) -> u32 {
        let between = self.treaty.lower(Words::new(from, to));
        let joint = (0..between.len()).rev().find(|at| {
            let rest = &between.as_bytes()[*at..];
            // `, and `, `, but ` and `, or ` begin with `, `.
            rest.starts_with(b", ") || rest.starts_with(b"; ") || rest.starts_with(b" and ") || rest.starts_with(b" but ")
        });
        // The last joint that leaves a subject or nothing before the modal.
        joint.map_or(to, |at| from + at as u32)
    }
}

pub(super) struct Modal {
    pub(super) words: Words,
    pub(super) mode: Mode,
    tries: bool,
}

/// "The Parties acknowledge that ...": they see how things are.
fn is_acknowledged(before: &str) -> bool {
    let clause = before.rsplit([';', ':']).next().unwrap_or_default();
    let Some((said, _)) = clause.rsplit_once(" that ") else { return false };
    ["recogni", "acknowledg"].iter().any(|verb| said.rsplit(' ').next().is_some_and(|word| word.starts_with(verb)))
}

/// "Should the case arise", "should it be necessary": the subject stands behind the modal.
fn is_inverted(after: &str) -> bool {
    let mut words = after.split(' ').filter(|word| !word.is_empty());
    matches!(words.next(), Some("the" | "a" | "an" | "it" | "they" | "this" | "that" | "such" | "any" | "no" | "these" | "those" | "there"))
}

fn begins_with_ban(before: &str) -> bool {
    let clause = after_last(before, |at| before.as_bytes()[at] == b';').trim_start();
    let clause = after_last(clause, |at| clause.as_bytes()[at..].starts_with(b", ")).trim_start_matches(' ');
    clause.starts_with("no ") || clause.starts_with("neither ") || clause.starts_with("none of ")
}

/// What stands behind the last byte, a comma or semicolon, that fits.
fn after_last(text: &str, fits: impl Fn(usize) -> bool) -> &str {
    let last = memchr::memchr2_iter(b',', b';', text.as_bytes()).rev().find(|at| fits(*at));
    last.map_or(text, |at| &text[at + 1..])
}

fn in_relative_clause(before: &str) -> bool {
    let clause = after_last(before, |_| true);
    let words = || clause.rsplit(' ').filter(|word| !word.is_empty());
    // A relative pronoun, at most a few words, and the modal.
    let mut far = false;
    for (at, word) in words().take(5).enumerate() {
        if matches!(word, "which" | "who" | "whom" | "whether" | "whose" | "what" | "how")
            || at == 0 && matches!(word, "that" | "as" | "than")
        {
            return !has_verb_of_its_own(clause, word, at);
        }
        // "The State referred to in that article shall": it points back, and opens no clause.
        let points_back = (1..=2).contains(&at) && word == "that" && points_at_one(clause, at);
        far |= at < 4 && word == "that" && !points_back;
    }
    far && words().count() > 6
}

/// "That article", "that State Party": one thing, by its last noun; "that Parties" opens a clause.
fn points_at_one(clause: &str, words_behind: usize) -> bool {
    let mut behind = clause.rsplit(' ').filter(|word| !word.is_empty()).take(words_behind);
    let noun = behind.next().unwrap_or_default();
    let first = behind.last().unwrap_or(noun);
    !noun.ends_with('s') && !matches!(first, "the" | "a" | "an" | "it" | "each" | "any" | "every" | "no" | "they" | "such" | "all" | "this")
}

/// "A Party which has chemical weapons shall ...": the relative clause has its verb already, and the modal is the main clause's.
fn has_verb_of_its_own(clause: &str, pronoun: &str, words_behind: usize) -> bool {
    if words_behind < 2 || !matches!(pronoun, "which" | "who") {
        return false;
    }
    let mut behind = clause.rsplit(' ').filter(|word| !word.is_empty()).take(words_behind);
    let last = behind.next().unwrap_or_default();
    let first = behind.last().unwrap_or_default();
    // "Who" is the subject of its clause, so what stands behind it is its verb: "a person who carries out cyber attacks should ...".
    if pronoun == "who" {
        return !matches!(last, "and" | "or" | "to" | "as" | "not" | "but" | "also" | "otherwise");
    }
    matches!(
        first,
        "has" | "have" | "had" | "is" | "are" | "was" | "were" | "does" | "do" | "did" | "attacks" | "receives" | "makes" | "becomes"
    ) && !matches!(last, "and" | "or" | "to" | "as" | "not" | "but")
}

fn role_of_points(lower: &str, last: &Norm) -> Role {
    let tail = lower.trim_end().trim_end_matches([':', '—', '–', '-', ' ']);
    const CASES: [&str; 16] = [
        " if",
        " where",
        " when",
        " unless",
        " provided that",
        " only if",
        " except",
        " cases",
        " conditions",
        " circumstances",
        " following grounds",
        " such as",
        " may include",
        " could include",
        " on condition that",
        " in the event that",
    ];
    let case = CASES.iter().any(|case| tail.ends_with(case)) || tail.ends_with("the following conditions are met");
    if case || last.mode == Mode::Effect { Role::Condition } else { Role::Act }
}
