//! Images: what they are by their content, how large, and whether they may be shown.
//!
//! The one house that judges a file as an image: those that stand in notes and pages, and logo and icon of a theme.

mod exif;
mod svg;

use camino::Utf8Path;
use imagesize::ImageType;

/// The formats that pages show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImageKind {
    Gif,
    Jpeg,
    Png,
    Svg,
    Webp,
}

/// The ends of the names of images, and what people call the format. The first end of each is that of published files.
const KINDS: [(&str, ImageKind, &str); 6] = [
    ("gif", ImageKind::Gif, "GIF"),
    ("jpg", ImageKind::Jpeg, "JPEG"),
    ("jpeg", ImageKind::Jpeg, "JPEG"),
    ("png", ImageKind::Png, "PNG"),
    ("svg", ImageKind::Svg, "SVG"),
    ("webp", ImageKind::Webp, "WebP"),
];

/// The bytes of an image from which on readers wait for it.
pub(crate) const LARGE: u64 = 2_000_000;

/// The most bytes that an image may have. No file above that is held in memory.
pub(crate) const MOST: u64 = 20_000_000;

/// The length of the part of a digest that names an image, in hexadecimal digits.
const NAME: usize = 32;

/// The folder of the images on the site.
const FOLDER: &str = "assets/images/";

/// An image file.
#[derive(Debug, PartialEq, Eq)]
pub struct Image {
    /// The number of its bytes.
    pub(crate) length: u64,
    /// Its name by its content, `1a2b….png`: on the site, and among those of editions.
    pub(crate) name: String,
    /// Empty for one above [`MOST`].
    pub(crate) bytes: Vec<u8>,
    pub(crate) shape: Result<Shape, NoImage>,
}

/// The size of an image in pixels of CSS, so that pages keep a place for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Why a file is not shown as an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoImage {
    /// It is an image of another format than its name says.
    Other(ImageKind),
    /// It is no image, or a broken one, with what is wrong.
    Unreadable(String),
    /// An SVG file that could do more than show something, with what it holds and the line.
    Unsafe { what: String, line: u32 },
    /// It has more bytes than [`MOST`].
    TooLarge,
}

impl ImageKind {
    /// Returns the format that the name of a file promises. None for all that is no image, or none that pages show.
    pub(crate) fn named(path: &Utf8Path) -> Option<Self> {
        let end = path.extension()?;
        KINDS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(end)).map(|(_, kind, _)| *kind)
    }

    fn row(self) -> (&'static str, &'static str) {
        let row = KINDS.iter().find(|(_, kind, _)| *kind == self);
        row.map_or(("", ""), |(end, _, name)| (end, name))
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        self.row().1
    }

    /// The end of the names of such files, without a dot.
    pub(crate) fn end(self) -> &'static str {
        self.row().0
    }

    /// Returns the format that some bytes are in by their beginning.
    fn of(bytes: &[u8]) -> Option<Self> {
        match imagesize::image_type(bytes) {
            Ok(ImageType::Gif) => Some(Self::Gif),
            Ok(ImageType::Jpeg) => Some(Self::Jpeg),
            Ok(ImageType::Png) => Some(Self::Png),
            Ok(ImageType::Webp) => Some(Self::Webp),
            _ => svg::is_likely(bytes).then_some(Self::Svg),
        }
    }
}

impl Image {
    /// Reads the bytes of a file whose name promises an image.
    pub(crate) fn read(kind: ImageKind, bytes: Vec<u8>) -> Self {
        // Version control may give a text other line ends on another system, and its name stays.
        let bytes = if kind == ImageKind::Svg { with_plain_line_ends(bytes) } else { bytes };
        let name = format!("{digest:.NAME$}.{end}", digest = blake3::hash(&bytes).to_hex(), end = kind.end());
        Self { length: bytes.len() as u64, name, shape: Shape::read(kind, &bytes), bytes }
    }

    /// A file that is too large to be read, by its number of bytes.
    pub(crate) fn too_large(length: u64) -> Self {
        Self { length, name: String::new(), bytes: Vec::new(), shape: Err(NoImage::TooLarge) }
    }

    /// Returns the name of the image at a path of the site. None for what stands elsewhere.
    #[cfg(feature = "serve")]
    pub(crate) fn name_at(path: &str) -> Option<&str> {
        path.strip_prefix(FOLDER)
    }

    /// Returns where an image stands on the site, by its name.
    pub(crate) fn published(name: &str) -> String {
        format!("{FOLDER}{name}")
    }
}

/// Returns a text with line ends of one character.
fn with_plain_line_ends(mut text: Vec<u8>) -> Vec<u8> {
    let mut rest = text.clone().into_iter().skip(1).map(Some).chain([None]);
    text.retain(|byte| rest.next().flatten() != Some(b'\n') || *byte != b'\r');
    text
}

impl Shape {
    /// Reads the size of an image.
    ///
    /// # Errors
    /// If it is none of this format, or must not be shown.
    pub(crate) fn read(kind: ImageKind, bytes: &[u8]) -> Result<Self, NoImage> {
        match ImageKind::of(bytes) {
            Some(other) if other != kind => Err(NoImage::Other(other)),
            Some(ImageKind::Svg) => svg::read(bytes),
            Some(_) => {
                let size =
                    imagesize::blob_size(bytes).map_err(|_| NoImage::Unreadable("it is truncated".to_owned()))?;
                let side = |pixels: usize| u32::try_from(pixels).ok().filter(|pixels| *pixels > 0);
                let is_turned = kind == ImageKind::Jpeg && exif::is_on_its_side(bytes);
                let (width, height) = if is_turned { (size.height, size.width) } else { (size.width, size.height) };
                match (side(width), side(height)) {
                    (Some(width), Some(height)) => Ok(Self { width, height }),
                    _ => Err(NoImage::Unreadable("it has no size".to_owned())),
                }
            }
            None if kind == ImageKind::Svg => svg::read(bytes),
            None => Err(NoImage::Unreadable("its beginning is wrong".to_owned())),
        }
    }
}

impl NoImage {
    /// Returns what is wrong with a file, as the end of a sentence about it, and what to do.
    pub(crate) fn told(&self, path: &Utf8Path) -> (String, String) {
        let named = ImageKind::named(path).map_or("image", ImageKind::name);
        match self {
            Self::Other(kind) => (
                format!("is a {kind} file by its content", kind = kind.name()),
                format!("rename it to `{path}`, and write that here", path = path.with_extension(kind.end())),
            ),
            Self::Unreadable(why) => {
                (format!("is not a {named} file: {why}"), "open it in an image editor, and export it again".to_owned())
            }
            Self::Unsafe { what, line } => (
                format!("contains {what}, on line {line}"),
                "export it as a plain, self-contained SVG, or as a PNG".to_owned(),
            ),
            Self::TooLarge => {
                (format!("is larger than {most} MB", most = MOST / 1_000_000), "export it with fewer pixels".to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests;
