//! What the declarations say: the instrument, parties, groups, bodies, mechanisms, profiles and reservations, their values checked and
//! their names resolved.

use super::{Ref, Treaty};
use crate::source::{FileId, Source, Span};
use crate::suggest::nearest;
use crate::syntax::tree::{Declaration, DeclarationKind, Field, Mistake, Tree, UnitId};
use crate::syntax::values;

/// Where a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stage {
    /// One side's paper.
    #[default]
    Draft,
    /// On the table, brackets and all.
    Negotiation,
    /// Agreed.
    Adopted,
    /// Binding.
    InForce,
}

/// The instrument as declared.
#[derive(Debug)]
pub struct Instrument {
    /// Its name in `treaty "..."`.
    pub name: Option<Span>,
    /// Where it stands.
    pub stage: Stage,
    /// Whether it is to bind.
    pub binding: bool,
    /// A part of a treaty: missing parts are not missed.
    pub excerpt: bool,
    /// Its names and title in small letters.
    called: String,
}

impl Instrument {
    /// Whether it is what this noun names, `convention`: the first such noun in its title, for a protocol's title names the convention too.
    #[must_use]
    pub fn is_called(&self, noun: &str) -> bool {
        const NOUNS: [&str; 12] = [
            "convention",
            "treaty",
            "agreement",
            "protocol",
            "charter",
            "statute",
            "covenant",
            "constitution",
            "code",
            "pact",
            "memorandum",
            "declaration",
        ];
        let first = NOUNS.iter().filter_map(|noun| self.called.find(noun).map(|at| (at, *noun))).min();
        first.is_none_or(|(_, first)| first == noun)
    }
}

impl Instrument {
    /// Whether it is a declaration, a call or a set of principles by its title, and no treaty.
    #[must_use]
    pub fn is_declaration(&self) -> bool {
        let called = self.called.trim_start_matches("the ");
        let first = called.split(" on ").next().unwrap_or_default();
        ["declaration", "call", "principles", "guidelines", "code of conduct"].iter().any(|noun| first.split(' ').any(|word| word == *noun))
            && !first.contains("agreement")
            && !first.contains("convention")
            && !first.contains("treaty")
    }

    /// Whether its title names another instrument too: "Protocol to the Convention", "Agreement amending the Treaty".
    #[must_use]
    pub fn names_another(&self) -> bool {
        const NOUNS: [&str; 8] = ["convention", "treaty", "agreement", "protocol", "charter", "statute", "covenant", "exchange of notes"];
        // "Protocol on ... (Protocol II)" is one of several to a convention.
        NOUNS.iter().filter(|noun| self.called.contains(*noun)).count() > 1 || self.called.contains("(protocol ")
    }
}

/// A name with the others that the text uses for it.
#[derive(Clone, Debug)]
pub struct Named {
    /// The short name.
    pub id: String,
    /// The name.
    pub name: String,
    /// Other names.
    pub also: Vec<String>,
    /// The file that declares it.
    pub file: FileId,
    /// Where it is declared: its short name, else its name.
    pub span: Span,
}

/// Index of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(pub u16);

/// Who is in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Members {
    /// Whoever comes into the situation: `members: any`.
    Any,
    /// These and no others.
    Closed(Vec<PartyId>),
}

/// A class of parties.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its names.
    pub named: Named,
    /// Who is in it.
    pub members: Members,
}

/// An organ.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its names.
    pub named: Named,
    /// What it may do; empty where nothing is declared.
    pub powers: Vec<String>,
    /// The field, if it is there.
    pub powers_span: Option<Span>,
}

/// What a mechanism attributes an act to, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribution {
    /// A machine.
    Machine,
    /// A person.
    Person,
    /// A State.
    State,
}

/// When a mechanism sees an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sees {
    /// While it is being prepared.
    Before,
    /// While it is done.
    During,
    /// When it is done.
    After,
}

/// A value with where it stands.
#[derive(Clone, Debug)]
pub struct Value<T> {
    /// What it says.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// Who runs a mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// A body, by index.
    Body(usize),
    /// A party.
    Party(PartyId),
}

