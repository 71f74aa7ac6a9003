//! Two languages, aligned row by row.

use serde::Serialize;

use super::framed;
use crate::handle::{CategoryIndex, CriterionAt, LadderIndex, LevelAt};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, Page};
use crate::render::name::{CategoryName, LevelName};
use crate::render::page_context::PageContext;
use crate::render::row::CriterionRow;
use crate::render::scene::{Scene, anchored};
use crate::render::text::{Link, ProseView, Text};
use crate::render::translated::aligned;
use crate::translation::Passage;

#[derive(Serialize)]
pub(crate) struct BesideView {
    #[serde(flatten)]
    frame: PageContext,
    here: LanguageSide,
    there: LanguageSide,
    views: Vec<View>,
    preface: Vec<(ProseView, ProseView)>,
    levels: Vec<SideBySideLevel>,
    prose: Vec<ProsePair>,
}

/// A way to read a text: in one language, or with another one beside it.
#[derive(Serialize)]
pub(crate) struct View {
    title: String,
    href: String,
    current: bool,
}

/// One of the two languages.
#[derive(Serialize)]
pub(crate) struct LanguageSide {
    locale: usize,
    language: String,
    direction: &'static str,
    name: String,
    title: Text,
}

#[derive(Serialize)]
struct SideBySideLevel {
    names: (LevelName, LevelName),
    summary: Vec<(ProseView, ProseView)>,
    categories: Vec<SideBySideCategory>,
}

#[derive(Serialize)]
struct SideBySideCategory {
    names: (CategoryName, CategoryName),
    prose: Vec<(ProseView, ProseView)>,
    rows: Vec<(CriterionRow, CriterionRow)>,
}

/// A section without criteria, in the languages that have it.
#[derive(Serialize)]
struct ProsePair {
    titles: (ProseView, ProseView),
    anchor: String,
    /// Anchors that it had before.
    former: Vec<String>,
    rows: Vec<(ProseView, ProseView)>,
}

framed!(BesideView);

pub(crate) fn view(scene: &Scene<'_>, ladder: LadderIndex, other: LocaleIndex) -> BesideView {
    let ladder_data = &scene.site[ladder];
    let values = [("language", scene.name_of_language(other)), ("ladder", ladder_data.title.read(scene.locale).0)];
    let title = scene.phrase("beside.title", &values);
    let description = scene.phrase("beside.description", &values);
    let mut frame = PageContext::of(scene, "beside", title, description);
    let levels: Vec<_> = ladder_data.levels.keys().map(|level| level_beside(scene, level.of(ladder), other)).collect();
    frame.contents = levels
        .iter()
        .map(|part| Link { title: part.names.0.name.clone(), href: format!("#{}", part.names.0.slug) })
        .collect();
    BesideView {
        here: side(scene, ladder),
        there: side(&scene.read_in(other), ladder),
        views: views(scene, ladder),
        preface: pairs(scene, Passage::Preface { ladder }, other),
        levels,
        prose: prose_beside(scene, ladder, other),
        frame,
    }
}

fn side(scene: &Scene<'_>, ladder: LadderIndex) -> LanguageSide {
    let (heading, actual) = scene.site[ladder].heading.read(scene.locale);
    side_of(scene, heading, actual)
}

/// Returns one of two languages, with what a text is called in it.
pub(crate) fn side_of(scene: &Scene<'_>, title: &str, actual: LocaleIndex) -> LanguageSide {
    let locale_config = scene.site.config.locale(scene.locale);
    LanguageSide {
        locale: scene.locale.0,
        language: locale_config.language.clone(),
        direction: locale_config.direction.name(),
        name: scene.language_name(),
        title: Text { text: title.to_owned(), language: scene.foreign(actual) },
    }
}

