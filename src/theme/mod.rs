//! The theme: templates and assets, the embedded ones and those of a site in their place.
//!
//! A site overrides file by file: `theme/level.html` in its content folder takes the place of the embedded template,
//! `theme/assets/style.css` that of the embedded style. Further files below `theme/assets/` are published beside them.
//! A template that extends `default/level.html` overrides its blocks alone. Colours, fonts, logo and a style that comes
//! after all others are named in `site.toml`.

mod blocks;
mod catalogue;
mod css;
mod faults;
mod function;
mod look;
mod script;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, include_dir};
use tera::{Context, Tera};

use crate::config::ThemeConfig;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, character};
use crate::interface::Words;
use crate::source::Sources;
use crate::text::forbidden_in;
use crate::work;
use crate::write::Output;

pub(crate) use catalogue::{CatalogueEntry, catalogue, eject, extends, unknown_file};
pub(crate) use look::{LogoFiles, Look};

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The folder of a site's own theme.
const THEME: &str = "theme";

/// File name extensions of templates.
const TEMPLATES: [&str; 3] = ["html", "svg", "xml"];

/// The folder of assets, in the theme as on the site.
const ASSETS: &str = "assets/";

/// The folder of what makes PDFs. None of it is on the site.
const PRINT: &str = "print";

/// The folder through which a template extends the default one that it replaces: `{% extends "default/level.html" %}`.
const DEFAULT_FOLDER: &str = "default";

/// The template of the components. Those that a site has in its own take the place of the default ones one by one.
pub(crate) const COMPONENTS: &str = "components.html";

impl Asset {
    fn new(name: &Utf8Path, bytes: Vec<u8>) -> Self {
        Self { path: hashed(name, &bytes), bytes }
    }
}

/// Templates, ready to render, and assets.
pub struct Theme {
    tera: Tera,
    /// The assets by their name in the theme, `assets/style.css`.
    assets: BTreeMap<Utf8PathBuf, Asset>,
    look: Look,
    /// The templates of the site, by their names.
    own: BTreeSet<Utf8PathBuf>,
}

struct Asset {
    /// The path on the site. It holds a hash of the bytes, so that browsers may keep it for ever.
    path: String,
    bytes: Vec<u8>,
}

impl Theme {
    /// Reads the theme of a site, and what `site.toml` says of it. A template that cannot be read is reported, and the
    /// embedded one stands in for it. What is neither a template nor an asset is passed over.
    pub fn read(sources: &Sources, words: &Arc<Words>, config: &ThemeConfig, problems: &Problems) -> Self {
        work::count("theme");
        let files = files(sources);
        let assets = files
            .iter()
            .filter(|(path, _)| path.starts_with(ASSETS))
            .map(|(path, file)| (path.clone(), Asset::new(path, published(path, file.bytes))));
        let mut assets: BTreeMap<_, _> = assets.collect();
        let look = look::look(config, sources, &mut assets, problems);
        script::link(&mut assets, problems);
        problems.extend(catalogue::check(sources, &look.used));
        let mut tera = Tera::new();
        tera.autoescape_on(TEMPLATES.map(|extension| format!(".{extension}")));
        let asset_paths = assets.iter().map(|(name, asset)| (name.to_string(), asset.path.clone())).collect();
        function::register(&mut tera, Arc::clone(words), asset_paths);
        let is_own = |path: &&Utf8PathBuf| is_template(path) && !look.used.contains(*path);
        let own: BTreeSet<_> = sources.theme.keys().filter(is_own).cloned().collect();
        for path in &own {
            let text = sources.theme.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            let forbidden = character::forbidden(&Utf8Path::new(THEME).join(path), 0, text, forbidden_in(text));
            // The files of a theme are fixed by hand.
            problems.extend(forbidden.into_iter().map(Diagnostic::unfixed));
        }
        let mut templates = templates(&files, &look.used, problems);
        // The engine stops at the first fault: fixing each as it comes brings the next one to light.
        while let Err(error) = tera.add_raw_templates(templates.iter().map(|(path, text)| (path.as_str(), &**text))) {
            let found = faults::found(&error, &own, &templates, sources);
            let named = |problem: &Diagnostic| Some(problem.label.place.path.strip_prefix(THEME).ok()?.to_owned());
            let faulty: BTreeSet<_> = found.iter().filter_map(named).collect();
            problems.extend(found);
            let mut is_fixed = false;
            for path in faulty.iter().filter(|path| own.contains(*path)) {
                let Some(text) = templates.remove(path) else { continue };
                let sound = embedded(path).filter(|sound| *sound != text);
                is_fixed |= sound.is_some() || embedded(path).is_none();
                templates.extend(sound.map(|sound| (path.clone(), Cow::Borrowed(sound))));
            }
            // Nobody knows which one is at fault.
            if !is_fixed {
                let plain = default_files().filter(|(path, _)| is_template(path));
                let plain = plain.filter_map(|(path, _)| Some((path.clone(), embedded(&path)?)));
                let plain: Vec<_> = plain.collect();
                tera.add_raw_templates(plain.iter().map(|(path, text)| (path.as_str(), *text)))
                    .expect("the embedded templates are tested");
                break;
            }
        }
        Self { tera, assets, look, own }
    }

