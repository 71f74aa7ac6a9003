//! A site that is being written.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::litter::Room;
use super::stage::{self, StagingFolder};
use super::target::{self, Surroundings, Target};
use super::{FILES_PER_THREAD, Output, WriteError, WriteReport, door, is_plain, manifest, swap};

/// A site that is being written, file by file and from several threads. Unless it is finished, nothing of it stays.
pub struct NewSite {
    target: Target,
    progress: Mutex<Written>,
}

/// What there is of a new site.
#[derive(Default)]
struct Written {
    /// By path as a text: paths as such are in another order.
    files: BTreeMap<String, NewFile>,
    /// The new site on disk, once a file of it is not that of the earlier site.
    stage: Option<StagingFolder>,
    /// The folders in it.
    folders: HashSet<Utf8PathBuf>,
    failed: Vec<(Utf8PathBuf, WriteError)>,
}

/// A file of a new site.
struct NewFile {
    /// In hexadecimal digits.
    hash: String,
    /// Whether the earlier site has it with the same bytes.
    is_same: bool,
}

impl NewSite {
    /// Begins a site that will take the place of `target`. `content` is the folder it is made from, which is safe.
    ///
    /// Where `target` is a symbolic link, the folder that it leads to is written.
    ///
    /// # Errors
    ///
    /// When `target` may not or cannot be replaced. Before there is a file, nothing on disk is touched but what killed
    /// programs left beside it.
    pub fn begin(target: &Utf8Path, content: &Utf8Path) -> Result<Self, WriteError> {
        Self::among(target, content, &Surroundings::of_process())
    }

    pub(super) fn among(target: &Utf8Path, content: &Utf8Path, around: &Surroundings) -> Result<Self, WriteError> {
        let target = target::judge(target, content, around)?;
        Room::sweep_beside(&target.folder);
        Ok(Self { target, progress: Mutex::default() })
    }

    /// Adds a file. What goes wrong is told by [`finish`](Self::finish).
    pub fn add(&self, output: &Output) {
        if let Err(error) = self.try_add(output) {
            self.progress().failed.push((output.path.clone(), error));
        }
    }

    fn try_add(&self, Output { path, bytes }: &Output) -> Result<(), WriteError> {
        let refuse = |message| Err(WriteError::OutputPath { path: path.clone(), message });
        if !is_plain(path) || path == manifest::NAME {
            return refuse(format!("the output `{path}` is not a path that a site may contain"));
        }
        let hash = blake3::hash(bytes).to_hex().to_string();
        let earlier = self.target.earlier.as_ref().filter(|earlier| earlier.holds(path));
        let is_same = earlier.is_some() && stage::has_bytes(&self.target.folder.join(path), bytes);
        let place = {
            let mut written = self.progress();
            if written.files.insert(path.to_string(), NewFile { hash, is_same }).is_some() {
                return refuse(format!("the output `{path}` occurs twice"));
            }
            if is_same {
                return Ok(());
            }
            written.place(path, &self.target)?
        };
        door::create_file(&place, bytes).map(drop).map_err(|source| WriteError::Write { path: place, source })
    }

    /// Puts the site in its place: the files that were added, those that are `kept` from the site that was there, and
    /// nothing else. Folders above it are made. When nothing has changed, nothing is touched.
    ///
    /// # Errors
    ///
    /// When a path cannot be that of a file of a site, and when the disk refuses. The site that was there before then
    /// stays as it was, except for [`WriteError::Leftover`] and [`WriteError::Stranded`].
    pub fn finish(self, kept: &[Utf8PathBuf]) -> Result<WriteReport, WriteError> {
        let Self { target, progress } = self;
        let mut written = progress.into_inner().unwrap_or_else(PoisonError::into_inner);
        for path in kept {
            written.keep(path, &target);
        }
        if let Some((_, error)) = std::mem::take(&mut written.failed).into_iter().min_by(|a, b| a.0.cmp(&b.0)) {
            return Err(error);
        }
        let report = written.report(&target);
        let listed = manifest::of(written.files.iter().map(|(path, file)| (path.as_str(), file.hash.as_str())));
        let is_listed = || stage::has_bytes(&target.folder.join(manifest::NAME), &listed);
        if target.earlier.is_some() && report.changed + report.removed == 0 && is_listed() {
            return Ok(report);
        }
        let same: Vec<_> =
            written.files.iter().filter(|(_, file)| file.is_same).map(|(path, _)| path.clone()).collect();
        let places =
            same.iter().map(|path| written.place(path.as_str().into(), &target)).collect::<Result<Vec<_>, _>>()?;
        same.par_iter().zip(places).with_min_len(FILES_PER_THREAD).try_for_each(|(path, place)| {
            let earlier = target.folder.join(path);
            stage::put_same(&earlier, &place).map_err(|source| WriteError::Write { path: place, source })
        })?;
        let place = written.place(manifest::NAME.into(), &target)?;
        door::create_file(&place, &listed).map_err(|source| WriteError::Write { path: place, source })?;
        let stage = written.stage.expect("the manifest has a place in it");
        swap::put_in_place(stage, &target)?;
        Ok(report)
    }

    fn progress(&self) -> MutexGuard<'_, Written> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Written {
    /// Returns where a file of the new site stands until the site is put in its place. Folders are made for it.
    fn place(&mut self, path: &Utf8Path, target: &Target) -> Result<PathBuf, WriteError> {
        if self.stage.is_none() {
            self.stage = Some(StagingFolder::beside(&target.folder)?);
        }
        let site = self.stage.as_ref().expect("it was just made").site();
        let above = path.ancestors().skip(1).filter(|folder| !folder.as_str().is_empty());
        let missing: Vec<_> = above.take_while(|folder| !self.folders.contains(*folder)).collect();
        for folder in missing.into_iter().rev() {
            stage::create(&site.join(folder))?;
            self.folders.insert(folder.to_owned());
        }
        Ok(site.join(path))
    }

    /// Adds a file of the earlier site, with the hash that its manifest has.
    fn keep(&mut self, path: &Utf8PathBuf, target: &Target) {
        let hash = target.earlier.as_ref().and_then(|earlier| earlier.hash(path));
        let message = match hash {
            Some(hash) => {
                let file = NewFile { hash: hash.to_owned(), is_same: true };
                let twice = self.files.insert(path.to_string(), file).is_some();
                twice.then(|| format!("the output `{path}` occurs twice"))
            }
            None => Some(format!("the output `{path}` was to be kept and is gone")),
        };
        let error = message.map(|message| WriteError::OutputPath { path: path.clone(), message });
        self.failed.extend(error.map(|error| (path.clone(), error)));
    }

    /// Returns how the site differs from the earlier one.
    fn report(&self, target: &Target) -> WriteReport {
        let unchanged = self.files.values().filter(|file| file.is_same).count();
        let is_gone = |path: &&String| *path != manifest::NAME && !self.files.contains_key(*path);
        let removed = target.earlier.as_ref().map_or(0, |earlier| earlier.files.iter().filter(is_gone).count());
        WriteReport { changed: self.files.len() - unchanged, unchanged, removed }
    }
}
