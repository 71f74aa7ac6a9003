//! How the translations of a site stand: how much of each is there, and what is to be done.

use serde::Serialize;

use super::framed;
use crate::handle::{CriterionIndex, LadderIndex, LevelAt, LevelIndex};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, NotePage, Page, Subject};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::row::LevelName;
use crate::render::shared::PartyLink;
use crate::render::translated::Mark;
use crate::translation::{Passage, Spot, State, Unit, tally};

#[derive(Serialize)]
pub(crate) struct TranslationView {
    #[serde(flatten)]
    frame: Frame,
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
    ladders: Vec<LadderPart>,
    units: Vec<UnitRow>,
}

/// How the units of one kind stand.
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
struct LadderPart {
    title: String,
    levels: Vec<LevelBar>,
}

/// How much of a level is translated, and is known to be what its source says.
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

impl Renderer<'_> {
    pub(crate) fn translation(&self, locale: LocaleIndex) -> TranslationView {
        let title = self.words.get(locale, "translation.title").to_owned();
        let source_language = self.words.name(LocaleIndex::SOURCE).to_owned();
        let values = [("language", source_language.as_str())];
        let description = self.words.phrase(locale, "translation.description", &values);
        let mut frame = self.frame(Page::In(locale, LocalePage::Translation), "translation", title, description);
        let translated = self.site.config.locale_indices().filter(|&of| of != LocaleIndex::SOURCE);
        let shown = translated.filter(|&of| locale == LocaleIndex::SOURCE || of == locale);
        let parts: Vec<_> = shown.map(|of| self.locale_part(of, locale, &frame.root)).collect();
        frame.contents =
            parts.iter().map(|part| Link { title: part.name.clone(), href: format!("#{}", part.slug) }).collect();
        TranslationView { source_language, parts, frame }
    }

    /// How one translation stands, for readers of a locale.
    fn locale_part(&self, of: LocaleIndex, reader: LocaleIndex, root: &str) -> LocalePart {
        let site = self.site;
        let named = site.config.provenance.translations.iter().filter(|translation| translation.locale == of);
        let kinds = tally(self.translations, of).into_iter().map(|tally| KindRow {
            kind: tally.kind.name(),
            all: tally.all,
            current: tally.current(),
            missing: tally.missing,
            outdated: tally.outdated,
            machine: tally.machine,
            draft: tally.draft,
            percentage: tally.percentage(),
        });
        let units = self.translations.units().iter().filter_map(|unit| self.unit_row(unit, of, root));
        LocalePart {
            language: site.config.locale(of).language.clone(),
            direction: site.config.locale(of).direction.name(),
            name: self.words.name(of).to_owned(),
            slug: site.config.locale(of).slug.clone(),
            translators: named.flat_map(|translation| &translation.translators).map(PartyLink::of).collect(),
            kinds: kinds.collect(),
            ladders: site.ladders.keys().map(|ladder| self.ladder_bars(ladder, of, reader)).collect(),
            units: units.collect(),
        }
    }

    fn ladder_bars(&self, ladder: LadderIndex, of: LocaleIndex, reader: LocaleIndex) -> LadderPart {
        let site = self.site;
        let bar = |level: LevelIndex| {
            let criteria: Vec<_> = site[ladder].criteria_of(level).map(|(criterion, _)| criterion).collect();
            let is_current = |&&criterion: &&CriterionIndex| {
                let translation = self.translations.of(Spot::Criterion(criterion.of(ladder)), of);
                translation.is_some_and(|of| !matches!(of.state, State::Missing | State::Outdated { .. }))
            };
            let current = criteria.iter().filter(is_current).count();
            LevelBar {
                level: self.level_view(level.of(ladder), reader),
                current,
                all: criteria.len(),
                percentage: (current * 100).checked_div(criteria.len()).unwrap_or(100),
            }
        };
        let levels = site[ladder].levels.keys().map(bar).collect();
        LadderPart { title: site[ladder].title.read(reader).0.clone(), levels }
    }

    fn unit_row(&self, unit: &Unit, of: LocaleIndex, root: &str) -> Option<UnitRow> {
        let is_missing = unit.translation(of)?.state == State::Missing;
        let mark = self.mark(unit.spot, of);
        (is_missing || mark.is_some()).then(|| UnitRow {
            key: unit.key.to_string(),
            is_missing,
            mark,
            href: self.spot_href(unit.spot, of, root),
            source: unit.source.clone(),
            source_language: self.site.config.locale(LocaleIndex::SOURCE).language.clone(),
        })
    }

    /// Where readers of a locale find a text.
    fn spot_href(&self, spot: Spot, locale: LocaleIndex, root: &str) -> String {
        let of_page = |page: Page| (page, None);
        let (page, anchor) = match spot {
            Spot::Criterion(criterion) => Page::of(self.site, Subject::Criterion(criterion), locale),
            Spot::Level(level) => Page::of(self.site, Subject::Level(level), locale),
            Spot::Category(category) => Page::of(self.site, Subject::Category(category), locale),
            Spot::Thread(thread) => Page::of(self.site, Subject::Thread(thread), locale),
            Spot::Ladder(ladder) | Spot::Heading(ladder) => {
                of_page(Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)))
            }
            Spot::Note(note) => of_page(Page::In(locale, LocalePage::Note(note, NotePage::Whole))),
            Spot::Piece { passage, .. } => of_page(match passage {
                Passage::Preface { ladder } | Passage::Sections { ladder } => {
                    Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole))
                }
                Passage::Summary(LevelAt { ladder, level }) | Passage::Category { ladder, level, .. } => {
                    Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Level(level)))
                }
                Passage::Note { note } => Page::In(locale, LocalePage::Note(note, NotePage::Whole)),
            }),
        };
        let anchor = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
        format!("{root}{}{anchor}", page.path(self.site))
    }
}
