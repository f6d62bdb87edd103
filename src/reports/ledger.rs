//! `treatylint ledger`: for each party what it gives, gets, is free to do and lets be seen, and the balance.

use super::Form;
use crate::analysis::Facts;
use crate::analysis::ledger::{Account, Entry, Ledger, Weights, Worth};
use crate::model::Treaty;
use crate::model::norm::Mode;
use serde::Serialize;
use std::fmt::Write as _;

/// The version of the JSON form.
pub const VERSION: u32 = 1;

/// The ledger as it is shown.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Report {
    /// Version of this form.
    pub version: u32,
    /// The file.
    pub path: String,
    /// Whether words alone were counted, for want of profiles.
    pub formal: bool,
    /// What an entry of each worth weighs; absent where counts alone were asked for.
    pub weights: Option<Shown>,
    /// One page a party.
    pub parties: Vec<Page>,
}

/// The weights in use.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Shown {
    /// What a party practises, or depends on much.
    pub real: f32,
    /// What no profile tells of.
    pub unknown: f32,
    /// What costs or brings nothing.
    pub illusory: f32,
    /// A softened duty, of a firm one.
    pub hedged: f32,
}

/// The page of one party.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Page {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it owes.
    pub gives: Vec<Line>,
    /// What others owe that guards it.
    pub gets: Vec<Line>,
    /// Permissions and carve-outs that it can use.
    pub free: Vec<Line>,
    /// Verification that looks at it.
    pub hosts: Vec<Line>,
    /// Bargains of its clauses.
    pub bargains: Vec<Deal>,
    /// Weight of what it gives.
    pub giving: f32,
    /// Weight of what it gets.
    pub getting: f32,
    /// The second less the first.
    pub balance: f32,
}

/// One line.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Line {
    /// Where the clause stands.
    pub clause: String,
    /// Its words.
    pub words: String,
    /// `real`, `illusory` or `unknown`.
    pub worth: String,
    /// Whether a softener stands on it.
    pub hedged: bool,
    /// Where the fact comes from that tells its worth, if the profile says so.
    pub source: Option<String>,
}

/// One bargain.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Deal {
    /// The clause that is given.
    pub clause: String,
    /// What it is given for, as written.
    pub returned: String,
    /// Whether that binds somebody else.
    pub holds: bool,
}

/// Draws the report up; `counts` leaves the weights out.
#[must_use]
pub fn report(facts: &Facts<'_, '_>, path: &str, counts: bool) -> Report {
    let treaty = facts.treaty;
    let ledger = Ledger::new(facts);
    let weights = if counts { Weights::COUNTS } else { Weights::DEFAULT };
    let parties = ledger.accounts.iter().map(|account| page(treaty, account, &weights)).collect();
    let shown =
        (!counts).then_some(Shown { real: weights.real, unknown: weights.unknown, illusory: weights.illusory, hedged: weights.hedged });
    Report { version: VERSION, path: path.to_owned(), formal: !ledger.has_profiles, weights: shown, parties }
}

fn page(treaty: &Treaty<'_>, account: &Account, weights: &Weights) -> Page {
    let party = &treaty.declared.parties[account.party.index()];
    let lines = |entries: &[Entry]| entries.iter().map(|entry| line(treaty, entry)).collect();
    let (giving, getting, balance) = account.balance(weights);
    Page {
        id: party.id.clone(),
        name: if party.name.is_empty() { party.id.clone() } else { party.name.clone() },
        gives: lines(&account.gives),
        gets: lines(&account.gets),
        free: lines(&account.free),
        hosts: lines(&account.hosts),
        bargains: account
            .bargains
            .iter()
            .map(|bargain| Deal { clause: treaty.locator(bargain.unit), returned: bargain.returned.clone(), holds: bargain.holds })
            .collect(),
        giving,
        getting,
        balance,
    }
}

