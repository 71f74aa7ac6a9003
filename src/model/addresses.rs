//! Where each page of a site stands.
//!
//! Paths are relative to the root of the site, lower case ASCII, and end in `/`. They depend on ids, locales and the
//! names of files alone, so that an address outlives every edit of a text. [`Page::path`] and [`Page::at`] are each
//! other's reverse.

use camino::Utf8Path;

use super::anchors::{category_anchor, thread_anchor};
use super::{Criterion, CriterionId, Ladder, LevelAt, Site, Subject, slug};
use crate::config::{Collection, CollectionKind, LocaleIndex};
use crate::edition::{At, EditionName};
use crate::text::slice;

/// A page of a site, by the places of what it shows in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    Root,
    /// Served at whatever address is not there, so that no relative address holds on it.
    NotFound,
    Home(LocaleIndex),
    Ladder {
        locale: LocaleIndex,
        ladder: usize,
    },
    Level {
        locale: LocaleIndex,
        ladder: usize,
        level: usize,
    },
    Matrix {
        locale: LocaleIndex,
        ladder: usize,
    },
    /// Two levels of one ladder; `lower` stands before `higher`.
    Compare {
        locale: LocaleIndex,
        ladder: usize,
        lower: usize,
        higher: usize,
    },
    /// A level beside one of another ladder.
    CompareLadders {
        locale: LocaleIndex,
        ladder: usize,
        level: usize,
        other: usize,
        /// The level of the other ladder.
        opposite: usize,
    },
    Threads {
        locale: LocaleIndex,
        ladder: usize,
    },
    /// A thread in all ladders that share it, by its place in the configuration.
    SharedThread {
        locale: LocaleIndex,
        thread: usize,
    },
    /// Two different locales of one ladder: in two columns, or `interleaved`, one under the other.
    Beside {
        locale: LocaleIndex,
        ladder: usize,
        other: LocaleIndex,
        interleaved: bool,
    },
    Notes(LocaleIndex),
    /// The pages of a collection that `site.toml` names, by its place in [`crate::config::Config::collections`].
    Pages {
        locale: LocaleIndex,
        collection: usize,
    },
    /// A page of any collection.
    Note {
        locale: LocaleIndex,
        note: usize,
    },
    /// The terms that the site keeps to.
    Glossary(LocaleIndex),
    /// A note in two different locales.
    NoteBeside {
        locale: LocaleIndex,
        note: usize,
        other: LocaleIndex,
        interleaved: bool,
    },
    Licence(LocaleIndex),
    /// How the translations stand.
    Translation(LocaleIndex),
    Search(LocaleIndex),
    /// The permanent page of a criterion, in all languages.
    Criterion {
        ladder: usize,
        criterion: usize,
    },
    /// The permanent page of a criterion that was withdrawn, by its place in [`super::History::withdrawn`].
    Withdrawn(usize),
    /// A ladder as it is now, beside an edition of it.
    Since {
        locale: LocaleIndex,
        ladder: usize,
        edition: usize,
    },
    /// What changed from edition to edition.
    Changes(LocaleIndex),
    /// An edition, in all its languages.
    Edition(usize),
    /// A ladder of an edition. The locale is one of the edition, by its place there.
    EditionLadder {
        edition: usize,
        locale: usize,
        ladder: usize,
    },
    /// A criterion as an edition has it, in all languages of the edition.
    EditionCriterion {
        edition: usize,
        at: At,
    },
    /// Where a page once stood, by its place in [`super::History::former`].
    Former(usize),
}

