"use strict";

const fs = require("node:fs");
const path = require("node:path");
const textmate = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const SYNTAX = path.join(__dirname, "../syntaxes/tdl.tmLanguage.json");

/** The grammar, read by the tokenizer that VS Code has. */
async function grammar() {
  await oniguruma.loadWASM(fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(SYNTAX, "utf8"), SYNTAX),
  });
  return registry.loadGrammar("text.tdl");
}

/** For each line its tokens with their scopes. */
function tokens(grammar, lines) {
  let stack = textmate.INITIAL;
  return lines.map((line) => {
    const read = grammar.tokenizeLine(line, stack);
    stack = read.ruleStack;
    return read.tokens.map(({ startIndex, endIndex, scopes }) => ({ start: startIndex, end: Math.min(endIndex, line.length), scopes }));
  });
}

module.exports = { grammar, tokens };
