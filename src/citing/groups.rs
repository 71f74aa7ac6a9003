//! Which mentions are one citation: a citation holds the name of what it cites, its address, and often both twice.

use super::CitedAddress;
use super::review::CitationMatcher;

impl CitationMatcher<'_> {
    /// Returns the number of the citation to which each mention belongs. The numbers rise with the first mentions.
    pub(super) fn citations(&self) -> Vec<usize> {
        let mut numbers: Vec<usize> = Vec::new();
        // Whether a citation has its label, by its number.
        let mut is_labelled: Vec<bool> = Vec::new();
        for index in 0..self.mentions.len() {
            let is_label = !matches!(self.mentions[index].what, CitedAddress::Page { .. });
            let is_free = |other: usize| !(is_label && is_labelled[numbers[other]]);
            let number = self.same_before(index, is_label).filter(|&other| is_free(other)).map(|other| numbers[other]);
            let number = number.unwrap_or_else(|| {
                is_labelled.push(false);
                is_labelled.len() - 1
            });
            is_labelled[number] |= is_label;
            numbers.push(number);
        }
        numbers
    }

    /// Returns the mention before one that cites the same in the same paragraph. A label belongs to what stands right
    /// before it alone.
    fn same_before(&self, index: usize, is_label: bool) -> Option<usize> {
        let target = self.targets[index].as_ref()?;
        let edition = self.edition_of(target);
        let is_same = |other: usize| {
            let Some(other) = self.targets[other].as_ref() else { return false };
            let (named, subject) = (self.edition_of(other), self.subject_of(other));
            let is_of_one = subject.is_some() && subject == self.subject_of(target);
            // A level that is gone is none of the site.
            other.what == target.what || (is_of_one && (named == edition || named.is_none() || edition.is_none()))
        };
        /// What is further apart is not looked at.
        const NEAR: usize = 8;
        let near = if is_label { 1 } else { NEAR };
        let other = (0..index).rev().take(near).find(|&other| is_same(other))?;
        (self.paragraph_of[other] == self.paragraph_of[index]).then_some(other)
    }
}