impl Page {
    /// Every page, in a fixed order: the root first, then locale by locale, then the permanent pages.
    pub fn all(site: &Site) -> Vec<Self> {
        let mut pages = vec![Self::Root, Self::NotFound];
        for locale in site.config.locale_indices() {
            pages.push(Self::Home(locale));
            for (ladder, of) in site.ladders.iter().enumerate() {
                pages.push(Self::Ladder { locale, ladder });
                pages.extend((0..of.levels.len()).map(|level| Self::Level { locale, ladder, level }));
                pages.push(Self::Matrix { locale, ladder });
                pages.push(Self::Threads { locale, ladder });
                for (lower, higher) in pairs(of) {
                    pages.push(Self::Compare { locale, ladder, lower, higher });
                }
                for &other in site.kinship.compared(ladder) {
                    let opposites = 0..site.ladders[other].levels.len();
                    pages.extend((0..of.levels.len()).flat_map(|level| {
                        opposites.clone().map(move |opposite| Self::CompareLadders {
                            locale,
                            ladder,
                            level,
                            other,
                            opposite,
                        })
                    }));
                }
                let others = site.config.locale_indices().filter(|&other| other != locale);
                pages.extend(others.flat_map(|other| {
                    [false, true].map(|interleaved| Self::Beside { locale, ladder, other, interleaved })
                }));
                let editions = editions_of(site, locale, ladder);
                pages.extend(editions.map(|edition| Self::Since { locale, ladder, edition }));
            }
            let threads = (0..site.config.threads.len()).filter(|&thread| !site.kinship.sharing(thread).is_empty());
            pages.extend(threads.map(|thread| Self::SharedThread { locale, thread }));
            let collections = 0..site.config.collections.len();
            pages.extend(collections.filter_map(|collection| Self::of_collection(site, locale, collection)));
            pages.extend((0..site.notes.len()).map(|note| Self::Note { locale, note }));
            pages.extend((!site.glossary.is_empty()).then_some(Self::Glossary(locale)));
            let others = || site.config.locale_indices().filter(move |&other| other != locale);
            pages.extend((0..site.notes.len()).flat_map(|note| {
                others().flat_map(move |other| {
                    [false, true].map(|interleaved| Self::NoteBeside { locale, note, other, interleaved })
                })
            }));
            pages.extend((site.config.locales.len() > 1).then_some(Self::Translation(locale)));
            pages.push(Self::Licence(locale));
            pages.push(Self::Search(locale));
            pages.extend((!site.history.editions.is_empty()).then_some(Self::Changes(locale)));
        }
        for (ladder, of) in site.ladders.iter().enumerate() {
            pages.extend((0..of.criteria.len()).map(|criterion| Self::Criterion { ladder, criterion }));
        }
        pages.extend((0..site.history.withdrawn.len()).map(Self::Withdrawn));
        for (edition, of) in site.history.editions.iter().enumerate() {
            pages.push(Self::Edition(edition));
            for (ladder, within) in of.frozen.ladders.iter().enumerate() {
                let locales = 0..of.locales.len();
                pages.extend(locales.map(|locale| Self::EditionLadder { edition, locale, ladder }));
                let criteria = (0..within.criteria.len()).map(|criterion| At { ladder, criterion });
                pages.extend(criteria.map(|at| Self::EditionCriterion { edition, at }));
            }
        }
        pages.extend((0..site.history.former.len()).map(Self::Former));
        pages
    }

    /// The page that lists those of a collection. There is none for pages that stand by themselves.
    pub fn of_collection(site: &Site, locale: LocaleIndex, collection: usize) -> Option<Self> {
        match site.config.collections[collection].kind {
            CollectionKind::Notes => Some(Self::Notes(locale)),
            CollectionKind::Pages => None,
            CollectionKind::Guide { .. } => Some(Self::Pages { locale, collection }),
        }
    }

    /// Whether it is one of the pages by which the site shows what it says now. The others keep what was.
    pub fn is_current(&self) -> bool {
        !matches!(
            self,
            Self::NotFound
                | Self::Edition(_)
                | Self::EditionLadder { .. }
                | Self::EditionCriterion { .. }
                | Self::Former(_)
        )
    }

