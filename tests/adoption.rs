//! How a repository takes treatylint in: its configuration, a baseline, fixes, revisions, several forms at once, a first draft.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const DRAFT: &str = "treaty \"Pact\"\n  excerpt: yes\n\nArticle 1\nEach Party shall report promptly.\n";
const TWO: &str = "treaty \"Pact\"\n  excerpt: yes\n\nArticle 1\nThe seat is Port Meridian.\nThe Parties meet there.\n\nEach Party shall report promptly.\nEach Party shall endeavour to attend.\n";

/// A directory of a test's own, gone when the test ends.
struct Folder(PathBuf);

/// Status, standard output, standard error.
type Ran = (i32, String, String);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("adoption-{name}"));
        let _ = fs::remove_dir_all(&path);
        let folder = Self(path);
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    /// A copy of the sample repository.
    fn sample(name: &str) -> Self {
        let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/policy-repository");
        let files = ["treatylint.toml", "known.json", "drafts/incidents.tdl", "drafts/shared.tdl"];
        let texts = files.map(|file| (file, std::fs::read_to_string(sample.join(file)).unwrap()));
        Self::new(name, &texts.each_ref().map(|(file, text)| (*file, text.as_str())))
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.0.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.command(env!("CARGO_BIN_EXE_treatylint"), arguments)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Ran {
        let out = Command::new(program).current_dir(&self.0).args(arguments).stdin(Stdio::null()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
    }

    /// The rules that a run in the short form tells of.
    fn rules(&self, arguments: &[&str]) -> Vec<String> {
        let (_, out, _) = self.run(&[&["--quiet", "--format", "short"], arguments].concat());
        out.lines().map(|line| line.split(['[', ']']).nth(1).unwrap_or(line).to_owned()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_nearest_configuration_holds_and_the_command_line_wins() {
    let folder = Folder::new("nearest", &[("treatylint.toml", "ignore = [\"vague-time\"]\n"), ("drafts/deep/a.tdl", DRAFT)]);
    assert_eq!(folder.rules(&["drafts/deep/a.tdl"]), [""; 0]);
    assert_eq!(folder.rules(&["--isolated", "drafts/deep/a.tdl"]), ["vague-time"]);
    assert_eq!(folder.rules(&["--ignore", "form", "drafts/deep/a.tdl"]), ["vague-time"]);
    folder.write("drafts/treatylint.toml", "[levels]\nvague-time = \"error\"\n");
    let (status, out, _) = folder.run(&["--format", "short", "drafts/deep/a.tdl"]);
    assert_eq!(status, 1);
    assert!(out.contains("error[vague-time]"), "{out}");
    folder.write("other.toml", "select = [\"form\"]\n");
    assert_eq!(folder.rules(&["--config", "other.toml", "drafts/deep/a.tdl"]), [""; 0]);
}

#[test]
fn what_holds_is_told_with_where_it_comes_from() {
    let settings = "persona = \"pedantic\"\nignore = [\"form\"]\n[levels]\nvague-time = \"error\"\n[per-file.\"annexes/*\"]\nignore = [\"escape\"]\nlevels = { vague-term = \"off\" }\n";
    let folder = Folder::new("told", &[("treatylint.toml", settings), ("annexes/a.tdl", DRAFT)]);
    let shown = |path: &str| -> Vec<String> { folder.run(&["config", path]).1.lines().map(str::to_owned).collect() };
    let all = shown(".");
    assert_eq!(all[..3], ["# from treatylint.toml", "ignore = [\"form\"]", "persona = \"pedantic\""]);
    assert!(all.contains(&"confidence = 0.9  # by default".to_owned()) && all.contains(&"[per-file.\"annexes/*\"]".to_owned()), "{all:#?}");
    // For a file the settings for it are merged in.
    let own = shown("annexes/a.tdl");
    assert_eq!(own[1], "ignore = [\"form\", \"escape\"]  # also per-file.\"annexes/*\"");
    assert_eq!(own[own.len() - 3..], ["[levels]  # also per-file.\"annexes/*\"", "vague-term = \"off\"", "vague-time = \"error\""]);
    folder.write("again.toml", &own.join("\n"));
    assert_eq!(
        folder.rules(&["--config", "again.toml", "annexes/a.tdl"]),
        folder.rules(&["annexes/a.tdl"]),
        "it is a configuration itself"
    );
    let bare = Folder::new("told-bare", &[("a.tdl", DRAFT)]);
    assert!(
        bare.run(&["config"]).1.starts_with("# no treatylint.toml here or above: the defaults hold\npersona = \"default\"  # by default\n")
    );
}

#[test]
fn what_is_excluded_is_found_in_no_directory_and_other_files_have_their_own_settings() {
    let settings = "exclude = [\"archive/**\"]\ninclude = [\"*.txt\"]\n[per-file.\"annexes/*\"]\nignore = [\"vague-time\"]\n";
    let files = [("treatylint.toml", settings), ("archive/old.tdl", DRAFT), ("annexes/a.tdl", DRAFT), ("body.txt", DRAFT)];
    let folder = Folder::new("exclude", &files);
    let (_, out, _) = folder.run(&["--format", "short", "--quiet"]);
    assert_eq!(out.lines().map(|line| line.split(':').next().unwrap()).collect::<Vec<_>>(), ["body.txt"]);
    assert_eq!(folder.rules(&["archive/old.tdl"]), ["vague-time"], "named, it is linted all the same");
}

#[test]
fn a_mistake_in_the_configuration_is_shown_in_its_place() {
    let folder = Folder::new("mistake", &[("treatylint.toml", "persona = \"default\"\nignor = []\n"), ("a.tdl", DRAFT)]);
    let (status, out, err) = folder.run(&["a.tdl"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("--> treatylint.toml:2:1"), "{err}");
    assert!(err.contains("did you mean `ignore`?"), "{err}");
    let (_, _, err) = folder.run(&["--config", "gone.toml", "a.tdl"]);
    assert_eq!(err, "error: cannot read gone.toml: no such file or directory\n");
}

#[test]
fn the_schema_of_the_configuration_is_that_of_the_types_and_knows_the_starter() {
    let folder = Folder::new("schema", &[("a.tdl", DRAFT)]);
    let (status, schema, _) = folder.run(&["config", "--schema"]);
    assert_eq!(status, 0);
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schema/treatylint-toml-1.json");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &schema).unwrap();
    }
    assert!(fs::read_to_string(file).unwrap_or_default() == schema, "UPDATE=1 cargo test rewrites schema/treatylint-toml-1.json");
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&serde_json::json!({ "persona": "pedantic", "levels": { "vague-term": "off" } })));
    assert!(!validator.is_valid(&serde_json::json!({ "ignor": [] })));
    // Rules, families and classes of words are listed, so that an editor completes them and marks what nobody knows.
    for wrong in [
        serde_json::json!({ "select": ["vague-trem"] }),
        serde_json::json!({ "levels": { "escap": "off" } }),
        serde_json::json!({ "words": { "hegde": ["budget permitting"] } }),
        serde_json::json!({ "per-file": { "*.tdl": { "ignore": ["forn"] } } }),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
    for file in ["examples/policy-repository/treatylint.toml", "src/cli/start/treatylint.toml"] {
        let text = fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let settings: toml::Table = text.parse().unwrap();
        assert!(validator.is_valid(&serde_json::to_value(settings).unwrap()), "{file}");
    }
}

#[test]
fn a_baseline_hides_what_was_there_and_an_edit_above_wakes_nothing() {
    let folder = Folder::new("baseline", &[("a.tdl", DRAFT)]);
    let (status, ..) = folder.run(&["--fail-on", "advice", "--write-baseline", "known.json", "a.tdl"]);
    assert_eq!(status, 0, "what is taken into the baseline is no reason to fail");
    let first = folder.read("known.json");
    folder.run(&["--write-baseline", "known.json", "a.tdl"]);
    assert_eq!(first, folder.read("known.json"), "the same findings give the same bytes");
    folder.write("a.tdl", TWO);
    let (status, out, err) = folder.run(&["--format", "short", "--quiet", "--baseline", "known.json", "a.tdl"]);
    assert_eq!(status, 1);
    assert!(out.contains("[hedged-obligation]") && !out.contains("[vague-time]"), "{out}{err}");
    folder.write("treatylint.toml", "baseline = \"known.json\"\n");
    assert_eq!(folder.rules(&["a.tdl"]), ["hedged-obligation"]);
    assert_eq!(folder.rules(&["."]), ["hedged-obligation"], "./a.tdl is a.tdl");
    // A new article above gives the old one another number, and its words tell that it is the old one. A copy of its words is new.
    let article = |number: u32, words: &str| format!("\nArticle {number}\n\n{words}\n");
    let renumbered = DRAFT.replace("\nArticle 1\n", &(article(1, "The Parties shall meet once a year.") + "\nArticle 2\n"));
    folder.write("a.tdl", &renumbered);
    assert_eq!(folder.rules(&["a.tdl"]), [""; 0], "{renumbered}");
    let clause = DRAFT.split("\nArticle 1\n").nth(1).unwrap().trim();
    folder.write("a.tdl", &(renumbered + &article(3, clause)));
    assert_eq!(folder.rules(&["a.tdl"]), ["vague-time"]);
    folder.write("known.json", "{");
    let (status, _, err) = folder.run(&["a.tdl"]);
    assert_eq!(status, 2);
    assert!(err.contains("known.json: is no baseline"), "{err}");
}

#[test]
fn the_sample_repository_is_clean_and_its_baseline_is_why() {
    let sample = Folder::sample("policy");
    assert_eq!(sample.run(&[]).0, 0, "{:?}", sample.run(&[]));
    assert_eq!(sample.run(&["drafts"]).0, 0);
    assert_eq!(sample.run(&["--isolated", "--format", "short"]).0, 1);
    let known = sample.read("known.json");
    sample.run(&["--write-baseline", "known.json"]);
    assert_eq!(sample.read("known.json"), known, "it is what `treatylint --write-baseline known.json` writes");
}

#[test]
fn fixes_are_shown_then_applied_and_then_there_are_none() {
    let draft = "treaty \"Pact\"\n  excerpt: yes\nmechanism: patrols\n  confidance: 60%\n\nArticle 1\n@alow vague-time: agreed\nEach Party shall report promptly.\n";
    let folder = Folder::new("fix", &[("a.tdl", draft)]);
    let (status, out, _) = folder.run(&["--diff", "a.tdl"]);
    assert_eq!(status, 1);
    assert!(out.contains("-  confidance: 60%\n+  confidence: 60%\n"), "{out}");
    assert_eq!(folder.read("a.tdl"), draft, "--diff changes nothing");
    let (_, _, err) = folder.run(&["--fix", "a.tdl"]);
    assert!(err.contains("applied 2 fixes in 1 file"), "{err}");
    assert_eq!(folder.read("a.tdl"), draft.replace("confidance", "confidence").replace("@alow", "@allow"));
    let (status, out, err) = folder.run(&["--diff", "a.tdl"]);
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", "would apply 0 fixes in 0 files\n"));
    let (status, _, err) = folder.run(&["--fix", "-"]);
    assert_eq!((status, err.as_str()), (0, ""), "an empty standard input has nothing to mend");
}

#[test]
fn words_of_the_treaty_change_only_where_that_is_asked_for() {
    let draft = "treaty \"Pact\"\n  excerpt: yes\n\nArticle 1\n1. Each Party shall [promptly report.\n2. The Parties shall meet.\n";
    let folder = Folder::new("unsafe", &[("a.tdl", draft)]);
    folder.run(&["--fix", "a.tdl"]);
    assert_eq!(folder.read("a.tdl"), draft);
}

#[test]
fn several_forms_go_to_several_places_in_one_run() {
    let folder = Folder::new("forms", &[("a.tdl", DRAFT)]);
    let (_, out, _) = folder.run(&["--format", "short", "--format", "sarif=o.sarif,junit=o.xml", "a.tdl"]);
    assert!(out.contains("[vague-time]"), "{out}");
    assert!(folder.read("o.sarif").contains("\"version\": \"2.1.0\""));
    assert!(folder.read("o.xml").contains("<testsuites"));
    let (status, _, err) = folder.run(&["--format", "short,plain", "a.tdl"]);
    assert_eq!(status, 2);
    assert!(err.contains("give one of them a file"), "{err}");
    let (status, _, err) = folder.run(&["--format", "sarf", "a.tdl"]);
    assert_eq!(status, 2);
    assert!(err.contains("`sarf` is none of terminal"), "{err}");
}

#[test]
fn what_is_new_since_a_revision_is_what_is_shown() {
    let folder = Folder::new("since", &[("a.tdl", DRAFT)]);
    let git = |arguments: &[&str]| folder.command("git", &[&["-c", "user.name=A", "-c", "user.email=a@example.org"], arguments].concat());
    if Command::new("git").arg("--version").output().is_err() {
        println!("skipped: there is no git here");
        return;
    }
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "first"]);
    assert_eq!(folder.rules(&["--since", "HEAD"]), [""; 0]);
    folder.write("a.tdl", TWO);
    folder.write("new.tdl", DRAFT);
    assert_eq!(folder.rules(&["--since", "HEAD"]), ["hedged-obligation", "vague-time"]);
    let (status, _, err) = folder.run(&["--since", "nowhere"]);
    assert_eq!((status, err.as_str()), (2, "error: --since nowhere: git knows no such revision here\n"));
}

#[test]
fn a_newcomer_gets_a_draft_with_findings_and_nothing_is_overwritten() {
    let folder = Folder::new("init", &[("kept/draft.tdl", "mine")]);
    let (status, _, err) = folder.run(&["init", "new"]);
    assert_eq!(status, 0, "{err}");
    let rules = folder.rules(&["new"]);
    assert!(rules.contains(&"vague-term".to_owned()), "{rules:?}");
    let (_, _, err) = folder.run(&["init", "kept"]);
    assert!(err.contains("left kept/draft.tdl as it is"), "{err}");
    assert_eq!(folder.read("kept/draft.tdl"), "mine");
    let (status, out, _) = folder.run(&["--exit-zero", "--format", "short", "--fail-on", "never", "new"]);
    assert_eq!(status, 2, "two ways to say it at once: {out}");
    assert_eq!(folder.run(&["--exit-zero", "new"]).0, 0);
    assert_eq!(folder.run(&["--exit-zero", "new", "gone.tdl"]).0, 2, "a file that cannot be read is no finding");
}

#[test]
fn shells_and_man_know_the_commands() {
    let folder = Folder::new("man", &[("a.tdl", DRAFT)]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (status, out, _) = folder.run(&["completions", shell]);
        assert!(status == 0 && out.contains("brackets") && out.contains("baseline"), "{shell}");
    }
    let (_, page, _) = folder.run(&["man"]);
    assert!(page.contains(".TH treatylint 1") && page.contains("baseline"), "{page}");
}

#[test]
fn what_stands_is_allowed_with_its_reason_and_the_treaty_keeps_its_words() {
    let draft = "treaty \"Pact\"\n\nArticle 1\n\n1. Each Party shall endeavour to report\npromptly, and shall attend as soon as possible.\n2. The seat is Port Meridian.\n";
    let folder = Folder::new("allow", &[("draft.tdl", draft)]);
    let words = folder.run(&["compile", "draft.tdl", "--to", "text"]).1;
    let (status, out, err) = folder.run(&["--format", "short", "--quiet", "--add-allow", "agreed in the first round", "draft.tdl"]);
    assert_eq!((status, out.as_str()), (0, ""), "{err}");
    assert_eq!(folder.run(&["compile", "draft.tdl", "--to", "text"]).1, words);
    let written = folder.read("draft.tdl");
    // Each stands under its clause, in line with its words; what the whole treaty is told stands above the text.
    assert!(
        written.contains("as soon as possible.\n   @allow hedged-obligation: agreed in the first round\n   @allow vague-time"),
        "{written}"
    );
    assert!(written.starts_with("treaty \"Pact\"\n@allow missing-final-clause: agreed in the first round\n"), "{written}");
    assert!(written.ends_with("2. The seat is Port Meridian.\n"), "{written}");
    // A second run has nothing to write, and an exception without a reason is none.
    assert!(folder.run(&["--add-allow", "again", "draft.tdl"]).2.is_empty());
    assert_eq!(folder.read("draft.tdl"), written);
    assert_eq!(folder.run(&["--add-allow", " ", "draft.tdl"]).0, 2);
    // A heading that runs into its words is allowed under them: no line fits between.
    folder.write(
        "run-in.tdl",
        "treaty \"Pact\"\n  excerpt: no\n\nArticle 1. The seat is Port Meridian.\n\nArticle 3. The Parties meet there.\n",
    );
    let misnumbered = ["--select", "misnumbered,needless-allow", "--format", "short", "--quiet", "run-in.tdl"];
    assert!(folder.run(&misnumbered).1.contains("the number 3 follows 1"));
    folder.run(&["--add-allow", "Article 2 is under consultation", "run-in.tdl"]);
    assert_eq!(folder.run(&misnumbered).1, "");
}

#[test]
fn a_draft_is_laid_out_anew_and_then_it_is_as_it_should_be() {
    let folder = Folder::new("fmt", &[("a.tdl", "treaty  \"Pact\"\n\n\nArticle 1  \n\nThe seat.\n@note:x\n"), ("b.tdl", DRAFT)]);
    let (status, out, err) = folder.run(&["fmt", "--check"]);
    assert_eq!(
        (status, out.as_str(), err.as_str()),
        (1, "would reformat a.tdl\n", "1 file would be reformatted, 1 file as they should be\n")
    );
    let (status, out, _) = folder.run(&["fmt", "--diff"]);
    assert!(status == 1 && out.contains("-treaty  \"Pact\"\n+treaty \"Pact\"\n"), "{out}");
    assert_eq!(folder.run(&["fmt"]).0, 0);
    assert_eq!(folder.read("a.tdl"), "treaty \"Pact\"\n\nArticle 1\n\nThe seat.\n@note: x\n");
    assert_eq!(folder.run(&["fmt", "--check"]).0, 0);
    let (status, _, err) = folder.run(&["fmt", "none.tdl"]);
    assert!(status == 2 && err.contains("cannot format none.tdl"), "{err}");
}

#[test]
fn an_unchanged_file_is_not_judged_again_and_a_change_anywhere_is_seen() {
    let config = ("treatylint.toml", "");
    let draft = "treaty \"Pact\"\n  excerpt: yes\nuse \"parties.tdl\"\n\nArticle 1\n\nAtlantis shall report promptly.\n";
    let folder = Folder::new("cache", &[config, ("draft.tdl", draft), ("parties.tdl", "party ATL: Atlantis\n")]);
    let run = |folder: &Folder| folder.run(&["--format", "json", "draft.tdl"]);
    let first = run(&folder);
    assert_eq!(folder.read(".treatylint-cache/.gitignore"), "*\n");
    let kept = fs::read_dir(folder.0.join(".treatylint-cache")).unwrap().count();
    assert_eq!((kept, run(&folder)), (2, first.clone()));
    // A kept report that somebody meddled with, or that a full disk cut off, is as good as none.
    for file in fs::read_dir(folder.0.join(".treatylint-cache")).unwrap() {
        fs::write(file.unwrap().path(), "{").unwrap();
    }
    assert_eq!(run(&folder), first);
    for (file, text) in [
        ("draft.tdl", draft.replace("promptly", "within 3 days").as_str()),
        ("draft.tdl", draft),
        ("parties.tdl", "party CAL: Caledonia\n"),
        ("treatylint.toml", "ignore = [\"vague-time\"]\n"),
    ] {
        folder.write(file, text);
        let fresh = folder.run(&["--format", "json", "--no-cache", "draft.tdl"]);
        assert_eq!(run(&folder), fresh, "{file}: {text}");
    }
    fs::remove_file(folder.0.join("parties.tdl")).unwrap();
    assert_eq!(run(&folder), folder.run(&["--format", "json", "--no-cache", "draft.tdl"]));
}

#[test]
fn a_house_has_words_phrases_and_declarations_of_its_own() {
    let config = "use = [\"shared/parties.tdl\"]\nallowed-phrases = [\"report promptly\"]\n[words]\nvague-time = [\"at the next convenient moment\"]\n";
    let draft = "treaty \"Pact\"\n  excerpt: yes\n\nArticle 1\n\n1. Each Party shall report promptly.\n2. Each Party shall pay at the next convenient moment.\n3. Atlantis shall leave.\n";
    let folder =
        Folder::new("house", &[("treatylint.toml", config), ("drafts/a.tdl", draft), ("shared/parties.tdl", "party ATL: Atlantis\n")]);
    let shown = |arguments: &[&str]| folder.run(&[&["--format", "short", "--quiet", "--no-cache"], arguments].concat()).1;
    let out = shown(&["drafts"]);
    assert!(out.contains("a.tdl:7:25: note[vague-time]: `at the next convenient moment` sets no outer limit"), "{out}");
    assert!(out.contains("[one-sided-obligation]: Article 1(3) binds Atlantis and nobody else") && !out.contains("promptly"), "{out}");
    let out = shown(&["--isolated", "drafts"]);
    assert!(out.contains("`promptly`") && !out.contains("convenient") && !out.contains("one-sided"), "{out}");
    // The shared file is linted as it is, and one that is not there is told once.
    assert_eq!(folder.run(&["shared"]).0, 0);
    assert!(folder.run(&["config", "--words"]).1.contains("\nvague-time "));
    folder.write("treatylint.toml", "use = [\"nowhere.tdl\"]\n");
    let (status, _, err) = folder.run(&["drafts"]);
    assert!(status == 2 && err.contains("treatylint.toml: use: cannot read nowhere.tdl: no such file or directory"), "{err}");
}

#[test]
fn thresholds_are_a_matter_of_the_house() {
    let draft = "treaty \"Pact\"\n\nArticle 1\n\nEach Party may withdraw from this Pact by three months' written notice.\n";
    let folder = Folder::new("thresholds", &[("a.tdl", draft)]);
    assert_eq!(folder.rules(&["a.tdl"]), ["easy-withdrawal"]);
    folder.write("treatylint.toml", "notice = 30\n");
    assert_eq!(folder.rules(&["a.tdl"]), [""; 0]);

    let skewed = "treaty \"Pact\"\n\nparty ATL: Atlantis\nparty BOR: Boreas\n\nprofile ATL\n  abstains from: cyber attack\n  \
                  depends on: banks (much)\n\nprofile BOR\n  practises: cyber attack\n  depends on: banks (little)\n\nArticle 1\n\n\
                  No Party shall conduct a cyber attack against banks.\n";
    folder.write("a.tdl", skewed);
    let select = ["--select", "skewed-ledger", "a.tdl"];
    assert_eq!(folder.rules(&select), ["skewed-ledger"]);
    folder.write("treatylint.toml", "skew = 100.0\n");
    assert_eq!(folder.rules(&select), [""; 0]);
}

#[test]
fn a_text_becomes_a_draft_with_a_head_of_its_own_words() {
    let text = "Pact between the Kingdom of Boreas and the Republic of Atlantis\n\nArticle 1\n\nEach Party shall report promptly.\n";
    let folder = Folder::new("init-text", &[("pact.txt", text)]);
    assert_eq!(folder.run(&["init", "pact.txt"]).0, 0);
    let draft = folder.read("pact.tdl");
    assert!(draft.contains("party BOR: Kingdom of Boreas\nparty ATL: Republic of Atlantis\n") && draft.ends_with(text), "{draft}");
    assert_eq!(folder.run(&["compile", "pact.tdl", "--to", "text"]).1, text);
    let (status, _, err) = folder.run(&["init", "pact.txt"]);
    assert!(status == 2 && err.contains("is left as it is"), "{err}");
}

#[test]
fn each_draft_has_the_configuration_that_is_nearest_to_it() {
    let files = [
        ("treatylint.toml", ""),
        ("a.tdl", DRAFT),
        ("annexes/treatylint.toml", "ignore = [\"vague-time\"]\n"),
        ("annexes/b.tdl", DRAFT),
        ("annexes/deep/c.tdl", DRAFT),
    ];
    let folder = Folder::new("nearest", &files);
    let shown = |arguments: &[&str]| folder.run(&[&["--quiet", "--format", "short"], arguments].concat()).1;
    let files = |out: &str| -> Vec<String> { out.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect() };
    assert_eq!(files(&shown(&[])), ["a.tdl"]);
    assert_eq!(files(&shown(&["--isolated"])), ["a.tdl", "annexes/b.tdl", "annexes/deep/c.tdl"]);
    assert_eq!(files(&shown(&["--config", "treatylint.toml"])), ["a.tdl", "annexes/b.tdl", "annexes/deep/c.tdl"]);
    // One that is set wrong keeps its own drafts from being judged, and no others.
    folder.write("annexes/treatylint.toml", "ignor = []\n");
    let (status, out, err) = folder.run(&["--quiet", "--format", "short"]);
    assert!(
        status == 2 && out.starts_with("a.tdl:") && err.contains("cannot lint annexes/b.tdl") && err.contains("did you mean `ignore`?"),
        "{err}"
    );
}
