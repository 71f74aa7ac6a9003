//! What a ladder says of a category on all its levels: a section of prose that has the category's title.

use serde::Serialize;
use tera::Value;

use super::html::Html;
use super::scene::{Scene, anchored};
use super::text::ProseView;
use crate::edition;
use crate::handle::CategoryAt;
use crate::locale::LocaleIndex;
use crate::model::LadderPage;

/// A category's description, beside its criteria.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CategoryDescription {
    /// Its first block.
    pub(crate) beginning: ProseView,
    /// A link to the whole, if there is more.
    pub(crate) rest: Option<String>,
}

impl CategoryDescription {
    pub(crate) fn of(scene: &Scene<'_>, category: CategoryAt) -> Option<Self> {
        let at = section(scene, category)?;
        let prose = &scene.site[category.ladder].prose;
        let headings = scene.site.history.headings.of_ladder(category.ladder);
        let anchor = &headings.anchors(LocaleIndex::SOURCE)[at];
        // A translation may lack the section, or have it at another place.
        let (sections, actual) = prose.read(scene.locale);
        let own = headings.anchors(scene.locale).iter().position(|own| own == anchor);
        let (section, actual) = match own.and_then(|at| sections.get(at)) {
            Some(section) => (section, actual),
            None => (&prose.source()[at], LocaleIndex::SOURCE),
        };
        let html = Html::of_ladder(scene, category.ladder, actual).blocks(section.blocks.get(..1)?);
        Some(Self {
            beginning: ProseView { html: Value::safe_string(&html), language: scene.foreign(actual) },
            rest: href(scene, category).filter(|_| section.blocks.len() > 1),
        })
    }
}

/// Returns a link to the description of a category.
pub(crate) fn href(scene: &Scene<'_>, category: CategoryAt) -> Option<String> {
    let at = section(scene, category)?;
    let anchor = &scene.site.history.headings.of_ladder(category.ladder).anchors(LocaleIndex::SOURCE)[at];
    let whole = scene.href(scene.of_ladder(category.ladder, LadderPage::Whole));
    Some(anchored(whole, Some(anchor.clone())))
}

/// Returns the place of the description among the sections of the source.
fn section(scene: &Scene<'_>, category: CategoryAt) -> Option<usize> {
    edition::description(scene.site[category.ladder].prose.source(), scene.site[category].title.source())
}
