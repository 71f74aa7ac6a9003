//! The schemas of the JSON files: JSON Schema 2020-12.
//!
//! A schema has a number in its name and is published for ever. [`texts`](SCHEMAS) never change once they have been
//! released: another format is another number, with a file of its own beside the old ones.

use std::collections::BTreeSet;

use crate::edition::SCHEMA;
use crate::model::Site;

/// A schema by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SchemaName(&'static str);

/// All schemas, by name.
const SCHEMAS: [(&str, &str); 6] = [
    ("changes-1", include_str!("schema/changes-1.json")),
    ("edition-1", include_str!("schema/edition-1.json")),
    ("edition-2", include_str!("schema/edition-2.json")),
    ("edition-3", include_str!("schema/edition-3.json")),
    ("ids-1", include_str!("schema/ids-1.json")),
    ("index-1", include_str!("schema/index-1.json")),
];

impl SchemaName {
    pub(super) const CHANGES: Self = Self("changes-1");
    pub(super) const IDS: Self = Self("ids-1");
    pub(super) const INDEX: Self = Self("index-1");

    /// Returns the schema of an edition, and of the site as it is now, by its number.
    pub(super) fn of_edition(number: u32) -> Self {
        match number {
            1 => Self("edition-1"),
            2 => Self("edition-2"),
            _ => Self("edition-3"),
        }
    }

    /// Returns the schemas that the files of a site follow.
    pub(crate) fn of_site(site: &Site) -> BTreeSet<Self> {
        let editions = site.history.editions.iter().map(|edition| edition.frozen.schema);
        let changes = site.history.editions.first().map(|_| Self::CHANGES);
        let others = [Self::IDS, Self::INDEX].into_iter().chain(changes);
        editions.chain([SCHEMA]).map(Self::of_edition).chain(others).collect()
    }

    /// Returns where it is, seen from the root of the site.
    pub(crate) fn path(self) -> String {
        format!("data/{}", self.within_data())
    }

    /// Returns where it is, seen from the folder of the data.
    pub(super) fn within_data(self) -> String {
        format!("schema/{}.json", self.0)
    }

    /// Returns the schema.
    pub(crate) fn text(self) -> &'static str {
        SCHEMAS.iter().find(|(name, _)| *name == self.0).map_or("", |(_, text)| text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "reads and writes the files of the schemas")]

    use schemars::generate::SchemaSettings;
    use schemars::{JsonSchema, Schema, json_schema};

    use super::*;
    use crate::data::{changes::ChangesFile, credit::Credit, ids::IdsFile, index::IndexFile};
    use crate::edition::Frozen;
    use crate::id::EditionName;

    /// An edition, or the site as it is now.
    #[derive(JsonSchema)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    #[allow(dead_code, reason = "only its schema is asked for")]
    struct EditionFile {
        /// The schema of this file. Editions do not name it.
        #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
        schema: Option<String>,
        /// `blake3:` and the digest of the content as it is written. The present has none.
        #[serde(skip_serializing_if = "Option::is_none")]
        digest: Option<String>,
        /// Where the text of the present comes from. An edition says so in its content.
        #[serde(skip_serializing_if = "Option::is_none")]
        origin: Option<Credit>,
        /// For the present: the latest edition if nothing has changed since.
        #[serde(skip_serializing_if = "Option::is_none")]
        same_as: Option<EditionName>,
        content: Frozen,
    }

    fn generated(name: &str) -> String {
        fn schema<T: JsonSchema>() -> Schema {
            SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
        }
        let (kind, number) = name.rsplit_once('-').unwrap();
        let mut schema = match kind {
            "changes" => schema::<ChangesFile<'_>>(),
            "edition" => schema::<EditionFile>(),
            "ids" => schema::<IdsFile>(),
            "index" => schema::<IndexFile<'_>>(),
            _ => panic!("{name} is no schema"),
        };
        if kind == "edition" {
            let number: u32 = number.parse().unwrap();
            let content = schema.pointer_mut("/$defs/Frozen/properties/schema").unwrap();
            *content = json_schema!({ "const": number }).to_value();
        }
        serde_json::to_string(&schema).unwrap() + "\n"
    }

    /// The schemas that files follow now. The others never change.
    const CURRENT: [&str; 4] = ["changes-1", "edition-3", "ids-1", "index-1"];

    /// Whoever reads our data may rely on a schema for years.
    #[test]
    fn a_schema_says_what_the_files_hold_and_another_format_has_another_number() {
        assert_eq!(SchemaName::of_edition(SCHEMA).0, CURRENT[1]);
        for (name, text) in SCHEMAS.into_iter().filter(|(name, _)| CURRENT.contains(name)) {
            let now = generated(name);
            if std::env::var("INSTA_UPDATE").is_ok_and(|asked| asked == "always") {
                std::fs::write(format!("src/data/schema/{name}.json"), &now).unwrap();
            } else {
                assert_eq!(text, now, "{name}: give what has another format another number");
            }
        }
    }
}
