//! Categories as the first words of items: `Impact: Ships tasks.`, or `Impact:` above a list of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{parts, trimmed};
use super::draft::TextDraft;
use super::page::DraftPage;
use crate::diagnostic::Span;
use crate::parse::{BlockKind, Item, LevelSign, OutlineLevel, RichText, level_sign};
use crate::text::{Edit, line_start, slice};

/// Longer than the name of a category.
const MAX_CHARS: usize = 40;
const MAX_WORDS: usize = 5;

/// What an item or a paragraph begins with, and what follows.
pub(super) struct Led {
    pub(super) label: Span,
    pub(super) name: String,
    pub(super) rest: Span,
    /// The mark of emphasis that began before the label and goes on in the rest.
    mark: &'static str,
    /// Items of a list below it.
    pub(super) items: Vec<Span>,
}

/// A list or paragraph right below the heading of a level.
struct Run {
    level: usize,
    /// How deep the headings of its categories are.
    depth: u8,
    span: Span,
    units: Vec<(Span, Option<Led>)>,
    is_list: bool,
}

/// A page with headings in place of first words.
pub(crate) struct LedPage {
    pub(crate) draft: TextDraft,
    /// First words, each written once for all others that are the same.
    pub(crate) repeated: Vec<Span>,
}

/// Makes headings of the first words of items, where the same ones stand on most levels. None where they do not.
pub(crate) fn restructure(page: &DraftPage) -> Option<LedPage> {
    let outline = page.outline();
    let starts_of = |is_bare: bool| {
        let has_names = |level: &OutlineLevel| level.categories.iter().any(|category| category.title.is_some());
        let levels = outline.levels().filter(move |level| !is_bare || !has_names(level));
        levels.map(|level| level.span.start).collect::<BTreeSet<usize>>()
    };
    // Where lists have names already, their items keep their first words.
    let bare = starts_of(true);
    let mut starts = starts_of(false);
    // Without lists, levels are told by their names.
    if starts.is_empty() {
        let headings = page.sections().iter().filter_map(|section| section.heading.as_ref());
        starts.extend(headings.filter(|it| page.is_level(&it.text.plain())).map(|it| it.text.span.start));
    }
    let mut runs = Vec::new();
    for (level, section) in page.sections().iter().enumerate() {
        let Some(heading) = section.heading.as_ref().filter(|it| starts.contains(&it.text.span.start)) else {
            continue;
        };
        for block in &section.blocks {
            let (units, is_list) = match &block.kind {
                BlockKind::List(list) if bare.contains(&heading.text.span.start) => {
                    (list.items.iter().map(|item| (item.span.0.clone(), led_item(page, item))).collect(), true)
                }
                BlockKind::Paragraph(_) => (led_lines(page, block.span.0.clone()), false),
                _ => continue,
            };
            let depth = (heading.depth + 1).min(6);
            runs.push(Run { level, depth, span: block.span.0.clone(), units, is_list });
        }
    }
    let known = recurring(&runs);
    let led = |unit: &(Span, Option<Led>)| unit.1.as_ref().is_some_and(|led| known.contains(&led.name));
    // A paragraph without a label is text; an item without one is asked of nobody in particular.
    runs.retain(|run| run.is_list || run.units.iter().any(led));
    let all = runs.iter().flat_map(|run| &run.units).count();
    let some = runs.iter().flat_map(|run| &run.units).filter(|unit| led(unit)).count();
    if known.is_empty() || some * 2 < all {
        return None;
    }
    let mut draft = TextDraft::default();
    let mut at = 0;
    for of_level in runs.chunk_by(|a, b| a.level == b.level) {
        let Some((first, last)) = of_level.first().zip(of_level.last()) else { continue };
        draft.append(page.part(at..first.span.start));
        write(page, of_level, &known, &mut draft);
        // Text between the lists of a level stands behind them.
        for pair in of_level.windows(2) {
            let between = page.written(&(pair[0].span.end..pair[1].span.start)).trim();
            if !between.is_empty() {
                draft.part();
                draft.append(page.part(pair[0].span.end..pair[1].span.start));
            }
        }
        draft.part();
        at = last.span.end;
    }
    draft.append(page.part(at..page.text.len()));
    let mut written = BTreeSet::new();
    let labels = runs.iter().flat_map(|run| run.units.iter().filter(|unit| led(unit)).map(|unit| (run.level, unit)));
    let repeated = labels.filter_map(|(level, (span, led))| {
        let led = led.as_ref()?;
        let is_first = written.insert((level, led.name.clone()));
        Some(span.start..if is_first { led.label.start } else { led.label.end })
    });
    let repeated = repeated.collect();
    Some(LedPage { draft, repeated })
}

