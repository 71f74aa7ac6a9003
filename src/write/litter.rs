//! What must not outlive the program: it is taken away when a signal ends the program, and by the next run where
//! nothing could be done any more.
//!
//! Files and folders that are on their way to their places are locked by the program that writes them, as long as it lives.
//! So what is not locked belongs to nobody.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::NamedTempFile;
use walkdir::{DirEntry, WalkDir};

use super::{door, signals};

/// The beginning of the name of a file that is written and not yet in its place. Random letters follow.
const STAGED: &str = ".rungs-";

/// How many random letters end a name.
const RANDOM: usize = 6;

/// How often a name is tried that another program takes for litter in the moment between its making and its lock.
const TRIES: usize = 8;

/// The kinds of litter.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    File,
    /// A folder with all that is in it.
    Room,
    /// A folder that is removed if it is empty.
    Folder,
}

/// What would have to go if the program ended now.
static LITTER: Mutex<BTreeMap<PathBuf, Kind>> = Mutex::new(BTreeMap::new());

fn litter() -> MutexGuard<'static, BTreeMap<PathBuf, Kind>> {
    LITTER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Something that goes if a signal ends the program while this is held.
pub(super) struct Litter(PathBuf);

impl Litter {
    pub(super) fn new(path: &Path, kind: Kind) -> Self {
        signals::watch();
        litter().insert(path.to_owned(), kind);
        Self(path.to_owned())
    }
}

impl Drop for Litter {
    fn drop(&mut self) {
        litter().remove(&self.0);
    }
}

/// Takes away all that is held, as far as the disk lets it. What lies in a folder goes before the folder.
pub(super) fn take_away() {
    for (path, kind) in litter().iter().rev() {
        let _ = match kind {
            Kind::File => fs::remove_file(path),
            Kind::Room => fs::remove_dir_all(path),
            Kind::Folder => fs::remove_dir(path),
        };
    }
}

/// A file on its way to its place. It is deleted unless it gets there.
pub(super) struct StagedFile {
    file: NamedTempFile,
    _litter: Litter,
}

impl StagedFile {
    /// Makes an empty file in a folder.
    pub(super) fn within(folder: &Utf8Path) -> io::Result<Self> {
        for _ in 0..TRIES {
            let staged = door::step(|| {
                let file = tempfile::Builder::new().prefix(STAGED).rand_bytes(RANDOM).tempfile_in(folder)?;
                let _litter = Litter::new(file.path(), Kind::File);
                Ok(Self { file, _litter })
            })?;
            // Where a file system locks nothing, nobody sweeps.
            if staged.as_file().lock().is_err() || staged.file.path().exists() {
                return Ok(staged);
            }
        }
        Err(io::ErrorKind::NotFound.into())
    }

    pub(super) fn as_file(&self) -> &File {
        self.file.as_file()
    }

    /// Puts the file in its place.
    pub(super) fn persist(self, path: &Utf8Path) -> io::Result<()> {
        door::step(|| self.file.persist(path).map(drop).map_err(|failed| failed.error))
    }

    /// Puts the file in its place, where nothing may stand.
    pub(super) fn persist_new(self, path: &Utf8Path) -> io::Result<()> {
        door::step(|| self.file.persist_noclobber(path).map(drop).map_err(|failed| failed.error))
    }
}

/// Folders that were not there before. Those that stay empty are removed on drop.
#[derive(Default)]
pub(super) struct MadeFolders {
    /// Outer ones before those within them.
    folders: Vec<Litter>,
}

impl MadeFolders {
    /// Notes which folders will have to be made for something to stand there.
    pub(super) fn above(&mut self, path: &Path) {
        let missing = |folder: &&Path| !folder.as_os_str().is_empty() && is_missing(folder);
        let missing: Vec<_> = path.ancestors().skip(1).filter(missing).collect();
        for folder in missing.into_iter().rev() {
            if self.folders.iter().all(|known| known.0 != folder) {
                self.folders.push(Litter::new(folder, Kind::Folder));
            }
        }
    }

    /// Leaves them where they are.
    pub(super) fn keep(mut self) {
        self.folders.clear();
    }
}

impl Drop for MadeFolders {
    /// As far as the disk allows it. A folder in which something else has come to stand stays.
    fn drop(&mut self) {
        for folder in self.folders.iter().rev() {
            let _ = door::remove_folder(&folder.0);
        }
    }
}

/// Returns whether something could be put there, as far as this place itself is concerned.
pub(super) fn is_missing(path: &Path) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};
    matches!(fs::symlink_metadata(path), Err(error) if [NotFound, NotADirectory].contains(&error.kind()))
}

/// Takes away the files that killed programs staged below a folder, as far as the disk lets it.
pub(super) fn sweep_below(folder: &Utf8Path) {
    let is_hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
    let is_read = |entry: &DirEntry| {
        entry.depth() == 0
            || !(entry.file_type().is_dir() && (is_hidden(entry.file_name()) || entry.file_name() == "node_modules"))
    };
    for entry in WalkDir::new(folder).into_iter().filter_entry(is_read).filter_map(Result::ok) {
        if entry.file_type().is_file() && is_staged(entry.file_name(), STAGED) && is_nobodys(entry.path()) {
            let _ = door::remove_file(entry.path());
        }
    }
}

