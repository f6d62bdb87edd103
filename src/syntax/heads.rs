//! Declarations: what may stand above the text, which fields each has, and what to say of a line that is nearly one.

use super::expected;
use super::notes::{add_note, carry_note};
use super::parse::{self, Kind, is_gap, why_no_declaration};
use super::tree::{Declaration, DeclarationKind, Field, Mistake, Note, Owner, Tree};
use crate::source::Span;
use crate::suggest::nearest;

/// The declarations there are.
pub const KINDS: [DeclarationKind; 8] = [
    DeclarationKind::Treaty,
    DeclarationKind::Party,
    DeclarationKind::Group,
    DeclarationKind::Body,
    DeclarationKind::Mechanism,
    DeclarationKind::Profile,
    DeclarationKind::Reservation,
    DeclarationKind::Use,
];

/// The fields of a declaration, `also` and `source` included.
#[must_use]
pub fn fields(kind: DeclarationKind) -> &'static [&'static str] {
    match kind {
        DeclarationKind::Treaty => &["short title", "stage", "binding", "date", "language", "extends", "excerpt", "also", "source"],
        DeclarationKind::Party => &["also", "source"],
        DeclarationKind::Group => &["members", "also", "source"],
        DeclarationKind::Body => &["powers", "also", "source"],
        DeclarationKind::Mechanism => {
            &["run by", "observes", "attributes to", "confidence", "delay", "sees", "evidence", "access", "also", "source"]
        }
        DeclarationKind::Profile => &["practises", "abstains from", "depends on", "controls", "hosts", "gain", "loss", "also", "source"],
        DeclarationKind::Reservation => &["text", "also", "source"],
        DeclarationKind::Use => &["also", "source"],
    }
}

/// The values that a field takes, where they are a closed set.
#[must_use]
pub fn values(field: &str) -> &'static [&'static str] {
    match field {
        "stage" => &["draft", "negotiation", "adopted", "in force"],
        "binding" | "excerpt" => &["yes", "no"],
        "attributes to" => &["machine", "person", "state"],
        "sees" => &["before use", "during use", "after use"],
        "evidence" => &["public", "shared with parties", "secret"],
        "controls" => &["none", "little", "partial", "extensive"],
        _ => &[],
    }
}

/// Whether a declaration may have a field more than once: names, sources, and lists, which go on.
fn may_be_repeated(field: &str) -> bool {
    matches!(
        field,
        "also" | "source" | "members" | "powers" | "observes" | "access" | "practises" | "abstains from" | "depends on" | "hosts"
    )
}

/// What a line above the text turned out to be.
pub enum Verdict {
    /// It was taken in.
    Taken,
    /// It is the first line of the text.
    TextBegins,
}

/// Reads the lines above the text, one by one.
#[derive(Default)]
pub struct Heads {
    /// Indent in bytes of the field whose value may go on.
    open_field: Option<u32>,
    blank_above: bool,
    /// The declaration above is unknown, and so are its fields.
    skips: bool,
    note_above: Option<usize>,
}

impl Heads {
    /// Takes one line in; `content` is its span without the line ending.
    pub fn line(&mut self, text: &str, content: Span, kind: Kind, tree: &mut Tree) -> Verdict {
        let carried = matches!(kind, Kind::CarriedNote(_));
        let kind = self.outdented(text, content, kind, tree);
        let may_be_stray = may_be_stray(text, content, &kind);
        let verdict = match kind {
            Kind::Blank => {
                self.blank_above = true;
                self.open_field = None;
                return Verdict::Taken;
            }
            Kind::Comment(_) => return Verdict::Taken,
            Kind::Declaration { kind, id, name } => {
                self.declare(kind, content, id, name, tree);
                Verdict::Taken
            }
            Kind::Field { name, value, .. } => self.field(text, content, name, value, tree),
            Kind::BareField(value) => self.bare_field(text, content, value, tree),
            Kind::Broken(word) => self.broken(text, content, word, tree),
            Kind::Misspelt { word, id, name } => self.misspelt(text, content, word, id, name, tree),
            Kind::Unindented { name, value } => self.unindented(text, content, name, value, tree),
            Kind::Note { span, name, rule, value, broken } => {
                let indented = content.start < span.start && !tree.declarations.is_empty();
                let owner = if indented { Owner::Declaration(tree.declarations.len() as u32 - 1) } else { Owner::File };
                add_note(text, tree, Note { span, name, key: "", rule, value: value.into_iter().collect(), owner }, broken);
                self.note_above = Some(tree.notes.len() - 1);
                return Verdict::Taken;
            }
            Kind::CarriedNote(value) => {
                carry_note(text, content, value, self.note_above, tree);
                Verdict::Taken
            }
            _ => Verdict::TextBegins,
        };
        let stray = may_be_stray && matches!(verdict, Verdict::TextBegins) && declarations_go_on(text, content.end);
        let verdict = if stray { tell_stray(text, content, tree) } else { verdict };
        if !carried {
            self.note_above = None;
        }
        self.blank_above = false;
        verdict
    }

