//! What can be said on the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use treatylint::diagnostic::Severity;
use treatylint::options::Level;
use treatylint::render;

/// Finds the hurdles that sink a treaty before they are signed.
#[derive(Debug, Parser)]
#[command(name = "treatylint", version, args_conflicts_with_subcommands = true, after_help = EXIT)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub check: Check,
}

impl Arguments {
    /// What was said. `check` may also stand behind options, where clap would take it for a path.
    pub fn read() -> Self {
        let mut words: Vec<OsString> = std::env::args_os().collect();
        let options_alone =
            |before: &[OsString]| Self::try_parse_from(before).is_ok_and(|said| said.command.is_none() && said.check.paths.is_empty());
        let word = (2..words.len()).find(|at| words[*at] == "check" && options_alone(&words[..*at]));
        if let Some(word) = word {
            words.remove(word);
        }
        Self::parse_from(words)
    }
}

const EXIT: &str = "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 it could not run or could not read every file.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lint drafts; the same as without a command
    #[command(after_help = EXIT)]
    Check(Box<Check>),
    /// Print a rule's page: what it finds, why it matters, how treaties have solved it
    Explain {
        /// The rule's name, such as vague-term, or a hurdle of the essay, such as H7
        rule: String,
        /// Colours
        #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
        color: When,
    },
    /// List all rules
    Rules {
        /// Form of the list
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// Lay drafts out anew: declarations, annotations, white space, the names in brackets; the treaty's words stay
    #[command(after_help = FMT)]
    Fmt(Fmt),
    /// Print the configuration that holds here, and where it comes from
    Config {
        /// The directory or file that it would hold for
        #[arg(default_value = ".")]
        path: PathBuf,
        /// Print the JSON Schema of treatylint.toml
        #[arg(long)]
        schema: bool,
        /// List the classes of words that the table `words` may add to
        #[arg(long, conflicts_with = "schema")]
        words: bool,
    },
    /// Write a starter draft and a treatylint.toml, each only where there is none; of a text, a draft with a head that its words suggest
    Init {
        /// The folder to write to, or the text
        #[arg(default_value = ".")]
        path: PathBuf,
    },
    /// Print a completion script
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Serve an editor over standard input and output (Language Server Protocol)
    Lsp,
    /// Print what a draft compiles to
    Compile(Compile),
    /// Print for each party what it gives, gets, is free to do and lets be seen
    Ledger(Ledger),
    /// Print what is still open in a draft: each bracket, its alternatives, who wants them, what they change
    #[command(after_help = OPEN)]
    Brackets(Brackets),
}

const OPEN: &str = "Exit status: 0, or 1 with --fail-on open if a bracket is open; 2 it could not run.";

const FMT: &str = "Exit status: 0, or 1 with --check or --diff if a file would change; 2 it could not read or write every file.";

#[derive(Args, Debug)]
pub struct Fmt {
    /// Files, directories (all *.tdl below, .gitignore respected) or - for standard input; the current directory if there is none
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Change nothing; name the files that would change
    #[arg(long)]
    pub check: bool,
    /// Change nothing; show what would change
    #[arg(long, conflicts_with = "check")]
    pub diff: bool,
    /// Path that standard input is shown under
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<String>,
}

#[derive(Args, Debug)]
pub struct Ledger {
    /// The draft, or - for standard input
    pub draft: PathBuf,
    /// Form of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// For these parties alone (comma-separated short names)
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    pub parties: Vec<String>,
    /// Weigh nothing: count
    #[arg(long)]
    pub counts: bool,
    /// Write to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Brackets {
    /// The draft, or - for standard input
    pub draft: PathBuf,
    /// Form of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// Exit with status 1 if a bracket is open
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OpenFailOn::Never)]
    pub fail_on: OpenFailOn,
    /// Write to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OpenFailOn {
    /// A bracket is open
    Open,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ReportFormat {
    Text,
    Markdown,
    Json,
}

