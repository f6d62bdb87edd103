//! What holds for every file, however broken: nothing panics, nothing is lost, every place is a place in the file. Inputs are made from
//! fixed seeds; on failure the input is printed. Real treaties lie beside the project; where they are missing the tests say so and go on.

use fastrand::Rng;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use treatylint::check;
use treatylint::model::Treaty;
use treatylint::model::clean::Words;
use treatylint::options::Options;
use treatylint::source::{Source, Span};
use treatylint::syntax;
use treatylint::syntax::tree::{Tree, UnitId, UnitKind};
use treatylint::targets::{Target, compile};

// ── Texts ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const DRAFT: &str = "\
// Two powers, one ban.
treaty \"Convention on Restraint\"
  stage: negotiation
party ATL: Republic of Atlantis
  also: Atlantis; the Republic
party BOR: Kingdom of Boreas
body Commission: International Commission
  powers: on-site inspection
mechanism: traffic monitoring
  run by: Commission
  confidence: 30-45%
profile ATL
  practises: cyber espionage
reservation BOR: Article 2(1)

Convention on Restraint in Cyberspace

Preamble

The Parties to this Convention,
Recalling the Charter of the United Nations,
Have agreed as follows:

Article 1
Definitions

For the purposes of this Convention:
(a) “cyber attack” means an operation that destroys data or ser-
    vices for more than one hour; // to be settled
    @threshold: 1 hour
(b) \"civilian infrastructure\" means the systems listed in Annex A.

Article 2. Civilian infrastructure

1. No Party shall conduct a cyber attack against civilian infrastructure, except in response to an armed attack.
   @verified by: traffic monitoring
2. Each Party shall [ATL: promptly / BOR: within 72 hours] notify the Commission of any cyber attack that
   originates in [or transits] its territory, as provided in paragraph 1 of this Article.
   @allow vague-time: ATL's alternative only
3. Each Party [shall][should]:
   (a) designate a point of contact; and
   (b) respond within 30 days to a request under paragraph 2.

Annex A
List of protected systems

1. Systems that clear payments between banks.
";

/// The same with other line endings and signs that editors leave behind.
const UGLY: &str = "\u{feff}Agreement on D\u{e9}tente\r\n\r\nArticle\u{a0}1\r\n1.\tThe Parties  shall con\u{ad}sult [, if necessary,] each other.\u{200b}\r\n\
    2) Nothing in Article 1 shall prevent it \\[sic\\] from {note: check} doing so.\r\n\r\n- 4 -\r\n\r\nArticle 2 bis\r\n\u{201c}Force\u{201d} means …\r\n";

/// What drafts are made of, and what they should not be made of.
const FRAGMENTS: &[&str] = &[
    "Article 1",
    "ARTICLE II",
    "Article 5 bis",
    "Article [3] [4]",
    "Annex A",
    "Part One",
    "Chapter II",
    "Section 3. Title",
    "Preamble",
    "Option A:",
    "Alternative 1:",
    "1. ",
    "(1) ",
    "1.1 ",
    "2) ",
    "(a) ",
    "a) ",
    "(i) ",
    "(iv)",
    "- ",
    "• ",
    "A. ",
    "12.",
    "99999999999999999999. ",
    "[",
    "]",
    "[ATL: ",
    " / ",
    "[shall][should]",
    "[[",
    "]]",
    "{",
    "}",
    "{note}",
    "[X]",
    "[...]",
    "[Note by the Chair: ",
    "\\[",
    "\\]",
    "\\@",
    "\\//",
    "[1]",
    "[ATL propose; BOR oppose: ",
    "@verified by: satellites",
    "@allow vague-term: x",
    "@",
    "@ ",
    "@note",
    "@consequence: Article 2",
    "@expect no-consequence",
    "//",
    " // a comment",
    "treaty \"T\"",
    "treaty \"",
    "party ATL: Atlantis",
    "party",
    "  also: the Republic; Atlantis",
    "group G: Powers",
    "  members: ATL, any",
    "mechanism: satellites",
    "  confidence: 30-60%",
    "  delay: 3 days",
    "profile ATL",
    "  practises: cyber espionage (little)",
    "reservation ATL: Article 1(2)",
    "body B: Commission",
    "use \"x.tdl\"",
    "  stage: draft",
    "\"",
    "“",
    "”",
    "‘",
    "'",
    "«",
    "\"cyber attack\" means ",
    "hereinafter \"the Office\"",
    "(the \"",
    "Each Party shall ",
    "No Party may ",
    "The Parties undertake never under any circumstances to ",
    "shall not ",
    "shall be responsible for ",
    "if a Party so requests, ",
    "within thirty (30) days of ",
    "by ",
    "at least ",
    "not exceeding ",
    "except ",
    "subject to Article 27, paragraph 4, of the Charter of the United Nations",
    "paragraphs 2 to 7 and 9(a)(ii) of this Article",
    "Articles 1, 2, 3 and 4",
    "the preceding paragraph",
    "Nothing in ",
    "and ",
    ", ",
    "; ",
    ". ",
    ": ",
    "e.g. ",
    "U.S. ",
    "inter-\n",
    " ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{2028}",
    "\0",
    "\u{1}",
    "\u{2}",
    "\u{3}",
    "\u{1a}",
    "é",
    "𝔸",
    "Й",
    "…",
    "—",
    "¹",
    "In witness whereof",
    "Done at Geneva",
    "Have agreed as follows:",
    "_____",
    "Page 4 of 9",
    "| a | b |",
    "CONVENTION ON X",
];

