//! Why a command changes nothing.

use super::Diagnostic;

/// The refusal of a command that cannot do its work. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, in one sentence without a full stop.
    pub message: String,
    /// The advice.
    pub(crate) help: Option<String>,
    /// Problems of the content that stand against it.
    pub problems: Vec<Diagnostic>,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, problems: Vec::new() }
    }

    /// Sets the advice.
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds what in the content stands against it.
    pub(crate) fn problems(mut self, problems: Vec<Diagnostic>) -> Self {
        self.problems = problems;
        self
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        self.help.iter().try_for_each(|help| write!(f, "\n  = help: {help}"))
    }
}

/// Returns new problems, compared by message and file.
pub(crate) fn new_problems(before: &[Diagnostic], after: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut old: Vec<_> = before
        .iter()
        .map(|problem| (problem.code, problem.message.clone(), problem.label.place.path.clone()))
        .collect();
    let is_new = |problem: &Diagnostic| {
        let at = old.iter().position(|(code, message, path)| {
            *code == problem.code && *message == problem.message && *path == problem.label.place.path
        });
        at.map(|at| old.swap_remove(at)).is_none()
    };
    after.into_iter().filter(is_new).collect()
}
