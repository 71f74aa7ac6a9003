//! `rungs adapt`: a ladder made from another keeps ids and origin, and says what it has changed.

#![allow(clippy::disallowed_methods, reason = "the program is run on sites on disk")]

use std::collections::BTreeMap;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use crate::driver::{Folder, LADDER};
use crate::place::Place;

const BY: &str = "--by Acme --date 2026-12-01";

/// The small site in two languages, as others publish it, in `content/`.
fn upstream() -> Folder {
    let translation = LADDER
        .replace("Writes code that others can read.", "寫出別人讀得懂的程式碼。")
        .replace("Spends most of the day on it.", "一天大部分時間用於此。")
        .replace("Reviews the designs of a team.", "審查團隊的設計。")
        .replace("Spends half of the day on code.", "一天一半的時間用於寫程式。");
    Folder::new().translated().file("en/ladder.md", LADDER).file("zh-TW/ladder.md", &translation)
}

/// A place with the small site in `content/` and, in `fork/`, what is made of it.
fn adapted() -> Place {
    let place = Place::of(&upstream());
    let run = place.run(&format!("adapt content fork --prefix AC {BY}"));
    assert_eq!(run.status, 0, "{}", run.shown());
    place
}

fn edit(place: &Place, path: &str, old: &str, new: &str) {
    let text = place.text(path);
    assert!(text.contains(old), "{path} holds {old}: {text}");
    place.put(path, text.replacen(old, new, 1));
}

/// Rewords one criterion, moves one, adds one and drops one.
fn changed(place: &Place) {
    edit(place, "fork/en/ladder.md", "Writes code that others can read.", "Writes code that everybody can read.");
    edit(place, "fork/zh-TW/ladder.md", "寫出別人讀得懂的程式碼。", "寫出人人讀得懂的程式碼。");
    let withdraw = "withdraw EN-003 --content fork --reason Unneeded. --reason zh-TW=用不到。 --date 2026-12-02";
    // A level keeps at least one criterion.
    for (path, moved) in [
        ("fork/en/ladder.md", "- Spends most of the day on it. {#EN-002 thread=time}\n"),
        ("fork/zh-TW/ladder.md", "- 一天大部分時間用於此。 {#EN-002 thread=time}\n"),
    ] {
        edit(place, path, moved, "");
        let text = place.text(path);
        place.put(path, format!("{text}{moved}"));
    }
    assert_eq!(place.run(withdraw).status, 0, "{}", place.run(withdraw).shown());
    let text = place.text("fork/en/ladder.md");
    place.put("fork/en/ladder.md", format!("{text}- Asks the people who use it what they need.\n"));
    let text = place.text("fork/zh-TW/ladder.md");
    place.put("fork/zh-TW/ladder.md", format!("{text}- 詢問使用者的需要。\n"));
    let run = place.run("id fork --write");
    assert_eq!(run.status, 0, "{}", run.shown());
}

/// A page of the built site, without its markup, from where its main part begins.
fn page(place: &Place, path: &str) -> String {
    let html = place.text(path);
    let (_, main) = html.split_once("<main").unwrap();
    let main = main.split_once("</main>").unwrap().0;
    let mut text = String::new();
    let mut in_tag = true;
    for c in main.chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                text.push(' ');
            }
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("{start} in {text}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end} in {rest}")).0.trim()
}

#[test]
fn a_fork_keeps_every_text_and_id_and_begins_its_own_editions() {
    let place = Place::of(&upstream().released("2026.1", "2026-11-01"));
    let before = place.files("content");
    let run = place.run(&format!(
        "adapt content fork --prefix AC {BY} --by-url https://acme.example/ --base-url https://ladder.acme.example/"
    ));
    assert_snapshot!(run.shown(), @"");
    assert_eq!(place.files("content"), before, "the upstream stays as it was");
    let files: Vec<_> = place.files("fork").into_iter().map(|(path, _)| path).collect();
    assert_eq!(files, ["en/ladder.md", "register.toml", "site.toml", "upstream/1.json", "zh-TW/ladder.md"]);
    for path in ["en/ladder.md", "zh-TW/ladder.md"] {
        assert_eq!(place.text(&format!("fork/{path}")), place.text(&format!("content/{path}")));
    }
    assert!(!place.text("fork/register.toml").contains("2026.1"));
    assert_snapshot!(place.text("fork/site.toml"), @"");
    assert_snapshot!(place.run("check fork").shown(), @"");
}