/// Real texts, the smaller ones first.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let mut files = Vec::new();
    gather(&shared.join("corpus"), &mut files);
    gather(&shared.join("gold"), &mut files);
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt" || extension == "tdl"));
    if files.is_empty() {
        println!("skipped: the real treaties are not here");
    }
    let mut texts: Vec<_> = files.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).unwrap_or_default())).collect();
    texts.sort_by_key(|(path, bytes)| (bytes.len(), path.clone()));
    texts
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        if entry.path().is_dir() {
            gather(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}

/// Drafts to break: the examples, those above, and some real ones.
fn drafts() -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), &mut files);
    files.sort();
    let examples = files.iter().map(|path| std::fs::read(path).unwrap_or_default());
    let real = corpus().into_iter().map(|(_, bytes)| bytes).filter(|bytes| bytes.len() < 12_000).step_by(4);
    [DRAFT, UGLY].iter().map(|text| text.as_bytes().to_vec()).chain(examples).chain(real).collect()
}

// ── What holds ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Prints the input when a test fails on it.
struct Telling<'a>(&'a [u8]);

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let shown = &self.0[..self.0.len().min(4_000)];
            eprintln!("the input, {} bytes: \"{}\"", self.0.len(), shown.escape_ascii());
        }
    }
}

/// Laid out anew a second time it is the same, and its words are those that it had.
fn layout_is_settled(source: &Source) {
    let laid = treatylint::format::format(source);
    let laid = Source::new(source.path.as_str(), laid.into_bytes());
    assert!(treatylint::format::format(&laid) == laid.text(), "a second layout is another:\n{:?}", source.text());
    let words =
        |source: &Source| -> String { compile(source, Target::Text, &Options::default()).chars().filter(|c| !c.is_whitespace()).collect() };
    assert!(words(source) == words(&laid), "the layout costs words:\n{:?}", source.text());
}

/// Everything that holds for every file.
fn holds(bytes: &[u8]) {
    let _telling = Telling(bytes);
    let source = Source::new("draft.tdl", bytes.to_vec());
    let tree = syntax::read(source.text());
    lines_are_the_file(&source, &tree);
    spans_are_in_the_file(&source, &tree);
    units_are_in_order(&tree);
    let treaty = Treaty::build(&source, &tree, &Options::default());
    words_lead_back(&treaty);
    let text = compile(&source, Target::Text, &Options::default());
    assert!(text.len() <= source.text().len());
    layout_is_settled(&source);
    let every = Options { select: vec!["all".to_owned()], ..Options::default() };
    let _ = check(Source::new("draft.tdl", bytes.to_vec()), &|_| Err("not here".to_owned()), &every);
}

fn lines_are_the_file(source: &Source, tree: &Tree) {
    let mut at = 0;
    for line in &tree.lines {
        assert_eq!(line.span.start, at, "lines leave a gap");
        at = line.span.end;
    }
    assert_eq!(at as usize, source.text().len(), "lines end before the file");
}

