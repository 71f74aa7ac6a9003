//! The target folder of a site, and the rules for replacing it.

use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use camino::Utf8Path;
use walkdir::WalkDir;

use super::WriteError;
use super::manifest::{self, Listed};
use crate::text::list;

/// The greatest number of obstructing files that are named.
const NAMED: usize = 5;

/// A folder that may be made or replaced.
pub(super) struct Target {
    /// Absolute and without links.
    pub(crate) folder: PathBuf,
    /// The present content of the folder. None if there is no folder.
    pub(crate) earlier: Option<Earlier>,
}

/// The site that was there before. Paths are relative to it.
#[derive(Default)]
pub(super) struct Earlier {
    /// In order, and with the manifest.
    pub(crate) files: Vec<String>,
    /// Each behind the one it lies in.
    pub(crate) folders: Vec<String>,
    /// The files in the manifest, which may be gone.
    pub(crate) listed: Listed,
}

impl Earlier {
    pub(crate) fn holds(&self, path: &Utf8Path) -> bool {
        self.files.binary_search_by_key(&path.as_str(), String::as_str).is_ok()
    }

    /// Returns the hash of a file that is there, as the manifest has it.
    pub(crate) fn hash(&self, path: &Utf8Path) -> Option<&str> {
        self.listed.get(path.as_str()).filter(|_| self.holds(path)).map(String::as_str)
    }
}

/// The folders that must never be replaced whatever they hold.
pub(super) struct Surroundings {
    pub(crate) home: Option<PathBuf>,
    pub(crate) current: Option<PathBuf>,
}

impl Surroundings {
    pub(crate) fn of_process() -> Self {
        let home = env::home_dir().and_then(|home| fs::canonicalize(home).ok());
        let current = env::current_dir().and_then(fs::canonicalize).ok();
        Self { home, current }
    }
}

/// Looks at a folder, and at nothing above it, before anything is done.
pub(super) fn judge(target: &Utf8Path, content: &Utf8Path, around: &Surroundings) -> Result<Target, WriteError> {
    let folder = resolved(target)?;
    let content = resolved(content)?;
    let is_or_holds = |place: &Option<PathBuf>| place.as_ref().is_some_and(|place| place.starts_with(&folder));
    if folder.parent().is_none() {
        return Err(WriteError::Root { target: folder });
    }
    if is_or_holds(&around.home) {
        return Err(WriteError::Home { target: folder });
    }
    if is_or_holds(&around.current) {
        return Err(WriteError::CurrentFolder { target: folder });
    }
    if content.starts_with(&folder) || folder.starts_with(&content) {
        return Err(WriteError::Content { target: folder, content });
    }
    match fs::symlink_metadata(&folder) {
        Ok(metadata) if metadata.is_dir() => {
            let earlier = Some(earlier(&folder)?);
            replaceable(&folder).map_err(|why| WriteError::Irreplaceable { target: target.into(), why })?;
            Ok(Target { earlier, folder })
        }
        Ok(_) => Err(WriteError::NotAFolder { target: folder }),
        Err(error) if is_absence(&error) => match file_above(&folder) {
            Some(file) => Err(WriteError::NotAFolder { target: file.to_owned() }),
            None => {
                let above = folder.ancestors().skip(1).find(|above| above.is_dir()).unwrap_or(&folder);
                let unwritable = |source| WriteError::Parent { folder: above.to_owned(), source };
                may_change(above).map_err(unwritable)?;
                Ok(Target { folder, earlier: None })
            }
        },
        Err(source) => Err(WriteError::Read { path: folder, source }),
    }
}

/// Returns the absolute path without links of something that need not exist: its longest existing part is asked for on
/// disk, and `..` in the rest is taken literally.
fn resolved(path: &Utf8Path) -> Result<PathBuf, WriteError> {
    let unreadable = |source| WriteError::Read { path: path.into(), source };
    let absolute = std::path::absolute(path).map_err(unreadable)?;
    for existing in absolute.ancestors() {
        match fs::canonicalize(existing) {
            Ok(mut resolved) => {
                for component in absolute.strip_prefix(existing).into_iter().flat_map(Path::components) {
                    match component {
                        Component::ParentDir => drop(resolved.pop()),
                        other => resolved.push(other),
                    }
                }
                return Ok(resolved);
            }
            Err(error) if is_absence(&error) => {}
            Err(source) => return Err(unreadable(source)),
        }
    }
    Ok(absolute)
}

/// Returns whether another folder can take the place of one, as far as that can be told without trying. Whatever is left
/// out here is told by the disk when it comes to that.
fn replaceable(folder: &Path) -> Result<(), &'static str> {
    if is_mount_point(folder) {
        return Err("is a mount point");
    }
    match may_change(folder).and_then(|()| folder.parent().map_or(Ok(()), may_change)) {
        Ok(()) => Ok(()),
        Err(_) => Err("is not yours to replace"),
    }
}

/// Returns whether this program may make files in a folder, and remove them.
#[cfg(unix)]
fn may_change(folder: &Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    Ok(access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

#[cfg(not(unix))]
fn may_change(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, folder, AtFlags::empty(), StatxFlags::empty());
    found.is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn is_mount_point(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).ok().map(|metadata| metadata.dev());
    folder.parent().is_some_and(|parent| device(parent) != device(folder))
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path) -> bool {
    false
}

/// Returns the file above a missing folder that keeps it from being created.
fn file_above(folder: &Path) -> Option<&Path> {
    let nearest = folder.ancestors().skip(1).find(|above| fs::symlink_metadata(above).is_ok())?;
    Some(nearest).filter(|nearest| !nearest.is_dir())
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Returns the content of a folder, if Rungs wrote all of it.
fn earlier(folder: &Path) -> Result<Earlier, WriteError> {
    let listed = manifest::read(folder)?;
    let mut earlier = Earlier::default();
    let mut foreign = Vec::new();
    let mut entries = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    while foreign.len() <= NAMED
        && let Some(entry) = entries.next()
    {
        let entry = entry.map_err(|error| unreadable(folder, error))?;
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
        let path = names.join("/");
        if entry.file_type().is_dir() {
            if has_files_below(&listed, &path) || holds_no_file(entry.path())? {
                earlier.folders.push(path);
            } else {
                foreign.push(path + "/");
                entries.skip_current_dir();
            }
        } else if entry.file_type().is_file() && below.to_str().is_some() && listed.contains_key(&path) {
            earlier.files.push(path);
        } else {
            foreign.push(path);
        }
    }
    if !foreign.is_empty() {
        return Err(WriteError::Foreign { target: folder.to_owned(), files: named(&foreign) });
    }
    earlier.files.sort_unstable();
    earlier.listed = listed;
    Ok(earlier)
}

fn has_files_below(listed: &Listed, folder: &str) -> bool {
    let folder = format!("{folder}/");
    listed.range(folder.clone()..).next().is_some_and(|(path, _)| path.starts_with(&folder))
}

fn holds_no_file(folder: &Path) -> Result<bool, WriteError> {
    for entry in WalkDir::new(folder) {
        if !entry.map_err(|error| unreadable(folder, error))?.file_type().is_dir() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn unreadable(folder: &Path, error: walkdir::Error) -> WriteError {
    WriteError::Read { path: error.path().unwrap_or(folder).to_owned(), source: error.into() }
}

/// `a`, `b` and others
fn named(files: &[String]) -> String {
    let names = list(files.iter().take(NAMED).map(|name| format!("`{name}`")));
    if files.len() > NAMED { format!("{names} and others") } else { names }
}
