//! Sites of names alone, drawn at random and changed from state to state: no address of any state is ever lost.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use typed_index_collections::TiVec;

use super::*;
use crate::handle::{EditionIndex, LadderIndex, LevelIndex};
use crate::locale::LocaleIndex;

/// Something with a name. Its number says which thing it is, whatever it is called.
#[derive(Debug, Clone)]
struct NamedItem {
    number: usize,
    name: Name,
    /// The number of what it is in: of its ladder or collection.
    within: usize,
}

/// A state of a site, by the numbers of its things.
#[derive(Debug, Clone, Default)]
struct TestSite {
    locales: Vec<&'static str>,
    /// Ladders and collections, which share their names.
    ladders: Vec<NamedItem>,
    collections: Vec<NamedItem>,
    levels: Vec<NamedItem>,
    notes: Vec<NamedItem>,
    threads: Vec<NamedItem>,
    compared: BTreeSet<(usize, usize)>,
    sharing: BTreeSet<(usize, usize)>,
    has_glossary: bool,
    has_worksheets: bool,
    has_all_pairs: bool,
    has_all_sides: bool,
    has_interleaved: bool,
}

/// One change: what is done, and to which.
#[derive(Debug, Clone)]
struct AddressChange {
    what: usize,
    kind: usize,
    at: usize,
    with: usize,
}

/// Names that are easily taken for each other, and for words of the program.
const NAMES: [&str; 12] =
    ["a", "b", "a-b", "b-a", "beside", "interleaved", "compare", "matrix", "threads", "glossary", "c", "2026"];

const LOCALES: [&str; 3] = ["en", "zh-tw", "de"];

/// A site that changes, and what it was.
#[derive(Debug)]
struct Life {
    now: TestSite,
    /// Removed things that may come back.
    removed: Vec<(usize, NamedItem)>,
    states: Vec<TestSite>,
    next: usize,
}

impl TestSite {
    /// Returns the lists of things, by kind: those that one name is unique among stand together.
    fn list(&mut self, kind: usize) -> &mut Vec<NamedItem> {
        match kind {
            0 => &mut self.ladders,
            1 => &mut self.collections,
            2 => &mut self.levels,
            3 => &mut self.notes,
            _ => &mut self.threads,
        }
    }

    /// Returns whether a name is or was that of something beside which a thing stands.
    fn is_taken(&self, kind: usize, within: usize, name: &str) -> bool {
        let has = |thing: &&NamedItem| thing.name.all().any(|candidate| candidate == name);
        match kind {
            0 | 1 => self.ladders.iter().chain(&self.collections).any(|thing| has(&thing)) || is_reserved(name),
            2 => {
                let mut beside = self.levels.iter().filter(|level| level.within == within);
                is_reserved_in_ladder(name) || beside.any(|thing| has(&thing))
            }
            3 => self.notes.iter().filter(|note| note.within == within).any(|thing| has(&thing)),
            _ => self.threads.iter().any(|thing| has(&thing)),
        }
    }

    fn place<I: From<usize>>(things: &[NamedItem], number: usize) -> Option<I> {
        things.iter().position(|thing| thing.number == number).map(I::from)
    }

    fn levels_of(&self, ladder: usize) -> Vec<&NamedItem> {
        self.levels.iter().filter(|level| level.within == ladder).collect()
    }

