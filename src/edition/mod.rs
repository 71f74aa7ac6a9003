//! Editions: dated releases of a site's ladders that never change, so that a cited text can be read for ever.
//!
//! An edition is one file, `editions/2026.1.json`, written by `rungs release`. It holds everything the site said on
//! that day ([`Frozen`]) and a digest of it: [`read`] refuses a file that was edited. [`changes`] says what became of
//! each criterion between two editions.

mod change;
mod file;
mod frozen;
pub(crate) mod seal;

pub(crate) use change::{At, Change, changes, differing_texts, is_same, next_name, reads_alike, successive_changes};
pub use change::{Effect, Release};
pub use file::{Edition, read};

pub(crate) use file::{EditionMemory, remembered};
pub(crate) use frozen::*;
