//! `rungs worksheet`: blank sheets, and filled-in ones that are carried over to later editions.

use std::collections::BTreeMap;

use insta::assert_snapshot;

use crate::driver::Folder;
use crate::place::Place;

const ADDRESS: &str = "https://acme.github.io/ladders/";

fn published(folder: Folder) -> Folder {
    folder.edited("site.toml", "https://ladders.example/", ADDRESS)
}

/// A small site in two languages with one edition, whose second level asks five things.
fn released() -> Place {
    let own = "- Reviews the designs of a team. {#EN-003}\n";
    let more = "- Plans the work of a team. {#EN-005}\n- Teaches others. {#EN-006}\n";
    let folder = published(Folder::bilingual()).edited("en/ladder.md", own, &format!("{own}{more}")).edited(
        "zh-TW/ladder.md",
        "- 審查一個團隊的設計。 {#EN-003}\n",
        "- 審查一個團隊的設計。 {#EN-003}\n- 規劃一個團隊的工作。 {#EN-005}\n- 教導他人。 {#EN-006}\n",
    );
    Place::of(&folder.with_ids().released("2026.1", "2026-03-02"))
}

/// Releases `2026.2`: of the second level it rewords one criterion, tightens one, moves one, withdraws one and adds one.
fn release_second(place: &Place) {
    let (en, zh) = ("content/en/ladder.md", "content/zh-TW/ladder.md");
    place.edit(en, "Reviews the designs of a team.", "Reviews the designs of two teams.");
    place.edit(zh, "審查一個團隊的設計。", "審查兩個團隊的設計。");
    place.edit(en, "Spends half of the day on code.", "Spends half of each day on code.");
    place.edit(en, "- Teaches others. {#EN-006}\n", "- Mentors others. {#EN-007}\n");
    place.edit(zh, "- 教導他人。 {#EN-006}\n", "- 指導他人。 {#EN-007}\n");
    place.edit(en, "- Spends most of the day", "- Teaches others. {#EN-006}\n- Spends most of the day");
    place.edit(zh, "- 一天大半時間如此", "- 教導他人。 {#EN-006}\n- 一天大半時間如此");
    place.run_ok("id --write");
    place.run_ok("translation accept zh-TW --all");
    place.run_ok("withdraw EN-005 --reason Gone. --reason zh-TW=不再需要。 --replaced-by EN-007");
    place.run_ok("release 2026.2 --stricter EN-003 --reworded all --date 2026-08-01");
}

/// Writes the sheet of the second level and fills in some answers.
fn fill_in(place: &Place, arguments: &str) {
    place.run_ok(&format!("worksheet L2 --locale en,zh-TW {arguments} -o mine.md"));
    for (id, rating, evidence) in [
        ("EN-003", "consistently", "In March the import.\n\n```\n### EN-004\n```"),
        ("EN-004", "in part", "Mornings."),
        ("EN-005", "not yet", "The plan of the second quarter."),
        ("EN-006", "consistently", "Two interns."),
    ] {
        let text = place.text("mine.md");
        let (before, rest) = text.split_once(&format!("### [{id}@2026.1]")).unwrap();
        let filled = rest.replacen("Rating:", &format!("Rating: {rating}\n\n{evidence}"), 1);
        place.put("mine.md", format!("{before}### [{id}@2026.1]{filled}"));
    }
}