#[derive(Args, Debug)]
pub struct Check {
    /// Files, directories (all *.tdl below, .gitignore respected) or - for standard input; the current directory if there is none
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Form of the output: terminal, narrated, plain, short, json, jsonl, sarif, github, gitlab, junit, checkstyle or rdjson [default:
    /// terminal on a terminal, else plain]; FORM=FILE writes a further one to a file
    #[arg(long, value_name = "FORM[=FILE]", value_parser = form, value_delimiter = ',')]
    pub format: Vec<Form>,
    /// Path that standard input is shown under
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<String>,
    /// Also lint the files in directories that match
    #[arg(long, value_name = "GLOB", help_heading = "Files")]
    pub include: Vec<String>,
    /// Use so many threads [default: one a core]
    #[arg(long, value_name = "N", help_heading = "Files")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// Judge by these rules or families alone (comma-separated; all for every rule)
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub select: Vec<String>,
    /// Do not judge by these rules or families (comma-separated)
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub ignore: Vec<String>,
    /// Set a rule or family to off, advice, warning or error
    #[arg(long = "level", value_name = "RULE=LEVEL", value_parser = level, value_delimiter = ',', help_heading = "Rules")]
    pub levels: Vec<(String, Level)>,
    /// Who reads the findings
    #[arg(long, value_enum, help_heading = "Rules")]
    pub persona: Option<Persona>,
    /// Judge reciprocity for these parties alone (comma-separated short names)
    #[arg(long, value_name = "PARTY", value_delimiter = ',', help_heading = "Rules")]
    pub parties: Vec<String>,
    /// Confidence, from 0 to 1, that a means of verification has to reach
    #[arg(long, value_name = "SHARE", value_parser = share, help_heading = "Rules")]
    pub confidence: Option<f32>,
    /// Do not show findings below this [default: advice]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Findings")]
    pub min_severity: Option<Least>,
    /// Exit with status 1 from this on [default: warning]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Findings")]
    pub fail_on: Option<FailOn>,
    /// Exit with status 0 whatever is found
    #[arg(long, conflicts_with = "fail_on", help_heading = "Findings")]
    pub exit_zero: bool,
    /// Do not show findings that this file knows
    #[arg(long, value_name = "FILE", help_heading = "Findings")]
    pub baseline: Option<PathBuf>,
    /// Write a file that knows all findings of this run
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "since"], help_heading = "Findings")]
    pub write_baseline: Option<PathBuf>,
    /// Show what is new since a revision of git alone
    #[arg(long, value_name = "REVISION", help_heading = "Findings")]
    pub since: Option<String>,
    /// Apply the safe fixes, and show what is left
    #[arg(long, help_heading = "Fixes")]
    pub fix: bool,
    /// Apply the fixes too that change the treaty's words; with --fix or --diff
    #[arg(long, help_heading = "Fixes")]
    pub unsafe_fixes: bool,
    /// Show what --fix would change, and change nothing; status 1 if there is something
    #[arg(long, conflicts_with = "fix", help_heading = "Fixes")]
    pub diff: bool,
    /// Write an `@allow` with this reason under every clause where a finding stands
    #[arg(long, value_name = "REASON", conflicts_with = "diff", value_parser = reason, help_heading = "Fixes")]
    pub add_allow: Option<String>,
    /// Read this configuration [default: the nearest treatylint.toml, from the first path upwards]
    #[arg(long, value_name = "FILE", conflicts_with = "isolated", help_heading = "Files")]
    pub config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long, help_heading = "Files")]
    pub isolated: bool,
    /// Keep the reports of unchanged files here [default: .treatylint-cache beside treatylint.toml]
    #[arg(long, value_name = "FOLDER", conflicts_with = "no_cache", help_heading = "Files")]
    pub cache_dir: Option<PathBuf>,
    /// Neither read nor keep reports of unchanged files
    #[arg(long, help_heading = "Files")]
    pub no_cache: bool,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto, help_heading = "Output")]
    pub color: When,
    /// Print no summary
    #[arg(long, short, help_heading = "Output")]
    pub quiet: bool,
    /// Print how often each rule found something
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,
    /// Write to a file
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
}

