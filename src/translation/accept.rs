//! Recording that translations are right as they stand.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use camino::Utf8PathBuf;

use super::record::{Record, RecordEntry, Records, TranslationStage};
use super::render::{self, Planned, written};
use super::{Translation, TranslationState, Translations, Unit, UnitKey};
use crate::config::Config;
use crate::diagnostic::{Problems, Refusal};
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::source::Sources;
use crate::text::nearest_few;

/// The units that are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Every unit that has a translation.
    All,
    /// Units by their keys. With none, only the records of units that no longer exist are dropped.
    Named(Vec<String>),
}

/// Options of `rungs translation accept`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptOptions {
    pub locale: LocaleIndex,
    pub units: Wanted,
    /// The stage to record. None keeps the recorded one, or else records `reviewed`.
    pub stage: Option<TranslationStage>,
    pub translator: Option<String>,
    pub reviewer: Option<String>,
}

impl AcceptOptions {
    /// Nothing but to drop the records of units that no longer exist.
    pub fn nothing(locale: LocaleIndex) -> Self {
        Self { locale, units: Wanted::Named(Vec::new()), stage: None, translator: None, reviewer: None }
    }
}

/// The result of accepting translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The new text of the file, if it changes.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// The units whose records change.
    pub(crate) changed: Vec<UnitKey>,
    /// The number of accepted units that nobody has reviewed.
    pub(crate) unreviewed: usize,
    /// The keys of records that are dropped, since their units no longer exist.
    pub(crate) dropped: Vec<String>,
    /// The keys of records that are kept, since what was translated of their units is still there.
    pub(crate) remaining: Vec<String>,
    /// The number of units without a translation.
    pub(crate) missing: usize,
}

/// Records the source of today for units whose translation is right as it stands.
///
/// # Errors
/// If a key is that of no unit or of one without a translation, or if the file cannot be written to.
pub fn accept(
    site: &Site,
    translations: &Translations,
    sources: &Sources,
    request: &AcceptOptions,
) -> Result<Accepted, Refusal> {
    accept_with(site, translations, sources, request, None)
}

/// Records the same where some units, by their keys, are coming: their translations are not read yet. Which blocks of a
/// passage they are is known by their records. So those of blocks that the source no longer has stay, as long as nobody
/// has removed what is left of their translations.
///
/// # Errors
/// As of [`accept`].
pub(crate) fn accept_with(
    site: &Site,
    translations: &Translations,
    sources: &Sources,
    request: &AcceptOptions,
    coming: Option<&HashSet<&str>>,
) -> Result<Accepted, Refusal> {
    let tag = site.config.locale(request.locale).tag.as_str();
    let is_missing = |unit: &Unit| {
        let translation = unit.translation(request.locale);
        let is_there = translation.is_some_and(|translation| translation.state != TranslationState::Missing);
        !is_there && !coming.is_some_and(|coming| coming.contains(unit.key.as_str()))
    };
    let wanted = wanted(translations, request, tag, is_missing)?;
    let is_wanted = |unit: &Unit| wanted.as_ref().is_none_or(|keys| keys.contains(&unit.key));
    let records = Records::read(sources, &site.config, request.locale, None, &Problems::default());
    let mut plan = Vec::new();
    let mut changed = Vec::new();
    let (mut missing, mut unreviewed) = (0, 0);
    for unit in translations.units() {
        let Some(translation) = unit.translation(request.locale) else { continue };
        if is_missing(unit) {
            missing += 1;
            continue;
        }
        let old = recorded(translation);
        let new = if is_wanted(unit) { Some(accepted(unit, old.as_ref(), request)) } else { old.clone() };
        let is_unreviewed = |record: &Record| is_wanted(unit) && record.stage != TranslationStage::Reviewed;
        unreviewed += usize::from(new.as_ref().is_some_and(is_unreviewed));
        if let Some(record) = new {
            if old.as_ref() != Some(&record) {
                changed.push(unit.key.clone());
            }
            plan.push(Planned { key: unit.key.to_string(), written_key: translation.written_key.clone(), record });
        }
    }
    let vanished = translations.vanished(request.locale);
    let (kept, dropped): (Vec<_>, Vec<_>) =
        vanished.partition(|(_, record)| coming.is_some() || record.has_translation);
    let kept: BTreeSet<_> = kept.into_iter().map(|(key, _)| key).collect();
    let dropped = dropped.into_iter().map(|(key, _)| key.to_owned()).collect();
    let remaining = kept.iter().map(|&key| key.to_owned()).collect();
    plan = with_gone(plan, records.entries, &kept);
    let old = sources.text(&records.path);
    let new = written(old.unwrap_or_default(), &records.path, &plan).ok_or_else(|| {
        Refusal::new(format!("{path} cannot be changed", path = records.path))
            .help("write each record as a block, with a line such as `[TL-001]`, then `source = \"…\"`")
    })?;
    let is_new = old.map_or(!plan.is_empty(), |old| old != new);
    let edits = if is_new { [(records.path, new)].into() } else { BTreeMap::new() };
    Ok(Accepted { edits, changed, unreviewed, dropped, remaining, missing })
}

