//! Stage 5, render: [`Site`] → [`Output`]s in memory.
//!
//! Each kind of page has one typed view below `page` and one template of the same name in the theme. A view is made by
//! a
//! function of the page's `Scene` and holds everything its template shows, so that templates decide nothing but how it
//! looks. Whole documents and elements are written by templates, rich text by `html`. Internal links are the path from
//! the page to the root of the site with the path of the other page behind it, so they hold wherever the site stands.

mod appearance;
mod category;
mod chart;
mod cite_action;
mod difference;
mod feed;
mod footnotes;
mod fragment;
mod group;
mod history;
mod html;
mod images;
mod json_ld;
mod language;
mod name;
#[cfg(feature = "serve")]
mod on_demand;
mod open_graph;
mod origin;
mod page;
mod page_context;
mod row;
mod scene;
mod search;
mod shared;
mod shortest;
mod sitemap;
#[cfg(feature = "cards")]
mod social_card;
mod terms;
mod text;
mod translated;
mod variables;

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use camino::Utf8PathBuf;
use rayon::prelude::*;

use fragment::Fragments;
#[cfg(feature = "serve")]
pub use on_demand::OnDemand;
use open_graph::Cards;
use scene::{PageProblem, Renderer};
#[cfg(feature = "cards")]
use social_card::drawn;
use typed_index_collections::TiVec;
use variables::Recorder;
pub use variables::{Shape, Variable};

use crate::data;
use crate::diagnostic::Diagnostic;
use crate::handle::LadderIndex;
use crate::interface::Words;
use crate::model::{Page, Site};
use crate::progress::Progress;
use crate::source::Pictures;
use crate::theme::Theme;
use crate::understood::Understood;
use crate::write::Output;

