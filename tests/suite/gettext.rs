//! Translations that go out as PO files and come back.

use camino::Utf8Path;
use insta::assert_snapshot;
use rungs::for_tests::diagnostic::{Problems, Refusal};
use rungs::for_tests::gettext::po::{Catalog, Message};
use rungs::for_tests::gettext::{Imported, export, import};
use rungs::for_tests::locale::LocaleIndex;
use rungs::for_tests::report::human;
use rungs::for_tests::translation::{AcceptOptions, TranslationStage, Wanted, start};

use crate::driver::{Folder, reading, refusal};
use crate::place::Place;

const CHINESE: LocaleIndex = LocaleIndex(1);

const NOTE: &str =
    "+++\ntitle = \"Time\"\nabout = [\"time\"]\n+++\nSee [EN-002].\n\n## How much?\n\n- By the week.\n- Or the day.\n";

/// A site of which all is translated, and known to be right.
fn translated() -> Folder {
    let folder = Folder::bilingual()
        .edited("en/ladder.md", "Spends most of the day on it. {", "Spends most of the day on it.\n\n  Holidays too. {")
        .edited(
            "zh-TW/ladder.md",
            "一天大半時間如此。 {#EN-002}",
            "一天大半時間如此。\n  \n  連假日也是。\n  {#EN-002 thread=time}",
        );
    let note = "+++\ntitle = \"時間\"\n+++\n見[EN-002]。\n\n## 多少？\n\n- 按週。\n- 或按日。\n";
    let folder = folder.file("en/notes/time.md", NOTE).file("zh-TW/notes/time.md", note).with_ids();
    let request = AcceptOptions {
        units: Wanted::All,
        stage: Some(TranslationStage::Reviewed),
        ..AcceptOptions::nothing(CHINESE)
    };
    let accepted = folder.accept(&request).unwrap();
    accepted.edits.into_iter().fold(folder, |folder, (path, text)| folder.file(path.as_str(), &text))
}

fn exported(folder: &Folder) -> String {
    export(&folder.understood().0, folder.sources(), CHINESE).write()
}

fn imported(folder: &Folder, po: &str) -> Result<Imported, Refusal> {
    import(&reading(folder.sources().clone()), CHINESE, (Utf8Path::new("zh.po"), po))
}

fn told(folder: &Folder, po: &str) -> String {
    let shown = folder.clone().file("zh.po", po);
    match imported(folder, po) {
        Ok(Imported { problems, changed, .. }) => {
            let told = human::render(&problems, &shown.registered(), "content", human::Style::Plain);
            format!("{told}imported: {changed:?}")
        }
        refused => refusal(&shown, refused),
    }
}

/// The PO file with another translation of one text.
fn with(po: &str, context: &str, translation: &str) -> String {
    let mut catalog = Catalog::read(Utf8Path::new("zh.po"), po, &Problems::default());
    let message = catalog.messages.iter_mut().find(|message| message.context == context).unwrap();
    message.translation = translation.to_owned();
    catalog.write()
}

