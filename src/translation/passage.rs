//! Texts of several blocks without ids.

use std::slice;

use camino::Utf8Path;

use super::align::{self, BlockShape, SourceBlockKind};
use super::normal::{normal, normal_markdown};
use crate::diagnostic::{Place, Span};
use crate::handle::{CategoryIndex, LadderIndex, LevelAt, LevelIndex, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::parse::{self, BlockKind, Inline, plain_text, visit_inlines, visit_nested};

/// A text that is made of blocks, in whatever language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Passage {
    /// Text before the first level.
    Preface { ladder: LadderIndex },
    /// Text between the heading of a level and its first category.
    Summary(LevelAt),
    /// Text of a category on a level beside its criteria.
    Category { ladder: LadderIndex, level: LevelIndex, category: CategoryIndex },
    /// The sections of a ladder without criteria, with their titles.
    Sections { ladder: LadderIndex },
    /// A note, with its headings and without its title.
    Note { note: NoteIndex },
}

/// A block of a passage, or a heading in it.
#[derive(Debug, Clone)]
pub(crate) struct Piece<'a> {
    /// The section that it stands in, by its place in [`crate::model::Ladder::prose`] or in the sections of the note.
    pub(crate) section: usize,
    /// Its position in keys of units: `3` for a heading, `3/2` for a block.
    pub(crate) position: String,
    pub(crate) text: PieceText<'a>,
    pub(crate) span: Span,
}

/// The text of a piece.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PieceText<'a> {
    /// The title of a section of a ladder.
    Title(&'a str),
    Heading(&'a parse::Heading),
    Block(&'a parse::Block),
}

impl Passage {
    /// Returns its text in one locale, piece by piece. Empty if the locale has none.
    pub(crate) fn pieces(self, site: &Site, locale: LocaleIndex) -> Vec<Piece<'_>> {
        match self {
            Self::Preface { ladder } => listed(site[ladder].preface.own(locale).into_iter().flatten()),
            Self::Summary(level) => listed(site[level].summary.own(locale).into_iter().flatten()),
            Self::Category { ladder, level, category } => {
                let prose = site[level.of(ladder)].category_prose.own(locale).into_iter().flatten();
                listed(prose.filter(|(at, _)| *at == category).flat_map(|(_, blocks)| blocks))
            }
            Self::Sections { ladder } => {
                let sections = site[ladder].prose.own(locale).into_iter().flatten().enumerate();
                let pieces = sections.flat_map(|(at, prose)| {
                    let title = (PieceText::Title(&prose.title), prose.span.0.clone());
                    section(at, at + 1, Some(title), &prose.blocks)
                });
                pieces.collect()
            }
            Self::Note { note } => {
                let sections = site[note].text.own(locale).into_iter().flat_map(|text| &text.sections);
                let pieces = sections.enumerate().flat_map(|(at, part)| {
                    let heading = part.heading.as_ref();
                    let heading = heading.map(|heading| (PieceText::Heading(heading), heading.text.span.0.clone()));
                    section(at, at, heading, &part.blocks)
                });
                pieces.collect()
            }
        }
    }

    /// Returns the file in which a locale says it.
    pub(crate) fn path(self, site: &Site, locale: LocaleIndex) -> Option<&Utf8Path> {
        match self {
            Self::Preface { ladder }
            | Self::Summary(LevelAt { ladder, .. })
            | Self::Category { ladder, .. }
            | Self::Sections { ladder } => site[ladder].files.own(locale).map(|path| path.as_path()),
            Self::Note { note } => site[note].text.own(locale).map(|text| text.path.as_path()),
        }
    }
}

fn listed<'a>(blocks: impl Iterator<Item = &'a parse::Block>) -> Vec<Piece<'a>> {
    let piece = |(at, block): (usize, &'a parse::Block)| Piece {
        section: 0,
        position: (at + 1).to_string(),
        text: PieceText::Block(block),
        span: block.span.0.clone(),
    };
    blocks.enumerate().map(piece).collect()
}

fn section<'a>(
    at: usize,
    number: usize,
    heading: Option<(PieceText<'a>, Span)>,
    blocks: &'a [parse::Block],
) -> Vec<Piece<'a>> {
    let heading = heading.map(|(text, span)| Piece { section: at, position: number.to_string(), text, span });
    let blocks = blocks.iter().enumerate().map(|(within, block)| Piece {
        section: at,
        position: format!("{number}/{}", within + 1),
        text: PieceText::Block(block),
        span: block.span.0.clone(),
    });
    heading.into_iter().chain(blocks).collect()
}

