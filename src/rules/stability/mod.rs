//! Whether the promise holds (Goldsmith 2011, Part V).

pub mod unstable_promise;
