//! What a site has been: its editions, what changed from one to the next, and what is no longer where it was.
//!
//! It is what keeps every address alive that was ever published: a criterion that was withdrawn keeps its page, a page
//! that has moved leads on, and a part of a page that is gone leaves a word about where it went.

mod former;
mod renames;
mod stubs;
mod withdrawn;

use std::collections::{BTreeMap, HashMap};

pub use former::{Former, reader};
pub use stubs::{Stub, Whereabouts};
pub use withdrawn::Withdrawn;

use super::{CriterionId, Site};
use crate::edition::{At, Change, Edition, EditionName, Frozen, Release, freeze, successive_changes};
use crate::register::Register;
use renames::Renames;

/// What a site has been. Empty for one that was never released and withdrew nothing.
#[derive(Debug, Default)]
pub struct History {
    /// The oldest first.
    pub editions: Vec<Edition>,
    /// The site as it stands, in the form of an edition. None if there is no edition to compare it with.
    pub present: Option<Frozen>,
    /// For each edition what changed since the one before it, and last what changed since the last one. Empty for a
    /// site without editions.
    pub changes: Vec<Vec<Change>>,
    /// The criteria that were withdrawn, by id.
    pub withdrawn: Vec<Withdrawn>,
    /// Addresses at which pages stood, by address.
    pub former: Vec<Former>,
    /// For each ladder and, within it, for each level what stood on its pages.
    stubs: Vec<stubs::OfLadder>,
    timelines: HashMap<CriterionId, Timeline>,
    renames: Renames,
}

/// What became of one criterion.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The editions that hold it, by their places in [`History::editions`], and where it stands in each.
    pub editions: BTreeMap<usize, At>,
    /// Where it changed, the oldest first: places in [`History::changes`] and in the list there.
    pub changes: Vec<(usize, usize)>,
}

impl Site {
    /// Adds what the site has been, by what its register and its editions keep.
    pub fn remember(&mut self, register: &Register, editions: Vec<Edition>) {
        let mut history = History { editions, ..History::default() };
        if let Some(last) = history.editions.last() {
            // The name and the date of the present are of no consequence: it is only compared.
            history.present = Some(freeze(self, last.name().clone(), last.frozen.date));
            history.changes = successive_changes(&history.states().collect::<Vec<_>>());
            history.timelines = history.timelines();
        }
        history.withdrawn = withdrawn::all(self, register, &history.editions);
        history.renames = Renames::of(self, &history.editions);
        // Which addresses are lost, and which anchors, is known when all pages are.
        self.history = history;
        self.history.former = former::all(self, register);
        self.history.stubs = stubs::all(self);
    }
}

impl History {
    /// The site as it stood, in order: all editions, and last the present.
    fn states(&self) -> impl Iterator<Item = &Frozen> {
        self.editions.iter().map(|edition| &edition.frozen).chain(&self.present)
    }

    fn timelines(&self) -> HashMap<CriterionId, Timeline> {
        let mut timelines: HashMap<CriterionId, Timeline> = HashMap::new();
        for (edition, of) in self.editions.iter().enumerate() {
            for (id, at) in of.frozen.places() {
                timelines.entry(id.clone()).or_default().editions.insert(edition, at);
            }
        }
        for (release, changes) in self.changes.iter().enumerate() {
            for (at, change) in changes.iter().enumerate() {
                timelines.entry(change.id.clone()).or_default().changes.push((release, at));
            }
        }
        timelines
    }

    /// What became of a criterion.
    pub fn timeline(&self, id: &CriterionId) -> &Timeline {
        static NONE: Timeline = Timeline { editions: BTreeMap::new(), changes: Vec::new() };
        self.timelines.get(id).unwrap_or(&NONE)
    }

    /// What became of a criterion after an edition, the oldest change first.
    pub fn changes_since(&self, id: &CriterionId, edition: usize) -> impl Iterator<Item = (usize, &Change)> {
        let later = self.timeline(id).changes.iter().filter(move |(release, _)| *release > edition);
        later.map(|&(release, at)| (release, &self.changes[release][at]))
    }

    /// The edition of a name.
    pub fn edition(&self, name: &EditionName) -> Option<usize> {
        self.editions.binary_search_by(|edition| edition.name().cmp(name)).ok()
    }

    /// The last edition, if the criterion reads there as it does now.
    pub fn current_edition(&self, id: &CriterionId) -> Option<usize> {
        let last = self.editions.len().checked_sub(1)?;
        let stands = self.timeline(id).editions.contains_key(&last) && self.changes_since(id, last).next().is_none();
        stands.then_some(last)
    }

    /// What kind of release an edition was. None for the first one.
    pub fn release(&self, edition: usize) -> Option<Release> {
        (edition > 0).then(|| Release::of(&self.changes[edition]))
    }

    /// The state of the site that a place in [`History::changes`] compares with the one before: an edition, or the
    /// present.
    pub fn state(&self, release: usize) -> Option<&Frozen> {
        self.editions.get(release).map(|edition| &edition.frozen).or(self.present.as_ref())
    }

    /// The ladder that once had a key.
    pub fn ladder_now(&self, site: &Site, key: &str) -> Option<usize> {
        self.renames.find_ladder(site, key)
    }

    /// The place of a ladder of the site in an edition, if that holds it.
    pub fn ladder_then(&self, site: &Site, edition: usize, ladder: usize) -> Option<usize> {
        let mut then = self.editions[edition].frozen.ladders.iter();
        then.position(|then| self.ladder_now(site, &then.key) == Some(ladder))
    }

    /// The withdrawn criterion of an id.
    pub fn withdrawn_at(&self, id: &CriterionId) -> Option<usize> {
        self.withdrawn.binary_search_by(|withdrawn| withdrawn.id.cmp(id)).ok()
    }

    /// The former page of an address.
    pub fn former_at(&self, path: &str) -> Option<usize> {
        self.former.binary_search_by(|former| former.path.as_str().cmp(path)).ok()
    }

    /// What stood on the page of a whole ladder.
    pub fn stubs_of_ladder(&self, ladder: usize) -> &[Stub] {
        self.stubs.get(ladder).map_or(&[], |of| &of.whole)
    }

    /// The criteria that stood in the matrix of a ladder.
    pub fn stubs_of_matrix(&self, ladder: usize) -> Vec<Stub> {
        let stubs = self.stubs_of_ladder(ladder).iter();
        stubs.filter(|stub| CriterionId::parse(&stub.id).is_some()).cloned().collect()
    }

    /// What stood on the page of a level.
    pub fn stubs_of_level(&self, ladder: usize, level: usize) -> &[Stub] {
        self.stubs.get(ladder).and_then(|of| of.levels.get(level)).map_or(&[], Vec::as_slice)
    }
}
