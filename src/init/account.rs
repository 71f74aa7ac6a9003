//! The account of an adopted ladder: its levels, how many criteria each has in which categories, and what became of the
//! statements that a person counts in its documents.

use std::collections::HashMap;

use camino::Utf8PathBuf;

use super::coverage::Criteria;
use super::normalize::Normalization;
use crate::diagnostic::Place;
use crate::handle::{CategoryIndex, LevelIndex};
use crate::model::Ladder;
use crate::parse::{Evidence, Sign};
use crate::text::{counted, list, padding, width};

/// The columns that a line of the account may take, and the lines that fit on a screen.
const WIDEST: usize = 100;
const MOST_LINES: usize = 24;
/// The rows that its table has in any case.
const FEWEST_ROWS: usize = 4;
/// The columns that names of levels and of categories may take.
const LEVEL_WIDTH: usize = 30;
const CATEGORY_WIDTH: usize = 24;

/// A ladder as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub(crate) title: String,
    pub(crate) key: String,
    /// From which files, by language, the source first, and how many criteria there are.
    pub(crate) languages: Vec<LanguageSummary>,
    /// The lowest id and the highest one.
    pub(crate) ids: Option<(String, String)>,
    /// The names of its levels.
    pub(crate) levels: Vec<String>,
    /// What they are called in the table: by their codes, if all have one.
    short_levels: Vec<String>,
    /// Each category with its name and its number of criteria on each level.
    pub(crate) categories: Vec<(String, Vec<usize>)>,
    pub(crate) changes: Vec<Normalization>,
    /// What became of the statements of its source.
    pub statements: StatementCount,
    /// How many of them stand nowhere in the new files.
    pub(crate) left_out: usize,
    /// Why these headings are levels.
    pub(crate) evidence: Vec<Evidence>,
    /// The levels of another reading that is nearly as good.
    pub(crate) other_levels: Vec<String>,
}

/// A ladder in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LanguageSummary {
    pub(crate) tag: String,
    pub(crate) files: Vec<Utf8PathBuf>,
    pub(crate) criteria: usize,
}

/// What became of the statements of some documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementCount {
    pub criteria: usize,
    /// Where those stand that are no criteria: runs of lines by file.
    pub(crate) prose: Vec<(Utf8PathBuf, Vec<(usize, usize)>)>,
    /// How many these are.
    pub in_prose: usize,
}

impl StatementCount {
    /// Counts the criteria, and the statements that are in none of them. They stand in the order of their places.
    pub(crate) fn of<'a>(
        number: usize,
        statements: &[Place],
        criteria: &Criteria,
        text_of: &dyn Fn(&Utf8PathBuf) -> Option<&'a str>,
    ) -> Self {
        let mut count = Self { criteria: number, ..Self::default() };
        for of_file in statements.chunk_by(|a, b| a.path == b.path) {
            let path = &of_file[0].path;
            let text = text_of(path).unwrap_or_default();
            let ends: Vec<_> = text.match_indices('\n').map(|(at, _)| at).collect();
            let line = |place: &Place| ends.partition_point(|&end| end < place.span().start) + 1;
            let mut runs: Vec<(usize, usize)> = Vec::new();
            let mut is_open = false;
            for place in of_file {
                let is_criterion = criteria.contain(place);
                match runs.last_mut().filter(|_| is_open) {
                    _ if is_criterion => {}
                    Some(run) => run.1 = line(place),
                    None => runs.push((line(place), line(place))),
                }
                is_open = !is_criterion;
                count.in_prose += usize::from(!is_criterion);
            }
            if !runs.is_empty() {
                count.prose.push((path.clone(), runs));
            }
        }
        count
    }

    pub fn all(&self) -> usize {
        self.criteria + self.in_prose
    }

    /// Returns the count in words: `210 statements: 18 became criteria, 192 are prose (lines 90–740)`.
    fn line(&self) -> String {
        let all = counted(self.all(), "statement", "statements");
        let verb = if self.in_prose == 1 { "is" } else { "are" };
        match (self.criteria, self.in_prose) {
            (1, 0) => format!("{all}: it became a criterion"),
            (_, 0) => format!("{all}: all became criteria"),
            (0, 1) => format!("{all}: it did not become a criterion ({})", self.places()),
            (0, _) => format!("{all}: none became a criterion ({})", self.places()),
            (some, prose) => {
                format!("{all}: {some} became {}, {prose} {verb} prose ({})", plural(some), self.places())
            }
        }
    }

    /// Returns where the statements are that are no criteria.
    fn places(&self) -> String {
        const RUNS: usize = 4;
        let several = self.prose.len() > 1;
        let runs = self.prose.iter().flat_map(|(path, runs)| {
            runs.iter().enumerate().map(move |(at, (first, last))| {
                let lines = if first == last { format!("line {first}") } else { format!("lines {first}–{last}") };
                if several && at == 0 { format!("{path}: {lines}") } else { lines }
            })
        });
        let mut runs: Vec<_> = runs.collect();
        let more = runs.len().saturating_sub(RUNS);
        if more > 0 {
            runs.truncate(RUNS);
            runs.push(format!("and {}", counted(more, "more place", "more places")));
        }
        runs.join(", ")
    }
}

