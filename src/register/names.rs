//! New ids for levels and categories, made of what is written.

use std::collections::BTreeSet;

use super::{IdState, Key, Register};
use crate::address::is_reserved_in_ladder;
use crate::id::slug;

/// The ids of levels or of categories of one ladder that cannot be given again: those in use, whatever their letter
/// case, and those that were withdrawn.
pub(crate) struct RegisterNames {
    taken: BTreeSet<String>,
}

impl RegisterNames {
    /// The names that the register has withdrawn.
    pub(crate) fn withdrawn(register: &Register, is_of_kind: impl Fn(&Key) -> bool) -> Self {
        let withdrawn = register.entries().filter(|(key, entry)| entry.state == IdState::Withdrawn && is_of_kind(key));
        Self { taken: withdrawn.map(|(key, _)| key.id().to_ascii_lowercase()).collect() }
    }

    pub(crate) fn take(&mut self, id: &str) {
        self.taken.insert(id.to_ascii_lowercase());
    }

    fn is_free(&self, id: &str) -> bool {
        !self.taken.contains(&id.to_ascii_lowercase())
    }

    /// Returns the id of a level: its last code, or its title, or a number.
    pub(crate) fn level(&mut self, codes: &[String], title: &str, number: usize) -> String {
        let may_be_level = |id: &String| slug(id).is_some_and(|id| !is_reserved_in_ladder(&id));
        let codes = codes.iter().rev().cloned();
        let numbered = (number..).map(|number| format!("level-{number}"));
        self.first(codes.chain(of_title(title)).filter(may_be_level).chain(numbered))
    }

    /// Returns the id of a category: its title, or a number.
    pub(crate) fn category(&mut self, title: &str, number: usize) -> String {
        match of_title(title) {
            Some(name) => {
                let again = (2..).map({
                    let name = name.clone();
                    move |number| format!("{name}-{number}")
                });
                self.first(std::iter::once(name).chain(again))
            }
            None => self.first((number..).map(|number| format!("category-{number}"))),
        }
    }

    fn first(&mut self, mut candidates: impl Iterator<Item = String>) -> String {
        let free = candidates.find(|id| self.is_free(id)).expect("numbers do not end");
        self.take(&free);
        free
    }
}

/// Returns the words of a title with hyphens between them, if they are written in ASCII.
pub(crate) fn of_title(title: &str) -> Option<String> {
    if title.contains(|c: char| c.is_alphanumeric() && !c.is_ascii()) {
        return None;
    }
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    Some(name).filter(|name| !name.is_empty())
}
