//! Withdrawing ids: out of the content, into the register.
//!
//! [`withdraw`] takes criteria out of the files of all locales and keeps their last words in the register, so that
//! their
//! permanent pages can show them. It changes files only if the site is then as good as before; like every stage it
//! gives new texts back and writes nothing.

mod cut;
mod forget;
mod subject;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use jiff::civil::Date;

pub use forget::forget;
pub use subject::{find_key, read_reasons};

use crate::diagnostic::{Code, Diagnostic, Place, Refusal};
use crate::edition::Frozen;
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::parse;
use crate::proposal::{Checked, Proposal, Reading};
use crate::register::{IdState, Key, REGISTER, Register, RegisterEntry, Succession, Verb, Withdrawal, changelogs};
use crate::text::list;
use crate::translation;
use crate::witness::keys_of_unit;
use cut::{CriterionWords, Cut, CutCriterion};

/// Options of `rungs withdraw`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawOptions {
    pub key: Key,
    pub date: Date,
    /// One sentence in each locale, by its tag. That of the source locale is required.
    pub reason: BTreeMap<String, String>,
    /// The successors of a criterion.
    pub succession: Option<(Verb, Vec<CriterionId>)>,
}

/// The result of withdrawing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WithdrawalResult {
    /// The new texts of the files that change, the register among them.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// The files that lost something. Empty if everything had been deleted by hand.
    pub taken_from: BTreeSet<Utf8PathBuf>,
    /// The categories that are withdrawn with the last criteria that they held on any level.
    pub(crate) categories: Vec<Key>,
    /// Problems of the site that it did not have before.
    pub(crate) problems: Vec<Diagnostic>,
}

/// Why ids are not withdrawn.
pub(crate) struct WithdrawalRefused {
    /// The ids that stand against it. There is at least one.
    pub(crate) keys: Vec<Key>,
    pub(crate) refusal: Refusal,
}

fn refused(key: &Key) -> impl FnOnce(Refusal) -> WithdrawalRefused {
    let keys = vec![key.clone()];
    |refusal| WithdrawalRefused { keys, refusal }
}

/// Withdraws ids, all of them or none. Those that others of them refer to need no order.
///
/// # Errors
/// If an id or its successors cannot be what was asked for, if nobody knows its last words, or if the site would have
/// errors that it has not now.
pub fn withdraw(before: &Reading, requests: &[WithdrawOptions]) -> Result<WithdrawalResult, Refusal> {
    let mut proposal = Proposal::of(before);
    let taken = propose(&mut proposal, requests).map_err(|refused| refused.refusal)?;
    let keys: BTreeSet<Key> = requests.iter().map(|request| request.key.clone()).collect();
    let checked = checked(proposal, &keys).map_err(|refused| refused.refusal)?;
    let TakenCriteria { from, categories } = taken;
    Ok(WithdrawalResult { edits: checked.edits, taken_from: from, categories, problems: checked.problems })
}