impl Piece<'_> {
    pub(crate) fn place(&self, path: &Utf8Path) -> Place {
        Place::new(path, self.span.clone())
    }

    /// Returns whether it is a heading that is yet to be written.
    pub(crate) fn is_blank(&self) -> bool {
        match self.text {
            PieceText::Title(title) => title.trim().is_empty(),
            PieceText::Heading(heading) => heading.text.plain().trim().is_empty(),
            PieceText::Block(_) => false,
        }
    }

    pub(crate) fn is_heading(&self) -> bool {
        !matches!(self.text, PieceText::Block(_))
    }

    /// Returns its text in normal form.
    pub(crate) fn text(&self) -> String {
        match self.text {
            PieceText::Title(title) => normal(title),
            PieceText::Heading(heading) => normal_markdown(&heading.text.markdown()),
            PieceText::Block(block) => normal_markdown(&parse::markdown(slice::from_ref(block))),
        }
    }

    pub(super) fn shape(&self) -> BlockShape {
        match self.text {
            PieceText::Title(title) => {
                BlockShape { kind: SourceBlockKind::Heading, size: 2, length: weight(title), marks: Vec::new() }
            }
            PieceText::Heading(heading) => {
                let mut marks = Vec::new();
                visit_nested(&heading.text.inlines, &mut |inline| mark(inline, &mut marks));
                marks.sort();
                let length = weight(&heading.text.plain());
                BlockShape { kind: SourceBlockKind::Heading, size: heading.depth.into(), length, marks }
            }
            PieceText::Block(block) => shape(block),
        }
    }
}

/// Returns a block of a recorded source.
pub(super) fn recorded(text: &str, is_heading: bool) -> align::SourceBlock {
    let parsed = parse::blocks(text);
    let none = BlockShape { kind: SourceBlockKind::Paragraph, size: 0, length: weight(text), marks: Vec::new() };
    let mut shape = parsed.first().map_or(none, shape);
    if is_heading {
        (shape.kind, shape.size) = (SourceBlockKind::Heading, 0);
    }
    align::SourceBlock { position: String::new(), shape, text: text.to_owned() }
}

pub(crate) fn shape(block: &parse::Block) -> BlockShape {
    let blocks = slice::from_ref(block);
    let mut marks = Vec::new();
    visit_inlines(blocks, &mut |inline| mark(inline, &mut marks));
    let (kind, size) = match &block.kind {
        BlockKind::Paragraph(_) => (SourceBlockKind::Paragraph, 0),
        BlockKind::Heading { depth, .. } => (SourceBlockKind::Heading, (*depth).into()),
        BlockKind::List(list) => (SourceBlockKind::List, list.items.len()),
        BlockKind::Quote(_) => (SourceBlockKind::Quote, 0),
        BlockKind::Alert { kind, .. } => {
            marks.push(kind.name().to_owned());
            (SourceBlockKind::Quote, 0)
        }
        BlockKind::Footnote { label, .. } => {
            marks.push(label.clone());
            (SourceBlockKind::Footnote, 0)
        }
        BlockKind::Code { text, .. } => {
            marks.push(text.clone());
            (SourceBlockKind::Code, 0)
        }
        BlockKind::Table(table) => (SourceBlockKind::Table, table.rows.len()),
        BlockKind::Rule => (SourceBlockKind::Rule, 0),
    };
    marks.sort();
    let length = plain_text(blocks).iter().map(|text| weight(text)).sum();
    BlockShape { kind, size, length, marks }
}

/// Adds what of an inline is the same in every language.
fn mark(inline: &Inline, marks: &mut Vec<String>) {
    match inline {
        Inline::Text(text) => {
            let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
            marks.extend(numbers.map(str::to_owned));
        }
        Inline::Code(code) => marks.push(code.clone()),
        Inline::Link { target, .. } => marks.push(target.clone()),
        // A translation may have a file of its own.
        Inline::Image { .. } => marks.push("!".to_owned()),
        Inline::Reference(reference) => marks.push(reference.label.clone()),
        Inline::Footnote { label, .. } => marks.push(label.clone()),
        _ => {}
    }
}

/// About how many letters an English text needs for the same.
fn weight(text: &str) -> usize {
    let weight_of = |c: char| match u32::from(c) {
        0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF => 3,
        0x3040..=0x30FF | 0xAC00..=0xD7A3 => 2,
        _ => 1,
    };
    text.chars().map(weight_of).sum()
}
