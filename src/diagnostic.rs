//! What the linter has to say, free of any renderer: a code, a message, labels on the words, notes, help and fixes.
//!
//! This layer knows sources and spans. It knows no rule, no colour and no format.

use crate::source::{FileId, Source, Sources, Span};
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Form and style.
    Advice,
    /// A hurdle.
    Warning,
    /// The text is broken.
    Error,
}

impl Severity {
    /// The word for it in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The part of the roadmap that a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// The file could not be read as written.
    Language,
    /// Words that every State reads its own way (Goldsmith 2011, Parts II and III).
    Vagueness,
    /// Who sees compliance, how surely and when (Part V).
    Verification,
    /// Spying and attack that cannot be told apart (Parts III and V).
    EspionageAttack,
    /// Who gives and who gets (Parts III and IV).
    Reciprocity,
    /// Ways out of a duty (Part II).
    Escape,
    /// What a State answers for (Part IV).
    Responsibility,
    /// Whether the promise holds (Part V).
    Stability,
    /// Numbers, references and the shape of the text.
    Form,
}

impl Family {
    /// All families, in the order of the roadmap.
    pub const ALL: [Self; 9] = [
        Self::Language,
        Self::Vagueness,
        Self::Verification,
        Self::EspionageAttack,
        Self::Reciprocity,
        Self::Escape,
        Self::Responsibility,
        Self::Stability,
        Self::Form,
    ];

    /// The word for it in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Vagueness => "vagueness",
            Self::Verification => "verification",
            Self::EspionageAttack => "espionage-attack",
            Self::Reciprocity => "reciprocity",
            Self::Escape => "escape",
            Self::Responsibility => "responsibility",
            Self::Stability => "stability",
            Self::Form => "form",
        }
    }
}

/// For whom a rule is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// For everybody.
    Default,
    /// For `--persona pedantic`: form and style that most readers pass over.
    Pedantic,
    /// For whoever asks for it by name: a report rather than a fault.
    Asked,
}

impl Shown {
    /// The word for it in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Pedantic => "pedantic",
            Self::Asked => "asked",
        }
    }
}

/// A kind of finding: one static value beside the rule that makes it.
#[derive(Debug)]
pub struct Code {
    /// Kebab-case; names the fault and reads as "allow vague-term".
    pub name: &'static str,
    /// One line, no full stop.
    pub summary: &'static str,
    /// Where on the roadmap it stands.
    pub family: Family,
    /// Severity where nothing else is said.
    pub severity: Severity,
    /// Whether it is shown where nobody asks for it.
    pub shown: Shown,
    /// The claims of the essay that it speaks to, such as `H10`.
    pub hurdles: &'static [&'static str],
    /// The release that brought it.
    pub since: &'static str,
    /// Its page, in Markdown: what it does, why it matters, how treaties have solved it, examples.
    pub page: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

/// Words in the text, and what is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The file; most findings stay in one.
    pub file: FileId,
    /// The words.
    pub span: Span,
    /// What is *there*, in words that make sense without seeing the underline. May be empty for the primary label.
    pub message: String,
}

/// Whether a fix may be applied unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Touches declarations, annotations, comments and escapes alone.
    Safe,
    /// Changes a word or a mark of the treaty.
    Unsafe,
}

/// One replacement of bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The file.
    pub file: FileId,
    /// What is replaced; empty to insert.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A way to mend the text by edits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as an imperative.
    pub title: String,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// Edits that do not overlap.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind it is.
    pub code: &'static Code,
    /// How much it matters in this run.
    pub severity: Severity,
    /// Stands alone: what is wrong, one clause, no full stop.
    pub message: String,
    /// Where in the treaty: `Article 2(1)(b)`.
    pub locator: String,
    /// The primary label first; never empty.
    pub labels: Vec<Label>,
    /// Why it matters here.
    pub notes: Vec<String>,
    /// What to do, with this clause's words.
    pub help: Option<String>,
    /// Edits that mend it.
    pub fixes: Vec<Fix>,
    /// Findings that share this key stand on one clause and share a box.
    pub clause: Option<String>,
    /// The reading of the brackets that brings the finding, where not all do.
    pub reading: Option<String>,
    /// Whether the linter had to guess.
    pub uncertain: bool,
    /// The sentence that it hangs on, if it hangs on one.
    pub(crate) origin: Option<Origin>,
}

