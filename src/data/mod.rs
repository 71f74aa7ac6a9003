//! The site as data: what programs and spreadsheets read, below `data/` on the site and from `rungs export`.
//!
//! [`files`] makes all of it. Each file says by itself where its text comes from and what its licence asks, since files
//! travel alone. Addresses in a file are seen from the root of the site, which it names. The JSON files follow schemas
//! that are published beside them ([`schema`]): within one number nothing of them ever changes.

mod changes;
mod content;
mod credit;
mod current;
mod ids;
mod index;
mod markdown;
mod print;
mod schema;
mod table;
#[cfg(test)]
mod tests;
#[cfg(feature = "export")]
mod workbook;

use crate::edition::Edition;
use crate::handle::{EditionIndex, LadderIndex};
use crate::model::Site;
use crate::register::Register;

pub(crate) use content::content;
use current::current;
pub(crate) use current::state;
pub(crate) use markdown::ladder as ladder_markdown;
pub(crate) use print::Print;
pub(crate) use schema::SchemaName;
pub(crate) use table::Table;
#[cfg(feature = "export")]
pub(crate) use workbook::workbook;

/// The folder of the data, on the site.
pub(crate) const FOLDER: &str = "data/";

/// The list of the files.
pub(crate) const INDEX: &str = "data/index.json";

/// The site as it is now, in the form of an edition.
pub(crate) const CURRENT: &str = "data/current.json";

/// The criteria as they are now, as a table.
pub(crate) const CURRENT_TABLE: &str = "data/current.csv";

/// The same as a workbook, with the matrix of each ladder.
pub(crate) const CURRENT_WORKBOOK: &str = "data/current.xlsx";

/// Every id ever given.
pub(crate) const IDS: &str = "data/ids.json";

/// The changes from edition to edition.
pub(crate) const CHANGES: &str = "data/changes.json";

/// Whether this program makes workbooks.
pub(crate) const HAS_WORKBOOKS: bool = cfg!(feature = "export");

/// Takes files as they are made: the path from the root of the site, and the content.
pub(crate) type Receiver<'a> = dyn FnMut(String, Vec<u8>) + 'a;

/// The part of a site that a file holds.
#[derive(Debug, Clone)]
pub(crate) struct Selection {
    /// None for the site as it is now.
    pub(crate) edition: Option<EditionIndex>,
    /// One ladder by its place there. None for all.
    pub(crate) ladder: Option<LadderIndex>,
    /// The tags of the languages, the one whose words come first in front.
    pub(crate) tags: Vec<String>,
}

impl Selection {
    /// All of an edition, or of the site as it is now.
    pub(crate) fn all(site: &Site, edition: Option<EditionIndex>) -> Self {
        Self { edition, ladder: None, tags: site.as_of(edition).locales.clone() }
    }

    fn has(&self, ladder: LadderIndex) -> bool {
        self.ladder.is_none_or(|only| only == ladder)
    }
}

/// Returns where the file of an edition is.
pub(crate) fn edition_path(edition: &Edition) -> String {
    format!("data/editions/{}.json", edition.name())
}

/// Returns where the table of an edition is.
pub(crate) fn edition_table_path(edition: &Edition) -> String {
    format!("data/editions/{}.csv", edition.name())
}

/// Makes all files of a site, one after the other.
pub(crate) fn files(site: &Site, register: &Register, receiver: &mut Receiver<'_>) {
    let now = Selection::all(site, None);
    let table = Table::of(site, &now);
    let mut file = |path: &str, text: String| receiver(path.to_owned(), text.into_bytes());
    file(INDEX, index::index(site));
    file(CURRENT, current(site));
    file(CURRENT_TABLE, table.csv());
    file(IDS, ids::ids(site, register));
    if !site.history.editions.is_empty() {
        file(CHANGES, changes::changes(site));
    }
    for (at, edition) in site.history.editions.iter_enumerated() {
        file(&edition_path(edition), edition.text.clone());
        file(&edition_table_path(edition), Table::of(site, &Selection::all(site, Some(at))).csv());
    }
    for name in SchemaName::of_site(site) {
        file(&name.path(), name.text().to_owned());
    }
    #[cfg(feature = "export")]
    receiver(CURRENT_WORKBOOK.to_owned(), workbook(site, &now, &table));
}

/// Returns data as the text of a file.
fn json(data: &impl serde::Serialize) -> String {
    serde_json::to_string(data).expect("texts, numbers and lists of them are JSON") + "\n"
}
