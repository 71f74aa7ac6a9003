//! Frozen pages: an edition, its ladders and its criteria.
//!
//! They are many and hardly anybody reads them, so they have a small frame of their own. Search engines are sent to
//! the pages that show what holds now.

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::edition::{At, ByLocale, Criterion, Edition, Effect, Frozen, Ladder, Level};
use crate::handle::{EditionIndex, LadderIndex, LevelAt, LevelIndex};
use crate::id::{CriterionId, slug};
use crate::locale::{Locale, LocaleIndex};
use crate::model::{EditionPage, LadderPage, LocalePage, Page, category_anchor_of, level_name};
use crate::parse::{Block, RichText};
use crate::render::Renderer;
use crate::render::frame::{Link, root_of};
use crate::render::html::Html;
use crate::render::past::{Moment, StubView, category_at, level_at};
use crate::render::row::{Prose, Text};
use crate::render::shared::{Attribution, PartyLink};
use crate::text::heading_anchor;

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
    /// What stood on the page, so that a link to it still lands somewhere.
    pub(crate) stubs: Vec<StubView>,
    pub(crate) shared: Value,
}

/// An edition by name.
#[derive(Serialize, Clone)]
struct EditionName {
    name: String,
    date: String,
    path: String,
}

/// An edition, in all its languages.
#[derive(Serialize)]
pub(crate) struct EditionView {
    #[serde(flatten)]
    frame: BareFrame,
    edition: EditionName,
    summary: Vec<String>,
    /// `minor`. None for the first edition.
    release: Option<&'static str>,
    /// How many criteria each effect had.
    effects: Vec<EffectCount>,
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
    ladders: Vec<Link>,
    changes: String,
}

/// A ladder of an edition on one page.
#[derive(Serialize)]
pub(crate) struct EditionLadderView {
    #[serde(flatten)]
    frame: BareFrame,
    edition: EditionName,
    heading: Text,
    preface: Prose,
    parts: Vec<Part>,
    /// The same ladder of the edition in its languages.
    languages: Vec<LanguageLink>,
    /// The ladder as it is now.
    now: String,
    /// Both beside each other, if the site still has the ladder.
    beside: Option<String>,
}

#[derive(Serialize)]
struct LanguageLink {
    language: String,
    direction: &'static str,
    name: String,
    href: String,
    current: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Level(LevelPart),
    Prose(ProsePart),
}

#[derive(Serialize)]
struct LevelPart {
    anchor: String,
    code: String,
    title: Text,
    summary: Prose,
    groups: Vec<Group>,
    /// What it inherited from other ladders.
    from_ladders: Vec<FromLadder>,
}

#[derive(Serialize)]
struct FromLadder {
    ladder: Text,
    level: String,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: Text,
    anchor: String,
    number: usize,
    prose: Option<Prose>,
    criteria: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    slug: String,
    statement: Prose,
    detail: Option<Prose>,
    /// What the gravest change since then did to it.
    since: Option<&'static str>,
}

#[derive(Serialize)]
struct ProsePart {
    title: String,
    language: Option<String>,
    anchor: String,
    body: Prose,
}

/// A criterion as an edition has it, in all languages of the edition.
#[derive(Serialize)]
pub(crate) struct EditionCriterionView {
    #[serde(flatten)]
    frame: BareFrame,
    edition: EditionName,
    id: String,
    category_number: usize,
    parts: Vec<CriterionPart>,
}

#[derive(Serialize)]
struct CriterionPart {
    locale: usize,
    language: String,
    direction: &'static str,
    slug: String,
    name: String,
    statement: Prose,
    detail: Option<Prose>,
    level: String,
    category: String,
    /// The ladder of the edition, at this criterion.
    ladder: Link,
    /// What became of it since, the latest first.
    since: Vec<Moment>,
    /// The permanent page at the part in this language.
    now: String,
}

framed!(EditionView, EditionLadderView, EditionCriterionView);

/// Texts of an edition on a page for readers of one of its locales.
pub(crate) struct Reader<'a> {
    renderer: &'a Renderer<'a>,
    pub(crate) edition: EditionIndex,
    pub(crate) of: &'a Edition,
    pub(crate) locale: &'a Locale,
    pub(crate) ladder: &'a Ladder,
    pub(crate) root: &'a str,
}

