//! `rungs cite` and `rungs refs`: a citation that is copied, and what became of those in a review.

use insta::assert_snapshot;

use crate::place::{Place, Run};

const REVIEW: &str = "\
She plans our maintenance (WK-006@2025.1, WK-001) and writes up what breaks:
<https://workshop.example/c/wk-008/>. WK-999 was discussed, [so was the rest](https://workshop.example/en/workshop/).
A word like XWK-001 cites nothing.
";

/// The small site with three editions, and criteria that were reworded, moved, withdrawn, merged.
fn past() -> Place {
    let place = Place::of_fixture("past");
    let site = place.text("content/site.toml");
    place.put("content/site.toml", format!("{site}\n[check]\nallow = [\"placeholder-address\"]\n"));
    place
}

/// The same, with a review beside its content.
fn reviewed(review: &str) -> Place {
    let place = past();
    place.put("review.md", review);
    place
}

fn cite(arguments: &str) -> Run {
    past().run(&format!("cite {arguments}"))
}

#[test]
fn a_citation_says_what_where_and_by_whom() {
    assert_snapshot!(cite("WK-006").stdout, @"
    WK-006: “Plans the maintenance of all machines, and keeps a record of it.” W2 · Maker, Workshop Ladder, edition 2026.1, The Rungs project, modified by The Rungs project (CC BY-SA 4.0), https://workshop.example/c/wk-006/
    ");
    assert_snapshot!(cite("WK-006 --locale zh-TW").stdout, @"
    WK-006：「規劃所有機器的保養，並留下紀錄。」W2 · 製作師，《工坊職涯階梯》2026.1版，The Rungs project，The Rungs project修改（CC BY-SA 4.0），https://workshop.example/c/wk-006/#zh-tw
    ");
}

#[test]
fn a_citation_of_an_edition_holds_the_words_of_then() {
    assert_snapshot!(cite("WK-006@2025.1 --format markdown").stdout, @"
    [WK-006@2025.1](https://workshop.example/e/2025.1/c/wk-006/): “Plans the maintenance of the machines of one room.” J2 · Journeyman, Workshop Ladder, edition 2025.1, The Rungs project, modified by The Rungs project ([CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)), <https://workshop.example/e/2025.1/c/wk-006/>
    ");
}

#[test]
fn an_id_may_be_written_as_people_do() {
    assert_eq!(cite("wk-6").stdout, cite("WK-006").stdout);
}

#[test]
fn a_citation_can_be_read_by_programs() {
    assert_snapshot!(cite("WK-006 --format html").stdout, @r#"
    <p lang="en"><a href="https://workshop.example/c/wk-006/">WK-006</a>: “Plans the maintenance of all machines, and keeps a record of it.” W2 · Maker, Workshop Ladder, edition 2026.1, The Rungs project, modified by The Rungs project (<a href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a>), <a href="https://workshop.example/c/wk-006/">https://workshop.example/c/wk-006/</a></p>
    "#);
    assert_snapshot!(cite("WK-006 --format bibtex").stdout, @"
    @misc{wk-006,
      author = {{The Rungs project}},
      title = {{WK-006: Plans the maintenance of all machines, and keeps a record of it.}},
      howpublished = {Workshop Ladder},
      note = {W2 · Maker; CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), modified by The Rungs project},
      edition = {2026.1},
      date = {2026-03-02},
      year = {2026},
      language = {en},
      url = {https://workshop.example/c/wk-006/},
    }
    ");
    let csl: serde_json::Value = serde_json::from_str(&cite("WK-006 --format csl-json").stdout).unwrap();
    assert_eq!(csl[0]["id"], "WK-006");
    assert_eq!(csl[0]["URL"], "https://workshop.example/c/wk-006/");
    assert_eq!(csl[0]["issued"]["date-parts"][0], serde_json::json!([2026, 3, 2]));
}

#[test]
fn the_place_of_the_site_can_be_said() {
    let cited = cite("WK-006 --base-url https://example.org/ladders/");
    assert!(cited.stdout.contains("https://example.org/ladders/c/wk-006/"), "{}", cited.stdout);
}

#[test]
fn a_withdrawn_criterion_is_cited_with_a_note() {
    let cited = cite("WK-008");
    assert_eq!(cited.status, 0);
    assert!(cited.stdout.contains("Writes down what went wrong"), "{}", cited.stdout);
    assert_snapshot!(cited.stderr, @r"note: WK-008 was withdrawn; what is asked now: WK-012");
}

#[test]
fn what_cannot_be_cited_is_told_with_what_can() {
    let told = ["WK-999", "w2", "WK-006@2030.1", "WK-012@2025.1", "nonsense", "WK-006 --locale zh"].map(|arguments| {
        let Run { status, stdout, stderr } = cite(arguments);
        assert_eq!((status, stdout.as_str()), (1, ""), "{arguments}");
        stderr
    });
    assert_snapshot!(told.concat(), @r"
    error: there is no criterion `WK-999`
      = help: did you mean WK-009?
    error: `W2` is a level, and `rungs cite` cites criteria
      = help: name a criterion by its id, such as `TL-042`, or copy the address of the page
    error: the site has no such edition as `WK-006@2030.1` names
      = help: there are 2025.1, 2025.2, 2026.1
    error: `WK-012@2025.1` is not there: that edition does not hold WK-012
      = help: these do: 2026.1
    error: there is no criterion `nonsense`
      = help: write its id as its page does, such as `TL-042` or `TL-042@2026.1`
    error: the site has no locale `zh`
      = help: its locales are en, zh-TW
    ");
}

#[test]
fn a_review_is_told_which_citations_no_longer_mean_what_they_meant() {
    let place = reviewed(REVIEW);
    let run = place.run("refs review.md");
    assert_eq!(run.status, 1);
    assert_snapshot!(run.stderr, @r"
    warning[changed-citation]: WK-006 has changed since the edition 2025.1
     --> review.md:1:28
      |
    1 | She plans our maintenance (WK-006@2025.1, WK-001) and writes up what breaks:
      |                            ^^^^^^^^^^^^^ made stricter in 2025.2
      |
      = help: see https://workshop.example/c/wk-006/ for what it says now, and cite it anew if that is what is meant

    warning[withdrawn-citation]: WK-008 was withdrawn on 2025-08-30
     --> review.md:2:2
      |
    2 | <https://workshop.example/c/wk-008/>. WK-999 was discussed, [so was the rest](https://workshop.example/en/workshop/).
      |  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: merged into: WK-012

    error[unknown-citation]: there is no criterion WK-999
     --> review.md:2:39
      |
    2 | <https://workshop.example/c/wk-008/>. WK-999 was discussed, [so was the rest](https://workshop.example/en/workshop/).
      |                                       ^^^^^^
      |
      = help: did you mean WK-009?
    ");
    assert_snapshot!(run.stdout, @r"4 citations, 3 of them without an edition (`--fix` pins them to the last one), 3 problems");
    assert_eq!(place.text("review.md"), REVIEW, "nothing is written");
}

#[test]
fn citations_are_pinned_to_the_last_edition_and_nothing_else_changes() {
    let place = reviewed(REVIEW);
    place.run("refs --fix review.md");
    let pinned = place.text("review.md");
    assert_eq!(pinned, REVIEW.replacen("WK-001)", "WK-001@2026.1)", 1));
    place.run("refs --fix review.md");
    assert_eq!(place.text("review.md"), pinned, "a second run changes nothing");
}

#[test]
fn an_address_is_pinned_to_the_page_of_the_edition() {
    let place = reviewed("See https://workshop.example/c/wk-001/#zh-tw.\n");
    place.run_ok("refs --fix review.md");
    assert_eq!(place.text("review.md"), "See https://workshop.example/e/2026.1/c/wk-001/#zh-tw.\n");
}

#[test]
fn what_is_piped_in_is_piped_out() {
    let run = past().run_on("refs --fix", "WK-001, and no more");
    assert_eq!((run.status, run.stdout.as_str()), (0, "WK-001@2026.1, and no more"), "{}", run.stderr);
    let run = past().run_on("refs --fix --format json", "WK-001");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
}

#[test]
fn machines_read_of_citations_as_of_content() {
    let place = reviewed(REVIEW);
    let run = place.run("refs review.md --format json");
    let told: Vec<serde_json::Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let codes: Vec<_> = told.iter().map(|problem| problem["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["changed-citation", "withdrawn-citation", "unknown-citation"]);
}

#[test]
fn a_review_that_is_not_there_is_no_problem_of_the_content() {
    let run = past().run("refs missing.md");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("missing.md"), "{}", run.stderr);
}
