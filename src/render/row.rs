//! What pages show of levels, categories and criteria.

use serde::Serialize;
use tera::Value;

use super::Renderer;
use super::fragment::Form;
use super::html::Html;
use super::translated::Mark;
use crate::locale::{LocaleIndex, Localized};
use crate::model::{LadderPage, LevelAt, LocalePage, Page, category_anchor, thread_anchor};
use crate::translation::{Passage, Spot};

/// A short text, with its language if that is not the language of the page.
#[derive(Debug, Clone, Serialize)]
pub struct Text {
    pub text: String,
    pub language: Option<String>,
}

/// A longer text, the same.
#[derive(Debug, Clone, Serialize)]
pub struct Prose {
    pub html: Value,
    pub language: Option<String>,
}

impl Prose {
    pub fn is_empty(&self) -> bool {
        self.html.as_str().is_none_or(str::is_empty)
    }

    /// Nothing to read.
    pub fn empty() -> Self {
        Self { html: Value::safe_string(""), language: None }
    }
}

/// A level by name.
#[derive(Debug, Clone, Serialize)]
pub struct LevelName {
    /// `T5/L5`. Empty if the level goes by its title.
    pub code: String,
    pub title: Text,
    /// The title in the source, where the reader reads a translation: people know levels by it.
    pub source_title: Option<Text>,
    /// Code and title in one.
    pub name: String,
    pub slug: String,
    pub path: String,
    /// How many criteria it has itself.
    pub count: usize,
    /// What is to be said of the translation of its title.
    pub mark: Option<Mark>,
}

/// The criteria of one category on one level.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    pub category: CategoryName,
    pub prose: Option<Prose>,
    /// The criteria as items of a list.
    pub rows: Vec<Value>,
}

/// The criteria of a level of another ladder.
#[derive(Debug, Clone, Serialize)]
pub struct FromLadder {
    pub ladder: Text,
    pub level: LevelName,
    pub groups: Vec<Group>,
}

/// A category by name.
#[derive(Debug, Clone, Serialize)]
pub struct CategoryName {
    pub title: Text,
    /// Empty for criteria without a category.
    pub id: String,
    pub anchor: String,
    /// Its place among the ladder's categories, from one. Colours follow it.
    pub number: usize,
    pub mark: Option<Mark>,
}

/// A criterion as a row of a list or a cell of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub id: String,
    pub slug: String,
    /// The permanent page, at the part in the language of the reader.
    pub path: String,
    pub html: Value,
    /// The language of the text, if it is not that of the page: then there is no translation.
    pub language: Option<String>,
    pub detail: Option<Value>,
    /// What is to be said of its translation.
    pub mark: Option<Mark>,
    /// `adapted` or `new`, where the ladder was made from another. What is unchanged bears no mark.
    pub origin: Option<&'static str>,
    /// The name of its thread: a [`ThreadName`].
    pub thread: Option<Value>,
    /// The same criterion on the page of its level in each other language that has it.
    pub elsewhere: Vec<Elsewhere>,
    pub category: usize,
    /// What its level is called, for those who cite it.
    pub level_name: String,
}

/// A criterion in another language.
#[derive(Debug, Clone, Serialize)]
pub struct Elsewhere {
    /// What the language calls itself.
    pub name: String,
    pub language: String,
    /// If it is another than that of the page.
    pub direction: Option<&'static str>,
    pub path: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ThreadName {
    pub title: Text,
    pub path: String,
    pub anchor: String,
    pub mark: Option<Mark>,
}

impl Renderer<'_> {
    pub fn text(&self, text: &Localized<String>, locale: LocaleIndex) -> Text {
        let (text, actual) = text.read(locale);
        Text { text: text.clone(), language: self.foreign(actual, locale) }
    }

    /// The language to name where a text stands on a page of another one.
    pub fn foreign(&self, actual: LocaleIndex, page: LocaleIndex) -> Option<String> {
        (actual != page).then(|| self.site.config.locale(actual).language.clone())
    }

