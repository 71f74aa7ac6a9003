//! `rungs init`: an example to begin with, and ladders that are there already.

#![allow(clippy::disallowed_methods, reason = "the program is run on documents on disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

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
    assert_snapshot!(place.run("init my-ladder").shown(), @"
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
      rungs id --write    assigns ids to what you have added

    [provenance] in my-ladder/content/site.toml says who owns the ladder: check that it is right.
    In .github/workflows/pages.yml, say where to install Rungs from: this copy of Rungs was built from source.
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
    assert_snapshot!(status.stdout.lines().next().unwrap(), @"zh-TW: 100%, 28 of 28 units");
}

#[test]
fn without_a_folder_the_example_is_made_here() {
    let place = Place::empty();
    let told = place.run("init").stdout;
    assert!(
        told.contains("\n  rungs serve --open") && told.contains("\n  rungs check") && !told.contains("cd "),
        "{told}"
    );
    place.run_ok("check");
}

#[test]
fn nothing_is_written_over_and_everything_in_the_way_is_named() {
    let place = Place::empty();
    place.put("content/site.toml", "mine");
    place.put("content/en/other.md", "mine too");
    place.put(".github/workflows", "a file where a folder would be");
    let before = place.files(".");
    assert_snapshot!(place.run("init").shown(), @"
    status 1
    --- stderr
    error: nothing was written, since this already exists:
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
        run.stdout.contains(".gitignore stays as it is. It should have the lines /public/, .rungs-*, .*.rungs-*"),
        "{}",
        run.stdout
    );
    assert_eq!(place.text(".gitignore"), "/target/\n");
}

#[test]
fn git_ignores_what_a_command_that_was_stopped_leaves_behind() {
    let place = Place::empty();
    place.run_ok("init");
    place.init_git();
    for left in ["content/.rungs-Ab12Cd", "content/en/.rungs-Ab12Cd", ".public.rungs-Ab12Cd/site/index.html"] {
        place.put(left, "half");
    }
    let untracked = place.git(&["status", "--porcelain", "--untracked-files=all"]).unwrap();
    assert!(untracked.contains("content/site.toml") && !untracked.contains("rungs-"), "{untracked}");
    place.run_ok("check");
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

/// The folder of the cases of adoption. Each is a folder with the folder of documents that is adopted, and beside it the
/// account that is given of it (`account.snap`) and the files that come of it (`content.snap`).
fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/adopt")
}

/// Adopts the documents of a case and compares. `INSTA_UPDATE=always` writes down what is new.
fn assert_adopted(case: &Path) {
    let folders = fs::read_dir(case).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir());
    let [name] = &folders.map(|folder| folder.file_name().into_string().unwrap()).collect::<Vec<_>>()[..] else {
        panic!("{} has one folder of documents", case.display())
    };
    let (place, told) = adopted(case, name);
    let status = place.run("translation status --fail-on missing,outdated").shown();
    let files = place.files("content").into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()));
    let content: String = files.map(|(path, text)| format!("=== {path}\n{text}\n")).collect();
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(case);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        assert_snapshot!("account", format!("{told}\n--- rungs translation status\n{status}"));
        assert_snapshot!("content", content);
    });
}

/// Adopts a folder of documents as a person would, and sees to it that a site comes of it. Gives back what was told.
fn adopted(case: &Path, name: &str) -> (Place, String) {
    let place = Place::empty();
    place.put_all(name, &case.join(name));
    let told = place.run(&format!("init --from {name} --owner Acme --dry-run"));
    assert_eq!(told.status, 0, "{}", told.stderr);
    assert!(!place.at("content").exists(), "a dry run writes nothing");
    let run = place.run(&format!("init --from {name} --owner Acme"));
    assert_eq!((run.status, &run.stderr), (0, &told.stderr), "{}", run.stdout);
    // The address of what has a licence is asked for.
    let site = place.text("content/site.toml");
    place.put("content/site.toml", site.replace("https://to-fill-in.invalid/", "https://acme.example/"));
    let check = place.run("check --quiet");
    assert_eq!(check.shown(), "status 0");
    let ids = place.run("id");
    assert_eq!(ids.status, 0, "{}", ids.stdout);
    let build = place.run("build --quiet");
    assert_eq!(build.shown(), "status 0");
    assert!(place.at("public/en/index.html").exists());
    place.put("content/site.toml", site);
    let understood = told.stdout.trim_end().strip_suffix("nothing was written: leave out --dry-run to adopt").unwrap();
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
    let table: Vec<_> = told.lines().skip(5).take(4).collect();
    assert_eq!(
        table,
        [
            "       기술  사람    all",
            "  L1      1     1      2",
            "  L2      1     ·      1",
            "  all     2     1      3"
        ]
    );
}

