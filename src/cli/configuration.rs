//! Which `treatylint.toml` holds, and what comes out of it and the command line together.

use super::args::{Check, FailOn, Persona};
use super::{Failure, pages};
use ignore::overrides::{Override, OverrideBuilder};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use treatylint::config::{self, FailOnName, LevelName, PerFile, PersonaName, Settings, SeverityName};
use treatylint::diagnostic::{Report, Severity};
use treatylint::options::{self, Level, Options};
use treatylint::render::{Closing, Format, Look, Tally, renderer};
use treatylint::source::Source;

/// Why a configuration cannot be used.
#[derive(Debug)]
pub struct Unusable {
    /// The file.
    pub path: PathBuf,
    /// In a few words.
    pub message: String,
    /// Its mistakes, each in its place, where they have one.
    pub report: Option<Box<Report>>,
}

impl From<Unusable> for Failure {
    fn from(Unusable { message, report, .. }: Unusable) -> Self {
        let Some(report) = report else { return Self(message) };
        let mut out = Vec::new();
        let mut plain = renderer(Format::Plain, Look::default(), Closing::default());
        let _ = plain.report(&report, &mut out).and_then(|()| plain.finish(&Tally::default(), &[], &mut out));
        Self(format!("{message}\n\n{}", String::from_utf8_lossy(&out).trim_end()))
    }
}

/// A configuration and where it was found.
#[derive(Default)]
pub struct Configuration {
    /// What it says.
    pub settings: Settings,
    /// The file; none if there is none.
    pub path: Option<PathBuf>,
    per_file: Vec<(Override, PerFile)>,
    exclude: Option<Override>,
}

impl Configuration {
    /// Finds the one that the command line asks for.
    pub fn of(check: &Check) -> Result<Self, Failure> {
        if check.isolated {
            return Ok(Self::default());
        }
        if let Some(path) = &check.config {
            return Ok(Self::read(path)?);
        }
        let stdin = || check.stdin_filename.as_ref().map(PathBuf::from);
        let first = check.paths.first().filter(|path| path.as_os_str() != "-").cloned().or_else(stdin);
        Ok(Self::nearest(first.as_deref().unwrap_or(Path::new(".")))?)
    }

