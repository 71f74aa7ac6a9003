//! Cuts criteria out of a file, and returns their text.

use std::collections::{BTreeSet, VecDeque};

use crate::diagnostic::Span;
use crate::parse::{self, Attributes, OutlineCategory, OutlineCriterion, OutlineLevel, RichText};
use crate::register::items::LadderItems;
use crate::text::{Edit, char_at, line_start, next_line, slice};

/// The text of a criterion in one locale, as Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CriterionWords {
    pub(crate) statement: String,
    /// Empty if nothing stood below the statement.
    pub(crate) detail: String,
}

/// Removes criteria from a file.
pub(crate) struct Cut<'a> {
    text: &'a str,
    parts: Vec<CutCategory<'a>>,
    /// Levels whose headings go when nothing is left of them.
    levels: &'a BTreeSet<String>,
}

/// A category on a level, and which of its criteria are taken out.
struct CutCategory<'a> {
    text: &'a str,
    level: &'a OutlineLevel,
    category: &'a OutlineCategory,
    is_cut: Vec<bool>,
}

/// A criterion that is taken out.
pub(crate) struct CutCriterion<'a> {
    text: &'a str,
    criterion: &'a OutlineCriterion,
    pub(crate) id: &'a str,
    /// The id of its level.
    pub(crate) level: Option<&'a str>,
    /// The id of its category. Empty for a category without heading.
    pub(crate) category: &'a str,
}

impl<'a> Cut<'a> {
    /// Looks for criteria, and for levels that go with them, by their ids as they are written.
    pub(crate) fn of(file: &'a LadderItems, ids: &BTreeSet<String>, levels: &'a BTreeSet<String>) -> Self {
        let mut open = ids.clone();
        let mut is_meant =
            |criterion: &OutlineCriterion| id_of(&criterion.attributes).is_some_and(|id| open.remove(id));
        let categories =
            file.outline().levels().flat_map(|level| level.categories.iter().map(move |category| (level, category)));
        let parts = categories.map(|(level, category)| {
            let is_cut = category.criteria.iter().map(&mut is_meant).collect();
            CutCategory { text: &file.text, level, category, is_cut }
        });
        Self { text: &file.text, parts: parts.collect(), levels }
    }

    /// Returns the criteria in the order of the file.
    pub(crate) fn found(&self) -> impl Iterator<Item = CutCriterion<'a>> {
        self.parts.iter().flat_map(|part| {
            let criteria = part.category.criteria.iter().zip(&part.is_cut).filter(|(_, is_cut)| **is_cut);
            criteria.map(|(criterion, _)| CutCriterion {
                text: self.text,
                criterion,
                id: id_of(&criterion.attributes).unwrap_or_default(),
                level: id_of(&part.level.attributes),
                category: part.category_id(),
            })
        })
    }

    /// Returns a level that becomes empty, with all its criteria.
    pub(crate) fn emptied(&self) -> Option<(&'a str, Vec<&'a str>)> {
        let mut levels = self.parts.chunk_by(|a, b| std::ptr::eq(a.level, b.level));
        let is_emptied = |level: &&[CutCategory<'_>]| {
            let mut criteria = level.iter().flat_map(|part| &part.is_cut).peekable();
            criteria.peek().is_some() && criteria.all(|is_cut| *is_cut)
        };
        let level = levels.find(is_emptied)?;
        let criteria = level.iter().flat_map(|part| &part.category.criteria);
        let ids = criteria.filter_map(|criterion| id_of(&criterion.attributes)).collect();
        Some((id_of(&level.first()?.level.attributes).unwrap_or_default(), ids))
    }

    /// Returns the categories that become empty on every level.
    pub(crate) fn categories(&self) -> BTreeSet<&'a str> {
        let (gone, kept): (Vec<_>, Vec<_>) = self.parts.iter().partition(|part| part.takes_heading());
        let kept: BTreeSet<_> = kept.iter().map(|part| part.category_id()).collect();
        gone.iter().map(|part| part.category_id()).filter(|id| !id.is_empty() && !kept.contains(id)).collect()
    }

    /// Returns the edits that remove them: their lines, the headings of categories that are then empty, and the blank
    /// lines around them. The numbers of later items in a numbered list move up.
    pub(crate) fn edits(&self) -> Vec<Edit> {
        let levels = self.parts.chunk_by(|a, b| std::ptr::eq(a.level, b.level));
        let edits = levels.flat_map(|level| match self.goes(level) {
            Some(edit) => vec![edit],
            None => level.iter().flat_map(CutCategory::edits).collect(),
        });
        edits.collect()
    }

    /// Returns the edit that removes a whole level, heading and all. None if it stays, or if anything is left of it.
    fn goes(&self, parts: &[CutCategory<'_>]) -> Option<Edit> {
        let (first, last) = (parts.first()?, parts.last()?);
        let is_meant = id_of(&first.level.attributes).is_some_and(|id| self.levels.contains(id));
        let is_emptied = |category: &CutCategory<'_>| {
            category.category.prose.is_empty() && category.is_cut.iter().all(|is_cut| *is_cut)
        };
        let is_all = is_meant && first.level.summary.is_empty() && parts.iter().all(is_emptied);
        let end = last.end(last.is_cut.len().checked_sub(1).filter(|_| is_all)?);
        Some(Edit::delete(first.lines_from(first.level.span.start)..end))
    }
}

