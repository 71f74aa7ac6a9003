//! Judges ranges of ids by what lies between their ends, and lists and ranges by the edition that they mean as a whole.

use std::ops::Range;

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
            let message = format!("this range spans {number} that edition {name} does not have");
            let help = "name the criteria that you mean one by one";
            problems.push(place.problem(Code::UnknownCitation, message).label(few(&absent, absent.len())).help(help));
        }
        let is_of_edition = edition.as_ref().is_none_or(|name| self.site.history.edition(name).is_some());
        let of_each = held.iter().filter(|_| is_of_edition).filter_map(|id| {
            let cited = Cited { id: (*id).clone(), edition: edition.clone() };
            self.judged(&cited, None, &place)
        });
        problems.extend(of_each);
        let is_unpinned = edition.is_none();
        let count = known.len();
        // It is pinned with its ends.
        Some(CitationVerdict { count, problems, is_unpinned, is_pinned: is_unpinned, ..CitationVerdict::default() })
    }

    /// Returns the lists and ranges without an edition whose members do not all mean the same one, each with why, if nothing
    /// else is told of it. An edition behind one member would be one of all.
    /// Of what is disputed that is said elsewhere.
    pub(super) fn unclear_runs(
        &self,
        is_disputed: impl Fn(usize) -> bool,
    ) -> Vec<(Range<usize>, Option<Box<Diagnostic>>)> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < self.mentions.len() {
            let end = self.run_end(start);
            if end > start + 1 && (start..end).any(&is_disputed) {
                found.push((start..end, None));
            } else if end > start + 1
                && let Err(reason) = self.meant_by_run(start..end)
            {
                found.push((start..end, reason));
            }
            start = end;
        }
        found
    }

    /// Returns where the list or range ends that begins with a mention.
    fn run_end(&self, start: usize) -> usize {
        let is_joined = |at: usize| match &self.mentions[at].what {
            CitedAddress::Between { .. } => true,
            CitedAddress::Id { written, .. } => {
                let is_end = || matches!(self.mentions[at - 1].what, CitedAddress::Between { .. });
                written.starts_with(|c: char| c.is_ascii_digit()) || is_end()
            }
            _ => false,
        };
        let mut end = start + 1;
        for at in start + 1..self.mentions.len() {
            // The address of a member stands behind its name.
            let is_address = matches!(self.mentions[at].what, CitedAddress::Page { .. })
                && self.targets[at].is_some()
                && self.targets[at].as_ref().and_then(|target| self.subject_of(target))
                    == self.targets[at - 1].as_ref().and_then(|target| self.subject_of(target));
            if is_joined(at) {
                end = at + 1;
            } else if !is_address {
                break;
            }
        }
        let has_address = end > start + 1
            && self.mentions.get(end).is_some_and(|next| matches!(next.what, CitedAddress::Page { .. }))
            && self.targets[end].is_some()
            && self.mentions[end].span.start == self.mentions[end - 1].span.end + "](".len();
        end + usize::from(has_address)
    }

    /// Returns the one edition that each of a run means. Otherwise says why that is not certain.
    fn meant_by_run(&self, run: Range<usize>) -> Result<Option<EditionIndex>, Option<Box<Diagnostic>>> {
        let place = Place::new(self.path, self.mentions[run.start].span.start..self.mentions[run.end - 1].span.end);
        let mut meant = None;
        for at in run {
            let ids: Vec<CriterionId> = match &self.mentions[at].what {
                CitedAddress::Id { cited: Some(Cited { id, edition: None }), .. } => vec![id.clone()],
                CitedAddress::Between { first, last, edition: None, .. } => {
                    self.known_between(first, last).cloned().collect()
                }
                _ => continue,
            };
            if self.mentions[at].is_code {
                return Err(None);
            }
            for id in ids {
                let subject = Unpinned::Criterion(id.clone());
                let edition = self.meant(at, &subject, None, &place).map_err(|reason| {
                    let is_told = self.judged(&Cited { id, edition: None }, None, &place).is_some();
                    reason.filter(|_| !is_told)
                })?;
                if meant.is_some_and(|meant| meant != edition) {
                    let label = "its ids refer to different editions".to_owned();
                    let help = "write the edition that you mean after each id, with an `@`".to_owned();
                    return Err(Some(self.unclear(&subject, &place, label, help)));
                }
                meant = Some(edition);
            }
        }
        Ok(meant)
    }

    pub(super) fn known_between(&self, first: &CriterionId, last: &CriterionId) -> impl Iterator<Item = &CriterionId> {
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
        let (number_of_ids, help) = (counted(number, "id", "ids"), "name the criteria that you mean one by one");
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
