//! The site as the browser is served it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use percent_encoding::percent_decode_str;

use crate::fault::{self, Fault};
use crate::render::OnDemand;
use crate::write::Output;

/// The last site that could be built, and the present problems of the content.
#[derive(Clone)]
pub(super) struct Snapshot {
    /// The path below which the site stands. Begins and ends with a slash.
    pub(crate) base: String,
    /// None before a site could be built.
    pub(crate) files: Option<Arc<ServedFiles>>,
    /// Whether the pages are those of the present content. They stay as they were while that is no site.
    pub(crate) is_current: bool,
    /// A list in JSON, empty if nothing is wrong. None while the content is being checked.
    pub(crate) problems: Option<String>,
}

/// The files of a site, each made when it is first asked for.
pub(super) struct ServedFiles {
    made: Mutex<HashMap<Utf8PathBuf, Arc<[u8]>>>,
    /// Renders the other files on demand.
    rest: Option<OnDemand>,
}

/// A file as it is named by its path in the site, and its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ServedFile {
    pub(crate) path: Utf8PathBuf,
    pub(crate) bytes: Arc<[u8]>,
}

/// The resource at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resource {
    File(ServedFile),
    /// A folder with a page, named without its slash.
    Folder,
    /// Nothing; the page that says so, if the site has one.
    Nothing(Option<ServedFile>),
    /// Nothing yet: no site could be built.
    NoSite,
}

impl ServedFiles {
    /// Files that are there already, and those that can be made.
    pub(crate) fn new(made: Vec<Output>, rest: Option<OnDemand>) -> Self {
        let made = made.into_iter().map(|output| (output.path, output.bytes.into())).collect();
        Self { made: Mutex::new(made), rest }
    }

    /// Returns the number of pages.
    pub(crate) fn pages(&self) -> usize {
        self.rest.as_ref().map_or(0, OnDemand::pages)
    }

    fn file(&self, path: &str) -> Result<Option<ServedFile>, Fault> {
        let path = Utf8Path::new(path);
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made().get(path).cloned();
        let bytes = match (known, &self.rest) {
            (None, Some(rest)) => fault::caught(|| rest.file(path))?.map(|bytes| {
                let bytes: Arc<[u8]> = bytes.into();
                made().entry(path.to_owned()).or_insert(bytes).clone()
            }),
            (known, _) => known,
        };
        Ok(bytes.map(|bytes| ServedFile { path: path.to_owned(), bytes }))
    }

    fn holds(&self, path: &str) -> Result<bool, Fault> {
        let path = Utf8Path::new(path);
        if self.made.lock().unwrap_or_else(PoisonError::into_inner).contains_key(path) {
            return Ok(true);
        }
        self.rest.as_ref().map_or(Ok(false), |rest| fault::caught(|| rest.holds(path)))
    }
}

impl Snapshot {
    /// Finds the file that GitHub Pages would serve at a requested path, which is percent-encoded. Only the exact path
    /// of a file of the site leads to one: neither `..` nor another case does.
    ///
    /// # Errors
    ///
    /// If a page panics while it is rendered.
    pub(crate) fn find(&self, path: &str) -> Result<Resource, Fault> {
        let Some(files) = &self.files else { return Ok(Resource::NoSite) };
        let below = path.strip_prefix(&self.base).and_then(|below| percent_decode_str(below).decode_utf8().ok());
        if let Some(below) = below {
            let is_folder = below.is_empty() || below.ends_with('/');
            let ends: &[&str] = if is_folder { &["index.html"] } else { &["", ".html"] };
            for end in ends {
                if let Some(file) = files.file(&format!("{below}{end}"))? {
                    return Ok(Resource::File(file));
                }
            }
            if !is_folder && files.holds(&format!("{below}/index.html"))? {
                return Ok(Resource::Folder);
            }
        }
        Ok(Resource::Nothing(files.file("404.html")?))
    }

    /// Returns a mark of the page at a path that changes whenever the page does.
    pub(crate) fn mark(&self, path: &str) -> String {
        match self.find(path) {
            Ok(Resource::File(file) | Resource::Nothing(Some(file))) => mark(&file.bytes),
            Ok(Resource::Folder | Resource::Nothing(None)) => "nothing".to_owned(),
            Ok(Resource::NoSite) => NO_SITE.to_owned(),
            Err(fault) => mark_of(&fault),
        }
    }
}

/// The mark of the page that is shown before there is a site.
pub(super) const NO_SITE: &str = "no-site";

/// Returns the mark of a page that tells of a fault.
pub(super) fn mark_of(fault: &Fault) -> String {
    mark(fault.to_string().as_bytes())
}

/// Returns a mark that identifies some bytes.
pub(super) fn mark(bytes: &[u8]) -> String {
    format!("{:.16}", blake3::hash(bytes).to_hex())
}
