//! `{locale}/translation.toml`: what source text each translation was made from.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::normal::normal;
use crate::config::Config;
use crate::config::table::{Reader, Spanned, Table, Value, instead_of};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::locale::LocaleIndex;
use crate::source::Sources;

/// The name of the file in the folder of its locale.
pub(crate) const FILE: &str = "translation.toml";

/// How far a translation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Somebody is at work on it.
    Draft,
    /// A machine made it, and nobody has read it yet.
    Machine,
    /// Somebody who knows both languages has read it.
    Reviewed,
}

impl Stage {
    pub(crate) const ALL: [Self; 3] = [Self::Draft, Self::Machine, Self::Reviewed];

    /// The word for it in the file.
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

/// What the file says of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// The source text that the translation was made from, in normal form.
    pub(crate) source: String,
    pub(crate) stage: Stage,
    pub(crate) translator: Option<String>,
    pub(crate) reviewer: Option<String>,
}

/// A record under its key as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(crate) key: String,
    pub(crate) record: Record,
    pub(crate) place: Place,
}

/// The records of one locale, in the order of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Records {
    pub(crate) path: Utf8PathBuf,
    pub(crate) entries: Vec<Entry>,
}

impl Records {
    /// Reads the file of a locale. Without it nothing is recorded.
    pub(crate) fn read(sources: &Sources, config: &Config, locale: LocaleIndex) -> (Self, Vec<Diagnostic>) {
        let is_file = |path: &Utf8Path| {
            let is_here = path.file_name() == Some(FILE) && path.components().count() == 2;
            is_here && config.locale_of(path) == Some(locale)
        };
        let Some((path, text)) = sources.texts.iter().find(|(path, _)| is_file(path)) else {
            let path = format!("{}/{FILE}", config.locale(locale).tag).into();
            return (Self { path, entries: Vec::new() }, Vec::new());
        };
        let (entries, problems) = read(path, text);
        (Self { path: path.clone(), entries }, problems)
    }
}

/// Returns the source text that is recorded for each unit of a locale, by its key as it is written.
pub(crate) fn recorded(
    sources: &Sources,
    config: &Config,
    locale: LocaleIndex,
) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let (records, problems) = Records::read(sources, config, locale);
    (records.entries.into_iter().map(|entry| (entry.key, entry.record.source)).collect(), problems)
}

/// Reads the text of a file.
pub(super) fn read(path: &Utf8Path, text: &str) -> (Vec<Entry>, Vec<Diagnostic>) {
    let reader = Reader::new(path, 0);
    let entries = reader.read(text).map(Table::into_entries).unwrap_or_default();
    let entries = entries.into_iter().filter_map(|(key, value)| {
        let place = reader.place(&key.span);
        Some(Entry { key: key.value, record: read_record(&reader, value)?, place })
    });
    let entries = entries.collect();
    (entries, reader.into_problems())
}

fn read_record(reader: &Reader, value: Value<'_>) -> Option<Record> {
    let mut table = value.table()?;
    table.require("source", "write the source text that the translation was made from".to_owned());
    table.require("state", "write `state = \"draft\"`, `\"machine\"` or `\"reviewed\"`".to_owned());
    let source = table.string("source");
    let stage = table.string("state").map(|written| read_stage(reader, &written));
    let mut person = |key| {
        let name = table.string(key)?;
        Some(normal(&name.value)).filter(|name| !name.is_empty())
    };
    let (translator, reviewer) = (person("translator"), person("reviewer"));
    table.finish();
    Some(Record { source: source?.value.trim_end().to_owned(), stage: stage?, translator, reviewer })
}

fn read_stage(reader: &Reader, written: &Spanned<String>) -> Stage {
    Stage::parse(&written.value).unwrap_or_else(|| {
        let message = format!("`{written}` is no state of a translation", written = written.value);
        let problem = Diagnostic::new(Code::InvalidValue, message, reader.place(&written.span));
        reader.report(problem.help(instead_of(&written.value, &Stage::ALL.map(Stage::name))));
        Stage::Draft
    })
}
