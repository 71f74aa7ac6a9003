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
