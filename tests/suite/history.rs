//! The history of a site: editions, withdrawn criteria, former pages.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use insta::assert_snapshot;
use rungs::for_tests::register::REGISTER;
use rungs::for_tests::release::Effects;

use crate::driver::Folder;
use crate::published::said;

fn translated() -> Folder {
    let note = "+++\ntitle = \"Time\"\nabout = [\"time\"]\n+++\nSee [EN-002].\n";
    let folder = Folder::bilingual();
    let folder = folder.file("zh-TW/notes/time.md", "+++\ntitle = \"時間\"\n+++\n見[EN-002]。\n");
    folder.file("en/notes/time.md", note).with_ids()
}

/// All files of the site.
fn files(folder: &Folder) -> BTreeMap<Utf8PathBuf, String> {
    let build = folder.built();
    assert!(!build.outputs.is_empty(), "{}", folder.told());
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    build.outputs.into_iter().map(|output| (output.path, text(output.bytes))).collect()
}

fn page(files: &BTreeMap<Utf8PathBuf, String>, address: &str) -> String {
    let path = format!("{address}index.html");
    files.get(Utf8Path::new(&path)).unwrap_or_else(|| panic!("there is no {path}")).clone()
}

/// Two editions after the first words: EN-001 moved, EN-004 was reworded, and then again since.
fn twice_released() -> Folder {
    let second = translated()
        .released("2026.1", "2026-11-23")
        .edited("en/ladder.md", "half of the day", "a third of the day")
        .edited("zh-TW/ladder.md", "半天", "三分之一天")
        .edited("en/ladder.md", "- Writes code that others can read. {#EN-001}\n", "")
        .edited("zh-TW/ladder.md", "- 撰寫他人看得懂的程式。 {#EN-001}\n", "")
        .edited("en/ladder.md", "- Reviews", "- Writes code that others can read. {#EN-001}\n- Reviews")
        .edited("zh-TW/ladder.md", "- 審查", "- 撰寫他人看得懂的程式。 {#EN-001}\n- 審查");
    second.released("2026.2", "2026-12-01").edited("en/ladder.md", "a third of the day", "a third of the week")
}

