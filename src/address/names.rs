//! What the things of one state of a site are called in addresses.

use crate::locale::LocaleIndex;

/// What something is called in addresses, and what it was called before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// Empty for what cannot stand in an address.
    pub now: String,
    pub was: Vec<String>,
}

/// The names of one state of a site, and what decides which pages that state has.
///
/// Everything stands in the order of what it names, so that places agree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The source first.
    pub locales: Vec<String>,
    pub ladders: Vec<LadderNames>,
    pub collections: Vec<CollectionNames>,
    pub notes: Vec<NoteNames>,
    /// The threads that several ladders may share.
    pub threads: Vec<ThreadNames>,
    /// The oldest first.
    pub editions: Vec<String>,
    pub has_glossary: bool,
    /// For each locale the locales beside which its texts stand.
    pub sides: Vec<Vec<LocaleIndex>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LadderNames {
    pub name: Name,
    /// The lowest first.
    pub levels: Vec<Name>,
    /// The pairs of its levels that are compared, the lower one first.
    pub pairs: Vec<[usize; 2]>,
    /// The ladders with which its levels are compared on its own pages.
    pub compared: Vec<usize>,
    /// For each locale the editions beside which it stands.
    pub since: Vec<Vec<usize>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionNames {
    pub name: Name,
    /// Whether a page lists its pages.
    pub is_listed: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteNames {
    pub name: Name,
    pub collection: usize,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreadNames {
    pub name: Name,
    /// The ladders that share it. One that none shares has no page.
    pub sharing: Vec<usize>,
}

impl CollectionNames {
    /// The folder of the notes of every site.
    pub const NOTES: &str = "notes";
    /// The folder of the pages of every site that stand by themselves.
    pub const PAGES: &str = "pages";
}

impl Name {
    pub fn new(now: impl Into<String>) -> Self {
        Self { now: now.into(), was: Vec::new() }
    }

    /// All its names, the present one first, but for what cannot stand in an address.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.now).chain(&self.was).map(String::as_str).filter(|name| !name.is_empty())
    }
}

impl Names {
    pub fn locale_indices(&self) -> impl Iterator<Item = LocaleIndex> + use<> {
        (0..self.locales.len()).map(LocaleIndex)
    }

    /// For each of so many locales all the others.
    pub fn all_sides(locales: usize) -> Vec<Vec<LocaleIndex>> {
        let others = |own: usize| (0..locales).filter(move |&other| other != own).map(LocaleIndex).collect();
        (0..locales).map(others).collect()
    }
}

/// All pairs of so many levels, the lower one first.
pub fn level_pairs(levels: usize) -> impl Iterator<Item = [usize; 2]> {
    (0..levels).flat_map(move |lower| (lower + 1..levels).map(move |higher| [lower, higher]))
}
