//! Maps the items of one state of a site to those of today.

use typed_index_collections::{TiSlice, TiVec};

use super::names::{LadderNames, Name, Names};
use super::page::{Holds, LocalePage, NotePage, Segment};
use crate::handle::{
    CategoryAt, CategoryIndex, CollectionIndex, LadderIndex, LevelAt, LevelIndex, NoteIndex, SharedThreadIndex,
    ThreadAt, ThreadIndex,
};
use crate::locale::LocaleIndex;

/// The present place of each item of one state of a site.
///
/// A name is carried from state to state: each says what its things were called before. So a name leads on even when
/// the present no longer mentions it, and a name that was given again later leads to what had it at that time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mapping {
    /// For each locale, the locale whose readers get its texts today.
    readers: TiVec<LocaleIndex, LocaleIndex>,
    ladders: Places<LadderIndex>,
    /// For each ladder and each of its levels, the level that it is now.
    levels: TiVec<LadderIndex, TiVec<LevelIndex, Option<LevelIndex>>>,
    categories: TiVec<LadderIndex, TiVec<CategoryIndex, Option<CategoryIndex>>>,
    own_threads: TiVec<LadderIndex, TiVec<ThreadIndex, Option<ThreadIndex>>>,
    collections: Places<CollectionIndex>,
    notes: Places<NoteIndex>,
    threads: Places<SharedThreadIndex>,
    terms: Vec<Option<usize>>,
}

/// For each state from the first one on, and for each item of the first state, its place there.
type Places<I> = Vec<TiVec<I, Option<I>>>;

/// Returns the place of a thing in the last state.
fn now<I: Copy>(places: &Places<I>, at: I) -> Option<I>
where
    usize: From<I>,
{
    places.last()?.get(at).copied().flatten()
}

/// All names that one thing had, the one that counts most first.
struct Trail(Vec<String>);

impl Trail {
    fn of(name: &Name) -> Self {
        Self(Some(name.now.clone()).filter(|name| !name.is_empty()).into_iter().collect())
    }

    /// Returns the place of the thing among those of the next state. The newest name that something has there counts.
    fn follow<'a, I>(&mut self, things: impl Iterator<Item = (I, &'a Name)> + Clone) -> Option<I> {
        let find = |name: &String| {
            let now = things.clone().find(|(_, thing)| thing.now == *name);
            now.or_else(|| things.clone().find(|(_, thing)| thing.was.contains(name)))
        };
        let (place, (at, thing)) = self.0.iter().enumerate().find_map(|(place, name)| Some((place, find(name)?)))?;
        // What is found by a name that counts less may be something else, so its name counts no more than that.
        let newer = self.0[..place].to_vec();
        let older = self.0[place..].iter().filter(|name| **name != thing.now).cloned();
        let now = Some(thing.now.clone()).filter(|now| !newer.contains(now));
        self.0 = newer.iter().cloned().chain(now).chain(older).collect();
        Some(at)
    }
}

/// Returns the present and former names of the pages of collections, each with the folder before it.
fn paths_of_notes(names: &Names) -> TiVec<NoteIndex, Name> {
    let name = |note: NoteIndex| {
        let mut paths = names.paths_of_note(note);
        let now = if paths.is_empty() { String::new() } else { paths.remove(0) };
        Name { now, was: paths }
    };
    names.notes.keys().map(name).collect()
}