/// Returns the first words that stand on at least half of the levels, and on two of them.
fn recurring(runs: &[Run]) -> BTreeSet<String> {
    let levels: BTreeSet<usize> = runs.iter().map(|run| run.level).collect();
    let mut on: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut above_lists: BTreeSet<&str> = BTreeSet::new();
    for run in runs {
        for led in run.units.iter().filter_map(|(_, led)| led.as_ref()) {
            on.entry(&led.name).or_default().insert(run.level);
            if led.rest.is_empty() {
                above_lists.insert(&led.name);
            }
        }
    }
    let is_common = |levels_with: usize| levels_with >= 2 && levels_with * 2 >= levels.len();
    let common: BTreeSet<&str> =
        on.iter().filter(|(_, levels)| is_common(levels.len())).map(|(name, _)| *name).collect();
    // Once some are, what only names a list is one, too.
    let others = above_lists.into_iter().filter(|_| !common.is_empty());
    common.iter().copied().chain(others).map(str::to_owned).collect()
}

fn write(page: &DraftPage, runs: &[Run], known: &BTreeSet<String>, draft: &mut TextDraft) {
    let units: Vec<_> = runs.iter().flat_map(|run| &run.units).collect();
    let is_known = |led: &Option<Led>| led.as_ref().is_some_and(|led| known.contains(&led.name));
    for (span, _) in units.iter().filter(|(_, led)| !is_known(led)) {
        draft.append(page.part(span.clone()));
        draft.end_line();
    }
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut categories: Vec<Vec<(&Span, &Led)>> = Vec::new();
    for (span, led) in units.iter().filter_map(|(span, led)| Some((span, led.as_ref()?))) {
        if known.contains(&led.name) {
            let place = *places.entry(&led.name).or_insert(categories.len());
            categories.resize_with(categories.len().max(place + 1), Vec::new);
            categories[place].push((span, led));
        }
    }
    for category in categories {
        draft.part();
        draft.add(format!("{} ", "#".repeat(runs[0].depth.into())));
        draft.append(page.part(category[0].1.label.clone()));
        draft.part();
        for (span, led) in category {
            let is_item = page.written(span).trim_start().starts_with(|c: char| "-*+0123456789".contains(c))
                && !page.written(span).starts_with("**");
            let criteria = match (led.rest.is_empty(), is_item) {
                (true, _) => led.items.clone(),
                (false, true) => vec![led.rest.clone()],
                (false, false) => parts(&page.text, led.rest.clone()),
            };
            for criterion in criteria {
                draft.add(format!("- {}", led.mark));
                draft.append(dedented(page, criterion));
                draft.end_line();
            }
        }
    }
}

/// Returns the text of an item whose list is no longer inside another one.
pub(crate) fn dedented(page: &DraftPage, span: Span) -> TextDraft {
    let mut part = page.part(span.clone());
    let line = line_start(&page.text, span.start);
    let before = slice(&page.text, line..span.start);
    let indent = before.len() - before.trim_start().len();
    let written = page.written(&span);
    let mut edits = Vec::new();
    for (at, _) in written.match_indices('\n') {
        let rest = slice(written, at + 1..);
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        edits.push(Edit::delete(at + 1..at + 1 + blanks.min(indent)));
    }
    part.edit(edits);
    part
}

