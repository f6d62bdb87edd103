//! Which `treatylint.toml` holds, and what comes out of it and the command line together.

use super::args::{Check, FailOn, Persona};
use super::{Failure, pages};
use ignore::overrides::{Override, OverrideBuilder};
use std::path::{Path, PathBuf};
use treatylint::config::{self, FailOnName, LevelName, PerFile, PersonaName, Settings, SeverityName};
use treatylint::diagnostic::Severity;
use treatylint::options::{self, Level, Options};
use treatylint::render::{Closing, Format, Look, Tally, renderer};
use treatylint::source::Source;

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
            return Self::read(path);
        }
        let stdin = || check.stdin_filename.as_ref().map(PathBuf::from);
        let first = check.paths.first().filter(|path| path.as_os_str() != "-").cloned().or_else(stdin);
        Self::nearest(first.as_deref().unwrap_or(Path::new(".")))
    }

    /// The nearest one, from a file or folder upwards; the empty one where there is none.
    pub fn nearest(from: &Path) -> Result<Self, Failure> {
        let from = std::path::absolute(from).map_err(|error| Failure(format!("{}: {error}", from.display())))?;
        match from.ancestors().map(|folder| folder.join(config::NAME)).find(|path| path.is_file()) {
            Some(path) => Self::read(&path),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self, Failure> {
        let shown = shown(path);
        let bytes = std::fs::read(path).map_err(|error| Failure(format!("cannot read {shown}: {}", super::files::reason(&error))))?;
        if bytes.len() >= Source::LIMIT {
            return Err(Failure(format!("cannot read {shown}: larger than 4 GiB")));
        }
        let settings = config::read(Source::new(shown.as_str(), bytes)).map_err(|report| {
            let mut out = Vec::new();
            let mut plain = renderer(Format::Plain, Look::default(), Closing::default());
            let _ = plain.report(&report, &mut out).and_then(|()| plain.finish(&Tally::default(), &[], &mut out));
            Failure(format!("{shown} cannot be used\n\n{}", String::from_utf8_lossy(&out).trim_end()))
        })?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let glob = |globs: &[String]| {
            let mut builder = OverrideBuilder::new(folder);
            globs.iter().try_for_each(|glob| builder.add(glob).map(|_| ())).and_then(|()| builder.build())
        };
        let failed = |error: ignore::Error| Failure(format!("{shown}: {error}"));
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
            readings: settings.readings.unwrap_or(defaults.readings),
        })
    }

    /// The options for one file; none where those of the run hold.
    pub fn options_for(&self, path: &str, options: &Options) -> Option<Options> {
        if self.per_file.is_empty() {
            return None;
        }
        let path = std::path::absolute(path).ok()?;
        let mut own = None;
        for (_, per_file) in self.per_file.iter().filter(|(files, _)| files.matched(&path, false).is_whitelist()) {
            let own = own.get_or_insert_with(|| options.clone());
            own.ignore.extend(per_file.ignore.iter().cloned());
            own.levels.extend(per_file.levels.iter().map(|(name, level)| (name.clone(), of_level(*level))));
            own.persona = per_file.persona.map_or(own.persona, of_persona);
        }
        own
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
pub fn print(path: &Path, schema: bool) -> Result<String, Failure> {
    if schema {
        let mut settings = schemars::generate::SchemaSettings::draft07();
        settings.inline_subschemas = false;
        let schema = settings.into_generator().into_root_schema_for::<Settings>();
        return Ok(format!("{:#}\n", serde_json::Value::from(schema)));
    }
    let configuration = Configuration::nearest(path)?;
    let from = match &configuration.path {
        Some(path) => format!("# from {}\n", shown(path)),
        None => format!("# no {} here or above: the defaults hold\n", config::NAME),
    };
    let text = toml::to_string(&configuration.settings).map_err(|error| Failure(format!("cannot show the configuration: {error}")))?;
    Ok(from + &text)
}
