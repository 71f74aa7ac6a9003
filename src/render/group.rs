//! The criteria of a level by category, as pages show them.

use serde::Serialize;
use tera::Value;

use super::fragment::Form;
use super::name::{CategoryName, LevelName};
use super::scene::Scene;
use super::text::{Prose, Text};
use super::{row, translated};
use crate::handle::{CategoryIndex, LevelAt};
use crate::translation::Passage;

/// The criteria of one category on one level.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Group {
    pub(crate) category: CategoryName,
    pub(crate) prose: Option<Prose>,
    /// The criteria as items of a list.
    pub(crate) rows: Vec<Value>,
}

/// The criteria of a level of another ladder.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FromLadder {
    pub(crate) ladder: Text,
    pub(crate) level: LevelName,
    pub(crate) groups: Vec<Group>,
}

/// The categories of a level with their criteria. Anchors hold the level where a page has several.
pub(crate) fn groups(scene: &Scene<'_>, level: LevelAt, whole: bool) -> Vec<Group> {
    groups_in(scene, Form::Anchored, level, whole)
}

fn groups_in(scene: &Scene<'_>, form: Form, level: LevelAt, whole: bool) -> Vec<Group> {
    let of = &scene.site[level.ladder];
    let group = |category: CategoryIndex| {
        let rows = of.criteria_of(level.level).filter(|(_, criterion)| criterion.category == category);
        Group {
            category: CategoryName::of(scene, category.of(level.ladder), whole.then_some(level)),
            prose: category_prose(scene, level, category),
            rows: rows.map(|(at, _)| row::fragment(scene, form, at.of(level.ladder))).collect(),
        }
    };
    of.categories_of(level.level).into_iter().map(group).collect()
}

impl FromLadder {
    /// A level of another ladder whose criteria hold on one here. Their own places are with the ladder they are of.
    pub(crate) fn of(scene: &Scene<'_>, level: LevelAt) -> Self {
        Self {
            ladder: Text::of(scene, &scene.site[level.ladder].title),
            level: LevelName::of(scene, level),
            groups: groups_in(scene, Form::Loose, level, true),
        }
    }
}

/// The levels of other ladders that a level builds on.
pub(crate) fn lent_levels(scene: &Scene<'_>, level: LevelAt) -> Vec<FromLadder> {
    scene.site.kinship.bases(level).map(|base| FromLadder::of(scene, base)).collect()
}

/// What a category of a level says beside its criteria.
fn category_prose(scene: &Scene<'_>, LevelAt { ladder, level }: LevelAt, category: CategoryIndex) -> Option<Prose> {
    let passage = Passage::Category { ladder, level, category };
    Some(translated::passage(scene, passage)).filter(|prose| !prose.is_empty())
}