    /// Its address below the root of the site: `en/technical-leadership/l5/`. That of the root is empty.
    pub fn path(&self, site: &Site) -> String {
        let slug = |locale: LocaleIndex| site.config.locale(locale).slug.as_str();
        let key = |ladder: usize| site.ladders[ladder].config.key.as_str();
        match *self {
            Self::Root => String::new(),
            Self::NotFound => "404.html".to_owned(),
            Self::Home(locale) => join(&[slug(locale)]),
            Self::Ladder { locale, ladder } => join(&[slug(locale), key(ladder)]),
            Self::Level { locale, ladder, level } => {
                join(&[slug(locale), key(ladder), &site.ladders[ladder].levels[level].slug])
            }
            Self::Matrix { locale, ladder } => join(&[slug(locale), key(ladder), "matrix"]),
            Self::Compare { locale, ladder, lower, higher } => {
                let levels = &site.ladders[ladder].levels;
                join(&[slug(locale), key(ladder), "compare", &pair_slug(&levels[lower].slug, &levels[higher].slug)])
            }
            Self::CompareLadders { locale, ladder, level, other, opposite } => {
                let pair = pair_across(site, (ladder, level), (other, opposite));
                join(&[slug(locale), key(ladder), "compare", &pair])
            }
            Self::Threads { locale, ladder } => join(&[slug(locale), key(ladder), "threads"]),
            Self::SharedThread { locale, thread } => {
                join(&[slug(locale), "threads", &thread_anchor(&site.config.threads[thread].key)])
            }
            Self::Beside { locale, ladder, other, interleaved } => {
                let segments = [slug(locale), key(ladder), "beside", slug(other), "interleaved"];
                join(if interleaved { &segments } else { &segments[..4] })
            }
            Self::Since { locale, ladder, edition } => {
                let name = site.history.editions[edition].name().to_string();
                join(&[slug(locale), key(ladder), "beside", &name])
            }
            Self::Notes(locale) => join(&[slug(locale), "notes"]),
            Self::Pages { locale, collection } => join(&[slug(locale), &site.config.collections[collection].folder]),
            Self::Note { locale, note } => join(&[slug(locale), site.folder_of(note), &site.notes[note].slug]),
            Self::Glossary(locale) => join(&[slug(locale), "glossary"]),
            Self::NoteBeside { locale, note, other, interleaved } => {
                let (folder, name) = (site.folder_of(note), &site.notes[note].slug);
                let segments = [slug(locale), folder, name, "beside", slug(other), "interleaved"];
                join(if interleaved { &segments } else { &segments[..5] })
            }
            Self::Translation(locale) => join(&[slug(locale), "translation"]),
            Self::Licence(locale) => join(&[slug(locale), "licence"]),
            Self::Search(locale) => join(&[slug(locale), "search"]),
            Self::Criterion { ladder, criterion } => join(&["c", &site.ladders[ladder].criteria[criterion].id.slug()]),
            Self::Withdrawn(withdrawn) => join(&["c", &site.history.withdrawn[withdrawn].id.slug()]),
            Self::Changes(locale) => join(&[slug(locale), "changes"]),
            Self::Edition(edition) => join(&["e", &site.history.editions[edition].name().to_string()]),
            Self::EditionLadder { edition, locale, ladder } => {
                let of = &site.history.editions[edition];
                let (locale, key) = (&of.locales[locale].slug, &of.frozen.ladders[ladder].key);
                join(&["e", &of.name().to_string(), locale, key])
            }
            Self::EditionCriterion { edition, at } => {
                let of = &site.history.editions[edition];
                join(&["e", &of.name().to_string(), "c", &of.frozen.at(at).1.id.slug()])
            }
            Self::Former(former) => site.history.former[former].path.clone(),
        }
    }

