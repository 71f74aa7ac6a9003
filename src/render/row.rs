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

    pub(crate) fn level_view(&self, ladder: usize, level: usize, locale: LocaleIndex) -> LevelName {
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
    pub(crate) fn groups(
        &self,
        ladder: usize,
        level: usize,
        locale: LocaleIndex,
        root: &str,
        whole: bool,
    ) -> Vec<Group> {
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
    pub(crate) fn lent_level(&self, (ladder, level): LevelAt, locale: LocaleIndex, root: &str) -> FromLadder {
        FromLadder {
            ladder: self.text(&self.site.ladders[ladder].title, locale),
            level: self.level_view(ladder, level, locale),
            groups: self.groups_in(Form::Loose, (ladder, level), locale, root, true),
        }
    }

    /// The levels of other ladders that a level builds on.
    pub(crate) fn lent_levels(&self, level: LevelAt, locale: LocaleIndex, root: &str) -> Vec<FromLadder> {
        self.site.kinship.bases(level).map(|base| self.lent_level(base, locale, root)).collect()
    }

    /// A ladder and one of its levels in few letters: `Management · M2`.
    pub(crate) fn level_of_ladder(&self, (ladder, level): LevelAt, locale: LocaleIndex) -> String {
        let title = self.site.ladders[ladder].title.read(locale).0;
        format!("{title} · {}", self.short_level(ladder, level, locale))
    }

    /// What a category of a level says beside its criteria.
    pub(crate) fn category_prose(
        &self,
        ladder: usize,
        (level, category): (usize, usize),
        locale: LocaleIndex,
        root: &str,
    ) -> Option<Prose> {
        let passage = Passage::Category { ladder, level, category };
        Some(self.passage(passage, ladder, (locale, root))).filter(|prose| !prose.is_empty())
    }

    pub(crate) fn category_view(
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

    pub(crate) fn row(&self, ladder: usize, criterion: usize, locale: LocaleIndex, root: &str) -> Row {
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
    pub(crate) fn permanent_path(&self, slug: &str, locale: LocaleIndex) -> String {
        let part = match locale {
            LocaleIndex::SOURCE => String::new(),
            _ => format!("#{}", self.site.config.locale(locale).slug),
        };
        format!("c/{slug}/{part}")
    }

    pub(crate) fn thread_name(&self, ladder: usize, thread: usize, locale: LocaleIndex) -> ThreadName {
        let of = &self.site.ladders[ladder].threads[thread];
        ThreadName {
            title: self.text(&of.title, locale),
            path: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Threads)).path(self.site),
            anchor: thread_anchor(&of.key),
            mark: self.mark(Spot::Thread { ladder, thread }, locale),
        }
    }

    /// Writes texts of a ladder's file in one locale for readers of another.
    pub(crate) fn html<'s>(&'s self, ladder: usize, file: LocaleIndex, locale: LocaleIndex, root: &'s str) -> Html<'s> {
        let file = self.site.ladders[ladder].files.read(file).0;
        Html { site: self.site, locale, ladder: Some(ladder), root, file, edition: None, linked: false, terms: None }
    }
}

/// What a title is in the source, where a locale has a translation of it: people know levels by it.
pub(crate) fn source_title(title: &Localized<String>, locale: LocaleIndex) -> Option<&String> {
    let translated = locale != LocaleIndex::SOURCE && title.own(locale).is_some_and(|own| own != title.source());
    translated.then(|| title.source())
}
