//! Withdrawing an id: out of the content, into the register.
//!
//! [`withdraw`] takes a criterion out of the files of all locales and keeps its last words in the register, so that its
//! permanent page can show them. It changes files only if the site is then as good as before; like every stage it gives
//! new texts back and writes nothing.

mod cut;
mod forget;
mod subject;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use jiff::civil::Date;

pub use forget::forget;
pub use subject::{find_key, read_reasons};

use crate::adaptation;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Refusal, Severity, new_problems};
use crate::edition::{self, Block, Frozen};
use crate::id::{CriterionId, EditionName};
use crate::locale::LocaleIndex;
use crate::model::{Site, freeze};
use crate::register::things::File;
use crate::register::{Entry, Key, REGISTER, Register, State, Succession, Verb, Withdrawal, ladder_file};
use crate::source::Sources;
use crate::text::Edits;
use crate::translation::{self, Translations};
use crate::understood::understand;
use crate::witness::keys_of_unit;
use cut::Words;

/// What is to be withdrawn, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub key: Key,
    pub date: Date,
    /// One sentence in each locale, by its tag. That of the source locale is required.
    pub reason: BTreeMap<String, String>,
    /// What came in the place of a criterion.
    pub succession: Option<(Verb, Vec<CriterionId>)>,
}

/// What withdrawing comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The new texts of the files that change, the register among them.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// The files that lost the criterion. None for what had been deleted by hand.
    pub taken_from: Vec<Utf8PathBuf>,
    /// The category that is withdrawn with the last criterion that it held on any level.
    pub(crate) category: Option<Key>,
    /// What is then wrong with the site that was not before.
    pub(crate) problems: Vec<Diagnostic>,
}

/// Withdraws an id.
///
/// # Errors
/// If the id or its successors cannot be what was asked for, if nobody knows its last words, or if the site would have
/// errors that it has not now.
pub fn withdraw(config: &Config, sources: &Sources, request: &Request) -> Result<Withdrawn, Refusal> {
    let problems = Problems::default();
    let register = Register::read(sources, &problems);
    if !problems.is_empty() {
        return Err(Refusal::new("the register cannot be read").problems(problems.into_sorted()));
    }
    let entry = subject::standing_entry(&register, &request.key)?;
    if !request.reason.contains_key(&config.locale(LocaleIndex::SOURCE).tag) {
        let tag = &config.locale(LocaleIndex::SOURCE).tag;
        return Err(Refusal::new(format!("there is no reason in the source locale, {tag}"))
            .help("add `--reason \"…\"`: it stands on the permanent page"));
    }
    subject::check_successors(&register, request)?;
    let hidden = hidden(config, sources, &request.key);
    if !hidden.is_empty() {
        let message = format!("not all that the files say of {key} can be read", key = request.key);
        return Err(Refusal::new(message).help("mend what is reported, then run the command again").problems(hidden));
    }
    let (understood, before) = understand(sources, config.clone());
    let site = &understood.site;
    let mut withdrawal = Withdrawal {
        date: Some(request.date),
        reason: request.reason.clone(),
        succession: succession(request),
        ..Withdrawal::default()
    };
    let mut taken = Taken::default();
    match &request.key {
        Key::Criterion(id) => {
            let editions = edition::read(sources, &Problems::default());
            last_words(id, editions.iter().map(|edition| &edition.frozen), &mut withdrawal);
            if withdrawal.statement.is_empty() {
                let upstreams = adaptation::read(sources, &Problems::default());
                last_words(id, upstreams.iter().map(|upstream| &upstream.site), &mut withdrawal);
            }
            recorded_words(config, sources, id, &mut withdrawal);
            taken = take_out(config, sources, id, &mut withdrawal)?;
            if withdrawal.statement.is_empty() {
                return Err(unknown_words(id));
            }
        }
        Key::Level { .. } | Key::Category { .. } => subject::check_gone(site, &request.key)?,
    }
    let Taken { cuts, category } = taken;
    let category = category.filter(|key| register.entry(key).is_some_and(|entry| entry.state == State::Active));
    let withdrawn = |entry: &Entry, of| Entry { state: State::Withdrawn, withdrawal: Some(of), ..entry.clone() };
    let mut entries = BTreeMap::from([(request.key.clone(), withdrawn(entry, withdrawal))]);
    entries.extend(category.iter().filter_map(|key| {
        let of = Withdrawal { date: Some(request.date), reason: request.reason.clone(), ..Withdrawal::default() };
        Some((key.clone(), withdrawn(register.entry(key)?, of)))
    }));
    let updated = register.updated(&entries).ok_or_else(unwritable)?;
    let mut edits: BTreeMap<_, _> = cuts.iter().map(|(path, cuts)| (path.clone(), cuts.written())).collect();
    let taken_from = edits.keys().cloned().collect();
    edits.insert(REGISTER.into(), updated);
    forget_translations(config, sources, &understood.translations, &request.key, &mut edits);
    let problems = checked(config, sources, site, &before, (&edits, &cuts), &request.key)?;
    Ok(Withdrawn { edits, taken_from, category, problems })
}

