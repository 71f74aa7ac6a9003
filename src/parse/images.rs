//! Images among the inlines of texts.

use super::document::{Block, BlockKind, Inline, Section};
use super::plain::{visit_inlines, visit_nested};

/// Calls `name` with the target of each image of some sections, and keeps the name that it returns for the file.
pub(crate) fn name_images(sections: &mut [Section], name: &dyn Fn(&str) -> Option<String>) {
    for section in sections {
        section.heading.iter_mut().for_each(|heading| in_inlines(&mut heading.text.inlines, name));
        in_blocks(&mut section.blocks, name);
    }
}

fn in_blocks(blocks: &mut [Block], name: &dyn Fn(&str) -> Option<String>) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => in_inlines(&mut paragraph.text.inlines, name),
            BlockKind::Heading { text, .. } => in_inlines(&mut text.inlines, name),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
                in_blocks(blocks, name);
            }
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| in_blocks(&mut item.blocks, name)),
            BlockKind::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| in_inlines(&mut cell.inlines, name));
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}

fn in_inlines(inlines: &mut [Inline], name: &dyn Fn(&str) -> Option<String>) {
    for inline in inlines {
        match inline {
            Inline::Image { target, file, .. } => *file = name(target),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => in_inlines(inner, name),
            Inline::Link { inlines, .. } => in_inlines(inlines, name),
            Inline::Reference(reference) => in_inlines(&mut reference.words, name),
            Inline::Text(_) | Inline::Code(_) | Inline::HardBreak | Inline::Footnote { .. } | Inline::Box { .. } => {}
        }
    }
}

/// Returns the names of the files of images that some sections show.
pub(crate) fn image_files<'a>(sections: &'a [Section]) -> Vec<&'a str> {
    let mut names = Vec::new();
    let mut add = |inline: &'a Inline| {
        if let Inline::Image { file: Some(name), .. } = inline {
            names.push(name.as_str());
        }
    };
    for section in sections {
        section.heading.iter().for_each(|heading| visit_nested(&heading.text.inlines, &mut add));
        visit_inlines(&section.blocks, &mut add);
    }
    names
}
