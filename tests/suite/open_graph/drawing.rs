//! What is drawn, and what is not drawn again.

#![allow(clippy::disallowed_methods, reason = "the program is run on sites on disk")]

use std::fs;

use camino::Utf8PathBuf;
use rungs::for_tests::Build;
use rungs::for_tests::source::{Fonts, Pictures};

use super::with;
use crate::driver::Folder;
use crate::place::Place;

/// A ladder in two languages whose criteria have cards, too.
fn folder() -> Folder {
    with(Folder::bilingual(), "cards = \"all\"")
}

/// What the program would write with some fonts over an earlier site with some pictures.
fn built(folder: &Folder, fonts: Fonts, earlier: &[Utf8PathBuf]) -> Build {
    folder.clone().drawn_with(Pictures { fonts, earlier: earlier.iter().cloned().collect() }).built()
}

fn pictures(build: &Build) -> Vec<Utf8PathBuf> {
    let all = build.outputs.iter().map(|output| &output.path).chain(&build.kept);
    let mut pictures: Vec<_> = all.filter(|path| path.extension() == Some("png")).cloned().collect();
    pictures.sort();
    pictures
}

/// The paths without the hashes in them.
fn names(build: &Build) -> Vec<String> {
    pictures(build).iter().map(|path| path.as_str().rsplit_once('-').unwrap().0.to_owned()).collect()
}

fn page(build: &Build, path: &str) -> String {
    let output = build.outputs.iter().find(|output| output.path == path).unwrap();
    String::from_utf8(output.bytes.clone()).unwrap()
}

/// What the head of a page says about its picture.
fn head(page: &str) -> String {
    let lines = page.lines().filter(|line| line.contains("og:image") || line.contains("twitter"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_level_in_each_language_has_a_card_and_each_criterion_if_all_are_asked_for() {
    let build = built(&folder(), Fonts::installed(), &[]);
    assert_eq!(build.problems, []);
    assert_eq!(
        names(&build),
        [
            "og/en/ladder/l1",
            "og/en/ladder/l2",
            "og/en-001",
            "og/en-002",
            "og/en-003",
            "og/en-004",
            "og/zh-tw/ladder/l1",
            "og/zh-tw/ladder/l2",
        ]
    );
    let address = |at: usize| format!("https://ladders.example/{}", pictures(&build)[at]);
    insta::assert_snapshot!(head(&page(&build, "c/en-003/index.html")).replace(&address(4), "…"), @r#"
    <meta property="og:image" content="…">
    <meta property="og:image:type" content="image/png">
    <meta property="og:image:width" content="1200">
    <meta property="og:image:height" content="630">
    <meta property="og:image:alt" content="EN-003, L2 · Lead: Reviews the designs of a team.">
    <meta name="twitter:card" content="summary_large_image">
    "#);
    let level = page(&build, "zh-tw/ladder/l2/index.html");
    assert!(head(&level).contains(&address(7)) && head(&level).contains("L2, 2項準則: 負責人"), "{}", head(&level));
    assert_eq!(head(&page(&build, "en/ladder/index.html")), "");
}

#[test]
fn a_picture_of_the_earlier_site_is_kept_and_the_site_is_the_same() {
    let drawn = built(&folder(), Fonts::installed(), &[]);
    let kept = built(&folder(), Fonts::installed(), &pictures(&drawn));
    assert_eq!((drawn.kept.len(), kept.kept.len()), (0, 8));
    assert_eq!(pictures(&drawn), pictures(&kept));
    let pages = |build: &Build| -> Vec<_> {
        build.outputs.iter().filter(|output| output.path.extension() != Some("png")).cloned().collect()
    };
    assert!(pages(&drawn) == pages(&kept));
    assert_eq!(pages(&kept).len(), kept.outputs.len(), "nothing is drawn");
}

#[test]
fn only_what_changed_is_drawn_again() {
    let before = pictures(&built(&folder(), Fonts::installed(), &[]));
    let reworded = folder().edited("en/ladder.md", "Reviews the designs", "Reviews all designs");
    let after = built(&reworded, Fonts::installed(), &before);
    let drawn: Vec<_> = after.outputs.iter().filter(|output| output.path.extension() == Some("png")).collect();
    assert_eq!(drawn.len(), 1);
    assert!(drawn[0].path.as_str().starts_with("og/en-003-"));
}

#[test]
fn without_fonts_there_is_one_notice_and_no_card_whatever_the_earlier_site_had() {
    let before = pictures(&built(&folder(), Fonts::installed(), &[]));
    let build = built(&folder(), Fonts::default(), &before);
    assert_eq!(names(&build), [""; 0]);
    assert!(!page(&build, "c/en-001/index.html").contains("og:image"));
    let folder = folder().drawn_with(Pictures::default());
    insta::assert_snapshot!(folder.told(), @"
    warning[no-font]: no font was found to draw pictures with, so 8 pages have no picture for other sites to show
    --> content/site.toml
     = help: install fonts, on Debian and Ubuntu `fonts-noto-cjk` and, for scripts that it does not have, `fonts-noto-core`, or do without pictures: `images = false` below `[open-graph]`
    ");
    // The advice works.
    let off = folder.text("site.toml").replace("cards = \"all\"", "cards = false");
    assert_eq!(folder.file("site.toml", &off).told(), "");
}

#[test]
fn a_character_that_no_font_has_costs_a_page_its_card_and_no_other() {
    let folder = folder().edited("en/ladder.md", "Reviews the designs", "Reviews \u{E000} designs");
    let build = built(&folder, Fonts::installed(), &[]);
    assert_eq!(pictures(&build).len(), 7);
    assert!(!page(&build, "c/en-003/index.html").contains("og:image"));
    let [problem] = &build.problems[..] else { panic!("{:?}", build.problems) };
    assert!(problem.message.starts_with("no font was found for `\u{E000}`, so 1 page gets no card"));
}

#[test]
fn the_second_of_two_runs_draws_nothing_and_a_picture_that_vanished_is_drawn_again() {
    let place = Place::of(&folder());
    place.run_ok("build");
    let first = place.files("public");
    let (path, bytes) = first.iter().find(|(path, _)| path.starts_with("og/en-001-")).unwrap();
    // What nobody looks at can be changed unnoticed: that shows which pictures are not drawn, read or written again.
    let path = format!("public/{path}");
    let changed = vec![0; bytes.len()];
    fs::write(place.at(&path), &changed).unwrap();
    let ladder = place.text("content/en/ladder.md");
    place.put("content/en/ladder.md", ladder.replace("half of the day", "a third of the day"));
    place.run_ok("build");
    assert!(fs::read(place.at(&path)).unwrap() == changed);
    fs::remove_file(place.at(&path)).unwrap();
    place.put("content/en/ladder.md", ladder);
    place.run_ok("build");
    assert!(place.files("public") == first, "the site is the same, the manifest too");
}

#[test]
fn switching_cards_off_removes_them() {
    let place = Place::of(&folder());
    place.run_ok("build --quiet");
    place.edit("content/site.toml", "cards = \"all\"", "cards = false");
    let run = place.run("build --quiet");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(!place.at("public/og").exists());
}
