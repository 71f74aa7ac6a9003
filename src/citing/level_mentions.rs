//! Levels of editions in whatever text.

use super::behind::Behind;
use super::citable::Citable;
use super::mentions::{begins_with_criterion, comes_from};
use super::{CitedAddress, CitedLevel};
use crate::diagnostic::Span;
use crate::id::CriterionId;
use crate::text::{nearest, slice};

/// Levels of editions that stand by themselves, with the ladder that is named before them: `L6@2026.1`,
/// `management:L6@2026.1`. A word that is no level is one that was meant if the site has the edition behind it.
pub(super) fn levels(text: &str, citable: &Citable) -> Vec<(Span, CitedAddress)> {
    let mut found = Vec::new();
    for (sign, _) in text.match_indices('@') {
        let before = slice(text, ..sign);
        let apart =
            before.strip_suffix([' ', '\u{a0}']).filter(|before| named_at_end(before, &citable.levels).is_some());
        let before = apart.unwrap_or(before);
        let sign = before.len();
        let known = named_at_end(before, &citable.levels);
        let Some(id) = known.or_else(|| Some(word_at_end(before)).filter(|word| !word.is_empty())) else { continue };
        let before = slice(before, ..before.len() - id.len());
        let ladder = ladder_at_end(before, citable);
        let start = before.len() - ladder.map_or(0, |ladder| ladder.len() + 1);
        let outside = slice(text, ..start);
        // `see:TL-042@2026.1` cites a criterion behind a word.
        let is_criterion = [start, before.len()].iter().any(|&at| begins_with_criterion(slice(text, at..), citable));
        if is_criterion || comes_from(outside, citable) {
            continue;
        }
        let is_of_site =
            known.is_some() || ladder.is_some_and(|ladder| named_at_end(ladder, &citable.ladders).is_some());
        let (what, length) = match Behind::read(slice(text, sign..), None, citable) {
            Behind::Edition(name, length)
                if is_of_site || (citable.editions.contains(&name) && is_like_one(id, citable)) =>
            {
                let id_of_criterion = CriterionId::parse_leniently(id);
                let written = slice(text, start..sign + length).to_owned();
                match id_of_criterion.filter(|id| known.is_none() && citable.prefixes.iter().any(|p| p == id.prefix()))
                {
                    Some(_) => (CitedAddress::Id { written, cited: None }, length),
                    None => {
                        let (ladder, id) = (ladder.map(str::to_owned), id.to_owned());
                        (CitedAddress::Level(CitedLevel { ladder, id, edition: Some(name) }), length)
                    }
                }
            }
            Behind::NoEdition(edition, length) if is_of_site && is_like_edition(&edition) => {
                let subject = slice(text, start..sign).to_owned();
                (CitedAddress::NoEdition { subject, edition }, length)
            }
            _ => continue,
        };
        found.push((start..sign + length, what));
    }
    found
}

/// Whether a word may be meant as a level, or as the id of a criterion: packages have versions, too.
fn is_like_one(word: &str, citable: &Citable) -> bool {
    let letters = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
    let is_numbered = |level: &&String| letters(level).len() < level.len();
    let is_of_row = letters(word).len() < word.len()
        && citable.levels.iter().filter(is_numbered).any(|level| letters(level) == letters(word));
    let is_id = CriterionId::parse_leniently(word).is_some_and(|id| citable.known.contains(&id));
    is_of_row || is_id || nearest(word, citable.levels.iter().map(String::as_str)).is_some()
}

/// Whether a person who wrote this behind a level meant an edition: `2026.01`, `v2026.1`, `latest`.
fn is_like_edition(name: &str) -> bool {
    name == "latest" || name.trim_start_matches(['v', 'V']).starts_with(|c: char| c.is_ascii_digit())
}

/// Returns the longest of some names with which a text ends, in whatever letter case, as it is written there.
pub(super) fn named_at_end<'t>(text: &'t str, names: &[String]) -> Option<&'t str> {
    let written = |name: &String| {
        let (before, end) = text.split_at_checked(text.len().checked_sub(name.len())?)?;
        let is_whole = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
        (end.eq_ignore_ascii_case(name) && is_whole && !end.is_empty()).then_some(end)
    };
    names.iter().filter_map(written).max_by_key(|name| name.len())
}

/// Returns the word with which a text ends, if it begins with a letter.
fn word_at_end(text: &str) -> &str {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let word = slice(text, rest.len()..).trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    if rest.ends_with(['.', '/']) { "" } else { word }
}

/// Returns the ladder that is named before a level. Before a `:` every word is one, before a `/` it may be a folder.
fn ladder_at_end<'t>(before: &'t str, citable: &Citable) -> Option<&'t str> {
    match before.chars().next_back()? {
        ':' => Some(word_at_end(slice(before, ..before.len() - 1))).filter(|word| !word.is_empty()),
        '/' => named_at_end(slice(before, ..before.len() - 1), &citable.ladders),
        _ => None,
    }
}
