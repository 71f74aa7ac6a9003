//! Output formats for problems, one file for each.
//!
//! Each format takes the content folder as its owner named it, so that paths are shown as that person would write them.

#[cfg(feature = "serve")]
pub(crate) mod browser;
pub(crate) mod github;
pub(crate) mod human;
pub(crate) mod json;
mod lines;
pub(crate) mod sarif;
