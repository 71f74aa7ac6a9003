//! What pages show of levels, categories and criteria.

use serde::Serialize;
use tera::Value;

use super::Renderer;
use super::fragment::Form;
use super::html::Html;
use super::translated::Mark;
use crate::handle::{CategoryAt, CategoryIndex, CriterionAt, LadderIndex, LevelAt, ThreadAt};
use crate::locale::{LocaleIndex, Localized};
use crate::model::{LadderPage, LocalePage, Page, category_anchor, thread_anchor};
use crate::translation::{Passage, Spot};

/// A short text, with its language if that is not the language of the page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) language: Option<String>,
}

/// A longer text, the same.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Prose {
    pub(crate) html: Value,
    pub(crate) language: Option<String>,
}

impl Prose {
    pub(crate) fn is_empty(&self) -> bool {
        self.html.as_str().is_none_or(str::is_empty)
    }

    /// Nothing to read.
    pub(crate) fn empty() -> Self {
        Self { html: Value::safe_string(""), language: None }
    }
}

/// A level by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LevelName {
    /// `T5/L5`. Empty if the level goes by its title.
    pub(crate) code: String,
    pub(crate) title: Text,
    /// The title in the source, where the reader reads a translation: people know levels by it.
    pub(crate) source_title: Option<Text>,
    /// Code and title in one.
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) path: String,
    /// How many criteria it has itself.
    pub(crate) count: usize,
    /// What is to be said of the translation of its title.
    pub(crate) mark: Option<Mark>,
}

/// The criteria of one category on one level.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Group {
    pub(crate) category: CategoryName,
    pub(crate) prose: Option<Prose>,
    /// The criteria as items of a list.
    pub(crate) rows: Vec<Value>,
}

/// The criteria of a level of another ladder.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FromLadder {
    pub(crate) ladder: Text,
    pub(crate) level: LevelName,
    pub(crate) groups: Vec<Group>,
}

/// A category by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CategoryName {
    pub(crate) title: Text,
    /// Empty for criteria without a category.
    pub(crate) id: String,
    pub(crate) anchor: String,
    /// Its place among the ladder's categories, from one. Colours follow it.
    pub(crate) number: usize,
    pub(crate) mark: Option<Mark>,
}

/// A criterion as a row of a list or a cell of a table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) slug: String,
    /// The permanent page, at the part in the language of the reader.
    pub(crate) path: String,
    pub(crate) html: Value,
    /// The language of the text, if it is not that of the page: then there is no translation.
    pub(crate) language: Option<String>,
    pub(crate) detail: Option<Value>,
    /// What is to be said of its translation.
    pub(crate) mark: Option<Mark>,
    /// `adapted` or `new`, where the ladder was made from another. What is unchanged bears no mark.
    pub(crate) origin: Option<&'static str>,
    /// The name of its thread: a [`ThreadName`].
    pub(crate) thread: Option<Value>,
    /// The same criterion on the page of its level in each other language that has it.
    pub(crate) elsewhere: Vec<Elsewhere>,
    pub(crate) category: usize,
    /// What its level is called, for those who cite it.
    pub(crate) level_name: String,
}

/// A criterion in another language.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Elsewhere {
    /// What the language calls itself.
    pub(crate) name: String,
    pub(crate) language: String,
    /// If it is another than that of the page.
    pub(crate) direction: Option<&'static str>,
    pub(crate) path: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ThreadName {
    pub(crate) title: Text,
    pub(crate) path: String,
    pub(crate) anchor: String,
    pub(crate) mark: Option<Mark>,
}

