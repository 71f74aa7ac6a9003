//! What stood on the pages of ladders and levels, so that an old link to a part of them still lands somewhere.

use std::collections::{BTreeMap, HashSet};

use super::renames::Renames;
use crate::edition::Ladder as Then;
use crate::model::anchors::{fixed_anchors, level_anchors};
use crate::model::{CriterionId, Site, Subject, prose_anchors, slug};

/// A part of a page that is gone from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stub {
    /// The anchor that it had.
    pub anchor: String,
    /// What it was called: the id of a criterion, level or category.
    pub id: String,
    pub now: Whereabouts,
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// It stands elsewhere.
    Moved(Subject),
    /// A criterion that was withdrawn, by its place in [`super::History::withdrawn`].
    Withdrawn(usize),
    /// It is gone, and nothing came in its place.
    Gone,
}

/// What stood on the pages of one ladder, each by anchor.
#[derive(Debug, Default)]
pub struct OfLadder {
    pub whole: Vec<Stub>,
    pub levels: Vec<Vec<Stub>>,
}

pub fn all(site: &Site) -> Vec<OfLadder> {
    let finder = Finder { site, renames: &site.history.renames };
    (0..site.ladders.len()).map(|ladder| finder.ladder(ladder)).collect()
}

struct Finder<'a> {
    site: &'a Site,
    renames: &'a Renames,
}

/// Stubs by anchor. The first one that is added stays.
type Stubs = BTreeMap<String, Stub>;

impl Finder<'_> {
    fn ladder(&self, ladder: usize) -> OfLadder {
        let of = &self.site.ladders[ladder];
        let (mut whole, mut levels) = (Stubs::new(), vec![Stubs::new(); of.levels.len()]);
        for (at, withdrawn) in
            self.site.history.withdrawn.iter().enumerate().filter(|(_, of)| of.ladder == Some(ladder))
        {
            self.add(&mut whole, withdrawn.id.slug(), &withdrawn.id.to_string(), Whereabouts::Withdrawn(at));
            let level = withdrawn.level.as_ref().and_then(|level| slug(&level.id));
            let level = level.and_then(|level| self.renames.find_level(self.site, ladder, &of.config.key, &level));
            for shown in level.into_iter().flat_map(|level| self.showing(ladder, level)) {
                self.add(
                    &mut levels[shown],
                    withdrawn.id.slug(),
                    &withdrawn.id.to_string(),
                    Whereabouts::Withdrawn(at),
                );
            }
        }
        for edition in self.site.history.editions.iter().rev() {
            let then = edition.frozen.ladders.iter();
            for then in then.filter(|then| self.renames.find_ladder(self.site, &then.key) == Some(ladder)) {
                self.whole(ladder, then, &mut whole);
                for at in 0..then.levels.len() {
                    if let Some(level) = self.level_now(ladder, then, at) {
                        self.level(ladder, then, at, &mut levels[level]);
                    }
                }
            }
        }
        let locales = self.site.config.locale_indices();
        let mut taken: HashSet<String> = locales.flat_map(|locale| prose_anchors(of, locale)).collect();
        taken.extend(fixed_anchors(of));
        let levels = levels.into_iter().enumerate().map(|(level, stubs)| {
            let taken = level_anchors(of, level).into_iter().collect();
            free(stubs, &taken)
        });
        OfLadder { levels: levels.collect(), whole: free(whole, &taken) }
    }

    /// The levels on whose pages a criterion of one stands.
    fn showing(&self, ladder: usize, level: usize) -> std::ops::Range<usize> {
        let of = &self.site.ladders[ladder];
        if of.config.levels_accumulate { level..of.levels.len() } else { level..level + 1 }
    }

    fn level_now(&self, ladder: usize, then: &Then, level: usize) -> Option<usize> {
        self.renames.find_level(self.site, ladder, &then.key, &slug(&then.levels[level].id)?)
    }

    fn add(&self, stubs: &mut Stubs, anchor: String, id: &str, now: Whereabouts) {
        stubs.entry(anchor.clone()).or_insert_with(|| Stub { anchor, id: id.to_owned(), now });
    }

    fn criterion(&self, id: &CriterionId) -> Whereabouts {
        if let Some(withdrawn) = self.site.history.withdrawn_at(id) {
            return Whereabouts::Withdrawn(withdrawn);
        }
        self.site.index.resolve(&id.to_string(), None).map_or(Whereabouts::Gone, Whereabouts::Moved)
    }

    /// What stood on the page of the whole ladder.
    fn whole(&self, ladder: usize, then: &Then, stubs: &mut Stubs) {
        for criterion in &then.criteria {
            self.add(stubs, criterion.id.slug(), &criterion.id.to_string(), self.criterion(&criterion.id));
        }
        for (at, level) in then.levels.iter().enumerate() {
            let Some(anchor) = slug(&level.id) else { continue };
            let found = self.level_now(ladder, then, at);
            let now = found.map_or(Whereabouts::Gone, |level| Whereabouts::Moved(Subject::Level { ladder, level }));
            for category in level.categories.iter().filter(|category| !category.id.is_empty()) {
                let anchor = format!("{anchor}-{}", category.id.to_ascii_lowercase());
                self.add(stubs, anchor, &category.id, now);
            }
            self.add(stubs, anchor, &level.id, now);
        }
    }

    /// What stood on the page of a level.
    fn level(&self, ladder: usize, then: &Then, level: usize, stubs: &mut Stubs) {
        let of = &then.levels[level];
        for criterion in then.criteria.iter().filter(|criterion| then.shows(level, &criterion.level)) {
            self.add(stubs, criterion.id.slug(), &criterion.id.to_string(), self.criterion(&criterion.id));
        }
        for category in of.categories.iter().filter(|category| !category.id.is_empty()) {
            let found = self.site.ladders[ladder].categories.iter().position(|now| now.id == category.id);
            let now =
                found.map_or(Whereabouts::Gone, |category| Whereabouts::Moved(Subject::Category { ladder, category }));
            self.add(stubs, category.id.to_ascii_lowercase(), &category.id, now);
        }
    }
}

/// Those whose anchors nothing else on the page has.
fn free(stubs: Stubs, taken: &HashSet<String>) -> Vec<Stub> {
    stubs.into_values().filter(|stub| !taken.contains(&stub.anchor)).collect()
}
