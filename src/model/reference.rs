//! References: what "paragraph 4 of Article 27" names. Numbers are looked up in the nearest numbered container, for annexes and protocols
//! begin again at one.

use super::Treaty;
use super::clean::Words;
use super::declared::INSTRUMENTS;
use super::sentence::SentenceId;
use crate::lexicon;
use crate::source::Source;
use crate::syntax::parse::{self, Level, NumberPath, PieceKind, RawReference, RefOwner, Step};
use crate::syntax::tree::{Alphabet, Tree, UnitId, UnitKind};
use std::collections::HashMap as StdMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What a reference came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It names these units.
    Found(Vec<UnitId>),
    /// It names a unit of another instrument.
    Foreign,
    /// It names a unit that this treaty does not have; the words that could not be found.
    Dangling(String),
    /// It cannot be told: its frame has no numbers, or it stands in a quotation.
    Open,
}

/// A reference in a sentence.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The sentence.
    pub sentence: SentenceId,
    /// Its words.
    pub words: Words,
    /// What it came to.
    pub outcome: Outcome,
}

/// Numbers are looked up often and come from no enemy: a product and a shift tell them apart well enough.
#[derive(Clone, Copy, Debug, Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value as u64);
    }
}

type HashMap<K, V> = StdMap<K, V, BuildHasherDefault<Quick>>;

/// What a number is looked up by.
type Key = (UnitId, Group, u32, u8);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Group {
    Article,
    Annex,
    Division,
    /// A paragraph or point with a number in digits.
    Numbered,
    /// One with a letter or a Roman number: "paragraph 2" is not point (b).
    Lettered,
}

/// All numbered units, by what they stand in.
#[derive(Debug, Default)]
pub struct Index {
    units: HashMap<Key, UnitId>,
    /// How many unnumbered paragraphs a unit has.
    plain: HashMap<UnitId, u32>,
    place: HashMap<UnitId, u32>,
    nth: HashMap<(UnitId, u32), UnitId>,
    /// How many items with numbers in digits a frame has.
    items: HashMap<UnitId, u32>,
    /// How many with letters.
    letters: HashMap<UnitId, u32>,
    annex_by_words: StdMap<String, UnitId>,
    /// How the annexes are numbered here: a file that holds Annex 1 says nothing of Annex 2-A, which it may leave out.
    annex_forms: StdMap<(bool, bool), List>,
    /// What the annexes are called here: `annex`, `schedul`.
    annex_nouns: std::collections::HashSet<String>,
    /// Containers that hold articles of their own.
    with_articles: std::collections::HashSet<UnitId>,
    /// The list that an article is numbered in: the body, its annex, or the first article of a list that begins anew.
    series: HashMap<UnitId, UnitId>,
    /// How sound each list of articles is.
    lists: HashMap<UnitId, List>,
    annexes: u32,
    /// A second unit of the same kind, number and frame, by the first.
    twins: HashMap<UnitId, UnitId>,
    /// Chapters that articles numbered `14.1` are of.
    chapters: std::collections::HashSet<u32>,
    /// Whether the articles of the body are numbered so.
    is_by_chapter: bool,
    articles_twice: bool,
}

/// A list of articles: how many there are, how many stand out of order, and the first and the last number.
#[derive(Clone, Copy, Debug, Default)]
struct List {
    articles: u32,
    out_of_order: u32,
    first: u32,
    last: u32,
    /// The number and suffix of the last article read.
    elder: Option<(u32, u8)>,
}

impl List {
    /// Takes the next article's number in.
    fn add(&mut self, value: u32, suffix: u8) {
        self.articles += 1;
        match self.elder {
            None => self.first = value,
            Some((elder, before)) => {
                let new_chapter = value / 1000 > elder / 1000 && value % 1000 == 1;
                let follows = value == elder && suffix > before || value == elder + 1 || new_chapter;
                self.out_of_order += u32::from(!follows);
            }
        }
        self.last = self.last.max(value);
        self.elder = Some((value, suffix));
    }

    /// Whether a number that is not in the list may be said to be missing: a list with many gaps was not read whole, and one that does not
    /// begin at its beginning is a part of a longer text.
    fn misses(&self, value: u32) -> bool {
        let whole = self.out_of_order * 8 <= self.articles;
        let begins = self.first % 1000 == 1 || (self.first..=self.last).contains(&value);
        // "Article 80, 300 kilograms" is no article.
        let near = value <= self.last.saturating_mul(2) + 20;
        whole && begins && near
    }
}

