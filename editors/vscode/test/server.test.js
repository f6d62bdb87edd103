"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { test, before, after } = require("node:test");
const rpc = require("vscode-jsonrpc/node");
const { grammar, tokens } = require("./tokens");

const ROOT = path.join(__dirname, "../../..");
const built = path.join(ROOT, "target/release/treatylint");
const program = process.env.TREATYLINT || (fs.existsSync(built) ? built : undefined);
const skip = program ? false : "no treatylint: set TREATYLINT";

let server;
let client;
let greeting;

before(async () => {
  if (skip) return;
  server = spawn(program, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  client = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
  client.listen();
  greeting = await client.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  await client.sendNotification("initialized", {});
});

after(async () => {
  if (skip) return;
  await client.sendRequest("shutdown");
  await client.sendNotification("exit");
  client.dispose();
});

const open = (uri, text) => client.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "tdl", version: 1, text } });

test("the server folds, outlines and colours, and finds in an unsaved draft", { skip }, async () => {
  for (const able of ["foldingRangeProvider", "documentSymbolProvider", "semanticTokensProvider", "documentFormattingProvider"]) {
    assert.ok(greeting.capabilities[able], able);
  }
  const { scopes } = require("../package.json").contributes.semanticTokenScopes[0];
  assert.deepEqual(Object.keys(scopes).sort(), [...greeting.capabilities.semanticTokensProvider.legend.tokenTypes].sort());
  const told = new Promise((resolve) => client.onNotification("textDocument/publishDiagnostics", resolve));
  await open("untitled:Untitled-1", "treaty \"Pact\"\n  excerpt: yes\n\nArticle 1\n\nEach Party shall report promptly.\n");
  const { uri, diagnostics } = await told;
  assert.equal(uri, "untitled:Untitled-1");
  assert.deepEqual(diagnostics.map(({ code }) => code), ["vague-time"]);
});

// What the reader calls a keyword, a field or a heading has its scope in the grammar. Titles in lines of their own only the reader tells.
const SCOPES = {
  keyword: "keyword.declaration",
  property: "support.type.property-name",
  decorator: "punctuation.definition.annotation",
  comment: "comment.line",
  modifier: "keyword.control.modal",
  namespace: "markup.heading",
};
const PLAIN = { modifier: /^(?!shall|must|may|should|undertakes)/, namespace: /^(?!(Article|Annex|Part|Chapter|Section|Schedule)\b)/ };

test("the grammar and the reader agree on the examples", { skip }, async () => {
  const tdl = await grammar();
  const { tokenTypes } = greeting.capabilities.semanticTokensProvider.legend;
  const folder = path.join(ROOT, "examples");
  const faults = [];
  let compared = 0;
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".tdl"))) {
    const uri = pathToFileURL(path.join(folder, file)).href;
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    await open(uri, text);
    const { data } = await client.sendRequest("textDocument/semanticTokens/full", { textDocument: { uri } });
    const lines = text.split("\n");
    const read = tokens(tdl, lines);
    let line = 0;
    let start = 0;
    for (let at = 0; at < data.length; at += 5) {
      start = data[at] ? data[at + 1] : start + data[at + 1];
      line += data[at];
      const type = tokenTypes[data[at + 3]];
      const words = lines[line].slice(start, start + data[at + 2]);
      if (!SCOPES[type] || PLAIN[type]?.test(words)) continue;
      compared += 1;
      const { scopes } = read[line].find((token) => token.start <= start && start < token.end);
      if (!scopes.some((scope) => scope.startsWith(SCOPES[type]))) {
        faults.push(`${file}:${line + 1}: ${words} is a ${type} and has ${scopes.slice(1).join(" ") || "nothing"}`);
      }
    }
  }
  assert.ok(compared > 500, `${compared} pieces compared`);
  assert.equal(faults.join("\n"), "");
});