    /// Renders a template.
    pub(crate) fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        work::count(template);
        // Pages are kept until all are rendered, so each takes no more memory than it has bytes.
        thread_local!(static PAGE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });
        PAGE.with_borrow_mut(|page| {
            page.clear();
            match self.tera.render_to(template, context, &mut *page) {
                Ok(()) => Ok(page.as_slice().to_vec()),
                Err(error) => Err(Box::new(faults::of_rendering(&error, &self.own))),
            }
        })
    }

    /// Renders a component. Its arguments stand in `arguments`, and what templates hand on unasked in `surroundings`.
    pub(crate) fn render_component(
        &self,
        component: &str,
        arguments: &Context,
        surroundings: &Context,
    ) -> Result<String, Box<Diagnostic>> {
        work::count(component);
        let rendered = self.tera.render_component_with_implicits(component, arguments, surroundings, None, true);
        rendered.map_err(|error| Box::new(faults::of_rendering(&error, &self.own)))
    }

    /// Returns whether the site brings templates of its own. Their faults come to light when pages are rendered with
    /// them.
    pub(crate) fn has_own_templates(&self) -> bool {
        !self.own.is_empty()
    }

    /// Returns the appearance of the site.
    pub(crate) fn look(&self) -> &Look {
        &self.look
    }

    /// Returns the assets as files of the site.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = Output> {
        self.assets.values().map(|asset| Output { path: asset.path.clone().into(), bytes: asset.bytes.clone() })
    }
}

struct AssetFile<'a> {
    bytes: &'a [u8],
}

/// Returns an asset as it stands on the site.
fn published(path: &Utf8Path, bytes: &[u8]) -> Vec<u8> {
    let is_code = matches!(path.extension(), Some("js" | "css"));
    let embedded = embedded(path).filter(|text| is_code && text.as_bytes() == bytes);
    embedded.map_or_else(|| bytes.to_vec(), |text| script::published(text).into_bytes())
}

/// Returns the files of the embedded theme.
fn default_files() -> impl Iterator<Item = (Utf8PathBuf, &'static [u8])> {
    let mut folders = vec![&DEFAULT];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files());
    }
    files.into_iter().filter_map(|file| {
        let path = Utf8Path::from_path(file.path())?;
        Some((Utf8PathBuf::from(path.as_str().replace('\\', "/")), file.contents()))
    })
}

/// Returns all files of the theme, those of the site before the embedded ones of the same name.
fn files(sources: &Sources) -> BTreeMap<Utf8PathBuf, AssetFile<'_>> {
    let mut files: BTreeMap<_, _> = default_files().map(|(path, bytes)| (path, AssetFile { bytes })).collect();
    for (path, bytes) in &sources.theme {
        files.insert(path.clone(), AssetFile { bytes });
    }
    files
}

/// Returns the files with which PDFs are made, by their names in the folder `print/`.
pub(crate) fn for_paper(sources: &Sources) -> BTreeMap<Utf8PathBuf, Vec<u8>> {
    let named = |(path, file): (&Utf8PathBuf, &AssetFile<'_>)| {
        Some((path.strip_prefix(PRINT).ok()?.to_owned(), file.bytes.to_vec()))
    };
    files(sources).iter().filter_map(named).collect()
}

fn is_template(path: &Utf8Path) -> bool {
    !path.starts_with(ASSETS) && path.extension().is_some_and(|extension| TEMPLATES.contains(&extension))
}

/// Returns the templates among some files, but for those that are pictures. One of the site that is not UTF-8 is
/// reported.
fn templates<'a>(
    files: &BTreeMap<Utf8PathBuf, AssetFile<'a>>,
    pictures: &[Utf8PathBuf],
    problems: &Problems,
) -> BTreeMap<Utf8PathBuf, Cow<'a, str>> {
    let read = |(path, file): (&Utf8PathBuf, &AssetFile<'a>)| {
        let text = std::str::from_utf8(file.bytes).ok();
        if text.is_none() {
            let place = Place::file(Utf8Path::new(THEME).join(path));
            problems.report(place.problem(Code::NotUtf8, "the template is not UTF-8").help("save the file as UTF-8"));
        }
        Some((path.clone(), Cow::Borrowed(text.or_else(|| embedded(path))?)))
    };
    let found = files.iter().filter(|(path, _)| is_template(path) && !pictures.contains(path));
    let mut templates: BTreeMap<_, _> = found.filter_map(read).collect();
    // Most sites extend no default by name, and templates take time to read.
    let parents: BTreeSet<_> = templates.values().filter_map(|text| blocks::extended(text)).collect();
    for parent in parents {
        if let Some(text) = parent.strip_prefix(DEFAULT_FOLDER).ok().and_then(embedded) {
            templates.insert(parent, Cow::Borrowed(text));
        }
    }
    let components = Utf8Path::new(COMPONENTS);
    if let (Some(own), Some(default)) = (templates.get(components), embedded(components))
        && own != default
    {
        let names: Vec<_> = blocks::blocks(own).iter().map(|block| block.name).collect();
        let others = blocks::without(default, &names);
        templates.insert(Utf8Path::new(DEFAULT_FOLDER).join(COMPONENTS), Cow::Owned(others));
    }
    templates
}

/// Returns the embedded template of a name.
fn embedded(path: impl AsRef<Utf8Path>) -> Option<&'static str> {
    DEFAULT.get_file(path.as_ref().as_str())?.contents_utf8()
}

/// `assets/style.css` → `assets/style.1a2b3c4d.css`.
fn hashed(path: &Utf8Path, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (stem, extension) = path.as_str().rsplit_once('.').unwrap_or((path.as_str(), ""));
    format!("{stem}.{hash:.8}.{extension}")
}
