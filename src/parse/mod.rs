//! Stage 2, parse: text → [`Document`], and for a ladder its [`Outline`].
//!
//! Parsing never fails: whatever the text, there is a document, and the problems found on the way stand beside it. It
//! happens in small passes, each with one job: blank the characters that no page may hold, find the front matter, mask what CommonMark misreads, read
//! `tokens`, give `labels` back to their lists, build the `tree` of sections, read `attributes`. Only then does
//! [`outline()`] ask which headings are levels and which lists hold criteria.

mod allowance;
mod attributes;
mod autolink;
mod block_text;
mod characters;
mod comment;
mod definition;
mod document;
mod fence;
pub(crate) mod footnote;
mod front_matter;
mod heading;
mod html;
mod images;
mod inlines;
mod labels;
mod level_name;
mod markdown;
mod mask;
mod outline;
mod plain;
mod reading;
mod shown;
mod slip;
mod tokens;
mod tree;

pub(crate) use attributes::without as without_attributes;
pub(crate) use block_text::{BlockText, block_texts};
use camino::Utf8Path;

pub(crate) use definition::{LinkDefinition, link_definitions};
pub use document::*;
pub(crate) use fence::{blocks as blocks_of_code, code_spans};
pub(crate) use front_matter::yaml as yaml_front_matter;
pub(crate) use heading::LevelHeading;
pub(crate) use html::{HtmlTag, HtmlToken, html_text, html_tokens, html_tokens_in_markdown};
pub(crate) use images::{image_files, name_images};
pub(crate) use labels::label;
pub(crate) use level_name::{
    LevelSign, asks_nothing, counts_levels, is_level_name, is_number, is_proficiency, is_role, is_title, level_noun,
    level_rank, level_sign,
};
pub(crate) use markdown::indented;
pub use markdown::{blocks, markdown};
pub use outline::{Outline, Part, outline};
pub(crate) use outline::{OutlineCategory, OutlineCriterion, OutlineLevel};
pub(crate) use plain::{plain_lines, plain_text, visit_inlines, visit_nested};
pub(crate) use reading::{Evidence, Sign};
pub(crate) use shown::shown_as_written;
pub use slip::diagnose_ladder_slips;
pub(crate) use slip::{Slip, diagnose_page_slips, slips_of_page};

use crate::diagnostic::{Place, Problems, Span};
use crate::text::blanked;
use crate::work;

/// Reads a Markdown file.
pub fn parse(path: &Utf8Path, text: &str, problems: &Problems) -> Document {
    work::count("parse");
    let original = text;
    let text = &*blanked(original);
    let front_matter = front_matter::read(path, text, problems);
    let start = front_matter.span.end;
    let mut tokens = tokens::tokens(text, start);
    problems.extend(characters::forbidden(path, original, text, start, &mut tokens));
    let unclosed = fence::unclosed(path, text, &tokens);
    problems.extend(shown::as_written(path, text, start, &tokens, &unclosed));
    problems.extend(unclosed);
    let code = tokens.iter().filter(|(token, _)| matches!(token, tokens::Token::Code(_)));
    let code: Vec<_> = code.map(|(_, span)| span.clone()).collect();
    let mut sections = tree::sections(text, start, labels::split_lazy_labels(text, tokens));
    let place = |span: Span| Place::new(path, span);
    let slips = attributes::read(text, &mut sections, &code, &place, problems);
    let allowances = allowance::read(text, start, &sections, &place, problems);
    Document { path: path.to_owned(), front_matter, sections, allowances, slips }
}

/// Returns the front matter of a Markdown file.
pub(crate) fn front_matter(path: &Utf8Path, text: &str) -> FrontMatter {
    front_matter::read(path, text, &Problems::default())
}
