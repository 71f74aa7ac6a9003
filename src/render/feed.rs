//! A feed of the editions in each language: Atom (RFC 4287).

use super::page::{EffectGroup, ReleaseView, feed_path, releases};
use super::scene::{Renderer, Scene};
use crate::model::{LocalePage, Page};
use crate::text::escape;
use crate::write::Output;

/// The feeds of a site that has editions.
pub(crate) fn outputs(renderer: &Renderer<'_>) -> Vec<Output> {
    let Some(last) = renderer.site.history.editions.last() else { return Vec::new() };
    let updated = last.frozen.date.to_string();
    let feed = |locale| {
        renderer.with_scene(Page::In(locale, LocalePage::Changes), |scene| Output {
            path: feed_path(scene.site, locale).into(),
            bytes: feed(scene, &updated).into_bytes(),
        })
    };
    renderer.site.config.locale_indices().map(feed).collect()
}

fn feed(scene: &Scene<'_>, updated: &str) -> String {
    let config = &scene.site.config;
    let page = scene.absolute(scene.path);
    let this = scene.absolute(&feed_path(scene.site, scene.locale));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        config.locale(scene.locale).language
    );
    let title = format!("{} · {}", config.title.read(scene.locale).0, scene.word("changes.title"));
    element("title", &title, &mut xml);
    element("id", &this, &mut xml);
    link("self", &this, &mut xml);
    link("alternate", &page, &mut xml);
    element("updated", &moment(updated), &mut xml);
    element("rights", &config.provenance.licence.name, &mut xml);
    xml.push_str("<author>");
    element("name", config.title.read(scene.locale).0, &mut xml);
    xml.push_str("</author>\n");
    for release in releases(scene) {
        entry(scene, &release, &mut xml);
    }
    xml.push_str("</feed>\n");
    xml
}

/// An edition. What is not released yet is not in the feed.
fn entry(scene: &Scene<'_>, release: &ReleaseView, xml: &mut String) {
    let Some(edition) = &release.edition else { return };
    let address = scene.absolute(&edition.path);
    xml.push_str("<entry>\n");
    element("title", &scene.phrase("edition.title", &[("edition", &edition.name)]), xml);
    element("id", &address, xml);
    link("alternate", &address, xml);
    element("updated", &moment(&edition.date), xml);
    let mut html = String::new();
    for paragraph in &release.summary {
        html.push_str("<p>");
        escape(paragraph, &mut html);
        html.push_str("</p>");
    }
    for group in &release.groups {
        write_group(scene, group, &mut html);
    }
    if !html.is_empty() {
        xml.push_str("<content type=\"html\">");
        escape(&html, xml);
        xml.push_str("</content>\n");
    }
    xml.push_str("</entry>\n");
}

fn write_group(scene: &Scene<'_>, group: &EffectGroup, html: &mut String) {
    html.push_str("<h2>");
    escape(scene.word(&format!("effect.{}", group.effect)), html);
    html.push_str("</h2><ul>");
    for item in &group.items {
        html.push_str("<li><a href=\"");
        escape(&scene.absolute(&item.path), html);
        html.push_str("\">");
        escape(&item.id, html);
        html.push_str("</a> ");
        escape(&item.statement, html);
        html.push_str("</li>");
    }
    html.push_str("</ul>");
}

fn element(name: &str, text: &str, xml: &mut String) {
    xml.push_str(&format!("<{name}>"));
    escape(text, xml);
    xml.push_str(&format!("</{name}>\n"));
}

fn link(rel: &str, address: &str, xml: &mut String) {
    xml.push_str(&format!("<link rel=\"{rel}\" href=\""));
    escape(address, xml);
    xml.push_str("\"/>\n");
}

/// A day as a moment, which Atom asks for.
fn moment(date: &str) -> String {
    format!("{date}T00:00:00Z")
}
