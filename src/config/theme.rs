//! `[theme]` in `site.toml`: colours, logo, fonts, footer and style of a site, from the files of its own `theme/`
//! folder.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer};

use super::colour::{Colour, Lighting, Rgb, TINTS};
use super::resolve::{Locales, Resolver, at};
use super::table::{Entries, Spanned, instead_of};
use super::written::{PerLocale, Text};
use crate::diagnostic::{Code, Place};
use crate::image::{ImageKind, NoImage, Shape};
use crate::locale::Localized;
use crate::source::Sources;
use crate::text::{either, nearest};

/// The folder of a site's own theme, in its content folder.
const THEME: &str = "theme";

/// The keys of `[theme]` that name files of the folder.
pub(crate) const THEME_FILES: [&str; 4] = ["css", "favicon", "fonts", "logo"];

/// The customised look of a site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThemeConfig {
    pub(crate) colours: Vec<Colour>,
    pub(crate) logo: Option<Logo>,
    /// Paths are below `theme/`, and the files are there.
    pub(crate) favicon: Option<Utf8PathBuf>,
    /// The style that comes after all others.
    pub(crate) css: Option<Utf8PathBuf>,
    pub(crate) fonts: Vec<FontFace>,
    pub(crate) footer: Vec<FooterLink>,
}

/// The picture next to the site's title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Logo {
    pub(crate) file: Utf8PathBuf,
    /// For dark pages. The same, unless it is given.
    pub(crate) dark: Option<Utf8PathBuf>,
    /// Its text alternative. Empty where the title beside it says the same.
    pub(crate) alt: Option<Localized<String>>,
}

/// A font of the site, of one weight and style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FontFace {
    pub(crate) file: Utf8PathBuf,
    pub(crate) family: String,
    /// `400`, or `100 900` for a variable font.
    pub(crate) weight: String,
    pub(crate) style: String,
    /// The characters for which browsers load it, in the form of CSS. None for all.
    pub(crate) unicode_range: Option<String>,
    /// The `font-display` value of CSS.
    pub(crate) display: String,
    /// Whether it is for code and ids, and not for text.
    pub(crate) is_for_code: bool,
}

/// A link in the footer of each page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FooterLink {
    pub(crate) text: Localized<String>,
    /// An address of another site, or that of a page below the folder of each locale: `pages/imprint/`.
    pub(crate) url: String,
    pub(crate) place: Place,
}

impl ThemeConfig {
    /// Returns which of the keys that name files are given.
    pub(crate) fn with_files(&self) -> Vec<&'static str> {
        let Self { colours: _, logo, favicon, css, fonts, footer: _ } = self;
        let given = [css.is_some(), favicon.is_some(), !fonts.is_empty(), logo.is_some()];
        THEME_FILES.into_iter().zip(given).filter(|(_, is_given)| *is_given).map(|(key, _)| key).collect()
    }
}

impl FooterLink {
    /// Returns whether it leads to a page of this site.
    pub(crate) fn is_internal(&self) -> bool {
        !["https:", "http:", "mailto:"].iter().any(|scheme| self.url.starts_with(scheme))
    }
}

/// How the site looks. File names are relative to the folder `theme`.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenTheme {
    /// Colours of light and of dark pages: `#14508c`.
    #[serde(default)]
    #[schemars(schema_with = "colours")]
    colours: WrittenColours,
    /// The picture next to the site's title.
    logo: Option<WrittenLogo>,
    /// The icon that browsers show on the tab.
    favicon: Text,
    /// A style sheet that is loaded after all others.
    css: Text,
    /// The site's own fonts.
    #[serde(default)]
    fonts: Vec<WrittenFont>,
    /// Links in the footer of each page.
    #[serde(default)]
    footer: Vec<WrittenFooter>,
}

/// The picture next to the site's title.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenLogo {
    /// The file: `logo.svg`.
    #[schemars(required)]
    file: Text,
    /// The file for dark pages. Default: the same file.
    dark: Text,
    /// A description of the picture, by locale. Leave it out if the title next to it says the same.
    alt: Option<PerLocale<Spanned<String>>>,
}