    /// A declaration that is indented, where no value goes on: taken for what it is.
    fn outdented(&self, text: &str, content: Span, kind: Kind, tree: &mut Tree) -> Kind {
        let goes_on = self.open_field.is_some_and(|open| indent(text, content) > open);
        let line = trimmed(text, content);
        let word = slice(text, line).split(|c| is_gap(c) || c == ':').next().unwrap_or_default();
        if goes_on || !matches!(kind, Kind::Field { .. } | Kind::BareField(_)) || KINDS.iter().all(|kind| kind.keyword() != word) {
            return kind;
        }
        let (mut tokens, mut comments) = (Vec::new(), Vec::new());
        let outdented = parse::line(slice(text, line), line.start, true, &mut tokens, &mut comments).kind;
        if !matches!(outdented, Kind::Declaration { .. }) {
            return kind;
        }
        let here = Span::new(line.start, line.start + word.len() as u32);
        tree.mistakes.push(
            Mistake::new("syntax", here, format!("this `{word}` is indented"), "a declaration begins in the first column")
                .help("take away the white space before it")
                .fix("move it to the first column", Span::new(content.start, line.start), ""),
        );
        outdented
    }

    fn declare(&mut self, kind: DeclarationKind, span: Span, id: Option<Span>, name: Option<Span>, tree: &mut Tree) {
        tree.declarations.push(Declaration { kind, span, id, name, fields: Vec::new(), notes: Vec::new() });
        self.open_field = None;
        self.skips = false;
    }

