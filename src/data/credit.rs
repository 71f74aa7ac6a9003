//! Where the text of a file comes from, and what its licence asks.

use schemars::JsonSchema;
use serde::Serialize;

use crate::edition::FrozenProvenance;
use crate::model::Site;

/// What each file says about its origin.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Origin")]
pub(super) struct Credit {
    /// The address of the site. All other addresses in the file are relative to it.
    #[schemars(extend("format" = "uri"))]
    pub(super) site: String,
    /// The SPDX identifier of the licence, or its short name if it has none. None if all rights are reserved.
    pub(super) licence: Option<String>,
    /// The address of the text of the licence.
    #[schemars(extend("format" = "uri"))]
    pub(super) licence_url: Option<String>,
    /// Who to credit, and how, in one line.
    pub(super) attribution: String,
}

impl Credit {
    pub(super) fn of(site: &Site, provenance: &FrozenProvenance) -> Self {
        let licence = provenance.licence.as_ref();
        Self {
            site: site.config.base_url.to_string(),
            licence: licence
                .map(|licence| if licence.spdx.is_empty() { &licence.short_name } else { &licence.spdx }.clone()),
            licence_url: licence.map(|licence| licence.url.clone()),
            attribution: attribution(provenance),
        }
    }

    /// Returns the licence as a cell of a table.
    pub(super) fn licence_cell(&self) -> String {
        self.licence.clone().unwrap_or_else(|| "All rights reserved".to_owned())
    }
}

/// Returns who must be named, and how: title, creators, address and licence of the source, and who changed it.
fn attribution(provenance: &FrozenProvenance) -> String {
    let names: Vec<_> = provenance.creators.iter().map(|creator| creator.name.as_str()).collect();
    let mut parts = vec![provenance.title.clone(), names.join(", ")];
    parts.extend(provenance.uri.clone());
    parts.extend(provenance.licence.as_ref().map(|licence| format!("{} ({})", licence.short_name, licence.url)));
    let mut changed: Vec<_> = provenance.modifications.iter().map(|step| step.by.name.as_str()).collect();
    changed.dedup();
    if !changed.is_empty() {
        parts.push(format!("changed by {}", changed.join(", ")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}
