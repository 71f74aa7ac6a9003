//! Finds the item that a person names on the command line, and judges whether it can be withdrawn.

use std::collections::BTreeMap;

use super::WithdrawOptions;
use crate::config::Config;
use crate::diagnostic::Refusal;
use crate::id::CriterionId;
use crate::locale::{Locale, LocaleIndex};
use crate::model::Site;
use crate::register::{IdState, Key, Register, RegisterEntry};
use crate::text::{either, list, nearest_few};

/// Returns the id that is meant: `TL-042`, `L5` or `craft`, or where one of these names two things `level:L5` or
/// `category:craft`, and the ladder it belongs to.
///
/// # Errors
/// If the register has no such id, or several.
pub fn find_key(register: &Register, id: &str, ladder: Option<&str>) -> Result<Key, Refusal> {
    let (kind, name) = id.split_once(':').map_or((None, id), |(kind, name)| (Some(kind), name));
    let is_of_kind = |key: &Key| match key {
        // Its prefix says of which ladder it is.
        Key::Criterion(_) => kind.is_none(),
        Key::Level { ladder: owner, .. } => {
            kind.is_none_or(|kind| kind == "level") && ladder.is_none_or(|it| it == owner)
        }
        Key::Category { ladder: owner, .. } => {
            kind.is_none_or(|kind| kind == "category") && ladder.is_none_or(|it| it == owner)
        }
    };
    let keys = || register.entries().map(|(key, _)| key).filter(|key| is_of_kind(key));
    let criterion = CriterionId::parse(name);
    let is_named = |key: &&Key| match key {
        Key::Criterion(id) => criterion.as_ref() == Some(id),
        Key::Level { id, .. } | Key::Category { id, .. } => id == name,
    };
    let found: Vec<_> = keys().filter(is_named).collect();
    match found.as_slice() {
        [key] => Ok((*key).clone()),
        [] => {
            let known: Vec<_> = keys().map(Key::id).collect();
            let refusal = Refusal::new(match ladder {
                None => format!("there is no id `{id}`"),
                Some(ladder) => format!("there is no id `{id}` in the ladder `{ladder}`"),
            });
            Err(refusal.help(meant(name, &known).unwrap_or_else(|| "the register lists every id".to_owned())))
        }
        several => {
            let choices: Vec<_> = several.iter().map(|key| choice(key)).collect();
            Err(Refusal::new(format!("`{id}` names {number} things", number = several.len()))
                .help(format!("write {choices}", choices = either(&choices))))
        }
    }
}

/// Returns the ids that may have been meant, as help.
fn meant(id: &str, known: &[String]) -> Option<String> {
    let near = nearest_few(id, known.iter().map(String::as_str));
    let near: Vec<_> = near.iter().map(|id| format!("`{id}`")).collect();
    (!near.is_empty()).then(|| format!("did you mean {near}?", near = either(&near)))
}

/// Returns the argument that names this item alone.
fn choice(key: &Key) -> String {
    match key {
        Key::Criterion(id) => format!("`{id}`"),
        Key::Level { ladder, id } => format!("`level:{id} --ladder {ladder}`"),
        Key::Category { ladder, id } => format!("`category:{id} --ladder {ladder}`"),
    }
}

/// Reasons as they are written: `TEXT` for the source locale, `LOCALE=TEXT` for any.
///
/// # Errors
/// If there are two for a locale, or one is empty or of a locale that the site does not have.
pub fn read_reasons(config: &Config, written: &[String]) -> Result<BTreeMap<String, String>, Refusal> {
    let source = &config.locale(LocaleIndex::SOURCE).tag;
    let mut reasons = BTreeMap::new();
    for text in written {
        let (tag, reason) = match text.split_once('=').map(|(tag, reason)| (Locale::parse(tag), reason)) {
            Some((Some(locale), reason)) => (locale.tag, reason),
            _ => (source.clone(), text.as_str()),
        };
        if !config.locales.iter().any(|locale| locale.tag == tag) {
            let tags: Vec<_> = config.locales.iter().map(|locale| locale.tag.as_str()).collect();
            let refusal = Refusal::new(format!("the site has no locale `{tag}`"));
            return Err(refusal.help(format!("its locales: {tags}", tags = list(&tags))));
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::new(format!("the reason in {tag} is empty")).help("say it in one sentence"));
        }
        if reasons.insert(tag.clone(), reason.to_owned()).is_some() {
            let help = format!("write one `--reason` for each locale, such as `--reason {tag}=\"…\"`");
            return Err(Refusal::new(format!("there are two reasons in {tag}")).help(help));
        }
    }
    Ok(reasons)
}

/// Returns the entry of an id that is not withdrawn yet.
pub(super) fn standing_entry<'a>(register: &'a Register, key: &Key) -> Result<&'a RegisterEntry, Refusal> {
    let Some(entry) = register.entry(key) else {
        return Err(Refusal::new(format!("{key} is not in the register")).help("run `rungs id --write` first"));
    };
    if entry.state == IdState::Active {
        return Ok(entry);
    }
    let message = match entry.withdrawal.as_ref().and_then(|withdrawal| withdrawal.date) {
        None => format!("{key} has already been withdrawn"),
        Some(date) => format!("{key} was already withdrawn on {date}"),
    };
    Err(Refusal::new(message).help("you can edit its entry in the register"))
}

/// Returns whether the successors exist and lead to an end.
pub(super) fn check_successors(register: &Register, request: &WithdrawOptions) -> Result<(), Refusal> {
    let Some((verb, successors)) = &request.succession else { return Ok(()) };
    let Key::Criterion(id) = &request.key else {
        return Err(Refusal::new(format!(
            "`--{verb}` is only for criteria, but this is the {key}",
            verb = verb.name(),
            key = request.key
        )));
    };
    for (at, successor) in successors.iter().enumerate() {
        if successor == id {
            return Err(Refusal::new(format!("{id} cannot be its own successor")));
        }
        if successors[..at].contains(successor) {
            return Err(Refusal::new(format!("{successor} is listed twice")));
        }
        if register.entry(&Key::Criterion(successor.clone())).is_none() {
            let known: Vec<_> = register.entries().map(|(key, _)| key.id()).collect();
            let refusal = Refusal::new(format!("there is no criterion {successor} to follow {id}"));
            let help = meant(&successor.to_string(), &known);
            return Err(refusal
                .help(help.unwrap_or_else(|| "add it to the ladder and run `rungs id --write` first".to_owned())));
        }
        if let Some(way) = register.descent(successor, id) {
            let way: Vec<_> = way.iter().map(ToString::to_string).collect();
            let message = format!("the successors would form a circle: {id} → {}", way.join(" → "));
            return Err(Refusal::new(message).help("name what replaces it now, or nothing"));
        }
    }
    Ok(())
}

/// Returns whether nothing of a level or category stands in the content any more.
pub(super) fn check_gone(site: &Site, key: &Key) -> Result<(), Refusal> {
    let place = site.ladders.iter().find_map(|ladder_data| match key {
        Key::Level { ladder, id } if ladder_data.config.key == *ladder => {
            ladder_data.levels.iter().find(|level| level.id == *id).map(|level| level.places.source())
        }
        Key::Category { ladder, id } if ladder_data.config.key == *ladder => {
            ladder_data.categories.iter().find(|category| category.id == *id).map(|category| category.places.source())
        }
        _ => None,
    });
    match place {
        Some(place) => Err(Refusal::new(format!("the {key} is still in {path}", path = place.path))
            .help("withdraw or move its contents and delete its heading from all files first")),
        None => Ok(()),
    }
}
