//! Putting words into a text and changing nothing else in it.

use crate::diagnostic::Span;

/// Something that is to stand at a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// The byte before which it will stand.
    pub at: usize,
    pub text: String,
}

/// Something that is to stand in place of a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    pub span: Span,
    pub text: String,
}

/// The text with everything inserted. What is to stand at the same place comes in the order given.
pub fn insert(text: &str, insertions: Vec<Insertion>) -> String {
    splice(text, insertions.into_iter().map(|of| Splice { span: of.at..of.at, text: of.text }).collect())
}

/// The text with parts of it replaced. No two of them overlap.
pub fn splice(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| splice.span.start);
    let mut written = String::with_capacity(text.len() + splices.iter().map(|of| of.text.len()).sum::<usize>());
    let mut done = 0;
    for Splice { span, text: new } in splices {
        written.push_str(&text[done..span.start]);
        written.push_str(&new);
        done = span.end;
    }
    written.push_str(&text[done..]);
    written
}

/// Where something stood before the text was spliced. What is new counts as standing where it was put.
pub fn unspliced(mut at: usize, splices: &[Splice]) -> usize {
    let mut splices: Vec<_> = splices.iter().collect();
    splices.sort_by_key(|splice| splice.span.start);
    for Splice { span, text } in splices {
        if at < span.start {
            break;
        }
        at = if at < span.start + text.len() { span.start } else { at + span.len() - text.len() };
    }
    at
}
