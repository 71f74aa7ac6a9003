//! `rungs init`: an example to begin with, and ladders that are there already.

use std::fs;

use insta::assert_snapshot;

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
