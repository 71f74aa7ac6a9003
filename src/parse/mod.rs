//! Stage 2, parse: text → [`Document`], and for a ladder its [`Outline`].
//!
//! Parsing never fails: whatever the text, there is a document, and the problems found on the way stand beside it. It
//! happens in small passes, each with one job: find the front matter, mask what CommonMark misreads, read
//! `tokens`, build the `tree` of sections, give `labels` back to their lists, read `attributes`. Only then does
//! [`outline`] ask which headings are levels and which lists hold criteria.

mod allowance;
mod attributes;
mod autolink;
mod document;
mod front_matter;
mod heading;
mod labels;
mod mask;
mod outline;
mod passages;
mod tokens;
mod tree;

use camino::Utf8Path;

pub use allowance::Allowance;
pub use document::*;
pub use heading::LevelHeading;
pub use labels::label;
pub use outline::{Category, Criterion, Level, Outline, Part, Prose, outline};
pub use passages::{OBJECT, Passage, passages};

use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// Reads a Markdown file.
pub fn parse(path: &Utf8Path, text: &str) -> (Document, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let front_matter = front_matter::read(path, text, &mut problems);
    let start = front_matter.span.end;
    let mut sections = tree::sections(text, start, tokens::tokens(text, start));
    for section in &mut sections {
        section.blocks = labels::split_lazy_labels(text, std::mem::take(&mut section.blocks));
    }
    let place = |span: Span| Place::new(path, span);
    problems.extend(attributes::read(text, &mut sections, &place));
    let (allowances, more) = allowance::read(text, start, &sections, &place);
    problems.extend(more);
    (Document { path: path.to_owned(), front_matter, sections, allowances }, problems)
}

/// The front matter of a Markdown file.
pub fn front_matter(path: &Utf8Path, text: &str) -> FrontMatter {
    front_matter::read(path, text, &mut Vec::new())
}

/// Reports attributes in blocks where nothing can carry them, such as an id at the end of a paragraph.
pub fn misplaced_attributes(path: &Utf8Path, blocks: &[Block], problems: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    attributes_in(blocks, &mut found);
    problems.extend(found.into_iter().filter_map(|attributes| misplaced(path, attributes)));
}

/// Reports attributes that nothing can carry, if there are any.
pub fn misplaced(path: &Utf8Path, attributes: &Attributes) -> Option<Diagnostic> {
    let place = Place::new(path, attributes.span.clone());
    let problem = Diagnostic::new(Code::MisplacedAttributes, "attributes where nothing can carry them", place)
        .label("belongs to no level, category or criterion")
        .help("put it at the end of a level's or category's heading or of a criterion, or remove it");
    Some(problem).filter(|_| !attributes.is_empty())
}

fn attributes_in<'a>(blocks: &'a [Block], found: &mut Vec<&'a Attributes>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => found.push(&paragraph.attributes),
            BlockKind::Quote(blocks) => attributes_in(blocks, found),
            BlockKind::List(list) => {
                for item in &list.items {
                    found.push(&item.attributes);
                    attributes_in(&item.blocks, found);
                }
            }
            _ => {}
        }
    }
}
