//! Links that lead from file to file and say nothing else: the site has its own.

use super::coverage::Reason;
use super::draft::TextDraft;
use super::normalize::outline;
use crate::parse::{Block, BlockKind, Inline};
use crate::text::Edit;

/// Takes out what only leads from file to file: blocks before the first level that hold links to other pages and
/// nothing else.
pub(super) fn navigation(draft: &TextDraft, reasons: &mut Vec<Reason>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let text = draft.text();
    if !text.contains("](") {
        return edits;
    }
    for block in outline(&text).preface.iter().filter(|block| leads_on(block)) {
        edits.push(cut(draft, block, reasons));
    }
    edits
}

/// Takes out a block that only leads to other files.
pub(super) fn cut(draft: &TextDraft, block: &Block, reasons: &mut Vec<Reason>) -> Edit {
    reasons.extend(draft.places(block.span.0.clone()).into_iter().map(|place| Reason {
        place,
        message: "these links lead from file to file, but the site has its own".to_owned(),
        help: "you need not do anything, unless they lead to something that should be adopted too".to_owned(),
    }));
    Edit::delete(block.span.0.clone())
}

pub(super) fn leads_on(block: &Block) -> bool {
    let is_page = |target: &str| {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        !target.contains(':') && !path.is_empty() && [".md", ".html", "/"].iter().any(|end| path.ends_with(end))
    };
    match &block.kind {
        BlockKind::Paragraph(paragraph) => {
            let mut links = 0;
            let only_links = paragraph.text.inlines.iter().all(|inline| match inline {
                Inline::Link { target, .. } => {
                    links += 1;
                    is_page(target)
                }
                Inline::Text(text) => !text.contains(char::is_alphanumeric),
                Inline::HardBreak => true,
                _ => false,
            });
            only_links && links > 0
        }
        BlockKind::List(list) => {
            list.items.iter().all(|item| !item.blocks.is_empty() && item.blocks.iter().all(leads_on))
        }
        _ => false,
    }
}