/// The list that each article is numbered in. A list begins anew where Article 1 comes after a later one and Article 2, or nothing, follows.
fn series(tree: &Tree) -> HashMap<UnitId, UnitId> {
    let mut articles: HashMap<UnitId, Vec<UnitId>> = HashMap::default();
    for id in tree.ids().filter(|id| tree.unit(*id).kind == UnitKind::Article && tree.unit(*id).ordinal.is_some()) {
        articles.entry(annex_of(tree, id)).or_default().push(id);
    }
    let mut series = HashMap::default();
    for (frame, list) in articles {
        let mut here = frame;
        for (at, id) in list.iter().enumerate() {
            let ordinal = |id: &UnitId| tree.unit(*id).ordinal;
            let opens = ordinal(id).is_some_and(|ordinal| ordinal.opens());
            let after = at > 0 && ordinal(&list[at - 1]).is_some_and(|elder| !elder.opens());
            let goes_on =
                list.get(at + 1).is_none_or(|next| ordinal(next).zip(ordinal(id)).is_some_and(|(next, this)| next.follows(&this)));
            if opens && after && goes_on {
                here = *id;
            }
            series.insert(*id, here);
        }
    }
    series
}

impl Index {
    /// The list of articles that a unit stands in, or would if it were one.
    #[must_use]
    pub fn list_of(&self, tree: &Tree, id: UnitId) -> UnitId {
        tree.ancestors(id).find_map(|id| self.series.get(&id).copied()).unwrap_or_else(|| annex_of(tree, id))
    }

    /// Indexes the units of a tree.
    #[must_use]
    pub fn build(source: &Source, tree: &Tree) -> Self {
        let mut index = Self { series: series(tree), ..Self::default() };
        for id in tree.ids() {
            let unit = tree.unit(id);
            if unit.kind == UnitKind::Annex {
                let head = source.slice(unit.head).to_lowercase();
                let noun = head.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
                index.annex_nouns.insert(noun.trim_end_matches('s').trim_end_matches('e').to_owned());
            }
            if unit.kind == UnitKind::Paragraph && unit.ordinal.is_none() {
                let place = index.plain.entry(unit.parent).or_default();
                *place += 1;
                index.place.insert(id, *place);
                index.nth.insert((unit.parent, *place), id);
            }
            let Some(ordinal) = unit.ordinal else {
                if unit.kind == UnitKind::Annex {
                    index.annexes += 1;
                }
                continue;
            };
            let (frame, group) = match unit.kind {
                UnitKind::Article => {
                    let frame = index.series.get(&id).copied().unwrap_or_else(|| annex_of(tree, id));
                    index.with_articles.insert(frame);
                    index.lists.entry(frame).or_default().add(ordinal.value, ordinal.suffix);
                    if source.slice(ordinal.span).contains('.') && ordinal.value >= 1000 {
                        index.chapters.insert(ordinal.value / 1000);
                        index.is_by_chapter |= frame == UnitId::ROOT;
                    }
                    (frame, Group::Article)
                }
                UnitKind::Annex => {
                    index.annexes += 1;
                    index.annex_forms.entry(form(source.slice(ordinal.span))).or_default().add(ordinal.value, ordinal.suffix);
                    index.annex_by_words.entry(source.slice(ordinal.span).to_lowercase()).or_insert(id);
                    (UnitId::ROOT, Group::Annex)
                }
                UnitKind::Division => {
                    index.units.entry((UnitId::ROOT, Group::Division, ordinal.value, ordinal.suffix)).or_insert(id);
                    (annex_of(tree, id), Group::Division)
                }
                UnitKind::Paragraph | UnitKind::Point => {
                    let frame = frame_of_item(tree, id);
                    let group = match ordinal.alphabet {
                        Alphabet::Digit | Alphabet::Word | Alphabet::None => Group::Numbered,
                        Alphabet::Lower | Alphabet::Upper | Alphabet::RomanLower | Alphabet::RomanUpper => Group::Lettered,
                    };
                    *index.items.entry(frame).or_default() += u32::from(group == Group::Numbered);
                    *index.letters.entry(frame).or_default() += u32::from(ordinal.alphabet == Alphabet::Lower);
                    (frame, group)
                }
                _ => continue,
            };
            let taken = index.units.contains_key(&(frame, group, ordinal.value, ordinal.suffix));
            if group == Group::Article && frame != UnitId::ROOT {
                index.articles_twice |= index.units.contains_key(&(UnitId::ROOT, group, ordinal.value, ordinal.suffix));
            }
            if let Some(first) = index.units.get(&(frame, group, ordinal.value, ordinal.suffix)).filter(|_| taken) {
                index.twins.entry(*first).or_insert(id);
            } else {
                index.units.insert((frame, group, ordinal.value, ordinal.suffix), id);
            }
            // `5 bis` written `[5] [bis]` and letters that look like roman numbers are found by either reading.
            if matches!(ordinal.alphabet, Alphabet::Lower | Alphabet::Upper)
                && let Some(value) = roman_value(source.slice(ordinal.span))
            {
                index.units.entry((frame, group, value + 1000, ordinal.suffix)).or_insert(id);
            }
        }
        index
    }