/// A way to see compliance.
#[derive(Clone, Debug)]
pub struct Mechanism {
    /// Its name in small letters.
    pub name: String,
    /// The file that declares it.
    pub file: FileId,
    /// Where it is declared.
    pub span: Span,
    /// Who runs it.
    pub run_by: Ref<Runner>,
    /// What it sees, in small letters.
    pub observes: Vec<Value<String>>,
    /// To what it attributes an act.
    pub attributes_to: Option<Value<Attribution>>,
    /// How sure it is: lower and upper share, from 0 to 1.
    pub confidence: Option<Value<(f32, f32)>>,
    /// How long it takes: shortest and longest, in hours.
    pub delay: Option<Value<(f32, f32)>>,
    /// When it sees.
    pub sees: Option<Value<Sees>>,
    /// Whether its evidence is secret.
    pub secret: Option<Value<bool>>,
    /// Where it may go, in small letters.
    pub access: Vec<Value<String>>,
}

/// What a profile says of one act or target.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The act or target, in small letters.
    pub words: String,
    /// Where it stands.
    pub span: Span,
    /// `(little)` is false.
    pub much: bool,
}

/// Facts about a party.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Whose.
    pub party: Option<PartyId>,
    /// The file that declares it.
    pub file: FileId,
    /// Acts that it does.
    pub practises: Vec<Fact>,
    /// Acts that it does not do.
    pub abstains: Vec<Fact>,
    /// Targets that it depends on.
    pub depends: Vec<Fact>,
    /// What a day of a breach that nobody answers brings it: least and most, in a unit that all profiles share.
    pub gain: Option<Value<(f32, f32)>>,
    /// What an answer to a breach takes from it, in the same unit.
    pub loss: Option<Value<(f32, f32)>>,
    /// Whether the networks on its territory are in its hands: false for `none` and `little`.
    pub controls: Option<Value<bool>>,
    /// Where the facts come from.
    pub source: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A reservation or declaration by a party.
#[derive(Clone, Debug)]
pub struct Reservation {
    /// Whose.
    pub party: Ref<PartyId>,
    /// The provision as written.
    pub provision: String,
    /// Where it is declared.
    pub span: Span,
    /// Whether it has a text.
    pub has_text: bool,
}

/// All declarations.
#[derive(Debug)]
pub struct Declared {
    /// The instrument.
    pub instrument: Instrument,
    /// Parties.
    pub parties: Vec<Named>,
    /// Groups.
    pub groups: Vec<Group>,
    /// Bodies.
    pub bodies: Vec<Body>,
    /// Mechanisms.
    pub mechanisms: Vec<Mechanism>,
    /// Profiles.
    pub profiles: Vec<Profile>,
    /// Reservations.
    pub reservations: Vec<Reservation>,
}

struct Builder<'a> {
    file: FileId,
    source: &'a Source,
    mistakes: &'a mut Vec<Mistake>,
}

impl Declared {
    /// Reads the declarations of a draft, the first of the files, and of the files that it uses. Mistakes are told of the draft alone: the
    /// others have theirs when they are linted themselves.
    pub fn build(files: &[(&Source, &Tree)], mistakes: &mut Vec<Mistake>) -> Self {
        let mut declared = Self {
            instrument: Instrument { name: None, stage: Stage::Draft, binding: true, excerpt: false, called: String::new() },
            parties: Vec::new(),
            groups: Vec::new(),
            bodies: Vec::new(),
            mechanisms: Vec::new(),
            profiles: Vec::new(),
            reservations: Vec::new(),
        };
        let mut elsewhere = Vec::new();
        for (index, (source, tree)) in files.iter().enumerate() {
            let own = if index == 0 { &mut *mistakes } else { &mut elsewhere };
            let mut builder = Builder { file: FileId(index as u32), source, mistakes: own };
            if index == 0 {
                declared.instrument = builder.instrument(tree);
                builder.tell_duplicates(tree);
            }
            builder.names(tree, &mut declared);
        }
        // What names parties and bodies comes second, whatever stands first in a file.
        for (index, (source, tree)) in files.iter().enumerate() {
            let own = if index == 0 { &mut *mistakes } else { &mut elsewhere };
            let mut builder = Builder { file: FileId(index as u32), source, mistakes: own };
            builder.facts(tree, &mut declared);
        }
        declared
    }

    /// Whether a word is the short name or a name of a party, group or body.
    #[must_use]
    pub fn is_name(&self, word: &str) -> bool {
        let named = |named: &Named| named.id == word || named.name == word || named.also.iter().any(|also| also == word);
        self.parties.iter().any(named)
            || self.groups.iter().any(|group| named(&group.named))
            || self.bodies.iter().any(|body| named(&body.named))
    }

