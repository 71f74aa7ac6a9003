//! `rungs check`.

use super::arguments::{CheckArguments, Format, Report};
use super::build::overrides;
use super::severities::SeverityOverrides;
use super::severities::failure;
use super::{Failure, Outcome, report, site};
use crate::diagnostic::{self, Diagnostic, code};
use crate::fix;
use crate::source::{self, Sources};
use crate::write;

pub(super) fn run(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    if let Some(name) = &arguments.explain {
        let code = code(name).map_err(failure)?;
        report::print(diagnostic::in_plain_text(code.explanation()));
        return Ok(Outcome::Fine);
    }
    let taste = SeverityOverrides::of(&arguments.severities)?;
    let content = arguments.source.content();
    let report = Report::from(arguments.report);
    let _turn = arguments.fix.then(|| site::turn(content, &report)).transpose()?;
    let (mut sources, found) = source::read(content)?;
    let check =
        |sources: &Sources| taste.judged(crate::build::problems(sources, found.clone(), &overrides(&arguments.source)));
    let mut problems = check(&sources);
    let mut fixed = 0;
    if arguments.fix {
        let read = sources.texts.clone();
        let made = fix::fix_all(&mut problems, &mut sources, check);
        fixed = made.count;
        write::edit(content, &made.texts, &super::command(), |path| read.get(path).map(String::as_str))?;
    }
    report::problems(&problems, &sources, content, &report);
    report::summary(&report, &summary(arguments, &problems, fixed));
    Ok(if diagnostic::has_errors(&problems) { Outcome::Problems } else { Outcome::Fine })
}

/// `3 fixed, 1 warning`, `2 warnings, 1 of them fixable with `rungs check --fix`.
fn summary(arguments: &CheckArguments, problems: &[Diagnostic], fixed: usize) -> String {
    let count = report::count(problems);
    if arguments.fix {
        return format!("{fixed} fixed, {count}");
    }
    match fix::fixes(problems).count() {
        0 => count,
        some => {
            let command =
                if Report::from(arguments.report).format == Format::Human { "rungs check --fix" } else { "--fix" };
            let part = if problems.len() == 1 { String::new() } else { format!("{some} of them ") };
            format!("{count}, {part}fixable with `{command}`")
        }
    }
}
