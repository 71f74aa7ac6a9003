//! Reads the sections of a ladder's file as levels, categories, criteria and prose.

use super::document::{Attributes, Block, BlockKind, Document, Inline, RichText, Section};
use super::heading::LevelHeading;
use super::reading::{Headings, Levels, Reading, as_list, category_label};
use super::slip::{Slip, SlipPosition, carried, in_blocks};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// A ladder as one file tells it, ids or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The heading above the levels.
    pub title: Option<RichText>,
    /// Text between the title and the first level.
    pub preface: Vec<Block>,
    /// Levels, and the prose that stands between and behind them, in the order of the file.
    pub parts: Vec<Part>,
    /// The depths that levels may have with what speaks for each, the chosen one first.
    pub readings: Vec<Reading>,
}

impl Outline {
    pub fn levels(&self) -> impl Iterator<Item = &OutlineLevel> {
        self.parts.iter().filter_map(|part| match part {
            Part::Level(level) => Some(level),
            Part::Prose(_) => None,
        })
    }

    /// Returns the sections without criteria.
    pub(crate) fn sections(&self) -> impl Iterator<Item = &Prose> {
        self.parts.iter().filter_map(|part| match part {
            Part::Prose(prose) => Some(prose),
            Part::Level(_) => None,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Level(OutlineLevel),
    Prose(Prose),
}

/// A section at the depth of the levels that holds no criteria, such as a credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    pub title: RichText,
    /// With the anchor that its author gave it.
    pub attributes: Attributes,
    pub blocks: Vec<Block>,
}

/// A level as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineLevel {
    pub heading: LevelHeading,
    pub attributes: Attributes,
    /// The text of the heading.
    pub(crate) span: Span,
    /// Text between the heading and the first category.
    pub summary: Vec<Block>,
    pub categories: Vec<OutlineCategory>,
}

/// A category of a level as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineCategory {
    /// None for criteria that stand right below their level's heading.
    pub title: Option<String>,
    pub attributes: Attributes,
    /// The text of the heading or label.
    pub(crate) span: Span,
    /// Text that is neither heading nor criterion.
    pub prose: Vec<Block>,
    pub criteria: Vec<OutlineCriterion>,
}

/// A criterion as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineCriterion {
    pub statement: RichText,
    pub detail: Vec<Block>,
    pub attributes: Attributes,
    /// The whole list item.
    pub(crate) span: Span,
    /// A ticked box before the statement, which is no part of it.
    pub(crate) tick: Option<Span>,
}

impl OutlineCriterion {
    /// Returns why the criterion cannot be given an id: its item, which stands at a place, does not begin with a sentence.
    pub(crate) fn obstacle(&self, place: Place) -> Option<Diagnostic> {
        let has_sentence = !self.attributes.is_empty() || self.attributes.span.start > self.span.start;
        let problem = || place.problem(Code::MissingId, "this item has no sentence that could carry an id");
        (!has_sentence).then(|| problem().help("begin the item with a sentence, or remove it"))
    }
}

/// Reads the document as a ladder. The slips are all blocks of attributes that nothing in it carries.
pub fn outline(document: Document) -> (Outline, Vec<Slip>) {
    let read = Headings::of(&document.sections);
    let (title, level_depth, readings) = (read.title, read.depth(), read.readings);
    let mut slips = document.slips;
    let headings = document.sections.iter().filter_map(|section| Some(&section.heading.as_ref()?.attributes));
    let headings: Vec<_> = headings.filter(|attributes| !attributes.is_empty()).cloned().collect();
    let mut outline = Outline { title: None, preface: Vec::new(), parts: Vec::new(), readings };
    let mut chapters: Vec<Vec<Section>> = Vec::new();
    for (index, section) in document.sections.into_iter().enumerate() {
        let opens = section.heading.as_ref().is_some_and(|heading| Some(heading.depth) <= level_depth);
        if title == Some(index) {
            outline.title = section.heading.map(|heading| heading.text);
            outline.preface.extend(section.blocks);
        } else if opens {
            chapters.push(vec![section]);
        } else if let Some(chapter) = chapters.last_mut() {
            chapter.push(section);
        } else {
            outline.preface.extend(prose_blocks(section));
        }
    }
    let levels = Levels::of(&chapters, level_depth);
    outline.parts = chapters.into_iter().enumerate().map(|(at, chapter)| part(at, chapter, &levels)).collect();
    let is_carried = |attributes: &Attributes| {
        let mut levels = outline.levels();
        levels.any(|level| {
            level.attributes == *attributes
                || level.categories.iter().any(|category| category.attributes == *attributes)
        }) || outline.sections().any(|prose| prose.attributes == *attributes && attributes.id.is_some())
    };
    slips.extend(
        headings
            .iter()
            .filter(|heading| !is_carried(heading))
            .filter_map(|heading| carried(heading, SlipPosition::Heading)),
    );
    slips.retain(|slip| slip.position != SlipPosition::Quoted || outline.is_unnamed_at(slip.block.start));
    for (blocks, id) in outline.prose() {
        in_blocks(blocks, id, &mut slips);
    }
    (outline, slips)
}

