//! The record of a site that this one was adapted from: `upstream/1.json`.

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::edition::{Frozen, seal};
use crate::id::{CriterionId, EditionName, UPSTREAM};
use crate::source::Sources;
use crate::text::web;

/// The version of the format that is written. Those from 1 on are read. It rises with that of editions, which the
/// record holds one of.
const SCHEMA: u32 = 2;

/// A site as it stood when another one was made from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Upstream {
    schema: u32,
    /// The address of the site: http or https, ending in `/`.
    pub(crate) base_url: String,
    /// The edition in which its criteria read as they do here, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) edition: Option<EditionName>,
    /// The criteria that it no longer had: their ids are never given again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) withdrawn: Vec<CriterionId>,
    /// All that it said, on the day on which the other site was made.
    pub(crate) site: Frozen,
}

impl Upstream {
    pub(crate) fn new(base_url: &Url, edition: Option<EditionName>, withdrawn: Vec<CriterionId>, site: Frozen) -> Self {
        Self { schema: SCHEMA, base_url: base_url.to_string(), edition, withdrawn, site }
    }

    /// Returns where the record of a site stands, by its place in the chain from one.
    pub fn path_of(number: usize) -> Utf8PathBuf {
        format!("{UPSTREAM}/{number}.json").into()
    }

    /// Returns the text of its file.
    pub fn text(&self) -> String {
        seal::sealed(&serde_json::to_string_pretty(self).expect("texts, numbers and lists of them are JSON"))
    }

    /// Returns the day on which the other site was made from it, or renewed.
    pub(crate) fn date(&self) -> Date {
        self.site.date.unwrap_or(Date::ZERO)
    }

    /// Its title in its source locale.
    pub(crate) fn title(&self) -> &str {
        self.site.title.get(self.site.source()).map_or("", String::as_str)
    }

    /// Returns every id of a criterion that it ever gave.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &CriterionId> {
        self.site.criteria().map(|(_, criterion)| &criterion.id).chain(&self.withdrawn)
    }

    /// Returns the permanent page of a criterion there.
    pub(crate) fn address_of(&self, id: &CriterionId) -> String {
        format!("{}c/{}/", self.base_url, id.slug())
    }
}

/// Reads the records of all sites that this one was made from, the oldest first. What cannot be read is reported.
pub fn read(sources: &Sources, problems: &Problems) -> Vec<Upstream> {
    let mut upstreams = Vec::new();
    let files = sources.texts.iter().filter(|(path, _)| path.starts_with(UPSTREAM));
    for (path, text) in files.filter(|(path, _)| path.extension() == Some("json")) {
        match read_file(path, text, problems) {
            Ok(found) => upstreams.push(found),
            Err(problem) => problems.report(*problem),
        }
    }
    upstreams.sort_by_key(|(number, _)| *number);
    upstreams.into_iter().map(|(_, upstream)| upstream).collect()
}

fn read_file(path: &Utf8Path, text: &str, problems: &Problems) -> Result<(usize, Upstream), Box<Diagnostic>> {
    let problem =
        |message: String, help: String| Box::new(Place::file(path).problem(Code::AlteredUpstream, message).help(help));
    let restore = || "restore the file from version control: it records what this ladder was adapted from".to_owned();
    // Version control may give a file other line ends on another system.
    let text = text.replace("\r\n", "\n");
    let content = seal::opened(&text)
        .ok_or_else(|| problem("this record of the upstream was changed by hand".to_owned(), restore()))?;
    #[derive(Deserialize)]
    struct UpstreamSchema {
        schema: u32,
    }
    if let Ok(UpstreamSchema { schema }) = serde_json::from_str(content)
        && !(1..=SCHEMA).contains(&schema)
    {
        let message = format!("this record uses schema {schema}, but this program supports none after {SCHEMA}");
        return Err(problem(message, "use the version of the program that wrote it, or a later one".to_owned()));
    }
    let (upstream, left_out): (Upstream, _) = seal::read(content)
        .map_err(|error| problem(format!("this record of the upstream cannot be read: {error}"), restore()))?;
    problems.extend(seal::left_out_characters(path, &text, left_out));
    if let Err(fault) = web(&upstream.base_url) {
        return Err(problem((fault.message)("this record"), restore()));
    }
    if let Some(fault) = upstream.site.fault() {
        return Err(problem(format!("no page can show what this record keeps: {fault}"), restore()));
    }
    let number =
        path.file_stem().and_then(|stem| stem.parse().ok()).filter(|&number| Upstream::path_of(number) == path);
    let named = "name it after its place in the chain: `upstream/1.json` is the oldest".to_owned();
    Ok((number.ok_or_else(|| problem(format!("`{path}` is not the name of a record"), named))?, upstream))
}