/// The folder without a criterion, of which the register keeps the last words.
fn withdrawn(folder: &Folder) -> Folder {
    let entry = "\
[criterion.EN-003]
state = \"withdrawn\"
since = \"2026.1\"
withdrawn = 2026-12-24
level = \"L2\"
category = \"craft\"
replaced-by = [\"EN-001\"]
reason.en = \"Designs are reviewed by everybody.\"
reason.zh-TW = \"設計由所有人審查。\"
statement.en = \"Reviews the *designs* of a team.\"
statement.zh-TW = \"審查一個團隊的設計。\"
detail.en = \"Once a week, see [EN-002].\"
";
    folder
        .clone()
        .edited("en/ladder.md", "- Reviews the designs of a team. {#EN-003}\n", "")
        .edited("zh-TW/ladder.md", "- 審查一個團隊的設計。 {#EN-003}\n", "")
        .edited(REGISTER, "[criterion.EN-003]\nstate = \"active\"\nsince = \"2026.1\"\n", entry)
}

#[test]
fn the_page_of_changes_tells_edition_by_edition_what_changed_and_for_whom() {
    let files = files(&twice_released());
    assert_snapshot!(said(&page(&files, "en/changes/")), @"
    Editions and changes
    What changed in each edition, and what that means for people who are reviewed. Feed (Atom)
    Not released yet
    Text changed
    EN-004 L2 · Lead
    Spends a third of the [-day-]{+week+} on code.
    2026.2 2026-12-01
    A major release: something is stricter, moved or withdrawn.
    Moved
    EN-001 L2 · Lead
    From L1 · Engineer to L2 · Lead
    Writes code that others can read.
    Reworded, expects the same
    EN-004 L2 · Lead
    Spends [-half-]{+a third+} of the day on code.
    2026.1 2026-11-23
    The first edition.
    ");
    assert_snapshot!(said(&page(&files, "zh-tw/changes/")), @"
    版本與變更
    每個版本改了什麼，對受評者有什麼影響。訂閱（Atom）
    尚未發布
    文字變更
    EN-004 L2 · 負責人
    Spends a third of the [-day-]{+week+} on code.
    2026.2 2026-12-01
    主要版本：有準則的要求提高，或有準則移動、撤銷。
    移至其他職級
    EN-001 L2 · 負責人
    從L1 · 工程師移至L2 · 負責人
    撰寫他人看得懂的程式。
    改寫，要求不變
    EN-004 L2 · 負責人
    [-半天-]{+三分之一天+}撰寫程式。
    2026.1 2026-11-23
    第一個版本。
    ");
}

#[test]
fn a_permanent_page_has_the_history_of_its_criterion_in_each_language() {
    let files = files(&twice_released());
    let history = |address: &str, from: &str, to: &str| {
        let page = said(&page(&files, address));
        let start = page.find(from).unwrap();
        page[start..start + page[start..].find(to).unwrap()].to_owned()
    };
    assert_snapshot!(history("c/en-004/", "History", "Citation formats"), @"
    History
    Not released yet Text changed
    Spends a third of the [-day-]{+week+} on code.
    2026.2 2026-12-01 Reworded, expects the same
    Spends [-half-]{+a third+} of the day on code.
    2026.1 2026-11-23 In the first edition
    ");
    assert_snapshot!(history("c/en-001/", "沿革", "引用格式"), @"
    沿革
    2026.2 2026-12-01 移至其他職級
    從L1 · 工程師移至L2 · 負責人
    2026.1 2026-11-23 首版收錄
    ");
    let unchanged = said(&page(&files, "c/en-002/"));
    assert!(unchanged.contains("unchanged since edition 2026.1") && !unchanged.contains("History"), "{unchanged}");
}

#[test]
fn a_frozen_page_says_that_it_is_frozen_and_what_has_changed_since() {
    let files = files(&twice_released());
    assert_snapshot!(said(&page(&files, "e/2026.1/c/en-004/")), @"
    Ladder › L2 · Lead › Craft
    Spends half of the day on code.
    EN-004@2026.1 This is edition 2026.1 of 2026-11-23. It will not change.
    Copy for a reviewCopy link
    Current version of EN-004
    Changed since
    Not released yet Text changed
    Spends a third of the [-day-]{+week+} on code.
    2026.2 2026-12-01 Reworded, expects the same
    Spends [-half-]{+a third+} of the day on code.
    階梯 › L2 · 負責人 › 工藝
    半天撰寫程式。
    EN-004@2026.1 這是2026.1版（2026-11-23）的存檔，內容不再變動。
    複製引用（評核用）複製連結
    EN-004的現行內容
    此後的變更
    尚未發布 文字變更
    Spends a third of the [-day-]{+week+} on code.
    2026.2 2026-12-01 改寫，要求不變
    [-半天-]{+三分之一天+}撰寫程式。
    Previous EN-003
    ");
    let frozen = page(&files, "e/2026.1/c/en-004/");
    assert!(frozen.contains("<link rel=\"canonical\" href=\"https://ladders.example/c/en-004/\">"));
    assert!(said(&page(&files, "e/2026.2/c/en-002/")).contains("Unchanged since."));
    assert!(!files[Utf8Path::new("sitemap.xml")].contains("/e/2026"), "search engines look elsewhere");
}

#[test]
fn an_edition_has_the_whole_ladder_in_each_language_with_the_same_anchors() {
    let files = files(&twice_released());
    assert_snapshot!(said(&page(&files, "e/2026.1/zh-tw/ladder/")), @"
    階梯
    這是2026.1版（2026-11-23）的存檔，內容不再變動。閱讀現行內容 · 與現行內容對照
    L1 工程師
    工藝
    EN-001撰寫他人看得懂的程式。此後的變更：移至其他職級
    EN-002一天大半時間如此。
    L2 負責人
    工藝
    EN-003審查一個團隊的設計。
    EN-004半天撰寫程式。此後的變更：改寫，要求不變
    ");
    let (then, now) = (page(&files, "e/2026.2/en/ladder/"), page(&files, "en/ladder/"));
    for anchor in ["en-001", "en-002", "en-003", "en-004", "l1", "l2", "l1-craft", "l2-craft"] {
        let id = format!("id=\"{anchor}\"");
        assert!(then.contains(&id) && now.contains(&id), "{anchor}");
    }
    assert_snapshot!(said(&page(&files, "e/2026.2/")), @"
    Edition 2026.2
    This is edition 2026.2 of 2026-12-01. It will not change.
    English
    Ladder
    L1 · Engineer
    L2 · Lead
    Compare with the current version
    What changed
    Moved 1
    Reworded, expects the same 1
    All changes in this edition
    繁體中文（台灣）
    階梯
    L1 · 工程師
    L2 · 負責人
    與現行內容對照
    本版變更
    移至其他職級 1
    改寫，要求不變 1
    本版的所有變更
    Data
    File2026.2.json
    BLAKE370bcc3659acc70d071cba1228a493ff3c8857b814f6b22896d21dc11836215e3
    ");
    assert!(files.contains_key(Utf8Path::new("data/editions/2026.2.json")));
}

#[test]
fn a_reference_in_a_frozen_text_leads_to_the_criterion_as_it_was() {
    let folder = translated().edited("en/ladder.md", "a team.", "a team, as [EN-001] asks.");
    let folder = folder.released("2026.1", "2026-11-23");
    let frozen = page(&files(&folder), "e/2026.1/c/en-003/");
    assert!(frozen.contains(
        "as <a class=\"ref\" href=\"../en-001/\" title=\"Writes code that others can read.\">EN-001</a> asks."
    ));
}

#[test]
fn a_withdrawn_criterion_keeps_its_page_and_its_anchors() {
    let files = files(&withdrawn(&twice_released()));
    assert_snapshot!(said(&page(&files, "c/en-003/")), @r#"
    Withdrawn 2026-12-24
    Designs are reviewed by everybody.
    Replaced by:
    EN-001 Writes code that others can read.
    Ladder › L2 · Lead › Craft
    Reviews the designs of a team.
    Once a week, see EN-002.
    EN-003 Last wording Edition 2026.2
    Copy for a reviewCopy link
    History
    Not released yet Withdrawn
    2026.1 2026-11-23 In the first edition
    Citation formats
    TextEN-003@2026.2: “Reviews the designs of a team.” L2 · Lead, Ladder, edition 2026.2, A. Person, modified by B. Person (CC BY-SA 4.0), https://ladders.example/e/2026.2/c/en-003/
    Markdown[EN-003@2026.2](https://ladders.example/e/2026.2/c/en-003/): “Reviews the designs of a team.” L2 · Lead, Ladder, edition 2026.2, A. Person, modified by B. Person ([CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)), &lt;https://ladders.example/e/2026.2/c/en-003/&gt;
    已撤銷 2026-12-24
    設計由所有人審查。
    改由以下準則要求：
    EN-001 撰寫他人看得懂的程式。
    階梯 › L2 · 負責人 › 工藝
    審查一個團隊的設計。
    EN-003 撤銷前的內容 2026.2版
    複製引用（評核用）複製連結
    沿革
    尚未發布 已撤銷
    2026.1 2026-11-23 首版收錄
    引用格式
    純文字EN-003@2026.2：「審查一個團隊的設計。」L2 · 負責人，《階梯》2026.2版，A. Person，B. Person修改（CC BY-SA 4.0），https://ladders.example/e/2026.2/c/en-003/#zh-tw
    Markdown[EN-003@2026.2](https://ladders.example/e/2026.2/c/en-003/#zh-tw)：「審查一個團隊的設計。」L2 · 負責人，《階梯》2026.2版，A. Person，B. Person修改（[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)），&lt;https://ladders.example/e/2026.2/c/en-003/#zh-tw&gt;
    {"common":{"author":[{"literal":"A. Person"}],"contributor":[{"literal":"B. Person"}],"edition":"2026.2","id":"EN-003@2026.2","issued":{"date-parts":[[2026,12,1]]},"number":"EN-003","type":"webpage"},"languages":{"en":{"URL":"https://ladders.example/e/2026.2/c/en-003/","container-title":"Ladder","language":"en","note":"CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), modified by B. Person","section":"L2 · Lead","title":"Reviews the designs of a team."},"zh-tw":{"URL":"https://ladders.example/e/2026.2/c/en-003/#zh-tw","container-title":"階梯","language":"zh-Hant-TW","note":"CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/)，B. Person修改","section":"L2 · 負責人","title":"審查一個團隊的設計。"}}}
    "#);
    for address in ["en/ladder/", "en/ladder/l2/", "zh-tw/ladder/", "zh-tw/ladder/l2/"] {
        assert!(page(&files, address).contains("<li id=\"en-003\">"), "{address}");
    }
    assert!(said(&page(&files, "en/ladder/l2/")).ends_with("EN-003 withdrawn\nPrevious L1 · Engineer"));
}

#[test]
fn what_moved_to_another_level_leaves_a_word_where_it_stood() {
    let level = said(&page(&files(&twice_released()), "en/ladder/l1/"));
    assert!(level.contains("No longer on this page\nEN-001 now at L2 · Lead"), "{level}");
}

#[test]
fn pages_that_were_renamed_lead_on_from_every_address_they_had() {
    let released = translated().released("2026.1", "2026-11-23");
    let before: BTreeSet<_> = files(&released).into_keys().collect();
    let mut folder = released
        .edited("site.toml", "key = \"ladder\"", "key = \"engineering\"\nwas = [\"ladder\"]")
        .file("en/notes/hours.md", "+++\ntitle = \"Hours\"\nwas = [\"time\"]\n+++\nSee [EN-002].\n")
        .file("zh-TW/notes/hours.md", "+++\ntitle = \"時數\"\n+++\n見[EN-002]。\n")
        .without("zh-TW/notes/time.md")
        .without("en/notes/time.md");
    for locale in ["en", "zh-TW"] {
        let text = folder.text(&format!("{locale}/ladder.md")).replace("{#L2}", "{#lead was=L2}");
        let text = if locale == "en" { text } else { text.replace(" was=L2", "") };
        folder = folder.file(&format!("{locale}/engineering.md"), &text).without(&format!("{locale}/ladder.md"));
    }
    let after = files(&folder.with_ids());
    let pages = before.iter().filter(|path| path.as_str().ends_with(".html"));
    let lost: Vec<_> = pages.filter(|path| !after.contains_key(*path)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let moved = page(&after, "zh-tw/ladder/l2/");
    assert_snapshot!(said(&moved), @"
    L2 · 負責人
    此頁已改名：L2 · 負責人
    L2 · 負責人
    ");
    for part in [
        "<meta http-equiv=\"refresh\" content=\"0; url=../../../zh-tw/engineering/lead/\">",
        "<link rel=\"canonical\" href=\"https://ladders.example/zh-tw/engineering/lead/\">",
        "<title>L2 · 負責人 · ",
    ] {
        assert!(moved.contains(part), "{part} in {moved}");
    }
    let ways = [
        ("en/ladder/compare/l1-l2/", "../../../engineering/compare/l1-lead/"),
        ("en/notes/time/", "../hours/"),
        ("en/ladder/beside/zh-tw/", "../../../engineering/beside/zh-tw/"),
    ];
    for (from, to) in ways {
        assert!(page(&after, from).contains(&format!("<a href=\"{to}\" data-moved>")), "{from}");
    }
    assert!(page(&after, "en/engineering/").contains("<li id=\"l2\">"), "the old anchor of the level");
}

#[test]
fn an_edition_that_was_edited_is_refused() {
    let folder = translated().released("2026.1", "2026-11-23").edited("editions/2026.1.json", "Reviews", "Reads");
    assert_snapshot!(folder.told(), @"
    error[altered-edition]: this edition was changed after its release
    --> content/editions/2026.1.json
     = help: restore the file from version control: what people have cited must stay, and changes belong in the next edition
    ");
    assert!(folder.built().outputs.is_empty());
}

#[test]
fn version_control_may_change_the_line_ends_of_an_edition() {
    let folder = translated().released("2026.1", "2026-11-23");
    let text = folder.text("editions/2026.1.json").replace('\n', "\r\n");
    assert_eq!(folder.clone().file("editions/2026.1.json", &text).told(), folder.told());
}

#[test]
fn an_edition_of_a_later_schema_or_under_another_name_is_told() {
    let folder = translated().released("2026.1", "2026-11-23");
    let text = folder.text("editions/2026.1.json").to_owned();
    let renamed = folder.without("editions/2026.1.json").file("editions/2026.2.json", &text);
    assert_snapshot!(renamed.told(), @"
    error[unreadable-edition]: this file contains edition 2026.1
    --> content/editions/2026.2.json
     = help: name it `editions/2026.1.json`
    ");
}

#[test]
fn the_feed_names_each_edition() {
    let files = files(&twice_released());
    assert_snapshot!(files[Utf8Path::new("zh-tw/changes/feed.xml")], @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hant-TW">
    <title>階梯 · 版本與變更</title>
    <id>https://ladders.example/zh-tw/changes/feed.xml</id>
    <link rel="self" href="https://ladders.example/zh-tw/changes/feed.xml"/>
    <link rel="alternate" href="https://ladders.example/zh-tw/changes/"/>
    <updated>2026-12-01T00:00:00Z</updated>
    <rights>Creative Commons Attribution-ShareAlike 4.0 International</rights>
    <author><name>階梯</name>
    </author>
    <entry>
    <title>2026.2版</title>
    <id>https://ladders.example/e/2026.2/</id>
    <link rel="alternate" href="https://ladders.example/e/2026.2/"/>
    <updated>2026-12-01T00:00:00Z</updated>
    <content type="html">&lt;h2&gt;移至其他職級&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;&lt;a href=&quot;https://ladders.example/c/en-001/#zh-tw&quot;&gt;EN-001&lt;/a&gt; 撰寫他人看得懂的程式。&lt;/li&gt;&lt;/ul&gt;&lt;h2&gt;改寫，要求不變&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;&lt;a href=&quot;https://ladders.example/c/en-004/#zh-tw&quot;&gt;EN-004&lt;/a&gt; 三分之一天撰寫程式。&lt;/li&gt;&lt;/ul&gt;</content>
    </entry>
    <entry>
    <title>2026.1版</title>
    <id>https://ladders.example/e/2026.1/</id>
    <link rel="alternate" href="https://ladders.example/e/2026.1/"/>
    <updated>2026-11-23T00:00:00Z</updated>
    </entry>
    </feed>
    "#);
}

#[test]
fn a_ladder_stands_beside_each_edition_of_it() {
    let files = files(&withdrawn(&twice_released()));
    assert_snapshot!(said(&page(&files, "en/ladder/beside/2026.1/")), @"
    Ladder: changes since edition 2026.1
    Ladder: the current wording of each criterion next to that of edition 2026.1.
    Text changed 2No longer in the ladder 1Unchanged 1
    Ladder: changes since edition 2026.1
    NowEdition 2026.1
    L2 · Lead
    Craft
    EN-001 Writes code that others can read.L1 · Engineer
    EN-004 Spends a third of the week on code.EN-004@2026.1 Spends half of the day on code.
    No longer in the ladder
    EN-003 WithdrawnL2 · LeadReviews the designs of a team.
    Unchanged
    L1 · Engineer
    Craft
    EN-002 Spends most of the day on it.
    ");
    assert_snapshot!(said(&page(&files, "zh-tw/ladder/beside/2026.2/")), @"
    階梯：2026.2版以來的變更
    階梯：每項準則的現行內容與2026.2版對照。
    已不在職涯階梯中 1未變更 3
    階梯：2026.2版以來的變更
    現行內容2026.2版
    已不在職涯階梯中
    EN-003 已撤銷L2 · 負責人審查一個團隊的設計。
    未變更
    L1 · 工程師
    工藝
    EN-002 一天大半時間如此。
    L2 · 負責人
    工藝
    EN-001 撰寫他人看得懂的程式。
    EN-004 三分之一天撰寫程式。
    ");
}

#[test]
fn what_changed_in_another_language_alone_is_no_change_for_readers() {
    let released = Folder::bilingual().released("2026.1", "2026-11-23");
    let french = released.text("zh-TW/ladder.md").to_owned();
    let folder = released.in_locales(&["en", "zh-TW", "fr"]).file("fr/ladder.md", &french);
    let files = files(&folder);
    let text = said(&page(&files, "c/en-001/"));
    assert!(text.contains("Current · unchanged since edition 2026.1 (2026-11-23)"), "{text}");
    assert!(text.contains("EN-001@2026.1: “"), "{text}");
    assert!(text.contains("現行 · 自2026.1版（2026-11-23）以來未變更"), "{text}");
    // No edition has the French text, so there is nothing to pin it to, and nothing to show it beside.
    assert!(text.contains("https://ladders.example/c/en-001/#fr"), "{text}");
    let since = page(&files, "en/ladder/beside/2026.1/");
    assert!(since.contains("/zh-tw/ladder/beside/2026.1/") && !since.contains("fr/ladder/beside/2026.1/"), "{since}");
}

/// A category that both languages describe for the whole ladder, between two editions.
fn described() -> Folder {
    let english = "## craft\n\nWhat a level knows of [our work][EN-002].\n\nAnd of tools.\n\n## L1 =";
    let folder = translated().edited("en/ladder.md", "## L1 =", english);
    let folder = folder.edited("zh-TW/ladder.md", "## L1 =", "## 關於技藝\n\n對工作的認識。\n\n還有工具。\n\n## L1 =");
    let folder = folder.released("2026.1", "2026-11-23");
    folder.edited("en/ladder.md", "knows of", "has learnt of")
}

#[test]
fn a_section_with_the_title_of_a_category_describes_it_on_every_level() {
    let files = files(&described());
    let level = page(&files, "en/ladder/l2/");
    let beginning =
        "has learnt of <a href=\"../l1/#en-002\" title=\"Spends most of the day on it.\">our work</a>.</p></div>";
    assert!(level.contains(beginning), "{level}");
    assert!(level.contains("<a href=\"../#craft\">More on “Craft”</a>"), "{level}");
    assert!(!level.contains("And of tools"), "{level}");
    let chinese = page(&files, "zh-tw/ladder/l1/");
    assert!(chinese.contains("<p>對工作的認識。</p></div><p class=\"rest\"><a href=\"../#craft\">"), "{chinese}");
    assert!(page(&files, "en/ladder/matrix/").contains("<th scope=\"row\"><div><a href=\"../#craft\">"));
    // Where the whole ladder stands, the description stands once.
    assert_eq!(page(&files, "en/ladder/").matches("has learnt of").count(), 1);
    let then = page(&files, "e/2026.1/en/ladder/l2/");
    assert!(then.contains("What a level knows of") && then.contains("<a href=\"../#craft\">"), "{then}");
}

#[test]
fn a_translation_without_the_description_shows_that_of_the_source() {
    let folder = translated().edited("en/ladder.md", "## L1 =", "## Craft\n\nWhat it takes.\n\n## L1 =");
    let page = page(&files(&folder), "zh-tw/ladder/l1/");
    assert!(page.contains("<div class=\"prose\" lang=\"en\"><p>What it takes.</p></div>"), "{page}");
}

#[test]
fn a_description_with_the_id_of_its_category_is_told_that_it_has_none() {
    let folder = translated().edited("en/ladder.md", "## L1 =", "## Craft {#craft}\n\nWhat it takes.\n\n## L1 =");
    let told = folder.told();
    assert!(told.contains("a section that describes the category for all levels has its title and no id"), "{told}");
}

/// The content of the small site with all criteria of L1 on L2, which takes the place of both.
fn merged() -> Folder {
    let folder = translated().released("2026.1", "2026-11-23");
    let english = folder.text("en/ladder.md").to_owned();
    let (head, _) = english.split_once("## L1 =").unwrap();
    let text = format!(
        "{head}## L2 = Lead {{#L2 was=L1}}\n\n### Craft {{#craft}}\n\n- Writes code that others can read. {{#EN-001}}\n- Spends \
         most of the day on it. {{#EN-002}}\n- Reviews the designs of a team. {{#EN-003}}\n- Spends half of the \
         day on code. {{#EN-004}}\n"
    );
    let text = text.replace("[threads]\ntime = \"Time\"\n", "");
    let chinese = folder.text("zh-TW/ladder.md").replace("[threads]\ntime = \"時間\"\n", "");
    let chinese = chinese.replace("## L1 = 工程師 {#L1}\n", "## L2 = 負責人 {#L2}\n");
    let chinese = chinese.replace("\n## L2 = 負責人 {#L2}\n\n### 工藝 {#craft}\n\n- 審查", "- 審查");
    folder.file("en/ladder.md", &text).file("zh-TW/ladder.md", &chinese)
}

#[test]
fn where_two_levels_become_one_the_criteria_of_the_one_that_gave_way_have_moved() {
    let released = merged().release("2026.2", "2026-12-01", Effects::default());
    let released = released.unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let effects: Vec<_> = released.changes.iter().map(|change| format!("{} {:?}", change.id, change.effect)).collect();
    assert_eq!(effects, ["EN-001 Moved", "EN-002 Moved"]);
}

#[test]
fn a_frozen_level_leads_to_the_lower_ones_whose_criteria_hold_on_it() {
    let files = files(&translated().released("2026.1", "2026-11-23"));
    let level = page(&files, "e/2026.1/en/ladder/l2/");
    assert!(
        level.contains("<h2>Also expected at this level</h2>\n<ul class=\"links\">\n<li><a href=\"../l1/\">"),
        "{level}"
    );
    assert!(!page(&files, "e/2026.1/en/ladder/l1/").contains("Also expected at this level"));
}

#[test]
fn who_copies_what_no_edition_has_is_told_so() {
    let folder = translated().released("2026.1", "2026-11-23");
    let told = "This version is not in an edition yet.";
    assert!(!files(&folder).values().any(|file| file.contains(told)));
    let files = files(&folder.edited("en/ladder.md", "that others can read", "that all can read"));
    assert!(
        page(&files, "c/en-001/")
            .contains("data-done=\"Citation of EN-001 copied. This version is not in an edition yet.\"")
    );
    assert!(!page(&files, "c/en-002/").contains(told));
    assert!(
        page(&files, "en/ladder/l1/")
            .contains("\"unreleased-done\":\"Citation of %{id} copied. This version is not in an edition yet.\"")
    );
    // On a frozen page the link leads to what holds now, which the edition is no part of.
    assert!(page(&files, "e/2026.1/c/en-001/").contains("data-done=\"Link to EN-001 copied\""));
}
