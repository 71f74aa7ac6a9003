//! Reports quotations that are not what is cited beside them says.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::attribution::{Attribution, Occurrence, is_sentence};
use super::likeness::{ComparedWords, Likeness};
use super::paragraphs::{CitingCriteria, ReadParagraph};
use super::quotations::{Quotation, QuotedBy, is_heading, is_signature, quotations};
use super::review::CitationMatcher;
use super::statements::{Holder, Statement};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::id::CriterionId;
use crate::text::{either, shortened, slice};

/// What is quoted wrongly.
#[derive(Default)]
pub(super) struct Misquotations {
    pub(super) problems: Vec<Diagnostic>,
    /// The mentions beside the words of another criterion: of which one is meant, nothing is certain.
    pub(super) disputed: BTreeSet<usize>,
}

impl<'a> CitationMatcher<'a> {
    /// Finds what is clearly meant as a statement that is cited, and says something else.
    pub(super) fn misquotations(&self) -> Misquotations {
        let mut found = Misquotations::default();
        for (at, (paragraph, read)) in self.paragraphs.iter().zip(&self.read).enumerate() {
            if !read.criteria.mentions.is_empty() {
                let next = self.paragraphs.get(at + 1).map_or(self.text.len(), |next| next.span.start);
                let mentions = self.mentions[paragraph.mentions.clone()].iter().map(|mention| mention.span.clone());
                let previous = at.checked_sub(1).map_or(0, |at| self.paragraphs[at].span.end);
                let between = previous..next;
                let quotations = quotations(self.text, &paragraph.span, &mentions.collect::<Vec<_>>(), between);
                let beside = self.beside(at);
                self.misquoted_in(&paragraph.span, read, beside, &quotations, &mut found);
            }
        }
        // What stands between two citations is told of the one below.
        let mut told = HashSet::new();
        found.problems.reverse();
        found.problems.retain(|problem| told.insert(problem.label.place.span()));
        found.problems.reverse();
        found
    }

