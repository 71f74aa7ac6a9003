//! The items with ids in a ladder's file, in document order.

use std::sync::OnceLock;

use camino::Utf8PathBuf;

use super::Key;
use crate::address::is_reserved_in_ladder;
use crate::config::{Config, LadderConfig};
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Span};
use crate::id::{CriterionId, slug};
use crate::locale::LocaleIndex;
use crate::parse::{self, Attributes, LevelHeading, Outline, OutlineCriterion, Slip};
use crate::source::Sources;
use crate::text::{Edit, char_at, slice};

/// A ladder in one locale.
pub(crate) struct LadderItems {
    pub(crate) path: Utf8PathBuf,
    pub(crate) text: String,
    outline: Outline,
    slips: Vec<Slip>,
    /// The diagnoses of the slips, for which the text is read many times.
    diagnoses: OnceLock<Vec<Diagnostic>>,
    /// Blocks of attributes that are never closed.
    unclosed: Vec<Diagnostic>,
    /// Code, or a front matter, that is never closed and takes in what follows.
    swallowing: Option<Diagnostic>,
}

/// A level, a category with a title, or a criterion.
pub(crate) struct IdentifiedItem<'a> {
    pub(crate) kind: ItemKind<'a>,
    pub(crate) attributes: &'a Attributes,
    /// The part of it that messages show.
    pub(crate) span: &'a Span,
}

#[derive(Clone, Copy)]
pub(crate) enum ItemKind<'a> {
    Level(&'a LevelHeading),
    /// With its title.
    Category(&'a str),
    Criterion(&'a OutlineCriterion),
}

impl ItemKind<'_> {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Level(_) => "level",
            Self::Category(_) => "category",
            Self::Criterion(_) => "criterion",
        }
    }
}

impl LadderItems {
    pub(crate) fn find(config: &Config, sources: &Sources, locale: LocaleIndex, ladder: &str) -> Option<Self> {
        let (path, text) = super::ladder_file(config, sources, locale, ladder)?;
        Some(Self::read(path.clone(), text.to_owned()))
    }

    pub(crate) fn read(path: Utf8PathBuf, text: String) -> Self {
        let problems = Problems::default();
        let document = parse::parse(&path, &text, &problems);
        let mut unclosed = problems.into_sorted();
        let swallows = |problem: &&Diagnostic| matches!(problem.code, Code::UnclosedCode | Code::UnclosedFrontMatter);
        let swallowing = unclosed.iter().find(swallows).cloned();
        unclosed.retain(|problem| problem.code == Code::UnclosedAttributes);
        let (outline, slips) = parse::outline(document);
        Self { path, text, outline, slips, diagnoses: OnceLock::new(), unclosed, swallowing }
    }

    /// Returns whether an id stands where it is not read as it was meant, which is reported there.
    pub(crate) fn has_slipped(&self, id: &str) -> bool {
        let is_unclosed = |problem: &Diagnostic| {
            let block = slice(&self.text, problem.label.place.span());
            block.trim_start_matches('{').split_whitespace().any(|word| word.strip_prefix('#') == Some(id))
        };
        let is_slip = |slip: &Slip| {
            slip.ids().any(|former| former == id)
                || former_ids(slice(&self.text, slip.block.clone())).any(|former| former == id)
        };
        self.slips.iter().any(is_slip) || self.unclosed.iter().any(is_unclosed)
    }

    /// Returns whether an id stands in code that is never closed, which is reported with the ids that it takes in.
    pub(crate) fn is_swallowed(&self, id: &str) -> bool {
        let code = self.swallowing.as_ref().filter(|problem| problem.code == Code::UnclosedCode);
        let from = code.map(|problem| problem.label.place.span().start);
        from.is_some_and(|from| {
            self.mentions(id).iter().any(|place| place.span().start >= from)
                || former_ids(slice(&self.text, from..)).any(|former| former == id)
        })
    }

    /// Returns the faults that hide an item with an id, or may hide it.
    pub(crate) fn hidden_by(&self, id: &str) -> Vec<Diagnostic> {
        let mut faults: Vec<_> = self.swallowing.iter().cloned().collect();
        if self.has_slipped(id) {
            faults.extend(self.diagnoses().iter().cloned());
            faults.extend(self.unclosed.iter().cloned());
        }
        faults
    }

