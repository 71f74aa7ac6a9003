//! The pages of a site, and where each stands.
//!
//! Paths are relative to the root of the site, lower case ASCII, and end in `/`. They depend on ids, locales and the
//! names of files alone, so that an address outlives every edit of a text. [`Page::path`] and [`Page::at`] are each
//! other's reverse.

use std::collections::HashMap;

use camino::Utf8Path;
use typed_index_collections::TiVec;

use super::anchors::{category_anchor, thread_anchor};
use super::{Criterion, Site, Subject};
use crate::address::{
    CollectionNames, LadderNames, LadderPage, LocalePage, Name, Names, NoteNames, NotePage, ThreadNames, WORKSHEET,
    join, level_pairs,
};
use crate::config::{Collection, CollectionKind};
use crate::edition::At;
use crate::handle::{
    CollectionIndex, CriterionAt, EditionIndex, FormerIndex, LadderIndex, LevelAt, NoteIndex, WithdrawnIndex,
};
use crate::id::slug;
use crate::locale::LocaleIndex;
use crate::text::slice;

/// A page of a site, by the handle of what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    Root,
    /// Served at whatever address is not there, so that no relative address holds on it.
    NotFound,
    /// A page in one language.
    In(LocaleIndex, LocalePage),
    /// The permanent page of a criterion, in all languages.
    Criterion(CriterionAt),
    /// The permanent page of a criterion that was withdrawn.
    Withdrawn(WithdrawnIndex),
    /// A page of an edition.
    Edition(EditionIndex, EditionPage),
    /// Where a page once stood.
    Former(FormerIndex),
}

/// A page of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditionPage {
    /// The edition, in all its languages.
    Whole,
    /// A ladder of the edition. Both are places in the edition.
    Ladder { locale: usize, ladder: LadderIndex },
    /// A level of the edition in one of its languages. Both are places in the edition.
    Level { locale: usize, level: LevelAt },
    /// The worksheet for reviews on a level of the edition. Both are places in the edition.
    Worksheet { locale: usize, level: LevelAt },
    /// A criterion as the edition has it, in all languages of the edition.
    Criterion(At),
}

impl Page {
    /// Returns every page, in a fixed order: the root first, then locale by locale, then the permanent pages.
    pub fn all(site: &Site) -> Vec<Self> {
        let mut pages = Self::standing(site);
        pages.extend(site.history.former.keys().map(Self::Former));
        pages
    }

    /// Returns every page but redirects.
    fn standing(site: &Site) -> Vec<Self> {
        let mut pages = vec![Self::Root, Self::NotFound];
        for locale in site.config.locale_indices() {
            pages.extend(LocalePage::all(&site.names, locale).into_iter().map(|page| Self::In(locale, page)));
        }
        for (ladder, ladder_data) in site.ladders.iter_enumerated() {
            pages.extend(ladder_data.criteria.keys().map(|criterion| Self::Criterion(criterion.of(ladder))));
        }
        pages.extend(site.history.withdrawn.keys().map(Self::Withdrawn));
        for (edition, released) in site.history.editions.iter_enumerated() {
            pages.push(Self::Edition(edition, EditionPage::Whole));
            for (ladder, within) in released.frozen.ladders.iter_enumerated() {
                let ladders = (0..released.locales.len()).map(|locale| EditionPage::Ladder { locale, ladder });
                pages.extend(ladders.map(|page| Self::Edition(edition, page)));
                for level in within.levels.keys().filter(|level| slug(&within.levels[*level].id).is_some()) {
                    let level = level.of(ladder);
                    for locale in 0..released.locales.len() {
                        pages.push(Self::Edition(edition, EditionPage::Level { locale, level }));
                        let worksheet = Self::Edition(edition, EditionPage::Worksheet { locale, level });
                        pages.extend(site.names.has_worksheets.then_some(worksheet));
                    }
                }
                let criteria = within.criteria.keys().map(|criterion| EditionPage::Criterion(At { ladder, criterion }));
                pages.extend(criteria.map(|page| Self::Edition(edition, page)));
            }
        }
        pages
    }

    /// Returns the page of a level.
    pub(crate) fn of_level(locale: LocaleIndex, level: LevelAt) -> Self {
        Self::In(locale, LocalePage::Ladder(level.ladder, LadderPage::Level(level.level)))
    }

