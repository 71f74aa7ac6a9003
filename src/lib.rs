//! Rungs turns career ladders written in Markdown, in as many languages as their owners keep, into a static site in
//! which every criterion has a permanent address.
//!
//! # The way through the program
//!
//! Each stage is a module, each product is a type, and data moves one way:
//!
//! 1. [`source`] reads a content folder: disk → [`Sources`].
//! 2. [`parse`] reads Markdown: text → [`Document`](parse::Document), and for ladders [`Outline`](parse::Outline).
//! 3. [`model`] says what it means: documents → [`Site`].
//! 4. [`check`] looks for what is wrong with it: site → [`Diagnostic`]s.
//! 5. [`render`] shows it: site → [`Output`]s in memory.
//! 6. [`mod@write`] puts it on disk, whole or not at all.
//!
//! Beside them stand [`config`] (what `site.toml` says), [`diagnostic`] (problems as data), [`interface`] (the words
//! of the site's own pages), [`text`] (how people are told several things), `open_graph` (pictures of pages),
//! [`theme`] (templates and assets), [`glossary`] (the words that translations keep to), [`translation`] (what each of
//! them was made from), [`register`] (every id ever given) and [`edition`] (what was released). [`init`] begins a site,
//! from an example or from ladders that are there already; [`adaptation`] makes a site of another one and tells them
//! apart. [`mod@withdraw`], [`mod@release`] and [`mod@restore`] change content: they ask the stages what it says and give new
//! texts of its files back. [`citing`]
//! writes and judges citations. `serve` watches, builds and reloads. [`cli`] is the only part that talks to a person;
//! nothing imports it.
//!
//! Between reading and writing nothing does IO, and [`build`] cannot fail: it gives outputs and problems. A fault in a
//! user's file is a [`Diagnostic`] and never the end of a stage; a fault of the machine is an error with a path in it.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests lay out sites on disk"))]
// What is sliced is typed by people: `text::slice` does it, and writing into a text goes through `text::Edits`.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod adaptation;
pub mod check;
pub mod citing;
#[allow(clippy::disallowed_methods, reason = "the door to the person who runs the program")]
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod edition;
pub mod gettext;
pub mod glossary;
pub mod init;
pub mod interface;
pub mod model;
#[cfg(feature = "images")]
pub mod open_graph;
pub mod parse;
pub mod register;
pub mod release;
pub mod render;
pub mod restore;
#[cfg(feature = "serve")]
#[allow(clippy::disallowed_methods, reason = "watches, answers and measures: no output depends on it")]
pub mod serve;
#[allow(clippy::disallowed_methods, reason = "the door through which everything comes in")]
pub mod source;
pub mod text;
pub mod theme;
pub mod translation;
pub mod withdraw;
#[allow(clippy::disallowed_methods, reason = "the door through which everything goes out")]
pub mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use camino::Utf8PathBuf;
use rayon::prelude::*;

use config::{Config, Overrides};
use diagnostic::Diagnostic;
use interface::Words;
use model::Site;
use render::Rendered;
use source::{Pictures, Sources};
use theme::Theme;
use write::Output;

// The macro compiles the files of `i18n/` into the crate root. A site's own words are not given to it as a backend: it
// would load them once for the process, while `serve` and the tests build many sites in one.
rust_i18n::i18n!("i18n", fallback = "en");

/// What came of building a site.
#[derive(Debug, Default)]
pub struct Build {
    /// All files of the site. None if there are problems that must be mended first.
    pub outputs: Vec<Output>,
    /// Files that the earlier site has already and that belong to this one too.
    pub kept: Vec<Utf8PathBuf>,
    /// Sorted by file and place.
    pub problems: Vec<Diagnostic>,
    pub size: Size,
}

/// How much there is of a site.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub pages: usize,
    pub locales: usize,
    pub criteria: usize,
}

/// How far rendering has come, for whoever watches from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// How many pages are rendered and pictures drawn.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// How many pages and pictures there will be. Zero until that is known.
    pub fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    fn begin(&self, total: usize) {
        self.total.store(total as u64, Ordering::Relaxed);
    }

    /// Adds to what there will be.
    #[cfg(feature = "images")]
    fn add(&self, more: usize) {
        self.total.fetch_add(more as u64, Ordering::Relaxed);
    }

    fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// A site that is ready to be rendered.
pub struct Prepared {
    pub site: Site,
    pub words: Arc<Words>,
    pub theme: Theme,
}

