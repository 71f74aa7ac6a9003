//! Rebuilding a register that was deleted, or that has lost entries in a merge.
//!
//! The editions tell what every id was, the content what stands today, and the records of translations which other ids
//! there are. What a register alone knows, such as why something was withdrawn, does not come back.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{is_renamed, standing};
use crate::diagnostic::{Diagnostic, Problems};
use crate::model::Site;
use crate::proposal::Reading;
use crate::register::{self, Changelog, IdState, Key, REGISTER, Register, RegisterEntry, Withdrawal, changelogs};
use crate::withdraw::last_words;
use crate::witness::{Witnesses, lost_editions};

/// The result of rebuilding a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restored {
    /// The new text of the register, which may be the old one.
    pub(crate) register: String,
    /// The ids that it has again.
    pub(crate) added: BTreeMap<Key, IdState>,
    /// Why it could not be rebuilt.
    pub(crate) problems: Vec<Diagnostic>,
}

/// Rebuilds the register of a site. Its entries stay; they say of editions what these say.
pub(crate) fn restore(before: &Reading) -> Restored {
    let (sources, site) = (&before.sources, before.site());
    let register = &before.understood.register;
    let problems = Problems::from(before.understood.of_register.clone());
    let witnesses = Witnesses::read(before.config(), sources, &problems);
    let old = sources.text(REGISTER.into()).unwrap_or_default().to_owned();
    let refused = |problems| Restored { register: old.clone(), added: BTreeMap::new(), problems };
    // What an unreadable file holds would be lost.
    if !problems.is_empty() {
        return refused(problems.into_sorted());
    }
    let history = &site.history;
    if let Some(problem) = lost_editions(register, &history.editions, sources) {
        return refused(vec![problem]);
    }
    let changelogs = changelogs(history.editions.iter().zip(&history.changes));
    let standing: BTreeSet<Key> = standing(site).into_keys().collect();
    let known = standing.iter().chain(&witnesses.released).chain(&witnesses.recorded);
    let lacking: BTreeSet<Key> = known.filter(|key| register.entry(key).is_none()).cloned().collect();
    let state = |key: &Key| match changelogs.get(key) {
        Some(Changelog { ended: Some(_), .. }) if !standing.contains(key) && !is_renamed(site, key) => {
            IdState::Withdrawn
        }
        _ => IdState::Active,
    };
    let added: BTreeMap<Key, IdState> = lacking.into_iter().map(|key| (key.clone(), state(&key))).collect();
    match rebuilt(register, site, &added, &changelogs) {
        Some(register) => Restored { register, added, problems: Vec::new() },
        None => refused(vec![register::unwritable()]),
    }
}

fn rebuilt(
    register: &Register,
    site: &Site,
    added: &BTreeMap<Key, IdState>,
    changelogs: &BTreeMap<Key, Changelog>,
) -> Option<String> {
    let register = Register::of(&register.with(added.keys())?, &Problems::default());
    let entry = |(key, entry): (&Key, &RegisterEntry)| {
        let mut entry = entry.clone();
        if added.get(key) == Some(&IdState::Withdrawn) {
            let mut withdrawal = Withdrawal::default();
            if let Key::Criterion(id) = key {
                last_words(id, site.history.editions.iter().map(|edition| &edition.frozen), &mut withdrawal);
            }
            (entry.state, entry.withdrawal) = (IdState::Withdrawn, Some(withdrawal));
        }
        (key.clone(), entry.with_changelog(changelogs.get(key)))
    };
    let entries = register.entries().map(entry).collect();
    let editions: Vec<_> = site.history.editions.iter().map(|edition| edition.name().clone()).collect();
    register.with_editions(&editions, entries)
}
