//! Files of TOML in which people write too: the register, the records of translations, `site.toml`, front matter.
//!
//! What they have written stays, byte for byte. `toml_edit` says where a table begins and ends, and only the block of
//! one that says something new is written again.

use toml_edit::{Array, Document, DocumentMut, Item, Table, TableLike, Value, value};

use crate::text::{Edit, Edits, Span, line_start, next_line, slice};

/// Returns the line ending of a text.
pub(crate) fn line_end_of(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Returns the text of a document after an edit. None if it is not TOML, or the edit has no place in it.
pub(crate) fn edited(text: &str, line_end: &str, edit: impl FnOnce(&mut DocumentMut) -> Option<()>) -> Option<String> {
    let mut document: DocumentMut = text.replace("\r\n", "\n").parse().ok()?;
    edit(&mut document)?;
    Some(document.to_string().replace('\n', line_end))
}

/// A document whose tables are blocks of lines: a header and the lines below it.
pub(crate) struct Blocks<'t> {
    text: &'t str,
    document: Document<&'t str>,
    edits: Edits<'t>,
}

impl<'t> Blocks<'t> {
    /// None if the text is not TOML.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        Some(Self { text, document: Document::parse(text).ok()?, edits: Edits::of(text) })
    }

    fn item(&self, path: &[String]) -> Option<&Item> {
        path.iter().try_fold(self.document.as_item(), |item, name| item.get(name))
    }

    /// Returns the lines of a table, from its header to its last value.
    fn lines(&self, path: &[String]) -> Option<Span> {
        let table = self.item(path)?;
        let mut span = table.span()?;
        widen(table, &mut span);
        // A comment behind the last value belongs to it.
        Some(span.start..next_line(self.text, span.end))
    }

    /// Puts a new block before that of a table, or behind it.
    pub(crate) fn insert(&mut self, block: &str, is_behind: bool, path: &[String]) -> Option<()> {
        let lines = self.lines(path)?;
        match is_behind {
            true => self.put(lines.end, block),
            false => {
                let block = format!("{block}{}", line_end_of(self.text));
                self.edits.add(Edit::insert(beginning(self.text, lines.start), block)).ok()
            }
        }
    }

    /// Puts a new block behind all others.
    pub(crate) fn append(&mut self, block: &str) -> Option<()> {
        self.put(self.text.len(), block)
    }

    fn put(&mut self, at: usize, block: &str) -> Option<()> {
        let line_end = line_end_of(self.text);
        let is_first = self.edits.at(at).is_empty();
        let ends = at < self.text.len() || self.text.ends_with('\n') || !is_first;
        let before = if ends { line_end.to_owned() } else { line_end.repeat(2) };
        self.edits.add(Edit::insert(at, format!("{before}{block}"))).ok()
    }

    /// Gives a table new values. None if it is no block.
    pub(crate) fn edit(&mut self, path: &[String], edit: impl FnOnce(&mut Table)) -> Option<()> {
        let lines = self.lines(path)?;
        let block = slice(self.text, lines.clone());
        let written = edited(block, line_end_of(self.text), |document| {
            let table = path.iter().try_fold(document.as_item_mut(), |item, name| item.get_mut(name))?;
            edit(table.as_table_mut()?);
            Some(())
        })?;
        // The last line end belongs to what follows the block.
        let written = if block.ends_with('\n') { written } else { written.trim_end().to_owned() };
        self.edits.add(Edit::replace(lines, written)).ok()
    }

    /// Takes a table out, with the comments right above it and the blank lines behind it. None if it is no block.
    pub(crate) fn remove(&mut self, path: &[String]) -> Option<()> {
        self.item(path)?.as_table().filter(|table| !table.is_dotted() && !table.is_implicit())?;
        let lines = self.lines(path)?;
        let rest = slice(self.text, lines.end..);
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        let cut = Edit::delete(beginning(self.text, lines.start)..lines.end + blank);
        self.edits.add(cut).ok()
    }

    /// Returns the text with all insertions and removals.
    pub(crate) fn written(&self) -> String {
        let mut written = self.edits.written();
        let is_cut = |edit: &Edit| edit.text.is_empty() && edit.span.end == self.text.len();
        if self.edits.edits().last().is_some_and(is_cut) {
            let kept = written.trim_end_matches(['\n', '\r']).len();
            written.truncate(if kept == 0 { 0 } else { next_line(&written, kept) });
        }
        written
    }
}

fn widen(item: &Item, span: &mut Span) {
    if let Some(own) = item.span() {
        *span = span.start.min(own.start)..span.end.max(own.end);
    }
    for (_, item) in item.as_table().into_iter().flat_map(|table| table.iter()) {
        widen(item, span);
    }
}

/// Returns where a block begins with the comments right above it. Comments at the top of the file are not about the
/// block.
pub(crate) fn beginning(text: &str, header: usize) -> usize {
    let mut at = header;
    while at > 0 {
        let above = line_start(text, at - 1);
        if !slice(text, above..at).trim_start().starts_with('#') {
            return at;
        }
        at = above;
    }
    header
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

/// Gives a key a text. One that is new stands right behind the last of the keys that belong before it.
pub(crate) fn put_in_order(table: &mut dyn TableLike, key: &str, new: Value, is_before: impl Fn(&str) -> bool) {
    if table.contains_key(key) {
        return put(table, key, Some(new));
    }
    let keys: Vec<_> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let behind = keys.iter().rposition(|key| is_before(key)).map_or(0, |at| at + 1);
    let moved = keys.iter().skip(behind).filter_map(|key| Some((table.key(key)?.clone(), table.remove(key)?)));
    let moved: Vec<_> = moved.collect();
    put(table, key, Some(new));
    for (key, item) in moved {
        table.entry_format(&key).or_insert(item);
    }
}

/// Returns a value without what people wrote around it.
fn says(value: &Value) -> String {
    match value {
        Value::Array(array) => array.iter().map(says).collect::<Vec<_>>().join(", "),
        Value::String(text) => format!("{:?}", text.value()),
        other => other.to_string().trim().to_owned(),
    }
}

/// Returns a list of texts.
pub(crate) fn list<T: Into<Value>>(texts: impl IntoIterator<Item = T>) -> Value {
    Value::Array(texts.into_iter().collect::<Array>())
}
