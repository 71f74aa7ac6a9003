//! A new content folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::WriteError;
use super::door::{self, Whole};
use super::litter::{MadeFolders, Room};

/// Returns whether nothing stands in a folder, or there is none.
///
/// # Errors
/// If something does, or it cannot be looked at.
pub(crate) fn is_vacant(folder: &Utf8Path) -> Result<(), WriteError> {
    let error = |source: io::Error| WriteError::Read { path: folder.into(), source };
    match fs::read_dir(folder) {
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(error(source)),
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(WriteError::Occupied { folder: folder.into() }),
        },
    }
}

/// Makes a folder that holds these files. It is made beside its place and put there in one step.
///
/// # Errors
/// If something stands in the folder already, or the disk refuses. Nothing is then written.
pub(crate) fn found(folder: &Utf8Path, files: &BTreeMap<Utf8PathBuf, &[u8]>) -> Result<(), WriteError> {
    is_vacant(folder)?;
    let error = |path: &Utf8Path, source: io::Error| WriteError::Edit { path: path.into(), source };
    let parent = folder.parent().filter(|parent| !parent.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    Room::sweep_beside(folder.as_std_path());
    let mut made = MadeFolders::default();
    made.above(folder.as_std_path());
    let made_room = door::create_folders(parent.as_std_path()).and_then(|()| Room::beside(folder.as_std_path()));
    let room = made_room.map_err(|source| error(parent, source))?;
    let staged = room.path().join("content");
    for (path, bytes) in files {
        let file = staged.join(path.as_std_path());
        let written =
            door::create_folders(file.parent().unwrap_or(&staged)).and_then(|()| door::create_file(&file, bytes));
        written.map_err(|source| error(&folder.join(path), source))?;
    }
    let _whole = Whole::begin();
    // Not every system puts a folder in the place of an empty one.
    match door::remove_folder(folder.as_std_path()) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(error(folder, source)),
        _ => {}
    }
    door::rename(&staged, folder.as_std_path()).map_err(|source| error(folder, source))?;
    made.keep();
    Ok(())
}
