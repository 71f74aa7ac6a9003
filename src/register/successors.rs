//! Successors of withdrawn criteria.

use std::collections::{BTreeMap, BTreeSet};

use super::{IdState, Key, Register, Succession};
use crate::id::CriterionId;

impl Register {
    /// Returns the successors of a withdrawn criterion.
    pub(crate) fn succession(&self, id: &CriterionId) -> Option<&Succession> {
        self.entry(&Key::Criterion(id.clone()))?.withdrawal.as_ref()?.succession.as_ref()
    }

    /// Returns the active criteria in which a withdrawn one goes on, in the order in which its successors are named,
    /// with those of withdrawn successors in their place. Each is named once, also where successors lead in a circle.
    pub fn final_successors(&self, id: &CriterionId) -> Vec<CriterionId> {
        let mut successors = Vec::new();
        let mut seen = BTreeSet::from([id.clone()]);
        let mut open = self.successors(id);
        while let Some(next) = open.pop() {
            if !seen.insert(next.clone()) {
                continue;
            }
            match self.entry(&Key::Criterion(next.clone())).map(|entry| entry.state) {
                Some(IdState::Active) => successors.push(next),
                Some(IdState::Withdrawn) => open.extend(self.successors(&next)),
                None => {}
            }
        }
        successors
    }

    /// Returns the direct successors, the last one first.
    fn successors(&self, id: &CriterionId) -> Vec<CriterionId> {
        let succession = self.succession(id).into_iter();
        succession.flat_map(|succession| succession.successors.iter().rev().map(|(id, _)| id.clone())).collect()
    }

    /// Returns the way from one criterion over its successors to another, both included, if there is one.
    pub(crate) fn descent(&self, from: &CriterionId, to: &CriterionId) -> Option<Vec<CriterionId>> {
        // Each with the one that named it.
        let mut named: BTreeMap<CriterionId, CriterionId> = BTreeMap::new();
        let mut open = vec![from.clone()];
        while let Some(last) = open.pop() {
            for next in self.successors(&last) {
                if named.contains_key(&next) {
                    continue;
                }
                named.insert(next.clone(), last.clone());
                open.push(next);
            }
            if named.contains_key(to) {
                let mut way = vec![to.clone()];
                while let Some(before) = named.get(&way[way.len() - 1]) {
                    way.push(before.clone());
                    if before == from {
                        break;
                    }
                }
                way.reverse();
                return Some(way);
            }
        }
        None
    }
}