    fn field(&mut self, text: &str, content: Span, name: Span, value: Option<Span>, tree: &mut Tree) -> Verdict {
        if self.skips && !self.blank_above {
            return Verdict::Taken;
        }
        let Some(declaration) = tree.declarations.last() else { return self.ownerless(text, name, tree) };
        let indent = indent(text, content);
        let word = slice(text, name);
        let known = fields(declaration.kind);
        if let Some(key) = known.iter().find(|key| **key == word) {
            add_field(text, Field { key, name, value: value.into_iter().collect() }, tree);
            self.open_field = Some(indent);
            return Verdict::Taken;
        }
        if self.open_field.is_some_and(|open| indent > open) {
            return self.carry_value(trimmed(text, content), tree);
        }
        let suggestion = nearest(word, known.iter().copied());
        if self.blank_above && suggestion.is_none() {
            return Verdict::TextBegins;
        }
        let keyword = declaration.kind.keyword();
        let mut mistake =
            Mistake::new("unknown-field", name, format!("`{word}` is no field of `{keyword}`"), format!("`{keyword}` has no such field"));
        mistake = match suggestion {
            Some(near) => mistake.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), name, near),
            None => match KINDS.into_iter().find(|kind| fields(*kind).contains(&word)) {
                Some(kind) => {
                    mistake.help(format!("`{word}` is a field of `{}`; those of `{keyword}` are {}", kind.keyword(), in_words(known)))
                }
                None => mistake.help(format!("its fields are {}", in_words(known))),
            },
        };
        tree.mistakes.push(mistake);
        self.open_field = Some(indent);
        // Taken for what was meant, so that nothing follows from the misspelling.
        let key = suggestion.and_then(|near| known.iter().find(|key| **key == near));
        if let Some(key) = key {
            add_field(text, Field { key, name, value: value.into_iter().collect() }, tree);
        }
        Verdict::Taken
    }

    fn bare_field(&mut self, text: &str, content: Span, value: Span, tree: &mut Tree) -> Verdict {
        if self.skips && !self.blank_above {
            return Verdict::Taken;
        }
        let Some(declaration) = tree.declarations.last() else { return Verdict::TextBegins };
        let indent = indent(text, content);
        if self.open_field.is_some_and(|open| indent > open) {
            return self.carry_value(value, tree);
        }
        if self.blank_above {
            return Verdict::TextBegins;
        }
        let words = slice(text, value);
        let keyword = declaration.kind.keyword();
        let field = fields(declaration.kind)
            .iter()
            .copied()
            .find(|field| words.strip_prefix(*field).is_some_and(|rest| rest.is_empty() || rest.starts_with(is_gap)));
        if let Some(field) = field {
            let name = Span::new(value.start, value.start + field.len() as u32);
            let rest = trimmed(text, Span::new(name.end, value.end));
            // "stage = draft", "also - Atlantis": another sign stands where the colon belongs.
            let behind = behind_sign(text, rest);
            let signed = behind.start > rest.start;
            let rest = behind;
            let sign = if signed { Span::new(name.end, rest.start) } else { Span::at(name.end) };
            self.open_field = Some(indent);
            tree.mistakes.push(
                Mistake::new(
                    "syntax",
                    name,
                    format!("a colon is missing after `{field}`"),
                    format!("this looks like the field `{field}` of `{keyword}`"),
                )
                .help(format!("write `{field}:`"))
                .fix("add the colon", sign, if signed { ": " } else { ":" }),
            );
            add_field(text, Field { key: field, name, value: (!rest.is_empty()).then_some(rest).into_iter().collect() }, tree);
        } else {
            tree.mistakes.push(
                Mistake::new(
                    "syntax",
                    value,
                    format!("this line is no field of `{keyword}`"),
                    "a field's name and a colon were expected here",
                )
                .help(format!("write `field: value`; the fields of `{keyword}` are {}", in_words(fields(declaration.kind)))),
            );
        }
        Verdict::Taken
    }

    fn carry_value(&mut self, value: Span, tree: &mut Tree) -> Verdict {
        if let Some(field) = tree.declarations.last_mut().and_then(|declaration| declaration.fields.last_mut()) {
            field.value.push(value);
        }
        Verdict::Taken
    }

    fn broken(&mut self, text: &str, content: Span, word: Span, tree: &mut Tree) -> Verdict {
        let Some(kind) = KINDS.into_iter().find(|kind| kind.keyword() == slice(text, word)) else { return Verdict::TextBegins };
        let behind = slice(text, Span::new(word.end, content.end));
        let broken = why_no_declaration(slice(text, content));
        let (at, lack) = if !behind.starts_with(|c: char| is_gap(c) || c == ':') && !behind.is_empty() {
            (word.end, Lack::Space)
        } else if kind == DeclarationKind::Mechanism && behind.trim_start_matches(is_gap).starts_with(char::is_lowercase) {
            (word.end, Lack::Colon)
        } else if matches!(kind, DeclarationKind::Treaty | DeclarationKind::Use) && (broken.wants_quotes || behind.starts_with(':')) {
            (if behind.starts_with(':') { word.end } else { content.start + broken.at }, Lack::Quotes)
        } else if broken.at == 0 {
            // It broke at once: what the keyword wants behind it is missing.
            (word.end, Lack::Other(expected::SHORT_NAME.to_owned()))
        } else {
            let at = (content.start + broken.at).min(content.end);
            (at, if broken.wants_colon { Lack::Colon } else { Lack::Other(broken.wanted) })
        };
        let wanted = match &lack {
            Lack::Space => "a space",
            Lack::Colon => "`:`",
            Lack::Quotes if kind == DeclarationKind::Treaty => "a title in quotation marks",
            Lack::Quotes => "a path in quotation marks",
            Lack::Other(wanted) => wanted,
        };
        let there = next_word(text, at, content.end);
        let shape = match kind {
            DeclarationKind::Treaty => "treaty \"Title\"",
            DeclarationKind::Mechanism => "mechanism: name",
            DeclarationKind::Profile => "profile ID",
            DeclarationKind::Use => "use \"path.tdl\"",
            DeclarationKind::Reservation => "reservation ID: Article 5(2)",
            DeclarationKind::Party => "party ID: Name",
            DeclarationKind::Group => "group ID: Name",
            DeclarationKind::Body => "body ID: Name",
        };
        let mut mistake = Mistake::new(
            "syntax",
            there,
            format!("this `{}` is not in the shape of a declaration", kind.keyword()),
            format!("expected {wanted} here"),
        )
        .help(format!("write `{shape}`"));
        let mut rest = trimmed(text, Span::new(word.end, content.end));
        if matches!(kind, DeclarationKind::Treaty | DeclarationKind::Use) {
            rest = unquoted(text, rest);
        }
        match lack {
            Lack::Colon => {
                let before = slice(text, Span::new(word.end, at)).trim_end_matches(is_gap);
                let sign = slice(text, Span::new(at, content.end)).chars().next().filter(|c| is_other_sign(*c));
                let short = before.trim_start_matches(is_gap);
                // "party Republic of Atlantis" has a name and no short name; "party BO R: Boreas" and "reservation ATL on Article 1" lack more than
                // a colon.
                let certain = !slice(text, Span::new(at, content.end)).contains(':') && kind != DeclarationKind::Reservation;
                if kind == DeclarationKind::Mechanism || certain && !short.contains(char::is_lowercase) {
                    let from = word.end + before.len() as u32;
                    let to = sign.map_or(from, |sign| at + sign.len_utf8() as u32);
                    mistake = mistake.fix("add the colon", Span::new(from, to), ":");
                }
            }
            Lack::Space => mistake = mistake.fix("add the space", Span::at(at), " "),
            Lack::Quotes if !rest.is_empty() => {
                let line = Span::new(word.end, content.end);
                mistake = mistake.fix("add the quotation marks", line, format!(" \"{}\"", slice(text, rest)));
            }
            Lack::Quotes | Lack::Other(_) => {}
        }
        tree.mistakes.push(mistake);
        // Taken for what it promised, as far as it goes, so that its name is known further down.
        let end = slice(text, rest).find(|c: char| is_gap(c) || c == ':').map_or(rest.end, |at| rest.start + at as u32);
        let named = !matches!(kind, DeclarationKind::Treaty | DeclarationKind::Mechanism | DeclarationKind::Use);
        let id = (named && !rest.is_empty()).then(|| Span::new(rest.start, end));
        // "party Republic of Dor" has a name and no short name; "party BOR - Boreas" another sign for the colon.
        let bare = id.is_some_and(|id| slice(text, id).contains(char::is_lowercase)) && !slice(text, rest).contains(':');
        let name = trimmed(text, Span::new(if named && !bare { end } else { rest.start }, rest.end.max(end)));
        let name = behind_sign(text, name);
        self.declare(kind, content, id, (!name.is_empty()).then_some(name), tree);
        Verdict::Taken
    }

    fn misspelt(&mut self, text: &str, content: Span, word: Span, id: Option<Span>, name: Span, tree: &mut Tree) -> Verdict {
        let written = slice(text, word);
        let name = trimmed(text, name);
        let near = nearest_kind(written);
        let promised = if slice(text, content).contains([':', '"', '“', '„', '«']) {
            near.is_some() || written.starts_with(char::is_lowercase) && !tree.declarations.is_empty()
        } else if id.is_some() {
            near.is_some()
        } else {
            near == Some(DeclarationKind::Mechanism) && !tree.declarations.is_empty()
        };
        // "Part A: General", "Party A: Atlantis" and "Profile Sheet" are titles: a word with a capital has to be right but for that, and a short
        // name behind it to be one without doubt, or to stand right below a declaration.
        let below = !self.blank_above && !tree.declarations.is_empty();
        let short = match id {
            Some(id) => is_loud(slice(text, id)) || id.len() > 1 && below && slice(text, content).contains(':'),
            None => slice(text, content).contains('"') || near == Some(DeclarationKind::Mechanism),
        };
        let is_keyword = short && near.is_some_and(|kind| written.to_lowercase() == kind.keyword());
        if !promised || written.starts_with(char::is_uppercase) && !is_keyword {
            return Verdict::TextBegins;
        }
        tree.mistakes.push(unknown_declaration(text, word, near));
        let Some(kind) = near else {
            self.open_field = None;
            self.skips = true;
            return Verdict::Taken;
        };
        let name = if matches!(kind, DeclarationKind::Treaty | DeclarationKind::Use) { unquoted(text, name) } else { name };
        let name = behind_sign(text, name);
        self.declare(kind, content, id, (!name.is_empty()).then_some(name), tree);
        Verdict::Taken
    }

    /// A name in small letters and a colon in the first column: a field that is not indented, or a declaration with a slip.
    fn unindented(&mut self, text: &str, content: Span, name: Span, value: Span, tree: &mut Tree) -> Verdict {
        let word = slice(text, name);
        let Some(declaration) = tree.declarations.last_mut() else { return self.ownerless(text, name, tree) };
        let Some(key) = fields(declaration.kind).iter().find(|key| **key == word) else {
            let shape = nearest_kind(word).map(|kind| (kind, trimmed(text, value)));
            let Some((kind, value)) = shape.filter(|(_, value)| !value.is_empty()) else { return Verdict::TextBegins };
            // Only a mechanism has no ID: what else is written so lacks one, and `broken` would say so were its keyword right.
            tree.mistakes.push(unknown_declaration(text, name, Some(kind)));
            self.declare(kind, content, None, Some(value), tree);
            return Verdict::Taken;
        };
        let owner = owner_words(text, declaration);
        let value = trimmed(text, value);
        self.open_field = Some(0);
        tree.mistakes.push(
            Mistake::new("syntax", name, format!("the field `{word}` is not indented"), format!("this looks like a field of `{owner}`"))
                .help("indent it by two spaces")
                .fix("indent it", Span::at(content.start), "  "),
        );
        add_field(text, Field { key, name, value: (!value.is_empty()).then_some(value).into_iter().collect() }, tree);
        Verdict::Taken
    }

    /// A field above all declarations.
    fn ownerless(&mut self, text: &str, name: Span, tree: &mut Tree) -> Verdict {
        let word = slice(text, name);
        if !fields(DeclarationKind::Treaty).contains(&word) {
            return Verdict::TextBegins;
        }
        tree.mistakes.push(
            Mistake::new("syntax", name, format!("the field `{word}` belongs to no declaration"), "a field stands below its declaration")
                .help("write `treaty \"Title\"` on a line above, and indent the field by two spaces"),
        );
        self.skips = true;
        Verdict::Taken
    }
}

