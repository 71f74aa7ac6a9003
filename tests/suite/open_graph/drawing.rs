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

/// A site with every kind of page that has a card.
fn with_notes(cards: &str) -> Folder {
    let note = |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n{text}\n");
    let guide = "\n[[pages]]\nfolder = \"guide\"\ntitle = { en = \"Guide\", zh-TW = \"指南\" }\n";
    let site = format!("{}{guide}", Folder::bilingual().text("site.toml"));
    let folder = Folder::bilingual().file("site.toml", &site);
    let folder = folder.file("en/notes/time.md", &note("How much time?", "Half of it."));
    let folder = folder.file("zh-TW/notes/time.md", &note("多少時間？", "一半。"));
    let folder = folder
        .file("en/guide/start.md", &note("Start", "Begin here."))
        .file("en/pages/about.md", &note("About", "Us."));
    with(folder, &format!("cards = \"{cards}\""))
}

#[test]
fn home_ladders_levels_and_notes_have_cards_in_each_language_and_criteria_if_all_are_asked_for() {
    let build = built(&with_notes("levels"), Fonts::installed(), &[]);
    let missing = |problem: &rungs::for_tests::diagnostic::Diagnostic| problem.message.contains("is missing in zh-TW");
    assert!(build.problems.iter().all(missing), "{:?}", build.problems);
    let levels = names(&build);
    insta::assert_snapshot!(levels.join("\n"), @"
    og/en/guide/start
    og/en/guide
    og/en/ladder/l1
    og/en/ladder/l2
    og/en/ladder
    og/en/notes/time
    og/en/notes
    og/en/pages/about
    og/en
    og/zh-tw/guide/start
    og/zh-tw/guide
    og/zh-tw/ladder/l1
    og/zh-tw/ladder/l2
    og/zh-tw/ladder
    og/zh-tw/notes/time
    og/zh-tw/notes
    og/zh-tw/pages/about
    og/zh-tw
    ");
    let all = names(&built(&with_notes("all"), Fonts::installed(), &[]));
    let others: Vec<_> = all.iter().filter(|name| !levels.contains(name)).collect();
    assert_eq!(others, ["og/en-001", "og/en-002", "og/en-003", "og/en-004"]);
    // What they show, in words.
    let alt = |path: &str| {
        let page = page(&build, path);
        let line = page.lines().find(|line| line.contains("og:image:alt")).unwrap_or_default();
        line.split('"').nth(3).unwrap_or_default().to_owned()
    };
    let paths = [
        "index.html",
        "en/index.html",
        "zh-tw/index.html",
        "en/ladder/index.html",
        "zh-tw/ladder/index.html",
        "en/ladder/l1/index.html",
        "en/notes/index.html",
        "zh-tw/notes/time/index.html",
        "zh-tw/guide/start/index.html",
        "en/pages/about/index.html",
        "en/ladder/matrix/index.html",
    ];
    insta::assert_snapshot!(paths.map(|path| format!("{path} {}", alt(path))).join("\n"), @"
    index.html Ladders
    en/index.html Ladders
    zh-tw/index.html 階梯
    en/ladder/index.html 2 levels, 4 criteria: Ladder
    zh-tw/ladder/index.html 2個職級、4項準則: 階梯
    en/ladder/l1/index.html L1, 2 criteria: Engineer
    en/notes/index.html Notes
    zh-tw/notes/time/index.html 解說: 多少時間？
    zh-tw/guide/start/index.html 指南: Start
    en/pages/about/index.html About
    en/ladder/matrix/index.html
    ");
    // The address of the site and its home page show the same one.
    let image = |path: &str| head(&page(&build, path)).lines().next().unwrap_or_default().to_owned();
    assert_eq!(image("index.html"), image("en/index.html"));
}

#[test]
fn the_pages_name_their_cards() {
    let build = built(&folder(), Fonts::installed(), &[]);
    assert_eq!(build.problems, []);
    let address = |name: &str| {
        let path = pictures(&build).into_iter().find(|path| path.as_str().starts_with(&format!("og/{name}-"))).unwrap();
        format!("https://ladders.example/{path}")
    };
    insta::assert_snapshot!(head(&page(&build, "c/en-003/index.html")).replace(&address("en-003"), "…"), @r#"
    <meta property="og:image" content="…">
    <meta property="og:image:type" content="image/png">
    <meta property="og:image:width" content="1200">
    <meta property="og:image:height" content="630">
    <meta property="og:image:alt" content="EN-003, L2 · Lead: Reviews the designs of a team.">
    <meta name="twitter:card" content="summary_large_image">
    "#);
    let level = page(&build, "zh-tw/ladder/l2/index.html");
    assert!(
        head(&level).contains(&address("zh-tw/ladder/l2")) && head(&level).contains("L2, 2項準則: 負責人"),
        "{}",
        head(&level)
    );
    assert_eq!(head(&page(&build, "en/ladder/matrix/index.html")), "");
}

#[test]
fn a_picture_of_the_earlier_site_is_kept_and_the_site_is_the_same() {
    let drawn = built(&folder(), Fonts::installed(), &[]);
    let kept = built(&folder(), Fonts::installed(), &pictures(&drawn));
    assert_eq!((drawn.kept.len(), kept.kept.len()), (0, 14));
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
    insta::assert_snapshot!(folder.told(), @r#"
    warning[no-card]: no font was found to draw cards with, so 14 pages get no card
      --> content/site.toml:36:9
       |
    36 | cards = "all"
       |         ^^^^^
       |
       = help: install fonts, on Debian and Ubuntu `fonts-noto-cjk` and, for scripts that it lacks, `fonts-noto-core`, or write `cards = false`
    "#);
    // The advice works.
    let off = folder.text("site.toml").replace("cards = \"all\"", "cards = false");
    assert_eq!(folder.file("site.toml", &off).told(), "");
}

#[test]
fn a_character_that_no_font_has_costs_a_page_its_card_and_no_other() {
    let folder = folder().edited("en/ladder.md", "Reviews the designs", "Reviews \u{E000} designs");
    let build = built(&folder, Fonts::installed(), &[]);
    assert_eq!(pictures(&build).len(), 13);
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
