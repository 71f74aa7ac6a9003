//! The pages of one locale: which there are, where they stand, and where else their matter stands.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typed_index_collections::TiVec;

use super::device::is_device;
use super::names::{CollectionNames, LadderNames, Name, Names, NoteNames, ThreadNames, level_pairs};
use crate::handle::{CollectionIndex, EditionIndex, LadderIndex, LevelAt, LevelIndex, NoteIndex, SharedThreadIndex};
use crate::locale::LocaleIndex;

/// A page of one locale. Numbers are places in [`Names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocalePage {
    Home,
    Ladder(LadderIndex, LadderPage),
    /// A thread in all ladders that share it.
    SharedThread(SharedThreadIndex),
    /// The list of the pages of a collection.
    Collection(CollectionIndex),
    /// A page of a collection.
    Note(NoteIndex, NotePage),
    /// The terms that the site keeps to.
    Glossary,
    /// The state of the translations.
    Translation,
    Licence,
    Search,
    /// The changes from edition to edition.
    Changes,
    /// The data of the site, for spreadsheets and programs.
    Downloads,
}

/// A page of a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LadderPage {
    Whole,
    Level(LevelIndex),
    /// The worksheet for reviews on a level.
    Worksheet(LevelIndex),
    Matrix,
    Threads,
    /// Two levels of the ladder; `lower` stands before `higher`.
    Compare {
        lower: LevelIndex,
        higher: LevelIndex,
    },
    /// A level beside one of another ladder.
    Across {
        level: LevelIndex,
        other: LadderIndex,
        /// The level of the other ladder.
        opposite: LevelIndex,
    },
    /// Beside another locale. One that is `interleaved` is a page of editions.
    Beside {
        other: LocaleIndex,
        interleaved: bool,
    },
    /// As it is now, beside an edition of it.
    Since(EditionIndex),
}

/// A page of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotePage {
    Whole,
    /// Beside another locale. One that is `interleaved` is a page of editions.
    Beside {
        other: LocaleIndex,
        interleaved: bool,
    },
}

/// The degree to which one page holds the content of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// The same, or more than that: readers are led on at once.
    Same,
    /// Only the nearest thing to it: the page is reported as gone.
    Nearest,
}

/// One part of an address.
#[derive(Debug, Clone, Copy)]
pub(super) enum Segment {
    Word(&'static str),
    Locale(LocaleIndex),
    Ladder(LadderIndex),
    Level(LevelAt),
    /// Two levels of a ladder.
    Pair(LadderIndex, [LevelIndex; 2]),
    /// A level, and one of another ladder.
    Across(LevelAt, LevelAt),
    Collection(CollectionIndex),
    Note(NoteIndex),
    Thread(SharedThreadIndex),
    Edition(EditionIndex),
}

impl LocalePage {
    /// Returns every page of a locale, in a fixed order.
    pub(crate) fn all(names: &Names, locale: LocaleIndex) -> Vec<Self> {
        let layouts = if names.has_interleaved { &[false, true][..] } else { &[false] };
        let in_layouts = |other: LocaleIndex| layouts.iter().map(move |&interleaved| (other, interleaved));
        let mut pages = vec![Self::Home];
        for (ladder, ladder_data) in names.ladders.iter_enumerated() {
            let mut add = |page| pages.push(Self::Ladder(ladder, page));
            add(LadderPage::Whole);
            ladder_data.levels.keys().map(LadderPage::Level).for_each(&mut add);
            let worksheets = ladder_data.levels.keys().filter(|_| names.has_worksheets);
            worksheets.map(LadderPage::Worksheet).for_each(&mut add);
            add(LadderPage::Matrix);
            add(LadderPage::Threads);
            ladder_data.pairs.iter().map(|&[lower, higher]| LadderPage::Compare { lower, higher }).for_each(&mut add);
            for &other in &ladder_data.compared {
                for level in ladder_data.levels.keys() {
                    let opposites = names.ladders[other].levels.keys();
                    opposites.map(|opposite| LadderPage::Across { level, other, opposite }).for_each(&mut add);
                }
            }
            let beside = names.beside_ladder(ladder, locale).into_iter().flat_map(in_layouts);
            beside.map(|(other, interleaved)| LadderPage::Beside { other, interleaved }).for_each(&mut add);
            ladder_data.since.get(locale).into_iter().flatten().copied().map(LadderPage::Since).for_each(&mut add);
        }
        let threads = names.threads.iter_enumerated().filter(|(_, thread)| !thread.sharing.is_empty());
        pages.extend(threads.map(|(thread, _)| Self::SharedThread(thread)));
        let listed = names.collections.iter_enumerated().filter(|(_, collection)| collection.is_listed);
        pages.extend(listed.map(|(collection, _)| Self::Collection(collection)));
        let notes = names.notes.keys();
        pages.extend(notes.clone().map(|note| Self::Note(note, NotePage::Whole)));
        pages.extend(names.has_glossary.then_some(Self::Glossary));
        pages.extend(notes.flat_map(|note| {
            let beside = names.beside_note(note, locale).into_iter().flat_map(in_layouts);
            beside.map(move |(other, interleaved)| Self::Note(note, NotePage::Beside { other, interleaved }))
        }));
        pages.extend((names.locales.len() > 1).then_some(Self::Translation));
        pages.extend([Self::Licence, Self::Search, Self::Downloads]);
        pages.extend((!names.editions.is_empty()).then_some(Self::Changes));
        pages
    }

