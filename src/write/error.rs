//! Why a site was not written.

use std::io;
use std::path::PathBuf;

use camino::Utf8PathBuf;

/// Why a site was not written, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("`{target}` is the root of the file system: choose another folder with `-o`")]
    Root { target: PathBuf },
    #[error("`{target}` is or holds your home folder: choose another folder with `-o`")]
    Home { target: PathBuf },
    #[error("`{target}` is or holds the folder you are in: choose another folder with `-o`, such as one inside it")]
    CurrentFolder { target: PathBuf },
    #[error(
        "`{target}` is, holds or lies in the content folder `{content}`: choose a folder beside it with `-o`, since \
         the output folder is replaced as a whole"
    )]
    Content { target: PathBuf, content: PathBuf },
    #[error("`{target}` is not a folder: choose another with `-o`, or move it away")]
    NotAFolder { target: PathBuf },
    #[error(
        "`{target}` holds files that Rungs did not write: {files}; choose another folder with `-o`, or move these \
         files away"
    )]
    Foreign { target: PathBuf, files: String },
    #[error(
        "`{path}`, the list of the files that Rungs wrote, is broken in line {line}: choose another folder with \
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
    #[error("`{folder}` holds files already, and nothing is written over them: choose a folder that does not exist")]
    Occupied { folder: PathBuf },
    /// A mistake in Rungs and not of the person who runs it.
    #[error("{message}")]
    OutputPath { path: Utf8PathBuf, message: String },
    #[error(
        "`{path}` was edited after `{command}` was interrupted, which was to write to it: take the edit back and run \
         that command again, or keep all files as they are now by deleting `{journal}`"
    )]
    EditedMeanwhile { path: PathBuf, command: String, journal: PathBuf },
    #[error("`{path}` has changed since it was read, and nothing was written: run the command again")]
    ChangedMeanwhile { path: PathBuf },
    #[error(
        "`{path}`, which tells what an interrupted command was to write, cannot be read: {source}; delete it, then see \
         by `rungs check` and `git status` what that command has changed"
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
    #[error("the new site is written, but the earlier one is left in `{place}`: {source}; delete it yourself")]
    Leftover { place: PathBuf, source: io::Error },
}
