//! Every form of output, on reports made by hand: one readable page a case in `tests/render/`, rewritten by `UPDATE=1 cargo test`.

use std::fs;
use std::path::PathBuf;
use treatylint::check::check;
use treatylint::diagnostic::{Applicability, Code, Diagnostic, Family, Label, NotJudged, Problem, Report, Severity, Shown};
use treatylint::options::Options;
use treatylint::render::{Closing, Format, Line, Look, Output, Tally, renderer};
use treatylint::source::{FileId, Source, Sources, Span};

static VAGUE: Code = code("vague-term", Family::Vagueness, Severity::Warning);
static UNSEEN: Code = code("unverified-duty", Family::Verification, Severity::Error);
static GAP: Code = code("misnumbered", Family::Form, Severity::Advice);

const fn code(name: &'static str, family: Family, severity: Severity) -> Code {
    Code { name, summary: "a rule made for the test", family, severity, shown: Shown::Default, hurdles: &["H10"], since: "0.1.0", page: "" }
}

const DRAFT: &str = "\
treaty \"Pact on Networks\"

Article 1
1. Each Party shall refrain from hostile activity against
the networks of another Party.
2. Each Party shall inform the others.

Article 3
The Parties shall consult.
";

/// The report on one file.
fn report(text: impl Into<Vec<u8>>, diagnostics: Vec<Diagnostic>) -> Report {
    let mut sources = Sources::default();
    sources.add(Source::new("draft.tdl", text.into()));
    let clauses = usize::from(!diagnostics.is_empty());
    Report { sources, diagnostics, allowed: 0, hidden: Vec::new(), compared: false, clauses, not_judged: Vec::new() }
}

/// Where `needle` stands in `text`.
fn at(text: &str, needle: &str) -> Span {
    let start = text.find(needle).unwrap_or_else(|| panic!("`{needle}` is in the text"));
    Span::new(start as u32, (start + needle.len()) as u32)
}

fn finding(code: &'static Code, text: &str, needle: &str, message: &str) -> Diagnostic {
    Diagnostic::new(code, FileId(0), at(text, needle), message)
}

