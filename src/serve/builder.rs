//! Builds the site from a content folder, again and again.

use std::fmt::Display;
use std::sync::Arc;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;

use super::snapshot::{ServedFiles, Snapshot};
use crate::build::{self, Memory, Prepared};
use crate::config::Overrides;
use crate::diagnostic::{self, Code, Diagnostic, Problems, Severity};
use crate::progress::Progress;
use crate::render::OnDemand;
use crate::report::browser;
use crate::source::{self, ReadError, Sources, Unfinished};
use crate::write::{Output, Outputs};

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
    /// Stages 2 and 3.
    interpret: Interpret,
    /// What they came to the last time.
    memory: Memory,
}

/// The content as it stands on disk.
struct ContentRead {
    sources: Sources,
    found: Vec<Diagnostic>,
    /// Whether all merges are finished. If not, that is all that was found.
    is_merged: bool,
}

/// Shows something in the browser.
pub(super) type Show<'a> = dyn FnMut(Arc<Snapshot>) + 'a;

type Interpret = fn(&Sources, &Overrides, Option<&Memory>, &Problems) -> Option<Prepared>;

/// One build and what came of it.
#[derive(Debug)]
pub(crate) struct BuildResult {
    /// The files that are new, gone or different, relative to the content folder.
    pub(crate) changed: Vec<Utf8PathBuf>,
    pub(crate) problems: Vec<Diagnostic>,
    /// The number of pages. None if there is no site in the content: the earlier pages stay.
    pub(crate) pages: Option<usize>,
    /// From the first sign of a change until the pages were shown.
    pub(crate) took: Duration,
}

impl SiteBuilder {
    pub(crate) fn new(content: Utf8PathBuf, overrides: Overrides) -> Self {
        let problems = Some("[]".to_owned());
        let shown = Arc::new(Snapshot { base: "/".to_owned(), files: None, is_current: true, problems });
        let sources = Sources::default();
        Self {
            content,
            overrides,
            sources,
            found: None,
            stopped: None,
            shown,
            interpret: build::interpret,
            memory: Memory::default(),
        }
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
        Ok(self.build(read.found, read.is_merged, Vec::new(), begun, &mut |_| {}))
    }

    /// Reads the content, and builds it if it has changed. What is to be seen goes to `show`: the pages as soon as they
    /// can be, and what is wrong with them once they were checked.
    ///
    /// All of it is read: that takes a fraction of the time of a build, and what the folder holds is then known
    /// whatever the watcher saw and did not see of a branch switch.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, as while it is being replaced.
    pub(crate) fn round(&mut self, begun: Instant, show: &mut Show<'_>) -> Result<Option<BuildResult>, ReadError> {
        let read = self.read()?;
        let changed = differences(&self.sources, &read.sources);
        if changed.is_empty() && self.found.as_ref() == Some(&read.found) {
            return Ok(None);
        }
        self.sources = read.sources;
        Ok(Some(self.build(read.found, read.is_merged, changed, begun, show)))
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
        show: &mut Show<'_>,
    ) -> BuildResult {
        self.found = Some(found.clone());
        let problems = Problems::from(found);
        let memory = Some(&self.memory);
        let interpret = || (self.interpret)(&self.sources, &self.overrides, memory, &problems);
        let prepared = if is_merged { interpret() } else { None };
        if let Some(prepared) = &prepared {
            let base = prepared.understood.site.config.base_url.path().to_owned();
            self.shown = Arc::new(Snapshot { base, ..self.shown.as_ref().clone() });
        }
        let mut is_site = false;
        let mut took = None;
        // Templates of a site's own may fail, and only that brings their faults to light: such pages are not shown before
        // all of them were rendered.
        if let Some(prepared) = &prepared
            && !problems.has_errors()
            && !prepared.theme.has_own_templates()
        {
            is_site = true;
            self.put_up(prepared, Vec::new());
            show(self.shown());
            took = Some(begun.elapsed());
        }
        // Nothing is published here: a maintainer may look at a site before it is known whose words it holds.
        let tolerated = |problem: Diagnostic| match problem.code {
            Code::Placeholder => problem.tolerated(),
            _ => problem,
        };
        let problems = build::check(prepared.as_ref(), &self.sources, problems);
        let mut problems: Vec<_> = problems.into_iter().map(tolerated).collect();
        if let Some(prepared) = prepared.filter(|prepared| prepared.theme.has_own_templates())
            && !diagnostic::has_errors(&problems)
        {
            let made = Outputs::default();
            problems.extend(prepared.render(None, &Progress::default(), &|output| made.add(output)).problems);
            is_site = !diagnostic::has_errors(&problems);
            if is_site {
                self.put_up(&prepared, made.into_sorted());
            }
        }
        let problems = diagnostic::sorted(problems);
        let errors: Vec<_> = problems.iter().filter(|problem| problem.severity() == Severity::Error).cloned().collect();
        let errors = browser::render(&errors, &self.sources, self.content.as_str());
        self.shown = Arc::new(Snapshot { is_current: is_site, problems: Some(errors), ..self.shown.as_ref().clone() });
        self.stopped = None;
        show(self.shown());
        // While there is no site, little is asked for that will be again.
        if is_site {
            self.memory.sweep();
        }
        let pages = self.shown.files.as_ref().filter(|_| is_site).map(|files| files.pages());
        BuildResult { changed, problems, pages, took: took.unwrap_or_else(|| begun.elapsed()) }
    }

    /// Makes the pages of a site those to be seen, some of them rendered already. What is wrong with them is not known yet.
    fn put_up(&mut self, prepared: &Prepared, made: Vec<Output>) {
        let Prepared { understood, words, theme } = prepared;
        let files =
            ServedFiles::new(made, Some(OnDemand::new(Arc::clone(understood), Arc::clone(words), Arc::clone(theme))));
        self.shown = Arc::new(Snapshot {
            base: self.shown.base.clone(),
            files: Some(Arc::new(files)),
            is_current: true,
            problems: None,
        });
    }

    /// Shows why the content cannot be read or built. The next round builds it whatever has changed. Returns whether
    /// that is news.
    pub(crate) fn stop_for(&mut self, why: &impl Display) -> bool {
        let message = why.to_string();
        self.found = None;
        // While its problems are not known, the site is the one that was being built.
        let is_current = self.shown.problems.is_none();
        let problems = Some(browser::message(&message));
        self.shown = Arc::new(Snapshot { is_current, problems, ..self.shown.as_ref().clone() });
        self.stopped.replace(message.clone()) != Some(message)
    }
}

/// Returns the files that are not the same in both, or in one of them only.
fn differences(before: &Sources, after: &Sources) -> Vec<Utf8PathBuf> {
    let theme = |path: &Utf8PathBuf| Utf8PathBuf::from(format!("theme/{path}"));
    let texts = uncommon(&before.texts, &after.texts).cloned();
    let texts = texts.chain(uncommon(&before.images, &after.images).cloned());
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
