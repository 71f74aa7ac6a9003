//! The site that a command speaks of, without building its pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Base, ContentArguments, Format, Report};
use super::{Failure, Outcome, report};
use crate::check::placeholder_address;
use crate::config::{self, Overrides};
use crate::data;
use crate::diagnostic::{Diagnostic, Problems, Refusal, has_errors, sorted};
use crate::image::Image;
use crate::interface::Words;
use crate::model::Site;
use crate::proposal::Reading;
use crate::source::{self, ReadError, Sources};
use crate::understood::{Understood, interpreted};
use crate::write;

/// A site, and the words in which it speaks.
pub(super) struct LoadedSite {
    pub(crate) understood: Understood,
    pub(crate) words: Words,
    pub(crate) sources: Sources,
}

/// Reads the content folder of another site than that of `--content`.
pub(super) fn read_other(folder: &Utf8Path) -> Result<(Sources, Vec<Diagnostic>), Failure> {
    source::read(folder).map_err(|error| match error {
        ReadError::Missing { .. } | ReadError::NotAFolder { .. } => {
            format!("`{folder}` is not a folder: name a content folder, which contains `site.toml`").into()
        }
        error => error.into(),
    })
}

/// Reads the site. None if it has errors, which are then printed: it might not be what its owner means.
pub(super) fn read(content: &ContentArguments, base: &Base) -> Result<Option<LoadedSite>, Failure> {
    let (sources, found) = source::read(&content.folder)?;
    let overrides = base.overrides();
    let problems = match Reading::of(&sources, found, &overrides) {
        Ok(reading) => {
            let (words, more) = Problems::of(|problems| Words::new(&sources, reading.config(), problems));
            let problems = [reading.problems(), &more].concat();
            if !has_errors(&problems) {
                return Ok(Some(LoadedSite { understood: reading.understood, words, sources }));
            }
            problems
        }
        Err(problems) => problems,
    };
    refuse(problems, &sources, content);
    Ok(None)
}

/// A site as it is cited: the model alone.
pub(super) struct CitableSite {
    pub(crate) site: Site,
    pub(crate) words: Words,
    pub(crate) sources: Sources,
}

/// Reads the site for citations. The rules of checks and the state of translations cost more than all else, and say nothing
/// about what is cited. None if the model has errors, which are then printed.
pub(super) fn read_citable(content: &ContentArguments, base: &Base) -> Result<Option<CitableSite>, Failure> {
    let (sources, found) = source::read(&content.folder)?;
    citable(sources, found, content, base)
}

/// Reads the site for citations from the data that it publishes.
pub(super) fn read_published(
    folder: &Utf8Path,
    content: &ContentArguments,
    base: &Base,
) -> Result<Option<CitableSite>, Failure> {
    // The folder of the data, or that of the whole site.
    let name = |folder: &Utf8Path| folder.join(data::INDEX.trim_start_matches(data::FOLDER));
    let within = folder.join(data::FOLDER);
    let folder = if !name(folder).is_file() && name(&within).is_file() { &within } else { folder };
    let read = data::content(|path| {
        let read = source::read_file(&folder.join(path)).map(|(text, _)| text);
        let help = "name the folder `data` of a published site, with everything in it";
        read.map_err(|error| Refusal::new(error.to_string()).help(help))
    });
    match read {
        Ok(sources) => citable(sources, Vec::new(), content, base),
        Err(refusal) => {
            report::failure(&refusal);
            Ok(None)
        }
    }
}

fn citable(
    sources: Sources,
    found: Vec<Diagnostic>,
    content: &ContentArguments,
    base: &Base,
) -> Result<Option<CitableSite>, Failure> {
    let overrides = base.overrides();
    let problems = Problems::from(found);
    let loaded = config::read(&sources, &overrides, &problems).map(|config| {
        let words = Words::new(&sources, &config, &problems);
        (interpreted(&sources, config, None, &problems).0, words)
    });
    let problems = problems.into_sorted();
    match loaded.filter(|_| !has_errors(&problems)) {
        Some((site, words)) => Ok(Some(CitableSite { site, words, sources })),
        None => {
            refuse(problems, &sources, content);
            Ok(None)
        }
    }
}

/// Prints why a site cannot be read.
pub(super) fn refuse(problems: Vec<Diagnostic>, sources: &Sources, content: &ContentArguments) {
    let report = Report { format: Format::Human, quiet: true };
    report::problems(&sorted(problems), sources, &content.folder, &report);
    report::failure("the site has errors: fix them first");
}

