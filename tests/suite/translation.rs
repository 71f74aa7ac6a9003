//! Translations that are known to be current, and what is told when they are not.

use insta::assert_snapshot;
use rungs::for_tests::diagnostic::{Code, Refusal, Severity};
use rungs::for_tests::locale::LocaleIndex;
use rungs::for_tests::translation::{AcceptOptions, Accepted, TranslationStage, TranslationState, Wanted, start};

use crate::driver::{Folder, LADDER, TRANSLATED, refusal};
use crate::place::Place;

const CHINESE: LocaleIndex = LocaleIndex(1);

const NOTE: &str =
    "+++\ntitle = \"Maps\"\n+++\nThe first.\n\nThe second one.\n\nThe third, which is long.\n\n## More\n\n- a\n- b\n";

const CHINESE_NOTE: &str =
    "+++\ntitle = \"地圖\"\n+++\n第一段。\n\n第二段。\n\n第三段，很長的。\n\n## 更多\n\n- 甲\n- 乙\n";

/// A small site in English and Chinese, of which nothing is recorded.
fn unrecorded() -> Folder {
    let folder = Folder::bilingual();
    folder.file("en/notes/maps.md", NOTE).file("zh-TW/notes/maps.md", CHINESE_NOTE)
}

/// The same with a record of everything.
fn small() -> Folder {
    accepted(unrecorded(), &[])
}

/// Returns the result of `rungs translation accept zh-TW`. Without units, all are accepted.
fn accepting(folder: &Folder, units: &[&str]) -> Result<Accepted, Refusal> {
    let named = Wanted::Named(units.iter().map(|&unit| unit.to_owned()).collect());
    let units = if units.is_empty() { Wanted::All } else { named };
    folder.accept(&AcceptOptions { units, ..AcceptOptions::nothing(CHINESE) })
}

fn accepted(folder: Folder, units: &[&str]) -> Folder {
    let edits = accepting(&folder, units).unwrap_or_else(|refusal| panic!("{refusal:#?}")).edits;
    edits.iter().fold(folder, |folder, (path, text)| folder.file(path.as_str(), text))
}

/// The units that are not current in Chinese, each with how it stands.
fn lacking(folder: &Folder) -> Vec<String> {
    lacking_in(folder, CHINESE)
}

fn lacking_in(folder: &Folder, locale: LocaleIndex) -> Vec<String> {
    let (understood, _) = folder.understood();
    let states = understood.translations.units().iter().filter_map(|unit| Some((unit, unit.translation(locale)?)));
    let open = states.filter(|(_, translation)| translation.state != TranslationState::Current);
    open.map(|(unit, translation)| format!("{} {}", unit.key, translation.state.name())).collect()
}

/// Returns the warnings about translations that are not current.
fn warned(folder: &Folder) -> Vec<String> {
    let (_, problems) = folder.build();
    let codes = [Code::OutdatedTranslation, Code::VanishedUnit, Code::MissingTranslation];
    problems.into_iter().filter(|problem| codes.contains(&problem.code)).map(|problem| problem.message).collect()
}

#[test]
fn everything_of_this_repository_is_translated_and_known_to_be_current() {
    let folder = Folder::real();
    assert_eq!(lacking(&folder), Vec::<String>::new());
    assert_eq!(warned(&folder), Vec::<String>::new());
}

#[test]
fn one_word_of_one_criterion_outdates_that_criterion_alone_until_it_is_accepted() {
    let folder = Folder::real();
    let old = folder.text("en/technical-leadership.md");
    let line = old.lines().find(|line| line.contains("{#TL-042")).unwrap().to_owned();
    let (first, rest) = line.strip_prefix("- ").unwrap().split_once(' ').unwrap();
    let changed = format!("- {first}ly {rest}");
    let folder = folder.edited("en/technical-leadership.md", &line, &changed);
    assert_eq!(lacking(&folder), ["TL-042 outdated"]);
    assert_eq!(warned(&folder), ["the source of TL-042 has changed since it was translated"]);
    let before = folder.text("zh-TW/translation.toml").to_owned();
    let folder = accepted(folder, &["TL-042"]);
    assert_eq!(lacking(&folder), Vec::<String>::new());
    let after = folder.text("zh-TW/translation.toml");
    let differing = before.lines().zip(after.lines()).filter(|(old, new)| old != new).count();
    assert_eq!((differing, before.lines().count()), (1, after.lines().count()));
}

