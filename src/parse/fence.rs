//! Blocks of code and of HTML, and those that are never closed: they take in whatever stands below them.

use camino::Utf8Path;
use pulldown_cmark::{CodeBlockKind, Tag};

use super::slip;
use super::tokens::{self, Token};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::text::{char_at, list, slice};

/// Reports each block of fenced code or of HTML that is closed only by the end of its container.
pub(super) fn unclosed(path: &Utf8Path, text: &str, tokens: &[(Token, Span)]) -> Vec<Diagnostic> {
    let swallowed_ids = |span: &Span| {
        let ids: Vec<_> = slip::written(text, span.clone(), &[]).into_iter().map(|block| block.id).collect();
        swallowed(&ids)
    };
    let place = |span: &Span, opening: &str| Place::new(path, span.start..span.start + opening.len());
    let problem = |(token, span): &(Token, Span)| match token {
        Token::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
            let fence = unclosed_fence(slice(text, span.clone()))?;
            let problem = place(span, fence).problem(Code::UnclosedCode, "the code that begins here is never closed");
            let help = format!("{ids}end it with a line that reads {fence}", ids = swallowed_ids(span));
            Some(problem.label("everything after it is code").help(help))
        }
        Token::Start(Tag::HtmlBlock) => {
            let start = span.end - slice(text, span.clone()).trim_start().len();
            let (opening, end) = unclosed_html(slice(text, start..span.end))?;
            let message = format!("the HTML that begins with `{opening}` is never closed");
            let problem = place(&(start..span.end), opening).problem(Code::UnclosedCode, message);
            let ids = swallowed_ids(span);
            let help = format!("{ids}remove `{opening}`, or write `{end}` where it should end");
            Some(problem.label("everything after it is text").help(help))
        }
        _ => None,
    };
    tokens.iter().filter_map(problem).collect()
}

/// Returns the spans of code: within lines, and in blocks between fences.
pub(crate) fn code_spans(text: &str) -> Vec<Span> {
    let is_code =
        |token: &Token| matches!(token, Token::Code(_) | Token::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))));
    tokens::tokens(text, 0).into_iter().filter(|(token, _)| is_code(token)).map(|(_, span)| span).collect()
}

/// The HTML that goes on until its end is written, whatever lines stand between: how it begins, and that end.
const HTML: [(&str, &str); 8] = [
    ("<!--", "-->"),
    ("<![CDATA[", "]]>"),
    ("<!", ">"),
    ("<?", "?>"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

/// Returns the opening of an HTML block that lasts until its end is written, and that end.
fn sign_of(block: &str) -> Option<(&'static str, &'static str)> {
    let begins = |sign: &str| {
        let is_name = sign.ends_with(|c: char| c.is_ascii_lowercase());
        let is_whole =
            |rest: &str| !is_name || rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '>');
        let (start, rest) = (block.get(..sign.len()), block.get(sign.len()..));
        start.is_some_and(|start| start.eq_ignore_ascii_case(sign)) && rest.is_some_and(is_whole)
    };
    HTML.into_iter().find(|(sign, _)| begins(sign))
}

/// Returns the opening of an HTML block and the end that is missing. Other blocks of HTML end before an empty line.
fn unclosed_html(block: &str) -> Option<(&str, &'static str)> {
    let (sign, end) = sign_of(block)?;
    // `<!-->` ends where it begins.
    let rest = slice(block, 2..).to_ascii_lowercase();
    let is_closed = match end.strip_prefix("</") {
        Some(_) => HTML.iter().any(|(_, end)| end.starts_with("</") && rest.contains(end)),
        None => rest.contains(end),
    };
    let first = block.lines().next().unwrap_or_default();
    let tag = first.find('>').filter(|_| end.starts_with("</")).map_or(sign.len(), |at| at + 1);
    (!is_closed).then(|| (slice(block, ..tag), end))
}

/// Returns the blocks of HTML in a Markdown file. HTML is text, and so is what stands in them.
pub(super) fn blocks_of_html(path: &Utf8Path, text: &str) -> Vec<Span> {
    let start = super::front_matter(path, text).span.end;
    let html = tokens::tokens(text, start).into_iter().filter_map(|(token, span)| {
        let start = span.end - slice(text, span.clone()).trim_start().len();
        matches!(token, Token::Start(Tag::HtmlBlock)).then_some(start..span.end)
    });
    html.collect()
}

/// Whether a block of HTML goes on until its end is written. Any other ends before an empty line.
pub(super) fn has_end(block: &str) -> bool {
    sign_of(block).is_some()
}

/// Returns the blocks of code in a Markdown file, with what opens each: its fence, or nothing if it is indented.
pub(crate) fn blocks(path: &Utf8Path, text: &str) -> Vec<(Span, Span)> {
    let start = super::front_matter(path, text).span.end;
    let blocks = tokens::tokens(text, start).into_iter().filter_map(|(token, span)| match token {
        Token::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
            let sign = char_at(text, span.start)?;
            let block = slice(text, span.clone());
            Some((span.start..span.start + block.len() - block.trim_start_matches(sign).len(), span))
        }
        Token::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some((span.start..span.start, span)),
        _ => None,
    });
    blocks.collect()
}

