//! Two languages, aligned row by row.

use serde::Serialize;

use super::framed;
use super::ladder::ProsePart;
use crate::config::LocaleIndex;
use crate::model::Page;
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::row::{CategoryName, LevelName, Prose, Row, Text};

#[derive(Serialize)]
pub struct BesideView {
    #[serde(flatten)]
    frame: Frame,
    here: Side,
    there: Side,
    preface: (Prose, Prose),
    levels: Vec<LevelPart>,
    prose: Vec<(Option<ProsePart>, Option<ProsePart>)>,
}

/// One of the two languages.
#[derive(Serialize)]
struct Side {
    locale: usize,
    language: String,
    direction: &'static str,
    name: String,
    title: Text,
}

#[derive(Serialize)]
struct LevelPart {
    names: (LevelName, LevelName),
    summary: (Prose, Prose),
    categories: Vec<CategoryPart>,
}

#[derive(Serialize)]
struct CategoryPart {
    names: (CategoryName, CategoryName),
    rows: Vec<(Row, Row)>,
}

framed!(BesideView);

impl Renderer<'_> {
    pub fn beside(&self, locale: LocaleIndex, ladder: usize, other: LocaleIndex) -> BesideView {
        let of = &self.site.ladders[ladder];
        let values = [("language", self.words.name(other)), ("ladder", of.title.read(locale).0)];
        let title = self.words.phrase(locale, "beside.title", &values);
        let description = self.words.phrase(locale, "beside.description", &values);
        let page = Page::Beside { locale, ladder, other };
        let mut frame = self.frame(page, "beside", title, description);
        let levels: Vec<_> =
            (0..of.levels.len()).map(|level| self.level_beside(ladder, level, (locale, other), &frame.root)).collect();
        frame.contents = levels
            .iter()
            .map(|part| Link { title: part.names.0.name.clone(), href: format!("#{}", part.names.0.slug) })
            .collect();
        BesideView {
            here: self.side(ladder, locale),
            there: self.side(ladder, other),
            preface: (self.preface(ladder, locale, &frame.root), self.preface(ladder, other, &frame.root)),
            levels,
            prose: self.prose_beside(ladder, (locale, other), &frame.root),
            frame,
        }
    }

    fn side(&self, ladder: usize, locale: LocaleIndex) -> Side {
        let of = self.site.config.locale(locale);
        Side {
            locale: locale.0,
            language: of.language.clone(),
            direction: of.direction.name(),
            name: self.words.name(locale).to_owned(),
            title: self.text(&self.site.ladders[ladder].heading, locale),
        }
    }

    fn level_beside(
        &self,
        ladder: usize,
        level: usize,
        (here, there): (LocaleIndex, LocaleIndex),
        root: &str,
    ) -> LevelPart {
        let of = &self.site.ladders[ladder];
        let category_part = |category: usize| {
            let name = |locale| self.category_view(ladder, category, Some(level), locale);
            let on_both = |at: usize| (self.row(ladder, at, here, root), self.row(ladder, at, there, root));
            let criteria = of.criteria_of(level).filter(|(_, criterion)| criterion.category == category);
            CategoryPart { names: (name(here), name(there)), rows: criteria.map(|(at, _)| on_both(at)).collect() }
        };
        LevelPart {
            names: (self.level_view(ladder, level, here), self.level_view(ladder, level, there)),
            summary: (self.summary(ladder, level, here, root), self.summary(ladder, level, there, root)),
            categories: of.categories_of(level).into_iter().map(category_part).collect(),
        }
    }

    /// Sections without criteria, matched by how many levels stand before them and by their order there.
    fn prose_beside(
        &self,
        ladder: usize,
        (here, there): (LocaleIndex, LocaleIndex),
        root: &str,
    ) -> Vec<(Option<ProsePart>, Option<ProsePart>)> {
        let mut rows = Vec::new();
        let mut others = self.prose_parts(ladder, there, root);
        for (after, part) in self.prose_parts(ladder, here, root) {
            let found = others.iter().position(|(other, _)| *other == after);
            rows.push((Some(part), found.map(|at| others.remove(at).1)));
        }
        rows.extend(others.into_iter().map(|(_, part)| (None, Some(part))));
        rows
    }
}
