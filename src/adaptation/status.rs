//! The distance of a site from its upstream, and the changes there since.

use std::collections::{BTreeMap, BTreeSet};

use super::{Adaptation, ChainStep, CriterionStatus, Drift, drifts};
use crate::edition::{Frozen, reads_alike};
use crate::id::CriterionId;

/// One criterion here and there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatusRow {
    pub(crate) id: CriterionId,
    /// The drift of the criterion in this site. None for a criterion that came to the upstream later and is not here.
    pub(crate) here: Option<Drift>,
    /// The change in the upstream since the adaptation. None if it is not known, or nothing changed.
    pub(crate) there: Option<Drift>,
    /// Whether both have changed it, and not to the same.
    pub(crate) is_conflict: bool,
}

/// All criteria here and there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Status {
    /// By id.
    pub(crate) rows: Vec<StatusRow>,
}

/// Compares a site with its upstream as it was and, where that is known, as it is now.
pub(crate) fn status(adaptation: &Adaptation, now: Option<&Frozen>) -> Status {
    let Some(step) = adaptation.steps().next() else { return Status { rows: Vec::new() } };
    let mut theirs = now.map(|now| drifts(step.before, now)).unwrap_or_default();
    theirs.retain(|_, drift| drift.state != CriterionStatus::Unchanged);
    // What an earlier site of the chain had left out has come to it from elsewhere.
    let ids: BTreeSet<_> = step.drifts.keys().chain(theirs.keys()).cloned().collect();
    let row = |id: CriterionId| {
        let (here, there) = (step.drifts.get(&id).cloned(), theirs.get(&id).cloned());
        let is_conflict = here.as_ref().zip(there.as_ref().zip(now)).is_some_and(|(here, (there, now))| {
            here.state != CriterionStatus::Unchanged && conflict(&step, here, now, there)
        });
        StatusRow { id, here, there, is_conflict }
    };
    Status { rows: ids.into_iter().map(row).collect() }
}

/// Returns whether what changed on both sides says different things now.
fn conflict(step: &ChainStep<'_>, here: &Drift, now: &Frozen, there: &Drift) -> bool {
    let place = |drift: &Drift| drift.change.as_ref().and_then(|change| change.after);
    match (place(here), place(there)) {
        (None, None) => false,
        (Some(here), Some(there)) => {
            let (ours, theirs) = (step.after.at(here).1, now.at(there).1);
            let tags = step.after.locales.iter().filter(|tag| theirs.statement.contains_key(*tag));
            ours.level != theirs.level
                || ours.category != theirs.category
                || tags.into_iter().any(|tag| !reads_alike(ours, theirs, tag))
        }
        _ => true,
    }
}

impl Status {
    /// Returns the number of criteria in each state.
    pub(crate) fn counts(&self) -> BTreeMap<CriterionStatus, usize> {
        let mut counts: BTreeMap<_, _> = CriterionStatus::ALL.into_iter().map(|state| (state, 0)).collect();
        for drift in self.rows.iter().filter_map(|row| row.here.as_ref()) {
            *counts.entry(drift.state).or_default() += 1;
        }
        counts
    }
}
