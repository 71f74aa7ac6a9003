//! From ids to the text of the register.
//!
//! The file belongs to people too: whatever they have written there stays, byte for byte. So `toml_edit` only says
//! where each entry ends, and new ones are put between the bytes that stand.

use std::collections::BTreeSet;
use std::ops::Bound;

use toml_edit::{Document, Item};

use super::{Entry, Key, REGISTER, Register, State};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::text::{Edit, Edits, line_start, next_line, slice};

/// What a new register begins with.
const HEADER: &str =
    "# Every id this site ever gave, and what became of it. Written by `rungs`; never remove an entry.\n";

/// Reports that no entry can be added to the register as it is written.
pub(crate) fn unwritable() -> Diagnostic {
    Diagnostic::new(Code::InvalidValue, "the register cannot be added to", Place::file(REGISTER))
        .help("write each entry as a block: a line such as `[criterion.TL-001]`, then `state = \"active\"`")
}

impl Register {
    /// The text of the register with the given ids added, as active ones.
    ///
    /// Each new entry is put behind the one that precedes it in the order of ids, so that two branches which each add
    /// the next id have a conflict instead of one id for two things. None if the file is not TOML, or its entries do
    /// not stand in blocks between which others could be put.
    pub(crate) fn with<'a>(&self, ids: impl IntoIterator<Item = &'a Key>) -> Option<String> {
        let text = self.text.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or(HEADER);
        let document = Document::parse(text).ok()?;
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let added: BTreeSet<&Key> = ids.into_iter().filter(|key| self.entry(key).is_none()).collect();
        let mut insertions = Vec::new();
        for key in &added {
            let block = format!("[{}]{newline}state = \"{}\"{newline}", key.path().join("."), State::Active.name());
            let before = self.entries.range::<Key, _>((Bound::Unbounded, Bound::Excluded(*key))).next_back();
            insertions.push(match (before, self.entries.first_key_value()) {
                (None, Some((first, _))) => {
                    let at = beginning(text, span(document.as_item(), first)?.start);
                    Edit::insert(at, format!("{block}{newline}"))
                }
                (Some((before, _)), _) => {
                    let at = next_line(text, span(document.as_item(), before)?.end);
                    Edit::insert(at, format!("{newline}{block}"))
                }
                (None, None) => Edit::insert(text.len(), format!("{newline}{block}")),
            });
        }
        if let Some(last) = insertions.iter_mut().find(|insertion| insertion.span.start == text.len())
            && !text.ends_with('\n')
        {
            last.text.insert_str(0, newline);
        }
        let written = Edits::of(text).with(insertions).ok()?.written();
        self.is_kept_in(&written, &added).then_some(written)
    }

    /// The text of the register without an id, and without the comments right above it. What else stands there keeps its
    /// bytes. None if the file is not TOML, or does not keep the id in a block.
    pub(crate) fn without(&self, key: &Key) -> Option<String> {
        let text = self.text.as_deref()?;
        let document = Document::parse(text).ok()?;
        let span = span(document.as_item(), key)?;
        let start = beginning(text, span.start);
        let end = next_line(text, span.end);
        // The blank lines behind it go with it, or at the end of the file those before it.
        let rest = slice(text, end..);
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        let kept = slice(text, ..start).trim_end_matches(['\n', '\r']).len();
        let span = match rest.len() == blank && kept > 0 {
            true => next_line(text, kept)..text.len(),
            false => start..end + blank,
        };
        let written = Edits::of(text).with([Edit::delete(span)]).ok()?.written();
        let (read, _) = Self::of(&written);
        let others = self.entries().filter(|(other, _)| *other != key);
        let is_kept = |(key, entry): (&Key, &Entry)| read.entry(key).is_some_and(|new| new.says_the_same(entry));
        let is_right =
            read.is_readable && read.entries.len() + 1 == self.entries.len() && others.into_iter().all(is_kept);
        is_right.then_some(written)
    }

    /// Whether a new text says what this register says, and of the added ids that they are active.
    fn is_kept_in(&self, written: &str, added: &BTreeSet<&Key>) -> bool {
        let (read, problems) = Self::of(written);
        let is_kept = |(key, entry): (&Key, &Entry)| read.entry(key).is_some_and(|new| new.state == entry.state);
        problems.is_empty()
            && read.entries.len() == self.entries.len() + added.len()
            && self.entries().all(is_kept)
            && added.iter().all(|key| read.entry(key).is_some_and(|new| new.state == State::Active))
    }
}

/// All bytes of an entry, from its header to its last value.
pub(super) fn span(root: &Item, key: &Key) -> Option<std::ops::Range<usize>> {
    let entry = key.path().iter().try_fold(root, |item, name| item.get(name))?;
    let mut span = entry.span()?;
    widen(entry, &mut span);
    Some(span)
}

fn widen(item: &Item, span: &mut std::ops::Range<usize>) {
    if let Some(own) = item.span() {
        *span = span.start.min(own.start)..span.end.max(own.end);
    }
    for (_, item) in item.as_table().into_iter().flat_map(|table| table.iter()) {
        widen(item, span);
    }
}

/// Where an entry begins with the comments right above it. Comments at the top of the file are not about the entry.
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
