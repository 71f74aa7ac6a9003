//! From ids to the text of the register.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::{Entry, Key, REGISTER, Register, State};
use crate::blocks::{Blocks, line_end_of};
use crate::diagnostic::{Code, Diagnostic, Place};

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
        let mut blocks = Blocks::of(text)?;
        let newline = line_end_of(text);
        let added: BTreeSet<&Key> = ids.into_iter().filter(|key| self.entry(key).is_none()).collect();
        for key in &added {
            let block = format!("[{}]{newline}state = \"{}\"{newline}", key.path().join("."), State::Active.name());
            let before = self.entries.range::<Key, _>((Bound::Unbounded, Bound::Excluded(*key))).next_back();
            match (before, self.entries.first_key_value()) {
                (None, Some((first, _))) => blocks.insert(&block, false, &first.path()),
                (Some((before, _)), _) => blocks.insert(&block, true, &before.path()),
                (None, None) => blocks.append(&block),
            }?;
        }
        let entry = |key: &&Key| ((*key).clone(), Entry::active());
        self.if_said(blocks.written(), |entries| entries.extend(added.iter().map(entry)))
    }

    /// The text of the register without some ids, and without the comments right above them. What else stands there
    /// keeps its bytes. None if the file is not TOML, or does not keep the ids in blocks.
    pub(crate) fn without<'a>(&self, ids: impl IntoIterator<Item = &'a Key> + Clone) -> Option<String> {
        let mut blocks = Blocks::of(self.text.as_deref()?)?;
        ids.clone().into_iter().try_for_each(|key| blocks.remove(&key.path()))?;
        self.if_said(blocks.written(), |entries| ids.into_iter().for_each(|key| drop(entries.remove(key))))
    }

    /// A new text, if it says what the register says but for a change.
    pub(super) fn if_said(&self, written: String, change: impl FnOnce(&mut BTreeMap<Key, Entry>)) -> Option<String> {
        let mut expected = self.entries.clone();
        change(&mut expected);
        let (read, _) = Self::of(&written);
        let is_said = |((key, entry), (other, expected)): ((&Key, &Entry), (&Key, &Entry))| {
            key == other && entry.says_the_same(expected)
        };
        let is_right = read.is_readable && read.entries.len() == expected.len();
        (is_right && read.entries.iter().zip(&expected).all(is_said)).then_some(written)
    }
}
