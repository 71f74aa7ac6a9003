//! Problems in content, configuration or theme, as data.
//!
//! A stage never stops at a fault in a user's file: it describes the fault as a [`Diagnostic`] and goes on, so that one
//! run names everything there is to fix. How a diagnostic looks is for [`report`](crate::report).

pub(crate) mod character;
mod code;
mod explanation;
mod fix;
mod named;
mod position;
mod problems;
mod refusal;

use camino::Utf8PathBuf;

pub use code::{Code, Severity};
pub(crate) use explanation::in_plain_text;
pub(crate) use fix::Fix;
pub(crate) use named::{code, warning};
pub(crate) use position::BYTE_ORDER_MARK;
pub use position::Position;
pub use problems::Problems;
pub(crate) use problems::{Allowance, Allowed};
pub use refusal::Refusal;
pub(crate) use refusal::new_problems;

pub(crate) use crate::text::Span;

/// Where something stands: a file of the content folder and, where it has a text, the bytes meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the content folder, with `/` between folders.
    pub path: Utf8PathBuf,
    /// First byte of the part that is meant. Zero for a file as a whole.
    start: usize,
    /// The byte after the last one.
    end: usize,
}

impl Place {
    /// Bytes of a file.
    pub(crate) fn new(path: impl Into<Utf8PathBuf>, span: Span) -> Self {
        Self { path: path.into(), start: span.start, end: span.end }
    }

    /// Returns the place of a whole file, or of one that is missing.
    pub(crate) fn file(path: impl Into<Utf8PathBuf>) -> Self {
        Self::new(path, 0..0)
    }

    /// Returns the bytes meant.
    pub fn span(&self) -> Span {
        self.start..self.end
    }

    /// Returns a problem at this place.
    pub(crate) fn problem(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, message, self.clone())
    }
}

/// A place with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    pub place: Place,
    pub text: String,
}

/// One problem: the message, its place, the reason, and the advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    /// The problem, in one sentence without a full stop.
    pub message: String,
    /// Where it is wrong. The text may be empty if the message says everything.
    pub label: Label,
    /// Other places that explain it, such as the first of two equal ids.
    pub related: Vec<Label>,
    /// The advice, in one sentence.
    pub help: Option<String>,
    /// The tag of the locale that it is about, if that differs from the locale of its folder.
    pub(crate) locale: Option<String>,
    /// A change that certainly fixes it.
    pub fix: Option<Box<Fix>>,
    /// That of its code, unless a run takes warnings more seriously.
    severity: Severity,
}

impl Diagnostic {
    fn new(code: Code, message: impl Into<String>, place: Place) -> Self {
        let label = Label { place, text: String::new() };
        Self {
            code,
            message: message.into(),
            label,
            related: Vec::new(),
            help: None,
            locale: None,
            fix: None,
            severity: code.severity(),
        }
    }

    /// Sets the words at the place.
    pub(crate) fn label(mut self, text: impl Into<String>) -> Self {
        self.label.text = text.into();
        self
    }

    /// Adds another place that explains the problem.
    pub(crate) fn related(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push(Label { place, text: text.into() });
        self
    }

    /// Sets the advice.
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Sets the locale that it is about, if that differs from the locale of its folder.
    pub(crate) fn in_locale(mut self, tag: impl Into<String>) -> Self {
        self.locale = Some(tag.into());
        self
    }

    /// Sets the fix, which is certain: it does not depend on the author's intention.
    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }

    /// Returns the same problem in a file that only a person fixes.
    pub(crate) fn unfixed(mut self) -> Self {
        self.fix = None;
        self
    }

    /// Returns the same problem as an error, for a run in which nothing of its kind may pass.
    pub fn denied(mut self) -> Self {
        self.severity = Severity::Error;
        self
    }

    /// Returns the same problem as a warning, for a run that publishes nothing.
    #[cfg(feature = "serve")]
    pub(crate) fn tolerated(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns the sort key of lists of problems: by file, then place, then code, then message.
    fn sort_key(&self) -> (&Place, &'static str, &str, Option<&str>) {
        (&self.label.place, self.code.name(), &self.message, self.help.as_deref())
    }
}

/// Sorts problems by file and place and removes those that say the same twice.
pub fn sorted(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    problems.dedup();
    problems
}

/// Returns whether a site may be written in spite of these problems.
pub fn has_errors(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity() == Severity::Error)
}
