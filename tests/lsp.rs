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
    client.change(2, "treaty \"Pact\"\n\nPART I\n\nArticle 1\nThe seat is Port Meridian.\n\nPART II\n\nArticle 2\nThe Parties meet.\n\nArticle 3\nThey reply.\n");
    client.shown(2);
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    let inside = |part: &Value| -> Vec<String> {
        part["children"].as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(outline.as_array().unwrap().iter().map(inside).collect::<Vec<_>>(), [vec!["Article 1"], vec!["Article 2", "Article 3"]]);
    client.end();
}

/// Accents and an emoji in front of all that is asked for.
const NAMED: &str = "treaty \"Pact\"\n  excerpt: yes\nparty ATL: Atlantis\nparty BOR: Boreas\nmechanism: patrols\n  run by: ATL\n  sees: after use\n\nArticle 1\nÇa 🌐 \"cyber attack\" means an act that destroys data.\n\nArticle 2\nAtlantis shall not conduct a cyber attack under Article 1, nor [BOR: prepare] cyber attacks.\n@verified by: patrols\n@binds: ATL\n";

/// The words of a text at a range, in UTF-16.
fn words(text: &str, range: &Value) -> String {
    let at = |end: &str, key: &str| range[end][key].as_u64().unwrap() as usize;
    assert_eq!(at("start", "line"), at("end", "line"), "{range}");
    let line: Vec<u16> = text.lines().nth(at("start", "line")).unwrap().encode_utf16().collect();
    String::from_utf16(&line[at("start", "character")..at("end", "character")]).unwrap()
}

