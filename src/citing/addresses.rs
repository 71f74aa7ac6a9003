//! Addresses of a site in whatever text.

use percent_encoding::percent_decode_str;
use url::Url;

use super::CitedAddress;
use crate::diagnostic::Span;
use crate::text::{slice, split};

/// Returns the addresses that begin with one of those of the site, with either of http and https.
pub(super) fn addresses(text: &str, bases: &[&Url]) -> Vec<(Span, CitedAddress)> {
    // One may stand below another. The longest one says what is meant.
    let mut by_length: Vec<_> = bases.iter().enumerate().map(|(at, base)| (at > 0, *base)).collect();
    by_length.sort_by_key(|(_, base)| std::cmp::Reverse(base.as_str().len()));
    let address_at = |(sign, mark): (usize, &str)| {
        let before = slice(text, ..sign);
        let scheme = ["https", "http"].into_iter().find(|scheme| ends_with_word(before, scheme))?;
        let start = sign - scheme.len();
        if is_within_address(slice(text, ..start)) {
            return None;
        }
        let address = slice(text, sign + mark.len()..).split(ends_address).next().unwrap_or_default();
        // A path of the site has none of these, as the cell of a table may.
        let path_end = address.find(['#', '?']).unwrap_or(address.len());
        let end = slice(address, ..path_end).find([',', ';', '\\']).unwrap_or(address.len());
        let address = slice(address, ..end);
        // What ends a sentence is no part of the address.
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        let (is_former, below) =
            by_length.iter().find_map(|(is_former, base)| Some((*is_former, below(address, base)?)))?;
        let (path, fragment) = match below.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (below, None),
        };
        let (path, query) = split(path, path.find('?').unwrap_or(path.len()));
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let what = CitedAddress::Page {
            path: decoded(path),
            query: query.to_owned(),
            fragment: fragment.map(decoded).filter(|fragment| !fragment.is_empty()),
            is_former,
        };
        Some((start..sign + mark.len() + address.len(), what))
    };
    text.match_indices("://").filter_map(address_at).collect()
}

/// Whether what follows a text is part of an address: of one of another site, or of an archive that holds ours.
pub(super) fn is_within_address(before: &str) -> bool {
    /// No address is longer.
    const LONGEST: usize = 4096;
    let before = slice(before, before.floor_char_boundary(before.len().saturating_sub(LONGEST))..);
    let run = before.rsplit(ends_address).next().unwrap_or_default();
    run.contains("://") && !run.ends_with([',', ';'])
}

/// Returns what stands below an address of the site. Hosts may be written in any letter case, and with the port that
/// their scheme has by itself.
fn below<'a>(address: &'a str, base: &Url) -> Option<&'a str> {
    let (authority, path) = split(address, address.find(['/', '?', '#']).unwrap_or(address.len()));
    let authority = authority.strip_suffix(":443").or_else(|| authority.strip_suffix(":80")).unwrap_or(authority);
    let port = base.port().map_or_else(String::new, |port| format!(":{port}"));
    if !authority.eq_ignore_ascii_case(&format!("{}{port}", base.host_str()?)) {
        return None;
    }
    let root = base.path().strip_suffix('/').unwrap_or(base.path());
    let below = path.strip_prefix(root)?;
    below.strip_prefix('/').or_else(|| (below.is_empty() || below.starts_with(['?', '#'])).then_some(below))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let parts = text.len().checked_sub(word.len()).and_then(|at| text.split_at_checked(at));
    parts.is_some_and(|(before, end)| {
        end.eq_ignore_ascii_case(word) && !before.ends_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// Returns whether an address in a text has certainly ended: paths of a site are ASCII.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || !c.is_ascii() || matches!(c, '<' | '>' | '"' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '`')
}