/// Proposes to withdraw ids.
///
/// # Errors
/// With the first id that cannot be withdrawn.
pub(crate) fn propose(
    proposal: &mut Proposal<'_>,
    requests: &[WithdrawOptions],
) -> Result<TakenCriteria, WithdrawalRefused> {
    let before = proposal.before;
    let register = readable_register(proposal).map_err(|refusal| WithdrawalRefused { keys: Vec::new(), refusal })?;
    let source = &before.config().locale(LocaleIndex::SOURCE).tag;
    let mut withdrawals = BTreeMap::new();
    let recorded = LazyCell::new(|| recorded_words(before));
    for request in requests {
        let refused = || refused(&request.key);
        subject::standing_entry(&register, &request.key).map_err(refused())?;
        if !request.reason.contains_key(source) {
            let refusal = Refusal::new(format!("there is no reason in the source locale, {source}"));
            return Err(refused()(refusal.help("add `--reason \"…\"`: it is shown on the permanent page")));
        }
        subject::check_successors(&register, request).map_err(refused())?;
        let mut withdrawal = Withdrawal {
            date: Some(request.date),
            reason: request.reason.clone(),
            succession: succession(request),
            ..Withdrawal::default()
        };
        match &request.key {
            Key::Criterion(id) => known_words(before, id, &recorded, &mut withdrawal),
            key => subject::check_gone(before.site(), key).map_err(refused())?,
        }
        withdrawals.insert(request.key.clone(), withdrawal);
    }
    let keys: BTreeSet<Key> = withdrawals.keys().cloned().collect();
    readable(proposal, &keys)?;
    let mut said = BTreeSet::new();
    let mut taken = take_out(proposal, &keys, |locale, found| {
        let Some(id) = CriterionId::parse(found.id) else { return };
        let Some(withdrawal) = withdrawals.get_mut(&Key::Criterion(id.clone())) else { return };
        let tag = &before.config().locale(locale).tag;
        // A translation that has changed since the last edition tells what its source has said since.
        let is_first = said.insert(id.clone()) && locale != LocaleIndex::SOURCE;
        if is_first && withdrawal.statement.get(tag) != Some(&found.words().statement) {
            let made_from = recorded.get(&(id.to_string(), locale));
            made_from.into_iter().for_each(|text| newer_words(before, &id, text, withdrawal));
        }
        last_words_of(found, locale, tag, withdrawal);
    })?;
    let is_wordless =
        |(key, withdrawal): &(&Key, &Withdrawal)| matches!(key, Key::Criterion(_)) && withdrawal.statement.is_empty();
    if let Some((key, _)) = withdrawals.iter().find(is_wordless) {
        return Err(refused(key)(unknown_words(key)));
    }
    taken.categories.retain(|key| register.entry(key).is_some_and(|entry| entry.state == IdState::Active));
    if let Some(first) = requests.first() {
        let withdrawal = Withdrawal { date: Some(first.date), reason: first.reason.clone(), ..Withdrawal::default() };
        withdrawals.extend(taken.categories.iter().map(|key| (key.clone(), withdrawal.clone())));
    }
    let gone = withdrawals.keys().cloned().collect();
    let history = &before.site().history;
    let changelogs = changelogs(history.editions.iter().zip(&history.changes));
    let entries = withdrawals.into_iter().filter_map(|(key, withdrawal)| {
        let entry = register.entry(&key)?.clone();
        // An old register comes back without what was withdrawn before an edition.
        let edition = changelogs.get(&key).and_then(|changelog| changelog.ended.clone());
        Some((
            key,
            RegisterEntry {
                state: IdState::Withdrawn,
                withdrawal: Some(Withdrawal { edition, ..withdrawal }),
                ..entry
            },
        ))
    });
    let updated = register.updated(&entries.collect());
    proposal.put(
        REGISTER,
        updated.ok_or_else(|| WithdrawalRefused { keys: keys.into_iter().collect(), refusal: unwritable() })?,
    );
    forget_translations(proposal, &gone);
    Ok(taken)
}

/// Returns the register, if all of it can be read.
fn readable_register(proposal: &Proposal<'_>) -> Result<Register, Refusal> {
    let (register, problems) = proposal.register();
    match problems.is_empty() {
        true => Ok(register),
        false => Err(Refusal::new("the register cannot be read").problems(problems)),
    }
}

/// # Errors
/// If anything keeps an id from being read in some language: it would stay there, and its last words would be unknown.
fn readable(proposal: &Proposal<'_>, keys: &BTreeSet<Key>) -> Result<(), WithdrawalRefused> {
    let config = proposal.before.config();
    for ladder in &config.ladders {
        let here: Vec<&Key> = keys.iter().filter(|key| key.is_of(ladder)).collect();
        for locale in config.locale_indices().filter(|_| !here.is_empty()) {
            let Some(file) = proposal.ladder(ladder, locale) else { continue };
            for &key in &here {
                let hidden = file.hidden_by(&key.id());
                if !hidden.is_empty() {
                    let refusal = Refusal::new(format!("not everything that the files say about {key} can be read"))
                        .help("fix what is reported, then run the command again");
                    return Err(refused(key)(refusal.problems(hidden)));
                }
            }
        }
    }
    Ok(())
}

