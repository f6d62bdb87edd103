//! What an editor asks, and what it is told.

use super::place::uri_of;
use super::{Judged, Server, State};
use lsp_server::{ErrorCode, Request, Response};
use serde_json::{Value, json};
use treatylint::allow;
use treatylint::analysis::Facts;
use treatylint::diagnostic::{Applicability, Diagnostic, Report, Severity};
use treatylint::editor::{self, CandidateKind, Occurrence, Tint};
use treatylint::format::format;
use treatylint::source::{FileId, Source, Span};
use treatylint::syntax::tree::UnitKind;

/// The kinds of words that a client may colour, in the order in which [`number_of`] counts them.
pub const TOKEN_TYPES: [&str; 9] = ["keyword", "property", "decorator", "namespace", "variable", "type", "modifier", "operator", "comment"];

fn number_of(tint: Tint) -> usize {
    match tint {
        Tint::Keyword => 0,
        Tint::Field => 1,
        Tint::Annotation => 2,
        Tint::Heading => 3,
        Tint::Name => 4,
        Tint::Term => 5,
        Tint::Modal => 6,
        Tint::Bracket => 7,
        Tint::Comment => 8,
    }
}

/// What comes of a question: an answer, nothing, or why it cannot be answered.
type Answer = Result<Option<Value>, String>;