#[test]
fn a_site_is_written_down_for_translators() {
    let folder = translated().edited("en/ladder.md", "half of the day", "a third of the day");
    assert_snapshot!(exported(&folder), @r#"
    msgid ""
    msgstr ""
    "Project-Id-Version: Ladders\n"
    "POT-Creation-Date: 1970-01-01 00:00+0000\n"
    "PO-Revision-Date: 1970-01-01 00:00+0000\n"
    "Last-Translator: nobody\n"
    "Language-Team: Ladders\n"
    "Language: zh_TW\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "X-Generator: rungs\n"
    "X-Rungs-Digest: a25373706eead37caee4a59e15c9274e\n"

    #. ladder
    #: en/ladder.md:2
    msgctxt "ladder:ladder"
    msgid "Ladder"
    msgstr "階梯"

    #. ladder
    #: en/ladder.md:6
    msgctxt "ladder:ladder/heading"
    msgid "Ladder"
    msgstr "階梯"

    #. thread
    #: en/ladder.md:4
    msgctxt "thread:time"
    msgid "Time"
    msgstr "時間"

    #. category
    #: en/ladder.md:10
    msgctxt "category:craft"
    msgid "Craft"
    msgstr "工藝"

    #. level
    #: en/ladder.md:8
    msgctxt "level:L1"
    msgid "Engineer"
    msgstr "工程師"

    #. criterion
    #: en/ladder.md:12
    msgctxt "EN-001"
    msgid "Writes code that others can read."
    msgstr "撰寫他人看得懂的程式。"

    #. criterion
    #: en/ladder.md:13
    msgctxt "EN-002"
    msgid ""
    "Spends most of the day on it.\n"
    "\n"
    "Holidays too."
    msgstr ""
    "一天大半時間如此。\n"
    "\n"
    "連假日也是。"

    #. level
    #: en/ladder.md:17
    msgctxt "level:L2"
    msgid "Lead"
    msgstr "負責人"

    #. criterion
    #: en/ladder.md:21
    msgctxt "EN-003"
    msgid "Reviews the designs of a team."
    msgstr "審查一個團隊的設計。"

    #. criterion
    #: en/ladder.md:22
    #, fuzzy
    #| msgid "Spends half of the day on code."
    msgctxt "EN-004"
    msgid "Spends a third of the day on code."
    msgstr "半天撰寫程式。"

    #. note
    #: en/notes/time.md:2
    msgctxt "note:time"
    msgid "Time"
    msgstr "時間"

    #. note
    #: en/notes/time.md:5
    msgctxt "note:time/0/1"
    msgid "See [EN-002]."
    msgstr "見[EN-002]。"

    #. note
    #: en/notes/time.md:7
    msgctxt "note:time/1"
    msgid "How much?"
    msgstr "多少？"

    #. note
    #: en/notes/time.md:9
    msgctxt "note:time/1/1"
    msgid ""
    "- By the week.\n"
    "- Or the day."
    msgstr ""
    "- 按週。\n"
    "- 或按日。"

    #. site.toml
    #: site.toml:6
    msgctxt "site.toml:title"
    msgid "Ladders"
    msgstr "階梯"

    #. site.toml
    #: site.toml:8
    msgctxt "site.toml:description"
    msgid "What we expect."
    msgstr "我們的期望。"

    #. site.toml
    #: site.toml:28
    msgctxt "site.toml:provenance/licence/reason"
    msgid "It says so."
    msgstr "如聲明所言。"

    #. site.toml
    #. One text per line, as many as in the source
    #: site.toml:33
    msgctxt "site.toml:provenance/modifications/1/changes"
    msgid "Ids added."
    msgstr "加上識別碼。"
    "#);
}

#[test]
fn what_comes_back_as_it_went_changes_nothing() {
    let folder = translated();
    assert_eq!(imported(&folder, &exported(&folder)), Ok(Imported::default()));
    let real = Folder::real();
    assert_eq!(imported(&real, &exported(&real)), Ok(Imported::default()));
}

#[test]
fn new_words_are_put_in_their_places_and_everything_else_stays() {
    let folder = translated();
    let words = [
        ("EN-001", "撰寫*人人*看得懂的程式。", "zh-TW/ladder.md", "- 撰寫*人人*看得懂的程式。 {#EN-001}\n"),
        (
            "EN-002",
            "一整天。\n\n- 週末\n- 假日",
            "zh-TW/ladder.md",
            "- 一整天。 {#EN-002 thread=time}\n\n  - 週末\n  - 假日\n",
        ),
        ("level:L2", "主管", "zh-TW/ladder.md", "## L2 = 主管 {#L2}\n"),
        ("category:craft", "手藝", "zh-TW/ladder.md", "### 手藝 {#craft}\n"),
        ("thread:time", "「工時」", "zh-TW/ladder.md", "time = \"「工時」\"\n"),
        ("note:time", "工時", "zh-TW/notes/time.md", "title = \"工時\"\n"),
        ("note:time/1", "要多少？", "zh-TW/notes/time.md", "## 要多少？\n"),
    ];
    for (key, text, path, expected) in words {
        let edits =
            imported(&folder, &with(&exported(&folder), key, text)).unwrap_or_else(|no| panic!("{key}: {no:#?}")).edits;
        let new = &edits[Utf8Path::new(path)];
        assert!(new.contains(expected), "{key}: {new}");
        let lines =
            |text: &str| text.lines().filter(|line| !expected.contains(line)).map(str::to_owned).collect::<Vec<_>>();
        let old = lines(folder.text(path));
        assert!(lines(new).iter().all(|line| old.contains(line)), "{key}: {new}");
    }
}

/// The first message of which two PO files have different translations.
fn first_difference(a: &str, b: &str) -> Option<(Message, Message)> {
    let messages = |po| Catalog::read(Utf8Path::new("zh.po"), po, &Problems::default()).messages;
    let (a, b) = (messages(a), messages(b));
    assert_eq!(a.len(), b.len());
    let says = |message: &Message| (message.context.clone(), message.translation.clone());
    a.into_iter().zip(b).find(|(a, b)| says(a) != says(b))
}

/// Whether a message is the heading in a note or a page, to which links lead: `note:time/1`.
fn is_page_heading(context: &str) -> bool {
    context.matches('/').count() == 1 && context.ends_with(|c: char| c.is_ascii_digit())
}

/// The PO file with all translations that are wanted changed, each in its own way.
fn changed(po: &str, is_wanted: impl Fn(&str) -> bool) -> String {
    let mut catalog = Catalog::read(Utf8Path::new("zh.po"), po, &Problems::default());
    for (at, message) in catalog.messages.iter_mut().enumerate().filter(|(_, message)| is_wanted(&message.context)) {
        message.is_fuzzy = false;
        let text = &message.translation;
        // A list stays a list and a table a table, and nothing else would be the same with a word before it.
        message.translation = match text.strip_prefix("- ") {
            Some(item) => format!("- 新{at}{item}"),
            None if text.starts_with(char::is_alphabetic) => format!("新{at}{text}"),
            None => continue,
        };
    }
    catalog.write()
}

#[test]
fn whatever_is_new_is_written_at_once() {
    let folder = translated();
    let po = changed(&exported(&folder), |_| true);
    let edits = imported(&folder, &po).unwrap_or_else(|no| panic!("{no:#?}")).edits;
    assert_snapshot!(edits[Utf8Path::new("zh-TW/ladder.md")], @r#"
    +++
    title = "新0階梯"
    [threads]
    time = "新2時間"
    +++
    # 新1階梯

    ## L1 = 新4工程師 {#L1}

    ### 新3工藝 {#craft}

    - 新5撰寫他人看得懂的程式。 {#EN-001}
    - 新6一天大半時間如此。 {#EN-002 thread=time}

      連假日也是。

    ## L2 = 新7負責人 {#L2}

    ### 新3工藝 {#craft}

    - 新8審查一個團隊的設計。 {#EN-003}
    - 新9半天撰寫程式。 {#EN-004}
    "#);
    assert_snapshot!(edits[Utf8Path::new("zh-TW/notes/time.md")], @r#"
    +++
    title = "新10時間"
    +++
    新11見[EN-002]。

    ## 新12多少？

    - 新13按週。
    - 或按日。
    "#);
    let new = folder.edited_by(edits);
    // The digest is that of an export, so that a file with other work in it is known.
    let without_digest = |po: &str| {
        po.lines().filter(|line| !line.starts_with("\"X-Rungs-Digest")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(without_digest(&exported(&new)), without_digest(&po), "what is exported then is what was imported");
}

#[test]
fn all_values_of_one_front_matter_can_be_new() {
    let folder = translated()
        .edited("en/ladder.md", "time = \"Time\"", "time = \"Time\"\nother = \"Other\"\nthird = \"Third\"")
        .edited("en/ladder.md", "{#EN-001}", "{#EN-001 thread=other}")
        .edited("en/ladder.md", "{#EN-003}", "{#EN-003 thread=third}");
    let po = exported(&folder);
    let words =
        [("ladder:ladder", "職級"), ("thread:time", "「工時」\\"), ("thread:other", "另一"), ("thread:third", "三")];
    let new = words.iter().fold(po.clone(), |po, (key, text)| with(&po, key, text));
    let imported_of = |folder: &Folder| imported(folder, &new).unwrap_or_else(|no| panic!("{no:#?}")).edits;
    let front_matter = |text: &str| text.split("+++").nth(1).unwrap().to_owned();
    let path = Utf8Path::new("zh-TW/ladder.md");
    assert_snapshot!(front_matter(&imported_of(&folder)[path]).trim(), @r#"
    title = "職級"
    [threads]
    time = '「工時」\'
    other = "另一"
    third = "三"
    "#);
    // Without a table of threads, without any value and without front matter.
    let chinese = folder.text("zh-TW/ladder.md").to_owned();
    for written in ["title = \"階梯\" # 標題\n", "", "threads.time = \"時間\"\n", "threads = { time = \"時間\" }\n"]
    {
        let text = chinese.replace(front_matter(&chinese).as_str(), &format!("\n{written}"));
        let folder = folder.clone().file("zh-TW/ladder.md", &text);
        let edits = imported_of(&folder);
        let lines = front_matter(&edits[path]);
        for expected in ["title = \"職級\"", "time = '「工時」\\'", "other = \"另一\"", "third = \"三\""] {
            assert!(lines.contains(expected), "{written:?}: {lines}");
        }
        assert_eq!(written.contains("# 標題"), lines.contains("# 標題"), "{lines}");
    }
    let bare = folder.clone().file("zh-TW/ladder.md", chinese.split_once("\n+++\n").unwrap().1);
    let edits = imported_of(&bare);
    assert!(edits[path].starts_with("+++\ntitle = \"職級\"\n"), "{}", edits[path]);
}

#[test]
fn a_file_keeps_its_line_ends() {
    let folder = translated();
    let chinese = folder.text("zh-TW/ladder.md").replace('\n', "\r\n");
    let folder = folder.file("zh-TW/ladder.md", &chinese);
    let po = with(&with(&exported(&folder), "thread:time", "工時"), "ladder:ladder", "職級");
    let edits = imported(&folder, &po).unwrap_or_else(|no| panic!("{no:#?}")).edits;
    let expected = chinese.replace("\"時間\"", "\"工時\"").replace("\"階梯\"", "\"職級\"");
    assert_eq!(edits[Utf8Path::new("zh-TW/ladder.md")], expected);
}

#[test]
fn blocks_that_are_new_at_one_place_come_in_the_order_of_the_source() {
    let blocks = "One.\n\nTwo.\n\nThree.\n\n## How much?";
    let folder = translated().edited("en/notes/time.md", "## How much?", blocks);
    let po = exported(&folder);
    let words = [("note:time/0/4", "三。"), ("note:time/0/2", "一。"), ("note:time/0/3", "二。")];
    let po = words.iter().fold(po, |po, (key, text)| with(&po, key, text));
    let mut catalog = Catalog::read(Utf8Path::new("zh.po"), &po, &Problems::default());
    catalog.messages.reverse();
    let edits = imported(&folder, &catalog.write()).unwrap_or_else(|no| panic!("{no:#?}")).edits;
    let note = &edits[Utf8Path::new("zh-TW/notes/time.md")];
    assert!(note.contains("見[EN-002]。\n\n一。\n\n二。\n\n三。\n\n## 多少？"), "{note}");
}

#[test]
fn a_message_that_stands_twice_is_told_with_both_places() {
    let folder = translated();
    let po = exported(&folder);
    let mut catalog = Catalog::read(Utf8Path::new("zh.po"), &po, &Problems::default());
    let mut again = catalog.messages.iter().find(|message| message.context == "thread:time").unwrap().clone();
    again.translation = "別的".to_owned();
    catalog.messages.push(again);
    assert_snapshot!(told(&folder, &catalog.write()), @r#"
    warning[po-left-out]: thread:time occurs twice in this file, and was skipped here
       --> content/zh.po:136:1
        |
    136 | msgctxt "thread:time"
        | ^^^^^^^^^^^^^^^^^^^^^
        |
       ::: content/zh.po:29:1
        |
     29 | msgctxt "thread:time"
        | --------------------- this one was used
        |
        = help: remove one of them, or merge them with `msguniq`

    imported: []
    "#);
}

#[test]
fn front_matter_that_cannot_be_written_to_is_told_for_each_message() {
    let folder = translated().edited("zh-TW/ladder.md", "[threads]\ntime = \"時間\"", "threads = 3");
    let po = with(&with(&exported(&folder), "thread:time", "工時"), "ladder:ladder", "職級");
    assert_snapshot!(told(&folder, &po), @r#"
    error[po-message]: ladder:ladder cannot be written into the front matter of zh-TW/ladder.md
      --> content/zh.po:17:1
       |
    17 | msgctxt "ladder:ladder"
       | ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write the front matter as TOML between two lines of `+++`, and threads under `[threads]`

    error[po-message]: thread:time cannot be written into the front matter of zh-TW/ladder.md
      --> content/zh.po:29:1
       |
    29 | msgctxt "thread:time"
       | ^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write the front matter as TOML between two lines of `+++`, and threads under `[threads]`

    imported: []
    "#);
}

#[test]
fn every_message_of_the_sites_of_this_repository_can_be_new() {
    for folder in [Folder::real(), Folder::fixture("past"), Folder::fixture("ladders")] {
        let po = changed(&exported(&folder), |context| !is_page_heading(context));
        let edits = imported(&folder, &po).unwrap_or_else(|no| panic!("{no:#?}")).edits;
        assert_eq!(first_difference(&exported(&folder.edited_by(edits)), &po), None);
    }
}

#[test]
fn a_text_that_was_missing_is_put_where_it_belongs() {
    let folder = translated().edited("en/notes/time.md", "## How much?", "Time is short.\n\n## How much?").edited(
        "zh-TW/ladder.md",
        "撰寫他人看得懂的程式。 ",
        "",
    );
    let po = with(&with(&exported(&folder), "note:time/0/2", "時間不多。"), "EN-001", "寫程式。");
    let imported = imported(&folder, &po).unwrap();
    assert_eq!(imported.changed, ["EN-001", "note:time/0/2"]);
    let note = &imported.edits[Utf8Path::new("zh-TW/notes/time.md")];
    assert!(note.contains("見[EN-002]。\n\n時間不多。\n\n## 多少？"), "{note}");
    assert!(imported.edits[Utf8Path::new("zh-TW/ladder.md")].contains("- 寫程式。 {#EN-001}\n"));
}

#[test]
fn a_message_that_does_not_fit_is_told_and_the_others_are_written() {
    let folder = translated();
    let po = exported(&folder);
    let other = po.replace("Language: zh_TW", "Language: fr");
    assert_snapshot!(told(&folder, &other), @r#"
    error[po-message]: this file is for the language `fr`
     --> content/zh.po:1:1
      |
    1 | msgid ""
      | ^^^^^^^^
      |
      = help: import a file with `Language: zh_TW` in its header

    error: nothing was imported from this file
    "#);
    let old = po.replace("Reviews the designs", "Reviews all designs").replace("\"level:L1\"", "\"level:L9\"");
    let old = with(&old, "EN-001", "撰寫程式。");
    assert_snapshot!(told(&folder, &old), @r#"
    warning[po-left-out]: the site has no text `level:L9`
      --> content/zh.po:41:1
       |
    41 | msgctxt "level:L9"
       | ^^^^^^^^^^^^^^^^^^
       |
       = help: its source is gone, or it is from another site: write a new file with `rungs translation export zh-TW FILE`; did you mean `level:L1`?

    warning[po-left-out]: the translation of EN-003 was made from a different source text
      --> content/zh.po:71:1
       |
    71 | msgctxt "EN-003"
       | ^^^^^^^^^^^^^^^^
       |
       = help: the source has changed: write a new file with `rungs translation export zh-TW FILE`, and merge this one into it with `msgmerge`

    imported: ["EN-001"]
    "#);
    assert_snapshot!(told(&folder, &with(&po, "note:time/0/1", "一。\n\n二。")), @r#"
    error[po-message]: note:time/0/1 is one block of Markdown, but its translation 2
      --> content/zh.po:89:1
       |
    89 | msgctxt "note:time/0/1"
       | ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write it with the same number of Markdown blocks as its source

    imported: []
    "#);
}

#[test]
fn what_is_confirmed_is_no_longer_outdated() {
    let folder = translated().edited("en/ladder.md", "half of the day", "half a day");
    let po = exported(&folder);
    assert_eq!(imported(&folder, &po), Ok(Imported { fuzzy: 1, ..Imported::default() }));
    let confirmed = imported(&folder, &po.replace("#, fuzzy\n", "")).unwrap();
    let folder = confirmed.edits.into_iter().fold(folder, |folder, (path, text)| folder.file(path.as_str(), &text));
    assert!(!exported(&folder).contains("fuzzy"));
}

#[test]
fn a_new_language_comes_from_a_file_in_which_all_is_translated() {
    let small = Folder::small().file("en/notes/time.md", NOTE).with_ids();
    for folder in [small, Folder::fixture("ladders"), Folder::fixture("past"), Folder::real()] {
        let started = start(&folder.build().0, folder.sources(), "ja").unwrap_or_else(|no| panic!("{no:#?}"));
        let folder = folder.edited_by(started.edits);
        let (understood, _) = folder.understood();
        let japanese = understood.site.config.locale_indices().last().unwrap();
        let mut catalog = export(&understood, folder.sources(), japanese);
        for message in &mut catalog.messages {
            message.translation = message.source.clone();
        }
        let po = catalog.write();
        let po = changed(&po, |context| !is_page_heading(context));
        let imported = import(&reading(folder.sources().clone()), japanese, (Utf8Path::new("ja.po"), &po));
        let imported = imported.unwrap_or_else(|no| panic!("{no:#?}"));
        assert_eq!(imported.changed.len(), catalog.messages.len());
        let (understood, _) = folder.clone().edited_by(imported.edits.clone()).understood();
        let now = export(&understood, folder.clone().edited_by(imported.edits).sources(), japanese).write();
        assert_eq!(first_difference(&now, &po), None);
    }
}

#[test]
fn attributes_in_a_message_are_told_and_not_dropped() {
    for written in ["X{#BK-002}", "X {#BK-002}", "X {#BK-002 thread=ovens}", "X {thread=ovens}"] {
        let place = Place::of(&Folder::fixture("ladders"));
        place.run_ok("translation export zh-TW zh.po");
        let po = place.text("zh.po");
        let at = po.find("msgctxt \"BK-002\"").unwrap();
        let from = at + po[at..].find("msgstr").unwrap();
        let to = from + po[from..].find("\n\n").unwrap_or(po.len() - from);
        place.put("zh.po", format!("{}msgstr \"{written}\"{}", &po[..from], &po[to..]));
        let run = place.run("translation import zh-TW zh.po");
        let block = written.trim_start_matches(['X', ' ']);
        assert_eq!(run.status, 1, "{}", run.stderr);
        assert!(
            run.stderr.contains(&format!("the translation of BK-002 ends in `{block}`, which is not text")),
            "{}",
            run.stderr
        );
    }
}
