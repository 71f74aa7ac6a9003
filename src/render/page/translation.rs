//! The page about the state of the translations: how much of each is there, and what is left to do.

use serde::Serialize;

use super::framed;
use crate::handle::{CriterionIndex, LadderIndex, LevelAt, LevelIndex};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, Subject};
use crate::render::name::LevelName;
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;
use crate::render::shared::PartyLink;
use crate::render::text::Link;
use crate::render::translated::Mark;
use crate::translation::{Passage, TextId, TranslationState, Unit, tally};

#[derive(Serialize)]
pub(crate) struct TranslationView {
    #[serde(flatten)]
    frame: PageContext,
    /// The source locale by name: its text prevails.
    source_language: String,
    /// The translation that the page is in, or else all of them.
    parts: Vec<LocalePart>,
}

#[derive(Serialize)]
struct LocalePart {
    language: String,
    direction: &'static str,
    name: String,
    slug: String,
    translators: Vec<PartyLink>,
    kinds: Vec<KindRow>,
    ladders: Vec<TranslatedLadder>,
    units: Vec<UnitRow>,
}

/// The state of the units of one kind.
#[derive(Serialize)]
struct KindRow {
    kind: &'static str,
    all: usize,
    current: usize,
    missing: usize,
    outdated: usize,
    machine: usize,
    draft: usize,
    percentage: usize,
}

#[derive(Serialize)]
struct TranslatedLadder {
    title: String,
    levels: Vec<LevelBar>,
}

/// The share of a level that is translated and up to date.
#[derive(Serialize)]
struct LevelBar {
    level: LevelName,
    current: usize,
    all: usize,
    percentage: usize,
}

/// A unit that is not as it should be.
#[derive(Serialize)]
struct UnitRow {
    key: String,
    /// `missing`, or else the mark tells.
    is_missing: bool,
    mark: Option<Mark>,
    /// Where it is read.
    href: String,
    source: String,
    source_language: String,
}

framed!(TranslationView);

pub(crate) fn view(scene: &Scene<'_>) -> TranslationView {
    let title = scene.word("translation.title").to_owned();
    let source_language = scene.name_of_language(LocaleIndex::SOURCE).to_owned();
    let values = [("language", source_language.as_str())];
    let description = scene.phrase("translation.description", &values);
    let mut frame = PageContext::of(scene, "translation", title, description);
    let translated = scene.site.config.locale_indices().filter(|&other| other != LocaleIndex::SOURCE);
    let shown = translated.filter(|&other| scene.locale == LocaleIndex::SOURCE || other == scene.locale);
    let parts: Vec<_> = shown.map(|other| locale_part(scene, other)).collect();
    frame.contents =
        parts.iter().map(|part| Link { title: part.name.clone(), href: format!("#{}", part.slug) }).collect();
    TranslationView { source_language, parts, frame }
}

/// Returns the state of one translation, for readers of a locale.
fn locale_part(scene: &Scene<'_>, locale: LocaleIndex) -> LocalePart {
    let site = scene.site;
    let named = site.config.provenance.translations.iter().filter(|translation| translation.locale == locale);
    let kinds = tally(scene.renderer.translations, locale).into_iter().map(|tally| KindRow {
        kind: tally.kind.name(),
        all: tally.all,
        current: tally.current(),
        missing: tally.missing,
        outdated: tally.outdated,
        machine: tally.machine,
        draft: tally.draft,
        percentage: tally.percentage(),
    });
    let units = scene.renderer.translations.units().iter().filter_map(|unit| unit_row(scene, unit, locale));
    LocalePart {
        language: site.config.locale(locale).language.clone(),
        direction: site.config.locale(locale).direction.name(),
        name: scene.name_of_language(locale).to_owned(),
        slug: site.config.locale(locale).slug.clone(),
        translators: named.flat_map(|translation| &translation.translators).map(PartyLink::of).collect(),
        kinds: kinds.collect(),
        ladders: site.ladders.keys().map(|ladder| ladder_bars(scene, ladder, locale)).collect(),
        units: units.collect(),
    }
}

fn ladder_bars(scene: &Scene<'_>, ladder: LadderIndex, locale: LocaleIndex) -> TranslatedLadder {
    let site = scene.site;
    let bar = |level: LevelIndex| {
        let criteria: Vec<_> = site[ladder].criteria_of(level).map(|(criterion, _)| criterion).collect();
        let is_current = |&&criterion: &&CriterionIndex| {
            let translation = scene.renderer.translations.of(TextId::Criterion(criterion.of(ladder)), locale);
            translation.is_some_and(|translation| {
                !matches!(translation.state, TranslationState::Missing | TranslationState::Outdated { .. })
            })
        };
        let current = criteria.iter().filter(is_current).count();
        LevelBar {
            level: LevelName::of(scene, level.of(ladder)),
            current,
            all: criteria.len(),
            percentage: (current * 100).checked_div(criteria.len()).unwrap_or(100),
        }
    };
    let levels = site[ladder].levels.keys().map(bar).collect();
    TranslatedLadder { title: site[ladder].title.read(scene.locale).0.clone(), levels }
}

fn unit_row(scene: &Scene<'_>, unit: &Unit, locale: LocaleIndex) -> Option<UnitRow> {
    let is_missing = unit.translation(locale)?.state == TranslationState::Missing;
    let translated = &scene.read_in(locale);
    let mark = Mark::of(translated, unit.text_id);
    (is_missing || mark.is_some()).then(|| UnitRow {
        key: unit.key.to_string(),
        is_missing,
        mark,
        href: unit_href(translated, unit.text_id),
        source: unit.source.clone(),
        source_language: scene.site.config.locale(LocaleIndex::SOURCE).language.clone(),
    })
}

/// Returns where readers of the locale find a text.
fn unit_href(scene: &Scene<'_>, text_id: TextId) -> String {
    let of_subject = |subject| scene.href_of(&scene.path_of(subject));
    let of_ladder = |ladder, page| scene.href(scene.of_ladder(ladder, page));
    match text_id {
        TextId::Criterion(criterion) => of_subject(Subject::Criterion(criterion)),
        TextId::Level(level) => of_subject(Subject::Level(level)),
        TextId::Category(category) => of_subject(Subject::Category(category)),
        TextId::Thread(thread) => of_subject(Subject::Thread(thread)),
        TextId::Note(note) | TextId::NoteSummary(note) | TextId::Piece { passage: Passage::Note { note }, .. } => {
            of_subject(Subject::Note(note))
        }
        TextId::Ladder(ladder)
        | TextId::Heading(ladder)
        | TextId::Piece { passage: Passage::Preface { ladder } | Passage::Sections { ladder }, .. } => {
            of_ladder(ladder, LadderPage::Whole)
        }
        TextId::Piece {
            passage: Passage::Summary(LevelAt { ladder, level }) | Passage::Category { ladder, level, .. },
            ..
        } => of_ladder(ladder, LadderPage::Level(level)),
    }
}
