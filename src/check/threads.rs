//! A thread shows how one expectation grows from level to level.
//!
//! One whose criteria all stand on the same level shows nothing, and one without criteria is a title and no more.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Ladder, Thread};

pub fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let ladders = checked.site.ladders.iter();
    ladders.flat_map(|ladder| ladder.threads.iter().filter_map(|thread| fault(ladder, thread))).collect()
}

fn fault(ladder: &Ladder, thread: &Thread) -> Option<Diagnostic> {
    let key = &thread.key;
    let criteria = || thread.criteria.iter().map(|&at| &ladder.criteria[at]);
    let Some(first) = criteria().next() else {
        return Some(
            Diagnostic::new(
                Code::UnusedThread,
                say!("no criterion is in the thread `%{key}`", key),
                thread.places.source().clone(),
            )
            .help(say!("add `thread=%{key}` to the attributes of criteria, or remove the thread", key)),
        );
    };
    if criteria().any(|criterion| criterion.level != first.level) {
        return None;
    }
    let level = &ladder.levels[first.level].id;
    let message = say!("the thread `%{key}` stays on one level, %{level}", key, level);
    Some(
        Diagnostic::new(Code::SingleLevelThread, message, thread.places.source().clone())
            .related(first.text.source().place.clone(), say!("its first criterion"))
            .help(say!("add `thread=%{key}` to criteria of other levels, or remove the thread", key)),
    )
}