fn inside(source: &Source, span: Span, what: &str) {
    let text = source.text();
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(start <= end && text.is_char_boundary(start) && text.is_char_boundary(end), "{what} {span:?} is no piece of the file");
}

fn spans_are_in_the_file(source: &Source, tree: &Tree) {
    let all = |spans: &[Span], what: &str| spans.iter().for_each(|span| inside(source, *span, what));
    all(&tree.fragments, "text");
    all(&tree.comments, "a comment");
    for unit in &tree.units {
        inside(source, unit.head, "a head");
        unit.ordinal.iter().for_each(|ordinal| inside(source, ordinal.span, "a number"));
        assert!(unit.title.end as usize <= tree.fragments.len() && unit.text.end as usize <= tree.fragments.len());
    }
    for declaration in &tree.declarations {
        inside(source, declaration.span, "a declaration");
        declaration.id.iter().chain(&declaration.name).for_each(|span| inside(source, *span, "a name"));
        for field in &declaration.fields {
            inside(source, field.name, "a field");
            all(&field.value, "a value");
        }
    }
    for note in &tree.notes {
        inside(source, note.span, "a note");
        note.rule.iter().chain([&note.name]).chain(&note.value).for_each(|span| inside(source, *span, "a part of a note"));
    }
    tree.tokens.iter().for_each(|token| inside(source, token.span, "a sign"));
    for bracket in &tree.brackets {
        inside(source, bracket.open, "[");
        inside(source, bracket.close, "]");
        inside(source, Span::new(bracket.open.start, bracket.inner.max(bracket.open.end)), "a bracket's names");
        bracket.slashes.iter().for_each(|slash| inside(source, slash.span, "a slash"));
    }
    for mistake in &tree.mistakes {
        inside(source, mistake.span, mistake.code);
        mistake.other.iter().for_each(|(span, _)| inside(source, *span, mistake.code));
    }
}

fn units_are_in_order(tree: &Tree) {
    for id in tree.ids().skip(1) {
        let unit = tree.unit(id);
        let before = tree.unit(UnitId(id.0 - 1));
        assert!(before.head.start <= unit.head.start, "{id:?} stands before the unit before it");
        assert!(unit.parent < id, "{id:?} stands before what it stands in");
        assert!(unit.until > id.0 && unit.until <= tree.unit(unit.parent).until, "{id:?} ends outside of what it stands in");
        // The one before is what this one stands in, or ends here.
        assert!(unit.parent.0 + 1 == id.0 || before.until == id.0, "{id:?} begins inside of what does not hold it");
    }
}

fn words_lead_back(treaty: &Treaty<'_>) {
    let file = |words: Words, what: &str| {
        assert!(words.end <= treaty.clean.len(), "{what} {words:?} is outside of the words");
        assert!(words.is_empty() || !treaty.lower(words).is_empty(), "{what} {words:?} cuts a letter");
        inside(treaty.source, treaty.span(words), what);
    };
    treaty.sentences.iter().for_each(|sentence| file(sentence.words, "a sentence"));
    treaty.pieces.iter().for_each(|piece| file(Words::new(piece.start, piece.end), "a piece"));
    treaty.hits.iter().for_each(|hit| file(Words::new(hit.start, hit.end), "a word"));
    treaty.names.iter().for_each(|name| file(name.words, "a name"));
    treaty.references.iter().for_each(|reference| file(reference.words, "a reference"));
    for term in &treaty.terms {
        file(term.words, "a term");
        term.definiens.iter().for_each(|definiens| file(*definiens, "a definiens"));
    }
    for norm in &treaty.norms {
        [norm.modal, norm.bearer.words, norm.reach, norm.act(treaty)].into_iter().for_each(|words| file(words, "a norm"));
        assert!(norm.parent.is_none_or(|parent| parent.index() < treaty.norms.len()));
    }
    treaty.mistakes.iter().for_each(|mistake| inside(treaty.source, mistake.span, mistake.code));
    let pieces = treaty.sentences.iter().flat_map(|sentence| treaty.pieces_of(sentence).iter().map(move |piece| (sentence, piece)));
    pieces
        .for_each(|(sentence, piece)| assert!(sentence.words.contains(Words::new(piece.start, piece.end)), "a piece leaves its sentence"));
}

