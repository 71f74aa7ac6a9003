//! What single lines of a worksheet are.

use super::{Link, Rating};
use crate::citing::ReadText;
use crate::text::{char_at, slice, split};

/// The heading of an answer.
pub(super) struct AnswerHeading<'t> {
    pub(super) id: String,
    pub(super) edition: Option<&'t str>,
    pub(super) link: Link,
    pub(super) rest: &'t str,
}

/// Whether nothing stands on a line.
pub(super) fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// Returns a line without what ends it.
pub(super) fn content(line: &str) -> &str {
    line.trim_end_matches([' ', '\t', '\r', '\n'])
}

/// Returns a line without the backslashes at its beginning.
pub(super) fn unescaped(line: &str) -> &str {
    line.trim_start_matches('\\')
}

/// Reads the heading of an answer.
pub(super) fn answer_heading(line: &str) -> Option<AnswerHeading<'_>> {
    let text = content(line.strip_prefix("###")?.strip_prefix([' ', '\t'])?).trim_start_matches([' ', '\t']);
    let Some(inner) = text.strip_prefix('[') else {
        let (id, edition, rest) = cited(text)?;
        let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@');
        let is_longer = rest.starts_with(goes_on)
            || rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        return (!is_longer).then_some(AnswerHeading { id, edition, link: Link::Bare, rest });
    };
    let (id, edition, rest) = cited(inner)?;
    let rest = rest.strip_prefix(']')?;
    let address = || {
        let (address, rest) = rest.strip_prefix('(')?.split_once(')')?;
        (!address.contains(['(', ' ', '\t'])).then(|| (Link::To(address.to_owned()), rest))
    };
    let (link, rest) = address().unwrap_or((Link::Bracketed, rest));
    Some(AnswerHeading { id, edition, link, rest })
}

/// Whether a line is the heading of an answer in brackets, which ends a fence.
pub(super) fn is_bracketed_heading(line: &str) -> bool {
    answer_heading(line).is_some_and(|heading| heading.link != Link::Bare)
}

/// What word processors and other programs write for the hyphen of an id.
const HYPHENS: [&str; 9] =
    ["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2212}", "\u{fe63}", "\u{ff0d}", "\\-"];

/// Reads an id and its edition at the beginning of a text, as far as they go.
fn cited(text: &str) -> Option<(String, Option<&str>, &str)> {
    let run = |text: &str, is_of: fn(char) -> bool| text.find(|c: char| !is_of(c)).unwrap_or(text.len());
    if !text.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let prefix = run(text, |c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let hyphen = HYPHENS.into_iter().find(|hyphen| slice(text, prefix..).starts_with(hyphen))?;
    let number = slice(text, prefix + hyphen.len()..);
    let digits = run(number, |c| c.is_ascii_digit());
    if digits < 3 {
        return None;
    }
    let (id, rest) = split(text, prefix + hyphen.len() + digits);
    let id = ReadText::plain(id).text;
    let Some(name) = rest.strip_prefix('@') else { return Some((id, None, rest)) };
    let mut end = run(name, |c| c.is_ascii_digit());
    if end == 0 {
        return None;
    }
    while let Some(more) = slice(name, end..).strip_prefix('.').filter(|_| char_at(name, end) == Some('.')) {
        match run(more, |c| c.is_ascii_digit()) {
            0 => break,
            digits => end += 1 + digits,
        }
    }
    let (edition, rest) = split(name, end);
    Some((id, Some(edition), rest))
}

/// Returns the text of a heading of the second level.
pub(super) fn section(line: &str) -> Option<&str> {
    let text = content(line).strip_prefix("##")?;
    (text.is_empty() || text.starts_with([' ', '\t'])).then(|| text.trim_matches([' ', '\t']))
}

/// Reads the line of a rating. The labels are in lower case.
pub(super) fn rating(line: &str, labels: &[String]) -> Option<Rating> {
    let line = content(line);
    let (at, colon) = line.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let (label, rest) = split(line, at + colon.len_utf8());
    let word = label.trim_end_matches(colon).trim_matches([' ', '\t', '*', '_']).to_lowercase();
    if !labels.contains(&word) {
        return None;
    }
    let spaces = [' ', '\t'];
    let start = label.trim_start_matches(spaces);
    let bold = ["**", "__"].into_iter().find(|sign| start.starts_with(sign));
    let open = bold.filter(|sign| !slice(start, sign.len()..).contains(sign));
    let rest = rest.trim_start_matches(spaces);
    let closed = open.and_then(|sign| rest.strip_prefix(sign));
    let value = closed.map_or(rest, |value| value.trim_start_matches(spaces));
    let (lead, _) = split(line, line.len() - value.len());
    let tail = open.filter(|sign| closed.is_none() && value.ends_with(sign)).unwrap_or_default();
    let (value, _) = split(value, value.len() - tail.len());
    Some(Rating { lead: lead.to_owned(), value: value.to_owned(), tail: tail.to_owned() })
}

/// Returns the lines at the beginning that are quoted.
pub(super) fn quotation<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
    &lines[..lines.iter().take_while(|line| line.starts_with('>')).count()]
}