#[test]
fn the_seed_as_it_was_found_gives_its_102_criteria_with_the_ids_that_they_have() {
    let place = Place::empty();
    place.put("technical-leadership.md", SEED);
    let run = place.run("init site --from technical-leadership.md --prefix TL");
    assert_snapshot!(run.shown(), @"
    status 0
    --- stdout
    Technical Leadership Career Ladder by Poss

      levels: T5/L5 Senior Eng / Technical…, T6/L6 Staff Eng / Senior Tech…, L7 Staff Tech Lead and 2 more (5)
      107 statements: 102 became criteria, 5 are prose (lines 9–19)

           Knowledge & Experience  Leadership & Influence  Organizational Impact    all
      L5                        9                      10                      4     23
      L6                       11                       9                      7     27
      L7                        9                       9                      6     24
      L8                        7                       7                      5     19
      L9                        3                       5                      1      9
      all                      39                      40                     23    102

      en: TL-001 to TL-102, from technical-leadership.md
      Levels are recognised by the codes of 5 headings and labels that name their lists.
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
      rungs id --write    assigns ids to what you have added

    Then fill in [provenance] in site/content/site.toml: whose words these are, and what others may do with them.
    The documents do not say: which licence that is, where it comes from, who adopted it.
    `rungs build` says what to write for each key, and what to write instead if the ladder is your own.
    In .github/workflows/pages.yml, say where to install Rungs from: this copy of Rungs was built from source.
    GitHub Pages sites are public, even those of private repositories. To choose your readers, put public/ behind a login.
    --- stderr
    warning[unplaced]: these links lead from file to file, but the site has its own
     --> technical-leadership.md:3:1
      |
    3 | [繁體中文](index.zh_TW.md)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^ left out
      |
      = help: you need not do anything, unless they lead to something that should be adopted too
    ");
    // What the document does not say is asked for, and nothing else is wrong.
    let asked = place.run_with("check", "site", &[]);
    assert_eq!((asked.status, asked.stdout.as_str()), (1, "5 errors\n"), "{}", asked.stderr);
    assert_eq!(asked.stderr.matches("error[placeholder]").count(), 5, "{}", asked.stderr);
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
    uri = "https://to-fill-in.invalid/"

    # To fill in: which licence the notice means, by its names and its address, and why.
    [provenance.licence]
    named = "CreativeCommons-ShareAlike 4.0 International License"
    name = "CreativeCommons-ShareAlike 4.0 International License"
    short-name = "CreativeCommons-ShareAlike 4.0 International License"
    spdx = "To fill in"
    url = "https://to-fill-in.invalid/"

    [provenance.licence.reason]
    en = "To fill in: why the notice is understood this way."

    # To fill in: who adopted it, and what else was changed.
    [[provenance.modifications]]
    by = { name = "To fill in" }

    [provenance.modifications.changes]
    en = ["Every level, category and criterion was given an id.", "Links from file to file were left out, since the site has its own."]
    "#);
}

#[test]
fn a_ladder_most_of_which_would_become_prose_is_adopted_only_if_somebody_says_so() {
    let place = Place::empty();
    place.put("docs/band.md", "# Band\n\n## House\n\n- A door.\n- A stage.\n\n## L1 = Player\n\n- Plays.\n\n## L2 = Soloist\n\n- Plays alone.\n");
    place.put("docs/faq.md", "# FAQ\n\n- Ask.\n");
    let run = place.run("init site --from docs --skip faq.md");
    assert_snapshot!(run.shown(), @r#"
    status 1
    --- stdout
    Band

      levels: L1 Player, L2 Soloist (2)
      4 statements: 2 became criteria, 2 are prose (lines 5–6)

           without a category    all
      L1                    1      1
      L2                    1      1
      all                   2      2

      en: BA-001 to BA-002, from docs/band.md
      Levels are recognised by the codes of 2 headings and their lists.
    --- stderr
    error: nothing was written, since Rungs may have misunderstood the ladder:
      Band: of 4 statements, 2 did not become criteria
      = help: if this is right, add --accept. If not, name the levels with --levels "Junior,Senior", leave documents out with --skip FILE, or change the document
    "#);
    assert_eq!(place.run("init site --from docs --skip faq.md --dry-run").shown(), run.shown());
    assert!(!place.at("site").exists());
    place.run_ok("init site --from docs --skip docs/faq.md --accept");
    let run = place.run("init other --from docs --skip faq.md --levels house,player,Soloist");
    assert!(run.stdout.contains("levels: House, L1 Player, L2 Soloist (3)"), "{}", run.shown());
    assert_eq!(run.status, 0);
}

#[test]
fn documents_of_every_kind_are_adopted_as_their_folders_say() {
    let cases = fs::read_dir(cases()).unwrap().map(|entry| entry.unwrap().path());
    let cases = cases.filter(|case| !case.ends_with("documents"));
    let failed: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = cases.map(|case| (case.clone(), scope.spawn(move || assert_adopted(&case)))).collect();
        let failed = running.into_iter().filter_map(|(case, run)| run.join().is_err().then_some(case));
        failed.collect()
    });
    assert!(failed.is_empty(), "the differences stand above: {failed:#?}");
}

