//! `rungs init`: an example to begin with, and ladders that are there already.

#![allow(clippy::disallowed_methods, reason = "the program is run on documents on disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use proptest::prelude::*;
use rungs::for_tests::init::{AdoptOptions, AdoptedDocument, FoundDocument, adopt};

use crate::place::Place;

fn names(place: &Place) -> Vec<String> {
    place.files(".").into_iter().map(|(path, _)| path).collect()
}

#[test]
fn an_example_is_made_without_a_question_and_the_next_commands_are_named() {
    let place = Place::empty();
    assert_snapshot!(place.run("init my-ladder").shown(), @r"
    status 0
    --- stdout
    an example in English and Traditional Chinese: 11 files written

      my-ladder/.github/workflows/pages.yml
      my-ladder/.gitignore
      my-ladder/content/en/engineering.md
      my-ladder/content/en/notes/code-review.md
      my-ladder/content/en/notes/using-this-ladder.md
      my-ladder/content/register.toml
      my-ladder/content/site.toml
      my-ladder/content/zh-TW/engineering.md
      my-ladder/content/zh-TW/notes/code-review.md
      my-ladder/content/zh-TW/notes/using-this-ladder.md
      my-ladder/content/zh-TW/translation.toml

    Next:

      cd my-ladder
      rungs serve --open  shows the site while you write
      rungs id --write    gives ids to what you have added

    Then fill in [provenance] in content/site.toml: whose words these are, and what others may do with them.
    In .github/workflows/pages.yml, say where to install Rungs from: this Rungs was built from source.
    GitHub Pages sites are public, even those of private repositories. To choose your readers, put public/ behind a login.
    ");
    assert_snapshot!(place.run_with("check", "my-ladder", &[]).shown(), @r"
    status 0
    --- stdout
    no problems
    ");
    assert_snapshot!(place.run_with("id", "my-ladder", &[]).shown(), @r"
    status 0
    --- stdout
    every criterion, level and category has an id, and the register has them all
    ");
    assert_snapshot!(place.run_with("build", "my-ladder", &[]).shown(), @r"
    status 0
    --- stdout
    … pages, 2 locales, 10 criteria, no problems, … ms: public/index.html
    ");
    let status = place.run_with("translation status --fail-on missing,outdated,unrecorded", "my-ladder", &[]);
    assert_eq!(status.status, 0, "{}", status.stdout);
    assert_snapshot!(status.stdout.lines().next().unwrap(), @"zh-TW: 100 %, 28 of 28 units");
}

#[test]
fn without_a_folder_the_example_is_made_here() {
    let place = Place::empty();
    let told = place.run("init").stdout;
    assert!(
        told.contains("\n  rungs serve --open") && told.contains("\n  rungs check") && !told.contains("cd "),
        "{told}"
    );
    assert_eq!(place.run("check").status, 0);
}

#[test]
fn nothing_is_written_over_and_everything_in_the_way_is_named() {
    let place = Place::empty();
    place.put("content/site.toml", "mine");
    place.put("content/en/other.md", "mine too");
    place.put(".github/workflows", "a file where a folder would be");
    let before = place.files(".");
    assert_snapshot!(place.run("init").shown(), @r"
    status 1
    --- stderr
    error: nothing is written, since this is there already:
      .github/workflows
      content/en/other.md
      content/site.toml
      = help: move it away, or choose another folder: `rungs init my-ladder`
    ");
    assert_eq!(place.files("."), before);
}

#[test]
fn what_git_ignores_already_stays_as_it_is() {
    let place = Place::empty();
    place.put(".gitignore", "/target/\n");
    let run = place.run("init");
    assert_eq!(run.status, 0);
    assert!(
        run.stdout.contains(".gitignore stays as it is. It should have the lines /public/, .rungs-*, .public.rungs-*"),
        "{}",
        run.stdout
    );
    assert_eq!(place.text(".gitignore"), "/target/\n");
}

#[test]
fn git_ignores_what_a_command_that_was_stopped_leaves_behind() {
    let place = Place::empty();
    assert_eq!(place.run("init").status, 0);
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git").args(arguments).current_dir(place.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    git(&["init", "-q"]);
    for left in ["content/.rungs-Ab12Cd", "content/en/.rungs-Ab12Cd", ".public.rungs-Ab12Cd/site/index.html"] {
        place.put(left, "half");
    }
    let untracked = git(&["status", "--porcelain", "--untracked-files=all"]);
    assert!(untracked.contains("content/site.toml") && !untracked.contains("rungs-"), "{untracked}");
    assert_eq!(place.run("check").status, 0, "what is left behind is not read");
}

#[test]
fn where_nothing_can_be_written_nothing_is_left() {
    let place = Place::empty();
    place.put("file", "x");
    let run = place.run("init file/below");
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert_eq!(names(&place), ["file"]);
    assert_eq!(fs::read_to_string(place.at("file")).unwrap(), "x");
}

const SEED: &str = include_str!("../fixtures/seed/technical-leadership.md");

/// A place with the documents of a fixture.
fn documents(name: &str) -> Place {
    let place = Place::empty();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/adopt").join(name);
    let mut files: Vec<_> = walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap).collect();
    files.retain(|entry| entry.file_type().is_file());
    for file in files {
        let path = file.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        place.put(&format!("{name}/{path}"), fs::read(file.path()).unwrap());
    }
    place
}

/// Adopts a fixture as a person would, and sees to it that a site comes of it. Gives back what was told.
fn adopted(name: &str) -> (Place, String) {
    let place = documents(name);
    let told = place.run(&format!("init --from {name} --dry-run"));
    assert_eq!(told.status, 0, "{}", told.stderr);
    assert!(!place.at("content").exists(), "a dry run writes nothing");
    let run = place.run(&format!("init --from {name}"));
    assert_eq!((run.status, &run.stderr), (0, &told.stderr), "{}", run.stdout);
    let check = place.run("check --quiet");
    assert_eq!(check.shown(), "status 0");
    let ids = place.run("id");
    assert_eq!(ids.status, 0, "{}", ids.stdout);
    let build = place.run("build --quiet");
    assert_eq!(build.shown(), "status 0");
    assert!(place.at("public/en/index.html").exists());
    let understood = told.stdout.trim_end().strip_suffix("nothing is written: leave out --dry-run to adopt").unwrap();
    (place, format!("{}\n---\n{}", understood.trim_end(), told.stderr.trim_end()))
}

/// The statements of a ladder file, without their ids.
fn statements(text: &str) -> Vec<&str> {
    let (_, levels) = text.split_once("\n## ").unwrap();
    levels.lines().filter_map(|line| line.strip_prefix("- ")).map(|line| line.split(" {#").next().unwrap()).collect()
}

#[test]
fn the_columns_of_a_table_stand_below_each_other_in_every_script() {
    let place = Place::empty();
    place.put(
        "ko.md",
        "# 경력\n\n## L1 = 초급\n\n### 기술\n\n- 안다.\n\n### 사람\n\n- 돕는다.\n\n## L2 = 고급\n\n### 기술\n\n- 가르친다.\n",
    );
    let told = place.run("init ko --from ko.md --dry-run").stdout;
    let table: Vec<_> = told.lines().skip(2).take(4).collect();
    assert_eq!(
        table,
        ["         L1   L2    all", "  기술    1    1      2", "  사람    1    ·      1", "  all     2    1      3"]
    );
}

#[test]
fn the_seed_as_it_was_found_gives_its_102_criteria_with_the_ids_that_they_have() {
    let place = Place::empty();
    place.put("technical-leadership.md", SEED);
    let run = place.run("init site --from technical-leadership.md --prefix TL");
    assert_snapshot!(run.shown(), @r"
    status 0
    --- stdout
    Technical Leadership Career Ladder by Poss

                               L5   L6   L7   L8   L9    all
      Knowledge & Experience    9   11    9    7    3     39
      Leadership & Influence   10    9    9    7    5     40
      Organizational Impact     4    7    6    5    1     23
      all                      23   27   24   19    9    102

      en: TL-001 to TL-102, from technical-leadership.md
      Links from file to file were left out, since the site has its own.

    adopted 102 criteria: 5 files written

      site/.github/workflows/pages.yml
      site/.gitignore
      site/content/en/technical-leadership.md
      site/content/register.toml
      site/content/site.toml

    Next:

      cd site
      rungs serve --open  shows the site while you write
      rungs id --write    gives ids to what you have added

    Then fill in [provenance] in content/site.toml: whose words these are, and what others may do with them.
    The documents do not say: which licence that is, where it comes from.
    In .github/workflows/pages.yml, say where to install Rungs from: this Rungs was built from source.
    GitHub Pages sites are public, even those of private repositories. To choose your readers, put public/ behind a login.
    --- stderr
    warning[unplaced]: these links lead from file to file, and the site has its own
     --> technical-leadership.md:3:1
      |
    3 | [繁體中文](index.zh_TW.md)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: nothing is to be done, unless they lead to something that should be adopted too
    ");
    assert_eq!(place.run_with("check", "site", &[]).shown(), "status 0\n--- stdout\nno problems");
    assert_eq!(place.run_with("build -q", "site", &[]).shown(), "status 0");
    let adopted = place.text("site/content/en/technical-leadership.md");
    assert_eq!(statements(&adopted), statements(SEED));
    assert_eq!(statements(&adopted).len(), 102);
    // The same words as those of this project's own ladder, but for the breaks of lines that were fixed there.
    let own = include_str!("../../content/en/technical-leadership.md");
    let joined = |text: &str| {
        text.replace("multi- ", "multi-").replace("cross- ", "cross-").replace("department- ", "department-")
    };
    assert_eq!(statements(&joined(&adopted)), statements(own));
    let ids = |text: &str| -> Vec<String> {
        text.match_indices("{#TL-").map(|(at, _)| text[at + 2..at + 8].to_owned()).collect()
    };
    assert_eq!(ids(&adopted), ids(own));
    // Nothing else has changed: without ids and front matter it is the document, but for the link between languages.
    let (_, body) = adopted.split_once("\n+++\n").unwrap();
    let body: Vec<_> = body.lines().map(|line| line.split(" {#").next().unwrap()).collect();
    assert_eq!(body.join("\n") + "\n", SEED.replace("[繁體中文](index.zh_TW.md)\n", ""));
    assert_snapshot!(place.text("site/content/site.toml").split_once("[provenance.source]").unwrap().1, @r#"

    title = "Technical Leadership Career Ladder by Poss"
    creators = [{ name = "Raphael 'kena' Poss" }]
    copyright-notice = "Copyright ⓒ 2021-2022 Raphael 'kena' Poss."
    licence-notice = "Permission is granted to distribute, reuse and modify this table according to the terms of the CreativeCommons-ShareAlike 4.0 International License."
    # To fill in: where it comes from.
    uri = "https://ladders.example/"

    # To fill in: which licence the notice means, by its names and its address, and why.
    [provenance.licence]
    named = "CreativeCommons-ShareAlike 4.0 International License"
    name = "CreativeCommons-ShareAlike 4.0 International License"
    short-name = "CreativeCommons-ShareAlike 4.0 International License"
    spdx = "NOASSERTION"
    url = "https://ladders.example/"

    [provenance.licence.reason]
    en = "To fill in: why the notice is understood so."

    # To fill in: who adopted it, and what else was changed.
    [[provenance.modifications]]
    by = { name = "To fill in" }

    [provenance.modifications.changes]
    en = ["Every level, category and criterion was given an id.", "Links from file to file were left out, since the site has its own."]
    "#);
}

#[test]
fn a_document_for_each_level_becomes_one_ladder() {
    let (place, told) = adopted("levels");
    assert_snapshot!(told, @r"
    Support Engineering Ladder

                                  Customers  Product    all
      junior-support-engineer             2        1      3
      senior-support-engineer             2        1      3
      principal-support-engineer          1        1      2
      all                                 5        3      8

      en: SE-001 to SE-008, from levels/README.md, levels/junior.md, levels/senior.md, levels/principal.md
      The files of its levels were put into one, with their headings one deeper.
      Links from file to file were left out, since the site has its own.
    ---
    warning[unplaced]: these links lead from file to file, and the site has its own
     --> levels/README.md:5:1
      |
    5 | - [Junior](junior.md)
      | ^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: nothing is to be done, unless they lead to something that should be adopted too

    warning[unplaced]: these links lead from file to file, and the site has its own
     --> levels/README.md:6:1
      |
    6 | - [Senior](senior.md)
      | ^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: nothing is to be done, unless they lead to something that should be adopted too

    warning[unplaced]: these links lead from file to file, and the site has its own
     --> levels/README.md:7:1
      |
    7 | - [Principal](principal.md)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: nothing is to be done, unless they lead to something that should be adopted too
    ");
    assert_snapshot!(place.text("content/en/levels.md"), @r#"
    +++
    title = "Support Engineering Ladder"
    +++
    # Support Engineering Ladder

    What we hope to see on each level.

    ## How to use it

    Talk about it twice a year.

    ## Junior Support Engineer {#junior-support-engineer}

    Learns how the product works.

    ### Customers {#customers}

    - Answers tickets with the help of the handbook. {#SE-001}
    - Writes replies that a customer can follow. {#SE-002}

    ### Product {#product}

    - Finds the right page of the documentation. {#SE-003}

    ## Senior Support Engineer {#senior-support-engineer}

    Knows the product by heart.

    ### Customers {#customers}

    - Calms a customer who is angry. {#SE-004}
    - Handles outages without being told how. {#SE-005}

    ### Product {#product}

    - Writes tools that close tickets. {#SE-006}

    ## Principal Support Engineer {#principal-support-engineer}


    ### Customers {#customers}


    * Is asked for by name by large customers. {#SE-007}

    ### Product {#product}


    * Decides with the product team what is fixed first. {#SE-008}
    "#);
}

#[test]
fn a_table_of_levels_and_categories_becomes_headings_and_lists() {
    let (place, told) = adopted("table-across");
    assert_snapshot!(told, @r"
    Design Matrix

                 Craft  Team  Research    all
      associate      2     1         ·      3
      mid-level      2     1         1      4
      senior         2     ·         2      4
      all            6     2         3     11

      en: DE-001 to DE-011, from table-across/design.md
      Its tables became headings and lists.
    ---
    warning[unplaced]: the name of this column is that of no level and no category
     --> table-across/design.md:5:3
      |
    5 | | Skill | Associate | Mid-level | Senior |
      |   ^^^^^ left out
      |
      = help: nothing is to be done, unless it says something that is said nowhere else
    ");
    assert_snapshot!(place.text("content/en/design.md"), @r#"
    +++
    title = "Design Matrix"
    +++
    # Design Matrix

    Three levels and three skills.

    Written for the tests of adoption.

    ## Associate {#associate}

    ### **Craft** {#craft}

    - Draws screens from a brief. {#DE-001}
    - Names layers so that others find them. {#DE-002}

    ### Team {#team}

    - Asks for critique early. {#DE-003}

    ## Mid-level {#mid-level}

    ### **Craft** {#craft}

    - Designs a flow from end to end. {#DE-004}
    - Tests it with five people. {#DE-005}

    ### Research {#research}

    - Plans an interview, e.g. a script and consent. {#DE-006}

    ### Team {#team}

    - Gives critique that others use. {#DE-007}

    ## Senior {#senior}

    ### **Craft** {#craft}

    - Sets the patterns of the product. {#DE-008}
    - Decides what is left out. {#DE-009}

    ### Research {#research}

    - Picks the method {#DE-010}
    - Says what it cannot show {#DE-011}

    ## Thanks

    To everybody who reads tables.
    "#);
}

#[test]
fn levels_may_stand_in_the_rows_of_a_table() {
    let (place, told) = adopted("table-down");
    assert_snapshot!(told, @r"
    Sales ladder

                  S1   S2   S3    all
      Pipeline     1    2    1      4
      Customers    1    1    1      3
      all          2    3    2      7

      en: SA-001 to SA-007, from table-down/sales.md
      Its tables became headings and lists.
    ---
    ");
    assert!(place.text("content/en/sales.md").contains(
        "### Pipeline {#pipeline}\n\n- Builds a pipeline of one quarter. {#SA-003}\n- Forecasts it. {#SA-004}\n"
    ));
}

#[test]
fn each_level_may_have_a_table_of_its_own() {
    let (place, told) = adopted("table-per-level");
    assert_snapshot!(told, @r"
    Data ladder

                  D1   D2    all
      Questions    1    1      2
      Data         1    2      3
      all          2    3      5

      en: DA-001 to DA-005, from table-per-level/data.md
      Its tables became headings and lists.
    ---
    warning[unplaced]: the name of this column is that of no level and no category
     --> table-per-level/data.md:5:1
      |
    5 | | Area | Expectation |
      | ^^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: nothing is to be done, unless it says something that is said nowhere else

    warning[unplaced]: the name of this column is that of no level and no category
      --> table-per-level/data.md:12:1
       |
    12 | | Area | Expectation |
       | ^^^^^^^^^^^^^^^^^^^^^^ left out
       |
       = help: nothing is to be done, unless it says something that is said nowhere else
    ");
    assert!(place.text("content/en/data.md").contains("## D2 – Senior Analyst {#D2}"));
}

#[test]
fn labels_and_bold_lines_are_categories_and_every_byte_stays() {
    let (place, told) = adopted("labels");
    assert_snapshot!(told, @r"
    Ops Ladder

                 O1   O2    all
      Machines    2    1      3
      People      1    1      2
      all         3    2      5

      en: OP-001 to OP-005, from labels/ops.md
    ---
    ");
    let adopted = place.text("content/en/ops.md");
    let plain: String = adopted.split('\n').map(|line| format!("{}\n", without_id(line))).collect();
    let found = place.text("labels/ops.md");
    assert_eq!(plain.trim_end().strip_prefix("+++\r\ntitle = \"Ops Ladder\"\r\n+++\r\n"), Some(found.trim_end()));
    let site = place.text("content/site.toml");
    assert!(
        site.contains("spdx = \"CC-BY-4.0\"") && site.contains("copyright-notice = \"© 2024 The Ops Guild.\""),
        "{site}"
    );
}

fn without_id(line: &str) -> String {
    match (line.find(" {#"), line.ends_with('\r')) {
        (Some(at), true) => format!("{}\r", &line[..at]),
        (Some(at), false) => line[..at].to_owned(),
        (None, _) => line.to_owned(),
    }
}

#[test]
fn paragraphs_below_categories_are_found_to_be_criteria() {
    let (place, told) = adopted("paragraphs");
    assert_snapshot!(told, @r"
    Writers

                     Words  Readers    all
      junior-writer      2        1      3
      senior-writer      1        1      2
      all                3        2      5

      en: WR-001 to WR-005, from paragraphs/writing.md
      Its paragraphs became items of lists.
    ---
    ");
    assert!(
        place.text("content/en/writing.md").contains("- Cuts what is not needed,\neven if it took a day. {#WR-002}\n")
    );
}

#[test]
fn a_document_may_say_that_its_paragraphs_are_criteria() {
    let (_, told) = adopted("said");
    assert_snapshot!(told, @r"
    Coaching Ladder

               without a category    all
      coach-1                   3      3
      coach-2                   1      1
      all                       4      4

      en: CO-001 to CO-004, from said/coaching.md
      Its paragraphs became items of lists.
    ---
    warning[unplaced]: this found no place
     --> said/coaching.md:3:1
      |
    3 | layout: default
      | ^^^^^^^^^^^^^^^ left out
      |
      = help: add it by hand where it belongs, if it is to stay
    ");
}

#[test]
fn quotations_above_categories_are_summaries_of_levels() {
    let (place, told) = adopted("quotes");
    assert_snapshot!(told, @r"
    Security Ladder

                E1   E2    all
      Finding    2    1      3
      Mending    1    1      2
      all        3    2      5

      en: SE-001 to SE-005, from quotes/security.md
    ---
    ");
    assert!(place.text("public/en/security/e1/index.html").contains("Works on findings that others have made."));
}

#[test]
fn levels_may_be_headings_of_the_first_depth() {
    let (_, told) = adopted("headings");
    assert_snapshot!(told, @r"
    Nursing

                    Care  Team    all
      junior-nurse     1     1      2
      senior-nurse     1     1      2
      all              2     2      4

      en: NU-001 to NU-004, from headings/nursing.md
    ---
    ");
}

#[test]
fn languages_are_read_from_folders() {
    let (place, told) = adopted("folders");
    assert_snapshot!(told, @r"
    Growth Ladder

                G1   G2    all
      Numbers    2    1      3
      Words      1    1      2
      all        3    2      5

      en: GR-001 to GR-005, from folders/en/growth.md
      zh-TW: 5 of 5 criteria, from folders/zh_TW/growth.md
      Links from file to file were left out, since the site has its own.
    ---
    warning[unplaced]: these links lead from file to file, and the site has its own
     --> folders/en/growth.md:3:1
      |
    3 | [中文](../zh_TW/growth.md)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: nothing is to be done, unless they lead to something that should be adopted too

    warning[misnamed-locale]: `zh_TW` is not how the language is written: it is taken for `zh-TW`
    --> folders/zh_TW/growth.md
     = help: if another language is meant, rename the file or folder and begin again

    warning[unplaced]: these links lead from file to file, and the site has its own
     --> folders/zh_TW/growth.md:3:1
      |
    3 | [English](../en/growth.md)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: nothing is to be done, unless they lead to something that should be adopted too
    ");
    assert_snapshot!(place.text("content/zh-TW/growth.md"), @r#"
    +++
    title = "成長職涯階梯"
    +++
    # 成長職涯階梯


    ## G1新手 {#G1}

    ### 數字 {#numbers}

    - 看懂漏斗。 {#GR-001}
    - 找出流失的步驟。 {#GR-002}

    ### 文字 {#words}

    - 寫兩個標題並都測試。 {#GR-003}

    ## G2負責人 {#G2}

    ### 數字 {#numbers}

    - 說明哪個測試不值得做。 {#GR-004}

    ### 文字 {#words}

    - 兌現標題的承諾。 {#GR-005}
    "#);
    let status = place.run("translation status --fail-on missing,outdated").status;
    assert_eq!(status, 0);
}

#[test]
fn languages_are_read_from_suffixes() {
    let (place, told) = adopted("suffixes");
    assert_snapshot!(told, @r"
    Growth Ladder

                G1   G2    all
      Numbers    2    1      3
      Words      1    1      2
      all        3    2      5

      en: GR-001 to GR-005, from suffixes/index.md
      zh-TW: 5 of 5 criteria, from suffixes/index.zh_TW.md
      Links from file to file were left out, since the site has its own.
    ---
    warning[unplaced]: these links lead from file to file, and the site has its own
     --> suffixes/index.md:3:1
      |
    3 | [繁體中文](index.zh_TW.md)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: nothing is to be done, unless they lead to something that should be adopted too

    warning[misnamed-locale]: `zh_TW` is not how the language is written: it is taken for `zh-TW`
    --> suffixes/index.zh_TW.md
     = help: if another language is meant, rename the file or folder and begin again

    warning[unplaced]: these links lead from file to file, and the site has its own
     --> suffixes/index.zh_TW.md:3:1
      |
    3 | [English](index.md)
      | ^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: nothing is to be done, unless they lead to something that should be adopted too
    ");
    assert!(place.text("content/zh-TW/suffixes.md").contains("- 兌現標題的承諾。 {#GR-005}"));
}

#[test]
fn languages_are_read_from_names_and_wrong_tags_are_told() {
    let (place, told) = adopted("names");
    assert_snapshot!(told, @r"
    Quality Ladder

           without a category    all
      Q1                    2      2
      Q2                    1      1
      all                   3      3

      en: QU-001 to QU-003, from names/en.md
      ja: 3 of 3 criteria, from names/jp.md
      zh-CN: 3 of 3 criteria, from names/cn.md
    ---
    warning[misnamed-locale]: `cn` is not how the language is written: it is taken for `zh-CN`
    --> names/cn.md
     = help: if another language is meant, rename the file or folder and begin again

    warning[misnamed-locale]: `jp` is not how the language is written: it is taken for `ja`
    --> names/jp.md
     = help: if another language is meant, rename the file or folder and begin again
    ");
    assert!(place.text("content/ja/names.md").contains("- テストしないものを選ぶ。 {#QU-003}"));
    assert!(place.text("content/zh-CN/names.md").contains("- 决定什么不测试。 {#QU-003}"));
}

#[test]
fn what_a_translation_has_and_its_source_lacks_is_told() {
    let (place, told) = adopted("uneven");
    assert_snapshot!(told, @r"
    Kitchen Ladder

             K1   K2    all
      Food    2    1      3
      Room    1    ·      1
      all     3    1      4

      en: KI-001 to KI-004, from uneven/ladder.md
      zh-TW: 4 of 4 criteria, from uneven/ladder.zh-TW.md
    ---
    warning[unplaced]: nothing in the source is the same as this part of its translation
     --> uneven/ladder.zh-TW.md:9:1
      |
    9 | - 這一項只有中文版才有，而且原文裡完全找不到對應的內容，長得跟其他項目都不一樣，所以不知道該放在哪裡才好。
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: add it where it belongs by hand, with the id of what it translates

    warning[unplaced]: nothing in the source is the same as this part of its translation
      --> uneven/ladder.zh-TW.md:21:1
       |
    21 | ## K3總主廚
       | ^^^^^^^^^^^ left out
       |
       = help: add it where it belongs by hand, with the id of what it translates

    warning[unplaced]: nothing in the source is the same as this part of its translation
      --> uneven/ladder.zh-TW.md:23:1
       |
    23 | ### 食物
       | ^^^^^^^^ left out
       |
       = help: add it where it belongs by hand, with the id of what it translates

    warning[unplaced]: nothing in the source is the same as this part of its translation
      --> uneven/ladder.zh-TW.md:25:1
       |
    25 | - 開新店。
       | ^^^^^^^^^^ left out
       |
       = help: add it where it belongs by hand, with the id of what it translates
    ");
    assert_snapshot!(place.text("content/zh-TW/ladder.md"), @r#"
    +++
    title = "廚房階梯"
    +++
    # 廚房階梯

    ## K1廚師 {#K1}

    ### 食物 {#food}

    - 依菜單烹調。 {#KI-001}
    - 每樣東西都嚐三次：生的、半熟的、熟的，並且每次都寫下少了什麼。 {#KI-002}

    ### 場地 {#room}

    - 邊做邊清理。 {#KI-003}

    ## K2主廚 {#K2}

    ### 食物 {#food}

    - 寫菜單。 {#KI-004}
    "#);
}

#[test]
fn links_and_braces_that_would_be_errors_are_kept_as_text_and_told() {
    let (place, told) = adopted("links");
    assert_snapshot!(told, @r"
    Mobile Ladder

           Apps    all
      m1      3      3
      M2      1      1
      all     4      4

      en: MO-001 to MO-004, from links/mobile.md
    ---
    warning[unplaced]: this anchor is that of no level and no category
     --> links/mobile.md:1:19
      |
    1 | # Mobile Ladder {#top}
      |                   ^^^ left out
      |
      = help: nothing is to be done, unless it is linked to from elsewhere

    warning[kept-as-text]: this is shown as it is written: the link `../pay/bands.md` leads to nothing
     --> links/mobile.md:3:9
      |
    3 | See the [salary bands](../pay/bands.md), the picture ![of levels](levels.png) and [each other](#each-other).
      |         ^
      |
      = help: a backslash stands before it now: fix it and take that out

    warning[kept-as-text]: this is shown as it is written: there is no image `levels.png`
     --> links/mobile.md:3:55
      |
    3 | See the [salary bands](../pay/bands.md), the picture ![of levels](levels.png) and [each other](#each-other).
      |                                                       ^
      |
      = help: a backslash stands before it now: fix it and take that out

    warning[kept-as-text]: this is shown as it is written: the link `#each-other` leads to nothing
     --> links/mobile.md:3:83
      |
    3 | See the [salary bands](../pay/bands.md), the picture ![of levels](levels.png) and [each other](#each-other).
      |                                                                                   ^
      |
      = help: a backslash stands before it now: fix it and take that out

    warning[kept-as-text]: this is shown as it is written: the link `handbook.md` leads to nothing
     --> links/mobile.md:9:21
      |
    9 | - Ships an app, see [the handbook][handbook]. {#ship}
      |                     ^
      |
      = help: a backslash stands before it now: fix it and take that out

    warning[kept-as-text]: this is shown as it is written: the link `handbook.md` leads to nothing
     --> links/mobile.md:9:35
      |
    9 | - Ships an app, see [the handbook][handbook]. {#ship}
      |                                   ^
      |
      = help: a backslash stands before it now: fix it and take that out

    warning[unplaced]: this id is not one of this site
     --> links/mobile.md:9:49
      |
    9 | - Ships an app, see [the handbook][handbook]. {#ship}
      |                                                 ^^^^ left out
      |
      = help: the criterion has a new one

    warning[kept-as-text]: this is shown as it is written: this link could run a program or lead anywhere
      --> links/mobile.md:11:17
       |
    11 | - Knows [M2] by [javascript](javascript:alert(1)).
       |                 ^
       |
       = help: a backslash stands before it now: fix it and take that out

    warning[kept-as-text]: this is shown as it is written: `TL-999` leads to nothing
      --> links/mobile.md:17:29
       |
    17 | - Plans {for two} platforms [TL-999].
       |                             ^
       |
       = help: a backslash stands before it now: fix it and take that out
    ");
    assert_snapshot!(place.text("content/en/mobile.md"), @r#"
    +++
    title = "Mobile Ladder"
    +++
    # Mobile Ladder 

    See the \[salary bands](../pay/bands.md), the picture !\[of levels](levels.png) and \[each other](#each-other).

    ## M1: Developer {#m1}

    ### Apps {#apps}

    - Ships an app, see \[the handbook]\[handbook]. {#MO-001} 
    - Fills in `{#fields}` of a [form](mailto:form@example.org). {#MO-002}
    - Knows [M2] by \[javascript](javascript:alert(1)). {#MO-003}

    ## M2: Architect {#M2}

    ### Apps {#apps}

    - Plans {for two} platforms \[TL-999]. {#MO-004}

    [handbook]: handbook.md
    "#);
}

#[test]
fn several_ladders_of_one_folder_stay_several_and_what_is_none_is_told() {
    let (_, told) = adopted("beside");
    assert_snapshot!(told, @r"
    Cleaning

                      Care  Team    all
      junior-cleaner     1     1      2
      senior-cleaner     1     1      2
      all                2     2      4

      en: CL-001 to CL-004, from beside/cleaning.md

    Nursing

                    Care  Team    all
      junior-nurse     1     1      2
      senior-nurse     1     1      2
      all              2     2      4

      en: NU-001 to NU-004, from beside/nursing.md
    ---
    warning[unplaced]: no ladder is found in this document, and nothing of it is taken over
    --> beside/README.md
     = help: if it explains the ladder, make it a note: put it into `notes/` with a title between two lines of +++
    ");
}

#[test]
fn what_cannot_be_adopted_is_refused_with_a_reason_and_nothing_is_written() {
    let place = Place::empty();
    place.put("letter.md", "Dear all,\n\nnothing here is a ladder.\n");
    place.put("ladder.md", "# L\n\n## L1\n\n- Works.\n");
    place.put("broken.md", b"# L\xFF");
    let before = place.files(".");
    assert_snapshot!(place.run("init --from letter.md").shown(), @r"
    status 1
    --- stderr
    error[no-levels]: there is no ladder in this document
    --> letter.md
     = help: a ladder has levels as headings and criteria as items of lists below them, or a table of levels and categories

    error: nothing to adopt
    ");
    assert_snapshot!(place.run("init --from broken.md").shown(), @r"
    status 1
    --- stderr
    error[not-utf-8]: the file is not UTF-8: byte 3 is 0xFF
     --> broken.md:1:4
      |
    1 | # L�
      |    ^ 0xFF stands here, which is not UTF-8
      |
      = help: save the file as UTF-8: it may be in another encoding such as Big5 or Windows-1252

    error: nothing is written, since not all documents can be read
    ");
    assert_snapshot!(place.run("init --from missing.md").shown(), @r"
    status 2
    --- stderr
    error: `missing.md` cannot be read: No such file or directory (os error 2)
    ");
    assert_snapshot!(place.run("init --from ladder.md --prefix tl").shown(), @r"
    status 1
    --- stderr
    error: `tl` cannot be the prefix of ids
      = help: write upper case letters A to Z and digits, a letter first, such as `TL` for `TL-042`
    ");
    assert_snapshot!(place.run("init --from ladder.md --locale zh_TW").shown(), @r"
    status 1
    --- stderr
    error: `zh_TW` is not how a language is written
      = help: write `zh-TW`
    ");
    assert_eq!(place.files("."), before);
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "# Ladder\n",
        "## L1 Engineer\n",
        "## L2 = Lead {#L2}\n",
        "### Craft\n",
        "### Team {#team}\n",
        "#### \n",
        "Setext\n---\n",
        "- Writes code.\n",
        "- Reviews [it](a.md) and [that]. {#X-1}\n",
        "* Leads\n  a team\n",
        "1. Counts\n",
        "-\n",
        "- \n",
        "  - nested\n",
        "**Bold**\n",
        "Label:\n",
        "標籤：\n",
        "- 撰寫程式碼。\n",
        "> Quoted.\n",
        "Text with {#braces} and {key=value}.\n",
        "{#open\n",
        "| Skill | L1 | L2 |\n|---|---|---|\n| Craft | Writes.<br>Tests. | Leads |\n",
        "| a | b |\n|---|---|\n| c | d |\n",
        "| L1 | - x \\| y |\n",
        "---\n",
        "+++\n",
        "title: Front\n",
        "criteria: paragraphs\n",
        "\n",
        "\r\n",
        "\u{FEFF}",
        "<div>html</div>\n",
        "[label]: target.md\n",
        "![image](x.png)\n",
        "```\ncode\n```\n",
        "\\\n",
        "    indented\n",
        "Words ",
        "字",
        "© 2020 A. B. ",
        "`",
        "[",
        "{",
    ])
}

properties! {
    96 cases,

    #[test]
    fn whatever_is_adopted_no_word_is_lost_without_being_told(
        beginning in prop::sample::select(vec!["", "# Ladder\n\n## L1\n\n- Works.\n\n", "---\ntitle: X\n---\n", "# M1\n\nText.\n\n# M2\n\nMore.\n\n"]),
        first in prop::collection::vec(piece(), 0..24),
        second in prop::collection::vec(piece(), 0..24),
    ) {
        let texts = [("docs/ladder.md", format!("{beginning}{}", first.concat())), ("docs/ladder.zh-TW.md", format!("{beginning}{}", second.concat()))];
        let document = |(path, text): &'_ (&'static str, String)| AdoptedDocument { found: FoundDocument { path: (*path).into(), text: Box::leak(text.clone().into_boxed_str()) }, name: (*path).into() };
        let documents: Vec<_> = texts.iter().map(document).collect();
        match adopt(&documents, &AdoptOptions::default()) {
            Err(refusal) => prop_assert_eq!(refusal.problems.len(), 2),
            Ok(adopted) => {
                let written: BTreeSet<&str> = adopted.files.values().flat_map(|text| words(text)).collect();
                for (path, text) in &texts {
                    for (number, line) in text.lines().enumerate() {
                        let lost: Vec<_> = words(line).filter(|word| !written.contains(word) && !["br", "criteria", "paragraphs", "1"].contains(word)).collect();
                        let is_told = adopted.told.iter().any(|problem| {
                            let place = &problem.label.place;
                            let of_line = || text[..place.span().start].matches('\n').count() == number;
                            place.path == *path && (place.span().is_empty() || of_line())
                        });
                        prop_assert!(lost.is_empty() || is_told, "{:?} of line {} of {}: {:?}", lost, number + 1, path, text);
                    }
                }
            }
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[test]
fn a_document_of_the_name_of_a_page_of_the_site_is_adopted_under_another() {
    let words = "notes pages glossary threads search translation changes licence review downloads";
    for word in words.split(' ') {
        let place = Place::empty();
        place.put(&format!("{word}.md"), "# My ladder\n\n## L1 = Junior\n\n### Knowledge\n\n- Knows it.\n");
        let run = place.run(&format!("init site --from {word}.md"));
        assert!(run.shown().starts_with("status 0"), "{}", run.shown());
        assert!(place.text("site/content/site.toml").contains(&format!("key = \"{word}-ladder\"")), "{word}");
    }
}
