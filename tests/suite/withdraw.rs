//! Withdrawing ids.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use proptest::prelude::*;
use rungs::for_tests::diagnostic::{Problems, Refusal};
use rungs::for_tests::register::{IdState, Key, REGISTER, Register, RegisterEntry, Verb, Withdrawal};
use rungs::for_tests::withdraw::{find_key, read_reasons};

use crate::driver::{Folder, LADDER, day, refusal};
use crate::place::Place;
use crate::published::Published;

fn small() -> Folder {
    Folder::small().without_threads()
}

fn ladder(text: &str) -> Folder {
    Folder::new().file("en/ladder.md", text)
}

/// The entry of an id as it stands in the register.
fn entry<'a>(folder: &'a Folder, header: &str) -> &'a str {
    let (_, rest) = folder.text(REGISTER).split_once(&format!("[{header}]\n")).expect("there is an entry");
    rest.split_once("\n[").map_or(rest, |(entry, _)| entry).trim_end()
}

fn id(text: &str) -> rungs::for_tests::id::CriterionId {
    rungs::for_tests::id::CriterionId::parse(text).unwrap()
}

#[test]
fn a_criterion_leaves_the_files_of_all_locales_and_its_last_words_stay_in_the_register() {
    let chinese = "# 階梯\n\n## L1 = 工程師 {#L1}\n\n### 技藝 {#craft}\n\n- 寫程式。 {#EN-001}\n\n- 留下。 {#EN-002}\n";
    let english = "\
# Ladder

## L1 = Engineer {#L1}

### Craft {#craft}

- Writes *code* that others
  can read. {#EN-001}

  - Names say what is meant.
    - Also short ones.

  > \"Or so\".

- Stays. {#EN-002}
";
    let folder = ladder(english).translated().file("en/ladder.md", english).file("zh-TW/ladder.md", chinese);
    let folder = folder.withdrawn("EN-001", Some((Verb::CoveredBy, &["EN-002"])));
    assert_snapshot!(folder.text("en/ladder.md"), @r"
    # Ladder

    ## L1 = Engineer {#L1}

    ### Craft {#craft}

    - Stays. {#EN-002}
    ");
    assert_eq!(
        folder.text("zh-TW/ladder.md"),
        "# 階梯\n\n## L1 = 工程師 {#L1}\n\n### 技藝 {#craft}\n\n- 留下。 {#EN-002}\n"
    );
    assert_snapshot!(entry(&folder, "criterion.EN-001"), @r#"
    state = "withdrawn"
    withdrawn = 2027-01-01
    level = "L1"
    category = "craft"
    covered-by = ["EN-002"]
    reason.en = "Nobody needs it."
    statement.en = "Writes *code* that others can read."
    statement.zh-TW = "寫程式。"
    detail.en = """
    - Names say what is meant.
      - Also short ones.

    > "Or so".
    """
    "#);
    assert_snapshot!(folder.problems(), @"");
}

#[test]
fn the_page_of_a_withdrawn_criterion_shows_its_last_words_whole() {
    let folder = ladder("# L\n\n## L1 = A {#L1}\n\n- Asks. {#EN-001}\n\n  ### Why\n\n  Words.\n\n- b {#EN-002}\n");
    let site = Published::of(&folder.withdrawn("EN-001", None));
    let page = site.page("c/en-001/");
    assert!(page.contains("<h4>Why</h4><p>Words.</p>"), "{page}");
}

#[test]
fn only_the_item_and_its_distance_go() {
    let cases = [
        ("tight", "- a {#EN-001}\n- b {#EN-002}\n- c {#EN-003}\n", "- a {#EN-001}\n- c {#EN-003}\n"),
        ("loose", "- a {#EN-001}\n\n- b {#EN-002}\n\n- c {#EN-003}\n", "- a {#EN-001}\n\n- c {#EN-003}\n"),
        ("first", "- b {#EN-002}\n- c {#EN-003}\n", "- c {#EN-003}\n"),
        ("last", "- a {#EN-001}\n\n- b {#EN-002}\n\n## Credit\n\nx\n", "- a {#EN-001}\n\n## Credit\n\nx\n"),
        ("no line end", "- a {#EN-001}\n- b {#EN-002}", "- a {#EN-001}\n"),
        ("numbers", "1. a {#EN-001}\n2. b {#EN-002}\n3. c {#EN-003}\n", "1. a {#EN-001}\n2. c {#EN-003}\n"),
        ("first number", "1. b {#EN-002}\n\n2. c {#EN-003}\n", "1. c {#EN-003}\n"),
        ("one number", "1. a {#EN-001}\n1. b {#EN-002}\n1. c {#EN-003}\n", "1. a {#EN-001}\n1. c {#EN-003}\n"),
        ("prose", "- a {#EN-001}\n\nWords.\n\n- b {#EN-002}\n\nMore.\n", "- a {#EN-001}\n\nWords.\n\nMore.\n"),
        (
            "category",
            "- a {#EN-001}\n\n### Care {#care}\n\n- b {#EN-002}\n\n### Other {#other}\n\n- c {#EN-003}\n",
            "- a {#EN-001}\n\n### Other {#other}\n\n- c {#EN-003}\n",
        ),
        ("underlined category", "- a {#EN-001}\n\n#### Care {#care}\n\n- b {#EN-002}\n", "- a {#EN-001}\n"),
        (
            "category with words",
            "- a {#EN-001}\n\n### Care {#care}\n\nFor all.\n\n- b {#EN-002}\n",
            "- a {#EN-001}\n\n### Care {#care}\n\nFor all.\n",
        ),
        ("label", "- a {#EN-001}\n\nCare: {#care}\n\n- b {#EN-002}\n", "- a {#EN-001}\n"),
        ("CRLF", "- a {#EN-001}\r\n\r\n- b {#EN-002}\r\n", "- a {#EN-001}\r\n"),
    ];
    for (name, before, after) in cases {
        let head = "# Ladder\n\n## L1 = Engineer {#L1}\n\n### Craft {#craft}\n\n";
        let withdrawn = ladder(&format!("{head}{before}")).withdrawal("EN-002", None);
        let edits = withdrawn.unwrap_or_else(|refusal| panic!("{name}: {refusal:#?}")).edits;
        assert_eq!(edits[camino::Utf8Path::new("en/ladder.md")], format!("{head}{after}"), "{name}");
    }
}

#[test]
fn a_level_keeps_at_least_one_criterion() {
    let folder = ladder("# L\n\n## L1 = A {#L1}\n\n- a {#EN-001}\n\n## L2 = B {#L2}\n\n- b {#EN-002}\n");
    assert_snapshot!(refusal(&folder, folder.withdrawal("EN-002", None)), @"
    error: EN-002 is all that level L2 expects
      = help: write what the level expects instead first, or delete the whole level from all files and then withdraw both
    ");
}

#[test]
fn what_would_change_how_its_surroundings_read_is_not_taken_out() {
    let folder = ladder("# L\n\n## L1 = A {#L1}\n\n- a {#EN-001}\n\nWords.\n- b {#EN-002}\n***\n\nMore.\n***\n");
    let underlined = folder.clone().edited("en/ladder.md", "***", "---");
    folder.withdrawn("EN-002", None);
    assert_snapshot!(refusal(&underlined, underlined.withdrawal("EN-002", None)), @"
    error: removing EN-002 would change how the text around it is read
      = help: put a blank line before and after its list item, then try again
    ");
}

#[test]
fn criteria_of_the_real_content_can_be_withdrawn_or_are_referred_to() {
    let folder = Folder::real();
    let ids: Vec<_> = (1..=102).step_by(9).map(|number| format!("TL-{number:03}")).collect();
    for id in ids {
        match folder.withdrawal(&id, None) {
            Ok(withdrawn) => assert_eq!(withdrawn.taken_from.len(), 2, "{id}"),
            Err(refusal) => assert!(refusal.message.starts_with("other texts refer to"), "{id}: {refusal:#?}"),
        }
    }
}

#[test]
fn what_others_refer_to_is_not_withdrawn() {
    let folder = small().edited("en/ladder.md", "the designs", "the designs of [EN-001]").edited(
        "en/ladder.md",
        "most of the day",
        "most of the day (not [EN-002])",
    );
    assert_snapshot!(refusal(&folder, folder.withdrawal("EN-001", Some((Verb::CoveredBy, &["EN-002"])))), @"
    error[unknown-reference]: `EN-001` was withdrawn
      --> content/en/ladder.md:17:26
       |
    17 | - Reviews the designs of [EN-001] of a team. {#EN-003}
       |                          ^^^^^^^^ leads to nothing current
       |
       = help: it was covered by EN-002: write `[EN-002]`

    error: other texts refer to EN-001
      = help: change these places, then run the command again
    ");
    // A reference to itself goes with it.
    folder.withdrawn("EN-002", None);
}

#[test]
fn a_reference_to_a_withdrawn_criterion_names_what_came_in_its_place() {
    let folder = small().withdrawn("EN-001", Some((Verb::MergedInto, &["EN-002"])));
    let folder = folder.edited("en/ladder.md", "the designs", "the designs of [EN-001]");
    assert_snapshot!(folder.problems(), @"
    error[unknown-reference]: `EN-001` was withdrawn
      --> content/en/ladder.md:16:26
       |
    16 | - Reviews the designs of [EN-001] of a team. {#EN-003}
       |                          ^^^^^^^^ leads to nothing current
       |
       = help: it was merged into EN-002: write `[EN-002]`
    ");
}

#[test]
fn successors_exist_and_lead_to_an_end() {
    let folder = small().withdrawn("EN-001", Some((Verb::ReplacedBy, &["EN-002"])));
    let refused = |id, verb, ids: &[&str]| refusal(&folder, folder.withdrawal(id, Some((verb, ids))));
    assert_snapshot!(refused("EN-002", Verb::MovedTo, &["EN-020"]), @"
    error: there is no criterion EN-020 to follow EN-002
      = help: did you mean `EN-002`, `EN-001` or `EN-003`?
    ");
    assert_snapshot!(refused("EN-003", Verb::MovedTo, &["EN-003"]), @"error: EN-003 cannot be its own successor");
    assert_snapshot!(refused("EN-003", Verb::SplitInto, &["EN-004", "EN-004"]), @"error: EN-004 is listed twice");
    assert_snapshot!(refused("EN-002", Verb::CoveredBy, &["EN-003", "EN-001"]), @"
    error: the successors would form a circle: EN-002 → EN-001 → EN-002
      = help: name what replaces it now, or nothing
    ");
    assert_snapshot!(refused("EN-001", Verb::CoveredBy, &["EN-003"]), @"
    error: EN-001 was already withdrawn on 2027-01-01
      = help: you can edit its entry in the register
    ");
}

#[test]
fn successors_written_by_hand_are_checked() {
    let register = "\
[criterion.EN-005]
state = \"withdrawn\"
replaced-by = [\"EN-005\"]

[criterion.EN-006]
state = \"withdrawn\"
moved-to = [\"EN-007\"]

[criterion.EN-007]
state = \"withdrawn\"
merged-into = [\"EN-001\", \"EN-008\"]

[criterion.EN-008]
state = \"withdrawn\"
split-into = [\"EN-006\", \"EN-099\"]
";
    let folder = small().with_ids();
    let register = format!("{}\n{register}", folder.text(REGISTER));
    let folder = folder.file(REGISTER, &register);
    assert_snapshot!(folder.problems(), @r#"
    error[invalid-successor]: EN-005 is listed as its own successor
      --> content/register.toml:26:16
       |
    26 | replaced-by = ["EN-005"]
       |                ^^^^^^^^
       |
       = help: name what replaces it now, or nothing

    error[invalid-successor]: the successors form a circle: EN-006 → EN-007 → EN-008 → EN-006
      --> content/register.toml:30:13
       |
    30 | moved-to = ["EN-007"]
       |             ^^^^^^^^
       |
       = help: name what replaces it now, or nothing

    error[invalid-successor]: no criterion has the id EN-099
      --> content/register.toml:38:25
       |
    38 | split-into = ["EN-006", "EN-099"]
       |                         ^^^^^^^^
       |
       = help: did you mean `EN-001`?
    "#);
    let register = Register::read(folder.sources(), &Problems::default());
    assert_eq!(register.final_successors(&id("EN-006")), [id("EN-001")]);
    assert_eq!(register.final_successors(&id("EN-005")), []);
    assert_eq!(register.final_successors(&id("EN-001")), []);
}

#[test]
fn chains_of_successors_end_in_active_criteria_in_their_order() {
    let folder = small();
    let folder = folder.withdrawn("EN-001", Some((Verb::CoveredBy, &["EN-002"])));
    let more = "- Spends half of the day on code. {#EN-004}\n- Five. {#EN-005}\n- Six. {#EN-006}\n";
    let folder = folder.edited("en/ladder.md", "- Spends half of the day on code. {#EN-004}\n", more);
    let folder = folder.with_ids().withdrawn("EN-004", Some((Verb::SplitInto, &["EN-006", "EN-001", "EN-005"])));
    let register = Register::read(folder.sources(), &Problems::default());
    assert_eq!(register.final_successors(&id("EN-004")), [id("EN-006"), id("EN-002"), id("EN-005")]);
    assert_snapshot!(folder.problems(), @"");
}

#[test]
fn what_was_deleted_by_hand_is_withdrawn_with_the_words_of_the_last_edition() {
    let detailed = "- Writes code that others can read. {#EN-001}\n\n  1. `x_y` & [all][EN-002]\n  2. **more**\n";
    let folder = small().edited("en/ladder.md", "- Writes code that others can read. {#EN-001}\n", detailed);
    let folder = folder.released("2026.1", "2026-07-01").edited("en/ladder.md", detailed, "");
    assert_snapshot!(folder.problems(), @r#"
    error[vanished-id]: EN-001 is no longer in the content
     --> content/register.toml:6:12
      |
    6 | [criterion.EN-001]
      |            ^^^^^^ given here
      |
      = help: put it back, or if it is really gone, run `rungs withdraw EN-001 --reason "…"`
    "#);
    let folder = folder.withdrawn("EN-001", None);
    assert_snapshot!(entry(&folder, "criterion.EN-001"), @r#"
    state = "withdrawn"
    since = "2026.1"
    withdrawn = 2027-01-01
    level = "L1"
    category = "craft"
    reason.en = "Nobody needs it."
    statement.en = "Writes code that others can read."
    detail.en = """
    1. `x_y` & [all][EN-002]
    2. **more**
    """
    "#);
    assert_snapshot!(folder.problems(), @"");
}

#[test]
fn what_an_old_register_has_as_active_is_withdrawn_in_the_edition_that_lacked_it_first() {
    let before = small().released("2026.1", "2026-07-01");
    let folder = before.clone().withdrawn("EN-001", None).released("2026.2", "2026-08-01");
    let entry_then = entry(&folder, "criterion.EN-001").to_owned();
    let after = folder.text("register.toml").to_owned();
    let (was, is) = (entry(&before, "criterion.EN-001"), &entry_then);
    let folder = folder.file("register.toml", &after.replace(is.trim(), was.trim()));
    assert!(folder.problems().contains("EN-001 is no longer in the content"), "{}", folder.problems());
    let folder = folder.withdrawn("EN-001", None);
    assert_eq!(entry(&folder, "criterion.EN-001"), entry_then);
    assert_snapshot!(folder.problems(), @"");
}

#[test]
fn what_was_deleted_by_hand_before_it_was_released_has_to_be_put_back() {
    let folder = small().with_ids().edited("en/ladder.md", "- Writes code that others can read. {#EN-001}\n", "");
    assert_snapshot!(refusal(&folder, folder.withdrawal("EN-001", None)), @"
    error: no file of the site says what EN-001 was, so its last wording is not known
      = help: put it back where it was and run this command again, which removes it and records its wording; or run `rungs id --forget EN-001`, since no edition has it
    ");
}

#[test]
fn a_category_is_withdrawn_with_the_last_criterion_that_it_held() {
    let care = "### Care {#care}\n\n- Cares. {#EN-005}\n";
    let folder = small().file("en/ladder.md", &format!("{}\n{care}", small().text("en/ladder.md"))).with_ids();
    assert_snapshot!(refusal(&folder, folder.withdrawal("care", None)), @"
    error: the category `care` is still in en/ladder.md
      = help: withdraw or move its contents and delete its heading from all files first
    ");
    let folder = folder.withdrawn("EN-005", None);
    assert_eq!(folder.text("en/ladder.md"), small().text("en/ladder.md"));
    assert_snapshot!(entry(&folder, "category.ladder.care"), @r#"
    state = "withdrawn"
    withdrawn = 2027-01-01
    reason.en = "Nobody needs it."
    "#);
    assert_snapshot!(folder.problems(), @"");
}

#[test]
fn a_level_is_withdrawn_when_nothing_of_it_is_left() {
    let folder = small().with_ids().released("2026.1", "2026-07-01");
    let (kept, _) = folder.text("en/ladder.md").split_once("## L2").unwrap();
    let kept = kept.to_owned();
    let folder = folder.file("en/ladder.md", &kept).withdrawn("EN-003", None).withdrawn("EN-004", None);
    assert_snapshot!(folder.problems(), @r#"
    error[vanished-id]: level L2 is no longer in the content
      --> content/register.toml:36:15
       |
    36 | [level.ladder.L2]
       |               ^^ given here
       |
       = help: put it back; if it has another id now, write `was=L2` after it; if it is really gone, run `rungs withdraw L2 --ladder ladder --reason "…"`
    "#);
    assert_snapshot!(refusal(&folder, folder.withdrawal("L2", Some((Verb::MovedTo, &["EN-001"])))), @"error: `--moved-to` is only for criteria, but this is the level L2");
    let folder = folder.withdrawn("L2", None);
    assert_snapshot!(entry(&folder, "level.ladder.L2"), @r#"
    state = "withdrawn"
    since = "2026.1"
    withdrawn = 2027-01-01
    reason.en = "Nobody needs it."
    "#);
    assert_snapshot!(folder.problems(), @"");
}

#[test]
fn a_level_that_has_another_id_now_has_not_vanished() {
    let folder = small().with_ids().edited("en/ladder.md", "L2 = Lead {#L2}", "L2 = Lead {#lead was=L2}").with_ids();
    assert_snapshot!(folder.problems(), @"");
}

#[test]
fn an_id_is_found_by_its_name_and_those_like_it_are_named() {
    let register = "[criterion.EN-001]\nstate = \"active\"\n\n[level.a.L1]\nstate = \"active\"\n\n[level.b.L1]\nstate = \"active\"\n\n[category.a.L1]\nstate = \"active\"\n";
    let folder = Folder::new().file(REGISTER, register);
    let register = Register::read(folder.sources(), &Problems::default());
    let find = |id, ladder| find_key(&register, id, ladder);
    assert_eq!(find("level:L1", Some("a")), Ok(Key::level("a", "L1")));
    assert_eq!(find("L1", Some("b")), Ok(Key::level("b", "L1")));
    assert_snapshot!(refusal(&folder, find("L1", None)), @"
    error: `L1` names 3 things
      = help: write `level:L1 --ladder a`, `level:L1 --ladder b` or `category:L1 --ladder a`
    ");
    assert_snapshot!(refusal(&folder, find("EN-010", None)), @"
    error: there is no id `EN-010`
      = help: did you mean `EN-001`?
    ");
    assert_snapshot!(refusal(&folder, find("L7x", Some("b"))), @"
    error: there is no id `L7x` in the ladder `b`
      = help: the register lists every id
    ");
}

#[test]
fn reasons_are_in_the_source_locale_unless_they_name_another() {
    let folder = small().translated();
    let read = |texts: &[&str]| {
        let texts: Vec<_> = texts.iter().map(|&text| text.to_owned()).collect();
        read_reasons(&folder.config(), &texts)
    };
    let reasons = read(&["It is a = b.", "zh-tw=不需要。"]).unwrap();
    assert_eq!(
        reasons.into_iter().collect::<Vec<_>>(),
        [("en".to_owned(), "It is a = b.".to_owned()), ("zh-TW".to_owned(), "不需要。".to_owned())]
    );
    assert_snapshot!(refusal(&folder, read(&["One.", "en=Two."])), @r#"
    error: there are two reasons in en
      = help: write one `--reason` for each locale, such as `--reason en="…"`
    "#);
    assert_snapshot!(refusal(&folder, read(&["fr=Non."])), @"
    error: the site has no locale `fr`
      = help: its locales: en, zh-TW
    ");
    assert_snapshot!(refusal(&folder, read(&[" "])), @r"
    error: the reason in en is empty
      = help: say it in one sentence
    ");
}

#[test]
fn every_other_byte_of_the_register_stays() {
    let folder = small().with_ids();
    let register = folder
        .text(REGISTER)
        .replace(
            "[criterion.EN-002]\nstate = \"active\"\n",
            "# Why: see the minutes.\n[criterion.EN-002] # two\nstate =   \"active\"  # still\n",
        )
        .replace("[criterion.EN-003]", "\n\n[criterion . EN-003]")
        .replace('\n', "\r\n");
    let folder = folder.file(REGISTER, &register).withdrawn("EN-002", None);
    let (before, rest) = folder.text(REGISTER).split_once("[criterion.EN-002]").unwrap();
    let (entry, after) = rest.split_once("\r\n\r\n").unwrap();
    assert!(register.starts_with(before));
    assert!(register.ends_with(after));
    assert!(!entry.replace("\r\n", "").contains('\n'));
    assert_snapshot!(entry.replace("\r\n", "\n"), @r#"
     # two
    state =   "withdrawn"  # still
    withdrawn = 2027-01-01
    level = "L1"
    category = "craft"
    reason.en = "Nobody needs it."
    statement.en = "Spends most of the day on it."
    "#);
}

#[test]
fn a_register_with_other_line_ends_holds_several_lines_too() {
    let folder = small().with_ids().edited("en/ladder.md", "{#EN-002}\n", "{#EN-002}\n  - One.\n  - Two.\n");
    let register = folder.text(REGISTER).replace('\n', "\r\n");
    let ladder = folder.text("en/ladder.md").replace('\n', "\r\n");
    let folder = folder.file(REGISTER, &register).file("en/ladder.md", &ladder).withdrawn("EN-002", None);
    assert!(!folder.text(REGISTER).replace("\r\n", "").contains(['\r', '\n']));
    let read = Register::read(folder.sources(), &Problems::default());
    let withdrawal = read.entry(&Key::Criterion(id("EN-002"))).unwrap().withdrawal.clone().unwrap();
    assert_eq!(withdrawal.detail["en"], "- One.\n- Two.\n");
    folder.released("2026.1", "2027-02-01");
}

#[test]
fn writing_the_same_again_changes_no_byte() {
    let folder = small().withdrawn("EN-002", Some((Verb::SplitInto, &["EN-001", "EN-003"])));
    let register = Register::read(folder.sources(), &Problems::default());
    let entries = register.entries().map(|(key, entry)| (key.clone(), entry.clone())).collect();
    assert_eq!(register.updated(&entries).as_deref(), Some(folder.text(REGISTER)));
    assert_eq!(folder.assignment().register, folder.text(REGISTER));
}

/// Text before an item: nothing, a blank line, a paragraph, a comment, another category.
const BETWEEN: [&str; 6] =
    ["", "\n", "\nWords.\n\n", "\n<!-- Why. -->\n\n", "\n### Care {#care}\n\n", "\nCare: {#care}\n\n"];

/// The beginning of an item, and the text below it.
const ITEMS: [(&str, &str); 5] = [("-", ""), ("1.", ""), ("7.", ""), ("2)", ""), ("-", "\n  More.\n")];

properties! {
    256 cases,

    #[test]
    fn several_ids_are_withdrawn_at_once_as_one_after_the_other(
        items in prop::collection::vec((0..BETWEEN.len(), 0..ITEMS.len(), any::<bool>()), 1..8),
        is_turned in any::<bool>(),
    ) {
        let mut text = "# Ladder\n\n## L1 = Engineer {#L1}\n\n### Craft {#craft}\n\n- Stays. {#EN-001}\n".to_owned();
        let mut ids = Vec::new();
        for (at, (between, item, is_withdrawn)) in items.iter().enumerate() {
            let (id, (mark, below)) = (format!("EN-{:03}", at + 2), ITEMS[*item]);
            text.push_str(&format!("{}{mark} Item {at}. {{#{id}}}\n{below}", BETWEEN[*between]));
            ids.extend(is_withdrawn.then_some(id));
        }
        if is_turned {
            ids.reverse();
        }
        let folder = ladder(&text).with_ids();
        let mut one_by_one: Result<_, Refusal> = Ok(folder.clone());
        for id in &ids {
            one_by_one = one_by_one.and_then(|folder| Ok(folder.clone().edited_by(folder.withdrawal(id, None)?.edits)));
        }
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        let at_once = folder.withdrawal_of_all(&ids, None, None).map(|withdrawn| folder.edited_by(withdrawn.edits));
        match (one_by_one, at_once) {
            (Ok(one_by_one), Ok(at_once)) => {
                // Two numbered lists become one when what stands between them goes, and go on with the first number.
                let is_mixed = text.contains(". Item") && text.contains(") Item");
                let written = |folder: &Folder| {
                    let number = |c: char| is_mixed && c.is_ascii_digit();
                    let lines = folder.text("en/ladder.md").lines().map(|line| line.trim_start_matches(number).to_owned());
                    lines.collect::<Vec<_>>()
                };
                prop_assert_eq!(written(&at_once), written(&one_by_one), "{}", text);
                prop_assert_eq!(at_once.text(REGISTER), one_by_one.text(REGISTER));
            }
            (Err(_), Err(_)) => {}
            (one_by_one, at_once) => prop_assert!(false, "{text}\n{:#?}\n{:#?}", one_by_one.err(), at_once.err()),
        }
    }

    #[test]
    fn whatever_an_entry_says_is_read_again(
        reason in "\\PC{0,40}", detail in "([\"'\\\\ -~階\t]{0,12}\n){0,4}", level in "[A-Z][0-9]", dated in any::<bool>()
    ) {
        let folder = small().with_ids();
        let register = Register::read(folder.sources(), &Problems::default());
        let key = Key::Criterion(id("EN-002"));
        let texts = |text: &str| BTreeMap::from([("en".to_owned(), text.to_owned()), ("zh-TW".to_owned(), text.to_owned())]);
        let withdrawal = Withdrawal {
            date: dated.then(|| day("2027-02-28")),
            reason: texts(&reason),
            level: Some(level),
            statement: texts(&reason),
            detail: texts(&detail),
            ..Withdrawal::default()
        };
        let entry = RegisterEntry {
            state: IdState::Withdrawn,
            since: Some("2026.1".parse().unwrap()),
            changed: vec!["2026.2".parse().unwrap(), "2027.1".parse().unwrap()],
            withdrawal: Some(withdrawal),
            ..register.entry(&key).unwrap().clone()
        };
        let text = register.updated(&[(key.clone(), entry.clone())].into()).unwrap();
        let again = Register::read(folder.file(REGISTER, &text).sources(), &Problems::default());
        prop_assert!(again.entry(&key).unwrap().says_the_same(&entry));
        prop_assert_eq!(again.updated(&[(key, entry)].into()), Some(text));
    }
}

#[test]
fn of_several_ids_those_are_named_that_stand_against_it() {
    let folder = ladder(
        "# Ladder\n\n## L1 = Engineer {#L1}\n\n- Stays, see [EN-003]. {#EN-001}\n- Goes, see [EN-004]. {#EN-002}\n\
         - Goes. {#EN-003}\n- Goes. {#EN-004}\n",
    );
    assert_snapshot!(refusal(&folder, folder.withdrawal_of_all(&["EN-002", "EN-003", "EN-004"], None, None)), @"
    error[unknown-reference]: `EN-003` was withdrawn
     --> content/en/ladder.md:5:14
      |
    5 | - Stays, see [EN-003]. {#EN-001}
      |              ^^^^^^^^ leads to nothing current
      |
      = help: nothing replaced it: remove the reference, or quote what it said

    error: other texts refer to EN-003
      = help: change these places, then run the command again
    ");
    assert!(folder.withdrawal_of_all(&["EN-004", "EN-002"], None, None).is_ok(), "what refers to one goes with it");
    let all = ["EN-004", "EN-001", "EN-003", "EN-002"];
    assert_snapshot!(refusal(&folder, folder.withdrawal_of_all(&all, None, None)), @"
    error: EN-001, EN-002, EN-003, EN-004 are all that level L1 expects
      = help: write what the level expects instead first, or delete the whole level from all files and then withdraw both
    ");
}

#[test]
fn warnings_that_follow_show_the_files_as_they_are_then() {
    // What is left of the thread stands below what was taken out.
    let text = LADDER
        .replace(" thread=time}", "}")
        .replace("{#EN-003}", "{#EN-003 thread=time}")
        .replace("{#EN-001}", "{#EN-001 thread=time}");
    let place = Place::of(&ladder(&text));
    let run = place.run("withdraw EN-001 --reason Unneeded --date 2026-08-01");
    assert_snapshot!(run.shown(), @r#"
    status 0
    --- stdout
    EN-001 is withdrawn: removed from content/en/ladder.md
    --- stderr
    warning[single-level-thread]: the thread `time` has criteria at only one level, L2
      --> content/en/ladder.md:4:1
       |
     4 | time = "Time"
       | ^^^^
       |
      ::: content/en/ladder.md:18:3
       |
    18 | - Reviews the designs of a team. {#EN-003 thread=time}
       |   ------------------------------ its first criterion
       |
       = help: add `thread=time` to criteria at other levels, or remove the thread
    "#);
}

#[test]
fn a_warning_that_the_site_allows_is_told_by_no_command() {
    let text = "# Ladder\n\n## L1 = Engineer {#L1}\n\n### Craft {#craft}\n\nWhat is built.\n\n- Writes code. {#EN-001}\n\n\
                ### People {#people}\n\n- Helps others. {#EN-002}\n";
    let told = |folder: &Folder| Place::of(folder).run("withdraw EN-001 --reason Gone. --date 2027-01-01").stderr;
    let folder = ladder(text).with_ids();
    assert!(told(&folder).starts_with("warning[empty-category]"), "{}", told(&folder));
    let allowing = format!("{}\n[check]\nallow = [\"empty-category\"]\n", folder.text("site.toml"));
    assert_eq!(told(&folder.file("site.toml", &allowing)), "");
}

#[test]
fn a_level_that_was_deleted_in_the_source_leaves_its_translations_heading_and_all() {
    let place = Place::of_fixture("ladders");
    place.run_ok("release 2026.1");
    let cut = |path: &str, heading: &str| {
        let text = place.text(path);
        text[..text.find(heading).unwrap()].trim_end().to_owned() + "\n"
    };
    place.put("content/en/leading.md", cut("content/en/leading.md", "<!-- rungs: allow no-counterpart -->\n## M2/L3"));
    let translation = cut("content/zh-TW/leading.md", "## M2/L3");
    place.run_ok("withdraw M2 LD-004 LD-005 --ladder leading --reason Gone.");
    assert_eq!(place.text("content/zh-TW/leading.md"), translation);
    place.run_ok("check");
}
