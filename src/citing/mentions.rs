//! Citations in whatever text: addresses of a site, and ids and levels that stand by themselves.

use url::Url;

use super::addresses::{addresses, is_within_address};
use super::behind::Behind;
use super::citable::Citable;
use super::level_mentions::{levels, named_at_end};
use super::reading::ReadText;
use super::series::{add_ranges, items};
use super::surroundings::Surroundings;
use super::{Cited, CitedLevel};
use crate::diagnostic::Span;
use crate::id::{CriterionId, EditionName};
use crate::text::slice;

/// A citation in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) span: Span,
    pub(crate) what: CitedAddress,
    /// Whether it stands in code, which means what it says and is never changed.
    pub(crate) is_code: bool,
}

/// The target of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CitedAddress {
    /// An id that stands by itself, as it is written: it may not be one in its right form.
    Id { written: String, cited: Option<Cited> },
    /// What lies between two ids of a range: `to` in `TL-001 to TL-004`.
    Between {
        first: CriterionId,
        last: CriterionId,
        edition: Option<EditionName>,
        /// The range with its ends.
        whole: Span,
    },
    /// A level of an edition that stands by itself: `L6@2026.1`. Without an edition it is no citation but a word.
    Level(CitedLevel),
    /// An id or a level before what is the name of no edition: `TL-042@latest`.
    NoEdition { subject: String, edition: String },
    /// An address of the site: the path below its root, and the part of the page.
    Page {
        path: String,
        /// What stands between the path and the part, as it is written: `?from=mail`.
        query: String,
        fragment: Option<String>,
        /// Whether the site stood there before.
        is_former: bool,
    },
}

/// Finds all citations in a text, in their order. `bases` are the addresses of the site, the present one first.
pub(crate) fn find(reading: &ReadText, bases: &[&Url], citable: &Citable) -> Vec<Mention> {
    let text = reading.text.as_str();
    let surroundings = Surroundings::of(reading);
    let mut found = addresses(text, bases);
    let taken: Vec<Span> = found.iter().map(|(span, _)| span.clone()).collect();
    let stands_free = |(span, _): &(Span, CitedAddress)| {
        !is_within(&taken, span.start) && !surroundings.is_markup(span) && !is_within_address(slice(text, ..span.start))
    };
    let ids = citable.prefixes.iter().flat_map(|prefix| ids(text, prefix, citable));
    found.extend(ids.chain(levels(text, citable)).filter(stands_free));
    found.retain(|(span, _)| !surroundings.is_deleted(span));
    found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    // Of two that overlap, the first says what is meant.
    let mut end = 0;
    found.retain(|(span, _)| {
        let stands_apart = span.start >= end;
        end = end.max(span.end);
        stands_apart
    });
    add_ranges(text, &mut found);
    found.sort_by_key(|(span, _)| span.start);
    let is_range = |(_, what): &(Span, CitedAddress)| matches!(what, CitedAddress::Between { .. });
    let is_citation = |at: usize| match &found[at].1 {
        CitedAddress::Id { cited: Some(Cited { id, .. }), .. } => {
            citable.has_form(id) || found[at.saturating_sub(1)..(at + 2).min(found.len())].iter().any(is_range)
        }
        _ => true,
    };
    let mut are_citations = (0..found.len()).map(is_citation).collect::<Vec<_>>().into_iter();
    found.retain(|_| are_citations.next().unwrap_or_default());
    let mention = |(span, what): (Span, _)| Mention { is_code: surroundings.is_code(&span), span, what };
    found.into_iter().map(mention).collect()
}

/// Whether a place lies in one of some parts, which stand in the order of the text and apart from each other.
pub(super) fn is_within(parts: &[Span], at: usize) -> bool {
    let before = parts.partition_point(|part| part.start <= at).checked_sub(1);
    before.and_then(|before| parts.get(before)).is_some_and(|part| part.contains(&at))
}

