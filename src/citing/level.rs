//! Citing levels: a review says that somebody meets `L6@2026.1`.

use std::collections::HashSet;
use std::fmt;

use super::{Citation, of_an_edition, of_the_site, translators};
use crate::edition::{At, ByLocale, Change, Edition, Frozen, FrozenLevel, is_same};
use crate::handle::{EditionIndex, LevelAt, Neighbours};
use crate::id::EditionName;
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, Page, Site, level_name};
use crate::parse::{Block, RichText, plain_lines};

/// A level, or a level of an edition: `L6`, `L6@2026.1`. Where several ladders have it, the key of one stands before it:
/// `management:L6`, or `management/L6`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CitedLevel {
    pub(crate) ladder: Option<String>,
    pub(crate) id: String,
    pub(crate) edition: Option<EditionName>,
}

/// A level that is cited: as it is now, or as an edition has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FoundLevel {
    Now(LevelAt),
    /// The place is one in the edition.
    Then(EditionIndex, LevelAt),
}

/// Why a level cannot be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoSuchLevel {
    /// The site never had a level of this name.
    Unknown,
    /// The site has no edition of this name.
    UnknownEdition,
    /// The edition has no such level.
    NotInEdition,
    /// The site has it no more.
    Gone,
    /// Several ladders have a level of this id. These are its labels.
    Several(Vec<String>),
}

impl fmt::Display for CitedLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ladder) = &self.ladder {
            write!(f, "{ladder}:")?;
        }
        f.write_str(&self.id)?;
        self.edition.iter().try_for_each(|edition| write!(f, "@{edition}"))
    }
}