#[test]
fn any_bytes_are_a_file() {
    let mut rng = Rng::with_seed(1);
    holds(b"");
    for round in 0..400 {
        let length = rng.usize(0..300);
        // All bytes; ASCII alone; signs that the grammars know.
        let byte = |rng: &mut Rng| match round % 3 {
            0 => rng.u8(..),
            1 => rng.u8(..128),
            _ => *rng.choice(b"[]{}()/\\@:.,;\"' \n\r\t1aAiv-|\xe2\x80\x9c\xc2\xa0").unwrap_or(&b' '),
        };
        holds(&(0..length).map(|_| byte(&mut rng)).collect::<Vec<u8>>());
    }
}

#[test]
fn any_mixture_of_fragments_is_a_file() {
    let mut rng = Rng::with_seed(2);
    for _ in 0..800 {
        let mut text = String::new();
        for _ in 0..rng.usize(1..60) {
            text.push_str(rng.choice(FRAGMENTS).copied().unwrap_or_default());
            if rng.u8(..4) == 0 {
                text.push('\n');
            }
        }
        holds(text.as_bytes());
    }
}

#[test]
fn any_broken_draft_is_a_file() {
    let mut rng = Rng::with_seed(3);
    for draft in drafts() {
        holds(&draft);
        for _ in 0..12 {
            holds(&draft[..rng.usize(0..=draft.len())]);
            let mut broken = draft.clone();
            for _ in 0..rng.usize(1..12) {
                mutate(&mut broken, &mut rng);
            }
            holds(&broken);
        }
    }
}

/// Letters of two and three bytes anywhere among the words: no pass cuts one in half, however far it looks ahead or back.
#[test]
fn letters_may_be_wide_anywhere() {
    let mut rng = Rng::with_seed(4);
    for draft in drafts() {
        for _ in 0..6 {
            let mut wide = Vec::with_capacity(draft.len() * 2);
            for byte in &draft {
                wide.push(*byte);
                if *byte == b' ' && rng.u8(..12) == 0 {
                    wide.extend_from_slice(rng.choice(["“", "é", "à la ", "— ", "État, "]).unwrap_or("é").as_bytes());
                }
            }
            holds(&wide);
        }
    }
}

/// One change: a byte out, a byte changed, a fragment in, a stretch twice or gone.
fn mutate(text: &mut Vec<u8>, rng: &mut Rng) {
    let at = rng.usize(0..=text.len());
    let stretch = at..(at + rng.usize(0..80)).min(text.len());
    match rng.u8(..5) {
        0 if at < text.len() => drop(text.remove(at)),
        1 if at < text.len() => text[at] = rng.u8(..),
        2 => drop(text.splice(stretch, [])),
        3 => {
            let again = text[stretch].to_vec();
            let there = rng.usize(0..=text.len());
            drop(text.splice(there..there, again));
        }
        _ => drop(text.splice(at..at, rng.choice(FRAGMENTS).copied().unwrap_or_default().bytes())),
    }
}

#[test]
fn real_treaties_are_files() {
    for (path, bytes) in corpus().into_iter().step_by(5).take(24) {
        println!("{path}");
        holds(&bytes);
    }
}