impl CutCriterion<'_> {
    /// Returns its text as it is written. Text that would read differently by itself, such as without a definition
    /// elsewhere in the file, is written anew.
    pub(crate) fn words(&self) -> CriterionWords {
        let criterion = self.criterion;
        let lines: Vec<_> = slice(self.text, criterion.statement.span.0.clone()).lines().map(str::trim).collect();
        // Between Han characters a line end is no space, and for a hard break it has to stay.
        let mut joined = [" ", "", "\n"].into_iter().map(|between| lines.join(between));
        let statement = joined.find(|written| RichText::read(written) == criterion.statement);
        let below = Some(self.below()).filter(|written| parse::blocks(written) == criterion.detail);
        CriterionWords {
            statement: statement.unwrap_or_else(|| criterion.statement.markdown()),
            detail: below.unwrap_or_else(|| parse::markdown(&criterion.detail)),
        }
    }

    /// Returns the text below the statement, without its indentation and without attributes.
    fn below(&self) -> String {
        let criterion = self.criterion;
        let (Some(first), Some(last)) = (criterion.detail.first(), criterion.detail.last()) else {
            return String::new();
        };
        let start = line_start(self.text, first.span.start);
        let end = last.span.end.max(start);
        let attributes = &criterion.attributes.span;
        let written = match !attributes.is_empty() && attributes.start >= start && attributes.end <= end {
            true => [slice(self.text, start..attributes.start), slice(self.text, attributes.end..end)].concat(),
            false => slice(self.text, start..end).to_owned(),
        };
        let margin = criterion.statement.span.start - line_start(self.text, criterion.statement.span.start);
        let dedented = written.lines().map(|line| {
            let blank = line.len() - line.trim_start_matches(' ').len();
            slice(line, blank.min(margin)..).trim_end()
        });
        let detail = dedented.collect::<Vec<_>>().join("\n");
        format!("{}\n", detail.trim_end())
    }
}

impl<'a> CutCategory<'a> {
    fn category_id(&self) -> &'a str {
        id_of(&self.category.attributes).unwrap_or_default()
    }

    /// Returns whether its category is gone from the level, heading and all.
    fn takes_heading(&self) -> bool {
        let is_all = !self.is_cut.is_empty() && self.is_cut.iter().all(|is_cut| *is_cut);
        is_all && self.category.prose.is_empty() && self.category.title.is_some()
    }

    fn edits(&self) -> Vec<Edit> {
        let criteria = &self.category.criteria;
        let mut edits = Vec::new();
        let mut at = 0;
        while let Some(found) = self.is_cut.iter().skip(at).position(|is_cut| *is_cut) {
            let first = at + found;
            let mut last = first;
            while last + 1 < criteria.len()
                && (self.takes_heading() || (self.is_cut[last + 1] && self.are_adjacent(last)))
            {
                last += 1;
            }
            let start = line_start(self.text, criteria[first].span.start);
            edits.push(match criteria.get(last + 1).filter(|_| self.are_adjacent(last)) {
                Some(next) => Edit::delete(start..line_start(self.text, next.span.start)),
                None => {
                    let heading = line_start(self.text, self.category.span.start);
                    let start = if self.takes_heading() { heading } else { start };
                    Edit::delete(self.lines_from(start)..self.end(last))
                }
            });
            at = last + 1;
        }
        edits.extend(self.renumbered());
        edits
    }

    /// Returns the start of the line of a place, with the blank lines before it. Blank lines after a cut stay, so that
    /// the following text keeps its distance.
    fn lines_from(&self, at: usize) -> usize {
        let start = line_start(self.text, at);
        match slice(self.text, ..start).trim_end().len() {
            0 => start,
            kept => next_line(self.text, kept),
        }
    }

    /// Returns where the line behind a criterion begins.
    fn end(&self, at: usize) -> usize {
        let criterion = &self.category.criteria[at];
        let written = slice(self.text, criterion.span.clone()).trim_end().len();
        next_line(self.text, criterion.span.start + written)
    }

    /// Returns whether nothing stands between a criterion and the next one.
    fn are_adjacent(&self, at: usize) -> bool {
        let next = self.category.criteria.get(at + 1);
        next.is_some_and(|next| self.text.get(self.end(at)..next.span.start).is_some_and(is_blank))
    }

    /// Returns the edits that renumber the items after those that are cut from a numbered list.
    fn renumbered(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut before = None;
        // The numbers that what follows gets.
        let mut free: VecDeque<Span> = VecDeque::new();
        for (at, is_cut) in self.is_cut.iter().enumerate() {
            let number = self.number(&self.category.criteria[at]);
            let delimiter = number.as_ref().and_then(|number| char_at(self.text, number.end));
            if delimiter != before || !self.are_adjacent(at.saturating_sub(1)) {
                free.clear();
            }
            before = delimiter;
            let Some(number) = number.filter(|_| *is_cut || !free.is_empty()) else { continue };
            free.push_back(number.clone());
            if *is_cut {
                continue;
            }
            if let Some(new) = free.pop_front() {
                edits.push(Edit::replace(number, slice(self.text, new)));
            }
        }
        edits
    }

    /// Returns the digits that an item of a numbered list begins with.
    fn number(&self, criterion: &OutlineCriterion) -> Option<Span> {
        let item = slice(self.text, criterion.span.clone());
        let start = criterion.span.start + item.len() - item.trim_start().len();
        let digits = slice(self.text, start..).bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then_some(start..start + digits)
    }
}

fn id_of(attributes: &Attributes) -> Option<&str> {
    attributes.id.as_ref().map(|id| id.text.as_str())
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
