//! A statement is no longer than a site likes: `longest-statement`, in characters. A Han character counts as two.

use super::super::CheckInput;
use super::{length, statements};
use crate::diagnostic::{Code, Diagnostic};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let statements = statements(checked, |_, rules| rules.longest_statement.is_some());
    let faulty = statements.into_iter().filter_map(|(locale, statement)| {
        let most = checked.site.config.checks.style(locale).longest_statement?;
        let length = length(statement.plain);
        let message =
            format!("the statement of {id} is {length} characters long, and {most} are the most", id = statement.id);
        let problem = statement.place.problem(Code::LongStatement, message);
        let help = "say it in fewer words, move what explains it below it, or make two criteria of it".to_owned();
        (length > most).then(|| problem.help(help))
    });
    faulty.collect()
}
