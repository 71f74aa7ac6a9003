//! Entries of the register that say something else than before.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use toml_edit::{Datetime, Item, Table, Value};

use super::{Changelog, EDITIONS, IdState, Key, REGISTER, RELEASED, Register, RegisterEntry, Verb, Withdrawal};
use crate::blocks::{Blocks, line_end_of, list, put};
use crate::diagnostic::Place;
use crate::id::EditionName;

/// The keys of an entry in the order in which they are written. Those that are not here keep their place behind them.
const ORDER: [&str; 15] = [
    "state",
    "since",
    "changed",
    "withdrawn",
    "withdrawn-in",
    "level",
    "category",
    "moved-to",
    "merged-into",
    "split-into",
    "replaced-by",
    "covered-by",
    "reason",
    "statement",
    "detail",
];

impl Register {
    /// Returns the text of the register with entries that stand in it saying what is given here. What stays as it is
    /// keeps its bytes. None if the file is not TOML, lacks one of the entries, or does not keep them in blocks.
    pub fn updated(&self, entries: &BTreeMap<Key, RegisterEntry>) -> Option<String> {
        let mut blocks = Blocks::of(self.text.as_deref()?)?;
        self.update(&mut blocks, entries)?;
        let change = |(key, entry): (&Key, &RegisterEntry)| (key.clone(), entry.clone());
        self.if_said(blocks.written(), |known| known.entries.extend(entries.iter().map(change)))
    }

    /// Returns the text of the register with the history of these editions, the oldest first, and no others, as
    /// [`updated`](Self::updated) does.
    pub(crate) fn telling(&self, editions: &[EditionName], changelogs: &BTreeMap<Key, Changelog>) -> Option<String> {
        let with_history =
            |(key, entry): (&Key, &RegisterEntry)| (key.clone(), entry.with_changelog(changelogs.get(key)));
        self.with_editions(editions, self.entries().map(with_history).collect())
    }

    /// Returns the text of the register that lists these editions and no others, and in which entries say something
    /// else.
    pub(crate) fn with_editions(
        &self,
        editions: &[EditionName],
        entries: BTreeMap<Key, RegisterEntry>,
    ) -> Option<String> {
        let text = self.text.as_deref()?;
        let mut blocks = Blocks::of(text)?;
        self.update(&mut blocks, &entries)?;
        let path = [EDITIONS.to_owned()];
        let is_listed = self.released.iter().map(|(name, _)| name).eq(editions);
        match (self.released.is_empty(), editions) {
            _ if is_listed => {}
            (false, []) => blocks.remove(&path)?,
            (false, _) => {
                let names = list(editions.iter().map(ToString::to_string));
                blocks.edit(&path, |table| put(table, RELEASED, Some(names)))?;
            }
            (true, _) => {
                let newline = line_end_of(text);
                let names: Vec<_> = editions.iter().map(|name| format!("\"{name}\"")).collect();
                let block = format!("[{EDITIONS}]{newline}{RELEASED} = [{names}]{newline}", names = names.join(", "));
                match self.entries.first_key_value() {
                    Some((first, _)) => blocks.insert(&block, false, &first.path())?,
                    None => blocks.append(&block)?,
                }
            }
        }
        let released = editions.iter().map(|name| (name.clone(), Place::file(REGISTER))).collect();
        self.if_said(blocks.written(), |known| {
            known.entries.extend(entries);
            known.released = released;
        })
    }

    /// Gives the blocks of entries new values where these differ.
    fn update(&self, blocks: &mut Blocks<'_>, entries: &BTreeMap<Key, RegisterEntry>) -> Option<()> {
        for (key, entry) in entries {
            if !self.entry(key)?.says_the_same(entry) {
                blocks.edit(&key.path(), |table| rewrite(table, entry))?;
            }
        }
        Some(())
    }
}

/// Gives the block of an entry new values.
fn rewrite(table: &mut Table, entry: &RegisterEntry) {
    let none = Withdrawal::default();
    let withdrawal = entry.withdrawal.as_ref().unwrap_or(&none);
    put(table, "state", Some(entry.state.name().into()));
    put(table, "since", entry.since.as_ref().map(|name| name.to_string().into()));
    let changed = list(entry.changed.iter().map(ToString::to_string));
    put(table, "changed", Some(changed).filter(|_| !entry.changed.is_empty()));
    let date = withdrawal.date.and_then(|date| date.to_string().parse::<Datetime>().ok());
    put(table, "withdrawn", date.map(Value::from));
    put(table, "withdrawn-in", withdrawal.edition.as_ref().map(|name| name.to_string().into()));
    put(table, "level", withdrawal.level.as_ref().map(Value::from));
    put(table, "category", withdrawal.category.as_ref().map(Value::from));
    for verb in Verb::ALL {
        let succession = withdrawal.succession.as_ref().filter(|succession| succession.verb == verb);
        let successors = succession.map(|succession| list(succession.successors.iter().map(|(id, _)| id.to_string())));
        put(table, verb.name(), successors);
    }
    put_texts(table, "reason", &withdrawal.reason);
    put_texts(table, "statement", &withdrawal.statement);
    put_texts(table, "detail", &withdrawal.detail);
    table.sort_values_by(|a, _, b, _| in_order(a.get(), b.get()));
}

/// Gives a key a text in each locale: `reason.en = "…"`.
fn put_texts(table: &mut Table, key: &str, texts: &BTreeMap<String, String>) {
    if texts.is_empty() {
        table.remove(key);
        return;
    }
    if !table.get(key).is_some_and(Item::is_table) {
        let mut dotted = Table::new();
        dotted.set_dotted(true);
        table.insert(key, Item::Table(dotted));
    }
    let Some(of_key) = table.get_mut(key).and_then(Item::as_table_mut) else { return };
    of_key.retain(|tag, _| texts.contains_key(tag));
    for (tag, text) in texts {
        put(of_key, tag, Some(text.into()));
    }
}

fn in_order(a: &str, b: &str) -> Ordering {
    let rank = |key: &str| ORDER.iter().position(|&other| other == key).unwrap_or(ORDER.len());
    // Locales within a text have no rank.
    rank(a).cmp(&rank(b)).then_with(|| if rank(a) == ORDER.len() { a.cmp(b) } else { Ordering::Equal })
}

impl RegisterEntry {
    /// Returns an id that stands in the content, and in no edition yet.
    pub(super) fn active() -> Self {
        let place = Place::file(REGISTER);
        Self { state: IdState::Active, since: None, changed: Vec::new(), withdrawal: None, place }
    }

    /// Returns whether two entries say the same, wherever they stand.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.placeless() == other.placeless()
    }

    fn placeless(&self) -> Self {
        let mut entry = self.clone();
        let nowhere = Place::file(REGISTER);
        let successions = entry.withdrawal.iter_mut().filter_map(|withdrawal| withdrawal.succession.as_mut());
        successions.flat_map(|succession| &mut succession.successors).for_each(|(_, place)| *place = nowhere.clone());
        entry.place = nowhere;
        entry
    }
}
