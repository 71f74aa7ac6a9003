//! Relations between ladders: inheritance, sharing and comparison.

use typed_index_collections::{TiSlice, TiVec};

use super::{Category, Ladder, Site, Thread};
use crate::config::{Config, SharedItem};
use crate::diagnostic::{Code, Problems};
use crate::edition::{self, counterparts};
use crate::handle::{
    CategoryAt, CategoryIndex, CriterionAt, LadderIndex, LevelAt, LevelIndex, SharedCategoryIndex, SharedThreadIndex,
    ThreadAt, ThreadIndex,
};

/// The origin of a category or thread. Those of several ladders are the same if they have the same origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Origin<SharedItem, Own> {
    /// Shared by `site.toml`.
    Shared(SharedItem),
    /// Defined by one ladder.
    Of(Own),
}

pub(crate) type CategoryOrigin = Origin<SharedCategoryIndex, CategoryAt>;
pub(crate) type ThreadOrigin = Origin<SharedThreadIndex, ThreadAt>;

/// The relations between the ladders of a site.
#[derive(Debug, Default)]
pub(crate) struct Inheritance {
    ladders: TiVec<LadderIndex, LadderInheritance>,
    /// For each shared thread of `site.toml`, the threads of ladders that it stands for.
    threads: TiVec<SharedThreadIndex, Vec<ThreadAt>>,
}

#[derive(Debug, Default)]
struct LadderInheritance {
    base: Option<LadderIndex>,
    derived: Vec<LadderIndex>,
    /// For each level, the level of the base that it builds on.
    counterparts: TiVec<LevelIndex, Option<LevelIndex>>,
    /// The ladders with which it is compared on pages of its own.
    compared: Vec<LadderIndex>,
    /// The ladders that are compared with it on pages of theirs.
    compared_by: Vec<LadderIndex>,
    categories: TiVec<CategoryIndex, CategoryOrigin>,
    threads: TiVec<ThreadIndex, ThreadOrigin>,
}

impl Inheritance {
    /// Finds out how ladders belong together, and reports levels without a counterpart.
    pub(super) fn of(config: &Config, ladders: &TiSlice<LadderIndex, Ladder>, problems: &Problems) -> Self {
        let place = |key: &String| ladders.position(|ladder| ladder.config.key == *key);
        let mut inheritance = Self {
            ladders: ladders
                .iter()
                .map(|ladder| LadderInheritance {
                    base: ladder.config.inherits.as_ref().and_then(place),
                    ..LadderInheritance::default()
                })
                .collect(),
            threads: config.threads.iter().map(|_| Vec::new()).collect(),
        };
        for ladder in ladders.keys() {
            if let Some(base) = inheritance.ladders[ladder].base {
                inheritance.ladders[base].derived.push(ladder);
                inheritance.ladders[ladder].counterparts =
                    counterparts(&levels(&ladders[ladder]), &levels(&ladders[base]));
            }
            inheritance.ladders[ladder].categories = inheritance.category_origins(config, ladders, ladder);
            inheritance.ladders[ladder].threads = inheritance.thread_origins(config, ladders, ladder);
            for (thread, origin) in inheritance.ladders[ladder].threads.iter_enumerated() {
                if let Origin::Shared(shared) = *origin {
                    inheritance.threads[shared].push(thread.of(ladder));
                }
            }
        }
        inheritance.compare(ladders);
        for ladder in ladders.keys() {
            inheritance.report(ladders, ladder, problems);
        }
        inheritance
    }

    /// Returns the ladder that one builds on.
    pub(crate) fn base(&self, ladder: LadderIndex) -> Option<LadderIndex> {
        self.ladders.get(ladder)?.base
    }

    /// Returns the ladders that build on one, not through others.
    pub(crate) fn derived(&self, ladder: LadderIndex) -> &[LadderIndex] {
        &self.ladders[ladder].derived
    }

    /// Returns all ladders that one builds on, the nearest first.
    pub(crate) fn line(&self, ladder: LadderIndex) -> impl Iterator<Item = LadderIndex> {
        std::iter::successors(self.base(ladder), |&base| self.base(base))
    }

    /// Returns all ladders that build on one, with the level there for a level here.
    pub(crate) fn derived_levels(&self, level: LevelAt) -> Vec<LevelAt> {
        let mut found = Vec::new();
        for &derived_ladder in self.derived(level.ladder) {
            let counterpart =
                self.ladders[derived_ladder].counterparts.position(|counterpart| *counterpart == Some(level.level));
            if let Some(at) = counterpart {
                found.push(at.of(derived_ladder));
                found.extend(self.derived_levels(at.of(derived_ladder)));
            }
        }
        found
    }

