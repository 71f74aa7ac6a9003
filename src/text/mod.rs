//! Parts of texts and edits to them. This is the ground floor: it knows nothing of what a text means.
//!
//! Indexing a text by bytes panics at bytes that split a character, and what Rungs reads is typed by people. So only
//! [`slice`](fn@slice) does it, which a lint enforces, and only [`Edits`] writes into the middle of a text.

mod anchor;
mod csv;
mod edits;
mod forbidden;
pub(crate) mod han;
mod markup;
mod nearest;
mod web;
mod width;
mod wording;
mod words;

use std::ops::{Bound, Range, RangeBounds};

pub(crate) use anchor::heading_anchor;
pub(crate) use csv::csv;
pub(crate) use edits::{Edit, Edits, Misfit, origin};
pub(crate) use forbidden::{
    SpannedChar, blanked, escapes, forbidden_among, forbidden_in, in_place_of, is_directional, is_forbidden, printable,
    references,
};
pub(crate) use markup::{attribute, escape, escaped};
pub(crate) use nearest::{nearest, nearest_few};
pub(crate) use web::{AddressFault, web};
pub(crate) use width::{columns, padding, width};
pub(crate) use wording::{counted, either, list, shortened};
pub(crate) use words::words;

/// A range of bytes in a text. Both ends lie on character boundaries.
pub(crate) type Span = Range<usize>;

/// Returns a part of a text. It never panics in a release.
///
/// A span that does not fit the text is a mistake in Rungs: debug builds stop there. Releases return the nearest part
/// that fits, so that a wrong span makes a wrong excerpt and not the end of the run.
pub(crate) fn slice(text: &str, span: impl RangeBounds<usize>) -> &str {
    let start = match span.start_bound() {
        Bound::Included(&at) => at,
        Bound::Excluded(&at) => at.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match span.end_bound() {
        Bound::Included(&at) => at.saturating_add(1),
        Bound::Excluded(&at) => at,
        Bound::Unbounded => text.len(),
    };
    text.get(start..end).unwrap_or_else(|| {
        debug_assert!(false, "{start}..{end} is not a part of this text of {} bytes: {text:.80}", text.len());
        fitting(text, start, end)
    })
}

/// Returns the part that is nearest to a span that does not fit.
fn fitting(text: &str, start: usize, end: usize) -> &str {
    let start = text.floor_char_boundary(start);
    let end = text.floor_char_boundary(end).max(start);
    text.get(start..end).unwrap_or_default()
}

/// Splits a text at a place.
pub fn split(text: &str, at: usize) -> (&str, &str) {
    (slice(text, ..at), slice(text, at..))
}

/// Returns the character that ends at a place.
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    slice(text, ..at).chars().next_back()
}

/// Returns the character that begins at a place.
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    slice(text, at..).chars().next()
}

/// Returns where the line of a place begins.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    slice(text, ..at).rfind('\n').map_or(0, |end| end + 1)
}

/// Returns where the line of a place ends, before its line feed.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    slice(text, at..).find('\n').map_or(text.len(), |length| at + length)
}

/// Returns where the line after that of a place begins. After the last line that is the end of the text.
pub(crate) fn next_line(text: &str, at: usize) -> usize {
    slice(text, at..).find('\n').map_or(text.len(), |length| at + length + 1)
}

/// Returns where a part that was cut out of a text stands in it.
pub(crate) fn span_of(text: &str, part: &str) -> Span {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    debug_assert!(start + part.len() <= text.len(), "{part:.80} was not cut out of this text");
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_may_be_named_by_any_range() {
        let text = "一二three";
        assert_eq!(slice(text, 3..6), "二");
        assert_eq!([slice(text, ..3), slice(text, 6..), slice(text, ..=2)], ["一", "three", "一"]);
        assert_eq!([slice(text, 6..6), slice(text, text.len()..)], ["", ""]);
    }

    #[test]
    fn the_nearest_part_stands_in_for_one_that_does_not_fit() {
        let text = "一二three";
        let cases = [(1, 6, "一二"), (3, 5, ""), (4, 8, "二th"), (6, 900, "three"), (900, 901, ""), (6, 3, "")];
        for (start, end, expected) in cases {
            assert_eq!(fitting(text, start, end), expected, "{start}..{end}");
        }
    }

    #[test]
    fn lines_and_characters_around_a_place() {
        let text = "一\n二b\n";
        assert_eq!(split(text, 4), ("一\n", "二b\n"));
        assert_eq!((char_before(text, 0), char_before(text, 3)), (None, Some('一')));
        assert_eq!((char_at(text, 4), char_at(text, text.len())), (Some('二'), None));
        assert_eq!((line_start(text, 7), line_end(text, 7), next_line(text, 7)), (4, 8, 9));
        assert_eq!((line_start(text, 9), line_end(text, 9), next_line(text, 9)), (9, 9, 9));
        assert_eq!(span_of(text, text.trim_start_matches('一').trim()), 4..8);
    }
}
