//! Every criterion in its category and on its level.

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::handle::{CategoryAt, LadderIndex, LevelAt, LevelIndex};
use crate::model::{CategoryOrigin, Site};
use crate::render::category;
use crate::render::fragment::CriterionForm;
use crate::render::name::{CategoryName, LevelName};
use crate::render::page_context::PageContext;
use crate::render::row;
use crate::render::scene::Scene;
use crate::render::text::{Link, Text};

#[derive(Serialize)]
pub(crate) struct MatrixView {
    #[serde(flatten)]
    frame: PageContext,
    levels: Vec<LevelName>,
    categories: Vec<MatrixRow>,
}

#[derive(Serialize)]
struct MatrixRow {
    category: CategoryName,
    /// A link to what is said of the category.
    description: Option<String>,
    /// One for each level.
    cells: Vec<MatrixCell>,
}

/// The criteria of a level in a category.
#[derive(Serialize)]
struct MatrixCell {
    rows: Vec<Value>,
    /// Criteria that it inherits from the ladders it builds on, the nearest first.
    inherited: Vec<MatrixInheritance>,
}

#[derive(Serialize)]
struct MatrixInheritance {
    ladder: Text,
    rows: Vec<Value>,
}

framed!(MatrixView);

pub(crate) fn view(scene: &Scene<'_>, ladder: LadderIndex) -> MatrixView {
    let ladder_data = &scene.site[ladder];
    let ladder_title = ladder_data.title.read(scene.locale).0;
    let title = scene.word("matrix.title").to_owned();
    let description = scene.phrase("matrix.description", &[("ladder", ladder_title)]);
    let mut frame = PageContext::of(scene, "matrix", title, description);
    let row = |category: CategoryAt| {
        let origin = scene.site.inheritance.category(category);
        let cell = |level: LevelIndex| MatrixCell {
            rows: in_category(scene, level.of(ladder), origin, CriterionForm::AnchoredCell),
            inherited: inherited_in_category(scene, level.of(ladder), origin),
        };
        MatrixRow {
            category: CategoryName::of(scene, category, None),
            description: category::href(scene, category),
            cells: ladder_data.levels.keys().map(cell).collect(),
        }
    };
    let categories: Vec<_> = categories_of_line(scene.site, ladder).into_iter().map(row).collect();
    let anchored = categories.iter().filter(|row| !row.category.anchor.is_empty());
    frame.contents = anchored
        .map(|row| Link { title: row.category.title.text.clone(), href: format!("#{}", row.category.anchor) })
        .collect();
    let levels = ladder_data.levels.keys().map(|level| LevelName::of(scene, level.of(ladder))).collect();
    MatrixView { frame, levels, categories }
}

/// Returns the categories of a ladder, then those that only the ladders have that it builds on.
fn categories_of_line(site: &Site, ladder: LadderIndex) -> Vec<CategoryAt> {
    let inheritance = &site.inheritance;
    let categories_in = |ladder: LadderIndex| site[ladder].categories.keys().map(move |category| category.of(ladder));
    let mut found: Vec<_> = categories_in(ladder).collect();
    for category in inheritance.line(ladder).flat_map(categories_in) {
        if !found.iter().any(|other| inheritance.category(*other) == inheritance.category(category)) {
            found.push(category);
        }
    }
    found
}

fn in_category(scene: &Scene<'_>, level: LevelAt, origin: CategoryOrigin, form: CriterionForm) -> Vec<Value> {
    let here = scene.site[level.ladder].criteria_of(level.level);
    let here =
        here.filter(|(_, criterion)| scene.site.inheritance.category(criterion.category.of(level.ladder)) == origin);
    here.map(|(at, _)| row::fragment(scene, form, at.of(level.ladder))).collect()
}

fn inherited_in_category(scene: &Scene<'_>, level: LevelAt, origin: CategoryOrigin) -> Vec<MatrixInheritance> {
    let bases = scene.site.inheritance.bases(level).map(|level| MatrixInheritance {
        ladder: Text::of(scene, &scene.site[level.ladder].title),
        rows: in_category(scene, level, origin, CriterionForm::Cell),
    });
    bases.filter(|from| !from.rows.is_empty()).collect()
}
