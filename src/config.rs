//! `treatylint.toml`: what it may say, and what is wrong with one. Text in, settings or findings out; which file it is, the program knows.

use crate::diagnostic::{Applicability, Code, Diagnostic, Family, Report, Severity, Shown};
use crate::lexicon::Class;
use crate::rules;
use crate::source::{FileId, Source, Sources, Span};
use crate::suggest::nearest;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the file.
pub const NAME: &str = "treatylint.toml";

/// A fault of the configuration; no rule, for it is told even where all rules are off.
pub static BAD_SETTING: Code = Code {
    name: "bad-setting",
    summary: "the configuration says something that cannot be",
    family: Family::Language,
    severity: Severity::Error,
    shown: Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: "",
};

/// What `treatylint.toml` may say. What the command line says wins over it; lists on the command line replace lists here.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "treatylint.toml")]
pub struct Settings {
    /// The releases that may read this file, such as ">=0.1, <0.3".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_version: Option<String>,
    /// Rules or families that alone are wanted; "all" for every rule.
    #[schemars(schema_with = "rules_schema")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub select: Vec<String>,
    /// Rules or families that are not wanted.
    #[schemars(schema_with = "rules_schema")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// Who reads the findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub persona: Option<PersonaName>,
    /// Judge reciprocity for these parties alone, by their short names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Findings below this are not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_severity: Option<SeverityName>,
    /// The exit status is 1 from this on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<FailOnName>,
    /// Confidence, from 0 to 1, that a means of verification has to reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: Option<f32>,
    /// Days of notice up to which a right to leave the treaty is told as easy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<u32>,
    /// How many times as much one party may get, for what it gives, as another before the ledger is told as skewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1.0))]
    pub skew: Option<f32>,
    /// How many readings of one sentence's brackets are tried at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readings: Option<usize>,
    /// A baseline, relative to this file: findings that are in it are not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// Also lint the files in directories that match, such as "*.txt".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// Do not lint the files in directories that match; a file named on the command line is linted all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Files whose declarations count in every draft, relative to this file.
    #[serde(rename = "use", skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<String>,
    /// Phrases that no rule takes for anything, whatever words they hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed_phrases: Vec<String>,
    /// Words of the house by what they are, such as vague-act, standard, hedge, vague-time, severity, organ: they count beside the built-in
    /// ones. `treatylint config --words` lists the classes.
    #[schemars(schema_with = "words_schema")]
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, Vec<String>>,
    /// Levels by rule or family.
    #[schemars(schema_with = "levels_schema")]
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<String, LevelName>,
    /// Other settings for the files that match a glob, relative to this file.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub per_file: BTreeMap<String, PerFile>,
}

/// What holds for some files beside what holds for all.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PerFile {
    /// Rules or families that are not wanted here, beside those that are not wanted anywhere.
    #[schemars(schema_with = "rules_schema")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// Levels by rule or family here.
    #[schemars(schema_with = "levels_schema")]
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<String, LevelName>,
    /// Who reads the findings here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub persona: Option<PersonaName>,
}

/// What a rule or a family may be set to.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelName {
    /// Never shown.
    Off,
    /// Form and style.
    Advice,
    /// A hurdle.
    Warning,
    /// The text is broken.
    Error,
}

/// Who reads the findings.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonaName {
    /// A legal adviser: hurdles, and faults of form that matter.
    Default,
    /// Whoever polishes a draft: form and style too.
    Pedantic,
    /// Whoever must miss nothing: also what the linter had to guess.
    Auditor,
}

/// A severity.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeverityName {
    /// Form and style.
    Advice,
    /// A hurdle.
    Warning,
    /// The text is broken.
    Error,
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailOnName {
    /// From errors on.
    Error,
    /// From warnings on.
    Warning,
    /// From advice on.
    Advice,
    /// Never.
    Never,
}

/// A list of rules and families, so that editors complete them.
fn rules_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "type": "string", "enum": names().collect::<Vec<_>>() } })
}

fn levels_schema(generator: &mut SchemaGenerator) -> Schema {
    let level = generator.subschema_for::<LevelName>();
    let levels: serde_json::Map<String, serde_json::Value> = names().map(|name| (name.to_owned(), level.clone().into())).collect();
    json_schema!({ "type": "object", "properties": levels, "additionalProperties": false })
}

