//! Citations in whatever text: addresses of a site, and ids that stand by themselves.

use percent_encoding::percent_decode_str;
use url::Url;

use super::Cited;
use crate::diagnostic::Span;
use crate::id::{CriterionId, EditionName};
use crate::text::slice;

/// A citation in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) span: Span,
    pub(crate) what: CitedAddress,
}

/// The target of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CitedAddress {
    /// An id that stands by itself, as it is written: it may not be one in its right form.
    Id { written: String, cited: Option<Cited> },
    /// An address of the site: the path below its root, and the part of the page.
    Page { path: String, fragment: Option<String> },
}

/// Finds all citations in a text, in their order. `prefixes` are those of the ids of the site.
pub(crate) fn find(text: &str, base: &Url, prefixes: &[&str]) -> Vec<Mention> {
    let mut mentions = addresses(text, base);
    let taken: Vec<Span> = mentions.iter().map(|mention| mention.span.clone()).collect();
    let free = |mention: &Mention| !taken.iter().any(|span| span.contains(&mention.span.start));
    mentions.extend(prefixes.iter().flat_map(|prefix| ids(text, prefix)).filter(free));
    mentions.sort_by_key(|mention| mention.span.start);
    mentions
}

/// Returns the addresses that begin with that of the site, with either of http and https.
fn addresses(text: &str, base: &Url) -> Vec<Mention> {
    let base = base.as_str().split_once("://").map_or("", |(_, rest)| rest);
    let mut found = Vec::new();
    for scheme in ["https://", "http://"] {
        let start = format!("{scheme}{base}");
        for (at, _) in text.match_indices(&start) {
            let address = slice(text, at + start.len()..).split(ends_address).next().unwrap_or_default();
            // What ends a sentence is no part of the address.
            let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
            let (path, fragment) = match address.split_once('#') {
                Some((path, fragment)) => (path, Some(fragment)),
                None => (address, None),
            };
            let path = path.split('?').next().unwrap_or_default();
            let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
            found.push(Mention {
                span: at..at + start.len() + address.len(),
                what: CitedAddress::Page {
                    path: decoded(path),
                    fragment: fragment.map(decoded).filter(|fragment| !fragment.is_empty()),
                },
            });
        }
    }
    found
}

/// Returns whether an address in a text has certainly ended: paths of a site are ASCII.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || !c.is_ascii() || matches!(c, '<' | '>' | '"' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '`')
}

/// Ids of one prefix that stand by themselves, with the edition that follows them: `TL-042`, `TL-042@2026.1`.
fn ids(text: &str, prefix: &str) -> Vec<Mention> {
    let start = format!("{prefix}-");
    let within_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut found = Vec::new();
    for (at, _) in text.match_indices(&start) {
        if slice(text, ..at).ends_with(within_word) {
            continue;
        }
        let number = slice(text, at + start.len()..);
        let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() == number.len() || rest.starts_with(|c| within_word(c) && c != '-') {
            continue;
        }
        let end = text.len() - rest.len();
        let (edition, length) = edition(rest);
        let cited = CriterionId::parse(slice(text, at..end)).map(|id| Cited { id, edition });
        let span = at..end + length;
        let written = slice(text, span.clone()).to_owned();
        found.push(Mention { span, what: CitedAddress::Id { written, cited } });
    }
    found
}

/// Returns the name of an edition that follows an id, and how long it is with its `@`.
fn edition(rest: &str) -> (Option<EditionName>, usize) {
    let Some(name) = rest.strip_prefix('@') else { return (None, 0) };
    let name = name.split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default();
    let name = name.trim_end_matches('.');
    match EditionName::parse(name) {
        Some(edition) => (Some(edition), name.len() + 1),
        None => (None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let base = Url::parse("https://ladders.example/site/").unwrap();
        find(text, &base, &["TL", "EN"]).into_iter().map(|mention| &text[mention.span]).collect()
    }

    #[test]
    fn ids_are_found_where_they_stand_by_themselves() {
        assert_eq!(found("TL-042, (EN-001). 符合TL-003。"), ["TL-042", "EN-001", "TL-003"]);
        assert_eq!(found("TL-042@2026.1. And TL-042@2026.1.2, TL-7@x"), ["TL-042@2026.1", "TL-042@2026.1.2", "TL-7"]);
        assert_eq!(found("HTL-042 TL-042a X_TL-042 tl-042 TL-"), [""; 0]);
    }

    #[test]
    fn addresses_are_found_in_whatever_surrounds_them() {
        assert_eq!(
            found("See https://ladders.example/site/c/tl-042/. [x](http://ladders.example/site/c/en-001/#zh-tw)"),
            ["https://ladders.example/site/c/tl-042/", "http://ladders.example/site/c/en-001/#zh-tw"]
        );
        assert_eq!(
            found("<a href=\"https://ladders.example/site/e/2026.1/c/tl-042/\">TL-042</a>"),
            ["https://ladders.example/site/e/2026.1/c/tl-042/", "TL-042"]
        );
        assert_eq!(found("見https://ladders.example/site/c/tl-042/。"), ["https://ladders.example/site/c/tl-042/"]);
        assert_eq!(found("https://other.example/c/tl-042/ https://ladders.example/c/"), [""; 0]);
    }
}
