//! What a run prints: problems and a summary.

use std::io::IsTerminal;

use camino::Utf8Path;

use super::arguments::{Format, Report};
use crate::diagnostic::{Diagnostic, Refusal, Severity, github, human, json, sarif};
use crate::source::Sources;

/// Prints problems: for people beside what the program puts out, for machines as that.
pub(super) fn problems(problems: &[Diagnostic], sources: &Sources, content: &Utf8Path, report: &Report) {
    let wanted = |problem: &&Diagnostic| !report.quiet || problem.severity() == Severity::Error;
    let problems: Vec<_> = problems.iter().filter(wanted).cloned().collect();
    let folder = content.as_str();
    match report.format {
        Format::Human => {
            let style = if std::io::stderr().is_terminal() { human::Style::Styled } else { human::Style::Plain };
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
    anstream::eprintln!("error: {refusal}");
}

/// Prints the one line that a run ends with, out of the way of machines.
pub(super) fn summary(report: &Report, line: &str) {
    match report.format {
        _ if report.quiet => {}
        Format::Human => anstream::println!("{line}"),
        Format::Json | Format::Github | Format::Sarif => anstream::eprintln!("{line}"),
    }
}

/// `no problems`, `2 errors and 1 warning`.
pub(super) fn count(problems: &[Diagnostic]) -> String {
    let some = |severity: Severity, one: &str, many: &str| {
        let count = problems.iter().filter(|problem| problem.severity() == severity).count();
        (count > 0).then(|| number(count, one, many))
    };
    match (some(Severity::Error, "error", "errors"), some(Severity::Warning, "warning", "warnings")) {
        (None, None) => "no problems".to_owned(),
        (Some(one), None) | (None, Some(one)) => one,
        (Some(errors), Some(warnings)) => format!("{errors} and {warnings}"),
    }
}

/// `1 page`, `2 pages`.
pub(super) fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
