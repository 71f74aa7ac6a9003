//! Decides which headings of a document are levels, from all evidence together.
//!
//! Every depth of headings may be that of the levels. Each [`Sign`] lets the headings that show it vote for a depth,
//! and has a weight; the depth with the highest score is chosen, so that one stray heading never outweighs the rest.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::document::{Block, BlockKind, Heading, List, Section};
use super::labels::label;
use super::level_name::{LevelSign, asks_nothing, introduces, is_role, is_title, level_noun, level_sign};

/// What speaks for the depth of a heading, or for that of the heading above it, as the depth of levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Headings with an id, and those above categories with one: what has the same id on each level is a category.
    Ids,
    /// Headings with a code: `L5 = Senior`.
    Codes,
    /// Headings with a number or a word of levels: `Engineer II`, `Senior Engineer`.
    Names,
    /// Headings above those that recur: the same categories stand below each level.
    RecurringCategories,
    /// Headings above labels that name lists.
    Labels,
    /// Headings above two or more others that hold lists.
    Structure,
    /// Headings that hold lists.
    Lists,
}

impl Sign {
    /// The signs with their weights, the surest first.
    const WEIGHTS: [(Self, f64); 7] = [
        (Self::Ids, 100.0),
        (Self::Codes, 50.0),
        (Self::Names, 30.0),
        (Self::RecurringCategories, 25.0),
        (Self::Labels, 25.0),
        (Self::Structure, 15.0),
        (Self::Lists, 5.0),
    ];

    /// Whether one heading that shows the sign is proof enough.
    fn is_certain(self) -> bool {
        matches!(self, Self::Ids | Self::Codes)
    }
}

/// How many headings show a sign for a depth, of how many that show it for any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    pub sign: Sign,
    pub headings: usize,
    pub of: usize,
}

/// One way to read a document: the levels are headings of this depth.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub depth: u8,
    /// What speaks for it, the surest first.
    pub evidence: Vec<Evidence>,
    pub score: f64,
}

/// The headings of a document with what is known of them, and how it is read.
pub(super) struct Headings<'a> {
    /// The section whose heading names the whole ladder.
    pub(super) title: Option<usize>,
    all: Vec<Fact<'a>>,
    /// The ways to read it, the best first.
    pub(super) readings: Vec<Reading>,
}

/// What one heading below the title tells.
struct Fact<'a> {
    heading: &'a Heading,
    section: &'a Section,
    text: String,
    sign: Option<LevelSign>,
    id: Option<&'a str>,
    /// Whether another heading has the same id, as categories have on each level.
    id_recurs: bool,
    /// The heading that it stands below.
    above: Option<usize>,
    /// The number of headings right below it that hold lists.
    lists_below: usize,
    has_list: bool,
    /// Whether another heading of this depth has the same words.
    recurs: bool,
}

impl<'a> Headings<'a> {
    pub(super) fn of(sections: &'a [Section]) -> Self {
        let title = title(sections);
        let mut all: Vec<Fact<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (index, section) in sections.iter().enumerate() {
            let Some(heading) = section.heading.as_ref().filter(|_| Some(index) != title) else { continue };
            open.retain(|&other| all[other].heading.depth < heading.depth);
            let above = open.last().copied();
            let has_list = has_list(section);
            if let Some(above) = above.filter(|_| has_list) {
                all[above].lists_below += 1;
            }
            let text = heading.text.plain();
            let sign = level_sign(&text);
            let id = heading.attributes.id.as_ref().map(|id| id.text.as_str());
            let fact = Fact {
                heading,
                section,
                text,
                sign,
                id,
                id_recurs: false,
                above,
                lists_below: 0,
                has_list,
                recurs: false,
            };
            open.push(all.len());
            all.push(fact);
        }
        let mut of_id: HashMap<&str, usize> = HashMap::new();
        all.iter().filter_map(|fact| fact.id).for_each(|id| *of_id.entry(id).or_default() += 1);
        for fact in &mut all {
            fact.id_recurs = fact.id.is_some_and(|id| of_id[id] > 1);
        }
        let mut places: HashMap<(u8, String), Vec<usize>> = HashMap::new();
        for (at, fact) in all.iter().enumerate() {
            places.entry((fact.heading.depth, name_of_category(&fact.text))).or_default().push(at);
        }
        for recurring in places.into_values().filter(|places| places.len() > 1) {
            recurring.into_iter().for_each(|at| all[at].recurs = true);
        }
        let mut headings = Self { title, all, readings: Vec::new() };
        // Ids come last: giving ids to what is read as levels never changes what is read as levels.
        let (ids, others): (Vec<_>, Vec<_>) = Sign::WEIGHTS.into_iter().partition(|(sign, _)| *sign == Sign::Ids);
        headings.weigh(&others);
        headings.weigh(&ids);
        headings
    }

