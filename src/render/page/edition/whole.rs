//! An edition: its ladders and levels, what changed in it, and its file.

use serde::Serialize;

use super::{BareFrame, EditionLabel, EditionReader, LanguageLink, edition_name, name_of, parts_by_language};
use crate::data::edition_path;
use crate::edition::{Effect, FrozenLadder, FrozenLevel};
use crate::handle::{EditionIndex, LadderIndex, LevelIndex};
use crate::locale::Locale;
use crate::model::{EditionPage, LocalePage, Page, level_name, reader_of};
use crate::render::page::framed;
use crate::render::scene::Scene;
use crate::render::text::Link;
use crate::text::heading_anchor;

/// An edition, in all its languages.
#[derive(Serialize)]
pub(crate) struct EditionView {
    #[serde(flatten)]
    frame: BareFrame,
    edition: EditionLabel,
    /// The number of criteria with each effect.
    effects: Vec<EffectCount>,
    /// Its languages, each by its part of the page.
    languages: Vec<LanguageLink>,
    digest: String,
    /// The file for programs.
    data: String,
    parts: Vec<EditionPart>,
}

#[derive(Serialize)]
pub(crate) struct EffectCount {
    pub(crate) effect: &'static str,
    pub(crate) count: usize,
}

#[derive(Serialize)]
struct EditionPart {
    locale: usize,
    language: String,
    direction: &'static str,
    slug: String,
    name: String,
    ladders: Vec<EditionContents>,
    /// The paragraphs of the summary in this language.
    summary: Vec<String>,
    changes: String,
}

/// A ladder of an edition, with its levels.
#[derive(Serialize)]
struct EditionContents {
    ladder: Link,
    /// The lowest first.
    levels: Vec<Link>,
    /// What has changed in it since, if the site still has it.
    since: Option<String>,
}

framed!(EditionView);

pub(crate) fn whole(scene: &Scene<'_>, edition: EditionIndex) -> EditionView {
    let released = &scene.site.history.editions[edition];
    let scene = &scene.read_in(reader_of(scene.site, &released.locales[0]));
    let (name, date) = (released.name().to_string(), released.date.to_string());
    let title = scene.phrase("edition.title", &[("edition", &name)]);
    let description = scene.phrase("edition.description", &[("edition", &name), ("date", &date)]);
    let mut frame = BareFrame::of(scene, "edition", &released.locales[0], Some(released), title, description);
    frame.canonical = scene.absolute(&scene.local(LocalePage::Changes).path(scene.site));
    let part = |(at, locale): (usize, &Locale)| {
        let scene = &scene.read_in(reader_of(scene.site, locale));
        let ladder = |(ladder, then): (LadderIndex, &FrozenLadder)| {
            let reader = EditionReader { scene: *scene, edition, released, locale, ladder: then };
            let level = |(level, data): (LevelIndex, &FrozenLevel)| Link {
                title: level_name(&data.code(), &reader.title(&data.title).text),
                href: scene.href(Page::Edition(edition, EditionPage::Level { locale: at, level: level.of(ladder) })),
            };
            EditionContents {
                ladder: Link {
                    title: reader.title(&then.title).text,
                    href: scene.href(Page::Edition(edition, EditionPage::Ladder { locale: at, ladder })),
                },
                levels: then.levels.iter_enumerated().map(level).collect(),
                since: reader.since(ladder).map(|page| scene.href(page)),
            }
        };
        let changes = scene.href(scene.local(LocalePage::Changes));
        let summary = released.frozen.summary(&locale.tag).filter(|(_, tag)| *tag == locale.tag);
        EditionPart {
            locale: scene.locale.0,
            language: locale.language.clone(),
            direction: locale.direction.name(),
            slug: locale.slug.clone(),
            name: name_of(scene, locale),
            ladders: released.frozen.ladders.iter_enumerated().map(ladder).collect(),
            summary: summary.map(|(text, _)| paragraphs(text)).unwrap_or_default(),
            changes: format!("{changes}#{}", heading_anchor(&name)),
        }
    };
    EditionView {
        edition: edition_name(scene.site, edition),
        effects: effect_counts(scene.site.history.changes[edition].iter().map(|change| change.effect)),
        languages: parts_by_language(scene, edition),
        digest: released.digest().to_owned(),
        data: scene.href_of(&edition_path(released)),
        parts: released.locales.iter().enumerate().map(part).collect(),
        frame,
    }
}

/// Counts the effects, the gravest first.
pub(crate) fn effect_counts(effects: impl Iterator<Item = Effect>) -> Vec<EffectCount> {
    let mut counts = [0; Effect::ALL.len()];
    effects.for_each(|effect| counts[effect as usize] += 1);
    let counted = Effect::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    counted.map(|(effect, count)| EffectCount { effect: effect.name(), count }).collect()
}

/// Returns the paragraphs of a plain text.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).map(str::to_owned).collect()
}
