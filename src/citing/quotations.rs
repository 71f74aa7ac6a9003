//! What is quoted beside citations.

use std::ops::Range;

use super::Mention;
use super::surroundings::paragraph;
use crate::diagnostic::Span;
use crate::text::{Edit, Edits, line_end, line_start, next_line, slice};

/// How a text says that it quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuotedBy {
    /// By quotation marks.
    Marks,
    /// By a place of its own: a block quotation, a cell of a table.
    Place,
    /// By nothing but its words, which stand behind what they are of.
    Behind,
    /// By nothing but its words, which stand before what they are of.
    Before,
}

impl QuotedBy {
    /// Whether only the words themselves may say that they are quoted.
    pub(super) fn is_nothing(self) -> bool {
        matches!(self, Self::Behind | Self::Before)
    }
}

/// A text that may be a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotation {
    pub(super) span: Span,
    pub(super) by: QuotedBy,
    /// Whether it stands above or below the paragraph that cites.
    pub(super) is_outside: bool,
}

impl Quotation {
    fn within(span: Span, by: QuotedBy) -> Self {
        Self { span, by, is_outside: false }
    }

    fn outside(span: Span, by: QuotedBy) -> Self {
        Self { span, by, is_outside: true }
    }
}

/// A paragraph and the mentions in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CitingParagraph {
    pub(super) span: Span,
    /// The mentions in it, by their numbers.
    pub(super) mentions: Range<usize>,
}

/// Returns the paragraphs in which mentions stand.
pub(super) fn citing_paragraphs(text: &str, mentions: &[Mention]) -> Vec<CitingParagraph> {
    let mut found: Vec<CitingParagraph> = Vec::new();
    for (at, Mention { span, .. }) in mentions.iter().enumerate() {
        match found.last_mut().filter(|last| last.span.contains(&span.start)) {
            Some(last) => last.mentions.end = at + 1,
            None => found.push(CitingParagraph { span: paragraph(text, span), mentions: at..at + 1 }),
        }
    }
    found
}

/// Returns what may be quoted in a paragraph and around it. `mentions` are what cites in it, `others` is
/// where the paragraph before ends that cites, and where the next citation stands.
pub(super) fn quotations(text: &str, paragraph: &Span, mentions: &[Span], others: Span) -> Vec<Quotation> {
    let next = others.end;
    let own = slice(text, paragraph.clone());
    let shifted = |span: Span| paragraph.start + span.start..paragraph.start + span.end;
    let mut found: Vec<_> =
        marked(own).into_iter().map(|span| Quotation::within(shifted(span), QuotedBy::Marks)).collect();
    let is_marked = !found.is_empty();
    let own_depth = mentions.first().map_or(0, |mention| depth(line_at(text, mention.start)));
    let is_row = own.trim_start_matches([' ', '\t', '>']).starts_with('|');
    let of_place = match is_row {
        true => cells(text, paragraph, mentions),
        false => deeper(text, paragraph.clone(), own_depth, true),
    };
    let mut places: Vec<_> = of_place.into_iter().map(|span| Quotation::within(span, QuotedBy::Place)).collect();
    if !is_row {
        let from = next_filled(text, paragraph.end);
        let is_bare = !is_marked && is_bare(own, paragraph.start, mentions);
        let is_signature = is_bare && is_signature(own);
        let mut around = match is_signature {
            true => Vec::new(),
            false => deeper(text, from..text.len(), own_depth, false),
        };
        around.retain(|span| span.end <= next);
        // A quotation may stand above the name that it is of, unless it stands below another one.
        if around.is_empty() && is_bare && !is_heading(own) {
            let is_apart = |span: &Span| {
                let between = slice(text, others.start.min(span.start)..span.start);
                others.start == 0 || between.contains(char::is_alphanumeric)
            };
            around.extend(above(text, paragraph.start, own_depth).filter(|span| is_signature || is_apart(span)));
        }
        // What stands below a name that is all of its line.
        if around.is_empty() && is_bare && !is_signature && from < next.min(text.len()) {
            let end = super::surroundings::paragraph(text, &(from..from)).end.min(text.len());
            if end <= next && depth(line_at(text, from)) == own_depth {
                found.push(Quotation::outside(from..end, QuotedBy::Behind));
            }
        }
        places.extend(around.into_iter().map(|span| Quotation::outside(span, QuotedBy::Place)));
    }
    for place in places {
        let holds = |other: &Quotation| place.span.start <= other.span.start && other.span.end <= place.span.end;
        if !found.iter().any(holds) {
            let marks = marked(slice(text, place.span.clone()));
            found.push(match marks.as_slice() {
                [mark] => Quotation { span: place.span.start + mark.start..place.span.start + mark.end, ..place },
                _ => place,
            });
        }
    }
    let ends = mentions.iter().skip(1).map(|next| next.start).chain([paragraph.end]);
    found.extend(mentions.iter().zip(ends).flat_map(|(mention, end)| behind(text, mention, end)));
    let starts = std::iter::once(paragraph.start).chain(mentions.iter().map(|mention| mention.end));
    found.extend(mentions.iter().zip(starts).filter_map(|(mention, start)| before(text, mention, start)));
    for quotation in &mut found {
        quotation.span = trimmed(text, quotation.span.clone());
    }
    found.retain(|quotation| !quotation.span.is_empty());
    found
}

