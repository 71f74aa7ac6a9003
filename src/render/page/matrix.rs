//! Every criterion in its category and on its level.

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::config::LocaleIndex;
use crate::model::Page;
use crate::render::Renderer;
use crate::render::fragment::Form;
use crate::render::frame::{Frame, Link};
use crate::render::past::StubView;
use crate::render::row::{CategoryName, LevelName};

#[derive(Serialize)]
pub struct MatrixView {
    #[serde(flatten)]
    frame: Frame,
    levels: Vec<LevelName>,
    categories: Vec<MatrixRow>,
    /// What stood in the matrix and is gone from there.
    stubs: Vec<StubView>,
}

#[derive(Serialize)]
struct MatrixRow {
    category: CategoryName,
    /// One for each level.
    cells: Vec<Vec<Value>>,
}

framed!(MatrixView);

impl Renderer<'_> {
    pub fn matrix(&self, locale: LocaleIndex, ladder: usize) -> MatrixView {
        let of = &self.site.ladders[ladder];
        let ladder_title = of.title.read(locale).0;
        let title = self.words.get(locale, "matrix.title").to_owned();
        let description = self.words.phrase(locale, "matrix.description", &[("ladder", ladder_title)]);
        let mut frame = self.frame(Page::Matrix { locale, ladder }, "matrix", title, description);
        let cell = |level: usize, category: usize| {
            let here = of.criteria_of(level).filter(|(_, criterion)| criterion.category == category);
            here.map(|(at, _)| self.fragment(Form::AnchoredCell, ladder, at, locale, &frame.root)).collect()
        };
        let categories: Vec<_> = (0..of.categories.len())
            .map(|category| MatrixRow {
                category: self.category_view(ladder, category, None, locale),
                cells: (0..of.levels.len()).map(|level| cell(level, category)).collect(),
            })
            .collect();
        let anchored = categories.iter().filter(|row| !row.category.anchor.is_empty());
        frame.contents = anchored
            .map(|row| Link { title: row.category.title.text.clone(), href: format!("#{}", row.category.anchor) })
            .collect();
        let levels = (0..of.levels.len()).map(|level| self.level_view(ladder, level, locale)).collect();
        let stubs = self.stubs(&self.site.history.stubs_of_matrix(ladder), locale, &frame.root);
        MatrixView { frame, levels, categories, stubs }
    }
}
