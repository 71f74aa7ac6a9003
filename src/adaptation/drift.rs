//! The state of each criterion of an adapted ladder, compared with its upstream.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Upstream;
use crate::edition::{Change, Frozen, changes};
use crate::id::CriterionId;
use crate::model::Site;

/// The state of a criterion, compared with an earlier site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CriterionStatus {
    /// It says the same on the same level in the same category.
    Unchanged,
    /// It has the same id, and other words or another place.
    Adapted,
    /// It was not there before.
    New,
    /// It is asked there, and not here.
    LeftOut,
}

impl CriterionStatus {
    pub(crate) const ALL: [Self; 4] = [Self::Unchanged, Self::Adapted, Self::New, Self::LeftOut];

    /// Returns the word for it in files and in the keys of the interface.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Adapted => "adapted",
            Self::New => "new",
            Self::LeftOut => "left-out",
        }
    }

    /// Returns the word for it, for the person who runs the program.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::LeftOut => "left out",
            other => other.name(),
        }
    }
}

/// The state of one criterion, with the change that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drift {
    pub(crate) state: CriterionStatus,
    /// The difference. None if there is none.
    pub(crate) change: Option<Change>,
}

/// Compares a site with the one that was adapted from it, by criterion. A language that one of the two lacks, or has no
/// text in, makes no difference.
pub(crate) fn drifts(before: &Frozen, after: &Frozen) -> BTreeMap<CriterionId, Drift> {
    let standing = before.criteria().map(|(_, criterion)| &criterion.id);
    let unchanged = standing.map(|id| (id.clone(), Drift { state: CriterionStatus::Unchanged, change: None }));
    let mut drifts: BTreeMap<_, _> = unchanged.collect();
    for mut change in changes(before, after) {
        let state = match (change.before, change.after) {
            (Some(was), Some(is)) => {
                let (old, new) = (before.at(was).1, after.at(is).1);
                change.reworded.retain(|tag| old.statement.contains_key(tag) && new.statement.contains_key(tag));
                if !change.moved && !change.recategorised && change.reworded.is_empty() {
                    continue;
                }
                CriterionStatus::Adapted
            }
            (None, _) => CriterionStatus::New,
            (_, None) => CriterionStatus::LeftOut,
        };
        drifts.insert(change.id.clone(), Drift { state, change: Some(change) });
    }
    drifts
}

/// A site that was made from others.
#[derive(Debug)]
pub(crate) struct Adaptation {
    /// The sites of the chain, the oldest first. There is at least one.
    pub(crate) upstreams: Vec<Upstream>,
    /// This site, in the same form.
    present: Arc<Frozen>,
    /// The drift of each upstream's criteria in the next site of the chain or, for the last one, in this site.
    drifts: Vec<BTreeMap<CriterionId, Drift>>,
}

/// One step of the chain: what became of the criteria of one site in the one that was made of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChainStep<'a> {
    pub(crate) from: &'a Upstream,
    /// The site that was made. None for this one.
    pub(crate) to: Option<&'a Upstream>,
    pub(crate) before: &'a Frozen,
    pub(crate) after: &'a Frozen,
    pub(crate) drifts: &'a BTreeMap<CriterionId, Drift>,
}

impl Adaptation {
    /// Compares a site with the records of its upstreams. None if it has none.
    pub(crate) fn of(site: &Site, upstreams: Vec<Upstream>) -> Option<Self> {
        upstreams.last()?;
        let present = Arc::clone(site.kept());
        let next = upstreams.iter().skip(1).map(|upstream| &upstream.site).chain([&*present]);
        let drifts = upstreams.iter().zip(next).map(|(before, after)| drifts(&before.site, after)).collect();
        Some(Self { upstreams, present, drifts })
    }

    /// Returns the site that this one was made from.
    pub(crate) fn upstream(&self) -> &Upstream {
        &self.upstreams[self.upstreams.len() - 1]
    }

    /// Returns all steps of the chain, the latest first.
    pub(crate) fn steps(&self) -> impl Iterator<Item = ChainStep<'_>> {
        self.upstreams.iter().enumerate().rev().map(|(at, from)| {
            let to = self.upstreams.get(at + 1);
            let after = to.map_or(&*self.present, |to| &to.site);
            ChainStep { from, to, before: &from.site, after, drifts: &self.drifts[at] }
        })
    }

    /// Returns the drift of a criterion in this site.
    pub(crate) fn drift(&self, id: &CriterionId) -> Option<&Drift> {
        self.drifts.last()?.get(id)
    }

    /// Returns the oldest site that had withdrawn a criterion, if no step of the chain knows it.
    pub(crate) fn withdrawn_by(&self, id: &CriterionId) -> Option<&Upstream> {
        let is_known = self.drifts.iter().any(|drifts| drifts.contains_key(id));
        self.upstreams.iter().find(|upstream| upstream.withdrawn.contains(id)).filter(|_| !is_known)
    }
}

impl ChainStep<'_> {
    /// Returns the criteria that a criterion was derived from, by id.
    pub(crate) fn ids(&self, state: CriterionStatus) -> impl Iterator<Item = &CriterionId> {
        self.drifts.iter().filter(move |(_, drift)| drift.state == state).map(|(id, _)| id)
    }
}
