//! Released addresses answer for ever: one test for each way in which an address could be lost.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use insta::assert_snapshot;
use rungs::for_tests::diagnostic::{Code, Problems};
use rungs::for_tests::edition::{self, Edition};
use rungs::for_tests::model::Page;

use crate::driver::{Folder, LADDER};
use crate::published::Published;

/// Everything that a site has at an address, and every part of its pages.
fn everything(folder: &Folder) -> BTreeMap<String, BTreeSet<String>> {
    let site = Published::of(folder);
    let parts = |address: &str| site.anchors(address).into_iter().map(str::to_owned).collect();
    site.addresses().map(|address| (address.to_owned(), parts(address))).collect()
}

/// Asks a site for everything that another one had.
fn ask(folder: &Folder, had: &BTreeMap<String, BTreeSet<String>>) -> Published {
    let site = Published::of(folder);
    for (address, anchors) in had {
        let to = site.follow(address).unwrap_or_else(|| panic!("/{address} is lost"));
        let there = site.anchors(to);
        let lost = anchors.iter().find(|anchor| !there.contains(anchor.as_str()));
        assert_eq!(lost, None, "of /{address}, which leads to /{to}");
    }
    site
}

/// The folder of a site in `tests/fixtures/` whose translations need not be current.
fn fixture(name: &str) -> Folder {
    let allowed = "[check]\nallow = [\"outdated-translation\"]\n\n[provenance.source]";
    Folder::fixture(name).edited("site.toml", "[provenance.source]", allowed)
}

fn editions(folder: &Folder) -> Vec<Edition> {
    let (editions, problems) = Problems::of(|problems| edition::read(folder.sources(), problems));
    assert!(problems.is_empty(), "{problems:?}");
    editions
}

/// The same folder with another key for a ladder, and the one that it had.
fn with_ladder_renamed(mut folder: Folder, old: &str, new: &str) -> Folder {
    let (key, was) = (format!("key = \"{old}\""), format!("key = \"{new}\"\nwas = [\"{old}\"]"));
    folder = folder.edited("site.toml", &key, &was);
    for locale in ["en", "zh-TW"] {
        let path = format!("{locale}/{old}.md");
        if folder.sources().texts.contains_key(Utf8Path::new(&path)) {
            let text = folder.text(&path).to_owned();
            folder = folder.without(&path).file(&format!("{locale}/{new}.md"), &text);
        }
    }
    folder
}

/// A site with so many levels in three languages, with a note, and with settings of its own.
fn with_pairs(levels: usize, settings: &str) -> Folder {
    let level = |at: usize| format!("## L{at} {{#L{at}}}\n\n### Craft {{#craft}}\n\n- Does matter {at}.\n\n");
    let text: String = (1..=levels).map(level).collect();
    let locales = ["en", "zh-TW", "ja"];
    let site = locales.iter().fold(Folder::small().in_locales(&locales), |site, tag| {
        let note = format!("+++\ntitle = \"Craft in {tag}\"\n+++\nText.\n");
        site.file(&format!("{tag}/ladder.md"), &text).file(&format!("{tag}/notes/craft.md"), &note)
    });
    let allowed = "[check]\nallow = [\"missing-translation\", \"near-duplicate\", \"copied-source\"]\n\n";
    site.edited("site.toml", "[provenance.source]", &format!("{allowed}{settings}[provenance.source]")).with_ids()
}

#[test]
fn pairs_that_have_no_page_any_more_lead_to_the_nearest_one() {
    let all = "[compare]\npairs = \"all\"\n\n[side-by-side]\npairs = \"all\"\n\n";
    let few = all.replacen("\"all\"", "\"neighbours\"", 1).replacen("\"all\"", "\"source\"", 1);
    let released = with_pairs(4, all).released("2026.1", "2026-11-23");
    let had = everything(&released);
    let site = ask(&released.clone().edited("site.toml", all, &few), &had);
    for (old, now) in [
        ("en/ladder/compare/l1-l2/", "en/ladder/compare/l1-l2/"),
        ("en/ladder/compare/l1-l3/", "en/ladder/l3/"),
        ("ja/ladder/compare/l1-l4/", "ja/ladder/l4/"),
        ("ja/ladder/beside/zh-tw/", "ja/ladder/beside/en/"),
        ("zh-tw/notes/craft/beside/ja/", "zh-tw/notes/craft/beside/en/"),
        ("en/notes/craft/beside/ja/", "en/notes/craft/beside/ja/"),
    ] {
        assert!(had.contains_key(old), "{old}");
        assert_eq!(site.follow(old), Some(now), "{old}");
    }
    // What was never published has no redirect.
    let fresh = Published::of(&with_pairs(4, &few));
    assert_eq!(fresh.follow("en/ladder/compare/l1-l3/"), None);
}

