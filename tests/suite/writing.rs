//! Chinese as Taiwan writes it, and how a site lets warnings pass: by site, by locale, by line.

use insta::assert_snapshot;
use proptest::prelude::*;
use rungs::for_tests::diagnostic::{Code, Diagnostic, Severity};

use crate::driver::{Folder, LADDER, TRANSLATED};
use crate::pages::Pages;

/// The small site with a note of this text in Chinese.
fn note(text: &str) -> Folder {
    let page = |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n{text}\n");
    Folder::bilingual()
        .file("en/notes/note.md", &page("Note", "Note."))
        .file("zh-TW/notes/note.md", &page("說明", text))
}

/// Returns the findings in a text: the code, the marked text, and the fix.
fn found(text: &str) -> Vec<String> {
    findings(&note(text))
}

fn findings(folder: &Folder) -> Vec<String> {
    let (_, problems) = folder.build();
    let told = problems.into_iter().map(|problem| {
        assert_eq!(problem.severity(), Severity::Warning, "{}", problem.message);
        let place = &problem.label.place;
        let there = &folder.text(place.path.as_str())[place.span()];
        format!("{} {there:?}: {}", problem.code.name(), problem.help.unwrap_or_default())
    });
    told.collect()
}

#[test]
fn all_is_well_with_the_small_site() {
    assert_snapshot!(Folder::bilingual().problems(), @"");
}

