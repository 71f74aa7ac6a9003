//! Pairs of levels and of locales that have pages of their own.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::handle::LevelIndex;
use crate::locale::LocaleIndex;

/// Which pairs of something have a page.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenPairs<T> {
    /// The pairs that have a page. Default: all if there are few, fewer if there are many.
    pub(super) pairs: Option<T>,
}

/// The pairs of levels of a ladder that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LevelPairs {
    All,
    /// Each level with the one above it.
    Neighbours,
}

/// The pairs of locales that are shown side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LocalePairs {
    All,
    /// Each translation with the source.
    Source,
}

impl LevelPairs {
    /// A ladder with more levels than these has comparisons of neighbours alone, unless its site asks for all.
    const FEW: usize = 8;

    /// Returns the pairs of a ladder with so many levels, if its site does not say which.
    pub(super) fn of_levels(count: usize) -> Self {
        if count <= Self::FEW { Self::All } else { Self::Neighbours }
    }

    /// Returns whether two levels are compared, the lower one first.
    pub(crate) fn has(self, [lower, higher]: [LevelIndex; 2]) -> bool {
        match self {
            Self::All => lower < higher,
            Self::Neighbours => lower.0 + 1 == higher.0,
        }
    }
}

impl LocalePairs {
    /// A site with more locales than these shows each beside the source alone, unless it asks for all pairs.
    const FEW: usize = 4;

    /// Returns the pairs of so many locales, if their site does not say which.
    pub(super) fn of_locales(count: usize) -> Self {
        if count <= Self::FEW { Self::All } else { Self::Source }
    }

    /// Returns whether a locale is shown beside another.
    pub(crate) fn has(self, [own, other]: [LocaleIndex; 2]) -> bool {
        own != other
            && match self {
                Self::All => true,
                Self::Source => [own, other].contains(&LocaleIndex::SOURCE),
            }
    }
}
