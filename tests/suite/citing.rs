//! `rungs cite` and `rungs refs`: a citation that is copied, and what became of those in a review.

use insta::assert_snapshot;

use crate::driver::Folder;
use crate::place::{Place, Run};

const REVIEW: &str = "\
She plans our maintenance (WK-006@2025.1, WK-002) and writes up what breaks:
<https://workshop.example/c/wk-008/>. WK-999 was discussed, [so was the rest](https://workshop.example/en/workshop/).
A word like XWK-002 cites nothing.
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
    assert_snapshot!(cited.stderr, @"note: WK-008 was withdrawn; now covered by: WK-012");
}

#[test]
fn what_cannot_be_cited_is_told_with_what_can() {
    let told = [
        "WK-999",
        "category:people",
        "W4",
        "W2@2030.1",
        "WK-006@2030.1",
        "WK-012@2025.1",
        "nonsense",
        "WK-006 --locale zh",
    ]
    .map(|arguments| {
        let Run { status, stdout, stderr } = cite(arguments);
        assert_eq!((status, stdout.as_str()), (1, ""), "{arguments}");
        stderr
    });
    assert_snapshot!(told.concat(), @"
    error: there is no criterion `WK-999`
      = help: did you mean WK-009?
    error: `category:people` is a category, but `rungs cite` only cites criteria and levels
      = help: name a criterion or a level by its id, such as `TL-042`, or copy the address of the page
    error: `W4` is no longer a level
      = help: name an edition that has it, as in `W4@2025.2`: 2025.1, 2025.2
    error: the site does not have the edition in `W2@2030.1`
      = help: editions: 2025.1, 2025.2, 2026.1
    error: the site does not have the edition in `WK-006@2030.1`
      = help: editions: 2025.1, 2025.2, 2026.1
    error: `WK-012@2025.1` does not exist: that edition does not have WK-012
      = help: editions that have it: 2026.1
    error: there is no criterion or level `nonsense`
      = help: write the id of a criterion as its page does, such as `TL-042`, or a level: W1, W2, W3
    error: the site has no locale `zh`
      = help: its locales: en, zh-TW
    ");
}

#[test]
fn a_review_is_told_which_citations_no_longer_mean_what_they_meant() {
    let place = reviewed(REVIEW);
    let run = place.run("refs review.md");
    assert_eq!(run.status, 1);
    assert_snapshot!(run.stderr, @r"
    warning[changed-citation]: WK-006 has changed since edition 2025.1
     --> review.md:1:28
      |
    1 | She plans our maintenance (WK-006@2025.1, WK-002) and writes up what breaks:
      |                            ^^^^^^^^^^^^^ made stricter in 2025.2
      |
      = help: see https://workshop.example/c/wk-006/ for the current wording, and update the citation if you mean that

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
    assert_snapshot!(run.stdout, @"4 citations, 3 of them without an edition (`--fix` adds it to 1), 3 problems");
    assert_eq!(place.text("review.md"), REVIEW, "nothing is written");
}

#[test]
fn citations_are_pinned_to_the_last_edition_and_nothing_else_changes() {
    let place = reviewed(REVIEW);
    place.run("refs --fix review.md");
    let pinned = place.text("review.md");
    assert_eq!(pinned, REVIEW.replacen("WK-002)", "WK-002@2026.1)", 1));
    place.run("refs --fix review.md");
    assert_eq!(place.text("review.md"), pinned, "a second run changes nothing");
}

#[test]
fn an_address_is_pinned_to_the_page_of_the_edition() {
    let place = reviewed("See https://workshop.example/c/wk-002/#zh-tw.\n");
    place.run_ok("refs --fix review.md");
    assert_eq!(place.text("review.md"), "See https://workshop.example/e/2026.1/c/wk-002/#zh-tw.\n");
}

#[test]
fn what_is_piped_in_is_piped_out() {
    let run = past().run_on("refs --fix", "WK-002, and no more");
    assert_eq!((run.status, run.stdout.as_str()), (0, "WK-002@2026.1, and no more"), "{}", run.stderr);
    let run = past().run_on("refs --fix --format json", "WK-002");
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

#[test]
fn a_level_is_cited_as_it_is_and_as_an_edition_has_it() {
    let credits = "The Rungs project, modified by The Rungs project (CC BY-SA 4.0)";
    let base = "https://workshop.example";
    for (arguments, cited) in [
        // W1, whose criteria hold on W2, too, was changed since the last edition.
        ("w2", format!("W2: W2 · Maker, Workshop Ladder, {credits}, {base}/en/workshop/w2/\n")),
        (
            "workshop/W2@2026.1",
            format!(
                "W2@2026.1: W2 · Maker, Workshop Ladder, edition 2026.1, {credits}, {base}/e/2026.1/en/workshop/w2/\n"
            ),
        ),
        // A level that was renamed since, by its name of today, and one that is gone.
        (
            "W2@2025.1",
            format!(
                "J2@2025.1: J2 · Journeyman, Workshop Ladder, edition 2025.1, {credits}, {base}/e/2025.1/en/workshop/j2/\n"
            ),
        ),
        (
            "W4@2025.1",
            format!(
                "W4@2025.1: W4 · Warden, Workshop Ladder, edition 2025.1, {credits}, {base}/e/2025.1/en/workshop/w4/\n"
            ),
        ),
    ] {
        assert_eq!(cite(arguments).stdout, cited, "{arguments}");
    }
    let csl: serde_json::Value =
        serde_json::from_str(&cite("W2@2026.1 --format csl-json --locale zh-TW").stdout).unwrap();
    assert_eq!((&csl[0]["number"], &csl[0]["title"]), (&"W2".into(), &"W2 · 製作師".into()));
    assert_eq!(csl[0]["URL"], "https://workshop.example/e/2026.1/zh-tw/workshop/w2/");
    assert!(csl[0].get("section").is_none());
    assert!(cite("W2@2026.1 --format bibtex").stdout.contains("title = {{W2@2026.1: W2 · Maker}}"));
}

#[test]
fn a_level_of_several_ladders_is_named_with_its_ladder() {
    let place = Place::of_fixture("ladders");
    let run = place.run("cite L1");
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("error: several ladders have a level `L1`\n  = help: write `common:L1` or `baking:L1`"),
        "{}",
        run.stderr
    );
    assert!(
        place.run_ok("cite baking:L1").stdout.starts_with("baking:L1: L1 · "),
        "{}",
        place.run("cite baking:L1").shown()
    );
}

#[test]
fn a_level_that_its_ladder_does_not_have_is_told_as_such() {
    let place = Place::of_fixture("ladders");
    place.put("review.md", "Meets baking:M1@2026.1.\n");
    let told = place.run("refs review.md");
    assert!(told.stderr.contains("error[unknown-citation]: there is no level `baking:M1@2026.1`"), "{}", told.shown());
}

#[test]
fn a_review_is_told_what_became_of_its_levels() {
    let base = "https://workshop.example";
    let told = |citation: &str| {
        let run = reviewed(&format!("Meets {citation}\n")).run("refs review.md");
        run.stderr
            .lines()
            .filter(|line| !line.trim_start().starts_with(['|', '1', '-']))
            .map(str::trim)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let changed = format!(
        "warning[changed-citation]: level J2 has changed since edition 2025.1\n= help: see \
         {base}/en/workshop/w2/ for what it expects now, and update the citation if you mean that\n"
    );
    for citation in ["J2@2025.1", "workshop/J2@2025.1", "W2@2025.1"] {
        assert_eq!(told(citation), changed, "{citation}");
    }
    for address in ["/e/2025.1/en/workshop/j2/", "/e/2025.1/zh-tw/workshop/#j2"] {
        assert_eq!(told(&format!("<{base}{address}>")), changed, "{address}");
    }
    let said = reviewed("J2@2025.1\n").run("refs review.md").stderr;
    let label = "called W2 · Maker in 2025.2, WK-005 reworded in 2025.2, WK-006 made stricter in 2025.2, WK-007 moved in 2025.2, WK-008 withdrawn in 2025.2, \
                 WK-004 made stricter in 2025.2";
    assert!(said.contains(label), "{said}");
    let gone = told("W4@2025.1");
    assert!(gone.contains("warning[withdrawn-citation]: level W4 was withdrawn"), "{gone}");
    assert!(gone.contains(&format!("see {base}/en/workshop/w4/")), "{gone}");
    assert!(told("W3@2019.1").contains("error[unknown-citation]: there is no edition 2019.1"), "{}", told("W3@2019.1"));
    assert_eq!(told("W2@2026.1 and W2, which alone is but a word"), "");
}

#[test]
fn the_address_of_a_level_is_pinned_to_its_frozen_page() {
    let place = Place::of(&Folder::bilingual().with_ids().released("2026.1", "2026-03-02"));
    place.put("review.md", "See https://ladders.example/zh-tw/ladder/l2/.\n");
    let run = place.run_ok("refs review.md");
    assert!(run.stdout.starts_with("1 citation, without an edition (`--fix` adds it)"), "{}", run.shown());
    place.run_ok("refs --fix review.md");
    assert_eq!(place.text("review.md"), "See https://ladders.example/e/2026.1/zh-tw/ladder/l2/.\n");
}

#[test]
fn addresses_of_before_a_move_are_known_and_the_feed_keeps_its_ids() {
    let place = reviewed(
        "As https://old.example/handbook/c/wk-002/#zh-tw and http://old.example/handbook/e/2025.1/c/wk-006/.\n",
    );
    place.run_ok("build -o site");
    let id_lines = |place: &Place| {
        let feed = place.text("site/en/changes/feed.xml");
        feed.lines().filter(|line| line.starts_with("<id>")).map(str::to_owned).collect::<Vec<_>>()
    };
    let ids = id_lines(&place);
    let site = place.text("content/site.toml");
    let old = "former-base-urls = [\"https://workshop.example/\", \"https://old.example/handbook\"]";
    place.put(
        "content/site.toml",
        site.replacen(
            "base-url = \"https://workshop.example/\"",
            &format!("base-url = \"https://new.example/\"\n{old}"),
            1,
        ),
    );
    place.run_ok("build -o site");
    assert_eq!(id_lines(&place), ids);
    assert!(place.text("site/en/changes/feed.xml").contains("href=\"https://new.example/en/changes/feed.xml\""));
    let run = place.run("refs review.md");
    let told: Vec<_> =
        run.stderr.lines().filter(|line| line.starts_with("warning") || line.contains("= help")).collect();
    let expected = [
        "warning[former-address]: the site has a new address",
        "  = help: cite https://new.example/c/wk-002/#zh-tw",
        "warning[changed-citation]: WK-006 has changed since edition 2025.1",
        "  = help: see https://new.example/c/wk-006/ for the current wording, and update the citation if you mean that",
        "warning[former-address]: the site has a new address",
        "  = help: cite https://new.example/e/2025.1/c/wk-006/",
    ];
    assert_eq!(told, expected, "{}", run.stderr);
    place.run("refs --fix review.md");
    let fixed = place.text("review.md");
    assert_eq!(fixed, "As https://new.example/e/2026.1/c/wk-002/#zh-tw and https://new.example/e/2025.1/c/wk-006/.\n");
}

#[test]
fn a_criterion_that_moved_and_asks_for_more_is_told_to_do_both() {
    let place = Place::of(&Folder::bilingual().with_ids().released("2026.1", "2026-03-02"));
    for (file, old, new) in [
        (
            "content/en/ladder.md",
            "- Writes code that others can read. {#EN-001}\n",
            "- Writes code that everybody can read and change. {#EN-001}\n",
        ),
        (
            "content/zh-TW/ladder.md",
            "- 撰寫他人看得懂的程式。 {#EN-001}\n",
            "- 撰寫人人看得懂也改得動的程式。 {#EN-001}\n",
        ),
    ] {
        let below = if file.contains("en/") { "- Reviews" } else { "- 審查" };
        place.edit(file, old, "");
        place.edit(file, below, &format!("{new}{below}"));
    }
    place.run_ok("translation accept zh-TW EN-001");
    place.run_ok("release 2026.2 --stricter EN-001 --date 2026-08-01");
    place.put("review.md", "EN-001@2026.1\n");
    let said = place.run("refs review.md").stderr;
    assert!(said.contains("moved and made stricter in 2026.2"), "{said}");
    place.run_ok("build -o site");
    let html = place.text("site/c/en-001/index.html");
    assert!(html.contains("Current · at this level since edition 2026.2 (2026-08-01), and expects more"), "{html}");
    assert!(html.contains("<strong>Moved · Expects more</strong>"), "{html}");
    assert!(html.contains("現行 · 自2026.2版（2026-08-01）起列於這個職級，要求提高"), "{html}");
}

/// A site of two levels, released once.
fn released() -> Place {
    let folder = Folder::small().with_ids().released("2026.1", "2026-11-23");
    Place::of(&folder)
}

#[test]
fn a_level_is_pinned_only_as_long_as_the_edition_holds_all_that_holds_on_it() {
    let place = released();
    let cited = place.run_ok("cite L2").stdout;
    assert!(cited.contains("edition 2026.1"), "{cited}");
    place.edit("content/en/ladder.md", "Writes code that others can read.", "Writes code that nobody has to explain.");
    let cited = place.run_ok("cite L2").stdout;
    assert!(!cited.contains("edition"), "what L1 asks holds on L2, too: {cited}");
    place.run_ok("release 2026.2 --stricter EN-001");
    let told = place.run_on("refs -", "She meets L2@2026.1.\n").stderr;
    assert!(told.contains("EN-001 made stricter in 2026.2"), "{told}");
}

#[test]
fn what_an_edition_holds_is_cited_with_the_credits_of_that_edition() {
    let place = released();
    let credits = |citation: &str| {
        citation.split_once("edition 2026.1, ").map(|(_, rest)| rest.split(", <").next().unwrap().to_owned())
    };
    let (criterion, level) = (place.run_ok("cite EN-001").stdout, place.run_ok("cite L1").stdout);
    assert!(criterion.contains("B. Person"), "{criterion}");
    let site = place.text("content/site.toml");
    place.put("content/site.toml", site.replace("B. Person", "C. Person"));
    assert_eq!(credits(&place.run_ok("cite EN-001").stdout), credits(&criterion));
    assert_eq!(credits(&place.run_ok("cite L1").stdout), credits(&level));
}
