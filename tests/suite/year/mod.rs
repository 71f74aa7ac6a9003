//! A year of two maintainers on two branches, in real git: honest work, and slips of every kind at random moments.
//!
//! After every commit the site answers for everything that its editions ever held, or the build has stopped. Then the
//! advice of its messages is followed to the letter until the site is green, and nothing may be lost by then.

#![allow(clippy::disallowed_methods, reason = "git and the program are run on a site on disk, as people run them")]

mod dice;
mod obedience;
mod slips;
mod text;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use proptest::prelude::*;
use rungs::for_tests::diagnostic::Problems;
use rungs::for_tests::register::{IdState, Key, Register};

use self::dice::Dice;
use self::slips::Slip;
use self::work::Work;
use crate::driver::Folder;
use crate::place::Place;
use crate::published::Published;

const SITE: &str = "content/site.toml";
const REGISTER: &str = "content/register.toml";
const EDITIONS: &str = "content/editions";
const LOCALES: [&str; 2] = ["en", "zh-TW"];
const LADDERS: [&str; 2] = ["engineering", "leading"];
const BRANCHES: [&str; 2] = ["main", "other"];

/// The pages and texts of a site when an edition was released.
struct Kept {
    /// Each page, and what could be linked to on it.
    anchors: BTreeMap<String, BTreeSet<String>>,
    /// The text of each criterion, in each language.
    words: BTreeMap<String, Vec<String>>,
}

/// A maintainer's record of the branch when it was last free of problems.
#[derive(Clone, Default)]
struct Branch {
    /// The last text of each criterion.
    words: BTreeMap<String, Vec<String>>,
    /// The texts of the editions.
    editions: BTreeSet<String>,
    /// The commit.
    green: String,
}

struct Year {
    place: Place,
    dice: Dice,
    branches: [Branch; 2],
    on: usize,
    editions: BTreeMap<String, Kept>,
    /// The number of subjects used so far.
    matters: usize,
    /// The events so far, for whoever reads of a failure.
    story: Vec<String>,
    /// The ids that were forgotten since all was well.
    forgotten: BTreeSet<String>,
    /// The number of times that advice was followed.
    followed: usize,
}

/// A year that ends badly tells its story.
impl Drop for Year {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.story.join("\n"));
        }
    }
}

impl Year {
    fn new(seed: u64) -> Self {
        let mut year = Self {
            place: Place::of(&work::first_site()),
            dice: Dice::new(seed),
            branches: [Branch::default(), Branch::default()],
            on: 0,
            editions: BTreeMap::new(),
            matters: work::FIRST_MATTERS,
            story: Vec::new(),
            forgotten: BTreeSet::new(),
            followed: 0,
        };
        year.place.put(".gitignore", "public/\n.rungs-cache/\n");
        year.place.init_git();
        year.run("rungs translation accept zh-TW --all");
        year.settle("written");
        year.release();
        year.settle("released");
        year.git(&["branch", BRANCHES[1]]);
        year.branches[1] = year.branches[0].clone();
        year
    }

    fn branch(&mut self) -> &mut Branch {
        &mut self.branches[self.on]
    }

    /// Goes on with the other maintainer's branch.
    fn switch(&mut self) {
        self.on = 1 - self.on;
        self.git(&["switch", "-q", BRANCHES[self.on]]);
        self.story.push(format!("-- on {}", BRANCHES[self.on]));
    }

    fn git(&self, arguments: &[&str]) -> String {
        self.place.git(arguments).unwrap_or_else(|| panic!("git {arguments:?}"))
    }

    /// Runs a command line, and keeps it in the story.
    fn try_run(&mut self, command: &str) -> (bool, String) {
        let (is_done, told) = self.place.shell(command);
        assert!(!told.contains("this bug in Rungs"), "{command}: {told}");
        self.story.push(format!("   $ {command}{}", if is_done { String::new() } else { format!(" => {told}") }));
        (is_done, told)
    }

    fn run(&mut self, command: &str) -> String {
        let (is_done, told) = self.try_run(command);
        assert!(is_done, "{command}: {told}");
        told
    }

    fn commit(&self, message: &str) {
        // A merge is finished even if nothing has changed by it.
        if self.place.at(".git/MERGE_HEAD").exists() {
            self.git(&["add", "-A"]);
            self.git(&["commit", "-q", "--no-edit"]);
        }
        if !self.git(&["status", "--porcelain"]).is_empty() {
            self.place.committed(message);
        }
    }

    /// Follows the advice until all is well, asks for everything that was ever published, and commits.
    fn settle(&mut self, what: &str) {
        self.obey();
        self.ask();
        self.commit(what);
        let green = self.git(&["rev-parse", "HEAD"]).trim().to_owned();
        self.branch().green = green;
        self.forgotten.clear();
    }

    /// Returns the text of every criterion, in each language.
    fn words(&self) -> BTreeMap<String, Vec<String>> {
        let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for locale in LOCALES {
            for ladder in LADDERS {
                for (_, id, said) in text::criteria(&self.place.text(&file(locale, ladder))) {
                    if locale == LOCALES[0] {
                        words.insert(id, vec![said]);
                    } else if let Some(words) = words.get_mut(&id) {
                        words.push(said);
                    }
                }
            }
        }
        words
    }

