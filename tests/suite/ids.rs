//! Giving ids, and keeping them.

use camino::Utf8Path;
use insta::assert_snapshot;
use proptest::prelude::*;
use rungs::for_tests::assign::Assignment;
use rungs::for_tests::diagnostic::Problems;
use rungs::for_tests::parse::{outline, parse};
use rungs::for_tests::register::{REGISTER, Register};
use rungs::for_tests::report::human;

use crate::driver::{Folder, LADDER};
use crate::place::Place;

const SEED: &str = include_str!("../fixtures/seed/technical-leadership.md");

/// The text with ids, or with none that are missing.
fn given(folder: &Folder, path: &str) -> String {
    folder.clone().with_ids().text(path).to_owned()
}

fn assigned(ladder: &str) -> String {
    given(&Folder::new().file("en/ladder.md", ladder), "en/ladder.md")
}

fn told(folder: &Folder) -> String {
    human::render(&folder.assignment().problems, folder.sources(), "content", human::Style::Plain)
}

/// The ids that a ladder has, in its order.
fn ids(text: &str) -> Vec<Option<String>> {
    let (outline, _) = outline(parse(Utf8Path::new("ladder.md"), text, &Problems::default()));
    let mut ids = Vec::new();
    for level in outline.levels() {
        ids.push(&level.attributes);
        for category in &level.categories {
            ids.extend(category.title.as_ref().map(|_| &category.attributes));
            ids.extend(category.criteria.iter().map(|criterion| &criterion.attributes));
        }
    }
    ids.into_iter().map(|attributes| attributes.id.as_ref().map(|id| id.text.clone())).collect()
}

/// The text without all blocks of attributes that hold an id alone, and the space before each.
fn without_ids(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, block)) = rest.split_once(" {#") {
        kept.push_str(before);
        rest = block.split_once('}').expect("blocks are closed").1;
    }
    kept + rest
}

#[test]
fn the_seed_gets_its_hundred_and_two_ids_and_keeps_every_other_byte() {
    let folder = Folder::real().without(REGISTER).without("editions/2026.1.json");
    let folder = folder.without("zh-TW/technical-leadership.md").without("zh-TW/translation.toml");
    let folder = folder.file("en/technical-leadership.md", SEED).with_ids();
    let text = folder.text("en/technical-leadership.md");
    let criteria: Vec<_> = ids(text).into_iter().flatten().filter(|id| id.starts_with("TL-")).collect();
    let expected: Vec<_> = (1..=102).map(|number| format!("TL-{number:03}")).collect();
    assert_eq!(criteria, expected);
    assert_eq!(without_ids(text), SEED);
    let others: Vec<_> = ids(text).into_iter().flatten().filter(|id| !id.starts_with("TL-")).collect();
    assert_snapshot!(others.join(" "), @"L5 knowledge-experience leadership-influence organizational-impact L6 knowledge-experience leadership-influence organizational-impact L7 knowledge-experience leadership-influence organizational-impact L8 knowledge-experience leadership-influence organizational-impact L9 knowledge-experience leadership-influence organizational-impact");
}

#[test]
fn the_real_content_has_all_its_ids_in_the_register() {
    let folder = Folder::real();
    let Assignment { missing, edits, register, is_refused, problems } = folder.assignment();
    assert_eq!((missing.len(), edits.len(), is_refused, problems.len()), (0, 0, false, 0));
    assert_eq!(register, folder.text(REGISTER));
}

