//! Rungs turns career ladders written in Markdown into a static site.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests lay out sites on disk"))]

pub mod config;
pub mod diagnostic;
#[allow(clippy::disallowed_methods, reason = "the door through which everything comes in")]
pub mod source;
#[allow(clippy::disallowed_methods, reason = "the door through which everything goes out")]
pub mod write;
