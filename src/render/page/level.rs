//! One level: its own criteria, then those it inherits.

use serde::Serialize;

use super::framed;
use super::note::NoteLink;
use crate::handle::{LadderIndex, LevelAt, LevelIndex, Neighbours};
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
    pub(crate) fn level(&self, locale: LocaleIndex, level: LevelAt) -> LevelView {
        let of = &self.site[level.ladder];
        let name = self.level_view(level, locale);
        let inherited = self.site.inherited(level);
        let counts = inherited.iter().map(|level| self.site[level.ladder].criteria_of(level.level).count());
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
        let page = Page::of_level(locale, level);
        let mut frame = self.frame(page, "level", name.name.clone(), description);
        let neighbour = |at: LevelIndex| Link {
            title: self.level_name(at.of(level.ladder), locale),
            href: format!("{}{}", frame.root, Page::of_level(locale, at.of(level.ladder)).path(self.site)),
        };
        let (previous, next) = (level.level.before(), level.level.behind(of.levels.len()));
        (frame.previous, frame.next) = (previous.map(neighbour), next.map(neighbour));
        frame.json_ld = Some(self.ladder_json_ld(level.ladder, locale));
        let groups = self.groups(level, locale, &frame.root, false);
        frame.contents = groups
            .iter()
            .filter(|group| !group.category.anchor.is_empty())
            .map(|group| Link { title: group.category.title.text.clone(), href: format!("#{}", group.category.anchor) })
            .collect();
        let bases: Vec<_> = self.site.kinship.bases(level).collect();
        let inherit = |at: LevelAt| {
            if at.ladder == level.ladder {
                let groups = self.groups(at, locale, &frame.root, true);
                return Inherited { ladder: None, is_counterpart: false, level: self.level_view(at, locale), groups };
            }
            let FromLadder { ladder, level, groups } = self.lent_level(at, locale, &frame.root);
            Inherited { ladder: Some(ladder), is_counterpart: bases.contains(&at), level, groups }
        };
        LevelView {
            summary: self.summary(level, locale, &frame.root),
            inherited: inherited.iter().copied().map(inherit).collect(),
            builds_on: inherited.iter().any(|from| from.ladder != level.ladder),
            comparisons: self.comparisons(level, locale),
            notes: self.notes_about(Subject::Level(level), locale),
            made_from: self.made_from(locale),
            level: name,
            groups,
            total,
            frame,
        }
    }

    /// The pages that compare a level with each other one.
    fn comparisons(&self, level: LevelAt, locale: LocaleIndex) -> Vec<ComparisonLink> {
        let others = self.site[level.ladder].levels.keys().filter(|&other| other != level.level);
        let link = |other: LevelIndex| {
            let (lower, higher) = (level.level.min(other), level.level.max(other));
            let page = Page::In(locale, LocalePage::Ladder(level.ladder, LadderPage::Compare { lower, higher }));
            let level = self.level_view(other.of(level.ladder), locale);
            ComparisonLink { ladder: None, level, path: page.path(self.site) }
        };
        let own = self.site.kinship.compared(level.ladder).iter().filter_map(|&other| {
            let opposite = self.opposite(level, other)?;
            Some((opposite, Page::across(locale, level, opposite)))
        });
        let guests = self.site.kinship.guest_of(level.ladder).iter().filter_map(|&other| {
            let opposite = self.opposite(level, other)?;
            Some((opposite, Page::across(locale, opposite, level)))
        });
        let across = own.chain(guests).map(|(opposite, page)| ComparisonLink {
            ladder: Some(self.text(&self.site[opposite.ladder].title, locale)),
            level: self.level_view(opposite, locale),
            path: page.path(self.site),
        });
        others.map(link).chain(across).collect()
    }

    /// The level of another ladder that is most likely to be compared with one: that of the same id or code, or else
    /// the one as high. None for a ladder without levels.
    fn opposite(&self, level: LevelAt, other: LadderIndex) -> Option<LevelAt> {
        let (of, others) = (&self.site[level], &self.site[other].levels);
        let same_code = || others.position(|other| other.codes.iter().any(|code| of.codes.contains(code)));
        let found = others.position(|other| other.id == of.id).or_else(same_code);
        Some(found.unwrap_or(level.level.min(others.last_key()?)).of(other))
    }
}