// ── Size and depth ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Families of texts that make bad readers slow or overflow their stacks.
fn families() -> Vec<(&'static str, String)> {
    let marks: String = (1..8_000).map(|number| format!("{number}. Each Party shall meet.\n")).collect();
    let deep: String = (0..6_000).map(|depth| format!("{} Each Party shall:\n", ["1.", "(a)", "(i)", "-"][depth % 4])).collect();
    vec![
        ("opening brackets", "[".repeat(200_000)),
        ("closing brackets", "]".repeat(200_000)),
        ("nested brackets", "[".repeat(60_000) + &"]".repeat(60_000)),
        ("bracket pairs", "[a]".repeat(60_000)),
        ("bracketed words in one sentence", format!("Each Party {} meet.", "[shall / should] ".repeat(10_000))),
        ("brackets never closed", "1. Each Party [shall meet\n".repeat(8_000)),
        ("slashes", format!("[{}]", "a / ".repeat(50_000))),
        ("braces", "{".repeat(200_000)),
        ("quotation marks", "\"".repeat(200_000)),
        ("opening quotation marks", "“a ".repeat(40_000)),
        ("one word", "a".repeat(200_000)),
        ("one line", "Each Party shall, subject to Article 1, meet within 30 days. ".repeat(3_500)),
        ("one sentence", "each party shall, subject to Article 1, meet within 30 days if it may, ".repeat(3_000)),
        ("commas", "Each Party, ".repeat(16_000) + "shall meet."),
        ("numbers of a reference", format!("See Articles {}", "1, ".repeat(60_000))),
        ("full stops", ". A".repeat(60_000)),
        ("hyphens", "a-\n".repeat(60_000)),
        ("headings", "Article 1\n".repeat(20_000)),
        ("annexes", "Annex A\n".repeat(25_000)),
        ("marks", marks),
        ("the same mark", "1. a\n".repeat(40_000)),
        ("lists in lists", deep),
        ("bare marks", "(a) (i) (1) ".repeat(16_000)),
        ("blank lines", "\n".repeat(200_000)),
        ("spaces", " ".repeat(200_000)),
        ("comments", "// x\n".repeat(40_000)),
        ("comment signs", "//".repeat(100_000)),
        ("notes", "Article 1\n".to_owned() + &"@note: x\n".repeat(25_000)),
        ("notes carried on", "Article 1\n@note: x\n".to_owned() + &"@ x\n".repeat(50_000)),
        ("parties", (0..8_000).map(|number| format!("party P{number}: State {number}\n")).collect()),
        ("the same party", "party ATL: Atlantis\n".repeat(8_000)),
        ("fields", "party ATL: Atlantis\n".to_owned() + &"  also: a; b\n".repeat(16_000)),
        ("definitions", (0..4_000).map(|number| format!("({number}) \"term {number}\" means a thing of kind {number};\n")).collect()),
        ("short names", "(the \"Office\") ".repeat(14_000)),
        ("signs of the sentence grammar", "\u{1}\u{2}\u{3}".repeat(60_000)),
        ("softeners in one sentence", format!("Article 1\n\nEach Party shall {}stop.", "where appropriate, inform and, ".repeat(6_000))),
        ("alternatives in one sentence", format!("Article 1\n\nEach Party {}stop.", "[shall][should] meet and ".repeat(2_000))),
        ("conditions in one sentence", format!("Article 1\n\n{}each Party shall meet.", "if it cannot, where it may not, ".repeat(6_000))),
        (
            "a class in one article",
            "Article 1\n\n".to_owned()
                + &(1..4_000).map(|number| format!("{number}. Developed country Parties may delay step {number}.\n")).collect::<String>(),
        ),
        (
            "excuses in one article",
            "Article 1\n\n".to_owned() + &"1. A Party may refuse if it would prejudice its security.\n".repeat(6_000),
        ),
        ("opt-outs in one article", "Article 1\n\n".to_owned() + &"1. A Party may declare that it is not bound.\n".repeat(6_000)),
        ("rows", "| a | b |\n".repeat(20_000)),
        ("footnotes", "[1] a\n".repeat(30_000)),
    ]
}

#[test]
fn no_family_is_slow_or_deep() {
    for (name, text) in families() {
        let start = std::time::Instant::now();
        holds(text.as_bytes());
        println!("{name}: {} bytes, {} ms", text.len(), start.elapsed().as_millis());
    }
}

// ── The text comes out as it went in ────────────────────────────────────────────────────────────────────────────────────────────────────

/// The text less the blank lines that it begins with: they go with the declarations.
fn from_first_words(text: &str) -> &str {
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n').filter(|(line, _)| line.trim().is_empty()) {
        let _ = line;
        rest = after;
    }
    rest
}

#[test]
fn a_real_treaty_with_one_line_on_top_comes_out_byte_for_byte() {
    for (path, bytes) in corpus().into_iter().filter(|(path, _)| path.ends_with(".txt")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let draft = format!("treaty \"T\"\n{text}");
        let out = compile(&Source::new(path.as_str(), draft.into_bytes()), Target::Text, &Options::default());
        assert!(from_first_words(&out) == from_first_words(&text), "{path} changed");
    }
}

