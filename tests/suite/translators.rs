//! A site is translated with the programs of translators: from an empty folder to Japanese, and on as it grows.

use std::collections::HashMap;

use camino::Utf8Path;
use insta::assert_snapshot;
use rungs::for_tests::diagnostic::Problems;
use rungs::for_tests::gettext::po::Catalog;

use crate::place::Place;

/// What a translator knows: Japanese for each text of the site, and of what it grows by.
const JAPANESE: &str = include_str!("../fixtures/translators/ja.po");

/// The translated file as other programs write it: polib 1.2 and translate-toolkit 3.8, by loading and saving it.
const SAVED: [&str; 2] =
    [include_str!("../fixtures/translators/polib.po"), include_str!("../fixtures/translators/translate-toolkit.po")];

fn catalog(po: &str) -> Catalog {
    let (catalog, problems) = Problems::of(|problems| Catalog::read(Utf8Path::new("ja.po"), po, problems));
    assert!(problems.is_empty(), "{problems:?}");
    catalog
}

/// A site that somebody began in an empty folder, in English.
fn begun() -> Place {
    let place = Place::empty();
    place.run_ok("init .");
    let is_example = |(path, _): &(String, Vec<u8>)| path.ends_with(".md") || path.ends_with(".toml");
    let example = place.files("content").into_iter().filter(is_example);
    example.for_each(|(path, _)| place.remove(&format!("content/{path}")));
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/translators/content");
    place.put_all("content", fixture.as_ref());
    place.run_ok("id --write");
    place.run_ok("check --deny warnings");
    place
}

/// The PO file with Japanese for all that has none, or none that is known to be right.
fn translated(po: &str) -> String {
    let known: HashMap<_, _> =
        catalog(JAPANESE).messages.into_iter().map(|message| (message.source, message.translation)).collect();
    let mut catalog = catalog(po);
    for message in catalog.messages.iter_mut().filter(|message| message.is_fuzzy || message.translation.is_empty()) {
        let source = &message.source;
        message.translation = known.get(source).unwrap_or_else(|| panic!("no Japanese for {source:?}")).clone();
        message.is_fuzzy = false;
    }
    catalog.write()
}

/// Exports, has somebody translate, imports.
fn translate(place: &Place) -> String {
    place.run_ok("translation export ja ja.po");
    place.put("ja.po", translated(&place.text("ja.po")));
    place.run_ok("translation import ja ja.po").stdout
}

/// The site in Japanese.
fn japanese() -> Place {
    let place = begun();
    place.run_ok("translation start ja");
    translate(&place);
    place
}

/// The same when its source has grown.
fn grown() -> Place {
    let place = japanese();
    let ladder = "content/en/engineering.md";
    place.edit(ladder, "scope = \"", "mentoring = \"Mentoring\"\nscope = \"");
    place.edit(ladder, "How to read it", "How to read this ladder");
    place.edit(ladder, "- Writes tests", "- Asks for help when stuck.\n- Writes tests");
    place.edit(ladder, "- Gives feedback", "- Mentors new colleagues. {thread=mentoring}\n- Gives feedback");
    let level = "## L3 = Staff Engineer {#L3}\n\n> Sets the technical direction of the organisation.\n\n### Impact {#impact}\n\n\
                 - Settles designs across teams. {thread=mentoring}\n\n";
    let section = "## Changes\n\nChanges are made once a year.\n\n";
    place.edit(ladder, "## Credits", &format!("{level}{section}## Credits"));
    let note = "content/en/notes/reviewing.md";
    place.edit(note, "\n\n## What", "\n\nThe earlier a review, the cheaper.\n\n## What");
    let (first, second) = ("Does it do what it says?", "Will the next person understand it?");
    place.edit(note, &format!("1. {first}\n2. {second}"), &format!("1. {second}\n2. {first}"));
    place.edit(note, "## Tools", "## The tools");
    place.edit(note, "Ask the [technical lead](https://acme.example/leads) if in doubt.\n\n", "");
    let mentoring = "+++\ntitle = \"On mentoring\"\nabout = [\"mentoring\"]\n+++\nStart by working together.\n\n\
                     ## The first week\n\nTalk every day, and keep it short.\n";
    place.put("content/en/notes/mentoring.md", mentoring);
    let glossary = place.text("content/glossary.toml");
    place.put("content/glossary.toml", format!("{glossary}\n[[term]]\nen = \"mentoring\"\n"));
    place.run_ok("id --write");
    place
}

