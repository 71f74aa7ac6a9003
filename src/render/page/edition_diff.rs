//! A ladder as it reads now, beside one of its editions: row by row, with what has become of each criterion.

use serde::Serialize;
use tera::Value;

use super::edition::EditionReader;
use super::framed;
use crate::edition::{At, Change, reads_alike};
use crate::handle::{CriterionAt, EditionIndex, LadderIndex, LevelAt};
use crate::model::{EditionPage, Page};
use crate::render::difference::marked;
use crate::render::fragment::CriterionForm;
use crate::render::history::{EditionLink, HistoryEntry, level_at};
use crate::render::name::{CategoryName, LevelName};
use crate::render::page_context::PageContext;
use crate::render::row::{self, CriterionRow};
use crate::render::scene::Scene;
use crate::render::text::{Link, ProseView};

#[derive(Serialize)]
pub(crate) struct SinceView {
    #[serde(flatten)]
    frame: PageContext,
    edition: EditionLink,
    tally: Vec<DiffCount>,
    /// What differs.
    levels: Vec<LevelDiff>,
    /// Criteria of the edition that the ladder no longer has.
    gone: Vec<GoneRow>,
    /// What reads as it did then.
    unchanged: Vec<LevelDiff>,
}

/// A number of criteria, by the key of the words for what became of them.
#[derive(Serialize)]
struct DiffCount {
    key: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct LevelDiff {
    level: LevelName,
    /// Empty where the level has an anchor above.
    anchor: String,
    categories: Vec<CategoryDiff>,
}

#[derive(Serialize)]
struct CategoryDiff {
    /// Without an anchor where the category has one above.
    category: CategoryName,
    rows: Vec<SinceRow>,
}

#[derive(Serialize)]
struct SinceRow {
    id: String,
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
    let (mut levels, mut unchanged): (Vec<_>, Vec<_>) =
        ladder_data.levels.keys().map(|level| level_since(scene, &reader, level.of(ladder))).unzip();
    for part in [&mut levels, &mut unchanged] {
        part.retain(|level| !level.categories.is_empty());
    }
    let gone = gone_since(scene, &reader, ladder);
    let rows = |levels: &[LevelDiff], is_counted: fn(&SinceRow) -> bool| {
        let rows = levels.iter().flat_map(|level| &level.categories).flat_map(|category| &category.rows);
        rows.filter(|row| is_counted(row)).count()
    };
    let counts = [
        ("effect.changed", rows(&levels, |row| row.then.is_some())),
        ("effect.added", rows(&levels, |row| row.then.is_none())),
        ("since.gone", gone.len()),
        ("since.unchanged", rows(&unchanged, |_| true)),
    ];
    let tally = counts.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| DiffCount { key, count });
    frame.contents = levels
        .iter()
        .map(|part| Link { title: part.level.name.clone(), href: format!("#{}", part.level.slug) })
        .collect();
    SinceView { edition: link, tally: tally.collect(), levels, gone, unchanged, frame }
}

/// Returns what has changed on a level, and what has not. Anchors stand at the first of the two that has something.
fn level_since(scene: &Scene<'_>, reader: &EditionReader<'_>, level: LevelAt) -> (LevelDiff, LevelDiff) {
    let ladder_data = &scene.site[level.ladder];
    let name = LevelName::of(scene, level);
    let mut changed = LevelDiff { anchor: name.slug.clone(), level: name.clone(), categories: Vec::new() };
    let mut unchanged = LevelDiff { anchor: name.slug.clone(), level: name, categories: Vec::new() };
    for category in ladder_data.categories_of(level.level) {
        let rows = ladder_data.criteria_of(level.level).filter(|(_, criterion)| criterion.category == category);
        let rows = rows.map(|(at, _)| row_since(scene, reader, at.of(level.ladder)));
        let mut category = CategoryName::of(scene, category.of(level.ladder), Some(level));
        let (differing, same): (Vec<_>, Vec<_>) = rows.partition(SinceRow::has_changed);
        if !differing.is_empty() {
            changed.categories.push(CategoryDiff { category: category.clone(), rows: differing });
            category.anchor.clear();
        }
        if !same.is_empty() {
            unchanged.categories.push(CategoryDiff { category, rows: same });
        }
    }
    if !changed.categories.is_empty() {
        unchanged.anchor.clear();
    }
    (changed, unchanged)
}

fn row_since(scene: &Scene<'_>, reader: &EditionReader<'_>, criterion: CriterionAt) -> SinceRow {
    let id = &scene.site[criterion].id;
    let mut then = reader.place(id).map(|place| then_since(scene, reader, criterion, place));
    let now = then.as_mut().and_then(|then| marked_since(scene, reader, criterion, then));
    let now = now.unwrap_or_else(|| row::fragment(scene, CriterionForm::Cell, criterion));
    SinceRow { id: id.to_string(), slug: id.slug(), now, then }
}

/// Marks the words in which a criterion differs from what it said then, in both of its statements, and returns the present
/// one. None if they are in two languages, or too far apart.
fn marked_since(
    scene: &Scene<'_>,
    reader: &EditionReader<'_>,
    criterion: CriterionAt,
    then: &mut EarlierCriterion,
) -> Option<Value> {
    let earlier = then.statement.as_mut()?;
    let (now, actual) = scene.site[criterion].text.read(scene.locale);
    let (_, frozen) = reader.released.frozen.at(reader.place(&scene.site[criterion].id)?);
    let (statement, _) = reader.released.frozen.read(&frozen.statement, &reader.locale.tag)?;
    if earlier.language != scene.foreign(actual) {
        return None;
    }
    let (then, now) = marked(statement, &now.statement)?;
    earlier.html = Value::safe_string(&then);
    let row = CriterionRow { html: Value::safe_string(&now), ..CriterionRow::alone(scene, criterion) };
    Some(row::rendered(scene, CriterionForm::Cell, &row))
}

impl SinceRow {
    fn has_changed(&self) -> bool {
        self.then.as_ref().is_none_or(|then| then.statement.is_some() || then.level.is_some())
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
