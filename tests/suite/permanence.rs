//! Whatever is done to the content, what was published stays where it is: edits at random, a build after each.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use proptest::prelude::*;
use proptest::sample::Index;
use rungs::for_tests::diagnostic::Code;
use rungs::for_tests::register::{REGISTER, Verb};
use rungs::for_tests::release::Effects;

use crate::driver::Folder;
use crate::published::Published;

const CATEGORIES: [&str; 2] = ["craft", "care"];
const VERBS: [Verb; 5] = [Verb::MovedTo, Verb::MergedInto, Verb::SplitInto, Verb::ReplacedBy, Verb::CoveredBy];

/// One edit by a maintainer.
#[derive(Debug, Clone)]
enum Step {
    Add {
        level: Index,
        category: usize,
    },
    AddLevel,
    AddNote,
    Reword(Index),
    Move {
        criterion: Index,
        level: Index,
        category: usize,
    },
    Delete(Index),
    Withdraw {
        criterion: Index,
        verb: usize,
        successors: Vec<Index>,
    },
    /// To a new name, or back to one that it had.
    RenameLevel {
        level: Index,
        back: bool,
    },
    RenameLadder {
        back: bool,
    },
    RenameNote {
        note: Index,
        back: bool,
    },
    Swap(Index, Index),
    /// Its criteria move to the other level, or are withdrawn.
    RemoveLevel {
        level: Index,
        to: Option<Index>,
    },
    /// There, or there again.
    ToggleTranslation,
    /// Something beside the ladder, to a new name or back to one that it had.
    RenameOther {
        other: usize,
        back: bool,
    },
    /// Something beside the ladder is there, or there again; or a setting says so.
    Toggle(usize),
    Release,
}

fn step() -> impl Strategy<Value = Step> {
    let index = any::<Index>;
    let category = || 0..CATEGORIES.len();
    prop_oneof![
        3 => (index(), category()).prop_map(|(level, category)| Step::Add { level, category }),
        1 => Just(Step::AddLevel),
        1 => Just(Step::AddNote),
        2 => index().prop_map(Step::Reword),
        3 => (index(), index(), category())
            .prop_map(|(criterion, level, category)| Step::Move { criterion, level, category }),
        2 => index().prop_map(Step::Delete),
        3 => (index(), 0..VERBS.len(), prop::collection::vec(index(), 0..3))
            .prop_map(|(criterion, verb, successors)| Step::Withdraw { criterion, verb, successors }),
        2 => (index(), any::<bool>()).prop_map(|(level, back)| Step::RenameLevel { level, back }),
        2 => any::<bool>().prop_map(|back| Step::RenameLadder { back }),
        2 => (index(), any::<bool>()).prop_map(|(note, back)| Step::RenameNote { note, back }),
        1 => (index(), index()).prop_map(|(a, b)| Step::Swap(a, b)),
        2 => (index(), prop::option::of(index())).prop_map(|(level, to)| Step::RemoveLevel { level, to }),
        1 => Just(Step::ToggleTranslation),
        3 => (0..OTHERS.len(), any::<bool>()).prop_map(|(other, back)| Step::RenameOther { other, back }),
        2 => (0..TOGGLES).prop_map(Step::Toggle),
        5 => Just(Step::Release),
    ]
}

/// The items beside the ladder: a ladder that it builds on, one that builds on both, a level of that, a thread that all
/// of them share, a folder of pages and a page there, a category and a thread of the heir, and a term of the glossary.
const OTHERS: [&str; 9] = ["base", "heir", "H1", "thread", "guide", "page", "skill", "habit", "matter"];
const BASE: usize = 0;
const HEIR: usize = 1;
const LEVEL: usize = 2;
const THREAD: usize = 3;
const GUIDE: usize = 4;
const PAGE: usize = 5;
const CATEGORY: usize = 6;
const HABIT: usize = 7;
const TERM: usize = 8;

/// The number of optional parts: the comparison of the heir with the ladder, the folder of pages, the glossary and the
/// comparisons of levels that are no neighbours.
const TOGGLES: usize = 4;
const COMPARED: usize = 0;
const PAGES: usize = 1;
const GLOSSARY: usize = 2;
const ALL_PAIRS: usize = 3;

/// Something with a name that may change.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    was: Vec<String>,
}

impl Named {
    fn new(name: String) -> Self {
        Self { name, was: Vec::new() }
    }

    fn rename(&mut self, new: String, back: bool) {
        let new = if back && !self.was.is_empty() { self.was.remove(0) } else { new };
        self.was.push(std::mem::replace(&mut self.name, new));
    }
}

