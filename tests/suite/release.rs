//! Editions: what they keep, what makes them, and what keeps them as they are.

use camino::Utf8Path;
use insta::assert_snapshot;
use rungs::for_tests::adaptation::Upstream;
use rungs::for_tests::diagnostic::Problems;
use rungs::for_tests::edition::{Edition, Effect, Release};
use rungs::for_tests::register::{REGISTER, Verb};
use rungs::for_tests::release::{EditionDraft, Effects, draft};

use crate::driver::{Folder, LADDER, day, reading, refusal};
use crate::place::Place;
use crate::published::Published;

const FIRST: &str = "editions/2026.1.json";

/// The small site with its first edition.
fn released() -> Folder {
    Folder::small().released("2026.1", "2026-07-01")
}

fn drafted(folder: &Folder) -> EditionDraft {
    draft(&reading(folder.registered()), day("2026-09-01"), &Effects::default()).unwrap()
}

fn effects(stricter: &[&str], eased: &[&str], reworded: &[&str]) -> Effects {
    let list = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
    Effects { stricter: list(stricter), eased: list(eased), reworded: list(reworded) }
}

#[test]
fn the_first_edition_holds_everything_and_the_register_names_it() {
    let folder = released();
    assert_snapshot!(folder.text(REGISTER), @r#"
    # Every id ever assigned on this site, and what became of it. Written by `rungs`; never remove an entry.

    [editions]
    released = ["2026.1"]

    [criterion.EN-001]
    state = "active"
    since = "2026.1"

    [criterion.EN-002]
    state = "active"
    since = "2026.1"

    [criterion.EN-003]
    state = "active"
    since = "2026.1"

    [criterion.EN-004]
    state = "active"
    since = "2026.1"

    [level.ladder.L1]
    state = "active"
    since = "2026.1"

    [level.ladder.L2]
    state = "active"
    since = "2026.1"

    [category.ladder.craft]
    state = "active"
    since = "2026.1"
    "#);
    assert_snapshot!(folder.problems(), @"");
    assert!(folder.built().problems.is_empty());
}

#[test]
fn the_same_content_makes_the_same_edition() {
    assert_eq!(released().text(FIRST), released().text(FIRST));
}

#[test]
fn an_edition_that_was_edited_is_refused_by_the_build() {
    let folder = released();
    let text = folder.text(FIRST);
    for at in 0..text.len() {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
        let altered = folder.clone().file(FIRST, std::str::from_utf8(&bytes).unwrap());
        let (editions, problems) =
            Problems::of(|problems| rungs::for_tests::edition::read(altered.sources(), problems));
        assert!(editions.is_empty() && problems.len() == 1, "byte {at}");
    }
    assert_snapshot!(folder.clone().edited(FIRST, "can read", "can write").told(), @"
    error[altered-edition]: this edition was changed after its release
    --> content/editions/2026.1.json
     = help: restore the file from version control: what people have cited must stay, and changes belong in the next edition
    ");
    let shorter = text[..text.len() - 1].to_owned();
    assert!(!folder.clone().file(FIRST, &shorter).built().problems.is_empty());
    let other_line_ends = text.replace('\n', "\r\n");
    assert!(folder.file(FIRST, &other_line_ends).built().problems.is_empty());
}

#[test]
fn what_became_of_each_criterion_is_written_into_the_register() {
    let folder = released().edited("en/ladder.md", "others can read", "others read").released("2026.2", "2026-08-01");
    let moved = "- Spends most of the day on it. {#EN-002 thread=time}\n";
    let folder = folder
        .edited("en/ladder.md", moved, "- Another one. {#EN-005 thread=time}\n")
        .edited("en/ladder.md", "- Reviews", &format!("{moved}- Reviews"))
        .with_ids()
        .withdrawn("EN-003", Some((Verb::CoveredBy, &["EN-004"])))
        .released("2027.1", "2027-02-01");
    assert_snapshot!(folder.text(REGISTER), @r#"
    # Every id ever assigned on this site, and what became of it. Written by `rungs`; never remove an entry.

    [editions]
    released = ["2026.1", "2026.2", "2027.1"]

    [criterion.EN-001]
    state = "active"
    since = "2026.1"
    changed = ["2026.2"]

    [criterion.EN-002]
    state = "active"
    since = "2026.1"
    changed = ["2027.1"]

    [criterion.EN-003]
    state = "withdrawn"
    since = "2026.1"
    withdrawn = 2027-01-01
    withdrawn-in = "2027.1"
    level = "L2"
    category = "craft"
    covered-by = ["EN-004"]
    reason.en = "Nobody needs it."
    statement.en = "Reviews the designs of a team."

    [criterion.EN-004]
    state = "active"
    since = "2026.1"

    [criterion.EN-005]
    state = "active"
    since = "2027.1"

    [level.ladder.L1]
    state = "active"
    since = "2026.1"

    [level.ladder.L2]
    state = "active"
    since = "2026.1"

    [category.ladder.craft]
    state = "active"
    since = "2026.1"
    "#);
    assert_snapshot!(folder.problems(), @"");
}

#[test]
fn a_draft_says_what_has_changed_and_what_kind_of_release_that_makes() {
    let folder = released();
    assert!(drafted(&folder).is_empty());
    let reworded = folder.clone().edited("en/ladder.md", "others can read", "others read");
    let draft = drafted(&reworded);
    assert_eq!((draft.kind, draft.next.to_string().as_str()), (Release::Patch, "2026.2"));
    assert_eq!(draft.unsaid.iter().map(ToString::to_string).collect::<Vec<_>>(), ["EN-001"]);
    assert_snapshot!(draft.difference(&draft.changes[0], "en").join("\n"), @r"
    - Writes code that others can read.
    + Writes code that others read.
    ");
    let added = folder.clone().edited("en/ladder.md", "- Reviews", "- More. {#EN-005}\n- Reviews").with_ids();
    assert_eq!(drafted(&added).kind, Release::Minor);
    let withdrawn = folder.clone().withdrawn("EN-001", None);
    assert_eq!(drafted(&withdrawn).kind, Release::Major);
    // What stands around the criteria counts too.
    let prose = folder.edited("en/ladder.md", "# Ladder\n", "# Ladder\n\nA word.\n");
    let draft = drafted(&prose);
    assert!(!draft.is_empty() && draft.changes.is_empty());
    prose.released("2026.1.1", "2026-08-01");
}

#[test]
fn it_has_to_be_said_what_new_words_mean() {
    let folder = released().edited("en/ladder.md", "others can read", "others read").edited(
        "en/ladder.md",
        "half of the day",
        "most of the day",
    );
    let release = |effects| folder.release("2026.2", "2026-08-01", effects);
    let refused = |effects| refusal(&folder, release(effects));
    assert_snapshot!(refused(Effects::default()), @"
    error: new wording has to be classified for the people who are reviewed
      = help: classify EN-001, EN-004: `--stricter` for those that expect more, `--eased` for those that expect less, `--reworded` for those that expect the same in other words
    ");
    assert_snapshot!(refused(effects(&["EN-001"], &[], &[])), @"
    error: new wording has to be classified for the people who are reviewed
      = help: classify EN-004: `--stricter` for those that expect more, `--eased` for those that expect less, `--reworded` for those that expect the same in other words
    ");
    assert_snapshot!(refused(effects(&["EN-001"], &["EN-001"], &["all"])), @"
    error: EN-001 is listed twice
      = help: list it once, in `--stricter`, `--eased` or `--reworded`
    ");
    assert_snapshot!(refused(effects(&["EN-003"], &[], &["all"])), @"
    error: the wording of `EN-003` has not changed in the source locale
      = help: did you mean `EN-001`?
    ");
    assert_snapshot!(refused(effects(&["all"], &[], &[])), @"
    error: the wording of `all` has not changed in the source locale
      = help: the wording of EN-001, EN-004 has changed
    ");
    let released = release(effects(&["EN-004"], &[], &["all"])).unwrap();
    let said: Vec<_> = released.changes.iter().map(|change| (change.id.to_string(), change.effect)).collect();
    assert_eq!(said, [("EN-001".to_owned(), Effect::Reworded), ("EN-004".to_owned(), Effect::Stricter)]);
    assert_eq!(released.kind, Release::Major);
}

#[test]
fn an_edition_follows_on_the_last_one() {
    let folder = released().edited("en/ladder.md", "# Ladder\n", "# Ladder\n\nA word.\n");
    let refused = |name, date| refusal(&folder, folder.release(name, date, Effects::default()));
    assert_snapshot!(refused("2026.1", "2026-08-01"), @"
    error: 2026.1 does not follow 2026.1, the latest edition
      = help: name it `2026.2` or higher
    ");
    assert_snapshot!(refused("2026.2", "2026-06-30"), @"
    error: 2026-06-30 is before the latest edition, released on 2026-07-01
      = help: set the day of the release with `--date`
    ");
    let unchanged = released();
    assert_snapshot!(refusal(&unchanged, unchanged.release("2026.2", "2026-08-01", Effects::default())), @"error: nothing has changed since 2026.1");
}

#[test]
fn a_level_that_is_renamed_moves_no_criterion() {
    let folder = released().edited("en/ladder.md", "L2 = Lead {#L2}", "L2 = Lead {#lead was=L2}").with_ids();
    assert!(drafted(&folder).changes.is_empty());
    assert_snapshot!(folder.released("2026.2", "2026-08-01").problems(), @"");
}

#[test]
fn a_hard_break_that_nobody_touched_is_no_change() {
    let text = LADDER
        .replace(" that others can read.", "\\\n  that others can read.")
        .replace("{#EN-003}", "{#EN-003}\n\n  Once\\\n  a week, or *in a break\\\n  at* break.");
    let folder = Folder::new().file("en/ladder.md", &text).released("2026.1", "2026-07-01");
    assert!(drafted(&folder).changes.is_empty(), "{:?}", drafted(&folder).changes);
    let place = Place::of(&folder);
    assert_snapshot!(place.run("release --date 2026-09-01").shown(), @r#"
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
    let published = Published::of(&folder);
    for (address, said) in [
        ("e/2026.1/c/en-001/", "Writes code<br>that others can read."),
        ("c/en-001/", "Writes code<br>that others can read."),
        ("e/2026.1/c/en-003/", "Once<br>a week, or <em>in a break<br>at</em> break."),
        ("c/en-003/", "Once<br>a week, or <em>in a break<br>at</em> break."),
    ] {
        assert!(published.page(address).contains(said), "{address}");
        assert!(!published.page(address).contains("<del"), "{address}");
    }
    // The break itself is said as well.
    let folder = folder.edited("en/ladder.md", "\\\n  that others", " that others");
    let changes: Vec<_> = drafted(&folder).changes.into_iter().map(|change| change.id.to_string()).collect();
    assert_eq!(changes, ["EN-001"]);
}

#[test]
fn what_was_released_is_written_as_it_stands() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut written = Vec::new();
    for site in
        ["content", "tests/fixtures/past", "tests/fixtures/fork", "tests/fixtures/ladders", "tests/fixtures/themed"]
    {
        let (sources, _) = rungs::for_tests::source::read(&root.join(site)).unwrap();
        let (editions, problems) = Problems::of(|problems| rungs::for_tests::edition::read(&sources, problems));
        let (upstreams, more) = Problems::of(|problems| rungs::for_tests::adaptation::read(&sources, problems));
        assert!(problems.is_empty() && more.is_empty());
        for edition in editions {
            let path = Edition::path_of(edition.name());
            let again = Edition::of(edition.frozen.clone(), edition.name().clone(), edition.date);
            assert!(Some(again.text.as_str()) == sources.text(&path), "{site}/{path}");
            written.push(format!("{site}/{path}"));
        }
        for (number, upstream) in (1..).zip(upstreams) {
            let path = Upstream::path_of(number);
            assert!(Some(upstream.text().as_str()) == sources.text(&path), "{site}/{path}");
            written.push(format!("{site}/{path}"));
        }
    }
    assert_snapshot!(written.join("\n"), @r"
    content/editions/2026.1.json
    tests/fixtures/past/editions/2025.1.json
    tests/fixtures/past/editions/2025.2.json
    tests/fixtures/past/editions/2026.1.json
    tests/fixtures/fork/upstream/1.json
    ");
}

#[test]
fn nothing_is_released_while_problems_are_open() {
    let folder = Folder::small().edited("en/ladder.md", "{#EN-004 thread=time}", "{#EN-004}");
    assert_snapshot!(refusal(&folder, folder.release("2026.1", "2026-07-01", Effects::default())), @r#"
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

    error: there are open problems, and an edition cannot be fixed later
      = help: fix what is reported, or add the code of a warning that may stay to `allow` under `[check]` in `site.toml`; then run the command again
    "#);
}

#[test]
fn a_register_that_contradicts_the_editions_is_told_what_to_write() {
    let folder = released().edited("en/ladder.md", "others can read", "others read").released("2026.2", "2026-08-01");
    let folder = folder
        .edited(REGISTER, "since = \"2026.1\"", "since = \"2025.1\"")
        .edited(REGISTER, "changed = [\"2026.2\"]\n", "")
        .edited(
            REGISTER,
            "[criterion.EN-002]\nstate = \"active\"\n",
            "[criterion.EN-002]\nstate = \"active\"\nchanged = [\"2026.2\"]\n",
        );
    assert_snapshot!(folder.problems(), @r#"
    error[unknown-edition]: `changed` of EN-001 differs from the editions
     --> content/register.toml:6:12
      |
    6 | [criterion.EN-001]
      |            ^^^^^^ nothing is written here
      |
      = help: write `changed = ["2026.2"]`

    error[unknown-edition]: `since` of EN-001 differs from the editions
     --> content/register.toml:6:12
      |
    6 | [criterion.EN-001]
      |            ^^^^^^ 2025.1 is written here
      |
      = help: write `since = "2026.1"`

    error[unknown-edition]: `changed` of EN-002 differs from the editions
      --> content/register.toml:10:12
       |
    10 | [criterion.EN-002]
       |            ^^^^^^ 2026.2 is written here
       |
       = help: remove `changed = ["2026.2"]`
    "#);
    let lost = folder.without(FIRST);
    assert!(lost.problems().contains("restore `editions/2026.1.json` from version control"), "{}", lost.problems());
}

#[test]
fn an_edition_that_the_register_names_and_that_is_gone_is_one_error() {
    let folder = released().edited("en/ladder.md", "others can read", "others read").edited(
        "en/ladder.md",
        "Spends most of the day",
        "Spends much of the day",
    );
    let folder = folder.released("2026.2", "2026-08-01").without("editions/2026.2.json");
    assert_snapshot!(folder.problems(), @r#"
    error[unknown-edition]: the register lists edition 2026.2, but `editions/2026.2.json` is missing
     --> content/register.toml:4:23
      |
    4 | released = ["2026.1", "2026.2"]
      |                       ^^^^^^^^ named here
      |
      = help: restore it with `git restore --source=HEAD editions/2026.2.json`, or from the commit before the deletion: what people have cited must stay
    "#);
}

#[test]
fn an_edition_that_changed_no_criterion_is_missed_as_well() {
    let folder =
        released().edited("en/ladder.md", "title = \"Ladder", "title = \"The Ladder").released("2026.2", "2026-08-01");
    let gone = folder.without("editions/2026.2.json");
    assert!(gone.problems().contains("the register lists edition 2026.2"), "{}", gone.problems());
    let all = gone.without(FIRST);
    assert_snapshot!(all.problems(), @r#"
    error[unknown-edition]: the register lists the editions 2026.1, 2026.2, but their files are missing
     --> content/register.toml:4:13
      |
    4 | released = ["2026.1", "2026.2"]
      |             ^^^^^^^^ named here
      |
      = help: restore them with `git restore --source=HEAD editions/2026.1.json editions/2026.2.json`, or from the commit before the deletion: what people have cited must stay
    "#);
}

#[test]
fn a_register_from_before_the_last_edition_is_told_of() {
    let before = released();
    let folder = before
        .clone()
        .edited("en/ladder.md", "title = \"Ladder", "title = \"The Ladder")
        .released("2026.2", "2026-08-01");
    let folder = folder.file(REGISTER, before.text(REGISTER));
    assert_snapshot!(folder.problems(), @"
    error[incomplete-register]: the register does not list edition 2026.2
    --> content/register.toml
    ::: content/editions/2026.2.json
     = note: its file
     = help: run `git restore --source=HEAD register.toml`, or if the last commit also lacks it, `rungs id --restore`, which rebuilds it from editions, content and translations
    ");
}

#[test]
fn the_real_content_can_be_released() {
    let folder = Folder::real();
    if folder.sources().text(Utf8Path::new(FIRST)).is_none() {
        let folder = folder.released("2026.1", "2026-07-01");
        assert!(folder.built().problems.is_empty());
    }
}

/// The site of the first edition, and beside it another content folder in which words, places and ids differ.
fn beside_another() -> Place {
    let place = Place::of(&released());
    place.put_all("base", &place.at("content"));
    place.edit("content/en/ladder.md", "others can read", "everybody can read");
    place.edit(
        "content/en/ladder.md",
        "- Spends half of the day on code. {#EN-004 thread=time}",
        "- Decides. {#EN-005}",
    );
    place.edit(
        "content/register.toml",
        "[criterion.EN-004]",
        "[criterion.EN-005]\nstate = \"active\"\n\n[criterion.EN-004]",
    );
    place
}

#[test]
fn two_folders_are_compared_by_what_people_are_asked() {
    let place = beside_another();
    let before = place.files(".");
    let told = place.run_ok("release --against base").stdout;
    assert_snapshot!(told.lines().take_while(|line| !line.ends_with("to fix first")).collect::<Vec<_>>().join("\n"), @"
    Compared with base:

    EN-001 new wording
      en
      - Writes code that others can read.
      + Writes code that everybody can read.

    EN-004 withdrawn from L2
      en
      - Spends half of the day on code.

    EN-005 added to L2
      en
      + Decides.

    3 criteria differ: 1 withdrawn, 1 added, 1 with new wording.
    The next release decides whether new wording expects more, less or the same.
    ");
    assert_eq!(place.files("."), before, "nothing is written");
    let same = place.run_ok("release --content base --against base").stdout;
    assert!(same.starts_with("Ladders and notes are the same as in base. Other pages are not compared.\n"), "{same}");
}

#[test]
fn what_differs_around_the_criteria_is_named() {
    let place = Place::of(&released());
    place.put_all("base", &place.at("content"));
    let heading = |text: &str| text.lines().find(|line| line.contains("{#L2}")).unwrap().to_owned();
    let before = heading(&place.text("content/en/ladder.md"));
    place.edit("content/en/ladder.md", &before, &before.replace(" {#L2}", " of Others {#L2}"));
    place.edit("content/en/ladder.md", "{#EN-004 thread=time}", "{#EN-004}");
    let told = place.run_ok("release --against base").stdout;
    assert!(told.contains("No criteria differ, only the text around them.\n"), "{told}");
    assert!(told.contains("Around the criteria: level L2, the thread of EN-004.\n"), "{told}");
    // A criterion that differs hides none of it.
    place.edit("content/en/ladder.md", "others can read", "everybody can read");
    let told = place.run_ok("release --against base").stdout;
    assert!(told.contains("1 with new wording.\nAround the criteria: level L2, the thread of EN-004.\n"), "{told}");
}

#[test]
fn what_an_edition_says_of_new_words_counts_against_a_folder_that_does_not_have_it() {
    let place = Place::of(&released());
    place.put_all("base", &place.at("content"));
    place.edit("content/en/ladder.md", "others can read", "everybody can read");
    let told = place.run_ok("release --against base").stdout;
    assert!(told.contains("1 criterion differs: 1 with new wording."), "{told}");
    place.run_ok("release 2026.2 --stricter EN-001 --date 2026-08-01");
    let told = place.run_ok("release --against base").stdout;
    assert!(told.contains("1 criterion differs: 1 stricter.") && !told.contains("new words"), "{told}");
}

#[test]
fn a_folder_that_cannot_be_compared_is_told_with_its_own_places() {
    let place = beside_another();
    place.edit("base/en/ladder.md", "{#EN-002", "{#EN-001");
    let run = place.run("release --against base");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("--> base/en/ladder.md:"), "{}", run.shown());
    assert!(run.stderr.contains("base cannot be compared: fix its errors first"), "{}", run.shown());
}

#[test]
fn another_folder_that_holds_no_site_is_not_looked_for_by_the_option_for_this_one() {
    let place = beside_another();
    for command in ["release --against nowhere", "adapt nowhere new --prefix AC --by Acme"] {
        let run = place.run(command);
        let message = "error: `nowhere` is not a folder: name a content folder, which contains `site.toml`\n";
        assert_eq!((run.status, run.stderr.as_str()), (2, message), "rungs {command}");
    }
    place.put_all("theirs/content", &place.at("base"));
    for command in ["release --against theirs", "adapt theirs new --prefix AC --by Acme", "check theirs"] {
        let run = place.run(command);
        let told = run.stderr.contains("help: its folder `content` has one: name that folder");
        assert!(run.status == 1 && told, "{}", run.shown());
    }
}
