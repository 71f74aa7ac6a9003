//! Releasing an edition: from what stands in the content now to a file that never changes.
//!
//! [`draft`] says what has changed since the last edition and what that makes of the next one; [`release`] makes it.
//! [`compared`] says the same of two content folders. None of them writes anything: the new texts of files are given back.

mod around;
mod effects;
mod summary;

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8PathBuf;
use jiff::civil::Date;
use similar::{ChangeTag, TextDiff};

pub use effects::Effects;
pub(crate) use summary::summary;

use crate::build;
use crate::diagnostic::{Diagnostic, Problems, Refusal, Severity};
use crate::edition::{
    self, Change, Edition, Effect, Frozen, FrozenCriterion, Release, Summary, changes, next_name, successive_changes,
};
use crate::id::{CriterionId, EditionName};
use crate::image::Image;
use crate::model::{freeze, published};
use crate::parse;
use crate::proposal::{Proposal, Reading};
use crate::register::{REGISTER, changelogs};
use crate::text::list;

/// A draft of the next edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionDraft {
    /// The edition before it, if there is one.
    pub(crate) last: Option<Edition>,
    /// The present site, with the effects that are stated so far.
    pub(crate) frozen: Frozen,
    /// The changes of criteria since the last edition. None for the first edition.
    pub changes: Vec<Change>,
    /// The criteria with new source wording that has not been classified yet.
    pub unsaid: Vec<CriterionId>,
    pub kind: Release,
    /// The name that is proposed.
    pub next: EditionName,
}

/// The options of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseOptions {
    pub name: EditionName,
    pub date: Date,
    /// The summary of the release in each locale, by its tag, as [`summary()`] gives it.
    pub summary: BTreeMap<String, String>,
    pub effects: Effects,
}

/// A new edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    pub(crate) edition: Edition,
    pub changes: Vec<Change>,
    pub kind: Release,
    /// The new texts of files: that of the edition, and the register.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// Copies of the images of its notes, which stay as they are.
    pub images: BTreeMap<Utf8PathBuf, Arc<Image>>,
}

/// Returns the edition that would be released today, with its changes.
///
/// # Errors
/// If an edition cannot be read, or effects are said of criteria that did not change.
pub fn draft(reading: &Reading, date: Date, effects: &Effects) -> Result<EditionDraft, Refusal> {
    let (mut editions, problems) = Problems::of(|problems| edition::read(&reading.sources, problems));
    if !problems.is_empty() {
        return Err(Refusal::new("not every edition can be read").problems(problems));
    }
    let last = editions.pop();
    since(last, reading, date, |changed| effects.of(changed))
}

/// Compares the content with another one, as if that were the last edition.
pub(crate) fn compared(other: &Reading, reading: &Reading, date: Date) -> Result<EditionDraft, Refusal> {
    let named: Vec<_> = other.site().history.editions.iter().map(Edition::name).collect();
    // What new words mean is said where an edition was released that the other content does not have.
    let released = reading.site().history.editions.iter().filter(|edition| !named.contains(&edition.name()));
    let said: BTreeMap<_, _> = released.flat_map(|edition| edition.frozen.effects.clone()).collect();
    let other = Edition::of(freeze(other.site()), EditionName::new(vec![0]), date);
    since(Some(other), reading, date, |changed| Ok(said.into_iter().filter(|(id, _)| changed.contains(id)).collect()))
}

/// Returns the changes since an edition. The effects of new words in the source are asked for.
fn since(
    last: Option<Edition>,
    reading: &Reading,
    date: Date,
    effects: impl FnOnce(&[CriterionId]) -> Result<BTreeMap<CriterionId, Effect>, Refusal>,
) -> Result<EditionDraft, Refusal> {
    // The name follows from the changes, and nothing of them from the name.
    let mut frozen = freeze(reading.site());
    let changed = |frozen: &Frozen| last.as_ref().map(|last| changes(&last.frozen, frozen)).unwrap_or_default();
    let reworded: Vec<_> = changed(&frozen)
        .into_iter()
        .filter(|change| change.reworded.iter().any(|tag| tag == frozen.source()))
        .map(|change| change.id)
        .collect();
    frozen.effects = effects(&reworded)?;
    let changes = changed(&frozen);
    let kind = Release::of(&changes);
    let year = u32::try_from(date.year()).unwrap_or_default();
    let next = next_name(last.as_ref().map(Edition::name), year, kind);
    let unsaid = reworded.into_iter().filter(|id| !frozen.effects.contains_key(id)).collect();
    Ok(EditionDraft { last, frozen, changes, unsaid, kind, next })
}