/// Takes away the files that killed programs staged in the folders of these files.
pub(super) fn sweep_beside<'a>(files: impl Iterator<Item = &'a Utf8PathBuf>) {
    let mut folders: Vec<_> = files.filter_map(|file| file.parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        let folder = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
        for entry in folder.read_dir().into_iter().flatten().filter_map(Result::ok) {
            let is_file = || entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_staged(&entry.file_name(), STAGED) && is_file() && is_nobodys(&entry.path()) {
                let _ = door::remove_file(&entry.path());
            }
        }
    }
}

/// Returns whether a name is one that was drawn, with this beginning.
pub(super) fn is_staged(name: &OsStr, beginning: &str) -> bool {
    let drawn = name.as_encoded_bytes().strip_prefix(beginning.as_bytes());
    drawn.is_some_and(|drawn| drawn.len() == RANDOM && drawn.iter().all(u8::is_ascii_alphanumeric))
}

/// Returns whether no program holds the lock on a file.
pub(super) fn is_nobodys(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// A folder beside a place, with what is on its way there. It is deleted with all that is in it.
pub(super) struct Room {
    path: PathBuf,
    /// Locked.
    lock: Option<File>,
    litter: Option<Litter>,
}

impl Room {
    /// The file by whose lock a room is known to be held. It is the first in it and the last to go.
    const LOCK: &str = "lock";

    /// Makes a room in a folder that is there.
    pub(super) fn beside(place: &Path) -> io::Result<Self> {
        let parent = Some(above(place));
        let parent = parent.filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        for _ in 0..TRIES {
            let made = door::step(|| {
                let beginning = beginning(place);
                let mut builder = tempfile::Builder::new();
                let room = builder.prefix(&beginning).rand_bytes(RANDOM).disable_cleanup(true).tempdir_in(parent);
                // Without the random name that was tried.
                let path = room.map_err(|error| io::Error::from(error.kind()))?.keep();
                let litter = Some(Litter::new(&path, Kind::Room));
                Ok(Self { path, lock: None, litter })
            });
            let mut room = made?;
            let path = room.path.join(Self::LOCK);
            match door::create_file(&path, b"") {
                Ok(lock) => {
                    if lock.lock().is_err() || path.exists() {
                        room.lock = Some(lock);
                        return Ok(room);
                    }
                }
                Err(swept) if swept.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::NotFound.into())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves the room where it is, for a person to look at.
    pub(super) fn leave(mut self) -> PathBuf {
        self.lock = None;
        let _ = door::remove_file(&self.path.join(Self::LOCK));
        self.litter = None;
        std::mem::take(&mut self.path)
    }

    /// Removes a room in which nothing is left but the lock.
    pub(super) fn clear(mut self) -> Result<(), (PathBuf, io::Error)> {
        self.lock = None;
        let cleared = door::remove_file(&self.path.join(Self::LOCK)).and_then(|()| door::remove_folder(&self.path));
        self.litter = None;
        let path = std::mem::take(&mut self.path);
        cleared.map_err(|error| (path, error))
    }

    /// Takes away the rooms of killed programs beside a place, as far as the disk lets it. A site that was put aside in
    /// one stays while there is none in its place.
    pub(super) fn sweep_beside(place: &Path) {
        let beginning = beginning(place);
        let is_room = |entry: &fs::DirEntry| {
            is_staged(&entry.file_name(), &beginning) && entry.file_type().is_ok_and(|kind| kind.is_dir())
        };
        let entries = above(place).read_dir().into_iter().flatten().filter_map(Result::ok);
        for room in entries.filter(is_room).map(|entry| entry.path()) {
            let lock = room.join(Self::LOCK);
            if !lock.exists() {
                // It may be about to get its lock, and tries again then. What is left of one that was taken away is
                // empty, too.
                let _ = door::remove_folder(&room);
                continue;
            }
            let Ok(held) = File::open(&lock) else { continue };
            if held.try_lock().is_ok() && (place.exists() || !room.join(ASIDE).exists()) {
                take_away_room(&room);
            }
        }
    }
}

/// Where a room holds the site that was replaced.
pub(super) const ASIDE: &str = "earlier";

impl Drop for Room {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            self.lock = None;
            take_away_room(&self.path);
        }
    }
}

/// Takes away a room, the lock last.
fn take_away_room(room: &Path) {
    for entry in room.read_dir().into_iter().flatten().filter_map(Result::ok) {
        if entry.file_name() != Room::LOCK {
            let _ = match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                true => door::step(|| fs::remove_dir_all(entry.path())),
                false => door::remove_file(&entry.path()),
            };
        }
    }
    let _ = door::remove_file(&room.join(Room::LOCK)).and_then(|()| door::remove_folder(room));
}

fn above(place: &Path) -> &Path {
    place.parent().unwrap_or(place)
}

/// Returns how the names of rooms beside a place begin.
fn beginning(place: &Path) -> String {
    format!(".{name}{STAGED}", name = place.file_name().unwrap_or_default().to_string_lossy())
}