    /// The n-th of the unnumbered paragraphs of what it stands in, from 1.
    #[must_use]
    pub fn place_among_siblings(&self, id: UnitId) -> u32 {
        self.place.get(&id).copied().unwrap_or(1)
    }

    /// A second unit of the same kind and number in the same place.
    #[must_use]
    pub fn twin(&self, id: UnitId) -> Option<UnitId> {
        self.twins.get(&id).copied()
    }

    /// How many unnumbered paragraphs a unit has.
    #[must_use]
    pub fn siblings(&self, parent: UnitId) -> u32 {
        self.plain.get(&parent).copied().unwrap_or(0)
    }

    /// Whether the number of an annex's article occurs in the body too.
    #[must_use]
    pub fn occurs_twice(&self, _: UnitId) -> bool {
        self.articles_twice
    }

    fn get(&self, frame: UnitId, group: Group, value: u32, suffix: u8) -> Option<UnitId> {
        self.units.get(&(frame, group, value, suffix)).copied()
    }
}

fn annex_of(tree: &Tree, id: UnitId) -> UnitId {
    tree.ancestors(id).skip(1).find(|id| tree.unit(*id).kind == UnitKind::Annex).unwrap_or(UnitId::ROOT)
}

/// The nearest unit around an item that a reader would cite it in: unnumbered paragraphs and options are passed over.
fn frame_of_item(tree: &Tree, id: UnitId) -> UnitId {
    tree.ancestors(id)
        .skip(1)
        .find(|id| {
            let unit = tree.unit(*id);
            let numberless = matches!(unit.kind, UnitKind::Paragraph | UnitKind::Tail) && unit.ordinal.is_none();
            !(numberless || unit.kind == UnitKind::Choice)
        })
        .unwrap_or(UnitId::ROOT)
}

fn roman_value(text: &str) -> Option<u32> {
    let value = |c: char| match c.to_ascii_lowercase() {
        'i' => Some(1_u32),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        _ => None,
    };
    let (mut total, mut last) = (0_u32, 0);
    for c in text.chars().rev() {
        let here = value(c)?;
        if here < last {
            total = total.saturating_sub(here);
        } else {
            total += here;
            last = here;
        }
    }
    (total > 0).then_some(total)
}

/// A number in a reference as value and suffix: digits, roman or a letter.
fn readings(part: &str) -> Vec<(u32, u8)> {
    let part = part.trim();
    let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
    if digits > 0 {
        let Ok(mut value) = part[..digits].parse::<u32>() else { return Vec::new() };
        let mut rest = part[digits..].trim();
        if let Some((_, number)) = part.split_once('.') {
            let (number, added) = number.split_once('-').unwrap_or((number, ""));
            if let Ok(number) = number.parse::<u32>() {
                value = value * 1000 + number;
                rest = added;
            }
        }
        let rest = rest.trim_start_matches('-');
        let suffix = match rest {
            "" => 0,
            "bis" => 2,
            "ter" => 3,
            "quater" => 4,
            "quinquies" => 5,
            letter => letter.bytes().next().map_or(0, |byte| 100 + byte.saturating_sub(b'a')),
        };
        return vec![(value, suffix)];
    }
    let (word, suffix) = match part.split_once(' ') {
        Some((word, "bis")) => (word, 2),
        Some((word, "ter")) => (word, 3),
        Some((word, _)) => (word, 0),
        None => (part, 0),
    };
    let roman = roman_value(word).map(|value| (value, suffix));
    let mut letters = word.bytes();
    let letter = match (letters.next(), letters.next()) {
        (Some(byte), None) if byte.is_ascii_lowercase() => Some((u32::from(byte - b'a') + 1, suffix)),
        _ => None,
    };
    roman.into_iter().chain(letter).collect()
}