#[test]
fn each_rule_names_the_place_and_the_fix() {
    let folder = note("負責人,指技術負責人。\n\n信息和軟件…\n\n每個 PM 都懂软件开发。");
    assert_snapshot!(folder.problems(), @"
    warning[half-width-punctuation]: `,` next to Han characters
     --> content/zh-TW/notes/note.md:4:4
      |
    4 | 負責人,指技術負責人。
      |       ^
      |
    help: write `，`
      |
    4 - 負責人,指技術負責人。
    4 + 負責人，指技術負責人。
      |

    warning[mainland-term]: `信息` is used in Mainland China
     --> content/zh-TW/notes/note.md:6:1
      |
    6 | 信息和軟件…
      | ^^^^
      |
      = help: write `資訊` or `訊息`

    warning[mainland-term]: `軟件` is used in Mainland China
     --> content/zh-TW/notes/note.md:6:4
      |
    6 | 信息和軟件…
      |       ^^^^
      |
      = help: write `軟體`

    warning[ellipsis]: `…` used as an ellipsis
     --> content/zh-TW/notes/note.md:6:6
      |
    6 | 信息和軟件…
      |           ^
      |
    help: write `……`
      |
    6 | 信息和軟件……
      |            +

    warning[space-between-han-and-latin]: a space between `個` and `P`
     --> content/zh-TW/notes/note.md:8:3
      |
    8 | 每個 PM 都懂软件开发。
      |     ^
      |
    help: write `個P`
      |
    8 | 每個PM 都懂软件开发。
      |

    warning[space-between-han-and-latin]: a space between `M` and `都`
     --> content/zh-TW/notes/note.md:8:6
      |
    8 | 每個 PM 都懂软件开发。
      |        ^
      |
    help: write `M都`
      |
    8 | 每個 PM都懂软件开发。
      |

    warning[variant-character]: `软` is not used in Taiwan
     --> content/zh-TW/notes/note.md:8:9
      |
    8 | 每個 PM 都懂软件开发。
      |             ^^
      |
    help: write `軟`
      |
    8 - 每個 PM 都懂软件开发。
    8 + 每個 PM 都懂軟件开发。
      |

    warning[variant-character]: `开发` are not used in Taiwan
     --> content/zh-TW/notes/note.md:8:11
      |
    8 | 每個 PM 都懂软件开发。
      |                 ^^^^
      |
      = help: write `開發`, or `髮` if you mean that
    ");
}

#[test]
fn half_width_punctuation_is_found_beside_han() {
    let cases = [
        ("甲,乙", vec![r#"",": write `，`"#]),
        ("甲, 乙", vec![r#"",": write `，`, and no space after it"#]),
        (
            "重點:API;好嗎?好!",
            vec![r#"":": write `：`"#, r#"";": write `；`"#, r#""?": write `？`"#, r#""!": write `！`"#],
        ),
        ("API,然後", vec![r#"",": write `，`"#]),
        ("**甲**: 乙", vec![r#"":": write `：`, and no space after it"#]),
        ("完了.", vec![r#"".": write `。`"#]),
        ("甲(乙)丙", vec![r#""(": write `（`"#, r#"")": write `）`"#]),
        (
            "甲 (foo) 丙",
            vec![r#""(": write `（`, and no space before it"#, r#"")": write `）`, and no space after it"#],
        ),
        ("他說“好”。", vec![r#""“": write `「`"#, r#""”": write `」`"#]),
        ("他說\"Hello\"嗎", vec![r#""\"": write `「`"#, r#""\"": write `」`"#]),
        ("(一) 乙", vec![r#""(": write `（`"#, r#"")": write `）`, and no space after it"#]),
    ];
    for (text, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|found| format!("half-width-punctuation {found}")).collect();
        assert_eq!(found(text), expected, "in {text}");
    }
}

#[test]
fn punctuation_of_latin_words_and_numbers_is_their_own() {
    let texts = [
        "約1,000人，於12:30到",
        "Hello, world! (A “note”; \"quoted\".)",
        "見`甲,乙`與[丙](https://a.example/?x=(1),2) https://a.example/b?c=d,e:f",
        "呼叫f(x)之後，27\"螢幕",
        "「Knowledge & Experience:」改為",
        "T5/L5，Node.js與v1.5版",
        "```\n甲,乙\n```",
        "授權條款CC BY-SA 4.0 (International)",
    ];
    for text in texts {
        assert_eq!(found(text), [""; 0], "in {text}");
    }
}

#[test]
fn an_ellipsis_is_six_dots() {
    let fix = |dots: &str| vec![format!("ellipsis {dots:?}: write `……`")];
    assert_eq!(found("等等..."), fix("..."));
    assert_eq!(found("等等。。。"), fix("。。。"));
    assert_eq!(found("等等…然後"), fix("…"));
    assert_eq!(found("等等……然後，wait... what… a 1..2"), [""; 0]);
}

#[test]
fn a_site_decides_about_spaces_between_han_and_latin() {
    let spaced = "每個 PM 有3項";
    let never =
        ["\" \": write `個P`", "\" \": write `M有`"].map(|found| format!("space-between-han-and-latin {found}"));
    assert_eq!(found(spaced), never);
    let setting = |table: &str, value: &str| {
        let site = Folder::bilingual().text("site.toml").to_owned();
        note(spaced).file("site.toml", &format!("{site}\n{table}\nspace-between-han-and-latin = \"{value}\"\n"))
    };
    let always = ["\"有3\": write `有 3`", "\"3項\": write `3 項`"];
    let always = always.map(|found| format!("space-between-han-and-latin {found}"));
    assert_eq!(findings(&setting("[check.zh-TW]", "always")), always);
    assert_eq!(findings(&setting("[check]", "always")), always);
    assert_eq!(findings(&setting("[check]", "any")), [""; 0]);
    assert_eq!(findings(&setting("[check.en]", "any")), never);
}

#[test]
fn the_code_of_a_level_may_have_a_space_behind_it() {
    assert_eq!(findings(&Folder::bilingual().edited("zh-TW/ladder.md", "## L1 = 工程師", "## L1 工程師")), [""; 0]);
}

#[test]
fn characters_are_those_of_taiwan() {
    assert_eq!(
        found("软件开发"),
        ["variant-character \"软\": write `軟`", "variant-character \"开发\": write `開發`, or `髮` if you mean that"]
    );
    assert_eq!(
        found("這裏,為着"),
        [
            "variant-character \"裏\": write `裡`",
            "half-width-punctuation \",\": write `，`",
            "variant-character \"着\": write `著`",
        ]
    );
    assert_eq!(
        found("皇后在台北，只有才幹，干涉范先生，面談后里，秘書汙染了表，征服、了解、制度、系、松、谷、斗"),
        [""; 0]
    );
}

#[test]
fn words_of_mainland_china_are_found_and_their_parts_are_not() {
    assert_eq!(
        found("這個軟件的信息"),
        ["mainland-term \"軟件\": write `軟體`", "mainland-term \"信息\": write `資訊` or `訊息`",]
    );
    assert_eq!(found("我相信息息相關，檢查項目的代碼，文字符合規定，質量守恆，改編程式，中文檔案，觀光盤點"), [""; 0]);
}

#[test]
fn titles_and_what_site_toml_says_are_read_too() {
    let folder = Folder::bilingual()
        .edited("zh-TW/ladder.md", "time = \"時間\"", "time = \"時間,空間\"")
        .edited("zh-TW/ladder.md", "title = \"階梯\"", "title = \"\\u9593,梯\"")
        .edited("site.toml", "title.zh-TW = \"階梯\"", "title.zh-TW = \"软件\"");
    assert_eq!(
        findings(&folder),
        [
            "variant-character \"软\": write `軟`",
            "half-width-punctuation \"\\\"\\\\u9593,梯\\\"\": write `，`",
            "half-width-punctuation \",\": write `，`",
        ]
    );
}

#[test]
fn other_chinese_is_not_held_to_what_taiwan_writes() {
    for (tag, count) in [("zh-CN", 0), ("zh-HK", 0), ("ja", 0), ("zh-Hant", 1)] {
        let folder = Folder::new().in_locales(&["en", tag]).file("en/ladder.md", LADDER);
        let (_, problems) = folder.file(&format!("{tag}/ladder.md"), &TRANSLATED.replace("團隊的", "團隊,")).build();
        let punctuation = problems.iter().filter(|problem| problem.code == Code::HalfWidthPunctuation);
        assert_eq!(punctuation.count(), count, "{tag}");
    }
}

#[test]
fn a_site_and_a_locale_can_allow_a_warning() {
    let site = note("甲,乙").text("site.toml").to_owned();
    for table in ["[check]", "[check.zh-TW]"] {
        let folder =
            note("甲,乙软").file("site.toml", &format!("{site}\n{table}\nallow = [\"half-width-punctuation\"]\n"));
        assert_eq!(findings(&folder), ["variant-character \"软\": write `軟`"], "{table}");
    }
    let folder =
        note("甲,乙").file("site.toml", &format!("{site}\n[check.en]\nallow = [\"half-width-punctuation\"]\n"));
    assert_eq!(findings(&folder).len(), 1);
    let missing = Folder::bilingual().without("zh-TW/ladder.md");
    let site = missing.text("site.toml").to_owned();
    let missing = missing.file("site.toml", &format!("{site}\n[check.zh-TW]\nallow = [\"missing-translation\"]\n"));
    assert_eq!(findings(&missing), [""; 0]);
}

#[test]
fn what_is_wrong_in_the_table_of_checks_is_told() {
    let site = Folder::bilingual().text("site.toml").to_owned();
    let checks = "
[check]
alow = []
allow = [\"elipsis\", \"broken-link\"]
space-between-han-and-latin = \"sometimes\"
[check.zh-HK]
[check.zh-TW]
allow = \"ellipsis\"
spaces = 1
";
    assert_snapshot!(Folder::bilingual().file("site.toml", &format!("{site}{checks}")).problems(), @r#"
    error[unknown-key]: unknown key `alow` in `[check]`
      --> content/site.toml:36:1
       |
    36 | alow = []
       | ^^^^
       |
       = help: did you mean `allow`?

    error[invalid-value]: there is no warning `elipsis`
      --> content/site.toml:37:10
       |
    37 | allow = ["elipsis", "broken-link"]
       |          ^^^^^^^^^
       |
       = help: did you mean `ellipsis`?

    error[invalid-value]: `broken-link` is an error and cannot be allowed
      --> content/site.toml:37:21
       |
    37 | allow = ["elipsis", "broken-link"]
       |                     ^^^^^^^^^^^^^
       |
       = help: fix what it reports

    error[invalid-value]: `check.space-between-han-and-latin` has to be `"never"`, `"always"` or `"any"`
      --> content/site.toml:38:31
       |
    38 | space-between-han-and-latin = "sometimes"
       |                               ^^^^^^^^^^^
       |
       = help: write `space-between-han-and-latin = "never"`, `space-between-han-and-latin = "always"` or `space-between-han-and-latin = "any"`

    error[unknown-key]: unknown key `zh-HK` in `[check]`
      --> content/site.toml:39:8
       |
    39 | [check.zh-HK]
       |        ^^^^^
       |
       = help: remove it; known here: `allow`, `space-between-han-and-latin`, `no-trailing-full-stop`, `no-joined-expectations`, `starts-with-verb`, `longest-statement`, `en`, `zh-TW`

    error[invalid-value]: `check.zh-TW.allow` has to be a list of strings, not a string
      --> content/site.toml:41:9
       |
    41 | allow = "ellipsis"
       |         ^^^^^^^^^^
       |
       = help: write `allow = ["…"]`

    error[unknown-key]: unknown key `spaces` in `[check.zh-TW]`
      --> content/site.toml:42:1
       |
    42 | spaces = 1
       | ^^^^^^
       |
       = help: remove it; known here: `allow`, `space-between-han-and-latin`, `no-trailing-full-stop`, `no-joined-expectations`, `starts-with-verb`, `longest-statement`
    "#);
}

#[test]
fn a_comment_allows_a_warning_in_the_block_or_item_below_it() {
    let comment = "<!-- rungs: allow half-width-punctuation -->";
    let wrong = "half-width-punctuation \",\": write `，`";
    let cases = [
        (format!("{comment}\n甲,乙"), 0),
        (format!("{comment}\n\n甲,乙\n\n丙,丁"), 1),
        (format!("甲,乙\n{comment}\n丙,丁"), 1),
        (format!("- 甲\n{comment}\n- 乙,丙\n  - 丁,戊\n- 己,庚"), 1),
        (format!("- 甲\n  {comment}\n- 乙,丙"), 0),
        (format!("> {comment}\n> 甲,乙"), 0),
        (format!("{comment}\n## 甲,乙\n\n丙,丁"), 1),
        (format!("```\n{comment}\n```\n甲,乙"), 1),
        (format!("字{comment}\n\n甲,乙"), 1),
        ("<!-- rungs: allow ellipsis, half-width-punctuation -->\n甲,乙...".to_owned(), 0),
    ];
    for (text, count) in cases {
        assert_eq!(found(&text), vec![wrong; count], "in {text}");
    }
}

#[test]
fn a_comment_for_rungs_is_not_shown_and_tears_no_list_apart() {
    let comment = "<!-- rungs: allow ellipsis -->";
    let site = Pages::of(&note(&format!("1. 甲\n{comment}\n2. 乙\n\n```\n{comment}\n```\n\n<!-- 別的 -->")));
    let page = site.page("zh-tw/notes/note/");
    assert!(page.contains("<ol><li>甲</li><li>乙</li></ol>"));
    assert_eq!(page.matches("rungs: allow").count(), 1, "it is shown where it is code");
    assert!(!page.contains("別的"), "no comment is text");
    let ladder = Folder::bilingual().edited("zh-TW/ladder.md", "- 一天", &format!("{comment}\n- 一天"));
    assert_eq!(findings(&ladder), [""; 0]);
}

#[test]
fn a_comment_that_allows_nothing_is_an_error() {
    let folder =
        note("<!-- rungs: allow half-width-punctation, broken-link -->\n甲\n\n<!-- rungs: alow ellipsis -->\n乙");
    assert_snapshot!(folder.problems(), @"
    error[invalid-allowance]: there is no warning `half-width-punctation`
     --> content/zh-TW/notes/note.md:4:19
      |
    4 | <!-- rungs: allow half-width-punctation, broken-link -->
      |                   ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `half-width-punctuation`?

    error[invalid-allowance]: `broken-link` is an error and cannot be allowed
     --> content/zh-TW/notes/note.md:4:42
      |
    4 | <!-- rungs: allow half-width-punctation, broken-link -->
      |                                          ^^^^^^^^^^^
      |
      = help: fix what it reports

    error[invalid-allowance]: this comment does not name a warning
     --> content/zh-TW/notes/note.md:7:1
      |
    7 | <!-- rungs: alow ellipsis -->
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `<!-- rungs: allow code -->` with the code of a warning
    ");
}

#[test]
fn a_text_as_long_as_a_book_is_checked() {
    let allowed = "<!-- rungs: allow ellipsis -->\n甲,乙\n\n".repeat(2_000);
    let repeated =
        ["(甲", "(“\"甲”)", "甲.", "甲…", "软 a", "信息,", "甲 ,    ", "<!-- rungs: ", "https://a.example/甲"];
    let long = repeated.map(|part| part.repeat(20_000));
    for text in long.iter().chain([&allowed]) {
        let (_, problems) = note(text).build();
        // One of them is a comment that is never closed.
        let is_told = |problem: &Diagnostic| problem.code == Code::UnclosedCode;
        assert!(problems.iter().all(|problem| problem.severity() == Severity::Warning || is_told(problem)));
    }
}

properties! {
    300 cases,

    #[test]
    fn whatever_the_text_checking_ends_and_places_are_whole_characters(
        text in "([甲乙软件信息。，「」（）…]|[ a-z0-9,.:;!?()\"“”{}#=<>*`\\[\\]&\n-]|<!-- rungs: allow ellipsis -->|https://a.b/|\\PC){0,60}",
    ) {
        let folder = note(&text);
        let (_, problems) = folder.build();
        for problem in problems {
            let file = folder.text(problem.label.place.path.as_str());
            prop_assert!(file.get(problem.label.place.span()).is_some(), "{problem:?}");
        }
    }
}
