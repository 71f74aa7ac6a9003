//! Ids and names: their forms in content, in addresses and in file names.

mod criterion;
mod edition;

pub use criterion::CriterionId;
pub(crate) use criterion::slug;
pub(crate) use edition::EditionName;

/// The folder of the editions in the content folder.
pub(crate) const EDITIONS: &str = "editions";

/// The folder of the upstream records in the content folder.
pub(crate) const UPSTREAM: &str = "upstream";
