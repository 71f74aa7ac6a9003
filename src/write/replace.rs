//! New texts for files that a person wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::WriteError;
use super::door::{self, Whole};
use super::litter::{MadeFolders, StagedFile, sweep_below, sweep_beside};
use crate::journal::{JOURNAL, Journal, Revision};

/// Gives files of a folder new texts, each on its own. All of them are written out before the first is put in its
/// place, so that a full disk changes none; where one cannot be put there, the others get back what they held. A folder
/// that is not there yet is made. Symbolic links stay, and what they lead to is replaced.
///
/// # Errors
/// With the file that cannot be written.
pub(crate) fn replace(folder: &Utf8Path, texts: &BTreeMap<Utf8PathBuf, impl AsRef<[u8]>>) -> Result<(), WriteError> {
    let staged = stage_all(folder, texts)?;
    let _whole = Whole::begin();
    staged.put().map_err(|failed| failed.error)
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
    sweep_below(folder);
    Turn { _folder: locked }
}

/// Gives files of a content folder new texts that belong together. `read` tells what the command has read of each. If
/// the program is killed meanwhile, or the machine stops, no file has changed yet, or [`resume`] changes the rest.
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
    let staged = stage_all(folder, texts)?;
    staged.keep()?;
    // One file is replaced at once.
    if texts.len() < 2 {
        let _whole = Whole::begin();
        return staged.put_for_good().map_err(|failed| failed.error);
    }
    let journal = folder.join(JOURNAL);
    let error = |source: io::Error| WriteError::Edit { path: journal.clone().into(), source };
    let begun = stage(&journal, journal_of(folder, texts, command)?.as_bytes()).map_err(error)?;
    door::keep_file(begun.as_file()).map_err(error)?;
    let _whole = Whole::begin();
    begun.persist(&journal).and_then(|()| door::keep_folder(folder.as_std_path())).map_err(error)?;
    let put = staged.put_for_good();
    // Where a file could neither be put in its place nor get back what it held, the journal knows what to do.
    if put.as_ref().map_or_else(|failed| failed.is_undone, |()| true) {
        door::remove_file(journal.as_std_path()).map_err(error)?;
    }
    put.map_err(|failed| failed.error)
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
    let staged = stage_all(folder, &rest)?;
    staged.keep()?;
    let _whole = Whole::begin();
    staged.put_for_good().map_err(|failed| failed.error)?;
    door::remove_file(journal.as_std_path()).map_err(|source| WriteError::Edit { path: journal.into(), source })?;
    Ok(Some(command))
}

/// Texts that are written out beside the files that they will replace.
pub(super) struct Staged {
    pub(super) files: Vec<(StagedFile, Utf8PathBuf)>,
    /// They go after what is staged in them.
    pub(super) made: MadeFolders,
}

/// Why not all files could be put in their places.
struct PutFailed {
    error: WriteError,
    /// Whether all files hold again what they held.
    is_undone: bool,
}

/// Writes texts out beside the files that they will replace, and takes away what killed programs left there.
pub(super) fn stage_all(
    folder: &Utf8Path,
    texts: &BTreeMap<Utf8PathBuf, impl AsRef<[u8]>>,
) -> Result<Staged, WriteError> {
    let texts: Vec<_> = texts.iter().map(|(path, text)| (followed(folder.join(path)), text)).collect();
    sweep_beside(texts.iter().map(|(path, _)| path));
    let mut staged = Staged { files: Vec::new(), made: MadeFolders::default() };
    for (path, new) in texts {
        staged.made.above(path.as_std_path());
        match stage(&path, new.as_ref()) {
            Ok(file) => staged.files.push((file, path)),
            Err(source) => return Err(WriteError::Edit { path: path.into(), source }),
        }
    }
    Ok(staged)
}

impl Staged {
    /// Puts the files in their places, and has the disk keep them there, whatever happens to the machine.
    fn put_for_good(self) -> Result<(), PutFailed> {
        let paths = self.files.iter().map(|(_, path)| path);
        // A folder that was just made stands in one that has to keep it, too.
        let folders: BTreeSet<_> =
            paths.flat_map(|path| path.ancestors().skip(1).take(2)).map(Utf8Path::to_owned).collect();
        self.put()?;
        folders.iter().try_for_each(|folder| {
            let folder = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
            let error = |source| WriteError::Edit { path: folder.into(), source };
            door::keep_folder(folder.as_std_path())
                .map_err(|source| PutFailed { error: error(source), is_undone: false })
        })
    }

    /// Has the disk keep what is staged.
    fn keep(&self) -> Result<(), WriteError> {
        self.files.iter().try_for_each(|(file, path)| {
            door::keep_file(file.as_file()).map_err(|source| WriteError::Edit { path: path.into(), source })
        })
    }

    /// Puts the files in their places, in the order of their paths.
    fn put(self) -> Result<(), PutFailed> {
        let mut held: Vec<(Utf8PathBuf, Option<Vec<u8>>)> = Vec::new();
        for (file, path) in self.files {
            let put = held_by(&path).and_then(|old| file.persist(&path).map(|()| old));
            match put {
                Ok(old) => held.push((path, old)),
                Err(source) => {
                    let given_back: Vec<_> = held.iter().map(|(path, old)| give_back(path, old.as_deref())).collect();
                    let error = WriteError::Edit { path: path.into(), source };
                    return Err(PutFailed { error, is_undone: given_back.iter().all(Result::is_ok) });
                }
            }
        }
        self.made.keep();
        Ok(())
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

/// Restores the earlier content of a file.
fn give_back(path: &Utf8Path, old: Option<&[u8]>) -> io::Result<()> {
    match old {
        Some(bytes) => door::overwrite(path.as_std_path(), bytes),
        None => door::remove_file(path.as_std_path()),
    }
}

/// Writes a text beside the file that it will replace, with that file's permissions.
fn stage(path: &Utf8Path, bytes: &[u8]) -> io::Result<StagedFile> {
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    door::create_folders(folder.as_std_path())?;
    let staged = StagedFile::within(folder)?;
    door::step(|| staged.as_file().write_all(bytes))?;
    match fs::metadata(path) {
        Ok(old) => staged.as_file().set_permissions(old.permissions())?,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => ordinary(staged.as_file())?,
        Err(other) => return Err(other),
    }
    Ok(staged)
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
