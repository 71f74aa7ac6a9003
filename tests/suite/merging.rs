//! Merges: while one is not finished nothing is read and nothing written, and afterwards every id still says one thing.

#![allow(clippy::disallowed_methods, reason = "files of sites on disk are taken away")]

use insta::assert_snapshot;

use crate::driver::Folder;
use crate::place::Place;

const CONFLICT: &str = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n";

/// A site in two languages with an edition, in a folder of its own.
fn site() -> Place {
    let place = Place::of(&Folder::bilingual().without_threads());
    place.run_ok("translation accept zh-TW --all --state reviewed --reviewer R");
    place.run_ok("release 2026.1 --date 2026-03-01");
    place
}

#[test]
fn a_conflict_in_any_file_is_the_only_error_and_stops_every_command() {
    let commands = [
        "check",
        "check --fix",
        "build",
        "id",
        "id --write",
        "withdraw EN-002 --reason Gone.",
        "release",
        "release 2026.2",
        "cite EN-001",
        "adapt content copy --prefix AC --by Acme",
        "adapt --status",
        "adapt --update --upstream content --write",
        "init .",
        "theme list",
        "theme eject level.html",
        "theme variables level.html",
        "translation status",
        "translation accept zh-TW --all",
        "translation start ja",
        "translation export zh-TW zh.po",
        "translation import zh-TW old.po",
        "init other --from content",
    ];
    let files = [
        "site.toml",
        "register.toml",
        "en/ladder.md",
        "zh-TW/ladder.md",
        "zh-TW/translation.toml",
        "editions/2026.1.json",
        "theme/level.html",
        "theme/assets/style.css",
        "i18n/en.toml",
        "en/notes/a.md",
    ];
    let place = site();
    place.put("old.po", "");
    for file in files {
        let file = format!("content/{file}");
        let before = place.at(&file).exists().then(|| place.text(&file));
        place.put(&file, before.clone().unwrap_or_default() + CONFLICT);
        let all = place.files(".");
        // Which file it is makes no difference to a command, so that all are run for one alone.
        let run = if file == "content/en/ladder.md" { &commands[..] } else { &["check", "id --write"] };
        for command in run {
            let run = place.run(command);
            let told = run.shown();
            assert_eq!((run.status, told.matches("error").count()), (1, 1), "rungs {command}: {told}");
            assert!(told.contains("error[unfinished-merge]") && told.contains(&file), "rungs {command}: {told}");
            assert!(place.files(".") == all, "rungs {command} has written something, with a conflict in {file}");
        }
        match before {
            Some(text) => place.put(&file, text),
            None => std::fs::remove_file(place.at(&file)).unwrap(),
        }
    }
    place.run_ok("check");
}

