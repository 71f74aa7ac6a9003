//! A text as inline Markdown.
//!
//! Whether a delimiter begins or ends emphasis depends on the characters beside it and on the other delimiters around.
//! So marks are first written as people write them and read again. Where they would not read as they are meant, other
//! delimiters are tried, and then the letters beside them are written as character references: `階` as `&#38542;`.

use std::slice::from_ref;

use super::document::{Inline, Reference, RichText};
use super::plain::plain;
use crate::text::han::joins;
use crate::text::slice;

/// The greatest number of marks in a group that get other delimiters one by one, and all together.
const MAX_MARKS: usize = 128;
const MAX_SWAPPED: usize = 8;

/// The number of characters of an adjoining word that a delimiter is tried with.
const REACH: usize = 3;

/// The block that inlines are written into.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Container {
    Paragraph,
    /// The cell of a table. Every bar in it is escaped afterwards, whatever it stands in.
    Cell,
}

/// Writes a text, in one line unless it holds line ends of its own.
pub(super) fn written(text: &RichText, container: Container) -> String {
    let inlines = text.inlines.as_slice();
    let mut all = Vec::new();
    let mut start = 0;
    for group in inlines.chunk_by(|one, other| !is_apart(one) && !is_apart(other)) {
        let end = start + group.len();
        all.extend(styles(&inlines[..start], group, &inlines[end..], container));
        start = end;
    }
    let written = in_styles(inlines, &all, container);
    match inlines {
        [Inline::Reference(Reference { written: reference, .. }), Inline::Text(words), ..]
            if words.starts_with(':') && RichText::read(&written) != *text =>
        {
            // It would define where the reference leads.
            let rest = written.strip_prefix(reference).unwrap_or_default();
            format!("{reference}\\{rest}")
        }
        _ => written,
    }
}

/// The letters of the delimiters right before a mark and around it.
#[derive(Clone, Copy, Default)]
struct Beside {
    before: Option<char>,
    around: Option<char>,
}

/// The way in which a mark is written.
#[derive(Debug, Clone, Copy, Default)]
struct MarkStyle {
    /// With underscores in place of asterisks or the other way round, or with one tilde in place of two.
    is_swapped: bool,
    /// With character references around it, next to which every delimiter works.
    is_guarded: bool,
}

/// Returns the ways in which the marks of a group are written, given the inlines before and after it.
fn styles(before: &[Inline], group: &[Inline], after: &[Inline], container: Container) -> Vec<MarkStyle> {
    let count = marks(group);
    if count == 0 {
        return Vec::new();
    }
    let before = match (before.last().and_then(words), group) {
        (Some(words), _) => Some(format!("x{}", slice(words, last_letters(words)..))),
        // At its beginning a paragraph could be a definition.
        (None, [first, ..]) if words(first).is_none() => Some("x ".to_owned()),
        (None, _) => None,
    };
    let after = after.first().and_then(words).map(|words| format!("{}x", slice(words, ..first_letters(words))));
    let (before, after) = (before.map(Inline::Text), after.map(Inline::Text));
    let meant: Vec<_> = before.into_iter().chain(group.iter().cloned()).chain(after).collect();
    let is_read = |styles: &Vec<MarkStyle>| {
        let written = in_styles(&meant, styles, container);
        RichText::read(&written).inlines == meant
    };
    let all = |is_guarded: bool, swapped: u128| {
        let style = |at| MarkStyle { is_swapped: at < MAX_MARKS && swapped >> at & 1 == 1, is_guarded };
        (0..count).map(style).collect()
    };
    // People write delimiters as they are used to, or other ones in one place.
    let few = || std::iter::once(0).chain((0..count.min(MAX_MARKS)).map(|at| 1 << at));
    let many = 0..1 << count.min(MAX_SWAPPED);
    let guarded = few().chain(many).map(|swapped| all(true, swapped));
    let mut tried = few().map(|swapped| all(false, swapped)).chain(guarded);
    tried.find(is_read).unwrap_or_else(|| vec![MarkStyle::default(); count])
}

