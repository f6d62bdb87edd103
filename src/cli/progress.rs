//! How far a long run is, on a terminal only: one line on standard error that is gone before anything else is written.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Nothing is shown of runs that are done before this.
const PATIENCE: Duration = Duration::from_millis(500);
/// The line is written anew no more often than this.
const PAUSE: Duration = Duration::from_millis(100);

/// The line.
pub struct Progress {
    total: usize,
    done: usize,
    /// When the line may be written next; none where nobody would see it.
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// For a run over so many files; `wanted` is false where the user asked for quiet.
    pub fn new(total: usize, wanted: bool) -> Self {
        let seen = wanted && total > 1 && std::io::stderr().is_terminal();
        Self { total, done: 0, next: seen.then(|| Instant::now() + PATIENCE), shown: false }
    }

    /// One more file is done.
    pub fn step(&mut self) {
        self.done += 1;
        let now = Instant::now();
        if self.next.is_some_and(|next| now >= next) {
            self.shown = true;
            self.next = Some(now + PAUSE);
            let _ = write!(std::io::stderr(), "\r\u{1b}[K{} of {} files", self.done, self.total);
        }
    }

    /// Takes the line away, so that something else can be written.
    pub fn clear(&mut self) {
        if self.shown {
            self.shown = false;
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