/// A font of one weight and style.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenFont {
    /// The file: `fonts/inter.woff2`.
    #[schemars(required)]
    file: Text,
    /// The name of the family, the same for each of its fonts.
    #[schemars(required)]
    family: Text,
    /// The weight: `400`, or `100 900` for a variable font. Default: `400`.
    #[schemars(with = "Option<String>", extend("type" = ["string", "integer"]))]
    weight: Option<Spanned<Weight>>,
    /// The style. Default: `normal`.
    #[schemars(extend("enum" = STYLES))]
    style: Text,
    /// The characters for which browsers load it, as in CSS. Default: all.
    unicode_range: Text,
    /// What readers see before it is loaded, as in CSS. Default: `swap`.
    #[schemars(extend("enum" = DISPLAYS))]
    display: Text,
    /// Whether it is for text, or for code and ids. Default: `text`.
    #[serde(rename = "for")]
    #[schemars(extend("enum" = PURPOSES))]
    purpose: Text,
}

/// A link in the footer of each page.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenFooter {
    /// An address that begins with `https://`, or the path of a page without the locale: `pages/about/`.
    #[schemars(required)]
    url: Text,
    /// Its text, by locale.
    #[schemars(required)]
    text: Option<PerLocale<Spanned<String>>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct WrittenColours {
    light: Entries<Spanned<String>>,
    dark: Entries<Spanned<String>>,
}

/// A weight in digits, which need no quotes.
struct Weight(String);

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Weight(String::new()))
    }
}

