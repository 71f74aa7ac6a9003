//! One file of a ladder in the making.

use std::collections::{BTreeSet, HashMap};

use camino::Utf8PathBuf;

use super::draft::TextDraft;
use super::normalize::Normalization;
use crate::register::items::LadderItems;
use crate::text::Edit;

/// One file of a ladder.
#[derive(Debug, Clone)]
pub(crate) struct LadderDocument {
    /// In the content folder.
    pub(crate) path: Utf8PathBuf,
    pub(crate) tag: String,
    pub(crate) ladder: String,
    pub(crate) draft: TextDraft,
    pub(crate) files: Vec<Utf8PathBuf>,
    pub(crate) changes: BTreeSet<Normalization>,
}

impl LadderDocument {
    /// Puts ids behind the things that begin at these places.
    pub(crate) fn insert(&mut self, ids: &HashMap<usize, String>) {
        let edits = self.insertions(ids);
        self.draft.edit(edits);
    }

    pub(crate) fn insertions(&self, ids: &HashMap<usize, String>) -> Vec<Edit> {
        let file = LadderItems::read(self.path.clone(), self.draft.text());
        let things = file.things();
        let unnamed = things.iter().filter(|thing| thing.id().is_none() && file.obstacle(thing).is_none());
        unnamed.filter_map(|thing| Some(file.insertion(thing, ids.get(&thing.span.start)?))).collect()
    }
}
