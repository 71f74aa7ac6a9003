//! Blocks of code, and fenced ones that are never closed: they take in whatever stands below them.

use camino::Utf8Path;
use pulldown_cmark::{CodeBlockKind, Tag};

use super::slip;
use super::tokens::{self, Token};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::text::{char_at, list, slice};

/// Reports each block of fenced code that nothing closes but the end of what it stands in.
pub(super) fn unclosed(path: &Utf8Path, text: &str, tokens: &[(Token, Span)]) -> Vec<Diagnostic> {
    let blocks = tokens.iter().filter_map(|(token, span)| match token {
        Token::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Some(span.clone()),
        _ => None,
    });
    let problem = |span: Span| {
        let fence = unclosed_fence(slice(text, span.clone()))?;
        let place = Place::new(path, span.start..span.start + fence.len());
        let ids: Vec<_> = slip::written(text, span, &[]).into_iter().map(|block| block.id).collect();
        let told = swallowed(&ids);
        let problem = place.problem(Code::UnclosedCode, "the code that begins here is never closed");
        Some(
            problem
                .label("all that follows is code")
                .help(format!("{told}end it with a line of its own that reads {fence}")),
        )
    };
    blocks.filter_map(problem).collect()
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

/// The fence that opens a block of code, unless the last line closes it. Marks of quotations may stand before that.
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
        problems.iter().map(|problem| slice(text, problem.label.place.span()).to_owned()).collect()
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
    fn code_that_only_the_end_closes_is_reported() {
        let found = |fence: &str| vec![fence.to_owned()];
        for text in ["```\na\n", "a\n```", "> ```\n> a\n\nb", "- x\n\n  ```\n  a\n- y\n", "```\na ```\n", "```\n~~~\n"]
        {
            assert_eq!(unclosed_in(text), found("```"), "{text}");
        }
        assert_eq!(unclosed_in("````\n```\n"), found("````"));
    }
}
