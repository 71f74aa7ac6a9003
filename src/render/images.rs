//! The images of notes and pages, and those that editions keep, as files of the site.

use crate::image::Image;
use crate::model::Site;
use crate::write::Output;

/// Returns the images, each copied only when it is asked for.
pub(super) fn outputs(site: &Site) -> impl Iterator<Item = Output> {
    let images = site.shown_images().into_iter();
    images.map(|(name, image)| Output { path: Image::published(name).into(), bytes: image.bytes.clone() })
}

/// Returns the bytes of one of them, by its path on the site.
#[cfg(feature = "serve")]
pub(super) fn file(site: &Site, path: &str) -> Option<Vec<u8>> {
    let name = Image::name_at(path)?;
    site.shown_images().get(name).map(|image| image.bytes.clone())
}