/// What keeps a thing from being read in some language: it would stay there, and its last words would be unknown.
fn hidden(config: &Config, sources: &Sources, key: &Key) -> Vec<Diagnostic> {
    let ladders = config.ladders.iter().filter(|ladder| key.is_of(ladder));
    let files = ladders.flat_map(|ladder| {
        config.locale_indices().filter_map(|locale| File::find(config, sources, locale, &ladder.key))
    });
    files.flat_map(|file| file.hidden_by(&key.id())).collect()
}

/// What withdrawing several ids comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AllWithdrawn {
    /// The new texts of the files that change, the register among them.
    pub(crate) edits: BTreeMap<Utf8PathBuf, String>,
    /// The files that lost something.
    pub(crate) taken_from: BTreeSet<Utf8PathBuf>,
    /// The categories that are withdrawn with the last criteria that they held.
    pub(crate) categories: Vec<Key>,
    /// What is then wrong with the site that was not before.
    pub(crate) problems: Vec<Diagnostic>,
}

/// Withdraws several ids. One that others of them refer to goes after these, whatever their order.
///
/// # Errors
/// If one of them cannot be withdrawn even after the others. Nothing is withdrawn then.
pub(crate) fn withdraw_all(
    config: &Config,
    sources: &Sources,
    requests: Vec<Request>,
) -> Result<AllWithdrawn, Refusal> {
    let (_, before) = understand(sources, config.clone());
    let mut all = AllWithdrawn::default();
    let mut edited = sources.clone();
    let mut open = requests;
    while !open.is_empty() {
        let mut refused = Vec::new();
        let count = open.len();
        for request in open {
            match withdraw(config, &edited, &request) {
                Ok(withdrawn) => {
                    edited.texts.extend(withdrawn.edits.clone());
                    all.edits.extend(withdrawn.edits);
                    all.taken_from.extend(withdrawn.taken_from);
                    all.categories.extend(withdrawn.category);
                }
                Err(refusal) => refused.push((request, refusal)),
            }
        }
        if refused.len() == count {
            let (request, refusal) = refused.swap_remove(0);
            return Err(as_it_stands(config, sources, &request, refusal));
        }
        open = refused.into_iter().map(|(request, _)| request).collect();
    }
    let (_, after) = understand(&edited, config.clone());
    all.problems = new_problems(&before, after);
    Ok(all)
}

/// The refusal of a request with places in the files as they are: nothing is written. One that came up only after
/// others were withdrawn has no such places.
fn as_it_stands(config: &Config, sources: &Sources, request: &Request, refusal: Refusal) -> Refusal {
    withdraw(config, sources, request).err().unwrap_or_else(|| refusal.problems(Vec::new()))
}

fn succession(request: &Request) -> Option<Succession> {
    let (verb, ids) = request.succession.clone()?;
    let successors = ids.into_iter().map(|id| (id, Place::file(REGISTER))).collect();
    Some(Succession { verb, successors })
}

/// Drops what is recorded of the translations of what is gone. A file that cannot be written to stays as it is, and the
/// site then warns of what it holds.
fn forget_translations(
    config: &Config,
    sources: &Sources,
    before: &Translations,
    key: &Key,
    edits: &mut BTreeMap<Utf8PathBuf, String>,
) {
    let mut edited = sources.clone();
    edited.texts.extend(edits.clone());
    let (after, _) = understand(&edited, config.clone());
    for locale in config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE) {
        let vanished =
            |of: &Translations| -> BTreeSet<String> { of.vanished(locale).map(|(unit, _)| unit.to_owned()).collect() };
        // What is to be dropped for other reasons is for its owner to drop.
        let others = vanished(before);
        let is_gone = |unit: &String| !others.contains(unit) || keys_of_unit(config, unit).contains(key);
        let gone = vanished(&after.translations).into_iter().filter(is_gone).collect();
        edits.extend(translation::without(&edited, config, locale, &gone));
    }
}

