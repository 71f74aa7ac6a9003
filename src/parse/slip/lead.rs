//! The beginnings of list items and headings, and lines that were meant to begin one.

use crate::diagnostic::Span;
use crate::text::{Edit, char_at, slice, split};

/// The beginning of a line that was meant to begin a list item or a heading.
pub(super) struct Lead<'a> {
    span: Span,
    /// As it is written, without the space that may follow.
    sign: &'a str,
    /// As it has to be written, with its space.
    pub(super) meant: String,
    pub(super) kind: LeadKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LeadKind {
    Dash,
    Bullet,
    Number,
    Heading,
}

impl<'a> Lead<'a> {
    /// Reads the line that begins at a byte. None if it begins with nothing that was meant so, or as it has to.
    pub(super) fn of(text: &'a str, line: usize) -> Option<Self> {
        let start = line + indentation(slice(text, line..));
        let rest = slice(text, start..).lines().next().unwrap_or_default();
        let first = rest.chars().next()?;
        let hashes = rest.len() - rest.trim_start_matches(['#', '＃']).len();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (kind, length, meant) = match first {
            '#' | '＃' => {
                let depth = slice(rest, ..hashes).chars().count();
                (LeadKind::Heading, hashes, "#".repeat(depth) + " ")
            }
            '-' | '+' | '*' => (LeadKind::Dash, 1, format!("{first} ")),
            _ if BULLETS.contains(first) => (LeadKind::Bullet, first.len_utf8(), marker_before(text, start)),
            _ if (1..=9).contains(&digits) => {
                let dot = char_at(rest, digits).filter(|dot| ".)．）、".contains(*dot))?;
                let meant = if ")）".contains(dot) { ')' } else { '.' };
                (LeadKind::Number, digits + dot.len_utf8(), format!("{}{meant} ", slice(rest, ..digits)))
            }
            _ => return None,
        };
        let (sign, after) = split(rest, length);
        let statement = after.trim_start();
        let is_right = after.starts_with([' ', '\t']) && meant.trim_end() == sign;
        let is_rule = kind == LeadKind::Dash && statement.starts_with(first);
        let is_heading = kind != LeadKind::Heading || meant.len() <= 7;
        if statement.is_empty() || is_right || is_rule || !is_heading {
            return None;
        }
        let span = start..start + length + (after.len() - statement.len());
        Some(Self { span, sign, meant, kind })
    }

    /// Returns the message about it.
    pub(super) fn cause(&self) -> String {
        let (sign, meant) = (self.sign, self.meant.trim_end());
        match self.kind {
            _ if sign != meant => format!("`{sign}` does not begin a {}", self.begins()),
            LeadKind::Dash if sign == "-" => "a dash needs a space after it".to_owned(),
            LeadKind::Heading => format!("a heading needs a space after `{sign}`"),
            _ => format!("`{sign}` needs a space after it"),
        }
    }

    fn begins(&self) -> &'static str {
        if self.kind == LeadKind::Heading { "heading" } else { "list item" }
    }

    /// Returns the sign alone, for what is shown.
    pub(super) fn shown(&self) -> Span {
        self.span.start..self.span.start + self.sign.len()
    }

    pub(super) fn edit(&self) -> Edit {
        Edit::replace(self.span.clone(), self.meant.clone())
    }
}

/// Bullets that word processors and keyboards for Chinese use in place of a dash.
const BULLETS: &str = "•‧∙·・●○◦◯▪▫■□◆◇▶►➢➤➔→⁃‣※✓✔✗☐–—−－＊＋\u{F0B7}\u{F0A7}\u{F0D8}\u{F076}";

/// Returns the sign of the list item before a byte, with a space.
fn marker_before(text: &str, at: usize) -> String {
    let signs = slice(text, ..at).lines().rev().filter_map(|line| {
        let (sign, _) = line.trim_start().split_at_checked(2)?;
        ["- ", "* ", "+ "].contains(&sign).then(|| sign.to_owned())
    });
    signs.take(1).next().unwrap_or_else(|| "- ".to_owned())
}

/// A list item that begins within a line.
pub(super) struct Joined {
    /// The length of its sign in bytes; `length` includes the space after it.
    pub(super) sign: usize,
    pub(super) length: usize,
    pub(super) meant: String,
}

pub(super) fn joined(text: &str, at: usize) -> Option<Joined> {
    let rest = slice(text, at..).lines().next().unwrap_or_default();
    let first = rest.chars().next().filter(|c| "-+*".contains(*c) || BULLETS.contains(*c))?;
    let after = slice(rest, first.len_utf8()..);
    let statement = after.trim_start();
    let is_sign = !statement.is_empty() && !statement.starts_with(first);
    let meant = if "-+*".contains(first) { format!("{first} ") } else { marker_before(text, at) };
    is_sign.then(|| Joined { sign: first.len_utf8(), length: rest.len() - statement.len(), meant })
}

pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