fn line(treaty: &Treaty<'_>, entry: &Entry) -> Line {
    let told = entry.worth != Worth::Unknown;
    let source = entry.profile.filter(|_| told).and_then(|index| treaty.declared.profiles[index].source.clone());
    let ban = treaty.norms_of(entry.unit).iter().any(|norm| norm.mode == Mode::Prohibition && norm.act(treaty) == entry.words);
    let words = treaty.quote(entry.words);
    let words = if ban { format!("not {}", words.trim_start_matches("to ")) } else { words };
    Line { clause: treaty.locator(entry.unit), words, worth: entry.worth.word().to_owned(), hedged: entry.hedged, source }
}

/// The report in a form.
#[must_use]
pub fn show(report: &Report, form: Form) -> String {
    match form {
        Form::Text => text(report),
        Form::Markdown => markdown(report),
        Form::Json => format!("{:#}\n", serde_json::json!(report)),
    }
}

/// The headings of a page with their lines.
fn parts(page: &Page) -> [(&'static str, &[Line]); 4] {
    [("gives", &page.gives), ("gets", &page.gets), ("is free to", &page.free), ("lets be seen", &page.hosts)]
}

fn remark(line: &Line) -> String {
    let mut words = Vec::new();
    if line.worth != "unknown" {
        words.push(line.worth.clone());
    }
    if line.hedged {
        words.push("softened".to_owned());
    }
    if let Some(source) = &line.source {
        words.push(source.clone());
    }
    words.join("; ")
}

fn head(report: &Report) -> Vec<String> {
    let mut head = Vec::new();
    if report.parties.is_empty() {
        head.push("no party is declared: add `party ID: Name` above the text".to_owned());
    } else if report.formal {
        head.push("no profiles are declared: this is the formal ledger, of words alone".to_owned());
    }
    match &report.weights {
        Some(weights) => head.push(format!(
            "weights: real {}, unknown {}, illusory {}; a softened line counts {} of it",
            weights.real, weights.unknown, weights.illusory, weights.hedged
        )),
        None => head.push("counts alone: every line is one".to_owned()),
    }
    head
}

fn text(report: &Report) -> String {
    let mut out = String::new();
    for line in head(report) {
        let _ = writeln!(out, "{line}");
    }
    for page in &report.parties {
        let _ = writeln!(out, "\n{} ({})", page.name, page.id);
        for (title, lines) in parts(page).into_iter().filter(|(_, lines)| !lines.is_empty()) {
            let _ = writeln!(out, "  {title}");
            for line in lines {
                let remark = remark(line);
                let remark = if remark.is_empty() { remark } else { format!("  [{remark}]") };
                let _ = writeln!(out, "    {}: {}{remark}", line.clause, line.words);
            }
        }
        for deal in &page.bargains {
            let holds = if deal.holds { "holds" } else { "does not bind the other side" };
            let _ = writeln!(out, "  bargain\n    {} in return for {}: {holds}", deal.clause, deal.returned);
        }
        let _ = writeln!(out, "  balance: gives {:.1}, gets {:.1}: {:+.1}", page.giving, page.getting, page.balance);
    }
    out
}

fn markdown(report: &Report) -> String {
    let mut out = format!("# Ledger of {}\n", report.path);
    for line in head(report) {
        let _ = writeln!(out, "\n{line}");
    }
    let _ = writeln!(out, "\n| party | gives | gets | balance |\n|---|--:|--:|--:|");
    for page in &report.parties {
        let _ = writeln!(out, "| {} | {:.1} | {:.1} | {:+.1} |", cell(&page.name), page.giving, page.getting, page.balance);
    }
    for page in &report.parties {
        let _ = writeln!(out, "\n## {}\n\n| | clause | words | worth |\n|---|---|---|---|", page.name);
        for (title, lines) in parts(page) {
            for line in lines {
                let _ = writeln!(out, "| {title} | {} | {} | {} |", cell(&line.clause), cell(&line.words), cell(&remark(line)));
            }
        }
        for deal in &page.bargains {
            let holds = if deal.holds { "holds" } else { "does not bind the other side" };
            let _ = writeln!(out, "| bargain | {} | in return for {} | {holds} |", cell(&deal.clause), cell(&deal.returned));
        }
    }
    out
}

/// Text that may stand in a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
