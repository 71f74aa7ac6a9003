//! Characters that no page and no feed may hold.
//!
//! XML 1.0 has no way to write most control characters, HTML calls them errors, and a directional control that is not
//! closed turns around what stands behind it. Texts get them from slides, from PDF files and from other encodings.

use std::borrow::Cow;

use super::{Span, slice};

/// A character of a text with the bytes that stand for it.
pub(crate) type SpannedChar = (Span, char);

/// Returns whether neither HTML nor XML 1.0 can hold a character: control characters other than tabs and line ends, and
/// what Unicode says is no character.
pub(crate) fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{FDD0}'..='\u{FDEF}' => true,
        c => c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE,
    }
}

/// The effect of a directional control on the text after it.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Embeds,
    Isolates,
}

/// Returns what a directional control begins or ends.
fn directs(c: char) -> Option<(Direction, bool)> {
    match c {
        '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => Some((Direction::Embeds, true)),
        '\u{202C}' => Some((Direction::Embeds, false)),
        '\u{2066}'..='\u{2068}' => Some((Direction::Isolates, true)),
        '\u{2069}' => Some((Direction::Isolates, false)),
        _ => None,
    }
}

/// Returns whether a character is a directional control.
pub(crate) fn is_directional(c: char) -> bool {
    directs(c).is_some()
}

/// Returns the characters among these that no page may hold. Directional controls may, if each is closed in its line.
pub(crate) fn forbidden_among(characters: impl IntoIterator<Item = SpannedChar>) -> Vec<SpannedChar> {
    let mut found = Vec::new();
    let mut open: Vec<(Direction, SpannedChar)> = Vec::new();
    for (span, c) in characters {
        match directs(c) {
            Some((direction, true)) => open.push((direction, (span, c))),
            Some((direction, false)) => match open.pop_if(|(other, _)| *other == direction) {
                Some(_) => {}
                None => found.push((span, c)),
            },
            None if is_forbidden(c) => found.push((span, c)),
            None if c == '\n' => found.extend(open.drain(..).map(|(_, opened)| opened)),
            None => {}
        }
    }
    found.extend(open.into_iter().map(|(_, opened)| opened));
    found.sort_by_key(|(span, _)| span.start);
    found
}

/// Returns whether what is forbidden may begin with a byte: it is no letter of English, or begins other characters too.
fn may_begin_forbidden(byte: u8) -> bool {
    match byte {
        b'\t' | b'\n' | b'\r' => false,
        // The first bytes of U+0080 to U+00BF, of U+2000 to U+2FFF, of U+F000 to U+FFFF and of what is above.
        0..0x20 | 0x7F | 0xC2 | 0xE2 | 0xEF.. => true,
        _ => false,
    }
}

/// Returns the characters of a text that no page may hold.
pub(crate) fn forbidden_in(text: &str) -> Vec<SpannedChar> {
    // Most texts have none, and are read fast: first byte by byte.
    if !text.bytes().any(may_begin_forbidden) || !text.chars().any(|c| is_forbidden(c) || is_directional(c)) {
        return Vec::new();
    }
    forbidden_among(text.char_indices().map(|(at, c)| (at..at + c.len_utf8(), c)))
}

/// Returns a text with spaces in place of what no page may hold, as many as it had bytes: all places stay.
pub(crate) fn blanked(text: &str) -> Cow<'_, str> {
    replaced(text, |(span, _)| Cow::Owned(" ".repeat(span.len())))
}

/// Returns a text without what no page may hold.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    replaced(text, |(_, c)| Cow::Borrowed(in_place_of(*c)))
}

