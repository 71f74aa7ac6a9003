//! Names that change: what was in an edition answers, if it is said what took its place.

use insta::assert_snapshot;
use rungs::for_tests::diagnostic::Code;

use crate::driver::Folder;
use crate::published::Published;

/// The small site with a note, a page and a glossary, and a release of it.
fn released() -> Folder {
    let folder = Folder::small()
        .edited(
            "site.toml",
            "[provenance.source]",
            "[[pages]]\nfolder = \"guide\"\ntitle.en = \"Guide\"\n\n[provenance.source]",
        )
        .file("en/notes/maps.md", "+++\ntitle = \"Maps\"\n+++\n## Why\n\nSo.\n")
        .file("en/guide/start.md", "+++\ntitle = \"Start\"\n+++\nBegin.\n")
        .file("glossary.toml", "[[term]]\nen = \"tech lead\"\n\n[[term]]\nen = \"review\"\n");
    folder.with_ids().released("2026.1", "2026-01-01")
}

/// The same folder with another text in place of all that stand in the ladder.
fn renamed(folder: Folder, old: &str, new: &str) -> Folder {
    let text = folder.text("en/ladder.md").replace(old, new);
    folder.file("en/ladder.md", &text)
}

/// The same folder with a note in another folder.
fn moved(folder: Folder, from: &str, to: &str) -> Folder {
    let text = folder.text(from).to_owned();
    folder.without(from).file(to, &text)
}

/// Where a stub on a page leads.
fn stub(folder: &Folder, address: &str, anchor: &str) -> String {
    let site = Published::of(folder);
    let page = site.page(address);
    let stub =
        page.split_once(&format!("<li id=\"{anchor}\"><span")).unwrap_or_else(|| panic!("#{anchor} on {address}"));
    let stub = stub.1.split_once("</li>").unwrap().0;
    stub.split_once("href=\"").map_or("gone", |(_, rest)| rest.split_once('"').unwrap().0).to_owned()
}

