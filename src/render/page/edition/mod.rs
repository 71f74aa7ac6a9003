//! Frozen pages: an edition, its ladders, their levels and criteria.
//!
//! They are many and hardly anybody reads them, so they have a small frame of their own. Search engines are sent to
//! the pages that show what holds now.

mod criterion;
mod whole;

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::citing;
use crate::edition::{self, At, ByLocale, Edition, Frozen, FrozenCriterion, FrozenLadder, FrozenLevel};
use crate::handle::{EditionIndex, LadderIndex, LevelAt, LevelIndex};
use crate::id::{CriterionId, slug};
use crate::locale::Locale;
use crate::model::{EditionPage, LadderPage, LocalePage, Page, Site, category_anchor_of, level_name, reader_of};
use crate::parse::{Block, RichText};
use crate::render::category::CategoryDescription;
use crate::render::cite_action::CiteAction;
use crate::render::history::{StubView, stubs};
use crate::render::html::Html;
use crate::render::page_context::{DataLink, data_links, paper};
use crate::render::scene::{Scene, anchored};
use crate::render::shared::{Attribution, PartyLink};
use crate::render::text::{AddressExample, Link, ProseView, Text};
use crate::text::heading_anchor;

pub(crate) use criterion::criterion;
pub(crate) use whole::{paragraphs, whole};

/// The part of a page that is the same for all that keep what was.
#[derive(Serialize)]
pub(crate) struct BareFrame {
    pub(crate) kind: &'static str,
    /// The place of the locale among those of the site: in whose words the interface speaks.
    pub(crate) locale: usize,
    pub(crate) language: String,
    pub(crate) direction: &'static str,
    pub(crate) root: String,
    pub(crate) title: String,
    pub(crate) description: String,
    /// The absolute address of the page that says what holds now.
    pub(crate) canonical: String,
    /// The pages that lead here.
    pub(crate) breadcrumbs: Vec<Link>,
    pub(crate) attribution: Attribution,
    /// How the address of a criterion is made, for paper.
    pub(crate) example: Option<AddressExample>,
    /// The edition that the page shows, for each sheet of paper.
    pub(crate) paper: Option<String>,
    /// The same as data, from here.
    pub(crate) as_data: Vec<DataLink>,
    /// Items that once stood on the page, so that a link to one still lands somewhere.
    pub(crate) stubs: Vec<StubView>,
    pub(crate) shared: Value,
}

/// An edition by name.
#[derive(Serialize, Clone)]
struct EditionLabel {
    name: String,
    date: String,
    path: String,
}

/// A ladder of an edition on one page.
#[derive(Serialize)]
pub(crate) struct EditionLadderView {
    #[serde(flatten)]
    frame: BareFrame,
    edition: EditionLabel,
    heading: Text,
    preface: ProseView,
    parts: Vec<EditionSection>,
    /// The same ladder of the edition in its languages.
    languages: Vec<LanguageLink>,
    /// The ladder as it is now.
    now: String,
    /// Both beside each other, if the site still has the ladder.
    beside: Option<String>,
}

#[derive(Serialize)]
pub(super) struct LanguageLink {
    pub(super) language: String,
    pub(super) direction: &'static str,
    /// In itself.
    pub(super) name: String,
    /// In the language of the page, if that is another and the site still has it.
    pub(super) here: Option<String>,
    pub(super) href: String,
    pub(super) current: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum EditionSection {
    Level(EditionLevel),
    Prose(EditionProse),
}

#[derive(Serialize)]
struct EditionLevel {
    anchor: String,
    code: String,
    title: Text,
    summary: ProseView,
    groups: Vec<EditionGroup>,
    /// Criteria that it inherited from other ladders.
    from_ladders: Vec<EditionInheritance>,
}

#[derive(Serialize)]
struct EditionInheritance {
    ladder: Text,
    level: String,
    groups: Vec<EditionGroup>,
}

#[derive(Serialize)]
struct EditionGroup {
    title: Text,
    anchor: String,
    number: usize,
    /// On the page of one level alone.
    description: Option<CategoryDescription>,
    prose: Option<ProseView>,
    criteria: Vec<EditionRow>,
}

#[derive(Serialize)]
struct EditionRow {
    id: String,
    slug: String,
    statement: ProseView,
    detail: Option<ProseView>,
    /// The gravest change since then.
    since: Option<&'static str>,
}

#[derive(Serialize)]
struct EditionProse {
    title: String,
    language: Option<String>,
    anchor: String,
    body: ProseView,
}

/// A level of an edition on one page: what a review cites that says "meets L6".
#[derive(Serialize)]
pub(crate) struct EditionLevelView {
    #[serde(flatten)]
    frame: BareFrame,
    edition: EditionLabel,
    level: EditionLevel,
    /// The ladder of the edition, at this level.
    ladder: Link,
    languages: Vec<LanguageLink>,
    /// The level as it is now, or what is nearest to it.
    now: String,
    /// The lower levels whose criteria hold on it, too.
    inherited: Vec<Link>,
    citation: CiteAction,
    /// The form to prepare a review on, if the site has one.
    worksheet: Option<String>,
}

framed!(EditionLadderView, EditionLevelView);

/// Texts of an edition on a page for readers of one of its locales.
pub(crate) struct EditionReader<'a> {
    /// Read in the locale whose words the interface uses.
    scene: Scene<'a>,
    pub(crate) edition: EditionIndex,
    pub(crate) released: &'a Edition,
    pub(crate) locale: &'a Locale,
    pub(crate) ladder: &'a FrozenLadder,
}

