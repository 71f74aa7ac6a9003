//! Levels with their categories, gathered from wherever a document has them, and written as headings and lists.

use std::collections::{BTreeSet, HashMap};

use super::draft::TextDraft;
use super::leading::dedented;
use super::page::DraftPage;
use crate::diagnostic::Span;
use crate::parse::{LevelHeading, level_rank};

/// What a level asks in a category, as places of a page.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The name of the level: its title, or its code and its title. Empty for what is said of a category on all levels.
    pub(crate) level: Vec<Span>,
    /// The name of the category, perhaps with that of the table or section around it before it.
    pub(crate) category: Vec<Span>,
    pub(crate) content: Content,
}

#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Text that is a criterion each.
    Criteria(Vec<Span>),
    /// Text that is a paragraph each.
    Paragraphs(Vec<Span>),
    /// Blocks that are kept as they are.
    Blocks(Vec<Span>),
}

impl Content {
    fn is_empty(&self) -> bool {
        let (Self::Criteria(spans) | Self::Paragraphs(spans) | Self::Blocks(spans)) = self;
        spans.is_empty()
    }
}

/// All entries of a page, each with the names of its level and category by which others of the same name are known.
pub(crate) struct Entries<'a> {
    page: &'a DraftPage,
    all: Vec<(Entry, String, String)>,
    /// Where each name stands first.
    first: HashMap<String, usize>,
}

impl<'a> Entries<'a> {
    pub(crate) fn new(page: &'a DraftPage, all: Vec<Entry>) -> Self {
        let mut first = HashMap::new();
        let mut known = |span: &Span| {
            let place = first.entry(name(page, std::slice::from_ref(span))).or_insert(span.start);
            *place = span.start.min(*place);
        };
        let all = all.into_iter().filter(|entry| !entry.content.is_empty()).map(|entry| {
            entry.level.iter().chain(&entry.category).for_each(&mut known);
            let (level, category) = (name(page, &entry.level), name(page, &entry.category));
            (entry, level, category)
        });
        let mut all: Vec<(Entry, String, String)> = all.collect();
        // A code stands for the only level that has it and a title.
        let whole: BTreeSet<String> = all.iter().filter(|it| it.0.level.len() > 1).map(|it| it.1.clone()).collect();
        for (_, level, _) in all.iter_mut().filter(|(entry, ..)| entry.level.len() == 1) {
            let titled =
                whole.iter().filter(|name| name.strip_prefix(&**level).is_some_and(|it| it.starts_with(" = ")));
            let titled: Vec<_> = titled.collect();
            if let [titled] = titled.as_slice() {
                level.clone_from(titled);
            }
        }
        Self { page, all, first }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether a level or a category before it has this name.
    pub(crate) fn repeat(&self, span: &Span) -> bool {
        let first = self.first.get(&name(self.page, std::slice::from_ref(span)));
        first.is_some_and(|first| *first < span.start)
    }

    /// Returns the places of all names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Span> {
        self.all.iter().flat_map(|(entry, ..)| entry.level.iter().chain(&entry.category))
    }

    /// Returns the entries of each level, the lowest first as far as their names tell.
    fn levels(&self) -> Vec<(&str, Vec<(&Entry, &str)>)> {
        let of_level = self.all.iter().filter(|(entry, ..)| !entry.level.is_empty());
        let mut levels = grouped(of_level.map(|(entry, level, category)| (level.as_str(), (entry, category.as_str()))));
        let plain = |level: &str| level.replace(['*', '_', '`'], "");
        let rank = |level: &str| level_rank(&written_name(&plain(level)));
        let ranks: Vec<_> = levels.iter().map(|(level, _)| rank(level)).collect();
        let is_known = ranks.iter().all(Option::is_some);
        let is_of_one_kind = ranks.iter().flatten().all(|(kind, _)| ranks[0].is_some_and(|first| first.0 == *kind));
        if is_known && is_of_one_kind {
            levels.sort_by_cached_key(|(level, _)| rank(level));
        }
        levels
    }