/// Returns the start of the last letters of words that affect the text after them.
fn last_letters(words: &str) -> usize {
    words.char_indices().nth_back(REACH - 1).map_or(0, |(at, _)| at)
}

/// Returns the end of the first letters of words that affect the text before them.
fn first_letters(words: &str) -> usize {
    words.char_indices().nth(REACH).map_or(words.len(), |(at, _)| at)
}

/// Returns the number of marks with delimiters that depend on their surroundings.
fn marks(inlines: &[Inline]) -> usize {
    let marks_in = |inline: &Inline| match inline {
        Inline::Link { inlines, .. } => marks(inlines),
        _ => delimited(inline).map_or(0, |inner| 1 + marks(inner)),
    };
    inlines.iter().map(marks_in).sum()
}

fn delimited(inline: &Inline) -> Option<&[Inline]> {
    match inline {
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => Some(inner),
        _ => None,
    }
}

/// The sign of a footnote in a text.
fn footnote(label: &str) -> String {
    format!("[^{label}]")
}

/// Whether these are words that separate their neighbours.
fn is_apart(inline: &Inline) -> bool {
    matches!(inline, Inline::Box { .. }) || words(inline).is_some_and(|words| words.chars().nth(REACH - 1).is_some())
}

fn words(inline: &Inline) -> Option<&str> {
    match inline {
        Inline::Text(words) => Some(words),
        _ => None,
    }
}

/// Writes a text whose marks are written in these manners, an outer one before those within it.
fn in_styles(inlines: &[Inline], styles: &[MarkStyle], container: Container) -> String {
    let mut writer = Writer { container, styles: styles.iter(), written: String::new(), loose: 0 };
    writer.inlines(inlines, Edge::Free, Edge::End, None);
    writer.written
}

/// The neighbour of a character.
#[derive(Clone, Copy, PartialEq)]
enum Edge {
    /// Nothing that it matters to.
    Free,
    /// The end of a line, at which a space would be none.
    End,
    /// A delimiter that it stands within, and which a space would keep from being one.
    Within,
    /// A guarded delimiter that it stands outside of, and which a letter might keep from being one.
    Guarded,
    /// A reference that it stands behind, and could be taken for a part of.
    Reference,
    /// The sign of a footnote that it stands behind, with which the line begins: it could define the footnote.
    Footnote,
}

impl Edge {
    fn outside(style: MarkStyle) -> Self {
        if style.is_guarded { Self::Guarded } else { Self::Free }
    }

    /// Whether a character has to be written as a reference.
    fn hides(self, c: char) -> bool {
        match self {
            Self::End => c == ' ',
            Self::Within => c.is_whitespace(),
            Self::Guarded => !c.is_whitespace() && !c.is_ascii_punctuation(),
            // Even escaped it would begin the label of the reference.
            Self::Reference => c == '[',
            Self::Footnote => matches!(c, '[' | ':'),
            Self::Free => false,
        }
    }
}

struct Writer<'a> {
    container: Container,
    /// The styles of the marks that are still to be written.
    styles: std::slice::Iter<'a, MarkStyle>,
    written: String,
    /// The longest run of backticks in references so far. They are written as they stand, and code could begin there.
    loose: usize,
}

