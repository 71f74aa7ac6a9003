//! In which criteria a withdrawn one goes on.

use super::{Key, Register};
use crate::model::CriterionId;

impl Register {
    /// The criteria at the end of all chains of successors that begin at a withdrawn one, each once.
    pub fn heirs(&self, id: &CriterionId) -> Vec<CriterionId> {
        let (mut heirs, mut seen, mut open) = (Vec::new(), vec![id.clone()], vec![id.clone()]);
        while let Some(id) = open.pop() {
            let entry = self.entry(&Key::Criterion(id.clone()));
            let Some(withdrawal) = entry.and_then(|entry| entry.withdrawal.as_ref()) else {
                heirs.push(id);
                continue;
            };
            let successors = withdrawal.succession.iter().flat_map(|succession| succession.successors.iter().rev());
            for (successor, _) in successors.filter(|(successor, _)| !seen.contains(successor)).collect::<Vec<_>>() {
                seen.push(successor.clone());
                open.push(successor.clone());
            }
        }
        heirs
    }
}
