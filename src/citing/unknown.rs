//! What a citation of something that is not there may have meant.

use super::CitedLevel;
use super::level::level_labels;
use crate::edition::Edition;
use crate::id::EditionName;
use crate::model::{Site, Subject};
use crate::text::{nearest, nearest_few, slice};

/// Returns the ids of the site that are most similar to a written one, the nearest first, at most three.
pub(crate) fn nearest_ids(site: &Site, written: &str) -> Vec<String> {
    let of_now = site.labels().filter(|label| matches!(site.find(label), Some(Subject::Criterion { .. })));
    let withdrawn = site.history.withdrawn.iter().map(|withdrawn| withdrawn.id.to_string());
    let known: Vec<String> = of_now.map(str::to_owned).chain(withdrawn).collect();
    nearest_few(written, known.iter().map(String::as_str)).into_iter().map(str::to_owned).collect()
}

/// Returns what may have been meant by a level that is not there: levels that are written like it, or else all of them, in
/// the edition that is cited.
pub(crate) fn nearest_levels(site: &Site, cited: &CitedLevel) -> Vec<String> {
    let edition = cited.edition.as_ref().and_then(|name| site.history.edition(name));
    let all = level_labels(site, edition);
    let whole = CitedLevel { edition: None, ..cited.clone() }.to_string();
    let of_any_ladder: Vec<_> = all
        .iter()
        .filter(|label| label.rsplit(':').next().is_some_and(|id| id.eq_ignore_ascii_case(&cited.id)))
        .collect();
    let near: Vec<_> = match of_any_ladder.as_slice() {
        [] => nearest_few(&whole, all.iter().map(String::as_str)).into_iter().map(str::to_owned).collect(),
        own => own.iter().map(|label| (*label).clone()).collect(),
    };
    let meant = if near.is_empty() { all } else { near };
    let name = edition.map(|edition| format!("@{}", site.history.editions[edition].name())).unwrap_or_default();
    meant.into_iter().map(|label| label + &name).collect()
}

/// Returns the edition that a person may have meant by what is the name of none: `v2026.1`, `2026.01`,
/// `2026.1-beta`, `latest`.
pub(crate) fn nearest_edition<'s>(site: &'s Site, written: &str) -> Option<&'s EditionName> {
    let names = || site.history.editions.iter().map(Edition::name);
    if written.eq_ignore_ascii_case("latest") {
        return names().next_back();
    }
    let written = written.trim_start_matches(['v', 'V']);
    let end = written.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(written.len());
    let written = slice(written, ..end).trim_end_matches('.');
    let numbers: Option<Vec<u32>> = written.split('.').map(|number| number.parse().ok()).collect();
    let exact = numbers.map(EditionName::new).and_then(|name| names().find(|known| **known == name));
    exact.or_else(|| {
        // Of two that are equally near, the newer one is meant.
        let known: Vec<_> = names().rev().map(ToString::to_string).collect();
        let near = nearest(written, known.iter().map(String::as_str))?;
        names().find(|name| name.to_string() == near)
    })
}
