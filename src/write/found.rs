//! A new content folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::WriteError;

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
    fs::create_dir_all(parent).map_err(|source| error(parent, source))?;
    let room = tempfile::Builder::new().prefix(".rungs-").tempdir_in(parent).map_err(|source| error(parent, source))?;
    let staged = room.path().join("content");
    for (path, bytes) in files {
        let write = || {
            let file = staged.join(path.as_std_path());
            fs::create_dir_all(file.parent().unwrap_or(&staged))?;
            fs::File::create_new(file)?.write_all(bytes)
        };
        write().map_err(|source| error(&folder.join(path), source))?;
    }
    // Not every system puts a folder in the place of an empty one.
    match fs::remove_dir(folder) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(error(folder, source)),
        _ => {}
    }
    fs::rename(&staged, folder).map_err(|source| error(folder, source))
}