    /// Returns the page that compares a level with one of another ladder. It stands among the pages of the first.
    pub(crate) fn across(locale: LocaleIndex, level: LevelAt, opposite: LevelAt) -> Self {
        let page = LadderPage::Across { level: level.level, other: opposite.ladder, opposite: opposite.level };
        Self::In(locale, LocalePage::Ladder(level.ladder, page))
    }

    /// Returns the page that lists those of a collection. There is none for pages that stand by themselves.
    pub(crate) fn of_collection(site: &Site, locale: LocaleIndex, collection: CollectionIndex) -> Option<Self> {
        let is_listed = site.names.collections[collection].is_listed;
        is_listed.then_some(Self::In(locale, LocalePage::Collection(collection)))
    }

    /// Returns whether it is a page that shows the present site. The others keep the past.
    pub fn is_current(&self) -> bool {
        !matches!(self, Self::NotFound | Self::Edition(..) | Self::Former(_))
    }

    /// Returns whether it is a form that people fill in about what stands on another page.
    pub fn is_worksheet(&self) -> bool {
        matches!(
            self,
            Self::In(_, LocalePage::Ladder(_, LadderPage::Worksheet(_)))
                | Self::Edition(_, EditionPage::Worksheet { .. })
        )
    }

    /// Its address below the root of the site: `en/technical-leadership/l5/`. That of the root is empty.
    pub fn path(&self, site: &Site) -> String {
        match *self {
            Self::Root => String::new(),
            Self::NotFound => "404.html".to_owned(),
            Self::In(locale, page) => page.path(locale, &site.names),
            Self::Criterion(criterion) => join(&["c", &site[criterion].id.slug()]),
            Self::Withdrawn(withdrawn) => join(&["c", &site.history.withdrawn[withdrawn].id.slug()]),
            Self::Edition(edition, page) => {
                let released = &site.history.editions[edition];
                let name = &site.names.editions[edition];
                match page {
                    EditionPage::Whole => join(&["e", name]),
                    EditionPage::Ladder { locale, ladder } => {
                        join(&["e", name, &released.locales[locale].slug, &released.frozen.ladders[ladder].key])
                    }
                    EditionPage::Level { locale, level } | EditionPage::Worksheet { locale, level } => {
                        let ladder = &released.frozen.ladders[level.ladder];
                        let slug = slug(&ladder.levels[level.level].id).unwrap_or_default();
                        let of_level = ["e", name, &released.locales[locale].slug, &ladder.key, &slug];
                        let worksheet = matches!(page, EditionPage::Worksheet { .. }).then_some(WORKSHEET);
                        join(&of_level.into_iter().chain(worksheet).collect::<Vec<_>>())
                    }
                    EditionPage::Criterion(at) => join(&["e", name, "c", &released.frozen.at(at).1.id.slug()]),
                }
            }
            Self::Former(former) => site.history.former[former].path.clone(),
        }
    }

    /// Returns the page that has an address, with or without the `/` at its end. The id of a criterion may stand in any
    /// letter case.
    pub fn at(site: &Site, path: &str) -> Option<Self> {
        Self::standing_at(site, path).or_else(|| {
            let path = path.strip_suffix('/').unwrap_or(path);
            site.history.former_at(&format!("{path}/")).map(Self::Former)
        })
    }