/// Whether a paragraph is a heading, whose matter stands below it.
pub(super) fn is_heading(paragraph: &str) -> bool {
    content(paragraph).starts_with('#')
}

/// Whether a paragraph begins as what stands below a quotation and says whose it is.
pub(super) fn is_signature(paragraph: &str) -> bool {
    content(paragraph).starts_with(['—', '–', '(', '（'])
}

fn content(paragraph: &str) -> &str {
    paragraph.trim_start_matches([' ', '\t', '>'])
}

/// Returns what stands between quotation marks.
pub(super) fn marked(text: &str) -> Vec<Span> {
    /// What opens, what closes.
    const MARKS: [(char, &[char]); 7] = [
        ('“', &['”']),
        ('„', &['“', '”']),
        ('«', &['»']),
        ('»', &['«']),
        ('「', &['」']),
        ('『', &['』']),
        ('‘', &['’']),
    ];
    let mut found = Vec::new();
    for (open, close) in MARKS {
        let mut from = 0;
        while let Some(start) = slice(text, from..).find(open).map(|at| from + at + open.len_utf8()) {
            // An apostrophe closes nothing.
            let ends = |(at, c): &(usize, char)| {
                close.contains(c)
                    && !(*c == '’' && slice(text, start + at + c.len_utf8()..).starts_with(char::is_alphanumeric))
            };
            let Some((end, _)) = slice(text, start..).char_indices().find(ends) else { break };
            found.push(start..start + end);
            from = start + end;
        }
    }
    let mut open = None;
    for (at, _) in text.match_indices('"') {
        if slice(text, ..at).ends_with('\\') {
            continue;
        }
        match open.take() {
            Some(start) => found.push(start..at),
            None => open = Some(at + 1),
        }
    }
    found.sort_by_key(|span| span.start);
    found
}

/// Returns the cells of a row in which nothing is cited.
fn cells(text: &str, row: &Span, mentions: &[Span]) -> Vec<Span> {
    let own = slice(text, row.clone());
    let bars = own.match_indices('|').map(|(at, _)| at).filter(|&at| !slice(own, ..at).ends_with('\\'));
    let bars: Vec<_> = bars.map(|at| row.start + at).chain([row.end]).collect();
    let cells = bars.windows(2).map(|pair| pair[0] + 1..pair[1].max(pair[0] + 1));
    cells.filter(|cell| !mentions.iter().any(|mention| cell.contains(&mention.start))).collect()
}

/// Returns the paragraphs in a part of a text that are quoted deeper than a depth. Unless others are passed over, they end
/// before the first line that is not.
fn deeper(text: &str, part: Span, own: usize, passes_others: bool) -> Vec<Span> {
    let (mut at, end) = (part.start, part.end);
    let mut found: Vec<Span> = Vec::new();
    let mut is_open = false;
    while at < end {
        let line = at..line_end(text, at).min(end);
        let is_deeper = depth(slice(text, line.clone())) > own;
        let is_empty = slice(text, line.clone()).trim_matches([' ', '\t', '>', '\r']).is_empty();
        if !is_deeper && !is_empty && !passes_others {
            break;
        }
        match found.last_mut().filter(|_| is_open) {
            Some(last) if is_deeper && !is_empty => last.end = line.end,
            _ if is_deeper && !is_empty => found.push(line),
            _ => {}
        }
        is_open = is_deeper && !is_empty;
        at = next_line(text, at);
    }
    found
}

/// Returns the paragraph right above a place that is quoted deeper than a depth.
fn above(text: &str, at: usize, own: usize) -> Option<Span> {
    let is_empty = |line: &str| line.trim_matches([' ', '\t', '>', '\r']).is_empty();
    let mut end = at;
    while end > 0 && is_empty(line_at(text, end - 1)) {
        end = line_start(text, end - 1);
    }
    let mut start = end;
    while start > 0 && !is_empty(line_at(text, start - 1)) && depth(line_at(text, start - 1)) > own {
        start = line_start(text, start - 1);
    }
    (start < end).then_some(start..end)
}

/// How deep a line is quoted.
fn depth(line: &str) -> usize {
    let marks = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    slice(line, ..marks).matches('>').count()
}

fn line_at(text: &str, at: usize) -> &str {
    slice(text, line_start(text, at)..line_end(text, at))
}

