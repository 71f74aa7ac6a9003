//! Builds the site from a content folder, again and again.

use std::fmt::Display;
use std::sync::Arc;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;

use super::snapshot::{ServedFiles, Snapshot};
use crate::build::{Prepared, prepare};
use crate::config::Overrides;
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::progress::Progress;
use crate::render::OnDemand;
use crate::report::browser;
use crate::source::{self, ReadError, Sources, Unfinished};
use crate::write::Outputs;

/// Knows the content as it was last read, and what came of it.
pub(super) struct SiteBuilder {
    content: Utf8PathBuf,
    overrides: Overrides,
    sources: Sources,
    /// The problems found when the sources were read. None if the content has to be built even if it did not change.
    found: Option<Vec<Diagnostic>>,
    /// Why the content could not be read or built the last time.
    stopped: Option<String>,
    shown: Arc<Snapshot>,
    /// Stages 2 to 4.
    prepare: Prepare,
}

/// The content as it stands on disk.
struct ContentRead {
    sources: Sources,
    found: Vec<Diagnostic>,
    /// Whether all merges are finished. If not, that is all that was found.
    is_merged: bool,
}

type Prepare = fn(&Sources, Vec<Diagnostic>, &Overrides) -> (Option<Prepared>, Vec<Diagnostic>);

/// One build and what came of it.
#[derive(Debug)]
pub(crate) struct BuildResult {
    /// The files that are new, gone or different, relative to the content folder.
    pub(crate) changed: Vec<Utf8PathBuf>,
    pub(crate) problems: Vec<Diagnostic>,
    /// The number of pages. None if the content has errors: the earlier pages stay.
    pub(crate) pages: Option<usize>,
    /// From the first sign of a change until the browser was told.
    pub(crate) took: Duration,
    begun: Instant,
}

impl BuildResult {
    /// Stops the clock.
    pub(super) fn finished(self) -> Self {
        Self { took: self.begun.elapsed(), ..self }
    }
}

impl SiteBuilder {
    pub(crate) fn new(content: Utf8PathBuf, overrides: Overrides) -> Self {
        let shown = Arc::new(Snapshot { base: "/".to_owned(), files: None, problems: "[]".to_owned() });
        let sources = Sources::default();
        Self { content, overrides, sources, found: None, stopped: None, shown, prepare }
    }

    pub(crate) fn shown(&self) -> Arc<Snapshot> {
        Arc::clone(&self.shown)
    }

    /// Returns the content as it was last read.
    pub(crate) fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Reads and builds the content for the first time.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub(crate) fn first_round(&mut self) -> Result<BuildResult, ReadError> {
        let begun = Instant::now();
        let read = self.read()?;
        self.sources = read.sources;
        Ok(self.build(read.found, read.is_merged, Vec::new(), begun).finished())
    }

    /// Reads the content, and builds it if it has changed.
    ///
    /// All of it is read: that takes a fraction of the time of a build, and what the folder holds is then known
    /// whatever the watcher saw and did not see of a branch switch.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, as while it is being replaced.
    pub(crate) fn round(&mut self, begun: Instant) -> Result<Option<BuildResult>, ReadError> {
        let read = self.read()?;
        let changed = differences(&self.sources, &read.sources);
        if changed.is_empty() && self.found.as_ref() == Some(&read.found) {
            return Ok(None);
        }
        self.sources = read.sources;
        Ok(Some(self.build(read.found, read.is_merged, changed, begun)))
    }

    fn read(&self) -> Result<ContentRead, ReadError> {
        match source::read(&self.content) {
            Ok((sources, found)) => Ok(ContentRead { sources, found, is_merged: true }),
            Err(ReadError::UnfinishedMerge(unfinished)) => {
                let Unfinished { sources, problem, .. } = *unfinished;
                Ok(ContentRead { sources, found: vec![problem], is_merged: false })
            }
            Err(error) => Err(error),
        }
    }

    /// Prepares the site, so that its pages can be rendered when they are looked at. While a merge is not finished,
    /// there is no site.
    fn build(
        &mut self,
        found: Vec<Diagnostic>,
        is_merged: bool,
        changed: Vec<Utf8PathBuf>,
        begun: Instant,
    ) -> BuildResult {
        self.found = Some(found.clone());
        let (prepared, mut problems) = match is_merged {
            true => (self.prepare)(&self.sources, found, &self.overrides),
            false => (None, found),
        };
        // Nothing is published here: a maintainer may look at a site before it is known whose words it holds.
        problems = problems
            .into_iter()
            .map(|problem| match problem.code {
                Code::Placeholder => problem.tolerated(),
                _ => problem,
            })
            .collect();
        let base = prepared.as_ref().map(|prepared| prepared.understood.site.config.base_url.path().to_owned());
        let prepared = prepared.filter(|_| !diagnostic::has_errors(&problems));
        let files = prepared.and_then(|prepared| self.files(prepared, &mut problems));
        let problems = diagnostic::sorted(problems);
        let pages = files.as_ref().map(ServedFiles::pages);
        let errors: Vec<_> = problems.iter().filter(|problem| problem.severity() == Severity::Error).cloned().collect();
        self.shown = Arc::new(Snapshot {
            base: base.unwrap_or_else(|| self.shown.base.clone()),
            files: files.map(Arc::new).or_else(|| self.shown.files.clone()),
            problems: browser::render(&errors, &self.sources, self.content.as_str()),
        });
        self.stopped = None;
        BuildResult { changed, problems, pages, took: Duration::ZERO, begun }
    }

    /// Returns the files of a site. None if there are templates of its own with which its pages cannot be rendered:
    /// only that brings their faults to light, so these pages are rendered at once.
    fn files(&self, prepared: Prepared, problems: &mut Vec<Diagnostic>) -> Option<ServedFiles> {
        let made = Outputs::default();
        if prepared.theme.has_own_templates() {
            problems.extend(prepared.render(None, &Progress::default(), &|output| made.add(output)).problems);
        }
        let Prepared { understood, words, theme } = prepared;
        (!diagnostic::has_errors(problems))
            .then(|| ServedFiles::new(made.into_sorted(), Some(OnDemand::new(understood, words, theme))))
    }

    /// Shows why the content cannot be read or built. The next round builds it whatever has changed. Returns whether
    /// that is news.
    pub(crate) fn stop_for(&mut self, why: &impl Display) -> bool {
        let message = why.to_string();
        self.found = None;
        self.shown = Arc::new(Snapshot { problems: browser::message(&message), ..Snapshot::clone(&self.shown) });
        self.stopped.replace(message.clone()) != Some(message)
    }
}

/// Returns the files that are not the same in both, or in one of them only.
fn differences(before: &Sources, after: &Sources) -> Vec<Utf8PathBuf> {
    let theme = |path: &Utf8PathBuf| Utf8PathBuf::from(format!("theme/{path}"));
    let texts = uncommon(&before.texts, &after.texts).cloned();
    texts.chain(uncommon(&before.theme, &after.theme).map(theme)).collect()
}

fn uncommon<'a, T: PartialEq>(
    before: &'a std::collections::BTreeMap<Utf8PathBuf, T>,
    after: &'a std::collections::BTreeMap<Utf8PathBuf, T>,
) -> impl Iterator<Item = &'a Utf8PathBuf> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let other = after.iter().filter(|(path, value)| before.get(*path) != Some(*value)).map(|(path, _)| path);
    gone.chain(other)
}

#[cfg(test)]
mod tests;