    /// Returns the ladders that a ladder is compared with on its own pages.
    pub(crate) fn compared(&self, ladder: LadderIndex) -> &[LadderIndex] {
        &self.ladders[ladder].compared
    }

    /// Returns the ladders that are compared with a ladder on pages of theirs.
    pub(crate) fn compared_by(&self, ladder: LadderIndex) -> &[LadderIndex] {
        &self.ladders[ladder].compared_by
    }

    /// Returns whether criteria of a ladder stand on pages of others.
    pub(crate) fn is_shown_elsewhere(&self, ladder: LadderIndex) -> bool {
        let is_compared = || self.ladders.iter().any(|candidate| candidate.compared.contains(&ladder));
        !self.derived(ladder).is_empty() || is_compared()
    }

    /// Returns the origin of a category, which is the same in all ladders that share it.
    pub(crate) fn category(&self, at: CategoryAt) -> CategoryOrigin {
        self.ladders[at.ladder].categories[at.category]
    }

    /// Returns the origin of a thread, which is the same in all ladders that share it.
    pub(crate) fn thread(&self, at: ThreadAt) -> ThreadOrigin {
        self.ladders[at.ladder].threads[at.thread]
    }

    /// Returns the threads of ladders that a thread of `site.toml` is.
    pub(crate) fn sharing(&self, shared: SharedThreadIndex) -> &[ThreadAt] {
        &self.threads[shared]
    }

    /// Returns the levels that a level builds on, the nearest ladder first.
    pub(crate) fn bases(&self, level: LevelAt) -> impl Iterator<Item = LevelAt> {
        let base = |at: LevelAt| {
            let kin = &self.ladders[at.ladder];
            Some(kin.counterparts.get(at.level).copied().flatten()?.of(kin.base?))
        };
        std::iter::successors(base(level), move |&level| base(level))
    }

    fn category_origins(
        &self,
        config: &Config,
        ladders: &TiSlice<LadderIndex, Ladder>,
        ladder: LadderIndex,
    ) -> TiVec<CategoryIndex, CategoryOrigin> {
        let origin = |(category, category_data): (CategoryIndex, &Category)| {
            let key = category_data.id.as_str();
            let shared = |ladder: LadderIndex| place_of_shared(&config.categories, &ladders[ladder].config.key, key);
            let find = |ladder: LadderIndex| {
                Some(ladders[ladder].categories.position(|other| other.id.eq_ignore_ascii_case(key))?.of(ladder))
            };
            self.origin(ladder, category.of(ladder), shared, find)
        };
        ladders[ladder].categories.iter_enumerated().map(origin).collect()
    }

    fn thread_origins(
        &self,
        config: &Config,
        ladders: &TiSlice<LadderIndex, Ladder>,
        ladder: LadderIndex,
    ) -> TiVec<ThreadIndex, ThreadOrigin> {
        let origin = |(thread, thread_data): (ThreadIndex, &Thread)| {
            let shared = |at: LadderIndex| place_of_shared(&config.threads, &ladders[at].config.key, &thread_data.key);
            let find =
                |at: LadderIndex| Some(ladders[at].threads.position(|other| other.key == thread_data.key)?.of(at));
            self.origin(ladder, thread.of(ladder), shared, find)
        };
        ladders[ladder].threads.iter_enumerated().map(origin).collect()
    }

    /// Returns the origin of an item of a ladder: the shared item with its key, or else the item with its key in the
    /// most distant base of the ladder.
    fn origin<S, O>(
        &self,
        ladder: LadderIndex,
        own: O,
        shared: impl Fn(LadderIndex) -> Option<S>,
        find: impl Fn(LadderIndex) -> Option<O>,
    ) -> Origin<S, O> {
        let mut farthest = own;
        if let Some(shared) = shared(ladder) {
            return Origin::Shared(shared);
        }
        for (base, at) in self.line(ladder).filter_map(|base| Some((base, find(base)?))) {
            if let Some(shared) = shared(base) {
                return Origin::Shared(shared);
            }
            farthest = at;
        }
        Origin::Of(farthest)
    }

