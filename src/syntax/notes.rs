//! Annotations: their names, and what to say of one that is none or out of shape. What it is near to is what it is taken for.

use super::heads::{in_words, slice, trimmed};
use super::parse::is_gap;
use super::tree::{Mistake, Note, Owner, Tree};
use crate::source::Span;
use crate::suggest::nearest;

/// The annotations there are.
pub const NOTES: [&str; 17] = [
    "verified by",
    "consequence",
    "in return for",
    "binds",
    "benefits",
    "act",
    "effect",
    "means",
    "target",
    "threshold",
    "excludes",
    "told apart by",
    "proposed by",
    "source",
    "note",
    "allow",
    "expect",
];

/// Takes an annotation in, checking its name.
pub fn add_note(text: &str, tree: &mut Tree, mut note: Note, broken: bool) {
    let written: String = slice(text, note.name).chars().map(|c| if is_gap(c) { ' ' } else { c }).collect();
    note.key = NOTES.iter().copied().find(|known| *known == written).unwrap_or_default();
    if broken {
        let mistake = broken_note(text, &mut note);
        tree.mistakes.push(mistake);
    } else if note.key.is_empty() {
        let mistake = misspelt_note(text, &written, &mut note);
        tree.mistakes.push(mistake);
    } else if note.rule.is_none() && matches!(written.as_str(), "allow" | "expect") {
        tree.mistakes.push(
            Mistake::new("syntax", note.name, format!("`@{written}` names no rule"), "the name of a rule was expected behind this")
                .help(format!("write `@{written} vague-term: reason`")),
        );
    } else if note.value.is_empty() && written != "expect" {
        let what = if written == "allow" { "its reason" } else { "its value" };
        tree.mistakes.push(
            Mistake::new("syntax", note.span, format!("`@{written}` lacks {what}"), format!("{what} was expected behind a colon")).help(
                if written == "allow" {
                    "say why the finding is right to be left: `@allow RULE: reason`".to_owned()
                } else {
                    format!("write `@{written}: value`")
                },
            ),
        );
    }
    if let Owner::Declaration(index) = note.owner {
        let id = tree.notes.len() as u32;
        tree.declarations[index as usize].notes.push(id);
    }
    tree.notes.push(note);
}

/// An annotation without its colon.
fn broken_note(text: &str, note: &mut Note) -> Mistake {
    let words = trimmed(text, note.name);
    let written = slice(text, words);
    let same = |known: &str| written.starts_with(known) && written[known.len()..].starts_with(is_gap);
    let Some(key) = NOTES.iter().copied().filter(|known| same(&known.replace(' ', "-")) || same(known)).max_by_key(|known| known.len())
    else {
        note.name = Span::at(note.name.start);
        let mistake =
            Mistake::new("syntax", note.span, "this annotation has no name and colon", "a line that begins with `@` is an annotation");
        if written.starts_with('@') {
            return mistake.help("one `@` is enough").fix("take out the second `@`", Span::new(words.start, words.start + 1), "");
        }
        let first = written.split(is_gap).next().unwrap_or_default();
        let near = nearest(first, NOTES.iter().map(|note| note.split(' ').next().unwrap_or(note)));
        return mistake.help(match near {
            Some(verb @ ("allow" | "expect")) => format!("write `@{verb} RULE: reason`"),
            Some(head) => {
                let note = NOTES.iter().find(|note| note.starts_with(head)).unwrap_or(&head);
                format!("write `@{note}: value`, or `\\@` if the sign belongs to the treaty")
            }
            None => "write `@note: ...`, or `\\@` if the sign belongs to the treaty".to_owned(),
        });
    };
    note.name = Span::new(words.start, words.start + key.len() as u32);
    note.key = key;
    let rest = trimmed(text, Span::new(note.name.end, words.end));
    let value = slice(text, rest).to_owned();
    if !matches!(key, "allow" | "expect") {
        note.value = vec![rest];
        return Mistake::new(
            "syntax",
            note.name,
            format!("a colon is missing after `@{key}`"),
            "an annotation is a name, a colon and a value",
        )
        .help(format!("write `@{key}: {value}`"))
        .fix("add the colon", Span::at(note.name.end), ":");
    }
    let rule = value.split(|c| is_gap(c) || c == ',').next().unwrap_or_default().to_owned();
    note.rule = Some(Span::new(rest.start, rest.start + rule.len() as u32));
    let reason = trimmed(text, Span::new(rest.start + rule.len() as u32, rest.end));
    let reason_words = slice(text, reason).trim_start_matches(|c: char| is_gap(c) || matches!(c, '-' | '–' | '—'));
    if value[rule.len()..].starts_with(',') {
        return Mistake::new("syntax", note.span, format!("this `@{key}` names several rules"), "one line is for one rule")
            .help(format!("write a line for each: `@{key} {rule}: reason`"));
    }
    note.value = vec![Span::new(reason.end - reason_words.len() as u32, reason.end)];
    let told = Mistake::new(
        "syntax",
        note.rule.unwrap_or(note.name),
        format!("a colon is missing after `@{key} {rule}`"),
        "the reason stands behind a colon",
    )
    .help(format!("write `@{key} {rule}: {reason_words}`"));
    // A word with other signs in it names no rule, colon or none.
    let names_rule = rule.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let gap = Span::new(rest.start + rule.len() as u32, reason.end - reason_words.len() as u32);
    if names_rule && !slice(text, gap).contains(':') { told.fix("add the colon", gap, ": ") } else { told }
}

