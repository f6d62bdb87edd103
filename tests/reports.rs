//! The ledger and the list of what is open: what they say of small drafts and of the examples, their schemas, and how the commands end.

use serde_json::Value;
use std::path::Path;
use std::process::Command;
use treatylint::check::ask;
use treatylint::options::Options;
use treatylint::reports::{brackets, ledger};
use treatylint::source::Source;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn ledger_of(text: &str, parties: &[&str]) -> ledger::Report {
    let options = Options { parties: parties.iter().map(|party| (*party).to_owned()).collect(), ..Options::default() };
    let source = Source::new("draft.tdl", text.as_bytes().to_vec());
    ask(&source, &|_| Err(String::new()), &options, |facts| ledger::report(facts, "draft.tdl", false))
}

fn brackets_of(text: &str) -> brackets::Report {
    let source = Source::new("draft.tdl", text.as_bytes().to_vec());
    ask(&source, &|_| Err(String::new()), &Options::default(), |facts| brackets::report(facts, "draft.tdl"))
}

const DRAFT: &str = "\
treaty \"Treaty on Banks\"

party ATL: Atlantis
party BOR: Boreas
party CAL: Caldera

profile ATL
  abstains from: cyber attack
  depends on: banks (much)
  source: White Paper, 2025
profile BOR
  practises: cyber attack
  depends on: banks (little)

Article 1

1. No Party shall conduct a cyber attack against banks.
2. Boreas shall, as appropriate, notify Atlantis of its exercises.
   @in return for: Article 2
3. Atlantis may inspect the banks of Boreas.

Article 2

Atlantis shall open its exchange to Boreas.
";

/// Clauses and worth of some lines.
fn lines(lines: &[ledger::Line]) -> Vec<(&str, &str)> {
    lines.iter().map(|line| (line.clause.as_str(), line.worth.as_str())).collect()
}

#[test]
fn the_ledger_says_who_gives_and_who_gets() {
    let report = ledger_of(DRAFT, &[]);
    assert!(!report.formal);
    let [atl, bor, cal] = report.parties.as_slice() else { panic!("{:?}", report.parties) };
    assert_eq!(lines(&atl.gives), [("Article 1(1)", "illusory"), ("Article 2", "unknown")]);
    assert_eq!(atl.gives[0].source.as_deref(), Some("White Paper, 2025"));
    assert!(lines(&atl.gets).contains(&("Article 1(1)", "real")));
    assert_eq!(lines(&atl.free), [("Article 1(3)", "unknown")]);
    assert_eq!(lines(&bor.gives), [("Article 1(1)", "real"), ("Article 1(2)", "unknown")]);
    assert!(bor.gives[1].hedged && !bor.gives[0].hedged);
    assert!(bor.bargains.iter().any(|deal| deal.clause == "Article 1(2)" && deal.holds));
    assert_eq!(lines(&cal.gives), [("Article 1(1)", "unknown")]);
    // Real 1, unknown 0.5, softened a half of that.
    assert!((bor.giving - 1.25).abs() < 1e-6, "{}", bor.giving);
    assert!((bor.balance - (bor.getting - bor.giving)).abs() < 1e-6);
}

#[test]
fn a_narrow_deal_has_a_ledger_of_its_own() {
    let report = ledger_of(DRAFT, &["ATL", "CAL"]);
    let names: Vec<&str> = report.parties.iter().map(|page| page.id.as_str()).collect();
    assert_eq!(names, ["ATL", "CAL"]);
    // What Boreas would owe alone is nothing that Caldera gets.
    assert!(report.parties[1].gets.iter().all(|line| line.clause != "Article 1(2)"));
}

#[test]
fn without_profiles_the_ledger_is_formal_and_says_so() {
    let report = ledger_of("treaty \"T\"\n\nparty ATL: Atlantis\nparty BOR: Boreas\n\nArticle 1\n\nNo Party shall spy.\n", &[]);
    assert!(report.formal);
    let text = ledger::show(&report, treatylint::reports::Form::Text);
    assert!(text.contains("formal ledger"), "{text}");
    assert!(ledger::show(&report, treatylint::reports::Form::Markdown).contains("| Atlantis |"));
}