impl Renderer<'_> {
    pub(crate) fn edition(&self, edition: EditionIndex) -> EditionView {
        let of = &self.site.history.editions[edition];
        let source = self.speaker(&of.locales[0]);
        let title = self.words.phrase(source, "edition.title", &[("edition", &of.name().to_string())]);
        let values = [("edition", of.name().to_string()), ("date", of.frozen.date.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let description = self.words.phrase(source, "edition.description", &values);
        let page = Page::Edition(edition, EditionPage::Whole);
        let mut frame = self.bare_frame(page, "edition", &of.locales[0], Some(of), title, description);
        frame.canonical = self.absolute(&Page::In(source, LocalePage::Changes).path(self.site));
        let root = frame.root.clone();
        let part = |(at, locale): (usize, &Locale)| {
            let speaker = self.speaker(locale);
            let ladder = |(ladder, then): (LadderIndex, &Ladder)| Link {
                title: of.frozen.read(&then.title, &locale.tag).map_or("", |(title, _)| title).to_owned(),
                href: format!(
                    "{root}{}",
                    Page::Edition(edition, EditionPage::Ladder { locale: at, ladder }).path(self.site)
                ),
            };
            EditionPart {
                locale: speaker.0,
                language: locale.language.clone(),
                direction: locale.direction.name(),
                slug: locale.slug.clone(),
                name: self.name_of(locale),
                ladders: of.frozen.ladders.iter_enumerated().map(ladder).collect(),
                changes: format!(
                    "{root}{}#{}",
                    Page::In(speaker, LocalePage::Changes).path(self.site),
                    heading_anchor(&of.name().to_string())
                ),
            }
        };
        EditionView {
            edition: self.edition_name(edition),
            summary: of.frozen.summary.iter().flat_map(|text| paragraphs(text)).collect(),
            release: self.site.history.release(edition).map(|release| release.name()),
            effects: effect_counts(self.site.history.changes[edition].iter().map(|change| change.effect)),
            digest: of.digest().to_owned(),
            data: format!("{root}{}", crate::render::data::edition_path(of)),
            parts: of.locales.iter().enumerate().map(part).collect(),
            frame,
        }
    }

    pub(crate) fn edition_ladder(
        &self,
        edition: EditionIndex,
        locale: usize,
        ladder: LadderIndex,
    ) -> EditionLadderView {
        let of = &self.site.history.editions[edition];
        let (then, own) = (&of.frozen.ladders[ladder], &of.locales[locale]);
        let speaker = self.speaker(own);
        let page = Page::Edition(edition, EditionPage::Ladder { locale, ladder });
        let name = of.frozen.read(&then.title, &own.tag).map_or("", |(title, _)| title);
        let values = [("edition", of.name().to_string()), ("ladder", name.to_owned())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let title = self.words.phrase(speaker, "edition.ladder-title", &values);
        let description = self.words.phrase(speaker, "edition.ladder-description", &values);
        let mut frame = self.bare_frame(page, "edition-ladder", own, Some(of), title, description);
        let still = self.site.history.ladder_now(edition, ladder);
        let is_own = self.site.config.locale(speaker).tag == own.tag;
        let beside = still
            .filter(|_| is_own)
            .map(|ladder| Page::In(speaker, LocalePage::Ladder(ladder, LadderPage::Since(edition))));
        let now = still.map_or(Page::In(speaker, LocalePage::Home), |ladder| {
            Page::In(speaker, LocalePage::Ladder(ladder, LadderPage::Whole))
        });
        frame.canonical = self.absolute(&now.path(self.site));
        let root = frame.root.clone();
        let reader = Reader { renderer: self, edition, of, locale: own, ladder: then, root: &root };
        let language = |(at, other): (usize, &Locale)| LanguageLink {
            language: other.language.clone(),
            direction: other.direction.name(),
            name: self.name_of(other),
            href: format!(
                "{root}{}",
                Page::Edition(edition, EditionPage::Ladder { locale: at, ladder }).path(self.site)
            ),
            current: at == locale,
        };
        EditionLadderView {
            edition: self.edition_name(edition),
            heading: reader.title(&then.heading),
            preface: reader.blocks(&then.preface).unwrap_or_else(Prose::empty),
            parts: reader.parts(),
            languages: of.locales.iter().enumerate().map(language).collect(),
            now: format!("{root}{}", now.path(self.site)),
            beside: beside.map(|page| format!("{root}{}", page.path(self.site))),
            frame,
        }
    }

    pub(crate) fn edition_criterion(&self, edition: EditionIndex, at: At) -> EditionCriterionView {
        let of = &self.site.history.editions[edition];
        let (then, criterion) = of.frozen.at(at);
        let (source, id) = (&of.locales[0], criterion.id.to_string());
        let page = Page::Edition(edition, EditionPage::Criterion(at));
        let statement = of.frozen.read(&criterion.statement, &source.tag);
        let level = level_at(&of.frozen, at, &source.tag);
        let title = format!("{id}@{} · {level}", of.name());
        let description = format!("{id} ({level}): {}", statement.map(|(text, _)| text.plain()).unwrap_or_default());
        let mut frame = self.bare_frame(page, "edition-criterion", source, Some(of), title, description);
        let now = format!("c/{}/", criterion.id.slug());
        frame.canonical = self.absolute(&now);
        let root = frame.root.clone();
        let part = |(index, locale): (usize, &Locale)| {
            let reader = Reader { renderer: self, edition, of, locale, ladder: then, root: &root };
            let speaker = self.speaker(locale);
            let ladder = Page::Edition(edition, EditionPage::Ladder { locale: index, ladder: at.ladder });
            let since = self.site.history.changes_since(&criterion.id, edition);
            let mut since: Vec<_> = since.map(|(release, change)| self.moment(release, change, speaker)).collect();
            since.reverse();
            CriterionPart {
                locale: speaker.0,
                language: locale.language.clone(),
                direction: locale.direction.name(),
                slug: locale.slug.clone(),
                name: self.name_of(locale),
                statement: reader.words(&criterion.statement).unwrap_or_else(Prose::empty),
                detail: reader.blocks(&criterion.detail),
                level: level_at(&of.frozen, at, &locale.tag),
                category: category_at(&of.frozen, at, &locale.tag),
                ladder: Link {
                    title: of.frozen.read(&then.title, &locale.tag).map_or("", |(title, _)| title).to_owned(),
                    href: format!("{root}{}#{}", ladder.path(self.site), criterion.id.slug()),
                },
                since,
                now: format!("{root}{now}#{}", self.site.config.locale(speaker).slug),
            }
        };
        let category = then.categories.iter().position(|category| category.id == criterion.category);
        EditionCriterionView {
            edition: self.edition_name(edition),
            category_number: category.unwrap_or_default() + 1,
            parts: of.locales.iter().enumerate().map(part).collect(),
            id,
            frame,
        }
    }

    /// The frame of a page for readers of a locale. The attribution is that of the edition, or else of the site.
    pub(crate) fn bare_frame(
        &self,
        page: Page,
        kind: &'static str,
        locale: &Locale,
        edition: Option<&Edition>,
        title: String,
        description: String,
    ) -> BareFrame {
        let path = page.path(self.site);
        let speaker = self.speaker(locale);
        let root = root_of(&path);
        let home = Link {
            title: self.words.get(speaker, "navigation.home").to_owned(),
            href: format!("{root}{}", Page::In(speaker, LocalePage::Home).path(self.site)),
        };
        let within = match page {
            Page::Edition(edition, EditionPage::Ladder { .. }) | Page::Edition(edition, EditionPage::Criterion(_)) => {
                Some(edition)
            }
            _ => None,
        };
        let edition_link = within.map(|edition| {
            let EditionName { name, path, .. } = self.edition_name(edition);
            let title = self.words.phrase(speaker, "edition.title", &[("edition", &name)]);
            Link { title, href: format!("{root}{path}") }
        });
        BareFrame {
            kind,
            locale: speaker.0,
            language: locale.language.clone(),
            direction: locale.direction.name(),
            title,
            description,
            canonical: self.absolute(&path),
            breadcrumbs: std::iter::once(home).chain(edition_link).collect(),
            attribution: edition.map_or_else(
                || crate::render::shared::attribution(self.site),
                |edition| attribution(&edition.frozen, &edition.locales[0]),
            ),
            shared: self.shared[speaker.0].clone(),
            stubs: self.stubs(page, speaker, &root),
            root,
        }
    }

    fn edition_name(&self, edition: EditionIndex) -> EditionName {
        let of = &self.site.history.editions[edition];
        EditionName {
            name: of.name().to_string(),
            date: of.frozen.date.to_string(),
            path: Page::Edition(edition, EditionPage::Whole).path(self.site),
        }
    }

    /// What a locale calls itself, if the site still has it.
    fn name_of(&self, locale: &Locale) -> String {
        let own = self.site.config.locale_indices().find(|&index| self.site.config.locale(index).tag == locale.tag);
        own.map_or_else(|| locale.tag.clone(), |index| self.words.name(index).to_owned())
    }
}

impl<'a> Reader<'a> {
    /// The texts that an edition has of a ladder of the site, for readers of a locale of the site.
    pub(crate) fn of_ladder(
        renderer: &'a Renderer<'a>,
        edition: EditionIndex,
        locale: LocaleIndex,
        ladder: LadderIndex,
        root: &'a str,
    ) -> Option<Self> {
        let of = &renderer.site.history.editions[edition];
        let place = renderer.site.history.ladder_then(edition, ladder)?;
        let locale = renderer.site.config.locale(locale);
        Some(Self { renderer, edition, of, locale, ladder: &of.frozen.ladders[place], root })
    }

    /// Where the edition has a criterion.
    pub(crate) fn place(&self, id: &CriterionId) -> Option<At> {
        self.renderer.site.history.timeline(id).editions.get(&self.edition).copied()
    }

    /// The ladder of the site that the one of the edition became.
    fn ladder_now(&self) -> Option<LadderIndex> {
        let place = self.of.frozen.ladders.position(|of| of.key == self.ladder.key)?;
        self.renderer.site.history.ladder_now(self.edition, place)
    }

    fn html(&self, file: &str, html: impl FnOnce(&Html<'_>) -> String) -> Value {
        let renderer = self.renderer;
        let text = html(&Html {
            site: renderer.site,
            locale: renderer.speaker(self.locale),
            ladder: self.ladder_now(),
            root: self.root,
            file: file.into(),
            edition: Some(self.edition),
            terms: None,
            linked: false,
        });
        Value::safe_string(&text)
    }

    /// The language to name where a text is not in that of the page.
    fn foreign(&self, tag: &str) -> Option<String> {
        let other = self.of.locales.iter().find(|locale| locale.tag == tag && locale.tag != self.locale.tag);
        other.map(|locale| locale.language.clone())
    }

    fn file(&self, tag: &str) -> &str {
        self.ladder.files.get(tag).map_or("", String::as_str)
    }

    fn title(&self, titles: &ByLocale<String>) -> Text {
        let (text, tag) = self.of.frozen.read(titles, &self.locale.tag).map_or(("", ""), |(text, tag)| (text, tag));
        Text { text: text.to_owned(), language: self.foreign(tag) }
    }

    pub(crate) fn words(&self, texts: &ByLocale<RichText>) -> Option<Prose> {
        let (text, tag) = self.of.frozen.read(texts, &self.locale.tag)?;
        let html = self.html(self.file(tag), |html| html.inline(text));
        Some(Prose { html, language: self.foreign(tag) })
    }

    pub(crate) fn blocks(&self, texts: &ByLocale<Vec<Block>>) -> Option<Prose> {
        let (blocks, tag) = self.of.frozen.read(texts, &self.locale.tag)?;
        let html = self.html(self.file(tag), |html| html.blocks(blocks));
        Some(Prose { html, language: self.foreign(tag) })
    }

    fn parts(&self) -> Vec<Part> {
        let prose = self.of.frozen.read(&self.ladder.prose, &self.locale.tag);
        let mut parts = Vec::new();
        for after in 0..=self.ladder.levels.len() {
            if let Some((sections, tag)) = prose {
                let here = sections.iter().filter(|section| section.after == after);
                parts.extend(here.map(|section| {
                    let html = self.html(self.file(tag), |html| html.blocks(&section.blocks));
                    Part::Prose(ProsePart {
                        title: section.title.clone(),
                        language: self.foreign(tag),
                        anchor: heading_anchor(&section.title),
                        body: Prose { html, language: self.foreign(tag) },
                    })
                }));
            }
            let level = LevelIndex(after);
            parts.extend(self.ladder.levels.get(level).map(|_| Part::Level(self.level(level))));
        }
        parts
    }

    fn level(&self, at: LevelIndex) -> LevelPart {
        let level = &self.ladder.levels[at];
        let frozen = &self.of.frozen;
        let own = frozen.ladders.position(|ladder| ladder.key == self.ladder.key);
        let from = |LevelAt { ladder, level: at }: LevelAt| {
            let ladder = &frozen.ladders[ladder];
            let (level, reader) = (&ladder.levels[at], Self { ladder, ..*self });
            FromLadder {
                ladder: self.title(&ladder.title),
                level: level_name(&level.code(), &self.title(&level.title).text),
                groups: reader.groups(level),
            }
        };
        LevelPart {
            code: level.code(),
            title: self.title(&level.title),
            summary: self.blocks(&level.summary).unwrap_or_else(Prose::empty),
            groups: self.groups(level),
            from_ladders: own.map(|own| frozen.bases(at.of(own))).into_iter().flatten().map(from).collect(),
            anchor: slug(&level.id).unwrap_or_default(),
        }
    }

    fn groups(&self, level: &Level) -> Vec<Group> {
        let anchor = slug(&level.id).unwrap_or_default();
        let group = |of: &crate::edition::LevelCategory| {
            let number = self.ladder.categories.iter().position(|category| category.id == of.id);
            let here = |criterion: &&Criterion| criterion.level == level.id && criterion.category == of.id;
            let untitled = self.renderer.words.get(self.renderer.speaker(self.locale), "ladder.uncategorized");
            let title = match self.ladder.category(&of.id).filter(|category| !category.id.is_empty()) {
                Some(category) => self.title(&category.title),
                None => Text { text: untitled.to_owned(), language: None },
            };
            Group {
                title,
                anchor: category_anchor_of(&anchor, &of.id),
                number: number.unwrap_or_default() + 1,
                prose: self.blocks(&of.prose),
                criteria: self.ladder.criteria.iter().filter(here).map(|criterion| self.row(criterion)).collect(),
            }
        };
        level.categories.iter().map(group).collect()
    }

    fn row(&self, criterion: &Criterion) -> Row {
        let history = &self.renderer.site.history;
        let later = history.changes_since(&criterion.id, self.edition);
        let gravest = later.min_by_key(|(_, change)| change.effect);
        Row {
            id: criterion.id.to_string(),
            slug: criterion.id.slug(),
            statement: self.words(&criterion.statement).unwrap_or_else(Prose::empty),
            detail: self.blocks(&criterion.detail),
            since: gravest.map(|(release, change)| self.renderer.effect(release, change.effect)),
        }
    }
}

/// How often each effect occurs, the gravest first.
pub(crate) fn effect_counts(effects: impl Iterator<Item = Effect>) -> Vec<EffectCount> {
    let mut counts = [0; Effect::ALL.len()];
    effects.for_each(|effect| counts[effect as usize] += 1);
    let counted = Effect::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    counted.map(|(effect, count)| EffectCount { effect: effect.name(), count }).collect()
}

/// The paragraphs of a plain text.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).map(str::to_owned).collect()
}

fn attribution(frozen: &Frozen, source: &Locale) -> Attribution {
    let of = &frozen.provenance;
    let creator = |party: &crate::edition::Party| PartyLink { name: party.name.clone(), url: party.url.clone() };
    Attribution {
        title: of.title.clone(),
        creators: of.creators.iter().map(creator).collect(),
        uri: of.uri.clone(),
        licence_name: of.licence.short_name.clone(),
        licence_url: of.licence.url.clone(),
        modified: !of.modifications.is_empty(),
        language: source.language.clone(),
    }
}
