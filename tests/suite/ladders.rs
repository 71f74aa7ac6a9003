//! Several ladders on one site: what they build on, what they share, how they are compared, and where references lead.

use insta::assert_snapshot;
use rungs::for_tests::handle::{LadderIndex, LevelIndex, NoteIndex};
use rungs::for_tests::model::{LadderPage, LocalePage, Page, Subject};
use rungs::for_tests::source::read;

use crate::driver::Folder;

const COMMON: &str = "\
+++
title = \"Common\"
+++
# Common

## L1 = One {#L1}

### Conduct {#conduct}

- Tells others when something went wrong. {#CM-001}

## L2 = Two {#L2}

### Conduct {#conduct}

- Settles disagreements in person. {#CM-002}
";

const BAKING: &str = "\
+++
title = \"Baking\"
+++
# Baking

## L1 = Baker {#L1}

### Craft {#craft}

- Bakes bread by a recipe. {#BK-001}

## L2 = Master {#L2}

### Craft {#craft}

- Writes recipes that others bake by. {#BK-002}
- Teaches one apprentice to bake. {#BK-003 thread=teaching}
";

const LEADING: &str = "\
+++
title = \"Leading\"
+++
# Leading

## M1/L2 = Shift Lead {#M1}

### Craft {#craft}

- Knows enough of baking to plan a shift. {#LD-001}
- Teaches one apprentice to plan. {#LD-002 thread=teaching}
";

const LADDERS: &str = "
[[ladders]]
key = \"common\"
prefix = \"CM\"

[[ladders]]
key = \"baking\"
prefix = \"BK\"
inherits = \"common\"
compare-with = [\"leading\", \"common\"]

[[ladders]]
key = \"leading\"
prefix = \"LD\"
inherits = \"common\"
levels-accumulate = false
";

const SHARED: &str = "
[threads.teaching]
title.en = \"Teaching others\"

[categories.craft]
title.en = \"Craft\"
";

/// A site in English with the ladders that a part of `site.toml` names.
fn site(ladders: &str, files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new().edited("site.toml", "[[ladders]]\nkey = \"ladder\"\nprefix = \"EN\"\n", ladders);
    files.iter().fold(folder, |folder, (path, text)| folder.file(path, text))
}

/// A common ladder, and two that build on it.
fn bakery() -> Folder {
    let files = [("en/common.md", COMMON), ("en/baking.md", BAKING), ("en/leading.md", LEADING)];
    site(&format!("{LADDERS}{SHARED}"), &files)
}

/// A page, as text: what stands between its tags.
fn text(folder: &Folder, path: &str) -> String {
    let html = page(folder, path);
    let main = html.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).expect("a page has a main").0;
    let text: String = main.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn page(folder: &Folder, path: &str) -> String {
    let build = folder.built();
    let path = format!("{path}index.html");
    let found = build.outputs.iter().find(|output| output.path == path);
    let found = found.unwrap_or_else(|| panic!("there is no {path}\n{}", folder.told()));
    String::from_utf8(found.bytes.clone()).expect("pages are UTF-8")
}

/// The part of a page from one text on to another.
fn part<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let from = html.find(from).unwrap_or_else(|| panic!("{from} stands in {html}"));
    let end = html[from..].find(to).map_or(html.len(), |at| from + at);
    &html[from..end]
}

#[test]
fn a_site_of_three_ladders_of_which_two_build_on_one_has_no_problems() {
    assert_snapshot!(bakery().told(), @"");
}

#[test]
fn the_fixture_for_the_browser_has_no_problems() {
    let root = camino::Utf8Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ladders"));
    let (sources, problems) = read(root).unwrap();
    let build = rungs::for_tests::build(&sources, problems, &Default::default(), &Default::default());
    assert_eq!(build.problems, []);
}

#[test]
fn a_level_shows_what_it_inherits_with_the_ladder_that_it_is_from() {
    assert_snapshot!(text(&bakery(), "en/baking/l2/"), @"
    L2 Master
    2 criteria at this level. 5 in total, including those that it inherits.
    Copy for a reviewCopy linkPrepare a review
    Craft
    BK-002
    Writes recipes that others bake by.
    Permanent page
    BK-003
    Teaches one apprentice to bake.
    Teaching others Permanent page
    Also expected at this level
    From Common: L2 · Two 1 criterion
    Conduct
    CM-002 Settles disagreements in person.
    From L1 · Baker 1 criterion
    Craft
    BK-001 Bakes bread by a recipe.
    From Common: L1 · One 1 criterion
    Conduct
    CM-001 Tells others when something went wrong.
    Compare this level with
    L1 Baker
    Leading M1/L2 Shift Lead
    Common L2 Two
    Previous L1 · Baker
    ");
}

#[test]
fn a_level_of_a_ladder_that_does_not_accumulate_inherits_what_holds_on_its_counterpart() {
    let page = text(&bakery(), "en/leading/m1/");
    assert!(page.contains("CM-002") && page.contains("CM-001"), "the common ladder accumulates\n{page}");
    let strict = bakery().edited("site.toml", "prefix = \"CM\"", "prefix = \"CM\"\nlevels-accumulate = false");
    let page = text(&strict, "en/leading/m1/");
    assert!(page.contains("CM-002") && !page.contains("CM-001"), "none of the two accumulates\n{page}");
    let page = text(&strict, "en/baking/l2/");
    assert!(page.contains("CM-001"), "it holds on the level below, which accumulates\n{page}");
}

#[test]
fn the_whole_ladder_and_the_matrix_show_it_too() {
    let folder = bakery();
    let ladder = text(&folder, "en/leading/");
    assert!(ladder.contains("Builds on Common") && ladder.contains("From Common: L2 · Two"), "{ladder}");
    assert!(!ladder.contains("CM-001"), "each criterion stands on its own level\n{ladder}");
    assert_snapshot!(text(&folder, "en/leading/matrix/"), @"
    Matrix
    Leading: every criterion, by category and level.
    All categories
    Craft
    Conduct
    Levels
    M1/L2
    Matrix
    CategoryM1/L2 Shift Lead
    Craft
    M1/L2 · Shift LeadLD-001 Knows enough of baking to plan a shift.LD-002 Teaches one apprentice to plan.
    Conduct
    M1/L2 · Shift LeadFrom CommonCM-002 Settles disagreements in person.
    ");
    let common = page(&folder, "en/common/");
    assert!(part(&common, "id=\"_heirs\"", "</section>").contains("../baking/"), "{common}");
}

#[test]
fn the_permanent_page_of_a_criterion_names_the_levels_that_inherit_it() {
    let html = page(&bakery(), "c/cm-002/");
    assert_snapshot!(part(&html, "<p class=\"links\">Also expected in", "</p>"), @r#"<p class="links">Also expected in <a href="../../en/baking/l2/">Baking · L2</a>, <a href="../../en/leading/m1/">Leading · M1/L2</a>"#);
    assert!(!page(&bakery(), "c/bk-001/").contains("Also expected in"));
}

#[test]
fn more_than_a_few_heirs_are_counted_and_listed_with_the_common_ladder() {
    let mut folder = bakery();
    for at in 0..20 {
        let ladder = format!("[[ladders]]\nkey = \"more-{at}\"\nprefix = \"M{}\"\ninherits = \"common\"\n", letter(at));
        folder = folder.edited("site.toml", "[provenance.source]", &format!("{ladder}\n[provenance.source]"));
        let text = BAKING.replace("BK-", &format!("M{}-", letter(at)));
        folder = folder.file(&format!("en/more-{at}.md"), &text);
    }
    let html = page(&folder, "c/cm-002/");
    let facts = part(&html, "<p class=\"links\">Also expected in", "</p>");
    assert!(facts.contains("22 ladders that build on this one") && !facts.contains("en/more-3/"), "{facts}");
    assert!(page(&folder, "en/common/").contains("../more-3/"));
    let level = page(&folder, "en/baking/l1/");
    let menu = part(&level, "<nav class=\"ladders\"", "</nav>");
    assert!(menu.contains("All 23 ladders") && menu.matches("<li>").count() == 4, "{menu}");
    let home = page(&folder, "en/");
    assert!(home.contains("id=\"_ladders\"") && home.contains("\"more-19/"), "{home}");
}

fn letter(at: u8) -> char {
    char::from(b'A' + at)
}

#[test]
fn what_inherits_inherits_from_the_ladder_below_that_too() {
    let folder = bakery()
        .edited("site.toml", "inherits = \"common\"\nlevels-accumulate = false", "inherits = \"baking\"")
        .edited("en/leading.md", "M1/L2", "L2");
    let folder = folder.edited("en/leading.md", "{#M1}", "{#L2}");
    let page = text(&folder, "en/leading/l2/");
    for id in ["LD-001", "BK-002", "BK-001", "CM-002", "CM-001"] {
        assert!(page.contains(id), "{id}\n{page}");
    }
    let html = self::page(&folder, "c/cm-002/");
    assert!(part(&html, "<p class=\"links\">Also expected in", "</p>").contains("en/leading/l2/"));
}

#[test]
fn two_levels_of_different_ladders_are_compared_thread_by_thread_and_category_by_category() {
    assert_snapshot!(text(&bakery(), "en/baking/compare/l2-leading.m1/"), @"
    Baking · L2 and Leading · M1/L2 compared
    Baking · L2 and Leading · M1/L2: the topics that both cover, then what only one of them expects.
    Choose two levels
    L1 L1–L2
    Compare with a level of Leading
    L1 L1–M1/L2
    L2 L2–M1/L2
    Compare with a level of Common
    L2 L2–L1 L2–L2
    Where two criteria are close, the words that differ are underlined.
    Baking · L2 and Leading · M1/L2 compared
    Baking L2 MasterLeading M1/L2 Shift Lead
    Teaching others
    Baking · L2BK-003 Teaches one apprentice to bake.Leading · M1/L2LD-002 Teaches one apprentice to plan.
    Craft
    Baking · L2BK-002 Writes recipes that others bake by.Leading · M1/L2LD-001 Knows enough of baking to plan a shift.
    Only at Baking · L2
    Every criterion has a counterpart.
    Only at Leading · M1/L2
    Every criterion has a counterpart.
    Expected in both in the same words 1 criterion
    Conduct From Common
    CM-002 Settles disagreements in person.
    ");
}

#[test]
fn a_level_compared_with_the_one_it_builds_on_asks_the_same_and_more() {
    let page = text(&bakery(), "en/baking/compare/l2-common.l2/");
    let same = page.split_once("Expected in both in the same words").expect("something is the same").1;
    assert!(same.contains("CM-002") && !same.contains("BK-"), "{page}");
}

#[test]
fn ladders_are_compared_as_site_toml_says_and_else_with_those_they_build_on() {
    let paths = |folder: &Folder| -> Vec<String> {
        let (site, _) = folder.build();
        let across = Page::all(&site)
            .into_iter()
            .filter(|page| matches!(page, Page::In(_, LocalePage::Ladder(_, LadderPage::Across { .. }))));
        across.map(|page| page.path(&site)).collect()
    };
    let folder = bakery();
    assert_eq!(
        paths(&folder),
        [
            "en/baking/compare/l1-leading.m1/",
            "en/baking/compare/l2-leading.m1/",
            "en/baking/compare/l1-common.l1/",
            "en/baking/compare/l1-common.l2/",
            "en/baking/compare/l2-common.l1/",
            "en/baking/compare/l2-common.l2/",
            "en/leading/compare/m1-common.l1/",
            "en/leading/compare/m1-common.l2/",
        ]
    );
    let alone = folder.edited("site.toml", "compare-with = [\"leading\", \"common\"]", "compare-with = []").edited(
        "site.toml",
        "levels-accumulate = false",
        "compare-with = [\"baking\"]",
    );
    assert_eq!(paths(&alone), ["en/leading/compare/m1-baking.l1/", "en/leading/compare/m1-baking.l2/"]);
}

#[test]
fn every_page_is_found_at_its_address() {
    let folder = bakery().edited("en/baking.md", "L2 = Master {#L2}", "L2 = Master {#master-baker}");
    let (site, _) = folder.build();
    for page in Page::all(&site) {
        assert_eq!(Page::at(&site, &page.path(&site)), Some(page), "{}", page.path(&site));
    }
    let paths: Vec<_> = Page::all(&site).iter().map(|page| page.path(&site)).collect();
    assert!(paths.contains(&"en/baking/compare/master-baker--leading.m1/".to_owned()), "{paths:?}");
}

#[test]
fn the_one_that_is_compared_offers_the_comparison_too() {
    let html = page(&bakery(), "en/leading/m1/");
    assert!(part(&html, "<section class=\"related\"", "</section>").contains("../../baking/compare/l2-leading.m1/"));
    let html = page(&bakery(), "en/baking/compare/l1-l2/");
    let chooser = part(&html, "<nav class=\"choices\"", "</nav>");
    assert!(chooser.contains("Compare with a level of Leading"), "{chooser}");
    assert!(chooser.contains("<a href=\"../l1-leading.m1/\">L1–M1/L2</a>"), "{chooser}");
}

#[test]
fn a_shared_thread_has_a_page_with_all_ladders_that_share_it() {
    let folder = bakery();
    assert_snapshot!(text(&folder, "en/threads/teaching/"), @"
    Teaching others
    Teaching others: what each ladder expects on this topic, from its lowest level to its highest.
    Baking
    L2BK-003 Teaches one apprentice to bake.
    Leading
    M1/L2LD-002 Teaches one apprentice to plan.
    ");
    assert!(page(&folder, "en/leading/threads/").contains("../../threads/teaching/"));
}

#[test]
fn unshared_things_with_one_key_stay_apart() {
    let own = "[threads]\nteaching = \"Teaching\"\n+++";
    let folder = bakery().edited("site.toml", SHARED, "");
    let folder = folder.edited("en/baking.md", "\"\n+++", &format!("\"\n{own}"));
    let folder = folder.edited("en/leading.md", "\"\n+++", &format!("\"\n{own}"));
    let page = text(&folder, "en/baking/compare/l2-leading.m1/");
    let (baking, leading) = page.split_once("Only at Leading").expect("something is only there");
    assert!(baking.contains("BK-003") && !baking.contains("LD-002") && leading.contains("LD-001"), "{page}");
    let (site, _) = folder.build();
    assert!(!Page::all(&site).iter().any(|page| matches!(page, Page::In(_, LocalePage::SharedThread(_)))));
}

#[test]
fn a_shared_thing_goes_by_one_title() {
    let folder = bakery().edited("en/leading.md", "### Craft", "### Trade");
    assert_snapshot!(folder.told(), @"
    warning[differing-title]: the category `craft` has a different title here from the one in site.toml
      --> content/en/leading.md:8:5
       |
     8 | ### Trade {#craft}
       |     ^^^^^
       |
      ::: content/site.toml:28:13
       |
    28 | [categories.craft]
       |             ----- shared here
       |
       = help: write `Craft`, or leave this ladder out of those that share it
    ");
    assert!(page(&folder, "en/leading/").contains("Craft"));
}

#[test]
fn references_lead_into_other_ladders() {
    let folder = bakery().file(
        "en/notes/reading.md",
        "+++\ntitle = \"Reading\"\nabout = [\"common:L1\", \"leading:category:craft\"]\n+++\n\
         See [baking:L2], [M1], [LD-001], [category:conduct], [thread:teaching] and [the first][common:L1].\n",
    );
    assert_snapshot!(folder.told(), @"");
    let html = page(&folder, "en/notes/reading/");
    let body = part(&html, "<p>See", "</p>");
    assert_snapshot!(body.replace("<a", "\n<a"), @r#"
    <p>See 
    <a href="../../baking/l2/" title="Master">Baking · L2</a>, 
    <a href="../../leading/m1/" title="Shift Lead">M1</a>, 
    <a class="ref" href="../../leading/m1/#ld-001" title="Knows enough of baking to plan a shift.">LD-001</a>, 
    <a href="../../common/matrix/#conduct">Conduct</a>, 
    <a href="../../baking/threads/#teaching">Teaching others</a> and 
    <a href="../../common/l1/" title="One">the first</a>.
    "#);
    let (site, _) = folder.build();
    assert_eq!(site[NoteIndex(0)].about[0], Subject::Level(LevelIndex(0).of(LadderIndex(0))));
}

#[test]
fn in_its_own_ladder_a_reference_leads_to_what_is_nearest() {
    let folder = bakery().edited("en/baking.md", "# Baking\n", "# Baking\n\nSee [L2] and [category:conduct].\n");
    assert_snapshot!(folder.told(), @"");
    let html = page(&folder, "en/baking/");
    let body = part(&html, "<p>See", "</p>");
    assert!(body.contains("\"l2/") && body.contains("../common/matrix/#conduct"), "{body}");
}

#[test]
fn a_reference_that_could_lead_into_several_ladders_is_told_the_ways_to_write_it() {
    let folder = bakery().file(
        "en/notes/reading.md",
        "+++\ntitle = \"Reading\"\nabout = [\"L1\"]\n+++\nSee [L2] and [the first][L1].\n",
    );
    assert_snapshot!(folder.told(), @r#"
    error[ambiguous-reference]: `L1` is in 2 ladders
     --> content/en/notes/reading.md:3:10
      |
    3 | about = ["L1"]
      |          ^^^^ could lead to any of them
      |
      = help: say which one you mean: `common:L1`, `baking:L1`

    error[ambiguous-reference]: `L2` is in 2 ladders
     --> content/en/notes/reading.md:5:5
      |
    5 | See [L2] and [the first][L1].
      |     ^^^^ could lead to any of them
      |
      = help: say which one you mean: `[common:L2]`, `[baking:L2]`

    error[ambiguous-reference]: `L1` is in 2 ladders
     --> content/en/notes/reading.md:5:14
      |
    5 | See [L2] and [the first][L1].
      |              ^^^^^^^^^^^^^^^ could lead to any of them
      |
      = help: say which one you mean: `[common:L1]`, `[baking:L1]`
    "#);
}

#[test]
fn a_reference_into_a_ladder_that_lacks_it_is_told() {
    let folder = bakery()
        .file("en/notes/reading.md", "+++\ntitle = \"Reading\"\n+++\nSee [leading:L1], [bakng:L2] and [note 3:L2].\n");
    assert_snapshot!(folder.told(), @r"
    error[unknown-reference]: `leading:L1` leads nowhere
     --> content/en/notes/reading.md:4:5
      |
    4 | See [leading:L1], [bakng:L2] and [note 3:L2].
      |     ^^^^^^^^^^^^ nothing has this id
      |
      = help: if you mean the brackets literally, write `\[leading:L1]`

    error[unknown-reference]: `bakng:L2` leads nowhere
     --> content/en/notes/reading.md:4:19
      |
    4 | See [leading:L1], [bakng:L2] and [note 3:L2].
      |                   ^^^^^^^^^^ nothing has this id
      |
      = help: did you mean `[baking:L2]`?
    ");
}

#[test]
fn an_id_of_another_ladder_is_told() {
    let folder = bakery().edited("en/leading.md", "LD-001", "BK-004");
    assert_snapshot!(folder.unregistered().told(), @"
    error[invalid-id]: `BK-004` is an id of the ladder `baking`
      --> content/en/leading.md:10:44
       |
    10 | - Knows enough of baking to plan a shift. {#BK-004}
       |                                            ^^^^^^^ ids of this ladder begin with LD
       |
       = help: remove the id in every language and run `rungs id --write`, which assigns one of this ladder; to link to the other, write a reference

    error[unregistered-id]: there is no register for 14 ids
    --> content/register.toml
     = help: for a new site, run `rungs id --write`, which creates one; if there was one, run `git restore --source=HEAD register.toml`
    ");
}

#[test]
fn prefixes_that_a_digit_tells_apart_are_refused() {
    let files = [("en/a.md", ""), ("en/b.md", "")];
    let folder = site(
        "[[ladders]]\nkey = \"a\"\nprefix = \"T\"\n[[ladders]]\nkey = \"b\"\nprefix = \"T1\"\n\
         [[ladders]]\nkey = \"c\"\nprefix = \"TL\"\n[[ladders]]\nkey = \"d\"\nprefix = \"T\"\n",
        &files,
    );
    let told = folder.told();
    assert_snapshot!(told.split("error[").filter(|part| part.starts_with("invalid-value")).collect::<String>(), @r#"
    invalid-value]: the prefix `T1` is `T` followed by a digit
      --> content/site.toml:13:10
       |
    13 | prefix = "T1"
       |          ^^^^ ids such as `T1001` could belong to either ladder
       |
      ::: content/site.toml:10:10
       |
    10 | prefix = "T"
       |          --- the other prefix
       |
       = help: choose prefixes that differ in their letters

    invalid-value]: two ladders have the prefix `T`
      --> content/site.toml:19:10
       |
    19 | prefix = "T"
       |          ^^^
       |
      ::: content/site.toml:10:10
       |
    10 | prefix = "T"
       |          --- first used here
       |
       = help: give each ladder a prefix of its own
    "#);
}

#[test]
fn circles_and_unknown_ladders_are_told_with_their_lines() {
    let folder = bakery()
        .edited("site.toml", "prefix = \"CM\"", "prefix = \"CM\"\ninherits = \"baking\"")
        .edited("site.toml", "inherits = \"common\"\nlevels", "inherits = \"comon\"\nlevels")
        .edited("site.toml", "[\"leading\", \"common\"]", "[\"leading\", \"leading\", \"baking\", \"x\"]")
        .edited("site.toml", "title.en = \"Teaching others\"", "title.en = \"Teaching others\"\nladders = [\"bking\"]");
    let told = folder.told();
    assert_snapshot!(told.split("error[").filter(|part| part.starts_with("invalid-value")).collect::<String>(), @r#"
    invalid-value]: the ladders `common`, `baking` inherit from each other in a circle
      --> content/site.toml:12:12
       |
    12 | inherits = "baking"
       |            ^^^^^^^^
       |
       = help: break the circle: remove the `inherits` of one of them

    invalid-value]: the ladder `leading` is listed twice
      --> content/site.toml:18:28
       |
    18 | compare-with = ["leading", "leading", "baking", "x"]
       |                            ^^^^^^^^^
       |
      ::: content/site.toml:18:17
       |
    18 | compare-with = ["leading", "leading", "baking", "x"]
       |                 --------- first listed here
       |
       = help: remove one of the two

    invalid-value]: the ladder `baking` cannot be compared with itself
      --> content/site.toml:18:39
       |
    18 | compare-with = ["leading", "leading", "baking", "x"]
       |                                       ^^^^^^^^
       |
       = help: name another ladder, or remove it

    invalid-value]: there is no ladder `x`
      --> content/site.toml:18:49
       |
    18 | compare-with = ["leading", "leading", "baking", "x"]
       |                                                 ^^^
       |
       = help: remove it; known here: `common`, `baking`, `leading`

    invalid-value]: there is no ladder `comon`
      --> content/site.toml:23:12
       |
    23 | inherits = "comon"
       |            ^^^^^^^
       |
       = help: did you mean `common`?

    invalid-value]: there is no ladder `bking`
      --> content/site.toml:28:12
       |
    28 | ladders = ["bking"]
       |            ^^^^^^^
       |
       = help: did you mean `baking`?
    "#);
}

#[test]
fn levels_without_a_counterpart_are_told() {
    let folder = bakery().edited("site.toml", "prefix = \"CM\"", "prefix = \"CM\"\nlevels-accumulate = false").edited(
        "en/leading.md",
        "M1/L2",
        "M1",
    );
    assert_snapshot!(folder.told(), @"
    warning[no-counterpart]: level L1 of `common` applies at no level of `leading`
     --> content/en/common.md:6:4
      |
    6 | ## L1 = One {#L1}
      |    ^^^^^^^^ no level of `leading` has its id or one of its codes
      |
      = help: give a level of `leading` its id, or allow this warning here

    warning[no-counterpart]: level L2 of `common` applies at no level of `leading`
      --> content/en/common.md:12:4
       |
    12 | ## L2 = Two {#L2}
       |    ^^^^^^^^ no level of `leading` has its id or one of its codes
       |
       = help: give a level of `leading` its id, or allow this warning here

    warning[no-counterpart]: level M1 has no counterpart in the ladder `common`
     --> content/en/leading.md:6:4
      |
    6 | ## M1 = Shift Lead {#M1}
      |    ^^^^^^^^^^^^^^^ inherits nothing
      |
      = help: give it the id or the code of a level of `common`, or allow this warning
    ");
}

#[test]
fn an_edition_shows_a_ladder_with_what_it_inherited_then() {
    let folder = bakery().released("2026.1", "2026-01-31");
    let later = folder.edited("en/common.md", "Settles disagreements in person", "Avoids disagreements");
    let page = text(&later, "e/2026.1/en/leading/");
    assert!(page.contains("From Common: L2 · Two") && page.contains("Settles disagreements in person"), "{page}");
    assert!(later.text("editions/2026.1.json").contains("\"inherits\": \"common\""));
}

#[test]
fn a_ladder_that_builds_on_none_has_no_trace_of_others() {
    let folder = Folder::new().file("en/ladder.md", crate::driver::LADDER);
    for path in ["en/", "en/ladder/", "en/ladder/l2/", "en/ladder/matrix/", "en/ladder/compare/l1-l2/", "c/en-001/"] {
        let html = page(&folder, path);
        for trace in ["class=\"ladders\"", "class=\"from\"", "_heirs", "Also expected in", "_ladders"] {
            assert!(!html.contains(trace), "{trace} on {path}");
        }
    }
}

#[test]
fn the_search_says_of_which_ladder_a_level_is() {
    let build = bakery().built();
    let index = build.outputs.iter().find(|output| output.path == "en/search.js").expect("there is an index");
    let index = String::from_utf8(index.bytes.clone()).expect("it is UTF-8");
    assert!(index.contains(r#""kind":"level","ladder":"Common","level":"L1""#), "{index}");
}

#[test]
fn what_holds_on_a_level_of_another_ladder_by_a_lower_one_is_no_difference() {
    let repeated =
        "- Writes recipes that others bake by. {#BK-002}\n- knows enough of baking to plan a shift. {#BK-004}";
    let level = "\n## M2 = Head {#M2}\n\n### Craft {#craft}\n\n- Hires. {#LD-003}\n";
    let folder = bakery().edited("en/baking.md", "- Writes recipes that others bake by. {#BK-002}", repeated);
    let folder = folder.edited(
        "en/leading.md",
        "- Teaches one apprentice to plan. {#LD-002 thread=teaching}\n",
        &format!("- Teaches one apprentice to plan. {{#LD-002 thread=teaching}}\n{level}"),
    );
    let told = |accumulates: &str| {
        let folder =
            folder.clone().edited("site.toml", "inherits = \"common\"\nlevels-accumulate = false", accumulates);
        let page = page(&folder, "en/baking/compare/l2-leading.m2/");
        page.split_once("The same at both").map(|(_, after)| after.contains("BK-004")).unwrap_or(false)
    };
    assert!(told("inherits = \"common\""), "M2 accumulates what M1 asks");
    assert!(!told("levels-accumulate = false"));
}