    /// Returns the paragraphs to which a quotation may belong that stands beside one: what is below a heading is its own, and
    /// what is above a signature.
    fn beside(&self, at: usize) -> Vec<&ReadParagraph<'a>> {
        let is_of = |at: usize, kind: fn(&str) -> bool| {
            self.paragraphs.get(at).is_some_and(|paragraph| kind(slice(self.text, paragraph.span.clone())))
        };
        let is_left = is_of(at, is_signature) || is_of(at, is_heading);
        let before = at.checked_sub(1).filter(|_| !is_left);
        let behind = Some(at + 1).filter(|&next| !is_left || (is_of(at, is_heading) && is_of(next, is_signature)));
        before.into_iter().chain(behind).filter_map(|at| self.read.get(at)).collect()
    }

    /// Finds what a paragraph and what stands around it quote wrongly. Where a criterion is quoted right, other words are a
    /// person's own.
    fn misquoted_in(
        &self,
        paragraph: &Span,
        read: &ReadParagraph<'_>,
        beside: Vec<&ReadParagraph<'_>>,
        quotations: &[Quotation],
        found: &mut Misquotations,
    ) {
        let ReadParagraph { criteria, occurrences: own, .. } = read;
        let attribution = Attribution::of(self.text, paragraph, &criteria.spans, own);
        let mut right: HashSet<Holder> = HashSet::new();
        let mut wrong = Vec::new();
        for (at, occurrence) in own.iter().enumerate() {
            let citing: Vec<_> = criteria.citing(&occurrence.statements).collect();
            let owners = attribution.owners(at);
            let is_owned = || {
                let is_of = |holder: &Holder| {
                    criteria.ranged.contains(&holder.0) || criteria.holders(owners.clone()).contains(&holder)
                };
                citing.iter().any(is_of)
            };
            match citing.is_empty() || (attribution.is_strict && !is_owned()) {
                true if attribution.is_meant(at) => wrong.push((occurrence, owners)),
                true => {}
                false => right.extend(citing),
            }
        }
        let overlaps = |quotation: &Quotation| {
            let next = own.get(own.partition_point(|other| other.span.end <= quotation.span.start));
            next.is_some_and(|other| other.span.start < quotation.span.end)
        };
        let parts = quotations.iter().filter(|quotation| !overlaps(quotation));
        right.extend(parts.flat_map(|quotation| self.quoted_in_part(quotation, criteria)));
        let left = |holders: Vec<&'_ Holder>| holders.iter().all(|holder| !right.contains(*holder));
        let mut told: HashSet<&Holder> = HashSet::new();
        for (occurrence, owners) in wrong {
            let holders = criteria.holders(owners.clone());
            if left(holders.clone()) {
                self.other_words(occurrence, &holders, criteria, owners, found);
                told.extend(holders);
            }
        }
        for quotation in quotations {
            let near = criteria.near(quotation);
            let mut holders = criteria.holders(near.clone());
            let is_settled =
                |holder: &Holder| right.contains(holder) || (quotation.by.is_nothing() && told.contains(holder));
            holders.retain(|holder| !is_settled(holder));
            let overlaps =
                |other: &Occurrence<'_>| other.span.start < quotation.span.end && quotation.span.start < other.span.end;
            if holders.is_empty() || (!quotation.by.is_nothing() && own.iter().any(overlaps)) {
                continue;
            }
            let within = if quotation.is_outside { self.occurrences(&quotation.span, criteria) } else { Vec::new() };
            // It may belong to what is cited above or below it.
            let mut citing = beside.iter().map(|read| &read.criteria).chain([criteria]);
            let is_of = |criteria: &CitingCriteria| {
                within.iter().any(|occurrence| criteria.citing(&occurrence.statements).next().is_some())
            };
            if citing.any(is_of) {
                continue;
            }
            if let Some(first) = within.first().filter(|first| self.is_all(first, quotation)) {
                self.other_words(first, &holders, criteria, near, found);
            } else if let Some((problem, holder)) = self.misquoted(quotation, &holders) {
                found.problems.push(problem);
                told.insert(holder);
            }
        }
    }

    /// Whether the words of a statement are what a quotation begins with, as a sentence.
    fn is_all(&self, occurrence: &Occurrence<'_>, quotation: &Quotation) -> bool {
        let before = slice(self.text, quotation.span.start..occurrence.span.start);
        ComparedWords::read(before).count() == 0 && is_sentence(self.text, &occurrence.span)
    }

    /// Returns the criteria of whose statements a quotation gives a part, or all but what it says it leaves out.
    fn quoted_in_part(&self, quotation: &Quotation, criteria: &CitingCriteria) -> Vec<Holder> {
        /// Fewer words may be those of anything.
        const FEWEST: usize = 4;
        if quotation.is_outside || quotation.by.is_nothing() {
            return Vec::new();
        }
        let words = ComparedWords::read(slice(self.text, quotation.span.clone()));
        let is_part = |statement: &Statement| {
            let is_much = words.count() >= FEWEST.min(statement.words.count());
            let holds = || quotation.by == QuotedBy::Marks && statement.words.holds(&words);
            is_much && (statement.words.is_quoted_by(&words) || holds())
        };
        let holders = criteria.holders(criteria.near(quotation)).into_iter();
        holders.filter(|holder| self.meant_by(holder).into_iter().any(is_part)).cloned().collect()
    }

    /// Returns the statements that a citation can mean.
    fn meant_by(&self, holder: &Holder) -> Vec<&'a Statement> {
        self.statements().of_criterion(&holder.0).filter(|statement| statement.is_meant_by(holder)).collect()
    }

    /// Returns the same of the newest edition alone, in all languages.
    fn newest(&self, holder: &Holder) -> Vec<&'a Statement> {
        let mut meant = self.meant_by(holder);
        let newest = meant.first().and_then(|first| first.editions_of(&holder.0).next());
        meant.retain(|statement| statement.editions_of(&holder.0).next() == newest);
        meant
    }

    /// Tells the words of a statement that is not the one which is cited: of another edition, or of another criterion.
    fn other_words(
        &self,
        occurrence: &Occurrence<'_>,
        holders: &[&Holder],
        criteria: &CitingCriteria,
        owners: Range<usize>,
        found: &mut Misquotations,
    ) {
        let place = Place::new(self.path, occurrence.span.clone());
        let words = ComparedWords::read(slice(self.text, occurrence.span.clone()));
        let Some(said) = occurrence.statements.first() else { return };
        let nearest = |holders: &[&Holder]| {
            let meant = holders.iter().flat_map(|holder| self.newest(holder));
            let meant = meant.map(|it| (it, it.words.likeness(&words)));
            // The same language is what a person would quote.
            meant.max_by_key(|(it, likeness)| (!it.tags.is_disjoint(&said.tags), likeness.share(false)))
        };
        let same = holders.iter().find(|(id, _)| said.holders.iter().any(|(own, _)| own == id));
        if let Some(&holder) = same
            && let Some((statement, likeness)) = nearest(&[holder])
        {
            let said = self.said_else(holder, statement, Some(said));
            found.problems.push(self.problem(&place, said, &likeness, false));
            return;
        }
        let all: BTreeSet<_> =
            occurrence.statements.iter().flat_map(|it| it.holders.iter().map(|(id, _)| id)).collect();
        let all: Vec<_> = all.into_iter().map(|id| self.label_of(said, id)).collect();
        let cited: Vec<_> = holders.iter().map(|(id, _)| id).collect();
        let message = format!("these are the words of {}, not of {}", either(&all), either(&cited));
        let quote =
            nearest(holders).map(|(statement, _)| format!(", or else quote “{}”", shortened(&statement.text, LONGEST)));
        let help = format!("cite {} if you mean that{}", either(&all), quote.unwrap_or_default());
        found.problems.push(place.problem(Code::MisquotedStatement, message).help(help));
        found.disputed.extend(criteria.mentions[owners].iter().map(|(index, _)| *index));
    }

    /// Returns how a criterion is cited that says something: with the edition if only earlier ones say so.
    fn label_of(&self, statement: &Statement, id: &CriterionId) -> String {
        let is_present = statement.holders.iter().any(|(own, edition)| own == id && edition.is_none());
        let newest = statement.editions_of(id).next().filter(|_| !is_present);
        newest.map_or(id.to_string(), |edition| format!("{id}@{}", self.site.history.editions[edition].name()))
    }

    /// Says that a criterion says something else, and whose words stand there.
    fn said_else(&self, holder: &Holder, statement: &Statement, other: Option<&Statement>) -> (String, String) {
        let (id, editions) = (&holder.0, &self.site.history.editions);
        let is_of_one = self.statements().of_criterion(id).any(|it| !it.is_meant_by(holder));
        let of = statement.editions_of(id).next();
        let message = match of.filter(|_| is_of_one || self.as_of.is_some()) {
            Some(edition) => format!("{id} says something else in edition {}", editions[edition].name()),
            None => format!("{id} says something else"),
        };
        let whole = shortened(&statement.text, LONGEST);
        let help = match other {
            Some(other) => {
                let label = self.label_of(other, id);
                format!("these are the words of {label}: cite that if you mean it, or else quote “{whole}”")
            }
            None => format!("quote “{whole}”"),
        };
        (message, help)
    }

    fn problem(
        &self,
        place: &Place,
        (message, help): (String, String),
        likeness: &Likeness,
        is_part: bool,
    ) -> Diagnostic {
        place.problem(Code::MisquotedStatement, message).label(likeness.said(is_part)).help(help)
    }

    /// Tells what quotes none of the statements that are cited beside it. What is not set off may begin or end in own words.
    fn misquoted<'h>(&self, quotation: &Quotation, holders: &[&'h Holder]) -> Option<(Diagnostic, &'h Holder)> {
        if !quotation.by.is_nothing() {
            return self.misquoted_by(quotation, holders).map(|(problem, _, holder)| (problem, holder));
        }
        let text = slice(self.text, quotation.span.clone());
        let at = |start: usize, end: usize| {
            let span = quotation.span.start + start..quotation.span.start + end;
            Quotation { span, ..*quotation }
        };
        let parts: Vec<_> = match quotation.by {
            QuotedBy::Before => sentence_starts(text).into_iter().map(|start| at(start, text.len())).collect(),
            _ => sentence_ends(text).into_iter().map(|end| at(0, end)).collect(),
        };
        let is_right = |part: &Quotation| {
            let words = ComparedWords::read(slice(self.text, part.span.clone()));
            holders
                .iter()
                .flat_map(|holder| self.meant_by(holder))
                .any(|statement| statement.words.is_quoted_by(&words))
        };
        if parts.iter().any(is_right) {
            return None;
        }
        let told = parts.iter().filter_map(|part| self.misquoted_by(part, holders));
        told.max_by_key(|(_, share, _)| *share).map(|(problem, _, holder)| (problem, holder))
    }

    /// Tells a quotation whose words are those of none of the statements that are cited beside it, and are much like those
    /// of one. Returns how much they are alike, too.
    fn misquoted_by<'h>(
        &self,
        quotation: &Quotation,
        holders: &[&'h Holder],
    ) -> Option<(Diagnostic, usize, &'h Holder)> {
        let text = slice(self.text, quotation.span.clone());
        let stated: Vec<_> =
            holders.iter().flat_map(|&holder| self.meant_by(holder).into_iter().map(move |it| (holder, it))).collect();
        let longest = stated.iter().map(|(_, statement)| statement.text.len()).max().unwrap_or_default();
        if text.len() > LONGER * longest {
            return None;
        }
        let words = ComparedWords::read(text);
        // What stands between quotation marks may be a part.
        let is_part = quotation.by == QuotedBy::Marks;
        let is_right =
            |statement: &Statement| statement.words.is_quoted_by(&words) || (is_part && statement.words.holds(&words));
        if words.count() == 0 || stated.iter().any(|(_, statement)| is_right(statement)) {
            return None;
        }
        let (holder, nearest, likeness) = stated
            .iter()
            .map(|(holder, statement)| (*holder, *statement, statement.words.likeness(&words)))
            .rev()
            .max_by_key(|(.., likeness)| (likeness.share(is_part), likeness.common))?;
        let is_clear = is_meant(&likeness, quotation.by) || (is_part && likeness.is_of_part());
        let said = likeness.said(is_part);
        // Who tells what somebody did has own words.
        if !is_clear || said.is_empty() || likeness.is_told() || !(is_part || likeness.begins_alike()) {
            return None;
        }
        let other = self.statements().of_criterion(&holder.0).find(|it| !it.is_meant_by(holder) && is_right(it));
        let place = Place::new(self.path, quotation.span.clone());
        let problem = self.problem(&place, self.said_else(holder, nearest, other), &likeness, is_part);
        Some((problem, likeness.share(is_part), holder))
    }
}

