//! Labels: `Knowledge & Experience:` on a line of its own before a list names the list.

use super::document::{Block, BlockKind, Inline, List, Paragraph, RichText, write_plain};
use crate::text::han::is_han;
use crate::text::slice;

/// Longer than the name of any category; a longer line before a list is a sentence.
const MAX_LABEL: usize = 80;

/// The name that a paragraph gives to the list behind it, without colon, if it is such a label.
pub(crate) fn label(text: &RichText) -> Option<String> {
    label_of(&text.inlines)
}

fn label_of(inlines: &[Inline]) -> Option<String> {
    let mut plain = String::new();
    write_plain(inlines, &mut plain);
    let plain = plain.trim();
    let bold = matches!(inlines, [Inline::Strong(_)]);
    let named = plain.strip_suffix([':', '：']).or(bold.then_some(plain))?.trim_end();
    let is_name = !named.is_empty() && named.chars().count() <= MAX_LABEL && !named.contains(['.', '。', '\n']);
    is_name.then(|| named.to_owned())
}

/// Gives labels back to the lists they name.
///
/// CommonMark reads a line behind a list item as part of the item, even if it is not indented. Where such a line is a
/// label and another list item follows, its writer only left out the blank line.
pub(crate) fn split_lazy_labels(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut split = Vec::with_capacity(blocks.len());
    let mut blocks = blocks.into_iter().peekable();
    while let Some(Block { kind, span }) = blocks.next() {
        let BlockKind::List(list) = kind else {
            split.push(Block { kind, span });
            continue;
        };
        let list_follows = blocks.peek().is_some_and(|next| matches!(next.kind, BlockKind::List(_)));
        let count = list.items.len();
        let mut items = Vec::new();
        let push_list = |items: &mut Vec<_>, split: &mut Vec<Block>| {
            let items: Vec<super::document::Item> = std::mem::take(items);
            if let (Some(first), Some(last)) = (items.first(), items.last()) {
                let span = first.span.start..last.span.end;
                split.push(Block { kind: BlockKind::List(List { start: list.start, items }), span });
            }
        };
        for (index, mut item) in list.items.into_iter().enumerate() {
            let label = if index + 1 < count || list_follows { cut_label(text, &mut item.blocks) } else { None };
            if let Some(label) = &label {
                item.span.end = label.span.start;
            }
            items.push(item);
            if let Some(label) = label {
                push_list(&mut items, &mut split);
                split.push(label);
            }
        }
        push_list(&mut items, &mut split);
    }
    split
}

/// Cuts the last line off an item's last paragraph, if it is a label that was meant to stand alone.
fn cut_label(text: &str, blocks: &mut [Block]) -> Option<Block> {
    let Block { kind: BlockKind::Paragraph(Paragraph { text: rich, .. }), span } = blocks.last_mut()? else {
        return None;
    };
    let is_break = |inline: &Inline| matches!(inline, Inline::SoftBreak { .. });
    let at = rich.inlines.iter().rposition(is_break)?;
    let Inline::SoftBreak { next_line, .. } = rich.inlines[at] else { return None };
    let line = text.get(next_line..rich.span.end)?;
    let stands_at_margin = slice(text, ..next_line).ends_with(['\n', '\r']);
    let begins_name = line.starts_with(|c: char| c.is_uppercase() || c == '*' || is_han(c));
    if !(stands_at_margin && begins_name) {
        return None;
    }
    // Attributes are read later, so the name is looked for without them.
    let name = line.split_once(" {#").map_or(line, |(name, _)| name).trim_end();
    let tail = &rich.inlines[at + 1..];
    let is_label = label_of(tail).is_some() || name.ends_with([':', '：']) || name.ends_with("**");
    if !is_label || name.chars().count() > MAX_LABEL {
        return None;
    }
    let inlines = rich.inlines.split_off(at + 1);
    rich.inlines.pop();
    let end = std::mem::replace(&mut rich.span.end, slice(text, ..next_line).trim_end().len());
    span.end = rich.span.end;
    let label = RichText { inlines, span: next_line..end };
    let attributes = super::document::Attributes::none_at(end);
    Some(Block { kind: BlockKind::Paragraph(Paragraph { text: label, attributes }), span: next_line..end })
}
