//! A thread shows how one expectation grows from level to level.
//!
//! One whose criteria all stand on the same level shows nothing, and one without criteria is a title and no more. A
//! thread that several ladders share may have a single level in each.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Ladder, Site, Thread};

pub(crate) fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let threads = |ladder: usize| (0..site.ladders[ladder].threads.len()).map(move |thread| (ladder, thread));
    let alone = (0..site.ladders.len()).flat_map(threads).filter_map(|(ladder, thread)| {
        let fault = fault(&site.ladders[ladder], &site.ladders[ladder].threads[thread])?;
        (!goes_on_elsewhere(site, ladder, thread)).then_some(fault)
    });
    alone.collect()
}

/// Whether another ladder has criteria in the same thread.
fn goes_on_elsewhere(site: &Site, ladder: usize, thread: usize) -> bool {
    let origin = site.kinship.thread(ladder, thread);
    let others = site.ladders.iter().enumerate().filter(|(other, _)| *other != ladder);
    let mut threads = others.flat_map(|(at, of)| of.threads.iter().enumerate().map(move |thread| (at, thread)));
    threads.any(|(at, (other, of))| !of.criteria.is_empty() && site.kinship.thread(at, other) == origin)
}

fn fault(ladder: &Ladder, thread: &Thread) -> Option<Diagnostic> {
    let key = &thread.key;
    let criteria = || thread.criteria.iter().map(|&at| &ladder.criteria[at]);
    let Some(first) = criteria().next() else {
        return Some(
            Diagnostic::new(
                Code::UnusedThread,
                format!("no criterion is in the thread `{key}`"),
                thread.places.source().clone(),
            )
            .help(format!("add `thread={key}` to the attributes of criteria, or remove the thread")),
        );
    };
    if criteria().any(|criterion| criterion.level != first.level) {
        return None;
    }
    let level = &ladder.levels[first.level].id;
    let message = format!("the thread `{key}` stays on one level, {level}");
    Some(
        Diagnostic::new(Code::SingleLevelThread, message, thread.places.source().clone())
            .related(first.text.source().place.clone(), "its first criterion")
            .help(format!("add `thread={key}` to criteria of other levels, or remove the thread")),
    )
}
