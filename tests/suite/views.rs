//! The text in the main part of each kind of page, without markup, which outlives every restyling.

use insta::assert_snapshot;

use crate::driver::Folder;
use crate::pages::Pages;

const LADDER: &str = "\
+++
title = \"Ladder\"
[threads]
coding-time = \"Time spent on code\"
+++
# Ladder

How to read it.

## L1 = Engineer {#L1}

> Learns the craft.

### Craft {#craft}

- Writes code that others can read. {#EN-001}
- Spends 60-80% of time on code. {#EN-002 thread=coding-time}

### People {#people}

- Asks before it is too late, as in [EN-001]. {#EN-003}

  Once a day is not too often.

## L2 = Lead {#L2}

### Craft {#craft}

- Spends 20-40% of time on code. {#EN-004 thread=coding-time}

### People {#people}

- Reviews the designs of a team. {#EN-005}

## Credit

With thanks.
";

/// Without a translation of the last criterion.
const TRANSLATION: &str = "\
+++
title = \"階梯\"
[threads]
coding-time = \"寫程式的時間\"
+++
# 階梯

如何閱讀。

## L1 = 工程師 {#L1}

> 學習這門手藝。

### 技藝 {#craft}

- 寫出別人看得懂的程式。 {#EN-001}
- 以60%到80%的時間寫程式。 {#EN-002 thread=coding-time}

### 人 {#people}

- 及早發問，如[EN-001]。 {#EN-003}

  一天一次不嫌多。

## L2 = 負責人 {#L2}

### 技藝 {#craft}

- 以20%到40%的時間寫程式。 {#EN-004 thread=coding-time}

## 致謝

謹此致謝。
";

const NOTE: &str = "\
+++
title = \"Time\"
about = [\"thread:coding-time\", \"EN-003\"]
+++
What [EN-002] means.

## How it is counted

By the week: see [L2].
";

fn main(path: &str) -> String {
    let folder = Folder::new().translated().file("en/ladder.md", LADDER).file("zh-TW/ladder.md", TRANSLATION);
    Pages::of(&folder.file("en/notes/time.md", NOTE)).main(path)
}

#[test]
fn the_root_offers_the_languages() {
    assert_snapshot!(main(""), @"
    Ladders
    English Ladders
    繁體中文（台灣） 階梯
    ");
}

#[test]
fn the_page_for_what_is_not_there_leads_home_in_each_language() {
    assert_snapshot!(main("404.html"), @"
    Page not found
    There is no page at this address.
    Search
    Go to a level
    L1 Engineer
    L2 Lead
    Ladders
    找不到頁面
    這個網址沒有對應的頁面。
    搜尋
    前往職級
    L1 工程師
    L2 負責人
    階梯
    ");
}

#[test]
fn a_home_page_introduces_ladders_and_notes() {
    assert_snapshot!(main("en/"), @"
    Ladders
    What we expect.
    L2 Lead 2 criteria
    L1 Engineer 3 criteria
    How to read it
    2 levels
    5 criteria
    1 thread
    A level lists what is expected of someone at that level. Each level builds on those below it.
    At every level, criteria fall into the same categories:
    Craft
    People
    Each criterion is one expectation. Its id never changes, and it has a page to cite: EN-001
    A thread follows one topic from level to level.
    Ways to read it
    Ladder every level on one page
    Matrix all criteria by category and level
    Compare two levels, row by row
    Threads how each expectation grows from level to level
    Side by side with Traditional Chinese two languages, criterion by criterion
    Notes
    Time
    ");
    assert_snapshot!(main("zh-tw/"), @"
    階梯
    我們的期望。
    L2 負責人 Lead 2項準則
    L1 工程師 Engineer 3項準則
    如何閱讀
    2個職級
    5項準則
    1條脈絡
    每個職級列出對該職級人員的期望。每一級都包含較低各級的要求。
    各職級的準則都分成以下類別：
    技藝
    人
    每項準則就是一項期望，有固定不變的識別碼，也有可供引用的專屬頁面，例如： EN-001
    「脈絡」把各職級中談同一件事的準則串在一起。
    閱讀方式
    職涯階梯 所有職級，一頁看完
    總覽表 依類別與職級排列所有準則
    比較職級 逐列比較兩個職級
    脈絡 每項期望如何隨職級提高
    英文對照 逐項對照兩種語言
    解說
    Time
    ");
}

#[test]
fn a_ladder_stands_whole_on_one_page() {
    assert_snapshot!(main("en/ladder/"), @"
    Ladder
    One language
    Side by side with Traditional Chinese
    How to read it.
    L1 Engineer
    Learns the craft.
    Craft
    EN-001
    Writes code that others can read.
    Permanent page 繁體中文（台灣）
    EN-002
    Spends 60-80% of time on code.
    Time spent on code Permanent page 繁體中文（台灣）
    People
    EN-003
    Asks before it is too late, as in EN-001.
    Once a day is not too often.
    Permanent page 繁體中文（台灣）
    L2 Lead
    Craft
    EN-004
    Spends 20-40% of time on code.
    Time spent on code Permanent page 繁體中文（台灣）
    People
    EN-005
    Reviews the designs of a team.
    Permanent page
    Credit
    With thanks.
    ");
}

#[test]
fn a_level_shows_what_it_asks_and_then_what_it_inherits() {
    assert_snapshot!(main("en/ladder/l2/"), @"
    L2 Lead
    One language
    Side by side with Traditional Chinese
    2 criteria at this level. 5 in total, including those of the levels below.
    Copy for a review
    Copy link
    Prepare a review
    Craft
    EN-004
    Spends 20-40% of time on code.
    Time spent on code Permanent page 繁體中文（台灣）
    People
    EN-005
    Reviews the designs of a team.
    Permanent page
    Also expected at this level
    From L1 · Engineer
    3 criteria
    Craft
    EN-001
    Writes code that others can read.
    EN-002
    Spends 60-80% of time on code.
    People
    EN-003
    Asks before it is too late, as in EN-001.
    Once a day is not too often.
    Compare this level with
    L1 Engineer
    Previous L1 · Engineer
    ");
    assert_snapshot!(main("zh-tw/ladder/l2/"), @"
    L2 負責人 Lead
    單一語言
    英文對照
    本職級有2項準則。加上較低各級的準則，共5項。
    複製引用（評核用）
    複製連結
    準備評核
    技藝
    EN-004
    以20%到40%的時間寫程式。
    寫程式的時間 永久頁面 English
    人
    EN-005
    Reviews the designs of a team.
    尚未翻譯。
    永久頁面 English
    同樣適用於本職級
    來自L1 · 工程師
    Engineer 3項準則
    技藝
    EN-001
    寫出別人看得懂的程式。
    EN-002
    以60%到80%的時間寫程式。
    人
    EN-003
    及早發問，如EN-001。
    一天一次不嫌多。
    與其他職級比較
    L1 工程師 Engineer
    上一頁 L1 · 工程師 Engineer
    ");
}

#[test]
fn a_matrix_shows_categories_by_levels() {
    assert_snapshot!(main("en/ladder/matrix/"), @"
    Matrix
    Ladder: every criterion, by category and level.
    All categories
    Craft
    People
    Levels
    L1
    L2
    Matrix
    Category
    L1 Engineer
    L2 Lead
    Craft
    L1 · Engineer
    EN-001
    Writes code that others can read.
    EN-002
    Spends 60-80% of time on code.
    L2 · Lead
    EN-004
    Spends 20-40% of time on code.
    People
    L1 · Engineer
    EN-003
    Asks before it is too late, as in EN-001.
    Once a day is not too often.
    L2 · Lead
    EN-005
    Reviews the designs of a team.
    ");
}

#[test]
fn a_comparison_shows_threads_side_by_side_and_then_what_is_new() {
    assert_snapshot!(main("en/ladder/compare/l1-l2/"), @"
    L1 and L2 compared
    How L2 differs from L1: what grows, what is new, what carries over.
    Prepare a review
    All
    1 grows
    1 new
    2 carry over
    Choose two levels
    L1 L1–L2
    Topics that both levels cover
    Where two criteria are close, the words that differ are underlined.
    Topics that both levels cover
    L1 Engineer
    L2 Lead
    Time spent on code
    L1
    EN-002
    Spends 60-80% of time on code.
    L2
    EN-004
    Spends 20-40% of time on code.
    Only at L2 · Lead
    People
    EN-005
    Reviews the designs of a team.
    Permanent page
    Carries over from L1 · Engineer
    Levels are cumulative, so these criteria also apply at L2 · Lead.
    Craft
    EN-001
    Writes code that others can read.
    People
    EN-003
    Asks before it is too late, as in EN-001.
    Once a day is not too often.
    ");
}

#[test]
fn threads_show_how_an_expectation_grows() {
    assert_snapshot!(main("en/ladder/threads/"), @"
    Threads
    Criteria on the same topic at different levels, from the lowest level to the highest.
    Time spent on code
    The numbers as a table
    Time spent on code
    Level
    Value
    Criterion
    L1
    60-80%
    EN-002
    L2
    20-40%
    EN-004
    L1
    EN-002
    Spends 60-80% of time on code.
    L2
    EN-004
    Spends 20-40% of time on code.
    Read more:
    Time
    ");
}

#[test]
fn two_languages_stand_beside_each_other() {
    assert_snapshot!(main("en/ladder/beside/zh-tw/"), @"
    Side by side with Traditional Chinese
    Ladder: every criterion in this language and in Traditional Chinese.
    One language
    Side by side with Traditional Chinese
    Layout
    Two columns
    One below the other
    Side by side with Traditional Chinese
    Id
    English
    繁體中文（台灣）
    How to read it.
    如何閱讀。
    L1 · Engineer
    L1 · 工程師
    Learns the craft.
    學習這門手藝。
    Craft
    技藝
    EN-001
    Writes code that others can read.
    寫出別人看得懂的程式。
    EN-002
    Spends 60-80% of time on code.
    以60%到80%的時間寫程式。
    People
    人
    EN-003
    Asks before it is too late, as in EN-001.
    Once a day is not too often.
    及早發問，如EN-001。
    一天一次不嫌多。
    L2 · Lead
    L2 · 負責人
    Craft
    技藝
    EN-004
    Spends 20-40% of time on code.
    以20%到40%的時間寫程式。
    People
    人
    EN-005
    Reviews the designs of a team.
    尚未翻譯。
    Credit
    致謝
    With thanks.
    謹此致謝。
    ");
}

#[test]
fn notes_are_listed_and_shown() {
    assert_snapshot!(main("en/notes/"), @"
    Notes
    Explanations of the criteria, and how to use them.
    Time
    What EN-002 means.
    ");
    assert_snapshot!(main("en/notes/time/"), @"
    Time
    What EN-002 means.
    How it is counted
    By the week: see L2.
    What this note is about
    Time spent on code
    EN-003 Asks before it is too late, as in EN-001.
    ");
    assert_snapshot!(main("zh-tw/notes/time/"), @"
    Time
    本頁尚未翻譯，以下顯示原文。
    What EN-002 means.
    How it is counted
    By the week: see L2.
    本篇解說的主題
    寫程式的時間
    EN-003 及早發問，如EN-001。
    ");
}

#[test]
fn a_criterion_has_all_its_languages_on_one_page() {
    assert_snapshot!(main("c/en-002/"), @r#"
    Ladder › L1 · Engineer › Craft
    Spends 60-80% of time on code.
    EN-002
    Copy for a review
    Copy link
    Notes that mention this criterion
    Time
    Citation formats
    Text
    EN-002: “Spends 60-80% of time on code.” L1 · Engineer, Ladder, A. Person, modified by B. Person (CC BY-SA 4.0), https://ladders.example/c/en-002/
    Markdown
    [EN-002](https://ladders.example/c/en-002/): “Spends 60-80% of time on code.” L1 · Engineer, Ladder, A. Person, modified by B. Person ([CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)), <https://ladders.example/c/en-002/>
    階梯 › L1 · 工程師 › 技藝
    以60%到80%的時間寫程式。
    EN-002
    複製引用（評核用）
    複製連結
    提到本準則的解說
    Time
    引用格式
    純文字
    EN-002：「以60%到80%的時間寫程式。」L1 · 工程師，《階梯》，A. Person，B. Person修改（CC BY-SA 4.0），https://ladders.example/c/en-002/#zh-tw
    Markdown
    [EN-002](https://ladders.example/c/en-002/#zh-tw)：「以60%到80%的時間寫程式。」L1 · 工程師，《階梯》，A. Person，B. Person修改（[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)），<https://ladders.example/c/en-002/#zh-tw>
    Time spent on code 寫程式的時間
    L1
    EN-002
    Spends 60-80% of time on code.
    以60%到80%的時間寫程式。
    L2
    EN-004
    Spends 20-40% of time on code.
    以20%到40%的時間寫程式。
    {"common":{"author":[{"literal":"A. Person"}],"contributor":[{"literal":"B. Person"}],"id":"EN-002","number":"EN-002","type":"webpage"},"languages":{"en":{"URL":"https://ladders.example/c/en-002/","container-title":"Ladder","language":"en","note":"CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), modified by B. Person","section":"L1 · Engineer","title":"Spends 60-80% of time on code."},"zh-tw":{"URL":"https://ladders.example/c/en-002/#zh-tw","container-title":"階梯","language":"zh-Hant-TW","note":"CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/)，B. Person修改","section":"L1 · 工程師","title":"以60%到80%的時間寫程式。"}}}
    Previous EN-001 Next EN-003
    "#);
    assert_snapshot!(main("c/en-003/"), @r#"
    Ladder › L1 · Engineer › People
    Asks before it is too late, as in EN-001.
    Once a day is not too often.
    EN-003
    Copy for a review
    Copy link
    Notes about this criterion
    Time
    Citation formats
    Text
    EN-003: “Asks before it is too late, as in EN-001.” L1 · Engineer, Ladder, A. Person, modified by B. Person (CC BY-SA 4.0), https://ladders.example/c/en-003/
    Markdown
    [EN-003](https://ladders.example/c/en-003/): “Asks before it is too late, as in EN-001.” L1 · Engineer, Ladder, A. Person, modified by B. Person ([CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)), <https://ladders.example/c/en-003/>
    階梯 › L1 · 工程師 › 人
    及早發問，如EN-001。
    一天一次不嫌多。
    EN-003
    複製引用（評核用）
    複製連結
    關於本準則的解說
    Time
    引用格式
    純文字
    EN-003：「及早發問，如EN-001。」L1 · 工程師，《階梯》，A. Person，B. Person修改（CC BY-SA 4.0），https://ladders.example/c/en-003/#zh-tw
    Markdown
    [EN-003](https://ladders.example/c/en-003/#zh-tw)：「及早發問，如EN-001。」L1 · 工程師，《階梯》，A. Person，B. Person修改（[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)），<https://ladders.example/c/en-003/#zh-tw>
    {"common":{"author":[{"literal":"A. Person"}],"contributor":[{"literal":"B. Person"}],"id":"EN-003","number":"EN-003","type":"webpage"},"languages":{"en":{"URL":"https://ladders.example/c/en-003/","container-title":"Ladder","language":"en","note":"CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), modified by B. Person","section":"L1 · Engineer","title":"Asks before it is too late, as in EN-001."},"zh-tw":{"URL":"https://ladders.example/c/en-003/#zh-tw","container-title":"階梯","language":"zh-Hant-TW","note":"CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/)，B. Person修改","section":"L1 · 工程師","title":"及早發問，如EN-001。"}}}
    Previous EN-002 Next EN-004
    "#);
}

#[test]
fn a_licence_page_tells_origin_licence_and_changes() {
    assert_snapshot!(main("zh-tw/licence/"), @"
    出處與授權
    文字出處（Ladders）、授權條款（CC BY-SA 4.0）與修改內容。
    原文出處
    標題
    Ladders
    作者
    A. Person
    原聲明全文
    Copyright 2026 A. Person CC BY-SA 4.0
    授權條款
    聲明中的授權條款名稱
    CC BY-SA 4.0
    解讀為
    Creative Commons Attribution-ShareAlike 4.0 International
    SPDX
    CC-BY-SA-4.0
    如聲明所言。
    您可自由
    分享：以任何媒介或格式重製及散布本素材。
    修改：重混、轉換本素材，及依本素材建立新素材，且可用於任何目的，包含商業性質之使用。
    惟需遵照下列條件
    姓名標示：您必須給予適當表彰，保留作者姓名、著作權聲明、授權聲明與免責聲明，並提供指向原文與授權條款的連結。
    指出變更：若您變更了內容，您必須予以指出，並保留先前的修改說明，包括本頁所列。
    相同方式分享：若您重混、轉換本素材，或依本素材建立新素材，您必須依相同的授權條款、其後續版本，或Creative Commons列為相容的授權條款，來散布您的版本。
    不得增加額外限制：您不能增設法律條款或科技措施，來限制別人依授權條款本已許可的作為。
    不得暗示背書：您不得以任何方式暗示作者或本站為您或您的版本背書。
    以上僅為摘要，不能取代授權條款本身。
    修改內容
    修改者：B. Person
    加上識別碼。
    免責聲明
    原文作者未曾審閱本站，也未為本站背書。
    在法律允許的範圍內，文字依現狀提供，不附任何擔保。
    ");
}

/// A ladder as it is adopted: levels without codes, one that is a code alone, and no threads.
const ADOPTED: &str = "\
# Ladder

## Graduate Developer {#graduate}

### Craft {#craft}

- Writes code that works and asks for review. {#EN-001}
- Helps others. {#EN-002}
- Keeps a log. {#EN-003}

### People {#people}

- Listens to the team. {#EN-004}

## L2 {#L2}

### Craft {#craft}

- Writes code that works and reviews that of others. {#EN-005}
- Designs systems. {#EN-006}

### Care {#care}

- helps others. {#EN-007}
";

#[test]
fn levels_without_threads_are_compared_by_category_and_likeness() {
    let pages = Pages::of(&Folder::new().file("en/ladder.md", ADOPTED));
    assert_snapshot!(pages.main("en/ladder/compare/graduate-l2/"), @"
    Graduate Developer and L2 compared
    How L2 differs from Graduate Developer: what grows, what is new, what carries over.
    Prepare a review
    All
    1 grows
    1 new
    3 carry over
    Choose two levels
    Graduate Developer Graduate Developer–L2
    Category by category
    Where two criteria are close, the words that differ are underlined.
    Category by category
    Graduate Developer
    L2
    Craft
    Graduate Developer
    EN-001
    Writes code that works and asks for review.
    L2
    EN-005
    Writes code that works and reviews that of others.
    Graduate Developer
    EN-003
    Keeps a log.
    Carries over to L2 unchanged.
    L2
    EN-006
    Designs systems.
    The same at both levels
    The same at both levels
    Graduate Developer
    L2
    Graduate Developer
    EN-002
    Helps others.
    L2
    EN-007
    helps others.
    Carries over from Graduate Developer
    Levels are cumulative, so these criteria also apply at L2.
    People
    EN-004
    Listens to the team.
    ");
    assert_snapshot!(pages.main("en/"), @"
    Ladders
    What we expect.
    L2 3 criteria
    Graduate Developer 4 criteria
    How to read it
    2 levels
    7 criteria
    A level lists what is expected of someone at that level. Each level builds on those below it.
    Criteria are grouped into categories:
    Craft
    People
    Care
    Each criterion is one expectation. Its id never changes, and it has a page to cite: EN-001
    Ways to read it
    Ladder every level on one page
    Matrix all criteria by category and level
    Compare two levels, row by row
    ");
    // A heading that is a code alone is not said twice.
    assert!(pages.main("en/ladder/l2/").starts_with("L2\n"), "{}", pages.main("en/ladder/l2/"));
}
