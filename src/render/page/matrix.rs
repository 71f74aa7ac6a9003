//! Every criterion in its category and on its level.

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Origin, Page};
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
    pub(crate) fn matrix(&self, locale: LocaleIndex, ladder: usize) -> MatrixView {
        let of = &self.site.ladders[ladder];
        let ladder_title = of.title.read(locale).0;
        let title = self.words.get(locale, "matrix.title").to_owned();
        let description = self.words.phrase(locale, "matrix.description", &[("ladder", ladder_title)]);
        let mut frame =
            self.frame(Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Matrix)), "matrix", title, description);
        let row = |(of_ladder, category): (usize, usize)| {
            let origin = self.site.kinship.category(of_ladder, category);
            let cell = |level: usize| Cell {
                rows: self.in_category(ladder, level, origin, Form::AnchoredCell, locale, &frame.root),
                inherited: self.inherited_in_category((ladder, level), origin, locale, &frame.root),
            };
            MatrixRow {
                category: self.category_view(of_ladder, category, None, locale),
                cells: (0..of.levels.len()).map(cell).collect(),
            }
        };
        let categories: Vec<_> = self.categories_of_line(ladder).into_iter().map(row).collect();
        let anchored = categories.iter().filter(|row| !row.category.anchor.is_empty());
        frame.contents = anchored
            .map(|row| Link { title: row.category.title.text.clone(), href: format!("#{}", row.category.anchor) })
            .collect();
        let levels = (0..of.levels.len()).map(|level| self.level_view(ladder, level, locale)).collect();
        MatrixView { frame, levels, categories }
    }

    /// The categories of a ladder, then those that only the ladders have that it builds on.
    fn categories_of_line(&self, ladder: usize) -> Vec<(usize, usize)> {
        let kinship = &self.site.kinship;
        let of = |ladder: usize| (0..self.site.ladders[ladder].categories.len()).map(move |at| (ladder, at));
        let mut found: Vec<_> = of(ladder).collect();
        for (base, at) in kinship.line(ladder).flat_map(of) {
            let is_there =
                |&(of, category): &(usize, usize)| kinship.category(of, category) == kinship.category(base, at);
            if !found.iter().any(is_there) {
                found.push((base, at));
            }
        }
        found
    }

    fn in_category(
        &self,
        ladder: usize,
        level: usize,
        origin: Origin,
        form: Form,
        locale: LocaleIndex,
        root: &str,
    ) -> Vec<Value> {
        let here = self.site.ladders[ladder].criteria_of(level);
        let here = here.filter(|(_, criterion)| self.site.kinship.category(ladder, criterion.category) == origin);
        here.map(|(at, _)| self.fragment(form, ladder, at, locale, root)).collect()
    }

    fn inherited_in_category(
        &self,
        level: (usize, usize),
        origin: Origin,
        locale: LocaleIndex,
        root: &str,
    ) -> Vec<FromLadder> {
        let bases = self.site.kinship.bases(level).map(|(base, level)| FromLadder {
            ladder: self.text(&self.site.ladders[base].title, locale),
            rows: self.in_category(base, level, origin, Form::Cell, locale, root),
        });
        bases.filter(|from| !from.rows.is_empty()).collect()
    }
}