/// Resolves all references of the base reading.
#[must_use]
pub fn resolve_all(treaty: &Treaty<'_>) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut of_another = None;
    for (index, sentence) in treaty.sentences.iter().enumerate().filter(|(_, sentence)| sentence.reading == 0) {
        for piece in treaty.pieces_of(sentence) {
            let PieceKind::Reference(raw) = &piece.kind else { continue };
            let words = Words::new(piece.start, piece.end);
            let id = SentenceId(index as u32);
            let outcome = match resolve_raw(treaty, raw, sentence.unit) {
                // A number that is not here may be one of another instrument that the sentence speaks of.
                Outcome::Dangling(_)
                    if !is_own(&raw.owner) && of_another == Some(id)
                        || is_a_list_of_its_own(treaty, raw, words)
                        || !is_own(&raw.owner) && names_another_beside(treaty, sentence.words, words) =>
                {
                    Outcome::Open
                }
                outcome => outcome,
            };
            // "Annexes V, VII and VIII to the Convention ... the lists in Annex V, article 2": the owner is said once.
            if outcome == Outcome::Foreign || outcome == Outcome::Open && matches!(raw.owner, RefOwner::Whose(_)) {
                of_another = Some(id);
            }
            references.push(Reference { sentence: id, words, outcome });
        }
    }
    references
}

/// "Paragraphs 1 and 2 of Article 2, paragraphs 4 and 6 of Article 7", "Article 15 - paragraph 6, Article 16": several references without a
/// word between them. Which number is of which article can't be told from the words alone.
fn is_a_list_of_its_own(treaty: &Treaty<'_>, raw: &RawReference, words: Words) -> bool {
    let twice = raw.steps.iter().enumerate().any(|(at, step)| raw.steps[..at].iter().any(|other| other.level == step.level));
    let lower = treaty.lower(words);
    twice || lower.starts_with("paragraph") && lower.contains(", article ")
}

/// "Article 105 and those following of the Geneva Convention", "the law (as is specified in article 1)": an instrument or a law that is not
/// this text stands close behind or before.
fn names_another_beside(treaty: &Treaty<'_>, sentence: Words, words: Words) -> bool {
    let is_instrument = |word: &str| INSTRUMENTS.contains(&word) || word == "regulations";
    let behind = treaty.lower(Words::new(words.end, sentence.end.min(words.end + 120)));
    let behind = behind.split(['.', ';']).take(if behind.starts_with('.') { 2 } else { 1 }).last().unwrap_or_default();
    let owner = behind.match_indices(" of the ").chain(behind.match_indices(" to the ")).any(|(at, of)| {
        // "Of the Geneva Convention": what stands between makes it somebody else's.
        let name = &behind[at + of.len()..];
        let mut before = name.split(' ').take(6).take_while(|word| !matches!(*word, "present" | "this"));
        let first = before.next().unwrap_or_default();
        let called_so = is_instrument(first) && treaty.declared.instrument.is_called(first);
        let named = is_instrument(first.trim_end_matches(',')) || before.any(|word| is_instrument(word.trim_end_matches(',')));
        named && !called_so
    });
    let before = treaty.lower(Words::new(sentence.start.max(words.start.saturating_sub(40)), words.start));
    let of_a_law = before.rfind('(').is_some_and(|open| {
        before[..open].trim_end().rsplit(' ').next().is_some_and(|noun| matches!(noun, "law" | "act" | "decree" | "code" | "statute"))
    });
    // "Either paragraph 7 or paragraph 8 of Article 14", "paragraphs 4 and 9 of that article": whose it is may be said further on.
    let own = treaty.lower(words);
    let of_an_article = own.starts_with("paragraph") && !own.contains("article") && {
        let around = [Words::new(sentence.start, words.start), Words::new(words.end, sentence.end)];
        around.into_iter().any(|words| treaty.lower(words).contains("article"))
    };
    owner
        || of_a_law
        || of_an_article
        || is_behind_another(treaty, sentence, words)
        || behind.starts_with(" thereof")
        || is_before_initials(treaty, sentence, words)
}

