//! A criterion as an edition has it.

use serde::Serialize;

use super::{BareFrame, EditionLabel, EditionReader, LanguageLink, edition_name, parts_by_language};
use crate::citing;
use crate::edition::At;
use crate::handle::{CriterionIndex, EditionIndex, Neighbours};
use crate::locale::Locale;
use crate::model::{EditionPage, Page, reader_of};
use crate::render::cite_action::CiteAction;
use crate::render::history::{HistoryEntry, category_at, level_at};
use crate::render::page::framed;
use crate::render::scene::Scene;
use crate::render::text::{Link, ProseView};

/// A criterion as an edition has it, in all languages of the edition.
#[derive(Serialize)]
pub(crate) struct EditionCriterionView {
    #[serde(flatten)]
    frame: BareFrame,
    edition: EditionLabel,
    id: String,
    category_number: usize,
    /// Its languages, each by its part of the page.
    languages: Vec<LanguageLink>,
    /// The criteria before and behind it in its ladder.
    previous: Option<Link>,
    next: Option<Link>,
    parts: Vec<CriterionPart>,
}

#[derive(Serialize)]
struct CriterionPart {
    locale: usize,
    language: String,
    direction: &'static str,
    slug: String,
    statement: ProseView,
    detail: Option<ProseView>,
    /// The level of the edition.
    level: Link,
    category: String,
    /// The ladder of the edition, at this criterion.
    ladder: Link,
    citation: CiteAction,
    /// Its changes since, the latest first.
    since: Vec<HistoryEntry>,
    /// The permanent page at the part in this language.
    now: String,
}

framed!(EditionCriterionView);

pub(crate) fn criterion(scene: &Scene<'_>, edition: EditionIndex, at: At) -> EditionCriterionView {
    let released = &scene.site.history.editions[edition];
    let (then, criterion) = released.frozen.at(at);
    let (source, id) = (&released.locales[0], criterion.id.to_string());
    let scene = &scene.read_in(reader_of(scene.site, source));
    let statement = released.frozen.read(&criterion.statement, &source.tag);
    let level_name = level_at(&released.frozen, at, &source.tag);
    let level = then.levels.position(|level| level.id == criterion.level);
    let level = level.expect("an edition holds the levels of its criteria").of(at.ladder);
    let title = format!("{id}@{} · {level_name}", released.name());
    let description = format!("{id} ({level_name}): {}", statement.map(|(text, _)| text.plain()).unwrap_or_default());
    let mut frame = BareFrame::of(scene, "edition-criterion", source, Some(released), title, description);
    let now = format!("c/{}/", criterion.id.slug());
    frame.canonical = scene.absolute(&now);
    let part = |(index, locale): (usize, &Locale)| {
        let scene = &scene.read_in(reader_of(scene.site, locale));
        let reader = EditionReader { scene: *scene, edition, released, locale, ladder: then };
        let ladder = Page::Edition(edition, EditionPage::Ladder { locale: index, ladder: at.ladder });
        let since = scene.site.history.changes_since(&criterion.id, edition);
        let since = since.filter(|(_, change)| change.concerns(&locale.tag));
        let mut since: Vec<_> = since.map(|(release, change)| HistoryEntry::of(scene, release, change)).collect();
        since.reverse();
        CriterionPart {
            citation: CiteAction::of(scene, &citing::frozen_in(scene.site, edition, at, locale)),
            locale: scene.locale.0,
            language: locale.language.clone(),
            direction: locale.direction.name(),
            slug: locale.slug.clone(),
            statement: reader.words(&criterion.statement).unwrap_or_else(ProseView::empty),
            detail: reader.blocks(&criterion.detail),
            level: Link {
                title: level_at(&released.frozen, at, &locale.tag),
                href: scene.href(Page::Edition(edition, EditionPage::Level { locale: index, level })),
            },
            category: category_at(&released.frozen, at, &locale.tag),
            ladder: Link {
                title: released.frozen.read(&then.title, &locale.tag).map_or("", |(title, _)| title).to_owned(),
                href: format!("{}#{}", scene.href(ladder), criterion.id.slug()),
            },
            since,
            now: format!("{}#{}", scene.href_of(&now), scene.site.config.locale(scene.locale).slug),
        }
    };
    let neighbour = |criterion: CriterionIndex| Link {
        title: then.criteria[criterion].id.to_string(),
        href: scene.href(Page::Edition(edition, EditionPage::Criterion(At { criterion, ..at }))),
    };
    let category = then.categories.iter().position(|category| category.id == criterion.category);
    EditionCriterionView {
        edition: edition_name(scene.site, edition),
        category_number: category.unwrap_or_default() + 1,
        languages: parts_by_language(scene, edition),
        previous: at.criterion.before().map(neighbour),
        next: at.criterion.behind(then.criteria.len()).map(neighbour),
        parts: released.locales.iter().enumerate().map(part).collect(),
        id,
        frame,
    }
}