    /// Returns the page at an address, redirects left out.
    pub(super) fn standing_at(site: &Site, path: &str) -> Option<Self> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let find = |path: &str| site.addresses.get_or_init(|| addresses(site)).get(path).copied();
        find(path).or_else(|| {
            let (folder, id) = path.rsplit_once('/')?;
            let is_permanent = folder == "c" || (folder.starts_with("e/") && folder.ends_with("/c"));
            is_permanent.then(|| find(&format!("{folder}/{}", id.to_ascii_lowercase())))?
        })
    }

    /// Returns the page that shows the text of a file of the content folder, if one does.
    pub(crate) fn of_file(site: &Site, path: &Utf8Path) -> Option<Self> {
        let locale = site.config.locale_of(path)?;
        let (_, name) = path.as_str().split_once('/')?;
        let name = name.strip_suffix(".md")?;
        let (folder, below) = name.split_once('/').unwrap_or_default();
        let page = match site.config.collection(folder) {
            Some(collection) => LocalePage::Note(site.note_at(collection, &slug(below)?)?, NotePage::Whole),
            None => {
                let ladder = site.ladders.position(|ladder| ladder.config.key == name)?;
                LocalePage::Ladder(ladder, LadderPage::Whole)
            }
        };
        Some(Self::In(locale, page))
    }

    /// Its language. None for the pages that hold all of them.
    pub(crate) fn locale(&self) -> Option<LocaleIndex> {
        match *self {
            Self::In(locale, _) => Some(locale),
            _ => None,
        }
    }

    /// Returns the ladder that it belongs to, by its place among those of the site.
    pub(crate) fn ladder(&self) -> Option<LadderIndex> {
        match *self {
            Self::In(_, LocalePage::Ladder(ladder, _)) | Self::Criterion(CriterionAt { ladder, .. }) => Some(ladder),
            _ => None,
        }
    }

    /// Returns the same page in another locale. Two locales side by side change places; one that is not shown beside the
    /// other is shown beside the source, or alone. Pages in all languages stay.
    pub fn in_locale(self, site: &Site, to: LocaleIndex) -> Self {
        let Self::In(from, page) = self else { return self };
        let names = &site.names;
        let partner = |others: Vec<LocaleIndex>, other: LocaleIndex| {
            let kept = if other == to { from } else { other };
            [kept, LocaleIndex::SOURCE].into_iter().find(|other| others.contains(other))
        };
        let page = match page {
            LocalePage::Ladder(ladder, LadderPage::Beside { other, interleaved }) if from != to => {
                let other = partner(names.beside_ladder(ladder, to), other);
                let page = other.map(|other| LadderPage::Beside { other, interleaved });
                LocalePage::Ladder(ladder, page.unwrap_or(LadderPage::Whole))
            }
            LocalePage::Note(note, NotePage::Beside { other, interleaved }) if from != to => {
                let other = partner(names.beside_note(note, to), other);
                let page = other.map(|other| NotePage::Beside { other, interleaved });
                LocalePage::Note(note, page.unwrap_or(NotePage::Whole))
            }
            LocalePage::Ladder(ladder, since @ LadderPage::Since(_)) if !site.has_since(ladder, since, to) => {
                LocalePage::Ladder(ladder, LadderPage::Whole)
            }
            page => page,
        };
        Self::In(to, page)
    }

    /// Returns where a reader of a locale finds what a reference leads to: the page and the anchor on it.
    pub(crate) fn of(site: &Site, subject: Subject, locale: LocaleIndex) -> (Self, Option<String>) {
        match subject {
            Subject::Level(level) => (Page::of_level(locale, level), None),
            Subject::Category(category) => {
                let anchor = Some(category_anchor(None, &site[category].id)).filter(|anchor| !anchor.is_empty());
                (Page::In(locale, LocalePage::Ladder(category.ladder, LadderPage::Matrix)), anchor)
            }
            Subject::Thread(thread) => {
                let anchor = thread_anchor(&site[thread].key);
                (Page::In(locale, LocalePage::Ladder(thread.ladder, LadderPage::Threads)), Some(anchor))
            }
            Subject::Criterion(criterion) => {
                let Criterion { id, level, .. } = &site[criterion];
                (Page::of_level(locale, level.of(criterion.ladder)), Some(id.slug()))
            }
            Subject::Note(note) => (Page::In(locale, LocalePage::Note(note, NotePage::Whole)), None),
        }
    }
}

impl Site {
    /// Returns whether a ladder in a locale has a page beside an edition. An edition may lack the language.
    pub(crate) fn has_since(&self, ladder: LadderIndex, page: LadderPage, locale: LocaleIndex) -> bool {
        let since = self.names.ladders[ladder].since.get(locale).into_iter().flatten();
        since.copied().any(|edition| page == LadderPage::Since(edition))
    }

    /// Returns the page of a collection that has a slug.
    pub(crate) fn note_at(&self, collection: CollectionIndex, slug: &str) -> Option<NoteIndex> {
        self.notes.position(|note| note.collection == collection && note.slug == slug)
    }

