//! From the things of one state of a site to what they are now.

use super::names::{Name, Names, NoteNames};
use super::page::{Holds, LocalePage, Segment};
use crate::locale::LocaleIndex;

/// For each thing of one state of a site its place in the present.
///
/// A name is carried from state to state: each says what its things were called before. So a name leads on even when
/// the present no longer mentions it, and a name that was given again later leads to what had it at that time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mapping {
    /// Who reads now what was written in each locale.
    readers: Vec<LocaleIndex>,
    ladders: Places,
    /// For each ladder and each of its levels the place in the ladder that it is now.
    levels: Vec<Vec<Option<usize>>>,
    collections: Places,
    notes: Places,
    threads: Places,
}

/// For each state, from the first one on, and for each thing of the first state its place there.
type Places = Vec<Vec<Option<usize>>>;

/// The place of a thing in the last state.
fn now(places: &Places, at: usize) -> Option<usize> {
    places.last()?.get(at).copied().flatten()
}

/// All names that one thing had, the one that counts most first.
struct Trail(Vec<String>);

impl Trail {
    fn of(name: &Name) -> Self {
        Self(Some(name.now.clone()).filter(|name| !name.is_empty()).into_iter().collect())
    }

    /// The place of the thing among those of the next state. The newest name that something has there counts.
    fn follow<'a>(&mut self, things: impl Iterator<Item = (usize, &'a Name)> + Clone) -> Option<usize> {
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

/// Names with their places.
fn placed<'a, T>(
    things: &'a [T],
    name: impl Fn(&'a T) -> &'a Name + Clone,
) -> impl Iterator<Item = (usize, &'a Name)> + Clone {
    things.iter().enumerate().map(move |(at, thing)| (at, name(thing)))
}

impl Mapping {
    /// The mapping from the first of the states to the last, which is the present. `readers` says who reads now what
    /// was written in each locale of the first.
    pub(crate) fn of(states: &[&Names], readers: Vec<LocaleIndex>) -> Self {
        let Some((then, later)) = states.split_first() else { return Self::default() };
        let mut ladders: Vec<_> = then.ladders.iter().map(|of| Trail::of(&of.name)).collect();
        let mut levels: Vec<Vec<_>> = then.ladders.iter().map(|of| of.levels.iter().map(Trail::of).collect()).collect();
        let mut collections: Vec<_> = then.collections.iter().map(|of| Trail::of(&of.name)).collect();
        let mut notes: Vec<_> = then.notes.iter().map(|of| Trail::of(&of.name)).collect();
        let mut threads: Vec<_> = then.threads.iter().map(|of| Trail::of(&of.name)).collect();
        let mut mapping = Self::identity(then, readers);
        for state in later {
            let found = ladders.iter_mut().map(|trail| trail.follow(placed(&state.ladders, |of| &of.name)));
            let found: Vec<_> = found.collect();
            for (at, trails) in levels.iter_mut().enumerate() {
                let there = found[at].map(|ladder| &state.ladders[ladder].levels);
                let level = |trail: &mut Trail| trail.follow(placed(there?, |name| name));
                mapping.levels[at] = trails.iter_mut().map(level).collect();
            }
            mapping.ladders.push(found);
            let found = collections.iter_mut().map(|trail| trail.follow(placed(&state.collections, |of| &of.name)));
            let found: Vec<_> = found.collect();
            let note = |(trail, note): (&mut Trail, &NoteNames)| {
                let collection = found[note.collection]?;
                let there = state.notes.iter().enumerate().filter(|(_, note)| note.collection == collection);
                trail.follow(there.map(|(at, note)| (at, &note.name)))
            };
            mapping.notes.push(notes.iter_mut().zip(&then.notes).map(note).collect());
            mapping.collections.push(found);
            let found = threads.iter_mut().map(|trail| trail.follow(placed(&state.threads, |of| &of.name)));
            mapping.threads.push(found.collect());
        }
        mapping
    }

    /// The mapping from a state to itself.
    pub(crate) fn identity(names: &Names, readers: Vec<LocaleIndex>) -> Self {
        let all = |count: usize| (0..count).map(Some).collect::<Vec<_>>();
        Self {
            readers,
            ladders: vec![all(names.ladders.len())],
            levels: names.ladders.iter().map(|ladder| all(ladder.levels.len())).collect(),
            collections: vec![all(names.collections.len())],
            notes: vec![all(names.notes.len())],
            threads: vec![all(names.threads.len())],
        }
    }

    /// Says of each level of a ladder where it is now.
    pub(crate) fn with_levels(mut self, ladder: usize, levels: Vec<Option<usize>>) -> Self {
        self.levels[ladder] = levels;
        self
    }

    /// Who reads now what was written in a locale.
    pub(crate) fn reader(&self, locale: LocaleIndex) -> LocaleIndex {
        self.readers.get(locale.0).copied().unwrap_or(LocaleIndex::SOURCE)
    }

    pub(crate) fn ladder(&self, ladder: usize) -> Option<usize> {
        now(&self.ladders, ladder)
    }

    /// The place of a ladder so many states later.
    pub(crate) fn ladder_after(&self, states: usize, ladder: usize) -> Option<usize> {
        self.ladders.get(states)?.get(ladder).copied().flatten()
    }

    /// The ladder that is now the one at a place.
    pub(crate) fn ladder_then(&self, now: usize) -> Option<usize> {
        self.ladders.last()?.iter().position(|of| *of == Some(now))
    }

    pub(crate) fn level(&self, ladder: usize, level: usize) -> Option<(usize, usize)> {
        Some((self.ladder(ladder)?, self.levels.get(ladder)?.get(level).copied().flatten()?))
    }

    pub(crate) fn collection(&self, collection: usize) -> Option<usize> {
        now(&self.collections, collection)
    }

    pub(crate) fn thread(&self, thread: usize) -> Option<usize> {
        now(&self.threads, thread)
    }

    /// Whether what a page is of was still there in a later state.
    pub(crate) fn was_there_later(&self, page: LocalePage) -> bool {
        let (places, at) = match page {
            LocalePage::Ladder(ladder, _) => (&self.ladders, ladder),
            LocalePage::SharedThread(thread) => (&self.threads, thread),
            LocalePage::Collection(collection) => (&self.collections, collection),
            LocalePage::Note(note, _) => (&self.notes, note),
            LocalePage::Home
            | LocalePage::Glossary
            | LocalePage::Translation
            | LocalePage::Licence
            | LocalePage::Search
            | LocalePage::Changes => return false,
        };
        places.iter().skip(1).any(|places| places[at].is_some())
    }

    /// Where readers of an address of a page find its matter now: on the same page, or on the nearest one that there is.
    /// `find` gives the page of an address now.
    pub(crate) fn lead<T>(
        &self,
        page: LocalePage,
        locale: LocaleIndex,
        then: &Names,
        now: &Names,
        find: impl Fn(&str) -> Option<T>,
    ) -> Option<(T, Holds)> {
        let find = |page: LocalePage| find(&self.moved(page, locale, then, now)?);
        let nearest = || page.nearest(then).into_iter().find_map(|(page, holds)| Some((find(page)?, holds)));
        find(page).map(|found| (found, Holds::Same)).or_else(nearest)
    }

    /// The address of a page now. None if a part of it is gone. Whether there is such a page now is not asked.
    fn moved(&self, page: LocalePage, locale: LocaleIndex, then: &Names, now: &Names) -> Option<String> {
        let mut path = Some(String::with_capacity(64));
        page.segments(locale, then, |segment| {
            path = path.take().and_then(|mut path| now.spell(self.segment(segment)?, &mut path).then_some(path));
        });
        path
    }

    /// A segment with the places that its things have now.
    fn segment(&self, segment: Segment) -> Option<Segment> {
        Some(match segment {
            Segment::Word(_) | Segment::Edition(_) => segment,
            Segment::Locale(locale) => Segment::Locale(self.reader(locale)),
            Segment::Ladder(ladder) => Segment::Ladder(self.ladder(ladder)?),
            Segment::Level((ladder, level)) => Segment::Level(self.level(ladder, level)?),
            Segment::Pair(ladder, levels) => {
                let [(now, a), (_, b)] = [self.level(ladder, levels[0])?, self.level(ladder, levels[1])?];
                // Levels may change places. Two that became one are no pair.
                if a == b {
                    return None;
                }
                Segment::Pair(now, [a.min(b), a.max(b)])
            }
            Segment::Across(at, opposite) => {
                Segment::Across(self.level(at.0, at.1)?, self.level(opposite.0, opposite.1)?)
            }
            Segment::Collection(collection) => Segment::Collection(self.collection(collection)?),
            Segment::Note(note) => Segment::Note(now(&self.notes, note)?),
            Segment::Thread(thread) => Segment::Thread(self.thread(thread)?),
        })
    }
}
