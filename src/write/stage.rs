//! Builds the new site in a fresh folder beside the old one.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use camino::Utf8Path;
use rayon::prelude::*;
use tempfile::TempDir;

use super::{FILES_PER_THREAD, SiteFile, WriteError};

/// The number of bytes that are compared at a time.
const CHUNK: usize = 64 * 1024;

/// A whole site that waits to be put in place. It is deleted unless that happens.
pub(super) struct StagingFolder {
    /// For this program's eyes only, as temporary folders are. So the site is a folder in it, with permissions like any
    /// other, and there is room to put the old one aside.
    pub(crate) room: TempDir,
}

impl StagingFolder {
    pub(crate) fn site(&self) -> PathBuf {
        self.room.path().join("site")
    }
}

/// Writes the files of a site beside `target`. Those which are the `same` there are linked from there.
pub(super) fn build(files: &[SiteFile], same: &[bool], target: &Path) -> Result<StagingFolder, WriteError> {
    let parent = target.parent().unwrap_or(target);
    let room = make_room(parent, target).map_err(|source| WriteError::Parent { folder: parent.to_owned(), source })?;
    let stage = StagingFolder { room };
    let site = stage.site();
    create(&site)?;
    for level in folders(files) {
        level.par_iter().with_min_len(FILES_PER_THREAD).try_for_each(|folder| create(&site.join(folder)))?;
    }
    files.par_iter().zip(same).with_min_len(FILES_PER_THREAD).try_for_each(|(file, same)| {
        let path = site.join(file.path);
        let earlier = same.then(|| target.join(file.path));
        put(&path, file.bytes, earlier.as_deref()).map_err(|source| WriteError::Write { path, source })
    })?;
    Ok(stage)
}

/// Returns whether a file holds these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = fs::File::open(path)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut buffer = [0; CHUNK];
    for expected in bytes.chunks(CHUNK) {
        let actual = &mut buffer[..expected.len()];
        file.read_exact(actual)?;
        if actual != expected {
            return Ok(false);
        }
    }
    Ok(true)
}

fn make_room(parent: &Path, target: &Path) -> io::Result<TempDir> {
    fs::create_dir_all(parent)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let room = tempfile::Builder::new().prefix(&format!(".{name}.rungs-")).tempdir_in(parent);
    // Without the random name that was tried.
    room.map_err(|error| error.kind().into())
}

fn create(folder: &Path) -> Result<(), WriteError> {
    fs::create_dir(folder).map_err(|source| WriteError::Write { path: folder.to_owned(), source })
}

/// Returns every folder that some files need, once: first those which lie in no other, then those in them, and so on.
fn folders<'a>(files: &[SiteFile<'a>]) -> Vec<Vec<&'a Utf8Path>> {
    let mut levels: Vec<Vec<&Utf8Path>> = Vec::new();
    let mut seen = HashSet::new();
    for file in files {
        let above = file.path.ancestors().skip(1).filter(|folder| !folder.as_str().is_empty());
        for folder in above.take_while(|folder| seen.insert(*folder)) {
            let depth = folder.as_str().matches('/').count();
            levels.resize_with(levels.len().max(depth + 1), Vec::new);
            levels[depth].push(folder);
        }
    }
    levels
}

/// Makes a file: a link to an earlier one with the same bytes or, where the disk knows no links, a copy of its age.
fn put(path: &Path, bytes: Option<&[u8]>, earlier: Option<&Path>) -> io::Result<()> {
    if earlier.is_some_and(|earlier| fs::hard_link(earlier, path).is_ok()) {
        return Ok(());
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    match (bytes, earlier) {
        (Some(bytes), _) => file.write_all(bytes)?,
        (None, Some(earlier)) => drop(io::copy(&mut fs::File::open(earlier)?, &mut file)?),
        (None, None) => return Err(io::ErrorKind::NotFound.into()),
    }
    match earlier {
        Some(earlier) => file.set_modified(fs::metadata(earlier)?.modified()?),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_once_and_behind_those_they_lie_in() {
        let files: Vec<_> =
            ["a-b/x", "a/b/c/x", "a/b/x", "a/x", "x"].map(|path| SiteFile { path: path.into(), bytes: None }).into();
        assert_eq!(folders(&files), [vec!["a-b", "a"], vec!["a/b"], vec!["a/b/c"]]);
    }

    #[test]
    fn a_file_holds_its_bytes_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let mut bytes = vec![7; CHUNK + 1];
        fs::write(&path, &bytes).unwrap();
        assert!(holds(&path, &bytes).unwrap());
        assert!(!holds(&path, &bytes[1..]).unwrap());
        bytes[CHUNK] = 8;
        assert!(!holds(&path, &bytes).unwrap());
    }

    #[test]
    fn a_file_that_cannot_be_linked_keeps_its_time_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("folder-with-an-age");
        fs::create_dir(&old).unwrap();
        let age = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        fs::File::open(&old).unwrap().set_modified(age).unwrap();
        // A folder cannot be linked, and has a time.
        let new = folder.path().join("new");
        put(&new, Some(b"x"), Some(&old)).unwrap();
        assert_eq!(fs::metadata(&new).unwrap().modified().unwrap(), age);
    }
}