fn unwritable() -> Refusal {
    Refusal::new("the register cannot be written to")
        .help("write its entry as a block: a line such as `[criterion.TL-001]`, then `state = \"active\"`")
}

fn unknown_words(id: &CriterionId) -> Refusal {
    Refusal::new(format!("no file of the site says what {id} was, so its last words are not known")).help(format!(
        "put it back where it stood and run this command again, which takes it out and keeps them; or run \
         `rungs id --forget {id}`, since no edition holds it"
    ))
}

/// Takes over what the translations of a criterion were made from, if nothing else says what it was.
fn recorded_words(config: &Config, sources: &Sources, id: &CriterionId, withdrawal: &mut Withdrawal) {
    let tag = &config.locale(LocaleIndex::SOURCE).tag;
    if withdrawal.statement.contains_key(tag) {
        return;
    }
    let translations = config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE);
    let recorded = |locale| translation::recorded(sources, config, locale).remove(&id.to_string());
    let Some(text) = translations.into_iter().find_map(recorded) else { return };
    let (statement, detail) = text.split_once("\n\n").unwrap_or((&text, ""));
    withdrawal.statement.insert(tag.clone(), statement.to_owned());
    if !detail.trim().is_empty() {
        withdrawal.detail.insert(tag.clone(), format!("{detail}\n"));
    }
}

/// Takes over what the latest site that holds a criterion says of it.
pub(crate) fn last_words<'a>(
    id: &CriterionId,
    sites: impl DoubleEndedIterator<Item = &'a Frozen>,
    withdrawal: &mut Withdrawal,
) {
    let find = |frozen: &Frozen| frozen.criteria().find(|(_, of)| of.id == *id).map(|(_, of)| of.clone());
    let Some(found) = sites.rev().find_map(find) else { return };
    withdrawal.level = Some(found.level);
    withdrawal.category = Some(found.category).filter(|category| !category.is_empty());
    withdrawal.statement = found.statement.iter().map(|(tag, text)| (tag.clone(), text.markdown())).collect();
    withdrawal.detail = found.detail.iter().map(|(tag, blocks)| (tag.clone(), Block::markdown(blocks))).collect();
}

/// Edits to the files that hold a criterion.
type Cuts<'a> = BTreeMap<Utf8PathBuf, Edits<'a>>;

/// How a criterion is taken out of the content.
#[derive(Default)]
struct Taken<'a> {
    cuts: Cuts<'a>,
    /// The category of which nothing is left.
    category: Option<Key>,
}

/// What takes a criterion out of the files of all locales. What they say of it is kept.
fn take_out<'a>(
    config: &Config,
    sources: &'a Sources,
    id: &CriterionId,
    withdrawal: &mut Withdrawal,
) -> Result<Taken<'a>, Refusal> {
    let mut taken = Taken::default();
    let Some(ladder) = config.ladders.iter().find(|ladder| ladder.has_prefix(id.prefix())) else { return Ok(taken) };
    for locale in config.locale_indices() {
        let Some((path, text)) = ladder_file(config, sources, locale, &ladder.key) else { continue };
        let file = File::read(path.clone(), text.to_owned());
        let Some(found) = cut::find(&file, &id.to_string()) else { continue };
        let cut = Edits::of(text).with(found.cut()).map_err(|_| inseparable(&Key::Criterion(id.clone())))?;
        taken.cuts.insert(path.clone(), cut);
        if locale == LocaleIndex::SOURCE {
            let level = found.level.unwrap_or_default();
            if found.on_level == 1 {
                return Err(Refusal::new(format!("{id} is all that level {level} asks for")).help(
                    "put what it asks for in its place there first, or delete the whole level from all files and \
                     then withdraw both",
                ));
            }
            taken.category = found.takes_category().then(|| Key::category(&ladder.key, found.category()));
            withdrawal.level = Some(level.to_owned());
            withdrawal.category = Some(found.category().to_owned()).filter(|category| !category.is_empty());
            // What an edition said is older than all that stands now.
            withdrawal.statement.clear();
            withdrawal.detail.clear();
        }
        if withdrawal.level.is_none() {
            withdrawal.level = found.level.map(str::to_owned);
            withdrawal.category = Some(found.category().to_owned()).filter(|category| !category.is_empty());
        }
        let Words { statement, detail } = found.words();
        let tag = &config.locale(locale).tag;
        // A criterion that was yet to be translated says nothing.
        if statement.is_empty() && detail.trim().is_empty() && locale != LocaleIndex::SOURCE {
            continue;
        }
        withdrawal.statement.insert(tag.clone(), statement);
        withdrawal.detail.remove(tag);
        withdrawal.detail.extend(Some((tag.clone(), detail)).filter(|(_, detail)| !detail.trim().is_empty()));
    }
    Ok(taken)
}