/// Makes an edition of what stands in the content.
///
/// # Errors
/// If problems are open, if the name or the date does not follow on the last edition, if nothing has changed since, or
/// if it is not said of new words in the source what they mean for the people who are reviewed.
pub fn release(reading: &Reading, request: &ReleaseOptions) -> Result<Released, Refusal> {
    let Reading { sources, found, overrides, .. } = reading;
    let problems = build::problems(sources, found.clone(), overrides);
    if !problems.is_empty() {
        let is_warning = |problem: &Diagnostic| problem.severity() == Severity::Warning;
        let help = match problems.iter().any(is_warning) {
            true => {
                "fix what is reported, or add the code of a warning that may stay to `allow` under `[check]` in \
                     `site.toml`; then run the command again"
            }
            false => "fix what is reported, then run the command again",
        };
        return Err(Refusal::new("there are open problems, and an edition cannot be fixed later")
            .help(help)
            .problems(problems));
    }
    let mut draft = draft(reading, request.date, &request.effects)?;
    follows(&draft, request)?;
    if !draft.unsaid.is_empty() {
        let ids: Vec<_> = draft.unsaid.iter().map(ToString::to_string).collect();
        let ids = list(&ids);
        return Err(Refusal::new("new wording has to be classified for the people who are reviewed").help(format!(
            "classify {ids}: `--stricter` for those that expect more, `--eased` for those that expect less, \
             `--reworded` for those that expect the same in other words"
        )));
    }
    draft.frozen.summary = (!request.summary.is_empty()).then(|| Summary::ByLocale(request.summary.clone()));
    let EditionDraft { mut frozen, changes, kind, .. } = draft;
    let mut proposal = Proposal::of(reading);
    // Which addresses the site has with its new edition is known when that is there.
    let edition = |frozen: Frozen| Edition::of(frozen, request.name.clone(), request.date);
    let images = images(reading, &frozen);
    proposal.put_images(&images);
    proposal.put_all(edits(reading, &edition(frozen.clone()))?);
    frozen.published = proposal.reading().ok().map(|after| published(after.site()));
    let edition = edition(frozen);
    let edits = edits(reading, &edition)?;
    proposal.put_all(edits.clone());
    let after = build::problems(&proposal.sources(), Vec::new(), overrides);
    if !after.is_empty() {
        return Err(
            Refusal::new("the site would have problems after the release").problems(proposal.as_they_stand(after))
        );
    }
    Ok(Released { edition, changes, kind, edits, images })
}

/// Returns the images of an edition that no earlier one has kept.
fn images(reading: &Reading, frozen: &Frozen) -> BTreeMap<Utf8PathBuf, Arc<Image>> {
    let images = &reading.site().images;
    let new = frozen.image_files().filter(|name| images.at(&Edition::image_path(name)).is_none());
    new.filter_map(|name| Some((Edition::image_path(name), Arc::clone(images.named(name)?)))).collect()
}

/// Returns whether the edition may follow on the last one.
fn follows(draft: &EditionDraft, request: &ReleaseOptions) -> Result<(), Refusal> {
    let Some(last) = &draft.last else { return Ok(()) };
    if request.name <= *last.name() {
        let message =
            format!("{name} does not follow {last}, the latest edition", name = request.name, last = last.name());
        return Err(Refusal::new(message).help(format!("name it `{next}` or higher", next = draft.next)));
    }
    if request.date < last.date {
        let message =
            format!("{date} is before the latest edition, released on {last}", date = request.date, last = last.date);
        return Err(Refusal::new(message).help("set the day of the release with `--date`"));
    }
    match draft.is_empty() {
        true => Err(Refusal::new(format!("nothing has changed since {last}", last = last.name()))),
        false => Ok(()),
    }
}

/// Returns the file of an edition, and what the register says with it.
fn edits(reading: &Reading, edition: &Edition) -> Result<BTreeMap<Utf8PathBuf, String>, Refusal> {
    let mut editions = reading.site().history.editions.clone();
    editions.push(edition.clone());
    let changes = successive_changes(&editions.iter().map(|edition| &edition.frozen).collect::<Vec<_>>());
    let changelogs = changelogs(editions.iter().zip(&changes));
    let names: Vec<_> = editions.iter().map(|edition| edition.name().clone()).collect();
    let register = reading.understood.register.telling(&names, &changelogs).ok_or_else(|| {
        Refusal::new("the register cannot be changed")
            .help("write each entry as a block, with a line such as `[criterion.TL-001]`, then `state = \"active\"`")
    })?;
    Ok([(Edition::path_of(edition.name()), edition.text.clone()), (REGISTER.into(), register)].into())
}

impl EditionDraft {
    /// Returns whether the site says what it said in the last edition.
    pub fn is_empty(&self) -> bool {
        let Some(last) = &self.last else { return false };
        let (then, now) = (&last.frozen, &self.frozen);
        then.says_the_same_as(now) && (&then.collections, &then.pages) == (&now.collections, &now.pages)
    }

    /// Returns the locales in which the words of a criterion are shown: those in which they differ, and the source if it
    /// was added or withdrawn.
    pub(crate) fn shown_locales<'a>(&'a self, change: &'a Change) -> &'a [String] {
        match (change.before, change.after, &self.last) {
            (None, Some(_), _) => self.frozen.locales.get(..1).unwrap_or_default(),
            (Some(_), None, Some(last)) => last.frozen.locales.get(..1).unwrap_or_default(),
            _ => &change.reworded,
        }
    }

    /// Returns the lines that differ in one locale, each with its sign: `- ` before an old line, `+ ` before a new one.
    pub fn difference(&self, change: &Change, tag: &str) -> Vec<String> {
        let old = self.last.as_ref().zip(change.before).map(|(last, at)| last.frozen.at(at).1);
        let new = change.after.map(|at| self.frozen.at(at).1);
        let plain = |criterion: Option<&FrozenCriterion>| criterion?.statement.get(tag).map(|text| text.plain());
        // Marks show where nothing else differs.
        let is_plain = plain(old) != plain(new);
        let text = |criterion: Option<&FrozenCriterion>| {
            let Some(criterion) = criterion else { return String::new() };
            let statement =
                criterion.statement.get(tag).map(|text| if is_plain { text.plain() } else { text.markdown() });
            let detail = criterion.detail.get(tag).map(|blocks| parse::markdown(blocks));
            format!("{}\n{}", statement.unwrap_or_default(), detail.unwrap_or_default())
        };
        let (old, new) = (text(old), text(new));
        let difference = TextDiff::from_lines(old.as_str(), new.as_str());
        let lines = difference.iter_all_changes().filter_map(|line| {
            let sign = match line.tag() {
                ChangeTag::Equal => return None,
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let text = line.value().trim_end();
            (!text.is_empty()).then(|| format!("{sign} {text}"))
        });
        lines.collect()
    }
}
