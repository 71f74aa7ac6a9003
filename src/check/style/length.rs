//! A statement is no longer than a site likes: `longest-statement`, in characters. A Han character counts as two.

use super::super::CheckInput;
use super::{length, statements};
use crate::diagnostic::{Code, Diagnostic};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let statements = statements(checked, |_, rules| rules.longest_statement.is_some());
    let faulty = statements.into_iter().filter_map(|(locale, statement)| {
        let most = checked.site.config.checks.style(locale).longest_statement?;
        let length = length(statement.plain);
        let message = format!("the statement of {id} has {length} characters, more than {most}", id = statement.id);
        let problem = statement.place.problem(Code::LongStatement, message);
        let help = "use fewer words, move explanations below it, or split it into two criteria".to_owned();
        (length > most).then(|| problem.help(help))
    });
    faulty.collect()
}
