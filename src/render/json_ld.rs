//! Structured data: what a page is, of what it is made, and under which licence, in the words of schema.org.

use serde::Serialize;
use serde_json::{Value, json};

use super::scene::Scene;
use crate::config::{Party, PartyKind};
use crate::handle::{CriterionAt, LadderIndex};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, Page};

/// Returns a ladder, or a page of it, in one language.
pub(crate) fn ladder(scene: &Scene<'_>, ladder: LadderIndex) -> String {
    let site = scene.site;
    let mut set = described(scene, scene.of_ladder(ladder, LadderPage::Whole), site[ladder].title.read(scene.locale).0);
    set["@type"] = json!(["DefinedTermSet", "CreativeWork"]);
    if let Some(edition) = site.history.same_as() {
        set["version"] = json!(site.history.editions[edition].name().to_string());
    }
    written(&set)
}

/// Returns a criterion as a part of its ladder, which has the notices, names who made it, and says where it comes from.
pub(crate) fn criterion(scene: &Scene<'_>, criterion: CriterionAt) -> String {
    let criterion_data = &scene.site[criterion];
    let mut work = credited(scene);
    // A term has no licence, but a work has.
    work["@type"] = json!(["DefinedTerm", "CreativeWork"]);
    work["@id"] = json!(scene.absolute(&Page::Criterion(criterion).path(scene.site)));
    work["termCode"] = json!(criterion_data.id.to_string());
    let own = scene.site.config.locale_indices().filter_map(|at| Some((at, criterion_data.text.own(at)?)));
    let own = own.map(|(at, text)| (&scene.site.config.locale(at).language, &text.plain));
    let (languages, names): (Vec<_>, Vec<_>) =
        own.map(|(language, plain)| (json!(language), json!({ "@language": language, "@value": plain }))).unzip();
    work["name"] = json!(names);
    work["inLanguage"] = json!(languages);
    work["inDefinedTermSet"] =
        json!(scene.absolute(&scene.of_ladder(criterion.ladder, LadderPage::Whole).path(scene.site)));
    written(&work)
}

/// Returns the site's text in one language as a work of its own.
pub(crate) fn work(scene: &Scene<'_>, page: Page, name: &str) -> String {
    written(&described(scene, page, name))
}

fn described(scene: &Scene<'_>, page: Page, name: &str) -> Value {
    let (config, locale) = (&scene.site.config, scene.locale);
    let mut work = terms(scene);
    work["@type"] = json!("CreativeWork");
    work["@id"] = json!(scene.absolute(&page.path(scene.site)));
    work["name"] = json!(name);
    let translated = page.ladder().is_none_or(|ladder| scene.site[ladder].files.own(scene.locale).is_some());
    let actual = if translated { locale } else { LocaleIndex::SOURCE };
    work["inLanguage"] = json!(config.locale(actual).language);
    if locale != LocaleIndex::SOURCE && translated {
        let source = page.in_locale(scene.site, LocaleIndex::SOURCE);
        work["translationOfWork"] = json!({ "@id": scene.absolute(&source.path(scene.site)) });
    }
    credit(scene, actual, &mut work);
    work
}

/// Names the translators into a locale.
fn credit(scene: &Scene<'_>, locale: LocaleIndex, work: &mut Value) {
    let translators: Vec<_> = scene.site.config.provenance.translators(locale).map(party).collect();
    if !translators.is_empty() {
        work["translator"] = json!(translators);
    }
}

/// Licence and origin, which hold for everything that is made of the source.
fn terms(scene: &Scene<'_>) -> Value {
    let provenance = &scene.site.config.provenance;
    let source = &provenance.source;
    let mut terms = credited(scene);
    terms["creator"] = source.creators.iter().map(party).collect();
    let modifiers: Vec<_> = provenance.modifications.iter().map(|step| party(&step.by)).collect();
    if !modifiers.is_empty() {
        terms["contributor"] = json!(modifiers);
    }
    terms["copyrightNotice"] = json!(source.copyright_notice);
    // A ladder that stands nowhere else is based on nothing.
    if let (Some(_), Some(uri)) = (&provenance.licence, &source.uri) {
        terms["copyrightNotice"] = json!(format!("{} {}", source.copyright_notice, source.licence_notice));
        // It has the creators and the licence that stand above.
        terms["isBasedOn"] = json!({ "@type": "CreativeWork", "name": source.title, "url": uri.as_str() });
    }
    terms
}

/// The licence, and the credit that it asks for in words.
fn credited(scene: &Scene<'_>) -> Value {
    let provenance = &scene.site.config.provenance;
    let source = &provenance.source;
    let names: Vec<_> = source.creators.iter().map(|creator| creator.name.as_str()).collect();
    let mut credited = json!({
        "@context": "https://schema.org",
        "creditText": format!("{}, {}", source.title, names.join(", ")),
    });
    if let (Some(licence), Some(_)) = (&provenance.licence, &source.uri) {
        credited["license"] = json!(licence.url.as_str());
        credited["creditText"] = json!(format!("{}, {}, {}", source.title, names.join(", "), licence.short_name));
    }
    credited
}

fn party(party: &Party) -> Value {
    let kind = match party.kind {
        PartyKind::Person => "Person",
        PartyKind::Organisation => "Organization",
    };
    let mut value = json!({ "@type": kind, "name": party.name });
    if let Some(url) = &party.url {
        value["url"] = json!(url.as_str());
    }
    value
}

/// Returns the data as it may stand in a script element, which ends at the first `</`.
pub(crate) fn written(data: &impl Serialize) -> String {
    let json = serde_json::to_string(data).expect("texts, numbers and lists of them are JSON");
    if json.contains('<') { json.replace('<', "\\u003c") } else { json }
}
