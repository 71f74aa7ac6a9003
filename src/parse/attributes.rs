//! `{#id key=value}` at the end of a heading, a label or a list item.

use super::document::{Attribute, Attributes, Block, BlockKind, Inline, Item, RichText, Section};
use super::slip::{Slip, SlipPosition, WrittenBlock, quoted, written};
use crate::diagnostic::{Code, Place, Problems, Span};
use crate::text::slice;

/// Takes the attributes out of all texts that may carry them. Blocks that stand elsewhere in a text are slips. `code`
/// is where code stands in texts.
pub(crate) fn read(
    text: &str,
    sections: &mut [Section],
    code: &[Span],
    place: &dyn Fn(Span) -> Place,
    problems: &Problems,
) -> Vec<Slip> {
    let mut reader = Reader { text, code, place, slips: Vec::new(), problems };
    for section in sections {
        if let Some(heading) = &mut section.heading {
            heading.attributes = reader.take(&mut heading.text).into();
            if !heading.attributes.is_empty() && slice(text, section.span.start..).trim_start().starts_with('#') {
                without_closing_signs(&mut heading.text);
            }
        }
        reader.blocks(&mut section.blocks);
    }
    reader.slips
}

struct Reader<'a> {
    text: &'a str,
    code: &'a [Span],
    place: &'a dyn Fn(Span) -> Place,
    slips: Vec<Slip>,
    problems: &'a Problems,
}

impl Reader<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Paragraph(paragraph) => paragraph.attributes = self.take(&mut paragraph.text).into(),
                BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
                    self.blocks(blocks);
                }
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.blocks(&mut item.blocks);
                        lift(item);
                    }
                }
                BlockKind::Heading { text, .. } => self.uncarried(&text.span, SlipPosition::Heading),
                BlockKind::Table(table) => {
                    let cells = table.head.iter().chain(table.rows.iter().flatten());
                    cells.for_each(|cell| self.uncarried(&cell.span, SlipPosition::Cell));
                }
                BlockKind::Code { .. } | BlockKind::Rule => {}
            }
        }
    }

    /// Notes the blocks of a text that can carry none.
    fn uncarried(&mut self, part: &Span, position: SlipPosition) {
        let written = written(self.text, part.clone(), self.code);
        let slip =
            |written: WrittenBlock| Slip { block: written.span, id: Some(written.id), position: position.clone() };
        self.slips.extend(written.into_iter().map(slip));
    }

    /// Cuts a trailing block of attributes off a text, and notes those that stand elsewhere in it.
    fn take(&mut self, rich: &mut RichText) -> Attributes {
        let part = rich.span.0.clone();
        let mut attributes = self.cut(rich);
        let blocks = written(self.text, part.clone(), self.code);
        for (at, block) in blocks.iter().enumerate() {
            if block.span == attributes.span {
                continue;
            }
            let after = slice(self.text, block.span.end..part.end);
            let rest = block.span.end + (after.len() - after.trim_start().len());
            let next = blocks.get(at + 1).map(|next| (next.id.clone(), next.span.clone()));
            let is_followed = slice(self.text, block.span.end..rest).contains('\n') && rest < part.end;
            let full_width = block.is_full_width.then_some(SlipPosition::FullWidth);
            let before = (!block.is_full_width || is_followed).then_some(SlipPosition::Before { rest, next });
            let slip = |position| Slip { block: block.span.clone(), id: Some(block.id.clone()), position };
            self.slips.extend(full_width.into_iter().chain(before).map(slip));
            attributes.is_unread = true;
        }
        if attributes.is_empty() && !attributes.is_unread {
            let quoted = quoted(self.text, &part, self.code);
            attributes.is_unread = quoted.is_some();
            let slip = |written: WrittenBlock| Slip {
                block: written.span,
                id: Some(written.id),
                position: SlipPosition::Quoted,
            };
            self.slips.extend(quoted.map(slip));
        }
        attributes
    }

    fn cut(&mut self, rich: &mut RichText) -> Attributes {
        let written = slice(self.text, rich.span.0.clone()).trim_end();
        let end = rich.span.start + written.len();
        let none = Attributes::none_at(end);
        let Some((before, block)) = trailing(written) else { return none };
        let span = rich.span.start + before.len()..end;
        // A text that begins with what is escaped begins behind the backslash.
        if slice(self.text, ..span.start).ends_with('\\') {
            return none;
        }
        let Some(Inline::Text(last)) = rich.inlines.last_mut() else { return none };
        let Some(kept) = last.trim_end().strip_suffix(block) else { return none };
        // What text follows is no attributes of it.
        if block.find('}').is_some_and(|close| close + 1 < block.len()) {
            return none;
        }
        if !block.ends_with('}') {
            self.problems.report(
                ((self.place)(span))
                    .problem(Code::UnclosedAttributes, "these attributes are never closed")
                    .label("opened here")
                    .help("end them with }"),
            );
            return Attributes { is_unread: true, ..none };
        }
        last.truncate(kept.trim_end().len());
        let attributes = self.parse(block, span);
        trim_end(&mut rich.inlines);
        rich.span.end = rich.span.start + before.trim_end().len();
        attributes
    }

    /// Reads the words between the braces.
    fn parse(&mut self, block: &str, span: Span) -> Attributes {
        let mut attributes = Attributes::none_at(span.start);
        let inner = block.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or_default();
        let mut unknown: Option<Span> = None;
        for (start, word) in words(inner) {
            let at = span.start + 1 + start;
            let attribute = |text: &str| Attribute { text: text.to_owned(), span: at..at + word.len() };
            match (word.strip_prefix('#'), word.split_once('=')) {
                (Some(id), _) if !id.is_empty() && attributes.id.is_none() => attributes.id = Some(attribute(id)),
                (None, Some((key, value))) if !key.is_empty() && !value.is_empty() => {
                    attributes.values.push((key.to_owned(), attribute(value.trim_matches('"'))));
                }
                _ => unknown = Some(unknown.map_or(at, |from| from.start)..at + word.len()),
            }
        }
        if let Some(unknown) = unknown {
            let message = match slice(self.text, unknown.clone()) {
                words if words.contains(char::is_whitespace) => format!("`{words}` are not attributes"),
                word => format!("`{word}` is not an attribute"),
            };
            self.problems.report(
                ((self.place)(unknown))
                    .problem(Code::InvalidAttributes, message)
                    .label("neither #id nor key=value, or a second id")
                    .help("write attributes as {#TL-001 thread=some-thread}"),
            );
        }
        attributes.span = span;
        attributes
    }
}