/// "Vienna Convention, Article 31", "Regulation 12, paragraph 6", "the Framework (paragraph 5)", "Paragraph 6 is deleted": whose it is stands in
/// front, or what is done to it is done to another text.
fn is_behind_another(treaty: &Treaty<'_>, sentence: Words, words: Words) -> bool {
    const CHANGES: [&str; 6] = ["deleted", "replaced", "inserted", "amended", "shall be added", "is added"];
    const OTHERS: [&str; 6] = ["regulation", "resolution", "decision", "directive", "guidelines", "framework"];
    let lower = treaty.lower(sentence);
    let before = &lower[..(words.start - sentence.start) as usize];
    let is_paragraph = treaty.lower(words).starts_with("paragraph") && !treaty.lower(words).contains("article");
    if is_paragraph && (before.is_empty() || CHANGES.iter().any(|change| lower.contains(change))) {
        return true;
    }
    let Some(owner) = before.trim_end().strip_suffix([',', '(']) else { return false };
    let near = owner.char_indices().rev().nth(80).map_or(owner, |(at, _)| &owner[at..]);
    let near = near.rsplit([';', ':']).next().unwrap_or_default();
    let mut last = None;
    let mut earlier = "";
    for word in near.split(' ') {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        if INSTRUMENTS.contains(&plain) || OTHERS.contains(&plain) {
            last = Some((plain, earlier));
        }
        earlier = plain;
    }
    last.is_some_and(|(noun, earlier)| {
        let own = matches!(earlier, "this" | "present") || earlier == "the" && treaty.declared.instrument.is_called(noun);
        OTHERS.contains(&noun) || !own
    })
}

/// "Article 4 ECHR": the instrument by its initials.
fn is_before_initials(treaty: &Treaty<'_>, sentence: Words, words: Words) -> bool {
    let behind = treaty.clean.written(treaty.source.text(), Words::new(words.end, sentence.end.min(words.end + 12)));
    let initials = behind.strip_prefix(' ').map_or("", |rest| rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default());
    let loud = |word: &str| word.len() > 1 && word.chars().all(char::is_uppercase);
    loud(initials)
        && !treaty.declared.is_name(initials)
        && !loud(treaty.clean.written(treaty.source.text(), words).split(' ').next().unwrap_or_default())
}

/// The units that a written reference names, read from a unit: for annotations and declarations.
#[must_use]
pub fn resolve_text(treaty: &Treaty<'_>, text: &str, from: UnitId) -> Vec<UnitId> {
    let lower = text.to_lowercase().replace("art. ", "article ");
    let mut hits = Vec::new();
    lexicon::find(&lower, 0, &mut hits);
    let anchors: Vec<_> = hits.iter().filter(|hit| hit.is(lexicon::Class::ReferenceAnchor)).map(|hit| (hit.start, 1)).collect();
    let (mut reader, mut pieces) = (parse::SentenceReader::default(), Vec::new());
    reader.add(&lower, &anchors, 0);
    reader.read(&mut pieces);
    let mut found = Vec::new();
    for piece in pieces {
        if let PieceKind::Reference(raw) = piece.kind
            && let Outcome::Found(units) = resolve_raw(treaty, &raw, from)
        {
            found.extend(units);
        }
    }
    found
}

fn resolve_raw(treaty: &Treaty<'_>, raw: &RawReference, from: UnitId) -> Outcome {
    if treaty.tree.ancestors(from).any(|id| treaty.tree.unit(id).kind == UnitKind::Quote) {
        return Outcome::Open;
    }
    if is_foreign(treaty, raw) {
        return Outcome::Foreign;
    }
    // From the outermost step in: "paragraph 4 of Article 27" and "Article 27, paragraph 4" alike.
    let mut steps: Vec<_> = raw.steps.iter().collect();
    steps.sort_by_key(|step| rank(step.level));
    let mut frames = vec![frame_for(treaty, &steps.first().map_or(Level::Article, |step| step.level), from, &raw.owner)];
    for step in steps {
        let mut next = Vec::new();
        for number in &step.numbers {
            match find(treaty, &frames, step.level, number, from).or_else(|| beside(treaty, next.last().copied(), number)) {
                Some(unit) => next.push(unit),
                None => return missing(treaty, step, &frames, number, &raw.owner, from),
            }
        }
        frames = next;
    }
    Outcome::Found(frames)
}

fn rank(level: Level) -> u8 {
    match level {
        Level::Annex => 0,
        Level::Division => 1,
        Level::Article => 2,
        Level::Paragraph => 3,
        Level::Point => 4,
    }
}

