//! Taking a criterion out of a file, and reading what it said there.

use crate::diagnostic::Span;
use crate::edition::{Block, Text};
use crate::parse::{Attributes, Category, Criterion};
use crate::register::things::File;
use crate::text::{Edit, char_at, line_start, next_line, slice};

/// What a criterion said in one locale, as Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) statement: String,
    /// Empty if nothing stood below the statement.
    pub(crate) detail: String,
}

/// A criterion in a file.
pub(crate) struct Found<'a> {
    text: &'a str,
    category: &'a Category,
    /// Its place in the category.
    at: usize,
    /// The id of its level.
    pub(crate) level: Option<&'a str>,
    /// How many criteria its level holds.
    pub(crate) on_level: usize,
    /// How many levels its category stands on.
    category_on: usize,
}

/// Looks for a criterion by its id as it is written.
pub(crate) fn find<'a>(file: &'a File, id: &str) -> Option<Found<'a>> {
    for level in file.outline().levels() {
        for category in &level.categories {
            let is_meant = |of: &Criterion| id_of(&of.attributes) == Some(id);
            let Some(at) = category.criteria.iter().position(is_meant) else { continue };
            return Some(Found {
                text: &file.text,
                category,
                at,
                level: id_of(&level.attributes),
                on_level: level.categories.iter().map(|category| category.criteria.len()).sum(),
                category_on: file
                    .outline()
                    .levels()
                    .flat_map(|level| &level.categories)
                    .filter(|other| id_of(&other.attributes) == id_of(&category.attributes))
                    .count(),
            });
        }
    }
    None
}

impl Found<'_> {
    fn criterion(&self) -> &Criterion {
        &self.category.criteria[self.at]
    }

    /// The id of its category. Empty for a category without heading.
    pub(crate) fn category(&self) -> &str {
        id_of(&self.category.attributes).unwrap_or_default()
    }

    /// Whether its category is gone from the level with it, heading and all.
    fn takes_heading(&self) -> bool {
        self.category.criteria.len() == 1 && self.category.prose.is_empty() && self.category.title.is_some()
    }

    /// Whether its category is gone from the whole ladder with it.
    pub(crate) fn takes_category(&self) -> bool {
        self.takes_heading() && self.category_on == 1
    }

    /// What it says, as it is written. Where that would read differently by itself, such as for want of a definition
    /// that stands elsewhere in the file, it is written anew.
    pub(crate) fn words(&self) -> Words {
        let of = self.criterion();
        let (text, detail) = (Text::of(&of.statement), Block::of_all(&of.detail));
        let lines: Vec<_> = slice(self.text, of.statement.span.clone()).lines().map(str::trim).collect();
        // Between Han characters a line end is no space, and for a hard break it has to stay.
        let mut joined = [" ", "", "\n"].into_iter().map(|between| lines.join(between));
        let statement = joined.find(|written| Text::read(written) == text);
        let below = Some(self.below()).filter(|written| Block::read(written) == detail);
        Words {
            statement: statement.unwrap_or_else(|| text.markdown()),
            detail: below.unwrap_or_else(|| Block::markdown(&detail)),
        }
    }

    /// What stands below the statement, without its indentation and without attributes.
    fn below(&self) -> String {
        let of = self.criterion();
        let (Some(first), Some(last)) = (of.detail.first(), of.detail.last()) else { return String::new() };
        let start = line_start(self.text, first.span.start);
        let end = last.span.end.max(start);
        let attributes = &of.attributes.span;
        let written = match !attributes.is_empty() && attributes.start >= start && attributes.end <= end {
            true => [slice(self.text, start..attributes.start), slice(self.text, attributes.end..end)].concat(),
            false => slice(self.text, start..end).to_owned(),
        };
        let margin = of.statement.span.start - line_start(self.text, of.statement.span.start);
        let dedented = written.lines().map(|line| {
            let blank = line.len() - line.trim_start_matches(' ').len();
            slice(line, blank.min(margin)..).trim_end()
        });
        let detail = dedented.collect::<Vec<_>>().join("\n");
        format!("{}\n", detail.trim_end())
    }

    /// What takes it out of the file: its lines, the heading of a category that then holds nothing, and the blank lines
    /// that stood for it. The numbers of what follows in a numbered list move up.
    pub(crate) fn cut(&self) -> Vec<Edit> {
        let of = self.criterion();
        let end = self.end(of);
        let start = line_start(self.text, of.span.start);
        let next = self.category.criteria.get(self.at + 1);
        if let Some(next) = next.filter(|next| self.text.get(end..next.span.start).is_some_and(is_blank)) {
            let cut = Edit::delete(start..line_start(self.text, next.span.start));
            return std::iter::once(cut).chain(self.renumbered()).collect();
        }
        let start = if self.takes_heading() { line_start(self.text, self.category.span.start) } else { start };
        // The blank lines before it go, and those behind it stay, so that what follows keeps its distance.
        let kept = slice(self.text, ..start).trim_end().len();
        let start = if kept == 0 { start } else { next_line(self.text, kept) };
        vec![Edit::delete(start..end)]
    }

    /// Where the line behind a criterion begins.
    fn end(&self, of: &Criterion) -> usize {
        let written = slice(self.text, of.span.clone()).trim_end().len();
        next_line(self.text, of.span.start + written)
    }

    /// Each number behind the criterion in the same list gives way to the one before it.
    fn renumbered(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut before = self.criterion();
        for of in &self.category.criteria[self.at + 1..] {
            let (Some(old), Some(new)) = (self.number(of), self.number(before)) else { break };
            let delimiter = |number: &Span| char_at(self.text, number.end);
            let between = self.text.get(self.end(before)..of.span.start);
            if delimiter(&old) != delimiter(&new) || !between.is_some_and(is_blank) {
                break;
            }
            edits.push(Edit::replace(old, slice(self.text, new)));
            before = of;
        }
        edits
    }

    /// The digits that an item of a numbered list begins with.
    fn number(&self, of: &Criterion) -> Option<Span> {
        let item = slice(self.text, of.span.clone());
        let start = of.span.start + item.len() - item.trim_start().len();
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
