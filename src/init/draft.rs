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
}

#[derive(Debug, Clone)]
struct DraftPiece {
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
        self.push(DraftPiece { text: text.into(), origin: None });
    }

    /// Adds a part of a document as it is written.
    pub(crate) fn copy(&mut self, found: FoundDocument<'_>, span: Span) {
        let text = slice(found.text, span.clone()).to_owned();
        self.push(DraftPiece { text, origin: Some((found.path.to_owned(), span.start)) });
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
        let mut at = 0;
        for piece in &self.pieces {
            let end = at + piece.text.len();
            if at >= span.end {
                break;
            }
            if end > span.start {
                part.push(piece.part(span.start.max(at) - at..span.end.min(end) - at));
            }
            at = end;
        }
        part
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
        self.pieces.extend(other.pieces);
    }

    fn push(&mut self, piece: DraftPiece) {
        if !piece.text.is_empty() {
            self.pieces.push(piece);
        }
    }

    /// Replaces parts of the text. No two of them overlap, unless both are cut.
    pub(crate) fn edit(&mut self, mut edits: Vec<Edit>) {
        edits.sort_by_key(|edit| edit.span.start);
        let mut edits = edits.into_iter().peekable();
        let (mut at, mut kept_from) = (0, 0);
        for piece in std::mem::take(&mut self.pieces) {
            let end = at + piece.text.len();
            let mut from = kept_from.clamp(at, end);
            while let Some(edit) = edits.next_if(|edit| edit.span.start < end) {
                let start = edit.span.start.max(from);
                self.push(piece.part(from - at..start - at));
                self.add(edit.text);
                kept_from = kept_from.max(edit.span.end);
                from = kept_from.clamp(start, end);
            }
            self.push(piece.part(from - at..piece.text.len()));
            at = end;
        }
        edits.for_each(|edit| self.add(edit.text));
    }

    /// Returns where a part of the text was written, as far as it lies in one document without a break.
    pub(crate) fn place(&self, span: Span) -> Option<Place> {
        self.places(span).into_iter().next()
    }

    /// Returns where each piece of a part of the text was written.
    pub(crate) fn places(&self, span: Span) -> Vec<Place> {
        let mut places = Vec::new();
        let mut at = 0;
        for piece in &self.pieces {
            let end = at + piece.text.len();
            if let Some((path, start)) = &piece.origin
                && span.start < end
                && span.end.max(span.start + 1) > at
            {
                let from = span.start.max(at) - at;
                let to = span.end.clamp(at + from, end) - at;
                places.push(Place::new(path.clone(), start + from..start + to));
            }
            at = end;
        }
        places
    }

    /// Returns where each piece of some parts of the text was written. The parts stand in the order of the text.
    pub(crate) fn places_of(&self, spans: &[Span]) -> Vec<Place> {
        let mut places = Vec::new();
        let mut at = 0;
        let mut next = 0;
        for piece in &self.pieces {
            let end = at + piece.text.len();
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
            at = end;
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
    fn part(&self, span: Span) -> Self {
        let origin = self.origin.as_ref().map(|(path, start)| (path.clone(), start + span.start));
        Self { text: slice(&self.text, span).to_owned(), origin }
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
