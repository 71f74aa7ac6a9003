//! Files for machines: the sitemap for search engines, and `robots.txt`.

use serde::Serialize;

use super::page_context::is_own;
use super::scene::Renderer;
use crate::model::Page;
use crate::write::Output;

/// The map of the site. Its template has the same name.
const SITEMAP: &str = "sitemap.xml";

#[derive(Serialize)]
struct SitemapView {
    pages: Vec<PageView>,
}

/// A page. Its head names the same page in other languages.
#[derive(Serialize)]
struct PageView {
    /// Absolute.
    address: String,
}

/// Returns the files beside the pages.
pub(crate) fn outputs(renderer: &Renderer<'_>) -> Vec<Output> {
    let file = |path: &str, text: String| Output { path: path.into(), bytes: text.into_bytes() };
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {}\n", renderer.absolute(SITEMAP));
    let others = [
        file("robots.txt", robots),
        // GitHub Pages runs Jekyll over a site without this file, which drops names that begin with `_` or `.`.
        file(".nojekyll", String::new()),
    ];
    renderer.file(SITEMAP, SITEMAP, &sitemap(renderer)).into_iter().chain(others).collect()
}

fn sitemap(renderer: &Renderer<'_>) -> SitemapView {
    let page = |page: Page| PageView { address: renderer.absolute(&page.path(renderer.site)) };
    let is_indexed = |page: &Page| page.is_current() && !page.is_worksheet() && is_own(renderer.site, *page);
    SitemapView { pages: Page::all(renderer.site).into_iter().filter(is_indexed).map(page).collect() }
}