    /// The party of a short name or name.
    #[must_use]
    pub fn party(&self, word: &str) -> Option<PartyId> {
        let word = word.trim();
        let fits = |named: &Named| named.id == word || named.name == word || named.also.iter().any(|also| also == word);
        self.parties.iter().position(fits).map(|at| PartyId(at as u16))
    }

    /// The mechanism of a name.
    #[must_use]
    pub fn mechanism(&self, name: &str) -> Option<usize> {
        let name = name.trim().to_lowercase();
        self.mechanisms.iter().position(|mechanism| mechanism.name == name)
    }
}

fn field<'d>(declaration: &'d Declaration, key: &str) -> Option<&'d Field> {
    declaration.fields.iter().find(|field| field.key == key)
}

impl Builder<'_> {
    fn names(&mut self, tree: &Tree, declared: &mut Declared) {
        for declaration in &tree.declarations {
            match declaration.kind {
                DeclarationKind::Party => declared.parties.push(self.named(declaration)),
                DeclarationKind::Body => {
                    let powers = self.list(declaration, "powers");
                    let powers_span = field(declaration, "powers").map(|field| field.name);
                    let named = self.named(declaration);
                    declared.bodies.push(Body { named, powers: powers.into_iter().map(|value| value.value).collect(), powers_span });
                }
                _ => {}
            }
        }
    }

    fn facts(&mut self, tree: &Tree, declared: &mut Declared) {
        for declaration in &tree.declarations {
            match declaration.kind {
                DeclarationKind::Group => self.group(declaration, declared),
                DeclarationKind::Mechanism => self.mechanism(declaration, declared),
                DeclarationKind::Profile => self.profile(declaration, declared),
                DeclarationKind::Reservation => self.reservation(declaration, declared),
                _ => {}
            }
        }
    }

    fn text(&self, field: &Field) -> String {
        field.value.iter().map(|span| self.source.slice(*span)).collect::<Vec<_>>().join(" ")
    }

    fn span(&self, field: &Field) -> Span {
        match (field.value.first(), field.value.last()) {
            (Some(first), Some(last)) => first.to(*last),
            _ => field.name,
        }
    }

    fn instrument(&mut self, tree: &Tree) -> Instrument {
        let mut instrument = Instrument { name: None, stage: Stage::Draft, binding: true, excerpt: false, called: String::new() };
        for title in tree.units.iter().filter(|unit| unit.kind == crate::syntax::tree::UnitKind::Title) {
            for span in tree.text(title) {
                instrument.called.push_str(&self.source.slice(*span).to_lowercase());
                instrument.called.push(' ');
            }
        }
        let Some(declaration) = tree.declarations.iter().find(|declaration| declaration.kind == DeclarationKind::Treaty) else {
            return instrument;
        };
        instrument.name = declaration.name;
        if let Some(name) = declaration.name {
            instrument.called.push_str(&self.source.slice(name).to_lowercase());
        }
        if let Some(value) = self.one_of(declaration, "stage") {
            instrument.stage = [Stage::Draft, Stage::Negotiation, Stage::Adopted, Stage::InForce][value.value];
        }
        if let Some(value) = self.one_of(declaration, "binding") {
            instrument.binding = value.value == 0;
        }
        if let Some(value) = self.one_of(declaration, "excerpt") {
            instrument.excerpt = value.value == 0;
        }
        if let Some(field) = field(declaration, "date") {
            self.date(field);
        }
        instrument
    }

    fn date(&mut self, field: &Field) {
        let text = self.text(field);
        let parts: Vec<u32> = text.split(['-', '/', '.']).filter_map(|part| part.trim().parse().ok()).collect();
        let span = self.span(field);
        let ambiguous = text.contains('/') && parts.len() == 3;
        let iso = parts.len() == 3
            && text.split('-').count() == 3
            && parts[0] >= 1000
            && (1..=12).contains(&parts[1])
            && (1..=31).contains(&parts[2]);
        let year = parts.len() == 1 && text.trim().len() == 4;
        if ambiguous {
            self.mistakes.push(
                Mistake::new(
                    "senseless-value",
                    span,
                    format!("the date `{text}` can be read in two ways"),
                    "which of the numbers is the month?",
                )
                .help("write year, month and day: `2026-02-01`"),
            );
        } else if !iso && !year {
            self.mistakes.push(
                Mistake::new("senseless-value", span, format!("`{text}` is no date"), "a date was expected here")
                    .help("write year, month and day: `2026-02-01`"),
            );
        }
    }

    /// The place of a value in a closed set.
    fn one_of(&mut self, declaration: &Declaration, key: &str) -> Option<Value<usize>> {
        let known = values(key);
        let field = field(declaration, key)?;
        let text = self.text(field);
        let span = self.span(field);
        if let Some(value) = known.iter().position(|known| known.eq_ignore_ascii_case(text.trim())) {
            return Some(Value { value, span });
        }
        if text.is_empty() || text == "unknown" {
            return None;
        }
        let near = match text.as_str() {
            "true" if known.contains(&"yes") => Some("yes"),
            "false" if known.contains(&"no") => Some("no"),
            _ => nearest(&text, known.iter().copied()),
        };
        let list = crate::syntax::in_words(known);
        let mut mistake =
            Mistake::new("unknown-value", span, format!("`{text}` is no value of `{key}`"), format!("`{key}` is one of {list}"));
        if let Some(near) = near {
            mistake = mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), span, near);
        } else {
            mistake = mistake.help(format!("write one of {list}"));
        }
        self.mistakes.push(mistake);
        let value = near.and_then(|near| known.iter().position(|known| *known == near))?;
        Some(Value { value, span })
    }

    fn tell_duplicates(&mut self, tree: &Tree) {
        let mut seen: std::collections::HashMap<String, Span> = std::collections::HashMap::new();
        let mut instrument: Option<Span> = None;
        for declaration in &tree.declarations {
            if declaration.kind == DeclarationKind::Treaty {
                if let Some(first) = instrument {
                    self.mistakes.push(
                        Mistake::new("duplicate-name", declaration.span, "this file declares a second treaty", "the first one counts")
                            .other(first, "the first one stands here")
                            .help("keep one `treaty` line a file"),
                    );
                }
                instrument.get_or_insert(declaration.span);
                continue;
            }
            let named = matches!(
                declaration.kind,
                DeclarationKind::Party | DeclarationKind::Group | DeclarationKind::Body | DeclarationKind::Mechanism
            );
            let Some(span) = declaration.id.or(declaration.name).filter(|_| named) else { continue };
            let name = self.source.slice(span).to_owned();
            if let Some(first) = seen.get(&name) {
                self.mistakes.push(
                    Mistake::new("duplicate-name", span, format!("`{name}` is declared twice"), "declared again here")
                        .other(*first, "first declared here")
                        .help("give one of them another name, or take it out"),
                );
            } else {
                seen.insert(name, span);
            }
        }
    }

    fn named(&mut self, declaration: &Declaration) -> Named {
        let slice = |span: Option<Span>| span.map_or(String::new(), |span| self.source.slice(span).to_owned());
        let also = declaration
            .fields
            .iter()
            .filter(|field| field.key == "also")
            .flat_map(|field| self.text(field).split(';').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
            .filter(|name| !name.is_empty())
            .collect();
        Named {
            id: slice(declaration.id),
            name: slice(declaration.name),
            also,
            file: self.file,
            span: declaration.id.or(declaration.name).unwrap_or(declaration.span),
        }
    }

    /// A list parted by commas; each value keeps its place.
    fn list(&mut self, declaration: &Declaration, key: &str) -> Vec<Value<String>> {
        let mut values = Vec::new();
        for field in declaration.fields.iter().filter(|field| field.key == key) {
            for line in &field.value {
                let mut at = line.start;
                for part in self.source.slice(*line).split(',') {
                    let start = at + (part.len() - part.trim_start().len()) as u32;
                    let words = part.trim();
                    at += part.len() as u32 + 1;
                    if !words.is_empty() {
                        values.push(Value { value: words.to_lowercase(), span: Span::new(start, start + words.len() as u32) });
                    }
                }
            }
        }
        values
    }

    fn undeclared(&mut self, what: &str, word: &str, span: Span, known: Vec<String>) {
        let mut mistake = Mistake::new(
            "undeclared-name",
            span,
            format!("no {what} `{word}` is declared"),
            format!("no declaration of a {what} has this name"),
        );
        mistake = match nearest(word, known.iter().map(String::as_str)) {
            Some(near) => mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), span, near),
            None => mistake.help(format!("declare it above the text, or take the name out: {}", shape_of(what))),
        };
        self.mistakes.push(mistake);
    }

    fn party(&mut self, declared: &Declared, span: Span) -> Ref<PartyId> {
        let word = self.source.slice(span).to_owned();
        match declared.party(&word) {
            Some(party) => Ref::To(party),
            None => {
                self.undeclared("party", &word, span, declared.parties.iter().map(|party| party.id.clone()).collect());
                Ref::Broken
            }
        }
    }

    fn group(&mut self, declaration: &Declaration, declared: &mut Declared) {
        let named = self.named(declaration);
        let mut members = Vec::new();
        let mut any = false;
        let spans: Vec<Span> = self.list(declaration, "members").into_iter().map(|value| value.span).collect();
        for span in spans {
            if self.source.slice(span) == "any" {
                any = true;
            } else if let Ref::To(party) = self.party(declared, span) {
                members.push(party);
            }
        }
        let members = if any { Members::Any } else { Members::Closed(members) };
        declared.groups.push(Group { named, members });
    }

    fn mechanism(&mut self, declaration: &Declaration, declared: &mut Declared) {
        let span = declaration.name.unwrap_or(declaration.span);
        let name = self.source.slice(span).to_lowercase();
        let run_by = self.runner(declaration, declared);
        let observes = self.list(declaration, "observes");
        let access = self.list(declaration, "access");
        let attributes_to = self
            .one_of(declaration, "attributes to")
            .map(|value| Value { value: [Attribution::Machine, Attribution::Person, Attribution::State][value.value], span: value.span });
        let sees = self
            .one_of(declaration, "sees")
            .map(|value| Value { value: [Sees::Before, Sees::During, Sees::After][value.value], span: value.span });
        let secret = self.one_of(declaration, "evidence").map(|value| Value { value: value.value == 2, span: value.span });
        let confidence = field(declaration, "confidence").and_then(|field| self.confidence(field));
        let delay = field(declaration, "delay").and_then(|field| self.delay(field));
        declared.mechanisms.push(Mechanism {
            name,
            file: self.file,
            span,
            run_by,
            observes,
            attributes_to,
            confidence,
            delay,
            sees,
            secret,
            access,
        });
    }

    fn runner(&mut self, declaration: &Declaration, declared: &Declared) -> Ref<Runner> {
        let Some(field) = field(declaration, "run by") else { return Ref::Absent };
        let (text, span) = (self.text(field), self.span(field));
        let is = |named: &Named| named.id == text || named.name == text || named.also.contains(&text);
        if let Some(body) = declared.bodies.iter().position(|body| is(&body.named)) {
            return Ref::To(Runner::Body(body));
        }
        if let Some(party) = declared.party(&text) {
            return Ref::To(Runner::Party(party));
        }
        if text.is_empty() {
            return Ref::Absent;
        }
        let known =
            declared.bodies.iter().map(|body| body.named.id.clone()).chain(declared.parties.iter().map(|party| party.id.clone())).collect();
        self.undeclared("body", &text, span, known);
        Ref::Broken
    }

    /// `38%`, `30-60%`, `unknown`.
    fn confidence(&mut self, field: &Field) -> Option<Value<(f32, f32)>> {
        let (text, span) = (self.text(field), self.span(field));
        let range = range_of(text.trim_end_matches('%').trim_end_matches("per cent").trim());
        match range {
            Some((low, high)) if text.trim_end().ends_with(['%', 't']) && low <= high && high <= 100.0 => {
                Some(Value { value: (low / 100.0, high / 100.0), span })
            }
            _ if text == "unknown" || text.is_empty() => None,
            _ => {
                self.mistakes.push(
                    Mistake::new(
                        "senseless-value",
                        span,
                        format!("`{text}` is no confidence"),
                        "a share from 0% to 100% was expected here",
                    )
                    .help("write a figure, a range or that it is not known: `38%`, `30-60%`, `unknown`"),
                );
                None
            }
        }
    }

    /// `4`, `2-5`, `unknown`; in whatever unit the author counts in.
    fn stake(&mut self, field: &Field) -> Option<Value<(f32, f32)>> {
        let (text, span) = (self.text(field), self.span(field));
        if text == "unknown" || text.is_empty() {
            return None;
        }
        match range_of(&text) {
            Some((low, high)) if low <= high => Some(Value { value: (low, high), span }),
            _ => {
                self.mistakes.push(
                    Mistake::new("senseless-value", span, format!("`{text}` is no figure"), "a number or a range was expected here")
                        .help("write a figure in a unit that all profiles share, or that it is not known: `4`, `2-5`, `unknown`"),
                );
                None
            }
        }
    }

    /// `72 hours`, `3-30 days`, `unknown`; in hours.
    fn delay(&mut self, field: &Field) -> Option<Value<(f32, f32)>> {
        let (text, span) = (self.text(field), self.span(field));
        if text == "unknown" || text.is_empty() {
            return None;
        }
        let (number, unit) = text.rsplit_once(' ').unwrap_or((&text, ""));
        let hours = match unit.trim_end_matches('s') {
            "minute" => Some(1.0 / 60.0),
            "hour" => Some(1.0),
            "day" => Some(24.0),
            "week" => Some(168.0),
            "month" => Some(730.0),
            "year" => Some(8760.0),
            _ => None,
        };
        match (range_of(number), hours) {
            (Some((low, high)), Some(hours)) if low <= high => Some(Value { value: (low * hours, high * hours), span }),
            _ => {
                self.mistakes.push(
                    Mistake::new(
                        "senseless-value",
                        span,
                        format!("`{text}` is no length of time"),
                        "a number and a unit were expected here",
                    )
                    .help("write a length, a range or that it is not known: `72 hours`, `3-30 days`, `unknown`"),
                );
                None
            }
        }
    }

    fn profile(&mut self, declaration: &Declaration, declared: &mut Declared) {
        let Some(id) = declaration.id else { return };
        let party = self.party(declared, id).target();
        let mut facts = |key: &str| -> Vec<Fact> {
            self.list(declaration, key)
                .into_iter()
                .map(|value| {
                    let much = !value.value.ends_with("(little)");
                    let words = value.value.trim_end_matches("(little)").trim_end_matches("(much)").trim().to_owned();
                    Fact { span: Span::new(value.span.start, value.span.start + words.len() as u32), words, much }
                })
                .collect()
        };
        let (practises, abstains, depends) = (facts("practises"), facts("abstains from"), facts("depends on"));
        let source = field(declaration, "source").map(|field| self.text(field));
        let gain = field(declaration, "gain").and_then(|field| self.stake(field));
        let loss = field(declaration, "loss").and_then(|field| self.stake(field));
        let controls = self.one_of(declaration, "controls").map(|value| Value { value: value.value >= 2, span: value.span });
        declared.profiles.push(Profile { party, file: self.file, practises, abstains, depends, gain, loss, controls, source, span: id });
    }

    fn reservation(&mut self, declaration: &Declaration, declared: &mut Declared) {
        let party = declaration.id.map_or(Ref::Absent, |id| self.party(declared, id));
        let provision = declaration.name.map_or(String::new(), |name| self.source.slice(name).to_owned());
        let has_text = field(declaration, "text").is_some_and(|field| !field.value.is_empty());
        declared.reservations.push(Reservation { party, provision, span: declaration.name.unwrap_or(declaration.span), has_text });
    }
}

