//! Assigns ids to the statements of a translation: by position, otherwise by similarity.

use std::collections::HashMap;

use crate::diagnostic::Span;
use crate::parse::{
    Attributes, Block as ParsedBlock, BlockKind, Outline, OutlineCriterion, OutlineLevel, Paragraph, Part,
};
use crate::text::{Edit, line_start, next_line, slice};
use crate::translation::align::{SourceBlock, align};
use crate::translation::shape;

/// The alignment of a translation with its source.
#[derive(Debug, Default)]
pub(crate) struct Aligned {
    /// The id of each level, category and criterion, by where it begins.
    pub(crate) ids: HashMap<usize, String>,
    /// Parts of the translation that nothing in the source is like.
    pub(crate) alone: Vec<Span>,
    /// The number of criteria with an id.
    pub(crate) criteria: usize,
}

/// Aligns the translation of a ladder with its source, whose things have ids.
pub(crate) fn aligned(source: &Outline, own: &Outline, text: &str) -> Aligned {
    let mut aligned = Aligned::default();
    let source: Vec<_> = source.levels().collect();
    let levels: Vec<_> = own.levels().collect();
    let same_number = source.len() == levels.len();
    let mut next = 0;
    for (at, level) in levels.iter().enumerate() {
        let shares_code =
            |other: &OutlineLevel| other.heading.codes.iter().any(|code| level.heading.codes.contains(code));
        let partner = match source[next.min(source.len())..].iter().position(|level_there| shares_code(level_there)) {
            Some(found) => Some(next + found),
            None if same_number => Some(at),
            None => None,
        };
        match partner.and_then(|at| source.get(at)) {
            Some(partner_level) => {
                next = partner.map_or(next, |at| at + 1);
                aligned.level(partner_level, level, text);
            }
            None => aligned.alone.push(chapter(own, level, text)),
        }
    }
    aligned
}

impl Aligned {
    fn name(&mut self, span: &Span, attributes: &Attributes) {
        if let Some(id) = &attributes.id {
            self.ids.insert(span.start, id.text.clone());
        }
    }

    fn level(&mut self, source: &OutlineLevel, own: &OutlineLevel, text: &str) {
        self.name(&own.span, &source.attributes);
        let same_number = source.categories.len() == own.categories.len();
        let mut next = 0;
        for (at, category) in own.categories.iter().enumerate() {
            let count = category.criteria.len();
            let rest = &source.categories[next.min(source.categories.len())..];
            let partner = match same_number {
                true => Some(at),
                false => rest
                    .iter()
                    .position(|category_there| category_there.criteria.len() == count)
                    .map(|found| next + found),
            };
            let partner = partner.and_then(|at| Some((at, source.categories.get(at)?)));
            // Criteria without a category cannot be told from those of one, nor the other way round.
            match partner.filter(|(_, category_there)| category_there.title.is_some() == category.title.is_some()) {
                Some((at, category_there)) => {
                    next = at + 1;
                    if category.title.is_some() {
                        self.name(&category.span, &category_there.attributes);
                    }
                    self.criteria(&category_there.criteria, &category.criteria, text);
                }
                None => {
                    self.alone.extend(category.title.as_ref().map(|_| whole_line(text, &category.span)));
                    self.alone.extend(category.criteria.iter().map(|criterion| whole_line(text, &criterion.span)));
                }
            }
        }
    }

    fn criteria(&mut self, source: &[OutlineCriterion], own: &[OutlineCriterion], text: &str) {
        let pairs: Vec<(usize, usize)> = if source.len() == own.len() {
            (0..own.len()).map(|at| (at, at)).collect()
        } else {
            let today: Vec<_> = source
                .iter()
                .map(|criterion| SourceBlock {
                    position: String::new(),
                    shape: shape(&statement(criterion)),
                    text: criterion.statement.plain(),
                })
                .collect();
            let shapes: Vec<_> = own.iter().map(|criterion| shape(&statement(criterion))).collect();
            let rows = align(&today, &[], &shapes).rows;
            let single = rows.into_iter().filter(|row| row.source.len() == 1 && row.own.len() == 1);
            single.map(|row| (row.source.start, row.own.start)).collect()
        };
        for (at, criterion) in own.iter().enumerate() {
            match pairs.iter().find(|(_, own)| *own == at) {
                Some((source_index, _)) => {
                    self.name(&criterion.statement.span, &source[*source_index].attributes);
                    self.criteria += 1;
                }
                None => self.alone.push(whole_line(text, &criterion.span)),
            }
        }
    }

    /// Returns the edits that remove the parts without a source from the translation.
    pub(crate) fn cuts(&self) -> Vec<Edit> {
        self.alone.iter().cloned().map(Edit::delete).collect()
    }
}

fn statement(criterion: &OutlineCriterion) -> ParsedBlock {
    let text = criterion.statement.clone();
    let paragraph = Paragraph { attributes: Attributes::none_at(text.span.end).into(), text };
    ParsedBlock { kind: BlockKind::Paragraph(paragraph), span: criterion.span.clone().into() }
}

/// Returns a part with the rest of its lines.
fn whole_line(text: &str, span: &Span) -> Span {
    let end = slice(text, ..span.end).trim_end().len().max(span.start);
    line_start(text, span.start)..next_line(text, end)
}

/// Returns a level with all that stands below it.
fn chapter(outline: &Outline, level: &OutlineLevel, text: &str) -> Span {
    let start = whole_line(text, &level.span).start;
    let starts = outline.parts.iter().map(|part| match part {
        Part::Level(level) => level.span.start,
        Part::Prose(prose) => prose.title.span.start,
    });
    let next = starts.filter(|&other| other > level.span.start).min();
    start..next.map_or(text.len(), |next| whole_line(text, &(next..next)).start)
}