/// The translations of a PO file by their contexts.
fn said(po: &str) -> HashMap<String, String> {
    catalog(po).messages.into_iter().map(|message| (message.context, message.translation)).collect()
}

/// The words of a warning without the lines that show where it is.
fn told(stderr: &str) -> String {
    let is_told = |line: &&str| line.starts_with("warning") || line.starts_with("error") || line.contains("--> ");
    stderr.lines().filter(is_told).map(str::trim).collect::<Vec<_>>().join("\n")
}

#[test]
fn japanese_comes_from_an_empty_folder_to_a_site_without_warnings() {
    let place = japanese();
    place.run_ok("check --deny warnings");
    place.run_ok("translation status --fail-on missing,outdated,unrecorded");
    place.run_ok("build");
    let page = place.text("public/ja/engineering/l1/index.html");
    for text in ["エンジニア", "変更するコードにはテストを書く。", "チームワーク", "Acme株式会社"]
    {
        assert!(page.contains(text), "{text}");
    }
    assert!(place.text("public/ja/glossary/index.html").contains("<td lang=\"ja\">役割であり、レベルではない。"));
    assert_snapshot!(place.text("content/ja/engineering.md"), @r#"
    +++
    title = "エンジニアリング"

    [threads]
    reviews = "コードレビュー"
    scope = "仕事の範囲"
    +++
    # Acmeのエンジニアリング

    エンジニアに期待することをまとめています。

    - 各レベルは、その前のレベルを土台とします。
    - 基準は対話の手がかりであり、チェックリストではありません。

    ## 読み方

    下から上へ読んでください。

    ## L1 = エンジニア {#L1}

    > 仕事を学び、ある程度の助けを得ながら、内容の明確な仕事をやり遂げる。

    ### 技術 {#craft}

    技術とは、何をどのように作るかである。

    - 内容の明確な作業を期日どおりに終える。 {#EN-001}

    - 変更するコードにはテストを書く。 {#EN-002}

      テストは変更の一部である。

      - ユニットテスト
      - どのように試したかのメモ

    ### {#teamwork}

    - 同僚一人の変更をレビューする。 {#EN-003}

    - 早めにフィードバックを求める。 {#EN-004}

    ## L2 = シニアエンジニア {#L2}

    > 数人で進めるプロジェクトを率いる。

    ### 技術 {#craft}

    - 最初の着想から運用まで、プロジェクトを率いる。 {#EN-005}

    ### {#teamwork}

    - 書いた人が学べるようにコードをレビューする。 {#EN-006}

    - 役に立つフィードバックをする。 {#EN-007}

    ## 謝辞

    このラダーはAcmeのエンジニアが書きました。
    "#);
    assert_snapshot!(place.text("content/ja/notes/reviewing.md"), @r#"
    +++
    title = "レビューについて"
    +++

    コードレビューはバグを見つけ、知識を広めます。[EN-006]を参照してください。[^cost]

    ## 見るべきところ

    1. 書かれたとおりに動くか。
    2. 次に読む人が理解できるか。

    | 大きさ | 時間 |
    | --- | --- |
    | 小 | 一時間 |
    | 大 | 一日 |

    ## 道具

    依頼する前に`make check`を実行します。

    ```sh
    make check
    ```

    迷ったら[テックリード](<https://acme.example/leads>)に聞いてください。

    [^cost]: 一時間のレビューは一日の節約になります。
    "#);
    assert_snapshot!(place.text("content/glossary.toml"), @r#"
    [[term]]
    en = ["technical lead", "tech lead"]
    ja = ["テックリード", "技術リード"]
    note = { en = "A role, not a level.", ja = "役割であり、レベルではない。" }

    [[term]]
    en = "code review"
    ja = "コードレビュー"
    "#);
    let before = place.text("ja.po");
    place.run_ok("translation export ja again.po");
    assert_eq!(said(&place.text("again.po")), said(&before));
}

#[test]
fn an_export_replaces_no_translations_that_the_site_lacks() {
    let place = begun();
    place.run_ok("translation start ja");
    place.run_ok("translation export ja ja.po");
    let translated = translated(&place.text("ja.po"));
    place.put("ja.po", &translated);
    let run = place.run("translation export ja ja.po");
    assert_eq!((run.status, place.text("ja.po") == translated), (1, true), "{}", run.stderr);
    assert!(run.stderr.contains("translations that the site does not have"), "{}", run.stderr);
    // The advice works.
    place.run_ok("translation import ja ja.po");
    place.run_ok("translation export ja ja.po");
    place.put("mine.po", "Not a PO file.\n");
    let run = place.run("translation export ja mine.po");
    assert_eq!((run.status, place.text("mine.po").as_str()), (1, "Not a PO file.\n"), "{}", run.stderr);
    assert!(run.stderr.contains("name another file"), "{}", run.stderr);
    // A file that nobody has worked on is only older. An empty one holds nothing.
    let note = place.files("content/ja").into_iter().find(|(path, _)| path.ends_with("engineering.md")).unwrap();
    let path = format!("content/ja/{}", note.0);
    place.put(&path, String::from_utf8(note.1).unwrap().replace("title = \"", "title = \"新"));
    place.put("empty.po", "");
    place.run_ok("translation export ja ja.po");
    place.run_ok("translation export ja empty.po");
    // What was translated from another source is in the way, too.
    place
        .put("ja.po", place.text("ja.po").replacen("msgstr \"", "msgstr \"別", 3).replacen("msgid \"", "msgid \"X", 9));
    assert_eq!(place.run("translation export ja ja.po").status, 1);
}

#[test]
fn a_language_grows_with_its_source() {
    let place = grown();
    let started = place.copy();
    assert_snapshot!(started.run_ok("translation start ja").stdout, @"
    content/ja/engineering.md:6: thread mentoring
    content/ja/engineering.md:30: EN-008
    content/ja/engineering.md:57: EN-009
    content/ja/engineering.md:61: level L3
    content/ja/engineering.md:63: category impact of L3
    content/ja/engineering.md:65: EN-010
    content/ja/engineering.md:67: section 2
    content/ja/notes/mentoring.md:1: a new file
    ja: 7 places added, 2 files written: `rungs translation status --locale ja` shows what to translate
    ");
    started.run_ok("check");
    assert_snapshot!(started.run("translation start ja").stderr, @"
    error: ja is already a locale of the site, and nothing is missing from its files
      = help: `rungs translation status --locale ja` shows what is not translated yet
    ");
    for site in [&place, &started] {
        let old = site.text("ja.po");
        site.run_ok("translation export ja new.po");
        site.put("old.po", old);
        site.shell_ok("msgmerge --quiet --previous --output-file=merged.po old.po new.po");
        let merged = site.text("merged.po");
        assert!(merged.contains("#, fuzzy") && merged.contains("#| msgid"));
        site.put("merged.po", translated(&merged));
        site.run_ok("translation import ja merged.po");
    }
    assert_eq!(
        place.files("content"),
        started.files("content"),
        "a place that was made before is the one that is made"
    );
    assert_snapshot!(place.text("content/ja/engineering.md"), @r#"
    +++
    title = "エンジニアリング"

    [threads]
    reviews = "コードレビュー"
    mentoring = "メンタリング"
    scope = "仕事の範囲"
    +++
    # Acmeのエンジニアリング

    エンジニアに期待することをまとめています。

    - 各レベルは、その前のレベルを土台とします。
    - 基準は対話の手がかりであり、チェックリストではありません。

    ## このラダーの読み方

    下から上へ読んでください。

    ## L1 = エンジニア {#L1}

    > 仕事を学び、ある程度の助けを得ながら、内容の明確な仕事をやり遂げる。

    ### 技術 {#craft}

    技術とは、何をどのように作るかである。

    - 内容の明確な作業を期日どおりに終える。 {#EN-001}

    - 困ったら助けを求める。 {#EN-008}

    - 変更するコードにはテストを書く。 {#EN-002}

      テストは変更の一部である。

      - ユニットテスト
      - どのように試したかのメモ

    ### {#teamwork}

    - 同僚一人の変更をレビューする。 {#EN-003}

    - 早めにフィードバックを求める。 {#EN-004}

    ## L2 = シニアエンジニア {#L2}

    > 数人で進めるプロジェクトを率いる。

    ### 技術 {#craft}

    - 最初の着想から運用まで、プロジェクトを率いる。 {#EN-005}

    ### {#teamwork}

    - 書いた人が学べるようにコードをレビューする。 {#EN-006}

    - 新しい同僚を指導する。 {#EN-009}

    - 役に立つフィードバックをする。 {#EN-007}

    ## L3 = スタッフエンジニア {#L3}

    > 組織全体の技術の方向を決める。

    ### 影響 {#impact}

    - 複数のチームにまたがる設計を決める。 {#EN-010}

    ## 変更の手順

    変更は年に一度行います。

    ## 謝辞

    このラダーはAcmeのエンジニアが書きました。
    "#);
    // A paragraph that is gone is left to people, and nothing else is taken for its translation.
    let left = place.run("check --deny warnings").stderr;
    assert_snapshot!(told(&left), @"
    error[vanished-unit]: the source no longer has `note:reviewing/2/2/1`
    --> content/ja/translation.toml:236:2
    ");
    place.edit(
        "content/ja/notes/reviewing.md",
        "迷ったら[テックリード](<https://acme.example/leads>)に聞いてください。\n\n",
        "",
    );
    place.run_ok("translation accept ja");
    place.run_ok("check --deny warnings");
    place.run_ok("translation status --fail-on missing,outdated,unrecorded");
}

#[test]
fn a_file_from_before_the_source_grew_is_imported_as_far_as_it_fits() {
    let place = grown();
    let before = place.files("content");
    let run = place.run_ok("translation import ja ja.po");
    assert_snapshot!(told(&run.stderr), @"
    warning[po-left-out]: the translation of ladder:engineering/section/1 was made from a different source text
    --> ja.po:147:1
    warning[po-left-out]: the translation of note:reviewing/1/1 was made from a different source text
    --> ja.po:243:1
    warning[po-left-out]: the translation of note:reviewing/2 was made from a different source text
    --> ja.po:267:1
    warning[po-left-out]: the translation of note:reviewing/2/3 was made from a different source text
    --> ja.po:291:1
    ");
    assert_snapshot!(run.stdout, @"ja.po: nothing new, 4 problems reported above");
    assert_eq!(place.files("content"), before);
}

#[test]
fn what_the_programs_of_translators_write_changes_nothing_that_nobody_edited() {
    let place = japanese();
    place.run_ok("translation export ja ja.po");
    let before = place.files("content");
    for (at, saved) in SAVED.iter().enumerate() {
        assert_eq!(said(saved), said(&place.text("ja.po")), "export the site anew and save it by the program: {at}");
        place.put(&format!("saved-{at}.po"), saved);
    }
    let lines = [
        "msgcat --width=40 --output-file=saved-2.po ja.po",
        "msgcat --no-wrap --output-file=saved-3.po ja.po",
        "msgcat --sort-output --no-location --output-file=saved-4.po ja.po",
        "msgmerge --quiet --output-file=saved-5.po ja.po ja.po",
    ];
    lines.iter().for_each(|line| _ = place.shell_ok(line));
    place.put("saved-6.po", format!("\u{feff}{}", place.text("ja.po").replace('\n', "\r\n")));
    for at in 0..7 {
        let run = place.run_ok(&format!("translation import ja saved-{at}.po"));
        assert_eq!((run.stdout, run.stderr), (format!("saved-{at}.po: nothing new\n"), String::new()));
        assert_eq!(place.files("content"), before, "saved-{at}.po");
        // One text that is edited changes one line.
        let edited = place.copy();
        let po =
            edited.text(&format!("saved-{at}.po")).replace("役に立つフィードバックをする。", "役に立つ助言をする。");
        edited.put("edited.po", po);
        assert_eq!(edited.run_ok("translation import ja edited.po").stdout, "edited.po: 1 text written\n");
        let path = "content/ja/engineering.md";
        let expected = place.text(path).replace("役に立つフィードバックをする。", "役に立つ助言をする。");
        assert_eq!(edited.text(path), expected);
        edited.put(path, place.text(path));
        assert_eq!(edited.files("content"), before, "nothing else");
    }
}

#[test]
fn each_text_can_come_alone_to_a_language_that_says_nothing_yet() {
    let place = begun();
    place.run_ok("translation start ja");
    place.run_ok("translation export ja ja.po");
    let all = catalog(&translated(&place.text("ja.po")));
    let bare = begun();
    bare.edit("content/site.toml", "locales = [\"en\"]", "locales = [\"en\", \"ja\"]");
    for message in &all.messages {
        let mut one = all.clone();
        one.messages = vec![message.clone()];
        // With the files of `start`, and without any file.
        for site in [&place, &bare] {
            let site = site.copy();
            site.put("one.po", one.write());
            let context = &message.context;
            let run = site.run("translation import ja one.po");
            assert_eq!((run.status, run.stdout.as_str()), (0, "one.po: 1 text written\n"), "{context}: {}", run.stderr);
            site.run_ok("translation export ja now.po");
            let now = said(&site.text("now.po"));
            assert_eq!(now[context], message.translation);
            // The title of a ladder and its heading are one, until both say something.
            let name = |key: &str| key.trim_end_matches("/heading").to_owned();
            let others = now.iter().filter(|(key, _)| name(key) != name(context));
            assert_eq!(others.filter(|(_, text)| !text.is_empty()).count(), 0, "{context} and nothing else");
        }
    }
}

#[test]
fn the_words_of_the_interface_come_too() {
    let place = begun();
    place.run_ok("translation start de");
    place.run_ok("translation export de de.po");
    let mut catalog = catalog(&place.text("de.po"));
    for message in catalog.messages.iter_mut().filter(|message| message.context.starts_with("interface:")) {
        message.translation = format!("»{}«", message.source);
    }
    let message = |key: &str| catalog.messages.iter().position(|message| message.context == key).unwrap();
    let (name, wrong) = (message("interface:locale.name"), message("interface:adaptation.as-of"));
    catalog.messages[name].translation = "Deutsch".to_owned();
    catalog.messages[wrong].translation = "%{nobody} fills this".to_owned();
    place.put("de.po", catalog.write());
    let run = place.run("translation import de de.po");
    assert_eq!(run.status, 1);
    assert_snapshot!(told(&run.stderr), @"
    error[po-message]: nothing fills `%{nobody}` in `adaptation.as-of`
    --> de.po:390:1
    ");
    catalog.messages[wrong].translation = format!("»{}«", catalog.messages[wrong].source);
    place.put("de.po", catalog.write());
    assert_eq!(place.run_ok("translation import de de.po").stdout, "de.po: 1 text written\n");
    let words = place.text("content/i18n/de.toml");
    assert_eq!(words.lines().filter(|line| line.starts_with("# ")).count(), 1, "no word is left: {words}");
    assert!(!place.run("check").stderr.contains("missing-words"));
    place.run_ok("build");
    assert!(place.text("public/de/index.html").contains('»'));
}

#[test]
fn a_message_that_is_wrong_is_told_with_its_line_and_the_others_are_imported() {
    let place = japanese();
    let header = "msgid \"\"\nmsgstr \"Language: ja\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";
    let good = "msgctxt \"EN-001\"\nmsgid \"Delivers well-understood tasks on time.\"\nmsgstr \"期日を守る。\"\n";
    let messages = [
        ("a plural", "msgctxt \"EN-003\"\nmsgid \"Reviews\"\nmsgid_plural \"Reviews\"\nmsgstr[0] \"x\"\n"),
        ("no context", "msgid \"Design\"\nmsgstr \"意匠\"\n"),
        ("no such text", "msgctxt \"EN-099\"\nmsgid \"Sings.\"\nmsgstr \"歌う。\"\n"),
        ("another source", "msgctxt \"EN-004\"\nmsgid \"Asks.\"\nmsgstr \"聞く。\"\n"),
        ("obsolete", "#~ msgctxt \"EN-004\"\n#~ msgid \"Asks.\"\n#~ msgstr \"聞く。\"\n"),
        ("twice", good),
        ("no text", "msgctxt \"EN-004\"\nmsgid \"Asks for feedback early.\"\n"),
        ("no quote", "msgctxt \"EN-004\"\nmsgid \"Asks for feedback early.\nmsgstr \"聞く。\"\n"),
        ("attributes", "msgctxt \"EN-004\"\nmsgid \"Asks for feedback early.\"\nmsgstr \"聞く。 {#EN-004}\"\n"),
        ("no such id", "msgctxt \"EN-004\"\nmsgid \"Asks for feedback early.\"\nmsgstr \"[EN-099]を聞く。\"\n"),
        ("a heading", "msgctxt \"note:reviewing/2\"\nmsgid \"Tools\"\nmsgstr \"- 道具\"\n"),
        ("two blocks", "msgctxt \"page:about/0/1\"\nmsgid \"Acme makes anvils.\"\nmsgstr \"一。\\n\\n二。\"\n"),
        (
            "a list of another length",
            "msgctxt \"note:reviewing/2/4\"\nmsgid \"[^cost]: A review of an hour saves a day.\"\nmsgstr \"[cost]: 一日。\"\n",
        ),
    ];
    let mut shown = String::new();
    for (what, message) in messages {
        let site = place.copy();
        site.put("x.po", format!("{header}{good}\n{message}"));
        let run = site.run("translation import ja x.po");
        assert!(site.text("content/ja/engineering.md").contains("- 期日を守る。 {#EN-001}"), "{what}: {}", run.stderr);
        let help = run.stderr.lines().find(|line| line.contains("= help")).unwrap_or("no help").trim();
        shown.push_str(&format!("{what}, status {}\n{}\n{help}\n{}\n", run.status, told(&run.stderr), run.stdout));
    }
    assert_snapshot!(shown, @r#"
    a plural, status 1
    error[po-syntax]: plural forms are not supported here
    --> x.po:11:1
    = help: translate the text as a whole
    x.po: 1 text written, 1 problem reported above

    no context, status 0
    warning[po-left-out]: this message has no `msgctxt`, which says where it belongs
    --> x.po:9:1
    = help: copy it into a file written by `rungs translation export ja FILE`
    x.po: 1 text written, 1 problem reported above

    no such text, status 0
    warning[po-left-out]: the site has no text `EN-099`
    --> x.po:9:1
    = help: its source is gone, or it is from another site: write a new file with `rungs translation export ja FILE`; did you mean `EN-001`?
    x.po: 1 text written, 1 problem reported above

    another source, status 0
    warning[po-left-out]: the translation of EN-004 was made from a different source text
    --> x.po:9:1
    = help: the source has changed: write a new file with `rungs translation export ja FILE`, and merge this one into it with `msgmerge`
    x.po: 1 text written, 1 problem reported above

    obsolete, status 0
    warning[po-left-out]: an obsolete message (`#~`) was skipped
    --> x.po:11:1
    = help: remove it with `msgattrib --no-obsolete --output-file=x.po x.po`
    x.po: 1 text written, 1 problem reported above

    twice, status 0
    warning[po-left-out]: EN-001 occurs twice in this file, and was skipped here
    --> x.po:9:1
    = help: remove one of them, or merge them with `msguniq`
    x.po: 1 text written, 1 problem reported above

    no text, status 1
    error[po-syntax]: this message has no `msgstr`
    --> x.po:9:1
    = help: write `msgstr ""` where there is no translation
    x.po: 1 text written, 1 problem reported above

    no quote, status 1
    error[po-syntax]: this is not a line of a PO file
    --> x.po:10:1
    = help: put texts in quotes, and write a quotation mark as \" and a line break as \n
    x.po: 1 text written, 1 problem reported above

    attributes, status 1
    error[po-message]: the translation of EN-004 ends in `{#EN-004}`, which is not text
    --> x.po:9:1
    = help: remove `{#EN-004}` from the message: the file already has the attributes of EN-004
    x.po: 1 text written, 1 problem reported above

    no such id, status 1
    error[po-message]: EN-004: `EN-099` leads nowhere
    --> x.po:9:1
    = help: did you mean `[EN-001]`?
    x.po: 1 text written, 1 problem reported above

    a heading, status 1
    error[po-message]: note:reviewing/2 is a heading, but its translation is not
    --> x.po:9:1
    = help: write the words of the heading on one line, without `#`
    x.po: 1 text written, 1 problem reported above

    two blocks, status 1
    error[po-message]: page:about/0/1 is one block of Markdown, but its translation 2
    --> x.po:9:1
    = help: write it with the same number of Markdown blocks as its source
    x.po: 1 text written, 1 problem reported above

    a list of another length, status 1
    error[po-message]: the translation of note:reviewing/2/4 is not text in Markdown
    --> x.po:9:1
    = help: Markdown reads it as the address of a link: write `\[` instead of its first `[`
    x.po: 1 text written, 1 problem reported above
    "#);
}

#[test]
fn a_file_that_is_of_another_language_or_in_no_utf_8_is_told_and_not_imported() {
    let place = japanese();
    place.run_ok("translation start de");
    let before = place.files("content");
    place.run_ok("translation export ja ja.po");
    let po = place.text("ja.po").replace("役に立つ", "有益な");
    let in_japanese = place.shell_ok("iconv --version").contains("iconv");
    assert!(in_japanese);
    place.put("utf-8.po", &po);
    place.shell_ok("msgconv --to-code=EUC-JP --output-file=euc.po utf-8.po");
    place.shell_ok("iconv -f UTF-8 -t UTF-16 utf-8.po > utf-16.po");
    place.put("other.po", po.replace("Language: ja", "Language: de"));
    place.put("unknown.po", po.replace("Language: ja", "Language: tlh"));
    place.put("silent.po", po.replace("\"Language: ja\\n\"\n", ""));
    place.put("headless.po", po.split_once("\n\n").unwrap().1);
    place.put("text.po", "Dear translators,\nplease find attached nothing.\n");
    let mut shown = String::new();
    for file in ["euc", "utf-16", "other", "unknown", "silent", "headless", "text"] {
        let run = place.run(&format!("translation import ja {file}.po"));
        let help = run.stderr.lines().rfind(|line| line.contains("= help")).unwrap_or("no help").trim();
        shown.push_str(&format!("{file}, status {}\n{}\n{help}\n\n", run.status, told(&run.stderr)));
        assert_eq!(place.files("content"), before, "{file}");
    }
    assert_snapshot!(shown, @r#"
    euc, status 1
    error[po-syntax]: this file is in EUC-JP, not in UTF-8
    --> euc.po:19:9
    error: nothing was imported from this file
    = help: convert it with `msgconv --to-code=UTF-8 --output-file=euc.po euc.po`

    utf-16, status 1
    error[po-syntax]: this file is in UTF-16, not in UTF-8
    --> utf-16.po:1:1
    error: nothing was imported from this file
    = help: convert it with `iconv -f UTF-16 -t UTF-8 utf-16.po > NEW.po`

    other, status 1
    error[po-message]: this file is for the language `de`
    --> other.po:1:1
    error: nothing was imported from this file
    = help: import it with `rungs translation import de other.po`

    unknown, status 1
    error[po-message]: this file is for the language `tlh`
    --> unknown.po:1:1
    error: nothing was imported from this file
    = help: import a file with `Language: ja` in its header

    silent, status 1
    error[po-message]: this file does not name its language
    --> silent.po:1:1
    error: nothing was imported from this file
    = help: add `"Language: ja\n"` to its header if it is ja

    headless, status 1
    error[po-message]: this file does not name its language
    --> headless.po
    error: nothing was imported from this file
    = help: add `"Language: ja\n"` to its header if it is ja

    text, status 1
    error[po-message]: this is not a PO file
    --> text.po
    error[po-syntax]: this is not a line of a PO file
    --> text.po:1:1
    error: nothing was imported from this file
    = help: put texts in quotes, and write a quotation mark as \" and a line break as \n
    "#);
    // Programs name languages in their own ways.
    for name in ["ja_JP", "ja-jp", "JA"] {
        let site = place.copy();
        site.put("x.po", po.replace("Language: ja", &format!("Language: {name}")));
        assert!(site.run_ok("translation import ja x.po").stdout.contains("1 text written"), "{name}");
    }
    // What the advice says works.
    place.shell_ok("msgconv --to-code=UTF-8 --output-file=euc.po euc.po");
    assert!(place.run_ok("translation import ja euc.po").stdout.contains("1 text written"));
}