#[test]
fn a_blank_sheet_is_of_the_last_edition_if_that_is_what_is_asked_now() {
    let place = released();
    assert_snapshot!(place.run("worksheet L2 --locale zh-TW,en").shown(), @"
    status 0
    --- stdout
    ---
    rungs-worksheet: 1
    site: https://acme.github.io/ladders/
    ladder: ladder
    level: L2
    edition: 2026.1
    locales: zh-TW, en
    person:
    reviewer:
    period:
    ---

    # 評核表：L2 · 負責人

    這不是檢核表：寫幾項並附上佐證，勝過逐項填寫卻沒有佐證。

    請為您回答的每項準則選擇一項評定：尚未做到 · 部分做到 · 持續做到 · 沒有機會展現。

    [L2@2026.1](https://acme.github.io/ladders/e/2026.1/zh-tw/ladder/l2/)：L2 · 負責人，《階梯》2026.1版，A. Person，B. Person修改（[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)），<https://acme.github.io/ladders/e/2026.1/zh-tw/ladder/l2/>

    ## 工藝

    ### [EN-003@2026.1](https://acme.github.io/ladders/e/2026.1/c/en-003/#zh-tw)

    > 審查一個團隊的設計。
    >
    > Reviews the designs of a team.

    評定：

    ### [EN-005@2026.1](https://acme.github.io/ladders/e/2026.1/c/en-005/#zh-tw)

    > 規劃一個團隊的工作。
    >
    > Plans the work of a team.

    評定：

    ### [EN-006@2026.1](https://acme.github.io/ladders/e/2026.1/c/en-006/#zh-tw)

    > 教導他人。
    >
    > Teaches others.

    評定：

    ### [EN-004@2026.1](https://acme.github.io/ladders/e/2026.1/c/en-004/#zh-tw)

    > 半天撰寫程式。
    >
    > Spends half of the day on code.

    評定：
    --- stderr
    note: the sheet is for L2 in edition 2026.1: the level has not changed since
    ");
    let table = place.run("worksheet L2 --format csv --with-inherited").shown();
    assert_snapshot!(table.replace('\u{FEFF}', "<BOM>"), @"
    status 0
    --- stdout
    <BOM>id,edition,url,category,statement.en,rating,evidence
    EN-003,2026.1,https://acme.github.io/ladders/e/2026.1/c/en-003/,Craft,Reviews the designs of a team.,,
    EN-005,2026.1,https://acme.github.io/ladders/e/2026.1/c/en-005/,Craft,Plans the work of a team.,,
    EN-006,2026.1,https://acme.github.io/ladders/e/2026.1/c/en-006/,Craft,Teaches others.,,
    EN-004,2026.1,https://acme.github.io/ladders/e/2026.1/c/en-004/,Craft,Spends half of the day on code.,,
    EN-001,2026.1,https://acme.github.io/ladders/e/2026.1/c/en-001/,L1 · Engineer: Craft,Writes code that others can read.,,
    EN-002,2026.1,https://acme.github.io/ladders/e/2026.1/c/en-002/,L1 · Engineer: Craft,Spends most of the day on it.,,
    --- stderr
    note: the sheet is for L2 in edition 2026.1: the level has not changed since
    ");
    let fresh = place.run_ok("worksheet L2 --with-inherited -o mine.md");
    assert_eq!(fresh.stdout, "");
    // Six answers, and the level above them.
    assert_snapshot!(place.run("refs mine.md").shown(), @r#"
    status 0
    --- stdout
    7 citations, no problems
    "#);
    release_second(&place);
    place.edit("content/en/ladder.md", "Mentors others.", "Mentors many.");
    let changed = place.run_ok("worksheet L2");
    assert_snapshot!(changed.stderr, @"note: L2 has changed since the latest edition, so the sheet is for its current version; `--edition 2026.2` gives the one of the latest edition");
    assert!(changed.stdout.contains("edition:\n"), "{}", changed.stdout);
    assert!(changed.stdout.contains("### [EN-003@2026.2](https://acme.github.io/ladders/e/2026.2/c/en-003/)"));
    assert!(changed.stdout.contains("### [EN-007](https://acme.github.io/ladders/c/en-007/)"));
    assert!(place.run_ok("worksheet L2@2026.1").stdout.contains("edition: 2026.1\n"));
    assert!(place.run_ok("worksheet l2 --edition 2026.1").stdout.contains("### [EN-006@2026.1]"));
}

#[test]
fn a_sheet_is_refused_with_what_to_do() {
    let place = released();
    place.run_ok("worksheet L2 -o mine.md");
    place.put("newer.md", "---\nrungs-worksheet: 2\nlevel: L2\n---\n");
    place.put("other.md", "# Notes\n");
    place.put("no-level.md", "---\nrungs-worksheet: 1\n---\n\n### EN-001\n");
    place.put("gone.md", "---\nrungs-worksheet: 1\nlevel: L9\n---\n\n### EN-001\n");
    let refused = [
        "L9",
        "EN-003",
        "L2@2027.1",
        "L2@2026.1 --edition 2026.2",
        "L2 --locale fr",
        "L2 -o mine.md",
        "--update newer.md",
        "--update other.md",
        "--update no-level.md",
        "--update gone.md",
        "--update mine.md --edition 2027.1",
    ];
    let told =
        refused.map(|arguments| format!("{arguments}: {}\n", place.run(&format!("worksheet {arguments}")).shown()));
    assert_snapshot!(told.concat(), @"
    L9: status 1
    --- stderr
    error: there is no level `L9`
      = help: levels: `L1`, `L2`
    EN-003: status 1
    --- stderr
    error: `EN-003` is a criterion, and a worksheet is for a level
      = help: name the level that expects it: `rungs worksheet L2`
    L2@2027.1: status 1
    --- stderr
    error: the site does not have the edition in `L2@2027.1`
      = help: editions: 2026.1
    L2@2026.1 --edition 2026.2: status 1
    --- stderr
    error: two editions are named: 2026.1 and 2026.2
      = help: name one: `rungs worksheet L2 --edition 2026.2`
    L2 --locale fr: status 1
    --- stderr
    error: the site has no locale `fr`
      = help: its locales: en, zh-TW
    L2 -o mine.md: status 1
    --- stderr
    error: `mine.md` already exists, and somebody may have filled it in
      = help: name another file, or carry it over to another edition: `rungs worksheet --update mine.md`
    --update newer.md: status 1
    --- stderr
    error: `newer.md` is a worksheet in format 2, but this version of Rungs only knows 1
      = help: update Rungs, then run the command again; the file stays as it is
    --update other.md: status 1
    --- stderr
    error: `other.md` is not a worksheet: its front matter does not say `rungs-worksheet: 1`
      = help: begin it with the lines `---`, `rungs-worksheet: 1`, `level: L6` and `---`, and each answer with the id of its criterion, `### TL-042`; `rungs worksheet L6` shows a blank one
    --update no-level.md: status 1
    --- stderr
    error: `no-level.md` does not say which level it is for
      = help: write it below `rungs-worksheet: 1`: `level: L6`
    --update gone.md: status 1
    --- stderr
    error: there is no level `L9`
      = help: name a level: L1, L2
    --update mine.md --edition 2027.1: status 1
    --- stderr
    error: the site has no edition `2027.1`
      = help: did you mean `--edition 2026.1`?
    ");
    let unreleased = Place::of(&published(Folder::small()));
    assert_snapshot!(unreleased.run_ok("worksheet L2").stderr, @"note: no edition has been released yet, so the sheet names none; `rungs release` creates one");
    unreleased.put("mine.md", "---\nrungs-worksheet: 1\nlevel: L2\n---\n\n### EN-003\n\nMine.\n");
    assert_snapshot!(unreleased.run("worksheet --update mine.md").shown(), @"
    status 1
    --- stderr
    error: no edition has been released yet, so there is none to carry the sheet over to
      = help: `rungs release` creates one; until then, the sheet stays as it is
    ");
}

#[test]
fn a_filled_in_sheet_is_carried_over_with_every_answer() {
    let place = released();
    fill_in(&place, "");
    let before = place.text("mine.md");
    assert_snapshot!(place.run("worksheet --update mine.md").shown(), @r#"
    status 0
    --- stdout
    2026.1: 4 answers, 4 unchanged, 0 new
    "#);
    assert_eq!(place.text("mine.md"), before, "the edition is the same");
    release_second(&place);
    let dry = place.run_ok("worksheet --update mine.md --dry-run");
    assert_eq!(place.text("mine.md"), before, "nothing was written");
    assert_snapshot!(dry.shown(), @"
    status 0
    --- stdout
    EN-003  has expected more since 2026.2; the rating “consistently” was cleared, and is kept above the evidence
        Reviews the designs of [-a team-]{+two teams+}.
    EN-005  no longer expected; replaced by: EN-007
    EN-006  now expected at L1 · Engineer
    EN-004  reworded, expects the same
        Spends half of [-the-]{+each+} day on code.
    EN-007  new
    2026.2: 4 answers, 0 unchanged, 1 new
    ");
    place.run_ok("worksheet --update mine.md");
    let after = place.text("mine.md");
    assert_snapshot!(after, @"
    ---
    rungs-worksheet: 1
    site: https://acme.github.io/ladders/
    ladder: ladder
    level: L2
    edition: 2026.2
    locales: en, zh-TW
    person:
    reviewer:
    period:
    ---

    # Review worksheet: L2 · Lead

    This is not a checklist: a few answers with evidence say more than many without.

    For each criterion that you answer, choose one rating: not yet · in part · consistently · does not arise.

    [L2@2026.2](https://acme.github.io/ladders/e/2026.2/en/ladder/l2/): L2 · Lead, Ladder, edition 2026.2, A. Person, modified by B. Person ([CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)), <https://acme.github.io/ladders/e/2026.2/en/ladder/l2/>

    ## Craft

    ### [EN-003@2026.2](https://acme.github.io/ladders/e/2026.2/c/en-003/)

    > Reviews the designs of two teams.
    >
    > 審查兩個團隊的設計。

    Rating:

    Has expected more since edition 2026.2; rated “consistently” in 2026.1.

    In March the import.

    ```
    ### EN-004
    ```

    ### [EN-007@2026.2](https://acme.github.io/ladders/e/2026.2/c/en-007/)

    > Mentors others.
    >
    > 指導他人。

    Rating:

    ### [EN-004@2026.2](https://acme.github.io/ladders/e/2026.2/c/en-004/)

    > Spends half of each day on code.
    >
    > 半天撰寫程式。

    Rating: in part

    Mornings.

    ## Now expected at L1 · Engineer

    ### [EN-006@2026.2](https://acme.github.io/ladders/e/2026.2/c/en-006/)

    > Teaches others.
    >
    > 教導他人。

    Rating: consistently

    Two interns.

    ## No longer expected

    ### [EN-005@2026.1](https://acme.github.io/ladders/e/2026.1/c/en-005/)

    > Plans the work of a team.
    >
    > 規劃一個團隊的工作。

    Rating: not yet

    Replaced by: [EN-007@2026.2](https://acme.github.io/ladders/e/2026.2/c/en-007/)

    The plan of the second quarter.
    ");
    // The second time nothing changes.
    assert_snapshot!(place.run_ok("worksheet --update mine.md").shown(), @"
    status 0
    --- stdout
    EN-005  no longer expected, and left where it is
    2026.2: 5 answers, 4 unchanged, 0 new
    ");
    assert_eq!(place.text("mine.md"), after);
    assert_eq!(place.run_on("worksheet --update -", &before).stdout, after);
}

#[test]
fn a_sheet_of_what_was_filled_in_stays_one_and_its_person_keeps_the_order() {
    let place = released();
    let sheet = "\u{FEFF}---\r\nrungs-worksheet: 1\r\nlevel: L2\r\nedition: 2026.1\r\nmine: yes\r\n---\r\n\r\nHello.\r\n\r\n\
                 ## Best\r\n\r\n### EN-006: interns\r\n\r\n\
                 Two interns.\r\n\r\n### EN-003\r\n\r\n**Rating:** maybe\r\n\r\n### ZZ-001@2026.1\r\n\r\nElsewhere.\r\n\r\n\
                 ## Next\r\n\r\n### EN-005\r\n\r\nA plan.\r\n";
    place.put("mine.md", sheet);
    release_second(&place);
    assert_snapshot!(place.run_ok("worksheet --update mine.md").shown(), @"
    status 0
    --- stdout
    EN-006  now expected at L1 · Engineer
    EN-003  has expected more since 2026.2; the rating “maybe” was cleared, and is kept above the evidence
        Reviews the designs of [-a team-]{+two teams+}.
    ZZ-001  not known here: left as it is
    EN-005  no longer expected; replaced by: EN-007
    1 criterion is new at the level, and not added, since the sheet did not have all criteria before: EN-007
    2026.2: 4 answers, 0 unchanged, 0 new
    --- stderr
    note: unknown ratings were kept: EN-003: “maybe”
    ");
    let after = place.text("mine.md");
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert_snapshot!(after.replace("\r\n", "\n").trim_start_matches('\u{FEFF}'), @r"
    ---
    rungs-worksheet: 1
    level: L2
    edition: 2026.2
    mine: yes
    site: https://acme.github.io/ladders/
    ladder: ladder
    ---

    Hello.

    ## Best

    ### [EN-003@2026.2](https://acme.github.io/ladders/e/2026.2/c/en-003/)

    **Rating:**

    Has expected more since edition 2026.2; rated “maybe” in 2026.1.

    ### ZZ-001@2026.1

    Elsewhere.

    \## Next

    ## Now expected at L1 · Engineer

    ### [EN-006@2026.2](https://acme.github.io/ladders/e/2026.2/c/en-006/): interns

    Two interns.

    ## No longer expected

    ### [EN-005@2026.1](https://acme.github.io/ladders/e/2026.1/c/en-005/)

    > Plans the work of a team.

    Replaced by: [EN-007@2026.2](https://acme.github.io/ladders/e/2026.2/c/en-007/)

    A plan.
    ");
    assert!(after.starts_with('\u{FEFF}'));
    place.run_ok("worksheet --update mine.md");
    assert_eq!(place.text("mine.md"), after);
}

#[test]
fn a_sheet_without_an_edition_is_taken_by_what_it_quotes() {
    let place = Place::of(&published(Folder::bilingual()).with_ids());
    place.run_ok("worksheet L2 -o mine.md");
    let filled = place.text("mine.md").replacen("Rating:", "Rating: in part\n\nMine.", 1);
    place.put("mine.md", filled);
    place.run_ok("release 2026.1 --date 2026-03-02");
    place.edit("content/en/ladder.md", "Reviews the designs of a team.", "Reviews all designs.");
    place.run_ok("translation accept zh-TW --all");
    place.run_ok("release 2026.2 --stricter EN-003 --date 2026-08-01");
    assert_snapshot!(place.run_ok("worksheet --update mine.md --dry-run").shown(), @"
    status 0
    --- stdout
    EN-003  has expected more since 2026.2; the rating “in part” was cleared, and is kept above the evidence
        Reviews [-the-]{+all+} designs[- of a team-].
    EN-004  unchanged
    2026.2: 2 answers, 1 unchanged, 0 new
    ");
    place.run_ok("worksheet --update mine.md");
    assert!(
        place.text("mine.md").contains("Has expected more since edition 2026.2; rated “in part” in 2026.1.\n\nMine.")
    );
}

#[test]
fn a_heading_that_begins_no_answer_is_told() {
    let place = released();
    place.put(
        "mine.md",
        "---\nrungs-worksheet: 1\nlevel: L2\n---\n\n## EN-003\n\n### en-4 mine\n\n### L2\n\n```\n## EN-001\n```\n\n### EN-005\n",
    );
    assert_snapshot!(place.run_ok("worksheet --update mine.md").stderr, @"
    note: mine.md:6: this heading does not begin an answer; if it should, write `### EN-003`
    note: mine.md:8: this heading does not begin an answer; if it should, write `### EN-004`
    ");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_stays_one_when_its_sheet_is_carried_over() {
    let place = released();
    fill_in(&place, "");
    place.make_folder("reviews");
    place.put("reviews/mine.md", place.text("mine.md"));
    std::os::unix::fs::symlink("reviews/mine.md", place.at("link.md")).unwrap();
    release_second(&place);
    place.run_ok("worksheet --update link.md");
    assert!(place.at("link.md").is_symlink());
    assert!(place.text("reviews/mine.md").contains("edition: 2026.2"));
}

#[test]
fn a_sheet_in_another_encoding_is_read_and_written_in_it_and_what_is_no_text_is_refused() {
    let place = released();
    fill_in(&place, "");
    release_second(&place);
    let text = place.text("mine.md");
    let utf16 = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes));
    place.put("wide.md", utf16.collect::<Vec<u8>>());
    place.run_ok("worksheet --update wide.md -o narrow.md");
    place.run_ok("worksheet --update wide.md");
    place.run_ok("worksheet --update mine.md");
    let (_, written) = place.files(".").into_iter().find(|(path, _)| path == "wide.md").unwrap();
    let units: Vec<u16> = written[2..].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    assert_eq!(String::from_utf16(&units).unwrap(), place.text("mine.md"));
    assert_eq!(place.text("narrow.md"), place.text("mine.md"));
    for (name, bytes, said, help) in [
        ("a.docx", &b"PK\x03\x04 word/document.xml"[..], "a Word document", "save it as Markdown"),
        ("a.zip", b"PK\x03\x04 a.md", "an archive of several files", "unpack it"),
        ("a.md", b"Rating: \xe9", "is not in UTF-8", "save it as plain text in UTF-8"),
    ] {
        place.put(name, bytes);
        let run = place.run(&format!("worksheet --update {name}"));
        assert!(run.status != 0 && run.stderr.contains(said) && run.stderr.contains(help), "{}", run.shown());
    }
}

#[test]
fn a_rating_is_that_of_the_site_however_it_is_marked() {
    for (rating, is_known) in [
        ("**Consistently**", true),
        ("“consistently”.", true),
        ("_IN PART._", true),
        ("「持續做到」。", true),
        ("consistently, mostly", false),
    ] {
        let place = released();
        fill_in(&place, "");
        place.edit("mine.md", "Rating: consistently\n\nTwo interns.", &format!("Rating: {rating}\n\nTwo interns."));
        release_second(&place);
        let run = place.run("worksheet --update mine.md --dry-run");
        let is_told = run.stderr.contains("unknown ratings were kept");
        assert_eq!((run.status, is_told), (0, !is_known), "{rating}: {}", run.shown());
    }
}

#[test]
fn a_site_without_worksheets_has_no_page_and_no_link_for_them_and_sends_those_who_had_one_to_the_level() {
    let folder = Folder::bilingual().with_ids().released("2026.1", "2026-03-02");
    let built = |folder: &Folder| {
        let outputs = folder.built().outputs.into_iter();
        let text = |bytes| String::from_utf8(bytes).unwrap_or_default();
        outputs.map(|output| (output.path.to_string(), text(output.bytes))).collect::<BTreeMap<_, _>>()
    };
    let with = built(&folder);
    for page in ["en/ladder/l2", "zh-tw/ladder/l2", "e/2026.1/en/ladder/l2"] {
        assert!(with[&format!("{page}/index.html")].contains("review/\""), "{page}");
        assert!(with[&format!("{page}/review/index.html")].contains("id=\"_worksheet\""), "{page}");
    }
    let without = built(&folder.edited("site.toml", "[[ladders]]", "worksheet = false\n\n[[ladders]]"));
    let mut pages = without.iter().filter(|(path, _)| path.ends_with(".html"));
    assert!(pages.all(|(_, page)| !page.contains("_worksheet") && !page.contains("Prepare a review")));
    for page in ["en/ladder/l2", "zh-tw/ladder/l2", "e/2026.1/en/ladder/l2", "e/2026.1/zh-tw/ladder/l2"] {
        let moved = &without[&format!("{page}/review/index.html")];
        assert!(moved.contains("data-moved") && moved.contains(&format!("{page}/")), "{moved}");
    }
}

#[test]
fn a_rating_is_emptied_if_its_criterion_came_to_ask_for_more_before_it_was_withdrawn() {
    let place = Place::of(&Folder::fixture("past"));
    let sheet = "---\nrungs-worksheet: 1\nlevel: J2\nedition: 2025.1\n---\n\n### WK-004@2025.1\n\nRating: consistently\n\nI did.\n";
    place.put("mine.md", sheet);
    place.run_ok("worksheet --update mine.md");
    let text = place.text("mine.md");
    for said in ["Rating:\n", "Has expected more since edition 2025.2; rated “consistently” in 2025.1.", "I did."] {
        assert!(text.contains(said), "{said}: {text}");
    }
}
