//! One finding a place: the same words in the same article are told once a reading.

use crate::syntax::tree::UnitId;
use std::collections::HashSet;

/// What was told already.
#[derive(Default)]
pub struct Once {
    seen: HashSet<(UnitId, String, u32)>,
}

impl Once {
    /// Whether these words have not been told of this unit in this reading. Words of another reading than the base are told on their own.
    pub fn first(&mut self, unit: UnitId, words: &str, reading: u32) -> bool {
        self.seen.insert((unit, words.to_owned(), reading))
    }
}