fn plural(criteria: usize) -> &'static str {
    if criteria == 1 { "a criterion" } else { "criteria" }
}

impl Account {
    pub(crate) fn of(ladder: &Ladder, languages: Vec<LanguageSummary>, changes: Vec<Normalization>) -> Self {
        let mut counts: HashMap<(CategoryIndex, LevelIndex), usize> = HashMap::new();
        for criterion in &ladder.criteria {
            *counts.entry((criterion.category, criterion.level)).or_default() += 1;
        }
        let count = |category, level| counts.get(&(category, level)).copied().unwrap_or_default();
        let row = |(at, category): (CategoryIndex, &crate::model::Category)| {
            let title = Some(category.title.source().clone()).filter(|title| !title.is_empty());
            let counts = ladder.levels.keys().map(|level| count(at, level)).collect();
            (title.unwrap_or_else(|| "without a category".to_owned()), counts)
        };
        // Where some had ids before, the first criterion need not have the lowest one.
        let ids = || ladder.criteria.iter().map(|criterion| &criterion.id);
        let ids = ids().min().zip(ids().max());
        let name = |level: &crate::model::Level| {
            let (codes, title) = (level.codes.join("/"), level.title.source().trim());
            match codes.as_str() {
                "" => title.to_owned(),
                codes if title.is_empty() || title == codes => codes.to_owned(),
                codes => format!("{codes} {title}"),
            }
        };
        let are_coded = ladder.levels.iter().all(|level| !level.codes.is_empty());
        let short = |level: &crate::model::Level| if are_coded { level.id.clone() } else { name(level) };
        Self {
            title: ladder.title.source().clone(),
            key: ladder.config.key.clone(),
            languages,
            ids: ids.map(|(first, last)| (first.to_string(), last.to_string())),
            levels: ladder.levels.iter().map(name).collect(),
            short_levels: ladder.levels.iter().map(short).collect(),
            categories: ladder.categories.iter_enumerated().map(row).collect(),
            changes,
            statements: StatementCount::default(),
            left_out: 0,
            evidence: Vec::new(),
            other_levels: Vec::new(),
        }
    }

    pub fn criteria(&self) -> usize {
        self.categories.iter().flat_map(|(_, counts)| counts).sum()
    }

    fn of_level(&self, level: usize) -> usize {
        self.categories.iter().map(|(_, counts)| counts[level]).sum()
    }

    /// Returns what a person should look at before the ladder is adopted.
    pub fn doubts(&self) -> Vec<String> {
        let count = &self.statements;
        let mut doubts = Vec::new();
        if self.left_out > 0 {
            let verb = if self.left_out == 1 { "is" } else { "are" };
            doubts.push(format!("{} {verb} left out", counted(self.left_out, "statement", "statements")));
        }
        // More than a fifth of the statements.
        if count.in_prose * 5 > count.all() {
            let (prose, all) = (count.in_prose, count.all());
            let all = counted(all, "statement", "statements");
            doubts.push(format!("of {all}, {prose} did not become {}", plural(prose)));
        }
        doubts
    }

    /// Returns the lines that show it: levels down, categories across.
    pub fn lines(&self) -> Vec<String> {
        let names: Vec<_> = self.levels.iter().map(String::as_str).collect();
        let mut lines = vec![self.title.clone(), String::new()];
        lines.push(format!("  levels: {} ({})", names_in_line(&names), self.levels.len()));
        if self.statements.all() > 0 {
            lines.push(format!("  {}", self.statements.line()));
        }
        let mut behind: Vec<_> =
            self.languages.iter().enumerate().map(|(at, language)| self.language(at, language)).collect();
        behind.extend(self.reasons().map(|reasons| format!("  Levels are recognised by {reasons}.")));
        behind.extend(self.changes.iter().map(|change| format!("  {}", change.words().0)));
        if !self.other_levels.is_empty() {
            let names: Vec<_> = self.other_levels.iter().map(String::as_str).collect();
            let wished = names.join(",").replace('"', "");
            behind.push(format!("  An almost equally good reading has the levels {}:", names_in_line(&names)));
            behind.push(format!("  add `--levels \"{wished}\"` if you mean these."));
        }
        // An empty line before the table and behind it, its head and its last line.
        let rows = MOST_LINES.saturating_sub(lines.len() + behind.len() + 4).max(FEWEST_ROWS);
        lines.push(String::new());
        lines.extend(self.table(rows));
        lines.push(String::new());
        lines.extend(behind);
        lines
    }