/// Whether what stands before an id makes it a part of something else: `XTL-042`, `docs/TL-042`, `#TL-042`,
/// `id="TL-042"`. Marks of emphasis do not.
pub(super) fn comes_from(before: &str, citable: &Citable) -> bool {
    // The number of an item of CSL-JSON names no edition, as its id does.
    let key = before.strip_suffix('"').map(str::trim_end).and_then(|before| before.strip_suffix(':'));
    if key.is_some_and(|before| before.trim_end().ends_with("\"number\"")) {
        return true;
    }
    // So does the key of an entry of BibTeX.
    let entry = before.strip_suffix('{').and_then(|before| before.rsplit_once('@'));
    if entry.is_some_and(|(_, kind)| !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        return true;
    }
    let before = before.trim_end_matches('_');
    let marked = before.strip_suffix("==").filter(|ahead| !ahead.ends_with(|c: char| c.is_ascii_alphanumeric()));
    let before = marked.unwrap_or(before);
    let ahead = slice(before, ..before.len() - before.chars().next_back().map_or(0, char::len_utf8));
    let is_word = |text: &str| text.ends_with(|c: char| c.is_ascii_alphanumeric());
    match before.chars().next_back() {
        Some('-') => !ahead.ends_with('-') && !ends_with_id(ahead, citable),
        Some('/' | '\\') => {
            ahead.ends_with(|c: char| c.is_ascii()) && !ends_with_id(ahead, citable) || ahead.is_empty()
        }
        Some('.') => is_word(ahead),
        Some('"' | '\'') => ahead.ends_with('='),
        Some(c) => c.is_ascii_alphanumeric() || matches!(c, '#' | '$' | '=' | '@'),
        None => false,
    }
}

/// Whether a text begins with an id, or with a level and an edition.
pub(super) fn begins_with_id(text: &str, citable: &Citable) -> bool {
    let is_level = |level: &String| without_start(text, level).is_some_and(|rest| rest.starts_with('@'));
    begins_with_criterion(text, citable) || citable.levels.iter().any(is_level)
}

/// Returns a text without the word that it begins with, in whatever letter case.
fn without_start<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}

