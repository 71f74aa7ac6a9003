//! The list of the data of a site.

use schemars::JsonSchema;
use serde::Serialize;

use super::schema::SchemaName;
use super::{
    CHANGES, CURRENT, CURRENT_TABLE, CURRENT_WORKBOOK, HAS_WORKBOOKS, IDS, credit::Credit, edition_path,
    edition_table_path, json,
};
use crate::edition::{ByLocale, FrozenLadder, FrozenLicence, FrozenParty};
use crate::handle::{EditionIndex, LadderIndex};
use crate::id::EditionName;
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, LadderPage, LocalePage, Page, Site};

/// `data/index.json`: a list of the data files.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct IndexFile<'a> {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    origin: Credit,
    /// The former addresses of the site.
    former_sites: Vec<&'a str>,
    /// The licence. None if all rights are reserved.
    licence: Option<&'a FrozenLicence>,
    creators: &'a [FrozenParty],
    /// The title of the site by language.
    title: &'a ByLocale<String>,
    /// The tags of its languages, the source first.
    locales: &'a [String],
    ladders: Vec<LadderEntry<'a>>,
    /// The current site.
    current: CurrentEntry<'a>,
    /// The oldest first.
    editions: Vec<EditionEntry<'a>>,
    /// Every id ever assigned.
    ids: &'static str,
    /// What changed from edition to edition. None without editions.
    changes: Option<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Ladder")]
struct LadderEntry<'a> {
    key: &'a str,
    /// The prefix of its ids.
    prefix: &'a str,
    title: &'a ByLocale<String>,
    /// Its page by language.
    pages: ByLocale<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Current")]
struct CurrentEntry<'a> {
    /// The latest edition if nothing has changed since.
    same_as: Option<&'a EditionName>,
    json: &'static str,
    csv: &'static str,
    /// None where the site was built without workbooks.
    xlsx: Option<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Edition")]
struct EditionEntry<'a> {
    edition: &'a EditionName,
    /// The day of the release.
    #[schemars(with = "String", extend("format" = "date"))]
    date: jiff::civil::Date,
    /// BLAKE3 of the content, in hexadecimal digits.
    digest: &'a str,
    page: String,
    json: String,
    csv: String,
    /// The schema of its file.
    schema: String,
}

/// Returns the list.
pub(super) fn index(site: &Site) -> String {
    let now = site.as_of(None);
    let editions = &site.history.editions;
    json(&IndexFile {
        schema: SchemaName::INDEX.within_data(),
        origin: Credit::of(site, &now.provenance),
        former_sites: site.config.former_base_urls.iter().map(url::Url::as_str).collect(),
        licence: now.provenance.licence.as_ref(),
        creators: &now.provenance.creators,
        title: &now.title,
        locales: &now.locales,
        ladders: now.ladders.iter_enumerated().map(|(at, ladder)| ladder_entry(site, at, ladder)).collect(),
        current: CurrentEntry {
            same_as: site.history.same_as().map(|last| editions[last].name()),
            json: CURRENT,
            csv: CURRENT_TABLE,
            xlsx: HAS_WORKBOOKS.then_some(CURRENT_WORKBOOK),
        },
        editions: editions.keys().map(|edition| edition_entry(site, edition)).collect(),
        ids: IDS,
        changes: (!editions.is_empty()).then_some(CHANGES),
    })
}

fn ladder_entry<'a>(site: &Site, at: LadderIndex, ladder: &'a FrozenLadder) -> LadderEntry<'a> {
    let page = |locale: LocaleIndex| {
        let page = Page::In(locale, LocalePage::Ladder(at, LadderPage::Whole));
        (site.config.locale(locale).tag.clone(), page.path(site))
    };
    LadderEntry {
        key: &ladder.key,
        prefix: &ladder.prefix,
        title: &ladder.title,
        pages: site.config.locale_indices().map(page).collect(),
    }
}

fn edition_entry(site: &Site, at: EditionIndex) -> EditionEntry<'_> {
    let edition = &site.history.editions[at];
    EditionEntry {
        edition: edition.name(),
        date: edition.date,
        digest: edition.digest(),
        page: Page::Edition(at, EditionPage::Whole).path(site),
        json: edition_path(edition),
        csv: edition_table_path(edition),
        schema: SchemaName::of_edition(edition.frozen.schema).path(),
    }
}
