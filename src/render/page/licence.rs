//! Where the text comes from, under which licence, and what has been changed.

use camino::Utf8Path;
use serde::Serialize;
use tera::Value;

use super::framed;
use crate::config::Modification;
use crate::diagnostic::Problems;
use crate::locale::LocaleIndex;
use crate::parse::parse;
use crate::render::html::Html;
use crate::render::json_ld;
use crate::render::origin::{self, AdaptationStep};
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;
use crate::render::shared::{Attribution, PartyLink, attribution};
use crate::render::text::{ProseView, text_of};

#[derive(Serialize)]
pub(crate) struct LicenceView {
    #[serde(flatten)]
    frame: PageContext,
    source: Attribution,
    /// Word for word.
    copyright_notice: String,
    licence_notice: String,
    see_also: Vec<String>,
    /// None if all rights are reserved.
    licence: Option<LicencePart>,
    modifications: Vec<ModificationPart>,
    translations: Vec<TranslationPart>,
    /// The ladders that this one was adapted from, the latest step first.
    adaptation: Vec<AdaptationStep>,
    /// The source locale by name: its text prevails.
    source_language: String,
}

#[derive(Serialize)]
struct LicencePart {
    /// The words of the notice.
    named: String,
    name: String,
    spdx: String,
    reason: ProseView,
    /// Whether the interface has a summary of what this licence allows and asks for.
    summarized: bool,
}

#[derive(Serialize)]
struct ModificationPart {
    by: PartyLink,
    changes: Vec<ProseView>,
}

#[derive(Serialize)]
struct TranslationPart {
    name: String,
    language: String,
    translators: Vec<PartyLink>,
}

framed!(LicenceView);

impl LicenceView {
    /// Returns what it says of itself, of the notices and of the changes, a line for each.
    pub(crate) fn text(&self) -> String {
        let licence =
            self.licence.iter().flat_map(|licence| [licence.name.clone(), text_of(&licence.reason.html.to_string())]);
        let changes = self.modifications.iter().flat_map(|step| &step.changes);
        let changes = changes.map(|change| text_of(&change.html.to_string()));
        let notices = [&self.frame.description, &self.copyright_notice, &self.licence_notice].map(String::clone);
        let lines = notices.into_iter().chain(licence).chain(changes).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }
}

pub(crate) fn view(scene: &Scene<'_>) -> LicenceView {
    let config = &scene.site.config;
    let provenance = &config.provenance;
    let licence = provenance.licence.as_ref();
    let title = scene.word("licence.title").to_owned();
    let description = match (licence, provenance.source.creators.first()) {
        (None, Some(owner)) => scene.phrase("licence.own", &[("owner", owner.name.as_str())]),
        _ => {
            let licence = licence.map_or("", |licence| licence.short_name.as_str());
            scene.phrase("licence.description", &[("source", provenance.source.title.as_str()), ("licence", licence)])
        }
    };
    let mut frame = PageContext::of(scene, "licence", title, description);
    frame.json_ld = Some(json_ld::work(scene, scene.page, config.title.read(scene.locale).0));
    let translations = provenance.translations.iter().map(|translation| TranslationPart {
        name: scene.name_of_language(translation.locale).to_owned(),
        language: config.locale(translation.locale).language.clone(),
        translators: translation.translators.iter().map(PartyLink::of).collect(),
    });
    LicenceView {
        source: attribution(scene.site),
        copyright_notice: provenance.source.copyright_notice.clone(),
        licence_notice: provenance.source.licence_notice.clone(),
        see_also: provenance.source.see_also.iter().map(ToString::to_string).collect(),
        licence: licence.map(|licence| {
            let (reason, actual) = licence.reason.read(scene.locale);
            LicencePart {
                named: licence.named.clone(),
                name: licence.name.clone(),
                spdx: licence.spdx.clone(),
                reason: inline_markdown(scene, reason, scene.foreign(actual)),
                summarized: licence.spdx == "CC-BY-SA-4.0",
            }
        }),
        modifications: provenance.modifications.iter().map(|step| modification(scene, step)).collect(),
        translations: translations.collect(),
        adaptation: origin::adaptation(scene),
        source_language: scene.name_of_language(LocaleIndex::SOURCE).to_owned(),
        frame,
    }
}

/// Returns a text of site.toml, which may hold emphasis and links.
fn inline_markdown(scene: &Scene<'_>, text: &str, language: Option<String>) -> ProseView {
    let file = Utf8Path::new("site.toml");
    let document = parse(file, text, &Problems::default());
    let html = Html::at(scene, None, file).lines(&document.sections[0].blocks);
    ProseView { html: Value::safe_string(&html), language }
}

fn modification(scene: &Scene<'_>, modification: &Modification) -> ModificationPart {
    let (changes, actual) = modification.changes.read(scene.locale);
    let language = scene.foreign(actual);
    let change = |text: &String| inline_markdown(scene, text, language.clone());
    ModificationPart { by: PartyLink::of(&modification.by), changes: changes.iter().map(change).collect() }
}