    /// Lets the headings vote by some signs, and sorts the readings again.
    fn weigh(&mut self, signs: &[(Sign, f64)]) {
        let before = self.depth();
        let mut readings: BTreeMap<u8, Reading> =
            std::mem::take(&mut self.readings).into_iter().map(|reading| (reading.depth, reading)).collect();
        for &(sign, weight) in signs {
            let mut votes: BTreeMap<u8, usize> = BTreeMap::new();
            for depth in (0..self.all.len()).filter_map(|at| self.vote(sign, at, before)) {
                *votes.entry(depth).or_default() += 1;
            }
            let of = votes.values().sum();
            for (depth, headings) in votes {
                let reading = readings.entry(depth).or_insert(Reading { depth, evidence: Vec::new(), score: 0.0 });
                reading.evidence.push(Evidence { sign, headings, of });
                reading.evidence.sort_by_key(|evidence| evidence.sign);
                reading.score += weight * self.strength(sign, depth, headings, of);
            }
        }
        self.readings = readings.into_values().collect();
        // Of two readings for which the same speaks, the one nearer to the top comes first.
        self.readings.sort_by(|a, b| b.score.total_cmp(&a.score));
    }

    /// Returns the depth that a heading speaks for by a sign. `before` is what the signs before it say.
    fn vote(&self, sign: Sign, at: usize, before: Option<u8>) -> Option<u8> {
        let fact = &self.all[at];
        let depth = fact.heading.depth;
        let above = fact.above.map(|above| &self.all[above]);
        match sign {
            Sign::Ids => {
                fact.id.as_ref()?;
                // What has the same id on each level is a category, whatever stands above the levels.
                if let Some(level) = above.filter(|above| fact.id_recurs && above.id.is_some() && !above.id_recurs) {
                    return Some(level.heading.depth);
                }
                let mut ancestors = std::iter::successors(fact.above, |&at| self.all[at].above).map(|at| &self.all[at]);
                if ancestors.clone().any(|ancestor| ancestor.id.is_some()) {
                    return None;
                }
                // Levels without ids yet may stand above categories that have some.
                let level = ancestors.find(|ancestor| Some(ancestor.heading.depth) == before);
                let is_level = |level: &&Fact<'_>| fact.id_recurs || level.sign == Some(LevelSign::Code);
                Some(level.filter(is_level).map_or(depth, |level| level.heading.depth))
            }
            Sign::Codes => (fact.sign == Some(LevelSign::Code) && !fact.recurs).then_some(depth),
            Sign::Names => (matches!(fact.sign, Some(LevelSign::Number | LevelSign::Word)) && !fact.recurs)
                .then_some(depth)
                .filter(|&depth| !self.names_recur(depth)),
            Sign::RecurringCategories => {
                above.filter(|_| fact.recurs && fact.has_list).map(|level| level.heading.depth)
            }
            Sign::Labels => has_labelled_list(fact.section).then_some(depth),
            Sign::Structure => (fact.lists_below >= 2).then_some(depth),
            Sign::Lists => fact.has_list.then_some(depth),
        }
    }

    /// Returns whether most headings of a depth that are called as levels stand there more than once.
    fn names_recur(&self, depth: u8) -> bool {
        let named: Vec<_> = self.all.iter().filter(|fact| fact.heading.depth == depth && fact.sign.is_some()).collect();
        named.iter().filter(|fact| fact.recurs).count() * 2 >= named.len()
    }