    /// The segments of the address of a page.
    pub(super) fn segments(self, locale: LocaleIndex, names: &Names, mut each: impl FnMut(Segment)) {
        use Segment::{Locale, Word};
        each(Locale(locale));
        let beside = |each: &mut dyn FnMut(Segment), other: LocaleIndex, interleaved: bool| {
            each(Word("beside"));
            each(Locale(other));
            if interleaved {
                each(Word("interleaved"));
            }
        };
        match self {
            Self::Home => {}
            Self::Ladder(ladder, page) => {
                each(Segment::Ladder(ladder));
                match page {
                    LadderPage::Whole => {}
                    LadderPage::Level(level) => each(Segment::Level(level.of(ladder))),
                    LadderPage::Worksheet(level) => {
                        each(Segment::Level(level.of(ladder)));
                        each(Word(WORKSHEET));
                    }
                    LadderPage::Matrix => each(Word("matrix")),
                    LadderPage::Threads => each(Word("threads")),
                    LadderPage::Compare { lower, higher } => {
                        each(Word("compare"));
                        each(Segment::Pair(ladder, [lower, higher]));
                    }
                    LadderPage::Across { level, other, opposite } => {
                        each(Word("compare"));
                        each(Segment::Across(level.of(ladder), opposite.of(other)));
                    }
                    LadderPage::Beside { other, interleaved } => beside(&mut each, other, interleaved),
                    LadderPage::Since(edition) => {
                        each(Word("beside"));
                        each(Segment::Edition(edition));
                    }
                }
            }
            Self::SharedThread(thread) => {
                each(Word("threads"));
                each(Segment::Thread(thread));
            }
            Self::Collection(collection) => each(Segment::Collection(collection)),
            Self::Note(note, page) => {
                each(Segment::Collection(names.notes[note].collection));
                each(Segment::Note(note));
                match page {
                    NotePage::Whole => {}
                    NotePage::Beside { other, interleaved } => beside(&mut each, other, interleaved),
                }
            }
            Self::Glossary => each(Word("glossary")),
            Self::Translation => each(Word("translation")),
            Self::Licence => each(Word("licence")),
            Self::Search => each(Word("search")),
            Self::Changes => each(Word("changes")),
            Self::Downloads => each(Word("downloads")),
        }
    }

    /// Returns where else the matter of the page stands, the nearest first.
    pub(crate) fn nearest(self, names: &Names) -> Vec<(Self, Holds)> {
        use Holds::{Nearest, Same};
        let level = |ladder, level| Self::Ladder(ladder, LadderPage::Level(level));
        let whole = |ladder| (Self::Ladder(ladder, LadderPage::Whole), Nearest);
        let mut found = match self {
            Self::Home => return Vec::new(),
            Self::Ladder(ladder, page) => match page {
                LadderPage::Whole => Vec::new(),
                LadderPage::Level(_) | LadderPage::Matrix | LadderPage::Threads => vec![whole(ladder)],
                LadderPage::Worksheet(own) => vec![(level(ladder, own), Same), whole(ladder)],
                LadderPage::Compare { lower, higher } => {
                    vec![(level(ladder, higher), Same), (level(ladder, lower), Same), whole(ladder)]
                }
                LadderPage::Across { level: own, other, opposite } => {
                    let mirrored = LadderPage::Across { level: opposite, other: ladder, opposite: own };
                    let levels = [(level(ladder, own), Same), (level(other, opposite), Same)];
                    let mirrored = [(Self::Ladder(other, mirrored), Same)];
                    [&mirrored[..], &levels, &[whole(ladder), whole(other)]].concat()
                }
                LadderPage::Beside { other, interleaved } => {
                    let beside = beside_others(other, interleaved);
                    let beside = beside.map(|(other, interleaved)| LadderPage::Beside { other, interleaved });
                    beside.map(|page| (Self::Ladder(ladder, page), Same)).chain([(whole(ladder).0, Same)]).collect()
                }
                LadderPage::Since(_) => vec![(whole(ladder).0, Same)],
            },
            Self::SharedThread(thread) => {
                let sharing = names.threads[thread].sharing.iter();
                sharing.map(|&ladder| (Self::Ladder(ladder, LadderPage::Threads), Nearest)).collect()
            }
            Self::Note(note, page) => {
                let list = (Self::Collection(names.notes[note].collection), Nearest);
                match page {
                    NotePage::Whole => vec![list],
                    NotePage::Beside { other, interleaved } => {
                        let beside = beside_others(other, interleaved);
                        let beside = beside.map(|(other, interleaved)| NotePage::Beside { other, interleaved });
                        let beside = beside.map(|page| (Self::Note(note, page), Same));
                        beside.chain([(Self::Note(note, NotePage::Whole), Same), list]).collect()
                    }
                }
            }
            Self::Collection(_)
            | Self::Glossary
            | Self::Translation
            | Self::Licence
            | Self::Search
            | Self::Changes
            | Self::Downloads => Vec::new(),
        };
        found.push((Self::Home, Nearest));
        found
    }

