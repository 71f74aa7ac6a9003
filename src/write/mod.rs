//! Stage 6, write: [`Output`]s → disk. Whole or not at all.
//!
//! The new site is built in a folder beside the old one and takes its place in one step, so that a reader or a web
//! server sees the one or the other and never half of each. A file that did not change is not written again: it is
//! linked from the old site and keeps its time. A manifest in the site lists what Rungs wrote, and nothing else is ever
//! replaced or deleted: a folder that holds anything more is refused.

mod create;
mod error;
mod found;
mod manifest;
mod replace;
mod stage;
mod swap;
mod target;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

pub(crate) use create::{create, in_the_way};
pub(crate) use error::WriteError;
pub(crate) use found::{found, is_vacant};
pub use replace::edit_while;
pub(crate) use replace::{Turn, edit, replace, resume, turn};
use target::{Surroundings, Target};

/// The number of files that a thread takes at a time.
const FILES_PER_THREAD: usize = 32;

/// One file of the site, as it will stand on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Relative to the output folder, with `/` between folders.
    pub path: Utf8PathBuf,
    pub bytes: Vec<u8>,
}

/// A file of the site that is being written: one that was made, or one that is kept as the earlier site has it.
#[derive(Debug, Clone, Copy)]
struct SiteFile<'a> {
    path: &'a Utf8Path,
    /// None for a file that is kept.
    bytes: Option<&'a [u8]>,
}

impl<'a> From<&'a Output> for SiteFile<'a> {
    fn from(output: &'a Output) -> Self {
        Self { path: &output.path, bytes: Some(&output.bytes) }
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

/// Returns the files of the site in `target` that can be kept by [`write()`]: those which it lists and which are there.
/// There are none if it holds no site, or one that [`write()`] will refuse to replace.
pub(crate) fn earlier(target: &Utf8Path) -> BTreeSet<Utf8PathBuf> {
    let listed = manifest::read(target.as_std_path()).unwrap_or_default();
    let is_there = |path: &Utf8PathBuf| fs::symlink_metadata(target.join(path)).is_ok_and(|file| file.is_file());
    listed.into_keys().map(Utf8PathBuf::from).filter(is_there).collect()
}

/// Makes `target` hold these files, those that are `kept` from the site that it holds, and nothing else. `content` is
/// the folder they were made from, which is safe.
///
/// Folders above `target` are made. Where `target` is a symbolic link, the folder that it leads to is written. When
/// nothing has changed, nothing is touched.
///
/// # Errors
///
/// When `target` may not be replaced, when a path cannot be that of a file of a site, and when the disk refuses. The
/// site that was there before then stays as it was, except for [`WriteError::Leftover`] and [`WriteError::Stranded`].
pub fn write(
    outputs: &[Output],
    kept: &[Utf8PathBuf],
    target: &Utf8Path,
    content: &Utf8Path,
) -> Result<WriteReport, WriteError> {
    write_among(outputs, kept, target, content, &Surroundings::of_process())
}

fn write_among(
    outputs: &[Output],
    kept: &[Utf8PathBuf],
    target: &Utf8Path,
    content: &Utf8Path,
    surroundings: &Surroundings,
) -> Result<WriteReport, WriteError> {
    let mut files = in_order(outputs, kept)?;
    let target = target::judge(target, content, surroundings)?;
    let manifest = Output { path: manifest::NAME.into(), bytes: manifest::of(&files, target.earlier.as_ref())? };
    files.insert(files.partition_point(|file| file.path.as_str() < manifest::NAME), (&manifest).into());
    let same = same_as_before(&files, &target);
    let written = count(&files, &same, &target);
    if target.earlier.is_some() && written.removed == 0 && same.iter().all(|&same| same) {
        return Ok(written);
    }
    let stage = stage::build(&files, &same, &target.folder)?;
    swap::put_in_place(stage, &target)?;
    Ok(written)
}

/// Returns the files by path. Any path that could lead out of the site or stands twice is an error.
fn in_order<'a>(outputs: &'a [Output], kept: &'a [Utf8PathBuf]) -> Result<Vec<SiteFile<'a>>, WriteError> {
    let refuse = |file: &SiteFile, message| WriteError::OutputPath { path: file.path.to_owned(), message };
    let kept = kept.iter().map(|path| SiteFile { path, bytes: None });
    let mut files: Vec<_> = outputs.iter().map(SiteFile::from).chain(kept).collect();
    files.sort_unstable_by_key(|file| file.path.as_str());
    if let Some(file) = files.iter().find(|file| !is_plain(file.path) || file.path == manifest::NAME) {
        return Err(refuse(file, format!("the output `{path}` is not a path that a site may hold", path = file.path)));
    }
    if let Some(pair) = files.windows(2).find(|pair| pair[0].path == pair[1].path) {
        return Err(refuse(&pair[0], format!("the output `{path}` stands twice", path = pair[0].path)));
    }
    Ok(files)
}

/// Returns whether a path names a file below a folder and can stand on one line.
fn is_plain(path: &Utf8Path) -> bool {
    let text = path.as_str();
    path.components().all(|component| matches!(component, Utf8Component::Normal(_)))
        && text.split('/').all(|name| !name.is_empty() && name != ".")
        && !text.contains(|c: char| c == '\\' || c.is_control())
}

/// Returns the files that are unchanged since the earlier site.
fn same_as_before(files: &[SiteFile], target: &Target) -> Vec<bool> {
    let Some(earlier) = &target.earlier else { return vec![false; files.len()] };
    let is_same = |file: &SiteFile| match file.bytes {
        Some(bytes) => earlier.holds(file.path) && has_bytes(&target.folder.join(file.path), bytes),
        None => true,
    };
    files.par_iter().with_min_len(FILES_PER_THREAD).map(is_same).collect()
}

/// Returns whether a file holds these bytes. One that cannot be read does not.
fn has_bytes(path: &Path, bytes: &[u8]) -> bool {
    stage::holds(path, bytes).unwrap_or(false)
}

fn count(files: &[SiteFile], same: &[bool], target: &Target) -> WriteReport {
    let unchanged = files.iter().zip(same).filter(|(file, same)| **same && file.path != manifest::NAME).count();
    let is_gone = |path: &&String| files.binary_search_by_key(&path.as_str(), |file| file.path.as_str()).is_err();
    let removed = target.earlier.as_ref().map_or(0, |earlier| earlier.files.iter().filter(is_gone).count());
    WriteReport { changed: files.len() - 1 - unchanged, unchanged, removed }
}