#[test]
fn every_byte_of_a_document_stays() {
    let place = adopted(&cases().join("labels-and-bold-lines-as-categories"), "labels").0;
    let adopted = place.text("content/en/ops.md");
    let plain: String = adopted.split('\n').map(|line| format!("{}\n", without_id(line))).collect();
    let found = place.text("labels/ops.md");
    assert_eq!(plain.trim_end().strip_prefix("+++\r\ntitle = \"Ops Ladder\"\r\n+++\r\n"), Some(found.trim_end()));
}

fn without_id(line: &str) -> String {
    match (line.find(" {#"), line.ends_with('\r')) {
        (Some(at), true) => format!("{}\r", &line[..at]),
        (Some(at), false) => line[..at].to_owned(),
        (None, _) => line.to_owned(),
    }
}

#[test]
fn the_page_of_a_level_says_the_quotation_that_summarises_it() {
    let place = adopted(&cases().join("quotations-as-summaries-of-levels"), "quotes").0;
    assert!(place.text("public/en/security/e1/index.html").contains("Works on findings that others have made."));
}

#[test]
fn what_cannot_be_adopted_is_refused_with_a_reason_and_nothing_is_written() {
    let place = Place::empty();
    place.put("letter.md", "Dear all,\n\nnothing here is a ladder.\n");
    place.put("ladder.md", "# L\n\n## L1\n\n- Works.\n");
    place.put("broken.md", b"# L\xFF");
    place.put("open.md", "# L\n\n## L1\n\n- Works.\n\n```\ncode\n\n## L2\n\n- Leads.\n");
    let before = place.files(".");
    assert_snapshot!(place.run("init --from letter.md").shown(), @r"
    status 1
    --- stderr
    error[no-levels]: there is no ladder in this document
    --> letter.md
     = help: a ladder has levels as headings and criteria as items of lists below them, or a table of levels and categories

    error: nothing to adopt
    ");
    assert_snapshot!(place.run("init --from broken.md").shown(), @"
    status 1
    --- stderr
    error[not-utf-8]: the file is not UTF-8: byte 3 is 0xFF
     --> broken.md:1:4
      |
    1 | # L�
      |    ^ 0xFF is not UTF-8
      |
      = help: save the file as UTF-8: it may be in another encoding such as Big5 or Windows-1252

    error: nothing was written, since not all documents can be read
    ");
    assert_snapshot!(place.run("init --from open.md --accept").shown(), @"
    status 1
    --- stdout
    L

      levels: L1 (1)
      1 statement: it became a criterion

           without a category    all
      L1                    1      1

      en: L-001 to L-001, from open.md
      Levels are recognised by the codes of 1 heading and their lists.
    --- stderr
    error[unclosed-code]: the code that begins here is never closed
     --> open.md:7:1
      |
    7 | ```
      | ^^^ everything after it is code
      |
      = help: end it with a line that reads ```

    error: nothing was written, since the site could not be built
      = help: fix these places in the documents, or leave documents out with --skip FILE
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
    assert_snapshot!(place.run("init --from ladder.md --locale zh_TW").shown(), @"
    status 1
    --- stderr
    error: `zh_TW` is not a language tag
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
        match adopt(&documents, &[], &AdoptOptions::default()) {
            Err(refusal) => prop_assert_eq!(refusal.problems.len(), 2),
            Ok(adopted) => {
                let written: BTreeSet<&str> = adopted.files.values().flat_map(|text| words(text)).collect();
                for (path, text) in &texts {
                    for (number, line) in text.lines().enumerate() {
                        let lost: Vec<_> = words(line).filter(|word| !written.contains(word) && !["br", "criteria", "paragraphs", "1", "Skill", "div"].contains(word)).collect();
                        let is_told = adopted.findings.iter().any(|problem| {
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
    let words = "notes pages glossary threads search translation changes licence downloads";
    for word in words.split(' ') {
        let place = Place::empty();
        place.put(&format!("{word}.md"), "# My ladder\n\n## L1 = Junior\n\n### Knowledge\n\n- Knows it.\n");
        let run = place.run(&format!("init site --from {word}.md"));
        assert!(run.shown().starts_with("status 0"), "{}", run.shown());
        assert!(place.text("site/content/site.toml").contains(&format!("key = \"{word}-ladder\"")), "{word}");
    }
}
