//! `treatylint lsp`: a language server over standard input and output (Language Server Protocol 3.17). Findings as one types, with related
//! places; fixes and exceptions as code actions; hover, definitions, uses and new names of what is declared; completion; outline, folds,
//! colours; layout.
//!
//! Changes that wait are taken in before a text is checked, so that findings always belong to the newest version and none is shown of an
//! older one. A text is checked again when a file that it uses or a configuration changes, in the editor or on disk.

mod answers;
mod place;

use super::files;
use super::{Failure, Status, panics, pool};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use place::{entry, options, uri_of_path};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use treatylint::config;
use treatylint::diagnostic::Report;
use treatylint::options::Options;
use treatylint::source::Source;

/// Serves until the client says `exit` or goes away. On a thread of its own: deep nesting in a draft must not end the server.
pub fn run() -> Result<Status, Failure> {
    pool::alone(talk).unwrap_or_else(|message| Err(Failure(message)))
}

fn talk() -> Result<Status, Failure> {
    let (connection, threads) = Connection::stdio();
    let failed = |error: &dyn std::fmt::Display| Failure(format!("the language client: {error}"));
    let (id, params) = connection.initialize_start().map_err(|error| failed(&error))?;
    let offered = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
    let utf8 = offered.is_some_and(|offered| offered.iter().any(|encoding| encoding == "utf-8"));
    let watches = params.pointer("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration") == Some(&Value::Bool(true));
    connection.initialize_finish(id, greeting(utf8)).map_err(|error| failed(&error))?;
    let mut server = Server { connection: &connection, utf8, documents: BTreeMap::new(), faulty: BTreeMap::new() };
    let served = if watches { server.watch() } else { Ok(()) }.and_then(|()| server.serve());
    drop(server);
    drop(connection);
    threads.join().map_err(|error| failed(&error))?;
    served.map_err(|error| failed(&error))
}

fn greeting(utf8: bool) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": if utf8 { "utf-8" } else { "utf-16" },
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
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
    state: State,
}

/// How far a text is judged.
enum State {
    /// It waits to be checked.
    Waiting,
    Judged(Box<Judged>),
    /// The program failed over it, which was told.
    Failed,
}

/// What was found in a text, and under which options; questions about it are answered under the same.
struct Judged {
    report: Report,
    options: Options,
    /// The files that it uses or would use.
    used: BTreeSet<PathBuf>,
}

type Sent = Result<(), Box<dyn std::error::Error + Send + Sync>>;

struct Server<'a> {
    connection: &'a Connection,
    /// Whether positions count bytes of UTF-8, and not units of UTF-16.
    utf8: bool,
    documents: BTreeMap<String, Document>,
    /// Configurations that cannot be used, by URI, with what is shown in them.
    faulty: BTreeMap<String, Vec<Value>>,
}

