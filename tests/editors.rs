//! The settings in `docs/editors/`, taken from the pages and driven in the editors themselves, without a screen, against a draft with known
//! findings. Where an editor is not installed its test says so and passes. What no registry has is held against what the program prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DRAFT: &str =
    "treaty \"Pact\"\n  excerpt: yes\n\nArticle 1\n“Ça” – 🌐: each Party shall report promptly.\n\nEach Party shall endeavour to attend.\n";

/// A folder with the draft in it, the program first on the path, and a home of its own.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("editors-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("draft.tdl"), DRAFT).unwrap();
        Self(folder)
    }

    /// What an editor wrote to `out`; `None` where it is not installed.
    fn drive(&self, editor: &str, arguments: &[&str]) -> Option<String> {
        let program = Path::new(env!("CARGO_BIN_EXE_treatylint")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
        let ran = Command::new(editor)
            .args(arguments)
            .current_dir(&self.0)
            .env("PATH", path)
            .env("HOME", &self.0)
            .env("LANG", "C.UTF-8")
            .output();
        let Ok(ran) = ran else {
            println!("skipped: {editor} is not installed");
            return None;
        };
        let out = fs::read_to_string(self.0.join("out"));
        Some(out.unwrap_or_else(|_| panic!("{editor}: {}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr))))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The last block in a language of a page, or the first one.
fn block(page: &str, language: &str, last: bool) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/editors").join(page)).unwrap();
    let fence = format!("```{language}\n");
    let mut blocks = text.split(&fence).skip(1).map(|block| block.split("```").next().unwrap().to_owned());
    if last { blocks.last() } else { blocks.next() }.unwrap()
}

/// The block of settings in JSON.
fn json(page: &str, last: bool) -> serde_json::Value {
    serde_json::from_str(&block(page, "json", last)).unwrap()
}

/// Whether a pattern reads every line that a command prints of the draft, of which there are two.
fn reads_every_line(pattern: &str, command: &[String]) {
    let schema = serde_json::json!({ "type": "string", "pattern": pattern });
    let matcher = jsonschema::validator_for(&schema).unwrap();
    assert_eq!(command[0], "treatylint");
    let desk = Desk::new("pattern");
    let ran = Command::new(env!("CARGO_BIN_EXE_treatylint")).current_dir(&desk.0).args(&command[1..]).output().unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(out.lines().count(), 2);
    for line in out.lines() {
        assert!(matcher.is_valid(&serde_json::json!(line)), "{line}");
    }
}

/// The words of a command in settings, with the draft for what the editor puts in.
fn words(list: &serde_json::Value) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap().replace("${file}", "draft.tdl").replace("$file", "draft.tdl"))
        .collect()
}

#[test]
fn vim_fills_its_quickfix_list() {
    let desk = Desk::new("vim");
    let settings = block("vim.md", "vim", false);
    fs::create_dir_all(desk.0.join("rt/compiler")).unwrap();
    let compiler = settings.split("compiler/treatylint.vim\n").nth(1).unwrap();
    fs::write(desk.0.join("rt/compiler/treatylint.vim"), compiler).unwrap();
    let arguments = [
        "-Nu",
        "NONE",
        "-es",
        "-c",
        "set encoding=utf-8 rtp+=rt",
        "-c",
        "edit draft.tdl",
        "-c",
        "compiler treatylint",
        "-c",
        "silent make",
        "-c",
        "call writefile(map(getqflist(), 'v:val.lnum . \" \" . v:val.vcol . \" \" . v:val.col . \" \" . v:val.type . v:val.text'), 'out')",
        "-c",
        "qa!",
    ];
    let Some(out) = desk.drive("vim", &arguments) else { return };
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(lines[0].starts_with("5 1 35 n[vague-time]: `promptly`"), "{out}");
    assert!(lines[1].starts_with("7 1 18 w[hedged-obligation]: `endeavour to`"), "{out}");
}

#[test]
fn neovim_shows_diagnostics_on_the_words() {
    let desk = Desk::new("neovim");
    let settings = block("neovim.md", "lua", true);
    let readback = "
lint(0)
local out = {}
for _, found in ipairs(vim.diagnostic.get(0)) do
  local text = vim.api.nvim_buf_get_text(0, found.lnum, found.col, found.end_lnum, found.end_col, {})[1]
  table.insert(out, found.code .. ' ' .. found.severity .. ' ' .. text)
end
table.sort(out)
vim.fn.writefile(out, 'out')
";
    fs::write(desk.0.join("lint.lua"), settings + readback).unwrap();
    let arguments = ["--headless", "--clean", "draft.tdl", "-c", "luafile lint.lua", "-c", "qa!"];
    let Some(out) = desk.drive("nvim", &arguments) else { return };
    assert_eq!(out, "hedged-obligation 2 endeavour to\nvague-time 3 promptly\n");
}

#[test]
fn emacs_walks_the_findings() {
    let desk = Desk::new("emacs");
    let settings = block("emacs.md", "elisp", false);
    let readback = "
(find-file \"draft.tdl\")
(let ((compilation-ask-about-save nil))
  (compile compile-command))
(while (get-buffer-process \"*compilation*\") (accept-process-output nil 0.05))
(let ((out nil))
  (dotimes (_ 2)
    (next-error)
    (with-current-buffer (get-file-buffer \"draft.tdl\")
      (push (format \"%d %s\" (line-number-at-pos) (buffer-substring (point) (+ (point) 8))) out)))
  (with-temp-file \"out\" (insert (mapconcat #'identity (nreverse out) \"\\n\"))))
";
    fs::write(desk.0.join("lint.el"), settings + readback).unwrap();
    let Some(out) = desk.drive("emacs", &["--batch", "-Q", "-l", "lint.el"]) else { return };
    assert_eq!(out, "5 promptly\n7 endeavou");
}

#[test]
fn the_problem_matcher_of_vs_code_reads_every_line_of_the_short_form() {
    let settings = json("vscode.md", false);
    let task = &settings["tasks"][0];
    let mut command = vec![task["command"].as_str().unwrap().to_owned()];
    command.extend(words(&task["args"]));
    reads_every_line(task["problemMatcher"]["pattern"]["regexp"].as_str().unwrap(), &command);
}

#[test]
fn the_build_system_of_sublime_text_reads_every_line_of_the_short_form() {
    let settings = json("sublime.md", false);
    reads_every_line(settings["file_regex"].as_str().unwrap(), &words(&settings["cmd"]));
    assert_eq!(settings["selector"], json("sublime.md", true)["clients"]["treatylint"]["selector"]);
    assert!(block("sublime.md", "yaml", false).contains(&format!("scope: {}\n", settings["selector"].as_str().unwrap())));
}

#[test]
fn helix_starts_a_server_that_there_is_and_formats_as_fmt_does() {
    let settings: toml::Table = block("helix.md", "toml", false).parse().unwrap();
    let (server, language) = (&settings["language-server"]["treatylint"], &settings["language"][0]);
    assert_eq!(language["language-servers"][0].as_str(), Some("treatylint"));
    assert_eq!((server["command"].as_str(), server["args"][0].as_str()), (Some("treatylint"), Some("lsp")));
    let arguments = language["formatter"]["args"].as_array().unwrap().iter().map(|word| word.as_str().unwrap());
    let desk = Desk::new("helix");
    let draft = fs::File::open(desk.0.join("draft.tdl")).unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_treatylint")).current_dir(&desk.0).args(arguments).stdin(draft).output().unwrap();
    assert!(ran.status.success());
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), DRAFT, "a draft that is laid out stays");
}
