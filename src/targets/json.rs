//! The whole model as JSON, version 0: unstable until the changelog says 1. Fields may be renamed until then.
//!
//! Two halves: the types, whose schema is `schema/model-0.json`, and `Writer`, which fills them from the treaty.

mod words;

use crate::model::clean::Words;
use crate::model::declared::{Fact, Members, Named, PartyId, Runner, Value};
use crate::model::hedge;
use crate::model::norm::Norm;
use crate::model::reference::Outcome;
use crate::model::{Ref, Treaty};
use crate::options::Options;
use crate::source::{self, Places, Source};
use crate::syntax::parse::PieceKind;
use crate::syntax::tree::{self, LineKind, Owner, TokenKind, Tree, UnitId, UnitKind};
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the form.
const VERSION: u32 = 0;

/// The model of one draft.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Model {
    /// The version of this form: 0, unstable.
    version: u32,
    /// The file's path as given.
    path: String,
    instrument: Instrument,
    parties: Vec<Name>,
    groups: Vec<Group>,
    bodies: Vec<Body>,
    mechanisms: Vec<Mechanism>,
    profiles: Vec<Profile>,
    reservations: Vec<Reservation>,
    /// Defined terms and short names, in the order of the text.
    terms: Vec<Term>,
    /// The text's structure in document order; the first is the treaty itself.
    units: Vec<Unit>,
    /// Norms: first those of the base reading, in the order of the text, then those of other readings.
    norms: Vec<NormOut>,
    references: Vec<Reference>,
    brackets: Vec<Bracket>,
    /// Annotations.
    notes: Vec<Note>,
    comments: Vec<Phrase>,
    /// The readings that the brackets make, less the base.
    readings: Vec<Reading>,
    /// What could not be read or resolved.
    mistakes: Vec<Mistake>,
}

/// What the draft is.
#[derive(Debug, Serialize, JsonSchema)]
struct Instrument {
    /// Its name in `treaty "..."`.
    name: Option<Phrase>,
    /// Its title in the text.
    title: Option<Phrase>,
    /// `draft`, `negotiation`, `adopted` or `in force`.
    stage: &'static str,
    binding: bool,
    /// Whether it is a part of a treaty only.
    excerpt: bool,
}

/// Words with their capitals, on one line, with their place. In a span may stand what is not read: annotations, other alternatives.
#[derive(Debug, Serialize, JsonSchema)]
struct Phrase {
    words: String,
    span: Span,
}

/// A declared name.
#[derive(Debug, Serialize, JsonSchema)]
struct Name {
    id: String,
    name: String,
    /// Other names that the text uses.
    also: Vec<String>,
    span: Span,
}

/// A class of parties.
#[derive(Debug, Serialize, JsonSchema)]
struct Group {
    #[serde(flatten)]
    name: Name,
    /// Short names of the parties in it; null where anybody may come into it.
    members: Option<Vec<String>>,
}

/// An organ.
#[derive(Debug, Serialize, JsonSchema)]
struct Body {
    #[serde(flatten)]
    name: Name,
    powers: Vec<String>,
}

/// A way to see compliance.
#[derive(Debug, Serialize, JsonSchema)]
struct Mechanism {
    name: String,
    span: Span,
    /// Short name of the body or party that runs it.
    run_by: Option<String>,
    observes: Vec<Phrase>,
    /// `machine`, `person` or `state`.
    attributes_to: Option<&'static str>,
    /// Lower and upper share, from 0 to 1.
    confidence: Option<(f32, f32)>,
    /// Shortest and longest, in hours.
    delay: Option<(f32, f32)>,
    /// `before use`, `during use` or `after use`.
    sees: Option<&'static str>,
    /// Whether its evidence is secret.
    secret: Option<bool>,
    access: Vec<Phrase>,
}

/// Facts about a party.
#[derive(Debug, Serialize, JsonSchema)]
struct Profile {
    /// Short name of the party.
    party: Option<String>,
    practises: Vec<FactOut>,
    abstains_from: Vec<FactOut>,
    depends_on: Vec<FactOut>,
    source: Option<String>,
    span: Span,
}

/// An act or target in a profile.
#[derive(Debug, Serialize, JsonSchema)]
struct FactOut {
    words: String,
    /// False for `(little)`.
    much: bool,
    span: Span,
}

