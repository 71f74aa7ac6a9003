//! One level: its own criteria, then those it inherits.

use serde::Serialize;

use super::framed;
use super::note::NoteLink;
use crate::config::LocaleIndex;
use crate::model::{Page, Subject};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::origin::OriginLink;
use crate::render::past::StubView;
use crate::render::row::{Group, LevelName, Prose};

#[derive(Serialize)]
pub struct LevelView {
    #[serde(flatten)]
    frame: Frame,
    level: LevelName,
    summary: Prose,
    groups: Vec<Group>,
    /// The levels whose criteria also hold here, the nearest first.
    inherited: Vec<Inherited>,
    /// All criteria that hold here, own and inherited.
    total: usize,
    comparisons: Vec<ComparisonLink>,
    notes: Vec<NoteLink>,
    /// The site that the ladder was made from.
    made_from: Option<OriginLink>,
    /// What stood on the page and is gone from there.
    stubs: Vec<StubView>,
}

#[derive(Serialize)]
struct Inherited {
    level: LevelName,
    groups: Vec<Group>,
}

/// The way to the page that compares a level with this one.
#[derive(Serialize)]
struct ComparisonLink {
    level: LevelName,
    path: String,
}

framed!(LevelView);

impl Renderer<'_> {
    pub fn level(&self, locale: LocaleIndex, ladder: usize, level: usize) -> LevelView {
        let of = &self.site.ladders[ladder];
        let name = self.level_view(ladder, level, locale);
        let inherited: Vec<usize> = of.inherited_by(level).collect();
        let total = name.count + inherited.iter().map(|&lower| of.criteria_of(lower).count()).sum::<usize>();
        let description = self.words.phrase(
            locale,
            "level.description",
            &[
                ("level", &name.name),
                ("ladder", of.title.read(locale).0),
                ("criteria", &self.words.count(locale, "count.criteria", name.count)),
            ],
        );
        let page = Page::Level { locale, ladder, level };
        let mut frame = self.frame(page, "level", name.name.clone(), description);
        let neighbour = |at: usize| Link {
            title: self.level_name(ladder, at, locale),
            href: format!("{}{}", frame.root, Page::Level { locale, ladder, level: at }.path(self.site)),
        };
        let previous = level.checked_sub(1).map(neighbour);
        let next = Some(level + 1).filter(|&next| next < of.levels.len()).map(neighbour);
        (frame.previous, frame.next) = (previous, next);
        frame.json_ld = Some(self.ladder_json_ld(ladder, locale));
        let groups = self.groups(ladder, level, locale, &frame.root, false);
        frame.contents = groups
            .iter()
            .filter(|group| !group.category.anchor.is_empty())
            .map(|group| Link { title: group.category.title.text.clone(), href: format!("#{}", group.category.anchor) })
            .collect();
        let inherit = |lower| Inherited {
            level: self.level_view(ladder, lower, locale),
            groups: self.groups(ladder, lower, locale, &frame.root, true),
        };
        LevelView {
            summary: self.summary(ladder, level, locale, &frame.root),
            inherited: inherited.into_iter().map(inherit).collect(),
            comparisons: self.comparisons(ladder, level, locale),
            notes: self.notes_about(Subject::Level { ladder, level }, locale),
            made_from: self.made_from(locale),
            stubs: self.stubs(self.site.history.stubs_of_level(ladder, level), locale, &frame.root),
            level: name,
            groups,
            total,
            frame,
        }
    }

    /// The pages that compare a level with each other one.
    fn comparisons(&self, ladder: usize, level: usize, locale: LocaleIndex) -> Vec<ComparisonLink> {
        let others = (0..self.site.ladders[ladder].levels.len()).filter(|&other| other != level);
        let link = |other: usize| {
            let page = Page::Compare { locale, ladder, lower: level.min(other), higher: level.max(other) };
            ComparisonLink { level: self.level_view(ladder, other, locale), path: page.path(self.site) }
        };
        others.map(link).collect()
    }
}