fn show(format: Format, look: Look, report: &Report) -> String {
    let mut out = Vec::new();
    let mut tally = Tally::default();
    let mut renderer = renderer(format, look, Closing { summary: true, statistics: false });
    renderer.report(report, &mut out).unwrap();
    tally.add(report);
    renderer.finish(&tally, &[], &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Compares a report in all forms with its page, and its JSON with the schema.
fn page(name: &str, report: &Report) {
    let mut page = String::new();
    for format in [Format::Terminal, Format::Narrated, Format::Plain, Format::Short, Format::Json] {
        let shown = show(format, Look::default(), report);
        assert!(!shown.chars().any(|char| char.is_control() && char != '\n'), "{name}: {format:?} shows a control character");
        page += &format!("=== {format:?} ===\n{shown}\n");
    }
    valid(report);
    compare(&format!("tests/render/{name}.txt"), &page);
}

fn compare(path: &str, text: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
    }
    let known = fs::read_to_string(&file).unwrap_or_default();
    assert!(known == text, "{path} differs; UPDATE=1 cargo test rewrites it. Now it would be:\n{text}");
}

/// Checks both JSON forms of a report against their schemas.
fn valid(report: &Report) {
    let object = jsonschema::validator_for(&schema::<Output>()).unwrap();
    let line = jsonschema::validator_for(&schema::<Line>()).unwrap();
    let text = show(Format::Json, Look::default(), report);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    object.validate(&json).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let lines = show(Format::Jsonl, Look::default(), report);
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for json in &lines {
        line.validate(json).unwrap_or_else(|error| panic!("{error}\n{json}"));
    }
    assert_eq!(lines.len(), report.diagnostics.len() + 1);
    assert_eq!(lines.last().unwrap()["type"], "summary");
    for (mut line, diagnostic) in lines.iter().cloned().zip(json["diagnostics"].as_array().unwrap()) {
        assert_eq!(line.as_object_mut().unwrap().remove("type").unwrap(), "diagnostic");
        assert_eq!(&line, diagnostic);
    }
}

fn schema<T: schemars::JsonSchema>() -> serde_json::Value {
    let mut settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.inline_subschemas = false;
    settings.into_generator().into_root_schema_for::<T>().into()
}

#[test]
fn the_schemas_are_those_of_the_types() {
    compare("schema/diagnostics-1.json", &format!("{:#}\n", schema::<Output>()));
    compare("schema/diagnostics-1-line.json", &format!("{:#}\n", schema::<Line>()));
}

#[test]
fn one_finding_with_everything() {
    let mut finding = finding(&VAGUE, DRAFT, "hostile activity", "`hostile activity` has no agreed meaning and carries the ban in Article 1")
        .here("no definition pins this down")
        .label(at(DRAFT, "refrain"), "the ban")
        .locator("Article 1(1)")
        .note("each Party will read it so that its own acts are outside\nand those of others inside")
        .help("define the term by act, effect and target, as the Budapest Convention does in its Articles 2 to 6, and leave the rest to consultation")
        .fix("add `excerpt: yes`", Applicability::Safe, Span::at(0), "excerpt: yes\n");
    finding.reading = Some("in ATL's text".to_owned());
    finding.uncertain = true;
    let mut report = report(DRAFT, vec![finding]);
    report.allowed = 2;
    report.not_judged = vec![NotJudged { family: Family::Reciprocity, needs: "profiles".to_owned(), count: 3 }];
    page("everything", &report);
}

#[test]
fn findings_on_one_clause_share_a_box() {
    let mut findings = vec![
        finding(&UNSEEN, DRAFT, "Each Party shall refrain", "nobody sees whether Article 1(1) is kept")
            .locator("Article 1(1)")
            .help("name a mechanism"),
        finding(&VAGUE, DRAFT, "hostile activity", "`hostile activity` has no agreed meaning")
            .here("no definition")
            .locator("Article 1(1)")
            .help("define it"),
        finding(&VAGUE, DRAFT, "networks", "`networks` is whatever a Party calls one").locator("Article 1(1)").note("undefined"),
        finding(&GAP, DRAFT, "Article 3", "Article 3 follows Article 1").locator("Article 3"),
    ];
    findings[..3].iter_mut().for_each(|finding| finding.clause = Some("Article 1(1)".to_owned()));
    page("one_box", &report(DRAFT, findings));
}

#[test]
fn labels_that_share_words() {
    let findings = vec![
        finding(&VAGUE, DRAFT, "refrain from hostile activity", "one word inside the other's words")
            .here("outer")
            .label(at(DRAFT, "hostile"), "inner")
            .label(at(DRAFT, "hostile activity"), "longer from the same start"),
        finding(&UNSEEN, DRAFT, "inform", "the same words twice").here("first").label(at(DRAFT, "inform"), "second"),
    ];
    page("shared_words", &report(DRAFT, findings));
}

#[test]
fn labels_over_several_lines() {
    let clause = at(DRAFT, "Each Party shall refrain from hostile activity against\nthe networks of another Party.");
    let findings = vec![
        Diagnostic::new(&VAGUE, FileId(0), clause, "two lines").here("the clause"),
        Diagnostic::new(&VAGUE, FileId(0), Span::new(0, DRAFT.len() as u32), "the whole file").here("all of it"),
        Diagnostic::new(&GAP, FileId(0), at(DRAFT, "treaty"), "far apart").here("here").label(at(DRAFT, "consult"), "and there"),
    ];
    page("several_lines", &report(DRAFT, findings));
    let tall = "a line\n".repeat(500);
    let finding = Diagnostic::new(&VAGUE, FileId(0), Span::new(7, tall.len() as u32), "499 lines").here("from here on");
    page("many_lines", &report(tall, vec![finding]));
}

#[test]
fn accents_wide_characters_tabs_and_a_byte_order_mark() {
    let text = "\u{feff}Préambule\tÉtats\n第一条 国家 shall act\r\nñ\u{301}o\tword\r\n";
    let findings = ["États", "国家", "act", "word"].map(|word| finding(&VAGUE, text, word, word).here(format!("`{word}`"))).to_vec();
    page("characters", &report(text, findings));
}

#[test]
fn what_a_terminal_would_obey_is_not_shown() {
    let text = "Article 1\n\u{1b}[2JEach \u{7}Party\u{202e} shall \u{9b}31m refrain\rnow\n";
    let finding = finding(&VAGUE, text, "shall", "an \u{1b}[31mescape\u{9b}0m\u{202e}")
        .here("a\u{1b}b\nc")
        .note("n\u{1b}\rm")
        .help("\u{7}")
        .locator("\u{8}");
    let mut findings = report(text, vec![finding]);
    let mut bytes = b"Article 1\nEach \xff\xfe Party\n".to_vec();
    bytes.extend(b"end");
    let mut sources = Sources::default();
    sources.add(Source::new("a\u{1b}[2Jb.tdl", text.into()));
    findings.sources = sources;
    page("escapes", &findings);
    page("not_utf8", &report(bytes, vec![Diagnostic::new(&VAGUE, FileId(0), Span::new(15, 16), "a byte that is no UTF-8").here("here")]));
}

#[test]
fn empty_files_and_ends() {
    page("empty", &report("", vec![Diagnostic::new(&UNSEEN, FileId(0), Span::at(0), "there is no article").here("nothing here")]));
    let ends = ["end", "end\n", "end\r\n"].map(|text| {
        let at_end = |offset: usize| Diagnostic::new(&UNSEEN, FileId(0), Span::at(offset as u32), "a full stop is missing").here("here");
        let findings =
            vec![at_end(3), at_end(text.len()), Diagnostic::new(&GAP, FileId(0), Span::new(0, text.len() as u32), "all").here("all")];
        report(text, findings)
    });
    for (name, report) in ["end_bare", "end_lf", "end_crlf"].into_iter().zip(ends) {
        page(name, &report);
    }
}

#[test]
fn long_lines_are_shown_in_part() {
    let text = format!("Article 1\n{}needle {}other{}\nend\n", "hay ".repeat(30_000), "straw ".repeat(1000), " hay".repeat(30_000));
    let findings = vec![
        finding(&VAGUE, &text, "needle", "a column beyond 65535").here("here").label(at(&text, "other"), "and far off"),
        finding(&GAP, &text, "end", "after it").here("end"),
        Diagnostic::new(&GAP, FileId(0), Span::new(10, text.len() as u32 - 5), "all of it").here("long"),
    ];
    page("long_line", &report(text, findings));
}

#[test]
fn no_picture_is_wider_than_the_terminal() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut lines = 0;
    for path in fs::read_dir(folder).unwrap().filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()) {
        let source = Source::new(path.file_name().unwrap().to_string_lossy(), fs::read(&path).unwrap());
        let report = check(source, &|_| Err(String::new()), &Options::default());
        for width in [80, 100, 140] {
            let picture = show(Format::Terminal, Look { colour: false, unicode: true, width }, &report);
            for line in picture.lines() {
                assert!(line.chars().count() <= width, "{} at {width} columns:\n{line}", path.display());
                lines += 1;
            }
        }
    }
    assert!(lines > 1000, "{lines}");
}