impl CitableSite {
    /// Warns if the addresses that a command hands on lead nowhere.
    pub(super) fn warn_of_address(&self, content: &ContentArguments, report: &Report) {
        let problems = placeholder_address(&self.site.config, &self.sources);
        report::problems(&problems, &self.sources, &content.folder, report);
    }
}

/// The changes that a command makes to a site, with the summary to print.
pub(super) struct SiteChange {
    /// The new texts of files.
    pub(super) edits: BTreeMap<Utf8PathBuf, String>,
    /// New images, which stand before the texts that name them.
    pub(super) images: BTreeMap<Utf8PathBuf, Arc<Image>>,
    /// Whether they are only shown.
    pub(super) is_draft: bool,
    /// Problems of the site after the change.
    pub(super) problems: Vec<Diagnostic>,
    /// The file in which the problems stand, if that is none of the site.
    pub(super) elsewhere: Option<Sources>,
    pub(super) lines: Vec<String>,
    pub(super) outcome: Outcome,
}

impl SiteChange {
    /// Returns a change with its summary line.
    pub(super) fn new(edits: BTreeMap<Utf8PathBuf, String>, line: impl Into<String>) -> Self {
        let lines = vec![line.into()];
        let images = BTreeMap::new();
        Self { edits, images, is_draft: false, problems: Vec::new(), elsewhere: None, lines, outcome: Outcome::Fine }
    }
}

/// Why a site is not changed.
pub(super) struct ChangeRefused {
    pub(super) refusal: Refusal,
    /// Lines printed before it.
    pub(super) lines: Vec<String>,
    /// The files in which its problems stand, and their folder, if that is not the site.
    pub(super) elsewhere: Option<Box<(Sources, Utf8PathBuf)>>,
}

impl ChangeRefused {
    /// Returns a refusal for problems that stand in files of another folder.
    pub(super) fn elsewhere(refusal: Refusal, sources: Sources, folder: &Utf8Path) -> Self {
        Self { elsewhere: Some(Box::new((sources, folder.to_owned()))), ..refusal.into() }
    }
}

impl From<Refusal> for ChangeRefused {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, lines: Vec::new(), elsewhere: None }
    }
}

/// The turn of this run to write to a content folder.
pub(super) struct Turn {
    /// Whether this run only had to finish the work of an earlier run that was killed.
    pub(super) is_finished: bool,
    _turn: write::Turn,
}

/// Waits until no other run writes to a content folder, and finishes the change that an earlier one was killed in.
pub(super) fn turn(content: &Utf8Path, report: &Report) -> Result<Turn, Failure> {
    let turn = write::turn(content);
    let command = write::resume(content)?;
    if let Some(command) = &command {
        report::summary(report, &format!("`{command}` had been interrupted, and is now complete"));
    }
    Ok(Turn { is_finished: command.is_some_and(|command| command == super::command()), _turn: turn })
}

/// Reads a site, has a change of it proposed, writes that, and tells it. Nothing is written if it is refused.
pub(super) fn edit(
    content: &Utf8Path,
    overrides: &Overrides,
    report: &Report,
    propose: impl FnOnce(&Reading) -> Result<SiteChange, ChangeRefused>,
) -> Result<Outcome, Failure> {
    let turn = turn(content, report)?;
    if turn.is_finished {
        return Ok(Outcome::Fine);
    }
    let (sources, found) = source::read(content)?;
    let reading = match Reading::of(&sources, found, overrides) {
        Ok(reading) => reading,
        Err(problems) => {
            report::problems(&problems, &sources, content, report);
            return Ok(Outcome::Problems);
        }
    };
    let change = match propose(&reading) {
        Ok(change) => change,
        Err(ChangeRefused { refusal, lines, elsewhere }) => {
            lines.iter().for_each(|line| report::summary(report, line));
            let (sources, folder) = *elsewhere.unwrap_or_else(|| Box::new((sources, content.to_owned())));
            report::refusal(&refusal, &sources, &folder, report);
            return Ok(Outcome::Problems);
        }
    };
    if !change.is_draft {
        let images = change.images.iter().map(|(path, image)| (path.clone(), image.bytes.as_slice()));
        write::replace(content, &images.collect())?;
        write::edit(content, &change.edits, &super::command(), |path| sources.text(path))?;
    }
    let mut written = sources;
    written.texts.extend(change.edits);
    match &change.elsewhere {
        Some(sources) => report::problems(&change.problems, sources, Utf8Path::new(""), report),
        None => report::problems(&change.problems, &written, content, report),
    }
    change.lines.iter().for_each(|line| report::summary(report, line));
    Ok(change.outcome)
}
