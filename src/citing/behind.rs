//! What stands behind an id or a level: an edition, nothing of it, or the rest of something else.

use super::citable::Citable;
use super::mentions::begins_with_id;
use super::series::goes_on_with_number;
use crate::id::{CriterionId, EditionName};
use crate::text::slice;

/// What stands behind an id.
pub(super) enum Behind {
    /// The id alone is all of the citation.
    Nothing,
    /// An edition, and its length with the `@`.
    Edition(EditionName, usize),
    /// What is not the name of an edition, with its length.
    NoEdition(String, usize),
    /// It is no citation but a part of something else, such as a path or an e-mail address.
    Other,
}

impl Behind {
    /// Reads the text behind an id of a criterion, or behind something else.
    pub(super) fn read(rest: &str, id: Option<&CriterionId>, citable: &Citable) -> Self {
        let (found, rest) = match behind_sign(rest) {
            Some((sign, name)) => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
                let end = name.find(|c| !is_part(c)).unwrap_or(name.len());
                // `TL-001@2026.1..TL-003`
                let end = name.find("..").map_or(end, |dots| dots.min(end));
                // `TL-001@2026.1-TL-003@2026.1`
                let is_id = |at: usize| {
                    begins_with_id(slice(name, at + 1..), citable)
                        || id.is_some_and(|id| goes_on_with_number(slice(name, at..), id))
                };
                let mut signs = slice(name, ..end).match_indices('-').map(|(at, _)| at);
                let end = signs.find(|&at| is_id(at)).unwrap_or(end);
                let name = slice(name, ..end).trim_end_matches(['.', '-', '_']);
                let length = name.len() + sign;
                let found = match EditionName::parse(name) {
                    _ if name.is_empty() || is_host(name) || is_time(slice(rest, length..)) || is_density(name) => {
                        return Self::Other;
                    }
                    Some(edition) => Self::Edition(edition, length),
                    None => Self::NoEdition(name.to_owned(), length),
                };
                (found, slice(rest, length..))
            }
            None => (Self::Nothing, rest),
        };
        let is_number = id.is_some_and(|id| goes_on_with_number(rest, id));
        if goes_on(rest, citable) && !is_number { Self::Other } else { found }
    }
}

/// Returns the length of the `@` with which a text begins, and what stands behind it. Behind a space, only an edition does.
fn behind_sign(text: &str) -> Option<(usize, &str)> {
    if let Some(name) = text.strip_prefix('@') {
        return Some((1, name));
    }
    let rest = text.strip_prefix([' ', '\u{a0}'])?.strip_prefix('@')?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let name = slice(rest, ..end).trim_end_matches('.');
    let is_edition = name.contains('.') && EditionName::parse(name).is_some();
    is_edition.then(|| (text.len() - rest.len(), rest))
}

/// Whether what stands behind an `@` is a host or the name of a file: `example.com`.
fn is_host(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.len() > 1 && end.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Whether a number before a text is the hour of a time: `10:30`.
fn is_time(behind: &str) -> bool {
    behind.strip_prefix(':').is_some_and(|minutes| minutes.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a name says how dense a picture is: `2x`.
fn is_density(name: &str) -> bool {
    name.strip_suffix('x').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a word goes on behind an id: `TL-042a`, `TL-042-draft`, `TL-042.pdf`, `TL-042/notes`.
fn goes_on(rest: &str, citable: &Citable) -> bool {
    let is_word = |text: &str| text.starts_with(|c: char| c.is_ascii_alphanumeric());
    let behind = slice(rest, rest.chars().next().map_or(0, char::len_utf8)..);
    match rest.chars().next() {
        Some('_') => is_word(rest.trim_start_matches('_')),
        Some('.') => is_word(behind),
        Some('-') => is_word(behind) && !begins_with_id(behind, citable),
        Some('/' | '\\') => {
            !begins_with_id(behind, citable)
                && behind.chars().next().is_none_or(|c| c.is_ascii() && !c.is_ascii_control())
        }
        Some(c) => c.is_ascii_alphanumeric() || c == '@',
        None => false,
    }
}
