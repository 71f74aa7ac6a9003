//! Levels that somebody names: headings of these names are levels, and no others.

use std::collections::BTreeSet;

use super::draft::TextDraft;
use super::leading::led_name;
use super::naming::key;
use super::page::{DraftPage, LevelNames, bare};
use super::statements::own_words;
use super::table::grids;
use crate::diagnostic::Refusal;
use crate::parse::{BlockKind, Heading, LevelHeading, Section};
use crate::text::{list, nearest_few};

/// The depths of headings in a page whose levels are named: of other sections, of levels, and of what stands below them.
const OTHER: usize = 2;
const LEVEL: usize = 3;
const CATEGORY: usize = 4;

/// Returns a page in which the headings that are wished are levels: they have ids, and a depth of their own. None if
/// there are none.
pub(crate) fn levels(page: &DraftPage) -> Option<TextDraft> {
    let sections = page.sections();
    let is_level = |heading: &Heading| page.is_level(&heading.text.plain());
    let depth = sections.iter().filter_map(|it| it.heading.as_ref()).find(|it| is_level(it))?.depth;
    let mut draft = TextDraft::default();
    let mut ids = BTreeSet::new();
    let mut is_inside = false;
    for section in sections {
        let Some(heading) = &section.heading else {
            draft.append(page.part(section.span.0.clone()));
            continue;
        };
        let is_wished = heading.depth == depth && is_level(heading);
        is_inside = is_wished || (is_inside && heading.depth > depth);
        let new = match (is_wished, is_inside) {
            (true, _) => LEVEL,
            (false, true) => CATEGORY,
            (false, false) if heading.depth < depth && heading.depth == 1 => 1,
            (false, false) => OTHER,
        };
        draft.part();
        draft.add(format!("{} ", "#".repeat(new)));
        draft.append(page.part(heading.text.span.0.clone()));
        if is_wished && heading.attributes.id.is_none() {
            draft.add(format!(" {{#{}}}", id(heading, &mut ids)));
        } else if !heading.attributes.is_empty() {
            draft.add(" ");
            draft.append(page.part(heading.attributes.span.clone()));
        }
        draft.part();
        draft.append(page.part(blocks_start(section)..section.span.end));
    }
    Some(draft)
}

/// Returns what may be a name of a level in a page: its headings, labels, names in tables and first words of items.
pub(super) fn names_in(page: &DraftPage) -> Vec<String> {
    let mut names = Vec::new();
    for section in page.sections() {
        names.extend(section.heading.as_ref().map(|heading| heading.text.plain()));
        for block in &section.blocks {
            names.extend(page.label(block));
            if let BlockKind::List(list) = &block.kind {
                for item in &list.items {
                    let Some(text) = own_words(item) else { continue };
                    let led = led_name(page, Some(item), text);
                    names.push(led.map_or_else(|| text.plain(), |led| page.written(&led.label).to_owned()));
                }
            }
        }
    }
    let grids = grids(page, page.sections());
    let cells = grids.iter().flat_map(|grid| grid.head.iter().chain(grid.rows.iter().filter_map(|row| row.first())));
    names.extend(cells.map(|cell| cell.plain.clone()));
    names.retain(|name| name.contains(char::is_alphanumeric));
    names
}

/// Refuses a name that nothing in the documents has. None if something has it.
pub(super) fn unknown_name(wished: &str, names: &[String]) -> Option<Refusal> {
    let known = LevelNames::new(&[wished.to_owned()]);
    if names.iter().any(|name| known.contain(name)) {
        return None;
    }
    let called: Vec<(String, &String)> = names.iter().map(|name| (bare(name), name)).collect();
    let near = nearest_few(&bare(wished), called.iter().map(|(name, _)| name.as_str()));
    let near = near.into_iter().filter_map(|near| called.iter().find(|(name, _)| name == near)).map(|it| it.1.as_str());
    let holding = names.iter().find(|name| name.to_lowercase().contains(&wished.trim().to_lowercase()));
    let near: BTreeSet<&str> = near.chain(holding.map(String::as_str)).collect();
    let refusal = Refusal::new(format!("nothing in the documents is called `{wished}`"));
    Some(match near.len() {
        0 => refusal.help("write the names of levels as in the documents, or leave --levels out"),
        _ => refusal.help(format!("write {}", list(near.iter().map(|name| format!("`{name}`"))))),
    })
}

fn blocks_start(section: &Section) -> usize {
    section.blocks.first().map_or(section.span.end, |block| block.span.start)
}

fn id(heading: &Heading, taken: &mut BTreeSet<String>) -> String {
    let read = LevelHeading::read(&heading.text.plain());
    let wanted = read.codes.first().cloned().or_else(|| key(&read.title));
    let wanted = wanted.filter(|id| id.starts_with(|c: char| c.is_ascii_alphabetic()));
    let numbered = (1..).map(|number| format!("level-{number}"));
    let free = wanted.into_iter().chain(numbered).find(|id| !taken.contains(&id.to_lowercase()));
    let id = free.unwrap_or_default();
    taken.insert(id.to_lowercase());
    id
}