    /// Returns the criteria of each level, in as many levels and categories as there is room for.
    fn table(&self, most_rows: usize) -> Vec<String> {
        let all = "all".to_owned();
        let rows: Vec<_> = self.short_levels.iter().map(|name| cut(name, LEVEL_WIDTH)).collect();
        let name = rows.iter().map(|row| width(row)).max().unwrap_or_default().max(width(&all));
        let mut room = WIDEST.saturating_sub(name + 10);
        let mut columns: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, (title, counts)) in self.categories.iter().enumerate() {
            let title = cut(title, CATEGORY_WIDTH);
            let needed = width(&title).max(3) + 2;
            let rest = self.categories.len() - at;
            // Behind it, the others need a column unless it is the last one.
            if needed + if rest > 1 { 12 } else { 0 } > room {
                let of_level = |level: usize| self.categories[at..].iter().map(|(_, counts)| counts[level]).sum();
                columns.push((format!("{rest} more"), (0..self.levels.len()).map(of_level).collect()));
                break;
            }
            room -= needed;
            columns.push((title, counts.clone()));
        }
        let widths: Vec<_> = columns.iter().map(|(title, _)| width(title).max(3)).collect();
        let line = |title: &str, cells: &[String], sum: &str| {
            let cells = cells.iter().zip(&widths).map(|(cell, &width)| format!("  {}{cell}", padding(width, cell)));
            let cells = cells.collect::<String>();
            format!("  {title}{}{cells}  {}{sum}", padding(name, title), padding(5, sum)).trim_end().to_owned()
        };
        let numbers = |counts: &[usize]| -> Vec<String> {
            let number = |&count: &usize| if count == 0 { "·".to_owned() } else { count.to_string() };
            counts.iter().map(number).collect()
        };
        let titles: Vec<_> = columns.iter().map(|(title, _)| title.clone()).collect();
        let mut lines = vec![line("", &titles, &all)];
        let shown = if rows.len() > most_rows { most_rows - 1 } else { rows.len() };
        for (at, title) in rows.iter().take(shown).enumerate() {
            let counts: Vec<_> = columns.iter().map(|(_, counts)| counts[at]).collect();
            lines.push(line(title, &numbers(&counts), &self.of_level(at).to_string()));
        }
        if shown < rows.len() {
            lines.push(format!("  … and {} more levels", rows.len() - shown));
        }
        if rows.len() > 1 {
            let sums: Vec<_> = columns.iter().map(|(_, counts)| counts.iter().sum::<usize>()).collect();
            lines.push(line(&all, &numbers(&sums), &self.criteria().to_string()));
        }
        lines
    }

    /// Returns why the levels are levels, the surest reasons first.
    fn reasons(&self) -> Option<String> {
        const REASONS: usize = 2;
        let reason = |evidence: &Evidence| {
            let headings = counted(evidence.headings, "heading", "headings");
            match evidence.sign {
                Sign::Ids => format!("the ids of {headings}"),
                Sign::Codes => format!("the codes of {headings}"),
                Sign::Names => format!("the names of {headings}"),
                Sign::RecurringCategories => "categories that recur below them".to_owned(),
                Sign::Labels => "labels that name their lists".to_owned(),
                Sign::Structure => "the headings with lists below them".to_owned(),
                Sign::Lists => "their lists".to_owned(),
            }
        };
        let reasons: Vec<_> = self.evidence.iter().take(REASONS).map(reason).collect();
        (!reasons.is_empty()).then(|| reasons.join(" and "))
    }

    fn language(&self, at: usize, language: &LanguageSummary) -> String {
        const FILES: usize = 4;
        let (named, rest) = language.files.split_at(language.files.len().min(FILES));
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

/// Returns names in one line, the last of many left out.
fn names_in_line(names: &[&str]) -> String {
    let mut room = WIDEST - 14;
    let mut fits = |name: &String| {
        let fits = width(name) <= room;
        room = room.saturating_sub(width(name) + 2);
        fits
    };
    let shown: Vec<_> = names.iter().map(|name| cut(name, LEVEL_WIDTH)).take_while(|name| fits(name)).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Returns a name in as many columns.
fn cut(name: &str, columns: usize) -> String {
    if width(name) <= columns {
        return name.to_owned();
    }
    let mut cut = String::new();
    for c in name.chars() {
        if width(&cut) + width(c.encode_utf8(&mut [0; 4])) + 1 > columns {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}
