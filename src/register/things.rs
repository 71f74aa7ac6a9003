//! What in a ladder's file carries an id, in the order in which it stands there.

use camino::Utf8PathBuf;

use super::Key;
use crate::config::{Config, LadderConfig, LocaleIndex};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::model::{CriterionId, reserved_level_slugs, slug};
use crate::parse::{self, Attributes, Criterion, LevelHeading, Outline};
use crate::source::Sources;
use crate::text::{Edit, slice};

/// A ladder in one locale.
pub struct File {
    pub path: Utf8PathBuf,
    pub text: String,
    outline: Outline,
    /// Blocks of attributes that are never closed.
    unclosed: Vec<Diagnostic>,
}

/// A level, a category with a title, or a criterion.
pub struct Thing<'a> {
    pub kind: Kind<'a>,
    pub attributes: &'a Attributes,
    /// What is shown of it when it is spoken of.
    pub span: &'a Span,
}

#[derive(Clone, Copy)]
pub enum Kind<'a> {
    Level(&'a LevelHeading),
    /// With its title.
    Category(&'a str),
    Criterion(&'a Criterion),
}

impl File {
    pub fn find(config: &Config, sources: &Sources, locale: LocaleIndex, ladder: &str) -> Option<Self> {
        let (path, text) = super::ladder_file(config, sources, locale, ladder)?;
        Some(Self::read(path.clone(), text.to_owned()))
    }

    pub fn read(path: Utf8PathBuf, text: String) -> Self {
        let (document, mut unclosed) = parse::parse(&path, &text);
        unclosed.retain(|problem| problem.code == Code::UnclosedAttributes);
        let (outline, _) = parse::outline(document);
        Self { path, text, outline, unclosed }
    }

    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    pub fn things(&self) -> Vec<Thing<'_>> {
        let mut things = Vec::new();
        for level in self.outline.levels() {
            things.push(Thing { kind: Kind::Level(&level.heading), attributes: &level.attributes, span: &level.span });
            for category in &level.categories {
                things.extend(category.title.as_deref().map(|title| Thing {
                    kind: Kind::Category(title),
                    attributes: &category.attributes,
                    span: &category.span,
                }));
                things.extend(category.criteria.iter().map(|criterion| Thing {
                    kind: Kind::Criterion(criterion),
                    attributes: &criterion.attributes,
                    span: &criterion.statement.span,
                }));
            }
        }
        things
    }

    pub fn place(&self, thing: &Thing<'_>) -> Place {
        Place::new(self.path.clone(), thing.span.clone())
    }

    /// Why a thing cannot be given an id.
    pub fn obstacle(&self, thing: &Thing<'_>) -> Option<Diagnostic> {
        if matches!(thing.kind, Kind::Criterion(of) if thing.attributes.is_empty() && thing.attributes.span.start <= of.span.start)
        {
            let message = "this item has no sentence that could carry an id".to_owned();
            let problem = Diagnostic::new(Code::MissingId, message, self.place(thing));
            return Some(problem.help("begin the item with a sentence, or remove it"));
        }
        // It may hold an id, and another one behind it would be given for good.
        let ends_in = |problem: &&Diagnostic| problem.label.place.span().end == thing.attributes.span.start;
        self.unclosed.iter().find(ends_in).cloned()
    }

    /// How a thing without obstacle gets an id.
    pub fn insertion(&self, thing: &Thing<'_>, id: &str) -> Edit {
        let written = &thing.attributes.span;
        if !thing.attributes.is_empty() {
            return Edit::insert(written.start + 1, format!("#{id} "));
        }
        // Behind an empty heading the next line begins.
        let at = slice(&self.text, ..written.start).trim_end().len();
        Edit::insert(at, format!(" {{#{id}}}"))
    }
}

impl Thing<'_> {
    /// The id that is written.
    pub fn id(&self) -> Option<&str> {
        self.attributes.id.as_ref().map(|id| id.text.as_str())
    }

    /// Whether two things are of one kind.
    pub fn is_like(&self, other: &Thing<'_>) -> bool {
        std::mem::discriminant(&self.kind) == std::mem::discriminant(&other.kind)
    }

    /// What the register calls a thing of this kind with an id, if it may have that id.
    pub fn key(&self, ladder: &LadderConfig, id: &str) -> Option<Key> {
        let slug = slug(id);
        match self.kind {
            Kind::Level(_) => slug
                .filter(|slug| !reserved_level_slugs().contains(&slug.as_str()))
                .map(|_| Key::level(&ladder.key, id)),
            Kind::Category(_) => slug.map(|_| Key::category(&ladder.key, id)),
            Kind::Criterion(_) => {
                CriterionId::parse(id).filter(|id| ladder.has_prefix(id.prefix())).map(Key::Criterion)
            }
        }
    }
}
