//! An id stays with its words. Criteria of which each says what another of them said in the last edition have swapped
//! their ids, and whoever cited one would be led to the other.

use std::collections::BTreeMap;

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::edition::Frozen;
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::register::items::LadderItems;
use crate::text::list;
use crate::translation::normal_markdown;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let Some((last, earlier)) = site.history.editions.raw.split_last() else { return Vec::new() };
    let tag = site.config.locale(LocaleIndex::SOURCE).tag.as_str();
    let then = words(&last.frozen, tag);
    // Of criteria that said the same nobody knows which is which.
    let mut owners: BTreeMap<&str, Option<&CriterionId>> = BTreeMap::new();
    for (&id, words) in &then {
        owners.entry(words).and_modify(|owner| *owner = None).or_insert(Some(id));
    }
    let criteria = site.ladders.iter().flat_map(|ladder| &ladder.criteria);
    let swapped = criteria.filter_map(|criterion| {
        let now = normal_markdown(&criterion.text.source().statement.markdown());
        let owner = (*owners.get(now.as_str())?)?;
        let is_moved = *owner != criterion.id && then.contains_key(&criterion.id);
        // One that says again what it once said takes a swap back.
        let had = || earlier.iter().any(|edition| words(&edition.frozen, tag).get(&criterion.id) == Some(&now));
        (is_moved && !had()).then_some((&criterion.id, owner))
    });
    let swapped: BTreeMap<&CriterionId, &CriterionId> = swapped.collect();
    cycles(&swapped).iter().filter_map(|cycle| report(checked, cycle, last.name().to_string())).collect()
}

/// What each criterion of an edition said in a language.
fn words<'a>(frozen: &'a Frozen, tag: &str) -> BTreeMap<&'a CriterionId, String> {
    let said = frozen
        .criteria()
        .filter_map(|(_, criterion)| Some((&criterion.id, normal_markdown(&criterion.statement.get(tag)?.markdown()))));
    said.collect()
}

/// The ids that lead to each other in a circle, each circle once. Each id stands before the one that it leads to.
fn cycles<'a>(leads: &BTreeMap<&'a CriterionId, &'a CriterionId>) -> Vec<Vec<&'a CriterionId>> {
    let circle = |start: &'a CriterionId| {
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
    leads.keys().filter_map(|start| circle(start)).filter(|circle| circle.iter().min() == circle.first()).collect()
}

fn report(checked: &CheckInput<'_>, cycle: &[&CriterionId], edition: String) -> Option<Diagnostic> {
    let site = checked.site;
    let owner = |at: usize| cycle[(at + 1) % cycle.len()];
    let files: Vec<LadderItems> = site
        .config
        .ladders
        .iter()
        .filter(|ladder| cycle.iter().any(|id| ladder.has_prefix(id.prefix())))
        .filter_map(|ladder| LadderItems::find(&site.config, checked.sources, LocaleIndex::SOURCE, &ladder.key))
        .collect();
    let found = cycle.iter().enumerate().filter_map(|(at, id)| {
        let (id, owner) = (id.to_string(), owner(at));
        files.iter().find_map(|file| {
            let things = file.things();
            let thing = things.iter().find(|thing| thing.id() == Some(&id))?;
            let edit = file.insertion(thing, &owner.to_string());
            Some((file, file.place(thing), edit, format!("this said {owner}")))
        })
    });
    let found: Vec<_> = found.collect();
    let (file, first, _, label) = found.first()?;
    let names: Vec<_> = cycle.iter().map(ToString::to_string).collect();
    let names = list(&names);
    let other = if cycle.len() == 2 { "the other" } else { "another of them" };
    let message = format!("{names} have swapped their ids: each says what {other} said in {edition}");
    let problem = first.problem(Code::SwappedId, message).label(label.clone());
    let others = found.iter().skip(1);
    let problem = others.fold(problem, |problem, (_, place, _, label)| problem.related(place.clone(), label.clone()));
    let is_one_file = found.iter().all(|(place, ..)| place.path == file.path);
    let edits = found.iter().map(|(_, _, edit, _)| edit.clone()).collect();
    Some(match Fix::of_all(file.path.clone(), &file.text, edits).ok().filter(|_| is_one_file) {
        Some(fix) => problem.help("give each its own id again, which `rungs check --fix` does").fix(fix),
        None => problem.help("give each its own id again: an id stays with its words"),
    })
}
