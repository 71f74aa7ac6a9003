//! Ids and names: what they look like, and how they stand in addresses and in the names of files.

mod criterion;
mod edition;

pub use criterion::CriterionId;
pub(crate) use criterion::slug;
pub(crate) use edition::EditionName;

/// The folder of the editions in the content folder.
pub(crate) const EDITIONS: &str = "editions";

/// The folder of the upstream records in the content folder.
pub(crate) const UPSTREAM: &str = "upstream";