    /// The page that has an address, with or without the `/` at its end.
    pub fn at(site: &Site, path: &str) -> Option<Self> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let segments: Vec<&str> = path.split('/').collect();
        match *segments.as_slice() {
            [""] => return Some(Self::Root),
            ["404.html"] => return Some(Self::NotFound),
            ["c", id] => return criterion_page(site, id),
            ["e", edition, ref rest @ ..] => return edition_page(site, edition, rest),
            _ => {}
        }
        let former = || site.history.former_at(&format!("{path}/")).map(Self::Former);
        Self::in_a_locale(site, &segments).or_else(former)
    }

    /// The page of one language that has an address.
    fn in_a_locale(site: &Site, segments: &[&str]) -> Option<Self> {
        let (first, rest) = segments.split_first()?;
        let locale = locale_at(site, first)?;
        match *rest {
            [] => Some(Self::Home(locale)),
            ["glossary"] => Some(Self::Glossary(locale)).filter(|_| !site.glossary.is_empty()),
            ["licence"] => Some(Self::Licence(locale)),
            ["search"] => Some(Self::Search(locale)),
            ["changes"] => (!site.history.editions.is_empty()).then_some(Self::Changes(locale)),
            ["translation"] => (site.config.locales.len() > 1).then_some(Self::Translation(locale)),
            ["threads", key] => {
                let mut threads = 0..site.config.threads.len();
                let is_it = |&at: &usize| thread_anchor(&site.config.threads[at].key) == key;
                let thread = threads.find(is_it).filter(|&at| !site.kinship.sharing(at).is_empty())?;
                Some(Self::SharedThread { locale, thread })
            }
            [key, ref rest @ ..] => {
                if let Some(collection) = site.config.collection(key) {
                    return collection_page(site, locale, collection, rest);
                }
                let ladder = site.ladders.iter().position(|ladder| ladder.config.key == key)?;
                ladder_page(site, locale, ladder, rest)
            }
        }
    }

    /// The page that shows the text of a file of the content folder, if one does.
    pub fn of_file(site: &Site, path: &Utf8Path) -> Option<Self> {
        let (folder, name) = path.as_str().split_once('/')?;
        let locale = locale_at(site, &folder.to_ascii_lowercase())?;
        let name = name.strip_suffix(".md")?;
        let (folder, below) = name.split_once('/').unwrap_or_default();
        match site.config.collection(folder) {
            Some(collection) => site.note_at(collection, &slug(below)?).map(|note| Self::Note { locale, note }),
            None => {
                let ladder = site.ladders.iter().position(|ladder| ladder.config.key == name)?;
                Some(Self::Ladder { locale, ladder })
            }
        }
    }

    /// Its language. None for the pages that hold all of them.
    pub fn locale(&self) -> Option<LocaleIndex> {
        match *self {
            Self::Root
            | Self::NotFound
            | Self::Criterion { .. }
            | Self::Withdrawn(_)
            | Self::Edition(_)
            | Self::EditionLadder { .. }
            | Self::EditionCriterion { .. }
            | Self::Former(_) => None,
            Self::Home(locale)
            | Self::Notes(locale)
            | Self::Glossary(locale)
            | Self::Licence(locale)
            | Self::Translation(locale)
            | Self::Search(locale)
            | Self::Changes(locale) => Some(locale),
            Self::Ladder { locale, .. }
            | Self::Level { locale, .. }
            | Self::Matrix { locale, .. }
            | Self::Compare { locale, .. }
            | Self::CompareLadders { locale, .. }
            | Self::Threads { locale, .. }
            | Self::SharedThread { locale, .. }
            | Self::Beside { locale, .. }
            | Self::Since { locale, .. }
            | Self::Pages { locale, .. }
            | Self::NoteBeside { locale, .. }
            | Self::Note { locale, .. } => Some(locale),
        }
    }

    /// The ladder that it belongs to, by its place among those of the site.
    pub fn ladder(&self) -> Option<usize> {
        match *self {
            Self::Ladder { ladder, .. }
            | Self::Level { ladder, .. }
            | Self::Matrix { ladder, .. }
            | Self::Compare { ladder, .. }
            | Self::CompareLadders { ladder, .. }
            | Self::Threads { ladder, .. }
            | Self::Beside { ladder, .. }
            | Self::Since { ladder, .. }
            | Self::Criterion { ladder, .. } => Some(ladder),
            Self::Root
            | Self::NotFound
            | Self::Home(_)
            | Self::SharedThread { .. }
            | Self::Notes(_)
            | Self::Pages { .. }
            | Self::Note { .. }
            | Self::NoteBeside { .. }
            | Self::Translation(_)
            | Self::Glossary(_)
            | Self::Licence(_)
            | Self::Search(_)
            | Self::Changes(_)
            | Self::Withdrawn(_)
            | Self::Edition(_)
            | Self::EditionLadder { .. }
            | Self::EditionCriterion { .. }
            | Self::Former(_) => None,
        }
    }

    /// The same page in another locale. Two locales side by side change places; pages in all languages stay.
    pub fn in_locale(mut self, to: LocaleIndex) -> Self {
        if let Self::Beside { locale, other, .. } | Self::NoteBeside { locale, other, .. } = &mut self
            && *other == to
        {
            std::mem::swap(locale, other);
        }
        match &mut self {
            Self::Root
            | Self::NotFound
            | Self::Criterion { .. }
            | Self::Withdrawn(_)
            | Self::Edition(_)
            | Self::EditionLadder { .. }
            | Self::EditionCriterion { .. }
            | Self::Former(_) => {}
            Self::Home(locale)
            | Self::Notes(locale)
            | Self::Glossary(locale)
            | Self::Licence(locale)
            | Self::Translation(locale)
            | Self::Search(locale)
            | Self::Changes(locale) => *locale = to,
            Self::Ladder { locale, .. }
            | Self::Level { locale, .. }
            | Self::Matrix { locale, .. }
            | Self::Compare { locale, .. }
            | Self::CompareLadders { locale, .. }
            | Self::Threads { locale, .. }
            | Self::SharedThread { locale, .. }
            | Self::Beside { locale, .. }
            | Self::Since { locale, .. }
            | Self::Pages { locale, .. }
            | Self::NoteBeside { locale, .. }
            | Self::Note { locale, .. } => *locale = to,
        }
        self
    }

    /// Where a reader of a locale finds what a reference leads to: the page and the anchor on it.
    pub fn of(site: &Site, subject: Subject, locale: LocaleIndex) -> (Self, Option<String>) {
        match subject {
            Subject::Level { ladder, level } => (Self::Level { locale, ladder, level }, None),
            Subject::Category { ladder, category } => {
                let anchor = category_anchor(None, &site.ladders[ladder].categories[category].id);
                (Self::Matrix { locale, ladder }, Some(anchor).filter(|anchor| !anchor.is_empty()))
            }
            Subject::Thread { ladder, thread } => {
                let anchor = thread_anchor(&site.ladders[ladder].threads[thread].key);
                (Self::Threads { locale, ladder }, Some(anchor))
            }
            Subject::Criterion { ladder, criterion } => {
                let Criterion { id, level, .. } = &site.ladders[ladder].criteria[criterion];
                (Self::Level { locale, ladder, level: *level }, Some(id.slug()))
            }
            Subject::Note(note) => (Self::Note { locale, note }, None),
        }
    }
}