/// What is written where a colon belongs.
fn is_other_sign(c: char) -> bool {
    matches!(c, '=' | '-' | '–' | ';' | '：')
}

/// Words less such a sign in front of them.
fn behind_sign(text: &str, span: Span) -> Span {
    let words = slice(text, span).trim_start_matches(|c: char| is_gap(c) || is_other_sign(c));
    Span::new(span.end - words.len() as u32, span.end)
}

/// What a broken declaration lacks.
enum Lack {
    Space,
    Colon,
    Quotes,
    /// Anything else, in words.
    Other(String),
}

/// Words less the quotation marks around them.
fn unquoted(text: &str, span: Span) -> Span {
    let quotes = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»');
    let words = slice(text, span).trim_end_matches(quotes);
    let end = span.start + words.len() as u32;
    Span::new(end - words.trim_start_matches(quotes).len() as u32, end)
}

/// Whether a line that is no declaration can't be the text's first, if declarations go on below it: "parties: ATL, BOR", "/* working copy */",
/// "State ATL: Atlantis". A title may stand above declarations, and those are late.
fn may_be_stray(text: &str, content: Span, kind: &Kind) -> bool {
    if let Kind::Misspelt { id: Some(id), name, .. } = kind
        && is_loud(slice(text, *id))
        && slice(text, Span::new(id.end, name.start)).contains(':')
    {
        return true;
    }
    let first = slice(text, content).trim_start_matches(is_gap).chars().next().unwrap_or('A');
    first.is_lowercase() || !first.is_alphanumeric() && !matches!(first, '"' | '“' | '«' | '[' | '(')
}

