//! `{locale}/translation.toml`: what source text each translation was made from.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;

use super::VanishedRecord;
use super::normal::normal;
use crate::config::Config;
use crate::config::table::TomlReader;
use crate::diagnostic::{Place, Problems};
use crate::locale::LocaleIndex;
use crate::memo::{self, FileMemo};
use crate::source::Sources;

/// The name of the file in the folder of its locale.
pub(crate) const FILE: &str = "translation.toml";

/// The stage of a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TranslationStage {
    /// Somebody is at work on it.
    Draft,
    /// A machine made it, and it has not been read yet.
    Machine,
    /// Somebody who knows both languages has read it.
    Reviewed,
}

impl TranslationStage {
    pub(crate) const ALL: [Self; 3] = [Self::Draft, Self::Machine, Self::Reviewed];

    /// Returns the word for it in the file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Machine => "machine",
            Self::Reviewed => "reviewed",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// The record of one unit in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// The source text that the translation was made from, in normal form.
    pub(crate) source: String,
    pub(crate) stage: TranslationStage,
    pub(crate) translator: Option<String>,
    pub(crate) reviewer: Option<String>,
}

/// A record under its key as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RecordEntry {
    pub(crate) key: String,
    pub(crate) record: Record,
    pub(crate) place: Place,
}

impl RecordEntry {
    pub(super) fn vanished(&self, has_translation: bool) -> VanishedRecord {
        VanishedRecord { place: self.place.clone(), has_translation }
    }
}

/// The records of one locale, in the order of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Records {
    pub(crate) path: Utf8PathBuf,
    pub(crate) entries: Vec<RecordEntry>,
}

impl Records {
    /// Reads the file of a locale. Without it nothing is recorded.
    pub(crate) fn read(
        sources: &Sources,
        config: &Config,
        locale: LocaleIndex,
        memory: Option<&FileMemo<Vec<RecordEntry>>>,
        problems: &Problems,
    ) -> Self {
        let is_file = |path: &Utf8Path| {
            let is_here = path.file_name() == Some(FILE) && path.components().count() == 2;
            is_here && config.locale_of(path) == Some(locale)
        };
        let Some((path, text)) = sources.texts.iter().find(|(path, _)| is_file(path)) else {
            let path = format!("{}/{FILE}", config.locale(locale).tag).into();
            return Self { path, entries: Vec::new() };
        };
        Self { path: path.clone(), entries: memo::read_file(memory, path, text, problems, read) }
    }
}

/// Returns the source text that is recorded for each unit of a locale, by its key as it is written.
pub(crate) fn recorded(sources: &Sources, config: &Config, locale: LocaleIndex) -> BTreeMap<String, String> {
    // What is wrong with the records is reported where all of them are read.
    let records = Records::read(sources, config, locale, None, &Problems::default());
    records.entries.into_iter().map(|entry| (entry.key, entry.record.source)).collect()
}

/// A record as it is written.
#[derive(Deserialize)]
struct WrittenRecord {
    source: Option<String>,
    state: Option<TranslationStage>,
    translator: Option<String>,
    reviewer: Option<String>,
}

/// Returns the advice for a missing required key.
fn to_write(_: &str, key: &str) -> Option<&'static str> {
    match key {
        "source" => Some("write the source text that the translation was made from"),
        "state" => Some("write `state = \"draft\"`, `\"machine\"` or `\"reviewed\"`"),
        _ => None,
    }
}

/// Reads the text of a file.
pub(super) fn read(path: &Utf8Path, text: &str, problems: &Problems) -> Vec<RecordEntry> {
    let reader = TomlReader::new(path, 0, text, problems).requiring(to_write);
    let entries = reader.whole().map(|table| table.entries()).unwrap_or_default().into_iter();
    let entries = entries.filter_map(|(key, value)| {
        let WrittenRecord { source, state, translator, reviewer } = value.read()?;
        let person = |name: String| Some(normal(&name)).filter(|name| !name.is_empty());
        let record = Record {
            source: source?.trim_end().to_owned(),
            // One that is no state has been reported.
            stage: state.unwrap_or(TranslationStage::Draft),
            translator: translator.and_then(person),
            reviewer: reviewer.and_then(person),
        };
        Some(RecordEntry { key: key.value, record, place: reader.place(&key.span) })
    });
    entries.collect()
}