impl CitedLevel {
    /// Reads what a person may write. None if the edition cannot be one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (name, edition) = match text.split_once('@') {
            Some((name, edition)) => (name, Some(EditionName::parse(edition)?)),
            None => (text, None),
        };
        let (ladder, id) = match name.split_once(':') {
            Some((ladder, id)) => (Some(ladder.to_owned()), id),
            None => (None, name),
        };
        Some(Self { ladder, id: id.to_owned(), edition })
    }

    /// Returns the same with the key of a ladder before the first `/`, which may also be a sign in a code: `T5/L5`.
    pub(crate) fn with_ladder(&self) -> Option<Self> {
        let (ladder, id) = self.id.split_once('/').filter(|_| self.ladder.is_none())?;
        Some(Self { ladder: Some(ladder.to_owned()), id: id.to_owned(), edition: self.edition.clone() })
    }

    /// Finds the level.
    pub(crate) fn find(&self, site: &Site) -> Result<FoundLevel, NoSuchLevel> {
        let Some(name) = &self.edition else {
            return match self.now(site).as_slice() {
                &[level] => Ok(FoundLevel::Now(level)),
                [] if self.editions(site).is_empty() => Err(NoSuchLevel::Unknown),
                [] => Err(NoSuchLevel::Gone),
                several => Err(NoSuchLevel::Several(several.iter().map(|&level| level_now(site, level)).collect())),
            };
        };
        let Some(edition) = site.history.edition(name) else {
            let is_known = !self.now(site).is_empty() || !self.editions(site).is_empty();
            return Err(if is_known { NoSuchLevel::UnknownEdition } else { NoSuchLevel::Unknown });
        };
        match self.then(site, edition).as_slice() {
            &[level] => Ok(FoundLevel::Then(edition, level)),
            [] if self.now(site).is_empty() && self.editions(site).is_empty() => Err(NoSuchLevel::Unknown),
            [] => Err(NoSuchLevel::NotInEdition),
            several => {
                let labels = several.iter().map(|&level| level_then(site, edition, level));
                Err(NoSuchLevel::Several(labels.collect()))
            }
        }
    }

    /// Returns the editions that have it.
    pub(crate) fn editions(&self, site: &Site) -> Vec<EditionIndex> {
        site.history.editions.keys().filter(|&edition| !self.then(site, edition).is_empty()).collect()
    }

    /// Returns the levels of the site that are called so. Those that are called so now come before those that were.
    fn now(&self, site: &Site) -> Vec<LevelAt> {
        let levels = || {
            let ladders = site.ladders.iter_enumerated().filter(|(_, data)| {
                self.is_in(std::iter::once(&data.config.key).chain(&data.config.was).map(String::as_str))
            });
            ladders.flat_map(|(at, data)| data.levels.iter_enumerated().map(move |(level, data)| (level.of(at), data)))
        };
        let called = |is: fn(&str, &str) -> bool| {
            levels().filter(|(_, level)| is(&level.id, &self.id)).map(|(at, _)| at).collect::<Vec<_>>()
        };
        let own = called(|id, written| id.eq_ignore_ascii_case(written));
        if !own.is_empty() {
            return own;
        }
        levels()
            .filter(|(_, level)| self.is_among(&level.was) || self.is_called(&level.codes))
            .map(|(at, _)| at)
            .collect()
    }

    /// Returns the levels of an edition that are called so: those that were called so then, or else those that are now,
    /// or that had been before.
    fn then(&self, site: &Site, edition: EditionIndex) -> Vec<LevelAt> {
        let frozen = &site.history.editions[edition].frozen;
        let mapping = site.history.mapping(edition);
        let levels: Vec<_> = levels_of(frozen).collect();
        let in_ladder = |at: LevelAt| {
            let ladder = &frozen.ladders[at.ladder];
            let now = mapping.ladder(at.ladder).map(|now| site[now].config.key.as_str());
            self.is_in(std::iter::once(&ladder.key).chain(&ladder.was).map(String::as_str).chain(now))
        };
        let called = |is: &dyn Fn(LevelAt, &FrozenLevel) -> bool| {
            let called = levels.iter().filter(|(at, level)| in_ladder(*at) && is(*at, level));
            called.map(|(at, _)| *at).collect::<Vec<_>>()
        };
        let own = called(&|_, level| level.id.eq_ignore_ascii_case(&self.id));
        if !own.is_empty() {
            return own;
        }
        let now = self.now(site);
        let later = called(&|at, _| mapping.level(at).is_some_and(|level| now.contains(&level)));
        if !later.is_empty() {
            return later;
        }
        called(&|_, level| self.is_among(&level.was) || self.is_called(&level.codes))
    }

    /// Whether these are the codes of the level, one of them alone or all as pages show them: `T5/L5`.
    fn is_called(&self, codes: &[String]) -> bool {
        self.is_among(codes) || self.is_among(&[codes.join("/")])
    }

    fn is_in<'k>(&self, mut keys: impl Iterator<Item = &'k str>) -> bool {
        self.ladder.as_ref().is_none_or(|ladder| keys.any(|key| key.eq_ignore_ascii_case(ladder)))
    }

    fn is_among(&self, names: &[String]) -> bool {
        names.iter().any(|name| name.eq_ignore_ascii_case(&self.id))
    }
}

/// Returns the citation of a level, for readers of a locale: as it is now, at the address of its page, or as an edition
/// has it, at the address of the frozen page.
pub(crate) fn level_citation(site: &Site, level: FoundLevel, locale: LocaleIndex) -> Citation {
    match level {
        FoundLevel::Now(level) => {
            let Citation { label, number, address, .. } = present(site, level, locale);
            Citation { label, number, address, ..pinned_level(site, level, locale) }
        }
        FoundLevel::Then(edition, level) => frozen_level(site, edition, level, &site.config.locale(locale).tag),
    }
}

/// Returns a level as the last edition has it, if that has exactly what its readers see now. Otherwise returns it as it is
/// now.
pub(crate) fn pinned_level(site: &Site, level: LevelAt, locale: LocaleIndex) -> Citation {
    in_last_edition(site, level, locale).unwrap_or_else(|| present(site, level, locale))
}