#[test]
fn a_ladder_that_grows_keeps_the_addresses_of_its_comparisons() {
    let released = with_pairs(8, "").released("2026.1", "2026-11-23");
    let had = everything(&released);
    let text = format!("{}## L9 {{#L9}}\n\n### Craft {{#craft}}\n\n- Does more.\n", released.text("en/ladder.md"));
    let site = ask(&released.file("en/ladder.md", &text).with_ids(), &had);
    assert_eq!(site.follow("en/ladder/compare/l1-l8/"), Some("en/ladder/l8/"));
    assert_eq!(site.follow("en/ladder/compare/l8-l9/"), Some("en/ladder/compare/l8-l9/"));
}

#[test]
fn renamed_ladders_levels_and_threads_and_other_settings_take_no_address_with_them() {
    let before = fixture("ladders").released("2026.1", "2026-11-23");
    let had = everything(&before);
    let mut after = before
        .edited("site.toml", "compare-with = [\"leading\", \"common\"]", "compare-with = []")
        .edited("site.toml", "[threads.teaching]", "[threads.mentoring]\nwas = [\"teaching\"]")
        .edited("site.toml", "ladders = [\"baking\", \"leading\"]", "ladders = [\"baking\", \"management\"]")
        .edited("en/notes/reading.md", "leading:M1", "management:M9")
        .edited("en/notes/reading.md", "[M1]", "[M9]")
        .edited("zh-TW/notes/reading.md", "[M1]", "[M9]")
        .edited("en/leading.md", "{#M1}", "{#M9 was=M1}")
        .edited("zh-TW/leading.md", "{#M1}", "{#M9}");
    for locale in ["en", "zh-TW"] {
        for file in ["baking", "leading", "notes/reading"] {
            let path = format!("{locale}/{file}.md");
            let text = after.text(&path).replace("thread=teaching", "thread=mentoring");
            after = after.file(&path, &text.replace("thread:teaching", "thread:mentoring"));
        }
    }
    let after = with_ladder_renamed(after, "leading", "management").with_ids();
    let site = ask(&after, &had);
    for (from, to) in [
        ("en/leading/", "en/management/"),
        ("en/leading/m1/", "en/management/m9/"),
        ("en/leading/compare/m1-m2/", "en/management/compare/m9-m2/"),
        ("en/leading/compare/m1-common.l1/", "en/management/compare/m9-common.l1/"),
        ("en/leading/beside/zh-tw/", "en/management/beside/zh-tw/"),
        ("en/leading/beside/2026.1/", "en/management/beside/2026.1/"),
        ("zh-tw/threads/teaching/", "zh-tw/threads/mentoring/"),
        // It is not compared any more, and stands on its own page.
        ("en/baking/compare/l1-leading.m1/", "en/baking/l1/"),
    ] {
        assert_eq!(site.follow(from), Some(to), "/{from}");
    }
    assert!(!after.problems().contains("lost-"), "{}", after.problems());
}

#[test]
fn what_is_compared_the_other_way_round_leads_there() {
    let before = fixture("ladders").released("2026.1", "2026-11-23");
    let had = everything(&before);
    let after = before.edited("site.toml", "compare-with = [\"leading\", \"common\"]", "compare-with = [\"common\"]");
    let old = "levels-accumulate = false";
    let after = after.edited("site.toml", old, &format!("{old}\ncompare-with = [\"baking\", \"common\"]"));
    let site = ask(&after, &had);
    assert_eq!(site.follow("en/baking/compare/l2-leading.m1/"), Some("en/leading/compare/m1-baking.l2/"));
}