fn shape_of(what: &str) -> &'static str {
    match what {
        "party" => "`party ID: Name`",
        "body" => "`body ID: Name`",
        _ => "`mechanism: name`",
    }
}

fn range_of(text: &str) -> Option<(f32, f32)> {
    let number = |text: &str| text.trim().trim_end_matches('%').parse::<f32>().ok().filter(|number| number.is_finite() && *number >= 0.0);
    match text.split_once(['-', '–']) {
        Some((low, high)) => Some((number(low)?, number(high)?)),
        None => number(text).map(|number| (number, number)),
    }
}

/// Resolves what the annotations name, and tells what names nothing: mechanisms, parties in brackets, values of profiles, provisions.
pub fn resolve_values(treaty: &mut Treaty<'_>) {
    let mut mistakes = Vec::new();
    tell_mechanisms(treaty, &mut mistakes);
    tell_clauses(treaty, &mut mistakes);
    tell_noted_parties(treaty, &mut mistakes);
    tell_owners(treaty, &mut mistakes);
    tell_idle_facts(treaty, &mut mistakes);
    tell_narrow(treaty, &mut mistakes);
    treaty.mistakes.append(&mut mistakes);
}

/// The names in a list annotation, with their places.
#[must_use]
pub fn names_in_note(source: &Source, lines: &[Span]) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    for line in lines {
        let mut at = line.start;
        for part in source.slice(*line).split(',') {
            let start = at + (part.len() - part.trim_start().len()) as u32;
            let words = part.trim();
            at += part.len() as u32 + 1;
            if !words.is_empty() {
                names.push((words.to_owned(), Span::new(start, start + words.len() as u32)));
            }
        }
    }
    names
}