    /// Returns the address of the page below the root of the site. It ends in `/`.
    pub(crate) fn path(self, locale: LocaleIndex, names: &Names) -> String {
        let mut path = String::with_capacity(64);
        self.segments(locale, names, |segment| {
            names.spell(segment, &mut path);
        });
        path
    }

    /// Returns every address that the page has or had, by all names of its parts. A page beside an edition has no more
    /// than one: the edition came when the ladder had its present name.
    pub(crate) fn paths(self, locale: LocaleIndex, names: &Names) -> Vec<String> {
        let is_since = matches!(self, Self::Ladder(_, LadderPage::Since(_)));
        let is_note = matches!(self, Self::Note(..));
        let mut paths = vec![String::new()];
        self.segments(locale, names, |segment| {
            let mut spellings = match segment {
                // What it was called depends on the folder in which it stood.
                Segment::Collection(_) if is_note => return,
                Segment::Note(note) => names.paths_of_note(note),
                _ => names.spellings(segment),
            };
            if is_since {
                spellings.truncate(1);
            }
            let longer = |path: &String| spellings.iter().map(|name| format!("{path}{name}/")).collect::<Vec<_>>();
            paths = paths.iter().flat_map(longer).collect();
        });
        paths
    }
}

/// Returns the ways to read something in two locales that are nearest to one of them: in columns, then beside the
/// source.
fn beside_others(other: LocaleIndex, interleaved: bool) -> impl Iterator<Item = (LocaleIndex, bool)> {
    let columns = interleaved.then_some((other, false));
    columns.into_iter().chain([(LocaleIndex::SOURCE, interleaved), (LocaleIndex::SOURCE, false)])
}

impl Names {
    /// Adds a segment to an address, unless it has no name. Returns whether it was added.
    pub(super) fn spell(&self, segment: Segment, path: &mut String) -> bool {
        let mut add = |name: &str| {
            path.push_str(name);
            path.push('/');
            !name.is_empty()
        };
        let level = |at: LevelAt| self.ladders[at.ladder].levels[at.level].now.as_str();
        match segment {
            Segment::Word(word) => add(word),
            Segment::Locale(locale) => add(&self.locales[locale]),
            Segment::Ladder(ladder) => add(&self.ladders[ladder].name.now),
            Segment::Level(at) => add(level(at)),
            Segment::Pair(ladder, [lower, higher]) => add(&pair(level(lower.of(ladder)), level(higher.of(ladder)))),
            Segment::Across(at, opposite) => {
                add(&pair(level(at), &of_ladder(&self.ladders[opposite.ladder].name.now, level(opposite))))
            }
            Segment::Collection(collection) => add(&self.collections[collection].name.now),
            Segment::Note(note) => add(&self.notes[note].name.now),
            Segment::Thread(thread) => add(&self.threads[thread].name.now),
            Segment::Edition(edition) => add(&self.editions[edition]),
        }
    }

