//! Stage 1, read: disk → [`Sources`]. The only stage that reads files.

mod encoding;
mod fonts;
mod format;
mod merge;
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

pub(crate) use encoding::{EncodedText, NoText};
#[cfg(feature = "cards")]
pub(crate) use fonts::Font;
pub use fonts::Fonts;
pub(crate) use format::other_format;
pub(crate) use merge::Unfinished;
pub use read::read;
pub(crate) use read::{ReadError, files_named, read_file, read_texts};

use crate::image::{Image, ImageKind};

/// Every file of a content folder that Rungs looks at, in memory.
///
/// Paths are relative to the content folder and have `/` between folders on every system.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    /// The content folder as its owner named it. Empty for texts that come from no folder.
    pub folder: Utf8PathBuf,
    /// Markdown and TOML files, and the files of editions.
    pub texts: BTreeMap<Utf8PathBuf, String>,
    /// The files below `theme/`, of whatever kind, by their path in that folder.
    pub theme: BTreeMap<Utf8PathBuf, Vec<u8>>,
    /// The images outside of `theme/`, those of editions among them. Each is in memory once, however often sources are
    /// copied.
    pub images: BTreeMap<Utf8PathBuf, Arc<Image>>,
    /// What social cards are made with. None where none are drawn: reading a folder does not draw.
    pub pictures: Option<Pictures>,
}

/// What social cards are made with.
#[derive(Debug, Default, Clone)]
pub struct Pictures {
    pub fonts: Fonts,
    /// Pictures that the site in the output folder has already, by their paths in it. They are not drawn again.
    pub earlier: BTreeSet<Utf8PathBuf>,
}

impl Sources {
    /// The text of one file.
    pub fn text(&self, path: &Utf8Path) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Adds a file whose name promises an image. Any other file is passed over, as it is when a folder is read.
    pub fn add_image(&mut self, path: Utf8PathBuf, bytes: Vec<u8>) {
        if let Some(kind) = ImageKind::named(&path) {
            self.images.insert(path, Arc::new(Image::read(kind, bytes)));
        }
    }

    /// The images with their bytes.
    pub fn image_files(&self) -> impl Iterator<Item = (&Utf8Path, &[u8])> {
        self.images.iter().map(|(path, image)| (path.as_path(), image.bytes.as_slice()))
    }
}
