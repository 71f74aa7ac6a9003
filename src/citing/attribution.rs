//! Which citation the words of a statement belong to that stand in a paragraph: the one before them, or where statements
//! stand before their ids, the one behind.

use std::ops::Range;

use super::likeness::ComparedWords;
use super::quotations::marked;
use super::statements::{Statement, Statements};
use crate::diagnostic::Span;
use crate::text::slice;

/// A place where a text has all words of a statement.
pub(super) struct Occurrence<'s> {
    pub(super) span: Span,
    /// The statements of these words.
    pub(super) statements: Vec<&'s Statement>,
}

/// Finds the statements in a part of a text: those that are cited, and others that are so long that they stand there by no
/// chance.
pub(super) fn occurrences<'s>(
    statements: &'s Statements,
    text: &str,
    part: Span,
    is_cited: impl Fn(&Statement) -> bool,
) -> Vec<Occurrence<'s>> {
    let words = ComparedWords::read(slice(text, part.clone()));
    let all = words.words();
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let here = statements.at_start(&all[at..]);
        let length = |statement: &&Statement| statement.words.words().len();
        let cited = here.iter().copied().filter(|statement| is_cited(statement)).map(|it| length(&it)).max();
        let others = || here.iter().copied().filter(|statement| statement.words.is_long()).map(|it| length(&it)).max();
        let Some(count) = cited.or_else(others) else {
            at += 1;
            continue;
        };
        let span = words.span(at..at + count);
        let statements = here.into_iter().filter(|statement| length(statement) == count).collect();
        found.push(Occurrence { span: part.start + span.start..part.start + span.end, statements });
        at += count.max(1);
    }
    found
}

/// The citations and the statements of a paragraph, in the order in which they stand.
pub(super) struct Attribution<'p> {
    text: &'p str,
    paragraph: &'p Span,
    /// What cites, by its place.
    mentions: &'p [Span],
    occurrences: &'p [Occurrence<'p>],
    /// The citations before each of the statements, and those behind the last one.
    runs: Vec<Range<usize>>,
    /// Whether statements stand behind their ids.
    is_forward: bool,
    /// Whether each citation has a statement right beside it.
    pub(super) is_strict: bool,
    marks: Vec<Span>,
}

impl<'p> Attribution<'p> {
    pub(super) fn of(
        text: &'p str,
        paragraph: &'p Span,
        mentions: &'p [Span],
        occurrences: &'p [Occurrence<'p>],
    ) -> Self {
        let before = |place: usize| mentions.partition_point(|mention| mention.start < place);
        let ends: Vec<_> = occurrences.iter().map(|it| before(it.span.start)).chain([mentions.len()]).collect();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let runs: Vec<_> = starts.zip(ends.iter().copied()).map(|(start, end)| start..end).collect();
        let marks = if occurrences.is_empty() { Vec::new() } else { marked(slice(text, paragraph.clone())) };
        let is_forward = runs.first().is_some_and(|run| !run.is_empty());
        let mut found = Self { text, paragraph, mentions, occurrences, runs, is_forward, is_strict: false, marks };
        let is_beside = |at: usize| found.gap(at).is_some_and(|gap| is_empty(slice(text, gap)));
        let outer = if is_forward { found.runs.last() } else { found.runs.first() };
        let is_strict = outer.is_some_and(Range::is_empty) && (0..occurrences.len()).all(is_beside);
        found.is_strict = is_strict;
        found
    }

    /// Returns the citations to which a statement belongs, by their order.
    pub(super) fn owners(&self, at: usize) -> Range<usize> {
        let is_filled = |run: &&Range<usize>| !run.is_empty();
        let (before, behind) = self.runs.split_at(at + 1);
        let before = before.iter().rev().find(is_filled);
        let behind = behind.iter().find(is_filled);
        let owners = if self.is_forward { before.or(behind) } else { behind.or(before) };
        let owners = owners.cloned().unwrap_or_default();
        /// Of a long list, those that stand next to it.
        const NEAR: usize = 8;
        match self.is_forward {
            true => owners.end.saturating_sub(NEAR).max(owners.start)..owners.end,
            false => owners.start..owners.end.min(owners.start + NEAR),
        }
    }

    /// Returns what stands between a statement and the citation to which it belongs, if that is the next one.
    fn gap(&self, at: usize) -> Option<Span> {
        let own = &self.occurrences[at].span;
        match self.is_forward {
            true => self.runs[at].clone().next_back().map(|last| self.mentions[last].end..own.start),
            false => self.runs[at + 1].clone().next().map(|first| own.end..self.mentions[first].start),
        }
    }

    /// Whether a statement is clearly meant as that of the citation to which it belongs: it is set off, or it stands right
    /// beside it and is all of a sentence.
    pub(super) fn is_meant(&self, at: usize) -> bool {
        const FEW: usize = 3;
        const MORE: usize = 8;
        let own = &self.occurrences[at].span;
        let Some(gap) = self.gap(at) else { return false };
        let between = slice(self.text, gap);
        let words = ComparedWords::read(between).count();
        if self.is_set_off(own) {
            return words <= MORE || between.contains('|');
        }
        let is_said = between.trim_end_matches(is_mark).ends_with(['|', ':', '：', '–', '—', '-', '\n']);
        let is_near = words == 0 || (words <= FEW && is_said);
        is_near && is_sentence(slice(self.text, self.paragraph.clone()), &self.within(own))
    }

    fn within(&self, span: &Span) -> Span {
        span.start - self.paragraph.start..span.end - self.paragraph.start
    }

    /// Whether quotation marks or a cell hold the statement and nothing else.
    fn is_set_off(&self, own: &Span) -> bool {
        let paragraph = slice(self.text, self.paragraph.clone());
        let inner = self.within(own);
        let is_all = |part: &Span| {
            let around = [part.start..inner.start, inner.end..part.end];
            part.start <= inner.start
                && inner.end <= part.end
                && around.into_iter().all(|part| is_empty(slice(paragraph, part)))
        };
        let cell = || {
            let start = slice(paragraph, ..inner.start).rfind('|')? + 1;
            let end = inner.end + slice(paragraph, inner.end..).find('|')?;
            Some(start..end)
        };
        self.marks.iter().any(is_all) || cell().is_some_and(|cell| is_all(&cell))
    }
}

/// Whether a part of a text is all of a sentence: no word stands right before it or behind it.
pub(super) fn is_sentence(text: &str, part: &Span) -> bool {
    let before = slice(text, ..part.start).trim_end_matches(is_mark);
    let behind = slice(text, part.end..).trim_start_matches(is_mark);
    let is_id = before.ends_with(|c: char| c.is_ascii_digit());
    (is_id || !before.ends_with(char::is_alphanumeric)) && !behind.starts_with(char::is_alphanumeric)
}

/// Whether a sign parts no words: white space that ends no line, marks of emphasis and quotation marks.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\u{a0}'
            | '>'
            | '*'
            | '_'
            | '`'
            | '"'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '‘'
            | '’'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

fn is_empty(text: &str) -> bool {
    ComparedWords::read(text).count() == 0
}