/// Returns whether the last edition has a level, in whatever words.
pub(crate) fn was_released(site: &Site, level: LevelAt) -> bool {
    site.history.editions.last_key().is_some_and(|edition| place_then(site, edition, level).is_some())
}

/// Returns what a level is called: its id, with the key of its ladder where others have a level of the same id.
pub(crate) fn level_now(site: &Site, level: LevelAt) -> String {
    let ids = site.ladders.iter().flat_map(|ladder| ladder.levels.iter().map(|level| level.id.as_str()));
    label(ids, &site[level.ladder].config.key, &site[level].id)
}

/// Returns the same of a level of an edition, with the name of the edition.
pub(crate) fn level_then(site: &Site, edition: EditionIndex, at: LevelAt) -> String {
    let released = &site.history.editions[edition];
    let ids = levels_of(&released.frozen).map(|(_, level)| level.id.as_str());
    let ladder = &released.frozen.ladders[at.ladder];
    format!("{}@{}", label(ids, &ladder.key, &ladder.levels[at.level].id), released.name())
}

/// Returns what a level is called, now or in an edition, without the edition.
pub(crate) fn level_label(site: &Site, level: FoundLevel) -> String {
    match level {
        FoundLevel::Now(level) => level_now(site, level),
        FoundLevel::Then(edition, level) => {
            level_then(site, edition, level).split('@').next().unwrap_or_default().to_owned()
        }
    }
}

/// Returns what all levels of the site are called, or those of an edition, each without the edition.
pub(super) fn level_labels(site: &Site, edition: Option<EditionIndex>) -> Vec<String> {
    match edition {
        Some(edition) => {
            let levels = levels_of(&site.history.editions[edition].frozen);
            levels.map(|(at, _)| level_label(site, FoundLevel::Then(edition, at))).collect()
        }
        None => {
            let ladders = site.ladders.iter_enumerated();
            let levels = ladders.flat_map(|(ladder, data)| data.levels.keys().map(move |level| level.of(ladder)));
            levels.map(|level| level_now(site, level)).collect()
        }
    }
}

fn label<'i>(ids: impl Iterator<Item = &'i str>, ladder: &str, id: &str) -> String {
    let is_alone = ids.filter(|other| *other == id).count() < 2;
    if is_alone { id.to_owned() } else { format!("{ladder}:{id}") }
}

fn levels_of(frozen: &Frozen) -> impl Iterator<Item = (LevelAt, &FrozenLevel)> {
    let ladders = frozen.ladders.iter_enumerated();
    ladders.flat_map(|(at, ladder)| ladder.levels.iter_enumerated().map(move |(level, data)| (level.of(at), data)))
}

fn present(site: &Site, level: LevelAt, locale: LocaleIndex) -> Citation {
    let level_data = &site[level];
    let (_, actual) = level_data.title.read(locale);
    Citation {
        label: level_now(site, level),
        number: level_data.id.clone(),
        level: level_data.name(locale),
        title: site[level.ladder].title.read(locale).0.clone(),
        translators: translators(site, &site.config.locale(actual).tag),
        address: format!("{}{}", site.config.base_url, Page::of_level(locale, level).path(site)),
        language: site.config.locale(actual).language.clone(),
        ..of_the_site(site)
    }
}

/// Returns a level as an edition has it, for readers of a locale, by its tag, that the site may have no more.
pub(crate) fn frozen_level(site: &Site, edition: EditionIndex, at: LevelAt, tag: &str) -> Citation {
    let released = &site.history.editions[edition];
    let ladder = &released.frozen.ladders[at.ladder];
    let level = &ladder.levels[at.level];
    let (title, actual) = released.frozen.read(&level.title, tag).map_or(("", ""), |(title, tag)| (title, tag));
    Citation {
        label: level_then(site, edition, at),
        number: level.id.clone(),
        level: level_name(&level.code(), title),
        title: released.frozen.read(&ladder.title, tag).map_or_else(String::new, |(title, _)| title.clone()),
        address: format!("{}{}", site.config.base_url, page_then(released, edition, at, tag).path(site)),
        ..of_an_edition(released, actual)
    }
}

