//! The site as it is now, in the form of an edition.

use serde::Serialize;

use super::schema::SchemaName;
use super::{credit::Credit, json};
use crate::edition::Frozen;
use crate::handle::EditionIndex;
use crate::id::EditionName;
use crate::model::Site;

/// As the schema of an edition describes it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CurrentFile<'a> {
    #[serde(rename = "$schema")]
    schema: String,
    origin: Credit,
    same_as: Option<&'a EditionName>,
    content: &'a Frozen,
}

/// Returns the file of an edition, or of the site as it is now.
pub(crate) fn state(site: &Site, edition: Option<EditionIndex>) -> String {
    edition.map_or_else(|| current(site), |edition| site.history.editions[edition].text.clone())
}

/// Returns the file of the site as it is now. It names the last edition if nothing has changed since.
pub(super) fn current(site: &Site) -> String {
    let content = site.as_of(None);
    json(&CurrentFile {
        schema: SchemaName::of_edition(content.schema).within_data(),
        origin: Credit::of(site, &content.provenance),
        same_as: site.history.same_as().map(|last| site.history.editions[last].name()),
        content,
    })
}
