//! Builds the new site in a fresh folder beside the old one.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::litter::{MadeFolders, Room};
use super::{WriteError, door};

/// The number of bytes that are compared at a time.
const CHUNK: usize = 64 * 1024;

/// A whole site that waits to be put in place. It is deleted unless that happens.
pub(super) struct StagingFolder {
    /// For this program's eyes only, as temporary folders are. So the site is a folder in it, with permissions like any
    /// other, and there is room to put the old one aside.
    pub(crate) room: Room,
    /// Those above the folder. They go after the room.
    made: MadeFolders,
}

impl StagingFolder {
    /// Makes an empty folder beside the one whose place it will take, and those above it.
    pub(super) fn beside(target: &Path) -> Result<Self, WriteError> {
        let parent = target.parent().unwrap_or(target);
        let unwritable = |source| WriteError::Parent { folder: parent.to_owned(), source };
        let mut made = MadeFolders::default();
        made.above(target);
        let room = door::create_folders(parent).and_then(|()| Room::beside(target)).map_err(unwritable)?;
        let stage = Self { room, made };
        create(&stage.site())?;
        Ok(stage)
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.room.path().join("site")
    }

    /// Returns the room of a site that is in its place.
    pub(super) fn emptied(self) -> Room {
        self.made.keep();
        self.room
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

pub(super) fn create(folder: &Path) -> Result<(), WriteError> {
    door::create_folder(folder).map_err(|source| WriteError::Write { path: folder.to_owned(), source })
}

/// Makes a file that holds the same as an earlier one: a link to it or, where the disk knows no links, a copy of its age.
pub(super) fn put_same(earlier: &Path, path: &Path) -> io::Result<()> {
    door::link(earlier, path).or_else(|_| door::copy(earlier, path))
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
        let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
        let age = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        door::create_file(&old, b"x").unwrap().set_modified(age).unwrap();
        door::copy(&old, &new).unwrap();
        assert_eq!(fs::metadata(&new).unwrap().modified().unwrap(), age);
        assert!(holds(&new, b"x").unwrap());
    }
}
