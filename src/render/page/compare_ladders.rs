//! A level beside one of another ladder: threads that both share aligned, then categories, then what is only on one
//! side, and what both inherit.

use serde::Serialize;

use super::compare::{
    Chooser, ComparedPart, ComparisonCell, PairView, ThreadComparison, category_of, chooser, compared_cell, pair_views,
    parts, thread_parts,
};
use super::framed;
use crate::handle::{CriterionAt, LadderIndex, LevelAt};
use crate::model::{self, CategoryRows};
use crate::render::fragment::CriterionForm;
use crate::render::name::{self, CategoryName, LevelName};
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;
use crate::render::text::Text;

#[derive(Serialize)]
pub(crate) struct CompareLaddersView {
    #[serde(flatten)]
    frame: PageContext,
    lower: LevelSide,
    higher: LevelSide,
    threads: Vec<ThreadComparison>,
    /// Criteria of both ladders in the categories that they share.
    categories: Vec<ComparedCategory>,
    only_lower: Vec<ComparedPart>,
    only_higher: Vec<ComparedPart>,
    /// Criteria of both levels in the same words under ids of their own.
    alike: Vec<PairView>,
    /// Criteria with the same wording on both levels.
    same: Vec<ComparedPart>,
    same_count: usize,
    #[serde(flatten)]
    chooser: Chooser,
}

/// A level, and the ladder that it is of.
#[derive(Serialize)]
struct LevelSide {
    ladder: Text,
    level: LevelName,
    /// Both in few letters.
    name: String,
}

/// The criteria of two levels in one category.
#[derive(Serialize)]
struct ComparedCategory {
    category: CategoryName,
    lower: Vec<ComparisonCell>,
    higher: Vec<ComparisonCell>,
}

framed!(CompareLaddersView);

pub(crate) fn view(scene: &Scene<'_>, lower: LevelAt, higher: LevelAt) -> CompareLaddersView {
    let side = |level: LevelAt| LevelSide {
        ladder: Text::of(scene, &scene.site[level.ladder].title),
        level: LevelName::of(scene, level),
        name: name::level_of_ladder(scene, level),
    };
    let (low, high) = (side(lower), side(higher));
    let values = [("lower", low.name.as_str()), ("higher", high.name.as_str())];
    let title = scene.phrase("compare.title", &values);
    let description = scene.phrase("compare-ladders.description", &values);
    let frame = PageContext::of(scene, "compare-ladders", title, description);
    let mut comparison = model::compare_across(scene.site, lower, higher);
    let categories = comparison.take_categories(scene.site);
    let cells = |criteria: &[CriterionAt], ladder: LadderIndex| {
        criteria.iter().map(|&criterion| compared_cell(scene, criterion, ladder)).collect()
    };
    let category = |rows: &CategoryRows| ComparedCategory {
        category: category_of(scene, rows.lower[0]),
        lower: cells(&rows.lower, lower.ladder),
        higher: cells(&rows.higher, higher.ladder),
    };
    CompareLaddersView {
        threads: thread_parts(scene, &comparison, [lower.ladder, higher.ladder]),
        categories: categories.iter().map(category).collect(),
        only_lower: parts(scene, CriterionForm::Loose, Some(lower.ladder), &comparison.only_lower),
        only_higher: parts(scene, CriterionForm::Loose, Some(higher.ladder), &comparison.only_higher),
        alike: pair_views(scene, &comparison.alike, [lower.ladder, higher.ladder]),
        same: parts(scene, CriterionForm::Brief, None, &comparison.same),
        same_count: comparison.same.len(),
        chooser: chooser(scene, lower.ladder, &[lower.level]),
        lower: low,
        higher: high,
        frame,
    }
}