    /// Returns the pages of a collection in their order.
    pub(crate) fn notes_of(
        &self,
        collection: CollectionIndex,
    ) -> impl DoubleEndedIterator<Item = NoteIndex> + Clone + use<> {
        let start = self.notes.partition_point(|note| note.collection < collection);
        let end = self.notes.partition_point(|note| note.collection <= collection);
        (start.0..end.0).map(NoteIndex)
    }

    /// Returns the collection that a page belongs to.
    pub(crate) fn collection_of(&self, note: NoteIndex) -> &Collection {
        &self.config.collections[self.notes[note].collection]
    }
}

/// Returns all pages that stand, by their addresses without the `/` at the end.
fn addresses(site: &Site) -> HashMap<Box<str>, Page> {
    let address = |page: Page| {
        let path = page.path(site);
        (path.strip_suffix('/').unwrap_or(&path).into(), page)
    };
    Page::standing(site).into_iter().map(address).collect()
}

impl Site {
    /// Returns the names of its items in addresses, as far as they do not depend on editions.
    pub(super) fn present_names(&self) -> Names {
        let config = &self.config;
        let lacking =
            |has: &dyn Fn(LocaleIndex) -> bool| config.locale_indices().filter(|&locale| !has(locale)).collect();
        let ladders = self.ladders.iter_enumerated().map(|(at, ladder)| LadderNames {
            name: Name { now: ladder.config.key.clone(), was: ladder.config.was.clone() },
            levels: ladder
                .levels
                .iter()
                .map(|level| Name {
                    now: level.slug.clone(),
                    was: level.was.iter().filter_map(|was| slug(was)).collect(),
                })
                .collect(),
            categories: ladder
                .categories
                .iter()
                .map(|category| Name {
                    now: category_anchor(None, &category.id),
                    was: category.was.iter().map(|was| category_anchor(None, was)).collect(),
                })
                .collect(),
            threads: ladder
                .threads
                .iter()
                .map(|thread| Name {
                    now: thread_anchor(&thread.key),
                    was: thread.was.iter().map(|was| thread_anchor(was)).collect(),
                })
                .collect(),
            pairs: {
                let compared = config.compared(ladder.levels.len());
                level_pairs(ladder.levels.len()).filter(|pair| compared.has(*pair)).collect()
            },
            compared: self.inheritance.compared(at).to_vec(),
            since: TiVec::new(),
            lacking: lacking(&|locale| ladder.files.own(locale).is_some()),
        });
        let collections = config.collections.iter().map(|collection| CollectionNames {
            name: Name { now: collection.folder.clone(), was: collection.was.clone() },
            is_listed: collection.kind != CollectionKind::Pages,
            side_by_side: collection.side_by_side,
        });
        let notes = self.notes.iter().map(|note| NoteNames {
            name: Name { now: note.slug.clone(), was: note.was.clone() },
            collection: note.collection,
            moved: note.moved.clone(),
            lacking: lacking(&|locale| note.text.own(locale).is_some()),
        });
        let threads = config.threads.iter_enumerated().map(|(at, thread)| ThreadNames {
            name: Name {
                now: thread_anchor(&thread.key),
                was: thread.was.iter().map(|was| thread_anchor(was)).collect(),
            },
            sharing: self.inheritance.sharing(at).iter().map(|thread| thread.ladder).collect(),
        });
        Names {
            locales: config.locales.iter().map(|locale| locale.slug.clone()).collect(),
            ladders: ladders.collect(),
            collections: collections.collect(),
            notes: notes.collect(),
            threads: threads.collect(),
            editions: TiVec::new(),
            has_glossary: !self.glossary.is_empty(),
            has_worksheets: config.worksheet.is_some(),
            terms: self
                .glossary
                .terms
                .iter()
                .map(|term| Name { now: term.anchor.clone(), was: term.was.clone() })
                .collect(),
            sides: Names::sides_of(config.locales.len(), |pair| config.side_by_side().has(pair)),
            has_interleaved: false,
        }
    }
}

/// Returns the address of one page as a link on another: from `en/a/` to `c/tl-001/` it is `../../c/tl-001/`.
///
/// Both are paths below the root of the site. A page leads to itself by `./`.
pub(crate) fn relative(from: &str, to: &str) -> String {
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
