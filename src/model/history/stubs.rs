//! Items that stood on released pages, so that an old link to a part of a page still lands somewhere.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::names::KnownNames;
use crate::address::{LadderNames, LadderPage, LocalePage, Mapping};
use crate::edition::{Edition, Frozen, FrozenLadder, FrozenTerm};
use crate::handle::{LadderIndex, LevelIndex, ThreadAt, WithdrawnIndex};
use crate::id::{CriterionId, slug};
use crate::model::anchors::{category_anchor_of, heading_anchors, thread_anchor};
use crate::model::{Page, Site, Subject};

/// A part of a page that is gone from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stub {
    /// The anchor that it had.
    pub(crate) anchor: String,
    /// Its former name: the id of a criterion, level or category.
    pub(crate) id: String,
    pub(crate) now: Location,
}

/// The present location of a former item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    /// It stands elsewhere.
    Moved(Subject),
    /// A term of the glossary, by its place there.
    Term(usize),
    /// A criterion that was withdrawn, by its place in [`super::History::withdrawn`].
    Withdrawn(WithdrawnIndex),
    /// It is gone, and nothing came in its place.
    Gone,
}

/// The former items of a page.
#[derive(Debug, Default)]
pub(super) struct PageStubs {
    /// Items that are gone from it, by anchor.
    pub(super) gone: Vec<Stub>,
    /// Former anchors of headings, by the present anchor.
    pub(super) at_headings: BTreeMap<String, Vec<String>>,
}

/// Returns the former items of each page.
pub(super) fn all(site: &Site) -> HashMap<Page, PageStubs> {
    let mut finder = Finder { site, found: HashMap::new(), at_headings: HashMap::new(), own: HashMap::new() };
    finder.add_withdrawn();
    finder.add_words();
    let known: Vec<_> = site.history.editions.iter().zip(&site.history.known).rev().collect();
    // The latest edition that knows what an anchor was of knows best. One may list an anchor of which only an earlier
    // one knows that.
    for is_told in [true, false] {
        for (edition, known) in &known {
            finder.add_edition(edition, known, is_told);
        }
    }
    let mut stubs: HashMap<Page, PageStubs> = HashMap::new();
    for (page, found) in finder.found {
        stubs.entry(page).or_default().gone = found.into_values().collect();
    }
    for (page, headings) in finder.at_headings {
        for (former, anchor) in headings {
            stubs.entry(page).or_default().at_headings.entry(anchor).or_default().push(former);
        }
    }
    stubs
}

struct Finder<'a> {
    site: &'a Site,
    /// Stubs by anchor. The first one that is added stays.
    found: HashMap<Page, BTreeMap<String, Stub>>,
    /// Anchors that lead to headings, each with the present anchor of its heading.
    at_headings: HashMap<Page, BTreeMap<String, String>>,
    /// The anchors of items that stand on pages now.
    own: HashMap<Page, HashSet<String>>,
}

