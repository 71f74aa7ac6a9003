//! The readable text of a file, one text for each block, with the places of its characters.

use camino::Utf8Path;
use pulldown_cmark::Tag;

use super::tokens::{Token, is_block, tokens};
use super::{LevelHeading, attributes, autolink, front_matter};
use crate::diagnostic::Span;
use crate::text::slice;

/// Stands in a text for anything else: code, an address, an entity.
pub(crate) const OBJECT: char = '\u{1}';

/// The text of one block, or a text from elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BlockText {
    /// Without markup. A line end that stands for a space is a line end here; one that stands for nothing is left out.
    pub(crate) text: String,
    pub(crate) is_heading: bool,
    /// In the order of the text.
    segments: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    /// Where it begins in the text.
    start: usize,
    /// Where it is written.
    source: Span,
    /// Whether it stands there byte by byte.
    is_exact: bool,
}

impl BlockText {
    /// Returns a text that is written, perhaps with quotes and escapes, in a part of a file.
    pub(crate) fn written(file: &str, text: &str, source: Span) -> Self {
        let mut block = Self::default();
        match slice(file, source.clone()).find(text) {
            Some(at) => block.push(text, source.start + at..source.start + at + text.len(), true),
            None => block.push(text, source, false),
        }
        block
    }

    /// Returns the heading of a level without its code and what parts it from the title.
    pub(crate) fn without_level_code(mut self) -> Self {
        let heading = LevelHeading::read(&self.text);
        if !heading.codes.is_empty() {
            let title = self.text.rfind(&heading.title).unwrap_or_default();
            self.text = String::from(OBJECT).repeat(title) + slice(&self.text, title..);
        }
        self
    }

    /// Returns where a part of the text is written. The part is not empty.
    pub(crate) fn span(&self, part: Span) -> Span {
        let segment = |at: usize| {
            let after = self.segments.partition_point(|segment| segment.start <= at);
            self.segments.get(after.wrapping_sub(1))
        };
        let last = slice(&self.text, ..part.end).char_indices().next_back().map_or(0, |(at, _)| at);
        let (Some(first), Some(end)) = (segment(part.start), segment(last)) else { return 0..0 };
        let from = if first.is_exact { first.source.start + part.start - first.start } else { first.source.start };
        let to = if end.is_exact { end.source.start + part.end - end.start } else { end.source.end };
        from..to.max(from)
    }

    fn push(&mut self, text: &str, source: Span, is_exact: bool) {
        self.segments.push(Segment { start: self.text.len(), source, is_exact });
        self.text.push_str(text);
    }

    /// Takes out what readers do not read: attributes, and addresses.
    fn finish(mut self) -> Option<Self> {
        let shown = attributes::without(&self.text).len();
        self.text.truncate(shown);
        let mut read = String::with_capacity(self.text.len());
        let mut rest = self.text.as_str();
        while let Some((start, end)) = autolink::find(rest) {
            read.push_str(slice(rest, ..start));
            // As long as the address, so that what follows keeps its place.
            read.extend(std::iter::repeat_n(OBJECT, end - start));
            rest = slice(rest, end..);
        }
        self.text = read + rest;
        (!self.text.trim().is_empty()).then_some(self)
    }
}

/// Returns the text of each block of a Markdown file, without its front matter and its blocks of code.
pub(crate) fn block_texts(text: &str) -> Vec<BlockText> {
    let start = front_matter(Utf8Path::new(""), text).span.end;
    let mut texts = Vec::new();
    let mut open = BlockText::default();
    // For each open element whether it is a block, and whether it is shown as written.
    let mut stack: Vec<(bool, bool)> = Vec::new();
    for (token, span) in tokens(text, start) {
        let is_verbatim = stack.last().is_some_and(|&(_, verbatim)| verbatim);
        match token {
            Token::Start(tag) => {
                let is_block = is_block(&tag);
                if is_block {
                    texts.extend(std::mem::take(&mut open).finish());
                    open.is_heading = matches!(tag, Tag::Heading { .. });
                }
                stack.push((is_block, is_verbatim || matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock)));
            }
            Token::End => {
                if stack.pop().is_some_and(|(is_block, _)| is_block) {
                    texts.extend(std::mem::take(&mut open).finish());
                }
            }
            _ if is_verbatim => {}
            Token::Text(read) | Token::Html(read) if text.get(span.clone()) == Some(&read) => {
                open.push(&read, span, true)
            }
            Token::Text(_) | Token::Html(_) | Token::Code(_) => open.push(OBJECT.encode_utf8(&mut [0]), span, false),
            Token::SoftBreak { spaced: false, .. } | Token::Rule | Token::Footnote(_) | Token::Box(_) => {}
            Token::SoftBreak { .. } | Token::HardBreak => open.push("\n", span, false),
        }
    }
    texts.extend(open.finish());
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_what_is_read_and_knows_where_it_is_written() {
        let text = "+++\ntitle = \"x\"\n+++\n# 標\\*題 {#L1}\n\n- **甲**`乙`，見https://a.example/。\n  [丙](x.md)\n\n```\n丁\n```\n";
        let found = block_texts(text);
        let texts: Vec<_> = found.iter().map(|block| block.text.as_str()).collect();
        let address = "\u{1}".repeat("https://a.example/".len());
        assert_eq!(texts, ["標*題", &format!("甲\u{1}，見{address}。丙")]);
        let range_of = |block: usize, part: &str| {
            let at = found[block].text.find(part).unwrap();
            &text[found[block].span(at..at + part.len())]
        };
        assert_eq!(
            [range_of(0, "題"), range_of(1, "甲"), range_of(1, "\u{1}，"), range_of(1, "丙")],
            ["題", "甲", "`乙`，", "丙"]
        );
        assert!(found[0].is_heading && !found[1].is_heading);
    }
}