fn tell_mechanisms(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    for note in treaty.tree.notes.iter().filter(|note| treaty.source.slice(note.name) == "verified by") {
        for (name, span) in names_in_note(treaty.source, &note.value) {
            if name.eq_ignore_ascii_case("none") || treaty.declared.mechanism(&name).is_some() || is_reference(&name) {
                continue;
            }
            let near = nearest(&name, treaty.declared.mechanisms.iter().map(|mechanism| mechanism.name.as_str()));
            let mut mistake = Mistake::new(
                "undeclared-name",
                span,
                format!("no mechanism `{name}` is declared"),
                "no declaration of a mechanism has this name",
            );
            mistake = match near {
                Some(near) => mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), span, near),
                None => mistake.help(format!("declare it above the text: `mechanism: {name}`")),
            };
            mistakes.push(mistake);
        }
    }
}

/// `@consequence: Article 88`: a clause that is not there. What a bargain points at is asked by `broken-bargain`, and a clause of another
/// instrument is not looked for.
fn tell_clauses(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    for note in &treaty.tree.notes {
        let crate::syntax::tree::Owner::Unit(unit) = note.owner else { continue };
        let [first, ..] = note.value.as_slice() else { continue };
        let name = treaty.source.slice(note.name);
        let value = treaty.note_value(note);
        let clause = is_reference(&value);
        let asked = name == "consequence" || name == "verified by" && clause;
        let foreign = [" of the ", " to the "].iter().any(|owner| value.contains(owner));
        if !asked || foreign || clause && !treaty.resolve(&value, unit).is_empty() {
            continue;
        }
        let span = note.value.iter().fold(*first, |whole, line| whole.to(*line));
        mistakes.push(if clause {
            Mistake::new("undeclared-name", span, format!("`{value}` names no clause of this treaty"), "there is no such clause here")
                .help("mend the number, or name the instrument that it is of: `Article 41 of the Charter of the United Nations`")
        } else {
            Mistake::new("senseless-value", span, format!("`{value}` is no clause"), "a clause of the treaty is wanted here")
                .help("name the clause that says what follows: `@consequence: Article 3`")
        });
    }
}