    /// The nearest one, from a file or folder upwards; the empty one where there is none.
    pub fn nearest(from: &Path) -> Result<Self, Unusable> {
        let unknown = |error| Unusable { path: from.to_owned(), message: format!("{}: {error}", from.display()), report: None };
        let from = std::path::absolute(from).map_err(unknown)?;
        match from.ancestors().map(|folder| folder.join(config::NAME)).find(|path| path.is_file()) {
            Some(path) => Self::read(&path),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self, Unusable> {
        let shown = shown(path);
        let unusable = |message: String| Unusable { path: path.to_owned(), message, report: None };
        let bytes = std::fs::read(path).map_err(|error| unusable(format!("cannot read {shown}: {}", super::files::reason(&error))))?;
        if bytes.len() >= Source::LIMIT {
            return Err(unusable(format!("cannot read {shown}: larger than 4 GiB")));
        }
        let settings = config::read(Source::new(shown.as_str(), bytes));
        let settings = settings.map_err(|report| Unusable { report: Some(report), ..unusable(format!("{shown} cannot be used")) })?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let glob = |globs: &[String]| {
            let mut builder = OverrideBuilder::new(folder);
            globs.iter().try_for_each(|glob| builder.add(glob).map(|_| ())).and_then(|()| builder.build())
        };
        let failed = |error: ignore::Error| unusable(format!("{shown}: {error}"));
        // Told once and here: no draft can do anything about it.
        for used in &settings.uses {
            if let Err(error) = std::fs::File::open(folder.join(used)) {
                return Err(unusable(format!("{shown}: use: cannot read {used}: {}", super::files::reason(&error))));
            }
        }
        let per_file: Result<Vec<_>, _> = settings
            .per_file
            .iter()
            .map(|(files, per_file)| glob(std::slice::from_ref(files)).map(|files| (files, per_file.clone())))
            .collect();
        let exclude = if settings.exclude.is_empty() { None } else { Some(glob(&settings.exclude).map_err(failed)?) };
        Ok(Self { per_file: per_file.map_err(failed)?, exclude, path: Some(path.to_owned()), settings })
    }

    /// Whether a file found in a directory is not to be linted.
    pub fn excludes(&self, path: &Path) -> bool {
        let Some(exclude) = &self.exclude else { return false };
        let Ok(path) = std::path::absolute(path) else { return false };
        path.ancestors().enumerate().any(|(at, path)| exclude.matched(path, at > 0).is_whitelist())
    }

    /// A path that the file names, seen from its own folder.
    pub fn beside(&self, path: &str) -> PathBuf {
        self.path.as_deref().and_then(Path::parent).map_or_else(|| PathBuf::from(path), |folder| folder.join(path))
    }

    /// The options of a run: what the command line says wins, list by list.
    pub fn options(&self, check: &Check) -> Result<Options, Failure> {
        let named = check.levels.iter().map(|(name, _)| name);
        check.select.iter().chain(&check.ignore).chain(named).try_for_each(|name| pages::known(name, true))?;
        let settings = &self.settings;
        let list = |said: &[String], set: &[String]| if said.is_empty() { set.to_vec() } else { said.to_vec() };
        let defaults = Options::default();
        let levels = settings.levels.iter().map(|(name, level)| (name.clone(), of_level(*level)));
        Ok(Options {
            select: list(&check.select, &settings.select),
            ignore: list(&check.ignore, &settings.ignore),
            levels: levels.chain(check.levels.iter().cloned()).collect(),
            persona: check.persona.map(Persona::into).or(settings.persona.map(of_persona)).unwrap_or_default(),
            parties: list(&check.parties, &settings.parties),
            min_severity: check.min_severity.map(Into::into).or(settings.min_severity.map(of_severity)).unwrap_or(defaults.min_severity),
            confidence: check.confidence.or(settings.confidence).unwrap_or(defaults.confidence),
            notice: settings.notice.unwrap_or(defaults.notice),
            skew: settings.skew.unwrap_or(defaults.skew),
            readings: settings.readings.unwrap_or(defaults.readings),
            words: settings.words.iter().flat_map(|(class, words)| words.iter().map(|words| (class.clone(), words.clone()))).collect(),
            allowed: settings.allowed_phrases.clone(),
            uses: Vec::new(),
        })
    }

    /// The options for one file; none where those of the run hold.
    pub fn options_for(&self, path: &str, options: &Options) -> Option<Options> {
        if self.per_file.is_empty() && self.settings.uses.is_empty() {
            return None;
        }
        let path = std::path::absolute(path).ok()?;
        let mut own = None;
        // A shared file does not use itself.
        for used in self.settings.uses.iter().map(|used| self.beside(used)).filter(|used| *used != path) {
            own.get_or_insert_with(|| options.clone()).uses.push(from_folder_of(&path, &used));
        }
        for (_, per_file) in self.per_file.iter().filter(|(files, _)| files.matched(&path, false).is_whitelist()) {
            let own = own.get_or_insert_with(|| options.clone());
            own.ignore.extend(per_file.ignore.iter().cloned());
            own.levels.extend(per_file.levels.iter().map(|(name, level)| (name.clone(), of_level(*level))));
            own.persona = per_file.persona.map_or(own.persona, of_persona);
        }
        own
    }

    /// What holds for a file or folder and where each of it comes from, as a `treatylint.toml`.
    fn told(&self, path: &Path) -> Result<String, Failure> {
        let failed = |error| Failure(format!("cannot show the configuration: {error}"));
        let mut held = self.settings.clone();
        let mut origin: HashMap<&str, String> = HashMap::new();
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let globs = held.per_file.keys().cloned().collect::<Vec<_>>();
        if !path.is_dir() {
            held.per_file.clear();
            for (glob, (files, own)) in globs.iter().zip(&self.per_file) {
                if !files.matched(&absolute, false).is_whitelist() {
                    continue;
                }
                let said = [("ignore", !own.ignore.is_empty()), ("persona", own.persona.is_some()), ("[levels]", !own.levels.is_empty())];
                for (key, _) in said.into_iter().filter(|(_, said)| *said) {
                    let origin = origin.entry(key).or_insert_with(|| "also".to_owned());
                    *origin += &format!(" per-file.\"{glob}\"");
                }
                held.ignore.extend(own.ignore.iter().cloned());
                held.levels.extend(own.levels.clone());
                held.persona = own.persona.or(held.persona);
            }
        }
        let set = toml::Table::try_from(&held).map_err(failed)?;
        let defaults = Options::default();
        held.persona.get_or_insert(PersonaName::Default);
        held.min_severity.get_or_insert(SeverityName::Advice);
        held.fail_on.get_or_insert(FailOnName::Warning);
        held.confidence.get_or_insert(defaults.confidence);
        held.notice.get_or_insert(defaults.notice);
        held.skew.get_or_insert(defaults.skew);
        held.readings.get_or_insert(defaults.readings);
        let mut text = match &self.path {
            Some(path) => format!("# from {}\n", shown(path)),
            None => format!("# no {} here or above: the defaults hold\n", config::NAME),
        };
        let mut above = true;
        for line in toml::to_string(&held).map_err(failed)?.lines() {
            above &= !line.starts_with('[');
            let key = if above { line.split(" = ").next().unwrap_or(line) } else { line };
            text += line;
            match origin.get(key) {
                Some(origin) => text += &format!("  # {origin}"),
                None if above && line.contains(" = ") && !set.contains_key(key) => text += "  # by default",
                None => {}
            }
            text.push('\n');
        }
        Ok(text)
    }

    /// From which severity on the run fails.
    pub fn fail_on(&self, check: &Check) -> FailOn {
        if check.exit_zero {
            return FailOn::Never;
        }
        let set = self.settings.fail_on.map(|fail_on| match fail_on {
            FailOnName::Error => FailOn::Error,
            FailOnName::Warning => FailOn::Warning,
            FailOnName::Advice => FailOn::Advice,
            FailOnName::Never => FailOn::Never,
        });
        check.fail_on.or(set).unwrap_or(FailOn::Warning)
    }
}

/// The configuration nearest to a folder with its options; none where the run's holds, or why it cannot be used.
type Nearest = Result<Option<Arc<(Configuration, Options)>>, String>;

/// What each file of a run is judged by: the nearest configuration above it, or the one that the command line names.
pub struct Policy<'a> {
    check: &'a Check,
    /// The run's own.
    run: &'a Configuration,
    options: Options,
    /// Configurations nearer to some files, by folder; none where the run's holds.
    nearer: Mutex<HashMap<PathBuf, Nearest>>,
}

impl<'a> Policy<'a> {
    /// The policy of a run.
    pub fn new(check: &'a Check, run: &'a Configuration) -> Result<Self, Failure> {
        Ok(Self { check, run, options: run.options(check)?, nearer: Mutex::new(HashMap::new()) })
    }