pub(crate) fn ladder(
    scene: &Scene<'_>,
    edition: EditionIndex,
    locale: usize,
    ladder: LadderIndex,
) -> EditionLadderView {
    let released = &scene.site.history.editions[edition];
    let (then, own) = (&released.frozen.ladders[ladder], &released.locales[locale]);
    let scene = &scene.read_in(reader_of(scene.site, own));
    let title = released.frozen.read(&then.title, &own.tag).map_or("", |(title, _)| title);
    let name = released.name().to_string();
    let values = [("edition", name.as_str()), ("ladder", title)];
    let title = scene.phrase("edition.ladder-title", &values);
    let description = scene.phrase("edition.ladder-description", &values);
    let mut frame = BareFrame::of(scene, "edition-ladder", own, Some(released), title, description);
    let still = scene.site.history.ladder_now(edition, ladder);
    let now = still.map_or(scene.local(LocalePage::Home), |ladder| scene.of_ladder(ladder, LadderPage::Whole));
    frame.canonical = scene.absolute(&now.path(scene.site));
    let reader = EditionReader { scene: *scene, edition, released, locale: own, ladder: then };
    EditionLadderView {
        edition: edition_name(scene.site, edition),
        heading: reader.title(&then.heading),
        preface: reader.blocks(&then.preface).unwrap_or_else(ProseView::empty),
        parts: reader.parts(),
        languages: languages(scene, edition, locale, |locale| EditionPage::Ladder { locale, ladder }),
        now: scene.href(now),
        beside: reader.since(ladder).map(|page| scene.href(page)),
        frame,
    }
}

pub(crate) fn level(scene: &Scene<'_>, edition: EditionIndex, locale: usize, level: LevelAt) -> EditionLevelView {
    let released = &scene.site.history.editions[edition];
    let (then, own) = (&released.frozen.ladders[level.ladder], &released.locales[locale]);
    let scene = &scene.read_in(reader_of(scene.site, own));
    let reader = EditionReader { scene: *scene, edition, released, locale: own, ladder: then };
    let name = level_name(&then.levels[level.level].code(), &reader.title(&then.levels[level.level].title).text);
    let label = citing::level_then(scene.site, edition, level);
    let ladder_title = reader.title(&then.title).text;
    let values = [("level", name.as_str()), ("ladder", &ladder_title), ("edition", &released.name().to_string())];
    let description = scene.phrase("edition.level-description", &values);
    let mut frame =
        BareFrame::of(scene, "edition-level", own, Some(released), format!("{label} · {name}"), description);
    let now = now(scene, edition, level);
    frame.canonical = scene.absolute(&now.path(scene.site));
    let ladder = Page::Edition(edition, EditionPage::Ladder { locale, ladder: level.ladder });
    let mut shown = reader.level(level.level);
    for (group, part) in shown.groups.iter_mut().zip(&then.levels[level.level].categories) {
        group.description = reader.description(&part.id);
    }
    let citation = citing::frozen_level(scene.site, edition, level, &own.tag);
    EditionLevelView {
        edition: edition_name(scene.site, edition),
        ladder: Link { title: ladder_title, href: format!("{}#{}", scene.href(ladder), shown.anchor) },
        level: shown,
        languages: languages(scene, edition, locale, |locale| EditionPage::Level { locale, level }),
        now: scene.href(now),
        inherited: reader.inherited(level),
        worksheet: scene
            .site
            .names
            .has_worksheets
            .then(|| scene.href(Page::Edition(edition, EditionPage::Worksheet { locale, level }))),
        citation: CiteAction::of(scene, &citation),
        frame,
    }
}