/// `@binds: ATLL`: a short name that nobody has. Other words are roles of the text (`the requesting Party`) and taken as they are.
fn tell_noted_parties(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    if treaty.declared.parties.is_empty() {
        return;
    }
    for note in treaty.tree.notes.iter().filter(|note| matches!(treaty.source.slice(note.name), "binds" | "benefits" | "proposed by")) {
        for (name, span) in names_in_note(treaty.source, &note.value) {
            let capitals = name.len() >= 2 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
            if !capitals || treaty.declared.is_name(&name) {
                continue;
            }
            let mistake =
                Mistake::new("undeclared-name", span, format!("no party `{name}` is declared"), "this names nobody who is declared");
            mistakes.push(match near_party(treaty, &name) {
                Some(near) => mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), span, near),
                None => mistake.help(format!("declare it above the text: `party {name}: Name`")),
            });
        }
    }
}

/// Whether the words are a reference: an annotation may name a clause in place of a mechanism.
#[must_use]
pub fn is_reference(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["article", "paragraph", "annex", "section", "part", "chapter", "rule", "schedule"].iter().any(|level| lower.starts_with(level))
}

/// A party in a bracket that is not declared is told only where the shape is certain.
fn tell_owners(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    if treaty.declared.parties.is_empty() {
        return;
    }
    for bracket in &treaty.tree.brackets {
        let all = bracket.owners.into_iter().chain(bracket.slashes.iter().filter_map(|slash| slash.owners));
        for owners in all {
            let words = treaty.source.slice(owners);
            let certain = words.contains("propose") || words.contains("oppose");
            let names: Vec<(String, Span)> = names_with_places(words, owners.start);
            let known = names.iter().filter(|(name, _)| treaty.declared.is_name(name)).count();
            for (name, span) in &names {
                let capitals = name.len() >= 2 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
                if treaty.declared.is_name(name) || !capitals || !(certain || known > 0 || near_party(treaty, name).is_some()) {
                    continue;
                }
                let mut mistake = Mistake::new(
                    "undeclared-name",
                    *span,
                    format!("no party `{name}` is declared"),
                    "this bracket names nobody who is declared",
                );
                mistake = match near_party(treaty, name) {
                    Some(near) => mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), *span, near),
                    None => mistake.help(format!("declare it above the text: `party {name}: Name`")),
                };
                mistakes.push(mistake);
            }
        }
        tell_missing_colon(treaty, bracket, mistakes);
    }
}

