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
        let (at, anchor) = section(scene, category)?;
        let prose = &scene.site[category.ladder].prose;
        // A translation may lack the section, or have it at another place.
        let (sections, actual) = prose.read(scene.locale);
        let anchors = scene.site.history.headings.of_ladder(category.ladder).anchors(scene.locale);
        let own = anchors.iter().position(|own| own == anchor);
        let (section, actual) = match own.and_then(|at| sections.get(at)) {
            Some(section) => (section, actual),
            None => (&prose.source()[at], LocaleIndex::SOURCE),
        };
        let html = Html::of_ladder(scene, category.ladder, actual).blocks(section.blocks.get(..1)?);
        Some(Self {
            beginning: ProseView { html: Value::safe_string(&html), language: scene.foreign(actual) },
            rest: (section.blocks.len() > 1).then(|| href_of(scene, category, anchor)),
        })
    }
}

/// Returns a link to the description of a category.
pub(crate) fn href(scene: &Scene<'_>, category: CategoryAt) -> Option<String> {
    section(scene, category).map(|(_, anchor)| href_of(scene, category, anchor))
}

fn href_of(scene: &Scene<'_>, category: CategoryAt, anchor: &str) -> String {
    let whole = scene.href(scene.of_ladder(category.ladder, LadderPage::Whole));
    anchored(whole, Some(anchor.to_owned()))
}

/// Returns the place of the description among the sections of the source, and its anchor.
fn section<'s>(scene: &Scene<'s>, category: CategoryAt) -> Option<(usize, &'s str)> {
    let site = scene.site;
    let at = edition::description(site[category.ladder].prose.source(), site[category].title.source())?;
    Some((at, &site.history.headings.of_ladder(category.ladder).anchors(LocaleIndex::SOURCE)[at]))
}
