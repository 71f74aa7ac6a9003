//! Addresses at which pages stood, and where each leads now.

use std::collections::BTreeMap;

use super::renames::{NOTES, Renames};
use crate::config::{Locale, LocaleIndex};
use crate::edition::{ByLocale, Edition};
use crate::model::addresses::{join, pair_slug};
use crate::model::{CriterionId, Page, Site, level_name, slug};
use crate::register::{Key, Register, State};

/// A page that is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Its address below the root of the site, which ends in `/`.
    pub path: String,
    /// The language of its readers.
    pub locale: LocaleIndex,
    /// What it was called, in that language. Empty for what has no name of its own.
    pub title: String,
    /// Where its readers find what is nearest to it.
    pub to: Page,
    /// Whether it is the same page under another name. If not, what it showed is gone from the site.
    pub is_renamed: bool,
    /// The criteria that stood on it, where it was the page of a level that is gone.
    pub criteria: Vec<CriterionId>,
}

/// Every address that a page once had and none has now, by address.
pub fn all(site: &Site, register: &Register) -> Vec<Former> {
    let mut found = BTreeMap::new();
    // The latest edition that had an address knows best what stood there. The site knows names only.
    let editions = site.history.editions.iter().rev().map(|edition| Listing::of_edition(site, edition));
    let listings = editions.chain(std::iter::once(Listing::of_site(site, register)));
    for listing in listings {
        let finder = Finder { site, renames: &site.history.renames };
        for (path, former) in listing.pages(&finder) {
            if Page::at(site, &path).is_none() {
                found.entry(path).or_insert(former);
            }
        }
    }
    found.into_values().collect()
}

/// The names of which addresses were made.
struct Listing {
    /// The slugs of locales, and for whom their pages are now.
    locales: Vec<(String, LocaleIndex)>,
    /// Whether there was an edition, and so a page of changes.
    is_released: bool,
    ladders: Vec<ListedLadder>,
    notes: Vec<ListedNote>,
}

/// A note, or a page of another folder.
struct ListedNote {
    folder: String,
    slug: String,
    titles: ByLocale<String>,
}

struct ListedLadder {
    key: String,
    title: ByLocale<String>,
    levels: Vec<ListedLevel>,
    /// Pairs of levels that could be compared, by their places.
    pairs: Vec<(usize, usize)>,
}

struct ListedLevel {
    slug: String,
    title: ByLocale<String>,
    criteria: Vec<CriterionId>,
}

impl Listing {
    fn of_edition(site: &Site, edition: &Edition) -> Self {
        let ladders = edition.frozen.ladders.iter().map(|ladder| {
            let levels = ladder.levels.iter().enumerate().filter_map(|(at, level)| {
                let title = level.title.iter().map(|(tag, title)| (tag.clone(), level_name(&level.code(), title)));
                let criteria = ladder.criteria.iter().filter(|criterion| ladder.shows(at, &criterion.level));
                Some(ListedLevel {
                    slug: slug(&level.id)?,
                    title: title.collect(),
                    criteria: criteria.map(|criterion| criterion.id.clone()).collect(),
                })
            });
            let levels: Vec<_> = levels.collect();
            let pairs =
                (0..levels.len()).flat_map(|lower| (lower + 1..levels.len()).map(move |higher| (lower, higher)));
            ListedLadder { key: ladder.key.clone(), title: ladder.title.clone(), pairs: pairs.collect(), levels }
        });
        let titles = |note: &crate::edition::Note| {
            note.text.iter().map(|(tag, text)| (tag.clone(), text.title.clone())).collect()
        };
        Self {
            locales: edition.locales.iter().map(|locale| (locale.slug.clone(), reader(site, locale))).collect(),
            is_released: true,
            ladders: ladders.collect(),
            notes: edition.frozen.notes.iter().map(|note| ListedNote::new(NOTES, &note.slug, titles(note))).collect(),
        }
    }