/// "of the Charter of the United Nations" is another instrument's; "of the Convention" is this one's only if it is called so.
fn is_foreign(treaty: &Treaty<'_>, raw: &RawReference) -> bool {
    let RefOwner::Whose(words) = &raw.owner else { return false };
    let pointed_at = words.starts_with("that ");
    let words = words.trim_start_matches("the ").trim_start_matches("that ").trim_start_matches("such ");
    let mut parts = words.split(' ');
    let noun = parts.next().unwrap_or_default();
    let own = |word: &str| INSTRUMENTS.contains(&word) || matches!(word, "code" | "pact" | "annex" | "schedule" | "regulations" | "rules");
    if !own(noun) {
        // "of the Verification Annex", "of the 1990 Convention": somebody else's if an instrument is named, nobody's if none is.
        return words.split(' ').any(own) || words.starts_with("united nations");
    }
    let more = parts
        .next()
        .is_some_and(|next| !matches!(next, "shall" | "and" | "or" | "may" | "is" | "are" | "in" | "as" | "which" | "by" | "to" | "for"));
    // "Of that Convention" points at another; "the Charter" is that of the United Nations in a text that is none.
    let instrument = &treaty.declared.instrument;
    let another = pointed_at && !matches!(noun, "annex" | "schedule") || noun == "charter" && !instrument.names("charter");
    let called_so = !another && instrument.is_called(noun);
    more && !matches!(noun, "annex" | "schedule")
        || !called_so && !matches!(noun, "annex" | "schedule" | "regulations" | "rules")
        || matches!(noun, "regulations" | "rules")
}

/// "Of this Convention": nobody else's, whatever stands beside.
fn is_own(owner: &RefOwner) -> bool {
    matches!(owner, RefOwner::Own(words) if INSTRUMENTS.iter().any(|noun| words.ends_with(noun)))
}

/// Where a first step is looked up.
fn frame_for(treaty: &Treaty<'_>, level: &Level, from: UnitId, owner: &RefOwner) -> UnitId {
    let tree = treaty.tree;
    let own_instrument = is_own(owner);
    match level {
        Level::Annex => UnitId::ROOT,
        Level::Division => annex_of(tree, from),
        Level::Article => {
            let list = treaty.numbered().list_of(tree, from);
            if !own_instrument && treaty.numbered().with_articles.contains(&list) { list } else { UnitId::ROOT }
        }
        Level::Paragraph | Level::Point => from,
    }
}

fn find(treaty: &Treaty<'_>, frames: &[UnitId], level: Level, number: &NumberPath, from: UnitId) -> Option<UnitId> {
    let (first, rest) = number.parts.split_first()?;
    let mut unit = frames.iter().find_map(|frame| find_first(treaty, *frame, level, first, from))?;
    for part in rest {
        unit = item(treaty, unit, part)?;
    }
    Some(unit)
}

fn find_first(treaty: &Treaty<'_>, frame: UnitId, level: Level, part: &str, from: UnitId) -> Option<UnitId> {
    let index = treaty.numbered();
    let by = |frame: UnitId, group: Group| readings(part).into_iter().find_map(|(value, suffix)| index.get(frame, group, value, suffix));
    match level {
        Level::Article => by(frame, Group::Article).or_else(|| by(UnitId::ROOT, Group::Article)).or_else(|| {
            // "Article 9.1" is paragraph 1 of Article 9 where articles are not numbered so themselves.
            let (article, paragraph) = part.split_once('.')?;
            item(treaty, find_first(treaty, frame, level, article, from)?, paragraph)
        }),
        // Roman and letter annexes share one list: the heading's own spelling decides.
        Level::Annex => index.annex_by_words.get(part).copied().or_else(|| by(UnitId::ROOT, Group::Annex)),
        Level::Division => by(frame, Group::Division).or_else(|| by(UnitId::ROOT, Group::Division)),
        Level::Paragraph | Level::Point if frame == from => up_from(treaty, from, part),
        Level::Paragraph | Level::Point => item(treaty, frame, part),
    }
}

/// "Paragraph 2" said in Article 5 is looked up in what is around, from the inside out.
fn up_from(treaty: &Treaty<'_>, from: UnitId, part: &str) -> Option<UnitId> {
    treaty.tree.ancestors(from).find_map(|id| item(treaty, id, part))
}

/// The (c) of "paragraph 2 (b) and (c)".
fn beside(treaty: &Treaty<'_>, last: Option<UnitId>, number: &NumberPath) -> Option<UnitId> {
    let [part] = number.parts.as_slice() else { return None };
    item(treaty, frame_of_item(treaty.tree, last?), part)
}

