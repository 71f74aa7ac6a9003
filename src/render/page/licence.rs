//! Where the text comes from, under which licence, and what has been changed.

use camino::Utf8Path;
use serde::Serialize;
use tera::Value;

use super::framed;
use crate::config::Modification;
use crate::diagnostic::Problems;
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, Page};
use crate::parse::{BlockKind, parse};
use crate::render::Renderer;
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::origin::AdaptationStep;
use crate::render::row::Prose;
use crate::render::shared::{Attribution, PartyLink, attribution};

#[derive(Serialize)]
pub(crate) struct LicenceView {
    #[serde(flatten)]
    frame: Frame,
    source: Attribution,
    /// Word for word.
    copyright_notice: String,
    licence_notice: String,
    see_also: Vec<String>,
    licence: LicencePart,
    modifications: Vec<ModificationPart>,
    translations: Vec<TranslationPart>,
    /// What this ladder was made from, the latest step first.
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
    reason: Prose,
    /// Whether the interface has a summary of what this licence allows and asks for.
    summarized: bool,
}

#[derive(Serialize)]
struct ModificationPart {
    by: PartyLink,
    changes: Vec<Prose>,
}

#[derive(Serialize)]
struct TranslationPart {
    name: String,
    language: String,
    translators: Vec<PartyLink>,
}

framed!(LicenceView);

impl Renderer<'_> {
    pub(crate) fn licence(&self, locale: LocaleIndex) -> LicenceView {
        let config = &self.site.config;
        let provenance = &config.provenance;
        let licence = &provenance.licence;
        let title = self.words.get(locale, "licence.title").to_owned();
        let values = [("source", provenance.source.title.as_str()), ("licence", licence.short_name.as_str())];
        let description = self.words.phrase(locale, "licence.description", &values);
        let page = Page::In(locale, LocalePage::Licence);
        let mut frame = self.frame(page, "licence", title, description);
        frame.json_ld = Some(self.work_json_ld(page, locale, config.title.read(locale).0));
        let translations = provenance.translations.iter().map(|translation| TranslationPart {
            name: self.words.name(translation.locale).to_owned(),
            language: config.locale(translation.locale).language.clone(),
            translators: translation.translators.iter().map(PartyLink::of).collect(),
        });
        let (reason, reason_locale) = licence.reason.read(locale);
        LicenceView {
            source: attribution(self.site),
            copyright_notice: provenance.source.copyright_notice.clone(),
            licence_notice: provenance.source.licence_notice.clone(),
            see_also: provenance.source.see_also.iter().map(ToString::to_string).collect(),
            licence: LicencePart {
                named: licence.named.clone(),
                name: licence.name.clone(),
                spdx: licence.spdx.clone(),
                reason: self.inline_markdown(reason, self.foreign(reason_locale, locale), locale, &frame.root),
                summarized: licence.spdx == "CC-BY-SA-4.0",
            },
            modifications: provenance
                .modifications
                .iter()
                .map(|modification| self.modification(modification, locale, &frame.root))
                .collect(),
            translations: translations.collect(),
            adaptation: self.adaptation(locale, &frame.root),
            source_language: self.words.name(LocaleIndex::SOURCE).to_owned(),
            frame,
        }
    }

    /// A text of site.toml, which may hold emphasis and links.
    fn inline_markdown(&self, text: &str, language: Option<String>, locale: LocaleIndex, root: &str) -> Prose {
        let file = Utf8Path::new("site.toml");
        let document = parse(file, text, &Problems::default());
        let html =
            Html { site: self.site, locale, ladder: None, root, file, edition: None, linked: false, terms: None };
        let paragraphs = document.sections[0].blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Paragraph(paragraph) => Some(html.inline(&paragraph.text)),
            _ => None,
        });
        Prose { html: Value::safe_string(&paragraphs.collect::<Vec<_>>().join("<br>")), language }
    }

    fn modification(&self, modification: &Modification, locale: LocaleIndex, root: &str) -> ModificationPart {
        let (changes, actual) = modification.changes.read(locale);
        let language = self.foreign(actual, locale);
        let change = |text: &String| self.inline_markdown(text, language.clone(), locale, root);
        ModificationPart { by: PartyLink::of(&modification.by), changes: changes.iter().map(change).collect() }
    }
}
