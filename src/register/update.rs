//! Entries of the register that say something else than before.
//!
//! Only the block of such an entry is written again, and in it what people wrote beside the values stays. All other
//! bytes of the file are kept.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, Datetime, Document, DocumentMut, Item, Table, TableLike, Value, value};

use super::render::span;
use super::{Entry, Key, REGISTER, Register, Verb, Withdrawal};
use crate::diagnostic::Place;
use crate::text::{Edit, Edits, next_line, slice};

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
    /// The text of the register with entries that stand in it saying what is given here. What stays as it is keeps its
    /// bytes. None if the file is not TOML, lacks one of the entries, or does not keep them in blocks.
    pub fn updated(&self, entries: &BTreeMap<Key, Entry>) -> Option<String> {
        let text = self.text.as_deref()?;
        let document = Document::parse(text).ok()?;
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut edits = Edits::of(text);
        for (key, entry) in entries {
            if self.entry(key)?.says_the_same(entry) {
                continue;
            }
            let span = span(document.as_item(), key)?;
            // A comment behind the last value belongs to it.
            let span = span.start..next_line(text, span.end);
            let block = rewritten(&slice(text, span.clone()).replace("\r\n", "\n"), key, entry)?;
            edits.add(Edit::replace(span, block.replace('\n', newline))).ok()?;
        }
        let written = edits.written();
        self.is_updated_in(&written, entries).then_some(written)
    }

    /// Whether a new text says what this register says, and what is given of the entries named.
    fn is_updated_in(&self, written: &str, entries: &BTreeMap<Key, Entry>) -> bool {
        let (read, _) = Self::of(written);
        let keys: BTreeSet<_> = self.entries.keys().collect();
        let says = |(key, entry): (&Key, &Entry)| read.entry(key).is_some_and(|new| new.says_the_same(entry));
        read.is_readable
            && read.entries.keys().collect::<BTreeSet<_>>() == keys
            && self.entries.iter().map(|(key, entry)| (key, entries.get(key).unwrap_or(entry))).all(says)
    }
}

/// The block of an entry with new values.
fn rewritten(block: &str, key: &Key, entry: &Entry) -> Option<String> {
    let mut document: DocumentMut = block.parse().ok()?;
    let path = key.path();
    let table = path.iter().try_fold(document.as_item_mut(), |item, name| item.get_mut(name))?;
    let table = table.as_table_mut()?;
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
        let successors = succession.map(|of| list(of.successors.iter().map(|(id, _)| id.to_string())));
        put(table, verb.name(), successors);
    }
    put_texts(table, "reason", &withdrawal.reason);
    put_texts(table, "statement", &withdrawal.statement);
    put_texts(table, "detail", &withdrawal.detail);
    table.sort_values_by(|a, _, b, _| in_order(a.get(), b.get()));
    let written = document.to_string();
    // The last line end belongs to what follows the block.
    Some(if block.ends_with('\n') { written } else { written.trim_end().to_owned() })
}

/// Gives a key a value, or takes it away. A value that stays keeps its form.
pub(crate) fn put(table: &mut dyn TableLike, key: &str, new: Option<Value>) {
    let Some(mut new) = new else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if says(old) == says(&new) => {}
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => {
            table.insert(key, value(new));
        }
    }
}

/// A value without what people wrote around it.
fn says(value: &Value) -> String {
    match value {
        Value::Array(array) => array.iter().map(says).collect::<Vec<_>>().join(", "),
        Value::String(text) => format!("{:?}", text.value()),
        other => other.to_string().trim().to_owned(),
    }
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

fn list(texts: impl Iterator<Item = String>) -> Value {
    Value::Array(texts.collect::<Array>())
}

fn in_order(a: &str, b: &str) -> Ordering {
    let rank = |key: &str| ORDER.iter().position(|&other| other == key).unwrap_or(ORDER.len());
    // Locales within a text have no rank.
    rank(a).cmp(&rank(b)).then_with(|| if rank(a) == ORDER.len() { a.cmp(b) } else { Ordering::Equal })
}

impl Entry {
    /// Whether two entries say the same, wherever they stand.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.placeless() == other.placeless()
    }

    fn placeless(&self) -> Self {
        let mut entry = self.clone();
        let nowhere = Place::file(REGISTER);
        let successions = entry.withdrawal.iter_mut().filter_map(|of| of.succession.as_mut());
        successions.flat_map(|of| &mut of.successors).for_each(|(_, place)| *place = nowhere.clone());
        entry.place = nowhere;
        entry
    }
}
