//! The names of one state of a site in addresses.

use typed_index_collections::TiVec;

use crate::handle::{
    CategoryIndex, CollectionIndex, EditionIndex, LadderIndex, LevelIndex, NoteIndex, SharedThreadIndex, ThreadIndex,
};
use crate::locale::LocaleIndex;

/// The present name of something in addresses, and its former names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Name {
    /// Empty for what cannot stand in an address.
    pub(crate) now: String,
    pub(crate) was: Vec<String>,
}

/// The names of one state of a site, and what decides which pages that state has.
///
/// Everything stands in the order of what it names, so that places agree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Names {
    /// The source first.
    pub(crate) locales: TiVec<LocaleIndex, String>,
    pub(crate) ladders: TiVec<LadderIndex, LadderNames>,
    pub(crate) collections: TiVec<CollectionIndex, CollectionNames>,
    pub(crate) notes: TiVec<NoteIndex, NoteNames>,
    /// The threads that several ladders may share.
    pub(crate) threads: TiVec<SharedThreadIndex, ThreadNames>,
    /// The oldest first.
    pub(crate) editions: TiVec<EditionIndex, String>,
    pub(crate) has_glossary: bool,
    /// Whether each level has a worksheet for reviews.
    pub(crate) has_worksheets: bool,
    /// The terms of the glossary, by their anchors.
    pub(crate) terms: Vec<Name>,
    /// For each locale, the locales that its texts are shown beside.
    pub(crate) sides: TiVec<LocaleIndex, Vec<LocaleIndex>>,
    /// Whether texts in two languages also stand one under the other, on pages of their own. Editions had these pages.
    pub(crate) has_interleaved: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LadderNames {
    pub(crate) name: Name,
    /// The lowest first.
    pub(crate) levels: TiVec<LevelIndex, Name>,
    /// They stand in anchors.
    pub(crate) categories: TiVec<CategoryIndex, Name>,
    /// The same.
    pub(crate) threads: TiVec<ThreadIndex, Name>,
    /// The pairs of its levels that are compared, the lower one first.
    pub(crate) pairs: Vec<[LevelIndex; 2]>,
    /// The ladders with which its levels are compared on its own pages.
    pub(crate) compared: Vec<LadderIndex>,
    /// For each locale, the editions that it is shown beside.
    pub(crate) since: TiVec<LocaleIndex, Vec<EditionIndex>>,
    /// The locales that have no text of it. Editions do not say.
    pub(crate) lacking: Vec<LocaleIndex>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CollectionNames {
    pub(crate) name: Name,
    /// Whether a page lists its pages.
    pub(crate) is_listed: bool,
    /// Whether its pages are shown beside other locales.
    pub(crate) side_by_side: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoteNames {
    pub(crate) name: Name,
    pub(crate) collection: CollectionIndex,
    /// The folders of other collections in which it stood before, each with its name there.
    pub(crate) moved: Vec<(String, String)>,
    /// The locales that have no text of it. Editions do not say.
    pub(crate) lacking: Vec<LocaleIndex>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ThreadNames {
    pub(crate) name: Name,
    /// The ladders that share it. One that none shares has no page.
    pub(crate) sharing: Vec<LadderIndex>,
}

impl CollectionNames {
    /// The folder of the notes of every site.
    pub(crate) const NOTES: &str = "notes";
    /// The folder of the pages of every site that stand by themselves.
    pub(crate) const PAGES: &str = "pages";
}

impl Name {
    pub(crate) fn new(now: impl Into<String>) -> Self {
        Self { now: now.into(), was: Vec::new() }
    }

    /// Returns all its names, the present one first, but for what cannot stand in an address.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.now).chain(&self.was).map(String::as_str).filter(|name| !name.is_empty())
    }
}

impl Names {
    /// Returns everything that a page of a collection is or was called, with the folder before it: `notes/maps`.
    pub(super) fn paths_of_note(&self, note: NoteIndex) -> Vec<String> {
        let NoteNames { name, collection, moved, .. } = &self.notes[note];
        let folders = self.collections[*collection].name.all();
        let own = folders.flat_map(|folder| name.all().map(move |name| format!("{folder}/{name}")));
        own.chain(moved.iter().map(|(folder, name)| format!("{folder}/{name}"))).collect()
    }

    /// Returns the locales that a ladder is shown beside on the pages of a locale.
    pub(crate) fn beside_ladder(&self, ladder: LadderIndex, locale: LocaleIndex) -> Vec<LocaleIndex> {
        self.beside(locale, &self.ladders[ladder].lacking)
    }

    /// Returns the locales that a page of a collection is shown beside on the pages of a locale.
    pub(crate) fn beside_note(&self, note: NoteIndex, locale: LocaleIndex) -> Vec<LocaleIndex> {
        let NoteNames { collection, lacking, .. } = &self.notes[note];
        if self.collections[*collection].side_by_side { self.beside(locale, lacking) } else { Vec::new() }
    }

    /// What a locale lacks has nothing to be shown beside another.
    fn beside(&self, locale: LocaleIndex, lacking: &[LocaleIndex]) -> Vec<LocaleIndex> {
        let sides = self.sides.get(locale).filter(|_| !lacking.contains(&locale));
        sides.into_iter().flatten().copied().filter(|other| !lacking.contains(other)).collect()
    }

    pub(crate) fn locale_indices(&self) -> impl Iterator<Item = LocaleIndex> + use<> {
        self.locales.keys()
    }

    /// For each of `locales` locales, returns the others that it is shown beside.
    pub(crate) fn sides_of(
        locales: usize,
        is_pair: impl Fn([LocaleIndex; 2]) -> bool,
    ) -> TiVec<LocaleIndex, Vec<LocaleIndex>> {
        let all = (0..locales).map(LocaleIndex);
        all.clone().map(|own| all.clone().filter(|&other| is_pair([own, other])).collect()).collect()
    }

    /// For each of `locales` locales, returns all the others.
    pub(crate) fn all_sides(locales: usize) -> TiVec<LocaleIndex, Vec<LocaleIndex>> {
        Self::sides_of(locales, |[own, other]| own != other)
    }
}

/// Returns all pairs of so many levels, the lower one first.
pub(crate) fn level_pairs(levels: usize) -> impl Iterator<Item = [LevelIndex; 2]> {
    (0..levels).flat_map(move |lower| (lower + 1..levels).map(move |higher| [lower, higher].map(LevelIndex)))
}