#[test]
fn categories_may_have_another_id() {
    let folder = renamed(released(), "{#craft}", "{#skill}");
    assert_snapshot!(folder.problems(), @r#"
    error[vanished-id]: category `craft` is no longer in the content
      --> content/register.toml:30:18
       |
    30 | [category.ladder.craft]
       |                  ^^^^^ given here
       |
       = help: put it back; if it is called skill now, write `{#skill was=craft}`; if it is really gone, run `rungs withdraw craft --ladder ladder --reason "…"`
    "#);
    // The advice, to the letter. It may stand at one of the headings or at all.
    for text in [
        folder.text("en/ladder.md").replacen("{#skill}", "{#skill was=craft}", 1),
        folder.text("en/ladder.md").replace("{#skill}", "{#skill was=craft}"),
    ] {
        let folder = folder.clone().file("en/ladder.md", &text).with_ids();
        assert_eq!(folder.problems(), "");
        assert_eq!(stub(&folder, "en/ladder/l1/", "craft"), "#skill");
        assert_eq!(stub(&folder, "en/ladder/matrix/", "craft"), "#skill");
        assert_eq!(stub(&folder, "en/ladder/", "l2-craft"), "l2/");
        // Nothing has happened to the criteria.
        let later =
            folder.file("en/notes/new.md", "+++\ntitle = \"New\"\n+++\nNew.\n").released("2026.2", "2026-02-01");
        assert!(!later.text("register.toml").contains("changed = "));
    }
}

#[test]
fn a_former_name_that_an_edition_knows_is_asked_back() {
    let folder = renamed(released(), "{#craft}", "{#skill was=craft}").with_ids().released("2026.2", "2026-02-01");
    let told = renamed(folder, " was=craft}", "}").problems();
    assert!(told.contains("an edition already calls it skill: write `{#skill was=craft}` again"), "{told}");
    let folder = moved(released(), "en/ladder.md", "en/path.md");
    let folder = folder.edited("site.toml", "key = \"ladder\"", "key = \"path\"\nwas = [\"ladder\"]");
    let folder = folder.with_ids().released("2026.2", "2026-02-01");
    let told = folder.edited("site.toml", "\nwas = [\"ladder\"]", "").problems();
    let advice = "an edition already calls it `path`: write `was = [\"ladder\"]` below its key again";
    assert!(told.contains(advice), "{told}");
}

#[test]
fn a_name_that_was_given_up_is_not_for_something_new() {
    let note = moved(released(), "en/notes/maps.md", "en/notes/charts.md");
    let note = note.edited("en/notes/charts.md", "title =", "was = [\"maps\"]\ntitle =");
    let note = note.released("2026.2", "2026-02-01").edited("en/notes/charts.md", "was = [\"maps\"]\n", "");
    assert_eq!(note.problems(), "");
    let taken = note.file("en/notes/maps.md", "+++\ntitle = \"Other maps\"\n+++\nOther.\n");
    assert_snapshot!(taken.problems(), @"
    error[lost-address]: /en/notes/maps/ has led to /en/notes/charts/ since edition 2026.1, but something else is there now
    --> content/en/notes/maps.md
     = help: give this another name: people have cited the address of the other
    ");
}

#[test]
fn what_stands_or_stood_under_another_name_is_no_former_name() {
    let folder = released().edited(
        "en/ladder.md",
        "### Craft {#craft}\n\n- Reviews",
        "### Care {#care was=Craft}\n\n- Cares. {#EN-009}\n\n### Craft {#craft was=skill,a.b}\n\n- Reviews",
    );
    let folder = folder
        .edited(
            "en/ladder.md",
            "time = \"Time\"",
            "time = { title = \"Time\", was = [\"Time\", \"day\"], x = 1 }\nnone = { was = [\"day\"] }",
        )
        .edited("glossary.toml", "en = \"review\"", "en = \"review\"\nwas = [\"Tech lead\"]")
        .file(
            "en/notes/other.md",
            "+++\ntitle = \"Other\"\nwas = [\"maps\", \"guide/start\", \"old/a\"]\n+++\nOther.\n",
        )
        .file("en/pages/more.md", "+++\ntitle = \"More\"\nwas = [\"old/a\", \"old/b/c\"]\n+++\nMore.\n");
    assert_snapshot!(folder.problems(), @r#"
    error[invalid-id]: `Time` cannot be the former key of this thread
     --> content/en/ladder.md:4:33
      |
    4 | time = { title = "Time", was = ["Time", "day"], x = 1 }
      |                                 ^^^^^^
      |
      = help: use keys that this thread had, and that no other thread has or had

    error[unknown-key]: unknown key `x` in `[threads.time]`
     --> content/en/ladder.md:4:49
      |
    4 | time = { title = "Time", was = ["Time", "day"], x = 1 }
      |                                                 ^
      |
      = help: remove it; known here: `title`, `was`

    error[missing-key]: missing key `title` in `[threads.none]`
     --> content/en/ladder.md:5:8
      |
    5 | none = { was = ["day"] }
      |        ^^^^^^^^^^^^^^^^^
      |
      = help: give it a title: `title = "…"`

    error[unregistered-id]: 2 ids are not in the register, starting with category `care`
      --> content/en/ladder.md:18:5
       |
    18 | ### Care {#care was=Craft}
       |     ^^^^
       |
       = help: run `rungs id --write`, which keeps the register

    error[invalid-id]: `Craft` cannot be the former id of this category
      --> content/en/ladder.md:18:17
       |
    18 | ### Care {#care was=Craft}
       |                 ^^^^^^^^^
       |
       = help: use ids that this category had and no other category has or had: `was=craft`

    error[invalid-id]: `a.b` cannot be the former id of this category
      --> content/en/ladder.md:22:19
       |
    22 | ### Craft {#craft was=skill,a.b}
       |                   ^^^^^^^^^^^^^
       |
       = help: use ids that this category had and no other category has or had: `was=craft`

    error[invalid-id]: `maps` cannot be the former name of this note
     --> content/en/notes/other.md:3:8
      |
    3 | was = ["maps", "guide/start", "old/a"]
      |        ^^^^^^
     ::: content/en/notes/maps.md
      = note: it is this note's
      = help: use names that this note had, and that no other note has or had

    error[invalid-id]: `guide/start` cannot be the former name of this note
     --> content/en/notes/other.md:3:16
      |
    3 | was = ["maps", "guide/start", "old/a"]
      |                ^^^^^^^^^^^^^
     ::: content/en/guide/start.md
      = note: it is this note's
      = help: use names that this note had, and that no other note has or had

    error[invalid-id]: `old/a` cannot be the former name of this page
     --> content/en/pages/more.md:3:8
      |
    3 | was = ["old/a", "old/b/c"]
      |        ^^^^^^^
     ::: content/en/notes/other.md
      = note: it is this page's
      = help: use names that this page had, and that no other page has or had

    error[invalid-id]: `old/b/c` cannot have been the name of a page
     --> content/en/pages/more.md:3:17
      |
    3 | was = ["old/a", "old/b/c"]
      |                 ^^^^^^^^^
      |
      = help: write the former name of its file, without `.md`; with the folder if it was another one: `notes/maps`

    error[invalid-value]: `Tech lead` cannot be the former name of this term
     --> content/glossary.toml:6:8
      |
    6 | was = ["Tech lead"]
      |        ^^^^^^^^^^^
      |
     ::: content/glossary.toml:2:6
      |
    2 | en = "tech lead"
      |      ----------- it is this term's
      |
      = help: use former words of this term that no other term has or had
    "#);
}

#[test]
fn threads_may_have_another_key() {
    let folder = renamed(released(), "time = \"Time\"", "hours = \"Hours\"");
    let folder = renamed(folder, "thread=time", "thread=hours");
    assert_snapshot!(folder.problems(), @r#"
    warning[lost-anchor]: the thread “Time” was released and is gone, and nothing says what replaced it
     --> content/en/ladder.md:4:1
      |
    4 | hours = "Hours"
      | ^^^^^
      |
      = help: if this one replaced it, write `hours = { title = "Hours", was = ["time"] }`; if none did, put `allow = ["lost-anchor"]` under `[check]` in site.toml until the next release: a link to time then tells readers that it is gone
    "#);
    let folder = folder.edited("en/ladder.md", "hours = \"Hours\"", "hours = { title = \"Hours\", was = [\"time\"] }");
    assert_eq!(folder.problems(), "");
    assert_eq!(stub(&folder, "en/ladder/threads/", "time"), "#hours");
    let later = folder.file("en/notes/new.md", "+++\ntitle = \"New\"\n+++\nNew.\n").released("2026.2", "2026-02-01");
    let later = later.edited("en/ladder.md", ", was = [\"time\"]", "");
    assert_eq!(later.problems(), "");
    assert_eq!(stub(&later, "en/ladder/threads/", "time"), "#hours");
}

#[test]
fn shared_categories_and_threads_say_it_in_the_site() {
    let other = "+++\ntitle = \"Other\"\n+++\n# Other\n\n## L1 {#L1}\n\n### Craft {#craft}\n\n- Does. {#OT-001 thread=time}\n\n## L2 {#L2}\n\n### Craft {#craft}\n\n- Does more. {#OT-002 thread=time}\n";
    let settings = "[[ladders]]\nkey = \"other\"\nprefix = \"OT\"\n\n[categories.craft]\ntitle.en = \"Craft\"\n\n[threads.time]\ntitle.en = \"Time\"\n\n[provenance.source]";
    let folder = Folder::small().edited("site.toml", "[provenance.source]", settings).file("en/other.md", other);
    let folder =
        folder.edited("en/ladder.md", "[threads]\ntime = \"Time\"\n", "").with_ids().released("2026.1", "2026-01-01");
    let mut folder = folder.edited("site.toml", "[categories.craft]", "[categories.skill]\nwas = [\"craft\"]").edited(
        "site.toml",
        "[threads.time]",
        "[threads.hours]\nwas = [\"time\"]",
    );
    for path in ["en/ladder.md", "en/other.md"] {
        let text = folder.text(path).replace("{#craft}", "{#skill}").replace("thread=time", "thread=hours");
        folder = folder.file(path, &text);
    }
    let folder = folder.with_ids();
    assert_eq!(folder.problems(), "");
    for ladder in ["ladder", "other"] {
        assert_eq!(stub(&folder, &format!("en/{ladder}/matrix/"), "craft"), "#skill");
        assert_eq!(stub(&folder, &format!("en/{ladder}/threads/"), "time"), "#hours");
    }
    assert_eq!(Published::of(&folder).follow("en/threads/time/"), Some("en/threads/hours/"));
}

#[test]
fn terms_may_have_other_words() {
    let folder = released().edited("glossary.toml", "tech lead", "technical lead");
    assert_snapshot!(folder.problems(), @r#"
    warning[lost-anchor]: the term “tech lead” was released and is gone, and nothing says what replaced it
     --> content/glossary.toml:2:6
      |
    2 | en = "technical lead"
      |      ^^^^^^^^^^^^^^^^
      |
      = help: if this one replaced it, write `was = ["tech lead"]` below its `[[term]]`; if none did, put `allow = ["lost-anchor"]` under `[check]` in site.toml until the next release: a link to tech lead then tells readers that it is gone
    "#);
    let folder = folder.edited("glossary.toml", "lead\"", "lead\"\nwas = [\"tech lead\"]");
    assert_eq!(folder.problems(), "");
    assert_eq!(stub(&folder, "en/glossary/", "tech-lead"), "#technical-lead");
}

#[test]
fn pages_may_move_to_another_folder() {
    let folder = moved(released(), "en/notes/maps.md", "en/guide/plans.md");
    assert_snapshot!(folder.problems(), @r#"
    warning[lost-page]: the note “Maps” was released and is gone, and nothing says what replaced it
    --> content/en/notes/maps.md
     = help: put `was = ["maps"]` into the front matter of the note that replaced it, or `was = ["notes/maps"]` if that is in another folder: until then its address leads to the list of notes
    "#);
    let folder = folder.edited("en/guide/plans.md", "title", "was = [\"notes/maps\"]\ntitle");
    assert_eq!(folder.problems(), "");
    let site = Published::of(&folder);
    assert_eq!(site.follow("en/notes/maps/"), Some("en/guide/plans/"));
    assert!(site.has_anchor("en/guide/plans/", "why"));
    // And on, and back.
    let later = folder.released("2026.2", "2026-02-01");
    let back = moved(later, "en/guide/plans.md", "en/notes/maps.md");
    let back = back.edited("en/notes/maps.md", "was = [\"notes/maps\"]", "was = [\"guide/plans\"]");
    assert_eq!(back.problems(), "");
    assert_eq!(Published::of(&back).follow("en/guide/plans/"), Some("en/notes/maps/"));
    let (_, problems) = back.build();
    assert!(problems.iter().all(|problem| problem.code != Code::LostPage));
}

#[test]
fn references_and_translations_follow_a_new_name() {
    let folder = Folder::bilingual().with_ids();
    let folder = renamed(folder, "{#craft}", "{#skill was=craft}");
    let folder = renamed(folder, "time = \"Time\"", "hours = { title = \"Time\", was = [\"time\"] }");
    let folder = renamed(folder, "thread=time", "thread=hours").with_ids();
    let folder = folder.file("en/pages/a.md", "+++\ntitle = \"A\"\n+++\n[category:craft], [thread:time].\n");
    let folder = folder.file("zh-TW/pages/a.md", "+++\ntitle = \"甲\"\n+++\n[category:skill]、[thread:hours]。\n");
    assert_snapshot!(folder.problems(), @r#"
    error[unknown-reference]: `category:craft` is called `category:skill` now
     --> content/en/pages/a.md:4:1
      |
    4 | [category:craft], [thread:time].
      | ^^^^^^^^^^^^^^^^ its former id
      |
    help: write `[category:skill]`
      |
    4 - [category:craft], [thread:time].
    4 + [category:skill], [thread:time].
      |

    error[unknown-reference]: `thread:time` is called `thread:hours` now
     --> content/en/pages/a.md:4:19
      |
    4 | [category:craft], [thread:time].
      |                   ^^^^^^^^^^^^^ its former id
      |
    help: write `[thread:hours]`
      |
    4 - [category:craft], [thread:time].
    4 + [category:craft], [thread:hours].
      |

    error[only-in-translation]: the thread `time` is only in the translation
     --> content/zh-TW/ladder.md:4:1
      |
    4 | time = "時間"
      | ^^^^ no thread of en/ladder.md has this id
      |
    help: write `hours`, as in the source
      |
    4 - time = "時間"
    4 + hours = "時間"
      |

    error[only-in-translation]: the category `craft` is only in the translation
      --> content/zh-TW/ladder.md:10:9
       |
    10 | ### 工藝 {#craft}
       |           ^^^^^^ no category of en/ladder.md has this id
       |
      ::: content/zh-TW/ladder.md:17:9
       |
    17 | ### 工藝 {#craft}
       |           ------ and here
       |
    help: write `{#skill}`, as in the source
       |
    10 - ### 工藝 {#craft}
    10 + ### 工藝 {#skill}
       |
    "#);
}