fn level_beside(scene: &Scene<'_>, level: LevelAt, other: LocaleIndex) -> SideBySideLevel {
    let ladder_data = &scene.site[level.ladder];
    let there = &scene.read_in(other);
    let category_part = |category: CategoryIndex| {
        let name = |scene| CategoryName::of(scene, category.of(level.ladder), Some(level));
        let on_both =
            |criterion: CriterionAt| (CriterionRow::alone(scene, criterion), CriterionRow::alone(there, criterion));
        let criteria = ladder_data.criteria_of(level.level).filter(|(_, criterion)| criterion.category == category);
        SideBySideCategory {
            names: (name(scene), name(there)),
            prose: pairs(scene, Passage::Category { ladder: level.ladder, level: level.level, category }, other),
            rows: criteria.map(|(at, _)| on_both(at.of(level.ladder))).collect(),
        }
    };
    SideBySideLevel {
        names: (LevelName::of(scene, level), LevelName::of(there, level)),
        summary: pairs(scene, Passage::Summary(level), other),
        categories: ladder_data.categories_of(level.level).into_iter().map(category_part).collect(),
    }
}

/// Returns the ways to read a ladder, the page among them. None if the site has one language.
pub(crate) fn views(scene: &Scene<'_>, ladder: LadderIndex) -> Vec<View> {
    views_of(scene, scene.of_ladder(ladder, LadderPage::Whole), sides(scene, ladder))
}

/// Returns the ways to read a level, the page among them: beside another language it is a part of its ladder.
pub(crate) fn views_of_level(scene: &Scene<'_>, level: LevelAt) -> Vec<View> {
    let beside = sides(scene, level.ladder).into_iter();
    let beside = beside.map(|side| Side { anchor: Some(scene.site[level].slug.clone()), ..side });
    views_of(scene, Page::of_level(scene.locale, level), beside.collect())
}

/// A page that shows a text beside another language.
pub(crate) struct Side {
    pub(crate) other: LocaleIndex,
    pub(crate) page: Page,
    /// The part of the page that shows the text, if it is not the whole.
    pub(crate) anchor: Option<String>,
}

fn sides(scene: &Scene<'_>, ladder: LadderIndex) -> Vec<Side> {
    let others = scene.site.names.beside_ladder(ladder, scene.locale).into_iter();
    let page = |other| scene.of_ladder(ladder, LadderPage::Beside { other, interleaved: false });
    others.map(|other| Side { other, page: page(other), anchor: None }).collect()
}

/// Returns the ways to read a text: alone, or with another language.
pub(crate) fn views_of(scene: &Scene<'_>, alone: Page, sides: Vec<Side>) -> Vec<View> {
    let view = |page: Page, anchor: Option<String>, title: String| {
        let href = anchored(scene.href(page), anchor);
        View { title, href, current: page == scene.page }
    };
    let with_other = sides.into_iter().map(|Side { other, page, anchor }| {
        let values = [("language", scene.name_of_language(other))];
        view(page, anchor, scene.phrase("view.beside", &values))
    });
    let with_other: Vec<_> = with_other.collect();
    let alone = (!with_other.is_empty()).then(|| view(alone, None, scene.word("view.one").to_owned()));
    alone.into_iter().chain(with_other).collect()
}

/// Returns a passage of a ladder in two languages, as rows.
fn pairs(scene: &Scene<'_>, passage: Passage, other: LocaleIndex) -> Vec<(ProseView, ProseView)> {
    aligned(scene, passage, other).into_iter().map(|row| row.pair).collect()
}

/// Returns the sections without criteria, each with its rows.
fn prose_beside(scene: &Scene<'_>, ladder: LadderIndex, other: LocaleIndex) -> Vec<ProsePair> {
    let history = &scene.site.history;
    let anchors = history.headings.of_ladder(ladder).anchors(scene.locale);
    let mut pairs: Vec<ProsePair> = Vec::new();
    for row in aligned(scene, Passage::Sections { ladder }, other) {
        match pairs.last_mut().filter(|_| !row.is_heading) {
            Some(pair) => pair.rows.push(row.pair),
            None => {
                let anchor = row.section.and_then(|at| anchors.get(at).cloned()).unwrap_or_default();
                let former = history.former_anchors(scene.page, &anchor).to_vec();
                pairs.push(ProsePair { titles: row.pair, anchor, former, rows: Vec::new() });
            }
        }
    }
    pairs
}