/// Returns the page of what a level of an edition is now: the level, or the page that says where its criteria are, or what is
/// left of its ladder.
pub(super) fn now(scene: &Scene<'_>, edition: EditionIndex, level: LevelAt) -> Page {
    let history = &scene.site.history;
    if let Some(level) = history.mapping(edition).level(level) {
        return Page::of_level(scene.locale, level);
    }
    let former = history.former_level(edition, level, &scene.site.config.locale(scene.locale).slug);
    let whole = || {
        let ladder = history.ladder_now(edition, level.ladder);
        ladder.map_or(scene.local(LocalePage::Home), |ladder| scene.of_ladder(ladder, LadderPage::Whole))
    };
    former.map_or_else(whole, Page::Former)
}

/// Returns the same page in each language of the edition.
pub(super) fn languages(
    scene: &Scene<'_>,
    edition: EditionIndex,
    current: usize,
    page: impl Fn(usize) -> EditionPage,
) -> Vec<LanguageLink> {
    language_links(scene, edition, Some(current), |at, _| scene.href(Page::Edition(edition, page(at))))
}

/// Returns the languages of an edition, each by its part of a page that has them all.
fn parts_by_language(scene: &Scene<'_>, edition: EditionIndex) -> Vec<LanguageLink> {
    language_links(scene, edition, None, |_, locale| format!("#{}", locale.slug))
}

fn language_links(
    scene: &Scene<'_>,
    edition: EditionIndex,
    current: Option<usize>,
    href: impl Fn(usize, &Locale) -> String,
) -> Vec<LanguageLink> {
    let reader = scene.site.config.locale(scene.locale);
    let language = |(at, other): (usize, &Locale)| LanguageLink {
        language: other.language.clone(),
        direction: other.direction.name(),
        name: name_of(scene, other),
        here: other.name_for(reader).filter(|_| Some(at) != current).map(str::to_owned),
        href: href(at, other),
        current: Some(at) == current,
    };
    scene.site.history.editions[edition].locales.iter().enumerate().map(language).collect()
}

impl BareFrame {
    /// Returns the frame of a page whose texts are in a locale. The attribution is that of the edition, or else of the
    /// site.
    pub(crate) fn of(
        scene: &Scene<'_>,
        kind: &'static str,
        locale: &Locale,
        edition: Option<&Edition>,
        title: String,
        description: String,
    ) -> Self {
        let home =
            Link { title: scene.word("navigation.home").to_owned(), href: scene.href(scene.local(LocalePage::Home)) };
        let within = match scene.page {
            Page::Edition(_, EditionPage::Whole) => None,
            Page::Edition(edition, _) => Some(edition),
            _ => None,
        };
        let edition_link = within.map(|edition| {
            let EditionLabel { name, path, .. } = edition_name(scene.site, edition);
            Link { title: scene.phrase("edition.title", &[("edition", &name)]), href: scene.href_of(&path) }
        });
        Self {
            kind,
            locale: scene.locale.0,
            language: locale.language.clone(),
            direction: locale.direction.name(),
            title,
            description,
            canonical: scene.absolute(scene.path),
            breadcrumbs: std::iter::once(home).chain(edition_link).collect(),
            attribution: edition.map_or_else(
                || crate::render::shared::attribution(scene.site),
                |edition| attribution(&edition.frozen, &edition.locales[0]),
            ),
            example: match scene.page {
                Page::Edition(edition, _) => example(scene, edition),
                _ => AddressExample::of(scene.site, LadderIndex(0)),
            },
            paper: paper(scene),
            as_data: data_links(scene),
            shared: scene.renderer.shared[scene.locale].values.clone(),
            stubs: stubs(scene),
            root: scene.root.to_owned(),
        }
    }
}

/// Returns the address of the first criterion of an edition.
fn example(scene: &Scene<'_>, edition: EditionIndex) -> Option<AddressExample> {
    let (_, first) = scene.site.history.editions[edition].frozen.criteria().next()?;
    let whole = Page::Edition(edition, EditionPage::Whole).path(scene.site);
    Some(AddressExample::below(&scene.absolute(&whole), &first.id))
}

fn edition_name(site: &Site, edition: EditionIndex) -> EditionLabel {
    let released = &site.history.editions[edition];
    EditionLabel {
        name: released.name().to_string(),
        date: released.date.to_string(),
        path: Page::Edition(edition, EditionPage::Whole).path(site),
    }
}

