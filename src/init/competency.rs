//! Ladders that have the competency first, and the levels below it: they are turned round.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::parts;
use super::draft::TextDraft;
use super::entries::{Content, Entries, Entry};
use super::leading::{Led, led_name};
use super::page::DraftPage;
use super::statements::own_words;
use crate::diagnostic::Span;
use crate::parse::{Block, BlockKind, Item, Section, asks_nothing, is_role, is_title, level_noun};

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
    let depths: BTreeSet<u8> =
        page.sections().iter().filter_map(|section| Some(section.heading.as_ref()?.depth)).collect();
    // The deepest headings whose names recur are the levels, whatever those above them are called.
    depths.into_iter().rev().find_map(|depth| at_depth(page, depth))
}

fn at_depth(page: &DraftPage, depth: u8) -> Option<Vec<Rung>> {
    let sections = page.sections();
    let depth_of = |at: usize| sections[at].heading.as_ref().map(|heading| heading.depth);
    let parent = |at: usize| (0..at).rev().find(|&other| depth_of(other).is_some_and(|other| other < depth));
    let named = (0..sections.len()).filter(|&at| depth_of(at) == Some(depth)).filter_map(|at| {
        let heading = sections[at].heading.as_ref()?;
        Some((at, Named::new(page, parent(at)?, &heading.text.plain())))
    });
    let (places, named): (Vec<_>, Vec<_>) = named.unzip();
    let levels = levels_among(page, &named)?;
    let rungs: Vec<Rung> = places
        .into_iter()
        .zip(&named)
        .filter(|(_, named)| levels.contains(&named.name))
        .filter_map(|(at, named)| {
            let end = (at + 1..sections.len()).find(|&next| depth_of(next) <= Some(depth)).unwrap_or(sections.len());
            let below = sections[at + 1..end].iter().map(|section| {
                let name = section.heading.as_ref().map(|heading| heading.text.span.0.clone());
                (name, kept(&section.blocks))
            });
            let parts = std::iter::once((None, kept(&sections[at].blocks))).chain(below).collect();
            let level = sections[at].heading.as_ref()?.text.span.0.clone();
            Some(Rung { competency: named.competency, level, name: named.name.clone(), parts })
        })
        .collect();
    (rungs.len() * 2 > named.len() && is_repeated(&rungs)).then_some(rungs)
}

/// A name that may be that of a level, below a competency.
struct Named {
    competency: usize,
    name: String,
    /// Whether it is called as a level.
    is_called: bool,
    /// Whether it stands in one list with the names beside it.
    is_item: bool,
}

impl Named {
    fn new(page: &DraftPage, competency: usize, name: &str) -> Self {
        let name = name.trim().trim_end_matches([':', '：']).trim_end();
        Self { competency, name: name.to_lowercase(), is_called: page.is_level(name), is_item: false }
    }
}

/// Decides which names below competencies are levels: those that are called so, and roles that recur beside them, as
/// `Designer` between `Junior Designer` and `Senior Designer`. None if what stands above them are levels.
fn levels_among(page: &DraftPage, all: &[Named]) -> Option<BTreeSet<String>> {
    let called: BTreeSet<&str> = all.iter().filter(|it| it.is_called).map(|it| it.name.as_str()).collect();
    let above: BTreeSet<usize> = all.iter().filter(|it| it.is_called).map(|it| it.competency).collect();
    let title = |at: &usize| page.sections()[*at].heading.as_ref().map(|heading| heading.text.plain());
    let titles: Vec<String> = above.iter().filter_map(title).collect();
    // `Lead by example` is called as a level is, but as no person is.
    let is_person = |name: &str| page.is_level(name) && (page.names().are_wished() || is_title(name));
    let persons = titles.iter().filter(|title| is_person(title)).count();
    let nouns: Vec<_> = called.iter().filter_map(|name| level_noun(name)).collect();
    let is_of_kind = |name: &&&str| {
        is_person(name) || level_noun(name).is_some_and(|noun| nouns.iter().filter(|other| **other == noun).count() > 1)
    };
    let are_levels = called.iter().filter(is_of_kind).count() >= 2;
    if persons * 2 >= titles.len() || !are_levels {
        return None;
    }
    let mut below: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, named) in all.iter().enumerate().filter(|(_, named)| !named.is_called && above.contains(&named.competency))
    {
        let is_beside =
            |other: Option<&Named>| other.is_some_and(|other| other.is_called && other.competency == named.competency);
        let (before, behind) = (at.checked_sub(1).and_then(|at| all.get(at)), all.get(at + 1));
        let is_between = is_beside(before) && is_beside(behind);
        let stands_so =
            is_between || ((named.is_item || is_role(&named.name)) && (is_beside(before) || is_beside(behind)));
        if stands_so && !asks_nothing(&named.name) && !page.names().are_wished() {
            below.entry(&named.name).or_default().insert(named.competency);
        }
    }
    let plain = below.into_iter().filter(|(_, competencies)| competencies.len() >= 2).map(|(name, _)| name);
    Some(called.into_iter().chain(plain).map(str::to_owned).collect())
}