impl Server<'_> {
    pub fn answer(&self, request: &Request) -> Response {
        let (id, params) = (request.id.clone(), &request.params);
        let result: Answer = match request.method.as_str() {
            "textDocument/codeAction" => Ok(self.actions(params)),
            "textDocument/completion" => Ok(self.completion(params)),
            "textDocument/definition" => Ok(self.definition(params)),
            "textDocument/documentHighlight" => Ok(self.uses(params, |_, range| json!({ "range": range }))),
            "textDocument/documentSymbol" => Ok(self.outline(params)),
            "textDocument/foldingRange" => Ok(self.folds(params)),
            "textDocument/formatting" => Ok(self.formatting(params)),
            "textDocument/hover" => Ok(self.hover(params)),
            "textDocument/prepareRename" => self.prepare_rename(params),
            "textDocument/references" => Ok(self.uses(params, |uri, range| json!({ "uri": uri, "range": range }))),
            "textDocument/rename" => self.rename(params),
            "textDocument/semanticTokens/full" => Ok(self.tokens(params)),
            method => return Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("treatylint does not do {method}")),
        };
        match result {
            Ok(result) => Response::new_ok(id, result.unwrap_or(Value::Null)),
            Err(why) => Response::new_err(id, ErrorCode::InvalidParams as i32, why),
        }
    }

    fn asked<'p>(&self, params: &'p Value) -> Option<(&'p str, &Report)> {
        let uri = params.pointer("/textDocument/uri")?.as_str()?;
        Some((uri, &self.judged(uri)?.report))
    }

    fn judged(&self, uri: &str) -> Option<&Judged> {
        match &self.documents.get(uri)?.state {
            State::Judged(judged) => Some(judged),
            State::Waiting | State::Failed => None,
        }
    }

    /// Asks the model of an open text, with the files that it used when it was checked.
    fn ask<R>(&self, uri: &str, report: &Report, question: impl FnOnce(&Facts<'_, '_>) -> R) -> R {
        let options = self.judged(uri).map(|judged| judged.options.clone()).unwrap_or_default();
        let used = |path: &str| report.sources.iter().skip(1).map(|(_, used)| used).find(|used| used.path == path);
        let library = |path: &str| used(path).map(|used| used.text().as_bytes().to_vec()).ok_or_else(String::new);
        treatylint::check::ask(report.source(), &library, &options, question)
    }

    /// Asks what is named at the place of a question.
    fn named<R>(
        &self,
        params: &Value,
        question: impl FnOnce(&Facts<'_, '_>, &[Occurrence], Occurrence) -> Option<R>,
    ) -> Option<(String, &Report, R)> {
        let (uri, report) = self.asked(params)?;
        let at = self.offset(report.source(), params.get("position")?)?;
        let answer = self.ask(uri, report, |facts| {
            let all = editor::occurrences(facts.treaty);
            let here = editor::symbol_at(facts.treaty, &all, at)?;
            question(facts, &all, here)
        })?;
        Some((uri.to_owned(), report, answer))
    }

    /// The fixes of what is found here, and an exception for each finding.
    fn actions(&self, params: &Value) -> Option<Value> {
        // A client that asks for other kinds alone, such as those to apply on saving, gets none.
        let only = params.pointer("/context/only").and_then(Value::as_array);
        if only.is_some_and(|only| !only.iter().any(|kind| kind == "quickfix" || kind == "")) {
            return Some(json!([]));
        }
        let (uri, report) = self.asked(params)?;
        let source = report.source();
        let asked = Span::new(self.offset(source, params.pointer("/range/start")?)?, self.offset(source, params.pointer("/range/end")?)?);
        let mut actions: Vec<Value> = Vec::new();
        for found in report.diagnostics.iter().filter(|found| found.primary().span.meets(asked)) {
            let action = |title: String, preferred: bool, edits: Vec<Value>| {
                json!({
                    "title": title,
                    "kind": "quickfix",
                    "isPreferred": preferred,
                    "diagnostics": [self.diagnostic(uri, report, found)],
                    "edit": { "changes": { uri: edits } },
                })
            };
            for fix in &found.fixes {
                let edits = fix.edits.iter().map(|edit| json!({ "range": self.range(source, edit.span), "newText": edit.text })).collect();
                actions.push(action(fix.title.clone(), fix.applicability == Applicability::Safe, edits));
            }
            // The reason is the author's: the line waits for it, and is told as long as it has none.
            if let Some((at, line)) = allow::line(source, found, "") {
                let edit = json!({ "range": self.range(source, Span::at(at)), "newText": line });
                actions.push(action(format!("Allow {} here, with a reason", found.code.name), false, vec![edit]));
            }
        }
        Some(actions.into())
    }

    /// What is found here, what is named here, and who is bound here.
    fn hover(&self, params: &Value) -> Option<Value> {
        let (uri, report) = self.asked(params)?;
        let at = self.offset(report.source(), params.get("position")?)?;
        let here = Span::at(at);
        let found =
            report.diagnostics.iter().filter(|found| found.primary().span.meets(here)).min_by_key(|found| found.primary().span.len());
        let (named, norm) = self.ask(uri, report, |facts| {
            let named = editor::symbol_at(facts.treaty, &editor::occurrences(facts.treaty), at);
            (named.map(|named| (named.span, editor::describe(facts, &report.sources, named.symbol))), editor::norm_at(facts, at))
        });
        let span = found.map(|found| found.primary().span).or(named.as_ref().map(|named| named.0)).or(norm.as_ref().map(|norm| norm.0))?;
        let parts = [norm.map(|norm| norm.1), named.map(|named| named.1), found.map(page_of)];
        let text: Vec<String> = parts.into_iter().flatten().collect();
        Some(json!({ "contents": { "kind": "markdown", "value": text.join("\n---\n\n") }, "range": self.range(report.source(), span) }))
    }

    /// Where it is declared: an article, a term, a party, a mechanism.
    fn definition(&self, params: &Value) -> Option<Value> {
        let (uri, report, (file, span)) = self.named(params, |facts, _, here| editor::declaration_of(facts.treaty, here.symbol))?;
        if file == FileId(0) {
            return Some(json!([{ "uri": uri, "range": self.range(report.source(), span) }]));
        }
        let source = report.sources.get(file);
        Some(json!([{ "uri": uri_of(&uri, &source.path), "range": self.range(source, span) }]))
    }

    /// Every place that names the same thing.
    fn uses(&self, params: &Value, shown: impl Fn(&str, Value) -> Value) -> Option<Value> {
        let with_declaration = params.pointer("/context/includeDeclaration") != Some(&Value::Bool(false));
        let (uri, report, spans) = self.named(params, |facts, all, here| {
            let said = editor::uses(facts.treaty, all, here.symbol).map(|other| other.span);
            let declared = editor::declaration_of(facts.treaty, here.symbol).filter(|(file, _)| *file == FileId(0)).map(|(_, span)| span);
            let mut spans: Vec<Span> = said.chain(declared).filter(|span| with_declaration || Some(*span) != declared).collect();
            spans.sort_unstable();
            spans.dedup();
            Some(spans)
        })?;
        Some(spans.into_iter().map(|span| shown(&uri, self.range(report.source(), span))).collect())
    }

    fn prepare_rename(&self, params: &Value) -> Answer {
        let Some((_, report, (span, fits))) = self.named(params, |facts, all, here| {
            // Any name will do to see whether this can have another.
            Some((here.span, editor::rename(facts.treaty, all, here.symbol, "X").map(drop)))
        }) else {
            return Ok(None);
        };
        fits.map(|()| Some(self.range(report.source(), span)))
    }

    fn rename(&self, params: &Value) -> Answer {
        let new = params.get("newName").and_then(Value::as_str).unwrap_or_default();
        let Some((uri, report, edits)) = self.named(params, |facts, all, here| Some(editor::rename(facts.treaty, all, here.symbol, new)))
        else {
            return Err("nothing with a name stands here".to_owned());
        };
        let edit = |(span, text): (Span, String)| json!({ "range": self.range(report.source(), span), "newText": text });
        let edits: Vec<Value> = edits?.into_iter().map(edit).collect();
        Ok(Some(json!({ "changes": { uri: edits } })))
    }

    fn completion(&self, params: &Value) -> Option<Value> {
        let (uri, report) = self.asked(params)?;
        let at = self.offset(report.source(), params.get("position")?)?;
        let (from, candidates) = self.ask(uri, report, |facts| editor::complete(facts.treaty, at));
        let range = self.range(report.source(), Span::new(from.min(at), at));
        let kind = |kind| match kind {
            CandidateKind::Keyword => 14,
            CandidateKind::Field => 10,
            CandidateKind::Value => 12,
            CandidateKind::Name => 6,
            CandidateKind::Term => 22,
            CandidateKind::Article => 18,
            CandidateKind::Rule => 21,
        };
        let items = candidates.into_iter().map(|one| {
            json!({
                "label": one.words,
                "kind": kind(one.kind),
                "detail": one.detail,
                "textEdit": { "range": range, "newText": one.words },
            })
        });
        Some(items.collect())
    }

    /// Parts, articles and annexes, each with those that stand in it.
    fn outline(&self, params: &Value) -> Option<Value> {
        let (uri, report) = self.asked(params)?;
        let source = report.source();
        let mut open: Vec<(u32, Value)> = Vec::new();
        let mut all: Vec<Value> = Vec::new();
        self.ask(uri, report, |facts| {
            let (treaty, tree) = (facts.treaty, facts.treaty.tree);
            let shown = |kind| matches!(kind, UnitKind::Article | UnitKind::Annex | UnitKind::Division);
            for id in tree.ids().filter(|id| shown(tree.unit(*id).kind)) {
                let unit = tree.unit(id);
                close(&mut open, &mut all, id.0);
                let end = tree.units.get(unit.until as usize).map_or(source.text().len() as u32, |next| next.head.start);
                let title: Vec<&str> = tree.title(unit).iter().map(|span| treaty.source.slice(*span)).collect();
                let symbol = json!({
                    "name": treaty.locator(id),
                    "detail": title.join(" "),
                    "kind": 15,
                    "range": self.range(source, unit.head.to(Span::at(end.max(unit.head.end)))),
                    "selectionRange": self.range(source, unit.head),
                    "children": [],
                });
                open.push((unit.until, symbol));
            }
        });
        close(&mut open, &mut all, u32::MAX);
        Some(all.into())
    }

    fn folds(&self, params: &Value) -> Option<Value> {
        let (uri, report) = self.asked(params)?;
        let folds = self.ask(uri, report, |facts| editor::folds(facts.treaty));
        Some(folds.into_iter().map(|fold| json!({ "startLine": fold.first, "endLine": fold.last })).collect())
    }

    /// One edit over the whole text, where the layout changes anything.
    fn formatting(&self, params: &Value) -> Option<Value> {
        let (_, report) = self.asked(params)?;
        let source = report.source();
        let new = format(source);
        if new == source.text() {
            return Some(json!([]));
        }
        Some(json!([{ "range": self.range(source, Span::new(0, source.text().len() as u32)), "newText": new }]))
    }

    /// Five numbers a word: lines and columns down from the word before, length, kind, no modifiers.
    fn tokens(&self, params: &Value) -> Option<Value> {
        let (uri, report) = self.asked(params)?;
        let source = report.source();
        let paints = self.ask(uri, report, |facts| editor::paint(facts.treaty));
        let (mut data, mut above) = (Vec::with_capacity(paints.len() * 5), (0, 0));
        for paint in paints {
            let (line, column) = self.line_and_column(source, paint.span.start);
            let length = self.length(source.slice(paint.span));
            let from = if line == above.0 { column - above.1 } else { column };
            data.extend([line - above.0, from, length, number_of(paint.tint), 0]);
            above = (line, column);
        }
        Some(json!({ "data": data }))
    }

    /// A finding as the protocol has it.
    pub fn diagnostic(&self, uri: &str, report: &Report, found: &Diagnostic) -> Value {
        let primary = found.primary();
        let related: Vec<Value> = found.labels[1..]
            .iter()
            .map(|label| {
                let source: &Source = report.sources.get(label.file);
                let place = if label.file == FileId(0) { uri.to_owned() } else { uri_of(uri, &source.path) };
                json!({ "location": { "uri": place, "range": self.range(source, label.span) }, "message": label.message })
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
}

/// Puts the symbols that end at a unit or before into those that they stand in.
fn close(open: &mut Vec<(u32, Value)>, all: &mut Vec<Value>, unit: u32) {
    while let Some((_, symbol)) = open.pop_if(|(until, _)| *until <= unit) {
        match open.last_mut().and_then(|(_, parent)| parent["children"].as_array_mut()) {
            Some(children) => children.push(symbol),
            None => all.push(symbol),
        }
    }
}

/// A finding with its help, and its rule's page.
fn page_of(found: &Diagnostic) -> String {
    let mut text = format!("**{}** in {}: {}\n", found.code.name, found.locator, found.message);
    for note in &found.notes {
        text += &format!("\n{note}\n");
    }
    if let Some(help) = &found.help {
        text += &format!("\nhelp: {help}\n");
    }
    text + &format!("\n---\n\n{}", found.code.page)
}
