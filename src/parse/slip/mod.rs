//! Blocks of attributes that nothing carries, and what their writers meant.
//!
//! An id that is written and not read would be lost without a word. So every block is either carried by a level, a
//! category or a criterion, or a slip, which is reported with its cause. In code and behind a backslash it is text, and
//! a slip only where something without an id ends in it.

mod diagnosis;
mod lead;

use std::borrow::Cow;

pub use diagnosis::diagnose_ladder_slips;
pub(crate) use diagnosis::diagnose_page_slips;
use unicode_normalization::UnicodeNormalization;

use super::document::{Attributes, Block, BlockKind, Document};
use crate::diagnostic::Span;
use crate::text::{char_at, slice};
use crate::work;

/// A block of attributes where nothing can carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The block with its braces.
    pub(crate) block: Span,
    /// The id in it.
    pub(crate) id: Option<String>,
    pub(crate) position: SlipPosition,
}

/// Where a block stands that nothing carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SlipPosition {
    /// Before the end of its text, which goes on at `rest`. The next id that stands in it belongs to what follows.
    Before {
        rest: usize,
        next: Option<(String, Span)>,
    },
    /// At the end of a text, and in braces other than `{` and `}`.
    FullWidth,
    /// At the end of a text that has no other, and in code or behind a backslash.
    Quoted,
    /// At the end of a paragraph that begins at a byte.
    Paragraph(usize),
    /// At the end of an item within another one, which may have an id.
    Item(Option<String>),
    Quote,
    Heading,
    Cell,
}

/// A block as it is written, whether or not it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenBlock {
    pub(crate) span: Span,
    pub(crate) id: String,
    pub(crate) is_full_width: bool,
}

/// Returns all blocks with an id in a part of a text, apart from those in code and behind a backslash.
pub(super) fn written(text: &str, part: Span, code: &[Span]) -> Vec<WrittenBlock> {
    let mut found = Vec::new();
    let mut at = part.start;
    while let Some(open) = slice(text, at..part.end).find(OPENING).map(|open| at + open) {
        let brace = char_at(text, open).map_or(1, char::len_utf8);
        at = open + brace;
        // A cell begins behind the backslash of its first sign.
        let before = slice(text, ..open);
        let escapes = before.len() - before.trim_end_matches('\\').len();
        let is_text = escapes % 2 == 1 || before.ends_with('{') || code.iter().any(|code| code.contains(&open));
        if is_text {
            continue;
        }
        let inner = slice(text, at..part.end);
        let end = inner.find([OPENING[0], OPENING[1], '\n']).unwrap_or(inner.len());
        let Some(close) = slice(inner, ..end).find(CLOSING) else { continue };
        let Some(id) = id_of(slice(inner, ..close)) else { continue };
        let closing = char_at(inner, close).map_or(1, char::len_utf8);
        let span = open..at + close + closing;
        let is_full_width = normal(slice(text, span.clone())) != slice(text, span.clone());
        at = span.end;
        found.push(WrittenBlock { span, id, is_full_width });
    }
    found
}

/// Returns the block in code or behind a backslash that a part of a text ends in.
pub(super) fn quoted(text: &str, part: &Span, code: &[Span]) -> Option<WrittenBlock> {
    let written = slice(text, part.clone()).trim_end();
    let end = part.start + written.len();
    let start = match code.iter().find(|code| code.end == end) {
        Some(code) => code.start,
        None => part.start + written.rfind("\\{")?,
    };
    let block = unquoted(slice(text, start..end));
    let id = id_of(block.strip_prefix('{')?.strip_suffix('}')?)?;
    Some(WrittenBlock { span: start..end, id, is_full_width: false })
}

/// Returns a block without what makes it text.
fn unquoted(block: &str) -> String {
    normal(block).replace('\\', "").trim_matches(['`', ' ']).to_owned()
}

const OPENING: [char; 2] = ['{', '｛'];
const CLOSING: [char; 2] = ['}', '｝'];

/// Returns a block as it would be typed on a keyboard for English.
fn normal(block: &str) -> Cow<'_, str> {
    // Most ids are typed so.
    if block.is_ascii() {
        return Cow::Borrowed(block);
    }
    work::count("normalize a block of attributes");
    Cow::Owned(block.nfkc().collect())
}

/// Returns the id among the attributes, if these are attributes.
fn id_of(inner: &str) -> Option<String> {
    let inner = normal(inner);
    let id = |word: &str| word.strip_prefix('#').filter(|id| id.starts_with(char::is_alphanumeric)).map(str::to_owned);
    let ids: Vec<_> = inner.split_whitespace().map(|word| (id(word), word.contains('='))).collect();
    let is_attributes = ids.iter().all(|(id, is_value)| id.is_some() || *is_value);
    ids.into_iter().find_map(|(id, _)| id).filter(|_| is_attributes)
}

/// The slips in blocks of which none can carry attributes, such as the details of a criterion, whose id is `of`.
pub(super) fn in_blocks(blocks: &[Block], item_id: Option<&str>, slips: &mut Vec<Slip>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => {
                slips.extend(carried(&paragraph.attributes, SlipPosition::Paragraph(paragraph.text.span.start)));
            }
            BlockKind::Footnote { blocks, .. } => in_blocks(blocks, item_id, slips),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => {
                let from = slips.len();
                in_blocks(blocks, item_id, slips);
                slips[from..].iter_mut().for_each(|slip| slip.position = SlipPosition::Quote);
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    slips.extend(carried(&item.attributes, SlipPosition::Item(item_id.map(str::to_owned))));
                    let id = item.attributes.id.as_ref().map(|id| id.text.as_str());
                    in_blocks(&item.blocks, id.or(item_id), slips);
                }
            }
            _ => {}
        }
    }
}

/// Returns the slip that attributes are where nothing can carry them, if there are any.
pub(super) fn carried(attributes: &Attributes, position: SlipPosition) -> Option<Slip> {
    let id = attributes.id.as_ref().map(|id| id.text.clone());
    (!attributes.is_empty()).then(|| Slip { block: attributes.span.clone(), id, position })
}

/// Returns the slips of a page, on which headings carry anchors and nothing else carries attributes.
pub(crate) fn slips_of_page(document: &Document) -> Vec<Slip> {
    let mut slips = document.slips.clone();
    // On a page such blocks are not mistaken for ids.
    slips.retain(|slip| !matches!(slip.position, SlipPosition::FullWidth | SlipPosition::Quoted));
    for section in &document.sections {
        let unnamed = section.heading.as_ref().filter(|heading| heading.attributes.id.is_none());
        slips.extend(unnamed.and_then(|heading| carried(&heading.attributes, SlipPosition::Heading)));
        in_blocks(&section.blocks, None, &mut slips);
    }
    slips
}

impl Slip {
    /// Returns all ids that are not read as they were meant.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        let next = match &self.position {
            SlipPosition::Before { next, .. } => next.as_ref().map(|(id, _)| id),
            _ => None,
        };
        self.id.iter().chain(next).map(String::as_str)
    }

    /// Returns the block that what follows has, if this one stands before the end of its text.
    fn next(&self) -> Option<&Span> {
        match &self.position {
            SlipPosition::Before { next: Some((_, span)), .. } => Some(span),
            _ => None,
        }
    }
}
