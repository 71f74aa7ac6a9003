//! Keys of the register.

use std::fmt;

use crate::config::LadderConfig;
use crate::id::{CriterionId, slug};

/// An id with its kind. Ids of levels and categories belong to one ladder; those of criteria name it by their prefix.
///
/// The order is that of the register: criteria by number, then levels, then categories.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Criterion(CriterionId),
    Level { ladder: String, id: String },
    Category { ladder: String, id: String },
}

impl Key {
    /// Returns the id of a criterion. None for what is none.
    pub(crate) fn criterion(&self) -> Option<&CriterionId> {
        match self {
            Self::Criterion(id) => Some(id),
            Self::Level { .. } | Self::Category { .. } => None,
        }
    }

    pub fn level(ladder: &str, id: &str) -> Self {
        Self::Level { ladder: ladder.to_owned(), id: id.to_owned() }
    }

    pub(crate) fn category(ladder: &str, id: &str) -> Self {
        Self::Category { ladder: ladder.to_owned(), id: id.to_owned() }
    }

    /// Reads an id of the register. None if it cannot be the id of such a thing.
    pub(crate) fn read(kind: &str, ladder: Option<&str>, id: &str) -> Option<Self> {
        match (kind, ladder) {
            ("criterion", _) => CriterionId::parse(id).map(Self::Criterion),
            ("level", Some(ladder)) => slug(id).map(|_| Self::level(ladder, id)),
            ("category", Some(ladder)) => slug(id).map(|_| Self::category(ladder, id)),
            _ => None,
        }
    }

    /// Returns the keys that lead to it in the register: `criterion`, `TL-001`.
    pub(super) fn path(&self) -> Vec<String> {
        match self {
            Self::Criterion(id) => vec!["criterion".to_owned(), id.to_string()],
            Self::Level { ladder, id } => vec!["level".to_owned(), ladder.clone(), id.clone()],
            Self::Category { ladder, id } => vec!["category".to_owned(), ladder.clone(), id.clone()],
        }
    }

    /// Returns the id as it stands in the content.
    pub(crate) fn id(&self) -> String {
        match self {
            Self::Criterion(id) => id.to_string(),
            Self::Level { id, .. } | Self::Category { id, .. } => id.clone(),
        }
    }

    /// Returns whether the key belongs to a ladder.
    pub(crate) fn is_of(&self, config: &LadderConfig) -> bool {
        match self {
            Self::Criterion(id) => config.has_prefix(id.prefix()),
            Self::Level { ladder, .. } | Self::Category { ladder, .. } => *ladder == config.key,
        }
    }
}

/// As messages name it: `TL-001`, `level L5`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Criterion(id) => id.fmt(f),
            Self::Level { id, .. } => f.write_str(&format!("level {id}")),
            Self::Category { id, .. } => f.write_str(&format!("category `{id}`")),
        }
    }
}