    /// The options for a file.
    ///
    /// # Errors
    /// Why the configuration nearest to it cannot be used.
    pub fn of(&self, shown: &str) -> Result<Cow<'_, Options>, String> {
        let named = self.check.isolated || self.check.config.is_some();
        let folder = std::path::absolute(shown).ok().and_then(|path| path.parent().map(Path::to_owned)).filter(|_| !named);
        let Some(folder) = folder else { return Ok(self.of_run(shown)) };
        let mut nearer = self.nearer.lock().unwrap_or_else(PoisonError::into_inner);
        let own = nearer.entry(folder).or_insert_with_key(|folder| self.nearest_to(folder)).clone();
        drop(nearer);
        Ok(match own? {
            None => self.of_run(shown),
            Some(own) => Cow::Owned(own.0.options_for(shown, &own.1).unwrap_or_else(|| own.1.clone())),
        })
    }

    fn of_run(&self, shown: &str) -> Cow<'_, Options> {
        self.run.options_for(shown, &self.options).map_or(Cow::Borrowed(&self.options), Cow::Owned)
    }

    /// The configuration nearest to a folder, if it is another than the run's.
    fn nearest_to(&self, folder: &Path) -> Nearest {
        let path = folder.ancestors().map(|folder| folder.join(config::NAME)).find(|path| path.is_file());
        let Some(path) = path.filter(|path| Some(path) != self.run.path.as_ref()) else { return Ok(None) };
        let own = Configuration::read(&path).map_err(Failure::from).and_then(|own| own.options(self.check).map(|options| (own, options)));
        own.map(|own| Some(Arc::new(own))).map_err(|Failure(message)| message)
    }
}

/// The way from a file's folder to another file, both from the root.
fn from_folder_of(file: &Path, other: &Path) -> String {
    let folder: Vec<_> = file.parent().into_iter().flat_map(Path::components).collect();
    let other: Vec<_> = other.components().collect();
    let common = folder.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), folder.len() - common);
    let down = other[common..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// A path for messages: below the working directory without it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

fn of_level(level: LevelName) -> Level {
    match level {
        LevelName::Off => Level::Off,
        LevelName::Advice => Level::On(Severity::Advice),
        LevelName::Warning => Level::On(Severity::Warning),
        LevelName::Error => Level::On(Severity::Error),
    }
}

fn of_persona(persona: PersonaName) -> options::Persona {
    match persona {
        PersonaName::Default => options::Persona::Adviser,
        PersonaName::Pedantic => options::Persona::Pedantic,
        PersonaName::Auditor => options::Persona::Auditor,
    }
}

fn of_severity(severity: SeverityName) -> Severity {
    match severity {
        SeverityName::Advice => Severity::Advice,
        SeverityName::Warning => Severity::Warning,
        SeverityName::Error => Severity::Error,
    }
}

/// `treatylint config`: what holds, and where it comes from.
pub fn print(path: &Path, schema: bool, words: bool) -> Result<String, Failure> {
    if words {
        return Ok(config::classes().map(|(name, about)| format!("{name:20} {about}\n")).collect());
    }
    if schema {
        let mut settings = schemars::generate::SchemaSettings::draft07();
        settings.inline_subschemas = false;
        let schema = settings.into_generator().into_root_schema_for::<Settings>();
        return Ok(format!("{:#}\n", serde_json::Value::from(schema)));
    }
    Configuration::nearest(path)?.told(path)
}