#[test]
fn the_fork_says_of_each_criterion_what_became_of_it() {
    let place = adapted();
    changed(&place);
    assert_snapshot!(place.run("build fork -o public").shown(), @"");
    let origin = |id: &str| {
        let page = page(&place, &format!("public/c/{id}/index.html"));
        between(&page, "Where it comes from", "Cite").to_owned()
    };
    assert_snapshot!(origin("en-001"), @"");
    assert_snapshot!(origin("en-002"), @"");
    assert_snapshot!(origin("en-004"), @"");
    assert_snapshot!(origin("ac-001"), @"");
    let left_out = page(&place, "public/c/en-003/index.html");
    assert_snapshot!(left_out, @"");
    assert!(place.text("public/c/en-003/index.html").contains("href=\"https://ladders.example/c/en-003/\""));
    assert_snapshot!(page(&place, "public/en/ladder/l2/index.html"), @"");
    let licence = page(&place, "public/en/licence/index.html");
    assert_snapshot!(between(&licence, "What it was adapted from", "Disclaimer"), @"");
    let licence = page(&place, "public/zh-tw/licence/index.html");
    assert_snapshot!(between(&licence, "改編來源", "免責聲明"), @"");
}

#[test]
fn a_notice_that_is_dropped_is_an_error_with_the_words_that_are_missing() {
    let place = adapted();
    edit(&place, "fork/site.toml", "Copyright 2026 A. Person", "Copyright 2026 Acme");
    edit(&place, "fork/site.toml", "creators = [{ name = \"A. Person\" }]", "creators = [{ name = \"Acme\" }]");
    edit(&place, "fork/site.toml", "[\"Ids added.\"]", "[\"Much.\"]");
    assert_snapshot!(place.run("build fork").shown(), @"");
    assert!(!place.at("public").exists());
}

#[test]
fn a_step_of_the_chain_may_neither_be_dropped_nor_left_unsaid() {
    let place = adapted();
    let site = place.text("fork/site.toml");
    place.put("fork/site.toml", site.replace("name = \"B. Person\"", "name = \"C. Person\""));
    assert_snapshot!(place.run("check fork").shown(), @"");
    let (kept, own) = site.split_once("\n[[provenance.modifications]]\nby = { name = \"Acme\" }").unwrap();
    place.put("fork/site.toml", format!("{kept}{}", &own[own.find("\n# What").unwrap()..]));
    assert_snapshot!(place.run("check fork").shown(), @"");
}

#[test]
fn notices_may_be_added_to_and_locales_may_come_and_go() {
    let place = adapted();
    edit(&place, "fork/site.toml", "\"Copyright 2026 A. Person\"", "\"Copyright 2026 A. Person. Changes: 2026 Acme\"");
    edit(&place, "fork/site.toml", "[{ name = \"A. Person\" }]", "[{ name = \"A. Person\" }, { name = \"Acme\" }]");
    edit(&place, "fork/site.toml", "[\"en\", \"zh-TW\"]", "[\"en\"]");
    let site = place.text("fork/site.toml");
    let english = site.lines().filter(|line| !line.contains("zh-TW =")).collect::<Vec<_>>().join("\n");
    place.put("fork/site.toml", english);
    std::fs::remove_dir_all(place.at("fork/zh-TW")).unwrap();
    assert_snapshot!(place.run("check fork").shown(), @"");
    assert_snapshot!(place.run("adapt --status --content fork").shown(), @"");
}

#[test]
fn the_licence_stays_the_same_or_one_that_is_named_as_compatible() {
    let place = adapted();
    edit(&place, "fork/site.toml", "spdx = \"CC-BY-SA-4.0\"", "spdx = \"CC-BY-4.0\"");
    assert_snapshot!(place.run("check fork").shown(), @"");
    edit(&place, "fork/site.toml", "spdx = \"CC-BY-4.0\"", "spdx = \"GPL-3.0-only\"");
    assert_eq!(place.run("check fork").status, 0);
}

#[test]
fn what_licences_forbid_is_refused_and_what_nobody_knows_is_for_people_to_judge() {
    let site = |spdx: &str| {
        upstream().edited("site.toml", "CC-BY-SA-4.0", spdx).edited("site.toml", "\"CC BY-SA 4.0\"\nspdx", &format!("\"{spdx}\"\nspdx"))
    };
    let place = Place::of(&site("CC-BY-ND-4.0"));
    assert_snapshot!(place.run(&format!("adapt content fork --prefix AC {BY}")).shown(), @"");
    let place = Place::of(&site("LicenseRef-Acme"));
    assert_snapshot!(place.run(&format!("adapt content fork --prefix AC {BY}")).stderr, @"");
}

