//! The look of a site as pages show it: its own styles, logo, icon and links at the foot.

use camino::Utf8Path;
use serde::Serialize;

use super::page_context::collection_title;
use super::text::Text;
use crate::interface::Words;
use crate::locale::{LocaleIndex, Localized};
use crate::model::{Page, Site};
use crate::theme::{LogoFiles, Look};

/// The height of a logo, in pixels.
const LOGO: f64 = 28.0;

#[derive(Serialize)]
pub(crate) struct Appearance {
    /// Styles that come after that of the theme, from the root.
    styles: Vec<String>,
    favicon: Option<Icon>,
    logo: Option<LogoView>,
    /// The links of the site's own, then the folders of pages that the navigation does not name.
    footer: Vec<FooterView>,
}

#[derive(Serialize)]
struct Icon {
    path: String,
    media_type: &'static str,
}

#[derive(Serialize)]
struct LogoView {
    light: String,
    dark: Option<String>,
    alt: String,
    height: u32,
    width: Option<u32>,
}

#[derive(Serialize)]
struct FooterView {
    text: Text,
    url: String,
    /// Whether the address is one from the root of this site.
    is_internal: bool,
}

impl Appearance {
    /// Returns the look of a site for readers of a locale.
    pub(crate) fn of(site: &Site, words: &Words, look: &Look, locale: LocaleIndex) -> Self {
        let theme = &site.config.theme;
        let slug = &site.config.locale(locale).slug;
        let alt = theme.logo.as_ref().and_then(|logo| logo.alt.as_ref()).map(|alt| alt.read(locale).0.clone());
        let logo = |files: &LogoFiles| LogoView {
            light: files.light.clone(),
            dark: files.dark.clone(),
            alt: alt.clone().unwrap_or_default(),
            height: LOGO as u32,
            width: files.ratio.map(|ratio| (ratio * LOGO).round() as u32),
        };
        let footer = theme.footer.iter().map(|link| FooterView {
            text: text(site, &link.text, locale),
            url: match link.is_internal() {
                true => format!("{slug}/{}/", link.url.trim_end_matches('/')),
                false => link.url.clone(),
            },
            is_internal: link.is_internal(),
        });
        let folders = site.config.collections.keys().filter(|&at| !site.config.collections[at].in_navigation);
        let folders = folders.filter_map(|collection| {
            let text = collection_title(site, words, collection, locale)?.to_owned();
            let url = Page::of_collection(site, locale, collection)?.path(site);
            Some(FooterView { text: Text { text, language: None }, url, is_internal: true })
        });
        Self {
            styles: look.styles.clone(),
            favicon: look.favicon.as_ref().map(|path| Icon { path: path.clone(), media_type: media_type(path) }),
            logo: look.logo.as_ref().map(logo),
            footer: footer.chain(folders).collect(),
        }
    }
}

fn text(site: &Site, text: &Localized<String>, locale: LocaleIndex) -> Text {
    let (text, actual) = text.read(locale);
    let language = (actual != locale).then(|| site.config.locale(actual).language.clone());
    Text { text: text.clone(), language }
}

fn media_type(path: &str) -> &'static str {
    match Utf8Path::new(path).extension() {
        Some("png") => "image/png",
        Some("ico") => "image/vnd.microsoft.icon",
        _ => "image/svg+xml",
    }
}
