//! Social cards, as pages know them.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::model::Page;

/// The cards of a site.
#[derive(Default)]
pub(crate) struct Cards {
    pub(crate) pictures: BTreeMap<Page, Picture>,
    /// Those that the earlier site has.
    pub(crate) kept: Vec<Utf8PathBuf>,
    /// Why some pages have none that should.
    pub(crate) problem: Option<Diagnostic>,
}

/// The picture that other sites show beside a link to a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Picture {
    /// From the root of the site.
    pub(crate) path: String,
    /// The same in words.
    pub(crate) alt: String,
    /// In pixels.
    pub(crate) width: u32,
    /// In pixels.
    pub(crate) height: u32,
}
