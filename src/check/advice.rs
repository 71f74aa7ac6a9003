//! Advice about vanished ids: put them back, name their new ids, withdraw them, or forget them.

use std::collections::BTreeSet;

use super::CheckInput;
use crate::diagnostic::Problems;
use crate::id::CriterionId;
use crate::register::Key;
use crate::witness::Witnesses;

/// Writes advice about a vanished id, depending on what still refers to it.
pub(super) struct Advice<'a> {
    pub(super) checked: &'a CheckInput<'a>,
    released: BTreeSet<Key>,
    adopted: BTreeSet<Key>,
    /// Ids whose words are known though no edition has them.
    worded: BTreeSet<Key>,
}

impl<'a> Advice<'a> {
    pub(super) fn of(checked: &'a CheckInput<'_>) -> Self {
        let site = checked.site;
        if checked.lost.vanished().next().is_none() {
            return Self { checked, released: BTreeSet::new(), adopted: BTreeSet::new(), worded: BTreeSet::new() };
        }
        let Witnesses { released, adopted, recorded } =
            Witnesses::read(&site.config, checked.sources, &Problems::default());
        let translated = site.ladders.iter().flat_map(|ladder| &ladder.only_translated);
        let translated = translated.filter_map(|unit| CriterionId::parse(&unit.id).map(Key::Criterion));
        Self { checked, released, adopted, worded: recorded.into_iter().chain(translated).collect() }
    }

    pub(super) fn on(&self, key: &Key) -> String {
        let gone = self.gone(&[key]);
        let moved = self.checked.lost.moved().find(|(moved, _)| *moved == key).and_then(|(_, moved)| moved.id.as_ref());
        if let Some(id) = moved {
            let command = format!("rungs withdraw {key} --moved-to {id} --reason \"…\"");
            return format!(
                "{id} says the same: if it has moved there, run `{command}`; otherwise put it back, or {gone}"
            );
        }
        match self.renaming(key) {
            Some(renaming) => format!("put it back; {renaming}; {gone}"),
            None => format!("put it back, or {gone}"),
        }
    }

    /// Returns the advice for ids of one ladder that are gone for good.
    pub(super) fn gone(&self, keys: &[&Key]) -> String {
        let is_published = |key: &Key| self.released.contains(key) || self.adopted.contains(key);
        let has_no_words = |key: &Key| matches!(key, Key::Criterion(_)) && !self.worded.contains(key);
        let select =
            |wanted: &dyn Fn(&Key) -> bool| -> Vec<&Key> { keys.iter().copied().filter(|key| wanted(key)).collect() };
        let published = select(&is_published);
        let worded = select(&|key| !is_published(key) && !has_no_words(key));
        let unworded = select(&|key| !is_published(key) && has_no_words(key));
        let parts = [
            (!published.is_empty()).then(|| format!("run `{}`", withdrawing(&published))),
            (!worded.is_empty()).then(|| {
                let (withdraw, forget) = (withdrawing(&worded), forgetting(&worded));
                format!("run `{withdraw}`, or `{forget}`, since no edition holds {it}", it = it(&worded))
            }),
            (!unworded.is_empty())
                .then(|| format!("run `{}`: no edition holds {it}", forgetting(&unworded), it = it(&unworded))),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let are = if keys.len() == 1 { "it is" } else { "they are" };
        format!("if {are} really gone, {parts}", parts = parts.join("; "))
    }

    /// Returns the advice on how to declare the new id of a level or a category.
    fn renaming(&self, key: &Key) -> Option<String> {
        let (Key::Level { ladder, id } | Key::Category { ladder, id }) = key else { return None };
        let site = self.checked.site;
        let now = site.ladders.iter().find(|now| now.config.key == *ladder)?;
        let is_level = matches!(key, Key::Level { .. });
        let ids: Vec<&str> = match is_level {
            true => now.levels.iter().map(|level| level.id.as_str()).collect(),
            false => now.categories.iter().map(|category| category.id.as_str()).collect(),
        };
        // What an edition says is known, whatever the content says no longer.
        let editions = site.history.editions.iter().rev().flat_map(|edition| &edition.frozen.ladders);
        let renamed = editions.filter(|then| then.key == *ladder).find_map(|then| {
            let then: Vec<(&str, &[String])> = match is_level {
                true => then.levels.iter().map(|level| (level.id.as_str(), level.was.as_slice())).collect(),
                false => {
                    then.categories.iter().map(|category| (category.id.as_str(), category.was.as_slice())).collect()
                }
            };
            then.into_iter().find(|(now, was)| was.contains(id) && ids.contains(now)).map(|(now, _)| now)
        });
        if let Some(new) = renamed {
            return Some(format!("an edition already calls it {new}: write `{{#{new} was={id}}}` again"));
        }
        let key_of = |id: &str| if is_level { Key::level(ladder, id) } else { Key::category(ladder, id) };
        let is_new = |id: &&str| !id.is_empty() && self.checked.register.entry(&key_of(id)).is_none();
        let new: Vec<&str> = ids.into_iter().filter(is_new).collect();
        match new.as_slice() {
            [] if !is_level => None,
            [new] => Some(format!("if it is called {new} now, write `{{#{new} was={id}}}`")),
            _ => Some(format!("if it has another id now, write `was={id}` after it")),
        }
    }
}

fn it(keys: &[&Key]) -> &'static str {
    if keys.len() == 1 { "it" } else { "them" }
}

/// Returns the command that withdraws ids of one ladder.
pub(super) fn withdrawing(keys: &[&Key]) -> String {
    format!("rungs withdraw {ids} --reason \"…\"", ids = named(keys))
}

/// Returns the command that drops ids of one ladder from the register.
pub(super) fn forgetting(keys: &[&Key]) -> String {
    format!("rungs id --forget {ids}", ids = named(keys))
}

/// Ids of one ladder as they are named on the command line.
fn named(keys: &[&Key]) -> String {
    let ids: Vec<_> = keys.iter().map(|key| key.id()).collect();
    let ladder = keys.iter().find_map(|key| match key {
        Key::Criterion(_) => None,
        Key::Level { ladder, .. } | Key::Category { ladder, .. } => Some(ladder),
    });
    let option = ladder.map(|ladder| format!(" --ladder {ladder}")).unwrap_or_default();
    format!("{ids}{option}", ids = ids.join(" "))
}
