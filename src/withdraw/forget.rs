//! Drops ids from the register that cannot have been cited: no edition and no upstream holds them.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use super::{WithdrawalRefused, checked, forget_translations, readable_register, take_out, unwritable};
use crate::check::{is_renamed, standing};
use crate::diagnostic::{Problems, Refusal};
use crate::proposal::{Proposal, Reading};
use crate::register::{IdState, Key, REGISTER, Register};
use crate::witness::Witnesses;

/// The result of forgetting ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// The new texts of the files that change, the register among them.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// The translations that lost items which the source had lost before.
    pub taken_from: BTreeSet<Utf8PathBuf>,
}

/// Drops ids from the register, and their remains in translations.
///
/// # Errors
/// If one of them stands in the source, was withdrawn, or is held by an edition or an upstream, or if the site would
/// have errors that it has not now.
pub fn forget(before: &Reading, keys: &BTreeSet<Key>) -> Result<Forgotten, Refusal> {
    let (witnesses, problems) = Problems::of(|problems| Witnesses::read(before.config(), &before.sources, problems));
    if !problems.is_empty() {
        let ids = if keys.len() == 1 { "this id" } else { "these ids" };
        return Err(Refusal::new(format!("not all files that may contain {ids} can be read")).problems(problems));
    }
    let mut proposal = Proposal::of(before);
    let register = readable_register(&proposal)?;
    keys.iter().try_for_each(|key| forgettable(before, &register, &witnesses, key))?;
    proposal.put(REGISTER, register.without(keys).ok_or_else(unwritable)?);
    let to_refusal = |refused: WithdrawalRefused| refused.refusal;
    let taken = take_out(&mut proposal, keys, |_, _| {}).map_err(to_refusal)?;
    forget_translations(&mut proposal, keys);
    let checked = checked(proposal, keys).map_err(to_refusal)?;
    Ok(Forgotten { edits: checked.edits, taken_from: taken.from })
}

/// Returns whether an id may be forgotten.
fn forgettable(before: &Reading, register: &Register, witnesses: &Witnesses, key: &Key) -> Result<(), Refusal> {
    let site = before.site();
    if standing(site).contains_key(key) || is_renamed(site, key) {
        let refusal = Refusal::new(format!("{key} is in the content"));
        return Err(refusal.help("delete it there first if you really want to forget it"));
    }
    if register.entry(key).is_some_and(|entry| entry.state == IdState::Withdrawn) {
        let refusal = Refusal::new(format!("{key} was withdrawn"));
        return Err(refusal.help("its page stays for those who have cited it"));
    }
    let holder = match key {
        _ if witnesses.released.contains(key) => Some("an edition"),
        _ if witnesses.adopted.contains(key) => Some("the upstream"),
        _ => None,
    };
    if let Some(holder) = holder {
        let refusal = Refusal::new(format!("{holder} has {key}, and somebody may have cited it"));
        let help = format!("put it back, or run `rungs withdraw {id} --reason \"…\"`", id = key.id());
        return Err(refusal.help(help));
    }
    Ok(())
}