#[test]
fn nothing_is_written_over_a_file_or_of_a_ladder_with_errors() {
    let place = Place::of(&upstream());
    place.put("fork/keep.md", "x");
    assert_snapshot!(place.run(&format!("adapt content fork --prefix AC {BY}")).shown(), @"");
    assert_eq!(place.files("fork").len(), 1);
    assert_snapshot!(place.run(&format!("adapt content new --prefix EN {BY}")).shown(), @"");
    assert_snapshot!(place.run(&format!("adapt content new --prefix other=AC {BY}")).shown(), @"");
    assert_snapshot!(place.run(&format!("adapt content new --prefix ac {BY}")).shown(), @"");
    edit(&place, "content/en/ladder.md", "Reviews the", "Reviews [EN-099] the");
    assert_snapshot!(place.run(&format!("adapt content new --prefix AC {BY}")).shown(), @"");
    assert!(!place.at("new").exists());
}

#[test]
fn an_empty_folder_may_be_filled() {
    let place = Place::of(&upstream());
    place.make_folder("fork");
    assert_eq!(place.run(&format!("adapt content fork --prefix AC {BY}")).status, 0);
    assert_eq!(place.run("check fork").status, 0);
}

#[test]
fn ids_of_the_upstream_are_neither_made_up_nor_given_again() {
    let place = adapted();
    let text = place.text("fork/en/ladder.md");
    place.put("fork/en/ladder.md", format!("{text}- Made up. {{#EN-005}}\n"));
    assert_snapshot!(place.run("check fork").shown(), @"");
    place.put("fork/en/ladder.md", text);
    edit(&place, "fork/site.toml", "prefix = \"AC\"\n", "prefix = \"EN\"\n");
    edit(&place, "fork/site.toml", "kept-prefixes = [\"EN\"]", "kept-prefixes = [\"ZZ\"]");
    assert_snapshot!(place.run("check fork").shown(), @"");
}

#[test]
fn what_is_kept_of_the_upstream_can_be_neither_edited_nor_lost() {
    let place = adapted();
    let record = place.text("fork/upstream/1.json");
    edit(&place, "fork/upstream/1.json", "Reviews the designs", "Reviews all designs");
    assert_snapshot!(place.run("check fork").shown(), @"");
    std::fs::remove_file(place.at("fork/upstream/1.json")).unwrap();
    assert_snapshot!(place.run("check fork").shown(), @"");
    // Version control may give it other line ends.
    place.put("fork/upstream/1.json", record.replace('\n', "\r\n"));
    assert_eq!(place.run("check fork").status, 0);
    edit(&place, "fork/site.toml", "url = \"https://ladders.example/\"", "url = \"https://other.example/\"");
    assert_snapshot!(place.run("check fork").shown(), @"");
}

#[test]
fn the_status_tells_what_changed_here_and_there() {
    let place = adapted();
    assert_snapshot!(place.run("adapt --status --content fork").shown(), @"");
    changed(&place);
    assert_snapshot!(place.run("adapt --status --content fork --upstream content").shown(), @"");
    // The upstream rewords what is reworded here, and what is not; it adds one, and withdraws what is left out here.
    edit(&place, "content/en/ladder.md", "Writes code that others can read.", "Writes code and tests.");
    edit(&place, "content/en/ladder.md", "Spends half of the day on code.", "Spends a third of the day on code.");
    let text = place.text("content/en/ladder.md");
    place.put("content/en/ladder.md", format!("{text}- Hires. {{#EN-005}}\n"));
    assert_eq!(place.run("withdraw EN-003 --reason Unneeded. --date 2026-12-02").status, 0);
    assert_eq!(place.run("id --write").status, 0);
    let run = place.run("adapt --status --content fork --upstream content");
    assert_snapshot!(run.shown(), @"");
    let run = place.run("adapt --status --content fork --upstream content --format json");
    let rows = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let rows: Vec<_> = rows.map(|row| row.to_string()).collect();
    assert_snapshot!(rows.join("\n"), @"");
}

#[test]
fn a_ladder_that_was_made_from_no_other_has_no_status() {
    assert_snapshot!(Place::of(&upstream()).run("adapt --status").shown(), @"");
}