/// Returns the name of a locale in its own language, if the site still has it.
pub(super) fn name_of(scene: &Scene<'_>, locale: &Locale) -> String {
    let own = scene.site.config.locale_indices().find(|&index| scene.site.config.locale(index).tag == locale.tag);
    own.map_or_else(|| locale.tag.clone(), |index| scene.renderer.words.name(index).to_owned())
}

impl<'a> EditionReader<'a> {
    /// Returns the texts that an edition has of a ladder of the site.
    pub(crate) fn of_ladder(scene: &Scene<'a>, edition: EditionIndex, ladder: LadderIndex) -> Option<Self> {
        let released = &scene.site.history.editions[edition];
        let place = scene.site.history.ladder_then(edition, ladder)?;
        let locale = scene.site.config.locale(scene.locale);
        Some(Self { scene: *scene, edition, released, locale, ladder: &released.frozen.ladders[place] })
    }

    /// Returns where the edition has a criterion.
    pub(crate) fn place(&self, id: &CriterionId) -> Option<At> {
        self.scene.site.history.timeline(id).editions.get(&self.edition).copied()
    }

    /// Returns the ladder of the site that the one of the edition became.
    fn ladder_now(&self) -> Option<LadderIndex> {
        let place = self.released.frozen.ladders.position(|ladder| ladder.key == self.ladder.key)?;
        self.scene.site.history.ladder_now(self.edition, place)
    }

