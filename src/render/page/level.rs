//! One level: its own criteria, then those it inherits.

use serde::Serialize;

use super::framed;
use super::note::NoteLink;
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, Subject};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::origin::OriginLink;
use crate::render::row::{FromLadder, Group, LevelName, Prose, Text};

#[derive(Serialize)]
pub(crate) struct LevelView {
    #[serde(flatten)]
    frame: Frame,
    level: LevelName,
    summary: Prose,
    groups: Vec<Group>,
    /// The levels whose criteria also hold here, the nearest first.
    inherited: Vec<Inherited>,
    /// All criteria that hold here, own and inherited.
    total: usize,
    /// Whether some of them are from another ladder.
    builds_on: bool,
    comparisons: Vec<ComparisonLink>,
    notes: Vec<NoteLink>,
    /// The site that the ladder was made from.
    made_from: Option<OriginLink>,
}

#[derive(Serialize)]
struct Inherited {
    /// The ladder that it is a level of, if that is another.
    ladder: Option<Text>,
    /// Whether it is the one that this level builds on, which stands nowhere else on this ladder.
    is_counterpart: bool,
    level: LevelName,
    groups: Vec<Group>,
}

/// The way to the page that compares a level with this one.
#[derive(Serialize)]
struct ComparisonLink {
    /// The ladder that it is a level of, if that is another.
    ladder: Option<Text>,
    level: LevelName,
    path: String,
}

framed!(LevelView);

impl Renderer<'_> {
    pub(crate) fn level(&self, locale: LocaleIndex, ladder: usize, level: usize) -> LevelView {
        let of = &self.site.ladders[ladder];
        let name = self.level_view(ladder, level, locale);
        let inherited = self.site.inherited((ladder, level));
        let counts = inherited.iter().map(|&(of, level)| self.site.ladders[of].criteria_of(level).count());
        let total = name.count + counts.sum::<usize>();
        let description = self.words.phrase(
            locale,
            "level.description",
            &[
                ("level", &name.name),
                ("ladder", of.title.read(locale).0),
                ("criteria", &self.words.count(locale, "count.criteria", name.count)),
            ],
        );
        let page = Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Level(level)));
        let mut frame = self.frame(page, "level", name.name.clone(), description);
        let neighbour = |at: usize| Link {
            title: self.level_name(ladder, at, locale),
            href: format!(
                "{}{}",
                frame.root,
                Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Level(at))).path(self.site)
            ),
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
        let bases: Vec<_> = self.site.kinship.bases((ladder, level)).collect();
        let inherit = |at: (usize, usize)| {
            if at.0 == ladder {
                let groups = self.groups(ladder, at.1, locale, &frame.root, true);
                let level = self.level_view(ladder, at.1, locale);
                return Inherited { ladder: None, is_counterpart: false, level, groups };
            }
            let FromLadder { ladder, level, groups } = self.lent_level(at, locale, &frame.root);
            Inherited { ladder: Some(ladder), is_counterpart: bases.contains(&at), level, groups }
        };
        LevelView {
            summary: self.summary(ladder, level, locale, &frame.root),
            inherited: inherited.iter().copied().map(inherit).collect(),
            builds_on: inherited.iter().any(|level| level.0 != ladder),
            comparisons: self.comparisons(ladder, level, locale),
            notes: self.notes_about(Subject::Level { ladder, level }, locale),
            made_from: self.made_from(locale),
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
            let page = Page::In(
                locale,
                LocalePage::Ladder(ladder, LadderPage::Compare { lower: level.min(other), higher: level.max(other) }),
            );
            ComparisonLink { ladder: None, level: self.level_view(ladder, other, locale), path: page.path(self.site) }
        };
        let across = self.site.kinship.compared(ladder).iter().map(|&other| {
            let opposite = self.opposite(ladder, level, other);
            let page = Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Across { level, other, opposite }));
            ((other, opposite), page)
        });
        let guests = self.site.kinship.guest_of(ladder).iter().map(|&other| {
            let opposite = self.opposite(ladder, level, other);
            let page = Page::In(
                locale,
                LocalePage::Ladder(other, LadderPage::Across { level: opposite, other: ladder, opposite: level }),
            );
            ((other, opposite), page)
        });
        let across = across.chain(guests).map(|((other, opposite), page)| ComparisonLink {
            ladder: Some(self.text(&self.site.ladders[other].title, locale)),
            level: self.level_view(other, opposite, locale),
            path: page.path(self.site),
        });
        others.map(link).chain(across).collect()
    }

    /// The level of another ladder that is most likely to be compared with one: that of the same id or code, or else
    /// the one as high.
    fn opposite(&self, ladder: usize, level: usize, other: usize) -> usize {
        let (of, others) = (&self.site.ladders[ladder].levels[level], &self.site.ladders[other].levels);
        let same_code = || others.iter().position(|other| other.codes.iter().any(|code| of.codes.contains(code)));
        let found = others.iter().position(|other| other.id == of.id).or_else(same_code);
        found.unwrap_or(level.min(others.len().saturating_sub(1)))
    }
}