/// Takes the signs that close a heading off its text, behind which its attributes stand.
fn without_closing_signs(text: &mut RichText) {
    let Some(Inline::Text(last)) = text.inlines.last_mut() else { return };
    let kept = last.trim_end_matches('#');
    let count = last.len() - kept.len();
    let words = kept.trim_end().len();
    // A sign that touches a word is part of it.
    if count > 0 && (words < kept.len() || kept.is_empty()) {
        text.span.end -= count + (kept.len() - words);
        last.truncate(words);
        trim_end(&mut text.inlines);
    }
}

/// Words with where they begin; a quoted value may hold spaces.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quoted = false;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        quoted ^= c == '"';
        if c.is_whitespace() && (!quoted || at == text.len()) {
            words.extend(start.take().map(|start| (start, slice(text, start..at))));
        } else {
            start.get_or_insert(at);
        }
    }
    words
}

/// Returns a text without the block of attributes at its end.
pub(crate) fn without(text: &str) -> &str {
    match trailing(text.trim_end()) {
        Some((before, block)) if block.ends_with('}') => before.trim_end(),
        _ => text,
    }
}

/// Splits off what looks like a block of attributes at the end of a text. One that is escaped is text.
fn trailing(written: &str) -> Option<(&str, &str)> {
    let (before, block) = written.split_at_checked(written.rfind('{')?)?;
    (looks_like_attributes(block) && !before.ends_with(['\\', '{'])).then_some((before, block))
}

/// `{#…` or `{key=…`, whatever the spaces: everything else in braces is text.
fn looks_like_attributes(block: &str) -> bool {
    let inner = block.strip_prefix('{').unwrap_or(block).trim_start();
    let behind_key = inner.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    inner.starts_with('#') || (behind_key.len() < inner.len() && behind_key.trim_start().starts_with('='))
}

/// An item carries the attributes of its statement, or those behind its last paragraph.
fn lift(item: &mut Item) {
    let last = item.blocks.len().saturating_sub(1);
    let mut found: Option<Attributes> = None;
    let mut is_unread = false;
    for at in [0, last] {
        let Some(Block { kind: BlockKind::Paragraph(paragraph), .. }) = item.blocks.get_mut(at) else { continue };
        if found.as_ref().is_none_or(Attributes::is_empty) && (found.is_none() || !paragraph.attributes.is_empty()) {
            let end = paragraph.text.span.end;
            found = Some(std::mem::replace(&mut paragraph.attributes, Attributes::none_at(end)));
        }
        is_unread |= paragraph.attributes.is_unread;
    }
    item.attributes = found.unwrap_or_else(|| Attributes::none_at(item.span.start)).into();
    item.attributes.is_unread |= is_unread;
}

/// Removes the line end and the empty text that attributes on a line of their own leave behind.
fn trim_end(inlines: &mut Vec<Inline>) {
    while let Some(Inline::HardBreak | Inline::Text(_)) = inlines.last() {
        if let Some(Inline::Text(text)) = inlines.last_mut() {
            text.truncate(text.trim_end().len());
            if !text.is_empty() {
                return;
            }
        }
        inlines.pop();
    }
}
