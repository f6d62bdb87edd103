//! `treatylint lsp`: a language server over standard input and output (Language Server Protocol 3.17). Findings as one types, with related
//! places; fixes and exceptions as code actions; hover, definitions, uses and new names of what is declared; completion; outline, folds,
//! colours; layout.
//!
//! Texts come whole at each change. Changes that wait are taken in before the text is checked, so that findings always belong to the
//! newest version and none is shown of an older one.

mod answers;
mod place;

use super::files;
use super::{Failure, Status};
use lsp_server::{Connection, Message, Notification};
use place::{entry, options};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use treatylint::diagnostic::Report;
use treatylint::source::Source;

/// Serves until the client says `exit` or goes away.
pub fn run() -> Result<Status, Failure> {
    let (connection, threads) = Connection::stdio();
    let failed = |error: &dyn std::fmt::Display| Failure(format!("the language client: {error}"));
    let (id, params) = connection.initialize_start().map_err(|error| failed(&error))?;
    let offered = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
    let utf8 = offered.is_some_and(|offered| offered.iter().any(|encoding| encoding == "utf-8"));
    connection.initialize_finish(id, greeting(utf8)).map_err(|error| failed(&error))?;
    let mut server = Server { connection: &connection, utf8, documents: BTreeMap::new() };
    let served = server.serve();
    drop(server);
    drop(connection);
    threads.join().map_err(|error| failed(&error))?;
    served.map_err(|error| failed(&error))
}

fn greeting(utf8: bool) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": if utf8 { "utf-8" } else { "utf-16" },
            "textDocumentSync": { "openClose": true, "change": 1 },
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "completionProvider": { "triggerCharacters": ["@", " ", ":", ","] },
            "definitionProvider": true,
            "documentFormattingProvider": true,
            "documentHighlightProvider": true,
            "documentSymbolProvider": true,
            "foldingRangeProvider": true,
            "hoverProvider": true,
            "referencesProvider": true,
            "renameProvider": { "prepareProvider": true },
            "semanticTokensProvider": { "legend": { "tokenTypes": answers::TOKEN_TYPES, "tokenModifiers": [] }, "full": true },
        },
        "serverInfo": { "name": "treatylint", "version": env!("CARGO_PKG_VERSION") },
    })
}

/// An open text.
struct Document {
    version: Value,
    text: String,
    /// What was found in this text; none while it waits to be checked.
    report: Option<Report>,
}

type Sent = Result<(), Box<dyn std::error::Error + Send + Sync>>;

struct Server<'a> {
    connection: &'a Connection,
    /// Whether positions count bytes of UTF-8, and not units of UTF-16.
    utf8: bool,
    documents: BTreeMap<String, Document>,
}

impl Server<'_> {
    fn serve(&mut self) -> Result<Status, Box<dyn std::error::Error + Send + Sync>> {
        loop {
            // All that waits is taken in first; the texts are checked when nothing more does.
            let message = match self.connection.receiver.try_recv() {
                Ok(message) => message,
                Err(_) => {
                    self.check_all()?;
                    match self.connection.receiver.recv() {
                        Ok(message) => message,
                        Err(_) => return Ok(Status::Clean),
                    }
                }
            };
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request)? {
                        return Ok(Status::Clean);
                    }
                    self.check_all()?;
                    let response = self.answer(&request);
                    self.connection.sender.send(Message::Response(response))?;
                }
                Message::Notification(notification) => self.take(notification)?,
                Message::Response(_) => {}
            }
        }
    }

    fn take(&mut self, notification: Notification) -> Sent {
        let Notification { method, params } = notification;
        let Some(uri) = params.pointer("/textDocument/uri").and_then(Value::as_str).map(str::to_owned) else { return Ok(()) };
        let version = params.pointer("/textDocument/version").cloned().unwrap_or(Value::Null);
        match method.as_str() {
            "textDocument/didOpen" => {
                let text = params.pointer("/textDocument/text").and_then(Value::as_str).unwrap_or_default().to_owned();
                self.documents.insert(uri, Document { version, text, report: None });
            }
            "textDocument/didChange" => {
                let last = params.get("contentChanges").and_then(Value::as_array).and_then(|changes| changes.last());
                let Some(text) = last.and_then(|change| change.get("text")).and_then(Value::as_str) else { return Ok(()) };
                self.documents.insert(uri, Document { version, text: text.to_owned(), report: None });
            }
            "textDocument/didClose" => {
                self.documents.remove(&uri);
                self.publish(&uri, &Value::Null, Vec::new())?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Checks the texts that changed and shows what was found.
    fn check_all(&mut self) -> Sent {
        let waiting: Vec<String> =
            self.documents.iter().filter(|(_, document)| document.report.is_none()).map(|(uri, _)| uri.clone()).collect();
        for uri in waiting {
            let Some(document) = self.documents.get_mut(&uri) else { continue };
            let (entry, options) = (entry(&uri), options(&uri));
            let source = Source::new(entry.shown.as_str(), document.text.clone().into_bytes());
            let checked = super::panics::catch(|| treatylint::check(source, &|path: &str| files::used(&entry, path), &options));
            let Ok(report) = checked else { continue };
            let version = document.version.clone();
            let shown = report.diagnostics.iter().map(|found| self.diagnostic(&uri, &report, found)).collect();
            self.publish(&uri, &version, shown)?;
            if let Some(document) = self.documents.get_mut(&uri) {
                document.report = Some(report);
            }
        }
        Ok(())
    }

    fn publish(&self, uri: &str, version: &Value, diagnostics: Vec<Value>) -> Sent {
        let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
        if version.is_number() {
            params["version"] = version.clone();
        }
        let notification = Notification { method: "textDocument/publishDiagnostics".to_owned(), params };
        Ok(self.connection.sender.send(Message::Notification(notification))?)
    }
}