fn item(treaty: &Treaty<'_>, frame: UnitId, part: &str) -> Option<UnitId> {
    let index = treaty.numbered();
    let group = if in_digits(part) { Group::Numbered } else { Group::Lettered };
    let found = readings(part)
        .into_iter()
        .find_map(|(value, suffix)| index.get(frame, group, value, suffix).or_else(|| index.get(frame, group, value + 1000, suffix)));
    if found.is_some() {
        return found;
    }
    // "Paragraph 3c": point (c) of paragraph 3.
    if let Some(letter) = part.chars().last().filter(char::is_ascii_lowercase)
        && let digits = &part[..part.len() - letter.len_utf8()]
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return item(treaty, item(treaty, frame, digits)?, &part[digits.len()..]);
    }
    // "Article 9, paragraph 2" of unnumbered paragraphs: the second one.
    let number: u32 = part.parse().ok()?;
    index.nth.get(&(frame, number)).copied()
}

fn in_digits(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit())
}

/// A number that is not there is dangling only where its frame is numbered at all.
fn missing(treaty: &Treaty<'_>, step: &Step, frames: &[UnitId], number: &NumberPath, owner: &RefOwner, from: UnitId) -> Outcome {
    let index = treaty.numbered();
    let [first, rest @ ..] = number.parts.as_slice() else { return Outcome::Open };
    let words = rest.iter().fold(first.clone(), |words, part| format!("{words}({part})"));
    if may_be_anothers(treaty, owner) {
        return Outcome::Open;
    }
    let unsaid = !matches!(owner, RefOwner::Own(_));
    let reached: Vec<(UnitId, &str)> = frames.iter().filter_map(|frame| walk(treaty, *frame, step.level, number, from)).collect();
    let comes_short = || reached.iter().any(|(unit, part)| lacks(treaty, *unit, part));
    let numbered = match step.level {
        // "Article 2(7)(c)": the article is here, and numbers its paragraphs or letters its points.
        Level::Article if !reached.is_empty() => comes_short(),
        // "Regulation 12" in a text of articles is another's.
        Level::Article if !is_called_so(treaty, &step.word) => false,
        // A text about another instrument cites that one's articles and does not always say so.
        Level::Article if unsaid && treaty.declared.instrument.names_another() => false,
        Level::Article => {
            let value = readings(&number.parts[0]).first().map_or(0, |(value, _)| *value);
            has_chapter_of(index, &number.parts[0])
                && index.lists.get(&UnitId::ROOT).is_some_and(|list| list.misses(value))
                && frames.iter().all(|frame| index.lists.get(frame).is_none_or(|list| list.misses(value)))
        }
        Level::Annex => {
            index.annexes > 1
                && index.annex_nouns.contains(&step.word)
                && index
                    .annex_forms
                    .get(&form(&number.parts[0]))
                    .is_some_and(|list| list.misses(readings(&number.parts[0]).first().map_or(0, |(value, _)| *value)))
                && number.parts.len() == 1
        }
        // "Paragraph 7 of this Article".
        Level::Paragraph if matches!(owner, RefOwner::Own(words) if words.ends_with("article")) && frames == [from] => {
            number.parts.len() == 1
                && in_digits(&number.parts[0])
                && index.items.get(&treaty.article_of(from)).is_some_and(|items| *items > 1)
        }
        // "Paragraph 2(d)", "point (d) of paragraph 2": the paragraph is here, and letters its points.
        Level::Paragraph | Level::Point if number.parts.len() > 1 || frames != [from] && !in_digits(&number.parts[0]) => {
            comes_short() || number.parts.len() == 1 && frames.iter().any(|frame| lacks(treaty, *frame, first))
        }
        // "As paragraph 7 asks", said in an article of paragraphs, none of which is the seventh.
        Level::Paragraph if matches!(owner, RefOwner::Unsaid) && frames == [from] => {
            number.parts.len() == 1
                && !treaty.declared.instrument.names_another()
                && in_digits(&number.parts[0])
                && misses_paragraph(treaty, from, &number.parts[0])
        }
        Level::Paragraph => {
            number.parts.len() == 1
                && in_digits(&number.parts[0])
                && frames.iter().all(|frame| {
                    treaty.tree.unit(*frame).kind == UnitKind::Article && index.items.get(frame).is_some_and(|items| *items > 1)
                })
        }
        Level::Division | Level::Point => false,
    };
    if numbered { Outcome::Dangling(words) } else { Outcome::Open }
}

