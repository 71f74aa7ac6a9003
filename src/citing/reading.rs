//! A text as it is searched for citations, which knows of each of its parts where that is written.

use super::leading_on::leading_on;
use crate::diagnostic::Span;
use crate::text::{Edit, char_at, char_before, escaped, slice};

/// A text as it is searched: with one form of hyphens, letters and digits in ids.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReadText {
    pub(crate) text: String,
    /// In the order of the text, which they make up.
    pieces: Vec<ReadPiece>,
    /// Whether the source is HTML.
    pub(super) is_hypertext: bool,
    /// The parts of HTML that are code. Those of Markdown are found in the text.
    pub(super) code: Vec<Span>,
}

/// A part of a reading.
#[derive(Debug, Clone)]
struct ReadPiece {
    /// Its first byte in the reading.
    start: usize,
    /// What it stands for in the source. Nothing, at the place where it would stand, for what is added.
    origin: Span,
    /// Whether it is written there byte by byte as it is read.
    is_verbatim: bool,
}

impl ReadText {
    /// Reads a text as it is, but for the forms of signs that programs put in place of those that were typed.
    pub(crate) fn plain(source: &str) -> Self {
        let mut reading = Self::default();
        let mut from = 0;
        for (address, letters) in leading_on(source) {
            reading.read(source, from..address.start);
            from = address.end;
            letters.into_iter().for_each(|(c, origin)| reading.put_letter(source, c, origin));
        }
        reading.read(source, from..source.len());
        reading
    }

    /// Begins to read HTML.
    pub(super) fn of_hypertext() -> Self {
        Self { is_hypertext: true, ..Self::default() }
    }

    /// Adds a part of a source, with one form of the signs in ids.
    pub(super) fn read(&mut self, source: &str, span: Span) {
        let mut from = span.start;
        for (at, c) in slice(source, span.clone()).char_indices().filter(|(_, c)| !c.is_ascii() || *c == '\\') {
            let at = span.start + at;
            let end = at + c.len_utf8();
            let Some(sign) = sign(source, at, c) else { continue };
            self.copy(source, from..at);
            self.put(sign, at..end);
            from = end;
        }
        self.copy(source, from..span.end);
    }

    /// Adds a part of a source as it is written.
    fn copy(&mut self, source: &str, span: Span) {
        if span.is_empty() {
            return;
        }
        let text = slice(source, span.clone());
        match self.pieces.last_mut() {
            Some(last) if last.is_verbatim && last.origin.end == span.start => last.origin.end = span.end,
            _ => self.pieces.push(ReadPiece { start: self.text.len(), origin: span, is_verbatim: true }),
        }
        self.text.push_str(text);
    }

    /// Adds what is read in place of a part of the source, if it is anything.
    pub(super) fn put(&mut self, text: &str, origin: Span) {
        if !text.is_empty() {
            self.pieces.push(ReadPiece { start: self.text.len(), origin, is_verbatim: false });
            self.text.push_str(text);
        }
    }

    /// Adds a character that stands for a part of the source.
    pub(super) fn put_letter(&mut self, source: &str, c: char, origin: Span) {
        let mut bytes = [0; 4];
        let letter = c.encode_utf8(&mut bytes);
        match slice(source, origin.clone()) == letter {
            true => self.copy(source, origin),
            false => self.put(letter, origin),
        }
    }

    /// Returns the part of the source that a part of the reading stands for.
    pub(super) fn origin(&self, span: &Span) -> Span {
        let piece = |at: usize| self.pieces.get(self.pieces.partition_point(|piece| piece.start <= at).checked_sub(1)?);
        let start = piece(span.start).map_or(0, |piece| match piece.is_verbatim {
            true => (piece.origin.start + span.start - piece.start).min(piece.origin.end),
            false => piece.origin.start,
        });
        let end = span.end.checked_sub(1).filter(|_| !span.is_empty()).and_then(piece);
        let end = end.map_or(start, |piece| match piece.is_verbatim {
            true => (piece.origin.start + span.end - piece.start).min(piece.origin.end),
            false => piece.origin.end,
        });
        start..end.max(start)
    }

    /// Returns an edit of the reading as one of the source. What is the same before and after it stays as it is written. None
    /// if what changes is parted by tags.
    pub(super) fn edit(&self, edit: &Edit) -> Option<Edit> {
        let (old, new) = (slice(&self.text, edit.span.clone()), edit.text.as_str());
        let before = alike(old.chars(), new.chars());
        let (old, new) = (slice(old, before..), slice(new, before..));
        let behind = alike(old.chars().rev(), new.chars().rev());
        let (start, end) = (edit.span.start + before, edit.span.end - behind);
        let new = slice(new, ..new.len() - behind);
        let new = if self.is_hypertext { escaped(new) } else { new.to_owned() };
        if start == end {
            return Some(Edit::insert(self.behind(start), new));
        }
        let is_whole = !self.is_hypertext || self.is_in_one_piece(&(start..end));
        is_whole.then(|| Edit::replace(self.origin(&(start..end)), new))
    }