impl Writer<'_> {
    fn inlines(&mut self, inlines: &[Inline], start: Edge, end: Edge, around: Option<char>) {
        let mut beside = Beside { before: None, around };
        let mut before = start;
        for (at, inline) in inlines.iter().enumerate() {
            let next = inlines.get(at + 1);
            match inline {
                // A backslash at the end of the words of a link would be one.
                Inline::HardBreak if next.is_none() && !self.written.ends_with('\n') => {
                    self.written.push_str("  \n");
                }
                Inline::Text(words) => {
                    let after = match next {
                        None => end,
                        Some(Inline::HardBreak) if at + 2 == inlines.len() => Edge::End,
                        Some(next) if delimited(next).is_some() => self.next_edge(),
                        Some(_) => Edge::Free,
                    };
                    self.words(words, before, after);
                    (beside.before, before) = (None, Edge::Free);
                }
                marked => {
                    if at > 0 {
                        self.written.push_str(between(&inlines[at - 1], marked));
                    }
                    let begins_line = self.begins_line();
                    let edge = self.next_edge();
                    let inner = delimited(marked);
                    beside.before = self.marked(marked, inner, beside);
                    before = match marked {
                        _ if inner.is_some() => edge,
                        Inline::Footnote { .. } if begins_line => Edge::Footnote,
                        Inline::Reference(_) | Inline::Footnote { .. } => Edge::Reference,
                        _ => Edge::Free,
                    };
                }
            }
        }
    }

    fn begins_line(&self) -> bool {
        self.written.is_empty() || self.written.ends_with('\n')
    }

    /// Returns the outside of the next mark with delimiters.
    fn next_edge(&self) -> Edge {
        self.styles.as_slice().first().map_or(Edge::Free, |style| Edge::outside(*style))
    }

    /// Writes marked words, and gives back the letter of their delimiters.
    fn marked(&mut self, marked: &Inline, inner: Option<&[Inline]>, beside: Beside) -> Option<char> {
        match marked {
            Inline::Emphasis(_) | Inline::Strong(_) | Inline::Strikethrough(_) => {
                let inner = inner.unwrap_or_default();
                let style = self.styles.next().copied().unwrap_or_default();
                let (letter, count) = delimiter(marked, inner, beside, style);
                let run = letter.to_string().repeat(count);
                self.written.push_str(&run);
                let around = if letter == '~' { beside.around } else { Some(letter) };
                self.inlines(inner, Edge::Within, Edge::Within, around);
                self.written.push_str(&run);
                return Some(letter);
            }
            Inline::Code(code) => {
                let fence = "`".repeat(longest_run(code).max(self.loose) + 1);
                let is_spaced = code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty();
                let pad = if code.starts_with('`') || code.ends_with('`') || is_spaced { " " } else { "" };
                self.written.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
            }
            Inline::Link { target, title, inlines, .. } => {
                let bare = format!("<{}>", plain(inlines));
                // No bar can be escaped in it.
                let is_whole = self.container != Container::Cell || !target.contains('|');
                let is_itself = is_whole && title.is_empty() && target.ends_with(&plain(inlines));
                if is_itself && RichText::read(&bare).inlines == from_ref(marked) {
                    self.written.push_str(&bare);
                } else {
                    self.bracket("[");
                    self.inlines(inlines, Edge::Free, Edge::Free, None);
                    self.written.push_str(&format!("]({}{})", address(target), quoted(title)));
                }
            }
            Inline::Image { target, title, alternative, .. } => {
                self.written.push_str("![");
                self.words(alternative, Edge::Free, Edge::Free);
                self.written.push_str(&format!("]({}{})", address(target), quoted(title)));
            }
            Inline::Reference(Reference { written, .. }) => {
                self.loose = self.loose.max(longest_run(written));
                self.bracket(written);
            }
            Inline::Footnote { label, .. } => self.bracket(&footnote(label)),
            Inline::Box { ticked, .. } => self.written.push_str(if *ticked { "[x] " } else { "[ ] " }),
            Inline::HardBreak => self.written.push_str("\\\n"),
            Inline::Text(words) => self.words(words, Edge::Free, Edge::Free),
        }
        None
    }

    /// Writes what begins with a bracket. With a mark of exclamation before it, it would be an image.
    fn bracket(&mut self, written: &str) {
        if self.written.ends_with('!') {
            self.written.insert(self.written.len() - 1, '\\');
        }
        self.written.push_str(written);
    }

    /// Writes words as they are meant: what Markdown would read as markup is escaped.
    fn words(&mut self, words: &str, before: Edge, after: Edge) {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let mut last = None;
        let mut rest = words.chars();
        let mut is_first = true;
        let begins_line = self.begins_line();
        let mut is_number = begins_line;
        while let Some(c) = rest.next() {
            let mut behind = rest.clone();
            let next = behind.next();
            let hides_next = next.is_some_and(|next| behind.next().is_none() && after.hides(next));
            let is_within_word = is_word(last) && is_word(next) && !hides_next;
            last = Some(c);
            match c {
                '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{FEFF}' => last = self.hidden(c),
                _ if is_first && before.hides(c) || next.is_none() && after.hides(c) => last = self.hidden(c),
                ' ' if begins_line && is_first => last = self.hidden(c),
                '`' if self.loose > 0 => last = self.hidden(c),
                '|' if self.container == Container::Cell => self.written.push(c),
                // Within a word it marks nothing.
                '_' if is_within_word => self.written.push(c),
                '&' if !is_word(next) && next != Some('#') => self.written.push(c),
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '{' | '|' => self.written.extend(['\\', c]),
                '+' | '-' | '=' | '>' | ':' | '#' if begins_line && is_first => self.written.extend(['\\', c]),
                '.' | ')' if is_number && !is_first => self.written.extend(['\\', c]),
                '(' if is_first && matches!(before, Edge::Reference | Edge::Footnote) => self.written.extend(['\\', c]),
                _ => self.written.push(c),
            }
            is_first = false;
            is_number &= c.is_ascii_digit();
        }
    }

    /// Writes a character as a reference to it, which is no part of a word.
    fn hidden(&mut self, c: char) -> Option<char> {
        self.written.push_str(&format!("&#{};", u32::from(c)));
        None
    }
}

