//! Addresses at which pages stood, and where each leads now.

use std::collections::BTreeMap;

use super::names::KnownNames;
use crate::address::{Holds, LadderPage, LocalePage, NotePage, WORKSHEET};
use crate::edition::{ByLocale, Edition};
use crate::id::{CriterionId, EditionName};
use crate::locale::{Locale, LocaleIndex};
use crate::model::{Page, Site, level_name};
use crate::text::slice;

/// A page that is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redirects {
    /// Its address below the root of the site, which ends in `/`.
    pub(crate) path: String,
    /// The language of its readers.
    pub(crate) locale: LocaleIndex,
    /// Its former name, in that language. Empty if it has no name of its own.
    pub(crate) title: String,
    /// The nearest page for its readers.
    pub(crate) to: Page,
    /// Whether its content stands there, and readers are redirected at once. If not, the content is gone from the site.
    pub(crate) is_renamed: bool,
    /// The criteria that stood on it, where it was the page of a level that is gone.
    pub(crate) criteria: Vec<CriterionId>,
    /// The lost item, if only a `was` could give its page a redirect.
    pub(crate) lost: Option<LostItem>,
}

/// A released item with an address that is gone, by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LostItem {
    Ladder(String),
    Collection(String),
    /// A note, or another page of a folder.
    Note {
        folder: String,
        slug: String,
    },
    SharedThread(String),
    Glossary,
}

/// An address that an edition lists and nothing can answer at: a page that never changes its place and is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unanswered {
    pub(crate) path: String,
    /// The last edition that lists it.
    pub(crate) edition: EditionName,
}

/// An address that an edition had for something that has another one now, and at which something else stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TakenAddress {
    pub(crate) path: String,
    /// The last edition that had it.
    pub(crate) edition: EditionName,
    /// The page to which it would lead.
    pub(crate) owner: Page,
    /// The page that stands there.
    pub(crate) now: Page,
}

/// Returns the addresses of notes, folders of pages and shared threads that something new has taken. Ladders and levels
/// keep their former names as long as the register has them.
pub(crate) fn taken(site: &Site) -> Vec<TakenAddress> {
    let editions = site.history.editions.iter().zip(&site.history.known).rev();
    let mut taken = BTreeMap::new();
    for (edition, known) in editions {
        for address in (SiteState { site, known, edition: Some(edition) }).taken(edition) {
            taken.entry(address.path.clone()).or_insert(address);
        }
    }
    taken.into_values().collect()
}

/// Returns every address that a page once had and none has now, by address, and those that cannot be answered.
pub(crate) fn all(site: &Site, remembered: &KnownNames) -> (Vec<Redirects>, Vec<Unanswered>) {
    let mut found = BTreeMap::new();
    let mut unanswered = BTreeMap::new();
    // The latest edition that had an address knows best what stood there. The site knows names only.
    let editions = site.history.editions.iter().zip(&site.history.known).rev();
    let states = editions.map(|(edition, known)| SiteState { site, known, edition: Some(edition) });
    let states: Vec<_> = states.chain([SiteState { site, known: remembered, edition: None }]).collect();
    for state in &states {
        state.add_former(&mut found);
    }
    for state in &states {
        for path in state.lost_addresses().filter(|path| !found.contains_key(*path)).collect::<Vec<_>>() {
            if let Some(redirects) = of_frozen_worksheet(site, path) {
                found.insert(path.to_owned(), redirects);
                continue;
            }
            match (path.split('/').next(), state.edition) {
                (Some("c" | "e"), Some(edition)) => {
                    let edition = edition.name().clone();
                    unanswered.entry(path.to_owned()).or_insert(Unanswered { path: path.to_owned(), edition });
                }
                _ => drop(found.insert(path.to_owned(), state.of_unknown_kind(path, &found))),
            }
        }
    }
    (found.into_values().collect(), unanswered.into_values().collect())
}

/// Returns where the worksheet of a frozen level leads on a site that has worksheets no more: to the level.
fn of_frozen_worksheet(site: &Site, path: &str) -> Option<Redirects> {
    let level = path.strip_suffix('/')?.strip_suffix(WORKSHEET)?;
    let to = Page::standing_at(site, level).filter(|page| matches!(page, Page::Edition(..)))?;
    let slug = path.split('/').nth(2)?;
    let locale = site.config.locale_indices().find(|&locale| site.config.locale(locale).slug == slug);
    Some(Redirects {
        path: path.to_owned(),
        locale: locale.unwrap_or(LocaleIndex::SOURCE),
        title: String::new(),
        to,
        is_renamed: true,
        criteria: Vec::new(),
        lost: None,
    })
}