impl Site {
    /// The page of a collection that has a slug.
    pub fn note_at(&self, collection: usize, slug: &str) -> Option<usize> {
        self.notes.iter().position(|note| note.collection == collection && note.slug == slug)
    }

    /// The pages of a collection in their order, by their places in [`Site::notes`].
    pub fn notes_of(&self, collection: usize) -> std::ops::Range<usize> {
        let start = self.notes.partition_point(|note| note.collection < collection);
        start..self.notes.partition_point(|note| note.collection <= collection)
    }

    /// The collection that a page belongs to.
    pub fn collection_of(&self, note: usize) -> &Collection {
        &self.config.collections[self.notes[note].collection]
    }

    fn folder_of(&self, note: usize) -> &str {
        &self.collection_of(note).folder
    }
}

/// The page of a collection, or one of its pages, by what stands behind its folder.
fn collection_page(site: &Site, locale: LocaleIndex, collection: usize, rest: &[&str]) -> Option<Page> {
    match *rest {
        [] => Page::of_collection(site, locale, collection),
        [slug] => site.note_at(collection, slug).map(|note| Page::Note { locale, note }),
        [slug, "beside", other, ref rest @ ..] if matches!(rest, [] | ["interleaved"]) => {
            let other = locale_at(site, other).filter(|&other| other != locale)?;
            let note = site.note_at(collection, slug)?;
            Some(Page::NoteBeside { locale, note, other, interleaved: !rest.is_empty() })
        }
        _ => None,
    }
}

