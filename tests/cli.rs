//! The program from outside: what it prints, where, and with which status.
//!
//! No test here depends on what the rules find: drafts that must be clean are empty, and the others are compared with themselves.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const DRAFT: &str = "treaty \"Pact\"\n\nArticle 1\nEach Party shall refrain from hostile activity.\n";

/// A directory of a test's own, gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let folder = Self(path);
        for (name, text) in files {
            let file = folder.0.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        folder
    }

    fn command(&self, arguments: &[&str]) -> Command {
        command(&self.0, arguments)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::new(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_treatylint"));
    command.current_dir(folder).args(arguments);
    for name in ["NO_COLOR", "NO_GRAPHICS", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

#[derive(Debug, PartialEq)]
struct Ran {
    status: i32,
    out: String,
    err: String,
}

impl Ran {
    fn new(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

#[test]
fn help_and_version() {
    let folder = Folder::new("help", &[]);
    let help = folder.run(&["--help"]);
    assert_eq!(help.status, 0);
    for word in ["Usage: treatylint", "explain", "--fail-on", "Exit status"] {
        assert!(help.out.contains(word), "{word}: {}", help.out);
    }
    let version = folder.run(&["--version"]);
    assert_eq!((version.status, version.out.as_str()), (0, concat!("treatylint ", env!("CARGO_PKG_VERSION"), "\n")));
}

#[test]
fn usage_errors_have_status_2_and_print_nothing_on_standard_output() {
    let folder = Folder::new("usage", &[("a.tdl", "")]);
    for (arguments, told) in [
        (&["--no-such-option"][..], "--no-such-option"),
        (&["--format", "xml"], "`xml` is none of terminal"),
        (&["--select", "no-such-rule", "a.tdl"], "there is no rule or family `no-such-rule`"),
        (&["--ignore", "vaguenes"], "did you mean `vagueness`?"),
        (&["--level", "form", "a.tdl"], "RULE=LEVEL"),
        (&["--level", "form=loud", "a.tdl"], "none of off, advice, warning, error"),
        (&["--level", "fomr=off", "a.tdl"], "did you mean `form`?"),
        (&["--include", "{", "."], "--include '{'"),
        (&["--confidence", "2", "."], "from 0 to 1"),
        (&["--jobs", "0", "."], "--jobs"),
        (&["explain", "no-such-rule-at-all"], "there is no rule `no-such-rule-at-all`"),
        (&["compile", "gone.tdl", "--to", "text"], "cannot read gone.tdl: no such file or directory"),
        (&["--output", "no/such/folder", "a.tdl"], "cannot write no/such/folder"),
    ] {
        let ran = folder.run(arguments);
        assert!(ran.status == 2 && ran.out.is_empty() && ran.err.contains(told), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others_from_being_linted() {
    let folder = Folder::new("missing", &[("a.tdl", "")]);
    let ran = folder.run(&["gone.tdl", "a.tdl", "--format", "short", "--fail-on", "never"]);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.err, "error: cannot lint gone.tdl: no such file or directory\n");
    assert!(ran.out.ends_with(" in 1 file\n"), "{ran:?}");
    let ran = folder.run(&["gone.tdl", "a.tdl", "--format", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, ""));
    assert_eq!(ran.json()["problems"][0]["path"], "gone.tdl");
    assert_eq!(ran.json()["summary"]["files"], 1);
}

#[test]
fn directories_give_drafts_and_respect_gitignore() {
    let files = [("b/x.tdl", ""), ("b/y.txt", ""), ("a.tdl", ""), (".hidden/z.tdl", ""), ("old/w.tdl", ""), (".gitignore", "old/\n")];
    let folder = Folder::new("walk", &files);
    let count = |arguments: &[&str]| {
        let ran = folder.run(&[arguments, &["--format", "json", "--fail-on", "never"]].concat());
        assert_eq!(ran.status, 0, "{ran:?}");
        ran.json()["summary"]["files"].as_u64().unwrap()
    };
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["."]), 2);
    assert_eq!(count(&["--include", "*.txt"]), 3);
    assert_eq!(count(&["--include", "b/*.txt"]), 3);
    assert_eq!(count(&["b", "b/x.tdl", "b/y.txt", "old/w.tdl"]), 3);
}

#[test]
fn a_directory_without_drafts_is_a_warning() {
    let folder = Folder::new("empty", &[("dir/readme.md", "")]);
    let ran = folder.run(&["dir"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "nothing found in 0 files\n"));
    assert!(ran.err.starts_with("warning: no draft in dir"), "{ran:?}");
}

#[test]
fn standard_input_is_a_file_with_a_name() {
    let folder = Folder::new("stdin", &[("a.tdl", DRAFT)]);
    let pipe = |arguments: &[&str]| {
        let mut child = folder.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(DRAFT.as_bytes()).unwrap();
        Ran::new(child.wait_with_output().unwrap())
    };
    let file = folder.run(&["--format", "json", "a.tdl"]);
    assert_eq!(pipe(&["--format", "json", "--stdin-filename", "a.tdl", "-"]), file);
    let unnamed = pipe(&["--format", "json", "-"]);
    assert_eq!(unnamed.out.replace("<stdin>", "a.tdl"), file.out);
    assert_eq!(pipe(&["compile", "-", "--to", "text"]), folder.run(&["compile", "a.tdl", "--to", "text"]));
}

#[test]
fn check_is_the_same_with_and_without_its_name_and_wins_over_a_file() {
    let folder = Folder::new("check", &[("a.tdl", DRAFT), ("check", DRAFT)]);
    let bare = folder.run(&["--format", "json", "a.tdl"]);
    assert_eq!(folder.run(&["check", "--format", "json", "a.tdl"]), bare);
    assert_eq!(folder.run(&["--format", "json", "check", "a.tdl"]), bare);
    assert_eq!(folder.run(&["check", "--format", "json", "./check"]).json()["summary"]["files"], 1);
}

#[test]
fn quiet_output_and_files() {
    let folder = Folder::new("output", &[("a.tdl", DRAFT)]);
    let quiet = folder.run(&["--quiet", "a.tdl"]);
    let loud = folder.run(&["a.tdl"]);
    assert!(loud.out.starts_with(&quiet.out) && loud.out.len() > quiet.out.len());
    let written = folder.run(&["--output", "out.txt", "a.tdl"]);
    assert_eq!((written.status, written.out.as_str()), (loud.status, ""));
    assert_eq!(fs::read_to_string(folder.0.join("out.txt")).unwrap(), loud.out);
}

#[test]
fn as_many_threads_as_you_like_print_the_same() {
    let names: Vec<String> = (0..40).map(|number| format!("{number}/draft.tdl")).collect();
    let texts: Vec<String> = (0..40).map(|number| DRAFT.repeat(1 + number % 7)).collect();
    let files: Vec<(&str, &str)> = names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = Folder::new("threads", &files);
    for format in ["terminal", "narrated", "plain", "short", "json", "jsonl"] {
        let one = folder.run(&["--format", format, "--jobs", "1"]);
        assert_eq!(folder.run(&["--format", format, "--jobs", "4"]), one, "{format}");
        assert_eq!(folder.run(&["--format", format]), one, "{format}");
        assert_ne!(one.status, 2);
    }
}

#[test]
fn the_list_of_rules_in_three_forms() {
    let folder = Folder::new("rules", &[]);
    assert_eq!(folder.run(&["rules"]).status, 0);
    assert!(folder.run(&["rules", "--format", "markdown"]).out.starts_with("| rule | family |"));
    let list = folder.run(&["rules", "--format", "json"]).json();
    for rule in list.as_array().unwrap() {
        let page = folder.run(&["explain", rule["name"].as_str().unwrap()]);
        assert!(page.status == 0 && !page.out.contains('\u{1b}'), "{page:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_it_quietly() {
    let folder = Folder::new("pipe", &[("a.tdl", &DRAFT.repeat(5000))]);
    let binary = env!("CARGO_BIN_EXE_treatylint");
    for arguments in ["--format json a.tdl", "--format plain a.tdl", "rules", "compile a.tdl --to text", "--help"] {
        let line = format!("'{binary}' {arguments} | head -c 0; '{binary}' {arguments} 1>&-");
        let output = Command::new("sh").args(["-c", &line]).current_dir(&folder.0).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = Folder::new("full", &[("a.tdl", DRAFT)]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = folder.command(&["--format", "json", "a.tdl"]).stdout(full).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && err.starts_with("error: cannot write standard output: "), "{err}");
}

#[cfg(unix)]
#[test]
fn a_path_that_steers_the_terminal_is_made_harmless() {
    let folder = Folder::new("steer", &[("a\u{1b}[2J.tdl", "")]);
    let ran = folder.run(&["a\u{1b}[2J.tdl", "gone\u{1b}[2J.tdl"]);
    assert!(ran.status == 2 && !ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{ran:?}");
}