impl Finder<'_> {
    /// Returns whether a page has an anchor, or a stub of it.
    fn has(&mut self, page: Page, anchor: &str) -> bool {
        let site = self.site;
        let own = self.own.entry(page).or_insert_with(|| page.own_anchors(site).into_iter().collect());
        own.contains(anchor)
            || self.found.get(&page).is_some_and(|stubs| stubs.contains_key(anchor))
            || self.at_headings.get(&page).is_some_and(|headings| headings.contains_key(anchor))
    }

    fn add(&mut self, page: Page, anchor: &str, stub: impl FnOnce() -> Option<(String, Location)>) {
        if let Some((id, now)) = (!self.has(page, anchor)).then(stub).flatten() {
            let stub = Stub { anchor: anchor.to_owned(), id, now };
            self.found.entry(page).or_default().insert(anchor.to_owned(), stub);
        }
    }

    /// Adds an anchor that leads to a heading now. The tag is that of the locale in which it stood. Returns whether it
    /// does.
    fn add_at_heading(&mut self, page: Page, anchor: &str, tag: &str) -> bool {
        let site = self.site;
        let headings = site.history.headings.on_page(page);
        let lead = headings.and_then(|(headings, locale)| headings.lead(anchor, tag, locale));
        if let Some(lead) = lead.filter(|_| !self.has(page, anchor)) {
            self.at_headings.entry(page).or_default().insert(anchor.to_owned(), lead.to_owned());
        }
        lead.is_some()
    }

    /// Adds the anchors that the words of a translation made and that no edition lists.
    fn add_words(&mut self) {
        let site = self.site;
        for locale in site.config.locale_indices() {
            for page in LocalePage::all(&site.names, locale) {
                let page = Page::In(locale, page);
                let Some((headings, _)) = site.history.headings.on_page(page) else { continue };
                if !headings.keeps_words {
                    continue;
                }
                for (words, anchor) in headings.of_words(locale) {
                    if !self.has(page, words) {
                        self.at_headings.entry(page).or_default().insert(words.to_owned(), anchor.to_owned());
                    }
                }
            }
        }
    }

    /// Adds the criteria that were withdrawn, whether or not they were ever released.
    fn add_withdrawn(&mut self) {
        let site = self.site;
        for (at, withdrawn) in site.history.withdrawn.iter_enumerated() {
            let Some(ladder) = withdrawn.ladder else { continue };
            let mut pages = vec![LadderPage::Whole, LadderPage::Matrix];
            let level = withdrawn.level.as_ref().and_then(|level| slug(&level.id));
            let levels = &site.names.ladders[ladder].levels;
            let level = level.and_then(|level| levels.position(|name| name.all().any(|name| name == level)));
            let shows = |shown: &LevelIndex| match level {
                Some(level) if site[ladder].config.levels_accumulate => *shown >= level,
                level => level == Some(*shown),
            };
            pages.extend(levels.keys().filter(shows).map(LadderPage::Level));
            for locale in site.config.locale_indices() {
                for &page in &pages {
                    let page = Page::In(locale, LocalePage::Ladder(ladder, page));
                    let stub = || Some((withdrawn.id.to_string(), Location::Withdrawn(at)));
                    self.add(page, &withdrawn.id.slug(), stub);
                }
            }
        }
    }

    /// Adds the items that an edition had on its pages, or the bare anchors if it knows no more.
    fn add_edition(&mut self, edition: &Edition, known: &KnownNames, is_told: bool) {
        let then = EditionChanges { site: self.site, frozen: &edition.frozen, known };
        let mut add = |path: &str, page: Option<(LocalePage, &str)>, anchors: &[String]| {
            let Some(now) = self.answering(path) else { return };
            for anchor in anchors {
                let part = page.and_then(|(page, _)| then.part(page, anchor)).or_else(|| then.criterion(anchor));
                let is_heading =
                    |finder: &mut Self| page.is_some_and(|(_, tag)| finder.add_at_heading(now, anchor, tag));
                match part {
                    Some(part) => self.add(now, anchor, || Some(part)),
                    None if is_heading(self) || is_told => {}
                    None => self.add(now, anchor, || Some((anchor.clone(), Location::Gone))),
                }
            }
        };
        for locale in known.names.locale_indices() {
            for page in LocalePage::all(&known.names, locale) {
                let path = page.path(locale, &known.names);
                let tag = edition.frozen.locales[locale.0].as_str();
                match &edition.frozen.published {
                    Some(published) => {
                        let list = published.addresses.get(&path).map_or(&[] as &[_], |&at| published.anchors_at(at));
                        add(&path, Some((page, tag)), list);
                    }
                    None if edition.frozen.is_draft() => {}
                    None => add(&path, Some((page, tag)), &then.anchors(page, tag)),
                }
            }
        }
        // Those of criteria, in all languages.
        if let Some(published) = &edition.frozen.published {
            for (path, &list) in published.addresses.range("c/".to_owned().."c0".to_owned()) {
                add(path, None, published.anchors_at(list));
            }
        }
    }

    /// Returns the page that answers at an address, where readers end up.
    fn answering(&self, path: &str) -> Option<Page> {
        match Page::at(self.site, path)? {
            Page::Former(former) if self.site.history.former[former].is_renamed => {
                Some(self.site.history.former[former].to)
            }
            page => Some(page),
        }
    }
}

