//! From Markdown to a list of owned tokens.

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::comment::{self, COMMENT};
use super::footnote;
use super::mask::{Masked, mask};
use crate::diagnostic::Span;
use crate::text::han::{is_spaced, joins_lines};
use crate::text::slice;

/// The tokens of a Markdown parser, with the original text.
#[derive(Debug)]
pub(crate) enum Token {
    Start(Tag<'static>),
    End,
    Text(String),
    /// Raw HTML, which is text. A block of it is one token.
    Html(String),
    Code(String),
    /// `[^label]`, whether a footnote has this label or not.
    Footnote(String),
    /// `[ ]` or `[x]` at the beginning of an item.
    Box(bool),
    SoftBreak {
        spaced: bool,
        next_line: usize,
    },
    HardBreak,
    Rule,
}

/// Reads the Markdown of `text` behind byte `start`. Spans count from the beginning of `text`.
///
/// The line ends of Windows are read as those of Unix: the parser takes each of the two characters for a line end where
/// code runs over several lines. So is a carriage return alone, which is a line end in CommonMark
/// (<https://spec.commonmark.org/0.31.2/#line-ending>), and which the parser takes for text in a heading.
pub(crate) fn tokens(text: &str, start: usize) -> Vec<(Token, Span)> {
    if !text.contains('\r') {
        return unix_tokens(text, start);
    }
    let lines: Vec<_> = text.split("\r\n").collect();
    // Where in the text of Unix a line end lacks a character.
    let mut ends: Vec<usize> = lines[..lines.len() - 1].iter().map(|line| line.len()).collect();
    for at in 1..ends.len() {
        ends[at] += ends[at - 1] + 1;
    }
    let removed = text.as_bytes()[..start].windows(2).filter(|pair| pair == b"\r\n").count();
    let original = |at: usize| at + ends.partition_point(|&end| end < at);
    let mut tokens = unix_tokens(&lines.join("\n").replace('\r', "\n"), start - removed);
    for (token, span) in &mut tokens {
        *span = original(span.start)..original(span.end);
        if let Token::SoftBreak { next_line, .. } = token {
            *next_line = original(*next_line);
        }
    }
    tokens
}

/// Returns the definitions of links behind byte `start`, in the order of the text: label, address and place.
pub(super) fn definitions(text: &str, start: usize) -> Vec<(String, String, Span)> {
    let parser = Parser::new_ext(slice(text, start..), OPTIONS);
    let mut found = Vec::new();
    for (label, definition) in parser.reference_definitions().iter() {
        let span = start + definition.span.start..start + definition.span.end;
        found.push((label.to_owned(), definition.dest.to_string(), span));
    }
    found.sort_by_key(|(_, _, span)| span.start);
    found
}

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

fn unix_tokens(text: &str, start: usize) -> Vec<(Token, Span)> {
    let body = slice(text, start..);
    let mask = mask(body);
    let masked = mask.as_ref().map_or(body, |masked| &masked.text);
    let keep_unknown_references = |_: BrokenLink<'_>| Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
    let events =
        |text| Parser::new_with_broken_link_callback(text, OPTIONS, Some(keep_unknown_references)).into_offset_iter();
    let blanked = comment::blanked(masked, || events(masked));
    let parsed = blanked.as_deref().unwrap_or(masked);
    let mut tokens: Vec<(Token, Span)> = Vec::new();
    let mut is_behind_comment = false;
    for (event, span) in events(parsed) {
        let (masked, original) = (parsed.get(span.clone()), body.get(span.clone()));
        let original = |seen: CowStr<'_>| original_of(&seen, masked, original, mask.as_ref());
        let token = match event {
            Event::InlineHtml(html) if html.starts_with(COMMENT.0) && comment::is_remark(&html) => {
                is_behind_comment = true;
                continue;
            }
            Event::Start(tag) => Token::Start(unmask_tag(tag.into_static(), mask.as_ref())),
            Event::Code(code) => Token::Code(original(code)),
            Event::Text(text) => Token::Text(original(text)),
            Event::InlineHtml(html) => Token::Html(original(html)),
            Event::Html(html) => match tokens.last_mut() {
                Some((Token::Html(block), whole)) if whole.end == start + span.start => {
                    block.push_str(&original(html));
                    whole.end = start + span.end;
                    continue;
                }
                _ => Token::Html(original(html)),
            },
            Event::FootnoteReference(label) => Token::Footnote(unmask(&label, mask.as_ref())),
            Event::TaskListMarker(is_ticked) => Token::Box(is_ticked),
            Event::SoftBreak => Token::SoftBreak { spaced: true, next_line: start + span.end },
            Event::HardBreak => Token::HardBreak,
            Event::Rule => Token::Rule,
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((Token::Html(block), _)) = tokens.last_mut()
                    && block.contains(COMMENT.0)
                {
                    *block = comment::without(block).trim_start().to_owned();
                }
                Token::End
            }
            Event::End(_) => Token::End,
            // What remains belongs to extensions that are not enabled.
            other => Token::Text(format!("{other:?}")),
        };
        let token = (token, start + span.start..start + span.end);
        match std::mem::take(&mut is_behind_comment) {
            true => comment::push_behind(&mut tokens, token),
            false => tokens.push(token),
        }
    }
    footnote::read_undefined(text, &mut tokens);
    join_lines(&mut tokens);
    tokens
}

