//! Citations in whatever text: addresses of a site, and ids that stand by themselves.

use percent_encoding::percent_decode_str;
use url::Url;

use super::{Cited, CitedLevel};
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
    /// A level of an edition that stands by itself: `L6@2026.1`. Without an edition it is no citation but a word.
    Level(CitedLevel),
    /// An address of the site: the path below its root, and the part of the page.
    Page {
        path: String,
        fragment: Option<String>,
        /// Whether the site stood there before.
        is_former: bool,
    },
}

/// What citations of a site can name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Citable {
    /// The prefixes of the ids of criteria.
    pub(crate) prefixes: Vec<String>,
    /// What levels are or were called, in any edition.
    pub(crate) levels: Vec<String>,
    /// The keys of ladders, the same.
    pub(crate) ladders: Vec<String>,
}

/// Finds all citations in a text, in their order. `bases` are the addresses of the site, the present one first.
pub(crate) fn find(text: &str, bases: &[&Url], citable: &Citable) -> Vec<Mention> {
    let mut mentions = addresses(text, bases);
    let taken: Vec<Span> = mentions.iter().map(|mention| mention.span.clone()).collect();
    let free = |mention: &Mention| !taken.iter().any(|span| span.contains(&mention.span.start));
    let ids = citable.prefixes.iter().flat_map(|prefix| ids(text, prefix));
    mentions.extend(ids.chain(levels(text, citable)).filter(free));
    mentions.sort_by_key(|mention| mention.span.start);
    mentions
}

/// Returns the addresses that begin with one of those of the site, with either of http and https.
fn addresses(text: &str, bases: &[&Url]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    // One may stand below another. The longest one says what is meant.
    let mut by_length: Vec<_> = bases.iter().enumerate().map(|(at, base)| (at > 0, base.as_str())).collect();
    by_length.sort_by_key(|(_, base)| std::cmp::Reverse(base.len()));
    for (is_former, base) in by_length {
        let base = base.split_once("://").map_or("", |(_, rest)| rest);
        for scheme in ["https://", "http://"] {
            let start = format!("{scheme}{base}");
            for (at, _) in text.match_indices(&start) {
                if found.iter().any(|mention| mention.span.start == at) {
                    continue;
                }
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
                        is_former,
                    },
                });
            }
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

/// Whether a sign makes one word of an id and what stands before it.
fn within_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// Levels of editions that stand by themselves, with the ladder that is named before them: `L6@2026.1`,
/// `management:L6@2026.1`.
fn levels(text: &str, citable: &Citable) -> Vec<Mention> {
    let mut found = Vec::new();
    for (sign, _) in text.match_indices('@') {
        let (Some(name), length) = edition(slice(text, sign..)) else { continue };
        let before = slice(text, ..sign);
        let of_text = |names: &[String], text: &str| {
            let named = names.iter().filter(|name| !name.is_empty() && text.ends_with(name.as_str()));
            named
                .max_by_key(|name| name.len())
                .filter(|name| !slice(text, ..text.len() - name.len()).ends_with(within_word))
                .cloned()
        };
        let Some(id) = of_text(&citable.levels, before) else { continue };
        let before = slice(before, ..before.len() - id.len());
        let ladder = before.strip_suffix([':', '/']).and_then(|before| of_text(&citable.ladders, before));
        let start = before.len() - ladder.as_ref().map_or(0, |ladder| ladder.len() + 1);
        let cited = CitedLevel { ladder, id, edition: Some(name) };
        found.push(Mention { span: start..sign + length, what: CitedAddress::Level(cited) });
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
        let former = Url::parse("https://old.example/").unwrap();
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let citable =
            Citable { prefixes: names(&["TL", "EN"]), levels: names(&["L6", "L5"]), ladders: names(&["management"]) };
        find(text, &[&base, &former], &citable).into_iter().map(|mention| &text[mention.span]).collect()
    }

    #[test]
    fn ids_are_found_where_they_stand_by_themselves() {
        assert_eq!(found("TL-042, (EN-001). 符合TL-003。"), ["TL-042", "EN-001", "TL-003"]);
        assert_eq!(found("TL-042@2026.1. And TL-042@2026.1.2, TL-7@x"), ["TL-042@2026.1", "TL-042@2026.1.2", "TL-7"]);
        assert_eq!(found("HTL-042 TL-042a X_TL-042 tl-042 TL-"), [""; 0]);
    }

    #[test]
    fn levels_are_found_where_an_edition_is_named() {
        assert_eq!(found("Meets L6@2026.1. L6, XL6@2026.1, L6@x"), ["L6@2026.1"]);
        assert_eq!(
            found("management:L5@2026.1 (management/L6@2026.2)"),
            ["management:L5@2026.1", "management/L6@2026.2"]
        );
        assert_eq!(found("other:L5@2026.1、符合L6@2026.1。"), ["L5@2026.1", "L6@2026.1"]);
    }

    #[test]
    fn addresses_of_before_a_move_are_found() {
        assert_eq!(found("<http://old.example/c/tl-042/#zh-tw>"), ["http://old.example/c/tl-042/#zh-tw"]);
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