fn led_item(page: &DraftPage, item: &Item) -> Option<Led> {
    let (first, rest) = item.blocks.split_first()?;
    let BlockKind::Paragraph(paragraph) = &first.kind else { return None };
    let mut led = match led(page, paragraph.text.span.0.clone()) {
        Some(led) => led,
        // `Teamwork` above a list needs no colon.
        None if !rest.is_empty() => bare(page, paragraph.text.span.0.clone())?,
        None => return None,
    };
    if led.rest.is_empty() {
        let [list] = rest else { return None };
        let BlockKind::List(list) = &list.kind else { return None };
        led.items = list
            .items
            .iter()
            .filter_map(|item| {
                let start = item.blocks.first()?.span.start;
                Some(start..start + page.written(&(start..item.span.end)).trim_end().len())
            })
            .collect();
    } else {
        led.rest.end = led.rest.start + page.written(&(led.rest.start..item.span.end)).trim_end().len();
    }
    Some(led)
}

/// Reads a paragraph whose lines may each have a label of their own.
fn led_lines(page: &DraftPage, span: Span) -> Vec<(Span, Option<Led>)> {
    let read = |span: &Span| led(page, span.clone()).filter(|led| !led.rest.is_empty());
    let mut lines = Vec::new();
    let mut start = span.start;
    for line in page.written(&span).split_inclusive('\n') {
        let trimmed = trimmed(&page.text, start..start + line.trim_end().trim_end_matches('\\').len());
        start += line.len();
        let led = read(&trimmed);
        lines.push((trimmed, led));
    }
    match lines.len() > 1 && lines.iter().all(|(_, led)| led.is_some()) {
        true => lines,
        false => vec![(span.clone(), read(&span))],
    }
}

/// Reads the first words of a text up to a colon, or those in bold.
fn led(page: &DraftPage, span: Span) -> Option<Led> {
    const MARKS: [&str; 2] = ["**", "__"];
    let written = page.written(&span);
    let bold = MARKS.iter().find(|mark| written.starts_with(**mark));
    let (label, rest) = match bold {
        Some(mark) => {
            let end = slice(written, 2..).find(*mark)? + 2;
            let (label, tail) = in_bold(slice(written, 2..end));
            if let Some(tail) = tail {
                // `**Technology - Adopts**: learns`: the category, and a word on what it is about.
                return led_by(page, &span, 2 + label.start..2 + label.end, 2 + tail, mark);
            }
            if label.start > 0 {
                return led_by(page, &span, 2 + label.start..2 + label.end, after_mark(written, end + 2), "");
            }
            let inside = slice(written, 2..end).trim_end_matches([':', '：', ' ']);
            (2..2 + inside.len(), after_mark(written, end + 2))
        }
        None => {
            let at = written.find([':', '：'])?;
            let colon = slice(written, at..).chars().next()?;
            let behind = slice(written, at + colon.len_utf8()..);
            // `10:30` and `https://` have no space behind the colon.
            if colon == ':' && !behind.is_empty() && !behind.starts_with([' ', '\n']) {
                return None;
            }
            (0..slice(written, ..at).trim_end().len(), written.len() - behind.trim_start().len())
        }
    };
    led_by(page, &span, label, rest, "")
}

fn led_by(page: &DraftPage, span: &Span, label: Span, rest: usize, mark: &'static str) -> Option<Led> {
    let name = named(slice(page.written(span), label.clone()))?;
    let label = span.start + label.start..span.start + label.end;
    Some(Led { label, name, rest: span.start + rest..span.end, mark, items: Vec::new() })
}

/// Returns where the words begin behind a label in bold.
fn after_mark(written: &str, end: usize) -> usize {
    let behind = slice(written, end..).trim_start();
    let behind = behind.strip_prefix([':', '：', '-', '–', '—']).unwrap_or(behind).trim_start();
    written.len() - behind.len()
}