/// Returns the original of what was seen in a masked piece of text. What was masked may begin or end within a character
/// of the original, such as in a comment that was blanked.
fn original_of(seen: &str, masked: Option<&str>, original: Option<&str>, mask: Option<&Masked>) -> String {
    // Mostly all of it is seen.
    let at = masked.and_then(|masked| if masked.starts_with(seen) { Some(0) } else { masked.find(seen) });
    let original = at.zip(original).and_then(|(at, original)| original.get(at..at + seen.len()));
    // Escapes and entities differ from their source, and so do the line ends of code.
    original.map_or_else(|| unmask(seen, mask), str::to_owned)
}

fn unmask(seen: &str, mask: Option<&Masked>) -> String {
    mask.map_or_else(|| seen.to_owned(), |mask| mask.unmask(seen))
}

/// Returns a tag whose addresses and words are those of the text as it was written.
fn unmask_tag(tag: Tag<'static>, mask: Option<&Masked>) -> Tag<'static> {
    let original = |seen: &CowStr<'_>| CowStr::from(unmask(seen, mask));
    match tag {
        Tag::Link { link_type, dest_url, title, id } => {
            Tag::Link { link_type, dest_url: original(&dest_url), title: original(&title), id }
        }
        Tag::Image { link_type, dest_url, title, id } => {
            Tag::Image { link_type, dest_url: original(&dest_url), title: original(&title), id }
        }
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(original(&info))),
        Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(original(&label)),
        other => other,
    }
}

/// Decides for each line end within a paragraph whether it stands for a space. That depends on its block alone, so that
/// the block reads the same wherever it stands.
fn join_lines(tokens: &mut [(Token, Span)]) {
    let begins_block = |token: &(Token, Span)| matches!(&token.0, Token::Start(tag) if is_block(tag));
    for at in 0..tokens.len() {
        if !matches!(tokens[at].0, Token::SoftBreak { .. }) {
            continue;
        }
        let (above, below) = (&tokens[..at], &tokens[at + 1..]);
        let before = above.iter().rev().filter_map(|(token, _)| words(token)).flat_map(|words| words.chars().rev());
        let after = below.iter().find_map(|(token, _)| words(token)?.chars().next());
        let is_spaced = || {
            let from = above.iter().rposition(begins_block).unwrap_or_default();
            let to = below.iter().position(begins_block).map_or(tokens.len(), |length| at + 1 + length);
            let letters = tokens[from..to].iter().map(|(token, _)| words(token).unwrap_or("\n"));
            is_spaced(letters.flat_map(str::chars))
        };
        let joins = after.is_some_and(|after| joins_lines(before, after, is_spaced));
        if let Token::SoftBreak { spaced, .. } = &mut tokens[at].0 {
            *spaced = !joins;
        }
    }
}

/// Whether a tag is that of a block or of a part of one, not of marked words.
pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Returns the text of tokens without markup.
pub(super) fn plain(tokens: &[(Token, Span)]) -> String {
    let words = tokens.iter().map(|(token, _)| match token {
        Token::SoftBreak { spaced: true, .. } | Token::HardBreak => " ",
        token => words(token).unwrap_or_default(),
    });
    words.collect()
}

fn words(token: &Token) -> Option<&str> {
    match token {
        Token::Text(text) | Token::Html(text) | Token::Code(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_those_of_the_text_with_the_line_ends_that_it_has() {
        let unix = "+++\n+++\n- one `code\n  in two\n  lines` and\n  more\n\n```\nblock\n```\n";
        let windows = unix.replace('\n', "\r\n");
        let (here, there) = (tokens(unix, 8), tokens(&windows, 10));
        for ((token, span), (token_there, span_there)) in here.iter().zip(&there) {
            assert_eq!(words(token), words(token_there));
            assert_eq!(slice(unix, span.clone()), slice(&windows, span_there.clone()).replace("\r\n", "\n"));
        }
        assert_eq!(here.len(), there.len());
    }

    #[test]
    fn a_comment_amid_code_may_hold_wide_spaces() {
        // Six columns belong to the list and to the code, and so end within the space of three bytes.
        let text = "- 甲\n\n      code\n<!--\u{3000}rungs: allow ellipsis -->\n      more\n";
        let read = tokens(text, 0);
        let code: String = read.iter().filter_map(|(token, _)| words(token)).collect();
        assert!(code.contains("code\n") && code.contains("more\n") && !code.contains("rungs"), "{code:?}");
    }
}