    pub fn level_view(&self, ladder: usize, level: usize, locale: LocaleIndex) -> LevelName {
        let of = &self.site.ladders[ladder];
        let source = |title: &String| Text { text: title.clone(), language: self.foreign(LocaleIndex::SOURCE, locale) };
        LevelName {
            code: of.levels[level].code(),
            title: self.text(&of.levels[level].title, locale),
            source_title: source_title(&of.levels[level].title, locale).map(source),
            name: self.level_name(ladder, level, locale),
            slug: of.levels[level].slug.clone(),
            path: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Level(level))).path(self.site),
            count: of.criteria_of(level).count(),
            mark: self.mark(Spot::Level { ladder, level }, locale),
        }
    }

    /// The categories of a level with their criteria. Anchors hold the level where a page has several.
    pub fn groups(&self, ladder: usize, level: usize, locale: LocaleIndex, root: &str, whole: bool) -> Vec<Group> {
        self.groups_in(Form::Anchored, (ladder, level), locale, root, whole)
    }

    fn groups_in(
        &self,
        form: Form,
        (ladder, level): LevelAt,
        locale: LocaleIndex,
        root: &str,
        whole: bool,
    ) -> Vec<Group> {
        let of = &self.site.ladders[ladder];
        let group = |category: usize| {
            let rows = of.criteria_of(level).filter(|(_, criterion)| criterion.category == category);
            Group {
                category: self.category_view(ladder, category, whole.then_some(level), locale),
                prose: self.category_prose(ladder, (level, category), locale, root),
                rows: rows.map(|(at, _)| self.fragment(form, ladder, at, locale, root)).collect(),
            }
        };
        of.categories_of(level).into_iter().map(group).collect()
    }

    /// A level of another ladder whose criteria hold on one here. Their own places are with the ladder they are of.
    pub fn lent_level(&self, (ladder, level): LevelAt, locale: LocaleIndex, root: &str) -> FromLadder {
        FromLadder {
            ladder: self.text(&self.site.ladders[ladder].title, locale),
            level: self.level_view(ladder, level, locale),
            groups: self.groups_in(Form::Loose, (ladder, level), locale, root, true),
        }
    }

    /// The levels of other ladders that a level builds on.
    pub fn lent_levels(&self, level: LevelAt, locale: LocaleIndex, root: &str) -> Vec<FromLadder> {
        self.site.kinship.bases(level).map(|base| self.lent_level(base, locale, root)).collect()
    }

    /// A ladder and one of its levels in few letters: `Management · M2`.
    pub fn level_of_ladder(&self, (ladder, level): LevelAt, locale: LocaleIndex) -> String {
        let title = self.site.ladders[ladder].title.read(locale).0;
        format!("{title} · {}", self.short_level(ladder, level, locale))
    }

    /// What a category of a level says beside its criteria.
    pub fn category_prose(
        &self,
        ladder: usize,
        (level, category): (usize, usize),
        locale: LocaleIndex,
        root: &str,
    ) -> Option<Prose> {
        let passage = Passage::Category { ladder, level, category };
        Some(self.passage(passage, ladder, (locale, root))).filter(|prose| !prose.is_empty())
    }

    pub fn category_view(
        &self,
        ladder: usize,
        category: usize,
        within: Option<usize>,
        locale: LocaleIndex,
    ) -> CategoryName {
        let of = &self.site.ladders[ladder];
        let id = &of.categories[category].id;
        let mut title = self.text(&of.categories[category].title, locale);
        if id.is_empty() {
            title = Text { text: self.words.get(locale, "ladder.uncategorized").to_owned(), language: None };
        }
        CategoryName {
            title,
            id: id.clone(),
            anchor: category_anchor(within.map(|level| &of.levels[level]), id),
            number: of.categories[category].number,
            mark: self.mark(Spot::Category { ladder, category }, locale),
        }
    }

    pub fn row(&self, ladder: usize, criterion: usize, locale: LocaleIndex, root: &str) -> Row {
        let of = &self.site.ladders[ladder].criteria[criterion];
        let (text, actual) = of.text.read(locale);
        let html = self.html(ladder, actual, locale, root);
        let slug = of.id.slug();
        Row {
            id: of.id.to_string(),
            path: self.permanent_path(&slug, locale),
            slug,
            html: Value::safe_string(&html.inline(&text.statement)),
            language: self.foreign(actual, locale),
            detail: (!text.detail.is_empty()).then(|| Value::safe_string(&html.blocks(&text.detail))),
            mark: self.mark(Spot::Criterion { ladder, criterion }, locale),
            origin: self.origin_mark(&of.id),
            thread: of.thread.map(|thread| self.thread_value(ladder, thread, locale)),
            elsewhere: self.elsewhere(ladder, criterion, locale),
            category: self.site.ladders[ladder].categories[of.category].number,
            level_name: self.level_name(ladder, of.level, locale),
        }
    }

    fn elsewhere(&self, ladder: usize, criterion: usize, locale: LocaleIndex) -> Vec<Elsewhere> {
        let of = &self.site.ladders[ladder].criteria[criterion];
        let others = self.site.config.locale_indices().filter(|&other| other != locale && of.text.own(other).is_some());
        let direction = |locale| self.site.config.locale(locale).direction;
        let elsewhere = |other: LocaleIndex| Elsewhere {
            name: self.words.name(other).to_owned(),
            language: self.site.config.locale(other).language.clone(),
            direction: Some(direction(other).name()).filter(|_| direction(other) != direction(locale)),
            path: format!(
                "{}#{}",
                Page::In(other, LocalePage::Ladder(ladder, LadderPage::Level(of.level))).path(self.site),
                of.id.slug()
            ),
        };
        others.map(elsewhere).collect()
    }

    /// The permanent page of a criterion, at the part for readers of a translation.
    pub fn permanent_path(&self, slug: &str, locale: LocaleIndex) -> String {
        let part = match locale {
            LocaleIndex::SOURCE => String::new(),
            _ => format!("#{}", self.site.config.locale(locale).slug),
        };
        format!("c/{slug}/{part}")
    }

    pub fn thread_name(&self, ladder: usize, thread: usize, locale: LocaleIndex) -> ThreadName {
        let of = &self.site.ladders[ladder].threads[thread];
        ThreadName {
            title: self.text(&of.title, locale),
            path: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Threads)).path(self.site),
            anchor: thread_anchor(&of.key),
            mark: self.mark(Spot::Thread { ladder, thread }, locale),
        }
    }

    /// Writes texts of a ladder's file in one locale for readers of another.
    pub fn html<'s>(&'s self, ladder: usize, file: LocaleIndex, locale: LocaleIndex, root: &'s str) -> Html<'s> {
        let file = self.site.ladders[ladder].files.read(file).0;
        Html { site: self.site, locale, ladder: Some(ladder), root, file, edition: None, linked: false, terms: None }
    }
}

/// What a title is in the source, where a locale has a translation of it: people know levels by it.
pub fn source_title(title: &Localized<String>, locale: LocaleIndex) -> Option<&String> {
    let translated = locale != LocaleIndex::SOURCE && title.own(locale).is_some_and(|own| own != title.source());
    translated.then(|| title.source())
}
