//! What citations stand in: code, tags of HTML, names of links.

use std::collections::BTreeSet;

use super::mentions::is_within;
use super::reading::ReadText;
use crate::diagnostic::Span;
use crate::parse::code_spans;
use crate::text::{line_start, next_line, slice};

/// The parts of a text that are no prose.
pub(super) struct Surroundings<'t> {
    text: &'t str,
    code: Vec<Span>,
    /// Tags of HTML.
    tags: Vec<Span>,
    /// What is crossed out, and said no more.
    deleted: Vec<Span>,
    /// The names of links whose address stands elsewhere: `[TL-042]: https://…`.
    names: BTreeSet<&'t str>,
}

impl<'t> Surroundings<'t> {
    pub(super) fn of(reading: &'t ReadText) -> Self {
        let text = reading.text.as_str();
        if reading.is_hypertext {
            return Self {
                text,
                code: apart(reading.code.clone()),
                tags: Vec::new(),
                deleted: Vec::new(),
                names: BTreeSet::new(),
            };
        }
        let tags = tags(text);
        let of_elements = |names| elements(text, &tags, names);
        let code = code_spans(text).into_iter().chain(of_elements(&["code", "pre", "kbd", "samp"]));
        let deleted = apart(crossed_out(text).into_iter().chain(of_elements(&["del", "s", "strike"])).collect());
        let code = apart(code.collect());
        let name = |line: &'t str| Some(line.trim_start().strip_prefix('[')?.split_once("]:")?.0);
        Self { text, code, tags, deleted, names: text.lines().filter_map(name).collect() }
    }

    pub(super) fn is_code(&self, span: &Span) -> bool {
        is_within(&self.code, span.start)
    }

    /// Whether a part is crossed out.
    pub(super) fn is_deleted(&self, span: &Span) -> bool {
        is_within(&self.deleted, span.start)
    }

    /// Whether a part is an attribute, or the name of a link: of both other texts may depend.
    pub(super) fn is_markup(&self, span: &Span) -> bool {
        // A name in brackets of its own is no attribute: `<WK-001>`.
        let is_tag = is_within(&self.tags, span.start) && !slice(self.text, ..span.start).ends_with('<');
        is_tag || self.is_name(span)
    }

    fn is_name(&self, span: &Span) -> bool {
        let (before, behind) = (slice(self.text, ..span.start), slice(self.text, span.end..));
        if !before.ends_with('[') || !behind.starts_with(']') || !self.names.contains(slice(self.text, span.clone())) {
            return false;
        }
        let has_own_name = behind.starts_with("][") && !behind.starts_with("][]");
        let is_words = behind.starts_with("](") || has_own_name;
        before.ends_with("][") || !is_words
    }
}

/// Returns the same parts without those that lie in others, in their order.
fn apart(mut parts: Vec<Span>) -> Vec<Span> {
    parts.sort_by_key(|part| part.start);
    let mut apart: Vec<Span> = Vec::new();
    for part in parts {
        match apart.last_mut().filter(|last| part.start <= last.end) {
            Some(last) => last.end = last.end.max(part.end),
            None => apart.push(part),
        }
    }
    apart
}

/// Returns the tags of HTML. A tag ends in its paragraph.
fn tags(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = slice(text, at..).find('<').map(|found| at + found) {
        at = start + 1;
        let inner = slice(text, at..);
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && slice(name, length..).starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
        if let Some(end) = is_tag.then(|| end_of_tag(inner)).flatten() {
            found.push(start..at + end);
            at += end;
        }
    }
    found
}

/// Returns where a tag ends: behind the first `>` that stands in no value.
fn end_of_tag(inner: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_after_line = false;
    for (at, c) in inner.char_indices() {
        match (c, quote) {
            ('\n', _) if is_after_line => return None,
            ('>', None) => return Some(at + 1),
            ('<', None) => return None,
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
        is_after_line = c == '\n';
    }
    None
}

/// Returns what stands between `~~` and `~~` in a paragraph, as in most kinds of Markdown.
fn crossed_out(text: &str) -> Vec<Span> {
    let is_mark = |at: &usize| !slice(text, ..*at).ends_with('~') && !slice(text, *at + 2..).starts_with('~');
    let mut marks = text.match_indices("~~").map(|(at, _)| at).filter(is_mark).peekable();
    let mut found = Vec::new();
    while let Some(start) = marks.next() {
        let is_end = |end: &usize| {
            let within = slice(text, start + 2..*end);
            !within.starts_with(char::is_whitespace)
                && !within.ends_with(char::is_whitespace)
                && !within.contains("\n\n")
        };
        found.extend(marks.next_if(is_end).map(|end| start..end));
    }
    found
}

/// Returns what stands in elements of some names, by the tags of a text.
fn elements(text: &str, tags: &[Span], names: &[&str]) -> Vec<Span> {
    let begins = |tag: &Span, with: &str| {
        let tag = slice(text, tag.start + 1..tag.end);
        tag.get(..with.len()).is_some_and(|name| name.eq_ignore_ascii_case(with))
            && !slice(tag, with.len()..).starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
    };
    let element = |(at, tag): (usize, &Span)| {
        let name = names.iter().find(|name| begins(tag, name))?;
        let end = tags[at + 1..].iter().find(|end| begins(end, &format!("/{name}")))?;
        Some(tag.end..end.start)
    };
    tags.iter().enumerate().filter_map(element).collect()
}

/// Returns the paragraph, item or row of a table in which a part stands.
pub(super) fn paragraph(text: &str, span: &Span) -> Span {
    let content = |line: &'_ str| line.trim_start_matches([' ', '\t', '>']).trim_end().to_owned();
    let begins = |line: &str| {
        let line = content(line);
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        line.starts_with(['#', '|'])
            || ["- ", "* ", "+ "].iter().any(|marker| line.starts_with(marker))
            || (number.len() < line.len() && number.starts_with(['.', ')']) && number.get(1..2) == Some(" "))
    };
    let mut start = line_start(text, span.start);
    let line_at = |start: usize| slice(text, start..).lines().next().unwrap_or_default();
    while start > 0 && !begins(line_at(start)) {
        let above = line_start(text, start - 1);
        if content(line_at(above)).is_empty() {
            break;
        }
        start = above;
    }
    let mut end = next_line(text, span.end);
    while end < text.len() {
        let line = line_at(end);
        if content(line).is_empty() || begins(line) {
            break;
        }
        end = next_line(text, end);
    }
    start..end
}
