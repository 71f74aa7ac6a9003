//! Creation of new files that never overwrite an existing one.

use std::collections::BTreeMap;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::WriteError;
use super::replace::stage;

/// Returns the obstacles to new files below a folder: files of the same names, and files where a folder would be.
pub(crate) fn in_the_way<'a>(folder: &Utf8Path, new: impl Iterator<Item = &'a Utf8PathBuf>) -> Vec<Utf8PathBuf> {
    let is_folder = |path: &Utf8Path| std::fs::metadata(path).is_ok_and(|metadata| metadata.is_dir());
    let obstacle = |path: &Utf8PathBuf| {
        let path = folder.join(path);
        let above = path.ancestors().skip(1).filter(|ancestor| !ancestor.as_str().is_empty());
        let blocked = above.filter(|path| !is_missing(path) && !is_folder(path)).last();
        blocked.map(Utf8Path::to_owned).or_else(|| (!is_missing(&path)).then(|| path.clone()))
    };
    let mut found: Vec<_> = new.filter_map(obstacle).collect();
    found.sort();
    found.dedup();
    found
}

/// Writes new files below a folder: all of them, or none if one cannot be written or would take the place of another.
///
/// # Errors
/// With the file that could not be written. Those before it, and the folders made for them, are gone again.
pub(crate) fn create(folder: &Utf8Path, texts: &BTreeMap<Utf8PathBuf, impl AsRef<[u8]>>) -> Result<(), WriteError> {
    let mut made = CreatedPaths::default();
    for path in texts.keys() {
        made.folders_of(&folder.join(path));
    }
    let mut staged = Vec::new();
    for (path, text) in texts {
        let path = folder.join(path);
        match stage(&path, text.as_ref()) {
            Ok(file) => staged.push((file, path)),
            Err(source) => return Err(WriteError::Edit { path: path.into(), source }),
        }
    }
    for (file, path) in staged {
        if let Err(failed) = file.persist_noclobber(&path) {
            return Err(WriteError::Edit { path: path.into(), source: failed.error });
        }
        made.files.push(path);
    }
    made.keep();
    Ok(())
}

/// Paths that did not exist before. They are removed on drop, after files staged in them.
#[derive(Default)]
struct CreatedPaths {
    files: Vec<Utf8PathBuf>,
    /// Outer ones before those within them.
    folders: Vec<Utf8PathBuf>,
}

impl CreatedPaths {
    /// Notes which folders will have to be made for a file.
    fn folders_of(&mut self, file: &Utf8Path) {
        let missing = |path: &&Utf8Path| !path.as_str().is_empty() && is_missing(path);
        let mut folders: Vec<_> = file.ancestors().skip(1).filter(missing).map(Utf8Path::to_owned).collect();
        folders.reverse();
        folders.retain(|folder| !self.folders.contains(folder));
        self.folders.extend(folders);
    }

    /// Leaves it where it is.
    fn keep(mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for CreatedPaths {
    /// As far as the disk allows it. A folder in which something else has come to stand stays.
    fn drop(&mut self) {
        for file in &self.files {
            let _ = std::fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Returns whether a file could be put there, as far as this place itself is concerned.
fn is_missing(path: &Utf8Path) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};
    matches!(std::fs::symlink_metadata(path), Err(error) if [NotFound, NotADirectory].contains(&error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(paths: &[&str]) -> BTreeMap<Utf8PathBuf, String> {
        paths.iter().map(|path| (Utf8PathBuf::from(path), "new".to_owned())).collect()
    }

    #[test]
    fn whatever_stands_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        std::fs::write(root.join("a"), "old").unwrap();
        std::fs::create_dir(root.join("b")).unwrap();
        let new = texts(&["a/x", "a/y/z", "b", "b/c", "d/e"]);
        assert_eq!(in_the_way(root, new.keys()), [root.join("a"), root.join("b")]);
    }

    #[test]
    fn a_panic_leaves_neither_files_nor_folders() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let caught = crate::fault::caught(|| {
            let mut made = CreatedPaths::default();
            made.folders_of(&root.join("a/b/c"));
            let staged = stage(&root.join("a/b/c"), b"new").unwrap();
            stage(&root.join("d"), b"new").unwrap().persist(root.join("d")).unwrap();
            made.files.push(root.join("d"));
            assert!(staged.path().exists(), "it stands in folders that are new");
            panic!("amid writing");
        });
        assert_eq!(caught.unwrap_err().message, "amid writing");
        assert_eq!(std::fs::read_dir(root).unwrap().count(), 0);
    }

    #[test]
    fn if_one_file_cannot_be_written_none_is_and_no_folder_stays() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        std::fs::write(root.join("z"), "old").unwrap();
        let error = create(root, &texts(&["a/b/c", "d", "z"])).unwrap_err();
        assert!(error.to_string().contains("z` cannot be written"), "{error}");
        let left: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["z"]);
        assert_eq!(std::fs::read_to_string(root.join("z")).unwrap(), "old");
        create(root, &texts(&["a/b/c", "d"])).unwrap();
        assert_eq!(std::fs::read_to_string(root.join("a/b/c")).unwrap(), "new");
    }
}