/// A state of the site, and what became of it.
struct SiteState<'a> {
    site: &'a Site,
    known: &'a KnownNames,
    edition: Option<&'a Edition>,
}

impl<'a> SiteState<'a> {
    /// Returns the addresses that the edition lists and at which nothing stands now.
    fn lost_addresses(&self) -> impl Iterator<Item = &'a str> {
        let published = self.edition.and_then(|edition| edition.frozen.published.as_ref());
        let addresses = published.into_iter().flat_map(|published| published.addresses.keys());
        let site = self.site;
        addresses.map(String::as_str).filter(|path| Page::standing_at(site, path).is_none())
    }

    /// Returns the addresses in the source at which something else stands now. One page of each thing says it for all.
    fn taken(&self, edition: &Edition) -> Vec<TakenAddress> {
        let (names, locale) = (&self.known.names, LocaleIndex::SOURCE);
        let find = |path: &str| Page::standing_at(self.site, path);
        let is_named = |page: &LocalePage| {
            matches!(
                page,
                LocalePage::Note(_, NotePage::Whole) | LocalePage::Collection(_) | LocalePage::SharedThread(_)
            )
        };
        let taken = LocalePage::all(names, locale).into_iter().filter(is_named).filter_map(|page| {
            let path = page.path(locale, names);
            let now = find(&path)?;
            let (owner, holds) = self.known.mapping.lead(page, locale, names, &self.site.names, find)?;
            let edition = edition.name().clone();
            (holds == Holds::Same && owner != now).then_some(TakenAddress { path, edition, owner, now })
        });
        taken.collect()
    }

    /// Adds the pages of the state that have no address now and are not there yet.
    fn add_former(&self, found: &mut BTreeMap<String, Redirects>) {
        let names = &self.known.names;
        let published = self.edition.and_then(|edition| edition.frozen.published.as_ref());
        // What an edition lists is all that was there. The names only say what stood at an address.
        if published.is_some() && self.lost_addresses().next().is_none() {
            return;
        }
        for locale in names.locale_indices() {
            for page in LocalePage::all(names, locale) {
                for path in page.paths(locale, names) {
                    let was_there = published.is_none_or(|published| published.addresses.contains_key(&path));
                    if was_there && !found.contains_key(&path) && Page::standing_at(self.site, &path).is_none() {
                        found.insert(path.clone(), self.former(path, locale, page));
                    }
                }
            }
        }
    }

    fn former(&self, path: String, locale: LocaleIndex, page: LocalePage) -> Redirects {
        let names = &self.known.names;
        let reader = self.known.mapping.reader(locale);
        let find = |path: &str| Page::standing_at(self.site, path);
        let found = self.known.mapping.lead(page, locale, names, &self.site.names, find);
        let (to, holds) = found.unwrap_or((Page::In(reader, LocalePage::Home), Holds::Nearest));
        let is_renamed = holds == Holds::Same;
        let lost = if is_renamed { None } else { self.lost(page) };
        let criteria = if is_renamed { Vec::new() } else { self.criteria(page) };
        Redirects { path, locale: reader, title: self.title(page, reader), to, is_renamed, criteria, lost }
    }

    /// Returns an address of a kind that there was once and this program does not know. It leads to the page that its
    /// longest part leads to.
    fn of_unknown_kind(&self, path: &str, found: &BTreeMap<String, Redirects>) -> Redirects {
        let parts = path.match_indices('/').map(|(at, _)| slice(path, ..=at)).rev().skip(1);
        let answer = |part: &str| match Page::standing_at(self.site, part) {
            Some(page) => Some((page, page.locale()?)),
            None => found.get(part).map(|former| (former.to, former.locale)),
        };
        let mut answers = parts.filter_map(answer);
        let source = LocaleIndex::SOURCE;
        let (to, locale) = answers.next().unwrap_or((Page::In(source, LocalePage::Home), source));
        let (path, title) = (path.to_owned(), String::new());
        Redirects { path, locale, title, to, is_renamed: false, criteria: Vec::new(), lost: None }
    }

    /// Returns the former name of a page, in a locale of the site.
    fn title(&self, page: LocalePage, locale: LocaleIndex) -> String {
        let Some(Edition { frozen, .. }) = self.edition else { return String::new() };
        let titles = match page {
            LocalePage::Ladder(ladder, LadderPage::Level(level)) => {
                let level = &frozen.ladders[ladder].levels[level];
                return level_name(&level.code(), self.read(&level.title, locale));
            }
            LocalePage::Ladder(ladder, _) => &frozen.ladders[ladder].title,
            LocalePage::Note(note, _) => match frozen.notes.get(note.0) {
                Some(note) => {
                    let titles = note.text.iter().map(|(tag, text)| (tag.clone(), text.title.clone())).collect();
                    return self.read(&titles, locale).to_owned();
                }
                None => &frozen.pages[note.0 - frozen.notes.len()].title,
            },
            LocalePage::Collection(collection) => {
                let unnamed = self.known.names.collections.len() - frozen.collections.len();
                let named = collection.0.checked_sub(unnamed).and_then(|at| frozen.collections.get(at));
                match named {
                    Some(named) => &named.title,
                    None => return String::new(),
                }
            }
            LocalePage::SharedThread(thread) => match frozen.shared_threads.get(thread.0) {
                Some(thread) => &thread.title,
                None => return String::new(),
            },
            LocalePage::Home
            | LocalePage::Glossary
            | LocalePage::Translation
            | LocalePage::Licence
            | LocalePage::Search
            | LocalePage::Changes
            | LocalePage::Downloads => return String::new(),
        };
        self.read(titles, locale).to_owned()
    }

    fn read<'t>(&self, titles: &'t ByLocale<String>, locale: LocaleIndex) -> &'t str {
        let tag = |locale: LocaleIndex| self.site.config.locale(locale).tag.as_str();
        let title = titles.get(tag(locale)).or_else(|| titles.get(tag(LocaleIndex::SOURCE)));
        title.or_else(|| titles.values().next()).map_or("", String::as_str)
    }

    /// Returns the criteria that stood on the page of a level.
    fn criteria(&self, page: LocalePage) -> Vec<CriterionId> {
        let (Some(edition), LocalePage::Ladder(ladder, LadderPage::Level(level))) = (self.edition, page) else {
            return Vec::new();
        };
        let ladder = &edition.frozen.ladders[ladder];
        let shown = ladder.criteria.iter().filter(|criterion| ladder.shows(level, &criterion.level));
        shown.map(|criterion| criterion.id.clone()).collect()
    }

    /// Returns the item that was lost with a page that is gone.
    fn lost(&self, page: LocalePage) -> Option<LostItem> {
        // The last edition that had it says so, by the name that it had there.
        if self.known.mapping.was_there_later(page) {
            return None;
        }
        let names = &self.known.names;
        match page {
            LocalePage::Ladder(ladder, LadderPage::Whole) => {
                Some(LostItem::Ladder(names.ladders[ladder].name.now.clone()))
            }
            LocalePage::Collection(collection) => {
                Some(LostItem::Collection(names.collections[collection].name.now.clone()))
            }
            LocalePage::Note(note, NotePage::Whole) => {
                let note = &names.notes[note];
                // A folder that is gone says it for all its pages.
                self.known.mapping.collection(note.collection)?;
                let folder = names.collections[note.collection].name.now.clone();
                Some(LostItem::Note { folder, slug: note.name.now.clone() })
            }
            LocalePage::SharedThread(thread) => Some(LostItem::SharedThread(names.threads[thread].name.now.clone())),
            LocalePage::Glossary => Some(LostItem::Glossary),
            LocalePage::Home
            | LocalePage::Ladder(..)
            | LocalePage::Note(..)
            | LocalePage::Translation
            | LocalePage::Licence
            | LocalePage::Search
            | LocalePage::Changes
            | LocalePage::Downloads => None,
        }
    }
}

/// Returns the same for a locale by its tag. The source for what is no tag.
pub(crate) fn reader_called(site: &Site, tag: &str) -> LocaleIndex {
    Locale::parse(tag).map_or(LocaleIndex::SOURCE, |locale| reader(site, &locale))
}

/// Returns the locale whose readers should see pages of `locale`: the same one, a similar one, or the source.
pub(crate) fn reader(site: &Site, locale: &Locale) -> LocaleIndex {
    let first_locale =
        |is_it: &dyn Fn(&Locale) -> bool| site.config.locale_indices().find(|&index| is_it(site.config.locale(index)));
    first_locale(&|own| own.tag == locale.tag)
        .or_else(|| first_locale(&|own| own.reads_like(locale)))
        .unwrap_or(LocaleIndex::SOURCE)
}
