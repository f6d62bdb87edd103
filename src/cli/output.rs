//! Where output goes: standard output or a file, and what the terminal can do.

use super::Failure;
use super::args::When;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;
use treatylint::render::Look;

/// Where the output goes.
pub struct Output {
    writer: BufWriter<Box<dyn Write>>,
    name: String,
    /// Whether somebody looks at it.
    pub terminal: bool,
}

/// Whether there is still somebody to write for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    There,
    /// The pipe is closed: nobody wants more, which is no fault.
    Gone,
}

impl Output {
    /// Opens a file, or standard output where there is none.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            let stdout = io::stdout();
            let terminal = stdout.is_terminal();
            return Ok(Self { writer: BufWriter::with_capacity(1 << 16, Box::new(stdout)), name: "standard output".to_owned(), terminal });
        };
        let name = path.display().to_string();
        let file = File::create(path).map_err(|error| Failure(format!("cannot write {name}: {}", super::files::reason(&error))))?;
        Ok(Self { writer: BufWriter::with_capacity(1 << 16, Box::new(file)), name, terminal: false })
    }

    /// Writes by a closure.
    pub fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Reader, Failure> {
        let written = write(&mut self.writer);
        self.judge(written)
    }

    /// Sees everything written out.
    pub fn close(mut self) -> Result<Reader, Failure> {
        let written = self.writer.flush();
        self.judge(written)
    }

    fn judge(&self, written: io::Result<()>) -> Result<Reader, Failure> {
        match written {
            Ok(()) => Ok(Reader::There),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Reader::Gone),
            Err(error) => Err(Failure(format!("cannot write {}: {}", self.name, super::files::reason(&error)))),
        }
    }

    /// Whether colours are wanted here.
    pub fn colour(&self, when: When) -> bool {
        match when {
            When::Always => true,
            When::Never => false,
            When::Auto => self.terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        }
    }

    /// What can be shown here.
    pub fn look(&self, when: When) -> Look {
        let columns = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let asked = || if self.terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
        let width = columns().or_else(asked).unwrap_or(Look::default().width).clamp(40, 160);
        Look { colour: self.colour(when), unicode: unicode(), width }
    }
}

/// Whether an environment variable is there and not empty.
pub fn set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether the locale takes more than ASCII; where none is set, it is assumed.
fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(std::env::var_os).find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_string_lossy().to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// Says something on standard error; where that is closed, there is nobody to tell.
pub fn complain(message: &str) {
    let lines: Vec<_> = message.lines().map(treatylint::render::clean).collect();
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}
