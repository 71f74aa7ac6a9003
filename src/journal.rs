//! A change of several files that was begun and not finished: a program can be killed between two of them.
//!
//! Before the first file changes, all new texts are in the journal; when the last one has changed, it is deleted. So
//! while there is one, the files say half of this and half of that, and nothing is read but the journal.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

/// The journal of a content folder.
pub(crate) const JOURNAL: &str = ".rungs-journal.json";

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Journal {
    /// The command that began the change, as a person types it.
    pub(crate) command: String,
    pub(crate) files: BTreeMap<Utf8PathBuf, Revision>,
}

/// The content of a file before and after the change.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Revision {
    /// None if there is no such file.
    pub(crate) old: Option<String>,
    pub(crate) new: String,
}

impl Journal {
    /// Reads the journal of a folder. None if no change is unfinished there.
    ///
    /// # Errors
    /// When it cannot be read, or is not what Rungs wrote.
    pub(crate) fn read(folder: &Utf8Path) -> io::Result<Option<Self>> {
        match fs::read(folder.join(JOURNAL)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(other) => Err(other),
        }
    }
}
