//! Why a site was not written.

use std::io;
use std::path::PathBuf;

use camino::Utf8PathBuf;

/// Why a site was not written, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("{}", say!(
        "`%{target}` is the root of the file system: choose another folder with `-o`",
        target = target.display()
    ))]
    Root { target: PathBuf },
    #[error("{}", say!(
        "`%{target}` is or holds your home folder: choose another folder with `-o`",
        target = target.display()
    ))]
    Home { target: PathBuf },
    #[error("{}", say!(
        "`%{target}` is or holds the folder you are in: choose another folder with `-o`, such as one inside it",
        target = target.display()
    ))]
    CurrentFolder { target: PathBuf },
    #[error("{}", say!(
        "`%{target}` is, holds or lies in the content folder `%{content}`: choose a folder beside it with `-o`, since \
         the output folder is replaced as a whole",
        target = target.display(), content = content.display()
    ))]
    Content { target: PathBuf, content: PathBuf },
    #[error("{}", say!(
        "`%{target}` is not a folder: choose another with `-o`, or move it away",
        target = target.display()
    ))]
    NotAFolder { target: PathBuf },
    #[error("{}", say!(
        "`%{target}` holds files that Rungs did not write: %{files}; choose another folder with `-o`, or move these \
         files away",
        target = target.display(), files
    ))]
    Foreign { target: PathBuf, files: String },
    #[error("{}", say!(
        "`%{path}`, the list of the files that Rungs wrote, is broken in line %{line}: choose another folder with \
         `-o`, or delete this one yourself",
        path = path.display(), line
    ))]
    BrokenManifest { path: PathBuf, line: usize },
    #[error("{}", say!(
        "nothing can be written in `%{folder}`: %{source}; choose another folder with `-o`",
        folder = folder.display(), source
    ))]
    Parent { folder: PathBuf, source: io::Error },
    #[error("{}", say!(
        "`%{folder}` holds files already, and nothing is written over them: choose a folder that does not exist",
        folder = folder.display()
    ))]
    Occupied { folder: PathBuf },
    /// A mistake in Rungs and not of the person who runs it.
    #[error("{message}")]
    OutputPath { path: Utf8PathBuf, message: String },
    #[error("{}", say!("`%{path}` cannot be read: %{source}", path = path.display(), source))]
    Read { path: PathBuf, source: io::Error },
    #[error("{}", say!(
        "`%{path}` cannot be written: %{source}; the earlier site stays as it was",
        path = path.display(), source
    ))]
    Write { path: PathBuf, source: io::Error },
    #[error("{}", say!("`%{path}` cannot be written: %{source}", path = path.display(), source))]
    Edit { path: PathBuf, source: io::Error },
    #[error("{}", say!(
        "`%{target}` cannot be replaced: %{source}; the earlier site stays as it was",
        target = target.display(), source
    ))]
    Swap { target: PathBuf, source: io::Error },
    /// The old site was moved out of the way and could not be moved back.
    #[error("{}", say!(
        "`%{target}` could not be replaced: %{source}; the earlier site is in `%{place}`, move it back",
        target = target.display(), source, place = place.display()
    ))]
    Stranded { target: PathBuf, place: PathBuf, source: io::Error },
    /// The new site is in place.
    #[error("{}", say!(
        "the new site is written, but the earlier one is left in `%{place}`: %{source}; delete it yourself",
        place = place.display(), source
    ))]
    Leftover { place: PathBuf, source: io::Error },
}
