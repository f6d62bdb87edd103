//! `treatylint lsp`: a language server over standard input and output (Language Server Protocol 3.17). Findings as one types, with related
//! places; fixes as code actions; a rule's page on hover; definitions of references; the treaty's outline.
//!
//! Texts come whole at each change. Changes that wait are taken in before the text is checked, so that findings always belong to the
//! newest version and none is shown of an older one.

use super::configuration::Configuration;
use super::files::{self, Entry};
use super::{Failure, Status};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use treatylint::diagnostic::{Applicability, Diagnostic, Fix, Report, Severity};
use treatylint::model::reference::Outcome;
use treatylint::options::Options;
use treatylint::source::{Source, Span};
use treatylint::syntax::tree::UnitKind;

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
            "hoverProvider": true,
            "definitionProvider": true,
            "documentSymbolProvider": true,
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

    fn answer(&self, request: &Request) -> Response {
        let id = request.id.clone();
        let result = match request.method.as_str() {
            "textDocument/codeAction" => self.actions(&request.params),
            "textDocument/hover" => self.hover(&request.params),
            "textDocument/definition" => self.definition(&request.params),
            "textDocument/documentSymbol" => self.outline(&request.params),
            method => return Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("treatylint does not do {method}")),
        };
        Response::new_ok(id, result.unwrap_or(Value::Null))
    }

    // ── What is asked ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn asked<'p>(&self, params: &'p Value) -> Option<(&'p str, &Report)> {
        let uri = params.pointer("/textDocument/uri")?.as_str()?;
        Some((uri, self.documents.get(uri)?.report.as_ref()?))
    }

    fn actions(&self, params: &Value) -> Option<Value> {
        let (uri, report) = self.asked(params)?;
        let source = report.source();
        let asked = Span::new(self.offset(source, params.pointer("/range/start")?)?, self.offset(source, params.pointer("/range/end")?)?);
        let touched = report.diagnostics.iter().filter(|found| found.primary().span.touches(asked));
        let actions = touched.flat_map(|found| found.fixes.iter().map(move |fix| (found, fix)));
        let action = |(found, fix): (&Diagnostic, &Fix)| {
            let edits: Vec<Value> =
                fix.edits.iter().map(|edit| json!({ "range": self.range(source, edit.span), "newText": edit.text })).collect();
            json!({
                "title": fix.title,
                "kind": "quickfix",
                "isPreferred": fix.applicability == Applicability::Safe,
                "diagnostics": [self.diagnostic(uri, report, found)],
                "edit": { "changes": { uri: edits } },
            })
        };
        Some(actions.map(action).collect())
    }

    /// What is found here, and the page of the rule.
    fn hover(&self, params: &Value) -> Option<Value> {
        let (_, report) = self.asked(params)?;
        let at = self.offset(report.source(), params.get("position")?)?;
        let here = Span::at(at);
        let found =
            report.diagnostics.iter().filter(|found| found.primary().span.touches(here)).min_by_key(|found| found.primary().span.len())?;
        let mut text = format!("**{}** in {}: {}\n", found.code.name, found.locator, found.message);
        for note in &found.notes {
            text += &format!("\n{note}\n");
        }
        if let Some(help) = &found.help {
            text += &format!("\nhelp: {help}\n");
        }
        text += &format!("\n---\n\n{}", found.code.page);
        Some(json!({ "contents": { "kind": "markdown", "value": text }, "range": self.range(report.source(), found.primary().span) }))
    }

    /// Where the article stands that a reference names.
    fn definition(&self, params: &Value) -> Option<Value> {
        let (uri, report) = self.asked(params)?;
        let at = self.offset(report.source(), params.get("position")?)?;
        let entry = entry(uri);
        let heads = treatylint::check::ask(report.source(), &|path: &str| files::used(&entry, path), &options(uri), |facts| {
            let treaty = facts.treaty;
            let reference = treaty.references.iter().find(|reference| treaty.span(reference.words).touches(Span::at(at)))?;
            match &reference.outcome {
                Outcome::Found(units) => Some(units.iter().map(|unit| treaty.tree.unit(*unit).head).collect::<Vec<Span>>()),
                _ => None,
            }
        })?;
        Some(heads.into_iter().map(|head| json!({ "uri": uri, "range": self.range(report.source(), head) })).collect())
    }

    /// Parts, articles and annexes, one below the other.
    fn outline(&self, params: &Value) -> Option<Value> {
        let (uri, report) = self.asked(params)?;
        let entry = entry(uri);
        let units = treatylint::check::ask(report.source(), &|path: &str| files::used(&entry, path), &options(uri), |facts| {
            let treaty = facts.treaty;
            let shown = |kind| matches!(kind, UnitKind::Article | UnitKind::Annex | UnitKind::Division);
            let units = treaty.tree.ids().filter(|id| shown(treaty.tree.unit(*id).kind));
            let one = |id| {
                let unit = treaty.tree.unit(id);
                let end = treaty.tree.units.get(unit.until as usize).map_or(report.source().text().len() as u32, |next| next.head.start);
                let title: Vec<&str> = treaty.tree.title(unit).iter().map(|span| treaty.source.slice(*span)).collect();
                (treaty.locator(id), title.join(" "), unit.head, unit.head.to(Span::at(end.max(unit.head.end))))
            };
            units.map(one).collect::<Vec<_>>()
        });
        let symbol = |(name, title, head, all): (String, String, Span, Span)| {
            let (range, head) = (self.range(report.source(), all), self.range(report.source(), head));
            json!({ "name": name, "detail": title, "kind": 15, "range": range, "selectionRange": head })
        };
        Some(units.into_iter().map(symbol).collect())
    }

    // ── Values ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn diagnostic(&self, uri: &str, report: &Report, found: &Diagnostic) -> Value {
        let primary = found.primary();
        let related: Vec<Value> = found.labels[1..]
            .iter()
            .filter(|label| label.file == primary.file)
            .map(|label| {
                let range = self.range(report.sources.get(label.file), label.span);
                json!({ "location": { "uri": uri, "range": range }, "message": label.message })
            })
            .collect();
        let help = found.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
        json!({
            "range": self.range(report.sources.get(primary.file), primary.span),
            "severity": match found.severity {
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Advice => 3,
            },
            "code": found.code.name,
            "source": "treatylint",
            "message": format!("{}{help}", found.message),
            "relatedInformation": related,
        })
    }

    fn range(&self, source: &Source, span: Span) -> Value {
        json!({ "start": self.position(source, span.start), "end": self.position(source, span.end) })
    }

    fn position(&self, source: &Source, offset: u32) -> Value {
        let line = source.line_index(offset);
        let start = source.line_span(line).start;
        let before = source.slice(Span::new(start, offset.max(start)));
        let character = if self.utf8 { before.len() } else { before.encode_utf16().count() };
        json!({ "line": line, "character": character })
    }

    /// The byte at a position; one behind its line's end is the line's end.
    fn offset(&self, source: &Source, position: &Value) -> Option<u32> {
        let line = usize::try_from(position.get("line")?.as_u64()?).ok()?;
        let wanted = usize::try_from(position.get("character")?.as_u64()?).ok()?;
        if line >= source.line_starts().len() {
            return Some(source.text().len() as u32);
        }
        let span = source.line_span(line);
        let mut units = 0;
        for (at, c) in source.slice(span).char_indices() {
            if units >= wanted {
                return Some(span.start + at as u32);
            }
            units += if self.utf8 { c.len_utf8() } else { c.len_utf16() };
        }
        Some(span.end)
    }
}

/// The file behind a URI: for what a draft uses, and for the configuration that holds for it.
fn entry(uri: &str) -> Entry {
    let path = path(uri);
    Entry { shown: path.as_ref().map_or(uri.to_owned(), |path| path.display().to_string()), path }
}

fn options(uri: &str) -> Options {
    let Some(path) = path(uri) else { return Options::default() };
    // What is wrong with a configuration is told where it is run; here it must not silence the server.
    let Ok(configuration) = Configuration::nearest(&path) else { return Options::default() };
    let Ok(options) = configuration.options(&super::args::Check::nothing_said()) else { return Options::default() };
    configuration.options_for(&path.display().to_string(), &options).unwrap_or(options)
}

/// The path of a `file:` URI, percent signs undone.
fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let mut bytes = Vec::with_capacity(rest.len());
    let mut raw = rest.bytes();
    while let Some(byte) = raw.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [raw.next()?, raw.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    let path = String::from_utf8(bytes).ok()?;
    // "/c:/drafts" on Windows.
    let drive = path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if drive { &path[1..] } else { path.as_str() }))
}