fn succession(request: &WithdrawOptions) -> Option<Succession> {
    let (verb, ids) = request.succession.clone()?;
    let successors = ids.into_iter().map(|id| (id, Place::file(REGISTER))).collect();
    Some(Succession { verb, successors })
}

/// Drops the records of translations of withdrawn items. A file that cannot be written stays as it is, and the site
/// then warns about it.
fn forget_translations(proposal: &mut Proposal<'_>, gone: &BTreeSet<Key>) {
    let (before, config) = (proposal.before, proposal.before.config());
    let names = |unit: &str| keys_of_unit(config, unit).iter().any(|key| gone.contains(key));
    for locale in config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE) {
        // A unit that stays may be recorded under the id that it had before.
        let held = before.understood.translations.held(locale);
        let is_gone = |record: &str| names(record) && held.get(record).is_none_or(|unit| names(unit.as_str()));
        proposal.put_all(translation::without(&before.sources, config, locale, is_gone));
    }
}

fn unwritable() -> Refusal {
    Refusal::new("the register cannot be changed")
        .help("write its entry as a block, with a line such as `[criterion.TL-001]`, then `state = \"active\"`")
}

fn unknown_words(id: &Key) -> Refusal {
    Refusal::new(format!("no file of the site says what {id} was, so its last wording is not known")).help(format!(
        "put it back where it was and run this command again, which removes it and records its wording; or run `rungs \
         id --forget {id}`, since no edition has it"
    ))
}

/// The source text that each translation was made from.
type Recorded = BTreeMap<(String, LocaleIndex), String>;

fn recorded_words(before: &Reading) -> Recorded {
    let mut recorded = BTreeMap::new();
    for locale in before.config().locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE) {
        let units = translation::recorded(&before.sources, before.config(), locale);
        recorded.extend(units.into_iter().map(|(unit, text)| ((unit, locale), text)));
    }
    recorded
}

/// Takes over what editions say of a criterion, or else the upstream, or else what its translations were made from.
fn known_words(before: &Reading, id: &CriterionId, recorded: &Recorded, withdrawal: &mut Withdrawal) {
    last_words(id, before.site().history.editions.iter().map(|edition| &edition.frozen), withdrawal);
    if withdrawal.statement.is_empty() {
        let upstreams = before.understood.adaptation.iter().flat_map(|adaptation| &adaptation.upstreams);
        last_words(id, upstreams.map(|upstream| &upstream.site), withdrawal);
    }
    let tag = &before.config().locale(LocaleIndex::SOURCE).tag;
    if withdrawal.statement.contains_key(tag) {
        return;
    }
    let first = before.config().locale_indices().find_map(|locale| recorded.get(&(id.to_string(), locale)));
    if let Some(text) = first {
        take_over(text, tag, withdrawal);
    }
}

/// Takes over what a translation was made from, unless an edition says that: then it may be older than the last one.
fn newer_words(before: &Reading, id: &CriterionId, made_from: &str, withdrawal: &mut Withdrawal) {
    let tag = &before.config().locale(LocaleIndex::SOURCE).tag;
    let released = before.site().history.editions.iter().flat_map(|edition| edition.frozen.criteria());
    let mut released = released.filter(|(_, released)| released.id == *id);
    if !released.any(|(_, released)| translation::released_text(released, tag).as_deref() == Some(made_from)) {
        withdrawal.statement.clear();
        withdrawal.detail.clear();
        take_over(made_from, tag, withdrawal);
    }
}

/// Takes over what a translation was made from.
fn take_over(text: &str, tag: &str, withdrawal: &mut Withdrawal) {
    let (statement, detail) = text.split_once("\n\n").unwrap_or((text, ""));
    withdrawal.statement.insert(tag.to_owned(), statement.to_owned());
    if !detail.trim().is_empty() {
        withdrawal.detail.insert(tag.to_owned(), format!("{detail}\n"));
    }
}