pub(super) fn begins_with_criterion(text: &str, citable: &Citable) -> bool {
    let number = |prefix: &String| without_start(text, prefix)?.strip_prefix('-');
    citable.prefixes.iter().filter_map(number).any(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text ends with an id or a level, which an edition may follow.
fn ends_with_id(text: &str, citable: &Citable) -> bool {
    /// No id with an edition is longer.
    const LONGEST: usize = 64;
    let text = slice(text, text.floor_char_boundary(text.len().saturating_sub(LONGEST))..);
    let edition = text.rsplit_once('@').filter(|(_, name)| EditionName::parse(name).is_some());
    let id = edition.map_or(text, |(id, _)| id);
    let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_criterion = prefix.len() < id.len()
        && prefix.strip_suffix('-').is_some_and(|text| citable.prefixes.iter().any(|prefix| ends_with(text, prefix)));
    is_criterion || (edition.is_some() && named_at_end(id, &citable.levels).is_some())
}

fn ends_with(text: &str, word: &str) -> bool {
    let end = text.len().checked_sub(word.len()).and_then(|at| text.get(at..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// Ids of one prefix that stand by themselves, with the edition that follows them: `TL-042`, `TL-042@2026.1`. Numbers that
/// follow are ids, too: `TL-014/015`.
fn ids(text: &str, prefix: &str, citable: &Citable) -> Vec<(Span, CitedAddress)> {
    let start = format!("{prefix}-");
    let mut found = Vec::new();
    for at in places(text, &start) {
        let number = slice(text, at + start.len()..);
        let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() == number.len() || comes_from(slice(text, ..at), citable) {
            continue;
        }
        let end = text.len() - rest.len();
        let written = slice(text, at..end);
        let id = CriterionId::parse(&written.to_ascii_uppercase());
        // Other words than ids are written in small letters, too.
        if id.is_none() && !(written.starts_with(&start) && citable.is_meant(written)) {
            continue;
        }
        let (edition, length) = match Behind::read(rest, id.as_ref(), citable) {
            Behind::Nothing => (None, 0),
            Behind::Edition(edition, length) => (Some(edition), length),
            Behind::NoEdition(edition, length) => {
                found.push((at..end + length, CitedAddress::NoEdition { subject: written.to_owned(), edition }));
                continue;
            }
            Behind::Other => continue,
        };
        let mut series = vec![(at..end + length, id.clone().map(|id| Cited { id, edition }))];
        let behind = id.iter().flat_map(|id| items(text, end + length, id, citable));
        series.extend(behind.map(|(span, cited)| (span, Some(cited))));
        inherit_editions(&mut series);
        let written = |span: &Span| slice(text, span.clone()).to_owned();
        found.extend(series.into_iter().map(|(span, cited)| {
            let written = written(&span);
            (span, CitedAddress::Id { written, cited })
        }));
    }
    found
}

/// Returns where a text has a word, in whatever letter case.
fn places(text: &str, word: &str) -> Vec<usize> {
    let is_word = |window: &[u8]| window.eq_ignore_ascii_case(word.as_bytes());
    let windows = text.as_bytes().windows(word.len()).enumerate();
    windows.filter(|(_, window)| is_word(window)).map(|(at, _)| at).collect()
}

/// Gives the ids of a list the edition that one before them names, or else the first one behind: `TL-014/015@2026.1`.
fn inherit_editions(series: &mut [(Span, Option<Cited>)]) {
    let edition = |cited: &Option<Cited>| cited.as_ref().and_then(|cited| cited.edition.clone());
    let mut named = series.iter().find_map(|(_, cited)| edition(cited));
    for (_, cited) in series.iter_mut() {
        named = edition(cited).or(named);
        if let Some(cited) = cited {
            cited.edition.clone_from(&named);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(text: &str) -> Vec<Mention> {
        let base = Url::parse("https://ladders.example/site/").unwrap();
        let former = Url::parse("https://old.example/").unwrap();
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let citable = Citable {
            prefixes: names(&["TL", "EN"]),
            known: (1..200).map(|number| CriterionId::new("TL", number)).collect(),
            levels: names(&["L6", "L5", "T5/L5", "wizard"]),
            ladders: names(&["management"]),
            editions: vec![EditionName::parse("2026.1").unwrap()],
        };
        find(&ReadText::plain(text), &[&base, &former], &citable)
    }

    fn found(text: &str) -> Vec<&str> {
        mentions(text).into_iter().map(|mention| &text[mention.span]).collect()
    }

    #[test]
    fn ids_are_found_where_they_stand_by_themselves() {
        assert_eq!(found("TL-042, (EN-001). 符合TL-003。"), ["TL-042", "EN-001", "TL-003"]);
        assert_eq!(found("TL-042@2026.1. And TL-042@2026.1.2, TL-7@x"), ["TL-042@2026.1", "TL-042@2026.1.2", "TL-7@x"]);
        assert_eq!(found("TL-042 @2026.1, TL-042 @anna, TL-042 @ 2026.1"), ["TL-042 @2026.1", "TL-042", "TL-042"]);
        assert_eq!(found("==TL-042==, TL-999, TL-0042, TL-7"), ["TL-042", "TL-999", "TL-0042", "TL-7"]);
        assert_eq!(found("TL-004 ~~ TL-005 ~~, ~~a\n\nTL-006~~"), ["TL-004", "TL-005", "TL-006"]);
        assert_eq!(found("_TL-042_ __EN-001__ **TL-003** EN-004's"), ["TL-042", "EN-001", "TL-003", "EN-004"]);
        assert_eq!(
            found("TL-001/TL-002, EN-001-EN-003, EN-001..EN-003"),
            ["TL-001", "TL-002", "EN-001", "-", "EN-003", "EN-001", "..", "EN-003"]
        );
        assert_eq!(found("TL-001@2026.1-TL-003@2026.1"), ["TL-001@2026.1", "-", "TL-003@2026.1"]);
    }

    #[test]
    fn numbers_behind_an_id_are_ids_in_lists_and_ranges() {
        for (text, expected) in [
            ("Tl-042, en-001", &["Tl-042", "en-001"][..]),
            ("TL-014/015 is met", &["TL-014", "015"]),
            ("TL-014, 015 and 016.", &["TL-014", "015", "016"]),
            ("TL-114, 115 and 116 are met", &["TL-114", "115", "116"]),
            ("TL-014、015及\n016", &["TL-014", "015", "016"]),
            ("TL-014@2026.1, -015@2026.1", &["TL-014@2026.1", "015@2026.1"]),
            ("TL-001 to 004", &["TL-001", "to", "004"]),
            ("TL-001@2026.1-004@2026.1", &["TL-001@2026.1", "-", "004@2026.1"]),
            ("TL-101–104 are met", &["TL-101", "–", "104"]),
            ("**TL-001** through\n> **TL-004**", &["TL-001", "through", "TL-004"]),
            ("TL-001至TL-004", &["TL-001", "至", "TL-004"]),
            ("TL-001@2026.1...TL-004", &["TL-001@2026.1", "...", "TL-004"]),
            ("see:TL-024@2026.1 L6:TL-024@2026.1", &["TL-024@2026.1", "TL-024@2026.1"]),
            ("L6@2026.1...TL-009", &["L6@2026.1", "TL-009"]),
            // A number counts if it is as long as the first.
            (
                "TL-005 – 7, TL-041, 43, 10 of 12, TL-030+31, TL-014, 5; TL-015, 6.",
                &["TL-005", "TL-041", "TL-030", "TL-014", "TL-015"],
            ),
            // What only looks like them.
            ("TL-114, 120 engineers", &["TL-114"]),
            ("TL-014, 015% and TL-014, 015:30", &["TL-014", "TL-014"]),
            ("TL-014 to 2026, TL-014, 2026", &["TL-014", "TL-014"]),
            ("TL-004 to TL-001, TL-001 to EN-004", &["TL-004", "TL-001", "TL-001", "EN-004"]),
            ("TL-001 - TL-004 - TL-009", &["TL-001", "TL-004", "TL-009"]),
            ("TL-001\n- TL-004", &["TL-001", "TL-004"]),
            ("TL-001@2026.1 to TL-004@2026.2", &["TL-001@2026.1", "TL-004@2026.2"]),
            ("TL-014/2026 TL-014/015.md TL-014/15", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
        let editions = |text: &str| {
            let edition = |mention: Mention| match mention.what {
                CitedAddress::Id { cited, .. } => cited.unwrap().edition.is_some(),
                CitedAddress::Between { edition, .. } => edition.is_some(),
                _ => false,
            };
            mentions(text).into_iter().map(edition).collect::<Vec<_>>()
        };
        assert_eq!(editions("TL-014/015@2026.1"), [true, true]);
        assert_eq!(editions("TL-014@2026.1 to TL-018"), [true, true, true]);
        assert_eq!(editions("TL-014, 015"), [false, false]);
    }

    #[test]
    fn an_id_within_something_else_cites_nothing() {
        for text in [
            "HTL-042 TL-042a X_TL-042 tl-42 TL- TL-042_x",
            "https://tracker.example/browse/EN-002 http://a.example/?q=EN-002",
            "docs/EN-003.md EN-004.pdf src/EN-004 EN-004/notes.md a.EN-004",
            "EN-005@example.com mailto:EN-005@example.com",
            "<a id=\"EN-009\" title='EN-009: a'> {#EN-010} {id=\"EN-010\"} $EN-010 #EN-010",
            "EN-010-foo foo-EN-010",
            "\"number\": \"EN-001\"",
            "[EN-008]: https://elsewhere.example/ \"x\"",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        for text in
            ["TL-1234 EN-2024@2026.1 TL-12345", "TL-0 TL-999999999999", "~~EN-001~~ <s>EN-002</s> <del>a EN-003</del>"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        let text = "[EN-008][] [words][EN-008]\n\n[EN-008]: https://ladders.example/site/c/en-008/";
        assert_eq!(found(text), ["https://ladders.example/site/c/en-008/"]);
    }

    #[test]
    fn what_is_the_name_of_no_edition_is_no_part_of_something_else() {
        for text in ["EN-001@latest", "EN-001@2026.01", "EN-001@v2026.1", "EN-001@2026.1x", "L6@latest", "l6@2026.01"] {
            let mentions = mentions(text);
            assert!(
                matches!(mentions.as_slice(), [Mention { what: CitedAddress::NoEdition { .. }, .. }]),
                "{mentions:?}"
            );
        }
    }

    #[test]
    fn citations_in_code_are_told_apart() {
        let text = "`EN-001` EN-002 <code>EN-003</code>\n\n```\nEN-004\n```\n";
        let code: Vec<_> = mentions(text).into_iter().map(|mention| mention.is_code).collect();
        assert_eq!(code, [true, false, true, true]);
    }

    #[test]
    fn levels_are_found_where_an_edition_is_named() {
        assert_eq!(found("Meets L6@2026.1. L6, L6@x, L6@example.com"), ["L6@2026.1"]);
        assert_eq!(
            found("management:L5@2026.1 (management/L6@2026.2) management:T5/L5@2026.1"),
            ["management:L5@2026.1", "management/L6@2026.2", "management:T5/L5@2026.1"]
        );
        assert_eq!(found("other:L5@2026.1、符合L6@2026.1。"), ["other:L5@2026.1", "L6@2026.1"]);
        assert_eq!(
            found("l6@2026.1 L9@2026.1 management:L9@2030.1"),
            ["l6@2026.1", "L9@2026.1", "management:L9@2030.1"]
        );
        assert_eq!(found("L6@2026.1/L5@2026.1"), ["L6@2026.1", "L5@2026.1"]);
        assert_eq!(found("L6 @2026.1, L6 @anna wizzard@2026.1"), ["L6 @2026.1", "wizzard@2026.1"]);
        assert_eq!(found("node@2026.1 pycharm@2026.1, X9@2026.1"), [""; 0]);
        assert_eq!(found("merlin.wizard@2026.1 lodash@4.17.21 docs/L6@2026.1 L9@2030.1"), [""; 0]);
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
        for address in
            ["HTTPS://ladders.example/site/", "http://Ladders.Example/site/c/", "https://ladders.example:443/site/"]
        {
            assert_eq!(found(address), [address]);
        }
        assert_eq!(found("https://ladders.example/site."), ["https://ladders.example/site"]);
        assert_eq!(found("https://ladders.example/sites/ https://ladders.example:8080/site/"), [""; 0]);
        assert_eq!(found("https://archive.example/2026/https://ladders.example/site/c/en-001/"), [""; 0]);
    }
}
