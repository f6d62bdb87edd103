//! The proposals that the essay judges, each as an example: found in it is what Goldsmith 2011 finds, and nothing that it does not.
//!
//! One row a proposal. `wanted` is the row of the project's list of hurdles, `wrong` are hurdles that a reader of the essay would not see
//! in that proposal.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use treatylint::check;
use treatylint::diagnostic::{Diagnostic, Severity};
use treatylint::options::Options;

use treatylint::source::Source;

/// A proposal, the example that puts it into treaty words, and what has to come of it.
struct Proposal {
    file: &'static str,
    title: &'static str,
    /// The parties that it is judged for; all where there are none.
    parties: &'static [&'static str],
    wanted: &'static [&'static str],
    wrong: &'static [&'static str],
}

/// Hurdles that an option answers and no rule: `binding: no` and `--parties`. They have tests of their own below.
const BY_OPTION: [&str; 2] = ["H34", "H35"];

/// Examples that show something else than a proposal of the essay.
const OTHERS: [&str; 3] = ["bracketed-round.tdl", "listed-systems.tdl", "mutual-assistance.tdl"];

const PROPOSALS: [Proposal; 13] = [
    Proposal {
        file: "clarke-knake.tdl",
        title: "Clarke and Knake: no attacks on civilian targets; military ones and exploitation stay free",
        parties: &[],
        wanted: &["H6", "H7", "H8", "H14", "H15", "H17", "H24", "H28", "H30"],
        wrong: &["H2", "H3", "H5", "H16", "H33"],
    },
    Proposal {
        file: "banks.tdl",
        title: "its ban on attacks on banks",
        parties: &[],
        wanted: &["H7", "H15", "H19"],
        wrong: &["H1", "H5", "H10", "H12", "H16", "H22"],
    },
    Proposal {
        file: "compliance-staff.tdl",
        title: "its International Cyber Forensics and Compliance Staff",
        parties: &[],
        wanted: &["H23", "H28"],
        wrong: &["H5", "H6", "H7", "H17", "H19", "H33"],
    },
    Proposal {
        file: "cyber-exile.tdl",
        title: "Hayden: States answer, and are cut off",
        parties: &[],
        wanted: &["H21", "H22", "H23"],
        wrong: &["H1", "H5", "H6", "H16", "H30", "H33"],
    },
    Proposal {
        file: "answer-for-territory.tdl",
        title: "Lewis: a State answers for cyber actions from its territory",
        parties: &[],
        wanted: &["H18", "H21", "H22", "H23"],
        wrong: &["H2", "H8", "H16", "H28", "H33"],
    },
    Proposal {
        file: "cybercrime-cooperation.tdl",
        title: "the Cybercrime Convention, Art. 27(4) above all",
        parties: &[],
        wanted: &["H1", "H2", "H3", "H4"],
        wrong: &["H7", "H14", "H17", "H24", "H28", "H30"],
    },
    Proposal {
        file: "information-security.tdl",
        title: "the Shanghai Cooperation Organization on information security",
        parties: &[],
        wanted: &["H5", "H10"],
        wrong: &["H3", "H7", "H19", "H21", "H28"],
    },
    Proposal {
        file: "arms-limitation.tdl",
        title: "Russia: limits on the arms of cyberwar",
        parties: &[],
        wanted: &["H10", "H12", "H30"],
        wrong: &["H3", "H7", "H21", "H22", "H33"],
    },
    Proposal {
        file: "hostile-activity.tdl",
        title: "no \"hostile activity\", and down to a \"reasonable level\"",
        parties: &[],
        wanted: &["H10", "H11"],
        wrong: &["H3", "H8", "H15", "H21", "H28", "H30"],
    },
    Proposal {
        file: "consequences.tdl",
        title: "Clinton: consequences and international condemnation",
        parties: &[],
        wanted: &["H16", "H17"],
        wrong: &["H3", "H14", "H21", "H28", "H31"],
    },
    Proposal {
        file: "confidence-building.tdl",
        title: "Lewis: confidence-building and transparency",
        parties: &[],
        wanted: &["H33", "H34"],
        wrong: &["H3", "H7", "H17", "H28", "H30"],
    },
    Proposal {
        file: "cooperative-monitoring.tdl",
        title: "Lynn: cooperative monitoring, among the allies alone",
        parties: &["ATL", "BOR"],
        wanted: &["H23", "H35"],
        wrong: &["H6", "H7", "H9", "H17", "H24"],
    },
    Proposal {
        file: "schedules-and-inspection.tdl",
        title: "the comparison: schedules, declared places, inspection",
        parties: &[],
        wanted: &[],
        wrong: &["H10", "H11", "H12", "H13", "H14", "H24", "H28", "H30"],
    },
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn found_in(name: &str, text: &str, parties: &[&str]) -> Vec<Diagnostic> {
    let options = Options { parties: parties.iter().map(|party| (*party).to_owned()).collect(), ..Options::default() };
    check(Source::new(name, text.as_bytes().to_vec()), &|path| fs::read(folder().join(path)).map_err(|error| error.to_string()), &options)
        .diagnostics
}

fn text(file: &str) -> String {
    fs::read_to_string(folder().join(file)).unwrap_or_else(|error| panic!("examples/{file}: {error}"))
}

fn findings(file: &str, parties: &[&str]) -> Vec<Diagnostic> {
    found_in(file, &text(file), parties)
}

/// The hurdles of the rules that spoke.
fn hurdles(found: &[Diagnostic]) -> BTreeSet<&'static str> {
    found.iter().flat_map(|found| found.code.hurdles.iter().copied()).collect()
}

