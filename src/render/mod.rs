//! Stage 5, render: [`Site`] → [`Output`]s in memory.
//!
//! Each kind of page has one typed view below `page` and one template of the same name in the theme. A view holds
//! everything its template shows, so that templates decide nothing but how it looks. Internal links are the path from
//! the page to the root of the site with the path of the other page behind it, so they hold wherever the site stands.

mod appearance;
#[cfg(feature = "images")]
mod card;
mod chart;
mod data;
mod difference;
mod feed;
mod fragment;
mod frame;
mod html;
mod json_ld;
mod machine;
mod on_demand;
mod open_graph;
mod origin;
mod page;
mod past;
mod row;
mod search;
mod shared;
mod terms;
mod translated;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use camino::Utf8PathBuf;
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use fragment::Fragments;
#[cfg(feature = "serve")]
pub(crate) use html::escape;
pub use on_demand::OnDemand;
use open_graph::Album;

use crate::Progress;
use crate::diagnostic::Diagnostic;
use crate::glossary::Matcher;
use crate::interface::Words;
use crate::model::{Page, Site};
use crate::source::Pictures;
use crate::theme::Theme;
use crate::write::Output;

/// What came of rendering a site.
pub struct Rendered {
    pub outputs: Vec<Output>,
    /// Pictures that the earlier site has already.
    pub kept: Vec<Utf8PathBuf>,
    pub problems: Vec<Diagnostic>,
}

/// Renders every page of a site and the files beside them, and their pictures where some are asked for.
pub fn render(site: &Site, words: &Words, theme: &Theme, pictures: Option<&Pictures>, progress: &Progress) -> Rendered {
    let shared = shared::of_each_locale(site, words, theme.look());
    let matchers = terms::of_each_locale(site);
    let pages = Page::all(site);
    progress.begin(pages.len());
    let mut album = album(site, words, pictures, progress);
    let drawn = std::mem::take(&mut album.drawn);
    let (shared, matchers, album) = (&shared, &matchers, &album);
    let lent = lent(site);
    let lent = &lent;
    let problems = Mutex::default;
    let renderer =
        |fragments| Renderer { site, words, theme, shared, matchers, album, fragments, lent, problems: problems() };
    let (of_ladders, others) = by_ladder(site, pages);
    let others = || renderer(Fragments::none()).pages(others, progress);
    // The fragments of a ladder live as long as its pages are being rendered.
    let of_ladders = || -> Vec<_> {
        let rendered = of_ladders.into_par_iter().enumerate();
        let own = |ladder| if lent.contains_key(&ladder) { Fragments::none() } else { Fragments::of(site, ladder) };
        rendered.map(|(ladder, pages)| renderer(own(ladder)).pages(pages, progress)).collect()
    };
    let (others, of_ladders) = rayon::join(others, of_ladders);
    let mut outputs = Vec::with_capacity(progress.total() as usize + 16);
    outputs.extend(drawn);
    let mut problems = Vec::new();
    for (rendered, found) in std::iter::once(others).chain(of_ladders) {
        outputs.extend(rendered);
        problems.extend(found);
    }
    let mut problems = gathered(problems);
    problems.extend(album.problem.clone());
    let renderer = renderer(Fragments::none());
    outputs.extend(BESIDE_PAGES.iter().flat_map(|make| make(&renderer)));
    outputs.extend(theme.outputs());
    Rendered { outputs, kept: album.kept.clone(), problems }
}

/// What makes the files beside the pages, and is no part of the theme.
const BESIDE_PAGES: [fn(&Renderer<'_>) -> Vec<Output>; 5] = [
    |renderer| chart::outputs(renderer.site, renderer.words),
    |renderer| machine::outputs(renderer).into(),
    feed::outputs,
    |renderer| data::outputs(renderer.site).collect(),
    search::outputs,
];

/// The pictures of a site, if some are asked for.
#[cfg(feature = "images")]
fn album(site: &Site, words: &Words, pictures: Option<&Pictures>, progress: &Progress) -> Album {
    let pictures = pictures.filter(|_| site.config.images);
    pictures.map(|pictures| Album::of(site, words, pictures, progress)).unwrap_or_default()
}

#[cfg(not(feature = "images"))]
fn album(_: &Site, _: &Words, _: Option<&Pictures>, _: &Progress) -> Album {
    Album::default()
}

/// Fragments for the ladders whose criteria stand on pages of others. They live until all pages are rendered.
fn lent(site: &Site) -> HashMap<usize, Fragments> {
    let lent = (0..site.ladders.len()).filter(|&ladder| site.kinship.is_lent(ladder));
    lent.map(|ladder| (ladder, Fragments::of(site, ladder))).collect()
}

/// A problem with the address of the page it was met on.
type Met = (String, Diagnostic);

/// One problem for each fault of the theme, however many pages it breaks.
fn gathered(problems: Vec<Met>) -> Vec<Diagnostic> {
    let mut pages: BTreeMap<_, Vec<Met>> = BTreeMap::new();
    for (page, problem) in problems {
        let fault = (problem.label.place.clone(), problem.message.clone());
        pages.entry(fault).or_default().push((page, problem));
    }
    let one = |met: Vec<Met>| {
        let others = met.len() - 1;
        let (page, problem) = met.into_iter().min_by(|a, b| a.0.cmp(&b.0))?;
        Some(problem.label(match others {
            0 => say!("on the page /%{page}", page),
            others => say!("on the page /%{page} and %{others} more", page, others),
        }))
    };
    pages.into_values().filter_map(one).collect()
}

/// The pages of each ladder, and those that belong to none.
fn by_ladder(site: &Site, pages: Vec<Page>) -> (Vec<Vec<Page>>, Vec<Page>) {
    let mut of_ladders: Vec<_> = site.ladders.iter().map(|_| Vec::new()).collect();
    let mut others = Vec::new();
    for page in pages {
        page.ladder().map_or(&mut others, |ladder| &mut of_ladders[ladder]).push(page);
    }
    (of_ladders, others)
}

/// Everything that the template of one page shows.
trait View: Serialize {
    /// Which kind of page it is: the name of its template.
    fn kind(&self) -> &'static str;
}

/// What every page is rendered with.
struct Renderer<'a> {
    site: &'a Site,
    words: &'a Words,
    theme: &'a Theme,
    /// For each locale what all its pages share.
    shared: &'a [Value],
    album: &'a Album,
    /// For each locale what finds the terms of the glossary in its texts.
    matchers: &'a [Matcher],
    /// What the pages of one ladder share.
    fragments: Fragments,
    /// What pages of several ladders share, by the ladder that it is of.
    lent: &'a HashMap<usize, Fragments>,
    /// What went wrong in fragments.
    problems: Mutex<Vec<Met>>,
}

