//! The result of `[theme]`: a style sheet with the colours and fonts of the site, its own style sheet, logo and icon,
//! published under names that browsers may cache for ever.

use std::collections::BTreeMap;
use std::fmt::Write;

use camino::{Utf8Path, Utf8PathBuf};

use super::css::{CssUrl, CssUrlKind, addresses};
use super::{ASSETS, Asset, THEME};
use crate::config::{Colour, FontFace, TINTS, ThemeConfig, Tint};
use crate::diagnostic::{Code, Place, Problems};
use crate::image::{ImageKind, Shape};
use crate::model::relative;
use crate::source::Sources;
use crate::text::{nearest, slice};

/// The name of the style that is made of colours and fonts, among the assets.
const STYLE: &str = "assets/colours-and-fonts.css";

/// The folder of published theme files that do not stand in its `assets/`.
const OWN: &str = "assets/own/";

/// Colours that the default style gives up where readers ask for more contrast. There, a site's own yield too.
const YIELDING: [&str; 4] = ["--quiet", "--link", "--line", "--rail"];

/// A site's own look, by paths from the root of the site.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// Styles in their order, after that of the theme.
    pub(crate) styles: Vec<String>,
    pub(crate) favicon: Option<String>,
    pub(crate) logo: Option<LogoFiles>,
    /// The files of the theme that it is made of.
    pub(super) used: Vec<Utf8PathBuf>,
}

/// The pictures of a logo.
#[derive(Debug)]
pub(crate) struct LogoFiles {
    pub(crate) light: String,
    pub(crate) dark: Option<String>,
    /// The width for a height of one, where it is known.
    pub(crate) ratio: Option<f64>,
}

/// Publishes the files that the site's look is made of.
pub(super) fn look(
    theme: &ThemeConfig,
    sources: &Sources,
    assets: &mut BTreeMap<Utf8PathBuf, Asset>,
    problems: &Problems,
) -> Look {
    let mut publisher = Publisher { sources, assets, used: Vec::new() };
    let mut look = Look::default();
    let fonts: Vec<_> = theme.fonts.iter().filter_map(|font| Some((font, publisher.file(&font.file)?))).collect();
    if !fonts.is_empty() || !theme.colours.is_empty() {
        look.styles.push(publisher.text(STYLE.into(), style(&theme.colours, &fonts)));
    }
    if let Some(css) = &theme.css {
        look.styles.extend(publisher.css(css, problems));
    }
    look.favicon = theme.favicon.as_ref().and_then(|file| publisher.file(file));
    look.logo = theme.logo.as_ref().and_then(|logo| {
        let dark = logo.dark.as_ref().and_then(|dark| publisher.file(dark));
        let kind = ImageKind::named(&logo.file);
        let shape = kind.zip(sources.theme.get(&logo.file)).and_then(|(kind, bytes)| Shape::read(kind, bytes).ok());
        let ratio = shape.map(|shape| f64::from(shape.width) / f64::from(shape.height));
        Some(LogoFiles { light: publisher.file(&logo.file)?, dark, ratio })
    });
    look.used = publisher.used;
    look
}

struct Publisher<'a> {
    sources: &'a Sources,
    used: Vec<Utf8PathBuf>,
    assets: &'a mut BTreeMap<Utf8PathBuf, Asset>,
}