    fn names(&self, editions: usize) -> Names {
        let since = |from: usize| vec![(from..editions).map(EditionIndex).collect(); self.locales.len()].into();
        let ladders = self.ladders.iter().map(|ladder| {
            let levels: TiVec<LevelIndex, _> =
                self.levels_of(ladder.number).iter().map(|level| level.name.clone()).collect();
            let pairs = level_pairs(levels.len()).filter(|[_, higher]| self.has_all_pairs || *higher == LevelIndex(1));
            let compared = self.compared.iter().filter(|(own, _)| *own == ladder.number);
            LadderNames {
                name: ladder.name.clone(),
                pairs: pairs.collect(),
                levels,
                compared: compared.filter_map(|&(_, other)| Self::place(&self.ladders, other)).collect(),
                since: since(ladder.number % 3),
                lacking: Vec::new(),
                ..LadderNames::default()
            }
        });
        let collections = self.collections.iter().map(|collection| CollectionNames {
            name: collection.name.clone(),
            is_listed: collection.number % 3 > 0,
            side_by_side: collection.number % 5 > 0,
        });
        let notes = self.notes.iter().map(|note| NoteNames {
            name: note.name.clone(),
            collection: Self::place(&self.collections, note.within).unwrap(),
            moved: Vec::new(),
            lacking: Vec::new(),
        });
        let threads = self.threads.iter().map(|thread| {
            let sharing = self.sharing.iter().filter(|(sharing, _)| *sharing == thread.number);
            let sharing = sharing.filter_map(|&(_, ladder)| Self::place(&self.ladders, ladder)).collect();
            ThreadNames { name: thread.name.clone(), sharing }
        });
        let mut sides = Names::all_sides(self.locales.len());
        if !self.has_all_sides {
            for (own, others) in sides.iter_mut_enumerated() {
                others.retain(|other| own == LocaleIndex::SOURCE || *other == LocaleIndex::SOURCE);
            }
        }
        Names {
            locales: self.locales.iter().map(|&locale| locale.to_owned()).collect(),
            ladders: ladders.collect(),
            collections: collections.collect(),
            notes: notes.collect(),
            threads: threads.collect(),
            editions: (0..editions).map(|edition| format!("2026.{edition}")).collect(),
            has_glossary: self.has_glossary,
            has_worksheets: self.has_worksheets,
            terms: Vec::new(),
            sides,
            has_interleaved: self.has_interleaved,
        }
    }

    /// Returns the page of another state that shows the same things as one of this state, if they are all there.
    fn counterpart(&self, to: &Self, locale: LocaleIndex, page: LocalePage) -> Option<(LocaleIndex, LocalePage)> {
        fn same<I: From<usize> + Into<usize>>(here: &[NamedItem], there: &[NamedItem], at: I) -> Option<I> {
            TestSite::place(there, here[at.into()].number)
        }
        let ladder = |at: LadderIndex| same(&self.ladders, &to.ladders, at);
        let level = |ladder: LadderIndex, at: LevelIndex| {
            let number = self.ladders[ladder.0].number;
            let level = self.levels_of(number)[at.0].number;
            to.levels_of(number).iter().position(|there| there.number == level).map(LevelIndex)
        };
        let locale_of = |locale: LocaleIndex| {
            let tag = self.locales[locale.0];
            to.locales.iter().position(|there| *there == tag).map(LocaleIndex)
        };
        let page = match page {
            LocalePage::Ladder(at, page) => {
                let page = match page {
                    LadderPage::Level(level_index) => LadderPage::Level(level(at, level_index)?),
                    LadderPage::Worksheet(level_index) => LadderPage::Worksheet(level(at, level_index)?),
                    LadderPage::Compare { lower, higher } => {
                        let (a, b) = (level(at, lower)?, level(at, higher)?);
                        LadderPage::Compare { lower: a.min(b), higher: a.max(b) }
                    }
                    LadderPage::Across { level: own, other, opposite } => LadderPage::Across {
                        level: level(at, own)?,
                        other: ladder(other)?,
                        opposite: level(other, opposite)?,
                    },
                    LadderPage::Beside { other, interleaved } => {
                        LadderPage::Beside { other: locale_of(other)?, interleaved }
                    }
                    LadderPage::Whole | LadderPage::Matrix | LadderPage::Threads | LadderPage::Since(_) => page,
                };
                LocalePage::Ladder(ladder(at)?, page)
            }
            LocalePage::SharedThread(at) => LocalePage::SharedThread(same(&self.threads, &to.threads, at)?),
            LocalePage::Collection(at) => LocalePage::Collection(same(&self.collections, &to.collections, at)?),
            LocalePage::Note(at, page) => {
                let page = match page {
                    NotePage::Whole => page,
                    NotePage::Beside { other, interleaved } => {
                        NotePage::Beside { other: locale_of(other)?, interleaved }
                    }
                };
                LocalePage::Note(same(&self.notes, &to.notes, at)?, page)
            }
            page => page,
        };
        Some((locale_of(locale)?, page))
    }
}