impl Renderer<'_> {
    /// Renders pages on all cores.
    fn pages(self, pages: Vec<Page>, progress: &Progress) -> (Vec<Output>, Vec<Met>) {
        let render = |page| {
            let rendered = self.page(page);
            progress.step();
            (page, rendered)
        };
        let rendered: Vec<_> = pages.into_par_iter().map(render).collect();
        let (mut outputs, mut problems) = (Vec::with_capacity(rendered.len()), Vec::new());
        for (page, rendered) in rendered {
            match rendered {
                Ok(output) => outputs.push(output),
                Err(problem) => problems.push((page.path(self.site), *problem)),
            }
        }
        problems.extend(self.problems.into_inner().unwrap_or_else(PoisonError::into_inner));
        (outputs, problems)
    }

    /// Reports what went wrong in a fragment, which belongs to no page alone.
    fn report(&self, component: &str, problem: Diagnostic) {
        self.problems
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((say!("… with `%{component}`", component), problem));
    }

    fn page(&self, page: Page) -> Result<Output, Box<Diagnostic>> {
        match page {
            Page::Root => self.output(page, &self.root()),
            Page::NotFound => self.output(page, &self.not_found()),
            Page::Home(locale) => self.output(page, &self.home(locale)),
            Page::Ladder { locale, ladder } => self.output(page, &self.ladder(locale, ladder)),
            Page::Level { locale, ladder, level } => self.output(page, &self.level(locale, ladder, level)),
            Page::Matrix { locale, ladder } => self.output(page, &self.matrix(locale, ladder)),
            Page::Compare { locale, ladder, lower, higher } => {
                self.output(page, &self.compare(locale, ladder, lower, higher))
            }
            Page::CompareLadders { locale, ladder, level, other, opposite } => {
                self.output(page, &self.compare_ladders(locale, (ladder, level), (other, opposite)))
            }
            Page::SharedThread { locale, thread } => self.output(page, &self.shared_thread(locale, thread)),
            Page::Threads { locale, ladder } => self.output(page, &self.threads(locale, ladder)),
            Page::Beside { locale, ladder, other, interleaved } => {
                self.output(page, &self.beside(locale, ladder, other, interleaved))
            }
            Page::Notes(locale) => self.output(page, &self.notes(locale)),
            Page::Pages { locale, collection } => self.output(page, &self.pages_of(locale, collection)),
            Page::Note { locale, note } => self.output(page, &self.note(locale, note)),
            Page::Glossary(locale) => self.output(page, &self.glossary(locale)),
            Page::NoteBeside { locale, note, other, interleaved } => {
                self.output(page, &self.note_beside(locale, note, other, interleaved))
            }
            Page::Translation(locale) => self.output(page, &self.translation(locale)),
            Page::Licence(locale) => self.output(page, &self.licence(locale)),
            Page::Search(locale) => self.output(page, &self.search(locale)),
            Page::Criterion { ladder, criterion } => self.output(page, &self.criterion(ladder, criterion)),
            Page::Withdrawn(withdrawn) => self.output(page, &self.withdrawn(withdrawn)),
            Page::Since { locale, ladder, edition } => self.output(page, &self.since(locale, ladder, edition)),
            Page::Changes(locale) => self.output(page, &self.changes(locale)),
            Page::Edition(edition) => self.output(page, &self.edition(edition)),
            Page::EditionLadder { edition, locale, ladder } => {
                self.output(page, &self.edition_ladder(edition, locale, ladder))
            }
            Page::EditionCriterion { edition, at } => self.output(page, &self.edition_criterion(edition, at)),
            Page::Former(former) => self.output(page, &self.former(former)),
        }
    }

    /// Renders a view with the template of its kind.
    fn output<V: View>(&self, page: Page, view: &V) -> Result<Output, Box<Diagnostic>> {
        let path = page.path(self.site);
        let context = Context::from_serialize(view).expect("views hold nothing but texts, numbers and lists of them");
        let template = format!("{}.html", view.kind());
        let bytes = self.theme.render(&template, &context)?;
        Ok(Output { path: file_of(&path), bytes })
    }
}

/// The file at an address: that of a folder is its index.
fn file_of(path: &str) -> Utf8PathBuf {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html").into() } else { path.into() }
}