/// Whether a declaration in its strict shape stands in one of the next lines.
fn declarations_go_on(text: &str, from: u32) -> bool {
    const FAR: usize = 12;
    let below = text.get(from as usize..).unwrap_or_default();
    let mut lines = below.split('\n').skip(1).map(|line| line.trim_end_matches('\r')).take(FAR);
    lines.any(|line| {
        let is_keyword = KINDS.iter().any(|kind| line.strip_prefix(kind.keyword()).is_some_and(|rest| rest.starts_with([' ', ':'])));
        let (mut tokens, mut comments) = (Vec::new(), Vec::new());
        is_keyword && matches!(parse::line(line, 0, true, &mut tokens, &mut comments).kind, Kind::Declaration { .. })
    })
}

/// Tells of a line among the declarations that is none.
fn tell_stray(text: &str, content: Span, tree: &mut Tree) -> Verdict {
    tree.mistakes.push(
        Mistake::new("syntax", trimmed(text, content), "this line is no declaration", "declarations go on below it")
            .help(format!("begin a comment with `//`; declarations are {}", in_words(KINDS.map(DeclarationKind::keyword)))),
    );
    Verdict::Taken
}

/// Whether a short name is one without doubt: `ATL`, and not the `A` of "Part A".
fn is_loud(id: &str) -> bool {
    id.len() > 1 && !id.contains(char::is_lowercase)
}

