//! A text that is brought into shape, step by step. Each step makes a new draft of parts of the one before.

use std::rc::Rc;

use camino::Utf8Path;

use super::draft::TextDraft;
use crate::diagnostic::{Place, Problems, Span};
use crate::parse::{self, Block, BlockKind, Document, Inline, LevelHeading, Outline, Section, is_level_name, label};
use crate::text::{Edit, slice};

/// A draft as it is read.
#[derive(Debug, Clone)]
pub(crate) struct DraftPage {
    pub(crate) draft: TextDraft,
    pub(crate) text: String,
    document: Document,
    names: Rc<LevelNames>,
}

/// The names of levels, if somebody says which they are.
#[derive(Debug, Default)]
pub(crate) struct LevelNames(Vec<String>);

impl LevelNames {
    pub(crate) fn new(wished: &[String]) -> Self {
        Self(wished.iter().map(|name| bare(name)).filter(|name| !name.is_empty()).collect())
    }

    pub(crate) fn are_wished(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether a name is that of a level: one that is wished, or one that is called so.
    pub(crate) fn contain(&self, name: &str) -> bool {
        if self.0.is_empty() {
            return is_level_name(name);
        }
        self.place(name).is_some()
    }

    /// Returns the place of a name among those that are wished.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        let name = bare(name);
        let heading = LevelHeading::read(&name);
        let known = [name.as_str(), &heading.title].into_iter().chain(heading.codes.iter().map(String::as_str));
        known.into_iter().find_map(|name| self.0.iter().position(|wished| wished == name))
    }
}

/// Returns a name in lower case without marks, pictures and numbers before it, with its code as one writes it first.
pub(super) fn bare(name: &str) -> String {
    let mut name = name.trim().trim_matches(['*', '_', '`']).trim();
    // `:seedling: Junior`
    while let Some((picture, rest)) = name.strip_prefix(':').and_then(|name| name.split_once(':')) {
        if picture.contains(char::is_whitespace) {
            break;
        }
        name = rest.trim_start();
    }
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric() && !['(', '（'].contains(&c));
    let behind = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_numbered = behind.len() < name.len()
        && (behind.starts_with(' ') || behind.starts_with(')'))
        && name.starts_with(|c: char| c.is_ascii_digit())
        && slice(name, ..name.len() - behind.len()).contains('.');
    let name = if is_numbered { behind.trim_start_matches([')', ' ']) } else { name };
    let heading = LevelHeading::read(name);
    let whole = match (heading.codes.is_empty(), heading.title.is_empty()) {
        (false, false) => format!("{} = {}", heading.codes.join("/"), heading.title),
        _ => name.to_owned(),
    };
    whole.trim().to_lowercase()
}

impl DraftPage {
    pub(crate) fn new(draft: TextDraft, names: &Rc<LevelNames>) -> Self {
        let text = draft.text();
        let document = parse::parse(Utf8Path::new(""), &text, &Problems::default());
        Self { draft, text, document, names: Rc::clone(names) }
    }

    /// Returns the page that a step makes of this one.
    pub(crate) fn then(&self, draft: TextDraft) -> Self {
        Self::new(draft, &self.names)
    }

    /// Returns the page with some edits. None if there are none.
    pub(crate) fn edited(&self, edits: Vec<Edit>) -> Option<Self> {
        (!edits.is_empty()).then(|| {
            let mut draft = self.draft.clone();
            draft.edit(edits);
            self.then(draft)
        })
    }

    pub(crate) fn names(&self) -> &Rc<LevelNames> {
        &self.names
    }

    /// Whether a name is that of a level.
    pub(crate) fn is_level(&self, name: &str) -> bool {
        self.names.contain(name)
    }

    /// Returns the name of the level that a block is and nothing else: `Senior:`, `**Senior**` or `*Senior*`.
    pub(crate) fn level_label(&self, block: &Block) -> Option<String> {
        self.label(block).filter(|name| self.is_level(name))
    }

    /// Returns the name that a block is and nothing else.
    pub(super) fn label(&self, block: &Block) -> Option<String> {
        let BlockKind::Paragraph(paragraph) = &block.kind else { return None };
        let text = &paragraph.text;
        let in_italics = matches!(text.inlines.as_slice(), [Inline::Emphasis(_)]);
        label(text).or_else(|| in_italics.then(|| text.plain()))
    }

    pub(crate) fn sections(&self) -> &[Section] {
        &self.document.sections
    }

    pub(crate) fn outline(&self) -> Outline {
        parse::outline(self.document.clone()).0
    }

    pub(crate) fn written(&self, span: &Span) -> &str {
        slice(&self.text, span.clone())
    }

    /// Returns a part with where it was written.
    pub(crate) fn part(&self, span: Span) -> TextDraft {
        self.draft.slice(span)
    }

    pub(crate) fn places(&self, span: Span) -> Vec<Place> {
        self.draft.places(span)
    }
}