/// How much longer than a statement a quotation of it can be in another form.
const LONGER: usize = 8;

/// The signs of a statement that are shown.
const LONGEST: usize = 240;

/// The first or last sentences of a text that are looked at.
const FEW: usize = 12;

/// Whether a text is clearly meant as a whole statement. What does not say that it quotes may say the same in own words.
fn is_meant(likeness: &Likeness, by: QuotedBy) -> bool {
    likeness.is_of_whole(if by.is_nothing() { 75 } else { 60 })
}

/// Returns where sentences and lines may end: what stands behind a dash or in brackets may be a person's own.
fn ends(text: &str) -> impl DoubleEndedIterator<Item = usize> {
    let is_end = |(at, c): &(usize, char)| match c {
        '。' | '！' | '？' | '\n' | '(' | '（' | '—' | '|' | '*' => true,
        '-' | '–' => slice(text, at + c.len_utf8()..).starts_with(char::is_whitespace),
        '.' | '!' | '?' => slice(text, at + 1..).starts_with(char::is_whitespace),
        _ => false,
    };
    text.char_indices().filter(is_end).map(|(at, c)| at + c.len_utf8())
}

/// Returns where the first sentences of a text may end.
fn sentence_ends(text: &str) -> Vec<usize> {
    let mut ends: Vec<_> = ends(text).take(FEW).chain([text.len()]).collect();
    ends.dedup();
    ends
}

/// Returns where the last sentences of a text may begin.
fn sentence_starts(text: &str) -> Vec<usize> {
    ends(text).rev().take(FEW).chain([0]).filter(|&start| start < text.len()).collect()
}
