//! The blank form of a level: what its sheet asks, now or in an edition.

use crate::citing::{Citation, FoundLevel, frozen_in, level_citation, level_label, pinned};
use crate::edition::{At, ByLocale, Frozen, FrozenCriterion, FrozenLadder, FrozenLevel};
use crate::handle::{CriterionAt, EditionIndex, LevelAt};
use crate::id::CriterionId;
use crate::locale::{Locale, LocaleIndex};
use crate::model::{Site, level_name};

/// What the sheet of a level asks.
pub(crate) struct Form<'s> {
    pub(crate) site: &'s Site,
    /// None for the site as it is now.
    pub(crate) edition: Option<EditionIndex>,
    /// What all texts of the form are read from.
    pub(crate) frozen: &'s Frozen,
    /// The level, and what it asks itself.
    pub(crate) own: FormLevel<'s>,
    /// The levels whose criteria also hold on it, the nearest first.
    pub(crate) inherited: Vec<FormLevel<'s>>,
}

/// A level with the criteria that are its own.
pub(crate) struct FormLevel<'s> {
    pub(crate) at: LevelAt,
    pub(crate) ladder: &'s FrozenLadder,
    pub(crate) level: &'s FrozenLevel,
    /// What it is called where it is cited: `L6`, or `management:L6` where several ladders have one.
    pub(crate) label: String,
    /// In the order of its page.
    pub(crate) categories: Vec<FormCategory<'s>>,
}

/// The criteria of one category on a level.
pub(crate) struct FormCategory<'s> {
    /// None for criteria that stand right below the heading of their level.
    pub(crate) title: Option<&'s ByLocale<String>>,
    pub(crate) criteria: Vec<FormCriterion<'s>>,
}

/// A criterion that a form asks about.
#[derive(Clone, Copy)]
pub(crate) struct FormCriterion<'s> {
    /// Its place in the edition, or in the site.
    pub(crate) at: At,
    /// Its id, and its texts by locale.
    pub(crate) data: &'s FrozenCriterion,
}

impl<'s> Form<'s> {
    /// The form of a level of an edition, or of a level as it is now. The place is one in [`Site::kept`] then, which are
    /// those of the site.
    pub(crate) fn of(site: &'s Site, edition: Option<EditionIndex>, level: LevelAt) -> Self {
        let frozen = site.as_of(edition);
        let form_level = |at| FormLevel::of(site, edition, frozen, at);
        let inherited = frozen.inherited(level).into_iter().map(form_level).collect();
        Self { site, edition, frozen, own: form_level(level), inherited }
    }

    /// Returns the level with the levels whose criteria also hold on it.
    pub(crate) fn levels(&self) -> impl Iterator<Item = &FormLevel<'s>> {
        std::iter::once(&self.own).chain(&self.inherited)
    }

    /// Returns everything that holds on the level, what it asks itself first.
    pub(crate) fn criteria(&self) -> impl Iterator<Item = &FormCriterion<'s>> {
        self.levels().flat_map(FormLevel::criteria)
    }

    /// Returns how a criterion of the form is cited by readers of a locale: of an edition as that has it, and now in the last
    /// edition if it reads there as it does now.
    pub(crate) fn citation(&self, criterion: &FormCriterion<'_>, locale: LocaleIndex) -> Citation {
        match self.edition {
            Some(_) => self.citation_in(criterion, self.site.config.locale(locale)),
            None => {
                let At { ladder, criterion } = criterion.at;
                pinned(self.site, CriterionAt { ladder, criterion }, locale)
            }
        }
    }

    /// Returns the same of a form of an edition for readers of a locale that the site may have no more.
    fn citation_in(&self, criterion: &FormCriterion<'_>, locale: &Locale) -> Citation {
        let edition = self.edition.expect("only forms of editions have locales that the site has not");
        frozen_in(self.site, edition, criterion.at, locale)
    }

    /// Returns how the level is cited by readers of a locale.
    pub(crate) fn level_citation(&self, locale: LocaleIndex) -> Citation {
        level_citation(self.site, found(self.edition, self.own.at), locale)
    }

    /// Returns the name of a level of the form, with its code, for readers of a locale, by its tag.
    pub(crate) fn name_of(&self, level: &FormLevel<'_>, tag: &str) -> String {
        let title = self.frozen.read(&level.level.title, tag).map_or("", |(title, _)| title);
        level_name(&level.level.code(), title)
    }
}

/// Returns a level of an edition, or of the site as it is now.
pub(super) fn found(edition: Option<EditionIndex>, level: LevelAt) -> FoundLevel {
    edition.map_or(FoundLevel::Now(level), |edition| FoundLevel::Then(edition, level))
}

impl<'s> FormLevel<'s> {
    fn of(site: &Site, edition: Option<EditionIndex>, frozen: &'s Frozen, at: LevelAt) -> Self {
        let ladder = &frozen.ladders[at.ladder];
        let level = &ladder.levels[at.level];
        let criteria_in = |category: &str| {
            let here = ladder.criteria.iter_enumerated();
            let here = here.filter(|(_, criterion)| criterion.level == level.id && criterion.category == category);
            here.map(|(criterion, data)| FormCriterion { at: At { ladder: at.ladder, criterion }, data }).collect()
        };
        let category = |id: &str| FormCategory {
            title: ladder.category(id).filter(|category| !category.id.is_empty()).map(|category| &category.title),
            criteria: criteria_in(id),
        };
        let categories = level.categories.iter().map(|part| category(&part.id));
        Self {
            at,
            ladder,
            level,
            label: level_label(site, found(edition, at)),
            categories: categories.filter(|category| !category.criteria.is_empty()).collect(),
        }
    }

    /// Returns the criteria of the level, in the order of its page.
    pub(crate) fn criteria(&self) -> impl Iterator<Item = &FormCriterion<'s>> {
        self.categories.iter().flat_map(|category| &category.criteria)
    }
}

impl<'s> FormCriterion<'s> {
    pub(crate) fn id(&self) -> &'s CriterionId {
        &self.data.id
    }
}