#[test]
fn levels_are_named_by_code_or_title_and_categories_by_title() {
    let ladder = "\
## T5/L5 = Senior Eng {#L5}

### Knowledge & Experience

- a

## Staff Engineer, the second

### Knowledge & experience:

- b

### 領導力

- c

## 首席

### Impact #

- d

### 領導力

- e

### Knowledge, Experience

- f
";
    assert_snapshot!(assigned(ladder), @"
    ## T5/L5 = Senior Eng {#L5}

    ### Knowledge & Experience {#knowledge-experience}

    - a {#EN-001}

    ## Staff Engineer, the second {#staff-engineer-the-second}

    ### Knowledge & experience: {#knowledge-experience}

    - b {#EN-002}

    ### 領導力 {#category-2}

    - c {#EN-003}

    ## 首席 {#level-3}

    ### Impact {#impact} #

    - d {#EN-004}

    ### 領導力 {#category-2}

    - e {#EN-005}

    ### Knowledge, Experience {#knowledge-experience}

    - f {#EN-006}
    ");
}

#[test]
fn ids_are_put_wherever_a_person_may_have_written_a_criterion() {
    let ladder = "\u{feff}+++\r\ntitle = \"x\"\r\n[threads]\r\nt = \"T\"\r\n+++\r\nL1 = Engineer\r\n-----\r\n\r\nKnowledge:\r\n* one\r\n\r\n  more of one\r\n\r\n* two  \r\n+ \tthree `code`\r\n  - nested\r\n- four {thread=t}\r\n- five\\\r\n\r\n## L2 ##\r\n**Impact**\r\n\r\n1. six\r\ngoes on\r\n2. seven **bold**\r\nCare:\r\n- > quoted\r\n\r\n- ```\r\n  code\r\n  ```\r\n-\r\n- <b>eight</b>\r\n";
    assert_snapshot!(assigned(ladder).replace('\r', "␍").replace('\u{feff}', "BOM"), @r#"
    BOM+++␍
    title = "x"␍
    [threads]␍
    t = "T"␍
    +++␍
    L1 = Engineer {#L1}␍
    -----␍
    ␍
    Knowledge: {#knowledge}␍
    * one {#EN-001}␍
    ␍
      more of one␍
    ␍
    * two {#EN-002}  ␍
    + 	three `code` {#EN-003}␍
      - nested {#EN-004}␍
    - four {#EN-005 thread=t}␍
    - five\ {#EN-006}␍
    ␍
    ## L2 {#L2} ##␍
    **Impact** {#impact}␍
    ␍
    1. six␍
    goes on {#EN-007}␍
    2. seven **bold** {#EN-008}␍
    Care: {#care}␍
    - > quoted␍
    ␍
    - ```␍
      code␍
      ```␍
    -␍
    - <b>eight</b> {#EN-009}␍
    "#);
    assert_snapshot!(told(&Folder::new().file("en/ladder.md", ladder)), @"
    error[missing-id]: this item has no sentence that could carry an id
      --> content/en/ladder.md:27:1
       |
    27 | - > quoted
       | ^
       |
       = help: begin the item with a sentence, or remove it

    error[missing-id]: this item has no sentence that could carry an id
      --> content/en/ladder.md:29:1
       |
    29 | - ```
       | ^
       |
       = help: begin the item with a sentence, or remove it

    error[missing-id]: this item has no sentence that could carry an id
      --> content/en/ladder.md:32:1
       |
    32 | -
       | ^
       |
       = help: begin the item with a sentence, or remove it
    ");
}

#[test]
fn an_id_that_is_not_closed_is_not_joined_by_another() {
    let ladder = LADDER.replace("{#EN-003}", "{#EN-030").replace(" {#EN-001}", "").replace("{#L2}", "{#L2");
    let folder = Folder::new().file("en/ladder.md", &ladder);
    assert_eq!(given(&folder, "en/ladder.md"), ladder.replace("can read.", "can read. {#EN-031}"));
    assert_snapshot!(told(&folder), @"
    error[unclosed-attributes]: these attributes are never closed
      --> content/en/ladder.md:15:14
       |
    15 | ## L2 = Lead {#L2
       |              ^^^^ opened here
       |
       = help: end them with }

    error[unclosed-attributes]: these attributes are never closed
      --> content/en/ladder.md:19:34
       |
    19 | - Reviews the designs of a team. {#EN-030
       |                                  ^^^^^^^^ opened here
       |
       = help: end them with }
    ");
}

#[test]
fn where_numbers_end_no_id_is_given_twice() {
    let folder = Folder::new().file("en/ladder.md", "## L1 = A\n\n- one\n- two\n- three {#EN-4294967294}\n");
    assert_snapshot!(given(&folder, "en/ladder.md"), @"
    ## L1 = A {#L1}

    - one {#EN-4294967295}
    - two
    - three {#EN-4294967294}
    ");
    assert_snapshot!(told(&folder), @"
    error[missing-id]: there is no higher number left for this criterion
     --> content/en/ladder.md:4:3
      |
    4 | - two
      |   ^^^
      |
      = help: look for an id with a very high number, which is probably a mistake
    ");
}

#[test]
fn numbers_go_on_from_the_highest_ever_given() {
    let register = "[criterion.EN-041]\nstate = \"withdrawn\"\n\n[level.ladder.L1]\nstate = \"withdrawn\"\n\n[category.ladder.craft]\nstate = \"withdrawn\"\n";
    let ladder = "## L1 = Engineer\n\n### Craft\n\n- one\n- two {#EN-007}\n- three\n";
    let folder = Folder::new().file("en/ladder.md", ladder).file(REGISTER, register).with_ids();
    assert_snapshot!(folder.text("en/ladder.md"), @"
    ## L1 = Engineer {#engineer}

    ### Craft {#craft-2}

    - one {#EN-042}
    - two {#EN-007}
    - three {#EN-043}
    ");
    assert_snapshot!(folder.text(REGISTER), @r#"
    [criterion.EN-007]
    state = "active"

    [criterion.EN-041]
    state = "withdrawn"

    [criterion.EN-042]
    state = "active"

    [criterion.EN-043]
    state = "active"

    [level.ladder.L1]
    state = "withdrawn"

    [level.ladder.engineer]
    state = "active"

    [category.ladder.craft]
    state = "withdrawn"

    [category.ladder.craft-2]
    state = "active"
    "#);
}

#[test]
fn a_translation_takes_its_ids_from_the_source() {
    let translation =
        "## L1 = 工程師\n\n### 工藝\n\n- 甲\n- 乙\n\n## L2 = 負責人\n\n### 工藝\n\n- 丙 {#EN-003}\n- 丁\n";
    let folder = Folder::small().translated().file("zh-TW/ladder.md", translation);
    assert_snapshot!(given(&folder, "zh-TW/ladder.md"), @"
    ## L1 = 工程師 {#L1}

    ### 工藝 {#craft}

    - 甲 {#EN-001}
    - 乙 {#EN-002}

    ## L2 = 負責人 {#L2}

    ### 工藝 {#craft}

    - 丙 {#EN-003}
    - 丁 {#EN-004}
    ");
    assert_snapshot!(folder.with_ids().problems(), @r#"
    warning[missing-translation]: the title of the thread `time` is missing in zh-TW
     --> content/en/ladder.md:4:1
      |
    4 | time = "Time"
      | ^^^^
      |
      = help: add `time = "…"` under `[threads]` in zh-TW/ladder.md
    "#);
}

#[test]
fn a_translation_that_is_built_otherwise_is_left_alone() {
    let folder = Folder::small().translated();
    let without_criterion = "## L1 = 工程師\n\n### 工藝\n\n- 甲\n\n## L2 = 負責人\n\n### 工藝\n\n- 丙\n- 丁\n";
    let folder = folder.file("zh-TW/ladder.md", without_criterion);
    assert_eq!(folder.assignment().edits.len(), 0);
    assert_snapshot!(told(&folder), @"
    error[missing-id]: this translation does not have the structure of its source
     --> content/zh-TW/ladder.md:1:4
      |
    1 | ## L1 = 工程師
      |    ^^^^^^^^^^^ so it is unclear which id this should have
      |
     ::: content/zh-TW/ladder.md:7:4
      |
    7 | ## L2 = 負責人
      |    ----------- the first difference
      |
      = help: write the id from the source, or move this to its place in the source
    ");
    let in_other_order =
        "## L1 = 工程師\n\n### 工藝\n\n- 甲 {#EN-002}\n- 乙\n\n## L2 = 負責人\n\n### 工藝\n\n- 丙\n- 丁\n";
    let folder = folder.file("zh-TW/ladder.md", in_other_order);
    assert_eq!(folder.assignment().edits.len(), 0);
    assert_snapshot!(told(&folder), @"
    error[missing-id]: this translation does not have the structure of its source
     --> content/zh-TW/ladder.md:1:4
      |
    1 | ## L1 = 工程師
      |    ^^^^^^^^^^^ so it is unclear which id this should have
      |
     ::: content/zh-TW/ladder.md:5:3
      |
    5 | - 甲 {#EN-002}
      |   -- the first difference
      |
      = help: write the id from the source, or move this to its place in the source
    ");
}

#[test]
fn what_is_missing_is_listed_with_the_id_it_gets() {
    let ladder = LADDER.replace(" {#EN-001}", "").replace(" {#L2}", "");
    let found = Folder::new().file("en/ladder.md", &ladder).assignment().missing;
    let found: Vec<_> =
        found.iter().map(|missing| format!("{}: {}", &ladder[missing.place.span()], missing.key)).collect();
    assert_snapshot!(found.join("\n"), @"
    Writes code that others can read.: EN-005
    L2 = Lead: level L2
    ");
}

#[test]
fn the_register_begins_with_every_id_that_stands() {
    assert_snapshot!(given(&Folder::small(), REGISTER), @r#"
    # Every id ever assigned on this site, and what became of it. Written by `rungs`; never remove an entry.

    [criterion.EN-001]
    state = "active"

    [criterion.EN-002]
    state = "active"

    [criterion.EN-003]
    state = "active"

    [criterion.EN-004]
    state = "active"

    [level.ladder.L1]
    state = "active"

    [level.ladder.L2]
    state = "active"

    [category.ladder.craft]
    state = "active"
    "#);
}

#[test]
fn what_a_person_wrote_in_the_register_stays() {
    let register = "# Ours.\r\n[criterion.EN-002]  # kept\r\nstate = 'active'\r\n\r\n# About three.\r\n[criterion.EN-003]\r\nstate = \"active\"\r\n[level.ladder.L1]\r\nstate = \"active\"";
    let folder = Folder::small().file(REGISTER, register);
    assert_snapshot!(given(&folder, REGISTER).replace('\r', "␍"), @r#"
    # Ours.␍
    [criterion.EN-001]␍
    state = "active"␍
    ␍
    [criterion.EN-002]  # kept␍
    state = 'active'␍
    ␍
    # About three.␍
    [criterion.EN-003]␍
    state = "active"␍
    ␍
    [criterion.EN-004]␍
    state = "active"␍
    [level.ladder.L1]␍
    state = "active"␍
    ␍
    [level.ladder.L2]␍
    state = "active"␍
    ␍
    [category.ladder.craft]␍
    state = "active"␍
    "#);
}

#[test]
fn an_id_more_adds_one_block_to_the_register() {
    let folder = Folder::small().with_ids();
    let before = folder.text(REGISTER).to_owned();
    let folder = folder.file("en/ladder.md", &LADDER.replace("- Reviews", "- Teaches.\n- Reviews")).with_ids();
    let after = folder.text(REGISTER);
    let added = "\n[criterion.EN-005]\nstate = \"active\"\n";
    assert_eq!(after.replace(added, ""), before);
    assert_eq!(after.len(), before.len() + added.len());
}

#[test]
fn a_register_that_cannot_be_read_stops_the_giving_of_ids() {
    for register in ["[criterion", "[criterion.EN-1]\nstate = \"active\"\n", "[criterion.EN-001]\nstate = \"gone\"\n"] {
        let folder = Folder::new().file("en/ladder.md", &LADDER.replace(" {#EN-001}", "")).file(REGISTER, register);
        let assignment = folder.assignment();
        assert_eq!((assignment.edits.len(), assignment.register.as_str()), (0, register));
        assert!(!assignment.problems.is_empty());
    }
}

#[test]
fn a_register_that_is_not_written_in_blocks_is_left_alone() {
    let register = "criterion.EN-001.state = \"active\"\ncriterion.EN-003.state = \"active\"\n";
    let folder = Folder::small().file(REGISTER, register);
    assert_eq!(folder.assignment().register, register);
    assert_snapshot!(told(&folder), @r#"
    error[invalid-value]: the register cannot be changed
    --> content/register.toml
     = help: write each entry as a block, with a line such as `[criterion.TL-001]`, then `state = "active"`
    "#);
}

#[test]
fn faults_of_the_register_are_told() {
    let register = "[criterion.EN-1]\nstate = \"active\"\n[criterion.EN-002]\nstate = \"withdrwan\"\n[criterion.EN-003]\n[levels]\n";
    let folder = Folder::new().file(REGISTER, register);
    let (_, problems) = Problems::of(|problems| Register::read(folder.sources(), problems));
    assert_snapshot!(human::render(&problems, folder.sources(), "content", human::Style::Plain), @r#"
    error[invalid-id]: `EN-1` is not the id of a criterion
     --> content/register.toml:1:12
      |
    1 | [criterion.EN-1]
      |            ^^^^
      |
      = help: the register lists ids as they are in the content, such as `criterion.TL-001`

    error[invalid-value]: `criterion.EN-002.state` has to be `"active"` or `"withdrawn"`
     --> content/register.toml:4:9
      |
    4 | state = "withdrwan"
      |         ^^^^^^^^^^^
      |
      = help: did you mean `state = "withdrawn"`?

    error[missing-key]: missing key `state` in `[criterion.EN-003]`
     --> content/register.toml:5:1
      |
    5 | [criterion.EN-003]
      | ^^^^^^^^^^^^^^^^^^
      |
      = help: write `state = "active"` or `state = "withdrawn"`

    error[unknown-key]: unknown key `levels`
     --> content/register.toml:6:2
      |
    6 | [levels]
      |  ^^^^^^
      |
      = help: did you mean `level`?
    "#);
}

#[test]
fn an_id_that_vanished_is_an_error_until_it_is_withdrawn() {
    let folder = Folder::small().with_ids();
    let without = LADDER
        .replace("- Spends half of the day on code. {#EN-004 thread=time}\n", "")
        .replace(" thread=time", "")
        .replace("time = \"Time\"\n", "");
    let folder = folder.file("en/ladder.md", &without);
    assert_snapshot!(folder.problems(), @r#"
    error[vanished-id]: EN-004 is no longer in the content
      --> content/register.toml:12:12
       |
    12 | [criterion.EN-004]
       |            ^^^^^^ given here
       |
       = help: put it back, or if it is really gone, run `rungs id --forget EN-004`: no edition holds it
    "#);
    let register = folder
        .text(REGISTER)
        .replace("[criterion.EN-004]\nstate = \"active\"", "[criterion.EN-004]\nstate = \"withdrawn\"");
    assert_snapshot!(folder.file(REGISTER, &register).problems(), @"");
}

#[test]
fn an_id_that_was_withdrawn_is_not_given_again() {
    let folder = Folder::small().with_ids();
    let register = folder
        .text(REGISTER)
        .replace("[criterion.EN-004]\nstate = \"active\"", "[criterion.EN-004]\nstate = \"withdrawn\"");
    assert_snapshot!(folder.file(REGISTER, &register).problems(), @"
    error[reused-id]: EN-004 was withdrawn but is in the content
      --> content/en/ladder.md:20:3
       |
    20 | - Spends half of the day on code. {#EN-004 thread=time}
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
      ::: content/register.toml:12:12
       |
    12 | [criterion.EN-004]
       |            ------ withdrawn here
       |
       = help: remove it, or if it expects something new, remove its id and run `rungs id --write`, which assigns a new one
    ");
}

#[test]
fn ids_that_are_not_registered_are_one_problem() {
    let folder = Folder::small().unregistered();
    assert_snapshot!(folder.problems(), @"
    error[unregistered-id]: there is no register for 7 ids
    --> content/register.toml
     = help: for a new site, run `rungs id --write`, which creates one; if there was one, run `git restore --source=HEAD register.toml`
    ");
    assert_snapshot!(folder.file(REGISTER, "[criterion.EN-002]\nstate = \"active\"\n").problems(), @"
    error[unregistered-id]: 6 ids are not in the register, starting with level L1
     --> content/en/ladder.md:8:4
      |
    8 | ## L1 = Engineer {#L1}
      |    ^^^^^^^^^^^^^
      |
      = help: run `rungs id --write`, which keeps the register
    ");
}

#[test]
fn an_id_in_a_level_without_one_has_not_vanished() {
    let folder = Folder::small().with_ids();
    assert_snapshot!(folder.file("en/ladder.md", &LADDER.replace(" {#L2}", "")).problems(), @r#"
    warning[single-level-thread]: the thread `time` has criteria at only one level, L1
      --> content/en/ladder.md:4:1
       |
     4 | time = "Time"
       | ^^^^
       |
      ::: content/en/ladder.md:13:3
       |
    13 | - Spends most of the day on it. {#EN-002 thread=time}
       |   ----------------------------- its first criterion
       |
       = help: add `thread=time` to criteria at other levels, or remove the thread

    error[vanished-id]: this is level L2 without its id
      --> content/en/ladder.md:15:4
       |
    15 | ## L2 = Lead
       |    ^^^^^^^^^
       |
      ::: content/register.toml:18:15
       |
    18 | [level.ladder.L2]
       |               -- given here
       |
    help: write `{#L2}` at its end, or let `rungs check --fix` do it
       |
    15 | ## L2 = Lead {#L2}
       |              +++++
    "#);
}

#[test]
fn a_ladder_without_its_file_has_lost_no_ids() {
    let folder = Folder::small().with_ids().without("en/ladder.md");
    assert_snapshot!(folder.problems(), @"
    error[ladder-file]: the ladder `ladder` has no file
    --> content/en/ladder.md
     = help: write it there, or remove the ladder from site.toml
    ");
}

/// Lines as people and chance write them.
fn lines() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "# Ladder",
        "## L1 = One",
        "## L2: Two ##",
        "## Three",
        "##",
        "### Craft",
        "### 領導力 #",
        "Craft:",
        "**Impact:**",
        "**影響**",
        "L4\n---",
        "- a",
        "- b {thread=t}",
        "* c  ",
        "- d\\",
        "+ `e`",
        "1. f",
        "- g {#EN-002}",
        "- h\n  more",
        "- i\n\n  more {#EN-009}",
        "- j\n  - k",
        "- > l",
        "-",
        "-\tm",
        "- <b>n</b>",
        "- ![o](p)",
        "- [q][r]",
        "- http://s.example",
        "- t {",
        "- u {#",
        "- **重點：**文字",
        "- ~~v~~",
        "- w\nKnowledge:",
        "> x",
        "words",
        "",
        "",
        "    code",
        "- ```\n  y\n  ```",
        "- # z",
        "| a |\n|---|\n| b |",
        "---",
        "- A\n  ---",
        "* * *",
        "- {#EN-3}",
        "- `",
        "- [B]: /c",
        "- &amp;",
        "- <!-- D -->",
        "<div>",
        "- E\u{a0}",
        "- F\u{3000}",
    ]);
    let newline = prop::sample::select(vec!["\n", "\n", "\r\n"]);
    (prop::collection::vec(line, 0..24), newline).prop_map(|(lines, newline)| lines.join("\n").replace('\n', newline))
}

properties! {
    1000 cases,

    #[test]
    fn everything_gets_an_id_that_can_have_one_and_nothing_else_changes(ladder in lines()) {
        let folder = Folder::new().file("en/ladder.md", &ladder);
        let assignment = folder.assignment();
        let before = ids(&ladder);
        let written = assignment.edits.get(Utf8Path::new("en/ladder.md")).unwrap_or(&ladder);
        let after = ids(written);
        prop_assert_eq!(before.len(), after.len());
        let unnamed = |ids: &[Option<String>]| ids.iter().filter(|id| id.is_none()).count();
        prop_assert_eq!(unnamed(&before), assignment.missing.len() + assignment.problems.len());
        prop_assert_eq!(unnamed(&after), assignment.problems.len());
        let mut rest = written.as_str();
        for byte in ladder.chars() {
            let at = rest.find(byte);
            prop_assert!(at.is_some(), "{:?} lost {:?}", written, byte);
            rest = &rest[at.unwrap_or(0) + byte.len_utf8()..];
        }
    }

    #[test]
    fn giving_ids_a_second_time_changes_nothing(ladder in lines()) {
        let once = Folder::new().file("en/ladder.md", &ladder).with_ids();
        let again = once.assignment();
        prop_assert!(again.edits.is_empty());
        prop_assert_eq!(again.register.as_str(), once.text(REGISTER));
    }
}

#[test]
fn what_is_left_of_a_broken_id_is_taken_away_by_a_person() {
    let folder = Folder::fixture("past");
    for left in ["(#WK-001)", "[#WK-001]", "{WK-001}", "#WK-001}"] {
        let (_, problems) = folder.clone().edited("en/workshop.md", "{#WK-001}", left).build();
        let vanished = problems.iter().find(|problem| problem.code.name() == "vanished-id").unwrap();
        let help = vanished.help.as_deref().unwrap();
        assert!(vanished.fix.is_none() && help.ends_with("instead of what is left of it"), "{left}: {help}");
    }
}

/// Takes one criterion of `ladders` out of its ladder, in both languages, and puts it at the end of another one.
fn moved_to_another_ladder() -> Place {
    let place = Place::of_fixture("ladders");
    for locale in ["en", "zh-TW"] {
        let [from, to] = ["baking", "leading"].map(|ladder| format!("content/{locale}/{ladder}.md"));
        let text = place.text(&from);
        let (moved, kept): (Vec<_>, Vec<_>) = text.split_inclusive('\n').partition(|line| line.contains("{#BK-005"));
        place.put(&from, kept.concat());
        place.put(&to, place.text(&to).trim_end().to_owned() + "\n" + &moved.concat());
        place.put(&to, place.text(&to).replace("與[BK-005]", "").replace(" and [BK-005]", ""));
    }
    place
}

#[test]
fn a_criterion_goes_into_another_ladder_step_by_step_as_check_says() {
    let place = moved_to_another_ladder();
    let told = |place: &Place| {
        let lines = place.run("check --format json").stdout;
        let problems = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let errors = problems.filter(|problem| problem["severity"] == "error");
        errors.map(|problem| format!("{}: {}", problem["message"], problem["help"])).collect::<Vec<_>>()
    };
    assert_snapshot!(told(&place).join("\n"), @r#""`BK-005` is an id of the ladder `baking`": "remove the id in every language and run `rungs id --write`, which assigns one of this ladder; to link to the other, write a reference""#);
    for locale in ["en", "zh-TW"] {
        let path = format!("content/{locale}/leading.md");
        let text = place.text(&path).replace("{#BK-005 thread", "{thread").replace(" {#BK-005}", "");
        place.put(&path, text);
    }
    assert_snapshot!(told(&place).join("\n"), @r#"
    "this says what BK-005 said in another ladder": "run `rungs id --write`, which assigns an id of this ladder; `rungs check` then says how to make BK-005 lead to it"
    "this has no id": "run `rungs id --write`, which copies the id from the source where that is certain, or write the id from the source"
    "#);
    place.run_ok("id --write");
    assert_snapshot!(told(&place).join("\n"), @r#""BK-005 is no longer in the content": "LD-006 says the same: if it has moved there, run `rungs withdraw BK-005 --moved-to LD-006 --reason \"…\"`; otherwise put it back, or if it is really gone, run `rungs withdraw BK-005 --reason \"…\"`, or `rungs id --forget BK-005`, since no edition holds it""#);
    place.run_ok("withdraw BK-005 --moved-to LD-006 --reason Moved.");
    assert_eq!(told(&place), Vec::<String>::new());
    let register = place.text("content/register.toml");
    assert!(register.contains("moved-to = \"LD-006\"") || register.contains("moved-to = [\"LD-006\"]"), "{register}");
}

#[test]
fn what_another_ladder_says_too_is_offered_as_the_place_where_it_went_and_not_taken_for_it() {
    let place = Place::of_fixture("ladders");
    for locale in ["en", "zh-TW"] {
        let [from, to] = ["baking", "leading"].map(|ladder| format!("content/{locale}/{ladder}.md"));
        let copied = place.text(&from).lines().find(|line| line.contains("{#BK-005")).unwrap().to_owned();
        let copied = copied.replace("{#BK-005 thread", "{thread").replace(" {#BK-005}", "");
        place.put(&to, place.text(&to).trim_end().to_owned() + "\n" + &copied + "\n");
    }
    // A copy is nothing that has moved.
    place.run_ok("id --write");
    place.run_ok("check");
}

#[test]
fn items_that_no_id_can_be_written_into_are_told_as_that_by_every_command() {
    let text = "# Ladder\n\n## L1 {#L1}\n\n### Craft {#craft}\n\n- Writes code.\n-\n- > Quoted.\n-     block\n";
    let place = Place::of(&Folder::new().file("en/ladder.md", text));
    for command in ["check", "id --write", "build"] {
        let told = place.run(command).stderr;
        assert_eq!(told.matches("this item has no sentence that could carry an id").count(), 3, "{command}: {told}");
    }
}
