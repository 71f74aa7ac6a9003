//! Texts cut into lines once, so that many problems in a large file cost no more than the file and the problems.

use std::collections::BTreeMap;
use std::ops::Range;

use camino::Utf8Path;

use crate::diagnostic::{BYTE_ORDER_MARK, Diagnostic, Fix, Label, Place, Position, Span};
use crate::source::Sources;
use crate::text::slice;

/// The distance in bytes between two places with a known number of characters before them.
const STRIDE: usize = 1024;

/// The texts of all files that some problems name.
pub(super) struct Texts<'a>(BTreeMap<&'a Utf8Path, LineIndex<'a>>);

impl<'a> Texts<'a> {
    pub(super) fn of(problems: &'a [Diagnostic], sources: &'a Sources) -> Self {
        let mut texts = BTreeMap::new();
        let fixes = problems.iter().filter_map(|problem| problem.fix.as_deref()).map(Fix::path);
        let places = problems.iter().flat_map(labels).map(|label| label.place.path.as_path());
        for path in places.chain(fixes) {
            if !texts.contains_key(path)
                && let Some(text) = text(sources, path)
            {
                texts.insert(path, LineIndex::of(text));
            }
        }
        Self(texts)
    }

    /// Returns the lines of the file that holds a place and the bytes meant in it. None for a file as a whole and for
    /// one that has no text.
    pub(super) fn find(&self, place: &Place) -> Option<(&LineIndex<'a>, Span)> {
        let lines = self.0.get(place.path.as_path()).filter(|_| place.span() != (0..0))?;
        Some((lines, lines.clamp(place.span())))
    }
}

/// Returns the label of a problem and those of the places that explain it.
pub(super) fn labels(problem: &Diagnostic) -> impl Iterator<Item = &Label> {
    std::iter::once(&problem.label).chain(&problem.related)
}

/// Returns a text of the content or, if it is one, of the theme.
fn text<'a>(sources: &'a Sources, path: &Utf8Path) -> Option<&'a str> {
    sources.text(path).or_else(|| str::from_utf8(sources.theme.get(path.strip_prefix("theme").ok()?)?).ok())
}

/// Returns a path as a person in front of the content folder would write it.
pub(super) fn shown_path(folder: &str, path: &Utf8Path) -> String {
    let folder = if cfg!(windows) { folder.replace('\\', "/") } else { folder.to_owned() };
    let folder = folder.trim_start_matches("./");
    match folder.trim_end_matches('/') {
        "" if folder.is_empty() => path.to_string(),
        "." => path.to_string(),
        folder => format!("{folder}/{path}"),
    }
}

/// One text and where its lines begin.
pub(super) struct LineIndex<'a> {
    text: &'a str,
    /// The first byte of each line. The first line begins behind a byte order mark.
    starts: Vec<usize>,
    /// The number of characters that begin before each multiple of [`STRIDE`].
    characters: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    fn of(text: &'a str) -> Self {
        let first = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let characters = text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
            let before = *sum;
            *sum += character_starts(chunk);
            Some(before)
        });
        Self {
            text,
            starts: std::iter::once(first).chain(breaks.map(|(at, _)| at + 1)).collect(),
            characters: characters.collect(),
        }
    }

    /// Returns the same as [`Position::of`].
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_index(offset);
        let before = self.characters_before(self.starts[line]);
        Position { line: line + 1, column: self.characters_before(offset).saturating_sub(before) + 1 }
    }

    /// Returns the line in which a byte stands, without its end.
    pub(super) fn line(&self, offset: usize) -> Range<usize> {
        let index = self.line_index(offset);
        let start = self.starts[index];
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        start..start + slice(self.text, start..end).trim_end_matches('\r').len()
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Returns a span that fits the text, whatever it was.
    fn clamp(&self, span: Span) -> Span {
        let start = self.text.floor_char_boundary(span.start);
        start..self.text.ceil_char_boundary(span.end).max(start)
    }

    fn line_index(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stride = (offset / STRIDE).min(self.characters.len().saturating_sub(1));
        let known = self.characters.get(stride).copied().unwrap_or(0);
        known + character_starts(&self.text.as_bytes()[stride * STRIDE..offset])
    }
}

fn character_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    properties! {
        256 cases,

        #[test]
        fn positions_are_those_of_counting_from_the_start(
            text in "\u{FEFF}?([a一é\n\r\t]{0,40}|[階\n]{900,1100})", offset in 0usize..4000
        ) {
            prop_assert_eq!(LineIndex::of(&text).position(offset), Position::of(&text, offset));
        }

        #[test]
        fn every_span_is_made_to_fit(text in "\u{FEFF}?[a一é\n\r]{0,9}", start in 0usize..40, end in 0usize..40) {
            let lines = LineIndex::of(&text);
            let span = lines.clamp(Span { start, end });
            prop_assert!(text.get(span.clone()).is_some());
            prop_assert!(text.get(lines.line(span.start)).is_some());
        }
    }

    #[test]
    fn a_line_ends_before_its_line_break() {
        let lines = LineIndex::of("\u{FEFF}一\r\n\nab");
        let line = |offset| &lines.text()[lines.line(offset)];
        assert_eq!([line(0), line(3), line(8), line(9), line(11)], ["一", "一", "", "ab", "ab"]);
    }

    #[test]
    fn a_path_begins_with_the_content_folder_as_it_was_named() {
        let shown = |folder| shown_path(folder, "en/a.md".into());
        assert_eq!(shown("content"), "content/en/a.md");
        assert_eq!(shown("./content/"), "content/en/a.md");
        assert_eq!(shown("../x"), "../x/en/a.md");
        assert_eq!(shown("/srv/x"), "/srv/x/en/a.md");
        assert_eq!([shown(""), shown("."), shown("./")], ["en/a.md"; 3]);
        assert_eq!(shown("/"), "/en/a.md");
    }
}
