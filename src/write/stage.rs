//! Builds the new site in a fresh folder beside the old one.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::WriteError;

/// The number of bytes that are compared at a time.
const CHUNK: usize = 64 * 1024;

/// A whole site that waits to be put in place. It is deleted unless that happens.
pub(super) struct StagingFolder {
    /// For this program's eyes only, as temporary folders are. So the site is a folder in it, with permissions like any
    /// other, and there is room to put the old one aside.
    pub(crate) room: TempDir,
}

impl StagingFolder {
    /// Makes an empty folder beside the one whose place it will take, and those above it.
    pub(super) fn beside(target: &Path) -> Result<Self, WriteError> {
        let parent = target.parent().unwrap_or(target);
        let unwritable = |source| WriteError::Parent { folder: parent.to_owned(), source };
        let stage = Self { room: make_room(parent, target).map_err(unwritable)? };
        create(&stage.site())?;
        Ok(stage)
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.room.path().join("site")
    }
}

/// Returns whether a file holds these bytes. One that cannot be read does not.
pub(super) fn has_bytes(path: &Path, bytes: &[u8]) -> bool {
    holds(path, bytes).unwrap_or(false)
}

/// Returns whether a file holds these bytes.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
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

pub(super) fn create(folder: &Path) -> Result<(), WriteError> {
    fs::create_dir(folder).map_err(|source| WriteError::Write { path: folder.to_owned(), source })
}

/// Makes a file: a link to an earlier one with the same bytes or, where the disk knows no links, a copy of its age.
pub(super) fn put(path: &Path, bytes: Option<&[u8]>, earlier: Option<&Path>) -> io::Result<()> {
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