impl Life {
    fn new() -> Self {
        let now =
            TestSite { locales: vec![LOCALES[0]], has_all_pairs: true, has_all_sides: true, ..TestSite::default() };
        Self { now, removed: Vec::new(), states: Vec::new(), next: 0 }
    }

    fn take(&mut self, change: &AddressChange) {
        let AddressChange { what, kind, at, with } = *change;
        let kind = kind % 5;
        match what {
            0..=2 => self.add(kind, at, with),
            3..=6 => self.rename(kind, at, with),
            7 => self.remove(kind, at),
            8 => self.bring_back(at),
            9 => {
                let list = self.now.list(kind);
                if !list.is_empty() {
                    let count = list.len();
                    list.swap(at % count, with % count);
                }
            }
            10 => {
                let locale = LOCALES[1 + at % 2];
                match self.now.locales.iter().position(|candidate| *candidate == locale) {
                    Some(at) => drop(self.now.locales.remove(at)),
                    None => self.now.locales.push(locale),
                }
            }
            11 => self.toggle(at, with),
            12 => self.forget(kind, at),
            _ => self.states.push(self.now.clone()),
        }
    }

    fn add(&mut self, kind: usize, at: usize, with: usize) {
        let holders = if kind == 2 { &self.now.ladders } else { &self.now.collections };
        let within = match kind {
            2 | 3 if holders.is_empty() => return,
            2 | 3 => holders[at % holders.len()].number,
            _ => 0,
        };
        let name = NAMES[with % NAMES.len()];
        if self.now.list(kind).len() > 5 || self.now.is_taken(kind, within, name) {
            return;
        }
        // What has a name that is given again cannot come back to it.
        let keeps = |(number, thing): &(usize, NamedItem)| {
            let is_beside = *number == kind || (kind < 2 && *number < 2);
            !(is_beside && thing.name.all().any(|candidate| candidate == name))
        };
        self.removed.retain(keeps);
        let thing = NamedItem { number: self.next, name: Name::new(name), within };
        self.next += 1;
        self.now.list(kind).push(thing);
    }

    fn rename(&mut self, kind: usize, at: usize, with: usize) {
        let count = self.now.list(kind).len();
        if count == 0 {
            return;
        }
        let thing = self.now.list(kind)[at % count].clone();
        let back = thing.name.was.first().cloned().filter(|_| with.is_multiple_of(3));
        let name = back.clone().unwrap_or_else(|| NAMES[with % NAMES.len()].to_owned());
        if back.is_none() && self.now.is_taken(kind, thing.within, &name) {
            return;
        }
        let keeps = |(_, removed): &(usize, NamedItem)| !removed.name.all().any(|candidate| candidate == name);
        self.removed.retain(keeps);
        let renamed = &mut self.now.list(kind)[at % count].name;
        renamed.was.retain(|was| *was != name);
        let before = std::mem::replace(&mut renamed.now, name);
        renamed.was.push(before);
    }

    fn remove(&mut self, kind: usize, at: usize) {
        let count = self.now.list(kind).len();
        if count == 0 {
            return;
        }
        let thing = self.now.list(kind).remove(at % count);
        // What was in it goes with it, for good.
        match kind {
            0 => self.now.levels.retain(|level| level.within != thing.number),
            1 => self.now.notes.retain(|note| note.within != thing.number),
            _ => {}
        }
        self.removed.push((kind, thing));
    }

    fn bring_back(&mut self, at: usize) {
        if self.removed.is_empty() {
            return;
        }
        let (kind, thing) = self.removed.remove(at % self.removed.len());
        let is_held = match kind {
            2 => TestSite::place::<usize>(&self.now.ladders, thing.within).is_some(),
            3 => TestSite::place::<usize>(&self.now.collections, thing.within).is_some(),
            _ => true,
        };
        if is_held && !thing.name.all().any(|name| self.now.is_taken(kind, thing.within, name)) {
            self.now.list(kind).push(thing);
        }
    }