/// Returns the page of a level of an edition for readers of a locale, by its tag.
fn page_then(released: &Edition, edition: EditionIndex, level: LevelAt, tag: &str) -> Page {
    let locale = released.locales.iter().position(|locale| locale.tag == tag).unwrap_or_default();
    Page::Edition(edition, EditionPage::Level { locale, level })
}

/// Returns a level as the last edition has it, if its readers see exactly that now.
fn in_last_edition(site: &Site, level: LevelAt, locale: LocaleIndex) -> Option<Citation> {
    let edition = site.history.editions.last_key()?;
    let then = place_then(site, edition, level)?;
    let present = site.history.present.as_deref()?;
    let ladder = present.ladders.position(|ladder| ladder.key == site[level.ladder].config.key)?;
    let now = present.ladders[ladder].levels.position(|data| data.id == site[level].id)?.of(ladder);
    let tag = &site.config.locale(locale).tag;
    let last = &site.history.editions[edition].frozen;
    (whole_text(last, then, tag) == whole_text(present, now, tag)).then(|| frozen_level(site, edition, then, tag))
}

/// Returns the place of a level of the site in an edition. Of several that became it, the one that it is, and not those that
/// gave way to it.
pub(crate) fn place_then(site: &Site, edition: EditionIndex, level: LevelAt) -> Option<LevelAt> {
    let mapping = site.history.mapping(edition);
    let levels = levels_of(&site.history.editions[edition].frozen);
    let became: Vec<_> = levels.filter(|(at, _)| mapping.level(*at) == Some(level)).collect();
    let had = |id: &str| became.iter().any(|(_, data)| data.id == id);
    let is_it = |data: &FrozenLevel| is_same(&data.id, &site[level].id, &site[level].was, had);
    let it = became.iter().find(|(_, data)| is_it(data)).or(became.first())?;
    Some(it.0)
}

/// Returns all that readers of a locale see of what holds on a level, line by line.
fn whole_text(frozen: &Frozen, at: LevelAt, tag: &str) -> Vec<String> {
    let levels = std::iter::once(at).chain(frozen.inherited(at));
    levels.flat_map(|level| text(frozen, level, tag)).collect()
}

/// Returns all that readers of a locale see of a level itself, line by line.
fn text(frozen: &Frozen, at: LevelAt, tag: &str) -> Vec<String> {
    let ladder = &frozen.ladders[at.ladder];
    let level = &ladder.levels[at.level];
    let title = |titles| frozen.read::<String>(titles, tag).map_or("", |(title, _)| title);
    let prose = |texts: &ByLocale<Vec<Block>>| lines(frozen, texts, tag);
    let mut lines =
        vec![level.id.clone(), level_name(&level.code(), title(&level.title)), title(&ladder.title).to_owned()];
    lines.push(prose(&level.summary));
    for part in &level.categories {
        lines.extend(ladder.category(&part.id).map(|category| title(&category.title).to_owned()));
        lines.push(prose(&part.prose));
        for criterion in ladder.criteria.iter().filter(|of| of.level == level.id && of.category == part.id) {
            let statement = frozen.read(&criterion.statement, tag).map(|(text, _)| RichText::plain(text));
            lines.extend([criterion.id.to_string(), statement.unwrap_or_default(), prose(&criterion.detail)]);
        }
    }
    lines
}

/// Returns what readers of a language, by its tag, see of a text, line by line.
pub(super) fn lines(frozen: &Frozen, texts: &ByLocale<Vec<Block>>, tag: &str) -> String {
    frozen.read(texts, tag).map_or_else(String::new, |(blocks, _)| plain_lines(blocks))
}

