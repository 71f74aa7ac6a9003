//! `rungs withdraw`.

use super::arguments::Withdraw;
use super::site::{ChangeRefused, SiteChange, edit};
use super::{Failure, Outcome, today};
use crate::config::Overrides;
use crate::proposal::Reading;
use crate::register::Key;
use crate::text::list;
use crate::withdraw::{WithdrawOptions, find_key, read_reasons, withdraw};

pub(super) fn run(arguments: &Withdraw) -> Result<Outcome, Failure> {
    edit(&arguments.content.folder, &Overrides::default(), &arguments.report, |reading| change(arguments, reading))
}

fn change(arguments: &Withdraw, reading: &Reading) -> Result<SiteChange, ChangeRefused> {
    let date = arguments.date.unwrap_or_else(today);
    let reason = read_reasons(reading.config(), &arguments.reason)?;
    let mut keys: Vec<Key> = Vec::new();
    for id in &arguments.ids {
        let key = find_key(&reading.understood.register, id, arguments.ladder.as_deref())?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let succession = || arguments.successors.succession();
    let request =
        |key: &Key| WithdrawOptions { key: key.clone(), date, reason: reason.clone(), succession: succession() };
    let withdrawn = withdraw(reading, &keys.iter().map(request).collect::<Vec<_>>())?;
    let are = |keys: &[Key]| if keys.len() == 1 { "is" } else { "are" };
    let what = format!("{names} {are} withdrawn", names = list(&keys), are = are(&keys));
    let them = if keys.len() == 1 { "it" } else { "them" };
    let what = match withdrawn.categories.as_slice() {
        [] => what,
        gone => format!("{what}, and with {them} the {gone}, now empty", gone = list(gone)),
    };
    let files: Vec<_> =
        withdrawn.taken_from.iter().map(|path| arguments.content.folder.join(path).to_string()).collect();
    let summary = match files.as_slice() {
        [] => what,
        files => format!("{what}: removed from {files}", files = list(files)),
    };
    Ok(SiteChange { problems: withdrawn.problems, ..SiteChange::new(withdrawn.edits, summary) })
}