/// The kind of declaration that a misspelt keyword means.
fn nearest_kind(word: &str) -> Option<DeclarationKind> {
    let near = nearest(word, KINDS.iter().map(|kind| kind.keyword()))?;
    KINDS.into_iter().find(|kind| kind.keyword() == near)
}

/// A declaration whose first word opens none, and what it means if that can be seen.
fn unknown_declaration(text: &str, word: Span, near: Option<DeclarationKind>) -> Mistake {
    let written = slice(text, word);
    let mistake =
        Mistake::new("unknown-declaration", word, format!("`{written}` is no declaration"), "no declaration begins with this word");
    match near.map(DeclarationKind::keyword) {
        Some(near) => {
            let is_loud = written.to_lowercase() == near;
            let help = if is_loud { format!("write it in small letters: `{near}`") } else { format!("did you mean `{near}`?") };
            mistake.help(help).fix(format!("write `{near}`"), word, near)
        }
        None => mistake.help(format!("declarations are {}", in_words(KINDS.map(DeclarationKind::keyword)))),
    }
}

/// Adds a field to the last declaration, and says so where it has one already.
fn add_field(text: &str, field: Field, tree: &mut Tree) {
    let Some(declaration) = tree.declarations.last_mut() else { return };
    let earlier = declaration.fields.iter().find(|earlier| earlier.key == field.key);
    if let Some(earlier) = earlier.filter(|_| !may_be_repeated(field.key)) {
        let owner = owner_words(text, declaration);
        tree.mistakes.push(
            Mistake::new("duplicate-field", field.name, format!("`{owner}` has the field `{}` already", field.key), "given again here")
                .other(earlier.name, "first given here")
                .help("delete one: the first counts"),
        );
    }
    declaration.fields.push(field);
}

/// Tells of fields that say nothing, once their values can't go on.
pub fn tell_empty_fields(tree: &mut Tree) {
    let empty = tree.declarations.iter().flat_map(|declaration| &declaration.fields).filter(|field| field.value.is_empty());
    let told: Vec<Mistake> = empty
        .map(|field| {
            Mistake::new("syntax", field.name, format!("the field `{}` has no value", field.key), "a value was expected behind the colon")
                .help("write the value, or take the field out")
        })
        .collect();
    tree.mistakes.extend(told);
}

/// `party ATL`, `mechanism: traffic monitoring`, as written.
#[must_use]
pub fn owner_words(text: &str, declaration: &Declaration) -> String {
    let keyword = declaration.kind.keyword();
    match (declaration.id, declaration.name) {
        (Some(id), _) => format!("{keyword} {}", slice(text, id)),
        (None, Some(name)) if declaration.kind == DeclarationKind::Mechanism => format!("{keyword}: {}", slice(text, name)),
        _ => keyword.to_owned(),
    }
}

/// A list in words, each in code marks.
#[must_use]
pub fn in_words(words: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

pub(super) fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

fn indent(text: &str, content: Span) -> u32 {
    let line = slice(text, content);
    (line.len() - line.trim_start_matches(is_gap).len()) as u32
}

/// Words less the white space, and a colon in front, around them.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let words = slice(text, span);
    let words = words.strip_prefix(':').unwrap_or(words);
    let start = span.end - words.trim_start_matches(|c| is_gap(c) || c == ':').len() as u32;
    let end = start.max(span.start + slice(text, span).trim_end_matches(is_gap).len() as u32);
    Span::new(start.min(end), end)
}

fn next_word(text: &str, at: u32, end: u32) -> Span {
    let rest = slice(text, Span::new(at, end));
    let skip = rest.len() - rest.trim_start_matches(is_gap).len();
    let length = rest[skip..].find(is_gap).unwrap_or(rest.len() - skip);
    Span::new(at + skip as u32, at + (skip + length) as u32)
}
