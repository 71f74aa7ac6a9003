//! The output of a run: problems and a summary.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::sync::{Mutex, PoisonError};

use anstream::{AutoStream, ColorChoice};
use camino::Utf8Path;

use super::arguments::{Format, Report};
use crate::diagnostic::{Diagnostic, Refusal, Severity};
use crate::fault::Fault;
use crate::report::{github, human, json, sarif};
use crate::source::Sources;
use crate::text::counted;

/// The first error when writing to standard output.
static UNPRINTED: Mutex<Option<io::Error>> = Mutex::new(None);

/// Prints output of a run. A closed pipe is no failure; any other error is kept for the end of the run, since the work
/// to do does not depend on it.
pub(super) fn print(text: impl Display) {
    unprinted_unless(write!(anstream::stdout(), "{text}").and_then(|()| io::stdout().flush()));
}

/// Keeps why output could not be printed.
fn unprinted_unless(printed: io::Result<()>) {
    if let Err(error) = printed
        && error.kind() != ErrorKind::BrokenPipe
    {
        UNPRINTED.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

/// Prints output that is no text in UTF-8.
pub(super) fn print_bytes(bytes: &[u8]) {
    match std::str::from_utf8(bytes) {
        Ok(text) => print(text),
        Err(_) => unprinted_unless(io::stdout().write_all(bytes).and_then(|()| io::stdout().flush())),
    }
}

/// Prints a line of output.
pub(super) fn print_line(line: impl Display) {
    print(format_args!("{line}\n"));
}

/// Prints a message beside the output. If that fails there is nowhere to report it.
pub(super) fn eprint(text: impl Display) {
    let _ = write!(anstream::stderr(), "{text}");
}

/// Returns the reason why output could not be printed.
pub(super) fn unprinted() -> Option<String> {
    let error = UNPRINTED.lock().unwrap_or_else(PoisonError::into_inner).take()?;
    Some(format!("standard output cannot be written to: {error}"))
}

/// Prints that Rungs itself is at fault, and what to do.
pub(super) fn fault(fault: &Fault) {
    let version = env!("CARGO_PKG_VERSION");
    let help = format!(
        "run the command again; if it fails again, please report this bug in Rungs {version} with these lines, the \
         command and the content that causes it. Files are written completely or not at all, so none is left \
         half-written"
    );
    failure(&Refusal::new(fault.to_string()).help(help));
    fault.backtrace.iter().for_each(eprint);
}

/// Prints problems: for people beside the output, for machines as the output.
pub(super) fn problems(problems: &[Diagnostic], sources: &Sources, content: &Utf8Path, report: &Report) {
    let wanted = |problem: &&Diagnostic| !report.quiet || problem.severity() == Severity::Error;
    let problems: Vec<_> = problems.iter().filter(wanted).cloned().collect();
    let folder = content.as_str();
    match report.format {
        Format::Human => {
            let style = match AutoStream::choice(&std::io::stderr()) {
                ColorChoice::Never => human::Style::Plain,
                _ => human::Style::Styled,
            };
            eprint(human::render(&problems, sources, folder, style));
        }
        Format::Json => print(json::render(&problems, sources, folder)),
        Format::Github => print(github::render(&problems, sources, folder)),
        Format::Sarif => print(sarif::render(&problems, sources, folder)),
    }
}

/// Prints why nothing was done.
pub(super) fn refusal(refusal: &Refusal, sources: &Sources, content: &Utf8Path, report: &Report) {
    problems(&refusal.problems, sources, content, report);
    failure(refusal);
}

/// Prints the one line that a run ends with, out of the way of machines.
pub(super) fn summary(report: &Report, line: &str) {
    match report.format {
        _ if report.quiet => {}
        Format::Human => print_line(line),
        Format::Json | Format::Github | Format::Sarif => eprint(format!("{line}\n")),
    }
}

/// Prints why a run fails.
pub(super) fn failure(failure: &(impl Display + ?Sized)) {
    eprint(format!("error: {failure}\n"));
}

/// Prints what to do about a failure.
pub(super) fn help(help: &str) {
    eprint(format!("  = help: {help}\n"));
}

/// Prints what does not go as it might.
pub(super) fn warning(warning: &str) {
    eprint(format!("warning: {warning}\n"));
}

/// Prints a note.
pub(super) fn note(note: &str) {
    eprint(format!("note: {note}\n"));
}

/// `no problems`, `2 errors and 1 warning`.
pub(super) fn count(problems: &[Diagnostic]) -> String {
    let of_severity = |severity| problems.iter().filter(|problem| problem.severity() == severity).count();
    let (errors, warnings) = (of_severity(Severity::Error), of_severity(Severity::Warning));
    let some_errors = counted(errors, "error", "errors");
    let some_warnings = counted(warnings, "warning", "warnings");
    match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (_, 0) => some_errors,
        (0, _) => some_warnings,
        (_, _) => format!("{some_errors} and {some_warnings}"),
    }
}
