//! Which file an image of the content is.
//!
//! Images stand in notes and other pages only: a criterion is cited and quoted by its words. The file is looked for once,
//! when the site is made, and its name by its content goes into the text. So pages, editions and data all show the same.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::Site;
use super::link::{Scheme, decoded, joined, scheme};
use crate::config::Config;
use crate::image::Image;
use crate::locale::LocaleIndex;
use crate::parse::image_files;
use crate::source::Sources;

/// The images of a site by their paths, and those that may be shown by their names.
#[derive(Debug, Default)]
pub(crate) struct Images {
    by_path: BTreeMap<Utf8PathBuf, Arc<Image>>,
    by_name: HashMap<String, Arc<Image>>,
}

/// What an image of a text leads to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ImageTarget<'a> {
    /// A file of the content folder, whether or not it may be shown.
    File(&'a Utf8Path, &'a Image),
    /// An address of another site.
    Elsewhere,
    /// An address that no page may have, such as `javascript:…`.
    Unsafe,
    /// No file, by the path at which it would stand. None for a path that leads out of the content folder.
    Missing(Option<Utf8PathBuf>),
}

impl Images {
    pub(super) fn of(sources: &Sources) -> Self {
        let shown = sources.images.values().filter(|image| image.shape.is_ok());
        let by_name = shown.map(|image| (image.name.clone(), Arc::clone(image))).collect();
        Self { by_path: sources.images.clone(), by_name }
    }

    /// Returns an image that may be shown by its name.
    pub(crate) fn named(&self, name: &str) -> Option<&Arc<Image>> {
        self.by_name.get(name)
    }

    /// Returns the image at a path of the content folder.
    pub(crate) fn at(&self, path: &Utf8Path) -> Option<&Arc<Image>> {
        self.by_path.get(path)
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &Utf8Path> {
        self.by_path.keys().map(Utf8PathBuf::as_path)
    }

    /// Finds the image that a text means: by its path from the file of the text or, behind a `/`, from the content folder.
    /// A translation that has no file of its own there shows that of the source.
    pub(crate) fn find(&self, config: &Config, target: &str, from: &Utf8Path) -> ImageTarget<'_> {
        match scheme(target) {
            Scheme::Safe => return ImageTarget::Elsewhere,
            Scheme::Unsafe => return ImageTarget::Unsafe,
            Scheme::None => {}
        }
        let address = decoded(target.split(['?', '#']).next().unwrap_or_default().trim());
        let folder = from.parent().map_or("", Utf8Path::as_str);
        let Some(path) = joined(folder, &address).map(Utf8PathBuf::from) else { return ImageTarget::Missing(None) };
        let of_source = || {
            let (tag, rest) = path.as_str().split_once('/')?;
            let is_translated = config.locales.iter().skip(1).any(|locale| locale.tag == tag);
            let source = &config.locale(LocaleIndex::SOURCE).tag;
            self.by_path.get_key_value(Utf8Path::new(&format!("{source}/{rest}"))).filter(|_| is_translated)
        };
        match self.by_path.get_key_value(&path).or_else(of_source) {
            Some((path, image)) => ImageTarget::File(path, image),
            None => ImageTarget::Missing(Some(path)),
        }
    }

    /// Returns the name of the file that a text shows. None where it shows none.
    pub(super) fn name(&self, config: &Config, target: &str, from: &Utf8Path) -> Option<String> {
        match self.find(config, target, from) {
            ImageTarget::File(_, image) if image.shape.is_ok() => Some(image.name.clone()),
            _ => None,
        }
    }
}

impl Site {
    /// Returns the images that the site publishes, by their names: those of its pages, and those of its editions.
    pub(crate) fn shown_images(&self) -> BTreeMap<&str, &Arc<Image>> {
        let locales = || self.config.locale_indices();
        let own = self.notes.iter().flat_map(|note| locales().filter_map(|locale| note.text.own(locale)));
        let own = own.flat_map(|text| image_files(&text.sections));
        let kept = self.history.editions.iter().flat_map(|edition| edition.frozen.image_files());
        own.chain(kept).filter_map(|name| Some((name, self.images.named(name)?))).collect()
    }
}