    /// Returns how much the votes for a depth say, from nothing to one.
    fn strength(&self, sign: Sign, depth: u8, headings: usize, of: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "no document has so many headings")]
        let ratio = |some: usize, all: usize| some as f64 / all.max(1) as f64;
        let share = ratio(headings, of);
        match sign {
            _ if sign.is_certain() => share,
            // A few headings among many may be called as levels by chance.
            Sign::Names => {
                let all = self.all.iter().filter(|fact| fact.heading.depth == depth).count();
                share * (2.0 * ratio(headings, all)).min(1.0) * ratio(headings.min(2), 2)
            }
            _ => share * ratio(headings.min(2), 2),
        }
    }

    /// Returns the depth of the levels.
    pub(super) fn depth(&self) -> Option<u8> {
        self.readings.first().map(|reading| reading.depth)
    }
}

/// Returns the heading that names the ladder: the first one, if no other stands at its depth.
fn title(sections: &[Section]) -> Option<usize> {
    let headings = || sections.iter().enumerate().filter_map(|(at, section)| Some((at, section.heading.as_ref()?)));
    let is_coded = |heading: &Heading| level_sign(&heading.text.plain()) == Some(LevelSign::Code);
    let (at, first) = headings().next()?;
    let others = || headings().skip(1).map(|(_, heading)| heading);
    // The only level of a ladder without a title is told from a title by its code or id.
    let is_only_level = (first.attributes.id.is_some() || is_coded(first)) && !others().any(is_coded);
    let is_alone = others().next().is_some() && !others().any(|heading| heading.depth == first.depth);
    (is_alone && !is_only_level).then_some(at)
}

/// Tells the levels from other sections of their depth.
pub(super) struct Levels {
    depth: Option<u8>,
    /// Whether any level has a code.
    has_codes: bool,
    /// Whether lists of any section have names.
    is_categorized: bool,
    /// The number of sections that are called as levels and ask for something.
    named: usize,
    /// The places of the first and of the last of them.
    between: (usize, usize),
    /// What they are levels of, and the names of what stands below them.
    nouns: HashSet<String>,
    categories: HashSet<String>,
    /// Ids of two or more headings above the levels that hold items with ids.
    misplaced: HashSet<String>,
}

impl Levels {
    /// Reads the sections of the depth of the levels, each with all that stands below it.
    pub(super) fn of(chapters: &[Vec<Section>], depth: Option<u8>) -> Self {
        let of_depth = |chapter: &&Vec<Section>| heading(chapter).is_some_and(|heading| Some(heading.depth) == depth);
        let is_coded = |chapter: &Vec<Section>| sign(chapter) == Some(LevelSign::Code);
        let is_named = |chapter: &Vec<Section>| sign(chapter).is_some() && asks(chapter);
        let named: Vec<_> = chapters.iter().enumerate().filter(|(_, c)| of_depth(c) && is_named(c)).collect();
        let above = chapters.iter().filter(|chapter| !of_depth(chapter) && holds_ids(chapter));
        let above: Vec<_> = above.filter_map(|chapter| Some(&heading(chapter)?.attributes.id.as_ref()?.text)).collect();
        let is_doubled = |id: &&&String| above.iter().filter(|other| other == id).count() > 1;
        let between = (named.first().map_or(0, |(at, _)| *at), named.last().map_or(0, |(at, _)| *at));
        Self {
            depth,
            has_codes: chapters.iter().filter(of_depth).any(is_coded),
            is_categorized: chapters.iter().any(|chapter| has_categories(chapter)),
            named: named.len(),
            between,
            nouns: named.iter().filter_map(|(_, c)| level_noun(&heading(c)?.text.plain())).collect(),
            misplaced: above.iter().filter(is_doubled).map(|id| (*id).clone()).collect(),
            categories: named.iter().flat_map(|(_, chapter)| categories(chapter)).collect(),
        }
    }