#[test]
fn one_error_names_all_conflicts_in_each_format() {
    let place = site();
    place.edit("content/en/ladder.md", "- Spends most", &format!("{CONFLICT}- Spends most"));
    place.put("content/register.toml", place.text("content/register.toml") + CONFLICT);
    assert_snapshot!(place.run("check --quiet").shown(), @"
    status 1
    --- stderr
    error[unfinished-merge]: a merge is unfinished in en/ladder.md, register.toml
      --> content/en/ladder.md:11:1
       |
    11 | <<<<<<< HEAD
       | ^^^^^^^^^^^^ two branches changed this
       |
      ::: content/register.toml:33:1
       |
    33 | <<<<<<< HEAD
       | ------------ and here
       |
       = help: edit the text between `<<<<<<<` and `>>>>>>>` into what you mean, remove these lines and `=======`, then run the command again; to abandon the merge, run `git merge --abort`
    ");
    let json = place.run("check --format json").stdout;
    assert_eq!(json.lines().count(), 1, "{json}");
    let github = place.run("check --format github").stdout;
    assert!(github.lines().count() == 1 && github.contains("file=content/en/ladder.md,line=11"), "{github}");
}

#[test]
fn two_branches_that_add_withdraw_translate_and_release_are_merged() {
    let place = site();
    place.init_git();
    place.committed("The first edition");
    let add = |after: &str, english: &str, chinese: &str, withdrawn: &str| {
        let id = format!("{{#{after}");
        for (path, statement) in [("content/en/ladder.md", english), ("content/zh-TW/ladder.md", chinese)] {
            let line = place.text(path).lines().find(|line| line.contains(&id)).unwrap().to_owned();
            place.edit(path, &line, &format!("{line}\n- {statement}"));
        }
        place.run_ok("id --write");
        place.run_ok(&format!("withdraw {withdrawn} --reason Gone. --reason zh-TW=不再需要。 --date 2026-08-01"));
        place.run_ok("translation accept zh-TW --all --state reviewed --reviewer R");
        place.run_ok("check");
        place.run_ok("release 2026.2 --date 2026-09-01");
        place.committed("Another edition");
    };
    assert!(place.git(&["switch", "-q", "-c", "mentoring"]).is_some());
    add("EN-001", "Mentors a colleague.", "指導一位同事。", "EN-002");
    assert!(place.git(&["switch", "-q", "main"]).is_some());
    add("EN-001", "Plans the work of a team.", "規劃團隊的工作。", "EN-004");
    // Both have given EN-005, and both have released an edition of one name.
    assert!(place.git(&["merge", "-q", "mentoring"]).is_none());
    let files = place.files("content");
    let told = place.run("check").shown();
    assert_eq!(told.matches("error").count(), 1, "{told}");
    for file in ["en/ladder.md", "zh-TW/ladder.md", "zh-TW/translation.toml", "editions/2026.2.json"] {
        assert!(told.contains(file), "{file} is in conflict: {told}");
    }
    assert!(told.contains("with `git checkout --ours content/editions/2026.2.json` or `--theirs`"), "{told}");
    assert_eq!(place.run("id --write").status, 1);
    assert!(place.files("content") == files);
    // The edition that was published first stays, with what was made from its words; elsewhere both sides are kept.
    for file in ["content/editions/2026.2.json", "content/zh-TW/translation.toml"] {
        assert!(place.git(&["checkout", "-q", "--ours", file]).is_some());
    }
    for (path, bytes) in files {
        let text = String::from_utf8(bytes).unwrap();
        if text.contains("<<<<<<<") && path.ends_with("ladder.md") {
            let is_kept = |line: &&str| !["<<<<<<<", "=======", ">>>>>>>"].iter().any(|sign| line.starts_with(sign));
            let kept: Vec<_> = text.lines().filter(is_kept).collect();
            place.put(&format!("content/{path}"), kept.join("\n") + "\n");
        }
    }
    let told = place.run("check").shown();
    for told_once in ["content/en/ladder.md:13", "content/zh-TW/ladder.md:13", "content/register.toml"] {
        assert_eq!(told.matches(&format!("\n  --> {told_once}")).count(), 1, "{told}");
    }
    assert_eq!(told.matches("error[").count(), 3, "{told}");
    // What came later gets another id, and is released in an edition of its own.
    let register = place.text("content/register.toml");
    let entry = register.match_indices("[criterion.EN-005]").nth(1).expect("both branches have added it").0;
    let end = register[entry + 1..].find('[').map_or(register.len(), |at| entry + 1 + at);
    place.put("content/register.toml", register[..entry].to_owned() + &register[end..]);
    place.edit("content/en/ladder.md", "Mentors a colleague. {#EN-005}", "Mentors a colleague.");
    place.edit("content/zh-TW/ladder.md", "指導一位同事。 {#EN-005}", "指導一位同事。");
    place.run_ok("id --write");
    // What one branch has withdrawn stands in the lines of the other, and goes with the next edition.
    let told = place.run("check").shown();
    assert!(told.contains("error[reused-id]") && told.contains("help: remove `withdrawn-in = \"2026.2\"`"), "{told}");
    place.edit("content/en/ladder.md", "- Spends most of the day on it. {#EN-002}\n", "");
    place.edit("content/zh-TW/ladder.md", "- 一天大半時間如此。 {#EN-002}\n", "");
    let register = place.text("content/register.toml");
    let (before, entry) = register.split_once("[criterion.EN-002]").expect("EN-002 is registered");
    let entry = entry.replacen("withdrawn-in = \"2026.2\"\n", "", 1);
    place.put("content/register.toml", format!("{before}[criterion.EN-002]{entry}"));
    place.run_ok("translation accept zh-TW --all --state reviewed --reviewer R");
    assert!(place.run_ok("check").stdout.contains("no problems"));
    place.run_ok("release 2026.3 --date 2026-10-01");
    place.committed("Both");
    place.run_ok("build --quiet");
    for number in 1..=6 {
        assert!(place.at(&format!("public/c/en-{number:03}/index.html")).exists(), "EN-{number:03} has its page");
    }
    let page = |id: &str| place.text(&format!("public/c/{id}/index.html"));
    assert!(page("en-005").contains("Plans the work of a team.") && page("en-006").contains("Mentors a colleague."));
    assert!(place.at("public/e/2026.2/c/en-005/index.html").exists());
}
