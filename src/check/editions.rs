//! The register and the editions tell the same.
//!
//! The editions are the record, and `rungs release` writes what they say into the register. Where the two differ
//! somebody has edited the register, or removed an edition that people have cited.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{EDITIONS, EditionName};
use crate::model::Unanswered;
use crate::register::{Entry, Key, chronicles};
use crate::text::list;

pub fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Checked { site, register, .. } = checked;
    let editions = &site.history.editions;
    // What an edition holds that is gone or could not be read is not known, and it has been reported.
    let is_of_edition = |address: &Unanswered| address.path.starts_with("e/");
    if !are_all_read(checked) || site.history.unanswered.iter().any(is_of_edition) {
        return Vec::new();
    }
    let chronicles = chronicles(editions.iter().zip(&site.history.changes));
    register.entries().flat_map(|(key, entry)| differences(key, entry, &entry.told(chronicles.get(key)))).collect()
}

/// Whether every edition that there is could be read.
pub fn are_all_read(checked: &Checked<'_>) -> bool {
    let is_edition = |path: &&camino::Utf8PathBuf| path.starts_with(EDITIONS) && path.extension() == Some("json");
    checked.sources.texts.keys().filter(is_edition).count() == checked.site.history.editions.len()
}

/// What an entry says otherwise than it should.
fn differences(key: &Key, entry: &Entry, told: &Entry) -> Vec<Diagnostic> {
    let ended = |entry: &Entry| entry.withdrawal.as_ref().and_then(|of| of.edition.clone());
    let one = |name: Option<EditionName>| name.into_iter().collect::<Vec<_>>();
    let facts = [
        ("since", false, one(entry.since.clone()), one(told.since.clone())),
        ("changed", true, entry.changed.clone(), told.changed.clone()),
        ("withdrawn-in", false, one(ended(entry)), one(ended(told))),
    ];
    let differ = facts.into_iter().filter(|(_, _, written, told)| written != told);
    let report = |(name, is_list, written, told): (&str, bool, Vec<EditionName>, Vec<EditionName>)| {
        let message = format!("`{name}` of {key} is not what the editions say");
        let help = match (told.is_empty(), is_list) {
            (true, _) => format!("remove `{name} = {value}`", value = value(&written, is_list)),
            (false, _) => format!("write `{name} = {value}`", value = value(&told, is_list)),
        };
        Diagnostic::new(Code::UnknownEdition, message, entry.place.clone()).label(label(&written)).help(help)
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