/// Returns the delimiter of emphasis and its length. Underscores can touch asterisks and stay distinct, but do not work
/// within words.
fn delimiter(marked: &Inline, inner: &[Inline], beside: Beside, style: MarkStyle) -> (char, usize) {
    let touches = |inline: Option<&Inline>| matches!(inline, Some(Inline::Emphasis(_) | Inline::Strong(_)));
    let count = if matches!(marked, Inline::Emphasis(_)) { 1 } else { 2 };
    if matches!(marked, Inline::Strikethrough(_)) {
        return ('~', if style.is_swapped { 1 } else { 2 });
    }
    let is_underscore = match style.is_guarded {
        true => beside.before.or(beside.around) == Some('*'),
        false => beside.before == Some('*') || touches(inner.first()) || touches(inner.last()),
    };
    (if is_underscore == style.is_swapped { '*' } else { '_' }, count)
}

/// Returns what stands between two inlines that would be read as one if they touched. Where both are Han, a line can end
/// there, which stands for no space.
fn between(one: &Inline, other: &Inline) -> &'static str {
    let merges = matches!(
        (one, other),
        (Inline::Code(_), Inline::Code(_))
            | (Inline::Strikethrough(_), Inline::Strikethrough(_))
            | (Inline::Reference(_) | Inline::Footnote { .. }, Inline::Reference(_) | Inline::Link { .. })
    );
    let (before, after) = (plain(from_ref(one)), plain(from_ref(other)));
    match (before.chars().next_back(), after.chars().next()) {
        _ if !merges => "",
        (Some(a), Some(b)) if joins(a, b) => "\n",
        _ => "<!-- -->",
    }
}

fn address(target: &str) -> String {
    let escaped = target.replace('\\', "\\\\").replace('&', "&amp;").replace('<', "\\<").replace('>', "\\>");
    format!("<{}>", escaped.replace('\n', "&#10;").replace('\r', "&#13;"))
}

fn quoted(title: &str) -> String {
    if title.is_empty() {
        return String::new();
    }
    let escaped = title.replace('\\', "\\\\").replace('&', "&amp;").replace('"', "\\\"");
    format!(" \"{}\"", escaped.replace('\n', "&#10;").replace('\r', "&#13;"))
}

/// Returns the length of the longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