#[test]
fn what_has_a_name_is_told_found_and_renamed() {
    let (mut client, _) = Client::new(json!(["utf-16"]));
    client.open(NAMED);
    let told = |hover: Value| hover["contents"]["value"].as_str().unwrap_or_default().to_owned();
    // A term by its definition, a mechanism and a party by their declarations, a modal by who is bound, a rule by its page.
    assert!(told(client.at("textDocument/hover", 12, 30)).contains("**cyber attack** means, by Article 1:"));
    assert!(told(client.at("textDocument/hover", 13, 16)).contains("mechanism: patrols\n  run by: ATL\n  sees: after use"));
    assert!(told(client.at("textDocument/hover", 14, 10)).contains("party ATL: Atlantis"));
    assert!(told(client.at("textDocument/hover", 12, 12)).contains("**prohibition** on Atlantis (named)"));
    let line = |found: &Value| found[0]["range"]["start"]["line"].as_u64();
    assert_eq!(line(&client.at("textDocument/definition", 14, 10)), Some(2));
    assert_eq!(line(&client.at("textDocument/definition", 12, 30)), Some(9));
    // Every use of the party: its declaration, the mechanism, the text, the annotation.
    let uses = client.at("textDocument/references", 14, 10);
    let lines: Vec<u64> = uses.as_array().unwrap().iter().map(|found| found["range"]["start"]["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [2, 5, 12, 14]);
    let rename = |client: &mut Client, line: u32, character: u32, new: &str| {
        let place = json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": character }, "newName": new });
        client.ask("textDocument/rename", place)["changes"][URI].as_array().unwrap().clone()
    };
    let shown = |edits: &[Value]| -> Vec<String> {
        edits.iter().map(|edit| format!("{} -> {}", words(NAMED, &edit["range"]), edit["newText"].as_str().unwrap())).collect()
    };
    assert_eq!(shown(&rename(&mut client, 14, 10, "ATN")), ["ATL -> ATN"; 3]);
    assert_eq!(shown(&rename(&mut client, 4, 13, "sea patrols")), ["patrols -> sea patrols"; 2]);
    let renamed = rename(&mut client, 12, 30, "network attack");
    assert_eq!(shown(&renamed), ["cyber attack -> network attack", "cyber attack -> network attack", "cyber attacks -> network attacks"]);
    // An article's number is no name.
    client.send(&json!({ "jsonrpc": "2.0", "id": 98, "method": "textDocument/prepareRename",
        "params": { "textDocument": { "uri": URI }, "position": { "line": 12, "character": 53 } } }));
    assert_eq!(client.read()["error"]["code"], -32602);
    client.end();
}

/// A wrapped term, a plural that is more than an `s`, an article that is spoken of whole and in part.
const WRAPPED: &str = "treaty \"Pact\"\n  excerpt: yes\n\nArticle 1\n\"network activity\" means an act that destroys data.\n\nArticle 2\n1. Neither Party shall conduct a network\nactivity.\n   @consequence: Article 3\n2. Network activities are reported.\n\nArticle 3\nA breach of Article 2(1), or of Article 2, ends the rights of the Party under this Pact.\n";

#[test]
fn a_new_name_is_written_wherever_the_old_one_stands() {
    let (mut client, _) = Client::new(json!(["utf-16"]));
    client.open(WRAPPED);
    let place = json!({ "textDocument": { "uri": URI }, "position": { "line": 4, "character": 5 }, "newName": "data operation" });
    let edits = client.ask("textDocument/rename", place)["changes"][URI].as_array().unwrap().clone();
    let new: Vec<&str> = edits.iter().map(|edit| edit["newText"].as_str().unwrap()).collect();
    assert_eq!(new, ["data operation", "data\noperation", "Data operations"]);
    client.end();
}

#[test]
fn an_article_is_found_from_its_number_and_from_an_annotation() {
    let (mut client, _) = Client::new(json!(["utf-16"]));
    client.open(WRAPPED);
    let uses = |client: &mut Client, line: u32, with: bool| -> Vec<u64> {
        let place = json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": 2 }, "context": { "includeDeclaration": with } });
        let found = client.ask("textDocument/references", place);
        found.as_array().unwrap().iter().map(|found| found["range"]["start"]["line"].as_u64().unwrap()).collect()
    };
    // The heading itself, and Article 3, which speaks of it in part and whole.
    assert_eq!(uses(&mut client, 6, true), [6, 13, 13]);
    assert_eq!(uses(&mut client, 6, false), [13, 13]);
    assert_eq!(uses(&mut client, 12, false), [9]);
    assert_eq!(client.at("textDocument/definition", 9, 20)[0]["range"]["start"]["line"], 12);
    client.end();
}

#[test]
fn what_may_be_written_is_offered() {
    let (mut client, _) = Client::new(json!(["utf-16"]));
    let mut offered = |version: i64, text: &str| -> Vec<String> {
        // The cursor stands where the bar does.
        let (before, after) = text.split_once('|').unwrap();
        let whole = format!("{before}{after}");
        if version == 1 {
            client.open(&whole);
        } else {
            client.change(version, &whole);
            client.shown(version);
        }
        let line = before.matches('\n').count() as u32;
        let character = before.rsplit('\n').next().unwrap().encode_utf16().count() as u32;
        let items = client.at("textDocument/completion", line, character);
        items.as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    };
    let has = |offered: &[String], words: &str| assert!(offered.iter().any(|label| label == words), "{words}: {offered:?}");
    has(&offered(1, &NAMED.replace("party BOR", "pa|\nparty BOR")), "party");
    has(&offered(2, &NAMED.replace("  run by: ATL", "  att|\n  run by: ATL")), "attributes to");
    assert_eq!(offered(3, &NAMED.replace("sees: after use", "sees: |")), ["before use", "during use", "after use"]);
    has(&offered(4, &NAMED.replace("run by: ATL", "run by: |")), "BOR");
    has(&offered(5, &NAMED.replace("@binds: ATL", "@ver|")), "verified by");
    has(&offered(6, &NAMED.replace("@binds: ATL", "@allow va|")), "vague-time");
    assert_eq!(offered(7, &NAMED.replace("@verified by: patrols", "@verified by: |")), ["patrols", "none"]);
    assert_eq!(offered(8, &NAMED.replace("under Article 1", "under Article |")), ["Article 1", "Article 2"]);
    has(&offered(9, &NAMED.replace("nor [", "nor a cy| [")), "cyber attack");
    client.end();
}

#[test]
fn text_is_folded_coloured_laid_out_and_allowed() {
    let (mut client, said) = Client::new(json!(["utf-16"]));
    let text = NAMED.replace("@binds: ATL", "   @binds:ATL") + "\nThe Parties shall report promptly.\n";
    client.open(&text);
    let of = json!({ "textDocument": { "uri": URI } });
    let folds = client.ask("textDocument/foldingRange", of.clone());
    assert_eq!(
        folds,
        json!([{ "startLine": 0, "endLine": 1 }, { "startLine": 4, "endLine": 6 }, { "startLine": 8, "endLine": 9 }, { "startLine": 11, "endLine": 16 }])
    );
    let legend = &said["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"];
    let data = client.ask("textDocument/semanticTokens/full", of.clone())["data"].clone();
    let numbers: Vec<u64> = data.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    let (mut line, mut column, mut coloured) = (0, 0, Vec::new());
    for token in numbers.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let range = json!({ "start": { "line": line, "character": column }, "end": { "line": line, "character": column + token[2] } });
        coloured.push((legend[token[3] as usize].as_str().unwrap().to_owned(), words(&text, &range)));
    }
    for (kind, word) in [
        ("keyword", "treaty"),
        ("variable", "ATL"),
        ("property", "run by"),
        ("namespace", "Article 1"),
        ("type", "cyber attack"),
        ("type", "cyber attacks"),
        ("modifier", "shall"),
        ("operator", "[BOR: "),
        ("decorator", "@verified by"),
    ] {
        let found = coloured.iter().any(|(of, shown)| of == kind && shown.trim() == word.trim());
        assert!(found, "{kind} {word}: {coloured:?}");
    }
    let edits = client.ask("textDocument/formatting", json!({ "textDocument": { "uri": URI }, "options": {} }));
    assert_eq!(edits[0]["newText"].as_str().unwrap(), text.replace("   @binds:ATL", "@binds: ATL"));
    // An exception waits for its reason, and is told until it has one.
    let line = text.lines().position(|line| line.contains("promptly")).unwrap();
    let place = json!({ "line": line, "character": text.lines().nth(line).unwrap().find("promptly").unwrap() });
    let asked = json!({ "textDocument": { "uri": URI }, "range": { "start": place, "end": place }, "context": {} });
    let actions = client.ask("textDocument/codeAction", asked);
    let titles: Vec<&str> = actions.as_array().unwrap().iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Allow vague-time here, with a reason"], "{place}");
    let allow = actions.as_array().unwrap().iter().find(|action| action["title"] == "Allow vague-time here, with a reason").unwrap();
    let edit = &allow["edit"]["changes"][URI][0];
    assert_eq!((edit["newText"].as_str(), edit["range"]["start"]["line"].as_u64()), (Some("@allow vague-time: \n"), Some(17)), "{edit}");
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
fn a_change_of_a_part_is_taken_in_at_its_place() {
    for encoding in ["utf-8", "utf-16"] {
        let (mut client, _) = Client::new(json!([encoding]));
        // `promptly`, behind accents and an emoji, and then a word above it.
        let range = client.open(DRAFT)[2]["range"].clone();
        let above = json!({ "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 12 } });
        let changes = json!([{ "range": range, "text": "without delay" }, { "range": above, "text": "Charter\n// 🌐\n" }]);
        client.tell("textDocument/didChange", json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": changes }));
        let shown = client.shown(2);
        let found = shown.iter().find(|found| found["code"] == "vague-time").unwrap();
        assert!(found["message"].as_str().unwrap().starts_with("`without delay`"), "{encoding}: {found}");
        assert_eq!(found["range"]["start"]["line"], 8);
        assert_eq!(found["range"]["start"]["character"], range["start"]["character"], "{encoding}");
        client.end();
    }
}

/// A folder of its own.
fn folder(name: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        std::fs::write(folder.join(file), text).unwrap();
    }
    folder
}

#[test]
fn findings_follow_the_files_that_a_draft_uses_and_its_configuration() {
    let draft = "treaty \"Pact\"\n  excerpt: yes\nuse \"shared.tdl\"\n\nArticle 1\nBoreas shall report promptly.\n";
    let shared = "party ATL: Atlantis\nparty BOR: Boreas\n  also: the North\n";
    let folder = folder("lsp-fresh", &[("shared.tdl", "party ATL: Atlantis\n"), ("draft.tdl", draft)]);
    let uri = |name: &str| format!("file://{}/{name}", folder.display());
    let (mut client, _) = Client::new(json!(["utf-16"]));
    let open = |client: &mut Client, name: &str, text: &str| {
        client
            .tell("textDocument/didOpen", json!({ "textDocument": { "uri": uri(name), "languageId": "tdl", "version": 1, "text": text } }));
    };
    let shown = |client: &mut Client, name: &str| -> Vec<String> {
        loop {
            let message = client.read();
            if message["params"]["uri"] == uri(name) {
                return codes(message["params"]["diagnostics"].as_array().unwrap()).into_iter().map(str::to_owned).collect();
            }
        }
    };
    open(&mut client, "draft.tdl", draft);
    assert!(!shown(&mut client, "draft.tdl").contains(&"vague-time".to_owned()), "nobody is bound whom the draft knows");
    // What is typed into the shared file counts at once, saved or not.
    open(&mut client, "shared.tdl", shared);
    assert!(shown(&mut client, "draft.tdl").contains(&"vague-time".to_owned()));
    let hover =
        client.ask("textDocument/hover", json!({ "textDocument": { "uri": uri("draft.tdl") }, "position": { "line": 5, "character": 2 } }));
    assert!(
        hover["contents"]["value"].as_str().unwrap().contains("party BOR: Boreas\n  also: the North\n```\n\ndeclared in `shared.tdl`"),
        "{hover}"
    );
    // So does a configuration, and what is wrong with one is shown in it, until it is mended.
    let write = |client: &mut Client, text: &str| {
        std::fs::write(folder.join("treatylint.toml"), text).unwrap();
        client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri("treatylint.toml"), "type": 2 }] }));
    };
    write(&mut client, "ignore = [\"vague-time\"]\n");
    assert!(!shown(&mut client, "draft.tdl").contains(&"vague-time".to_owned()));
    write(&mut client, "ignor = [\"vague-time\"]\n");
    assert_eq!(shown(&mut client, "treatylint.toml"), ["bad-setting"]);
    write(&mut client, "");
    assert_eq!(shown(&mut client, "treatylint.toml"), [""; 0]);
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
-- What is typed, behind accents and an emoji, is found where it stands.
local from = vim.fn.getline(7):find('promptly') - 1
vim.api.nvim_buf_set_text(0, 6, from, 6, from + 8, {{ 'without delay' }})
local function seen() return vim.tbl_contains(vim.tbl_map(function(found) return found.end_col - found.col end, vim.diagnostic.get(0)), 13) end
vim.wait(10000, seen, 20)
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
    assert_eq!(out, "unknown-field confidance\nunused-declaration patrols\nvague-time without delay\n");
}
