//! Why a site was not written.

use std::io;
use std::path::PathBuf;

use camino::Utf8PathBuf;

/// Why a site was not written, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("`{target}` is the root of the file system: choose another folder with `-o`")]
    Root { target: PathBuf },
    #[error("`{target}` is or contains your home folder: choose another folder with `-o`")]
    Home { target: PathBuf },
    #[error("`{target}` is or contains the current folder: choose another folder with `-o`, such as one inside it")]
    CurrentFolder { target: PathBuf },
    #[error(
        "`{target}` is, contains or is inside the content folder `{content}`: choose a folder next to it with `-o`, \
         since the whole output folder is replaced"
    )]
    Content { target: PathBuf, content: PathBuf },
    #[error("`{target}` is not a folder: choose another with `-o`, or move it away")]
    NotAFolder { target: PathBuf },
    #[error(
        "`{target}` contains files that Rungs did not write: {files}; choose another folder with `-o`, or move these \
         files away"
    )]
    Foreign { target: PathBuf, files: String },
    #[error(
        "`{path}`, the list of the files that Rungs wrote, is broken on line {line}: choose another folder with \
         `-o`, or delete this one yourself"
    )]
    BrokenManifest { path: PathBuf, line: usize },
    #[error("nothing can be written in `{folder}`: {source}; choose another folder with `-o`")]
    Parent { folder: PathBuf, source: io::Error },
    #[error(
        "`{target}` {why}, and the output folder is replaced as a whole: name a folder inside it, `-o {inside}`",
        inside = target.join("site")
    )]
    Irreplaceable { target: Utf8PathBuf, why: &'static str },
    #[error(
        "`{folder}` already contains files, and Rungs does not overwrite them: choose a folder that does not exist"
    )]
    Occupied { folder: PathBuf },
    /// A mistake in Rungs and not of the person who runs it.
    #[error("{message}")]
    OutputPath { path: Utf8PathBuf, message: String },
    #[error(
        "`{path}` was edited after `{command}` was interrupted before writing to it: undo the edit and run that \
         command again, or delete `{journal}` to keep all files as they are now"
    )]
    EditedMeanwhile { path: PathBuf, command: String, journal: PathBuf },
    #[error("`{path}` has changed since it was read, and nothing was written: run the command again")]
    ChangedMeanwhile { path: PathBuf },
    #[error(
        "`{path}`, which records what an interrupted command was writing, cannot be read: {source}; delete it, then \
         use `rungs check` and `git status` to see what that command has changed"
    )]
    BrokenJournal { path: PathBuf, source: io::Error },
    #[error("`{path}` cannot be read: {source}")]
    Read { path: PathBuf, source: io::Error },
    #[error("`{path}` cannot be written: {source}; the earlier site stays as it was")]
    Write { path: PathBuf, source: io::Error },
    #[error("`{path}` cannot be written: {source}")]
    Edit { path: PathBuf, source: io::Error },
    #[error("`{target}` cannot be replaced: {source}; the earlier site stays as it was")]
    Swap { target: PathBuf, source: io::Error },
    /// The old site was moved out of the way and could not be moved back.
    #[error("`{target}` could not be replaced: {source}; the earlier site is in `{place}`, move it back")]
    Stranded { target: PathBuf, place: PathBuf, source: io::Error },
    /// The new site is in place.
    #[error("the new site was written, but the earlier one was left in `{place}`: {source}; delete it yourself")]
    Leftover { place: PathBuf, source: io::Error },
}