fn replaced(text: &str, by: impl Fn(&SpannedChar) -> Cow<'static, str>) -> Cow<'_, str> {
    let found = forbidden_in(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for written in found {
        replaced.push_str(slice(text, from..written.0.start));
        replaced.push_str(&by(&written));
        from = written.0.end;
    }
    replaced.push_str(slice(text, from..));
    Cow::Owned(replaced)
}

/// Returns the replacement of a character that no page may hold. Slides break lines with vertical tabs, and some files
/// with form feeds and U+0085.
pub(crate) fn in_place_of(c: char) -> &'static str {
    match c {
        '\u{B}' | '\u{C}' | '\u{85}' => " ",
        _ => "",
    }
}

/// Returns the characters that are written by backslashes in strings of TOML and JSON, and the line ends between them.
pub(crate) fn escapes(text: &str) -> Vec<SpannedChar> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = slice(text, from..).find(['\\', '\n']).map(|at| from + at) {
        let rest = slice(text, at + 1..);
        let length = match rest.bytes().next() {
            _ if slice(text, at..).starts_with('\n') => 0,
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let code = |length| rest.get(1..=length).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let pair = code(length).filter(|_| length == 4).and_then(|high| pair(high, slice(rest, 5..)));
        let length = if pair.is_some() { 10 } else { length };
        let character = match rest.chars().next() {
            _ if pair.is_some() => pair,
            _ if slice(text, at..).starts_with('\n') => Some('\n'),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{C}'),
            Some('e') => Some('\u{1B}'),
            Some('x' | 'u' | 'U') => code(length).and_then(char::from_u32),
            _ => None,
        };
        let is_line_end = character == Some('\n') && length == 0;
        // What a backslash hides means nothing, not even another backslash.
        let hidden = rest.chars().next().map_or(0, char::len_utf8);
        let end = if is_line_end { at + 1 } else { at + 1 + hidden + if character.is_some() { length } else { 0 } };
        found.extend(character.map(|c| (at..end, c)));
        from = end;
    }
    found
}

/// Returns the character that two surrogates write in JSON, the second of which stands in what follows.
fn pair(high: u32, rest: &str) -> Option<char> {
    let low = u32::from_str_radix(rest.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    let is_pair = (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low);
    char::from_u32(0x10000 + (high.checked_sub(0xD800)? << 10) + low.checked_sub(0xDC00)?).filter(|_| is_pair)
}

/// Returns the characters that are written by number in Markdown, `&#8;` and `&#x8;`, and the line ends between them.
/// What stands for no character at all counts as U+0000.
pub(crate) fn references(text: &str) -> Vec<SpannedChar> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = slice(text, from..).find(['&', '\\', '\n']).map(|at| from + at) {
        let rest = slice(text, at..);
        from = at + 1;
        if rest.starts_with('\n') {
            found.push((at..from, '\n'));
        } else if rest.starts_with('\\') {
            from += slice(text, from..).chars().next().filter(|&c| c != '\n').map_or(0, char::len_utf8);
        } else if let Some((digits, _)) = rest.strip_prefix("&#").and_then(|rest| rest.split_once(';')) {
            let (digits, radix, most) = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => (hexadecimal, 16, 6),
                None => (digits, 10, 7),
            };
            let is_number = (1..=most).contains(&digits.len()) && digits.chars().all(|c| c.is_digit(radix));
            if let Some(code) = u32::from_str_radix(digits, radix).ok().filter(|_| is_number) {
                from = at + rest.find(';').map_or(1, |end| end + 1);
                found.push((at..from, char::from_u32(code).unwrap_or('\0')));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<char> {
        forbidden_in(text).into_iter().map(|(_, c)| c).collect()
    }

    #[test]
    fn control_characters_and_what_is_no_character_are_forbidden_and_all_else_is_not() {
        for c in "\0\u{8}\u{B}\u{C}\u{1F}\u{7F}\u{85}\u{9F}\u{FDD0}\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}".chars() {
            assert!(is_forbidden(c), "{c:?}");
        }
        for c in "\t\r\n a職\u{A0}\u{AD}\u{200B}\u{200D}\u{200E}\u{2028}\u{FEFF}\u{FFFD}🎉".chars() {
            assert!(!is_forbidden(c), "{c:?}");
        }
    }

    #[test]
    fn directional_controls_are_closed_in_their_lines_or_forbidden() {
        assert_eq!(found("a \u{2067}עברית\u{2069} b \u{202B}ع\u{202C}\n"), [' '; 0]);
        assert_eq!(found("a \u{202E}b\nc \u{202C}"), ['\u{202E}', '\u{202C}']);
        assert_eq!(found("\u{2066}a\u{202C}"), ['\u{2066}', '\u{202C}']);
        assert_eq!(found("\u{2066}\u{202A}a\u{202C}\u{2069}"), [' '; 0]);
    }

    #[test]
    fn characters_written_by_number_are_known() {
        let read = |written: Vec<SpannedChar>| {
            written.into_iter().map(|(span, c)| (span.start, span.end, c)).collect::<Vec<_>>()
        };
        assert_eq!(read(escapes(r"a\b\\b\u0008\x7F")), [(1, 3, '\u{8}'), (6, 12, '\u{8}'), (12, 16, '\u{7F}')]);
        assert_eq!(read(escapes(r"\U0001F389 \n \uD83D")), [(0, 10, '🎉')]);
        assert_eq!(read(escapes(r"\uD83F\uDFFF\u0008")), [(0, 12, '\u{1FFFF}'), (12, 18, '\u{8}')]);
        assert_eq!(read(references(r"&#8;\&#8;&#x0;&amp;")), [(0, 4, '\u{8}'), (9, 14, '\0')]);
        assert_eq!(read(references("&#xD800;\n&#12345678;&#;&#")), [(0, 8, '\0'), (8, 9, '\n')]);
    }

    #[test]
    fn what_stands_in_their_place_keeps_words_apart() {
        assert_eq!(printable("a\u{B}b\u{8}c\0"), "a bc");
        assert_eq!(blanked("a\u{B}b\u{FFFE}c"), "a b   c");
    }

    properties! {
        256 cases,

        #[test]
        fn whatever_a_text_holds_nothing_forbidden_is_left(text in "[\\PC\\x00-\\x20\\x7f-\\x9f\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FFFE}]{0,40}") {
            // What is read fast is read as the rest is.
            let all = forbidden_among(text.char_indices().map(|(at, c)| (at..at + c.len_utf8(), c)));
            prop_assert_eq!(forbidden_in(&text), all);
            prop_assert_eq!(found(&printable(&text)), [' '; 0]);
            let blanked = blanked(&text);
            prop_assert_eq!(found(&blanked), [' '; 0]);
            prop_assert_eq!(blanked.len(), text.len());
            // None of these is in the way, whatever stands there.
            let _ = (escapes(&text), references(&text));
        }
    }
}