/// Names with their places.
fn placed<'a, I: From<usize> + 'a, T>(
    things: &'a TiSlice<I, T>,
    name: impl Fn(&'a T) -> &'a Name + Clone,
) -> impl Iterator<Item = (I, &'a Name)> + Clone {
    things.iter_enumerated().map(move |(at, thing)| (at, name(thing)))
}

impl Mapping {
    /// Returns the mapping from the first of the states to the last, which is the present. `readers` gives for each
    /// locale of the first the locale whose readers get its texts today.
    pub(crate) fn of(states: &[&Names], readers: TiVec<LocaleIndex, LocaleIndex>) -> Self {
        let Some((then, later)) = states.split_first() else { return Self::default() };
        let mut ladders: TiVec<LadderIndex, _> = then.ladders.iter().map(|ladder| Trail::of(&ladder.name)).collect();
        let of_levels = |names: &LadderNames| names.levels.iter().map(Trail::of).collect::<Vec<_>>();
        let mut levels: TiVec<LadderIndex, _> = then.ladders.iter().map(of_levels).collect();
        let of_categories = |names: &LadderNames| names.categories.iter().map(Trail::of).collect::<Vec<_>>();
        let mut categories: TiVec<LadderIndex, _> = then.ladders.iter().map(of_categories).collect();
        let of_threads = |names: &LadderNames| names.threads.iter().map(Trail::of).collect::<Vec<_>>();
        let mut own_threads: TiVec<LadderIndex, _> = then.ladders.iter().map(of_threads).collect();
        let mut terms: Vec<_> = then.terms.iter().map(Trail::of).collect();
        let mut collections: Vec<_> = then.collections.iter().map(|collection| Trail::of(&collection.name)).collect();
        let mut notes: Vec<_> = paths_of_notes(then).iter().map(Trail::of).collect();
        let mut threads: Vec<_> = then.threads.iter().map(|thread| Trail::of(&thread.name)).collect();
        let mut mapping = Self::identity(then, readers);
        for state in later {
            let found = ladders.iter_mut().map(|trail| trail.follow(placed(&state.ladders, |name| &name.name)));
            let found: TiVec<LadderIndex, _> = found.collect();
            for (at, trails) in levels.iter_mut_enumerated() {
                let there = found[at].map(|ladder| &state.ladders[ladder].levels);
                let level = |trail: &mut Trail| trail.follow(placed(there?, |name| name));
                mapping.levels[at] = trails.iter_mut().map(level).collect();
                let there = found[at].map(|ladder| &state.ladders[ladder]);
                let category = |trail: &mut Trail| trail.follow(placed(&there?.categories, |name| name));
                mapping.categories[at] = categories[at].iter_mut().map(category).collect();
                let thread = |trail: &mut Trail| trail.follow(placed(&there?.threads, |name| name));
                mapping.own_threads[at] = own_threads[at].iter_mut().map(thread).collect();
            }
            mapping.terms = terms.iter_mut().map(|trail| trail.follow(state.terms.iter().enumerate())).collect();
            mapping.ladders.push(found);
            let found = collections
                .iter_mut()
                .map(|trail| trail.follow(placed(&state.collections, |collection| &collection.name)));
            let found: TiVec<CollectionIndex, _> = found.collect();
            let paths = paths_of_notes(state);
            mapping.notes.push(notes.iter_mut().map(|trail| trail.follow(placed(&paths, |name| name))).collect());
            mapping.collections.push(found);
            let found = threads.iter_mut().map(|trail| trail.follow(placed(&state.threads, |thread| &thread.name)));
            mapping.threads.push(found.collect());
        }
        mapping
    }

    /// Returns the mapping from a state to itself.
    pub(crate) fn identity(names: &Names, readers: TiVec<LocaleIndex, LocaleIndex>) -> Self {
        fn all<I: From<usize>, T>(things: &TiSlice<I, T>) -> TiVec<I, Option<I>> {
            things.keys().map(Some).collect()
        }
        Self {
            readers,
            ladders: vec![all(&names.ladders)],
            levels: names.ladders.iter().map(|ladder| all(&ladder.levels)).collect(),
            categories: names.ladders.iter().map(|ladder| all(&ladder.categories)).collect(),
            own_threads: names.ladders.iter().map(|ladder| all(&ladder.threads)).collect(),
            terms: (0..names.terms.len()).map(Some).collect(),
            collections: vec![all(&names.collections)],
            notes: vec![all(&names.notes)],
            threads: vec![all(&names.threads)],
        }
    }

    /// Sets the present place of each level of a ladder.
    pub(crate) fn with_levels(mut self, ladder: LadderIndex, levels: TiVec<LevelIndex, Option<LevelIndex>>) -> Self {
        self.levels[ladder] = levels;
        self
    }

    /// Returns the locale whose readers get the texts of a locale today.
    pub(crate) fn reader(&self, locale: LocaleIndex) -> LocaleIndex {
        self.readers.get(locale).copied().unwrap_or(LocaleIndex::SOURCE)
    }

    pub(crate) fn ladder(&self, ladder: LadderIndex) -> Option<LadderIndex> {
        now(&self.ladders, ladder)
    }

    /// Returns the place of a ladder so many states later.
    pub(crate) fn ladder_after(&self, states: usize, ladder: LadderIndex) -> Option<LadderIndex> {
        self.ladders.get(states)?.get(ladder).copied().flatten()
    }

    /// Returns the ladder that is now the one at a place.
    pub(crate) fn ladder_then(&self, now: LadderIndex) -> Option<LadderIndex> {
        self.ladders.last()?.position(|ladder| *ladder == Some(now))
    }

    pub(crate) fn note(&self, note: NoteIndex) -> Option<NoteIndex> {
        now(&self.notes, note)
    }

    /// Returns the page of a collection that is now the one at a place.
    pub(crate) fn note_then(&self, now: NoteIndex) -> Option<NoteIndex> {
        self.notes.last()?.position(|note| *note == Some(now))
    }

    pub(crate) fn level(&self, at: LevelAt) -> Option<LevelAt> {
        let level = self.levels.get(at.ladder)?.get(at.level).copied().flatten()?;
        Some(level.of(self.ladder(at.ladder)?))
    }

    pub(crate) fn category(&self, at: CategoryAt) -> Option<CategoryAt> {
        let category = self.categories.get(at.ladder)?.get(at.category).copied().flatten()?;
        Some(category.of(self.ladder(at.ladder)?))
    }

    /// Returns a thread of a ladder, shared or not.
    pub(crate) fn own_thread(&self, at: ThreadAt) -> Option<ThreadAt> {
        let thread = self.own_threads.get(at.ladder)?.get(at.thread).copied().flatten()?;
        Some(thread.of(self.ladder(at.ladder)?))
    }

    /// Returns a term of the glossary.
    pub(crate) fn term(&self, term: usize) -> Option<usize> {
        self.terms.get(term).copied().flatten()
    }

    pub(crate) fn collection(&self, collection: CollectionIndex) -> Option<CollectionIndex> {
        now(&self.collections, collection)
    }

    pub(crate) fn thread(&self, thread: SharedThreadIndex) -> Option<SharedThreadIndex> {
        now(&self.threads, thread)
    }

    /// Returns whether what a page is of was still there in a later state.
    pub(crate) fn was_there_later(&self, page: LocalePage) -> bool {
        fn later<I: Copy>(places: &Places<I>, at: I) -> bool
        where
            usize: From<I>,
        {
            places.iter().skip(1).any(|places| places[at].is_some())
        }
        match page {
            LocalePage::Ladder(ladder, _) => later(&self.ladders, ladder),
            LocalePage::SharedThread(thread) => later(&self.threads, thread),
            LocalePage::Collection(collection) => later(&self.collections, collection),
            LocalePage::Note(note, _) => later(&self.notes, note),
            LocalePage::Home
            | LocalePage::Glossary
            | LocalePage::Translation
            | LocalePage::Licence
            | LocalePage::Search
            | LocalePage::Changes
            | LocalePage::Downloads => false,
        }
    }

    /// Returns where readers of an address of a page find its matter now: on the same page, or on the nearest one that
    /// there is. `find` gives the page of an address now.
    pub(crate) fn lead<T>(
        &self,
        page: LocalePage,
        locale: LocaleIndex,
        then: &Names,
        now: &Names,
        find: impl Fn(&str) -> Option<T>,
    ) -> Option<(T, Holds)> {
        let find = |page: LocalePage| find(&self.moved(page, locale, then, now)?);
        let holds = |near, holds| if self.is_in_one_locale_now(page, near, now) { Holds::Same } else { holds };
        let nearest = || page.nearest(then).into_iter().find_map(|(near, held)| Some((find(near)?, holds(near, held))));
        find(page).map(|found| (found, Holds::Same)).or_else(nearest)
    }

    /// Returns whether the pages of a note in two locales gave way to that in one, as its collection asks.
    fn is_in_one_locale_now(&self, page: LocalePage, near: LocalePage, now: &Names) -> bool {
        match (page, near) {
            (LocalePage::Note(note, NotePage::Beside { .. }), LocalePage::Note(_, NotePage::Whole)) => {
                self.note(note).is_some_and(|note| !now.collections[now.notes[note].collection].side_by_side)
            }
            _ => false,
        }
    }

    /// Returns the address of a page now. None if a part of it is gone. Whether there is such a page now is not asked.
    fn moved(&self, page: LocalePage, locale: LocaleIndex, then: &Names, now: &Names) -> Option<String> {
        let mut path = Some(String::with_capacity(64));
        page.segments(locale, then, |segment| {
            let moved = match (segment, page) {
                // A page may stand in another folder now.
                (Segment::Collection(_), LocalePage::Note(note, _)) => {
                    self.note(note).map(|note| Segment::Collection(now.notes[note].collection))
                }
                _ => self.segment(segment),
            };
            path = path.take().and_then(|mut path| now.spell(moved?, &mut path).then_some(path));
        });
        path
    }

    /// Returns a segment with the places that its things have now.
    fn segment(&self, segment: Segment) -> Option<Segment> {
        Some(match segment {
            Segment::Word(_) | Segment::Edition(_) => segment,
            Segment::Locale(locale) => Segment::Locale(self.reader(locale)),
            Segment::Ladder(ladder) => Segment::Ladder(self.ladder(ladder)?),
            Segment::Level(at) => Segment::Level(self.level(at)?),
            Segment::Pair(ladder, levels) => {
                let [a, b] = [self.level(levels[0].of(ladder))?, self.level(levels[1].of(ladder))?];
                // Levels may change places. Two that became one are no pair.
                if a == b {
                    return None;
                }
                Segment::Pair(a.ladder, [a.min(b).level, a.max(b).level])
            }
            Segment::Across(at, opposite) => Segment::Across(self.level(at)?, self.level(opposite)?),
            Segment::Collection(collection) => Segment::Collection(self.collection(collection)?),
            Segment::Note(note) => Segment::Note(self.note(note)?),
            Segment::Thread(thread) => Segment::Thread(self.thread(thread)?),
        })
    }
}
