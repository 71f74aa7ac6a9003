//! The life of a site: released, reworded, released, moved, released, withdrawn, released. Everything that was ever
//! published is asked for again after every step.

use std::collections::{BTreeMap, BTreeSet};

use rungs::for_tests::register::Verb;

use crate::driver::Folder;
use crate::published::Published;

const FIRST: &str = "- Reviews the designs of a team. {#EN-003}\n";
const SECOND: &str = "- Reviews the designs of two teams. {#EN-003}\n";
const FIRST_TRANSLATION: &str = "- 審查一個團隊的設計。 {#EN-003}\n";
const SECOND_TRANSLATION: &str = "- 審查兩個團隊的設計。 {#EN-003}\n";

fn written() -> Folder {
    let folder = Folder::bilingual();
    let note = "+++\ntitle = \"Reviews\"\nabout = [\"craft\"]\n+++\n## Why\n\nTo learn.\n";
    let folder = folder.file("en/notes/reviews.md", note);
    folder.file("zh-TW/notes/reviews.md", &note.replace("To learn.", "為了學習。")).with_ids()
}

fn reworded(folder: Folder) -> Folder {
    folder.edited("en/ladder.md", FIRST, SECOND).edited("zh-TW/ladder.md", FIRST_TRANSLATION, SECOND_TRANSLATION)
}

/// To the lower level, which the one it leaves is renamed for.
fn moved(folder: Folder) -> Folder {
    let lower = "- Spends most of the day on it. {#EN-002 thread=time}\n";
    let lower_translation = "- 一天大半時間如此。 {#EN-002}\n";
    folder
        .edited("en/ladder.md", SECOND, "")
        .edited("zh-TW/ladder.md", SECOND_TRANSLATION, "")
        .edited("en/ladder.md", lower, &format!("{lower}{SECOND}"))
        .edited("zh-TW/ladder.md", lower_translation, &format!("{lower_translation}{SECOND_TRANSLATION}"))
        .edited("en/ladder.md", "{#L2}", "{#lead was=L2}")
        .edited("zh-TW/ladder.md", "{#L2}", "{#lead}")
        .with_ids()
}

fn withdrawn(folder: Folder) -> Folder {
    folder.withdrawn("EN-003", Some((Verb::CoveredBy, &["EN-001"])))
}

/// Every address that a build had, and what can be linked to on the pages of ladders and levels.
#[derive(Default)]
struct Kept {
    anchors: BTreeMap<String, BTreeSet<String>>,
    /// The main parts of frozen pages of criteria, without later changes.
    frozen: BTreeMap<String, Vec<String>>,
}

impl Kept {
    /// Asks a later site for everything.
    fn ask(&self, site: &Published, step: &str) {
        for (address, anchors) in &self.anchors {
            let to = site.follow(address).unwrap_or_else(|| panic!("{step}: /{address} is lost"));
            for anchor in anchors {
                assert!(site.has_anchor(to, anchor), "{step}: /{address}#{anchor}, which leads to /{to}, is lost");
            }
        }
        for (address, texts) in &self.frozen {
            assert_eq!(&stays(site, address), texts, "{step}: /{address}");
        }
    }

    fn keep(&mut self, site: &Published) {
        for address in site.addresses() {
            let segments: Vec<_> = address.split_terminator('/').collect();
            let shows_levels = matches!(
                segments.as_slice(),
                ["en" | "zh-tw", "ladder"] | ["en" | "zh-tw", "ladder", "l1" | "l2" | "lead"]
            );
            let anchors = if shows_levels { site.anchors(address) } else { BTreeSet::new() };
            let kept = self.anchors.entry(address.to_owned()).or_default();
            kept.extend(anchors.into_iter().map(str::to_owned));
            if matches!(segments.as_slice(), ["e", _, "c", _]) {
                self.frozen.entry(address.to_owned()).or_insert_with(|| stays(site, address));
            }
        }
    }
}

/// Returns the permanent text of a frozen page: everything but later changes. One part for each language.
fn stays(site: &Published, address: &str) -> Vec<String> {
    let said = site.said(address);
    let parts = said.split("\nEdition ").flat_map(|part| part.split("\n繁體中文"));
    let kept = |part: &str| SINCE.iter().fold(part, |kept, since| kept.split(since).next().unwrap()).to_owned();
    parts.map(kept).collect()
}

/// The beginnings of the text about later changes.
const SINCE: [&str; 4] = ["\nChanged since", "\nUnchanged since", "\n此後的變更", "\n此後未曾變更"];

#[test]
fn a_reviewer_who_cites_a_criterion_in_march_finds_it_for_ever() {
    type Change = fn(Folder) -> Folder;
    let steps: [(&str, Change); 8] = [
        ("written", |folder| folder),
        ("released", |folder| folder.released("2026.1", "2026-03-01")),
        ("reworded", reworded),
        ("released again", |folder| folder.released("2026.2", "2026-06-01")),
        ("moved", moved),
        ("released a third time", |folder| folder.released("2026.3", "2026-09-01")),
        ("withdrawn", withdrawn),
        ("released a fourth time", |folder| folder.released("2027.1", "2027-02-01")),
    ];
    let (mut folder, mut kept) = (written(), Kept::default());
    let mut told = Vec::new();
    for (step, change) in steps {
        folder = change(folder);
        let site = Published::of(&folder);
        kept.keep(&site);
        kept.ask(&site, step);
        told.push(site.said("c/en-003/"));
    }
    let site = Published::of(&folder);
    let says = |address: &str, texts: &[&str]| {
        let said = site.said(address);
        texts.iter().for_each(|text| assert!(said.contains(text), "/{address} says “{text}”:\n{said}"));
    };
    println!("{}", told.join("\n=====\n"));
    says("e/2026.1/c/en-003/", &["Reviews the designs of a team.", "審查一個團隊的設計。", "It will not change."]);
    says("e/2026.2/c/en-003/", &["Reviews the designs of two teams.", "審查兩個團隊的設計。", "L2 · Lead"]);
    says("e/2026.3/c/en-003/", &["Reviews the designs of two teams.", "審查兩個團隊的設計。", "L1 · Engineer"]);
    assert!(site.find("e/2027.1/c/en-003/").is_none());
}