impl Renderer<'_> {
    pub(crate) fn text(&self, text: &Localized<String>, locale: LocaleIndex) -> Text {
        let (text, actual) = text.read(locale);
        Text { text: text.clone(), language: self.foreign(actual, locale) }
    }

    /// The language to name where a text stands on a page of another one.
    pub(crate) fn foreign(&self, actual: LocaleIndex, page: LocaleIndex) -> Option<String> {
        (actual != page).then(|| self.site.config.locale(actual).language.clone())
    }

    pub(crate) fn level_view(&self, level: LevelAt, locale: LocaleIndex) -> LevelName {
        let of = &self.site[level];
        let source = |title: &String| Text { text: title.clone(), language: self.foreign(LocaleIndex::SOURCE, locale) };
        LevelName {
            code: of.code(),
            title: self.text(&of.title, locale),
            source_title: source_title(&of.title, locale).map(source),
            name: self.level_name(level, locale),
            slug: of.slug.clone(),
            path: Page::of_level(locale, level).path(self.site),
            count: self.site[level.ladder].criteria_of(level.level).count(),
            mark: self.mark(Spot::Level(level), locale),
        }
    }

    /// The categories of a level with their criteria. Anchors hold the level where a page has several.
    pub(crate) fn groups(&self, level: LevelAt, locale: LocaleIndex, root: &str, whole: bool) -> Vec<Group> {
        self.groups_in(Form::Anchored, level, locale, root, whole)
    }

    fn groups_in(&self, form: Form, level: LevelAt, locale: LocaleIndex, root: &str, whole: bool) -> Vec<Group> {
        let of = &self.site[level.ladder];
        let group = |category: CategoryIndex| {
            let rows = of.criteria_of(level.level).filter(|(_, criterion)| criterion.category == category);
            Group {
                category: self.category_view(category.of(level.ladder), whole.then_some(level), locale),
                prose: self.category_prose(level, category, locale, root),
                rows: rows.map(|(at, _)| self.fragment(form, at.of(level.ladder), locale, root)).collect(),
            }
        };
        of.categories_of(level.level).into_iter().map(group).collect()
    }

    /// A level of another ladder whose criteria hold on one here. Their own places are with the ladder they are of.
    pub(crate) fn lent_level(&self, level: LevelAt, locale: LocaleIndex, root: &str) -> FromLadder {
        FromLadder {
            ladder: self.text(&self.site[level.ladder].title, locale),
            level: self.level_view(level, locale),
            groups: self.groups_in(Form::Loose, level, locale, root, true),
        }
    }

    /// The levels of other ladders that a level builds on.
    pub(crate) fn lent_levels(&self, level: LevelAt, locale: LocaleIndex, root: &str) -> Vec<FromLadder> {
        self.site.kinship.bases(level).map(|base| self.lent_level(base, locale, root)).collect()
    }

    /// A ladder and one of its levels in few letters: `Management · M2`.
    pub(crate) fn level_of_ladder(&self, level: LevelAt, locale: LocaleIndex) -> String {
        let title = self.site[level.ladder].title.read(locale).0;
        format!("{title} · {}", self.short_level(level, locale))
    }

    /// What a category of a level says beside its criteria.
    pub(crate) fn category_prose(
        &self,
        LevelAt { ladder, level }: LevelAt,
        category: CategoryIndex,
        locale: LocaleIndex,
        root: &str,
    ) -> Option<Prose> {
        let passage = Passage::Category { ladder, level, category };
        Some(self.passage(passage, ladder, (locale, root))).filter(|prose| !prose.is_empty())
    }

    pub(crate) fn category_view(
        &self,
        category: CategoryAt,
        within: Option<LevelAt>,
        locale: LocaleIndex,
    ) -> CategoryName {
        let of = &self.site[category];
        let id = &of.id;
        let mut title = self.text(&of.title, locale);
        if id.is_empty() {
            title = Text { text: self.words.get(locale, "ladder.uncategorized").to_owned(), language: None };
        }
        CategoryName {
            title,
            id: id.clone(),
            anchor: category_anchor(within.map(|level| &self.site[level]), id),
            number: of.number,
            mark: self.mark(Spot::Category(category), locale),
        }
    }

    pub(crate) fn row(&self, criterion: CriterionAt, locale: LocaleIndex, root: &str) -> Row {
        let of = &self.site[criterion];
        let (text, actual) = of.text.read(locale);
        let html = self.html(criterion.ladder, actual, locale, root);
        let slug = of.id.slug();
        Row {
            id: of.id.to_string(),
            path: self.permanent_path(&slug, locale),
            slug,
            html: Value::safe_string(&html.inline(&text.statement)),
            language: self.foreign(actual, locale),
            detail: (!text.detail.is_empty()).then(|| Value::safe_string(&html.blocks(&text.detail))),
            mark: self.mark(Spot::Criterion(criterion), locale),
            origin: self.origin_mark(&of.id),
            thread: of.thread.map(|thread| self.thread_value(thread.of(criterion.ladder), locale)),
            elsewhere: self.elsewhere(criterion, locale),
            category: self.site[of.category.of(criterion.ladder)].number,
            level_name: self.level_name(of.level.of(criterion.ladder), locale),
        }
    }

    fn elsewhere(&self, criterion: CriterionAt, locale: LocaleIndex) -> Vec<Elsewhere> {
        let of = &self.site[criterion];
        let others = self.site.config.locale_indices().filter(|&other| other != locale && of.text.own(other).is_some());
        let direction = |locale| self.site.config.locale(locale).direction;
        let elsewhere = |other: LocaleIndex| Elsewhere {
            name: self.words.name(other).to_owned(),
            language: self.site.config.locale(other).language.clone(),
            direction: Some(direction(other).name()).filter(|_| direction(other) != direction(locale)),
            path: format!("{}#{}", Page::of_level(other, of.level.of(criterion.ladder)).path(self.site), of.id.slug()),
        };
        others.map(elsewhere).collect()
    }

    /// The permanent page of a criterion, at the part for readers of a translation.
    pub(crate) fn permanent_path(&self, slug: &str, locale: LocaleIndex) -> String {
        let part = match locale {
            LocaleIndex::SOURCE => String::new(),
            _ => format!("#{}", self.site.config.locale(locale).slug),
        };
        format!("c/{slug}/{part}")
    }

    pub(crate) fn thread_name(&self, thread: ThreadAt, locale: LocaleIndex) -> ThreadName {
        let of = &self.site[thread];
        ThreadName {
            title: self.text(&of.title, locale),
            path: Page::In(locale, LocalePage::Ladder(thread.ladder, LadderPage::Threads)).path(self.site),
            anchor: thread_anchor(&of.key),
            mark: self.mark(Spot::Thread(thread), locale),
        }
    }

    /// Writes texts of a ladder's file in one locale for readers of another.
    pub(crate) fn html<'s>(
        &'s self,
        ladder: LadderIndex,
        file: LocaleIndex,
        locale: LocaleIndex,
        root: &'s str,
    ) -> Html<'s> {
        let file = self.site[ladder].files.read(file).0;
        Html { site: self.site, locale, ladder: Some(ladder), root, file, edition: None, linked: false, terms: None }
    }
}

/// What a title is in the source, where a locale has a translation of it: people know levels by it.
pub(crate) fn source_title(title: &Localized<String>, locale: LocaleIndex) -> Option<&String> {
    let translated = locale != LocaleIndex::SOURCE && title.own(locale).is_some_and(|own| own != title.source());
    translated.then(|| title.source())
}
