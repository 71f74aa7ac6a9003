//! What in a ladder's file carries an id, in the order in which it stands there.

use camino::Utf8PathBuf;

use super::insertion::Insertion;
use crate::config::{Config, LocaleIndex};
use crate::diagnostic::{Place, Span};
use crate::model::{CriterionId, reserved_level_slugs, slug};
use crate::parse::{self, Attributes, LevelHeading, Outline};
use crate::register::Key;
use crate::source::Sources;

/// A ladder in one locale.
pub struct File {
    pub path: Utf8PathBuf,
    pub text: String,
    outline: Outline,
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
    /// With where its list item begins.
    Criterion(usize),
}

impl File {
    pub fn find(config: &Config, sources: &Sources, locale: LocaleIndex, ladder: &str) -> Option<Self> {
        let (path, text) = super::ladder_file(config, sources, locale, ladder)?;
        Some(Self::read(path.clone(), text.to_owned()))
    }

    pub fn read(path: Utf8PathBuf, text: String) -> Self {
        let (document, _) = parse::parse(&path, &text);
        let (outline, _) = parse::outline(document);
        Self { path, text, outline }
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
                    kind: Kind::Criterion(criterion.span.start),
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

    /// How a thing gets an id. None for an item that has no sentence to carry it.
    pub fn insertion(&self, thing: &Thing<'_>, id: &str) -> Option<Insertion> {
        let written = &thing.attributes.span;
        if !thing.attributes.is_empty() {
            return Some(Insertion { at: written.start + 1, text: format!("#{id} ") });
        }
        if matches!(thing.kind, Kind::Criterion(item) if written.start <= item) {
            return None;
        }
        // Behind an empty heading the next line begins.
        let at = self.text[..written.start].trim_end().len();
        Some(Insertion { at, text: format!(" {{#{id}}}") })
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
    pub fn key(&self, ladder: &crate::config::LadderConfig, id: &str) -> Option<Key> {
        let slug = slug(id);
        match self.kind {
            Kind::Level(_) => slug
                .filter(|slug| !reserved_level_slugs().contains(&slug.as_str()))
                .map(|_| Key::level(&ladder.key, id)),
            Kind::Category(_) => slug.map(|_| Key::category(&ladder.key, id)),
            Kind::Criterion(_) => CriterionId::parse(id).filter(|id| id.prefix() == ladder.prefix).map(Key::Criterion),
        }
    }
}