#[derive(Debug, Clone)]
struct Criterion {
    /// Which one it is, whatever it says and wherever it stands.
    matter: usize,
    wording: usize,
    category: usize,
    id: Option<String>,
}

impl Criterion {
    fn statement(&self) -> String {
        format!("Sees to matter {} in manner {}.", self.matter, self.wording)
    }

    fn translation(&self) -> String {
        format!("以方式{}處理事項{}。", self.wording, self.matter)
    }
}

/// The content folder.
#[derive(Debug, Clone)]
struct Content {
    ladder: Named,
    levels: Vec<(Named, Vec<Criterion>)>,
    notes: Vec<Named>,
    others: Vec<Named>,
    is_there: [bool; TOGGLES],
    is_translated: bool,
    /// Counts everything that needs a name of its own.
    next: usize,
}

impl Content {
    fn new() -> Self {
        let mut content = Self {
            ladder: Named::new("ladder".to_owned()),
            levels: Vec::new(),
            notes: Vec::new(),
            others: OTHERS.iter().map(|&name| Named::new(name.to_owned())).collect(),
            is_there: [true; TOGGLES],
            is_translated: true,
            next: 1,
        };
        for _ in 0..3 {
            content.add_level();
            content.add(0, 1);
        }
        content.add_note();
        content
    }

