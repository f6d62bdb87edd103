//! The `@allow` and `@expect` lines of a draft: which of them covers a finding.

use crate::diagnostic::Diagnostic;
use crate::model::Treaty;
use crate::source::Span;
use crate::syntax::tree::{Note, Owner};
use std::collections::HashMap;

/// An `@allow` or `@expect`.
pub struct Permit<'a> {
    /// The name of the rule, as written.
    pub rule: &'a str,
    /// The annotation.
    pub note: &'a Note,
    /// Whether it has covered a finding.
    pub used: bool,
}

/// All annotations of one name. What they cover nests as units do, so the ones that cover a finding are found from the innermost out, and
/// a draft may have one in each of thousands of articles.
pub struct Permits<'a> {
    /// In the order of the text.
    pub all: Vec<Permit<'a>>,
    places: HashMap<&'a str, Vec<Place>>,
}

/// The bytes that permits of one rule cover.
struct Place {
    bytes: Span,
    /// The findings on the treaty as a whole, which belong to no clause, are covered too.
    whole: bool,
    /// The smallest place around this one.
    around: Option<usize>,
    permits: Vec<usize>,
}

impl<'a> Permits<'a> {
    /// Gathers the annotations of a name.
    #[must_use]
    pub fn new(treaty: &Treaty<'a>, name: &str) -> Self {
        let notes = treaty.tree.notes.iter().filter(|note| note.key == name);
        let all: Vec<Permit<'_>> =
            notes.filter_map(|note| Some(Permit { rule: treaty.source.slice(note.rule?), note, used: false })).collect();
        let mut places: HashMap<&str, Vec<Place>> = HashMap::new();
        for (index, permit) in all.iter().enumerate() {
            let (bytes, whole) = covered(treaty, permit.note.owner);
            places.entry(permit.rule).or_default().push(Place { bytes, whole, around: None, permits: vec![index] });
        }
        for places in places.values_mut() {
            nest(places);
        }
        Self { all, places }
    }

    /// Marks the permits that cover a finding as used, and gives the innermost.
    pub fn cover(&mut self, finding: &Diagnostic) -> Option<&'a Note> {
        let places = self.places.get(finding.code.name)?;
        let at = finding.primary().span.start;
        let covers = |place: &Place| (place.whole || finding.locator != "treaty") && place.bytes.start <= at && at < place.bytes.end;
        let mut next = places.partition_point(|place| place.bytes.start <= at).checked_sub(1);
        let mut innermost = None;
        while let Some(place) = next.map(|index| &places[index]) {
            if covers(place) {
                innermost.get_or_insert(self.all[place.permits[0]].note);
                // Whoever marked this one has marked those around it.
                if self.all[place.permits[0]].used {
                    break;
                }
                for index in &place.permits {
                    self.all[*index].used = true;
                }
            }
            next = place.around;
        }
        innermost
    }
}

/// The bytes that an annotation speaks of, and whether it speaks of the treaty as a whole.
fn covered(treaty: &Treaty<'_>, owner: Owner) -> (Span, bool) {
    let tree = treaty.tree;
    match owner {
        Owner::File => (Span::new(0, u32::MAX), true),
        Owner::Unit(unit) => {
            let end = tree.units.get(tree.unit(unit).until as usize).map_or(u32::MAX, |next| next.head.start);
            // No line fits between a heading and the words that run on behind it.
            let line = treaty.source.line_index(tree.unit(unit).head.start);
            (Span::new(treaty.source.line_starts()[line], end), false)
        }
        Owner::Declaration(index) => {
            let start = tree.declarations[index as usize].span.start;
            let end = tree.declarations.get(index as usize + 1).map_or(tree.text_start, |next| next.span.start);
            (Span::new(start, end), true)
        }
    }
}

/// Sorts places from the outermost in, unites those of the same bytes and finds the one around each.
fn nest(places: &mut Vec<Place>) {
    places.sort_by_key(|place| (place.bytes.start, std::cmp::Reverse(place.bytes.end)));
    places.dedup_by(|later, earlier| {
        let same = later.bytes == earlier.bytes && later.whole == earlier.whole;
        if same {
            earlier.permits.append(&mut later.permits);
        }
        same
    });
    let mut open: Vec<usize> = Vec::new();
    for index in 0..places.len() {
        let start = places[index].bytes.start;
        while open.last().is_some_and(|last| places[*last].bytes.end <= start) {
            open.pop();
        }
        places[index].around = open.last().copied();
        open.push(index);
    }
}
