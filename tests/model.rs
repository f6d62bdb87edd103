//! The model as JSON: its schema is that of the types, what is written keeps to it, and a small draft comes out whole.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use treatylint::options::Options;
use treatylint::source::Source;
use treatylint::targets::json::Model;
use treatylint::targets::{Target, compile};

const DRAFT: &str = "\
// Two powers, one ban.
treaty \"Convention on Restraint in Cyberspace\"
  stage: negotiation
  date: 2026-03-01

party ATL: Republic of Atlantis
  also: Atlantis; the Republic
party BOR: Kingdom of Boreas
group Powers: Powers of the Network
  members: ATL, BOR
body Commission: International Cyber Commission
  powers: on-site inspection, traffic monitoring

mechanism: traffic monitoring
  run by: Commission
  observes: cyber attack
  attributes to: machine
  confidence: 30-45%
  delay: 72 hours
  sees: after use
  evidence: secret

profile ATL
  practises: cyber espionage
  depends on: civilian infrastructure (little)
  source: White Paper on Network Defence, 2025

reservation BOR: Article 2(1)
  text: Boreas does not consider itself bound.

Convention on Restraint in Cyberspace

Article 1
Definitions

For the purposes of this Convention:
(a) \"cyber attack\" means an operation carried out through a computer network that destroys data or services for more than
    one hour; // to be settled
    @threshold: 1 hour
(b) \"civilian infrastructure\" means the systems listed in Annex A.

Article 2
Restraint

1. No Party shall conduct a cyber attack against civilian infrastructure, except in response to an armed attack.
   @verified by: traffic monitoring
   @consequence: Article 3
2. If a Party is attacked, it shall [ATL: promptly / BOR: within 72 hours] notify the Commission as provided in Article 9.
3. Each Party shall:
   (a) designate a point of contact; and
   (b) respond, as appropriate, within 30 days to a request under paragraph 2.

Article 3
Breach

The other Parties may suspend Article 2 towards that Party for at most one year, subject to Article 27 of the Charter of the United Nations.

Annex A
List of protected systems

1. Systems that clear payments between banks.
";

fn schema() -> Value {
    schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Model>().into()
}

/// Compares a text with a file; `UPDATE=1` rewrites the file.
fn compare(path: &str, text: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, text).unwrap();
    }
    let known = fs::read_to_string(&file).unwrap_or_default();
    assert!(known == text, "{path} differs; UPDATE=1 cargo test rewrites it. Now it would be:\n{text}");
}

fn model(text: &[u8]) -> Value {
    let json = compile(&Source::new("draft.tdl", text.to_vec()), Target::Json, &Options::default());
    serde_json::from_str(&json).unwrap()
}

#[test]
fn the_schema_is_that_of_the_types() {
    compare("schema/model-0.json", &format!("{:#}\n", schema()));
}

#[test]
fn whatever_is_written_keeps_to_the_schema() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    for text in [DRAFT, "", "\u{feff}", "Article 1\r\n[[a / b] c\r\n@allow x: y", "treaty \"T\"\nstage: nonsense\n\n1. Each Party shall"] {
        let model = model(text.as_bytes());
        schema.validate(&model).unwrap_or_else(|error| panic!("{error}\n{model:#}"));
    }
    assert!(schema.validate(&model(b"\xff\xfe Article 1\n")).is_ok());
}

#[test]
fn a_small_draft_comes_out_whole() {
    compare("tests/model.json", &format!("{:#}\n", model(DRAFT.as_bytes())));
}

#[test]
fn every_span_is_what_it_says() {
    fn walk(value: &Value) {
        if let Some(start) = value.get("start").filter(|start| start.is_object()) {
            let offset = start["offset"].as_u64().unwrap() as usize;
            let before = &DRAFT[..offset];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            assert_eq!((start["line"].as_u64().unwrap() as usize, start["column"].as_u64().unwrap() as usize), (line, column));
            assert!(value["end"]["offset"].as_u64().unwrap() >= start["offset"].as_u64().unwrap());
        }
        match value {
            Value::Array(values) => values.iter().for_each(walk),
            Value::Object(fields) => fields.values().for_each(walk),
            _ => {}
        }
    }
    walk(&model(DRAFT.as_bytes()));
}