/// A reservation or declaration by a party.
#[derive(Debug, Serialize, JsonSchema)]
struct Reservation {
    /// Short name of the party.
    party: Option<String>,
    /// The provision as written.
    provision: String,
    /// Whether its text is declared.
    has_text: bool,
    span: Span,
}

/// A defined term.
#[derive(Debug, Serialize, JsonSchema)]
struct Term {
    /// In small letters, without quotation marks.
    name: String,
    locator: String,
    /// The name where it is defined.
    span: Span,
    /// What it means, as written; null for a short name.
    definiens: Option<Phrase>,
    /// Whether the definition can be applied.
    operational: bool,
}

/// A piece of the structure.
#[derive(Debug, Serialize, JsonSchema)]
struct Unit {
    kind: &'static str,
    locator: String,
    /// What it stands in, by index; the treaty's is itself.
    parent: u32,
    /// One past the last unit inside it, by index.
    until: u32,
    /// As written, without brackets and full stops.
    number: Option<String>,
    title: Option<Phrase>,
    /// The heading's words or the mark.
    head: Option<Span>,
    /// From the first to the last word of its own text.
    text: Option<Span>,
    /// `outside`, `preamble`, `definitions`, `operative`, `final clauses`, `annex` or `quoted`.
    place: &'static str,
}

/// A norm.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Norm")]
struct NormOut {
    locator: String,
    /// Its unit, by index.
    unit: u32,
    /// The deontic mode: `obligation`, `prohibition`, `permission`, `exhortation`, `effect` and so on.
    mode: &'static str,
    /// Whether the duty is only to try.
    tries: bool,
    bearer: Bearer,
    modal: Phrase,
    /// Verb and object; null where they stand in the points.
    act: Option<Phrase>,
    /// All that the modal governs.
    reach: Span,
    /// The sentence that it is read from.
    sentence: Span,
    exceptions: Vec<Exception>,
    conditions: Vec<Phrase>,
    times: Vec<Phrase>,
    measures: Vec<Phrase>,
    hedges: Vec<Phrase>,
    /// Whether a breach shows itself: `covert`, `evident`, `open` or `unknown`.
    visibility: &'static str,
    /// As for units.
    place: &'static str,
    /// The norm of the chapeau, by index in this list, and where it stands.
    parent: Option<Parent>,
    /// What a point is to its chapeau: `whole` (a norm of its own), `act` or `condition`.
    role: &'static str,
    /// Whether the rules of the hurdles look at it.
    gated: bool,
    /// The reading of the brackets that it belongs to, in words; null for the base.
    reading: Option<String>,
}

/// Who is bound.
#[derive(Debug, Serialize, JsonSchema)]
struct Bearer {
    class: &'static str,
    words: Option<Phrase>,
    /// Short name of the party, if one is named.
    party: Option<String>,
    /// Short name of the group, if one is named.
    group: Option<String>,
}

/// The norm that a point hangs on.
#[derive(Debug, Serialize, JsonSchema)]
struct Parent {
    norm: u32,
    locator: String,
}

/// What is carved out of a norm, from the opener to the end of its reach.
#[derive(Debug, Serialize, JsonSchema)]
struct Exception {
    /// `carved out`, `without prejudice`, `overrides` or `yields`.
    kind: &'static str,
    #[serde(flatten)]
    phrase: Phrase,
}

/// A reference.
#[derive(Debug, Serialize, JsonSchema)]
struct Reference {
    /// Where it stands.
    locator: String,
    words: String,
    span: Span,
    /// `found`, `foreign`, `dangling` or `open`.
    outcome: &'static str,
    /// Locators of what it names.
    targets: Vec<String>,
    /// The number that this treaty does not have.
    missing: Option<String>,
}

/// A pair of brackets.
#[derive(Debug, Serialize, JsonSchema)]
struct Bracket {
    /// `contested`, `blank`, `editorial`, `literal` or `footnote`.
    kind: &'static str,
    locator: String,
    /// From the opening to the closing sign.
    span: Span,
    closed: bool,
    /// From 0.
    depth: u16,
    /// Brackets that share this are alternatives.
    set: Option<u32>,
    /// One, or several parted by slashes.
    alternatives: Vec<Alternative>,
}

/// What a bracket offers.
#[derive(Debug, Serialize, JsonSchema)]
struct Alternative {
    /// Who stands behind it, as written.
    owners: Option<String>,
    #[serde(flatten)]
    phrase: Phrase,
}

