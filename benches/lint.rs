//! What linting costs, part by part and as a whole, on made drafts of three sizes and on real treaties where they lie beside the project;
//! and, for texts that make bad readers slow, at one size and at twice that size: the time should double, not quadruple.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::fmt;
use std::fmt::Write as _;
use std::path::Path;
use treatylint::model::Treaty;
use treatylint::options::Options;
use treatylint::source::Source;
use treatylint::targets::{Target, compile};
use treatylint::{check, syntax};

fn main() {
    divan::main();
}

// ── Texts ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Something to lint.
#[derive(Clone, Copy, Debug)]
enum Text {
    /// A made draft of so many kilobytes.
    Made(usize),
    /// All real treaties, one after the other.
    Real,
}

const TEXTS: [Text; 4] = [Text::Made(10), Text::Made(300), Text::Made(10_000), Text::Real];

impl Text {
    fn bytes(self) -> Vec<u8> {
        match self {
            Self::Made(kilobytes) => draft(kilobytes * 1_000).into_bytes(),
            Self::Real => {
                let mut bytes = Vec::new();
                gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"), &mut bytes);
                bytes
            }
        }
    }
}

/// Appends all texts of a folder, by name.
fn gather(folder: &Path, bytes: &mut Vec<u8>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(&path, bytes);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            bytes.extend(std::fs::read(path).unwrap_or_default());
            bytes.push(b'\n');
        }
    }
}

const HEAD: &str = "\
treaty \"Convention on Restraint in Cyberspace\"
  stage: negotiation
party ATL: Republic of Atlantis
party BOR: Kingdom of Boreas
body Commission: International Cyber Commission
mechanism: traffic monitoring
  run by: Commission
  confidence: 30-45%

Convention on Restraint in Cyberspace

The Parties to this Convention,
Recalling the Charter of the United Nations,
Have agreed as follows:

Article 1
Definitions

For the purposes of this Convention:
(a) \"cyber attack\" means an operation carried out through a computer network that destroys, alters or denies access to data or services;
(b) \"civilian infrastructure\" means the systems listed in Annex A.

";

/// Paragraphs as treaties have them; `#` stands for a number of another article.
const PARAGRAPHS: [&str; 10] = [
    "No Party shall conduct a cyber attack against civilian infrastructure, except in response to an armed attack.",
    "Each Party shall notify the Commission without delay of any cyber attack that originates in or transits its territory, and shall within thirty days submit a report in accordance with Article #, paragraph 2.",
    "The Commission shall be composed of one representative of each State Party. It shall meet at least once a year and whenever a State Party so requests, and shall adopt its rules of procedure by a majority of two thirds.",
    "Each State Party undertakes to take all appropriate measures, in accordance with its national legislation and as far as practicable, to prevent hostile activities against the networks of another State Party.",
    "If a Party considers that another Party has not complied with paragraph 1 of this Article, it may request consultations. The requested Party shall reply within 14 days of receipt of the request.",
    "Nothing in this Convention shall prejudice the rights and obligations of States under the Charter of the United Nations, in particular Article 51 thereof.",
    "The costs of an inspection shall be borne by the requesting Party, unless the Commission decides otherwise under Article #.",
    "The competent authorities of the requested Party shall, subject to the provisions of Article #, make available the information described in subparagraphs (a) to (c) of paragraph 2, to the extent permitted by its law.",
    "A Party may, upon notification to the Depositary, suspend the application of Article # for a period not exceeding six months where its supreme interests are in jeopardy.",
    "The Parties [shall][should] [ATL: promptly / BOR: within 72 hours] exchange information on vulnerabilities [that are likely to be used against third States].",
];

/// A draft of so many bytes: wrapped paragraphs in articles, every fifth with points.
fn draft(bytes: usize) -> String {
    let mut text = HEAD.to_owned();
    let mut article = 2;
    while text.len() < bytes {
        let _ = write!(text, "Article {article}\nObligations of the Parties\n\n");
        for number in 1..=4 {
            let paragraph = PARAGRAPHS[(article * 3 + number) % PARAGRAPHS.len()].replace('#', &(article % 40 + 1).to_string());
            wrap(&mut text, &format!("{number}. {paragraph}"));
        }
        if article % 5 == 0 {
            text.push_str("5. Each Party shall:\n(a) designate a point of contact that is available at all times;\n(b) keep a register of incidents; and\n");
            text.push_str("(c) respond within 30 days to a request under paragraph 2.\n@verified by: traffic monitoring\n");
        }
        text.push('\n');
        article += 1;
    }
    text.push_str("Annex A\nList of protected systems\n\n1. Systems that clear payments between banks.\n");
    text
}

/// Lines of at most eighty bytes.
fn wrap(text: &mut String, paragraph: &str) {
    let mut column = 0;
    for word in paragraph.split(' ') {
        if column > 0 && column + word.len() >= 80 {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
        }
        text.push_str(word);
        column += word.len() + 1;
    }
    text.push('\n');
}

