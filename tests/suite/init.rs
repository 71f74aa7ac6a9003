//! `rungs init`: an example to begin with, and ladders that are there already.

#![allow(clippy::disallowed_methods, reason = "the program is run on documents on disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use proptest::prelude::*;
use rungs::init::{Document, Found, Wishes, adopt};

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
    assert_snapshot!(place.run_with("translation status --fail-on missing,outdated,unrecorded", "my-ladder", &[]).shown(), @r"
    status 0
    --- stdout
    FIXME
    ");
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
fn the_workflow_installs_the_version_that_wrote_it() {
    let place = Place::empty();
    place.run("init");
    let workflow = place.text(".github/workflows/pages.yml");
    assert!(workflow.contains(&format!("RUNGS_VERSION: \"{}\"", env!("CARGO_PKG_VERSION"))), "{workflow}");
    assert!(workflow.contains("cargo install rungs --locked --version \"$RUNGS_VERSION\""));
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
    assert!(run.stdout.contains(".gitignore stays as it is. It should have the line /public/"), "{}", run.stdout);
    assert_eq!(place.text(".gitignore"), "/target/\n");
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
fn the_seed_as_it_was_found_gives_its_102_criteria_with_the_ids_that_they_have() {
    let place = Place::empty();
    place.put("technical-leadership.md", SEED);
    let run = place.run("init site --from technical-leadership.md --prefix TL");
    assert_snapshot!(run.shown(), @"");
    assert_eq!(place.run_with("check", "site", &[]).shown(), "status 0\n--- stdout\nno problems");
    assert_eq!(place.run_with("build -q", "site", &[]).shown(), "status 0");
    let adopted = place.text("site/content/en/technical-leadership.md");
    assert_eq!(statements(&adopted), statements(SEED));
    assert_eq!(statements(&adopted).len(), 102);
    // The same words as those of this project's own ladder, but for the breaks of lines that were mended there.
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
    assert_eq!(body.join("\n") + "\n", SEED.replace("[繁體中文](index.zh_TW.md)", ""));
    assert_snapshot!(place.text("site/content/site.toml").split_once("[provenance.source]").unwrap().1, @"");
}

#[test]
fn a_document_for_each_level_becomes_one_ladder() {
    let (place, told) = adopted("levels");
    assert_snapshot!(told, @"");
    assert_snapshot!(place.text("content/en/levels.md"), @"");
}

#[test]
fn a_table_of_levels_and_categories_becomes_headings_and_lists() {
    let (place, told) = adopted("table-across");
    assert_snapshot!(told, @"");
    assert_snapshot!(place.text("content/en/design.md"), @"");
}

#[test]
fn levels_may_stand_in_the_rows_of_a_table() {
    let (place, told) = adopted("table-down");
    assert_snapshot!(told, @"");
    assert!(place.text("content/en/sales.md").contains(
        "### Pipeline {#pipeline}\n\n- Builds a pipeline of one quarter. {#SA-003}\n- Forecasts it. {#SA-004}\n"
    ));
}

#[test]
fn each_level_may_have_a_table_of_its_own() {
    let (place, told) = adopted("table-per-level");
    assert_snapshot!(told, @"");
    assert!(place.text("content/en/data.md").contains("## D2 – Senior Analyst {#D2}"));
}

#[test]
fn labels_and_bold_lines_are_categories_and_every_byte_stays() {
    let (place, told) = adopted("labels");
    assert_snapshot!(told, @"");
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
    assert_snapshot!(told, @"");
    assert!(
        place.text("content/en/writing.md").contains("- Cuts what is not needed,\neven if it took a day. {#WR-002}\n")
    );
}

#[test]
fn a_document_may_say_that_its_paragraphs_are_criteria() {
    let (_, told) = adopted("said");
    assert_snapshot!(told, @"");
}

#[test]
fn quotations_above_categories_are_summaries_of_levels() {
    let (place, told) = adopted("quotes");
    assert_snapshot!(told, @"");
    assert!(place.text("public/en/security/e1/index.html").contains("Works on findings that others have made."));
}

#[test]
fn levels_may_be_headings_of_the_first_depth() {
    let (_, told) = adopted("headings");
    assert_snapshot!(told, @"");
}

#[test]
fn languages_are_read_from_folders() {
    let (place, told) = adopted("folders");
    assert_snapshot!(told, @"");
    assert_snapshot!(place.text("content/zh-TW/growth.md"), @"");
    let status = place.run("translation status --fail-on missing,outdated").status;
    assert_eq!(status, 0);
}

#[test]
fn languages_are_read_from_suffixes() {
    let (place, told) = adopted("suffixes");
    assert_snapshot!(told, @"");
    assert!(place.text("content/zh-TW/suffixes.md").contains("- 兌現標題的承諾。 {#GR-005}"));
}

#[test]
fn languages_are_read_from_names_and_wrong_tags_are_told() {
    let (place, told) = adopted("names");
    assert_snapshot!(told, @"");
    assert!(place.text("content/ja/names.md").contains("- テストしないものを選ぶ。 {#QU-003}"));
    assert!(place.text("content/zh-CN/names.md").contains("- 决定什么不测试。 {#QU-003}"));
}

#[test]
fn what_a_translation_has_and_its_source_lacks_is_told() {
    let (place, told) = adopted("uneven");
    assert_snapshot!(told, @"");
    assert_snapshot!(place.text("content/zh-TW/ladder.md"), @"");
}

#[test]
fn links_and_braces_that_would_be_errors_are_kept_as_text_and_told() {
    let (place, told) = adopted("links");
    assert_snapshot!(told, @"");
    assert_snapshot!(place.text("content/en/mobile.md"), @"");
}

#[test]
fn several_ladders_of_one_folder_stay_several_and_what_is_none_is_told() {
    let (_, told) = adopted("beside");
    assert_snapshot!(told, @"");
}

#[test]
fn what_cannot_be_adopted_is_refused_with_a_reason_and_nothing_is_written() {
    let place = Place::empty();
    place.put("letter.md", "Dear all,\n\nnothing here is a ladder.\n");
    place.put("ladder.md", "# L\n\n## L1\n\n- Works.\n");
    place.put("broken.md", b"# L\xFF");
    let before = place.files(".");
    assert_snapshot!(place.run("init --from letter.md").shown(), @"");
    assert_snapshot!(place.run("init --from broken.md").shown(), @"");
    assert_snapshot!(place.run("init --from missing.md").shown(), @"");
    assert_snapshot!(place.run("init --from ladder.md --prefix tl").shown(), @"");
    assert_snapshot!(place.run("init --from ladder.md --locale zh_TW").shown(), @"");
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_adopted_no_word_is_lost_without_being_told(
        beginning in prop::sample::select(vec!["", "# Ladder\n\n## L1\n\n- Works.\n\n", "---\ntitle: X\n---\n", "# M1\n\nText.\n\n# M2\n\nMore.\n\n"]),
        first in prop::collection::vec(piece(), 0..24),
        second in prop::collection::vec(piece(), 0..24),
    ) {
        let texts = [("docs/ladder.md", format!("{beginning}{}", first.concat())), ("docs/ladder.zh-TW.md", format!("{beginning}{}", second.concat()))];
        let document = |(path, text): &'_ (&'static str, String)| Document { found: Found { path: (*path).into(), text: Box::leak(text.clone().into_boxed_str()) }, name: (*path).into() };
        let documents: Vec<_> = texts.iter().map(document).collect();
        match adopt(&documents, &Wishes::default()) {
            Err(refusal) => prop_assert_eq!(refusal.problems.len(), 2),
            Ok(adopted) => {
                let written: BTreeSet<&str> = adopted.files.values().flat_map(|text| words(text)).collect();
                for (path, text) in &texts {
                    for (number, line) in text.lines().enumerate() {
                        let lost: Vec<_> = words(line).filter(|word| !written.contains(word) && !["br", "criteria", "paragraphs", "1"].contains(word)).collect();
                        let is_told = adopted.told.iter().any(|problem| {
                            let place = &problem.label.place;
                            let of_line = text[..place.span().start].matches('\n').count() == number;
                            place.path == *path && (of_line || place.span().is_empty())
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