/// The editions that hold a ladder in a locale.
fn editions_of(site: &Site, locale: LocaleIndex, ladder: usize) -> impl Iterator<Item = usize> {
    let tag = &site.config.locale(locale).tag;
    let editions = site.history.editions.iter().enumerate();
    let of_locale = editions.filter(move |(_, edition)| edition.frozen.locales.contains(tag));
    let holding = of_locale.filter(move |(at, _)| site.history.ladder_then(site, *at, ladder).is_some());
    holding.map(|(at, _)| at)
}

/// The pairs of levels that can be compared, the lower one first.
fn pairs(ladder: &Ladder) -> impl Iterator<Item = (usize, usize)> + use<> {
    let count = ladder.levels.len();
    (0..count).flat_map(move |lower| (lower + 1..count).map(move |higher| (lower, higher)))
}

/// `l5-l6`. Where a slug has a hyphen itself, two of them stand between the slugs, since `a-b` and `c` would else be
/// the same as `a` and `b-c`.
pub(super) fn pair_slug(lower: &str, higher: &str) -> String {
    let between = if lower.contains('-') || higher.contains('-') { "--" } else { "-" };
    format!("{lower}{between}{higher}")
}

/// `l5-management.m2`: a level beside one of another ladder. Neither keys nor slugs hold a dot.
fn pair_across(site: &Site, (ladder, level): LevelAt, (other, opposite): LevelAt) -> String {
    let (of, other) = (&site.ladders[ladder], &site.ladders[other]);
    pair_slug(&of.levels[level].slug, &format!("{}.{}", other.config.key, other.levels[opposite].slug))
}

pub(super) fn join(segments: &[&str]) -> String {
    let mut path = String::with_capacity(segments.iter().map(|segment| segment.len() + 1).sum());
    for segment in segments {
        path.push_str(segment);
        path.push('/');
    }
    path
}

fn locale_at(site: &Site, slug: &str) -> Option<LocaleIndex> {
    site.config.locale_indices().find(|&locale| site.config.locale(locale).slug == slug)
}

fn criterion_page(site: &Site, slug: &str) -> Option<Page> {
    let id = slug.to_ascii_uppercase();
    match site.index.resolve(&id, None) {
        Some(Subject::Criterion { ladder, criterion }) => Some(Page::Criterion { ladder, criterion }),
        Some(_) => None,
        None => site.history.withdrawn_at(&CriterionId::parse(&id)?).map(Page::Withdrawn),
    }
}

fn edition_page(site: &Site, name: &str, rest: &[&str]) -> Option<Page> {
    let edition = site.history.edition(&EditionName::parse(name)?)?;
    let of = &site.history.editions[edition];
    match *rest {
        [] => Some(Page::Edition(edition)),
        ["c", slug] => {
            let id = CriterionId::parse(&slug.to_ascii_uppercase())?;
            let at = *site.history.timeline(&id).editions.get(&edition)?;
            Some(Page::EditionCriterion { edition, at })
        }
        [locale, key] => {
            let locale = of.locales.iter().position(|of| of.slug == locale)?;
            let ladder = of.frozen.ladders.iter().position(|ladder| ladder.key == key)?;
            Some(Page::EditionLadder { edition, locale, ladder })
        }
        _ => None,
    }
}