    fn count(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn add_level(&mut self) {
        let name = format!("L{}", self.count());
        self.levels.push((Named::new(name), Vec::new()));
        self.add(self.levels.len() - 1, 0);
    }

    fn add_note(&mut self) {
        let name = format!("note-{}", self.count());
        self.notes.push(Named::new(name));
    }

    fn add(&mut self, level: usize, category: usize) {
        let matter = self.count();
        self.levels[level].1.push(Criterion { matter, wording: 1, category, id: None });
    }

    /// A criterion by its places.
    fn pick(&self, index: &Index) -> (usize, usize) {
        let all = self.levels.iter().enumerate();
        let all: Vec<_> =
            all.flat_map(|(level, (_, criteria))| (0..criteria.len()).map(move |at| (level, at))).collect();
        *index.get(&all)
    }

    /// The content after a step that is taken by hand. None if it would leave what nobody may publish.
    fn after(&self, step: &Step) -> Option<Self> {
        let mut next = self.clone();
        let levels = self.levels.len();
        match step {
            Step::Add { level, category } => next.add(level.index(levels), *category),
            Step::AddLevel => next.add_level(),
            Step::AddNote => next.add_note(),
            Step::Reword(criterion) => {
                let (level, at) = self.pick(criterion);
                next.levels[level].1[at].wording += 1;
            }
            Step::Move { criterion, level, category } => {
                let (from, at) = self.pick(criterion);
                let mut moved = next.levels[from].1.remove(at);
                moved.category = *category;
                next.levels[level.index(levels)].1.push(moved);
            }
            Step::Delete(criterion) | Step::Withdraw { criterion, .. } => {
                let (level, at) = self.pick(criterion);
                next.levels[level].1.remove(at);
            }
            Step::RenameLevel { level, back } => {
                let name = format!("N{}", next.count());
                next.levels[level.index(levels)].0.rename(name, *back);
            }
            Step::RenameLadder { back } => {
                let name = format!("ladder-{}", next.count());
                next.ladder.rename(name, *back);
            }
            Step::RenameNote { note, back } => {
                let name = format!("note-{}", next.count());
                next.notes[note.index(self.notes.len())].rename(name, *back);
            }
            Step::Swap(a, b) => next.levels.swap(a.index(levels), b.index(levels)),
            Step::RemoveLevel { level, to } => {
                let (_, criteria) = next.levels.remove(level.index(levels));
                if let (Some(to), false) = (to, next.levels.is_empty()) {
                    let to = to.index(next.levels.len());
                    next.levels[to].1.extend(criteria);
                }
            }
            Step::ToggleTranslation => next.is_translated = !self.is_translated,
            Step::RenameOther { other, back } => {
                let name = format!("{}-{}", OTHERS[*other], next.count());
                next.others[*other].rename(name, *back);
            }
            Step::Toggle(what) => next.is_there[*what] ^= true,
            Step::Release => {}
        }
        let is_whole = !next.levels.is_empty() && next.levels.iter().all(|(_, criteria)| !criteria.is_empty());
        is_whole.then_some(next)
    }

    /// The folder with this content, and ids for what has none.
    fn written(&mut self, mut folder: Folder) -> Folder {
        let old: Vec<_> =
            folder.sources().texts.keys().filter(|path| path.extension() == Some("md")).cloned().collect();
        for path in old {
            folder = folder.without(path.as_str());
        }
        let locales: &[&str] = if self.is_translated { &["en", "zh-TW"] } else { &["en"] };
        folder = folder.in_locales(locales).edited("site.toml", "key = \"ladder\"", &self.heading());
        folder = folder.edited("site.toml", "[[ladders]]", &format!("{ALLOWED}[[ladders]]"));
        folder = folder.edited("site.toml", "[provenance.source]", &format!("{}[provenance.source]", self.settings()));
        if folder.sources().texts.contains_key(Utf8Path::new("glossary.toml")) {
            folder = folder.without("glossary.toml");
        }
        if self.is_there[GLOSSARY] {
            let chinese = if self.is_translated { "zh-TW = \"事項\"\n" } else { "" };
            let Named { name, was } = &self.others[TERM];
            let text = format!("[[term]]\nen = [{name:?}]\nwas = {was:?}\nlink = false\n{chinese}");
            folder = folder.file("glossary.toml", &text);
        }
        for &locale in locales {
            folder = folder.file(&format!("{locale}/{}.md", self.ladder.name), &self.text(locale));
            for (ladder, text) in [(BASE, self.base()), (HEIR, self.heir(locale))] {
                folder = folder.file(&format!("{locale}/{}.md", self.others[ladder].name), &text);
            }
            if self.is_there[PAGES] {
                let page = &self.others[PAGE];
                let text = format!("+++\ntitle = \"A page\"\nwas = {:?}\n+++\n## Why\n\nMore.\n", page.was);
                folder = folder.file(&format!("{locale}/{}/{}.md", self.others[GUIDE].name, page.name), &text);
            }
            for note in &self.notes {
                let text = format!("+++\ntitle = \"{}\"\nwas = {:?}\n+++\nMore.\n", note.name, note.was);
                folder = folder.file(&format!("{locale}/notes/{}.md", note.name), &text);
            }
        }
        folder = folder.with_ids();
        let text = folder.text(&format!("en/{}.md", self.ladder.name)).to_owned();
        for criterion in self.levels.iter_mut().flat_map(|(_, criteria)| criteria) {
            let (_, rest) = text.split_once(&format!("{} {{#", criterion.statement())).unwrap();
            criterion.id = Some(rest.split_once('}').unwrap().0.to_owned());
        }
        folder
    }

    /// Returns the part of `site.toml` about the items beside the ladder.
    fn settings(&self) -> String {
        let [base, heir, _, thread, guide, ..] = self.others.as_slice() else { unreachable!() };
        let compared = if self.is_there[COMPARED] { self.ladder.name.as_str() } else { "" };
        let compared: Vec<_> = Some(compared).filter(|key| !key.is_empty()).into_iter().collect();
        let pages = format!("[[pages]]\nfolder = {:?}\nwas = {:?}\ntitle.en = \"Guide\"\n\n", guide.name, guide.was);
        format!(
            "[[ladders]]\nkey = {:?}\nwas = {:?}\nprefix = \"BA\"\n\n\
             [[ladders]]\nkey = {:?}\nwas = {:?}\nprefix = \"HE\"\ninherits = {:?}\ncompare-with = {compared:?}\n\n\
             {}[compare]\npairs = {:?}\n\n[threads.{}]\nwas = {:?}\ntitle.en = \"Thread\"\n\n",
            base.name,
            base.was,
            heir.name,
            heir.was,
            base.name,
            if self.is_there[PAGES] { pages.as_str() } else { "" },
            if self.is_there[ALL_PAIRS] { "all" } else { "neighbours" },
            thread.name,
            thread.was,
        )
    }

    fn base(&self) -> String {
        let thread = &self.others[THREAD].name;
        format!(
            "+++\ntitle = \"Base\"\n+++\n# Base\n\n## H1 {{#H1}}\n\n### Craft {{#craft}}\n\n\
             - Begins a thing of the base. {{#BA-001 thread={thread}}}\n\n## H2 {{#H2}}\n\n### Craft {{#craft}}\n\n\
             - Ends a thing of the base. {{#BA-002 thread={thread}}}\n"
        )
    }

    fn heir(&self, locale: &str) -> String {
        let Named { name, was } = &self.others[LEVEL];
        let former = |was: &[String]| match was {
            [] => String::new(),
            _ if locale != "en" => String::new(),
            was => format!(" was={}", was.join(",")),
        };
        let was = former(was);
        let (thread, habit, category) = (&self.others[THREAD].name, &self.others[HABIT], &self.others[CATEGORY]);
        let titled = match locale {
            "en" => format!("{} = {{ title = \"Habit\", was = {:?} }}", habit.name, habit.was),
            _ => format!("{} = \"習慣\"", habit.name),
        };
        let (habit, category) = (&habit.name, format!("{{#{}{}}}", category.name, former(&category.was)));
        format!(
            "+++\ntitle = \"Heir\"\n[threads]\n{titled}\n+++\n# Heir\n\n## H1 = One {{#{name}{was}}}\n\n\
             ### Craft {{#craft}}\n\n- Begins a thing of the heir. {{#HE-001 thread={thread}}}\n\
             - Starts a habit of the heir. {{#HE-003 thread={habit}}}\n\n## H2 = Two {{#H2}}\n\n\
             ### Care {category}\n\n- Ends a thing of the heir. {{#HE-002 thread={thread}}}\n\
             - Keeps a habit of the heir. {{#HE-004 thread={habit}}}\n"
        )
    }

    fn heading(&self) -> String {
        format!("key = {:?}\nwas = {:?}", self.ladder.name, self.ladder.was)
    }

    fn text(&self, locale: &str) -> String {
        let mut text = "+++\ntitle = \"Ladder\"\n+++\n# Ladder\n".to_owned();
        for (level, criteria) in &self.levels {
            let was = if level.was.is_empty() || locale != "en" {
                String::new()
            } else {
                format!(" was={}", level.was.join(","))
            };
            text.push_str(&format!("\n## {} {{#{}{was}}}\n", level.name, level.name));
            for (category, title) in CATEGORIES.iter().enumerate() {
                let held: Vec<_> = criteria.iter().filter(|criterion| criterion.category == category).collect();
                if !held.is_empty() {
                    text.push_str(&format!("\n### {title} {{#{title}}}\n\n"));
                }
                for criterion in held {
                    let id = criterion.id.as_ref().map_or(String::new(), |id| format!(" {{#{id}}}"));
                    let statement = if locale == "en" { criterion.statement() } else { criterion.translation() };
                    text.push_str(&format!("- {statement}{id}\n"));
                }
            }
        }
        text
    }
}

const ALLOWED: &str = "[check]\nallow = [\"near-duplicate\", \"missing-translation\", \"lost-page\"]\n\n";

/// The folder after what the messages about vanished ids say has been done, and the ids that it has forgotten. None if a
/// command refuses.
fn obeyed(mut folder: Folder) -> Option<(Folder, BTreeSet<String>)> {
    let mut forgotten = BTreeSet::new();
    loop {
        let (_, problems) = folder.build();
        let Some(vanished) = problems.iter().find(|problem| problem.code == Code::VanishedId) else {
            return Some((folder, forgotten));
        };
        let help = vanished.help.as_ref().unwrap();
        let command = |start: &str| help.split_once(start).map(|(_, rest)| rest.split('`').next().unwrap());
        let request = |command: &str| {
            let words: Vec<_> = command.split(' ').collect();
            let ladder = words.iter().position(|word| *word == "--ladder").map(|at| words[at + 1].to_owned());
            (words[0].to_owned(), ladder)
        };
        let edits = match (command("`rungs withdraw "), command("`rungs id --forget ")) {
            (Some(withdraw), _) => {
                let (id, ladder) = request(withdraw);
                folder.withdrawal_of(&id, ladder.as_deref(), None).ok()?.edits
            }
            (None, Some(forget)) => {
                let (id, ladder) = request(forget);
                let edits = folder.forgotten(&id, ladder.as_deref()).ok()?;
                forgotten.insert(id);
                edits
            }
            (None, None) => panic!("{vanished:#?}"),
        };
        folder = folder.edited_by(edits);
    }
}

/// A site that is edited, and everything that was published of it.
struct Life {
    content: Content,
    folder: Folder,
    editions: usize,
    /// The addresses of permanent pages, and of every page of a released state.
    addresses: BTreeSet<String>,
    /// Parts of the pages of a released state.
    anchors: BTreeMap<String, BTreeSet<String>>,
    /// The last text of each criterion, by id.
    last: BTreeMap<String, Criterion>,
    /// The text of each frozen page.
    frozen: BTreeMap<String, [String; 2]>,
}

impl Life {
    fn new() -> Self {
        let mut content = Content::new();
        let folder = content.written(Folder::new().unregistered());
        let mut life = Self {
            content,
            folder,
            editions: 0,
            addresses: BTreeSet::new(),
            anchors: BTreeMap::new(),
            last: BTreeMap::new(),
            frozen: BTreeMap::new(),
        };
        life.publish(false);
        life
    }