/// The rules that brought a hurdle, and where: for the message of a test that fails.
fn brought(found: &[Diagnostic], hurdle: &str) -> Vec<String> {
    found
        .iter()
        .filter(|found| found.code.hurdles.contains(&hurdle))
        .map(|found| format!("{} in {}", found.code.name, found.locator))
        .collect()
}

#[test]
fn each_proposal_lints_to_what_the_essay_says_of_it() {
    let mut faults = Vec::new();
    for proposal in &PROPOSALS {
        let found = findings(proposal.file, proposal.parties);
        let hurdles = hurdles(&found);
        for wanted in proposal.wanted.iter().filter(|wanted| !BY_OPTION.contains(wanted)) {
            if !hurdles.contains(wanted) {
                faults.push(format!("{} ({}): {wanted} is missing", proposal.file, proposal.title));
            }
        }
        for wrong in proposal.wrong {
            if hurdles.contains(wrong) {
                faults.push(format!("{} ({}): {wrong} is wrong: {:?}", proposal.file, proposal.title, brought(&found, wrong)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_example_of_a_proposal_has_its_row() {
    for proposal in &PROPOSALS {
        assert!(folder().join(proposal.file).is_file(), "examples/{} is not there", proposal.file);
        let rows = PROPOSALS.iter().filter(|other| other.file == proposal.file).count();
        assert!(rows == 1, "{} has {rows} rows", proposal.file);
        assert!(text(proposal.file).contains("Goldsmith 2011, "), "{} does not say where the essay speaks of it", proposal.file);
    }
    for path in fs::read_dir(folder()).unwrap().filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "tdl") && !OTHERS.contains(&name.as_str()) {
            assert!(PROPOSALS.iter().any(|proposal| proposal.file == name), "{name} has no row in PROPOSALS");
        }
    }
}

/// H34: a text that does not bind has the same findings, and all of them are advice.
#[test]
fn a_soft_text_gets_the_same_findings_as_advice() {
    let soft = text("confidence-building.tdl");
    let hard = soft.replace("  binding: no\n", "").replace(" will ", " shall ");
    let soft = found_in("soft.tdl", &soft, &[]);
    let hard = found_in("hard.tdl", &hard, &[]);
    assert!(!soft.is_empty());
    for found in &soft {
        assert!(found.severity == Severity::Advice, "{} in {} is no advice", found.code.name, found.locator);
        assert!(
            hard.iter().any(|other| other.code.name == found.code.name && other.locator == found.locator),
            "{} in {} comes in the soft text alone",
            found.code.name,
            found.locator
        );
    }
    assert!(hard.iter().any(|found| found.severity > Severity::Advice));
}

/// H35: among the like-minded nobody goes empty-handed; with a stranger among them somebody does. What it costs at home stays.
#[test]
fn a_deal_among_allies_drops_the_clash_of_interests_and_keeps_the_concession() {
    let allies = hurdles(&findings("cooperative-monitoring.tdl", &["ATL", "BOR"]));
    let all = hurdles(&findings("cooperative-monitoring.tdl", &[]));
    assert!(all.contains("H6") && !allies.contains("H6"), "all: {all:?}; allies: {allies:?}");
    assert!(all.contains("H23") && allies.contains("H23"), "all: {all:?}; allies: {allies:?}");
}

/// The comparison is clean because it is well made, and not because nobody looks: without its inspections it is not.
#[test]
fn schedules_without_inspection_are_not_clean() {
    let whole = text("schedules-and-inspection.tdl");
    let cut = |text: &str, from: &str, to: &str| {
        let start = text.find(from).unwrap_or_else(|| panic!("no `{from}`"));
        let end = start + text[start..].find(to).unwrap_or_else(|| panic!("no `{to}`"));
        format!("{}{}", &text[..start], &text[end..])
    };
    let bare = cut(&whole, "mechanism: inspection", "Convention on Medical Cyber Weapons\n\nThe Parties");
    let bare = cut(&bare, "Article IV\nInspection", "Article V\nBreach").replace("   @verified by: inspection\n", "");
    let found = found_in("bare.tdl", &bare, &[]);
    assert!(hurdles(&found).contains("H24"), "{:?}", found.iter().map(|found| found.code.name).collect::<Vec<_>>());
}