impl Visitor<'_> for Weight {
    type Value = Self;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a weight")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self, E> {
        Ok(Self(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self, E> {
        Ok(Self(number.to_string()))
    }
}

/// Returns the schema of `[theme.colours]`: the same keys for light and for dark pages.
fn colours(_: &mut SchemaGenerator) -> Schema {
    let colour = json_schema!({ "type": "string", "pattern": "^#([0-9A-Fa-f]{3}){1,2}$" });
    let keys: BTreeMap<_, _> = TINTS.iter().filter_map(|tint| Some((tint.key?, &colour))).collect();
    let table = json_schema!({ "type": "object", "properties": keys, "additionalProperties": false });
    let by_light: BTreeMap<_, _> = Lighting::BOTH.map(|lighting| (lighting.name(), &table)).into();
    json_schema!({ "type": "object", "properties": by_light, "additionalProperties": false })
}

/// File name extensions of pictures.
const PICTURES: &[&str] = &["svg", "png", "webp", "avif", "jpg", "jpeg"];
const FAVICONS: &[&str] = &["svg", "png", "ico"];
const STYLES: &[&str] = &["normal", "italic", "oblique"];
const DISPLAYS: &[&str] = &["swap", "fallback", "optional", "block", "auto"];
const PURPOSES: &[&str] = &["text", "code"];

impl Resolver<'_> {
    /// Resolves the theme table of a site. Faults are reported and left out.
    pub(crate) fn theme(
        &mut self,
        written: Option<WrittenTheme>,
        locales: Option<&Locales>,
        sources: &Sources,
    ) -> ThemeConfig {
        let Some(written) = written else { return ThemeConfig::default() };
        let file = |this: &mut Self, text: Text, ends: &[&str]| text.and_then(|text| this.file(text, ends, sources));
        let WrittenColours { light, dark } = written.colours;
        let light = light.right().map(|(key, text)| (Lighting::Light, key, text));
        let colours = light.chain(dark.right().map(|(key, text)| (Lighting::Dark, key, text)));
        let colours = colours.filter_map(|(lighting, key, text)| self.colour(lighting, key, text)).collect();
        ThemeConfig {
            favicon: file(self, written.favicon, FAVICONS),
            css: file(self, written.css, &["css"]),
            logo: written.logo.and_then(|logo| {
                let alt = logo.alt.and_then(|alt| self.texts("theme.logo.alt", Some(alt), locales));
                let dark = file(self, logo.dark, PICTURES);
                Some(Logo { file: file(self, logo.file, PICTURES)?, dark, alt })
            }),
            fonts: written.fonts.into_iter().filter_map(|font| self.font(font, sources)).collect(),
            colours,
            footer: written.footer.into_iter().filter_map(|link| self.footer_link(link, locales)).collect(),
        }
    }

    /// Returns a file of the theme by its path in that folder, if it is there and of a kind that will do.
    fn file(&mut self, text: Spanned<String>, ends: &[&str], sources: &Sources) -> Option<Utf8PathBuf> {
        let written = text.value.as_str();
        let problem = |message: String| at(&text.span).problem(Code::InvalidValue, message);
        let path = written.strip_prefix("theme/").unwrap_or(written);
        let is_address = path.contains("://") || path.starts_with("//") || path.starts_with("data:");
        let problem = if is_address {
            problem(format!("`{written}` is not a file of this site"))
                .help("put a copy of the file into theme/ and name that: pages load nothing from other sites")
        } else if !path.split('/').all(is_plain) {
            problem(format!("`{written}` is not the path of a file in theme/"))
                .help("write it with `/` between folders, beginning in theme/, such as `fonts/inter.woff2`")
        } else if !sources.theme.contains_key(Utf8Path::new(path)) {
            let near = nearest(path, sources.theme.keys().map(|path| path.as_str()));
            problem(format!("there is no file `{THEME}/{path}`")).help(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "put it there: the folder `theme` is next to `site.toml`".to_owned(),
            })
        } else if !Utf8Path::new(path).extension().is_some_and(|end| ends.contains(&end)) {
            problem(format!("`{written}` cannot be used here")).help(format!(
                "its name has to end in {ends}",
                ends = either(ends.iter().map(|end| format!("`.{end}`")))
            ))
        } else if let Err(no_image) = judged(Utf8Path::new(path), sources) {
            let (what, help) = no_image.told(&Utf8Path::new(THEME).join(path));
            let help = match no_image {
                NoImage::Other(kind) if !ends.contains(&kind.end()) => {
                    let ends = either(ends.iter().map(|end| format!("`.{end}`")));
                    format!("export it again: it has to be {ends}, in name and content")
                }
                _ => help,
            };
            let code = if matches!(no_image, NoImage::Unsafe { .. }) { Code::UnsafeImage } else { Code::InvalidValue };
            at(&text.span).problem(code, format!("`{THEME}/{path}` {what}")).help(help)
        } else {
            return Some(path.into());
        };
        self.problems.report(problem);
        None
    }

    fn colour(&mut self, lighting: Lighting, key: Spanned<String>, text: Spanned<String>) -> Option<Colour> {
        let Some(tint) = TINTS.iter().position(|tint| tint.key == Some(key.value.as_str())) else {
            let known: Vec<_> = TINTS.iter().filter_map(|tint| tint.key).collect();
            let message = format!("unknown key `{key}` in `[theme.colours.{}]`", lighting.name(), key = key.value);
            self.report(Code::UnknownKey, message, &key.span, instead_of(&key.value, &known));
            return None;
        };
        let Some(rgb) = Rgb::parse(&text.value) else {
            let help = "write red, green and blue in hexadecimal: `#14508c`".to_owned();
            self.report(Code::InvalidValue, format!("`{text}` is not a colour", text = text.value), &text.span, help);
            return None;
        };
        Some(Colour { tint, lighting, rgb, place: at(&text.span) })
    }

    fn font(&mut self, written: WrittenFont, sources: &Sources) -> Option<FontFace> {
        let file = written.file.and_then(|file| self.file(file, &["woff2"], sources));
        let is_name = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || " -_.".contains(c));
        let family = written.family.map(|text| {
            self.accepted(
                text,
                is_name,
                "the name of a font's family".to_owned(),
                "write letters, digits, spaces and hyphens".to_owned(),
            )
        });
        let weight = written.weight.map(|Spanned { value, span }| Spanned { value: value.0, span });
        let help = "write a number from 1 to 1000 or, for a variable font, two of them: `\"100 900\"`".to_owned();
        let weight = self.or_default(weight, "400", is_weight, "the weight of a font".to_owned(), help);
        let style = self.one_of(written.style, STYLES, "the style of a font".to_owned());
        let display = self.one_of(written.display, DISPLAYS, "a way to show a font".to_owned());
        let purpose = self.one_of(written.purpose, PURPOSES, "what a font is for".to_owned());
        let help = "write it as CSS does: `U+0-24F, U+2000-206F`".to_owned();
        let unicode_range = match written.unicode_range {
            Some(text) => Some(self.accepted(text, is_unicode_range, "a range of characters".to_owned(), help)?),
            None => None,
        };
        let is_for_code = purpose? == "code";
        Some(FontFace {
            file: file?,
            family: family??,
            weight: weight?,
            style: style?,
            unicode_range,
            display: display?,
            is_for_code,
        })
    }

    fn footer_link(&mut self, written: WrittenFooter, locales: Option<&Locales>) -> Option<FooterLink> {
        let text = self.texts("theme.footer.text", written.text, locales);
        let help =
            "write an address that begins with https://, or the path of a page without the locale: `pages/about/`"
                .to_owned();
        let url = written.url?;
        let place = at(&url.span);
        let url = self.accepted(url, is_link, "where a link leads".to_owned(), help);
        Some(FooterLink { text: text?, url: url?, place })
    }

    /// Returns the text if `is_right` accepts it, else reports it.
    fn accepted(
        &mut self,
        text: Spanned<String>,
        is_right: impl Fn(&str) -> bool,
        what: String,
        help: String,
    ) -> Option<String> {
        if is_right(&text.value) {
            return Some(text.value);
        }
        self.report(Code::InvalidValue, format!("`{text}` cannot be {what}", text = text.value), &text.span, help);
        None
    }

    fn or_default(
        &mut self,
        text: Text,
        default: &str,
        is_right: impl Fn(&str) -> bool,
        what: String,
        help: String,
    ) -> Option<String> {
        text.map_or_else(|| Some(default.to_owned()), |text| self.accepted(text, is_right, what, help))
    }

    /// Returns one of some words, the first unless it is given.
    fn one_of(&mut self, text: Text, words: &[&str], what: String) -> Option<String> {
        let help = text.as_ref().map(|text| instead_of(&text.value, words)).unwrap_or_default();
        self.or_default(text, words[0], |text| words.contains(&text), what, help)
    }
}

