//! A thread shows how one expectation grows from level to level.
//!
//! One whose criteria all stand on the same level shows nothing, and one without criteria is a title and no more. A
//! thread that several ladders share may have a single level in each.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic};
use crate::handle::{LadderIndex, ThreadAt};
use crate::model::{Ladder, Site, Thread};

pub(crate) fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let threads = |ladder: LadderIndex| site[ladder].threads.keys().map(move |thread| thread.of(ladder));
    let alone = site.ladders.keys().flat_map(threads).filter_map(|thread| {
        let fault = fault(&site[thread.ladder], &site[thread])?;
        (!goes_on_elsewhere(site, thread)).then_some(fault)
    });
    alone.collect()
}

/// Whether another ladder has criteria in the same thread.
fn goes_on_elsewhere(site: &Site, thread: ThreadAt) -> bool {
    let origin = site.kinship.thread(thread);
    let others = site.ladders.iter_enumerated().filter(|(other, _)| *other != thread.ladder);
    let mut threads = others.flat_map(|(other, of)| of.threads.keys().map(move |thread| thread.of(other)));
    threads.any(|other| !site[other].criteria.is_empty() && site.kinship.thread(other) == origin)
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
    let message = format!("the thread `{key}` stays on one level, {level}");
    Some(
        thread
            .places
            .source()
            .problem(Code::SingleLevelThread, message)
            .related(first.text.source().place.clone(), "its first criterion")
            .help(format!("add `thread={key}` to criteria of other levels, or remove the thread")),
    )
}