#[test]
fn labels_in_another_file() {
    let mut report = report(DRAFT, Vec::new());
    let annex = "Annex A\nnetwork means anything\n";
    let other = report.sources.add(Source::new("annex.tdl", annex.into()));
    let mut finding = finding(&VAGUE, DRAFT, "networks", "`networks` is defined twice").here("used here");
    finding.labels.push(Label { file: other, span: at(annex, "network"), message: "defined here".to_owned() });
    report.diagnostics.push(finding);
    page("two_files", &report);
}

#[test]
fn colours_are_only_there_when_asked_for() {
    let report = report(DRAFT, vec![finding(&VAGUE, DRAFT, "hostile", "vague").here("here").help("define it")]);
    for format in [Format::Terminal, Format::Plain, Format::Short] {
        let plain = show(format, Look::default(), &report);
        let coloured = show(format, Look { colour: true, ..Look::default() }, &report);
        assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}["), "{format:?}");
        assert_eq!(stripped(&coloured), plain, "{format:?}");
    }
    let ascii = show(Format::Terminal, Look { unicode: false, ..Look::default() }, &report);
    assert!(ascii.is_ascii(), "{ascii}");
}

/// Text without colour sequences.
fn stripped(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}

#[test]
fn no_span_makes_a_renderer_fall_over() {
    let mut random = fastrand::Rng::with_seed(7);
    let alphabet = ["a", " ", "\n", "\r\n", "\t", "é", "国", "\u{301}", "\u{1b}", "\u{ad}", "\u{200d}", "word ", "\r", "👩‍👩‍👧"];
    for _ in 0..400 {
        let length = random.usize(0..40);
        let mut text: String = (0..length).map(|_| alphabet[random.usize(0..alphabet.len())]).collect();
        if random.u8(0..8) == 0 {
            text.insert_str(random.usize(0..1), &"x".repeat(random.usize(0..2000)));
        }
        let mut span = || {
            let end = random.u32(0..=text.len() as u32 + 2);
            Span::new(random.u32(0..=end), end)
        };
        let mut finding = Diagnostic::new(&VAGUE, FileId(0), span(), "m").here("primary");
        for label in ["one", "", "three"] {
            finding = finding.label(span(), label);
        }
        let mut other = finding.clone();
        (finding.clause, other.clause) = (Some("c".to_owned()), Some("c".to_owned()));
        other.labels.remove(0);
        let report = report(text.as_str(), vec![finding, other]);
        for format in [Format::Terminal, Format::Narrated, Format::Plain, Format::Short, Format::Jsonl] {
            let shown = show(format, Look::default(), &report);
            assert!(shown.contains("vague-term"));
            // The fallback's one line means that the picture could not be drawn.
            assert!(format != Format::Terminal || !shown.contains(": warning["), "not drawn:\n{text:?}\n{:?}", report.diagnostics);
        }
    }
}

