//! Puts the new site in the place of the old one, and deletes the old one.

use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::door::{self, Whole};
use super::litter::ASIDE;
use super::stage::StagingFolder;
use super::target::{Earlier, Target};
use super::{FILES_PER_THREAD, WriteError};

/// Puts a staged site in its place. Until that has happened, the old one is untouched.
pub(super) fn put_in_place(stage: StagingFolder, target: &Target) -> Result<(), WriteError> {
    let _whole = Whole::begin();
    let (site, folder) = (stage.site(), target.folder.as_path());
    let Some(earlier) = &target.earlier else {
        door::rename(&site, folder).map_err(|source| WriteError::Swap { target: folder.to_owned(), source })?;
        // Where the room cannot be cleared, the next build does so.
        drop(stage.emptied());
        return Ok(());
    };
    let aside = stage.room.path().join(ASIDE);
    let replaced = match door::exchange(&site, folder) {
        Ok(()) => site,
        Err(_) => match rename_both(&site, folder, &aside) {
            Ok(()) => aside,
            Err(error) => {
                // Else only what was staged is in there.
                if matches!(error, WriteError::Stranded { .. }) {
                    stage.room.leave();
                }
                return Err(error);
            }
        },
    };
    // The room holds the old site now, which must not be deleted by accident.
    match delete(&replaced, earlier) {
        Ok(()) => stage.emptied().clear().map_err(|(place, source)| WriteError::Leftover { place, source }),
        Err(source) => Err(WriteError::Leftover { place: stage.room.leave(), source }),
    }
}

/// The same in two steps. Rolls back the first if the second fails.
fn rename_both(site: &Path, folder: &Path, aside: &Path) -> Result<(), WriteError> {
    let target = folder.to_owned();
    if let Err(source) = door::rename(folder, aside) {
        return Err(WriteError::Swap { target, source });
    }
    let Err(source) = door::rename(site, folder) else { return Ok(()) };
    match door::rename(aside, folder) {
        Ok(()) => Err(WriteError::Swap { target, source }),
        Err(_) => Err(WriteError::Stranded { target, place: aside.to_owned(), source }),
    }
}

/// Deletes the files that were judged to be ours, and the folders if nothing else has appeared in them since.
fn delete(site: &Path, earlier: &Earlier) -> io::Result<()> {
    let files = earlier.files.par_iter().with_min_len(FILES_PER_THREAD);
    files.try_for_each(|path| match door::remove_file(&site.join(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    })?;
    earlier.folders.iter().rev().try_for_each(|path| door::remove_folder(&site.join(path)))?;
    door::remove_folder(site)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn two_steps_do_the_same_as_one_and_are_taken_back_when_they_fail() {
        let room = tempfile::tempdir().unwrap();
        let [site, folder, aside] = ["site", "folder", "aside"].map(|name| room.path().join(name));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("old"), "").unwrap();
        let error = rename_both(&site, &folder, &aside).unwrap_err();
        assert!(matches!(error, WriteError::Swap { .. }));
        assert!(folder.join("old").exists() && !aside.exists());
        fs::create_dir(&site).unwrap();
        rename_both(&site, &folder, &aside).unwrap();
        assert!(aside.join("old").exists() && !folder.join("old").exists() && !site.exists());
    }

    #[test]
    fn what_appeared_since_is_not_deleted() {
        let room = tempfile::tempdir().unwrap();
        fs::write(room.path().join("ours"), "").unwrap();
        fs::write(room.path().join("theirs"), "").unwrap();
        let earlier = Earlier { files: vec!["gone".into(), "ours".into()], ..Earlier::default() };
        assert!(delete(room.path(), &earlier).is_err());
        assert!(room.path().join("theirs").exists() && !room.path().join("ours").exists());
    }
}
