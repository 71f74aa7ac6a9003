//! The pictures of pages, as pages know them.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::model::Page;
use crate::write::Output;

/// The pictures of a site. There are none in a program without the feature `images`.
#[derive(Default)]
pub struct Album {
    pub pictures: BTreeMap<Page, Picture>,
    /// Those that had to be drawn.
    pub drawn: Vec<Output>,
    /// Those that the earlier site has.
    pub kept: Vec<Utf8PathBuf>,
    /// Why some pages have none.
    pub problem: Option<Diagnostic>,
}

/// What other sites show beside a link to a page.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// From the root of the site.
    pub path: String,
    /// The same in words.
    pub alt: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}
