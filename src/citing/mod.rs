//! Citing: what a person copies into a review, and what becomes of it there.
//!
//! [`cite`] and [`level_citation`] say what a criterion or a level says, now or in an edition, with everything that a
//! reader needs to find and to attribute it; [`Citation::write`] writes it in one of the [`CitationStyle`]s. [`find`]
//! finds citations in whatever text, and [`judge`] says which of them no longer mean what they meant.

mod addresses;
mod attribution;
mod behind;
mod beside;
mod citable;
mod contradictory;
mod copied;
mod form;
mod groups;
mod hypertext;
mod leading_on;
mod level;
mod level_changes;
mod level_mentions;
mod likeness;
mod mentions;
mod misquoted;
mod outdated;
mod pages;
mod paragraphs;
mod pinning;
mod quotations;
mod ranges;
mod reading;
mod review;
mod series;
mod statements;
mod surroundings;
mod targets;
mod unknown;

pub(crate) use beside::bare;
pub(crate) use form::{CitationStyle, markdown};
pub(crate) use hypertext::is_hypertext;
pub(crate) use level::{
    CitedLevel, FoundLevel, NoSuchLevel, frozen_level, level_citation, level_label, level_later, level_then,
    pinned_level, place_then, was_released,
};
pub(crate) use mentions::{CitedAddress, Mention, find};
pub(crate) use reading::ReadText;
pub(crate) use review::{Asked, Review, judge};
pub(crate) use unknown::{nearest_edition, nearest_ids, nearest_levels};

use jiff::civil::Date;

use crate::config::Party;
use crate::edition::{At, Edition, FrozenParty, text_in};
use crate::handle::{CriterionAt, EditionIndex};
use crate::id::{CriterionId, EditionName};
use crate::locale::{Locale, LocaleIndex};
use crate::model::{EditionPage, Page, Site, Subject, WithdrawnCriterion, level_name};

/// A criterion, or a criterion of an edition: `TL-042`, `TL-042@2026.1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Cited {
    pub(crate) id: CriterionId,
    pub(crate) edition: Option<EditionName>,
}

impl Cited {
    /// Reads what a person may write: `tl-42@2026.1`.
    pub(crate) fn parse_leniently(text: &str) -> Option<Self> {
        let (id, edition) = text.split_once('@').map_or((text, None), |(id, edition)| (id, Some(edition)));
        let edition = match edition {
            Some(name) => Some(EditionName::parse(name)?),
            None => None,
        };
        Some(Self { id: CriterionId::parse_leniently(id)?, edition })
    }
}

impl std::fmt::Display for Cited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.edition {
            Some(edition) => write!(f, "{}@{edition}", self.id),
            None => self.id.fmt(f),
        }
    }
}

/// Everything that is said where a criterion or a level is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Citation {
    /// What is cited, with the edition if that is cited: `TL-042@2026.1`.
    pub(crate) label: String,
    /// The same without the edition and the ladder: `TL-042`, `L6`.
    pub(crate) number: String,
    /// The edition in which it reads so, and its day: the one that is cited, or else the last one. None if it reads so
    /// in no edition yet.
    pub(crate) edition: Option<(EditionName, Date)>,
    /// None where a level is cited.
    pub(crate) statement: Option<String>,
    /// Code and title.
    pub(crate) level: String,
    /// The title of the ladder.
    pub(crate) title: String,
    pub(crate) authors: Vec<Author>,
    /// The translators into the language of the statement.
    pub(crate) translators: Vec<Author>,
    /// The authors of later changes, in the order of their steps. The last one adapted the text, if it was adapted.
    pub(crate) modifiers: Vec<Author>,
    /// The short name of the licence, `CC BY-SA 4.0`, and its address. None if all rights are reserved.
    pub(crate) licence: Option<(String, String)>,
    pub(crate) address: String,
    /// The language of the statement: a BCP 47 tag.
    pub(crate) language: String,
}

/// A person or an organisation that wrote the ladder, translated or changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Author {
    pub(crate) name: String,
}

/// Why a criterion cannot be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotCitable {
    /// The site never had a criterion of this id.
    UnknownId,
    /// The site has no edition of this name.
    UnknownEdition,
    /// The edition holds no criterion of this id.
    NotInEdition,
    /// It was withdrawn, and nothing has kept its text.
    Lost,
}

