"use strict";

const { execFile } = require("node:child_process");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let output;
let client;
// Starts and stops wait for each other.
let last = Promise.resolve();

function inTurn(step) {
  last = last.then(step, step);
  return last;
}

function program() {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
  return {
    command: vscode.workspace.getConfiguration("treatylint").get("path")?.trim() || "treatylint",
    args: ["lsp"],
    options: { cwd: folder?.uri.fsPath },
  };
}

/** Fails where there is no such program, before the client fails in words of its own. */
function look({ command, options }) {
  return new Promise((resolve, reject) => {
    execFile(command, ["--version"], { ...options, timeout: 10_000 }, (error) => (error ? reject(error) : resolve()));
  });
}

async function start() {
  const server = program();
  try {
    await look(server);
    client = new LanguageClient("treatylint", "treatylint", server, {
      documentSelector: ["file", "untitled"].map((scheme) => ({ scheme, language: "tdl" })),
      outputChannel: output,
    });
    await client.start();
  } catch (error) {
    output.appendLine(String(error));
    tell(server.command, error);
  }
}

async function stop() {
  const old = client;
  client = undefined;
  if (old?.needsStop()) {
    await old.stop();
  }
}

async function restart() {
  await stop().catch((error) => output.appendLine(String(error)));
  await start();
}

async function tell(command, error) {
  const why = error.code === "ENOENT" ? "there is no such program" : error.message;
  const settings = "Open settings";
  const chosen = await vscode.window.showErrorMessage(
    `treatylint: "${command}" could not be started: ${why}. Install it, or say in the settings where it is.`,
    settings,
  );
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "treatylint.path");
  }
}

function activate(context) {
  output = vscode.window.createOutputChannel("treatylint");
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("treatylint.restart", () => inTurn(restart)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("treatylint.path")) {
        inTurn(restart);
      }
    }),
  );
  return inTurn(start);
}

function deactivate() {
  return inTurn(stop);
}

module.exports = { activate, deactivate };
