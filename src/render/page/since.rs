//! A ladder as it reads now, beside one of its editions: row by row, with what has become of each criterion.

use serde::Serialize;
use tera::Value;

use super::edition::Reader;
use super::framed;
use crate::edition::{At, Change, reads_alike};
use crate::handle::{CategoryIndex, CriterionAt, EditionIndex, LadderIndex, LevelAt};
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, LadderPage, LocalePage, Page};
use crate::render::Renderer;
use crate::render::fragment::Form;
use crate::render::frame::{Frame, Link};
use crate::render::past::{EditionLink, Moment, level_at};
use crate::render::row::{CategoryName, LevelName, Prose};

#[derive(Serialize)]
pub(crate) struct SinceView {
    #[serde(flatten)]
    frame: Frame,
    edition: EditionLink,
    levels: Vec<LevelPart>,
    /// What the edition holds and the ladder no longer does.
    gone: Vec<GoneRow>,
}

#[derive(Serialize)]
struct LevelPart {
    level: LevelName,
    categories: Vec<CategoryPart>,
}

#[derive(Serialize)]
struct CategoryPart {
    category: CategoryName,
    rows: Vec<SinceRow>,
}

#[derive(Serialize)]
struct SinceRow {
    slug: String,
    /// The criterion as it is now, with its id.
    now: Value,
    /// As it was. None if the edition does not hold it.
    then: Option<Then>,
}

#[derive(Serialize)]
struct Then {
    /// None where it reads as it does now.
    statement: Option<Prose>,
    detail: Option<Prose>,
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
    statement: Prose,
    level: String,
    moment: Option<Moment>,
}

framed!(SinceView);

impl Renderer<'_> {
    pub(crate) fn since(&self, locale: LocaleIndex, ladder: LadderIndex, edition: EditionIndex) -> SinceView {
        let of = &self.site[ladder];
        let link = self.edition_link(edition, None).expect("pages are made of editions that are there");
        let values = [("edition", link.name.as_str()), ("ladder", of.title.read(locale).0)];
        let title = self.words.phrase(locale, "since.title", &values);
        let description = self.words.phrase(locale, "since.description", &values);
        let mut frame = self.frame(
            Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Since(edition))),
            "since",
            title,
            description,
        );
        let reader = Reader::of_ladder(self, edition, locale, ladder, &frame.root)
            .expect("pages are made of editions that hold the ladder");
        let levels = of.levels.keys().map(|level| self.level_since(&reader, level.of(ladder), locale));
        let levels: Vec<_> = levels.collect();
        let gone = self.gone_since(&reader, ladder, locale);
        frame.contents = levels
            .iter()
            .map(|part| Link { title: part.level.name.clone(), href: format!("#{}", part.level.slug) })
            .collect();
        SinceView { edition: link, levels, gone, frame }
    }

    fn level_since(&self, reader: &Reader<'_>, level: LevelAt, locale: LocaleIndex) -> LevelPart {
        let of = &self.site[level.ladder];
        let category = |category: CategoryIndex| {
            let rows = of.criteria_of(level.level).filter(|(_, criterion)| criterion.category == category);
            CategoryPart {
                category: self.category_view(category.of(level.ladder), Some(level), locale),
                rows: rows.map(|(at, _)| self.row_since(reader, at.of(level.ladder), locale)).collect(),
            }
        };
        LevelPart {
            level: self.level_view(level, locale),
            categories: of.categories_of(level.level).into_iter().map(category).collect(),
        }
    }

    fn row_since(&self, reader: &Reader<'_>, criterion: CriterionAt, locale: LocaleIndex) -> SinceRow {
        let id = &self.site[criterion].id;
        SinceRow {
            slug: id.slug(),
            now: self.fragment(Form::Cell, criterion, locale, reader.root),
            then: reader.place(id).map(|place| self.then_since(reader, criterion, place)),
        }
    }

    fn then_since(&self, reader: &Reader<'_>, now: CriterionAt, at: At) -> Then {
        let id = &self.site[now].id;
        let (_, criterion) = reader.of.frozen.at(at);
        let tag = &reader.locale.tag;
        let present = self.site.history.present.as_ref();
        let now = present.map(|present| present.at(At { ladder: now.ladder, criterion: now.criterion }).1);
        let is_same = now.is_some_and(|now| reads_alike(criterion, now, tag));
        let moved = self.site.history.changes_since(id, reader.edition).any(|(_, change): (_, &Change)| change.moved);
        Then {
            statement: reader.words(&criterion.statement).filter(|_| !is_same),
            detail: reader.blocks(&criterion.detail).filter(|_| !is_same),
            level: moved.then(|| level_at(&reader.of.frozen, at, tag)),
            path: Page::Edition(reader.edition, EditionPage::Criterion(at)).path(self.site),
        }
    }

    fn gone_since(&self, reader: &Reader<'_>, ladder: LadderIndex, locale: LocaleIndex) -> Vec<GoneRow> {
        let of = &self.site[ladder];
        let gone = reader.ladder.criteria.iter().filter(|then| !of.criteria.iter().any(|now| now.id == then.id));
        let row = |criterion: &crate::edition::Criterion| {
            let last = self.site.history.changes_since(&criterion.id, reader.edition).last();
            let level = reader.place(&criterion.id).map(|at| level_at(&reader.of.frozen, at, &reader.locale.tag));
            GoneRow {
                id: criterion.id.to_string(),
                slug: criterion.id.slug(),
                path: self.permanent_path(&criterion.id.slug(), locale),
                statement: reader.words(&criterion.statement).unwrap_or_else(Prose::empty),
                level: level.unwrap_or_default(),
                moment: last.map(|(release, change)| self.moment(release, change, locale)),
            }
        };
        gone.map(row).collect()
    }
}