fn part(at: usize, chapter: Vec<Section>, levels: &Levels) -> Part {
    let level = levels.contain(at, &chapter);
    let mut sections = chapter.into_iter();
    let first = sections.next();
    let (heading, blocks) = first.map(|section| (section.heading, section.blocks)).unwrap_or_default();
    let Some(heading) = heading else {
        return Part::Prose(Prose { title: RichText::default(), attributes: Attributes::default(), blocks });
    };
    if !level {
        let blocks = blocks.into_iter().chain(sections.flat_map(prose_blocks)).collect();
        return Part::Prose(Prose { title: heading.text, attributes: heading.attributes.0, blocks });
    }
    let span = heading.text.span.0.clone();
    let mut level = OutlineLevel {
        heading: LevelHeading::read(&heading.text.plain()),
        attributes: heading.attributes.0,
        span,
        summary: Vec::new(),
        categories: Vec::new(),
    };
    level.read(blocks);
    for section in sections {
        if let Some(heading) = section.heading {
            let title = heading.text.plain();
            let title = title.trim().trim_end_matches([':', '：']).trim_end().to_owned();
            level.categories.push(OutlineCategory::new(Some(title), heading.attributes.0, heading.text.span.0));
        }
        level.read(section.blocks);
    }
    Part::Level(level)
}

impl OutlineLevel {
    /// Returns its heading as one writes it: `L5 = Senior`.
    pub(crate) fn name(&self) -> String {
        let codes = self.heading.codes.join("/");
        match (codes.as_str(), self.heading.title.as_str()) {
            ("", title) => title.to_owned(),
            (codes, "") => codes.to_owned(),
            (codes, title) => format!("{codes} = {title}"),
        }
    }

    /// Sorts the blocks below one heading: labels begin categories, lists hold criteria, the rest is prose.
    fn read(&mut self, blocks: Vec<Block>) {
        let mut blocks = blocks.into_iter().peekable();
        while let Some(block) = blocks.next() {
            let title = category_label(&block).filter(|_| blocks.peek().is_some_and(|next| as_list(next).is_some()));
            match (block.kind, title) {
                (BlockKind::Paragraph(paragraph), Some(title)) => {
                    self.categories.push(OutlineCategory::new(
                        Some(title),
                        paragraph.attributes.0,
                        paragraph.text.span.0,
                    ));
                }
                (BlockKind::List(list), _) => {
                    let at = list.items.first().map_or(block.span.start, |item| item.span.start);
                    let criteria = list.items.into_iter().map(OutlineCriterion::read);
                    self.category(at).criteria.extend(criteria);
                }
                (kind, _) => {
                    let prose = self.categories.last_mut().map_or(&mut self.summary, |category| &mut category.prose);
                    prose.push(Block { kind, span: block.span });
                }
            }
        }
    }

    /// Returns the category that a list at a place belongs to.
    fn category(&mut self, at: usize) -> &mut OutlineCategory {
        if self.categories.is_empty() {
            self.categories.push(OutlineCategory::new(None, Attributes::none_at(at), at..at));
        }
        self.categories.last_mut().expect("one was pushed if there was none")
    }
}

impl OutlineCategory {
    fn new(title: Option<String>, attributes: Attributes, span: Span) -> Self {
        Self { title, attributes, span, prose: Vec::new(), criteria: Vec::new() }
    }
}

impl OutlineCriterion {
    fn read(item: super::document::Item) -> Self {
        let mut blocks = item.blocks.into_iter().peekable();
        let is_paragraph = |block: &Block| matches!(block.kind, BlockKind::Paragraph(_));
        let mut statement = match blocks.next_if(is_paragraph).map(|block| block.kind) {
            Some(BlockKind::Paragraph(paragraph)) => paragraph.text,
            _ => RichText { inlines: Vec::new(), span: (item.span.start..item.span.start).into() },
        };
        let tick = take_box(&mut statement);
        Self { statement, detail: blocks.collect(), attributes: item.attributes.0, span: item.span.0, tick }
    }
}

/// Takes the box off a text that begins with one. Returns where it stands if it is ticked.
fn take_box(text: &mut RichText) -> Option<Span> {
    let Some(Inline::Box { ticked, span }) = text.inlines.first().cloned() else { return None };
    text.inlines.remove(0);
    text.span.start = (span.end + 1).min(text.span.end);
    ticked.then_some(span.0)
}

impl Outline {
    /// Whether a place is in something that has no id and needs one.
    fn is_unnamed_at(&self, at: usize) -> bool {
        let is_it = |attributes: &Attributes, span: &Span| attributes.id.is_none() && span.contains(&at);
        self.levels().any(|level| {
            is_it(&level.attributes, &level.span)
                || level.categories.iter().any(|category| {
                    is_it(&category.attributes, &category.span)
                        || category.criteria.iter().any(|criterion| is_it(&criterion.attributes, &criterion.span))
                })
        })
    }

    /// Returns all blocks in which nothing can carry attributes, with the id of the criterion that they are about.
    fn prose(&self) -> impl Iterator<Item = (&[Block], Option<&str>)> {
        let parts = self.parts.iter().flat_map(|part| -> Vec<(&[Block], Option<&str>)> {
            match part {
                Part::Prose(prose) => vec![(&prose.blocks, None)],
                Part::Level(level) => std::iter::once((level.summary.as_slice(), None))
                    .chain(level.categories.iter().map(|category| (category.prose.as_slice(), None)))
                    .chain(level.categories.iter().flat_map(|c| &c.criteria).map(|criterion| {
                        let id = criterion.attributes.id.as_ref().map(|id| id.text.as_str());
                        (criterion.detail.as_slice(), id)
                    }))
                    .collect(),
            }
        });
        std::iter::once((self.preface.as_slice(), None)).chain(parts)
    }
}

/// Returns a section that is no level, as blocks.
pub(super) fn prose_blocks(section: Section) -> impl Iterator<Item = Block> {
    let heading = section.heading.map(|heading| {
        let span = heading.text.span.clone();
        Block { kind: BlockKind::Heading { depth: heading.depth, text: heading.text }, span }
    });
    heading.into_iter().chain(section.blocks)
}
