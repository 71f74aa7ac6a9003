//! Files of a site that are rendered when somebody asks for them.
//!
//! Who writes a ladder looks at one page of it. The others need not be rendered each time a letter has changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use camino::Utf8Path;
use typed_index_collections::TiVec;

use super::fragment::Fragments;
use super::open_graph::Cards;
use super::scene::{Renderer, Shared, file_of};
use super::{BESIDE_PAGES, images, shared, terms};
use crate::data;
use crate::glossary::Matcher;
use crate::handle::LadderIndex;
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::Page;
use crate::theme::Theme;
use crate::understood::Understood;
use crate::write::Output;

/// A site and all that its files are made of, but its pictures.
pub struct OnDemand {
    understood: Arc<Understood>,
    words: Arc<Words>,
    theme: Arc<Theme>,
    shared: TiVec<LocaleIndex, Shared>,
    matchers: Vec<Matcher>,
    album: Cards,
    /// Nothing is kept between two pages.
    shared_fragments: HashMap<LadderIndex, Fragments>,
    /// The files beside the pages, by kind.
    beside: [OnceLock<Vec<Output>>; BESIDE_PAGES.len()],
    /// The data of the site.
    data: OnceLock<Vec<Output>>,
}

impl OnDemand {
    pub fn new(understood: Arc<Understood>, words: Arc<Words>, theme: Arc<Theme>) -> Self {
        Self {
            shared: shared::of_each_locale(&understood.site, &words, theme.look()),
            matchers: terms::of_each_locale(&understood.site),
            album: Cards::default(),
            shared_fragments: HashMap::new(),
            beside: Default::default(),
            data: OnceLock::new(),
            understood,
            words,
            theme,
        }
    }

    /// Returns the number of pages.
    #[cfg(any(test, feature = "serve"))]
    pub(crate) fn pages(&self) -> usize {
        Page::all(&self.understood.site).len()
    }

    /// Returns whether a file is there. A page is not rendered for that.
    #[cfg(any(test, feature = "serve"))]
    pub(crate) fn holds(&self, path: &Utf8Path) -> bool {
        self.page(path).is_some() || self.beside(path).is_some()
    }

    /// Returns the bytes of a file. None where there is none, and where the page cannot be rendered with this theme.
    pub fn file(&self, path: &Utf8Path) -> Option<Vec<u8>> {
        match self.page(path) {
            Some(page) => self.renderer().page(page).ok().map(|output| output.bytes),
            None => self.beside(path),
        }
    }

    /// Returns the page whose file stands at a path.
    fn page(&self, path: &Utf8Path) -> Option<Page> {
        let address = path.as_str().strip_suffix("index.html").unwrap_or(path.as_str());
        Page::at(&self.understood.site, address).filter(|page| file_of(&page.path(&self.understood.site)) == path)
    }

    fn beside(&self, path: &Utf8Path) -> Option<Vec<u8>> {
        if let Some(image) = images::file(&self.understood.site, path.as_str()) {
            return Some(image);
        }
        let asset = self.theme.outputs().find(|asset| asset.path == path).map(|asset| asset.bytes);
        asset.or_else(|| {
            let found =
                |made: &Vec<Output>| made.iter().find(|output| output.path == path).map(|output| output.bytes.clone());
            if path.starts_with(data::FOLDER) {
                return found(self.data.get_or_init(|| self.data()));
            }
            let mut kinds = BESIDE_PAGES.iter().zip(&self.beside);
            kinds.find_map(|(make, made)| found(made.get_or_init(|| make(&self.renderer()))))
        })
    }

    fn data(&self) -> Vec<Output> {
        let mut files = Vec::new();
        let Understood { site, register, .. } = &*self.understood;
        data::files(site, register, &mut |path, bytes| files.push(Output { path: path.into(), bytes }));
        files
    }

    fn renderer(&self) -> Renderer<'_> {
        let Understood { site, translations, adaptation, .. } = &*self.understood;
        Renderer {
            site,
            translations,
            adaptation: adaptation.as_ref(),
            words: &self.words,
            theme: &self.theme,
            shared: &self.shared,
            matchers: &self.matchers,
            album: &self.album,
            shared_fragments: &self.shared_fragments,
            fragments: Fragments::none(),
            recorder: None,
            problems: Mutex::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{Prepared, prepare};
    use crate::config::Overrides;
    use crate::for_tests::build;
    use crate::progress::Progress;
    use crate::source;

    #[test]
    fn each_file_is_the_same_as_when_all_are_built() {
        let fixture = Utf8Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/past"));
        let (sources, found) = source::read(fixture).unwrap();
        let built = build(&sources, found.clone(), &Overrides::default(), &Progress::default());
        let (prepared, _) = prepare(&sources, found, &Overrides::default());
        let Prepared { understood, words, theme } = prepared.unwrap();
        let on_demand = OnDemand::new(understood, words, theme);
        assert_eq!(on_demand.pages(), built.size.pages);
        for output in &built.outputs {
            assert!(on_demand.holds(&output.path), "{}", output.path);
            let bytes = on_demand.file(&output.path).unwrap_or_default();
            assert!(bytes == output.bytes, "{} is not the same", output.path);
        }
        for path in ["en", "en/", "EN/index.html", "c/wk-999/index.html", "assets/style.css", "data/"] {
            assert_eq!((on_demand.holds(path.into()), on_demand.file(path.into())), (false, None), "{path}");
        }
    }
}
