//! Collects the problems that every stage reports.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use camino::Utf8PathBuf;

use super::{Code, Diagnostic, Severity, sorted};
use crate::text::Span;

/// Collects problems while a site is read. It returns none that the site allows.
///
/// It is handed down by reference, also to parts that work at the same time. The order in which they report has no
/// bearing on the list.
#[derive(Debug, Default)]
pub struct Problems {
    found: Mutex<Vec<Diagnostic>>,
    allowed: OnceLock<Allowed>,
}

/// The warnings that a site allows.
#[derive(Debug, Default, Clone)]
pub(crate) struct Allowed {
    pub(crate) everywhere: Vec<Code>,
    /// Codes that are allowed in problems about a locale, by its tag.
    pub(crate) in_locales: HashMap<String, Vec<Code>>,
    /// By comments above the parts of files that they are about.
    pub(crate) by_comments: HashMap<Utf8PathBuf, Vec<Allowance>>,
}

/// Warnings that a file allows in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) codes: Vec<Code>,
    /// The comment.
    pub(crate) span: Span,
    /// The block or list item below it.
    pub(crate) covers: Span,
}

impl From<Vec<Diagnostic>> for Problems {
    fn from(found: Vec<Diagnostic>) -> Self {
        Self { found: found.into(), allowed: OnceLock::new() }
    }
}

impl Problems {
    /// Runs `read` and returns its result with the problems it reported, sorted by file and place.
    pub fn of<T>(read: impl FnOnce(&Self) -> T) -> (T, Vec<Diagnostic>) {
        let problems = Self::default();
        (read(&problems), problems.into_sorted())
    }

    /// Adds a problem.
    pub(crate) fn report(&self, problem: Diagnostic) {
        self.extend([problem]);
    }

    /// Adds problems.
    pub fn extend(&self, problems: impl IntoIterator<Item = Diagnostic>) {
        // What is being added may report something itself.
        let problems: Vec<_> = problems.into_iter().collect();
        self.found.lock().unwrap_or_else(PoisonError::into_inner).extend(problems);
    }

    /// Returns whether an error was reported until now.
    #[cfg(any(test, feature = "serve"))]
    pub(crate) fn has_errors(&self) -> bool {
        super::has_errors(&self.found.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Sets the codes that the site allows, once they are known.
    pub(crate) fn allow(&self, allowed: &Allowed) {
        self.allowed.get_or_init(|| allowed.clone());
    }

    /// Returns whether nothing was reported until now.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Returns everything that was reported and is not allowed, sorted by file and place.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        sorted(match self.allowed.get() {
            Some(allowed) => found.into_iter().filter(|problem| !allowed.lets_pass(problem)).collect(),
            None => found,
        })
    }
}

impl Allowed {
    fn lets_pass(&self, problem: &Diagnostic) -> bool {
        let Diagnostic { code, label, locale, .. } = problem;
        let (path, start) = (&label.place.path, label.place.span().start);
        let tag = locale.as_deref().or_else(|| Some(path.components().next()?.as_str()));
        let in_locale = || {
            let mut locales =
                self.in_locales.iter().filter(|(locale, _)| tag.is_some_and(|tag| locale.eq_ignore_ascii_case(tag)));
            locales.any(|(_, codes)| codes.contains(code))
        };
        let by_comment = || {
            let above = self.by_comments.get(path).into_iter().flatten();
            let mut above = above.filter(|allowance| allowance.codes.contains(code));
            !label.place.span().is_empty() && above.any(|allowance| allowance.covers.contains(&start))
        };
        problem.severity() == Severity::Warning && (self.everywhere.contains(code) || in_locale() || by_comment())
    }
}
