"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { test, before } = require("node:test");
const { grammar, tokens } = require("./tokens");

let tdl;
before(async () => {
  tdl = await grammar();
});

/** Whether a scope is `wanted` or goes on from it. */
const fits = (scope, wanted) => scope === wanted || scope.startsWith(`${wanted}.`);

/** What is wrong with some words of a line; the first place where they stand as a whole counts. */
function faults(line, read, words, wishes) {
  const edge = (at) => !/[\p{L}\p{N}]/u.test(line[at] ?? " ");
  let start = line.indexOf(words);
  while (start >= 0 && /^[\p{L}\p{N}]/u.test(words) && !(edge(start - 1) && edge(start + words.length))) {
    start = line.indexOf(words, start + 1);
  }
  if (start < 0) {
    return [`does not stand in it: ${words}`];
  }
  const end = start + words.length;
  const under = read.filter((token) => token.end > start && token.start < end);
  return wishes.flatMap((wish) => {
    const not = wish.startsWith("-");
    const has = (token) => token.scopes.some((scope) => fits(scope, not ? wish.slice(1) : wish));
    const bad = under.filter((token) => has(token) === not);
    return bad.map((token) => `${words} => ${wish}: "${line.slice(token.start, token.end)}" has ${token.scopes.slice(1).join(" ") || "nothing"}`);
  });
}

const drafts = fs.readFileSync(path.join(__dirname, "page.txt"), "utf8").split(/^=== /m).slice(1);
for (const draft of drafts) {
  const [name, ...rows] = draft.split("\n");
  test(name, () => {
    const lines = rows.filter((row) => !row.startsWith("> "));
    const read = tokens(tdl, lines);
    const found = [];
    let at = -1;
    for (const row of rows) {
      if (!row.startsWith("> ")) {
        at += 1;
        continue;
      }
      const middle = row.lastIndexOf(" => ");
      const wrong = faults(lines[at], read[at], row.slice(2, middle), row.slice(middle + 4).trim().split(/\s+/));
      found.push(...wrong.map((fault) => `${lines[at]}\n    ${fault}`));
    }
    assert.equal(found.join("\n"), "");
  });
}

// What the reader knows, read off its source.
const source = (file) => fs.readFileSync(path.join(__dirname, "../../../src/syntax", file), "utf8");
const strings = (text) => [...text.matchAll(/"([^"]+)"/g)].map(([, word]) => word);
const body = (text, start) => {
  const from = text.indexOf(start);
  assert.ok(from >= 0, `the source has no "${start}"`);
  const end = /\n *(?:\}|\];)\n/g;
  end.lastIndex = from;
  return text.slice(from, /^pub const/.test(start) ? end.exec(text).index : text.indexOf("\n}\n", from));
};

const scopesAt = (read, at) => read.find((token) => token.start <= at && at < token.end).scopes;
const knows = (read, at, wanted) => scopesAt(read, at).some((scope) => fits(scope, wanted));

test("every declaration of the reader is known", () => {
  const tree = source("tree.rs");
  const keyword = tree.slice(tree.indexOf("fn keyword("));
  const keywords = strings(keyword.slice(0, keyword.indexOf("\n    }\n")));
  assert.ok(keywords.length >= 8, keywords.join());
  for (const word of keywords) {
    const [read] = tokens(tdl, [word]);
    assert.ok(knows(read, 0, "keyword.declaration"), word);
  }
});

test("every field of the reader is known, and none besides", () => {
  const heads = source("heads.rs");
  const fields = new Set(strings(body(heads, "pub fn fields(")));
  assert.ok(fields.size >= 20, [...fields].join());
  for (const field of fields) {
    // Also where it could be the next line of a value, and behind a blank line.
    const read = tokens(tdl, ["party ATL: Atlantis", `  ${field}: some value`, `    ${field}: another`, "", `  ${field}: a third`]);
    for (const [line, at] of [[1, 2], [2, 4], [4, 2]]) {
      assert.ok(knows(read[line], at, "support.type.property-name"), `${field} in line ${line}`);
    }
    assert.ok(knows(read[1], field.length + 5, "string.unquoted.value"), `the value of ${field}`);
  }
  const grammar = fs.readFileSync(path.join(__dirname, "../syntaxes/tdl.tmLanguage.json"), "utf8");
  const list = /\(short title\|[^)]*\)/.exec(grammar)[0].slice(1, -1).split("|");
  assert.deepEqual(list.filter((field) => !fields.has(field)), []);
});

test("every value of a closed set is known", () => {
  const values = body(source("heads.rs"), "pub fn values(");
  const arms = [...values.matchAll(/^ *("[^=]+) => &\[([^\]]+)\]/gm)];
  assert.ok(arms.length >= 6);
  for (const [, fields, known] of arms) {
    for (const field of strings(fields)) {
      for (const value of strings(known)) {
        const [, read] = tokens(tdl, ["party ATL: Atlantis", `  ${field}: ${value}`]);
        assert.ok(knows(read, field.length + 4, "constant.language"), `${field}: ${value}`);
      }
    }
  }
});

test("every annotation of the reader is known, and none besides", () => {
  const notes = strings(body(source("notes.rs"), "pub const NOTES"));
  assert.ok(notes.length >= 15, notes.join());
  for (const note of notes) {
    const [read] = tokens(tdl, [["allow", "expect"].includes(note) ? `@${note} vague-term: why` : `@${note}: value`]);
    assert.ok(knows(read, 1, "storage.type.annotation"), note);
  }
  const grammar = fs.readFileSync(path.join(__dirname, "../syntaxes/tdl.tmLanguage.json"), "utf8");
  const list = /\(verified by\|[^)]*\)/.exec(grammar)[0].slice(1, -1).split("|");
  assert.deepEqual([...list, "allow", "expect"].sort(), [...notes].sort());
});
