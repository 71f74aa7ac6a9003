//! A ladder as it reads now, beside one of its editions: row by row, with what has become of each criterion.

use serde::Serialize;
use tera::Value;

use super::edition::EditionReader;
use super::framed;
use crate::edition::{At, Change, reads_alike};
use crate::handle::{CategoryIndex, CriterionAt, EditionIndex, LadderIndex, LevelAt};
use crate::model::{EditionPage, Page};
use crate::render::fragment::CriterionForm;
use crate::render::history::{EditionLink, HistoryEntry, level_at};
use crate::render::name::{CategoryName, LevelName};
use crate::render::page_context::PageContext;
use crate::render::row;
use crate::render::scene::Scene;
use crate::render::text::{Link, ProseView};

#[derive(Serialize)]
pub(crate) struct SinceView {
    #[serde(flatten)]
    frame: PageContext,
    edition: EditionLink,
    levels: Vec<LevelDiff>,
    /// Criteria of the edition that the ladder no longer has.
    gone: Vec<GoneRow>,
}

#[derive(Serialize)]
struct LevelDiff {
    level: LevelName,
    categories: Vec<CategoryDiff>,
}

#[derive(Serialize)]
struct CategoryDiff {
    category: CategoryName,
    rows: Vec<SinceRow>,
}

#[derive(Serialize)]
struct SinceRow {
    slug: String,
    /// The criterion as it is now, with its id.
    now: Value,
    /// As it was. None if the edition does not hold it.
    then: Option<EarlierCriterion>,
}

#[derive(Serialize)]
struct EarlierCriterion {
    /// None where it reads as it does now.
    statement: Option<ProseView>,
    detail: Option<ProseView>,
    /// Its level in the edition, where that is another one.
    level: Option<String>,
    /// Its frozen page.
    path: String,
}

#[derive(Serialize)]
struct GoneRow {
    id: String,
    slug: String,
    /// Its permanent page, which says what became of it.
    path: String,
    statement: ProseView,
    level: String,
    moment: Option<HistoryEntry>,
}

framed!(SinceView);

pub(crate) fn view(scene: &Scene<'_>, ladder: LadderIndex, edition: EditionIndex) -> SinceView {
    let ladder_data = &scene.site[ladder];
    let link = EditionLink::of(scene.site, edition, None).expect("pages are made of editions that are there");
    let values = [("edition", link.name.as_str()), ("ladder", ladder_data.title.read(scene.locale).0)];
    let title = scene.phrase("since.title", &values);
    let description = scene.phrase("since.description", &values);
    let mut frame = PageContext::of(scene, "since", title, description);
    let reader =
        EditionReader::of_ladder(scene, edition, ladder).expect("pages are made of editions that hold the ladder");
    let levels = ladder_data.levels.keys().map(|level| level_since(scene, &reader, level.of(ladder)));
    let levels: Vec<_> = levels.collect();
    let gone = gone_since(scene, &reader, ladder);
    frame.contents = levels
        .iter()
        .map(|part| Link { title: part.level.name.clone(), href: format!("#{}", part.level.slug) })
        .collect();
    SinceView { edition: link, levels, gone, frame }
}

fn level_since(scene: &Scene<'_>, reader: &EditionReader<'_>, level: LevelAt) -> LevelDiff {
    let ladder_data = &scene.site[level.ladder];
    let category = |category: CategoryIndex| {
        let rows = ladder_data.criteria_of(level.level).filter(|(_, criterion)| criterion.category == category);
        CategoryDiff {
            category: CategoryName::of(scene, category.of(level.ladder), Some(level)),
            rows: rows.map(|(at, _)| row_since(scene, reader, at.of(level.ladder))).collect(),
        }
    };
    LevelDiff {
        level: LevelName::of(scene, level),
        categories: ladder_data.categories_of(level.level).into_iter().map(category).collect(),
    }
}

fn row_since(scene: &Scene<'_>, reader: &EditionReader<'_>, criterion: CriterionAt) -> SinceRow {
    let id = &scene.site[criterion].id;
    SinceRow {
        slug: id.slug(),
        now: row::fragment(scene, CriterionForm::Cell, criterion),
        then: reader.place(id).map(|place| then_since(scene, reader, criterion, place)),
    }
}

fn then_since(scene: &Scene<'_>, reader: &EditionReader<'_>, now: CriterionAt, at: At) -> EarlierCriterion {
    let id = &scene.site[now].id;
    let (_, criterion) = reader.released.frozen.at(at);
    let tag = &reader.locale.tag;
    let present = scene.site.history.present.as_ref();
    let now = present.map(|present| present.at(At { ladder: now.ladder, criterion: now.criterion }).1);
    let is_same = now.is_some_and(|now| reads_alike(criterion, now, tag));
    let moved = scene.site.history.changes_since(id, reader.edition).any(|(_, change): (_, &Change)| change.moved);
    EarlierCriterion {
        statement: reader.words(&criterion.statement).filter(|_| !is_same),
        detail: reader.blocks(&criterion.detail).filter(|_| !is_same),
        level: moved.then(|| level_at(&reader.released.frozen, at, tag)),
        path: Page::Edition(reader.edition, EditionPage::Criterion(at)).path(scene.site),
    }
}

fn gone_since(scene: &Scene<'_>, reader: &EditionReader<'_>, ladder: LadderIndex) -> Vec<GoneRow> {
    let ladder_data = &scene.site[ladder];
    let gone = reader.ladder.criteria.iter().filter(|then| !ladder_data.criteria.iter().any(|now| now.id == then.id));
    let row = |criterion: &crate::edition::FrozenCriterion| {
        let last = scene.site.history.changes_since(&criterion.id, reader.edition).last();
        let level = reader.place(&criterion.id).map(|at| level_at(&reader.released.frozen, at, &reader.locale.tag));
        GoneRow {
            id: criterion.id.to_string(),
            slug: criterion.id.slug(),
            path: scene.permanent_path(&criterion.id.slug()),
            statement: reader.words(&criterion.statement).unwrap_or_else(ProseView::empty),
            level: level.unwrap_or_default(),
            moment: last.map(|(release, change)| HistoryEntry::of(scene, release, change)),
        }
    };
    gone.map(row).collect()
}
