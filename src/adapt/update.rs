//! Takes over changes of the upstream in places that are still unchanged here.
//!
//! What is kept of the upstream is renewed criterion by criterion: what was not taken over stays as it was kept, so
//! that the status goes on telling it.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use jiff::civil::Date;

use super::start::record;
use crate::adaptation::{Adaptation, CriterionStatus, StatusRow, Upstream, status};
use crate::diagnostic::{Code, Diagnostic, Refusal};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::Subject;
use crate::proposal::{Proposal, Reading};
use crate::register::items::LadderItems;
use crate::register::{Key, REGISTER, Register};
use crate::text::{Edit, Span, slice};
use crate::translation::{self, TextId, TranslationState, Wanted};
use crate::withdraw;

/// Options of `rungs adapt --update`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Update {
    /// The criteria that stay as they are here, whatever has become of them there.
    pub(crate) keep: Vec<CriterionId>,
    pub(crate) date: Date,
}

/// The result of an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Updated {
    /// The new texts of files.
    pub(crate) edits: BTreeMap<Utf8PathBuf, String>,
    /// Criteria that were taken over.
    pub(crate) taken: Vec<CriterionId>,
    /// Criteria that need a decision or work by hand, with the reason.
    pub(crate) left: Vec<(CriterionId, String)>,
    /// New problems after the update: warnings, and notices that the upstream has added.
    pub(crate) problems: Vec<Diagnostic>,
}

/// Takes over the changes of the upstream.
///
/// # Errors
/// If the site would have errors that it has not now.
pub(crate) fn update(
    before: &Reading,
    adaptation: &Adaptation,
    theirs: &Reading,
    request: &Update,
) -> Result<Updated, Refusal> {
    let mut rows = status(adaptation, Some(theirs.site().kept())).rows;
    rows.retain(|row| row.there.is_some() && !request.keep.contains(&row.id));
    let updater = Updater { before, adaptation, theirs, date: request.date };
    // What cannot be taken over stays as it is, so the others are taken over without it.
    let mut left = BTreeMap::new();
    loop {
        if let Some(updated) = updater.take_all(&rows, &mut left)? {
            return Ok(updated);
        }
    }
}

/// Keeps the earlier record of one criterion in the renewed record of the upstream.
fn keep_as_it_was(renewed: &mut Upstream, kept: &Upstream, id: &CriterionId) {
    let before = kept.site.criteria().find(|(_, criterion)| criterion.id == *id);
    let key = before.map(|(ladder, _)| ladder.key.as_str());
    for ladder in &mut renewed.site.ladders {
        let at = ladder.criteria.position(|criterion| criterion.id == *id);
        match (at, before.filter(|_| key == Some(ladder.key.as_str()))) {
            (Some(at), Some((_, old))) => ladder.criteria[at] = old.clone(),
            (Some(at), None) => drop(ladder.criteria.remove(at)),
            (None, Some((_, old))) => ladder.criteria.push(old.clone()),
            (None, None) => {}
        }
    }
    if before.is_some() {
        renewed.withdrawn.retain(|withdrawn| withdrawn != id);
    }
}

struct Updater<'a> {
    before: &'a Reading,
    adaptation: &'a Adaptation,
    theirs: &'a Reading,
    date: Date,
}

/// The effect that a change of a criterion in the upstream has on this site.
enum TakenChange {
    Nothing,
    Edited,
    /// It is to be withdrawn with all others.
    Withdrawn,
}

/// A criterion in a file.
struct FileCriterion {
    /// Its list item without the text after the last word.
    span: Span,
    level: String,
    category: String,
}

