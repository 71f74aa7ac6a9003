//! The page of the search, on which a query is an address. Its scripts do the searching.

use serde::Serialize;

use super::framed;
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;

#[derive(Serialize)]
pub(crate) struct SearchView {
    #[serde(flatten)]
    frame: PageContext,
}

framed!(SearchView);

pub(crate) fn view(scene: &Scene<'_>) -> SearchView {
    let title = scene.word("search.title").to_owned();
    let site = scene.site.config.title.read(scene.locale).0;
    let description = scene.phrase("search.description", &[("site", site)]);
    SearchView { frame: PageContext::of(scene, "search", title, description) }
}