/// Returns the label in a text in bold, without the address of a link, and where something else begins behind a dash.
fn in_bold(inside: &str) -> (Span, Option<usize>) {
    let link = inside.strip_prefix('[').and_then(|inside| inside.split_once("]("));
    let (label, behind) = match link {
        Some((words, rest)) => {
            let end = 1 + words.len() + 2 + rest.find(')').map_or(rest.len(), |at| at + 1);
            (1..1 + words.len(), end)
        }
        None => {
            let end = [" - ", " – ", " — "].iter().filter_map(|dash| inside.find(dash)).min().unwrap_or(inside.len());
            (0..end, end)
        }
    };
    let tail = slice(inside, behind..).trim_start_matches([' ', '-', '–', '—']);
    let has_words = tail.contains(char::is_alphanumeric);
    (label, has_words.then_some(inside.len() - tail.len()))
}

fn bare(page: &DraftPage, span: Span) -> Option<Led> {
    let written = page.written(&span).trim_end();
    let name = named(written)?;
    let label = span.start..span.start + written.len();
    Some(Led { label, name, rest: span.end..span.end, mark: "", items: Vec::new() })
}

impl Led {
    /// Returns what an item asks.
    pub(super) fn criteria(&self) -> Vec<Span> {
        if self.items.is_empty() { vec![self.rest.clone()] } else { self.items.clone() }
    }
}

/// Reads the name of a level that an item or a paragraph begins with.
pub(super) fn led_level(page: &DraftPage, item: Option<&Item>, span: Span) -> Option<Led> {
    let led = item.map_or_else(|| led(page, span.clone()), |item| led_item(page, item));
    led.filter(|led| page.is_level(page.written(&led.label))).or_else(|| led_by_level(page, span))
}

/// Reads the name that an item or a paragraph begins with: that of a level, or any other.
pub(super) fn led_name(page: &DraftPage, item: Option<&Item>, text: &RichText) -> Option<Led> {
    let span = text.span.0.clone();
    let other = || item.map_or_else(|| led(page, span.clone()), |item| led_item(page, item));
    led_level(page, item, span.clone()).or_else(other)
}

/// Reads the name of a level that nothing parts from what is asked: `Level 2 Reviews code.`, `L3 - Leads.`
fn led_by_level(page: &DraftPage, span: Span) -> Option<Led> {
    const WORDS: usize = 5;
    let written = page.written(&span).trim_end();
    let dash = [" - ", " – ", " — "].iter().filter_map(|dash| Some((written.find(dash)?, dash.len()))).min();
    let dashed = dash.filter(|(at, _)| page.is_level(slice(written, ..*at)));
    let counted = || {
        let is_numbered = |name: &str| matches!(level_sign(name), Some(LevelSign::Code | LevelSign::Number));
        let mut blanks = written.match_indices([' ', '\u{3000}']).take(WORDS);
        blanks.find(|(at, _)| is_numbered(slice(written, ..*at))).map(|(at, blank)| (at, blank.len()))
    };
    let (end, length) = dashed.or_else(counted)?;
    let rest = slice(written, end + length..);
    let rest = written.len() - rest.trim_start_matches([' ', '-', '–', '—']).len();
    let name = slice(written, ..end).to_lowercase();
    let label = span.start..span.start + end;
    Some(Led { label, name, rest: span.start + rest..span.start + written.len(), mark: "", items: Vec::new() })
}

fn named(words: &str) -> Option<String> {
    let is_name = words.starts_with(|c: char| c.is_uppercase() || !c.is_ascii() && c.is_alphabetic())
        && words.chars().count() <= MAX_CHARS
        && words.split_whitespace().count() <= MAX_WORDS
        && !words.contains(['.', '。', '，', ',', '[', '`', '\n']);
    is_name.then(|| words.to_lowercase())
}
