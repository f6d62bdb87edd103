//! The language server through its protocol: what an editor sends and what comes back, positions behind accents and emoji, and that nothing
//! is shown of a text that is no longer there. Neovim's own client drives it too, where it is installed.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const URI: &str = "file:///nowhere/at/all/a%20draft.tdl";
const DRAFT: &str = "treaty \"Pact\"\n  excerpt: yes\nmechanism: patrols\n  confidance: 60%\n\nArticle 1\n“Ça” – 🌐: each Party shall report promptly under Article 2.\n\nArticle 2\nThe Parties shall meet.\n";

/// A client.
struct Client {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: i64,
}

impl Client {
    /// Starts the server and greets it, with the encodings of positions that the client can do.
    fn new(encodings: Value) -> (Self, Value) {
        let mut child =
            Command::new(env!("CARGO_BIN_EXE_treatylint")).arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut client = Self { child, input, output, asked: 0 };
        let said = client.ask("initialize", json!({ "capabilities": { "general": { "positionEncodings": encodings } } }));
        client.tell("initialized", json!({}));
        (client, said)
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server went away");
            match line.trim().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().unwrap(),
                _ if line.trim().is_empty() => break,
                _ => {}
            }
        }
        let mut bytes = vec![0; length];
        self.output.read_exact(&mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and passes over what is shown meanwhile.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["id"] == id {
                assert_eq!(message.get("error"), None, "{message}");
                return message["result"].clone();
            }
        }
    }

    fn open(&mut self, text: &str) -> Vec<Value> {
        self.tell("textDocument/didOpen", json!({ "textDocument": { "uri": URI, "languageId": "tdl", "version": 1, "text": text } }));
        self.shown(1)
    }

    fn change(&mut self, version: i64, text: &str) {
        let document = json!({ "uri": URI, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [{ "text": text }] }));
    }

    /// The findings shown of a version; findings of an earlier one may come before, of none that is newer.
    fn shown(&mut self, version: i64) -> Vec<Value> {
        loop {
            let message = self.read();
            if message["method"] == "textDocument/publishDiagnostics" {
                let told = message["params"]["version"].as_i64().unwrap();
                assert!(told <= version);
                if told == version {
                    return message["params"]["diagnostics"].as_array().unwrap().clone();
                }
            }
        }
    }

    fn at(&mut self, method: &str, line: u32, character: u32) -> Value {
        self.ask(method, json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": character } }))
    }

    fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        assert!(self.child.wait().unwrap().success());
    }
}

fn codes(shown: &[Value]) -> Vec<&str> {
    shown.iter().map(|found| found["code"].as_str().unwrap()).collect()
}

#[test]
fn findings_stand_on_their_words_in_the_encoding_agreed_on() {
    for (offered, agreed, start) in
        [(json!(["utf-8", "utf-16"]), "utf-8", 44), (json!(["utf-16"]), "utf-16", 35), (Value::Null, "utf-16", 35)]
    {
        let (mut client, said) = Client::new(offered);
        assert_eq!(said["capabilities"]["positionEncoding"], agreed);
        let shown = client.open(DRAFT);
        assert_eq!(codes(&shown), ["unused-declaration", "unknown-field", "vague-time"], "{shown:#?}");
        let range = &shown[2]["range"];
        assert_eq!((range["start"]["line"].as_u64(), range["start"]["character"].as_u64()), (Some(6), Some(start)), "{agreed}");
        assert_eq!(range["end"]["character"].as_u64(), Some(start + 8));
        client.end();
    }
}

#[test]
fn a_fix_is_offered_and_mends_the_text() {
    let (mut client, _) = Client::new(json!(["utf-8"]));
    client.open(DRAFT);
    let place = json!({ "line": 3, "character": 4 });
    let actions = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": URI }, "range": { "start": place, "end": place }, "context": {} }),
    );
    assert_eq!(actions[0]["title"], "write `confidence`");
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(actions[0]["edit"]["changes"][URI][0]["newText"], "confidence");
    client.change(2, &DRAFT.replace("confidance", "confidence"));
    assert!(!codes(&client.shown(2)).contains(&"unknown-field"));
    client.end();
}

#[test]
fn hover_tells_the_page_definition_the_article_and_the_outline_the_whole() {
    let (mut client, _) = Client::new(json!(["utf-16"]));
    client.open(DRAFT);
    let hover = client.at("textDocument/hover", 6, 37);
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("**vague-time** in Article 1") && text.contains("## Why it matters"), "{text}");
    assert_eq!(client.at("textDocument/hover", 9, 2), Value::Null);
    let definition = client.at("textDocument/definition", 6, 53);
    assert_eq!(definition[0]["range"]["start"]["line"], 8, "{definition}");
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    let names: Vec<&str> = outline.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Article 1", "Article 2"]);
    client.end();
}

#[test]
fn nothing_is_shown_of_a_text_that_is_no_longer_there() {
    let (mut client, _) = Client::new(json!(["utf-8"]));
    client.open(DRAFT);
    for version in 2..40 {
        client.change(version, &DRAFT.replace("promptly", &"promptly ".repeat(version as usize)));
    }
    client.change(40, "treaty \"Pact\"\n  excerpt: yes\n\nArticle 1\nThe seat is Port Meridian.\n");
    assert_eq!(client.shown(40), [Value::Null; 0]);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    let message = client.read();
    assert_eq!(message["params"]["diagnostics"], json!([]));
    client.end();
}

#[test]
fn what_it_cannot_do_and_places_that_are_not_there_are_answered() {
    let (mut client, _) = Client::new(json!(["utf-8"]));
    client.open("");
    assert_eq!(client.at("textDocument/hover", 1_000_000, 7), Value::Null);
    assert_eq!(client.at("textDocument/definition", 0, 4_000_000_000), Value::Null);
    client.send(&json!({ "jsonrpc": "2.0", "id": 99, "method": "textDocument/sing", "params": {} }));
    assert_eq!(client.read()["error"]["code"], -32601);
    client.end();
}

#[test]
fn neovims_own_client_shows_the_findings() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lsp-neovim");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("draft.tdl"), DRAFT).unwrap();
    let script = format!(
        "local client = vim.lsp.start_client({{ name = 'treatylint', cmd = {{ '{}', 'lsp' }}, root_dir = vim.fn.getcwd() }})
vim.lsp.buf_attach_client(0, client)
vim.wait(10000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local out = {{}}
for _, found in ipairs(vim.diagnostic.get(0)) do
  local text = vim.api.nvim_buf_get_text(0, found.lnum, found.col, found.end_lnum, found.end_col, {{}})[1]
  table.insert(out, found.code .. ' ' .. text)
end
table.sort(out)
vim.fn.writefile(out, 'out')
",
        env!("CARGO_BIN_EXE_treatylint")
    );
    std::fs::write(folder.join("lsp.lua"), script).unwrap();
    let ran = Command::new("nvim")
        .args(["--headless", "--clean", "draft.tdl", "-c", "luafile lsp.lua", "-c", "qa!"])
        .current_dir(&folder)
        .output();
    if ran.is_err() {
        println!("skipped: nvim is not installed");
        return;
    }
    let out = std::fs::read_to_string(folder.join("out")).unwrap();
    assert_eq!(out, "unknown-field confidance\nunused-declaration patrols\nvague-time promptly\n");
}
