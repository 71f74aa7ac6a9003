//! Judges what lies between the ends of a range of ids.

use super::copied::Unpinned;
use super::review::{CitationMatcher, CitationVerdict};
use super::{Cited, CitedAddress};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handle::EditionIndex;
use crate::id::CriterionId;
use crate::text::{counted, list};

/// The ids that are named of many.
const FEW: usize = 6;

impl CitationMatcher<'_> {
    /// Judges the criteria between two ends. Ids that never were are told together.
    pub(super) fn between(&self, index: usize) -> Option<CitationVerdict> {
        let CitedAddress::Between { first, last, edition, whole } = &self.mentions[index].what else { return None };
        let place = Place::new(self.path, whole.clone());
        let known: Vec<_> = self.known_between(first, last).collect();
        let mut problems: Vec<_> = self.missing(first, last, &known, &place).into_iter().collect();
        let held = |id: &CriterionId| {
            let edition = edition.as_ref().and_then(|name| self.site.history.edition(name));
            edition.is_none_or(|edition| self.site.history.timeline(id).editions.contains_key(&edition))
        };
        let (held, absent): (Vec<_>, Vec<_>) = known.iter().copied().partition(|id| held(id));
        if let (Some(name), [_, ..]) = (edition, absent.as_slice()) {
            let number = counted(absent.len(), "criterion", "criteria");
            let message = format!("this range spans {number} that the edition {name} does not hold");
            let help = "name one by one the criteria that are meant";
            problems.push(place.problem(Code::UnknownCitation, message).label(few(&absent, absent.len())).help(help));
        }
        let is_of_edition = edition.as_ref().is_none_or(|name| self.site.history.edition(name).is_some());
        let of_each = held.iter().filter(|_| is_of_edition).filter_map(|id| {
            let cited = Cited { id: (*id).clone(), edition: edition.clone() };
            self.judged(&cited, None, &place)
        });
        problems.extend(of_each);
        let is_unpinned = edition.is_none() && !self.mentions[index].is_code;
        let meant = if is_unpinned { self.meant_by_range(index) } else { Err(None) };
        let is_pinned = meant.is_ok();
        let unpinnable = meant.err().flatten().filter(|_| problems.is_empty());
        let count = known.len();
        Some(CitationVerdict { count, problems, is_unpinned, is_pinned, unpinnable, edits: Vec::new() })
    }

    /// Returns the one edition that each of a range means. Otherwise says why that is not certain.
    fn meant_by_range(&self, index: usize) -> Result<EditionIndex, Option<Box<Diagnostic>>> {
        let CitedAddress::Between { first, last, whole, .. } = &self.mentions[index].what else { return Err(None) };
        let place = Place::new(self.path, whole.clone());
        let end = |is_end: &dyn Fn(usize) -> bool| (0..self.mentions.len()).find(|&at| is_end(at)).unwrap_or(index);
        let ends = [
            (first, end(&|at| self.mentions[at].span.start == whole.start)),
            (last, end(&|at| self.mentions[at].span.end == whole.end)),
        ];
        let all = ends.into_iter().chain(self.known_between(first, last).map(|id| (id, index)));
        let mut meant = None;
        for (id, at) in all {
            let edition = self.meant(at, &Unpinned::Criterion(id.clone()), None, &place)?;
            if meant.is_some_and(|meant| meant != edition) {
                let label = "its ends mean different editions".to_owned();
                let help = "write the one that is meant behind both, with an `@`".to_owned();
                return Err(Some(self.unclear(&Unpinned::Criterion(id.clone()), &place, label, help)));
            }
            meant = Some(edition);
        }
        meant.ok_or(None)
    }

    /// Whether a mention is the end of a range whose criteria do not all mean one edition. An edition behind its end would
    /// be one of all.
    pub(super) fn is_in_unclear_range(&self, index: usize) -> bool {
        let span = &self.mentions[index].span;
        let holds = |at: &usize| match &self.mentions[*at].what {
            CitedAddress::Between { edition: None, whole, .. } => whole.start <= span.start && span.end <= whole.end,
            _ => false,
        };
        // The end of a range may be linked, and stands near to it.
        let near = index.saturating_sub(2)..(index + 3).min(self.mentions.len());
        near.filter(holds).any(|at| at != index && self.meant_by_range(at).is_err())
    }

    fn known_between(&self, first: &CriterionId, last: &CriterionId) -> impl Iterator<Item = &CriterionId> {
        let from = CriterionId::new(first.prefix(), first.number().saturating_add(1));
        self.citable.known.range(from..last.clone())
    }

    /// Tells the ids between two ends that no criterion ever had.
    fn missing(
        &self,
        first: &CriterionId,
        last: &CriterionId,
        known: &[&CriterionId],
        place: &Place,
    ) -> Option<Diagnostic> {
        let all = usize::try_from(last.number() - first.number() - 1).unwrap_or(usize::MAX);
        let number = all.checked_sub(known.len()).filter(|&number| number > 0)?;
        let ids = (first.number() + 1..last.number()).map(|number| CriterionId::new(first.prefix(), number));
        let missing: Vec<_> = ids.filter(|id| !self.citable.known.contains(id)).take(FEW).collect();
        let missing: Vec<_> = missing.iter().collect();
        let (number_of_ids, help) = (counted(number, "id", "ids"), "name one by one the criteria that are meant");
        let message = format!("this range spans {number_of_ids} that no criterion ever had");
        Some(place.problem(Code::UnknownCitation, message).label(few(&missing, number)).help(help))
    }
}

/// Names the first of many ids.
fn few(ids: &[&CriterionId], number: usize) -> String {
    let named = list(ids.iter().take(FEW));
    match number.checked_sub(FEW) {
        None | Some(0) => named,
        Some(rest) => format!("{named}, and {rest} more"),
    }
}
