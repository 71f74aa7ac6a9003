//! The summary of an adopted ladder as a table: categories down, levels across, and the numbers of criteria.

use camino::Utf8PathBuf;

use super::normalize::Normalization;
use crate::handle::{CategoryIndex, LevelIndex};
use crate::model::Ladder;
use crate::text::{list, padding, width};

/// A ladder as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Understanding {
    pub(crate) title: String,
    pub(crate) key: String,
    /// From which files, by language, the source first, and how many criteria there are.
    pub(crate) languages: Vec<LanguageSummary>,
    /// The first id and the last one.
    pub(crate) ids: Option<(String, String)>,
    pub(crate) levels: Vec<String>,
    /// Each category with its name and its number of criteria on each level.
    pub(crate) categories: Vec<(String, Vec<usize>)>,
    pub(crate) changes: Vec<Normalization>,
}

/// A ladder in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LanguageSummary {
    pub(crate) tag: String,
    pub(crate) files: Vec<Utf8PathBuf>,
    pub(crate) criteria: usize,
}

impl Understanding {
    pub(crate) fn of(ladder: &Ladder, languages: Vec<LanguageSummary>, changes: Vec<Normalization>) -> Self {
        let count = |category: CategoryIndex, level: LevelIndex| {
            ladder
                .criteria
                .iter()
                .filter(|criterion| criterion.category == category && criterion.level == level)
                .count()
        };
        let row = |(at, category): (CategoryIndex, &crate::model::Category)| {
            let title = Some(category.title.source().clone()).filter(|title| !title.is_empty());
            let counts = ladder.levels.keys().map(|level| count(at, level)).collect();
            (title.unwrap_or_else(|| "without a category".to_owned()), counts)
        };
        let ids = ladder.criteria.first().zip(ladder.criteria.last());
        Self {
            title: ladder.title.source().clone(),
            key: ladder.config.key.clone(),
            languages,
            ids: ids.map(|(first, last)| (first.id.to_string(), last.id.to_string())),
            levels: ladder.levels.iter().map(|level| level.id.clone()).collect(),
            categories: ladder.categories.iter_enumerated().map(row).collect(),
            changes,
        }
    }

    pub(crate) fn criteria(&self) -> usize {
        self.categories.iter().flat_map(|(_, counts)| counts).sum()
    }

    /// Returns the lines that show it, with levels across or down, whichever takes less room.
    pub(crate) fn lines(&self) -> Vec<String> {
        let (names, counts): (Vec<_>, Vec<_>) = self.categories.iter().cloned().unzip();
        let turned: Vec<Vec<usize>> =
            (0..self.levels.len()).map(|level| counts.iter().map(|run: &Vec<usize>| run[level]).collect()).collect();
        let across = table(&names, &self.levels, &counts);
        let down = table(&self.levels, &names, &turned);
        let room = |lines: &[String]| lines.iter().map(|line| width(line)).max();
        let mut lines = vec![self.title.clone(), String::new()];
        lines.extend(if room(&down) < room(&across) { down } else { across });
        lines.push(String::new());
        lines.extend(self.languages.iter().enumerate().map(|(at, language)| self.language(at, language)));
        lines.extend(self.changes.iter().map(|change| format!("  {}", change.label())));
        lines
    }

    fn language(&self, at: usize, language: &LanguageSummary) -> String {
        const NAMED: usize = 4;
        let (named, rest) = language.files.split_at(language.files.len().min(NAMED));
        let (tag, named) = (&language.tag, list(named));
        let what = match &self.ids {
            Some((first, last)) if at == 0 => format!("{first} to {last}"),
            _ => format!("{some} of {all} criteria", some = language.criteria, all = self.criteria()),
        };
        let line = match rest.len() {
            0 => format!("{tag}: {what}, from {named}"),
            more => format!("{tag}: {what}, from {named} and {more} more"),
        };
        format!("  {line}")
    }
}

/// Counts below the names of columns and behind those of rows, with their sums.
fn table(rows: &[String], columns: &[String], counts: &[Vec<usize>]) -> Vec<String> {
    let all = "all".to_owned();
    let name = rows.iter().map(|name| width(name)).max().unwrap_or_default().max(width(&all));
    let widths: Vec<_> = columns.iter().map(|column| width(column).max(3)).collect();
    let line = |title: &str, cells: &[String], sum: &str| {
        let cells = cells.iter().zip(&widths).map(|(cell, &width)| format!("  {}{cell}", padding(width, cell)));
        format!("  {title}{}{}  {}{sum}", padding(name, title), cells.collect::<String>(), padding(5, sum))
            .trim_end()
            .to_owned()
    };
    let numbers = |counts: &[usize]| -> Vec<String> {
        let number = |&count: &usize| if count == 0 { "·".to_owned() } else { count.to_string() };
        counts.iter().map(number).collect()
    };
    let mut lines = vec![line("", columns, &all)];
    for (title, counts) in rows.iter().zip(counts) {
        lines.push(line(title, &numbers(counts), &counts.iter().sum::<usize>().to_string()));
    }
    if rows.len() > 1 {
        let sums: Vec<_> = (0..columns.len()).map(|at| counts.iter().map(|row| row[at]).sum::<usize>()).collect();
        lines.push(line(&all, &numbers(&sums), &sums.iter().sum::<usize>().to_string()));
    }
    lines
}