fn words_schema(_: &mut SchemaGenerator) -> Schema {
    let list = |about: &str| serde_json::json!({ "description": about, "type": "array", "items": { "type": "string" } });
    let classes: serde_json::Map<String, serde_json::Value> = classes().map(|(name, about)| (name.to_owned(), list(about))).collect();
    json_schema!({ "type": "object", "properties": classes, "additionalProperties": false })
}

/// The classes of words that a house may add to, with what they mean.
pub fn classes() -> impl Iterator<Item = (&'static str, &'static str)> {
    Class::ALL.iter().map(|(_, name, about)| (*name, *about)).filter(|(name, _)| !name.ends_with("-anchor"))
}

/// Reads a configuration.
///
/// # Errors
/// A report on the file itself, with all its mistakes: syntax errors, unknown keys and rules with the nearest known one, values that cannot
/// be.
pub fn read(source: Source) -> Result<Settings, Box<Report>> {
    let mut faults = Vec::new();
    if let Some(at) = source.first_bad_byte() {
        faults.push(fault(Span::new(at, at + 1), "this file holds bytes that are not UTF-8").help("save the file as UTF-8"));
    }
    let (table, broken) = DeTable::parse_recoverable(source.text());
    faults.extend(broken.iter().map(|error| of_error(&source, error)));
    let settings = if broken.is_empty() { settings_of(&source, table.clone(), &mut faults) } else { Settings::default() };
    let written = Written { source: &source, table: table.get_ref() };
    tell_unknown(&written, &mut faults);
    tell_impossible(&written, &settings, &mut faults);
    if faults.is_empty() {
        return Ok(settings);
    }
    let mut sources = Sources::default();
    sources.add(source);
    faults.sort_by_key(|fault| fault.primary().span.start);
    let clauses = faults.len();
    Err(Box::new(Report { sources, diagnostics: faults, allowed: 0, hidden: Vec::new(), compared: false, clauses, not_judged: Vec::new() }))
}

/// The settings in a table. What cannot be read is told and taken out, and the rest is read again, so that all mistakes are told at once.
fn settings_of(source: &Source, mut table: Spanned<DeTable<'_>>, faults: &mut Vec<Diagnostic>) -> Settings {
    loop {
        match Settings::deserialize(toml::Deserializer::from(table.clone())) {
            Ok(settings) => return settings,
            Err(error) => {
                faults.push(of_error(source, &error));
                if !error.span().is_some_and(|span| take_out(table.get_mut(), &span)) {
                    return Settings::default();
                }
            }
        }
    }
}

/// Takes the innermost key out whose name or value holds a place; false where there is none.
fn take_out(table: &mut DeTable<'_>, place: &Range<usize>) -> bool {
    let holds = |span: Range<usize>| span.start <= place.start && place.end <= span.end;
    for (_, value) in table.iter_mut() {
        if let DeValue::Table(inner) = value.get_mut()
            && take_out(inner, place)
        {
            return true;
        }
    }
    let told = table.iter().find(|(key, value)| holds(key.span()) || holds(value.span())).map(|(key, _)| key.get_ref().to_string());
    told.is_some_and(|key| table.remove(key.as_str()).is_some())
}

/// A configuration as it is written: names with their places.
struct Written<'t> {
    source: &'t Source,
    table: &'t DeTable<'t>,
}

impl<'t> Written<'t> {
    /// A table in this one.
    fn table(&self, key: &str) -> Option<Self> {
        let DeValue::Table(table) = self.table.get(key)?.get_ref() else { return None };
        Some(Written { source: self.source, table })
    }

    /// The tables in this one.
    fn tables(&self) -> impl Iterator<Item = Self> {
        self.table.values().filter_map(|value| match value.get_ref() {
            DeValue::Table(table) => Some(Written { source: self.source, table }),
            _ => None,
        })
    }

    /// The keys.
    fn keys(&self) -> Vec<(&'t str, Span)> {
        self.table.keys().map(|key| (key.get_ref().as_ref(), self.span(key.span()))).collect()
    }

