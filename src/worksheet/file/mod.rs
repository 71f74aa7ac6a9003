//! The file of a worksheet: Markdown that people write reviews in, that browsers edit, and that reads the same again.
//!
//! It begins with front matter, then comes whatever the person likes, then the answers, each below a heading of the third
//! level with the id of its criterion. Everything is kept: keys that nobody knows, ids that the site does not have, several
//! answers to one id, and the evidence byte for byte but for blank lines at both ends.
//!
//! # How it is read
//!
//! - A heading of the third level at the start of a line begins an answer if it begins with an id: `### TL-036`,
//!   `### TL-036@2026.1`, or that text in brackets, as a link has it. Its hyphen may be one of a word processor, or have a
//!   backslash before it.
//! - Between fences nothing is a heading. A heading in brackets ends a fence nevertheless: one that is not closed before it
//!   is no fence, so it swallows no answer.
//! - A heading of the second level right before that of an answer names the section.
//! - The lines with `>` right behind the heading quote the ladder if each of their paragraphs is a statement of that id.
//!   Otherwise they are the person's, and the beginning of the evidence.
//! - The next line that is not blank is the rating if the word before its colon is that for "Rating" in some language.
//! - All else is evidence.
//!
//! A line of evidence that would be taken for one of these is written with a backslash before it, which reading takes away.

mod lines;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use read::missed_headings;

use crate::text::slice;

/// Tells whether a text is a statement of an id, at whatever time and in whatever language.
type IsStatement<'a> = dyn Fn(&str, &str) -> bool + 'a;

/// What is known where a file is read.
pub(crate) struct Known<'a> {
    /// The words for "Rating", in lower case.
    pub(crate) labels: Vec<String>,
    pub(crate) is_statement: Box<IsStatement<'a>>,
}

/// A filled-in worksheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) has_bom: bool,
    /// What ends the lines that are not the person's.
    pub(crate) line_end: &'static str,
    pub(crate) front: FrontMatter,
    /// What stands before the first answer.
    pub(crate) preamble: String,
    pub(crate) answers: Vec<Answer>,
}

/// The lines between the dashes at the beginning. None for a file without them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter(Option<Vec<String>>);

/// What a person says to one criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The heading of the section that begins with it.
    pub(crate) section: Option<String>,
    pub(crate) id: String,
    pub(crate) edition: Option<String>,
    pub(crate) link: Link,
    /// What stands in the heading behind the id.
    pub(crate) rest: String,
    /// The lines that quote the ladder, each with its `>`.
    pub(crate) quotation: String,
    pub(crate) rating: Option<Rating>,
    pub(crate) evidence: String,
}

/// How the id of an answer stands in its heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Link {
    #[default]
    Bare,
    /// In brackets, without an address.
    Bracketed,
    To(String),
}

/// The line with the rating, as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rating {
    /// What stands before it: `Rating: `.
    pub(crate) lead: String,
    /// Empty if there is none yet.
    pub(crate) value: String,
    /// What stands behind it: the end of a line in bold.
    pub(crate) tail: String,
}

impl FrontMatter {
    pub(crate) fn of(keys: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(Some(keys.into_iter().map(|(key, value)| line(key, &value)).collect()))
    }

    /// Returns the value of a key, without quotes. Empty for one that nobody has filled in.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().flatten().find_map(|line| value_of(line, key))
    }

    /// Gives a key a value, where it stands or else behind all others. A line that says so already stays as it is.
    pub(crate) fn set(&mut self, key: &str, value: &str) {
        let lines = self.0.get_or_insert_default();
        match lines.iter_mut().find(|line| value_of(line, key).is_some()) {
            Some(known) if value_of(known, key) == Some(value) => {}
            Some(known) => *known = line(key, value),
            None => lines.push(line(key, value)),
        }
    }
}

fn line(key: &str, value: &str) -> String {
    format!("{key}: {value}").trim_end().to_owned()
}

fn value_of<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let value = line.strip_prefix(key)?.trim_start().strip_prefix(':')?.trim();
    let quoted = |sign: char| value.strip_prefix(sign)?.strip_suffix(sign);
    Some(quoted('"').or_else(|| quoted('\'')).unwrap_or(value))
}

impl Sheet {
    /// Returns the version of the format that the file names. None for a file that is no worksheet.
    pub(crate) fn version(&self) -> Option<&str> {
        self.front.get("rungs-worksheet")
    }
}

impl Answer {
    /// Returns the id with its edition, as it is cited.
    pub(crate) fn label(&self) -> String {
        match &self.edition {
            Some(edition) => format!("{}@{edition}", self.id),
            None => self.id.clone(),
        }
    }

    /// Returns what was written as the rating. Empty for none.
    pub(crate) fn rating(&self) -> &str {
        self.rating.as_ref().map_or("", |rating| &rating.value)
    }

    /// Returns whether a person has filled it in.
    pub(crate) fn is_filled_in(&self) -> bool {
        !self.rating().is_empty() || !self.evidence.is_empty()
    }

    /// Returns the paragraphs of the quotation, with their signs but without the marks of the quotation.
    pub(crate) fn quoted(&self) -> Vec<String> {
        lines::paragraphs(&self.quotation.lines().collect::<Vec<_>>())
    }
}

/// Returns a text without the blank lines at both ends, and without what ends its last line.
fn trimmed(text: &str) -> &str {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !lines::is_blank(line) {
            break;
        }
        start += line.len();
    }
    let mut end = text.len();
    for line in slice(text, start..).split_inclusive('\n').rev() {
        if !lines::is_blank(line) {
            break;
        }
        end -= line.len();
    }
    slice(text, start..end).trim_end_matches(['\r', '\n'])
}
