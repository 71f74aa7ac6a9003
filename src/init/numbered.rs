//! Levels and sections that have numbers: `3` below `Level`, `**2** You write code.`, `### 1.2 Code`.

use std::collections::{BTreeMap, BTreeSet};

use super::language::guessed;
use super::page::DraftPage;
use super::table::{Cell, Grid, grids};
use crate::diagnostic::Span;
use crate::parse::{BlockKind, Heading, Section, counts_levels, is_number};
use crate::text::{Edit, slice};

/// Returns the edits that write before each number what it counts.
pub(crate) fn named(page: &DraftPage) -> Vec<Edit> {
    let grids = grids(page, page.sections());
    let of_tables = grids.iter().flat_map(|grid| (0..grid.head.len()).flat_map(|column| of_column(grid, column)));
    of_tables.chain(below_competencies(page)).collect()
}

fn of_column(grid: &Grid<'_>, column: usize) -> Vec<Edit> {
    let head = &grid.head[column].plain;
    let is_numbered = |cell: &Cell| is_number(&cell.plain);
    if !counts_levels(head) || !grid.column(column).all(is_numbered) {
        return Vec::new();
    }
    let blank = if head.is_ascii() { " " } else { "" };
    grid.column(column).map(|cell| Edit::insert(cell.span.start, format!("{head}{blank}"))).collect()
}

/// Returns the edits that name levels which are numbers alone, below each of several competencies: `**2** You write`, or
/// the items of one numbered list of the same length below each.
fn below_competencies(page: &DraftPage) -> Vec<Edit> {
    const SECTIONS: usize = 2;
    const ITEMS: usize = 3;
    let headings = || page.sections().iter().filter_map(|section| section.heading.as_ref());
    if page.names().are_wished() || headings().any(|heading| page.is_level(&heading.text.plain())) {
        return Vec::new();
    }
    let word = match guessed(&page.text) {
        "ja" => "レベル",
        "zh-TW" => "等級",
        "zh-CN" => "等级",
        _ => "Level ",
    };
    let in_bold: Vec<Vec<usize>> = page.sections().iter().map(|section| numbers_in_bold(page, section)).collect();
    let bold: Vec<_> = in_bold.into_iter().filter(|numbers| numbers.len() >= 2).collect();
    if bold.len() >= SECTIONS {
        return bold.into_iter().flatten().map(|at| Edit::insert(at, word)).collect();
    }
    let lists: Vec<Vec<usize>> = page.sections().iter().filter_map(numbered_list).collect();
    let asking = page.sections().iter().filter(|section| section.blocks.iter().any(|it| is_list(&it.kind))).count();
    let are_levels = lists.len() >= SECTIONS
        && lists.len() == asking
        && lists.iter().all(|list| list.len() == lists[0].len() && list.len() >= ITEMS);
    let items = lists.iter().filter(|_| are_levels).flat_map(|list| list.iter().enumerate());
    items.map(|(at, &start)| Edit::insert(start, format!("{word}{}: ", at + 1))).collect()
}

/// Returns where the numbers stand that paragraphs of a section begin with in bold, if they count from one.
fn numbers_in_bold(page: &DraftPage, section: &Section) -> Vec<usize> {
    let number = |span: &Span| {
        let (number, _) = page.written(span).strip_prefix("**")?.split_once("**")?;
        number.trim_end_matches(['.', ':']).parse::<usize>().ok()
    };
    let paragraphs = section.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph(_)));
    let numbers: Vec<_> = paragraphs.filter_map(|block| Some((number(&block.span)?, block.span.start + 2))).collect();
    let count = numbers.iter().enumerate().all(|(at, (number, _))| *number == at + 1);
    numbers.into_iter().filter(|_| count).map(|(_, start)| start).collect()
}

fn is_list(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::List(_))
}

/// Returns where the items begin of the only list of a section, if it has numbers.
fn numbered_list(section: &Section) -> Option<Vec<usize>> {
    let mut lists = section.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::List(list) => Some(list),
        _ => None,
    });
    let list = lists.next().filter(|list| list.start == Some(1) && lists.next().is_none())?;
    let starts = list.items.iter().map(|item| match &item.blocks.first()?.kind {
        BlockKind::Paragraph(paragraph) => Some(paragraph.text.span.start),
        _ => None,
    });
    starts.collect::<Option<Vec<_>>>().filter(|_| section.heading.is_some())
}

/// Returns what stands before the names in headings: the numbers of sections, and words that recur before each level, as
/// `What this looks like at` in `What this looks like at L1`.
pub(crate) fn before_names(page: &DraftPage) -> Vec<Span> {
    let headings = || page.sections().iter().filter_map(|section| section.heading.as_ref());
    let numbers: Vec<_> = headings().filter_map(|heading| section_number(page, heading)).collect();
    // `1. Junior` may have its number for itself, but not beside `1.1 Code`.
    let are_sections = numbers.iter().filter(|(_, is_part)| *is_part).count() >= 2;
    let numbers = numbers.into_iter().filter(|_| are_sections).map(|(span, _)| span);
    let mut leads: BTreeMap<String, (BTreeSet<String>, Vec<Span>)> = BTreeMap::new();
    for heading in headings() {
        let written = page.written(&heading.text.span);
        let lower = written.to_ascii_lowercase();
        let ends = [" at ", " for "].into_iter().filter_map(|word| Some(lower.rfind(word)? + word.len()));
        let end = ends.max().or_else(|| lower.starts_with("at ").then_some(3));
        if let Some(end) = end.filter(|&end| page.is_level(slice(written, end..))) {
            let (levels, spans) = leads.entry(slice(&lower, ..end).to_owned()).or_default();
            levels.insert(slice(&lower, end..).to_owned());
            spans.push(heading.text.span.start..heading.text.span.start + end);
        }
    }
    let recurring = leads.into_values().filter(|(levels, spans)| levels.len() >= 2 && spans.len() > levels.len());
    numbers.chain(recurring.flat_map(|(_, spans)| spans)).collect()
}

/// Returns the number that a heading begins with, and whether it is that of a part: `1.2`.
fn section_number(page: &DraftPage, heading: &Heading) -> Option<(Span, bool)> {
    let written = page.written(&heading.text.span);
    let behind = written.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = slice(written, ..written.len() - behind.len());
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('.');
    let rest = behind.trim_start();
    let is_name = rest.len() < behind.len() && rest.contains(char::is_alphabetic);
    let start = heading.text.span.start;
    let is_part = number.trim_end_matches('.').contains('.');
    (is_number && is_name).then(|| (start..start + written.len() - rest.len(), is_part))
}
