//! From tokens to sections of blocks.

use pulldown_cmark::{Alignment as CmAlignment, BlockQuoteKind, CodeBlockKind, HeadingLevel, LinkType, Tag};

use super::autolink::link_addresses;
use super::document::{
    AlertKind, Alignment, Attributes, Block, BlockKind, Heading, Inline, Item, List, Paragraph, Reference, RichText,
    Section, Table,
};
use super::plain::plain;
use super::tokens::{Token, is_block};
use crate::diagnostic::Span;
use crate::text::slice;

/// Deeper than anybody writes. What is nested deeper still is read as standing at this depth, so that the functions
/// that follow the tree need no more stack than they have.
const MAX_DEPTH: usize = 100;

/// Builds the sections of `text`, the first of which begins at byte `start`.
pub(crate) fn sections(text: &str, start: usize, tokens: Vec<(Token, Span)>) -> Vec<Section> {
    let mut builder = Builder {
        text,
        sections: vec![Section { heading: None, blocks: Vec::new(), span: (start..text.len()).into() }],
        stack: vec![Frame::new(None, start..text.len())],
        line_ends: Vec::new(),
    };
    for (token, span) in tokens {
        builder.push(token, span);
    }
    builder.finish()
}

struct Builder<'a> {
    text: &'a str,
    sections: Vec<Section>,
    /// Open elements, the outermost first. The first frame is the document and never closed by a token.
    stack: Vec<Frame>,
    /// The line ends within paragraphs so far.
    line_ends: Vec<LineEnd>,
}

struct LineEnd {
    /// Where the next line begins.
    next_line: usize,
    /// The text that replaces it: a space or nothing.
    text: &'static str,
}

/// Something that has begun and not ended.
struct Frame {
    /// None for the document, and for what is nested too deep to keep.
    tag: Option<Tag<'static>>,
    span: Span,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    /// From the first inline to the last.
    inline_span: Span,
    items: Vec<Item>,
    cells: Vec<RichText>,
    rows: Vec<Vec<RichText>>,
}

impl Frame {
    fn new(tag: Option<Tag<'static>>, span: Span) -> Self {
        let inline_span = span.end..span.start;
        Self {
            tag,
            span,
            blocks: Vec::new(),
            inlines: Vec::new(),
            inline_span,
            items: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
        }
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        self.gather_paragraph();
        self.blocks.push(Block { kind, span: span.into() });
    }

    fn inline(&mut self, inline: Inline, span: &Span) {
        self.inline_span = self.inline_span.start.min(span.start)..self.inline_span.end.max(span.end);
        inline.push(&mut self.inlines);
    }

    fn rich_text(&mut self) -> RichText {
        let (start, end) = (self.inline_span.start, self.inline_span.end);
        let span = if start <= end { start..end } else { self.span.end..self.span.end };
        self.inline_span = self.span.end..self.span.start;
        RichText { inlines: link_addresses(std::mem::take(&mut self.inlines)), span: span.into() }
    }

    /// Makes a paragraph of loose inlines, such as the text of an item in a tight list.
    fn gather_paragraph(&mut self) {
        if !self.inlines.is_empty() {
            let text = self.rich_text();
            let span = text.span.clone();
            self.blocks.push(Block { kind: paragraph(text), span });
        }
    }
}

fn paragraph(text: RichText) -> BlockKind {
    let attributes = Attributes::none_at(text.span.end).into();
    BlockKind::Paragraph(Paragraph { text, attributes })
}