/// Returns the citation of a criterion, for readers of a locale.
///
/// Without an edition it is the criterion as it reads now, or as it read last if it was withdrawn, at its permanent
/// address. With one it is what the edition says, at the address of the frozen page.
pub(crate) fn cite(site: &Site, cited: &Cited, locale: LocaleIndex) -> Result<Citation, NotCitable> {
    let history = &site.history;
    if let Some(name) = &cited.edition {
        let edition = history.edition(name).ok_or(NotCitable::UnknownEdition)?;
        let at = history.timeline(&cited.id).editions.get(&edition);
        return match at {
            Some(&at) => Ok(frozen(site, edition, at, locale)),
            None if is_known(site, &cited.id) => Err(NotCitable::NotInEdition),
            None => Err(NotCitable::UnknownId),
        };
    }
    match site.find(&cited.id.to_string()) {
        Some(Subject::Criterion(criterion)) => Ok(present(site, criterion, locale)),
        _ => match history.withdrawn_at(&cited.id) {
            Some(withdrawn) => last(site, &history.withdrawn[withdrawn], locale).ok_or(NotCitable::Lost),
            None => Err(NotCitable::UnknownId),
        },
    }
}

/// Returns whether the site has or had a criterion.
fn is_known(site: &Site, id: &CriterionId) -> bool {
    site.find(&id.to_string()).is_some()
        || site.history.withdrawn_at(id).is_some()
        || !site.history.timeline(id).editions.is_empty()
}

/// Returns a criterion as the last edition has it, if that has exactly what its readers see now. So what is cited can be
/// read for ever. Otherwise returns it as it reads now.
pub(crate) fn pinned(site: &Site, criterion: CriterionAt, locale: LocaleIndex) -> Citation {
    let then = in_last_edition(site, criterion, locale).map(|(edition, at)| frozen(site, edition, at, locale));
    then.unwrap_or_else(|| unreleased(site, criterion, locale))
}

/// Returns whether the last edition has a criterion exactly as its readers see it now.
pub(crate) fn is_released(site: &Site, criterion: CriterionAt, locale: LocaleIndex) -> bool {
    in_last_edition(site, criterion, locale).is_some()
}

/// Returns how criteria are cited that stand in a list for readers of a locale, by name: those that the last edition holds
/// as they read now (`pinned`), the others (`now`), and the same for texts that are read in the source (`pinned-source`).
/// Scripts put the texts of a criterion in place of `%{statement}` and the like.
pub(crate) fn patterns(site: &Site, locale: LocaleIndex) -> Vec<(&'static str, Citation)> {
    let last = site.history.editions.last_key();
    let criteria = || {
        let ladders = site.ladders.iter_enumerated();
        ladders.flat_map(|(ladder, data)| data.criteria.keys().map(move |criterion| criterion.of(ladder)))
    };
    let has_unreleased = last.is_none() || !criteria().all(|criterion| is_released(site, criterion, locale));
    let has_untranslated = criteria().any(|criterion| site[criterion].text.read(locale).1 != locale);
    let part = match locale {
        LocaleIndex::SOURCE => String::new(),
        _ => format!("#{}", site.config.locale(locale).slug),
    };
    let base = &site.config.base_url;
    let pattern = |edition: Option<EditionIndex>, read: LocaleIndex| {
        let tag = &site.config.locale(read).tag;
        let of_all = match edition.map(|edition| &site.history.editions[edition]) {
            Some(released) => Citation {
                label: format!("%{{id}}@{}", released.name()),
                address: format!("{base}e/{}/c/%{{slug}}/{part}", released.name()),
                ..of_an_edition(released, tag)
            },
            None => Citation {
                label: "%{id}".to_owned(),
                address: format!("{base}c/%{{slug}}/{part}"),
                translators: translators(site, tag),
                ..of_the_site(site)
            },
        };
        let [statement, level, title] = ["%{statement}", "%{level}", "%{ladder}"].map(str::to_owned);
        Citation { statement: Some(statement), level, title, ..of_all }
    };
    let pinned = last.map(|edition| ("pinned", "pinned-source", Some(edition)));
    let now = has_unreleased.then_some(("now", "now-source", None));
    let both = |(own, source, edition)| {
        let of_source = has_untranslated.then(|| (source, pattern(edition, LocaleIndex::SOURCE)));
        std::iter::once((own, pattern(edition, locale))).chain(of_source)
    };
    pinned.into_iter().chain(now).flat_map(both).collect()
}