fn with_pages() -> Folder {
    let pages = "[[pages]]\nfolder = \"guide\"\ntitle.en = \"Guide\"\n\n[provenance.source]";
    Folder::new()
        .edited("site.toml", "[provenance.source]", pages)
        .file("en/ladder.md", LADDER)
        .file("en/guide/start.md", "+++\ntitle = \"Begin\"\n+++\n## Why\n\nSo.\n")
        .file("en/pages/about.md", "+++\ntitle = \"About\"\n+++\n## Us\n\nWe.\n")
        .file("glossary.toml", "[[term]]\nen = [\"design\"]\n")
        .with_ids()
        .released("2026.1", "2026-11-23")
}

#[test]
fn a_folder_of_pages_and_the_glossary_leave_a_word_and_are_missed() {
    let before = with_pages();
    let had = everything(&before);
    let settings = before.text("site.toml").replace("[[pages]]\nfolder = \"guide\"\ntitle.en = \"Guide\"\n", "");
    let after = before.without("en/guide/start.md").without("en/pages/about.md").without("glossary.toml");
    let after = after.file("site.toml", &settings);
    ask(&after, &had);
    assert_snapshot!(after.problems(), @r#"
    warning[lost-page]: the page “About” was released and is gone, and nothing says what replaced it
    --> content/en/pages/about.md
     = help: put `was = ["about"]` into the front matter of the page that replaced it, or `was = ["pages/about"]` if that is in another folder: until then its address leads to the nearest page

    warning[lost-page]: the glossary was released and is gone
    --> content/glossary.toml
     = help: restore the site's glossary: until then its address leads to the home page

    warning[lost-page]: the folder of pages “Guide” was released and is gone, and nothing says what replaced it
    --> content/site.toml
     = help: add `was = ["guide"]` to the `[[pages]]` in site.toml that replaced it: until then the addresses of its pages lead to the home page
    "#);
}

#[test]
fn a_folder_of_pages_under_another_name_leads_on() {
    let before = with_pages();
    let had = everything(&before);
    let after = before
        .without("en/guide/start.md")
        .edited("site.toml", "folder = \"guide\"", "folder = \"handbook\"\nwas = [\"guide\"]")
        .file("en/handbook/begin.md", "+++\ntitle = \"Begin\"\nwas = [\"start\"]\n+++\n## Why\n\nSo.\n");
    let site = ask(&after, &had);
    assert_eq!(site.follow("en/guide/"), Some("en/handbook/"));
    assert_eq!(site.follow("en/guide/start/"), Some("en/handbook/begin/"));
    assert_eq!(after.problems(), "");
    // What the second edition lists is kept without what the site says of the first.
    let later = after.released("2026.2", "2026-11-24").edited("site.toml", "was = [\"guide\"]\n", "");
    assert_eq!(ask(&later, &had).follow("en/guide/start/"), Some("en/handbook/begin/"));
}

#[test]
fn a_shared_thread_that_is_gone_leaves_a_word_and_is_missed() {
    let before = fixture("ladders").released("2026.1", "2026-11-23");
    let had = everything(&before);
    let shared = before.text("site.toml").split("[threads.teaching]").nth(1).unwrap();
    let shared = format!("[threads.teaching]{}", shared.split("\n\n").next().unwrap());
    let mut after = before.clone().edited("site.toml", &shared, "");
    for locale in ["en", "zh-TW"] {
        for file in ["baking", "leading", "notes/reading"] {
            let path = format!("{locale}/{file}.md");
            let text = after.text(&path).replace(" thread=teaching", "").replace("[thread:teaching]", "teaching");
            after = after.file(&path, &text);
        }
    }
    ask(&after, &had);
    let lost: Vec<_> = after.build().1.into_iter().filter(|problem| problem.code == Code::LostPage).collect();
    assert_eq!(lost.len(), 1);
    assert_eq!(
        lost[0].message,
        "the shared thread “Teaching others” was released and is gone, and nothing says what replaced it"
    );
}

#[test]
fn a_page_that_nothing_can_stand_for_stops_the_build() {
    let folder = Folder::small().with_ids().released("2026.1", "2026-11-23");
    let folder =
        folder.edited("en/ladder.md", "half of the day", "a third of the day").released("2026.2", "2026-11-24");
    let folder = folder.without("editions/2026.1.json");
    assert!(folder.built().outputs.is_empty());
    let (_, lost) = folder.build();
    assert_eq!(lost.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::LostAddress]);
    assert_snapshot!(format!("{}\n{}", lost[0].message, lost[0].help.as_deref().unwrap()), @"
    /e/2026.1/ and 9 more were released with 2026.2, and the site has no pages for them any more
    restore `editions/2026.1.json` from version control: what people have cited must stay
    ");
}

#[test]
fn an_edition_lists_every_address_of_the_site_and_every_part_of_its_pages() {
    for folder in [fixture("past"), fixture("ladders"), Folder::fixture("themed")] {
        let folder = folder.released("2027.1", "2027-01-01");
        let editions = editions(&folder);
        let published = editions.last().unwrap().frozen.published.as_ref().unwrap();
        let (site, _) = folder.build();
        let pages = Published::of(&folder);
        let all: Vec<_> = Page::all(&site).into_iter().filter(|page| *page != Page::NotFound).collect();
        assert_eq!(published.addresses.len(), all.len());
        for page in all {
            let address = page.path(&site);
            let listed: BTreeSet<_> =
                published.anchors_at(published.addresses[&address]).iter().map(String::as_str).collect();
            // What an edition shows never changes, and needs no list.
            if !matches!(page, Page::Edition(..)) {
                assert_eq!(listed, pages.anchors(&address), "/{address}");
            }
        }
    }
}

#[test]
fn editions_without_lists_and_with_them_stand_beside_each_other() {
    let before = fixture("past");
    let old: Vec<_> = editions(&before).into_iter().map(|edition| edition.text).collect();
    let folder = before.released("2027.1", "2027-01-01");
    let new: Vec<_> = editions(&folder).into_iter().map(|edition| (edition.frozen.schema, edition.text)).collect();
    assert_eq!(new.iter().map(|(schema, _)| *schema).collect::<Vec<_>>(), [1, 1, 1, 3]);
    assert!(new.iter().zip(&old).all(|((_, new), old)| new == old));
    let had = everything(&folder);
    let note = folder.text("en/notes/bench-time.md").to_owned();
    let after = folder.without("en/notes/bench-time.md").without("zh-TW/notes/bench-time.md");
    ask(&after.clone().file("en/notes/other.md", &note.replace("was = [", "was = [\"bench-time\", ")), &had);
    ask(&after, &had);
}

#[test]
fn a_level_is_found_through_two_names_of_it_and_of_its_ladder() {
    let first = Folder::small().with_ids().released("2026.1", "2026-11-23");
    let had = everything(&first);
    let second = first.edited("en/ladder.md", "{#L2}", "{#staff was=L2}");
    let second = with_ladder_renamed(second, "ladder", "engineering").with_ids().released("2026.2", "2026-11-24");
    let third = second
        .edited("en/engineering.md", "{#staff was=L2}", "{#lead was=staff,L2}")
        .edited("site.toml", "was = [\"ladder\"]", "was = [\"ladder\", \"engineering\"]")
        .edited("site.toml", "key = \"engineering\"", "key = \"makers\"");
    let text = third.text("en/engineering.md").to_owned();
    let third = third.without("en/engineering.md").file("en/makers.md", &text).with_ids();
    let site = ask(&third, &had);
    assert_eq!(site.follow("en/ladder/l2/"), Some("en/makers/lead/"));
    assert_eq!(site.follow("en/ladder/compare/l1-l2/"), Some("en/makers/compare/l1-lead/"));
}

#[test]
fn a_language_that_is_gone_leaves_its_addresses() {
    let before = Folder::bilingual().with_ids();
    let before = before.edited("site.toml", "[[ladders]]", "[check]\nallow = [\"missing-translation\"]\n\n[[ladders]]");
    let before = before.released("2026.1", "2026-11-23");
    let had = everything(&before);
    let english =
        Folder::new().edited("site.toml", "[[ladders]]", "[check]\nallow = [\"missing-translation\"]\n\n[[ladders]]");
    let after = before.without("zh-TW/ladder.md").file("site.toml", english.text("site.toml"));
    let site = ask(&after, &had);
    assert_eq!(site.follow("zh-tw/ladder/l1/"), Some("en/ladder/l1/"));
}