impl Builder<'_> {
    fn push(&mut self, token: Token, span: Span) {
        match token {
            Token::Start(tag) => {
                let kept = self.stack.len() < MAX_DEPTH;
                if kept && is_block(&tag) {
                    self.top().gather_paragraph();
                }
                self.stack.push(Frame::new(kept.then_some(tag), span));
            }
            Token::End => {
                if let Some(frame) = self.stack.pop() {
                    self.close(frame);
                }
            }
            Token::Text(text) | Token::Html(text) => self.top().inline(Inline::Text(text), &span),
            Token::Footnote(label) => {
                self.top().inline(Inline::Footnote { label, span: span.clone().into() }, &span);
            }
            Token::Box(ticked) => self.top().inline(Inline::Box { ticked, span: span.clone().into() }, &span),
            Token::Code(code) => self.top().inline(Inline::Code(code), &span),
            Token::SoftBreak { spaced, next_line } => {
                let text = if spaced { " " } else { "" };
                self.line_ends.push(LineEnd { next_line, text });
                self.top().inline(Inline::Text(text.to_owned()), &span);
            }
            Token::HardBreak => self.top().inline(Inline::HardBreak, &span),
            Token::Rule => self.top().block(BlockKind::Rule, span),
        }
    }

    fn top(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the frame of the document is never closed")
    }

    /// Gives a frame that has ended to the one around it.
    fn close(&mut self, mut frame: Frame) {
        let span = frame.span.clone();
        let at_top = self.stack.len() == 1;
        let text = self.text;
        let Some(tag) = frame.tag.take() else {
            return self.merge(frame);
        };
        let parent = self.stack.last_mut().expect("the frame of the document is never closed");
        match tag {
            Tag::Heading { level, .. } if at_top => self.begin_section(level, frame),
            Tag::Heading { level, .. } => {
                parent.block(BlockKind::Heading { depth: depth(level), text: frame.rich_text() }, span)
            }
            Tag::Paragraph => parent.block(paragraph(frame.rich_text()), span),
            Tag::HtmlBlock => {
                trim_line_end(&mut frame);
                parent.block(paragraph(frame.rich_text()), span);
            }
            Tag::BlockQuote(kind) => {
                frame.gather_paragraph();
                let quote = match kind {
                    None => BlockKind::Quote(frame.blocks),
                    Some(kind) => BlockKind::Alert { kind: alert(kind), blocks: frame.blocks },
                };
                parent.block(quote, span);
            }
            Tag::FootnoteDefinition(label) => {
                frame.gather_paragraph();
                parent.block(BlockKind::Footnote { label: label.into_string(), blocks: frame.blocks }, span);
            }
            Tag::CodeBlock(kind) => {
                let mut code = plain(&frame.inlines);
                // A file may end right behind it.
                if !code.is_empty() && !code.ends_with('\n') {
                    code.push('\n');
                }
                parent.block(BlockKind::Code { language: language(kind), text: code }, span);
            }
            Tag::List(start) => {
                frame.gather_paragraph();
                if !frame.blocks.is_empty() {
                    frame.items.push(item(std::mem::take(&mut frame.blocks), span.clone()));
                }
                parent.block(BlockKind::List(List { start, items: frame.items }), span);
            }
            Tag::Item => {
                frame.gather_paragraph();
                parent.items.push(item(frame.blocks, span));
            }
            Tag::TableCell => parent.cells.push(frame.rich_text()),
            Tag::TableHead | Tag::TableRow => parent.rows.push(frame.cells),
            Tag::Table(_) if frame.rows.is_empty() => self.merge(frame),
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(alignment).collect();
                let head = frame.rows.remove(0);
                parent.block(BlockKind::Table(Table { alignments, head, rows: frame.rows }), span);
            }
            Tag::Emphasis => parent.inline(Inline::Emphasis(frame.inlines), &span),
            Tag::Strong => parent.inline(Inline::Strong(frame.inlines), &span),
            Tag::Strikethrough => parent.inline(Inline::Strikethrough(frame.inlines), &span),
            Tag::Link { link_type, dest_url, title, .. } => {
                // `[^1][EN-001]` is a footnote behind which a reference stands.
                if let (LinkType::ReferenceUnknown, [Inline::Text(words)]) = (link_type, frame.inlines.as_slice())
                    && let Some(label) = words.strip_prefix('^').filter(|label| !label.contains(char::is_whitespace))
                {
                    let sign = span.start..(span.start + "[^]".len() + label.len()).min(span.end);
                    let reference = sign.end..span.end;
                    let label = label.to_owned();
                    parent.inline(Inline::Footnote { label, span: sign.clone().into() }, &sign);
                    let written = slice(text, reference.clone()).to_owned();
                    let inline = self::reference(LinkType::ShortcutUnknown, Vec::new(), written, reference.clone());
                    return parent.inline(inline, &reference);
                }
                let inline = match link_type {
                    LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
                        let written = in_one_line(text, &span, &self.line_ends);
                        reference(link_type, frame.inlines, written, span.clone())
                    }
                    LinkType::Email => link(format!("mailto:{dest_url}"), &title, frame.inlines, span.clone()),
                    _ => link(dest_url.into_string(), &title, frame.inlines, span.clone()),
                };
                parent.inline(inline, &span);
            }
            Tag::Image { dest_url, title, link_type, .. } => {
                let inline = match link_type {
                    LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
                        Inline::Text(in_one_line(text, &span, &self.line_ends))
                    }
                    _ => Inline::Image {
                        target: dest_url.into_string(),
                        title: title.into_string(),
                        alternative: plain(&frame.inlines),
                        file: None,
                        span: span.clone().into(),
                    },
                };
                parent.inline(inline, &span);
            }
            _ => self.merge(frame),
        }
    }

    /// Adds what a frame holds to the one around it, as if it stood there.
    fn merge(&mut self, frame: Frame) {
        let parent = self.top();
        parent.blocks.extend(frame.blocks);
        parent.items.extend(frame.items);
        for inline in frame.inlines {
            parent.inline(inline, &frame.inline_span);
        }
        for cell in frame.cells.into_iter().chain(frame.rows.into_iter().flatten()) {
            let span = cell.span.0.clone();
            parent.block(paragraph(cell), span);
        }
    }

    fn begin_section(&mut self, level: HeadingLevel, mut frame: Frame) {
        let start = frame.span.start;
        self.end_section(start);
        let text = frame.rich_text();
        let attributes = Attributes::none_at(text.span.end).into();
        let heading = Heading { depth: depth(level), text, attributes };
        let span = (start..self.text.len()).into();
        self.sections.push(Section { heading: Some(heading), blocks: Vec::new(), span });
    }

    fn end_section(&mut self, end: usize) {
        let root = &mut self.stack[0];
        root.gather_paragraph();
        let blocks = std::mem::take(&mut root.blocks);
        let section = self.sections.last_mut().expect("the first section is made with the builder");
        section.blocks = blocks;
        section.span.end = end;
    }

    fn finish(mut self) -> Vec<Section> {
        self.end_section(self.text.len());
        self.sections
    }
}