/// "Of the GPA", "of the Basic Law", "of the Convention" where that is a defined term: it can't be told that this treaty is meant.
fn may_be_anothers(treaty: &Treaty<'_>, owner: &RefOwner) -> bool {
    let RefOwner::Whose(words) = owner else { return false };
    let noun = words.trim_start_matches("the ").trim_start_matches("that ").split(' ').next().unwrap_or_default();
    let own = INSTRUMENTS.contains(&noun) || matches!(noun, "annex" | "schedule");
    !own || treaty.terms.iter().any(|term| term.name == noun)
}

/// As far as a number leads: the last unit that is there, and the part that is not in it. `None` where the first part is not there or all are.
fn walk<'n>(treaty: &Treaty<'_>, frame: UnitId, level: Level, number: &'n NumberPath, from: UnitId) -> Option<(UnitId, &'n str)> {
    let (first, rest) = number.parts.split_first()?;
    let mut unit = find_first(treaty, frame, level, first, from)?;
    for part in rest {
        match item(treaty, unit, part) {
            Some(next) => unit = next,
            None => return Some((unit, part)),
        }
    }
    None
}

/// Whether a unit numbers or letters what it holds and comes short of this. Of letters only those that are no Roman numbers are certain, and
/// none far behind the last.
fn lacks(treaty: &Treaty<'_>, unit: UnitId, part: &str) -> bool {
    let index = treaty.numbered();
    if runs_on_in_line(treaty, unit, part) {
        return false;
    }
    if in_digits(part) {
        return index.items.get(&unit).is_some_and(|items| *items > 1);
    }
    let letters = index.letters.get(&unit).copied().unwrap_or(0);
    match part.as_bytes() {
        [letter @ b'a'..=b'z'] if !b"ivxl".contains(letter) => {
            let value = u32::from(letter - b'a') + 1;
            letters > 1 && value > letters && value <= letters + 4
        }
        _ => false,
    }
}

/// Whether the articles of this text are headed by this word, less its ending: `articl`, `rul`, `regulation`.
fn is_called_so(treaty: &Treaty<'_>, word: &str) -> bool {
    if word.starts_with('a') {
        return true;
    }
    let first = treaty.tree.units.iter().find(|unit| unit.kind == UnitKind::Article);
    first.is_some_and(|unit| {
        treaty.source.slice(unit.head).to_lowercase().trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(word)
    })
}

/// "(b) store grain; (c) keep it dry; and (d) report": a mark inside a line, where pasted text has lost its line ends.
fn runs_on_in_line(treaty: &Treaty<'_>, unit: UnitId, part: &str) -> bool {
    const FAR: u32 = 20_000;
    let Some(words) = treaty.words_under(unit) else { return false };
    let lower = treaty.lower(Words::new(words.start, words.end.min(words.start.saturating_add(FAR))));
    lower.match_indices(&format!(" ({part}) ")).any(|(at, _)| {
        let before = lower[..at].trim_end_matches(" and").trim_end_matches(" or");
        // "Points (b) and (c)" cites.
        let joined = before.len() < at && !before.ends_with([')', 's']);
        before.ends_with([';', ':', ',', '.']) && !before.ends_with("),") || joined
    })
}

/// Whether an article in whose own list of paragraphs a unit stands lacks a paragraph of this number.
fn misses_paragraph(treaty: &Treaty<'_>, from: UnitId, number: &str) -> bool {
    let article = treaty.article_of(from);
    let items = treaty.numbered().items.get(&article).copied().unwrap_or(0);
    let value = readings(number).first().map_or(0, |(value, _)| *value);
    treaty.tree.unit(article).kind == UnitKind::Article && items > 1 && value > items && value <= items + 3
}

/// "Article 29.1" is missing only where there are other articles of chapter 29: a chapter alone is often all that is pasted.
fn has_chapter_of(index: &Index, part: &str) -> bool {
    let Some(chapter) = part.split_once('.').and_then(|(chapter, _)| chapter.parse::<u32>().ok()) else { return !index.is_by_chapter };
    index.chapters.contains(&chapter)
}

/// Whether a number is written with digits, and whether with letters.
fn form(number: &str) -> (bool, bool) {
    (number.contains(|c: char| c.is_ascii_digit()), number.contains(char::is_alphabetic))
}