    /// Returns where an id is written in braces, whether or not it is read.
    pub(crate) fn mentions(&self, id: &str) -> Vec<Place> {
        let written = self.text.match_indices('#').filter_map(|(at, _)| {
            let rest = slice(&self.text, at + 1..).strip_prefix(id)?;
            let open = slice(&self.text, ..at).rfind(['{', '｛'])?;
            if slice(&self.text, open..at).contains('\n') {
                return None;
            };
            let close = rest.find(['}', '｝', '\n']).filter(|_| !rest.starts_with(|c: char| c.is_alphanumeric()))?;
            let end = at + 1 + id.len() + close;
            let brace = char_at(rest, close).filter(|brace| *brace != '\n').map_or(0, char::len_utf8);
            Some(Place::new(self.path.clone(), open..end + brace))
        });
        written.collect()
    }

    pub(crate) fn outline(&self) -> &Outline {
        &self.outline
    }

    pub(crate) fn things(&self) -> Vec<IdentifiedItem<'_>> {
        let mut things = Vec::new();
        for level in self.outline.levels() {
            things.push(IdentifiedItem {
                kind: ItemKind::Level(&level.heading),
                attributes: &level.attributes,
                span: &level.span,
            });
            for category in &level.categories {
                things.extend(category.title.as_deref().map(|title| IdentifiedItem {
                    kind: ItemKind::Category(title),
                    attributes: &category.attributes,
                    span: &category.span,
                }));
                things.extend(category.criteria.iter().map(|criterion| IdentifiedItem {
                    kind: ItemKind::Criterion(criterion),
                    attributes: &criterion.attributes,
                    span: &criterion.statement.span,
                }));
            }
        }
        things
    }

    pub(crate) fn place(&self, thing: &IdentifiedItem<'_>) -> Place {
        Place::new(self.path.clone(), thing.span.clone())
    }

    fn diagnoses(&self) -> &[Diagnostic] {
        self.diagnoses.get_or_init(|| parse::diagnose_ladder_slips(&self.path, &self.text, &self.slips))
    }

    /// Why a thing cannot be given an id.
    pub(crate) fn obstacle(&self, thing: &IdentifiedItem<'_>) -> Option<Diagnostic> {
        if let ItemKind::Criterion(criterion) = thing.kind
            && let Some(problem) = criterion.obstacle(self.place(thing))
        {
            return Some(problem);
        }
        // It may hold an id, and another one behind it would be given for good.
        if !thing.attributes.is_unread {
            return None;
        }
        let ends_in = |problem: &&Diagnostic| problem.label.place.span().end == thing.attributes.span.start;
        let is_of = |problem: &Diagnostic| {
            let places = std::iter::once(&problem.label).chain(&problem.related);
            places.into_iter().any(|label| thing.span.contains(&label.place.span().start))
        };
        self.unclosed
            .iter()
            .find(ends_in)
            .cloned()
            .or_else(|| self.diagnoses().iter().find(|problem| is_of(problem)).cloned())
    }

    /// Returns the edit that gives an id to an item without obstacles, in place of the one that it may have.
    pub(crate) fn insertion(&self, thing: &IdentifiedItem<'_>, id: &str) -> Edit {
        let written = &thing.attributes.span;
        if let Some(other) = &thing.attributes.id {
            return Edit::replace(other.span.clone(), format!("#{id}"));
        }
        if !thing.attributes.is_empty() {
            return Edit::insert(written.start + 1, format!("#{id} "));
        }
        // Behind an empty heading the next line begins.
        let at = slice(&self.text, ..written.start).trim_end().len();
        Edit::insert(at, format!(" {{#{id}}}"))
    }
}

/// Returns the ids that levels had before, as a text names them: `was=L5,L4`.
fn former_ids(text: &str) -> impl Iterator<Item = &str> {
    let lists = text.split("was=").skip(1);
    let listed = lists.filter_map(|rest| rest.split([' ', '}', '\n']).next());
    listed.flat_map(|ids| ids.split(','))
}

impl IdentifiedItem<'_> {
    /// Returns the id that is written.
    pub(crate) fn id(&self) -> Option<&str> {
        self.attributes.id.as_ref().map(|id| id.text.as_str())
    }

    /// Returns whether two things are of one kind.
    pub(crate) fn is_like(&self, other: &IdentifiedItem<'_>) -> bool {
        std::mem::discriminant(&self.kind) == std::mem::discriminant(&other.kind)
    }

    /// Returns the register's key for an item of this kind with an id, if it may have that id.
    pub(crate) fn key(&self, ladder: &LadderConfig, id: &str) -> Option<Key> {
        let slug = slug(id);
        match self.kind {
            ItemKind::Level(_) => slug.filter(|slug| !is_reserved_in_ladder(slug)).map(|_| Key::level(&ladder.key, id)),
            ItemKind::Category(_) => slug.map(|_| Key::category(&ladder.key, id)),
            ItemKind::Criterion(_) => {
                CriterionId::parse(id).filter(|id| ladder.has_prefix(id.prefix())).map(Key::Criterion)
            }
        }
    }
}
