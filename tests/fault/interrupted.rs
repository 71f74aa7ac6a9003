//! Commands that are killed while they write to the content folder.

#![allow(clippy::disallowed_methods, reason = "folders on disk are moved")]

use camino::Utf8Path;
use insta::assert_snapshot;
use rayon::prelude::*;

use crate::driver::Folder;
use crate::place::Place;
use crate::steps::{self, Mishap};

/// A command that changes several files of a content folder.
struct Case {
    site: fn() -> Place,
    command: &'static str,
}

const CASES: [Case; 7] = [
    Case { site: ladders, command: "withdraw BK-001 BK-003 LD-001 --reason Gone." },
    Case { site: with_a_criterion_deleted, command: "id content --forget BK-004" },
    Case { site: with_new_criteria, command: "id --write" },
    Case { site: with_slips, command: "check --fix" },
    Case { site: ladders, command: "translation start ja" },
    Case { site: with_new_words, command: "release 2026.2 --reworded all --date 2026-11-01" },
    Case { site: adapted, command: "adapt --update --upstream upstream --write" },
];

pub fn check_all() {
    CASES.par_iter().for_each(a_killed_command_is_finished_when_it_is_run_again);
    the_next_command_finishes_what_another_was_killed_in();
    what_was_edited_after_a_command_was_killed_is_never_overwritten();
    a_journal_that_names_files_elsewhere_changes_nothing();
    commands_that_write_at_once_take_turns();
    what_a_killed_command_left_behind_is_swept_away_by_the_next();
}

fn ladders() -> Place {
    Place::of_fixture("ladders")
}

fn with_a_criterion_deleted() -> Place {
    let place = ladders();
    let text = place.text("content/en/baking.md");
    let kept: String = text.split_inclusive('\n').filter(|line| !line.contains("{#BK-004 ")).collect();
    place.put("content/en/baking.md", kept);
    place
}

fn with_new_criteria() -> Place {
    let place = ladders();
    for path in ["content/en/baking.md", "content/en/leading.md"] {
        place.put(path, place.text(path).trim_end().to_owned() + "\n- Does one thing more.\n");
    }
    place
}

fn with_slips() -> Place {
    let place = ladders();
    for path in ["content/en/baking.md", "content/en/leading.md"] {
        place.put(path, place.text(path).replacen("\n- ", "\n-", 1));
    }
    place
}

fn with_new_words() -> Place {
    let folder = Folder::small().released("2026.1", "2026-07-01");
    Place::of(&folder.edited("en/ladder.md", "others can read", "others read"))
}

/// A site that was made from another, which has since got new words, one criterion more and one less.
fn adapted() -> Place {
    let place = ladders();
    place.run_ok(
        "adapt content fork --prefix baking=AB --prefix common=AC --prefix leading=AL --by Acme --date 2026-12-01",
    );
    std::fs::rename(place.at("content"), place.at("upstream")).unwrap();
    std::fs::rename(place.at("fork"), place.at("content")).unwrap();
    place.edit("upstream/en/baking.md", "that others wrote", "that somebody wrote");
    for path in ["upstream/en/leading.md", "upstream/zh-TW/leading.md"] {
        place.put(path, place.text(path).trim_end().to_owned() + "\n- Does one thing more.\n");
    }
    place.run_ok("id upstream --write");
    place.run_ok("withdraw BK-003 --reason Gone. --content upstream");
    place
}

/// Runs a command that is killed before one of its steps. Returns whether it was.
fn killed(place: &Place, command: &str, step: usize) -> bool {
    steps::run(place, command, Mishap::Killed, step).is_killed()
}

/// Runs a command that is killed once its journal stands there, with this many steps after it.
fn killed_midway(place: &Place, command: &str, later: usize) {
    let start = place.copy();
    let journal = |place: &Place| place.at("content/.rungs-journal.json").exists();
    let is_begun = |step: &usize| {
        let place = start.copy();
        killed(&place, command, *step) && journal(&place)
    };
    let step = (0..).find(is_begun).unwrap() + later;
    assert!(killed(place, command, step) && journal(place));
}

/// The files of the content that are no leftovers of a killed program.
fn files(place: &Place) -> Vec<(String, Vec<u8>)> {
    let mut files = place.files("content");
    files.retain(|(path, _)| !Utf8Path::new(path).file_name().is_some_and(|name| name.starts_with(".rungs-")));
    files
}