/// An annotation whose name is none; it is taken for what it means.
fn misspelt_note(text: &str, written: &str, note: &mut Note) -> Mistake {
    let behind = |first: &str| slice(text, note.name)[first.len()..].trim_start_matches(is_gap);
    let first = written.split(is_gap).next().unwrap_or_default();
    let plain = written.replace(['-', '_'], " ").to_lowercase();
    let mistake = Mistake::new("unknown-annotation", note.name, format!("`@{written}` is no annotation"), "no annotation has this name");
    if matches!(first, "allow" | "expect") {
        // "@allow vague term: ..."
        let rest = behind(first);
        let rule = Span::new(note.name.end - rest.len() as u32, note.name.end);
        let name = rest.replace(is_gap, "-").replace('_', "-").to_lowercase();
        return Mistake {
            message: format!("a rule's name has hyphens: `{name}`"),
            here: "this is no rule's name".to_owned(),
            span: rule,
            ..mistake
        }
        .help(format!("write `@{first} {name}: reason`"))
        .fix(format!("write `{name}`"), rule, name);
    }
    let near = NOTES.iter().copied().find(|known| *known == plain).or_else(|| nearest(&plain, NOTES));
    let near =
        near.or_else(|| NOTES.iter().copied().find(|known| known.split(' ').next().is_some_and(|head| nearest(&plain, [head]).is_some())));
    // "@alow vague-term: ...": the first word alone is misspelt, and the rule stays.
    let with_rule = if near.is_none() { plain.split_once(' ').and_then(|(verb, _)| nearest(verb, ["allow", "expect"])) } else { None };
    let Some(key) = near.or(with_rule) else { return mistake.help(format!("annotations are {}", in_words(NOTES))) };
    note.key = key;
    let name = Span::new(note.name.start, note.name.start + first.len() as u32);
    if with_rule.is_some() {
        let rest = behind(first).len() as u32;
        note.rule = Some(Span::new(note.name.end - rest, note.name.end));
    }
    let span = if matches!(key, "allow" | "expect") { name } else { note.name };
    mistake.help(format!("did you mean `@{key}`?")).fix(format!("write `@{key}`"), span, key)
}

/// An annotation at the end of a line of text: "... promptly. @note: check".
pub fn behind_text(text: &str, content: Span) -> Option<Mistake> {
    let line = slice(text, content);
    let at = memchr::memchr_iter(b'@', line.as_bytes()).find(|at| line[..*at].ends_with(is_gap))?;
    let words = &line[at + 1..];
    let named = NOTES.iter().any(|note| {
        words
            .strip_prefix(*note)
            .is_some_and(|rest| rest.starts_with(':') || matches!(*note, "allow" | "expect") && rest.starts_with(' ') && rest.contains(':'))
    });
    // "The sign @source: of origin" goes on in its sentence.
    if !named || !line[..at].trim_end_matches(is_gap).ends_with(['.', ';', ':']) {
        return None;
    }
    let start = content.start + at as u32;
    let before = line[..at].trim_end_matches(is_gap).len() as u32;
    Some(
        Mistake::new(
            "syntax",
            Span::new(start, content.end),
            "an annotation stands on a line of its own",
            "this is read as text of the treaty",
        )
        .help("write it on the next line")
        .fix("move it to the next line", Span::new(content.start + before, start), "\n   "),
    )
}

/// Carries the annotation above on; where there is none, says so.
pub fn carry_note(text: &str, content: Span, value: Option<Span>, above: Option<usize>, tree: &mut Tree) {
    match above.and_then(|index| tree.notes.get_mut(index)) {
        Some(note) => note.value.extend(value),
        None => {
            let mistake = Mistake::new(
                "syntax",
                trimmed(text, content),
                "this line carries on no annotation",
                "`@` and a space carry on the annotation on the line above",
            );
            // "@ verified by: patrols"
            let named = value.and_then(|value| {
                let (name, _) = slice(text, value).split_once([':', ' '])?;
                NOTES.iter().find(|known| known.split(' ').next() == Some(name)).map(|known| (value.start, *known))
            });
            tree.mistakes.push(match named {
                Some((start, known)) => {
                    let sign = trimmed(text, content).start;
                    mistake.help(format!("if it is `@{known}`, nothing stands between sign and name")).fix(
                        "take out the space",
                        Span::new(sign + 1, start),
                        "",
                    )
                }
                None => mistake.help("give it a name: `@note: ...`"),
            });
        }
    }
}