impl Server<'_> {
    /// Asks the client to tell of changes on disk.
    fn watch(&self) -> Sent {
        let watchers = json!([{ "globPattern": format!("**/{}", config::NAME) }, { "globPattern": "**/*.tdl" }]);
        let method = "workspace/didChangeWatchedFiles";
        let wish = json!({ "registrations": [{ "id": "watch", "method": method, "registerOptions": { "watchers": watchers } }] });
        let request = Request::new("watch".to_owned().into(), "client/registerCapability".to_owned(), wish);
        Ok(self.connection.sender.send(Message::Request(request))?)
    }

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
                    let failed = |message| Response::new_err(request.id.clone(), ErrorCode::InternalError as i32, message);
                    let response = panics::catch(|| self.answer(&request)).unwrap_or_else(failed);
                    self.connection.sender.send(Message::Response(response))?;
                }
                Message::Notification(notification) => self.take(notification)?,
                Message::Response(_) => {}
            }
        }
    }

    fn take(&mut self, notification: Notification) -> Sent {
        let Notification { method, params } = notification;
        if method == "workspace/didChangeWatchedFiles" {
            self.documents.values_mut().for_each(|document| document.state = State::Waiting);
            return Ok(());
        }
        let Some(uri) = params.pointer("/textDocument/uri").and_then(Value::as_str).map(str::to_owned) else { return Ok(()) };
        let version = params.pointer("/textDocument/version").cloned().unwrap_or(Value::Null);
        match method.as_str() {
            "textDocument/didOpen" => {
                let text = params.pointer("/textDocument/text").and_then(Value::as_str).unwrap_or_default().to_owned();
                self.documents.insert(uri.clone(), Document { version, text, state: State::Waiting });
            }
            "textDocument/didChange" => {
                let Some(document) = self.documents.get_mut(&uri) else { return Ok(()) };
                let mut text = std::mem::take(&mut document.text);
                for change in params.get("contentChanges").and_then(Value::as_array).into_iter().flatten() {
                    text = self.changed(text, change);
                }
                self.documents.insert(uri.clone(), Document { version, text, state: State::Waiting });
            }
            // The file on disk may be a configuration.
            "textDocument/didSave" => self.documents.values_mut().for_each(|document| document.state = State::Waiting),
            "textDocument/didClose" => {
                self.documents.remove(&uri);
                self.publish(&uri, &Value::Null, Vec::new())?;
            }
            _ => return Ok(()),
        }
        self.wake(&uri);
        Ok(())
    }

    /// A text after a change: of a part of it, or of all.
    fn changed(&self, text: String, change: &Value) -> String {
        let Some(new) = change.get("text").and_then(Value::as_str) else { return text };
        let Some(range) = change.get("range") else { return new.to_owned() };
        let source = Source::new(String::new(), text.into_bytes());
        let at = |end: &str| range.get(end).and_then(|position| self.offset(&source, position)).unwrap_or(0) as usize;
        let (start, end) = (at("start"), at("end").max(at("start")));
        let mut text = source.text().to_owned();
        text.replace_range(start..end, new);
        text
    }

    /// The texts that use a file are to be checked again.
    fn wake(&mut self, uri: &str) {
        let Some(path) = entry(uri).path else { return };
        for document in self.documents.values_mut() {
            if matches!(&document.state, State::Judged(judged) if judged.used.contains(&path)) {
                document.state = State::Waiting;
            }
        }
    }

    /// Checks the texts that changed and shows what was found.
    fn check_all(&mut self) -> Sent {
        let waits = |(uri, document): (&String, &Document)| matches!(document.state, State::Waiting).then(|| uri.clone());
        let waiting: Vec<String> = self.documents.iter().filter_map(waits).collect();
        if waiting.is_empty() {
            return Ok(());
        }
        for uri in waiting {
            let Some(document) = self.documents.get(&uri) else { continue };
            let (text, version) = (document.text.clone(), document.version.clone());
            let state = match panics::catch(|| self.judge(&uri, text)) {
                Ok(judged) => {
                    let report = &judged.report;
                    let shown = report.diagnostics.iter().map(|found| self.diagnostic(&uri, report, found)).collect();
                    self.publish(&uri, &version, shown)?;
                    State::Judged(Box::new(judged))
                }
                Err(message) => {
                    self.publish(&uri, &version, Vec::new())?;
                    self.tell(&message)?;
                    State::Failed
                }
            };
            if let Some(document) = self.documents.get_mut(&uri) {
                document.state = state;
            }
        }
        self.show_faults()
    }

    /// Checks one text. What it uses is read from the editor where it is open there.
    fn judge(&self, uri: &str, text: String) -> Judged {
        let entry = entry(uri);
        // A configuration that cannot be used is told of in itself.
        let options = options(uri).unwrap_or_default();
        let used = Mutex::new(BTreeSet::new());
        let open = |path: &Path| self.documents.iter().find(|(uri, _)| place::entry(uri).path.as_deref() == Some(path));
        let library = |path: &str| {
            let beside = flat(&files::beside(&entry, path));
            let bytes = open(&beside).map_or_else(|| files::used(&entry, path), |(_, document)| Ok(document.text.clone().into_bytes()));
            used.lock().unwrap_or_else(PoisonError::into_inner).insert(beside);
            bytes
        };
        let report = treatylint::check(Source::new(entry.shown.as_str(), text.into_bytes()), &library, &options);
        Judged { report, options, used: used.into_inner().unwrap_or_else(PoisonError::into_inner) }
    }

    /// Shows what is wrong with the configurations of the open texts, each in its file; what was mended is taken away.
    fn show_faults(&mut self) -> Sent {
        let mut faulty = BTreeMap::new();
        for unusable in self.documents.keys().filter_map(|uri| options(uri).err()) {
            let uri = uri_of_path(&unusable.path);
            let shown = match &unusable.report {
                Some(report) => report.diagnostics.iter().map(|found| self.diagnostic(&uri, report, found)).collect(),
                None => vec![json!({
                    "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } },
                    "severity": 1,
                    "source": "treatylint",
                    "message": unusable.message,
                })],
            };
            if !self.faulty.contains_key(&uri) && !faulty.contains_key(&uri) {
                self.tell(&format!("{}: the default settings hold until it is mended", unusable.message))?;
            }
            faulty.insert(uri, shown);
        }
        for mended in self.faulty.keys().filter(|uri| !faulty.contains_key(*uri)) {
            self.publish(mended, &Value::Null, Vec::new())?;
        }
        for (uri, shown) in faulty.iter().filter(|(uri, shown)| self.faulty.get(*uri) != Some(shown)) {
            self.publish(uri, &Value::Null, shown.clone())?;
        }
        self.faulty = faulty;
        Ok(())
    }

    fn publish(&self, uri: &str, version: &Value, diagnostics: Vec<Value>) -> Sent {
        let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
        if version.is_number() {
            params["version"] = version.clone();
        }
        self.notify("textDocument/publishDiagnostics", params)
    }

    /// Tells the user that something went wrong.
    fn tell(&self, message: &str) -> Sent {
        self.notify("window/showMessage", json!({ "type": 1, "message": format!("treatylint: {message}") }))
    }

    fn notify(&self, method: &str, params: Value) -> Sent {
        Ok(self.connection.sender.send(Message::Notification(Notification { method: method.to_owned(), params }))?)
    }
}

/// A path without `.` and `..`, so that one file has one name.
fn flat(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = path.pop(),
            part => path.push(part),
        }
        path
    })
}