/// Which ids are code now, as a clause before the help.
fn swallowed(ids: &[String]) -> String {
    const NAMED: usize = 12;
    match ids {
        [] => String::new(),
        [one] => format!("{one} is part of it: "),
        few if few.len() <= NAMED => format!("{} are part of it: ", list(few)),
        many => format!("{} and {} more are part of it: ", list(&many[..NAMED]), many.len() - NAMED),
    }
}

/// Returns the fence that opens a block of code, unless the last line closes it. Marks of quotations may stand before
/// that.
fn unclosed_fence(block: &str) -> Option<&str> {
    let sign = block.chars().next()?;
    let fence = slice(block, ..block.len() - block.trim_start_matches(sign).len());
    let last = block.trim_end().rsplit_once('\n').map_or("", |(_, last)| last);
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    let closes = last.len() >= fence.len() && last.chars().all(|c| c == sign);
    (!closes).then_some(fence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Problems;

    fn unclosed_in(text: &str) -> Vec<String> {
        let (_, problems) = Problems::of(|problems| super::super::parse("en/a.md".into(), text, problems));
        let unclosed = problems.iter().filter(|problem| problem.code == Code::UnclosedCode);
        unclosed.map(|problem| slice(text, problem.label.place.span()).to_owned()).collect()
    }

    #[test]
    fn code_that_is_closed_is_no_fault() {
        for text in [
            "```\na\n```\n",
            "~~~~ sh\na\n~~~~~",
            "> ```\n> a\n> ```\n",
            "- x\n\n  ```\n  a\n  ```  \n",
            "```\n```",
            "    ```\n",
        ] {
            assert_eq!(unclosed_in(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn html_that_only_the_end_closes_is_reported() {
        for (text, opening) in [
            ("<!-- a\n\nb\n", "<!--"),
            ("<!-- a --\n\n> b\n", "<!--"),
            ("<pre>\n\na\n</pre\n", "<pre>"),
            ("<PRE class=\"a\">\na", "<PRE class=\"a\">"),
            ("- x\n\n  <script>\n  a\n- y\n", "<script>"),
            ("  <style\n", "<style"),
            ("<?php\n\na\n", "<?"),
            ("<![CDATA[\na\n", "<![CDATA["),
        ] {
            assert_eq!(unclosed_in(text), [opening], "{text}");
        }
        for text in [
            "<!-- a\n\nb -->\n",
            "<!-->\n",
            "<!-- rungs: allow ellipsis -->\n",
            "<pre>\n\na\n</PRE>\n",
            "<script>a</style>\n",
            "<div>\na\n\nb\n",
            "<present>\na\n\nb\n",
            "a <!-- b\n",
            "<!DOCTYPE html>\n",
        ] {
            assert_eq!(unclosed_in(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn code_that_only_the_end_closes_is_reported() {
        let found = |fence: &str| vec![fence.to_owned()];
        for text in ["```\na\n", "a\n```", "> ```\n> a\n\nb", "- x\n\n  ```\n  a\n- y\n", "```\na ```\n", "```\n~~~\n"]
        {
            assert_eq!(unclosed_in(text), found("```"), "{text}");
        }
        assert_eq!(unclosed_in("````\n```\n"), found("````"));
    }
}