    fn take(&mut self, step: &Step) {
        let Some(mut content) = self.content.after(step) else { return };
        let folder = match step {
            Step::Release => self.released(),
            Step::Withdraw { criterion, verb, successors } => self.withdrawn(criterion, VERBS[*verb], successors),
            _ => obeyed(content.written(self.folder.clone())).map(|(folder, forgotten)| {
                self.forget(&forgotten);
                folder
            }),
        };
        let Some(folder) = folder else { return };
        (self.content, self.folder) = (content, folder);
        self.publish(matches!(step, Step::Release));
    }

    /// Expects no page any more of ids that were never in an edition.
    fn forget(&mut self, ids: &BTreeSet<String>) {
        for id in ids {
            self.last.remove(id);
            self.addresses.remove(&format!("c/{}/", id.to_ascii_lowercase()));
        }
    }

    fn released(&mut self) -> Option<Folder> {
        let name = format!("2026.{}", self.editions + 1);
        let effects = Effects { reworded: vec!["all".to_owned()], ..Effects::default() };
        match self.folder.release(&name, "2026-11-23", effects) {
            Ok(released) => Some(self.folder.clone().edited_by(released.edits)),
            Err(refusal) => {
                assert!(refusal.message.starts_with("nothing has changed"), "{refusal:#?}");
                None
            }
        }
    }

