//! Addresses that stand bare in a text become links, as their writers expect.

use super::document::{Aside, Inline};
use crate::text::slice;

/// Links the bare http and https addresses in `inlines`.
pub(crate) fn link_addresses(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut linked = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(text) => split(text, &mut linked),
            Inline::Emphasis(inner) => linked.push(Inline::Emphasis(link_addresses(inner))),
            Inline::Strong(inner) => linked.push(Inline::Strong(link_addresses(inner))),
            Inline::Strikethrough(inner) => linked.push(Inline::Strikethrough(link_addresses(inner))),
            other => linked.push(other),
        }
    }
    linked
}

fn split(text: String, linked: &mut Vec<Inline>) {
    let mut rest = text.as_str();
    while let Some((start, end)) = find(rest) {
        if start > 0 {
            linked.push(Inline::Text(slice(rest, ..start).to_owned()));
        }
        let address = slice(rest, start..end).to_owned();
        let inlines = vec![Inline::Text(address.clone())];
        linked.push(Inline::Link { target: address, title: String::new(), inlines, span: Aside::default() });
        rest = slice(rest, end..);
    }
    if !rest.is_empty() {
        linked.push(Inline::Text(rest.to_owned()));
    }
}

/// Returns where the first address begins and ends. It holds ASCII only, and punctuation at its end belongs to the
/// sentence.
pub(super) fn find(text: &str) -> Option<(usize, usize)> {
    let begins = |&(at, _): &(usize, &str)| ["https://", "http://"].iter().any(|it| slice(text, at..).starts_with(it));
    let (start, _) = text.match_indices("http").find(begins)?;
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`');
    let mut address = slice(text, start..).split(|c| !is_part(c)).next().unwrap_or_default();
    loop {
        let unopened = address.ends_with(')') && !address.contains('(');
        match address.strip_suffix(['.', ',', ';', ':', '!', '?', '\'', '*', '_']) {
            Some(shorter) => address = shorter,
            None => match address.strip_suffix(')').filter(|_| unopened) {
                Some(shorter) => address = shorter,
                None => break,
            },
        }
    }
    let scheme_only = address.ends_with('/') && address.matches('/').count() == 2 || address.len() < "http://a".len();
    (!scheme_only).then_some((start, start + address.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<String> {
        let inlines = link_addresses(vec![Inline::Text(text.to_owned())]);
        inlines
            .into_iter()
            .filter_map(|i| if let Inline::Link { target, .. } = i { Some(target) } else { None })
            .collect()
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        assert_eq!(addresses("線上說明請見：https://example.org/a.html。"), ["https://example.org/a.html"]);
        assert_eq!(
            addresses("(see http://example.org/x), or https://b.example."),
            ["http://example.org/x", "https://b.example"]
        );
        assert!(addresses("https:// and http://").is_empty());
    }
}