#[test]
fn a_fork_of_a_fork_keeps_the_whole_chain() {
    let place = adapted();
    changed(&place);
    let run = place.run("adapt fork second --prefix BC --by Beta --title Beta --title zh-TW=貝塔 --date 2027-01-01");
    assert_snapshot!(run.shown(), @"");
    let files: Vec<_> = place.files("second").into_iter().map(|(path, _)| path).collect();
    assert_eq!(files[3..5], ["upstream/1.json", "upstream/2.json"]);
    assert_eq!(place.text("second/upstream/1.json"), place.text("fork/upstream/1.json"));
    let site = place.text("second/site.toml");
    assert_snapshot!(between(&site, "[[ladders]]", "[provenance"), @"");
    assert_snapshot!(&site[site.find("[[provenance.mod").unwrap()..], @"");
    // Only the way of the last step is its own.
    edit(&place, "second/en/ladder.md", "Writes code that everybody can read.", "Writes code that anybody can read.");
    assert_eq!(place.run("build second -o public").status, 0, "{}", place.run("check second").shown());
    let origin = |id: &str, end: &str| {
        let page = page(&place, &format!("public/c/{id}/index.html"));
        between(&page, "Where it comes from", end).to_owned()
    };
    assert_snapshot!(origin("en-001", "Cite"), @"");
    assert_snapshot!(origin("ac-001", "Cite"), @"");
    assert_snapshot!(origin("en-003", "繁體中文"), @"");
    let licence = page(&place, "public/en/licence/index.html");
    assert_snapshot!(between(&licence, "What has been changed", "Disclaimer"), @"");
    let site = site.replace("by = { name = \"Acme\" }", "by = { name = \"Beta\" }");
    place.put("second/site.toml", site);
    assert_snapshot!(place.run("check second").shown(), @"");
}

#[test]
fn several_ladders_each_get_a_prefix() {
    let second = "[[ladders]]\nkey = \"people\"\nprefix = \"PE\"\n\n[provenance.source]";
    let people = "# People\n\n## P1 = Lead {#P1}\n\n### Care {#care}\n\n- Listens. {#PE-001}\n";
    let folder = Folder::new().file("en/ladder.md", LADDER).file("en/people.md", people);
    let place = Place::of(&folder.edited("site.toml", "[provenance.source]", second));
    assert_snapshot!(place.run(&format!("adapt content fork --prefix AC {BY}")).shown(), @"");
    let run = place.run(&format!("adapt content fork --prefix ladder=AC --prefix people=AP {BY}"));
    assert_eq!(run.status, 0, "{}", run.shown());
    let site = place.text("fork/site.toml");
    assert_snapshot!(between(&site, "description.en", "[provenance"), @"");
}

#[test]
fn the_ladder_of_this_project_can_be_adapted() {
    let place = Place::empty();
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let run = place.run(&format!("adapt {content} fork --prefix AC {BY} --title Acme"));
    assert_snapshot!(run.shown(), @"");
    let copied: BTreeMap<_, _> = place.files("fork").into_iter().collect();
    let own = walkdir::WalkDir::new(content).into_iter().map(Result::unwrap);
    for entry in own.filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(content).unwrap();
        let is_kept = !["site.toml", "register.toml"].map(Path::new).contains(&path) && !path.starts_with("editions");
        if is_kept && path.extension().is_some_and(|extension| extension == "md") {
            assert_eq!(copied[path.to_str().unwrap()], std::fs::read(entry.path()).unwrap(), "{}", path.display());
        }
    }
    edit(&place, "fork/en/technical-leadership.md", "Spends 40-80% of time", "Spends 50-80% of time");
    edit(&place, "fork/zh-TW/technical-leadership.md", "40", "50");
    let first = place.text("fork/en/technical-leadership.md");
    let moved = first.lines().find(|line| line.contains("{#TL-005")).unwrap().to_owned();
    place.put("fork/en/technical-leadership.md", first.replace(&format!("{moved}\n\n"), ""));
    edit(&place, "fork/en/technical-leadership.md", "## T6", &format!("{moved}\n\n## T6"));
    let reason = "withdraw TL-003 --content fork --reason No. --reason zh-TW=否。 --date 2026-12-02";
    assert_eq!(place.run(reason).status, 0, "{}", place.run(reason).shown());
    let run = place.run("build fork -o public");
    assert_eq!(run.status, 0, "{}", run.shown());
    let status = place.run("adapt --status --content fork").stdout;
    assert_snapshot!(status.lines().take(3).collect::<Vec<_>>().join("\n"), @"");
    let licence = page(&place, "public/en/licence/index.html");
    let counts = between(&licence, "What it was adapted from", "TL-002");
    assert_snapshot!(counts, @"");
}