    fn html(&self, file: &str, html: impl FnOnce(&Html<'_>) -> String) -> Value {
        let at = Html::at(&self.scene, self.ladder_now(), file.into());
        Value::safe_string(&html(&Html { edition: Some(self.edition), ..at }))
    }

    /// Returns the language to name where a text is not in that of the page.
    fn foreign(&self, tag: &str) -> Option<String> {
        let other = self.released.locales.iter().find(|locale| locale.tag == tag && locale.tag != self.locale.tag);
        other.map(|locale| locale.language.clone())
    }

    fn file(&self, tag: &str) -> &str {
        self.ladder.files.get(tag).map_or("", String::as_str)
    }

    /// Returns the page with what has changed in a ladder since, if the site still has the ladder and the language.
    fn since(&self, ladder: LadderIndex) -> Option<Page> {
        let is_own = self.scene.site.config.locale(self.scene.locale).tag == self.locale.tag;
        let still = self.scene.site.history.ladder_now(self.edition, ladder).filter(|_| is_own)?;
        Some(self.scene.of_ladder(still, LadderPage::Since(self.edition)))
    }

    fn title(&self, titles: &ByLocale<String>) -> Text {
        let (text, tag) =
            self.released.frozen.read(titles, &self.locale.tag).map_or(("", ""), |(text, tag)| (text, tag));
        Text { text: text.to_owned(), language: self.foreign(tag) }
    }

    pub(crate) fn words(&self, texts: &ByLocale<RichText>) -> Option<ProseView> {
        let (text, tag) = self.released.frozen.read(texts, &self.locale.tag)?;
        let html = self.html(self.file(tag), |html| html.inline(text));
        Some(ProseView { html, language: self.foreign(tag) })
    }

    pub(crate) fn blocks(&self, texts: &ByLocale<Vec<Block>>) -> Option<ProseView> {
        let (blocks, tag) = self.released.frozen.read(texts, &self.locale.tag)?;
        let html = self.html(self.file(tag), |html| html.blocks(blocks));
        Some(ProseView { html, language: self.foreign(tag) })
    }

    fn parts(&self) -> Vec<EditionSection> {
        let prose = self.released.frozen.read(&self.ladder.prose, &self.locale.tag);
        let mut parts = Vec::new();
        for after in 0..=self.ladder.levels.len() {
            if let Some((sections, tag)) = prose {
                let here = sections.iter().filter(|section| section.after == after);
                parts.extend(here.map(|section| {
                    let html = self.html(self.file(tag), |html| html.blocks(&section.blocks));
                    EditionSection::Prose(EditionProse {
                        title: section.title.clone(),
                        language: self.foreign(tag),
                        anchor: heading_anchor(&section.title),
                        body: ProseView { html, language: self.foreign(tag) },
                    })
                }));
            }
            let level = LevelIndex(after);
            parts.extend(self.ladder.levels.get(level).map(|_| EditionSection::Level(self.level(level))));
        }
        parts
    }

    fn level(&self, at: LevelIndex) -> EditionLevel {
        let level = &self.ladder.levels[at];
        let frozen = &self.released.frozen;
        let own = frozen.ladders.position(|ladder| ladder.key == self.ladder.key);
        let from = |LevelAt { ladder, level: at }: LevelAt| {
            let ladder = &frozen.ladders[ladder];
            let (level, reader) = (&ladder.levels[at], Self { ladder, ..*self });
            EditionInheritance {
                ladder: self.title(&ladder.title),
                level: level_name(&level.code(), &self.title(&level.title).text),
                groups: reader.groups(level),
            }
        };
        let title = self.title(&level.title);
        EditionLevel {
            code: Some(level.code()).filter(|code| *code != title.text).unwrap_or_default(),
            title: title.into_title(),
            summary: self.blocks(&level.summary).unwrap_or_else(ProseView::empty),
            groups: self.groups(level),
            from_ladders: own.map(|own| frozen.bases(at.of(own))).into_iter().flatten().map(from).collect(),
            anchor: slug(&level.id).unwrap_or_default(),
        }
    }

    fn groups(&self, level: &FrozenLevel) -> Vec<EditionGroup> {
        let anchor = slug(&level.id).unwrap_or_default();
        let group = |part: &crate::edition::LevelCategory| {
            let number = self.ladder.categories.iter().position(|category| category.id == part.id);
            let here = |criterion: &&FrozenCriterion| criterion.level == level.id && criterion.category == part.id;
            let untitled = self.scene.word("ladder.uncategorized");
            let title = match self.ladder.category(&part.id).filter(|category| !category.id.is_empty()) {
                Some(category) => self.title(&category.title),
                None => Text { text: untitled.to_owned(), language: None },
            };
            EditionGroup {
                title,
                anchor: category_anchor_of(&anchor, &part.id),
                number: number.unwrap_or_default() + 1,
                description: None,
                prose: self.blocks(&part.prose),
                criteria: self.ladder.criteria.iter().filter(here).map(|criterion| self.row(criterion)).collect(),
            }
        };
        level.categories.iter().map(group).collect()
    }

    /// Returns the lower levels of the ladder whose criteria also hold on a level, the nearest first.
    fn inherited(&self, level: LevelAt) -> Vec<Link> {
        let lower = self.released.frozen.inherited(level).into_iter().filter(|lower| lower.ladder == level.ladder);
        let link = |lower: LevelAt| {
            let data = &self.ladder.levels[lower.level];
            let href = format!("../{}/", slug(&data.id)?);
            Some(Link { title: level_name(&data.code(), &self.title(&data.title).text), href })
        };
        lower.filter_map(link).collect()
    }

    /// Returns what the edition says of a category on all levels.
    fn description(&self, category: &str) -> Option<CategoryDescription> {
        let (sections, tag) = self.released.frozen.read(&self.ladder.prose, &self.locale.tag)?;
        let title = self.ladder.category(category)?.title.get(tag)?;
        let section = &sections[edition::description(sections, title)?];
        let html = self.html(self.file(tag), |html| html.blocks(&section.blocks[..1.min(section.blocks.len())]));
        let rest = anchored("../".to_owned(), Some(heading_anchor(&section.title)));
        Some(CategoryDescription {
            beginning: ProseView { html, language: self.foreign(tag) },
            rest: Some(rest).filter(|_| section.blocks.len() > 1),
        })
    }

    fn row(&self, criterion: &FrozenCriterion) -> EditionRow {
        let history = &self.scene.site.history;
        let later = history.changes_since(&criterion.id, self.edition);
        let later = later.filter(|(_, change)| change.concerns(&self.locale.tag));
        let gravest = later.min_by_key(|(_, change)| change.effect);
        EditionRow {
            id: criterion.id.to_string(),
            slug: criterion.id.slug(),
            statement: self.words(&criterion.statement).unwrap_or_else(ProseView::empty),
            detail: self.blocks(&criterion.detail),
            since: gravest.map(|(release, change)| self.scene.site.history.effect_name(release, change.effect)),
        }
    }
}

fn attribution(frozen: &Frozen, source: &Locale) -> Attribution {
    let provenance = &frozen.provenance;
    let creator = |party: &crate::edition::FrozenParty| PartyLink { name: party.name.clone(), url: party.url.clone() };
    Attribution {
        title: provenance.title.clone(),
        creators: provenance.creators.iter().map(creator).collect(),
        uri: provenance.uri.clone(),
        licence_name: provenance.licence.as_ref().map(|licence| licence.short_name.clone()),
        licence_url: provenance.licence.as_ref().map(|licence| licence.url.clone()),
        modified: !provenance.modifications.is_empty(),
        language: source.language.clone(),
    }
}