/// Returns the anchors of a whole ladder of an edition that were the same in every language.
pub(super) fn fixed_then(ladder: &FrozenLadder, names: &LadderNames) -> HashSet<String> {
    let mut anchors: HashSet<_> = ladder.criteria.iter().map(|criterion| criterion.id.slug()).collect();
    for (level, name) in ladder.levels.iter().zip(&names.levels) {
        anchors.insert(name.now.clone());
        anchors.extend(level.categories.iter().map(|category| category_anchor_of(&name.now, &category.id)));
    }
    anchors.remove("");
    anchors
}

/// An edition, and the mapping of its items to those of today.
struct EditionChanges<'a> {
    site: &'a Site,
    frozen: &'a Frozen,
    known: &'a KnownNames,
}

impl EditionChanges<'_> {
    fn mapping(&self) -> &Mapping {
        &self.known.mapping
    }

    /// Returns the anchors of a page, as far as an edition tells that does not list them.
    fn anchors(&self, page: LocalePage, tag: &str) -> Vec<String> {
        let slugs =
            |ladder: &FrozenLadder| ladder.criteria.iter().map(|criterion| criterion.id.slug()).collect::<Vec<_>>();
        match page {
            LocalePage::Ladder(ladder, page) => {
                let ladder_data = &self.frozen.ladders[ladder];
                match page {
                    LadderPage::Whole | LadderPage::Beside { .. } => {
                        let anchors = fixed_then(ladder_data, &self.known.names.ladders[ladder]);
                        let prose = self
                            .frozen
                            .read(&ladder_data.prose, tag)
                            .map_or(&[] as &[_], |(prose, _)| prose.as_slice());
                        let titles = prose.iter().map(|prose| prose.title.clone());
                        let headings = heading_anchors(titles, anchors.clone());
                        anchors.into_iter().chain(headings).collect()
                    }
                    LadderPage::Level(level) => {
                        let shown =
                            ladder_data.criteria.iter().filter(|criterion| ladder_data.shows(level, &criterion.level));
                        let categories = ladder_data.levels[level]
                            .categories
                            .iter()
                            .map(|category| category.id.to_ascii_lowercase());
                        categories
                            .filter(|anchor| !anchor.is_empty())
                            .chain(shown.map(|criterion| criterion.id.slug()))
                            .collect()
                    }
                    LadderPage::Matrix => {
                        let categories = ladder_data.categories.iter().map(|category| category.id.to_ascii_lowercase());
                        categories.filter(|anchor| !anchor.is_empty()).chain(slugs(ladder_data)).collect()
                    }
                    LadderPage::Threads => {
                        ladder_data.threads.iter().map(|thread| thread_anchor(&thread.key)).collect()
                    }
                    LadderPage::Worksheet(_)
                    | LadderPage::Compare { .. }
                    | LadderPage::Across { .. }
                    | LadderPage::Since(_) => Vec::new(),
                }
            }
            LocalePage::Note(note, _) => {
                let text = self.frozen.notes.get(note.0).and_then(|note| self.frozen.read(&note.text, tag));
                let sections = text.into_iter().flat_map(|(text, _)| &text.sections);
                let headings = sections.filter_map(|section| Some(section.heading.as_ref()?.text.plain()));
                heading_anchors(headings, HashSet::new())
            }
            LocalePage::Home
            | LocalePage::SharedThread(_)
            | LocalePage::Collection(_)
            | LocalePage::Glossary
            | LocalePage::Translation
            | LocalePage::Licence
            | LocalePage::Search
            | LocalePage::Changes
            | LocalePage::Downloads => Vec::new(),
        }
    }

    /// Returns the item of an anchor on a page by its id, and its present location.
    fn part(&self, page: LocalePage, anchor: &str) -> Option<(String, Location)> {
        let moved = |subject: Option<Subject>| subject.map_or(Location::Gone, Location::Moved);
        match page {
            LocalePage::Ladder(at, page) => {
                let (frozen_ladder, names) = (&self.frozen.ladders[at], &self.known.names.ladders[at]);
                match page {
                    LadderPage::Whole | LadderPage::Beside { .. } | LadderPage::Since(_) => {
                        let mut levels = frozen_ladder.levels.iter_enumerated().zip(&names.levels);
                        levels.find_map(|((place, level), name)| {
                            let now = moved(self.mapping().level(place.of(at)).map(Subject::Level));
                            let category = |slug: &str| {
                                let is_it = |id: &str| category_anchor_of(slug, id) == anchor;
                                level.categories.iter().find(|category| is_it(&category.id))
                            };
                            if name.all().any(|slug| slug == anchor) {
                                return Some((level.id.clone(), now));
                            }
                            name.all().find_map(category).map(|category| (category.id.clone(), now))
                        })
                    }
                    LadderPage::Level(_) | LadderPage::Matrix => {
                        // One that an edition knew by a former name left that as a stub.
                        let category = names.categories.position(|name| name.all().any(|name| name == anchor))?;
                        let now = self.mapping().category(category.of(at)).map(Subject::Category);
                        let then = frozen_ladder.categories[category.0]
                            .was
                            .iter()
                            .find(|was| was.eq_ignore_ascii_case(anchor));
                        let then = then.unwrap_or(&frozen_ladder.categories[category.0].id);
                        Some((then.clone(), moved(now)))
                    }
                    LadderPage::Threads => {
                        let thread = names.threads.position(|name| name.all().any(|name| name == anchor))?;
                        let now = self.mapping().own_thread(thread.of(at));
                        let now =
                            now.or_else(|| self.shared_now(anchor, self.mapping().ladder(at)?)).map(Subject::Thread);
                        let then = frozen_ladder.threads[thread.0].was.iter().find(|was| thread_anchor(was) == anchor);
                        let then = then.unwrap_or(&frozen_ladder.threads[thread.0].key);
                        Some((then.clone(), moved(now)))
                    }
                    LadderPage::Worksheet(_) | LadderPage::Compare { .. } | LadderPage::Across { .. } => None,
                }
            }
            LocalePage::Glossary => {
                let term = self.known.names.terms.iter().position(|name| name.all().any(|name| name == anchor))?;
                let now = self.mapping().term(term).map_or(Location::Gone, Location::Term);
                let FrozenTerm { anchor: own, name, .. } = &self.frozen.terms[term];
                Some((if own == anchor { name.clone() } else { anchor.to_owned() }, now))
            }
            LocalePage::Home
            | LocalePage::SharedThread(_)
            | LocalePage::Collection(_)
            | LocalePage::Note(..)
            | LocalePage::Translation
            | LocalePage::Licence
            | LocalePage::Search
            | LocalePage::Changes
            | LocalePage::Downloads => None,
        }
    }

    /// Returns the thread of a ladder of the site that is what a shared one became.
    fn shared_now(&self, anchor: &str, ladder: LadderIndex) -> Option<ThreadAt> {
        let shared = self.known.names.threads.position(|thread| thread.name.now == anchor)?;
        let now = &self.site.names.threads[self.mapping().thread(shared)?].name.now;
        let thread = self.site[ladder].threads.position(|thread| thread_anchor(&thread.key) == *now)?;
        Some(thread.of(ladder))
    }

    /// Returns the criterion that has an id, wherever it stood.
    fn criterion(&self, anchor: &str) -> Option<(String, Location)> {
        let id = CriterionId::parse(&anchor.to_ascii_uppercase())?;
        if let Some(withdrawn) = self.site.history.withdrawn_at(&id) {
            return Some((id.to_string(), Location::Withdrawn(withdrawn)));
        }
        let subject = self.site.index.resolve(&id.to_string(), None).map(Location::Moved);
        let was_there = || self.site.history.timeline(&id).editions.keys().next().map(|_| Location::Gone);
        Some((id.to_string(), subject.or_else(was_there)?))
    }
}
