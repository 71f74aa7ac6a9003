//! What the browser is shown.

use std::collections::HashMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use percent_encoding::percent_decode_str;

use crate::write::Output;

/// The last site that could be built, and what is wrong with the content since.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// The path below which the site stands. Begins and ends with a slash.
    pub base: String,
    /// None before a site could be built.
    pub files: Option<Arc<Files>>,
    /// A list in JSON. Empty if nothing is wrong.
    pub problems: String,
}

/// The files of a site in memory.
#[derive(Debug, Default)]
pub(super) struct Files(HashMap<Utf8PathBuf, Vec<u8>>);

/// A file as it is named by its path in the site, and its bytes.
pub(super) type File<'a> = (&'a Utf8Path, &'a [u8]);

/// What stands at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    File(File<'a>),
    /// A folder with a page, named without its slash.
    Folder,
    /// Nothing; the page that says so, if the site has one.
    Nothing(Option<File<'a>>),
    /// Nothing yet: no site could be built.
    NoSite,
}

impl Files {
    pub fn of(outputs: Vec<Output>) -> Self {
        Self(outputs.into_iter().map(|output| (output.path, output.bytes)).collect())
    }

    fn file(&self, path: &str) -> Option<File<'_>> {
        self.0.get_key_value(Utf8Path::new(path)).map(|(path, bytes)| (path.as_path(), bytes.as_slice()))
    }
}

impl Shown {
    /// What GitHub Pages would find at a path as it is asked for, encoded. Only a path that is spelled as that of a
    /// file of the site leads to one: neither `..` nor another case does.
    pub fn find(&self, path: &str) -> Found<'_> {
        let Some(files) = &self.files else { return Found::NoSite };
        let below = path.strip_prefix(&self.base).and_then(|below| percent_decode_str(below).decode_utf8().ok());
        let found = below.and_then(|below| {
            if below.is_empty() || below.ends_with('/') {
                return files.file(&format!("{below}index.html")).map(Found::File);
            }
            let file = files.file(&below).or_else(|| files.file(&format!("{below}.html")));
            let folder = || files.file(&format!("{below}/index.html")).map(|_| Found::Folder);
            file.map(Found::File).or_else(folder)
        });
        found.unwrap_or_else(|| Found::Nothing(files.file("404.html")))
    }

    /// Tells the page at a path from what it was and will be. It is the same as long as the page is.
    pub fn mark(&self, path: &str) -> String {
        match self.find(path) {
            Found::File((_, bytes)) | Found::Nothing(Some((_, bytes))) => mark(bytes),
            Found::Folder | Found::Nothing(None) => "nothing".to_owned(),
            Found::NoSite => NO_SITE.to_owned(),
        }
    }
}

/// The mark of the page that is shown before there is a site.
pub(super) const NO_SITE: &str = "no-site";

/// Tells bytes from others.
pub(super) fn mark(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}