    /// The texts of the editions.
    fn released(&self) -> BTreeSet<String> {
        if !self.place.at(EDITIONS).exists() {
            return BTreeSet::new();
        }
        self.place.files(EDITIONS).into_iter().map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect()
    }

    /// Asks a site that is well for everything that its editions held, and for everything that stood there before.
    fn ask(&mut self) {
        let site = Folder::at(Utf8Path::from_path(&self.place.at("content")).unwrap());
        let register = Register::read(site.sources(), &Problems::default());
        let site = Published::of(&site);
        let words = self.words();
        let released = self.released();
        let before = std::mem::take(&mut self.branches[self.on]);
        let missing = before.editions.difference(&released).count();
        assert_eq!(missing, 0, "an edition is lost");
        let entry = |id: &str| {
            let entries = register.entries();
            let entry =
                entries.into_iter().find(|(key, _)| matches!(key, Key::Criterion(other) if other.to_string() == id));
            entry.map(|(_, entry)| entry)
        };
        let page = |id: &str| site.find(&format!("c/{}/", id.to_ascii_lowercase()));
        for edition in &released {
            let Kept { anchors, words: said } = &self.editions[edition];
            for (address, anchors) in anchors {
                let to = site.follow(address).unwrap_or_else(|| panic!("/{address} is lost"));
                let there = site.anchors(to);
                let lost = anchors.iter().find(|anchor| !there.contains(anchor.as_str()));
                assert_eq!(lost, None, "of /{address}, which leads to /{to}");
            }
            for (id, said) in said {
                let state = entry(id).map(|entry| entry.state);
                let stands = words.contains_key(id);
                assert_eq!(state, Some(if stands { IdState::Active } else { IdState::Withdrawn }), "{id}");
                let matter = text::matter(&said[0]);
                assert!(page(id).is_some_and(|page| page.contains(&matter)), "{id} says {matter} no more");
            }
        }
        for (id, said) in &before.words {
            let now = match (words.get(id), entry(id).and_then(|entry| entry.withdrawal.as_ref())) {
                (Some(now), _) => now.clone(),
                (None, Some(withdrawal)) => {
                    LOCALES.iter().filter_map(|tag| withdrawal.statement.get(*tag).cloned()).collect()
                }
                (None, None) => {
                    let is_released = released.iter().any(|edition| self.editions[edition].words.contains_key(id));
                    assert!(self.forgotten.contains(id) && !is_released, "{id} is lost, which said {said:?}");
                    continue;
                }
            };
            // What a translation lacks is a warning.
            // Last words may be those of the last edition.
            let is_withdrawn = !words.contains_key(id) && text::matter(&now[0]) == text::matter(&said[0]);
            let is_same = is_withdrawn || now[0] == said[0] && now.iter().zip(said).all(|(now, said)| now == said);
            assert!(is_same, "{id} says {now:?}, and said {said:?}");
            let page = page(id).unwrap_or_else(|| panic!("{id} has no page"));
            assert!(page.contains(&now[0]), "the page of {id} does not say {now:?}");
        }
        self.branches[self.on] = Branch { words, editions: released, green: before.green };
    }

    /// Keeps what the site answers with as it was just released.
    fn keep(&mut self, edition: String) {
        let site = Published::of(&Folder::at(Utf8Path::from_path(&self.place.at("content")).unwrap()));
        let anchors = |address: &str| site.anchors(address).into_iter().map(str::to_owned).collect();
        let anchors = site.addresses().map(|address| (address.to_owned(), anchors(address))).collect();
        self.editions.insert(edition, Kept { anchors, words: self.words() });
    }
}

/// The number of slips in a year, out of all that there are.
const SLIPS: usize = 9;

fn file(locale: &str, ladder: &str) -> String {
    format!("content/{locale}/{ladder}.md")
}

/// Lives through a year, and gives how often advice was followed.
fn live(seed: u64) -> usize {
    let mut year = Year::new(seed);
    let mut slips = Slip::ALL;
    year.dice.shuffle(&mut slips);
    for slip in slips.into_iter().take(SLIPS) {
        for _ in 0..=year.dice.below(2) {
            if year.dice.below(3) == 0 {
                year.switch();
            }
            let work = year.dice.one(&Work::ALL);
            year.story.push(format!("{work:?}"));
            year.work(work);
            year.settle(&format!("{work:?}"));
        }
        year.story.push(format!("{slip:?}"));
        if year.slip(slip) {
            if year.dice.below(2) == 0 {
                year.commit("A slip");
            }
            year.settle(&format!("After {slip:?}"));
        }
    }
    year.merge();
    year.settle("Together");
    year.followed
}

properties! {
    1 cases,

    #[test]
    fn advice_that_is_followed_to_the_letter_loses_nothing(seed in any::<u64>().no_shrink()) {
        prop_assert!(live(seed) > 0);
    }
}

/// Years by hand: `RUNGS_YEARS=0..20 cargo test --test suite -- year:: --nocapture`. Names every seed that fails.
#[test]
fn years_that_are_asked_for_lose_nothing() {
    let Ok(seeds) = std::env::var("RUNGS_YEARS") else { return };
    let (from, to) = seeds.split_once("..").expect("a range of seeds, such as 0..20");
    let failed = |seed: &u64| std::panic::catch_unwind(|| live(*seed)).is_err();
    let failed: Vec<u64> = (from.parse().unwrap()..to.parse().unwrap()).filter(failed).collect();
    assert!(failed.is_empty(), "{failed:?}");
}
