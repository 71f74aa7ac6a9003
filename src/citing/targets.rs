//! What citations cite.

use super::copied::Unpinned;
use super::pages::{cited_by, page_at};
use super::review::CitationMatcher;
use super::{Cited, CitedAddress, FoundLevel, Mention};
use crate::handle::EditionIndex;
use crate::id::{CriterionId, slug};
use crate::locale::{Locale, LocaleIndex};
use crate::model::{EditionPage, LadderPage, LocalePage, Page};

/// What is cited, and the slug of the language in which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) what: Aim,
    pub(super) slug: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aim {
    Criterion(Cited),
    Level(FoundLevel),
}

impl CitationMatcher<'_> {
    /// Returns what a mention cites, if it is there.
    pub(super) fn target_of(&self, mention: &Mention) -> Option<Target> {
        match &mention.what {
            CitedAddress::Id { cited, .. } => Some(Target { what: Aim::Criterion(cited.clone()?), slug: None }),
            CitedAddress::Level(cited) => Some(Target { what: Aim::Level(cited.find(self.site).ok()?), slug: None }),
            CitedAddress::NoEdition { .. } | CitedAddress::Between { .. } => None,
            CitedAddress::Page { path, fragment, .. } => {
                let page = match page_at(self.site, path) {
                    Some(Page::Former(former)) => self.site.history.former[former].to,
                    Some(page) => page,
                    None => return cited_by(path).map(|cited| Target { what: Aim::Criterion(cited), slug: None }),
                };
                self.target(page, fragment.as_deref())
            }
        }
    }

    /// Returns what an address cites.
    pub(super) fn target(&self, page: Page, fragment: Option<&str>) -> Option<Target> {
        let site = self.site;
        let editions = &site.history.editions;
        let slug_then = |edition: EditionIndex, locale: usize| {
            editions[edition].locales.get(locale).map(|locale: &Locale| locale.slug.clone())
        };
        let own_slug = page.locale().map(|locale| site.config.locale(locale).slug.clone());
        let at_fragment = || CriterionId::parse(&fragment?.to_ascii_uppercase());
        let of_part = || fragment.map(str::to_owned);
        let name = |edition: EditionIndex| Some(editions[edition].name().clone());
        let (cited, of_criterion) = match page {
            Page::Criterion(criterion) => (Some((site[criterion].id.clone(), None)), of_part()),
            Page::Withdrawn(withdrawn) => (Some((site.history.withdrawn[withdrawn].id.clone(), None)), of_part()),
            Page::Edition(edition, EditionPage::Criterion(at)) => {
                (Some((editions[edition].frozen.at(at).1.id.clone(), name(edition))), of_part())
            }
            Page::Edition(
                edition,
                EditionPage::Ladder { locale, .. }
                | EditionPage::Level { locale, .. }
                | EditionPage::Worksheet { locale, .. },
            ) => (at_fragment().map(|id| (id, name(edition))), slug_then(edition, locale)),
            _ => (at_fragment().map(|id| (id, None)), own_slug.clone()),
        };
        if let Some((id, edition)) = cited {
            return Some(Target { what: Aim::Criterion(Cited { id, edition }), slug: of_criterion });
        }
        let (level, slug) = match page {
            Page::In(_, LocalePage::Ladder(ladder, LadderPage::Level(level))) => {
                (FoundLevel::Now(level.of(ladder)), own_slug)
            }
            Page::Edition(edition, EditionPage::Level { locale, level }) => {
                (FoundLevel::Then(edition, level), slug_then(edition, locale))
            }
            Page::Edition(edition, EditionPage::Ladder { locale, ladder }) => {
                let mut levels = editions[edition].frozen.ladders[ladder].levels.iter_enumerated();
                let (level, _) =
                    levels.find(|(_, level)| fragment.is_some() && slug(&level.id).as_deref() == fragment)?;
                (FoundLevel::Then(edition, level.of(ladder)), slug_then(edition, locale))
            }
            _ => return None,
        };
        Some(Target { what: Aim::Level(level), slug })
    }

    /// Returns the language of a slug, if the site has it.
    pub(super) fn locale_of(&self, slug: Option<&str>) -> Option<LocaleIndex> {
        self.site.config.locale_indices().find(|&locale| Some(self.site.config.locale(locale).slug.as_str()) == slug)
    }

    /// Returns the tags of the languages in which something of an edition is read: the one of a slug, or else all that the
    /// edition has.
    pub(super) fn tags_of(&self, slug: Option<&str>, edition: EditionIndex) -> Vec<&str> {
        let locales = &self.site.history.editions[edition].locales;
        let named =
            locales.iter().filter(|locale| Some(locale.slug.as_str()) == slug).map(|locale| locale.tag.as_str());
        let named: Vec<_> = named.collect();
        if named.is_empty() { locales.iter().map(|locale| locale.tag.as_str()).collect() } else { named }
    }

    /// Returns what is cited, without its edition.
    pub(super) fn subject_of(&self, target: &Target) -> Option<Unpinned> {
        match &target.what {
            Aim::Criterion(cited) => Some(Unpinned::Criterion(cited.id.clone())),
            &Aim::Level(FoundLevel::Now(level)) => Some(Unpinned::Level(level)),
            &Aim::Level(FoundLevel::Then(edition, level)) => {
                self.site.history.mapping(edition).level(level).map(Unpinned::Level)
            }
        }
    }

    /// Returns the edition that is cited.
    pub(super) fn edition_of(&self, target: &Target) -> Option<String> {
        match &target.what {
            Aim::Criterion(cited) => cited.edition.as_ref().map(ToString::to_string),
            &Aim::Level(FoundLevel::Then(edition, _)) => Some(self.site.history.editions[edition].name().to_string()),
            Aim::Level(FoundLevel::Now(_)) => None,
        }
    }
}
