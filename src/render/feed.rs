//! A feed of the editions in each language: Atom (RFC 4287).

use super::Renderer;
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, Page};
use crate::render::page::{EffectGroup, ReleaseView};
use crate::text::escape;
use crate::write::Output;

/// The name of the feed beside the page of changes.
pub(crate) const NAME: &str = "feed.xml";

/// Where the feed of a locale stands.
pub(crate) fn path(renderer: &Renderer<'_>, locale: LocaleIndex) -> String {
    format!("{}{NAME}", Page::In(locale, LocalePage::Changes).path(renderer.site))
}

/// The feeds of a site that has editions.
pub(crate) fn outputs(renderer: &Renderer<'_>) -> Vec<Output> {
    let Some(last) = renderer.site.history.editions.last() else { return Vec::new() };
    let locales = renderer.site.config.locale_indices();
    let output = |locale: LocaleIndex| Output {
        path: path(renderer, locale).into(),
        bytes: feed(renderer, locale, &last.frozen.date.to_string()).into_bytes(),
    };
    // Those who follow the feed of a language that the site has no more get that of the one that they are led to.
    let former = renderer.site.history.former.iter().filter_map(|former| match former.to {
        Page::In(locale, LocalePage::Changes) if former.is_renamed => {
            Some(Output { path: format!("{}{NAME}", former.path).into(), ..output(locale) })
        }
        _ => None,
    });
    locales.map(output).chain(former).collect()
}

fn feed(renderer: &Renderer<'_>, locale: LocaleIndex, updated: &str) -> String {
    let config = &renderer.site.config;
    let page = renderer.absolute(&Page::In(locale, LocalePage::Changes).path(renderer.site));
    let this = renderer.absolute(&path(renderer, locale));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        config.locale(locale).language
    );
    let title = format!("{} · {}", config.title.read(locale).0, renderer.words.get(locale, "changes.title"));
    element("title", &title, &mut xml);
    element("id", &this, &mut xml);
    link("self", &this, &mut xml);
    link("alternate", &page, &mut xml);
    element("updated", &moment(updated), &mut xml);
    element("rights", &config.provenance.licence.name, &mut xml);
    xml.push_str("<author>");
    element("name", config.title.read(locale).0, &mut xml);
    xml.push_str("</author>\n");
    for release in renderer.releases(locale) {
        entry(renderer, locale, &release, &mut xml);
    }
    xml.push_str("</feed>\n");
    xml
}

/// An edition. What is not released yet is not in the feed.
fn entry(renderer: &Renderer<'_>, locale: LocaleIndex, release: &ReleaseView, xml: &mut String) {
    let Some(edition) = &release.edition else { return };
    let address = renderer.absolute(&edition.path);
    xml.push_str("<entry>\n");
    element("title", &renderer.words.phrase(locale, "edition.title", &[("edition", &edition.name)]), xml);
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
        write_group(renderer, locale, group, &mut html);
    }
    if !html.is_empty() {
        xml.push_str("<content type=\"html\">");
        escape(&html, xml);
        xml.push_str("</content>\n");
    }
    xml.push_str("</entry>\n");
}

fn write_group(renderer: &Renderer<'_>, locale: LocaleIndex, group: &EffectGroup, html: &mut String) {
    html.push_str("<h2>");
    escape(renderer.words.get(locale, &format!("effect.{}", group.effect)), html);
    html.push_str("</h2><ul>");
    for item in &group.items {
        html.push_str("<li><a href=\"");
        escape(&renderer.absolute(&item.path), html);
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
