//! The verdicts on well-known treaties that every specialist would give, on the texts that lie beside the project; where they are missing
//! the test says so and passes.

use std::path::{Path, PathBuf};
use treatylint::check;
use treatylint::diagnostic::Diagnostic;
use treatylint::options::Options;
use treatylint::source::Source;

struct Verdict {
    /// Path below `../shared`.
    text: &'static str,
    /// What is said of it.
    says: &'static str,
    /// Rules that must speak, each with the beginning of the locator.
    speaks: &'static [(&'static str, &'static str)],
    /// Rules that must be silent, each with the beginning of the locator; an empty one is everywhere.
    silent: &'static [(&'static str, &'static str)],
}

const VERDICTS: &[Verdict] = &[
    Verdict {
        text: "gold/biological-weapons.tdl",
        says: "the Biological Weapons Convention has no verification",
        speaks: &[
            ("unverified-obligation", "Article I"),
            ("unverified-obligation", "Article III"),
            ("undisclosable-evidence", "Article VI"),
        ],
        silent: &[("no-consequence", ""), ("self-reporting", "")],
    },
    Verdict {
        text: "gold/environmental-modification.tdl",
        says: "ENMOD's \"widespread, long-lasting or severe\" is a bare severity test",
        speaks: &[("severity-without-threshold", "Article I"), ("unverified-obligation", "Article I")],
        silent: &[("unquantified-limit", "")],
    },
    Verdict {
        text: "gold/chemical-weapons.tdl",
        says: "the Chemical Weapons Convention is defined and inspected",
        speaks: &[],
        silent: &[
            ("unverified-obligation", ""),
            ("no-consequence", ""),
            ("half-defined-ban", ""),
            ("self-reporting", ""),
            ("unquantified-limit", ""),
        ],
    },
    Verdict {
        text: "corpus/arms-control/cwc-1993.txt",
        says: "the Chemical Weapons Convention, whole, is defined and inspected",
        speaks: &[],
        silent: &[("unverified-obligation", "Article I"), ("no-consequence", ""), ("half-defined-ban", ""), ("frozen-schedule", "")],
    },
    Verdict {
        text: "gold/cybercrime-convention.tdl",
        says: "Article 27(4) of the Cybercrime Convention is the escape clause, and nothing follows a breach",
        speaks: &[
            ("essential-interests-escape", "Article 27(4)(b)"),
            ("unlimited-reservations", "Article 42"),
            ("no-consequence", "Article 45"),
        ],
        silent: &[("unverified-obligation", "")],
    },
    Verdict {
        text: "corpus/arms-control/ottawa-mine-ban-1997.txt",
        says: "the Mine Ban Convention bars reservations and lets nobody leave in war",
        speaks: &[("intrusive-verification", "Article 8")],
        silent: &[("unlimited-reservations", ""), ("easy-withdrawal", ""), ("half-defined-ban", "")],
    },
];

fn shared(text: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(text)
}

/// A text as it stands, with the one line on top that makes it a draft.
fn findings(path: &Path) -> Vec<Diagnostic> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = if text.starts_with("treaty ") { text } else { format!("treaty \"Text\"\n{text}") };
    check(Source::new("text.tdl", text.into_bytes()), &|_| Err(String::new()), &Options::default()).diagnostics
}

fn at(found: &Diagnostic, (rule, place): &(&str, &str)) -> bool {
    let rest = found.locator.strip_prefix(place);
    found.code.name == *rule && rest.is_some_and(|rest| place.is_empty() || rest.is_empty() || rest.starts_with(['(', ',', ' ']))
}

#[test]
fn well_known_verdicts_come_out() {
    let mut wrong = String::new();
    for verdict in VERDICTS {
        let path = shared(verdict.text);
        if !path.is_file() {
            println!("skipped, the text is not here: {}", verdict.says);
            continue;
        }
        let found = findings(&path);
        for wanted in verdict.speaks.iter().filter(|wanted| !found.iter().any(|found| at(found, wanted))) {
            wrong += &format!("{}: {wanted:?} was not found\n", verdict.says);
        }
        for unwanted in verdict.silent {
            for found in found.iter().filter(|found| at(found, unwanted)) {
                wrong += &format!("{}: {} was found in {}: {}\n", verdict.says, unwanted.0, found.locator, found.message);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Those that no text lies beside the project for, in the words that matter: two classes of States, a means that is renounced with nobody to
/// see to it, a treaty that is counted and inspected.
#[test]
fn verdicts_on_texts_that_are_not_here_come_out_on_their_shape() {
    let names = |text: &str| -> Vec<&'static str> {
        let report = check(Source::new("shape.tdl", text.as_bytes().to_vec()), &|_| Err(String::new()), &Options::default());
        report.diagnostics.iter().map(|found| found.code.name).collect()
    };
    let two_classes = names(
        "treaty \"Treaty on Nuclear Arms\"\n\nArticle I\n\nEach nuclear-weapon State Party shall not transfer nuclear weapons to anyone.\n\n\
         Article II\n\nEach non-nuclear-weapon State Party shall not manufacture nuclear weapons, and shall accept safeguards.\n",
    );
    assert!(two_classes.contains(&"one-sided-obligation"), "{two_classes:?}");
    let renounced = names(
        "treaty \"Pact of Peace\"\n\nArticle I\n\nThe Parties condemn recourse to war, and agree not to resort to war against one another.\n",
    );
    assert!(renounced.contains(&"unverified-obligation") && renounced.contains(&"no-consequence"), "{renounced:?}");
    let inspected = names(
        "treaty \"Treaty on Missiles\"\n\nArticle I\n\n1. \"Missile\" means a missile with a range of 500 to 5500 kilometres.\n\nArticle II\n\n\
         Each Party shall destroy its missiles within three years.\n\nArticle III\n\nEach Party shall have the right to conduct on-site inspections to \
         verify compliance with this Treaty.\n",
    );
    let faults = ["unverified-obligation", "missing-deadline", "unquantified-limit", "half-defined-ban"];
    assert!(!faults.iter().any(|fault| inspected.contains(fault)), "{inspected:?}");
}