/// What takes a criterion out of the files that hold it, whatever they say.
fn cuts_of<'a>(
    config: &Config,
    sources: &'a Sources,
    id: &CriterionId,
) -> Result<impl Iterator<Item = (Utf8PathBuf, Edits<'a>)>, Refusal> {
    Ok(take_out(config, sources, id, &mut Withdrawal::default())?.cuts.into_iter())
}

/// What is wrong with the site after the edits that was not before. Errors among that refuse them.
fn checked(
    config: &Config,
    sources: &Sources,
    site: &Site,
    before: &[Diagnostic],
    (edits, cuts): (&BTreeMap<Utf8PathBuf, String>, &Cuts<'_>),
    key: &Key,
) -> Result<Vec<Diagnostic>, Refusal> {
    let mut edited = sources.clone();
    edited.texts.extend(edits.clone());
    let (without, after) = understand(&edited, config.clone());
    let problems = new_problems(before, after);
    // What took its place, what translations still have of it, and what has vanished with it, is told afterwards.
    let next = [Code::UnregisteredId, Code::OnlyInTranslation, Code::VanishedId];
    let is_told_next = |problem: &Diagnostic| next.contains(&problem.code);
    let is_cause = |problem: &Diagnostic| problem.severity() == Severity::Error && !is_told_next(problem);
    if problems.iter().any(is_cause) {
        let mut errors: Vec<_> = problems.into_iter().filter(is_cause).collect();
        // Nothing is written: whoever reads them sees the files as they are now.
        errors.iter_mut().for_each(|problem| replace_places(problem, cuts));
        let references = errors.iter().all(|problem| problem.code == Code::UnknownReference);
        let refusal = match references {
            true => Refusal::new(format!("other texts refer to {key}"))
                .help("change these places, then run the command again"),
            false => Refusal::new(format!("without {key} the site would have new errors")),
        };
        return Err(refusal.problems(errors));
    }
    if !is_all_that_changed(site, &without.site, key) {
        return Err(inseparable(key));
    }
    Ok(problems)
}

fn inseparable(key: &Key) -> Refusal {
    Refusal::new(format!("taking {key} out would change how the text around it reads"))
        .help("put a blank line before and behind its list item, then try again")
}

fn replace_places(problem: &mut Diagnostic, cuts: &Cuts<'_>) {
    let labels = std::iter::once(&mut problem.label).chain(&mut problem.related);
    for label in labels {
        if let Some(cuts) = cuts.get(&label.place.path) {
            let span = label.place.span();
            let span = cuts.origin(span.start)..cuts.origin(span.end);
            label.place = Place::new(label.place.path.clone(), span);
        }
    }
}

/// Whether two sites say the same but for one id.
fn is_all_that_changed(before: &Site, after: &Site, key: &Key) -> bool {
    let frozen = |site: &Site| {
        let name = EditionName::new(vec![0]);
        let mut frozen = freeze(site, name, Date::ZERO);
        for ladder in &mut frozen.ladders {
            ladder.criteria.retain(|of| Key::Criterion(of.id.clone()) != *key);
            let criteria = &ladder.criteria;
            // A category may be gone with its last criterion, or stand elsewhere in the order of those that are left.
            for level in &mut ladder.levels {
                level.categories.retain(|of| criteria.iter().any(|c| c.level == level.id && c.category == of.id));
            }
            ladder.categories.retain(|of| criteria.iter().any(|c| c.category == of.id));
            ladder.categories.sort_by(|a, b| a.id.cmp(&b.id));
        }
        frozen
    };
    frozen(before) == frozen(after)
}
