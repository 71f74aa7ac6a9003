//! Keys, names and ids that stand in addresses: what they may be, and that no two of them are one.

use std::collections::HashSet;

use insta::assert_snapshot;
use rungs::for_tests::model::Page;

use crate::driver::{Folder, LADDER};

/// The small site with some changes in its ladder.
fn with(changes: &[(&str, &str)]) -> Folder {
    changes.iter().fold(Folder::small(), |folder, (old, new)| folder.edited("en/ladder.md", old, new))
}

fn note(title: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\nText.\n")
}

#[test]
fn two_threads_of_one_address_are_told_once() {
    let folder = with(&[("time = ", "Time = \"Hours\"\ntime = "), ("{#EN-003}", "{#EN-003 thread=Time}")]);
    let folder = folder.edited("en/ladder.md", "{#EN-001}", "{#EN-001 thread=Time}");
    assert_snapshot!(folder.problems(), @r#"
    error[duplicate-id]: the threads `Time` and `time` have the same address
     --> content/en/ladder.md:5:1
      |
    5 | time = "Time"
      | ^^^^ again here
      |
     ::: content/en/ladder.md:4:1
      |
    4 | Time = "Hours"
      | ---- first here
      |
      = help: give one of them another key, or make them one thread
    "#);
}

#[test]
fn the_key_of_a_thread_is_ascii() {
    let folder = with(&[
        ("time = ", "\"知識\" = \"Knowledge\"\n\"a b\" = \"Both\"\ntime = "),
        ("{#EN-003}", "{#EN-003 thread=知識}"),
    ]);
    let folder = folder.clone().translated().file("zh-TW/ladder.md", folder.text("en/ladder.md"));
    assert_snapshot!(folder.problems(), @r#"
    error[invalid-id]: `知識` cannot be the key of a thread
     --> content/en/ladder.md:4:1
      |
    4 | "知識" = "Knowledge"
      | ^^^^^^
      |
      = help: write it with ASCII letters, digits and single hyphens, since it is part of addresses

    error[invalid-id]: `a b` cannot be the key of a thread
     --> content/en/ladder.md:5:1
      |
    5 | "a b" = "Both"
      | ^^^^^
      |
      = help: write it with ASCII letters, digits and single hyphens, since it is part of addresses
    "#);
}

#[test]
fn the_anchor_of_a_thread_is_its_key_in_lower_case() {
    let folder = with(&[("time = ", "Time-2 = "), ("thread=time", "thread=Time-2"), ("thread=time", "thread=Time-2")]);
    let (site, problems) = folder.build();
    assert!(problems.is_empty(), "{problems:?}");
    let threads = Page::at(&site, "en/ladder/threads").unwrap();
    assert_eq!(threads.anchors(&site), ["time-2"]);
}

#[test]
fn notes_are_found_whatever_the_letters_of_their_names() {
    let names = ["b", "A", "Z", "c-D", "C"];
    let folder =
        names.iter().fold(Folder::small(), |folder, name| folder.file(&format!("en/notes/{name}.md"), &note(name)));
    let folder = folder.edited("en/notes/b.md", "Text.", "See [note:z] and [note:c-d].");
    let (site, problems) = folder.build();
    assert!(problems.is_empty(), "{problems:?}");
    let slugs: Vec<_> = site.notes.iter().map(|note| note.slug.as_str()).collect();
    assert_eq!(slugs, ["a", "b", "c", "c-d", "z"]);
    for page in Page::all(&site) {
        assert_eq!(Page::at(&site, &page.path(&site)), Some(page));
    }
}

#[test]
fn two_files_are_not_one_note() {
    let folder = Folder::small().file("en/notes/a.md", &note("a")).file("en/notes/A.md", &note("A"));
    let folder = folder.file("en/notes/知.md", &note("b")).file("en/notes/z.md", &note("z"));
    let folder = folder.edited("en/notes/z.md", "Text.", "See [note:a] and [note:z].");
    assert_snapshot!(folder.told(), @"
    error[duplicate-id]: two files are the same note
    --> content/en/notes/a.md
    ::: content/en/notes/A.md
     = note: the same name, except for upper and lower case
     = help: give one of them another name, or make them one file

    error[invalid-id]: `知` cannot be the name of a note
    --> content/en/notes/知.md
     = help: name the file with ASCII letters, digits and hyphens, and put it directly in notes/
    ");
}

#[test]
fn a_category_is_written_the_same_on_each_level() {
    let other_case = with(&[("Craft {#craft}\n\n- Reviews", "Craft {#Craft}\n\n- Reviews")]);
    assert_snapshot!(other_case.problems(), @"
    error[invalid-id]: the category `craft` is written `Craft` here
      --> content/en/ladder.md:17:12
       |
    17 | ### Craft {#Craft}
       |            ^^^^^^
       |
      ::: content/en/ladder.md:10:12
       |
    10 | ### Craft {#craft}
       |            ------ written this way elsewhere
       |
       = help: write `{#craft}`, or give it another id if it is another category
    ");
}

#[test]
fn a_category_of_two_titles_is_a_warning() {
    let other_title = with(&[("Craft {#craft}\n\n- Reviews", "Skill {#craft}\n\n- Reviews")]);
    assert_snapshot!(other_title.problems(), @"
    warning[differing-title]: the category `craft` has a different title here
      --> content/en/ladder.md:17:5
       |
    17 | ### Skill {#craft}
       |     ^^^^^
       |
      ::: content/en/ladder.md:10:5
       |
    10 | ### Craft {#craft}
       |     ----- first here
       |
       = help: write `Craft`, or give it another id if it is another category
    ");
    assert!(!other_title.built().outputs.is_empty(), "a warning stops no build");
}

#[test]
fn a_category_that_a_translation_renames_on_one_level_alone_is_a_warning() {
    let folder = Folder::bilingual().with_ids();
    let (before, after) = folder.text("zh-TW/ladder.md").rsplit_once("### 工藝").unwrap();
    let renamed = folder.clone().file("zh-TW/ladder.md", &format!("{before}### 手藝{after}"));
    assert_snapshot!(renamed.problems(), @"
    warning[differing-title]: the category `craft` has a different title here
      --> content/zh-TW/ladder.md:17:5
       |
    17 | ### 手藝 {#craft}
       |     ^^^^
       |
      ::: content/zh-TW/ladder.md:10:5
       |
    10 | ### 工藝 {#craft}
       |     ---- first here
       |
       = help: write `工藝`, or the new title at every level
    ");
}

#[test]
fn levels_and_categories_are_not_named_like_criteria() {
    let folder = with(&[("{#L1}", "{#en-009}"), ("Craft {#craft}\n\n- Reviews", "Craft {#EN-001}\n\n- Reviews")]);
    assert_snapshot!(folder.problems(), @r#"
    warning[unused-thread]: no criterion is in the thread `time`
     --> content/en/ladder.md:4:1
      |
    4 | time = "Time"
      | ^^^^
      |
      = help: add `thread=time` to the attributes of criteria, or remove the thread

    error[invalid-id]: `en-009` is the id of a criterion
     --> content/en/ladder.md:8:19
      |
    8 | ## L1 = Engineer {#en-009}
      |                   ^^^^^^^
      |
      = help: give levels and categories ids of their own, such as `L5` or `knowledge`

    error[invalid-id]: `EN-001` is the id of a criterion
      --> content/en/ladder.md:17:12
       |
    17 | ### Craft {#EN-001}
       |            ^^^^^^^
       |
       = help: give levels and categories ids of their own, such as `L5` or `knowledge`
    "#);
}

#[test]
fn levels_and_categories_do_not_share_anchors() {
    let folder = with(&[("## L2 = Lead {#L2}", "## L2 = Lead {#L1-craft}")]);
    assert_snapshot!(folder.problems(), @"
    error[duplicate-id]: with `L1-craft`, the anchor `#l1-craft` occurs twice
      --> content/en/ladder.md:15:4
       |
    15 | ## L2 = Lead {#L1-craft}
       |    ^^^^^^^^^ again here
       |
      ::: content/en/ladder.md:10:5
       |
    10 | ### Craft {#craft}
       |     ----- first here
       |
       = help: give one of them another id: the anchor of a category is made from the id of its level and its own
    ");
    let of_criterion = with(&[("{#L2}", "{#EN}"), ("{#craft}\n\n- Reviews", "{#001}\n\n- Reviews")]);
    assert_snapshot!(of_criterion.problems(), @"
    error[duplicate-id]: with `001`, the anchor `#en-001` occurs twice
      --> content/en/ladder.md:17:5
       |
    17 | ### Craft {#001}
       |     ^^^^^ again here
       |
      ::: content/en/ladder.md:12:38
       |
    12 | - Writes code that others can read. {#EN-001}
       |                                      ------- first here
       |
       = help: give one of them another id: the anchor of a category is made from the id of its level and its own
    ");
}

#[test]
fn no_anchor_stands_twice_on_a_page_of_the_real_content() {
    let (site, _) = Folder::real().build();
    for page in Page::all(&site) {
        let anchors = page.anchors(&site);
        let different: HashSet<_> = anchors.iter().collect();
        assert_eq!(different.len(), anchors.len(), "{page:?}: {anchors:?}");
    }
}

#[test]
fn what_has_no_text_is_told() {
    let folder = with(&[
        ("title = \"Ladder\"", "title = \"\""),
        ("\"Time\"", "\" \""),
        ("## L1 = Engineer {#L1}", "## {#L1}"),
        ("### Craft {#craft}\n\n- Writes", "### {#craft}\n\n- Writes"),
        ("- Reviews the designs of a team. {#EN-003}", "- {#EN-003}"),
        ("### Craft {#craft}\n\n- {", "### {#craft}\n\n- {"),
    ]);
    let folder = folder.file("en/notes/a.md", &note(""));
    assert_snapshot!(folder.problems(), @r#"
    error[invalid-value]: an empty title
     --> content/en/ladder.md:2:9
      |
    2 | title = ""
      |         ^^
      |
      = help: write it between the quotes

    error[invalid-value]: an empty title
     --> content/en/ladder.md:4:8
      |
    4 | time = " "
      |        ^^^
      |
      = help: write it between the quotes

    error[invalid-value]: this level has no text
     --> content/en/ladder.md:8:5
      |
    8 | ## {#L1}
      |     ^^^
      |
      = help: write it before the id, on the same line

    error[invalid-value]: this category has no text
      --> content/en/ladder.md:10:6
       |
    10 | ### {#craft}
       |      ^^^^^^
       |
       = help: write it before the id, on the same line

    error[invalid-value]: this category has no text
      --> content/en/ladder.md:17:6
       |
    17 | ### {#craft}
       |      ^^^^^^
       |
       = help: write it before the id, on the same line

    error[invalid-value]: this criterion has no text
      --> content/en/ladder.md:19:4
       |
    19 | - {#EN-003}
       |    ^^^^^^^
       |
       = help: write it before the id, on the same line

    error[invalid-value]: an empty title
     --> content/en/notes/a.md:2:9
      |
    2 | title = ""
      |         ^^
      |
      = help: write it between the quotes
    "#);
}

#[test]
fn what_has_no_text_in_a_translation_is_yet_to_be_translated() {
    let ladder = LADDER.replace("Reviews the designs of a team. ", "").replace("\"Time\"", "\"\"");
    let folder = Folder::small().translated().file("zh-TW/ladder.md", &ladder.replace("### Craft", "###"));
    assert_snapshot!(folder.problems(), @r#"
    warning[missing-translation]: the title of the thread `time` is missing in zh-TW
     --> content/en/ladder.md:4:1
      |
    4 | time = "Time"
      | ^^^^
      |
      = help: add `time = "…"` under `[threads]` in zh-TW/ladder.md

    warning[missing-translation]: the category `craft` is missing in zh-TW
      --> content/en/ladder.md:10:5
       |
    10 | ### Craft {#craft}
       |     ^^^^^
       |
       = help: write its heading with the id `{#craft}` in zh-TW/ladder.md

    warning[missing-translation]: EN-003 is missing in zh-TW
      --> content/en/ladder.md:19:3
       |
    19 | - Reviews the designs of a team. {#EN-003}
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write it with the id `{#EN-003}` in zh-TW/ladder.md
    "#);
}

#[test]
fn levels_and_categories_have_no_attributes_but_their_ids() {
    let folder = with(&[("{#L1}", "{#L1 foo=bar}"), ("{#craft}", "{#craft thread=time}")]);
    let ladder = folder.text("en/ladder.md").replace("{#EN-001}", "{#EN-001 foo=bar}");
    assert_snapshot!(folder.clone().translated().file("zh-TW/ladder.md", &ladder).problems(), @"
    error[invalid-attributes]: unknown attribute `foo`
     --> content/en/ladder.md:8:23
      |
    8 | ## L1 = Engineer {#L1 foo=bar}
      |                       ^^^^^^^
      |
      = help: a level or a category can have an id and, if it had others before, `was=L5,L4`

    error[invalid-attributes]: unknown attribute `thread`
      --> content/en/ladder.md:10:19
       |
    10 | ### Craft {#craft thread=time}
       |                   ^^^^^^^^^^^
       |
       = help: a level or a category can have an id and, if it had others before, `was=L5,L4`

    error[invalid-attributes]: unknown attribute `foo`
     --> content/zh-TW/ladder.md:8:23
      |
    8 | ## L1 = Engineer {#L1 foo=bar}
      |                       ^^^^^^^
      |
      = help: only an id is allowed here: remove it

    error[invalid-attributes]: unknown attribute `thread`
      --> content/zh-TW/ladder.md:10:19
       |
    10 | ### Craft {#craft thread=time}
       |                   ^^^^^^^^^^^
       |
       = help: only an id is allowed here: remove it

    error[invalid-attributes]: unknown attribute `foo`
      --> content/zh-TW/ladder.md:12:46
       |
    12 | - Writes code that others can read. {#EN-001 foo=bar}
       |                                              ^^^^^^^
       |
       = help: a criterion can have an id and, if it belongs to a thread, `thread=key`
    ");
}

#[test]
fn a_translation_puts_no_criterion_into_another_thread() {
    let ladder =
        LADDER.replace("{#EN-001}", "{#EN-001 thread=time}").replace("EN-004 thread=time", "EN-004 thread=tme");
    assert_snapshot!(Folder::small().translated().file("zh-TW/ladder.md", &ladder).problems(), @r"
    error[invalid-attributes]: in the source EN-001 is not in the thread `time`
      --> content/zh-TW/ladder.md:12:46
       |
    12 | - Writes code that others can read. {#EN-001 thread=time}
       |                                              ^^^^^^^^^^^
       |
       = help: remove it here: the source decides about threads

    error[invalid-attributes]: in the source EN-004 is not in the thread `tme`
      --> content/zh-TW/ladder.md:20:44
       |
    20 | - Spends half of the day on code. {#EN-004 thread=tme}
       |                                            ^^^^^^^^^^
       |
       = help: write `thread=time`, or nothing: the source decides about threads
    ");
}

#[test]
fn a_level_stands_once_in_a_translation() {
    let ladder = LADDER.replace("{#L2}", "{#L1}");
    assert_snapshot!(Folder::small().translated().file("zh-TW/ladder.md", &ladder).problems(), @"
    warning[missing-translation]: level L2 with 2 criteria is missing in zh-TW
      --> content/en/ladder.md:15:4
       |
    15 | ## L2 = Lead {#L2}
       |    ^^^^^^^^^
       |
       = help: write it with the id `{#L2}` in zh-TW/ladder.md

    error[duplicate-id]: the id L1 occurs twice
      --> content/zh-TW/ladder.md:15:15
       |
    15 | ## L2 = Lead {#L1}
       |               ^^^ again here
       |
      ::: content/zh-TW/ladder.md:8:19
       |
     8 | ## L1 = Engineer {#L1}
       |                   --- first here
       |
       = help: remove it if it is a copy; otherwise give each level its id from the source
    ");
}