impl Updater<'_> {
    /// Takes over all that is not `left`. What turns out to be impossible is added to that with its reason, and nothing
    /// comes of this attempt.
    fn take_all(
        &self,
        rows: &[StatusRow],
        left: &mut BTreeMap<CriterionId, String>,
    ) -> Result<Option<Updated>, Refusal> {
        let mut proposal = Proposal::of(self.before);
        let (mut taken, mut withdrawals, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows.iter().filter(|row| !left.contains_key(&row.id)) {
            match self.take(&mut proposal, row) {
                Ok(TakenChange::Nothing) => continue,
                Ok(TakenChange::Edited) => {}
                Ok(TakenChange::Withdrawn) => withdrawals.push(&row.id),
                Err(reason) => open.push((row.id.clone(), reason)),
            }
            taken.push(row.id.clone());
        }
        if !open.is_empty() {
            left.extend(open);
            return Ok(None);
        }
        let (register, _) = proposal.register();
        let withdrawals: Vec<_> = withdrawals.into_iter().map(|id| self.withdrawal(&register, id)).collect();
        if !withdrawals.is_empty()
            && let Err(refused) = withdraw::propose(&mut proposal, &withdrawals)
        {
            let message = refused.refusal.message.clone();
            let ids: Vec<_> = criteria(&refused.keys).map(|id| (id, message.clone())).collect();
            left.extend(ids.clone());
            return if ids.is_empty() { Err(refused.refusal) } else { Ok(None) };
        }
        self.accept_translations(&mut proposal, &taken);
        self.renew_record(&mut proposal, left);
        let keys: BTreeSet<Key> = withdrawals.iter().map(|withdrawal| withdrawal.key.clone()).collect();
        let checked = match proposal.checked(&[Code::DroppedNotice]) {
            Ok(checked) => checked,
            Err(errors) if keys.is_empty() => {
                return Err(Refusal::new("with these upstream changes, the site would have new errors")
                    .help("exclude the changes that you do not want with `--keep`, or apply them by hand")
                    .problems(errors));
            }
            Err(errors) => {
                let standing = |keys: &BTreeSet<Key>| withdraw::standing_against(self.before, errors.clone(), keys);
                for key in standing(&keys).keys {
                    let reason = standing(&[key.clone()].into()).refusal.message;
                    left.extend(criteria(&[key]).map(|id| (id, reason.clone())));
                }
                return Ok(None);
            }
        };
        let all = taken.iter().cloned().map(Key::Criterion).collect();
        if !keys.is_empty() && !withdraw::is_all_that_changed(self.before.site(), checked.after.site(), &all) {
            let keys: Vec<_> = keys.into_iter().collect();
            let reason = withdraw::inseparable(&keys).message;
            left.extend(criteria(&keys).map(|id| (id, reason.clone())));
            return Ok(None);
        }
        let left = rows.iter().filter_map(|row| Some((row.id.clone(), left.get(&row.id)?.clone())));
        Ok(Some(Updated { edits: checked.edits, taken, left: left.collect(), problems: checked.problems }))
    }

    /// Renews the record of the upstream, except for criteria in `left`, which keep their earlier record.
    fn renew_record(&self, proposal: &mut Proposal<'_>, left: &BTreeMap<CriterionId, String>) {
        let kept = self.adaptation.upstream();
        let mut renewed = record(self.theirs, self.date);
        // It goes by the title that `site.toml` gives it.
        renewed.site.title.clone_from(&kept.site.title);
        left.keys().for_each(|id| keep_as_it_was(&mut renewed, kept, id));
        let criteria =
            |upstream: &Upstream| upstream.site.criteria().map(|(_, criterion)| criterion.clone()).collect::<Vec<_>>();
        if criteria(kept) != criteria(&renewed) || kept.site.provenance != renewed.site.provenance {
            proposal.put(Upstream::path_of(self.adaptation.upstreams.len()), renewed.text());
        }
    }

    /// Takes over what became of a criterion there.
    fn take(&self, proposal: &mut Proposal<'_>, row: &StatusRow) -> Result<TakenChange, String> {
        let Some(there) = &row.there else { return Ok(TakenChange::Nothing) };
        match row.here.as_ref().map(|here| here.state) {
            None | Some(CriterionStatus::Unchanged) => {}
            Some(state) if row.is_conflict => {
                return Err(format!("{state} here, and changed there", state = state.label()));
            }
            // Both say the same now.
            Some(_) => return Ok(TakenChange::Nothing),
        }
        match (there.state, &there.change) {
            (CriterionStatus::New, _) => self.add(proposal, &row.id)?,
            (CriterionStatus::LeftOut, _) => return Ok(TakenChange::Withdrawn),
            (_, Some(change)) if change.moved || change.recategorised => {
                return Err("it has moved there: move it by hand".to_owned());
            }
            (_, Some(change)) => self.reword(proposal, &row.id, &change.reworded)?,
            _ => return Ok(TakenChange::Nothing),
        }
        Ok(TakenChange::Edited)
    }

    /// Returns the file of a criterion's ladder in a locale here, and the same there.
    fn files(
        &self,
        proposal: &Proposal<'_>,
        id: &CriterionId,
        locale: LocaleIndex,
    ) -> Option<(LadderItems, LadderItems)> {
        let (config, their) = (self.before.config(), self.theirs.config());
        let there = their.ladders.iter().find(|ladder| ladder.has_prefix(id.prefix()))?;
        let here = config.ladders.iter().find(|ladder| ladder.has_prefix(id.prefix()))?;
        let ours = proposal.ladder(here, locale)?;
        Some((ours, LadderItems::find(their, &self.theirs.sources, self.same_locale(locale)?, &there.key)?))
    }

    /// Returns a locale of this site in the upstream.
    fn same_locale(&self, locale: LocaleIndex) -> Option<LocaleIndex> {
        let (tag, their) = (&self.before.config().locale(locale).tag, self.theirs.config());
        their.locale_indices().find(|&locale| their.locale(locale).tag == *tag)
    }

    fn reword(&self, proposal: &mut Proposal<'_>, id: &CriterionId, tags: &[String]) -> Result<(), String> {
        for locale in self.before.config().locale_indices() {
            if !tags.contains(&self.before.config().locale(locale).tag) {
                continue;
            }
            let Some((ours, theirs)) = self.files(proposal, id, locale) else { continue };
            let found = item(&ours, id).zip(item(&theirs, id));
            let (here, there) = found.ok_or_else(|| "it was not found: apply the change by hand".to_owned())?;
            edit(proposal, &ours, Edit::replace(here.span, slice(&theirs.text, there.span)))?;
        }
        Ok(())
    }

    /// Returns whether a criterion here stands where another one does there, also if the level or the category has
    /// another id here, or there.
    fn is_beside(&self, id: &CriterionId, here: &FileCriterion, there: &FileCriterion) -> bool {
        let ladders = [self.before, self.theirs].map(|reading| {
            let ladders = reading.site().ladders.iter();
            ladders.filter(|ladder| ladder.config.has_prefix(id.prefix())).collect::<Vec<_>>()
        });
        let is_one = |one: &str, other: &str, id: &str, was: &[String]| {
            [(one, other), (other, one)].into_iter().any(|(now, then)| id == now && was.iter().any(|was| was == then))
        };
        let mut all = ladders.iter().flatten();
        (here.level == there.level
            || all
                .clone()
                .flat_map(|ladder| &ladder.levels)
                .any(|level| is_one(&here.level, &there.level, &level.id, &level.was)))
            && (here.category == there.category
                || all.any(|ladder| {
                    let mut categories = ladder.categories.iter();
                    categories.any(|category| is_one(&here.category, &there.category, &category.id, &category.was))
                }))
    }

    /// Puts a new criterion behind the one that it stands behind there.
    fn add(&self, proposal: &mut Proposal<'_>, id: &CriterionId) -> Result<(), String> {
        let by_hand = || "the criterion before it there does not exist here: add it by hand".to_owned();
        for locale in self.before.config().locale_indices() {
            let Some((ours, theirs)) = self.files(proposal, id, locale) else { continue };
            let items = items(&theirs);
            let Some(at) = items.iter().position(|(key, _)| key == id) else { continue };
            let new = &items[at].1;
            let (_, previous) = at.checked_sub(1).and_then(|before| items.get(before)).ok_or_else(by_hand)?;
            let place = items[..at].iter().rev().find_map(|(key, theirs)| {
                let is_beside = theirs.level == new.level && theirs.category == new.category;
                item(&ours, key).filter(|ours| is_beside && self.is_beside(id, ours, new))
            });
            let place = place.ok_or_else(by_hand)?;
            let between = theirs.text.get(previous.span.end..new.span.start);
            let between = between.filter(|between| between.trim().is_empty()).unwrap_or("\n");
            let text = format!("{between}{}", slice(&theirs.text, new.span.clone()));
            edit(proposal, &ours, Edit::insert(place.span.end, text))?;
        }
        let text = proposal.register().0.with([&Key::Criterion(id.clone())]);
        proposal.put(REGISTER, text.ok_or_else(|| "the register cannot be changed".to_owned())?);
        Ok(())
    }

    /// Returns the options that withdraw a criterion here for the upstream's reason.
    fn withdrawal(&self, register: &Register, id: &CriterionId) -> withdraw::WithdrawOptions {
        let key = Key::Criterion(id.clone());
        let theirs = self.theirs.understood.register.entry(&key);
        let withdrawal = theirs.and_then(|entry| entry.withdrawal.clone()).unwrap_or_default();
        let mut reason = withdrawal.reason;
        reason.retain(|tag, _| self.before.config().locales.iter().any(|locale| locale.tag == *tag));
        let succession = withdrawal.succession.map(|succession| {
            let known = succession.successors.into_iter().map(|(id, _)| id);
            (
                succession.verb,
                known.filter(|id| register.entry(&Key::Criterion(id.clone())).is_some()).collect::<Vec<_>>(),
            )
        });
        let succession = succession.filter(|(_, successors)| !successors.is_empty());
        withdraw::WithdrawOptions { key, date: self.date, reason, succession }
    }

    /// Accepts the translations that were taken over together with their source text, unless the upstream has yet to
    /// update them.
    fn accept_translations(&self, proposal: &mut Proposal<'_>, taken: &[CriterionId]) {
        for locale in self.before.config().locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE) {
            let site = self.theirs.site();
            let is_right = |id: &&CriterionId| {
                let found = site.find(&id.to_string());
                found.zip(self.same_locale(locale)).is_some_and(|(subject, theirs)| match subject {
                    Subject::Criterion(criterion) => {
                        let translation = self.theirs.understood.translations.of(TextId::Criterion(criterion), theirs);
                        let state = translation.map(|translation| &translation.state);
                        let is_outdated = matches!(state, Some(TranslationState::Outdated { .. }));
                        site[criterion].text.own(theirs).is_some() && !is_outdated
                    }
                    _ => false,
                })
            };
            let units: Vec<_> = taken.iter().filter(is_right).map(ToString::to_string).collect();
            if units.is_empty() {
                continue;
            }
            let Ok(Reading { sources, understood: now, .. }) = proposal.reading() else { return };
            let request = translation::AcceptOptions {
                units: Wanted::Named(units),
                ..translation::AcceptOptions::nothing(locale)
            };
            if let Ok(accepted) = translation::accept(&now.site, &now.translations, &sources, &request) {
                proposal.put_all(accepted.edits);
            }
        }
    }
}

