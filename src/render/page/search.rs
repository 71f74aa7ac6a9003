//! The page of the search, on which a query is an address. Its scripts do the searching.

use serde::Serialize;

use super::framed;
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, Page};
use crate::render::Renderer;
use crate::render::frame::Frame;

#[derive(Serialize)]
pub(crate) struct SearchView {
    #[serde(flatten)]
    frame: Frame,
}

framed!(SearchView);

impl Renderer<'_> {
    pub(crate) fn search(&self, locale: LocaleIndex) -> SearchView {
        let title = self.words.get(locale, "search.title").to_owned();
        let site = self.site.config.title.read(locale).0;
        let description = self.words.phrase(locale, "search.description", &[("site", site)]);
        SearchView { frame: self.frame(Page::In(locale, LocalePage::Search), "search", title, description) }
    }
}
