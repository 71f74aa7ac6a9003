//! The register: every id this site ever gave, and what became of it.
//!
//! It stands in `register.toml` beside the content, and no entry is ever removed. [`Register::read`] reads it, and
//! [`Register::updated`] writes what became of an id. What the editions say of each id is its [`Changelog`].

mod changelog;
pub(crate) mod items;
mod key;
mod names;
mod render;
mod successors;
mod update;
mod withdrawal;

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;

pub(crate) use changelog::keys as keys_of;
pub(crate) use changelog::{Changelog, changelogs};
pub use key::Key;
pub(crate) use names::{RegisterNames, of_title};
pub(crate) use render::unwritable;
pub(crate) use withdrawal::Succession;
pub use withdrawal::{Verb, Withdrawal};

use crate::config::Config;
use crate::config::table::{Entries, Spanned, Split, TomlReader, Value};
use crate::diagnostic::{Code, Place, Problems};
use crate::id::EditionName;
use crate::locale::LocaleIndex;
use crate::memo::{self, FileMemo};
use crate::source::Sources;

/// The file that holds the register.
pub const REGISTER: &str = "register.toml";

/// The table of the highest numbers that were forgotten.
const FORGOTTEN: &str = "forgotten";

/// The table of the editions.
const EDITIONS: &str = "editions";

/// The key of their names.
const RELEASED: &str = "released";

/// The state of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdState {
    /// It stands in the content.
    Active,
    /// It was taken out of the content for good, and is never given again.
    Withdrawn,
}

impl IdState {
    /// Returns the word for it in the register.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The entry of one id in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEntry {
    pub state: IdState,
    /// The edition that it came with. None until its first release.
    pub since: Option<EditionName>,
    /// The editions that changed its text or moved it, the oldest first.
    pub changed: Vec<EditionName>,
    /// The record of its withdrawal, if it is withdrawn.
    pub withdrawal: Option<Withdrawal>,
    /// The id in the register.
    pub place: Place,
}

/// Every id ever given.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Register {
    entries: BTreeMap<Key, RegisterEntry>,
    /// By prefix the highest number that was forgotten, if no higher one stands among the entries.
    forgotten: BTreeMap<String, u32>,
    /// The editions that were released, the oldest first. Registers of earlier versions do not list them.
    released: Vec<(EditionName, Place)>,
    /// The file as it stands, if there is one.
    text: Option<String>,
    is_readable: bool,
}

impl Register {
    /// Reads the register of a site. Without its file it is empty.
    pub fn read(sources: &Sources, problems: &Problems) -> Self {
        Self::remembered(sources, None, problems)
    }

    /// Returns the same. A text that `memory` knows is not read again.
    pub(crate) fn remembered(sources: &Sources, memory: Option<&FileMemo<Self>>, problems: &Problems) -> Self {
        let path = Utf8Path::new(REGISTER);
        match sources.text(path) {
            Some(text) => memo::read_file(memory, path, text, problems, |_, text, problems| Self::of(text, problems)),
            None => Self { is_readable: true, ..Self::default() },
        }
    }

    /// Reads the text of a register.
    pub(crate) fn of(text: &str, problems: &Problems) -> Self {
        let reader = TomlReader::new(REGISTER, 0, text, problems).requiring(|_, key| match key {
            "state" => Some("write `state = \"active\"` or `state = \"withdrawn\"`"),
            _ => None,
        });
        let whole = reader.whole();
        let forgotten = whole.as_ref().and_then(|whole| whole.get(FORGOTTEN)?.read::<Entries<u32>>());
        let forgotten = forgotten.unwrap_or_default().right().map(|(prefix, number)| (prefix.value, number)).collect();
        let released = whole.as_ref().and_then(|whole| Some(read_editions(&reader, &whole.get(EDITIONS)?)));
        let released = released.unwrap_or_default();
        let entries = whole.map(|table| read_entries(&reader, &table));
        let is_readable = entries.is_some();
        Self { entries: entries.unwrap_or_default(), forgotten, released, text: Some(text.to_owned()), is_readable }
    }

    /// Returns whether there is a file.
    pub(crate) fn exists(&self) -> bool {
        self.text.is_some()
    }

    /// Returns whether what its file says is known. An id that an unreadable one lacks may well have been given.
    pub(crate) fn is_readable(&self) -> bool {
        self.is_readable
    }

    /// Returns all ids in the order of the file: criteria, levels, categories.
    pub fn entries(&self) -> impl Iterator<Item = (&Key, &RegisterEntry)> {
        self.entries.iter()
    }

    /// Returns the highest number of a prefix that was forgotten. It may have been cited, and is not given again.
    pub(crate) fn forgotten(&self, prefix: &str) -> Option<u32> {
        self.forgotten.get(prefix).copied()
    }