#[test]
fn the_text_is_the_draft_less_what_is_no_text() {
    let by_hand: String = DRAFT[DRAFT.find("Convention on Restraint in").unwrap_or(0)..]
        .split_inclusive('\n')
        .filter(|line| !line.trim_start().starts_with('@'))
        .map(|line| line.replace(" // to be settled", ""))
        .collect();
    assert_eq!(compile(&Source::new("draft.tdl", DRAFT.into()), Target::Text, &Options::default()), by_hand);
    let ugly = compile(&Source::new("draft.tdl", UGLY.into()), Target::Text, &Options::default());
    assert_eq!(ugly, UGLY.replace("\\[", "[").replace("\\]", "]"));
}

#[test]
fn the_text_of_a_text_is_the_same() {
    let mut rng = Rng::with_seed(4);
    for draft in drafts() {
        let text = compile(&Source::new("t", draft.clone()), Target::Text, &Options::default());
        let _telling = Telling(&draft);
        // What the backslashes kept from being read is read the second time.
        if !String::from_utf8_lossy(&draft).contains('\\') {
            assert!(compile(&Source::new("t", text.clone().into_bytes()), Target::Text, &Options::default()) == text);
        }
        let _ = rng.u8(..);
    }
}

// ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The codes and lines of all mistakes, in order.
fn mistakes(text: &str) -> Vec<(u32, &'static str)> {
    let source = Source::new("draft.tdl", text.into());
    let tree = syntax::read(source.text());
    let treaty = Treaty::build(&source, &tree, &Options::default());
    let mut found: Vec<_> =
        tree.mistakes.iter().chain(&treaty.mistakes).map(|mistake| (source.place(mistake.span.start).line, mistake.code)).collect();
    found.sort_unstable();
    found
}

#[test]
fn five_mistakes_are_five_findings() {
    let text = "\
treaty \"Pact\"
  stage: drafft
party ATL Republic of Atlantis
mechanism: satellite watch
  confidence: 300%

Article 1
1. Each Party shall] consult the others.
   @verifed by: satellite watch
2. Each Party shall inform the others.

Article 2
The Parties shall meet within 30 days.
";
    let wanted = [(2, "unknown-value"), (3, "syntax"), (5, "senseless-value"), (8, "stray-bracket"), (9, "unknown-annotation")];
    assert_eq!(mistakes(text), wanted);
    let source = Source::new("draft.tdl", text.into());
    let tree = syntax::read(source.text());
    let treaty = Treaty::build(&source, &tree, &Options::default());
    assert_eq!(treaty.norms.len(), 3, "the healthy clauses are all there");
    assert_eq!(mistakes(DRAFT), []);
}

/// Mistakes and paragraphs of a text.
fn count(bytes: Vec<u8>) -> (usize, usize) {
    let source = Source::new("draft.tdl", bytes);
    let tree = syntax::read(source.text());
    let treaty = Treaty::build(&source, &tree, &Options::default());
    let paragraphs = tree.units.iter().filter(|unit| unit.kind == UnitKind::Paragraph).count();
    (tree.mistakes.len() + treaty.mistakes.len(), paragraphs)
}

#[test]
fn a_lost_byte_costs_little() {
    let texts = corpus();
    let mut text: Vec<u8> = Vec::new();
    for (_, bytes) in texts.iter().rev().cycle().take(texts.len() * 4) {
        if text.len() > 10_000_000 {
            break;
        }
        text.extend(bytes);
        text.push(b'\n');
    }
    if text.is_empty() {
        return;
    }
    let (mistakes, paragraphs) = count(text.clone());
    let mut rng = Rng::with_seed(5);
    for deletions in [100, 1_000] {
        // Only whole signs fall: half a letter is another kind of mistake.
        let fallen: HashSet<usize> = (0..deletions).map(|_| rng.usize(0..text.len())).filter(|at| text[*at].is_ascii()).collect();
        let broken = text.iter().enumerate().filter(|(at, _)| !fallen.contains(at)).map(|(_, byte)| *byte).collect();
        let (more, kept) = count(broken);
        println!("{deletions} deletions: {mistakes} mistakes become {more}, {paragraphs} paragraphs become {kept}");
        assert!(more.saturating_sub(mistakes) * 10 <= deletions * 11, "{deletions} deletions bring {} mistakes", more - mistakes);
        assert!(kept.abs_diff(paragraphs) * 100 <= paragraphs, "{deletions} deletions leave {kept} of {paragraphs} paragraphs");
    }
}