/// Takes over the text of a criterion from the latest site that holds it.
pub(crate) fn last_words<'a>(
    id: &CriterionId,
    sites: impl DoubleEndedIterator<Item = &'a Frozen>,
    withdrawal: &mut Withdrawal,
) {
    let find = |frozen: &Frozen| {
        frozen.criteria().find(|(_, criterion)| criterion.id == *id).map(|(_, criterion)| criterion.clone())
    };
    let Some(found) = sites.rev().find_map(find) else { return };
    withdrawal.level = Some(found.level);
    withdrawal.category = Some(found.category).filter(|category| !category.is_empty());
    withdrawal.statement = found.statement.iter().map(|(tag, text)| (tag.clone(), text.markdown())).collect();
    withdrawal.detail = found.detail.iter().map(|(tag, blocks)| (tag.clone(), parse::markdown(blocks))).collect();
}

/// The result of removing criteria from the content.
#[derive(Default)]
pub(crate) struct TakenCriteria {
    /// The files that held any of them.
    pub(crate) from: BTreeSet<Utf8PathBuf>,
    /// The categories that become empty.
    pub(crate) categories: Vec<Key>,
}

/// Takes criteria out of the files of all locales. `said` is called with their texts in the files, the source first.
fn take_out(
    proposal: &mut Proposal<'_>,
    keys: &BTreeSet<Key>,
    mut said: impl FnMut(LocaleIndex, &CutCriterion<'_>),
) -> Result<TakenCriteria, WithdrawalRefused> {
    let config = proposal.before.config();
    let mut taken = TakenCriteria::default();
    for ladder in &config.ladders {
        let is_here = |key: &&Key| matches!(key, Key::Criterion(id) if ladder.has_prefix(id.prefix()));
        let here: BTreeSet<String> = keys.iter().filter(is_here).map(Key::id).collect();
        let is_level = |key: &&Key| matches!(key, Key::Level { .. }) && key.is_of(ladder);
        let levels: BTreeSet<String> = keys.iter().filter(is_level).map(Key::id).collect();
        for locale in config.locale_indices().filter(|_| !here.is_empty()) {
            let Some(file) = proposal.ladder(ladder, locale) else { continue };
            let cut = Cut::of(&file, &here, &levels);
            if locale == LocaleIndex::SOURCE {
                if let Some((level, ids)) = cut.emptied() {
                    return Err(emptied(level, &ids));
                }
                taken.categories.extend(cut.categories().into_iter().map(|id| Key::category(&ladder.key, id)));
            }
            let found: Vec<_> =
                cut.found().inspect(|found| said(locale, found)).map(|criterion| criterion.id.to_owned()).collect();
            if found.is_empty() {
                continue;
            }
            let keys = || found.iter().filter_map(|id| CriterionId::parse(id)).map(Key::Criterion).collect::<Vec<_>>();
            let edited = proposal.edit(&file.path, cut.edits());
            edited.map_err(|_| WithdrawalRefused { refusal: inseparable(&keys()), keys: keys() })?;
            taken.from.insert(file.path);
        }
    }
    Ok(taken)
}

fn emptied(level: &str, ids: &[&str]) -> WithdrawalRefused {
    let are = if ids.len() == 1 { "is" } else { "are" };
    let refusal = Refusal::new(format!("{ids} {are} all that level {level} expects", ids = list(ids))).help(
        "write what the level expects instead first, or delete the whole level from all files and then withdraw both",
    );
    let last = ids.iter().rev().find_map(|id| CriterionId::parse(id));
    WithdrawalRefused { keys: last.map(Key::Criterion).into_iter().collect(), refusal }
}

/// Takes over what a file says of a criterion.
fn last_words_of(found: &CutCriterion<'_>, locale: LocaleIndex, tag: &str, withdrawal: &mut Withdrawal) {
    let is_source = locale == LocaleIndex::SOURCE;
    if is_source {
        // What an edition said is older than all that stands now.
        withdrawal.statement.clear();
        withdrawal.detail.clear();
    }
    if is_source || withdrawal.level.is_none() {
        withdrawal.level = found.level.map(str::to_owned).or_else(|| is_source.then(String::new));
        withdrawal.category = Some(found.category.to_owned()).filter(|category| !category.is_empty());
    }
    let CriterionWords { statement, detail } = found.words();
    // A criterion that was yet to be translated says nothing.
    if statement.is_empty() && detail.trim().is_empty() && !is_source {
        return;
    }
    withdrawal.statement.insert(tag.to_owned(), statement);
    withdrawal.detail.remove(tag);
    withdrawal.detail.extend(Some((tag.to_owned(), detail)).filter(|(_, detail)| !detail.trim().is_empty()));
}

/// Codes that are reported afterwards: about the successor of an id, its remains in translations, and what vanished
/// with it.
const TOLD_NEXT: [Code; 3] = [Code::UnregisteredId, Code::OnlyInTranslation, Code::VanishedId];

/// Reads the site without some ids.
///
/// # Errors
/// If it would have errors that it has not now, or says anything else of what stays.
fn checked(proposal: Proposal<'_>, keys: &BTreeSet<Key>) -> Result<Checked, WithdrawalRefused> {
    let before = proposal.before;
    let checked = proposal.checked(&TOLD_NEXT).map_err(|errors| standing_against(before, errors, keys))?;
    if !is_all_that_changed(before.site(), checked.after.site(), keys) {
        let keys: Vec<_> = keys.iter().cloned().collect();
        return Err(WithdrawalRefused { refusal: inseparable(&keys), keys });
    }
    Ok(checked)
}

/// Refuses to withdraw the ids that are named where errors would be, or else all of them.
pub(crate) fn standing_against(before: &Reading, errors: Vec<Diagnostic>, keys: &BTreeSet<Key>) -> WithdrawalRefused {
    let written = |problem: &Diagnostic| {
        Some(before.sources.text(&problem.label.place.path)?.get(problem.label.place.span())?.to_owned())
    };
    let named: Vec<_> =
        errors.iter().flat_map(|problem| [Some(problem.message.clone()), written(problem)]).flatten().collect();
    let is_named = |key: &&Key| named.iter().any(|text| text.contains(&key.id()));
    let named: Vec<_> = keys.iter().filter(is_named).cloned().collect();
    let keys = if named.is_empty() { keys.iter().cloned().collect() } else { named };
    let names = list(&keys);
    let refusal = match errors.iter().all(|problem| problem.code == Code::UnknownReference) {
        true => Refusal::new(format!("other texts refer to {names}"))
            .help("change these places, then run the command again"),
        false => Refusal::new(format!("without {names} the site would have new errors")),
    };
    WithdrawalRefused { keys, refusal: refusal.problems(errors) }
}

pub(crate) fn inseparable(keys: &[Key]) -> Refusal {
    let them = if keys.len() == 1 { "it" } else { "them" };
    Refusal::new(format!("removing {names} would change how the text around {them} is read", names = list(keys))).help(
        match keys {
            [_] => "put a blank line before and after its list item, then try again",
            _ => "put a blank line before and after their list items, then try again",
        },
    )
}

/// Returns whether two sites say the same but for some ids.
pub(crate) fn is_all_that_changed(before: &Site, after: &Site, keys: &BTreeSet<Key>) -> bool {
    let frozen = |site: &Site| {
        let mut frozen = Frozen::clone(site.kept());
        for ladder in &mut frozen.ladders {
            ladder.criteria.retain(|criterion| !keys.contains(&Key::Criterion(criterion.id.clone())));
            let criteria = &ladder.criteria;
            // A category may be gone with its last criterion, or stand elsewhere in the order of those that are left.
            for level in &mut ladder.levels {
                level
                    .categories
                    .retain(|category| criteria.iter().any(|c| c.level == level.id && c.category == category.id));
            }
            ladder.categories.retain(|category| criteria.iter().any(|c| c.category == category.id));
            ladder.categories.sort_by(|a, b| a.id.cmp(&b.id));
        }
        frozen
    };
    frozen(before) == frozen(after)
}