/// An annotation.
#[derive(Debug, Serialize, JsonSchema)]
struct Note {
    name: String,
    /// Locator of what it belongs to; `party ATL` for a declaration, `treaty` for the file.
    owner: String,
    /// For `allow` and `expect`.
    rule: Option<String>,
    value: String,
    span: Span,
}

/// One way to read the brackets of a sentence.
#[derive(Debug, Serialize, JsonSchema)]
struct Reading {
    /// `in CAL's text`.
    words: String,
    /// The same for what the base has instead.
    instead: String,
    locator: Option<String>,
    /// The sentence of the base that it replaces.
    sentence: Option<Span>,
}

/// A mistake in the language.
#[derive(Debug, Serialize, JsonSchema)]
struct Mistake {
    code: &'static str,
    message: String,
    span: Span,
}

/// From the first byte to one past the last.
#[derive(Debug, Serialize, JsonSchema)]
struct Span {
    start: Place,
    end: Place,
}

/// A place in the file.
#[derive(Debug, Serialize, JsonSchema)]
struct Place {
    /// In bytes, from 0.
    offset: u32,
    /// From 1; LF and CRLF end lines.
    line: u32,
    /// From 1, in Unicode scalar values; a byte order mark does not count.
    column: u32,
}

/// The model as one object on many lines.
#[must_use]
pub fn json(source: &Source, tree: &Tree, options: &Options) -> String {
    let treaty = Treaty::build(source, tree, options);
    let model = Writer::new(&treaty).model();
    // Strings, numbers and lists: nothing in them that JSON could not hold.
    let mut text = serde_json::to_string_pretty(&model).unwrap_or_default();
    text.push('\n');
    text
}

struct Writer<'t, 'a> {
    treaty: &'t Treaty<'a>,
    places: Places<'t>,
    locators: Vec<String>,
}

impl<'t, 'a> Writer<'t, 'a> {
    fn new(treaty: &'t Treaty<'a>) -> Self {
        let locators = treaty.tree.ids().map(|id| treaty.locator(id)).collect();
        Self { treaty, places: treaty.source.places(), locators }
    }

    fn model(mut self) -> Model {
        let treaty = self.treaty;
        let declared = &treaty.declared;
        Model {
            version: VERSION,
            path: treaty.source.path.clone(),
            instrument: self.instrument(),
            parties: declared.parties.iter().map(|party| self.name(party)).collect(),
            groups: self.groups(),
            bodies: declared.bodies.iter().map(|body| Body { name: self.name(&body.named), powers: body.powers.clone() }).collect(),
            mechanisms: self.mechanisms(),
            profiles: self.profiles(),
            reservations: self.reservations(),
            terms: self.terms(),
            units: self.units(),
            norms: treaty.norms.iter().enumerate().map(|(at, norm)| self.norm(at, norm)).collect(),
            references: self.references(),
            brackets: treaty.tree.brackets.iter().map(|bracket| self.bracket(bracket)).collect(),
            notes: treaty.tree.notes.iter().map(|note| self.note(note)).collect(),
            comments: treaty.tree.comments.iter().map(|comment| self.raw(*comment)).collect(),
            readings: self.readings(),
            mistakes: self.mistakes(),
        }
    }

