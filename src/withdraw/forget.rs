//! Dropping ids from the register that nobody can have cited: no edition and no upstream holds them.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use super::{Cuts, checked, cuts_of, forget_translations, unwritable};
use crate::check::{is_renamed, standing};
use crate::config::Config;
use crate::diagnostic::{Problems, Refusal};
use crate::register::{Key, REGISTER, Register, State};
use crate::source::Sources;
use crate::understood::understand;
use crate::witness::Witnesses;

/// What forgetting comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// The new texts of the files that change, the register among them.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// The translations that lost what the source had lost before.
    pub taken_from: BTreeSet<Utf8PathBuf>,
}

/// Drops ids from the register, and what is left of them in translations.
///
/// # Errors
/// If one of them stands in the source, was withdrawn, or is held by an edition or an upstream, or if the site would
/// have errors that it has not now.
pub fn forget(config: &Config, sources: &Sources, keys: &[Key]) -> Result<Forgotten, Refusal> {
    let problems = Problems::default();
    let witnesses = Witnesses::read(config, sources, &problems);
    if !problems.is_empty() {
        return Err(Refusal::new("not all files that may hold these ids can be read").problems(problems.into_sorted()));
    }
    let mut forgotten = Forgotten::default();
    let mut edited = sources.clone();
    for key in keys {
        let (edits, taken_from) = forget_one(config, &edited, &witnesses, key)?;
        edited.texts.extend(edits.clone());
        forgotten.edits.extend(edits);
        forgotten.taken_from.extend(taken_from);
    }
    Ok(forgotten)
}

type Edited = (BTreeMap<Utf8PathBuf, String>, Vec<Utf8PathBuf>);

fn forget_one(config: &Config, sources: &Sources, witnesses: &Witnesses, key: &Key) -> Result<Edited, Refusal> {
    let problems = Problems::default();
    let register = Register::read(sources, &problems);
    if !problems.is_empty() {
        return Err(Refusal::new("the register cannot be read").problems(problems.into_sorted()));
    }
    let (understood, before) = understand(sources, config.clone());
    let site = &understood.site;
    if standing(site).contains_key(key) || is_renamed(site, key) {
        let refusal = Refusal::new(format!("{key} stands in the content"));
        return Err(refusal.help("delete it there first, if it is really to be forgotten"));
    }
    if register.entry(key).is_some_and(|entry| entry.state == State::Withdrawn) {
        let refusal = Refusal::new(format!("{key} was withdrawn"));
        return Err(refusal.help("its page stays, for those who have cited it"));
    }
    let holder = match key {
        _ if witnesses.released.contains(key) => Some("an edition"),
        _ if witnesses.adopted.contains(key) => Some("the upstream"),
        _ => None,
    };
    if let Some(holder) = holder {
        let refusal = Refusal::new(format!("{holder} holds {key}, and somebody may have cited it"));
        let help = format!("put it back, or run `rungs withdraw {id} --reason \"…\"`", id = key.id());
        return Err(refusal.help(help));
    }
    let cuts: Cuts<'_> = match key {
        Key::Criterion(id) => cuts_of(config, sources, id)?.collect(),
        _ => Cuts::new(),
    };
    let mut edits: BTreeMap<_, _> = cuts.iter().map(|(path, cuts)| (path.clone(), cuts.written())).collect();
    let taken_from = edits.keys().cloned().collect();
    edits.insert(REGISTER.into(), register.without(key).ok_or_else(unwritable)?);
    forget_translations(config, sources, &understood.translations, key, &mut edits);
    checked(config, sources, site, &before, (&edits, &cuts), key)?;
    Ok((edits, taken_from))
}
