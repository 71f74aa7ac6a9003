//! A level beside one of another ladder: threads that both share aligned, then categories, then what is only on one
//! side, and what both inherit.

use serde::Serialize;

use super::compare::{Cell, Chooser, Part, ThreadPart};
use super::framed;
use crate::locale::LocaleIndex;
use crate::model::{self, Asked, CategoryRows, LadderPage, LevelAt, LocalePage, Page};
use crate::render::Renderer;
use crate::render::frame::Frame;
use crate::render::row::{CategoryName, LevelName, Text};

#[derive(Serialize)]
pub(crate) struct CompareLaddersView {
    #[serde(flatten)]
    frame: Frame,
    lower: Side,
    higher: Side,
    threads: Vec<ThreadPart>,
    /// What both ask in categories that they share.
    categories: Vec<CategoryPart>,
    only_lower: Vec<Part>,
    only_higher: Vec<Part>,
    /// What both ask in the same words.
    same: Vec<Part>,
    same_count: usize,
    #[serde(flatten)]
    chooser: Chooser,
}

/// A level, and the ladder that it is of.
#[derive(Serialize)]
struct Side {
    ladder: Text,
    level: LevelName,
    /// Both in few letters.
    name: String,
}

/// What two levels ask in one category.
#[derive(Serialize)]
struct CategoryPart {
    category: CategoryName,
    lower: Vec<Cell>,
    higher: Vec<Cell>,
}

framed!(CompareLaddersView);

impl Renderer<'_> {
    pub(crate) fn compare_ladders(&self, locale: LocaleIndex, lower: LevelAt, higher: LevelAt) -> CompareLaddersView {
        let side = |level: LevelAt| Side {
            ladder: self.text(&self.site.ladders[level.0].title, locale),
            level: self.level_view(level.0, level.1, locale),
            name: self.level_of_ladder(level, locale),
        };
        let (low, high) = (side(lower), side(higher));
        let values = [("lower", low.name.as_str()), ("higher", high.name.as_str())];
        let title = self.words.phrase(locale, "compare.title", &values);
        let description = self.words.phrase(locale, "compare-ladders.description", &values);
        let (ladder, level) = lower;
        let page = Page::In(
            locale,
            LocalePage::Ladder(ladder, LadderPage::Across { level, other: higher.0, opposite: higher.1 }),
        );
        let frame = self.frame(page, "compare-ladders", title, description);
        let mut comparison = model::compare(self.site, lower, higher);
        let categories = comparison.take_categories(self.site);
        let cells = |asked: &[Asked], ladder: usize| {
            asked.iter().map(|&of| self.compared_cell(of, ladder, locale, &frame.root)).collect()
        };
        let category = |rows: &CategoryRows| CategoryPart {
            category: self.category_of(rows, locale),
            lower: cells(&rows.lower, lower.0),
            higher: cells(&rows.higher, higher.0),
        };
        CompareLaddersView {
            threads: self.thread_parts(&comparison, [lower.0, higher.0], locale, &frame.root),
            categories: categories.iter().map(category).collect(),
            only_lower: self.parts(Some(lower.0), &comparison.only_lower, locale, &frame.root),
            only_higher: self.parts(Some(higher.0), &comparison.only_higher, locale, &frame.root),
            same: self.parts(None, &comparison.same, locale, &frame.root),
            same_count: comparison.same.len(),
            chooser: self.chooser(ladder, page, locale),
            lower: low,
            higher: high,
            frame,
        }
    }

    fn category_of(&self, rows: &CategoryRows, locale: LocaleIndex) -> CategoryName {
        let Asked { ladder, criterion } = rows.lower[0];
        self.category_view(ladder, self.site.ladders[ladder].criteria[criterion].category, None, locale)
    }
}