    /// What the site itself says its things were called before, whether or not that was ever released.
    fn of_site(site: &Site, register: &Register) -> Self {
        let locales = site.config.locale_indices();
        let ladders = site.ladders.iter().flat_map(|ladder| {
            let names = std::iter::once(&ladder.config.key).chain(&ladder.config.was);
            names.map(move |key| {
                let mut levels = Vec::new();
                let mut places = Vec::new();
                for (at, level) in ladder.levels.iter().enumerate() {
                    let former = level.was.iter().filter_map(|was| slug(was));
                    levels.extend(std::iter::once(level.slug.clone()).chain(former).map(ListedLevel::unnamed));
                    places.resize(levels.len(), at);
                }
                let withdrawn = register.entries().filter_map(|(of, entry)| match of {
                    Key::Level { ladder, id } if ladder == key && entry.state == State::Withdrawn => slug(id),
                    _ => None,
                });
                let standing = levels.len();
                levels.extend(withdrawn.map(ListedLevel::unnamed));
                // Nobody knows any more where a withdrawn level stood, so it could have been either of two.
                let is_pair = |&(a, b): &(usize, usize)| match (places.get(a), places.get(b)) {
                    (Some(a), Some(b)) => a < b,
                    _ => a != b && (a >= standing || b >= standing),
                };
                let all = (0..levels.len()).flat_map(|a| (0..levels.len()).map(move |b| (a, b)));
                let pairs = all.filter(is_pair).collect();
                ListedLadder { key: key.clone(), title: ByLocale::new(), levels, pairs }
            })
        });
        let notes = site.notes.iter().enumerate().flat_map(|(at, note)| {
            let folder = &site.collection_of(at).folder;
            note.was.iter().map(move |was| ListedNote::new(folder, was, ByLocale::new()))
        });
        Self {
            locales: locales.map(|locale| (site.config.locale(locale).slug.clone(), locale)).collect(),
            is_released: false,
            ladders: ladders.collect(),
            notes: notes.collect(),
        }
    }

    /// All pages that were made of these names, as they would be led on from.
    fn pages(&self, finder: &Finder<'_>) -> Vec<(String, Former)> {
        let mut pages = Pages { finder, found: Vec::new(), slug: "", locale: LocaleIndex::SOURCE };
        for (slug, locale) in &self.locales {
            (pages.slug, pages.locale) = (slug, *locale);
            let locale = *locale;
            pages.add(&[], "", (Page::Home(locale), true));
            pages.add(&["notes"], "", (Page::Notes(locale), true));
            pages.add(&["licence"], "", (Page::Licence(locale), true));
            pages.add(&["search"], "", (Page::Search(locale), true));
            if self.locales.len() > 1 {
                let multilingual = finder.site.config.locales.len() > 1;
                let to = if multilingual { Page::Translation(locale) } else { Page::Home(locale) };
                pages.add(&["translation"], "", (to, multilingual));
            }
            if self.is_released {
                pages.add(&["changes"], "", (Page::Changes(locale), true));
            }
            for note in &self.notes {
                let title = finder.title(&note.titles, locale);
                pages.add(&[&note.folder, &note.slug], title, finder.note(locale, note));
                pages.add_notes_beside(note, title, self);
            }
            for ladder in &self.ladders {
                pages.add_ladder(ladder, self);
            }
        }
        pages.found
    }
}

impl ListedNote {
    fn new(folder: &str, slug: &str, titles: ByLocale<String>) -> Self {
        Self { folder: folder.to_owned(), slug: slug.to_owned(), titles }
    }
}

impl ListedLevel {
    fn unnamed(slug: String) -> Self {
        Self { slug, title: ByLocale::new(), criteria: Vec::new() }
    }
}

/// The pages of one locale, being listed.
struct Pages<'a> {
    finder: &'a Finder<'a>,
    found: Vec<(String, Former)>,
    slug: &'a str,
    locale: LocaleIndex,
}

impl<'a> Pages<'a> {
    fn add(&mut self, below: &[&str], title: &str, (to, is_renamed): (Page, bool)) {
        let segments: Vec<&str> = std::iter::once(self.slug).chain(below.iter().copied()).collect();
        let path = join(&segments);
        let title = title.to_owned();
        let former = Former { path: path.clone(), locale: self.locale, title, to, is_renamed, criteria: Vec::new() };
        self.found.push((path, former));
    }

    fn add_notes_beside(&mut self, note: &ListedNote, title: &str, listing: &Listing) {
        let (finder, slug, locale) = (self.finder, self.slug, self.locale);
        for (with, other) in listing.locales.iter().filter(|(with, _)| with != slug) {
            for interleaved in [false, true] {
                let to = match finder.note(locale, note) {
                    (Page::Note { note, .. }, true) if *other != locale => {
                        (Page::NoteBeside { locale, note, other: *other, interleaved }, true)
                    }
                    (page, _) => (page, false),
                };
                let segments = [&note.folder, &note.slug, "beside", with, "interleaved"];
                self.add(if interleaved { &segments } else { &segments[..4] }, title, to);
            }
        }
    }