#[test]
fn problems_and_counts_close_the_output() {
    let mut tally = Tally::default();
    for _ in 0..2 {
        let findings =
            vec![finding(&VAGUE, DRAFT, "hostile", "a"), finding(&VAGUE, DRAFT, "shall", "b"), finding(&GAP, DRAFT, "Article 3", "c")];
        tally.add(&report(DRAFT, findings));
    }
    let problems = [Problem { path: "gone.tdl".to_owned(), message: "no such file or directory".to_owned() }];
    let finish = |format, closing| {
        let mut out = Vec::new();
        renderer(format, Look::default(), closing).finish(&tally, &problems, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let all = Closing { summary: true, statistics: true };
    assert_eq!(
        finish(Format::Short, all),
        "4  vague-term\n2  misnumbered\nby hurdle: H10 6\n4 warnings, 2 advice in 2 clauses of 2 files\n"
    );
    assert_eq!(finish(Format::Terminal, Closing::default()), "");
    let json: serde_json::Value = serde_json::from_str(&finish(Format::Json, Closing::default())).unwrap();
    jsonschema::validator_for(&schema::<Output>()).unwrap().validate(&json).unwrap();
    assert_eq!(json["problems"][0]["path"], "gone.tdl");
    assert_eq!(json["summary"]["warning"], 4);
    assert!(finish(Format::Jsonl, all).starts_with("{\"type\":\"problem\",\"path\":\"gone.tdl\","));
}
