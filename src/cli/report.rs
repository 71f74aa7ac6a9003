//! What a run prints: problems and a summary.

use std::fmt::Display;

use anstream::{AutoStream, ColorChoice};
use camino::Utf8Path;

use super::arguments::{Format, Report};
use crate::diagnostic::{Diagnostic, Refusal, Severity, github, human, json, sarif};
use crate::source::Sources;
use crate::text::counted;

/// Prints problems: for people beside what the program puts out, for machines as that.
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
            anstream::eprint!("{}", human::render(&problems, sources, folder, style));
        }
        Format::Json => anstream::print!("{}", json::render(&problems, sources, folder)),
        Format::Github => anstream::print!("{}", github::render(&problems, sources, folder)),
        Format::Sarif => anstream::print!("{}", sarif::render(&problems, sources, folder)),
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
        Format::Human => anstream::println!("{line}"),
        Format::Json | Format::Github | Format::Sarif => anstream::eprintln!("{line}"),
    }
}

/// Prints why a run fails.
pub(super) fn failure(failure: &(impl Display + ?Sized)) {
    anstream::eprintln!("error: {failure}");
}

/// Prints what does not go as it might.
pub(super) fn warning(warning: &str) {
    anstream::eprintln!("warning: {warning}");
}

/// Prints what is good to know.
pub(super) fn note(note: &str) {
    anstream::eprintln!("note: {note}");
}

/// `no problems`, `2 errors and 1 warning`.
pub(super) fn count(problems: &[Diagnostic]) -> String {
    let of = |severity| problems.iter().filter(|problem| problem.severity() == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let some_errors = counted(errors, "error", "errors");
    let some_warnings = counted(warnings, "warning", "warnings");
    match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (_, 0) => some_errors,
        (0, _) => some_warnings,
        (_, _) => format!("{some_errors} and {some_warnings}"),
    }
}