fn ladder_page(site: &Site, locale: LocaleIndex, ladder: usize, rest: &[&str]) -> Option<Page> {
    let of = &site.ladders[ladder];
    match *rest {
        [] => Some(Page::Ladder { locale, ladder }),
        ["matrix"] => Some(Page::Matrix { locale, ladder }),
        ["threads"] => Some(Page::Threads { locale, ladder }),
        ["beside", other, ref rest @ ..]
            if matches!(rest, [] | ["interleaved"]) && EditionName::parse(other).is_none() =>
        {
            let other = locale_at(site, other).filter(|&other| other != locale)?;
            Some(Page::Beside { locale, ladder, other, interleaved: !rest.is_empty() })
        }
        ["beside", name] if EditionName::parse(name).is_some() => {
            let edition = site.history.edition(&EditionName::parse(name)?)?;
            let is_there = editions_of(site, locale, ladder).any(|of| of == edition);
            is_there.then_some(Page::Since { locale, ladder, edition })
        }
        ["compare", pair] => {
            let is_it =
                |&(lower, higher): &(usize, usize)| pair_slug(&of.levels[lower].slug, &of.levels[higher].slug) == pair;
            if let Some((lower, higher)) = pairs(of).find(is_it) {
                return Some(Page::Compare { locale, ladder, lower, higher });
            }
            let others = site.kinship.compared(ladder).iter();
            let across = others.flat_map(|&other| {
                let opposites = 0..site.ladders[other].levels.len();
                (0..of.levels.len())
                    .flat_map(move |level| opposites.clone().map(move |opposite| (level, (other, opposite))))
            });
            let is_it = |&(level, opposite): &(usize, LevelAt)| pair_across(site, (ladder, level), opposite) == pair;
            let (level, (other, opposite)) = across.into_iter().find(is_it)?;
            Some(Page::CompareLadders { locale, ladder, level, other, opposite })
        }
        [slug] => {
            let level = of.levels.iter().position(|level| level.slug == slug)?;
            Some(Page::Level { locale, ladder, level })
        }
        _ => None,
    }
}

/// The address of one page as a link on another: from `en/a/` to `c/tl-001/` it is `../../c/tl-001/`.
///
/// Both are paths below the root of the site. A page leads to itself by `./`.
pub fn relative(from: &str, to: &str) -> String {
    let folder = from.trim_end_matches(|c| c != '/');
    let same = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b);
    let common = same.enumerate().filter(|(_, (byte, _))| *byte == b'/').last().map_or(0, |(at, _)| at + 1);
    let up = slice(folder, common..).matches('/').count();
    let below = slice(to, common..);
    if up == 0 && below.is_empty() {
        return "./".to_owned();
    }
    let mut link = String::with_capacity(up * 3 + below.len());
    for _ in 0..up {
        link.push_str("../");
    }
    link.push_str(below);
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_lead_from_page_to_page() {
        let cases = [
            ("en/a/", "c/tl-001/", "../../c/tl-001/"),
            ("en/a/", "en/a/", "./"),
            ("en/a/", "en/a/l5/", "l5/"),
            ("en/a/l5/", "en/a/l6/", "../l6/"),
            ("en/a/l5/", "en/a/", "../"),
            ("en/ab/", "en/a/", "../a/"),
            ("en/a/", "en/ab/", "../ab/"),
            ("", "en/", "en/"),
            ("en/", "", "../"),
            ("", "", "./"),
            ("404.html", "en/", "en/"),
            ("404.html", "", "./"),
            ("en/a/", "assets/site.css", "../../assets/site.css"),
        ];
        for (from, to, link) in cases {
            assert_eq!(relative(from, to), link, "from {from:?} to {to:?}");
        }
    }
}
