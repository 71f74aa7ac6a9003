//! A thread shows how one expectation grows from level to level.
//!
//! One whose criteria all stand on the same level shows nothing, and one without criteria is a title and no more. A
//! thread that several ladders share may have a single level in each. One that criteria name needs a title: if none has
//! its key, either the criteria or the title have a slip in it.

use std::collections::BTreeMap;

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic, Fix, Place};
use crate::handle::{LadderIndex, ThreadAt};
use crate::model::{Ladder, Site, Thread};
use crate::text::nearest;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let untitled = untitled(checked);
    // One with a slip in its key seems to have fewer criteria than it has.
    let is_told = |thread: &Thread| {
        untitled.iter().any(|untitled| untitled.meant.as_ref().is_some_and(|meant| meant.key == thread.key))
    };
    let threads = |ladder: LadderIndex| site[ladder].threads.keys().map(move |thread| thread.of(ladder));
    let alone = site.ladders.keys().flat_map(threads).filter_map(|thread| {
        let fault = fault(&site[thread.ladder], &site[thread]).filter(|_| !is_told(&site[thread]))?;
        (!goes_on_elsewhere(site, thread)).then_some(fault)
    });
    let alone: Vec<_> = alone.collect();
    untitled.iter().map(Untitled::report).chain(alone).collect()
}

/// A thread that criteria name and that has no title.
struct Untitled<'a> {
    key: &'a str,
    places: Vec<&'a Place>,
    /// The thread with a title that was meant.
    meant: Option<Meant<'a>>,
}

/// A thread with a title and a key that is nearly another one.
struct Meant<'a> {
    key: &'a str,
    place: &'a Place,
    /// Whether its own key has the slip, and not those of the criteria.
    is_misspelt: bool,
}

/// Returns the threads without a title: each once in a ladder, or once in all ladders that share it.
fn untitled<'a>(checked: &CheckInput<'a>) -> Vec<Untitled<'a>> {
    let site = checked.site;
    let mut shared: BTreeMap<&str, Untitled<'a>> = BTreeMap::new();
    let mut found = Vec::new();
    for ladder in &site.ladders {
        let own = || ladder.threads.iter().filter(|thread| !thread.is_shared);
        let of_site = || site.config.threads.iter().filter(|thread| thread.is_of(&ladder.config.key));
        let keys = || own().map(|thread| thread.key.as_str()).chain(of_site().map(|thread| thread.key.as_str()));
        for (key, places) in &ladder.untitled {
            let places: Vec<_> = places.iter().collect();
            // The only title without criteria may stand at a wholly other key.
            let mut unused = own().filter(|thread| thread.criteria.is_empty());
            let only = unused
                .next()
                .filter(|thread| unused.next().is_none() && is_title_misspelt(checked, ladder, thread, key, 0));
            let near = nearest(key, keys()).or(only.map(|thread| thread.key.as_str()));
            let Some(item) = of_site().find(|item| Some(item.key.as_str()) == near) else {
                let meant = own().find(|thread| Some(thread.key.as_str()) == near).map(|thread| Meant {
                    key: &thread.key,
                    place: thread.places.source(),
                    is_misspelt: thread.criteria.is_empty()
                        && is_title_misspelt(checked, ladder, thread, key, places.len()),
                });
                found.push(Untitled { key, places, meant });
                continue;
            };
            let is_used = site.ladders.iter().flat_map(|ladder| &ladder.threads).any(|thread| thread.key == item.key);
            let meant = Meant { key: &item.key, place: &item.place, is_misspelt: !is_used };
            let untitled = Untitled { key, places: Vec::new(), meant: Some(meant) };
            shared.entry(key).or_insert(untitled).places.extend(places);
        }
    }
    found.extend(shared.into_values());
    found
}

/// Returns whether a thread without criteria has the slip in its key: a translation or the last edition says so, or
/// several criteria.
fn is_title_misspelt(checked: &CheckInput<'_>, ladder: &Ladder, titled: &Thread, named: &str, count: usize) -> bool {
    let of_edition = checked.site.history.editions.last().map(|edition| &edition.frozen.ladders);
    let of_edition = of_edition.into_iter().flatten().find(|released| released.key == ladder.config.key);
    let was = |key: &str| of_edition.is_some_and(|released| released.threads.iter().any(|thread| thread.key == key));
    let mut translated = checked.site.config.locale_indices().skip(1);
    let is_known = was(&titled.key) || translated.any(|locale| titled.title.own(locale).is_some());
    let mut translated = ladder.only_translated.iter();
    let is_named = was(named) || translated.any(|unit| unit.kind == "thread" && unit.id == named);
    match (is_known, is_named) {
        (true, false) => false,
        (false, true) => true,
        _ => count > 1,
    }
}

impl Untitled<'_> {
    fn report(&self) -> Diagnostic {
        let key = self.key;
        let message = format!("the thread `{key}` has no title");
        let (first, mut others) = match &self.meant {
            Some(meant) if meant.is_misspelt => (meant.place, self.places.iter().copied()),
            _ => {
                let mut places = self.places.iter().copied();
                (places.next().expect("the thread is used here"), places)
            }
        };
        let problem = first.problem(Code::UntitledThread, message);
        let others: Vec<_> = others.by_ref().take(2).collect();
        let (problem, text) = match &self.meant {
            Some(meant) if meant.is_misspelt => {
                let problem = problem.label("this title has another key");
                let help =
                    format!("write `{key}` instead of `{other}`, or use `{other}` on the criteria", other = meant.key);
                (problem.help(help).fix(Fix::new(meant.place.clone(), key)), "named here")
            }
            Some(meant) => (problem.help(format!("did you mean `{near}`?", near = meant.key)), "and here"),
            None => {
                let help = format!("add `{key} = \"…\"` under `[threads]` in the front matter");
                (problem.help(help), "and here")
            }
        };
        others.into_iter().fold(problem, |problem, other| problem.related(other.clone(), text))
    }
}

/// Returns whether another ladder has criteria in the same thread.
fn goes_on_elsewhere(site: &Site, thread: ThreadAt) -> bool {
    let origin = site.inheritance.thread(thread);
    let others = site.ladders.iter_enumerated().filter(|(other, _)| *other != thread.ladder);
    let mut threads =
        others.flat_map(|(other, other_ladder)| other_ladder.threads.keys().map(move |thread| thread.of(other)));
    threads.any(|other| !site[other].criteria.is_empty() && site.inheritance.thread(other) == origin)
}

fn fault(ladder: &Ladder, thread: &Thread) -> Option<Diagnostic> {
    let key = &thread.key;
    let criteria = || thread.criteria.iter().map(|&at| &ladder.criteria[at]);
    let Some(first) = criteria().next() else {
        return Some(
            thread
                .places
                .source()
                .problem(Code::UnusedThread, format!("no criterion is in the thread `{key}`"))
                .help(format!("add `thread={key}` to the attributes of criteria, or remove the thread")),
        );
    };
    if criteria().any(|criterion| criterion.level != first.level) {
        return None;
    }
    let level = &ladder.levels[first.level].id;
    let message = format!("the thread `{key}` has criteria at only one level, {level}");
    Some(
        thread
            .places
            .source()
            .problem(Code::SingleLevelThread, message)
            .related(first.text.source().place.clone(), "its first criterion")
            .help(format!("add `thread={key}` to criteria at other levels, or remove the thread")),
    )
}
