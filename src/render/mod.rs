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
#[cfg(feature = "serve")]
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
pub use on_demand::OnDemand;
use open_graph::Album;
use typed_index_collections::TiVec;

use crate::adaptation::Adaptation;
use crate::config::Collection;
use crate::diagnostic::Diagnostic;
use crate::glossary::Matcher;
use crate::handle::LadderIndex;
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, LadderPage, LocalePage, NotePage, Page, Site};
use crate::progress::Progress;
use crate::source::Pictures;
use crate::theme::Theme;
use crate::translation::Translations;
use crate::understood::Understood;
use crate::write::Output;

/// What came of rendering a site.
pub struct Rendered {
    pub(crate) outputs: Vec<Output>,
    /// Pictures that the earlier site has already.
    pub(crate) kept: Vec<Utf8PathBuf>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// Renders every page of a site and the files beside them, and their pictures where some are asked for.
pub fn render(
    understood: &Understood,
    words: &Words,
    theme: &Theme,
    pictures: Option<&Pictures>,
    progress: &Progress,
) -> Rendered {
    let Understood { site, translations, adaptation, .. } = understood;
    let adaptation = adaptation.as_ref();
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
    let renderer = |fragments| Renderer {
        site,
        translations,
        adaptation,
        words,
        theme,
        shared,
        matchers,
        album,
        fragments,
        lent,
        problems: problems(),
    };
    let (of_ladders, others) = by_ladder(site, pages);
    let others = || renderer(Fragments::none()).pages(others, progress);
    // The fragments of a ladder live as long as its pages are being rendered.
    let of_ladders = || -> Vec<_> {
        let rendered = of_ladders.raw.into_par_iter().enumerate();
        let own = |ladder| if lent.contains_key(&ladder) { Fragments::none() } else { Fragments::of(site, ladder) };
        rendered.map(|(ladder, pages)| renderer(own(LadderIndex(ladder))).pages(pages, progress)).collect()
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
fn lent(site: &Site) -> HashMap<LadderIndex, Fragments> {
    let lent = site.ladders.keys().filter(|&ladder| site.kinship.is_lent(ladder));
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
            0 => format!("on the page /{page}"),
            others => format!("on the page /{page} and {others} more"),
        }))
    };
    pages.into_values().filter_map(one).collect()
}

/// The pages of each ladder, and those that belong to none.
fn by_ladder(site: &Site, pages: Vec<Page>) -> (TiVec<LadderIndex, Vec<Page>>, Vec<Page>) {
    let mut of_ladders: TiVec<LadderIndex, _> = site.ladders.iter().map(|_| Vec::new()).collect();
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
    translations: &'a Translations,
    adaptation: Option<&'a Adaptation>,
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
    lent: &'a HashMap<LadderIndex, Fragments>,
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
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).push((format!("… with `{component}`"), problem));
    }

    fn page(&self, page: Page) -> Result<Output, Box<Diagnostic>> {
        match page {
            Page::Root => self.output(page, &self.root()),
            Page::NotFound => self.output(page, &self.not_found()),
            Page::In(locale, local) => self.local_page(page, locale, local),
            Page::Criterion(criterion) => self.output(page, &self.criterion(criterion)),
            Page::Withdrawn(withdrawn) => self.output(page, &self.withdrawn(withdrawn)),
            Page::Edition(edition, EditionPage::Whole) => self.output(page, &self.edition(edition)),
            Page::Edition(edition, EditionPage::Ladder { locale, ladder }) => {
                self.output(page, &self.edition_ladder(edition, locale, ladder))
            }
            Page::Edition(edition, EditionPage::Criterion(at)) => {
                self.output(page, &self.edition_criterion(edition, at))
            }
            Page::Former(former) => self.output(page, &self.former(former)),
        }
    }

    fn local_page(&self, page: Page, locale: LocaleIndex, local: LocalePage) -> Result<Output, Box<Diagnostic>> {
        match local {
            LocalePage::Home => self.output(page, &self.home(locale)),
            LocalePage::Ladder(ladder, of) => match of {
                LadderPage::Whole => self.output(page, &self.ladder(locale, ladder)),
                LadderPage::Level(level) => self.output(page, &self.level(locale, level.of(ladder))),
                LadderPage::Matrix => self.output(page, &self.matrix(locale, ladder)),
                LadderPage::Threads => self.output(page, &self.threads(locale, ladder)),
                LadderPage::Compare { lower, higher } => {
                    self.output(page, &self.compare(locale, ladder, lower, higher))
                }
                LadderPage::Across { level, other, opposite } => {
                    self.output(page, &self.compare_ladders(locale, level.of(ladder), opposite.of(other)))
                }
                LadderPage::Beside { other, interleaved } => {
                    self.output(page, &self.beside(locale, ladder, other, interleaved))
                }
                LadderPage::Since(edition) => self.output(page, &self.since(locale, ladder, edition)),
            },
            LocalePage::SharedThread(thread) => self.output(page, &self.shared_thread(locale, thread)),
            LocalePage::Collection(Collection::NOTES) => self.output(page, &self.notes(locale)),
            LocalePage::Collection(collection) => self.output(page, &self.pages_of(locale, collection)),
            LocalePage::Note(note, NotePage::Whole) => self.output(page, &self.note(locale, note)),
            LocalePage::Note(note, NotePage::Beside { other, interleaved }) => {
                self.output(page, &self.note_beside(locale, note, other, interleaved))
            }
            LocalePage::Glossary => self.output(page, &self.glossary(locale)),
            LocalePage::Translation => self.output(page, &self.translation(locale)),
            LocalePage::Licence => self.output(page, &self.licence(locale)),
            LocalePage::Search => self.output(page, &self.search(locale)),
            LocalePage::Changes => self.output(page, &self.changes(locale)),
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