#[test]
fn a_typo_in_the_third_paragraph_of_a_note_outdates_that_paragraph_alone() {
    let folder = Folder::real().edited("en/notes/maps.md", "The first two form", "The frist two form");
    assert_eq!(lacking(&folder), ["note:maps/0/3 outdated"]);
}

#[test]
fn a_criterion_that_is_inserted_is_missing_and_nothing_else_changes() {
    let folder = Folder::real().edited(
        "en/technical-leadership.md",
        "- Reviews all RFCs and design documents from own team. {#TL-006",
        "- Owns a new thing. {#TL-103}\n\n- Reviews all RFCs and design documents from own team. {#TL-006",
    );
    assert_eq!(lacking(&folder), ["TL-103 missing"]);
}

#[test]
fn a_paragraph_that_is_inserted_is_missing_until_its_translation_is_put_beside_it() {
    let folder = small().edited("en/notes/maps.md", "The second", "A new one.\n\nThe second");
    assert_eq!(lacking(&folder), ["note:maps/0/2 missing"]);
    let refused = accepting(&folder, &["note:maps/0/2"]);
    assert_snapshot!(refusal(&folder, refused), @"
    error: note:maps/0/2 has no translation in zh-TW to accept
      = help: translate it first
    ");
    let folder = folder.edited("zh-TW/notes/maps.md", "第二", "新的一段。\n\n第二");
    assert_eq!(lacking(&folder), ["note:maps/0/2 unrecorded"]);
    assert_eq!(lacking(&accepted(folder, &["note:maps/0/2"])), Vec::<String>::new());
}

#[test]
fn a_paragraph_that_is_taken_out_leaves_a_record_that_accepting_drops() {
    let folder = small().edited("en/notes/maps.md", "The second one.\n\n", "");
    assert_eq!(lacking(&folder), Vec::<String>::new());
    assert_eq!(warned(&folder), ["the source no longer has `note:maps/0/2`"]);
    let folder = folder.edited("zh-TW/notes/maps.md", "第二段。\n\n", "");
    let folder = accepted(folder, &["EN-001"]);
    assert_eq!((lacking(&folder), warned(&folder)), (Vec::new(), Vec::new()));
}

#[test]
fn thread_order_white_space_and_ids_outdate_nothing() {
    let folder = small()
        .edited("en/ladder.md", "- Reviews the designs of a team. {#EN-003}\n", "")
        .edited(
            "en/ladder.md",
            "half of the day on code. {#EN-004 thread=time}\n",
            "half of the\n  day  on code. {#EN-004}\n\n- Reviews the designs of a team. {#EN-003 thread=time}\n",
        )
        .edited("en/ladder.md", "= Lead {#L2}", "= Lead {#L3 was=L2}")
        .edited("zh-TW/ladder.md", "{#L2}", "{#L3}")
        .edited("en/ladder.md", "### Craft {#craft}", "### Craft {#making}")
        .edited("en/ladder.md", "### Craft {#craft}", "### Craft {#making}")
        .edited("zh-TW/ladder.md", "{#craft}", "{#making}")
        .edited("zh-TW/ladder.md", "{#craft}", "{#making}")
        .edited("en/notes/maps.md", "The second one.", "The second\none.");
    assert_eq!(lacking(&folder), Vec::<String>::new());
    let text = accepted(folder, &["EN-003"]).text("zh-TW/translation.toml").to_owned();
    assert!(text.contains("[\"level:L3\"]") && !text.contains("level:L2"), "{text}");
}

#[test]
fn an_outdated_translation_is_told_with_what_has_changed() {
    let folder = small().edited("en/ladder.md", "Reviews the designs", "Reviews most designs");
    let problems = folder.problems();
    let outdated = problems.split("\n\n").find(|problem| problem.starts_with("warning[outdated")).unwrap_or(&problems);
    assert_snapshot!(outdated, @"
    warning[outdated-translation]: the source of EN-003 has changed since it was translated
      --> content/zh-TW/ladder.md:19:3
       |
    19 | - 審查一個團隊的設計。 {#EN-003}
       |   ^^^^^^^^^^^^^^^^^^^^ made from different wording
       |
      ::: content/en/ladder.md:19:3
       |
    19 | - Reviews most designs of a team. {#EN-003}
       |   ------------------------------- what has changed: Reviews [-the-]{+most+} designs of a team.
       |
       = help: update the translation if needed, then run `rungs translation accept zh-TW EN-003`
    ");
}

#[test]
fn the_record_is_written_in_the_order_of_the_site_and_keeps_what_people_wrote() {
    let folder = small();
    assert_snapshot!(folder.text("zh-TW/translation.toml"), @r#"
    # What source text each translation was made from. Written by `rungs translation accept`.

    ["ladder:ladder"]
    source = "Ladder"
    state = "reviewed"

    ["ladder:ladder/heading"]
    source = "Ladder"
    state = "reviewed"

    ["thread:time"]
    source = "Time"
    state = "reviewed"

    ["category:craft"]
    source = "Craft"
    state = "reviewed"

    ["level:L1"]
    source = "Engineer"
    state = "reviewed"

    [EN-001]
    source = "Writes code that others can read."
    state = "reviewed"

    [EN-002]
    source = "Spends most of the day on it."
    state = "reviewed"

    ["level:L2"]
    source = "Lead"
    state = "reviewed"

    [EN-003]
    source = "Reviews the designs of a team."
    state = "reviewed"

    [EN-004]
    source = "Spends half of the day on code."
    state = "reviewed"

    ["note:maps"]
    source = "Maps"
    state = "reviewed"

    ["note:maps/0/1"]
    source = "The first."
    state = "reviewed"

    ["note:maps/0/2"]
    source = "The second one."
    state = "reviewed"

    ["note:maps/0/3"]
    source = "The third, which is long."
    state = "reviewed"

    ["note:maps/1"]
    source = "More"
    state = "reviewed"

    ["note:maps/1/1"]
    source = """
    - a
    - b"""
    state = "reviewed"
    "#);
    let noted = folder.edited("zh-TW/translation.toml", "[EN-002]\n", "# Ask Ann about \"most\".\n[EN-002] # sic\n");
    let noted = noted.edited("en/ladder.md", "Spends most", "Spends much");
    let old = noted.text("zh-TW/translation.toml").to_owned();
    let request = AcceptOptions {
        units: Wanted::Named(vec!["en-002".to_owned()]),
        stage: Some(TranslationStage::Machine),
        translator: Some("A. Person".to_owned()),
        ..AcceptOptions::nothing(CHINESE)
    };
    let edits = noted.accept(&request).unwrap().edits;
    let wanted = old.replace(
        "source = \"Spends most of the day on it.\"\nstate = \"reviewed\"\n",
        "source = \"Spends much of the day on it.\"\nstate = \"machine\"\ntranslator = \"A. Person\"\n",
    );
    assert_eq!(edits.values().collect::<Vec<_>>(), [&wanted]);
}

#[test]
fn what_is_left_of_a_translation_is_not_taken_for_that_of_another_block() {
    for other in ["- a fourth\n- a fifth", "```\na fourth\n```"] {
        let is_recorded = |folder: &Folder| folder.text("zh-TW/translation.toml").contains("The third, which is long.");
        let folder = accepted(small().edited("en/notes/maps.md", "The third, which is long.", other), &[]);
        assert_eq!(lacking(&folder), ["note:maps/0/3 missing"], "{other}");
        assert_eq!(warned(&folder), ["the source no longer has `note:maps/0/3`"], "{other}");
        assert!(is_recorded(&folder), "{other}");
        assert!(accepting(&folder, &[]).unwrap().edits.is_empty(), "{other}: the same is accepted twice");
        let folder = accepted(folder.edited("zh-TW/notes/maps.md", "第三段，很長的。\n\n", ""), &[]);
        assert!(!is_recorded(&folder), "{other}");
    }
}

#[test]
fn faults_of_the_record_are_told_where_they_are() {
    let folder = unrecorded().file(
        "zh-TW/translation.toml",
        "[EN-001]\nsource = \"x\"\nstate = \"revewed\"\n\n[EN-900]\nsource = \"x\"\nstate = \"draft\"\nby = \"me\"\n\n[EN-002]\nstate = \"draft\"\n",
    );
    assert_snapshot!(folder.problems(), @r#"
    warning[outdated-translation]: the source of EN-001 has changed since it was translated
      --> content/zh-TW/ladder.md:12:3
       |
    12 | - 撰寫他人看得懂的程式。 {#EN-001}
       |   ^^^^^^^^^^^^^^^^^^^^^^ made from different wording
       |
      ::: content/en/ladder.md:12:3
       |
    12 | - Writes code that others can read. {#EN-001}
       |   --------------------------------- what has changed: [-x-]{+Writes code that others can read.+}
       |
       = help: update the translation if needed, then run `rungs translation accept zh-TW EN-001`

    error[invalid-value]: `EN-001.state` has to be `"draft"`, `"machine"` or `"reviewed"`
     --> content/zh-TW/translation.toml:3:9
      |
    3 | state = "revewed"
      |         ^^^^^^^^^
      |
      = help: did you mean `state = "reviewed"`?

    warning[vanished-unit]: the source no longer has `EN-900`
     --> content/zh-TW/translation.toml:5:2
      |
    5 | [EN-900]
      |  ^^^^^^ recorded here
      |
      = help: remove what is left of its translation, and run `rungs translation accept zh-TW`

    error[unknown-key]: unknown key `by` in `[EN-900]`
     --> content/zh-TW/translation.toml:8:1
      |
    8 | by = "me"
      | ^^
      |
      = help: remove it; known here: `source`, `state`, `translator`, `reviewer`

    error[missing-key]: missing key `source` in `[EN-002]`
      --> content/zh-TW/translation.toml:10:1
       |
    10 | [EN-002]
       | ^^^^^^^^
       |
       = help: write the source text that the translation was made from
    "#);
}

#[test]
fn a_unit_that_is_unknown_is_refused_with_what_may_have_been_meant() {
    let folder = small();
    assert_snapshot!(refusal(&folder, accepting(&folder, &["EN-0003"])), @"
    error: there is no unit `EN-0003`
      = help: did you mean `EN-003`, `EN-001` or `EN-002`?
    ");
}

#[test]
fn several_ladders_share_no_keys() {
    let other = "\n[[ladders]]\nkey = \"design\"\nprefix = \"DE\"\n\n[provenance.source]\n";
    let design = |text: &str| text.replace("EN-", "DE-");
    let folder = small()
        .edited("site.toml", "\n[provenance.source]\n", other)
        .file("en/design.md", &design(LADDER))
        .file("zh-TW/design.md", &design(TRANSLATED));
    // What was recorded when there was one ladder is that of the first.
    let open = lacking(&folder);
    assert!(open.iter().all(|line| line.contains("design") || line.contains("DE-")), "{open:?}");
    assert!(open.contains(&"level:design/L1 unrecorded".to_owned()), "{open:?}");
    assert_eq!(lacking(&accepted(folder, &[])), Vec::<String>::new());
}

#[test]
fn a_withdrawn_criterion_takes_its_record_along() {
    let folder = small().withdrawn("EN-001", None);
    assert!(!folder.text("zh-TW/translation.toml").contains("EN-001"));
    assert_eq!((lacking(&folder), warned(&folder)), (Vec::new(), Vec::new()));
}

/// The folder after `rungs translation start`.
fn started(folder: Folder, tag: &str) -> Folder {
    let started = start(&folder.build().0, folder.sources(), tag).unwrap_or_else(|refusal| panic!("{refusal:#?}"));
    started.edits.iter().fold(folder, |folder, (path, text)| folder.file(path.as_str(), text))
}

#[test]
fn a_new_language_has_the_structure_of_the_source_and_says_nothing_yet() {
    let folder = started(small(), "ko");
    assert_snapshot!(folder.text("ko/ladder.md"), @r#"
    +++
    title = ""

    [threads]
    time = ""
    +++
    #

    ## L1 {#L1}

    ### {#craft}

    - {#EN-001}

    - {#EN-002}

    ## L2 {#L2}

    ### {#craft}

    - {#EN-003}

    - {#EN-004}
    "#);
    assert_eq!(folder.text("ko/notes/maps.md"), "+++\ntitle = \"\"\n+++\n\n##\n");
    assert!(folder.text("site.toml").contains("locales = [\"en\", \"zh-TW\", \"ko\"]"));
    assert_snapshot!(folder.text("i18n/ko.toml").lines().take(9).collect::<Vec<_>>().join("\n"), @r#"
    # The words of the interface. Remove the `#` from a line and translate its text.
    _version = 1

    [adaptation]
    # adapted = "Adapted"
    # as-of = "as of %{date}"
    # change = "**Adapted from %{upstream}.** The licence page lists the ids of criteria that are unchanged, adapted, new and left out."
    # from-adapted = "Adapted from"
    # from-left-out = "Left out here; see it in"
    "#);
    let (understood, problems) = folder.understood();
    assert!(problems.iter().all(|problem| problem.severity() == Severity::Warning), "{problems:#?}");
    let missing = lacking_in(&folder, LocaleIndex(2));
    assert_eq!(missing.len(), understood.translations.units().len());
    assert!(missing.iter().all(|line| line.ends_with(" missing")), "{missing:?}");
    assert_eq!(lacking(&folder), Vec::<String>::new());
}

#[test]
fn three_languages_made_at_run_time_are_built_and_grow_unit_by_unit() {
    let folder = started(started(Folder::small().file("en/notes/maps.md", NOTE), "ko"), "ar");
    let folder = folder
        .edited("ko/ladder.md", "- {#EN-001}", "- 다른 사람이 읽을 수 있는 코드를 쓴다. {#EN-001}")
        .edited("ko/ladder.md", "## L1 {#L1}", "## L1 = 엔지니어 {#L1}")
        .edited("i18n/ko.toml", "# home = \"Home\"", "home = \"홈\"")
        .edited("ar/notes/maps.md", "title = \"\"\n+++\n", "title = \"خرائط\"\n+++\nالأول.\n");
    let build = folder.built();
    assert!(build.problems.iter().all(|problem| problem.severity() == Severity::Warning), "{:#?}", build.problems);
    let page = |path: &str| {
        let output = build.outputs.iter().find(|output| output.path == path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8(output.bytes.to_vec()).unwrap()
    };
    let words: Vec<_> = build.problems.iter().filter(|problem| problem.code == Code::MissingWords).collect();
    let told = |at: usize| (words[at].label.place.path.as_str(), words[at].message.split(" of ").nth(1).is_some());
    assert_eq!((words.len(), told(0), told(1)), (2, ("i18n/ar.toml", true), ("i18n/ko.toml", true)));
    let korean = page("ko/ladder/index.html");
    assert!(korean.contains("다른 사람이 읽을 수 있는 코드를 쓴다.") && korean.contains("홈"));
    assert!(korean.contains("lang=\"en\"") && korean.contains("Reviews the designs of a team."));
    assert!(page("ar/ladder/index.html").contains("dir=\"rtl\""));
    let lacking = |locale| lacking_in(&folder, LocaleIndex(locale));
    let unrecorded =
        |locale| lacking(locale).into_iter().filter(|line| line.ends_with("unrecorded")).collect::<Vec<_>>();
    assert_eq!(unrecorded(1), ["level:L1 unrecorded", "EN-001 unrecorded"]);
    assert_eq!(unrecorded(2), ["note:maps unrecorded", "note:maps/0/1 unrecorded"]);
}

#[test]
fn a_language_is_started_once_and_by_its_proper_name() {
    let folder = small();
    let refused = |tag: &str| refusal(&folder, start(&folder.build().0, folder.sources(), tag));
    assert_snapshot!(refused("zh-TW"), @"
    error: zh-TW is already a locale of the site, and nothing is missing from its files
      = help: `rungs translation status --locale zh-TW` shows what is not translated yet
    ");
    assert_snapshot!(refused("en"), @r"
    error: en is the language of the source
    ");
    assert_snapshot!(refused("pt_br"), @"
    error: `pt_br` is not the tag of the language in its usual form
      = help: write `pt-BR`
    ");
    assert_snapshot!(refused("jp"), @r"
    error: `jp` names an unknown language or region
      = help: write `ja`
    ");
    assert_snapshot!(refused("japanese"), @"
    error: `japanese` is not a language tag
      = help: write a BCP 47 tag, such as `ja`, `ar` or `pt-BR`
    ");
}

/// Returns the output of a run, without the number of words of the interface.
fn shown(place: &Place, command: &str) -> String {
    let shown = place.run(command).shown();
    let lines = shown.lines().map(|line| match line.split_once("interface 100%") {
        Some((before, _)) => format!("{before}interface 100%  … of …"),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_program_tells_how_translations_stand() {
    let place = Place::of(&small().edited("en/ladder.md", "Reviews the designs", "Reviews most designs"));
    assert_snapshot!(shown(&place, "translation status"), @"
    status 0
    --- stdout
    zh-TW: 93%, 15 of 16 units
      criterion  75%  3 of 4, 1 outdated
      level     100%  2 of 2
      category  100%  1 of 1
      thread    100%  1 of 1
      ladder    100%  2 of 2
      notes     100%  6 of 6
      interface 100%  … of …
    content/zh-TW/ladder.md:19:3: EN-003 is outdated
      content/en/ladder.md:19:3:
        Reviews [-the-]{+most+} designs of a team.
    ");
    assert_snapshot!(shown(&place, "translation status --format json --fail-on missing"), @r#"
    status 0
    --- stdout
    {"key":"EN-003","kind":"criterion","locale":"zh-TW","state":"outdated","path":"content/zh-TW/ladder.md","line":19,"column":3,"source":"Reviews most designs of a team.","recorded":"Reviews the designs of a team."}
    --- stderr
    zh-TW: 93%, 15 of 16 units
      criterion  75%  3 of 4, 1 outdated
      level     100%  2 of 2
      category  100%  1 of 1
      thread    100%  1 of 1
      ladder    100%  2 of 2
      notes     100%  6 of 6
      interface 100%  … of …
    "#);
    assert_snapshot!(shown(&place, "translation status --locale zh-tw --format github --fail-on missing,outdated"), @"
    status 1
    --- stdout
    ::warning file=content/zh-TW/ladder.md,line=19,endLine=19,col=3,endColumn=13,title=outdated-translation::EN-003 is outdated in zh-TW%0Acontent/en/ladder.md:19:3: Reviews [-the-]{+most+} designs of a team.
    --- stderr
    zh-TW: 93%, 15 of 16 units
      criterion  75%  3 of 4, 1 outdated
      level     100%  2 of 2
      category  100%  1 of 1
      thread    100%  1 of 1
      ladder    100%  2 of 2
      notes     100%  6 of 6
      interface 100%  … of …
    ");
    assert_snapshot!(place.run("translation accept zh-TW EN-0003").shown(), @"
    status 1
    --- stderr
    error: there is no unit `EN-0003`
      = help: did you mean `EN-003`, `EN-001` or `EN-002`?
    ");
    assert_snapshot!(place.run("translation accept zh-TW EN-003 --reviewer Ann").shown(), @"
    status 0
    --- stdout
    EN-003 is marked as current
    ");
    assert_snapshot!(place.run("translation accept zh-TW --all").shown(), @r"
    status 0
    --- stdout
    nothing new to record
    ");
    assert_snapshot!(place.run("translation accept zh EN-003").shown(), @"
    status 1
    --- stderr
    error: zh is not a locale of the site
      = help: add it with `rungs translation start zh`
    ");
    place.run_ok("translation status --fail-on missing,outdated,unrecorded");
}

/// As the guide says for pull requests: who edits the source seldom writes the other languages.
#[test]
fn the_check_of_a_pull_request_lets_translations_follow_later() {
    let guide = include_str!("../../content/en/guide/publishing.md");
    let arguments = guide.lines().find_map(|line| line.trim().strip_prefix("arguments: ")).unwrap();
    let place = Place::of(&small());
    place.run_ok(&format!("check {arguments}"));
    let ladder = place.text("content/en/ladder.md");
    let moved = "- Writes code that others can read. {#EN-001}\n";
    let ladder = ladder.replace("most of the day", "most of a day").replace(moved, "").replace("Craft", "Skill");
    place.put("content/en/ladder.md", format!("{ladder}{moved}- Knows the tools of the team. {{@}}\n"));
    place.put("content/en/notes/maps.md", NOTE.replace("The second one", "The second"));
    place.run_ok("id --write");
    place.run_ok(&format!("check {arguments}"));
    let denied = place.run("check --deny warnings --format json");
    let codes: std::collections::BTreeSet<_> = arguments.split_once("--allow ").unwrap().1.split(',').collect();
    for code in codes {
        assert!(denied.stdout.contains(&format!("\"{code}\"")), "{code} was not needed: {}", denied.shown());
    }
    place.put("content/zh-TW/ladder.md", place.text("content/zh-TW/ladder.md").replacen("工藝", "手藝", 1));
    assert_eq!(place.run(&format!("check {arguments}")).status, 1, "a slip in a translation passes");
}

#[test]
fn the_program_starts_a_language_and_writes_over_no_file() {
    let place = Place::of(&small());
    assert_snapshot!(place.run("translation start ar").shown(), @"
    status 0
    --- stdout
    ar started, 4 files written: `rungs translation status --locale ar` shows what to translate
    ");
    place.run_ok("build");
    assert_snapshot!(place.run("translation start ar").shown(), @"
    status 1
    --- stderr
    error: ar is already a locale of the site, and nothing is missing from its files
      = help: `rungs translation status --locale ar` shows what is not translated yet
    ");
}