/// Returns the name of a level of an edition in the source.
pub(super) fn name_then(frozen: &Frozen, at: LevelAt) -> String {
    let level = &frozen.ladders[at.ladder].levels[at.level];
    level_name(&level.code(), frozen.read(&level.title, frozen.source()).map_or("", |(title, _)| title))
}

/// Returns the changes after an edition to criteria that hold on a level: of those that stood there before or after the
/// change, the oldest first, and then of those on each lower level.
pub(super) fn changes_since(site: &Site, edition: EditionIndex, level: LevelAt) -> Vec<(EditionIndex, &Change)> {
    let inherited = site.history.editions[edition].frozen.inherited(level);
    let levels = std::iter::once(level).chain(inherited);
    let mut found: Vec<_> = levels.flat_map(|level| own_changes_since(site, edition, level)).collect();
    let mut seen = HashSet::new();
    found.retain(|(release, change)| seen.insert((*release, change.id.clone())));
    found
}

fn own_changes_since(site: &Site, edition: EditionIndex, level: LevelAt) -> Vec<(EditionIndex, &Change)> {
    let history = &site.history;
    let mut last = Some(level);
    let mut found = Vec::new();
    for (release, [before, after], place) in places_since(site, edition, level) {
        let changes = &history.changes[release];
        let is_on = |frozen: &Frozen, at: Option<At>, level: Option<LevelAt>| {
            at.zip(level).is_some_and(|(at, level)| {
                let ladder = &frozen.ladders[level.ladder];
                at.ladder == level.ladder && ladder.criteria[at.criterion].level == ladder.levels[level.level].id
            })
        };
        let here = changes
            .iter()
            .filter(|change| is_on(before, change.before, last) || is_on(after, change.after, place))
            .map(|change| (release, change));
        found.extend(here);
        last = place;
    }
    found
}

/// Returns where a level of an edition is in a later one, or in the present. None if it is gone, or gave way to another.
pub(crate) fn level_later(
    site: &Site,
    edition: EditionIndex,
    level: LevelAt,
    until: Option<EditionIndex>,
) -> Option<LevelAt> {
    let until = until.unwrap_or(site.history.editions.next_key());
    let later = places_since(site, edition, level).take_while(|(release, ..)| *release <= until);
    later.last().map_or(Some(level), |(_, _, place)| place)
}

/// Returns each state after an edition, with the one before it, and where a level of the edition is in it.
fn places_since(
    site: &Site,
    edition: EditionIndex,
    level: LevelAt,
) -> impl Iterator<Item = (EditionIndex, [&Frozen; 2], Option<LevelAt>)> {
    let history = &site.history;
    let mut names = Names::of(&history.editions[edition].frozen, level);
    history.changes.keys().filter(move |release| *release > edition).filter_map(move |release| {
        let (before, after) = (history.state(release.before()?)?, history.state(release)?);
        Some((release, [before, after], names.find(before, after)))
    })
}

/// What a level and its ladder are called in the last state that has them.
struct Names {
    ladder: String,
    level: String,
}

impl Names {
    fn of(frozen: &Frozen, at: LevelAt) -> Self {
        let ladder = &frozen.ladders[at.ladder];
        Self { ladder: ladder.key.clone(), level: ladder.levels[at.level].id.clone() }
    }

    /// Finds the level in the next state, and takes over what it is called there.
    fn find(&mut self, before: &Frozen, frozen: &Frozen) -> Option<LevelAt> {
        let ladder_before = before.ladders.iter().find(|ladder| ladder.key == self.ladder)?;
        let had = |key: &str| before.ladders.iter().any(|ladder| ladder.key == key);
        let ladder = frozen.ladders.position(|ladder| is_same(&self.ladder, &ladder.key, &ladder.was, had))?;
        let levels = &frozen.ladders[ladder].levels;
        let had = |id: &str| ladder_before.level(id).is_some();
        let level = levels.position(|level| is_same(&self.level, &level.id, &level.was, had))?;
        *self = Self::of(frozen, level.of(ladder));
        Some(level.of(ladder))
    }
}
