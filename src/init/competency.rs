//! Ladders that have the competency first, and the levels below it: they are turned round.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::parts;
use super::draft::TextDraft;
use super::entries::{Content, Entries, Entry};
use super::leading::led_level;
use super::page::DraftPage;
use super::statements::own_words;
use crate::diagnostic::Span;
use crate::parse::{Block, BlockKind, Section};

/// What one level asks in one competency.
struct Rung {
    /// The section of the competency.
    competency: usize,
    level: Span,
    name: String,
    /// Names between the competency and what is asked.
    parts: Vec<(Option<Span>, Content)>,
}

/// A page with its levels above its competencies.
pub(crate) struct Turned {
    pub(crate) draft: TextDraft,
    /// Names of levels and competencies, each written once for all others of its name.
    pub(crate) repeated: Vec<Span>,
}

/// Turns the sections of competencies into levels. None if levels do not stand below competencies.
pub(crate) fn restructure(page: &DraftPage) -> Option<Turned> {
    let sections = page.sections();
    let rungs = below_headings(page).or_else(|| below_labels(page)).or_else(|| leading_items(page))?;
    let competencies: BTreeSet<usize> = rungs.iter().map(|rung| rung.competency).collect();
    let mut entries = Vec::new();
    let mut used: BTreeSet<usize> = competencies.iter().map(|&at| sections[at].span.start).collect();
    let mut described = BTreeSet::new();
    for rung in &rungs {
        let competency = sections[rung.competency].heading.as_ref()?.text.span.0.clone();
        if described.insert(rung.competency) {
            let own = sections[rung.competency].blocks.iter().filter(|block| block.span.end <= rung.level.start);
            let content = Content::Blocks(own.map(|block| block.span.0.clone()).collect());
            entries.push(Entry { level: Vec::new(), category: vec![competency.clone()], content });
        }
        for (part, content) in &rung.parts {
            let category = std::iter::once(competency.clone()).chain(part.clone()).collect();
            entries.push(Entry { level: vec![rung.level.clone()], category, content: content.clone() });
        }
    }
    used.extend(rungs.iter().flat_map(|rung| {
        let own = std::iter::once(&rung.level).chain(rung.parts.iter().filter_map(|(part, _)| part.as_ref()));
        own.filter_map(|span| section_at(sections, span)).collect::<Vec<_>>()
    }));
    let entries = Entries::new(page, entries);
    if entries.is_empty() {
        return None;
    }
    let first = sections[*competencies.first()?].span.start;
    let mut draft = TextDraft::default();
    let (before, behind): (Vec<_>, Vec<_>) =
        sections.iter().filter(|section| !used.contains(&section.span.start)).partition(|s| s.span.start < first);
    before.into_iter().for_each(|section| draft.append(page.part(section.span.0.clone())));
    entries.write(&mut draft);
    for section in behind {
        draft.part();
        draft.append(page.part(section.span.0.clone()));
    }
    let repeated = rungs.iter().map(|rung| rung.level.clone()).collect();
    Some(Turned { draft, repeated })
}

fn is_list(block: &Block) -> bool {
    matches!(block.kind, BlockKind::List(_))
}

/// Returns where the section begins that has a name as its heading.
fn section_at(sections: &[Section], name: &Span) -> Option<usize> {
    let is_named = |section: &&Section| section.heading.as_ref().is_some_and(|heading| heading.text.span.0 == *name);
    sections.iter().find(is_named).map(|section| section.span.start)
}

