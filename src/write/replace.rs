//! New texts for files that a person wrote.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::NamedTempFile;
use walkdir::{DirEntry, WalkDir};

use super::WriteError;
use crate::journal::{JOURNAL, Journal, Revision};

/// The beginning of the name of a file that is written and not yet in its place.
const STAGED: &str = ".rungs-";

/// Gives files of a folder new texts, each on its own. All of them are written out before the first is put in its
/// place, so that a full disk changes none; where one cannot be put there, the others get back what they held. A folder
/// that is not there yet is made. Symbolic links stay, and what they lead to is replaced.
///
/// # Errors
/// With the file that cannot be written.
pub(crate) fn replace(folder: &Utf8Path, texts: &BTreeMap<Utf8PathBuf, impl AsRef<[u8]>>) -> Result<(), WriteError> {
    let staged = stage_all(folder, texts)?;
    staged.put(&mut || true)
}

/// The turn of a command to write to a folder. Others that want to write there wait until it is dropped.
pub(crate) struct Turn {
    /// Locked until it is closed, if only by the system. None where the system cannot lock folders: there is no waiting
    /// then.
    _folder: Option<fs::File>,
}

/// Waits for the turn to write to a folder, and takes away what killed programs left there.
pub(crate) fn turn(folder: &Utf8Path) -> Turn {
    let locked = fs::File::open(folder).ok().filter(|folder| folder.lock().is_ok());
    if locked.is_some() {
        sweep(folder);
    }
    Turn { _folder: locked }
}

/// Takes away the files that were staged and never put in their places, as far as the disk lets it.
fn sweep(folder: &Utf8Path) {
    let is_hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
    let is_read = |entry: &DirEntry| {
        entry.depth() == 0
            || !(entry.file_type().is_dir() && (is_hidden(entry.file_name()) || entry.file_name() == "node_modules"))
    };
    let is_staged = |name: &OsStr| name.as_encoded_bytes().starts_with(STAGED.as_bytes()) && name != JOURNAL;
    let entries = WalkDir::new(folder).into_iter().filter_entry(is_read).filter_map(Result::ok);
    for left in entries.filter(|entry| entry.file_type().is_file() && is_staged(entry.file_name())) {
        let _ = fs::remove_file(left.path());
    }
}

/// Gives files of a content folder new texts that belong together. `read` tells what the command has read of each. If
/// the program is killed meanwhile, no file has changed yet, or [`resume`] changes the rest.
///
/// # Errors
/// As [`replace`], and if a file is no longer what was read. Then nothing has changed.
pub(crate) fn edit<'t>(
    folder: &Utf8Path,
    texts: &BTreeMap<Utf8PathBuf, String>,
    command: &str,
    read: impl Fn(&Utf8Path) -> Option<&'t str>,
) -> Result<(), WriteError> {
    for path in texts.keys() {
        let file = folder.join(path);
        let now = held_by(&file).map_err(|source| WriteError::Read { path: file.clone().into(), source })?;
        if now.map(text).as_deref() != read(path) {
            return Err(WriteError::ChangedMeanwhile { path: file.into() });
        }
    }
    edit_while(folder, texts, command, || true)
}

/// Does what [`edit`] does, as long as it `may` change the disk once more. After that it leaves the disk as if the
/// program had been killed.
pub fn edit_while(
    folder: &Utf8Path,
    texts: &BTreeMap<Utf8PathBuf, String>,
    command: &str,
    mut may: impl FnMut() -> bool,
) -> Result<(), WriteError> {
    let staged = stage_all(folder, texts)?;
    // One file is replaced at once.
    if texts.len() < 2 {
        return staged.put(&mut may);
    }
    let journal = folder.join(JOURNAL);
    let error = |source: io::Error| WriteError::Edit { path: journal.clone().into(), source };
    let begun = stage(&journal, journal_of(folder, texts, command)?.as_bytes()).map_err(error)?;
    if !may() {
        return staged.abandon();
    }
    begun.persist(&journal).map_err(|failed| error(failed.error))?;
    let put = staged.put(&mut may);
    if may() {
        fs::remove_file(&journal).map_err(error)?;
    }
    put
}

