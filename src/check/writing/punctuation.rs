//! A Chinese sentence has full-width punctuation, and 「」 for quotation marks.
//!
//! What stands between Latin words or digits belongs to them: `1,000`, `12:30`, `f(x)`, `Hello, world!`.

use super::super::CheckInput;
use super::{Finding, find, follows, is_wide, leads, word_before, word_behind};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::han::is_han;
use crate::text::{char_at, char_before, slice};

/// Marks that follow the text they end, with their full-width forms.
const MARKS: [(char, char); 6] = [(',', '，'), (':', '：'), (';', '；'), ('!', '！'), ('?', '？'), ('.', '。')];

/// Two marks around something, with their full-width forms.
const PAIRS: [(char, char, char, char); 3] = [('(', ')', '（', '）'), ('"', '"', '「', '」'), ('“', '”', '「', '」')];

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    find(checked, Code::HalfWidthPunctuation, |_, text| {
        let mut findings = Vec::new();
        let mut open = OpenPairs::default();
        for (at, c) in text.char_indices() {
            if let Some(&(_, full)) = MARKS.iter().find(|(mark, _)| *mark == c) {
                findings.extend(is_misplaced(text, at, c).then(|| finding(text, at, c, full)));
            } else {
                pair(text, at, c, &mut open, &mut findings);
            }
        }
        for (at, kind) in open.places {
            let (mark, _, full, _) = PAIRS[kind];
            if is_beside(text, at, mark) {
                // Where its other half should stand is not certain.
                findings.push(Finding { edits: Vec::new(), ..finding(text, at, mark, full) });
            }
        }
        findings
    })
}

fn is_misplaced(text: &str, at: usize, mark: char) -> bool {
    let next = char_at(text, at + 1);
    if mark == '.' {
        let ends = next.is_none_or(|next| next.is_whitespace() || is_wide(next) || matches!(next, ')' | '"' | '”'));
        return ends && char_before(text, at).is_some_and(is_han);
    }
    word_before(text, at).is_some_and(leads) || next.is_some_and(follows)
}

/// Opens or closes a pair.
fn pair(text: &str, at: usize, c: char, open: &mut OpenPairs, findings: &mut Vec<Finding>) {
    let closing = (0..PAIRS.len()).find(|&kind| PAIRS[kind].1 == c);
    if let Some((kind, start)) = closing.and_then(|kind| Some((kind, open.close(kind)?))) {
        let (opening, _, full_opening, full_closing) = PAIRS[kind];
        if is_pair_misplaced(text, start, opening, at, c) {
            let halves = [finding(text, start, opening, full_opening), finding(text, at, c, full_closing)];
            // Fixed together or not at all. Spaces that both halves touch go with the first.
            let mut edits: Vec<_> = halves.iter().flat_map(|half| half.edits.clone()).collect();
            if let [(first, _), (second, _)] = edits.as_mut_slice() {
                second.start = second.start.max(first.end);
            }
            findings.extend(halves.map(|half| Finding { edits: edits.clone(), ..half }));
        }
    } else if let Some(kind) = PAIRS.iter().position(|pair| pair.0 == c) {
        // What stands right behind a digit and opens nothing is a sign for inches.
        let is_inch = c == '"' && char_before(text, at).is_some_and(|c| c.is_ascii_digit());
        if !is_inch {
            open.open(kind, at);
        }
    } else if let Some(kind) = closing {
        let half = || Finding { edits: Vec::new(), ..finding(text, at, c, PAIRS[kind].3) };
        findings.extend(is_beside(text, at, c).then(half));
    }
}

/// The pairs that are open.
#[derive(Default)]
struct OpenPairs {
    /// The places where they were opened, with their kinds, the outermost first.
    places: Vec<(usize, usize)>,
    /// The number of marks of each kind.
    counts: [usize; PAIRS.len()],
}

impl OpenPairs {
    fn open(&mut self, kind: usize, at: usize) {
        self.places.push((at, kind));
        self.counts[kind] += 1;
    }

    /// Closes the innermost of a kind and all within it, which is never closed. Gives where it was opened.
    fn close(&mut self, kind: usize) -> Option<usize> {
        if self.counts[kind] == 0 {
            return None;
        }
        while let Some((at, opened)) = self.places.pop() {
            self.counts[opened] -= 1;
            if opened == kind {
                return Some(at);
            }
        }
        None
    }
}

/// Returns whether a mark that has lost its other half touches Chinese.
fn is_beside(text: &str, at: usize, mark: char) -> bool {
    char_before(text, at).is_some_and(leads) || char_at(text, at + mark.len_utf8()).is_some_and(follows)
}

fn is_pair_misplaced(text: &str, start: usize, opening: char, end: usize, closing: char) -> bool {
    let (inside, outside) = (start + opening.len_utf8(), end + closing.len_utf8());
    let holds_han = char_at(text, inside).is_some_and(follows) || char_before(text, end).is_some_and(leads);
    if opening == '(' {
        let is_call = char_before(text, start).is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let is_amid = word_before(text, start).is_some_and(leads) || char_at(text, outside).is_some_and(follows);
        return holds_han || (is_amid && !is_call);
    }
    holds_han || word_before(text, start).is_some_and(leads) || word_behind(text, outside).is_some_and(follows)
}

fn finding(text: &str, at: usize, mark: char, full: char) -> Finding {
    let end = at + mark.len_utf8();
    let spaces = (char_before(text, at) == Some(' '), char_at(text, end) == Some(' '));
    let help = match spaces {
        (false, false) => format!("write `{full}`"),
        (true, false) => format!("write `{full}`, and no space before it"),
        (false, true) => format!("write `{full}`, and no space after it"),
        (true, true) => format!("write `{full}`, and no spaces around it"),
    };
    let message = format!("`{mark}` next to Han characters");
    let from = slice(text, ..at).trim_end_matches(' ').len();
    let to = text.len() - slice(text, end..).trim_start_matches(' ').len();
    Finding { part: at..end, message, help, edits: vec![(from..to, full.to_string())] }
}
