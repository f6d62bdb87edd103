//! The command line: the only place that touches files, environment, terminal and threads. What a finding is, it does not know.

mod args;
mod cache;
mod compile;
mod configuration;
mod files;
mod format;
mod lint;
mod lsp;
mod output;
mod pages;
mod panics;
mod pool;
mod progress;
mod reports;
mod since;
mod start;

use args::{Arguments, Command};
use std::process::ExitCode;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing to object to.
    Clean,
    /// There are findings.
    Found,
    /// It could not run, or not on everything.
    Failed,
}

/// Why a command could not run, in words for standard error.
#[derive(Debug)]
pub struct Failure(pub String);

/// Runs the program.
pub fn main() -> ExitCode {
    panics::keep_quiet();
    let arguments = Arguments::read();
    let status = match panics::catch(|| run(arguments)) {
        Ok(Ok(status)) => status,
        Ok(Err(Failure(message))) | Err(message) => {
            output::complain(&format!("error: {message}"));
            Status::Failed
        }
    };
    ExitCode::from(match status {
        Status::Clean => 0,
        Status::Found => 1,
        Status::Failed => 2,
    })
}

fn run(arguments: Arguments) -> Result<Status, Failure> {
    match arguments.command {
        None => lint::run(&arguments.check),
        Some(Command::Check(check)) => lint::run(&check),
        Some(Command::Explain { rule, color }) => pages::explain(&rule, color),
        Some(Command::Rules { format }) => pages::rules(format),
        Some(Command::Fmt(arguments)) => format::run(&arguments),
        Some(Command::Config { path, schema, words }) => print(configuration::print(&path, schema, words)?.as_bytes()),
        Some(Command::Init { path }) if path.is_file() => start::of_text(&path).map(|()| Status::Clean),
        Some(Command::Init { path }) => start::init(&path).map(|()| Status::Clean),
        Some(Command::Completions { shell }) => print(&start::completions(shell)),
        Some(Command::Lsp) => lsp::run(),
        Some(Command::Man) => print(&start::man()?),
        Some(Command::Compile(compile)) => compile::run(&compile),
        Some(Command::Ledger(ledger)) => reports::ledger(&ledger),
        Some(Command::Brackets(brackets)) => reports::brackets(&brackets),
    }
}

/// Prints something whole.
fn print(bytes: &[u8]) -> Result<Status, Failure> {
    let mut output = output::Output::open(None)?;
    if output.write(|out| out.write_all(bytes))? == output::Reader::There {
        output.close()?;
    }
    Ok(Status::Clean)
}
