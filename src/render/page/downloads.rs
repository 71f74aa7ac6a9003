//! The data of the site: what there is to download, and what its licence asks.

use serde::Serialize;

use super::framed;
use crate::data;
use crate::edition::Edition;
use crate::handle::EditionIndex;
use crate::render::history::EditionLink;
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;

#[derive(Serialize)]
pub(crate) struct DownloadsView {
    #[serde(flatten)]
    frame: PageContext,
    /// What whoever shares a file has to do, in a sentence.
    duty: String,
    /// The address of the licence. None if all rights are reserved.
    licence: Option<LicenceLink>,
    /// The last edition, if nothing has changed since.
    same_as: Option<String>,
    now: Vec<DownloadLink>,
    /// The latest first.
    editions: Vec<EditionDownloads>,
    programs: Vec<DownloadLink>,
}

#[derive(Serialize)]
struct LicenceLink {
    name: String,
    url: String,
}

/// A file.
#[derive(Serialize)]
struct DownloadLink {
    /// `current.csv`
    name: String,
    /// Its path on the site.
    path: String,
    /// The key of the words that say what is in it.
    says: &'static str,
}

#[derive(Serialize)]
struct EditionDownloads {
    edition: Option<EditionLink>,
    csv: String,
    json: String,
}

framed!(DownloadsView);

pub(crate) fn view(scene: &Scene<'_>) -> DownloadsView {
    let site = scene.site;
    let provenance = &site.config.provenance;
    let title = scene.word("downloads.title").to_owned();
    let description = scene.word("downloads.description").to_owned();
    let names: Vec<_> = provenance.source.creators.iter().map(|creator| creator.name.as_str()).collect();
    let names = names.join(scene.word("list.separator"));
    let duty = match &provenance.licence {
        None => scene.phrase("downloads.all", &[("owner", &names)]),
        Some(licence) if licence.spdx.starts_with("CC-BY-SA-") => {
            scene.phrase("downloads.licence-alike", &[("creators", &names)])
        }
        Some(_) => scene.phrase("downloads.licence", &[("creators", &names)]),
    };
    let editions = &site.history.editions;
    let last = site.history.same_as().map(|last| editions[last].name());
    let workbook = data::HAS_WORKBOOKS.then_some((data::CURRENT_WORKBOOK, "xlsx"));
    let now = workbook.into_iter().chain([(data::CURRENT_TABLE, "csv"), (data::CURRENT, "current")]);
    let changes = (!editions.is_empty()).then_some((data::CHANGES, "changes"));
    let programs = [(data::INDEX, "index"), (data::IDS, "ids")].into_iter().chain(changes);
    let schemas = data::SchemaName::of_site(site).into_iter().map(|name| link(&name.path(), "schema"));
    DownloadsView {
        duty,
        licence: provenance
            .licence
            .as_ref()
            .map(|licence| LicenceLink { name: licence.short_name.clone(), url: licence.url.to_string() }),
        same_as: last.map(|last| scene.phrase("downloads.same-as", &[("edition", &last.to_string())])),
        now: now.map(|(path, says)| link(path, says)).collect(),
        editions: editions.iter_enumerated().rev().map(|(at, edition)| of_edition(scene, at, edition)).collect(),
        programs: programs.map(|(path, says)| link(path, says)).chain(schemas).collect(),
        frame: PageContext::of(scene, "downloads", title, description),
    }
}

fn link(path: &str, says: &'static str) -> DownloadLink {
    let name = path.strip_prefix(data::FOLDER).unwrap_or(path).to_owned();
    DownloadLink { name, path: path.to_owned(), says }
}

fn of_edition(scene: &Scene<'_>, at: EditionIndex, edition: &Edition) -> EditionDownloads {
    EditionDownloads {
        edition: EditionLink::of(scene.site, at, None),
        csv: data::edition_table_path(edition),
        json: data::edition_path(edition),
    }
}
