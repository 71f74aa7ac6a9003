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

#[test]
fn what_is_begun_from_documents_or_an_example_is_told_in_chinese() {
    let place = Place::of_fixture("adopt/table-across");
    assert_snapshot!(place.run_with("init site --from content", ".", &CHINESE).shown(), @r"
    status 0
    --- stdout
    Design Matrix

                 Craft  Team  Research   合計
      associate      2     1         ·      3
      mid-level      2     1         1      4
      senior         2     ·         2      4
      合計           6     2         3     11

      en：DE-001至DE-011，來自content/design.md
      表格改為標題與清單。

    已採用11項準則：已寫入5個檔案

      site/.github/workflows/pages.yml
      site/.gitignore
      site/content/en/design.md
      site/content/register.toml
      site/content/site.toml

    接下來：

      cd site
      rungs serve --open  一邊撰寫，一邊預覽網站
      rungs id --write    為新增的內容加上識別碼

    接著請填寫content/site.toml的[provenance]：文字出自何人，他人可以如何使用。
    文件沒有說明：作者、著作權聲明、授權聲明、授權聲明指的是哪一份授權條款、出處。
    --- stderr
    警告[unplaced]: 這一欄的名稱不是職級，也不是類別
     --> content/design.md:5:3
      |
    5 | | Skill | Associate | Mid-level | Senior |
      |   ^^^^^ 未採用
      |
      = 說明: 除非它說明了別處沒有的內容，否則不需處理
    ");
    assert_snapshot!(place.run_with("init site", ".", &CHINESE).shown(), @r"
    status 1
    --- stderr
    錯誤: 未寫入任何檔案，因為以下檔案已經存在：
      site/.github/workflows/pages.yml
      site/content/en/design.md
      site/content/register.toml
      site/content/site.toml
      = 說明: 請將它移走，或選擇其他資料夾：`rungs init my-ladder`
    ");
}

#[test]
fn what_a_fork_has_changed_is_told_in_chinese() {
    let place = forked("zh-TW");
    assert_snapshot!(place.run_with("adapt --status --content fork --upstream content", ".", &CHINESE).shown(), @r"
    status 0
    --- stdout
    改編自Ladders（https://ladders.example/），2026-12-01的內容。
    未經改動3項、經過改編1項、新增0項、未採用0項

    EN-001 經過改編：文字已變更：en
      en
      - Writes code that others can read.
      + Writes code that everybody can read.

    此後原階梯的變更：

    EN-001 文字已變更：en，有衝突：在這裡經過改編
      en
      - Writes code that others can read.
      + Writes code and tests.
    EN-004 文字已變更：en
      en
      - Spends half of the day on code.
      + Spends a third of the day on code.
    EN-005 新增於L2
      en
      + Hires.

    有1項準則兩邊都有變更：請比較兩者再決定。
    ");
    assert_snapshot!(place.run_with("adapt --update --content fork --upstream content", ".", &CHINESE).shown(), @r"
    status 1
    --- stdout
    已採用EN-004的變更
    已採用EN-005的變更
    EN-001維持原樣：在這裡經過改編，在原階梯也有變更
    有2項準則的變更可以採用：請加上`--write`
    ");
}

#[test]
fn faults_of_a_theme_are_told_in_chinese() {
    let settings = "[theme]\ncss = \"site.css\"\nfavicon = \"icon.txt\"\n\n[theme.colours.light]\ntext = \"#888\"\nink = \"blue\"\n";
    let site = Folder::new().file("en/ladder.md", LADDER).themed("icon.txt", "").themed("macro.html", "");
    let toml = site.text("site.toml").to_owned() + settings;
    let place = Place::of(&site.file("site.toml", &toml));
    assert_snapshot!(place.run_with("check", ".", &CHINESE).shown(), @r##"
    status 1
    --- stdout
    3個錯誤、2個警告
    --- stderr
    錯誤[invalid-value]: 沒有檔案`theme/site.css`
      --> content/site.toml:31:7
       |
    31 | css = "site.css"
       |       ^^^^^^^^^^
       |
       = 說明: 請將檔案放在該處：資料夾`theme`與`site.toml`並列

    錯誤[invalid-value]: 這裡不能使用`icon.txt`
      --> content/site.toml:32:11
       |
    32 | favicon = "icon.txt"
       |           ^^^^^^^^^^
       |
       = 說明: 檔名必須以`.svg`或`.png`或`.ico`結尾

    警告[low-contrast]: 淺色頁面上，`text`與頁面底色的對比為3.54比1
      --> content/site.toml:35:8
       |
    35 | text = "#888"
       |        ^^^^^^ 文字#888888，底色#ffffff
       |
       = 說明: 請將`text`改為較深的顏色：WCAG AA要求4.5比1

    錯誤[unknown-key]: `[theme.colours.light]`有未知的鍵`ink`
      --> content/site.toml:36:1
       |
    36 | ink = "blue"
       | ^^^
       |
       = 說明: 請移除它；這裡可用的有`text`、`quiet`、`accent`、`category-1`、`category-2`、`category-3`、`category-4`、`category-5`、`category-6`、`paper`、`raised`、`line`、`rail`

    警告[theme-file]: 沒有任何地方使用`theme/macro.html`
    --> content/theme/macro.html
     = 說明: 請移除它，或在其他範本中引用它：`rungs theme list`會列出現有的檔案
    "##);
    assert_snapshot!(place.run_with("theme eject base.htm", ".", &CHINESE).shown(), @r"
    status 1
    --- stderr
    錯誤: 預設佈景主題沒有檔案`base.htm`
      = 說明: 您是否要寫`base.html`？
    ");
}

/// A place with a site, and in `fork/` one that is made of it; both have changed since.
fn forked(language: &str) -> Place {
    let place = Place::of(&Folder::new().file("en/ladder.md", LADDER));
    let run = |command: &str| {
        let run = place.run(&format!("{command} --lang {language}"));
        assert_eq!(run.status, 0, "{command}: {}", run.shown());
    };
    run("adapt content fork --prefix AC --by Acme --date 2026-12-01");
    let edit = |path: &str, old: &str, new: &str| place.put(path, place.text(path).replace(old, new));
    edit("fork/en/ladder.md", "Writes code that others can read.", "Writes code that everybody can read.");
    edit("content/en/ladder.md", "Writes code that others can read.", "Writes code and tests.");
    edit("content/en/ladder.md", "Spends half of the day on code.", "Spends a third of the day on code.");
    place.put("content/en/ladder.md", place.text("content/en/ladder.md") + "- Hires. {#EN-005}\n");
    run("id --write");
    place
}

#[test]
fn the_files_of_a_fork_do_not_depend_on_the_language() {
    let written = |language: &str| {
        let place = forked(language);
        let update = "adapt --update --write --content fork --upstream content --date 2026-12-02";
        let run = place.run(&format!("{update} --lang {language}"));
        assert_eq!(run.status, 1, "one criterion is for a person to decide: {}", run.shown());
        let run = place.run(&format!("theme eject base.html --content fork --lang {language}"));
        assert_eq!(run.status, 0, "{}", run.shown());
        place.files("fork")
    };
    let english = written("en");
    let text = |path: &str| english.iter().find(|(of, _)| of == path).map(|(_, bytes)| String::from_utf8_lossy(bytes));
    assert!(text("en/ladder.md").is_some_and(|text| text.contains("EN-005")), "something is taken over");
    assert!(english == written("zh-TW"), "the same bytes");
}

#[test]
fn the_files_of_a_site_that_is_begun_do_not_depend_on_the_language() {
    let begun = |place: &Place, arguments: &str| {
        ["en", "zh-TW"].map(|language| {
            let run = place.run(&format!("init {language} {arguments} --lang {language}"));
            assert!(place.at(language).join("content/site.toml").exists(), "{}", run.shown());
            place.files(language)
        })
    };
    let [english, chinese] = begun(&Place::empty(), "");
    assert!(english == chinese, "the example has the same bytes");
    // Tables, paragraphs, levels in files of their own, several languages, and what finds no place.
    for fixture in ["table-across", "paragraphs", "levels", "folders", "uneven", "links", "said"] {
        let [english, chinese] = begun(&Place::of_fixture(&format!("adopt/{fixture}")), "--from content");
        assert!(english == chinese, "{fixture} gives the same bytes");
    }
}
