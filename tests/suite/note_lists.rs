//! Notes as lists show them: in which order and groups, and in which words.

use insta::assert_snapshot;

use crate::driver::Folder;
use crate::pages::{Pages, text};
use crate::place::Place;

const GROUPS: &str = r#"    [[note-groups]]
key = "start"
title = { en = "Start here" }

[[note-groups]]
key = "topics"
title = { en = "Topics" }
"#;

fn note(title: &str, keys: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nabout = []\n{keys}\n+++\n{body}\n")
}

fn grouped() -> Folder {
    Folder::small()
        .edited("site.toml", "[[ladders]]", &format!("{GROUPS}\n[[ladders]]"))
        .file("en/notes/alone.md", &note("Alone", "", "Is in no group."))
        .file("en/notes/maps.md", &note("Maps", "group = \"topics\"\norder = 2", "Four kinds of map:"))
        .file("en/notes/orphans.md", &note("Orphans", "group = \"topics\"\norder = 1", "Nobody owns them."))
        .file("en/notes/reading.md", &note("Reading", "group = \"start\"\nsummary = \"How to read it.\"", "Read on."))
}

#[test]
fn notes_are_listed_by_group_and_order_wherever_they_are() {
    let pages = Pages::of(&grouped());
    assert_snapshot!(pages.main("en/notes/"), @"
    Notes
    Explanations of the criteria, and how to use them.
    Alone
    Is in no group.
    Start here
    Reading
    How to read it.
    Topics
    Orphans
    Nobody owns them.
    Maps
    Four kinds of map.
    ");
    let home = pages.main("en/");
    let (_, listed) = home.split_once("\nNotes\n").unwrap();
    let lines: Vec<_> = listed.lines().collect();
    assert_eq!(lines, ["Alone", "Start here", "Reading", "Topics", "Orphans", "Maps"]);
    let next =
        |page: &str| pages.page(page).split("rel=\"next\"").nth(1).map(|rest| text(rest.split("</a>").next().unwrap()));
    assert!(next("en/notes/alone/").unwrap().ends_with("Reading"));
    assert!(next("en/notes/reading/").unwrap().ends_with("Orphans"));
}

#[test]
fn a_summary_is_that_of_the_front_matter_or_the_first_paragraph_in_whole_sentences() {
    let pages = Pages::of(&grouped());
    for (page, summary) in
        [("maps", "Four kinds of map."), ("orphans", "Nobody owns them."), ("reading", "How to read it.")]
    {
        let html = pages.page(&format!("en/notes/{page}/"));
        assert!(html.contains(&format!("<meta name=\"description\" content=\"{summary}\">")), "{page}");
    }
}

#[test]
fn a_group_that_is_none_is_told_with_what_to_write() {
    let folder = grouped()
        .edited("en/notes/maps.md", "group = \"topics\"", "group = \"topcis\"")
        .file("en/pages/about.md", "+++\ntitle = \"About\"\ngroup = \"start\"\n+++\nWords.\n");
    assert_snapshot!(folder.told(), @r#"
    error[invalid-value]: no group of notes has the key `topcis`
     --> content/en/notes/maps.md:4:9
      |
    4 | group = "topcis"
      |         ^^^^^^^^
      |
      = help: write one of `start`, `topics`, or add the group to site.toml: `[[note-groups]]`, and below it `key = "topcis"` and `title.en = "…"`

    error[invalid-value]: only notes have a group
     --> content/en/pages/about.md:3:9
      |
    3 | group = "start"
      |         ^^^^^^^
      |
      = help: remove `group`; `order` sorts these pages
    "#);
    let folder = Folder::small().file("en/notes/maps.md", &note("Maps", "group = \"topics\"", "Maps."));
    assert_snapshot!(folder.told(), @r#"
    error[invalid-value]: no group of notes has the key `topics`
     --> content/en/notes/maps.md:4:9
      |
    4 | group = "topics"
      |         ^^^^^^^^
      |
      = help: add the group to site.toml: `[[note-groups]]`, and below it `key = "topics"` and `title.en = "…"`
    "#);
}

#[test]
fn two_groups_of_one_key_are_told() {
    let folder = grouped();
    let site = folder.text("site.toml").replacen("key = \"topics\"", "key = \"start\"", 1);
    let place = Place::of(&folder);
    place.put("content/site.toml", &site);
    let told = place.run("check").stderr;
    assert!(told.contains("error[invalid-value]: two groups of notes have the key `start`"), "{told}");
    assert!(told.contains("give each group a key of its own, or remove one of the two"), "{told}");
}
