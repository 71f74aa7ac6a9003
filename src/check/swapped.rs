//! An id stays with its words. Items that each have the text of another one in the last edition have swapped their ids,
//! and links to one would lead to the other. A translation can swap ids of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::CheckInput;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::edition::{Edition, Frozen};
use crate::locale::LocaleIndex;
use crate::register::Key;
use crate::register::items::LadderItems;
use crate::text::list;
use crate::translation::normal_markdown;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let (Some(present), [earlier @ .., last]) = (&site.history.present, site.history.editions.raw.as_slice()) else {
        return Vec::new();
    };
    let mut reported = BTreeSet::new();
    let mut problems = Vec::new();
    for locale in site.config.locale_indices() {
        let wordings = |edition: &Frozen| wordings(&site.config, edition, locale);
        let (now, before) = (wordings(present), wordings(&last.frozen));
        let swapped = swapped(&now, &before, |key, wording| {
            earlier.iter().any(|edition| wordings(&edition.frozen).get(key) == Some(wording))
        });
        // A swap in several languages is one slip.
        let new = cycles(&swapped).into_iter().filter(|cycle| reported.insert(cycle.clone()));
        problems.extend(new.filter_map(|cycle| report(checked, locale, &cycle, last)));
    }
    problems
}

/// The words of an item, and the set in which they are unique: criteria in the whole site, levels in their ladder.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Wording {
    scope: Option<(&'static str, String)>,
    words: String,
}

/// Returns the words of all criteria, levels and categories of an edition in a language, by their keys of today.
fn wordings(config: &Config, edition: &Frozen, locale: LocaleIndex) -> BTreeMap<Key, Wording> {
    let tag = config.locale(locale).tag.as_str();
    let mut wordings = BTreeMap::new();
    for ladder in &edition.ladders {
        let now = config.ladders.iter().find(|now| now.key == ladder.key || now.was.contains(&ladder.key));
        let ladder_key = now.map_or(&ladder.key, |now| &now.key);
        for criterion in &ladder.criteria {
            let words = criterion.statement.get(tag).map(|statement| normal_markdown(&statement.markdown()));
            let wording = words.map(|words| Wording { scope: None, words });
            wordings.extend(wording.map(|wording| (Key::Criterion(criterion.id.clone()), wording)));
        }
        let levels = ladder.levels.iter().map(|level| ("level", Key::level(ladder_key, &level.id), &level.title));
        let categories = ladder.categories.iter().filter(|category| !category.id.is_empty());
        let categories =
            categories.map(|category| ("category", Key::category(ladder_key, &category.id), &category.title));
        for (kind, key, title) in levels.chain(categories) {
            let wording = title
                .get(tag)
                .map(|title| Wording { scope: Some((kind, ladder_key.clone())), words: normal_markdown(title) });
            wordings.extend(wording.map(|wording| (key, wording)));
        }
    }
    wordings
}

/// Pairs each item with the one that had its text before. An item that has an earlier text of its own again takes a
/// swap back.
fn swapped<'a>(
    now: &'a BTreeMap<Key, Wording>,
    before: &'a BTreeMap<Key, Wording>,
    once_said: impl Fn(&Key, &Wording) -> bool,
) -> BTreeMap<&'a Key, &'a Key> {
    // Of things that said the same nobody knows which is which.
    let mut owners: BTreeMap<&Wording, Option<&Key>> = BTreeMap::new();
    for (key, wording) in before {
        owners.entry(wording).and_modify(|owner| *owner = None).or_insert(Some(key));
    }
    let swapped = now.iter().filter_map(|(key, wording)| {
        let owner = (*owners.get(wording)?)?;
        (owner != key && before.contains_key(key) && !once_said(key, wording)).then_some((key, owner))
    });
    swapped.collect()
}

/// Returns the ids that lead to each other in a circle, each circle once. Each id stands before the one that it leads
/// to.
fn cycles<'a>(leads: &BTreeMap<&'a Key, &'a Key>) -> Vec<Vec<Key>> {
    let circle = |start: &'a Key| {
        let mut circle = vec![start];
        while let Some(&next) = leads.get(circle[circle.len() - 1]) {
            match circle.iter().position(|visited| *visited == next) {
                Some(0) => return Some(circle),
                Some(_) => return None,
                None => circle.push(next),
            }
        }
        None
    };
    // Of its rotations the one that begins with the lowest id.
    let circles = leads.keys().filter_map(|start| circle(start)).filter(|circle| circle.iter().min() == circle.first());
    circles.map(|circle| circle.into_iter().cloned().collect()).collect()
}

fn report(checked: &CheckInput<'_>, locale: LocaleIndex, cycle: &[Key], last: &Edition) -> Option<Diagnostic> {
    let config = &checked.site.config;
    let ladders = config.ladders.iter().filter(|ladder| {
        cycle.iter().any(|key| match key {
            Key::Criterion(id) => ladder.has_prefix(id.prefix()),
            Key::Level { ladder: key, .. } | Key::Category { ladder: key, .. } => ladder.key == *key,
        })
    });
    let files = ladders
        .filter_map(|ladder| Some((ladder, LadderItems::find(config, checked.sources, locale, &ladder.key)?)))
        .collect::<Vec<_>>();
    let mut edits = Vec::new();
    let mut found = Vec::new();
    for (at, key) in cycle.iter().enumerate() {
        let owner = cycle[(at + 1) % cycle.len()].id();
        let stands = files.iter().find_map(|(ladder, file)| {
            let mut things = file.things();
            things.retain(|thing| thing.id().and_then(|id| thing.key(ladder, id)).as_ref() == Some(key));
            let place = file.place(things.first()?);
            edits.extend(things.iter().map(|thing| file.insertion(thing, &owner)));
            Some((file, place, format!("this said {owner}")))
        });
        found.extend(stands);
    }
    let (file, first, label) = found.first()?;
    let names: Vec<_> = cycle.iter().map(Key::id).collect();
    let names = list(&names);
    let other = if cycle.len() == 2 { "the other" } else { "another of them" };
    let message =
        format!("{names} have swapped their ids: each says what {other} said in {edition}", edition = last.name());
    let problem = first.problem(Code::SwappedId, message).label(label.clone());
    let others = found.iter().skip(1);
    let problem = others.fold(problem, |problem, (_, place, label)| problem.related(place.clone(), label.clone()));
    let is_one_file = found.iter().all(|(_, place, _)| place.path == file.path);
    Some(match Fix::of_all(file.path.clone(), &file.text, edits).ok().filter(|_| is_one_file) {
        Some(fix) => problem.help("give each its own id again, or let `rungs check --fix` do it").fix(fix),
        None => problem.help("give each its own id again: an id stays with its words"),
    })
}
