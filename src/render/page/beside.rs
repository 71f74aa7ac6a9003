//! Two languages, aligned row by row: in two columns, or one under the other.

use serde::Serialize;

use super::framed;
use crate::config::{LocaleIndex, Localized};
use crate::model::{Page, Prose as Section, prose_anchors};
use crate::parse::{Block, BlockKind, List};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::row::{CategoryName, LevelName, Prose, Row, Text};

#[derive(Serialize)]
pub struct BesideView {
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
pub struct View {
    title: String,
    href: String,
    current: bool,
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
    summary: Vec<(Prose, Prose)>,
    categories: Vec<CategoryPart>,
}

#[derive(Serialize)]
struct CategoryPart {
    names: (CategoryName, CategoryName),
    prose: (Prose, Prose),
    rows: Vec<(Row, Row)>,
}

/// A section without criteria, in the languages that have it.
#[derive(Serialize)]
struct ProsePair {
    titles: (Option<Text>, Option<Text>),
    anchor: String,
    rows: Vec<(Prose, Prose)>,
}

framed!(BesideView);

impl Renderer<'_> {
    pub fn beside(&self, locale: LocaleIndex, ladder: usize, other: LocaleIndex, interleaved: bool) -> BesideView {
        let of = &self.site.ladders[ladder];
        let values = [("language", self.words.name(other)), ("ladder", of.title.read(locale).0)];
        let title = if interleaved { "interleaved.title" } else { "beside.title" };
        let title = self.words.phrase(locale, title, &values);
        let description = self.words.phrase(locale, "beside.description", &values);
        let page = Page::Beside { locale, ladder, other, interleaved };
        let kind = if interleaved { "interleaved" } else { "beside" };
        let mut frame = self.frame(page, kind, title, description);
        let levels: Vec<_> =
            (0..of.levels.len()).map(|level| self.level_beside(ladder, level, (locale, other), &frame.root)).collect();
        frame.contents = levels
            .iter()
            .map(|part| Link { title: part.names.0.name.clone(), href: format!("#{}", part.names.0.slug) })
            .collect();
        BesideView {
            here: self.side(ladder, locale),
            there: self.side(ladder, other),
            views: self.views(page, locale, ladder, &frame.root),
            preface: self.aligned(ladder, &of.preface, (locale, other), &frame.root),
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
            let prose =
                |locale| self.category_prose(ladder, (level, category), locale, root).unwrap_or_else(Prose::empty);
            CategoryPart {
                names: (name(here), name(there)),
                prose: (prose(here), prose(there)),
                rows: criteria.map(|(at, _)| on_both(at)).collect(),
            }
        };
        LevelPart {
            names: (self.level_view(ladder, level, here), self.level_view(ladder, level, there)),
            summary: self.aligned(ladder, &of.levels[level].summary, (here, there), root),
            categories: of.categories_of(level).into_iter().map(category_part).collect(),
        }
    }

    /// The ways to read a ladder, `current` among them. None if the site has one language.
    pub fn views(&self, current: Page, locale: LocaleIndex, ladder: usize, root: &str) -> Vec<View> {
        let view = |page: Page, title: String| View {
            title,
            href: format!("{root}{}", page.path(self.site)),
            current: page == current,
        };
        let others = self.site.config.locale_indices().filter(|&other| other != locale);
        let with_other: Vec<_> = others
            .flat_map(|other| {
                let values = [("language", self.words.name(other))];
                [("view.beside", false), ("view.interleaved", true)].map(|(key, interleaved)| {
                    let page = Page::Beside { locale, ladder, other, interleaved };
                    view(page, self.words.phrase(locale, key, &values))
                })
            })
            .collect();
        if with_other.is_empty() {
            return with_other;
        }
        let alone = view(Page::Ladder { locale, ladder }, self.words.get(locale, "view.one").to_owned());
        std::iter::once(alone).chain(with_other).collect()
    }

    /// A text in two languages, as rows.
    fn aligned(
        &self,
        ladder: usize,
        text: &Localized<Vec<Block>>,
        (here, there): (LocaleIndex, LocaleIndex),
        root: &str,
    ) -> Vec<(Prose, Prose)> {
        let ((own, own_locale), (other, other_locale)) = (text.read(here), text.read(there));
        let written = |blocks: &[Block], actual, locale| self.prose(ladder, blocks, (actual, locale), root);
        let rows = pairs(own, other).into_iter();
        rows.map(|(a, b)| (written(&a, own_locale, here), written(&b, other_locale, there))).collect()
    }

    /// Sections without criteria, matched by how many levels stand before them and by their order there.
    fn prose_beside(&self, ladder: usize, (here, there): (LocaleIndex, LocaleIndex), root: &str) -> Vec<ProsePair> {
        let of = &self.site.ladders[ladder];
        let ((own, own_locale), (other, other_locale)) = (of.prose.read(here), of.prose.read(there));
        let title = |section: &Section, actual, locale| Text {
            text: section.title.clone(),
            language: self.foreign(actual, locale),
        };
        let pair = |a: Option<&Section>, b: Option<&Section>, anchor: String| ProsePair {
            titles: (a.map(|a| title(a, own_locale, here)), b.map(|b| title(b, other_locale, there))),
            anchor,
            rows: pairs(a.map_or(&[], |a| &*a.blocks), b.map_or(&[], |b| &*b.blocks))
                .into_iter()
                .map(|(a, b)| {
                    (
                        self.prose(ladder, &a, (own_locale, here), root),
                        self.prose(ladder, &b, (other_locale, there), root),
                    )
                })
                .collect(),
        };
        let mut others: Vec<&Section> = other.iter().collect();
        let anchors = prose_anchors(of, here).into_iter();
        let mut sections: Vec<_> = own
            .iter()
            .zip(anchors)
            .map(|(section, anchor)| {
                let found = others.iter().position(|other| other.after == section.after);
                pair(Some(section), found.map(|at| others.remove(at)), anchor)
            })
            .collect();
        sections.extend(others.into_iter().map(|other| pair(None, Some(other), String::new())));
        sections
    }
}

/// The blocks of two texts that belong together, and the items of their lists, if the texts are built alike.
fn pairs(a: &[Block], b: &[Block]) -> Vec<(Vec<Block>, Vec<Block>)> {
    if a.len() != b.len() {
        return vec![(a.to_vec(), b.to_vec())];
    }
    let blocks = a.iter().zip(b).flat_map(|(a, b)| match (&a.kind, &b.kind) {
        (BlockKind::List(one), BlockKind::List(other)) if one.items.len() == other.items.len() => {
            items(a, one).zip(items(b, other)).collect()
        }
        _ => vec![(vec![a.clone()], vec![b.clone()])],
    });
    blocks.collect()
}

/// Each item of a list as a list of its own that goes on counting.
fn items<'a>(block: &'a Block, list: &'a List) -> impl Iterator<Item = Vec<Block>> + 'a {
    (0_u64..).zip(&list.items).map(|(at, item)| {
        let list = List { start: list.start.map(|start| start + at), items: vec![item.clone()] };
        vec![Block { kind: BlockKind::List(list), ..block.clone() }]
    })
}