    /// The texts in a list.
    fn texts(&self, key: &str) -> Vec<(&'t str, Span)> {
        let list = self.table.get(key).and_then(|value| value.get_ref().as_array());
        let text = |value: &'t Spanned<DeValue<'t>>| Some((value.get_ref().as_str()?, self.span(value.span())));
        list.into_iter().flat_map(|list| list.iter().filter_map(text)).collect()
    }

    /// The place of a value, or of the whole file where there is none.
    fn value(&self, key: &str) -> Span {
        self.table.get(key).map_or(Span::at(0), |value| self.span(value.span()))
    }

    /// A place without the quotation marks around it.
    fn span(&self, place: Range<usize>) -> Span {
        let span = Span::new(place.start as u32, place.end as u32);
        let quoted = span.len() > 1 && self.source.slice(span).starts_with(['"', '\'']);
        if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
    }
}

/// Tells of rules, families and classes of words that nobody knows.
fn tell_unknown(written: &Written<'_>, faults: &mut Vec<Diagnostic>) {
    let mut rules = written.texts("select");
    rules.extend(written.texts("ignore"));
    rules.extend(written.table("levels").map(|levels| levels.keys()).unwrap_or_default());
    for per_file in written.table("per-file").iter().flat_map(Written::tables) {
        rules.extend(per_file.texts("ignore"));
        rules.extend(per_file.table("levels").map(|levels| levels.keys()).unwrap_or_default());
    }
    let unknown = |name: &str, span: Span, what: &str, near: Option<&'static str>, list: &str| {
        let found = fault(span, format!("no {what} is called `{name}`"));
        match near {
            Some(near) => found.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), Applicability::Safe, span, near),
            None => found.help(format!("`treatylint {list}` lists them")),
        }
    };
    for (name, span) in rules.into_iter().filter(|(name, _)| !names().any(|known| known == *name)) {
        faults.push(unknown(name, span, "rule or family", nearest(name, names()), "rules"));
    }
    let classes = || classes().map(|(name, _)| name);
    let Some(words) = written.table("words") else { return };
    for (name, span) in words.keys().into_iter().filter(|(name, _)| !classes().any(|class| class == *name)) {
        faults.push(unknown(name, span, "class of words", nearest(name, classes()), "config --words"));
    }
}

/// Tells of values that cannot be.
fn tell_impossible(written: &Written<'_>, settings: &Settings, faults: &mut Vec<Diagnostic>) {
    let mut words = written.texts("allowed-phrases");
    for class in written.table("words").iter() {
        class.keys().iter().for_each(|(name, _)| words.extend(class.texts(name)));
    }
    for (_, span) in words.iter().filter(|(words, _)| !words.contains(char::is_alphanumeric)) {
        faults.push(fault(*span, "an entry without a word").help("take it out"));
    }
    if settings.confidence.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
        faults.push(fault(written.value("confidence"), "`confidence` is a share").help("write a number from 0 to 1"));
    }
    if settings.skew.is_some_and(|times| times.is_nan() || times < 1.0) {
        faults.push(fault(written.value("skew"), "`skew` says how many times as much").help("write a number from 1 on, such as 2.0"));
    }
    let Some(wanted) = &settings.required_version else { return };
    let place = written.value("required-version");
    let own = semver::Version::parse(env!("CARGO_PKG_VERSION"));
    match semver::VersionReq::parse(wanted) {
        Err(error) => {
            faults.push(fault(place, format!("`{wanted}` is no range of releases: {error}")).help("write one such as \">=0.1, <0.3\""))
        }
        Ok(range) if own.as_ref().is_ok_and(|own| !range.matches(own)) => faults.push(
            fault(place, format!("this is treatylint {}, and the file wants {wanted}", env!("CARGO_PKG_VERSION")))
                .help("install a release in that range, or widen the range"),
        ),
        Ok(_) => {}
    }
}

fn fault(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&BAD_SETTING, FileId(0), span, message).locator("configuration")
}