/// Returns the paragraphs of a quotation.
pub(super) fn paragraphs(lines: &[&str]) -> Vec<String> {
    let inner = lines.iter().map(|line| content(line.strip_prefix('>').unwrap_or(line)).trim_start());
    let inner: Vec<_> = inner.collect();
    let paragraphs = inner.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| lines.join(" ")).collect()
}

/// Returns which lines are code between fences, the fences with it. What is not closed before the heading of an answer in
/// brackets, or before the end, is no fence.
pub(super) fn code<T: AsRef<str>>(lines: &[T]) -> Vec<bool> {
    let mut code = vec![false; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let close = opening(lines[at].as_ref()).and_then(|fence| {
            let behind = lines[at + 1..].iter().map(AsRef::as_ref);
            let mut behind = behind.take_while(|line| !is_bracketed_heading(line));
            Some(at + 1 + behind.position(|line| closes(line, fence))?)
        });
        match close {
            Some(close) => {
                code[at..=close].fill(true);
                at = close + 1;
            }
            None => at += 1,
        }
    }
    code
}

/// Whether a fence is opened in some lines and not closed.
pub(super) fn is_open<T: AsRef<str>>(lines: &[T]) -> bool {
    let code = code(lines);
    lines.iter().zip(code).any(|(line, is_code)| !is_code && opening(line.as_ref()).is_some())
}

/// Returns the sign of a fence that opens code, and its length.
fn opening(line: &str) -> Option<(char, usize)> {
    let line = fence_line(line)?;
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let info = line.trim_start_matches(sign);
    let length = line.len() - info.len();
    (length >= 3 && !(sign == '`' && info.contains('`'))).then_some((sign, length))
}

fn closes(line: &str, (sign, length): (char, usize)) -> bool {
    fence_line(line).is_some_and(|line| line.len() >= length && line.chars().all(|c| c == sign))
}

/// Returns a line that is not indented so far that no fence can stand there.
fn fence_line(line: &str) -> Option<&str> {
    let line = content(line);
    let inner = line.trim_start_matches(' ');
    (line.len() - inner.len() < 4).then_some(inner)
}

/// Returns which lines of evidence would be taken for something else, if they stood there without a backslash. Headings in
/// brackets are left out: they have one wherever they stand.
pub(super) fn mistakable<T: AsRef<str>>(
    lines: &[T],
    taken: &super::read::Taken,
    is_quotation: impl Fn(&[&str]) -> bool,
    is_rating: impl Fn(&str) -> bool,
) -> Vec<bool> {
    let raw: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    let bare: Vec<&str> = raw.iter().map(|line| unescaped(line)).collect();
    let mut marks: Vec<bool> =
        code(&raw).into_iter().zip(&bare).map(|(is_code, line)| !is_code && is_bare_heading(line)).collect();
    if let Some(last) = bare.len().checked_sub(1).filter(|last| section(bare[*last]).is_some()) {
        marks[last] = true;
    }
    if !taken.rating && !bare.is_empty() {
        let run = [&bare[..1], &raw[1..]].concat();
        let run = quotation(&run);
        let is_person = raw[0].starts_with('>') && !taken.quotation;
        if !taken.quotation && !run.is_empty() && is_quotation(run) {
            marks[0] = true;
        } else {
            let from = if is_person { run.len() } else { 0 };
            let first = (from..bare.len()).find(|at| !is_blank(raw[*at]));
            if let Some(first) = first.filter(|at| is_rating(bare[*at])) {
                marks[first] = true;
            }
        }
    }
    marks
}

fn is_bare_heading(line: &str) -> bool {
    answer_heading(line).is_some_and(|heading| heading.link == Link::Bare)
}
