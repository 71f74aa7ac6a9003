//! Labels: `Knowledge & Experience:` on a line of its own before a list names the list.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::document::{Inline, RichText};
use super::tokens::{Token, is_block, plain};
use crate::diagnostic::Span;
use crate::text::han::is_han;
use crate::text::slice;

/// Longer than the name of any category; a longer line before a list is a sentence.
const MAX_LABEL: usize = 80;

/// Returns the name that a paragraph gives to the list behind it, without colon, if it is such a label.
pub(crate) fn label(text: &RichText) -> Option<String> {
    name(&text.plain(), matches!(text.inlines.as_slice(), [Inline::Strong(_)]))
}

fn name(plain: &str, is_bold: bool) -> Option<String> {
    let plain = plain.trim();
    let named = plain.strip_suffix([':', '：']).or(is_bold.then_some(plain))?.trim_end();
    let is_name = !named.is_empty() && named.chars().count() <= MAX_LABEL && !named.contains(['.', '。', '\n']);
    is_name.then(|| named.to_owned())
}

/// Gives labels back to the lists they name.
///
/// CommonMark reads a line behind a list item as part of the item, even if it is not indented. Where such a line is a
/// label and another list item follows, its writer only left out the blank line. The list then ends before the label,
/// and another one begins behind it.
pub(crate) fn split_lazy_labels(text: &str, mut tokens: Vec<(Token, Span)>) -> Vec<(Token, Span)> {
    let ends = ends(&tokens);
    let top = siblings(&ends, 0..tokens.len());
    // Ranges of tokens and what replaces them, the last first.
    let mut edits = Vec::new();
    for (nth, &list) in top.iter().enumerate().rev() {
        let Token::Start(Tag::List(number)) = tokens[list].0 else { continue };
        let is_list = |&at: &usize| matches!(tokens[at].0, Token::Start(Tag::List(_)));
        let list_follows = top.get(nth + 1).is_some_and(is_list);
        let items = siblings(&ends, list + 1..ends[list]);
        let (Some(&first), Some(&last)) = (items.first(), items.last()) else { continue };
        let mut end = tokens[last].1.end;
        for (nth, &item) in items.iter().enumerate().rev() {
            let next = items.get(nth + 1);
            let Some(label) = lazy_label(text, &tokens, &ends, item).filter(|_| next.is_some() || list_follows) else {
                continue;
            };
            let LazyLabel { paragraph, line_end, end: behind, span } = label;
            let token = |token: Token| (token, span.clone());
            let list_behind = next.map(|&next| (Token::Start(Tag::List(number)), tokens[next].1.start..end));
            let closed = if next.is_some() { ends[item] } else { ends[list] };
            let behind_label = std::iter::once(token(Token::End)).chain(list_behind);
            edits.push((behind..closed + 1, behind_label.collect::<Vec<_>>()));
            let open = [paragraph, Some(item), Some(list)].into_iter().flatten();
            let before_label = open.map(|_| Token::End).chain([Token::Start(Tag::Paragraph)]);
            edits.push((line_end..line_end + 1, before_label.map(token).collect()));
            if let Some(paragraph) = paragraph {
                tokens[paragraph].1.end = slice(text, ..span.start).trim_end().len();
            }
            tokens[item].1.end = span.start;
            end = span.start;
        }
        tokens[list].1 = tokens[first].1.start..end;
    }
    let mut split = Vec::with_capacity(tokens.len());
    let (mut rest, mut at) = (tokens.into_iter(), 0);
    for (range, others) in edits.into_iter().rev() {
        split.extend(rest.by_ref().take(range.start - at));
        rest.by_ref().take(range.len()).for_each(drop);
        split.extend(others);
        at = range.end;
    }
    split.extend(rest);
    split
}

/// A label that CommonMark reads as the last line of a list item.
struct LazyLabel {
    /// The token that opens its paragraph. None in a tight list.
    paragraph: Option<usize>,
    /// The token of the line end before it.
    line_end: usize,
    /// The token right behind it.
    end: usize,
    span: Span,
}

/// Finds the label in the last line of an item.
fn lazy_label(text: &str, tokens: &[(Token, Span)], ends: &[usize], item: usize) -> Option<LazyLabel> {
    let mut inlines = siblings(ends, item + 1..ends[item]);
    let paragraph = inlines.last().copied().filter(|&at| matches!(tokens[at].0, Token::Start(Tag::Paragraph)));
    let end = ends[paragraph.unwrap_or(item)];
    if let Some(paragraph) = paragraph {
        inlines = siblings(ends, paragraph + 1..end);
    }
    let is_inline = |at: &&usize| match &tokens[**at].0 {
        Token::Start(tag) => !is_block(tag),
        token => !matches!(token, Token::Rule),
    };
    let mut last_inlines = inlines.iter().rev().take_while(is_inline);
    let line_end = *last_inlines.find(|&&at| matches!(tokens[at].0, Token::SoftBreak { .. }))?;
    let Token::SoftBreak { next_line, .. } = tokens[line_end].0 else { return None };
    let span = next_line..tokens[end - 1].1.end;
    let line = text.get(span.clone())?;
    let stands_at_margin = slice(text, ..next_line).ends_with(['\n', '\r']);
    let begins_name = line.starts_with(|c: char| c.is_uppercase() || c == '*' || is_han(c));
    if !(stands_at_margin && begins_name) {
        return None;
    }
    // Attributes are read later, so the name is looked for without them.
    let written = line.split_once(" {#").map_or(line, |(name, _)| name).trim_end();
    let is_strong = |at: usize| matches!(tokens[at].0, Token::Start(Tag::Strong)) && ends[at] + 1 == end;
    let is_label = name(&plain(&tokens[line_end + 1..end]), is_strong(line_end + 1)).is_some()
        || written.ends_with([':', '：'])
        || written.ends_with("**");
    (is_label && written.chars().count() <= MAX_LABEL).then_some(LazyLabel { paragraph, line_end, end, span })
}

/// For each token, returns the index of the token that closes it: its own, unless it opens something.
fn ends(tokens: &[(Token, Span)]) -> Vec<usize> {
    let mut ends: Vec<_> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (at, (token, _)) in tokens.iter().enumerate() {
        match token {
            Token::Start(_) => open.push(at),
            Token::End => open.pop().into_iter().for_each(|start: usize| ends[start] = at),
            _ => {}
        }
    }
    ends
}

/// Returns the indices of the tokens in a range that nothing else in the range encloses.
fn siblings(ends: &[usize], range: Range<usize>) -> Vec<usize> {
    let following = std::iter::successors(Some(range.start), |&at| Some(ends.get(at)? + 1));
    following.take_while(|at| *at < range.end).collect()
}
