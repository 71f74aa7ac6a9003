//! New texts for files of the content folder.

use std::collections::BTreeMap;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::NamedTempFile;

use super::WriteError;

/// Gives files of a folder new texts. All of them are written out before the first is put in its place, so that a full
/// disk changes none. They are put there in the order of their paths; where one cannot be, the others get back what they
/// held. A folder that is not there yet, such as that of the editions, is made.
pub(crate) fn replace(folder: &Utf8Path, texts: &BTreeMap<Utf8PathBuf, String>) -> Result<(), WriteError> {
    replace_while(folder, texts, || true)
}

/// Does what [`replace`] does, as long as it `may` change the disk once more. After that it leaves the disk as if the
/// program had been killed.
pub fn replace_while(
    folder: &Utf8Path,
    texts: &BTreeMap<Utf8PathBuf, String>,
    mut may: impl FnMut() -> bool,
) -> Result<(), WriteError> {
    let error = |path: &Utf8Path, source: io::Error| WriteError::Edit { path: path.into(), source };
    let mut staged = Vec::new();
    for (path, text) in texts.iter().take_while(|_| may()) {
        let path = folder.join(path);
        staged.push((stage(&path, text).map_err(|source| error(&path, source))?, path));
    }
    let is_whole = staged.len() == texts.len();
    let mut held = Vec::new();
    for (file, path) in staged {
        if !(is_whole && may()) {
            file.keep().map_err(|failed| error(&path, failed.error))?;
            continue;
        }
        let put = held_by(&path).and_then(|old| file.persist(&path).map(|_| old).map_err(|failed| failed.error));
        match put {
            Ok(old) => held.push((path, old)),
            Err(source) => {
                held.iter().for_each(|(path, old)| give_back(path, old.as_deref()));
                return Err(error(&path, source));
            }
        }
    }
    Ok(())
}

/// What a file holds. None if there is no such file.
fn held_by(path: &Utf8Path) -> io::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(other) => Err(other),
    }
}

/// Gives a file back what it held, as far as the disk lets it.
fn give_back(path: &Utf8Path, old: Option<&[u8]>) {
    let _ = match old {
        Some(bytes) => std::fs::write(path, bytes),
        None => std::fs::remove_file(path),
    };
}

/// Writes a text beside the file that it will replace, with that file's permissions.
pub(super) fn stage(path: &Utf8Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".rungs-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    match std::fs::metadata(path) {
        Ok(old) => file.as_file().set_permissions(old.permissions())?,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => ordinary(file.as_file())?,
        Err(other) => return Err(other),
    }
    Ok(file)
}

/// A new file may be read by everybody, unlike a temporary one.
#[cfg(unix)]
fn ordinary(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn ordinary(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}
