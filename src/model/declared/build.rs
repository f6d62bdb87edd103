//! Reads the declarations: values are checked, names resolved, and what makes no sense is told.

use super::{
    Attribution, Body, Declared, Fact, Group, Instrument, Mechanism, Members, Named, Names, PartyId, Profile, Reservation, Runner, Sees,
    Stage, Value,
};
use crate::model::Ref;
use crate::source::{FileId, Source, Span};
use crate::suggest::nearest;
use crate::syntax::tree::{Declaration, DeclarationKind, Field, Mistake, Tree, UnitKind};
use crate::syntax::values;

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
            names: Names::default(),
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
}

fn field<'d>(declaration: &'d Declaration, key: &str) -> Option<&'d Field> {
    declaration.fields.iter().find(|field| field.key == key)
}

impl Builder<'_> {
    fn names(&mut self, tree: &Tree, declared: &mut Declared) {
        for declaration in &tree.declarations {
            match declaration.kind {
                DeclarationKind::Party => {
                    let named = self.named(declaration);
                    for name in named.all().filter(|name| !name.is_empty()) {
                        declared.names.parties.entry(name.clone()).or_insert(PartyId(declared.parties.len() as u32));
                    }
                    declared.parties.push(named);
                }
                DeclarationKind::Body => {
                    let powers = self.list(declaration, "powers");
                    let powers_span = field(declaration, "powers").map(|field| field.name);
                    let named = self.named(declaration);
                    for name in named.all() {
                        declared.names.bodies.entry(name.clone()).or_insert(declared.bodies.len());
                    }
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
        for title in tree.units.iter().filter(|unit| unit.kind == UnitKind::Title) {
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
            && (1..=days_of(parts[0], parts[1])).contains(&parts[2]);
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
            // "before" is `before use`.
            _ => nearest(&text, known.iter().copied())
                .or_else(|| known.iter().copied().find(|known| known.split(' ').next() == Some(text.as_str()))),
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
                DeclarationKind::Party
                    | DeclarationKind::Group
                    | DeclarationKind::Body
                    | DeclarationKind::Mechanism
                    | DeclarationKind::Profile
            );
            let Some(span) = declaration.id.or(declaration.name).filter(|_| named) else { continue };
            let name = self.source.slice(span).to_owned();
            let key = if declaration.kind == DeclarationKind::Profile { format!("profile {name}") } else { name.to_lowercase() };
            if let Some(first) = seen.get(&key) {
                self.mistakes.push(
                    Mistake::new("duplicate-name", span, format!("`{name}` is declared twice"), "declared again here")
                        .other(*first, "first declared here")
                        .help("give one of them another name, or take it out"),
                );
            } else {
                seen.insert(key, span);
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
                for part in self.source.slice(*line).split([',', ';']) {
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

    fn undeclared<'n>(&mut self, what: &str, word: &str, span: Span, known: impl Iterator<Item = &'n Named>) {
        let mut mistake = Mistake::new(
            "undeclared-name",
            span,
            format!("no {what} `{word}` is declared"),
            format!("no declaration of a {what} has this name"),
        );
        // "Atlantis" for the Republic of Atlantis, `ATL`.
        let known: Vec<&Named> = known.take(super::MOST_COMPARED).collect();
        let by_name = || known.iter().find(|named| !word.is_empty() && named.name.split(' ').any(|part| part == word));
        let near = nearest(word, known.iter().map(|named| named.id.as_str())).or_else(|| by_name().map(|named| named.id.as_str()));
        mistake = match near {
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
                // What is no short name has been told.
                if word.starts_with(char::is_uppercase) {
                    self.undeclared("party", &word, span, declared.parties.iter());
                }
                Ref::Broken
            }
        }
    }

    fn group(&mut self, declaration: &Declaration, declared: &mut Declared) {
        let named = self.named(declaration);
        let mut members = Vec::new();
        let mut any = false;
        // "ATL and CAL" are two.
        let values = self.list(declaration, "members");
        let spans = values.iter().flat_map(|value| {
            let words = self.source.slice(value.span);
            words.split(" and ").map(|word| {
                let at = value.span.start + (word.as_ptr() as usize - words.as_ptr() as usize) as u32;
                Span::new(at, at + word.len() as u32)
            })
        });
        for span in spans.collect::<Vec<_>>() {
            if self.source.slice(span) == "any" {
                any = true;
            } else if let Ref::To(party) = self.party(declared, span) {
                members.push(party);
            }
        }
        let members = if any { Members::Any } else { Members::Closed(members) };
        declared.names.groups.extend(named.all().cloned());
        declared.groups.push(Group { named, members });
    }

    fn mechanism(&mut self, declaration: &Declaration, declared: &mut Declared) {
        // One without a name has been told, and nothing can name it.
        let Some(span) = declaration.name else { return };
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
        declared.names.mechanisms.entry(name.clone()).or_insert(declared.mechanisms.len());
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
        if let Some(body) = declared.names.bodies.get(&text) {
            return Ref::To(Runner::Body(*body));
        }
        if let Some(party) = declared.party(&text) {
            return Ref::To(Runner::Party(party));
        }
        if text.is_empty() {
            return Ref::Absent;
        }
        let known = declared.bodies.iter().map(|body| &body.named).chain(&declared.parties);
        self.undeclared("body", &text, span, known);
        Ref::Broken
    }

    /// `38%`, `30-60%`, `unknown`.
    fn confidence(&mut self, field: &Field) -> Option<Value<(f32, f32)>> {
        let read = |text: &str| {
            let (low, high) = range_of(text.trim_end_matches('%').trim_end_matches("per cent").trim())?;
            (text.ends_with(['%', 't']) && high <= 100.0).then_some((low / 100.0, high / 100.0))
        };
        let help = "write a figure, a range or that it is not known: `38%`, `30-60%`, `unknown`";
        self.range(field, read, ["confidence", "a share from 0% to 100% was expected here", help])
    }

    /// `4`, `2-5`, `unknown`; in whatever unit the author counts in.
    fn stake(&mut self, field: &Field) -> Option<Value<(f32, f32)>> {
        let help = "write a figure in a unit that all profiles share, or that it is not known: `4`, `2-5`, `unknown`";
        self.range(field, range_of, ["figure", "a number or a range was expected here", help])
    }

    /// `72 hours`, `3-30 days`, `unknown`; in hours.
    fn delay(&mut self, field: &Field) -> Option<Value<(f32, f32)>> {
        let read = |text: &str| {
            let (number, unit) = text.rsplit_once(' ')?;
            let hours = match unit.to_lowercase().trim_end_matches('s') {
                "minute" => 1.0 / 60.0,
                "hour" => 1.0,
                "day" => 24.0,
                "week" => 168.0,
                "month" => 730.0,
                "year" => 8760.0,
                _ => return None,
            };
            range_of(number).map(|(low, high)| (low * hours, high * hours))
        };
        let help = "write a length, a range or that it is not known: `72 hours`, `3-30 days`, `unknown`";
        self.range(field, read, ["length of time", "a number and a unit were expected here", help])
    }

    /// A figure or a range, its lower end first, as `read` has it; `None` where it is not known. What it is no `noun` of is told with what was
    /// expected and what to write.
    fn range(
        &mut self,
        field: &Field,
        read: impl Fn(&str) -> Option<(f32, f32)>,
        [noun, expected, help]: [&str; 3],
    ) -> Option<Value<(f32, f32)>> {
        let (text, span) = (self.text(field), self.span(field));
        if text == "unknown" || text.is_empty() {
            return None;
        }
        if let Some(value) = read(text.trim_end()).filter(|(low, high)| low <= high) {
            return Some(Value { value, span });
        }
        self.mistakes.push(Mistake::new("senseless-value", span, format!("`{text}` is no {noun}"), expected).help(help));
        None
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

/// How many days a month has, from 1.
fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn range_of(text: &str) -> Option<(f32, f32)> {
    let number = |text: &str| text.trim().trim_end_matches('%').parse::<f32>().ok().filter(|number| number.is_finite() && *number >= 0.0);
    match text.split_once(['-', '–']).or_else(|| text.split_once(" to ")) {
        Some((low, high)) => Some((number(low)?, number(high)?)),
        None => number(text).map(|number| (number, number)),
    }
}
