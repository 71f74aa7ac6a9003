//! What the paragraphs of a text cite, and whose statements they hold.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::attribution::{Occurrence, occurrences};
use super::beside::edition_called;
use super::copied::Unpinned;
use super::quotations::{CitingParagraph, Quotation, QuotedBy};
use super::review::CitationMatcher;
use super::statements::{Holder, Statement};
use super::targets::Aim;
use super::{Cited, CitedAddress};
use crate::diagnostic::Span;
use crate::handle::EditionIndex;
use crate::id::CriterionId;

/// What a paragraph cites and quotes.
pub(super) struct ReadParagraph<'a> {
    pub(super) criteria: CitingCriteria,
    /// The statements that it holds, in their order.
    pub(super) occurrences: Vec<Occurrence<'a>>,
    /// The editions whose words it holds, and the past ones that it names, of each that it cites. The last one is not
    /// among them for its name: pinning writes that, and pinning once more changes nothing.
    pub(super) editions: HashMap<Unpinned, BTreeSet<EditionIndex>>,
    /// Whether statements stand before what cites them.
    pub(super) is_backward: bool,
}

/// The criteria that a paragraph cites.
#[derive(Default)]
pub(super) struct CitingCriteria {
    /// The mentions that cite one, and the criterion with its edition.
    pub(super) mentions: Vec<(usize, Holder)>,
    /// Where they stand.
    pub(super) spans: Vec<Span>,
    /// What lies between the ends of ranges.
    pub(super) ranged: HashSet<CriterionId>,
    /// The editions in which each is cited, also by a range.
    pub(super) cited: HashMap<CriterionId, Vec<Option<EditionIndex>>>,
}

impl CitingCriteria {
    fn add(&mut self, (id, edition): Holder) {
        let editions = self.cited.entry(id).or_default();
        if !editions.contains(&edition) {
            editions.push(edition);
        }
    }

    /// Returns what cites one of some statements.
    pub(super) fn citing<'a>(&'a self, statements: &'a [&Statement]) -> impl Iterator<Item = Holder> + 'a {
        let holders = statements.iter().flat_map(|statement| &statement.holders);
        holders.flat_map(|(id, edition)| {
            let cited = self.cited.get(id).into_iter().flatten();
            cited.filter(move |own| own.is_none() || *own == edition).map(|own| (id.clone(), *own))
        })
    }

    /// Returns the criteria of some of the mentions, each once.
    pub(super) fn holders(&self, mentions: Range<usize>) -> Vec<&Holder> {
        let mut found: Vec<&Holder> = Vec::new();
        for (_, holder) in self.mentions.get(mentions).unwrap_or_default() {
            if !found.contains(&holder) {
                found.push(holder);
            }
        }
        found
    }

    /// Returns the mentions to which a quotation can belong.
    pub(super) fn near(&self, quotation: &Quotation) -> Range<usize> {
        /// What is further apart is not looked at.
        const NEAR: usize = 8;
        let before = |place: usize| self.spans.partition_point(|span| span.start < place);
        let (next, all) = (before(quotation.span.start), self.spans.len());
        match quotation.by {
            _ if quotation.is_outside => all.saturating_sub(NEAR)..all,
            QuotedBy::Behind => next.saturating_sub(1)..next,
            QuotedBy::Before => before(quotation.span.end)..(next + 1).min(all),
            QuotedBy::Marks | QuotedBy::Place => next.saturating_sub(NEAR)..(next + NEAR).min(all),
        }
    }
}

impl<'a> CitationMatcher<'a> {
    /// Reads what each of the paragraphs cites.
    pub(super) fn read_paragraphs(&self) -> Vec<ReadParagraph<'a>> {
        // The edition that one of the mentions of a citation names, by its number.
        let mut editions: Vec<Option<String>> = vec![None; self.numbers.len()];
        for (target, &number) in self.targets.iter().zip(&self.numbers) {
            let edition = target.as_ref().and_then(|target| self.edition_of(target));
            editions[number] = editions[number].take().or(edition);
        }
        let edition = |index: usize| editions[self.numbers[index]].as_deref();
        self.paragraphs.iter().map(|paragraph| self.read_paragraph(paragraph, edition)).collect()
    }

    fn read_paragraph<'e>(
        &self,
        paragraph: &CitingParagraph,
        edition: impl Fn(usize) -> Option<&'e str>,
    ) -> ReadParagraph<'a> {
        let criteria = self.criteria_of(paragraph, edition);
        let occurrences = match criteria.mentions.is_empty() {
            true => Vec::new(),
            false => self.occurrences(&paragraph.span, &criteria),
        };
        let mut editions: HashMap<Unpinned, BTreeSet<EditionIndex>> = HashMap::new();
        let last = self.site.history.editions.last_key();
        for target in self.targets[paragraph.mentions.clone()].iter().flatten() {
            let named = self.edition_of(target).and_then(|name| edition_called(self.site, &name));
            let named = named.filter(|&edition| Some(edition) != last);
            if let (Some(subject), Some(edition)) = (self.subject_of(target), named) {
                editions.entry(subject).or_default().insert(edition);
            }
        }
        let holders = occurrences.iter().flat_map(|occurrence| &occurrence.statements).flat_map(|it| &it.holders);
        for (id, edition) in holders.filter(|(id, _)| criteria.cited.contains_key(id)) {
            editions.entry(Unpinned::Criterion(id.clone())).or_default().extend(edition);
        }
        let first = |spans: &[Span]| spans.first().map(|span| span.start);
        let is_backward =
            occurrences.first().map(|it| it.span.start) < first(&criteria.spans) && !occurrences.is_empty();
        ReadParagraph { criteria, occurrences, editions, is_backward }
    }

    /// Finds the statements in a part of the text.
    pub(super) fn occurrences(&self, part: &Span, criteria: &CitingCriteria) -> Vec<Occurrence<'a>> {
        let is_cited = |statement: &Statement| criteria.citing(&[statement]).next().is_some();
        occurrences(self.statements(), self.text, part.clone(), is_cited)
    }

    fn criteria_of<'e>(
        &self,
        paragraph: &CitingParagraph,
        edition: impl Fn(usize) -> Option<&'e str>,
    ) -> CitingCriteria {
        let mut found = CitingCriteria::default();
        for index in paragraph.mentions.clone() {
            if let CitedAddress::Between { first, last, .. } = &self.mentions[index].what {
                found.ranged.extend(self.known_between(first, last).cloned());
            }
            if let Some(holder) = self.criterion(index, edition(index)) {
                found.add(holder.clone());
                found.mentions.push((index, holder));
                found.spans.push(self.mentions[index].span.clone());
            }
        }
        for id in found.ranged.clone() {
            found.add((id, None));
        }
        found
    }

    /// Returns the criterion that a mention cites, with its edition, or that of the whole citation.
    fn criterion(&self, index: usize, of_citation: Option<&str>) -> Option<Holder> {
        let Aim::Criterion(Cited { id, edition }) = &self.targets[index].as_ref()?.what else { return None };
        let own = edition.as_ref().map(ToString::to_string);
        match own.as_deref().or(of_citation) {
            None => Some((id.clone(), self.as_of)),
            Some(name) => Some((id.clone(), Some(edition_called(self.site, name)?))),
        }
    }
}
