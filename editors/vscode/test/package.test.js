"use strict";

const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { test } = require("node:test");
const { createVSIX, listFiles } = require("@vscode/vsce");

const ROOT = path.join(__dirname, "..");

// Loads the extension with the real client and a `vscode` that gives anything, and prints the files that it took.
const LOADER = `
const Module = require("node:module");
const load = Module._load;
const anything = () => new Proxy(class {}, { get: (target, key) => (key === "prototype" ? target.prototype : anything()) });
const vscode = anything();
Module._load = function (request, ...rest) {
  return request === "vscode" ? vscode : load.call(this, request, ...rest);
};
require("./extension.js");
console.log(Object.keys(require.cache).join("\\n"));
`;

test("the package has all that the extension loads and nothing of what only builds it", async () => {
  const packed = new Set(await listFiles({ cwd: ROOT }));
  const loaded = execFileSync(process.execPath, ["-e", LOADER], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
  assert.ok(loaded.length > 20);
  const files = loaded.map((file) => path.relative(ROOT, file).split(path.sep).join("/"));
  const data = ["syntaxes/tdl.tmLanguage.json", "language-configuration.json", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-MIT", "LICENSE-APACHE"];
  assert.deepEqual([...files, ...data].filter((file) => !packed.has(file)), []);
  const needless = /^test\/|^\.|package-lock|\.vsix$|\.d\.ts$|\.map$|\/(vsce|vscode-textmate|vscode-oniguruma)\//;
  assert.deepEqual([...packed].filter((file) => needless.test(file)), []);
  const libraries = [...packed].filter((file) => file.startsWith("node_modules/")).map((file) => /.*node_modules\/[^/]+/.exec(file)[0]);
  const licensed = [...new Set(libraries)].filter((library) => ![...packed].some((file) => file.startsWith(`${library}/`) && /licen[cs]e/i.test(file)));
  assert.deepEqual(licensed, [], "no licence goes along with these");
});

test("vsce packages it", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "treatylint-"));
  try {
    const packagePath = path.join(folder, "treatylint.vsix");
    await createVSIX({ cwd: ROOT, packagePath });
    assert.equal(fs.readFileSync(packagePath).subarray(0, 2).toString(), "PK");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