fn edit(proposal: &mut Proposal<'_>, file: &LadderItems, edit: Edit) -> Result<(), String> {
    proposal.edit(&file.path, vec![edit]).map_err(|misfit| format!("{misfit}: apply the change by hand"))
}

fn criteria(keys: &[Key]) -> impl Iterator<Item = CriterionId> {
    keys.iter().filter_map(Key::criterion).cloned()
}

/// Returns all criteria of a file, in the order in which they stand there.
fn items(file: &LadderItems) -> Vec<(CriterionId, FileCriterion)> {
    let id_of = |attributes: &crate::parse::Attributes| attributes.id.as_ref().map(|id| id.text.clone());
    let mut items = Vec::new();
    for level in file.outline().levels() {
        for category in &level.categories {
            for criterion in &category.criteria {
                let Some(id) = id_of(&criterion.attributes).and_then(|id| CriterionId::parse(&id)) else { continue };
                let item = slice(&file.text, criterion.span.clone());
                let start = criterion.span.start + item.len() - item.trim_start().len();
                items.push((
                    id,
                    FileCriterion {
                        span: start..criterion.span.start + item.trim_end().len(),
                        level: id_of(&level.attributes).unwrap_or_default(),
                        category: id_of(&category.attributes).unwrap_or_default(),
                    },
                ));
            }
        }
    }
    items
}

fn item(file: &LadderItems, id: &CriterionId) -> Option<FileCriterion> {
    items(file).into_iter().find(|(key, _)| key == id).map(|(_, item)| item)
}