fn of_error(source: &Source, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().map_or(Span::at(0), |span| Span::new(span.start as u32, span.end as u32));
    let words = source.slice(span);
    let message = error.message();
    // "unknown field `x`, expected one of ..."
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let expected: Vec<&str> = message.split_once("expected").map_or("", |(_, rest)| rest).split('`').skip(1).step_by(2).collect();
        let written = words.trim_matches(['"', '\'']);
        let what = if message.starts_with("unknown field") { "key" } else { "value" };
        let found = fault(span, format!("`{written}` is no {what} here"));
        return match nearest(written, expected.iter().copied()) {
            Some(near) => {
                let text = if words.starts_with('"') { format!("\"{near}\"") } else { near.to_owned() };
                found.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), Applicability::Safe, span, text)
            }
            None => found.help(format!("known here: {}", expected.join(", "))),
        };
    }
    if message == "wanted string or table" {
        return fault(span, format!("`{words}` is no value here")).help("a word in quotation marks belongs here");
    }
    fault(span, message.lines().next().unwrap_or("this is no TOML").to_owned())
}

fn names() -> impl Iterator<Item = &'static str> {
    rules::codes().map(|code| code.name).chain(Family::ALL.into_iter().map(Family::word)).chain(["all"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Settings, Vec<String>> {
        read(Source::new(NAME, text.as_bytes().to_vec())).map_err(|report| {
            let shown = |found: &Diagnostic| {
                let words = report.source().slice(found.primary().span);
                format!("{words} | {} | {}", found.message, found.help.as_deref().unwrap_or_default())
            };
            report.diagnostics.iter().map(shown).collect()
        })
    }

    #[test]
    fn what_it_says_is_what_is_read() {
        let settings = of("ignore = [\"form\"]\npersona = \"pedantic\"\n[levels]\nvague-term = \"error\"\n[per-file.\"annexes/*\"]\nignore = [\"vague-time\"]\n").unwrap();
        assert_eq!(settings.ignore, ["form"]);
        assert_eq!(settings.persona, Some(PersonaName::Pedantic));
        assert_eq!(settings.levels["vague-term"], LevelName::Error);
        assert_eq!(settings.per_file["annexes/*"].ignore, ["vague-time"]);
    }

    #[test]
    fn mistakes_are_shown_in_their_place_with_the_nearest_name() {
        assert_eq!(of("ignor = []\n").unwrap_err(), ["ignor | `ignor` is no key here | did you mean `ignore`?"]);
        assert_eq!(of("persona = \"pedant\"\n").unwrap_err(), ["\"pedant\" | `pedant` is no value here | did you mean `pedantic`?"]);
        assert_eq!(
            of("select = [\"vague-trem\"]\n[levels]\nescap = \"off\"\n").unwrap_err(),
            [
                "vague-trem | no rule or family is called `vague-trem` | did you mean `vague-term`?",
                "escap | no rule or family is called `escap` | did you mean `escape`?"
            ]
        );
        assert_eq!(of("confidence = 90\n").unwrap_err(), ["90 | `confidence` is a share | write a number from 0 to 1"]);
        assert_eq!(of("skew = 0.5\n").unwrap_err(), ["0.5 | `skew` says how many times as much | write a number from 1 on, such as 2.0"]);
        assert_eq!(of("[words]\nhegde = [\"x\"]\n").unwrap_err(), ["hegde | no class of words is called `hegde` | did you mean `hedge`?"]);
        assert!(of("select = [\n").unwrap_err()[0].contains("|"));
        assert!(of("required-version = \">=99\"\n").unwrap_err()[0].contains("wants >=99"));
        assert!(of("\u{feff}ignore = []\n").is_ok(), "a byte order mark is no fault");
    }

    #[test]
    fn all_mistakes_are_told_at_once_and_each_where_it_stands() {
        let text = "# vague-trem and form are spoken of here\nselect = [\"escape\", \"vague-trem\"]\npersona = \"pedant\"\nfrobnicate = 3\n[levels]\nescap = \"off\"\nform = 3\n[per-file.\"*.tdl\"]\nselect = [\"all\"]\nignore = [\"forn\"]\n";
        let told = of(text).unwrap_err();
        let words: Vec<&str> = told.iter().map(|told| told.split(" | ").next().unwrap()).collect();
        assert_eq!(words, ["vague-trem", "\"pedant\"", "frobnicate", "escap", "3", "select", "forn"], "{told:#?}");
        assert_eq!(told[4], "3 | `3` is no value here | a word in quotation marks belongs here");
    }
}
