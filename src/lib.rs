//! Rungs turns career ladders written in Markdown into a static site.

pub mod check;
pub mod config;
pub mod diagnostic;
pub mod model;
pub mod parse;
pub mod register;
pub mod source;
pub mod write;
