//! How problems are shown, one file for each format.
//!
//! Each format takes the content folder as its owner named it, so that paths are shown as that person would write them.

pub mod browser;
pub mod github;
pub mod human;
pub mod json;
mod lines;
pub mod sarif;