fn a_killed_command_is_finished_when_it_is_run_again(case: &Case) {
    let written = (case.site)();
    let whole = written.copy();
    whole.run_ok(case.command);
    let checked = whole.run("check");
    let before = files(&written);
    let changed = files(&whole).into_iter().filter(|file| !before.contains(file)).count();
    assert!(changed > 1, "{} changes several files", case.command);
    let (mut unchanged, mut midway) = (0, 0);
    for step in 0.. {
        let place = written.copy();
        if !killed(&place, case.command, step) {
            break;
        }
        let begun = files(&place);
        if place.at("content/.rungs-journal.json").exists() {
            midway += 1;
            let run = place.run("check");
            assert_eq!(run.status, 2, "{}: {}", case.command, run.stderr);
            assert!(run.stderr.contains(&format!("`rungs {}` was interrupted", case.command)), "{}", run.stderr);
            assert_eq!(files(&place), begun);
        } else {
            // Before the journal stands there, nothing has changed.
            assert!(begun == before || begun == files(&whole), "{}, killed at {step}", case.command);
            unchanged += usize::from(begun == before);
        }
        let again = place.run(case.command);
        if begun != files(&whole) {
            assert_eq!(again.status, 0, "{}, killed at {step}: {}", case.command, again.shown());
        }
        assert_eq!(files(&place), files(&whole), "{}, killed at {step}", case.command);
        assert_eq!(place.run("check").shown(), checked.shown());
    }
    assert!(unchanged > 1 && midway > 2, "{}: {unchanged}, {midway}", case.command);
}

fn the_next_command_finishes_what_another_was_killed_in() {
    let command = CASES[0].command;
    let place = (CASES[0].site)();
    let whole = place.copy();
    whole.run_ok(command);
    killed_midway(&place, command, 2);
    assert_snapshot!(place.run("withdraw BK-004 --reason Gone.").shown(), @r#"
    status 0
    --- stdout
    `rungs withdraw BK-001 BK-003 LD-001 --reason Gone.` had been interrupted, and is now complete
    BK-004 is withdrawn: removed from content/en/baking.md, content/zh-TW/baking.md
    --- stderr
    warning[single-level-thread]: the thread `ovens` has criteria at only one level, L1
      --> content/en/baking.md:5:1
       |
     5 | ovens = "Ovens"
       | ^^^^^
       |
      ::: content/en/baking.md:15:3
       |
    15 | - Keeps one oven at the heat that a recipe asks for. {#BK-002 thread=ovens}
       |   -------------------------------------------------- its first criterion
       |
       = help: add `thread=ovens` to criteria at other levels, or remove the thread
    "#);
    whole.run("withdraw BK-004 --reason Gone.");
    assert_eq!(files(&place), files(&whole));
}

fn what_was_edited_after_a_command_was_killed_is_never_overwritten() {
    let command = CASES[0].command;
    let place = (CASES[0].site)();
    killed_midway(&place, command, 2);
    assert_snapshot!(place.run("build").shown(), @"
    status 2
    --- stderr
    error: `rungs withdraw BK-001 BK-003 LD-001 --reason Gone.` was interrupted while it was writing to `content`: run it again first to finish it
    ");
    place.edit("content/zh-TW/baking.md", "# ", "# 麵包：");
    let before = files(&place);
    assert_snapshot!(place.run(command).shown(), @"
    status 2
    --- stderr
    error: `content/zh-TW/baking.md` was edited after `rungs withdraw BK-001 BK-003 LD-001 --reason Gone.` was interrupted before writing to it: undo the edit and run that command again, or delete `content/.rungs-journal.json` to keep all files as they are now
    ");
    assert_eq!(files(&place), before);
    place.remove("content/.rungs-journal.json");
    assert!(!place.run("check").stderr.contains("interrupted"));
}

fn a_journal_that_names_files_elsewhere_changes_nothing() {
    let place = Place::of_fixture("ladders");
    let journal = r#"{"command": "rungs check", "files": {"../elsewhere.md": {"old": null, "new": "text"}}}"#;
    place.put("content/.rungs-journal.json", journal);
    assert_snapshot!(place.run("check --fix").shown(), @"
    status 2
    --- stderr
    error: `content/.rungs-journal.json`, which records what an interrupted command was writing, cannot be read: `../elsewhere.md` is not a file of this folder; delete it, then use `rungs check` and `git status` to see what that command has changed
    ");
    assert!(!place.at("elsewhere.md").exists());
}

fn commands_that_write_at_once_take_turns() {
    let place = ladders();
    let ids = ["BK-001", "BK-003", "LD-001", "CM-001"];
    std::thread::scope(|scope| {
        let runs = ids.map(|id| {
            scope.spawn({
                let place = &place;
                move || place.run(&format!("withdraw {id} --reason Gone."))
            })
        });
        runs.into_iter().for_each(|run| assert_eq!(run.join().unwrap().status, 0));
    });
    let register = place.text("content/register.toml");
    assert_eq!(register.matches("state = \"withdrawn\"").count(), ids.len(), "{register}");
    assert_eq!(place.run("check").status, 0);
}

fn what_a_killed_command_left_behind_is_swept_away_by_the_next() {
    let command = CASES[0].command;
    let left = |place: &Place| place.files("content").len() - files(place).len();
    let place = (CASES[0].site)();
    killed_midway(&place, command, 2);
    assert!(left(&place) > 1);
    place.run("translation accept zh-TW --all");
    assert_eq!(left(&place), 0);
}
