//! The program as it is run: arguments and environment in, lines, files and an exit status out.

use insta::assert_snapshot;
use serde_json::Value;

use crate::driver::Folder;
use crate::place::Place;

const SEED: &str = include_str!("../fixtures/seed/technical-leadership.md");

/// The small site with an error and a warning.
fn faulty() -> Folder {
    Folder::small().edited("en/ladder.md", "Reviews the designs", "Reviews [EN-020] the designs").edited(
        "en/ladder.md",
        "## L2 = Lead {#L2}\n",
        "## L2 = Lead {#L2}\n\n### Care {#care}\n",
    )
}

/// The small site with a warning.
fn warned() -> Folder {
    Folder::small().edited("en/ladder.md", " thread=time", "")
}

fn canonical(place: &Place) -> String {
    let home = place.text("public/en/index.html");
    let (_, rest) = home.split_once("rel=\"canonical\" href=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[test]
fn a_build_writes_the_site_and_says_so_in_one_line() {
    let place = Place::of(&Folder::small());
    assert_snapshot!(place.run("build content -o public --base-url https://example.org/ladders/").shown(), @r"
    status 0
    --- stdout
    … pages, 1 locale, 4 criteria, no problems, … ms: public/index.html
    ");
    assert_eq!(canonical(&place), "https://example.org/ladders/en/");
}

#[test]
fn without_arguments_content_is_built_into_public() {
    let place = Place::of(&Folder::small());
    place.run_ok("build");
    assert_eq!(canonical(&place), "https://ladders.example/en/");
}

#[test]
fn the_base_url_is_read_from_the_environment_and_the_argument_wins() {
    let place = Place::of(&Folder::small());
    let variables = [("RUNGS_BASE_URL", "https://environment.example/")];
    place.run_with("build", ".", &variables);
    assert_eq!(canonical(&place), "https://environment.example/en/");
    place.run_with("build --base-url https://argument.example/", ".", &variables);
    assert_eq!(canonical(&place), "https://argument.example/en/");
}

#[test]
fn a_base_url_that_is_none_is_told_with_where_it_was_given() {
    let place = Place::of(&Folder::small());
    assert_snapshot!(place.run_with("build", ".", &[("RUNGS_BASE_URL", "example.org")]).shown(), @"
    status 1
    --- stdout
    1 error, nothing written
    --- stderr
    error[invalid-base-url]: the address from `--base-url` or `RUNGS_BASE_URL` is not absolute: `example.org`
    --> content/site.toml
     = help: write an absolute address such as `https://ladders.example/`
    ");
}

#[test]
fn an_empty_base_url_is_not_taken_for_none_given() {
    let place = Place::of(&Folder::small());
    assert_snapshot!(place.run_with("build", ".", &[("RUNGS_BASE_URL", "")]).shown(), @"
    status 1
    --- stdout
    1 error, nothing written
    --- stderr
    error[invalid-base-url]: the address from `--base-url` or `RUNGS_BASE_URL` is not absolute: ``
    --> content/site.toml
     = help: write an absolute address such as `https://ladders.example/`
    ");
}

#[test]
fn warnings_are_printed_and_the_site_is_written() {
    let place = Place::of(&warned());
    assert_snapshot!(place.run("build").shown(), @r#"
    status 0
    --- stdout
    … pages, 1 locale, 4 criteria, 1 warning, … ms: public/index.html
    --- stderr
    warning[single-level-thread]: the thread `time` has criteria at only one level, L2
      --> content/en/ladder.md:4:1
       |
     4 | time = "Time"
       | ^^^^
       |
      ::: content/en/ladder.md:20:3
       |
    20 | - Spends half of the day on code. {#EN-004 thread=time}
       |   ------------------------------- its first criterion
       |
       = help: add `thread=time` to criteria at other levels, or remove the thread
    "#);
    assert!(place.at("public/index.html").exists());
}

#[test]
fn quiet_prints_nothing_when_all_is_well_and_errors_only_otherwise() {
    assert_eq!(Place::of(&Folder::small()).run("build --quiet").shown(), "status 0");
    assert_eq!(Place::of(&warned()).run("build --quiet").shown(), "status 0");
    assert_snapshot!(Place::of(&faulty()).run("build -q").shown(), @"
    status 1
    --- stderr
    error[unknown-reference]: `EN-020` leads nowhere
      --> content/en/ladder.md:21:11
       |
    21 | - Reviews [EN-020] the designs of a team. {#EN-003}
       |           ^^^^^^^^ nothing has this id
       |
       = help: did you mean `[EN-002]`?
    ");
}

#[test]
fn with_problems_nothing_is_written_and_the_old_site_stays() {
    let place = Place::of(&Folder::small());
    place.run("build");
    let before = place.files("public");
    place.put("content/en/ladder.md", faulty().text("en/ladder.md"));
    assert_snapshot!(place.run("build").shown(), @"
    status 1
    --- stdout
    2 errors and 1 warning, nothing written
    --- stderr
    warning[empty-category]: the category `Care` has no criteria here
      --> content/en/ladder.md:17:5
       |
    17 | ### Care {#care}
       |     ^^^^
       |
       = help: list criteria below it, or remove the heading

    error[unregistered-id]: category `care` is not in the register
      --> content/en/ladder.md:17:5
       |
    17 | ### Care {#care}
       |     ^^^^
       |
       = help: run `rungs id --write`, which keeps the register

    error[unknown-reference]: `EN-020` leads nowhere
      --> content/en/ladder.md:21:11
       |
    21 | - Reviews [EN-020] the designs of a team. {#EN-003}
       |           ^^^^^^^^ nothing has this id
       |
       = help: did you mean `[EN-002]`?
    ");
    assert_eq!(place.files("public"), before);
    let place = Place::of(&faulty());
    assert_eq!(place.run("build").status, 1);
    assert!(!place.at("public").exists());
}

#[test]
fn json_is_one_object_a_line_and_nothing_else() {
    let run = Place::of(&faulty()).run("build --format json");
    assert_snapshot!(run.shown(), @r#"
    status 1
    --- stdout
    {"code":"empty-category","severity":"warning","message":"the category `Care` has no criteria here","path":"content/en/ladder.md","line":17,"column":5,"end_line":17,"end_column":9,"start":228,"end":232,"label":"","help":"list criteria below it, or remove the heading","related":[]}
    {"code":"unknown-reference","severity":"error","message":"`EN-020` leads nowhere","path":"content/en/ladder.md","line":21,"column":11,"end_line":21,"end_column":19,"start":272,"end":280,"label":"nothing has this id","help":"did you mean `[EN-002]`?","related":[]}
    --- stderr
    1 error and 1 warning, nothing written
    "#);
    for line in run.stdout.lines() {
        let problem: Value = serde_json::from_str(line).unwrap();
        assert!(problem["code"].is_string() && problem["path"].is_string(), "{problem}");
    }
    let run = Place::of(&Folder::small()).run("build --format json");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
}

#[test]
fn github_shows_problems_as_annotations() {
    assert_snapshot!(Place::of(&faulty()).run("build --format github").shown(), @"
    status 1
    --- stdout
    ::warning file=content/en/ladder.md,line=17,endLine=17,col=5,endColumn=9,title=empty-category::the category `Care` has no criteria here%0Alist criteria below it, or remove the heading
    ::error file=content/en/ladder.md,line=21,endLine=21,col=11,endColumn=19,title=unknown-reference::`EN-020` leads nowhere%0Anothing has this id%0Adid you mean `[EN-002]`?
    ::warning file=content/site.toml,line=2,endLine=2,col=12,endColumn=38,title=placeholder-address::https://ladders.example/ is a placeholder, not the address of a site%0Awrite the address of the site as `base-url`, or set it with `--base-url` or `RUNGS_BASE_URL`
    --- stderr
    1 error and 2 warnings, nothing written
    ");
}

#[test]
fn a_run_from_another_folder_takes_its_paths_from_there() {
    let place = Place::of(&Folder::small());
    place.put("elsewhere/below/file", "");
    let arguments = "build ../../content -o ../site";
    assert_snapshot!(place.run_with(arguments, "elsewhere/below", &[]).shown(), @r"
    status 0
    --- stdout
    … pages, 1 locale, 4 criteria, no problems, … ms: ../site/index.html
    ");
    assert!(place.at("elsewhere/site/en/index.html").exists());
    place.put("content/en/ladder.md", faulty().text("en/ladder.md"));
    assert_snapshot!(place.run_with(arguments, "elsewhere/below", &[]).stderr, @"
    warning[empty-category]: the category `Care` has no criteria here
      --> ../../content/en/ladder.md:17:5
       |
    17 | ### Care {#care}
       |     ^^^^
       |
       = help: list criteria below it, or remove the heading

    error[unregistered-id]: category `care` is not in the register
      --> ../../content/en/ladder.md:17:5
       |
    17 | ### Care {#care}
       |     ^^^^
       |
       = help: run `rungs id --write`, which keeps the register

    error[unknown-reference]: `EN-020` leads nowhere
      --> ../../content/en/ladder.md:21:11
       |
    21 | - Reviews [EN-020] the designs of a team. {#EN-003}
       |           ^^^^^^^^ nothing has this id
       |
       = help: did you mean `[EN-002]`?
    ");
}

#[test]
fn the_content_may_be_the_folder_one_is_in() {
    let place = Place::of(&Folder::small());
    assert_snapshot!(place.run_with("build . -o ../public", "content", &[]).shown(), @r"
    status 0
    --- stdout
    … pages, 1 locale, 4 criteria, no problems, … ms: ../public/index.html
    ");
    assert_snapshot!(place.run_with("build .", "content", &[]).shown(), @"
    status 2
    --- stderr
    error: `…/content/public` is, contains or is inside the content folder `…/content`: choose a folder next to it with `-o`, since the whole output folder is replaced
    ");
}

#[test]
fn without_a_content_folder_there_is_nothing_to_run_on() {
    let place = Place::empty();
    assert_snapshot!(place.run("build").shown(), @r"
    status 2
    --- stderr
    error: there is no folder `content`: name the folder that contains `site.toml` with `--content`
    ");
    assert_snapshot!(place.run("id --write nowhere").shown(), @r"
    status 2
    --- stderr
    error: there is no folder `nowhere`: name the folder that contains `site.toml` with `--content`
    ");
    place.put("content", "a file");
    assert_snapshot!(place.run("build").shown(), @r"
    status 2
    --- stderr
    error: `content` is not a folder: name the folder that contains `site.toml` with `--content`
    ");
}

#[test]
fn a_site_below_the_folder_that_one_is_in_is_found() {
    let place = Place::empty();
    place.run_ok("init my-ladder");
    let run = place.run("check");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("add `--content my-ladder/content`"), "{}", run.shown());
}

#[test]
fn wrong_arguments_come_with_the_usage() {
    let place = Place::of(&Folder::small());
    assert_snapshot!(place.run("build --ouput public").shown(), @r"
    status 2
    --- stderr
    error: unexpected argument '--ouput' found

      tip: a similar argument exists: '--output'

    Usage: rungs build --output <FOLDER> [CONTENT]

    For more information, try '--help'.
    ");
    assert_snapshot!(place.run("build --format xml").shown(), @r"
    status 2
    --- stderr
    error: invalid value 'xml' for '--format <FORMAT>'
      [possible values: human, json, github]

    For more information, try '--help'.
    ");
    assert_snapshot!(place.run("bild").shown(), @r"
    status 2
    --- stderr
    error: unrecognized subcommand 'bild'

      tip: a similar subcommand exists: 'build'

    Usage: rungs <COMMAND>

    For more information, try '--help'.
    ");
    assert_eq!(place.run("").status, 2);
}

#[test]
fn every_command_finds_the_content_folder_in_one_way() {
    let place = Place::of(&Folder::bilingual());
    place.run_ok("id --write");
    place.make_folder("sub");
    for command in ["check", "build -o out", "id", "release", "cite EN-001", "translation status", "theme list"] {
        let named = place.run_with(&format!("{command} --content ../content"), "sub", &[]);
        let by_variable = place.run_with(command, "sub", &[("RUNGS_CONTENT", "../content")]);
        assert_eq!((named.status, named.stderr), (by_variable.status, by_variable.stderr), "rungs {command}");
        let lost = place.run_with(command, "sub", &[]);
        assert_eq!(
            (lost.status, lost.stderr.as_str()),
            (
                2,
                "error: there is no folder `content`: name the folder that contains `site.toml` with `--content`\n  = help: \
                 there is one in `../content`: add `--content ../content`\n"
            ),
            "rungs {command}"
        );
    }
    for command in ["check ../content", "build ../content -o out", "id ../content"] {
        assert_eq!(place.run_with(command, "sub", &[("RUNGS_CONTENT", "nowhere")]).status, 0, "rungs {command}");
    }
    let twice = place.run("check content --content content");
    assert!(twice.status == 2 && twice.stderr.contains("name the content folder only once"), "{}", twice.stderr);
    let inside = place.run_with("check", "content/en", &[]);
    assert!(inside.stderr.contains("add `--content ..`"), "{}", inside.stderr);
}

#[test]
fn code_scanning_is_offered_where_texts_are_scanned() {
    let place = Place::of(&Folder::bilingual());
    for command in ["check", "refs"] {
        assert!(
            place.run_on(&format!("{command} --format sarif"), "").stdout.contains("\"version\":"),
            "rungs {command}"
        );
    }
    for command in ["build", "id", "release", "withdraw EN-001 --reason x", "translation status", "init x"] {
        assert_eq!(place.run(&format!("{command} --format sarif")).status, 2, "rungs {command}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(Place::empty().run("--version").stdout, concat!("rungs ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// A site whose ladder is the seed, as it was found.
fn seed() -> Folder {
    // It links to a translation that was not kept.
    let text = SEED.replace("[繁體中文](index.zh_TW.md)", "");
    let folder = Folder::new().unregistered().file("en/technical-leadership.md", &text);
    folder.edited("site.toml", r#""ladder""#, r#""technical-leadership""#).edited("site.toml", r#""EN""#, r#""TL""#)
}

#[test]
fn the_seed_becomes_a_site_in_two_commands() {
    let place = Place::of(&seed());
    let run = place.run("id");
    assert_eq!((run.status, run.stdout.lines().count()), (1, 102 + 5 + 15 + 1));
    assert_snapshot!(run.stdout.lines().take(4).collect::<Vec<_>>().join("\n"), @r"
    content/en/technical-leadership.md:22: L5
    content/en/technical-leadership.md:24: knowledge-experience
    content/en/technical-leadership.md:26: TL-001
    content/en/technical-leadership.md:28: TL-002
    ");
    assert_eq!(place.files("content"), Place::of(&seed()).files("content"), "nothing is written unasked");

    let run = place.run("id --write");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_snapshot!(run.stdout.lines().last().unwrap(), @"122 things without an id: written");
    assert_eq!(place.text("content/register.toml").matches("[criterion.TL-").count(), 102);

    let written = place.files("content");
    assert_snapshot!(place.run("id --write").shown(), @r"
    status 0
    --- stdout
    every criterion, level and category has an id, and the register has them all
    ");
    assert_eq!(place.files("content"), written);
    assert_snapshot!(place.run("id").shown(), @r"
    status 0
    --- stdout
    every criterion, level and category has an id, and the register has them all
    ");
    assert_snapshot!(place.run("build --quiet").shown(), @"status 0");
    assert!(place.at("public/c/tl-102/index.html").exists());
}

#[test]
fn a_seed_without_ids_is_not_built_but_says_which_command_helps() {
    let run = Place::of(&seed()).run("build");
    assert_eq!(run.status, 1);
    assert_snapshot!(run.stdout, @"1 error, nothing written");
    assert_snapshot!(run.stderr, @r"
    error[missing-id]: 122 things have no id
      --> content/en/technical-leadership.md:22:4
       |
    22 | ## T5/L5 = Senior Eng / Technical Lead
       |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
      ::: content/en/technical-leadership.md:24:1
       |
    24 | Knowledge & Experience:
       | ----------------------- nor has this
       |
      ::: content/en/technical-leadership.md:26:3
       |
    26 | - Spends 40-80% of time as recognized engineer at level T5 or above.
       |   ------------------------------------------------------------------ nor has this
       |
       = help: run `rungs id --write`, which adds ids and changes nothing else
    ");
}

#[test]
fn ids_are_not_written_into_files_that_were_read_with_faults() {
    let place = Place::of(&Folder::small());
    place.put("content/en/ladder.md", b"## L1\n\n- caf\xE9\n");
    let before = place.files("content");
    assert_snapshot!(place.run("id --write").shown(), @"
    status 1
    --- stdout
    nothing can be written until the errors above are fixed
    --- stderr
    error[not-utf-8]: the file is not UTF-8: byte 12 is 0xE9
     --> content/en/ladder.md:3:6
      |
    3 | - caf�
      |      ^ 0xE9 is not UTF-8
      |
      = help: save the file as UTF-8: it may be in another encoding such as Big5 or Windows-1252
    ");
    assert_eq!(place.files("content"), before);
}

#[test]
fn ids_are_shown_with_the_paths_of_the_one_who_asked() {
    let place = Place::of(&Folder::small().unregistered().edited("en/ladder.md", " {#EN-004 thread=time}", ""));
    place.put("elsewhere/file", "");
    assert_snapshot!(place.run_with("id ../content", "elsewhere", &[]).shown(), @r"
    status 1
    --- stdout
    ../content/en/ladder.md:20: EN-004
    1 thing without an id: run `rungs id --write`
    ");
    assert_snapshot!(place.run("id --quiet").shown(), @"status 1");
}

#[test]
fn a_criterion_is_withdrawn_and_the_program_says_from_where() {
    let place = Place::of(&Folder::small());
    let run = place.run("withdraw EN-001 --reason Old --covered-by EN-002,EN-003 --date 2027-03-01");
    assert_snapshot!(run.shown(), @"
    status 0
    --- stdout
    EN-001 is withdrawn: removed from content/en/ladder.md
    ");
    assert!(!place.text("content/en/ladder.md").contains("EN-001"));
    place.run_ok("build");
    assert_snapshot!(place.run("withdraw EN-001 --reason Old").shown(), @"
    status 1
    --- stderr
    error: EN-001 was already withdrawn on 2027-03-01
      = help: you can edit its entry in the register
    ");
    assert_snapshot!(place.run("withdraw EN-01 --reason Old").shown(), @"
    status 1
    --- stderr
    error: there is no id `EN-01`
      = help: did you mean `EN-001`, `EN-002` or `EN-003`?
    ");
    let two_verbs = place.run("withdraw EN-002 --reason Old --moved-to EN-003 --merged-into EN-003");
    assert!(two_verbs.status == 2 && two_verbs.stderr.contains("cannot be used with"), "{}", two_verbs.shown());
    assert_eq!(place.run("withdraw EN-002").status, 2);
}

#[test]
fn a_withdrawal_that_leaves_a_thread_on_one_level_says_so() {
    let place = Place::of(&Folder::small());
    assert_snapshot!(place.run("withdraw EN-004 --reason Old --date 2027-03-01").shown(), @r#"
    status 0
    --- stdout
    EN-004 is withdrawn: removed from content/en/ladder.md
    --- stderr
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
    "#);
}

#[test]
fn a_criterion_that_others_refer_to_is_not_withdrawn_and_nothing_is_written() {
    let place = Place::of(&Folder::small().edited("en/ladder.md", "the designs", "the designs of [EN-001]"));
    let before = place.files("content");
    assert_snapshot!(place.run("withdraw EN-001 --reason Old").shown(), @"
    status 1
    --- stderr
    error[unknown-reference]: `EN-001` was withdrawn
      --> content/en/ladder.md:19:26
       |
    19 | - Reviews the designs of [EN-001] of a team. {#EN-003}
       |                          ^^^^^^^^ leads to nothing current
       |
       = help: nothing replaced it: remove the reference, or quote what it said

    error: other texts refer to EN-001
      = help: change these places, then run the command again
    ");
    assert_eq!(place.files("content"), before);
}

#[test]
fn an_edition_is_proposed_and_released() {
    let place = Place::of(&Folder::small());
    assert_snapshot!(place.run("release --date 2026-07-01").shown(), @r#"
    status 0
    --- stdout
    There is no edition yet. The first one would hold 4 criteria.
    To release it, run `rungs release 2026.1 --date 2026-07-01`
    --- stderr
    warning[placeholder-address]: https://ladders.example/ is a placeholder, not the address of a site
     --> content/site.toml:2:12
      |
    2 | base-url = "https://ladders.example/"
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the address of the site as `base-url`, or set it with `--base-url` or `RUNGS_BASE_URL`
    "#);
    assert!(!place.at("content/editions").exists());
    place.put("summary.txt", "The first one.\r\n\r\n\r\nFor all.\r\n");
    let run = place.run("release 2026.1 --date 2026-07-01 --summary summary.txt");
    let (shown, digest) = (run.shown(), run.stdout.lines().nth(1).unwrap_or_default().to_owned());
    assert_snapshot!(shown.replace(&digest, "digest …"), @r#"
    status 0
    --- stdout
    2026.1 is released, 4 criteria
    digest …
    https://ladders.example/e/2026.1/
    https://ladders.example/e/2026.1/c/en-001/
    To keep it, commit the edition and the register: `git add content && git commit -m "Release 2026.1" && git tag edition-2026.1`
    --- stderr
    warning[placeholder-address]: https://ladders.example/ is a placeholder, not the address of a site
     --> content/site.toml:2:12
      |
    2 | base-url = "https://ladders.example/"
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the address of the site as `base-url`, or set it with `--base-url` or `RUNGS_BASE_URL`
    "#);
    let edition = place.text("content/editions/2026.1.json").replace("\n    ", "");
    assert!(edition.contains(r#""summary": {"en": "The first one.\n\nFor all.""#), "{edition}");
    place.run_ok("build");
    assert_snapshot!(place.run("release --date 2026-08-01").shown(), @r#"
    status 0
    --- stdout
    Nothing has changed since 2026.1 of 2026-07-01.
    --- stderr
    warning[placeholder-address]: https://ladders.example/ is a placeholder, not the address of a site
     --> content/site.toml:2:12
      |
    2 | base-url = "https://ladders.example/"
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the address of the site as `base-url`, or set it with `--base-url` or `RUNGS_BASE_URL`
    "#);
    assert_snapshot!(place.run("release 2026.2 --date 2026-08-01").shown(), @r"
    status 1
    --- stderr
    error: nothing has changed since 2026.1
    ");
    assert_eq!(place.run("release v2").status, 2);
    let run = place.run("release 2026.2 --summary none.txt");
    assert!(run.status == 2 && run.stderr.contains("`none.txt` cannot be read"), "{}", run.shown());
}

#[test]
fn a_release_has_a_summary_in_each_language() {
    let place = Place::of(&Folder::bilingual().with_ids());
    place.put("en.txt", "The first one.\n\nFor all.\n");
    place.put("zh.txt", "第一版。\n");
    assert_snapshot!(place.run("release 2026.1 --summary en.txt --summary ja=zh.txt").shown(), @r"
    status 1
    --- stderr
    error: the site has no locale `ja`
      = help: write the summary in `en` or `zh-TW`
    ");
    assert_snapshot!(place.run("release 2026.1 --summary en.txt --summary en=zh.txt").shown(), @r"
    status 1
    --- stderr
    error: there are two summaries in `en`
      = help: write one file for each language, such as `--summary notes.md --summary zh-TW=notes.zh-TW.md`
    ");
    assert!(!place.at("content/editions").exists());
    place.run_ok("release 2026.1 --date 2026-07-01 --summary en.txt --summary zh-tw=zh.txt");
    place.run_ok("build");
    let (english, chinese) =
        (place.text("public/en/changes/index.html"), place.text("public/zh-tw/changes/index.html"));
    assert!(english.contains("<p>The first one.</p>") && !english.contains("第一版"), "{english}");
    assert!(chinese.contains("<p>第一版。</p>") && !chinese.contains("The first one"), "{chinese}");
    assert!(place.text("public/zh-tw/changes/feed.xml").contains("第一版。"));
    let edition = place.text("public/e/2026.1/index.html");
    let part = |slug: &str| edition.split("<section class=\"language\"").find(|part| part.contains(slug)).unwrap();
    assert!(part("id=\"en\"").contains("<p>For all.</p>") && part("id=\"zh-tw\"").contains("<p>第一版。</p>"));
    // A language without one of its own has that of the source.
    place.put("content/en/ladder.md", place.text("content/en/ladder.md").replace("others can read", "others read"));
    place.put("next.txt", "Shorter words.");
    place.run_ok("release 2026.2 --date 2026-08-01 --summary next.txt --reworded EN-001");
    place.run_ok("build");
    assert!(place.text("public/zh-tw/changes/index.html").contains("<p lang=\"en\">Shorter words.</p>"));
}

#[test]
fn a_draft_shows_what_has_changed_and_the_command_that_releases_it() {
    let place = Place::of(&Folder::small());
    place.run("release 2026.1 --date 2026-07-01");
    let edited = place.text("content/en/ladder.md").replace("others can read", "others read").replace(
        "- Spends most of the day on it. {#EN-002 thread=time}\n",
        "- Spends most of the day on it. {#EN-002 thread=time}\n- Tests it. {#EN-005}\n",
    );
    place.put("content/en/ladder.md", edited);
    place.run("id --write");
    let before = place.files("content");
    assert_snapshot!(place.run("release --date 2026-08-01").shown(), @r#"
    status 0
    --- stdout
    Since 2026.1 of 2026-07-01:

    EN-001 new wording
      en
      - Writes code that others can read.
      + Writes code that others read.

    EN-005 added to L1
      en
      + Tests it.

    This makes a minor release: 1 added, 1 with new wording.
    It becomes a larger one if new wording expects more or less.
    To release it, run `rungs release 2026.2 --date 2026-08-01`, and classify EN-001 with these options:
      --stricter IDS  they expect more
      --eased IDS     they expect less
      --reworded IDS  they expect the same in other words
    --- stderr
    warning[placeholder-address]: https://ladders.example/ is a placeholder, not the address of a site
     --> content/site.toml:2:12
      |
    2 | base-url = "https://ladders.example/"
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the address of the site as `base-url`, or set it with `--base-url` or `RUNGS_BASE_URL`
    "#);
    assert_snapshot!(place.run("release --date 2026-08-01 --stricter EN-001").shown(), @r#"
    status 0
    --- stdout
    Since 2026.1 of 2026-07-01:

    EN-001 stricter
      en
      - Writes code that others can read.
      + Writes code that others read.

    EN-005 added to L1
      en
      + Tests it.

    This makes a major release: 1 stricter, 1 added.
    To release it, run `rungs release 2026.2 --stricter EN-001 --date 2026-08-01`
    --- stderr
    warning[placeholder-address]: https://ladders.example/ is a placeholder, not the address of a site
     --> content/site.toml:2:12
      |
    2 | base-url = "https://ladders.example/"
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the address of the site as `base-url`, or set it with `--base-url` or `RUNGS_BASE_URL`
    "#);
    assert_snapshot!(place.run("release 2026.2 --date 2026-08-01").shown(), @"
    status 1
    --- stdout
    EN-001 new wording
      en
      - Writes code that others can read.
      + Writes code that others read.
    --- stderr
    error: new wording has to be classified for the people who are reviewed
      = help: classify EN-001: `--stricter` for those that expect more, `--eased` for those that expect less, `--reworded` for those that expect the same in other words
    ");
    assert_eq!(place.files("content"), before);
    place.run_ok("release 2026.2 --date 2026-08-01 --reworded all");
    place.run_ok("build");
}

#[test]
fn shells_and_manuals_are_told_every_command() {
    let place = Place::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = place.run(&format!("completions {shell}"));
        assert!(run.status == 0 && run.stdout.contains("withdraw"), "{shell}");
    }
    place.run_ok("man manuals/man1");
    for page in ["rungs.1", "rungs-build.1", "rungs-cite.1", "rungs-release.1"] {
        assert!(place.text(&format!("manuals/man1/{page}")).contains(".SH SYNOPSIS"), "{page}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_told_and_the_work_is_done_all_the_same() {
    let allowed = "[check]\nallow = [\"placeholder-address\"]\n\n[[ladders]]";
    let place = Place::of(&Folder::small().edited("site.toml", "[[ladders]]", allowed));
    let told = "error: standard output cannot be written to: No space left on device (os error 28)\n";
    let expected = (Some(2), told.to_owned());
    for command in ["build", "check", "check --format json", "check --fix", "cite EN-001", "schema", "theme list"] {
        let (status, stderr) = place.run_on_full_disk(command);
        match command {
            // There is nothing to print.
            "check --format json" => assert_eq!((status, stderr.as_str()), (Some(0), "no problems\n")),
            _ => assert_eq!((status, stderr), expected, "{command}"),
        }
    }
    assert!(place.at("public/en/index.html").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn each_command_tells_that_it_cannot_print() {
    let place = Place::of_fixture("fork");
    place.put("review.md", "She meets WK-001.\n");
    let commands = [
        "--help",
        "--version",
        "help build",
        "build --help",
        "init new",
        "build",
        "check",
        "check --explain near-duplicate",
        "id",
        "id --write",
        "adapt --status",
        "adapt content made --prefix ZZ --by Acme",
        "translation status",
        "translation export zh-TW words.po",
        "translation accept zh-TW --all",
        "theme list",
        "theme eject level.html",
        "cite WK-001",
        "refs review.md",
        "worksheet W1",
        "export",
        "completions bash",
        "man manuals",
        "schema",
        "withdraw MK-001 --reason Gone.",
        "release 2030.1 --reworded all",
    ];
    let help = place.run("--help").stdout;
    let known = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let known = known.filter(|line| line.starts_with("  ") && !line.starts_with("    "));
    for name in known.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "serve") {
        assert!(commands.iter().any(|command| command.split(' ').next() == Some(name)), "{name} is tried");
    }
    for command in commands {
        let (status, stderr) = place.run_on_full_disk(command);
        let told = "error: standard output cannot be written to: No space left on device (os error 28)\n";
        assert!(status == Some(2) && stderr.ends_with(told), "{command}: {status:?} {stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_folder_that_cannot_be_replaced_is_told_before_anything_is_done() {
    let place = Place::of(&Folder::small());
    // The one mount point that each system has.
    let run = place.run("build -o /proc");
    assert_eq!(run.status, 2);
    assert!(run.stderr.starts_with("error: `/proc` "), "{}", run.stderr);
}

#[test]
fn a_folder_behind_ids_to_forget_is_told() {
    let place = Place::of(&Folder::fixture("ladders"));
    let run = place.run("id --forget BK-001 BK-002 content");
    let wanted = "`content` is a folder, not an id: name it first, as in `rungs id content --forget BK-001 BK-002`";
    assert!(run.status != 0 && run.stderr.contains(wanted), "{}", run.stderr);
}