impl Publisher<'_> {
    /// Returns where a file of the theme stands on the site.
    fn file(&mut self, path: &Utf8Path) -> Option<String> {
        let bytes = self.sources.theme.get(path)?;
        self.used.push(path.to_owned());
        let name = name(path);
        let asset = self.assets.entry(name.clone()).or_insert_with(|| Asset::new(&name, bytes.clone()));
        Some(asset.path.clone())
    }

    fn text(&mut self, name: Utf8PathBuf, text: String) -> String {
        let asset = Asset::new(&name, text.into_bytes());
        let path = asset.path.clone();
        self.assets.insert(name, asset);
        path
    }

    /// Returns the site's own style, in which addresses are those of the published files.
    fn css(&mut self, path: &Utf8Path, problems: &Problems) -> Option<String> {
        let bytes = self.sources.theme.get(path)?;
        self.used.push(path.to_owned());
        let place = || Place::file(Utf8Path::new(THEME).join(path));
        let Ok(css) = std::str::from_utf8(bytes) else {
            let problem = place().problem(Code::NotUtf8, "the style is not UTF-8");
            problems.report(problem.help("save the file as UTF-8"));
            return None;
        };
        let name = name(path);
        let mut written = String::with_capacity(css.len());
        let mut from = 0;
        for address in addresses(css) {
            match self.address(path, &name, &address) {
                Ok(Some(published)) => {
                    let _ = write!(written, "{}\"{published}\"", slice(css, from..address.span.start));
                    from = address.span.end;
                }
                Ok(None) => {}
                Err((message, help)) => {
                    let place = Place::new(Utf8Path::new(THEME).join(path), address.span);
                    problems.report(place.problem(Code::InvalidValue, message).help(help));
                }
            }
        }
        written.push_str(slice(css, from..));
        Some(self.text(name, written))
    }

    /// Returns where an address of a style leads once all is published. None for a part of the page itself.
    fn address(
        &mut self,
        style: &Utf8Path,
        name: &Utf8Path,
        address: &CssUrl,
    ) -> Result<Option<String>, (String, String)> {
        let text = address.text.as_str();
        match address.kind {
            CssUrlKind::File => {}
            CssUrlKind::Import => {
                let help = "copy its content into this file: one style sheet loads faster than two".to_owned();
                return Err((format!("the style sheet imports another one, `{text}`"), help));
            }
            CssUrlKind::Elsewhere => {
                let help = "write the path of a file instead, so that Rungs can publish it".to_owned();
                return Err((format!("`{text}` may lead to anything"), help));
            }
        }
        if text.starts_with('#') {
            return Ok(None);
        }
        let file = text.split(['?', '#']).next().unwrap_or_default();
        let part = text.find('#').map_or("", |at| slice(text, at..));
        if text.starts_with("//") || text.contains(':') || text.starts_with('/') {
            let help = "put a copy of the file in theme/ and write the path to it: pages load nothing from other sites"
                .to_owned();
            return Err((format!("`{text}` is not a file of this theme"), help));
        }
        let decoded = percent_encoding::percent_decode_str(file).decode_utf8_lossy();
        let folder = style.parent().unwrap_or(Utf8Path::new(""));
        let found = within(folder, &decoded).and_then(|path| self.file(&path));
        let Some(published) = found else {
            let ways: Vec<_> = self.sources.theme.keys().map(|path| relative(style.as_str(), path.as_str())).collect();
            let help = match nearest(file, ways.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "put the file in theme/, and write the path to it from this one".to_owned(),
            };
            return Err((format!("there is no file `{text}`"), help));
        };
        Ok(Some(format!("{}{part}", relative(name.as_str(), &published))))
    }
}

/// Returns the name of a file of the theme among the assets.
fn name(path: &Utf8Path) -> Utf8PathBuf {
    if path.starts_with(ASSETS) { path.to_owned() } else { Utf8Path::new(OWN).join(path) }
}

/// Returns a path from a folder, as long as it stays within the theme.
fn within(folder: &Utf8Path, path: &str) -> Option<Utf8PathBuf> {
    let mut parts: Vec<&str> = folder.as_str().split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/").into())
}

/// Returns the style of the site's colours and fonts. Fonts stand with their paths from the root of the site.
fn style(colours: &[Colour], fonts: &[(&FontFace, String)]) -> String {
    let mut css = String::new();
    for (font, path) in fonts {
        let href = relative(STYLE, path);
        let FontFace { family, weight, style, display, .. } = font;
        let _ = write!(css, "@font-face {{ font-family: \"{family}\"; src: url(\"{href}\") format(\"woff2\"); ");
        let _ = write!(css, "font-weight: {weight}; font-style: {style}; font-display: {display};");
        if let Some(range) = &font.unicode_range {
            let _ = write!(css, " unicode-range: {range};");
        }
        css.push_str(" }\n");
    }
    let families = |is_for_code: bool| {
        let mut families: Vec<&str> = Vec::new();
        for (font, _) in fonts.iter().filter(|(font, _)| font.is_for_code == is_for_code) {
            if !families.contains(&font.family.as_str()) {
                families.push(&font.family);
            }
        }
        families.iter().map(|family| format!("\"{family}\", ")).collect::<String>()
    };
    let (text, code) = (families(false), families(true));
    let mut lines = Vec::new();
    if !text.is_empty() {
        lines.push(format!("--text-font: {text}var(--latin), var(--han), sans-serif;"));
    }
    if !code.is_empty() {
        lines.push(format!("--code-font: {code}var(--mono), var(--han);"));
    }
    let (yielding, firm): (Vec<_>, Vec<_>) =
        tints(colours).into_iter().partition(|(property, _)| YIELDING.contains(property));
    lines.extend(firm.into_iter().map(|(_, line)| line));
    if !lines.is_empty() {
        let _ = writeln!(css, ":root {{ {} }}", lines.join(" "));
    }
    if !yielding.is_empty() {
        let lines: Vec<_> = yielding.into_iter().map(|(_, line)| line).collect();
        let asked = "(prefers-contrast: more) or (forced-colors: active)";
        let _ = writeln!(css, "@media not ({asked}) {{ :root {{ {} }} }}", lines.join(" "));
    }
    css
}

/// Returns the properties of the colours that are chosen, and their lines. What is chosen for one light stays as it was
/// in the other.
fn tints(colours: &[Colour]) -> Vec<(&'static str, String)> {
    let tints = TINTS.iter().enumerate().filter(|(at, _)| colours.iter().any(|colour| colour.tint == *at));
    let line = |(at, tint): (usize, &Tint)| {
        let [light, dark] = Tint::chosen(at, colours);
        (tint.property, format!("{}: light-dark({light}, {dark});", tint.property))
    };
    tints.map(line).collect()
}