/// The result of rendering a site, beside its files.
pub struct Rendered {
    /// The number of pages.
    pub(crate) pages: usize,
    /// Pictures that the earlier site has already.
    pub(crate) kept: Vec<Utf8PathBuf>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// Takes the files of a site as they are rendered, in any order and from several threads.
pub(crate) type Receiver<'a> = dyn Fn(Output) + Sync + 'a;

/// Renders every page of a site and the files beside them, and their pictures where some are asked for. Each file goes
/// to the receiver as soon as it is there, so that a large site takes no more memory than a small one.
pub fn render(
    understood: &Understood,
    words: &Words,
    theme: &Theme,
    pictures: Option<&Pictures>,
    progress: &Progress,
    receiver: &Receiver<'_>,
) -> Rendered {
    render_recorded(understood, words, theme, pictures, progress, receiver, None)
}

/// Returns what each template of the theme is rendered with, as far as the site has pages of it.
pub(crate) fn shapes(understood: &Understood, words: &Words, theme: &Theme) -> BTreeMap<String, Shape> {
    let recorder = Recorder::default();
    render_recorded(understood, words, theme, None, &Progress::default(), &drop, Some(&recorder));
    recorder.into_shapes()
}

fn render_recorded(
    understood: &Understood,
    words: &Words,
    theme: &Theme,
    pictures: Option<&Pictures>,
    progress: &Progress,
    receiver: &Receiver<'_>,
    recorder: Option<&Recorder>,
) -> Rendered {
    let Understood { site, translations, adaptation, .. } = understood;
    let adaptation = adaptation.as_ref();
    let shared = shared::of_each_locale(site, words, theme.look());
    let matchers = terms::of_each_locale(site);
    let pages = Page::all(site);
    let count = pages.len();
    progress.begin(count);
    let (shared, matchers) = (&shared, &matchers);
    let lent = shared_fragments(site);
    let lent = &lent;
    let problems = Mutex::default;
    let renderer_with = |album, fragments| Renderer {
        site,
        translations,
        adaptation,
        words,
        theme,
        shared,
        matchers,
        album,
        fragments,
        shared_fragments: lent,
        recorder,
        problems: problems(),
    };
    let none = Cards::default();
    let album = &album(&renderer_with(&none, Fragments::none()), pictures, progress, receiver);
    let renderer = |fragments| renderer_with(album, fragments);
    let (of_ladders, others) = by_ladder(site, pages);
    let others = || renderer(Fragments::none()).pages(others, progress, receiver);
    // The fragments of a ladder live as long as its pages are being rendered.
    let of_ladders = || -> Vec<_> {
        let rendered = of_ladders.raw.into_par_iter().enumerate();
        let own = |ladder| if lent.contains_key(&ladder) { Fragments::none() } else { Fragments::of(site, ladder) };
        rendered.map(|(ladder, pages)| renderer(own(LadderIndex(ladder))).pages(pages, progress, receiver)).collect()
    };
    let (others, of_ladders) = rayon::join(others, of_ladders);
    let mut problems: Vec<_> = std::iter::once(others).chain(of_ladders).flatten().collect();
    let renderer = renderer(Fragments::none());
    BESIDE_PAGES.iter().flat_map(|make| make(&renderer)).for_each(receiver);
    data::files(site, &understood.register, &mut |path, bytes| receiver(Output { path: path.into(), bytes }));
    problems.extend(renderer.reported());
    let mut problems = gathered(problems);
    problems.extend(album.problem.clone());
    theme.outputs().chain(images::outputs(site)).for_each(receiver);
    Rendered { pages: count, kept: album.kept.clone(), problems }
}

/// Renderers of the files beside the pages. They are no part of the theme.
const BESIDE_PAGES: [fn(&Renderer<'_>) -> Vec<Output>; 4] =
    [chart::outputs, sitemap::outputs, feed::outputs, search::outputs];

/// The cards of a site that asks for some.
fn album(renderer: &Renderer<'_>, pictures: Option<&Pictures>, progress: &Progress, receiver: &Receiver<'_>) -> Cards {
    match (pictures, &renderer.site.config.cards) {
        (Some(pictures), Some(asked)) => drawn(renderer, asked, pictures, progress, receiver),
        _ => Cards::default(),
    }
}

#[cfg(not(feature = "cards"))]
fn drawn(_: &Renderer<'_>, asked: &crate::config::CardsConfig, _: &Pictures, _: &Progress, _: &Receiver<'_>) -> Cards {
    let message = "no page gets a card: this program was built without support for cards";
    let help = "use a release build of Rungs, build it with `--features cards`, or write `cards = false`";
    let problem = asked.place.problem(crate::diagnostic::Code::NoCard, message).help(help);
    Cards { problem: Some(problem), ..Cards::default() }
}

/// Fragments for the ladders whose criteria stand on pages of others. They live until all pages are rendered.
fn shared_fragments(site: &Site) -> HashMap<LadderIndex, Fragments> {
    let shared = site.ladders.keys().filter(|&ladder| site.inheritance.is_shown_elsewhere(ladder));
    shared.map(|ladder| (ladder, Fragments::of(site, ladder))).collect()
}

/// One problem for each fault of the theme, however many pages it breaks.
fn gathered(problems: Vec<PageProblem>) -> Vec<Diagnostic> {
    let mut pages: BTreeMap<_, Vec<PageProblem>> = BTreeMap::new();
    for (page, problem) in problems {
        let fault = (problem.label.place.clone(), problem.message.clone());
        pages.entry(fault).or_default().push((page, problem));
    }
    let one = |met: Vec<PageProblem>| {
        let others = met.len() - 1;
        let (page, problem) = met.into_iter().min_by(|a, b| a.0.cmp(&b.0))?;
        let is_file = [".svg", ".xml"].iter().any(|end| page.ends_with(end));
        let place = if is_file { format!("in /{page}") } else { format!("on the page /{page}") };
        Some(problem.label(match others {
            0 => place,
            others => format!("{place} and {others} more"),
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

impl Renderer<'_> {
    /// Renders pages on all cores. Returns what is wrong with some of them.
    fn pages(self, pages: Vec<Page>, progress: &Progress, receiver: &Receiver<'_>) -> Vec<PageProblem> {
        let render = |page: Page| {
            let rendered = self.page(page).map(receiver);
            progress.step();
            rendered.err().map(|problem| (page.path(self.site), *problem))
        };
        let mut problems: Vec<_> = pages.into_par_iter().filter_map(render).collect();
        problems.extend(self.reported());
        problems
    }

    fn page(&self, page: Page) -> Result<Output, Box<Diagnostic>> {
        self.with_scene(page, |scene| {
            let (template, context) = page::view(scene);
            self.render(&template, scene.path, &context)
        })
    }
}