/// What readers see of a criterion.
#[derive(PartialEq, Eq)]
struct Reading {
    statement: String,
    language: String,
    /// Code and title.
    level: String,
    /// The title of the ladder.
    title: String,
}

impl Reading {
    fn now(site: &Site, criterion: CriterionAt, locale: LocaleIndex) -> Self {
        let this = &site[criterion];
        let (text, actual) = this.text.read(locale);
        Self {
            statement: text.plain.clone(),
            language: site.config.locale(actual).language.clone(),
            level: site[this.level.of(criterion.ladder)].name(locale),
            title: site[criterion.ladder].title.read(locale).0.clone(),
        }
    }

    /// Returns what readers of a locale, by its tag, see of it in an edition, and the tag of the language in which they read it.
    fn then<'a>(site: &'a Site, edition: EditionIndex, at: At, tag: &str) -> (Self, &'a str) {
        let released = &site.history.editions[edition].frozen;
        let (ladder, criterion) = released.at(at);
        let statement = released.read(&criterion.statement, tag);
        let title = |titles| released.read::<String>(titles, tag).map_or(String::new(), |(title, _)| title.clone());
        let level = ladder.level(&criterion.level).map(|level| level_name(&level.code(), &title(&level.title)));
        let actual = statement.map_or("", |(_, tag)| tag);
        let reading = Self {
            statement: statement.map(|(statement, _)| statement.plain()).unwrap_or_default(),
            language: language(actual),
            level: level.unwrap_or_default(),
            title: title(&ladder.title),
        };
        (reading, actual)
    }
}

/// Returns a criterion as it reads now.
fn present(site: &Site, criterion: CriterionAt, locale: LocaleIndex) -> Citation {
    let Citation { label, number, address, .. } = unreleased(site, criterion, locale);
    Citation { label, number, address, ..pinned(site, criterion, locale) }
}

/// Returns where the last edition has a criterion, if readers see exactly that now: levels and ladders may have other titles
/// since.
fn in_last_edition(site: &Site, criterion: CriterionAt, locale: LocaleIndex) -> Option<(EditionIndex, At)> {
    let this = &site[criterion];
    let tag = &site.config.locale(this.text.read(locale).1).tag;
    let (edition, at) = site.history.current_edition(&this.id, tag)?;
    let is_same =
        Reading::then(site, edition, at, &site.config.locale(locale).tag).0 == Reading::now(site, criterion, locale);
    is_same.then_some((edition, at))
}

/// Returns a criterion as it reads now, whether or not an edition has it so.
fn unreleased(site: &Site, criterion: CriterionAt, locale: LocaleIndex) -> Citation {
    let this = &site[criterion];
    let Reading { statement, language, level, title } = Reading::now(site, criterion, locale);
    Citation {
        label: this.id.to_string(),
        number: this.id.to_string(),
        statement: Some(statement),
        level,
        title,
        translators: translators(site, &site.config.locale(this.text.read(locale).1).tag),
        address: address(site, Page::Criterion(criterion), locale),
        language,
        ..of_the_site(site)
    }
}

/// Returns a withdrawn criterion as it read last, at the page that says what became of it.
fn last(site: &Site, withdrawn: &WithdrawnCriterion, locale: LocaleIndex) -> Option<Citation> {
    let id = withdrawn.id.to_string();
    let page = Page::Withdrawn(site.history.withdrawn_at(&withdrawn.id)?);
    Some(Citation {
        label: id.clone(),
        number: id,
        address: address(site, page, locale),
        ..last_words(site, withdrawn, locale)?
    })
}

/// Returns a withdrawn criterion as what has kept its text says.
fn kept(site: &Site, withdrawn: &WithdrawnCriterion, locale: LocaleIndex) -> Option<Citation> {
    let ((statement, _), tag) = text_in(&withdrawn.text, &site.config.reading_order(locale))?;
    let level = withdrawn.level.as_ref().map(|level| {
        let title = level.title.get(tag).or_else(|| level.title.values().next());
        level_name(&level.code, title.map_or("", String::as_str))
    });
    let ladder = withdrawn.ladder.map(|ladder| site[ladder].title.read(locale).0.clone());
    let place = site.history.withdrawn_at(&withdrawn.id)?;
    Some(Citation {
        label: withdrawn.id.to_string(),
        number: withdrawn.id.to_string(),
        statement: Some(statement.plain()),
        level: level.unwrap_or_default(),
        title: ladder.unwrap_or_default(),
        translators: translators(site, tag),
        address: address(site, Page::Withdrawn(place), locale),
        language: language(tag),
        ..of_the_site(site)
    })
}