// ── Parts and the whole ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Runs on a text, if it is there.
fn on(bencher: Bencher<'_, '_>, text: Text, run: impl Fn(&Source) + Sync) {
    let bytes = text.bytes();
    let source = Source::new("draft.tdl", bytes);
    bencher.counter(BytesCount::new(source.text().len())).bench_local(|| run(black_box(&source)));
}

#[divan::bench(args = TEXTS, sample_count = 10, sample_size = 1)]
fn parse(bencher: Bencher<'_, '_>, text: Text) {
    on(bencher, text, |source| drop(black_box(syntax::read(source.text()))));
}

#[divan::bench(args = TEXTS, sample_count = 10, sample_size = 1)]
fn model(bencher: Bencher<'_, '_>, text: Text) {
    let tree = syntax::read(Source::new("draft.tdl", text.bytes()).text());
    on(bencher, text, |source| drop(black_box(Treaty::build(source, &tree, &Options::default()))));
}

#[divan::bench(args = TEXTS, sample_count = 10, sample_size = 1)]
fn whole(bencher: Bencher<'_, '_>, text: Text) {
    let bytes = text.bytes();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .with_inputs(|| Source::new("draft.tdl", bytes.clone()))
        .bench_local_values(|source| check(source, &|_| Err(String::new()), &Options::default()));
}

#[divan::bench(args = TEXTS, sample_count = 3, sample_size = 1)]
fn to_json(bencher: Bencher<'_, '_>, text: Text) {
    on(bencher, text, |source| drop(black_box(compile(source, Target::Json, &Options::default()))));
}

// ── Growth ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A text that bad readers are slow on, and how often its part comes; `#` in it stands for how often it has come before.
#[derive(Clone, Copy)]
struct Family {
    name: &'static str,
    before: &'static str,
    part: &'static str,
    after: &'static str,
    times: usize,
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} x {}", self.name, self.times)
    }
}

const fn family(name: &'static str, before: &'static str, part: &'static str, after: &'static str, times: usize) -> Family {
    Family { name, before, part, after, times }
}

const FAMILIES: [Family; 24] = [
    family("opening brackets", "", "[", "", 50_000),
    family("closing brackets", "", "]", "", 50_000),
    family("bracket pairs", "Article 1\n1. ", "[a]", "", 20_000),
    family("brackets in one sentence", "Article 1\n1. Each Party ", "[shall / should] ", "meet.", 4_000),
    family("brackets never closed", "", "1. Each Party [shall meet\n", "", 3_000),
    family("slashes", "Article 1\n1. [", "a / ", "]", 15_000),
    family("braces", "Article 1\n1. ", "{", "", 50_000),
    family("quotation marks", "Article 1\n1. ", "\"", "", 50_000),
    family("opening quotation marks", "Article 1\n1. ", "“a ", "", 15_000),
    family("one sentence", "Article 1\n1. ", "each party shall, subject to Article 1, meet within 30 days if it may, ", "", 1_000),
    family("numbers of a reference", "Article 1\n1. See Articles ", "1, ", "", 20_000),
    family("hyphens", "Article 1\n1. ", "a-\n", "", 20_000),
    family("headings", "", "Article 1\n", "", 6_000),
    family("annexes", "", "Annex A\n", "", 6_000),
    family("the same mark", "", "1. a\n", "", 12_000),
    family("bare marks", "", "(a) (i) (1) ", "", 5_000),
    family("notes", "Article 1\n", "@note: x\n", "", 6_000),
    family("fields", "party ATL: Atlantis\n", "  also: a; b\n", "", 5_000),
    family("the same party", "", "party ATL: Atlantis\n", "", 3_000),
    family("short names", "Article 1\n1. ", "(the \"Office\") ", "", 4_000),
    family("footnotes", "", "[1] a\n", "", 10_000),
    family("an allowance in each article", "", "Article #\n1. Each Party shall promptly meet.\n@allow vague-time: x\n", "", 2_000),
    family(
        "parties with profiles",
        "",
        "party P#: P#\nprofile P#\n  abstains from: cyber attack\n",
        "Article 1\nNo Party shall conduct a cyber attack.\n",
        1_000,
    ),
    family("parties that nobody knows", "party ATL: Atlantis\nArticle 1\n", "1. [Q#X propose: Each Party shall meet].\n", "", 2_000),
];

fn once_and_twice() -> impl Iterator<Item = Family> {
    FAMILIES.into_iter().flat_map(|family| [family, Family { times: family.times * 2, ..family }])
}

#[divan::bench(args = once_and_twice(), sample_count = 5, sample_size = 1)]
fn pathological(bencher: Bencher<'_, '_>, family: Family) {
    let mut text = family.before.to_owned();
    (0..family.times).for_each(|before| text.push_str(&family.part.replace('#', &before.to_string())));
    text.push_str(family.after);
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(|| Source::new("draft.tdl", text.clone().into_bytes()))
        .bench_local_values(|source| check(source, &|_| Err(String::new()), &Options::default()));
}
