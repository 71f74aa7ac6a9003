//! Taking a criterion out of a file, and reading what it said there.

use crate::diagnostic::Span;
use crate::edition::{Block, Text};
use crate::parse::{Attributes, Category, Criterion};
use crate::register::insertion::Splice;
use crate::register::things::File;

/// What a criterion said in one locale, as Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub statement: String,
    /// Empty if nothing stood below the statement.
    pub detail: String,
}

/// A criterion in a file.
pub struct Found<'a> {
    text: &'a str,
    category: &'a Category,
    /// Its place in the category.
    at: usize,
    /// The id of its level.
    pub level: Option<&'a str>,
    /// How many criteria its level holds.
    pub on_level: usize,
    /// How many levels its category stands on.
    category_on: usize,
}

/// Looks for a criterion by its id as it is written.
pub fn find<'a>(file: &'a File, id: &str) -> Option<Found<'a>> {
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
    pub fn category(&self) -> &str {
        id_of(&self.category.attributes).unwrap_or_default()
    }

    /// Whether its category is gone from the level with it, heading and all.
    fn takes_heading(&self) -> bool {
        self.category.criteria.len() == 1 && self.category.prose.is_empty() && self.category.title.is_some()
    }

    /// Whether its category is gone from the whole ladder with it.
    pub fn takes_category(&self) -> bool {
        self.takes_heading() && self.category_on == 1
    }

    /// What it says, as it is written. Where that would read differently by itself, such as for want of a definition
    /// that stands elsewhere in the file, it is written anew.
    pub fn words(&self) -> Words {
        let of = self.criterion();
        let (text, detail) = (Text::of(&of.statement), Block::of_all(&of.detail));
        let lines: Vec<_> = self.text[of.statement.span.clone()].lines().map(str::trim).collect();
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
        let mut written = self.text[start..last.span.end.max(start)].to_owned();
        let attributes = &of.attributes.span;
        if !attributes.is_empty() && attributes.start >= start && attributes.end <= last.span.end {
            written.replace_range(attributes.start - start..attributes.end - start, "");
        }
        let margin = of.statement.span.start - line_start(self.text, of.statement.span.start);
        let dedented = written.lines().map(|line| {
            let blank = line.len() - line.trim_start_matches(' ').len();
            line[blank.min(margin)..].trim_end()
        });
        let detail = dedented.collect::<Vec<_>>().join("\n");
        format!("{}\n", detail.trim_end())
    }

    /// What takes it out of the file: its lines, the heading of a category that then holds nothing, and the blank lines
    /// that stood for it. The numbers of what follows in a numbered list move up.
    pub fn cut(&self) -> Vec<Splice> {
        let of = self.criterion();
        let end = self.end(of);
        let start = line_start(self.text, of.span.start);
        let next = self.category.criteria.get(self.at + 1);
        if let Some(next) = next.filter(|next| is_blank(&self.text[end..next.span.start])) {
            let splice = Splice { span: start..line_start(self.text, next.span.start), text: String::new() };
            return std::iter::once(splice).chain(self.renumbered()).collect();
        }
        let start = if self.takes_heading() { line_start(self.text, self.category.span.start) } else { start };
        // The blank lines before it go, and those behind it stay, so that what follows keeps its distance.
        let kept = self.text[..start].trim_end().len();
        let start = if kept == 0 { start } else { line_end(self.text, kept) };
        vec![Splice { span: start..end, text: String::new() }]
    }

    /// Where the line behind a criterion begins.
    fn end(&self, of: &Criterion) -> usize {
        let written = self.text[of.span.clone()].trim_end().len();
        line_end(self.text, of.span.start + written)
    }

    /// Each number behind the criterion in the same list gives way to the one before it.
    fn renumbered(&self) -> Vec<Splice> {
        let mut splices = Vec::new();
        let mut before = self.criterion();
        for of in &self.category.criteria[self.at + 1..] {
            let (Some(old), Some(new)) = (self.number(of), self.number(before)) else { break };
            let delimiter = |number: &Span| self.text[number.end..].chars().next();
            if delimiter(&old) != delimiter(&new) || !is_blank(&self.text[self.end(before)..of.span.start]) {
                break;
            }
            splices.push(Splice { span: old, text: self.text[new].to_owned() });
            before = of;
        }
        splices
    }

    /// The digits that an item of a numbered list begins with.
    fn number(&self, of: &Criterion) -> Option<Span> {
        let item = &self.text[of.span.clone()];
        let start = of.span.start + item.len() - item.trim_start().len();
        let digits = self.text[start..].bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then_some(start..start + digits)
    }
}

fn id_of(attributes: &Attributes) -> Option<&str> {
    attributes.id.as_ref().map(|id| id.text.as_str())
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the next line begins.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}
