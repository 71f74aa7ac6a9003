//! Handles: the things of a site by their places, one type for each kind of thing, so that none is taken for another.
//!
//! An index such as [`LevelIndex`] is a place among the things of one ladder or of one site. What belongs to a ladder
//! is found from the site by an index together with that of the ladder, such as [`LevelAt`].

/// The index before and the index after one.
pub(crate) trait Neighbours: From<usize> + Into<usize> {
    /// Returns the place before it. None for the first.
    fn before(self) -> Option<Self> {
        self.into().checked_sub(1).map(Self::from)
    }

    /// Returns the place behind it in a list of so many things. None for the last.
    fn behind(self, count: usize) -> Option<Self> {
        Some(self.into() + 1).filter(|next| *next < count).map(Self::from)
    }
}

impl<I: From<usize> + Into<usize>> Neighbours for I {}

/// Defines the place of each kind of thing in the list of its kind.
macro_rules! indices {
    ($($(#[$doc:meta])+ $index:ident,)+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $index(pub usize);

        impl From<usize> for $index {
            fn from(place: usize) -> Self {
                Self(place)
            }
        }

        impl From<$index> for usize {
            fn from(index: $index) -> Self {
                index.0
            }
        }
    )+};
}

/// Defines handles of what belongs to a ladder.
macro_rules! parts {
    ($($(#[$doc:meta])+ $at:ident { $part:ident: $index:ident })+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $at {
            pub ladder: LadderIndex,
            pub $part: $index,
        }

        impl $index {
            /// Returns the same in a ladder, as it is found from the site.
            pub const fn of(self, ladder: LadderIndex) -> $at {
                $at { ladder, $part: self }
            }
        }
    )+};
}

indices! {
    /// A locale of the site, the source first.
    LocaleIndex,
    /// A ladder, in the order of `site.toml`. An edition has an order of its own.
    LadderIndex,
    /// A level of a ladder, the lowest first.
    LevelIndex,
    /// A category of a ladder, in the order in which they first occur.
    CategoryIndex,
    /// A criterion of a ladder, in the order of the source.
    CriterionIndex,
    /// A thread of a ladder, in the order of the front matter.
    ThreadIndex,
    /// A category that `site.toml` shares between ladders.
    SharedCategoryIndex,
    /// A thread that `site.toml` shares between ladders.
    SharedThreadIndex,
    /// A collection of pages, in the order of `site.toml`.
    CollectionIndex,
    /// A page of a collection. Those of one collection stand together.
    NoteIndex,
    /// An edition, the oldest first.
    EditionIndex,
    /// A criterion that was withdrawn, by id.
    WithdrawnIndex,
    /// An address at which a page stood, by address.
    FormerIndex,
}

impl LocaleIndex {
    /// The locale in which the ladders are written.
    pub const SOURCE: Self = Self(0);
}

parts! {
    /// A level of a ladder of the site.
    LevelAt { level: LevelIndex }
    /// A category of a ladder of the site.
    CategoryAt { category: CategoryIndex }
    /// A criterion of a ladder of the site.
    CriterionAt { criterion: CriterionIndex }
    /// A thread of a ladder of the site.
    ThreadAt { thread: ThreadIndex }
}