/// Builds a site: stages 2 to 5. The problems that reading found are part of the result.
pub fn build(sources: &Sources, found: Vec<Diagnostic>, overrides: &Overrides, progress: &Progress) -> Build {
    let (prepared, mut problems) = prepare(sources, found, overrides);
    let Some(prepared) = prepared else { return Build { problems, ..Build::default() } };
    let mut build = Build { size: Size::of(&prepared.site), ..Build::default() };
    if !diagnostic::has_errors(&problems) {
        let rendered = prepared.render(sources.pictures.as_ref(), progress);
        problems.extend(rendered.problems);
        build.size.pages = rendered.outputs.iter().filter(|output| output.path.extension() == Some("html")).count();
        (build.outputs, build.kept) = (rendered.outputs, rendered.kept);
    }
    if diagnostic::has_errors(&problems) {
        build.outputs.clear();
        build.kept.clear();
    }
    build.problems = diagnostic::sorted(problems);
    build
}

/// Everything that is wrong with a site, as [`build`] reports it. Pages are rendered only where templates of the site's
/// own may fail: the embedded ones do not.
pub fn problems(sources: &Sources, found: Vec<Diagnostic>, overrides: &Overrides) -> Vec<Diagnostic> {
    let (prepared, problems) = prepare(sources, found, overrides);
    match prepared {
        Some(site) if site.theme.has_own_templates() && !diagnostic::has_errors(&problems) => {
            let rendered = site.render(sources.pictures.as_ref(), &Progress::default());
            diagnostic::sorted([problems, rendered.problems].concat())
        }
        _ => problems,
    }
}

impl Prepared {
    /// Stage 5, with the problems that are not allowed.
    pub fn render(&self, pictures: Option<&Pictures>, progress: &Progress) -> Rendered {
        let rendered = render::render(&self.site, &self.words, &self.theme, pictures, progress);
        Rendered { problems: check::without_allowed(&self.site, rendered.problems), ..rendered }
    }
}

/// Stages 2 to 4, and what stage 5 needs beside the site. None if nobody can know what site it is. The problems are
/// those that are not allowed, sorted by file and place.
pub fn prepare(
    sources: &Sources,
    found: Vec<Diagnostic>,
    overrides: &Overrides,
) -> (Option<Prepared>, Vec<Diagnostic>) {
    let mut problems = found;
    let (config, more) = config::read(sources, overrides);
    problems.extend(more);
    let Some(config) = config else {
        // What the files say by themselves is known all the same.
        problems.extend(parsed(sources).1);
        problems.extend(register::Register::read(sources).1);
        return (None, diagnostic::sorted(problems));
    };
    let (words, more) = Words::new(sources, &config);
    problems.extend(more);
    let words = Arc::new(words);
    let look = config.theme.clone();
    let (theme, (site, more)) = rayon::join(|| Theme::read(sources, &words, &look), || understand(sources, config));
    let (theme, theme_problems) = theme;
    problems.extend(theme_problems);
    problems.extend(more);
    let problems = check::without_consequences(check::without_allowed(&site, problems), &site.config, sources);
    let problems = diagnostic::sorted(problems);
    (Some(Prepared { site, words, theme }), problems)
}

/// Stages 2 to 4: what the documents mean, and what is wrong with them.
pub fn understand(sources: &Sources, config: Config) -> (Site, Vec<Diagnostic>) {
    let (documents, mut problems) = parsed(sources);
    let (register, more) = register::Register::read(sources);
    problems.extend(more);
    let (editions, more) = edition::read(sources);
    problems.extend(more);
    let (mut site, more) = Site::build(config, sources, documents);
    problems.extend(more);
    site.remember(&register, editions);
    let (upstreams, more) = adaptation::read(sources);
    problems.extend(more);
    site.adaptation = adaptation::Adaptation::of(&site, upstreams);
    let (translations, more) = translation::Translations::read(&site, sources);
    site.translations = translations;
    problems.extend(more);
    problems.extend(check::check(&site, &register, sources));
    let problems = check::without_consequences(problems, &site.config, sources);
    (site, problems)
}

/// Stage 2: each Markdown file by itself.
fn parsed(sources: &Sources) -> (Vec<parse::Document>, Vec<Diagnostic>) {
    let texts: Vec<_> = sources.texts.iter().filter(|(path, _)| path.extension() == Some("md")).collect();
    let parsed: Vec<_> = texts.into_par_iter().map(|(path, text)| parse::parse(path, text)).collect();
    let (documents, problems): (_, Vec<_>) = parsed.into_iter().unzip();
    (documents, problems.concat())
}

impl Size {
    fn of(site: &Site) -> Self {
        Self {
            pages: 0,
            locales: site.config.locales.len(),
            criteria: site.ladders.iter().map(|ladder| ladder.criteria.len()).sum(),
        }
    }
}