    fn is_in_one_piece(&self, span: &Span) -> bool {
        let first = self.pieces.partition_point(|piece| piece.start <= span.start).saturating_sub(1);
        let end = self.pieces.partition_point(|piece| piece.start < span.end);
        let pieces = self.pieces.get(first..end).unwrap_or_default();
        pieces.windows(2).all(|pair| pair[0].origin.end == pair[1].origin.start)
    }

    /// Returns the place in the source behind a part of the reading.
    pub(super) fn behind(&self, at: usize) -> usize {
        let last = char_before(&self.text, at).map_or(0, char::len_utf8);
        self.origin(&(at - last..at)).end
    }
}

/// Returns the number of bytes that two texts have in common.
fn alike(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum()
}

/// Returns what is read in place of a sign of a text. None if that is the sign itself.
fn sign(text: &str, at: usize, c: char) -> Option<&'static str> {
    let before = || plain_sign(char_before(text, at)?);
    let behind = || {
        let rest = slice(text, at + c.len_utf8()..);
        plain_sign(rest.chars().find(|&c| !is_invisible(c))?)
    };
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    match c {
        // Programs that write Markdown escape signs that need not be: `TL\-036@2026\.1`.
        '\\' => {
            let mut behind = slice(text, at + 1..).chars();
            let (sign, next) = (behind.next(), behind.next());
            let is_within = match sign {
                Some('-') => is_letter(before()) && is_digit(next),
                Some('.') => is_digit(before()) && is_digit(next),
                Some('@') => is_digit(before()) && next.is_some_and(|c| c.is_ascii_digit() || c == '\\'),
                _ => false,
            };
            is_within.then_some("")
        }
        // A soft hyphen may be all that is left of one.
        '\u{ad}' if is_letter(before()) && is_digit(behind()) => Some("-"),
        c if is_invisible(c) => Some(""),
        '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}' => Some("-"),
        '\u{2012}' | '\u{2013}' | '\u{2212}' if is_letter(before()) && is_digit(behind()) => Some("-"),
        '．' if is_digit(before()) && is_digit(behind()) => Some("."),
        '＠' if before().is_some_and(|c| c.is_ascii_alphanumeric()) => Some("@"),
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => narrow(c),
        _ => None,
    }
}

/// Whether a sign shows nothing: hints to programs where lines may be broken, and the like.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Returns a letter or digit in its narrow form.
fn plain_sign(c: char) -> Option<char> {
    match c {
        c if c.is_ascii() => Some(c),
        c => char_at(narrow(c)?, 0),
    }
}

/// Returns the narrow form of a full-width letter or digit.
fn narrow(c: char) -> Option<&'static str> {
    const NARROW: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let at = match c {
        '０'..='９' => u32::from(c) - u32::from('０'),
        'Ａ'..='Ｚ' => u32::from(c) - u32::from('Ａ') + 10,
        'ａ'..='ｚ' => u32::from(c) - u32::from('ａ') + 36,
        _ => return None,
    };
    let at = usize::try_from(at).ok()?;
    NARROW.get(at..=at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_programs_put_into_ids_are_read_as_they_were_typed() {
        for text in [
            "TL\u{2010}036",
            "TL\u{2011}036",
            "TL\u{2012}036",
            "TL\u{2013}036",
            "TL\u{2212}036",
            "TL\u{fe63}036",
            "TL\u{ff0d}036",
            "TL\u{ad}036",
            "TL-\u{ad}036",
            "TL-\u{200b}036",
            "T\u{2060}L-036",
            "ＴＬ－０３６",
            "TL\\-036",
        ] {
            assert_eq!(ReadText::plain(text).text, "TL-036", "{text}");
        }
        for text in ["ＴＬ－０３６＠２０２６．１", "TL\\-036@2026\\.1", "TL\\-036\\@2026.1"] {
            assert_eq!(ReadText::plain(text).text, "TL-036@2026.1");
        }
        for text in ["TL-001–TL-004", "TL-001–004", "see–TL-001", "a＠b 符合。完．", "2025–2026", "1\\. a\\-b C:\\-1"]
        {
            assert_eq!(ReadText::plain(text).text, text.replace('＠', "@"));
        }
    }

    #[test]
    fn links_that_lead_over_other_sites_are_read_as_what_they_lead_to() {
        let source = "[x](https://www.google.com/url?q=https://a.example%2Fc/&sa=D), <https://b.example/?q=1>";
        let reading = ReadText::plain(source);
        assert_eq!(reading.text, "[x](https://a.example/c/), <https://b.example/?q=1>");
        let at = reading.text.find("/c/").unwrap();
        assert_eq!(&source[reading.origin(&(at..at + 3))], "%2Fc/");
    }

    #[test]
    fn every_part_knows_where_it_is_written() {
        let source = "見ＴＬ‑０\u{ad}３６ and";
        let reading = ReadText::plain(source);
        assert_eq!(reading.text, "見TL-036 and");
        assert_eq!(&source[reading.origin(&(3..9))], "ＴＬ‑０\u{ad}３６");
        assert_eq!(&source[reading.origin(&(10..13))], "and");
        assert_eq!(reading.origin(&(0..reading.text.len())), 0..source.len());
        assert_eq!(&source[reading.behind(9)..], " and");
        assert_eq!(ReadText::plain("").origin(&(0..0)), 0..0);
    }
}
