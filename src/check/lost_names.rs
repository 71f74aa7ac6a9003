//! Threads and terms of the last edition that are gone. They stand in anchors, and the register knows nothing of them.
//!
//! What became of a category the register says, and of what has an address of its own [`super::lost_pages`].

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use toml_edit::Value;

use super::CheckInput;
use crate::blocks::list;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition::{FrozenLadder, FrozenThread};
use crate::glossary::GLOSSARY;
use crate::handle::{LadderIndex, ThreadIndex};
use crate::model::Thread;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let history = &checked.site.history;
    let Some(last) = history.editions.last_key() else { return Vec::new() };
    let then = history.editions[last].frozen.ladders.iter_enumerated();
    let ladders = then.filter_map(|(at, frozen)| Some((at, frozen, history.ladder_now(last, at)?)));
    let threads = ladders.flat_map(|(at, frozen, now)| lost_threads(checked, at, frozen, now));
    threads.chain(lost_terms(checked)).collect()
}

fn lost_threads(checked: &CheckInput<'_>, at: LadderIndex, frozen: &FrozenLadder, now: LadderIndex) -> Vec<Diagnostic> {
    let (history, ladder) = (&checked.site.history, &checked.site[now]);
    let Some(last) = history.editions.last_key() else { return Vec::new() };
    let mapping = &history.mapping(last);
    let places: Vec<_> =
        frozen.threads.iter().enumerate().map(|(place, _)| mapping.own_thread(ThreadIndex(place).of(at))).collect();
    let lost = frozen.threads.iter().zip(&places).filter(|(_, place)| place.is_none());
    // One that all ladders shared has a page, and is told of with it; one without a title is told of there.
    let is_told = |key: &str| {
        history.editions[last].frozen.shared_threads.iter().any(|shared| shared.key == key)
            || ladder.untitled.contains_key(key)
    };
    let lost = lost.map(|(thread, _)| thread).filter(|thread| !is_told(&thread.key));
    let report = |thread: &FrozenThread| {
        let then = frozen.criteria.iter().filter(|criterion| criterion.thread.as_ref() == Some(&thread.key));
        let then: BTreeSet<_> = then.map(|criterion| &criterion.id).collect();
        let now = ladder.criteria.iter().filter(|criterion| then.contains(&criterion.id));
        let mut counts: BTreeMap<ThreadIndex, usize> = BTreeMap::new();
        now.filter_map(|criterion| criterion.thread).for_each(|thread| *counts.entry(thread).or_default() += 1);
        // If none of its criteria is in a thread any more, it was dissolved.
        let most = counts.into_iter().max_by_key(|&(thread, count)| (count, Reverse(thread)))?;
        Some(report_thread(&thread.key, thread.title.get(history.source(last)), &ladder.threads[most.0]))
    };
    lost.filter_map(report).collect()
}

/// Reports a thread that is gone, at the one in which its criteria stand now.
fn report_thread(key: &str, title: Option<&String>, thread: &Thread) -> Diagnostic {
    let name = title.filter(|title| !title.is_empty()).map_or_else(|| format!("`{key}`"), |title| format!("“{title}”"));
    let message = format!("the thread {name} was released and is gone, and nothing says what replaced it");
    let gone = gone(key);
    let problem = thread.places.source().problem(Code::LostAnchor, message);
    let mut was = thread.was.clone();
    was.push(key.to_owned());
    let was = list(was);
    problem.help(match thread.is_shared {
        true => format!("if this one replaced it, write `was = {was}` below it; {gone}"),
        false => {
            let (new, title) = (&thread.key, Value::from(thread.title.source()));
            format!("if this one replaced it, write `{new} = {{ title = {title}, was = {was} }}`; {gone}")
        }
    })
}

fn lost_terms(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let (history, glossary) = (&checked.site.history, &checked.site.glossary);
    // A glossary that is gone is a page that is gone.
    let Some(last) = history.editions.last_key().filter(|_| !glossary.is_empty()) else { return Vec::new() };
    let terms = &history.editions[last].frozen.terms;
    let mapping = history.mapping(last);
    let places: Vec<_> = (0..terms.len()).map(|term| mapping.term(term)).collect();
    let new: Vec<_> = glossary
        .terms
        .iter()
        .enumerate()
        .filter(|(at, _)| !places.contains(&Some(*at)))
        .map(|(_, term)| term)
        .collect();
    let lost = terms.iter().zip(&places).filter(|(_, place)| place.is_none());
    let report = |name: &str| {
        let message = format!("the term “{name}” was released and is gone, and nothing says what replaced it");
        let (gone, was) = (gone(name), list([name]));
        match new.as_slice() {
            [term] => {
                let problem = term.place.problem(Code::LostAnchor, message);
                problem.help(format!("if this one replaced it, write `was = {was}` below its `[[term]]`; {gone}"))
            }
            _ => {
                let problem = Place::file(GLOSSARY).problem(Code::LostAnchor, message);
                problem.help(format!("write `was = {was}` below the `[[term]]` that replaced it; {gone}"))
            }
        }
    };
    lost.map(|(term, _)| report(&term.name)).collect()
}

/// Returns the advice for a name without a successor.
fn gone(name: &str) -> String {
    format!(
        "if none did, put `allow = [\"{code}\"]` under `[check]` in site.toml until the next release: a link to \
         {name} then tells readers that it is gone",
        code = Code::LostAnchor.name()
    )
}