/// Returns where the next line begins that has words.
fn next_filled(text: &str, mut at: usize) -> usize {
    while at < text.len() && line_at(text, at).trim_matches([' ', '\t', '>', '\r']).is_empty() {
        at = next_line(text, at);
    }
    at
}

/// Whether a paragraph has hardly a word beside what cites in it.
fn is_bare(paragraph: &str, start: usize, mentions: &[Span]) -> bool {
    const FEW: usize = 2;
    let mut own = Edits::of(paragraph);
    for mention in mentions.iter().filter(|mention| mention.start >= start) {
        // No mention reaches out of its paragraph, or into another one.
        let _ = own.add(Edit::delete(mention.start - start..mention.end - start));
    }
    own.written().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count() <= FEW
}

/// Returns what stands behind a citation, before the next one: all of it, and what follows on brackets.
fn behind(text: &str, mention: &Span, end: usize) -> Vec<Quotation> {
    let rest = slice(text, mention.end..end.max(mention.end));
    let mut starts = vec![0, bracketed(rest)];
    starts.dedup();
    let quotation = |from: usize| {
        let rest = slice(rest, from..);
        let own = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = own.find("}").unwrap_or(own.len());
        let start = mention.end + from + rest.len() - own.len();
        (end > 0).then(|| Quotation::within(start..start + end, QuotedBy::Behind))
    };
    starts.into_iter().filter_map(quotation).collect()
}

/// Returns the length of what a text begins with in brackets, as behind an id: ` (W2)`, `/W2 [p. 3]`.
fn bracketed(text: &str) -> usize {
    /// Nobody says more beside an id. Longer ones may be what is quoted.
    const LONGEST: usize = 40;
    const BRACKETS: [(char, char); 4] = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')];
    let mut end = 0;
    loop {
        let rest = slice(text, end..);
        let inside = rest.trim_start_matches([' ', '\u{a0}', '*', '_']);
        let brackets = BRACKETS.into_iter().find(|(open, _)| inside.starts_with(*open));
        let length = brackets.and_then(|(_, close)| Some(inside.find(close)? + close.len_utf8()));
        let Some(length) = length.filter(|length| *length <= LONGEST) else { return end };
        end += rest.len() - inside.len() + length;
    }
}

/// Returns what stands before a citation in brackets or behind a dash, and behind the one before.
fn before(text: &str, mention: &Span, start: usize) -> Option<Quotation> {
    let rest = slice(text, start.min(mention.start)..mention.start);
    let own = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_apart = slice(rest, own.len()..).contains(['(', '（', '[', '—', '–', '【', '|']);
    (is_apart && !own.is_empty()).then(|| Quotation::within(start..start + own.len(), QuotedBy::Before))
}

fn trimmed(text: &str, span: Span) -> Span {
    let own = slice(text, span.clone());
    let words = own.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let start = span.start + own.len() - words.len();
    start..start + words.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, QuotedBy)> {
        let at = text.find("TL-001").unwrap();
        let mention = Span { start: at, end: at + 6 };
        let all = quotations(text, &paragraph(text, &mention), &[mention], 0..text.len());
        let is_set_off = all.iter().any(|quotation| !quotation.by.is_nothing());
        let shown = all.into_iter().filter(|quotation| !quotation.by.is_nothing() || !is_set_off);
        shown.map(|quotation| (&text[quotation.span], quotation.by)).collect()
    }

    #[test]
    fn quotations_stand_beside_an_id_in_many_forms() {
        use QuotedBy::{Before, Behind, Marks, Place};
        for (text, expected) in [
            (
                "TL-001: “a b” and „c“, «d» 「e」『f』 \"g\"\n",
                &[("a b", Marks), ("c", Marks), ("d", Marks), ("e", Marks), ("f", Marks), ("g", Marks)][..],
            ),
            ("As TL-001 says:\n> a b\n> c\n", &[("a b\n> c", Place)]),
            ("### TL-001\n\n> a b\n>\n> c\n\nNo more.\n", &[("a b", Place), ("c", Place)]),
            ("> TL-001\n> \n> > a b\n> \n> c", &[("a b", Place)]),
            ("| TL-001 | a b | c |\n", &[("a b", Place), ("c", Place)]),
            ("### TL-001\n\na b\n\nc\n", &[("a b", Behind)]),
            ("TL-001 – a b\nc\n\nd\n", &[("a b\nc", Behind)]),
            ("  title = {{TL-001: a b}},\n", &[("a b", Behind)]),
            ("> a b\n> c\n\n— TL-001\n\n> d\n", &[("a b\n> c", Place)]),
            ("> a b\n\nTL-001\n", &[("a b", Place)]),
            ("> a b\n\n# TL-001\n", &[]),
            ("c. A b (TL-001).\n", &[("c. A b", Before)]),
            ("A b: TL-001.\n", &[]),
            ("The team’s TL-001.\n", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