#[test]
fn brackets_say_who_wants_what_and_what_it_changes() {
    let report = brackets_of(
        "treaty \"T\"\n\nparty ATL: Atlantis\nparty BOR: Boreas\n\nArticle 1\n\n1. Each Party [ATL: shall / BOR: should] notify the others \
         [within 24 hours][promptly].\n2. Each Party shall tell the cause [ATL propose; BOR oppose: , as appropriate].\n\nArticle 2\n\nThe seat is [X].\n",
    );
    assert_eq!(report.open, 4);
    let by_clause: Vec<(&str, &str)> = report.brackets.iter().map(|open| (open.clause.as_str(), open.kind.as_str())).collect();
    assert_eq!(
        by_clause,
        [("Article 1(1)", "alternatives"), ("Article 1(1)", "alternatives"), ("Article 1(2)", "contested"), ("Article 2", "blank")]
    );
    let [first, second, third, _] = report.brackets.as_slice() else { panic!() };
    assert_eq!(first.alternatives[1].proposed_by, ["BOR"]);
    assert_eq!(first.alternatives[1].brings, ["hortatory-operative"]);
    assert_eq!(second.alternatives[1].brings, ["vague-time"]);
    assert_eq!(third.alternatives[0].opposed_by, ["BOR"]);
    assert_eq!(third.alternatives[1].takes_away, ["hedged-obligation"]);
    let counts: Vec<(&str, usize)> = report.articles.iter().map(|count| (count.article.as_str(), count.open)).collect();
    assert_eq!(counts, [("Article 1", 3), ("Article 2", 1)]);
    assert!(report.parties.iter().any(|sides| sides.party == "BOR" && (sides.proposes, sides.opposes) == (1, 1)));
}

/// A thousand brackets take no more than the text does.
#[test]
fn the_negotiating_drafts_beside_the_project_can_be_listed() {
    for name in ["paris-23-oct-2015", "paris-4-dec-2015"] {
        let path = root().join(format!("../shared/corpus/drafts/{name}.txt"));
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("skipped: {name} is not here");
            continue;
        };
        let report = brackets_of(&text);
        assert!(report.open > 500, "{name}: {}", report.open);
        assert_eq!(report.open, report.articles.iter().map(|count| count.open).sum::<usize>());
        assert!(report.brackets.iter().any(|open| open.alternatives.iter().any(|alternative| !alternative.brings.is_empty())));
    }
}

fn schema<T: schemars::JsonSchema>() -> Value {
    schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().into()
}

#[test]
fn the_schemas_are_those_of_the_types_and_hold() {
    let ledger = (schema::<ledger::Report>(), "schema/ledger-1.json", serde_json::json!(ledger_of(DRAFT, &[])));
    let open =
        (schema::<brackets::Report>(), "schema/brackets-1.json", serde_json::json!(brackets_of("treaty \"T\"\n\nArticle 1\n\n[A][B]\n")));
    for (schema, path, report) in [ledger, open] {
        let text = format!("{schema:#}\n");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(root().join(path), &text).unwrap();
        }
        assert!(std::fs::read_to_string(root().join(path)).unwrap_or_default() == text, "{path} differs; UPDATE=1 cargo test rewrites it");
        jsonschema::validator_for(&schema).unwrap().validate(&report).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

fn program(arguments: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_treatylint")).current_dir(root()).args(arguments).output().unwrap();
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (out.status.code().unwrap(), words(&out.stdout), words(&out.stderr))
}

#[test]
fn the_commands_end_as_they_say() {
    let (status, text, _) = program(&["brackets", "examples/bracketed-round.tdl", "--fail-on", "open"]);
    assert!(status == 1 && text.contains(" open in "), "{status} {text}");
    assert_eq!(program(&["brackets", "examples/hostile-activity.tdl", "--fail-on", "open"]).0, 0);
    let (status, text, _) = program(&["ledger", "examples/clarke-knake.tdl", "--counts"]);
    assert!(status == 0 && text.contains("counts alone"), "{text}");
    let (status, _, complaint) = program(&["ledger", "examples/clarke-knake.tdl", "--parties", "XYZ"]);
    assert!(status == 2 && complaint.contains("no party `XYZ`"), "{status} {complaint}");
    let (status, _, complaint) = program(&["ledger", "no-such-file.tdl"]);
    assert!(status == 2 && complaint.contains("no-such-file.tdl"), "{complaint}");
    let (status, page, _) = program(&["explain", "h7"]);
    assert!(status == 0 && page.contains("asymmetric-burden"), "{page}");
}
