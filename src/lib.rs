//! Rungs turns career ladders written in Markdown into a static site.

pub mod config;
pub mod diagnostic;
pub mod interface;
pub mod model;
pub mod parse;
pub mod source;
pub mod write;

// The macro compiles the files of `i18n/` into the crate root. A site's own words are not given to it as a backend: it
// would load them once for the process, while `serve` and the tests build many sites in one.
rust_i18n::i18n!("i18n", fallback = "en");
