//! How ladders belong together: what they build on, what they share, and with what they are compared.

use super::{Ladder, Site};
use crate::config::{Config, Shared};
use crate::diagnostic::{Code, Diagnostic};
use crate::edition::counterparts;

/// What makes categories or threads of several ladders one and the same: those of one origin are the same matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Origin {
    /// What `site.toml` shares, by its place there.
    Shared(usize),
    /// What a ladder has by itself: its place in [`Site::ladders`], and the place in the ladder.
    Of(usize, usize),
}

/// A level by the place of its ladder in [`Site::ladders`] and its place in the ladder.
pub(crate) type LevelAt = (usize, usize);

/// A criterion by the place of its ladder in [`Site::ladders`] and its place in the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Asked {
    pub(crate) ladder: usize,
    pub(crate) criterion: usize,
}

/// How the ladders of a site belong together. All numbers of ladders are places in [`Site::ladders`].
#[derive(Debug, Default)]
pub(crate) struct Kinship {
    ladders: Vec<Kin>,
    /// For each thread that `site.toml` shares the threads of ladders that it is.
    threads: Vec<Vec<(usize, usize)>>,
}

#[derive(Debug, Default)]
struct Kin {
    base: Option<usize>,
    heirs: Vec<usize>,
    /// For each level the one of the base that it builds on.
    counterparts: Vec<Option<usize>>,
    /// The ladders with which it is compared on pages of its own.
    compared: Vec<usize>,
    /// The ladders that are compared with it on pages of theirs.
    guest_of: Vec<usize>,
    categories: Vec<Origin>,
    threads: Vec<Origin>,
}

impl Kinship {
    /// Finds out how ladders belong together, and reports levels without a counterpart.
    pub(super) fn of(config: &Config, ladders: &[Ladder], problems: &mut Vec<Diagnostic>) -> Self {
        let place = |key: &String| ladders.iter().position(|ladder| ladder.config.key == *key);
        let mut kinship = Self {
            ladders: ladders
                .iter()
                .map(|ladder| Kin { base: ladder.config.inherits.as_ref().and_then(place), ..Kin::default() })
                .collect(),
            threads: vec![Vec::new(); config.threads.len()],
        };
        for ladder in 0..ladders.len() {
            if let Some(base) = kinship.ladders[ladder].base {
                kinship.ladders[base].heirs.push(ladder);
                kinship.ladders[ladder].counterparts = counterparts(&levels(&ladders[ladder]), &levels(&ladders[base]));
            }
            kinship.ladders[ladder].categories = kinship.category_origins(config, ladders, ladder);
            kinship.ladders[ladder].threads = kinship.thread_origins(config, ladders, ladder);
            for (thread, origin) in kinship.ladders[ladder].threads.iter().enumerate() {
                if let Origin::Shared(shared) = *origin {
                    kinship.threads[shared].push((ladder, thread));
                }
            }
        }
        kinship.compare(ladders);
        for ladder in 0..ladders.len() {
            kinship.report(ladders, ladder, problems);
        }
        kinship
    }

    /// The ladder that one builds on.
    pub(crate) fn base(&self, ladder: usize) -> Option<usize> {
        self.ladders.get(ladder)?.base
    }

    /// The ladders that build on one, not through others.
    pub(crate) fn heirs(&self, ladder: usize) -> &[usize] {
        &self.ladders[ladder].heirs
    }