/// The sentence that a finding hangs on, by number, and the reading of it that brought the finding (0 is the base).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The sentence in the base reading.
    pub sentence: u32,
    /// The reading.
    pub reading: u32,
}

impl Diagnostic {
    /// A finding on `span`, with the code's own severity and nothing else yet.
    #[must_use]
    pub fn new(code: &'static Code, file: FileId, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            locator: String::new(),
            labels: vec![Label { file, span, message: String::new() }],
            notes: Vec::new(),
            help: None,
            fixes: Vec::new(),
            clause: None,
            reading: None,
            uncertain: false,
            origin: None,
        }
    }

    /// The primary label: the words that the finding is about.
    #[must_use]
    pub fn primary(&self) -> &Label {
        &self.labels[0]
    }

    /// Says on the primary label what is there.
    #[must_use]
    pub fn here(mut self, message: impl Into<String>) -> Self {
        self.labels[0].message = message.into();
        self
    }

    /// Adds a label in the primary label's file.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        let file = self.labels[0].file;
        self.labels.push(Label { file, span, message: message.into() });
        self
    }

    /// Adds a label in another file.
    #[must_use]
    pub fn label_in(mut self, file: FileId, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { file, span, message: message.into() });
        self
    }

    /// Adds a label where there is a span for it.
    #[must_use]
    pub fn label_if(self, span: Option<Span>, message: impl FnOnce() -> String) -> Self {
        match span {
            Some(span) => self.label(span, message()),
            None => self,
        }
    }

    /// Says where in the treaty it is.
    #[must_use]
    pub fn locator(mut self, locator: impl Into<String>) -> Self {
        self.locator = locator.into();
        self
    }

    /// Adds a note: why it matters here.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets another severity than the code's own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Adds a fix of one edit in the primary label's file.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, applicability: Applicability, span: Span, text: impl Into<String>) -> Self {
        let file = self.labels[0].file;
        self.fixes.push(Fix { title: title.into(), applicability, edits: vec![Edit { file, span, text: text.into() }] });
        self
    }
}

/// What a run gathers.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Takes a finding in.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What was gathered, in the order of gathering.
    #[must_use]
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.list
    }
}

/// What could not be judged for want of declared facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NotJudged {
    /// The family whose rules had to stay silent.
    pub family: Family,
    /// What a declaration would have to say, in a few words.
    pub needs: String,
    /// On how many clauses.
    pub count: usize,
}

/// A finding that is not shown.
#[derive(Clone, Debug)]
pub struct Hidden {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// The reason in its `@allow`; none where a baseline or a revision knows it.
    pub reason: Option<String>,
}

/// The findings on one file, ready to show: sorted, levels set, allowed ones taken out.
#[derive(Debug)]
pub struct Report {
    /// The file itself (always [`FileId`] 0) and the files that it uses.
    pub sources: Sources,
    /// Sorted by position, then code.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings an `@allow` took out.
    pub allowed: usize,
    /// What was found and is not shown, for forms that keep book of it.
    pub hidden: Vec<Hidden>,
    /// Whether findings were compared with those of a baseline or a revision.
    pub compared: bool,
    /// How many clauses have a finding; declarations and the treaty as a whole are none.
    pub clauses: usize,
    /// What the run had to leave open.
    pub not_judged: Vec<NotJudged>,
}

impl Report {
    /// The file that was linted.
    #[must_use]
    pub fn source(&self) -> &Source {
        self.sources.get(FileId(0))
    }
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Problem {
    /// The path as given.
    pub path: String,
    /// What went wrong.
    pub message: String,
}