fn near_party<'t>(treaty: &'t Treaty<'_>, name: &str) -> Option<&'t str> {
    nearest(name, treaty.declared.parties.iter().map(|party| party.id.as_str()))
}

fn names_with_places(words: &str, base: u32) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    let mut at = 0;
    for part in words.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
        if part.starts_with(char::is_uppercase) {
            let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
            names.push((name.to_owned(), Span::new(base + at, base + at + name.len() as u32)));
        }
        at += part.len() as u32;
        at += words[at as usize..].chars().next().map_or(0, |c| c.len_utf8() as u32);
    }
    names
}

/// `[ATL shall]`: a party's short name and no colon.
fn tell_missing_colon(treaty: &Treaty<'_>, bracket: &crate::syntax::tree::Bracket, mistakes: &mut Vec<Mistake>) {
    if bracket.owners.is_some() || !bracket.closed {
        return;
    }
    let inside = treaty.source.slice(Span::new(bracket.open.end, bracket.close.start));
    let Some((word, rest)) = inside.split_once(' ') else { return };
    if treaty.declared.parties.iter().any(|party| party.id == word) && !rest.starts_with("and ") && !rest.contains(':') && rest.len() > 1 {
        let span = Span::new(bracket.open.end, bracket.open.end + word.len() as u32);
        mistakes.push(
            Mistake::new(
                "syntax",
                span,
                format!("a colon is missing after `{word}` in this bracket"),
                "this looks like who proposes the text",
            )
            .help(format!("write `[{word}: {}]`", super::quote(rest)))
            .fix("add the colon", Span::at(span.end), ":"),
        );
    }
}

