//! What rules and the policy can be told: plain values with defaults. Whoever reads a command line or a file fills them.

use crate::diagnostic::{Code, Severity, Shown};

/// What a user may set a rule or a family to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Never shown.
    Off,
    /// Shown with this severity.
    On(Severity),
}

/// Who reads the findings, where nothing else is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Persona {
    /// A legal adviser: hurdles, and faults of form that matter.
    #[default]
    Adviser,
    /// Whoever polishes a draft: form and style too.
    Pedantic,
    /// Whoever must miss nothing: also what the linter had to guess.
    Auditor,
}

/// Everything a run can be told.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names of rules or families that alone are wanted; empty for the defaults; `all` for every rule.
    pub select: Vec<String>,
    /// Names of rules or families that are not wanted; wins over `select`.
    pub ignore: Vec<String>,
    /// Levels by rule or family; a rule's own entry wins over its family's, a later entry over an earlier one.
    pub levels: Vec<(String, Level)>,
    /// Who reads the findings.
    pub persona: Persona,
    /// Short names or names of the parties that the ledger and the verification are judged for; empty for all.
    pub parties: Vec<String>,
    /// Findings below this are not shown.
    pub min_severity: Severity,
    /// `low-confidence` speaks below this share, from 0 to 1.
    pub confidence: f32,
    /// `easy-withdrawal` speaks where the notice to leave is so many days or fewer.
    pub notice: u32,
    /// `skewed-ledger` speaks where one party gets so many times as much for what it gives as another; at least 1.
    pub skew: f32,
    /// How many readings of one sentence's brackets are tried at most.
    pub readings: usize,
    /// Words of a house by the class of the lexicon that they belong to, such as `("hedge", "budget permitting")`.
    pub words: Vec<(String, String)>,
    /// Phrases that are of no class, whatever words they hold.
    pub allowed: Vec<String>,
    /// Files whose declarations count in every draft, by their paths from the draft's folder.
    pub uses: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            select: Vec::new(),
            ignore: Vec::new(),
            levels: Vec::new(),
            persona: Persona::Adviser,
            parties: Vec::new(),
            min_severity: Severity::Advice,
            confidence: 0.9,
            notice: 92,
            skew: 2.0,
            readings: 64,
            words: Vec::new(),
            allowed: Vec::new(),
            uses: Vec::new(),
        }
    }
}

impl Options {
    /// The severity that findings of a code get, given the one they came with; `None` where they are not wanted.
    #[must_use]
    pub fn level(&self, code: &Code, severity: Severity) -> Option<Severity> {
        let names = |name: &String| name == code.name || name == code.family.word() || name == "all";
        if self.ignore.iter().any(names) || (!self.select.is_empty() && !self.select.iter().any(names)) {
            return None;
        }
        let asked = match code.shown {
            Shown::Default => true,
            Shown::Pedantic => self.persona == Persona::Pedantic || self.names(code),
            Shown::Asked => self.names(code),
        };
        if !asked {
            return None;
        }
        let own = self.levels.iter().rev().find(|(name, _)| name == code.name);
        let family = || self.levels.iter().rev().find(|(name, _)| name == code.family.word() || name == "all");
        let severity = match own.or_else(family) {
            Some((_, Level::Off)) => return None,
            Some((_, Level::On(severity))) => *severity,
            None => severity,
        };
        (severity >= self.min_severity).then_some(severity)
    }

    /// Whether a rule is asked for: it, its family or all are selected, or it has a level of its own.
    fn names(&self, code: &Code) -> bool {
        self.select.iter().any(|name| name == code.name || name == code.family.word() || name == "all")
            || self.levels.iter().any(|(name, _)| name == code.name)
    }
}