    /// Whether the section at a place is a level: it says so by code, id or name, or it is like those that do.
    pub(super) fn contain(&self, at: usize, chapter: &[Section]) -> bool {
        let Some(heading) = heading(chapter) else { return false };
        if Some(heading.depth) != self.depth {
            // Where the same slip of depth is made several times, nobody can say what was meant, and no id is lost.
            return heading.attributes.id.as_ref().is_some_and(|id| self.misplaced.contains(&id.text));
        }
        let text = heading.text.plain();
        // Where levels have codes, a text without code and list is no level: its id is the anchor of a section.
        let is_prose = self.has_codes && chapter.len() == 1 && !chapter[0].blocks.is_empty() && !has_list(&chapter[0]);
        let sign = sign(chapter);
        let has_id = heading.attributes.id.is_some();
        if sign == Some(LevelSign::Code) || (has_id && !is_prose) || (sign.is_some() && asks(chapter)) {
            return true;
        }
        // What is called as a level between levels is one of them, even if nothing is asked there yet.
        let stands_between = self.between.0 < at && at < self.between.1;
        if stands_between && is_title(&text) {
            return true;
        }
        let is_one_of_them = || is_role(&text) && level_noun(&text).is_some_and(|noun| self.nouns.contains(&noun));
        let is_like_others = has_categories(chapter)
            || (chapter.first().is_some_and(has_list) && (!self.is_categorized || is_one_of_them()));
        is_like_others
            && (self.named < 2 && !(self.named == 1 && asks_nothing(&text)) || self.is_kin(at, chapter, &text))
    }

    /// Whether a section without the name of a level is of the kind of those that have one.
    fn is_kin(&self, at: usize, chapter: &[Section], text: &str) -> bool {
        const WORDS: usize = 3;
        let shares_category = categories(chapter).any(|category| self.categories.contains(&category));
        let shares_noun = level_noun(text).is_some_and(|noun| self.nouns.contains(&noun));
        let stands_between = (self.between.0..=self.between.1).contains(&at);
        let is_called_so = text.split_whitespace().count() <= WORDS && !asks_nothing(text) && !self.has_codes;
        shares_category || shares_noun || (is_called_so && (stands_between || is_role(text)))
    }
}

fn heading(chapter: &[Section]) -> Option<&Heading> {
    chapter.first()?.heading.as_ref()
}

fn sign(chapter: &[Section]) -> Option<LevelSign> {
    level_sign(&heading(chapter)?.text.plain())
}

/// Whether anything is asked in a section and below it.
fn asks(chapter: &[Section]) -> bool {
    chapter.iter().any(has_list)
}

/// Whether items with ids stand in a section or below it.
fn holds_ids(chapter: &[Section]) -> bool {
    let lists = chapter.iter().flat_map(|section| &section.blocks).filter_map(as_list);
    lists.flat_map(|list| &list.items).any(|item| item.attributes.id.is_some())
}

/// Whether a heading with what stands below it holds named lists.
fn has_categories(chapter: &[Section]) -> bool {
    chapter.first().is_some_and(has_labelled_list) || chapter.iter().skip(1).any(has_list)
}

/// Returns the names of the lists below a heading.
fn categories(chapter: &[Section]) -> impl Iterator<Item = String> {
    let below = chapter.iter().skip(1).filter(|section| has_list(section));
    let headings = below.filter_map(|section| section.heading.as_ref()).map(|heading| heading.text.plain());
    let blocks = chapter.first().map_or(&[][..], |section| &section.blocks);
    let labels = blocks.windows(2).filter(|pair| as_list(&pair[1]).is_some());
    headings.chain(labels.filter_map(|pair| category_label(&pair[0]))).map(|name| name_of_category(&name))
}

/// Returns the words of a category's heading by which it is known again.
fn name_of_category(heading: &str) -> String {
    heading.trim().trim_end_matches([':', '：']).trim_end().to_lowercase()
}

pub(super) fn as_list(block: &Block) -> Option<&List> {
    match &block.kind {
        BlockKind::List(list) => Some(list),
        _ => None,
    }
}

fn has_list(section: &Section) -> bool {
    section.blocks.iter().any(|block| as_list(block).is_some())
}

fn has_labelled_list(section: &Section) -> bool {
    section.blocks.windows(2).any(|pair| category_label(&pair[0]).is_some() && as_list(&pair[1]).is_some())
}

pub(super) fn category_label(block: &Block) -> Option<String> {
    match &block.kind {
        // With an id, somebody said that it is a category.
        BlockKind::Paragraph(paragraph) => {
            label(&paragraph.text).filter(|name| paragraph.attributes.id.is_some() || !introduces(name))
        }
        _ => None,
    }
}
