//! Addresses that lead on to others: what programs make of links.

use percent_encoding::percent_decode_str;

use crate::diagnostic::Span;
use crate::text::slice;

/// A character and where it is written.
pub(super) type Letter = (char, Span);

/// Sites that lead on, by a part of their address, and the name of the value that says where.
const LEADING_ON: [(&str, &str); 4] = [
    ("www.google.com/url?", "q"),
    ("www.google.com/url?", "url"),
    (".safelinks.protection.outlook.com/", "url"),
    ("slack-redir.net/link?", "url"),
];

/// Returns the addresses in a text that lead over another site, with where they lead.
pub(super) fn leading_on(text: &str) -> Vec<(Span, Vec<Letter>)> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '(' | ')' | '[' | ']' | '`');
    let address = |at: usize| {
        let start = slice(text, ..at)
            .rfind(is_end)
            .map_or(0, |end| end + slice(text, end..).chars().next().map_or(0, char::len_utf8));
        let end = at + slice(text, at..).find(is_end).unwrap_or(text.len() - at);
        start..end
    };
    let mut found: Vec<(Span, Vec<Letter>)> = Vec::new();
    for at in text.match_indices("://").map(|(at, _)| at) {
        if found.last().is_some_and(|(last, _)| last.contains(&at)) {
            continue;
        }
        let span = address(at);
        if !LEADING_ON.iter().any(|(site, _)| slice(text, span.clone()).contains(site)) {
            continue;
        }
        let letters = slice(text, span.clone()).char_indices();
        let letters: Vec<_> = letters.map(|(at, c)| (c, span.start + at..span.start + at + c.len_utf8())).collect();
        found.extend(led_to(&letters).map(|to| (span, to)));
    }
    found
}

/// Returns where an address leads over another site.
pub(super) fn led_to(letters: &[Letter]) -> Option<Vec<Letter>> {
    let address: String = letters.iter().map(|(c, _)| *c).collect();
    let value = LEADING_ON.iter().filter(|(site, _)| address.contains(site)).find_map(|(_, name)| {
        let start =
            ["?", "&"].iter().find_map(|sign| Some(address.find(&format!("{sign}{name}="))? + name.len() + 2))?;
        let end = slice(&address, start..).find('&').map_or(address.len(), |length| start + length);
        Some(start..end)
    })?;
    let first = slice(&address, ..value.start).chars().count();
    let count = slice(&address, value).chars().count();
    let mut letters = letters.get(first..first + count)?.iter();
    let mut found = Vec::new();
    while let Some((c, origin)) = letters.next() {
        let [high, low] = [0, 1].map(|at| letters.as_slice().get(at).filter(|_| *c == '%'));
        if let (Some((high, _)), Some((low, end))) = (high, low) {
            let read = percent_decode_str(&format!("%{high}{low}")).collect::<Vec<_>>();
            if let &[byte @ 0x21..0x7f] = read.as_slice() {
                found.push((char::from(byte), origin.start..end.end));
                letters.nth(1);
                continue;
            }
        }
        found.push((*c, origin.clone()));
    }
    Some(found)
}