    /// Writes what is said of categories on all levels, and the levels, each with its categories.
    pub(crate) fn write(&self, draft: &mut TextDraft) {
        let of_all = self.all.iter().filter(|(entry, ..)| entry.level.is_empty());
        for (_, entries) in grouped(of_all.map(|(entry, _, category)| (category.as_str(), entry))) {
            self.heading("## ", &entries[0].category, draft);
            entries.iter().for_each(|entry| self.content(&entry.content, draft));
        }
        for (_, entries) in self.levels() {
            draft.part();
            draft.add("## ");
            let names = entries.iter().rev().map(|(entry, _)| &entry.level).max_by_key(|names| names.len());
            let names = names.map_or(&[][..], Vec::as_slice);
            for (at, part) in names.iter().enumerate() {
                if at > 0 {
                    let is_coded = !LevelHeading::read(self.page.written(&names[0])).codes.is_empty();
                    draft.add(if is_coded { " = " } else { ": " });
                }
                draft.append(self.page.part(trimmed(self.page, part)));
            }
            for (_, of_category) in grouped(entries.into_iter().map(|(entry, category)| (category, entry))) {
                self.heading("### ", &of_category[0].category, draft);
                of_category.iter().for_each(|entry| self.content(&entry.content, draft));
            }
        }
    }

    fn heading(&self, signs: &str, category: &[Span], draft: &mut TextDraft) {
        draft.part();
        if category.is_empty() {
            return;
        }
        draft.add(signs);
        for (at, part) in category.iter().enumerate() {
            if at > 0 {
                draft.add(": ");
            }
            draft.append(self.page.part(trimmed(self.page, part)));
        }
        draft.part();
    }

    fn content(&self, content: &Content, draft: &mut TextDraft) {
        match content {
            Content::Criteria(criteria) => {
                for criterion in criteria {
                    draft.add("- ");
                    self.sentence(criterion, draft);
                    draft.add("\n");
                }
            }
            Content::Paragraphs(paragraphs) => {
                for paragraph in paragraphs {
                    draft.part();
                    self.sentence(paragraph, draft);
                }
            }
            Content::Blocks(blocks) => {
                for block in blocks {
                    draft.part();
                    draft.append(self.page.part(block.clone()));
                }
            }
        }
    }

    /// Writes text that begins a block as text, whatever Markdown would make of its beginning there.
    fn sentence(&self, text: &Span, draft: &mut TextDraft) {
        let mut start = text.start;
        if let Some(at) = guard(self.page.written(text)) {
            draft.append(self.page.part(start..start + at));
            draft.add("\\");
            start += at;
        }
        draft.append(dedented(self.page, start..text.end));
    }
}

/// Returns things by their names, in the order in which each name comes first.
fn grouped<'a, T>(named: impl Iterator<Item = (&'a str, T)>) -> Vec<(&'a str, Vec<T>)> {
    let mut groups: Vec<(&str, Vec<T>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (name, thing) in named {
        let place = *places.entry(name).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(thing),
            None => groups.push((name, vec![thing])),
        }
    }
    groups
}

fn name(page: &DraftPage, spans: &[Span]) -> String {
    let words: Vec<_> = spans.iter().map(|span| page.written(&trimmed(page, span)).trim().to_lowercase()).collect();
    words.join(" = ")
}

/// A name in lower case, with its code and its numeral as they are written.
fn written_name(name: &str) -> String {
    let mut words: Vec<_> = name.split(' ').map(str::to_owned).collect();
    if let Some(last) = words.last_mut().filter(|last| last.chars().all(|c| ['i', 'v', 'x'].contains(&c))) {
        *last = last.to_uppercase();
    }
    words.join(" ")
}

/// Returns a name without the marks of emphasis around it, and without the address of a link.
fn trimmed(page: &DraftPage, span: &Span) -> Span {
    let written = page.written(span);
    let mut name = written.trim();
    let mut start = span.start + written.len() - written.trim_start().len();
    for mark in ["**", "__", "*", "_"] {
        let inside = name.strip_prefix(mark).and_then(|name| name.strip_suffix(mark));
        if let Some(inside) = inside.filter(|inside| !inside.trim().is_empty() && !inside.contains(mark)) {
            (start, name) = (start + mark.len(), inside);
        }
    }
    let link = name.strip_prefix('[').and_then(|name| name.strip_suffix(')')).and_then(|name| name.split_once("]("));
    match link {
        Some((words, _)) if !words.contains(['[', ']']) => start + 1..start + 1 + words.len(),
        _ => start..start + name.len(),
    }
}

/// Returns where a backslash has to stand in words that would begin a heading, a quotation or a list and did not in a
/// cell.
fn guard(words: &str) -> Option<usize> {
    const BLOCKS: [&str; 9] = ["#", ">", "- ", "+ ", "* ", "---", "***", "```", "~~~"];
    let behind = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - behind.len();
    let is_numbered = digits > 0 && behind.starts_with([')', '.']);
    let is_block = BLOCKS.iter().any(|block| words.starts_with(block));
    if is_block { Some(0) } else { is_numbered.then_some(digits) }
}
