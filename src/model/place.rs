//! Where a unit stands: most rules ask norms only, and a preamble may be as vague as it likes.

use super::Treaty;
use crate::lexicon::Class;
use crate::source::Source;
use crate::syntax::tree::{Tree, UnitId, UnitKind};

/// The part of the treaty that a unit stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Masthead, title, testimonium: nothing is judged.
    Outside,
    /// The preamble.
    Preamble,
    /// An article or paragraph of definitions.
    Definitions,
    /// The articles.
    Operative,
    /// Signature, entry into force, withdrawal and the like.
    Final,
    /// Annexes.
    Annex,
    /// Quoted text of another instrument, notes and tables.
    Quoted,
}

impl Place {
    /// The word for it in the model's JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Preamble => "preamble",
            Self::Definitions => "definitions",
            Self::Operative => "operative",
            Self::Final => "final clauses",
            Self::Annex => "annex",
            Self::Quoted => "quoted",
        }
    }
}

/// Places by kind and title.
#[must_use]
pub fn of_units(source: &Source, tree: &Tree) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(tree.units.len());
    for id in tree.ids() {
        let unit = tree.unit(id);
        let above = if id == UnitId::ROOT { Place::Operative } else { places[unit.parent.index()] };
        let place = match unit.kind {
            UnitKind::Masthead | UnitKind::Title | UnitKind::Testimonium => Place::Outside,
            UnitKind::Preamble | UnitKind::Recital => Place::Preamble,
            UnitKind::Quote | UnitKind::Row | UnitKind::Footnote => Place::Quoted,
            UnitKind::Annex => Place::Annex,
            _ => above,
        };
        let titled = matches!(unit.kind, UnitKind::Article | UnitKind::Division | UnitKind::Paragraph);
        let title =
            if titled { tree.title(unit).iter().map(|span| source.slice(*span)).collect::<Vec<_>>().join(" ") } else { String::new() };
        places.push(match place {
            Place::Operative if !title.is_empty() => by_title(&title),
            other => other,
        });
    }
    places
}

fn by_title(title: &str) -> Place {
    let title = title.to_lowercase();
    const DEFINITIONS: [&str; 6] = ["definition", "use of terms", "interpretation", "terminology", "meaning of terms", "terms used"];
    const FINAL: [&str; 26] = [
        "signature",
        "ratification",
        "accession",
        "entry into force",
        "coming into force",
        "depositary",
        "depository",
        "amendment",
        "revision",
        "withdrawal",
        "denunciation",
        "duration",
        "authentic text",
        "registration",
        "reservation",
        "territorial application",
        "territorial clause",
        "review conference",
        "final provisions",
        "final clauses",
        "notifications by",
        "languages",
        "status of the annexes",
        "federal clause",
        "effects of the convention",
        "termination",
    ];
    // "preservation" is no reservation.
    let starts: Vec<usize> =
        std::iter::once(0).chain(title.match_indices(|c: char| !c.is_alphanumeric()).map(|(at, sign)| at + sign.len())).collect();
    let holds = |word: &str| starts.iter().any(|at| title[*at..].starts_with(word));
    if DEFINITIONS.iter().any(|word| holds(word)) {
        Place::Definitions
    } else if FINAL.iter().any(|word| holds(word)) {
        Place::Final
    } else {
        Place::Operative
    }
}

/// Places by content, for texts whose articles bear no titles: a paragraph that speaks of instruments of ratification is a final clause.
pub fn refine(treaty: &mut Treaty<'_>) {
    let mut finals: Vec<UnitId> = Vec::new();
    for id in treaty.tree.ids() {
        if treaty.places[id.index()] != Place::Operative || treaty.tree.unit(id).kind != UnitKind::Article {
            continue;
        }
        let Some(words) = treaty.words_under(id) else { continue };
        let enters = treaty
            .norms
            .iter()
            .skip(treaty.norms.partition_point(|norm| norm.unit < id))
            .take_while(|norm| norm.unit.0 < treaty.tree.unit(id).until && norm.reading == 0)
            .filter(|norm| norm.mode == super::norm::Mode::Effect && treaty.lower(norm.modal).contains("into force"))
            .count();
        let hits = treaty.words_of(words, Class::FinalWords).count() + enters;
        let length = words.len().max(1);
        // Two such words, or one in a short article, or one in every five hundred bytes of a longer one; an article that only asks to
        // notify the Depositary is none.
        if hits > 0 && hits as u32 * 500 >= length && (hits > 1 || length < 250) {
            finals.push(id);
        }
    }
    for article in finals {
        for unit in article.index()..treaty.tree.unit(article).until as usize {
            if treaty.places[unit] == Place::Operative {
                treaty.places[unit] = Place::Final;
            }
        }
    }
    for norm in &mut treaty.norms {
        norm.place = treaty.places[norm.unit.index()];
    }
}