/// Adds the records of what is gone, each behind the one that it stood behind. The key of a block may be that of another
/// one by now.
fn with_gone(plan: Vec<Planned>, entries: Vec<RecordEntry>, gone: &BTreeSet<&str>) -> Vec<Planned> {
    let mut taken: HashSet<String> = plan.iter().map(|planned| planned.key.clone()).collect();
    let written = plan.iter().enumerate().filter_map(|(at, planned)| Some((planned.written_key.clone()?, at)));
    let written: HashMap<String, usize> = written.collect();
    let mut behind: BTreeMap<usize, Vec<Planned>> = BTreeMap::new();
    // Counted from one, so that zero is the beginning.
    let mut previous = 0;
    for RecordEntry { key, record, .. } in entries {
        if let Some(at) = written.get(&key) {
            previous = at + 1;
        } else if gone.contains(key.as_str()) {
            let before = behind.entry(previous).or_default();
            let above = before.last().or_else(|| plan.get(previous.checked_sub(1)?)).map(|above| above.key.as_str());
            let new = if taken.contains(&key) { key_behind(above, &key) } else { key.clone() };
            taken.insert(new.clone());
            before.push(Planned { key: new, written_key: Some(key), record });
        }
    }
    let mut all = behind.remove(&0).unwrap_or_default();
    for (at, planned) in plan.into_iter().enumerate() {
        all.push(planned);
        all.extend(behind.remove(&(at + 1)).unwrap_or_default());
    }
    all
}

/// Returns a key for a block that is gone, between the one above it and the next.
fn key_behind(above: Option<&str>, gone: &str) -> String {
    let (stem, _) = in_parts(gone);
    let above = above.map(in_parts).filter(|(of, _)| *of == stem);
    let mut numbers = above.map(|(_, numbers)| numbers).unwrap_or_default();
    // Blocks below headings have two numbers, others one.
    let is_headed = !stem.starts_with("level:") && !stem.ends_with("/preface");
    let depth = if is_headed { 3 } else { 2 };
    match numbers.get_mut(depth - 1) {
        Some(last) => *last += 1,
        None => {
            numbers.resize(depth - 1, 0);
            numbers.push(1);
        }
    }
    numbers.iter().fold(stem.to_owned(), |key, number| format!("{key}/{number}"))
}

/// Splits the numbers at the end of a key off.
fn in_parts(key: &str) -> (&str, Vec<u32>) {
    let (mut stem, mut numbers) = (key, Vec::new());
    while let Some((rest, number)) = stem.rsplit_once('/').and_then(|(rest, last)| Some((rest, last.parse().ok()?))) {
        stem = rest;
        numbers.insert(0, number);
    }
    (stem, numbers)
}

/// Drops the records of a locale that are gone, by their keys. Gives the new text of its file, if that holds any of
/// them and can be
/// written to.
pub(crate) fn without(
    sources: &Sources,
    config: &Config,
    locale: LocaleIndex,
    is_gone: impl Fn(&str) -> bool,
) -> Option<(Utf8PathBuf, String)> {
    let records = Records::read(sources, config, locale, None, &Problems::default());
    let keys = records.entries.into_iter().map(|entry| entry.key);
    let gone: Vec<_> = keys.filter(|key| is_gone(key)).collect();
    if gone.is_empty() {
        return None;
    }
    let text = render::without(sources.text(&records.path)?, &records.path, &gone)?;
    Some((records.path, text))
}

/// Returns the keys that are named. None for all.
fn wanted<'a>(
    translations: &'a Translations,
    request: &AcceptOptions,
    tag: &str,
    is_missing: impl Fn(&Unit) -> bool,
) -> Result<Option<HashSet<&'a UnitKey>>, Refusal> {
    let Wanted::Named(named) = &request.units else { return Ok(None) };
    let by_key: HashMap<_, _> = translations.units().iter().map(|unit| (unit.key.as_str(), unit)).collect();
    let mut keys = HashSet::new();
    for name in named {
        let Some(unit) = by_key.get(name.as_str()).copied().or_else(|| translations.find(name)) else {
            let known = translations.units().iter().map(|unit| unit.key.as_str());
            let near: Vec<_> = nearest_few(name, known).iter().map(|key| format!("`{key}`")).collect();
            let help = match near.as_slice() {
                [] => format!("`rungs translation status --locale {tag}` lists the units"),
                near => format!("did you mean {near}?", near = crate::text::either(near)),
            };
            return Err(Refusal::new(format!("there is no unit `{name}`")).help(help));
        };
        if is_missing(unit) {
            return Err(Refusal::new(format!("{key} has no translation in {tag} to accept", key = unit.key))
                .help("translate it first"));
        }
        keys.insert(&unit.key);
    }
    Ok(Some(keys))
}

/// Returns the present record of a translation.
fn recorded(translation: &Translation) -> Option<Record> {
    Some(Record {
        source: translation.recorded.clone()?,
        stage: translation.stage?,
        translator: translation.translator.clone(),
        reviewer: translation.reviewer.clone(),
    })
}

fn accepted(unit: &Unit, old: Option<&Record>, request: &AcceptOptions) -> Record {
    let person = |given: &Option<String>, old: Option<&String>| given.as_ref().or(old).cloned();
    Record {
        source: unit.source.clone(),
        stage: request.stage.or(old.map(|old| old.stage)).unwrap_or(TranslationStage::Reviewed),
        translator: person(&request.translator, old.and_then(|old| old.translator.as_ref())),
        reviewer: person(&request.reviewer, old.and_then(|old| old.reviewer.as_ref())),
    }
}
