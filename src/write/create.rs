//! Creation of new files that never overwrite an existing one.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::WriteError;
use super::door::{self, Whole};
use super::litter::is_missing;
use super::replace::{Staged, stage_all};

/// Files that are in their places. They are removed on drop, as far as the disk allows it.
#[derive(Default)]
struct MadeFiles(Vec<Utf8PathBuf>);

impl Drop for MadeFiles {
    fn drop(&mut self) {
        for file in &self.0 {
            let _ = door::remove_file(file.as_std_path());
        }
    }
}

/// Returns the obstacles to new files below a folder: files of the same names, and files where a folder would be.
pub(crate) fn in_the_way<'a>(folder: &Utf8Path, new: impl Iterator<Item = &'a Utf8PathBuf>) -> Vec<Utf8PathBuf> {
    let is_folder = |path: &Utf8Path| std::fs::metadata(path).is_ok_and(|metadata| metadata.is_dir());
    let obstacle = |path: &Utf8PathBuf| {
        let path = folder.join(path);
        let above = path.ancestors().skip(1).filter(|ancestor| !ancestor.as_str().is_empty());
        let blocked = above.filter(|path| !is_missing(path.as_std_path()) && !is_folder(path)).last();
        blocked.map(Utf8Path::to_owned).or_else(|| (!is_missing(path.as_std_path())).then(|| path.clone()))
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
    let Staged { files, made } = stage_all(folder, texts)?;
    let mut put = MadeFiles::default();
    let _whole = Whole::begin();
    for (file, path) in files {
        file.persist_new(&path).map_err(|source| WriteError::Edit { path: path.clone().into(), source })?;
        put.0.push(path);
    }
    put.0.clear();
    made.keep();
    Ok(())
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
            let Staged { files, made: _made } = stage_all(root, &texts(&["a/b/c", "d"])).unwrap();
            let mut put = MadeFiles::default();
            let [_, (file, path)] = <[_; 2]>::try_from(files).ok().unwrap();
            file.persist_new(&path).unwrap();
            put.0.push(path);
            assert!(root.join("a/b").is_dir() && root.join("d").is_file());
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
