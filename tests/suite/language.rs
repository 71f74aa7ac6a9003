//! The language in which the program speaks to the person who runs it.

use insta::assert_snapshot;
use serde_json::Value;

use crate::driver::{Folder, LADDER};
use crate::place::Place;

const CHINESE: [(&str, &str); 1] = [("LANG", "zh_TW.UTF-8")];

/// A site with many faults.
fn faulty() -> Folder {
    let ladder = LADDER
        .replace("Reviews the designs", "Reviews [EN-020] the designs")
        .replace("## L2 = Lead {#L2}\n", "## L2 = Lead {#L2}\n\n### Care {#care}\n")
        .replace("half of the day on code. {#EN-004 thread=time}", "half of the day on code. {#EN-004 thraed=time}");
    Folder::new().translated().file("en/ladder.md", &ladder).edited(
        "site.toml",
        "locales =",
        "brnach = \"main\"\nlocales =",
    )
}

/// The small site with a warning.
fn warned() -> Folder {
    Folder::new().file("en/ladder.md", LADDER).edited("en/ladder.md", " thread=time", "")
}

#[test]
fn faults_are_told_in_chinese() {
    let place = Place::of(&faulty());
    assert_snapshot!(place.run_with("check", ".", &CHINESE).shown(), @r#"
    status 1
    --- stdout
    3個錯誤、3個警告
    --- stderr
    警告[missing-translation]: zh-TW缺少職涯階梯`ladder`
    --> content/en/ladder.md
     = 說明: 請寫在zh-TW/ladder.md

    警告[single-level-thread]: 脈絡`time`只在一個職級上：L1
      --> content/en/ladder.md:4:1
       |
     4 | time = "Time"
       | ^^^^
       |
      ::: content/en/ladder.md:13:3
       |
    13 | - Spends most of the day on it. {#EN-002 thread=time}
       |   ----------------------------- 它的第一項準則
       |
       = 說明: 請在其他職級的準則加上`thread=time`，或移除這條脈絡

    警告[empty-category]: 類別`Care`在這裡沒有準則
      --> content/en/ladder.md:17:5
       |
    17 | ### Care {#care}
       |     ^^^^
       |
       = 說明: 請在下方列出這個職級的要求，或移除標題

    錯誤[unknown-reference]: `EN-020`沒有對應的內容
      --> content/en/ladder.md:21:11
       |
    21 | - Reviews [EN-020] the designs of a team. {#EN-003}
       |           ^^^^^^^^ 沒有內容使用這個識別碼
       |
       = 說明: 您是否要寫`[EN-002]`？

    錯誤[invalid-attributes]: 未知的屬性`thraed`
      --> content/en/ladder.md:22:44
       |
    22 | - Spends half of the day on code. {#EN-004 thraed=time}
       |                                            ^^^^^^^^^^^
       |
       = 說明: 準則有識別碼，屬於脈絡時另有`thread=key`

    錯誤[unknown-key]: 未知的鍵`brnach`
     --> content/site.toml:4:1
      |
    4 | brnach = "main"
      | ^^^^^^
      |
      = 說明: 您是否要寫`branch`？
    "#);
}

#[test]
fn machines_are_given_the_same_keys_and_codes_in_every_language() {
    let place = Place::of(&warned());
    let json: Value = serde_json::from_str(&place.run("check --lang zh-TW --format json").stdout).unwrap();
    assert_eq!((&json["code"], &json["severity"]), (&Value::from("single-level-thread"), &Value::from("warning")));
    assert_eq!(json["message"], "脈絡`time`只在一個職級上：L2");
    assert_snapshot!(place.run("check --lang zh-TW --format github").stdout, @r#"
    ::warning file=content/en/ladder.md,line=4,endLine=4,col=1,endColumn=5,title=single-level-thread::脈絡`time`只在一個職級上：L2%0Acontent/en/ladder.md:20:3: 它的第一項準則%0A請在其他職級的準則加上`thread=time`，或移除這條脈絡
    "#);
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
    assert_snapshot!(place.run_with("build nowhere", ".", &CHINESE).shown(), @r#"
    status 2
    --- stderr
    錯誤: 沒有資料夾`nowhere`：請指定含有`site.toml`的資料夾
    "#);
    assert_snapshot!(place.run_with("cite EN-020", ".", &CHINESE).shown(), @r#"
    status 1
    --- stderr
    錯誤: 沒有準則`EN-020`
      = 說明: 您是否要寫EN-002或EN-001或EN-003？
    "#);
    assert_snapshot!(place.run_with("withdraw EN-020 --reason x", ".", &CHINESE).shown(), @r#"
    status 1
    --- stderr
    錯誤: 沒有識別碼`EN-020`
      = 說明: 您是否要寫`EN-002`或`EN-001`或`EN-003`？
    "#);
}

#[test]
fn releases_and_translations_are_told_in_chinese() {
    let place = Place::of(&Folder::new().file("en/ladder.md", LADDER));
    assert_snapshot!(place.run_with("release", ".", &CHINESE).shown(), @r#"
    status 0
    --- stdout
    尚無任何版本。第一個版本將有4項準則。
    要發布時，請執行`rungs release 2026.1`
    "#);
    assert_snapshot!(place.run_with("translation start zh-TW", ".", &CHINESE).shown(), @r#"
    status 0
    --- stdout
    已建立zh-TW，寫入3個檔案：`rungs translation status --locale zh-TW`會列出待譯的內容
    "#);
    // How many words the interface has is none of this test's business.
    let status = place.run_with("translation status --fail-on missing", ".", &CHINESE).shown();
    let status: Vec<_> = status.lines().filter(|line| !line.contains("介面")).collect();
    assert_snapshot!(status.join("\n"), @r#"
    status 1
    --- stdout
    zh-TW：0%，共10個單元，0個為最新
      準則        0 %  0／4、缺少4
      職級        0 %  0／2、缺少2
      類別        0 %  0／1、缺少1
      脈絡        0 %  0／1、缺少1
      職涯階梯    0 %  0／2、缺少2
    content/en/ladder.md:2:9: 缺少ladder:ladder
    content/en/ladder.md:6:3: 缺少ladder:ladder/heading
    content/en/ladder.md:4:1: 缺少thread:time
    content/en/ladder.md:10:5: 缺少category:craft
    content/en/ladder.md:8:4: 缺少level:L1
    content/en/ladder.md:12:3: 缺少EN-001
    content/en/ladder.md:13:3: 缺少EN-002
    content/en/ladder.md:15:4: 缺少level:L2
    content/en/ladder.md:19:3: 缺少EN-003
    content/en/ladder.md:20:3: 缺少EN-004
    "#);
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