fn item(blocks: Vec<Block>, span: Span) -> Item {
    Item { attributes: Attributes::none_at(span.start).into(), blocks, span: span.into() }
}

/// The text of an HTML block ends with its line; that of a paragraph does not.
fn trim_line_end(frame: &mut Frame) {
    if let Some(Inline::Text(text)) = frame.inlines.last_mut() {
        text.truncate(text.trim_end_matches(['\r', '\n']).len());
    }
}

fn link(target: String, title: &str, inlines: Vec<Inline>, span: Span) -> Inline {
    Inline::Link { target, title: title.to_owned(), inlines, span: span.into() }
}

/// Returns a reference as it is written: `[label]`, `[label][]` or `[words][label]`.
fn reference(kind: LinkType, inlines: Vec<Inline>, mut written: String, span: Span) -> Inline {
    let (label, words) = match kind {
        LinkType::ReferenceUnknown => (written.rsplit_once('[').map_or("", |(_, label)| label), inlines),
        _ => (written.as_str(), Vec::new()),
    };
    let label = label.trim_matches(['[', ']']).trim().to_owned();
    if kind == LinkType::CollapsedUnknown {
        // The parser leaves them out of the span.
        written.push_str("[]");
    }
    Inline::Reference(Reference { label, words, written, span: span.into() })
}

/// Returns the text of a span with its lines joined as those of a paragraph are. If one of them may end in a hard
/// break, all are kept, as each might mean something else after the one before it.
fn in_one_line(text: &str, span: &Span, line_ends: &[LineEnd]) -> String {
    let line_ends = &line_ends[line_ends.partition_point(|line_end| line_end.next_line <= span.start)..];
    let is_hard = |line: &str| line.ends_with("  ") || line.ends_with('\\');
    let mut lines = slice(text, span.clone()).split_inclusive('\n');
    let is_broken = lines.clone().any(|line| is_hard(line.trim_end_matches(['\r', '\n'])));
    let first = lines.next().unwrap_or_default();
    let mut joined = first.to_owned();
    let mut start = span.start + first.len();
    for line in lines {
        // The lines of a quotation begin with `>`.
        let words = line.trim_start_matches([' ', '\t', '>']);
        let begins = start..=start + line.len() - words.len();
        let line_end = line_ends.iter().find(|line_end| begins.contains(&line_end.next_line));
        let before = joined.trim_end_matches(['\r', '\n']);
        let (kept, end) = match line_end {
            _ if is_broken => (before, "\n"),
            Some(line_end) => (before.trim_end_matches([' ', '\t']), line_end.text),
            // Of code, or of a label.
            None => (before, " "),
        };
        let length = kept.len();
        joined.truncate(length);
        joined.push_str(end);
        joined.push_str(words);
        start += line.len();
    }
    joined
}

fn language(kind: CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default().to_owned(),
        CodeBlockKind::Indented => String::new(),
    }
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

fn alignment(alignment: CmAlignment) -> Alignment {
    match alignment {
        CmAlignment::None => Alignment::None,
        CmAlignment::Left => Alignment::Left,
        CmAlignment::Center => Alignment::Center,
        CmAlignment::Right => Alignment::Right,
    }
}
