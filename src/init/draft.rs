//! A text in the making that knows of each of its parts where it was written.

use std::collections::BTreeMap;
use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::Place;
use crate::text::{Edit, Span, slice};

/// A document that is adopted, as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundDocument<'a> {
    pub path: &'a Utf8Path,
    pub text: &'a str,
}

/// A new text made of parts of documents and of additions.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextDraft {
    pieces: Vec<DraftPiece>,
    /// The bytes of all pieces.
    length: usize,
}

#[derive(Debug, Clone)]
struct DraftPiece {
    /// Its first byte in the draft.
    start: usize,
    text: String,
    /// The document it comes from, and its first byte there. None for an addition.
    origin: Option<(Utf8PathBuf, usize)>,
}

impl TextDraft {
    pub(crate) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds words that no document has.
    pub(crate) fn add(&mut self, text: impl Into<String>) {
        self.push(text.into(), None);
    }

    /// Adds a part of a document as it is written.
    pub(crate) fn copy(&mut self, found: FoundDocument<'_>, span: Span) {
        let text = slice(found.text, span.clone()).to_owned();
        self.push(text, Some((found.path.to_owned(), span.start)));
    }

    /// Ends the line, unless it has ended.
    pub(crate) fn end_line(&mut self) {
        if !self.pieces.last().is_none_or(|piece| piece.text.ends_with('\n')) {
            self.add("\n");
        }
    }

    /// Returns a part of the text, which still knows where it was written.
    pub(crate) fn slice(&self, span: Span) -> Self {
        let mut part = Self::default();
        for piece in self.pieces_in(&span) {
            let (from, to) = (span.start.max(piece.start), span.end.min(piece.end()));
            part.push_part(piece, from - piece.start..to - piece.start);
        }
        part
    }

    /// Returns the pieces that a part of the text reaches into.
    fn pieces_in(&self, span: &Span) -> &[DraftPiece] {
        let first = self.pieces.partition_point(|piece| piece.end() <= span.start);
        let end = self.pieces.partition_point(|piece| piece.start < span.end);
        &self.pieces[first..end.max(first)]
    }

    /// Begins a new paragraph after an empty line.
    pub(crate) fn part(&mut self) {
        let text = self.pieces.iter().rev().flat_map(|piece| piece.text.bytes().rev());
        let ends = text.filter(|&byte| byte != b'\r').take_while(|&byte| byte == b'\n').take(2).count();
        if !self.is_empty() {
            self.add("\n".repeat(2 - ends));
        }
    }

    pub(crate) fn append(&mut self, other: Self) {
        other.pieces.into_iter().for_each(|piece| self.push(piece.text, piece.origin));
    }

    fn push(&mut self, text: String, origin: Option<(Utf8PathBuf, usize)>) {
        if !text.is_empty() {
            let start = self.length;
            self.length += text.len();
            self.pieces.push(DraftPiece { start, text, origin });
        }
    }

    fn push_part(&mut self, piece: &DraftPiece, span: Span) {
        let origin = piece.origin.as_ref().map(|(path, start)| (path.clone(), start + span.start));
        self.push(slice(&piece.text, span).to_owned(), origin);
    }

    /// Replaces parts of the text. No two of them overlap, unless both are cut.
    pub(crate) fn edit(&mut self, mut edits: Vec<Edit>) {
        edits.sort_by_key(|edit| edit.span.start);
        let mut edits = edits.into_iter().peekable();
        let mut kept_from = 0;
        for piece in std::mem::take(self).pieces {
            let (at, end) = (piece.start, piece.end());
            let mut from = kept_from.clamp(at, end);
            while let Some(edit) = edits.next_if(|edit| edit.span.start < end) {
                let start = edit.span.start.max(from);
                self.push_part(&piece, from - at..start - at);
                self.add(edit.text);
                kept_from = kept_from.max(edit.span.end);
                from = kept_from.clamp(start, end);
            }
            self.push_part(&piece, from - at..piece.text.len());
        }
        edits.for_each(|edit| self.add(edit.text));
    }

    /// Returns where a part of the text was written, as far as it lies in one document without a break.
    pub(crate) fn place(&self, span: Span) -> Option<Place> {
        self.places(span).into_iter().next()
    }

    /// Returns where each piece of a part of the text was written.
    pub(crate) fn places(&self, span: Span) -> Vec<Place> {
        let place = |piece: &DraftPiece| {
            let (path, start) = piece.origin.as_ref()?;
            let from = span.start.max(piece.start) - piece.start;
            let to = span.end.clamp(piece.start + from, piece.end()) - piece.start;
            Some(Place::new(path.clone(), start + from..start + to))
        };
        self.pieces_in(&(span.start..span.end.max(span.start + 1))).iter().filter_map(place).collect()
    }

    /// Returns where each piece of some parts of the text was written. The parts stand in the order of the text.
    pub(crate) fn places_of(&self, spans: &[Span]) -> Vec<Place> {
        let mut places = Vec::new();
        let mut next = 0;
        for piece in &self.pieces {
            let (at, end) = (piece.start, piece.end());
            while next < spans.len() && spans[next].end <= at {
                next += 1;
            }
            if let Some((path, start)) = &piece.origin {
                for span in spans[next..].iter().take_while(|span| span.start < end) {
                    let (from, to) = (span.start.max(at), span.end.min(end));
                    if from < to {
                        places.push(Place::new(path.clone(), start + from - at..start + to - at));
                    }
                }
            }
        }
        places
    }

    /// Returns the parts of documents that stand in it.
    pub(crate) fn origins(&self) -> BTreeMap<&Utf8Path, Vec<Range<usize>>> {
        let mut origins: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for piece in &self.pieces {
            if let Some((path, start)) = &piece.origin {
                origins.entry(path.as_path()).or_default().push(*start..start + piece.text.len());
            }
        }
        origins
    }
}

impl DraftPiece {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_knows_where_it_was_written_whatever_was_cut_and_added_since() {
        let found = FoundDocument { path: "a.md".into(), text: "one two three" };
        let mut draft = TextDraft::default();
        draft.add("+");
        draft.copy(found, 0..7);
        draft.copy(found, 7..13);
        draft.edit(vec![Edit::insert(14, "!"), Edit::delete(5..10), Edit::insert(1, "- "), Edit::insert(1, "x ")]);
        assert_eq!(draft.text(), "+- x one hree!");
        assert_eq!(draft.place(9..13), Some(Place::new("a.md", 9..13)));
        assert_eq!(draft.place(0..5), None);
        assert_eq!(draft.origins()[Utf8Path::new("a.md")], [0..4, 9..13]);
    }
}
