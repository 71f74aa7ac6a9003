//! Two languages, aligned row by row: in two columns, or one under the other.

use serde::Serialize;

use super::framed;
use crate::handle::{CategoryIndex, CriterionAt, LadderIndex, LevelAt};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, prose_anchors};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::row::{CategoryName, LevelName, Prose, Row, Text};
use crate::translation::Passage;

#[derive(Serialize)]
pub(crate) struct BesideView {
    #[serde(flatten)]
    frame: Frame,
    here: Side,
    there: Side,
    views: Vec<View>,
    preface: Vec<(Prose, Prose)>,
    levels: Vec<LevelPart>,
    prose: Vec<ProsePair>,
}

/// A way to read the ladder: in one language, or with another one beside it or between its lines.
#[derive(Serialize)]
pub(crate) struct View {
    title: String,
    href: String,
    current: bool,
}

/// One of the two languages.
#[derive(Serialize)]
pub(crate) struct Side {
    locale: usize,
    language: String,
    direction: &'static str,
    name: String,
    title: Text,
}

#[derive(Serialize)]
struct LevelPart {
    names: (LevelName, LevelName),
    summary: Vec<(Prose, Prose)>,
    categories: Vec<CategoryPart>,
}

#[derive(Serialize)]
struct CategoryPart {
    names: (CategoryName, CategoryName),
    prose: Vec<(Prose, Prose)>,
    rows: Vec<(Row, Row)>,
}

/// A section without criteria, in the languages that have it.
#[derive(Serialize)]
struct ProsePair {
    titles: (Prose, Prose),
    anchor: String,
    rows: Vec<(Prose, Prose)>,
}

framed!(BesideView);

impl Renderer<'_> {
    pub(crate) fn beside(
        &self,
        locale: LocaleIndex,
        ladder: LadderIndex,
        other: LocaleIndex,
        interleaved: bool,
    ) -> BesideView {
        let of = &self.site[ladder];
        let values = [("language", self.words.name(other)), ("ladder", of.title.read(locale).0)];
        let title = if interleaved { "interleaved.title" } else { "beside.title" };
        let title = self.words.phrase(locale, title, &values);
        let description = self.words.phrase(locale, "beside.description", &values);
        let page = Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Beside { other, interleaved }));
        let kind = if interleaved { "interleaved" } else { "beside" };
        let mut frame = self.frame(page, kind, title, description);
        let levels: Vec<_> =
            of.levels.keys().map(|level| self.level_beside(level.of(ladder), (locale, other), &frame.root)).collect();
        frame.contents = levels
            .iter()
            .map(|part| Link { title: part.names.0.name.clone(), href: format!("#{}", part.names.0.slug) })
            .collect();
        BesideView {
            here: self.side(ladder, locale),
            there: self.side(ladder, other),
            views: self.views(page, locale, ladder, &frame.root),
            preface: self.pairs(Passage::Preface { ladder }, ladder, (locale, other), &frame.root),
            levels,
            prose: self.prose_beside(ladder, (locale, other), &frame.root),
            frame,
        }
    }

    fn side(&self, ladder: LadderIndex, locale: LocaleIndex) -> Side {
        let (heading, actual) = self.site[ladder].heading.read(locale);
        self.side_of(heading, actual, locale)
    }

    /// One of two languages, with what a text is called in it.
    pub(crate) fn side_of(&self, title: &str, actual: LocaleIndex, locale: LocaleIndex) -> Side {
        let of = self.site.config.locale(locale);
        Side {
            locale: locale.0,
            language: of.language.clone(),
            direction: of.direction.name(),
            name: self.words.name(locale).to_owned(),
            title: Text { text: title.to_owned(), language: self.foreign(actual, locale) },
        }
    }

    fn level_beside(&self, level: LevelAt, (here, there): (LocaleIndex, LocaleIndex), root: &str) -> LevelPart {
        let of = &self.site[level.ladder];
        let category_part = |category: CategoryIndex| {
            let name = |locale| self.category_view(category.of(level.ladder), Some(level), locale);
            let on_both = |criterion: CriterionAt| (self.row(criterion, here, root), self.row(criterion, there, root));
            let criteria = of.criteria_of(level.level).filter(|(_, criterion)| criterion.category == category);
            CategoryPart {
                names: (name(here), name(there)),
                prose: self.pairs(
                    Passage::Category { ladder: level.ladder, level: level.level, category },
                    level.ladder,
                    (here, there),
                    root,
                ),
                rows: criteria.map(|(at, _)| on_both(at.of(level.ladder))).collect(),
            }
        };
        LevelPart {
            names: (self.level_view(level, here), self.level_view(level, there)),
            summary: self.pairs(Passage::Summary(level), level.ladder, (here, there), root),
            categories: of.categories_of(level.level).into_iter().map(category_part).collect(),
        }
    }

    /// The ways to read a ladder, `current` among them. None if the site has one language.
    pub(crate) fn views(&self, current: Page, locale: LocaleIndex, ladder: LadderIndex, root: &str) -> Vec<View> {
        let beside = |other, interleaved| {
            Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Beside { other, interleaved }))
        };
        self.views_of(current, (locale, Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole))), &beside, root)
    }

    /// The ways to read a text: alone, or with another language.
    pub(crate) fn views_of(
        &self,
        current: Page,
        (locale, alone): (LocaleIndex, Page),
        beside: &dyn Fn(LocaleIndex, bool) -> Page,
        root: &str,
    ) -> Vec<View> {
        let view = |page: Page, title: String| View {
            title,
            href: format!("{root}{}", page.path(self.site)),
            current: page == current,
        };
        let others = self.site.config.locale_indices().filter(|&other| other != locale);
        let with_other: Vec<_> = others
            .flat_map(|other| {
                let values = [("language", self.words.name(other))];
                [("view.beside", false), ("view.interleaved", true)]
                    .map(|(key, interleaved)| view(beside(other, interleaved), self.words.phrase(locale, key, &values)))
            })
            .collect();
        if with_other.is_empty() {
            return with_other;
        }
        let alone = view(alone, self.words.get(locale, "view.one").to_owned());
        std::iter::once(alone).chain(with_other).collect()
    }

    /// A passage of a ladder in two languages, as rows.
    fn pairs(
        &self,
        passage: Passage,
        ladder: LadderIndex,
        both: (LocaleIndex, LocaleIndex),
        root: &str,
    ) -> Vec<(Prose, Prose)> {
        let html = |file, locale| self.html(ladder, file, locale, root);
        self.aligned(passage, both, &html).into_iter().map(|row| row.pair).collect()
    }

    /// The sections without criteria, each with its rows.
    fn prose_beside(&self, ladder: LadderIndex, both: (LocaleIndex, LocaleIndex), root: &str) -> Vec<ProsePair> {
        let html = |file, locale| self.html(ladder, file, locale, root);
        let anchors = prose_anchors(&self.site[ladder], both.0);
        let mut pairs: Vec<ProsePair> = Vec::new();
        for row in self.aligned(Passage::Sections { ladder }, both, &html) {
            match pairs.last_mut().filter(|_| !row.is_heading) {
                Some(pair) => pair.rows.push(row.pair),
                None => {
                    let anchor = row.section.and_then(|at| anchors.get(at).cloned()).unwrap_or_default();
                    pairs.push(ProsePair { titles: row.pair, anchor, rows: Vec::new() });
                }
            }
        }
        pairs
    }
}