    fn toggle(&mut self, at: usize, with: usize) {
        let flip = |set: &mut BTreeSet<(usize, usize)>, pair: (usize, usize)| {
            if !set.remove(&pair) {
                set.insert(pair);
            }
        };
        let number = |things: &[NamedItem], at: usize| things.get(at % things.len().max(1)).map(|thing| thing.number);
        match at % 7 {
            0 => self.now.has_glossary ^= true,
            6 => self.now.has_worksheets ^= true,
            4 => self.now.has_interleaved ^= true,
            1 => self.now.has_all_pairs ^= true,
            2 => self.now.has_all_sides ^= true,
            3 => {
                let pair = number(&self.now.ladders, with).zip(number(&self.now.ladders, with / 7 + 1));
                if let Some((own, other)) = pair.filter(|(own, other)| own != other) {
                    // Of two that are compared one has the pages.
                    self.now.compared.remove(&(other, own));
                    flip(&mut self.now.compared, (own, other));
                }
            }
            _ => {
                let pair = number(&self.now.threads, with).zip(number(&self.now.ladders, with / 7));
                pair.into_iter().for_each(|pair| flip(&mut self.now.sharing, pair));
            }
        }
    }

    /// Drops a former name that a released state tells of.
    fn forget(&mut self, kind: usize, at: usize) {
        let Some(last) = self.states.last_mut() else { return };
        let told = last.list(kind).clone();
        let count = told.len();
        if let Some(thing) = told.get(at % count.max(1))
            && let Some(now) = self.now.list(kind).iter_mut().find(|now| now.number == thing.number)
            && let Some(was) = thing.name.was.first()
        {
            now.name.was.retain(|name| name != was);
        }
    }
}

/// Returns all addresses of a state with their pages.
fn addresses(names: &Names) -> BTreeMap<String, (LocaleIndex, LocalePage)> {
    let mut found = BTreeMap::new();
    for locale in names.locale_indices() {
        for page in LocalePage::all(names, locale) {
            let path = page.path(locale, names);
            assert_eq!(page.paths(locale, names).first(), Some(&path));
            let before = found.insert(path.clone(), (locale, page));
            assert_eq!(before, None, "{path} stands twice");
        }
    }
    found
}

fn check(life: &Life) {
    let states: Vec<_> = life.states.iter().chain([&life.now]).collect();
    let names: Vec<_> = states.iter().enumerate().map(|(at, state)| state.names(at + 1)).collect();
    let now = names.last().unwrap();
    let standing = addresses(now);
    for (at, state) in states.iter().enumerate() {
        let there: Vec<_> = names[at..].iter().collect();
        let reader = |tag: &&str| life.now.locales.iter().position(|locale| locale == tag).unwrap_or_default();
        let readers: Vec<_> = state.locales.iter().map(|tag| LocaleIndex(reader(tag))).collect();
        let mapping = Mapping::of(&there, readers.into());
        for (path, (locale, page)) in addresses(&names[at]) {
            let find = |path: &str| standing.get(path).copied();
            let led = mapping.lead(page, locale, &names[at], now, find);
            let Some((to, holds)) = led else { panic!("{path} of state {at} is lost") };
            let meant =
                state.counterpart(&life.now, locale, page).filter(|meant| standing.values().any(|page| page == meant));
            if let Some(meant) = meant {
                assert_eq!((to, holds), (meant, Holds::Same), "{path} of state {at}");
            }
        }
    }
}

fn change() -> impl Strategy<Value = AddressChange> {
    (0..16usize, 0..5usize, 0..64usize, 0..64usize).prop_map(|(what, kind, at, with)| AddressChange {
        what,
        kind,
        at,
        with,
    })
}

properties! {
    1000 cases,

    #[test]
    fn every_address_of_every_state_is_answered_and_leads_to_the_same_things(
        changes in prop::collection::vec(change(), 20..60),
    ) {
        let mut life = Life::new();
        changes.iter().for_each(|change| life.take(change));
        check(&life);
    }
}

#[test]
fn the_words_of_the_sites_own_pages_are_reserved() {
    for word in ["notes", "pages", "glossary", "threads", "search", "translation", "changes", "licence", "downloads"] {
        assert!(is_reserved(word), "{word}");
    }
    for word in ["matrix", "compare", "threads", "beside"] {
        assert!(is_reserved_in_ladder(word), "{word}");
    }
    assert!(!is_reserved("matrix") && !is_reserved("interleaved") && !is_reserved("data"));
    assert!(!is_reserved_in_ladder("interleaved") && !is_reserved_in_ladder("notes"));
}
