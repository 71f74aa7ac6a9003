//! What a person names on the command line, and whether it can be withdrawn.

use std::collections::BTreeMap;

use super::Request;
use crate::config::{Config, Locale, LocaleIndex, nearest_few};
use crate::diagnostic::Refusal;
use crate::language::{either, list};
use crate::model::Site;
use crate::register::{Entry, Key, Register, State};

/// The id that is meant: `TL-042`, `L5` or `craft`, or where one of these names two things `level:L5` or
/// `category:craft`, and the ladder it belongs to.
///
/// # Errors
/// If the register has no such id, or several.
pub fn find_key(register: &Register, id: &str, ladder: Option<&str>) -> Result<Key, Refusal> {
    let (kind, name) = id.split_once(':').map_or((None, id), |(kind, name)| (Some(kind), name));
    let is_of_kind = |key: &Key| match key {
        // Its prefix says of which ladder it is.
        Key::Criterion(_) => kind.is_none(),
        Key::Level { ladder: of, .. } => kind.is_none_or(|kind| kind == "level") && ladder.is_none_or(|it| it == of),
        Key::Category { ladder: of, .. } => {
            kind.is_none_or(|kind| kind == "category") && ladder.is_none_or(|it| it == of)
        }
    };
    let keys = || register.entries().map(|(key, _)| key).filter(|key| is_of_kind(key));
    let found: Vec<_> = keys().filter(|key| key.id() == name).collect();
    match found.as_slice() {
        [key] => Ok((*key).clone()),
        [] => {
            let known: Vec<_> = keys().map(Key::id).collect();
            let refusal = Refusal::new(match ladder {
                None => say!("no id is `%{id}`", id),
                Some(ladder) => say!("no id is `%{id}` in the ladder `%{ladder}`", id, ladder),
            });
            Err(refusal.help(meant(name, &known).unwrap_or_else(|| say!("the register holds every id there is"))))
        }
        several => {
            let choices: Vec<_> = several.iter().map(|key| choice(key)).collect();
            Err(Refusal::new(say!("`%{id}` names %{number} things", id, number = several.len()))
                .help(say!("write %{choices}", choices = either(&choices))))
        }
    }
}

/// The ids that may have been meant, as help.
fn meant(id: &str, known: &[String]) -> Option<String> {
    let near = nearest_few(id, known.iter().map(String::as_str));
    let near: Vec<_> = near.iter().map(|id| format!("`{id}`")).collect();
    (!near.is_empty()).then(|| say!("did you mean %{near}?", near = either(&near)))
}

/// What names this one alone.
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
            let refusal = Refusal::new(say!("the site has no locale `%{tag}`", tag));
            return Err(refusal.help(say!("its locales are %{tags}", tags = list(&tags))));
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::new(say!("the reason in %{tag} is empty", tag)).help(say!("say it in one sentence")));
        }
        if reasons.insert(tag.clone(), reason.to_owned()).is_some() {
            let help = say!("write one `--reason` for each locale, such as `--reason %{tag}=\"…\"`", tag);
            return Err(Refusal::new(say!("there are two reasons in %{tag}", tag)).help(help));
        }
    }
    Ok(reasons)
}

/// The entry of an id that is not withdrawn yet.
pub(super) fn standing_entry<'a>(register: &'a Register, key: &Key) -> Result<&'a Entry, Refusal> {
    let Some(entry) = register.entry(key) else {
        return Err(Refusal::new(say!("%{key} is not in the register", key)).help(say!("run `rungs id --write` first")));
    };
    if entry.state == State::Active {
        return Ok(entry);
    }
    let message = match entry.withdrawal.as_ref().and_then(|of| of.date) {
        None => say!("%{key} was withdrawn already", key),
        Some(date) => say!("%{key} was withdrawn already on %{date}", key, date),
    };
    Err(Refusal::new(message).help(say!("what the register says of it may be edited there")))
}

/// Whether the successors exist and lead to an end.
pub(super) fn check_successors(register: &Register, request: &Request) -> Result<(), Refusal> {
    let Some((verb, successors)) = &request.succession else { return Ok(()) };
    let Key::Criterion(id) = &request.key else {
        return Err(Refusal::new(say!(
            "`--%{verb}` is for criteria, and this is the %{key}",
            verb = verb.name(),
            key = request.key
        )));
    };
    for (at, successor) in successors.iter().enumerate() {
        if successor == id {
            return Err(Refusal::new(say!("%{id} cannot be its own successor", id)));
        }
        if successors[..at].contains(successor) {
            return Err(Refusal::new(say!("%{successor} is named twice", successor)));
        }
        if register.entry(&Key::Criterion(successor.clone())).is_none() {
            let known: Vec<_> = register.entries().map(|(key, _)| key.id()).collect();
            let refusal = Refusal::new(say!("there is no criterion %{successor} to follow %{id}", successor, id));
            let help = meant(&successor.to_string(), &known);
            return Err(
                refusal.help(help.unwrap_or_else(|| say!("write it into the ladder and run `rungs id --write` first")))
            );
        }
        if let Some(way) = register.descent(successor, id) {
            let way: Vec<_> = way.iter().map(ToString::to_string).collect();
            let message =
                say!("successors would lead in a circle: %{ids}", ids = format!("{id} → {}", way.join(" → ")));
            return Err(Refusal::new(message).help(say!("name what is asked now in place of it, or nothing")));
        }
    }
    Ok(())
}

/// Whether nothing of a level or category stands in the content any more.
pub(super) fn check_gone(site: &Site, key: &Key) -> Result<(), Refusal> {
    let place = site.ladders.iter().find_map(|of| match key {
        Key::Level { ladder, id } if of.config.key == *ladder => {
            of.levels.iter().find(|level| level.id == *id).map(|level| level.places.source())
        }
        Key::Category { ladder, id } if of.config.key == *ladder => {
            of.categories.iter().find(|category| category.id == *id).map(|category| category.places.source())
        }
        _ => None,
    });
    match place {
        Some(place) => Err(Refusal::new(say!("the %{key} still stands in %{path}", key, path = place.path))
            .help(say!("withdraw or move what it holds and delete its heading from all files first"))),
        None => Ok(()),
    }
}