    fn withdrawn(&self, criterion: &Index, verb: Verb, successors: &[Index]) -> Option<Folder> {
        let known: Vec<_> = self.last.keys().map(String::as_str).collect();
        let successors: Vec<_> = successors.iter().map(|index| *index.get(&known)).collect();
        let (level, at) = self.content.pick(criterion);
        let id = self.content.levels[level].1[at].id.as_deref().unwrap();
        let succession = Some((verb, successors.as_slice())).filter(|(_, ids)| !ids.is_empty());
        let withdrawn = self.folder.withdrawal(id, succession).ok()?;
        Some(self.folder.clone().edited_by(withdrawn.edits))
    }

    /// Builds the site, and asks for everything that was ever published.
    fn publish(&mut self, is_released: bool) {
        let site = Published::of(&self.folder);
        for criterion in self.content.levels.iter().flat_map(|(_, criteria)| criteria) {
            let id = criterion.id.clone().unwrap();
            let before = self.last.insert(id.clone(), criterion.clone());
            assert!(before.is_none_or(|before| before.matter == criterion.matter), "{id} was given twice");
        }
        if is_released {
            self.release(&site);
        }
        self.addresses.extend(site.addresses().filter(|address| address.starts_with("c/")).map(str::to_owned));
        for address in &self.addresses {
            assert!(site.follow(address).is_some(), "/{address} is lost");
        }
        for (address, anchors) in &self.anchors {
            let to = site.follow(address).unwrap();
            let there = site.anchors(to);
            let lost = anchors.iter().find(|anchor| !there.contains(anchor.as_str()));
            assert_eq!(lost, None, "of /{address}, which leads to /{to}");
        }
        for (id, criterion) in &self.last {
            let page = site.page(&format!("c/{}/", id.to_ascii_lowercase()));
            assert!(page.contains(&criterion.statement()), "{id} says “{}”: {page}", criterion.statement());
        }
        for (address, texts) in &self.frozen {
            let page = site.page(address);
            assert!(texts.iter().all(|text| page.contains(text)), "/{address} says {texts:?}: {page}");
        }
    }

    fn release(&mut self, site: &Published) {
        self.editions += 1;
        self.addresses.extend(site.addresses().map(str::to_owned));
        for address in site.addresses() {
            let kept = self.anchors.entry(address.to_owned()).or_default();
            kept.extend(site.anchors(address).into_iter().map(str::to_owned));
        }
        let edition = format!("e/2026.{}/c", self.editions);
        for criterion in self.content.levels.iter().flat_map(|(_, criteria)| criteria) {
            let address = format!("{edition}/{}/", criterion.id.as_ref().unwrap().to_ascii_lowercase());
            let translation = if self.content.is_translated { criterion.translation() } else { criterion.statement() };
            self.frozen.insert(address, [criterion.statement(), translation]);
        }
    }
}

properties! {
    6 cases,

    #[test]
    fn no_address_is_ever_lost_and_no_id_given_twice(steps in prop::collection::vec(step(), 6..=12)) {
        let mut life = Life::new();
        for step in &steps {
            life.take(step);
        }
        prop_assert!(life.folder.sources().texts.contains_key(Utf8Path::new(REGISTER)));
    }
}
