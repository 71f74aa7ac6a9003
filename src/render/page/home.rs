//! The pages one comes in by: the root, the home of a locale, and the page for addresses that lead nowhere.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::{NoteGroupView, NoteLink, note_groups};
use crate::handle::{LadderIndex, LevelAt};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, Subject};
use crate::render::name::{CategoryName, LevelName};
use crate::render::page_context::PageContext;
use crate::render::row::CriterionRow;
use crate::render::scene::Scene;
use crate::render::shared::{FEW, index_path};
use crate::render::text::Text;

/// The choice of languages. Its scripts lead on to the one last chosen, or that the browser asks for.
#[derive(Serialize)]
pub(crate) struct RootView {
    #[serde(flatten)]
    frame: PageContext,
    titles: Vec<Text>,
}

#[derive(Serialize)]
pub(crate) struct NotFoundView {
    #[serde(flatten)]
    frame: PageContext,
    /// In each language: what to say, and the ways on.
    languages_here: Vec<NotFoundPart>,
}

#[derive(Serialize)]
struct NotFoundPart {
    locale: usize,
    language: String,
    direction: &'static str,
    /// As it stands in addresses.
    slug: String,
    home: String,
    site_title: String,
    search: String,
    /// The file that the search loads.
    search_index: String,
    /// The levels of the only ladder, or the ladders.
    links: Value,
}

/// The site in one language.
#[derive(Serialize)]
pub(crate) struct HomeView {
    #[serde(flatten)]
    frame: PageContext,
    ladders: Vec<HomeLadder>,
    /// All ladders by name, where there are more than fit on a page at length.
    list: Vec<ListedLadder>,
    note_groups: Vec<NoteGroupView>,
}

#[derive(Serialize)]
struct ListedLadder {
    title: Text,
    path: String,
    levels: usize,
    criteria: usize,
}

#[derive(Serialize)]
struct HomeLadder {
    title: Text,
    path: String,
    levels: Vec<LevelName>,
    categories: Vec<CategoryName>,
    /// Whether each level has criteria in each of them.
    same_categories: bool,
    criteria: usize,
    threads: usize,
    accumulates: bool,
    /// The first criterion, to show what an id looks like.
    example: Option<CriterionRow>,
    /// The notes about any of its levels, such as how to read it.
    guides: Vec<NoteLink>,
    links: Value,
}

framed!(RootView, NotFoundView, HomeView);

pub(crate) fn root(scene: &Scene<'_>) -> RootView {
    let config = &scene.site.config;
    let title = config.title.source().clone();
    let description = config.description.source().clone();
    let text = |locale| {
        let (title, actual) = config.title.read(locale);
        Text { text: title.clone(), language: Some(config.locale(actual).language.clone()) }
    };
    let titles = config.locale_indices().map(text).collect();
    RootView { frame: PageContext::of(scene, "root", title, description), titles }
}

pub(crate) fn not_found(scene: &Scene<'_>) -> NotFoundView {
    let title = scene.word("not-found.title").to_owned();
    let mut frame = PageContext::of(scene, "not-found", title, String::new());
    frame.hidden = true;
    let part = |locale: LocaleIndex| NotFoundPart {
        locale: locale.0,
        language: scene.site.config.locale(locale).language.clone(),
        direction: scene.site.config.locale(locale).direction.name(),
        slug: scene.site.config.locale(locale).slug.clone(),
        home: Page::In(locale, LocalePage::Home).path(scene.site),
        site_title: scene.site.config.title.read(locale).0.clone(),
        search: Page::In(locale, LocalePage::Search).path(scene.site),
        search_index: index_path(scene.site, locale),
        links: scene.renderer.shared[locale].navigation(None),
    };
    NotFoundView { frame, languages_here: scene.site.config.locale_indices().map(part).collect() }
}

pub(crate) fn home(scene: &Scene<'_>) -> HomeView {
    let config = &scene.site.config;
    let title = config.title.read(scene.locale).0.clone();
    let frame = PageContext::of(scene, "home", title, config.description.read(scene.locale).0.clone());
    let (few, many) = match scene.site.ladders.keys() {
        all if all.len() > FEW => (None, Some(all)),
        all => (Some(all), None),
    };
    let ladders = few.into_iter().flatten().map(|ladder| home_ladder(scene, ladder)).collect();
    let list = many.into_iter().flatten().map(|ladder| listed_ladder(scene, ladder)).collect();
    HomeView { frame, ladders, list, note_groups: note_groups(scene) }
}

fn listed_ladder(scene: &Scene<'_>, ladder: LadderIndex) -> ListedLadder {
    let ladder_data = &scene.site[ladder];
    ListedLadder {
        title: Text::of(scene, &ladder_data.title),
        path: scene.of_ladder(ladder, LadderPage::Whole).path(scene.site),
        levels: ladder_data.levels.len(),
        criteria: ladder_data.criteria.len(),
    }
}

fn home_ladder(scene: &Scene<'_>, ladder: LadderIndex) -> HomeLadder {
    let ladder_data = &scene.site[ladder];
    let guides = scene.site.notes.iter_enumerated().filter(|(_, note)| {
        let about_levels =
            |subject: &&Subject| matches!(subject, Subject::Level(LevelAt { ladder: at, .. }) if *at == ladder);
        note.about.iter().filter(about_levels).count() == ladder_data.levels.len()
    });
    HomeLadder {
        title: Text::of(scene, &ladder_data.title),
        path: scene.of_ladder(ladder, LadderPage::Whole).path(scene.site),
        levels: ladder_data.levels.keys().map(|level| LevelName::of(scene, level.of(ladder))).collect(),
        categories: ladder_data.categories.keys().map(|at| CategoryName::of(scene, at.of(ladder), None)).collect(),
        same_categories: ladder_data
            .levels
            .keys()
            .all(|level| ladder_data.categories_of(level).len() == ladder_data.categories.len()),
        criteria: ladder_data.criteria.len(),
        threads: ladder_data.threads.len(),
        accumulates: ladder_data.config.levels_accumulate,
        example: ladder_data.criteria.first_key().map(|first| CriterionRow::alone(scene, first.of(ladder))),
        guides: guides.map(|(note, _)| NoteLink::of(scene, note)).collect(),
        links: scene.renderer.shared[scene.locale].navigation(Some(ladder)),
    }
}
