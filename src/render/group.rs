//! The criteria of a level by category, as pages show them.

use serde::Serialize;
use tera::Value;

use super::category::CategoryDescription;
use super::fragment::CriterionForm;
use super::name::{CategoryName, LevelName};
use super::scene::Scene;
use super::text::{ProseView, Text};
use super::{row, translated};
use crate::handle::{CategoryIndex, LevelAt};
use crate::translation::Passage;

/// The criteria of one category on one level.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CriterionGroup {
    pub(crate) category: CategoryName,
    /// What holds of the category on all levels. None where the whole ladder stands on the page.
    pub(crate) description: Option<CategoryDescription>,
    pub(crate) prose: Option<ProseView>,
    /// The criteria as items of a list.
    pub(crate) rows: Vec<Value>,
}

/// The criteria of a level of another ladder.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InheritedCriteria {
    pub(crate) ladder: Text,
    pub(crate) level: LevelName,
    pub(crate) groups: Vec<CriterionGroup>,
}

/// Returns the categories of a level with their criteria. Anchors hold the level where a page has several.
pub(crate) fn groups(scene: &Scene<'_>, form: CriterionForm, level: LevelAt, whole: bool) -> Vec<CriterionGroup> {
    let ladder_data = &scene.site[level.ladder];
    let group = |category: CategoryIndex| {
        let rows = ladder_data.criteria_of(level.level).filter(|(_, criterion)| criterion.category == category);
        CriterionGroup {
            category: CategoryName::of(scene, category.of(level.ladder), whole.then_some(level)),
            description: (!whole).then(|| CategoryDescription::of(scene, category.of(level.ladder))).flatten(),
            prose: category_prose(scene, level, category),
            rows: rows.map(|(at, _)| row::fragment(scene, form, at.of(level.ladder))).collect(),
        }
    };
    ladder_data.categories_of(level.level).into_iter().map(group).collect()
}

impl InheritedCriteria {
    /// Returns a level of another ladder whose criteria hold on one here. Their own places are with the ladder they are
    /// of.
    pub(crate) fn of(scene: &Scene<'_>, level: LevelAt) -> Self {
        Self {
            ladder: Text::of(scene, &scene.site[level.ladder].title),
            level: LevelName::of(scene, level),
            groups: groups(scene, CriterionForm::Brief, level, true),
        }
    }
}

/// Returns the levels of other ladders that a level builds on.
pub(crate) fn inherited_levels(scene: &Scene<'_>, level: LevelAt) -> Vec<InheritedCriteria> {
    scene.site.inheritance.bases(level).map(|base| InheritedCriteria::of(scene, base)).collect()
}

/// Returns the text of a category on a level beside its criteria.
fn category_prose(scene: &Scene<'_>, LevelAt { ladder, level }: LevelAt, category: CategoryIndex) -> Option<ProseView> {
    let passage = Passage::Category { ladder, level, category };
    Some(translated::passage(scene, passage)).filter(|prose| !prose.is_empty())
}
