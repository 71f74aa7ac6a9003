//! The content for machines: editions as they were frozen.

use crate::edition::Edition;
use crate::model::Site;
use crate::write::Output;

/// Returns where the file of an edition stands on the site.
pub(crate) fn edition_path(edition: &Edition) -> String {
    format!("data/editions/{}.json", edition.name())
}

pub(crate) fn outputs(site: &Site) -> impl Iterator<Item = Output> {
    let output =
        |edition: &Edition| Output { path: edition_path(edition).into(), bytes: edition.text.clone().into_bytes() };
    site.history.editions.iter().map(output)
}
