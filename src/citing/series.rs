//! Lists and ranges of ids, in which all but the first may be numbers: `TL-014/015`, `TL-001 to 004`.

use super::behind::Behind;
use super::citable::Citable;
use super::{Cited, CitedAddress};
use crate::diagnostic::Span;
use crate::id::{CriterionId, EditionName};
use crate::text::slice;

/// What may stand between two of a list, besides white space.
const LIST_SIGNS: [&str; 8] = [",", "，", "、", ";", "；", "/", "&", "+"];

/// Words that stand before the last of a list.
const LIST_WORDS: [&str; 19] = [
    "and",
    "or",
    "und",
    "oder",
    "et",
    "ou",
    "y",
    "o",
    "e",
    "i",
    "及",
    "與",
    "和",
    "或",
    "以及",
    "跟",
    "と",
    "や",
    "または",
];

const RANGE_SIGNS: [&str; 12] = ["-", "–", "—", "——", "‒", "−", "~", "～", "〜", "..", "...", "…"];

const RANGE_WORDS: [&str; 11] = ["to", "through", "thru", "until", "up to", "bis", "à", "hasta", "至", "到", "から"];

/// What joins two ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    List,
    Range,
}

/// A number behind an id, in a list or as the end of a range.
struct Item {
    span: Span,
    id: CriterionId,
    edition: Option<EditionName>,
    /// Whether nothing else can be meant.
    is_certain: bool,
}

/// Returns the numbers behind an id that ends at a place, each with its edition.
pub(super) fn items(text: &str, end: usize, id: &CriterionId, citable: &Citable) -> Vec<(Span, Cited)> {
    let mut found: Vec<(Span, Cited)> = Vec::new();
    let mut pending = Vec::new();
    let (mut at, mut before) = (end, id.clone());
    while let Some(item) = item(text, at, &before, citable) {
        at = item.span.end;
        before = item.id.clone();
        // Several numbers in a row are a list.
        let is_certain = item.is_certain || !found.is_empty() || !pending.is_empty();
        pending.push((item.span, Cited { id: item.id, edition: item.edition }));
        if is_certain {
            found.append(&mut pending);
        }
    }
    found
}

