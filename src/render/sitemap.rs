//! Files for machines: the sitemap for search engines, and `robots.txt`.

use serde::Serialize;

use super::page_context::is_own;
use super::scene::Renderer;
use crate::model::Page;
use crate::write::Output;

/// The map of the site, or the list of its parts. The templates have the same names.
const SITEMAP: &str = "sitemap.xml";
const INDEX: &str = "sitemap-index.xml";

/// The most addresses of one map, by <https://www.sitemaps.org/protocol.html>.
const MOST: usize = 50_000;

/// The parts of a map that is too long for one file.
#[derive(Serialize)]
struct SitemapIndexView {
    /// Absolute.
    addresses: Vec<String>,
}

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
    sitemaps(renderer).into_iter().chain(others).collect()
}

/// Returns the map, in as many files as it needs.
fn sitemaps(renderer: &Renderer<'_>) -> Vec<Output> {
    let is_indexed = |page: &Page| page.is_current() && !page.is_worksheet() && is_own(renderer.site, *page);
    let pages = Page::all(renderer.site).into_iter().filter(is_indexed);
    let addresses: Vec<_> = pages.map(|page| renderer.absolute(&page.path(renderer.site))).collect();
    let map = |path: &str, addresses: &[String]| {
        let pages = addresses.iter().map(|address| PageView { address: address.clone() });
        renderer.file(SITEMAP, path, &SitemapView { pages: pages.collect() })
    };
    if addresses.len() <= MOST {
        return map(SITEMAP, &addresses).into_iter().collect();
    }
    let parts = addresses.chunks(MOST).zip(1..).map(|(part, number)| (format!("sitemap-{number}.xml"), part));
    let parts: Vec<_> = parts.collect();
    let index = SitemapIndexView { addresses: parts.iter().map(|(path, _)| renderer.absolute(path)).collect() };
    let index = renderer.file(INDEX, SITEMAP, &index);
    parts.iter().filter_map(|(path, part)| map(path, part)).chain(index).collect()
}