    fn add_ladder(&mut self, listed: &'a ListedLadder, listing: &Listing) {
        let (finder, slug, locale, key) = (self.finder, self.slug, self.locale, listed.key.as_str());
        let ladder = finder.renames.find_ladder(finder.site, key);
        let title = finder.title(&listed.title, locale);
        let there =
            |page: Option<Page>| page.map_or_else(|| (finder.whole(locale, ladder), false), |page| (page, true));
        self.add(&[key], title, there(ladder.map(|ladder| Page::Ladder { locale, ladder })));
        self.add(&[key, "matrix"], title, there(ladder.map(|ladder| Page::Matrix { locale, ladder })));
        self.add(&[key, "threads"], title, there(ladder.map(|ladder| Page::Threads { locale, ladder })));
        for level in &listed.levels {
            let found = finder.level(key, ladder, &level.slug);
            self.add(
                &[key, &level.slug],
                finder.title(&level.title, locale),
                there(found.map(|(ladder, level)| Page::Level { locale, ladder, level })),
            );
            if let Some((_, former)) = self.found.last_mut().filter(|_| found.is_none()) {
                former.criteria.clone_from(&level.criteria);
            }
        }
        for &(lower, higher) in &listed.pairs {
            let pair = pair_slug(&listed.levels[lower].slug, &listed.levels[higher].slug);
            let found = [lower, higher].map(|level| finder.level(key, ladder, &listed.levels[level].slug));
            self.add(&[key, "compare", &pair], title, there(finder.compare(locale, found)));
        }
        for (with, other) in listing.locales.iter().filter(|(with, _)| with != slug) {
            for interleaved in [false, true] {
                let beside = ladder.filter(|_| *other != locale);
                let page = beside.map(|ladder| Page::Beside { locale, ladder, other: *other, interleaved });
                let segments = [key, "beside", with, "interleaved"];
                self.add(if interleaved { &segments } else { &segments[..3] }, title, there(page));
            }
        }
        for edition in finder.site.history.editions.iter().filter(|_| listing.is_released) {
            let whole = there(ladder.map(|ladder| Page::Ladder { locale, ladder }));
            self.add(&[key, "beside", &edition.name().to_string()], title, whole);
        }
    }
}

/// Finds what became of names.
struct Finder<'a> {
    site: &'a Site,
    renames: &'a Renames,
}

impl Finder<'_> {
    fn title<'t>(&self, titles: &'t ByLocale<String>, locale: LocaleIndex) -> &'t str {
        let tag = |locale: LocaleIndex| self.site.config.locale(locale).tag.as_str();
        let title = titles.get(tag(locale)).or_else(|| titles.get(tag(LocaleIndex::SOURCE)));
        title.or_else(|| titles.values().next()).map_or("", String::as_str)
    }

    /// The page of a whole ladder, or that of all ladders.
    fn whole(&self, locale: LocaleIndex, ladder: Option<usize>) -> Page {
        ladder.map_or(Page::Home(locale), |ladder| Page::Ladder { locale, ladder })
    }

    fn level(&self, key: &str, ladder: Option<usize>, slug: &str) -> Option<(usize, usize)> {
        Some((ladder?, self.renames.find_level(self.site, ladder?, key, slug)?))
    }

    /// Two levels in whatever order they stand now, or the one that is left of them.
    fn compare(&self, locale: LocaleIndex, found: [Option<(usize, usize)>; 2]) -> Option<Page> {
        match found {
            [Some((ladder, a)), Some((_, b))] if a != b => {
                Some(Page::Compare { locale, ladder, lower: a.min(b), higher: a.max(b) })
            }
            [Some((ladder, level)), _] | [_, Some((ladder, level))] => Some(Page::Level { locale, ladder, level }),
            _ => None,
        }
    }

    fn note(&self, locale: LocaleIndex, listed: &ListedNote) -> (Page, bool) {
        let found = self.renames.find_note(self.site, &listed.folder, &listed.slug);
        found.map_or((Page::Notes(locale), false), |note| (Page::Note { locale, note }, true))
    }
}

/// For whom pages of a locale are now: those who read it, or else those who read the source.
pub fn reader(site: &Site, locale: &Locale) -> LocaleIndex {
    let of =
        |is_it: &dyn Fn(&Locale) -> bool| site.config.locale_indices().find(|&index| is_it(site.config.locale(index)));
    of(&|own| own.tag == locale.tag).or_else(|| of(&|own| own.reads_like(locale))).unwrap_or(LocaleIndex::SOURCE)
}