    /// All ladders that one builds on, the nearest first.
    pub(crate) fn line(&self, ladder: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.base(ladder), |&base| self.base(base))
    }

    /// All ladders that build on one, with the level there for a level here.
    pub(crate) fn heirs_of_level(&self, (ladder, level): LevelAt) -> Vec<LevelAt> {
        let mut found = Vec::new();
        for &heir in self.heirs(ladder) {
            let counterpart = self.ladders[heir].counterparts.iter().position(|of| *of == Some(level));
            if let Some(at) = counterpart {
                found.push((heir, at));
                found.extend(self.heirs_of_level((heir, at)));
            }
        }
        found
    }

    /// The ladders with whose levels those of a ladder are compared on its own pages.
    pub(crate) fn compared(&self, ladder: usize) -> &[usize] {
        &self.ladders[ladder].compared
    }

    /// The ladders that are compared with a ladder on pages of theirs.
    pub(crate) fn guest_of(&self, ladder: usize) -> &[usize] {
        &self.ladders[ladder].guest_of
    }

    /// Whether criteria of a ladder stand on pages of others.
    pub(crate) fn is_lent(&self, ladder: usize) -> bool {
        let is_compared = || self.ladders.iter().any(|of| of.compared.contains(&ladder));
        !self.heirs(ladder).is_empty() || is_compared()
    }

    /// What a category of a ladder is, wherever it stands.
    pub(crate) fn category(&self, ladder: usize, category: usize) -> Origin {
        self.ladders[ladder].categories[category]
    }

    /// What a thread of a ladder is, wherever it stands.
    pub(crate) fn thread(&self, ladder: usize, thread: usize) -> Origin {
        self.ladders[ladder].threads[thread]
    }

    /// The threads of ladders that a thread of `site.toml` is, by its place there.
    pub(crate) fn sharing(&self, shared: usize) -> &[(usize, usize)] {
        &self.threads[shared]
    }

    /// The levels that a level builds on, the nearest ladder first.
    pub(crate) fn bases(&self, level: LevelAt) -> impl Iterator<Item = LevelAt> {
        let base = |(ladder, level): LevelAt| {
            let kin = &self.ladders[ladder];
            kin.base.zip(kin.counterparts.get(level).copied().flatten())
        };
        std::iter::successors(base(level), move |&level| base(level))
    }

    fn category_origins(&self, config: &Config, ladders: &[Ladder], ladder: usize) -> Vec<Origin> {
        let find = |of: usize, key: &str| {
            ladders[of].categories.iter().position(|category| category.id.eq_ignore_ascii_case(key))
        };
        let keys = ladders[ladder].categories.iter().map(|category| category.id.as_str());
        keys.enumerate().map(|(at, key)| self.origin(&config.categories, ladders, (ladder, at), key, &find)).collect()
    }

    fn thread_origins(&self, config: &Config, ladders: &[Ladder], ladder: usize) -> Vec<Origin> {
        let find = |of: usize, key: &str| ladders[of].threads.iter().position(|thread| thread.key == key);
        let keys = ladders[ladder].threads.iter().map(|thread| thread.key.as_str());
        keys.enumerate().map(|(at, key)| self.origin(&config.threads, ladders, (ladder, at), key, &find)).collect()
    }

    /// The origin of something of a ladder: what the site shares under its key, or else what has its key in the
    /// farthest ladder that the ladder builds on.
    fn origin(
        &self,
        shared: &[Shared],
        ladders: &[Ladder],
        (ladder, at): (usize, usize),
        key: &str,
        find: &dyn Fn(usize, &str) -> Option<usize>,
    ) -> Origin {
        let line = self.line(ladder).filter_map(|of| find(of, key).map(|at| (of, at)));
        let mut farthest = (ladder, at);
        for (ladder, at) in std::iter::once(farthest).chain(line) {
            if let Some(shared) = place_of_shared(shared, &ladders[ladder].config.key, key) {
                return Origin::Shared(shared);
            }
            farthest = (ladder, at);
        }
        Origin::Of(farthest.0, farthest.1)
    }

    /// Settles which ladders are compared, and on whose pages: on those of the one that names the other.
    ///
    /// One that names none is compared with those that it builds on. What follows from that is no more than a page for
    /// each pair of levels in one line; all pairs of a hundred ladders would be more pages than all others together.
    fn compare(&mut self, ladders: &[Ladder]) {
        let place = |key: &String| ladders.iter().position(|ladder| ladder.config.key == *key);
        let named: Vec<Vec<usize>> = (0..ladders.len())
            .map(|ladder| match &ladders[ladder].config.compare_with {
                Some(keys) => keys.iter().filter_map(place).collect(),
                None => self.line(ladder).collect(),
            })
            .collect();
        for ladder in 0..ladders.len() {
            for &other in &named[ladder] {
                // Of two that name each other the first has the pages.
                if ladder < other || !named[other].contains(&ladder) {
                    self.ladders[ladder].compared.push(other);
                    // A ladder that a hundred build on does not list them all.
                    let says = |of: usize| ladders[of].config.compare_with.is_some();
                    if says(ladder) || (says(other) && named[other].contains(&ladder)) {
                        self.ladders[other].guest_of.push(ladder);
                    }
                }
            }
        }
    }

    /// Reports levels of a ladder that no level of its base is for, and levels of the base that are for none.
    fn report(&self, ladders: &[Ladder], ladder: usize, problems: &mut Vec<Diagnostic>) {
        let Some(base) = self.base(ladder) else { return };
        let (of, key) = (&ladders[ladder], &ladders[base].config.key);
        let counterparts = &self.ladders[ladder].counterparts;
        for (level, _) in counterparts.iter().enumerate().filter(|(_, counterpart)| counterpart.is_none()) {
            let level = &of.levels[level];
            let message = format!("level {id} has no counterpart in the ladder `{key}`", id = level.id);
            problems.push(
                Diagnostic::new(Code::NoCounterpart, message, level.places.source().clone())
                    .label("inherits nothing")
                    .help(format!("give it the id or the code of a level of `{key}`, or leave it without one")),
            );
        }
        // What holds on no level of the heir, directly or since the base's own levels build on each other.
        let highest = counterparts.iter().flatten().max();
        for (at, level) in ladders[base].levels.iter().enumerate() {
            let is_built_upon = ladders[base].config.levels_accumulate && highest.is_some_and(|&highest| at < highest);
            if counterparts.contains(&Some(at)) || is_built_upon {
                continue;
            }
            let message =
                format!("level {id} of `{key}` holds on no level of `{heir}`", id = level.id, heir = of.config.key);
            problems.push(
                Diagnostic::new(Code::NoCounterpart, message, level.places.source().clone())
                    .label(format!("no level of `{heir}` has its id or one of its codes", heir = of.config.key))
                    .help(format!("give a level of `{heir}` its id, or let it pass here", heir = of.config.key)),
            );
        }
    }
}

