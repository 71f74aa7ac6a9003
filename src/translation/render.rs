//! From records to the text of `translation.toml`.
//!
//! Records stand in the order of the site, each in a block of its own. Whatever people have written into a block that
//! says what it said stays, byte for byte.

use std::collections::{HashMap, HashSet};

use camino::Utf8Path;
use toml_edit::{Document, Key, Value};

use super::record::{self, Record};
use crate::blocks::{self, Blocks, beginning, line_end_of, put};
use crate::diagnostic::{Problems, Span};
use crate::text::{Edit, Edits, slice};

/// The beginning of a new file.
const HEADER: &str = "# What source text each translation was made from. Written by `rungs translation accept`.\n";

/// A record that the file is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planned {
    pub(crate) key: String,
    /// The key under which it stands in the file, if it does.
    pub(crate) written_key: Option<String>,
    pub(crate) record: Record,
}

/// A block of the file: the lines right above the header of a table, up to the next block.
struct TableBlock<'t> {
    text: &'t str,
    /// The key in the header.
    key: Span,
}

/// Returns the text of the file with exactly these records. None if it is not TOML, or does not keep its records in
/// blocks.
pub(super) fn written(old: &str, path: &Utf8Path, plan: &[Planned]) -> Option<String> {
    let newline = line_end_of(old);
    let (head, blocks) = records(old)?;
    let mut text = if old.trim().is_empty() { HEADER.replace('\n', newline) } else { head.to_owned() };
    for planned in plan {
        let block = match planned.written_key.as_ref().and_then(|key| blocks.get(key)) {
            Some(block) => rewritten(block, planned)?,
            None => filled(&format!("[{}]\n", Key::new(&planned.key)), &planned.record)?,
        };
        let end = text.trim_end().len();
        // One blank line stands between blocks, unless somebody has left more.
        if slice(&text, end..).matches('\n').count() < 2 {
            text.truncate(end);
            if end > 0 {
                text.push_str(&newline.repeat(2));
            }
        }
        text.push_str(&if newline == "\n" { block } else { block.replace("\r\n", "\n").replace('\n', newline) });
    }
    if plan.last().is_some() {
        text.truncate(text.trim_end().len());
        text.push_str(newline);
    }
    is_said(&text, path, plan).then_some(text)
}

/// Returns the text of the file without the records of some keys. None if it is not TOML, or does not keep its records
/// in blocks.
pub(super) fn without(old: &str, path: &Utf8Path, keys: &[String]) -> Option<String> {
    let mut blocks = Blocks::of(old)?;
    keys.iter().try_for_each(|key| blocks.remove(std::slice::from_ref(key)))?;
    let said =
        |text: &str| record::read(path, text, &Problems::default()).into_iter().map(|entry| (entry.key, entry.record));
    let kept = said(old).filter(|(key, _)| !keys.contains(key));
    Some(blocks.written()).filter(|written| said(written).eq(kept))
}

/// Returns the text before the first record, and the block of each record.
fn records(text: &str) -> Option<(&str, HashMap<String, TableBlock<'_>>)> {
    let document = Document::parse(text).ok()?;
    let root = document.as_table();
    let mut starts = Vec::new();
    for (name, item) in root.iter() {
        let key = root.key(name)?.span()?;
        let table = item.as_table().filter(|table| !table.is_dotted() && !table.is_implicit())?;
        starts.push((beginning(text, table.span()?.start), key, name.to_owned()));
    }
    starts.sort_by_key(|(start, ..)| *start);
    let head = slice(text, ..starts.first().map_or(text.len(), |(start, ..)| *start));
    let ends = starts.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]).collect::<Vec<_>>();
    let blocks = starts.into_iter().zip(ends).map(|((start, key, name), end)| {
        (name, TableBlock { text: slice(text, start..end), key: key.start - start..key.end - start })
    });
    Some((head, blocks.collect()))
}

/// Returns a block with the planned record.
fn rewritten(block: &TableBlock<'_>, planned: &Planned) -> Option<String> {
    let is_renamed = planned.written_key.as_ref() != Some(&planned.key);
    let text = match is_renamed {
        false => block.text.to_owned(),
        true => {
            let key = Edit::replace(block.key.clone(), Key::new(&planned.key).to_string());
            Edits::of(block.text).with([key]).ok()?.written()
        }
    };
    let entries = record::read(Utf8Path::new(record::FILE), &text, &Problems::default());
    match entries.as_slice() {
        [entry] if entry.record == planned.record => Some(text),
        _ => filled(&text, &planned.record),
    }
}

/// Returns a block with the values of a record.
fn filled(block: &str, record: &Record) -> Option<String> {
    blocks::edited(block, "\n", |document| {
        let (_, table) = document.as_table_mut().iter_mut().next()?;
        let table = table.as_table_mut()?;
        put(table, "source", Some(Value::from(&record.source)));
        put(table, "state", Some(record.stage.name().into()));
        put(table, "translator", record.translator.as_ref().map(Value::from));
        put(table, "reviewer", record.reviewer.as_ref().map(Value::from));
        Some(())
    })
}

/// Returns whether a text holds the planned records and nothing else.
fn is_said(text: &str, path: &Utf8Path, plan: &[Planned]) -> bool {
    let entries = record::read(path, text, &Problems::default());
    let keys: HashSet<_> = entries.iter().map(|entry| entry.key.as_str()).collect();
    let said: HashMap<_, _> = entries.iter().map(|entry| (entry.key.as_str(), &entry.record)).collect();
    let is_same = |planned: &Planned| said.get(planned.key.as_str()) == Some(&&planned.record);
    keys.len() == plan.len() && plan.iter().all(is_same)
}
