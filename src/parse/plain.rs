//! Texts without their markup, and visits to all that stands in them.

use super::document::{Block, BlockKind, Inline, Paragraph, RichText, Table};

impl RichText {
    /// Returns the text without its markup.
    pub fn plain(&self) -> String {
        plain(&self.inlines)
    }
}

/// Returns the text of inlines without their markup.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    write_plain(inlines, &mut text);
    text
}

/// Adds the text of inlines without their markup.
fn write_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => write_plain(inner, out),
            Inline::Link { inlines, .. } => write_plain(inlines, out),
            Inline::Image { alternative, .. } => out.push_str(alternative),
            Inline::Reference(reference) if reference.words.is_empty() => out.push_str(&reference.label),
            Inline::Reference(reference) => write_plain(&reference.words, out),
            Inline::HardBreak => out.push(' '),
            Inline::Footnote { .. } | Inline::Box { .. } => {}
        }
    }
}

/// Calls `visit` with every inline of the blocks, outer ones before those within them.
pub(crate) fn visit_inlines<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Inline)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => visit_nested(&paragraph.text.inlines, visit),
            BlockKind::Heading { text, .. } => visit_nested(&text.inlines, visit),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
                visit_inlines(blocks, visit);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| visit_inlines(&item.blocks, visit)),
            BlockKind::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| visit_nested(&cell.inlines, visit));
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}

/// Returns the texts of the blocks without their markup, one for each paragraph, heading or cell.
pub(crate) fn plain_text(blocks: &[Block]) -> Vec<String> {
    let of_block = |block: &Block| match &block.kind {
        BlockKind::Paragraph(paragraph) => vec![paragraph.text.plain()],
        BlockKind::Heading { text, .. } => vec![text.plain()],
        BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
            plain_text(blocks)
        }
        BlockKind::List(list) => list.items.iter().flat_map(|item| plain_text(&item.blocks)).collect(),
        BlockKind::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).map(RichText::plain).collect(),
        BlockKind::Code { .. } | BlockKind::Rule => Vec::new(),
    };
    blocks.iter().flat_map(of_block).collect()
}

/// Returns the text of blocks without markup: a line for each paragraph, and for each row of a table.
pub(crate) fn plain_lines(blocks: &[Block]) -> String {
    let lines = blocks.iter().map(|block| match &block.kind {
        BlockKind::Paragraph(Paragraph { text, .. }) | BlockKind::Heading { text, .. } => text.plain(),
        BlockKind::List(list) => {
            let items: Vec<_> = list.items.iter().map(|item| plain_lines(&item.blocks)).collect();
            items.join("\n")
        }
        BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
            plain_lines(blocks)
        }
        BlockKind::Code { text, .. } => text.trim_end().to_owned(),
        BlockKind::Table(Table { head, rows, .. }) => {
            let row = |cells: &Vec<RichText>| cells.iter().map(RichText::plain).collect::<Vec<_>>().join(" | ");
            std::iter::once(head).chain(rows).map(row).collect::<Vec<_>>().join("\n")
        }
        BlockKind::Rule => String::new(),
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Calls `visit` with every inline and those within it.
pub(crate) fn visit_nested<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => {
                visit_nested(inner, visit)
            }
            Inline::Link { inlines, .. } => visit_nested(inlines, visit),
            Inline::Reference(reference) => visit_nested(&reference.words, visit),
            _ => {}
        }
    }
}
