//! `rungs adapt`: a ladder made from another keeps ids and origin, and says what it has changed.

#![allow(clippy::disallowed_methods, reason = "the program is run on sites on disk")]

use std::collections::BTreeMap;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use crate::driver::Folder;
use crate::place::Place;

const BY: &str = "--by Acme --date 2026-12-01";

/// A place with the small site in `content/` and, in `fork/`, what is made of it.
fn adapted() -> Place {
    let place = Place::of(&Folder::bilingual());
    place.run_ok(&format!("adapt content fork --prefix AC {BY}"));
    place
}

/// Rewords one criterion, moves one, adds one and drops one.
fn changed(place: &Place) {
    place.edit("fork/en/ladder.md", "Writes code that others can read.", "Writes code that everybody can read.");
    place.edit("fork/zh-TW/ladder.md", "撰寫他人看得懂的程式。", "撰寫人人看得懂的程式。");
    let withdraw = "withdraw EN-003 --content fork --reason Unneeded. --reason zh-TW=用不到。 --date 2026-12-02";
    // A level keeps at least one criterion.
    for (path, moved) in [
        ("fork/en/ladder.md", "- Spends most of the day on it. {#EN-002 thread=time}\n"),
        ("fork/zh-TW/ladder.md", "- 一天大半時間如此。 {#EN-002}\n"),
    ] {
        place.edit(path, moved, "");
        let text = place.text(path);
        place.put(path, format!("{text}{moved}"));
    }
    place.run_ok(withdraw);
    let text = place.text("fork/en/ladder.md");
    place.put("fork/en/ladder.md", format!("{text}- Asks the people who use it what they need.\n"));
    let text = place.text("fork/zh-TW/ladder.md");
    place.put("fork/zh-TW/ladder.md", format!("{text}- 詢問使用者的需要。\n"));
    place.run_ok("id fork --write");
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
    let place = Place::of(&Folder::bilingual().released("2026.1", "2026-11-01"));
    let before = place.files("content");
    let run = place.run(&format!(
        "adapt content fork --prefix AC {BY} --by-url https://acme.example/ --base-url https://ladder.acme.example/"
    ));
    assert_snapshot!(run.shown(), @"
    status 0
    --- stdout
    fork is adapted from Ladders, with 4 criteria under the same ids

      edit fork/site.toml                  to set the address of the site, and say what you change
      rungs id fork --write                to assign ids of your own to new criteria
      rungs adapt --status --content fork  to see how far you have diverged

    No workflow was written, since the folder is not called `content`: the user guide shows one, under Publishing.

    GitHub Pages sites are public, even those of private repositories. To choose your readers, put public/ behind a login.
    ");
    assert_eq!(place.files("content"), before, "the upstream stays as it was");
    let files: Vec<_> = place.files("fork").into_iter().map(|(path, _)| path).collect();
    assert_eq!(files, ["en/ladder.md", "register.toml", "site.toml", "upstream/1.json", "zh-TW/ladder.md"]);
    for path in ["en/ladder.md", "zh-TW/ladder.md"] {
        assert_eq!(place.text(&format!("fork/{path}")), place.text(&format!("content/{path}")));
    }
    assert!(!place.text("fork/register.toml").contains("2026.1"));
    assert_snapshot!(place.text("fork/site.toml"), @r#"

    base-url = "https://ladder.acme.example/"
    source-locale = "en"
    locales = ["en", "zh-TW"]
    title.zh-TW = "階梯"
    title.en = "Ladders"
    description.zh-TW = "我們的期望。"
    description.en = "What we expect."

    [[ladders]]
    key = "ladder"
    prefix = "AC"
    kept-prefixes = ["EN"]

    [provenance.source]
    title = "Ladders"
    creators = [{ name = "A. Person" }]
    copyright-notice = "Copyright 2026 A. Person"
    licence-notice = "CC BY-SA 4.0"
    uri = "https://ladders.example/source"

    [provenance.licence]
    named = "CC BY-SA 4.0"
    name = "Creative Commons Attribution-ShareAlike 4.0 International"
    short-name = "CC BY-SA 4.0"
    spdx = "CC-BY-SA-4.0"
    url = "https://creativecommons.org/licenses/by-sa/4.0/"
    reason.zh-TW = "如聲明所言。"
    reason.en = "It says so."

    [[provenance.modifications]]
    by = { name = "B. Person" }
    changes.zh-TW = ["加上識別碼。"]
    changes.en = ["Ids added."]

    [[provenance.modifications]]
    by = { name = "Acme", url = "https://acme.example/" }
    changes.en = ["**Adapted from Ladders.** The licence page lists the ids of criteria that are unchanged, adapted, new and left out."]
    changes.zh-TW = ["改編自《階梯》。「出處與授權」頁依識別碼列出哪些準則未變更、已改編、新增或未採用。"]

    # What this ladder was adapted from, oldest first. Written by `rungs adapt`, which records in `upstream/` what
    # each of them said.
    [[upstream]]
    title = "Ladders"
    url = "https://ladders.example/"
    "#);
    assert_snapshot!(place.run("check fork").shown(), @"
    status 0
    --- stdout
    no problems
    ");
}

#[test]
fn the_fork_says_of_each_criterion_what_became_of_it() {
    let place = adapted();
    changed(&place);
    assert_snapshot!(place.run("build fork -o public").shown(), @r#"
    status 0
    --- stdout
    … pages, 2 locales, 4 criteria, 1 warning, … ms: public/index.html
    --- stderr
    warning[single-level-thread]: the thread `time` has criteria at only one level, L2
      --> fork/en/ladder.md:4:1
       |
     4 | time = "Time"
       | ^^^^
       |
      ::: fork/en/ladder.md:18:3
       |
    18 | - Spends half of the day on code. {#EN-004 thread=time}
       |   ------------------------------- its first criterion
       |
       = help: add `thread=time` to criteria at other levels, or remove the thread
    "#);
    let origin = |id: &str| {
        let page = page(&place, &format!("public/c/{id}/index.html"));
        between(&page, "Origin", "Citation formats").to_owned()
    };
    assert_snapshot!(origin("en-001"), @"Adapted from Ladders Writes code that others everybody can read.");
    assert_snapshot!(origin("en-002"), @"Adapted from Ladders From L1 · Engineer to L2 · Lead");
    assert_snapshot!(origin("en-004"), @"Unchanged from Ladders");
    assert_snapshot!(origin("ac-001"), @"New in this ladder");
    let left_out = page(&place, "public/c/en-003/index.html");
    assert_snapshot!(left_out, @r#"Left out of this ladder 2026-12-02 Unneeded. Ladder › L2 · Lead › Craft Reviews the designs of a team. EN-003 Last wording Copy for a review Copy link Origin Left out here; see it in Ladders Citation formats Text EN-003: “Reviews the designs of a team.” L2 · Lead, Ladder, A. Person, modified by B. Person, Acme (CC BY-SA 4.0), https://ladders.example/c/en-003/ Markdown [EN-003](https://ladders.example/c/en-003/): “Reviews the designs of a team.” L2 · Lead, Ladder, A. Person, modified by B. Person, Acme ([CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)), &lt;https://ladders.example/c/en-003/&gt; 本階梯未採用 2026-12-02 用不到。 階梯 › L2 · 負責人 › 工藝 審查一個團隊的設計。 EN-003 最後的內容 複製引用（評核用） 複製連結 來源 未採用；原載於 階梯 引用格式 純文字 EN-003：「審查一個團隊的設計。」L2 · 負責人，《階梯》，A. Person，B. Person、Acme修改（CC BY-SA 4.0），https://ladders.example/c/en-003/#zh-tw Markdown [EN-003](https://ladders.example/c/en-003/#zh-tw)：「審查一個團隊的設計。」L2 · 負責人，《階梯》，A. Person，B. Person、Acme修改（[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)），&lt;https://ladders.example/c/en-003/#zh-tw&gt; {"common":{"author":[{"literal":"A. Person"}],"contributor":[{"literal":"B. Person"},{"literal":"Acme"}],"id":"EN-003","number":"EN-003","type":"webpage"},"languages":{"en":{"URL":"https://ladders.example/c/en-003/","container-title":"Ladder","language":"en","note":"CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), modified by B. Person, Acme","section":"L2 · Lead","title":"Reviews the designs of a team."},"zh-tw":{"URL":"https://ladders.example/c/en-003/#zh-tw","container-title":"階梯","language":"zh-Hant-TW","note":"CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/)，B. Person、Acme修改","section":"L2 · 負責人","title":"審查一個團隊的設計。"}}}"#);
    assert!(place.text("public/c/en-003/index.html").contains("href=\"https://ladders.example/c/en-003/\""));
    assert_snapshot!(page(&place, "public/en/ladder/l2/index.html"), @"L2 Lead One language Side by side with Traditional Chinese 3 criteria at this level. 4 in total, including those of the levels below. Copy for a review Copy link Prepare a review Craft EN-004 Spends half of the day on code. Time Permanent page 繁體中文（台灣） EN-002 Spends most of the day on it. Adapted Time Permanent page 繁體中文（台灣） AC-001 Asks the people who use it what they need. New Permanent page 繁體中文（台灣） Also expected at this level From L1 · Engineer 1 criterion Craft EN-001 Writes code that everybody can read. Adapted Compare this level with L1 Engineer Criteria without a mark are unchanged from Ladders No longer on this page EN-003 not part of this ladder Previous L1 · Engineer");
    let licence = page(&place, "public/en/licence/index.html");
    assert_snapshot!(between(&licence, "Adaptation", "Disclaimer"), @"This ladder Adapted from Ladders as of 2026-12-01 Unchanged 1 criterion EN-004 Adapted 2 criteria EN-001 EN-002 New 1 criterion AC-001 Left out 1 criterion EN-003");
    let licence = page(&place, "public/zh-tw/licence/index.html");
    assert_snapshot!(between(&licence, "改編來源", "免責聲明"), @"本階梯 改編自 階梯 ，2026-12-01的內容 未變更 1項準則 EN-004 已改編 2項準則 EN-001 EN-002 新增 1項準則 AC-001 未採用 1項準則 EN-003");
}

#[test]
fn a_notice_that_is_dropped_is_an_error_with_the_words_that_are_missing() {
    let place = adapted();
    place.edit("fork/site.toml", "Copyright 2026 A. Person", "Copyright 2026 Acme");
    place.edit("fork/site.toml", "creators = [{ name = \"A. Person\" }]", "creators = [{ name = \"Acme\" }]");
    place.edit("fork/site.toml", "[\"Ids added.\"]", "[\"Much.\"]");
    assert_snapshot!(place.run("build fork").shown(), @r#"
    status 1
    --- stdout
    3 errors, nothing written
    --- stderr
    error[dropped-notice]: a creator of the work is no longer named
      --> fork/site.toml:17:12
       |
    17 | creators = [{ name = "Acme" }]
       |            ^^^^^^^^^^^^^^^^^^^
       |
       = help: put it back, word for word: A. Person

    error[dropped-notice]: `copyright-notice` no longer has what the upstream says
      --> fork/site.toml:18:20
       |
    18 | copyright-notice = "Copyright 2026 Acme"
       |                    ^^^^^^^^^^^^^^^^^^^^^
       |
       = help: put it back, word for word: Copyright 2026 A. Person

    error[dropped-notice]: a change made by B. Person is no longer stated in en
      --> fork/site.toml:34:14
       |
    34 | changes.en = ["Much."]
       |              ^^^^^^^^^
       |
       = help: put it back, word for word: Ids added.
    "#);
    assert!(!place.at("public").exists());
}

#[test]
fn a_step_of_the_chain_may_neither_be_dropped_nor_left_unsaid() {
    let place = adapted();
    let site = place.text("fork/site.toml");
    place.put("fork/site.toml", site.replace("name = \"B. Person\"", "name = \"C. Person\""));
    assert_snapshot!(place.run("check fork").shown(), @"
    status 1
    --- stdout
    1 error
    --- stderr
    error[dropped-notice]: the changes made by B. Person are no longer stated
      --> fork/site.toml:31:1
       |
    31 | [[provenance.modifications]]
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: put it back, word for word: B. Person: Ids added.
    ");
    let (kept, own) = site.split_once("\n[[provenance.modifications]]\nby = { name = \"Acme\" }").unwrap();
    place.put("fork/site.toml", format!("{kept}{}", &own[own.find("\n# What").unwrap()..]));
    assert_snapshot!(place.run("check fork").shown(), @r#"
    status 1
    --- stdout
    1 error
    --- stderr
    error[dropped-notice]: no modification says that this site has changed the text
      --> fork/site.toml:31:1
       |
    31 | [[provenance.modifications]]
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: add `[[provenance.modifications]]` with `by = { name = "…" }` and `changes.en = ["…"]`: CC BY-SA 4.0, section 3(a)(1)(B), requires you to indicate changes
    "#);
}

#[test]
fn notices_may_be_added_to_and_locales_may_come_and_go() {
    let place = adapted();
    place.edit("fork/site.toml", "\"Copyright 2026 A. Person\"", "\"Copyright 2026 A. Person. Changes: 2026 Acme\"");
    place.edit("fork/site.toml", "[{ name = \"A. Person\" }]", "[{ name = \"A. Person\" }, { name = \"Acme\" }]");
    place.edit("fork/site.toml", "[\"en\", \"zh-TW\"]", "[\"en\"]");
    let site = place.text("fork/site.toml");
    let english = site.lines().filter(|line| !line.contains("zh-TW =")).collect::<Vec<_>>().join("\n");
    place.put("fork/site.toml", english);
    std::fs::remove_dir_all(place.at("fork/zh-TW")).unwrap();
    assert_snapshot!(place.run("check fork").shown(), @"
    status 0
    --- stdout
    no problems
    ");
    assert_snapshot!(place.run("adapt --status --content fork").shown(), @"
    status 0
    --- stdout
    Adapted from Ladders (https://ladders.example/) on 2026-12-01.
    4 unchanged, 0 adapted, 0 new, 0 left out

    To see what has changed there since, add `--upstream FOLDER` with its content folder.
    ");
}

#[test]
fn the_licence_stays_the_same_or_one_that_is_named_as_compatible() {
    let place = adapted();
    place.edit("fork/site.toml", "spdx = \"CC-BY-SA-4.0\"", "spdx = \"CC-BY-4.0\"");
    assert_snapshot!(place.run("check fork").shown(), @r#"
    status 1
    --- stdout
    1 error
    --- stderr
    error[incompatible-licence]: an adaptation of Ladders cannot be licensed under CC-BY-4.0
      --> fork/site.toml:26:8
       |
    26 | spdx = "CC-BY-4.0"
       |        ^^^^^^^^^^^
       |
       = help: CC BY-SA 4.0 requires `CC-BY-SA-4.0`, `LAL-1.3` or `GPL-3.0-only`
    "#);
    place.edit("fork/site.toml", "spdx = \"CC-BY-4.0\"", "spdx = \"GPL-3.0-only\"");
    place.run_ok("check fork");
}

#[test]
fn what_licences_forbid_is_refused_and_what_nobody_knows_is_for_people_to_judge() {
    let site = |spdx: &str| {
        let site = Folder::bilingual().text("site.toml").replace("CC-BY-SA-4.0", spdx).replace("CC BY-SA 4.0", spdx);
        Folder::bilingual().file("site.toml", &site)
    };
    let place = Place::of(&site("CC-BY-ND-4.0"));
    assert_snapshot!(place.run(&format!("adapt content fork --prefix AC {BY}")).shown(), @"
    status 1
    --- stderr
    error: CC-BY-ND-4.0 does not allow sharing adapted versions
      = help: ask the creators for permission, or link to their site instead
    ");
    let place = Place::of(&site("LicenseRef-Acme"));
    assert_snapshot!(place.run(&format!("adapt content fork --prefix AC {BY}")).stderr, @"warning: Rungs does not know the licence `LicenseRef-Acme`: check at https://creativecommons.org/licenses/by-sa/4.0/ whether it allows adapting the text, and under which licence");
}

#[test]
fn nothing_is_written_over_a_file_or_of_a_ladder_with_errors() {
    let place = Place::of(&Folder::bilingual());
    place.put("fork/keep.md", "x");
    assert_snapshot!(place.run(&format!("adapt content fork --prefix AC {BY}")).shown(), @"
    status 2
    --- stderr
    error: `fork` already contains files, and Rungs does not overwrite them: choose a folder that does not exist
    ");
    assert_eq!(place.files("fork").len(), 1);
    assert_snapshot!(place.run(&format!("adapt content new --prefix EN {BY}")).shown(), @"
    status 1
    --- stderr
    error: ids that begin with EN are already in use
      = help: choose another prefix, so that a new criterion never has an id that the upstream may give
    ");
    assert_snapshot!(place.run(&format!("adapt content new --prefix other=AC {BY}")).shown(), @"
    status 1
    --- stderr
    error: the upstream has no ladder `other`
      = help: each ladder needs a prefix of its own for new ids
    ");
    assert_snapshot!(place.run(&format!("adapt content new --prefix ac {BY}")).shown(), @"
    status 1
    --- stderr
    error: `ac` cannot be the prefix of ids
      = help: write upper case letters A to Z and digits, a letter first, such as `AC` for `AC-001`
    ");
    place.edit("content/en/ladder.md", "Reviews the", "Reviews [EN-099] the");
    assert_snapshot!(place.run(&format!("adapt content new --prefix AC {BY}")).shown(), @"
    status 1
    --- stderr
    error[unknown-reference]: `EN-099` leads nowhere
      --> content/en/ladder.md:19:11
       |
    19 | - Reviews [EN-099] the designs of a team. {#EN-003}
       |           ^^^^^^^^ nothing has this id
       |
       = help: did you mean `[EN-001]`?

    error: the upstream has errors, which your site would inherit
      = help: ask its owners to fix them, or fix them in a copy of your own
    ");
    assert!(!place.at("new").exists());
}

#[test]
fn an_empty_folder_may_be_filled() {
    let place = Place::of(&Folder::bilingual());
    place.make_folder("fork");
    place.run_ok(&format!("adapt content fork --prefix AC {BY}"));
    place.run_ok("check fork");
}

#[test]
fn ids_of_the_upstream_are_neither_made_up_nor_given_again() {
    let place = adapted();
    let text = place.text("fork/en/ladder.md");
    place.put("fork/en/ladder.md", format!("{text}- Made up. {{#EN-005}}\n"));
    assert_snapshot!(place.run("check fork").shown(), @"
    status 1
    --- stdout
    2 errors and 1 warning
    --- stderr
    error[invalid-id]: EN-005 was never assigned by the upstream, whose ids begin with EN
      --> fork/en/ladder.md:21:3
       |
    21 | - Made up. {#EN-005}
       |   ^^^^^^^^
       |
       = help: remove the id and run `rungs id --write`, which assigns one that begins with AC

    warning[missing-translation]: EN-005 is missing in zh-TW
      --> fork/en/ladder.md:21:3
       |
    21 | - Made up. {#EN-005}
       |   ^^^^^^^^
       |
       = help: write it with the id `{#EN-005}` in zh-TW/ladder.md

    error[unregistered-id]: EN-005 is not in the register
      --> fork/en/ladder.md:21:3
       |
    21 | - Made up. {#EN-005}
       |   ^^^^^^^^
       |
       = help: run `rungs id --write`, which keeps the register
    ");
    place.put("fork/en/ladder.md", text);
    place.edit("fork/site.toml", "prefix = \"AC\"\n", "prefix = \"EN\"\n");
    place.edit("fork/site.toml", "kept-prefixes = [\"EN\"]", "kept-prefixes = [\"ZZ\"]");
    assert_snapshot!(place.run("check fork").shown(), @r#"
    status 1
    --- stdout
    2 errors
    --- stderr
    error[invalid-value]: new ids would begin with EN, as those of the upstream do
      --> fork/site.toml:12:10
       |
    12 | prefix = "EN"
       |          ^^^^
       |
       = help: choose a prefix of your own, and list this one in `kept-prefixes`

    error[invalid-value]: no id from elsewhere begins with ZZ
      --> fork/site.toml:13:17
       |
    13 | kept-prefixes = ["ZZ"]
       |                 ^^^^^^
       |
       = help: remove it from `kept-prefixes`
    "#);
}

#[test]
fn what_is_kept_of_the_upstream_can_be_neither_edited_nor_lost() {
    let place = adapted();
    let record = place.text("fork/upstream/1.json");
    place.edit("fork/upstream/1.json", "Reviews the designs", "Reviews all designs");
    assert_snapshot!(place.run("check fork").shown(), @"
    status 1
    --- stdout
    1 error
    --- stderr
    error[altered-upstream]: this record of the upstream was changed by hand
    --> fork/upstream/1.json
     = help: restore the file from version control: it records what this ladder was adapted from
    ");
    std::fs::remove_file(place.at("fork/upstream/1.json")).unwrap();
    assert_snapshot!(place.run("check fork").shown(), @"
    status 1
    --- stdout
    1 error
    --- stderr
    error[altered-upstream]: `upstream/1.json`, the record of Ladders, is missing
      --> fork/site.toml:43:1
       |
    43 | [[upstream]]
       | ^^^^^^^^^^^^
       |
       = help: restore the file from version control: without it, nobody can tell what was changed
    ");
    // Version control may give it other line ends.
    place.put("fork/upstream/1.json", record.replace('\n', "\r\n"));
    place.run_ok("check fork");
    let named = "[[upstream]]\ntitle = \"Ladders\"\nurl = \"https://ladders.example/\"";
    place.edit("fork/site.toml", named, &named.replace("ladders.example", "other.example"));
    assert_snapshot!(place.run("check fork").shown(), @r#"
    status 1
    --- stdout
    1 error
    --- stderr
    error[dropped-notice]: this is not the site in `upstream/1.json`
      --> fork/site.toml:43:1
       |
    43 | [[upstream]]
       | ^^^^^^^^^^^^
       |
       = help: write under `[[upstream]]`: `title = "Ladders"`, `url = "https://ladders.example/"`
    "#);
    place.edit("fork/site.toml", &named.replace("ladders.example", "other.example"), "");
    assert_snapshot!(place.run("check fork").shown(), @r#"
    status 1
    --- stdout
    1 error
    --- stderr
    error[dropped-notice]: the site that this ladder was adapted from is no longer listed
      --> fork/site.toml:15:1
       |
    15 | [provenance.source]
       | ^^^^^^^^^^^^^^^^^^^
       |
       = help: write under `[[upstream]]`: `title = "Ladders"`, `url = "https://ladders.example/"`
    "#);
}

#[test]
fn the_status_tells_what_changed_here_and_there() {
    let place = adapted();
    assert_snapshot!(place.run("adapt --status --content fork").shown(), @"
    status 0
    --- stdout
    Adapted from Ladders (https://ladders.example/) on 2026-12-01.
    4 unchanged, 0 adapted, 0 new, 0 left out

    To see what has changed there since, add `--upstream FOLDER` with its content folder.
    ");
    changed(&place);
    assert_snapshot!(place.run("adapt --status --content fork --upstream content").shown(), @"
    status 0
    --- stdout
    Adapted from Ladders (https://ladders.example/) on 2026-12-01.
    1 unchanged, 2 adapted, 1 new, 1 left out

    AC-001 new at L2
      en
      + Asks the people who use it what they need.
    EN-001 adapted: new wording in en, zh-TW
      en
      - Writes code that others can read.
      + Writes code that everybody can read.
      zh-TW
      - 撰寫他人看得懂的程式。
      + 撰寫人人看得懂的程式。
    EN-002 adapted: moved from L1 to L2
    EN-003 left out of L2
      en
      - Reviews the designs of a team.

    Nothing has changed there since.
    ");
    // The upstream rewords what is reworded here, and what is not; it adds one, and withdraws what is left out here.
    place.edit("content/en/ladder.md", "Writes code that others can read.", "Writes code and tests.");
    place.edit("content/en/ladder.md", "Spends half of the day on code.", "Spends a third of the day on code.");
    let text = place.text("content/en/ladder.md");
    place.put("content/en/ladder.md", format!("{text}- Hires. {{#EN-005}}\n"));
    place.run_ok("withdraw EN-003 --reason Unneeded. --date 2026-12-02");
    place.run_ok("id --write");
    let run = place.run("adapt --status --content fork --upstream content");
    assert_snapshot!(run.shown(), @"
    status 0
    --- stdout
    Adapted from Ladders (https://ladders.example/) on 2026-12-01.
    1 unchanged, 2 adapted, 1 new, 1 left out

    AC-001 new at L2
      en
      + Asks the people who use it what they need.
    EN-001 adapted: new wording in en, zh-TW
      en
      - Writes code that others can read.
      + Writes code that everybody can read.
      zh-TW
      - 撰寫他人看得懂的程式。
      + 撰寫人人看得懂的程式。
    EN-002 adapted: moved from L1 to L2
    EN-003 left out of L2
      en
      - Reviews the designs of a team.

    Changed there since:

    EN-001 new wording in en, conflict: adapted here
      en
      - Writes code that others can read.
      + Writes code and tests.
    EN-003 withdrawn from L2, the same here
      en
      - Reviews the designs of a team.
    EN-004 new wording in en
      en
      - Spends half of the day on code.
      + Spends a third of the day on code.
    EN-005 added to L2
      en
      + Hires.

    1 criterion changed on both sides: read both and decide.
    ");
    let run = place.run("adapt --status --content fork --upstream content --format json");
    let rows = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let rows: Vec<_> = rows.map(|row| row.to_string()).collect();
    assert_snapshot!(rows.join("\n"), @r#"
    {"conflict":false,"here":{"state":"new"},"id":"AC-001","upstream":null}
    {"conflict":true,"here":{"reworded":["en","zh-TW"],"state":"adapted"},"id":"EN-001","upstream":{"reworded":["en"],"state":"changed"}}
    {"conflict":false,"here":{"from":"L1","state":"adapted","to":"L2"},"id":"EN-002","upstream":null}
    {"conflict":false,"here":{"state":"left-out"},"id":"EN-003","upstream":{"state":"withdrawn"}}
    {"conflict":false,"here":{"state":"unchanged"},"id":"EN-004","upstream":{"reworded":["en"],"state":"changed"}}
    {"conflict":false,"here":null,"id":"EN-005","upstream":{"state":"added"}}
    "#);
}

#[test]
fn what_others_here_refer_to_is_left_and_all_else_that_was_withdrawn_there_is_taken_over() {
    let place = adapted();
    place.edit("fork/en/ladder.md", "# Ladder\n", "# Ladder\n\nMost of all [EN-001].\n");
    place.edit("fork/zh-TW/ladder.md", "# 階梯\n", "# 階梯\n\n尤其[EN-001]。\n");
    let withdrawn = place.run("withdraw EN-001 EN-003 --reason Unneeded. --reason zh-TW=用不到。 --date 2026-12-02");
    assert_eq!(withdrawn.status, 0, "{}", withdrawn.shown());
    let update = "adapt --update --content fork --upstream content --date 2027-01-01 --write";
    assert_snapshot!(place.run(update).shown(), @"
    status 1
    --- stdout
    EN-003 updated
    EN-001 left as it is: other texts refer to EN-001
    1 criterion updated
    ");
    assert!(place.text("fork/en/ladder.md").contains("{#EN-001}"));
    assert!(!place.text("fork/en/ladder.md").contains("{#EN-003"));
    assert!(place.text("fork/upstream/1.json").contains("\"EN-001\""), "what was left is told again");
}

#[test]
fn what_changed_there_and_not_here_is_taken_over() {
    let place = adapted();
    place.edit("fork/en/ladder.md", "Writes code that others can read.", "Writes code that everybody can read.");
    place.edit("content/en/ladder.md", "Writes code that others can read.", "Writes code and tests.");
    place.edit("content/en/ladder.md", "Spends half of the day on code.", "Spends a third of the day on code.");
    place.edit("content/zh-TW/ladder.md", "半天", "三分之一天");
    for (path, text) in [("content/en/ladder.md", "Hires."), ("content/zh-TW/ladder.md", "招募人員。")] {
        let ladder = place.text(path);
        place.put(path, format!("{ladder}- {text} {{#EN-005}}\n"));
    }
    place.run_ok("id --write");
    place.run_ok("withdraw EN-003 --reason Unneeded. --reason zh-TW=用不到。 --date 2026-12-02");
    let before = place.files("fork");
    let update = "adapt --update --content fork --upstream content --date 2027-01-01";
    assert_snapshot!(place.run(update).shown(), @"
    status 1
    --- stdout
    EN-003 can be updated
    EN-004 can be updated
    EN-005 can be updated
    EN-001 left as it is: adapted here, and changed there
    3 criteria can be updated: add `--write`
    ");
    assert_eq!(place.files("fork"), before, "it only shows what it would do");
    place.run(&format!("{update} --write"));
    assert_snapshot!(place.text("fork/en/ladder.md"), @r#"
    +++
    title = "Ladder"
    [threads]
    time = "Time"
    +++
    # Ladder

    ## L1 = Engineer {#L1}

    ### Craft {#craft}

    - Writes code that everybody can read. {#EN-001}
    - Spends most of the day on it. {#EN-002 thread=time}

    ## L2 = Lead {#L2}

    ### Craft {#craft}

    - Spends a third of the day on code. {#EN-004 thread=time}
    - Hires. {#EN-005}
    "#);
    assert_snapshot!(place.text("fork/zh-TW/ladder.md").lines().skip(12).collect::<Vec<_>>().join("\n"), @"
    - 一天大半時間如此。 {#EN-002}

    ## L2 = 負責人 {#L2}

    ### 工藝 {#craft}

    - 三分之一天撰寫程式。 {#EN-004}
    - 招募人員。 {#EN-005}
    ");
    assert_snapshot!(place.run("check fork").shown(), @"
    status 0
    --- stdout
    no problems
    ");
    // What is undecided goes on being told, until it is decided.
    let status = "adapt --status --content fork --upstream content";
    assert_snapshot!(place.run(status).shown(), @"
    status 0
    --- stdout
    Adapted from Ladders (https://ladders.example/) on 2027-01-01.
    3 unchanged, 1 adapted, 0 new, 0 left out

    EN-001 adapted: new wording in en
      en
      - Writes code that others can read.
      + Writes code that everybody can read.

    Changed there since:

    EN-001 new wording in en, conflict: adapted here
      en
      - Writes code that others can read.
      + Writes code and tests.

    1 criterion changed on both sides: read both and decide.
    ");
    assert_snapshot!(place.run(&format!("{update} --write --keep EN-001")).shown(), @"
    status 0
    --- stdout
    0 criteria updated
    ");
    assert!(place.run(status).stdout.ends_with("Nothing has changed there since.\n"));
    assert_snapshot!(place.run(update).shown(), @"
    status 0
    --- stdout
    nothing to update
    ");
}

#[test]
fn what_the_upstream_comes_to_say_of_its_origin_is_asked_for_when_it_is_updated() {
    let place = adapted();
    place.edit("content/site.toml", "[\"Ids added.\"]", "[\"Ids and threads added.\"]");
    place.run_ok("check fork");
    let update = "adapt --update --content fork --upstream content --date 2027-01-01 --write";
    assert_snapshot!(place.run(update).shown(), @r#"
    status 1
    --- stdout
    0 criteria updated
    --- stderr
    error[dropped-notice]: a change made by B. Person is no longer stated in en
      --> fork/site.toml:34:14
       |
    34 | changes.en = ["Ids added."]
       |              ^^^^^^^^^^^^^^
       |
       = help: put it back, word for word: Ids and threads added.
    "#);
    place.edit("fork/site.toml", "[\"Ids added.\"]", "[\"Ids and threads added.\"]");
    place.run_ok("check fork");
}

#[test]
fn a_ladder_that_was_made_from_no_other_has_no_status() {
    assert_snapshot!(Place::of(&Folder::bilingual()).run("adapt --status").shown(), @"
    status 1
    --- stderr
    error: content was not adapted from another ladder
      = help: start from one with `rungs adapt FOLDER`, where FOLDER is its content folder
    ");
}

#[test]
fn a_fork_of_a_fork_keeps_the_whole_chain() {
    let place = Place::of(&Folder::bilingual());
    let titles = "--title Acme --title zh-TW=頂峰";
    place.run_ok(&format!("adapt content fork --prefix AC {BY} {titles}"));
    changed(&place);
    let run = place.run("adapt fork second --prefix BC --by Beta --title Beta --title zh-TW=貝塔 --date 2027-01-01");
    assert_snapshot!(run.shown(), @r#"
    status 0
    --- stdout
    second is adapted from Acme, with 4 criteria under the same ids

      edit second/site.toml                  to set the address of the site, and say what you change
      rungs id second --write                to assign ids of your own to new criteria
      rungs adapt --status --content second  to see how far you have diverged

    No workflow was written, since the folder is not called `content`: the user guide shows one, under Publishing.

    GitHub Pages sites are public, even those of private repositories. To choose your readers, put public/ behind a login.
    --- stderr
    warning[single-level-thread]: the thread `time` has criteria at only one level, L2
      --> second/en/ladder.md:4:1
       |
     4 | time = "Time"
       | ^^^^
       |
      ::: second/en/ladder.md:18:3
       |
    18 | - Spends half of the day on code. {#EN-004 thread=time}
       |   ------------------------------- its first criterion
       |
       = help: add `thread=time` to criteria at other levels, or remove the thread
    "#);
    let files: Vec<_> = place.files("second").into_iter().map(|(path, _)| path).collect();
    assert_eq!(files[3..5], ["upstream/1.json", "upstream/2.json"]);
    assert_eq!(place.text("second/upstream/1.json"), place.text("fork/upstream/1.json"));
    let site = place.text("second/site.toml");
    assert_snapshot!(between(&site, "[[ladders]]", "[provenance"), @r#"
    key = "ladder"
    prefix = "BC"
    kept-prefixes = ["AC", "EN"]
    "#);
    assert_snapshot!(&site[site.find("[[provenance.mod").unwrap()..], @r#"
    [[provenance.modifications]]
    by = { name = "B. Person" }
    changes.zh-TW = ["加上識別碼。"]
    changes.en = ["Ids added."]

    [[provenance.modifications]]
    by = { name = "Acme" }
    changes.en = ["**Adapted from Ladders.** The licence page lists the ids of criteria that are unchanged, adapted, new and left out."]
    changes.zh-TW = ["改編自《階梯》。「出處與授權」頁依識別碼列出哪些準則未變更、已改編、新增或未採用。"]

    [[provenance.modifications]]
    by = { name = "Beta" }
    changes.en = ["**Adapted from Acme.** The licence page lists the ids of criteria that are unchanged, adapted, new and left out."]
    changes.zh-TW = ["改編自《頂峰》。「出處與授權」頁依識別碼列出哪些準則未變更、已改編、新增或未採用。"]

    # What this ladder was adapted from, oldest first. Written by `rungs adapt`, which records in `upstream/` what
    # each of them said.
    [[upstream]]
    title = "Ladders"
    url = "https://ladders.example/"

    [[upstream]]
    title = "Acme"
    url = "https://ladders.example/"
    "#);
    // Only the way of the last step is its own.
    place.edit("second/en/ladder.md", "Writes code that everybody can read.", "Writes code that anybody can read.");
    place.run_ok("build second -o public");
    let origin = |id: &str, end: &str| {
        let page = page(&place, &format!("public/c/{id}/index.html"));
        between(&page, "Origin", end).to_owned()
    };
    assert_snapshot!(origin("en-001", "Citation formats"), @"Adapted from Acme Writes code that everybody anybody can read. Acme Adapted from Ladders Writes code that others everybody can read.");
    assert_snapshot!(origin("ac-001", "Citation formats"), @"Unchanged from Acme Acme New");
    assert_snapshot!(origin("en-003", "已撤銷"), @"Acme Left out here; see it in Ladders Citation formats Text EN-003: “Reviews the designs of a team.” L2 · Lead, Ladder, A. Person, modified by B. Person, Acme, Beta (CC BY-SA 4.0), https://ladders.example/c/en-003/ Markdown [EN-003](https://ladders.example/c/en-003/): “Reviews the designs of a team.” L2 · Lead, Ladder, A. Person, modified by B. Person, Acme, Beta ([CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)), &lt;https://ladders.example/c/en-003/&gt;");
    let licence = page(&place, "public/en/licence/index.html");
    assert_snapshot!(between(&licence, "Changes made", "Disclaimer"), @"By B. Person Ids added. By Acme Adapted from Ladders. The licence page lists the ids of criteria that are unchanged, adapted, new and left out. By Beta Adapted from Acme. The licence page lists the ids of criteria that are unchanged, adapted, new and left out. Adaptation This ladder Adapted from Acme as of 2027-01-01 Unchanged 3 criteria AC-001 EN-002 EN-004 Adapted 1 criterion EN-001 New 0 criteria Left out 0 criteria Acme Adapted from Ladders as of 2026-12-01 Unchanged 1 criterion EN-004 Adapted 2 criteria EN-001 EN-002 New 1 criterion AC-001 Left out 1 criterion EN-003");
    let site = site.replace("by = { name = \"Acme\" }", "by = { name = \"Beta\" }");
    place.put("second/site.toml", site);
    assert_snapshot!(place.run("check second").shown(), @r#"
    status 1
    --- stdout
    1 error and 1 warning
    --- stderr
    warning[single-level-thread]: the thread `time` has criteria at only one level, L2
      --> second/en/ladder.md:4:1
       |
     4 | time = "Time"
       | ^^^^
       |
      ::: second/en/ladder.md:18:3
       |
    18 | - Spends half of the day on code. {#EN-004 thread=time}
       |   ------------------------------- its first criterion
       |
       = help: add `thread=time` to criteria at other levels, or remove the thread

    error[dropped-notice]: the changes made by Acme are no longer stated
      --> second/site.toml:36:1
       |
    36 | [[provenance.modifications]]
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: put it back, word for word: Acme: **Adapted from Ladders.** The licence page lists the ids of criteria that are unchanged, adapted, new and left out.
    "#);
}

#[test]
fn several_ladders_each_get_a_prefix() {
    let second = "[[ladders]]\nkey = \"people\"\nprefix = \"PE\"\n\n[provenance.source]";
    let people = "# People\n\n## P1 = Lead {#P1}\n\n### Care {#care}\n\n- Listens. {#PE-001}\n";
    let folder = Folder::small().file("en/people.md", people);
    let place = Place::of(&folder.edited("site.toml", "[provenance.source]", second));
    assert_snapshot!(place.run(&format!("adapt content fork --prefix AC {BY}")).shown(), @"
    status 1
    --- stderr
    error: each ladder needs a prefix of its own for new ids
      = help: write `--prefix ladder=… --prefix people=…`
    ");
    place.run_ok(&format!("adapt content fork --prefix ladder=AC --prefix people=AP {BY}"));
    let site = place.text("fork/site.toml");
    assert_snapshot!(between(&site, "description.en", "[provenance"), @r#"
    = "What we expect."

    [[ladders]]
    key = "ladder"
    prefix = "AC"
    kept-prefixes = ["EN"]

    [[ladders]]
    key = "people"
    prefix = "AP"
    kept-prefixes = ["PE"]
    "#);
}

#[test]
fn the_ladder_of_this_project_can_be_adapted() {
    let place = Place::empty();
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let run = place.run(&format!("adapt {content} fork --prefix AC {BY} --title Acme"));
    assert_snapshot!(run.shown(), @"
    status 0
    --- stdout
    fork is adapted from Technical Leadership Career Ladder, with 102 criteria under the same ids

      edit fork/site.toml                  to set the address of the site, and say what you change
      rungs id fork --write                to assign ids of your own to new criteria
      rungs adapt --status --content fork  to see how far you have diverged

    No workflow was written, since the folder is not called `content`: the user guide shows one, under Publishing.

    GitHub Pages sites are public, even those of private repositories. To choose your readers, put public/ behind a login.
    --- stderr
    warning[missing-translation]: `title` is not translated into `zh-TW`
     --> fork/site.toml:8:1
      |
    8 | [title]
      | ^^^^^^^
      |
      = help: add `zh-TW = …`
    ");
    let copied: BTreeMap<_, _> = place.files("fork").into_iter().collect();
    let own = walkdir::WalkDir::new(content).into_iter().map(Result::unwrap);
    for entry in own.filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(content).unwrap();
        let is_kept = !["site.toml", "register.toml"].map(Path::new).contains(&path) && !path.starts_with("editions");
        // The guide is about Rungs.
        let is_kept = is_kept && !path.components().any(|part| part.as_os_str() == "guide");
        if is_kept && path.extension().is_some_and(|extension| extension == "md") {
            assert_eq!(copied[path.to_str().unwrap()], std::fs::read(entry.path()).unwrap(), "{}", path.display());
        }
    }
    place.edit("fork/en/technical-leadership.md", "Spends 40-80% of time", "Spends 50-80% of time");
    place.edit("fork/zh-TW/technical-leadership.md", "40", "50");
    let first = place.text("fork/en/technical-leadership.md");
    let moved = first.lines().find(|line| line.contains("{#TL-005")).unwrap().to_owned();
    place.put("fork/en/technical-leadership.md", first.replace(&format!("{moved}\n\n"), ""));
    place.edit("fork/en/technical-leadership.md", "## T6", &format!("{moved}\n\n## T6"));
    let reason = "withdraw TL-013 --content fork --reason No. --reason zh-TW=否。 --date 2026-12-02";
    place.run_ok(reason);
    place.run_ok("build fork -o public");
    let status = place.run("adapt --status --content fork").stdout;
    assert_snapshot!(status.lines().take(3).collect::<Vec<_>>().join("\n"), @"
    Adapted from Technical Leadership Career Ladder (https://rungs.example/) on 2026-12-01.
    99 unchanged, 2 adapted, 0 new, 1 left out
    ");
    let licence = page(&place, "public/en/licence/index.html");
    let counts = between(&licence, "Adaptation", "TL-002");
    assert_snapshot!(counts, @"This ladder Adapted from Technical Leadership Career Ladder as of 2026-12-01 Unchanged 99 criteria");
}

#[test]
fn what_has_another_name_here_is_found_when_something_is_added_there() {
    let place = adapted();
    for path in ["fork/en/ladder.md", "fork/zh-TW/ladder.md"] {
        let text = place.text(path).replace("{#craft}", "{#skill}").replace("{#L2}", "{#Lead}");
        place.put(path, text);
    }
    place.edit("fork/en/ladder.md", "{#skill}", "{#skill was=craft}");
    place.edit("fork/en/ladder.md", "{#Lead}", "{#Lead was=L2}");
    place.run_ok("id fork --write");
    for (path, text) in [("content/en/ladder.md", "Hires."), ("content/zh-TW/ladder.md", "招募人員。")] {
        let ladder = place.text(path);
        place.put(path, format!("{ladder}- {text} {{#EN-005}}\n"));
    }
    place.run_ok("id --write");
    let status = place.run("adapt --status --content fork --upstream content").shown();
    assert!(!status.contains("EN-001"), "another id of a category changes no criterion: {status}");
    place.run_ok("adapt --update --content fork --upstream content --date 2027-01-01 --write");
    assert!(place.text("fork/en/ladder.md").ends_with("{#EN-004 thread=time}\n- Hires. {#EN-005}\n"));
    assert!(place.text("fork/zh-TW/ladder.md").ends_with("- 招募人員。 {#EN-005}\n"));
}

#[test]
fn a_translation_that_the_upstream_has_yet_to_update_is_outdated_here_too() {
    let place = adapted();
    for content in ["content", "fork"] {
        place.run_ok(&format!("translation accept zh-TW --all --content {content}"));
    }
    place.edit("content/en/ladder.md", "Spends half of the day on code.", "Spends a third of the day on code.");
    place.run_ok("adapt --update --content fork --upstream content --date 2027-01-01 --write");
    assert!(place.text("fork/en/ladder.md").contains("Spends a third of the day on code."));
    let status = place.run("translation status --content fork --locale zh-TW").shown();
    assert!(status.contains("EN-004 is outdated"), "{status}");
}

#[test]
fn a_folder_of_pages_that_is_about_the_site_alone_is_not_taken_along() {
    let pages = "[[pages]]\nfolder = \"guide\"\nadapt = false\ntitle.en = \"Guide\"\ntitle.zh-TW = \"指南\"\n\n\
                 [[pages]]\nfolder = \"help\"\ntitle.en = \"Help\"\ntitle.zh-TW = \"說明\"\n";
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\nText.\n");
    let folder = Folder::bilingual();
    let site = format!("{}\n{pages}", folder.text("site.toml"));
    let folder = folder.file("site.toml", &site);
    let folder = folder.file("en/guide/start.md", &page("Start")).file("zh-TW/guide/start.md", &page("開始"));
    let folder = folder.file("en/help/ask.md", &page("Ask")).file("zh-TW/help/ask.md", &page("提問"));
    let place = Place::of(&folder);
    place.run_ok("id --write");
    place.run_ok("translation accept zh-TW --all");
    place.run_ok(&format!("adapt content fork --prefix AC {BY}"));
    let files: Vec<_> = place
        .files("fork")
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.contains("/guide") || path.contains("/help"))
        .collect();
    assert_eq!(files, ["en/help/ask.md", "zh-TW/help/ask.md"]);
    assert!(!place.text("fork/site.toml").contains("guide") && place.text("fork/site.toml").contains("help"));
    let records = place.text("fork/zh-TW/translation.toml");
    assert!(!records.contains("guide:") && records.contains("\"help:ask\""), "{records}");
    place.run_ok("check fork");
}

#[test]
fn a_theme_stays_behind_and_so_does_what_names_its_files() {
    let place = Place::of_fixture("themed");
    place.put("theirs.toml", place.text("content/site.toml"));
    std::fs::rename(place.at("content"), place.at("theirs")).unwrap();
    let run = place.run("adapt theirs content --prefix AC --by Acme");
    assert_eq!(run.status, 0, "{}", run.shown());
    let told = "Its theme/ is left out, since templates and scripts are code. Keys of `[theme]` that name files are left out, too: ";
    assert!(run.stdout.contains(told) && run.stdout.contains("`logo`"), "{}", run.stdout);
    assert!(!place.at("content/theme").exists());
    let settings = place.text("content/site.toml");
    assert!(settings.contains("[theme.colours") && !settings.contains("[theme.logo"), "{settings}");
    place.run_ok("build");
}
