//! Every criterion in its category and on its level.

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::handle::{CategoryAt, LadderIndex, LevelAt, LevelIndex};
use crate::locale::LocaleIndex;
use crate::model::{CategoryOrigin, LadderPage, LocalePage, Page};
use crate::render::Renderer;
use crate::render::fragment::Form;
use crate::render::frame::{Frame, Link};
use crate::render::row::{CategoryName, LevelName, Text};

#[derive(Serialize)]
pub(crate) struct MatrixView {
    #[serde(flatten)]
    frame: Frame,
    levels: Vec<LevelName>,
    categories: Vec<MatrixRow>,
}

#[derive(Serialize)]
struct MatrixRow {
    category: CategoryName,
    /// One for each level.
    cells: Vec<Cell>,
}

/// What a level asks in a category.
#[derive(Serialize)]
struct Cell {
    rows: Vec<Value>,
    /// What it inherits from ladders that this one builds on, the nearest first.
    inherited: Vec<FromLadder>,
}

#[derive(Serialize)]
struct FromLadder {
    ladder: Text,
    rows: Vec<Value>,
}

framed!(MatrixView);

impl Renderer<'_> {
    pub(crate) fn matrix(&self, locale: LocaleIndex, ladder: LadderIndex) -> MatrixView {
        let of = &self.site[ladder];
        let ladder_title = of.title.read(locale).0;
        let title = self.words.get(locale, "matrix.title").to_owned();
        let description = self.words.phrase(locale, "matrix.description", &[("ladder", ladder_title)]);
        let mut frame =
            self.frame(Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Matrix)), "matrix", title, description);
        let row = |category: CategoryAt| {
            let origin = self.site.kinship.category(category);
            let cell = |level: LevelIndex| Cell {
                rows: self.in_category(level.of(ladder), origin, Form::AnchoredCell, locale, &frame.root),
                inherited: self.inherited_in_category(level.of(ladder), origin, locale, &frame.root),
            };
            MatrixRow {
                category: self.category_view(category, None, locale),
                cells: of.levels.keys().map(cell).collect(),
            }
        };
        let categories: Vec<_> = self.categories_of_line(ladder).into_iter().map(row).collect();
        let anchored = categories.iter().filter(|row| !row.category.anchor.is_empty());
        frame.contents = anchored
            .map(|row| Link { title: row.category.title.text.clone(), href: format!("#{}", row.category.anchor) })
            .collect();
        let levels = of.levels.keys().map(|level| self.level_view(level.of(ladder), locale)).collect();
        MatrixView { frame, levels, categories }
    }

    /// The categories of a ladder, then those that only the ladders have that it builds on.
    fn categories_of_line(&self, ladder: LadderIndex) -> Vec<CategoryAt> {
        let kinship = &self.site.kinship;
        let of = |ladder: LadderIndex| self.site[ladder].categories.keys().map(move |category| category.of(ladder));
        let mut found: Vec<_> = of(ladder).collect();
        for category in kinship.line(ladder).flat_map(of) {
            if !found.iter().any(|of| kinship.category(*of) == kinship.category(category)) {
                found.push(category);
            }
        }
        found
    }

    fn in_category(
        &self,
        level: LevelAt,
        origin: CategoryOrigin,
        form: Form,
        locale: LocaleIndex,
        root: &str,
    ) -> Vec<Value> {
        let here = self.site[level.ladder].criteria_of(level.level);
        let here =
            here.filter(|(_, criterion)| self.site.kinship.category(criterion.category.of(level.ladder)) == origin);
        here.map(|(at, _)| self.fragment(form, at.of(level.ladder), locale, root)).collect()
    }

    fn inherited_in_category(
        &self,
        level: LevelAt,
        origin: CategoryOrigin,
        locale: LocaleIndex,
        root: &str,
    ) -> Vec<FromLadder> {
        let bases = self.site.kinship.bases(level).map(|level| FromLadder {
            ladder: self.text(&self.site[level.ladder].title, locale),
            rows: self.in_category(level, origin, Form::Cell, locale, root),
        });
        bases.filter(|from| !from.rows.is_empty()).collect()
    }
}
