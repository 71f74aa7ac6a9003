//! Stage 6, write: [`Output`]s → disk. Whole or not at all.
//!
//! The new site is built in a folder beside the old one, file by file as they are rendered, and takes its place in one
//! step, so that a reader or a web server sees the one or the other and never half of each. A file that did not change is
//! not written again: it is linked from the old site and keeps its time. A manifest in the site lists what Rungs wrote,
//! and nothing else is ever replaced or deleted: a folder that holds anything more is refused.

mod create;
#[cfg_attr(not(unix), allow(dead_code, reason = "some of it is for signals"))]
mod door;
mod error;
mod found;
#[cfg_attr(not(unix), allow(dead_code, reason = "some of it is for signals"))]
mod litter;
mod manifest;
mod new_site;
mod replace;
mod signals;
mod stage;
mod swap;
mod target;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

pub(crate) use create::{create, in_the_way};
pub use door::before_each_step;
pub(crate) use error::WriteError;
pub(crate) use found::{found, is_vacant};
pub use new_site::NewSite;
pub(crate) use replace::{Turn, edit, replace, resume, turn};

/// The number of files that a thread takes at a time.
const FILES_PER_THREAD: usize = 32;

/// One file of the site, as it will stand on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Relative to the output folder, with `/` between folders.
    pub path: Utf8PathBuf,
    pub bytes: Vec<u8>,
}

/// The files of a site in memory, as far as they are there.
#[derive(Debug, Default)]
pub(crate) struct Outputs(Mutex<Vec<Output>>);

impl Outputs {
    pub(crate) fn add(&self, output: Output) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(output);
    }

    /// Returns the files in the order of their paths.
    pub(crate) fn into_sorted(self) -> Vec<Output> {
        let mut outputs = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        outputs.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        outputs
    }
}

/// The number of files written, kept and removed. The manifest is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteReport {
    /// New files and files with other bytes than before.
    pub(crate) changed: usize,
    pub(crate) unchanged: usize,
    pub(crate) removed: usize,
}

/// Returns the files of the site in `target` that can be kept by a [`NewSite`]: those which it lists and which are there.
/// There are none if it holds no site, or one that a [`NewSite`] may not replace.
pub(crate) fn earlier(target: &Utf8Path) -> BTreeSet<Utf8PathBuf> {
    let listed = manifest::read(target.as_std_path()).unwrap_or_default();
    let is_there = |path: &Utf8PathBuf| fs::symlink_metadata(target.join(path)).is_ok_and(|file| file.is_file());
    listed.into_keys().map(Utf8PathBuf::from).filter(is_there).collect()
}

/// Returns whether a path names a file below a folder and can stand on one line.
fn is_plain(path: &Utf8Path) -> bool {
    let text = path.as_str();
    path.components().all(|component| matches!(component, Utf8Component::Normal(_)))
        && text.split('/').all(|name| !name.is_empty() && name != ".")
        && !text.contains(|c: char| c == '\\' || c.is_control())
}
