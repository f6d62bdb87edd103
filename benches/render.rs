//! What it costs to show ten thousand findings spread over a file of ten megabytes, and seven thousand on one line.

use divan::{Bencher, black_box};
use treatylint::diagnostic::{Code, Diagnostic, Family, Report, Severity};
use treatylint::render::{Closing, Format, Look, renderer};
use treatylint::source::{FileId, Source, Sources, Span};

static CODE: Code = Code {
    name: "vague-term",
    summary: "",
    family: Family::Vagueness,
    severity: Severity::Warning,
    shown: treatylint::diagnostic::Shown::Default,
    hurdles: &[],
    since: "0.1.0",
    page: "",
};

fn main() {
    divan::main();
}

fn report(line: &str, lines: usize, findings: usize) -> Report {
    let text = line.repeat(lines);
    let finding = |number: usize| {
        let at = (text.len() / findings * number / line.len() * line.len()) as u32;
        let finding =
            Diagnostic::new(&CODE, FileId(0), Span::new(at + 6, at + 11), "a message of an ordinary length about the words").here("these");
        finding.label(Span::new(at, at + 5), "those").note("why it matters here").help("what to do about it")
    };
    let diagnostics = (0..findings).map(finding).collect();
    let mut sources = Sources::default();
    sources.add(Source::new("draft.tdl", text.clone().into_bytes()));
    Report { sources, diagnostics, allowed: 0, hidden: Vec::new(), compared: false, clauses: 0, not_judged: Vec::new() }
}

fn show(bencher: Bencher<'_, '_>, format: Format, report: &Report) {
    let mut out = Vec::new();
    bencher.bench_local(|| {
        out.clear();
        let mut renderer = renderer(format, Look { colour: true, ..Look::default() }, Closing::default());
        renderer.report(black_box(report), &mut out).is_ok()
    });
}

const FORMATS: [Format; 5] = [Format::Terminal, Format::Narrated, Format::Plain, Format::Short, Format::Json];
const LINE: &str = "Each Party shall refrain from hostile activity against the networks\n";

#[divan::bench(args = FORMATS, sample_count = 5)]
fn ten_thousand_findings(bencher: Bencher<'_, '_>, format: Format) {
    show(bencher, format, &report(LINE, 10_000_000 / LINE.len(), 10_000));
}

#[divan::bench(args = FORMATS, sample_count = 5)]
fn twenty_thousand_findings(bencher: Bencher<'_, '_>, format: Format) {
    show(bencher, format, &report(LINE, 10_000_000 / LINE.len(), 20_000));
}

#[divan::bench(args = FORMATS, sample_count = 5)]
fn seven_thousand_on_one_line(bencher: Bencher<'_, '_>, format: Format) {
    show(bencher, format, &report(&LINE.replace('\n', " "), 1_000_000 / LINE.len(), 7_000));
}
