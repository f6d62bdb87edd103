"use strict";

const assert = require("node:assert/strict");
const Module = require("node:module");
const path = require("node:path");
const { test, beforeEach, after } = require("node:test");

// Node itself is a program that is there and answers `--version`.
const HERE = process.execPath;

let seen;
let settings;
let answer;
let failing;

class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { id, name, server, options, running: false });
  }
  async start() {
    seen.push(["start", this]);
    if (failing) {
      throw new Error("it said nothing");
    }
    this.running = true;
  }
  needsStop() {
    return this.running;
  }
  async stop() {
    seen.push(["stop", this]);
    this.running = false;
  }
}

const commands = new Map();
let changed;
const vscode = {
  workspace: {
    workspaceFolders: undefined,
    getConfiguration: (section) => ({ get: (key) => settings[`${section}.${key}`] }),
    onDidChangeConfiguration: (listener) => {
      changed = listener;
      return { dispose() {} };
    },
  },
  window: {
    createOutputChannel: (name) => ({ name, appendLine: () => {}, dispose() {} }),
    showErrorMessage: async (message, ...buttons) => {
      seen.push(["message", message, buttons]);
      return answer;
    },
  },
  commands: {
    registerCommand: (name, run) => {
      commands.set(name, run);
      return { dispose() {} };
    },
    executeCommand: async (...all) => {
      seen.push(["command", ...all]);
    },
  },
};

const load = Module._load;
Module._load = function (request, ...rest) {
  if (request === "vscode") return vscode;
  if (request === "vscode-languageclient/node") return { LanguageClient };
  return load.call(this, request, ...rest);
};
after(() => {
  Module._load = load;
});

const extension = require("../extension");
const told = (kind) => seen.filter(([what]) => what === kind);
const context = () => ({ subscriptions: [] });
const soon = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(async () => {
  failing = false;
  await extension.deactivate();
  seen = [];
  answer = undefined;
  settings = { "treatylint.path": HERE };
  vscode.workspace.workspaceFolders = undefined;
});

test("the client starts `treatylint lsp` for drafts on disk and unsaved ones", async () => {
  vscode.workspace.workspaceFolders = [{ uri: { scheme: "file", fsPath: __dirname } }];
  const given = context();
  await extension.activate(given);
  const [[, client]] = told("start");
  assert.equal(client.id, "treatylint");
  assert.deepEqual(client.server, { command: HERE, args: ["lsp"], options: { cwd: __dirname } });
  assert.deepEqual(client.options.documentSelector, [
    { scheme: "file", language: "tdl" },
    { scheme: "untitled", language: "tdl" },
  ]);
  assert.equal(client.options.outputChannel.name, "treatylint");
  assert.equal(given.subscriptions.length, 3);
  assert.deepEqual(told("message"), []);
});

test("the default is what the manifest says", () => {
  const manifest = require("../package.json");
  const { properties } = manifest.contributes.configuration;
  assert.equal(properties["treatylint.path"].default, "treatylint");
  assert.equal(properties["treatylint.trace.server"].default, "off");
  assert.deepEqual(manifest.contributes.commands.map(({ command }) => command), [...commands.keys()]);
  assert.equal(require.resolve(path.join("..", manifest.main)), require.resolve("../extension"));
});

test("a program that is not there is told, with a way to the settings", async () => {
  settings["treatylint.path"] = "no-such-treatylint";
  answer = "Open settings";
  await extension.activate(context());
  await soon();
  assert.deepEqual(told("start"), []);
  const [[, message, buttons]] = told("message");
  assert.match(message, /"no-such-treatylint" could not be started: there is no such program/);
  assert.deepEqual(buttons, ["Open settings"]);
  assert.deepEqual(told("command"), [["command", "workbench.action.openSettings", "treatylint.path"]]);
});

test("whoever dismisses the message is left alone", async () => {
  settings["treatylint.path"] = "";
  vscode.workspace.workspaceFolders = undefined;
  const searched = process.env.PATH;
  process.env.PATH = path.join(__dirname, "nowhere");
  try {
    await extension.activate(context());
  } finally {
    process.env.PATH = searched;
  }
  await soon();
  assert.match(told("message")[0][1], /"treatylint" could not be started/);
  assert.deepEqual(told("command"), []);
});

test("a server that does not come up is told", async () => {
  failing = true;
  await extension.activate(context());
  assert.match(told("message")[0][1], /could not be started: it said nothing/);
});

test("restart stops the server and starts what the settings say now", async () => {
  await extension.activate(context());
  settings["treatylint.path"] = "no-such-treatylint";
  await commands.get("treatylint.restart")();
  settings["treatylint.path"] = HERE;
  await commands.get("treatylint.restart")();
  assert.deepEqual(seen.map(([what]) => what), ["start", "stop", "message", "start"]);
});

test("another path in the settings restarts, another setting does not", async () => {
  await extension.activate(context());
  changed({ affectsConfiguration: (name) => name === "treatylint.path" });
  changed({ affectsConfiguration: (name) => name === "editor.fontSize" });
  await extension.deactivate();
  assert.deepEqual(seen.map(([what]) => what), ["start", "stop", "start", "stop"]);
});

test("two restarts at once leave one server", async () => {
  await extension.activate(context());
  await Promise.all([commands.get("treatylint.restart")(), commands.get("treatylint.restart")()]);
  await extension.deactivate();
  assert.equal(told("start").length, 3);
  assert.equal(told("stop").length, 3);
  assert.ok(told("start").every(([, client]) => !client.running));
});