/// Returns what a review cites of a withdrawn criterion: the last edition that has it, or else what has kept its text. None
/// if nothing has.
pub(crate) fn last_words(site: &Site, withdrawn: &WithdrawnCriterion, locale: LocaleIndex) -> Option<Citation> {
    match withdrawn.last {
        Some((edition, at)) => Some(frozen(site, edition, at, locale)),
        None => kept(site, withdrawn, locale),
    }
}

/// Returns a criterion as an edition has it.
pub(crate) fn frozen(site: &Site, edition: EditionIndex, at: At, locale: LocaleIndex) -> Citation {
    frozen_in(site, edition, at, site.config.locale(locale))
}

/// Returns the same for readers of a locale that the site may have no more.
pub(crate) fn frozen_in(site: &Site, edition: EditionIndex, at: At, locale: &Locale) -> Citation {
    let released = &site.history.editions[edition];
    let id = &released.frozen.at(at).1.id;
    let (Reading { statement, level, title, .. }, tag) = Reading::then(site, edition, at, &locale.tag);
    Citation {
        label: Cited { id: id.clone(), edition: Some(released.name().clone()) }.to_string(),
        number: id.to_string(),
        statement: Some(statement),
        level,
        title,
        address: address_in(site, Page::Edition(edition, EditionPage::Criterion(at)), locale),
        ..of_an_edition(released, tag)
    }
}

/// Returns the translators into the language of a tag.
fn translators(site: &Site, tag: &str) -> Vec<Author> {
    let locale = site.config.locale_indices().find(|&locale| site.config.locale(locale).tag == tag);
    let named = locale.into_iter().flat_map(|locale| site.config.provenance.translators(locale));
    named.map(|party| Author { name: party.name.clone() }).collect()
}

/// Returns each name once.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Author> {
    let mut distinct: Vec<Author> = Vec::new();
    for name in names {
        if distinct.iter().all(|author| author.name != name) {
            distinct.push(Author { name: name.to_owned() });
        }
    }
    distinct
}

/// Returns the part of a citation that is the same for all that a site has now.
fn of_the_site(site: &Site) -> Citation {
    let provenance = &site.config.provenance;
    let author = |party: &Party| Author { name: party.name.clone() };
    Citation {
        label: String::new(),
        number: String::new(),
        edition: None,
        statement: None,
        level: String::new(),
        title: String::new(),
        authors: provenance.source.creators.iter().map(author).collect(),
        translators: Vec::new(),
        modifiers: distinct(provenance.modifications.iter().map(|step| step.by.name.as_str())),
        licence: provenance.licence.as_ref().map(|licence| (licence.short_name.clone(), licence.url.to_string())),
        address: String::new(),
        language: String::new(),
    }
}

/// Returns the part of a citation that is the same for all that an edition has in the locale of a tag.
fn of_an_edition(edition: &Edition, tag: &str) -> Citation {
    let provenance = &edition.frozen.provenance;
    let author = |party: &FrozenParty| Author { name: party.name.clone() };
    Citation {
        label: String::new(),
        number: String::new(),
        edition: Some(named(edition)),
        statement: None,
        level: String::new(),
        title: String::new(),
        authors: provenance.creators.iter().map(author).collect(),
        translators: provenance.translators.get(tag).into_iter().flatten().map(author).collect(),
        modifiers: distinct(provenance.modifications.iter().map(|step| step.by.name.as_str())),
        licence: provenance.licence.as_ref().map(|licence| (licence.short_name.clone(), licence.url.clone())),
        address: String::new(),
        language: language(tag),
    }
}

fn named(edition: &Edition) -> (EditionName, Date) {
    (edition.name().clone(), edition.date)
}

fn language(tag: &str) -> String {
    Locale::parse(tag).map_or_else(|| tag.to_owned(), |locale| locale.language)
}

/// Returns the absolute address of a page that holds all languages, at the part for readers of a translation.
fn address(site: &Site, page: Page, locale: LocaleIndex) -> String {
    address_in(site, page, site.config.locale(locale))
}

fn address_in(site: &Site, page: Page, locale: &Locale) -> String {
    let is_source = locale.tag == site.config.locale(LocaleIndex::SOURCE).tag;
    let part = if is_source { String::new() } else { format!("#{}", locale.slug) };
    format!("{}{}{part}", site.config.base_url, page.path(site))
}