    /// Settles which ladders are compared, and on whose pages: on those of the one that names the other.
    ///
    /// One that names none is compared with those that it builds on. What follows from that is no more than a page for
    /// each pair of levels in one line; all pairs of a hundred ladders would be more pages than all others together.
    fn compare(&mut self, ladders: &TiSlice<LadderIndex, Ladder>) {
        let place = |key: &String| ladders.position(|ladder| ladder.config.key == *key);
        let named: TiVec<LadderIndex, Vec<LadderIndex>> = ladders
            .iter_enumerated()
            .map(|(ladder, ladder_data)| match &ladder_data.config.compare_with {
                Some(keys) => keys.iter().filter_map(place).collect(),
                None => self.line(ladder).collect(),
            })
            .collect();
        for ladder in ladders.keys() {
            for &other in &named[ladder] {
                // Of two that name each other the first has the pages.
                if ladder < other || !named[other].contains(&ladder) {
                    self.ladders[ladder].compared.push(other);
                    // A ladder that a hundred build on does not list them all.
                    let says = |ladder: LadderIndex| ladders[ladder].config.compare_with.is_some();
                    if says(ladder) || (says(other) && named[other].contains(&ladder)) {
                        self.ladders[other].compared_by.push(ladder);
                    }
                }
            }
        }
    }

    /// Reports levels of a ladder that no level of its base is for, and levels of the base that are for none.
    fn report(&self, ladders: &TiSlice<LadderIndex, Ladder>, ladder: LadderIndex, problems: &Problems) {
        let Some(base) = self.base(ladder) else { return };
        let (ladder_data, key) = (&ladders[ladder], &ladders[base].config.key);
        let counterparts = &self.ladders[ladder].counterparts;
        for (level, _) in counterparts.iter_enumerated().filter(|(_, counterpart)| counterpart.is_none()) {
            let level = &ladder_data.levels[level];
            let message = format!("level {id} has no counterpart in the ladder `{key}`", id = level.id);
            problems.report(
                level
                    .places
                    .source()
                    .problem(Code::NoCounterpart, message)
                    .label("inherits nothing")
                    .help(format!("give it the id or the code of a level of `{key}`, or allow this warning")),
            );
        }
        // What holds on no level of the derived ladder, directly or since the base's own levels build on each other.
        let highest = counterparts.iter().flatten().max();
        for (at, level) in ladders[base].levels.iter_enumerated() {
            let is_built_upon = ladders[base].config.levels_accumulate && highest.is_some_and(|&highest| at < highest);
            if counterparts.contains(&Some(at)) || is_built_upon {
                continue;
            }
            let message = format!(
                "level {id} of `{key}` applies at no level of `{derived_ladder}`",
                id = level.id,
                derived_ladder = ladder_data.config.key
            );
            problems.report(
                level
                    .places
                    .source()
                    .problem(Code::NoCounterpart, message)
                    .label(format!(
                        "no level of `{derived_ladder}` has its id or one of its codes",
                        derived_ladder = ladder_data.config.key
                    ))
                    .help(format!(
                        "give a level of `{derived_ladder}` its id, or allow this warning here",
                        derived_ladder = ladder_data.config.key
                    )),
            );
        }
    }
}

/// Returns the place of a shared item of a ladder, by its key.
pub(super) fn place_of_shared<I: From<usize>>(shared: &TiSlice<I, SharedItem>, ladder: &str, key: &str) -> Option<I> {
    shared.position(|item| item.key.eq_ignore_ascii_case(key) && item.is_of(ladder))
}

fn levels(ladder: &Ladder) -> TiVec<LevelIndex, (&str, &[String])> {
    ladder.levels.iter().map(|level| (level.id.as_str(), level.codes.as_slice())).collect()
}

impl Site {
    /// Returns the criteria of a level: its own, then those of the levels that it builds on. Criteria that it has because
    /// levels accumulate are not among them.
    pub(crate) fn criteria_on(&self, level: LevelAt) -> impl Iterator<Item = CriterionAt> {
        let levels = std::iter::once(level).chain(self.inheritance.bases(level));
        levels.flat_map(|at| self[at.ladder].criteria_of(at.level).map(move |(criterion, _)| criterion.of(at.ladder)))
    }

    /// Returns the levels whose criteria also hold on a level. See [`edition::inherited`].
    pub(crate) fn inherited(&self, level: LevelAt) -> Vec<LevelAt> {
        let below = |at: LevelAt| self[at.ladder].inherited_by(at.level).map(move |lower| lower.of(at.ladder));
        edition::inherited(level, below, |at| self.inheritance.bases(at))
    }
}