/// A profile's value that names no term, known concept or clause of this treaty tells nothing.
fn tell_idle_facts(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    if treaty.declared.profiles.is_empty() {
        return;
    }
    let all = treaty.clean.lower(super::clean::Words::new(0, treaty.clean.len()));
    let stems: std::collections::HashSet<&str> = all.split(|c: char| !c.is_alphanumeric()).map(|word| word.trim_end_matches('s')).collect();
    for profile in &treaty.declared.profiles {
        for fact in profile.practises.iter().chain(&profile.abstains).chain(&profile.depends) {
            if !fact.words.is_empty() && !super::term::is_known(treaty, &fact.words, &stems) {
                mistakes.push(
                    Mistake::new(
                        "idle-value",
                        fact.span,
                        format!("`{}` names nothing in this treaty", fact.words),
                        "no term, known concept or clause here is called so",
                    )
                    .help("use the words of a defined term, or name the clause: `Article 3(1)`"),
                );
            }
        }
    }
}

/// An annotation under the last of several norms in a list, where the others have none, speaks of that one only.
fn tell_narrow(treaty: &Treaty<'_>, mistakes: &mut Vec<Mistake>) {
    for note in &treaty.tree.notes {
        let crate::syntax::tree::Owner::Unit(unit) = note.owner else { continue };
        let name = treaty.source.slice(note.name);
        if !matches!(name, "verified by" | "consequence" | "in return for")
            || treaty.tree.unit(unit).kind != crate::syntax::tree::UnitKind::Point
        {
            continue;
        }
        let parent = treaty.tree.unit(unit).parent;
        let points: Vec<UnitId> =
            treaty.tree.children(parent).filter(|child| treaty.tree.unit(*child).kind == crate::syntax::tree::UnitKind::Point).collect();
        let noted = |point: &UnitId| treaty.notes_of(*point).any(|other| treaty.source.slice(other.name) == name);
        let norms = |point: &UnitId| !treaty.norms_of(*point).is_empty();
        if points.len() > 1 && points.last() == Some(&unit) && points[..points.len() - 1].iter().all(|point| !noted(point) && norms(point))
        {
            let point = treaty.tree.unit(unit).ordinal.map_or(String::new(), |ordinal| treaty.source.slice(ordinal.span).to_owned());
            mistakes.push(
                Mistake::new(
                    "narrow-annotation",
                    note.span,
                    format!("this `@{name}` speaks of point ({point}) only"),
                    "the other points of the list have no such annotation",
                )
                .help("write it under the words that open the list if it speaks of all points"),
            );
        }
    }
}
