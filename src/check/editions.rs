//! The register and the editions tell the same.
//!
//! The editions are the record, and `rungs release` writes what they say into the register. Where the two differ
//! somebody has edited the register, or removed an edition that people have cited.

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition::Edition;
use crate::id::{EDITIONS, EditionName};
use crate::model::Unanswered;
use crate::register::{Key, REGISTER, RegisterEntry, changelogs};
use crate::source::Sources;
use crate::text::list;
use crate::witness::{incomplete, lost_editions, restoring};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let CheckInput { site, register, sources, .. } = checked;
    let editions = &site.history.editions;
    // What an edition holds that is gone or could not be read is not known, and it has been reported.
    let is_of_edition = |address: &Unanswered| address.path.starts_with("e/");
    if !are_all_read(checked) || site.history.unanswered.iter().any(is_of_edition) {
        return Vec::new();
    }
    let changelogs = changelogs(editions.iter().zip(&site.history.changes));
    if let Some(problem) = incomplete(register, &checked.lacking, sources) {
        return vec![problem];
    }
    let differing = register
        .entries()
        .map(|(key, entry)| (key, differences(key, entry, &entry.with_changelog(changelogs.get(key)))));
    let differing: Vec<_> = differing.filter(|(_, differences)| !differences.is_empty()).collect();
    if let Some(problem) = lost_editions(register, editions, sources) {
        return vec![problem];
    }
    let is_listed = |edition: &&Edition| register.released().iter().any(|(name, _)| name == edition.name());
    let mut unlisted = editions.iter().filter(|edition| !register.released().is_empty() && !is_listed(edition));
    if let Some(edition) = unlisted.next() {
        return vec![forgetful(edition, sources)];
    }
    match differing.as_slice() {
        [(first, _), ..] if differing.len() > FEW => vec![many(first, differing.len(), sources)],
        _ => differing.into_iter().flat_map(|(_, differences)| differences).collect(),
    }
}

/// The register lists other editions and not this one: it is older, or half merged.
fn forgetful(edition: &Edition, sources: &Sources) -> Diagnostic {
    let message = format!("the register does not list edition {name}", name = edition.name());
    let place = Place::file(REGISTER).problem(Code::IncompleteRegister, message);
    place.related(Place::file(Edition::path_of(edition.name())), "its file").help(restoring(sources))
}

/// The greatest number of entries that are taken for edits by hand. With more, the register as a whole is reported.
const FEW: usize = 3;

fn many(first: &Key, count: usize, sources: &Sources) -> Diagnostic {
    let message = format!("{count} entries of the register differ from the editions, starting with {first}");
    Place::file(REGISTER).problem(Code::IncompleteRegister, message).help(restoring(sources))
}

/// Returns whether every edition that there is could be read.
pub(crate) fn are_all_read(checked: &CheckInput<'_>) -> bool {
    let is_edition = |path: &&camino::Utf8PathBuf| path.starts_with(EDITIONS) && path.extension() == Some("json");
    checked.sources.texts.keys().filter(is_edition).count() == checked.site.history.editions.len()
}

/// Reports the facts of an entry that differ from those of the editions.
fn differences(key: &Key, entry: &RegisterEntry, expected: &RegisterEntry) -> Vec<Diagnostic> {
    let ended = |entry: &RegisterEntry| entry.withdrawal.as_ref().and_then(|withdrawal| withdrawal.edition.clone());
    let one = |name: Option<EditionName>| name.into_iter().collect::<Vec<_>>();
    let facts = [
        ("since", false, one(entry.since.clone()), one(expected.since.clone())),
        ("changed", true, entry.changed.clone(), expected.changed.clone()),
        ("withdrawn-in", false, one(ended(entry)), one(ended(expected))),
    ];
    let differ = facts.into_iter().filter(|(_, _, written, expected)| written != expected);
    let report = |(name, is_list, written, expected): (&str, bool, Vec<EditionName>, Vec<EditionName>)| {
        let message = format!("`{name}` of {key} differs from the editions");
        let help = match (expected.is_empty(), is_list) {
            (true, _) => format!("remove `{name} = {value}`", value = value(&written, is_list)),
            (false, _) => format!("write `{name} = {value}`", value = value(&expected, is_list)),
        };
        entry.place.problem(Code::UnknownEdition, message).label(label(&written)).help(help)
    };
    differ.map(report).collect()
}

/// As TOML.
fn value(names: &[EditionName], is_list: bool) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
    if is_list { format!("[{}]", names.join(", ")) } else { names.join(", ") }
}

fn label(written: &[EditionName]) -> String {
    match written {
        [] => "nothing is written here".to_owned(),
        names => format!("{names} is written here", names = list(names)),
    }
}