/// The place of what a ladder shares under a key.
pub(super) fn place_of_shared(shared: &[Shared], ladder: &str, key: &str) -> Option<usize> {
    shared.iter().position(|of| of.key.eq_ignore_ascii_case(key) && of.is_of(ladder))
}

fn levels(ladder: &Ladder) -> Vec<(&str, &[String])> {
    ladder.levels.iter().map(|level| (level.id.as_str(), level.codes.as_slice())).collect()
}

impl Site {
    /// The criteria that stand on a level: its own, then those of the levels that it builds on. What it asks for since
    /// levels build on those below them is not among them.
    pub(crate) fn asked(&self, level: LevelAt) -> impl Iterator<Item = Asked> {
        let levels = std::iter::once(level).chain(self.kinship.bases(level));
        levels.flat_map(|(ladder, level)| {
            self.ladders[ladder].criteria_of(level).map(move |(criterion, _)| Asked { ladder, criterion })
        })
    }

    /// The levels whose criteria also hold on a level: those that it builds on, then level by level what the ladder has
    /// below it, each with what that builds on, and last what follows from the order of those ladders alone.
    pub(crate) fn inherited(&self, level: LevelAt) -> Vec<LevelAt> {
        let below =
            |(ladder, level): LevelAt| self.ladders[ladder].inherited_by(level).map(move |lower| (ladder, lower));
        let mut found = vec![level];
        let add = |found: &mut Vec<LevelAt>, level: LevelAt| {
            for level in std::iter::once(level).chain(self.kinship.bases(level)) {
                if !found.contains(&level) {
                    found.push(level);
                }
            }
        };
        add(&mut found, level);
        below(level).for_each(|lower| add(&mut found, lower));
        let mut next = 0;
        while next < found.len() {
            below(found[next]).for_each(|lower| add(&mut found, lower));
            next += 1;
        }
        found.remove(0);
        found
    }
}