/// Reads the number behind an id that ends at a place.
fn item(text: &str, end: usize, before: &CriterionId, citable: &Citable) -> Option<Item> {
    let rest = slice(text, end..);
    let (length, joint) = joint(rest)?;
    let digits = slice(rest, length..);
    let (length, digits) = match digits.strip_prefix('-') {
        Some(digits) if joint == Joint::List => (length + 1, digits),
        _ => (length, digits),
    };
    let digits = slice(digits, ..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()));
    let id = CriterionId::new(before.prefix(), digits.parse().ok().filter(|&number| number > 0)?);
    let is_like =
        format!("{}-{digits}", before.prefix()) == id.to_string() && id.to_string().len() == before.to_string().len();
    if !is_like || (joint == Joint::Range && id <= *before) {
        return None;
    }
    let start = end + length;
    let number_end = start + digits.len();
    let behind = slice(text, number_end..);
    let (edition, span) = match Behind::read(behind, Some(&id), citable) {
        Behind::Nothing => (None, start..number_end),
        Behind::Edition(name, length) => (Some(name), start..number_end + length),
        Behind::NoEdition(..) | Behind::Other => return None,
    };
    // A measure, a time, a share.
    let unit = behind.strip_prefix([':', '%', '°', '€', '$', '．']).or_else(|| behind.strip_prefix(" %"));
    if unit.is_some_and(|rest| !behind.starts_with(':') || rest.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    // `TL-010 and 100,000 users`, `TL-010, 020 7946 0958`, `TL-010 to 100-200`.
    let more =
        behind.strip_prefix([',', ' ', '-', '.']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    // What is counted follows at once in Chinese and Japanese.
    if more || (behind.starts_with(char::is_alphanumeric) && self::joint(behind).is_none()) {
        return None;
    }
    let is_last = behind.trim_start_matches(['*', '_']).chars().next().is_none_or(|c| !c.is_alphanumeric() && c != ' ');
    let is_id = digits.starts_with('0') || edition.is_some();
    // A dash as long as that is more often one of a sentence.
    let is_tight = slice(rest, ..length).chars().all(|c| !c.is_whitespace() && c != '—');
    let is_range = joint == Joint::Range && is_tight;
    let is_certain = is_id || (citable.known.contains(&id) && (is_range || is_last));
    Some(Item { span, id, edition, is_certain })
}

/// Whether a text goes on behind an id with a sign and a number of the same length: `/015`, `-004`.
pub(super) fn goes_on_with_number(rest: &str, id: &CriterionId) -> bool {
    let Some(number) = rest.strip_prefix(['/', '-']) else { return false };
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let behind = slice(number, end..);
    let is_word = |text: &str| text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    end + id.prefix().len() + 1 == id.to_string().len()
        && !is_word(behind)
        && !behind.strip_prefix('.').is_some_and(is_word)
}

/// Reads what joins two ids, if a text begins with it. Returns its length with the white space around it.
fn joint(text: &str) -> Option<(usize, Joint)> {
    let rest = text.trim_start_matches(is_space);
    let signs =
        |signs: &[&'static str]| signs.iter().filter(|sign| rest.starts_with(**sign)).map(|sign| sign.len()).max();
    let word = |rest: &str, words: &[&'static str]| {
        let is_whole = |word: &&&str| {
            let behind = rest.get(word.len()..).unwrap_or_default();
            rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
                && (!word.is_ascii() || behind.starts_with(char::is_whitespace))
        };
        words.iter().filter(is_whole).map(|word| word.len()).max()
    };
    let with_space = |rest: &str, length: usize, joint| (text.len() - skip_space(slice(rest, length..)).len(), joint);
    if let Some(length) = signs(&RANGE_SIGNS) {
        return Some(with_space(rest, length, Joint::Range));
    }
    if let Some(length) = signs(&LIST_SIGNS) {
        let (length, joint) = with_space(rest, length, Joint::List);
        let behind = slice(text, length..);
        let and = word(behind, &LIST_WORDS)
            .map(|word| word + behind.get(word..).map_or(0, |b| b.len() - skip_space(b).len()));
        return Some((length + and.unwrap_or_default(), joint));
    }
    let rest = skip_space(text);
    let spaces = text.len() - rest.len();
    // A word stands apart from what is before it, unless it is one of Chinese or Japanese.
    let stands = |length: usize| spaces > 0 || !slice(rest, ..length).is_ascii();
    let rest_word = |words: &[&'static str]| word(rest, words).filter(|&length| stands(length));
    let found = rest_word(&RANGE_WORDS).map(|length| (length, Joint::Range));
    let (length, joint) = found.or_else(|| rest_word(&LIST_WORDS).map(|length| (length, Joint::List)))?;
    Some(with_space(rest, length, joint))
}

/// White space that ends no line.
fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n' && c != '\r'
}

/// Returns a text behind the white space that it begins with: at most one line ends, and the next may be quoted.
fn skip_space(text: &str) -> &str {
    let rest = text.trim_start_matches(is_space);
    match rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')) {
        Some(line) => line.trim_start_matches(|c| is_space(c) || c == '>'),
        None => rest,
    }
}

/// Adds what lies between the ids that are the ends of ranges, and gives an edition that one end names to both.
pub(super) fn add_ranges(text: &str, found: &mut Vec<(Span, CitedAddress)>) {
    let ids: Vec<usize> = (0..found.len()).filter(|&at| matches!(found[at].1, CitedAddress::Id { .. })).collect();
    let joints: Vec<_> = ids.windows(2).map(|pair| between(text, found, pair[0], pair[1])).collect();
    let mut ranges = Vec::new();
    for (at, pair) in ids.windows(2).enumerate() {
        let Some(span) = joints[at].clone() else { continue };
        // Several dashes in a row part what they stand between.
        let is_chain = (at > 0 && joints[at - 1].is_some()) || joints.get(at + 1).is_some_and(Option::is_some);
        let [Some(first), Some(last)] = [pair[0], pair[1]].map(|end| cited(&found[end].1)) else { continue };
        let edition = first.edition.as_ref().or(last.edition.as_ref()).cloned();
        let is_one = last.edition.as_ref().is_none_or(|name| Some(name) == edition.as_ref());
        if is_chain || !is_one || first.id.prefix() != last.id.prefix() || first.id.number() >= last.id.number() {
            continue;
        }
        let whole = found[pair[0]].0.start..found[pair[1]].0.end;
        let range =
            CitedAddress::Between { first: first.id.clone(), last: last.id.clone(), edition: edition.clone(), whole };
        ranges.push((span, range));
        for &end in pair {
            if let CitedAddress::Id { cited: Some(cited), .. } = &mut found[end].1 {
                cited.edition.clone_from(&edition);
            }
        }
    }
    found.append(&mut ranges);
}

fn cited(what: &CitedAddress) -> Option<&Cited> {
    match what {
        CitedAddress::Id { cited, .. } => cited.as_ref(),
        _ => None,
    }
}

/// Returns what joins two ids to a range. The first may be linked, and both emphasised.
fn between(text: &str, found: &[(Span, CitedAddress)], first: usize, last: usize) -> Option<Span> {
    let mut start = found[first].0.end;
    if let [(address, CitedAddress::Page { .. })] = found.get(first + 1..last)? {
        slice(text, start..address.start).strip_prefix("](")?;
        start = address.end + slice(text, address.end..).starts_with(')').then_some(1)?;
    } else if last > first + 1 {
        return None;
    }
    let between = slice(text, start..found[last].0.start);
    let marks: &[char] = &['*', '_', '`', ']'];
    let joined = between.trim_start_matches(marks);
    let start = start + between.len() - joined.len();
    let joined = joined.trim_end_matches(['*', '_', '`', '[']);
    let (length, kind) = joint(joined)?;
    (kind == Joint::Range && length == joined.len()).then(|| {
        let is_space = |c: char| c.is_whitespace() || c == '>';
        let span = joined.len() - joined.trim_start().len()..joined.trim_end_matches(is_space).len();
        start + span.start..start + span.end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_joins_two_ids_is_read_with_the_spaces_around_it() {
        for (text, expected) in [
            (", 015", Some((2, Joint::List))),
            ("/015", Some((1, Joint::List))),
            (", and\n> 015", Some((8, Joint::List))),
            (" to 004", Some((4, Joint::Range))),
            (" – 004", Some((5, Joint::Range))),
            ("至004", Some((3, Joint::Range))),
            ("\n- 015", None),
            (" total", None),
            ("to 004", None),
            (". 015", None),
        ] {
            assert_eq!(joint(text), expected, "{text:?}");
        }
    }
}