    /// Returns the editions that were released, the oldest first. Empty in a register that does not list them.
    pub(crate) fn released(&self) -> &[(EditionName, Place)] {
        &self.released
    }

    /// Returns the entry of an id.
    pub fn entry(&self, key: &Key) -> Option<&RegisterEntry> {
        self.entries.get(key)
    }
}

/// Returns where a locale's text of a ladder stands, and what it is.
pub(crate) fn ladder_file<'a>(
    config: &Config,
    sources: &'a Sources,
    locale: LocaleIndex,
    ladder: &str,
) -> Option<(&'a Utf8PathBuf, &'a str)> {
    let path = format!("{}/{ladder}.md", config.locale(locale).tag);
    let mut files = sources.texts.iter();
    files.find(|(at, _)| at.as_str().eq_ignore_ascii_case(&path)).map(|(at, text)| (at, text.as_str()))
}

fn read_entries(reader: &TomlReader<'_>, whole: &Value<'_>) -> BTreeMap<Key, RegisterEntry> {
    let mut entries = BTreeMap::new();
    let mut add = |ladder: Option<&str>, kind: &'static str, written: &Value<'_>| {
        for (id, value) in written.entries() {
            let place = reader.place(&id.span);
            match Key::read(kind, ladder, &id.value) {
                Some(key) => {
                    entries.insert(key, read_entry(reader, &value, place));
                }
                None => {
                    let message = match kind {
                        "level" => format!("`{id}` is not the id of a level", id = id.value),
                        "category" => format!("`{id}` is not the id of a category", id = id.value),
                        _ => format!("`{id}` is not the id of a criterion", id = id.value),
                    };
                    let help = "the register lists ids as they are in the content, such as `criterion.TL-001`";
                    reader.report(place.problem(Code::InvalidId, message).help(help));
                }
            }
        }
    };
    const KINDS: [&str; 3] = ["criterion", "level", "category"];
    for (kind, written) in KINDS.iter().filter_map(|kind| Some((kind, whole.get(kind)?))) {
        match *kind {
            "criterion" => add(None, kind, &written),
            _ => written.entries().iter().for_each(|(ladder, ids)| add(Some(&ladder.value), kind, ids)),
        }
    }
    whole.only(&[&KINDS[..], &[EDITIONS, FORGOTTEN]].concat());
    entries
}

/// The table of the editions.
#[derive(Deserialize, Default)]
#[serde(default)]
struct WrittenEditions {
    released: Vec<Spanned<String>>,
}

fn read_editions(reader: &TomlReader<'_>, value: &Value<'_>) -> Vec<(EditionName, Place)> {
    let Split { read, known, .. } = value.split();
    if read.is_some() {
        value.only(known);
    }
    let WrittenEditions { released } = read.unwrap_or_default();
    let named = released.iter().filter_map(|name| Some((edition(reader, name)?, reader.place(&name.span))));
    let mut named: Vec<_> = named.collect();
    named.sort_by(|(one, _), (other, _)| one.cmp(other));
    named.dedup_by(|(one, _), (other, _)| one == other);
    named
}

/// The fields that every entry of the register has.
#[derive(Deserialize, Default)]
#[serde(default)]
struct WrittenRegister {
    state: Option<IdState>,
    since: Option<Spanned<String>>,
    changed: Vec<Spanned<String>>,
}

/// Reads an entry. It exists even if it is faulty: the id has been given.
fn read_entry(reader: &TomlReader<'_>, value: &Value<'_>, place: Place) -> RegisterEntry {
    let Split { read, mut known, .. } = value.split();
    let is_table = read.is_some();
    let WrittenRegister { state, since, changed } = read.unwrap_or_default();
    let since = since.and_then(|name| edition(reader, &name));
    let changed = changed.iter().filter_map(|name| edition(reader, name)).collect();
    let mut entry = RegisterEntry { state: state.unwrap_or(IdState::Active), since, changed, withdrawal: None, place };
    let mut keys = known.to_vec();
    // Without a state nobody knows which keys belong to it.
    if is_table && state != Some(IdState::Active) {
        let withdrawal;
        Split { read: withdrawal, known, .. } = value.split();
        keys.extend(known);
        let withdrawal = withdrawal.map(|written| withdrawal::read(reader, written));
        entry.withdrawal = withdrawal.filter(|_| entry.state == IdState::Withdrawn);
    }
    if is_table {
        value.only(&keys);
    }
    entry
}

fn edition(reader: &TomlReader<'_>, written: &Spanned<String>) -> Option<EditionName> {
    let name = EditionName::parse(&written.value);
    if name.is_none() {
        let message = format!("`{written}` is not the name of an edition", written = written.value);
        let problem = reader.place(&written.span).problem(Code::InvalidValue, message);
        reader.report(problem.help("write it like its file name, such as `2026.1`"));
    }
    name
}
