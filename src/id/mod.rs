//! Ids and names: what they look like, and how they stand in addresses and in the names of files.

mod criterion;
mod edition;

pub use criterion::{CriterionId, slug};
pub use edition::{EditionName, InvalidName};

/// The folder of the editions in the content folder.
pub const EDITIONS: &str = "editions";

/// The folder of the upstream records in the content folder.
pub const UPSTREAM: &str = "upstream";
