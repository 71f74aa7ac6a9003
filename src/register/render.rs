//! From ids to the text of the register.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use toml_edit::Table;

use super::{FORGOTTEN, IdState, Key, REGISTER, Register, RegisterEntry};
use crate::blocks::{Blocks, line_end_of, put};
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::id::CriterionId;

/// The header of a new register.
const HEADER: &str =
    "# Every id ever assigned on this site, and what became of it. Written by `rungs`; never remove an entry.\n";

/// The comment above the numbers that were forgotten.
const NOT_AGAIN: &str = "# Numbers up to these were assigned and forgotten. They are not reused.";

/// Reports that no entry can be added to the register as it is written.
pub(crate) fn unwritable() -> Diagnostic {
    Place::file(REGISTER)
        .problem(Code::InvalidValue, "the register cannot be changed")
        .help("write each entry as a block, with a line such as `[criterion.TL-001]`, then `state = \"active\"`")
}

impl Register {
    /// Returns the text of the register with the given ids added, as active ones.
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
            let block = format!("[{}]{newline}state = \"{}\"{newline}", key.path().join("."), IdState::Active.name());
            let before = self.entries.range::<Key, _>((Bound::Unbounded, Bound::Excluded(*key))).next_back();
            match (before, self.entries.first_key_value()) {
                (None, Some((first, _))) => blocks.insert(&block, false, &first.path()),
                (Some((before, _)), _) => blocks.insert(&block, true, &before.path()),
                (None, None) => blocks.append(&block),
            }?;
        }
        let entry = |key: &&Key| ((*key).clone(), RegisterEntry::active());
        self.if_said(blocks.written(), |register| register.entries.extend(added.iter().map(entry)))
    }

    /// Returns the text of the register without some ids, and without the comments right above them. What else stands
    /// there keeps its bytes. The highest numbers that are dropped are kept, so that they are not given again. None if
    /// the file is not TOML, or does not keep the ids in blocks.
    pub(crate) fn without<'a>(&self, ids: impl IntoIterator<Item = &'a Key> + Clone) -> Option<String> {
        let text = self.text.as_deref()?;
        let newline = line_end_of(text);
        let mut blocks = Blocks::of(text)?;
        ids.clone().into_iter().try_for_each(|key| blocks.remove(&key.path()))?;
        let mut rest = self.clone();
        rest.entries.retain(|key, _| ids.clone().into_iter().all(|gone| gone != key));
        let highest: BTreeMap<&str, u32> =
            ids.into_iter().filter_map(Key::criterion).map(|id| (id.prefix(), id.number())).collect();
        let given = |prefix: &str| {
            let given = rest
                .entries
                .keys()
                .filter_map(Key::criterion)
                .filter(|id| id.prefix() == prefix)
                .map(CriterionId::number);
            given.chain(rest.forgotten(prefix)).max()
        };
        // A number below one that stands is given to nothing else.
        let open: Vec<_> = highest.into_iter().filter(|(prefix, number)| given(prefix) < Some(*number)).collect();
        if !open.is_empty() {
            let put_all = |table: &mut Table| {
                open.iter().for_each(|(prefix, number)| put(table, prefix, Some(i64::from(*number).into())));
            };
            let values: String = open.iter().map(|(prefix, number)| format!("{prefix} = {number}{newline}")).collect();
            let block = format!("{NOT_AGAIN}{newline}[{FORGOTTEN}]{newline}{values}");
            blocks.edit(&[FORGOTTEN.to_owned()], put_all).or_else(|| blocks.append(&block))?;
        }
        rest.forgotten.extend(open.into_iter().map(|(prefix, number)| (prefix.to_owned(), number)));
        self.if_said(blocks.written(), |register| *register = rest)
    }

    /// Returns a new text, if it says what the register says but for a change.
    pub(super) fn if_said(&self, written: String, change: impl FnOnce(&mut Self)) -> Option<String> {
        let mut expected = self.clone();
        change(&mut expected);
        let read = Self::of(&written, &Problems::default());
        let is_said = |((key, entry), (other, expected)): ((&Key, &RegisterEntry), (&Key, &RegisterEntry))| {
            key == other && entry.says_the_same(expected)
        };
        let names = |register: &Self| register.released.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        let is_right = read.is_readable
            && read.forgotten == expected.forgotten
            && names(&read) == names(&expected)
            && read.entries.len() == expected.entries.len()
            && read.entries.iter().zip(&expected.entries).all(is_said);
        is_right.then_some(written)
    }
}
