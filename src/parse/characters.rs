//! Characters that no page may hold, as they stand in a file and as references by number make them.

use camino::Utf8Path;
use pulldown_cmark::{CodeBlockKind, CowStr, Tag};

use super::tokens::Token;
use crate::diagnostic::{Diagnostic, Span, character};
use crate::text::{SpannedChar, forbidden_among, forbidden_in, printable, references, slice};

/// Reports them, and takes those out of the tokens that references made. In `text` blanks stand for all others.
pub(crate) fn forbidden(
    path: &Utf8Path,
    original: &str,
    text: &str,
    start: usize,
    tokens: &mut [(Token, Span)],
) -> Vec<Diagnostic> {
    let mut found = forbidden_in(original);
    let body = slice(text, start..);
    if body.contains("&#") {
        let code = code_in(text, tokens);
        let is_code = |span: &Span| code.iter().any(|code| code.contains(&span.start));
        let written = references(body).into_iter().map(|(span, c)| (span.start + start..span.end + start, c));
        found.extend(forbidden_among(written.filter(|(span, c)| *c == '\n' || !is_code(span))));
        tokens.iter_mut().for_each(|(token, _)| clean(token));
    }
    found.sort_by_key(|(span, _): &SpannedChar| span.start);
    character::forbidden(path, 0, original, found)
}

/// Returns the spans of code, where a reference means itself.
fn code_in(text: &str, tokens: &[(Token, Span)]) -> Vec<Span> {
    let code_span = |(token, span): &(Token, Span)| match token {
        Token::Code(_) => Some(span.clone()),
        // The line of the fence may name a language.
        Token::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
            let fence = slice(text, span.clone()).find('\n').map_or(span.end, |length| span.start + length);
            Some(fence..span.end)
        }
        Token::Start(Tag::CodeBlock(CodeBlockKind::Indented) | Tag::HtmlBlock) => Some(span.clone()),
        _ => None,
    };
    tokens.iter().filter_map(code_span).collect()
}

fn clean(token: &mut Token) {
    let seen = |text: &mut CowStr<'static>| *text = CowStr::from(printable(text).into_owned());
    match token {
        Token::Text(text) | Token::Code(text) => *text = printable(text).into_owned(),
        Token::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
            seen(dest_url);
            seen(title);
        }
        Token::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => seen(info),
        _ => {}
    }
}