/// Finds levels as headings below those of competencies: the same names, below two or more of them.
fn below_headings(page: &DraftPage) -> Option<Vec<Rung>> {
    let sections = page.sections();
    let depth_of = |at: usize| sections[at].heading.as_ref().map(|heading| heading.depth);
    let name_of = |at: usize| sections[at].heading.as_ref().map(|heading| heading.text.plain().trim().to_lowercase());
    let named = |at: &usize| sections[*at].heading.as_ref().is_some_and(|heading| page.is_level(&heading.text.plain()));
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    (0..sections.len()).filter(named).filter_map(depth_of).for_each(|depth| *counts.entry(depth).or_default() += 1);
    let (&depth, &count) = counts.iter().max_by_key(|(depth, count)| (**count, **depth))?;
    let at_depth = (0..sections.len()).filter(|&at| depth_of(at) == Some(depth)).count();
    let levels: Vec<usize> = (0..sections.len()).filter(|&at| depth_of(at) == Some(depth)).filter(named).collect();
    let parent = |at: usize| (0..at).rev().find(|&other| depth_of(other).is_some_and(|other| other < depth));
    let rungs = levels.iter().map(|&at| {
        let heading = sections[at].heading.as_ref()?;
        let end = (at + 1..sections.len()).find(|&next| depth_of(next) <= Some(depth)).unwrap_or(sections.len());
        let blocks = |section: &Section| kept(&section.blocks);
        let below = sections[at + 1..end].iter().map(|section| {
            let name = section.heading.as_ref().map(|heading| heading.text.span.0.clone());
            (name, blocks(section))
        });
        let parts = std::iter::once((None, blocks(&sections[at]))).chain(below).collect();
        let competency = parent(at).filter(|at| !named(at))?;
        Some(Rung { competency, level: heading.text.span.0.clone(), name: name_of(at)?, parts })
    });
    let rungs: Vec<Rung> = rungs.collect::<Option<_>>()?;
    (count * 2 > at_depth && is_repeated(&rungs)).then_some(rungs)
}

/// Finds levels as labels of lists, below headings of competencies.
fn below_labels(page: &DraftPage) -> Option<Vec<Rung>> {
    let mut rungs = Vec::new();
    for (at, section) in page.sections().iter().enumerate() {
        let is_competency = section.heading.as_ref().is_some_and(|heading| !page.is_level(&heading.text.plain()));
        let named = |block: &Block| page.level_label(block);
        for (place, block) in section.blocks.iter().enumerate().filter(|_| is_competency) {
            let Some(name) = named(block) else { continue };
            let below = &section.blocks[place + 1..];
            let below = &below[..below.iter().position(|block| named(block).is_some()).unwrap_or(below.len())];
            let written = page.written(&block.span);
            let start = block.span.start + written.len() - written.trim_start_matches(['*', '_']).len();
            let words = written.trim_end().trim_end_matches(['*', '_', ':', '：']);
            rungs.push(Rung {
                competency: at,
                level: start..(block.span.start + words.len()).max(start),
                name: name.to_lowercase(),
                parts: vec![(None, kept(below))],
            });
        }
    }
    is_repeated(&rungs).then_some(rungs)
}

/// Finds levels as the first words of items and of paragraphs, below headings of competencies.
fn leading_items(page: &DraftPage) -> Option<Vec<Rung>> {
    let mut rungs: Vec<Rung> = Vec::new();
    let (mut named, mut all) = (0, 0);
    for (at, section) in page.sections().iter().enumerate() {
        if section.heading.as_ref().is_none_or(|heading| page.is_level(&heading.text.plain())) {
            continue;
        }
        let before = rungs.len();
        for block in &section.blocks {
            let units: Vec<_> = match &block.kind {
                BlockKind::List(list) => {
                    let of_item = |item| Some((Some(item), own_words(item)?.span.0.clone()));
                    list.items.iter().filter_map(of_item).collect()
                }
                BlockKind::Paragraph(paragraph) => vec![(None, paragraph.text.span.0.clone())],
                _ => Vec::new(),
            };
            let found: Vec<_> = units.iter().filter_map(|(item, span)| led_level(page, *item, span.clone())).collect();
            // What names no level goes on with the one before it.
            if found.is_empty()
                && let Some(rung) = rungs.get_mut(before..).and_then(<[Rung]>::last_mut)
            {
                rung.parts.push((None, kept(std::slice::from_ref(block))));
            }
            if is_list(block) || !found.is_empty() {
                (named, all) = (named + found.len(), all + units.len());
            }
            for led in found {
                let criteria = match is_list(block) {
                    true => led.criteria(),
                    false => parts(&page.text, led.rest),
                };
                let parts = vec![(None, Content::Criteria(criteria))];
                rungs.push(Rung { competency: at, level: led.label, name: led.name, parts });
            }
        }
    }
    (named * 2 > all && is_repeated(&rungs)).then_some(rungs)
}

fn kept(blocks: &[Block]) -> Content {
    Content::Blocks(blocks.iter().map(|block| block.span.0.clone()).collect())
}

/// Whether the same levels stand below several competencies, and several levels below one.
fn is_repeated(rungs: &[Rung]) -> bool {
    let mut competencies: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for rung in rungs {
        competencies.entry(&rung.name).or_default().insert(rung.competency);
    }
    competencies.len() >= 2 && competencies.values().any(|below| below.len() >= 2)
}
