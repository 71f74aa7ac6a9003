//! The criteria as a table, with a row for each.

use super::{Selection, credit::Credit};
use crate::edition::{At, ByLocale, Effect, Frozen};
use crate::handle::EditionIndex;
use crate::model::{EditionPage, Page, Site};
use crate::parse::plain_lines;
use crate::text::csv;

/// A column of the table. Those of texts are there once for each language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    /// The edition that has the criterion as the row does. Empty for what no edition has yet.
    Edition,
    /// What happened to it since the edition before: the name of an effect, or `unchanged`.
    Change,
    /// The key of the ladder.
    Ladder,
    /// The id of the level.
    Level,
    LevelTitle(String),
    /// The id of the category. Empty for criteria right below their level.
    Category,
    CategoryTitle(String),
    /// The key of the thread, if it has one.
    Thread,
    ThreadTitle(String),
    /// Its place in the ladder, from one.
    Position,
    Statement(String),
    Detail(String),
    /// The page that shows it so for ever, or its permanent page.
    Url,
    Licence,
    Attribution,
}

impl Column {
    /// Returns the name of the column in the first row.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Id => "id".to_owned(),
            Self::Edition => "edition".to_owned(),
            Self::Change => "change".to_owned(),
            Self::Ladder => "ladder".to_owned(),
            Self::Level => "level".to_owned(),
            Self::LevelTitle(tag) => format!("level-title.{tag}"),
            Self::Category => "category".to_owned(),
            Self::CategoryTitle(tag) => format!("category-title.{tag}"),
            Self::Thread => "thread".to_owned(),
            Self::ThreadTitle(tag) => format!("thread-title.{tag}"),
            Self::Position => "position".to_owned(),
            Self::Statement(tag) => format!("statement.{tag}"),
            Self::Detail(tag) => format!("detail.{tag}"),
            Self::Url => "url".to_owned(),
            Self::Licence => "licence".to_owned(),
            Self::Attribution => "attribution".to_owned(),
        }
    }
}

/// The criteria of a selection.
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    /// A cell for each column.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// Returns the criteria in the order of their ladders.
    pub(crate) fn of(site: &Site, selection: &Selection) -> Self {
        let frozen = site.as_of(selection.edition);
        let credit = Credit::of(site, &frozen.provenance);
        let columns = columns(selection);
        let mut rows = Vec::new();
        for (ladder, ladder_data) in frozen.ladders.iter_enumerated().filter(|(at, _)| selection.has(*at)) {
            for criterion in ladder_data.criteria.keys() {
                let row = Row { site, selection, frozen, credit: &credit, at: At { ladder, criterion } };
                rows.push(columns.iter().map(|column| row.cell(column)).collect());
            }
        }
        Self { columns, rows }
    }

    /// Returns the table as a file.
    pub(crate) fn csv(&self) -> String {
        let head: Vec<_> = self.columns.iter().map(Column::name).collect();
        csv(std::iter::once(&head).chain(&self.rows))
    }
}

fn columns(selection: &Selection) -> Vec<Column> {
    use Column::*;
    let each = |column: fn(String) -> Column| selection.tags.iter().cloned().map(column);
    let mut columns = vec![Id, Edition, Change, Ladder, Level];
    columns.extend(each(LevelTitle));
    columns.push(Category);
    columns.extend(each(CategoryTitle));
    columns.push(Thread);
    columns.extend(each(ThreadTitle));
    columns.push(Position);
    columns.extend(each(Statement).chain(each(Detail)));
    columns.extend([Url, Licence, Attribution]);
    columns
}

/// What the cells of a row are made of.
struct Row<'a> {
    site: &'a Site,
    selection: &'a Selection,
    frozen: &'a Frozen,
    credit: &'a Credit,
    at: At,
}

impl Row<'_> {
    fn cell(&self, column: &Column) -> String {
        let (ladder, criterion) = self.frozen.at(self.at);
        let text = |texts: Option<&ByLocale<String>>, tag: &String| texts.and_then(|texts| texts.get(tag)).cloned();
        let cell = match column {
            Column::Id => Some(criterion.id.to_string()),
            Column::Edition => self.edition().map(|edition| self.site.history.editions[edition].name().to_string()),
            Column::Change => Some(self.change().to_owned()),
            Column::Ladder => Some(ladder.key.clone()),
            Column::Level => Some(criterion.level.clone()),
            Column::LevelTitle(tag) => text(ladder.level(&criterion.level).map(|level| &level.title), tag),
            Column::Category => Some(criterion.category.clone()),
            Column::CategoryTitle(tag) => {
                text(ladder.category(&criterion.category).map(|category| &category.title), tag)
            }
            Column::Thread => criterion.thread.clone(),
            Column::ThreadTitle(tag) => {
                let key = criterion.thread.as_ref();
                text(
                    key.and_then(|key| ladder.threads.iter().find(|thread| thread.key == *key))
                        .map(|thread| &thread.title),
                    tag,
                )
            }
            Column::Position => Some((usize::from(self.at.criterion) + 1).to_string()),
            Column::Statement(tag) => criterion.statement.get(tag).map(|statement| statement.plain()),
            Column::Detail(tag) => criterion.detail.get(tag).map(|blocks| plain_lines(blocks)),
            Column::Url => Some(format!("{}{}", self.site.config.base_url, self.page().path(self.site))),
            Column::Licence => Some(self.credit.licence_cell()),
            Column::Attribution => Some(self.credit.attribution.clone()),
        };
        cell.unwrap_or_default()
    }

    /// Returns the edition in which the criterion is as the row has it.
    fn edition(&self) -> Option<EditionIndex> {
        let is_unchanged = || self.effect().is_none() && self.selection.edition.is_none();
        self.selection.edition.or_else(|| self.site.history.editions.last_key().filter(|_| is_unchanged()))
    }

    /// Returns the place of the table among the releases.
    fn release(&self) -> EditionIndex {
        self.selection.edition.unwrap_or_else(|| self.site.history.editions.next_key())
    }

    /// Returns the effect of its change since the edition before. None if it has not changed.
    fn effect(&self) -> Option<Effect> {
        let (history, release) = (&self.site.history, self.release());
        let id = &self.frozen.at(self.at).1.id;
        let changes = history.timeline(id).changes.iter();
        changes.rev().find(|(at, _)| *at == release).map(|&(release, at)| history.changes[release][at].effect)
    }

    /// Returns the word for its change. Everything is new in the first edition, and before it.
    fn change(&self) -> &'static str {
        let release = self.release();
        match self.effect() {
            Some(effect) => self.site.history.effect_name(release, effect),
            None if release == EditionIndex(0) => Effect::Added.name(),
            None => "unchanged",
        }
    }

    fn page(&self) -> Page {
        match self.selection.edition {
            Some(edition) => Page::Edition(edition, EditionPage::Criterion(self.at)),
            None => Page::Criterion(self.at.criterion.of(self.at.ladder)),
        }
    }
}
