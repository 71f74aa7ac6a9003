//! An id that was ever given is kept in the register, and stands in the content until it is withdrawn.
//!
//! One that the register knows and the content has lost would break every address made of it; one that was withdrawn
//! may never name anything else. One that the register does not know yet could be lost without anybody noticing.

use std::collections::{BTreeMap, BTreeSet};

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::register::{Key, REGISTER, Register, State};
use crate::source::Sources;
use crate::text::slice;

pub fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Checked { site, register, sources, .. } = checked;
    let standing = standing(site);
    let vanished = register.entries().filter(|(key, entry)| {
        entry.state == State::Active
            && !standing.contains_key(key)
            && !is_renamed(site, key)
            && !is_written(site, sources, key)
    });
    let mut problems: Vec<_> = vanished.map(|(key, entry)| report_vanished(key, entry.place.clone())).collect();
    problems.extend(standing.iter().filter_map(|(key, place)| {
        let entry = register.entry(key).filter(|entry| entry.state == State::Withdrawn)?;
        Some(report_reused(key, place.clone(), entry.place.clone()))
    }));
    if register.is_readable() {
        problems.extend(report_unregistered(register, &standing));
    }
    problems
}

/// All ids of the source, and where they stand.
fn standing(site: &Site) -> BTreeMap<Key, Place> {
    let mut standing = BTreeMap::new();
    for ladder in &site.ladders {
        let of = &ladder.config.key;
        let levels = ladder.levels.iter().map(|level| (Key::level(of, &level.id), level.places.source().clone()));
        let named = ladder.categories.iter().filter(|category| !category.id.is_empty());
        let categories = named.map(|category| (Key::category(of, &category.id), category.places.source().clone()));
        let criteria = ladder.criteria.iter();
        let criteria = criteria.map(|of| (Key::Criterion(of.id.clone()), of.text.source().place.clone()));
        standing.extend(levels.chain(categories).chain(criteria));
    }
    standing
}

/// Whether a level or category goes on under another id, or in a ladder that was renamed.
fn is_renamed(site: &Site, key: &Key) -> bool {
    let (Key::Level { ladder, id } | Key::Category { ladder, id }) = key else { return false };
    let mut ladders = site.ladders.iter().filter(|of| of.config.key == *ladder || of.config.was.contains(ladder));
    ladders.any(|of| match key {
        Key::Level { .. } => of.levels.iter().any(|level| level.id == *id || level.was.contains(id)),
        _ => of.categories.iter().any(|category| category.id == *id),
    })
}

/// Whether an id is written in the source though the model has left it out, which has been reported with its reason.
fn is_written(site: &Site, sources: &Sources, key: &Key) -> bool {
    let mut ladders = site.config.ladders.iter();
    let Some(ladder) = ladders.find(|ladder| key.is_of(ladder)) else { return false };
    let file = crate::register::ladder_file(&site.config, sources, LocaleIndex::SOURCE, &ladder.key);
    // Without its file the whole ladder is missing, which has been reported too.
    let Some((_, text)) = file else { return true };
    let id = format!("#{}", key.id());
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    text.match_indices(&id).any(|(at, _)| ends(slice(text, at + id.len()..)) && slice(text, ..at).ends_with(['{', ' ']))
}

fn report_vanished(key: &Key, place: Place) -> Diagnostic {
    Diagnostic::new(Code::VanishedId, format!("{key} is no longer in the content"), place)
        .label("given here")
        .help(format!("put it back, or if it is really gone run `{command}`", command = withdrawing(key)))
}

/// The command that withdraws an id.
fn withdrawing(key: &Key) -> String {
    match key {
        Key::Criterion(id) => format!("rungs withdraw {id} --reason \"…\""),
        Key::Level { ladder, id } | Key::Category { ladder, id } => {
            format!("rungs withdraw {id} --ladder {ladder} --reason \"…\"")
        }
    }
}

fn report_reused(key: &Key, place: Place, entry: Place) -> Diagnostic {
    Diagnostic::new(Code::ReusedId, format!("{key} was withdrawn and stands in the content"), place)
        .related(entry, "withdrawn here")
        .help("remove the id and run `rungs id --write`, which gives a new one")
}

/// One problem for each file, or a single one if there is no register at all.
fn report_unregistered(register: &Register, standing: &BTreeMap<Key, Place>) -> Vec<Diagnostic> {
    let unregistered = || standing.iter().filter(|(key, _)| register.entry(key).is_none());
    let help = || "run `rungs id --write`, which keeps the register".to_owned();
    if !register.exists() {
        let count = unregistered().count();
        let problem = Diagnostic::new(
            Code::UnregisteredId,
            match count {
                1 => "there is no register of 1 id".to_owned(),
                count => format!("there is no register of {count} ids"),
            },
            Place::file(REGISTER),
        );
        return if count == 0 { Vec::new() } else { vec![problem.help(help())] };
    }
    let mut by_file: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (key, place) in unregistered() {
        by_file.entry(&place.path).or_default().insert((place, key));
    }
    let report = |found: BTreeSet<(&Place, &Key)>| {
        let (first, key) = found.first()?;
        let message = match found.len() {
            1 => format!("{key} is not in the register"),
            count => format!("{count} ids are not in the register, {key} the first of them"),
        };
        Some(Diagnostic::new(Code::UnregisteredId, message, (*first).clone()).help(help()))
    };
    by_file.into_values().filter_map(report).collect()
}
