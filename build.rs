//! Builds the automaton that finds the words of all lexicons, and the words where a modal, a qualifier or a reference may begin, in one
//! pass. It is built here because building it at start would take half of a short run.

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[derive(Deserialize)]
struct Class {
    about: String,
    inflect: Inflect,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    words: Vec<Entry>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Inflect {
    None,
    Noun,
    Verb,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Bare(String),
    Sourced { words: String, source: String },
}

/// What is known of one pattern: the classes that it is in, as bits, and where it comes from.
#[derive(Default)]
struct Pattern {
    classes: u128,
    source: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=grammar");
    println!("cargo:rerun-if-changed=src/lexicon");
    let mut classes: Vec<(String, String)> = Vec::new();
    let mut patterns: BTreeMap<String, Pattern> = BTreeMap::new();
    for file in ["vagueness", "escape", "acts", "verification", "parties"] {
        let path = format!("src/lexicon/{file}.toml");
        let tables: BTreeMap<String, Class> = toml::from_str(&fs::read_to_string(&path)?).map_err(|error| format!("{path}: {error}"))?;
        for (name, class) in tables {
            add_class(&mut patterns, classes.len(), &class);
            classes.push((name, class.about));
        }
    }
    for (rule, name) in [("modal_first", "modal-anchor"), ("reference_first", "reference-anchor"), ("qualifier_first", "qualifier-anchor")]
    {
        for word in literals("grammar/sentence.pest", rule)? {
            patterns.entry(word).or_default().classes |= 1 << classes.len();
        }
        classes.push((name.to_owned(), format!("where `{rule}` of the sentence grammar may begin")));
    }
    let out = env::var("OUT_DIR")?;
    // With the space before it: so a word is not even begun in the middle of another.
    // Without a filter for likely places: in prose every place is.
    let automaton: DoubleArrayAhoCorasick<u32> = DoubleArrayAhoCorasickBuilder::new()
        .use_prefilter(false)
        .build_with_values(patterns.keys().enumerate().map(|(id, word)| (format!(" {word}"), id as u32)))
        .map_err(|error| error.to_string())?;
    fs::write(Path::new(&out).join("lexicon.bin"), automaton.serialize())?;
    fs::write(Path::new(&out).join("lexicon.rs"), tables(&classes, &patterns)?)?;
    Ok(())
}

fn add_class(patterns: &mut BTreeMap<String, Pattern>, bit: usize, class: &Class) {
    let crossed = class.adjectives.iter().flat_map(|adjective| class.nouns.iter().map(move |noun| (format!("{adjective} {noun}"), None)));
    let listed = class.words.iter().map(|entry| match entry {
        Entry::Bare(words) => (words.clone(), None),
        Entry::Sourced { words, source } => (words.clone(), Some(source.clone())),
    });
    for (words, source) in crossed.chain(listed) {
        for form in forms(&normal(&words), class.inflect) {
            let pattern = patterns.entry(form).or_default();
            pattern.classes |= 1 << bit;
            pattern.source = pattern.source.take().or(source.clone());
        }
    }
}

/// Small letters, and a space for every other sign: what the text is turned into when it is searched.
fn normal(words: &str) -> String {
    words.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect()
}

fn forms(words: &str, inflect: Inflect) -> Vec<String> {
    let mut forms = vec![words.to_owned()];
    match inflect {
        Inflect::None => {}
        Inflect::Noun => {
            let head = [" of ", " in ", " on ", " for ", " to ", " against ", " through ", " by ", " without "]
                .iter()
                .filter_map(|link| words.find(link))
                .min()
                .unwrap_or(words.len());
            forms.push(format!("{}{}", plural(&words[..head]), &words[head..]));
        }
        Inflect::Verb => {
            let head = words.find(' ').unwrap_or(words.len());
            if words.starts_with("not ") {
                return forms;
            }
            forms.extend(verb(&words[..head]).into_iter().map(|form| format!("{form}{}", &words[head..])));
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o'])
    {
        return format!("{stem}ies");
    }
    if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") { format!("{noun}es") } else { format!("{noun}s") }
}

fn verb(verb: &str) -> Vec<String> {
    const IRREGULAR: [(&str, &[&str]); 24] = [
        ("hide", &["hid", "hidden"]),
        ("keep", &["kept"]),
        ("hold", &["held"]),
        ("bring", &["brought"]),
        ("make", &["made"]),
        ("give", &["gave", "given"]),
        ("take", &["took", "taken"]),
        ("bear", &["bore", "borne"]),
        ("lay", &["laid"]),
        ("pay", &["paid"]),
        ("meet", &["met"]),
        ("withdraw", &["withdrew", "withdrawn"]),
        ("seek", &["sought"]),
        ("build", &["built"]),
        ("break", &["broke", "broken"]),
        ("overwrite", &["overwrote", "overwritten"]),
        ("fly", &["flew", "flown"]),
        ("cut", &["cut"]),
        ("shut", &["shut"]),
        ("set", &["set"]),
        ("spy", &["spied"]),
        ("have", &["had", "has"]),
        ("be", &["been"]),
        ("forgo", &["forgoes", "forgone"]),
    ];
    const DOUBLING: [&str; 17] = [
        "cut", "permit", "admit", "submit", "transmit", "commit", "refer", "defer", "transfer", "cap", "embed", "plan", "shut", "set",
        "stop", "confer", "propel",
    ];
    let mut forms = vec![if verb == "carry" { "carries".to_owned() } else { plural(verb) }];
    let stem = if DOUBLING.contains(&verb) { format!("{verb}{}", &verb[verb.len() - 1..]) } else { verb.to_owned() };
    let (past, present) = match stem.strip_suffix('e') {
        Some(bare) if !stem.ends_with("ee") => (format!("{stem}d"), format!("{bare}ing")),
        _ => match stem.strip_suffix('y') {
            Some(bare) if !bare.ends_with(['a', 'e', 'o']) => (format!("{bare}ied"), format!("{stem}ing")),
            _ => (format!("{stem}ed"), format!("{stem}ing")),
        },
    };
    forms.extend([past, present]);
    if let Some((_, more)) = IRREGULAR.iter().find(|(known, _)| *known == verb) {
        forms.extend(more.iter().map(|form| (*form).to_owned()));
    }
    forms
}

/// The string literals of one rule of a grammar.
fn literals(path: &str, rule: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let grammar = fs::read_to_string(path)?;
    let start = grammar.find(&format!("\n{rule} ")).ok_or(format!("{path} has no rule {rule}"))?;
    let body = &grammar[start..];
    let body = &body[..body.find('}').ok_or("a rule that does not end")?];
    Ok(body.split('"').skip(1).step_by(2).map(normal).collect())
}

fn tables(classes: &[(String, String)], patterns: &BTreeMap<String, Pattern>) -> Result<String, Box<dyn Error>> {
    let mut out = String::from(
        "/// What a word of the lexicons is.\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(u8)]\npub enum Class {\n",
    );
    for (name, about) in classes {
        let camel: String = name.split('-').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
        writeln!(out, "    /// {}.\n    {camel},", about.trim_end_matches('.'))?;
    }
    out.push_str("}\n\nimpl Class {\n    /// Every class with its name and what it means.\n    pub const ALL: &[(Self, &str, &str)] = &[");
    for (name, about) in classes {
        let camel: String = name.split('-').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
        write!(out, "(Self::{camel},{name:?},{about:?}),")?;
    }
    out.push_str("];\n}\n\n/// The classes of each pattern, as bits.\nstatic CLASSES: &[u128] = &[");
    for pattern in patterns.values() {
        write!(out, "{},", pattern.classes)?;
    }
    out.push_str("];\n\n/// The source of each pattern that has one, by pattern.\nstatic SOURCES: &[(u32, &str)] = &[");
    for (id, pattern) in patterns.values().enumerate() {
        if let Some(source) = &pattern.source {
            write!(out, "({id},{source:?}),")?;
        }
    }
    out.push_str("];\n");
    Ok(out)
}
