//! Keys, names and ids that stand in addresses: what they may be, and that no two of them are one.

use insta::assert_snapshot;
use rungs::model::Page;

use crate::driver::{Folder, LADDER};

fn small() -> Folder {
    Folder::new().file("en/ladder.md", LADDER)
}

/// The small site with some changes in its ladder.
fn with(changes: &[(&str, &str)]) -> Folder {
    changes.iter().fold(small(), |folder, (old, new)| folder.edited("en/ladder.md", old, new))
}

fn note(title: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\nText.\n")
}

#[test]
fn two_threads_of_one_address_are_told_once() {
    let folder = with(&[("time = ", "Time = \"Hours\"\ntime = "), ("{#EN-003}", "{#EN-003 thread=Time}")]);
    let folder = folder.edited("en/ladder.md", "{#EN-001}", "{#EN-001 thread=Time}");
    assert_snapshot!(folder.problems(), @r#"
    error[duplicate-id]: the threads `Time` and `time` have one address
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
      = help: write it with ASCII letters, digits and single hyphens, since it stands in addresses

    error[invalid-id]: `a b` cannot be the key of a thread
     --> content/en/ladder.md:5:1
      |
    5 | "a b" = "Both"
      | ^^^^^
      |
      = help: write it with ASCII letters, digits and single hyphens, since it stands in addresses
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
    let folder = names.iter().fold(small(), |folder, name| folder.file(&format!("en/notes/{name}.md"), &note(name)));
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
    let folder = small().file("en/notes/a.md", &note("a")).file("en/notes/A.md", &note("A"));
    let folder = folder.file("en/notes/知.md", &note("b")).file("en/notes/z.md", &note("z"));
    let folder = folder.edited("en/notes/z.md", "Text.", "See [note:a] and [note:z].");
    assert_snapshot!(folder.told(), @r"
    error[duplicate-id]: two files are one note
    --> content/en/notes/a.md
    ::: content/en/notes/A.md
     = note: the same name, but for capital letters
     = help: give one of them another name, or make them one file

    error[invalid-id]: `知` cannot be the name of a note
    --> content/en/notes/知.md
     = help: name the file with ASCII letters, digits and hyphens, and put it right into notes/
    ");
}