    // ── Places and words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn span(&mut self, span: source::Span) -> Span {
        let mut place = |offset| {
            let place = self.places.place(offset);
            Place { offset, line: place.line, column: place.column }
        };
        Span { start: place(span.start), end: place(span.end) }
    }

    /// The file's own bytes.
    fn raw(&mut self, span: source::Span) -> Phrase {
        Phrase { words: self.treaty.source.slice(span).to_owned(), span: self.span(span) }
    }

    /// The treaty's words in a span, brackets and all: on one line, less annotations and comments.
    fn written(&mut self, span: source::Span) -> Phrase {
        Phrase { words: as_written(self.treaty.source, self.treaty.tree, span), span: self.span(span) }
    }

    /// Words as they are read: of brackets the alternative at hand alone.
    fn words(&mut self, words: Words) -> Phrase {
        let treaty = self.treaty;
        Phrase { words: treaty.clean.written(treaty.source.text(), words), span: self.span(treaty.span(words)) }
    }

    fn locator(&self, unit: UnitId) -> String {
        self.locators[unit.index()].clone()
    }

    fn party(&self, party: PartyId) -> String {
        self.treaty.declared.parties[party.index()].id.clone()
    }

    // ── Declarations ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn instrument(&mut self) -> Instrument {
        let treaty = self.treaty;
        let instrument = &treaty.declared.instrument;
        let title = treaty.tree.units.iter().find(|unit| unit.kind == UnitKind::Title).and_then(|unit| whole(treaty.tree.text(unit)));
        Instrument {
            name: instrument.name.map(|name| self.raw(name)),
            title: title.map(|title| self.written(title)),
            stage: words::stage(instrument.stage),
            binding: instrument.binding,
            excerpt: instrument.excerpt,
        }
    }

    fn name(&mut self, named: &Named) -> Name {
        Name { id: named.id.clone(), name: named.name.clone(), also: named.also.clone(), span: self.span(named.span) }
    }

    fn groups(&mut self) -> Vec<Group> {
        let treaty = self.treaty;
        let members = |writer: &Self, members: &Members| match members {
            Members::Any => None,
            Members::Closed(parties) => Some(parties.iter().map(|party| writer.party(*party)).collect()),
        };
        treaty.declared.groups.iter().map(|group| Group { name: self.name(&group.named), members: members(self, &group.members) }).collect()
    }

    fn mechanisms(&mut self) -> Vec<Mechanism> {
        let treaty = self.treaty;
        let declared = &treaty.declared;
        let runner = |writer: &Self, runner: Ref<Runner>| match runner.target()? {
            Runner::Body(body) => Some(declared.bodies[body].named.id.clone()),
            Runner::Party(party) => Some(writer.party(party)),
        };
        let value = |value: &Option<Value<(f32, f32)>>| value.as_ref().map(|value| value.value);
        declared
            .mechanisms
            .iter()
            .map(|mechanism| Mechanism {
                name: mechanism.name.clone(),
                span: self.span(mechanism.span),
                run_by: runner(self, mechanism.run_by),
                observes: mechanism.observes.iter().map(|act| self.raw(act.span)).collect(),
                attributes_to: mechanism.attributes_to.as_ref().map(|value| words::attribution(value.value)),
                confidence: value(&mechanism.confidence),
                delay: value(&mechanism.delay),
                sees: mechanism.sees.as_ref().map(|value| words::sees(value.value)),
                secret: mechanism.secret.as_ref().map(|value| value.value),
                access: mechanism.access.iter().map(|place| self.raw(place.span)).collect(),
            })
            .collect()
    }

    fn profiles(&mut self) -> Vec<Profile> {
        let treaty = self.treaty;
        let fact = |writer: &mut Self, fact: &Fact| FactOut { words: fact.words.clone(), much: fact.much, span: writer.span(fact.span) };
        let mut facts = |facts: &[Fact]| -> Vec<FactOut> { facts.iter().map(|known| fact(self, known)).collect() };
        let profiles: Vec<_> = treaty
            .declared
            .profiles
            .iter()
            .map(|profile| (profile, facts(&profile.practises), facts(&profile.abstains), facts(&profile.depends)))
            .collect();
        profiles
            .into_iter()
            .map(|(profile, practises, abstains_from, depends_on)| Profile {
                party: profile.party.map(|party| self.party(party)),
                practises,
                abstains_from,
                depends_on,
                source: profile.source.clone(),
                span: self.span(profile.span),
            })
            .collect()
    }

    fn reservations(&mut self) -> Vec<Reservation> {
        let treaty = self.treaty;
        treaty
            .declared
            .reservations
            .iter()
            .map(|reservation| Reservation {
                party: reservation.party.target().map(|party| self.party(party)),
                provision: reservation.provision.clone(),
                has_text: reservation.has_text,
                span: self.span(reservation.span),
            })
            .collect()
    }

    // ── The text ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn terms(&mut self) -> Vec<Term> {
        let treaty = self.treaty;
        treaty
            .terms
            .iter()
            .map(|term| Term {
                name: term.name.clone(),
                locator: self.locator(term.unit),
                span: self.span(treaty.span(term.words)),
                definiens: term.definiens.map(|definiens| self.words(definiens)),
                operational: term.is_operational(treaty),
            })
            .collect()
    }

    fn units(&mut self) -> Vec<Unit> {
        let treaty = self.treaty;
        let tree = treaty.tree;
        tree.ids()
            .map(|id| {
                let unit = tree.unit(id);
                Unit {
                    kind: words::unit(unit.kind),
                    locator: self.locator(id),
                    parent: unit.parent.0,
                    until: unit.until,
                    number: unit.ordinal.map(|ordinal| treaty.source.slice(ordinal.span).to_owned()),
                    title: whole(tree.title(unit)).map(|title| self.written(title)),
                    head: (!unit.head.is_empty()).then(|| self.span(unit.head)),
                    text: whole(tree.text(unit)).map(|text| self.span(text)),
                    place: treaty.places[id.index()].word(),
                }
            })
            .collect()
    }

    fn references(&mut self) -> Vec<Reference> {
        let treaty = self.treaty;
        treaty
            .references
            .iter()
            .map(|reference| {
                let Phrase { words, span } = self.words(reference.words);
                let targets = match &reference.outcome {
                    Outcome::Found(units) => units.iter().map(|unit| self.locator(*unit)).collect(),
                    _ => Vec::new(),
                };
                let missing = match &reference.outcome {
                    Outcome::Dangling(number) => Some(number.clone()),
                    _ => None,
                };
                let locator = self.locator(treaty.sentence(reference.sentence).unit);
                Reference { locator, words, span, outcome: words::outcome(&reference.outcome), targets, missing }
            })
            .collect()
    }

    // ── Norms ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn norm(&mut self, at: usize, norm: &Norm) -> NormOut {
        let treaty = self.treaty;
        let sentence = treaty.sentence(norm.sentence).words;
        // What stands before the modal belongs to it from where the clause before ends.
        let before = at
            .checked_sub(1)
            .map(|at| &treaty.norms[at])
            .filter(|before| before.sentence == norm.sentence && before.reach.end <= norm.reach.end);
        let clause = Words::new(before.map_or(sentence.start, |before| before.reach.end).min(norm.reach.start), norm.reach.end);
        let exceptions: Vec<_> = norm.exceptions(treaty).collect();
        NormOut {
            locator: self.locator(norm.unit),
            unit: norm.unit.0,
            mode: norm.mode.word(),
            tries: norm.tries,
            bearer: self.bearer(norm),
            modal: self.words(norm.modal),
            act: Some(norm.act(treaty)).filter(|act| !act.is_empty()).map(|act| self.words(act)),
            reach: self.span(treaty.span(norm.reach)),
            sentence: self.span(treaty.span(sentence)),
            exceptions: exceptions
                .into_iter()
                .map(|(kind, words)| Exception { kind: words::exception(kind), phrase: self.words(words) })
                .collect(),
            conditions: self.conditions(clause),
            times: self.pieces(clause, &PieceKind::Time),
            measures: self.pieces(clause, &PieceKind::Measure),
            hedges: hedge::on_duty(treaty, norm).map(|hedge| self.words(hedge.words)).collect(),
            visibility: words::visibility(norm.visibility(treaty)),
            place: norm.place.word(),
            parent: norm.parent.map(|parent| Parent { norm: parent.0, locator: self.locator(treaty.norm(parent).unit) }),
            role: words::role(norm.role),
            gated: norm.is_gated(treaty),
            reading: (norm.reading != 0).then(|| treaty.readings[norm.reading as usize].words.clone()),
        }
    }

    fn bearer(&mut self, norm: &Norm) -> Bearer {
        let bearer = norm.bearer;
        Bearer {
            class: bearer.class.word(),
            words: (!bearer.words.is_empty()).then(|| self.words(bearer.words)),
            party: bearer.party.map(|party| self.party(party)),
            group: bearer.group.map(|group| self.treaty.declared.groups[group].named.id.clone()),
        }
    }

    fn pieces(&mut self, clause: Words, kind: &PieceKind) -> Vec<Phrase> {
        let treaty = self.treaty;
        let pieces = treaty.pieces_in(clause).iter().filter(|piece| piece.kind == *kind);
        pieces.map(|piece| self.words(Words::new(piece.start, piece.end))).collect()
    }

    /// From the opener to the end of its clause.
    fn conditions(&mut self, clause: Words) -> Vec<Phrase> {
        let treaty = self.treaty;
        let pieces = treaty.pieces_in(clause).iter().filter(|piece| piece.kind == PieceKind::Condition);
        pieces
            .map(|piece| {
                let behind = treaty.lower(Words::new(piece.end, clause.end.max(piece.end)));
                let length = behind.find([',', ';', ':']).unwrap_or(behind.trim_end_matches(['.', ' ']).len());
                self.words(Words::new(piece.start, piece.end + length as u32))
            })
            .collect()
    }

    // ── What stands in and around the text ─────────────────────────────────────────────────────────────────────────────────────────

    fn bracket(&mut self, bracket: &tree::Bracket) -> Bracket {
        let treaty = self.treaty;
        let after = treaty.tree.units.partition_point(|unit| unit.head.start <= bracket.open.start);
        let owners =
            |owners: Option<source::Span>| owners.map(|owners| treaty.source.slice(owners).trim_end_matches([':', ' ']).to_owned());
        let ends = bracket.slashes.iter().map(|slash| slash.span.start).chain([bracket.close.start]);
        let starts =
            [(bracket.inner, bracket.owners)].into_iter().chain(bracket.slashes.iter().map(|slash| (slash.span.end, slash.owners)));
        let alternatives = starts
            .zip(ends)
            .map(|((start, names), end)| Alternative {
                owners: owners(names),
                phrase: self.written(source::Span::new(start.min(end), end)),
            })
            .collect();
        Bracket {
            kind: words::bracket(bracket.kind),
            locator: self.locator(UnitId(after.saturating_sub(1) as u32)),
            span: self.span(bracket.open.to(bracket.close)),
            closed: bracket.closed,
            depth: bracket.depth,
            set: bracket.set,
            alternatives,
        }
    }

    fn note(&mut self, note: &tree::Note) -> Note {
        let treaty = self.treaty;
        let owner = match note.owner {
            Owner::File => "treaty".to_owned(),
            Owner::Unit(unit) => self.locator(unit),
            Owner::Declaration(index) => {
                let declaration = &treaty.tree.declarations[index as usize];
                let name = declaration.id.or(declaration.name).map_or("", |name| treaty.source.slice(name));
                format!("{} {name}", declaration.kind.keyword()).trim_end().to_owned()
            }
        };
        Note {
            name: treaty.source.slice(note.name).to_owned(),
            owner,
            rule: note.rule.map(|rule| treaty.source.slice(rule).to_owned()),
            value: treaty.note_value(note),
            span: self.span(note.span),
        }
    }

    fn readings(&mut self) -> Vec<Reading> {
        let treaty = self.treaty;
        treaty.readings[1..]
            .iter()
            .map(|reading| {
                let sentence = reading.of.map(|of| treaty.sentence(of));
                Reading {
                    words: reading.words.clone(),
                    instead: reading.instead.clone(),
                    locator: sentence.map(|sentence| self.locator(sentence.unit)),
                    sentence: sentence.map(|sentence| self.span(treaty.span(sentence.words))),
                }
            })
            .collect()
    }

    fn mistakes(&mut self) -> Vec<Mistake> {
        let treaty = self.treaty;
        let mut mistakes: Vec<_> = treaty.tree.mistakes.iter().chain(&treaty.mistakes).collect();
        mistakes.sort_by_key(|mistake| mistake.span);
        mistakes
            .into_iter()
            .map(|mistake| Mistake { code: mistake.code, message: mistake.message.clone(), span: self.span(mistake.span) })
            .collect()
    }
}

/// From the first to the last of some lines.
fn whole(lines: &[source::Span]) -> Option<source::Span> {
    Some(lines.first()?.to(*lines.last()?))
}

/// The treaty's words in a span, on one line: annotations and comments are left out.
fn as_written(source: &Source, tree: &Tree, span: source::Span) -> String {
    let from = tree.lines.partition_point(|line| line.span.end <= span.start);
    let mut out = String::new();
    let mut add = |from: u32, to: u32| {
        for word in source.slice(source::Span::new(from, to.max(from))).split_ascii_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    };
    for line in tree.lines[from..].iter().take_while(|line| line.span.start < span.end).filter(|line| line.kind == LineKind::Text) {
        let line = source::Span::new(line.span.start.max(span.start), line.span.end.min(span.end));
        let mut at = line.start;
        for comment in tree.tokens_in(line).iter().filter(|token| token.kind == TokenKind::Comment) {
            add(at, comment.span.start);
            at = comment.span.end.min(line.end);
        }
        add(at, line.end);
    }
    out
}
