//! A level beside one of another ladder: threads that both share aligned, then categories, then what is only on one
//! side, and what both inherit.

use serde::Serialize;

use super::compare::{Cell, Chooser, Part, ThreadPart};
use super::framed;
use crate::handle::{CriterionAt, LadderIndex, LevelAt};
use crate::locale::LocaleIndex;
use crate::model::{self, CategoryRows, Page};
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
            ladder: self.text(&self.site[level.ladder].title, locale),
            level: self.level_view(level, locale),
            name: self.level_of_ladder(level, locale),
        };
        let (low, high) = (side(lower), side(higher));
        let values = [("lower", low.name.as_str()), ("higher", high.name.as_str())];
        let title = self.words.phrase(locale, "compare.title", &values);
        let description = self.words.phrase(locale, "compare-ladders.description", &values);
        let page = Page::across(locale, lower, higher);
        let frame = self.frame(page, "compare-ladders", title, description);
        let mut comparison = model::compare(self.site, lower, higher);
        let categories = comparison.take_categories(self.site);
        let cells = |asked: &[CriterionAt], ladder: LadderIndex| {
            asked.iter().map(|&of| self.compared_cell(of, ladder, locale, &frame.root)).collect()
        };
        let category = |rows: &CategoryRows| CategoryPart {
            category: self.category_of(rows, locale),
            lower: cells(&rows.lower, lower.ladder),
            higher: cells(&rows.higher, higher.ladder),
        };
        CompareLaddersView {
            threads: self.thread_parts(&comparison, [lower.ladder, higher.ladder], locale, &frame.root),
            categories: categories.iter().map(category).collect(),
            only_lower: self.parts(Some(lower.ladder), &comparison.only_lower, locale, &frame.root),
            only_higher: self.parts(Some(higher.ladder), &comparison.only_higher, locale, &frame.root),
            same: self.parts(None, &comparison.same, locale, &frame.root),
            same_count: comparison.same.len(),
            chooser: self.chooser(lower.ladder, page, locale),
            lower: low,
            higher: high,
            frame,
        }
    }

    fn category_of(&self, rows: &CategoryRows, locale: LocaleIndex) -> CategoryName {
        let criterion = rows.lower[0];
        self.category_view(self.site[criterion].category.of(criterion.ladder), None, locale)
    }
}