fn journal_of(folder: &Utf8Path, texts: &BTreeMap<Utf8PathBuf, String>, command: &str) -> Result<String, WriteError> {
    let revision = |(path, new): (&Utf8PathBuf, &String)| {
        let old = held_by(&folder.join(path)).map_err(|source| WriteError::Read { path: path.into(), source })?;
        Ok((path.clone(), Revision { old: old.map(text), new: new.clone() }))
    };
    let files = texts.iter().map(revision).collect::<Result<_, _>>()?;
    let journal = Journal { command: command.to_owned(), files };
    Ok(serde_json::to_string_pretty(&journal).expect("texts by paths are JSON") + "\n")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Finishes the change that a command was killed in, and returns that command. None if no change is unfinished.
///
/// # Errors
/// If a file says neither what it said before nor what it was to say: somebody has edited it since. Then nothing is
/// changed.
pub(crate) fn resume(folder: &Utf8Path) -> Result<Option<String>, WriteError> {
    let journal = folder.join(JOURNAL);
    let unreadable = |path: &Utf8Path, source: io::Error| WriteError::Read { path: path.into(), source };
    let found =
        Journal::read(folder).map_err(|source| WriteError::BrokenJournal { path: (&journal).into(), source })?;
    let Some(Journal { command, files }) = found else {
        return Ok(None);
    };
    if let Some(path) = files.keys().find(|path| !super::is_plain(path)) {
        let foreign = io::Error::other(format!("`{path}` is not a file of this folder"));
        return Err(WriteError::BrokenJournal { path: journal.into(), source: foreign });
    }
    let mut rest = BTreeMap::new();
    for (path, Revision { old, new }) in files {
        let file = folder.join(&path);
        let now = held_by(&file).map_err(|source| unreadable(&file, source))?.map(text);
        if now.as_ref() == Some(&new) {
            continue;
        }
        if now != old {
            return Err(WriteError::EditedMeanwhile { path: file.into(), command, journal: journal.into() });
        }
        rest.insert(path, new);
    }
    replace(folder, &rest)?;
    fs::remove_file(&journal).map_err(|source| WriteError::Edit { path: journal.into(), source })?;
    Ok(Some(command))
}

/// Texts that are written out beside the files that they will replace.
struct Staged(Vec<(NamedTempFile, Utf8PathBuf)>);

fn stage_all(folder: &Utf8Path, texts: &BTreeMap<Utf8PathBuf, impl AsRef<[u8]>>) -> Result<Staged, WriteError> {
    let stage = |path: &Utf8PathBuf, new: &[u8]| {
        let path = followed(folder.join(path));
        match stage(&path, new) {
            Ok(file) => Ok((file, path)),
            Err(source) => Err(WriteError::Edit { path: path.into(), source }),
        }
    };
    texts.iter().map(|(path, new)| stage(path, new.as_ref())).collect::<Result<_, _>>().map(Staged)
}

impl Staged {
    /// Puts them in their places, in the order of their paths.
    fn put(self, may: &mut impl FnMut() -> bool) -> Result<(), WriteError> {
        let mut held = Vec::new();
        let mut staged = self.0.into_iter();
        while let Some((file, path)) = staged.next() {
            if !may() {
                return Self(std::iter::once((file, path)).chain(staged).collect()).abandon();
            }
            let put = held_by(&path).and_then(|old| file.persist(&path).map(|_| old).map_err(|failed| failed.error));
            match put {
                Ok(old) => held.push((path, old)),
                Err(source) => {
                    held.iter().for_each(|(path, old)| give_back(path, old.as_deref()));
                    return Err(WriteError::Edit { path: path.into(), source });
                }
            }
        }
        Ok(())
    }

    /// Leaves them where they are, as a program does that is killed.
    fn abandon(self) -> Result<(), WriteError> {
        let keep = |(file, path): (NamedTempFile, Utf8PathBuf)| match file.keep() {
            Ok(_) => Ok(()),
            Err(failed) => Err(WriteError::Edit { path: path.into(), source: failed.error }),
        };
        self.0.into_iter().try_for_each(keep)
    }
}

/// Returns the file that a path leads to, so that a symbolic link stays one when its file is replaced. A link that leads
/// in a circle is returned as it is, and cannot be written to.
fn followed(path: Utf8PathBuf) -> Utf8PathBuf {
    const MOST: usize = 40;
    let mut file = path.clone();
    for _ in 0..MOST {
        let Ok(to) = file.read_link_utf8() else { return file };
        file = file.parent().map_or_else(|| to.clone(), |folder| folder.join(&to));
    }
    path
}

/// Returns the content of a file. `None` if there is no such file.
fn held_by(path: &Utf8Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(other) => Err(other),
    }
}

/// Restores the earlier content of a file, as far as the disk allows it.
fn give_back(path: &Utf8Path, old: Option<&[u8]>) {
    let _ = match old {
        Some(bytes) => fs::write(path, bytes),
        None => fs::remove_file(path),
    };
}

/// Writes a text beside the file that it will replace, with that file's permissions.
pub(super) fn stage(path: &Utf8Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(STAGED).tempfile_in(folder)?;
    file.write_all(bytes)?;
    match fs::metadata(path) {
        Ok(old) => file.as_file().set_permissions(old.permissions())?,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => ordinary(file.as_file())?,
        Err(other) => return Err(other),
    }
    Ok(file)
}

/// Returns a new file may be read by everybody, unlike a temporary one.
#[cfg(unix)]
fn ordinary(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn ordinary(_: &fs::File) -> io::Result<()> {
    Ok(())
}
