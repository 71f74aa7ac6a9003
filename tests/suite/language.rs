//! The language in which the program speaks to the person who runs it.

use insta::assert_snapshot;

use crate::driver::{Folder, LADDER};
use crate::place::Place;

const CHINESE: [(&str, &str); 1] = [("LANG", "zh_TW.UTF-8")];

/// A site with many faults.
fn faulty() -> Folder {
    let ladder = LADDER
        .replace("Reviews the designs", "Reviews [EN-020] the designs")
        .replace("## L2 = Lead {#L2}\n", "## L2 = Lead {#L2}\n\n### Care {#care}\n")
        .replace("half of the day on code. {#EN-004 thread=time}", "half of the day on code. {#EN-004 thraed=time}");
    Folder::new().translated().file("en/ladder.md", &ladder).edited("site.toml", "title.en", "tilte.en")
}

/// The small site with a warning.
fn warned() -> Folder {
    Folder::new().file("en/ladder.md", LADDER).edited("en/ladder.md", " thread=time", "")
}

#[test]
fn faults_are_told_in_chinese() {
    let place = Place::of(&faulty());
    assert_snapshot!(place.run_with("check", ".", &CHINESE).shown(), @"");
}

#[test]
fn machines_are_given_the_same_keys_and_codes_in_every_language() {
    let place = Place::of(&warned());
    assert_snapshot!(place.run("check --lang zh-TW --format json").stdout, @"");
    assert_snapshot!(place.run("check --lang zh-TW --format github").stdout, @"");
    let sarif = place.run("check --lang zh-TW --format sarif").stdout;
    assert!(sarif.contains("\"ruleId\": \"single-level-thread\"") && sarif.contains("只在一個職級上"), "{sarif}");
}

#[test]
fn what_is_asked_for_wins_over_the_environment() {
    let place = Place::of(&warned());
    let summary = |arguments: &str, variables: &[(&str, &str)]| place.run_with(arguments, ".", variables).stdout;
    let (english, chinese) = ("1 warning\n", "1個警告\n");
    assert_eq!(summary("check", &[]), english);
    assert_eq!(summary("check", &CHINESE), chinese);
    assert_eq!(summary("check", &[("LANG", "zh_TW.UTF-8"), ("LC_ALL", "en_US.UTF-8")]), english);
    assert_eq!(summary("check", &[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_HK.UTF-8")]), chinese);
    assert_eq!(summary("check", &[("LANG", "zh_TW.UTF-8"), ("LC_MESSAGES", "C")]), english);
    assert_eq!(summary("check", &[("LANG", "de_DE.UTF-8")]), english);
    assert_eq!(summary("check --lang en", &CHINESE), english);
    assert_eq!(summary("--lang zh-TW check", &[("LC_ALL", "C")]), chinese);
}

#[test]
fn a_language_that_is_not_spoken_is_refused_and_those_that_are_named() {
    let run = Place::of(&warned()).run("check --lang fr");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("possible values: en, zh-TW"), "{}", run.stderr);
}

#[test]
fn errors_of_the_machine_and_refusals_are_told_in_chinese() {
    let place = Place::of(&Folder::new().file("en/ladder.md", LADDER));
    assert_snapshot!(place.run_with("build nowhere", ".", &CHINESE).shown(), @"");
    assert_snapshot!(place.run_with("cite EN-020", ".", &CHINESE).shown(), @"");
    assert_snapshot!(place.run_with("withdraw EN-020 --reason x", ".", &CHINESE).shown(), @"");
}

#[test]
fn releases_and_translations_are_told_in_chinese() {
    let place = Place::of(&Folder::new().file("en/ladder.md", LADDER));
    assert_snapshot!(place.run_with("release", ".", &CHINESE).shown(), @"");
    assert_snapshot!(place.run_with("translation start ja", ".", &CHINESE).shown(), @"");
    assert_snapshot!(place.run_with("translation status --locale ja --quiet", ".", &CHINESE).shown(), @"");
}

#[test]
fn nothing_that_is_written_depends_on_the_language() {
    let written = |language: &str| {
        let place = Place::of(&Folder::new().file("en/ladder.md", LADDER));
        for command in [
            "release 2026.1 --date 2026-11-24",
            "withdraw EN-002 --reason Gone. --date 2026-11-25",
            "translation start zh-TW",
            "release 2026.2 --date 2026-11-26",
            "build -o public",
            "translation export zh-TW zh.po",
        ] {
            let run = place.run(&format!("{command} --lang {language}"));
            assert!(!run.stderr.contains("panicked"), "{command}: {}", run.stderr);
        }
        place.files("")
    };
    let (english, chinese) = (written("en"), written("zh-TW"));
    assert!(english.iter().any(|(path, _)| path.ends_with("index.html")), "there is a site");
    assert!(english == chinese, "the same bytes");
}
