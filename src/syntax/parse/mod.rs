//! The two pest grammars and how their pairs become plain data. Only the files in here know pest; what they give out are spans.

mod line;
mod sentence;

pub(in crate::syntax) use line::LayoutRule;
pub use line::{HeadingKind, Kind, Mark, ReadLine, attribution, is_gap, line, why_no_declaration};
pub use sentence::{Anchor, ExceptionKind, Level, Mode, NumberPath, Piece, PieceKind, RawReference, RefOwner, SentenceReader, Step};
