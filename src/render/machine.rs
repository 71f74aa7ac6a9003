//! What machines read: the map of the site for search engines, and a word to them.

use super::frame::alternates;
use super::scene::Renderer;
use crate::model::Page;
use crate::text::escape;
use crate::write::Output;

/// The files beside the pages.
pub(crate) fn outputs(renderer: &Renderer<'_>) -> [Output; 3] {
    let file = |path: &str, text: String| Output { path: path.into(), bytes: text.into_bytes() };
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {}\n", renderer.absolute("sitemap.xml"));
    [
        file("sitemap.xml", sitemap(renderer)),
        file("robots.txt", robots),
        // GitHub Pages runs Jekyll over a site without this file, which drops names that begin with `_` or `.`.
        file(".nojekyll", String::new()),
    ]
}

/// The sitemap with the same page in other languages, as the sitemap protocol's extension for `hreflang` asks.
fn sitemap(renderer: &Renderer<'_>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for page in Page::all(renderer.site).into_iter().filter(Page::is_current) {
        xml.push_str("<url><loc>");
        escape(&renderer.absolute(&page.path(renderer.site)), &mut xml);
        xml.push_str("</loc>");
        for alternate in alternates(renderer, page) {
            xml.push_str("<xhtml:link rel=\"alternate\" hreflang=\"");
            escape(&alternate.language, &mut xml);
            xml.push_str("\" href=\"");
            escape(&alternate.address, &mut xml);
            xml.push_str("\"/>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}