/// Judges a file of the theme as an image, if its name promises one.
fn judged(path: &Utf8Path, sources: &Sources) -> Result<(), NoImage> {
    match (ImageKind::named(path), sources.theme.get(path)) {
        (Some(kind), Some(bytes)) => Shape::read(kind, bytes).map(drop),
        _ => Ok(()),
    }
}

/// Returns whether a part of a path stays where it is.
fn is_plain(part: &str) -> bool {
    !part.is_empty() && part != "." && part != ".." && !part.contains('\\')
}

fn is_weight(text: &str) -> bool {
    let numbers: Vec<Option<u16>> = text.split(' ').map(|number| number.parse().ok()).collect();
    matches!(numbers.len(), 1 | 2)
        && numbers.iter().all(|number| number.is_some_and(|weight| (1..=1000).contains(&weight)))
}

fn is_unicode_range(text: &str) -> bool {
    let is_number = |text: &str| (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_pattern = |text: &str| {
        (1..=6).contains(&text.len()) && text.trim_end_matches('?').bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    text.split(',').all(|range| match range.trim().strip_prefix("U+").map(|range| (range, range.split_once('-'))) {
        Some((_, Some((first, last)))) => is_number(first) && is_number(last),
        Some((range, None)) => is_pattern(range),
        None => false,
    })
}

fn is_link(text: &str) -> bool {
    match text.split_once(':') {
        Some(("https" | "http", rest)) => {
            rest.len() > 2 && rest.starts_with("//") && !rest.contains(char::is_whitespace)
        }
        Some(("mailto", rest)) => !rest.is_empty() && !rest.contains(char::is_whitespace),
        Some(_) => false,
        None => text.trim_end_matches('/').split('/').all(is_plain),
    }
}