    /// Returns everything that a segment is or was called, its present name first.
    fn spellings(&self, segment: Segment) -> Vec<String> {
        let all = |name: &Name| name.all().map(str::to_owned).collect::<Vec<_>>();
        let level = |at: LevelAt| &self.ladders[at.ladder].levels[at.level];
        match segment {
            Segment::Word(word) => vec![word.to_owned()],
            Segment::Locale(locale) => vec![self.locales[locale].clone()],
            Segment::Ladder(ladder) => all(&self.ladders[ladder].name),
            Segment::Level(at) => all(level(at)),
            Segment::Pair(ladder, [lower, higher]) => {
                let (lower, higher) = (level(lower.of(ladder)), level(higher.of(ladder)));
                let pairs = lower.all().flat_map(|lower| higher.all().map(move |higher| (lower, higher)));
                pairs.filter(|(lower, higher)| lower != higher).map(|(lower, higher)| pair(lower, higher)).collect()
            }
            Segment::Across(at, opposite) => {
                let opposites = self.ladders[opposite.ladder]
                    .name
                    .all()
                    .flat_map(|ladder| level(opposite).all().map(move |opposite| of_ladder(ladder, opposite)));
                let opposites: Vec<_> = opposites.collect();
                level(at).all().flat_map(|own| opposites.iter().map(move |opposite| pair(own, opposite))).collect()
            }
            Segment::Collection(collection) => all(&self.collections[collection].name),
            Segment::Note(note) => all(&self.notes[note].name),
            Segment::Thread(thread) => all(&self.threads[thread].name),
            Segment::Edition(edition) => vec![self.editions[edition].clone()],
        }
    }

    /// Returns a state with one of everything.
    fn widest() -> Self {
        let level = || Name::new("level");
        let ladder = || LadderNames {
            name: Name::new("ladder"),
            levels: vec![level(), level()].into(),
            pairs: level_pairs(2).collect(),
            compared: vec![LadderIndex(0)],
            categories: TiVec::new(),
            threads: TiVec::new(),
            since: vec![vec![EditionIndex(0)]; 2].into(),
            lacking: Vec::new(),
        };
        let name = || Name::new("name");
        Self {
            locales: vec!["locale".to_owned(); 2].into(),
            ladders: vec![ladder(), ladder()].into(),
            collections: vec![CollectionNames { name: name(), is_listed: true, side_by_side: true }].into(),
            notes: vec![NoteNames {
                name: name(),
                collection: CollectionIndex(0),
                moved: Vec::new(),
                lacking: Vec::new(),
            }]
            .into(),
            threads: vec![ThreadNames { name: name(), sharing: vec![LadderIndex(0)] }].into(),
            editions: vec!["edition".to_owned()].into(),
            has_glossary: true,
            has_worksheets: true,
            terms: Vec::new(),
            sides: Self::all_sides(2),
            has_interleaved: true,
        }
    }
}

/// The word behind a level in the address of its worksheet.
pub(crate) const WORKSHEET: &str = "review";

/// `l5-l6`. Where a slug has a hyphen itself, two of them stand between the slugs;
/// otherwise `a-b` + `c` and `a` + `b-c` would collide.
fn pair(lower: &str, higher: &str) -> String {
    let between = if lower.contains('-') || higher.contains('-') { "--" } else { "-" };
    format!("{lower}{between}{higher}")
}

/// `management.m2`: a level of another ladder. Neither keys nor slugs hold a dot.
fn of_ladder(ladder: &str, level: &str) -> String {
    format!("{ladder}.{level}")
}

/// Returns an address of segments.
pub(crate) fn join(segments: &[&str]) -> String {
    segments.iter().flat_map(|segment| [segment, "/"]).collect()
}

/// Words of addresses that stand for pages to come. One that was free until then would take the address of somebody's
/// ladder, and no redirect could save that.
const ANNOUNCED: [&str; 1] = ["downloads"];

/// Returns whether a word stands behind the locale in addresses of the site's own pages, where ladders and folders of
/// pages do.
pub(crate) fn is_reserved(word: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| words(0, |at| matches!(at, Segment::Locale(_))));
    WORDS.contains(word)
        || is_device(word)
        || ANNOUNCED.contains(&word)
        || [CollectionNames::NOTES, CollectionNames::PAGES].contains(&word)
}

/// Returns whether a word stands behind the key of a ladder in addresses of its own pages, where its levels do.
pub(crate) fn is_reserved_in_ladder(word: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| words(1, |at| matches!(at, Segment::Ladder(_))));
    WORDS.contains(word) || is_device(word)
}

/// The words that stand right behind the segment at a place, if it is of a kind.
fn words(place: usize, is_of_kind: impl Fn(&Segment) -> bool) -> BTreeSet<&'static str> {
    let names = Names::widest();
    let word = |page: LocalePage| {
        let mut segments = Vec::new();
        page.segments(LocaleIndex::SOURCE, &names, |segment| segments.push(segment));
        match segments.get(place..)? {
            [before, Segment::Word(word), ..] if is_of_kind(before) => Some(*word),
            _ => None,
        }
    };
    LocalePage::all(&names, LocaleIndex::SOURCE).into_iter().filter_map(word).collect()
}