impl Check {
    /// The command line with nothing on it.
    pub fn nothing_said() -> Self {
        Arguments::parse_from(["treatylint"]).check
    }
}

#[derive(Args, Debug)]
pub struct Compile {
    /// The draft, or - for standard input
    pub draft: PathBuf,
    /// What to compile to
    #[arg(long, value_enum, value_name = "FORM")]
    pub to: To,
    /// Write to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    /// Pictures
    Terminal,
    /// Sentences, for a screen reader
    Narrated,
    /// Text with excerpts
    Plain,
    /// One line a finding
    Short,
    /// One JSON object
    Json,
    /// One JSON object a line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit's XML
    Junit,
    /// Checkstyle's XML
    Checkstyle,
    /// Reviewdog's JSON
    Rdjson,
}

impl From<Format> for render::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Terminal => Self::Terminal,
            Format::Narrated => Self::Narrated,
            Format::Plain => Self::Plain,
            Format::Short => Self::Short,
            Format::Json => Self::Json,
            Format::Jsonl => Self::Jsonl,
            Format::Sarif => Self::Sarif,
            Format::Github => Self::GitHub,
            Format::Gitlab => Self::GitLab,
            Format::Junit => Self::JUnit,
            Format::Checkstyle => Self::Checkstyle,
            Format::Rdjson => Self::RdJson,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Persona {
    /// A legal adviser: hurdles, and faults of form that matter
    Default,
    /// Whoever polishes a draft: form and style too
    Pedantic,
    /// Whoever must miss nothing: also findings that the linter had to guess
    Auditor,
}

impl From<Persona> for treatylint::options::Persona {
    fn from(persona: Persona) -> Self {
        match persona {
            Persona::Default => Self::Adviser,
            Persona::Pedantic => Self::Pedantic,
            Persona::Auditor => Self::Auditor,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Least {
    Advice,
    Warning,
    Error,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Advice => Self::Advice,
            Least::Warning => Self::Warning,
            Least::Error => Self::Error,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Advice,
    Never,
}

impl FailOn {
    /// Whether a run fails whose worst finding is this.
    pub fn fails(self, worst: Option<Severity>) -> bool {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Advice => Severity::Advice,
            Self::Never => return false,
        };
        worst.is_some_and(|worst| worst >= least)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ListFormat {
    Text,
    Markdown,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum To {
    /// The treaty alone, word for word
    Text,
    /// The whole model
    Json,
}

/// A form of output, and the file that it goes to; the first without one goes to standard output.
#[derive(Clone, Debug)]
pub struct Form {
    pub format: Format,
    pub file: Option<PathBuf>,
}

fn form(text: &str) -> Result<Form, String> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(PathBuf::from(file))));
    if file.as_ref().is_some_and(|file| file.as_os_str().is_empty()) {
        return Err("expected a file behind `=`".to_owned());
    }
    let known = || Format::value_variants().iter().filter_map(|form| form.to_possible_value().map(|value| value.get_name().to_owned()));
    match Format::from_str(name, false) {
        Ok(format) => Ok(Form { format, file }),
        Err(_) => Err(format!("`{name}` is none of {}", known().collect::<Vec<_>>().join(", "))),
    }
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text {
        "" => Err("an exception needs its reason".to_owned()),
        _ if text.contains(['\n', '\r']) => Err("the reason stands on one line".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

fn level(text: &str) -> Result<(String, Level), String> {
    let (rule, level) = text.split_once('=').ok_or("expected RULE=LEVEL, such as vague-term=error")?;
    let level = match level {
        "off" => Level::Off,
        "advice" => Level::On(Severity::Advice),
        "warning" => Level::On(Severity::Warning),
        "error" => Level::On(Severity::Error),
        _ => return Err(format!("`{level}` is none of off, advice, warning, error")),
    };
    Ok((rule.to_owned(), level))
}

fn share(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "expected a number from 0 to 1".to_owned())
}
