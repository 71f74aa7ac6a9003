//! Stage 6, write: [`Output`]s → disk. Whole or not at all.

use camino::Utf8PathBuf;

/// One file of the site, as it will stand on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Relative to the output folder, with `/` between folders.
    pub path: Utf8PathBuf,
    pub bytes: Vec<u8>,
}
