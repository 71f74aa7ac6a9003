//! The theme: templates and assets, the embedded ones and those of a site in their place.
//!
//! A site overrides file by file: `theme/level.html` in its content folder takes the place of the embedded template,
//! `theme/assets/style.css` that of the embedded style. Further files below `theme/assets/` are published beside them.

mod function;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Tera};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::interface::Words;
use crate::source::Sources;
use crate::write::Output;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The folder of a site's own theme.
const THEME: &str = "theme";

/// What the names of templates end in.
const TEMPLATES: [&str; 2] = ["html", "svg"];

/// Where the assets of a theme stand, in the theme as on the site.
const ASSETS: &str = "assets/";

/// Templates, ready to render, and assets.
pub struct Theme {
    tera: Tera,
    /// The assets by their name in the theme, `assets/style.css`.
    assets: BTreeMap<Utf8PathBuf, Asset>,
}

struct Asset {
    /// The path on the site. It holds a hash of the bytes, so that browsers may keep it for ever.
    path: String,
    bytes: Vec<u8>,
}

impl Theme {
    /// Reads the theme of a site. A template that cannot be read is reported, and the embedded one stands in for it.
    /// What is neither a template nor an asset is passed over.
    pub fn read(sources: &Sources, words: &Arc<Words>) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let files = files(sources);
        let assets = files.iter().filter(|(path, _)| path.starts_with(ASSETS)).map(|(path, file)| {
            let bytes = file.bytes.to_vec();
            (path.clone(), Asset { path: hashed(path, &bytes), bytes })
        });
        let assets: BTreeMap<_, _> = assets.collect();
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".svg"]);
        let asset_paths = assets.iter().map(|(name, asset)| (name.to_string(), asset.path.clone())).collect();
        function::register(&mut tera, Arc::clone(words), asset_paths);
        let mut templates = templates(&files, &mut problems);
        // The engine stops at the first fault: mending each as it comes brings the next one to light.
        while let Err(error) = tera.add_raw_templates(templates.iter().map(|(path, text)| (path.as_str(), *text))) {
            let problem = problem(&error);
            let path = problem.label.place.path.strip_prefix(THEME).unwrap_or(Utf8Path::new("")).to_owned();
            problems.push(problem);
            match (templates.remove(&path), embedded(&path)) {
                (Some(faulty), Some(sound)) if faulty != sound => drop(templates.insert(path, sound)),
                (Some(_), None) => {}
                // Nobody knows which one is at fault.
                _ => {
                    templates.retain(|path, text| embedded(path).inspect(|sound| *text = sound).is_some());
                    tera.add_raw_templates(templates.iter().map(|(path, text)| (path.as_str(), *text)))
                        .expect("the embedded templates are tested");
                    break;
                }
            }
        }
        (Self { tera, assets }, problems)
    }

    /// Renders a template.
    pub fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        // Pages are kept until all are rendered, so each takes no more memory than it has bytes.
        thread_local!(static PAGE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });
        PAGE.with_borrow_mut(|page| {
            page.clear();
            match self.tera.render_to(template, context, &mut *page) {
                Ok(()) => Ok(page.as_slice().to_vec()),
                Err(error) => Err(Box::new(problem(&error))),
            }
        })
    }

    /// Renders a component. Its arguments stand in `arguments`, and what templates hand on unasked in `surroundings`.
    pub fn render_component(
        &self,
        component: &str,
        arguments: &Context,
        surroundings: &Context,
    ) -> Result<String, Box<Diagnostic>> {
        let rendered = self.tera.render_component_with_implicits(component, arguments, surroundings, None, true);
        rendered.map_err(|error| Box::new(problem(&error)))
    }

    /// The assets as files of the site.
    pub fn outputs(&self) -> impl Iterator<Item = Output> {
        self.assets.values().map(|asset| Output { path: asset.path.clone().into(), bytes: asset.bytes.clone() })
    }
}

/// Whether a site brings templates of its own. Their faults come to light when pages are rendered with them.
pub fn has_own_templates(sources: &Sources) -> bool {
    sources.theme.keys().any(|path| is_template(path))
}

fn is_template(path: &Utf8Path) -> bool {
    !path.starts_with(ASSETS) && path.extension().is_some_and(|extension| TEMPLATES.contains(&extension))
}

struct File<'a> {
    bytes: &'a [u8],
}

/// All files of the theme, those of the site before the embedded ones of the same name.
fn files(sources: &Sources) -> BTreeMap<Utf8PathBuf, File<'_>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![&DEFAULT];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            if let Some(path) = Utf8Path::from_path(file.path()) {
                files.insert(Utf8PathBuf::from(path.as_str().replace('\\', "/")), File { bytes: file.contents() });
            }
        }
    }
    for (path, bytes) in &sources.theme {
        files.insert(path.clone(), File { bytes });
    }
    files
}

/// The templates among some files. One of the site that is not UTF-8 is reported.
fn templates<'a>(
    files: &BTreeMap<Utf8PathBuf, File<'a>>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<Utf8PathBuf, &'a str> {
    let read = |(path, file): (&Utf8PathBuf, &File<'a>)| {
        let text = std::str::from_utf8(file.bytes).ok();
        if text.is_none() {
            let place = Place::file(Utf8Path::new(THEME).join(path));
            problems.push(
                Diagnostic::new(Code::NotUtf8, say!("the template is not UTF-8"), place)
                    .help(say!("save the file as UTF-8")),
            );
        }
        Some((path.clone(), text.or_else(|| embedded(path))?))
    };
    files.iter().filter(|(path, _)| is_template(path)).filter_map(read).collect()
}

/// The embedded template of a name.
fn embedded(path: &Utf8Path) -> Option<&'static str> {
    DEFAULT.get_file(path.as_str())?.contents_utf8()
}

/// `assets/style.css` → `assets/style.1a2b3c4d.css`.
fn hashed(path: &Utf8Path, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (stem, extension) = path.as_str().rsplit_once('.').unwrap_or((path.as_str(), ""));
    format!("{stem}.{}.{extension}", &hash[..8])
}

/// What a template engine's error says, as a problem in the theme's file.
fn problem(error: &tera::Error) -> Diagnostic {
    let (place, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let path = Utf8Path::new(THEME).join(report.filename());
            (Place::new(path, report.span().range.clone()), report.message().to_owned())
        }
        ErrorKind::MissingParent { current, parent } => (
            Place::file(Utf8Path::new(THEME).join(current)),
            say!("it extends `%{parent}`, which is not there", parent),
        ),
        ErrorKind::CircularExtend { tpl, .. } => {
            (Place::file(Utf8Path::new(THEME).join(tpl)), say!("it extends itself, perhaps by way of others"))
        }
        _ => (Place::file(THEME), error.to_string()),
    };
    Diagnostic::new(Code::Template, say!("a template of the theme fails: %{message}", message), place)
        .help(say!("mend the template, or remove it to use the one that Rungs brings"))
}
