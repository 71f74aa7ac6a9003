//! `rungs worksheet`: blank sheets, and filled-in ones that are carried over to later editions.

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
    assert_snapshot!(place.run("worksheet L2 --locale zh-TW,en").shown());
    assert_snapshot!(place.run("worksheet L2 --format csv --with-inherited").shown());
    let fresh = place.run_ok("worksheet L2 --with-inherited -o mine.md");
    assert_eq!(fresh.stdout, "");
    // Six answers, and the level above them.
    assert_snapshot!(place.run("refs mine.md").shown());
    release_second(&place);
    place.edit("content/en/ladder.md", "Mentors others.", "Mentors many.");
    let changed = place.run_ok("worksheet L2");
    assert_snapshot!(changed.stderr);
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
    assert_snapshot!(told.concat());
    let unreleased = Place::of(&published(Folder::small()));
    assert_snapshot!(unreleased.run_ok("worksheet L2").stderr);
    unreleased.put("mine.md", "---\nrungs-worksheet: 1\nlevel: L2\n---\n\n### EN-003\n\nMine.\n");
    assert_snapshot!(unreleased.run("worksheet --update mine.md").shown());
}

#[test]
fn a_filled_in_sheet_is_carried_over_with_every_answer() {
    let place = released();
    fill_in(&place, "");
    let before = place.text("mine.md");
    assert_snapshot!(place.run("worksheet --update mine.md").shown());
    assert_eq!(place.text("mine.md"), before, "the edition is the same");
    release_second(&place);
    let dry = place.run_ok("worksheet --update mine.md --dry-run");
    assert_eq!(place.text("mine.md"), before, "nothing was written");
    assert_snapshot!(dry.shown());
    place.run_ok("worksheet --update mine.md");
    let after = place.text("mine.md");
    assert_snapshot!(after);
    // The second time nothing changes.
    assert_snapshot!(place.run_ok("worksheet --update mine.md").shown());
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
    assert_snapshot!(place.run_ok("worksheet --update mine.md").shown());
    let after = place.text("mine.md");
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert_snapshot!(after.replace("\r\n", "\n").trim_start_matches('\u{FEFF}'));
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
    assert_snapshot!(place.run_ok("worksheet --update mine.md --dry-run").shown());
    place.run_ok("worksheet --update mine.md");
    assert!(place.text("mine.md").contains("Asks for more since 2026.2; rated “in part” in 2026.1.\n\nMine."));
}