/// Finds levels as labels of lists, below headings of competencies.
fn below_labels(page: &DraftPage) -> Option<Vec<Rung>> {
    let labels = |section: &'_ Section| -> Vec<(usize, String)> {
        let blocks = section.blocks.iter().enumerate();
        blocks.filter_map(|(place, block)| Some((place, page.label(block)?))).collect()
    };
    let competencies = || page.sections().iter().enumerate().filter(|(_, section)| section.heading.is_some());
    let named = |(at, section)| -> Vec<Named> {
        labels(section).into_iter().map(|(_, name)| Named::new(page, at, &name)).collect()
    };
    let levels = levels_among(page, &competencies().flat_map(named).collect::<Vec<_>>())?;
    let mut rungs = Vec::new();
    for (at, section) in competencies() {
        let labels = labels(section).into_iter().map(|(place, name)| (place, name.trim().to_lowercase()));
        let labels: Vec<_> = labels.filter(|(_, name)| levels.contains(name)).collect();
        for (nth, (place, name)) in labels.iter().enumerate() {
            let block = &section.blocks[*place];
            let end = labels.get(nth + 1).map_or(section.blocks.len(), |(next, _)| *next);
            let written = page.written(&block.span);
            let start = block.span.start + written.len() - written.trim_start_matches(['*', '_']).len();
            let words = written.trim_end().trim_end_matches(['*', '_', ':', '：']);
            rungs.push(Rung {
                competency: at,
                level: start..(block.span.start + words.len()).max(start),
                name: name.clone(),
                parts: vec![(None, kept(&section.blocks[place + 1..end]))],
            });
        }
    }
    is_repeated(&rungs).then_some(rungs)
}

/// An item or a paragraph, perhaps with the name that it begins with.
struct Unit<'a> {
    block: &'a Block,
    span: Span,
    led: Option<(Named, Led)>,
}

/// Finds levels as the first words of items and of paragraphs, below headings of competencies.
fn leading_items(page: &DraftPage) -> Option<Vec<Rung>> {
    let mut units: Vec<(usize, Unit<'_>)> = Vec::new();
    for (at, section) in page.sections().iter().enumerate().filter(|(_, section)| section.heading.is_some()) {
        for block in &section.blocks {
            let of_block: Vec<_> = match &block.kind {
                BlockKind::List(list) => {
                    let whole = |item: &Item| {
                        let start = item.blocks.first().map_or(item.span.start, |first| first.span.start);
                        start..start + page.written(&(start..item.span.end)).trim_end().len()
                    };
                    let of_item =
                        |item| (whole(item), own_words(item).and_then(|text| led_name(page, Some(item), text)));
                    list.items.iter().map(of_item).collect()
                }
                BlockKind::Paragraph(paragraph) => vec![(block.span.0.clone(), led_name(page, None, &paragraph.text))],
                _ => vec![(block.span.0.clone(), None)],
            };
            units.extend(of_block.into_iter().map(|(span, led)| {
                let name =
                    |led: &Led| Named { is_item: is_list(block), ..Named::new(page, at, page.written(&led.label)) };
                let named = led.map(|led| (name(&led), led));
                (at, Unit { block, span, led: named })
            }));
        }
    }
    let named: Vec<Named> = units
        .iter()
        .filter_map(|(_, unit)| unit.led.as_ref())
        .map(|(named, _)| Named { name: named.name.clone(), ..*named })
        .collect();
    let levels = levels_among(page, &named)?;
    let is_level = |unit: &Unit<'_>| unit.led.as_ref().is_some_and(|(named, _)| levels.contains(&named.name));
    let level_blocks: BTreeSet<usize> =
        units.iter().filter(|(_, unit)| is_level(unit)).map(|(_, unit)| unit.block.span.start).collect();
    let has_level = |block: &Block| level_blocks.contains(&block.span.start);
    // A list below the paragraph of a level goes on with it.
    let with_levels: BTreeSet<usize> = units.iter().filter(|(_, unit)| is_level(unit)).map(|(at, _)| *at).collect();
    let is_foreign = |at: &usize, unit: &Unit<'_>| is_list(unit.block) && !with_levels.contains(at);
    let counted = || units.iter().filter(|(at, unit)| has_level(unit.block) || is_foreign(at, unit));
    let (all, of_levels) = (counted().count(), counted().filter(|(_, unit)| is_level(unit)).count());
    let mut rungs: Vec<Rung> = Vec::new();
    // What stands before the first level of a competency, in its list.
    let mut early: Vec<Span> = Vec::new();
    for (at, unit) in units.iter() {
        let is_level = is_level(unit);
        let last = rungs.last_mut().filter(|rung| rung.competency == *at);
        match (&unit.led, last) {
            (Some((named, led)), _) if is_level => {
                let mut criteria = std::mem::take(&mut early);
                match is_list(unit.block) {
                    true => criteria.extend(led.criteria()),
                    false => criteria.extend(parts(&page.text, led.rest.clone())),
                }
                let parts = vec![(None, Content::Criteria(criteria))];
                rungs.push(Rung { competency: *at, level: led.label.clone(), name: named.name.clone(), parts });
            }
            // What names no level goes on with the one before it.
            (_, Some(rung)) if is_list(unit.block) => {
                rung.parts.push((None, Content::Criteria(vec![unit.span.clone()])));
            }
            (_, Some(rung)) => rung.parts.push((None, kept(std::slice::from_ref(unit.block)))),
            (_, None) if is_list(unit.block) && has_level(unit.block) => early.push(unit.span.clone()),
            (_, None) => {}
        }
    }
    (of_levels * 2 > all && is_repeated(&rungs)).then_some(rungs)
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
