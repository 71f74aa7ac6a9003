//! What scripts copy where a criterion or a level is cited.

use serde::Serialize;

use super::json_ld;
use super::scene::Scene;
use crate::citing::{Citation, CitationStyle};
use crate::locale::LocaleIndex;
use crate::model::Site;

/// A citation for a review. Scripts make the plain and the rich text of the one in Markdown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CiteAction {
    /// What is cited: `TL-042`, `L6@2026.1`.
    pub(crate) label: String,
    /// What a link to what holds now is called: `TL-042`, `L6`.
    pub(crate) name: String,
    /// Whether the site has editions, and the last one does not hold what is cited as it is.
    pub(crate) is_unreleased: bool,
    pub(crate) markdown: String,
    pub(crate) language: String,
}

impl CiteAction {
    pub(crate) fn of(scene: &Scene<'_>, citation: &Citation) -> Self {
        Self {
            name: citation.label.split('@').next().unwrap_or_default().to_owned(),
            label: citation.label.clone(),
            is_unreleased: is_unreleased(scene.site, citation),
            markdown: citation.write(CitationStyle::Markdown, scene.renderer.words, scene.locale),
            language: citation.language.clone(),
        }
    }
}

/// Returns whether a site has editions, and what is cited is of none.
pub(crate) fn is_unreleased(site: &Site, citation: &Citation) -> bool {
    citation.edition.is_none() && !site.history.editions.is_empty()
}

/// A citation in one form that people read.
#[derive(Serialize)]
pub(crate) struct CitationForm {
    /// The word for the form.
    form: &'static str,
    text: String,
}

impl CitationForm {
    /// Returns the forms that a page shows. Scripts add the others.
    pub(crate) fn all(scene: &Scene<'_>, citation: &Citation) -> Vec<Self> {
        let written = |form: CitationStyle| Self {
            form: form.name(),
            text: citation.write(form, scene.renderer.words, scene.locale),
        };
        [CitationStyle::Text, CitationStyle::Markdown].map(written).into()
    }
}

/// Returns the citations as CSL items: what they have in common, and the rest by language.
pub(crate) fn citation_data(scene: &Scene<'_>, citations: &[(LocaleIndex, Citation)]) -> String {
    let item = |(locale, citation): &(LocaleIndex, Citation)| {
        (scene.site.config.locale(*locale).slug.clone(), citation.csl_item(scene.renderer.words, *locale))
    };
    let mut languages: Vec<_> = citations.iter().map(item).collect();
    let mut common = languages.first().map(|(_, item)| item.clone()).unwrap_or_default();
    common.retain(|key, value| languages.iter().all(|(_, item)| item.get(key) == Some(value)));
    for (_, item) in &mut languages {
        item.retain(|key, _| !common.contains_key(key));
    }
    let languages: serde_json::Map<_, _> = languages.into_iter().map(|(slug, item)| (slug, item.into())).collect();
    json_ld::written(&serde_json::json!({ "common": common, "languages": languages }))
}
